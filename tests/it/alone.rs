//! Files that are read in a process of their own: those that were in work when the program ended, those that may take as
//! long as they like, and those that cost more than they may.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use fihrist::archive::{self, Allowance, Budget, FileRule, Halt, Patience};
use fihrist::entities::ModelRecogniser;
use fihrist::index::Index;
use fihrist::state::UpdateSummary;
use fihrist::work::{DataDir, Means, ReaderProgram, UpdateOptions, UpdateStep, update_index};

use super::cli::Bench;

const FLOOD: &str = "السيول تقطع طريق وادي الريم\nتاريخ النشر: 12 يناير 2024\n\
قطعت السيول الطريق المؤدي إلى وادي الريم صباح الجمعة بعد أمطار غزيرة دامت ثلاث ساعات متواصلة.\n";

/// A folder with its index.
struct Archive {
    bench: Bench,
    data_dir: DataDir,
    index: Index,
    recogniser: ModelRecogniser,
}

impl Archive {
    fn new(files: &[(&str, &str)]) -> Self {
        let bench = Bench::new(files);
        let data_dir = DataDir::new(bench.data.path().to_owned());
        let index = Index::open(&data_dir.index_of(bench.folder.path())).unwrap();
        Self {
            bench,
            data_dir,
            index,
            recogniser: ModelRecogniser::new(),
        }
    }

    fn update(&self, program: Option<&ReaderProgram>, budget: Budget) -> UpdateSummary {
        self.update_until(program, budget, &mut |_, _| {})
    }

    /// `report` may cancel.
    fn update_until(
        &self,
        program: Option<&ReaderProgram>,
        budget: Budget,
        report: &mut dyn FnMut(UpdateStep, &AtomicBool),
    ) -> UpdateSummary {
        let means = Means {
            recogniser: &self.recogniser,
            program,
            budget,
        };
        let (folder, cancelled) = (self.bench.folder.path(), AtomicBool::new(false));
        let mut report = |step| report(step, &cancelled);
        update_index(
            &self.index,
            &self.data_dir,
            folder,
            means,
            &UpdateOptions::default(),
            &cancelled,
            &mut report,
        )
        .unwrap()
    }

    /// Where the files in work are noted.
    fn in_work(&self) -> PathBuf {
        self.data_dir.archive_of(self.bench.folder.path()).join("in-work")
    }

    /// What a process leaves that was killed while it read a file with an ASCII name.
    fn leave_note(&self, path: &str) {
        let noted: Vec<u8> = path.bytes().flat_map(|byte| [byte, 0]).collect();
        let note = [&(noted.len() as u32).to_le_bytes()[..], &noted].concat();
        fs::create_dir_all(self.in_work()).unwrap();
        fs::write(self.in_work().join("reads-1"), note).unwrap();
    }

    fn n_notes(&self) -> usize {
        fs::read_dir(self.in_work()).map_or(0, Iterator::count)
    }
}

fn real() -> ReaderProgram {
    ReaderProgram::at(env!("CARGO_BIN_EXE_fihrist").into())
}

/// A program that is not there, which shows what is left to it.
fn missing() -> ReaderProgram {
    ReaderProgram::at("no such program".into())
}

/// One text of many lines, harmless and long.
fn long_text(megabytes: usize) -> String {
    let mut text = "تقرير طويل عن السيول\n".to_owned();
    for number in 0.. {
        writeln!(
            text,
            "قال رئيس البلدية سامي العامري إن الطريق رقم {number} في وادي الريم قُطع صباح الجمعة."
        )
        .unwrap();
        if megabytes << 20 < text.len() {
            break;
        }
    }
    text
}

/// Many articles in one file.
fn many_articles(megabytes: usize) -> String {
    let mut lines = String::new();
    for number in 0.. {
        writeln!(
            lines,
            "{{\"title\": \"خبر رقم {number}\", \"body\": \"قطعت السيول الطريق رقم {number} المؤدي إلى وادي الريم صباح الجمعة بعد أمطار غزيرة.\"}}"
        )
        .unwrap();
        if megabytes << 20 < lines.len() {
            break;
        }
    }
    lines
}

