//! Why a file, a folder or a member of an archive was not read: typed, so that it can be told in any language, kept in
//! an index, and told apart from what is left out by choice.
//!
//! Its `Display` is the sentence of the command line, in English; the window has its own words. What readers say of it
//! while they read, with the errors of libraries, is a [`Refusal`](super::record::Refusal).

use std::io;

use serde::{Deserialize, Serialize};

use super::bound::Bound;
use super::left_out::LeftOut;

/// Why something of a folder was not read.
///
/// An index keeps it as JSON: a variant's name, once released, keeps its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The system cannot read the bytes; it may succeed another time.
    #[error("{what}")]
    System {
        /// Which of the faults that people can do something about.
        fault: SystemFault,
        /// What the system says, in its language.
        what: String,
    },
    /// A known format that is not supported.
    #[error("{0}")]
    Unsupported(Unsupported),
    /// Bytes of no known format.
    #[error("not a text, and of no known format")]
    Binary,
    /// Nothing but white space, or pages without words.
    #[error("no text in it")]
    Empty,
    /// A document of scanned pages, without a text layer.
    #[error(
        "no text: the pages are pictures, as of a scanner; `fihrist reading FOLDER --recognise-scans on` has their text recognised"
    )]
    NoText,
    /// A document whose glyphs are not mapped to letters.
    #[error(
        "no text: the document does not say which letters its signs are; `fihrist reading FOLDER --recognise-scans on` has its text recognised"
    )]
    NoLetters,
    /// Pages whose text is to be recognised, and nothing that can.
    #[error("{0}")]
    NoRecogniser(RecogniserLack),
    /// Pages on which no words were recognised.
    #[error("no words were recognised on its pages")]
    NothingRecognised,
    /// Pages that the recogniser could not read.
    #[error("its text could not be recognised: the recogniser fails, or takes too long")]
    RecogniserFails,
    /// A password is needed.
    #[error("locked by a password; save it without one")]
    Locked,
    /// The content is invalid in its format.
    #[error("damaged: {0}")]
    Damaged(Damage),
    /// Data without articles.
    #[error("no articles found in its fields; say which fields hold the title and the text (`fihrist reading --help`)")]
    NoArticles,
    /// Archives or messages nested too deeply.
    #[error("archives within archives, deeper than {limit}")]
    TooDeep {
        /// How deep they are read.
        limit: u32,
    },
    /// It decompresses to more than is reasonable.
    #[error("unpacks to more than {} MB", limit >> 20)]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// It took longer than it may; what came before was read.
    #[error(
        "took longer than {seconds} s; what was read until then is kept (`fihrist index --cpu-per-file` sets more)"
    )]
    OverTime {
        /// CPU time, in seconds.
        seconds: u64,
    },
    /// It took more memory than it may; what came before was read.
    #[error(
        "took more than {megabytes} MB; what was read until then is kept (`fihrist index --memory-per-file` sets more)"
    )]
    OverMemory {
        /// The limit, in MiB.
        megabytes: u32,
    },
    /// The process that read it ended, or said nothing more.
    #[error("ended the reader; open it with the program that made it, and save it as text or as a new file")]
    EndedTheReader,
    /// It goes on further than readers follow; what comes before was read.
    #[error("{0}")]
    Beyond(Bound),
    /// Not read, and not meant to be.
    #[error("left out: {0}")]
    LeftOut(LeftOut),
    /// What an older version kept in its index: an English sentence.
    #[error("{0}")]
    Older(String),
}

impl Reason {
    /// The reason that the system's error is.
    pub fn system(err: &io::Error) -> Self {
        let fault = match err.kind() {
            io::ErrorKind::NotFound => SystemFault::Gone,
            io::ErrorKind::PermissionDenied => SystemFault::Permission,
            _ => SystemFault::Other,
        };
        Self::System {
            fault,
            what: err.to_string(),
        }
    }

    /// Whether it was left out by choice, so that nothing is missing that should be there.
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::LeftOut(_))
    }

    /// Whether trying again is useless until the file changes: the content is at fault, not the system.
    pub fn is_lasting(&self) -> bool {
        !matches!(self, Self::System { .. })
    }

    /// Whether it is one that optical recognition may be the cure of.
    pub fn is_for_recognition(&self) -> bool {
        match self {
            Self::NoText | Self::NoLetters | Self::NoRecogniser(_) => true,
            Self::Unsupported(it) => *it == Unsupported::Picture,
            _ => false,
        }
    }

    /// As an index keeps it; [`Reason::from_stored`] is the inverse.
    pub fn to_stored(&self) -> String {
        // It has no map with other keys than strings, the only thing that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_else(|_never| self.to_string())
    }

    /// From what an index keeps. What is no reason of this version is a sentence that an older one stored.
    pub fn from_stored(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_else(|_older| Self::Older(stored.to_owned()))
    }
}

/// What is missing for optical recognition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum RecogniserLack {
    /// The program.
    #[error(
        "to recognise its text, install Tesseract with Arabic (Debian: tesseract-ocr and tesseract-ocr-ara; macOS: brew install tesseract tesseract-lang; Windows: the installer linked at tesseract-ocr.github.io, with Arabic chosen in it)"
    )]
    Program,
    /// Its data for Arabic.
    #[error(
        "to recognise its text, add Arabic to Tesseract (Debian: tesseract-ocr-ara; macOS: brew install tesseract-lang; Windows: choose Arabic in its installer)"
    )]
    Arabic,
}

