//! WhatsApp's exports of a chat, as text: from Android or an iPhone, in any language; what the service itself says is known
//! in Arabic and English, and by its form in others.

use std::path::Path;
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold, letter};
use crate::archive::record::{Outcome, Sink};

use super::days::{Days, Kind, Said};
use super::whatsapp_line::{self, Head, Numbers, Order};

/// An export is known by its first lines, of which so many are looked at. A guess.
const LOOKED_AT: usize = 200;
/// The most letters of what stands in the place of a picture, or names a file. A guess.
const LONGEST_STUB: usize = 200;

const PHRASES: List<2> = List::new(include_str!("../../../../assets/lists/whatsapp.tsv"), ["words", "kind"]);

/// The phrases with their kinds, folded.
static FOLDED: LazyLock<Vec<(String, &'static str)>> =
    LazyLock::new(|| PHRASES.rows().map(|[words, kind]| (folded(words), kind)).collect());

fn folded(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !letter::is_invisible(*c)).collect();
    fold(&visible, Folding::Word).to_lowercase()
}

fn phrases(kind: &'static str) -> impl Iterator<Item = &'static str> {
    FOLDED.iter().filter(move |it| it.1 == kind).map(|it| it.0.as_str())
}

/// Whether a text begins as an export does: with a message, two of which say when they were written and one who wrote it.
/// Records of programs have such lines, too; but for a comma or bracket.
pub fn is_export(text: &str) -> bool {
    let mut lines = text.lines().filter(|it| !it.trim().is_empty()).take(LOOKED_AT);
    let Some(first) = lines.next().and_then(whatsapp_line::head) else {
        return false;
    };
    let is_sure = first.is_bracketed || first.has_comma || is_notice(first.text);
    let is_alike = |it: &Head<'_>| it.is_bracketed == first.is_bracketed;
    let heads: Vec<Head<'_>> = lines.filter_map(whatsapp_line::head).filter(is_alike).collect();
    let has_writer = |it: &Head<'_>| it.writer.is_some();
    is_sure
        && (has_writer(&first) || heads.iter().any(has_writer))
        && (!heads.is_empty() || is_notice(first.text) || first.writer.is_some() && is_stub(first.text))
}

/// The name of the chat, by that of the file or the folder or archive around it: «WhatsApp Chat with سلمى.txt»,
/// «WhatsApp Chat - سلمى/_chat.txt».
fn name_of(path: &Path) -> Option<String> {
    let parts: Vec<String> = path.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    let is_file = |it: &str| [".txt", ".zip"].iter().any(|end| it.to_lowercase().ends_with(end));
    parts.iter().rev().take(3).find_map(|part| {
        let name = if is_file(part) {
            part.get(..part.len() - 4)?
        } else {
            part
        };
        let name: String = name.chars().filter(|c| !letter::is_invisible(*c)).collect();
        let starts = PHRASES.rows().filter(|[_, kind]| *kind == "file");
        let rest = starts.filter_map(|[start, _]| {
            let (head, rest) = name.split_at_checked(start.len())?;
            head.eq_ignore_ascii_case(start).then_some(rest)
        });
        rest.map(|it| it.trim().to_owned()).find(|it| !it.is_empty())
    })
}

/// Reads the text of the file, or member of an archive, at `path`, which was in an encoding with this name.
pub fn read(sink: &mut dyn Sink, text: &str, encoding: &'static str, path: &Path) -> Outcome {
    let speaker = Speaker::of(text);
    let name = name_of(path).or_else(|| speaker.name.map(str::to_owned));
    let group = speaker.name.filter(|_| speaker.is_group);
    let days: Vec<Numbers> = text.lines().filter_map(whatsapp_line::head).map(|it| it.day).collect();
    let order = Order::of(&days);
    drop(days);
    let mut days = Days::default();
    let mut message: Option<Message<'_>> = None;
    for line in text.lines() {
        match (whatsapp_line::head(line), &mut message) {
            (Some(head), _) => {
                if let Some(before) = message.replace(Message::new(head, line)) {
                    before.end(order, group, &mut days);
                }
            }
            (None, Some(message)) => {
                message.text.push('\n');
                message.text.push_str(line);
            }
            // Before the first message, as of a file that was cut.
            (None, None) => days.add(&Said {
                date: None,
                writer: None,
                kind: Kind::Words,
                text: line,
            }),
        }
    }
    if let Some(last) = message {
        last.end(order, group, &mut days);
    }
    days.emit(name.as_deref(), ["message", "chat"], sink, encoding)
}

/// In whose name iPhones write the notice of encryption, which is the first message: that of the group, or of the only
/// other writer.
struct Speaker<'t> {
    name: Option<&'t str>,
    /// Whether nothing is said in this name but by the service itself.
    is_group: bool,
}

