//! The words found, each in its line, in the place of the list of articles.
//!
//! Lines come in pieces: their places first, what they show when they are on the screen. An order needs the places of all
//! of them; until it is there, the lines stay as they are, and it is told how far reading has come.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::archive::ArticleId;
use crate::index::{KwicLine, KwicSort, LineAt};

use super::cause::Cause;
use super::event::KwicEvent;
use super::id::{RequestId, SearchId};
use super::job::{KwicJob, SearchJob};
use super::notice::Notice;
use super::report::{FoundPage, LinesRead};

/// Lines are looked up in groups of this many. Picked by feel: about two screens.
const LINE_GROUP: usize = 60;

/// Without an order no more lines are read than these beyond the last one on the screen: a second's work. A guess.
const READ_AHEAD: usize = 10_000;

/// More looked-up lines than these are forgotten: they take some megabytes. A guess.
const MOST_KEPT: usize = 6_000;

/// The lines of a search.
#[derive(Debug, Default)]
pub struct KwicView {
    /// Whether lines are shown, in the place of articles.
    pub is_on: bool,
    /// The order that was asked for.
    pub sort: KwicSort,
    /// How far the articles were read.
    pub read: LinesRead,
    /// Whether more is being read, or sorted.
    pub is_reading: bool,
    /// Whether the search has no word or name to be aligned at.
    pub has_no_node: bool,
    /// Why there are no lines.
    pub failure: Option<Cause>,
    /// Whether lines are being written to a file.
    pub is_exporting: bool,
    /// How often a line was selected from elsewhere: when this rises, the selected line is brought into view.
    pub n_found: u64,
    lines: Vec<LineAt>,
    /// What lines show, once they were looked up.
    texts: HashMap<LineAt, KwicLine>,
    /// The groups of [`LINE_GROUP`] lines that were asked for.
    asked: HashSet<usize>,
    selected: Option<usize>,
    newest: RequestId,
    /// The search whose lines are asked for.
    wanted: Option<FoundPage>,
    /// The search whose lines are shown, and the request that brought them.
    shown: Option<(RequestId, FoundPage)>,
}

impl KwicView {
    /// How many lines there are.
    pub fn n_lines(&self) -> usize {
        self.lines.len()
    }

    /// What a line shows, once it was looked up.
    pub fn line(&self, idx: usize) -> Option<&KwicLine> {
        self.texts.get(self.lines.get(idx)?)
    }

    /// The selected line.
    pub fn selected(&self) -> Option<usize> {
        self.selected
    }

    /// What the selected line shows, once it was looked up.
    pub fn selected_line(&self) -> Option<&KwicLine> {
        self.line(self.selected?)
    }

    /// The order in which the lines are shown.
    pub fn shown_sort(&self) -> KwicSort {
        self.read.sort
    }

    /// Shows lines, or articles again. `page` is what was found.
    pub fn show(&mut self, is_on: bool, page: Option<FoundPage>) -> Option<KwicJob> {
        self.is_on = is_on;
        match (is_on, page) {
            (true, Some(page)) => self.begin(page),
            (true, None) => None,
            (false, _) => self.stop(),
        }
    }

    /// Reads the lines of a search, if they are to be shown and are not read already.
    pub fn begin(&mut self, page: FoundPage) -> Option<KwicJob> {
        if !self.is_on {
            return None;
        }
        let is_known = self.wanted.as_ref().is_some_and(|it| it.id == page.id);
        let is_there = is_known && (self.is_reading || self.shown.is_some() && self.read.sort == self.sort);
        self.wanted = Some(page);
        if is_there { None } else { self.ask(0, READ_AHEAD) }
    }

    /// Puts the lines in an order.
    pub fn sort_by(&mut self, sort: KwicSort) -> Option<KwicJob> {
        if self.sort == sort && !self.has_stopped() {
            return None;
        }
        self.sort = sort;
        self.ask(0, READ_AHEAD)
    }

