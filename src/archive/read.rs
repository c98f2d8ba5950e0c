//! From a file to its articles: the wing's front door.
//!
//! Promises that no file can make the program crash, hang or run out of memory, whatever its content: it yields
//! articles with their problems, or one [`ReadError`]. Not for finding the files of a folder: that is
//! [`scan`](super::scan()).

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use xxhash_rust::xxh3::Xxh3;

use super::article::Article;
use super::budget::{Allowance, Halt, Meter};
use super::format::{FileReader, guarded, in_place};
use super::origin::Format;
use super::original::Original;
use super::reason::Reason;
use super::record::{Outcome, Refusal, Sink as _, Stop};
use super::rule::{FileRule, Reading};
use super::scan::Unreadable;

/// A file with all its articles in memory.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// Its articles, in the order of the file.
    pub articles: Vec<Article>,
    /// Its format, hash and unreadable members.
    pub summary: FileSummary,
}

/// What is known of a file after it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSummary {
    /// XXH3 of its bytes: shows whether a file whose time changed has really changed.
    pub content_hash: u64,
    /// As set by the user, or by its content, or by its name; for an archive, its own and not its members'.
    pub format: Format,
    /// The number of its articles, across all members.
    pub n_articles: u32,
    /// What was not read, in order: members of archives, some of them by choice, or the file itself from some point on.
    pub unreadable: Vec<Unreadable>,
    /// Whether its budget did not suffice, so that it has more articles than these.
    pub is_over_budget: bool,
}

impl FileSummary {
    /// Of a file that could be read up to some point only, for a reason that lies outside of its reader.
    pub fn cut_off(path: &Path, reason: Reason) -> Self {
        Self {
            content_hash: 0,
            format: Format::default(),
            n_articles: 0,
            unreadable: vec![Unreadable {
                path: path.to_owned(),
                reason,
            }],
            is_over_budget: true,
        }
    }
}

/// Why nothing of a file could be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the file: {refusal}: {}", path.display())]
pub struct ReadError {
    #[source]
    refusal: Refusal,
    halted: Option<Halt>,
    path: PathBuf,
}

impl ReadError {
    /// An error that is known from elsewhere, as from another process.
    pub fn new(path: &Path, reason: Reason) -> Self {
        Self {
            refusal: reason.into(),
            halted: None,
            path: path.to_owned(),
        }
    }

    /// The file, relative to the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The system's error, or what is wrong with the content.
    pub fn reason(&self) -> &Reason {
        &self.refusal.reason
    }

    /// What stopped the reading from outside.
    pub fn halted(&self) -> Option<Halt> {
        self.halted
    }

    /// Whether trying again is useless until the file changes: the content is at fault, not the system.
    pub fn is_lasting(&self) -> bool {
        self.halted.is_none() && self.refusal.reason.is_lasting()
    }
}

/// Reads the file at `path`, relative to `root`, with all its articles. For files of many articles, prefer
/// [`read_articles`].
///
/// ```
/// use std::path::Path;
///
/// use fihrist::archive::{self, Reading};
///
/// let folder = tempfile::tempdir()?;
/// let text = "افتتاح الجسر الجديد\nتاريخ النشر: 5 مارس 2023\n\
///     افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من العمل المتواصل.\n";
/// std::fs::write(folder.path().join("1.txt"), text)?;
///
/// let file = archive::read_file(folder.path(), Path::new("1.txt"), &Reading::default())?;
/// let article = &file.articles[0];
/// assert_eq!(article.title, "افتتاح الجسر الجديد");
/// assert_eq!(article.published.map(|it| it.date.to_string()).as_deref(), Some("2023-03-05"));
/// assert!(article.body().starts_with("افتتح رئيس البلدية"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_file(root: &Path, path: &Path, reading: &Reading) -> Result<ReadFile, ReadError> {
    let mut articles = Vec::new();
    let summary = read_articles(root, path, reading, &mut |article| {
        articles.push(article);
        ControlFlow::Continue(())
    })?;
    Ok(ReadFile { articles, summary })
}

/// Reads the file at `path`, relative to `root`, up to one of its articles; `None` if there is none with this number.
pub fn read_article(root: &Path, path: &Path, reading: &Reading, record: u32) -> Result<Option<Article>, ReadError> {
    read_article_within(root, path, &reading.of(path), record, Allowance::default())
}

