//! The words that the model's rules and the resolver look for, read from `assets/lists` into sets once.
//!
//! Heads are in [`super::head`]. Not for what the model sees: that is in [`super::gazetteer::entries`].

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::arabic::clitic::CLITICS;
use crate::arabic::lists::List;
use crate::arabic::table::hash_of;

/// Folded words.
pub type Words = FxHashSet<&'static str>;

/// Folded words by [`hash_of`], as the tokens of an article have them.
pub type Hashes = FxHashSet<u64>;

const RULE_WORDS: List<2> = List::new(include_str!("../../assets/lists/rule_words.tsv"), ["word", "tells"]);
const ROLES: List<2> = List::new(include_str!("../../assets/lists/roles.tsv"), ["word", "part"]);
const FOREIGN_GIVEN_NAMES: List<1> = List::new(include_str!("../../assets/lists/foreign_given_names.tsv"), ["name"]);
const LATIN_LETTERS: List<1> = List::new(include_str!("../../assets/lists/latin_letters.tsv"), ["letter"]);
const COMPANY_TAILS: List<1> = List::new(include_str!("../../assets/lists/company_tails.tsv"), ["tail"]);
const STATE_BODIES: List<3> = List::new(
    include_str!("../../assets/lists/state_bodies.tsv"),
    ["body", "gender", "state"],
);
const PARTICULAR_BODIES_LIST: List<1> = List::new(include_str!("../../assets/lists/particular_bodies.tsv"), ["body"]);
const NAME_PARTICLES: List<3> = List::new(
    include_str!("../../assets/lists/name_particles.tsv"),
    ["particle", "spelling", "rules"],
);
const PARTICLES_LIKE_NAMES: List<1> = List::new(
    include_str!("../../assets/lists/particles_like_names.tsv"),
    ["particle"],
);
const COUNTRIES_LIKE_CITIES: List<1> = List::new(
    include_str!("../../assets/lists/countries_like_cities.tsv"),
    ["country"],
);

/// Words of sentences and headlines, which a line of keywords lacks.
pub static SENTENCE_WORDS: LazyLock<Hashes> = LazyLock::new(|| rule_words("sentence"));
/// Words that are part of no name, and end one that precedes them.
pub static ENDS: LazyLock<Hashes> = LazyLock::new(|| rule_words("end"));
/// «المعروفة» …
pub static KNOWN_AS: LazyLock<Hashes> = LazyLock::new(|| rule_words("known_as"));
/// … and what may stand between it and a short name.
pub static BETWEEN: LazyLock<Hashes> = LazyLock::new(|| rule_words("between"));
/// Words before God's name in blessings.
pub static BLESSINGS: LazyLock<Hashes> = LazyLock::new(|| rule_words("blessing"));
/// Parts of organisations.
pub static PARTS: LazyLock<Hashes> = LazyLock::new(|| rule_words("part"));
/// Bodies that belong to countries, although companies have them too.
pub static OF_COUNTRIES: LazyLock<Hashes> = LazyLock::new(|| rule_words("of_country"));

/// Prizes and competitions begin with these.
pub static CONTESTS: LazyLock<Hashes> = LazyLock::new(|| rule_words("contest"));
/// Fairs and festivals begin with these.
pub static EVENTS: LazyLock<Hashes> = LazyLock::new(|| rule_words("event"));
/// Adjectives of what is called after a place, which no place has: «الدولي».
pub static SCOPES: LazyLock<Hashes> = LazyLock::new(|| rule_words("scope"));
/// Offices begin with these: «القائد الأعلى للقوات المسلحة».
pub static OFFICIALS: LazyLock<Hashes> = LazyLock::new(|| rule_words("official"));
/// Ships: what stands behind one is its name, although a person has it, too.
pub static VESSELS: LazyLock<Hashes> = LazyLock::new(|| rule_words("vessel"));
/// Words behind which a lone name is a word of every day: «نصيب الأسد».
pub static IDIOMS: LazyLock<Hashes> = LazyLock::new(|| rule_words("idiom"));
/// Words with which foreign companies' names end, and no person's.
pub static COMPANIES: LazyLock<Hashes> = LazyLock::new(|| rule_words("company"));
/// What people do to the places that they come to or leave.
pub static ARRIVALS: LazyLock<Hashes> = LazyLock::new(|| rule_words("arrival"));
/// What is done to a new moon, «رؤية الهلال», or happens to it.
pub static SIGHTINGS: LazyLock<Hashes> = LazyLock::new(|| rule_words("sighting"));
/// Adjectives of dynasties.
pub static DYNASTIES: LazyLock<Hashes> = LazyLock::new(|| rule_words("dynasty"));

