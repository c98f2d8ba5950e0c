//! Expands short names by their article, and drops those that refer to nobody in particular.
//!
//! «بوغدانوف» is «ميخائيل بوغدانوف» if the article has just that one full name. A given name alone counts only with
//! such a full name: across an archive «محمد» is a different person in nearly every article.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use xxhash_rust::xxh3::Xxh3;

use crate::arabic::{Folding, fold};

use super::super::gazetteer::Gazetteer;
use super::super::head::HEADS;
use super::super::resolve::tight_hash;
use super::super::vocabulary::LIKE_NAMES;
use super::super::{EntityKind, Mention};

/// «وزارة», folded.
const MINISTRY: &str = "وزاره";

/// Gives short names the full name that they have in the article, and drops those that name nothing.
///
/// `stated` are pairs of mentions, by their places in `mentions`, of which the article says that the second is short
/// for the first: «هيئة الإذاعة البريطانية (بي بي سي)».
pub fn resolve_short_forms(mentions: &mut Vec<Mention>, stated: &[(usize, usize)], gazetteer: &Gazetteer) {
    mentions.retain(|it| !LIKE_NAMES.contains(it.name.form.as_str()));
    prefer_own_names(mentions);
    let stated: HashMap<String, String> = stated_names(mentions, stated, gazetteer).into_iter().collect();
    rename(mentions, EntityKind::Organisation, &stated);
    for kind in [EntityKind::Person, EntityKind::Organisation] {
        let longer = longer_names(mentions, kind, gazetteer);
        rename(mentions, kind, &longer);
    }
    mentions.retain(|it| !is_nobody(it, gazetteer));
}

/// A family name that the lists give to somebody is another's where the article has another's full name, and not that
/// of the former: in an article about «أحمد المالكي», «المالكي» is he.
fn prefer_own_names(mentions: &mut [Mention]) {
    let is_person = |it: &&Mention| it.kind == EntityKind::Person;
    let is_full = |it: &&Mention| it.name.form.contains(' ');
    let of_full = mentions.iter().filter(is_person).filter(is_full);
    let full: BTreeSet<String> = of_full.map(|it| it.name.key.clone()).collect();
    // How many of them end with some words, and the first of these.
    let mut by_end: HashMap<&str, (usize, &String)> = HashMap::new();
    for key in &full {
        for (at, _) in key.match_indices(' ') {
            by_end.entry(&key[at..]).or_insert((0, key)).0 += 1;
        }
    }
    let lone = mentions
        .iter_mut()
        .filter(|it| it.kind == EntityKind::Person && !it.name.form.contains(' '));
    for it in lone {
        let folded = fold(&it.name.form, Folding::Name);
        if folded == it.name.key {
            continue;
        }
        let end = format!(" {folded}");
        if let Some((1, bearer)) = by_end.get(end.as_str())
            && !full.contains(&it.name.key)
        {
            it.name.key.clone_from(bearer);
        }
    }
}

fn rename(mentions: &mut [Mention], kind: EntityKind, names: &HashMap<String, String>) {
    for it in mentions.iter_mut().filter(|it| it.kind == kind) {
        if let Some(name) = names.get(&it.name.key) {
            it.name.key.clone_from(name);
        }
    }
}

/// For each short name of the article the one longer name that it is short for. Where it may be short for two, it is
/// short for none; «عبد الرحمن شومان» and «عبدالرحمن شومان» are one.
fn longer_names(mentions: &[Mention], kind: EntityKind, gazetteer: &Gazetteer) -> HashMap<String, String> {
    let of_kind = mentions.iter().filter(|it| it.kind == kind);
    let keys: BTreeSet<&str> = of_kind.map(|it| it.name.key.as_str()).collect();
    let candidates = Candidates::new(kind, &keys);
    let mut keys: Vec<&str> = keys.into_iter().collect();
    keys.sort_by_key(|key| std::cmp::Reverse(key.split(' ').count()));
    let mut longer: HashMap<String, String> = HashMap::new();
    for &short in &keys {
        let is_short = |long: &str| match kind {
            EntityKind::Person => is_short_person(short, long, gazetteer),
            _ => is_short_organisation(short, long, gazetteer),
        };
        // A long name may be short for a still longer one.
        let longest = |long| longer.get(long).map_or(long, String::as_str);
        let only = {
            let mut longs = candidates.of(short).filter(|it| is_short(it)).map(longest);
            let long = longs.next().map(str::to_owned);
            long.filter(|long| longs.all(|it| it == long || tight_hash(kind, it) == tight_hash(kind, long)))
        };
        longer.extend(only.map(|long| (short.to_owned(), long)));
    }
    longer
}

