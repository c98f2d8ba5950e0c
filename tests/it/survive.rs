//! What the user marked and corrected survives what happens to files, folders and processes: run as a person would run it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use fihrist::state::Settings;
use fihrist::work::DataDir;
use serde_json::Value;

use super::cli::{BRIDGE, Bench, FLOOD};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs `fihrist marks FOLDER …`, which must succeed.
#[track_caller]
fn mark(bench: &Bench, arguments: &[&str]) -> String {
    let output = bench.run("marks", arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// The notes with the places at which they lie: "place=note", "?" for the place of what is not found.
fn notes(bench: &Bench) -> String {
    let listed = bench.json("marks", &["list"]);
    let mut notes: Vec<String> = listed["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let place = match it["is_lost"] == true {
                true => "?".to_owned(),
                false => format!("{}#{}", it["path"].as_str().unwrap(), it["record"]),
            };
            format!("{place}={}", it["note"].as_str().unwrap())
        })
        .collect();
    notes.sort();
    notes.join(" ")
}

fn data_dir(bench: &Bench) -> DataDir {
    DataDir::new(bench.data.path().to_owned())
}

fn marks_file(bench: &Bench) -> PathBuf {
    data_dir(bench).archive_of(bench.folder.path()).join("marks.json")
}

/// An article with a text of its own, in JSON, CSV and so on.
fn body(number: usize) -> String {
    format!(
        "أعلن المجلس البلدي رقم {number} خطة جديدة لإصلاح الطرق في المدينة القديمة. وقال المتحدث رقم {number} إن العمل \
         يبدأ بعد أسبوع وينتهي قبل الشتاء."
    )
}

fn title(number: usize) -> String {
    format!("خطة المجلس رقم {number} للطرق")
}

fn csv(numbers: &[usize]) -> String {
    let rows = numbers.iter().map(|it| format!("{},\"{}\"\n", title(*it), body(*it)));
    format!("title,body\n{}", rows.collect::<String>())
}

fn json_lines(numbers: &[usize]) -> String {
    let lines = numbers.iter().map(|it| {
        let line = serde_json::json!({"title": title(*it), "body": body(*it)});
        format!("{line}\n")
    });
    lines.collect()
}

fn mbox(numbers: &[usize]) -> String {
    let mails = numbers.iter().map(|it| {
        format!(
            "From a@example.org Mon Jan  1 00:00:00 2024\nFrom: a@example.org\nSubject: Plan {it} of the council\n\
             Date: Mon, 01 Jan 2024 00:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{}\n\n",
            body(*it)
        )
    });
    mails.collect()
}

