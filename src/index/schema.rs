//! What stands in the index: its fields, and the version that says so.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use tantivy::TantivyDocument;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value as _,
};

use crate::archive::{DatePrecision, DateProvenance, Days, PublicationDate};
use crate::entities::EntityKind;

use super::compact::expand;
use super::story::{STORY_BAND, STORY_KEY};
use super::title_start::TITLE_START;

/// Raised whenever the fields, the folding or the stems change: an index of another version is built anew.
pub(super) const INDEX_VERSION: u32 = 5;

/// The name under which the tokenizer of folded words is registered.
pub(super) const SURFACE: &str = "surface";
/// The name under which the tokenizer of stems is registered.
pub(super) const STEM: &str = "stem";

/// The fields by their handles.
///
/// Every document carries the path of its file. The document of a file's first article also carries what is known of
/// the file; a file without articles is a document of its own, without `record`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The path, see [`path_key`]. What is deleted is named by it.
    pub path: Field,
    /// The number of the article in its file.
    pub record: Field,
    /// The article's id.
    pub id: Field,
    /// The date, see [`pack_date`]; nothing if undated.
    pub published: Field,
    /// 1 if the title was derived.
    pub title_derived: Field,
    /// The names of people, organisations and places: "key\tform".
    pub names: [Field; 3],
    /// The roles of people: "key\tform\trole".
    pub person_role: Field,
    /// The outlet as spelled.
    pub source: Field,
    /// The keywords as spelled.
    pub keyword: Field,
    /// The months and years it speaks of, see [`date_values`].
    pub date: Field,
    /// Who wrote it; only stored.
    pub byline: Field,
    /// The words of the title, and the title itself.
    pub title: Field,
    /// How the title begins, see [`title_start()`](super::title_start::title_start).
    pub title_start: Field,
    /// The stems of the title.
    pub title_stem: Field,
    /// The words of the body.
    pub body: Field,
    /// The body itself, see [`compact()`](super::compact::compact); only stored.
    pub text: Field,
    /// The stems of the body.
    pub body_stem: Field,
    /// The key of the text, see [`Sketch`](super::story::sketch::Sketch).
    pub story_key: Field,
    /// The bands of the text's sketch.
    pub story_band: Field,
    /// The language of the body, by its code: see [`language`](crate::arabic::language::language).
    pub language: Field,
    /// The folders that the file is in, from the outermost on: "a", "a/b".
    pub folder: Field,
    /// The name of the format that it was kept in.
    pub format: Field,
    /// The size of the file.
    pub size: Field,
    /// When the file was changed.
    pub modified: Field,
    /// The hash of the file's content.
    pub hash: Field,
    /// The fingerprint of the user's corrections of how it is read; nothing if there were none.
    pub reading: Field,
    /// What in the file could not be read: "path\treason", many.
    pub unreadable: Field,
}

/// The field names of [`Fields::names`], in the order of [`EntityKind::ALL`].
pub(super) const NAME_FIELDS: [&str; 3] = ["person", "organisation", "place"];

/// The name of [`Fields::person_role`].
pub(super) const PERSON_ROLE: &str = "person_role";

impl Fields {
    /// The schema and its fields.
    pub fn new() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let words = |tokenizer: &str| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            TextOptions::default().set_indexing_options(indexing)
        };
        let value = || TextOptions::default().set_fast("raw");
        let fields = Self {
            path: schema.add_bytes_field("path", BytesOptions::default().set_indexed().set_fast()),
            record: schema.add_u64_field("record", FAST),
            id: schema.add_u64_field("id", FAST),
            published: schema.add_i64_field("published", FAST),
            title_derived: schema.add_u64_field("title_derived", FAST),
            names: NAME_FIELDS.map(|name| schema.add_text_field(name, value())),
            person_role: schema.add_text_field(PERSON_ROLE, value()),
            source: schema.add_text_field("source", value()),
            keyword: schema.add_text_field("keyword", value()),
            date: schema.add_text_field("date", value()),
            byline: schema.add_text_field("byline", STORED),
            title: schema.add_text_field("title", words(SURFACE).set_stored()),
            title_start: schema.add_text_field(TITLE_START, value()),
            title_stem: schema.add_text_field("title_stem", words(STEM)),
            body: schema.add_text_field("body", words(SURFACE)),
            text: schema.add_bytes_field("text", STORED),
            body_stem: schema.add_text_field("body_stem", words(STEM)),
            story_key: schema.add_u64_field(STORY_KEY, FAST),
            story_band: schema.add_u64_field(STORY_BAND, FAST),
            language: schema.add_text_field("language", value()),
            folder: schema.add_text_field("folder", value()),
            format: schema.add_text_field("format", value()),
            size: schema.add_u64_field("size", FAST),
            modified: schema.add_i64_field("modified", FAST),
            hash: schema.add_u64_field("hash", FAST),
            reading: schema.add_u64_field("reading", FAST),
            unreadable: schema.add_text_field("unreadable", value()),
        };
        (schema.build(), fields)
    }

    /// The body that a stored document keeps.
    pub fn stored_body(&self, doc: &TantivyDocument) -> String {
        let text = doc.get_first(self.text).and_then(|value| value.as_bytes());
        text.map(expand).unwrap_or_default()
    }

    /// The field of the names of a kind.
    pub fn names_of(&self, kind: EntityKind) -> Field {
        match kind {
            EntityKind::Person => self.names[0],
            EntityKind::Organisation => self.names[1],
            EntityKind::Place => self.names[2],
        }
    }
}

