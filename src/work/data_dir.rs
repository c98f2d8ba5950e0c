//! Where Fihrist keeps its own files: never in an archive's folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use etcetera::BaseStrategy as _;

use crate::archive::{Budget, Reading, RepeatedLines};
use crate::entities::{Corrections, KnownIds};
use crate::index::is_begun;
use crate::marks::Marks;
use crate::state::{Change, KeptMishap, Searches, Settings};

use super::inbox::lock;
use super::kept::{Kept, KeptError, KeptFile, Mishaps, Versions, View, replace};

/// The directory that holds the indexes, the settings and the unpacked sample.
///
/// Clones are the same directory: they share what was last seen of the settings, and what happened to files.
#[derive(Clone, Debug)]
pub struct DataDir {
    path: PathBuf,
    mishaps: Arc<Mishaps>,
    /// The settings as this process knows them; `None` until they were loaded.
    settings: Arc<Mutex<Option<View<Settings>>>>,
}

/// There is no directory for Fihrist's own files.
#[derive(Debug, thiserror::Error)]
#[error("cannot find a directory for Fihrist's own files; name one with --data-dir")]
pub struct DataDirError;

/// The names of Fihrist's own files and directories at the top of the directory, and how those begin of which there may
/// be several.
const OWN_NAMES: [&str; 6] = ["archives", "sample", "versions", "opened", "app.ron", "kept.lock"];
const OWN_PREFIXES: [&str; 3] = ["settings.", "fihrist.log", ".tmp-settings."];

