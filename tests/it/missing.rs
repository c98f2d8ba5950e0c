//! Files that are no longer in the folder: nothing of them is lost until the user says so. And two processes at once, of
//! which each says what it does.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use fihrist::work::DataDir;
use serde_json::Value;

use super::cli::{BRIDGE, Bench, FLOOD};

/// An archive of `n_files` files, indexed, whose names and titles are numbered from 1.
fn indexed(n_files: usize) -> Bench {
    let bench = Bench::new(&[]);
    for number in 1..=n_files {
        bench.write(&format!("{number}.txt"), &flood(number));
    }
    assert_eq!(bench.json("index", &[])["articles"], n_files);
    bench
}

fn flood(number: usize) -> String {
    FLOOD.replace("عشرين", &format!("{number} من كل عشرين"))
}

fn remove(bench: &Bench, numbers: impl IntoIterator<Item = usize>) {
    for number in numbers {
        fs::remove_file(bench.folder.path().join(format!("{number}.txt"))).unwrap();
    }
}

fn said(output: &Output) -> (Option<i32>, String) {
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn found(bench: &Bench) -> Value {
    bench.json("search", &["السيول"])
}

#[test]
fn articles_of_missing_files_are_kept_and_found_until_they_are_to_be_forgotten() {
    let bench = indexed(4);
    remove(&bench, [1, 2]);
    // Again and again: that they are missing follows from what is there.
    for _ in 0..2 {
        let summary = bench.json("index", &[]);
        assert_eq!((&summary["missing"], &summary["removed"]), (&2.into(), &0.into()));
        assert_eq!(summary["missing_files"], serde_json::json!(["1.txt", "2.txt"]));
        assert_eq!((&summary["articles"], &summary["files"]), (&4.into(), &2.into()));
    }
    let text = bench.run("index", &[]);
    assert_eq!(text.status.code(), Some(0));
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("2 files are missing; their articles are kept; --forget forgets them"),
        "{text}"
    );
    let page = found(&bench);
    assert_eq!(page["total"], 4);
    let hits = page["hits"].as_array().unwrap();
    assert_eq!(hits.iter().filter(|it| it["file_is_missing"] == true).count(), 2);
    let exported = bench.run("export", &["السيول", "--format", "json"]);
    let (code, told) = said(&exported);
    assert_eq!(code, Some(0), "{told}");
    let exported: Value = serde_json::from_slice(&exported.stdout).unwrap();
    assert_eq!(exported.as_array().unwrap().len(), 4);

    let summary = bench.json("index", &["--forget"]);
    assert_eq!((&summary["missing"], &summary["removed"]), (&0.into(), &2.into()));
    assert_eq!((&summary["articles"], &found(&bench)["total"]), (&2.into(), &2.into()));
}

#[test]
fn a_file_that_was_moved_is_one_file() {
    let bench = indexed(3);
    let path = |name: &str| bench.folder.path().join(name);
    fs::create_dir(path("2024")).unwrap();
    for number in 1..=3 {
        fs::rename(path(&format!("{number}.txt")), path(&format!("2024/{number}.txt"))).unwrap();
    }
    let summary = bench.json("index", &[]);
    assert_eq!((&summary["moved"], &summary["missing"]), (&3.into(), &0.into()));
    assert_eq!((&summary["articles"], &summary["removed"]), (&3.into(), &0.into()));
    let page = found(&bench);
    assert_eq!(page["total"], 3);
    let hits = page["hits"].as_array().unwrap();
    assert!(hits.iter().all(|it| it["path"].as_str().unwrap().starts_with("2024/")));
    // What is moved and changed is not known again: both are kept.
    fs::remove_file(path("2024/1.txt")).unwrap();
    bench.write("1.txt", &flood(7));
    let summary = bench.json("index", &[]);
    assert_eq!(
        (&summary["moved"], &summary["missing"], &summary["articles"]),
        (&0.into(), &1.into(), &4.into())
    );
    // A copy of a file that is there is no move.
    bench.write("copy.txt", &flood(2));
    let summary = bench.json("index", &[]);
    assert_eq!(
        (&summary["moved"], &summary["missing"], &summary["articles"]),
        (&0.into(), &1.into(), &5.into())
    );
}

