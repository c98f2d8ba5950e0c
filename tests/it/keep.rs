//! What the user decided and what is private, as the program keeps them: run as a person would run it.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use fihrist::state::{ArchiveRoot, Change, Settings};
use fihrist::work::{DataDir, InUse};
use walkdir::WalkDir;

use super::cli::Bench;

/// An article that names a person of its own.
fn article(number: usize) -> (String, String) {
    const FIRST: [&str; 4] = ["سامي", "نادر", "ليلى", "هدى"];
    const LAST: [&str; 4] = ["العامري", "الصيداوي", "القاسمي", "الحلواني"];
    let name = format!("{} {}", FIRST[number % 4], LAST[number / 4 % 4]);
    let text = format!(
        "بيان المجلس {number}\n\nقال {name} إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n\
         وأكد {name} أن الطريق سيفتح صباح الجمعة.\n"
    );
    (name, text)
}

fn bench_of(n_articles: usize) -> Bench {
    let bench = Bench::new(&[]);
    for number in 0..n_articles {
        bench.write(&format!("{number}.txt"), &article(number).1);
    }
    bench
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The directory of the only archive.
fn archive_dir(bench: &Bench) -> PathBuf {
    DataDir::new(bench.data.path().to_owned()).archive_of(bench.folder.path())
}

fn listed(bench: &Bench) -> usize {
    let output = bench.run("corrections", &["list"]);
    String::from_utf8(output.stdout).unwrap().lines().count()
}

#[test]
fn two_commands_at_once_lose_no_correction() {
    let bench = bench_of(8);
    bench.run("index", &[]);
    let names: BTreeSet<String> = (0..8).map(|number| article(number).0).collect();
    let processes: Vec<_> = names
        .iter()
        .map(|name| {
            let mut command = bench.command();
            command.arg("corrections").arg(bench.folder.path());
            command.args(["rename", name, &format!("{name} الكبير")]);
            command.stdout(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut process in processes {
        assert!(process.wait().unwrap().success());
    }
    assert_eq!(listed(&bench), names.len());
}

#[test]
fn corrections_that_were_damaged_or_deleted_are_restored_and_told() {
    let bench = bench_of(2);
    for number in 0..2 {
        let hidden = bench.run("corrections", &["hide", &article(number).0]);
        assert!(hidden.status.success(), "{}", said(&hidden));
    }
    let file = archive_dir(&bench).join("corrections.json");
    fs::write(&file, "{\"version\": 1, \"corr").unwrap();
    let output = bench.run("corrections", &["list"]);
    assert_eq!(output.stdout.iter().filter(|it| **it == b'\n').count(), 2);
    for expected in [
        "the corrections of names could not be read",
        "damaged-1",
        "corrections.000002.json",
    ] {
        assert!(said(&output).contains(expected), "{}", said(&output));
    }
    fs::remove_file(&file).unwrap();
    let output = bench.run("search", &[""]);
    assert!(
        said(&output).contains("were deleted") && said(&output).contains("fihrist forget"),
        "{}",
        said(&output)
    );
    let output = bench.run("corrections", &["list"]);
    assert_eq!((said(&output).as_str(), listed(&bench)), ("", 2));
    // Those of a later version are left alone, and names are counted without.
    let later = "{\"version\": 9, \"corrections\": [\"?\"]}";
    fs::write(&file, later).unwrap();
    let output = bench.run("corrections", &["hide", &article(0).0]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("later version"), "{}", said(&output));
    assert_eq!(fs::read_to_string(&file).unwrap(), later);
}

/// Everything in a folder, with the path below it.
fn walk(dir: &Path) -> Vec<(PathBuf, fs::Metadata)> {
    let entries = WalkDir::new(dir).into_iter().map(|it| it.unwrap());
    let entries = entries.map(|it| (it.path().to_owned(), it.metadata().unwrap()));
    entries.collect()
}

/// Checks that nothing that is known of an archive is left: neither in a name nor in a file.
#[track_caller]
fn check_forgotten(data: &Path, words: &[&str]) {
    for (path, metadata) in walk(data) {
        let below = path.strip_prefix(data).unwrap().to_string_lossy().into_owned();
        let bytes = match metadata.is_file() {
            true => fs::read(&path).unwrap(),
            false => Vec::new(),
        };
        for word in words {
            let is_inside = bytes.windows(word.len()).any(|it| it == word.as_bytes());
            assert!(!below.contains(word) && !is_inside, "«{word}» in {below}");
        }
    }
}

#[test]
fn nothing_is_left_of_an_archive_that_is_forgotten() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("زمردية-القديمة");
    fs::create_dir(&folder).unwrap();
    let (name, text) = article(5);
    fs::write(folder.join("5.txt"), text).unwrap();
    let bench = bench_of(2);
    bench.run("index", &[]);
    let run = |arguments: &[&str]| bench.command().args(arguments).stdin(Stdio::null()).output().unwrap();
    let path = folder.to_str().unwrap();
    assert!(run(&["corrections", path, "hide", &name]).status.success());
    assert!(run(&["corrections", path, "undo"]).status.success());
    assert!(
        run(&["reading", path, "*.csv", "--encoding", "windows-1256"])
            .status
            .success()
    );
    let data_dir = DataDir::new(bench.data.path().to_owned());
    for font_size in [20.0, 21.0] {
        let before = data_dir.load_settings();
        let mut after = Settings {
            reading_size: font_size,
            ..before.clone()
        };
        after.remember(&ArchiveRoot::Folder(bench.folder.path().to_owned()));
        after.remember(&ArchiveRoot::Folder(folder.clone()));
        data_dir.change_settings(&Change { before, after }).unwrap();
    }
    fs::write(bench.data.path().join("settings.damaged-1.json"), path).unwrap();
    fs::write(data_dir.archive_of(&folder).join(".tmp-searches.json-1"), path).unwrap();

    // Not while it is open, nor unasked.
    let in_use = InUse::enter(&data_dir, &folder).unwrap();
    assert!(in_use.is_some());
    let refused = run(&["forget", path, "--yes"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("has this archive open"), "{}", said(&refused));
    drop(in_use);
    let unasked = run(&["forget", path]);
    assert!(
        said(&unasked).contains("--yes") && unasked.status.code() == Some(2),
        "{}",
        said(&unasked)
    );
    assert!(data_dir.archive_of(&folder).join("corrections.json").exists());

    // Its disk may be gone.
    fs::remove_dir_all(&folder).unwrap();
    let forgotten = run(&["forget", path, "--yes"]);
    assert!(forgotten.status.success(), "{}", said(&forgotten));
    let told = String::from_utf8(forgotten.stdout).unwrap();
    for expected in [
        "index",
        "corrections.json",
        "reading.json",
        "versions",
        "opened last",
        "log",
    ] {
        assert!(told.contains(expected), "no «{expected}» in {told}");
    }
    check_forgotten(bench.data.path(), &["زمردية", path, &name]);
    let again = run(&["forget", path, "--yes"]);
    assert!(said(&again).contains("nothing is known"), "{}", said(&again));
    // What is known of others is as it was.
    let settings = DataDir::new(bench.data.path().to_owned()).load_settings();
    assert_eq!(settings.recent, [bench.folder.path()]);
    assert_eq!(settings.reading_size, 21.0);
    assert_eq!(bench.run("search", &["المجلس"]).status.code(), Some(0));
}

#[test]
fn what_killed_processes_left_is_cleared_away_unless_someone_is_there() {
    let bench = bench_of(2);
    bench.run("index", &[]);
    let dir = archive_dir(&bench);
    let data_dir = DataDir::new(bench.data.path().to_owned());
    let left = [
        dir.join(".tmpAb12Cd"),
        dir.join("index/.tmpEf34Gh"),
        dir.join(".tmp-corrections.json-Ij56Kl"),
        dir.join("index.old-4711/meta.json"),
        bench.data.path().join(".tmp-settings.json-Mn78Op"),
        bench.data.path().join("archives/.forgotten-4711/corrections.json"),
    ];
    let others = bench.data.path().join(".tmp-of-the-user");
    let make = || {
        for path in left.iter().chain([&others]) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "half").unwrap();
        }
    };
    make();
    let in_use = InUse::enter(&data_dir, &std::env::temp_dir().join("another")).unwrap();
    bench.run("search", &["المجلس"]);
    assert_eq!(left.iter().filter(|it| it.exists()).count(), 0);
    assert!(others.exists());
    drop(in_use);
    make();
    let in_use = InUse::enter(&data_dir, bench.folder.path()).unwrap();
    make();
    assert!(in_use.is_some());
    bench.run("search", &["المجلس"]);
    // The index has its own way to know what nobody uses.
    let is_there = left.each_ref().map(|it| it.exists());
    assert_eq!((is_there[0], is_there[2]), (true, true));
    assert_eq!((is_there[4], is_there[5]), (false, false));
}

#[test]
fn names_that_command_a_terminal_are_shown_escaped() {
    let bench = Bench::new(&[]);
    let name = if cfg!(windows) {
        "a\u{202e}b.txt"
    } else {
        "a\u{1b}[31m\n\u{202e}b.txt"
    };
    bench.write(
        name,
        "عنوان \u{1b}[2J المقال\u{202e} هنا\n\nقال المجلس إن العمل اكتمل في المدينة قبل موعده.\n",
    );
    bench.write("bad\u{202e}.docx", "PK\u{3}\u{4} no archive");
    let file = bench.folder.path().join(name);
    let show = bench.command().arg("show").arg(&file).output().unwrap();
    let outputs = [
        bench.run("index", &[]),
        bench.run("search", &["المجلس"]),
        bench
            .command()
            .arg("show")
            .arg(bench.folder.path().join("no\u{1b}such"))
            .output()
            .unwrap(),
        show,
    ];
    for output in outputs {
        for text in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(text);
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        }
    }
    let found = String::from_utf8(bench.run("search", &["المجلس"]).stdout).unwrap();
    assert!(
        found.contains("\\u{202e}b.txt") && found.lines().count() == 2,
        "{found}"
    );
    let json = String::from_utf8(bench.run("search", &["المجلس", "--json"]).stdout).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["hits"][0]["path"], name);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    /// The same command, started by a shell that does something first.
    fn after(first: &str, command: &Command) -> Command {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{first}; exec \"$0\" \"$@\""));
        shell.arg(command.get_program()).args(command.get_args());
        shell
    }

    fn command(bench: &Bench, arguments: &[&str]) -> Command {
        let mut command = bench.command();
        command.arg(arguments[0]).arg(bench.folder.path()).args(&arguments[1..]);
        command
    }

    #[track_caller]
    fn check_private(data: &Path) {
        for (path, metadata) in walk(data) {
            let expected = if metadata.is_dir() { 0o700 } else { 0o600 };
            let mode = metadata.mode() & 0o777;
            assert_eq!(mode, expected, "{mode:o} {}", path.display());
        }
    }

    #[test]
    fn own_files_are_for_their_owner_and_exports_as_usual() {
        let bench = bench_of(3);
        let own = bench.data.path().join("own");
        let target = |name: &str| bench.data.path().join(name).to_str().unwrap().to_owned();
        for (umask, expected) in [("000", 0o666), ("022", 0o644)] {
            let (csv, json) = (target(&format!("{umask}.csv")), target(&format!("{umask}.json")));
            let commands: [&[&str]; 5] = [
                &["index"],
                &["corrections", "hide", &article(0).0],
                &["corrections", "export", &json],
                &["reading", "*.csv", "--encoding", "windows-1256"],
                &["export", "", "--format", "csv", "-o", &csv],
            ];
            for arguments in commands {
                let mut command = Command::new(env!("CARGO_BIN_EXE_fihrist"));
                command.arg("--data-dir").arg(&own).arg(arguments[0]);
                command.arg(bench.folder.path()).args(&arguments[1..]);
                let output = after(&format!("umask {umask}"), &command).output().unwrap();
                // It was hidden before.
                let is_again = umask == "022" && arguments.contains(&"hide");
                assert!(output.status.success() || is_again, "{arguments:?}: {}", said(&output));
            }
            check_private(&own);
            for path in [csv, json] {
                let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
                assert_eq!(mode, expected, "{mode:o} {path}");
            }
        }
    }

    #[test]
    fn older_files_are_tightened_and_those_of_others_are_not() {
        let bench = bench_of(2);
        bench.run("index", &[]);
        let open_up = || {
            for (path, metadata) in walk(bench.data.path()) {
                let mode = if metadata.is_dir() { 0o755 } else { 0o644 };
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            }
        };
        let outside = bench.folder.path().join("0.txt");
        fs::set_permissions(&outside, fs::Permissions::from_mode(0o644)).unwrap();
        symlink(&outside, archive_dir(&bench).join("link")).unwrap();
        open_up();
        fs::remove_file(archive_dir(&bench).join("link")).unwrap();
        symlink(&outside, archive_dir(&bench).join("link")).unwrap();
        bench.run("search", &["المجلس"]);
        fs::remove_file(archive_dir(&bench).join("link")).unwrap();
        check_private(bench.data.path());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&outside), 0o644);

        // Somebody named a folder that has other things in it.
        let theirs = bench.data.path().join("thesis.txt");
        fs::write(&theirs, "mine").unwrap();
        fs::create_dir(bench.data.path().join("archives/old-papers")).unwrap();
        open_up();
        bench.run("search", &["المجلس"]);
        assert_eq!((mode(&theirs), mode(bench.data.path())), (0o644, 0o755));
        assert_eq!(mode(&bench.data.path().join("archives/old-papers")), 0o755);
        check_private(&archive_dir(&bench));
        assert_eq!(mode(&bench.data.path().join("fihrist.log")), 0o600);
    }

    #[test]
    fn a_full_disk_loses_no_correction_and_is_told() {
        let bench = bench_of(2);
        assert!(bench.run("corrections", &["hide", &article(0).0]).status.success());
        let file = archive_dir(&bench).join("corrections.json");
        let before = fs::read(&file).unwrap();
        let hide = command(&bench, &["corrections", "hide", &article(1).0]);
        // No file may grow, as on a full disk.
        let output = after("trap '' XFSZ; ulimit -f 0", &hide).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("corrections.json"), "{}", said(&output));
        assert_eq!(fs::read(&file).unwrap(), before);
        assert!(bench.run("corrections", &["hide", &article(1).0]).status.success());
        assert_eq!(listed(&bench), 2);
    }

    #[test]
    fn closing_the_pipe_ends_a_command_quietly() {
        let bench = bench_of(12);
        bench.run("index", &[]);
        bench.run("corrections", &["hide", &article(0).0]);
        let file = bench.folder.path().join("1.txt");
        let file = file.to_str().unwrap();
        let of_folder: [&[&str]; 10] = [
            &["search", "المجلس"],
            &["search", "المجلس", "--json"],
            &["entities"],
            &["entities", "--json"],
            &["entities", "--suggestions", "--json"],
            &["corrections", "list"],
            &["corrections", "export"],
            &["reading", "--json"],
            &["export", "", "--format", "csv"],
            &["export", "", "--format", "json"],
        ];
        let mut commands: Vec<Command> = of_folder.iter().map(|it| command(&bench, it)).collect();
        for arguments in [
            &["show", file][..],
            &["show", file, "--json"],
            &["--help"],
            &["--version"],
        ] {
            let mut command = bench.command();
            command.args(arguments);
            commands.push(command);
        }
        for mut command in commands {
            // Nobody reads from the beginning.
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
            assert_eq!(
                (said(&output).as_str(), output.status.code()),
                ("", Some(0)),
                "{command:?}"
            );
            // Nor what is said.
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let errors = writer.try_clone().unwrap();
            let status = command.arg("--verbose").stdout(writer).stderr(errors).status().unwrap();
            assert_eq!(status.code(), Some(0), "{command:?}");
        }
    }

    #[test]
    fn a_pipe_is_refused_and_not_waited_for() {
        let bench = Bench::new(&[]);
        let pipe = bench.folder.path().join("news.txt");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            let mut show = bench.command();
            show.arg("show").arg(path).stdin(Stdio::null());
            let output = show.output().unwrap();
            assert_eq!(output.status.code(), Some(2));
            assert!(said(&output).contains("no file of articles"), "{}", said(&output));
        }
    }

    #[test]
    fn a_question_that_is_denied_removes_nothing() {
        // A terminal is made by `script`, where there is one.
        let bench = bench_of(2);
        bench.run("index", &[]);
        let forget = command(&bench, &["forget"]);
        let line: Vec<String> = std::iter::once(forget.get_program())
            .chain(forget.get_args())
            .map(|it| format!("'{}'", it.to_str().unwrap()))
            .collect();
        let script = Command::new("script")
            .args(["-qec", &line.join(" "), "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut script) = script else { return };
        std::io::Write::write_all(script.stdin.as_mut().unwrap(), b"n\n").unwrap();
        let mut told = String::new();
        script.stdout.take().unwrap().read_to_string(&mut told).unwrap();
        script.wait().unwrap();
        assert!(told.contains("Nothing was removed"), "{told}");
        assert!(archive_dir(&bench).join("index").exists());
    }
}
