//! Books: each document is a record. Programs that collect newspapers make one for each article.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};

use jiff::Timestamp;
use scraper::{Html, Selector};

use crate::archive::article::{DateProvenance, Problem, PublicationDate, SectionKind};
use crate::archive::bound::Bound;
use crate::archive::date;
use crate::archive::encoding;
use crate::archive::left_out::LeftOut;
use crate::archive::reason::{Damage, Reason};
use crate::archive::record::{Content, Hints, Outcome, PageLine, Record, Refusal, Sink, Stop};

use super::parts::Parts;
use super::{html, tree};

/// A document with fewer letters is a cover, a title page or a table of contents. A guess.
const MIN_LETTERS: usize = 120;

/// In seconds.
const HOUR: u64 = 3_600;

/// Reads the documents of a book: those in the order of reading, then those that it lacks.
pub fn read(sink: &mut dyn Sink, parts: &mut Parts<impl Read + Seek>) -> Outcome {
    let container = text(parts, "META-INF/container.xml")?.ok_or(Damage::NoContainer)?;
    let package_path = attributes(&container, "rootfile", &["full-path"])
        .0
        .into_iter()
        .flatten()
        .flatten()
        .next()
        .ok_or(Damage::NoPackage)?;
    let package = text(parts, &package_path)?.ok_or(Damage::NoPackage)?;
    let folder = package_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (documents, damage) = documents(&package, folder, &parts.names());
    let mut reading = Reading {
        about: About::of(&package),
        is_locked: parts.part("META-INF/rights.xml")?.is_some(),
        n_refused: 0,
    };
    let n_before = sink.n_articles();
    for document in documents.iter().take(Bound::Documents.limit()) {
        reading.read(sink, parts, document)?;
    }
    match sink.n_articles() == n_before {
        true if reading.is_locked => Err(Reason::Locked.into()),
        // It was said of each.
        true if reading.n_refused != 0 => Ok(()),
        true => Err(Reason::Empty.into()),
        false if Bound::Documents.limit() < documents.len() => Err(Reason::Beyond(Bound::Documents).into()),
        false => damage.map_or(Ok(()), |it| Err(it.into())),
    }
}

/// A document of a book.
struct Document {
    path: String,
    /// Whether the order of reading has it. What it lacks may be anything.
    is_in_order: bool,
}

/// The documents that a package in `folder` names, each once: in the order of reading, those that only its list of parts
/// has, and those that only the zip has.
fn documents(package: &str, folder: &str, names: &[String]) -> (Vec<Document>, Option<Refusal>) {
    let (manifest, _) = attributes(package, "item", &["id", "href", "properties", "media-type"]);
    let mut items = HashMap::new();
    for item in &manifest {
        items.entry(&item[0]).or_insert(item);
    }
    let is_navigation = |item: &[Option<String>]| {
        let properties = item[2].as_deref().unwrap_or_default();
        properties.split_whitespace().any(|it| it == "nav")
    };
    let path = |item: &[Option<String>]| item[1].as_deref().map(|href| joined(folder, href));
    let mut seen: HashSet<String> = manifest
        .iter()
        .filter(|it| is_navigation(it))
        .filter_map(|it| path(it))
        .collect();
    let mut documents = Vec::new();
    let mut add = |path: String, is_in_order| {
        if seen.insert(path.clone()) {
            documents.push(Document { path, is_in_order });
        }
    };
    let (spine, damage) = attributes(package, "itemref", &["idref"]);
    for idref in &spine {
        match items.get(&idref[0]) {
            Some(item) => path(item).into_iter().for_each(|it| add(it, true)),
            // There is nothing of this name, which is told of it.
            None => idref[0].iter().for_each(|it| add(joined(folder, it), true)),
        }
    }
    let is_document = |item: &&Vec<Option<String>>| item[3].as_deref().is_some_and(|it| it.contains("html"));
    for path in manifest.iter().filter(is_document).filter_map(|it| path(it)) {
        add(path, false);
    }
    let is_page = |name: &&String| {
        let extension = name.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
        let is_hidden = name.split('/').any(|it| it.starts_with('.') || it == "__MACOSX");
        !is_hidden && extension.is_some_and(|it| matches!(it.as_str(), "xhtml" | "html" | "htm"))
    };
    for name in names.iter().filter(is_page) {
        add(name.clone(), false);
    }
    (documents, damage)
}

