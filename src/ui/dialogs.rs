//! The dialog over the window, whichever is open.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Id, Sense, Ui, vec2};

use crate::entities::EntityId;
use crate::state::Command;
use crate::text::{self, LineAlign};

use super::action::Action;
use super::article_facts::{FactsForm, article_facts_ui};
use super::correct_name::{NameForm, correct_name_ui};
use super::dialog_request::DialogRequest;
use super::export::{ExportForm, export_ui};
use super::facet_values::{FacetValues, facet_values_ui};
use super::file_lists::{FileLists, file_lists_ui, forget_files_ui};
use super::file_reading::{FileReading, file_reading_ui};
use super::forget::forget_ui;
use super::layout::{View, row_ui, scrolled_ui};
use super::mark_name::{NameMark, mark_name_ui};
use super::marks::{NoteForm, TagForm, note_title, note_ui, tags_ui};
use super::notices::notices_ui;
use super::open_address::address_ui;
use super::palette::{Chosen, Palette, palette_ui};
use super::picture_viewer::{PictureViewer, picture_viewer_ui};
use super::review::{corrections_ui, suggestions_ui};
use super::searches::{SearchesForm, searches_ui};
use super::settings::{SettingsPage, settings_ui};
use super::words::keys::{self, KeyRow};
use super::words::{self, Words, export, isolate_ltr, mark, original, phrase};

/// Which dialog is open.
#[derive(Default)]
pub enum Dialog {
    /// None.
    #[default]
    None,
    /// The settings, at one of their pages.
    Settings(SettingsPage),
    /// Whether all that is known of the open archive is to be removed.
    Forget,
    /// The keys.
    Shortcuts,
    /// The files that were not read, are missing or were left out.
    FilesNotRead(FileLists),
    /// Whether these missing files are to be forgotten.
    ForgetFiles(Arc<[PathBuf]>),
    /// What the system reported of a failure, in its own words.
    Details(String),
    /// The correction of a name.
    CorrectName(Box<NameForm>),
    /// A name in the text.
    MarkName(Box<NameMark>),
    /// The tags of articles.
    Tags(Box<TagForm>),
    /// A note.
    Note(Box<NoteForm>),
    /// The title, date and source of an article.
    ArticleFacts(Box<FactsForm>),
    /// The names that may be one: all, or those that may be this one.
    Suggestions(Option<EntityId>),
    /// The corrections of names that were made.
    Corrections,
    /// A picture of an article.
    Picture(Box<PictureViewer>),
    /// An address that may be opened in the browser.
    Address(String),
    /// How a file is read.
    FileReading(FileReading),
    /// All values of a facet.
    FacetValues(Box<FacetValues>),
    /// The saved and the recent searches.
    Searches(Box<SearchesForm>),
    /// Writing articles to a file.
    Export(Box<ExportForm>),
    /// What can be done.
    Palette(Box<Palette>),
    /// What the user should know.
    Notices,
}

impl Dialog {
    /// Opens the dialog that a view asks for.
    pub fn new(words: Words<'_>, request: DialogRequest, commands: &mut Vec<Command>) -> Self {
        match request {
            DialogRequest::Settings => Self::Settings(SettingsPage::General),
            DialogRequest::Forget => Self::Forget,
            DialogRequest::Shortcuts => Self::Shortcuts,
            DialogRequest::FilesNotRead => Self::FilesNotRead(FileLists::default()),
            DialogRequest::ForgetFiles(files) => Self::ForgetFiles(files),
            DialogRequest::Details(details) => Self::Details(details),
            DialogRequest::CorrectName(name, step) => Self::CorrectName(Box::new(NameForm::new(name, step, commands))),
            DialogRequest::MarkName(marked) => Self::MarkName(Box::new(NameMark::new(marked, commands))),
            DialogRequest::Tags(of) => Self::Tags(Box::new(TagForm::new(of))),
            DialogRequest::Note(of) => Self::Note(Box::new(NoteForm::new(of))),
            DialogRequest::ArticleFacts(article) => Self::ArticleFacts(Box::new(FactsForm::new(words, &article))),
            DialogRequest::Suggestions(of) => {
                commands.extend(of.is_none().then_some(Command::ShowSuggestions));
                Self::Suggestions(of)
            }
            DialogRequest::Corrections => Self::Corrections,
            DialogRequest::Picture(article, picture) => Self::Picture(Box::new(PictureViewer::new(article, picture))),
            DialogRequest::Address(address) => Self::Address(address),
            DialogRequest::FileReading(article) => Self::FileReading(FileReading::new(&article.article)),
            DialogRequest::FacetValues(facet) => Self::FacetValues(Box::new(FacetValues::new(facet, commands))),
            DialogRequest::Searches => Self::Searches(Box::default()),
            DialogRequest::Export(articles) => Self::Export(Box::new(ExportForm::new(articles))),
            DialogRequest::Palette => Self::Palette(Box::default()),
            DialogRequest::Notices => Self::Notices,
        }
    }
}

