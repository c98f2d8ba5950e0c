//! How likely a Latin spelling is for an Arabic word: each letter stands for up to four Latin ones, and which ones depends
//! on its neighbours.
//!
//! "Netanyahu" for «نتنياهو» is n-e·t-a·n-ya… : «ن» stands for "ne" with some probability, which was learnt
//! (`entities/train/latin.rs`) as the number of times that it did beside these two letters. What was seen seldom is
//! estimated by what the letter stands for beside letters of the same classes, and that by what it stands for anywhere
//! (interpolation after Jelinek and Mercer, with the fixed weights of Dirichlet priors).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::letters::{BORDER, N_ARABIC, Piece, class};

/// A letter between two others, by their numbers.
pub type Context = [u8; 3];

/// How often a letter stood for each piece, by its context.
pub type Counts = BTreeMap<Context, BTreeMap<Piece, f32>>;

/// How many observations the estimate by classes is worth beside those of a letter's very neighbours. A guess, as are the
/// next two; no others were tried.
const WORTH_OF_CLASSES: f32 = 10.0;
/// How many observations the estimate by the letter alone is worth beside those by classes.
const WORTH_OF_LETTER: f32 = 20.0;
/// The probability that a letter stands for any one Latin letter or for none, whatever was learnt: a slip, a habit that no
/// list has.
const SLIP: f32 = 3e-5;

const N_CLASSES: usize = 3;
const N_NUMBERS: usize = N_ARABIC + 1;

/// The learnt probabilities. All logarithms are natural.
#[derive(Debug, Default)]
pub struct LatinModel {
    /// Counts by context and piece, see [`key`].
    wide: FxHashMap<u64, f32>,
    /// The sum of each context's.
    wide_total: Vec<f32>,
    /// Counts by classes of the neighbours and piece.
    narrow: FxHashMap<u64, f32>,
    narrow_total: Vec<f32>,
    /// The probability of a piece for a letter.
    of_letter: FxHashMap<u64, f32>,
    /// The probability that what a letter stands for begins so.
    begun: FxHashMap<u64, f32>,
    /// The greatest log-probability of each piece for any letter anywhere.
    greatest: FxHashMap<Piece, f32>,
    /// The pieces of each letter, the likeliest first.
    pieces: Vec<Vec<Piece>>,
}

fn wide_idx(context: Context) -> usize {
    let [before, letter, after] = context.map(usize::from);
    (before * N_NUMBERS + letter) * N_NUMBERS + after
}

fn narrow_idx(context: Context) -> usize {
    (usize::from(context[1]) * N_CLASSES + class(context[0])) * N_CLASSES + class(context[2])
}

fn key(idx: usize, piece: Piece) -> u64 {
    (idx as u64) << 20 | u64::from(piece.0)
}

impl LatinModel {
    /// The model of counts.
    pub fn new(counts: &Counts) -> Self {
        let mut it = Self {
            wide_total: vec![0.0; N_NUMBERS * N_NUMBERS * N_NUMBERS],
            narrow_total: vec![0.0; N_ARABIC * N_CLASSES * N_CLASSES],
            pieces: vec![Vec::new(); N_ARABIC],
            ..Self::default()
        };
        let mut letter_total = [0.0_f32; N_ARABIC];
        for (&context, pieces) in counts {
            let letter = usize::from(context[1]);
            if context.iter().any(|it| BORDER < *it) || N_ARABIC <= letter {
                continue;
            }
            for (&piece, &count) in pieces {
                it.wide.insert(key(wide_idx(context), piece), count);
                it.wide_total[wide_idx(context)] += count;
                *it.narrow.entry(key(narrow_idx(context), piece)).or_default() += count;
                it.narrow_total[narrow_idx(context)] += count;
                *it.of_letter.entry(key(letter, piece)).or_default() += count;
                letter_total[letter] += count;
                if !it.pieces[letter].contains(&piece) {
                    it.pieces[letter].push(piece);
                }
            }
        }
        for (key, count) in &mut it.of_letter {
            *count /= letter_total[(key >> 20) as usize].max(1.0);
        }
        it.add_beginnings();
        for letter in 0..N_ARABIC {
            let of_letter = &it.of_letter;
            let share = |piece: &Piece| of_letter.get(&key(letter, *piece)).copied().unwrap_or(0.0);
            it.pieces[letter].sort_by(|a, b| share(b).total_cmp(&share(a)).then(a.cmp(b)));
        }
        it.greatest = it.bounds(counts);
        it
    }

    fn add_beginnings(&mut self) {
        for letter in 0..N_ARABIC {
            for piece in &self.pieces[letter] {
                let share = self.of_letter.get(&key(letter, *piece)).copied().unwrap_or(0.0);
                for n in 1..=piece.len() {
                    *self.begun.entry(key(letter, piece.start(n))).or_default() += share;
                }
            }
        }
    }

