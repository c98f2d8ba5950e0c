//! The sample archive, read as a whole: a newcomer's first impression, with every kind of file.

use std::path::Path;

use fihrist::archive::{self, DatePrecision};
use fihrist::entities::{EntityKind, ModelRecogniser, Recogniser as _};

/// The number of entities that a human reader finds in the sample and the recogniser misses. Only ever lower it.
const N_ENTITIES_MISSED: usize = 2;

/// `tests/sample_expected.tsv` says of each file: path, title (preceded by "-" where it is derived), date or "none",
/// source or "none", the first words of the body, its last words, the entities that a reader finds, and a phrase that
/// must not be in the body.
#[test]
fn every_article_of_the_sample_is_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = root.join("assets/sample");
    let expected = std::fs::read_to_string(root.join("tests/sample_expected.tsv")).unwrap();
    let recogniser = ModelRecogniser::new();
    let mut wrong = Vec::new();
    let mut missed = Vec::new();
    let mut n_files = 0;
    for line in expected
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split('\t').collect();
        let [path, title, date, source, first, last, entities, left_out] = fields[..] else {
            panic!("not eight fields: {line}");
        };
        n_files += 1;
        let mut check = |what: &str, expected: &str, found: &str| {
            if expected != found {
                wrong.push(format!("{path}: {what}: expected «{expected}», found «{found}»"));
            }
        };
        let articles = archive::read_file(&sample, Path::new(path), &archive::Reading::default())
            .unwrap()
            .articles;
        assert_eq!(articles.len(), 1, "{path}");
        let article = &articles[0];
        match title.strip_prefix('-') {
            Some(_) => check("derived title", "true", &article.title_derived.to_string()),
            None => check("title", title, &article.title),
        }
        let found = article.published.map_or_else(
            || "none".to_owned(),
            |it| match it.precision {
                DatePrecision::Day => it.date.to_string(),
                DatePrecision::Month => it.date.strftime("%Y-%m").to_string(),
                DatePrecision::Year => it.date.strftime("%Y").to_string(),
            },
        );
        check("date", date, &found);
        check("source", source, article.source.as_deref().unwrap_or("none"));
        let body = article.body();
        let words: Vec<&str> = body.split_whitespace().collect();
        let n_first = first.split_whitespace().count().min(words.len());
        let n_last = last.split_whitespace().count().min(words.len());
        check("first words", first, &words[..n_first].join(" "));
        check("last words", last, &words[words.len() - n_last..].join(" "));
        if left_out != "-" {
            check("left out", "false", &body.contains(left_out).to_string());
        }
        let mentions = recogniser.mentions(article);
        for entity in entities.split(';').filter(|it| !it.is_empty()) {
            let (kind, name) = entity.split_once(':').unwrap();
            let kind = match kind {
                "person" => EntityKind::Person,
                "organisation" => EntityKind::Organisation,
                "place" => EntityKind::Place,
                _ => panic!("{line}"),
            };
            let key = fihrist::arabic::fold(name, fihrist::arabic::Folding::Name);
            if !mentions.iter().any(|it| it.kind == kind && it.name.key == key) {
                missed.push(format!("{path}: {entity}"));
            }
        }
    }
    assert!(40 <= n_files, "only {n_files} files");
    assert_eq!(
        archive::scan(&sample, &[]).files.len(),
        n_files,
        "a file of the sample is not expected"
    );
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(missed.len(), N_ENTITIES_MISSED, "missed:\n{}", missed.join("\n"));
}
