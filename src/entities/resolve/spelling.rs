//! Links names that are spellings of each other: people and organisations of several parts, «ميخائيل بوغدانوف» and
//! «ميخائيل بوجدانوف», and places, «غوتنبرغ» and «جوتنبرج».
//!
//! Comparing is the expensive part. It is done by *blocks* of names that may be spellings of each other, and a block
//! whose names and articles have not changed since the last time is not compared again.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::entities::EntityKind;
use crate::entities::gazetteer::Gazetteer;
use crate::entities::name_table::NamedArticles;

use super::groups::{GroupNumber, Groups, PlainHash};
use super::likeness::{Likeness, Part, SpellingModel};
use super::link::{Findings, Link, Reason};
use super::surroundings::Surroundings;

/// From here on, two spellings are taken for one name. Chosen on names that are nearly the same, of which about one pair in
/// a thousand becomes one, in four kinds of company: `tests/it/names.rs`.
const BELIEVED: f32 = 0.75;
/// From here on, two spellings are taken for one place. Chosen on cities of GeoNames; of those with nearly the same name and
/// in no list of ours, three pairs in a thousand become one, «ستراتفورد» and «سترتفورد».
const BELIEVED_OF_PLACES: f32 = 0.25;
/// From here on, surroundings are not consulted. A guess.
const SURE: f32 = 2.0;
/// From here on, two spellings with the same surroundings are taken for one name. A guess.
const BELIEVED_IN_CONTEXT: f32 = 0.0;
/// From here on, a pair is shown to the user as a doubt. A guess.
const DOUBTFUL: f32 = -0.5;
/// All spellings of one name must be at least this similar to each other. A guess.
const LEAST_WITHIN: f32 = -1.0;
/// Two names have the same surroundings if they share at least this many people and organisations. A guess.
const SHARED_NAMES: usize = 2;
/// Two names with at least this many articles each and no shared surroundings are not taken for one unless their
/// spellings alone suffice. A guess.
const ENOUGH_TO_COMPARE: u32 = 5;
/// Of larger blocks only the most frequent names are compared; measured archives have none.
const LARGEST_BLOCK: usize = 400;
/// A word beside «بن» in at least this many names is an Arab name. Measured: 534 words of 31,000 articles, none of them
/// foreign.
const NATIVE_BESIDE_BIN: u32 = 3;

/// The results of comparing, to be reused the next time.
#[derive(Debug, Default)]
pub struct Blocks {
    /// By the hash of the skeleton that the names of a block share.
    blocks: HashMap<u64, Block, PlainHash>,
    n_compared: usize,
}

/// The results for one block. Groups are identified by their hashes, as their numbers change.
#[derive(Clone, Debug)]
struct Block {
    /// A hash of its groups and of their articles.
    digest: u64,
    links: Vec<(u64, u64, Reason, f32)>,
    doubts: Vec<(u64, u64, f32)>,
}

/// Two names that may be spellings of one, before other evidence is considered.
struct Candidate {
    a: GroupNumber,
    b: GroupNumber,
    score: f32,
    /// Whether a given name differs: then the same surroundings say nothing, as relatives share them.
    is_given: bool,
    block: u64,
}

/// Finds the spellings of one name; reuses the results in `last` for blocks that did not change.
pub fn find(
    groups: &Groups,
    gazetteer: &Gazetteer,
    spelling: &SpellingModel,
    articles: &dyn NamedArticles,
    last: Option<&Blocks>,
) -> (Findings, Blocks) {
    let parts = NameParts {
        groups,
        gazetteer,
        spelling,
        native_here: words_beside_bin(groups),
    };
    let mut blocks = Blocks::default();
    let candidates = blocks.compare(&parts, last);
    let in_question = candidates
        .iter()
        .filter(|it| it.score < SURE)
        .flat_map(|it| [it.a, it.b]);
    let surroundings = Surroundings::new(groups, in_question, articles);
    for it in &candidates {
        blocks.judge(groups, it, &surroundings);
    }
    let found = without_chains(&parts, blocks.numbered(groups));
    (found, blocks)
}

/// The parts of names, computed on demand: storing them would take more memory than the names.
struct NameParts<'a> {
    groups: &'a Groups,
    gazetteer: &'a Gazetteer,
    spelling: &'a SpellingModel,
    native_here: HashSet<&'a str>,
}

