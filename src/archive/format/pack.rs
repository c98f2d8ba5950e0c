//! Archives: zip, and what is a zip inside (EPUB, DOCX, ODT), and gzip.

use std::io::{BufRead, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;

use crate::archive::encoding::{self, TextEncoding};
use crate::archive::names;
use crate::archive::origin::Format;
use crate::archive::record::{Outcome, Refusal, Sink};

use super::parts::{Parts, ReadSeek, refusal};
use super::{epub, office};

/// Reads an archive, or the book or document that it is. Members are read in the order of their names, so that the
/// order does not depend on the program that packed it.
pub fn read_zip(sink: &mut dyn Sink, bytes: &mut dyn ReadSeek) -> Outcome {
    let mut zip = ZipArchive::new(bytes).map_err(refusal)?;
    let has = |zip: &ZipArchive<_>, name: &str| zip.index_for_name(name).is_some();
    if has(&zip, "META-INF/container.xml") {
        sink.set_format(Format::Epub);
        return epub::read(sink, &mut Parts { zip });
    }
    if has(&zip, "word/document.xml") {
        sink.set_format(Format::Docx);
        return office::read_docx(sink, &mut Parts { zip });
    }
    if has(&zip, "content.xml") && has(&zip, "mimetype") {
        sink.set_format(Format::Odt);
        return office::read_odt(sink, &mut Parts { zip });
    }
    if has(&zip, "xl/workbook.xml") || has(&zip, "ppt/presentation.xml") {
        return Err(Refusal::Unsupported("a table or presentation of Office; save it as CSV or PDF").into());
    }
    sink.set_format(Format::Zip);
    let mut names: Vec<(String, usize)> = Vec::new();
    for idx in 0..zip.len() {
        let raw = zip.by_index_raw(idx).map_err(refusal)?;
        if raw.is_file() {
            names.push((member_name(&raw), idx));
        }
    }
    names.sort();
    for (name, idx) in names {
        if !names::may_hold_articles(Path::new(&name))
            || name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
        {
            continue;
        }
        match zip.by_index(idx) {
            Ok(mut member) => sink.read_member(&name, &mut member)?,
            Err(err) => sink.refuse_member(&name, refusal(err))?,
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

/// Reads the content of a gzip file. Damage loses only what follows it.
pub fn read_gzip(sink: &mut dyn Sink, bytes: &mut dyn BufRead, name: &Path) -> Outcome {
    // «a.jsonl.gz» holds «a.jsonl».
    let inner = match name.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("gz") => name.with_extension(""),
        _ => name.to_owned(),
    };
    let inner = inner
        .file_name()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    sink.read_only_member(&inner, &mut MultiGzDecoder::new(bytes))
}
