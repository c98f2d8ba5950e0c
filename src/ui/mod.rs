//! The window's views: they draw the state, push [`Command`](crate::state::Command)s, and do nothing else.
//!
//! Everything is written in reading order: `start` is right in Arabic and left in English, and switching the language
//! flips the window at once. A view gets a `View`, what it remembers itself, and where its commands go; a dialog it
//! only asks for, so that no view knows another but those that stand in it.
//!
//! - `window`: all of it; `panes`: which of them are shown, and which has the keyboard
//! - `ui_state`: what the views remember; `stay`: where the user was when the window is closed
//! - `action`, `shortcuts`: what can be done from anywhere, and doing it by key; `palette`: the dialog that lists it
//! - `top_bar`, `list`, `reader`, `entity_page`, `facet_panel`, `notices`: a pane each
//! - `network`: who appears with whom, in the place of the article
//! - `kwic`: the words found in their lines, in the place of the list
//! - `nothing_found`: what stands there where nothing was found
//! - `timeline`, `histogram`, `period_fields`: when the articles were published
//! - `facet_value`, `facet_values`: one value of a facet and its menu, the dialog of all
//! - `searches`: the way back and forward, the dialog of saved and recent searches
//! - `difference`: the dialog of two copies side by side
//! - `correct_name`, `find_entity`, `review`: the dialogs in which names are corrected
//! - `mark_name`, `article_facts`: those in which what an article says is corrected
//! - `file_lists`: the dialog of the files that were not read
//! - `path_dialog`: the dialog in which a path is typed where the system shows none
//! - `welcome`: the greeting at the first start
//! - `export`: the dialog in which articles are written to a file; `copying`: rows and references on the clipboard
//! - `file_reading`, `forget`, `settings`, `picture_viewer`, `open_address`: the dialogs that their names say
//! - `dialogs`, `dialog_request`: which dialog is open, which one a view asks for
//! - `marks`: marking articles and passages: keys, menus, dialogs, how marks are shown
//! - `menu_action`: what an item of a menu does. The menus stand beside what they belong to: `value_menu` in
//!   `facet_value`, `mention_menu` in `reader/mentions`, `article_menu` in `reader/pane`, `row_menu` in `list/data`, `line_menu` in `kwic`,
//!   `main_menu` in `top_bar/bar`, `timeline_menu` in `timeline`
//! - `paper`: what is shown as pictures for files
//! - `layout`: what every view is given, and rows in reading order
//! - `theme`: the colours
//! - `words`: every word on the screen
//! - `time_unit`: days, weeks, months and years on an axis

mod action;
mod article_facts;
mod copying;
mod correct_name;
mod dialog_request;
mod dialogs;
mod difference;
mod entity_page;
mod export;
mod facet_panel;
mod facet_value;
mod facet_values;
mod file_lists;
mod file_reading;
mod find_entity;
mod forget;
mod histogram;
mod kwic;
mod layout;
mod list;
mod mark_name;
mod marks;
mod menu_action;
mod network;
mod nothing_found;
mod notices;
mod open_address;
mod palette;
mod panes;
pub mod paper;
mod path_dialog;
mod period_fields;
mod picture_viewer;
mod reader;
mod review;
mod searches;
mod settings;
mod shortcuts;
mod stay;
pub mod theme;
mod time_unit;
mod timeline;
mod top_bar;
mod ui_state;
mod welcome;
mod window;
pub mod words;

pub use export::export_file_name;
pub use reader::article_blocks;
pub use ui_state::UiState;
pub use window::{leave, window_ui};
