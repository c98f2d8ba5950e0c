//! The dialogs: what is chosen once and for all, and what the keys do.

use std::path::PathBuf;

use egui::{Id, Ui, vec2};

use crate::arabic::month::MonthNames;
use crate::arabic::number::Numerals;
use crate::entities::EntityId;
use crate::state::{Command, Language, ReadingFace, Settings, ThemeChoice, WeekStart};
use crate::text::{self, TextStyle};

use super::entity::{EntityForm, entity_ui};
use super::facet_values::{FacetValues, facet_values_ui};
use super::file_reading::{FileReading, dialog_id, file_reading_ui};
use super::review::{corrections_ui, suggestions_ui};
use super::searches::{SearchesForm, searches_ui};
use super::{View, row_ui};

/// Which dialog is open.
#[derive(Default)]
pub enum Dialog {
    /// None.
    #[default]
    None,
    /// The settings, at one of their pages.
    Settings {
        /// The page, from 0.
        page: usize,
    },
    /// The keys.
    Shortcuts,
    /// What could not be read: paths and reasons.
    UnreadableFiles(Vec<(PathBuf, String)>),
    /// What is known better of a name.
    Entity(Box<EntityForm>),
    /// The names that may be one: all, or those that may be this one.
    Suggestions(Option<EntityId>),
    /// What was corrected of names.
    Corrections,
    /// How a file is read.
    FileReading(FileReading),
    /// All values of a facet.
    FacetValues(Box<FacetValues>),
    /// The saved and the recent searches.
    Searches(Box<SearchesForm>),
}

const MONTH_NAMES: [MonthNames; 4] = [
    MonthNames::Egypt,
    MonthNames::Levant,
    MonthNames::Maghreb,
    MonthNames::Morocco,
];

/// Draws the open dialog over the window.
pub fn dialogs_ui(ui: &Ui, view: View<'_>, dialog: &mut Dialog, commands: &mut Vec<Command>) {
    let ctx = ui.ctx();
    let mut next = None;
    let is_closed = match dialog {
        Dialog::None => false,
        Dialog::Settings { page } => text::dialog_ui(ctx, Id::unique("settings"), view.words.settings(), 520.0, |ui| {
            settings_ui(ui, view, page, commands);
        }),
        Dialog::Shortcuts => text::dialog_ui(ctx, Id::unique("shortcuts"), view.words.shortcuts(), 560.0, |ui| {
            shortcuts_ui(ui, view);
        }),
        Dialog::UnreadableFiles(files) => {
            let title = view.words.unreadable_files();
            text::dialog_ui(ctx, Id::unique("unreadable files"), title, 640.0, |ui| {
                unreadable_ui(ui, view, files);
            })
        }
        Dialog::Entity(it) => {
            let mut is_done = false;
            let title = view.words.correcting(it.entity_name());
            let is_closed = text::dialog_ui(ctx, Id::unique("entity"), &title, 560.0, |ui| {
                is_done = entity_ui(ui, view, it, commands);
            });
            if is_closed || is_done {
                commands.push(Command::ClosePreview);
            }
            is_closed || is_done
        }
        Dialog::Suggestions(of) => {
            let mut looks = false;
            let title = view.words.suggestions();
            let is_closed = text::dialog_ui(ctx, Id::unique("suggestions"), title, 560.0, |ui| {
                looks = suggestions_ui(ui, view, of.as_ref(), commands);
            });
            is_closed || looks
        }
        Dialog::Corrections => {
            let (id, title) = (Id::unique("corrections"), view.words.corrections());
            let mut is_left = false;
            let is_closed = text::dialog_ui(ctx, id, title, 620.0, |ui| {
                is_left = corrections_ui(ui, view, commands);
            });
            is_closed || is_left
        }
        Dialog::FileReading(it) => {
            let mut is_done = false;
            let is_closed = text::dialog_ui(ctx, dialog_id(), view.words.how_file_is_read(), 520.0, |ui| {
                is_done = file_reading_ui(ui, view, it, commands);
            });
            is_closed || is_done
        }
        Dialog::FacetValues(it) => {
            let title = view.words.facet(it.facet());
            let is_closed = text::dialog_ui(ctx, Id::unique("facet values"), title, 460.0, |ui| {
                next = facet_values_ui(ui, view, it, commands);
            });
            if is_closed || next.is_some() {
                commands.push(Command::ListFacet(None));
            }
            is_closed
        }
        Dialog::Searches(it) => {
            let mut is_done = false;
            let is_closed = text::dialog_ui(ctx, Id::unique("searches"), view.words.searches(), 600.0, |ui| {
                is_done = searches_ui(ui, view, it, commands);
            });
            is_closed || is_done
        }
    };
    if is_closed {
        *dialog = Dialog::None;
    }
    if let Some(next) = next {
        *dialog = next;
    }
}

