//! The window: words in their lines, the usual spelling of a rare word, and a period in words.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Event, Key, Modifiers, accesskit};
use fihrist::arabic::Span;
use fihrist::archive::ArticleId;
use fihrist::index::{Change, KwicLine, KwicSort, LineAt, Period, Place, Respelled, ResultPage, UsualSpelling};
use fihrist::state::{
    ArchiveJob, Command, Event as News, FilePurpose, Job, KwicEvent, KwicJob, Language, LinesRead, RequestId,
    SearchEvent, SearchId, Settings, SystemTheme,
};
use fihrist::text;
use fihrist::ui::theme;
use jiff::civil::date;

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key, middle_of};

/// A window with the answer to a query.
fn searched(settings: Settings, query: &str) -> Window {
    let mut window = Window::new(settings);
    window.read("عنوان المقال\n\nفقرة أولى تكفي لتكون متنًا، وفيها كلام عن الجسر الذي افتتح أمس.");
    window.state.update(Command::SetQuery(query.into()));
    let page = ResultPage {
        articles: [1, 2].map(ArticleId).to_vec().into(),
        n_articles: 2,
        ..ResultPage::default()
    };
    let page = Arc::new(page);
    let id = SearchId(2);
    window.state.apply(News::of(SESSION, SearchEvent::Done { id, page }));
    window
}

fn line(row: u32, before: &str, found: &str, after: &str) -> KwicLine {
    let at = LineAt { row, nth: 0 };
    KwicLine {
        at,
        article: ArticleId(u64::from(row) + 1),
        path: PathBuf::from("1.txt"),
        record: 0,
        title: "عنوان المقال".into(),
        published: None,
        source: Some("صحيفة المدار".into()),
        place: Place {
            in_title: false,
            span: Span::new(0, 0),
        },
        before: before.into(),
        found: found.into(),
        after: after.into(),
    }
}

fn read(jobs: Vec<Job>) -> Option<(RequestId, KwicSort)> {
    jobs.into_iter().find_map(|job| match job {
        Job::Archive {
            job: ArchiveJob::Kwic(KwicJob::Read { id, sort, .. }),
            ..
        } => Some((id, sort)),
        _ => None,
    })
}

/// The lines of two articles in the place of the list.
fn with_lines(settings: Settings) -> Window {
    let mut window = searched(settings, "جسر");
    let (id, sort) = read(window.state.update(Command::ShowLines(true))).unwrap();
    let read = LinesRead {
        sort,
        lines: 2,
        with_lines: 2,
        articles: 2,
        of: 2,
        is_done: true,
        is_full: false,
    };
    let lines = [
        line(0, "قال إن ", "الجسر", " جاهز"),
        line(1, "على ", "جسر", " قديم (COP28)"),
    ];
    let found = KwicEvent::Found {
        id,
        first: 0,
        lines: lines.iter().map(|it| it.at).collect(),
        read,
        is_last: true,
    };
    window.state.apply(News::of(SESSION, found));
    let (id, lines) = (SearchId(2), lines.to_vec());
    window
        .state
        .apply(News::of(SESSION, SearchEvent::LinesLoaded { id, lines }));
    window.frame(Vec::new());
    window
}

