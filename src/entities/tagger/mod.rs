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
//! | `decode` | labels from the scores of features |
//! | `network` | a hidden layer beside the features |
//! | `document` | the features of the second pass |

mod decode;
mod document;
mod feature;
mod lexicon;
mod model;
mod network;
mod token;

pub use crate::arabic::table::{hash_of, mix};
pub use decode::{Label, N_LABELS, START, Scores, Transitions, beginning, best_labels, expected, is_allowed, spans};
pub use document::{FirstLook, Line};
pub use feature::{Form, LineView, OFFSETS, clitics, edge_feature, pair_features, token_features};
pub use lexicon::{
    Entry, FINEST, N_SIZES, NO_PERSON, Phrases, TRIGGERS, TaggerLexicon, lexicon_bytes, list, phrase, phrase_bytes,
};
pub use model::{Model, ModelError, ModelParts, Sum};
pub use network::{N_FLAGS, N_HIDDEN, N_PLACES, NetworkParts, REACH, flags, product};
pub use token::{Token, TokenKind, normalised, tokens};

use rustc_hash::FxHashMap;

use crate::arabic::Span;

use super::EntityKind;

use network::Hidden;

/// The word forms of many articles, with what each adds to the scores of its own position and its neighbours'. Most words
/// of an article were in the ones before it, and looking a form's features up is most of the work.
#[derive(Clone, Debug)]
pub struct Forms {
    forms: Vec<Form>,
    /// The sum of weights of each form at each of [`OFFSETS`].
    sums: Vec<[Sum; N_OFFSETS]>,
    /// The sums of each form in the hidden layer, if the model has one.
    hidden: Vec<[Hidden; N_PLACES]>,
    idx_of: FxHashMap<String, u32>,
    edges: [Sum; N_OFFSETS],
}

/// With more forms than this, all are forgotten before the next article: they take some 30 MB. With 10,000, articles of many
/// outlets took a tenth longer.
const MOST_FORMS: usize = 20_000;

const N_OFFSETS: usize = 7;
const FIRST_OFFSET: i32 = *OFFSETS.start();

/// An article with the labels of its tokens.
#[derive(Clone, Debug, Default)]
pub struct Labelled {
    /// Its distinct word forms, in the order in which they first occur.
    pub forms: Vec<Form>,
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
        self.forms.get(*self.lines.get(line)?.form_idxs.get(at)? as usize)
    }
}

impl Forms {
    /// Precomputes the weights of positions outside a line, so that each costs only an addition.
    pub fn new(model: &Model<'_>) -> Self {
        let mut edges = [Sum::default(); N_OFFSETS];
        for (idx, offset) in OFFSETS.enumerate() {
            model.add(edge_feature(offset), &mut edges[idx]);
        }
        Self {
            forms: Vec::new(),
            sums: Vec::new(),
            hidden: Vec::new(),
            idx_of: FxHashMap::default(),
            edges,
        }
    }

    /// All forms met so far.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The tokens of the part of `text` that `span` names, with their forms.
    pub fn line(&mut self, text: &str, span: Span, model: &Model<'_>) -> Line {
        let tokens = tokens(span.of(text).unwrap_or_default(), span.start);
        let form_idxs = tokens
            .iter()
            .map(|token| {
                let written = token.span.of(text).unwrap_or_default();
                if let Some(idx) = self.idx_of.get(written) {
                    return *idx;
                }
                let form = Form::new(written, token.kind, &model.lexicon);
                let mut sums = [Sum::default(); N_OFFSETS];
                for (idx, offset) in OFFSETS.enumerate() {
                    form.features(offset, |feature, _| model.add(feature, &mut sums[idx]));
                }
                let idx = self.forms.len() as u32;
                self.hidden.extend(model.network.as_ref().map(|it| it.sums(&form)));
                self.forms.push(form);
                self.sums.push(sums);
                self.idx_of.insert(written.to_owned(), idx);
                idx
            })
            .collect();
        Line { tokens, form_idxs }
    }

    /// Forgets all forms if there are too many.
    fn forget_many(&mut self) {
        if MOST_FORMS < self.forms.len() {
            self.forms.clear();
            self.sums.clear();
            self.hidden.clear();
            self.idx_of.clear();
        }
    }

    /// The forms of an article in the order in which they first occur; its lines are made to name them.
    fn of_article(&self, lines: &mut [Line]) -> Vec<Form> {
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

    fn view<'a>(&'a self, line: &'a Line, model: &Model<'_>) -> LineView<'a> {
        LineView::new(&line.tokens, &line.form_idxs, &self.forms, &model.phrases)
    }

    /// The scores of a line's labels in the first pass.
    fn scores(&self, line: &Line, view: &LineView<'_>, model: &Model<'_>) -> Vec<Scores> {
        (0..line.tokens.len())
            .map(|at| {
                let mut sum = Sum::default();
                for idx in 0..N_OFFSETS {
                    let neighbour = (at + idx).checked_add_signed(FIRST_OFFSET as isize);
                    let part = match neighbour.and_then(|it| line.form_idxs.get(it)) {
                        Some(form_idx) => &self.sums[*form_idx as usize][idx],
                        None => &self.edges[idx],
                    };
                    for (sum, part) in sum.iter_mut().zip(part) {
                        *sum += part;
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
            if let Some(sums) = neighbour.and_then(|it| self.hidden.get(*it as usize)) {
                for (sum, part) in hidden.iter_mut().zip(&sums[place]) {
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

fn second_look(model: &Model<'_>, lines: &[Line], forms: &Forms, scores: &[Vec<Scores>]) -> Vec<Vec<Label>> {
    let [first, second] = &model.transitions;
    let probabilities: Vec<Vec<Scores>> = scores.iter().map(|it| expected(it, first).labels).collect();
    let labels: Vec<Vec<Label>> = scores.iter().map(|it| best_labels(it, first)).collect();
    let look = FirstLook::new(lines, forms.forms(), &probabilities, &labels);
    scores
        .iter()
        .enumerate()
        .map(|(line_idx, scores)| {
            let scores: Vec<Scores> = scores
                .iter()
                .enumerate()
                .map(|(at, scores)| {
                    let mut sum = Sum::default();
                    look.features(line_idx, at, |feature| model.add(feature, &mut sum));
                    let added = model.scores(&sum);
                    std::array::from_fn(|label| scores[label] + added[label])
                })
                .collect();
            best_labels(&scores, second)
        })
        .collect()
}
