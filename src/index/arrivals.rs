//! When articles first came into an archive, so that it can be told what is new since a moment.
//!
//! This outlives the index: an article that is read again, or whose file was moved or changed, came when it first came.
//! It is known by its id, which a changed file keeps, and by the content of its file, which a moved one keeps.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::archive::ArticleId;

use super::error::IndexError;

/// What the file begins with.
const MAGIC: &[u8] = b"fihrist arrivals 1\n";
/// The bytes of an article in it: id, content and moment, each as eight bytes, the least significant first.
const ENTRY: usize = 24;
/// The bytes of the checksum at its end, the XXH3 of all before it.
const CHECKSUM: usize = 8;

/// A moment in milliseconds since 1970; 0 stands for one before all that is recorded. Within an archive later arrivals have
/// greater ones, whatever the clock says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Moment(pub u64);

/// An article and what stands for the content of its file and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArticleContent {
    /// The article.
    pub article: ArticleId,
    /// The same for articles at the same place of files with the same bytes; 0 where that is not known.
    pub content: u64,
}

/// When each article of an archive came into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// In the order in which they came.
    entries: Vec<(ArticleContent, Moment)>,
}

impl Arrivals {
    /// The record of an archive of which none was kept: its articles were always there.
    pub fn begin(articles: &[ArticleContent]) -> Self {
        let entries = articles.iter().map(|it| (*it, Moment::default()));
        Self {
            entries: entries.collect(),
        }
    }

    /// The record as it was kept; `None` if it is damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (all, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
        if xxh3_64(all).to_le_bytes() != checksum {
            return None;
        }
        let entries = all.strip_prefix(MAGIC)?.chunks_exact(ENTRY);
        let number = |entry: &[u8], at: usize| {
            let bytes = entry.get(at * 8..at * 8 + 8)?.try_into().ok()?;
            Some(u64::from_le_bytes(bytes))
        };
        let entry = |it: &[u8]| {
            let (article, content) = (ArticleId(number(it, 0)?), number(it, 1)?);
            Some((ArticleContent { article, content }, Moment(number(it, 2)?)))
        };
        let entries: Option<Vec<_>> = entries.map(entry).collect();
        Some(Self { entries: entries? })
    }

    /// The record as it is kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(MAGIC.len() + self.entries.len() * ENTRY + CHECKSUM);
        bytes.extend_from_slice(MAGIC);
        for (it, moment) in &self.entries {
            for number in [it.article.0, it.content, moment.0] {
                bytes.extend_from_slice(&number.to_le_bytes());
            }
        }
        let checksum = xxh3_64(&bytes);
        bytes.extend_from_slice(&checksum.to_le_bytes());
        bytes
    }

    /// The record once the archive holds `articles`; those that are new came `now`. `None` if nothing is to be recorded.
    ///
    /// One whose file has the content that another had which is gone was moved, and one with a known id was changed: both
    /// came when they first came. What is gone is remembered, so that it is not new when it returns, unless it was
    /// forgotten.
    pub fn followed(&self, articles: &[ArticleContent], now: Moment, has_forgotten: bool) -> Option<Self> {
        let present: FxHashSet<ArticleContent> = articles.iter().copied().collect();
        let known: FxHashSet<ArticleContent> = self.entries.iter().map(|(it, _)| *it).collect();
        // What is recorded and is not there as it is recorded.
        let mut of_content: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let mut of_article: FxHashMap<ArticleId, usize> = FxHashMap::default();
        let mut is_gone = vec![false; self.entries.len()];
        for (idx, (it, _)) in self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, (it, _))| !present.contains(it))
        {
            is_gone[idx] = true;
            if it.content != 0 {
                of_content.entry(it.content).or_default().push(idx);
            }
            of_article.insert(it.article, idx);
        }
        let mut is_taken = vec![false; self.entries.len()];
        let mut take = |idx: usize| {
            is_taken[idx] = true;
            self.entries[idx].1
        };
        let (mut added, mut rest) = (Vec::new(), Vec::new());
        for it in articles.iter().filter(|it| !known.contains(*it)) {
            match of_content.get_mut(&it.content).and_then(Vec::pop) {
                Some(idx) => added.push((*it, take(idx))),
                None => rest.push(*it),
            }
        }
        let new = now.max(Moment(self.latest().0 + 1));
        for it in rest {
            let idx = of_article.get(&it.article).copied().filter(|idx| !is_taken[*idx]);
            let moment = match idx {
                Some(idx) => {
                    is_taken[idx] = true;
                    self.entries[idx].1
                }
                None => new,
            };
            added.push((it, moment));
        }
        let is_kept = |idx: usize| !is_gone[idx] || !is_taken[idx] && !has_forgotten;
        let kept = self.entries.iter().enumerate().filter(|(idx, _)| is_kept(*idx));
        let mut entries: Vec<_> = kept.map(|(_, it)| *it).collect();
        if added.is_empty() && entries.len() == self.entries.len() {
            return None;
        }
        entries.extend(added);
        entries.sort_by_key(|(_, moment)| *moment);
        Some(Self { entries })
    }

    /// When the last of them came.
    pub fn latest(&self) -> Moment {
        self.entries.last().map_or(Moment::default(), |(_, moment)| *moment)
    }

    /// Those that came after the record was begun, with their moments.
    fn later(&self) -> FxHashMap<ArticleId, Moment> {
        let later = self.entries.iter().filter(|(_, moment)| *moment != Moment::default());
        later.map(|(it, moment)| (it.article, *moment)).collect()
    }
}

