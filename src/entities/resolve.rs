//! Which names of an archive are one person, organisation or place, and why.
//!
//! Names that differ only in orthography are one *group*. Groups are joined by *links*, each for a [`Reason`]:
//! another spelling of a foreign name, a proclitic, a head that says no more than the kind, the end of one full name,
//! what an article itself says. A wrong merge is worse than a split: a link needs evidence, and what falls short of it
//! becomes a doubt, shown to the user and never applied alone.
//!
//! The result depends on the set of names and articles only, not on their order. Comparing spellings is what costs
//! time; it is done by *blocks* of names that may be spellings of each other, and a block whose names and articles are
//! those of the last time is not compared again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::arabic::{Folding, fold};

use super::EntityKind;
use super::gazetteer::Gazetteer;
use super::name_words::{NameWords, NamesByWord};
use super::names::{NameNumber, NameTable, NamedArticles};
use super::spelling::{Part, Spelling};

/// The number of a group.
pub(super) type GroupNumber = u32;

/// Why two names are, or may be, one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// One is another spelling of the other, as foreign names have.
    Spelling,
    /// Another spelling that would not be believed alone; the names stand beside the same other names.
    SpellingAndContext,
    /// One is the other with «و», «ب», «ل» … before it.
    Proclitic,
    /// One is the other with a word like «حركة» or «مدينة» before it.
    Head,
    /// One is the end of the other, of which nobody else's full name is.
    ShortForm,
    /// Articles say themselves that one stands for the other: «حركة المقاومة الإسلامية (حماس)».
    Stated,
}

/// That two groups are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    /// For a proclitic, a head and a short form the name that has it; otherwise the lesser number.
    pub from: GroupNumber,
    pub to: GroupNumber,
    pub reason: Reason,
    /// How sure it is, for spellings in log-odds.
    pub score: f32,
}

/// Names that one orthography makes one.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The name with the most articles, of equals the first.
    pub head: NameNumber,
    /// The sum over its names.
    pub articles: u32,
    /// Where its names begin in [`Resolution::names_of`].
    first: u32,
    n_names: u32,
}

/// What was found out about the names of an archive, before any correction.
#[derive(Debug, Default)]
pub struct Resolution {
    pub(super) names: Arc<NameTable>,
    pub(super) groups: Vec<Group>,
    pub(super) group_of_name: Vec<GroupNumber>,
    /// The names by groups.
    names_by_group: Vec<NameNumber>,
    /// By the hash of kind and tight key.
    by_hash: HashMap<u64, GroupNumber, PlainHash>,
    /// In the order in which they are to be applied.
    pub(super) links: Vec<Link>,
    /// Links that lack evidence, the likeliest first.
    pub(super) doubts: Vec<Link>,
    /// What was found in each block, by the hash of its skeleton.
    blocks: HashMap<u64, Block, PlainHash>,
    /// How many blocks were compared, not taken over from the last time.
    n_compared: usize,
    /// See [`Resolution::names_with`].
    by_word: OnceLock<NamesByWord>,
}

/// The hashes are well mixed already.
type PlainHash = std::hash::BuildHasherDefault<Plain>;

#[derive(Default)]
pub(super) struct Plain(u64);

impl std::hash::Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// What comparing the names of a block came to. Groups are named by their hashes, as their numbers change.
#[derive(Clone, Debug)]
struct Block {
    /// A hash of its groups and of their articles.
    digest: u64,
    links: Vec<(u64, u64, Reason, f32)>,
    doubts: Vec<(u64, u64, f32)>,
}

/// Two names whose spellings may be one, before other evidence was looked at.
struct Candidate {
    a: GroupNumber,
    b: GroupNumber,
    score: f32,
    /// Whether a given name differs: then the same surroundings say nothing, as relatives share them.
    is_given: bool,
    block: u64,
}

/// From here on another spelling is believed. Chosen on known spellings: lower,
/// relatives with like given names became one.
const BELIEVED: f32 = 0.75;
/// From here on no surroundings are asked for.
const SURE: f32 = 2.0;
/// From here on another spelling is believed where the surroundings are the same.
const BELIEVED_IN_CONTEXT: f32 = 0.0;
/// From here on a spelling is worth a person's look.
const DOUBTFUL: f32 = -0.5;
/// All spellings of one name must be as like each other as this.
const LEAST_WITHIN: f32 = -1.0;
/// So many people and organisations must stand beside both names for their surroundings to be the same.
const SHARED_NAMES: usize = 2;
/// Two names in as many articles each that share no surroundings are not taken for one unless their spellings are
/// sure.
const ENOUGH_TO_COMPARE: u32 = 5;
/// Of larger blocks only the most frequent names are compared; measured archives have none.
const LARGEST_BLOCK: usize = 400;
/// Of the names that stand beside a name so many are gathered before those that occur twice are taken out.
const MOST_NEIGHBOURS: usize = 512;
/// So many doubts are kept.
const MOST_DOUBTS: usize = 2000;
/// A word beside «بن» in so many names is an Arab name. Measured: 534 words of 31,000 articles, none of them foreign.
const NATIVE_BESIDE_BIN: u32 = 3;
/// A family name alone stands for the full name that has so many articles …
const DOMINANT_ARTICLES: u32 = 10;
/// … and this share of all articles about people of that family. Measured over an archive of 31,000 articles: right
/// in 98 of 100 cases; without the two bounds in 64.
const DOMINANT_SHARE: f64 = 0.9;
/// A foreign family name that only one full name has is rarer; so many articles are enough.
const UNIQUE_ARTICLES: u32 = 3;
/// So many articles must say that one name stands for another for it to hold in others too.
const STATED_ARTICLES: u32 = 2;
/// A single word begins with a proclitic if the rest is so many times as frequent and no known name.
const RATHER_BARE: u32 = 10;

