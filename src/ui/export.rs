//! The dialog in which articles are written to a file.
//!
//! What is chosen in it is kept with the settings, and is what is offered the next time.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Id, Ui, vec2};

use crate::archive::ArticleId;
use crate::index::ResultPage;
use crate::state::{
    AppState, Command, CsvLook, ExportChoice, ExportColumn, ExportFormat, ExportLayout, ExportRequest, ExportScope,
    FilePurpose, Separator, export_file_name as file_name,
};
use crate::text::{self, EditKind, EditOptions, EditState};

use super::copying::words_of;
use super::layout::{View, labelled_ui, middle_and_end_ui, row_ui};
use super::words::export::{self, Word};
use super::words::{Words, notice};

/// How many columns stand in a row.
const IN_A_ROW: usize = 4;

/// What the dialog remembers.
#[derive(Default)]
pub struct ExportForm {
    /// The articles that were chosen, in their order; without any, the one that is read.
    chosen: Option<Arc<[ArticleId]>>,
    /// Whether these are exported, and not all that are listed.
    takes_chosen: bool,
    with_copies: bool,
    path: String,
    edit: EditState,
    is_begun: bool,
    /// The [`ExportView::n_picked`](crate::state::ExportView::n_picked) that was taken over.
    n_picked: u64,
    /// The path that came from the dialog of the system meanwhile, which has asked whether a file is replaced.
    picked: Option<PathBuf>,
}

impl ExportForm {
    /// For what is listed, or for these articles.
    pub fn new(chosen: Option<Arc<[ArticleId]>>) -> Self {
        Self {
            takes_chosen: chosen.is_some(),
            chosen,
            ..Self::default()
        }
    }

    fn scope(&self) -> ExportScope {
        match &self.chosen {
            Some(articles) if self.takes_chosen => ExportScope::These(Arc::clone(articles)),
            _ => ExportScope::Shown {
                with_copies: self.with_copies,
            },
        }
    }

    /// Offers a path at first, and takes over one from the dialog of the system.
    fn follow(&mut self, view: View<'_>) {
        let archive = &view.state.archive;
        if !std::mem::replace(&mut self.is_begun, true) {
            self.n_picked = archive.exporting.n_picked;
            if !archive.picked.articles.is_empty() {
                self.chosen = Some(archive.picked.articles.as_slice().into());
                self.takes_chosen = true;
            }
            if self.chosen.is_none() {
                self.chosen = archive.reading.wanted.map(|it| [it].into());
            }
            let choice = &view.state.settings.export;
            let folder = choice.folder.clone().or_else(env::home_dir).unwrap_or_default();
            self.path = folder.join(export_file_name(view.state)).display().to_string();
        }
        if self.n_picked != archive.exporting.n_picked {
            self.n_picked = archive.exporting.n_picked;
            self.picked.clone_from(&archive.exporting.picked);
            if let Some(path) = &self.picked {
                self.path = path.display().to_string();
            }
        }
    }

    /// Gives the file the ending of another format.
    fn set_format(&mut self, format: ExportFormat) {
        let path = Path::new(&self.path).with_extension(format.extension());
        self.path = path.display().to_string();
    }
}

/// The name that is offered for the file: what was searched for, or the archive.
pub fn export_file_name(state: &AppState) -> String {
    let (archive, words) = (&state.archive, Words(&state.settings));
    let name = archive.open.as_ref().map(|it| notice::archive(words, &it.root));
    let name = name.unwrap_or_else(|| words.app_name().to_owned());
    file_name(&archive.search.request.query_text, &name, state.settings.export.format)
}

/// Draws the dialog; returns whether it is done with.
pub fn export_ui(ui: &mut Ui, view: View<'_>, it: &mut ExportForm, commands: &mut Vec<Command>) -> bool {
    it.follow(view);
    let words = view.words;
    let Some(page) = &view.state.archive.search.results.value else {
        text::line_ui(ui, export::word(words, Word::NothingChosen), &view.weak());
        return false;
    };
    let mut choice = view.state.settings.export.clone();
    labelled_ui(ui, view, export::word(words, Word::Format), |ui| {
        let formats = ExportFormat::ALL.map(|it| (it, export::format(words, it)));
        let name = export::word(words, Word::Format);
        text::combo_ui(ui, "export format", name, &mut choice.format, &formats);
    });
    if choice.format != view.state.settings.export.format {
        it.set_format(choice.format);
    }
    scope_ui(ui, view, it, page);
    if choice.format == ExportFormat::Csv {
        csv_ui(ui, view, &mut choice.csv);
    }
    match choice.format.layout() {
        Some(layout) => columns_ui(ui, view, layout, &mut choice),
        None if choice.format == ExportFormat::Dossier => {
            text::text_ui(ui, export::word(words, Word::DossierHolds), &view.weak());
            row_ui(ui, view, 34.0, |ui| {
                let label = export::word(words, Word::WithOriginals);
                if text::checkbox_ui(ui, label, choice.with_originals).clicked() {
                    choice.with_originals = !choice.with_originals;
                }
            });
        }
        None => {
            text::text_ui(ui, export::word(words, Word::OwnFields), &view.weak());
            ui.add_space(6.0);
        }
    }
    let is_submitted = path_ui(ui, view, it, commands);
    let (n_articles, path) = (it.scope().n_articles(page), it.path.trim());
    let is_running = view.state.archive.exporting.running.is_some();
    let has_columns = choice.format.layout().is_none() || !choice.columns().is_empty();
    let can = n_articles != 0 && has_columns && !path.is_empty() && !is_running;
    let mut is_done = false;
    row_ui(ui, view, 42.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let button = ui.add_enabled_ui(can, |ui| text::primary_button_ui(ui, export::word(words, Word::Export)));
        if can && (button.inner.clicked() || is_submitted) {
            commands.push(Command::Export(Box::new(request(view, it, &choice))));
            is_done = true;
        }
        is_done |= text::button_ui(ui, words.cancel()).clicked();
        let hint = match (is_running, n_articles) {
            (true, _) => Some(Word::Running),
            (false, 0) => Some(Word::NothingChosen),
            (false, _) => None,
        };
        if let Some(hint) = hint {
            text::line_ui(ui, export::word(words, hint), &view.weak());
        }
    });
    if choice != view.state.settings.export && !is_done {
        let mut settings = view.state.settings.clone();
        settings.export = choice;
        commands.push(Command::SetSettings(settings));
    }
    is_done
}

