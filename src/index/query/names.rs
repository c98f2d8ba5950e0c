//! The places of names in a text: how the people, organisations and places that are asked for are written.

use std::collections::{BTreeSet, HashMap};

use crate::arabic::clitic::CLITICS;
use crate::entities::{EntityId, EntityIdx};
use crate::index::analysis::{FoldedWord, folded_words};
use crate::index::request::SearchRequest;
use crate::index::snapshot::Snapshot;

use super::node::{Node, QueryPart};

/// How some entities are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WrittenNames {
    /// By their first word, folded: their other words.
    by_first: HashMap<String, Vec<Vec<String>>>,
}

impl WrittenNames {
    /// Those of some entities, each by its name and all its spellings.
    pub fn of(snapshot: &Snapshot, entities: impl IntoIterator<Item = EntityIdx>) -> Self {
        let mut it = Self::default();
        for entity in entities.into_iter().filter_map(|idx| snapshot.registry.get(idx)) {
            it.add(entity.name());
            for (form, _) in entity.aliases() {
                it.add(form);
            }
        }
        it
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    fn add(&mut self, form: &str) {
        // Without what the recogniser adds to it, «وزارة الصحة (الإمارات)».
        let written = form.split(" (").next().unwrap_or(form);
        let mut words = folded_words(written).map(|it| it.surface().to_owned());
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let known = self.by_first.entry(first).or_default();
        if !known.contains(&rest) {
            known.push(rest);
        }
    }

    /// How many words the longest name has that begins here, maybe behind a clitic; 0 if none does.
    pub fn n_words(&self, words: &[FoldedWord]) -> usize {
        let Some((first, rest)) = words.split_first() else {
            return 0;
        };
        let of_first = |first: &str| {
            let names = self.by_first.get(first).into_iter().flatten();
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

/// The entities that the pieces of a query ask for by an operator.
pub fn named_in(snapshot: &Snapshot, parts: &[QueryPart]) -> BTreeSet<EntityIdx> {
    let mut named = BTreeSet::new();
    for part in parts {
        add_named(snapshot, &part.node, &mut named);
    }
    named
}

/// The entities that were chosen beside the query, without those that are excluded.
pub fn chosen_in(snapshot: &Snapshot, request: &SearchRequest) -> impl Iterator<Item = EntityIdx> {
    let chosen = request.filters.values.iter().filter(|it| !it.excluded);
    let chosen = chosen.filter(|it| it.facet.entity_kind().is_some());
    chosen.filter_map(|it| snapshot.registry.find(&EntityId(it.id.clone())))
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
        | Node::Mentions { .. }
        | Node::Marked(_)
        | Node::MarkWords { .. } => {}
    }
}
