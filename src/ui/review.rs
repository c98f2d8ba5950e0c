//! What is reviewed: names that may be one, and the corrections that were made.

use egui::{Sense, Ui, vec2};

use crate::entities::{Correction, EntityId};
use crate::index::Quote;
use crate::state::{Command, FilePurpose, NamedSuggestion};
use crate::text::{self, Direction};

use super::layout::{View, marks, missing_ui, row_ui, scrolled_ui, set_label};
use super::words::{count, date, isolate, notice};

/// How high a suggestion is, in points, with a quotation of two lines for each name.
const SUGGESTION_HEIGHT: f32 = 264.0;
/// How high a correction is, in points.
const CORRECTION_HEIGHT: f32 = 37.0;
/// How high the lists are at most, in points.
const MAX_HEIGHT: f32 = 400.0;
/// At most this many suggestions are listed; the next ones follow when these are decided. A guess.
const MAX_SUGGESTIONS: usize = 60;

/// Draws the names that may be one, all or those that may be `of`; returns whether two of them are to be looked at.
pub fn suggestions_ui(ui: &mut Ui, view: View<'_>, of: Option<&EntityId>, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let is_wanted = |it: &&NamedSuggestion| of.is_none_or(|of| it.into == *of || it.from == *of);
    let all = &view.state.archive.correcting.suggestions;
    let wanted: Vec<&NamedSuggestion> = match all.shown(|all| !all.iter().any(|it| is_wanted(&it))) {
        Ok(all) => all.iter().filter(is_wanted).collect(),
        Err(why) => {
            missing_ui(ui, view, why, words.no_suggestions());
            return false;
        }
    };
    if MAX_SUGGESTIONS < wanted.len() {
        text::text_ui(ui, &count::first_of(words, MAX_SUGGESTIONS, wanted.len()), &view.weak());
    }
    let mut looks = false;
    let height = (wanted.len() as f32 * SUGGESTION_HEIGHT).min(MAX_HEIGHT);
    scrolled_ui(ui, "suggestions", height, |ui| {
        for it in wanted.iter().take(MAX_SUGGESTIONS) {
            ui.push_id((&it.into.0, &it.from.0), |ui| {
                looks |= suggestion_ui(ui, view, it, commands);
            });
        }
    });
    looks
}

/// Returns whether both are to be looked at.
fn suggestion_ui(ui: &mut Ui, view: View<'_>, it: &NamedSuggestion, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let color = view.theme.entity(it.kind);
    let names = [
        (&it.into_name, it.into_articles, &it.into_quote),
        (&it.from_name, it.from_articles, &it.from_quote),
    ];
    for (name, articles, quote) in names {
        row_ui(ui, view, 24.0, |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            text::line_ui(ui, &isolate(name), &view.style().bold().color(color));
            text::line_ui(ui, &count::n_articles(words, articles), &view.weak());
        });
        if let Some(quote) = quote {
            quote_ui(ui, view, quote);
        }
    }
    row_ui(ui, view, 22.0, |ui| {
        text::line_ui(ui, words.reason(it.reason), &view.weak())
    });
    let mut looks = false;
    row_ui(ui, view, 36.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let button_ui = |ui: &mut Ui, name: &str| {
            let response = text::button_ui(ui, name);
            set_label(ui, &response, &[name, &it.into_name, &it.from_name]);
            response.clicked()
        };
        if button_ui(ui, words.merge()) {
            commands.push(Command::Correct(Correction::Merge {
                from: it.from.clone(),
                into: it.into.clone(),
            }));
        }
        if button_ui(ui, words.keep_apart()) {
            commands.push(Command::Correct(Correction::KeepApart {
                a: it.into.clone(),
                b: it.from.clone(),
            }));
        }
        if button_ui(ui, words.look()) {
            commands.push(Command::ShowEntity {
                id: it.into.clone(),
                with: vec![it.from.clone()],
            });
            looks = true;
        }
    });
    ui.add_space(10.0);
    looks
}

/// Draws what an article says, with the name marked, and which article that is.
fn quote_ui(ui: &mut Ui, view: View<'_>, quote: &Quote) {
    const N_LINES: usize = 2;
    let style = view.style().size(13.0);
    let height = style.size * style.leading * N_LINES as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let said = &quote.snippet.text;
    let side = Direction::of(said).unwrap_or(view.direction);
    text::paint_lines(
        ui,
        rect,
        said,
        &marks(view, &quote.snippet.matches),
        &style,
        side,
        N_LINES,
    );
    set_label(ui, &response, &[said]);
    row_ui(ui, view, 20.0, |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        text::line_ui(ui, &date::published(view.words, quote.published), &view.weak());
        text::line_ui(ui, &isolate(&quote.title), &view.weak());
    });
}

/// Draws all corrections, the last one first, each with a button that takes it back; returns whether a file is chosen
/// instead, for which the dialog makes room.
pub fn corrections_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let corrections = view.state.archive.correcting.corrections.all();
    let name = |id: &EntityId| view.state.archive.correcting.name_of(id);
    let mut purpose = None;
    row_ui(ui, view, 38.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if text::button_ui(ui, words.import()).clicked() {
            purpose = Some(FilePurpose::ImportCorrections);
        }
        if !corrections.is_empty() && text::button_ui(ui, words.export()).clicked() {
            purpose = Some(FilePurpose::ExportCorrections);
        }
        let told = match corrections.len() {
            0 => words.no_corrections().to_owned(),
            n => count::n_corrections(words, n),
        };
        text::line_ui(ui, &told, &view.weak());
    });
    commands.extend(purpose.map(Command::PickFile));
    if corrections.is_empty() {
        return purpose.is_some();
    }
    ui.add_space(6.0);
    let height = (corrections.len() as f32 * CORRECTION_HEIGHT).min(MAX_HEIGHT);
    scrolled_ui(ui, "corrections", height, |ui| {
        for (idx, correction) in corrections.iter().enumerate().rev() {
            let told = notice::correction(words, correction, name);
            ui.push_id(idx, |ui| {
                row_ui(ui, view, 34.0, |ui| {
                    ui.spacing_mut().item_spacing.x = 10.0;
                    let response = text::button_ui(ui, words.undo());
                    set_label(ui, &response, &[words.undo(), &told]);
                    if response.clicked() {
                        commands.push(Command::UndoCorrection(Some(idx)));
                    }
                    let response = text::line_ui(ui, &told, &view.style());
                    text::tooltip(&response, &told);
                });
            });
        }
    });
    purpose.is_some()
}
