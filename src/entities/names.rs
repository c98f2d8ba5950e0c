//! All names of an archive with the number of articles that hold them, in little room: three million of them are usual
//! for a million articles.

use super::{EntityKind, Name};

/// The number of a name in a [`NameTable`].
pub type NameNumber = u32;

/// The different names of an archive, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct NameTable {
    /// The keys and forms, one behind the other.
    text: String,
    names: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: usize,
    key_len: u16,
    form_len: u16,
    kind: EntityKind,
    articles: u32,
    /// The sum of the hashes of the articles that hold it.
    digest: u64,
}

/// Tells which names stand together in an article.
pub trait NamedArticles {
    /// Calls `visit` with the names of each article, each once.
    fn for_each(&self, visit: &mut dyn FnMut(&[NameNumber]));
}

/// Nothing is known of the articles.
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
        self.names.push(Entry {
            start,
            key_len: key.len() as u16,
            form_len: form.len() as u16,
            kind,
            articles: 0,
            digest: 0,
        });
        self.names.len() as NameNumber - 1
    }

    /// Notes that an article holds the names, each of which is given once. `article` is the same for the same article
    /// at every time.
    pub fn add_article(&mut self, article: u64, names: impl IntoIterator<Item = NameNumber>) {
        let hash = xxhash_rust::xxh3::xxh3_64(&article.to_le_bytes());
        for name in names {
            if let Some(entry) = self.names.get_mut(name as usize) {
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

    /// The number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// What the name names.
    pub fn kind(&self, name: NameNumber) -> EntityKind {
        self.names[name as usize].kind
    }

    /// See [`Name::key`].
    pub fn key(&self, name: NameNumber) -> &str {
        let it = &self.names[name as usize];
        &self.text[it.start..it.start + usize::from(it.key_len)]
    }

    /// See [`Name::form`].
    pub fn form(&self, name: NameNumber) -> &str {
        let it = &self.names[name as usize];
        let start = it.start + usize::from(it.key_len);
        &self.text[start..start + usize::from(it.form_len)]
    }

    /// The number of articles that hold the name.
    pub fn articles(&self, name: NameNumber) -> u32 {
        self.names[name as usize].articles
    }

    /// A hash of the articles that hold the name.
    pub(super) fn digest(&self, name: NameNumber) -> u64 {
        self.names[name as usize].digest
    }

    /// The bytes of memory that the table takes.
    pub fn memory(&self) -> usize {
        self.text.capacity() + self.names.capacity() * size_of::<Entry>()
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