#[test]
fn lines_are_shown_by_key_counted_named_and_sorted() {
    for (language, expected) in [
        (
            Language::Arabic,
            [
                "سطران في مقالين",
                "قال إن الجسر جاهز  ·  عنوان المقال  ·  صحيفة المدار",
                "ما قبل الكلمة",
            ],
        ),
        (
            Language::English,
            [
                "2 lines in 2 articles",
                "قال إن الجسر جاهز  ·  عنوان المقال  ·  صحيفة المدار",
                "Words before",
            ],
        ),
    ] {
        let settings = Settings {
            language,
            ..Settings::default()
        };
        let mut window = searched(settings.clone(), "جسر");
        let (commands, _) = window.frame(vec![key(Key::J, Modifiers::COMMAND)]);
        assert!(commands.contains(&Command::ShowLines(true)), "{commands:?}");

        let mut window = with_lines(settings);
        check_that_all_is_named(&mut window);
        let names = window.names();
        check_shown(&names, &expected[..2]);
        window.click_at(if language == Language::Arabic {
            "الترتيب"
        } else {
            "Order"
        });
        check_shown(&window.names(), &expected[2..]);
        window.frame(vec![key(Key::Escape, Modifiers::NONE)]);
        window.frame(Vec::new());
        let (commands, _) = window.frame(vec![key(Key::J, Modifiers::COMMAND)]);
        assert!(commands.contains(&Command::ShowLines(false)), "{commands:?}");
    }
}

#[test]
fn a_line_opens_its_article_and_is_copied_with_its_place() {
    let mut window = with_lines(Settings::default());
    let commands = window.click_at("على جسر قديم");
    assert!(commands.contains(&Command::SelectLine(1)), "{commands:?}");
    for command in commands {
        window.state.update(command);
    }
    assert_eq!(window.state.archive.reading.wanted, Some(ArticleId(2)));
    assert_eq!(window.state.archive.search.selected, Some(1));
    window.frame(vec![Event::Copy]);
    let copied = window.copied.clone().unwrap();
    assert!(copied.starts_with("على جسر قديم (COP28)\tعنوان المقال"), "{copied}");
    assert!(!copied.contains(['\u{2068}', '\u{2069}']), "{copied:?}");
    let commands = window.click_at("تصدير…");
    assert!(
        commands.contains(&Command::PickFile(FilePurpose::ExportLines)),
        "{commands:?}"
    );
}

#[test]
fn why_there_are_no_lines_is_told() {
    let mut window = searched(Settings::default(), "من:2020");
    let (id, _) = read(window.state.update(Command::ShowLines(true))).unwrap();
    window.state.apply(News::of(SESSION, KwicEvent::NoNode(id)));
    check_shown(&window.names(), &["لا كلمة تُعرض في سياقها"]);
}

fn with_usual() -> Window {
    let mut window = searched(Settings::default(), "اردوجان");
    let usual = UsualSpelling {
        words: vec![Respelled {
            typed: "اردوجان".into(),
            usual: "أردوغان".into(),
        }],
        query_text: "أردوغان".into(),
        articles: 136,
    };
    let found = SearchEvent::UsualFound {
        id: SearchId(2),
        usual: Some(usual),
    };
    window.state.apply(News::of(SESSION, found));
    window.frame(Vec::new());
    window
}

#[test]
fn the_usual_spelling_is_offered_taken_by_one_key_and_undone() {
    let mut window = with_usual();
    check_shown(&window.names(), &["هل تقصد «أردوغان»؟ 136 مقالًا (Ctrl+Enter)"]);
    window.frame(vec![key(Key::L, Modifiers::COMMAND)]);
    window.frame(Vec::new());
    let taken = Command::Widen(Change::Spelling {
        word: "أردوغان".into(),
        query_text: "أردوغان".into(),
    });
    let commands = window.obey(vec![key(Key::Enter, Modifiers::COMMAND)]);
    assert!(commands.contains(&taken), "{commands:?}");
    assert_eq!(window.state.archive.search.request.query_text, "أردوغان");
    window.obey(Vec::new());
    let commands = window.obey(vec![key(Key::Z, Modifiers::COMMAND)]);
    assert!(commands.contains(&Command::SetQuery("اردوجان".into())), "{commands:?}");

    let mut window = with_usual();
    let commands = window.click_at("هل تقصد");
    assert!(commands.contains(&taken), "{commands:?}");
}

