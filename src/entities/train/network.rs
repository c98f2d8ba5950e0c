//! Trains the hidden layer, together with the chain whose scores it adds to.
//!
//! A word goes in as the centre of its cluster and its flags, so that clusters with near centres begin alike; what comes
//! out is, for each trait and place, a row of numbers ([`Layer::parts`]).

use super::super::tagger::{
    FINEST, Form, N_FLAGS, N_HIDDEN, N_LABELS, N_PLACES, NetworkParts, REACH, Scores, flags, product,
};
use super::cluster::{N_DIMS, Random};

/// The numbers by which a word goes in: the centre of its cluster, then its flags.
const N_INPUTS: usize = N_DIMS + N_FLAGS;

/// The learning rate. Of 0.02 and 0.05 the better one.
const STEP: f32 = 0.02;
/// Centres have length 1 in 64 dimensions; this brings them nearer to the flags, which are 1. A guess.
const CENTRE_SCALE: f32 = 4.0;
/// The width of the interval from which the first numbers are drawn. A guess.
const FIRST_WIDTH: f32 = 0.2;

/// What is put in for a word: its cluster (0 for none) and its flags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Input {
    cluster: u16,
    flags: Vec<u16>,
}

impl Input {
    /// That of a form.
    pub fn new(form: &Form) -> Self {
        let mut it = Self {
            cluster: form.entry.clusters[FINEST],
            flags: Vec::new(),
        };
        flags(form, |flag| it.flags.push(flag as u16));
        it
    }
}

/// The centres of the clusters of the finest size.
pub type Centres = Vec<[f32; N_DIMS]>;

/// A number for each label but the first: the weights of a feature, or the slopes of a token's scores.
pub type Weights = [f32; N_LABELS - 1];

/// The activations of the hidden layer.
pub type Hidden = [f32; N_HIDDEN];

/// The numbers that are learnt; or their slopes, or the sums of the squares of these.
#[derive(Clone, Debug)]
pub struct Layer {
    /// By place and input.
    rows: Vec<Hidden>,
    /// By place: for words that have no cluster.
    unknown: [Hidden; N_PLACES],
    bias: Hidden,
    out: [Hidden; N_LABELS - 1],
}

impl Layer {
    /// All zeroes.
    pub fn zero() -> Self {
        Self {
            rows: vec![[0.0; N_HIDDEN]; N_PLACES * N_INPUTS],
            unknown: [[0.0; N_HIDDEN]; N_PLACES],
            bias: [0.0; N_HIDDEN],
            out: [[0.0; N_HIDDEN]; N_LABELS - 1],
        }
    }

    /// Small random numbers, without which all units would learn the same.
    pub fn random(random: &mut Random) -> Self {
        let mut it = Self::zero();
        for row in it.rows.iter_mut().chain(&mut it.out) {
            row.fill_with(|| (random.fraction() - 0.5) * FIRST_WIDTH);
        }
        it
    }

    /// All numbers, in a fixed order.
    pub fn numbers(&mut self) -> impl Iterator<Item = &mut f32> {
        let rows = self.rows.iter_mut().chain(&mut self.unknown);
        rows.chain([&mut self.bias]).chain(&mut self.out).flatten()
    }

    /// The activations at each token of a line, of which these are the inputs.
    pub fn hidden(&self, line: &[&Input], centres: &Centres) -> Vec<Hidden> {
        let mut all = vec![self.bias; line.len()];
        for_each_place(line, |at, place, input| {
            for (flag, size) in input_numbers(input, centres) {
                add(&mut all[at], size, self.row(place, flag));
            }
        });
        for hidden in all.iter_mut().flatten() {
            *hidden = hidden.max(0.0);
        }
        all
    }

    /// Adds the scores of a token's labels.
    pub fn add_scores(&self, hidden: &Hidden, scores: &mut Scores) {
        for (score, out) in scores[1..].iter_mut().zip(&self.out) {
            *score += product(hidden, out);
        }
    }