fn zip(members: &[(&str, usize)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, number) in members {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        write!(writer, "{}\n\n{}\n", title(*number), body(*number)).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn articles_are_marked_and_listed_found_by_their_marks_and_shown_with_them() {
    let bench = Bench::new(&[("a/flood.txt", FLOOD), ("bridge.txt", BRIDGE)]);
    assert_eq!(mark(&bench, &["star", "a/flood.txt"]), "1 article changed\n");
    assert_eq!(mark(&bench, &["star", "a/flood.txt#0"]), "0 articles changed\n");
    mark(&bench, &["tag", " مهم  جدا", "--query", "", "--color", "green"]);
    mark(&bench, &["note", "من قال؟", "bridge.txt"]);
    mark(&bench, &["read", "--query", "السيول"]);
    let highlight = [
        "highlight",
        "أخلت عشرين أسرة",
        "a/flood.txt",
        "--color",
        "pink",
        "--note",
        "كم؟",
    ];
    assert_eq!(mark(&bench, &highlight), "1 article changed\n");
    let listed = bench.json("marks", &["list"]);
    let [flood, bridge] = listed["articles"].as_array().unwrap().as_slice() else {
        panic!("{listed}")
    };
    assert_eq!(
        (&flood["starred"], &flood["read"], &flood["tags"][0]),
        (&true.into(), &true.into(), &"مهم جدا".into())
    );
    let passage = &flood["highlights"][0];
    assert_eq!(
        (&passage["quote"], &passage["color"], &passage["note"]),
        (&"أخلت عشرين أسرة".into(), &"pink".into(), &"كم؟".into())
    );
    assert!(
        passage["before"].as_str().unwrap().ends_with("فرق الطوارئ "),
        "{passage}"
    );
    assert_eq!(
        (&bridge["note"], &bridge["starred"]),
        (&"من قال؟".into(), &false.into())
    );
    assert_eq!(
        (&listed["tags"][0]["color"], &listed["tags"][0]["articles"]),
        (&"green".into(), &2.into())
    );
    assert_eq!(
        bench.json("marks", &["list", "--query", "جسر"])["articles"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let text = mark(&bench, &["list"]);
    assert!(
        text.contains("a/flood.txt#0\tالسيول تقطع") && text.contains("starred; read; #مهم جدا"),
        "{text}"
    );
    // Searched and shown.
    for (query, n) in [
        ("is:starred", 1),
        ("has:highlight", 1),
        ("mark:مهم", 2),
        ("note:قال", 1),
        ("is:unread", 1),
    ] {
        assert_eq!(bench.json("search", &[query])["total"], n, "{query}");
    }
    let found = bench.json("search", &["السيول"]);
    assert_eq!(found["hits"][0]["marks"]["starred"], true);
    let file = bench.folder.path().join("a/flood.txt");
    let shown = bench.command().arg("show").arg(&file).arg("--json").output().unwrap();
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(shown[0]["marks"]["highlights"][0]["quote"], "أخلت عشرين أسرة");
    // Taken away.
    mark(&bench, &["unhighlight", "أَخلت عشرين أسرة", "--query", ""]);
    mark(&bench, &["unstar", "a/flood.txt"]);
    mark(&bench, &["unread", "a/flood.txt"]);
    mark(&bench, &["untag", "مهم جدا", "--query", ""]);
    mark(&bench, &["note", "", "bridge.txt"]);
    assert_eq!(bench.json("marks", &["list"])["articles"], serde_json::json!([]));
}

#[test]
fn what_cannot_be_marked_is_told_with_advice() {
    let bench = Bench::new(&[("flood.txt", FLOOD)]);
    let check = |arguments: &[&str], told: &[&str]| {
        let output = bench.run("marks", arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        for it in told {
            assert!(said(&output).contains(it), "{arguments:?}: {}", said(&output));
        }
    };
    check(&["star", "no.txt"], &["there is no such article: no.txt#0", "advice: "]);
    check(&["star", "flood.txt#3"], &["flood.txt#3"]);
    check(&["star"], &["no article is named", "--query"]);
    check(
        &["highlight", "ليس فيه هذا", "flood.txt"],
        &["in none of the articles", "ليس فيه هذا"],
    );
    let file = bench.data.path().join("other.json");
    for text in ["[1]", "{}", "{\"version\": 99, \"articles\": []}", "\u{0}"] {
        fs::write(&file, text).unwrap();
        check(&["import", file.to_str().unwrap()], &["other.json", "advice: "]);
    }
    assert_eq!(notes(&bench), "");
}

#[test]
fn marks_are_handed_on_and_the_later_change_holds() {
    let mine = Bench::new(&[("flood.txt", FLOOD), ("bridge.txt", BRIDGE)]);
    let theirs = Bench::new(&[("old/flood.txt", FLOOD), ("old/bridge.txt", BRIDGE)]);
    mark(&mine, &["note", "لي", "flood.txt"]);
    mark(&mine, &["star", "bridge.txt"]);
    mark(&theirs, &["note", "لهم", "old/flood.txt"]);
    mark(&theirs, &["read", "old/bridge.txt"]);
    let file = mine.data.path().join("theirs.json");
    mark(&theirs, &["export", file.to_str().unwrap()]);
    assert!(
        !fs::read_to_string(&file)
            .unwrap()
            .contains(theirs.folder.path().to_str().unwrap())
    );
    assert_eq!(mark(&mine, &["import", file.to_str().unwrap()]), "2 articles changed\n");
    assert_eq!(notes(&mine), "bridge.txt#0= flood.txt#0=لهم");
    let listed = mine.json("marks", &["list", "--query", "is:starred"]);
    assert_eq!(listed["articles"][0]["read"], true);
    assert_eq!(mark(&mine, &["import", file.to_str().unwrap()]), "0 articles changed\n");
}

#[test]
fn marks_follow_files_that_are_moved_renamed_edited_and_encoded_anew() {
    let bench = Bench::new(&[("1.txt", FLOOD), ("2.txt", BRIDGE)]);
    mark(&bench, &["note", "أول", "1.txt"]);
    mark(&bench, &["note", "ثان", "2.txt"]);
    let at = |path: &str| bench.folder.path().join(path);
    fs::create_dir(at("new")).unwrap();
    fs::rename(at("1.txt"), at("new/one.txt")).unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "2.txt#0=ثان new/one.txt#0=أول");
    // Edited, and then with another title, too.
    bench.write("2.txt", &BRIDGE.replace("سنتين", "ثلاث سنوات"));
    bench.run("index", &[]);
    bench.write(
        "2.txt",
        &BRIDGE.replace("افتتاح", "وأخيرا").replace("سنتين", "أربع سنوات"),
    );
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "2.txt#0=ثان new/one.txt#0=أول");
    // In other encodings, also while it moves.
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(FLOOD);
    fs::write(at("new/one.txt"), &bytes).unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "2.txt#0=ثان new/one.txt#0=أول");
    let utf16: Vec<u8> = FLOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(at("moved.txt"), [&[0xFF, 0xFE][..], &utf16].concat()).unwrap();
    fs::remove_file(at("new/one.txt")).unwrap();
    bench.run("index", &["--forget"]);
    assert_eq!(notes(&bench), "2.txt#0=ثان moved.txt#0=أول");
}

#[test]
fn marks_stay_at_their_records_when_others_come_and_go() {
    let bench = Bench::new(&[
        ("t.csv", &csv(&[1, 2, 3])),
        ("l.jsonl", &json_lines(&[11, 12, 13])),
        ("m.mbox", &mbox(&[21, 22, 23])),
    ]);
    let write_zip = |members: &[(&str, usize)]| fs::write(bench.folder.path().join("z.zip"), zip(members)).unwrap();
    write_zip(&[("b.txt", 31), ("c.txt", 32)]);
    bench.run("index", &[]);
    for (place, note) in [
        ("t.csv#1", "c"),
        ("l.jsonl#1", "l"),
        ("m.mbox#1", "m"),
        ("z.zip/c.txt#0", "z"),
    ] {
        mark(&bench, &["note", note, place]);
    }
    assert_eq!(notes(&bench), "l.jsonl#1=l m.mbox#1=m t.csv#1=c z.zip#1=z");
    // Before them.
    bench.write("t.csv", &csv(&[9, 8, 1, 2, 3]));
    bench.write("l.jsonl", &json_lines(&[19, 11, 12, 13]));
    bench.write("m.mbox", &mbox(&[29, 21, 22, 23]));
    write_zip(&[("a.txt", 33), ("b.txt", 31), ("c.txt", 32)]);
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "l.jsonl#2=l m.mbox#2=m t.csv#3=c z.zip#2=z");
    // Those before them go.
    bench.write("t.csv", &csv(&[2, 3]));
    bench.write("l.jsonl", &json_lines(&[12]));
    bench.write("m.mbox", &mbox(&[22, 23]));
    write_zip(&[("c.txt", 32), ("d.txt", 34)]);
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "l.jsonl#0=l m.mbox#0=m t.csv#0=c z.zip#0=z");
    // They go themselves, are not taken for others, and come back.
    bench.write("t.csv", &csv(&[3, 4]));
    write_zip(&[("d.txt", 34)]);
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "?=c ?=z l.jsonl#0=l m.mbox#0=m");
    bench.write("t.csv", &csv(&[3, 4, 2]));
    write_zip(&[("d.txt", 34), ("e.txt", 32)]);
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "l.jsonl#0=l m.mbox#0=m t.csv#2=c z.zip#1=z");
}

