//! Marking articles: by single keys in the list and in the reader, by menus and dialogs.
//!
//! | file | is |
//! |---|---|
//! | `keys` | the keys that mark |
//! | `menu` | the items of menus that mark |
//! | `pane` | notes and highlights one by one, in the place of the list |
//! | `row` | how marks are shown in a row of the list |
//! | `passages` | which passages of an article are highlighted, and where |
//! | `note_form` | the dialog in which a note is written |
//! | `tag_form` | the dialog in which tags are chosen |

mod keys;
mod menu;
mod note_form;
mod pane;
mod passages;
mod row;
mod tag_form;

pub use keys::{highlight, mark_by_key, mark_selection};
pub use menu::{article_items, selection_items};
pub use note_form::{NoteForm, NoteOf, note_title, note_ui};
pub use pane::{MarkPaneState, mark_pane_ui};
pub use passages::{Passages, note_block};
pub use row::{RowMarks, row_marks_ui};
pub use tag_form::{TagForm, tags_ui};
