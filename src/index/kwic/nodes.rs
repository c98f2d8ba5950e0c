//! What the lines of a request are aligned at.

use std::sync::Arc;

use crate::arabic::Span;
use crate::index::analysis::FoldedWord;
use crate::index::query::matches::{Matcher, find_in_words};
use crate::index::query::names::{WrittenNames, chosen_in, named_in};
use crate::index::query::plan::Plan;
use crate::index::request::SearchRequest;
use crate::index::snapshot::Snapshot;

/// Finds the words that lines are aligned at: those of the query, as they are marked in the reader, and the names that it
/// asks for. Without either, the names that were chosen beside it.
#[derive(Default)]
pub struct Nodes {
    matchers: Vec<Matcher>,
}

impl Nodes {
    /// What the lines of a request are aligned at.
    pub fn new(snapshot: &Snapshot, plan: &Plan, request: &SearchRequest) -> Self {
        let mut entities = named_in(snapshot, &plan.parts);
        if plan.matchers.is_empty() && entities.is_empty() {
            entities.extend(chosen_in(snapshot, request));
        }
        let names = WrittenNames::of(snapshot, entities);
        let mut matchers = plan.matchers.clone();
        if !names.is_empty() {
            matchers.push(Matcher::Name(Arc::new(names)));
        }
        Self { matchers }
    }

    /// Whether there is nothing to be aligned at.
    pub fn is_empty(&self) -> bool {
        self.matchers.is_empty()
    }

    /// The places in some words of `text`, in order, without overlap.
    pub fn find(&self, text: &str, words: &[FoldedWord]) -> Vec<Span> {
        find_in_words(&self.matchers, text, words)
    }
}
