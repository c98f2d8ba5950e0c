//! What a query means, and how that is put in words.

use std::fmt;

use jiff::civil::Date;

use crate::arabic::{Span, WordKind, letter};
use crate::index::analysis::FoldedWord;
use crate::index::facet::Facet;
use crate::index::marked::{MarkKind, MarkText};
use crate::index::request::QueryUnderstood;

/// A condition on articles: the meaning of a query or of a piece of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// All of these; without any, everything.
    All(Vec<Node>),
    /// At least one of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A word in any of its forms.
    Word(QueryWord),
    /// A word in any of its forms, or the beginning of a word.
    Beginning(QueryWord),
    /// Words side by side, exactly.
    Phrase(Vec<QueryWord>),
    /// Words in any of their forms, near each other.
    Near {
        /// In the order typed.
        words: Vec<QueryWord>,
        /// At most this many other words between them.
        within: u32,
    },
    /// Any value of a facet whose name has these words.
    Named {
        /// Whose values are searched.
        facet: Facet,
        /// The words as typed.
        value: String,
        /// Whether the last word is still being typed.
        is_open: bool,
    },
    /// This, but in the title.
    Title(Box<Node>),
    /// Published between these days, inclusive.
    Days {
        /// `None` for an open start.
        first: Option<Date>,
        /// `None` for an open end.
        last: Option<Date>,
    },
    /// The user marked it so.
    Marked(MarkKind),
    /// Its marks have these words.
    MarkWords {
        /// In the order typed.
        words: Vec<QueryWord>,
        /// In notes or in passages.
        of: MarkText,
        /// Whether the last word is still being typed.
        is_open: bool,
    },
    /// What no article meets, because it is not understood.
    Unclear(Unclear),
    /// Mentions a month or year between these days, inclusive.
    Mentions {
        /// `None` for an open start.
        first: Option<Date>,
        /// `None` for an open end.
        last: Option<Date>,
    },
}

/// A condition that says nothing that can be looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Unclear {
    /// No operator has this name.
    Operator {
        /// The name, without the colon.
        name: String,
        /// What stands behind it.
        value: String,
    },
    /// What should be a date is none.
    Date {
        /// The operator, without the colon.
        name: String,
        /// What stands behind it.
        value: String,
    },
    /// What should be a mark is none.
    Mark {
        /// The operator, without the colon.
        name: String,
        /// What stands behind it.
        value: String,
    },
}

/// A word of the query.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryWord {
    /// As it was typed.
    pub shown: String,
    /// Folded, as it is indexed.
    pub surface: String,
    /// Letters of which script, or digits.
    pub kind: WordKind,
}

/// A piece of a query that is a condition by itself.
#[derive(Clone, Debug)]
pub struct QueryPart {
    /// What the piece asks for by itself.
    pub node: Node,
    /// Its span in the query.
    pub span: Span,
}

impl QueryWord {
    /// A word of what was typed.
    pub fn new(text: &str, word: &FoldedWord) -> Self {
        Self {
            shown: word.span.of(text).unwrap_or_default().to_owned(),
            surface: word.surface().to_owned(),
            kind: word.kind,
        }
    }
}

impl Node {
    /// Whether it names people, organisations or places.
    pub fn asks_for_names(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(Self::asks_for_names),
            Self::Not(node) | Self::Title(node) => node.asks_for_names(),
            Self::Named { facet, .. } => facet.entity_kind().is_some(),
            Self::Word(_)
            | Self::Beginning(_)
            | Self::Phrase(_)
            | Self::Near { .. }
            | Self::Days { .. }
            | Self::Mentions { .. }
            | Self::Marked(_)
            | Self::MarkWords { .. }
            | Self::Unclear(_) => false,
        }
    }

    /// Whether it asks for what the user marked.
    pub fn asks_for_marks(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(Self::asks_for_marks),
            Self::Not(node) | Self::Title(node) => node.asks_for_marks(),
            Self::Named { facet, .. } => *facet == Facet::Mark,
            Self::Marked(_) | Self::MarkWords { .. } => true,
            _ => false,
        }
    }

    /// Whether it asks for a single word.
    pub fn is_word(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Beginning(_))
    }

    /// The query in words, as it was understood.
    pub fn understood(&self) -> QueryUnderstood {
        let told = |wording| Described { node: self, wording }.to_string();
        QueryUnderstood {
            arabic: told(&ARABIC),
            english: told(&ENGLISH),
        }
    }
}

/// The words of a language that describe a query.
struct Wording {
    and: &'static str,
    or: &'static str,
    without: &'static str,
    phrase: &'static str,
    near: &'static str,
    on: &'static str,
    mentions: &'static str,
    facet: fn(Facet) -> &'static str,
    marked: fn(MarkKind) -> &'static str,
    mark_text: fn(MarkText) -> &'static str,
    in_title: &'static str,
    from: &'static str,
    to: &'static str,
    quotes: (char, char),
}

