//! The files of the folder that are not in the index as they are: those that could not be read, that are missing, that were
//! left out; and the question whether the missing ones are to be forgotten.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use crate::state::{Command, LeftOutFile, MissingFiles, OtherProgram, UnreadableFile};
use crate::text;

use super::dialog_request::DialogRequest;
use super::layout::{View, middle_and_end_ui, row_ui, scrolled_ui};
use super::menu_action::MenuAction;
use super::words::{count, facts, isolated, notice, reason};

const ROW: f32 = 26.0;
/// The row of a file has buttons.
const FILE_ROW: f32 = 34.0;
/// How far what is in a part stands in below its title, in points.
const INDENT: f32 = 20.0;
/// How high the lists are at most, in points.
const MAX_HEIGHT: f32 = 460.0;
/// Of each part at most this many files are listed: all are drawn, in view or not. A guess.
const MAX_FILES: usize = 300;

/// What the dialog remembers.
#[derive(Default)]
pub struct FileLists {
    /// The parts that were opened or folded by hand.
    turned: Vec<&'static str>,
}

/// A part of the lists, worked out before anything is drawn.
struct Part<'a> {
    title: &'static str,
    n_files: u64,
    files: Files<'a>,
    is_open_at_first: bool,
}

enum Files<'a> {
    /// With the reasons.
    Unreadable(Vec<&'a UnreadableFile>),
    Missing(&'a MissingFiles),
    /// The title says why.
    LeftOut(Vec<&'a LeftOutFile>),
}

/// Whether there is anything to list.
pub fn has_file_lists(view: View<'_>) -> bool {
    !parts(view).is_empty()
}

fn parts(view: View<'_>) -> Vec<Part<'_>> {
    let Some(open) = &view.state.archive.open else {
        return Vec::new();
    };
    let words = view.words;
    let mut parts = Vec::new();
    let summary = open.summary.as_ref();
    let unreadable: Vec<&UnreadableFile> = summary.iter().flat_map(|it| &it.unreadable).collect();
    if !unreadable.is_empty() {
        parts.push(Part {
            title: words.could_not_be_read(),
            n_files: unreadable.len() as u64,
            files: Files::Unreadable(unreadable),
            is_open_at_first: true,
        });
    }
    if !open.missing.paths.is_empty() {
        parts.push(Part {
            title: words.no_longer_in_folder(),
            n_files: open.missing.paths.len() as u64,
            files: Files::Missing(&open.missing),
            is_open_at_first: true,
        });
    }
    let n_before = parts.len();
    for file in summary.iter().flat_map(|it| &it.left_out_files) {
        let title = words.left_out(file.reason);
        let group = parts[n_before..].iter().position(|it| it.title == title);
        let idx = group.map_or(parts.len(), |it| n_before + it);
        if idx == parts.len() {
            parts.push(Part {
                title,
                n_files: 0,
                files: Files::LeftOut(Vec::new()),
                is_open_at_first: false,
            });
        }
        let part = &mut parts[idx];
        part.n_files += file.reason.n();
        if let Files::LeftOut(files) = &mut part.files {
            files.push(file);
        }
    }
    parts[n_before..].sort_by_key(|it| std::cmp::Reverse(it.n_files));
    parts
}

/// Draws the lists. Whether the missing files are to be forgotten is asked by the next dialog.
pub fn file_lists_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: &mut FileLists,
    next: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let parts = parts(view);
    if parts.is_empty() {
        text::text_ui(ui, view.words.all_files_read(), &view.weak());
        return;
    }
    let is_open = |part: &Part<'_>| it.turned.contains(&part.title) != part.is_open_at_first;
    let n_before = parts
        .iter()
        .take_while(|it| !matches!(it.files, Files::LeftOut(_)))
        .count();
    let height: f32 = ROW + parts.iter().map(|part| part_height(part, is_open(part))).sum::<f32>();
    let mut turned = None;
    let mut chosen = None;
    row_ui(ui, view, ROW, |ui| {
        if text::button_ui(ui, view.words.copy_list()).clicked() {
            chosen = Some(MenuAction::Copy(as_text(view, &parts)));
        }
    });
    scrolled_ui(ui, "files", height.min(MAX_HEIGHT), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (idx, part) in parts.iter().enumerate() {
            if idx == n_before {
                row_ui(ui, view, ROW, |ui| {
                    text::line_ui(ui, view.words.left_out_on_purpose(), &view.weak())
                });
            }
            let is_open = is_open(part);
            let n_files = count::number(view.words, part.n_files);
            let color = view.theme.palette.strong_text;
            if text::branch_ui(ui, part.title, &n_files, color, is_open).clicked() {
                turned = Some(part.title);
            }
            if is_open {
                chosen = ui
                    .push_id(part.title, |ui| files_ui(ui, view, part, next))
                    .inner
                    .or(chosen.take());
            }
        }
    });
    if let Some(action) = chosen {
        action.run(ui.ctx(), next, commands);
    }
    if let Some(title) = turned {
        match it.turned.iter().position(|it| *it == title) {
            Some(idx) => drop(it.turned.remove(idx)),
            None => it.turned.push(title),
        }
    }
}

/// All that is listed, also what is folded or beyond [`MAX_FILES`], a file a line: its path, and behind a tab why.
fn as_text(view: View<'_>, parts: &[Part<'_>]) -> String {
    let mut lines = Vec::new();
    for part in parts {
        let n_files = count::number(view.words, part.n_files);
        lines.push(format!("{} ({n_files})", part.title));
        match &part.files {
            Files::Unreadable(files) => lines.extend(files.iter().map(|file| unreadable_line(view, file))),
            Files::Missing(missing) => lines.extend(missing.paths.iter().map(|it| it.display().to_string())),
            Files::LeftOut(files) => {
                let listed = files.iter().filter(|it| !it.path.as_os_str().is_empty());
                lines.extend(listed.map(|it| it.path.display().to_string()));
            }
        }
        lines.push(String::new());
    }
    lines.join("\n")
}