    /// Whether the order that was asked for was given up.
    fn has_stopped(&self) -> bool {
        !self.is_reading && self.read.sort != self.sort
    }

    /// Stops reading. What is shown stays.
    pub fn stop(&mut self) -> Option<KwicJob> {
        if !std::mem::take(&mut self.is_reading) {
            return None;
        }
        self.newest = self.newest.next();
        Some(KwicJob::Stop { id: self.newest })
    }

    /// Asks for the lines from `first` on, at least up to `until` if they have no order.
    fn ask(&mut self, first: usize, until: usize) -> Option<KwicJob> {
        let wanted = self.wanted.clone()?;
        self.newest = self.newest.next();
        self.is_reading = true;
        Some(KwicJob::Read {
            id: self.newest,
            found: wanted,
            sort: self.sort,
            first,
            until,
        })
    }

    /// Takes over what was found; returns what the user should know.
    pub fn apply(&mut self, event: KwicEvent) -> Option<Notice> {
        match event {
            KwicEvent::Progress { id, read } => self.progress(id, read),
            KwicEvent::Found {
                id,
                first,
                lines,
                read,
                is_last,
            } => self.found(id, first, lines, read, is_last),
            KwicEvent::NoNode(id) => self.no_node(id),
            KwicEvent::Failed { id, cause } => self.fail(id, cause),
            KwicEvent::Exported(path, n_lines) => {
                self.is_exporting = false;
                return Some(Notice::LinesExported(path, n_lines));
            }
            KwicEvent::NotExported(path, cause) => {
                self.is_exporting = false;
                return Some(Notice::LinesNotExported(path, cause));
            }
        }
        None
    }

    /// More articles were read for an order that is not there yet.
    fn progress(&mut self, id: RequestId, read: LinesRead) {
        if id == self.newest && self.is_reading {
            // The lines on the screen have the order that they had.
            let sort = self.read.sort;
            self.read = LinesRead { sort, ..read };
        }
    }

    /// Takes over lines that follow those before `first`; `is_last` says that no more were asked for.
    fn found(&mut self, id: RequestId, first: usize, lines: Vec<LineAt>, read: LinesRead, is_last: bool) {
        if id != self.newest || !self.is_reading {
            return;
        }
        (self.failure, self.has_no_node) = (None, false);
        let is_begun = self.shown.as_ref().is_some_and(|(known, _)| *known == id);
        if first == 0 && !is_begun {
            self.replace(id, lines);
        } else {
            self.lines.truncate(first);
            self.lines.extend(lines);
            // Its last group may have been looked up before it was whole.
            self.asked.remove(&(first / LINE_GROUP));
            if let Some((known, _)) = &mut self.shown {
                *known = id;
            }
        }
        self.read = read;
        self.is_reading = !is_last;
    }

    /// Shows other lines, or the same in another order, in which the selected one stays selected.
    fn replace(&mut self, id: RequestId, lines: Vec<LineAt>) {
        let Some(wanted) = self.wanted.clone() else { return };
        let is_same = self.shown.as_ref().is_some_and(|(_, shown)| shown.id == wanted.id);
        let selected = self.selected.and_then(|idx| self.lines.get(idx)).copied();
        if !is_same {
            self.texts.clear();
        }
        self.asked.clear();
        self.selected = selected
            .filter(|_| is_same)
            .and_then(|at| lines.iter().position(|it| *it == at));
        self.lines = lines;
        self.shown = Some((id, wanted));
    }

    /// The search has nothing that lines could be aligned at.
    fn no_node(&mut self, id: RequestId) {
        if id == self.newest {
            self.empty();
            self.has_no_node = true;
        }
    }

    /// Says why lines could not be read.
    fn fail(&mut self, id: RequestId, cause: Cause) {
        if id == self.newest {
            self.empty();
            self.failure = Some(cause);
        }
    }

    fn empty(&mut self) {
        self.lines.clear();
        self.texts.clear();
        self.asked.clear();
        self.selected = None;
        self.shown = None;
        self.is_reading = false;
        self.read = LinesRead::default();
        (self.failure, self.has_no_node) = (None, false);
    }