impl DataDir {
    /// The directory at `path`; made when it is first written to.
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            mishaps: Arc::default(),
            settings: Arc::default(),
        }
    }

    /// The platform's directory: on Linux `$XDG_DATA_HOME/fihrist`.
    pub fn of_platform() -> Result<Self, DataDirError> {
        let strategy = etcetera::base_strategy::choose_native_strategy().map_err(|_no_home| DataDirError)?;
        Ok(Self::new(strategy.data_dir().join("fihrist")))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a file or directory of this name at the top is Fihrist's own.
    pub fn is_own(&self, name: &str) -> bool {
        OWN_NAMES.contains(&name) || OWN_PREFIXES.iter().any(|it| name.starts_with(it))
    }

    /// Fihrist's own files and directories where others' lie among them.
    pub fn own_paths(&self) -> Vec<PathBuf> {
        let names_in = |dir: &Path| -> Vec<String> {
            let entries = fs::read_dir(dir).into_iter().flatten().flatten();
            let names = entries.filter_map(|it| it.file_name().into_string().ok());
            names.collect()
        };
        let at_top = names_in(&self.path).into_iter();
        let at_top = at_top.filter(|it| self.is_own(it) && !["archives", "sample", "versions"].contains(&it.as_str()));
        let mut paths: Vec<PathBuf> = at_top.map(|it| self.path.join(it)).collect();
        let archives = names_in(&self.archives()).into_iter().filter(|it| is_archive(it));
        paths.extend(archives.map(|it| self.archives().join(it)));
        paths.extend(self.settings_versions());
        paths
    }

    /// The directory of what was taken out of mailboxes and archives for other programs to open.
    pub(super) fn opened(&self) -> PathBuf {
        self.path.join("opened")
    }

    /// The log's file; see [`super::log`].
    pub fn log_file(&self) -> PathBuf {
        self.path.join("fihrist.log")
    }

    /// Where the window's library keeps size and place of the window.
    pub fn window_file(&self) -> PathBuf {
        self.path.join("app.ron")
    }

    /// What happened to files of the user's decisions and was not told yet, for whoever tells it now.
    pub fn take_mishaps(&self) -> Vec<KeptMishap> {
        self.mishaps.take()
    }

    /// The directory of all archives.
    pub fn archives(&self) -> PathBuf {
        self.path.join("archives")
    }

    /// The directory of the index of the archive in `folder`.
    pub fn index_of(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("index")
    }

    /// Whether there is an index of the archive in `folder`, which may itself be gone.
    pub fn has_index(&self, folder: &Path) -> bool {
        is_begun(&self.index_of(folder))
    }

    /// Whether there was an index of the archive in `folder` that is gone: somebody removed it.
    pub fn has_lost_index(&self, folder: &Path) -> bool {
        !self.has_index(folder) && self.seen_file(folder).is_file()
    }

    /// The file that a process locks while it brings the index of the archive in `folder` up to date.
    pub fn update_lock(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("update.lock")
    }

    /// The file that says when the files of the archive in `folder` were last there.
    pub(super) fn seen_file(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("seen.json")
    }

    /// The file that says when the articles of the archive in `folder` came.
    pub(super) fn arrivals_file(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("arrivals")
    }

    /// The file that says by which corrections of its articles the index of the archive in `folder` was made.
    pub(super) fn by_hand_file(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("by_hand.json")
    }

    /// The directory of all that Fihrist keeps about the archive in `folder`.
    ///
    /// Its name holds the folder's, for the eye, and a hash of the whole path. A folder that is gone has the one that it
    /// had, as far as its path can be followed without it.
    pub fn archive_of(&self, folder: &Path) -> PathBuf {
        let folder = real_path(folder);
        let hash = xxhash_rust::xxh3::xxh3_64(folder.as_os_str().as_encoded_bytes());
        let name: String = folder
            .file_name()
            .map(|name| {
                name.to_string_lossy()
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .take(24)
                    .collect()
            })
            .unwrap_or_default();
        self.archives().join(format!("{name}-{hash:016x}"))
    }

    fn kept<T: Kept>(&self, path: PathBuf) -> KeptFile<T> {
        KeptFile::new(path, Arc::clone(&self.mishaps))
    }

    /// The file with the user's corrections of how the files of the archive in `folder` are read; beside the index,
    /// never in the folder.
    pub fn reading_file(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("reading.json")
    }

    /// The corrections of the archive in `folder`; none where there is no file. The error says which file is damaged
    /// and what to do: the user's own words are never thrown away.
    pub fn load_reading(&self, folder: &Path) -> Result<Reading, KeptError> {
        let reading: Reading = self.kept(self.reading_file(folder)).load()?;
        // What is not there or damaged is gathered again by the next update.
        let json = fs::read_to_string(self.repeated_file(folder)).unwrap_or_default();
        let repeated = RepeatedLines::from_json(&json).unwrap_or_default();
        Ok(Reading { repeated, ..reading })
    }

    /// Changes the corrections of the archive in `folder`, and returns them all. The next update reads again what they
    /// change.
    pub fn edit_reading<E: From<KeptError>>(
        &self,
        folder: &Path,
        change: impl FnOnce(&mut Reading) -> Result<(), E>,
    ) -> Result<Reading, E> {
        let edited = self.kept(self.reading_file(folder)).edit(change)?;
        Ok(edited.value)
    }

    /// The file with the lines that repeat across the archive in `folder`.
    fn repeated_file(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("repeated.json")
    }

    /// Replaces the lines that repeat across the archive in `folder` in one step.
    pub fn save_repeated_lines(&self, folder: &Path, repeated: &RepeatedLines) -> std::io::Result<()> {
        replace(&self.repeated_file(folder), repeated.to_json().as_bytes())
    }

    /// The corrections that hold for one file, wherever an archive above it has some, and the file's path in that
    /// archive; nothing if none has.
    pub fn load_reading_of_file(&self, file: &Path) -> Result<Option<(PathBuf, Reading)>, KeptError> {
        let file = file.canonicalize().unwrap_or_else(|_not_there| file.to_owned());
        for folder in file.ancestors().skip(1) {
            let reading = self.load_reading(folder)?;
            if reading != Reading::default() {
                return Ok(Some((folder.to_owned(), reading)));
            }
        }
        Ok(None)
    }

    /// The file with the user's corrections of names of the archive in `folder`.
    pub fn corrections_of(&self, folder: &Path) -> KeptFile<Corrections> {
        self.kept(self.archive_of(folder).join("corrections.json"))
    }

    /// The file with what the user marked in the archive in `folder`.
    pub fn marks_of(&self, folder: &Path) -> KeptFile<Marks> {
        self.kept(self.archive_of(folder).join("marks.json"))
    }

    /// The marks of the nearest archive above a file that has some, and the file's path in that archive.
    pub fn load_marks_of_file(&self, file: &Path) -> Option<(PathBuf, Marks)> {
        let file = file.canonicalize().unwrap_or_else(|_not_there| file.to_owned());
        let mut folders = file.ancestors().skip(1);
        folders.find_map(|folder| {
            let marks = self.marks_of(folder).load_or_default();
            let path = file.strip_prefix(folder).ok()?;
            (!marks.is_empty()).then(|| (path.to_owned(), marks))
        })
    }

    /// The file with the ids that the entities of the archive in `folder` have had.
    pub fn entity_ids_of(&self, folder: &Path) -> KeptFile<KnownIds> {
        self.kept(self.archive_of(folder).join("entity_ids.json"))
    }

    /// The file with the saved and recent searches of the archive in `folder`.
    pub fn searches_of(&self, folder: &Path) -> KeptFile<Searches> {
        self.kept(self.archive_of(folder).join("searches.json"))
    }

    /// The file that says how the archive in `folder` was left.
    pub(super) fn left_file(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("left.json")
    }

    /// The folder into which the sample archive is unpacked.
    pub fn sample(&self) -> PathBuf {
        self.path.join("sample")
    }

    /// The settings of the last time; the default ones where none can be read, which is noted as a mishap.
    pub fn load_settings(&self) -> Settings {
        let view = View::open_or_default(self.settings_file());
        let settings = view.known().clone();
        *lock(&self.settings) = Some(view);
        settings
    }

    /// What the reading of one file may cost, as the settings say now.
    pub fn reading_budget(&self) -> Budget {
        View::open_or_default(self.settings_file()).known().reading_budget
    }

    /// Makes a change to the kept settings, whatever others have changed in them, and returns what these were.
    pub fn change_settings(&self, change: &Change<Settings>) -> Result<Option<Change<Settings>>, KeptError> {
        self.with_settings(|view| {
            view.edit(|current| -> Result<(), KeptError> {
                change.apply_to(current);
                Ok(())
            })?;
            Ok(Change::to_reach(change.after.clone(), view.known().clone()))
        })
    }

    /// Makes a change to the kept settings, and returns what changed in them since this process last saw them.
    pub fn edit_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<Option<Change<Settings>>, KeptError> {
        self.with_settings(|view| {
            let before = view.known().clone();
            view.edit(|current| -> Result<(), KeptError> {
                change(current);
                Ok(())
            })?;
            Ok(Change::to_reach(before, view.known().clone()))
        })
    }

    /// What others have changed in the kept settings since this process last saw them.
    pub fn refresh_settings(&self) -> Result<Option<Change<Settings>>, KeptError> {
        self.with_settings(|view| {
            let before = view.refresh()?;
            Ok(before.and_then(|before| Change::to_reach(before, view.known().clone())))
        })
    }

    /// The versions of the settings, the newest first.
    pub fn settings_versions(&self) -> Vec<PathBuf> {
        let versions = Versions::of(self.settings_file().path());
        versions.newest_first().unwrap_or_default()
    }

    /// Settings that could not be read and were set aside, in no order.
    pub fn damaged_settings(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        let is_damaged = |path: &PathBuf| {
            let name = path.file_name().and_then(|it| it.to_str());
            name.is_some_and(|it| it.starts_with("settings.damaged"))
        };
        entries.map(|it| it.path()).filter(is_damaged).collect()
    }

    fn with_settings<R>(&self, with: impl FnOnce(&mut View<Settings>) -> R) -> R {
        let mut settings = lock(&self.settings);
        with(settings.get_or_insert_with(|| View::open_or_default(self.settings_file())))
    }

    fn settings_file(&self) -> KeptFile<Settings> {
        self.kept(self.path.join("settings.json"))
    }
}

