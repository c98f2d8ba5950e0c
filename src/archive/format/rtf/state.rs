//! What holds within a group, and ends with it.

use crate::archive::article::SectionKind;

/// Where the text of a group belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Nowhere; so does what is outside of the document.
    #[default]
    LeftOut,
    Text,
    /// The table of fonts.
    Fonts,
    /// The names of styles.
    Styles,
    /// What the document states of itself.
    About,
    Title,
    Keywords,
}

/// What a group has opened that ends with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opened {
    #[default]
    Nothing,
    /// The text of a drawing.
    Box,
    /// A note at the foot of the page or at the end.
    Note,
}

/// What holds within a group.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    pub place: Place,
    /// Where a text belongs of which only the second form is read.
    pub around: Place,
    pub opened: Opened,
    pub font: i32,
    /// How many signs follow a `\u` for programs that do not know it.
    pub n_fallback: u32,
    pub has_hidden_text: bool,
    pub is_deleted: bool,
    /// Whether nothing but `\*` was read of it, and whether that was.
    pub is_new: bool,
    pub is_optional: bool,
    /// What the paragraph is by its style.
    pub kind: Option<SectionKind>,
    pub is_in_table: bool,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            place: Place::default(),
            around: Place::default(),
            opened: Opened::default(),
            font: 0,
            n_fallback: 1,
            has_hidden_text: false,
            is_deleted: false,
            is_new: false,
            is_optional: false,
            kind: None,
            is_in_table: false,
        }
    }
}

impl Group {
    /// Begins a group within this one.
    pub fn begin(&mut self) {
        self.opened = Opened::Nothing;
        self.is_new = true;
        self.is_optional = false;
    }

    /// Whether its text is not shown.
    pub fn is_hidden(&self) -> bool {
        self.has_hidden_text || self.is_deleted || self.place == Place::LeftOut
    }

    /// Takes the paragraph's properties back.
    pub fn end_of_properties(&mut self) {
        self.kind = None;
        self.is_in_table = false;
    }

    /// Takes the letters' properties back.
    pub fn plain(&mut self, font: i32) {
        self.font = font;
        self.has_hidden_text = false;
    }
}

/// Whether the text behind this word is not the document's, though it is not marked as optional. From the
/// specification's list of destinations; `fldinst` and `shprslt` are what a field does and a drawing for old programs.
pub fn is_left_out(word: &str) -> bool {
    const WORDS: [&str; 51] = [
        "aftncn",
        "aftnsep",
        "aftnsepc",
        "annotation",
        "atnauthor",
        "atndate",
        "atnid",
        "atnref",
        "background",
        "bkmkend",
        "bkmkstart",
        "colorschememapping",
        "colortbl",
        "datafield",
        "datastore",
        "do",
        "docvar",
        "falt",
        "filetbl",
        "fldinst",
        "footer",
        "footerf",
        "footerl",
        "footerr",
        "ftncn",
        "ftnsep",
        "ftnsepc",
        "generator",
        "header",
        "headerf",
        "headerl",
        "headerr",
        "latentstyles",
        "listoverridetable",
        "listtable",
        "listtext",
        "mmathPr",
        "nonshppict",
        "objdata",
        "object",
        "pict",
        "pgptbl",
        "pntext",
        "private",
        "revtbl",
        "rsidtbl",
        "rxe",
        "shprslt",
        "tc",
        "themedata",
        "xe",
    ];
    WORDS.contains(&word)
}
