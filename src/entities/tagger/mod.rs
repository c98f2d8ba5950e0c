//! Marks names in lines of text: a linear-chain conditional random field over hashed features, in two passes.
//!
//! ```text
//! lines ──▶ token ──▶ feature (lexicon, phrases) ──▶ model (weights) ──▶ decode ──▶ probabilities
//!                                                                                       │
//!                        labels ◀── decode ◀── model ◀── document ◀─────────────────────┘
//! ```
//!
//! The first pass takes each line alone; the second knows what the first thought of the same words in the other lines
//! of the article. Everything learnt is in the model file, which `fihrist train` makes.
//!
//! Not for dates. It knows nothing of sections, nor of which names are one: see the parent module.
//!
//! | file | is |
//! |---|---|
//! | `token` | words and marks of a line |
//! | `feature` | what the models see of a token |
//! | `lexicon` | what is known of words and of names of several words |
//! | `model` | the model file |
//! | `known` | the forms of many articles, with their sums |
//! | `decode` | labels from the scores of features |
//! | `network` | a hidden layer beside the features |
//! | `document` | the features of the second pass |

mod decode;
mod document;
mod feature;
mod known;
mod lexicon;
mod model;
mod network;
mod token;

pub use crate::arabic::table::{hash_of, mix};
pub use decode::{Label, N_LABELS, START, Scores, Transitions, beginning, best_labels, expected, is_allowed, spans};
pub use document::{FirstLook, Line};
pub use feature::{Form, LineView, OFFSETS, clitics, edge_feature, pair_features, token_features};
pub use known::{KnownForm, KnownForms};
pub use lexicon::{
    Entry, FINEST, N_SIZES, NO_PERSON, Phrases, TRIGGERS, TaggerLexicon, lexicon_bytes, list, phrase, phrase_bytes,
};
pub use model::{Model, ModelError, ModelParts, Sum};
pub use network::{N_FLAGS, N_HIDDEN, N_PLACES, NetworkParts, REACH, flags, product};
pub use token::{Token, TokenKind, normalised, tokens};

use std::borrow::Borrow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::arabic::Span;

use super::EntityKind;

use known::{MOST_FORMS, N_OFFSETS};
use network::Hidden;

/// The word forms that a thread met.
#[derive(Clone, Debug)]
pub struct Forms {
    /// Those that all threads know.
    known: Arc<KnownForms>,
    forms: Vec<KnownForm>,
    /// By the hash of how a form is written; two share one in no archive.
    idx_of: FxHashMap<u64, u32>,
    edges: [Sum; N_OFFSETS],
    looks: KnownLooks,
}

/// The sums of weights of the features of the second pass, by all features of a token: they say little, and most tokens are
/// seen as many others are.
#[derive(Clone, Debug, Default)]
struct KnownLooks(FxHashMap<u64, Sum>);

impl KnownLooks {
    /// With more than this all are forgotten: some 4 MB. A guess.
    const MOST: usize = 1 << 16;

    fn sum(&mut self, features: &[u64], model: &Model<'_>) -> Sum {
        let all = features.iter().fold(0, |all, feature| mix(all, *feature));
        if Self::MOST <= self.0.len() {
            self.0.clear();
        }
        let summed = || {
            let mut sum = Sum::default();
            features.iter().for_each(|feature| model.add(*feature, &mut sum));
            sum
        };
        *self.0.entry(all).or_insert_with(summed)
    }
}

const FIRST_OFFSET: i32 = *OFFSETS.start();

/// An article with the labels of its tokens.
#[derive(Clone, Debug, Default)]
pub struct Labelled {
    /// Its distinct word forms, in the order in which they first occur.
    pub forms: Vec<KnownForm>,
    /// Its lines, in their order.
    pub lines: Vec<Line>,
    /// For each line a label for each token.
    pub labels: Vec<Vec<Label>>,
    /// For each line, the listed names of several words that are of a single kind: the first token and the token after
    /// the last, in the order of the line.
    pub known: Vec<Vec<(usize, usize, EntityKind)>>,
}

impl Labelled {
    /// The form of a token; `None` outside the line.
    pub fn form(&self, line: usize, at: usize) -> Option<&Form> {
        let form = self.forms.get(*self.lines.get(line)?.form_idxs.get(at)? as usize);
        form.map(Borrow::borrow)
    }
}

impl Forms {
    /// Precomputes the weights of positions outside a line, so that each costs only an addition. `known` are the forms of the
    /// same model.
    pub fn new(model: &Model<'_>, known: Arc<KnownForms>) -> Self {
        let mut edges = [Sum::default(); N_OFFSETS];
        for (idx, offset) in OFFSETS.enumerate() {
            model.add(edge_feature(offset), &mut edges[idx]);
        }
        Self {
            known,
            forms: Vec::new(),
            idx_of: FxHashMap::default(),
            edges,
            looks: KnownLooks::default(),
        }
    }