#[test]
fn of_two_identical_files_one_moved_and_one_edited_each_keeps_its_own() {
    let bench = Bench::new(&[("a.txt", FLOOD), ("b.txt", FLOOD), ("c.txt", FLOOD), ("d.txt", FLOOD)]);
    for name in ["a", "b", "c", "d"] {
        mark(&bench, &["note", name, &format!("{name}.txt")]);
    }
    let at = |path: &str| bench.folder.path().join(path);
    fs::rename(at("a.txt"), at("0.txt")).unwrap();
    bench.write("b.txt", &FLOOD.replace("ثلاث ساعات", "أربع ساعات"));
    bench.write("c.txt", &FLOOD.replace("السيول", "الأمطار"));
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "0.txt#0=a b.txt#0=b c.txt#0=c d.txt#0=d");
}

#[test]
fn marks_outlive_the_index_and_missing_files() {
    let bench = Bench::new(&[
        ("1.txt", FLOOD),
        ("2.txt", BRIDGE),
        ("3.txt", &body(3)),
        ("t.csv", &csv(&[1, 2])),
    ]);
    for (place, note) in [("1.txt", "1"), ("2.txt", "2"), ("t.csv#1", "t")] {
        mark(&bench, &["note", note, place]);
    }
    let dir = data_dir(&bench).archive_of(bench.folder.path());
    fs::remove_dir_all(dir.join("index")).unwrap();
    // Built anew from files that changed meanwhile.
    bench.write("t.csv", &csv(&[9, 1, 2]));
    fs::rename(bench.folder.path().join("1.txt"), bench.folder.path().join("one.txt")).unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "2.txt#0=2 one.txt#0=1 t.csv#2=t");
    // Missing, and back.
    let aside = bench.data.path().join("aside.txt");
    fs::rename(bench.folder.path().join("2.txt"), &aside).unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "2.txt#0=2 one.txt#0=1 t.csv#2=t");
    fs::rename(&aside, bench.folder.path().join("back.txt")).unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "back.txt#0=2 one.txt#0=1 t.csv#2=t");
    // Forgotten files leave their marks to be found again.
    fs::rename(bench.folder.path().join("back.txt"), &aside).unwrap();
    bench.run("index", &["--forget"]);
    assert_eq!(notes(&bench), "?=2 one.txt#0=1 t.csv#2=t");
    fs::rename(&aside, bench.folder.path().join("2.txt")).unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "2.txt#0=2 one.txt#0=1 t.csv#2=t");
    // A forgotten archive leaves none.
    assert!(bench.run("forget", &["--yes"]).status.success());
    assert_eq!(notes(&bench), "");
}

