//! The user's corrections of which names are one entity.
//!
//! A correction refers to entities by their ids, and an id is made of names, so that it stays valid when the archive is
//! read again and on a colleague's computer. Corrections are applied in order to the resolved names; to undo one is to
//! leave it out. Of two that contradict each other, the later wins.
//!
//! Those of articles refer to them by the paths of their files, and by what they say, so that they never go to another
//! article when records move in a file; `by_hand` applies them when an article is read.

use std::path::Path;

use super::given::{ArticleKey, GivenFacts, Scope};
use super::latin::is_latin;
use super::print::ArticlePrint;
use super::whereabouts::Settled;
use super::{EntityId, EntityKind};

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(tag = "correction", rename_all = "snake_case")]
pub enum Correction {
    /// Two entities are one.
    Merge {
        /// The entity that is merged …
        from: EntityId,
        /// … into this one, which keeps its name and kind.
        into: EntityId,
    },
    /// A spelling is an entity of its own.
    Split {
        /// The entity that it was counted with.
        from: EntityId,
        /// The spelling, as listed among the entity's aliases.
        spelling: String,
    },
    /// An entity is shown under another name.
    Rename {
        /// The entity to rename.
        entity: EntityId,
        /// The name to show from now on.
        name: String,
    },
    /// An entity is spelled so in Latin letters.
    SetLatin {
        /// The entity.
        entity: EntityId,
        /// Its name in Latin letters.
        latin: String,
    },
    /// An entity is of another kind.
    SetKind {
        /// The entity with the wrong kind.
        entity: EntityId,
        /// Its real kind.
        kind: EntityKind,
    },
    /// A false positive: neither listed nor counted.
    Hide {
        /// The supposed entity.
        entity: EntityId,
    },
    /// Two entities are never joined, by whatever evidence.
    KeepApart {
        /// One of them.
        a: EntityId,
        /// The other.
        b: EntityId,
    },
    /// Words are a name, whether it was found or not.
    MarkName {
        /// The words as they stand in an article, without clitics before them.
        words: String,
        /// What they name.
        kind: EntityKind,
        /// The name with other ends that stood there, if it gives way to this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<String>,
        /// Where.
        at: Scope,
    },
    /// Words are no name, whatever was found in them.
    UnmarkName {
        /// The words of the supposed name, as they stand in an article.
        words: String,
        /// Where.
        at: Scope,
    },
    /// An article has another title, date or source than its file states.
    SetFacts {
        /// The article.
        article: ArticleKey,
        /// What it has instead; what is missing is the file's. If all is missing, nothing is corrected.
        facts: GivenFacts,
    },
}

/// The corrections of an archive, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(from = "Listed", into = "Listed")]
pub struct Corrections {
    corrections: Vec<Correction>,
    /// What the only article says that each of them is about. It is not known of those by earlier versions, which are about
    /// whatever article is in that place.
    prints: Vec<Option<ArticlePrint>>,
}

/// As JSON has them.
#[derive(serde::Serialize, serde::Deserialize)]
struct Listed {
    version: CorrectionsVersion,
    corrections: Vec<ListedCorrection>,
}

/// A correction with what the only article says that it is about, if that is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct ListedCorrection {
    /// The correction.
    #[serde(flatten)]
    pub correction: Correction,
    /// What the article says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article_says: Option<ArticlePrint>,
}

impl From<Listed> for Corrections {
    fn from(listed: Listed) -> Self {
        listed.corrections.into_iter().collect()
    }
}

impl From<Corrections> for Listed {
    fn from(it: Corrections) -> Self {
        let version = it.version();
        let all = it.corrections.into_iter().zip(it.prints);
        let all = all.map(|(correction, article_says)| ListedCorrection {
            correction,
            article_says,
        });
        Self {
            version,
            corrections: all.collect(),
        }
    }
}

/// One of an archive's corrections, told from those that say the same: what others add or take back meanwhile does not
/// make it another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeCorrection {
    correction: Correction,
    n_equal_before: usize,
}

