//! What the store promises, whoever else writes and whatever happens to the files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::entities::{Correction, Corrections, EntityId};
use crate::state::{ArchiveRoot, KeptFate, KeptKind, Searches, Settings, Visit};

use super::*;

/// A folder with a file of corrections, and what happened to it.
struct Bench {
    dir: tempfile::TempDir,
    mishaps: Arc<Mishaps>,
}

impl Bench {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            mishaps: Arc::default(),
        }
    }

    /// The file, as another process would open it.
    fn open<T: Kept>(&self, name: &str) -> KeptFile<T> {
        KeptFile::new(self.dir.path().join(name), Arc::clone(&self.mishaps))
    }

    fn corrections(&self) -> KeptFile<Corrections> {
        self.open("corrections.json")
    }

    fn fates(&self) -> Vec<KeptFate> {
        self.mishaps.take().into_iter().map(|it| it.fate).collect()
    }

    fn names(&self, part: &str) -> Vec<String> {
        let names = |dir: &Path| {
            let entries = fs::read_dir(dir).into_iter().flatten().flatten();
            let names = entries.map(|it| it.file_name().into_string().unwrap());
            names.filter(|it| it.contains(part)).collect::<Vec<_>>()
        };
        let mut found = names(self.dir.path());
        found.extend(names(&self.dir.path().join("versions")));
        found.sort();
        found
    }
}

fn hide(name: &str) -> Correction {
    Correction::Hide {
        entity: EntityId(name.to_owned()),
    }
}

fn add(file: &KeptFile<Corrections>, name: &str) {
    file.edit(|it| -> Result<bool, KeptError> { Ok(it.add(hide(name))) })
        .unwrap();
}

fn hidden(corrections: &Corrections) -> String {
    let names = corrections.all().iter().map(|it| it.entities()[0].0.as_str());
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_many_change_at_once_is_all_there() {
    let bench = Bench::new();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let file = bench.corrections();
            scope.spawn(move || {
                for number in 0..12 {
                    add(&file, &format!("{thread}-{number}"));
                }
            });
        }
    });
    let corrections = bench.corrections().load().unwrap();
    let mut names: Vec<String> = hidden(&corrections).split(' ').map(str::to_owned).collect();
    names.sort();
    names.dedup();
    assert_eq!((names.len(), corrections.all().len()), (96, 96));
    assert_eq!(bench.fates(), []);
    assert_eq!(bench.names(".tmp"), [""; 0]);
}

#[test]
fn the_last_ten_versions_are_kept_and_what_changes_nothing_is_none() {
    let bench = Bench::new();
    let file = bench.corrections();
    for number in 1..=14 {
        for _ in 0..2 {
            add(&file, &number.to_string());
        }
    }
    let expected: Vec<String> = (5..=14).map(|number| format!("corrections.{number:06}.json")).collect();
    assert_eq!(bench.names("corrections.0"), expected);
    // The last of them is what the file holds.
    let newest = bench.dir.path().join("versions").join(&expected[9]);
    assert_eq!(fs::read(newest).unwrap(), fs::read(file.path()).unwrap());
}

#[test]
fn what_is_dropped_for_good_is_in_no_version() {
    let bench = Bench::new();
    let file = bench.corrections();
    add(&file, "a");
    add(&file, "b");
    let drop_first = |it: &mut Corrections| drop(it.remove(0));
    file.edit_for_good(drop_first).unwrap();
    assert_eq!(hidden(&file.load().unwrap()), "b");
    let versions = bench.names("corrections.0");
    assert_eq!(versions.len(), 1, "{versions:?}");
    let version = bench.dir.path().join("versions").join(&versions[0]);
    assert_eq!(fs::read(version).unwrap(), fs::read(file.path()).unwrap());
    // What drops nothing leaves the versions.
    add(&file, "c");
    file.edit_for_good(|_| ()).unwrap();
    assert_eq!(bench.names("corrections.0").len(), 2);
}