impl<'t> Speaker<'t> {
    fn of(text: &'t str) -> Self {
        let mut heads = text.lines().filter_map(whatsapp_line::head);
        let first = heads.next().filter(|it| it.is_bracketed && is_notice(it.text));
        let name = first.and_then(|it| it.writer);
        let is_group = name.is_some() && heads.all(|it| it.writer != name || it.is_marked);
        Self { name, is_group }
    }
}

/// A message with all its lines.
struct Message<'t> {
    head: Head<'t>,
    text: String,
    line: &'t str,
}

impl<'t> Message<'t> {
    fn new(head: Head<'t>, line: &'t str) -> Self {
        let text = head.text.to_owned();
        Self { head, text, line }
    }

    /// Adds it to its day.
    fn end(self, order: Order, group: Option<&str>, days: &mut Days) {
        let Self { head, text, line } = self;
        let date = order.date(head.day);
        let (kind, text) = kind(&head, &text, group);
        // A notice with a colon has no writer.
        let writer = head.writer.filter(|_| kind != Kind::Service);
        let text = match (kind, head.writer) {
            (Kind::Service, Some(name)) if Some(name) != group && !is_notice(text) => format!("{name}: {text}"),
            _ => text.to_owned(),
        };
        days.add(&Said {
            date,
            writer,
            kind,
            text: &text,
        });
        if date.is_none() {
            days.note_unreadable(line);
        }
    }
}

/// What a message is, and its text without what WhatsApp added to it. On iPhones a `group` speaks in its own name.
fn kind<'t>(head: &Head<'_>, text: &'t str, group: Option<&str>) -> (Kind, &'t str) {
    let is_of_service = match head.writer {
        None => true,
        Some(writer) => {
            let whole = [writer, text].join(": ");
            head.is_marked && Some(writer) == group && !is_stub(text) || is_notice(text) || is_notice(&whole)
        }
    };
    if is_of_service {
        return (Kind::Service, text);
    }
    let text = without_edit_mark(text);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match is_stub(first) {
        // The words below a picture's name are its caption.
        true if rest.trim().is_empty() => (Kind::Wordless, text),
        true => (Kind::Words, rest),
        false if text.chars().all(|c| c.is_whitespace() || letter::is_invisible(c)) => (Kind::Wordless, text),
        false => (Kind::Words, without_attachment(text)),
    }
}

/// Whether a text begins as a message of the service itself does.
fn is_notice(text: &str) -> bool {
    /// The longest of the phrases has fewer letters.
    const LETTERS: usize = 80;
    let start: String = text.chars().take(LETTERS).collect();
    let start = folded(start.trim_start_matches(letter::is_invisible));
    phrases("notice").any(|it| start.starts_with(it))
}

/// Whether a line stands in the place of what is no text.
fn is_stub(line: &str) -> bool {
    if line.chars().nth(LONGEST_STUB).is_some() {
        return false;
    }
    let is_edge = |c: char| c.is_whitespace() || letter::is_invisible(c);
    let line = line.trim_matches(is_edge);
    let inner = line.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
    let said = folded(inner.unwrap_or(line));
    let said = said.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…'));
    let is_one_of = |kind: &'static str, text: &str| phrases(kind).any(|it| it == text);
    if is_one_of("media", said) || is_one_of("deleted", said) {
        return true;
    }
    // «<attached: a.jpg>», «a.jpg (file attached)».
    let label = match inner {
        Some(inner) => inner.split_once(':').map(|(label, _)| label),
        None => line
            .strip_suffix(')')
            .and_then(|it| it.rsplit_once('('))
            .map(|(_, label)| label),
    };
    label.is_some_and(|it| is_one_of("attached", folded(it).trim()))
}