impl NameParts<'_> {
    fn of(&self, group: GroupNumber) -> Vec<Part> {
        let is_native_here = |word: &str| self.native_here.contains(word);
        self.spelling.parts(self.groups.key_of(group), is_native_here)
    }

    fn of_all(&self, groups: &[GroupNumber]) -> Vec<Vec<Part>> {
        groups.iter().map(|&group| self.of(group)).collect()
    }

    /// How similar two groups of a kind are, given their parts; `None` if they cannot be one.
    fn likeness(&self, (a, of_a): (GroupNumber, &[Part]), (b, of_b): (GroupNumber, &[Part])) -> Option<Likeness> {
        if self.groups.kind_of(a) != EntityKind::Place {
            return self.spelling.likeness(of_a, of_b);
        }
        // Two cities of the lists are two, however they are written.
        let known = [a, b].map(|it| self.gazetteer.key_of(EntityKind::Place, self.groups.key_of(it)));
        if let [Some(a), Some(b)] = known
            && a != b
        {
            return None;
        }
        let score = self.spelling.likeness_of_places(of_a, of_b)?;
        Some(Likeness { score, is_given: false })
    }

    /// The groups whose names may be spellings of others, each after the hash of its block, sorted by both.
    fn by_block(&self) -> Vec<(u64, GroupNumber)> {
        let mut members: Vec<(u64, GroupNumber)> = Vec::new();
        for group in self.groups.numbers() {
            // A word alone says which place is meant, not which person.
            let fewest = match self.groups.kind_of(group) {
                EntityKind::Place => 1,
                EntityKind::Person | EntityKind::Organisation => 2,
            };
            if fewest == 2 && !self.groups.key_of(group).contains([' ', '-']) {
                continue;
            }
            let parts = self.of(group);
            if parts.len() < fewest || parts.iter().all(Part::is_fixed) {
                continue;
            }
            let skeleton = SpellingModel::skeleton(&parts);
            let seed = self.groups.kind_of(group) as u64;
            members.push((xxh3_64_with_seed(skeleton.as_bytes(), seed), group));
        }
        members.sort_unstable();
        members
    }
}

/// The words beside «بن» in several names.
fn words_beside_bin(groups: &Groups) -> HashSet<&str> {
    let mut n_names: HashMap<&str, u32> = HashMap::new();
    for group in groups.numbers() {
        let key = groups.key_of(group);
        if groups.kind_of(group) != EntityKind::Person || !key.contains(" بن ") {
            continue;
        }
        let words: Vec<&str> = key.split(' ').collect();
        let mut beside: Vec<&str> = words
            .windows(3)
            .filter(|it| it[1] == "بن")
            .flat_map(|it| [it[0], it[2]])
            .collect();
        beside.sort_unstable();
        beside.dedup();
        for word in beside {
            *n_names.entry(word).or_default() += 1;
        }
    }
    let native = n_names.into_iter().filter(|(_, n)| NATIVE_BESIDE_BIN <= *n);
    native.map(|(word, _)| word).collect()
}

impl Blocks {
    /// The number of blocks that were compared rather than reused, and the number of all blocks.
    pub fn n_compared(&self) -> (usize, usize) {
        (self.n_compared, self.blocks.len())
    }

    /// Fills the blocks that `last` does not have as they are now with nothing, and compares their names.
    fn compare(&mut self, all_parts: &NameParts<'_>, last: Option<&Self>) -> Vec<Candidate> {
        let groups = all_parts.groups;
        let mut candidates: Vec<Candidate> = Vec::new();
        for block in all_parts.by_block().chunk_by(|(a, _), (b, _)| a == b) {
            if block.len() < 2 {
                continue;
            }
            let hash = block[0].0;
            let mut members: Vec<GroupNumber> = block.iter().map(|(_, group)| *group).collect();
            members.sort_by_cached_key(|&group| (Reverse(groups.articles_of(group)), groups.key_of(group)));
            members.truncate(LARGEST_BLOCK);
            let digest = members.iter().fold(0_u64, |sum, &group| {
                let both = [
                    groups.hash_of(group).to_le_bytes(),
                    groups.digest_of(group).to_le_bytes(),
                ]
                .concat();
                sum.wrapping_add(xxh3_64(&both))
            });
            let known = last.and_then(|last| last.blocks.get(&hash));
            if let Some(known) = known.filter(|it| it.digest == digest) {
                self.blocks.insert(hash, known.clone());
                continue;
            }
            self.n_compared += 1;
            let (links, doubts) = (Vec::new(), Vec::new());
            self.blocks.insert(hash, Block { digest, links, doubts });
            let parts = all_parts.of_all(&members);
            for a in 0..members.len() {
                for b in a + 1..members.len() {
                    let likeness = all_parts.likeness((members[a], &parts[a]), (members[b], &parts[b]));
                    if let Some(likeness) = likeness.filter(|it| DOUBTFUL <= it.score) {
                        candidates.push(Candidate {
                            a: members[a].min(members[b]),
                            b: members[a].max(members[b]),
                            score: likeness.score,
                            is_given: likeness.is_given,
                            block: hash,
                        });
                    }
                }
            }
        }
        candidates
    }

