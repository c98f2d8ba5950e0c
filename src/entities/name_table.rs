//! All names of an archive with the number of articles that hold them, in little room: a million articles have some
//! three million.

use super::{EntityKind, Name};

/// The number of a name in a [`NameTable`], from 0: three million of them fit in twelve megabytes.
///
/// Another state of the archive may number its names otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameNumber(pub u32);

impl NameNumber {
    /// The name with a place in a list of names.
    pub fn of_idx(idx: usize) -> Self {
        Self(idx as u32)
    }

    /// Its place in a list of names.
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// The different names of an archive, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct NameTable {
    /// The keys and forms, one behind the other.
    text: String,
    names: Vec<NameEntry>,
}

#[derive(Clone, Copy, Debug)]
struct NameEntry {
    start: usize,
    key_len: u16,
    form_len: u16,
    kind: EntityKind,
    articles: u32,
    /// The sum of the hashes of the articles that hold it.
    digest: u64,
}

/// Tells which names stand together in an article: what the index knows and a table of names does not.
pub trait NamedArticles {
    /// Calls `visit` with the names of each article, each once.
    fn for_each(&self, visit: &mut dyn FnMut(&[NameNumber]));
}

/// For names without articles: nothing stands beside them.
pub struct NoArticles;

impl NamedArticles for NoArticles {
    fn for_each(&self, _visit: &mut dyn FnMut(&[NameNumber])) {}
}

impl NameTable {
    /// Adds a name that no article holds yet. A key or form of more than 64 KiB is cut off.
    pub fn push(&mut self, kind: EntityKind, key: &str, form: &str) -> NameNumber {
        let (key, form) = (cut(key), cut(form));
        let start = self.text.len();
        self.text.push_str(key);
        self.text.push_str(form);
        self.names.push(NameEntry {
            start,
            key_len: key.len() as u16,
            form_len: form.len() as u16,
            kind,
            articles: 0,
            digest: 0,
        });
        NameNumber::of_idx(self.names.len() - 1)
    }

    /// Notes that an article holds the names, each of which is given once. `article` is a number that the article keeps
    /// from one state of the archive to the next.
    pub fn add_article(&mut self, article: u64, names: impl IntoIterator<Item = NameNumber>) {
        let hash = xxhash_rust::xxh3::xxh3_64(&article.to_le_bytes());
        for name in names {
            if let Some(entry) = self.names.get_mut(name.idx()) {
                entry.articles += 1;
                entry.digest = entry.digest.wrapping_add(hash);
            }
        }
    }

    /// The table of names that are given with the numbers of their articles, in the order of the names.
    pub fn of_counts(names: &[(Name, u64)]) -> Self {
        let mut counts = std::collections::BTreeMap::new();
        for (name, articles) in names {
            *counts.entry(name).or_insert(0) += articles;
        }
        let mut it = Self::default();
        for (name, articles) in counts {
            it.push(name.kind, &name.key, &name.form);
            if let Some(entry) = it.names.last_mut() {
                entry.articles = u32::try_from(articles).unwrap_or(u32::MAX);
                entry.digest = articles;
            }
        }
        it
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// All numbers, in rising order.
    pub fn numbers(&self) -> impl Iterator<Item = NameNumber> + use<> {
        (0..self.names.len()).map(NameNumber::of_idx)
    }

    /// See [`Name::kind`].
    pub fn kind(&self, name: NameNumber) -> EntityKind {
        self.names[name.idx()].kind
    }

    /// See [`Name::key`].
    pub fn key(&self, name: NameNumber) -> &str {
        let it = &self.names[name.idx()];
        &self.text[it.start..it.start + usize::from(it.key_len)]
    }

    /// See [`Name::form`].
    pub fn form(&self, name: NameNumber) -> &str {
        let it = &self.names[name.idx()];
        let start = it.start + usize::from(it.key_len);
        &self.text[start..start + usize::from(it.form_len)]
    }

    /// The number of articles that hold the name.
    pub fn articles(&self, name: NameNumber) -> u32 {
        self.names[name.idx()].articles
    }

    /// A hash of the articles that hold the name.
    pub(super) fn digest(&self, name: NameNumber) -> u64 {
        self.names[name.idx()].digest
    }

    /// The bytes of memory that the table takes.
    pub fn memory(&self) -> usize {
        self.text.capacity() + self.names.capacity() * size_of::<NameEntry>()
    }
}

/// The beginning of a text that fits.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(usize::from(u16::MAX));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
