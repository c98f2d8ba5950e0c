//! Which names of the archive are one person, organisation or place.
//!
//! Names are gathered by orthography, and full names of people also where one part is the same foreign name written
//! in two ways. Two known Arab names are never taken for one another, and no name is ever joined through a lone part
//! of it: a wrong merge is worse than a split. The result does not depend on the order of the names.

use std::collections::{BTreeMap, HashMap};

use crate::arabic::{Folding, fold};

use super::gazetteer::Gazetteer;
use super::{EntityKind, Name};

/// Names an entity, the same after the archive was read again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub String);

/// The place of an entity in [`Registry::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIdx(pub u32);

/// What one or more names refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its name in the program.
    pub id: EntityId,
    /// The kind of thing.
    pub kind: EntityKind,
    /// What is shown: its most frequent form among those with the most parts.
    pub name: String,
    /// All forms with the number of articles that hold them, by falling number, then in the order of letters.
    pub aliases: Vec<(String, u64)>,
    /// The sum over its names of the articles that hold them: an upper bound, as two names may share an article.
    pub articles: u64,
}

/// Names and their entities.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    entities: Vec<Entity>,
    by_key: HashMap<(EntityKind, String), EntityIdx>,
    by_id: HashMap<EntityId, EntityIdx>,
}

/// The names that orthography makes one.
struct Group<'a> {
    kind: EntityKind,
    /// The folded key with the most articles.
    key: &'a str,
    names: Vec<(&'a Name, u64)>,
    articles: u64,
}

impl Registry {
    /// Gathers names, each with the number of articles that hold it.
    pub fn resolve(names: &[(Name, u64)]) -> Self {
        let mut groups: BTreeMap<(EntityKind, String), Vec<(&Name, u64)>> = BTreeMap::new();
        for (name, articles) in names {
            groups
                .entry((name.kind, tight(&name.key)))
                .or_default()
                .push((name, *articles));
        }
        let mut groups: Vec<Group<'_>> = groups
            .into_iter()
            .map(|((kind, _), names)| Group::new(kind, names))
            .collect();
        groups.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.key.cmp(b.key)));

        let merged = merge_transliterations(groups);
        let mut registry = Self::default();
        let mut entities: Vec<(Entity, Vec<&Name>)> = merged.iter().map(entity).collect();
        entities.sort_by(|(a, _), (b, _)| {
            a.kind
                .cmp(&b.kind)
                .then(b.articles.cmp(&a.articles))
                .then_with(|| a.name.cmp(&b.name))
        });
        for (entity, names) in entities {
            let idx = EntityIdx(u32::try_from(registry.entities.len()).unwrap_or(u32::MAX));
            for name in names {
                registry.by_key.insert((name.kind, tight(&name.key)), idx);
            }
            registry.by_id.insert(entity.id.clone(), idx);
            registry.entities.push(entity);
        }
        registry
    }

    /// The entity that a name refers to.
    pub fn entity_of(&self, name: &Name) -> Option<EntityIdx> {
        self.by_key.get(&(name.kind, tight(&name.key))).copied()
    }

    /// All entities: by kind, then by falling number of articles, then by name.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity with an id.
    pub fn find(&self, id: &EntityId) -> Option<EntityIdx> {
        self.by_id.get(id).copied()
    }
}