/// The names that another may be short for, by what they share: comparing each with each takes too long where an article
/// names thousands.
struct Candidates<'a> {
    kind: EntityKind,
    /// By the hashes of the words that names begin with, that they end with, and of the first and the last.
    by_words: HashMap<(Shared, u64), Vec<&'a str>>,
    /// In their order.
    ministries: Vec<&'a str>,
}

/// What a longer name shares with one that is short for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Shared {
    Beginning,
    End,
    FirstAndLast,
}

impl<'a> Candidates<'a> {
    /// Of the names of one kind.
    fn new(kind: EntityKind, keys: &BTreeSet<&'a str>) -> Self {
        let mut it = Self {
            kind,
            by_words: HashMap::new(),
            ministries: Vec::new(),
        };
        for &key in keys {
            match kind {
                EntityKind::Person => it.add_person(key),
                EntityKind::Organisation | EntityKind::Place => {
                    let words: Vec<&str> = key.split(' ').collect();
                    it.add(Shared::Beginning, hash(&words[..1]), key);
                    it.add(Shared::End, hash(&words[words.len() - 1..]), key);
                    it.ministries.extend(key.starts_with(MINISTRY).then_some(key));
                }
            }
        }
        it
    }

    fn add_person(&mut self, key: &'a str) {
        let parts = parts(key);
        let others: Vec<&str> = parts.iter().map(|it| &**it).filter(|it| !is_son(it)).collect();
        for n in 1..parts.len() {
            self.add(Shared::Beginning, hash(&parts[..n]), key);
            self.add(Shared::End, hash(&parts[n..]), key);
        }
        if let (Some(first), Some(last)) = (others.first(), others.last()) {
            self.add(Shared::End, hash(&[*last]), key);
            self.add(Shared::End, hash(&[bearer(last)]), key);
            self.add(Shared::FirstAndLast, hash(&[*first, *last]), key);
        }
    }

    fn add(&mut self, shared: Shared, hash: u64, key: &'a str) {
        let keys = self.by_words.entry((shared, hash)).or_default();
        if keys.last() != Some(&key) {
            keys.push(key);
        }
    }

    /// Those that `short` may be short for, some of them twice.
    fn of(&self, short: &str) -> impl Iterator<Item = &'a str> {
        let words = match self.kind {
            EntityKind::Person => parts(short),
            EntityKind::Organisation | EntityKind::Place => vec![Cow::Borrowed(short)],
        };
        let hash = hash(&words);
        let by_words = [Shared::Beginning, Shared::End, Shared::FirstAndLast].map(|it| self.by_words.get(&(it, hash)));
        let start = self.ministries.partition_point(|it| *it < short);
        let is_ministry = short.starts_with(MINISTRY);
        let ministries = self.ministries[start..]
            .iter()
            .take_while(move |it| is_ministry && it.starts_with(short));
        by_words.into_iter().flatten().flatten().chain(ministries).copied()
    }
}

fn hash<T: AsRef<str>>(words: &[T]) -> u64 {
    let mut hash = Xxh3::new();
    for word in words {
        hash.update(word.as_ref().as_bytes());
        hash.update(b" ");
    }
    hash.digest()
}

/// Which short names of organisations the article gives to which long ones: each short one that it gives to one only.
fn stated_names(mentions: &[Mention], stated: &[(usize, usize)], gazetteer: &Gazetteer) -> Vec<(String, String)> {
    let mut longs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for &(long, short) in stated {
        let (Some(long), Some(short)) = (mentions.get(long), mentions.get(short)) else {
            continue;
        };
        // What is known as another's name is part of the long one, or its owner: «لجنة الحكام (فيفا)».
        let is_known = |kind| gazetteer.key_of(kind, &short.name.key).is_some();
        // «جامعة الشارقة (خورفكان)»: where it is.
        let is_others = is_known(EntityKind::Organisation) || is_known(EntityKind::Place);
        if !is_others && long.name.key != short.name.key {
            longs.entry(&short.name.key).or_default().insert(&long.name.key);
        }
    }
    let all_longs: BTreeSet<&str> = longs.values().flatten().copied().collect();
    let is_long = |key: &str| all_longs.contains(key);
    let single = longs
        .iter()
        .filter(|(short, longs)| longs.len() == 1 && !is_long(short));
    single
        .flat_map(|(short, longs)| longs.iter().map(|long| ((*short).to_owned(), (*long).to_owned())))
        .collect()
}