fn settings_ui(ui: &mut Ui, view: View<'_>, page: &mut usize, commands: &mut Vec<Command>) {
    let words = view.words;
    let tabs = [words.appearance(), words.reading(), words.numbers_and_dates()];
    text::tabs_ui(ui, "settings pages", words.settings(), page, &tabs);
    ui.add_space(12.0);
    let mut settings = view.state.settings.clone();
    // As high as the highest page, so that nothing jumps.
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), 330.0), egui::Sense::hover());
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
    match page {
        0 => appearance_ui(&mut ui, view, &mut settings),
        1 => reading_ui(&mut ui, view, &mut settings),
        _ => numbers_ui(&mut ui, view, &mut settings),
    }
    if settings != view.state.settings {
        commands.push(Command::SetSettings(settings));
    }
}

fn appearance_ui(ui: &mut Ui, view: View<'_>, settings: &mut Settings) {
    let words = view.words;
    let languages = [(Language::Arabic, "العربية"), (Language::English, "English")];
    choices_ui(ui, view, words.language(), &mut settings.language, &languages);
    let themes = [
        (ThemeChoice::Light, words.theme_light()),
        (ThemeChoice::Dark, words.theme_dark()),
        (ThemeChoice::HighContrast, words.theme_high_contrast()),
    ];
    choices_ui(ui, view, words.theme(), &mut settings.theme, &themes);
}

fn reading_ui(ui: &mut Ui, view: View<'_>, settings: &mut Settings) {
    let words = view.words;
    let faces = [
        (ReadingFace::Naskh, words.face_naskh()),
        (ReadingFace::Amiri, words.face_amiri()),
        (ReadingFace::Sans, words.face_sans()),
    ];
    choices_ui(ui, view, words.reading_face(), &mut settings.reading_face, &faces);
    let size = &mut settings.reading_size;
    labelled_ui(ui, view, words.reading_size(), |ui| {
        text::slider_ui(ui, words.reading_size(), size, Settings::READING_SIZES, 1.0, |it| {
            words.decimal(it, 0)
        });
    });
    let leading = &mut settings.reading_leading;
    labelled_ui(ui, view, words.reading_leading(), |ui| {
        let range = Settings::READING_LEADINGS;
        text::slider_ui(ui, words.reading_leading(), leading, range, 0.05, |it| {
            words.decimal(it, 2)
        });
    });
    row_ui(ui, view, 34.0, |ui| {
        if text::checkbox_ui(ui, words.justified(), settings.justified).clicked() {
            settings.justified = !settings.justified;
        }
    });
    row_ui(ui, view, 34.0, |ui| {
        if text::checkbox_ui(ui, words.add_new_files(), settings.adds_new_files).clicked() {
            settings.adds_new_files = !settings.adds_new_files;
        }
    });
    ui.add_space(8.0);
    egui::Frame::new()
        .fill(view.theme.palette.sunken)
        .corner_radius(6.0)
        .inner_margin(12.0)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let look = super::theme::look(settings);
            text::text_ui(ui, words.pangram(), &TextStyle::body(&look));
        });
}

