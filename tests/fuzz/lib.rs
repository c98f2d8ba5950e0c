//! What the fuzz targets share: each reads arbitrary bytes as the program would, and checks what it promises.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::OnceLock;

use fihrist::archive::{self, Article, Damage, FieldRole, Format, Reading, ReadingRule, Reason};
use fihrist::entities::Corrections;
use fihrist::index::{Index, IndexedFile, SearchRequest, Searcher};
use fihrist::state::Searches;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub use libfuzzer_sys;

/// Makes a target of a function that takes bytes.
#[macro_export]
macro_rules! target {
    ($run:expr) => {
        $crate::libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            $crate::let_readers_catch();
            let run: fn(&[u8]) = $run;
            run(bytes);
        });
    };
}

/// Takes away the hook that ends the process at every panic, also at one that a reader catches and tells of. One that
/// nobody catches still ends it.
pub fn let_readers_catch() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| drop(std::panic::take_hook()));
}

/// A folder that lasts as long as the process.
fn folder() -> &'static TempDir {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().expect("a temporary folder"))
}

/// Reads a file of a format as `fihrist show` does.
pub fn read(name: &str, format: Option<Format>, bytes: &[u8]) {
    let mut reading = Reading::default();
    let rule = ReadingRule {
        files: "*".to_owned(),
        format,
        ..ReadingRule::default()
    };
    if format.is_some() {
        reading.set(rule).expect("a rule for all files");
    }
    fs::write(folder().path().join(name), bytes).expect("a file is written");
    match archive::read_file(folder().path(), Path::new(name), &reading) {
        Ok(file) => {
            check(&file.articles);
            file.summary
                .unreadable
                .iter()
                .for_each(|it| check_reason(&it.reason, format));
        }
        Err(err) => check_reason(err.reason(), format),
    }
}

/// A reader that panics is caught and told of, and is to be mended. The library that draws printed pages is not ours.
fn check_reason(reason: &Reason, format: Option<Format>) {
    let has_failed = *reason == Reason::Damaged(Damage::ReaderFailed);
    assert!(!has_failed || format == Some(Format::Pdf), "a reader panics");
    assert_eq!(Reason::from_stored(&reason.to_stored()), *reason);
}

/// Invariants of every article: no text is lost, and all spans are valid.
fn check(articles: &[Article]) {
    for article in articles {
        let mut end = 0;
        for section in &article.sections {
            assert!(end <= section.span.start, "sections overlap");
            assert!(
                section.span.of(&article.text).is_some_and(|it| !it.is_empty()),
                "not a span"
            );
            let between = article.text.get(end..section.span.start);
            assert!(between.is_some_and(is_blank), "text is lost");
            end = section.span.end;
        }
        assert!(article.text.get(end..).is_some_and(is_blank), "text is lost");
        // A record without a text in any field is none.
        let has_text = article.origin.fields.iter().any(|(_, role)| *role == FieldRole::Body);
        assert!(!has_text || !article.sections.is_empty(), "a record is empty");
        archive::date_mentions(article).for_each(drop);
    }
}

fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || fihrist::arabic::letter::is_invisible(c))
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a name");
        zip.write_all(content).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// A book: its package and its document, with a zero between them.
pub fn epub(bytes: &[u8]) {
    let container = b"<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>";
    let usual =
        b"<package><manifest><item id=\"a\" href=\"a\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let first = parts.next().unwrap_or_default();
    let (package, document) = parts.next().map_or((&usual[..], first), |second| (first, second));
    let members = [
        ("META-INF/container.xml", &container[..]),
        ("p.opf", package),
        ("a", document),
    ];
    read("a.epub", Some(Format::Epub), &zipped(&members));
}

/// A document of Word: its text and its styles, with a zero between them.
pub fn docx(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let text = parts.next().unwrap_or_default();
    let styles = parts.next().unwrap_or_default();
    read(
        "a.docx",
        Some(Format::Docx),
        &zipped(&[("word/document.xml", text), ("word/styles.xml", styles)]),
    );
}

/// A document of LibreOffice: its text and what it says of itself, with a zero between them.
pub fn odt(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let text = parts.next().unwrap_or_default();
    let about = parts.next().unwrap_or_default();
    let mimetype = b"application/vnd.oasis.opendocument.text";
    let members = [("mimetype", &mimetype[..]), ("content.xml", text), ("meta.xml", about)];
    read("a.odt", Some(Format::Odt), &zipped(&members));
}

/// A file of whatever format it seems to be, which is how its encoding is found out.
pub fn encoding(bytes: &[u8]) {
    read("a", None, bytes);
}

/// The dates in a text.
pub fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    archive::parse_date(&text);
    for found in archive::expressions(&text) {
        assert!(found.span.of(&text).is_some(), "not a span");
    }
    check(&archive::parse(Path::new("a.txt"), text.as_bytes()));
}

/// What is typed into the search field, searched for among a few articles.
pub fn query(bytes: &[u8]) {
    static SEARCHER: OnceLock<Searcher> = OnceLock::new();
    let searcher = SEARCHER.get_or_init(|| few_articles().expect("an index"));
    let request = SearchRequest {
        query_text: String::from_utf8_lossy(bytes).into_owned(),
        ..SearchRequest::default()
    };
    let page = searcher.search_to_end(&request).expect("an answer");
    for hit in searcher.hits(&page, 0..page.articles.len(), &request) {
        hit.expect("a row");
    }
}

fn few_articles() -> Result<Searcher, Box<dyn std::error::Error>> {
    let index = Index::open(&folder().path().join("index"))?;
    let mut writer = index.writer()?;
    for number in 0..20 {
        let text = format!(
            "افتتاح الجسر {number}\nتاريخ النشر: {} مارس 2023\nالمصدر: المدار\n\nقال الوزير محمد العلي في دمشق إن الجسر جاهز، \
             وأضاف أن وزارة الأشغال أنجزته قبل موعده.\n",
            number + 1
        );
        let path = format!("a/{number}.txt");
        let articles = archive::parse(Path::new(&path), text.as_bytes());
        let file = IndexedFile {
            path: path.into(),
            size: text.len() as u64,
            modified_nanos: 0,
            content_hash: number,
            reading: 0,
            unreadable: Vec::new(),
        };
        let articles: Vec<_> = articles.into_iter().map(|article| (article, Vec::new())).collect();
        writer.add_file(&file, &articles)?;
    }
    writer.finish()?;
    Ok(index.searcher()?)
}

/// The file of the user's corrections of names.
pub fn corrections(bytes: &[u8]) {
    // What is not understood is refused.
    Corrections::from_json(&String::from_utf8_lossy(bytes)).ok();
}

/// The file of the user's rules of how files are read.
pub fn reading(bytes: &[u8]) {
    if let Ok(reading) = Reading::from_json(&String::from_utf8_lossy(bytes)) {
        reading.of(Path::new("a/b.txt"));
    }
}

/// The file of saved and recent searches.
pub fn searches(bytes: &[u8]) {
    if let Ok(searches) = serde_json::from_slice::<Searches>(bytes) {
        let written = serde_json::to_vec(&searches).expect("it can be written");
        assert_eq!(serde_json::from_slice::<Searches>(&written).ok(), Some(searches));
    }
}