/// The version of the file of corrections: 1 if it holds none of articles and of Latin forms, which 2 may hold; 3 if it says
/// of articles what these say, without which they would go to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct CorrectionsVersion(u32);

/// The error for a file of corrections by a later version of the program.
#[derive(Debug, thiserror::Error)]
#[error("version {0} is not known here")]
struct UnknownVersion(u32);

impl TryFrom<u32> for CorrectionsVersion {
    type Error = UnknownVersion;

    fn try_from(version: u32) -> Result<Self, UnknownVersion> {
        match version {
            1..=Corrections::NEWEST_VERSION => Ok(Self(version)),
            _ => Err(UnknownVersion(version)),
        }
    }
}

impl From<CorrectionsVersion> for u32 {
    fn from(version: CorrectionsVersion) -> Self {
        version.0
    }
}

/// The outcome of importing someone else's corrections.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ImportReport {
    /// How many were new and are in effect now.
    pub added: usize,
    /// How many were already there.
    pub known: usize,
    /// Those that contradict one of the user's own, which wins: first the imported one, then the user's.
    pub conflicts: Vec<(Correction, Correction)>,
}

/// Why a file of corrections cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("these are no corrections: {0}")]
pub struct CorrectionsError(#[from] serde_json::Error);

impl FromIterator<Correction> for Corrections {
    fn from_iter<I: IntoIterator<Item = Correction>>(all: I) -> Self {
        let corrections: Vec<Correction> = all.into_iter().collect();
        Self {
            prints: vec![None; corrections.len()],
            corrections,
        }
    }
}

impl FromIterator<ListedCorrection> for Corrections {
    fn from_iter<I: IntoIterator<Item = ListedCorrection>>(all: I) -> Self {
        let (corrections, prints) = all.into_iter().map(|it| (it.correction, it.article_says)).unzip();
        Self { corrections, prints }
    }
}

impl Corrections {
    /// The greatest version of their file that is understood.
    pub const NEWEST_VERSION: u32 = 3;

    /// The inverse of [`Corrections::to_json`].
    pub fn from_json(json: &str) -> Result<Self, CorrectionsError> {
        Ok(serde_json::from_str(json)?)
    }

    /// Readable JSON: a version, then the corrections in their order.
    pub fn to_json(&self) -> String {
        // Nothing in it can fail to serialise: no maps, no numbers but the version.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// The corrections in the order in which they were made.
    pub fn all(&self) -> &[Correction] {
        &self.corrections
    }

    /// Adds a correction; false if it is the newest of its kind for its entities already, so that nothing changes.
    pub fn add(&mut self, correction: Correction) -> bool {
        self.add_about(correction, None)
    }

    /// Adds a correction as [`Corrections::add`] does, and what the only article says that it is about.
    pub fn add_about(&mut self, correction: Correction, says: Option<ArticlePrint>) -> bool {
        let newest = self
            .corrections
            .iter()
            .rev()
            .find(|it| **it == correction || it.contradicts(&correction));
        if newest == Some(&correction) {
            return false;
        }
        self.corrections.push(correction);
        self.prints.push(says);
        true
    }

    /// All with what the only article says that each is about, if that is known, in their order.
    pub fn with_prints(&self) -> impl Iterator<Item = (&Correction, Option<&ArticlePrint>)> {
        self.corrections.iter().zip(self.prints.iter().map(Option::as_ref))
    }

    /// Those of articles as they are kept, in their order.
    pub fn listed_of_articles(&self) -> Vec<ListedCorrection> {
        let of_articles = self.with_prints().filter(|(it, _)| it.is_of_articles());
        let listed = of_articles.map(|(correction, says)| ListedCorrection {
            correction: correction.clone(),
            article_says: says.cloned(),
        });
        listed.collect()
    }

    /// The articles of which it is known what they say, each once, with that.
    pub fn articles(&self) -> Vec<(&ArticleKey, &ArticlePrint)> {
        let all = self.with_prints();
        let mut articles: Vec<_> = all.filter_map(|(it, says)| Some((it.article()?, says?))).collect();
        articles.sort_by(|a, b| (a.0, &a.1.title, a.1.text).cmp(&(b.0, &b.1.title, b.1.text)));
        articles.dedup();
        articles
    }

    /// Has those of articles that are elsewhere now, or say something else, be about these; whether there are any. Those of
    /// articles that are not to be found stay as they are, and hold for none until these turn up.
    pub fn settle(&mut self, settled: &[Settled]) -> bool {
        let mut is_any = false;
        for (correction, says) in self.corrections.iter_mut().zip(&mut self.prints) {
            let Some(article) = correction.article_mut() else {
                continue;
            };
            let found = settled
                .iter()
                .find(|it| it.was == *article && Some(&it.print) == says.as_ref());
            if let Some((key, print)) = found.and_then(|it| it.now.clone()) {
                *article = key;
                *says = Some(print);
                is_any = true;
            }
        }
        is_any
    }

    /// Those that change what is read of articles, in their order.
    pub fn of_articles(&self) -> impl Iterator<Item = &Correction> {
        self.corrections.iter().filter(|it| it.is_of_articles())
    }

    /// Has those of the articles of a file, or of a folder, follow it to another path; returns whether there were any.
    pub fn move_file(&mut self, from: &Path, to: &Path) -> bool {
        let mut is_any = false;
        for article in self.corrections.iter_mut().filter_map(Correction::article_mut) {
            if let Some(moved) = article.moved(from, to) {
                *article = moved;
                is_any = true;
            }
        }
        is_any
    }

    /// Earlier versions of the program leave a file alone whose version they do not know.
    fn version(&self) -> CorrectionsVersion {
        let is_of_second = |it: &Correction| it.is_of_articles() || matches!(it, Correction::SetLatin { .. });
        CorrectionsVersion(if self.prints.iter().any(Option::is_some) {
            3
        } else if self.corrections.iter().any(is_of_second) {
            2
        } else {
            1
        })
    }

    /// Undoes the correction at an index of [`Corrections::all`] and returns it; `None` if there is none.
    pub fn remove(&mut self, idx: usize) -> Option<Correction> {
        if self.corrections.len() <= idx {
            return None;
        }
        self.prints.remove(idx);
        Some(self.corrections.remove(idx))
    }

    /// The correction at an index of [`Corrections::all`].
    pub fn made(&self, idx: usize) -> Option<MadeCorrection> {
        let correction = self.corrections.get(idx)?.clone();
        let before = self.corrections[..idx].iter();
        Some(MadeCorrection {
            n_equal_before: before.filter(|it| **it == correction).count(),
            correction,
        })
    }

    /// Undoes a correction and returns it; `None` if it is not there any more.
    pub fn undo(&mut self, made: &MadeCorrection) -> Option<Correction> {
        let equal = self.corrections.iter().enumerate();
        let mut equal = equal.filter(|(_, it)| **it == made.correction);
        let (idx, _) = equal.nth(made.n_equal_before)?;
        self.remove(idx)
    }

    /// Appends someone else's corrections in their order. Those that contradict the user's own are left out.
    pub fn import(&mut self, theirs: &Self) -> ImportReport {
        let mut report = ImportReport::default();
        let mine = self.corrections.clone();
        for (correction, says) in theirs.with_prints() {
            if mine.contains(correction) {
                report.known += 1;
            } else if let Some(own) = mine.iter().rev().find(|own| own.contradicts(correction)) {
                report.conflicts.push((correction.clone(), own.clone()));
            } else if self.add_about(correction.clone(), says.cloned()) {
                report.added += 1;
            } else {
                report.known += 1;
            }
        }
        report
    }

    /// Whether a later correction cancels this one.
    pub(super) fn is_overruled(&self, idx: usize) -> bool {
        let it = &self.corrections[idx];
        self.corrections[idx + 1..].iter().any(|later| later.contradicts(it))
    }
}

impl Correction {
    /// The entities that it names, in the order of its fields.
    pub fn entities(&self) -> Vec<&EntityId> {
        match self {
            Self::Merge { from, into } => vec![from, into],
            Self::Split { from, .. } => vec![from],
            Self::Rename { entity, .. }
            | Self::SetKind { entity, .. }
            | Self::SetLatin { entity, .. }
            | Self::Hide { entity } => vec![entity],
            Self::KeepApart { a, b } => vec![a, b],
            Self::MarkName { .. } | Self::UnmarkName { .. } | Self::SetFacts { .. } => Vec::new(),
        }
    }

    /// Whether it says something: it has words, a title in one line, Latin letters.
    pub fn is_sound(&self) -> bool {
        let is_line = |text: &str| !text.contains(char::is_control) && text.contains(char::is_alphanumeric);
        match self {
            Self::MarkName { words, .. } | Self::UnmarkName { words, .. } => words.contains(char::is_alphanumeric),
            Self::SetFacts { facts, .. } => facts.title.as_deref().is_none_or(is_line),
            Self::SetLatin { latin, .. } => is_line(latin) && is_latin(latin),
            Self::Rename { name, .. } => is_line(name),
            Self::Merge { .. }
            | Self::Split { .. }
            | Self::SetKind { .. }
            | Self::Hide { .. }
            | Self::KeepApart { .. } => true,
        }
    }

    /// The facts that were given of an article last.
    pub fn facts_of(&self, article: &ArticleKey) -> Option<&GivenFacts> {
        match self {
            Self::SetFacts { article: of, facts } if of == article => Some(facts),
            _ => None,
        }
    }

    /// Whether it changes what is read of articles, not which of their names are one.
    pub fn is_of_articles(&self) -> bool {
        matches!(
            self,
            Self::MarkName { .. } | Self::UnmarkName { .. } | Self::SetFacts { .. }
        )
    }

    /// The only article that it is about; nothing of one that may be about others.
    pub fn article(&self) -> Option<&ArticleKey> {
        match self {
            Self::MarkName { at, .. } | Self::UnmarkName { at, .. } => at.article(),
            Self::SetFacts { article, .. } => Some(article),
            _ => None,
        }
    }

    fn article_mut(&mut self) -> Option<&mut ArticleKey> {
        match self {
            Self::MarkName { at, .. } | Self::UnmarkName { at, .. } => match at {
                Scope::Anywhere => None,
                Scope::Article(article) | Scope::Place { article, .. } => Some(article),
            },
            Self::SetFacts { article, .. } => Some(article),
            _ => None,
        }
    }

    /// Whether the two cannot both be in effect.
    fn contradicts(&self, other: &Self) -> bool {
        let is_pair = |a: &EntityId, b: &EntityId, c: &EntityId, d: &EntityId| (a, b) == (c, d) || (a, b) == (d, c);
        match (self, other) {
            (Self::Merge { from, into }, Self::KeepApart { a, b })
            | (Self::KeepApart { a, b }, Self::Merge { from, into }) => is_pair(from, into, a, b),
            (Self::Merge { from, into }, Self::Merge { from: b, into: a }) => from == a && into == b,
            (
                Self::Rename { entity, name },
                Self::Rename {
                    entity: other,
                    name: others,
                },
            ) => entity == other && name != others,
            (
                Self::SetKind { entity, kind },
                Self::SetKind {
                    entity: other,
                    kind: others,
                },
            ) => entity == other && kind != others,
            (
                Self::SetLatin { entity, latin },
                Self::SetLatin {
                    entity: other,
                    latin: others,
                },
            ) => entity == other && latin != others,
            (Self::Hide { entity }, Self::SetLatin { entity: other, .. })
            | (Self::SetLatin { entity: other, .. }, Self::Hide { entity }) => entity == other,
            (Self::Hide { entity }, Self::Rename { entity: other, .. } | Self::SetKind { entity: other, .. })
            | (Self::Rename { entity: other, .. } | Self::SetKind { entity: other, .. }, Self::Hide { entity }) => {
                entity == other
            }
            (Self::Hide { entity }, Self::Merge { from, into })
            | (Self::Merge { from, into }, Self::Hide { entity }) => entity == from || entity == into,
            (
                Self::MarkName { words, kind, at, .. },
                Self::MarkName {
                    words: others_words,
                    kind: others,
                    at: others_at,
                    ..
                },
            ) => words == others_words && at == others_at && kind != others,
            (
                Self::MarkName { words, at, .. },
                Self::UnmarkName {
                    words: others,
                    at: other,
                },
            )
            | (
                Self::UnmarkName {
                    words: others,
                    at: other,
                },
                Self::MarkName { words, at, .. },
            ) => words == others && at == other,
            (
                Self::SetFacts { article, facts },
                Self::SetFacts {
                    article: other,
                    facts: others,
                },
            ) => article == other && facts != others,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_least_version_that_knows_what_it_holds() {
        let hide = Correction::Hide {
            entity: EntityId("person:x".to_owned()),
        };
        let mut all = Corrections::default();
        assert!(all.add(hide));
        assert!(all.to_json().contains(r#""version": 1"#));
        let article = ArticleKey {
            file: "a/1.txt".to_owned(),
            record: 0,
        };
        assert!(all.add(Correction::UnmarkName {
            words: "سبق".to_owned(),
            at: Scope::Place {
                article,
                before: "نشر ".to_owned(),
                after: " خبرا".to_owned(),
            },
        }));
        let json = all.to_json();
        assert!(
            json.contains(r#""version": 2"#) && json.contains(r#""unmark_name""#),
            "{json}"
        );
        assert_eq!(Corrections::from_json(&json).unwrap(), all);
        assert!(Corrections::from_json(&json.replace(r#""version": 2"#, r#""version": 4"#)).is_err());
        // One may change one's mind, and mine holds against another's.
        let name = |words: &str, kind| Correction::MarkName {
            words: words.to_owned(),
            kind,
            instead_of: None,
            at: Scope::Anywhere,
        };
        let mut mine = Corrections::default();
        let kinds = [EntityKind::Person, EntityKind::Place, EntityKind::Person];
        assert!(kinds.into_iter().all(|kind| mine.add(name("سبق", kind))));
        let mut theirs = Corrections::default();
        assert!(theirs.add(name("سبق", EntityKind::Organisation)));
        assert_eq!(mine.import(&theirs).conflicts.len(), 1);
        all.remove(1);
        assert!(all.to_json().contains(r#""version": 1"#));
    }

    #[test]
    fn corrections_of_an_article_follow_it_and_those_of_earlier_versions_stay_in_their_place() {
        let key = |record| ArticleKey {
            file: "t.csv".to_owned(),
            record,
        };
        let unmark = |words: &str, record| Correction::UnmarkName {
            words: words.to_owned(),
            at: Scope::Article(key(record)),
        };
        let says = |title: &str| ArticlePrint::new(title, "");
        let mut all = Corrections::default();
        assert!(all.add(unmark("قديم", 0)) && all.add_about(unmark("جديد", 0), Some(says("أ"))));
        let json = all.to_json();
        assert!(
            json.contains(r#""version": 3"#) && json.matches("article_says").count() == 1,
            "{json}"
        );
        assert_eq!(Corrections::from_json(&json).unwrap(), all);
        assert_eq!(all.articles(), [(&key(0), &says("أ"))]);
        let settled = |title: &str, now: Option<u32>| Settled {
            was: key(0),
            was_lost: false,
            print: says(title),
            now: now.map(|it| (key(it), says("أ، من جديد"))),
        };
        assert!(!all.settle(&[settled("أ", None), settled("غيره", Some(7))]));
        assert!(all.settle(&[settled("أ", Some(1))]));
        assert_eq!(all.all(), [unmark("قديم", 0), unmark("جديد", 1)]);
        assert_eq!(all.articles(), [(&key(1), &says("أ، من جديد"))]);
        all.remove(1);
        assert!(all.to_json().contains(r#""version": 2"#));
    }
}
