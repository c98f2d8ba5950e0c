//! What becomes of an index that is damaged.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use crate::archive::Article;
use crate::index::damage::Suspicion;
use crate::index::{
    Checked, DerivedFile, Hit, HitOrder, Index, IndexedFile, NothingFound, OpenError, SearchError, SearchRequest,
};

use super::{Draft, add, all_of, drafts, indexed, request, titles};

#[test]
fn an_index_whose_list_is_lost_is_built_anew() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 4] = [
        ("both lists", |dir| {
            fs::write(dir.join("meta.json"), "{").unwrap();
            flip(&dir.join("meta-copy.json"), |len| len / 2);
        }),
        ("both lists gone", |dir| {
            fs::remove_file(dir.join("meta.json")).unwrap();
            fs::remove_file(dir.join("meta-copy.json")).unwrap();
        }),
        ("other version", |dir| {
            fs::write(dir.join("meta.json"), "{}").unwrap();
            fs::remove_file(dir.join("meta-copy.json")).unwrap();
        }),
        ("all at once", |dir| {
            for entry in fs::read_dir(dir).unwrap() {
                fs::write(entry.unwrap().path(), []).unwrap();
            }
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

#[test]
fn one_list_of_segments_is_enough_and_an_older_one_does_not_count() {
    let (dir, index) = indexed(&drafts()[..2]);
    let [list, copy] = ["meta.json", "meta-copy.json"].map(|name| dir.path().join(name));
    let older = fs::read(&list).unwrap();
    add(&index, &drafts());
    drop(index);
    let newest = fs::read(&list).unwrap();
    assert_eq!(newest, fs::read(&copy).unwrap());
    for bad in [&list, &copy] {
        for content in [&older[..], b"", &newest[..newest.len() / 2], b"{}\n"] {
            fs::write(bad, content).unwrap();
            let index = Index::open(dir.path()).unwrap();
            assert!(!index.rebuilt() && index.damage() == crate::index::Damage::default());
            assert_eq!(index.searcher().unwrap().n_articles(), 4);
            assert_eq!(fs::read(bad).unwrap(), newest, "it is made good");
        }
        fs::remove_file(bad).unwrap();
        assert_eq!(Index::open(dir.path()).unwrap().searcher().unwrap().n_articles(), 4);
    }
}

#[test]
fn a_damaged_index_that_is_being_written_is_left_alone() {
    let (dir, index) = indexed(&drafts());
    let writer = index.writer().unwrap();
    for list in ["meta.json", "meta-copy.json"] {
        fs::write(dir.path().join(list), "{}").unwrap();
    }
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
    let file = dir.path().join("columns-2");
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

/// Everything that is asked of an index, as one text; or what was told to be wrong. `check` is how much of it is checked
/// before.
fn answers(dir: &Path, check: u64) -> Result<String, String> {
    let index = Index::open_checked(dir, check).map_err(|err| err.to_string())?;
    if index.rebuilt() || index.damage() != crate::index::Damage::default() {
        return Err("it is damaged, and its files are read again".to_owned());
    }
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
        let page = searcher.entity_page(&entity.id, &[], &request("كلام "), &|| false);
        answers.push(format!("{:?}", page.map_err(told)?));
    }
    answers.push(format!("{:?}", searcher.files().map_err(told)?));
    Ok(answers.join("\n"))
}

/// A way to damage a file.
type Damage = fn(&Path);

/// Damages that change how long a file is, which no read overlooks.
const LOSSES: [(&str, Damage); 5] = [
    ("longer", |file| {
        let mut bytes = fs::read(file).unwrap();
        bytes.extend(b"more");
        fs::write(file, bytes).unwrap();
    }),
    ("exchanged", |file| {
        let dir = file.parent().unwrap();
        let files = fs::read_dir(dir).unwrap().map(|it| it.unwrap().path());
        let others = files.filter(|it| kind_of(it) == kind_of(file) && it != file);
        if let Some(other) = others.max() {
            let aside = dir.join("aside");
            fs::rename(file, &aside).unwrap();
            fs::rename(&other, file).unwrap();
            fs::rename(&aside, other).unwrap();
        }
    }),
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
/// folder, and whether the answers are those of the whole index, or told to be wrong.
fn for_each_damage(damages: &[(&str, Damage)], checked: u64, mut check: impl FnMut(&str, &Path, Result<bool, String>)) {
    let whole = tempfile::tempdir().unwrap();
    whole_index(whole.path());
    let expected = answers(whole.path(), 0).unwrap();
    assert!(expected.contains("سالم"));
    let files = fs::read_dir(whole.path()).unwrap().map(|it| it.unwrap().file_name());
    let files: Vec<OsString> = files.filter(|it| !it.to_string_lossy().ends_with(".lock")).collect();
    let kinds: BTreeSet<String> = files.iter().map(|it| kind_of(Path::new(it))).collect();
    let expected_kinds = [
        ".managed.json",
        "columns-2",
        "del",
        "fast",
        "fieldnorm",
        "idx",
        "meta-copy.json",
        "meta.json",
        "names",
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
            let answered = job(|| answers(copy.path(), checked));
            check(&name, copy.path(), answered.map(|it| it == expected));
        }
    }
}

#[test]
fn a_file_that_is_gone_cut_exchanged_or_longer_is_told_at_once() {
    for_each_damage(&LOSSES, 0, |name, _, is_as_ever| {
        assert_ne!(is_as_ever, Ok(false), "{name}: other answers, and nothing was told");
    });
}

#[test]
fn every_changed_byte_is_told_where_the_index_is_checked_before_it_is_read() {
    for_each_damage(&FLIPS, u64::MAX, |name, _, is_as_ever| {
        assert_ne!(is_as_ever, Ok(false), "{name}: other answers, and nothing was told");
    });
}

#[test]
fn what_no_read_notices_is_found_when_the_open_index_is_checked() {
    for_each_damage(&FLIPS, 0, |name, dir, is_as_ever| {
        if is_as_ever != Ok(false) {
            return;
        }
        let index = Index::open(dir).unwrap();
        check_all(&index);
        assert_ne!(
            index.damage(),
            crate::index::Damage::default(),
            "{name}: it was not found"
        );
        let searcher = index.searcher().unwrap();
        assert!(searcher.lacks_parts());
        let all = searcher.search_to_end(&request(""));
        assert!(all.map_or_else(|_| true, |page| page.incomplete.is_some()), "{name}");
    });
}

/// Reads all of an open index.
fn check_all(index: &Index) {
    while index.check_next(&mut |_| ControlFlow::Continue(())).unwrap() != Checked::All {}
}

#[test]
fn a_damaged_segment_is_dropped_and_what_it_held_is_found_again() {
    for kind in ["idx", "term", "pos", "store", "fast", "fieldnorm"] {
        let (dir, index) = indexed(&drafts());
        drop(index);
        let files = fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().path());
        flip(&files.filter(|it| kind_of(it) == kind).min().unwrap(), |len| len / 4);
        let index = Index::open_checked(dir.path(), u64::MAX).unwrap();
        let damage = index.damage();
        assert_eq!((damage.parts, damage.articles), (1, 1), "{kind}");
        let searcher = index.searcher().unwrap();
        assert_eq!((searcher.n_articles(), searcher.files().unwrap().len()), (3, 3));
        let mut writer = index.writer().unwrap();
        for draft in drafts() {
            writer.add_file(&draft.file(), &[draft.article()]).unwrap();
        }
        writer.finish().unwrap();
        index.mended(damage);
        assert_eq!(titles(&index.searcher().unwrap(), &request("كلام ")).len(), 4, "{kind}");
        drop(index);
        let index = Index::open_checked(dir.path(), u64::MAX).unwrap();
        assert_eq!(index.damage(), crate::index::Damage::default());
        assert_eq!(titles(&index.searcher().unwrap(), &request("كلام ")).len(), 4, "{kind}");
    }
}

#[test]
fn a_damaged_index_is_suspected_until_it_is_mended() {
    let (dir, index) = indexed(&drafts());
    let files = fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().path());
    flip(&files.filter(|it| kind_of(it) == "idx").min().unwrap(), |len| len / 4);
    check_all(&index);
    let damage = index.damage();
    assert_eq!(damage.articles, 1);
    drop(index);
    // Killed before its files were read again: the next one knows.
    let index = Index::open(dir.path()).unwrap();
    assert_eq!(index.damage(), damage);
    add(&index, &drafts());
    index.mended(damage);
    assert!(!Suspicion::new(dir.path()).is_raised());
}

#[test]
fn a_file_of_which_a_part_is_damaged_is_unknown() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let mut writer = index.writer().unwrap();
    let draft = &drafts()[0];
    let (article, mentions) = draft.article();
    let record = |record| {
        (
            Article {
                record,
                ..article.clone()
            },
            mentions.clone(),
        )
    };
    writer.begin_file(&draft.path()).unwrap();
    for number in 0..3 {
        writer.add_articles(&draft.path(), &[record(number)]).unwrap();
        writer.commit().unwrap();
    }
    writer.end_file(&draft.file()).unwrap();
    writer.commit().unwrap();
    drop(writer);
    assert_eq!(index.searcher().unwrap().files().unwrap(), [draft.file()]);
    drop(index);
    let files = fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().path());
    let mut n_incomplete = 0;
    for file in files.filter(|it| kind_of(it) == "fast") {
        let copy = copy_of(dir.path());
        fs::remove_file(copy.path().join(file.file_name().unwrap())).unwrap();
        let index = Index::open(copy.path()).unwrap();
        let damage = index.damage();
        assert_eq!((damage.parts, damage.articles), (1, 1));
        let searcher = index.searcher().unwrap();
        let known = searcher.files().unwrap();
        // One segment may hold nothing but that the file was begun.
        let is_whole = searcher.n_articles() == 3 && known[0].content_hash != 0;
        assert_eq!(
            known.contains(&draft.file()),
            is_whole,
            "otherwise it is read again: {known:?}"
        );
        assert_eq!(
            known.len(),
            1,
            "if it is gone its other articles are known to be of a file"
        );
        n_incomplete += usize::from(!is_whole);
    }
    assert!(3 <= n_incomplete);
}

