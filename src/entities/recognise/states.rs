//! Decides which state's body a bare «وزارة الداخلية» is.
//!
//! Across an archive it may be the ministry of any of many countries. In an article it is the one whose full name the
//! article gives, «وزارة الداخلية العراقية», or else that of the country that the article is about, if that is beyond
//! doubt. Otherwise it stays bare: a separate entry for those that nobody attributes to a country.
//!
//! The city «عمان» is told apart from «سلطنة عمان», which has the same short name, in the same way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::arabic::lists::List;
use crate::arabic::{Folding, Span, fold, words};

use super::super::gazetteer::Gazetteer;
use super::super::vocabulary::{BODIES_OF_EVERY_STATE, LOCAL_BODIES};
use super::super::{EntityKind, Mention};

/// A state, how what belongs to it is called (in both genders), and its well-known places; a second line with a state
/// gives other such adjectives.
const STATES: List<4> = List::new(
    include_str!("../../../assets/gazetteers/states.tsv"),
    ["state", "masculine", "feminine", "places"],
);

/// In words. A ministry with a longer name is unique: «وزارة الصحة ووقاية المجتمع». A guess.
const LONGEST_MINISTRY: usize = 3;

/// The known states.
pub struct States {
    /// By the usual name of a place.
    of_place: HashMap<String, usize>,
    /// By a folded adjective.
    of_adjective: HashMap<String, usize>,
    states: Vec<State>,
}

struct State {
    name: &'static str,
    /// Masculine and feminine, folded.
    adjectives: [String; 2],
}

