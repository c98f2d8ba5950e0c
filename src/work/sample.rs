//! The archive that comes with the program.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use super::data_dir::DataDir;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/sample");

/// Writes the sample archive's files below the data directory, where they differ from those there, and returns
/// their folder.
pub fn unpack_sample(data_dir: &DataDir) -> io::Result<PathBuf> {
    let folder = data_dir.sample();
    unpack(&SAMPLE, &folder)?;
    Ok(folder)
}

fn unpack(dir: &Dir<'_>, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for entry in dir.entries() {
        let Some(name) = entry.path().file_name() else { continue };
        let target = folder.join(name);
        match entry {
            DirEntry::Dir(dir) => unpack(dir, &target)?,
            DirEntry::File(file) => {
                let is_there = fs::read(&target).is_ok_and(|bytes| bytes == file.contents());
                if !is_there {
                    fs::write(&target, file.contents())?;
                }
            }
        }
    }
    Ok(())
}
