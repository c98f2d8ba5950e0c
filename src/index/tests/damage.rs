//! What becomes of an index that is damaged.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use crate::archive::Article;
use crate::index::damage::Suspicion;
use crate::index::{
    DerivedFile, Hit, HitOrder, Index, IndexedFile, NothingFound, OpenError, SearchError, SearchRequest,
};

use super::{Draft, add, all_of, drafts, indexed, request, search};

#[test]
fn a_damaged_index_is_built_anew() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 5] = [
        ("meta", |dir| fs::write(dir.join("meta.json"), "{").unwrap()),
        ("no version", |dir| {
            fs::remove_file(dir.join("fihrist-index.json")).unwrap();
        }),
        ("other version", |dir| {
            fs::write(dir.join("fihrist-index.json"), "{\"version\":0}").unwrap();
        }),
        ("files gone", |dir| {
            for_each_segment_file(dir, |path| fs::remove_file(path).unwrap());
        }),
        ("files cut", |dir| {
            for_each_segment_file(dir, |path| {
                let half = fs::metadata(path).unwrap().len() / 2;
                let file = fs::OpenOptions::new().write(true).open(path).unwrap();
                file.set_len(half).unwrap();
            });
        }),
    ];
    for (name, damage) in damages {
        let (dir, index) = indexed(&drafts());
        drop(index);
        damage(dir.path());
        let index = Index::open(dir.path()).unwrap_or_else(|err| panic!("{name}: {err}"));
        assert!(index.rebuilt(), "{name}");
        assert_eq!(index.searcher().unwrap().n_articles(), 0, "{name}");
        add(&index, &drafts());
        assert_eq!(index.searcher().unwrap().n_articles(), 4, "{name}");
        drop(index);
        assert!(!Index::open(dir.path()).unwrap().rebuilt(), "{name}");
    }
}

fn for_each_segment_file(dir: &Path, change: impl Fn(&Path)) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let extension = path.extension().unwrap_or_default();
        if ["store", "fast", "term", "idx"].iter().any(|it| extension == *it) {
            change(&path);
        }
    }
}

#[test]
fn a_damaged_index_that_is_being_written_is_left_alone() {
    let (dir, index) = indexed(&drafts());
    let writer = index.writer().unwrap();
    fs::write(dir.path().join("fihrist-index.json"), "{\"version\":0}").unwrap();
    assert!(matches!(Index::open(dir.path()), Err(OpenError::Busy { .. })));
    drop(writer);
}

#[test]
fn a_damaged_file_of_columns_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    add(&index, &drafts());
    let expected = all_of(&index);
    index.keep_columns().unwrap();
    drop(index);
    let file = dir.path().join("columns-1");
    let whole = fs::read(&file).unwrap();
    for len in [0, 7, 40, whole.len() / 2, whole.len() - 1] {
        fs::write(&file, &whole[..len]).unwrap();
        assert_eq!(
            all_of(&Index::open(dir.path()).unwrap()),
            expected,
            "cut to {len} bytes"
        );
    }
    for at in (0..whole.len()).step_by(37) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x80;
        fs::write(&file, damaged).unwrap();
        let index = Index::open(dir.path()).unwrap();
        assert!(!index.rebuilt());
        assert_eq!(all_of(&index), expected, "byte {at} changed");
    }
}

/// An index as a job sees it: a panic becomes an error to report.
fn job<T>(ask: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(ask)).unwrap_or_else(|_panic| Err("a panic".to_owned()))
}

