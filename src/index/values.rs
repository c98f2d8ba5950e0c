//! Encodes paths, dates and names for the fields of the index, and decodes them.
//!
//! Each encoding is next to its inverse. A change to one raises [`INDEX_VERSION`](super::schema::INDEX_VERSION).

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;

use crate::arabic::collate::letters_of;
use crate::arabic::days::{date_of_epoch_day, epoch_day};
use crate::arabic::letter::is_within_word;
use crate::arabic::{Folding, fold};
use crate::archive::{DatePrecision, DateProvenance, Days, PublicationDate};
use crate::entities::{EntityKind, Mention, Name, WrittenForm};

/// Separates the parts of a path: it is in no file name, and sorts before any letter, so that keys are in the order of
/// paths.
const SEPARATOR: u8 = 0;

/// A relative path as bytes: its parts with [`SEPARATOR`] between them, the same on every system, and lossless for file
/// names that are not Unicode.
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

/// The inverse of [`path_key`].
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

/// The folders that a file is in, from the outermost inwards, each as its full path.
pub(super) fn folders(path: &Path) -> Vec<String> {
    let mut folders: Vec<String> = Vec::new();
    for part in path.parent().into_iter().flat_map(Path::components) {
        let part = part.as_os_str().to_string_lossy();
        folders.push(match folders.last() {
            Some(outer) => format!("{outer}/{part}"),
            None => part.into_owned(),
        });
    }
    folders
}

const PRECISIONS: [DatePrecision; 3] = [DatePrecision::Year, DatePrecision::Month, DatePrecision::Day];

const PROVENANCES: [DateProvenance; 8] = [
    DateProvenance::Metadata,
    DateProvenance::HeaderLine,
    DateProvenance::Dateline,
    DateProvenance::Url,
    DateProvenance::FileName,
    DateProvenance::Inferred,
    DateProvenance::Update,
    DateProvenance::User,
];

/// A date as one number: days since 1970, then four bits each for precision and provenance.
pub(super) fn pack_date(published: &PublicationDate) -> i64 {
    let precision = PRECISIONS.iter().position(|it| *it == published.precision).unwrap_or(0);
    let provenance = PROVENANCES
        .iter()
        .position(|it| *it == published.provenance)
        .unwrap_or(0);
    let days = i64::from(epoch_day(published.date));
    (days << 8) | (precision as i64) << 4 | provenance as i64
}

/// The inverse of [`pack_date`]; `None` if `packed` is no date.
pub(super) fn unpack_date(packed: i64) -> Option<PublicationDate> {
    Some(PublicationDate {
        date: date_of_epoch_day(i32::try_from(packed >> 8).ok()?)?,
        precision: *PRECISIONS.get((packed >> 4 & 0xF) as usize)?,
        provenance: *PROVENANCES.get((packed & 0xF) as usize)?,
    })
}

/// A range of at most this many months counts for each of them; a longer one for its years. Picked by feel.
const MOST_MONTHS: i32 = 12;

/// A range of at most this many years counts for each of them; a century counts for none. Picked by feel.
const MOST_YEARS: i32 = 10;

/// The facet values of an article that mentions these days: "2023-10" for each month, "2023" for each bare year.
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

/// A name as it is indexed: its form, preceded by its key where that is not the folded form itself.
pub(super) fn name_value(name: &Name) -> String {
    let flat = |text: &str| text.replace('\t', " ");
    let (key, form) = (flat(&name.key), flat(&name.form));
    match key == fold(&form, Folding::Name) {
        true => form,
        false => format!("{key}\t{form}"),
    }
}

/// The inverse of [`name_value`]: key and form.
pub(super) fn name_of_value(value: &str) -> (Cow<'_, str>, &str) {
    match value.split_once('\t') {
        Some((key, form)) => (Cow::Borrowed(key), form),
        None => (Cow::Owned(fold(value, Folding::Name)), value),
    }
}

/// The form alone of a [`name_value`].
pub(super) fn form_of_value(value: &str) -> &str {
    value.split_once('\t').map_or(value, |(_, form)| form)
}

/// The role that a mention gives a person, as it is indexed: after the name.
pub(super) fn role_value(mention: &Mention, text: &str) -> Option<String> {
    let role = mention.role?.of(text)?;
    let role: String = role.chars().filter(|c| !is_within_word(*c)).collect();
    let words: Vec<&str> = role.split_whitespace().collect();
    (!words.is_empty()).then(|| format!("{}\t{}", name_value(&mention.name), words.join(" ")))
}

/// A Latin form that an article writes behind a name, as it is indexed: "kind\tname\tform".
pub(super) fn latin_value(written: &WrittenForm) -> String {
    let latin = written.latin.replace('\t', " ");
    format!("{}\t{}\t{latin}", written.name.kind.word(), name_value(&written.name))
}

/// The inverse of [`latin_value`]: kind, [`name_value`] and form.
pub(super) fn latin_of_value(value: &str) -> Option<(EntityKind, &str, &str)> {
    let (kind, rest) = value.split_once('\t')?;
    let (name, latin) = rest.rsplit_once('\t')?;
    let kind = EntityKind::ALL.into_iter().find(|it| it.word() == kind)?;
    Some((kind, name, latin))
}

/// The inverse of [`role_value`]: key, form and role.
pub(super) fn role_of_value(value: &str) -> Option<(Cow<'_, str>, &str, &str)> {
    let (name, role) = value.rsplit_once('\t')?;
    let (key, form) = name_of_value(name);
    Some((key, form, role))
}

/// How many characters of a title are indexed; nobody types more to find a row. Picked by feel.
const TITLE_START_CHARS: usize = 32;

/// The beginning of a title: folded, with one space for all that is neither letter nor digit, none at the start.
pub(super) fn title_start(title: &str) -> String {
    letters_of(title).chars().take(TITLE_START_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_begins_without_marks_quotes_and_seats() {
        assert_eq!(title_start("«أَحمد»: إلى المدينة"), "احمد الي المدينه");
        assert_eq!(title_start("  COP-28 في ٢٠٢٣"), "cop 28 في 2023");
        assert_eq!(title_start("…"), "");
    }
}