/// Stands between the parts of a path: in no file name, and less than any letter, so that the keys are in the order
/// of the paths.
const SEPARATOR: u8 = 0;

/// The bytes that stand for a relative path: its parts with [`SEPARATOR`] between them, so that it is the same on every
/// system and no file name is lost that is not Unicode.
pub(super) fn path_key(path: &Path) -> Vec<u8> {
    let mut key = Vec::new();
    for part in path.components() {
        if part == Component::CurDir {
            continue;
        }
        if !key.is_empty() {
            key.push(SEPARATOR);
        }
        key.extend_from_slice(&os_bytes(part.as_os_str()));
    }
    key
}

/// The path of a [`path_key`].
pub(super) fn path_of_key(key: &[u8]) -> PathBuf {
    key.split(|&byte| byte == SEPARATOR).map(os_string).collect()
}

#[cfg(unix)]
fn os_bytes(text: &OsStr) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(text).to_vec()
}

#[cfg(not(unix))]
fn os_bytes(text: &OsStr) -> Vec<u8> {
    text.to_string_lossy().into_owned().into_bytes()
}

#[cfg(unix)]
fn os_string(bytes: &[u8]) -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> std::ffi::OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

const PRECISIONS: [DatePrecision; 3] = [DatePrecision::Year, DatePrecision::Month, DatePrecision::Day];
const PROVENANCES: [DateProvenance; 6] = [
    DateProvenance::Metadata,
    DateProvenance::HeaderLine,
    DateProvenance::Dateline,
    DateProvenance::Url,
    DateProvenance::FileName,
    DateProvenance::Inferred,
];

/// A date as one number: the days since 1970, then four bits each for precision and provenance.
pub(super) fn pack_date(published: &PublicationDate) -> i64 {
    let precision = PRECISIONS.iter().position(|it| *it == published.precision).unwrap_or(0);
    let provenance = PROVENANCES
        .iter()
        .position(|it| *it == published.provenance)
        .unwrap_or(0);
    let days = i64::from(days_of(published.date));
    (days << 8) | (precision as i64) << 4 | provenance as i64
}

/// The date of a number of [`pack_date`]; nothing if it is none.
pub(super) fn unpack_date(packed: i64) -> Option<PublicationDate> {
    Some(PublicationDate {
        date: date_of(i32::try_from(packed >> 8).ok()?)?,
        precision: *PRECISIONS.get((packed >> 4 & 0xF) as usize)?,
        provenance: *PROVENANCES.get((packed & 0xF) as usize)?,
    })
}

/// A range of at most so many months counts for each of them; a longer one for its years.
const MOST_MONTHS: i32 = 12;
/// A range of at most so many years counts for each of them; a century counts for none.
const MOST_YEARS: i32 = 10;

/// The values by which an article is counted that speaks of these days: "2023-10" for each month, "2023" for each year
/// that was named as a year.
pub(super) fn date_values(days: &Days) -> Vec<String> {
    let month_of = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let (first, last) = (month_of(days.first), month_of(days.last));
    let (first_year, last_year) = (days.first.year(), days.last.year());
    if days.precision != DatePrecision::Year && last - first < MOST_MONTHS {
        let text = |month: i32| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        (first..=last).map(text).collect()
    } else if i32::from(last_year) - i32::from(first_year) < MOST_YEARS {
        (first_year..=last_year).map(|year| format!("{year:04}")).collect()
    } else {
        Vec::new()
    }
}

/// 1970-01-01.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The days since 1970-01-01.
pub(super) fn days_of(date: Date) -> i32 {
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

/// The day so many days after 1970-01-01; nothing beyond the years ±9999.
pub(super) fn date_of(days: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
