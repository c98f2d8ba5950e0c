//! What is read of an index apart from searching: its damaged parts, and indexes that were replaced by an empty one.
//!
//! Of a part only the stored texts and the columns of values are read, by the names of their fields: so it may be damaged
//! elsewhere, or have the fields of another version of this program.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tantivy::columnar::ColumnarReader;
use tantivy::directory::footer::Footer;
use tantivy::directory::{Directory as _, FileSlice, MmapDirectory};
use tantivy::schema::{Field, Schema, Value as _};
use tantivy::{DocAddress, IndexReader, ReloadPolicy, TantivyDocument, TantivyError};

use super::columns::indexed_files::indexed_files;
use super::columns::segments::{first, place_of, spellings_of};
use super::compact::expand;
use super::damage::Suspicion;
use super::error::{IndexError, OpenError, SearchError};
use super::schema::Fields;
use super::sealed::{COMPONENTS, LIST_FILE, LeftOut, SealedDirectory, Values, is_file_of, newest_list, segment_files};
use super::stored::{IndexedFile, StoredArticle};
use super::values::{path_of_key, unpack_date};

/// Between the name of an index and a number, in the name of one that was replaced and may hold what is in no file any
/// more.
const EARLIER: &str = ".earlier-";

/// A segment of an index, to save something from.
pub struct Part {
    dir: PathBuf,
    /// The segments that are not it.
    others: LeftOut,
}

/// What can be read of a [`Part`].
pub struct PartReader {
    searcher: tantivy::Searcher,
    suspicion: Suspicion,
    title: Option<Field>,
    byline: Option<Field>,
    text: Option<Field>,
}

/// An article in a [`PartReader`].
#[derive(Clone, Copy, Debug)]
pub struct PartRow(DocAddress);

/// An index that was replaced by an empty one since it is of another version, or its list of segments was damaged. It is
/// kept until what is in no file any more was saved from it.
pub struct EarlierIndex {
    dir: PathBuf,
}

impl Part {
    /// Those of the segments `names` of the index in `dir` that are wanted.
    pub(super) fn of(dir: &Path, names: &[String], is_wanted: impl Fn(&str) -> bool) -> Vec<Self> {
        let part_of = |segment: &String| {
            let others = LeftOut::default();
            names.iter().filter(|it| *it != segment).for_each(|it| {
                others.insert(it);
            });
            Self {
                dir: dir.to_owned(),
                others,
            }
        };
        names.iter().filter(|it| is_wanted(it)).map(part_of).collect()
    }

    /// Opens it. If it is damaged, that may fail or panic.
    pub fn open(&self) -> Result<PartReader, OpenError> {
        let suspicion = Suspicion::new(&self.dir);
        let read = || {
            let index = tantivy::Index::open(opened(&self.dir, &self.others)?)?;
            let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            let stored = |name: &str| index.schema().get_field(name).ok();
            Ok(PartReader {
                searcher: reader.searcher(),
                suspicion: suspicion.clone(),
                title: stored("title"),
                byline: stored("byline"),
                text: stored("text"),
            })
        };
        Ok(suspicion.read(read)?)
    }
}

impl PartReader {
    /// The files that it describes, in the order of paths.
    pub fn files(&self) -> Result<Vec<IndexedFile>, SearchError> {
        self.suspicion.read(|| indexed_files(&self.searcher))
    }

    /// Its articles, in the order in which they were added.
    pub fn rows(&self) -> Result<Vec<PartRow>, SearchError> {
        self.suspicion.read(|| {
            let mut rows = Vec::new();
            for (segment_ord, segment) in (0..).zip(self.searcher.segment_readers()) {
                let record = segment.fast_fields().column_opt::<u64>("record")?;
                let articles = segment.doc_ids_alive().filter(|doc| first(&record, *doc).is_some());
                rows.extend(articles.map(|doc_id| PartRow(DocAddress { segment_ord, doc_id })));
            }
            Ok(rows)
        })
    }

    /// The file of an article, relative to the archive's folder, and its number there.
    pub fn place_of(&self, PartRow(address): PartRow) -> Result<(PathBuf, u32), SearchError> {
        self.suspicion.read(|| {
            let segment = self.searcher.segment_reader(address.segment_ord);
            let (key, record) = place_of(segment, address.doc_id)?;
            Ok((path_of_key(&key), u32::try_from(record).unwrap_or(u32::MAX)))
        })
    }