#[test]
fn damage_is_not_merged_into_something_that_looks_right() {
    let (dir, index) = indexed(&drafts());
    let files = fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().path());
    flip(&files.filter(|it| kind_of(it) == "idx").min().unwrap(), |len| len / 16);
    let before = index.damage();
    let mut writer = index.writer().unwrap();
    // Enough segments of one article to have them merged.
    for number in 0..9 {
        let path = PathBuf::from(format!("{number}.txt"));
        let (article, mentions) = drafts()[0].article();
        let file = IndexedFile {
            path: path.clone(),
            ..drafts()[0].file()
        };
        writer
            .add_file(&file, &[(Article { path, ..article }, mentions)])
            .unwrap();
        writer.commit().unwrap();
    }
    writer.tidy().unwrap();
    assert_ne!(index.damage(), before);
    assert_eq!(index.searcher().unwrap().n_articles(), 12);
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
    for query in ["", "كلام ", "«كلام أخير»", "كل"] {
        let page = searcher.search_to_end(&request(query)).unwrap();
        assert_eq!(page.articles.len(), 2, "{query}");
        assert!(page.incomplete.is_some_and(|err| err.is_damage()), "{query}");
        assert_eq!(page.nothing_found, NothingFound::default());
    }
}

#[test]
fn damaged_files_beside_the_index_are_made_again_and_that_is_told() {
    for (name, derived) in [("columns-2", DerivedFile::Columns), ("stories", DerivedFile::Stories)] {
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