#[track_caller]
fn check_that_it_is_away(bench: &Bench, n_missing: usize, n_files: usize) {
    let output = bench.run("index", &[]);
    let (code, told) = said(&output);
    assert_eq!(code, Some(2), "{told}");
    assert!(output.stdout.is_empty());
    let expected =
        format!("the folder is empty or not connected: {n_missing} of its {n_files} files are missing, last seen on");
    assert!(told.contains(&expected) && told.contains("advice: "), "{told}");
    let output = bench.run("search", &["السيول", "--json"]);
    let (code, told) = said(&output);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("not connected") && told.contains("the answer is from what was indexed"),
        "{told}"
    );
    let page: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(page["total"], n_files);
}

#[test]
fn a_folder_of_which_most_is_missing_is_taken_for_one_that_is_not_connected() {
    let bench = indexed(5);
    remove(&bench, [1, 2]);
    assert_eq!(bench.run("index", &[]).status.code(), Some(0));
    remove(&bench, [3]);
    check_that_it_is_away(&bench, 3, 5);
    remove(&bench, [4, 5]);
    check_that_it_is_away(&bench, 5, 5);
    // When it is back all is as before.
    for number in 1..=5 {
        bench.write(&format!("{number}.txt"), &flood(number));
    }
    let summary = bench.json("index", &[]);
    assert_eq!((&summary["missing"], &summary["articles"]), (&0.into(), &5.into()));
    // Whoever says so empties the archive.
    remove(&bench, 1..=5);
    let summary = bench.json("index", &["--forget"]);
    assert_eq!((&summary["removed"], &summary["articles"]), (&5.into(), &0.into()));
    assert_eq!(found(&bench)["total"], 0);
}

#[test]
fn an_archive_whose_folder_is_gone_is_searched_in_its_index() {
    let bench = indexed(2);
    let elsewhere = bench.data.path().join("elsewhere");
    fs::rename(bench.folder.path(), &elsewhere).unwrap();
    check_that_it_is_away(&bench, 2, 2);
    // Nothing is forgotten because a folder is not there, whatever is said.
    let output = bench.run("index", &["--forget"]);
    let (code, told) = said(&output);
    assert!(code == Some(2) && told.contains("fihrist forget FOLDER"), "{told}");
    assert_eq!(bench.run("entities", &[]).status.code(), Some(0));
    fs::rename(&elsewhere, bench.folder.path()).unwrap();
    let summary = bench.json("index", &[]);
    assert_eq!((&summary["missing"], &summary["articles"]), (&0.into(), &2.into()));
}

#[test]
fn files_of_which_nothing_could_be_read_go_without_a_word() {
    let bench = Bench::new(&[("1.txt", FLOOD), ("2.txt", BRIDGE), ("3.txt", "\0\u{1}\u{2}")]);
    assert_eq!(bench.run("index", &[]).status.code(), Some(1));
    remove(&bench, [3]);
    let summary = bench.json("index", &[]);
    assert_eq!((&summary["missing"], &summary["removed"]), (&0.into(), &1.into()));
}