#[test]
fn a_damaged_file_is_kept_aside_and_its_last_version_restored() {
    let bench = Bench::new();
    let file = bench.corrections();
    add(&file, "a");
    add(&file, "b");
    for damage in ["{\"version\": 1, \"corrections\": [{\"hid", "", "\u{0}\u{0}"] {
        fs::write(file.path(), damage).unwrap();
        assert_eq!(hidden(&file.load().unwrap()), "a b");
        match bench.fates().as_slice() {
            [
                KeptFate::Damaged {
                    kept,
                    restored: Some(version),
                    ..
                },
            ] => {
                assert_eq!(fs::read_to_string(kept).unwrap(), damage);
                assert!(version.ends_with("versions/corrections.000002.json"), "{version:?}");
            }
            fates => panic!("{fates:?}"),
        }
        assert_eq!(hidden(&bench.corrections().load().unwrap()), "a b");
        assert_eq!(bench.fates(), []);
    }
    // A change is made to what was restored, and to the newest version that can be read.
    let newest = bench.dir.path().join("versions/corrections.000002.json");
    fs::write(newest, "{").unwrap();
    fs::write(file.path(), "{").unwrap();
    add(&file, "c");
    assert_eq!(hidden(&file.load().unwrap()), "a c");
    assert_eq!(bench.fates().len(), 1);
}

#[test]
fn a_deleted_file_is_restored_and_told() {
    let bench = Bench::new();
    let file = bench.corrections();
    assert_eq!(file.load().unwrap(), Corrections::default());
    assert_eq!((bench.fates(), bench.names("")), (vec![], vec![]));
    add(&file, "a");
    fs::remove_file(file.path()).unwrap();
    assert_eq!(hidden(&file.load().unwrap()), "a");
    assert!(matches!(bench.fates()[..], [KeptFate::Deleted { .. }]));
    assert!(file.path().exists());
    fs::remove_file(file.path()).unwrap();
    add(&file, "b");
    assert_eq!(hidden(&file.load().unwrap()), "a b");
    assert!(matches!(bench.fates()[..], [KeptFate::Deleted { .. }]));
}

