//! Reading a file: its bytes, its encoding, its format, its articles.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::article::{Article, DatePrecision, DateProvenance, Problem, PublicationDate};
use super::date;
use super::encoding::{self, Decoded};
use super::segment::{self, Hints};
use super::{html, markdown};

/// Of one file at most this much is read. The longest article seen has 200 KB; this is a guard, not a goal.
const MAX_BYTES: u64 = 64 << 20;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// Its articles, in the order of the file.
    pub articles: Vec<Article>,
    /// A hash of its bytes.
    pub content_hash: u64,
}

/// A file that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the file: {err}: {}", path.display())]
pub struct ReadError {
    #[source]
    err: io::Error,
    path: PathBuf,
}

impl ReadError {
    /// The file, relative to the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the system says.
    pub fn reason(&self) -> String {
        self.err.to_string()
    }
}

/// Reads the file at `path`, relative to `root`.
pub fn read_file(root: &Path, path: &Path) -> Result<ReadFile, ReadError> {
    let failed = |err| ReadError {
        err,
        path: path.to_owned(),
    };
    let file = File::open(root.join(path)).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    let is_truncated = MAX_BYTES < bytes.len() as u64;
    bytes.truncate(MAX_BYTES as usize);
    let content_hash = xxhash_rust::xxh3::xxh3_64(&bytes);
    let mut articles = parse(path, &bytes);
    if is_truncated {
        for article in &mut articles {
            article.problems.push(Problem::Truncated { limit: MAX_BYTES });
        }
    }
    Ok(ReadFile { articles, content_hash })
}

/// The articles in the bytes of the file at `path`, relative to the archive's folder. Any bytes will do.
pub fn parse(path: &Path, bytes: &[u8]) -> Vec<Article> {
    let Decoded {
        text,
        encoding,
        has_errors,
    } = encoding::decode(bytes);
    let extension = path
        .extension()
        .map(|it| it.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let (lines, hints) = if extension.starts_with("htm") || extension == "xhtml" || html::looks_like_page(&text) {
        html::lines(&text)
    } else if extension == "md" || extension == "markdown" || markdown::has_front_matter(&text) {
        markdown::lines(&text)
    } else {
        return vec![finish(
            path,
            segment::segment(text, Vec::new(), Hints::default()),
            encoding,
            has_errors,
        )];
    };
    let (text, forced) = segment::join(lines);
    vec![finish(
        path,
        segment::segment(text, forced, hints),
        encoding,
        has_errors,
    )]
}

fn finish(path: &Path, mut article: Article, encoding: &'static str, has_errors: bool) -> Article {
    article.path = path.to_owned();
    if article.published.is_none() {
        let day = date::in_file_path(path);
        article.published = day.map(|date| PublicationDate {
            date,
            precision: DatePrecision::Day,
            provenance: DateProvenance::FileName,
        });
    }
    article.encoding = encoding;
    if has_errors {
        article.problems.push(Problem::UndecodableBytes { encoding });
    }
    if article.paragraphs().next().is_none() {
        article.problems.push(Problem::NoBody);
    }
    article
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
