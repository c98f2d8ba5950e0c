//! Archives: zip, and what is a zip inside (EPUB, DOCX, ODT), and gzip.

use std::io::{BufRead, Read, Seek};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::archive::encoding::{self, TextEncoding};
use crate::archive::scan;

use super::{Format, MAX_BYTES, Outcome, Reader, Refusal, Stop, epub, office};

/// Bytes that can be read from any place. A trait object and no type parameter: archives within archives would make
/// types without end.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Of a book or document one part is at most so long.
const MAX_PART: u64 = MAX_BYTES;

/// Reads an archive, or the book or document that it is. The members are read in the order of their names, so that
/// the order does not depend on who packed it.
pub fn read_zip(reader: &mut Reader<'_>, bytes: &mut dyn ReadSeek) -> Outcome {
    let mut zip = ZipArchive::new(bytes).map_err(refusal)?;
    let has = |zip: &ZipArchive<_>, name: &str| zip.index_for_name(name).is_some();
    if has(&zip, "META-INF/container.xml") {
        reader.format = Format::Epub;
        return epub::read(reader, &mut Parts { zip });
    }
    if has(&zip, "word/document.xml") {
        reader.format = Format::Docx;
        return office::read_docx(reader, &mut Parts { zip });
    }
    if has(&zip, "content.xml") && has(&zip, "mimetype") {
        reader.format = Format::Odt;
        return office::read_odt(reader, &mut Parts { zip });
    }
    if has(&zip, "xl/workbook.xml") || has(&zip, "ppt/presentation.xml") {
        return Err(Refusal::Unsupported("a table or presentation of Office; save it as CSV or PDF").into());
    }
    reader.format = Format::Zip;
    let mut names: Vec<(String, usize)> = Vec::new();
    for idx in 0..zip.len() {
        let raw = zip.by_index_raw(idx).map_err(refusal)?;
        if raw.is_file() {
            names.push((member_name(&raw), idx));
        }
    }
    names.sort();
    for (name, idx) in names {
        if !scan::may_hold_articles(Path::new(&name))
            || name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
        {
            continue;
        }
        match zip.by_index(idx) {
            Ok(mut member) => reader.read_member(&name, &mut member)?,
            Err(err) => reader.note(&name, Err(refusal(err).into()))?,
        }
    }
    Ok(())
}

/// The name of a member. Programs of Windows wrote it in the encoding of the system and did not say so.
fn member_name<R: Read>(member: &zip::read::ZipFile<'_, R>) -> String {
    let raw = member.name_raw();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_not_utf_8) => encoding::decode(raw, TextEncoding::for_label("windows-1256")).text,
    };
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

/// Reads what a gzip file holds. A damaged end costs what was behind it.
pub fn read_gzip(reader: &mut Reader<'_>, bytes: &mut dyn BufRead, name: &Path) -> Outcome {
    // «a.jsonl.gz» holds «a.jsonl».
    let inner = match name.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("gz") => name.with_extension(""),
        _ => name.to_owned(),
    };
    let inner = inner
        .file_name()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    let n_before = reader.unreadable.len();
    let outcome = reader.read_member(&inner, &mut MultiGzDecoder::new(bytes));
    // What is said of its only member is said of the file.
    let is_refused = reader.n_articles() == 0 && reader.unreadable.len() == n_before + 1;
    match reader.unreadable.pop_if(|_| is_refused) {
        Some(only) => Err(Refusal::Member(only.reason).into()),
        None => outcome,
    }
}

/// The parts of a book or document, by their names.
pub struct Parts<R> {
    zip: ZipArchive<R>,
}

impl<R: Read + Seek> Parts<R> {
    /// A part's bytes; nothing where there is none of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Stop> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(err) => return Err(refusal(err).into()),
        };
        let mut bytes = Vec::new();
        part.take(MAX_PART + 1).read_to_end(&mut bytes)?;
        if MAX_PART < bytes.len() as u64 {
            return Err(Refusal::TooLarge { limit: MAX_PART }.into());
        }
        Ok(Some(bytes))
    }
}

fn refusal(err: ZipError) -> Refusal {
    match err {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Refusal::Locked,
        ZipError::CompressionMethodNotSupported(_) => {
            Refusal::Unsupported("packed in a way that is not read; unpack it, or pack it as an ordinary .zip")
        }
        err => Refusal::Damaged(err.to_string()),
    }
}
