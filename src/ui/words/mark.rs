//! What the user marks, in words.

use std::path::Path;

use crate::index::MarkKind;
use crate::marks::{MarkChange, MarkColor};
use crate::state::{MarkFailure, Marked};

use super::bidi::{isolate, isolated};
use super::count;
use super::message::Message;
use super::table::Words;

/// A value of the facet of marks that is no tag.
pub fn kind(words: Words<'_>, kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Starred => words.say("مميّز بنجمة", "Starred"),
        MarkKind::Read => words.say("مقروء", "Read"),
        MarkKind::Noted => words.say("عليه ملاحظة", "With a note"),
        MarkKind::Highlighted => words.say("فيه تظليل", "With highlights"),
        MarkKind::Tagged => words.say("له علامة", "Tagged"),
    }
}

/// A colour of highlights and tags.
pub fn color(words: Words<'_>, color: MarkColor) -> &'static str {
    match color {
        MarkColor::Yellow => words.say("أصفر", "Yellow"),
        MarkColor::Green => words.say("أخضر", "Green"),
        MarkColor::Blue => words.say("أزرق", "Blue"),
        MarkColor::Pink => words.say("وردي", "Pink"),
        MarkColor::Purple => words.say("بنفسجي", "Purple"),
    }
}

/// What was changed, and of how many articles.
pub fn done(words: Words<'_>, done: &Marked) -> String {
    let what = match &done.change {
        MarkChange::Star(true) => words.say("أُضيفت نجمة", "Starred").to_owned(),
        MarkChange::Star(false) => words.say("أُزيلت النجمة", "Star removed").to_owned(),
        MarkChange::Read(true) => words.say("عُلّم مقروءًا", "Marked as read").to_owned(),
        MarkChange::Read(false) => words.say("عُلّم غير مقروء", "Marked as unread").to_owned(),
        MarkChange::Tag { tag, is } => {
            let tag = isolate(tag);
            match is {
                true => words.say(format!("أُضيفت العلامة «{tag}»"), format!("Tagged “{tag}”")),
                false => words.say(format!("أُزيلت العلامة «{tag}»"), format!("Tag “{tag}” removed")),
            }
        }
        MarkChange::Note(note) if note.is_empty() => words.say("حُذفت الملاحظة", "Note removed").to_owned(),
        MarkChange::Note(_) => words.say("حُفظت الملاحظة", "Note kept").to_owned(),
        MarkChange::Highlight(it) if it.note.is_empty() => words.say("ظُلّل الموضع", "Highlighted").to_owned(),
        MarkChange::Highlight(_) => words.say("ظُلّل الموضع مع ملاحظة", "Highlighted with a note").to_owned(),
        MarkChange::Unhighlight(_) => words.say("أُزيل التظليل", "Highlight removed").to_owned(),
    };
    match done.undo.len() {
        0 | 1 => what,
        n => format!("{what}: {}", count::n_articles(words, n as u64)),
    }
}

/// Why marks could not be kept or handed on.
pub fn failure(words: Words<'_>, failure: &MarkFailure) -> Message {
    match failure {
        MarkFailure::NotKept(cause) => {
            let text = words.say(
                "تعذّر حفظ العلامة؛ كل شيء كما كان. تحقق من المساحة والصلاحيات ثم أعد المحاولة",
                "The mark could not be kept; everything is as it was. Check the room on the disk and its permissions, then try again",
            );
            Message::with(text, cause)
        }
        MarkFailure::File(path, cause) => {
            let path = isolated(path);
            let text = words.say(
                format!("تعذّرت قراءة الملف أو كتابته: {path}. علاماتك كما هي"),
                format!("The file could not be read or written: {path}. Your marks are as they were"),
            );
            Message::with(text, cause)
        }
        MarkFailure::NotMarks(path, cause) => {
            let path = isolated(path);
            let text = words.say(
                format!("ليس في الملف علامات صدّرها فهرست: {path}. علاماتك كما هي"),
                format!("The file holds no marks that Fihrist exported: {path}. Your marks are as they were"),
            );
            Message::with(text, cause)
        }
        MarkFailure::TooMany(most) => {
            let most = count::n_articles(words, *most as u64);
            Message::plain(words.say(
                format!("تُعلَّم دفعة واحدة {most} على الأكثر. ضيّق النتائج ثم أعد المحاولة"),
                format!("At most {most} can be marked at once. Narrow the results and try again"),
            ))
        }
    }
}

/// That another's marks were added.
pub fn imported(words: Words<'_>, n_articles: u64) -> String {
    match n_articles {
        0 => words
            .say("لا جديد في هذه العلامات", "These marks hold nothing new")
            .to_owned(),
        n => {
            let n = count::n_articles(words, n);
            words.say(format!("أُضيفت علامات: {n}"), format!("Marks added: {n}"))
        }
    }
}

/// That the marks were written.
pub fn exported(words: Words<'_>, path: &Path) -> String {
    let path = isolated(path);
    words.say(format!("صُدّرت العلامات إلى {path}"), format!("Marks exported to {path}"))
}

/// The title of the dialog in which another's marks are chosen.
pub fn import_marks(words: Words<'_>) -> &'static str {
    words.say("استيراد علامات", "Import marks")
}

/// The title of the dialog in which is chosen where marks go.
pub fn export_marks(words: Words<'_>) -> &'static str {
    words.say("تصدير العلامات", "Export marks")
}