impl<'a> Group<'a> {
    fn new(kind: EntityKind, mut names: Vec<(&'a Name, u64)>) -> Self {
        names.sort_by(|(a, n_a), (b, n_b)| n_b.cmp(n_a).then_with(|| a.cmp(b)));
        let articles = names.iter().map(|(_, articles)| articles).sum();
        let key = names.first().map_or("", |(name, _)| name.key.as_str());
        Self {
            kind,
            key,
            names,
            articles,
        }
    }
}

/// A key without what is written or left out at will: spaces, «بن», hyphens.
fn tight(key: &str) -> String {
    key.split([' ', '-'])
        .filter(|it| !matches!(*it, "بن" | "ابن"))
        .collect()
}

/// Joins full names of people that differ only in how foreign parts are spelled. Each joins the most frequent name
/// that it is a spelling of; spellings of spellings are not followed.
fn merge_transliterations(groups: Vec<Group<'_>>) -> Vec<Vec<Group<'_>>> {
    let gazetteer = Gazetteer::new();
    let mut merged: Vec<Vec<Group<'_>>> = Vec::new();
    let mut by_skeleton: HashMap<String, Vec<usize>> = HashMap::new();
    for group in groups {
        let n_parts = group.key.split(' ').count();
        if group.kind != EntityKind::Person || n_parts < 2 {
            merged.push(vec![group]);
            continue;
        }
        let same = by_skeleton.entry(skeleton(group.key)).or_default();
        let target = same
            .iter()
            .copied()
            .find(|idx| is_spelling_of(&gazetteer, merged[*idx][0].key, group.key));
        match target {
            Some(idx) => merged[idx].push(group),
            None => {
                same.push(merged.len());
                merged.push(vec![group]);
            }
        }
    }
    merged
}

/// The consonants of a name in classes that foreign sounds are spelled with.
fn skeleton(key: &str) -> String {
    let mut skeleton = String::new();
    for c in key.chars() {
        let class = match c {
            'ج' | 'غ' | 'ق' | 'ك' => 'K',
            'س' | 'ص' | 'ز' | 'ث' | 'ذ' | 'ظ' => 'S',
            'ت' | 'ط' | 'د' | 'ض' => 'T',
            'ف' | 'ب' => 'F',
            'ح' | 'خ' | 'ه' => 'H',
            'ا' | 'و' | 'ي' => continue,
            _ => c,
        };
        if !skeleton.ends_with(class) || class == ' ' {
            skeleton.push(class);
        }
    }
    skeleton
}

/// Whether two full names differ in one foreign part only, by one of the differences that transliteration makes.
fn is_spelling_of(gazetteer: &Gazetteer, a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    if a.len() != b.len() {
        return false;
    }
    let differing: Vec<(&str, &str)> = a
        .iter()
        .zip(&b)
        .filter(|(a, b)| a != b)
        .map(|(a, b)| (*a, *b))
        .collect();
    // «فتحي», «فتحي بن …»: with more than one difference it is another person more often than another spelling.
    differing.len() == 1 && differing.iter().all(|(a, b)| is_foreign_spelling(gazetteer, a, b))
}

/// The native lock: a part that is an Arab name, or looks like one, is never taken for another.
fn is_native(gazetteer: &Gazetteer, part: &str) -> bool {
    part.starts_with("ال") || part.chars().count() < 5 || gazetteer.is_given_name(part) && !is_foreign_given(part)
}

/// Given names that are not Arab, folded: they too are spelled in several ways.
fn is_foreign_given(part: &str) -> bool {
    const FOREIGN: &[&str] = &[
        "ديمتري",
        "دميتري",
        "ديميتري",
        "سيرغي",
        "سيرجي",
        "اليكسي",
        "الكسندر",
        "ميخاييل",
        "فلاديمير",
        "اندريه",
        "اندري",
        "نيكولاي",
        "سفيتلانا",
        "تاتيانا",
        "ناتاليا",
        "انطونيو",
        "ايمانويل",
        "يورغن",
        "غوتيريش",
        "مكسيم",
        "ماكسيم",
    ];
    FOREIGN.contains(&part)
}

/// One letter for another of its class, or one vowel letter more in the middle.
fn is_foreign_spelling(gazetteer: &Gazetteer, a: &str, b: &str) -> bool {
    if is_native(gazetteer, a) || is_native(gazetteer, b) {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() == long.len() {
        let differing: Vec<(char, char)> = short
            .iter()
            .zip(long)
            .filter(|(x, y)| x != y)
            .map(|(x, y)| (*x, *y))
            .collect();
        let is_one_sound = |x: char, y: char| {
            // The pairs of the press: بوغدانوف/بوجدانوف, تيلرسون/طيلرسون, غوتيريس/غوتيريش.
            ["جغ", "غق", "جق", "كق", "تط", "سص", "فب", "سش", "زس", "ثت", "هخ"]
                .iter()
                .any(|pair| pair.contains(x) && pair.contains(y))
        };
        return matches!(differing.as_slice(), [(x, y)] if is_one_sound(*x, *y));
    }
    if short.len() + 1 != long.len() {
        return false;
    }
    // A vowel at the end may be a gender: «إيفانوفا» is not «إيفانوف».
    (1..long.len() - 1)
        .any(|at| matches!(long[at], 'ا' | 'و' | 'ي') && long[..at] == short[..at] && long[at + 1..] == short[at..])
}

fn entity<'a>(groups: &Vec<Group<'a>>) -> (Entity, Vec<&'a Name>) {
    let mut forms: BTreeMap<&str, u64> = BTreeMap::new();
    let mut names = Vec::new();
    for (name, articles) in groups.iter().flat_map(|group| &group.names) {
        *forms.entry(&name.form).or_default() += articles;
        names.push(*name);
    }
    let mut aliases: Vec<(String, u64)> = forms
        .into_iter()
        .map(|(form, articles)| (form.to_owned(), articles))
        .collect();
    aliases.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let first = &groups[0];
    // The form that is the key itself shows the whole name; a short form does only where there is no other.
    let is_whole = |form: &str| tight(&fold(form, Folding::Name)) == tight(first.key);
    let name = aliases
        .iter()
        .find(|(form, _)| is_whole(form))
        .or_else(|| {
            aliases
                .iter()
                .max_by_key(|(form, articles)| (form.split(' ').count(), *articles))
        })
        .map(|(form, _)| form.clone())
        .unwrap_or_default();
    let kind = match first.kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Place => "place",
    };
    let entity = Entity {
        id: EntityId(format!("{kind}:{}", first.key)),
        kind: first.kind,
        name,
        aliases,
        articles: groups.iter().map(|group| group.articles).sum(),
    };
    (entity, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(form: &str) -> Name {
        Name {
            kind: EntityKind::Person,
            key: fold(form, Folding::Name),
            form: form.to_owned(),
        }
    }

    fn are_one(a: &str, b: &str) -> bool {
        let registry = Registry::resolve(&[(person(a), 3), (person(b), 2)]);
        registry.entity_of(&person(a)) == registry.entity_of(&person(b))
    }

    #[test]
    fn spellings_of_one_person_are_one() {
        for (a, b) in [
            ("ميخائيل بوجدانوف", "ميخائيل بوغدانوف"),
            ("ديميتري بيسكوف", "دميتري بيسكوف"),
            ("موسى أبو مرزوق", "موسي ابو مرزوق"),
            ("عبد الله سالم", "عبدالله سالم"),
        ] {
            assert!(are_one(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn strangers_stay_apart() {
        for (a, b) in [
            ("محمد سلمان", "محمد سلطان"),
            ("أحمد الشمراني", "أحمد الشهراني"),
            ("سفيتلانا إيفانوف", "سفيتلانا إيفانوفا"),
            ("سعد القحطاني", "سعود القحطاني"),
            ("سامي العامري", "سامية العامري"),
        ] {
            assert!(!are_one(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn the_order_of_names_does_not_matter() {
        let mut names: Vec<(Name, u64)> = [
            "ميخائيل بوجدانوف",
            "ميخائيل بوغدانوف",
            "سامي العامري",
            "موسى أبو مرزوق",
            "موسي ابو مرزوق",
        ]
        .iter()
        .enumerate()
        .map(|(idx, name)| (person(name), idx as u64 % 2 + 1))
        .collect();
        let entities = Registry::resolve(&names).entities().to_vec();
        names.reverse();
        assert_eq!(Registry::resolve(&names).entities(), entities);
        assert_eq!(entities.len(), 3);
    }
}
