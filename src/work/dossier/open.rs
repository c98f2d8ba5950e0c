//! From a dossier to an archive: its articles become a file in a folder, its marks and corrections are about that file's.
//!
//! A dossier may come from anybody. Files in it that would lie outside of the folder are refused, and so is one that holds far
//! more than its size lets expect, both before anything is left in the folder.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::entities::{ArticleKey, ArticlePrint, Corrections, Settled};
use crate::marks::Marks;

use super::super::kept::Kept;
use super::super::private::{create_for_user, open_up_folder, persist_for_user};
use super::error::DossierError;
use super::manifest::{
    ARTICLES, ArticleLine, CORRECTIONS, DossierManifest, FORMAT, MANIFEST, MARKS, ORIGINALS, VERSION,
};

/// A dossier may hold this many times its size … (as `archive/format` has it for archives)
const MAX_RATIO: u64 = 200;
/// … and always this much, in bytes.
const MIN_BUDGET: u64 = 256 << 20;
/// One article, its marks, its corrections or the manifest, in bytes. A guess.
const MOST_OF_ONE: u64 = 64 << 20;
/// More files are no dossier. A guess.
const MOST_FILES: usize = 200_000;

/// What was in a dossier.
#[derive(Debug)]
pub struct OpenedDossier {
    /// What it says of itself.
    pub manifest: DossierManifest,
    /// The file that was added to the folder; nothing if it held all articles already.
    pub file: Option<PathBuf>,
    /// How many articles are in that file.
    pub n_new: u64,
    /// How many the archive held already.
    pub n_known: u64,
    /// The marks of these articles.
    pub marks: Marks,
    /// The corrections that concern them.
    pub corrections: Corrections,
}

/// Puts the articles of a dossier into a folder, without those that `known` finds in it, and the original files into
/// another, if that is given and they are in it. What is there is never replaced.
pub fn open_dossier(
    path: &Path,
    into: &Path,
    originals: Option<&Path>,
    known: &dyn Fn(&ArticlePrint) -> Option<ArticleKey>,
) -> Result<OpenedDossier, DossierError> {
    let file = File::open(path)?;
    let budget = file.metadata()?.len().saturating_mul(MAX_RATIO).max(MIN_BUDGET);
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_no_zip| DossierError::NotADossier)?;
    let manifest = manifest(&mut zip)?;
    check(&mut zip, budget)?;
    let mut marks: Marks = kept(&mut zip, MARKS)?;
    let mut corrections: Corrections = kept(&mut zip, CORRECTIONS)?;
    if !into.is_dir() {
        fs::create_dir_all(into)?;
        open_up_folder(into)?;
    }
    let name = free_name(into, path);
    let mut left = budget;
    let added = add_articles(&mut zip, (into, &name), known, &mut left)?;
    if let Some(originals) = originals {
        unpack_originals(&mut zip, originals, &mut left)?;
    }
    let place = |key: &ArticleKey| added.places.get(key.record as usize).filter(|_| key.file == ARTICLES);
    let settled = |(key, print): (&ArticleKey, &ArticlePrint)| Settled {
        was: key.clone(),
        was_lost: false,
        print: print.clone(),
        now: place(key).map(|now| (now.clone(), print.clone())),
    };
    let of_marks: Vec<Settled> = marks.articles().map(|(key, it)| settled((key, &it.print))).collect();
    marks.settle(&of_marks);
    let of_corrections: Vec<Settled> = corrections.articles().into_iter().map(settled).collect();
    corrections.settle(&of_corrections);
    Ok(OpenedDossier {
        manifest,
        file: (added.n_new != 0).then(|| into.join(&name)),
        n_new: added.n_new,
        n_known: added.places.len() as u64 - added.n_new,
        marks,
        corrections,
    })
}

type Zip = ZipArchive<BufReader<File>>;

fn manifest(zip: &mut Zip) -> Result<DossierManifest, DossierError> {
    let bytes = match whole(zip, MANIFEST) {
        Err(DossierError::Zip(ZipError::FileNotFound)) => return Err(DossierError::NotADossier),
        bytes => bytes?,
    };
    #[derive(serde::Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let head: Head = serde_json::from_slice(&bytes).map_err(|_other| DossierError::NotADossier)?;
    if head.format != FORMAT {
        return Err(DossierError::NotADossier);
    }
    if VERSION < head.version {
        return Err(DossierError::Newer);
    }
    Ok(serde_json::from_slice(&bytes)?)
}

/// Refuses what leads out of its folder, and what holds far too much, by what the dossier says of its files.
fn check(zip: &mut Zip, budget: u64) -> Result<(), DossierError> {
    if MOST_FILES < zip.len() {
        return Err(DossierError::TooLarge(budget >> 20));
    }
    let mut all: u64 = 0;
    for idx in 0..zip.len() {
        let file = zip.by_index_raw(idx)?;
        all = all.saturating_add(file.size());
        let is_link = file.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000);
        if is_link || file.name().ok().is_none_or(|name| path_below(&name).is_none()) {
            return Err(DossierError::LeadsOut);
        }
    }
    match budget < all {
        true => Err(DossierError::TooLarge(budget >> 20)),
        false => Ok(()),
    }
}

