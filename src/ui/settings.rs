//! The dialog of the settings: what is chosen once and for all.

use egui::{Sense, Ui, UiBuilder, vec2};

use crate::arabic::month::MonthNames;
use crate::state::{CitationStyle, Command, Language, NumeralChoice, ReadingFace, Settings, ThemeChoice, WeekStart};
use crate::text::{self, TextStyle};

use super::layout::{View, labelled_ui, row_ui};
use super::theme;
use super::words::export::{self, Word};
use super::words::{count, date, mark, original};

const MONTH_NAMES: [MonthNames; 4] = [
    MonthNames::Egypt,
    MonthNames::Levant,
    MonthNames::Maghreb,
    MonthNames::Morocco,
];

/// What can be chosen, in groups that fit the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsPage {
    /// Language and theme.
    General,
    /// How articles are set, and whether new files are added at once.
    Reading,
    /// Digits, months, weeks, dates, spelling.
    Numbers,
}

/// Draws the page that is open, below the names of all.
pub fn settings_ui(ui: &mut Ui, view: View<'_>, page: &mut SettingsPage, commands: &mut Vec<Command>) {
    let words = view.words;
    let pages = [
        (SettingsPage::General, words.general()),
        (SettingsPage::Reading, words.reading()),
        (SettingsPage::Numbers, words.numbers_and_dates()),
    ];
    text::tabs_ui(ui, "settings pages", words.settings(), page, &pages);
    ui.add_space(12.0);
    let mut settings = view.state.settings.clone();
    // As high as the highest page, so that nothing jumps.
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), 330.0), Sense::hover());
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room));
    match page {
        SettingsPage::General => general_ui(&mut ui, view, &mut settings),
        SettingsPage::Reading => reading_ui(&mut ui, view, &mut settings),
        SettingsPage::Numbers => numbers_ui(&mut ui, view, &mut settings),
    }
    if settings != view.state.settings {
        commands.push(Command::SetSettings(settings));
    }
}

fn general_ui(ui: &mut Ui, view: View<'_>, settings: &mut Settings) {
    let words = view.words;
    let languages = [(Language::Arabic, "العربية"), (Language::English, "English")];
    choices_ui(ui, view, words.language(), &mut settings.language, &languages);
    let themes = [
        (ThemeChoice::System, words.theme_system()),
        (ThemeChoice::Light, words.theme_light()),
        (ThemeChoice::Dark, words.theme_dark()),
        (ThemeChoice::HighContrast, words.theme_high_contrast()),
    ];
    choices_ui(ui, view, words.theme(), &mut settings.theme, &themes);
    row_ui(ui, view, 38.0, |ui| {
        if text::checkbox_ui(ui, words.reduce_motion(), settings.reduces_motion).clicked() {
            settings.reduces_motion = !settings.reduces_motion;
        }
    });
    row_ui(ui, view, 38.0, |ui| {
        if text::checkbox_ui(ui, mark::marks_read(words), settings.marks_read).clicked() {
            settings.marks_read = !settings.marks_read;
        }
    });
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
            count::decimal(words, it, 0)
        });
    });
    let leading = &mut settings.reading_leading;
    labelled_ui(ui, view, words.reading_leading(), |ui| {
        let range = Settings::READING_LEADINGS;
        text::slider_ui(ui, words.reading_leading(), leading, range, 0.05, |it| {
            count::decimal(words, it, 2)
        });
    });
    row_ui(ui, view, 34.0, |ui| {
        if text::checkbox_ui(ui, words.justified(), settings.justified).clicked() {
            settings.justified = !settings.justified;
        }
    });
    row_ui(ui, view, 34.0, |ui| {
        if text::checkbox_ui(ui, original::show_pictures(words), settings.shows_pictures).clicked() {
            settings.shows_pictures = !settings.shows_pictures;
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
            let look = theme::look(settings, view.state.system_theme);
            text::text_ui(ui, words.pangram(), &TextStyle::body(&look));
        });
}

fn numbers_ui(ui: &mut Ui, view: View<'_>, settings: &mut Settings) {
    let words = view.words;
    let numerals = [
        (NumeralChoice::AsLanguage, words.as_language()),
        (NumeralChoice::Western, "0123456789"),
        (NumeralChoice::ArabicIndic, "٠١٢٣٤٥٦٧٨٩"),
    ];
    choices_ui(ui, view, words.numerals(), &mut settings.numerals, &numerals);
    let month_names = MONTH_NAMES.map(|it| (it, date::month_names_of(words, it)));
    labelled_ui(ui, view, words.month_names(), |ui| {
        let chosen = &mut settings.month_names;
        text::combo_ui(ui, "month names", words.month_names(), chosen, &month_names);
    });
    let starts = [
        (WeekStart::Saturday, words.saturday()),
        (WeekStart::Sunday, words.sunday()),
        (WeekStart::Monday, words.monday()),
    ];
    choices_ui(ui, view, words.week_start(), &mut settings.week_start, &starts);
    let styles = CitationStyle::ALL.map(|it| (it, export::style(words, it)));
    let style = export::word(words, Word::Style);
    choices_ui(ui, view, style, &mut settings.export.style, &styles);
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
        // In a row below where there is no room, as with large type.
        let size = vec2(ui.available_width(), 34.0);
        ui.allocate_ui_with_layout(size, view.direction.row().with_main_wrap(true), |ui| {
            for (value, name) in choices {
                if text::radio_ui(ui, name, chosen == value).clicked() {
                    *chosen = *value;
                }
            }
        });
    });
}
