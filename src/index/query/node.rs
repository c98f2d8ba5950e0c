//! What a query means, and that told in words.

use std::fmt;

use jiff::civil::Date;

use crate::arabic::{Span, WordKind, letter};
use crate::index::facet::Facet;
use crate::index::request::QueryUnderstood;

/// What is looked for.
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
    /// Words in any of their forms, with other words between them.
    Near {
        /// The words.
        words: Vec<QueryWord>,
        /// At most how many others.
        within: u32,
    },
    /// A value of a facet, by the words of its name.
    Named {
        /// The facet.
        facet: Facet,
        /// The words.
        value: String,
        /// Whether the last word is still being typed.
        is_open: bool,
    },
    /// This in the title.
    Title(Box<Node>),
    /// Published in these days, both ends included; an end can be open.
    Days {
        /// The first day.
        first: Option<Date>,
        /// The last day.
        last: Option<Date>,
    },
    /// Speaks of a month or year in these days.
    Mentions {
        /// The first day.
        first: Option<Date>,
        /// The last day.
        last: Option<Date>,
    },
}

/// A word of the query.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryWord {
    /// As it was typed.
    pub shown: String,
    /// Folded.
    pub surface: String,
    /// What it is made of.
    pub kind: WordKind,
}

/// A piece of a query that asks for something by itself.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it asks for.
    pub node: Node,
    /// Its place in the query.
    pub span: Span,
}

impl Node {
    /// Whether it asks for a single word.
    pub fn is_word(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Beginning(_))
    }

    /// The query in words, as it was understood.
    pub fn understood(&self) -> QueryUnderstood {
        let told = |wording| Told { node: self, wording }.to_string();
        QueryUnderstood {
            arabic: told(&ARABIC),
            english: told(&ENGLISH),
        }
    }
}

/// The words in which a query is told.
struct Wording {
    and: &'static str,
    or: &'static str,
    without: &'static str,
    phrase: &'static str,
    near: &'static str,
    on: &'static str,
    mentions: &'static str,
    facet: fn(Facet) -> &'static str,
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
    },
    in_title: "in the title ",
    from: "from",
    to: "to",
    quotes: ('“', '”'),
};

/// A query, told in the words of a language.
struct Told<'a> {
    node: &'a Node,
    wording: &'static Wording,
}

impl Told<'_> {
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

    fn of<'a>(&self, node: &'a Node) -> Told<'a> {
        let wording = self.wording;
        Told { node, wording }
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

    /// The searched words keep their direction in a sentence of the other one.
    fn quoted(&self, f: &mut fmt::Formatter<'_>, words: &str) -> fmt::Result {
        let (open, close) = self.wording.quotes;
        write!(f, "{open}{}{words}{}{close}", letter::FSI, letter::PDI)
    }
}

impl fmt::Display for Told<'_> {
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
            Node::Mentions { first, last } => {
                f.write_str(it.mentions)?;
                self.days(f, *first, *last)
            }
        }
    }
}
