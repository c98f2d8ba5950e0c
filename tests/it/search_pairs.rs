//! Words that a search for one another must find, and words that it must not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use fihrist::archive::{Article, ArticleId};
use fihrist::entities::{Mention, Recogniser};
use fihrist::index::{Index, SearchRequest};
use fihrist::work::{DataDir, Means, UpdateOptions, update_index};

/// Of a hundred texts that are found, so many must hold a form of the word; measured on all pairs, and on those that were
/// drawn at random. TODO
const LEAST_PRECISION: f64 = 0.5;
/// Of a hundred texts that hold one, so many must be found. TODO
const LEAST_RECALL: f64 = 0.5;

struct NoNames;

impl Recogniser for NoNames {
    fn mentions(&self, _: &Article) -> Vec<Mention> {
        Vec::new()
    }
}

struct Pair {
    query: String,
    text: String,
    is_found: bool,
    is_drawn: bool,
}

fn pairs() -> Vec<Pair> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search_pairs.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pair = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [query, text, found, origin] = fields[..] else {
            panic!("not four fields: {line}");
        };
        Pair {
            query: query.to_owned(),
            text: text.to_owned(),
            is_found: found == "yes",
            is_drawn: origin == "drawn",
        }
    };
    lines.map(pair).collect()
}

#[test]
fn a_search_finds_the_forms_of_a_word_and_no_other_word() {
    let pairs = pairs();
    assert!(400 <= pairs.len());
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let texts: BTreeSet<&str> = pairs.iter().map(|it| it.text.as_str()).collect();
    let mut file_of: BTreeMap<&str, ArticleId> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        let name = format!("{number}.txt");
        std::fs::write(folder.path().join(&name), format!("news {number}\n\nabc {text} xyz.\n")).unwrap();
        file_of.insert(text, ArticleId::new(Path::new(&name), 0));
    }
    let index = Index::open(&data.path().join("index")).unwrap();
    let data_dir = DataDir::new(data.path().to_owned());
    update_index(
        &index,
        &data_dir,
        folder.path(),
        Means::here(&NoNames),
        &UpdateOptions::default(),
        &AtomicBool::new(false),
        &mut |_| {},
    )
    .unwrap();
    let searcher = index.named_searcher().unwrap();
    let mut wrong = String::new();
    for drawn_only in [true, false] {
        let (mut n_right, mut n_found, mut n_wanted) = (0, 0, 0);
        for pair in pairs.iter().filter(|it| !drawn_only || it.is_drawn) {
            // As a whole word; quoted forms are another matter.
            let request = SearchRequest {
                query_text: format!("{} ", pair.query),
                ..SearchRequest::default()
            };
            let page = searcher.search_to_end(&request).unwrap();
            let is_found = page.articles.contains(&file_of[pair.text.as_str()]);
            n_wanted += u32::from(pair.is_found);
            n_found += u32::from(is_found);
            n_right += u32::from(is_found && pair.is_found);
            if is_found != pair.is_found && !drawn_only {
                let told = if is_found { "found" } else { "not found" };
                wrong += &format!("{} {} by {} ({})\n", pair.text, told, pair.query, pair.is_drawn);
            }
        }
        let (precision, recall) = (
            f64::from(n_right) / f64::from(n_found),
            f64::from(n_right) / f64::from(n_wanted),
        );
        println!("drawn only: {drawn_only}, precision {precision:.3}, recall {recall:.3}");
        assert!(
            LEAST_PRECISION <= precision && LEAST_RECALL <= recall,
            "{precision} {recall}\n{wrong}"
        );
    }
    println!("{wrong}");
}
