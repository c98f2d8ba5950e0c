//! The window: the dialog of exports, what becomes of them, rows and references on the clipboard.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Event, Key, Modifiers};
use fihrist::archive::ArticleId;
use fihrist::index::{ResultPage, StoryCopy};
use fihrist::state::{
    ArchiveJob, CitationStyle, Command, Event as News, ExportColumn, ExportEvent, ExportFailure, ExportFormat,
    ExportJob, ExportProgress, ExportReport, FilePurpose, Job, Language, OtherProgram, SearchEvent, SearchId, Settings,
    WindowJob,
};

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key};

/// A window that shows two articles, one of which has a copy; its settings know a folder.
fn window(language: Language) -> Window {
    let mut settings = Settings {
        language,
        is_greeted: true,
        ..Settings::default()
    };
    settings.export.folder = Some(PathBuf::from("exports"));
    let mut window = Window::new(settings);
    window.read("عنوان المقال\n\nفقرة أولى تكفي لتكون متنًا، وفيها كلام عن الجسر الذي افتتح أمس.");
    window.state.update(Command::SetQuery("جسر".into()));
    let page = ResultPage {
        articles: [1, 2].map(ArticleId).to_vec().into(),
        copies: [StoryCopy {
            row: 0,
            article: ArticleId(7),
        }]
        .into(),
        n_articles: 3,
        ..ResultPage::default()
    };
    let (id, page) = (SearchId(2), Arc::new(page));
    window.state.apply(News::of(SESSION, SearchEvent::Done { id, page }));
    window
}

fn export_jobs(jobs: Vec<Job>) -> Vec<ExportJob> {
    let jobs = jobs.into_iter().filter_map(|job| match job {
        Job::Archive {
            job: ArchiveJob::Export(job),
            ..
        } => Some(job),
        _ => None,
    });
    jobs.collect()
}

fn of_export(window: &mut Window, commands: Vec<Command>) -> Vec<ExportJob> {
    let jobs = commands.into_iter().flat_map(|it| window.state.update(it)).collect();
    export_jobs(jobs)
}

fn open_dialog(window: &mut Window) {
    window.obey(vec![key(Key::E, Modifiers::COMMAND)]);
    window.obey(Vec::new());
}

fn tell(window: &mut Window, event: ExportEvent) -> Vec<Job> {
    window.state.apply(News::of(SESSION, event))
}

#[test]
fn the_dialog_says_what_is_exported_and_every_control_has_a_name() {
    for (language, expected) in [
        (
            Language::Arabic,
            ["تصدير المقالات", "المعروض في القائمة: مقالان", "مصدر التاريخ"],
        ),
        (
            Language::English,
            ["Export articles", "As listed: 2 articles", "Source of the date"],
        ),
    ] {
        let mut window = window(language);
        open_dialog(&mut window);
        check_shown(&window.names(), &expected);
        check_that_all_is_named(&mut window);
    }
}

#[test]
fn what_is_listed_is_written_with_the_chosen_columns_and_the_choice_is_remembered() {
    let mut window = window(Language::English);
    open_dialog(&mut window);
    let commands = window.click_at("Full text");
    of_export(&mut window, commands);
    let commands = window.click_at("With the other copies");
    of_export(&mut window, commands);
    check_shown(&window.names(), &["As listed: 3 articles"]);
    let commands = window.click_at("Export");
    let jobs = of_export(&mut window, commands);
    let [ExportJob::Write(order)] = &jobs[..] else {
        panic!("{jobs:?}");
    };
    assert_eq!(*order.articles, [1, 7, 2].map(ArticleId));
    assert_eq!(order.format, ExportFormat::Xlsx);
    assert!(order.columns.contains(&ExportColumn::Text) && !order.replaces);
    assert_eq!(order.path, PathBuf::from("exports").join("جسر.xlsx"));
    assert_eq!(order.request.query_text, "جسر");
    assert!(window.state.settings.export.table.contains(&ExportColumn::Text));
    // Nothing is written twice at once.
    assert!(window.state.archive.exporting.running.is_some());
    open_dialog(&mut window);
    check_shown(&window.names(), &["Another export is under way"]);
}

