//! Turns a record into an article: divides its text into sections and adds the file's metadata.

use std::borrow::Cow;
use std::mem;
use std::path::Path;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::{Span, fold_word, letter, words};

use super::article::{
    Article, DatePrecision, DateProvenance, MOST_WORDS, PageStart, Problem, PublicationDate, Section, SectionKind,
};
use super::encoding::Misread;
use super::origin::{Format, Member, Origin};
use super::pictures::{PagePlace, placed};
use super::placeholder::{is_placeholder, without_placeholders};
use super::record::{Content, PageLine, Record};
use super::repeated::FolderLines;
use super::{date, encoding, segment};

/// Where a record was found.
pub struct RecordPlace<'a> {
    /// The file, relative to the archive's folder.
    pub path: &'a Path,
    /// The number of the record in the file, from 0.
    pub record: u32,
    /// The names of the archives' members that it is in, from the outermost.
    pub members: &'a [String],
    /// The number of the record in the innermost member, from 0.
    pub record_in_member: u32,
    /// The format of the file, or of the innermost member.
    pub format: Format,
    /// The lines that repeat across the folder.
    pub repeated: Option<&'a FolderLines>,
}

/// The article of a record; `None` for one without any text.
pub fn article(mut record: Record, place: &RecordPlace<'_>) -> Option<Article> {
    put_right(&mut record);
    let pictures = mem::take(&mut record.hints.pictures);
    let pages = page_starts(&mut record);
    let (text, forced) = match record.content {
        Content::Text(text) => {
            let text = match encoding::without_entities(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(text) => text,
            };
            let forced = place.repeated.map(|it| repeated_lines(&text, it)).unwrap_or_default();
            (text, forced)
        }
        Content::Lines(lines) => {
            let mut lines: Vec<PageLine> = lines.into_iter().map(without_entities).collect();
            if let Some(repeated) = place.repeated {
                let may_repeat = |kind: &Option<SectionKind>| matches!(kind, None | Some(SectionKind::Subheading));
                let is_repeated = |(line, kind): &&mut PageLine| may_repeat(kind) && repeated.has(line);
                lines
                    .iter_mut()
                    .filter(is_repeated)
                    .for_each(|it| it.1 = Some(SectionKind::Boilerplate));
            }
            join(lines)
        }
    };
    if text.chars().all(|c| c.is_whitespace() || letter::is_invisible(c)) {
        return None;
    }
    let has_errors = record.has_errors || !record.encoding.is_empty() && text.contains('\u{FFFD}');
    let mut article = segment::segment(text, forced, without_placeholders(record.hints));
    article.byline = article.byline.filter(|it| !is_placeholder(it));
    article.source = article.source.filter(|it| !is_placeholder(it));
    article.path = place.path.to_owned();
    article.record = place.record;
    article.encoding = record.encoding;
    article.pages = pages;
    if !pictures.is_empty() {
        let (path, members) = (place.path, place.members);
        article.pictures = placed(&article, pictures, PagePlace { path, members });
    }
    article.origin = Origin {
        format: place.format,
        member: (!place.members.is_empty()).then(|| Member {
            path: place.members.join("/"),
            record: place.record_in_member,
        }),
        fields: record.fields,
    };
    let is_stated = article
        .published
        .is_some_and(|it| it.provenance != DateProvenance::Inferred);
    let path = place.members.last().map_or(place.path, Path::new);
    // What the address of a page says is known by now.
    let is_address = place.members.last().is_some_and(|it| it.contains("://"));
    if !is_stated && !is_address && place.format.holds_one_article() {
        let published = date::in_file_path(path).map(|date| PublicationDate {
            date,
            precision: DatePrecision::Day,
            provenance: DateProvenance::FileName,
        });
        article.published = published.or(article.published);
    }
    if has_errors {
        article.problems.push(Problem::UndecodableBytes {
            encoding: record.encoding,
        });
    }
    if has_many_words(&article) {
        article.problems.push(Problem::ManyWords { limit: MOST_WORDS });
    }
    if article.paragraphs().next().is_none() {
        article.problems.push(Problem::NoBody);
    }
    Some(article)
}

/// Where the pages of a printed document begin in the text that its lines become; see [`join`].
fn page_starts(record: &mut Record) -> Vec<PageStart> {
    let starts = mem::take(&mut record.hints.page_starts);
    let Content::Lines(lines) = &record.content else {
        return Vec::new();
    };
    let (mut n_lines, mut n_bytes) = (0, 0);
    let start = |(line, byte, number): (usize, usize, u32)| {
        n_bytes += lines
            .get(n_lines..line)
            .into_iter()
            .flatten()
            .map(|(it, _)| it.len() + 1)
            .sum::<usize>();
        n_lines = line.max(n_lines);
        PageStart {
            at: n_bytes + byte,
            number,
        }
    };
    starts.into_iter().map(start).collect()
}

/// Takes away what only shows in the lines and fields of a record: control characters that it has as numbers, letters of
/// an encoding that it was not in.
fn put_right(record: &mut Record) {
    let Content::Lines(lines) = &mut record.content else {
        return;
    };
    let hints = &mut record.hints;
    let fields = [&mut hints.title, &mut hints.source, &mut hints.byline]
        .into_iter()
        .flatten();
    let texts = lines
        .iter_mut()
        .map(|(line, _)| line)
        .chain(fields)
        .chain(&mut hints.keywords);
    let mut texts: Vec<&mut String> = texts.collect();
    let misread = Misread::of(texts.iter().map(|it| it.as_str()));
    for text in &mut texts {
        if let Cow::Owned(clean) = encoding::without_controls(text) {
            **text = clean;
        }
        if let Some(misread) = &misread {
            **text = misread.put_right(text).into_owned();
        }
    }
}

/// Whether an article has more different words than it is found by.
fn has_many_words(article: &Article) -> bool {
    // A letter and a space take two bytes; most texts are far shorter.
    if article.text.len() / 2 < MOST_WORDS {
        return false;
    }
    let texts = article.paragraphs().filter_map(|span| span.of(&article.text));
    let words = texts.flat_map(|text| words(text).filter_map(move |word| word.span.of(text)));
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    words.map(|word| xxh3_64(fold_word(word).as_bytes())).any(|word| {
        seen.insert(word);
        MOST_WORDS < seen.len()
    })
}

/// The lines of a text that repeat across its folder.
fn repeated_lines(text: &str, repeated: &FolderLines) -> Vec<Section> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        span
    });
    let lines = lines.filter(|span| span.of(text).is_some_and(|line| repeated.has(line)));
    let kind = SectionKind::Boilerplate;
    lines.map(|span| Section { kind, span }).collect()
}

/// The lines of a page as one text, with the spans of those whose kind the mark-up says.
fn join(lines: Vec<PageLine>) -> (String, Vec<Section>) {
    let mut text = String::new();
    let mut forced = Vec::new();
    for (line, kind) in lines {
        let start = text.len();
        text.push_str(&line);
        if let Some(kind) = kind {
            forced.push(Section {
                kind,
                span: Span::new(start, text.len()),
            });
        }
        text.push('\n');
    }
    (text, forced)
}

fn without_entities((line, kind): PageLine) -> PageLine {
    match encoding::without_entities(&line) {
        Cow::Borrowed(_) => (line, kind),
        Cow::Owned(line) => (line, kind),
    }
}