    /// Adds to the slopes of all numbers (`self`) those that follow from the slopes of a line's scores.
    pub fn add_slopes(
        &mut self,
        layer: &Self,
        line: &[&Input],
        centres: &Centres,
        hidden: &[Hidden],
        slopes: &[Weights],
    ) {
        let mut below = vec![[0.0; N_HIDDEN]; line.len()];
        for ((below, hidden), slopes) in below.iter_mut().zip(hidden).zip(slopes) {
            for (label, slope) in slopes.iter().enumerate() {
                add(below, *slope, &layer.out[label]);
                add(&mut self.out[label], *slope, hidden);
            }
            for (below, hidden) in below.iter_mut().zip(hidden) {
                if *hidden <= 0.0 {
                    *below = 0.0;
                }
            }
            add(&mut self.bias, 1.0, below);
        }
        for_each_place(line, |at, place, input| {
            if slopes[at] != Weights::default() {
                for (flag, size) in input_numbers(input, centres) {
                    add(self.row_mut(place, flag), size, &below[at]);
                }
            }
        });
    }

    /// One step against `slopes`, which are cleared.
    pub fn step(&mut self, squares: &mut Self, slopes: &mut Self) {
        for ((number, square), slope) in self.numbers().zip(squares.numbers()).zip(slopes.numbers()) {
            *square += *slope * *slope;
            *number -= STEP * *slope / (1e-2 + *square).sqrt();
            *slope = 0.0;
        }
    }

    fn row(&self, place: usize, input: Option<usize>) -> &Hidden {
        match input {
            Some(input) => &self.rows[place * N_INPUTS + input],
            None => &self.unknown[place],
        }
    }

    fn row_mut(&mut self, place: usize, input: Option<usize>) -> &mut Hidden {
        match input {
            Some(input) => &mut self.rows[place * N_INPUTS + input],
            None => &mut self.unknown[place],
        }
    }

    /// The layer as the model file holds it: rows of flags, then of clusters.
    pub fn parts(&self, centres: &Centres) -> NetworkParts {
        let mut rows = Vec::new();
        for flag in 0..N_FLAGS {
            rows.extend((0..N_PLACES).map(|place| *self.row(place, Some(N_DIMS + flag))));
        }
        for cluster in 0..=centres.len() {
            let input = Input {
                cluster: cluster as u16,
                flags: Vec::new(),
            };
            for place in 0..N_PLACES {
                let mut row = [0.0; N_HIDDEN];
                for (input, size) in input_numbers(&input, centres) {
                    add(&mut row, size, self.row(place, input));
                }
                rows.push(row);
            }
        }
        NetworkParts {
            rows,
            bias: self.bias,
            out: self.out,
        }
    }
}

/// The inputs of a word that are not 0; `None` is that of a word without a cluster.
fn input_numbers<'a>(input: &'a Input, centres: &'a Centres) -> impl Iterator<Item = (Option<usize>, f32)> + 'a {
    let centre = usize::from(input.cluster).checked_sub(1).and_then(|it| centres.get(it));
    let unknown = centre.is_none().then_some((None, 1.0));
    let centre = centre.into_iter().flatten().enumerate();
    let centre = centre.map(|(dim, x)| (Some(dim), x * CENTRE_SCALE));
    let flags = input.flags.iter().map(|flag| (Some(N_DIMS + usize::from(*flag)), 1.0));
    centre.chain(unknown).chain(flags)
}

/// Calls with each token of a line, each place around it where there is a word, and the input of that.
fn for_each_place<'a>(line: &[&'a Input], mut each: impl FnMut(usize, usize, &'a Input)) {
    for at in 0..line.len() {
        for place in 0..N_PLACES {
            if let Some(input) = (at + place).checked_sub(REACH).and_then(|it| line.get(it)) {
                each(at, place, input);
            }
        }
    }
}

#[inline]
fn add(sum: &mut Hidden, size: f32, row: &Hidden) {
    for (sum, it) in sum.iter_mut().zip(row) {
        *sum += size * it;
    }
}
