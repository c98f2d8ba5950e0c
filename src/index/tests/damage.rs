//! What becomes of an index that is damaged.

use std::path::Path;

use crate::index::{Index, OpenError};

use super::{add, all_of, drafts, indexed, request, titles};

#[test]
fn a_damaged_index_is_built_anew() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 5] = [
        ("meta", |dir| std::fs::write(dir.join("meta.json"), "{").unwrap()),
        ("no version", |dir| {
            std::fs::remove_file(dir.join("fihrist-index.json")).unwrap();
        }),
        ("other version", |dir| {
            std::fs::write(dir.join("fihrist-index.json"), "{\"version\":0}").unwrap();
        }),
        ("files gone", |dir| {
            for_each_segment_file(dir, |path| std::fs::remove_file(path).unwrap());
        }),
        ("files cut", |dir| {
            for_each_segment_file(dir, |path| {
                let half = std::fs::metadata(path).unwrap().len() / 2;
                let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
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
    for entry in std::fs::read_dir(dir).unwrap() {
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
    std::fs::write(dir.path().join("fihrist-index.json"), "{\"version\":0}").unwrap();
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
    let whole = std::fs::read(&file).unwrap();
    for len in [0, 7, 40, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&file, &whole[..len]).unwrap();
        assert_eq!(
            all_of(&Index::open(dir.path()).unwrap()),
            expected,
            "cut to {len} bytes"
        );
    }
    for at in (0..whole.len()).step_by(37) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x80;
        std::fs::write(&file, damaged).unwrap();
        let index = Index::open(dir.path()).unwrap();
        assert!(!index.rebuilt());
        assert_eq!(all_of(&index), expected, "byte {at} changed");
    }
}

#[test]
fn a_flipped_bit_never_breaks_opening() {
    for round in 0..10_usize {
        let (dir, index) = indexed(&drafts());
        add(&index, &drafts());
        drop(index);
        for_each_segment_file(dir.path(), |path| {
            let mut bytes = std::fs::read(path).unwrap();
            let at = (round * 7919 + bytes.len() / 3) % bytes.len();
            bytes[at] ^= 1 << (round % 8);
            std::fs::write(path, bytes).unwrap();
        });
        for _opening in 0..2 {
            let index = Index::open(dir.path()).unwrap();
            let searcher = index.searcher().unwrap();
            for query in ["", "كلام ", "كل", "«كلام»", "شخص:سالم", "نهر وادي"] {
                titles(&searcher, &request(query));
            }
            searcher.files();
        }
    }
}
