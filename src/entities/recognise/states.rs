//! Decides which state's body a bare «وزارة الداخلية» is.
//!
//! Across an archive it may be the ministry of any of many countries. In an article it is the one whose full name the
//! article gives, «وزارة الداخلية العراقية», or else that of the country that the article is about, if that is beyond
//! doubt. Otherwise it stays bare: a separate entry for those that nobody attributes to a country.
//!
//! «هيئة الصحة» is one of a place, which is said behind it: `seat`. What nobody attributes says so: «وزارة الداخلية (الدولة غير محددة)».

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::arabic::lists::List;
use crate::arabic::{Folding, Span, fold, words};

use super::super::gazetteer::Gazetteer;
use super::super::local_body::is_local;
use super::super::vocabulary::BODIES_OF_EVERY_STATE;
use super::super::{EntityKind, Mention};

use super::seat::{is_said_behind, is_seat, name_by_seat};

/// A state, how what belongs to it is called (in both genders), and its well-known places; a second line with a state
/// gives other such adjectives.
const STATES: List<4> = List::new(
    include_str!("../../../assets/gazetteers/states.tsv"),
    ["state", "masculine", "feminine", "places"],
);

/// In words. A ministry with a longer name is unique: «وزارة الصحة ووقاية المجتمع». A guess.
const LONGEST_MINISTRY: usize = 3;

/// What stands behind the name of a body of which the article does not say whose it is …
const UNKNOWN_STATE: &str = "الدولة غير محددة";
/// … or where.
const UNKNOWN_PLACE: &str = "المكان غير محدد";

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
        name_by_seat(mentions, text, gazetteer);
        self.name_by_state(mentions, text, gazetteer);
        let keys: BTreeSet<String> = mentions
            .iter()
            .filter(is_organisation)
            .map(|it| it.name.key.clone())
            .collect();
        if !keys.iter().any(|it| self.is_bare(it) || is_local(gazetteer, it)) {
            return;
        }
        let counts = self.counts(mentions, text, lines);
        let state = state_of(&counts);
        // The name, and whose body it is where that was not said with it.
        let mut named: BTreeMap<&str, (String, Option<usize>)> = BTreeMap::new();
        for bare in keys.iter().filter(|it| self.is_bare(it) || is_local(gazetteer, it)) {
            let is_local = is_local(gazetteer, bare);
            let start = format!("{bare} ");
            let is_longer = |it: &&String| {
                let rest = it.strip_prefix(&start);
                rest.is_some_and(|rest| is_local && is_seat(rest) || self.of_adjective.contains_key(rest))
            };
            let after_it = keys.range(start.clone()..);
            let mut longer = after_it.take_while(|it| it.starts_with(&start)).filter(is_longer);
            let name = match (longer.next(), longer.next()) {
                (Some(only), None) => Some((only.clone(), None)),
                (Some(_), Some(_)) => None,
                (None, _) => state
                    .filter(|_| !is_local)
                    .map(|state| (self.full_name(bare, state, gazetteer), Some(state))),
            };
            named.extend(name.map(|name| (bare.as_str(), name)));
        }
        for it in mentions.iter_mut().filter(|it| it.kind == EntityKind::Organisation) {
            if let Some((key, state)) = named.get(it.name.key.as_str()) {
                it.name.key.clone_from(key);
                if let Some(state) = state {
                    it.name.form = format!("{} ({})", it.name.form, self.states[*state].name);
                }
            } else if keys.contains(&it.name.key)
                && is_local(gazetteer, &it.name.key)
                && !self.is_ministry(&it.name.key)
            {
                it.name.form = format!("{} ({UNKNOWN_PLACE})", it.name.form);
            } else if self.is_bare(&it.name.key) {
                it.name.form = format!("{} ({UNKNOWN_STATE})", it.name.form);
            }
        }
    }

    /// «وزارة الداخلية في العراق» is the Iraqi one.
    fn name_by_state(&self, mentions: &mut [Mention], text: &str, gazetteer: &Gazetteer) {
        for at in 1..mentions.len() {
            let (before, rest) = mentions.split_at_mut(at);
            let (Some(body), Some(place)) = (before.last_mut(), rest.first()) else {
                continue;
            };
            let is_ministry = body.kind == EntityKind::Organisation && self.is_ministry(&body.name.key);
            if !is_ministry || !is_said_behind(body, place, text) {
                continue;
            }
            if let Some(state) = self.state_named(&place.name.key) {
                body.name.key = self.full_name(&body.name.key, state, gazetteer);
                body.name.form = format!("{} ({})", body.name.form, self.states[state].name);
            }
        }
    }

    /// The state that a key of a place names itself, not by one of its places.
    pub fn state_named(&self, key: &str) -> Option<usize> {
        let state = *self.of_place.get(key)?;
        (fold(self.states[state].name, Folding::Name) == key).then_some(state)
    }

    /// The name of the state in which a place lies, by its key.
    pub fn state_around(&self, key: &str) -> Option<&'static str> {
        Some(self.states[*self.of_place.get(key)?].name)
    }

    /// The states that an article speaks of.
    pub fn spoken_of(&self, mentions: &[Mention], text: &str, lines: &[Span]) -> BTreeSet<&'static str> {
        let counts = self.counts(mentions, text, lines);
        counts.keys().map(|it| self.states[*it].name).collect()
    }

    /// Whether a name is that of a ministry that says no state.
    fn is_ministry(&self, key: &str) -> bool {
        let is_short = key.starts_with("وزاره ") && key.split(' ').count() <= LONGEST_MINISTRY;
        is_short && !key.split(' ').any(|word| self.of_adjective.contains_key(word))
    }

    /// Whether a name is that of a body which every state has, without saying whose it is.
    fn is_bare(&self, key: &str) -> bool {
        self.is_ministry(key) || BODIES_OF_EVERY_STATE.contains(key)
    }

    /// «منتخب إسبانيا» is «المنتخب الإسباني», «حكومة العراق» is «الحكومة العراقية».
    fn with_adjective(&self, key: &str, gazetteer: &Gazetteer) -> Option<String> {
        let (head, place) = key
            .split_once(' ')
            .filter(|(head, _)| ["منتخب", "حكومه"].contains(head))?;
        let place = gazetteer.key_of(EntityKind::Place, place)?;
        // «حكومة الشارقة» is that of a part.
        let state = self.state_named(place)?;
        Some(self.full_name(&format!("ال{head}"), state, gazetteer))
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
}

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
