//! Hands files of an archive to other programs: to the one that the system has for them, or to its file manager.

use std::path::{Component, Path, PathBuf};

use crate::state::{Cause, HandOverFailure, OtherProgram};

/// The extensions of files that systems run rather than show: what Outlook keeps from being opened ("Blocked attachments in
/// Outlook", Microsoft), as far as files are met outside of mail, and what Linux and macOS start. A scraped folder may hold
/// any.
const PROGRAMS: &[&str] = &[
    "app",
    "appimage",
    "application",
    "bat",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "desktop",
    "exe",
    "hta",
    "inf",
    "jar",
    "js",
    "jse",
    "lnk",
    "msc",
    "msi",
    "msp",
    "pif",
    "ps1",
    "py",
    "reg",
    "run",
    "scf",
    "scr",
    "sh",
    "terminal",
    "tool",
    "url",
    "vbe",
    "vbs",
    "webloc",
    "workflow",
    "wsf",
    "wsh",
];

/// Hands over a file of the archive in `folder`. Of `path`, relative to it, what lies within a file (a member of an archive
/// of files) is passed over. It may wait for the other program.
pub fn hand_over(to: OtherProgram, folder: &Path, path: &Path) -> Result<(), HandOverFailure> {
    let file = file_of(folder, path).ok_or(HandOverFailure::Gone)?;
    match to {
        OtherProgram::Usual if is_program(&file) => Err(HandOverFailure::IsProgram),
        OtherProgram::Usual => opener::open(&file).map_err(|err| HandOverFailure::System(Cause::new(err))),
        OtherProgram::FileManager => opener::reveal(&file).map_err(|err| HandOverFailure::System(Cause::new(err))),
    }
}

/// The file, or the folder that could not be read, that `path` leads to or into; nothing if it is gone.
pub fn file_of(folder: &Path, path: &Path) -> Option<PathBuf> {
    let names = path.components().take_while(|it| matches!(it, Component::Normal(_)));
    let path: PathBuf = names.collect();
    let whole = folder.join(&path);
    if !path.as_os_str().is_empty() && whole.exists() {
        return Some(whole);
    }
    let around = path.ancestors().skip(1).map(|it| folder.join(it));
    around.take_while(|it| it != folder).find(|it| it.is_file())
}

/// Whether systems run such a file rather than show it.
pub fn is_program(file: &Path) -> bool {
    let extension = file.extension().map(|it| it.to_string_lossy().to_lowercase());
    extension.is_some_and(|it| PROGRAMS.contains(&it.as_str()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_lies_within_a_file_leads_to_the_file_and_nothing_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("archive");
        fs::create_dir_all(root.join("2023")).unwrap();
        fs::write(root.join("2023/a.zip"), "").unwrap();
        fs::write(folder.path().join("outside.txt"), "").unwrap();
        let found = |path: &str| file_of(&root, Path::new(path));
        let archive = Some(root.join("2023/a.zip"));
        assert_eq!(found("2023/a.zip"), archive);
        assert_eq!(found("2023/a.zip/inner.zip/b.txt"), archive);
        assert_eq!(found("2023"), Some(root.join("2023")));
        assert_eq!(found("2023/gone.txt"), None);
        assert_eq!(found("../outside.txt"), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn a_program_is_not_started() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["خبر.txt.EXE", "a.desktop", "b.vbs"] {
            fs::write(folder.path().join(name), "").unwrap();
            let outcome = hand_over(OtherProgram::Usual, folder.path(), Path::new(name));
            assert_eq!(outcome, Err(HandOverFailure::IsProgram), "{name}");
        }
    }
}
