//! What is read of an index apart from searching: its damaged parts, and indexes that were replaced by an empty one.
//!
//! Of a segment only two files are read: the texts that are stored, and the columns of values, which bear the names of
//! their fields. So it does not matter what became of the others, nor of the list of segments, and the fields may be
//! those of another version of this program. Damage within the two shows in what is read, or is an error, or a panic.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::columnar::{BytesColumn, Column, ColumnarReader, DynamicColumn, StrColumn};
use tantivy::directory::footer::Footer;
use tantivy::directory::{Directory as _, FileSlice, MmapDirectory};
use tantivy::fastfield::AliveBitSet;
use tantivy::schema::{Field, Schema, Value as _};
use tantivy::store::StoreReader;
use tantivy::{DocId, TantivyDocument, TantivyError};

use crate::archive::Format;

use super::columns::indexed_files::{FileColumns, files_of};
use super::columns::segments::{first, spellings_in};
use super::compact::expand;
use super::error::{IndexError, OpenError};
use super::schema::Fields;
use super::sealed::{List, is_file_of, newest_list, segment_files};
use super::stored::{IndexedFile, StoredArticle};
use super::values::{path_of_key, unpack_date};

/// Between the name of an index and a number, in the name of one that was replaced and may hold what is in no file any
/// more.
const EARLIER: &str = ".earlier-";

/// So many blocks of stored texts are kept unpacked: articles are read one after the other. A guess.
const BLOCKS: usize = 2;

/// A segment of an index, to save something from.
pub struct Part {
    dir: PathBuf,
    segment: String,
    schema: Schema,
    /// The file that says which documents are deleted, if some are.
    deletes: Option<String>,
}

/// What can be read of a [`Part`].
pub struct PartReader {
    columns: PartColumns,
    texts: StoreReader,
    alive: Option<AliveBitSet>,
    fields: TextFields,
    /// Whether it cannot be told which of its documents are deleted.
    pub has_deleted: bool,
}

/// The fields of stored texts.
struct TextFields {
    title: Option<Field>,
    byline: Option<Field>,
    text: Option<Field>,
    address: Option<Field>,
}

/// The columns of values of a part.
struct PartColumns {
    reader: ColumnarReader,
    path: Option<BytesColumn>,
    record: Option<Column<u64>>,
    published: Option<Column<i64>>,
    title_derived: Option<Column<u64>>,
    source: Option<StrColumn>,
    keyword: Option<StrColumn>,
    format: Option<StrColumn>,
}

/// An article in a [`PartReader`].
#[derive(Clone, Copy, Debug)]
pub struct PartRow(DocId);

/// An index that was replaced by an empty one since it is of another version, or its list of segments was damaged. It is
/// kept until what is in no file any more was saved from it.
pub struct EarlierIndex {
    dir: PathBuf,
}

impl Part {
    /// Those segments of the index in `dir` whose names are wanted.
    pub(super) fn of_list(dir: &Path, list: &List, is_wanted: impl Fn(&str) -> bool) -> Vec<Self> {
        let schema = list.schema().unwrap_or_else(|| Fields::new().0);
        let segments = list.segments().into_iter().map(|it| it.name);
        let part_of = |segment: String| {
            let deletes = list.files_of(&segment).find(|(name, _)| name.ends_with(".del"));
            let deletes = deletes.map(|(name, _)| name.to_owned());
            Self {
                dir: dir.to_owned(),
                segment,
                schema: schema.clone(),
                deletes,
            }
        };
        segments.filter(|it| is_wanted(it)).map(part_of).collect()
    }

    /// All segments whose files lie in `dir`, without their list: they may have been replaced by each other, and which of
    /// their deletions count is a guess, the last.
    fn of_files(dir: &Path) -> io::Result<Vec<Self>> {
        let names = segment_files(dir)?;
        let mut deletes: BTreeMap<&str, Option<(u64, &String)>> = BTreeMap::new();
        for name in &names {
            let Some((segment, kind)) = name.split_once('.') else {
                continue;
            };
            let opstamp = kind.strip_suffix(".del").and_then(|it| it.parse().ok());
            let last = deletes.entry(segment).or_default();
            *last = (*last).max(opstamp.map(|it| (it, name)));
        }
        let (schema, _) = Fields::new();
        let part_of = |(segment, deletes): (&str, Option<(u64, &String)>)| Self {
            dir: dir.to_owned(),
            segment: segment.to_owned(),
            schema: schema.clone(),
            deletes: deletes.map(|(_, name)| name.clone()),
        };
        Ok(deletes.into_iter().map(part_of).collect())
    }

