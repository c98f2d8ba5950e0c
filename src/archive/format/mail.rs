//! Mail: single messages, mailboxes, and pages that browsers save as messages (MHTML).

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufRead;
use std::panic;
use std::path::Path;
use std::thread;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use crate::archive::article::{DatePrecision, DateProvenance, Problem, PublicationDate, SectionKind};
use crate::archive::bound::Bound;
use crate::archive::encoding::{self, Decoded, TextEncoding};
use crate::archive::left_out::LeftOut;
use crate::archive::origin::Format;
use crate::archive::pictures::{PagePicture, PictureSource};
use crate::archive::reason::{Damage, Reason, Unsupported};
use crate::archive::record::{Content, Hints, MAX_RECORD, Outcome, PageLine, Record, Sink, read_line};

use super::{fields, html, mail_header, page_pictures, text};

/// Reads a message and what is attached to it.
pub fn read_message(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    let bytes = of_apple(bytes).unwrap_or(bytes);
    let (bytes, has_more) = bounded(bytes);
    let mut problems = Vec::new();
    if has_more {
        html::note(&mut problems, Bound::Parts);
    }
    emit(sink, &parse(&bytes)?, problems, 0)
}

/// The message in a file of Apple Mail (`.emlx`): a line with its length comes first, a property list with its marks last.
/// Of one that was cut off, what is there.
pub fn of_apple(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.iter().take(32).position(|it| *it == b'\n')?;
    let (length, rest) = (bytes[..end].trim_ascii_end(), &bytes[end + 1..]);
    let length = match length.iter().all(u8::is_ascii_digit) {
        true => std::str::from_utf8(length).ok()?.parse::<usize>().ok()?,
        false => return None,
    };
    Some(rest.get(..length).unwrap_or(rest))
}

/// Reads the messages of a mailbox, one at a time. Lines that begin with «From » within messages were escaped with ">"
/// when it was written (RFC 4155), or were not: see [`begins_message`].
pub fn read_mbox(sink: &mut dyn Sink, bytes: &mut dyn BufRead) -> Outcome {
    let mut message = Vec::new();
    let mut is_after_empty = true;
    let (mut n_damaged, mut n_messages) = (0_u64, 0);
    let n_before = sink.n_articles();
    let mut finish = |sink: &mut dyn Sink, message: &mut Vec<u8>, is_cut: bool| -> Outcome {
        if message.trim_ascii().is_empty() {
            return Ok(());
        }
        sink.check_size(message.len() as u64)?;
        let (whole, has_more) = bounded(message);
        let mut problems = Vec::new();
        problems.extend(is_cut.then_some(Problem::Truncated { limit: MAX_RECORD }));
        problems.extend(has_more.then_some(Problem::Beyond(Bound::Parts)));
        let first_article = sink.n_articles();
        n_messages += 1;
        let outcome = match parse(&whole) {
            Ok(message) => emit(sink, &message, problems, 0),
            Err(_refusal) => {
                n_damaged += 1;
                Ok(())
            }
        };
        sink.offer_original(first_article, n_messages, message);
        message.clear();
        outcome
    };
    let mut is_cut = false;
    let mut next = read_line(bytes, MAX_RECORD)?;
    while let Some((line, is_line_cut)) = next {
        next = read_line(bytes, MAX_RECORD)?;
        let following = next.as_ref().map_or(&b""[..], |(line, _)| line);
        if begins_message(&line, is_after_empty, following) {
            finish(sink, &mut message, std::mem::take(&mut is_cut))?;
            is_after_empty = false;
            continue;
        }
        is_after_empty = line.trim_ascii().is_empty();
        let marks = line.iter().take_while(|byte| **byte == b'>').count();
        let line = if marks != 0 && line[marks..].starts_with(b"From ") {
            &line[1..]
        } else {
            &line[..]
        };
        // Of a message with huge attachments the beginning is enough for its text.
        is_cut |= is_line_cut;
        if (message.len() as u64) < MAX_RECORD {
            message.extend_from_slice(line);
        } else {
            is_cut = true;
        }
    }
    finish(sink, &mut message, is_cut)?;
    match n_damaged {
        0 if sink.n_articles() == n_before => Err(Damage::NoMessage.into()),
        0 => Ok(()),
        n => Err(Damage::Messages { n }.into()),
    }
}

