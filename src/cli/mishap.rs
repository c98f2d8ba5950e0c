//! What happened to files of the user's decisions, in words.

use super::shown::{Shown, shown_path};
use crate::state::{KeptFate, KeptKind, KeptMishap};

/// What happened, and what to do where something can be done.
pub(super) fn words(it: &KeptMishap) -> String {
    let name = name(it.kind);
    match &it.fate {
        KeptFate::Damaged { kept, restored, cause } => {
            let (kept, cause) = (shown_path(kept), cause.to_string());
            let instead = match restored {
                Some(version) => format!("their last version is used: {}", shown_path(version)),
                None => match it.kind {
                    KeptKind::Corrections => "names are counted without".to_owned(),
                    KeptKind::Settings
                    | KeptKind::Searches
                    | KeptKind::Reading
                    | KeptKind::EntityIds
                    | KeptKind::Marks => "there is no earlier version".to_owned(),
                },
            };
            format!(
                "{name} could not be read ({}) and are kept aside; {instead}: {kept}",
                Shown(&cause)
            )
        }
        KeptFate::Deleted { file, restored } => {
            let (file, restored) = (shown_path(file), shown_path(restored));
            let advice = match it.kind {
                KeptKind::Settings => "to be rid of them, remove their versions, too",
                KeptKind::Corrections
                | KeptKind::Searches
                | KeptKind::Reading
                | KeptKind::EntityIds
                | KeptKind::Marks => "to be rid of all that is known of a folder: `fihrist forget FOLDER`",
            };
            format!("{name} were deleted and their last version was put back; {advice}: {file}, from {restored}")
        }
        KeptFate::Newer { file } => {
            let file = shown_path(file);
            format!("{name} are by a later version of Fihrist and left alone, so they do not hold here: {file}")
        }
        KeptFate::Unreadable { file, cause } => {
            let (file, cause) = (shown_path(file), cause.to_string());
            format!(
                "{name} cannot be read ({}), so they do not hold here: {file}",
                Shown(&cause)
            )
        }
    }
}

fn name(kind: KeptKind) -> &'static str {
    match kind {
        KeptKind::Settings => "the settings",
        KeptKind::Corrections => "the corrections of names",
        KeptKind::Searches => "the saved searches",
        KeptKind::Reading => "the corrections of how files are read",
        KeptKind::EntityIds => "the ids of names",
        KeptKind::Marks => "the marks",
    }
}