/// What is known of a book while its documents are read.
struct Reading {
    about: About,
    /// Whether there is a lock, and no document so far that can be read in spite of it.
    is_locked: bool,
    n_refused: usize,
}

impl Reading {
    /// Reads a document. A damaged one costs itself.
    fn read(
        &mut self,
        sink: &mut dyn Sink,
        parts: &mut Parts<impl Read + Seek>,
        Document { path, is_in_order }: &Document,
    ) -> Outcome {
        let part = parts
            .part(path)
            .and_then(|it| it.ok_or_else(|| Damage::NoPart(path.clone()).into()));
        let bytes = match part {
            Ok(bytes) => bytes,
            Err(Stop::Refused(refusal)) => {
                self.n_refused += 1;
                return sink.refuse_member(path, refusal);
            }
            Err(stop) => return Err(stop),
        };
        let decoded = encoding::decode(&bytes, sink.encoding());
        self.is_locked &= !html::looks_like_page(decoded.text.trim_start());
        let (lines, hints) = html::book_lines(&decoded.text);
        let n_letters = n_letters(&lines);
        if n_letters < MIN_LETTERS || !is_in_order && is_list_of_links(&decoded.text, n_letters) {
            if n_letters != 0 {
                sink.leave_out(path, LeftOut::BookCover);
            }
            return Ok(());
        }
        let record = Record {
            hints: self.about.hints(hints, &lines),
            content: Content::Lines(lines),
            encoding: decoded.encoding,
            has_errors: decoded.has_errors,
            fields: Vec::new(),
        };
        sink.emit_part(path.clone(), record)
    }
}

/// Whether at least half of a document's letters are links': a table of contents.
fn is_list_of_links(document: &str, n_letters: usize) -> bool {
    let (Ok(document), Ok(links)) = (tree::document(document), Selector::parse("a[href]")) else {
        return false;
    };
    let texts = document.select(&links).flat_map(|it| it.text());
    let n_of_links: usize = texts.map(|it| it.chars().filter(|c| c.is_alphabetic()).count()).sum();
    n_letters <= n_of_links * 2
}

/// How many letters a document has, but for those of menus.
fn n_letters(lines: &[PageLine]) -> usize {
    let lines = lines.iter().filter(|(_, kind)| *kind != Some(SectionKind::Boilerplate));
    lines
        .map(|(line, _)| line.chars().filter(|c| c.is_alphabetic()).count())
        .sum()
}

/// What a book says of itself.
#[derive(Default)]
struct About {
    title: Option<String>,
    creator: Option<String>,
    publisher: Option<String>,
    published: Option<PublicationDate>,
    /// The bound beyond which what it says was not followed.
    bound: Option<Bound>,
}

impl About {
    fn of(package: &str) -> Self {
        // The program that made the book is not its author.
        let is_program = |it: &String| it.to_lowercase().contains("calibre");
        // Read as a page, which knows no name spaces: `dc:title` is a name like any other.
        let document = match tree::fragment(package) {
            Ok(document) => document,
            Err(bound) => {
                return Self {
                    bound: Some(bound),
                    ..Self::default()
                };
            }
        };
        let values = |name: &str| values(&document, name).into_iter();
        let stated = publication(&document).filter(|it| !is_of_conversion(&document, it));
        Self {
            bound: None,
            title: values("dc:title").next(),
            creator: values("dc:creator").find(|it| !is_program(it)),
            publisher: values("dc:publisher").find(|it| !is_program(it)),
            published: stated
                .and_then(|it| date::parse_field(&it))
                .map(|(date, precision)| PublicationDate {
                    date,
                    precision,
                    provenance: DateProvenance::Metadata,
                }),
        }
    }

