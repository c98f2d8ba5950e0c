//! How a person exports and cites: formats, columns, styles; kept with the settings.

use std::path::PathBuf;

/// What articles can be written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// A table in which something separates the columns.
    Csv,
    /// A workbook of Excel.
    #[default]
    Xlsx,
    /// A JSON object a line.
    JsonLines,
    /// For reference managers.
    Ris,
    /// For LaTeX, and for reference managers.
    Bibtex,
    /// For Zotero, Pandoc and other programs that cite.
    CslJson,
    /// Text with marks for headings and the like.
    Markdown,
    /// One page for browsers and printers.
    Html,
    /// All that belongs to the articles, for another Fihrist: texts, marks, corrections.
    Dossier,
}

impl ExportFormat {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Xlsx,
        Self::Csv,
        Self::Html,
        Self::Dossier,
        Self::Markdown,
        Self::Ris,
        Self::Bibtex,
        Self::CslJson,
        Self::JsonLines,
    ];

    /// What the names of its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::JsonLines => "jsonl",
            Self::Ris => "ris",
            Self::Bibtex => "bib",
            Self::CslJson => "json",
            Self::Dossier => "zip",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }

    /// Which columns are chosen for it; `None` where the format itself says what it has.
    pub fn layout(self) -> Option<ExportLayout> {
        match self {
            Self::Csv | Self::Xlsx | Self::JsonLines => Some(ExportLayout::Table),
            Self::Markdown | Self::Html => Some(ExportLayout::Pages),
            Self::Ris | Self::Bibtex | Self::CslJson | Self::Dossier => None,
        }
    }
}

/// The two kinds of exports whose columns are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportLayout {
    /// A row for each article.
    Table,
    /// Articles below each other, to be read.
    Pages,
}

/// What is exported of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportColumn {
    /// The headline.
    Title,
    /// The day of publication, or as much of it as is known.
    Date,
    /// Where the date comes from.
    DateProvenance,
    /// The outlet or agency.
    Source,
    /// The reporter or author, as the file names them.
    Author,
    /// The address that it was published at.
    Address,
    /// The file, relative to the archive's folder, and its number there.
    Path,
    /// The people it names, by the names of their entities.
    People,
    /// The organisations.
    Organisations,
    /// The places.
    Places,
    /// The roles that it gives people.
    Roles,
    /// The names of people in Latin letters.
    Latin,
    /// The outlet's own keywords.
    Keywords,
    /// The user's tags.
    Tags,
    /// The user's note.
    Note,
    /// The passages that the user highlighted, with their notes.
    Highlights,
    /// Whether it has a star.
    Starred,
    /// Whether it was read.
    Read,
    /// The number of its story, which its copies share.
    Story,
    /// The language.
    Language,
    /// The fragment that shows why it was found.
    Snippet,
    /// All of its text.
    Text,
}

impl ExportColumn {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 22] = [
        Self::Title,
        Self::Date,
        Self::DateProvenance,
        Self::Source,
        Self::Author,
        Self::Address,
        Self::Path,
        Self::People,
        Self::Organisations,
        Self::Places,
        Self::Roles,
        Self::Latin,
        Self::Keywords,
        Self::Tags,
        Self::Note,
        Self::Highlights,
        Self::Starred,
        Self::Read,
        Self::Story,
        Self::Language,
        Self::Snippet,
        Self::Text,
    ];

    /// Its name on the command line, and where headings are for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Date => "date",
            Self::DateProvenance => "date_provenance",
            Self::Source => "source",
            Self::Author => "author",
            Self::Address => "address",
            Self::Path => "path",
            Self::People => "people",
            Self::Organisations => "organisations",
            Self::Places => "places",
            Self::Roles => "roles",
            Self::Latin => "latin",
            Self::Keywords => "keywords",
            Self::Tags => "tags",
            Self::Note => "note",
            Self::Highlights => "highlights",
            Self::Starred => "starred",
            Self::Read => "read",
            Self::Story => "story",
            Self::Language => "language",
            Self::Snippet => "snippet",
            Self::Text => "text",
        }
    }

    /// Those that are chosen at first.
    pub fn usual(layout: ExportLayout) -> Vec<Self> {
        let is_usual = |it: &Self| match it {
            Self::Title | Self::Date | Self::Source | Self::Author | Self::Address | Self::Path => true,
            Self::People | Self::Organisations | Self::Places | Self::Keywords => true,
            Self::Tags | Self::Note | Self::Highlights => true,
            Self::DateProvenance | Self::Starred => layout == ExportLayout::Table,
            Self::Text => layout == ExportLayout::Pages,
            Self::Roles | Self::Latin | Self::Read | Self::Story | Self::Language | Self::Snippet => false,
        };
        Self::ALL.into_iter().filter(is_usual).collect()
    }
}