/// What keeps the system from reading a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemFault {
    /// It may not be read.
    Permission,
    /// It is not there any more.
    Gone,
    /// Anything else: a disk that fails or is gone.
    Other,
}

/// A format that is known and not read, or holds no articles, with advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unsupported {
    /// `.ppt` and others in Microsoft's compound files, and documents of Word before 6.
    #[error("a presentation or another file of an old program; save it as .docx or PDF")]
    OldWord,
    /// `.rtf`, which older versions refused.
    #[error("a document in Rich Text Format; save it as .docx or .odt")]
    Rtf,
    /// `.rar`.
    #[error("a RAR archive; unpack it, or pack it as .zip")]
    Rar,
    /// A database file.
    #[error("a database of SQLite; export its table as CSV")]
    Sqlite,
    /// A columnar table.
    #[error("a table in Parquet; export it as CSV or JSON Lines")]
    Parquet,
    /// `.chm`.
    #[error("a help file (CHM); convert it to HTML")]
    Chm,
    /// `.ps`.
    #[error("PostScript; convert it to PDF")]
    PostScript,
    /// PNG, JPEG, GIF, TIFF.
    #[error("a picture; `fihrist reading FOLDER --recognise-scans on` has its text recognised")]
    Picture,
    /// A picture of a kind that is not decoded: GIF, or a rare TIFF.
    #[error("a picture of a kind that is not read; save it as PNG")]
    PictureKind,
    /// `.djvu`.
    #[error("a DjVu document; convert it to PDF with a text layer")]
    DjVu,
    /// `.pptx`; older versions refused `.xlsx` as well.
    #[error("a table or presentation of Office; save it as CSV or PDF")]
    OfficeTable,
    /// A zip with another compression than the usual.
    #[error("packed in a way that is not read; unpack it, or pack it as an ordinary .zip")]
    Packing,
    /// A message in S/MIME or OpenPGP, or with rights of Office.
    #[error(
        "an encrypted message, or one packed with its signature; open it in the mail program that has the key, and save its text"
    )]
    SealedMail,
    /// `.ost` of Outlook 2013 and later, or a `.pst` encrypted by Windows.
    #[error(
        "a mailbox of Outlook in a form that is not read; export it from Outlook as .pst, or turn it into mbox with readpst"
    )]
    OutlookMailbox,
    /// A message that is attached to another, in a mailbox of Outlook.
    #[error(
        "a message attached to another in a mailbox of Outlook; turn the mailbox into mbox with readpst, or save the message as .msg"
    )]
    AttachedMessage,
}

/// What is wrong with a content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// Mail without a message.
    #[error("no message in it")]
    NoMessage,
    /// A mailbox of which some messages are damaged.
    #[error("{n} of its messages")]
    Messages {
        /// How many.
        n: u64,
    },
    /// An archive of a crawl of which some records are damaged, or begin in another file.
    #[error("{n} of its records")]
    Records {
        /// How many.
        n: u64,
    },
    /// A saved page of which only pictures and styles are left.
    #[error("a saved page without a page in it")]
    NoPage,
    /// A book that does not say where its package is.
    #[error("a book without its container")]
    NoContainer,
    /// A book that does not say which documents it has.
    #[error("a book without its package")]
    NoPackage,
    /// A document of a word processor without its main part.
    #[error("a document without its {0}")]
    NoPart(String),
    /// It stops before its end.
    #[error("it stops before its end")]
    CutOff,
    /// A PDF that is cut off or damaged at its roots.
    #[error("not a whole PDF")]
    NotWholePdf,
    /// The format's reader panicked.
    #[error("it makes the reader of its format fail")]
    ReaderFailed,
    /// A line longer than any record.
    #[error("line {line}: too long")]
    LongLine {
        /// Its number, from 1.
        line: u64,
    },
    /// A line that is no record.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, from 1.
        line: u64,
        /// The words of the format's library.
        what: String,
    },
    /// Several lines that are no records.
    #[error("{first}, and {} more of its lines", n - 1)]
    Lines {
        /// How many.
        n: u64,
        /// The first.
        first: Box<Damage>,
    },
    /// In the words of the format's library.
    #[error("{0}")]
    Other(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_index_keeps_is_read_back_and_so_is_what_an_older_one_kept() {
        let reasons = [
            Reason::Empty,
            Reason::TooLarge { limit: 1 << 30 },
            Reason::Unsupported(Unsupported::Rar),
            Reason::Damaged(Damage::Line {
                line: 3,
                what: "a\t\"b\"\n".into(),
            }),
            Reason::LeftOut(LeftOut::More { n: 7 }),
            Reason::system(&io::Error::from(io::ErrorKind::PermissionDenied)),
        ];
        for reason in reasons {
            assert_eq!(Reason::from_stored(&reason.to_stored()), reason);
        }
        let sentence = "damaged: line 3: EOF while parsing";
        assert_eq!(Reason::from_stored(sentence), Reason::Older(sentence.to_owned()));
        assert_eq!(Reason::from_stored(sentence).to_string(), sentence);
    }
}
