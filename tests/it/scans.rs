//! Scans: pictures of pages whose text is recognised by another program, if the user says so.

use std::fs;
use std::path::Path;

use egui::{Color32, Context, vec2};
use fihrist::archive::Tesseract;
use fihrist::state::{Settings, SystemTheme};
use fihrist::text::{self, TextStyle};
use fihrist::ui::theme;

use super::cli::Bench;
use super::raster::Rasteriser;

const PAGE: [&str; 3] = [
    "افتتح وزير الأشغال في مدينة دمنار جسر المرفأ القديم أمام السيارات صباح الخميس بعد أعمال ترميم استمرت سنتين كاملتين.",
    "وقال المهندس سامي العامري إن الجسر سيخفف الزحام عن وسط المدينة، وإن تكلفته بلغت 12 مليون دينار.",
    "وأضاف أن المرحلة الثانية تبدأ في الصيف، وتشمل رصيفا للمشاة وممرا للدراجات بطول ثلاثة كيلومترات.",
];

/// A picture of a page in one of the program's fonts, at some 300 dots per inch.
fn write_page(path: &Path) {
    let settings = Settings::default();
    let look = theme::look(&settings, SystemTheme::Light);
    let ctx = Context::default();
    text::install(&ctx, look);
    let (mut rasteriser, size) = (Rasteriser::default(), vec2(560.0, 420.0));
    let mut frame = || {
        let (picture, _) = rasteriser.frame(&ctx, size, 4.0, Vec::new(), |ui| {
            ui.painter().rect_filled(ui.max_rect(), 0.0, Color32::WHITE);
            ui.add_space(24.0);
            for paragraph in PAGE {
                text::text_ui(ui, paragraph, &TextStyle::body(&look));
                ui.add_space(16.0);
            }
        });
        picture
    };
    frame();
    frame().save(path);
}

/// Whether the program is there; in CI it has to be.
fn has_tesseract() -> bool {
    let found = Tesseract::find();
    if let Err(lack) = &found {
        assert!(std::env::var_os("CI").is_none(), "{lack}");
        println!("not tested: {lack}");
    }
    found.is_ok()
}

#[test]
fn a_page_is_recognised_if_the_user_says_so_and_stays_when_no_others_are() {
    if !has_tesseract() {
        return;
    }
    let bench = Bench::new(&[]);
    write_page(&bench.folder.path().join("2024-03-03 صفحة.png"));
    let blank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/pdf-scanned.pdf");
    fs::copy(blank, bench.folder.path().join("blank.pdf")).unwrap();
    let before = bench.json("index", &[]);
    assert_eq!((&before["articles"], &before["left_out"]), (&0.into(), &1.into()));

    assert!(bench.run("reading", &["--recognise-scans", "on"]).status.success());
    let on = bench.json("index", &[]);
    assert_eq!((&on["articles"], &on["changed"]), (&1.into(), &1.into()), "{on}");
    let reason = on["unreadable"][0].to_string();
    assert!(
        reason.contains("nothing_recognised") || reason.contains("no words were recognised"),
        "{reason}"
    );
    let found = bench.json("search", &["جسر المرفأ"]);
    assert_eq!(found["hits"][0]["optical_recognition"], true, "{found}");
    assert_eq!(found["hits"][0]["published"]["provenance"], "file_name", "{found}");
    let exported = bench.run("export", &["kind:scan", "--format", "json"]);
    let exported: serde_json::Value = serde_json::from_slice(&exported.stdout).unwrap();
    assert_eq!(exported[0]["format"], "scan");
    let body = exported[0]["body"].as_str().unwrap();
    let words: Vec<&str> = PAGE.iter().flat_map(|it| it.split_whitespace()).collect();
    let n_right = words.iter().filter(|it| body.contains(**it)).count();
    assert!(words.len() * 7 <= n_right * 10, "{n_right} of {}: {body}", words.len());

    // It is not recognised again, neither with the switch nor without it.
    for (switch, left_out) in [("on", 0), ("off", 1)] {
        assert!(bench.run("reading", &["--recognise-scans", switch]).status.success());
        let again = bench.json("index", &[]);
        let numbers = ["articles", "added", "changed", "removed", "missing", "left_out"].map(|it| &again[it]);
        assert_eq!(
            numbers,
            [1, 0, 0, 0, 0, left_out].map(serde_json::Value::from).each_ref(),
            "{again}"
        );
    }
}

/// A program in a folder of its own that answers as Tesseract does, and reads every page as `script` says.
#[cfg(target_os = "linux")]
fn other_tesseract(script: &str) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tesseract");
    let text = format!("#!/bin/sh\nif [ \"$1\" = --list-langs ]; then echo List:; echo ara; exit 0; fi\n{script}\n");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[cfg(target_os = "linux")]
#[test]
fn without_the_program_the_file_is_listed_with_what_to_install_until_it_is_there() {
    let bench = Bench::new(&[]);
    write_page(&bench.folder.path().join("a.png"));
    let index = |path: &Path| {
        let mut command = bench.command();
        command.arg("index").arg(bench.folder.path()).env("PATH", path);
        let output = command.output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(bench.run("reading", &["--recognise-scans", "on"]).status.success());
    let nothing = tempfile::tempdir().unwrap();
    for n_read in ["1 added", "0 added"] {
        let said = index(nothing.path());
        assert!(
            said.contains("install Tesseract with Arabic") && said.contains(n_read),
            "{said}"
        );
    }
    let rows = (1..5).map(|n| format!("5\t1\t1\t1\t1\t{n}\t{n}\t1\t1\t1\t95\tكلمة"));
    let rows: Vec<String> = ["4\t1\t1\t1\t1\t0\t1\t1\t90\t9\t-1\t".to_owned()]
        .into_iter()
        .chain(rows)
        .collect();
    let there = other_tesseract(&format!("/bin/cat >/dev/null\n/bin/cat <<'E'\n{}\nE", rows.join("\n")));
    let said = index(there.path());
    assert!(said.starts_with("1 article in 1 file: 0 added, 1 changed"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_is_killed_leaves_no_recogniser_running() {
    use std::thread::sleep;
    use std::time::{Duration, Instant};
    let bench = Bench::new(&[]);
    write_page(&bench.folder.path().join("a.png"));
    assert!(bench.run("reading", &["--recognise-scans", "on"]).status.success());
    let note = bench.data.path().join("pid");
    let slow = other_tesseract(&format!("echo $$ > '{}'\nexec /bin/sleep 600", note.display()));
    let mut command = bench.command();
    command.arg("index").arg(bench.folder.path()).env("PATH", slow.path());
    let mut child = command.spawn().unwrap();
    let wait_for = |is_so: &dyn Fn() -> bool| {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
            sleep(Duration::from_millis(20));
        }
    };
    let pid = || fs::read_to_string(&note).ok()?.trim().parse::<u32>().ok();
    wait_for(&|| pid().is_some());
    let is_running = || {
        let status = fs::read_to_string(format!("/proc/{}/stat", pid().unwrap())).unwrap_or_default();
        !status.is_empty() && !status.contains(") Z")
    };
    assert!(is_running());
    child.kill().unwrap();
    child.wait().unwrap();
    wait_for(&|| !is_running());
}