    /// Looks up the lines that are on the screen, where that was not asked for yet, and has more read where they end soon.
    pub fn load(&mut self, visible: Range<usize>) -> (Vec<SearchJob>, Option<KwicJob>) {
        let Some((_, shown)) = &self.shown else {
            return (Vec::new(), None);
        };
        if MOST_KEPT < self.texts.len() {
            let kept = self.selected.and_then(|idx| self.lines.get(idx)).copied();
            self.texts.retain(|at, _| Some(*at) == kept);
            self.asked.clear();
        }
        let end = visible.end.min(self.lines.len());
        let mut jobs = Vec::new();
        for group in visible.start / LINE_GROUP..end.div_ceil(LINE_GROUP) {
            if !self.asked.insert(group) {
                continue;
            }
            let range = group * LINE_GROUP..((group + 1) * LINE_GROUP).min(self.lines.len());
            let mut at: Vec<LineAt> = self.lines[range].to_vec();
            at.retain(|it| !self.texts.contains_key(it));
            if !at.is_empty() {
                let found = shown.clone();
                jobs.push(SearchJob::LoadLines { found, at });
            }
        }
        let ends_soon = self.lines.len() < end + READ_AHEAD / 2;
        let reads_on = ends_soon && !self.is_reading && !self.read.is_done && self.sort == KwicSort::Found;
        let n_lines = self.lines.len();
        let more = if reads_on {
            self.ask(n_lines, n_lines + READ_AHEAD)
        } else {
            None
        };
        (jobs, more)
    }

    /// Takes over what lines show, if they are of the search on the screen.
    pub fn loaded(&mut self, id: SearchId, lines: Vec<KwicLine>) {
        if self.shown.as_ref().is_some_and(|(_, shown)| shown.id == id) {
            self.texts.extend(lines.into_iter().map(|it| (it.at, it)));
        }
    }

    /// Selects a line. Returns its article.
    pub fn select(&mut self, idx: usize) -> Option<ArticleId> {
        let at = self.lines.get(idx)?;
        self.selected = Some(idx);
        let (_, shown) = self.shown.as_ref()?;
        shown.page.articles.get(at.row as usize).copied()
    }

