//! How text looks, and on which side it starts.

use egui::{Align, Color32, Layout, Rect};

use crate::arabic::{Span, letter};

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
    /// The direction of `text` by its first strong letter; nothing without one.
    pub fn of(text: &str) -> Option<Self> {
        letter::first_strong_is_rtl(text).map(|is_rtl| if is_rtl { Self::RightToLeft } else { Self::LeftToRight })
    }

    /// Whether the start is at the right.
    pub fn is_rtl(self) -> bool {
        self == Self::RightToLeft
    }

    /// Lines that begin at this side, whatever their own direction.
    pub(super) fn alignment(self) -> parley::Alignment {
        match self {
            Self::RightToLeft => parley::Alignment::Right,
            Self::LeftToRight => parley::Alignment::Left,
        }
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
    /// The family of an article's text.
    pub reading_face: Face,
    /// The size of an article's text, in points.
    pub reading_size: f32,
    /// The distance of its base lines, in sizes.
    pub reading_leading: f32,
    /// Whether what opens and closes does so by and by.
    pub moves: bool,
    /// What the widgets themselves say.
    pub words: WidgetWords,
}

/// The words that widgets bring along, in the language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WidgetWords {
    /// Takes back the last change.
    pub undo: &'static str,
    /// Makes it again.
    pub redo: &'static str,
    /// Moves the selection to the clipboard.
    pub cut: &'static str,
    /// Copies the selection to the clipboard.
    pub copy: &'static str,
    /// Inserts what the clipboard holds.
    pub paste: &'static str,
    /// Selects everything.
    pub select_all: &'static str,
    /// Empties a field.
    pub clear: &'static str,
    /// Closes a dialog.
    pub close: &'static str,
    /// Names a scroll bar.
    pub scroll_bar: &'static str,
    /// Says that a row is found by the beginning of its name.
    pub find_row: &'static str,
}

/// The bundled families.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// IBM Plex Sans Arabic: the interface, headlines.
    Plex,
    /// Noto Naskh Arabic: articles.
    Naskh,
    /// Amiri: articles, as in a book.
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
            face: Face::Plex,
            size: look.interface_size,
            bold: false,
            color: look.palette.text,
            leading: 1.55,
        }
    }

    /// The text of an article.
    pub fn body(look: &Look) -> Self {
        Self {
            face: look.reading_face,
            size: look.reading_size,
            bold: false,
            color: look.palette.text,
            leading: look.reading_leading,
        }
    }

    /// Its first paragraph, which says what it is about.
    pub fn lead(look: &Look) -> Self {
        Self::body(look)
            .size(look.reading_size * 1.08)
            .color(look.palette.strong_text)
    }

    /// Its headline.
    pub fn headline(look: &Look) -> Self {
        Self {
            leading: 1.45,
            ..Self::interface(look)
                .size(look.reading_size * 1.45)
                .bold()
                .color(look.palette.strong_text)
        }
    }

    /// A headline within it.
    pub fn subheading(look: &Look) -> Self {
        Self::interface(look)
            .size(look.reading_size * 1.08)
            .bold()
            .color(look.palette.strong_text)
    }

    /// Where and when it was written, and where that is known from.
    pub fn dateline(look: &Look) -> Self {
        Self::interface(look)
            .size(look.reading_size * 0.74)
            .color(look.palette.weak_text)
    }

    /// What stands below a picture.
    pub fn caption(look: &Look) -> Self {
        Self::interface(look)
            .size(look.reading_size * 0.8)
            .color(look.palette.weak_text)
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
    /// Whether it is bold, with the whole of the words that it touches: a change of face within a word would break its
    /// joining.
    pub bold: bool,
    /// The colour of its letters.
    pub color: Option<Color32>,
    /// The colour behind them.
    pub background: Option<Color32>,
    /// Whether it is underlined.
    pub underline: bool,
}
