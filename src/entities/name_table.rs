//! All names of an archive with their numbers of articles, stored compactly: a million articles have some three million
//! names.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{EntityKind, Name};

/// The number of a name in a [`NameTable`], from 0: three million of them fit in twelve megabytes.
///
/// Not stable: another state of the archive may number its names differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameNumber(pub u32);

impl NameNumber {
    /// The name with a place in a list of names.
    pub fn of_idx(idx: usize) -> Self {
        Self(idx as u32)
    }

    /// As an index into a list of names.
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// The different names of an archive, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct NameTable {
    /// The keys and forms, back to back.
    text: String,
    names: Vec<NameEntry>,
    /// See [`NameTable::add_latin`].
    latin: BTreeMap<NameNumber, BTreeMap<String, u32>>,
}

#[derive(Clone, Copy, Debug)]
struct NameEntry {
    start: usize,
    key_len: u16,
    form_len: u16,
    kind: EntityKind,
    articles: u32,
    /// The sum of the hashes of the articles with it.
    digest: u64,
}

/// Access to the names of each article, which the index has and a table of names has not.
pub trait NamedArticles {
    /// Calls `visit` with the names of each article, each once.
    fn for_each(&self, visit: &mut dyn FnMut(&[NameNumber]));
}

/// For names without articles: none occur together.
pub struct NoArticles;

impl NamedArticles for NoArticles {
    fn for_each(&self, _visit: &mut dyn FnMut(&[NameNumber])) {}
}

impl NameTable {
    /// Adds a name without articles. A key or form of more than 64 KiB is truncated.
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

    /// Counts an article for each of its names, each of which is given once. `article` is a number that stays the same
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

    /// Counts articles that write a name in Latin letters, too: «إيمانويل ماكرون (Emmanuel Macron)».
    pub fn add_latin(&mut self, name: NameNumber, latin: &str, articles: u32) {
        let forms = self.latin.entry(name).or_default();
        *forms.entry(latin.to_owned()).or_default() += articles;
    }

    /// The Latin forms that articles write for a name, each with their number: by falling number, then alphabetically.
    pub fn latin(&self, name: NameNumber) -> Vec<(&str, u32)> {
        let forms = self.latin.get(&name).into_iter().flatten();
        let mut forms: Vec<(&str, u32)> = forms.map(|(form, articles)| (form.as_str(), *articles)).collect();
        forms.sort_by_key(|(_, articles)| Reverse(*articles));
        forms
    }

    /// All Latin forms that articles write for names, in rising order.
    pub fn all_latin(&self) -> impl Iterator<Item = (NameNumber, &str)> {
        let names = self.latin.iter();
        names.flat_map(|(name, forms)| forms.keys().map(|form| (*name, form.as_str())))
    }

    /// A table of names given with their numbers of articles, in the order given.
    pub fn of_counts(names: &[(Name, u64)]) -> Self {
        let mut counts = BTreeMap::new();
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

    /// The number of distinct names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether the table has no names.
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

    /// The number of articles with the name.
    pub fn articles(&self, name: NameNumber) -> u32 {
        self.names[name.idx()].articles
    }

    /// A hash of the set of articles with the name.
    pub(super) fn digest(&self, name: NameNumber) -> u64 {
        self.names[name.idx()].digest
    }

    /// The memory that the table uses, in bytes.
    pub fn memory(&self) -> usize {
        self.text.capacity() + self.names.capacity() * size_of::<NameEntry>()
    }
}

/// The longest prefix of a text that fits.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(usize::from(u16::MAX));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