/// Whether a line parts two messages of a mailbox. A header follows it, and it holds a date as C's `asctime` writes it:
/// «From a@example.org Tue Nov 14 09:15:00 2023». Some programs write no more than a sender into it, or nothing, or a date in
/// digits behind the sender; then an empty line precedes it.
fn begins_message(line: &[u8], is_after_empty: bool, following: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words: Vec<&[u8]> = rest
        .split(u8::is_ascii_whitespace)
        .filter(|it| !it.is_empty())
        .collect();
    let is_of_digits = |word: &&[u8]| {
        let is_of_date = |byte: &u8| byte.is_ascii_digit() || b"-:.+TZ".contains(byte);
        word.first().is_some_and(u8::is_ascii_digit) && word.iter().all(is_of_date)
    };
    let is_bare = words.len() <= 3 && words.iter().skip(1).all(is_of_digits);
    (is_after_empty && is_bare || has_asctime(&words)) && begins_header(following)
}

/// Whether words hold a weekday, a month, a day, a time and a year, in this order, and perhaps a time zone before the year.
fn has_asctime(words: &[&[u8]]) -> bool {
    const WEEKDAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
    ];
    let is_number = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_year = |word: Option<&&[u8]>| word.is_some_and(|it| is_number(it) && it.len() == 4);
    (0..words.len()).any(|at| {
        let Some([weekday, month, day, time]) = words.get(at..at + 4) else {
            return false;
        };
        let weekday = weekday.strip_suffix(b",").unwrap_or(weekday);
        let (month, day) = if is_number(month) { (day, month) } else { (month, day) };
        WEEKDAYS.contains(&weekday)
            && MONTHS.contains(month)
            && is_number(day)
            && time.contains(&b':')
            && (is_year(words.get(at + 4)) || is_year(words.get(at + 5)))
    })
}

/// Whether a line begins a message's headers. A mailbox may be within another: «>From ».
fn begins_header(line: &[u8]) -> bool {
    let name = line.split(|it| *it == b':').next().unwrap_or_default();
    let is_name = name.len() < line.len() && !name.is_empty();
    is_name && name.iter().all(|it| it.is_ascii_graphic()) || line.starts_with(b">From ")
}

/// Reads a page saved by a browser. When it was saved, and by whom, is not the article's metadata.
pub fn read_page(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    let (bytes, has_more) = bounded(bytes);
    let message = parse(&bytes)?;
    let page = message.parts.iter().find(|part| is_page(part)).ok_or(Damage::NoPage)?;
    let decoded = text_of(sink, &message, page);
    let (lines, mut hints) = html::lines(&decoded.text);
    if let Some(address) = address_of_page(&message, page) {
        hints.state_address(&address);
    }
    find_pictures(sink, &message, &mut hints.pictures);
    if has_more {
        html::note(&mut hints.problems, Bound::Parts);
    }
    let is_other = |part: &&MessagePart<'_>| !matches!(part.body, PartType::Multipart(_)) && !std::ptr::eq(*part, page);
    sink.leave_out_more(message.parts.iter().filter(is_other).count());
    sink.emit(Record {
        content: Content::Lines(lines),
        hints,
        encoding: decoded.encoding,
        has_errors: decoded.has_errors,
        fields: Vec::new(),
    })
}

/// The address of a saved page: that of its part, or the one that Chromium notes in the head.
fn address_of_page(message: &Message<'_>, page: &MessagePart<'_>) -> Option<String> {
    stated_address(message, "Snapshot-Content-Location").or_else(|| page.content_location().map(unfolded))
}

/// The address in a field of the head, without the brackets that may be around it.
fn stated_address(message: &Message<'_>, field: &str) -> Option<String> {
    let address = unfolded(message.header_raw(field.to_owned())?);
    Some(address.trim_matches(['<', '>']).to_owned())
}

/// An address of a header without line breaks, which long ones have.
fn unfolded(address: &str) -> String {
    address.split_whitespace().collect()
}