const ARABIC: Wording = Wording {
    and: " و",
    or: " أو ",
    without: "دون ",
    phrase: "العبارة ",
    near: "متقاربةً ",
    on: "في يوم",
    mentions: "يذكر ما كان ",
    facet: |facet| match facet {
        Facet::Person => "الشخص ",
        Facet::Organisation => "الجهة ",
        Facet::Place => "المكان ",
        Facet::Source => "المصدر ",
        Facet::Keyword => "الوسم ",
        Facet::Date => "التاريخ المذكور ",
        Facet::Language => "اللغة ",
        Facet::Folder => "المجلد ",
        Facet::Format => "نوع الملف ",
        Facet::Mark => "العلامة ",
    },
    marked: |kind| match kind {
        MarkKind::Starred => "مميّز بنجمة",
        MarkKind::Read => "مقروء",
        MarkKind::Noted => "عليه ملاحظة",
        MarkKind::Highlighted => "فيه تظليل",
        MarkKind::Tagged => "له علامة",
    },
    mark_text: |of| match of {
        MarkText::Note => "في ملاحظاتك ",
        MarkText::Highlight => "في ما ظلّلته ",
    },
    in_title: "في العنوان ",
    from: "من",
    to: "إلى",
    quotes: ('«', '»'),
};

const ENGLISH: Wording = Wording {
    and: " and ",
    or: " or ",
    without: "without ",
    phrase: "the words ",
    near: "near each other ",
    on: "on",
    mentions: "speaks of dates ",
    facet: |facet| match facet {
        Facet::Person => "person ",
        Facet::Organisation => "organisation ",
        Facet::Place => "place ",
        Facet::Source => "source ",
        Facet::Keyword => "keyword ",
        Facet::Date => "date mentioned ",
        Facet::Language => "language ",
        Facet::Folder => "folder ",
        Facet::Format => "kind of file ",
        Facet::Mark => "mark ",
    },
    marked: |kind| match kind {
        MarkKind::Starred => "starred",
        MarkKind::Read => "read",
        MarkKind::Noted => "with a note",
        MarkKind::Highlighted => "with highlights",
        MarkKind::Tagged => "with a tag",
    },
    mark_text: |of| match of {
        MarkText::Note => "in your notes ",
        MarkText::Highlight => "in what you highlighted ",
    },
    in_title: "in the title ",
    from: "from",
    to: "to",
    quotes: ('“', '”'),
};

/// Describes a query in the words of a language.
struct Described<'a> {
    node: &'a Node,
    wording: &'static Wording,
}

impl Described<'_> {
    fn joined(&self, f: &mut fmt::Formatter<'_>, nodes: &[Node], separator: &str) -> fmt::Result {
        for (idx, node) in nodes.iter().enumerate() {
            if idx != 0 {
                f.write_str(separator)?;
            }
            match node {
                Node::All(_) | Node::Any(_) => write!(f, "({})", self.of(node))?,
                node => write!(f, "{}", self.of(node))?,
            }
        }
        Ok(())
    }

    fn of<'a>(&self, node: &'a Node) -> Described<'a> {
        let wording = self.wording;
        Described { node, wording }
    }

    fn days(&self, f: &mut fmt::Formatter<'_>, first: Option<Date>, last: Option<Date>) -> fmt::Result {
        let it = self.wording;
        match (first, last) {
            (Some(first), Some(last)) if first == last => write!(f, "{} {first}", it.on),
            (Some(first), Some(last)) => write!(f, "{} {first} {} {last}", it.from, it.to),
            (Some(first), None) => write!(f, "{} {first}", it.from),
            (None, Some(last)) => write!(f, "{} {last}", it.to),
            (None, None) => Ok(()),
        }
    }

    /// The searched words keep their own direction in a sentence of the other.
    fn quoted(&self, f: &mut fmt::Formatter<'_>, words: &str) -> fmt::Result {
        let (open, close) = self.wording.quotes;
        write!(f, "{open}{}{words}{}{close}", letter::FSI, letter::PDI)
    }
}

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = self.wording;
        match self.node {
            Node::All(nodes) => self.joined(f, nodes, it.and),
            Node::Any(nodes) => self.joined(f, nodes, it.or),
            Node::Not(node) => {
                f.write_str(it.without)?;
                self.joined(f, std::slice::from_ref(node), "")
            }
            Node::Word(word) => self.quoted(f, &word.shown),
            Node::Beginning(word) => self.quoted(f, &format!("{}…", word.shown)),
            Node::Phrase(words) => {
                let words: Vec<&str> = words.iter().map(|word| word.shown.as_str()).collect();
                f.write_str(it.phrase)?;
                self.quoted(f, &words.join(" "))
            }
            Node::Named { facet, value, .. } => {
                f.write_str((it.facet)(*facet))?;
                self.quoted(f, value.trim())
            }
            Node::Title(node) => write!(f, "{}{}", it.in_title, self.of(node)),
            Node::Near { words, .. } => {
                let words: Vec<&str> = words.iter().map(|word| word.shown.as_str()).collect();
                f.write_str(it.near)?;
                self.quoted(f, &words.join(" "))
            }
            Node::Days { first, last } => self.days(f, *first, *last),
            Node::Unclear(
                Unclear::Date { name, value } | Unclear::Operator { name, value } | Unclear::Mark { name, value },
            ) => self.quoted(f, &format!("{name}:{value}")),
            Node::Marked(kind) => f.write_str((it.marked)(*kind)),
            Node::MarkWords { words, of, .. } => {
                let words: Vec<&str> = words.iter().map(|word| word.shown.as_str()).collect();
                f.write_str((it.mark_text)(*of))?;
                self.quoted(f, &words.join(" "))
            }
            Node::Mentions { first, last } => {
                f.write_str(it.mentions)?;
                self.days(f, *first, *last)
            }
        }
    }
}