/// Words before a name that say no more than what kind of thing it is.
const ORGANISATION_HEADS: &[&str] = &[
    "حركه",
    "تنظيم",
    "جماعه",
    "شركه",
    "وكاله",
    "صحيفه",
    "قناه",
    "منظمه",
    "حزب",
    "نادي",
    "ميليشيا",
    "جريده",
    "مجله",
    "فضاييه",
];
/// The same for places. A «محافظة» is not its capital.
const PLACE_HEADS: &[&str] = &["مدينه", "بلده", "قريه", "دوله", "جمهوريه", "مملكه", "اماره"];
/// Heads that are left out before names of several words only: «بنك دبي الإسلامي», but «بنك الاتحاد» is not «الاتحاد».
const BANK_HEADS: &[&str] = &["بنك", "مصرف"];
/// Words at the end of the name of a company that say no more than that it is one: «أرابتك القابضة».
const COMPANY_TAILS: &[&str] = &[
    "القابضه",
    "انترناشيونال",
    "انترناشونال",
    "المحدوده",
    "هولدينغ",
    "هولدنغ",
    "غروب",
    "جروب",
];
/// Countries that bear their capital's name: «مدينة الكويت» is not «الكويت».
const COUNTRIES_LIKE_CITIES: &[&str] = &[
    "الكويت",
    "تونس",
    "الجزاير",
    "جيبوتي",
    "بنما",
    "المكسيك",
    "غواتيمالا",
    "لوكسمبورغ",
    "سان مارينو",
    "سنغافوره",
    "موناكو",
    "الفاتيكان",
    "السلفادور",
    "ساو تومي",
];
/// Further words before a name, which make another thing of it: who shares a name with one of these is not told by it.
const OTHER_HEADS: &[&str] = &[
    "مجلس",
    "بنك",
    "جامعه",
    "وزاره",
    "هييه",
    "محكمه",
    "محافظه",
    "ولايه",
    "اقليم",
    "مطار",
    "مينا",
    "فريق",
    "منتخب",
    "اتحاد",
    "جمعيه",
    "موسسه",
    "كليه",
    "لجنه",
    "رابطه",
    "نقابه",
    "ديوان",
    "مكتبه",
    "متحف",
    "مركز",
    "معهد",
    "مجموعه",
    "مصرف",
    "لواء",
    "كتايب",
    "قوات",
    "جيش",
    "مخيم",
    "نهر",
    "جبل",
    "بحيره",
    "جزيره",
];

impl Resolution {
    /// Resolves the names of an archive. What the last time found is used for what has not changed since.
    pub fn new(names: Arc<NameTable>, articles: &dyn NamedArticles, last: Option<&Self>) -> Self {
        let mut it = Self::grouped(names);
        let gazetteer = Gazetteer::new();
        let spelling = Spelling::new();
        it.find_spellings(&spelling, articles, last);
        let mut families = Families::new(&it, &gazetteer);
        it.find_proclitics(&gazetteer, &spelling, &mut families);
        it.find_heads(&gazetteer, &mut families);
        it.find_tails(&gazetteer, &mut families);
        it.find_stated(&gazetteer, &mut families);
        it.find_short_forms(&gazetteer, &spelling, &mut families);
        it.doubts.sort_by(|a, b| {
            let least = |link: &Link| {
                it.groups[link.from as usize]
                    .articles
                    .min(it.groups[link.to as usize].articles)
            };
            (b.score, least(b))
                .partial_cmp(&(a.score, least(a)))
                .unwrap_or(std::cmp::Ordering::Equal)
                .then((a.from, a.to).cmp(&(b.from, b.to)))
        });
        it.doubts.truncate(MOST_DOUBTS);
        it
    }

