//! What was forgotten is gone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tantivy::TantivyDocument;
use tantivy::schema::{FieldType, Schema};

use crate::index::compact::expand;
use crate::index::{Index, WriteError};

use super::{Draft, add, all_of};

/// Articles of which each has words of its own in everything that the index keeps.
fn drafts() -> Vec<Draft> {
    let kept = Draft {
        title: "عنوان باق",
        body: "هذا النص يبقى في الفهرس كما كان",
        source: "وكالة النهر",
        people: &["سالم الوادي"],
        ..Draft::default()
    };
    let forgotten = Draft {
        title: "عنوان غابر",
        body: "هذا النص المطموس لن يبقى منه شيء",
        source: "صحيفة المحو",
        keywords: &["انطماس"],
        people: &["غائب المنسي"],
        places: &["وادي الزوال"],
        ..Draft::default()
    };
    let more = |title| Draft { title, ..kept.clone() };
    let mut drafts: Vec<Draft> = ["أ", "ب", "ت", "ث", "ج", "ح", "خ", "د"].map(more).into();
    drafts.extend([forgotten, kept]);
    drafts
}

const FORGOTTEN: [&str; 8] = [
    "غابر",
    "المطموس",
    "مطموس",
    "المحو",
    "انطماس",
    "المنسي",
    "منسي",
    "الزوال",
];

/// Every text that can be read out of the files in a folder, whether deleted or not.
fn everything_readable(dir: &Path, schema: &Schema) -> String {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(dir).unwrap() {
        found.insert(String::from_utf8_lossy(&fs::read(entry.unwrap().path()).unwrap()).into_owned());
    }
    let index = Index::open(dir).unwrap();
    for segment in index.tantivy().reader().unwrap().searcher().segment_readers() {
        let store = segment.get_store_reader(0).unwrap();
        for doc in store.iter::<TantivyDocument>(None) {
            let doc = doc.unwrap();
            found.insert(format!("{doc:?}"));
            let bytes = doc
                .field_values()
                .filter_map(|(_, value)| tantivy::schema::Value::as_bytes(&value));
            found.extend(bytes.map(expand));
        }
        for (field, entry) in schema.fields() {
            let inverted = segment.inverted_index(field).unwrap();
            let mut terms = inverted.terms().stream().unwrap();
            while terms.advance() {
                found.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
            if let FieldType::Str(_) = entry.field_type()
                && entry.is_fast()
                && let Some(column) = segment.fast_fields().str(entry.name()).unwrap()
            {
                let mut values = column.dictionary().stream().unwrap();
                while values.advance() {
                    found.insert(String::from_utf8_lossy(values.key()).into_owned());
                }
            }
        }
    }
    found.into_iter().collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_of_a_forgotten_file_can_be_read_out_of_the_index() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let schema = index.tantivy().schema();
    add(&index, &drafts());
    index.searcher().unwrap();
    index.keep_columns().unwrap();
    let before = everything_readable(dir.path(), &schema);
    assert!(FORGOTTEN.iter().all(|word| before.contains(word)));
    let forgotten = &drafts()[8];
    // Some of it lies in an older segment too.
    add(
        &index,
        &[Draft {
            body: "هذا النص المطموس تغيّر",
            ..forgotten.clone()
        }],
    );
    let mut writer = index.writer().unwrap();
    writer.forget_file(&forgotten.path()).unwrap();
    writer.finish().unwrap();
    let marked = everything_readable(dir.path(), &schema);
    assert!(marked.contains("المطموس"), "it would be gone without a purge too");
    assert!(index.purge_forgotten().unwrap() != 0);
    index.keep_columns().unwrap();
    index.searcher().unwrap();
    let after = everything_readable(dir.path(), &schema);
    let left: Vec<&str> = FORGOTTEN.into_iter().filter(|word| after.contains(word)).collect();
    assert_eq!(left, [""; 0]);
    let (titles, facets, _) = all_of(&index);
    assert!(titles.contains(&"عنوان باق".to_owned()) && facets.contains("وكالة النهر"));
    assert_eq!(index.searcher().unwrap().n_articles(), 9);
    assert_eq!(index.purge_forgotten().unwrap(), 0, "it is done once");
}

#[test]
fn what_a_killed_process_forgot_is_gone_after_the_next_purge() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let schema = index.tantivy().schema();
    add(&index, &drafts());
    let mut writer = index.writer().unwrap();
    writer.forget_file(&drafts()[8].path()).unwrap();
    assert!(matches!(index.purge_forgotten(), Err(WriteError::Busy)));
    writer.commit().unwrap();
    drop((writer, index));
    let left = "0123456789abcdef0123456789abcdef.store";
    fs::write(dir.path().join(left), "المطموس").unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.purge_forgotten().unwrap();
    assert!(!everything_readable(dir.path(), &schema).contains("المطموس"));
    assert!(!dir.path().join(left).exists());
}
