//! What is exported, as plain data; `work/export` writes it.

use std::path::PathBuf;
use std::sync::Arc;

use crate::arabic::letter::is_direction_mark;
use crate::arabic::month::MonthNames;
use crate::arabic::number::{Numerals, with_numerals};
use crate::archive::{ArticleId, DatePrecision, DateProvenance, PublicationDate};
use crate::index::{ResultPage, SearchRequest};
use crate::marks::MarkColor;

use super::export_choice::{CsvLook, ExportChoice, ExportColumn, ExportFormat};
use super::settings::Language;

/// The words in exports, in the window's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportWords {
    /// The language.
    pub language: Language,
    /// The headings of columns, in the order of [`ExportColumn::ALL`].
    pub columns: Vec<&'static str>,
    /// Where dates come from, with what is said of each.
    pub provenances: Vec<(DateProvenance, &'static str)>,
    /// The colours of highlights.
    pub colors: Vec<(MarkColor, &'static str)>,
    /// In the cell of what holds.
    pub yes: &'static str,
    /// The name of the program.
    pub program: &'static str,
    /// The name of a sheet.
    pub articles: &'static str,
    /// At the end of a cell that was cut.
    pub cut: &'static str,
    /// Behind a headline without a date.
    pub undated: &'static str,
    /// What was searched for, in words: the title of a page.
    pub found: String,
    /// The names of the months, in their order.
    pub months: Vec<&'static str>,
    /// The Arabic names of the months in references, where the article's country is not known.
    pub month_names: MonthNames,
    /// The digits of dates.
    pub numerals: Numerals,
}

impl ExportWords {
    /// The heading of a column.
    pub fn column(&self, column: ExportColumn) -> &'static str {
        let idx = ExportColumn::ALL.iter().position(|it| *it == column);
        idx.and_then(|idx| self.columns.get(idx))
            .copied()
            .unwrap_or(column.id())
    }

    /// Where a date comes from.
    pub fn provenance(&self, provenance: DateProvenance) -> &'static str {
        let found = self.provenances.iter().find(|(it, _)| *it == provenance);
        found.map_or("", |(_, words)| words)
    }

    /// A date as it is read: «28 أكتوبر 2023»; less where less is known.
    pub fn date(&self, published: PublicationDate) -> String {
        let (date, month) = (published.date, self.month(published.date.month()));
        let text = match published.precision {
            DatePrecision::Day => format!("{} {month} {}", date.day(), date.year()),
            DatePrecision::Month => format!("{month} {}", date.year()),
            DatePrecision::Year => date.year().to_string(),
        };
        with_numerals(&text, self.numerals)
    }

    fn month(&self, month: i8) -> &str {
        let idx = usize::try_from(month - 1).ok();
        idx.and_then(|idx| self.months.get(idx)).copied().unwrap_or_default()
    }

    /// The name of a colour.
    pub fn color(&self, color: MarkColor) -> &'static str {
        let found = self.colors.iter().find(|(it, _)| *it == color);
        found.map_or("", |(_, words)| words)
    }
}

/// Which articles are exported.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportScope {
    /// The rows of the list, in its order.
    Shown {
        /// With the other articles of stories, each below the first.
        with_copies: bool,
    },
    /// These, in their order.
    These(Arc<[ArticleId]>),
}

impl ExportScope {
    /// How many articles of a result these are.
    pub fn n_articles(&self, page: &ResultPage) -> u64 {
        match self {
            Self::Shown { with_copies: true } => (page.articles.len() + page.copies.len()) as u64,
            Self::Shown { with_copies: false } => page.articles.len() as u64,
            Self::These(articles) => articles.len() as u64,
        }
    }

    /// The articles of a result.
    pub fn articles(&self, page: &ResultPage) -> Arc<[ArticleId]> {
        match self {
            Self::These(articles) => Arc::clone(articles),
            Self::Shown { with_copies } if !with_copies || page.copies.is_empty() => Arc::clone(&page.articles),
            Self::Shown { .. } => {
                let mut all = Vec::with_capacity(page.articles.len() + page.copies.len());
                let mut copies = page.copies.iter().peekable();
                for (row, article) in page.articles.iter().enumerate() {
                    all.push(*article);
                    while let Some(copy) = copies.next_if(|it| it.row == row) {
                        all.push(copy.article);
                    }
                }
                all.into()
            }
        }
    }
}