#[test]
fn two_processes_that_mark_at_once_lose_nothing() {
    let names: Vec<String> = (0..8).map(|it| format!("{it}.txt")).collect();
    let bench = Bench::new(&[]);
    for (number, name) in names.iter().enumerate() {
        bench.write(name, &body(number));
    }
    bench.run("index", &[]);
    let processes: Vec<_> = names
        .iter()
        .map(|name| {
            let mut command = bench.command();
            command.arg("marks").arg(bench.folder.path()).args(["note", name, name]);
            command.stdout(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut process in processes {
        assert!(process.wait().unwrap().success());
    }
    let expected: Vec<String> = names.iter().map(|it| format!("{it}#0={it}")).collect();
    assert_eq!(notes(&bench), expected.join(" "));
}

#[test]
fn marks_that_were_damaged_or_deleted_are_restored_and_told() {
    let bench = Bench::new(&[("1.txt", FLOOD), ("2.txt", BRIDGE)]);
    mark(&bench, &["note", "أول", "1.txt"]);
    mark(&bench, &["note", "ثان", "2.txt"]);
    let whole = notes(&bench);
    let file = marks_file(&bench);
    fs::write(&file, "{\"version\": 1, \"art").unwrap();
    let output = bench.run("marks", &["list"]);
    for expected in ["the marks could not be read", "damaged-1", "marks.000002.json"] {
        assert!(said(&output).contains(expected), "{}", said(&output));
    }
    assert_eq!(notes(&bench), whole);
    fs::remove_file(&file).unwrap();
    let output = bench.run("search", &["is:starred"]);
    assert!(said(&output).contains("the marks were deleted"), "{}", said(&output));
    assert_eq!(notes(&bench), whole);
    // Those of a later version are left alone.
    let later = "{\"version\": 9, \"articles\": [\"?\"]}";
    fs::write(&file, later).unwrap();
    let output = bench.run("marks", &["star", "1.txt"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("later version"), "{}", said(&output));
    bench.write("1.txt", &FLOOD.replace("ثلاث", "أربع"));
    let output = bench.run("search", &["is:starred"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("by a later version"), "{}", said(&output));
    assert_eq!(fs::read_to_string(&file).unwrap(), later);
}

#[cfg(target_os = "linux")]
#[test]
fn files_with_names_that_are_not_unicode_keep_their_marks() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let bench = Bench::new(&[]);
    let name = |bytes: &[u8]| bench.folder.path().join(OsStr::from_bytes(bytes));
    fs::write(name(b"\xC7\xE1.csv"), csv(&[1, 2])).unwrap();
    mark(&bench, &["note", "هنا", "--query", "\"المجلس البلدي رقم 2\""]);
    let before = notes(&bench);
    assert_eq!(before, "\u{FFFD}\u{FFFD}.csv#1=هنا");
    fs::write(name(b"\xC7\xE1.csv"), csv(&[7, 1, 2])).unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "\u{FFFD}\u{FFFD}.csv#2=هنا");
    fs::rename(name(b"\xC7\xE1.csv"), name(b"\xC8.csv")).unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "\u{FFFD}.csv#2=هنا");
}

#[test]
fn what_was_not_settled_when_a_process_ended_is_settled_by_the_next() {
    let bench = Bench::new(&[("t.csv", &csv(&[1, 2]))]);
    mark(&bench, &["note", "هنا", "t.csv#1"]);
    bench.write("t.csv", &csv(&[9, 1, 2]));
    // As if it was killed between reading and looking after the marks.
    let file = marks_file(&bench);
    let before = fs::read(&file).unwrap();
    bench.run("index", &[]);
    fs::write(&file, before).unwrap();
    fs::write(file.with_file_name("unsettled"), "").unwrap();
    bench.run("index", &[]);
    assert_eq!(notes(&bench), "t.csv#2=هنا");
    assert!(!file.with_file_name("unsettled").exists());
}

/// An archive in a folder that can be renamed.
struct Movable {
    bench: Bench,
    names: [&'static str; 2],
}

impl Movable {
    fn new(n_files: usize) -> Self {
        let bench = Bench::new(&[]);
        let it = Self {
            bench,
            names: ["قديم", "جديد"],
        };
        for number in 0..n_files {
            it.bench.write(&format!("قديم/{number}.txt"), &body(number));
        }
        it
    }

    fn path(&self, name: &str) -> PathBuf {
        self.bench.folder.path().join(name)
    }

    fn run(&self, action: &str, name: &str, rest: &[&str]) -> Output {
        let mut command = self.bench.command();
        command.arg(action).arg(self.path(name)).args(rest).output().unwrap()
    }

    fn rename(&self) {
        fs::rename(self.path(self.names[0]), self.path(self.names[1])).unwrap();
    }

    /// Whether the note is there, under this name.
    fn has_note(&self, name: &str) -> bool {
        let output = self.run("marks", name, &["list"]);
        String::from_utf8(output.stdout).unwrap().contains("ملاحظتي")
    }

    fn marked(n_files: usize) -> Self {
        let it = Self::new(n_files);
        let output = it.run("marks", "قديم", &["note", "ملاحظتي", "0.txt"]);
        assert!(output.status.success(), "{}", said(&output));
        it
    }
}

fn names_of_archives(data: &Path) -> Vec<String> {
    let entries = fs::read_dir(data.join("archives")).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|it| !it.ends_with(".lock")).collect();
    names.sort();
    names
}

#[test]
fn an_archive_follows_its_renamed_folder() {
    let it = Movable::marked(4);
    let corrected = it.run("corrections", "قديم", &["set-facts", "1.txt", "--source", "الوكالة"]);
    assert!(corrected.status.success(), "{}", said(&corrected));
    let data_dir = data_dir(&it.bench);
    data_dir
        .edit_settings(|settings: &mut Settings| settings.recent = vec![it.path("قديم"), "/other".into()])
        .unwrap();
    it.rename();
    // One of few files may have been added, and none edited.
    it.bench.write("جديد/9.txt", FLOOD);
    let output = it.run("index", "جديد", &["--json"]);
    assert!(
        said(&output).contains("this folder was called") && said(&output).contains("قديم"),
        "{}",
        said(&output)
    );
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&summary["added"], &summary["articles"]),
        (&1.into(), &5.into()),
        "the index came, too"
    );
    assert!(it.has_note("جديد"));
    let listed = it.run("corrections", "جديد", &["list"]);
    assert!(String::from_utf8(listed.stdout).unwrap().contains("الوكالة"));
    assert_eq!(data_dir.load_settings().recent, [it.path("جديد"), "/other".into()]);
    assert_eq!(names_of_archives(it.bench.data.path()).len(), 1);
    // And back; it is told once.
    fs::rename(it.path("جديد"), it.path("قديم")).unwrap();
    let output = it.run("marks", "قديم", &["list"]);
    assert!(said(&output).contains("جديد"), "{}", said(&output));
    let output = it.run("marks", "قديم", &["list"]);
    assert_eq!(said(&output), "");
    assert!(it.has_note("قديم"));
}