/// Finds the pictures of a page among the parts of its message, by their addresses and by their numbers.
fn find_pictures(sink: &dyn Sink, message: &Message<'_>, pictures: &mut [PagePicture]) {
    if pictures.is_empty() || !sink.wants_pictures() {
        return;
    }
    let mut names: HashMap<String, usize> = HashMap::new();
    for (idx, part) in message.parts.iter().enumerate() {
        if let Some(location) = part.content_location() {
            names.entry(unfolded(location)).or_insert(idx);
        }
        if let Some(id) = part.content_id() {
            names.insert(format!("cid:{}", id.trim_matches(['<', '>'])), idx);
        }
    }
    let take = |idx: usize| {
        let part = message.parts.get(idx)?;
        let kind = part.content_type().map_or_else(String::new, |it| {
            format!("{}/{}", it.ctype(), it.subtype().unwrap_or_default())
        });
        let whole = &message.raw_message;
        let end = (part.offset_end as usize).min(whole.len());
        let body = whole.get(part.offset_body as usize..end)?;
        Some(match part.encoding {
            Encoding::Base64 => PictureSource::of_part(&kind, body, true),
            _ => PictureSource::of_part(&kind, &raw(message, part), false),
        })
    };
    page_pictures::find_parts(pictures, &names, take);
}

/// Parses a message. The library (0.11.9) fails at some damaged messages within one: those are then read each alone.
fn parse(bytes: &[u8]) -> Result<Message<'_>, Damage> {
    fn attempt(bytes: &[u8]) -> thread::Result<Option<Message<'_>>> {
        panic::catch_unwind(|| MessageParser::default().parse(bytes))
    }
    let parsed = attempt(bytes).or_else(|_told_by_the_hook| {
        let (apart, _) = with_attached(bytes, Attached::All);
        attempt(&apart).map(|it| it.map(Message::into_owned))
    });
    match parsed {
        Ok(message) => message.ok_or(Damage::NoMessage),
        Err(_told_by_the_hook) => Err(Damage::Other("its parts cannot be told apart".to_owned())),
    }
}

/// Which of the messages within a message become attachments, which are looked at each in its turn.
#[derive(Clone, Copy, PartialEq)]
enum Attached {
    /// Those that are packed for transport: the library unpacks them unseen.
    Packed,
    All,
}

/// The bytes of a message with no more parts than [`Bound::Parts`] allows, and whether it has more: those of another
/// kind of content stay, unread.
fn bounded(bytes: &[u8]) -> (Cow<'_, [u8]>, bool) {
    with_attached(bytes, Attached::Packed)
}

/// See [`bounded`] and [`Attached`].
fn with_attached(bytes: &[u8], attached: Attached) -> (Cow<'_, [u8]>, bool) {
    let mut changed = Cow::Borrowed(bytes);
    let mut n_parts = 0;
    let mut has_more = false;
    // The types named since the last empty line, and whether a packing is named.
    let mut named: Vec<(usize, &[u8])> = Vec::new();
    let (mut is_packed, mut is_of_packing) = (false, false);
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n').chain([&b"\n"[..]]) {
        if line.trim_ascii().is_empty() {
            for (at, name) in named.drain(..) {
                n_parts += 1;
                let is_beyond = Bound::Parts.limit() < n_parts;
                has_more |= is_beyond;
                if is_beyond || (is_packed || attached == Attached::All) && name == MESSAGE {
                    // «x» instead of the first letter: of no kind that the library knows.
                    changed.to_mut()[at] = b'x';
                }
            }
            is_packed = false;
        } else {
            is_of_packing = match line.first() {
                Some(b' ' | b'\t') => is_of_packing,
                _ => starts_with_ignoring_case(line, b"content-transfer-encoding"),
            };
            let is_packing = |word: &&[u8]| find_ignoring_case(line, word).is_some();
            is_packed |= is_of_packing && [&b"base64"[..], b"quoted"].iter().any(is_packing);
            for name in [MESSAGE, MULTIPART] {
                named.extend(find_ignoring_case(line, name).map(|it| (at + it, name)));
            }
        }
        at += line.len();
    }
    (changed, has_more)
}

/// The kinds of parts that have others within them.
const MESSAGE: &[u8] = b"message/";
const MULTIPART: &[u8] = b"multipart/";

