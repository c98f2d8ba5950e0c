//! The bytes of pictures: from the archive's folder, or from the article's own file.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::data_address;
use super::model::{PictureFault, PictureSource};

/// A picture with more bytes is not read: a photograph of 30 megapixels takes some 15 MB.
pub const MOST_BYTES: u64 = 32 << 20;

/// Reads the pictures of one article's file.
pub struct PictureFiles<'a> {
    root: &'a Path,
    path: &'a Path,
    /// The file as a zip, once a part of it was asked for; nothing if it is none.
    zip: Option<Option<ZipArchive<BufReader<File>>>>,
}

impl<'a> PictureFiles<'a> {
    /// The pictures of the file at `path`, relative to the archive's folder `root`.
    pub fn new(root: &'a Path, path: &'a Path) -> Self {
        Self { root, path, zip: None }
    }

    /// The bytes of a picture, at most `most` of them.
    pub fn read(&mut self, source: &PictureSource, most: u64) -> Result<Vec<u8>, PictureFault> {
        let bytes = match source {
            PictureSource::File(path) => {
                let file = File::open(self.inside(path)?).map_err(|_gone| PictureFault::Missing)?;
                beginning(file, most)?
            }
            PictureSource::Part(name) => {
                let zip = self.zip()?;
                let part = zip.by_name(name).map_err(|_no_part| PictureFault::Missing)?;
                beginning(part, most)?
            }
            PictureSource::Data(address) => data_address::bytes(address).ok_or(PictureFault::Unreadable)?,
            PictureSource::Remote => return Err(PictureFault::Remote),
            PictureSource::Outside => return Err(PictureFault::Outside),
            PictureSource::TooMuch => return Err(PictureFault::TooLarge),
        };
        match MOST_BYTES < bytes.len() as u64 {
            true => Err(PictureFault::TooLarge),
            false => Ok(bytes),
        }
    }

    /// The file at a path below the archive's folder, wherever links lead: only if that is below the folder, too.
    fn inside(&self, path: &str) -> Result<PathBuf, PictureFault> {
        let root = self.root.canonicalize().map_err(|_gone| PictureFault::Missing)?;
        let file = root.join(path).canonicalize().map_err(|_gone| PictureFault::Missing)?;
        match file.starts_with(&root) {
            // A device or a pipe may be read without end.
            true if file.is_file() => Ok(file),
            true => Err(PictureFault::Missing),
            false => Err(PictureFault::Outside),
        }
    }

    fn zip(&mut self) -> Result<&mut ZipArchive<BufReader<File>>, PictureFault> {
        let zip = self.zip.get_or_insert_with(|| {
            let file = File::open(self.root.join(self.path)).ok()?;
            ZipArchive::new(BufReader::new(file)).ok()
        });
        zip.as_mut().ok_or(PictureFault::Missing)
    }
}

/// The first bytes, one more than are read of any picture if there are more.
fn beginning(bytes: impl Read, most: u64) -> Result<Vec<u8>, PictureFault> {
    let mut read = Vec::new();
    let outcome = bytes.take(most.min(MOST_BYTES + 1)).read_to_end(&mut read);
    outcome.map_err(|_damaged| PictureFault::Unreadable)?;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nothing_is_read_outside_of_the_folder() {
        let around = tempfile::tempdir().unwrap();
        let root = around.path().join("archive");
        fs::create_dir_all(root.join("a_files")).unwrap();
        fs::write(root.join("a_files/in.jpg"), b"in").unwrap();
        fs::write(around.path().join("out.jpg"), b"out").unwrap();
        let mut files = PictureFiles::new(&root, Path::new("a.html"));
        let mut read = |path: &str| files.read(&PictureSource::File(path.to_owned()), MOST_BYTES);
        assert_eq!(read("a_files/in.jpg"), Ok(b"in".to_vec()));
        assert_eq!(read("a_files/gone.jpg"), Err(PictureFault::Missing));
        assert_eq!(read("a_files"), Err(PictureFault::Missing));
        assert_eq!(read("../out.jpg"), Err(PictureFault::Outside));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(around.path().join("out.jpg"), root.join("a_files/link.jpg")).unwrap();
            std::os::unix::fs::symlink(around.path(), root.join("up")).unwrap();
            std::os::unix::fs::symlink(root.join("a_files/in.jpg"), root.join("near.jpg")).unwrap();
            assert_eq!(read("a_files/link.jpg"), Err(PictureFault::Outside));
            assert_eq!(read("up/out.jpg"), Err(PictureFault::Outside));
            assert_eq!(read("near.jpg"), Ok(b"in".to_vec()));
        }
    }

    #[test]
    fn a_part_of_a_file_that_is_no_zip_is_missing() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.html"), "x").unwrap();
        let mut files = PictureFiles::new(root.path(), Path::new("a.html"));
        let part = PictureSource::Part("b.jpg".to_owned());
        assert_eq!(files.read(&part, MOST_BYTES), Err(PictureFault::Missing));
        assert_eq!(
            files.read(&PictureSource::Remote, MOST_BYTES),
            Err(PictureFault::Remote)
        );
    }
}