impl States {
    /// Reads the built-in list.
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut it = Self {
            of_place: HashMap::new(),
            of_adjective: HashMap::new(),
            states: Vec::new(),
        };
        let mut number: HashMap<&str, usize> = HashMap::new();
        for [name, masculine, feminine, places] in STATES.rows() {
            let adjectives = [masculine, feminine].map(|it| fold(it, Folding::Name));
            let state = *number.entry(name).or_insert(it.states.len());
            let stem = adjectives[0].strip_prefix("ال").unwrap_or(&adjectives[0]);
            for (article, ending) in ["ال", ""]
                .iter()
                .flat_map(|it| ["", "ه", "ون", "ين"].map(|ending| (it, ending)))
            {
                it.of_adjective.insert(format!("{article}{stem}{ending}"), state);
            }
            if state == it.states.len() {
                it.states.push(State { name, adjectives });
            }
            for place in std::iter::once(name).chain(places.split('\t').filter(|it| *it != "-")) {
                let folded = fold(place, Folding::Name);
                let key = gazetteer.key_of(EntityKind::Place, &folded).unwrap_or(&folded);
                it.of_place.insert(key.to_owned(), state);
            }
        }
        it
    }

    /// Gives bare names of state bodies the full name of the one that the article means, if that is clear. `lines` are
    /// those of the text that was searched for names.
    pub fn name_bodies(&self, mentions: &mut [Mention], text: &str, lines: &[Span], gazetteer: &Gazetteer) {
        let is_organisation = |it: &&Mention| it.kind == EntityKind::Organisation;
        for it in mentions.iter_mut().filter(|it| it.kind == EntityKind::Organisation) {
            if let Some(key) = self.with_adjective(&it.name.key, gazetteer) {
                it.name.key = key;
            }
        }
        let keys: BTreeSet<String> = mentions
            .iter()
            .filter(is_organisation)
            .map(|it| it.name.key.clone())
            .collect();
        let is_amman = |it: &Mention| it.kind == EntityKind::Place && it.name.key == AMMAN;
        if !mentions.iter().any(is_amman) && !keys.iter().any(|it| self.is_bare(it) || is_local(it)) {
            return;
        }
        let counts = self.counts(mentions, text, lines);
        let is_oman = self.is_oman_meant(&counts);
        let meant: Vec<bool> = (0..mentions.len())
            .map(|at| is_amman(&mentions[at]) && self.is_among_states(mentions, at, text).unwrap_or(is_oman))
            .collect();
        for (it, _) in mentions.iter_mut().zip(meant).filter(|(_, is_meant)| *is_meant) {
            OMAN.clone_into(&mut it.name.form);
            it.name.key = fold(OMAN, Folding::Name);
        }
        let state = state_of(&counts);
        // The name, and whose body it is where that was not said with it.
        let mut named: BTreeMap<&str, (String, Option<usize>)> = BTreeMap::new();
        for bare in keys.iter().filter(|it| self.is_bare(it) || is_local(it)) {
            let start = format!("{bare} ");
            let is_longer = |it: &&String| {
                let rest = it.strip_prefix(&start);
                rest.is_some_and(|rest| is_local(bare) || self.of_adjective.contains_key(rest))
            };
            let after_it = keys.range(start.clone()..);
            let mut longer = after_it.take_while(|it| it.starts_with(&start)).filter(is_longer);
            let name = match (longer.next(), longer.next()) {
                (Some(only), None) => Some((only.clone(), None)),
                (Some(_), Some(_)) => None,
                (None, _) => state
                    .filter(|_| !is_local(bare))
                    .map(|state| (self.full_name(bare, state, gazetteer), Some(state))),
            };
            named.extend(name.map(|name| (bare.as_str(), name)));
        }
        for it in mentions.iter_mut().filter(|it| it.kind == EntityKind::Organisation) {
            let Some((key, state)) = named.get(it.name.key.as_str()) else {
                continue;
            };
            it.name.key.clone_from(key);
            if let Some(state) = state {
                it.name.form = format!("{} ({})", it.name.form, self.states[*state].name);
            }
        }
    }

    /// Whether a name is that of a body which every state has, without saying whose it is.
    fn is_bare(&self, key: &str) -> bool {
        let n_words = key.split(' ').count();
        let is_ministry = key.starts_with("وزاره ") && n_words <= LONGEST_MINISTRY;
        let is_qualified = || key.split(' ').any(|word| self.of_adjective.contains_key(word));
        is_ministry && !is_qualified() || BODIES_OF_EVERY_STATE.contains(key)
    }

    /// «منتخب إسبانيا» is «المنتخب الإسباني», «حكومة العراق» is «الحكومة العراقية».
    fn with_adjective(&self, key: &str, gazetteer: &Gazetteer) -> Option<String> {
        let (head, place) = key
            .split_once(' ')
            .filter(|(head, _)| ["منتخب", "حكومه"].contains(head))?;
        let place = gazetteer.key_of(EntityKind::Place, place)?;
        let state = *self.of_place.get(place)?;
        // «حكومة الشارقة» is that of a part.
        let is_state = fold(self.states[state].name, Folding::Name) == place;
        is_state.then(|| self.full_name(&format!("ال{head}"), state, gazetteer))
    }

    /// «وزارة الداخلية» of a state: «وزارة الداخلية العراقية», as it is usually called.
    fn full_name(&self, bare: &str, state: usize, gazetteer: &Gazetteer) -> String {
        let head = bare.split(' ').next().unwrap_or_default();
        let adjective = &self.states[state].adjectives[usize::from(head.ends_with('ه'))];
        let name = format!("{bare} {adjective}");
        let usual = gazetteer.key_of(EntityKind::Organisation, &name);
        usual.map_or_else(|| name.clone(), str::to_owned)
    }

    /// How often an article speaks of each state, by its places and by adjectives outside the names of people.
    fn counts(&self, mentions: &[Mention], text: &str, lines: &[Span]) -> BTreeMap<usize, usize> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let places = mentions.iter().filter(|it| it.kind == EntityKind::Place);
        for state in places.filter_map(|it| self.of_place.get(&it.name.key)) {
            *counts.entry(*state).or_default() += 1;
        }
        let mut people = mentions.iter().filter(|it| it.kind == EntityKind::Person).peekable();
        for line in lines {
            for word in words(line.of(text).unwrap_or_default()) {
                let span = word.span.shifted(line.start);
                while people.next_if(|it| it.span.end <= span.start).is_some() {}
                let is_in_person = people.peek().is_some_and(|it| it.span.start < span.end);
                let folded = || fold(span.of(text).unwrap_or_default(), Folding::Name);
                if let Some(state) = (!is_in_person).then(|| self.of_adjective.get(&folded())).flatten() {
                    *counts.entry(*state).or_default() += 1;
                }
            }
        }
        counts
    }

    /// Whether «عمان» is beside a country, «قطر وعمان», or called a capital; `None` if neither.
    fn is_among_states(&self, mentions: &[Mention], at: usize, text: &str) -> Option<bool> {
        /// In bytes, with room for «، و» in between. A guess.
        const FARTHEST: usize = 6;
        let it = &mentions[at];
        let before = text.get(..it.span.start)?.trim_end();
        if ["الأردنية", "العاصمة", "مدينة"]
            .iter()
            .any(|word| before.ends_with(word))
        {
            return Some(false);
        }
        let is_state = |other: &Mention| {
            let gap = it
                .span
                .start
                .saturating_sub(other.span.end)
                .max(other.span.start.saturating_sub(it.span.end));
            let is_name = |state: &usize| fold(self.states[*state].name, Folding::Name) == other.name.key;
            gap <= FARTHEST
                && other.kind == EntityKind::Place
                && self.of_place.get(&other.name.key).is_some_and(is_name)
        };
        let neighbours = [at.checked_sub(1), Some(at + 1)];
        let mut neighbours = neighbours.iter().flatten().filter_map(|at| mentions.get(*at));
        neighbours.any(is_state).then_some(true)
    }

    /// Whether «عمان» is the sultanate: the article speaks of it, or of several of its neighbours, and never of Jordan.
    fn is_oman_meant(&self, counts: &BTreeMap<usize, usize>) -> bool {
        const NEIGHBOURS: [&str; 5] = ["الإمارات", "السعودية", "قطر", "الكويت", "البحرين"];
        let speaks_of = |name: &str| counts.keys().any(|it| self.states[*it].name == name);
        let n_neighbours = NEIGHBOURS.iter().filter(|it| speaks_of(it)).count();
        !speaks_of("الأردن") && (speaks_of(OMAN) || 3 <= n_neighbours)
    }
}

/// «عمان» is Jordan's capital in the lists, and a short name of the sultanate.
const AMMAN: &str = "عمان";
const OMAN: &str = "سلطنة عمان";

/// The state that an article speaks of: the only one, or by far the most frequent of several. One that is named once in
/// passing, «السفير الفرنسي», need not be the one whose ministry is meant.
fn state_of(counts: &BTreeMap<usize, usize>) -> Option<usize> {
    // Guesses.
    const ENOUGH_ALONE: usize = 2;
    const ENOUGH: usize = 4;
    const SHARE: f64 = 0.8;
    let total: usize = counts.values().sum();
    let (state, most) = counts.iter().max_by_key(|(_, n)| **n)?;
    let is_alone = counts.len() == 1 && ENOUGH_ALONE <= *most;
    let is_by_far = ENOUGH <= *most && SHARE * total as f64 <= *most as f64;
    (is_alone || is_by_far).then_some(*state)
}

fn is_local(key: &str) -> bool {
    LOCAL_BODIES.contains(key)
}
