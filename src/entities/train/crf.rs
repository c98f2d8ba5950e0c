//! Trains a linear chain: stochastic gradient descent with a learning rate per weight (AdaGrad, Duchi et al.
//! 2011), weights averaged over the second half of the rounds.

use std::collections::HashMap;

use super::super::tagger::{Label, N_LABELS, START, Scores, Transitions, expected, is_allowed};
use super::cluster::Random;
use super::network::{Centres, Input, Layer, Weights};

/// Parameters for training.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// The number of passes over all lines.
    pub n_rounds: usize,
    /// The initial learning rate.
    pub step: f32,
    /// The strength of L2 regularisation.
    pub decay: f32,
    /// The share of features naming the word itself that is left out at random, so that the others learn to do
    /// without: most names of tomorrow's articles were never marked.
    pub dropout: f32,
    /// The seed of the random numbers.
    pub seed: u64,
}

/// Features as numbers from 0.
#[derive(Default)]
pub struct Features {
    idx_of: HashMap<u64, u32>,
    counts: Vec<u32>,
    /// The hash of each feature.
    pub keys: Vec<u64>,
}

impl Features {
    /// The number of a feature, which is counted.
    pub fn idx(&mut self, feature: u64) -> u32 {
        let idx = *self.idx_of.entry(feature).or_insert_with(|| {
            self.keys.push(feature);
            self.counts.push(0);
            self.keys.len() as u32 - 1
        });
        self.counts[idx as usize] += 1;
        idx
    }

    /// Leaves out of `lines` the features that occur fewer than `min_count` times, and numbers the others anew.
    pub fn prune(&mut self, min_count: u32, lines: &mut [Example]) {
        let mut new_idx = vec![None; self.keys.len()];
        let mut keys = Vec::new();
        for (idx, count) in self.counts.iter().enumerate() {
            if min_count <= *count {
                new_idx[idx] = Some(keys.len() as u32);
                keys.push(self.keys[idx]);
            }
        }
        for line in lines {
            for features in line.named.iter_mut().chain(line.others.iter_mut()) {
                features.retain_mut(|it| match new_idx[*it as usize] {
                    Some(new) => {
                        *it = new;
                        true
                    }
                    None => false,
                });
            }
        }
        self.keys = keys;
        self.counts = Vec::new();
        self.idx_of = HashMap::new();
    }
}

/// A line to learn from.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// For each token the features that name it.
    pub named: Vec<Vec<u32>>,
    /// For each token the other features.
    pub others: Vec<Vec<u32>>,
    /// Scores that are already there; none or one for each token.
    pub given: Vec<Scores>,
    /// The true labels.
    pub labels: Vec<Label>,
    /// For each token what is put into the hidden layer, by its place in [`Inputs::all`]; none without such a layer.
    pub inputs: Vec<u32>,
}

/// What can be put into the hidden layer.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Each once.
    pub all: Vec<Input>,
    /// The centres of the clusters in them.
    pub centres: Centres,
}

impl Inputs {
    /// The place of an input, which is added if it is new; `idxs` has the places of those that are there.
    pub fn idx(&mut self, input: Input, idxs: &mut HashMap<Input, u32>) -> u32 {
        *idxs.entry(input).or_insert_with_key(|input| {
            self.all.push(input.clone());
            self.all.len() as u32 - 1
        })
    }

    /// Those of a line.
    fn of(&self, line: &Example) -> Vec<&Input> {
        line.inputs.iter().map(|it| &self.all[*it as usize]).collect()
    }
}

impl Example {
    /// The scores of its labels.
    pub fn scores(&self, chain: &Chain, inputs: &Inputs) -> Vec<Scores> {
        let mut scores = self.scores_of(chain, |_| true);
        if let Some(layer) = &chain.layer {
            let hidden = layer.hidden(&inputs.of(self), &inputs.centres);
            for (hidden, scores) in hidden.iter().zip(&mut scores) {
                layer.add_scores(hidden, scores);
            }
        }
        scores
    }

    fn scores_of(&self, chain: &Chain, mut is_kept: impl FnMut(usize) -> bool) -> Vec<Scores> {
        (0..self.labels.len())
            .map(|at| {
                let mut scores = self.given.get(at).copied().unwrap_or_default();
                let named: &[u32] = if is_kept(at) { &self.named[at] } else { &[] };
                for idx in named.iter().chain(&self.others[at]) {
                    for (score, weight) in scores[1..].iter_mut().zip(&chain.weights[*idx as usize]) {
                        *score += weight;
                    }
                }
                scores
            })
            .collect()
    }
}

/// The learnt weights.
#[derive(Clone, Debug)]
pub struct Chain {
    /// For each feature.
    pub weights: Vec<Weights>,
    /// For pairs of labels.
    pub transitions: Transitions,
    /// The hidden layer, if there is one.
    pub layer: Option<Layer>,
}

