//! Bodies that every state has: which one a bare «وزارة الداخلية» is.
//!
//! Across an archive it is as many ministries as countries. It is the one of which the article gives the full name,
//! «وزارة الداخلية العراقية»; else the one of the country that the article speaks of, if that is beyond doubt. Otherwise
//! the article names no particular one, and nothing is found: a count of «وزارة الداخلية» would be nobody's.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::arabic::{Folding, fold};

use super::super::gazetteer::Gazetteer;
use super::super::{EntityKind, Mention};

/// A country, how what belongs to it is called (in both genders), and its well-known places; a second line with a
/// country gives other such adjectives.
const STATES: &str = include_str!("../../../assets/gazetteers/states.tsv");

/// Bodies that every state has, folded, besides its ministries.
const BODIES: &str = "الحكومه|الجيش|البرلمان|الشرطه|النيابه العامه|النيابه العموميه|البنك المركزي|المصرف المركزي|مجلس النواب|\
                      مجلس الوزرا|مجلس الشعب|مجلس الشوري|مجلس الامه|مجلس الشيوخ|مجلس القضا|مجلس القضا الاعلي|المجلس الاعلي|\
                      المحكمه العليا|المحكمه الدستوريه|محكمه الاستيناف|المحكمه الابتداييه|الدفاع المدني|الحرس الوطني|الحرس الجمهوري|\
                      هييه كبار العلما|هييه تنظيم الاتصالات|حكومه الوحده الوطنيه|ديوان المحاسبه|الديوان الملكي";

/// Bodies of which a state has several, one for each of its parts: only the full name tells which.
const LOCAL_BODIES: &str = "هييه الصحه|المجلس التنفيذي|المجلس البلدي|الدايره الاقتصاديه|دايره التنميه الاقتصاديه|غرفه التجاره|\
                            غرفه التجاره والصناعه|القياده العامه";

/// Of a ministry with a longer name there are not many: «وزارة الصحة ووقاية المجتمع».
const LONGEST_MINISTRY: usize = 3;

/// What is known of states.
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
        for line in STATES.lines() {
            let fields: Vec<&'static str> = line.split('\t').skip(1).collect();
            let [name, masculine, feminine, places @ ..] = &fields[..] else {
                continue;
            };
            let adjectives = [masculine, feminine].map(|it| fold(it, Folding::Name));
            let state = *number.entry(name).or_insert(it.states.len());
            it.of_adjective.extend(adjectives.iter().map(|it| (it.clone(), state)));
            if state == it.states.len() {
                it.states.push(State { name, adjectives });
            }
            for place in std::iter::once(name).chain(places) {
                let folded = fold(place, Folding::Name);
                let key = gazetteer.key_of(EntityKind::Place, &folded).unwrap_or(&folded);
                it.of_place.insert(key.to_owned(), state);
            }
        }
        it
    }

    /// Gives bare names of bodies of states the name of the one that the article means, and leaves out those of which it
    /// does not tell which they are. `text` is the article's.
    pub fn name_bodies(&self, mentions: &mut Vec<Mention>, text: &str, gazetteer: &Gazetteer) {
        let is_organisation = |it: &&Mention| it.kind == EntityKind::Organisation;
        let keys: BTreeSet<String> = mentions
            .iter()
            .filter(is_organisation)
            .map(|it| it.name.key.clone())
            .collect();
        if !keys.iter().any(|it| self.is_bare(it) || is_local(it)) {
            return;
        }
        let state = self.state_of(mentions, text);
        // The new name, and whose body it is where that was not said with it.
        let mut named: BTreeMap<&str, Option<(String, Option<usize>)>> = BTreeMap::new();
        for bare in keys.iter().filter(|it| self.is_bare(it) || is_local(it)) {
            let is_longer = |it: &&String| it.strip_prefix(bare.as_str()).is_some_and(|rest| rest.starts_with(' '));
            let mut longer = keys.iter().filter(is_longer);
            let name = match (longer.next(), longer.next()) {
                (Some(only), None) => Some((only.clone(), None)),
                (Some(_), Some(_)) => None,
                (None, _) => state
                    .filter(|_| !is_local(bare))
                    .map(|state| (self.full_name(bare, state, gazetteer), Some(state))),
            };
            named.insert(bare, name);
        }
        mentions.retain_mut(|it| {
            let Some(name) = named
                .get(it.name.key.as_str())
                .filter(|_| it.kind == EntityKind::Organisation)
            else {
                return true;
            };
            let Some((key, state)) = name else { return false };
            it.name.key.clone_from(key);
            if let Some(state) = state {
                it.name.form = format!("{} ({})", it.name.form, self.states[*state].name);
            }
            true
        });
    }

    /// Whether a name is that of a body which every state has, without saying whose it is.
    fn is_bare(&self, key: &str) -> bool {
        let n_words = key.split(' ').count();
        let is_ministry = key.starts_with("وزاره ") && n_words <= LONGEST_MINISTRY;
        let is_qualified = || key.split(' ').any(|word| self.of_adjective.contains_key(word));
        is_ministry && !is_qualified() || BODIES.split('|').any(|it| it == key)
    }

    /// «وزارة الداخلية» of a state: «وزارة الداخلية العراقية», as it is usually called.
    fn full_name(&self, bare: &str, state: usize, gazetteer: &Gazetteer) -> String {
        let head = bare.split(' ').next().unwrap_or_default();
        let adjective = &self.states[state].adjectives[usize::from(head.ends_with('ه'))];
        let name = format!("{bare} {adjective}");
        let usual = gazetteer.key_of(EntityKind::Organisation, &name);
        usual.map_or_else(|| name.clone(), str::to_owned)
    }

    /// The state that an article speaks of, by its places, the adjectives in names of organisations and in offices: the
    /// only one, or by far the most frequent of several.
    fn state_of(&self, mentions: &[Mention], text: &str) -> Option<usize> {
        const ENOUGH: usize = 4;
        const SHARE: f64 = 0.8;
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for it in mentions {
            let place = (it.kind == EntityKind::Place).then(|| self.of_place.get(&it.name.key));
            let said = match it.kind {
                EntityKind::Place => String::new(),
                EntityKind::Organisation => it.name.key.clone(),
                EntityKind::Person => fold(&it.role_text(text).unwrap_or_default(), Folding::Name),
            };
            let adjectives = said.split(' ').filter_map(|word| self.of_adjective.get(word));
            for state in place.flatten().into_iter().chain(adjectives) {
                *counts.entry(*state).or_default() += 1;
            }
        }
        let total: usize = counts.values().sum();
        let (state, most) = counts.iter().max_by_key(|(_, n)| **n)?;
        let is_by_far = ENOUGH <= *most && SHARE * total as f64 <= *most as f64;
        (counts.len() == 1 || is_by_far).then_some(*state)
    }
}

fn is_local(key: &str) -> bool {
    LOCAL_BODIES.split('|').any(|it| it == key)
}