    /// Takes a candidate for a link or for a doubt.
    fn judge(&mut self, groups: &Groups, it: &Candidate, surroundings: &Surroundings) {
        let Some(block) = self.blocks.get_mut(&it.block) else {
            return;
        };
        let (least, most) = {
            let (a, b) = (groups.articles_of(it.a), groups.articles_of(it.b));
            (a.min(b), a.max(b))
        };
        let n_shared = surroundings.n_shared(it.a, it.b);
        let is_contradicted =
            it.score < SURE && surroundings.is_known && ENOUGH_TO_COMPARE <= least && n_shared == Some(0);
        // Institutions of one kind occur beside the same names.
        let is_supported = !it.is_given
            && groups.kind_of(it.a) == EntityKind::Person
            && BELIEVED_IN_CONTEXT <= it.score
            && n_shared.is_some_and(|n| SHARED_NAMES <= n)
            && most != 0;
        let (a, b) = (groups.hash_of(it.a), groups.hash_of(it.b));
        let believed = match groups.kind_of(it.a) {
            EntityKind::Place => BELIEVED_OF_PLACES,
            EntityKind::Person | EntityKind::Organisation => BELIEVED,
        };
        if believed <= it.score && !is_contradicted {
            block.links.push((a, b, Reason::Spelling, it.score));
        } else if is_supported {
            block.links.push((a, b, Reason::SpellingAndContext, it.score));
        } else {
            block.doubts.push((a, b, it.score));
        }
    }

    /// The findings of all blocks, with present numbers: the surest links first.
    fn numbered(&self, groups: &Groups) -> Findings {
        let mut found = Findings::default();
        let link = |a: u64, b: u64, reason: Reason, score: f32| {
            let (a, b) = (groups.find_hash(a)?, groups.find_hash(b)?);
            let (from, to) = (a.min(b), a.max(b));
            Some(Link {
                from,
                to,
                reason,
                score,
            })
        };
        for block in self.blocks.values() {
            let links = block.links.iter();
            found
                .links
                .extend(links.filter_map(|&(a, b, reason, score)| link(a, b, reason, score)));
            let doubts = block.doubts.iter();
            found
                .doubts
                .extend(doubts.filter_map(|&(a, b, score)| link(a, b, Reason::Spelling, score)));
        }
        found.links.sort_by(|a, b| {
            let order = |it: &Link| (groups.key_of(it.from), groups.key_of(it.to));
            b.score.total_cmp(&a.score).then_with(|| order(a).cmp(&order(b)))
        });
        found
    }
}

/// Cuts chains whose ends are not spellings of each other: their links become doubts.
fn without_chains(parts: &NameParts<'_>, found: Findings) -> Findings {
    let Findings { links, mut doubts } = found;
    let mut cluster_of: HashMap<GroupNumber, usize> = HashMap::new();
    let mut clusters: Vec<Vec<GroupNumber>> = Vec::new();
    let mut accepted = Vec::new();
    for link in links {
        let mut cluster = |group: GroupNumber| {
            *cluster_of.entry(group).or_insert_with(|| {
                clusters.push(vec![group]);
                clusters.len() - 1
            })
        };
        let (a, b) = (cluster(link.from), cluster(link.to));
        if a == b {
            continue;
        }
        let with_parts = |groups: &[GroupNumber]| -> Vec<(GroupNumber, Vec<Part>)> {
            groups.iter().copied().zip(parts.of_all(groups)).collect()
        };
        let (in_a, in_b) = (with_parts(&clusters[a]), with_parts(&clusters[b]));
        let is_like = |(a, of_a): &(GroupNumber, Vec<Part>), (b, of_b): &(GroupNumber, Vec<Part>)| {
            let likeness = parts.likeness((*a, of_a), (*b, of_b));
            likeness.is_some_and(|it| LEAST_WITHIN <= it.score)
        };
        if !in_a.iter().all(|a| in_b.iter().all(|b| is_like(a, b))) {
            doubts.push(link);
            continue;
        }
        let moved = std::mem::take(&mut clusters[b]);
        for group in &moved {
            cluster_of.insert(*group, a);
        }
        clusters[a].extend(moved);
        accepted.push(link);
    }
    Findings {
        links: accepted,
        doubts,
    }
}
