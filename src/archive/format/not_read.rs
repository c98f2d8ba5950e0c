//! What of a file was not read: what cannot be, and what is left out by choice, of which some are listed and the others
//! counted.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use crate::archive::left_out::{Crawled, LeftOut};
use crate::archive::reason::Reason;
use crate::archive::record::Refusal;

/// So many members that are left out by choice are listed by their names; the others of a file are counted. A guess.
const MAX_LISTED: usize = 50;

/// What of a file was not read so far.
#[derive(Default)]
pub struct NotRead {
    /// By their paths below the archive's folder, in their order.
    listed: Vec<(PathBuf, Refusal)>,
    /// How many of them were left out by choice, and how many more were.
    n_by_choice: usize,
    n_more: u32,
    /// How many more of what a crawler fetched, in the order of [`Crawled::ALL`].
    n_crawled: [u32; Crawled::ALL.len()],
}

impl NotRead {
    /// Lists something, whatever it is.
    pub fn list(&mut self, path: PathBuf, refusal: Refusal) {
        self.listed.push((path, refusal));
    }

    /// Takes the last one from the list.
    pub fn pop(&mut self) -> Option<Refusal> {
        self.listed.pop().map(|(_, it)| it)
    }

    /// The number of those that are listed.
    pub fn n_listed(&self) -> usize {
        self.listed.len()
    }

    /// Notes what is left out by choice.
    pub fn leave_out(&mut self, path: PathBuf, why: LeftOut) {
        if self.n_by_choice < MAX_LISTED {
            self.n_by_choice += 1;
            return self.list(path, Reason::LeftOut(why).into());
        }
        match why {
            LeftOut::Crawled { what, n } => self.count_crawled(what, n),
            _ => self.count(1),
        }
    }

    /// Notes that so many more are left out by choice.
    pub fn count(&mut self, n: usize) {
        self.n_more = self.n_more.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
    }

    /// Notes that so many more of what a crawler fetched are no articles.
    pub fn count_crawled(&mut self, what: Crawled, n: u32) {
        let mut counts = Crawled::ALL.into_iter().zip(&mut self.n_crawled);
        if let Some((_, count)) = counts.find(|(it, _)| *it == what) {
            *count = count.saturating_add(n);
        }
    }

    /// Changes with everything that is noted.
    pub fn progress(&self) -> impl PartialEq + use<> {
        (self.listed.len(), self.n_more, self.n_crawled)
    }

    /// All of it, in its order; then what was only counted, which is the business of the file at `path`.
    pub fn into_reasons(self, path: &Path) -> Vec<(PathBuf, Reason)> {
        let mut reasons: Vec<_> = self.listed.into_iter().map(|(path, it)| (path, it.reason)).collect();
        let more = NonZeroU32::new(self.n_more).map(|n| LeftOut::More { n: n.get() });
        let crawled = Crawled::ALL.into_iter().zip(self.n_crawled);
        let crawled = crawled
            .filter(|(_, n)| *n != 0)
            .map(|(what, n)| LeftOut::Crawled { what, n });
        let counted = more.into_iter().chain(crawled);
        reasons.extend(counted.map(|it| (path.to_owned(), Reason::LeftOut(it))));
        reasons
    }
}
