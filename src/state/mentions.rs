//! The articles of a name one by one, and what each of them says of it: looked up as far as they are on the screen.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::archive::ArticleId;
use crate::entities::EntityId;
use crate::index::{Appearance, EntityPage, SearchRequest};

use super::id::RequestId;
use super::job::{ContextsJob, SearchJob};
use super::report::NameContext;

/// Articles are looked up in groups of this many. Picked by feel: about two screens.
const ROW_GROUP: usize = 60;

/// So many articles are read for the first screen of what they say.
const FIRST_ARTICLES: usize = 8;
/// So many are read at once from then on: some tenths of a second. Picked by feel.
const ARTICLES_AT_ONCE: usize = 24;

/// Contexts are read so far beyond the last one on the screen. Picked by feel: about two screens.
const READ_AHEAD: usize = 24;

/// The articles of a name and what they say of it, both in one order.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Whether the oldest article comes first, else the newest; undated ones are the last either way.
    pub oldest_first: bool,
    /// Whether contexts are being read.
    pub is_reading: bool,
    /// Whether contexts could not be read.
    pub has_failed: bool,
    /// As [`EntityPage::articles`].
    articles: Arc<[ArticleId]>,
    n_dated: usize,
    /// What rows show, once they were looked up.
    rows: HashMap<usize, Appearance>,
    /// The groups of [`ROW_GROUP`] rows that were asked for.
    asked: HashSet<usize>,
    contexts: Vec<NameContext>,
    /// How many articles were read for them.
    n_read: usize,
    /// At least so many contexts are wanted.
    n_wanted: usize,
    /// What answers bear; those to an older question are dropped.
    newest: RequestId,
}

impl Mentions {
    /// How many articles there are.
    pub fn n_articles(&self) -> usize {
        self.articles.len()
    }

    /// How many of them were read for contexts.
    pub fn n_read(&self) -> usize {
        self.n_read
    }

    /// What a row shows, once it was looked up.
    pub fn row(&self, idx: usize) -> Option<&Appearance> {
        self.rows.get(&idx)
    }

    /// What the articles say, as far as they were read.
    pub fn contexts(&self) -> &[NameContext] {
        &self.contexts
    }

    /// Takes over which articles there are. What is known of the same ones is kept.
    pub fn follow(&mut self, page: &EntityPage) {
        if self.articles != page.articles || self.n_dated != page.n_dated {
            (self.articles, self.n_dated) = (page.articles.clone(), page.n_dated);
            self.forget();
        }
    }

    /// Forgets what was looked up: the names in the articles are others now.
    pub fn forget(&mut self) {
        self.newest = self.newest.next();
        self.rows.clear();
        self.asked.clear();
        self.contexts.clear();
        self.n_read = 0;
        (self.is_reading, self.has_failed) = (false, false);
    }

    /// Puts the oldest or the newest first.
    pub fn sort(&mut self, oldest_first: bool) {
        if self.oldest_first != oldest_first {
            self.oldest_first = oldest_first;
            self.n_wanted = 0;
            self.forget();
        }
    }

    /// Looks up the rows that are on the screen.
    pub fn load_rows(&mut self, visible: Range<usize>, request: &SearchRequest) -> Vec<SearchJob> {
        let end = visible.end.min(self.articles.len());
        let groups = visible.start / ROW_GROUP..end.div_ceil(ROW_GROUP);
        let new: Vec<usize> = groups.filter(|group| self.asked.insert(*group)).collect();
        let jobs = new.into_iter().map(|group| SearchJob::LoadAppearances {
            id: self.newest,
            first: group * ROW_GROUP,
            articles: self.in_order(group * ROW_GROUP..(group + 1) * ROW_GROUP),
            request: request.clone(),
        });
        jobs.collect()
    }

    /// Takes over rows. Those whose articles are gone stay without words.
    pub fn rows_loaded(&mut self, id: RequestId, first: usize, rows: Vec<Appearance>) {
        if id != self.newest {
            return;
        }
        let wanted = self.in_order(first..first + ROW_GROUP);
        for row in rows {
            if let Some(idx) = wanted.iter().position(|it| *it == row.article) {
                self.rows.insert(first + idx, row);
            }
        }
    }

    /// Reads on until there are more contexts than the first `n_visible`, which are on the screen.
    pub fn load_contexts(&mut self, entity: &EntityId, n_visible: usize) -> Option<ContextsJob> {
        self.n_wanted = self.n_wanted.max(n_visible + READ_AHEAD);
        self.read_on(entity)
    }

    fn read_on(&mut self, entity: &EntityId) -> Option<ContextsJob> {
        let is_enough = self.n_wanted <= self.contexts.len() || self.articles.len() <= self.n_read;
        if self.is_reading || self.has_failed || is_enough {
            return None;
        }
        self.is_reading = true;
        Some(ContextsJob {
            id: self.newest,
            entity: entity.clone(),
            first: self.n_read,
            articles: self.in_order(self.n_read..self.next_read()),
        })
    }

    /// Takes over what the articles from `first` on say, and reads on if that is not enough.
    pub fn contexts_loaded(
        &mut self,
        entity: &EntityId,
        (id, first): (RequestId, usize),
        contexts: Vec<NameContext>,
    ) -> Option<ContextsJob> {
        if id != self.newest || first != self.n_read {
            return None;
        }
        self.contexts.extend(contexts);
        self.n_read = self.next_read().min(self.articles.len());
        self.is_reading = false;
        self.read_on(entity)
    }

    /// Up to where the articles are read next.
    fn next_read(&self) -> usize {
        match self.n_read {
            0 => FIRST_ARTICLES,
            n_read => n_read + ARTICLES_AT_ONCE,
        }
    }

    /// Reads no more contexts; returns whether they were waited for.
    pub fn contexts_failed(&mut self, id: RequestId) -> bool {
        let is_waiting = id == self.newest && self.is_reading;
        if is_waiting {
            (self.is_reading, self.has_failed) = (false, true);
        }
        is_waiting
    }

    /// The articles at some places of the order.
    fn in_order(&self, places: Range<usize>) -> Vec<ArticleId> {
        let at = |place: usize| match self.oldest_first && place < self.n_dated {
            true => self.n_dated - 1 - place,
            false => place,
        };
        let places = places.start..places.end.min(self.articles.len());
        places.map(|place| self.articles[at(place)]).collect()
    }
}