/// Draws the open dialog over the window. Returns what was chosen in the palette.
///
/// Long because it is the table of dialogs.
pub fn dialogs_ui(ui: &Ui, view: View<'_>, dialog: &mut Dialog, commands: &mut Vec<Command>) -> Option<Action> {
    let words = view.words;
    let (mut next, mut action) = (None, None);
    let is_done = match dialog {
        Dialog::None => return None,
        Dialog::Settings(page) => frame_ui(ui, "settings", words.settings(), 520.0, |ui| {
            settings_ui(ui, view, page, commands);
            false
        }),
        Dialog::Forget => frame_ui(ui, "forget", words.forget_archive(), 520.0, |ui| {
            forget_ui(ui, view, commands)
        }),
        Dialog::Shortcuts => frame_ui(ui, "shortcuts", words.shortcuts(), 560.0, |ui| {
            shortcuts_ui(ui, view);
            false
        }),
        Dialog::FilesNotRead(it) => frame_ui(ui, "files not read", words.files_not_read(), 640.0, |ui| {
            file_lists_ui(ui, view, it, &mut next, commands);
            next.is_some()
        }),
        Dialog::ForgetFiles(files) => frame_ui(ui, "forget files", words.forgetting_files(), 560.0, |ui| {
            forget_files_ui(ui, view, files, commands)
        }),
        Dialog::Details(details) => frame_ui(ui, "details", words.details(), 560.0, |ui| {
            text::text_ui(ui, details, &view.style());
            false
        }),
        Dialog::CorrectName(it) => {
            let title = phrase::correcting(words, it.entity_name());
            let is_done = frame_ui(ui, "entity", &title, 560.0, |ui| {
                correct_name_ui(ui, view, it, commands)
            });
            commands.extend(is_done.then_some(Command::ClosePreview));
            is_done
        }
        Dialog::MarkName(it) => {
            let is_done = frame_ui(ui, "mark name", words.mark_name(), 560.0, |ui| {
                mark_name_ui(ui, view, it, commands)
            });
            commands.extend(is_done.then_some(Command::ClosePreview));
            is_done
        }
        Dialog::Tags(it) => frame_ui(ui, "tags", mark::tags_title(words), 460.0, |ui| {
            tags_ui(ui, view, it, commands)
        }),
        Dialog::Note(it) => frame_ui(ui, "note", note_title(words, it), 560.0, |ui| {
            note_ui(ui, view, it, commands)
        }),
        Dialog::ArticleFacts(it) => frame_ui(ui, "article facts", words.article_facts(), 560.0, |ui| {
            article_facts_ui(ui, view, it, commands)
        }),
        Dialog::Suggestions(of) => frame_ui(ui, "suggestions", words.suggestions(), 560.0, |ui| {
            suggestions_ui(ui, view, of.as_ref(), commands)
        }),
        Dialog::Corrections => frame_ui(ui, "corrections", words.corrections(), 620.0, |ui| {
            corrections_ui(ui, view, commands)
        }),
        Dialog::Picture(it) => {
            let width = ui.ctx().content_rect().width();
            let is_done = frame_ui(ui, "picture", &it.title(words), width, |ui| {
                picture_viewer_ui(ui, view, it, commands)
            });
            commands.extend(is_done.then_some(Command::SeePictureLarge(None)));
            is_done
        }
        Dialog::Address(it) => frame_ui(ui, "address", original::address(words), 560.0, |ui| {
            address_ui(ui, view, it, commands)
        }),
        Dialog::FileReading(it) => frame_ui(ui, "file reading", words.how_file_is_read(), 520.0, |ui| {
            file_reading_ui(ui, view, it, commands)
        }),
        Dialog::FacetValues(it) => {
            let is_done = frame_ui(ui, "facet values", words.facet(it.facet()), 460.0, |ui| {
                facet_values_ui(ui, view, it, &mut next, commands);
                next.is_some()
            });
            commands.extend(is_done.then_some(Command::ListFacet(None)));
            is_done
        }
        Dialog::Searches(it) => frame_ui(ui, "searches", words.searches(), 600.0, |ui| {
            searches_ui(ui, view, it, commands)
        }),
        Dialog::Export(it) => frame_ui(ui, "export", export::word(words, export::Word::Title), 680.0, |ui| {
            export_ui(ui, view, it, commands)
        }),
        Dialog::Notices => frame_ui(ui, "notices", words.notices(), 600.0, |ui| {
            notices_ui(ui, view, &mut next, commands)
        }),
        Dialog::Palette(it) => frame_ui(ui, "palette", words::action(words, Action::Palette), 560.0, |ui| {
            let chosen = palette_ui(ui, view, it);
            let is_done = chosen.is_some();
            match chosen {
                Some(Chosen::Action(chosen)) => action = Some(chosen),
                Some(Chosen::Push(command)) => commands.push(*command),
                None => {}
            }
            is_done
        }),
    };
    if is_done {
        *dialog = Dialog::None;
    }
    if let Some(request) = next {
        *dialog = Dialog::new(words, request, commands);
    }
    action
}