    /// All that is kept of an article.
    pub fn article(&self, row: PartRow) -> Result<StoredArticle, SearchError> {
        let (path, record) = self.place_of(row)?;
        self.suspicion.read(|| {
            let PartRow(DocAddress { segment_ord, doc_id }) = row;
            let segment = self.searcher.segment_reader(segment_ord);
            let columns = segment.fast_fields();
            let doc: TantivyDocument = self.searcher.doc(row.0)?;
            let text = |field: Option<Field>| Some(doc.get_first(field?)?.as_str()?.to_owned());
            let body = self.text.and_then(|field| doc.get_first(field)?.as_bytes().map(expand));
            let published = first(&columns.column_opt::<i64>("published")?, doc_id);
            let title_derived = first(&columns.column_opt::<u64>("title_derived")?, doc_id);
            Ok(StoredArticle {
                path: path.clone(),
                record,
                title: text(self.title).unwrap_or_default(),
                title_derived: title_derived == Some(1),
                published: published.and_then(unpack_date),
                source: spellings_of(segment, doc_id, "source")?.into_iter().next(),
                byline: text(self.byline),
                keywords: spellings_of(segment, doc_id, "keyword")?,
                body: body.unwrap_or_default(),
            })
        })
    }
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

    /// Whether a later version of this program wrote it, in a way that is not known here. That version reads it.
    pub fn is_for_later(&self) -> bool {
        matches!(newest_list(&self.dir), Ok(Some(list)) if list.values() == Values::Later)
    }

    /// Its parts; none if they are written in a way that is no longer known.
    ///
    /// If its list of segments is lost, one is made up of the segments that are there, provided that their fields are those
    /// of this version. Some may have been replaced before by others that are there, too: the same article can be in
    /// several.
    pub fn parts(&self) -> Result<Vec<Part>, OpenError> {
        let io_error = |source| OpenError::Io {
            source,
            path: self.dir.clone(),
        };
        let mut list = newest_list(&self.dir).map_err(io_error)?;
        if list.is_none() {
            self.make_up_list().map_err(|source| OpenError::Index {
                source,
                path: self.dir.clone(),
            })?;
            list = newest_list(&self.dir).map_err(io_error)?;
        }
        let Some(list) = list.filter(|it| it.values() == Values::Known) else {
            return Ok(Vec::new());
        };
        let names: Vec<String> = list.segments().into_iter().map(|it| it.name).collect();
        Ok(Part::of(&self.dir, &names, |_| true))
    }

    /// Removes it.
    pub fn remove(self) -> io::Result<()> {
        fs::remove_dir_all(self.dir)
    }

    fn make_up_list(&self) -> Result<(), IndexError> {
        let io_error = |err: io::Error| IndexError::from(TantivyError::from(err));
        let mut names = segment_files(&self.dir).map_err(io_error)?;
        names.sort_unstable();
        let segments: BTreeSet<&str> = names.iter().filter_map(|it| Some(it.split_once('.')?.0)).collect();
        let (schema, _) = Fields::new();
        let described = |segment: &&str| described(&self.dir, segment, &names, &schema);
        let segments: Vec<Value> = segments.iter().filter_map(described).collect();
        let content = json!({ "segments": segments, "schema": schema, "opstamp": 0 });
        let directory = opened(&self.dir, &LeftOut::default())?;
        let written = directory.atomic_write(Path::new(LIST_FILE), content.to_string().as_bytes());
        written.map_err(io_error)
    }
}

fn opened(dir: &Path, left_out: &LeftOut) -> Result<SealedDirectory, IndexError> {
    Ok(SealedDirectory::open(dir, left_out).map_err(TantivyError::from)?)
}

/// A segment as it stands in a list of segments, if it has all its files and the fields of `schema`. `names` are those of
/// the files in `dir`.
fn described(dir: &Path, segment: &str, names: &[String], schema: &Schema) -> Option<Value> {
    let has = |kind: &str| names.iter().any(|it| *it == format!("{segment}.{kind}"));
    if !COMPONENTS.into_iter().all(has) {
        return None;
    }
    let file = MmapDirectory::open(dir).ok()?;
    let file = FileSlice::new(file.get_file_handle(Path::new(&format!("{segment}.fast"))).ok()?);
    let (_, columns) = Footer::extract_footer(file).ok()?;
    let columns = ColumnarReader::open(columns).ok()?;
    let is_known = |name: &str| {
        let field = schema.get_field(name);
        field.is_ok_and(|field| schema.get_field_entry(field).is_fast())
    };
    if !columns.list_columns().ok()?.iter().all(|(name, _)| is_known(name)) {
        return None;
    }
    let opstamps = names.iter().filter(|it| is_file_of(it, segment));
    let opstamps = opstamps.filter_map(|it| it.split_once('.')?.1.strip_suffix(".del")?.parse::<u64>().ok());
    // How many are deleted is not asked of a part.
    let deletes = opstamps
        .max()
        .map(|opstamp| json!({ "num_deleted_docs": 1, "opstamp": opstamp }));
    Some(json!({ "segment_id": segment, "max_doc": columns.num_docs(), "deletes": deletes }))
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
    let named = move |entry: &fs::DirEntry| {
        let name = entry.file_name();
        name.as_encoded_bytes().starts_with(start.as_encoded_bytes())
    };
    entries
        .into_iter()
        .flatten()
        .flatten()
        .filter(named)
        .map(|it| it.path())
}
