//! Where Fihrist keeps its own files: never in an archive's folder.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::state::Settings;

/// The directory that holds the indexes, the settings and the unpacked sample.
#[derive(Clone, Debug)]
pub struct DataDir {
    path: PathBuf,
}

/// There is no directory for Fihrist's own files.
#[derive(Debug, thiserror::Error)]
#[error("cannot find a directory for Fihrist's own files; name one with --data-dir")]
pub struct DataDirError;

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

    /// The directory of the index of the archive in `folder`.
    pub fn index_of(&self, folder: &Path) -> PathBuf {
        self.archive_of(folder).join("index")
    }

    /// The directory of all that Fihrist keeps about the archive in `folder`.
    ///
    /// Its name holds the folder's, for the eye, and a hash of the whole path.
    pub fn archive_of(&self, folder: &Path) -> PathBuf {
        let folder = folder.canonicalize().unwrap_or_else(|_not_there| folder.to_owned());
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
        fs::create_dir_all(&self.path)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.path)?;
        file.write_all(serde_json::to_string_pretty(settings)?.as_bytes())?;
        file.persist(self.settings_file())?;
        Ok(())
    }

    fn settings_file(&self) -> PathBuf {
        self.path.join("settings.json")
    }
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
        data_dir.save_settings(&settings).unwrap();
        assert_eq!(data_dir.load_settings(), settings);
    }

    #[test]
    fn damaged_settings_are_the_default_ones() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("settings.json"), "{\"language\": 7").unwrap();
        assert_eq!(DataDir::new(dir.path().to_owned()).load_settings(), Settings::default());
    }
}
