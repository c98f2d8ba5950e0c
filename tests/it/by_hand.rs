//! What the user says of articles: it holds in the index, survives reading again, and is taken back.

use std::fs;

use serde_json::Value;

use crate::cli::Bench;

const MARKET: &str = "افتتاح سوق الوادي الكبير للخضار\n\n\
افتتح التجار سوق الوادي الكبير صباح أمس بحضور أهل الحي جميعا.\n\
وقال قبطان العزيزي إن السوق يفتح كل يوم. وشكر قبطان العزيزي من عملوا فيه.\n";
const ROAD: &str = "أعمال طريق الوادي تنتهي قريبا\n\nأنهى العمال أعمال الطريق، وزارهم قبطان العزيزي.\n";

/// The number of articles of a name; 0 without one.
fn articles_of(bench: &Bench, name: &str) -> u64 {
    let all = bench.json("entities", &[]);
    let found = all.as_array().unwrap().iter().find(|it| it["name"] == name);
    found.map_or(0, |it| it["articles"].as_u64().unwrap())
}

#[track_caller]
fn correct(bench: &Bench, arguments: &[&str]) -> Value {
    let mut all = arguments.to_vec();
    all.push("--json");
    let output = bench.run("corrections", &all);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_marked_name_counts_until_it_is_taken_back() {
    let bench = Bench::new(&[("1.txt", MARKET), ("2.txt", ROAD)]);
    let name = "سوق الوادي الكبير";
    let before = articles_of(&bench, name);
    let mark = ["mark-name", "place", name];
    let preview = correct(&bench, &[&mark[..], &["--preview"]].concat());
    assert_eq!(
        (preview["articles"].as_u64(), articles_of(&bench, name)),
        (Some(1), before)
    );
    correct(&bench, &mark);
    assert_eq!(articles_of(&bench, name), 1);
    // What is new, and what is read again, is read so, too.
    bench.write("3.txt", &MARKET.replace("صباح", "مساء"));
    bench.write("1.txt", &MARKET.replace("جميعا", "كلهم"));
    assert_eq!(articles_of(&bench, name), 2);
    correct(&bench, &["unmark-name", name, "--in", "3.txt"]);
    assert_eq!(articles_of(&bench, name), 1);
    let undo = bench.run("corrections", &["undo"]);
    assert!(undo.status.success());
    assert_eq!(articles_of(&bench, name), 2);
    // Another folder that has no such words takes them over, and a file that is moved keeps what is said of it.
    let exported = bench.folder.path().join("../exported.json");
    assert!(
        bench
            .run("corrections", &["export", exported.to_str().unwrap()])
            .status
            .success()
    );
    let other = Bench::new(&[("1.txt", MARKET)]);
    assert!(
        other
            .run("corrections", &["import", exported.to_str().unwrap()])
            .status
            .success()
    );
    fs::remove_file(exported).unwrap();
    assert_eq!(articles_of(&other, name), 1);
}

#[test]
fn facts_hold_for_their_article_wherever_its_file_goes() {
    let bench = Bench::new(&[("1.txt", MARKET), ("2.txt", ROAD)]);
    let source = |query: &str| {
        let found = bench.json("search", &[query]);
        let hits = found["hits"].as_array().unwrap();
        let told = |it: &Value| {
            format!(
                "{} {} {}",
                it["path"].as_str().unwrap(),
                it["title"],
                it["published"]["date"]
            )
        };
        hits.iter().map(told).collect::<Vec<_>>().join("\n")
    };
    correct(
        &bench,
        &[
            "set-facts",
            "2.txt",
            "--title",
            "طريق جديد",
            "--date",
            "2023-11-14",
            "--source",
            "صحيفة الحي",
        ],
    );
    let expected = "2.txt \"طريق جديد\" \"2023-11-14\"";
    assert_eq!(source("مصدر:\"صحيفة الحي\""), expected);
    fs::rename(bench.folder.path().join("2.txt"), bench.folder.path().join("4.txt")).unwrap();
    bench.json("index", &[]);
    assert_eq!(source("مصدر:\"صحيفة الحي\""), expected.replace("2.txt", "4.txt"));
    let listed = bench.json("corrections", &["list"]);
    assert_eq!(listed[0]["article"]["file"], "4.txt");
    correct(&bench, &["set-facts", "4.txt"]);
    assert_eq!(source("الطريق"), "4.txt \"أعمال طريق الوادي تنتهي قريبا\" null");
}

#[test]
fn names_are_corrected_in_what_is_kept_of_a_missing_file() {
    let bench = Bench::new(&[
        ("1.txt", MARKET),
        ("2.txt", ROAD),
        ("3.txt", &MARKET.replace("صباح", "مساء")),
    ]);
    let name = "طريق الوادي";
    assert_eq!(articles_of(&bench, "أعمال الطريق"), 0);
    fs::remove_file(bench.folder.path().join("2.txt")).unwrap();
    correct(&bench, &["mark-name", "place", "أعمال الطريق"]);
    assert_eq!(articles_of(&bench, "أعمال الطريق"), 1);
    correct(&bench, &["mark-name", "place", name, "--in", "2.txt"]);
    assert_eq!(articles_of(&bench, name), 1);
    assert!(bench.run("corrections", &["undo", "1"]).status.success());
    assert_eq!((articles_of(&bench, name), articles_of(&bench, "أعمال الطريق")), (1, 0));
}

#[test]
fn words_are_found_behind_clitics_and_what_cannot_be_meant_is_refused() {
    let clitics = |word: &str| format!("أخبار الحي كلها\n\nوقيل: {word} بعيدة من هنا، ولم يصل أحد منهم أمس.\n");
    let texts = ["الشيخوبية", "بالشيخوبية", "وللشيخوبية", "والشيخوبية"].map(clitics);
    let names = ["1.txt", "2.txt", "3.txt", "4.txt"];
    let files: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    let bench = Bench::new(&files);
    let name = "الشيخوبية";
    assert_eq!(articles_of(&bench, name), 0);
    let preview = correct(&bench, &["mark-name", "place", name]);
    assert_eq!((preview["articles"].as_u64(), articles_of(&bench, name)), (Some(4), 4));
    // One may change one's mind, and come back to it.
    for (action, expected) in [("unmark", 0), ("mark", 4)] {
        let unmark = ["unmark-name", name];
        let mark = ["mark-name", "place", name];
        correct(&bench, if action == "mark" { &mark } else { &unmark });
        assert_eq!(articles_of(&bench, name), expected);
    }
    for wrong in [
        &["set-facts", "9.txt", "--title", "عنوان"][..],
        &["unmark-name", name, "--in", "1.txt#7"],
        &["mark-name", "place", "..."],
        &["set-facts", "1.txt", "--title", "  "],
        &["set-facts", "1.txt", "--date", "2023-02-30"],
    ] {
        let output = bench.run("corrections", wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(!output.stderr.is_empty(), "{wrong:?}");
    }
    // What is given later leaves what was given before.
    correct(&bench, &["set-facts", "1.txt", "--title", "عنوان آخر"]);
    correct(&bench, &["set-facts", "1.txt", "--date", "2020-01"]);
    let found = bench.json("search", &["عنوان:آخر"]);
    assert_eq!(found["hits"][0]["published"]["date"], "2020-01");
}