    /// The search whose lines are shown, to be written to a file.
    pub fn to_export(&self) -> Option<FoundPage> {
        self.shown.as_ref().map(|(_, shown)| shown.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::arabic::Span;
    use crate::index::{Place, ResultPage, SearchRequest};

    fn page(id: u64, n_articles: u64) -> FoundPage {
        let articles: Vec<ArticleId> = (0..n_articles).map(ArticleId).collect();
        FoundPage {
            id: SearchId(id),
            request: SearchRequest::default(),
            page: Arc::new(ResultPage {
                articles: articles.into(),
                ..ResultPage::default()
            }),
        }
    }

    fn at(row: u32) -> LineAt {
        LineAt { row, nth: 0 }
    }

    fn text_of(at: LineAt) -> KwicLine {
        KwicLine {
            at,
            article: ArticleId(u64::from(at.row)),
            path: PathBuf::new(),
            record: 0,
            title: String::new(),
            published: None,
            source: None,
            place: Place {
                in_title: false,
                span: Span::new(0, 0),
            },
            before: String::new(),
            found: at.row.to_string(),
            after: String::new(),
        }
    }

    fn id_of(job: Option<KwicJob>) -> RequestId {
        match job {
            Some(KwicJob::Read { id, .. } | KwicJob::Stop { id }) => id,
            None => panic!("nothing is asked for"),
        }
    }

    fn read(sort: KwicSort, is_done: bool) -> LinesRead {
        LinesRead {
            sort,
            is_done,
            ..LinesRead::default()
        }
    }

    #[test]
    fn lines_are_asked_for_only_where_they_are_shown() {
        let mut kwic = KwicView::default();
        assert!(kwic.begin(page(1, 3)).is_none());
        assert!(kwic.show(true, Some(page(1, 3))).is_some());
        assert!(kwic.begin(page(1, 3)).is_none(), "they are asked for already");
        assert!(kwic.begin(page(2, 3)).is_some());
        assert!(matches!(kwic.show(false, None), Some(KwicJob::Stop { .. })));
        assert!(
            kwic.show(true, Some(page(2, 3))).is_some(),
            "what was stopped is asked for again"
        );
    }

    #[test]
    fn only_the_newest_answer_is_shown_and_pieces_follow_each_other() {
        let mut kwic = KwicView::default();
        let old = id_of(kwic.show(true, Some(page(1, 9))));
        let new = id_of(kwic.begin(page(2, 9)));
        kwic.found(old, 0, vec![at(7)], read(KwicSort::Found, true), true);
        assert_eq!(kwic.n_lines(), 0);
        kwic.found(new, 0, vec![at(0), at(1)], read(KwicSort::Found, false), false);
        assert!(kwic.is_reading);
        kwic.found(new, 2, vec![at(2)], read(KwicSort::Found, true), true);
        assert_eq!((kwic.n_lines(), kwic.is_reading), (3, false));
        kwic.loaded(SearchId(1), vec![text_of(at(1))]);
        assert!(kwic.line(1).is_none(), "it is a line of another search");
        kwic.loaded(SearchId(2), vec![text_of(at(1))]);
        assert_eq!(kwic.line(1).unwrap().found, "1");
    }

    #[test]
    fn another_order_keeps_the_selected_line_and_the_old_one_stays_until_it_is_there() {
        let mut kwic = KwicView::default();
        let id = id_of(kwic.show(true, Some(page(1, 9))));
        kwic.found(id, 0, (0..4).map(at).collect(), read(KwicSort::Found, true), true);
        kwic.loaded(SearchId(1), (0..4).map(|row| text_of(at(row))).collect());
        assert_eq!(kwic.select(1), Some(ArticleId(1)));
        let sorting = id_of(kwic.sort_by(KwicSort::Before));
        kwic.progress(sorting, read(KwicSort::Before, false));
        assert_eq!(
            (kwic.shown_sort(), kwic.line(0).unwrap().found.as_str()),
            (KwicSort::Found, "0")
        );
        kwic.found(
            sorting,
            0,
            [3, 2, 1, 0].map(at).to_vec(),
            read(KwicSort::Before, true),
            true,
        );
        assert_eq!((kwic.selected(), kwic.shown_sort()), (Some(2), KwicSort::Before));
        // What the lines show is known already.
        assert_eq!(kwic.line(0).unwrap().found, "3");
        // An order that was stopped can be asked for again.
        assert!(kwic.sort_by(KwicSort::After).is_some());
        assert!(kwic.stop().is_some() && kwic.stop().is_none());
        assert!(kwic.sort_by(KwicSort::After).is_some());
    }

    #[test]
    fn more_is_read_where_the_lines_end_soon() {
        let mut kwic = KwicView::default();
        let id = id_of(kwic.show(true, Some(page(1, 9))));
        kwic.found(id, 0, (0..100).map(at).collect(), read(KwicSort::Found, false), true);
        let (jobs, more) = kwic.load(0..30);
        let [SearchJob::LoadLines { at: asked, .. }] = &jobs[..] else {
            panic!("{jobs:?}");
        };
        assert_eq!(asked.len(), LINE_GROUP);
        let Some(KwicJob::Read { id, first, .. }) = more else {
            panic!("{more:?}");
        };
        assert_eq!(first, 100);
        assert!(kwic.load(0..30).0.is_empty(), "it is asked for once");
        kwic.found(id, 100, vec![at(100)], read(KwicSort::Found, true), true);
        assert_eq!(kwic.n_lines(), 101);
        assert!(kwic.load(0..30).1.is_none(), "there is no more");
    }
}
