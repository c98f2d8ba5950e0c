//! How a file stores an article: the file's format, the member of an archive, the fields of a record.
//!
//! Only names and positions: the readers are in `format`.
//!
//! # Adding a format
//!
//! A variant of [`Format`] comes first; then
//!
//! - the compiler asks for its name (here), its reader (`FileReader::read_as` in `format`: in parts or whole), whether it is a
//!   zip (`read`), whether a date in the file's name is its article's (`assemble`), and its name on the screen
//!   (`ui/words/table.rs`);
//! - a test asks for its place in [`Format::ALL`];
//! - nobody asks how `sniff` knows it: forgotten, no file is of it unless the user says so. If it was refused so far, its
//!   line in `SIGNATURES` goes; if `archive::scan` passes its extension over, that goes from `NEVER`.
//!
//! An index remembers files that were refused and how the others were read, and reads none again that has not changed:
//! raise `INDEX_VERSION` (`index/schema.rs`) to have them read as the new format. Only what `scan` passed over so far is
//! new to it in any case.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a file stored an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The format of the file, or of the member of an archive that it was in.
    pub format: Format,
    /// The member of an archive that it was in; `None` for other files.
    pub member: Option<Member>,
    /// The fields, by their names as the file spells them, and what they were used for; in the order of the file.
    pub fields: Vec<(String, FieldRole)>,
}

/// A member of an archive: a file in a zip, a chapter of a book, an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its path in the archive, with "/" between the parts, down through archives within archives.
    pub path: String,
    /// The number of the article in the member, from 0.
    pub record: u32,
}

/// The format of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A saved page or a fragment of one.
    Html,
    /// A page saved with all its parts, by a browser.
    Mhtml,
    /// A page saved with all its parts, by Safari.
    WebArchive,
    /// One JSON value with one article or many.
    Json,
    /// A JSON value per line.
    JsonLines,
    /// A table with commas, semicolons or bars between its columns.
    Csv,
    /// A table with tabs between its columns.
    Tsv,
    /// XML with one article or many: feeds, NewsML, NITF, TREC.
    Xml,
    /// A single message.
    Email,
    /// A mailbox of messages.
    Mbox,
    /// A single message of Outlook.
    Msg,
    /// A mailbox of Outlook, with folders.
    Pst,
    /// Notes that Evernote exported.
    Enex,
    /// A book, a record per chapter.
    Epub,
    /// A Word document.
    Docx,
    /// A LibreOffice document.
    Odt,
    /// A document in Rich Text Format.
    Rtf,
    /// A document of Word before 2007.
    Doc,
    /// A workbook of Excel 2007 or later, with an article per row.
    Xlsx,
    /// The same in its binary form.
    Xlsb,
    /// A workbook of Excel before 2007.
    Xls,
    /// A workbook of LibreOffice.
    Ods,
    /// Printed pages; only their text layer is read.
    Pdf,
    /// Chats that Telegram Desktop exported, as JSON or as pages.
    Telegram,
    /// A chat that WhatsApp exported as text.
    Whatsapp,
    /// Posts in an archive of X, formerly Twitter.
    Tweets,
    /// Posts, comments or messages of Facebook or Instagram, as JSON.
    Meta,
    /// Pictures of pages, whose text is recognised.
    Scan,
    /// An archive of files.
    Zip,
    /// One compressed file.
    Gzip,
    /// One file compressed with bzip2.
    Bzip2,
    /// One file compressed with xz.
    Xz,
    /// One file compressed with zstd.
    Zstd,
    /// An archive of files, by tar.
    Tar,
    /// An archive of files, by 7-Zip.
    SevenZip,
    /// What a crawler fetched, with the texts of pages or with the pages (WARC, WET).
    Warc,
    /// A zip of such files, with a list of their pages.
    Wacz,
}

impl Format {
    /// Whether a file of this format has one article, after which it is named, so that a date in the name is the article's.
    pub fn holds_one_article(self) -> bool {
        match self {
            Self::Text | Self::Markdown | Self::Html | Self::Mhtml | Self::WebArchive => true,
            Self::Email | Self::Msg | Self::Docx | Self::Odt | Self::Rtf | Self::Doc | Self::Pdf | Self::Scan => true,
            Self::Json | Self::JsonLines | Self::Csv | Self::Tsv | Self::Xml => false,
            Self::Xlsx | Self::Xlsb | Self::Xls | Self::Ods => false,
            Self::Mbox | Self::Pst | Self::Enex | Self::Epub | Self::Zip | Self::Gzip => false,
            Self::Warc | Self::Wacz | Self::Bzip2 | Self::Xz | Self::Zstd => false,
            Self::Tar | Self::SevenZip => false,
            Self::Telegram | Self::Whatsapp | Self::Tweets | Self::Meta => false,
        }
    }

