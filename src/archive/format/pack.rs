//! Archives: zip, and what is a zip inside (EPUB, DOCX, ODT, workbooks), and gzip.

use std::collections::HashMap;
use std::io::{BufRead, Read, Seek};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use memchr::memmem;
use zip::ZipArchive;
use zip::read::{ArchiveOffset, Config};

use crate::archive::encoding::{self, TextEncoding};
use crate::archive::left_out::LeftOut;
use crate::archive::names;
use crate::archive::origin::Format;
use crate::archive::reason::{Reason, Unsupported};
use crate::archive::record::{Outcome, Sink, Stop};

use super::parts::{Parts, ReadSeek, refusal};
use super::twins::{self, Alone};
use super::{epub, office, sheet};

/// Reads an archive, or the book or document that it is. Members are read in the order of their names, so that the
/// order does not depend on the program that packed it.
pub fn read_zip(sink: &mut dyn Sink, bytes: &mut dyn ReadSeek) -> Outcome {
    let mut zip = ZipArchive::new(bytes).map_err(refusal)?;
    let has = |zip: &ZipArchive<_>, name: &str| zip.index_for_name(name).is_some();
    if has(&zip, "META-INF/container.xml") {
        sink.set_format(Format::Epub);
        check_parts(sink, &mut zip)?;
        return epub::read(sink, &mut Parts::new(zip));
    }
    if has(&zip, "word/document.xml") {
        sink.set_format(Format::Docx);
        check_parts(sink, &mut zip)?;
        return office::read_docx(sink, &mut Parts::new(zip));
    }
    if has(&zip, "content.xml") && has(&zip, "mimetype") {
        return read_open_document(sink, zip);
    }
    if has(&zip, "xl/workbook.xml") {
        sink.set_format(Format::Xlsx);
        return sheet::read_xlsx(sink, zip.into_inner());
    }
    if has(&zip, "xl/workbook.bin") {
        sink.set_format(Format::Xlsb);
        return sheet::read_xlsb(sink, zip.into_inner());
    }
    if has(&zip, "ppt/presentation.xml") {
        return Err(Reason::Unsupported(Unsupported::OfficeTable).into());
    }
    sink.set_format(Format::Zip);
    let mut taken = HashMap::new();
    let raw = raw_members(&mut zip)?;
    let names = MemberNames::of(raw.iter().map(|it| it.name.as_slice()));
    for (name, idx) in members(sink, &raw, &names, &mut taken) {
        read_one(sink, &mut zip, &name, idx)?;
    }
    match zip.has_duplicate_names() {
        true => read_hidden(sink, zip, &names, &mut taken),
        false => Ok(()),
    }
}

/// Reads a document or a workbook of LibreOffice, which says by its type what it is and by its manifest whether it is
/// encrypted.
fn read_open_document(sink: &mut dyn Sink, mut zip: ZipArchive<&mut dyn ReadSeek>) -> Outcome {
    /// The manifest lists some ten parts. A guess.
    const MOST: u64 = 1 << 20;
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        if let Ok(part) = zip.by_name(name) {
            // What cannot be read of it says nothing.
            part.take(MOST).read_to_end(&mut bytes).ok();
        }
        bytes
    };
    if memmem::find(&part("META-INF/manifest.xml"), b"encryption-data").is_some() {
        return Err(Reason::Locked.into());
    }
    let is_workbook = memmem::find(&part("mimetype"), b"opendocument.spreadsheet").is_some();
    if is_workbook {
        sink.set_format(Format::Ods);
        return sheet::read_ods(sink, &mut zip);
    }
    sink.set_format(Format::Odt);
    check_parts(sink, &mut zip)?;
    office::read_odt(sink, &mut Parts::new(zip))
}

/// Asks before the parts of a book or document are handled, the longest of which is what is long about it.
fn check_parts(sink: &dyn Sink, zip: &mut ZipArchive<&mut dyn ReadSeek>) -> Outcome {
    let mut longest = 0;
    for idx in 0..zip.len() {
        // Pictures are not unpacked; XML and pages are called so.
        if let Ok(part) = zip.by_index_raw(idx)
            && part.name_raw().ends_with(b"ml")
        {
            longest = longest.max(part.size());
        }
    }
    sink.check_size(longest)
}

/// A file in an archive, as the archive has it.
struct RawMember {
    idx: usize,
    name: Vec<u8>,
    is_link: bool,
}

fn raw_members(zip: &mut ZipArchive<&mut dyn ReadSeek>) -> Result<Vec<RawMember>, Stop> {
    let mut members = Vec::new();
    for idx in 0..zip.len() {
        let member = zip.by_index_raw(idx).map_err(refusal)?;
        if !member.is_dir() {
            members.push(RawMember {
                idx,
                name: member.name_raw().to_owned(),
                is_link: member.is_symlink(),
            });
        }
    }
    Ok(members)
}