    /// Gathers what one orthography makes one.
    fn grouped(names: Arc<NameTable>) -> Self {
        let n_names = names.len();
        let mut by_hash: HashMap<u64, GroupNumber, PlainHash> = HashMap::default();
        let mut groups: Vec<Group> = Vec::new();
        let mut group_of_name: Vec<GroupNumber> = Vec::with_capacity(n_names);
        for name in 0..n_names as NameNumber {
            let hash = tight_hash(names.kind(name), names.key(name));
            let group = *by_hash.entry(hash).or_insert_with(|| {
                groups.push(Group {
                    head: name,
                    articles: 0,
                    first: 0,
                    n_names: 0,
                });
                groups.len() as GroupNumber - 1
            });
            group_of_name.push(group);
            let it = &mut groups[group as usize];
            it.n_names += 1;
            it.articles = it.articles.saturating_add(names.articles(name));
            let order = |name: NameNumber| {
                (
                    std::cmp::Reverse(names.articles(name)),
                    names.key(name),
                    names.form(name),
                )
            };
            if order(name) < order(it.head) {
                it.head = name;
            }
        }
        let mut first = 0;
        for it in &mut groups {
            it.first = first;
            first += it.n_names;
        }
        let mut next: Vec<u32> = groups.iter().map(|it| it.first).collect();
        let mut names_by_group = vec![0; n_names];
        for (name, &group) in group_of_name.iter().enumerate() {
            let slot = &mut next[group as usize];
            names_by_group[*slot as usize] = name as NameNumber;
            *slot += 1;
        }
        Self {
            names,
            groups,
            group_of_name,
            names_by_group,
            by_hash,
            ..Self::default()
        }
    }

    /// The names of a group.
    pub(super) fn names_of(&self, group: GroupNumber) -> &[NameNumber] {
        let it = &self.groups[group as usize];
        &self.names_by_group[it.first as usize..(it.first + it.n_names) as usize]
    }

    /// The group of a key.
    pub(super) fn group_of(&self, kind: EntityKind, key: &str) -> Option<GroupNumber> {
        self.by_hash.get(&tight_hash(kind, key)).copied()
    }

    /// The kind of a group's names.
    pub(super) fn kind_of(&self, group: GroupNumber) -> EntityKind {
        self.names.kind(self.groups[group as usize].head)
    }

    /// The key of a group's most frequent name.
    pub(super) fn key_of(&self, group: GroupNumber) -> &str {
        self.names.key(self.groups[group as usize].head)
    }

    /// The names that hold all the words. The first time every name is looked at.
    pub(super) fn names_with(&self, wanted: &NameWords) -> Vec<NameNumber> {
        let by_word = self.by_word.get_or_init(|| NamesByWord::new(&self.names));
        by_word.with(wanted, &self.names)
    }

    /// How many different names were resolved.
    pub fn n_names(&self) -> usize {
        self.names.len()
    }

    /// How many blocks of names were compared and how many there are.
    pub fn n_compared_blocks(&self) -> (usize, usize) {
        (self.n_compared, self.blocks.len())
    }

    fn hash_of(&self, group: GroupNumber) -> u64 {
        tight_hash(self.kind_of(group), self.key_of(group))
    }

    fn digest_of(&self, group: GroupNumber) -> u64 {
        self.names_of(group)
            .iter()
            .fold(0_u64, |sum, &name| sum.wrapping_add(self.names.digest(name)))
    }

