//! Books: each document in the order of reading is a record. Programs that collect newspapers make one for each
//! article.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};

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

/// Reads the documents of a book.
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
    let (manifest, _) = attributes(&package, "item", &["id", "href", "properties"]);
    let mut items = HashMap::new();
    for item in &manifest {
        items.entry(&item[0]).or_insert(item);
    }
    let (spine, damage) = attributes(&package, "itemref", &["idref"]);
    let mut read = HashSet::new();
    let about = About::of(&package);
    let mut is_locked = parts.part("META-INF/rights.xml")?.is_some();
    let n_before = sink.n_articles();
    let mut n_refused = 0;
    for idref in spine.iter().take(Bound::Documents.limit()) {
        let item = items.get(&idref[0]);
        let Some(item) = item.filter(|it| it[2].as_deref() != Some("nav")) else {
            continue;
        };
        let Some(path) = item[1].as_deref().map(|href| joined(folder, href)) else {
            continue;
        };
        // Each document is read once, however often the book shows it.
        if !read.insert(path.clone()) {
            continue;
        }
        // A damaged document costs itself.
        let part = parts
            .part(&path)
            .and_then(|it| it.ok_or_else(|| Damage::NoPart(path.clone()).into()));
        let bytes = match part {
            Ok(bytes) => bytes,
            Err(Stop::Refused(refusal)) => {
                n_refused += 1;
                sink.refuse_member(&path, refusal)?;
                continue;
            }
            Err(stop) => return Err(stop),
        };
        let decoded = encoding::decode(&bytes, sink.encoding());
        is_locked &= !html::looks_like_page(decoded.text.trim_start());
        let (lines, hints) = html::book_lines(&decoded.text);
        let n_letters = n_letters(&lines);
        if n_letters < MIN_LETTERS {
            if n_letters != 0 {
                sink.leave_out(&path, LeftOut::BookCover);
            }
            continue;
        }
        let record = Record {
            hints: about.hints(hints, &lines),
            content: Content::Lines(lines),
            encoding: decoded.encoding,
            has_errors: decoded.has_errors,
            fields: Vec::new(),
        };
        sink.emit_part(path, record)?;
    }
    match sink.n_articles() == n_before {
        true if is_locked => Err(Reason::Locked.into()),
        // It was said of each.
        true if n_refused != 0 => Ok(()),
        true => Err(Reason::Empty.into()),
        false if Bound::Documents.limit() < spine.len() => Err(Reason::Beyond(Bound::Documents).into()),
        false => damage.map_or(Ok(()), |it| Err(it.into())),
    }
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
                .and_then(|it| date::parse_date(&it))
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

/// Whether a date is the day on which the book was made, which programs write in its place.
fn is_of_conversion(document: &Html, stated: &str) -> bool {
    let Ok(selector) = Selector::parse("meta[property='dcterms:modified']") else {
        return false;
    };
    // `meta` has no text in a page: it stands behind.
    let modified = document.select(&selector).next().and_then(|it| it.next_sibling());
    let modified = modified.and_then(|it| it.value().as_text().map(|it| it.to_string()));
    let day = |text: &str| date::parse_date(text).map(|(date, _)| date);
    modified.is_some_and(|it| day(&it).is_some() && day(&it) == day(stated))
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