/// What stands between the columns of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// As RFC 4180 says.
    #[default]
    Comma,
    /// As Windows separates lists in its Arabic regions, and Excel with it.
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];
}

/// How a table of text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct CsvLook {
    /// Between the columns.
    pub separator: Separator,
    /// Whether U+FEFF stands before it: without it Excel takes the text for one in the system's own encoding.
    pub has_bom: bool,
}

impl CsvLook {
    /// What Excel opens by a double click where Windows is set to an Arabic region.
    pub const EXCEL_IN_ARABIC: Self = Self {
        separator: Separator::Semicolon,
        has_bom: true,
    };
    /// What most other programs read.
    pub const PLAIN: Self = Self {
        separator: Separator::Comma,
        has_bom: false,
    };
}

/// What the user chose for exports, kept with the settings.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ExportChoice {
    /// As what articles are written.
    pub format: ExportFormat,
    /// The columns of tables, in the order of [`ExportColumn::ALL`].
    pub table: Vec<ExportColumn>,
    /// What of articles stands on pages, in the same order.
    pub pages: Vec<ExportColumn>,
    /// How tables of text are written.
    pub csv: CsvLook,
    /// The folder of the last export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// Whether a dossier holds the files that its articles came from.
    pub with_originals: bool,
    /// How articles are cited.
    pub style: CitationStyle,
}

impl Default for ExportChoice {
    fn default() -> Self {
        Self {
            format: ExportFormat::default(),
            table: ExportColumn::usual(ExportLayout::Table),
            pages: ExportColumn::usual(ExportLayout::Pages),
            csv: CsvLook {
                separator: Separator::Comma,
                has_bom: true,
            },
            folder: None,
            with_originals: false,
            style: CitationStyle::default(),
        }
    }
}

impl ExportChoice {
    /// The columns that are chosen for a layout.
    pub fn columns_mut(&mut self, layout: ExportLayout) -> &mut Vec<ExportColumn> {
        match layout {
            ExportLayout::Table => &mut self.table,
            ExportLayout::Pages => &mut self.pages,
        }
    }

    /// The columns that the chosen format is written with.
    pub fn columns(&self) -> Vec<ExportColumn> {
        match self.format.layout() {
            Some(ExportLayout::Table) => self.table.clone(),
            Some(ExportLayout::Pages) => self.pages.clone(),
            None => Vec::new(),
        }
    }
}

/// How an article is cited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CitationStyle {
    /// As Arabic papers and theses do: author, «title», outlet, date, address.
    #[default]
    Arabic,
    /// The American Psychological Association, 7th edition.
    Apa,
    /// The Chicago Manual of Style, 17th edition, as a bibliography has it.
    Chicago,
    /// The Modern Language Association, 9th edition.
    Mla,
}

impl CitationStyle {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Arabic, Self::Apa, Self::Chicago, Self::Mla];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_has_a_place_and_an_id() {
        let mut ids: Vec<String> = ExportColumn::ALL.iter().map(|it| it.id().to_owned()).collect();
        let by_serde: Vec<String> = ExportColumn::ALL
            .iter()
            .map(|it| serde_json::to_value(it).unwrap().as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids, by_serde);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), ExportColumn::ALL.len());
    }
}