#[test]
fn an_export_is_told_while_it_goes_on_and_at_its_end() {
    let mut window = window(Language::English);
    open_dialog(&mut window);
    let commands = window.click_at("Export");
    of_export(&mut window, commands);
    tell(&mut window, ExportEvent::Progress(ExportProgress { done: 1, of: 2 }));
    check_shown(&window.names(), &["Exporting: 1 of 2 articles", "Cancel"]);
    let commands = window.click_at("Cancel");
    let jobs = of_export(&mut window, commands);
    assert!(matches!(jobs[..], [ExportJob::Cancel]), "{jobs:?}");
    tell(&mut window, ExportEvent::Cancelled);
    check_shown(&window.names(), &["nothing was written"]);
    assert!(window.state.archive.exporting.running.is_none());

    let path = PathBuf::from("exports/found.xlsx");
    let report = ExportReport {
        articles: 2,
        cut_cells: 1,
        ..ExportReport::default()
    };
    tell(&mut window, ExportEvent::Done(path.clone(), report));
    check_shown(&window.names(), &["2 articles; cells cut", "Show in folder"]);
    let commands = window.click_at("Show in folder");
    let jobs: Vec<Job> = commands.into_iter().flat_map(|it| window.state.update(it)).collect();
    let expected = WindowJob::HandOver {
        to: OtherProgram::FileManager,
        folder: "exports".into(),
        path: "found.xlsx".into(),
    };
    assert!(
        jobs.iter().any(|it| matches!(it, Job::Window(job) if *job == expected)),
        "{jobs:?}"
    );
    let failed = ExportEvent::Failed {
        path,
        why: ExportFailure::DiskFull,
        cause: fihrist::state::Cause::new(std::io::Error::from(std::io::ErrorKind::StorageFull)),
    };
    tell(&mut window, failed);
    check_shown(&window.names(), &["the disk is full"]);
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_that_was_said() {
    let mut window = window(Language::English);
    open_dialog(&mut window);
    let commands = window.click_at("Export");
    of_export(&mut window, commands);
    tell(&mut window, ExportEvent::Exists("exports/جسر.xlsx".into()));
    check_shown(&window.names(), &["There is a file of this name", "Replace"]);
    let commands = window.click_at("Replace");
    let jobs = of_export(&mut window, commands);
    let [ExportJob::Write(order)] = &jobs[..] else {
        panic!("{jobs:?}");
    };
    assert!(order.replaces);
    tell(
        &mut window,
        ExportEvent::Done(order.path.clone(), ExportReport::default()),
    );
    // The dialog of the system asks itself.
    open_dialog(&mut window);
    window.state.apply(News::FilePicked {
        purpose: FilePurpose::Export,
        path: Some("else.xlsx".into()),
        shown: true,
    });
    window.obey(Vec::new());
    let commands = window.click_at("Export");
    let jobs = of_export(&mut window, commands);
    assert!(
        matches!(&jobs[..], [ExportJob::Write(order)] if order.replaces && order.path == Path::new("else.xlsx")),
        "{jobs:?}"
    );
}

#[test]
fn a_row_and_a_reference_are_copied_by_key() {
    let mut window = window(Language::Arabic);
    // Which panes there are is known after a frame.
    window.obey(Vec::new());
    window.obey(vec![key(Key::F6, Modifiers::NONE)]);
    window.obey(Vec::new());
    window.obey(Vec::new());
    let (commands, _) = window.frame(vec![Event::Copy]);
    let jobs = of_export(&mut window, commands);
    let copied = |job: &ExportJob| match job {
        ExportJob::CopyRows { articles, .. } => Some(articles.to_vec()),
        _ => None,
    };
    assert_eq!(jobs.iter().find_map(copied), Some(vec![ArticleId(1)]), "{jobs:?}");
    let (commands, _) = window.frame(vec![key(Key::R, Modifiers::COMMAND)]);
    let jobs = of_export(&mut window, commands);
    assert!(
        jobs.iter().any(|it| matches!(
            it,
            ExportJob::Cite {
                style: CitationStyle::Arabic,
                ..
            }
        )),
        "{jobs:?}"
    );
    let (text, html) = ("نص".to_owned(), "<p>نص</p>".to_owned());
    let jobs = tell(&mut window, ExportEvent::Copied { text, html });
    assert!(matches!(&jobs[..], [Job::Window(WindowJob::Copy { .. })]), "{jobs:?}");
    check_shown(&window.names(), &["نُسخ النص"]);
}
