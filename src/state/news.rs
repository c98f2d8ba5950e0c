//! What is new in the saved searches since they were looked at.

use crate::index::Moment;

use super::id::RequestId;
use super::job::NewsJob;
use super::searches::SavedSearch;

/// How many articles of a saved search came since it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SavedNews {
    /// What the search is called.
    pub name: String,
    /// The number of articles.
    pub new: u64,
}

/// What is new in the saved searches.
#[derive(Clone, Debug, Default)]
pub struct News {
    counted: Vec<SavedNews>,
    /// When the last article came that was counted; nothing before the first count.
    latest: Option<Moment>,
    newest: RequestId,
}

impl News {
    /// How many articles of the saved search with this name are new; 0 before that is known.
    pub fn of(&self, name: &str) -> u64 {
        let found = self.counted.iter().find(|it| it.name == name);
        found.map_or(0, |it| it.new)
    }

    /// In how many saved searches something is new.
    pub fn n_searches(&self) -> u64 {
        self.counted.iter().filter(|it| it.new != 0).count() as u64
    }

    /// The moment up to which a search is looked at that is opened now.
    pub fn latest(&self) -> Option<Moment> {
        self.latest
    }

    /// Counts anew; nothing if nothing is saved.
    pub fn count(&mut self, saved: &[SavedSearch]) -> NewsJob {
        self.newest = self.newest.next();
        NewsJob {
            id: self.newest,
            saved: saved.to_vec(),
        }
    }

    /// Takes over what was counted, if it is what was asked for last.
    pub fn counted(&mut self, id: RequestId, counted: Vec<SavedNews>, latest: Moment) {
        if id == self.newest {
            self.counted = counted;
            self.latest = Some(latest);
        }
    }
}
