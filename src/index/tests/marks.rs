//! What the user marked is counted, narrows, and is asked for by operators.

use std::path::Path;
use std::sync::Arc;

use crate::entities::{ArticleKey, ArticlePrint};
use crate::index::Facet;
use crate::marks::{Highlight, MarkChange, MarkColor, MarkEdit, Marks};

use super::{Draft, add, chosen, counts, drafts, indexed, request, search, titles, with_filters};

fn key(title: &str) -> ArticleKey {
    ArticleKey::at(&Path::new("أخبار").join(format!("{title}.txt")), 0)
}

fn edit(title: &str, change: MarkChange) -> MarkEdit {
    MarkEdit {
        article: key(title),
        print: ArticlePrint::new(title, ""),
        change,
    }
}

fn tag(tag: &str) -> MarkChange {
    MarkChange::Tag {
        tag: tag.to_owned(),
        is: true,
    }
}

fn marked() -> Marks {
    let passage = Highlight {
        quote: "افتتح السدود الكبيرة".to_owned(),
        before: String::new(),
        after: String::new(),
        color: MarkColor::Blue,
        note: "اتصل بالوزارة".to_owned(),
    };
    let mut marks = Marks::default();
    let edits = [
        edit("أول", MarkChange::Star(true)),
        edit("أول", MarkChange::Read(true)),
        edit("أول", tag("مُهم")),
        edit("ثان", tag("مهم")),
        edit("ثان", MarkChange::Note("يُراجع مع أقوال الشهود".to_owned())),
        edit("ثالث", MarkChange::Highlight(passage)),
        edit("ليس هنا", MarkChange::Star(true)),
    ];
    marks.apply(&edits, jiff::Timestamp::UNIX_EPOCH);
    marks
}

#[test]
fn marks_are_a_facet_and_operators() {
    let (_dir, index) = indexed(&drafts());
    let all = "ثالث ثان أول رابع";
    assert_eq!(
        titles(&index.searcher().unwrap(), &request("-is:starred ")).join(" "),
        all
    );
    index.set_marks(Arc::new(marked()));
    let searcher = index.searcher().unwrap();
    assert_eq!(searcher.marks().len(), 3);
    let page = search(&searcher, &request(""));
    // Spellings of one word are one tag.
    assert_eq!(
        counts(&page, Facet::Mark),
        "has:note 2، مهم 2، has:highlight 1، is:read 1، is:starred 1"
    );
    for (query, expected) in [
        ("مميّز: ", "أول"),
        ("is:starred ", "أول"),
        ("مميّز:لا ", "ثالث ثان رابع"),
        ("is:unread ", "ثالث ثان رابع"),
        ("-مقروء: ", "ثالث ثان رابع"),
        ("علامة:مهم ", "ثان أول"),
        ("mark:«مهم» is:read ", "أول"),
        ("has:tag ", "ثان أول"),
        ("has:note ", "ثالث ثان"),
        ("ملاحظة:شاهد ", "ثان"),
        ("ملاحظة:الشهود ", "ثان"),
        ("ملاحظة:«أقوال الشهود» ", "ثان"),
        ("note:بالوز", "ثالث"),
        ("note:بالوز ", ""),
        ("مظلّل: ", "ثالث"),
        ("مظلّل:السدود ", "ثالث"),
        ("مظلّل:السد ", "ثالث"),
        ("مظلّل:البحر ", ""),
        ("علامة:أخرى ", ""),
        ("-علامة:أخرى ", all),
        ("is:أحمر ", ""),
        ("-is:أحمر ", all),
    ] {
        assert_eq!(titles(&searcher, &request(query)).join(" "), expected, "{query}");
    }
    let read = chosen(&searcher, Facet::Mark, "is:read", true);
    assert_eq!(
        titles(&searcher, &with_filters(&[read], None)).join(" "),
        "ثالث ثان رابع"
    );
}

#[test]
fn marks_are_found_in_what_is_indexed_later() {
    let (_dir, index) = indexed(&drafts());
    index.set_marks(Arc::new(marked()));
    assert_eq!(titles(&index.searcher().unwrap(), &request("is:starred ")), ["أول"]);
    let new = Draft {
        title: "ليس هنا",
        body: "صار هنا",
        ..Draft::default()
    };
    add(&index, &[new]);
    assert_eq!(
        titles(&index.early_searcher().unwrap(), &request("is:starred ")),
        ["أول", "ليس هنا"]
    );
    let mut marks = marked();
    marks.apply(&[edit("أول", MarkChange::Star(false))], jiff::Timestamp::UNIX_EPOCH);
    index.set_marks(Arc::new(marks));
    assert_eq!(titles(&index.searcher().unwrap(), &request("is:starred ")), ["ليس هنا"]);
}
