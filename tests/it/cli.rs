//! The command line, run as a person would run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tempfile::TempDir;

pub const FLOOD: &str = "السيول تقطع طريق وادي الريم\nتاريخ النشر: 12 يناير 2024\n\
قطعت السيول الطريق المؤدي إلى وادي الريم صباح الجمعة بعد أمطار غزيرة دامت ثلاث ساعات متواصلة.\n\
وقال رئيس البلدية سامي العامري إن فرق الطوارئ أخلت عشرين أسرة من بيوتها.\nالمصدر: صحيفة المدار\n";
pub const BRIDGE: &str = "افتتاح جسر المرفأ القديم أمام السيارات\nتاريخ النشر: 3 مارس 2024\n\
افتتح وزير الأشغال جسر المرفأ القديم أمام السيارات بعد أعمال ترميم استمرت سنتين كاملتين.\n\
وأكد سامي العامري أن الجسر سيخفف الزحام عن وسط المدينة.\n";

/// A folder of articles with its own data directory.
pub struct Bench {
    pub folder: TempDir,
    pub data: TempDir,
}

impl Bench {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let it = Self {
            folder: tempfile::tempdir().unwrap(),
            data: tempfile::tempdir().unwrap(),
        };
        for (path, text) in files {
            it.write(path, text);
        }
        it
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fihrist"));
        command.arg("--data-dir").arg(self.data.path()).arg("--quiet");
        command
    }

    pub fn run(&self, action: &str, rest: &[&str]) -> Output {
        self.command()
            .arg(action)
            .arg(self.folder.path())
            .args(rest)
            .output()
            .unwrap()
    }

    pub fn json(&self, action: &str, rest: &[&str]) -> Value {
        let mut arguments = rest.to_vec();
        arguments.push("--json");
        let output = self.run(action, &arguments);
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|err| panic!("{err}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// Everything in a folder: path, bytes, and time of change.
fn contents(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>, SystemTime)> {
    let mut contents: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let time = entry.metadata().unwrap().modified().unwrap();
            (entry.path().to_owned(), fs::read(entry.path()).unwrap(), time)
        })
        .collect();
    contents.sort();
    contents
}

#[test]
fn a_folder_is_indexed_searched_and_left_as_it_was() {
    let bench = Bench::new(&[("a/flood.txt", FLOOD), ("bridge.md", BRIDGE)]);
    let before = contents(bench.folder.path());
    let summary = bench.json("index", &[]);
    assert_eq!(
        (&summary["files"], &summary["articles"], &summary["added"]),
        (&2.into(), &2.into(), &2.into())
    );

    let found = bench.json("search", &["السيول"]);
    assert_eq!(found["total"], 1);
    assert_eq!(found["hits"][0]["title"], "السيول تقطع طريق وادي الريم");
    assert_eq!(found["hits"][0]["published"]["date"], "2024-01-12");
    assert_eq!(found["hits"][0]["source"], "صحيفة المدار");
    assert_eq!(found["timeline"][0]["month"], "2024-01");
    let person = &found["facets"]["person"][0];
    assert_eq!(
        (&person["name"], &person["articles"]),
        (&"سامي العامري".into(), &1.into())
    );

    let entities = bench.json("entities", &["--kind", "person"]);
    assert!(
        entities
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["name"] == "سامي العامري" && it["articles"] == 2)
    );
    assert_eq!(contents(bench.folder.path()), before);
}

#[test]
fn who_appears_with_whom_is_listed_and_written_to_a_file() {
    let bench = Bench::new(&[("flood.txt", FLOOD), ("bridge.md", BRIDGE)]);
    let network = bench.json("network", &["--kind", "person"]);
    assert_eq!(network["articles"], 2);
    let names = network["names"].as_array().unwrap();
    assert_eq!(
        (&names[0]["name"], &names[0]["articles"]),
        (&"سامي العامري".into(), &2.into())
    );
    // Only in what a query finds.
    let network = bench.json("network", &["السيول", "--names", "2"]);
    assert_eq!(
        (&network["articles"], network["names"].as_array().unwrap().len()),
        (&1.into(), 2)
    );
    let around = bench.json("network", &["--around", "سامي العامري"]);
    assert_eq!(around["names"][0]["name"], "سامي العامري");
}

