//! The test cases of reading: each file of `tests/cases`, with the expected result beside it.
//!
//! To add one: put a file there, run the tests with `FIHRIST_CASES=write`, read what was written to `FILE.expected`,
//! and fix the program until it is right. The user's rules, if the case needs any, go into
//! `FILE.reading.json`. `.ci/make_cases` makes the binary files.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use fihrist::archive::{self, Article, DatePrecision, Reading, Reason};
use similar::TextDiff;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The names of the cases, in their order.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".expected") && !name.ends_with(".reading.json"))
        .collect();
    names.sort();
    names
}

/// The bytes of a case.
pub fn bytes(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn reading(name: &str) -> String {
    let corrections = fs::read_to_string(folder().join(format!("{name}.reading.json")));
    let reading = corrections.map_or_else(|_none| Reading::default(), |json| Reading::from_json(&json).unwrap());
    let mut text = String::new();
    match archive::read_file(&folder(), Path::new(name), &reading) {
        Ok(file) => {
            writeln!(text, "format: {}", file.summary.format).unwrap();
            writeln!(text, "articles: {}", file.articles.len()).unwrap();
            for it in &file.summary.unreadable {
                let path = it.path.to_string_lossy().replace('\\', "/");
                match &it.reason {
                    Reason::LeftOut(why) => writeln!(text, "left out: {path}: {why}").unwrap(),
                    reason => writeln!(text, "unreadable: {path}: {reason}").unwrap(),
                }
            }
            for article in &file.articles {
                write_article(&mut text, article);
            }
        }
        Err(err) => writeln!(text, "unreadable: {}", err.reason()).unwrap(),
    }
    text
}

fn write_article(text: &mut String, article: &Article) {
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            writeln!(text, "{name}: {value}").unwrap();
        }
    };
    field("\n== article", &article.record.to_string());
    field("member", article.origin.member.as_ref().map_or("", |it| &it.path));
    field(
        if article.title_derived {
            "title (derived)"
        } else {
            "title"
        },
        &article.title,
    );
    let date = article.published.map(|it| {
        let date = it.date.to_string();
        let stated = match it.precision {
            DatePrecision::Day => &date[..],
            DatePrecision::Month => &date[..7],
            DatePrecision::Year => &date[..4],
        };
        format!("{stated} ({:?})", it.provenance)
    });
    field("date", date.as_deref().unwrap_or_default());
    field("source", article.source.as_deref().unwrap_or_default());
    field("byline", article.byline.as_deref().unwrap_or_default());
    field("address", article.address.as_deref().unwrap_or_default());
    field("keywords", &article.keywords.join(" | "));
    field("encoding", article.encoding);
    let fields: Vec<String> = article
        .origin
        .fields
        .iter()
        .map(|(name, role)| format!("{name}={}", role.name()))
        .collect();
    field("fields", &fields.join(", "));
    for problem in &article.problems {
        field("problem", &problem.to_string());
    }
    for section in &article.sections {
        let piece = section.span.of(&article.text).unwrap();
        writeln!(text, "[{}] {piece}", format!("{:?}", section.kind).to_lowercase()).unwrap();
    }
}

#[test]
fn every_case_is_read_as_expected() {
    let is_writing = std::env::var("FIHRIST_CASES").is_ok_and(|it| it == "write");
    let mut differences = String::new();
    let names = names();
    assert!(70 <= names.len(), "where are the cases?");
    for name in names {
        let path = folder().join(format!("{name}.expected"));
        let found = reading(&name);
        if is_writing {
            fs::write(&path, &found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if expected != found {
            write!(differences, "---- {name}\n{}", difference(&expected, &found)).unwrap();
        }
    }
    assert!(
        differences.is_empty(),
        "cases are not read as expected (FIHRIST_CASES=write accepts what was found):\n{differences}"
    );
}

/// The lines in which two texts differ, each with one that stands before and after it in both.
fn difference(expected: &str, found: &str) -> String {
    let diff = TextDiff::from_lines(expected, found);
    diff.unified_diff().context_radius(1).to_string()
}

#[test]
fn a_difference_shows_what_changed_and_nothing_that_did_not() {
    let (expected, found) = ("a\nb\nc\nd\ne\nf\n", "a\nx\nc\nd\ne\ny\n");
    let changed = "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n@@ -5,2 +5,2 @@\n e\n-f\n+y\n";
    assert_eq!(difference(expected, found), changed);
    assert_eq!(difference(expected, expected), "");
}