/// A file that could not be read, behind a tab why and what to do, and what the system says.
fn unreadable_line(view: View<'_>, file: &UnreadableFile) -> String {
    let reason = reason::with_advice(view.words, &file.reason);
    let details = reason.details.map_or_else(String::new, |it| format!(" ({it})"));
    format!("{}\t{}{details}", file.path.display(), reason.text)
}

/// As high as [`files_ui`] draws it, so that the dialog is no higher than what is in it.
fn part_height(part: &Part<'_>, is_open: bool) -> f32 {
    const BRANCH: f32 = 30.0;
    if !is_open {
        return BRANCH;
    }
    let (n_files, n_rows) = match &part.files {
        Files::Unreadable(files) => (files.len(), files.len().min(MAX_FILES)),
        Files::Missing(missing) => (missing.paths.len(), 2),
        Files::LeftOut(files) => (files.len(), 0),
    };
    BRANCH + FILE_ROW * n_files.min(MAX_FILES) as f32 + ROW * (n_rows + 1) as f32
}

/// Draws the files of a part. Returns what was chosen for one of them.
fn files_ui(ui: &mut Ui, view: View<'_>, part: &Part<'_>, next: &mut Option<DialogRequest>) -> Option<MenuAction> {
    let mut chosen = None;
    let mut path_ui = |ui: &mut Ui, path: &PathBuf, copied: String| {
        let shown = isolated(path);
        let name_ui = |ui: &mut Ui| {
            ui.add_space(INDENT);
            let response = text::line_ui(ui, &shown, &view.style());
            text::tooltip(&response, &shown);
        };
        row_ui(ui, view, FILE_ROW, |ui| {
            middle_and_end_ui(ui, view, &shown, name_ui, |ui| {
                // No menu: it would open beside the dialog, under what dims the window.
                for (label, to) in [
                    (view.words.open_file(), OtherProgram::Usual),
                    (view.words.show_in_folder(), OtherProgram::FileManager),
                ] {
                    if text::button_ui(ui, label).clicked() {
                        chosen = Some(Command::HandOver(to, path.clone()).into());
                    }
                }
                if text::button_ui(ui, view.words.copy()).clicked() {
                    chosen = Some(MenuAction::Copy(copied));
                }
            });
        });
    };
    let n_listed = match &part.files {
        Files::Unreadable(files) => {
            for file in files.iter().take(MAX_FILES) {
                path_ui(ui, &file.path, unreadable_line(view, file));
                let reason = reason::with_advice(view.words, &file.reason);
                row_ui(ui, view, ROW, |ui| {
                    ui.add_space(INDENT);
                    let response = text::line_ui(ui, &reason.text, &view.weak());
                    let details = reason.details.as_deref();
                    let told: Vec<&str> = [Some(reason.text.as_str()), details].into_iter().flatten().collect();
                    text::tooltip(&response, &facts(&told));
                });
            }
            files.len()
        }
        Files::Missing(missing) => {
            row_ui(ui, view, ROW * 1.5, |ui| {
                ui.add_space(INDENT);
                if missing.folder_failure.is_none() && text::button_ui(ui, view.words.forget_missing()).clicked() {
                    *next = Some(DialogRequest::ForgetFiles(Arc::clone(&missing.paths)));
                }
            });
            let listed = missing.paths.iter().take(MAX_FILES);
            listed.for_each(|path| path_ui(ui, path, path.display().to_string()));
            missing.paths.len()
        }
        Files::LeftOut(files) => {
            let listed = files.iter().filter(|it| !it.path.as_os_str().is_empty());
            let listed = listed.take(MAX_FILES);
            listed.for_each(|file| path_ui(ui, &file.path, file.path.display().to_string()));
            part.n_files as usize
        }
    };
    row_ui(ui, view, ROW, |ui| {
        if MAX_FILES < n_listed {
            ui.add_space(INDENT);
            text::line_ui(ui, &count::first_of(view.words, MAX_FILES, n_listed), &view.weak());
        }
    });
    chosen
}

/// Asks whether these files are to be forgotten; returns whether that was answered.
pub fn forget_files_ui(ui: &mut Ui, view: View<'_>, files: &Arc<[PathBuf]>, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let n_files = files.len() as u64;
    text::text_ui(ui, &notice::forgetting(words, n_files), &view.style());
    ui.add_space(8.0);
    let n_listed = files.len().min(MAX_FILES);
    scrolled_ui(ui, "files to forget", (n_listed as f32 * ROW).min(ROW * 6.0), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for path in files.iter().take(MAX_FILES) {
            row_ui(ui, view, ROW, |ui| text::line_ui(ui, &isolated(path), &view.weak()));
        }
    });
    ui.add_space(10.0);
    let mut is_done = false;
    row_ui(ui, view, 36.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        // First, so that it is what an unconsidered key chooses.
        is_done |= text::primary_button_ui(ui, words.cancel()).clicked();
        if text::button_ui(ui, &notice::forget_n_files(words, n_files)).clicked() {
            commands.push(Command::ForgetFiles(Arc::clone(files)));
            is_done = true;
        }
    });
    is_done
}