    /// Opens it. If it is damaged, that may fail or panic.
    pub fn open(&self) -> Result<PartReader, OpenError> {
        self.read().map_err(|source| OpenError::Index {
            source,
            path: self.dir.clone(),
        })
    }

    fn read(&self) -> Result<PartReader, IndexError> {
        let columns = ColumnarReader::open(self.file(&format!("{}.fast", self.segment))?)?;
        let alive = || -> Result<AliveBitSet, IndexError> {
            let name = self.deletes.as_deref().unwrap_or_default();
            Ok(AliveBitSet::open(self.file(name)?.read_bytes()?))
        };
        let alive = self.deletes.as_ref().map(|_| alive());
        let stored = |name: &str| self.schema.get_field(name).ok();
        Ok(PartReader {
            columns: PartColumns::new(columns)?,
            texts: StoreReader::open(self.file(&format!("{}.store", self.segment))?, BLOCKS)?,
            has_deleted: matches!(alive, Some(Err(_))),
            alive: alive.and_then(Result::ok),
            fields: TextFields {
                title: stored("title"),
                byline: stored("byline"),
                text: stored("text"),
                address: stored("address"),
            },
        })
    }

    /// The content of a file, without the search library's footer.
    fn file(&self, name: &str) -> Result<FileSlice, IndexError> {
        debug_assert!(is_file_of(name, &self.segment));
        let dir = MmapDirectory::open(&self.dir).map_err(TantivyError::from)?;
        let file = dir.get_file_handle(Path::new(name)).map_err(TantivyError::from)?;
        let (_, content) = Footer::extract_footer(FileSlice::new(file))?;
        Ok(content)
    }
}

impl PartReader {
    /// The files that it describes, in the order of paths.
    pub fn files(&self) -> Result<Vec<IndexedFile>, OpenError> {
        let columns = &self.columns;
        let read = || -> Result<_, IndexError> {
            let files = FileColumns {
                paths: columns.path.clone(),
                record: columns.record.clone(),
                articles: numbers(&columns.reader, "articles")?,
                size: numbers(&columns.reader, "size")?,
                modified: signed(&columns.reader, "modified")?,
                hash: numbers(&columns.reader, "hash")?,
                reading: numbers(&columns.reader, "reading")?,
                unreadable: texts(&columns.reader, "unreadable")?,
            };
            files_of([(files, self.documents())])
        };
        read().map_err(to_open_error)
    }

    /// Its articles, in the order in which they were added.
    pub fn rows(&self) -> Vec<PartRow> {
        let is_article = |doc: &DocId| first(&self.columns.record, *doc).is_some();
        self.documents().filter(is_article).map(PartRow).collect()
    }

    /// The file of an article, relative to the archive's folder, and its number there.
    pub fn place_of(&self, PartRow(doc): PartRow) -> Result<(PathBuf, u32), OpenError> {
        let mut key = Vec::new();
        if let Some(paths) = &self.columns.path
            && let Some(ord) = paths.ords().first(doc)
        {
            let found = paths.ord_to_bytes(ord, &mut key);
            found.map_err(|err| to_open_error(err.into()))?;
        }
        let record = first(&self.columns.record, doc).unwrap_or(0);
        Ok((path_of_key(&key), u32::try_from(record).unwrap_or(u32::MAX)))
    }

    /// All that is kept of an article.
    pub fn article(&self, row: PartRow) -> Result<StoredArticle, OpenError> {
        let (path, record) = self.place_of(row)?;
        let PartRow(doc_id) = row;
        let columns = &self.columns;
        let read = || -> Result<_, IndexError> {
            let doc: TantivyDocument = self.texts.get(doc_id)?;
            let text = |field: Option<Field>| Some(doc.get_first(field?)?.as_str()?.to_owned());
            let body = self
                .fields
                .text
                .and_then(|field| doc.get_first(field)?.as_bytes().map(expand));
            let stored = StoredArticle {
                path,
                record,
                title: text(self.fields.title).unwrap_or_default(),
                title_derived: first(&columns.title_derived, doc_id) == Some(1),
                published: first(&columns.published, doc_id).and_then(unpack_date),
                source: spellings_in(columns.source.as_ref(), doc_id)?.into_iter().next(),
                byline: text(self.fields.byline),
                keywords: spellings_in(columns.keyword.as_ref(), doc_id)?,
                body: body.unwrap_or_default(),
                format: spellings_in(columns.format.as_ref(), doc_id)?
                    .first()
                    .and_then(|name| Format::for_name(name))
                    .unwrap_or_default(),
                address: text(self.fields.address),
            };
            Ok(stored)
        };
        read().map_err(to_open_error)
    }