/// What a person asks to be exported.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportRequest {
    /// Which articles.
    pub scope: ExportScope,
    /// As what, with which columns.
    pub choice: ExportChoice,
    /// The words in it.
    pub words: ExportWords,
    /// Where to.
    pub path: PathBuf,
    /// Whether a file that is there is replaced without asking: the dialog of the system has asked.
    pub replaces: bool,
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportOrder {
    /// What was searched for.
    pub request: SearchRequest,
    /// The articles, in their order.
    pub articles: Arc<[ArticleId]>,
    /// As what.
    pub format: ExportFormat,
    /// The columns, in their order.
    pub columns: Vec<ExportColumn>,
    /// How tables of text are written.
    pub csv: CsvLook,
    /// Whether a dossier holds the files that its articles came from.
    pub with_originals: bool,
    /// Whether this is all that was found, and not what was chosen of it.
    pub is_all: bool,
    /// The words in it.
    pub words: ExportWords,
    /// Where to.
    pub path: PathBuf,
    /// Whether a file that is there is replaced.
    pub replaces: bool,
}

/// What an export came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportReport {
    /// How many articles were written.
    pub articles: u64,
    /// How many of those that were asked for the index no longer holds.
    pub gone: u64,
    /// How many cells were cut, as the format holds no more.
    pub cut_cells: u64,
    /// How many addresses are text, as the format holds no more links.
    pub plain_links: u64,
    /// How many original files could not be read.
    pub lost_originals: u64,
}

/// How far an export has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportProgress {
    /// How many articles were written.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

impl ExportProgress {
    /// How much of all was written, from 0 to 1.
    pub fn fraction(self) -> f32 {
        self.done as f32 / self.of.max(1) as f32
    }
}

/// The name of a file for an export: what was searched for, without what file systems refuse.
///
/// Windows takes none of `<>:"/\\|?*`, no control characters, no dot or space at the end and no names of devices
/// ("Naming Files, Paths, and Namespaces", Microsoft); the other systems take what Windows takes.
pub fn export_file_name(found: &str, otherwise: &str, format: ExportFormat) -> String {
    /// In letters. File systems take 255 bytes, of which an Arabic letter has two.
    const MOST_LETTERS: usize = 60;
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let name = |text: &str| -> String {
        let kept = text.chars().filter(|c| !is_direction_mark(*c));
        let kept: String = kept
            .map(|c| match c {
                '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => ' ',
                c if c.is_control() || c.is_whitespace() => ' ',
                c => c,
            })
            .collect();
        let words: Vec<&str> = kept.split_whitespace().collect();
        let cut: String = words.join(" ").chars().take(MOST_LETTERS).collect();
        cut.trim_matches(['.', ' ']).to_owned()
    };
    let mut stem = name(found);
    if stem.is_empty() {
        stem = name(otherwise);
    }
    let lower = stem.to_lowercase();
    let device = lower
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.is_empty() || DEVICES.contains(&device) {
        stem.insert_str(0, "fihrist ");
    }
    format!("{}.{}", stem.trim_end(), format.extension())
}

/// Why an export failed, as far as something can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFailure {
    /// There is no room on the disk.
    DiskFull,
    /// It would lie in the archive's own folder, and be read as articles.
    InArchive,
    /// As the cause says.
    Other,
}

#[cfg(test)]
mod tests {
    use crate::index::StoryCopy;

    use super::*;

    #[test]
    fn copies_are_exported_below_the_first_of_their_story() {
        let copy = |row, id| StoryCopy {
            row,
            article: ArticleId(id),
        };
        let page = ResultPage {
            articles: [1, 2, 3].map(ArticleId).to_vec().into(),
            copies: vec![copy(0, 10), copy(0, 11), copy(2, 30)].into(),
            ..ResultPage::default()
        };
        let of = |scope: ExportScope| -> (u64, Vec<u64>) {
            let articles = scope.articles(&page);
            (scope.n_articles(&page), articles.iter().map(|it| it.0).collect())
        };
        assert_eq!(of(ExportScope::Shown { with_copies: false }), (3, vec![1, 2, 3]));
        assert_eq!(
            of(ExportScope::Shown { with_copies: true }),
            (6, vec![1, 10, 11, 2, 3, 30])
        );
        assert_eq!(of(ExportScope::These([ArticleId(3)].into())), (1, vec![3]));
    }

    #[test]
    fn a_name_of_a_file_is_one_on_every_system() {
        let check = |found: &str, expected: &str| {
            assert_eq!(export_file_name(found, "أرشيف", ExportFormat::Csv), expected, "{found}");
        };
        check("شخص:\"سامي العامري\" /2023?", "شخص سامي العامري 2023.csv");
        check("", "أرشيف.csv");
        check(" .. ", "أرشيف.csv");
        check("NUL", "fihrist NUL.csv");
        check("com1", "fihrist com1.csv");
        check("console", "console.csv");
        check("a\u{202e}b\nc", "ab c.csv");
        assert!(export_file_name(&"ب".repeat(300), "", ExportFormat::Xlsx).len() < 255);
    }
}