/// A zip of these members.
fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in members {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn unreadable(summary: &UpdateSummary) -> Vec<(&Path, String)> {
    let files = summary.unreadable.iter();
    files.map(|it| (it.path.as_path(), it.reason.to_string())).collect()
}

#[test]
fn a_file_that_was_in_work_when_the_program_ended_is_not_read_in_this_process_again() {
    let archive = Archive::new(&[("a.txt", FLOOD), ("b.txt", FLOOD)]);
    archive.leave_note("a.txt");
    let summary = archive.update(Some(&missing()), Budget::default());
    assert_eq!(summary.articles, 1);
    assert_eq!(unreadable(&summary)[0].0, Path::new("a.txt"));
    // It stays suspect until it was read.
    assert_eq!(archive.n_notes(), 1);
    let summary = archive.update(Some(&real()), Budget::default());
    assert_eq!((summary.articles, unreadable(&summary)), (2, vec![]));
    assert_eq!(archive.n_notes(), 0);
    // One that was read before is read again, alone.
    archive.leave_note("b.txt");
    assert_eq!(archive.update(Some(&missing()), Budget::default()).unreadable.len(), 1);
    assert_eq!(archive.update(Some(&real()), Budget::default()).unreadable.len(), 0);
    assert_eq!(archive.n_notes(), 0);
}

#[test]
fn printed_pages_are_read_by_a_child_also_as_members_of_others() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let archive = Archive::new(&[("a.txt", FLOOD)]);
    let pdf = fs::read_dir(cases).unwrap().map(|it| it.unwrap().path());
    let pdf = pdf
        .filter(|it| it.extension().is_some_and(|it| it == "pdf"))
        .min()
        .unwrap();
    fs::copy(&pdf, archive.bench.folder.path().join("b.pdf")).unwrap();
    let zip = zipped(&[("1.txt", FLOOD.as_bytes()), ("2.pdf", &fs::read(&pdf).unwrap())]);
    fs::write(archive.bench.folder.path().join("c.zip"), zip).unwrap();
    let summary = archive.update(Some(&missing()), Budget::default());
    assert_eq!((summary.articles, summary.unreadable.len()), (1, 2));
    let alone = archive.update(Some(&real()), Budget::default());
    let here = Archive::new(&[]);
    for name in ["a.txt", "b.pdf", "c.zip"] {
        let from = archive.bench.folder.path().join(name);
        fs::copy(from, here.bench.folder.path().join(name)).unwrap();
    }
    let here = here.update(None, Budget::default());
    assert_eq!((alone.articles, unreadable(&alone)), (here.articles, unreadable(&here)));
    assert!(3 < here.articles, "{here:?}");
}

