//! What the lines of a request are aligned at.

use std::collections::{BTreeSet, HashMap};

use crate::arabic::Span;
use crate::arabic::clitic::CLITICS;
use crate::entities::{EntityId, EntityIdx};
use crate::index::analysis::{FoldedWord, folded_words};
use crate::index::query::matches::{Matcher, find_in_words};
use crate::index::query::node::Node;
use crate::index::query::plan::Plan;
use crate::index::request::SearchRequest;
use crate::index::snapshot::Snapshot;

/// Finds the words that lines are aligned at: those of the query, as they are marked in the reader, and the names that it
/// asks for. Without either, the names that were chosen beside it.
#[derive(Default)]
pub struct Nodes {
    matchers: Vec<Matcher>,
    /// The names by their first word, folded: their other words.
    names: HashMap<String, Vec<Vec<String>>>,
}

impl Nodes {
    /// What the lines of a request are aligned at.
    pub fn new(snapshot: &Snapshot, plan: &Plan, request: &SearchRequest) -> Self {
        let mut entities = BTreeSet::new();
        for part in &plan.parts {
            add_named(snapshot, &part.node, &mut entities);
        }
        if plan.matchers.is_empty() && entities.is_empty() {
            let chosen = request.filters.values.iter().filter(|it| !it.excluded);
            let chosen = chosen.filter(|it| it.facet.entity_kind().is_some());
            entities.extend(chosen.filter_map(|it| snapshot.registry.find(&EntityId(it.id.clone()))));
        }
        let mut nodes = Self {
            matchers: plan.matchers.clone(),
            names: HashMap::new(),
        };
        for idx in entities {
            let Some(entity) = snapshot.registry.get(idx) else {
                continue;
            };
            nodes.add_name(entity.name());
            for (form, _) in entity.aliases() {
                nodes.add_name(form);
            }
        }
        nodes
    }

    /// Whether there is nothing to be aligned at.
    pub fn is_empty(&self) -> bool {
        self.matchers.is_empty() && self.names.is_empty()
    }

    fn add_name(&mut self, form: &str) {
        // Without what the recogniser adds to it, «وزارة الصحة (الإمارات)».
        let written = form.split(" (").next().unwrap_or(form);
        let mut words = folded_words(written).map(|it| it.surface().to_owned());
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let known = self.names.entry(first).or_default();
        if !known.contains(&rest) {
            known.push(rest);
        }
    }

    /// The places in some words of `text`, in order, without overlap.
    pub fn find(&self, text: &str, words: &[FoldedWord]) -> Vec<Span> {
        let mut spans = find_in_words(&self.matchers, text, words);
        if !self.names.is_empty() {
            spans.extend(self.names_in(words));
            spans = without_overlap(spans);
        }
        spans
    }

    fn names_in(&self, words: &[FoldedWord]) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut idx = 0;
        while let Some(first) = words.get(idx) {
            let n_words = self.n_words_of_name(&words[idx..]);
            if let Some(last) = n_words.checked_sub(1).and_then(|it| words.get(idx + it)) {
                spans.push(Span::new(first.span.start, last.span.end));
            }
            idx += n_words.max(1);
        }
        spans
    }

    /// How many words the longest name has that begins here, maybe behind a clitic; 0 if none does.
    fn n_words_of_name(&self, words: &[FoldedWord]) -> usize {
        let Some((first, rest)) = words.split_first() else {
            return 0;
        };
        let of_first = |first: &str| {
            let names = self.names.get(first).into_iter().flatten();
            let stand_here = names.filter(|name| {
                name.len() <= rest.len() && name.iter().zip(rest).all(|(wanted, word)| *wanted == word.surface())
            });
            stand_here.map(|name| 1 + name.len()).max().unwrap_or(0)
        };
        let bare = CLITICS
            .tagger
            .iter()
            .filter(|it| it.n_letters != 0 && (!it.has_article || it.is_melted));
        let bare = bare.filter_map(|clitic| clitic.strip(first.surface()));
        bare.map(|it| of_first(&it)).fold(of_first(first.surface()), usize::max)
    }
}

/// The people, organisations and places that a query asks for by name.
fn add_named(snapshot: &Snapshot, node: &Node, entities: &mut BTreeSet<EntityIdx>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|it| add_named(snapshot, it, entities)),
        Node::Title(node) => add_named(snapshot, node, entities),
        Node::Named { facet, value, is_open } => {
            let Some(kind) = facet.entity_kind() else { return };
            let called = snapshot.registry.entities_called(value, *is_open).into_iter();
            entities.extend(called.filter(|idx| snapshot.registry.get(*idx).is_some_and(|it| it.kind() == kind)));
        }
        Node::Not(_)
        | Node::Word(_)
        | Node::Beginning(_)
        | Node::Phrase(_)
        | Node::Near { .. }
        | Node::Days { .. }
        | Node::Unclear(_)
        | Node::Mentions { .. } => {}
    }
}

fn without_overlap(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for it in spans {
        match merged.last_mut() {
            Some(last) if it.start < last.end => last.end = last.end.max(it.end),
            _ => merged.push(it),
        }
    }
    merged
}