/// Types into one of the two fields and leaves it with Enter.
fn type_period(window: &mut Window, field: &str, text: &str) -> Vec<Command> {
    let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
    let is_field = |node: &accesskit::Node| {
        node.label().is_some_and(|it| it == field) && node.role() == accesskit::Role::TextInput
    };
    let (_, node) = nodes
        .iter()
        .find(|(_, node)| is_field(node))
        .expect("the field is there");
    window.click(middle_of(node.bounds().unwrap()));
    window.frame(Vec::new());
    window.obey(vec![key(Key::A, Modifiers::COMMAND)]);
    window.obey(vec![Event::Text(text.into())]);
    window.obey(vec![key(Key::Enter, Modifiers::NONE)])
}

#[test]
fn a_period_is_typed_in_any_form_and_what_is_none_stays_and_is_told() {
    let mut window = Window::new(Settings::default());
    window.frame(Vec::new());
    let commands = type_period(&mut window, "من تاريخ", "تشرين الأول 2023");
    let since = Period::Days {
        first: date(2023, 10, 1),
        last: jiff::civil::Date::MAX,
    };
    assert!(commands.contains(&Command::SetPeriod(Some(since))), "{commands:?}");
    check_shown(
        &window.names(),
        &["تعديل المدة: منذ 1 أكتوبر 2023", "إزالة: منذ 1 أكتوبر 2023"],
    );
    let commands = type_period(&mut window, "إلى تاريخ", "٥/١١/٢٠٢٣");
    let between = Period::Days {
        first: date(2023, 10, 1),
        last: date(2023, 11, 5),
    };
    assert!(commands.contains(&Command::SetPeriod(Some(between))), "{commands:?}");
    let commands = type_period(&mut window, "إلى تاريخ", "كلام");
    assert!(
        !commands.iter().any(|it| matches!(it, Command::SetPeriod(_))),
        "{commands:?}"
    );
    check_shown(&window.names(), &["لم يُفهم هذا التاريخ: «كلام»"]);
    assert_eq!(window.state.archive.search.request.filters.period, Some(between));

    // The words of the chip lead to the fields; only its cross drops the period.
    let commands = window.click_at("تعديل المدة");
    assert!(
        !commands.iter().any(|it| matches!(it, Command::SetPeriod(_))),
        "{commands:?}"
    );
    window.frame(Vec::new());
    let first = egui::Id::unique(("period", false));
    assert!(window.ctx.memory(|memory| memory.has_focus(first)));
    let commands = window.click_at("إزالة: ");
    assert!(commands.contains(&Command::SetPeriod(None)), "{commands:?}");
}

#[test]
fn what_does_not_fit_beside_the_word_is_left_out_by_whole_words() {
    let ctx = egui::Context::default();
    let look = theme::look(&Settings::default(), SystemTheme::Light);
    text::install(&ctx, look);
    let style = text::TextStyle::interface(&look);
    let line = "أعلن مدير COP28 (دبي) في 7 أكتوبر 2023 أنّ مُؤتمر الأطراف";
    let words: Vec<&str> = line.split(' ').collect();
    // Fonts are there from the first frame on.
    ctx.run_ui(egui::RawInput::default(), |ui| {
        for n_words in 1..words.len() {
            let end = words[words.len() - n_words..].join(" ");
            let start = words[..n_words].join(" ");
            for (piece, is_end) in [(end, true), (start, false)] {
                let width = text::measure(ui.ctx(), &piece, &style).x + 2.0;
                let fitting = match is_end {
                    true => text::fitting_end(ui.ctx(), line, &style, width),
                    false => text::fitting_start(ui.ctx(), line, &style, width),
                };
                assert_eq!(fitting.trim(), piece, "{width}");
            }
        }
        assert_eq!(text::fitting_end(ui.ctx(), line, &style, 1.0), "");
        assert_eq!(text::fitting_start(ui.ctx(), line, &style, 1.0), "");
        assert_eq!(text::fitting_end(ui.ctx(), line, &style, 1e4), line);
    })
    .textures_delta
    .clear();
}
