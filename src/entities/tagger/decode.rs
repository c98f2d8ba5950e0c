//! The linear chain: labels the tokens of a line by the scores of their features and of pairs of labels.

use super::super::EntityKind;

/// The number of labels: outside, and for each kind one that begins a name and one that continues it.
pub const N_LABELS: usize = 7;

/// A label: 0 is outside, then beginning and inside of each kind in the order of [`EntityKind::ALL`].
pub type Label = u8;

/// The score of each label.
pub type Scores = [f32; N_LABELS];

/// The score of a label (second index) after another (first); the last row is for the first token of a line.
pub type Transitions = [[f32; N_LABELS]; N_LABELS + 1];

/// The row of [`Transitions`] for the first token of a line.
pub const START: usize = N_LABELS;

/// The label of a token that begins a name.
pub fn beginning(kind: EntityKind) -> Label {
    1 + 2 * kind as Label
}

/// The kind of a label, and whether it begins a name; `None` for outside.
pub fn meaning(label: Label) -> Option<(EntityKind, bool)> {
    let kind = EntityKind::ALL.get(usize::from(label.checked_sub(1)?) / 2)?;
    Some((*kind, label % 2 == 1))
}

/// Whether a label may follow another: a name continues only one of its kind.
pub fn is_allowed(before: usize, label: usize) -> bool {
    label == 0 || label % 2 == 1 || before == label || before + 1 == label
}

/// The best labels of a line (Viterbi); of equally good ones, the first.
pub fn best_labels(scores: &[Scores], transitions: &Transitions) -> Vec<Label> {
    let mut came_from: Vec<[u8; N_LABELS]> = Vec::with_capacity(scores.len());
    let mut totals = [0.0; N_LABELS];
    for (at, scores) in scores.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; N_LABELS];
        let mut from = [0; N_LABELS];
        for label in 0..N_LABELS {
            if at == 0 {
                if is_allowed(START, label) {
                    next[label] = transitions[START][label] + scores[label];
                }
                continue;
            }
            for before in 0..N_LABELS {
                let total = totals[before] + transitions[before][label];
                if is_allowed(before, label) && next[label] < total {
                    next[label] = total;
                    from[label] = before as u8;
                }
            }
            next[label] += scores[label];
        }
        totals = next;
        came_from.push(from);
    }
    let mut label = 0;
    for it in 1..N_LABELS {
        if totals[label] < totals[it] {
            label = it;
        }
    }
    let mut labels = vec![0; scores.len()];
    for at in (0..scores.len()).rev() {
        labels[at] = label as Label;
        label = usize::from(came_from[at][label]);
    }
    labels
}

/// The result of the forward-backward algorithm on a line.
pub struct Expected {
    /// The probability of each label, by token.
    pub labels: Vec<Scores>,
    /// The sum over all tokens of the probability of each pair of labels, as in [`Transitions`].
    pub pairs: Transitions,
}