/// Everything that is asked of an index, as one text; whether it had to be built anew; or what was told to be wrong.
fn answers(dir: &Path) -> Result<(String, bool), String> {
    let index = Index::open(dir).map_err(|err| err.to_string())?;
    let searcher = index.searcher().map_err(|err| err.to_string())?;
    let mut answers = Vec::new();
    let told = |err: SearchError| err.to_string();
    for query in [
        "",
        "كلام ",
        "كل",
        "«كلام»",
        "«كلام أخير»",
        "\"كَلام آخر\"",
        "شخص:سالم",
        "نهر وادي",
        "-كلام",
    ] {
        for order in [HitOrder::Relevance, HitOrder::Title] {
            let request = SearchRequest {
                order,
                ..request(query)
            };
            let page = searcher.search_to_end(&request).map_err(told)?;
            if let Some(err) = page.incomplete {
                return Err(err.to_string());
            }
            for hit in searcher.hits(&page, 0..page.articles.len(), &request) {
                let hit = Hit {
                    score: 0.0,
                    ..hit.map_err(told)?
                };
                answers.push(format!("{hit:?}"));
            }
            answers.push(format!(
                "{:?} {:?} {:?}",
                page.facets, page.timeline, page.nothing_found
            ));
        }
    }
    for article in searcher.articles() {
        answers.push(format!("{:?}", searcher.stored_article(article).map_err(told)?));
    }
    let page = searcher.search_to_end(&request("")).map_err(told)?;
    answers.push(format!(
        "{:?}",
        searcher.find_title(&page, "ن", None, &|| false).map_err(told)?
    ));
    answers.push(format!("{:?}", searcher.completions("كل").map_err(told)?));
    for entity in searcher.find_entities("سالم", None, 9) {
        let page = searcher.entity_page(&entity.id, None, &request("كلام "), &|| false);
        answers.push(format!("{:?}", page.map_err(told)?));
    }
    answers.push(format!("{:?}", searcher.files().map_err(told)?));
    Ok((answers.join("\n"), index.rebuilt()))
}

/// A way to damage a file.
type Damage = fn(&Path);

/// Damages that change how long a file is, which no read overlooks.
const LOSSES: [(&str, Damage); 3] = [
    ("deleted", |file| fs::remove_file(file).unwrap()),
    ("emptied", |file| fs::write(file, []).unwrap()),
    ("cut in half", |file| {
        let bytes = fs::read(file).unwrap();
        fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
    }),
];

const FLIPS: [(&str, Damage); 4] = [
    ("first byte flipped", |file| flip(file, |_| 0)),
    ("byte in the first third flipped", |file| flip(file, |len| len / 3)),
    ("byte in the middle flipped", |file| flip(file, |len| len / 2)),
    ("last byte flipped", |file| flip(file, |len| len - 1)),
];

fn flip(file: &Path, at: fn(usize) -> usize) {
    let mut bytes = fs::read(file).unwrap();
    let at = at(bytes.len());
    bytes[at] ^= 0x55;
    fs::write(file, bytes).unwrap();
}

/// An index of several segments, one with a deleted article, with all files that are kept beside it.
fn whole_index(dir: &Path) {
    let index = Index::open(dir).unwrap();
    let mut writer = index.writer().unwrap();
    let drafts = drafts();
    // Many, so that the segment of each thread holds several.
    for (number, draft) in (0..24).zip(drafts.iter().cycle()) {
        let path = PathBuf::from(format!("{number}.txt"));
        let (article, mentions) = draft.article();
        let file = IndexedFile {
            path: path.clone(),
            ..draft.file()
        };
        writer
            .add_file(&file, &[(Article { path, ..article }, mentions)])
            .unwrap();
    }
    writer.commit().unwrap();
    writer.remove_file(Path::new("3.txt")).unwrap();
    writer.commit().unwrap();
    drop(writer);
    // Without them there would be nothing to compare.
    index.searcher().unwrap();
    index.keep_columns().unwrap();
}

/// The kind of a file: segments have names of their own.
fn kind_of(file: &Path) -> String {
    let name = file.file_name().unwrap().to_string_lossy();
    match name.rsplit_once('.') {
        Some((before, kind)) if !before.is_empty() && kind != "json" => kind.to_owned(),
        _ => name.into_owned(),
    }
}

fn copy_of(dir: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(dir).unwrap() {
        let file = entry.unwrap().path();
        fs::copy(&file, copy.path().join(file.file_name().unwrap())).unwrap();
    }
    copy
}

