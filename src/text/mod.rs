//! Paragraphs for egui: fonts, layout, selection, editing, painting, and the widgets that carry text.
//!
//! egui's own text knows no bidi: it reverses digits and wraps Arabic paragraphs bottom up. So every string that a
//! person reads is shaped and broken by parley, rasterised by swash into one set of textures, and painted as a mesh.
//!
//! Layout is in *physical* pixels, so that text is crisp at every scale; what views see is in points. Directions are
//! `start` and `end`: [`Direction`] says which side they are on.

mod atlas;
mod edit;
mod engine;
mod fonts;
mod icon;
mod list;
mod paint;
mod reader;
mod scroll;
mod style;
mod widget;

pub use edit::{EditResponse, EditState, search_field_ui};
pub use engine::{install, look, set_look};
pub use icon::Icon;
pub use list::{ListResponse, ListState, Typed, list_ui};
pub use paint::{LineAlign, line_ui, measure, paint_line, paint_lines, text_ui};
pub use reader::{Block, ReaderResponse, ReaderState, reader_ui};
pub use scroll::scroll_area_ui;
pub use style::{Direction, Face, Look, Palette, SpanStyle, TextStyle};
pub use widget::{
    ChipResponse, CountRow, button_ui, chip_ui, combo_ui, count_row_ui, icon_button_ui, primary_button_ui, progress_ui,
    toggle_ui, tooltip,
};