fn starts_with_ignoring_case(line: &[u8], word: &[u8]) -> bool {
    line.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
}

fn find_ignoring_case(line: &[u8], word: &[u8]) -> Option<usize> {
    (0..line.len()).find(|at| starts_with_ignoring_case(&line[*at..], word))
}

/// Passes on a message and what is attached to it; `depth` messages are around it.
fn emit(sink: &mut dyn Sink, message: &Message<'_>, problems: Vec<Problem>, depth: usize) -> Outcome {
    let Body {
        mut lines,
        mut hints,
        encoding,
        has_errors,
    } = body(sink, message);
    hints.problems.extend(problems);
    find_pictures(sink, message, &mut hints.pictures);
    if let Some(address) = stated_address(message, "Archived-At") {
        hints.state_address(&address);
    }
    let declared = declared(message).or_else(|| TextEncoding::for_label(encoding).filter(|it| !it.is_unicode()));
    let subject = mail_header::text(message, &HeaderName::Subject, declared);
    set_subject(&mut lines, &mut hints, subject);
    hints.byline = hints.byline.or(sender(message, declared));
    hints.published = hints.published.or_else(|| message.date().and_then(published));
    let is_empty = lines.iter().all(|(_, kind)| kind.is_some());
    let (attachments, others): (Vec<_>, Vec<_>) = message.attachments().partition(|it| is_read(it));
    if !is_empty || attachments.is_empty() {
        sink.emit(Record {
            content: Content::Lines(lines),
            hints,
            encoding,
            has_errors,
            fields: Vec::new(),
        })?;
    }
    for (idx, part) in attachments.into_iter().enumerate() {
        let name = part
            .attachment_name()
            .map_or_else(|| format!("attachment {}", idx + 1), str::to_owned);
        match &part.body {
            PartType::Message(_) if Bound::Messages.limit() <= depth => {
                sink.refuse_member(&name, Reason::Beyond(Bound::Messages).into())?;
            }
            PartType::Message(inner) => {
                let format = sink.set_format(Format::Email);
                emit(sink, inner, Vec::new(), depth + 1)?;
                sink.set_format(format);
            }
            _ => sink.read_member(&name, &mut raw(message, part).as_slice())?,
        }
    }
    others.into_iter().try_for_each(|part| leave_out(sink, part))
}

/// Puts the subject of a message before its lines, as its title.
pub fn set_subject(lines: &mut Vec<PageLine>, hints: &mut Hints, subject: Option<String>) {
    let subject = subject.map(|it| without_reply_marks(&it).to_owned());
    let Some(subject) = subject.filter(|it| !it.is_empty()) else {
        return;
    };
    let title = SectionKind::Title;
    lines
        .iter_mut()
        .filter(|it| it.1 == Some(title))
        .for_each(|it| it.1 = None);
    lines.retain(|(line, _)| *line != subject);
    lines.insert(0, (subject.clone(), Some(title)));
    hints.title = Some(subject);
}

/// Notes that a part is no article, or that it is one which cannot be read.
fn leave_out(sink: &mut dyn Sink, part: &MessagePart<'_>) -> Outcome {
    let kind = part.content_type().and_then(|it| it.subtype()).unwrap_or_default();
    if is_sealed(kind, part.attachment_name().unwrap_or_default()) {
        let name = part.attachment_name().unwrap_or("message");
        return sink.refuse_member(name, Reason::Unsupported(Unsupported::SealedMail).into());
    }
    match part.attachment_name() {
        Some(name) => sink.leave_out(name, LeftOut::NoArticles),
        None => sink.leave_out_more(1),
    }
    Ok(())
}

/// Whether a part of this kind is a message that is encrypted, or packed with its signature: S/MIME (RFC 8551), OpenPGP
/// (RFC 3156), and what Office encrypts for those who have its rights.
pub fn is_sealed(kind: &str, name: &str) -> bool {
    let kind = kind.to_lowercase();
    let kind = kind.strip_prefix("x-").unwrap_or(&kind);
    let name = name.to_lowercase();
    let is_named = name.ends_with(".p7m") || name.ends_with(".rpmsg");
    matches!(kind, "pkcs7-mime" | "pgp-encrypted" | "microsoft-rpmsg-message") || is_named
}

