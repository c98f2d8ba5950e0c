//! The dialog in which a person corrects how a file, or a folder of files, is read.

use std::path::Path;

use egui::Ui;

use crate::archive::{Article, FieldRole, Format, ReadingRule};
use crate::state::Command;
use crate::text;

use super::layout::{View, labelled_ui, row_ui};
use super::words::{isolate, isolated};

/// Encodings that can be chosen; the others are hardly ever wrong.
const ENCODINGS: [&str; 7] = [
    "UTF-8",
    "windows-1256",
    "ISO-8859-6",
    "MacArabic",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
];

/// A correction that is being filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReading {
    /// The file, relative to the archive's folder, with "/" between the parts.
    file: String,
    /// What it was read as.
    found: (Format, &'static str),
    /// The chosen encoding; without one the one that is found out.
    encoding: Option<&'static str>,
    /// The chosen format; without one the one that is found out.
    format: Option<Format>,
    /// The fields and what they hold.
    fields: Vec<(String, FieldRole)>,
    found_fields: Vec<(String, FieldRole)>,
    /// Whether the correction is of all files in the file's folder that have its extension.
    of_folder: bool,
}

impl FileReading {
    /// The correction of the file that `article` came from, not yet changed.
    pub fn new(article: &Article) -> Self {
        let parts: Vec<_> = article
            .path
            .components()
            .map(|it| it.as_os_str().to_string_lossy())
            .collect();
        Self {
            file: parts.join("/"),
            found: (article.origin.format, article.encoding),
            fields: article.origin.fields.clone(),
            found_fields: article.origin.fields.clone(),
            ..Self::default()
        }
    }

    /// The files that are corrected: one, or a pattern.
    fn files(&self) -> String {
        if !self.of_folder {
            return self.file.clone();
        }
        let (folder, name) = self.file.rsplit_once('/').unwrap_or(("", &self.file));
        let pattern = name
            .rsplit_once('.')
            .map_or("*".to_owned(), |(_, extension)| format!("*.{extension}"));
        if folder.is_empty() {
            pattern
        } else {
            format!("{folder}/{pattern}")
        }
    }

    fn rule(&self) -> ReadingRule {
        let changed = self.fields.iter().filter(|it| !self.found_fields.contains(it));
        ReadingRule {
            files: self.files(),
            encoding: self.encoding.map(str::to_owned),
            format: self.format,
            fields: changed.cloned().collect(),
        }
    }
}

/// Draws the form; returns whether it is done with.
pub fn file_reading_ui(ui: &mut Ui, view: View<'_>, it: &mut FileReading, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let automatic = |found: &str| format!("{} ({})", words.automatic(), isolate(found));
    labelled_ui(ui, view, words.file(), |ui| {
        text::line_ui(ui, &isolated(Path::new(&it.file)), &view.style());
    });
    let mut encodings = vec![(None, automatic(it.found.1))];
    encodings.extend(ENCODINGS.map(|it| (Some(it), it.to_owned())));
    labelled_ui(ui, view, words.encoding(), |ui| {
        text::combo_ui(ui, "encoding", words.encoding(), &mut it.encoding, &encodings);
    });
    let mut formats = vec![(None, automatic(words.format(it.found.0)))];
    formats.extend(Format::ALL.map(|format| (Some(format), words.format(format).to_owned())));
    labelled_ui(ui, view, words.format_label(), |ui| {
        text::combo_ui(ui, "format", words.format_label(), &mut it.format, &formats);
    });
    let roles = FieldRole::ALL.map(|role| (role, words.field_role(role)));
    for (idx, (name, role)) in it.fields.iter_mut().enumerate().take(12) {
        labelled_ui(ui, view, &isolate(name), |ui| {
            text::combo_ui(ui, &format!("field {idx}"), name, role, &roles);
        });
    }
    labelled_ui(ui, view, words.holds_for(), |ui| {
        for (of_folder, label) in [(false, words.this_file()), (true, words.its_folder())] {
            if text::radio_ui(ui, label, it.of_folder == of_folder).clicked() {
                it.of_folder = of_folder;
            }
        }
    });
    ui.add_space(10.0);
    let mut is_done = false;
    row_ui(ui, view, 38.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if text::primary_button_ui(ui, words.read_again()).clicked() {
            commands.push(Command::CorrectReading(it.rule()));
            is_done = true;
        }
        if text::button_ui(ui, words.forget_correction()).clicked() {
            commands.push(Command::CorrectReading(ReadingRule {
                files: it.files(),
                ..ReadingRule::default()
            }));
            is_done = true;
        }
    });
    is_done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_of_a_file_or_of_its_like_in_the_folder() {
        let mut it = FileReading {
            file: "old/2003/a.b.txt".to_owned(),
            encoding: Some("windows-1256"),
            ..FileReading::default()
        };
        let rule = it.rule();
        assert_eq!(
            (rule.files.as_str(), rule.encoding.as_deref()),
            ("old/2003/a.b.txt", Some("windows-1256"))
        );
        assert!(rule.format.is_none() && rule.fields.is_empty());
        it.of_folder = true;
        assert_eq!(it.files(), "old/2003/*.txt");
        it.file = "a".to_owned();
        assert_eq!(it.files(), "*");
    }
}
