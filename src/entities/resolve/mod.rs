//! Decides which names of an archive are one person, organisation or place, and why.
//!
//! Names that differ only in orthography form a *group*. *Links* join groups, each for a [`Reason`]: another spelling
//! of a foreign name, a proclitic, a head that says only the kind, the end of a single full name, an article's own
//! words. A wrong merge is worse than a split: a link needs evidence, and a case that lacks it becomes a doubt, which
//! is shown to the user and never applied automatically.
//!
//! The result depends on the set of names and articles only, not on their order. Each rule examines the groups and
//! reports its findings; only this file applies them.
//!
//! | file | is |
//! |---|---|
//! | `groups` | names that differ only in orthography |
//! | `link` | the findings of a rule |
//! | `spelling` | the rule of spellings; `likeness`, `weights`: how similar two are; `surroundings`: their company |
//! | `countries`, `proclitic`, `headed`, `stated`, `short_form` | the other rules |
//! | `bodies` | which names every state has, so that they are no one's |
//! | `families` | the groups joined so far |
//! | `memo` | the findings of all rules, kept between starts |

mod bodies;
mod countries;
mod families;
mod groups;
mod headed;
mod likeness;
mod link;
mod memo;
mod proclitic;
mod short_form;
mod spelling;
mod stated;
mod surroundings;
mod weights;

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use super::gazetteer::Gazetteer;
use super::latin::{FoundName, Latin, LatinIndex};
use super::name_table::{NameNumber, NameTable, NamedArticles};
use super::name_words::{NameWords, NamesByWord};

use families::Families;
use likeness::SpellingModel;
use link::Findings;
use spelling::Blocks;

pub use groups::{GroupNumber, Groups, tight_hash};
pub use link::{Link, Reason};
pub use memo::KeptFindings;

/// At most this many doubts are kept: more than anyone will review. Picked by feel.
const MOST_DOUBTS: usize = 2000;

/// The resolved names of an archive, before any correction.
#[derive(Debug, Default)]
pub struct Resolution {
    pub(super) groups: Groups,
    /// In the order in which they are to be applied.
    pub(super) links: Vec<Link>,
    /// Links that lack evidence, the likeliest first.
    pub(super) doubts: Vec<Link>,
    blocks: Blocks,
    /// See [`Resolution::names_with`].
    by_word: OnceLock<NamesByWord>,
    /// See [`Resolution::names_in_latin`].
    by_latin: OnceLock<LatinIndex>,
}

impl Resolution {
    /// Resolves the names of an archive, reusing results of the last time for what has not changed since. `kept` are the
    /// findings about these very names, by these very rules.
    pub fn new(
        names: Arc<NameTable>,
        articles: &dyn NamedArticles,
        last: Option<&Self>,
        kept: Option<&KeptFindings>,
    ) -> Self {
        let groups = Groups::new(names);
        let (Findings { links, doubts }, blocks) = match kept.and_then(|it| it.of(&groups)) {
            Some(findings) => (findings, Blocks::default()),
            None => find(&groups, articles, last),
        };
        Self {
            groups,
            links,
            doubts,
            blocks,
            by_word: OnceLock::new(),
            by_latin: OnceLock::new(),
        }
    }

    /// What was found, to be kept.
    pub fn kept_findings(&self) -> KeptFindings {
        KeptFindings::new(&self.groups, &self.links, &self.doubts)
    }

    /// The names with all the words. The first call folds every name.
    pub(super) fn names_with(&self, wanted: &NameWords) -> Vec<NameNumber> {
        let names = self.groups.names();
        self.by_word.get_or_init(|| NamesByWord::new(names)).with(wanted, names)
    }

    /// The names that a Latin text may spell, the likeliest first. The first call takes every name apart.
    pub(super) fn names_in_latin(&self, text: &str, is_open: bool) -> Vec<FoundName> {
        let index = self.by_latin.get_or_init(|| LatinIndex::new(self.groups.names()));
        Latin::built_in().find(index, text, is_open)
    }

    /// How many different names were resolved.
    pub fn n_names(&self) -> usize {
        self.groups.names().len()
    }

    /// How many blocks of names were compared and how many there are.
    pub fn n_compared_blocks(&self) -> (usize, usize) {
        self.blocks.n_compared()
    }
}

/// Applies all rules.
fn find(groups: &Groups, articles: &dyn NamedArticles, last: Option<&Resolution>) -> (Findings, Blocks) {
    let gazetteer = Gazetteer::new();
    let spelling = SpellingModel::new();
    let (found, blocks) = spelling::find(groups, &gazetteer, &spelling, articles, last.map(|it| &it.blocks));
    let mut families = Families::new(groups, &found.links);
    let mut all = found;
    let mut add = |found: Findings, families: &mut Families| {
        all.links
            .extend(found.links.into_iter().filter(|it| families.attach(it)));
        all.doubts.extend(found.doubts);
    };
    add(countries::find(groups, &gazetteer), &mut families);
    add(proclitic::find(groups, &gazetteer, &spelling), &mut families);
    add(headed::find_heads(groups, &gazetteer), &mut families);
    add(headed::find_tails(groups, &gazetteer), &mut families);
    add(stated::find(groups, &gazetteer, &families), &mut families);
    add(
        short_form::find(groups, &gazetteer, &spelling, &families),
        &mut families,
    );
    all.doubts.sort_by(|a, b| {
        let least = |link: &Link| groups.articles_of(link.from).min(groups.articles_of(link.to));
        // Not by their numbers, which the order of articles gives them.
        let keys = |link: &Link| [link.from, link.to].map(|it| (groups.kind_of(it), groups.key_of(it)));
        (b.score, least(b))
            .partial_cmp(&(a.score, least(a)))
            .unwrap_or(Ordering::Equal)
            .then_with(|| keys(a).cmp(&keys(b)))
    });
    all.doubts.truncate(MOST_DOUBTS);
    (all, blocks)
}
