//! The hidden layer: what the words around a token say together, where features say it one by one.
//!
//! A word is seen as a few *traits*: its cluster, the lists that it is in, what it announces, its shape. Each trait has
//! learnt numbers for each of [`N_PLACES`] places around a token; their sum, with what is below zero cut off (a rectified
//! linear unit), gives scores of labels. A form's sums do not depend on its neighbours, so they are computed once.
//!
//! ```text
//! scale f32, bias 64 f32, out 6 × 64 f32, rows (as many as there are traits) × 7 × 64 i8
//! ```

use super::decode::{N_LABELS, Scores};
use super::feature::Form;
use super::lexicon::{FINEST, N_LISTS, TRIGGERS};

/// The width of the layer. Of 64 and 32 the better one.
pub const N_HIDDEN: usize = 64;
/// A token is seen with so many neighbours on either side.
pub const REACH: usize = 3;
/// The places that are seen: the neighbours and the token itself.
pub const N_PLACES: usize = 2 * REACH + 1;
/// Scores of labels, but the first: as with features, that of the first is always 0.
const N_SCORES: usize = N_LABELS - 1;

/// The traits that are not clusters, from 0.
pub const N_FLAGS: usize = N_LISTS + TRIGGERS.len() + 10;

/// A sum for each unit of the layer; in units of [`Network::scale`].
pub type Hidden = [i16; N_HIDDEN];

/// Emits the traits of a form that are not its cluster.
pub fn flags(form: &Form, mut emit: impl FnMut(usize)) {
    let bits = u64::from(form.entry.lists) | u64::from(form.entry.triggers) << N_LISTS;
    for bit in (0..N_LISTS + TRIGGERS.len()).filter(|bit| bits >> bit & 1 == 1) {
        emit(bit);
    }
    let first = N_LISTS + TRIGGERS.len();
    emit(first + form.kind as usize);
    if form.has_article {
        emit(first + 4);
    }
    if form.nisba != 0 {
        emit(first + 4 + usize::from(form.nisba));
    }
    if form.clitic != 0 {
        emit(first + 9);
    }
}

/// All traits of a form, as one number.
pub fn traits(form: &Form) -> u64 {
    let mut traits = u64::from(form.entry.clusters[FINEST]);
    flags(form, |flag| traits |= 1 << (u16::BITS as usize + flag));
    traits
}

const _: () = assert!(N_FLAGS + u16::BITS as usize <= u64::BITS as usize, "see traits");

/// The layer in the bytes of a model file; a model may have none.
#[derive(Clone, Debug)]
pub struct Network<'a> {
    /// By trait and place: the flags, then the [`FINEST`] clusters, of which 0 is none.
    rows: &'a [[u8; N_HIDDEN]],
    scale: f32,
    bias: [f32; N_HIDDEN],
    out: [[f32; N_HIDDEN]; N_SCORES],
}

impl<'a> Network<'a> {
    /// The layer in the bytes that [`NetworkParts::to_bytes`] made; `None` where there is none.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (numbers, rows) = bytes.split_at_checked(4 * (1 + N_HIDDEN * (1 + N_SCORES)))?;
        let mut numbers = numbers.as_chunks::<4>().0.iter().map(|it| f32::from_le_bytes(*it));
        let mut next = || numbers.next().unwrap_or_default();
        Some(Self {
            scale: next(),
            bias: std::array::from_fn(|_| next()),
            out: std::array::from_fn(|_| std::array::from_fn(|_| next())),
            rows: rows.as_chunks::<N_HIDDEN>().0,
        })
    }

    /// The sums of a form at each place.
    pub fn sums(&self, form: &Form) -> [Hidden; N_PLACES] {
        let mut sums = [[0; N_HIDDEN]; N_PLACES];
        let mut add = |trait_idx: usize| {
            let first = trait_idx * N_PLACES;
            let Some(rows) = self.rows.get(first..first + N_PLACES) else {
                return;
            };
            for (sum, row) in sums.iter_mut().zip(rows) {
                for (sum, it) in sum.iter_mut().zip(row) {
                    *sum += i16::from(*it as i8);
                }
            }
        };
        flags(form, &mut add);
        add(N_FLAGS + usize::from(form.entry.clusters[FINEST]));
        sums
    }

    /// Adds the scores of a token, of which these are the sums of its neighbours and its own.
    pub fn add_scores(&self, sum: &Hidden, scores: &mut Scores) {
        let mut hidden = self.bias;
        for (hidden, sum) in hidden.iter_mut().zip(sum) {
            *hidden = (*hidden + f32::from(*sum) * self.scale).max(0.0);
        }
        for (score, out) in scores[1..].iter_mut().zip(&self.out) {
            *score += product(&hidden, out);
        }
    }
}

/// The product of two vectors, summed in eight lanes, so that its value does not depend on the compiler.
pub fn product(a: &[f32; N_HIDDEN], b: &[f32; N_HIDDEN]) -> f32 {
    let mut lanes = [0.0; 8];
    for at in (0..N_HIDDEN).step_by(8) {
        for lane in 0..8 {
            lanes[lane] += a[at + lane] * b[at + lane];
        }
    }
    lanes.iter().sum()
}

/// The layer, to be written.
#[derive(Clone, Debug)]
pub struct NetworkParts {
    /// As in [`Network`], by trait and place.
    pub rows: Vec<[f32; N_HIDDEN]>,
    /// Added to the sums.
    pub bias: [f32; N_HIDDEN],
    /// What each unit adds to each score.
    pub out: [[f32; N_HIDDEN]; N_SCORES],
}

impl NetworkParts {
    /// The bytes of the layer, rows in steps of a 127th of the greatest number.
    pub fn to_bytes(&self) -> Vec<u8> {
        let greatest = self.rows.iter().flatten().fold(1e-3_f32, |most, it| most.max(it.abs()));
        let scale = greatest / 127.0;
        let numbers = [scale]
            .into_iter()
            .chain(self.bias)
            .chain(self.out.into_iter().flatten());
        let mut bytes: Vec<u8> = numbers.flat_map(f32::to_le_bytes).collect();
        bytes.extend(self.rows.iter().flatten().map(|it| (it / scale).round() as i8 as u8));
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::TaggerLexicon;
    use super::super::token::TokenKind;
    use super::*;

    #[test]
    fn a_layer_comes_back_as_it_went_in_and_cuts_off_what_is_below_zero() {
        let form = Form::new("سوق", TokenKind::Arabic, &TaggerLexicon::new(&[]));
        let mut traits = Vec::new();
        flags(&form, |it| traits.push(it));
        let mut parts = NetworkParts {
            rows: vec![[0.0; N_HIDDEN]; (N_FLAGS + 1) * N_PLACES],
            bias: [0.5; N_HIDDEN],
            out: [[0.0; N_HIDDEN]; N_SCORES],
        };
        for place in 0..N_PLACES {
            parts.rows[traits[0] * N_PLACES + place][0] = -2.0;
            parts.rows[traits[0] * N_PLACES + place][1] = 1.0;
        }
        parts.out[2][0] = 10.0;
        parts.out[2][1] = 2.0;
        let bytes = parts.to_bytes();
        let network = Network::new(&bytes).unwrap();
        let mut scores = Scores::default();
        network.add_scores(&network.sums(&form)[0], &mut scores);
        assert_eq!(scores[..3], [0.0; 3]);
        assert!((scores[3] - 3.0).abs() < 0.02, "{scores:?}");
        assert!(Network::new(&[]).is_none());
    }
}