/// Titles as they stand without an article.
pub static TITLES: LazyLock<Hashes> = LazyLock::new(|| roles("title"));
/// Forms of address: «السيد».
pub static ADDRESSES: LazyLock<Hashes> = LazyLock::new(|| roles("address"));
/// Words for offices besides those that are triggers.
pub static OFFICES: LazyLock<Hashes> = LazyLock::new(|| roles("office"));
/// What sportsmen are.
pub static PLAYERS: LazyLock<Hashes> = LazyLock::new(|| roles("player"));
/// Triggers that are no offices: «من تأليف فلان».
pub static NO_OFFICES: LazyLock<Hashes> = LazyLock::new(|| roles("none"));
/// Indefinite words in the middle of roles.
pub static WITHIN_ROLES: LazyLock<Hashes> = LazyLock::new(|| roles("within"));
/// Indefinite words that can end roles: «مدير عام».
pub static ROLE_ENDINGS: LazyLock<Hashes> = LazyLock::new(|| roles("ending"));
/// What stands behind «ب» in roles: «بالنيابة».
pub static ACTING: LazyLock<Hashes> = LazyLock::new(|| roles("acting"));
/// «السابق» and the like.
pub static FORMER: LazyLock<Hashes> = LazyLock::new(|| roles("former"));
/// What ministers and the like are in charge of.
pub static DEPARTMENTS: LazyLock<Hashes> = LazyLock::new(|| roles("department"));

/// How the letters of Latin abbreviations are spelled.
pub static LETTERS: LazyLock<Hashes> = LazyLock::new(|| hashes(LATIN_LETTERS.words()));

/// Bodies of states, which are particular ones only with the adjective of a country: whether that is feminine.
pub static BODIES: LazyLock<FxHashMap<u64, bool>> = LazyLock::new(|| {
    let bodies = STATE_BODIES.rows().filter(|[_, gender, _]| *gender != "-");
    bodies
        .map(|[body, gender, _]| (hash_of(body), gender == "feminine"))
        .collect()
});
/// Bodies that are particular ones by their bare names: by the first word, the other words of each, the longest name first.
pub static PARTICULAR_BODIES: LazyLock<FxHashMap<u64, Vec<Vec<u64>>>> = LazyLock::new(|| {
    let mut bodies: FxHashMap<u64, Vec<Vec<u64>>> = FxHashMap::default();
    for body in PARTICULAR_BODIES_LIST.words() {
        let mut words = body.split(' ').map(hash_of);
        let first = words.next().unwrap_or_default();
        bodies.entry(first).or_default().push(words.collect());
    }
    bodies
        .values_mut()
        .for_each(|rests| rests.sort_by_key(|it| std::cmp::Reverse(it.len())));
    bodies
});
/// Bodies that every state has, besides its ministries.
pub static BODIES_OF_EVERY_STATE: LazyLock<Words> =
    LazyLock::new(|| ["every", "named", "seat"].into_iter().flat_map(bodies_of).collect());
/// Those of them of which every place has one.
pub static BODIES_OF_PLACES: LazyLock<Words> = LazyLock::new(|| bodies_of("seat"));
/// Those of them that name nobody where nothing says whose they are.
pub static NAMED_BODIES: LazyLock<Words> = LazyLock::new(|| bodies_of("named"));
/// Bodies that only their full name identifies.
pub static LOCAL_BODIES: LazyLock<Words> = LazyLock::new(|| bodies_of("local"));

/// With what local bodies begin that no list has: «دائرة».
pub static LOCAL_HEADS: LazyLock<Words> = LazyLock::new(|| bodies_of("head"));