/// The path that a name stands for, if it stays below a folder on every system.
fn path_below(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    let is_plain = !name.contains(['\\', ':', '\0']) && !name.starts_with('/');
    let is_below = path.components().all(|it| matches!(it, Component::Normal(_)));
    (is_plain && is_below && !name.is_empty()).then(|| path.to_owned())
}

/// A file of the dossier of which not much is expected.
fn whole(zip: &mut Zip, name: &str) -> Result<Vec<u8>, DossierError> {
    let mut bytes = Vec::new();
    zip.by_name(name)?.take(MOST_OF_ONE + 1).read_to_end(&mut bytes)?;
    match MOST_OF_ONE < bytes.len() as u64 {
        true => Err(DossierError::TooLarge(MOST_OF_ONE >> 20)),
        false => Ok(bytes),
    }
}

/// What the user decided, as it is kept; nothing where the dossier has no such file.
fn kept<T: Kept>(zip: &mut Zip, name: &str) -> Result<T, DossierError> {
    let bytes = match whole(zip, name) {
        Err(DossierError::Zip(ZipError::FileNotFound)) => return Ok(T::default()),
        bytes => bytes?,
    };
    #[derive(serde::Deserialize)]
    struct Head {
        version: u64,
    }
    if T::NEWEST < serde_json::from_slice::<Head>(&bytes)?.version {
        return Err(DossierError::Newer);
    }
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    Ok(T::from_kept(&text).map_err(io::Error::other)?)
}

/// A name for the file of articles that nothing in the folder bears: that of the dossier.
fn free_name(into: &Path, dossier: &Path) -> String {
    let stem = dossier.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem.trim_start_matches('.');
    let stem = if stem.is_empty() { "dossier" } else { stem };
    let numbered = (2..).map(|n| format!("{stem}-{n}.jsonl"));
    let mut names = std::iter::once(format!("{stem}.jsonl")).chain(numbered);
    let is_free = |name: &String| !into.join(name).exists();
    names.find(is_free).unwrap_or_else(|| format!("{stem}.jsonl"))
}

/// The articles of a dossier in their places.
struct Added {
    places: Vec<ArticleKey>,
    n_new: u64,
}

fn add_articles(
    zip: &mut Zip,
    (into, name): (&Path, &str),
    known: &dyn Fn(&ArticlePrint) -> Option<ArticleKey>,
    left: &mut u64,
) -> Result<Added, DossierError> {
    let temp = tempfile::Builder::new().prefix(".fihrist-").tempfile_in(into)?;
    let mut out = BufWriter::new(temp.as_file().try_clone()?);
    let mut lines = BufReader::new(zip.by_name(ARTICLES)?);
    let mut added = Added {
        places: Vec::new(),
        n_new: 0,
    };
    loop {
        let mut line = Vec::new();
        let n_read = lines.by_ref().take(MOST_OF_ONE + 1).read_until(b'\n', &mut line)? as u64;
        if n_read == 0 {
            break;
        }
        *left = left
            .checked_sub(n_read)
            .filter(|_| n_read <= MOST_OF_ONE)
            .ok_or(DossierError::TooLarge(MOST_OF_ONE >> 20))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let article: ArticleLine = serde_json::from_slice(&line)?;
        let print = ArticlePrint::new(&article.title, &article.body);
        let place = known(&print).unwrap_or_else(|| ArticleKey {
            file: name.to_owned(),
            record: added.n_new as u32,
        });
        if place.file == name {
            serde_json::to_writer(&mut out, &article)?;
            out.write_all(b"\n")?;
            added.n_new += 1;
        }
        added.places.push(place);
    }
    out.flush()?;
    if added.n_new != 0 {
        persist_for_user(temp, &into.join(name))?;
    }
    Ok(added)
}

/// Unpacks the original files into a folder. What is there already stays.
fn unpack_originals(zip: &mut Zip, folder: &Path, left: &mut u64) -> Result<(), DossierError> {
    fs::create_dir_all(folder)?;
    for idx in 0..zip.len() {
        let file = zip.by_index(idx)?;
        let name = file.name()?.into_owned();
        let Some(name) = name.strip_prefix(ORIGINALS).filter(|it| !it.is_empty()) else {
            continue;
        };
        let below = path_below(name).ok_or(DossierError::LeadsOut)?;
        let path = folder.join(&below);
        if path.exists() {
            continue;
        }
        for dir in below.ancestors().skip(1).collect::<Vec<_>>().into_iter().rev() {
            let dir = folder.join(dir);
            if !dir.is_dir() {
                fs::create_dir(&dir)?;
                open_up_folder(&dir)?;
            }
        }
        let mut out = create_for_user(&path)?;
        // It may hold more than it says.
        let n_copied = io::copy(&mut file.take(*left + 1), &mut out)?;
        let Some(rest) = left.checked_sub(n_copied) else {
            drop(out);
            fs::remove_file(&path)?;
            return Err(DossierError::TooLarge(*left >> 20));
        };
        *left = rest;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_below_the_folder_on_every_system() {
        for name in ["a.txt", "originals/أ/ب.txt", "a/..b"] {
            assert!(path_below(name).is_some(), "{name}");
        }
        for name in [
            "",
            "/a",
            "../a",
            "a/../../b",
            "a\\..\\b",
            "C:/a",
            "C:a",
            "./a/../..",
            "a\0b",
        ] {
            assert!(path_below(name).is_none(), "{name}");
        }
    }
}
