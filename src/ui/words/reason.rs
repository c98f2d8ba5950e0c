//! Why something of a folder was not read, and what to do.

use crate::archive::{Bound, Damage, Problem, Reason, RecogniserLack, SystemFault, Unsupported};

use super::count;
use super::message::Message;
use super::table::Words;

/// Why a file, a folder or a member of an archive was not read.
pub fn reason(words: Words<'_>, reason: &Reason) -> Message {
    match reason {
        Reason::System { fault, what } => Message::with(system(words, *fault), what),
        Reason::Damaged(damage) => self::damage(words, damage),
        Reason::Older(what) => Message::with(words.say("تعذّرت قراءته", "It could not be read"), what),
        Reason::Unsupported(it) => Message::plain(unsupported(words, *it)),
        Reason::Beyond(it) => Message::plain(bound(words, *it)),
        Reason::LeftOut(it) => Message::plain(words.left_out(*it)),
        Reason::Binary => Message::plain(words.say(
            "ليس نصًّا، ولا من صيغة معروفة",
            "It is neither text nor of a known format",
        )),
        Reason::Empty => Message::plain(words.say("لا نص فيه", "There is no text in it")),
        Reason::NoText => Message::plain(words.say(
            "لا نص فيه: صفحاته صور، كما من ماسح ضوئي؛ فعّل التعرّف الضوئي من القائمة ليُقرأ",
            "There is no text in it: its pages are pictures, as of a scanner; switch on the recognition of scans in the menu to have it read",
        )),
        Reason::NoLetters => Message::plain(words.say(
            "لا نص فيه: لا يذكر المستند أي حروف هي رموزه؛ فعّل التعرّف الضوئي من القائمة ليُقرأ",
            "There is no text in it: the document does not say which letters its signs are; switch on the recognition of scans in the menu to have it read",
        )),
        Reason::NoRecogniser(lack) => Message::plain(lacking(words, *lack)),
        Reason::NothingRecognised => Message::plain(words.say(
            "لم يُتعرّف على كلمات في صفحاته",
            "No words were recognised on its pages",
        )),
        Reason::RecogniserFails => Message::plain(words.say(
            "تعذّر التعرّف على نصه: يفشل برنامج التعرّف أو يطول عمله",
            "Its text could not be recognised: the recogniser fails, or takes too long",
        )),
        Reason::Locked => Message::plain(words.say(
            "مقفل بكلمة مرور؛ احفظه من دونها",
            "It is locked by a password; save it without one",
        )),
        Reason::NoArticles => Message::plain(words.say(
            "لا مقالات في حقوله؛ حدّد حقل العنوان وحقل النص بالأمر \u{2066}fihrist reading\u{2069}",
            "No articles were found in its fields; say with “fihrist reading” which of them hold the title and the text",
        )),
        Reason::EndedTheReader => Message::plain(words.say(
            "أوقف برنامج القراءة؛ افتحه بالبرنامج الذي صنعه واحفظه نصًّا أو ملفًّا جديدًا",
            "It stopped the reading program; open it with the program that made it, and save it as text or as a new file",
        )),
        Reason::OverTime { seconds } => Message::plain(over_time(words, *seconds)),
        Reason::OverMemory { megabytes } => Message::plain(over_memory(words, *megabytes)),
        Reason::TooDeep { limit } => Message::plain(too_deep(words, *limit)),
        Reason::TooLarge { limit } => Message::plain(too_large(words, *limit)),
    }
}

/// Why something was not read and what to do about it, in one line.
pub fn with_advice(words: Words<'_>, reason: &Reason) -> Message {
    let told = self::reason(words, reason);
    match advice(words, reason) {
        Some(advice) => Message {
            text: format!("{}{}{advice}", told.text, words.say("؛ ", "; ")),
            ..told
        },
        None => told,
    }
}

