//! Damaged files: the cases with bytes changed, cut out, doubled and mixed with each other, under every name; of what is
//! a zip inside, also the members before they are packed.
//!
//! They are read as `show` reads a file, and one in [`PER_INDEXED`] is put into a folder and indexed with its neighbours.
//! A short run is part of the tests; `FIHRIST_MUTANTS=1000000 cargo test --release --test it mutants -- --nocapture` is
//! a long one, of half an hour, and prints what became of them. The changes come from a fixed seed (`FIHRIST_SEED` for
//! another one), so that failures can be reproduced. `tests/fuzz` searches on, guided by the code that is reached.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use fihrist::archive::{self, Article, Damage, Reading, Reason};
use fihrist::entities::{Mention, Recogniser};
use fihrist::index::Index;
use fihrist::work::{DataDir, Means, UpdateOptions, update_index};
use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::cases;

/// The number of mutants in a short run. Picked by feel: some seconds.
const N_MUTANTS: u64 = 400;

/// Larger cases, in bytes, are not mutated: they only cost time. A guess.
const MAX_BYTES: usize = 16 << 10;

/// One mutant in so many is indexed.
const PER_INDEXED: u64 = 100;
/// So many of them lie in one folder.
const PER_FOLDER: usize = 200;

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(otherwise)
}

/// Pseudo-random numbers: SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }
}

fn mutant(random: &mut Random, files: &[(String, Vec<u8>)]) -> (String, Vec<u8>) {
    let (name, bytes) = files[random.below(files.len())].clone();
    let is_inside = bytes.starts_with(b"PK") && random.below(2) == 0;
    let inside = is_inside.then(|| mutated_inside(random, &bytes, files)).flatten();
    let bytes = inside.unwrap_or_else(|| mutated(random, bytes, files));
    // One in three is called something else: the content decides, whatever the name says.
    let name = match random.below(3) {
        0 => files[random.below(files.len())].0.clone(),
        _ => name,
    };
    (name, bytes)
}

/// A zip of which one member was changed.
fn mutated_inside(random: &mut Random, bytes: &[u8], files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = random.below(zip.len());
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for idx in 0..zip.len() {
        let mut member = zip.by_index(idx).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).ok()?;
        if idx == chosen {
            content = mutated(random, content, files);
        }
        packed.start_file(name, SimpleFileOptions::default()).ok()?;
        packed.write_all(&content).ok()?;
    }
    Some(packed.finish().ok()?.into_inner())
}

fn mutated(random: &mut Random, mut bytes: Vec<u8>, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(64)).min(bytes.len());
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] = random.next().to_le_bytes()[0],
            1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            5 => {
                let other = &files[random.below(files.len())].1;
                let start = random.below(other.len() + 1);
                let piece = other[start..(start + random.below(256)).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let signs = [
                    "<", ">", "\"", "{", "]", "&#", "\n", "\r\n", "=\n", "--", "\u{FEFF}", "\0", "From ",
                ];
                let sign = signs[random.below(signs.len())];
                bytes.splice(at..at, sign.bytes());
            }
        }
    }
    bytes
}

/// What became of mutants.
#[derive(Default)]
struct Tally {
    n_read: u64,
    n_articles: u64,
    /// How many files were refused, or in part, for each kind of reason.
    reasons: BTreeMap<String, u64>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.n_read += other.n_read;
        self.n_articles += other.n_articles;
        for (reason, n) in other.reasons {
            *self.reasons.entry(reason).or_default() += n;
        }
    }

    fn note(&mut self, reason: &Reason) {
        // A reader that panics is caught and told of, and is to be mended.
        assert_ne!(*reason, Reason::Damaged(Damage::ReaderFailed));
        let debug = format!("{reason:?}");
        let kind = debug.split([' ', '{']).next().unwrap_or_default().to_owned();
        let kind = kind.split('"').next().unwrap_or_default().to_owned();
        *self.reasons.entry(kind).or_default() += 1;
    }
}

/// Reads a file as `show` does.
fn read(folder: &Path, name: &Path) -> Tally {
    let mut tally = Tally {
        n_read: 1,
        ..Tally::default()
    };
    match archive::read_file(folder, name, &Reading::default()) {
        Ok(file) => {
            check(&file.articles);
            assert!(
                !file.articles.is_empty() || !file.summary.unreadable.is_empty(),
                "nothing is said"
            );
            assert_eq!(file.summary.n_articles as usize, file.articles.len());
            tally.n_articles = file.articles.len() as u64;
            file.summary.unreadable.iter().for_each(|it| tally.note(&it.reason));
        }
        Err(err) => tally.note(err.reason()),
    }
    tally
}

