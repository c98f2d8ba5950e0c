//! What may be meant by a path that is being typed.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, is_separator};

use crate::arabic::{Folding, fold};

/// At most so many are offered. Picked by feel.
const MOST_OFFERED: usize = 8;

/// More entries of a folder than these are not looked at: the disk may be slow.
const MOST_LOOKED_AT: usize = 20_000;

/// The paths that begin as was typed, whatever the spelling of the last name: folders, each with a separator at its end, and
/// files where they are wanted, in the order of their names. «~» stands for the user's own folder.
pub fn complete_path(typed: &str, takes_files: bool) -> Vec<String> {
    let typed = at_home(typed.trim_start());
    let Some(cut) = typed.rfind(is_separator) else {
        return Vec::new();
    };
    let (folder, begun) = typed.split_at(cut + 1);
    let begun = fold(begun, Folding::Name);
    let entries = fs::read_dir(Path::new(folder)).into_iter().flatten().flatten();
    let mut found: Vec<String> = entries
        .take(MOST_LOOKED_AT)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_meant =
                fold(&name, Folding::Name).starts_with(&begun) && (!name.starts_with('.') || !begun.is_empty());
            let is_folder = entry.path().is_dir();
            (is_meant && (is_folder || takes_files)).then(|| match is_folder {
                true => format!("{folder}{name}{MAIN_SEPARATOR}"),
                false => format!("{folder}{name}"),
            })
        })
        .collect();
    found.sort_by_cached_key(|it| crate::arabic::sort_key(it));
    found.truncate(MOST_OFFERED);
    found
}

/// The path with the user's own folder in the place of «~».
fn at_home(typed: &str) -> String {
    let rest = typed
        .strip_prefix('~')
        .filter(|rest| rest.is_empty() || rest.starts_with(is_separator));
    match (rest, etcetera::home_dir()) {
        (Some(rest), Ok(home)) => format!("{}{rest}", home.display()),
        _ => typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_begin_so_are_offered_and_files_where_they_are_wanted() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["أخبار", "اخبار قديمة", "Other", ".hidden"] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        fs::write(dir.path().join("أخطاء.json"), "").unwrap();
        let offered = |typed: &str, takes_files| {
            let typed = format!("{}{MAIN_SEPARATOR}{typed}", dir.path().display());
            let found = complete_path(&typed, takes_files);
            let names = found
                .iter()
                .map(|it| it[dir.path().display().to_string().len() + 1..].to_owned());
            names.collect::<Vec<_>>()
        };
        let folder = |name: &str| format!("{name}{MAIN_SEPARATOR}");
        assert_eq!(offered("اخ", false), [folder("أخبار"), folder("اخبار قديمة")]);
        assert_eq!(offered("أخ", true).len(), 3);
        assert_eq!(offered("oth", false), [folder("Other")]);
        assert_eq!(offered("", false).len(), 3);
        assert_eq!(offered("لا شيء", true), [""; 0]);
        assert_eq!(complete_path("no separator", true), [""; 0]);
    }
}
