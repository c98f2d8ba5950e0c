//! What the user marks, in words.

use std::path::Path;

use crate::index::MarkKind;
use crate::marks::{ArticleMarks, MarkChange, MarkColor};
use crate::state::{MarkFailure, Marked};

use super::bidi::{facts, isolate, isolated};
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

/// What a screen reader says of an article's marks.
pub fn told(words: Words<'_>, marks: &ArticleMarks) -> String {
    let has_note = !marks.note.is_empty() || marks.highlights.iter().any(|it| !it.note.is_empty());
    let kinds = [
        (marks.is_starred, MarkKind::Starred),
        (marks.is_read, MarkKind::Read),
        (has_note, MarkKind::Noted),
        (!marks.highlights.is_empty(), MarkKind::Highlighted),
    ];
    let mut told: Vec<String> = kinds
        .into_iter()
        .filter(|it| it.0)
        .map(|it| kind(words, it.1).to_owned())
        .collect();
    told.extend(marks.tags.iter().cloned());
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    facts(&told)
}

/// That a row is picked.
pub fn picked(words: Words<'_>) -> &'static str {
    words.say("محدّد", "Picked")
}

/// So many rows are picked.
pub fn n_picked(words: Words<'_>, n: usize) -> String {
    let n = count::n_articles(words, n as u64);
    words.say(format!("حُدّد: {n}"), format!("Picked: {n}"))
}

/// Drops what is picked.
pub fn pick_none(words: Words<'_>) -> &'static str {
    words.say("إلغاء التحديد", "Pick none")
}

/// Gives a star, or takes it away.
pub fn star(words: Words<'_>, is_starred: bool) -> &'static str {
    match is_starred {
        true => words.say("أزل النجمة", "Remove the star"),
        false => words.say("ميّز بنجمة", "Star"),
    }
}

/// Counts as read, or as unread.
pub fn read(words: Words<'_>, is_read: bool) -> &'static str {
    match is_read {
        true => words.say("علّم غير مقروء", "Mark as unread"),
        false => words.say("علّم مقروءًا", "Mark as read"),
    }
}

/// Opens the dialog of tags.
pub fn tags_item(words: Words<'_>) -> &'static str {
    words.say("علامات…", "Tags…")
}

/// Opens the dialog of a note.
pub fn note_item(words: Words<'_>) -> &'static str {
    words.say("ملاحظة…", "Note…")
}

/// Highlights what is selected.
pub fn highlight_item(words: Words<'_>) -> &'static str {
    words.say("ظلّل", "Highlight")
}

/// Highlights what is selected, with a note.
pub fn highlight_note_item(words: Words<'_>) -> &'static str {
    words.say("ظلّل مع ملاحظة…", "Highlight with a note…")
}

/// A note, before its text.
pub fn note(words: Words<'_>) -> &'static str {
    words.say("ملاحظة", "Note")
}

/// The tags of an article, before them.
pub fn tags_label(words: Words<'_>) -> &'static str {
    words.say("علاماتك", "Your marks")
}

/// The title of the dialog of an article's note.
pub fn note_of_article(words: Words<'_>) -> &'static str {
    words.say("ملاحظة على المقال", "Note on the article")
}

/// The title of the dialog of a passage's note.
pub fn note_of_passage(words: Words<'_>) -> &'static str {
    words.say("ملاحظة على الموضع المظلّل", "Note on the highlighted passage")
}

/// What stands in an empty note.
pub fn note_hint(words: Words<'_>) -> &'static str {
    words.say("اكتب ملاحظتك…", "Write your note…")
}

/// The label of a choice of colours.
pub fn color_label(words: Words<'_>) -> &'static str {
    words.say("اللون", "Colour")
}

/// Removes what the note is about.
pub fn remove_note(words: Words<'_>) -> &'static str {
    words.say("احذف الملاحظة", "Remove the note")
}

/// Takes a highlight away.
pub fn remove_highlight(words: Words<'_>) -> &'static str {
    words.say("أزل التظليل", "Remove the highlight")
}

/// The title of the dialog of tags.
pub fn tags_title(words: Words<'_>) -> &'static str {
    words.say("علامات المقال", "Tags of the article")
}

/// The name of the field in which a tag is typed.
pub fn tag_label(words: Words<'_>) -> &'static str {
    words.say("علامة", "Tag")
}

/// What stands in it while it is empty.
pub fn tag_hint(words: Words<'_>) -> &'static str {
    words.say("كلمتك، ثم Enter", "Your word, then Enter")
}

/// There are no tags yet.
pub fn no_tags(words: Words<'_>) -> &'static str {
    words.say("لا علامات بعد", "No tags yet")
}

/// What was typed is no tag yet.
pub fn new_tag(words: Words<'_>) -> &'static str {
    words.say("علامة جديدة: Enter يضيفها", "A new tag: Enter adds it")
}

/// A highlighted passage that is not in the text any more.
pub fn lost_passage(words: Words<'_>, quote: &str) -> String {
    let quote = isolate(quote);
    words.say(
        format!("تغيّر النص ولم يُعثر على موضع ظلّلته: «{quote}»"),
        format!("The text has changed, and a passage that you highlighted was not found: “{quote}”"),
    )
}

/// The marks of an article as they stand above it; nothing without a star and tags.
pub fn shown_above(words: Words<'_>, marks: &ArticleMarks) -> Option<String> {
    let star = marks.is_starred.then(|| kind(words, MarkKind::Starred).to_owned());
    let told: Vec<String> = star.into_iter().chain(marks.tags.iter().cloned()).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    (!told.is_empty()).then(|| format!("{}: {}", tags_label(words), facts(&told)))
}

/// The name of the view of notes and highlights.
pub fn marks_view(words: Words<'_>) -> &'static str {
    words.say("علاماتي", "My marks")
}

/// Nothing of what was found has notes or highlights.
pub fn no_marks(words: Words<'_>) -> &'static str {
    words.say(
        "لا ملاحظات ولا تظليل في هذه النتائج",
        "No notes or highlights in these results",
    )
}

/// How one marks.
pub fn no_marks_advice(words: Words<'_>) -> &'static str {
    words.say(
        "حدّد كلمات في المقال واضغط H لتظليلها أو N لتظليلها مع ملاحظة؛ وفي القائمة N لملاحظة على المقال",
        "Select words in an article and press H to highlight them, N to highlight them with a note; in the list N writes a note on the article",
    )
}

/// Whether an article that one stays with counts as read.
pub fn marks_read(words: Words<'_>) -> &'static str {
    words.say(
        "المقال الذي تبقى معه يُعلَّم مقروءًا",
        "An article that you stay with is marked as read",
    )
}