/// The members that are read, in the order of their names, with their numbers; what is left out is noted.
///
/// A name is a path without «.», «..» and a beginning «/». Of several with the same, the one that is called so keeps
/// it and the others are called «name (2)» and so on.
fn members(
    sink: &mut dyn Sink,
    raw: &[RawMember],
    names: &MemberNames,
    taken: &mut HashMap<String, u64>,
) -> Vec<(String, usize)> {
    let (mut members, mut renamed) = (Vec::new(), Vec::new());
    for RawMember { idx, name, is_link } in raw {
        let name = names.text(name);
        let cleaned = clean(&name);
        let why = match is_link {
            true => Some(LeftOut::LinkInArchive),
            false => left_out(&cleaned),
        };
        match why {
            Some(why) => sink.leave_out(&cleaned, why),
            None if cleaned == name && taken.insert(cleaned.clone(), 1).is_none() => members.push((cleaned, *idx)),
            None => renamed.push((cleaned, *idx)),
        }
    }
    members.extend(renamed.into_iter().map(|(name, idx)| (free_name(name, taken), idx)));
    members.sort();
    members
}

/// Reads the members that others of the same name hide.
fn read_hidden(
    sink: &mut dyn Sink,
    zip: ZipArchive<&mut dyn ReadSeek>,
    names: &MemberNames,
    taken: &mut HashMap<String, u64>,
) -> Outcome {
    let (offset, start) = (zip.offset(), zip.central_directory_start());
    let bytes = zip.into_inner();
    for record in twins::hidden(bytes, start)? {
        let name = names.text(record.name());
        if name.ends_with('/') {
            continue;
        }
        let name = clean(&name);
        if let Some(why) = left_out(&name) {
            sink.leave_out(&name, why);
            continue;
        }
        let name = free_name(name, taken);
        let Some(alone) = Alone::new(bytes, offset, &record)? else {
            let limit = u64::from(u32::MAX);
            sink.refuse_member(&name, Reason::TooLarge { limit }.into())?;
            continue;
        };
        let config = Config {
            archive_offset: ArchiveOffset::Known(offset),
        };
        match ZipArchive::with_config(config, alone) {
            Ok(mut zip) => read_one(sink, &mut zip, &name, 0)?,
            Err(err) => sink.refuse_member(&name, refusal(err))?,
        }
    }
    Ok(())
}

/// Reads the member with a number.
fn read_one<R: Read + Seek>(sink: &mut dyn Sink, zip: &mut ZipArchive<R>, name: &str, idx: usize) -> Outcome {
    match zip.by_index(idx) {
        Ok(mut member) => sink.read_member(name, &mut member),
        Err(err) => sink.refuse_member(name, refusal(err)),
    }
}

/// A name that no other member has: this one, or one with a number. `taken` has the last number of each.
fn free_name(name: String, taken: &mut HashMap<String, u64>) -> String {
    let Some(last) = taken.get(&name).copied() else {
        taken.insert(name.clone(), 1);
        return name;
    };
    let numbered = (last + 1..).map(|n| (n, numbered(&name, n)));
    let Some((n, free)) = numbered.into_iter().find(|(_, it)| !taken.contains_key(it)) else {
        return name;
    };
    taken.insert(name, n);
    taken.insert(free.clone(), 1);
    free
}

/// Why a member is not read by choice.
fn left_out(name: &str) -> Option<LeftOut> {
    let has = |is: fn(&str) -> bool| name.split('/').any(is);
    match () {
        () if has(|part| part == "__MACOSX") => Some(LeftOut::SystemData),
        () if has(|part| part.starts_with('.')) => Some(LeftOut::Hidden),
        () => names::left_out_by_name(Path::new(name)),
    }
}

/// A path without parts that lead elsewhere.
fn clean(name: &str) -> String {
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// «a/name (2).txt» of «a/name.txt».
fn numbered(name: &str, n: u64) -> String {
    let (folder, file) = name
        .rsplit_once('/')
        .map_or(("", name), |(folder, file)| (folder, file));
    let file = match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem} ({n}).{extension}"),
        None => format!("{file} ({n})"),
    };
    match folder {
        "" => file,
        folder => format!("{folder}/{file}"),
    }
}

/// The names of an archive's members. Programs of Windows wrote them in an encoding of the system, and did not say in
/// which: the one of DOS, or that of Windows. All of them tell more of it than each.
struct MemberNames(TextEncoding);

impl MemberNames {
    fn of<'a>(names: impl Iterator<Item = &'a [u8]>) -> Self {
        /// So many bytes of names tell enough. A guess.
        const ENOUGH: usize = 64 << 10;
        let mut sample = Vec::new();
        for name in names.filter(|it| std::str::from_utf8(it).is_err()) {
            if ENOUGH < sample.len() {
                break;
            }
            sample.extend(name);
            sample.push(b'\n');
        }
        Self(encoding::of_names(&sample))
    }

    /// The text of a name.
    fn text(&self, raw: &[u8]) -> String {
        let name = match std::str::from_utf8(raw) {
            // The bytes of a few letters of DOS may be UTF-8 of another script: «غزة» and «䪡».
            Ok(name) if !name.is_ascii() && encoding::has_only_arabic_letters(raw, TextEncoding::DOS_720) => {
                TextEncoding::DOS_720.text(raw)
            }
            Ok(name) => name.to_owned(),
            Err(_not_utf_8) => self.0.text(raw),
        };
        name.replace('\\', "/")
    }
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