#[test]
fn what_is_handled_at_once_and_long_is_left_to_another_process() {
    let folder = tempfile::tempdir().unwrap();
    let check = |name: &str, bytes: &[u8], expected: Option<Halt>| {
        fs::write(folder.path().join(name), bytes).unwrap();
        let allowance = Allowance {
            cancelled: None,
            patience: Patience::Brief(Duration::MAX),
            ..Allowance::default()
        };
        let mut take = |_| ControlFlow::Continue(());
        let rule = FileRule::default();
        let read = archive::read_articles_within(folder.path(), Path::new(name), &rule, allowance, &mut take);
        assert_eq!(read.map_or_else(|err| err.halted(), |_| None), expected, "{name}");
    };
    let (short, long) = (FLOOD.to_owned(), long_text(2));
    type Make<'a> = &'a dyn Fn(&str) -> Vec<u8>;
    let kinds: [(&str, Make<'_>); 5] = [
        ("txt", &|text| text.into()),
        ("html", &|text| format!("<!doctype html><p>{text}</p>").into()),
        ("jsonl", &|text| {
            let line = format!("{{\"title\": \"خبر\", \"body\": {}}}\n", serde_json::json!(text));
            line.repeat(2).into()
        }),
        ("mbox", &|text| {
            let mail = format!(
                "From a Mon Jan  1 00:00:00 2024\nSubject: a\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
            );
            mail.repeat(2).into()
        }),
        ("docx", &|text| {
            let body = format!(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
            );
            zipped(&[("word/document.xml", body.as_bytes())])
        }),
    ];
    for (extension, make) in kinds {
        check(&format!("short.{extension}"), &make(&short), None);
        check(&format!("long.{extension}"), &make(&long), Some(Halt::Alone));
    }
    // Many short ones are not long.
    check("many.jsonl", many_articles(3).as_bytes(), None);
    let texts: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
    let members: Vec<(&str, &[u8])> = texts.iter().map(|name| (name.as_str(), FLOOD.as_bytes())).collect();
    check("many.zip", &zipped(&members), None);
    check("nested.zip", &zipped(&[("a.txt", long.as_bytes())]), Some(Halt::Alone));
}

#[test]
fn a_file_is_shown_within_the_budget_of_the_settings() {
    let bench = Bench::new(&[("long.txt", &long_text(3))]);
    let show = || {
        let file = bench.folder.path().join("long.txt");
        bench.command().arg("show").arg(file).output().unwrap()
    };
    let shown = show();
    assert!(shown.status.success(), "{shown:?}");
    assert!(2 << 20 < shown.stdout.len());
    let settings = "{\"reading_budget\": {\"seconds\": 0.05, \"memory_mb\": 1024}}";
    fs::write(bench.data.path().join("settings.json"), settings).unwrap();
    let stopped = show();
    assert_eq!(stopped.status.code(), Some(2));
    let told = String::from_utf8(stopped.stderr).unwrap();
    assert!(told.contains("longer than 1 s"), "{told}");
}

#[test]
fn what_costs_too_much_is_listed_until_it_may_cost_more() {
    let archive = Archive::new(&[("a.txt", FLOOD), ("long.txt", &long_text(3))]);
    let small = Budget {
        seconds: 0.05,
        ..Budget::default()
    };
    let program = real();
    let summary = archive.update(Some(&program), small);
    assert_eq!(summary.articles, 1);
    let [(path, reason)] = &unreadable(&summary)[..] else {
        panic!("{summary:?}");
    };
    assert_eq!(*path, Path::new("long.txt"));
    assert!(
        reason.contains("longer than 1 s") && reason.contains("--cpu-per-file"),
        "{reason}"
    );
    // Not tried again in vain, and listed none the less.
    let again = archive.update(Some(&missing()), small);
    assert!(again.found_nothing_new(), "{again:?}");
    assert_eq!(unreadable(&again), unreadable(&summary));
    let summary = archive.update(Some(&program), Budget::default());
    assert_eq!(
        (summary.articles, summary.changed, unreadable(&summary)),
        (2, 1, vec![])
    );
}

#[test]
fn what_fills_the_memory_is_listed() {
    let archive = Archive::new(&[("a.txt", FLOOD), ("long.txt", &long_text(6))]);
    let budget = Budget {
        memory_mb: 1,
        ..Budget::default()
    };
    let summary = archive.update(Some(&real()), budget);
    assert_eq!(summary.articles, 1);
    let reason = &unreadable(&summary)[0].1;
    assert!(
        reason.contains("more than 1 MB") && reason.contains("--memory-per-file"),
        "{reason}"
    );
}

#[test]
fn without_a_child_too_what_takes_too_long_is_kept_so_far_and_listed() {
    let archive = Archive::new(&[("a.txt", FLOOD), ("many.jsonl", &many_articles(4))]);
    let small = Budget {
        seconds: 0.2,
        ..Budget::default()
    };
    let summary = archive.update(None, small);
    let reason = &unreadable(&summary)[0].1;
    assert!(reason.contains("longer than 1 s"), "{reason}");
    let all = archive.update(None, Budget::default());
    assert!(
        1 < summary.articles && summary.articles < all.articles,
        "{summary:?} {all:?}"
    );
    assert!(all.unreadable.is_empty());
}

#[test]
fn reading_is_cancelled_in_the_middle_of_a_file() {
    for program in [None, Some(real())] {
        // More than is read in this process where there is a child.
        let archive = Archive::new(&[("many.jsonl", &many_articles(17))]);
        let mut n_seen = 0;
        let summary = archive.update_until(program.as_ref(), Budget::default(), &mut |step, cancelled| {
            if let UpdateStep::Progress(progress) = step {
                n_seen = progress.articles;
                cancelled.store(0 < n_seen, Ordering::Relaxed);
            }
        });
        assert!(summary.cancelled && 0 < n_seen, "{summary:?}");
        let searcher = archive.index.early_searcher().unwrap();
        // Half a file is not a file: it is read again the next time.
        let known = searcher.files().unwrap();
        assert!(
            known.iter().all(|it| it.size != 17 << 20 && it.content_hash == 0),
            "{known:?}"
        );
    }
}

#[cfg(target_os = "linux")]
mod processes {
    use std::process::{Child, Command, Stdio};
    use std::thread;

    use super::*;

    /// The processes that a process has started.
    fn children_of(parent: u32) -> Vec<u32> {
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let processes = processes.filter_map(|it| it.file_name().to_str()?.parse::<u32>().ok());
        let is_child = |pid: &u32| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            // After the name, which may hold anything: the state and the parent.
            let rest = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
            let mut words = rest.split(' ');
            words.next() != Some("Z") && words.next().and_then(|it| it.parse().ok()) == Some(parent)
        };
        processes.filter(is_child).collect()
    }

    /// Whether a process has a file with this name open.
    fn has_open(pid: u32, name: &str) -> bool {
        let open = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
        let mut open = open.filter_map(|it| fs::read_link(it.path()).ok());
        open.any(|it| it.file_name().is_some_and(|it| it == name))
    }

    fn kill(pid: u32) {
        // It may have ended by itself.
        Command::new("kill")
            .args(["-9", &pid.to_string()])
            .stderr(Stdio::null())
            .status()
            .unwrap();
    }

    fn start_indexing(bench: &Bench) -> Child {
        let mut command = bench.command();
        command.arg("index").arg(bench.folder.path());
        command.stdout(Stdio::piped()).spawn().unwrap()
    }

    #[test]
    fn a_file_that_ends_its_reader_is_listed_and_all_others_are_read() {
        let bench = Bench::new(&[("a.txt", FLOOD), ("long.txt", &long_text(2)), ("z.txt", FLOOD)]);
        let mut indexing = start_indexing(&bench);
        // Whatever reads the long file ends.
        while indexing.try_wait().unwrap().is_none() {
            let children = children_of(indexing.id()).into_iter();
            children.filter(|it| has_open(*it, "long.txt")).for_each(kill);
            thread::sleep(Duration::from_millis(2));
        }
        let output = String::from_utf8(indexing.wait_with_output().unwrap().stdout).unwrap();
        assert!(output.starts_with("2 articles in 3 files"), "{output}");
        assert!(
            output.contains("ended the reader") && output.contains("long.txt"),
            "{output}"
        );
        // It is not tried again at every start.
        let again = String::from_utf8(bench.run("index", &[]).stdout).unwrap();
        assert!(again.contains("0 added, 0 changed, 0 removed, 1 unreadable"), "{again}");
    }

    #[test]
    fn a_child_ends_when_its_parent_is_killed() {
        let bench = Bench::new(&[("long.txt", &long_text(12))]);
        let mut indexing = start_indexing(&bench);
        let child = loop {
            if let [child] = children_of(indexing.id())[..] {
                break child;
            }
            assert!(indexing.try_wait().unwrap().is_none(), "it needed no child");
            thread::sleep(Duration::from_millis(2));
        };
        indexing.kill().unwrap();
        indexing.wait().unwrap();
        // It would read for a while.
        for _ in 0..500 {
            if !Path::new(&format!("/proc/{child}")).exists() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the child lives on");
    }
}