/// A dialog around what `add` draws, which returns whether it is done with. Returns whether the dialog is to close.
fn frame_ui(ui: &Ui, id: &str, title: &str, width: f32, add: impl FnOnce(&mut Ui) -> bool) -> bool {
    let mut is_done = false;
    let is_closed = text::dialog_ui(ui.ctx(), Id::unique(id), title, width, |ui| is_done = add(ui));
    if is_done {
        text::leave_dialog(ui.ctx(), Id::unique(id));
    }
    is_closed || is_done
}

/// What the keys do, place by place.
fn shortcuts_ui(ui: &mut Ui, view: View<'_>) {
    const ROW: f32 = 26.0;
    const GAP: f32 = 8.0;
    let table = keys::key_table(view.words);
    let height = table.iter().map(|(_, keys)| GAP + ROW * (keys.len() + 1) as f32).sum();
    scrolled_ui(ui, "shortcuts", height, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, keys) in &table {
            ui.add_space(GAP);
            row_ui(ui, view, ROW, |ui| text::line_ui(ui, place, &view.style().bold()));
            keys_ui(ui, view, keys);
        }
    });
}

/// What the keys of one place do, a row each.
fn keys_ui(ui: &mut Ui, view: View<'_>, keys: &[KeyRow]) {
    const KEYS_WIDTH: f32 = 200.0;
    for (keys, what) in keys {
        row_ui(ui, view, 26.0, |ui| {
            let (rect, response) = ui.allocate_exact_size(vec2(KEYS_WIDTH, 24.0), Sense::hover());
            let keys = isolate_ltr(keys);
            text::paint_line(ui, rect, &keys, &[], &view.weak(), LineAlign::Start);
            text::name(&response, &keys);
            text::line_ui(ui, what, &view.style().size(13.5));
        });
    }
}
