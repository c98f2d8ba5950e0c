//! A path as it is, also where it is not Unicode.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A path as the system has it: its bytes, or on Windows its units of UTF-16. It is read again on the same system only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawPath(Vec<u16>);

impl RawPath {
    /// The path.
    pub fn to_path(&self) -> PathBuf {
        path_of(&self.0)
    }

    /// Bytes from which [`RawPath::from_bytes`] makes it again.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|unit| unit.to_le_bytes()).collect()
    }

    /// The inverse of [`RawPath::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (units, _) = bytes.as_chunks();
        Self(units.iter().map(|unit| u16::from_le_bytes(*unit)).collect())
    }
}

impl From<&Path> for RawPath {
    fn from(path: &Path) -> Self {
        Self(units_of(path))
    }
}

#[cfg(windows)]
fn units_of(path: &Path) -> Vec<u16> {
    std::os::windows::ffi::OsStrExt::encode_wide(path.as_os_str()).collect()
}

#[cfg(windows)]
fn path_of(units: &[u16]) -> PathBuf {
    let path: std::ffi::OsString = std::os::windows::ffi::OsStringExt::from_wide(units);
    path.into()
}

#[cfg(not(windows))]
fn units_of(path: &Path) -> Vec<u16> {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .map(|it| u16::from(*it))
        .collect()
}

#[cfg(unix)]
fn path_of(units: &[u16]) -> PathBuf {
    let path: std::ffi::OsString = std::os::unix::ffi::OsStringExt::from_vec(bytes_of(units));
    path.into()
}

#[cfg(not(any(unix, windows)))]
fn path_of(units: &[u16]) -> PathBuf {
    String::from_utf8_lossy(&bytes_of(units)).into_owned().into()
}

#[cfg(not(windows))]
fn bytes_of(units: &[u16]) -> Vec<u8> {
    units.iter().filter_map(|unit| u8::try_from(*unit).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &Path) {
        let raw = RawPath::from(path);
        assert_eq!(raw.to_path(), path);
        assert_eq!(RawPath::from_bytes(&raw.to_bytes()), raw);
        let json = serde_json::to_string(&raw).unwrap();
        assert_eq!(serde_json::from_str::<RawPath>(&json).unwrap(), raw);
    }

    #[test]
    fn a_path_comes_back_as_it_was() {
        check(Path::new(""));
        check(Path::new("أخبار/2003\n/a b.txt"));
        #[cfg(unix)]
        check(Path::new(
            <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"a/\xE3\xCD\xE3\xCF.txt"),
        ));
    }
}