#[test]
fn what_is_left_out_is_counted_and_listed_with_the_reason() {
    let bench = Bench::new(&[
        ("1.txt", FLOOD),
        (".hidden/2.txt", BRIDGE),
        ("picture.jpg", "x"),
        ("README.md", "x"),
        ("3.pdf.part", "x"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(".hidden/2.txt", bench.folder.path().join("4.txt")).unwrap();
    let summary = bench.json("index", &[]);
    assert_eq!(
        (&summary["left_out"], &summary["unreadable"]),
        (&4.into(), &serde_json::json!([]))
    );
    let listed = summary["left_out_files"].as_array().unwrap().iter();
    let paths: Vec<&str> = listed.map(|it| it["path"].as_str().unwrap()).collect();
    assert_eq!(paths, [".hidden", "3.pdf.part", "README.md", "picture.jpg"]);
    assert_eq!(summary["left_out_reasons"]["hidden"], 1);
    // A link to what is not read in its place is read.
    assert_eq!(summary["articles"], if cfg!(unix) { 2 } else { 1 });
    let text = bench.run("index", &[]);
    assert_eq!(text.status.code(), Some(0));
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("4 left out") && text.contains("left out: 1 hidden"),
        "{text}"
    );
}

/// Holds the lock of another process that brings the archive up to date.
fn hold(bench: &Bench) -> File {
    let lock = DataDir::new(bench.data.path().to_owned()).update_lock(bench.folder.path());
    let lock = File::options().read(true).write(true).open(lock).unwrap();
    lock.lock().unwrap();
    lock
}

#[test]
fn the_second_process_waits_for_the_first_and_tells_what_it_did_itself() {
    let bench = indexed(2);
    bench.write("3.txt", &flood(3));
    let lock = hold(&bench);
    let mut second = bench.command();
    let second = second.arg("index").arg(bench.folder.path()).arg("--json");
    let mut second = second.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = String::new();
    let mut stderr = BufReader::new(second.stderr.take().unwrap());
    stderr.read_line(&mut told).unwrap();
    assert!(
        told.contains("another Fihrist") && told.contains("waiting until it is done"),
        "{told}"
    );
    // Not before the first one is done.
    assert!(second.try_wait().unwrap().is_none());
    // What comes meanwhile is its own to read.
    bench.write("4.txt", &flood(4));
    drop(lock);
    let output = second.wait_with_output().unwrap();
    stderr.read_to_string(&mut told).unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|err| panic!("{err}: {told}"));
    assert_eq!((&summary["added"], &summary["articles"]), (&2.into(), &4.into()));
}

#[test]
fn the_second_process_fails_at_once_if_it_is_not_to_wait() {
    let bench = indexed(2);
    let lock = hold(&bench);
    let output = bench.run("index", &["--no-wait", "--json"]);
    let (code, told) = said(&output);
    assert_eq!(code, Some(2), "{told}");
    assert!(
        told.contains("another Fihrist is reading this folder") && told.contains("advice: "),
        "{told}"
    );
    assert!(output.stdout.is_empty());
    drop(lock);
    assert_eq!(bench.run("index", &["--no-wait"]).status.code(), Some(0));
}

#[test]
fn a_search_does_not_wait_for_another_process_and_says_that_its_answer_is_old() {
    let bench = indexed(2);
    bench.write("3.txt", &flood(3));
    let lock = hold(&bench);
    let output = bench.run("search", &["السيول"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("2 articles"));
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).1.contains("since it was read: 1 new file;"));
    for command in [&["entities"][..], &["export", "", "--format", "csv"]] {
        let output = bench.run(command[0], &command[1..]);
        let (code, told) = said(&output);
        assert_eq!(code, Some(0), "{told}");
        assert!(
            told.contains("another Fihrist") && told.contains("what is indexed so far"),
            "{told}"
        );
        assert!(!output.stdout.is_empty());
    }
    assert_eq!(found(&bench)["total"], 2);
    drop(lock);
    bench.json("index", &[]);
    assert_eq!(found(&bench)["total"], 3);
}

/// A command that can write nothing but to pipes, as on a full disk.
#[cfg(unix)]
fn on_a_full_disk(bench: &Bench, action: &str, rest: &[&str]) -> Output {
    let command = bench.command();
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"]);
    shell.arg(command.get_program()).args(command.get_args());
    shell.arg(action).arg(bench.folder.path()).args(rest).output().unwrap()
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_a_changed_folder_is_searched_as_it_was() {
    let bench = indexed(2);
    // Twice: a failed attempt leaves nothing behind that another one stumbles over.
    for number in [3, 4] {
        bench.write(&format!("{number}.txt"), &flood(number));
        let output = on_a_full_disk(&bench, "search", &["السيول", "--json"]);
        let (code, told) = said(&output);
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains("the folder has changed since it was read"), "{told}");
        let page: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(page["total"], 2);
        let output = on_a_full_disk(&bench, "index", &[]);
        let (code, told) = said(&output);
        assert!(code == Some(2) && told.contains("no room"), "{told}");
    }
    bench.json("index", &[]);
    assert_eq!(found(&bench)["total"], 4);
}

