//! How strongly each difference between two spellings suggests one name or two.
//!
//! Learned by `.ci/spelling_weights` from names whose Latin spelling is the same, against thousands of others whose Latin
//! spellings have nothing in common; see `assets/lists/spelling_weights.tsv`.

use std::collections::HashMap;

use crate::arabic::lists::List;

const TABLE: List<2> = List::new(
    include_str!("../../../assets/lists/spelling_weights.tsv"),
    ["operation", "log_odds"],
);

/// More differences than this in one part make it another name. A guess; it also keeps the table of alignments small.
const MOST_OPERATIONS: usize = 4;

/// Letters beyond this many make two spellings no surer. The bound of what was learned from.
const MOST_LETTERS: usize = 9;

/// What an operation in the table does, by the first part of its name; the letters stand after it.
///
/// The letter of an insertion is one that the other spelling lacks; those of a swap stand for each other.
const VOWEL_INSERTIONS: [&str; 7] = ["v0", "v1", "va", "vf", "vp", "vm", "vF"];
const VOWEL_SWAPS: [&str; 4] = ["sV0", "sVm", "sVp", "sVF"];
const INSERTIONS: [&str; 3] = ["ci0", "ci", "ciF"];

/// Where a vowel letter is inserted, as an index into [`VOWEL_INSERTIONS`].
mod vowel {
    pub const FIRST: usize = 0;
    pub const SECOND: usize = 1;
    /// Beside another vowel letter: «تايلور», «تيلور».
    pub const BESIDE_VOWEL: usize = 2;
    /// Before a last letter that is a vowel letter too: «ساكاي», «ساكي».
    pub const BEFORE_FINAL_VOWEL: usize = 3;
    /// Before a last consonant: «ويلسون», «ويلسن».
    pub const PENULTIMATE: usize = 4;
    pub const MEDIAL: usize = 5;
    pub const LAST: usize = 6;
}

/// The learned log-odds.
pub struct SpellingWeights {
    intercept: f32,
    /// For each letter of the longer part, up to [`MOST_LETTERS`].
    len_max: f32,
    /// For each consonant of the part with fewer, up to seven.
    cons_min: f32,
    /// If the part with fewer consonants has only two.
    two_consonants: f32,
    /// If a part has a letter that rarely spells a foreign sound: Arab names differ by one letter.
    emphatic: f32,
    /// For each of the [`LOOKS`] that the parts have.
    looks: [f32; LOOKS.len()],
    /// For the square of the number of differences.
    nops_sq: f32,
    /// For the number of differences over that of consonants.
    pub nops_per_cons: f32,
    substitution: f32,
    /// For the article where the other spelling has none.
    pub article: f32,
    /// «ش» for «تش».
    tsh: f32,
    /// «ز», «س», «ج» for «تز», «تس», «دج».
    affricate: f32,
    doubled: f32,
    final_h: f32,
    /// «هوارد» is not «وارد».
    initial_h: f32,
    medial_h: f32,
    h_after_vowel: f32,
    ain: f32,
    final_a_h: f32,
    /// A vowel letter and its neighbour, or two others, in each other's place.
    transposed_vowel: f32,
    transposed: f32,
    /// By place and letter; see [`VOWEL_INSERTIONS`].
    vowel_insertions: [[f32; N_LETTERS]; 7],
    /// By place and both letters; see [`VOWEL_SWAPS`].
    vowel_swaps: [Vec<f32>; 4],
    /// Of consonants, by place and letter: the first, a medial, the last.
    insertions: [[f32; N_LETTERS]; 3],
    /// By both letters; NaN where nothing was learned.
    swaps: Vec<f32>,
}

/// The number of letter classes: the Arabic letters from U+0621 to U+064A, and one for all others.
const N_LETTERS: usize = 43;

fn letter_number(c: char) -> usize {
    (c as usize)
        .checked_sub(0x621)
        .filter(|it| *it < N_LETTERS - 1)
        .unwrap_or(N_LETTERS - 1)
}

/// Whether a letter spells a foreign vowel, which may be left out.
pub fn is_vowel(c: char) -> bool {
    matches!(c, 'ا' | 'و' | 'ي')
}

/// Two parts, and whether they have a look.
type Look = fn(&[char], &[char]) -> bool;

/// What Arab and Persian names look like, in which a letter more or another one makes another name. Most of them are in no
/// list.
const LOOKS: [(&str, Look); 4] = [
    // In foreign names it is rare.
    ("qaf", |a, b| a.contains(&'ق') || b.contains(&'ق')),
    // «شاهواني» is not «شاهوني».
    ("nisba", |a, b| is_nisba(a) || is_nisba(b)),
    // «بوغابة» is not «بوقابة»: a family of the Maghreb.
    ("bu", |a, b| {
        [a, b].iter().all(|it| it.starts_with(&['ب', 'و']) && 5 <= it.len())
    }),
    // Folded «ة».
    ("ta", |a, b| [a, b].iter().all(|it| it.ends_with(&['ه']))),
];