#[test]
fn an_archive_follows_when_a_folder_around_it_is_renamed_or_its_process_was_killed_in_between() {
    let it = Movable::new(0);
    for number in 0..4 {
        it.bench.write(&format!("قديم/inner/{number}.txt"), &body(number));
    }
    it.run("marks", "قديم/inner", &["note", "ملاحظتي", "0.txt"]);
    it.rename();
    assert!(it.has_note("جديد/inner"));
    // The directory was renamed, and the settings not told yet.
    let data_dir = data_dir(&it.bench);
    let folder = it.path("جديد/inner");
    fs::rename(&folder, it.path("ثالث")).unwrap();
    fs::rename(data_dir.archive_of(&folder), data_dir.archive_of(&it.path("ثالث"))).unwrap();
    data_dir
        .edit_settings(|settings: &mut Settings| settings.recent = vec![folder.clone()])
        .unwrap();
    assert!(it.has_note("ثالث"));
    assert_eq!(data_dir.load_settings().recent, [it.path("ثالث")]);
}

#[test]
fn what_is_not_certain_is_not_taken_over() {
    // A copy, whose original is there.
    let it = Movable::marked(4);
    copy(&it.path("قديم"), &it.path("جديد"));
    assert!(!it.has_note("جديد") && it.has_note("قديم"));
    // Other files in the same folder.
    let it = Movable::marked(4);
    it.rename();
    for number in 0..2 {
        it.bench.write(&format!("جديد/{number}.txt"), "نص آخر قصير");
    }
    assert!(!it.has_note("جديد"));
    // Nothing of it is lost.
    fs::rename(it.path("جديد"), it.path("قديم")).unwrap();
    assert!(it.has_note("قديم"));
    // A folder of which something is known.
    let it = Movable::marked(4);
    for number in 0..4 {
        it.bench.write(&format!("جديد/{number}.txt"), &body(number));
    }
    it.run("index", "جديد", &[]);
    fs::remove_dir_all(it.path("قديم")).unwrap();
    assert!(!it.has_note("جديد"));
    // Two folders that it may have been.
    let it = Movable::marked(4);
    copy(&it.path("قديم"), &it.path("ثالث"));
    it.run("index", "ثالث", &[]);
    copy(&it.path("قديم"), &it.path("جديد"));
    fs::remove_dir_all(it.path("قديم")).unwrap();
    fs::remove_dir_all(it.path("ثالث")).unwrap();
    assert!(!it.has_note("جديد"));
    assert_eq!(names_of_archives(it.bench.data.path()).len(), 3);
    // An empty archive.
    let it = Movable::new(0);
    fs::create_dir(it.path("قديم")).unwrap();
    it.run("index", "قديم", &[]);
    it.rename();
    let output = it.run("index", "جديد", &[]);
    assert!(!said(&output).contains("was called"), "{}", said(&output));
}

