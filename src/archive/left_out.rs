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
    /// What a crawler fetched beside articles, so many of it: one that is listed by its address, or those of a file that are
    /// not.
    #[error("{what}")]
    Crawled {
        /// What it is.
        what: Crawled,
        /// How many.
        n: u32,
    },
    /// Messages of the service itself: who joined, what was pinned.
    #[error("messages of the service itself{}", told(*n))]
    ServiceMessages {
        /// How many.
        n: u32,
    },
    /// Messages without words: pictures, stickers, sounds.
    #[error("messages without words{}", told(*n))]
    WordlessMessages {
        /// How many.
        n: u32,
    },
    /// Rows of a table, or records, that are no articles: what stands above the names of columns, sums, pictures.
    #[error("rows and records that are no articles{}", told(*n))]
    OtherRecords {
        /// How many.
        n: u32,
    },
    /// A scanned page on which no words were recognised.
    #[error("scanned pages without words")]
    PageWithoutWords,
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
            Self::More { n }
            | Self::Crawled { n, .. }
            | Self::ServiceMessages { n }
            | Self::WordlessMessages { n }
            | Self::OtherRecords { n } => u64::from(n),
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
            | Self::PageWithoutWords
            | Self::Special => 1,
        }
    }

    /// The reason, of however many.
    pub fn kind(self) -> Self {
        match self {
            Self::More { .. } => Self::NoArticles,
            Self::Crawled { what, .. } => Self::Crawled { what, n: 1 },
            Self::ServiceMessages { .. } => Self::ServiceMessages { n: 0 },
            Self::WordlessMessages { .. } => Self::WordlessMessages { n: 0 },
            Self::OtherRecords { .. } => Self::OtherRecords { n: 0 },
            it => it,
        }
    }
}

/// What the archive of a crawl holds beside articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Crawled {
    /// What a server answered instead of a page: that there is none, or that it may not be read.
    #[error("answers of servers that are no pages: errors")]
    Error,
    /// The address of another page, where the page is now.
    #[error("addresses that lead to other pages")]
    Redirect,
    /// A page of links to others, a feed, a site map.
    #[error("lists of pages")]
    List,
    /// A page that is in the file a second time, with the same content.
    #[error("pages that were fetched twice and are the same")]
    Twice,
    /// A page that was fetched again and had not changed: only this is noted.
    #[error("pages that were fetched again and had not changed")]
    Unchanged,
    /// Pictures, styles, scripts, and what else pages load.
    #[error("pictures, styles and scripts of pages")]
    Parts,
    /// What the crawler keeps of its own work: names of servers, logs, what sites let crawlers do.
    #[error("the crawler's own data")]
    Own,
}

impl Crawled {
    /// In the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::Error,
        Self::Redirect,
        Self::List,
        Self::Twice,
        Self::Unchanged,
        Self::Parts,
        Self::Own,
    ];
}

/// A number behind a reason; nothing where the reason of any number is told.
fn told(n: u32) -> String {
    match n {
        0 => String::new(),
        n => format!(" ({n})"),
    }
}