/// Whether neither of two parts looks Arab or Persian. With «بو» many foreign names begin, too: «بوغدانوف».
pub fn look_foreign(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|it| it.chars().collect::<Vec<char>>());
    let has_look = LOOKS.iter().any(|(name, has_look)| *name != "bu" && has_look(&a, &b));
    !has_look && !a.iter().chain(&b).any(|c| is_emphatic(*c))
}

/// Whether a part ends as «الكيلاني» does, which says where somebody is from.
fn is_nisba(part: &[char]) -> bool {
    matches!(part, [.., 'ا', c, 'ي'] if !matches!(c, 'ا' | 'ي'))
}

/// Whether a letter is rare in foreign names and common in Arab ones.
fn is_emphatic(c: char) -> bool {
    matches!(c, 'ح' | 'ص' | 'ض' | 'ط' | 'ظ' | 'ع')
}

impl SpellingWeights {
    /// Reads the built-in weights.
    pub fn new() -> Self {
        let rows = TABLE.rows();
        let values: HashMap<&str, f32> = rows
            .filter_map(|[name, value]| Some((name, value.parse().ok()?)))
            .collect();
        let value = |name: &str| values.get(name).copied().unwrap_or(0.0);
        let mut it = Self {
            intercept: value("intercept"),
            len_max: value("len_max"),
            cons_min: value("cons_min"),
            two_consonants: value("cons2"),
            emphatic: value("emph"),
            looks: LOOKS.map(|(name, _)| value(name)),
            nops_sq: value("nops_sq"),
            nops_per_cons: value("nops_per_cons"),
            substitution: value("c_sub"),
            article: value("al"),
            tsh: value("tsh"),
            affricate: value("ts"),
            doubled: value("dbl"),
            final_h: value("hF"),
            initial_h: value("h0"),
            medial_h: value("hm"),
            h_after_vowel: value("hv"),
            ain: value("ain"),
            final_a_h: value("s_ahF"),
            transposed_vowel: value("trv"),
            transposed: value("trc"),
            vowel_insertions: [[0.0; N_LETTERS]; 7],
            vowel_swaps: std::array::from_fn(|_| vec![0.0; N_LETTERS * N_LETTERS]),
            insertions: [[value("c_ins"); N_LETTERS]; 3],
            swaps: vec![f32::NAN; N_LETTERS * N_LETTERS],
        };
        for (name, &value) in &values {
            it.read_letters(name, value);
        }
        it
    }

    /// Reads an operation that names its letters.
    fn read_letters(&mut self, name: &str, value: f32) {
        let Some((operation, letters)) = name.split_once('_') else {
            return;
        };
        let letters: Vec<usize> = letters.chars().map(letter_number).collect();
        let place_in = |names: &[&str]| names.iter().position(|it| *it == operation);
        match letters[..] {
            [a] => {
                if let Some(place) = place_in(&VOWEL_INSERTIONS) {
                    self.vowel_insertions[place][a] = value;
                } else if let Some(place) = place_in(&INSERTIONS) {
                    self.insertions[place][a] = value;
                }
            }
            [a, b] => {
                let table = match place_in(&VOWEL_SWAPS) {
                    Some(place) => &mut self.vowel_swaps[place],
                    None if operation == "s" => &mut self.swaps,
                    None => return,
                };
                table[a * N_LETTERS + b] = value;
                table[b * N_LETTERS + a] = value;
            }
            _ => {}
        }
    }

    /// The log-odds for the letter at `i` of one spelling in place of that at `j` of the other.
    fn swap(&self, a: &[char], i: usize, b: &[char], j: usize) -> f32 {
        let (from, to) = (a[i], b[j]);
        let idx = letter_number(from) * N_LETTERS + letter_number(to);
        let is_first = i == 0 && j == 0;
        let is_last = i + 1 == a.len() && j + 1 == b.len();
        if is_vowel(from) && is_vowel(to) {
            let is_penultimate = i + 2 == a.len() && j + 2 == b.len();
            let place = match (is_first, is_last) {
                (true, _) => 0,
                (_, true) => 3,
                _ => 1 + usize::from(is_penultimate),
            };
            return self.vowel_swaps[place][idx];
        }
        if is_last && !is_first && matches!((from, to), ('ا', 'ه') | ('ه', 'ا')) {
            return self.final_a_h;
        }
        let learned = self.swaps[idx];
        if learned.is_nan() { self.substitution } else { learned }
    }