/// The probabilities of labels in a line.
pub fn expected(scores: &[Scores], transitions: &Transitions) -> Expected {
    let n_tokens = scores.len();
    let mut weights = [[0.0; N_LABELS]; N_LABELS + 1];
    for before in 0..=N_LABELS {
        for label in 0..N_LABELS {
            if is_allowed(before, label) {
                weights[before][label] = transitions[before][label].exp();
            }
        }
    }
    let mut locals: Vec<Scores> = Vec::with_capacity(n_tokens);
    for it in scores {
        let most = it.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        locals.push(it.map(|score| (score - most).exp()));
    }
    let mut forward: Vec<Scores> = Vec::with_capacity(n_tokens);
    let mut norms = Vec::with_capacity(n_tokens);
    for at in 0..n_tokens {
        let mut row = [0.0; N_LABELS];
        for label in 0..N_LABELS {
            let reached = match at {
                0 => weights[START][label],
                _ => (0..N_LABELS)
                    .map(|before| forward[at - 1][before] * weights[before][label])
                    .sum(),
            };
            row[label] = reached * locals[at][label];
        }
        let norm: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        norms.push(norm);
        forward.push(row.map(|it| it / norm));
    }
    let mut labels = forward.clone();
    let mut pairs = [[0.0; N_LABELS]; N_LABELS + 1];
    let mut backward = [1.0; N_LABELS];
    for at in (0..n_tokens).rev() {
        let ahead: Scores = std::array::from_fn(|label| locals[at][label] * backward[label] / norms[at]);
        for label in 0..N_LABELS {
            labels[at][label] = forward[at][label] * backward[label];
        }
        let mut next = [0.0; N_LABELS];
        if at == 0 {
            for label in 0..N_LABELS {
                pairs[START][label] += weights[START][label] * ahead[label];
            }
        } else {
            for before in 0..N_LABELS {
                for label in 0..N_LABELS {
                    let path = weights[before][label] * ahead[label];
                    next[before] += path;
                    pairs[before][label] += forward[at - 1][before] * path;
                }
            }
        }
        backward = next;
    }
    Expected { labels, pairs }
}

/// The names that labels mark: kind, first token, token after the last.
pub fn spans(labels: &[Label]) -> Vec<(EntityKind, usize, usize)> {
    let mut spans: Vec<(EntityKind, usize, usize)> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        match meaning(*label) {
            Some((kind, true)) => spans.push((kind, at, at + 1)),
            Some((_, false)) => {
                if let Some(last) = spans.last_mut() {
                    last.2 = at + 1;
                }
            }
            None => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All labellings of a line of `n_tokens` with their scores, tried one by one.
    fn all(scores: &[Scores], transitions: &Transitions) -> Vec<(Vec<Label>, f64)> {
        let mut all: Vec<(Vec<Label>, f64)> = vec![(Vec::new(), 0.0)];
        for it in scores {
            all = all
                .iter()
                .flat_map(|(labels, score)| {
                    let before = labels.last().map_or(START, |it| usize::from(*it));
                    (0..N_LABELS)
                        .filter(move |label| is_allowed(before, *label))
                        .map(move |label| {
                            let mut labels = labels.clone();
                            labels.push(label as Label);
                            (labels, score + f64::from(transitions[before][label] + it[label]))
                        })
                })
                .collect();
        }
        all
    }

    #[test]
    fn the_chain_agrees_with_trying_every_labelling() {
        let value = |n: usize| ((n * 7919 % 101) as f32 - 50.0) / 25.0;
        let scores: Vec<Scores> = (0..5)
            .map(|at| std::array::from_fn(|label| value(at * 13 + label)))
            .collect();
        let transitions: Transitions =
            std::array::from_fn(|before| std::array::from_fn(|label| value(before * 31 + label * 3 + 5)));
        let all = all(&scores, &transitions);
        let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(best_labels(&scores, &transitions), best.0);

        let total: f64 = all.iter().map(|(_, score)| score.exp()).sum();
        let found = expected(&scores, &transitions);
        for at in 0..scores.len() {
            for label in 0..N_LABELS {
                let matching = all.iter().filter(|(labels, _)| usize::from(labels[at]) == label);
                let share = matching.map(|(_, score)| score.exp()).sum::<f64>() / total;
                assert!((f64::from(found.labels[at][label]) - share).abs() < 1e-4);
            }
        }
        let n_pairs: f32 = found.pairs.iter().flatten().sum();
        assert!((n_pairs - 5.0).abs() < 1e-3);
    }

    #[test]
    fn labels_mark_names() {
        assert_eq!(
            spans(&[0, 1, 2, 1, 5]),
            [
                (EntityKind::Person, 1, 3),
                (EntityKind::Person, 3, 4),
                (EntityKind::Place, 4, 5)
            ]
        );
        assert!(best_labels(&[], &[[0.0; N_LABELS]; N_LABELS + 1]).is_empty());
    }
}
