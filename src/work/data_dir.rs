//! Where Fihrist keeps its own files: never in an archive's folder.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::archive::{Reading, RepeatedLines};
use crate::state::{Searches, Settings};

/// The directory that holds the indexes, the settings and the unpacked sample.
#[derive(Clone, Debug)]
pub struct DataDir {
    path: PathBuf,
}

/// There is no directory for Fihrist's own files.
#[derive(Debug, thiserror::Error)]
#[error("cannot find a directory for Fihrist's own files; name one with --data-dir")]
pub struct DataDirError;

/// The user's corrections of how files are read cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the corrections of how files are read: {source}; mend or remove the file: {}", path.display())]
pub struct ReadingError {
    source: Box<dyn std::error::Error + Send + Sync>,
    path: PathBuf,
}

impl DataDir {
    /// The directory at `path`; made when it is first written to.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The platform's directory: on Linux `$XDG_DATA_HOME/fihrist`.
    pub fn of_platform() -> Result<Self, DataDirError> {
        let strategy = etcetera::base_strategy::choose_native_strategy().map_err(|_no_home| DataDirError)?;
        Ok(Self::new(strategy.data_dir().join("fihrist")))
    }

    /// The log's file; see [`super::log`].
    pub fn log_file(&self) -> PathBuf {
        self.path.join("fihrist.log")
    }

    /// The directory of the index of the archive in `folder`.
    pub fn index_of(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("index")
    }

    /// Whether there is an index of the archive in `folder`, which may itself be gone.
    pub fn has_index(&self, folder: &Path) -> bool {
        self.index_of(folder).join("meta.json").is_file()
    }

    /// The file that a process locks while it brings the index of the archive in `folder` up to date.
    pub fn update_lock(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("update.lock")
    }

    /// The file that says when the files of the archive in `folder` were last there.
    pub(super) fn seen_file(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("seen.json")
    }

    /// The directory of all that Fihrist keeps about the archive in `folder`.
    ///
    /// Its name holds the folder's, for the eye, and a hash of the whole path.
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
        self.path.join("archives").join(format!("{name}-{hash:016x}"))
    }

    /// The file with the user's corrections of how the files of the archive in `folder` are read; beside the index,
    /// never in the folder.
    pub fn reading_file(&self, folder: &Path) -> PathBuf {
        self.index_of(folder).with_file_name("reading.json")
    }

    /// The corrections of the archive in `folder`; none where there is no file. The error says which file is damaged
    /// and what to do: the user's own words are never thrown away.
    pub fn load_reading(&self, folder: &Path) -> Result<Reading, ReadingError> {
        let path = self.reading_file(folder);
        let source = match fs::read_to_string(&path) {
            Ok(json) => match Reading::from_json(&json) {
                Ok(reading) => return Ok(self.with_repeated_lines(folder, reading)),
                Err(err) => err.into(),
            },
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => {
                return Ok(self.with_repeated_lines(folder, Reading::default()));
            }
            Err(err) => err.into(),
        };
        Err(ReadingError { source, path })
    }

    /// The file with the lines that repeat across the archive in `folder`.
    fn repeated_file(&self, folder: &Path) -> PathBuf {
        self.index_of(folder).with_file_name("repeated.json")
    }

    /// What is not there or damaged is gathered again by the next update.
    fn with_repeated_lines(&self, folder: &Path, reading: Reading) -> Reading {
        let json = fs::read_to_string(self.repeated_file(folder)).unwrap_or_default();
        let repeated = RepeatedLines::from_json(&json).unwrap_or_default();
        Reading { repeated, ..reading }
    }

    /// Replaces the lines that repeat across the archive in `folder` in one step.
    pub fn save_repeated_lines(&self, folder: &Path, repeated: &RepeatedLines) -> std::io::Result<()> {
        write_in_one_step(&self.repeated_file(folder), &repeated.to_json())
    }

    /// The corrections that hold for one file, wherever an archive above it has some, and the file's path in that
    /// archive; nothing if none has.
    pub fn load_reading_of_file(&self, file: &Path) -> Result<Option<(PathBuf, Reading)>, ReadingError> {
        let file = file.canonicalize().unwrap_or_else(|_not_there| file.to_owned());
        for folder in file.ancestors().skip(1) {
            let reading = self.load_reading(folder)?;
            if reading != Reading::default() {
                return Ok(Some((folder.to_owned(), reading)));
            }
        }
        Ok(None)
    }

    /// Replaces the corrections of the archive in `folder` in one step. The next update reads again what they change.
    pub fn save_reading(&self, folder: &Path, reading: &Reading) -> std::io::Result<()> {
        write_in_one_step(&self.reading_file(folder), &reading.to_json())
    }

    /// The saved and recent searches of the archive in `folder`; none where there is no file.
    ///
    /// A file that cannot be read is renamed, so that nothing in it is lost and nothing overwrites it; the error is its new
    /// path.
    pub fn load_searches(&self, folder: &Path) -> Result<Searches, PathBuf> {
        let path = self.searches_file(folder);
        let searches = match fs::read(&path) {
            Ok(json) => serde_json::from_slice(&json).ok(),
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => Some(Searches::default()),
            Err(_unreadable) => None,
        };
        searches.ok_or_else(|| set_aside(&path).unwrap_or(path))
    }

    /// Replaces the saved and recent searches of the archive in `folder` in one step.
    pub fn save_searches(&self, folder: &Path, searches: &Searches) -> std::io::Result<()> {
        write_in_one_step(&self.searches_file(folder), &serde_json::to_string_pretty(searches)?)
    }

    fn searches_file(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("searches.json")
    }

    /// The folder into which the sample archive is unpacked.
    pub fn sample(&self) -> PathBuf {
        self.path.join("sample")
    }

    /// The settings of the last time; the default ones where none can be read.
    pub fn load_settings(&self) -> Settings {
        // Settings are a convenience: without a readable file the program starts as on the first day.
        let text = fs::read_to_string(self.settings_file()).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Replaces the kept settings in one step, so that a crash leaves the old ones or the new ones.
    pub fn save_settings(&self, settings: &Settings) -> std::io::Result<()> {
        write_in_one_step(&self.settings_file(), &serde_json::to_string_pretty(settings)?)
    }

    fn settings_file(&self) -> PathBuf {
        self.path.join("settings.json")
    }
}