/// Reads one article of the file at `path` as [`read_article`] does, within allowance and by the rules for this file.
pub fn read_article_within(
    root: &Path,
    path: &Path,
    rule: &FileRule,
    record: u32,
    allowance: Allowance<'_>,
) -> Result<Option<Article>, ReadError> {
    let mut found = None;
    let allowance = Allowance {
        pictures_of: Some(record),
        ..allowance
    };
    read_articles_within(root, path, rule, allowance, &mut |article| {
        if article.record == record {
            found = Some(article);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Reads the file at `path`, relative to `root`, and passes its articles to `emit` one by one, in the order of the
/// file, until that stops it. Memory does not grow with the number of articles, except for a single JSON value, an XML
/// file or a document, of each of which at most 64 MB are read.
pub fn read_articles(
    root: &Path,
    path: &Path,
    reading: &Reading,
    emit: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> Result<FileSummary, ReadError> {
    read_articles_within(root, path, &reading.of(path), Allowance::default(), emit)
}

/// Reads the file at `path` as [`read_articles`] does, within allowance and by the rules for this file.
///
/// Where it is stopped as [`Halt::Cancelled`] or [`Halt::Alone`] that is the error, and the articles that were passed on are
/// not all of it. If it takes too long, what was read until then is kept, and
/// [`is_over_budget`](FileSummary::is_over_budget) says so.
pub fn read_articles_within(
    root: &Path,
    path: &Path,
    rule: &FileRule,
    allowance: Allowance<'_>,
    emit: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> Result<FileSummary, ReadError> {
    read_keeping(root, path, rule, allowance, (None, emit)).map(|(summary, _)| summary)
}

/// The message of a mailbox, or the member of an archive, that an article of the file at `path` is read from, within
/// allowance and by the rules for this file; nothing if it is read from the file itself.
pub fn read_original(
    root: &Path,
    path: &Path,
    rule: &FileRule,
    record: u32,
    allowance: Allowance<'_>,
) -> Result<Option<Original>, ReadError> {
    let emit = &mut |article: Article| match article.record < record {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    };
    read_keeping(root, path, rule, allowance, (Some(record), emit)).map(|(_, original)| original)
}

/// Takes the articles of a file.
type Emit<'a> = &'a mut dyn FnMut(Article) -> ControlFlow<()>;

/// Reads the file at `path`, and keeps what the article with a number is read from.
fn read_keeping(
    root: &Path,
    path: &Path,
    rule: &FileRule,
    allowance: Allowance<'_>,
    (original_of, emit): (Option<u32>, Emit<'_>),
) -> Result<(FileSummary, Option<Original>), ReadError> {
    let meter = Meter::start(allowance);
    let io_error = |err: io::Error| ReadError {
        refusal: Refusal::io(err),
        halted: None,
        path: path.to_owned(),
    };
    let mut file = File::open(root.join(path)).map_err(io_error)?;
    let size = file.metadata().map_err(io_error)?.len();
    let mut reader = FileReader::new(path, size, rule, &meter, emit);
    reader.with_pictures_of(allowance.pictures_of);
    if let Some(record) = original_of {
        reader.keep_original_of(record);
    }
    let mut start = Vec::new();
    (&mut file).take(6).read_to_end(&mut start).map_err(io_error)?;
    file.rewind().map_err(io_error)?;
    let is_given = |format: &Format| {
        rule.format
            .is_none_or(|it| it == *format || *format == Format::Zip && is_zipped(it))
    };
    let in_place = in_place(&start).filter(is_given);
    let mut hashed = Hashed {
        bytes: Told {
            bytes: file,
            bytes_read: allowance.bytes_read.filter(|_| in_place.is_none()),
        },
        meter: &meter,
        hash: Xxh3::new(),
    };
    let outcome = guarded(|| {
        let Some(format) = in_place else {
            return reader.read_stream(&mut hashed, path);
        };
        // All of it is read once for its hash, and then, as is told, for its articles.
        io::copy(&mut hashed, &mut io::sink())?;
        let mut bytes = hashed.bytes.bytes.try_clone()?;
        bytes.rewind()?;
        if format == Format::Pst {
            return reader.read_pst(Box::new(BufReader::new(bytes)));
        }
        let bytes_read = allowance.bytes_read;
        let mut bytes = BufReader::new(Told { bytes, bytes_read });
        match format {
            Format::SevenZip => reader.read_seven_zip(&mut bytes),
            _ => reader.read_zip(&mut bytes),
        }
    });
    let not_read = reader.not_read().into_iter();
    let unreadable = not_read.map(|(path, reason)| Unreadable { path, reason });
    let summary = FileSummary {
        content_hash: hashed.hash.digest(),
        format: reader.format(),
        n_articles: reader.n_articles(),
        unreadable: unreadable.collect(),
        is_over_budget: false,
    };
    let original = reader.take_original();
    finished(outcome, meter.halted(), summary, path).map(|it| (it, original))
}

/// Whether a file of this format is a zip, which is read in place instead of from its beginning to its end.
fn is_zipped(format: Format) -> bool {
    match format {
        Format::Zip | Format::Epub | Format::Docx | Format::Odt | Format::Wacz => true,
        Format::Xlsx | Format::Xlsb | Format::Ods => true,
        Format::Text | Format::Markdown | Format::Html | Format::Mhtml | Format::Pdf => false,
        Format::WebArchive | Format::Scan => false,
        Format::Json | Format::JsonLines | Format::Csv | Format::Tsv | Format::Xml => false,
        Format::Rtf | Format::Doc | Format::Xls => false,
        Format::Email | Format::Mbox | Format::Msg | Format::Pst | Format::Enex | Format::Warc => false,
        Format::Gzip | Format::Bzip2 | Format::Xz | Format::Zstd => false,
        Format::Tar | Format::SevenZip => false,
        Format::Telegram | Format::Whatsapp | Format::Tweets | Format::Meta => false,
    }
}

/// If a file is damaged further on, the articles before the damage are kept.
///
/// The meter has the last word of why reading stopped: a library may have made damage of it.
fn finished(
    outcome: Outcome,
    halted: Option<Halt>,
    mut summary: FileSummary,
    path: &Path,
) -> Result<FileSummary, ReadError> {
    let path = path.to_owned();
    let outcome = halted.map_or(outcome, |halt| Err(Stop::Halted(halt)));
    let refusal = match outcome {
        Err(Stop::Halted(halt @ (Halt::Cancelled | Halt::Alone))) => {
            let refusal = Refusal::io(io::Error::other(halt));
            let halted = Some(halt);
            return Err(ReadError { refusal, halted, path });
        }
        Err(Stop::Halted(Halt::OverTime(limit))) => {
            summary.is_over_budget = true;
            Reason::OverTime {
                seconds: limit.as_secs_f64().ceil() as u64,
            }
            .into()
        }
        Err(Stop::Refused(refusal)) => refusal,
        Err(Stop::Enough) | Ok(()) => return Ok(summary),
    };
    if summary.n_articles == 0 && summary.unreadable.iter().all(|it| it.reason.is_choice()) && !summary.is_over_budget {
        let halted = None;
        return Err(ReadError { refusal, halted, path });
    }
    let reason = refusal.reason;
    summary.unreadable.push(Unreadable { path, reason });
    Ok(summary)
}

/// The articles in the bytes of the file at `path`, relative to the archive's folder. Never fails: bytes that are no
/// articles yield none.
pub fn parse(path: &Path, bytes: &[u8]) -> Vec<Article> {
    let mut articles = Vec::new();
    let mut keep = |article| {
        articles.push(article);
        ControlFlow::Continue(())
    };
    let rule = FileRule::default();
    let meter = Meter::start(Allowance::default());
    let mut rest = bytes;
    // What cannot be read yields no article; `read_articles` says why.
    FileReader::new(path, bytes.len() as u64, &rule, &meter, &mut keep)
        .read_stream(&mut rest, path)
        .ok();
    articles
}

/// A file whose reading is told.
struct Told<'a> {
    bytes: File,
    bytes_read: Option<&'a AtomicU64>,
}

impl Read for Told<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buf)?;
        if let Some(bytes_read) = self.bytes_read {
            bytes_read.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok(n)
    }
}

impl Seek for Told<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// A reader that hashes everything it reads.
struct Hashed<'a> {
    bytes: Told<'a>,
    meter: &'a Meter<'a>,
    hash: Xxh3,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.meter.check().map_err(io::Error::other)?;
        let n = self.bytes.read(buf)?;
        self.hash.update(&buf[..n]);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_sections(article: &Article) {
        let mut end = 0;
        for section in &article.sections {
            assert!(end <= section.span.start, "sections overlap");
            assert!(section.span.of(&article.text).is_some_and(|text| !text.is_empty()));
            let between = &article.text[end..section.span.start];
            assert!(
                between
                    .chars()
                    .all(|c| c.is_whitespace() || crate::arabic::letter::is_invisible(c)),
                "{between:?}"
            );
            end = section.span.end;
        }
        let rest = &article.text[end..];
        assert!(
            rest.chars()
                .all(|c| c.is_whitespace() || crate::arabic::letter::is_invisible(c)),
            "{rest:?}"
        );
        assert!(!article.title.is_empty() || article.text.trim().is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_an_article(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            for name in ["a.txt", "a.md", "a.html"] {
                parse(Path::new(name), &bytes).iter().for_each(check_sections);
            }
        }

        #[test]
        fn any_mix_of_what_pages_hold_is_covered_by_sections(
            parts in proptest::collection::vec(
                prop::sample::select(vec![
                    "إقرأ أيضاً:", "المصدر: صحيفة المدار", "Related", "؟كما", "شارك هذا المقال", "\n", "\n\n", " ",
                    "كلمات دلالية: أ ب", "تاريخ النشر: 3 مارس 2024", "قال الوزير إن المشروع اكتمل قبل موعده.",
                    "عنوان قصير", "(وام)", "مُ", "\u{200F}", "• ", "<p>", "---", "دبي-وكالاتالمنار", "صورة أرشيفية",
                ]),
                0..24,
            )
        ) {
            for name in ["a.txt", "a.md", "a.html"] {
                parse(Path::new(name), parts.concat().as_bytes()).iter().for_each(check_sections);
            }
        }
    }
}
