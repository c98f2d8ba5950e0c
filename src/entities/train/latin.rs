//! Learns how Arabic names are spelled in Latin letters: what each letter stands for, by its neighbours.
//!
//! From pairs of whole words, by expectation–maximisation: each step counts, over all alignments of each pair by their
//! probability, how often a letter stands for each piece of Latin, and takes these counts as the next probabilities
//! (many-to-many alignment after Jiampojamarn, Kondrak and Sherif 2007, with one Arabic letter on its side: its neighbours
//! are conditions instead).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::super::latin::{
    BORDER, Context, Counts, LatinData, LatinRow, MOST_LATIN, Piece, aligned, arabic_number, arabic_numbers,
};
use crate::arabic::{Folding, fold};

/// The number of steps; the likelihood hardly rises after them.
const N_STEPS: usize = 7;
/// Pieces of several letters that occur less often in all spellings are not considered.
const LEAST_OCCURRENCES: u32 = 8;
/// Pairs below this log-likelihood for each letter are no spellings of each other («محمد», "Abd") and left out, after the
/// first steps. Chosen by eye.
const LEAST_LIKELIHOOD: f64 = -2.0;
/// Smaller counts are not stored.
const LEAST_COUNT: f32 = 0.5;
/// A pair counts by the logarithm of the number of people, to at most this.
const MOST_WEIGHT: f64 = 4.0;
/// The weight of a spelling that follows from the German habit only, which the lists lack. A guess.
const WEIGHT_OF_GERMAN: f64 = 0.3;
/// How many observations the probabilities of a letter are worth beside those by the classes of its neighbours. As in the
/// model.
const WORTH_OF_LETTER: f64 = 20.0;

/// Why lists cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the list of {list} is not as its head says")]
pub struct LatinListError {
    /// "units" or "pairs".
    pub list: &'static str,
    /// From 1.
    pub line: usize,
}

/// Countries where names are spelled in the French way.
const FRENCH: &[&str] = &["DZ", "MA", "TN", "MR", "LB", "KM", "DJ"];
/// The other Arab countries.
const ARAB: &[&str] = &[
    "EG", "IQ", "SA", "SY", "PS", "JO", "YE", "AE", "KW", "SD", "LY", "BH", "QA", "SO", "OM",
];

/// A line of the list of units.
pub struct Unit<'a> {
    /// Part of a person's name.
    pub arabic: &'a str,
    /// One of its spellings.
    pub latin: &'a str,
    /// How many people spell it so.
    pub count: u32,
    /// `given`, `surname` or another word.
    pub role: &'a str,
    /// Codes of countries, with commas.
    pub countries: &'a str,
}

/// The units of a list: lines of Arabic, Latin, count, role, countries, with a head.
pub fn units(list: &str) -> impl Iterator<Item = Result<Unit<'_>, LatinListError>> {
    (1..).zip(list.lines()).skip(1).map(|(line, text)| {
        let error = LatinListError { list: "units", line };
        let fields: Vec<&str> = text.split('\t').collect();
        let [arabic, latin, count, role, countries] = fields[..] else {
            return Err(error);
        };
        Ok(Unit {
            arabic,
            latin,
            count: count.parse().map_err(|_| error)?,
            role,
            countries,
        })
    })
}

