//! Why something of a folder is not read by choice: nothing is missing that should be there.

use serde::{Deserialize, Serialize};

/// Why a file, a folder or a member of an archive is not read by choice.
///
/// Its `Display` names the reason behind a number of files, in English; the window has its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Its name, or that of a folder around it, begins with a dot.
    #[error("hidden")]
    Hidden,
    /// What a system adds to archives for itself.
    #[error("the system's own data")]
    SystemData,
    /// A picture, a sound, a program: by its name it holds no article.
    #[error("of a kind that holds no articles")]
    NoArticles,
    /// A licence, a read-me: it tells about the folder.
    #[error("about the folder itself")]
    AboutFolder,
    /// The pictures and scripts of a saved page, in a folder beside it.
    #[error("parts of saved pages")]
    PageParts,
    /// By its name a program is still writing or fetching it.
    #[error("not finished, or temporary")]
    Unfinished,
    /// A link that leads out of the folder.
    #[error("linked from outside the folder")]
    LinkOutside,
    /// A link that leads to nothing.
    #[error("linked to nothing")]
    LinkToNothing,
    /// A link, or what lies behind one, that is read under another path.
    #[error("read under another path")]
    ReadElsewhere,
    /// A link within an archive of files.
    #[error("linked within an archive")]
    LinkInArchive,
    /// A pipe, a socket, a device.
    #[error("not a file: a pipe, a socket or a device")]
    Special,
    /// A cover, a title page or a table of contents in a book.
    #[error("covers and tables of contents of books")]
    BookCover,
    /// More of what holds no articles, which is not listed one by one.
    #[error("{n} more that hold no articles")]
    More {
        /// How many.
        n: u32,
    },
}

impl LeftOut {
    /// How many files, folders or members it stands for.
    pub fn n(self) -> u64 {
        match self {
            Self::More { n } => u64::from(n),
            Self::Hidden
            | Self::SystemData
            | Self::NoArticles
            | Self::AboutFolder
            | Self::PageParts
            | Self::Unfinished
            | Self::LinkOutside
            | Self::LinkToNothing
            | Self::ReadElsewhere
            | Self::LinkInArchive
            | Self::BookCover
            | Self::Special => 1,
        }
    }

    /// The reason, of however many.
    pub fn kind(self) -> Self {
        if let Self::More { .. } = self {
            Self::NoArticles
        } else {
            self
        }
    }
}
