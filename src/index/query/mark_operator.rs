//! Operators that ask for the user's marks: «مميّز:», `is:starred`, `has:note`, «ملاحظة:».

use crate::arabic::{Folding, fold};
use crate::index::analysis::folded_words;
use crate::index::marked::{MarkKind, MarkText};

use super::node::{Node, QueryWord, Unclear};

/// How marks are asked for.
#[derive(Clone, Copy, PartialEq)]
pub enum MarkOperator {
    /// By what stands behind it: `is:starred`, `has:note`.
    Named,
    /// This, or not this: «مميّز:», «مميّز:لا». Of highlights, what else stands behind it are words of them.
    So(MarkKind),
    /// By words of notes.
    Words,
}

/// What can stand behind `is:` and `has:`.
const MARKS: &[(&str, MarkKind)] = &[
    ("starred star", MarkKind::Starred),
    ("read", MarkKind::Read),
    ("noted note notes", MarkKind::Noted),
    ("highlighted highlight highlights", MarkKind::Highlighted),
    ("tagged tag tags", MarkKind::Tagged),
];

impl MarkOperator {
    /// The meaning of it with this value: nothing while the value is yet to be typed.
    pub fn node(self, name: &str, value: &str, is_open: bool) -> Option<Node> {
        let folded = fold(value.trim(), Folding::Word);
        match self {
            Self::Words => Some(mark_words(value, MarkText::Note, is_open)),
            Self::So(kind) => Some(match folded.as_str() {
                "" | "نعم" | "yes" => Node::Marked(kind),
                "لا" | "no" => Node::Not(Box::new(Node::Marked(kind))),
                _ if kind == MarkKind::Highlighted => mark_words(value, MarkText::Highlight, is_open),
                _ => unclear(name, value),
            }),
            Self::Named => named(&folded).or_else(|| {
                // It may become one while it is typed.
                let is_wrong = !folded.is_empty() && !is_open;
                is_wrong.then(|| unclear(name, value))
            }),
        }
    }
}

fn named(folded: &str) -> Option<Node> {
    if folded == "unread" {
        return Some(Node::Not(Box::new(Node::Marked(MarkKind::Read))));
    }
    let is_called = |(names, _): &&(&str, MarkKind)| names.split(' ').any(|it| it == folded);
    MARKS.iter().find(is_called).map(|(_, kind)| Node::Marked(*kind))
}

fn unclear(name: &str, value: &str) -> Node {
    let (name, value) = (name.to_owned(), value.to_owned());
    Node::Unclear(Unclear::Mark { name, value })
}

fn mark_words(text: &str, of: MarkText, is_open: bool) -> Node {
    let words = folded_words(text).map(|word| QueryWord::new(text, &word)).collect();
    Node::MarkWords { words, of, is_open }
}

#[cfg(test)]
mod tests {
    use crate::arabic::letter;
    use crate::index::query::parse::parse_query;

    #[track_caller]
    fn check(query: &str, understood: &str) {
        let told = parse_query(query, jiff::civil::date(2024, 5, 10))
            .node
            .understood()
            .arabic;
        assert_eq!(told.replace([letter::FSI, letter::PDI], ""), understood, "{query}");
    }

    #[test]
    fn marks_are_asked_for_in_both_languages() {
        check("علامة:مهم سد ", "العلامة «مهم» و«سد»");
        check("mark:\"مهم جدا\" ", "العلامة «مهم جدا»");
        check("مميّز: سد ", "مميّز بنجمة و«سد»");
        check("مميز:لا is:starred ", "دون مميّز بنجمة ومميّز بنجمة");
        check("-مقروء: ", "دون مقروء");
        check("is:unread has:note ", "دون مقروء وعليه ملاحظة");
        check("مظلّل: ", "فيه تظليل");
        check("مظلّل:«قال الوزير» سد ", "في ما ظلّلته «قال الوزير» و«سد»");
        check("ملاحظة:اتصل به ", "في ملاحظاتك «اتصل» و«به»");
        check("note:\"اتصل به\" ", "في ملاحظاتك «اتصل به»");
        check("is:أحمر سد ", "«is:أحمر» و«سد»");
        check("مميّز:أحمر ", "«مميّز:أحمر»");
        check("is:", "");
        check("is:sta", "");
        check("ملاحظة: ", "");
    }
}