/// The extensions of documents, workbooks, archives and messages; not of pictures, signatures, or the parts of a page.
const READ: &str = "7z|bz2|csv|doc|docx|eml|emlx|enex|epub|gz|htm|html|json|jsonl|mbox|md|mht|mhtml|msg|odt|ods|pdf|rtf|\
    tar|tgz|tsv|txt|xhtml|xls|xlsb|xlsx|xml|xz|zip|zst";

/// Whether something attached under this name may hold articles.
pub fn may_hold_articles(name: &str) -> bool {
    let extension = Path::new(name).extension();
    let extension = extension.map(|it| it.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| READ.split('|').any(|it| it == extension))
}

fn is_read(part: &MessagePart<'_>) -> bool {
    let is_packed_message = part.content_type().is_some_and(|it| it.ctype() == "xessage");
    let name = part.attachment_name().unwrap_or_default();
    matches!(part.body, PartType::Message(_)) || may_hold_articles(name) || is_packed_message
}

fn published(date: &mail_parser::DateTime) -> Option<PublicationDate> {
    let (year, month, day) = (
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    );
    // A mail program that does not know the time says 1970.
    if year <= 1970 {
        return None;
    }
    Some(PublicationDate {
        date: jiff::civil::Date::new(year, month, day).ok()?,
        precision: DatePrecision::Day,
        provenance: DateProvenance::Metadata,
    })
}

/// The name of the first sender, if it has one.
fn sender(message: &Message<'_>, declared: Option<TextEncoding>) -> Option<String> {
    let name = message.from()?.first()?.name()?;
    // The library knows fewer encodings, and takes what is declared for granted.
    let name = if name.contains(char::REPLACEMENT_CHARACTER) || name.contains("=?") {
        let header = mail_header::text(message, &HeaderName::From, declared)?;
        let name = header.split('<').next().unwrap_or_default();
        name.trim().trim_matches('"').trim().to_owned()
    } else {
        text::one_line(&encoding::repaired(name).unwrap_or_else(|| name.to_owned()))
    };
    Some(name).filter(|it| !it.is_empty() && !it.contains('@'))
}

/// The text of a message.
pub struct Body {
    pub lines: Vec<PageLine>,
    pub hints: Hints,
    pub encoding: &'static str,
    pub has_errors: bool,
}

/// The text of a message that stands in another, of which all else is known.
pub fn body_within(sink: &dyn Sink, bytes: &[u8]) -> Option<Body> {
    let (bytes, _has_more) = bounded(bytes);
    let message = parse(&bytes).ok()?;
    Some(body(sink, &message)).filter(|it| !it.lines.is_empty())
}

/// A text of a message, and whether it is a page.
pub type Text = (Decoded, bool);

fn body(sink: &dyn Sink, message: &Message<'_>) -> Body {
    let parts = |ids: &[u32]| {
        let parts = ids.iter().filter_map(|it| message.parts.get(*it as usize));
        let texts = parts.filter(|it| matches!(it.body, PartType::Text(_) | PartType::Html(_)));
        texts
            .map(|it| (text_of(sink, message, it), is_page(it)))
            .collect::<Vec<_>>()
    };
    body_of(parts(&message.text_body), parts(&message.html_body))
}

/// The texts of a message, one after another: programs part them where a picture stands. Of two forms of them it is the
/// plain one.
pub fn body_of(plain: Vec<Text>, page: Vec<Text>) -> Body {
    let has_page = page.iter().any(|(_, is_page)| *is_page);
    let n_letters = |parts: &[(Decoded, bool)]| {
        parts
            .iter()
            .map(|(it, _)| it.text.trim().chars().count())
            .sum::<usize>()
    };
    // The plain part is often only «your program cannot show this message».
    let is_better = n_letters(&plain) * 4 < n_letters(&page) / 4;
    let has_plain = plain.iter().any(|(_, is_page)| !is_page);
    let parts = if has_plain && !(has_page && is_better) || page.is_empty() {
        plain
    } else {
        page
    };
    let mut body = Body {
        lines: Vec::new(),
        hints: Hints::default(),
        encoding: parts.first().map_or("UTF-8", |(it, _)| it.encoding),
        has_errors: parts.iter().any(|(it, _)| it.has_errors),
    };
    for (idx, (decoded, is_page)) in parts.into_iter().enumerate() {
        let lines = match is_page {
            true if idx == 0 => {
                let (lines, hints) = html::lines(&decoded.text);
                body.hints = hints;
                lines
            }
            // Which of its parts are the article's is only known of a whole page.
            true => html::book_lines(&decoded.text).0,
            false => fields::text_lines(&decoded.text, &mut body.hints.problems),
        };
        body.lines.extend(lines);
    }
    body
}

