//! The findings of the rules: that two groups of names are one, or may be.

use super::groups::GroupNumber;

/// Why two names are, or may be, one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// One is another spelling of the other, as foreign names have.
    Spelling,
    /// Another spelling that is not evidence enough by itself, but the two occur beside the same other names.
    SpellingAndContext,
    /// One is the other with «و», «ب», «ل» … before it.
    Proclitic,
    /// One is the other with a word like «حركة» or «مدينة» before it.
    Head,
    /// One is the end of the other, and of nobody else's full name.
    ShortForm,
    /// Articles say that one is short for the other: «حركة المقاومة الإسلامية (حماس)».
    Stated,
}

/// The finding that two groups are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// For a proclitic, a head or a short form, the name that has it; otherwise the lesser number.
    pub from: GroupNumber,
    /// The other group.
    pub to: GroupNumber,
    /// The evidence.
    pub reason: Reason,
    /// The certainty; for spellings, in log-odds.
    pub score: f32,
}

/// The findings of a rule.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the order in which they are to be applied.
    pub links: Vec<Link>,
    /// Links that lack evidence: shown to the user, never applied automatically.
    pub doubts: Vec<Link>,
}

impl Findings {
    /// Adds a link that is beyond doubt.
    pub fn link(&mut self, from: GroupNumber, to: GroupNumber, reason: Reason) {
        let score = 1.0;
        self.links.push(Link {
            from,
            to,
            reason,
            score,
        });
    }

    /// Adds a link that a person should decide.
    pub fn doubt(&mut self, from: GroupNumber, to: GroupNumber, reason: Reason, score: f32) {
        self.doubts.push(Link {
            from,
            to,
            reason,
            score,
        });
    }
}