#[test]
fn only_what_changed_is_read_again() {
    let bench = Bench::new(&[("flood.txt", FLOOD), ("bridge.txt", BRIDGE)]);
    bench.json("index", &[]);
    let summary = bench.json("index", &[]);
    assert_eq!(
        (&summary["added"], &summary["changed"], &summary["bytes"]),
        (&0.into(), &0.into(), &0.into())
    );

    bench.write("flood.txt", &FLOOD.replace("السيول", "الرمال"));
    fs::remove_file(bench.folder.path().join("bridge.txt")).unwrap();
    let summary = bench.json("index", &[]);
    assert_eq!(
        (&summary["changed"], &summary["missing"], &summary["articles"]),
        (&1.into(), &1.into(), &2.into())
    );
    assert_eq!(bench.json("search", &["السيول"])["total"], 0);
    assert_eq!(bench.json("search", &["الرمال"])["total"], 1);
}

#[test]
fn a_killed_indexing_ends_with_the_same_index() {
    let bench = Bench::new(&[]);
    for number in 0..400 {
        bench.write(
            &format!("{number}.txt"),
            &FLOOD.replace("عشرين", &format!("{number} من كل عشرين")),
        );
    }
    for millis in [80, 300, 700] {
        let mut command = bench.command();
        let mut child = command
            .arg("index")
            .arg(bench.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(millis));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(bench.json("index", &[])["articles"], 400);
    assert_eq!(bench.json("search", &["السيول"])["total"], 400);
}

#[test]
fn a_file_is_shown_as_it_was_understood() {
    let bench = Bench::new(&[("flood.txt", FLOOD)]);
    let file = bench.folder.path().join("flood.txt");
    let output = bench.command().arg("show").arg(file).arg("--json").output().unwrap();
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    let article = &shown[0];
    assert_eq!(article["title"], "السيول تقطع طريق وادي الريم");
    assert_eq!(article["published"]["provenance"], "header_line");
    let body = article["body"].as_str().unwrap();
    assert!(
        body.starts_with("قطعت السيول") && body.ends_with("من بيوتها."),
        "{body}"
    );
    for mention in article["mentions"].as_array().unwrap() {
        let (start, end) = (
            mention["start"].as_u64().unwrap() as usize,
            mention["end"].as_u64().unwrap() as usize,
        );
        assert_eq!(&FLOOD[start..end], mention["text"].as_str().unwrap());
    }
}

#[test]
fn an_export_holds_every_article_found() {
    let bench = Bench::new(&[("flood.txt", FLOOD), ("bridge.txt", BRIDGE)]);
    let csv = String::from_utf8(bench.run("export", &["", "--format", "csv"]).stdout).unwrap();
    assert_eq!(csv.lines().count(), 3, "{csv}");
    let target = bench.data.path().join("found.json");
    bench.run(
        "export",
        &["السيول", "--format", "json", "-o", target.to_str().unwrap()],
    );
    let exported: Value = serde_json::from_slice(&fs::read(target).unwrap()).unwrap();
    assert_eq!(exported.as_array().unwrap().len(), 1);
}

/// Checks that a command fails, prints no result, and reports why: what happened, causes, advice.
#[track_caller]
fn check_failure(output: &Output, expected: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    assert_eq!(lines.len(), expected.len(), "{said}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.contains(expected), "no «{expected}» in: {line}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_told_with_its_cause_and_what_to_do() {
    let bench = Bench::new(&[]);
    let commands = [
        &["index", "/no/such/folder"][..],
        &["search", "/no/such/folder", "السيول"],
        &["search", "/no/such/folder", "السيول", "--json"],
        &["entities", "/no/such/folder"],
        &["corrections", "/no/such/folder", "list"],
        &["reading", "/no/such/folder"],
        &["export", "/no/such/folder", "", "--format", "csv"],
    ];
    for command in commands {
        let output = bench.command().args(command).output().unwrap();
        let expected = [
            "fihrist: cannot read the folder: /no/such/folder",
            "because: ",
            "advice: check the path",
        ];
        check_failure(&output, &expected);
    }
}

#[test]
fn what_is_not_there_to_be_corrected_is_told() {
    let bench = Bench::new(&[("a.txt", FLOOD)]);
    check_failure(
        &bench.correct(&["hide", "زيد"]),
        &[
            "fihrist: there is no such entity: زيد",
            "advice: `fihrist entities FOLDER`",
        ],
    );
    check_failure(
        &bench.correct(&["undo", "0"]),
        &["fihrist: corrections are numbered from 1"],
    );
    check_failure(
        &bench.run("reading", &["*.txt"]),
        &["fihrist: say what to read differently"],
    );
    check_failure(
        &bench.run("reading", &["*.txt", "--remove"]),
        &["fihrist: these files have no correction: *.txt", "advice: "],
    );
    let missing = bench.correct(&["import", "/no/such/corrections.json"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("/no/such/corrections.json"));
}

#[test]
fn a_result_that_cannot_be_written_is_told_with_its_cause() {
    let bench = Bench::new(&[("a.txt", FLOOD)]);
    let output = bench.run("export", &["", "--format", "json", "-o", "/no/such/folder/found.json"]);
    check_failure(
        &output,
        &[
            "fihrist: cannot write the file: /no/such/folder/found.json",
            "because: ",
            "advice: ",
        ],
    );
}

#[test]
fn without_a_display_one_sentence_says_what_to_install() {
    let bench = Bench::new(&[]);
    let output = bench
        .command()
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("apt install") && said.lines().count() == 1, "{said}");
}

#[test]
fn how_files_are_read_can_be_corrected() {
    let bench = Bench::new(&[(
        "a.csv",
        "س,ص\nعنوان الجدول,افتتح وزير الأشغال جسر المرفأ القديم أمام السيارات.\n",
    )]);
    let before = contents(bench.folder.path());
    assert_eq!(bench.run("index", &[]).status.code(), Some(1));
    let corrected = bench.run("reading", &["*.csv", "--field", "س=title", "--field", "ص=body"]);
    assert_eq!(
        corrected.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&corrected.stderr)
    );
    let listed = bench.run("reading", &[]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("*.csv: س=title ص=body"));
    assert_eq!(bench.json("index", &[])["articles"], 1);
    let shown = bench
        .command()
        .args(["show", "--json"])
        .arg(bench.folder.path().join("a.csv"))
        .output()
        .unwrap();
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(
        (&shown[0]["format"], &shown[0]["encoding"]),
        (&"csv".into(), &"UTF-8".into())
    );
    assert_eq!(shown[0]["fields"]["ص"], "body");
    assert_eq!(bench.run("reading", &["*.csv", "--remove"]).status.code(), Some(0));
    assert_eq!(bench.json("index", &[])["articles"], 0);
    assert_eq!(
        bench.run("reading", &["a", "--encoding", "klingon"]).status.code(),
        Some(2)
    );
    assert_eq!(contents(bench.folder.path()), before);
}

const ENVOY: &str = "المبعوث يصل إلى المرفأ\nتاريخ النشر: 5 مايو 2024\n\
وصل المبعوث ميخائيل بوغدانوف إلى المرفأ صباح الأحد في زيارة تستمر يومين كاملين.\n\
وقال سامي العامري إن اللقاء مع ميخائيل بوغدانوف كان مفيدا للطرفين.\n";
const ENVOY_LEAVES: &str = "المبعوث يغادر المرفأ القديم\nتاريخ النشر: 7 مايو 2024\n\
وقال ميخائيل بوجدانوف إنه غادر المرفأ مساء الثلاثاء بعد زيارة استمرت يومين كاملين.\n";

impl Bench {
    /// The people with their articles, as "name articles", alphabetically.
    fn people(&self) -> Vec<String> {
        let entities = self.json("entities", &["--kind", "person"]);
        let mut people: Vec<String> = entities
            .as_array()
            .unwrap()
            .iter()
            .map(|it| format!("{} {}", it["name"].as_str().unwrap(), it["articles"]))
            .collect();
        people.sort();
        people
    }

    fn correct(&self, arguments: &[&str]) -> Output {
        self.run("corrections", arguments)
    }
}

#[test]
fn indexing_that_is_killed_again_and_again_ends_with_all_articles() {
    let bench = Bench::new(&[]);
    for number in 0..120 {
        bench.write(
            &format!("{number:03}.txt"),
            &FLOOD.replace("12 يناير", &format!("{} يناير", number % 28 + 1)),
        );
    }
    for millis in [20, 90, 250, 600] {
        let mut command = bench.command();
        let command = command.arg("index").arg(bench.folder.path()).stdout(Stdio::null());
        let mut process = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(millis));
        // It may have ended before.
        process.kill().ok();
        process.wait().unwrap();
    }
    let summary = bench.json("index", &[]);
    assert_eq!((&summary["articles"], &summary["files"]), (&120.into(), &120.into()));
    assert_eq!(bench.json("index", &[])["added"], 0);
    let found = bench.json("search", &["السيول"]);
    assert_eq!(found["total"], 120);
    assert_eq!(found["facets"]["person"][0]["articles"], 120);
}

#[test]
fn licences_are_left_out_and_counted() {
    let bench = Bench::new(&[
        ("a.txt", FLOOD),
        ("LICENSE", "MIT"),
        ("README.md", "About"),
        ("b/COPYING.txt", "GPL"),
    ]);
    let summary = bench.json("index", &[]);
    assert_eq!((&summary["files"], &summary["left_out"]), (&1.into(), &3.into()));
}

#[test]
fn names_are_corrected_previewed_and_taken_back() {
    let bench = Bench::new(&[("a.txt", ENVOY), ("b.txt", ENVOY_LEAVES), ("c.txt", BRIDGE)]);
    let before = contents(bench.folder.path());
    let all = ["سامي العامري 2", "ميخائيل بوغدانوف 2"];
    assert_eq!(bench.people(), all);

    let merge = ["merge", "سامي العامري", "ميخائيل بوغدانوف"];
    let preview = bench.json("corrections", &[&merge[..], &["--preview"]].concat());
    assert_eq!(preview["before"].as_array().unwrap().len(), 2);
    // Both are in one of the three articles.
    assert_eq!(preview["after"].as_array().unwrap().len(), 1);
    assert_eq!(preview["after"][0]["articles"], 3);
    assert_eq!(bench.people(), all);

    assert!(bench.correct(&merge).status.success());
    // An article that has both names counts once.
    assert_eq!(bench.people(), ["ميخائيل بوغدانوف 3"]);
    let found = bench.json("search", &["المرفأ"]);
    assert_eq!(found["facets"]["person"][0]["articles"], 3);
    assert_eq!(bench.correct(&merge).status.code(), Some(2), "it is one already");
    assert!(bench.correct(&["undo"]).status.success());
    assert_eq!(bench.people(), all);
    assert_eq!(bench.correct(&["undo"]).status.code(), Some(2), "nothing is left");

    assert!(
        bench
            .correct(&["split", "ميخائيل بوغدانوف", "ميخائيل بوجدانوف"])
            .status
            .success()
    );
    assert_eq!(
        bench.people(),
        ["سامي العامري 2", "ميخائيل بوجدانوف 1", "ميخائيل بوغدانوف 1"]
    );
    // What was read anew is counted by the same corrections.
    bench.write("d.txt", &ENVOY_LEAVES.replace("الثلاثاء", "الأربعاء"));
    assert_eq!(
        bench.people(),
        ["سامي العامري 2", "ميخائيل بوجدانوف 2", "ميخائيل بوغدانوف 1"]
    );
    fs::remove_file(bench.folder.path().join("d.txt")).unwrap();
    assert_eq!(contents(bench.folder.path()), before);
}

#[test]
fn corrections_are_shared_and_ones_own_hold() {
    let files = [("a.txt", ENVOY), ("b.txt", ENVOY_LEAVES), ("c.txt", BRIDGE)];
    let (mine, theirs) = (Bench::new(&files), Bench::new(&files));
    let file = theirs.data.path().join("shared.json");
    let path = file.to_str().unwrap();
    assert!(
        theirs
            .correct(&["rename", "سامي العامري", "العامري الكبير"])
            .status
            .success()
    );
    assert!(theirs.correct(&["hide", "ميخائيل بوغدانوف"]).status.success());
    assert!(theirs.correct(&["export", path]).status.success());

    assert!(
        mine.correct(&["rename", "سامي العامري", "العامري الصغير"])
            .status
            .success()
    );
    let report = mine.json("corrections", &["import", path]);
    assert_eq!((&report["added"], &report["known"]), (&1.into(), &0.into()));
    assert_eq!(report["conflicts"].as_array().unwrap().len(), 1);
    assert_eq!(mine.people(), ["العامري الصغير 2"]);
    let report = mine.json("corrections", &["import", path]);
    assert_eq!((&report["added"], &report["known"]), (&0.into(), &1.into()));
    assert_eq!(mine.json("corrections", &["list"]).as_array().unwrap().len(), 2);
}

#[test]
fn damaged_corrections_are_kept_aside() {
    let bench = Bench::new(&[("a.txt", ENVOY)]);
    assert!(bench.correct(&["hide", "سامي العامري"]).status.success());
    let corrections = contents(bench.data.path())
        .into_iter()
        .find(|(path, ..)| path.ends_with("corrections.json"))
        .unwrap()
        .0;
    let damaged = "{\"version\": 1, \"corrections\": [{\"hid";
    fs::write(&corrections, damaged).unwrap();
    let output = bench.run("entities", &["--kind", "person"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("damaged-1"), "{said}");
    let kept = corrections.with_extension("damaged-1.json");
    assert_eq!(fs::read_to_string(&kept).unwrap(), damaged);
    // Their last version holds, and the next one works again.
    assert_eq!(bench.people().len(), 1);
    assert!(bench.correct(&["undo"]).status.success());
    assert_eq!(bench.people().len(), 2);
    assert_eq!(fs::read_to_string(&kept).unwrap(), damaged);
}

/// What may happen to a file of the index behind the program's back.
type Damage = fn(&Path);

#[test]
fn what_cannot_be_read_of_an_index_is_told_and_never_an_empty_result() {
    let flip: Damage = |path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        if let Some(byte) = bytes.get_mut(middle) {
            *byte ^= 0xFF;
        }
        fs::write(path, bytes).unwrap();
    };
    let truncate: Damage = |path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    };
    let delete: Damage = |path| fs::remove_file(path).unwrap();

    let bench = Bench::new(&[("a.txt", FLOOD), ("b.txt", BRIDGE)]);
    bench.json("index", &[]);
    let sound = contents(bench.data.path());
    let is_of_index = |path: &Path| path.components().any(|it| it.as_os_str() == "index");
    let files: Vec<_> = sound
        .iter()
        .map(|(path, ..)| path)
        .filter(|it| is_of_index(it))
        .collect();
    assert!(5 < files.len(), "{files:?}");
    for file in files {
        for damage in [truncate, flip, delete] {
            let index = file.parent().unwrap();
            fs::remove_dir_all(index).unwrap();
            fs::create_dir_all(index).unwrap();
            for (path, bytes, _) in sound.iter().filter(|(path, ..)| is_of_index(path)) {
                fs::write(path, bytes).unwrap();
            }
            damage(file);
            let output = bench.run("search", &["السيول", "--json"]);
            let said = String::from_utf8_lossy(&output.stderr);
            let name = file.file_name().unwrap();
            // It was read again, or the damage does not matter here.
            assert_eq!(output.status.code(), Some(0), "{name:?}: {said}");
            let found: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(found["total"], 1, "{name:?}: {said}");
            let is_of_segment = 32 < name.len();
            assert!(
                !is_of_segment || said.contains("a part of the index was damaged"),
                "{name:?}: {said}"
            );
            let output = bench.run("search", &["السيول", "--json"]);
            assert!(
                output.status.success() && output.stderr.is_empty(),
                "{name:?}: {:?}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
}