/// Reads the lists of spellings: `list` has lines of Arabic, Latin, count, role, countries, and `pairs` of Latin, Arabic; both
/// have a head. The rows are sorted, each once.
pub fn latin_rows(list: &str, pairs: &str) -> Result<Vec<LatinRow>, LatinListError> {
    let mut rows: BTreeMap<(String, String), (u32, String, f32)> = BTreeMap::new();
    let mut add = |arabic: &str, latin: &str, count: u32, flags: String, arab_share: f32| {
        let arabic = fold(arabic, Folding::Name);
        let is_plain = arabic.chars().all(|c| c == ' ' || arabic_number(c).is_some());
        if is_plain && !arabic.is_empty() && !latin.contains(|c: char| c == '|' || c.is_ascii_digit()) {
            let row = rows.entry((arabic, latin.to_owned())).or_default();
            row.0 += count;
            row.2 += count as f32 * arab_share;
            for flag in flags.chars() {
                if !row.1.contains(flag) {
                    row.1.push(flag);
                }
            }
        }
    };
    for unit in units(list) {
        let unit = unit?;
        let mut flags = String::new();
        match unit.role {
            "given" => flags.push('g'),
            "surname" => flags.push('s'),
            _ => {}
        }
        let has = |known: &[&str]| unit.countries.split(',').any(|it| known.contains(&it));
        match (has(FRENCH), has(ARAB)) {
            (false, false) => flags.push('o'),
            (french, arab) => {
                flags.extend(french.then_some('f'));
                flags.extend(arab.then_some('a'));
            }
        }
        add(unit.arabic, unit.latin, unit.count, flags, arab_share(unit.countries));
    }
    for (number, line) in (1..).zip(pairs.lines()).skip(1) {
        let (latin, arabic) = line.split_once('\t').ok_or(LatinListError {
            list: "pairs",
            line: number,
        })?;
        add(arabic, latin, 1, "p".to_owned(), 1.0);
    }
    let rows = rows.into_iter().map(|((arabic, latin), (count, mut flags, n_arab))| {
        let is_mostly_elsewhere = 2.0 * n_arab < count as f32;
        flags.extend((is_mostly_elsewhere && flags.contains(['a', 'f'])).then_some('n'));
        LatinRow {
            arabic,
            latin,
            count,
            flags,
        }
    });
    Ok(rows.collect())
}

/// Which share of the people in some countries, of which the list names up to four in falling order of their people, are in
/// Arab ones: a guess, each with half, a third, a quarter of the people in the first.
fn arab_share(countries: &str) -> f32 {
    let (mut n_arab, mut n_all) = (0.0, 0.0);
    for (rank, country) in (1_u8..).zip(countries.split(',')) {
        let n = 1.0 / f32::from(rank);
        n_all += n;
        if FRENCH.contains(&country) || ARAB.contains(&country) {
            n_arab += n;
        }
    }
    n_arab / n_all
}

/// The lists with what is learnt of them; `report` is called with each step. The same rows give the same data.
pub fn learn_latin(rows: &[LatinRow], report: &mut dyn FnMut(&str)) -> LatinData {
    let pairs = pairs(rows);
    report(&format!("{} pairs", pairs.len()));
    let mut learner = Learner::new(&pairs);
    for step in 0..N_STEPS {
        let (likelihood, n_left_out) = learner.step(&pairs, step);
        report(&format!(
            "step {}: {likelihood:.4} for each letter, {n_left_out} left out",
            step + 1
        ));
    }
    LatinData {
        rows: rows.to_vec(),
        counts: learner.counts,
    }
}