#[test]
fn a_file_of_a_later_version_is_neither_used_nor_overwritten() {
    let bench = Bench::new();
    let later = r#"{"version": 2, "language": "Klingon"}"#;
    let file: KeptFile<Settings> = bench.open("settings.json");
    fs::write(file.path(), later).unwrap();
    for _ in 0..2 {
        assert_eq!(file.load().unwrap(), Settings::default());
    }
    // Told once.
    assert!(matches!(bench.fates()[..], [KeptFate::Newer { .. }]));
    let edited = file.edit(|it| -> Result<(), KeptError> {
        it.justified = true;
        Ok(())
    });
    assert!(matches!(edited, Err(KeptError::Newer { .. })));
    assert_eq!(fs::read_to_string(file.path()).unwrap(), later);
    // What an earlier version wrote has no number.
    fs::write(file.path(), r#"{"justified": true}"#).unwrap();
    assert!(file.load().unwrap().justified);
}

#[test]
fn rules_without_which_files_are_misread_are_never_taken_for_none() {
    let bench = Bench::new();
    let file: KeptFile<crate::archive::Reading> = bench.open("reading.json");
    fs::write(file.path(), "{").unwrap();
    for _ in 0..2 {
        let err = file.load().unwrap_err();
        assert!(err.to_string().contains("mend or remove the file"), "{err}");
    }
    assert_eq!(fs::read_to_string(file.path()).unwrap(), "{");
}

#[test]
fn what_a_kill_leaves_between_writing_and_renaming_is_no_harm_and_cleared_away() {
    let bench = Bench::new();
    let file = bench.corrections();
    add(&file, "a");
    let left = bench.dir.path().join(".tmp-corrections.json-Ab12Cd");
    fs::write(&left, "{\"version\": 1, \"corr").unwrap();
    add(&bench.corrections(), "b");
    assert_eq!(hidden(&file.load().unwrap()), "a b");
    crate::work::leftovers::clear_archive(bench.dir.path());
    assert!(!left.exists());
    assert_eq!(hidden(&file.load().unwrap()), "a b");
}

#[test]
fn a_change_that_fails_leaves_the_file_as_it_was() {
    let bench = Bench::new();
    let file = bench.corrections();
    add(&file, "a");
    let before = fs::read(file.path()).unwrap();
    let failed = file.edit(|it| -> Result<(), KeptError> {
        it.add(hide("b"));
        let path = PathBuf::new();
        Err(KeptError::Newer { path })
    });
    assert!(failed.is_err());
    assert_eq!(fs::read(file.path()).unwrap(), before);
    // Nor does one of which no version can be kept.
    fs::remove_dir_all(bench.dir.path().join("versions")).unwrap();
    fs::write(bench.dir.path().join("versions"), "no folder").unwrap();
    let failed = file.edit(|it| -> Result<bool, KeptError> { Ok(it.add(hide("b"))) });
    assert!(matches!(failed, Err(KeptError::Io { .. })));
    assert_eq!(fs::read(file.path()).unwrap(), before);
}

#[test]
fn a_view_follows_what_others_change() {
    let bench = Bench::new();
    let (mut mine, mut theirs) = (
        View::<Searches>::open(bench.open("searches.json")).unwrap(),
        View::<Searches>::open(bench.open("searches.json")).unwrap(),
    );
    let save = |view: &mut View<Searches>, name: &str| {
        let name = name.to_owned();
        view.edit(|it| -> Result<(), KeptError> {
            it.save(name, Visit::default());
            Ok(())
        })
        .unwrap();
    };
    let names = |it: &Searches| it.saved.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    save(&mut mine, "a");
    assert_eq!(mine.refresh().unwrap(), None);
    assert_eq!(theirs.refresh().unwrap(), Some(Searches::default()));
    save(&mut theirs, "b");
    assert_eq!(names(&mine.refresh().unwrap().unwrap()), ["a"]);
    assert_eq!(names(mine.known()), ["a", "b"]);
    assert_eq!(mine.refresh().unwrap(), None);
    // One's own change holds what others did, without looking before.
    save(&mut theirs, "c");
    save(&mut mine, "d");
    assert_eq!(names(mine.known()), ["a", "b", "c", "d"]);
}

#[test]
fn all_kinds_come_back_as_they_were_kept() {
    fn check<T: Kept + std::fmt::Debug>(value: &T, kind: KeptKind) {
        let json = value.to_kept().unwrap();
        assert_eq!(T::from_kept(&json).unwrap(), *value);
        assert_eq!(T::KIND, kind);
        assert!(
            json.starts_with("{\n  \"version\": 1") || json.starts_with('['),
            "{json}"
        );
    }
    let mut settings = Settings::default();
    settings.remember(&ArchiveRoot::Folder("أخبار".into()));
    check(&settings, KeptKind::Settings);
    let mut searches = Searches::default();
    searches.save("بحثي".to_owned(), Visit::default());
    check(&searches, KeptKind::Searches);
    let mut corrections = Corrections::default();
    corrections.add(hide("a"));
    check(&corrections, KeptKind::Corrections);
    check(&crate::archive::Reading::default(), KeptKind::Reading);
    check(&crate::entities::KnownIds::default(), KeptKind::EntityIds);
    check(&crate::marks::Marks::default(), KeptKind::Marks);
}

#[test]
fn a_file_that_is_removed_while_it_is_written_is_missed_by_the_next_look() {
    let bench = Bench::new();
    let mut view = View::<Corrections>::open(bench.corrections()).unwrap();
    let path = view.file().path().to_owned();
    view.edit(|it| -> Result<bool, KeptError> { Ok(it.add(hide("a"))) })
        .unwrap();
    fs::remove_file(&path).unwrap();
    view.edit(|it| -> Result<bool, KeptError> { Ok(it.add(hide("a"))) })
        .unwrap();
    assert!(matches!(bench.fates()[..], [KeptFate::Deleted { .. }]));
    fs::remove_file(&path).unwrap();
    for _ in 0..2 {
        assert_eq!(view.refresh().unwrap(), None);
    }
    assert!(matches!(bench.fates()[..], [KeptFate::Deleted { .. }]));
    assert!(path.exists());
}