/// What to do about something that was not read, where the reason does not say so itself.
fn advice(words: Words<'_>, reason: &Reason) -> Option<&'static str> {
    let (arabic, english) = match reason {
        Reason::System {
            fault: SystemFault::Permission,
            ..
        } => (
            "امنح إذن قراءته ثم حدّث المجلد",
            "allow reading it, then check for new files",
        ),
        Reason::System {
            fault: SystemFault::Gone,
            ..
        } => ("إن عاد إلى المجلد قُرئ", "it is read if it comes back to the folder"),
        Reason::Older(_) | Reason::RecogniserFails => ("حدّث المجلد لإعادة المحاولة", "check for new files to try again"),
        Reason::Damaged(_) => (
            "افتحه ببرنامجه واحفظه من جديد، أو اجلبه من مصدره ثانية",
            "open it with its own program and save it again, or get it again from its source",
        ),
        Reason::Beyond(_) => ("قسّمه ملفات أصغر", "split it into smaller files"),
        Reason::Binary => (
            "إن كان مستندًا فاحفظه بصيغة docx أو PDF أو نصًّا",
            "if it is a document, save it as .docx, PDF or text",
        ),
        Reason::Empty => (
            "إن كان له نص فلعل جلبه لم يكتمل؛ اجلبه ثانية",
            "if it should have text, it may not have been fetched whole; get it again",
        ),
        Reason::NothingRecognised => ("جرّب صورة أوضح", "try a clearer picture"),
        Reason::TooDeep { .. } | Reason::TooLarge { .. } => {
            ("فُكّه ثم حدّث المجلد", "unpack it, then check for new files")
        }
        Reason::System {
            fault: SystemFault::Other,
            ..
        }
        | Reason::Unsupported(_)
        | Reason::LeftOut(_)
        | Reason::NoText
        | Reason::NoLetters
        | Reason::NoRecogniser(_)
        | Reason::Locked
        | Reason::NoArticles
        | Reason::EndedTheReader
        | Reason::OverTime { .. }
        | Reason::OverMemory { .. } => return None,
    };
    Some(words.say(arabic, english))
}

/// What to install for optical recognition.
fn lacking(words: Words<'_>, lack: RecogniserLack) -> &'static str {
    match lack {
        RecogniserLack::Program => words.say(
            "للتعرّف على نصه ثبّت Tesseract مع العربية (ديبيان: tesseract-ocr وtesseract-ocr-ara؛ ماك: brew install tesseract tesseract-lang؛ ويندوز: المثبّت المذكور في tesseract-ocr.github.io مع اختيار العربية فيه)، ثم حدّث المجلد",
            "To recognise its text, install Tesseract with Arabic (Debian: tesseract-ocr and tesseract-ocr-ara; macOS: brew install tesseract tesseract-lang; Windows: the installer linked at tesseract-ocr.github.io, with Arabic chosen in it), then check for new files",
        ),
        RecogniserLack::Arabic => words.say(
            "للتعرّف على نصه أضف العربية إلى Tesseract (ديبيان: tesseract-ocr-ara؛ ماك: brew install tesseract-lang؛ ويندوز: اخترها في مثبّته)، ثم حدّث المجلد",
            "To recognise its text, add Arabic to Tesseract (Debian: tesseract-ocr-ara; macOS: brew install tesseract-lang; Windows: choose it in its installer), then check for new files",
        ),
    }
}

fn over_time(words: Words<'_>, seconds: u64) -> String {
    let seconds = count::number(words, seconds);
    words.say(
        format!("طالت قراءته أكثر من {seconds} ث، وما قُرئ منه قبل ذلك محفوظ؛ لمهلة أطول: \u{2066}fihrist index --cpu-per-file\u{2069}"),
        format!(
            "Reading it took longer than {seconds} s; what was read until then is kept. For more time: fihrist index --cpu-per-file"
        ),
    )
}

fn over_memory(words: Words<'_>, megabytes: u32) -> String {
    let megabytes = count::number(words, u64::from(megabytes));
    words.say(
        format!("احتاجت قراءته إلى أكثر من {megabytes} ميغابايت، وما قُرئ منه قبل ذلك محفوظ؛ لذاكرة أكبر: \u{2066}fihrist index --memory-per-file\u{2069}"),
        format!(
            "Reading it took more than {megabytes} MB; what was read until then is kept. For more memory: fihrist index --memory-per-file"
        ),
    )
}

fn system(words: Words<'_>, fault: SystemFault) -> &'static str {
    match fault {
        SystemFault::Permission => words.say("لا إذن بقراءته", "There is no permission to read it"),
        SystemFault::Gone => words.say("لم يعد في مكانه", "It is no longer there"),
        SystemFault::Other => words.say(
            "تعذّرت قراءته من القرص؛ تأكد من أن القرص موصول",
            "It could not be read from its disk; check that the disk is connected",
        ),
    }
}

fn damage(words: Words<'_>, damage: &Damage) -> Message {
    let text = match damage {
        Damage::Other(what) => return Message::with(words.say("تالف", "It is damaged"), what),
        Damage::Line { line, what } => {
            let line = count::number(words, *line);
            let text = words.say(
                format!("تالف عند السطر {line}"),
                format!("It is damaged at line {line}"),
            );
            return Message::with(text, what);
        }
        Damage::LongLine { line } => {
            let line = count::number(words, *line);
            words.say(
                format!("السطر {line} أطول من أن يُقرأ"),
                format!("Line {line} is too long to be read"),
            )
        }
        Damage::Lines { n, first } => {
            let first = self::damage(words, first);
            let arabic = "لا أسطر غيره|سطر آخر|سطران آخران|أسطر أخرى|سطرًا آخر|سطر آخر";
            let more = count::counted(words, n.saturating_sub(1), arabic, "more line|more lines");
            let text = words.say(
                format!("{}، ومثله {more}", first.text),
                format!("{}, and {more} like it", first.text),
            );
            return Message { text, ..first };
        }
        Damage::Messages { n } => {
            let arabic = "لا رسائل تالفة فيه|رسالة واحدة فيه تالفة|رسالتان فيه تالفتان|رسائل فيه تالفة|رسالة فيه تالفة|رسالة فيه تالفة";
            let english = "of its messages is damaged|of its messages are damaged";
            count::counted(words, *n, arabic, english)
        }
        Damage::Records { n } => {
            let arabic = "لا سجلات تالفة فيه|سجل واحد فيه تالف|سجلان فيه تالفان|سجلات فيه تالفة|سجلًا فيه تالفًا|سجل فيه تالف";
            let english = "of its records is damaged|of its records are damaged";
            count::counted(words, *n, arabic, english)
        }
        Damage::NoPart(part) => {
            let text = words.say("مستند ينقصه جزء من أجزائه", "A document without one of its parts");
            return Message::with(text, part);
        }
        Damage::NoMessage => words.say("لا رسالة فيه", "There is no message in it").into(),
        Damage::NoPage => words
            .say("صفحة محفوظة لا صفحة فيها", "A saved page without a page in it")
            .into(),
        Damage::NoContainer | Damage::NoPackage => words
            .say(
                "كتاب لا يذكر أي مستندات فيه",
                "A book that does not say which documents it has",
            )
            .into(),
        Damage::CutOff => words.say("ينقطع قبل نهايته", "It stops before its end").into(),
        Damage::NotWholePdf => words
            .say("ملف PDF ناقص أو تالف", "A PDF that is not whole or is damaged")
            .into(),
        Damage::ReaderFailed => words
            .say("أخفق قارئ صيغته في قراءته", "The reader of its format failed on it")
            .into(),
    };
    Message::plain(text)
}

/// What the reader is told of a problem of the article that is shown; nothing where it is not missing anything.
pub fn problem(words: Words<'_>, problem: &Problem) -> Option<String> {
    match problem {
        Problem::Beyond(bound) => Some(self::bound(words, *bound)),
        Problem::Truncated { limit } => {
            let size = megabytes(words, *limit);
            Some(words.say(
                format!("قُرئ من الملف أول {size} فقط"),
                format!("Only the first {size} of the file were read"),
            ))
        }
        Problem::ManyWords { limit } => {
            let arabic = "لا كلمات|كلمة واحدة|كلمتين|كلمات مختلفة|كلمة مختلفة|كلمة مختلفة";
            let n_words = count::counted(words, *limit as u64, arabic, "different word|different words");
            Some(words.say(
                format!("لا يُعثر على المقال إلا بأول {n_words} فيه"),
                format!("The article is found by its first {n_words} only"),
            ))
        }
        Problem::ManyKeywords { limit } => {
            let arabic = "لا كلمات|كلمة واحدة|كلمتان|كلمات|كلمة|كلمة";
            let keywords = count::counted(words, *limit as u64, arabic, "keyword|keywords");
            Some(words.say(
                format!("أُخذت من الكلمات الدلالية {keywords} فقط"),
                format!("Only the first {keywords} were kept"),
            ))
        }
        Problem::LongField { limit } => {
            let arabic = "لا أحرف|حرف واحد|حرفين|أحرف|حرفًا|حرف";
            let letters = count::counted(words, *limit as u64, arabic, "letter|letters");
            Some(words.say(
                format!("تُرك من المصدر أو الكاتب أو الكلمات الدلالية ما زاد على {letters}"),
                format!("An outlet, reporter or keyword of more than {letters} was left out"),
            ))
        }
        Problem::Illegible => Some(
            words
                .say(
                    "لا يُقرأ أكثر كلماته: لا يذكر المستند أي حروف هي علاماته، أو يذكر غيرها",
                    "Most of its words cannot be read: the document gives its signs wrong letters, or none",
                )
                .into(),
        ),
        Problem::PoorlyRecognised => Some(
            words
                .say(
                    "لا يُقرأ أكثر كلماته: لم يُحسن التعرّف على صفحاته",
                    "Most of its words cannot be read: its pages were recognised badly",
                )
                .into(),
        ),
        // Told where it is offered to be shown: see [`left_out`].
        Problem::MuchLeftOut { .. } | Problem::NoBody => None,
        Problem::UndecodableBytes { .. } | Problem::UnreadableDate(_) | Problem::LongTitle { .. } => None,
    }
}

/// How much of a text was left out.
pub fn left_out(words: Words<'_>, percent: u64) -> String {
    let percent = count::percent(words, percent);
    words.say(
        format!("حُذف من النص {percent}، عُدّ تعليقات صور أو مقالات أخرى أو من قالب الصفحة، ولا يُبحث فيه"),
        format!(
            "{percent} of the text was left out as captions, other articles or parts of the page, and is not searched"
        ),
    )
}

fn megabytes(words: Words<'_>, n_bytes: u64) -> String {
    let arabic = "أقل من ميغابايت|ميغابايت واحد|ميغابايتين|ميغابايت|ميغابايت|ميغابايت";
    count::counted(words, n_bytes >> 20, arabic, "MB|MB")
}

/// What of a file was not followed.
pub fn bound(words: Words<'_>, bound: Bound) -> String {
    let limit = bound.limit() as u64;
    let n = |arabic: &str, english: &str| count::counted(words, limit, arabic, english);
    let levels = || n("لا مستويات|مستوى واحد|مستويين|مستويات|مستوى|مستوى", "level|levels");
    match bound {
        Bound::Nesting => words.say(
            format!("عناصره متداخلة أعمق من {}؛ أُخذ نصّها بلا تنسيقه", levels()),
            format!(
                "Its elements nest deeper than {}; their text was kept without its layout",
                levels()
            ),
        ),
        Bound::Elements => {
            let elements = n("لا عناصر|عنصر واحد|عنصرين|عناصر|عنصرًا|عنصر", "element|elements");
            words.say(
                format!("فيه أكثر من {elements}؛ أُخذ نصّها بلا تنسيقه"),
                format!("It has more than {elements}; their text was kept without its layout"),
            )
        }
        Bound::Attributes => {
            let attributes = n("لا سمات|سمة واحدة|سمتين|سمات|سمة|سمة", "attribute|attributes");
            words.say(
                format!("فيه عنصر له أكثر من {attributes}؛ أُخذ النص بلا تنسيقه"),
                format!("An element has more than {attributes}; the text was kept without its layout"),
            )
        }
        Bound::Values => words.say(
            format!("لم تُقرأ قيمه المتداخلة أعمق من {}", levels()),
            format!("Values nested deeper than {} were not read", levels()),
        ),
        Bound::Fields => {
            let fields = n("لا حقول|حقل واحد|حقلين|حقول|حقلًا|حقل", "field|fields");
            words.say(
                format!("قُرئ من حقوله {fields} فقط"),
                format!("Only the first {fields} were read"),
            )
        }
        Bound::Parts => {
            let parts = n("لا أجزاء|جزء واحد|جزآن|أجزاء|جزءًا|جزء", "part|parts");
            words.say(
                format!("قُرئ من أجزاء الرسالة {parts} فقط"),
                format!("Only the first {parts} of the message were read"),
            )
        }
        Bound::Messages => words.say(
            format!("لم تُقرأ الرسائل المتداخلة أعمق من {}", levels()),
            format!("Messages within messages, deeper than {}, were not read", levels()),
        ),
        Bound::Documents => {
            let documents = n(
                "لا مستندات|مستند واحد|مستندان|مستندات|مستندًا|مستند",
                "document|documents",
            );
            words.say(
                format!("قُرئ من مستندات الكتاب {documents} فقط"),
                format!("Only the first {documents} of the book were read"),
            )
        }
        Bound::Pages => {
            let pages = n("لا صفحات|صفحة واحدة|صفحتان|صفحات|صفحة|صفحة", "page|pages");
            words.say(
                format!("قُرئ من صفحاته {pages} فقط"),
                format!("Only the first {pages} were read"),
            )
        }
        Bound::Signs => {
            let letters = n("لا حروف|حرف واحد|حرفان|حروف|حرفًا|حرف", "letter|letters");
            words.say(
                format!("قُرئ من حروف إحدى صفحاته {letters} فقط"),
                format!("Only the first {letters} of a page were read"),
            )
        }
        Bound::Drawing => words.say(
            "صفحة لا ينتهي رسمها؛ لم يُقرأ ما بعدها".to_owned(),
            "A page never finishes drawing; what follows was not read".to_owned(),
        ),
    }
}

fn too_deep(words: Words<'_>, limit: u32) -> String {
    let arabic = "لا مستويات|مستوى واحد|مستويين|مستويات|مستوى|مستوى";
    let levels = count::counted(words, u64::from(limit), arabic, "level|levels");
    words.say(
        format!("حزم داخل حزم، أعمق من {levels}"),
        format!("Archives within archives, deeper than {levels}"),
    )
}

fn too_large(words: Words<'_>, limit: u64) -> String {
    let size = megabytes(words, limit);
    words.say(
        format!("يُفك إلى أكثر من {size}"),
        format!("It unpacks to more than {size}"),
    )
}

fn unsupported(words: Words<'_>, it: Unsupported) -> &'static str {
    match it {
        Unsupported::OldWord => words.say(
            "عرض أو ملف آخر من برنامج مكتبي قديم؛ احفظه بصيغة docx أو PDF",
            "A presentation or another file of an old Office program; save it as .docx or PDF",
        ),
        Unsupported::Rtf => words.say(
            "مستند بصيغة RTF؛ احفظه بصيغة docx أو odt",
            "A document in Rich Text Format; save it as .docx or .odt",
        ),
        Unsupported::Rar => words.say(
            "حزمة RAR؛ فُكّها أو احزمها بصيغة zip",
            "A RAR archive; unpack it, or pack it as .zip",
        ),
        Unsupported::Sqlite => words.say(
            "قاعدة بيانات SQLite؛ صدّر جدولها بصيغة CSV",
            "An SQLite database; export its table as CSV",
        ),
        Unsupported::Parquet => words.say(
            "جدول بصيغة Parquet؛ صدّره بصيغة CSV أو JSON Lines",
            "A table in Parquet; export it as CSV or JSON Lines",
        ),
        Unsupported::Chm => words.say(
            "ملف مساعدة بصيغة CHM؛ حوّله إلى HTML",
            "A help file (CHM); convert it to HTML",
        ),
        Unsupported::PostScript => words.say("ملف PostScript؛ حوّله إلى PDF", "PostScript; convert it to PDF"),
        Unsupported::Picture => words.say(
            "صورة؛ فعّل التعرّف الضوئي من القائمة ليُقرأ نصها",
            "A picture; switch on the recognition of scans in the menu to have its text read",
        ),
        Unsupported::PictureKind => words.say(
            "صورة من نوع لا يُقرأ؛ احفظها بصيغة PNG",
            "A picture of a kind that is not read; save it as PNG",
        ),
        Unsupported::DjVu => words.say(
            "مستند DjVu؛ حوّله إلى PDF ذي نص",
            "A DjVu document; convert it to PDF with a text layer",
        ),
        Unsupported::OfficeTable => words.say(
            "جدول أو عرض من برامج المكتب؛ احفظه بصيغة CSV أو PDF",
            "An Office table or presentation; save it as CSV or PDF",
        ),
        Unsupported::Packing => words.say(
            "محزوم بطريقة لا تُقرأ؛ فُكّه أو احزمه بصيغة zip العادية",
            "Packed in a way that is not read; unpack it, or pack it as an ordinary .zip",
        ),
        Unsupported::SealedMail => words.say(
            "رسالة معمّاة أو محزومة مع توقيعها؛ افتحها في برنامج البريد الذي يملك المفتاح واحفظ نصها",
            "An encrypted message, or one packed with its signature; open it in the mail program that has the key, and save its text",
        ),
        Unsupported::OutlookMailbox => words.say(
            "صندوق بريد Outlook بصيغة لا تُقرأ؛ صدّره من Outlook بصيغة pst أو حوّله إلى mbox ببرنامج readpst",
            "An Outlook mailbox in a form that is not read; export it from Outlook as .pst, or turn it into mbox with readpst",
        ),
        Unsupported::AttachedMessage => words.say(
            "رسالة مرفقة برسالة أخرى في صندوق بريد Outlook؛ حوّل الصندوق إلى mbox ببرنامج readpst أو احفظ الرسالة بصيغة msg",
            "A message attached to another in an Outlook mailbox; turn the mailbox into mbox with readpst, or save the message as .msg",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Language, Settings};

    #[track_caller]
    fn check(it: &Reason, arabic: &str, english: &str) {
        let mut settings = Settings {
            language: Language::Arabic,
            ..Settings::default()
        };
        assert_eq!(reason(Words(&settings), it).text, arabic);
        settings.language = Language::English;
        assert_eq!(reason(Words(&settings), it).text, english);
    }

    #[test]
    fn a_reason_is_told_in_the_windows_language() {
        let too_large = |limit: u64| Reason::TooLarge { limit: limit << 20 };
        check(
            &too_large(64),
            "يُفك إلى أكثر من 64 ميغابايت",
            "It unpacks to more than 64 MB",
        );
        let messages = |n| Reason::Damaged(Damage::Messages { n });
        check(&messages(1), "رسالة واحدة فيه تالفة", "1 of its messages is damaged");
        check(&messages(2), "رسالتان فيه تالفتان", "2 of its messages are damaged");
        check(&messages(5), "5 رسائل فيه تالفة", "5 of its messages are damaged");
        let gone = Reason::system(&std::io::Error::from(std::io::ErrorKind::NotFound));
        check(&gone, "لم يعد في مكانه", "It is no longer there");
    }

    #[test]
    fn every_file_that_was_not_read_says_what_to_do() {
        let settings = Settings::default();
        let told = with_advice(Words(&settings), &Reason::Damaged(Damage::CutOff));
        assert_eq!(
            told.text,
            "ينقطع قبل نهايته؛ افتحه ببرنامجه واحفظه من جديد، أو اجلبه من مصدره ثانية"
        );
        // Where the reason says it, it is not said twice.
        let told = with_advice(Words(&settings), &Reason::Locked);
        assert_eq!(told.text, "مقفل بكلمة مرور؛ احفظه من دونها");
    }

    #[test]
    fn what_libraries_say_is_a_detail() {
        let settings = Settings::default();
        let told = reason(Words(&settings), &Reason::Older("damaged: EOF".into()));
        assert_eq!(told.details.as_deref(), Some("damaged: EOF"));
        assert!(!told.text.contains("EOF"));
    }
}
