//! Links names that articles themselves equate: «حركة المقاومة الإسلامية (حماس)».

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::arabic::{Folding, fold};
use crate::entities::EntityKind;
use crate::entities::gazetteer::Gazetteer;

use super::bodies::is_one_of_many;
use super::families::Families;
use super::groups::{GroupNumber, Groups};
use super::link::{Findings, Reason};

/// At least this many articles must say that one name is another before it counts in all articles. A guess.
const STATED_ARTICLES: u32 = 2;
/// One article is enough if the name occurs in at least this many. A guess.
const STATED_ONCE_ARTICLES: u32 = 3;
/// The share of all articles in question that must agree on the name. Measured for short forms: see there.
pub const DOMINANT_SHARE: f64 = 0.9;

/// The first and the last word of a name of several.
type Ends = (String, String);

/// Forms that articles use for a name with another key.
pub struct OtherForm {
    /// The group of the form, which is also a name by itself.
    pub form: GroupNumber,
    /// The group of the name that articles use it for.
    pub name: GroupNumber,
    /// The number of articles that do so.
    pub articles: u32,
}

/// The forms that articles use for names of a kind.
pub fn other_forms(groups: &Groups, kind: EntityKind) -> Vec<OtherForm> {
    let names = groups.names();
    let mut found = Vec::new();
    for name in names.numbers().filter(|&name| names.kind(name) == kind) {
        let (key, form) = (names.key(name), names.form(name));
        let n_words = |text: &str| text.split(' ').count();
        if n_words(key) == n_words(form) && kind == EntityKind::Person {
            continue;
        }
        let group = groups.of_name(name);
        match groups.find(kind, &fold(form, Folding::Name)) {
            Some(form) if form != group => found.push(OtherForm {
                form,
                name: group,
                articles: names.articles(name),
            }),
            _ => {}
        }
    }
    found
}

/// Finds the names that articles say are one.
pub fn find(groups: &Groups, gazetteer: &Gazetteer, families: &Families) -> Findings {
    let mut stated: BTreeMap<GroupNumber, BTreeMap<GroupNumber, u32>> = BTreeMap::new();
    for it in EntityKind::ALL.into_iter().flat_map(|kind| other_forms(groups, kind)) {
        // A word alone says nobody; the ends of names have a rule of their own.
        let is_full = groups.kind_of(it.name) != EntityKind::Person
            || ends(groups.key_of(it.form)) == ends(groups.key_of(it.name));
        if is_full && !is_one_of_many(groups, gazetteer, it.form, it.name) {
            let by_target = stated.entry(it.form).or_default();
            *by_target.entry(families.root(it.name)).or_default() += it.articles;
        }
    }
    let namesakes = namesakes(groups, stated.keys().copied(), families);
    let mut found = Findings::default();
    for (form, by_target) in stated {
        let total: u32 = by_target.values().sum();
        let Some((&to, &most)) = by_target
            .iter()
            .max_by_key(|(to, n)| (**n, Reverse(groups.key_of(**to))))
        else {
            continue;
        };
        let (kind, key) = (groups.kind_of(form), groups.key_of(form));
        // «الشباب» is short for one club in some articles, and a word in all others.
        let is_open = kind != EntityKind::Person && gazetteer.is_common(key)
            || ends(key)
                .and_then(|ends| namesakes.get(&ends))
                .is_some_and(|roots| 1 < roots.len());
        // One article is enough where the archive has no other with this given and this family name.
        let is_only_one = kind == EntityKind::Person && STATED_ONCE_ARTICLES <= groups.articles_of(to);
        let is_told = STATED_ARTICLES <= most || is_only_one;
        if !is_open && is_told && DOMINANT_SHARE * f64::from(total) <= f64::from(most) {
            found.link(form, to, Reason::Stated);
        } else {
            found.doubt(form, to, Reason::Stated, f32::from(most as u16));
        }
    }
    found
}

/// Of each given name and family name that articles take for a longer name: the families of all the longer names
/// with these ends, be they in an article with the short one or not.
fn namesakes(
    groups: &Groups,
    stated: impl Iterator<Item = GroupNumber>,
    families: &Families,
) -> HashMap<Ends, HashSet<GroupNumber>> {
    let persons = stated.filter(|form| groups.kind_of(*form) == EntityKind::Person);
    let mut namesakes: HashMap<Ends, HashSet<GroupNumber>> = persons
        .filter_map(|form| Some((ends(groups.key_of(form))?, HashSet::new())))
        .collect();
    if namesakes.is_empty() {
        return namesakes;
    }
    for group in groups.numbers() {
        let key = groups.key_of(group);
        if groups.kind_of(group) == EntityKind::Person
            && 2 <= key.matches(' ').count()
            && let Some(roots) = ends(key).and_then(|ends| namesakes.get_mut(&ends))
        {
            roots.insert(families.root(group));
        }
    }
    namesakes
}

fn ends(key: &str) -> Option<Ends> {
    let (first, rest) = key.split_once(' ')?;
    let last = rest.rsplit(' ').next()?;
    Some((first.to_owned(), last.to_owned()))
}