/// Learns from the lines in `order`, which names indices of `lines`; with a hidden layer, if there are inputs of one.
/// May begin with the transitions of another chain.
pub fn train(
    lines: &[Example],
    order: &[usize],
    n_features: usize,
    training: Training,
    inputs: &Inputs,
    transitions: Option<Transitions>,
) -> Chain {
    let none = Chain {
        weights: vec![[0.0; N_LABELS - 1]; n_features],
        transitions: [[0.0; N_LABELS]; N_LABELS + 1],
        layer: (!inputs.all.is_empty()).then(Layer::zero),
    };
    let mut random = Random::new(training.seed);
    let mut squares = none.clone();
    let mut slopes = none.layer.clone();
    let mut chain = Chain {
        transitions: transitions.unwrap_or(none.transitions),
        layer: none.layer.as_ref().map(|_| Layer::random(&mut random)),
        ..none
    };
    let mut mean: Option<Chain> = None;
    let mut n_summed = 0.0;
    let mut order = order.to_vec();
    for round in 0..training.n_rounds {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at as u64 + 1) as usize);
        }
        for line_idx in &order {
            let line = &lines[*line_idx];
            learn(
                line,
                &mut chain,
                &mut squares,
                training,
                inputs,
                &mut slopes,
                &mut random,
            );
        }
        if training.n_rounds <= 2 * (round + 1) {
            n_summed += 1.0;
            match &mut mean {
                None => mean = Some(chain.clone()),
                Some(sum) => sum.numbers().zip(chain.numbers()).for_each(|(sum, it)| *sum += *it),
            }
        }
    }
    let Some(mut mean) = mean else { return chain };
    mean.numbers().for_each(|it| *it /= n_summed);
    mean
}

impl Chain {
    /// All that is learnt, in a fixed order.
    fn numbers(&mut self) -> impl Iterator<Item = &mut f32> {
        let layer = self.layer.iter_mut().flat_map(Layer::numbers);
        let weights = self.weights.iter_mut().flatten();
        weights.chain(self.transitions.iter_mut().flatten()).chain(layer)
    }
}

fn learn(
    line: &Example,
    chain: &mut Chain,
    squares: &mut Chain,
    training: Training,
    inputs: &Inputs,
    layer_slopes: &mut Option<Layer>,
    random: &mut Random,
) {
    if line.labels.is_empty() {
        return;
    }
    let kept: Vec<bool> = line
        .labels
        .iter()
        .map(|_| training.dropout <= random.fraction())
        .collect();
    let mut scores = line.scores_of(chain, |at| kept[at]);
    let words = inputs.of(line);
    let mut hidden = Vec::new();
    if let Some(layer) = &chain.layer {
        hidden = layer.hidden(&words, &inputs.centres);
        for (hidden, scores) in hidden.iter().zip(&mut scores) {
            layer.add_scores(hidden, scores);
        }
    }
    let found = expected(&scores, &chain.transitions);
    let mut slopes = Vec::with_capacity(line.labels.len());
    for at in 0..line.labels.len() {
        let mut slope: Weights = std::array::from_fn(|it| found.labels[at][it + 1]);
        if let Some(label) = usize::from(line.labels[at]).checked_sub(1) {
            slope[label] -= 1.0;
        }
        if slope.iter().all(|it| it.abs() < 1e-4) {
            slope = Weights::default();
        }
        slopes.push(slope);
        if slope == Weights::default() {
            continue;
        }
        let named: &[u32] = if kept[at] { &line.named[at] } else { &[] };
        for idx in named.iter().chain(&line.others[at]) {
            let weights = &mut chain.weights[*idx as usize];
            let squares = &mut squares.weights[*idx as usize];
            for it in 0..N_LABELS - 1 {
                step(&mut weights[it], &mut squares[it], slope[it], training);
            }
        }
    }
    if let (Some(layer), Some(squares), Some(sum)) = (&mut chain.layer, &mut squares.layer, layer_slopes) {
        sum.add_slopes(layer, &words, &inputs.centres, &hidden, &slopes);
        layer.step(squares, sum);
    }
    let mut pairs = found.pairs;
    let mut before = START;
    for label in &line.labels {
        pairs[before][usize::from(*label)] -= 1.0;
        before = usize::from(*label);
    }
    for before in 0..=N_LABELS {
        for label in 0..N_LABELS {
            if is_allowed(before, label) {
                let slope = pairs[before][label];
                let square = &mut squares.transitions[before][label];
                step(&mut chain.transitions[before][label], square, slope, training);
            }
        }
    }
}

fn step(weight: &mut f32, square: &mut f32, slope: f32, training: Training) {
    let slope = slope + training.decay * *weight;
    *square += slope * slope;
    *weight -= training.step * slope / (1e-2 + *square).sqrt();
}