fn numbers_ui(ui: &mut Ui, view: View<'_>, settings: &mut Settings) {
    let words = view.words;
    let numerals = [(Numerals::Western, "0123456789"), (Numerals::ArabicIndic, "٠١٢٣٤٥٦٧٨٩")];
    choices_ui(ui, view, words.numerals(), &mut settings.numerals, &numerals);
    let names: Vec<String> = MONTH_NAMES.iter().map(|it| words.month_names_of(*it)).collect();
    let mut selected = MONTH_NAMES
        .iter()
        .position(|it| *it == settings.month_names)
        .unwrap_or(0);
    labelled_ui(ui, view, words.month_names(), |ui| {
        text::combo_ui(ui, "month names", words.month_names(), &mut selected, &names);
    });
    settings.month_names = MONTH_NAMES[selected];
    let starts = [
        (WeekStart::Saturday, words.saturday()),
        (WeekStart::Sunday, words.sunday()),
        (WeekStart::Monday, words.monday()),
    ];
    choices_ui(ui, view, words.week_start(), &mut settings.week_start, &starts);
    row_ui(ui, view, 38.0, |ui| {
        if text::checkbox_ui(ui, words.use_inferred_dates(), settings.uses_inferred_dates).clicked() {
            settings.uses_inferred_dates = !settings.uses_inferred_dates;
        }
    });
    row_ui(ui, view, 38.0, |ui| {
        if text::checkbox_ui(ui, words.spell_as_typed(), settings.spells_as_typed).clicked() {
            settings.spells_as_typed = !settings.spells_as_typed;
        }
    });
}

/// A label and, in the same row, radio buttons for what may be chosen.
fn choices_ui<T: Copy + PartialEq>(ui: &mut Ui, view: View<'_>, label: &str, chosen: &mut T, choices: &[(T, &str)]) {
    labelled_ui(ui, view, label, |ui| {
        for (value, name) in choices {
            if text::radio_ui(ui, name, chosen == value).clicked() {
                *chosen = *value;
            }
        }
    });
}

/// A label and what it names in one row.
pub fn labelled_ui(ui: &mut Ui, view: View<'_>, label: &str, add: impl FnOnce(&mut Ui)) {
    const LABEL_WIDTH: f32 = 120.0;
    row_ui(ui, view, 38.0, |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let (rect, response) = ui.allocate_exact_size(vec2(LABEL_WIDTH, 34.0), egui::Sense::hover());
        let style = view.style().color(view.theme.palette.weak_text);
        text::paint_line(ui, rect, label, &[], &style, text::LineAlign::Start);
        text::name(&response, label);
        add(ui);
    });
}

/// The files that could not be read, each with the reason below it.
fn unreadable_ui(ui: &mut Ui, view: View<'_>, files: &[(PathBuf, String)]) {
    const MAX_HEIGHT: f32 = 420.0;
    const MOST: usize = 500;
    let height = (files.len() as f32 * 52.0).min(MAX_HEIGHT);
    scrolled_ui(ui, "unreadable", height, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (path, reason) in files.iter().take(MOST) {
            row_ui(ui, view, 26.0, |ui| {
                text::line_ui(ui, &super::strings::isolated(path), &view.style());
            });
            row_ui(ui, view, 26.0, |ui| {
                text::line_ui(ui, &super::strings::isolate(reason), &view.weak());
            });
        }
    });
}

/// What is scrolled within a dialog: so high, if the window is.
pub fn scrolled_ui(ui: &mut Ui, id_salt: &str, height: f32, add: impl FnOnce(&mut Ui)) {
    /// The rest of the dialog and the room around it.
    const BESIDE: f32 = 220.0;
    let room = (ui.ctx().content_rect().height() - BESIDE).max(120.0);
    let size = vec2(ui.available_width(), height.min(room));
    let (room, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
    text::scroll_area_ui(&mut ui, id_salt, add);
}

fn shortcuts_ui(ui: &mut Ui, view: View<'_>) {
    const ROW: f32 = 26.0;
    const GAP: f32 = 8.0;
    let table = view.words.key_table();
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
fn keys_ui(ui: &mut Ui, view: View<'_>, keys: &[(&str, &str)]) {
    const KEYS_WIDTH: f32 = 200.0;
    for (keys, what) in keys {
        row_ui(ui, view, 26.0, |ui| {
            let (rect, response) = ui.allocate_exact_size(vec2(KEYS_WIDTH, 24.0), egui::Sense::hover());
            let keys = super::strings::isolate_ltr(keys);
            text::paint_line(ui, rect, &keys, &[], &view.weak(), text::LineAlign::Start);
            text::name(&response, &keys);
            text::line_ui(ui, what, &view.style().size(13.5));
        });
    }
}
