//! Paragraphs for egui: fonts, layout, selection, editing, painting, and the widgets that carry text.
//!
//! egui's own text knows no bidi: it reverses digits and wraps Arabic paragraphs bottom up. So every string that a
//! person reads is shaped and broken by parley, rasterised by swash into one set of textures, and painted as a mesh.
//!
//! Layout is in *physical* pixels, so that text is crisp at every scale; what views see is in points. Directions are
//! `start` and `end`: [`Direction`] says which side they are on.
//!
//! - `style`: how text looks, on which side it starts
//! - `fonts`: the bundled faces and those of the system
//! - `engine`: shapes and breaks text, and keeps what was set
//! - `atlas`: the textures of the glyphs
//! - `paint`: lines and paragraphs on the screen
//! - `icon`: signs drawn as lines
//! - `button`: what is pressed
//! - `widget`: chips, sliders, rows of counts
//! - `popup`: menus, combo boxes, dialogs, tooltips, passing messages
//! - `offers`: what is offered below a field
//! - `edit`: fields that are typed in
//! - `list`: rows by the million
//! - `scroll`: areas that are scrolled
//! - `picture/`: a picture without a window, as PNG and SVG
//! - `reader`: an article to be read, searched and copied from

mod atlas;
mod button;
mod edit;
mod engine;
mod fonts;
mod icon;
mod list;
mod offers;
mod paint;
mod picture;
mod popup;
mod reader;
mod scroll;
mod style;
#[cfg(test)]
mod tests;
mod widget;

pub use button::{button_ui, checkbox_ui, icon_button_ui, primary_button_ui, radio_ui, tabs_ui, toggle_ui};
pub use edit::{EditKind, EditOptions, EditResponse, EditState, edit_ui};
pub use engine::{face_finder, install, look, set_look};
pub use fonts::FaceFinder;
pub use icon::Icon;
pub use list::{ListResponse, ListState, RowKeys, Typed, letter_pressed, list_ui};
pub use offers::{Offer, OffersResponse, offer_rows_ui, offers_ui};
pub use paint::{LineAlign, fitting_end, fitting_start, line_ui, measure, name, paint_line, paint_lines, text_ui};
pub use picture::{Picture, PictureError, Piece, png, svg};
pub use popup::{
    MenuItem, Toasts, combo_ui, context_menu_ui, dialog_ui, leave_dialog, menu_button_ui, toasts_ui, tooltip,
};
pub use reader::{Block, BlockPicture, ReaderOptions, ReaderResponse, ReaderState, reader_ui};
pub use scroll::{rows_ui, scroll_area_ui};
pub use style::{Direction, Face, Look, Palette, SpanStyle, TextStyle, WidgetWords};
pub use widget::{
    ChipResponse, CountRow, EditedChipResponse, LinkRow, QuoteLink, branch_ui, chip_ui, chip_width, count_row_ui,
    edited_chip_ui, link_row_ui, progress_ui, quote_height, quote_link_ui, slider_ui,
};
