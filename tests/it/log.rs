//! The log that a user can send: what it must and must not contain.

use std::fs;
use std::path::Path;

use super::cli::Bench;

/// A word for each kind of private data, found nowhere else.
const OWN: [&str; 6] = ["زمردية", "الفيروزاني", "ياقوتة", "عقيق", "مرجان", "لازورد"];

fn log_of(data_dir: &Path) -> String {
    fs::read_to_string(data_dir.join("fihrist.log")).unwrap()
}

#[test]
fn the_log_holds_nothing_of_the_users_own() {
    let [word, name, folder, file, query, entity] = OWN;
    let text = format!(
        "السيول تقطع طريق {word}\nتاريخ النشر: 12 يناير 2024\n\
         قطعت السيول الطريق المؤدي إلى وادي الريم صباح الجمعة بعد أمطار غزيرة دامت ثلاث ساعات متواصلة.\n\
         وقال رئيس البلدية سامي {name} إن فرق الطوارئ أخلت عشرين أسرة من بيوتها.\nالمصدر: صحيفة {word}\n"
    );
    let (read, unreadable) = (format!("{folder}/{file}.txt"), format!("{folder}/{file}.docx"));
    let bench = Bench::new(&[(&read, &text), (&unreadable, "PK\u{3}\u{4} no archive")]);
    let root = bench.folder.path();
    // A disk that cannot be read, as far as one that may read everything can be refused.
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.join("nowhere"), root.join(folder).join(format!("{query}.txt"))).unwrap();

    let missing = root.join(query).join("nothing");
    let target = format!("/no/such/{file}.json");
    let commands: [(&[&str], i32); 9] = [
        (&["index", "."], 1),
        // These answer from the index, and look at no file that could not be read.
        (&["search", ".", &format!("{word} {query}")], 0),
        (&["search", ".", &format!("person:{name}")], 0),
        (&["entities", ".", "--suggestions"], 1),
        (&["corrections", ".", "hide", entity], 2),
        (&["corrections", ".", "import", &target], 2),
        (&["show", &read], 0),
        (&["show", &unreadable], 2),
        (&["index", missing.to_str().unwrap()], 2),
    ];
    for (arguments, code) in commands {
        let output = bench
            .command()
            .arg("--verbose")
            .args(arguments)
            .current_dir(root)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    }

    let log = log_of(bench.data.path());
    let path = |it: &Path| it.file_name().unwrap().to_str().unwrap().to_owned();
    let paths = [path(root), path(bench.data.path()), "/no/such".to_owned()];
    for own in OWN.iter().copied().chain(paths.iter().map(String::as_str)) {
        assert!(!log.contains(own), "«{own}» stands in the log:\n{log}");
    }
    // It records what was done, how much of it, and the kind of error that ended it.
    for expected in [
        "command=\"index\"",
        "command=\"search\"",
        "the command failed error=NoEntity",
        "the command failed error=Folder NotFound 2",
    ] {
        assert!(log.contains(expected), "no «{expected}» in:\n{log}");
    }
}

#[test]
fn the_log_is_printed_only_on_request() {
    let bench = Bench::new(&[]);
    let quiet = bench.run("index", &[]);
    assert_eq!(String::from_utf8_lossy(&quiet.stderr), "");
    let verbose = bench.run("index", &["-v"]);
    let said = String::from_utf8_lossy(&verbose.stderr);
    let path = bench.data.path().join("fihrist.log");
    assert!(said.contains(path.to_str().unwrap()) && said.contains("INFO"), "{said}");
    // What is printed is what is kept, each with its own time.
    let kept = log_of(bench.data.path());
    let printed: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split_once(" INFO "))
        .map(|(_, it)| it)
        .collect();
    assert!(!printed.is_empty());
    for line in printed {
        assert!(kept.contains(line), "no «{line}» in:\n{kept}");
    }
}

#[test]
fn a_log_that_cannot_be_kept_stops_nothing() {
    let bench = Bench::new(&[]);
    fs::create_dir(bench.data.path().join("fihrist.log")).unwrap();
    let output = bench.run("index", &["--verbose"]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no log is kept"), "{said}");
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_the_log_of_a_command() {
    use std::os::unix::fs::PermissionsExt as _;

    let bench = Bench::new(&[]);
    bench.run("index", &[]);
    let mode = fs::metadata(bench.data.path().join("fihrist.log"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_log_that_grew_too_large_begins_anew_and_keeps_one_predecessor() {
    let bench = Bench::new(&[]);
    let path = bench.data.path().join("fihrist.log");
    fs::create_dir_all(bench.data.path()).unwrap();
    let line = "2026-01-01T00:00:00Z  INFO fihrist: a line of former times\n";
    fs::write(
        &path,
        line.repeat(1 + fihrist::work::log::MAX_BYTES as usize / 2 / line.len()),
    )
    .unwrap();
    bench.run("index", &[]);
    let older = fs::metadata(path.with_extension("log.1")).unwrap().len();
    let newer = log_of(bench.data.path());
    assert!(
        newer.contains("command=\"index\"") && !newer.contains("former times"),
        "{newer}"
    );
    assert!(newer.len() as u64 + older <= fihrist::work::log::MAX_BYTES + line.len() as u64);
}