fn request(view: View<'_>, it: &ExportForm, choice: &ExportChoice) -> ExportRequest {
    let path = PathBuf::from(it.path.trim());
    ExportRequest {
        scope: it.scope(),
        choice: choice.clone(),
        words: words_of(view),
        replaces: it.picked.as_ref() == Some(&path),
        path,
    }
}

/// Which articles, with their number.
fn scope_ui(ui: &mut Ui, view: View<'_>, it: &mut ExportForm, page: &ResultPage) {
    let words = view.words;
    labelled_ui(ui, view, export::word(words, Word::Articles), |ui| {
        let all = ExportScope::Shown {
            with_copies: it.with_copies,
        };
        let all = export::shown(words, all.n_articles(page));
        if text::radio_ui(ui, &all, !it.takes_chosen).clicked() {
            it.takes_chosen = false;
        }
        let Some(chosen) = &it.chosen else { return };
        let chosen = match chosen.len() {
            1 => export::word(words, Word::ChosenOne).to_owned(),
            n => export::chosen(words, n as u64),
        };
        if text::radio_ui(ui, &chosen, it.takes_chosen).clicked() {
            it.takes_chosen = true;
        }
    });
    if !page.copies.is_empty() && !it.takes_chosen {
        row_ui(ui, view, 38.0, |ui| {
            // Below what stands beside the labels.
            ui.add_space(130.0);
            if text::checkbox_ui(ui, export::word(words, Word::WithCopies), it.with_copies).clicked() {
                it.with_copies = !it.with_copies;
            }
        });
    }
}

/// How a table of text is written.
fn csv_ui(ui: &mut Ui, view: View<'_>, look: &mut CsvLook) {
    let words = view.words;
    labelled_ui(ui, view, export::word(words, Word::Separator), |ui| {
        let separators = Separator::ALL.map(|it| (it, export::separator(words, it)));
        let name = export::word(words, Word::Separator);
        text::combo_ui(ui, "separator", name, &mut look.separator, &separators);
        if text::checkbox_ui(ui, export::word(words, Word::Bom), look.has_bom).clicked() {
            look.has_bom = !look.has_bom;
        }
        if text::button_ui(ui, export::word(words, Word::ExcelInArabic)).clicked() {
            *look = CsvLook::EXCEL_IN_ARABIC;
        }
    });
}

/// The columns, a box for each.
fn columns_ui(ui: &mut Ui, view: View<'_>, layout: ExportLayout, choice: &mut ExportChoice) {
    let words = view.words;
    let chosen = choice.columns_mut(layout);
    labelled_ui(ui, view, export::word(words, Word::Columns), |ui| {
        if text::button_ui(ui, export::word(words, Word::AllColumns)).clicked() {
            *chosen = ExportColumn::ALL.to_vec();
        }
        if text::button_ui(ui, export::word(words, Word::UsualColumns)).clicked() {
            *chosen = ExportColumn::usual(layout);
        }
    });
    let width = (ui.available_width() / IN_A_ROW as f32).floor();
    for columns in ExportColumn::ALL.chunks(IN_A_ROW) {
        row_ui(ui, view, 30.0, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for column in columns {
                ui.allocate_ui_with_layout(vec2(width, 30.0), view.direction.row(), |ui| {
                    ui.set_min_width(width);
                    let is_on = chosen.contains(column);
                    if text::checkbox_ui(ui, export::column(words, *column), is_on).clicked() {
                        let toggled = |it: &ExportColumn| chosen.contains(it) != (it == column);
                        *chosen = ExportColumn::ALL.into_iter().filter(toggled).collect();
                    }
                });
            }
        });
    }
    ui.add_space(6.0);
}

/// Where to. Returns whether Enter was pressed in the field.
fn path_ui(ui: &mut Ui, view: View<'_>, it: &mut ExportForm, commands: &mut Vec<Command>) -> bool {
    let label = export::word(view.words, Word::File);
    let mut is_submitted = false;
    labelled_ui(ui, view, label, |ui| {
        let (edit, path) = (&mut it.edit, &mut it.path);
        let field = |ui: &mut Ui| {
            let options = EditOptions {
                kind: EditKind::Line,
                hint: label,
                name: label,
            };
            is_submitted = text::edit_ui(ui, Id::unique("export path"), edit, path, options).submitted;
        };
        middle_and_end_ui(ui, view, "export path", field, |ui| {
            if text::button_ui(ui, export::word(view.words, Word::Choose)).clicked() {
                commands.push(Command::PickFile(FilePurpose::Export));
            }
        });
    });
    is_submitted
}