/// The path of a folder without links and detours, as the system would give it, also of one that is gone or whose disk is
/// not connected: what is not there any more keeps the names that it had.
fn real_path(folder: &Path) -> PathBuf {
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

/// Renames a damaged file, so that it is kept and not overwritten; returns its new path.
pub(super) fn set_aside(file: &Path) -> std::io::Result<PathBuf> {
    let aside = (1..)
        .map(|number| file.with_extension(format!("damaged-{number}.json")))
        .find(|path| !path.exists());
    let aside = aside.unwrap_or_else(|| file.with_extension("damaged.json"));
    fs::rename(file, &aside)?;
    Ok(aside)
}

/// Replaces a file: a crash leaves the old one or the new one.
fn write_in_one_step(path: &Path, text: &str) -> std::io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::state::Visit;

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
        data_dir.save_settings(&settings).unwrap();
        assert_eq!(data_dir.load_settings(), settings);
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
    fn searches_come_back_and_a_damaged_file_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let data_dir = DataDir::new(dir.path().to_owned());
        let folder = Path::new("أخبار");
        assert_eq!(data_dir.load_searches(folder), Ok(Searches::default()));
        let mut searches = Searches::default();
        searches.save("بحثي".to_owned(), Visit::default());
        data_dir.save_searches(folder, &searches).unwrap();
        assert_eq!(data_dir.load_searches(folder), Ok(searches));
        fs::write(data_dir.searches_file(folder), "{\"saved\": 7").unwrap();
        let kept = data_dir.load_searches(folder).unwrap_err();
        assert_eq!(fs::read_to_string(kept).unwrap(), "{\"saved\": 7");
        assert_eq!(data_dir.load_searches(folder), Ok(Searches::default()));
    }

    #[test]
    fn damaged_settings_are_the_default_ones() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("settings.json"), "{\"language\": 7").unwrap();
        assert_eq!(DataDir::new(dir.path().to_owned()).load_settings(), Settings::default());
    }
}
