//! A picture of an article, and a picture as its page has it.

use serde::{Deserialize, Serialize};

use super::data_address;

/// A page has no more pictures than this that are its article's; the others are not shown. A guess: a photo story has
/// fifty.
pub const MOST_PICTURES: usize = 200;

/// A picture of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where it stands: before the section that begins at or behind this byte of the article's text.
    pub at: usize,
    /// Where its bytes are.
    pub source: PictureSource,
    /// The name of its file.
    pub name: String,
    /// What is said of it: the caption of its page, or what the page says of it to those who cannot see it.
    pub caption: Option<String>,
}

/// Where the bytes of a picture are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureSource {
    /// A file below the archive's folder; with "/" between the parts, and no part that leads up.
    File(String),
    /// A part of the zip or the book that the article is in, by its name there.
    Part(String),
    /// In the page itself: an address that begins with «data:».
    Data(String),
    /// On a server. It is never fetched.
    Remote,
    /// Outside of the archive's folder, or at an address of a kind that is not followed. It is never read.
    Outside,
    /// In the page itself, beside so much else that it was left out.
    TooMuch,
}

impl PictureSource {
    /// A part of a message, whose content is in base64 or as it is.
    pub fn of_part(kind: &str, content: &[u8], is_base64: bool) -> Self {
        Self::Data(data_address::of_part(kind, content, is_base64))
    }
}

/// Why a picture is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureFault {
    /// It is not where the page says.
    Missing,
    /// It is on a server: the page was saved without it.
    Remote,
    /// It is outside of the archive's folder.
    Outside,
    /// It has more pixels or bytes than are read.
    TooLarge,
    /// It is damaged, or of a format that is not read.
    Unreadable,
}

/// A picture as its page has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagePicture {
    /// The addresses at which the page says that it is, the surest first.
    pub addresses: Vec<String>,
    /// Where it is, if that is known already: among the parts of a message.
    pub found: Option<PictureSource>,
    /// The caption that belongs to it.
    pub caption: Option<String>,
    /// What the page says of it to those who cannot see it.
    pub description: Option<String>,
    /// Whether it is the content of a `figure`.
    pub is_figure: bool,
    /// The lines before it, the nearest first.
    pub before: Vec<String>,
    /// The lines behind it, the nearest first.
    pub after: Vec<String>,
}