/// What belongs to the part of a name after it: «دي ميستورا» is also written «ديميستورا».
pub static PARTICLES: LazyLock<Words> = LazyLock::new(|| particles(|spelling, _| spelling != "-"));
/// Those of Arab names: what stands after them is Arab.
pub static ARAB_PARTICLES: LazyLock<Words> = LazyLock::new(|| particles(|spelling, _| spelling == "arab"));
/// «بن» and the like.
pub static SONS: LazyLock<Hashes> = LazyLock::new(|| hashes(particles(|_, rules| rules == "son")));
/// Particles that need the word behind them, besides «بن»: «أبي», «عبد».
pub static KUNYAS: LazyLock<Hashes> =
    LazyLock::new(|| hashes(particles(|spelling, rules| spelling == "arab" && rules == "-")));
/// «آل»: families and tribes.
pub static FAMILIES: LazyLock<Hashes> = LazyLock::new(|| hashes(particles(|_, rules| rules == "family")));
/// Particles that are family names once they are folded, as they are written.
pub static LIKE_NAMES: LazyLock<Words> = LazyLock::new(|| PARTICLES_LIKE_NAMES.words().collect());

/// Given names of other countries than the Arab ones.
pub static FOREIGN_GIVEN: LazyLock<Hashes> = LazyLock::new(|| hashes(foreign_given_names()));

/// The given names of other countries than the Arab ones, folded.
pub fn foreign_given_names() -> impl Iterator<Item = &'static str> {
    FOREIGN_GIVEN_NAMES.words()
}

/// Words at the end of a company's name that say only that it is a company.
pub static TAILS: LazyLock<Words> = LazyLock::new(|| COMPANY_TAILS.words().collect());
/// Countries that share their capital's name.
pub static LIKE_CITIES: LazyLock<Words> = LazyLock::new(|| COUNTRIES_LIKE_CITIES.words().collect());

/// Clitics that stand apart before a quoted name.
pub static APART: LazyLock<Hashes> = LazyLock::new(|| hashes(CLITICS.apart.iter().copied()));

/// Words by their hashes.
pub fn hashes(words: impl IntoIterator<Item = &'static str>) -> Hashes {
    words.into_iter().map(hash_of).collect()
}

fn rule_words(tells: &str) -> Hashes {
    hashes(RULE_WORDS.rows().filter(|row| row[1] == tells).map(|row| row[0]))
}

fn roles(part: &str) -> Hashes {
    hashes(ROLES.rows().filter(|row| row[1] == part).map(|row| row[0]))
}

fn bodies_of(state: &str) -> Words {
    STATE_BODIES
        .rows()
        .filter(|row| row[2] == state)
        .map(|row| row[0])
        .collect()
}

fn particles(is_one: fn(&str, &str) -> bool) -> Words {
    let those = NAME_PARTICLES
        .rows()
        .filter(|[_, spelling, rules]| is_one(spelling, rules));
    those.map(|[particle, ..]| particle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_set_is_empty() {
        let hashed: [&Hashes; 31] = [
            &SENTENCE_WORDS,
            &ENDS,
            &KNOWN_AS,
            &BETWEEN,
            &BLESSINGS,
            &PARTS,
            &OF_COUNTRIES,
            &CONTESTS,
            &OFFICIALS,
            &IDIOMS,
            &VESSELS,
            &COMPANIES,
            &ARRIVALS,
            &SIGHTINGS,
            &KUNYAS,
            &FOREIGN_GIVEN,
            &DYNASTIES,
            &TITLES,
            &ADDRESSES,
            &OFFICES,
            &PLAYERS,
            &NO_OFFICES,
            &WITHIN_ROLES,
            &ROLE_ENDINGS,
            &ACTING,
            &FORMER,
            &DEPARTMENTS,
            &LETTERS,
            &SONS,
            &FAMILIES,
            &APART,
        ];
        assert!(hashed.iter().all(|it| !it.is_empty()));
        let words: [&Words; 10] = [
            &BODIES_OF_PLACES,
            &LOCAL_HEADS,
            &BODIES_OF_EVERY_STATE,
            &NAMED_BODIES,
            &LOCAL_BODIES,
            &PARTICLES,
            &ARAB_PARTICLES,
            &LIKE_NAMES,
            &TAILS,
            &LIKE_CITIES,
        ];
        assert!(words.iter().all(|it| !it.is_empty()));
        assert!(!PARTICULAR_BODIES.is_empty());
        assert!(BODIES.values().any(|it| *it) && BODIES.values().any(|it| !*it));
    }
}