/// A Latin spelling as it is usual in German, from one that is usual in English or French: "sch" for "sh" and "ch", "dsch"
/// for "j", "ch" for "kh", "j" for "y", "u" for "ou". The habits of the German press; the lists have none.
pub fn german(latin: &str) -> String {
    const HABITS: &[(&str, &str)] = &[
        ("sch", "sch"),
        ("sh", "sch"),
        ("ch", "sch"),
        ("kh", "ch"),
        ("dj", "dsch"),
        ("j", "dsch"),
        ("you", "ju"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ya", "ja"),
        ("ye", "je"),
        ("yo", "jo"),
        ("yu", "ju"),
    ];
    let mut german = String::new();
    let mut rest = latin;
    while let Some(c) = rest.chars().next() {
        let habit = HABITS
            .iter()
            .find_map(|(from, to)| Some((rest.strip_prefix(from)?, *to)));
        match habit {
            Some((behind, to)) => {
                german.push_str(to);
                rest = behind;
            }
            None => {
                german.push(c);
                rest = rest.strip_prefix(c).unwrap_or_default();
            }
        }
    }
    german
}

/// Two words that spell each other.
struct Pair {
    arabic: Vec<u8>,
    latin: Vec<u8>,
    weight: f64,
}

fn pairs(rows: &[LatinRow]) -> Vec<Pair> {
    let mut weights: BTreeMap<(String, String), (u32, f64)> = BTreeMap::new();
    for row in rows {
        for it in aligned(row) {
            let german = german(&it.latin);
            if german != it.latin && !row.is('o') {
                weights.entry((it.arabic.clone(), german)).or_default().1 = WEIGHT_OF_GERMAN;
            }
            weights.entry((it.arabic, it.latin)).or_default().0 += row.count;
        }
    }
    let pairs = weights.into_iter().map(|((arabic, latin), (count, least))| Pair {
        arabic: arabic_numbers(&arabic),
        latin: latin.into_bytes(),
        weight: match count {
            0 => least,
            _ => (1.0 + f64::from(count).ln()).min(MOST_WEIGHT),
        },
    });
    pairs.collect()
}

const N_LETTERS: usize = BORDER as usize;
const N_CLASSES: usize = 3;

/// The consonants, without doubling, that each letter is taken to stand for at first; a hyphen is for none. EM corrects
/// what is wrong; without a start it learns what is no spelling.
const START: [&str; N_LETTERS] = [
    "-",
    "b p v",
    "t",
    "th t s",
    "j g dj dg dsch c ch",
    "h",
    "kh ch h k x",
    "d",
    "dh d z th",
    "r",
    "z s",
    "s c z ts",
    "sh ch sch s",
    "s c",
    "d dh z th",
    "t th",
    "z dh th d",
    "-",
    "gh g rh r",
    "f v ph",
    "q k g gh c",
    "k c ck q g ch",
    "l",
    "m",
    "n",
    "h -",
    "w v -",
    "y j -",
];

/// The probabilities of the last step.
struct Learner {
    pieces: Vec<Piece>,
    /// The place of each piece.
    places: FxHashMap<Piece, usize>,
    /// By letter, classes of neighbours and piece.
    probabilities: Vec<f64>,
    /// What the last step counted.
    counts: Counts,
}

impl Learner {
    fn new(pairs: &[Pair]) -> Self {
        let mut occurrences: BTreeMap<Piece, u32> = BTreeMap::from([(Piece::default(), LEAST_OCCURRENCES)]);
        for pair in pairs {
            for start in 0..pair.latin.len() {
                for end in start + 1..=pair.latin.len().min(start + MOST_LATIN) {
                    if let Some(piece) = Piece::new(&pair.latin[start..end]) {
                        *occurrences.entry(piece).or_default() += 1;
                    }
                }
            }
        }
        occurrences.retain(|piece, n| LEAST_OCCURRENCES <= *n || piece.len() == 1);
        let pieces: Vec<Piece> = occurrences.into_keys().collect();
        let places = pieces.iter().enumerate().map(|(at, piece)| (*piece, at)).collect();
        let mut probabilities = Vec::new();
        for start in START {
            let of_letter: Vec<f64> = pieces.iter().map(|it| start_value(start, *it)).collect();
            let sum: f64 = of_letter.iter().sum();
            for _ in 0..N_CLASSES * N_CLASSES {
                probabilities.extend(of_letter.iter().map(|it| it / sum));
            }
        }
        Self {
            pieces,
            places,
            probabilities,
            counts: Counts::new(),
        }
    }

    /// One step; returns the log-likelihood for each letter of the pairs that count, and the number of the others.
    fn step(&mut self, pairs: &[Pair], step: usize) -> (f64, usize) {
        let n_pieces = self.pieces.len();
        let mut counts = vec![0.0_f64; self.probabilities.len()];
        let is_last = step + 1 == N_STEPS;
        let mut wide = Counts::new();
        let (mut likelihood, mut n_letters, mut n_left_out) = (0.0, 0, 0);
        for pair in pairs {
            let lattice = Lattice::new(self, pair);
            let n = pair.arabic.len() + pair.latin.len();
            let total = lattice.total().ln();
            let is_bad = 2 < step && total / (n as f64) < LEAST_LIKELIHOOD;
            if !total.is_finite() || is_bad {
                n_left_out += 1;
                continue;
            }
            likelihood += total;
            n_letters += n;
            lattice.for_each(self, &mut |context, place, share| {
                let share = share * pair.weight;
                counts[narrow_idx(context) * n_pieces + place] += share;
                if is_last {
                    let pieces = wide.entry(context).or_default();
                    *pieces.entry(self.pieces[place]).or_default() += share as f32;
                }
            });
        }
        wide.values_mut()
            .for_each(|it| it.retain(|_, count| LEAST_COUNT <= *count));
        wide.retain(|_, it| !it.is_empty());
        self.counts = wide;
        self.estimate(&counts);
        (likelihood / f64::from(n_letters.max(1) as u32), n_left_out)
    }

    /// The probabilities by counts.
    fn estimate(&mut self, counts: &[f64]) {
        let n_pieces = self.pieces.len();
        let n_contexts = N_CLASSES * N_CLASSES;
        for letter in 0..N_LETTERS {
            let start = letter * n_contexts * n_pieces;
            let mut of_letter = vec![0.0; n_pieces];
            for (at, count) in counts[start..start + n_contexts * n_pieces].iter().enumerate() {
                of_letter[at % n_pieces] += count;
            }
            let sum: f64 = of_letter.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            for context in 0..n_contexts {
                let start = start + context * n_pieces;
                let total: f64 = counts[start..start + n_pieces].iter().sum();
                for place in 0..n_pieces {
                    let of_letter = of_letter[place] / sum;
                    self.probabilities[start + place] =
                        (counts[start + place] + WORTH_OF_LETTER * of_letter) / (total + WORTH_OF_LETTER);
                }
            }
        }
    }
}

/// How likely a letter stands for a piece before anything is learnt.
fn start_value(start: &str, piece: Piece) -> f64 {
    let text = piece.text();
    let mut consonants = String::new();
    for c in text.chars().filter(|c| !"aeiou".contains(*c)) {
        if !consonants.ends_with(c) {
            consonants.push(c);
        }
    }
    let consonants = if consonants.is_empty() { "-" } else { &consonants };
    let is_expected = start.split(' ').any(|it| it == consonants);
    let of_length = [0.3, 1.0, 0.5, 0.2, 0.1][piece.len().min(MOST_LATIN)] / 5_f64.powi(piece.len() as i32);
    of_length * if is_expected { 1.0 } else { 1e-3 } + 1e-9
}

fn class(number: u8) -> usize {
    match number {
        BORDER => 0,
        it if matches!(super::super::latin::arabic_letter(it), 'ا' | 'و' | 'ي') => 1,
        _ => 2,
    }
}

fn narrow_idx(context: Context) -> usize {
    (usize::from(context[1]) * N_CLASSES + class(context[0])) * N_CLASSES + class(context[2])
}

/// All alignments of a pair.
struct Lattice {
    contexts: Vec<Context>,
    /// For each start in the Latin word, the place of the piece of each length; `None` if it is not considered.
    places: Vec<Vec<Option<usize>>>,
    /// The probability of what is before each pair of places, and of what is behind it.
    before: Vec<f64>,
    behind: Vec<f64>,
    width: usize,
}

impl Lattice {
    fn new(learner: &Learner, pair: &Pair) -> Self {
        let (n_arabic, n_latin) = (pair.arabic.len(), pair.latin.len());
        let width = n_latin + 1;
        let letter = |at: Option<usize>| at.and_then(|it| pair.arabic.get(it)).copied().unwrap_or(BORDER);
        let contexts = (0..n_arabic).map(|at| [letter(at.checked_sub(1)), letter(Some(at)), letter(Some(at + 1))]);
        let places_from = |start: usize| {
            let ends = start..=n_latin.min(start + MOST_LATIN);
            let pieces = ends.map(|end| Piece::new(&pair.latin[start..end]));
            pieces.map(|it| learner.places.get(&it?).copied()).collect()
        };
        let mut it = Self {
            contexts: contexts.collect(),
            places: (0..=n_latin).map(places_from).collect(),
            before: vec![0.0; (n_arabic + 1) * width],
            behind: vec![0.0; (n_arabic + 1) * width],
            width,
        };
        it.before[0] = 1.0;
        it.behind[n_arabic * width + n_latin] = 1.0;
        for at in 0..n_arabic {
            it.arcs(learner, at, |it, from, to, value| {
                it.before[to] += it.before[from] * value;
            });
        }
        for at in (0..n_arabic).rev() {
            it.arcs(learner, at, |it, from, to, value| {
                it.behind[from] += it.behind[to] * value;
            });
        }
        it
    }

    fn arcs(&mut self, learner: &Learner, at: usize, mut each: impl FnMut(&mut Self, usize, usize, f64)) {
        let of_context = narrow_idx(self.contexts[at]) * learner.pieces.len();
        for start in 0..self.width {
            for length in 0..self.places[start].len() {
                if let Some(place) = self.places[start][length] {
                    let (from, to) = (at * self.width + start, (at + 1) * self.width + start + length);
                    each(self, from, to, learner.probabilities[of_context + place]);
                }
            }
        }
    }

    /// The probability of the Latin word.
    fn total(&self) -> f64 {
        self.behind.first().copied().unwrap_or(0.0)
    }

    /// Calls `each` with every context and the place of a piece, and how probable it is that these belong together.
    fn for_each(&self, learner: &Learner, each: &mut dyn FnMut(Context, usize, f64)) {
        /// Smaller shares only cost time.
        const LEAST: f64 = 1e-4;
        for (at, &context) in self.contexts.iter().enumerate() {
            let of_context = narrow_idx(context) * learner.pieces.len();
            for (start, places) in self.places.iter().enumerate() {
                let before = self.before[at * self.width + start];
                if before == 0.0 {
                    continue;
                }
                for (length, place) in places.iter().enumerate() {
                    let Some(place) = *place else { continue };
                    let behind = self.behind[(at + 1) * self.width + start + length];
                    let share = before * learner.probabilities[of_context + place] * behind / self.total();
                    if LEAST < share {
                        each(context, place, share);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_learnt_from_whole_words() {
        let mut units = "arabic_key\tlatin\tcount\trole\tcountries\n".to_owned();
        for (arabic, latin) in [
            ("شادي", "adi"),
            ("شامي", "ami"),
            ("شاني", "ani"),
            ("شافي", "afi"),
            ("شاري", "ari"),
            ("شالي", "ali"),
            ("شابي", "abi"),
            ("شاسي", "asi"),
        ] {
            units += &format!("{arabic}\tCh{latin}\t3\tgiven\tTN\n{arabic}\tSh{latin}\t9\tgiven\tEG\n");
        }
        let rows = latin_rows(&units, "latin\tarabic\nkarim\tكريم\n").unwrap();
        assert_eq!(rows.len(), 17);
        assert!(rows[0].is('f') && !rows[0].is('a') && rows[0].is('g'), "{rows:?}");
        let data = learn_latin(&rows, &mut |_| {});
        let sheen = arabic_number('ش').unwrap();
        let mut pieces: BTreeMap<String, f32> = BTreeMap::new();
        for (_, counts) in data.counts.iter().filter(|it| it.0[1] == sheen) {
            for (piece, count) in counts {
                *pieces.entry(piece.text()).or_default() += count;
            }
        }
        let of = |start: &str| -> f32 { pieces.iter().filter(|it| it.0.starts_with(start)).map(|it| it.1).sum() };
        assert!(of("ch") < of("sh") && 1.0 < of("ch") && of("k") == 0.0, "{pieces:?}");
        assert_eq!(latin_rows("head\nشاكر\tChaker\n", "").unwrap_err().line, 2);
    }

    #[test]
    fn the_german_habit_is_applied() {
        for (latin, expected) in [
            ("khashoggi", "chaschoggi"),
            ("chaker", "schaker"),
            ("jamal", "dschamal"),
            ("youssef", "jussef"),
        ] {
            assert_eq!(german(latin), expected);
        }
    }
}
