//! Word clusters: words used in the same contexts get the same number, so that what was learnt of one name applies to
//! others that are not in the marked news.
//!
//! Word vectors by skip-gram with negative sampling (Mikolov et al. 2013) over unmarked articles, then k-means. One
//! thread, one fixed seed, files in the order of their paths: the same articles give the same clusters.

use std::collections::HashMap;

use super::super::tagger::{N_SIZES, TokenKind, normalised, tokens};

/// The dimensions of a word vector. This and the numbers below were picked by feel, except where they say otherwise.
pub const N_DIMS: usize = 64;
/// Words on either side that count as context; each position draws its own window up to this.
const WINDOW: u64 = 3;
/// Negative samples for each true neighbour.
const N_NEGATIVE: usize = 5;
/// Passes over the articles.
const N_EPOCHS: usize = 3;
/// The initial learning rate; it falls to nearly 0 by the end.
const FIRST_STEP: f32 = 0.05;
/// Words more frequent than this share of all words are subsampled, by the rule of the paper.
const FREQUENT: f32 = 1e-4;
/// Rarer words get no vector.
const MIN_COUNT: u32 = 5;
/// The numbers of clusters, at four granularities. On three left-out collections the hidden layer does better with 4,096 than
/// with 1,024, F1 79.1 and 78.9.
pub const N_CLUSTERS: [usize; N_SIZES] = [64, 256, 1024, 4096];
/// Clusters are formed from this many of the most frequent words; the others join the nearest. Picked by feel.
const N_FORMING: usize = 30_000;
/// Longer lines are cut, in words: they are tables or files without line breaks. A guess.
const LONGEST_LINE: usize = 2000;
/// Rounds of k-means.
const N_ROUNDS: usize = 12;

/// The words of many articles.
#[derive(Default)]
pub struct Corpus {
    /// Normalised words with their number of occurrences: falling, then in the order of letters.
    pub words: Vec<(String, u32)>,
    /// The articles line by line, each ended.
    ids: Vec<WordOrEnd>,
}

/// A word by its place in [`Corpus::words`], or the end of a line; in four bytes, as articles have millions of them.
#[derive(Clone, Copy, PartialEq, Eq)]
struct WordOrEnd(u32);

impl WordOrEnd {
    const LINE_END: Self = Self(u32::MAX);

    fn word(self) -> Option<u32> {
        (self != Self::LINE_END).then_some(self.0)
    }
}

/// A word with its clusters, one of each of the sizes.
pub type Clustered = (String, [u16; N_SIZES]);

impl Corpus {
    /// Counts the words of articles.
    pub fn new<'a>(articles: impl Iterator<Item = &'a str>) -> Self {
        let mut of_word: HashMap<String, u32> = HashMap::new();
        let mut counted: Vec<(String, u32)> = Vec::new();
        let mut ids = Vec::new();
        let mut of_written: HashMap<String, u32> = HashMap::new();
        for article in articles {
            for line in article.lines() {
                for token in tokens(line, 0) {
                    if token.kind == TokenKind::Mark {
                        continue;
                    }
                    let written = token.span.of(line).unwrap_or_default();
                    let id = match of_written.get(written) {
                        Some(id) => *id,
                        None => {
                            let word = normalised(written, token.kind);
                            let id = *of_word.entry(word.clone()).or_insert_with(|| {
                                counted.push((word, 0));
                                counted.len() as u32 - 1
                            });
                            of_written.insert(written.to_owned(), id);
                            id
                        }
                    };
                    counted[id as usize].1 += 1;
                    ids.push(WordOrEnd(id));
                }
                if ids.last().is_some_and(|it| *it != WordOrEnd::LINE_END) {
                    ids.push(WordOrEnd::LINE_END);
                }
            }
        }
        let mut order: Vec<u32> = (0..counted.len() as u32).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&counted[*a as usize], &counted[*b as usize]);
            b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))
        });
        let mut rank = vec![0; counted.len()];
        for (new, old) in order.iter().enumerate() {
            rank[*old as usize] = new as u32;
        }
        for id in &mut ids {
            if let Some(word) = id.word() {
                *id = WordOrEnd(rank[word as usize]);
            }
        }
        Self {
            words: order.into_iter().map(|it| counted[it as usize].clone()).collect(),
            ids,
        }
    }

    /// The words that occur often enough to be clustered.
    pub fn frequent(&self) -> &[(String, u32)] {
        let n_frequent = self.words.partition_point(|(_, count)| MIN_COUNT <= *count);
        &self.words[..n_frequent]
    }
}

/// The clusters of the frequent words of a corpus, in their order there, and the centres of the finest ones.
pub fn clusters(corpus: &Corpus) -> (Vec<Clustered>, Vec<Vector>) {
    let vectors = vectors(corpus);
    let of_size = N_CLUSTERS.map(|n_clusters| k_means(&vectors, n_clusters));
    let words = corpus.frequent().iter().enumerate();
    let words = words.map(|(idx, (word, _))| {
        let at = |size: usize| of_size[size].0.get(idx).copied().unwrap_or(0);
        (word.clone(), std::array::from_fn(at))
    });
    let words = words.collect();
    let [.., (_, centres)] = of_size;
    (words, centres)
}

/// A word vector, of length 1.
pub type Vector = [f32; N_DIMS];