/// What searching knows of arrivals: shared by all states of an index, and replaced as a whole.
#[derive(Debug, Default)]
pub(super) struct Arrived {
    known: RwLock<Arc<Later>>,
}

/// The articles that came after the record was begun.
#[derive(Debug, Default)]
pub(super) struct Later {
    articles: FxHashMap<ArticleId, Moment>,
    pub latest: Moment,
}

impl Later {
    /// Whether an article came after a moment.
    pub fn is_after(&self, article: ArticleId, moment: Moment) -> bool {
        self.articles.get(&article).is_some_and(|it| moment < *it)
    }
}

impl Arrived {
    pub fn set(&self, arrivals: &Arrivals) {
        let later = Later {
            articles: arrivals.later(),
            latest: arrivals.latest(),
        };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(later);
    }

    pub fn get(&self) -> Arc<Later> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Every article with its content, in no particular order.
pub(super) fn article_contents(searcher: &tantivy::Searcher) -> Result<Vec<ArticleContent>, IndexError> {
    // The document of a file's first article carries the hash of the file; its other articles may be in other segments.
    let mut hash_of_path: FxHashMap<u64, u64> = FxHashMap::default();
    let mut articles: Vec<(ArticleId, u64, u64)> = Vec::new();
    for segment in searcher.segment_readers() {
        let columns = ContentColumns::of(segment)?;
        let Some(paths) = segment.fast_fields().bytes("path")? else {
            continue;
        };
        let mut keys = Vec::with_capacity(paths.num_terms());
        let mut terms = paths.dictionary().stream()?;
        while terms.advance() {
            keys.push(xxh3_64(terms.key()));
        }
        for doc in segment.doc_ids_alive() {
            let key = paths.ords().first(doc).and_then(|ord| keys.get(ord as usize).copied());
            let Some(key) = key else { continue };
            if let Some(hash) = first(&columns.hash, doc).filter(|it| *it != 0) {
                hash_of_path.insert(key, hash);
            }
            if let Some((id, record)) = first(&columns.id, doc).zip(first(&columns.record, doc)) {
                articles.push((ArticleId(id), key, record));
            }
        }
    }
    let content = |path: u64, record: u64| {
        let Some(hash) = hash_of_path.get(&path) else { return 0 };
        let mut hasher = Xxh3::new();
        hasher.update(&hash.to_le_bytes());
        hasher.update(&record.to_le_bytes());
        hasher.digest()
    };
    let articles = articles.into_iter().map(|(article, path, record)| ArticleContent {
        article,
        content: content(path, record),
    });
    Ok(articles.collect())
}

/// The columns of a segment that identify articles and the content of their files.
struct ContentColumns {
    id: Option<Column<u64>>,
    record: Option<Column<u64>>,
    hash: Option<Column<u64>>,
}

impl ContentColumns {
    fn of(segment: &SegmentReader) -> Result<Self, IndexError> {
        let columns = segment.fast_fields();
        Ok(Self {
            id: columns.column_opt("id")?,
            record: columns.column_opt("record")?,
            hash: columns.column_opt("hash")?,
        })
    }
}

fn first(column: &Option<Column<u64>>, doc: DocId) -> Option<u64> {
    column.as_ref()?.first(doc)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// «1a» is article 1 in a file with the content a.
    fn articles(text: &str) -> Vec<ArticleContent> {
        let article = |it: &str| {
            let (id, content) = it.split_at(1);
            ArticleContent {
                article: ArticleId(id.parse().unwrap()),
                content: content.bytes().next().map_or(0, u64::from),
            }
        };
        text.split_whitespace().map(article).collect()
    }

    /// Goes from one state of an archive to the next, at the moments 1, 2, 3 …; the last one's articles with the moments at
    /// which they came, in the order of ids.
    #[track_caller]
    fn check(states: &str, expected: &str) {
        let mut states = states.split('|');
        let mut arrivals = Arrivals::begin(&articles(states.next().unwrap()));
        let mut last = Vec::new();
        for (moment, state) in (1..).zip(states) {
            last = articles(state);
            arrivals = arrivals.followed(&last, Moment(moment), false).unwrap_or(arrivals);
            arrivals = Arrivals::from_bytes(&arrivals.to_bytes()).unwrap();
        }
        let later = arrivals.later();
        last.sort_by_key(|it| it.article);
        let found: Vec<String> = last
            .iter()
            .map(|it| format!("{}@{}", it.article.0, later.get(&it.article).map_or(0, |it| it.0)))
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn what_was_not_there_is_new_and_what_was_moved_or_changed_is_not() {
        check("1a 2b|1a 2b 3c", "1@0 2@0 3@1");
        check("1a 2b|1a 2z", "1@0 2@0");
        check("1a 2b|1a 3b", "1@0 3@0");
        // A copy of what is still there.
        check("1a|1a 2a", "1@0 2@1");
        // A row is put before others of its file: that one is new, and not the last.
        check("1a 2b|1z 2a 3b", "1@1 2@0 3@0");
        // What is gone is not new when it returns.
        check("1a 2b|1a|1a 2b", "1@0 2@0");
        check("1a|1a 2b|1a 3b 4c", "1@0 3@1 4@2");
        // Without content only the id tells.
        check("1|2", "2@1");
    }

    #[test]
    fn moments_rise_whatever_the_clock_says_and_nothing_is_recorded_for_nothing() {
        let first = Arrivals::begin(&articles("1a"));
        assert_eq!(first.followed(&articles("1a"), Moment(9), false), None);
        let second = first.followed(&articles("1a 2b"), Moment(9), false).unwrap();
        let third = second.followed(&articles("1a 2b 3c"), Moment(4), false).unwrap();
        assert_eq!((second.latest(), third.latest()), (Moment(9), Moment(10)));
        // What was forgotten is not remembered.
        let forgotten = third.followed(&articles("1a"), Moment(20), true).unwrap();
        assert_eq!(forgotten, first);
    }

    #[test]
    fn a_damaged_record_is_none() {
        let mut bytes = Arrivals::begin(&articles("1a 2b")).to_bytes();
        assert!(Arrivals::from_bytes(&bytes).is_some());
        bytes[25] ^= 1;
        assert!(Arrivals::from_bytes(&bytes).is_none());
        assert!(Arrivals::from_bytes(&[]).is_none() && Arrivals::from_bytes(b"fihrist").is_none());
    }
}