/// Damages each file of an index in each way and asks the index for everything. `check` is told what was damaged in which
/// folder, and whether the answers are those of the whole index.
fn for_each_damage(damages: &[(&str, Damage)], mut check: impl FnMut(&str, &Path, bool)) {
    let whole = tempfile::tempdir().unwrap();
    whole_index(whole.path());
    let (expected, rebuilt) = answers(whole.path()).unwrap();
    assert!(!rebuilt && expected.contains("سالم"));
    let files = fs::read_dir(whole.path()).unwrap().map(|it| it.unwrap().file_name());
    let files: Vec<OsString> = files.filter(|it| !it.to_string_lossy().ends_with(".lock")).collect();
    let kinds: BTreeSet<String> = files.iter().map(|it| kind_of(Path::new(it))).collect();
    let expected_kinds = [
        ".managed.json",
        "columns-1",
        "del",
        "fast",
        "fieldnorm",
        "fihrist-index.json",
        "idx",
        "meta.json",
        "pos",
        "store",
        "stories",
        "term",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected_kinds);
    for file in &files {
        for (name, damage) in damages {
            let copy = copy_of(whole.path());
            damage(&copy.path().join(file));
            let name = format!("{} {name}", kind_of(Path::new(file)));
            let answered = job(|| answers(copy.path()));
            let is_as_ever = match &answered {
                Ok((_, rebuilt)) if *rebuilt => continue,
                Ok((answers, _)) => *answers == expected,
                // It was told.
                Err(_err) => {
                    let healed = job(|| answers(copy.path()));
                    let is_healed = healed
                        .as_ref()
                        .is_ok_and(|(answers, rebuilt)| *rebuilt || *answers == expected);
                    assert!(is_healed, "{name}: {answered:?}, then {healed:?}");
                    continue;
                }
            };
            check(&name, copy.path(), is_as_ever);
        }
    }
}

#[test]
fn a_file_that_is_gone_or_cut_short_is_told_or_made_again() {
    for_each_damage(&LOSSES, |name, _, is_as_ever| {
        assert!(is_as_ever, "{name}: other answers, and nothing was told");
    });
}

/// What no read notices is noticed by the check that a suspicion brings about.
#[test]
fn a_flipped_byte_is_told_or_found_when_it_is_looked_for() {
    for_each_damage(&FLIPS, |name, dir, is_as_ever| {
        if is_as_ever {
            return;
        }
        Suspicion::new(dir).raise();
        assert!(Index::open(dir).unwrap().rebuilt(), "{name}: it was not found");
    });
}

#[test]
fn a_bad_segment_does_not_hide_the_others() {
    let draft = |title| Draft {
        title,
        body: "كلام أخير",
        ..Draft::default()
    };
    let (dir, index) = indexed(&["أول", "ثان", "ثالث"].map(draft));
    drop(index);
    let files = fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().path());
    let positions = files.filter(|it| kind_of(it) == "pos").min().unwrap();
    fs::remove_file(positions).unwrap();
    let index = Index::open(dir.path()).unwrap();
    let searcher = index.searcher().unwrap();
    // No words of it can be read any more.
    assert_eq!(search(&searcher, &request("")).articles.len(), 3);
    for query in ["كلام ", "«كلام أخير»", "كل"] {
        let page = searcher.search_to_end(&request(query)).unwrap();
        assert_eq!(page.articles.len(), 2, "{query}");
        assert!(page.incomplete.is_some_and(|err| err.is_damage()), "{query}");
        assert_eq!(page.nothing_found, NothingFound::default());
    }
    drop(index);
    assert!(Index::open(dir.path()).unwrap().rebuilt(), "it was suspected");
}

#[test]
fn damaged_files_beside_the_index_are_made_again_and_that_is_told() {
    for (name, derived) in [("columns-1", DerivedFile::Columns), ("stories", DerivedFile::Stories)] {
        let dir = tempfile::tempdir().unwrap();
        whole_index(dir.path());
        let expected = all_of(&Index::open(dir.path()).unwrap());
        flip(&dir.path().join(name), |len| len - 9);
        let index = Index::open(dir.path()).unwrap();
        assert_eq!(all_of(&index), expected);
        assert!(!index.rebuilt());
        assert_eq!(index.remade(), [derived]);
        drop(index);
        let index = Index::open(dir.path()).unwrap();
        assert_eq!(all_of(&index), expected);
        index.keep_columns().unwrap();
        drop(index);
        let index = Index::open(dir.path()).unwrap();
        index.searcher().unwrap();
        assert_eq!(index.remade(), []);
    }
}