    /// In the order in which they are listed for the user; a test looks for variants that are missing.
    pub const ALL: [Self; 39] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Mhtml,
        Self::WebArchive,
        Self::Json,
        Self::JsonLines,
        Self::Csv,
        Self::Tsv,
        Self::Xml,
        Self::Email,
        Self::Mbox,
        Self::Msg,
        Self::Pst,
        Self::Enex,
        Self::Epub,
        Self::Docx,
        Self::Odt,
        Self::Rtf,
        Self::Doc,
        Self::Xlsx,
        Self::Xlsb,
        Self::Xls,
        Self::Ods,
        Self::Pdf,
        Self::Telegram,
        Self::Whatsapp,
        Self::Tweets,
        Self::Meta,
        Self::Scan,
        Self::Zip,
        Self::Gzip,
        Self::Bzip2,
        Self::Xz,
        Self::Zstd,
        Self::Tar,
        Self::SevenZip,
        Self::Warc,
        Self::Wacz,
    ];

    /// Its name in `reading.json`, in JSON and on the command line; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::WebArchive => "web-archive",
            Self::Json => "json",
            Self::JsonLines => "json-lines",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xml => "xml",
            Self::Email => "email",
            Self::Mbox => "mbox",
            Self::Msg => "msg",
            Self::Pst => "pst",
            Self::Enex => "enex",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Doc => "doc",
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Pdf => "pdf",
            Self::Telegram => "telegram",
            Self::Whatsapp => "whatsapp",
            Self::Tweets => "tweets",
            Self::Meta => "meta",
            Self::Scan => "scan",
            Self::Zip => "zip",
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
            Self::Tar => "tar",
            Self::SevenZip => "seven-zip",
            Self::Warc => "warc",
            Self::Wacz => "wacz",
        }
    }

    /// The inverse of [`Format::name`].
    pub fn for_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The role of a field in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldRole {
    /// The headline.
    Title,
    /// The article's text, plain or with HTML's mark-up. Several such fields follow each other.
    Body,
    /// A summary, which becomes the text if there is no other.
    Summary,
    /// The date of publication.
    Date,
    /// The outlet or agency.
    Source,
    /// The reporter or author.
    Byline,
    /// The keywords, as a list or with signs between them.
    Keywords,
    /// A picture's caption.
    Caption,
    /// The page's address.
    Url,
    /// Not part of the article; shown with the rest of the page.
    Ignore,
}

impl FieldRole {
    /// In the order in which they are explained to the user; a test looks for variants that are missing.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Body,
        Self::Summary,
        Self::Date,
        Self::Source,
        Self::Byline,
        Self::Keywords,
        Self::Caption,
        Self::Url,
        Self::Ignore,
    ];

    /// Its name in `reading.json`, in JSON and on the command line; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Summary => "summary",
            Self::Date => "date",
            Self::Source => "source",
            Self::Byline => "byline",
            Self::Keywords => "keywords",
            Self::Caption => "caption",
            Self::Url => "url",
            Self::Ignore => "ignore",
        }
    }

    /// The inverse of [`FieldRole::name`].
    pub fn for_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of all variants of `T`, whether or not a list names them: the error about an unknown one lists them.
    fn variants<T: serde::de::DeserializeOwned>() -> Vec<String> {
        let err = serde_json::from_str::<T>("\"?\"").err().unwrap().to_string();
        let (_, expected) = err.split_once("expected one of ").unwrap();
        expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn every_format_and_role_is_listed_and_bears_the_name_that_is_kept() {
        let of_list = Format::ALL.map(|it| it.name());
        assert_eq!(variants::<Format>(), of_list, "`Format` and `Format::ALL`");
        let of_list = FieldRole::ALL.map(|it| it.name());
        assert_eq!(variants::<FieldRole>(), of_list, "`FieldRole` and `FieldRole::ALL`");
    }
}