    /// The words that stand beside «بن» in several names.
    fn words_beside_bin(&self) -> HashSet<&str> {
        let mut n_names: HashMap<&str, u32> = HashMap::new();
        for group in 0..self.groups.len() as GroupNumber {
            let key = self.key_of(group);
            if self.kind_of(group) != EntityKind::Person || !key.contains(" بن ") {
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

    /// Links names of several parts that are spellings of each other.
    fn find_spellings(&mut self, spelling: &Spelling, articles: &dyn NamedArticles, last: Option<&Self>) {
        let native_here = self.words_beside_bin();
        let parts_of = |group: GroupNumber| spelling.parts(self.key_of(group), |word| native_here.contains(word));
        let mut members: Vec<(u64, GroupNumber)> = Vec::new();
        for group in 0..self.groups.len() as GroupNumber {
            if !self.key_of(group).contains([' ', '-']) {
                continue;
            }
            let parts = parts_of(group);
            if parts.len() < 2 || parts.iter().all(|part| part.is_native) {
                continue;
            }
            let skeleton = Spelling::skeleton(&parts);
            let seed = self.kind_of(group) as u64;
            members.push((xxhash_rust::xxh3::xxh3_64_with_seed(skeleton.as_bytes(), seed), group));
        }
        members.sort_unstable();
        let mut blocks: HashMap<u64, Block, PlainHash> = HashMap::default();
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut n_compared = 0;
        for block in members.chunk_by(|(a, _), (b, _)| a == b) {
            if block.len() < 2 {
                continue;
            }
            let hash = block[0].0;
            let mut groups: Vec<GroupNumber> = block.iter().map(|(_, group)| *group).collect();
            groups.sort_by_cached_key(|&group| {
                (
                    std::cmp::Reverse(self.groups[group as usize].articles),
                    self.key_of(group),
                )
            });
            groups.truncate(LARGEST_BLOCK);
            let digest = groups.iter().fold(0_u64, |sum, &group| {
                let both = [self.hash_of(group).to_le_bytes(), self.digest_of(group).to_le_bytes()].concat();
                sum.wrapping_add(xxhash_rust::xxh3::xxh3_64(&both))
            });
            if let Some(known) = last
                .and_then(|last| last.blocks.get(&hash))
                .filter(|it| it.digest == digest)
            {
                blocks.insert(hash, known.clone());
                continue;
            }
            n_compared += 1;
            blocks.insert(
                hash,
                Block {
                    digest,
                    links: Vec::new(),
                    doubts: Vec::new(),
                },
            );
            let parts: Vec<Vec<Part>> = groups.iter().map(|&group| parts_of(group)).collect();
            for a in 0..groups.len() {
                for b in a + 1..groups.len() {
                    let Some(likeness) = spelling.likeness(&parts[a], &parts[b]) else {
                        continue;
                    };
                    if likeness.score < DOUBTFUL {
                        continue;
                    }
                    candidates.push(Candidate {
                        a: groups[a].min(groups[b]),
                        b: groups[a].max(groups[b]),
                        score: likeness.score,
                        is_given: likeness.is_given,
                        block: hash,
                    });
                }
            }
        }
        let surroundings = Surroundings::new(self, &candidates, articles);
        for it in &candidates {
            let Some(block) = blocks.get_mut(&it.block) else {
                continue;
            };
            let n_articles = |group: GroupNumber| self.groups[group as usize].articles;
            let (least, most) = {
                let (a, b) = (n_articles(it.a), n_articles(it.b));
                (a.min(b), a.max(b))
            };
            let n_shared = surroundings.n_shared(it.a, it.b);
            let is_contradicted =
                it.score < SURE && surroundings.is_known && ENOUGH_TO_COMPARE <= least && n_shared == Some(0);
            // Institutions of one kind stand beside the same names as each other.
            let is_supported = !it.is_given
                && self.kind_of(it.a) == EntityKind::Person
                && BELIEVED_IN_CONTEXT <= it.score
                && n_shared.is_some_and(|n| SHARED_NAMES <= n)
                && most != 0;
            let (a, b) = (self.hash_of(it.a), self.hash_of(it.b));
            if BELIEVED <= it.score && !is_contradicted {
                block.links.push((a, b, Reason::Spelling, it.score));
            } else if is_supported {
                block.links.push((a, b, Reason::SpellingAndContext, it.score));
            } else {
                block.doubts.push((a, b, it.score));
            }
        }
        let (mut links, mut doubts) = (Vec::new(), Vec::new());
        for block in blocks.values() {
            let group = |hash: &u64| self.by_hash.get(hash).copied();
            for (a, b, reason, score) in &block.links {
                if let (Some(a), Some(b)) = (group(a), group(b)) {
                    let (from, to, reason, score) = (a.min(b), a.max(b), *reason, *score);
                    links.push(Link {
                        from,
                        to,
                        reason,
                        score,
                    });
                }
            }
            for (a, b, score) in &block.doubts {
                if let (Some(a), Some(b)) = (group(a), group(b)) {
                    let (from, to, reason, score) = (a.min(b), a.max(b), Reason::Spelling, *score);
                    doubts.push(Link {
                        from,
                        to,
                        reason,
                        score,
                    });
                }
            }
        }
        links.sort_by(|a, b| {
            let order = |it: &Link| (self.key_of(it.from), self.key_of(it.to));
            b.score.total_cmp(&a.score).then_with(|| order(a).cmp(&order(b)))
        });
        // Chains are cut where their ends are no spellings of each other.
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
            let all_parts =
                |cluster: usize| -> Vec<Vec<Part>> { clusters[cluster].iter().map(|&it| parts_of(it)).collect() };
            let (parts_a, parts_b) = (all_parts(a), all_parts(b));
            let is_one = parts_a.iter().all(|a| {
                parts_b
                    .iter()
                    .all(|b| spelling.likeness(a, b).is_some_and(|it| LEAST_WITHIN <= it.score))
            });
            if !is_one {
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
        self.links = accepted;
        self.doubts = doubts;
        self.blocks = blocks;
        self.n_compared = n_compared;
    }

    /// Links «وسامي العامري» to «سامي العامري», and «لحماس» to «حماس».
    fn find_proclitics(&mut self, gazetteer: &Gazetteer, spelling: &Spelling, families: &mut Families) {
        for group in 0..self.groups.len() as GroupNumber {
            let (kind, key) = (self.kind_of(group), self.key_of(group));
            let first = key.split(' ').next().unwrap_or(key);
            if !first.starts_with(['و', 'ف', 'ب', 'ل', 'ك']) || first.chars().count() < 4 {
                continue;
            }
            // «وليد» is a name, «وسعيد» is one only with a proclitic.
            let is_arab_behind = first
                .strip_prefix('و')
                .is_some_and(|rest| spelling.is_known(rest) || rest == "عبد");
            let is_given = gazetteer.is_given_name(first) && !is_arab_behind;
            if gazetteer.known(key).is_some() || spelling.is_known(first) || is_given {
                continue;
            }
            let is_lone = first.len() == key.len();
            let bare = without_proclitics(key).into_iter().find_map(|bare| {
                let bare_group = self.group_of(kind, &bare)?;
                let (n_here, n_bare) = (
                    self.groups[group as usize].articles,
                    self.groups[bare_group as usize].articles,
                );
                let is_evident = match is_lone {
                    // «بيروت» is not «in Yrut»: the whole is a known name, or the rest is none.
                    true if kind == EntityKind::Person => false,
                    true => {
                        let is_known = gazetteer.known(&bare).is_some_and(|it| it.kind == kind);
                        is_known && n_here <= n_bare || n_here.saturating_mul(RATHER_BARE) <= n_bare
                    }
                    // «كريم سالم» is not «like Rim Salim»; a name that begins so is known, or rarer than the bare one.
                    false => n_here <= n_bare,
                };
                is_evident.then_some(bare_group)
            });
            if let Some(bare) = bare {
                families.attach(self, group, bare, Reason::Proclitic);
            }
        }
    }

    /// Links «حركة حماس» to «حماس».
    fn find_heads(&mut self, gazetteer: &Gazetteer, families: &mut Families) {
        let mut by_rest: BTreeMap<GroupNumber, Vec<(GroupNumber, &str)>> = BTreeMap::new();
        let names = Arc::clone(&self.names);
        for group in 0..self.groups.len() as GroupNumber {
            let kind = self.kind_of(group);
            let key = names.key(self.groups[group as usize].head);
            let Some((head, rest)) = key.split_once(' ') else {
                continue;
            };
            let all_heads = [ORGANISATION_HEADS, PLACE_HEADS, OTHER_HEADS];
            if kind == EntityKind::Person || !all_heads.iter().any(|heads| heads.contains(&head)) {
                continue;
            }
            for of_kind in [EntityKind::Organisation, EntityKind::Place] {
                if let Some(rest) = self.group_of(of_kind, rest) {
                    by_rest.entry(rest).or_default().push((group, head));
                }
            }
        }
        for (rest, with_heads) in by_rest {
            let kind = self.kind_of(rest);
            let key = names.key(self.groups[rest as usize].head);
            let is_one_word = !key.contains(' ');
            let heads = match kind {
                EntityKind::Organisation
                    if !is_one_word && with_heads.iter().all(|(_, it)| BANK_HEADS.contains(it)) =>
                {
                    BANK_HEADS
                }
                EntityKind::Organisation => ORGANISATION_HEADS,
                EntityKind::Place => PLACE_HEADS,
                EntityKind::Person => continue,
            };
            // What is also a place, a person or a word of every day is not told by its name alone.
            let is_ambiguous = EntityKind::ALL
                .iter()
                .any(|other| *other != kind && self.group_of(*other, key).is_some())
                || gazetteer.known(key).is_some_and(|it| it.kind != kind)
                || gazetteer.is_common(key)
                || gazetteer.is_given_name(key)
                || COUNTRIES_LIKE_CITIES.contains(&key)
                // «شركة الهلال» is one of many called «الهلال».
                || is_one_word && key.starts_with("ال") && gazetteer.key_of(kind, key).is_none();
            // «نادي الهلال» and «بنك الهلال»: which of them «الهلال» is stays open. A city keeps its name beside
            // the university and the airport that are called after it.
            let mut rivals = with_heads.iter().filter(|(group, head)| {
                kind == EntityKind::Organisation && (!heads.contains(head) || self.kind_of(*group) != kind)
            });
            let different: HashSet<&str> = with_heads
                .iter()
                .filter(|(group, head)| heads.contains(head) && self.kind_of(*group) == kind)
                .map(|(_, head)| *head)
                .collect();
            if is_ambiguous || rivals.next().is_some() || different.len() != 1 && kind == EntityKind::Organisation {
                continue;
            }
            for (group, head) in with_heads {
                if heads.contains(&head) && self.kind_of(group) == kind {
                    families.attach(self, group, rest, Reason::Head);
                }
            }
        }
    }

    /// Links «أرابتك القابضة» to «أرابتك», where that is no definite word and no name of another kind.
    fn find_tails(&mut self, gazetteer: &Gazetteer, families: &mut Families) {
        let names = Arc::clone(&self.names);
        for group in 0..self.groups.len() as GroupNumber {
            let key = names.key(self.groups[group as usize].head);
            let Some((bare, tail)) = key.rsplit_once(' ') else {
                continue;
            };
            let kind = EntityKind::Organisation;
            if self.kind_of(group) != kind || !COMPANY_TAILS.contains(&tail) || gazetteer.key_of(kind, key).is_some() {
                continue;
            }
            let is_open = !bare.contains(' ') && bare.starts_with("ال")
                || gazetteer.is_no_name(bare)
                || gazetteer.is_given_name(bare)
                || self.group_of(EntityKind::Place, bare).is_some()
                || self.group_of(EntityKind::Person, bare).is_some();
            if let Some(bare) = self.group_of(kind, bare).filter(|_| !is_open) {
                families.attach(self, group, bare, Reason::Head);
            }
        }
    }

    /// Links what articles themselves give another name: «حركة المقاومة الإسلامية (حماس)».
    fn find_stated(&mut self, gazetteer: &Gazetteer, families: &mut Families) {
        let mut stated: BTreeMap<GroupNumber, BTreeMap<GroupNumber, u32>> = BTreeMap::new();
        for kind in EntityKind::ALL {
            for (form, to, articles) in self.other_forms(kind) {
                // A word alone says nobody; the ends of names have a rule of their own.
                let is_full = kind != EntityKind::Person || ends(self.key_of(form)) == ends(self.key_of(to));
                if is_full {
                    *stated.entry(form).or_default().entry(families.root(to)).or_default() += articles;
                }
            }
        }
        let namesakes = self.namesakes(&stated, families);
        for (form, by_target) in stated {
            let total: u32 = by_target.values().sum();
            let Some((&to, &most)) = by_target.iter().max_by_key(|(to, n)| (**n, std::cmp::Reverse(**to))) else {
                continue;
            };
            let key = self.key_of(form);
            // «الشباب» is short for one club in some articles, and a word in all others.
            let is_open = self.kind_of(form) != EntityKind::Person && gazetteer.is_common(key)
                || ends(key)
                    .and_then(|ends| namesakes.get(&ends))
                    .is_some_and(|roots| 1 < roots.len());
            // One article is enough where the archive has no other with this given and this family name.
            let is_only_one =
                self.kind_of(form) == EntityKind::Person && UNIQUE_ARTICLES <= self.groups[to as usize].articles;
            let is_told = STATED_ARTICLES <= most || is_only_one;
            if !is_open && is_told && DOMINANT_SHARE * f64::from(total) <= f64::from(most) {
                families.attach(self, form, to, Reason::Stated);
            } else {
                self.doubt(form, to, Reason::Stated, f32::from(most as u16));
            }
        }
    }

    /// Of each given name and family name that articles take for a longer name: the families of all the longer names
    /// with these ends, be they in an article with the short one or not.
    fn namesakes(
        &self,
        stated: &BTreeMap<GroupNumber, BTreeMap<GroupNumber, u32>>,
        families: &Families,
    ) -> HashMap<(String, String), HashSet<GroupNumber>> {
        let persons = stated.keys().filter(|form| self.kind_of(**form) == EntityKind::Person);
        let mut namesakes: HashMap<(String, String), HashSet<GroupNumber>> = persons
            .filter_map(|form| Some((ends(self.key_of(*form))?, HashSet::new())))
            .collect();
        if namesakes.is_empty() {
            return namesakes;
        }
        for group in 0..self.groups.len() as GroupNumber {
            let key = self.key_of(group);
            if self.kind_of(group) == EntityKind::Person
                && 2 <= key.matches(' ').count()
                && let Some(roots) = ends(key).and_then(|ends| namesakes.get_mut(&ends))
            {
                roots.insert(families.root(group));
            }
        }
        namesakes
    }

    /// Forms that articles use for a name with another key, where the form is also a name of its own: the group of
    /// the form, the group of the name, and in how many articles.
    fn other_forms(&self, kind: EntityKind) -> Vec<(GroupNumber, GroupNumber, u32)> {
        let mut found = Vec::new();
        for name in 0..self.names.len() as NameNumber {
            if self.names.kind(name) != kind {
                continue;
            }
            let (key, form) = (self.names.key(name), self.names.form(name));
            let n_words = |text: &str| text.split(' ').count();
            if n_words(key) == n_words(form) && kind == EntityKind::Person {
                continue;
            }
            let group = self.group_of_name[name as usize];
            match self.group_of(kind, &fold(form, Folding::Name)) {
                Some(form) if form != group => found.push((form, group, self.names.articles(name))),
                _ => {}
            }
        }
        found
    }

    /// Links «أبو مرزوق» to «موسى أبو مرزوق» where nobody else is meant.
    fn find_short_forms(&mut self, gazetteer: &Gazetteer, spelling: &Spelling, families: &mut Families) {
        // Of each short name that stands alone somewhere: the families whose full names end with it.
        let mut fulls: BTreeMap<GroupNumber, BTreeMap<GroupNumber, u32>> = BTreeMap::new();
        for group in 0..self.groups.len() as GroupNumber {
            if self.kind_of(group) != EntityKind::Person {
                continue;
            }
            let words: Vec<&str> = self.key_of(group).split(' ').collect();
            if words.len() < 2 {
                continue;
            }
            let root = families.root(group);
            let mut ends = vec![words[words.len() - 1].to_owned()];
            if 2 < words.len() {
                ends.push(words[words.len() - 2..].join(" "));
            }
            for (n_words, end) in (1..).zip(ends) {
                // «ابن أبي زيد» is not «أبو زيد».
                let before = words.get(words.len().wrapping_sub(n_words + 1));
                let is_fathers = before.is_none_or(|it| matches!(*it, "بن" | "ابن" | "بنت" | "عبد"));
                let Some(short) = self.group_of(EntityKind::Person, &end) else {
                    continue;
                };
                // «أبي لا» is written like «أبيلا».
                let is_it = self.key_of(short).split(' ').count() == n_words;
                if !is_fathers && is_it && families.root(short) != root {
                    *fulls.entry(short).or_default().entry(root).or_default() += self.groups[group as usize].articles;
                }
            }
        }
        let stated: HashSet<(GroupNumber, GroupNumber)> = self
            .other_forms(EntityKind::Person)
            .into_iter()
            .map(|(short, full, _)| (short, families.root(full)))
            .collect();
        for (short, by_full) in fulls {
            let words: Vec<String> = self.key_of(short).split(' ').map(str::to_owned).collect();
            let key = words.join(" ");
            let total: u32 = by_full.values().sum();
            let Some((&full, &most)) = by_full.iter().max_by_key(|(full, n)| (**n, std::cmp::Reverse(**full))) else {
                continue;
            };
            let last = words.last().map_or("", String::as_str);
            // A given name, a kunya of one, a word or another thing's name says nobody in particular.
            let is_open = gazetteer.is_given_name(last)
                // «أبو هريرة» is who he is, whatever stands before him somewhere.
                || gazetteer.key_of(EntityKind::Person, &key).is_some()
                || gazetteer.is_common(&key)
                || gazetteer.known(&key).is_some_and(|it| it.kind != EntityKind::Person)
                || EntityKind::ALL[1..]
                    .iter()
                    .any(|kind| self.group_of(*kind, &key).is_some())
                || spelling.is_given_like(last);
            if is_open {
                continue;
            }
            let is_unique = by_full.len() == 1;
            // «آل نهيان» are many, «عبد الله» is a given name.
            let is_compound = words.len() == 2
                && super::spelling::is_particle(&words[0])
                && !matches!(words[0].as_str(), "ال" | "عبد");
            // «أبو القاسم» is what many are called, «أبو مرزوق» is a family.
            let is_kunya = matches!(words[0].as_str(), "ابو" | "ابي" | "ام");
            if 2 <= words.len() && (!is_compound || is_kunya && last.starts_with("ال")) {
                // «سامي العامري» in «أحمد سامي العامري» is rather the father; «قايد السبسي» is worth a look.
                if !gazetteer.is_given_name(&words[0]) && words[0] != "عبد" {
                    self.doubt(short, full, Reason::ShortForm, 0.0);
                }
                continue;
            }
            let is_foreign = !spelling.is_native(&words[0], false);
            let is_dominant = DOMINANT_ARTICLES <= most && DOMINANT_SHARE * f64::from(total) <= f64::from(most);
            let is_rarer_alone = self.groups[short as usize].articles <= most;
            // «أبو عمار» may be anybody's: somebody must be known by it, or often named.
            let is_told = UNIQUE_ARTICLES <= most || stated.contains(&(short, full));
            let is_rare = is_unique
                && (is_compound && is_rarer_alone && (is_told || !is_kunya) || is_foreign && UNIQUE_ARTICLES <= most);
            if is_dominant || is_rare {
                families.attach(self, short, full, Reason::ShortForm);
            } else if is_unique {
                self.doubt(short, full, Reason::ShortForm, 0.0);
            }
        }
    }

    fn doubt(&mut self, from: GroupNumber, to: GroupNumber, reason: Reason, score: f32) {
        self.doubts.push(Link {
            from,
            to,
            reason,
            score,
        });
    }
}

/// The groups that are joined so far, as a forest: each knows one step towards its root.
struct Families {
    parents: HashMap<GroupNumber, GroupNumber>,
}

impl Families {
    /// The families that spellings make. The root is the name with the most articles.
    fn new(resolution: &Resolution, _gazetteer: &Gazetteer) -> Self {
        let mut it = Self {
            parents: HashMap::new(),
        };
        for link in &resolution.links {
            let (a, b) = (it.root(link.from), it.root(link.to));
            let order = |group: GroupNumber| {
                (
                    std::cmp::Reverse(resolution.groups[group as usize].articles),
                    resolution.key_of(group),
                )
            };
            let (root, other) = if order(a) <= order(b) { (a, b) } else { (b, a) };
            if root != other {
                it.parents.insert(other, root);
            }
        }
        it
    }

    fn root(&self, mut group: GroupNumber) -> GroupNumber {
        while let Some(parent) = self.parents.get(&group) {
            group = *parent;
        }
        group
    }

    /// Joins a family to another, unless they are one or the first was joined to another already: a name that could
    /// belong to two never makes them one.
    fn attach(&mut self, resolution: &mut Resolution, from: GroupNumber, to: GroupNumber, reason: Reason) {
        let (from_root, to_root) = (self.root(from), self.root(to));
        if from_root != from || to_root == from {
            return;
        }
        self.parents.insert(from, to_root);
        resolution.links.push(Link {
            from,
            to,
            reason,
            score: 1.0,
        });
    }
}

/// Which people and organisations stand beside the names that are in question.
struct Surroundings {
    /// For each name in question its neighbours, sorted.
    neighbours: HashMap<GroupNumber, Vec<GroupNumber>>,
    /// Whether anything is known of the articles.
    is_known: bool,
}

impl Surroundings {
    fn new(resolution: &Resolution, candidates: &[Candidate], articles: &dyn NamedArticles) -> Self {
        let mut neighbours: HashMap<GroupNumber, Vec<GroupNumber>> = HashMap::new();
        for it in candidates.iter().filter(|it| it.score < SURE) {
            neighbours.entry(it.a).or_default();
            neighbours.entry(it.b).or_default();
        }
        let mut limits: HashMap<GroupNumber, usize> = HashMap::new();
        let mut is_known = false;
        if neighbours.is_empty() {
            return Self { neighbours, is_known };
        }
        let mut groups: Vec<GroupNumber> = Vec::new();
        articles.for_each(&mut |names| {
            is_known = true;
            groups.clear();
            groups.extend(names.iter().map(|&name| resolution.group_of_name[name as usize]));
            groups.sort_unstable();
            groups.dedup();
            if !groups.iter().any(|group| neighbours.contains_key(group)) {
                return;
            }
            // Places stand beside everybody, and a single word names too many.
            let says_something = |group: &GroupNumber| {
                resolution.kind_of(*group) != EntityKind::Place && resolution.key_of(*group).contains(' ')
            };
            for group in &groups {
                if let Some(of_group) = neighbours.get_mut(group) {
                    of_group.extend(groups.iter().filter(|it| *it != group && says_something(it)));
                    // Thinned out whenever there are twice as many: a name that stands in a tenth of all articles has
                    // more neighbours than that, and sorting them at each of these took minutes.
                    let limit = limits.entry(*group).or_insert(MOST_NEIGHBOURS);
                    if *limit < of_group.len() {
                        of_group.sort_unstable();
                        of_group.dedup();
                        *limit = MOST_NEIGHBOURS.max(of_group.len() * 2);
                    }
                }
            }
        });
        for of_group in neighbours.values_mut() {
            of_group.sort_unstable();
            of_group.dedup();
        }
        Self { neighbours, is_known }
    }

    /// How many neighbours two names share; nothing if that was not looked at.
    fn n_shared(&self, a: GroupNumber, b: GroupNumber) -> Option<usize> {
        let (of_a, of_b) = (self.neighbours.get(&a)?, self.neighbours.get(&b)?);
        let (short, long) = if of_a.len() <= of_b.len() {
            (of_a, of_b)
        } else {
            (of_b, of_a)
        };
        let shared = short
            .iter()
            .filter(|it| **it != a && **it != b && long.binary_search(it).is_ok());
        Some(shared.count())
    }
}

/// The first and the last word of a name of several.
fn ends(key: &str) -> Option<(String, String)> {
    let (first, rest) = key.split_once(' ')?;
    let last = rest.rsplit(' ').next()?;
    Some((first.to_owned(), last.to_owned()))
}

/// Whether a word says what kind of thing a name names.
pub(super) fn is_head(word: &str) -> bool {
    [ORGANISATION_HEADS, PLACE_HEADS, OTHER_HEADS]
        .iter()
        .any(|heads| heads.contains(&word))
}

/// A hash of a kind and a key without what is written or left out at will: spaces, hyphens, and «بن» in names of three
/// parts and more. «عمر عبد العزيز» is not «عمر بن عبد العزيز».
pub(super) fn tight_hash(kind: EntityKind, key: &str) -> u64 {
    let seed = kind as u64;
    if !key.contains([' ', '-']) {
        return xxhash_rust::xxh3::xxh3_64_with_seed(key.as_bytes(), seed);
    }
    let mut tight = String::with_capacity(key.len());
    let words = || key.split([' ', '-']).filter(|it| !it.is_empty());
    let is_bin = |word: &str| matches!(word, "بن" | "ابن");
    let n_parts = words()
        .filter(|it| !is_bin(it) && !matches!(*it, "عبد" | "ابو" | "ابي" | "ال"))
        .count();
    for (at, word) in words().enumerate() {
        if !(at != 0 && 3 <= n_parts && is_bin(word)) {
            tight.push_str(word);
        }
    }
    xxhash_rust::xxh3::xxh3_64_with_seed(tight.as_bytes(), seed)
}

/// A key without its first letters, where these may be proclitics.
fn without_proclitics(key: &str) -> Vec<String> {
    let mut bare = Vec::new();
    for clitics in ["و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك"] {
        if let Some(rest) = key.strip_prefix(clitics) {
            bare.push(rest.to_owned());
            // «للسلطة» is «ل» and «السلطة».
            if let Some(melted) = rest.strip_prefix('ل').filter(|_| clitics.ends_with('ل')) {
                bare.push(format!("ال{melted}"));
            }
        }
    }
    bare
}