/// The path of a folder without links and detours, as the system would give it, also of one that is gone or whose disk is
/// not connected: what is not there any more keeps the names that it had.
pub(super) fn real_path(folder: &Path) -> PathBuf {
    /// More links than this one after the other go round in a circle, as for the system.
    const MOST_LINKS: usize = 40;
    let mut path = std::path::absolute(folder).unwrap_or_else(|_empty| folder.to_owned());
    for _ in 0..MOST_LINKS {
        if let Ok(real) = path.canonicalize() {
            return real;
        }
        let Some(parent) = path.parent() else { break };
        let Some(name) = path.file_name() else {
            // It ends with «..».
            let real = real_path(parent);
            return real.parent().unwrap_or(&real).to_owned();
        };
        let Ok(target) = fs::read_link(&path) else {
            return real_path(parent).join(name);
        };
        path = parent.join(target);
    }
    path
}

/// Whether this is a name that [`DataDir::archive_of`] makes, or one of the files beside such a directory.
fn is_archive(name: &str) -> bool {
    let name = name.strip_suffix(".lock").unwrap_or(name);
    let hash = name.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were_kept() {
        let dir = tempfile::tempdir().unwrap();
        let data_dir = DataDir::new(dir.path().join("new"));
        assert_eq!(data_dir.load_settings(), Settings::default());
        let settings = Settings {
            reading_size: 22.0,
            ..Settings::default()
        };
        let change = Change {
            before: Settings::default(),
            after: settings.clone(),
        };
        assert_eq!(data_dir.change_settings(&change).unwrap(), None);
        assert_eq!(data_dir.load_settings(), settings);
        assert_eq!(data_dir.take_mishaps(), []);
    }

    #[cfg(unix)]
    #[test]
    fn an_archive_is_the_same_when_its_folder_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let data_dir = DataDir::new(dir.path().join("data"));
        let [disk, folder, link] = ["disk", "disk/news", "link"].map(|it| dir.path().join(it));
        fs::create_dir_all(&folder).unwrap();
        std::os::unix::fs::symlink("disk/../disk/news", &link).unwrap();
        let of = |path: &Path| data_dir.archive_of(path);
        let there = of(&folder);
        assert_eq!(of(&link), there);
        for gone in [&folder, &disk] {
            fs::remove_dir_all(gone).unwrap();
            assert_eq!((of(&folder), of(&link.join("."))), (there.clone(), there.clone()));
        }
    }

    #[test]
    fn a_folder_that_is_gone_leads_to_what_is_known_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let data_dir = DataDir::new(dir.path().join("data"));
        let folder = dir.path().join("أخبار");
        fs::create_dir_all(folder.join("inner")).unwrap();
        let known = data_dir.archive_of(&folder);
        assert_eq!(data_dir.archive_of(&folder.join("inner/..")), known);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(data_dir.archive_of(&folder), known);
        assert_eq!(data_dir.archive_of(&folder.join("inner/..")), known);
        assert_eq!(data_dir.archive_of(&dir.path().join("./أخبار/")), known);
        assert!(is_archive(known.file_name().unwrap().to_str().unwrap()));
    }
}
