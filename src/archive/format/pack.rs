//! Archives: zip, and what is a zip inside (EPUB, DOCX, ODT, workbooks, WACZ).

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read, Seek};

use memchr::memmem;
use zip::ZipArchive;
use zip::read::{ArchiveOffset, Config};

use crate::archive::left_out::{Crawled, LeftOut};
use crate::archive::origin::Format;
use crate::archive::reason::{Reason, Unsupported};
use crate::archive::record::{Outcome, Sink, Stop};

use super::member_name::{MemberNames, clean, free_name, is_part_of_page, left_out};
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
    let is_crawl = has(&zip, "datapackage.json") && has_crawl(&mut zip);
    sink.set_format(if is_crawl { Format::Wacz } else { Format::Zip });
    let mut taken = HashMap::new();
    let mut raw = raw_members(&mut zip)?;
    if is_crawl {
        // Lists of its pages and of their places.
        let n_all = raw.len();
        raw.retain(|it| it.name.starts_with(CRAWL));
        let n = u32::try_from(n_all - raw.len()).unwrap_or(u32::MAX);
        sink.leave_out_crawled(Crawled::Own, n);
    }
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

/// The page in a zip that SingleFile puts into a page that unpacks itself.
pub fn page_within(bytes: &[u8]) -> Result<Option<Vec<u8>>, Stop> {
    match ZipArchive::new(Cursor::new(bytes)) {
        Ok(zip) => Parts::new(zip).part("index.html"),
        Err(_no_zip) => Ok(None),
    }
}

/// The folder of a crawl's archives (WACZ 1.1.1).
const CRAWL: &[u8] = b"archive/";

fn has_crawl(zip: &mut ZipArchive<&mut dyn ReadSeek>) -> bool {
    (0..zip.len()).any(|idx| {
        let name = zip.by_index_raw(idx).map(|it| it.name_raw().to_owned());
        let name = name.unwrap_or_default();
        name.starts_with(CRAWL) && name.windows(5).any(|it| it == b".warc")
    })
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
    let cleaned: Vec<String> = raw.iter().map(|it| clean(&names.text(&it.name))).collect();
    let all: HashSet<String> = cleaned.iter().cloned().collect();
    for (RawMember { idx, name, is_link }, cleaned) in raw.iter().zip(&cleaned) {
        let name = names.text(name);
        let why = match is_link {
            true => Some(LeftOut::LinkInArchive),
            false => left_out(cleaned).or_else(|| is_part_of_page(cleaned, &all).then_some(LeftOut::PageParts)),
        };
        let cleaned = cleaned.clone();
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
