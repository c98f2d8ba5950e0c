//! How strongly each difference between two spellings suggests one name or two.
//!
//! Learned from names whose English spelling is the same; see `assets/lists/spelling_weights.tsv`.

use std::collections::HashMap;

use crate::arabic::lists::List;

const TABLE: List<2> = List::new(
    include_str!("../../../assets/lists/spelling_weights.tsv"),
    ["operation", "log_odds"],
);

/// More differences than this in one part make it another name. A guess; it also keeps the table of alignments small.
const MOST_OPERATIONS: usize = 4;

/// The learned log-odds.
pub struct SpellingWeights {
    intercept: f32,
    /// For each letter of the longer part.
    len_max: f32,
    /// For each consonant of the part with fewer, up to seven.
    cons_min: f32,
    /// For the square of the number of differences.
    nops_sq: f32,
    /// For the number of differences over that of consonants.
    pub nops_per_cons: f32,
    substitution: f32,
    insertion: f32,
    /// For the article where the other spelling has none.
    pub article: f32,
    /// «ش» for «تش».
    tsh: f32,
    doubled: f32,
    final_h: f32,
    medial_h: f32,
    ain: f32,
    final_a_h: f32,
    /// By letter; for the first, medial and last place.
    vowel_insertions: [[f32; N_LETTERS]; 3],
    /// By both letters; for the first, medial and last place.
    vowel_swaps: [Vec<f32>; 3],
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
            nops_sq: value("nops_sq"),
            nops_per_cons: value("nops_per_cons"),
            substitution: value("c_sub"),
            insertion: value("c_ins"),
            article: value("al"),
            tsh: value("tsh"),
            doubled: value("dbl"),
            final_h: value("hF"),
            medial_h: value("hm"),
            ain: value("ain"),
            final_a_h: value("s_ahF"),
            vowel_insertions: [[0.0; N_LETTERS]; 3],
            vowel_swaps: std::array::from_fn(|_| vec![0.0; N_LETTERS * N_LETTERS]),
            swaps: vec![f32::NAN; N_LETTERS * N_LETTERS],
        };
        for (name, &value) in &values {
            let Some((operation, letters)) = name.split_once('_') else {
                continue;
            };
            let letters: Vec<usize> = letters.chars().map(letter_number).collect();
            let place = match operation.chars().last() {
                Some('0') => 0,
                Some('m') => 1,
                _ => 2,
            };
            match (operation, letters.as_slice()) {
                ("v0" | "vm" | "vF", [a]) => it.vowel_insertions[place][*a] = value,
                ("sV0" | "sVm" | "sVF", [a, b]) => {
                    it.vowel_swaps[place][a * N_LETTERS + b] = value;
                    it.vowel_swaps[place][b * N_LETTERS + a] = value;
                }
                ("s", [a, b]) => {
                    it.swaps[a * N_LETTERS + b] = value;
                    it.swaps[b * N_LETTERS + a] = value;
                }
                _ => {}
            }
        }
        it
    }

    /// The log-odds for one letter in place of another.
    fn swap(&self, a: char, b: char, place: usize) -> f32 {
        let idx = letter_number(a) * N_LETTERS + letter_number(b);
        if is_vowel(a) && is_vowel(b) {
            return self.vowel_swaps[place][idx];
        }
        if place == 2 && matches!((a, b), ('ا', 'ه') | ('ه', 'ا')) {
            return self.final_a_h;
        }
        let learned = self.swaps[idx];
        if learned.is_nan() { self.substitution } else { learned }
    }

    /// The log-odds for the letter at `at` of `word` where the other spelling has none; `None` if it makes another
    /// name.
    fn extra(&self, word: &[char], at: usize) -> Option<f32> {
        let c = word[at];
        let (is_first, is_last) = (at == 0, at + 1 == word.len());
        if !is_first && word[at - 1] == c {
            return Some(self.doubled);
        }
        if c == 'ت' && word.get(at + 1) == Some(&'ش') {
            return Some(self.tsh);
        }
        if is_vowel(c) {
            // «إيفانوفا» is not «إيفانوف».
            if is_last && c == 'ا' {
                return None;
            }
            let place = if is_first { 0 } else { 1 + usize::from(is_last) };
            return Some(self.vowel_insertions[place][letter_number(c)]);
        }
        match c {
            // «كريمه» is not «كريم»; «اندريه» is «اندري».
            'ه' if is_last => (!is_first && word[at - 1] == 'ي').then_some(self.final_h),
            'ه' => Some(self.medial_h),
            'ع' => Some(self.ain),
            _ => Some(self.insertion),
        }
    }

    /// The log-odds that two parts are one name.
    pub fn score(&self, a: &[char], b: &[char]) -> f32 {
        let n_consonants = |word: &[char]| word.iter().filter(|c| !is_vowel(**c)).count();
        let n_least = n_consonants(a).min(n_consonants(b));
        let n_letters = a.len().max(b.len());
        let base = self.intercept + self.len_max * n_letters as f32 + self.cons_min * (n_least.min(7)) as f32;
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
                        let is_last = i + 1 == a.len() && j + 1 == b.len();
                        let place = if i == 0 && j == 0 { 0 } else { 1 + usize::from(is_last) };
                        raise(&mut best, here, to, self.swap(a[i], b[j], place));
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
}
