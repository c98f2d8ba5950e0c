//! The user's corrections of names: those that hold, the one that is considered, those that are suggested.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::Arc;

use crate::entities::{Correction, Corrections, EntityId};
use crate::index::CorrectionPreview;

use super::job::CorrectJob;
use super::pending::Pending;
use super::report::NamedSuggestion;

/// What is shown of corrections.
#[derive(Clone, Debug, Default)]
pub struct Correcting {
    /// The corrections that the archive is counted by, in the order in which they were made.
    pub corrections: Arc<Corrections>,
    /// What the entities in `corrections` are called where nothing is corrected.
    pub names: HashMap<EntityId, String>,
    /// The correction that is considered, and what it would change.
    pub preview: Option<(Correction, Pending<CorrectionPreview>)>,
    /// Which entities may be one, once that was looked up.
    pub suggestions: Pending<Vec<NamedSuggestion>>,
    /// The entities that stand in `suggestions`.
    pub suggested: HashSet<EntityId>,
    /// Those that were made in this window and not taken back, in their order.
    made: Vec<Correction>,
}

/// What follows from a change of the corrections.
#[derive(Debug, Default)]
pub struct CorrectionsChanged {
    /// The one that was just made.
    pub made: Option<Correction>,
    /// Whether articles are to be read again.
    pub is_of_articles: bool,
    /// What may be one is to be looked up anew.
    pub suggests: Option<CorrectJob>,
}

impl Correcting {
    /// Has a correction made.
    pub fn ask(&mut self, correction: Correction) -> CorrectJob {
        self.made.push(correction.clone());
        CorrectJob::Correct(correction)
    }

    /// Takes over the corrections that the archive is counted by. What was suggested before may be done by now.
    pub fn changed(&mut self, corrections: Arc<Corrections>, names: HashMap<EntityId, String>) -> CorrectionsChanged {
        let before = mem::replace(&mut self.corrections, corrections);
        self.names = names;
        let now = &self.corrections;
        let is_new = |it: &&Correction| before.all().len() < now.all().len() && now.all().last() == Some(*it);
        CorrectionsChanged {
            made: self.made.last().filter(is_new).cloned(),
            is_of_articles: before.of_articles().ne(now.of_articles()),
            suggests: self.suggestions.value.is_some().then_some(CorrectJob::LoadSuggestions),
        }
    }

    /// Takes back the correction that was made last in this window, if it still holds.
    pub fn undo_own(&mut self) -> Option<CorrectJob> {
        let own = self.made.pop()?;
        let idx = self.corrections.all().iter().rposition(|it| *it == own)?;
        self.undo(Some(idx))
    }

    /// Takes back the correction at a place of `corrections`, or the last one; nothing if none is there.
    pub fn undo(&self, idx: Option<usize>) -> Option<CorrectJob> {
        let Some(idx) = idx else {
            // The last one may not be shown yet.
            return Some(CorrectJob::Undo(None));
        };
        self.corrections.made(idx).map(|made| CorrectJob::Undo(Some(made)))
    }

    /// What an entity is called where nothing is corrected.
    pub fn name_of(&self, id: &EntityId) -> String {
        let known = self.names.get(id).cloned();
        known.unwrap_or_else(|| id.0.split([':', '=']).next_back().unwrap_or_default().to_owned())
    }

    /// Works out what a correction would change.
    pub fn consider(&mut self, correction: Correction) -> CorrectJob {
        let mut preview = Pending::default();
        preview.ask();
        self.preview = Some((correction.clone(), preview));
        CorrectJob::Preview(correction)
    }

    /// Takes over what a correction would change, if it is still considered.
    pub fn previewed(&mut self, correction: &Correction, preview: CorrectionPreview) {
        if let Some((considered, slot)) = &mut self.preview
            && considered == correction
        {
            slot.arrive(preview);
        }
    }

    /// Looks up which entities may be one.
    pub fn suggest(&mut self) -> CorrectJob {
        self.suggestions.ask();
        CorrectJob::LoadSuggestions
    }

    /// Takes over which entities may be one.
    pub fn show_suggestions(&mut self, suggestions: Vec<NamedSuggestion>) {
        let ids = suggestions.iter().flat_map(|it| [&it.into, &it.from]);
        self.suggested = ids.cloned().collect();
        self.suggestions.arrive(suggestions);
    }

    /// Waits no longer for what was asked for.
    pub fn failed(&mut self) {
        // What was asked for last may not have been made.
        self.made.retain(|it| self.corrections.all().contains(it));
        if let Some((_, preview)) = &mut self.preview
            && preview.pending
        {
            preview.fail();
        }
        if self.suggestions.pending {
            self.suggestions.fail();
        }
    }
}
