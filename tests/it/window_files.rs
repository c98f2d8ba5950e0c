//! The window's lists of the files that were not read, are missing or were left out.

use std::path::PathBuf;

use fihrist::archive::{LeftOut, Reason};
use fihrist::state::{
    Cause, Command, Event, IndexEvent, Language, LeftOutFile, MissingFiles, Settings, UnreadableFile, UpdateSummary,
};
use jiff::civil::date;

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key};

/// A window in which an update came to this.
fn updated(language: Language, summary: UpdateSummary) -> Window {
    let settings = Settings {
        language,
        ..Settings::default()
    };
    let mut window = Window::new(settings);
    window.read("عنوان المقال\n\nفقرة أولى تكفي لتكون متنًا، وفيها كلام عن الجسر الذي افتتح أمس.");
    window.state.apply(Event::of(SESSION, IndexEvent::Updated(summary)));
    window
}

fn missing(n_files: usize, n_known: u64) -> MissingFiles {
    MissingFiles {
        paths: (1..=n_files).map(|it| PathBuf::from(format!("{it}.txt"))).collect(),
        n_known,
        ..MissingFiles::default()
    }
}

fn summary() -> UpdateSummary {
    let left_out = |path: &str, reason| LeftOutFile {
        path: path.into(),
        reason,
    };
    UpdateSummary {
        articles: 3,
        missing: missing(3, 9),
        unreadable: vec![UnreadableFile {
            path: "locked.pdf".into(),
            reason: Reason::Locked,
        }],
        left_out: 1002,
        left_out_files: vec![
            left_out(".git", LeftOut::Hidden),
            left_out("picture.jpg", LeftOut::NoArticles),
            left_out("", LeftOut::More { n: 1000 }),
        ],
        ..UpdateSummary::default()
    }
}

#[test]
fn what_was_not_read_is_listed_part_by_part() {
    let parts = [
        (
            Language::Arabic,
            "عرض القائمة",
            ["تعذّرت قراءتها 1", "لم تعد في المجلد"],
            "صور وأصوات وبرامج ونحوها 1,001",
        ),
        (
            Language::English,
            "Show list",
            ["Could not be read 1", "No longer in the folder"],
            "Pictures, sound, programs and the like 1,001",
        ),
    ];
    for (language, show_list, open, folded) in parts {
        let mut window = updated(language, summary());
        window.names();
        window.click_at(show_list);
        let names = window.names();
        check_shown(&names, &open);
        check_shown(&names, &["locked.pdf", "1.txt", folded]);
        check_that_all_is_named(&mut window);
        // Thousands of pictures do not flood the list: they are shown when their part is opened.
        assert!(!names.iter().any(|it| it.contains("picture.jpg")), "{names:?}");
        window.click_at(folded);
        check_shown(&window.names(), &["picture.jpg"]);
        check_that_all_is_named(&mut window);
    }
}

#[test]
fn missing_files_are_forgotten_only_after_a_second_click_that_says_how_many() {
    for (language, forget, sure, cancel) in [
        (Language::Arabic, "إزالتها من الفهرس…", "أزِل مقالات 3 ملفات", "إلغاء"),
        (Language::English, "Forget them…", "Forget 3 files", "Cancel"),
    ] {
        let asked = |commands: &[Command]| -> Option<usize> {
            commands.iter().find_map(|it| match it {
                Command::ForgetFiles(files) => Some(files.len()),
                _ => None,
            })
        };
        let mut window = updated(language, summary());
        window.names();
        assert_eq!(asked(&window.click_at(forget)), None);
        check_shown(&window.names(), &[sure, "2.txt"]);
        check_that_all_is_named(&mut window);
        assert_eq!(asked(&window.click_at(cancel)), None);
        assert!(!window.names().iter().any(|it| it.contains(sure)));
        window.click_at(forget);
        window.names();
        assert_eq!(asked(&window.click_at(sure)), Some(3));
        assert!(!window.names().iter().any(|it| it.contains(sure)));
        // Escape leaves them where they are.
        window.click_at(forget);
        window.names();
        let escape = key(egui::Key::Escape, egui::Modifiers::NONE);
        assert_eq!(asked(&window.frame(vec![escape]).0), None);
        assert!(!window.names().iter().any(|it| it.contains(sure)));
    }
}

#[test]
fn a_folder_that_is_away_is_told_with_what_was_there_and_when() {
    let away = MissingFiles {
        last_seen: Some(date(2026, 3, 5).at(10, 30, 0, 0)),
        ..missing(6, 9)
    };
    let told = |language, missing: MissingFiles| {
        let summary = UpdateSummary {
            articles: 9,
            missing,
            ..UpdateSummary::default()
        };
        updated(language, summary).names()
    };
    let names = told(Language::Arabic, away.clone());
    let expected = ["المجلد فارغ أو غير موصول: المفقود من ملفاته 6 من 9، وكانت فيه حتى 5 مارس 2026"];
    check_shown(&names, &expected);
    check_shown(&names, &["أعد المحاولة", "إزالتها من الفهرس…"]);
    let names = told(Language::English, away.clone());
    let expected = ["The folder is empty or not connected: 6 of 9 files are missing, last seen on 5 March 2026"];
    check_shown(&names, &expected);
    check_shown(&names, &["Try again", "Forget them…"]);
    // What cannot be looked at is not forgotten.
    let gone = MissingFiles {
        folder_failure: Some(Cause::new("No such file or directory")),
        ..away
    };
    let names = told(Language::English, gone);
    check_shown(&names, &["Try again", "Details"]);
    assert!(!names.iter().any(|it| it.contains("Forget")), "{names:?}");
}

#[test]
fn a_row_whose_file_is_missing_says_so() {
    for (language, label) in [(Language::Arabic, "الملف مفقود"), (Language::English, "file missing")] {
        let has_label = |window: &mut Window| window.names().iter().any(|it| it.contains(label));
        assert!(has_label(&mut updated(language, summary())));
        let back = UpdateSummary {
            missing: missing(0, 9),
            ..summary()
        };
        assert!(!has_label(&mut updated(language, back)));
    }
}