#[test]
fn an_archive_that_another_process_has_open_is_not_taken_over_and_that_is_told() {
    let it = Movable::marked(4);
    let data_dir = data_dir(&it.bench);
    let in_use = fihrist::work::InUse::enter(&data_dir, &it.path("قديم")).unwrap();
    it.rename();
    let output = it.run("marks", "جديد", &["list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("another Fihrist has it open under that name"),
        "{}",
        said(&output)
    );
    drop(in_use);
    assert!(it.has_note("جديد"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The titles of a file's articles in the index, in their order.
fn titles(bench: &Bench) -> Vec<String> {
    let found = bench.json("search", &["", "--limit", "100"]);
    let mut hits: Vec<(u64, String)> = found["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["record"].as_u64().unwrap(), it["title"].as_str().unwrap().to_owned()))
        .collect();
    hits.sort();
    hits.into_iter().map(|it| it.1).collect()
}

#[test]
fn corrections_of_an_article_follow_it_within_its_file_and_go_to_no_other() {
    let bench = Bench::new(&[("t.csv", &csv(&[1, 2, 3]))]);
    let correct = |arguments: &[&str]| {
        let output = bench.run("corrections", arguments);
        assert!(output.status.success(), "{}", said(&output));
    };
    correct(&["set-facts", "t.csv#1", "--title", "العنوان الصحيح"]);
    bench.run("index", &[]);
    assert_eq!(titles(&bench), [title(1), "العنوان الصحيح".to_owned(), title(3)]);
    for numbers in [&[9, 1, 2, 3][..], &[2, 9], &[1, 3, 9, 2]] {
        bench.write("t.csv", &csv(numbers));
        bench.run("index", &[]);
        let expected = numbers.iter().map(|it| match it {
            2 => "العنوان الصحيح".to_owned(),
            it => title(*it),
        });
        assert_eq!(titles(&bench), expected.collect::<Vec<_>>(), "{numbers:?}");
    }
    // It goes, and another has its place; it comes back elsewhere.
    bench.write("t.csv", &csv(&[1, 3, 9, 4]));
    bench.run("index", &[]);
    assert_eq!(titles(&bench), [1, 3, 9, 4].map(title));
    bench.write("t.csv", &csv(&[1, 2]));
    bench.run("index", &[]);
    assert_eq!(titles(&bench), [title(1), "العنوان الصحيح".to_owned()]);
    // Its text is edited, and then the title, too.
    bench.write("t.csv", &csv(&[1, 2]).replace("المتحدث رقم 2", "الناطق رقم 2"));
    bench.run("index", &[]);
    assert_eq!(titles(&bench), [title(1), "العنوان الصحيح".to_owned()]);
    // It is taken back where it is now.
    correct(&["set-facts", "t.csv#1"]);
    bench.run("index", &[]);
    assert_eq!(titles(&bench), [1, 2].map(title));
}

#[test]
fn corrections_of_earlier_versions_keep_their_meaning() {
    let bench = Bench::new(&[("t.csv", &csv(&[1, 2]))]);
    bench.run("index", &[]);
    let file = data_dir(&bench)
        .archive_of(bench.folder.path())
        .join("corrections.json");
    let earlier = r#"{"version": 2, "corrections": [{"correction": "set_facts",
        "article": {"file": "t.csv", "record": 0}, "facts": {"title": "من قبل"}}]}"#;
    fs::write(&file, earlier).unwrap();
    bench.run("index", &[]);
    assert_eq!(titles(&bench), ["من قبل".to_owned(), title(2)]);
    bench.write("t.csv", &csv(&[9, 1, 2]));
    bench.run("index", &[]);
    assert_eq!(titles(&bench), ["من قبل".to_owned(), title(1), title(2)]);
    assert!(!fs::read_to_string(&file).unwrap().contains("article_says"));
    let output = bench.run("corrections", &["set-facts", "t.csv#2", "--source", "الوكالة"]);
    assert!(output.status.success(), "{}", said(&output));
    let json = fs::read_to_string(&file).unwrap();
    assert!(
        json.contains("\"version\": 3") && json.contains("article_says"),
        "{json}"
    );
}

/// The files in a dossier with their texts.
fn unpacked(dossier: &Path) -> Vec<(String, String)> {
    use std::io::Read as _;
    let mut zip = zip::ZipArchive::new(fs::File::open(dossier).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(|it| it.unwrap().into_owned()).collect();
    let read = names.into_iter().map(|name| {
        let mut text = String::new();
        zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    });
    read.collect()
}

/// Two articles with marks and corrections, in a dossier with their files.
fn dossier_of_two() -> (Bench, PathBuf) {
    let bench = Bench::new(&[("a/flood.txt", FLOOD), ("bridge.txt", BRIDGE), ("t.csv", &csv(&[1, 2]))]);
    mark(&bench, &["note", "من قال؟", "bridge.txt"]);
    mark(
        &bench,
        &[
            "highlight",
            "أخلت عشرين أسرة",
            "a/flood.txt",
            "--color",
            "blue",
            "--note",
            "كم؟",
        ],
    );
    mark(&bench, &["tag", "مهم", "--query", "", "--color", "green"]);
    mark(&bench, &["note", "ليس فيه", "t.csv#0"]);
    for correction in [
        &["set-facts", "bridge.txt", "--source", "الوكالة", "--date", "2024-03-04"][..],
        &["rename", "سامي العامري", "سامي العامري الكبير"],
        &["set-facts", "t.csv#1", "--source", "ليس فيه"],
    ] {
        let output = bench.run("corrections", correction);
        assert!(output.status.success(), "{}", said(&output));
    }
    let file = bench.data.path().join("ملف.zip");
    let arguments = ["سامي", "-o", file.to_str().unwrap(), "--with-originals"];
    let output = bench.run("dossier", &arguments);
    assert!(output.status.success(), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("2 articles in "));
    (bench, file)
}

#[test]
fn a_dossier_holds_what_was_chosen_and_nothing_of_the_computer() {
    let (bench, file) = dossier_of_two();
    let files = unpacked(&file);
    let of = |name: &str| {
        &files
            .iter()
            .find(|it| it.0 == name)
            .unwrap_or_else(|| panic!("{name}"))
            .1
    };
    let manifest: Value = serde_json::from_str(of("manifest.json")).unwrap();
    assert_eq!(
        (
            &manifest["format"],
            &manifest["version"],
            &manifest["query"],
            &manifest["articles"]
        ),
        (&"fihrist-dossier".into(), &1.into(), &"سامي".into(), &2.into())
    );
    let lines: Vec<Value> = of("articles.jsonl")
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    let bridge = lines.iter().find(|it| it["source"] == "الوكالة").unwrap();
    assert_eq!(
        (&bridge["date"], &bridge["date_provenance"]),
        (&"2024-03-04".into(), &"user".into())
    );
    assert!(bridge["body"].as_str().unwrap().contains("ترميم") && bridge["original_file"] == "bridge.txt");
    assert_eq!(of("originals/a/flood.txt"), FLOOD);
    assert!(of("marks.json").contains("من قال؟") && of("marks.json").contains("green"));
    let corrections = of("corrections.json");
    assert!(
        corrections.contains("سامي العامري الكبير") && corrections.contains("articles.jsonl"),
        "{corrections}"
    );
    let user = std::env::var("USER").unwrap_or_default();
    for (name, text) in &files {
        assert!(!text.contains("ليس فيه"), "{name}: {text}");
        assert!(!text.contains(bench.folder.path().to_str().unwrap()), "{name}: {text}");
        assert!(user.len() < 5 || !text.contains(&user), "{name}");
    }
}

#[test]
fn a_dossier_is_opened_as_an_archive_of_its_own_and_merged_into_another() {
    let (first, file) = dossier_of_two();
    let colleague = Bench::new(&[]);
    let into = colleague.folder.path().join("ملف");
    let originals = colleague.data.path().join("originals");
    let open = |into: &Path| {
        let mut command = colleague.command();
        command
            .arg("dossier")
            .arg("open")
            .arg(&file)
            .arg("--into")
            .arg(into)
            .arg("--json");
        let output = command.arg("--originals").arg(&originals).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let opened = open(&into);
    assert_eq!(
        (&opened["new"], &opened["known"], &opened["marked"]),
        (&2.into(), &0.into(), &2.into()),
        "{opened}"
    );
    assert_eq!(fs::read_to_string(originals.join("a/flood.txt")).unwrap(), FLOOD);
    let ask = |into: &Path, action: &str, rest: &[&str]| -> Value {
        let mut command = colleague.command();
        let output = command.arg(action).arg(into).args(rest).arg("--json").output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|err| panic!("{err}: {}", said(&output)))
    };
    let check = |into: &Path| {
        let listed = ask(into, "marks", &["list"]);
        let articles = listed["articles"].as_array().unwrap();
        assert_eq!(articles.len(), 2, "{listed}");
        assert!(
            articles
                .iter()
                .all(|it| it["tags"][0] == "مهم" && it["is_lost"] == false),
            "{listed}"
        );
        let flood = articles
            .iter()
            .find(|it| it["highlights"] != serde_json::json!([]))
            .unwrap();
        assert_eq!(
            (&flood["title"], &flood["highlights"][0]["note"]),
            (&"السيول تقطع طريق وادي الريم".into(), &"كم؟".into())
        );
        assert_eq!(listed["tags"][0]["color"], "green");
        let found = ask(into, "search", &["الجسر"]);
        let hit = &found["hits"][0];
        assert_eq!(
            (&hit["source"], &hit["published"]["date"]),
            (&"الوكالة".into(), &"2024-03-04".into()),
            "{hit}"
        );
        assert_eq!(hit["published"]["provenance"], "user");
        assert!(
            found["facets"]["person"].to_string().contains("سامي العامري الكبير"),
            "{found}"
        );
    };
    check(&into);
    // Once more: nothing is new.
    let opened = open(&into);
    assert_eq!((&opened["new"], &opened["known"]), (&0.into(), &2.into()));
    check(&into);
    // Into an archive that has one of them, elsewhere.
    let other = colleague.folder.path().join("آخر");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("mine.txt"), FLOOD).unwrap();
    let opened = open(&other);
    assert_eq!((&opened["new"], &opened["known"]), (&1.into(), &1.into()), "{opened}");
    check(&other);
    assert_eq!(fs::read_to_string(other.join("mine.txt")).unwrap(), FLOOD);
    drop(first);
}

#[test]
fn a_dossier_as_pages_is_read_in_a_browser_without_anything_else() {
    let (bench, _) = dossier_of_two();
    let pages = bench.data.path().join("pages");
    let output = bench.run("dossier", &["سامي", "--html", pages.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    let index = fs::read_to_string(pages.join("index.html")).unwrap();
    assert!(
        index.contains("dir=\"rtl\"") && index.contains("href=\"articles/00001.html\""),
        "{index}"
    );
    let both = [1, 2].map(|it| fs::read_to_string(pages.join(format!("articles/0000{it}.html"))).unwrap());
    let all = both.join("\n");
    assert!(
        all.contains("<mark class=\"blue\">أخلت عشرين أسرة</mark>") && all.contains("من قال؟"),
        "{all}"
    );
    for text in [&index, &all] {
        assert!(!text.contains("<script") && !text.contains(bench.folder.path().to_str().unwrap()));
    }
    // What is there is not replaced.
    let output = bench.run("dossier", &["سامي", "--html", pages.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("already"), "{}", said(&output));
}

#[test]
fn hostile_dossiers_are_refused_and_leave_nothing() {
    use std::io::Write as _;
    let bench = Bench::new(&[]);
    let manifest = |version: u32| {
        format!(
            "{{\"format\": \"fihrist-dossier\", \"version\": {version}, \"program\": \"\", \"made\": \"\", \"query\": null, \
             \"articles\": 1, \"originals\": []}}"
        )
    };
    let article = "{\"title\": \"أ\", \"body\": \"نص\"}\n";
    let bomb = "\u{0}".repeat(300 << 20);
    let whole = manifest(1);
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let cases: [Case<'_>; 7] = [
        (
            "up",
            &[
                ("manifest.json", &whole),
                ("articles.jsonl", article),
                ("originals/../../x", "x"),
            ],
            "outside",
        ),
        (
            "root",
            &[("manifest.json", &whole), ("articles.jsonl", article), ("/x", "x")],
            "outside",
        ),
        (
            "windows",
            &[
                ("manifest.json", &whole),
                ("articles.jsonl", article),
                ("originals/..\\..\\x", "x"),
            ],
            "outside",
        ),
        (
            "bomb",
            &[("manifest.json", &whole), ("articles.jsonl", &bomb)],
            "more than",
        ),
        (
            "later",
            &[("manifest.json", &manifest(9)), ("articles.jsonl", article)],
            "later version",
        ),
        ("other", &[("articles.jsonl", article)], "no dossier"),
        ("broken", &[("manifest.json", &whole), ("articles.jsonl", "[1")], "JSON"),
    ];
    for (name, files, told) in cases {
        let file = bench.data.path().join(format!("{name}.zip"));
        let mut zip = zip::ZipWriter::new(fs::File::create(&file).unwrap());
        for (name, text) in files {
            let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
            zip.start_file(*name, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        let into = bench.folder.path().join(name);
        let mut command = bench.command();
        command.arg("dossier").arg("open").arg(&file).arg("--into").arg(&into);
        let output = command
            .arg("--originals")
            .arg(bench.data.path().join("originals"))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains(told), "{name}: {}", said(&output));
        let left = fs::read_dir(&into).map_or(0, Iterator::count);
        assert_eq!(left, 0, "{name}");
        assert!(!bench.folder.path().join("x").exists() && !bench.data.path().join("x").exists());
    }
}