#[test]
fn nothing_of_a_forgotten_file_is_left_beside_the_index() {
    // A person under two spellings, whose id is remembered.
    let envoy = |name: &str| {
        format!(
            "المبعوث يصل إلى المرفأ\nتاريخ النشر: 5 مايو 2024\n\
             وصل المبعوث ميخائيل {name} إلى المرفأ صباح الأحد في زيارة تستمر يومين كاملين.\n"
        )
    };
    let (first, second) = (envoy("بوغدانوف"), envoy("بوجدانوف"));
    let bench = Bench::new(&[
        ("a.txt", &first),
        ("b.txt", &second),
        ("1.txt", FLOOD),
        ("2.txt", BRIDGE),
        ("3.txt", FLOOD),
    ]);
    bench.json("index", &[]);
    let holds = |name: &str| {
        let files = walkdir::WalkDir::new(bench.data.path()).into_iter().map(Result::unwrap);
        let mut files = files.filter(|it| it.file_type().is_file());
        files.any(|it| memmem(&fs::read(it.path()).unwrap(), name.as_bytes()))
    };
    assert!(holds("بوغدانوف"), "otherwise nothing is tested");
    fs::remove_file(bench.folder.path().join("a.txt")).unwrap();
    fs::remove_file(bench.folder.path().join("b.txt")).unwrap();
    bench.json("index", &[]);
    assert!(holds("بوغدانوف"));
    assert_eq!(bench.json("index", &["--forget"])["removed"], 2);
    for name in ["بوغدانوف", "بوجدانوف"] {
        assert!(!holds(name), "{name}");
    }
}

fn memmem(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|it| it == wanted)
}

/// The folder of the index, and those of the indexes that it replaced.
fn indexes(bench: &Bench) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(bench.data.path()).into_iter().map(Result::unwrap);
    let entries = entries.filter(|it| it.file_name().as_encoded_bytes().starts_with(b"index"));
    entries.map(walkdir::DirEntry::into_path).collect()
}

fn lists(bench: &Bench) -> [PathBuf; 2] {
    let indexes = indexes(bench);
    let [index] = &indexes[..] else {
        panic!("{indexes:?}");
    };
    ["meta.json", "meta-copy.json"].map(|name| index.join(name))
}

fn lose_lists(bench: &Bench) {
    lists(bench).iter().for_each(|list| fs::remove_file(list).unwrap());
}

/// Makes an index of another version of the present one.
fn make_older(bench: &Bench) {
    rewrite_seals(bench, "version", 1);
}

fn rewrite_seals(bench: &Bench, key: &str, value: u64) {
    for list in lists(bench) {
        let text = fs::read_to_string(&list).unwrap();
        let (sealed, _) = text.trim_end().rsplit_once(' ').unwrap();
        let (content, seal) = sealed.rsplit_once('\n').unwrap();
        let mut seal: Value = serde_json::from_str(seal).unwrap();
        seal[key] = value.into();
        let sealed = format!("{content}\n{seal}");
        let hash = xxhash_rust::xxh3::xxh3_64(sealed.as_bytes());
        fs::write(list, format!("{sealed} {hash:016x}\n")).unwrap();
    }
}

/// The list, and what only searching needs.
fn lose_most(bench: &Bench) {
    let index = lists(bench)[0].parent().unwrap().to_owned();
    lose_lists(bench);
    for entry in fs::read_dir(index).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|it| ["idx", "pos", "term", "fieldnorm"].iter().any(|kind| it == *kind))
        {
            fs::remove_file(path).unwrap();
        }
    }
}