/// Whether a name of a person can be short for another: its end («أبو مرزوق», «بوغدانوف»), its beginning, or its given
/// name and the family name without what stands between («حميد القطامي», «حميد محمد القطامي»).
///
/// «سلطان القاسمي» is not «بدور سلطان القاسمي»: a given name before a family name begins another person's name.
fn is_short_person(short: &str, long: &str, gazetteer: &Gazetteer) -> bool {
    let (short, long) = (parts(short), parts(long));
    if long.len() <= short.len() || short.is_empty() {
        return false;
    }
    let is_given = |part: &str| is_given(part, gazetteer);
    let without_sons: Vec<&str> = long.iter().map(|it| &**it).filter(|it| !is_son(it)).collect();
    if let [only] = &short[..] {
        let is_first = long.first() == Some(only);
        let is_fathers = is_son(&long[long.len() - 2]);
        let is_last = |last: &&str| **last == **only || bearer(last) == &**only;
        return is_first && (is_given(only) || is_kunya(only))
            || without_sons.last().is_some_and(is_last) && !is_fathers;
    }
    // «محمد بن راشد», «محمد بن راشد المنصوري».
    let is_beginning = long.starts_with(&short);
    let is_end = long.ends_with(&short) && !is_given(&short[0]) && !long.iter().any(|it| is_son(it));
    let is_without_fathers = short.len() == 2
        && 2 < without_sons.len()
        && (is_given(&short[0]) || is_kunya(&short[0]))
        && !is_given(&short[1])
        && without_sons.first() == Some(&&*short[0])
        && without_sons.last() == Some(&&*short[1]);
    is_beginning || is_end || is_without_fathers
}

/// «بن» in its forms.
fn is_son(part: &str) -> bool {
    matches!(part, "بن" | "ابن" | "بنت")
}

fn is_given(part: &str, gazetteer: &Gazetteer) -> bool {
    gazetteer.is_given_name(part)
        || gazetteer.is_foreign_given_name(part)
        || part.starts_with("عبدال")
        || part.starts_with("عبد ")
}

/// Whether a part is a kunya, a given name to those who know its bearer: «أبو بكر», «أم كلثوم».
fn is_kunya(part: &str) -> bool {
    part.starts_with("ابو ") || part.starts_with("ام ")
}

/// A kunya without «أبو»: «مرزوق» of «أبو مرزوق». Any other part is as it is.
fn bearer(part: &str) -> &str {
    part.strip_prefix("ابو ").unwrap_or(part)
}

/// The words of a name, «عبد», «أبو» and «أم» joined with the word after them. «أبا» and «أبي», as which «أبو» is written in
/// the middle of a sentence, are «أبو»; not at the beginning, where «أبي» may be a name, and not a grandfather, «ابن أبي زيد».
fn parts(name: &str) -> Vec<Cow<'_, str>> {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    let mut start = 0;
    for (at, _) in name.match_indices(' ').chain([(name.len(), " ")]) {
        let part = &name[start..at];
        let is_end = at == name.len();
        if matches!(part, "عبد" | "ابو" | "ابا" | "ابي" | "ام") && !is_end {
            continue;
        }
        let is_later = parts.last().is_some_and(|it| !is_son(it));
        let father = part
            .strip_prefix("ابا ")
            .or_else(|| part.strip_prefix("ابي ").filter(|_| is_later));
        parts.push(father.map_or(Cow::Borrowed(part), |it| Cow::Owned(format!("ابو {it}"))));
        start = at + 1;
    }
    parts
}

/// Whether a name is short for a longer one of an organisation, mostly a word that this begins or ends with: «سيتي» in
/// an article about «مانشستر سيتي». A word that is known as another's name is not.
fn is_short_organisation(short: &str, long: &str, gazetteer: &Gazetteer) -> bool {
    let words: Vec<&str> = long.split(' ').collect();
    let is_part = words.last() == Some(&short) || words.first() == Some(&short);
    let is_without_head = words.len() == 2 && HEADS.left_out_in_article.contains(words[0]);
    // «وزارة الصحة» in an article about «وزارة الصحة التونسية».
    let is_ministry = words.first() == Some(&MINISTRY)
        && long
            .strip_prefix(short)
            .is_some_and(|rest| rest.ends_with("يه") && rest.split_whitespace().count() == 1);
    if is_ministry && short.contains(' ') {
        return true;
    }
    is_part
        && (2..=3).contains(&words.len())
        && gazetteer.known(short).is_none()
        && (is_without_head || !gazetteer.is_head(words[0]))
}