    /// What is known of a document with these lines that says this of itself.
    fn hints(&self, mut hints: Hints, lines: &[PageLine]) -> Hints {
        // A title of the whole book in each document is not the article's.
        let has_heading = lines.iter().any(|it| it.1 == Some(SectionKind::Title));
        hints.title = hints.title.filter(|it| has_heading || self.title.as_ref() != Some(it));
        hints.source = hints.source.or_else(|| self.publisher.clone());
        hints.byline = hints.byline.or_else(|| self.creator.clone());
        hints.published = hints.published.or(self.published);
        hints.problems.extend(self.bound.map(Problem::Beyond));
        hints
    }
}

fn text(parts: &mut Parts<impl Read + Seek>, name: &str) -> Result<Option<String>, Stop> {
    Ok(parts.part(name)?.map(|bytes| encoding::decode(&bytes, None).text))
}

/// The attributes of the elements of a name, in the order of the file, up to damage.
fn attributes(xml: &str, element: &str, names: &[&str]) -> (Vec<Vec<Option<String>>>, Option<Refusal>) {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)) => {
                if tag.local_name().as_ref() != element.as_bytes() {
                    continue;
                }
                let value = |name: &&str| {
                    let attribute = tag.try_get_attribute(*name).ok()??;
                    Some(String::from_utf8_lossy(&attribute.value).replace("&amp;", "&"))
                };
                found.push(names.iter().map(value).collect());
            }
            Ok(quick_xml::events::Event::Eof) => return (found, None),
            Err(err) => return (found, Some(Refusal::damaged_by(err))),
            Ok(_) => {}
        }
    }
}

/// Whether a date is the moment in which the book was made, which programs write in its place: it is stated with a clock,
/// and within an hour of the last change. A day alone is one of publication, also that of the change.
fn is_of_conversion(document: &Html, stated: &str) -> bool {
    let Ok(selector) = Selector::parse("meta[property='dcterms:modified']") else {
        return false;
    };
    // `meta` has no text in a page: it stands behind.
    let modified = document.select(&selector).next().and_then(|it| it.next_sibling());
    let modified = modified.and_then(|it| it.value().as_text().map(|it| it.trim().to_owned()));
    let moment = |text: &str| text.parse::<Timestamp>().ok().map(|it| it.as_second());
    let times = modified.and_then(|it| Some((moment(&it)?, moment(stated)?)));
    times.is_some_and(|(modified, stated)| modified.abs_diff(stated) <= HOUR)
}

/// The texts of the elements of a name.
fn values(document: &Html, name: &str) -> Vec<String> {
    let escaped = name.replace(':', "\\:");
    let Ok(selector) = Selector::parse(&escaped) else {
        return Vec::new();
    };
    let texts = document.select(&selector).map(|it| it.text().collect::<String>());
    texts
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect()
}

/// The date of publication of a book. `opf:event` tells other dates from it: of its conversion, of a change.
fn publication(document: &Html) -> Option<String> {
    let selector = Selector::parse("dc\\:date").ok()?;
    let is_of_publication = |event: &str| event.to_lowercase().contains("publi");
    let mut dates = document.select(&selector).filter(|it| {
        let event = it.value().attr("opf:event").or_else(|| it.value().attr("event"));
        event.is_none_or(is_of_publication)
    });
    dates.find_map(|it| Some(it.text().collect::<String>().trim().to_owned()).filter(|it| !it.is_empty()))
}

/// A path within the book: relative to a folder, with `..` and %-signs resolved.
fn joined(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    without_percents(&parts.join("/"))
}

fn without_percents(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_not_text| path.to_owned())
}