#[test]
fn what_is_in_no_file_any_more_outlives_the_index_that_held_it() {
    for spoil in [lose_lists, make_older, lose_most] {
        let bench = indexed(5);
        let gone = bench.folder.path().join("1.txt");
        let text = fs::read(&gone).unwrap();
        let modified = fs::metadata(&gone).unwrap().modified().unwrap();
        remove(&bench, [1, 2]);
        let before = found(&bench);
        // Parts that were merged, and articles that were removed in one, are not saved twice.
        bench.write("3.txt", &flood(3).repeat(2));
        let before = (before["total"].clone(), bench.json("index", &[])["articles"].clone());
        spoil(&bench);
        let summary = bench.json("index", &[]);
        assert_eq!(
            (&summary["mended"]["saved"], &summary["mended"]["lost"]),
            (&2.into(), &0.into())
        );
        assert_eq!((&summary["missing"], &summary["removed"]), (&2.into(), &0.into()));
        assert_eq!((found(&bench)["total"].clone(), summary["articles"].clone()), before);
        let titles = found(&bench)["hits"].to_string();
        assert!(titles.contains("1 من كل عشرين") || titles.contains("1.txt"), "{titles}");
        assert_eq!(indexes(&bench).len(), 1, "what it replaced is removed");

        // A file that is there again is read again.
        fs::write(&gone, text).unwrap();
        File::options()
            .write(true)
            .open(&gone)
            .unwrap()
            .set_modified(modified)
            .unwrap();
        let summary = bench.json("index", &[]);
        assert_eq!((&summary["changed"], &summary["missing"]), (&1.into(), &1.into()));

        spoil(&bench);
        let summary = bench.json("index", &["--forget"]);
        assert_eq!((&summary["articles"], &summary["missing"]), (&4.into(), &0.into()));
        assert_eq!(indexes(&bench).len(), 1);
    }
}

#[test]
fn an_index_whose_texts_cannot_be_read_any_more_says_so_and_is_made_again() {
    for spoil in [
        b"".as_slice(),
        b"noise of some length, without a footer that makes sense",
    ] {
        let bench = indexed(5);
        remove(&bench, [1]);
        lose_lists(&bench);
        for entry in walkdir::WalkDir::new(bench.data.path()) {
            let path = entry.unwrap().into_path();
            if path.extension().is_some_and(|it| it == "fast") {
                fs::write(path, spoil).unwrap();
            }
        }
        let output = bench.run("index", &[]);
        let (code, told) = said(&output);
        assert_eq!(code, Some(0), "{told}");
        assert!(
            told.contains("if the index before this one held articles whose files are gone, these are lost"),
            "{told}"
        );
        assert_eq!(found(&bench)["total"], 4);
        assert_eq!(indexes(&bench).len(), 1);
    }
}

#[test]
fn the_format_of_what_was_saved_is_kept_and_an_index_that_somebody_removed_is_told() {
    let bench = indexed(3);
    bench.write(
        "page.html",
        &format!("<html><body><h1>جسر</h1><p>{BRIDGE}</p></body></html>"),
    );
    bench.json("index", &[]);
    fs::remove_file(bench.folder.path().join("page.html")).unwrap();
    lose_lists(&bench);
    bench.json("index", &[]);
    assert_eq!(bench.json("search", &["نوع:html"])["total"], 1);
    fs::remove_dir_all(&indexes(&bench)[0]).unwrap();
    let (code, told) = said(&bench.run("index", &[]));
    assert!(
        code == Some(0) && told.contains("removed; all files are being read again"),
        "{told}"
    );
}

#[test]
fn an_index_of_a_later_version_is_left_to_it() {
    let bench = indexed(2);
    rewrite_seals(&bench, "values", 9);
    let (code, told) = said(&bench.run("search", &["السيول"]));
    assert!(
        code == Some(2) && told.contains("a newer version of Fihrist wrote the index"),
        "{told}"
    );
    rewrite_seals(&bench, "values", 0);
    assert_eq!(found(&bench)["total"], 2);
}

#[test]
fn an_archive_whose_folder_is_gone_outlives_its_index() {
    for spoil in [lose_lists, make_older] {
        let bench = indexed(3);
        spoil(&bench);
        let path = bench.folder.path().to_owned();
        let elsewhere = path.with_extension("unplugged");
        fs::rename(&path, &elsewhere).unwrap();
        fs::create_dir(&path).unwrap();
        check_that_it_is_away(&bench, 3, 3);
        fs::remove_dir(&path).unwrap();
        fs::rename(&elsewhere, &path).unwrap();
        let summary = bench.json("index", &[]);
        assert_eq!((&summary["changed"], &summary["missing"]), (&3.into(), &0.into()));
    }
}