/// Whether a mention names nobody in particular: a common Arab name or a given name alone, an everyday word, a phrase
/// that is no name, a word of a style sheet, a number.
fn is_nobody(it: &Mention, gazetteer: &Gazetteer) -> bool {
    let key = it.name.key.as_str();
    // «بالتعاون», «اكتتاب»: the model takes the one for the other.
    let is_word = it.kind == EntityKind::Organisation
        && (!key.contains(' ') || it.name.form.contains('.'))
        && (gazetteer.is_common(key) || is_in_small_latin(&it.name.form))
        && gazetteer.key_of(EntityKind::Organisation, key).is_none();
    // «بن عبد المطلب» is the end of a name; «بن علي» is known.
    let is_end = it.kind == EntityKind::Person
        && matches!(&parts(key)[..], [son, _] if is_son(son) && !key.starts_with("ابن"))
        && gazetteer.key_of(EntityKind::Person, key).is_none();
    if is_word || is_end || !key.contains(char::is_alphabetic) {
        return true;
    }
    // «جلال الدين» is a given name.
    let is_lone = it.kind == EntityKind::Person && (parts(key).len() == 1 || is_of_faith(key));
    let is_many = is_given(key, gazetteer)
        || is_of_faith(key)
        || gazetteer.is_native_name(key)
        || gazetteer.is_common(key)
        || it.name.form.starts_with(|c: char| c.is_ascii_lowercase());
    // «جده» is his grandfather, not «جدة».
    let is_possessed = it.kind == EntityKind::Place && it.name.form.ends_with('ه') && gazetteer.is_common(key);
    is_lone && is_many && gazetteer.key_of(EntityKind::Person, key).is_none()
        || is_possessed
        || gazetteer.is_no_name(key)
}

/// Whether a name is a given one of two words: «جلال الدين».
fn is_of_faith(key: &str) -> bool {
    key.split_once(' ').is_some_and(|(_, rest)| rest == "الدين")
}

/// Whether a name is a word of a style sheet or the name of a site: «script», «yahoo.com».
fn is_in_small_latin(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_lowercase()) && !form.contains(|c: char| c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(short: &str, long: &str, expected: bool) {
        assert_eq!(
            is_short_person(short, long, &Gazetteer::new()),
            expected,
            "{short} / {long}"
        );
    }

    #[test]
    fn the_end_of_a_name_and_its_given_name_are_short_for_it() {
        check("بوغدانوف", "ميخاييل بوغدانوف", true);
        check("ابو مرزوق", "موسي ابو مرزوق", true);
        check("ميخاييل", "ميخاييل بوغدانوف", true);
        check("صالح", "علي عبدالله صالح", true);
        check("حميد القطامي", "حميد محمد القطامي", true);
        check("حميد القطامي", "حميد بن محمد القطامي", true);
        check("ابو زناد", "عبد الكريم ابو زناد", true);
        check("ابا زناد", "عبد الكريم ابو زناد", true);
        check("مرزوق", "موسي ابو مرزوق", true);
        check("ابو بكر الحداد", "ابو بكر سالم الحداد", true);
        check("ابا بكر الحداد", "ابو بكر سالم الحداد", true);
        check("ام كلثوم الادريسي", "ام كلثوم بنت الحسن الادريسي", true);
        check("سلوي الادريسي", "سلوي بنت الحسن الادريسي", true);
        check("ابو بكر", "ابو بكر سالم الحداد", true);
    }

    #[test]
    fn what_is_short_for_a_name_is_among_its_candidates() {
        let gazetteer = Gazetteer::new();
        let words = ["محمد", "علي", "بن", "ابن", "عبد", "الله", "ابو", "العامري", "صالح"];
        let mut keys = BTreeSet::new();
        for a in words {
            keys.extend([a.to_owned(), format!("وزاره {a}"), format!("وزاره {a} التونسيه")]);
            for b in words {
                keys.insert(format!("{a} {b}"));
                keys.extend(words.map(|c| format!("{a} {b} {c}")));
            }
        }
        let keys: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
        for kind in [EntityKind::Person, EntityKind::Organisation] {
            let candidates = Candidates::new(kind, &keys);
            for &short in &keys {
                let is_short = |long: &&str| match kind {
                    EntityKind::Person => is_short_person(short, long, &gazetteer),
                    _ => is_short_organisation(short, long, &gazetteer),
                };
                let found: BTreeSet<&str> = candidates.of(short).filter(is_short).collect();
                let expected: BTreeSet<&str> = keys.iter().copied().filter(is_short).collect();
                assert_eq!(found, expected, "{short}");
            }
        }
    }

    #[test]
    fn a_father_is_not_his_child() {
        check("عبد الرحمن العويس", "تهاني عبد الرحمن العويس", false);
        check("سلطان القاسمي", "بدور بنت سلطان القاسمي", false);
        check("عبدالله صالح", "علي عبدالله صالح", false);
        check("محمد", "سلطان بن محمد", false);
        check("عبد الله", "علي عبد الله", true);
        check("عمر", "ابن عمر", false);
        check("ابو بكر الحداد", "عمر بن ابو بكر الحداد", false);
        check("ابي زيد", "محمد بن ابي زيد", false);
        check("ابو بكر الحداد", "ام بكر سالم الحداد", false);
    }
}