    /// See [`LatinModel::greatest`].
    fn bounds(&self, counts: &Counts) -> FxHashMap<Piece, f32> {
        let mut greatest: FxHashMap<Piece, f32> = FxHashMap::default();
        let mut raise = |piece: Piece, value: f32| {
            let it = greatest.entry(piece).or_insert(f32::NEG_INFINITY);
            *it = it.max(value);
        };
        for (&context, pieces) in counts {
            for &piece in pieces.keys() {
                raise(piece, self.log_probability(context, piece).unwrap_or(f32::NEG_INFINITY));
            }
        }
        // Beside neighbours that were never seen, classes decide.
        for letter in 0..N_ARABIC {
            for &piece in &self.pieces[letter] {
                for before in [BORDER, 0, 1] {
                    for after in [BORDER, 0, 1] {
                        let narrow = self.narrow_probability([before, letter as u8, after], piece);
                        raise(piece, narrow.max(f32::MIN_POSITIVE).ln());
                    }
                }
            }
        }
        greatest
    }

    fn narrow_probability(&self, context: Context, piece: Piece) -> f32 {
        let of_letter = self
            .of_letter
            .get(&key(usize::from(context[1]), piece))
            .copied()
            .unwrap_or(0.0);
        let idx = narrow_idx(context);
        let count = self.narrow.get(&key(idx, piece)).copied().unwrap_or(0.0);
        (count + WORTH_OF_LETTER * of_letter) / (self.narrow_total[idx] + WORTH_OF_LETTER)
    }

    /// Whether a letter was ever seen to stand for a piece.
    pub fn knows(&self, letter: u8, piece: Piece) -> bool {
        self.of_letter.contains_key(&key(usize::from(letter), piece))
    }

    /// The log-probability of a piece for a letter in its context; `None` if it is as good as impossible.
    pub fn log_probability(&self, context: Context, piece: Piece) -> Option<f32> {
        let slip = if piece.len() <= 1 { SLIP } else { 0.0 };
        if !self.knows(context[1], piece) {
            return (0.0 < slip).then(|| slip.ln());
        }
        let idx = wide_idx(context);
        let count = self.wide.get(&key(idx, piece)).copied().unwrap_or(0.0);
        let narrow = self.narrow_probability(context, piece);
        let learnt = (count + WORTH_OF_CLASSES * narrow) / (self.wide_total[idx] + WORTH_OF_CLASSES);
        Some((learnt + slip).min(1.0).ln())
    }

    /// The log-probability that what a letter stands for begins with a piece; `None` if it is as good as impossible.
    pub fn log_begun(&self, letter: u8, piece: Piece) -> Option<f32> {
        let share = self.begun.get(&key(usize::from(letter), piece))?;
        Some(share.min(1.0).ln())
    }

    /// An upper bound of the log-probability of a piece, for whatever letter.
    pub fn greatest(&self, piece: Piece) -> Option<f32> {
        let slip = (piece.len() <= 1).then(|| SLIP.ln());
        match (self.greatest.get(&piece), slip) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.copied().or(b),
        }
    }

    /// The pieces that a letter was seen to stand for, the likeliest first.
    pub fn pieces(&self, letter: u8) -> &[Piece] {
        self.pieces.get(usize::from(letter)).map_or(&[], Vec::as_slice)
    }

    /// The log-probability of a whole Latin word for an Arabic one, by its likeliest alignment; `None` if there is none.
    pub fn log_likelihood(&self, arabic: &[u8], latin: &[u8]) -> Option<f32> {
        let n = latin.len();
        let mut last = vec![f32::NEG_INFINITY; n + 1];
        last[0] = 0.0;
        for (at, &letter) in arabic.iter().enumerate() {
            let before = at
                .checked_sub(1)
                .and_then(|it| arabic.get(it))
                .copied()
                .unwrap_or(BORDER);
            let context = [before, letter, arabic.get(at + 1).copied().unwrap_or(BORDER)];
            let mut next = vec![f32::NEG_INFINITY; n + 1];
            for start in 0..=n {
                if last[start] == f32::NEG_INFINITY {
                    continue;
                }
                for end in start..=n.min(start + super::letters::MOST_LATIN) {
                    let piece = Piece::new(&latin[start..end]);
                    if let Some(value) = piece.and_then(|it| self.log_probability(context, it)) {
                        next[end] = next[end].max(last[start] + value);
                    }
                }
            }
            last = next;
        }
        last.last().copied().filter(|it| it.is_finite())
    }
}