    /// The tokens of the part of `text` that `span` names, with their forms.
    pub fn line(&mut self, text: &str, span: Span, model: &Model<'_>) -> Line {
        let tokens = tokens(span.of(text).unwrap_or_default(), span.start);
        let form_idxs = tokens
            .iter()
            .map(|token| {
                let written = token.span.of(text).unwrap_or_default();
                let hash = hash_of(written);
                *self.idx_of.entry(hash).or_insert_with(|| {
                    self.forms.push(self.known.find(hash, written, token.kind, model));
                    self.forms.len() as u32 - 1
                })
            })
            .collect();
        Line { tokens, form_idxs }
    }

    /// Forgets all forms if there are too many.
    fn forget_many(&mut self) {
        if MOST_FORMS < self.forms.len() {
            self.forms.clear();
            self.idx_of.clear();
        }
    }

    /// The forms of an article in the order in which they first occur; its lines are made to name them.
    fn of_article(&self, lines: &mut [Line]) -> Vec<KnownForm> {
        let mut forms = Vec::new();
        let mut new_idx: FxHashMap<u32, u32> = FxHashMap::default();
        for idx in lines.iter_mut().flat_map(|it| &mut it.form_idxs) {
            *idx = *new_idx.entry(*idx).or_insert_with(|| {
                forms.push(self.forms[*idx as usize].clone());
                forms.len() as u32 - 1
            });
        }
        forms
    }

    fn view<'a>(&'a self, line: &'a Line, model: &Model<'_>) -> LineView<'a, KnownForm> {
        LineView::new(&line.tokens, &line.form_idxs, &self.forms, &model.phrases)
    }

    /// The scores of a line's labels in the first pass.
    fn scores(&self, line: &Line, view: &LineView<'_, KnownForm>, model: &Model<'_>) -> Vec<Scores> {
        (0..line.tokens.len())
            .map(|at| {
                let mut sum = Sum::default();
                for idx in 0..N_OFFSETS {
                    let neighbour = (at + idx).checked_add_signed(FIRST_OFFSET as isize);
                    match neighbour.and_then(|it| line.form_idxs.get(it)) {
                        Some(form_idx) => self.forms[*form_idx as usize].add(idx, &mut sum),
                        None => sum
                            .iter_mut()
                            .zip(&self.edges[idx])
                            .for_each(|(sum, part)| *sum += part),
                    }
                }
                pair_features(view, at, |feature, _| model.add(feature, &mut sum));
                let mut scores = model.scores(&sum);
                if let Some(network) = &model.network {
                    network.add_scores(&self.hidden(line, at), &mut scores);
                }
                scores
            })
            .collect()
    }

    /// The sums of a token and its neighbours in the hidden layer.
    fn hidden(&self, line: &Line, at: usize) -> Hidden {
        let mut hidden: Hidden = [0; N_HIDDEN];
        for place in 0..N_PLACES {
            let neighbour = (at + place).checked_sub(REACH).and_then(|it| line.form_idxs.get(it));
            if let Some(sums) = neighbour.and_then(|it| self.forms[*it as usize].hidden(place)) {
                for (sum, part) in hidden.iter_mut().zip(sums) {
                    *sum = sum.saturating_add(*part);
                }
            }
        }
        hidden
    }
}

/// Marks the names in the lines of an article, in both passes. `forms` are those of the same model and of articles before.
pub fn label_article(model: &Model<'_>, forms: &mut Forms, text: &str, line_spans: &[Span]) -> Labelled {
    forms.forget_many();
    let mut lines: Vec<Line> = line_spans.iter().map(|span| forms.line(text, *span, model)).collect();
    let views = lines.iter().map(|line| forms.view(line, model));
    let (scores, known): (Vec<Vec<Scores>>, Vec<_>) = lines
        .iter()
        .zip(views)
        .map(|(line, view)| (forms.scores(line, &view, model), view.known()))
        .unzip();
    let labels = second_look(model, &lines, forms, &scores);
    Labelled {
        forms: forms.of_article(&mut lines),
        lines,
        labels,
        known,
    }
}

fn second_look(model: &Model<'_>, lines: &[Line], forms: &mut Forms, scores: &[Vec<Scores>]) -> Vec<Vec<Label>> {
    let mut features = Vec::new();
    let [first, second] = &model.transitions;
    let probabilities: Vec<Vec<Scores>> = scores.iter().map(|it| expected(it, first).labels).collect();
    let labels: Vec<Vec<Label>> = scores.iter().map(|it| best_labels(it, first)).collect();
    let look = FirstLook::new(lines, &forms.forms, &probabilities, &labels);
    scores
        .iter()
        .enumerate()
        .map(|(line_idx, scores)| {
            let scores: Vec<Scores> = scores
                .iter()
                .enumerate()
                .map(|(at, scores)| {
                    features.clear();
                    look.features(line_idx, at, |feature| features.push(feature));
                    let added = model.scores(&forms.looks.sum(&features, model));
                    std::array::from_fn(|label| scores[label] + added[label])
                })
                .collect();
            best_labels(&scores, second)
        })
        .collect()
}
