//! When the files of an archive were last seen in its folder, for the day on which they are not.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::civil::DateTime;
use jiff::{Unit, Zoned};

/// The content of the file.
#[derive(serde::Serialize, serde::Deserialize)]
struct Seen {
    /// In local time.
    last_seen: DateTime,
}

/// When most of the files were last there; nothing if that is not known.
pub(super) fn last_seen(file: &Path) -> Option<DateTime> {
    let json = fs::read(file).ok()?;
    let seen: Seen = serde_json::from_slice(&json).ok()?;
    Some(seen.last_seen)
}

/// Notes that they are there now.
pub(super) fn note_seen(file: &Path) -> io::Result<()> {
    let now = Zoned::now().datetime();
    // Fractions of a second are noise; only at the end of time they cannot be left off.
    let last_seen = now.round(Unit::Second).unwrap_or(now);
    let dir = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(dir)?;
    serde_json::to_writer(&mut new, &Seen { last_seen })?;
    new.flush()?;
    new.persist(file)?;
    Ok(())
}