/// A text without the remark that it was edited.
fn without_edit_mark(text: &str) -> &str {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || letter::is_invisible(c));
    let Some((before, mark)) = trimmed.strip_suffix('>').and_then(|it| it.rsplit_once('<')) else {
        return text;
    };
    match phrases("edited").any(|it| it == folded(mark).trim()) {
        true => before,
        false => text,
    }
}

/// A text without the name of its picture, which iPhones put behind a caption.
fn without_attachment(text: &str) -> &str {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || letter::is_invisible(c));
    match trimmed.rfind('<') {
        Some(at) if trimmed.ends_with('>') && is_stub(&trimmed[at..]) => &trimmed[..at],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, group: Option<&str>, expected: (Kind, &str)) {
        let head = whatsapp_line::head(line).unwrap();
        let (kind, text) = kind(&head, head.text, group);
        assert_eq!((kind, text.trim_matches(letter::is_invisible)), expected, "{line}");
    }

    #[test]
    fn what_the_service_says_is_told_from_what_people_say() {
        let notice = "الرسائل والمكالمات مشفرة تمامًا بين الطرفين: لا أحد غيركما يقرؤها.";
        check(
            &format!("14/3/2024, 20:15 - {notice}"),
            None,
            (Kind::Service, "لا أحد غيركما يقرؤها."),
        );
        check(
            "[14/3/2024, 20:15:00] أخبار: \u{200E}أضاف سامر هدى",
            Some("أخبار"),
            (Kind::Service, "أضاف سامر هدى"),
        );
        check("14/3/2024, 20:15 - غادر سامر", None, (Kind::Service, "غادر سامر"));
        check(
            "14/3/2024, 20:15 - سامر: غادر هدى أمس",
            None,
            (Kind::Words, "غادر هدى أمس"),
        );
        for stub in [
            "<Media omitted>",
            "image omitted",
            "<تم استبعاد الوسائط>",
            "<attached: 1-PHOTO.jpg>",
            "IMG-1.jpg (file attached)",
            "تم حذف هذه الرسالة",
        ] {
            check(
                &format!("14/3/2024, 20:15 - سامر: {stub}"),
                None,
                (Kind::Wordless, stub),
            );
        }
        check(
            "14/3/2024, 20:15 - سامر: نعم <This message was edited>",
            None,
            (Kind::Words, "نعم "),
        );
        check(
            "[14/3/2024, 20:15:00] سامر: عند الجسر \u{200E}<attached: 1-PHOTO.jpg>",
            None,
            (Kind::Words, "عند الجسر "),
        );
    }

    #[test]
    fn a_chat_is_called_as_its_file_or_what_is_around_it() {
        let check = |path: &str, name: &str| assert_eq!(name_of(Path::new(path)).unwrap_or_default(), name, "{path}");
        check("a/WhatsApp Chat with سلمى.txt", "سلمى");
        check("a/محادثة واتساب مع أخبار الزهراء.txt", "أخبار الزهراء");
        check("WhatsApp Chat - Salma.zip/_chat.txt", "Salma");
        check("WhatsApp Chat - Salma/_chat.txt", "Salma");
        check("a/_chat.txt", "");
    }

    #[test]
    fn an_export_is_known_by_its_messages() {
        for text in [
            "14/11/2023, 09:15 - الرسائل والمكالمات مشفرة تماما بين الطرفين.\n14/11/2023, 09:16 - سلمى: نص",
            "[14/3/2024, 20:15:00] سامر: نص\nسطر\n[14/3/2024, 20:16:00] هدى: نص",
        ] {
            assert!(is_export(text), "{text}");
        }
        for text in [
            "14/3/2024, 20:15 - سامر: نص",
            "2024-03-14 20:15:00 - INFO: started\n2024-03-14 20:15:01 - INFO: ended",
            "عنوان\n14/11/2023, 09:16 - سلمى: نص\n14/11/2023, 09:16 - سلمى: نص",
            "[تحديث] قال الوزير: نعم.",
        ] {
            assert!(!is_export(text), "{text}");
        }
    }
}