fn is_page(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Html(_))
}

/// The encoding that a message declares for its first text.
fn declared(message: &Message<'_>) -> Option<TextEncoding> {
    let mut texts = message
        .parts
        .iter()
        .filter(|it| matches!(it.body, PartType::Text(_) | PartType::Html(_)));
    texts.find_map(stated_encoding).filter(|it| !it.is_unicode())
}

/// The encoding that a part states.
fn stated_encoding(part: &MessagePart<'_>) -> Option<TextEncoding> {
    let label = part.content_type()?.attribute("charset")?;
    TextEncoding::for_label(label)
}

/// A subject without «Re:», «Fwd:», «رد:», «إعادة توجيه:».
fn without_reply_marks(subject: &str) -> &str {
    let mut rest = subject.trim();
    loop {
        let marks = ["re:", "fw:", "fwd:", "رد:", "إعادة توجيه:", "تحويل:"];
        let folded = rest.to_lowercase();
        match marks.into_iter().find(|it| folded.starts_with(it)) {
            Some(mark) => rest = rest.get(mark.len()..).unwrap_or_default().trim_start(),
            None => return rest,
        }
    }
}

/// The bytes of a part, without their encoding for transport. The places of a message within another are those of the
/// whole.
fn raw(message: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    let whole = &message.raw_message;
    let end = (part.offset_end as usize).min(whole.len());
    let body = whole.get(part.offset_body as usize..end).unwrap_or_default();
    match part.encoding {
        Encoding::None => Some(body.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(body),
        Encoding::Base64 => base64_decode(body),
    }
    .unwrap_or_else(|| part.contents().to_vec())
}

/// The text of a part.
fn text_of(sink: &dyn Sink, message: &Message<'_>, part: &MessagePart<'_>) -> Decoded {
    decoded(sink, &raw(message, part), stated_encoding(part))
}

/// The text of bytes in a message. The encoding that is stated counts unless the bytes say otherwise.
pub fn decoded(sink: &dyn Sink, bytes: &[u8], stated: Option<TextEncoding>) -> Decoded {
    match stated {
        Some(stated) if stated.is_seven_bit() && sink.encoding().is_none() => encoding::decode(bytes, Some(stated)),
        Some(stated) if sink.encoding().is_none() => match stated.is_arabic() {
            // Those of Arabic are told apart by their letters, of which a message may have few.
            true => {
                let guessed = encoding::decode_declared(bytes, stated);
                let as_stated = encoding::decode(bytes, Some(stated));
                if guessed.encoding.starts_with("UTF") || as_stated.has_errors {
                    guessed
                } else {
                    as_stated
                }
            }
            false => encoding::decode_declared(bytes, stated),
        },
        _ => encoding::decode(bytes, sink.encoding()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_between_two_messages_is_told_from_a_line_of_text() {
        let check = |line: &str, is_after_empty, following: &str, expected| {
            let found = begins_message(line.as_bytes(), is_after_empty, following.as_bytes());
            assert_eq!(found, expected, "{line}");
        };
        let header = "Subject: x";
        check("From a@example.org Tue Nov 14 09:15:00 2023\n", false, header, true);
        check("From \n", true, header, true);
        check("From a@example.org\n", true, header, true);
        check("From a@example.org 2023-11-14\n", true, header, true);
        check("From a@example.org 2023-11-14 09:15:00+02:00\n", true, header, true);
        check("From a@example.org 2023-11-14\n", false, header, false);
        check(
            "From 2019 to 2023\n",
            true,
            "Note: the years are those of the budget",
            false,
        );
        check("From a@example.org 2023-11-14\n", true, "", false);
    }
}