    fn documents(&self) -> impl Iterator<Item = DocId> {
        let is_alive = |doc: &DocId| self.alive.as_ref().is_none_or(|it| it.is_alive(*doc));
        (0..self.columns.reader.num_docs()).filter(is_alive)
    }
}

impl PartColumns {
    fn new(reader: ColumnarReader) -> io::Result<Self> {
        Ok(Self {
            path: match column(&reader, "path")? {
                Some(DynamicColumn::Bytes(it)) => Some(it),
                _ => None,
            },
            record: numbers(&reader, "record")?,
            published: signed(&reader, "published")?,
            title_derived: numbers(&reader, "title_derived")?,
            source: texts(&reader, "source")?,
            keyword: texts(&reader, "keyword")?,
            format: texts(&reader, "format")?,
            reader,
        })
    }
}

fn column(reader: &ColumnarReader, name: &str) -> io::Result<Option<DynamicColumn>> {
    let handle = reader.read_columns(name)?.into_iter().next();
    handle.map(|it| it.open()).transpose()
}

fn numbers(reader: &ColumnarReader, name: &str) -> io::Result<Option<Column<u64>>> {
    Ok(match column(reader, name)? {
        Some(DynamicColumn::U64(it)) => Some(it),
        _ => None,
    })
}

fn signed(reader: &ColumnarReader, name: &str) -> io::Result<Option<Column<i64>>> {
    Ok(match column(reader, name)? {
        Some(DynamicColumn::I64(it)) => Some(it),
        _ => None,
    })
}

fn texts(reader: &ColumnarReader, name: &str) -> io::Result<Option<StrColumn>> {
    Ok(match column(reader, name)? {
        Some(DynamicColumn::Str(it)) => Some(it),
        _ => None,
    })
}

fn to_open_error(source: IndexError) -> OpenError {
    let path = PathBuf::new();
    OpenError::Index { source, path }
}

impl EarlierIndex {
    /// Those of the index in `dir`, which lie beside it.
    pub(super) fn of(dir: &Path) -> Vec<Self> {
        beside(dir, EARLIER).map(|dir| Self { dir }).collect()
    }

    /// Where the index in `dir` is put when it is replaced: an unused path.
    pub(super) fn path_for(dir: &Path) -> PathBuf {
        let start = format!("{EARLIER}{}", std::process::id());
        let numbers = (1..).map(|number| named_after(dir, &format!("{start}-{number}")));
        let mut paths = std::iter::once(named_after(dir, &start)).chain(numbers);
        paths.find(|path| !path.exists()).unwrap_or_else(|| dir.to_owned())
    }

    /// Its parts, as far as there are files of them.
    pub fn parts(&self) -> Result<Vec<Part>, OpenError> {
        let parts = || -> io::Result<Vec<Part>> {
            match newest_list(&self.dir)? {
                Some(list) => Ok(Part::of_list(&self.dir, &list, |_| true)),
                None => Part::of_files(&self.dir),
            }
        };
        parts().map_err(|source| OpenError::Io {
            source,
            path: self.dir.clone(),
        })
    }

    /// Removes it.
    pub fn remove(self) -> io::Result<()> {
        fs::remove_dir_all(self.dir)
    }
}

/// Whether the index in `dir` was begun, or replaced one that may still be there.
pub fn is_begun(dir: &Path) -> bool {
    dir.is_dir() || beside(dir, EARLIER).next().is_some()
}

/// A path beside `dir` that is named after it.
pub(super) fn named_after(dir: &Path, end: &str) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(end);
    dir.with_file_name(name)
}

/// The folders beside `dir` whose names begin with its own and `infix`.
pub(super) fn beside(dir: &Path, infix: &str) -> impl Iterator<Item = PathBuf> {
    let start = named_after(dir, infix).file_name().unwrap_or_default().to_owned();
    let entries = dir.parent().and_then(|parent| fs::read_dir(parent).ok());
    let is_named = move |entry: &fs::DirEntry| {
        let name = entry.file_name();
        name.as_encoded_bytes().starts_with(start.as_encoded_bytes()) && entry.file_type().is_ok_and(|it| it.is_dir())
    };
    entries
        .into_iter()
        .flatten()
        .flatten()
        .filter(is_named)
        .map(|it| it.path())
}