    /// The log-odds for the letter at `at` of `word` where the other spelling has none; `None` if it makes another
    /// name.
    fn extra(&self, word: &[char], at: usize) -> Option<f32> {
        let c = word[at];
        let before = at.checked_sub(1).map(|it| word[it]);
        let next = word.get(at + 1).copied();
        if before == Some(c) {
            return Some(self.doubled);
        }
        match (c, next) {
            ('ت', Some('ش')) => return Some(self.tsh),
            ('ت' | 'د', Some('س' | 'ز' | 'ج')) => return Some(self.affricate),
            _ => {}
        }
        if is_vowel(c) {
            // «إيفانوفا» is not «إيفانوف».
            if next.is_none() && c == 'ا' {
                return None;
            }
            let is_penultimate = at + 2 == word.len();
            let place = match (before, next) {
                (None, _) => vowel::FIRST,
                (_, None) => vowel::LAST,
                (_, Some(next)) if is_penultimate && is_vowel(next) => vowel::BEFORE_FINAL_VOWEL,
                (Some(before), Some(next)) if is_vowel(before) || is_vowel(next) => vowel::BESIDE_VOWEL,
                _ if at == 1 => vowel::SECOND,
                _ if is_penultimate => vowel::PENULTIMATE,
                _ => vowel::MEDIAL,
            };
            return Some(self.vowel_insertions[place][letter_number(c)]);
        }
        match (c, before) {
            // «كريمه» is not «كريم»; «اندريه» is «اندري».
            ('ه', Some('ي')) if next.is_none() => Some(self.final_h),
            ('ه', _) if next.is_none() => None,
            ('ه', None) => Some(self.initial_h),
            ('ه', Some(before)) if is_vowel(before) => Some(self.h_after_vowel),
            ('ه', _) => Some(self.medial_h),
            ('ع', _) => Some(self.ain),
            _ => {
                let place = if before.is_none() {
                    0
                } else {
                    1 + usize::from(next.is_none())
                };
                Some(self.insertions[place][letter_number(c)])
            }
        }
    }

    /// The log-odds that two parts are one name.
    pub fn score(&self, a: &[char], b: &[char]) -> f32 {
        let n_consonants = |word: &[char]| word.iter().filter(|c| !is_vowel(**c)).count();
        let n_least = n_consonants(a).min(n_consonants(b));
        let n_letters = a.len().max(b.len()).min(MOST_LETTERS);
        let mut base = self.intercept + self.len_max * n_letters as f32 + self.cons_min * (n_least.min(7)) as f32;
        if n_least <= 2 {
            base += self.two_consonants;
        }
        if a.iter().chain(b).any(|c| is_emphatic(*c)) {
            base += self.emphatic;
        }
        for (value, (_, has_look)) in self.looks.iter().zip(LOOKS) {
            if has_look(a, b) {
                base += value;
            }
        }
        let mut best = f32::NEG_INFINITY;
        for (n_operations, sum) in self.alignments(a, b).into_iter().enumerate() {
            let n = n_operations as f32;
            let z = base + sum + self.nops_sq * n * n + self.nops_per_cons * n / n_least.max(1) as f32;
            best = best.max(z);
        }
        best
    }

    /// The greatest sum of log-odds for each number of differences.
    fn alignments(&self, a: &[char], b: &[char]) -> [f32; MOST_OPERATIONS + 1] {
        const NONE: [f32; MOST_OPERATIONS + 1] = [f32::NEG_INFINITY; MOST_OPERATIONS + 1];
        if MOST_OPERATIONS < a.len().abs_diff(b.len()) {
            return NONE;
        }
        let width = b.len() + 1;
        let mut best = vec![NONE; (a.len() + 1) * width];
        best[0][0] = 0.0;
        let raise = |best: &mut Vec<[f32; MOST_OPERATIONS + 1]>, from: usize, to: usize, value: f32| {
            for n in 0..MOST_OPERATIONS {
                let sum = best[from][n] + value;
                if best[to][n + 1] < sum {
                    best[to][n + 1] = sum;
                }
            }
        };
        for i in 0..=a.len() {
            // [`MOST_OPERATIONS`] differences lead no further away from the diagonal.
            let end = b.len().min(i + MOST_OPERATIONS);
            for j in i.saturating_sub(MOST_OPERATIONS)..=end {
                let here = i * width + j;
                if best[here] == NONE {
                    continue;
                }
                if i < a.len() && j < b.len() {
                    let to = here + width + 1;
                    if a[i] == b[j] {
                        for n in 0..=MOST_OPERATIONS {
                            best[to][n] = best[to][n].max(best[here][n]);
                        }
                    } else {
                        raise(&mut best, here, to, self.swap(a, i, b, j));
                    }
                    if let Some(value) = self.transposition(&a[i..], &b[j..]) {
                        raise(&mut best, here, to + width + 1, value);
                    }
                }
                if i < a.len()
                    && let Some(value) = self.extra(a, i)
                {
                    raise(&mut best, here, here + width, value);
                }
                if j < b.len()
                    && let Some(value) = self.extra(b, j)
                {
                    raise(&mut best, here, here + 1, value);
                }
            }
        }
        best[a.len() * width + b.len()]
    }

    /// The log-odds for the first two letters in each other's place, if they are.
    fn transposition(&self, a: &[char], b: &[char]) -> Option<f32> {
        match (a, b) {
            (&[a, next, ..], &[b, after, ..]) if a == after && next == b && a != b => {
                let is_of_vowel = is_vowel(a) != is_vowel(next);
                Some(if is_of_vowel {
                    self.transposed_vowel
                } else {
                    self.transposed
                })
            }
            _ => None,
        }
    }
}