/// A small pseudo-random number generator (xorshift64*, Vigna 2016): the same on every system and in every version.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Starts at a seed other than 0.
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.number()) * u128::from(n)) >> 64) as u64
    }

    /// A fraction from 0 up to 1.
    pub fn fraction(&mut self) -> f32 {
        (self.number() >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// Vectors of length 1 for the frequent words.
fn vectors(corpus: &Corpus) -> Vec<Vector> {
    let counts: Vec<u32> = corpus.frequent().iter().map(|(_, count)| *count).collect();
    let n_words = counts.len();
    if n_words == 0 {
        return Vec::new();
    }
    let mut random = Random::new(7);
    let mut words: Vec<Vector> = (0..n_words)
        .map(|_| std::array::from_fn(|_| (random.fraction() - 0.5) / N_DIMS as f32))
        .collect();
    let mut contexts: Vec<Vector> = vec![[0.0; N_DIMS]; n_words];
    let negatives = negative_table(&counts);
    let total: f32 = counts.iter().map(|it| *it as f32).sum();
    let kept: Vec<f32> = counts
        .iter()
        .map(|count| {
            let share = *count as f32 / total / FREQUENT;
            (share.sqrt() + 1.0) / share
        })
        .collect();
    let n_steps = (corpus.ids.len() * N_EPOCHS) as f32;
    let mut n_done = 0.0;
    let mut line: Vec<u32> = Vec::new();
    for _ in 0..N_EPOCHS {
        for id in &corpus.ids {
            n_done += 1.0;
            if let Some(word) = id.word().filter(|_| line.len() < LONGEST_LINE) {
                let is_known = (word as usize) < n_words;
                if is_known && random.fraction() < kept[word as usize] {
                    line.push(word);
                }
                continue;
            }
            let step = FIRST_STEP * (1.0 - n_done / n_steps).max(1e-3);
            for at in 0..line.len() {
                let reach = 1 + random.below(WINDOW) as usize;
                for near in at.saturating_sub(reach)..(at + reach + 1).min(line.len()) {
                    if near != at {
                        let word = &mut words[line[near] as usize];
                        learn_pair(word, line[at], &mut contexts, &negatives, step, &mut random);
                    }
                }
            }
            line.clear();
        }
    }
    for it in &mut words {
        let length = it.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
        it.iter_mut().for_each(|x| *x /= length);
    }
    words
}

fn learn_pair(
    word: &mut Vector,
    neighbour: u32,
    contexts: &mut [Vector],
    negatives: &[u32],
    step: f32,
    random: &mut Random,
) {
    let mut change = [0.0; N_DIMS];
    for draw in 0..=N_NEGATIVE {
        let (id, truth) = match draw {
            0 => (neighbour, 1.0),
            _ => (negatives[random.below(negatives.len() as u64) as usize], 0.0),
        };
        if draw != 0 && id == neighbour {
            continue;
        }
        let context = &mut contexts[id as usize];
        let product = dot(word, context).clamp(-8.0, 8.0);
        let slope = (truth - 1.0 / (1.0 + (-product).exp())) * step;
        for k in 0..N_DIMS {
            change[k] += slope * context[k];
            context[k] += slope * word[k];
        }
    }
    for k in 0..N_DIMS {
        word[k] += change[k];
    }
}

/// The product of two vectors, summed in eight lanes, so that its value does not depend on the compiler.
fn dot(a: &Vector, b: &Vector) -> f32 {
    let mut lanes = [0.0; 8];
    for k in (0..N_DIMS).step_by(8) {
        for lane in 0..8 {
            lanes[lane] += a[k + lane] * b[k + lane];
        }
    }
    lanes.iter().sum()
}

/// Words in proportion to their counts to the power of 3/4, as in the paper. The length of the table was picked by
/// feel.
fn negative_table(counts: &[u32]) -> Vec<u32> {
    const LEN: usize = 2_000_000;
    let weights: Vec<f64> = counts.iter().map(|it| f64::from(*it).powf(0.75)).collect();
    let total: f64 = weights.iter().sum();
    let mut table = Vec::with_capacity(LEN);
    let mut sum = 0.0;
    for (id, weight) in weights.iter().enumerate() {
        sum += weight;
        let end = (sum / total * LEN as f64) as usize;
        while table.len() < end {
            table.push(id as u32);
        }
    }
    table
}

/// The number of the cluster of each vector, and the centres. It begins with evenly spread words, so nothing is drawn at random.
fn k_means(vectors: &[Vector], n_clusters: usize) -> (Vec<u16>, Vec<Vector>) {
    let forming = &vectors[..vectors.len().min(N_FORMING)];
    let n_clusters = n_clusters.min(forming.len());
    let mut centres: Vec<Vector> = (0..n_clusters)
        .map(|it| forming[it * forming.len() / n_clusters])
        .collect();
    for _ in 0..N_ROUNDS {
        let mut sums: Vec<Vector> = vec![[0.0; N_DIMS]; n_clusters];
        for it in forming {
            let sum = &mut sums[nearest(&centres, it)];
            for k in 0..N_DIMS {
                sum[k] += it[k];
            }
        }
        for (centre, sum) in centres.iter_mut().zip(&sums) {
            let length = dot(sum, sum).sqrt();
            if 1e-6 < length {
                *centre = sum.map(|x| x / length);
            }
        }
    }
    let of_vector = vectors.iter().map(|it| nearest(&centres, it) as u16).collect();
    (of_vector, centres)
}

fn nearest(centres: &[Vector], vector: &Vector) -> usize {
    let mut best = (0, f32::MIN);
    for (idx, centre) in centres.iter().enumerate() {
        let product = dot(centre, vector);
        if best.1 < product {
            best = (idx, product);
        }
    }
    best.0
}
