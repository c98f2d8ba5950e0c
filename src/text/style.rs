//! How text looks, and on which side it starts.

use egui::{Align, Color32, Layout, Rect};

use crate::arabic::Span;

/// The side on which reading starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Arabic: the start is at the right.
    #[default]
    RightToLeft,
    /// English: the start is at the left.
    LeftToRight,
}

impl Direction {
    /// Whether the start is at the right.
    pub fn is_rtl(self) -> bool {
        self == Self::RightToLeft
    }

    /// The piece of `rect` at the reading start, `width` points wide, and the rest.
    pub fn split_start(self, rect: Rect, width: f32) -> (Rect, Rect) {
        if self.is_rtl() {
            let (rest, piece) = rect.split_left_right_at_x((rect.right() - width).max(rect.left()));
            (piece, rest)
        } else {
            rect.split_left_right_at_x((rect.left() + width).min(rect.right()))
        }
    }

    /// The piece of `rect` at the reading end, `width` points wide, and the rest.
    pub fn split_end(self, rect: Rect, width: f32) -> (Rect, Rect) {
        self.opposite().split_start(rect, width)
    }

    /// The x of the reading start.
    pub fn start_x(self, rect: Rect) -> f32 {
        if self.is_rtl() { rect.right() } else { rect.left() }
    }

    /// A row in reading order.
    pub fn row(self) -> Layout {
        if self.is_rtl() {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        }
    }

    /// The other direction.
    pub fn opposite(self) -> Self {
        if self.is_rtl() {
            Self::LeftToRight
        } else {
            Self::RightToLeft
        }
    }
}

/// The colours of the widgets. The theme fills them in; nothing here knows a colour of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Running text.
    pub text: Color32,
    /// What may be overlooked: dates, counts, hints.
    pub weak_text: Color32,
    /// Headlines.
    pub strong_text: Color32,
    /// What can be acted on.
    pub accent: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// The ground of the panes.
    pub surface: Color32,
    /// The ground of bars, fields and pop-ups.
    pub raised: Color32,
    /// The ground of side panes.
    pub sunken: Color32,
    /// Lines and borders.
    pub outline: Color32,
    /// The ground of what is pointed at.
    pub hover: Color32,
    /// The ground of what is selected.
    pub selection: Color32,
    /// The ground of a word that was searched for.
    pub mark: Color32,
    /// The ring around what has the keyboard.
    pub focus: Color32,
}

/// What all widgets share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The side on which reading starts.
    pub direction: Direction,
    /// The colours.
    pub palette: Palette,
    /// The size of the interface's text, in points.
    pub interface_size: f32,
    /// The size of an article's text, in points.
    pub reading_size: f32,
}

/// The bundled families.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// IBM Plex Sans Arabic: lists, buttons, headlines.
    Interface,
    /// Noto Naskh Arabic: articles.
    Reading,
    /// Amiri, in the manner of the Bulaq press: articles, for those who like books.
    Amiri,
}

/// How a text is set.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// The family.
    pub face: Face,
    /// The size in points.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub color: Color32,
    /// The distance of base lines, in sizes.
    pub leading: f32,
}

impl TextStyle {
    /// The interface's text.
    pub fn interface(look: &Look) -> Self {
        Self {
            face: Face::Interface,
            size: look.interface_size,
            bold: false,
            color: look.palette.text,
            leading: 1.55,
        }
    }

    /// An article's text.
    pub fn reading(look: &Look) -> Self {
        Self {
            face: Face::Reading,
            size: look.reading_size,
            bold: false,
            color: look.palette.text,
            leading: 1.85,
        }
    }

    /// In another size, in points.
    pub fn size(self, size: f32) -> Self {
        Self { size, ..self }
    }

    /// In bold.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// In another colour.
    pub fn color(self, color: Color32) -> Self {
        Self { color, ..self }
    }
}

/// How a piece of a text differs from the rest. It never breaks joining.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SpanStyle {
    /// The piece, in the text it is given with.
    pub span: Span,
    /// The colour of its letters.
    pub color: Option<Color32>,
    /// The colour behind them.
    pub background: Option<Color32>,
    /// Whether it is underlined.
    pub underline: bool,
    /// Whether it is bold; widened to whole words, since a change of face inside a word would break its joining.
    pub bold: bool,
}