/// Invariants of every article: no text is lost, and all spans are valid.
fn check(articles: &[Article]) {
    for (idx, article) in articles.iter().enumerate() {
        assert_eq!(article.record as usize, idx);
        let mut end = 0;
        for section in &article.sections {
            assert!(end <= section.span.start, "sections overlap");
            assert!(
                section.span.of(&article.text).is_some_and(|it| !it.is_empty()),
                "not a span of the text"
            );
            assert!(is_blank(&article.text[end..section.span.start]), "text is lost");
            end = section.span.end;
        }
        assert!(is_blank(&article.text[end..]), "text is lost");
        assert!(!article.title.is_empty() || is_blank(&article.text), "no title");
    }
}

fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || fihrist::arabic::letter::is_invisible(c))
}

/// The cases that are mutated.
fn files() -> Vec<(String, Vec<u8>)> {
    let files = cases::names().into_iter().map(|name| {
        let bytes = cases::bytes(&name);
        (name, bytes)
    });
    files.filter(|(_, bytes)| bytes.len() <= MAX_BYTES).collect()
}

/// The mutant of a round.
fn mutant_of(seed: u64, round: u64, files: &[(String, Vec<u8>)]) -> (String, Vec<u8>) {
    let mut random = Random(seed.wrapping_mul(0x1_0000_0001).wrapping_add(round));
    mutant(&mut random, files)
}

#[test]
fn damaged_files_of_every_format_are_read_without_panic_or_loss() {
    let files = files();
    let folder = tempfile::tempdir().unwrap();
    let seed = number("FIHRIST_SEED", 1);
    let tally = Mutex::new(Tally::default());
    let rounds = 0..number("FIHRIST_MUTANTS", N_MUTANTS);
    rounds.into_par_iter().for_each(|round| {
        let (name, bytes) = mutant_of(seed, round, &files);
        let path = PathBuf::from(format!("{round}-{name}"));
        fs::write(folder.path().join(&path), &bytes).unwrap();
        let result = panic::catch_unwind(|| read(folder.path(), &path));
        fs::remove_file(folder.path().join(&path)).unwrap();
        let read = result.unwrap_or_else(|_| panic!("FIHRIST_SEED={seed}, round {round}, as {name}"));
        tally.lock().unwrap().add(read);
    });
    let tally = tally.into_inner().unwrap();
    println!(
        "{} mutants read, {} articles; not read: {:#?}",
        tally.n_read, tally.n_articles, tally.reasons
    );
    assert!(tally.n_articles != 0 && !tally.reasons.is_empty());
}

/// Recognises nothing: here only the reading is tried.
struct Nobody;

impl Recogniser for Nobody {
    fn mentions(&self, _article: &Article) -> Vec<Mention> {
        Vec::new()
    }
}

/// Indexes files and checks that of each something is said, and that none costs another anything.
fn check_index(files: &[(String, Vec<u8>)]) -> (u64, usize) {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut n_articles = 0;
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        n_articles += read(folder.path(), Path::new(name)).n_articles;
    }
    let index = Index::open(&data.path().join("index")).unwrap();
    let data_dir = DataDir::new(data.path().to_owned());
    let update = || {
        update_index(
            &index,
            &data_dir,
            folder.path(),
            Means::here(&Nobody),
            &UpdateOptions::default(),
            &AtomicBool::new(false),
            &mut |_| {},
        )
        .unwrap()
    };
    let summary = update();
    assert_eq!(summary.files, files.len() as u64);
    assert_eq!(summary.articles, n_articles, "articles are lost");
    let indexed = index.searcher().unwrap().files().unwrap();
    for (name, _) in files {
        assert!(
            indexed.iter().any(|it| it.path == Path::new(name)),
            "{name} is forgotten"
        );
    }
    let again = update();
    assert_eq!((again.added, again.changed, again.removed), (0, 0, 0));
    assert_eq!((again.articles, &again.unreadable), (n_articles, &summary.unreadable));
    (n_articles, summary.unreadable.len())
}

#[test]
fn a_folder_of_damaged_files_is_indexed_whole() {
    let files = files();
    let seed = number("FIHRIST_SEED", 1).wrapping_add(1 << 32);
    let n_indexed = (number("FIHRIST_MUTANTS", N_MUTANTS) / PER_INDEXED).max(40);
    let mut n_articles = 0;
    let mut n_unreadable = 0;
    let rounds: Vec<u64> = (0..n_indexed).collect();
    for rounds in rounds.chunks(PER_FOLDER) {
        let of_folder: Vec<(String, Vec<u8>)> = rounds
            .iter()
            .map(|round| {
                let (name, bytes) = mutant_of(seed, *round, &files);
                // Some names say what a file is.
                (format!("{round}/{name}"), bytes)
            })
            .collect();
        let result = panic::catch_unwind(|| check_index(&of_folder));
        let (articles, unreadable) = result.unwrap_or_else(|_| panic!("FIHRIST_SEED={seed}, rounds {rounds:?}"));
        n_articles += articles;
        n_unreadable += unreadable;
    }
    println!("{n_indexed} mutants indexed, {n_articles} articles, {n_unreadable} not read");
}
