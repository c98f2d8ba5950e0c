//! Words in their lines on the command line, and what is usually written for a rare word.

use std::fs;

use super::cli::{BRIDGE, Bench, FLOOD};

#[test]
fn lines_are_listed_sorted_and_written_as_tables() {
    let bench = Bench::new(&[("flood.txt", FLOOD), ("bridge.txt", BRIDGE)]);
    let found = bench.json("kwic", &["العامري ", "--sort", "after"]);
    let lines = found["lines"].as_array().unwrap();
    let words: Vec<_> = lines.iter().map(|it| it["word"].as_str().unwrap()).collect();
    assert_eq!((words, found["lines_found"].as_u64()), (vec!["العامري"; 2], Some(2)));
    // «إن» and «أن» are one word in this order; the next one decides.
    assert!(
        lines[0]["after"].as_str().unwrap().starts_with(" أن الجسر"),
        "{found:#}"
    );
    assert!(lines[1]["after"].as_str().unwrap().starts_with(" إن فرق"), "{found:#}");

    // By the form of the word, the title among them.
    let found = bench.json("kwic", &["جسر", "--sort", "word"]);
    let parts: Vec<_> = found["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["part"].clone())
        .collect();
    assert!(
        parts.contains(&"title".into()) && parts.contains(&"body".into()),
        "{found:#}"
    );

    let output = bench.run("kwic", &["جسر ", "--limit", "1"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("\tجسر\t"), "{text}");

    let path = bench.data.path().join("lines.tsv");
    let output = bench.run("kwic", &["العامري ", "--tsv", "--output", path.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    let table = fs::read_to_string(path).unwrap();
    let mut rows = table.lines();
    assert_eq!(
        rows.next(),
        Some("path\trecord\ttitle\tpublished\tsource\tpart\tbefore\tword\tafter")
    );
    assert_eq!(rows.filter(|row| row.contains("\tbody\t")).count(), 2, "{table}");
}

#[test]
fn a_query_without_words_is_an_error_and_not_an_empty_list() {
    let bench = Bench::new(&[("bridge.txt", BRIDGE)]);
    let output = bench.run("kwic", &["من:2020"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("no word or name"), "{told}");
}

#[test]
fn the_usual_spelling_is_told() {
    let mut files: Vec<(String, String)> = (0..25)
        .map(|it| {
            (
                format!("{it}.txt"),
                format!("زيارة {it}\nوصل الرئيس طيب أردوغان صباح اليوم إلى وادي الريم في زيارة رسمية"),
            )
        })
        .collect();
    files.push((
        "x.txt".into(),
        "خبر\nوصل الرئيس طيب اردوجان صباح أمس إلى البحيرة الكبرى".into(),
    ));
    files.extend((0..100).map(|it| {
        (
            format!("y{it}.txt"),
            format!("خبر {it}\nكلام آخر لا شأن له بما قبله من الأخبار"),
        )
    }));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let bench = Bench::new(&files);
    let found = bench.json("search", &["اردوجان "]);
    let usual = &found["usual_spelling"];
    assert_eq!(
        (&usual["query_text"], usual["articles"].as_u64()),
        (&"أردوغان ".into(), Some(25)),
        "{usual}"
    );
    let output = bench.run("search", &["اردوجان "]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("did you mean “أردوغان”? It finds 25 articles"), "{told}");
    let right = bench.json("search", &["أردوغان "]);
    assert!(right["usual_spelling"].is_null(), "{right}");
}
