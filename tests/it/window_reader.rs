//! The reader and what the window says of what it shows: whether it was found, what was left out, what is still being read;
//! and names of one script among words of another.

use std::sync::Arc;

use egui::{Event, Key, Modifiers};
use fihrist::arabic::letter;
use fihrist::archive::{Damage, Problem, Reason};
use fihrist::index::{Facet, FacetFilter, IdenticalCopy, ResultPage};
use fihrist::state::{
    self, ArchiveRoot, Command, IndexEvent, Language, NumeralChoice, ReadArticle, SearchEvent, SearchId, Settings,
    UnreadableFile, UpdateProgress, UpdateSummary,
};

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key};

const TEXT: &str = "عنوان المقال\n\nفقرة أولى تكفي لتكون متنًا، وفيها كلام عن الجسر الذي افتتح أمس.";

fn window(language: Language) -> Window {
    let mut window = Window::new(Settings {
        language,
        ..Settings::default()
    });
    window.read(TEXT);
    window
}

/// Has the newest search found these articles.
pub fn found(window: &mut Window, page: ResultPage) {
    let mut ids = (1..).map(SearchId);
    let id = ids.find(|id| window.state.archive.search.is_newest(*id)).unwrap();
    let page = Arc::new(page);
    window
        .state
        .apply(state::Event::of(SESSION, SearchEvent::Done { id, page }));
}

/// Changes the article on the screen.
fn with_article(window: &mut Window, change: impl FnOnce(&mut ReadArticle)) {
    let mut article = ReadArticle::clone(window.state.archive.reading.shown.as_ref().unwrap());
    change(&mut article);
    let done = state::ReadEvent::Done(Arc::new(article));
    window.state.apply(state::Event::of(SESSION, done));
}

/// How far from the top the text of the article begins.
fn top_of_text(window: &mut Window) -> f64 {
    window.names();
    let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
    let is_text = |it: &egui::accesskit::Node| it.label().is_some_and(|it| it.starts_with("فقرة أولى"));
    let found = nodes.iter().find(|(_, node)| is_text(node)).unwrap();
    found.1.bounds().unwrap().y0
}

#[test]
fn that_an_article_was_not_found_is_said_without_moving_its_text() {
    let told = [
        (Language::Arabic, "ليس ضمن النتائج", "إلى أول النتائج"),
        (Language::English, "Not among the results", "To the first result"),
    ];
    for (language, outside, to_first) in told {
        let mut window = window(language);
        let top = top_of_text(&mut window);
        let says = |window: &mut Window| window.names().iter().any(|it| it.contains(outside));
        assert!(!says(&mut window));
        let other = ResultPage {
            articles: vec![fihrist::archive::ArticleId(7)].into(),
            ..ResultPage::default()
        };
        found(&mut window, other);
        check_shown(&window.names(), &[outside, to_first]);
        assert_eq!(top_of_text(&mut window), top);
        check_that_all_is_named(&mut window);
        let (commands, _) = window.frame(vec![key(Key::Home, Modifiers::ALT)]);
        assert!(commands.contains(&Command::ReadFirst), "{commands:?}");
        assert!(window.click_at(to_first).contains(&Command::ReadFirst));
        found(&mut window, ResultPage::default());
        check_shown(&window.names(), &[outside]);
        assert!(!window.names().iter().any(|it| it == to_first), "there is no first");
    }
}

#[test]
fn identical_copies_are_told_with_their_sources() {
    let mut window = window(Language::Arabic);
    let top = top_of_text(&mut window);
    let copy = |article, source: &str| IdenticalCopy {
        article: fihrist::archive::ArticleId(article),
        source: Some(source.into()),
    };
    with_article(&mut window, |it| it.identical = vec![copy(8, "RT"), copy(9, "المدار")]);
    check_shown(&window.names(), &["نصه نفسه في مقالين آخرين: RT، المدار"]);
    assert_eq!(top_of_text(&mut window), top);
}

#[test]
fn what_was_left_out_is_told_and_shown_by_one_key() {
    let mut window = window(Language::Arabic);
    with_article(&mut window, |it| {
        it.article.problems = vec![Problem::MuchLeftOut { percent: 45 }];
    });
    check_shown(&window.names(), &["حُذف من النص 45٪", "إظهار ما حُذف"]);
    window.obey(vec![key(Key::F9, Modifiers::NONE)]);
    assert!(window.state.settings.shows_left_out);
    check_shown(&window.names(), &["إخفاء ما حُذف"]);
}

#[test]
fn an_article_without_text_says_so() {
    for (language, told) in [
        (Language::Arabic, "لا نص لهذا المقال في ملفه سوى عنوانه"),
        (
            Language::English,
            "The file has no text of this article but its headline",
        ),
    ] {
        let mut window = window(language);
        assert!(!window.names().iter().any(|it| it.contains(told)));
        with_article(&mut window, |it| it.article.sections.truncate(1));
        check_shown(&window.names(), &[told]);
    }
}

#[test]
fn while_files_are_read_nothing_is_said_to_be_all() {
    for (language, told, never) in [
        (
            Language::Arabic,
            ["تُقرأ الملفات…", "34 من 80 ميغابايت"],
            ["لا مقالات", "لا نتائج"],
        ),
        (
            Language::English,
            ["Reading the files…", "34 of 80 MB"],
            ["No articles", "No results"],
        ),
    ] {
        let mut window = Window::new(Settings {
            language,
            ..Settings::default()
        });
        let opened = state::Event::Opened {
            session: SESSION,
            root: ArchiveRoot::Folder("archive".into()),
            folder: "archive".into(),
            n_articles: 0,
            rebuilt: false,
            recognises_scans: false,
        };
        window.state.apply(opened);
        found(&mut window, ResultPage::default());
        let says = |window: &mut Window, never: &str| {
            let names = window.names();
            names.iter().any(|it| it.contains(never))
        };
        assert!(!never.iter().any(|it| says(&mut window, it)), "{:?}", window.names());
        let progress = UpdateProgress {
            files_total: 1,
            bytes_done: 34 << 20,
            bytes_total: 80 << 20,
            ..UpdateProgress::default()
        };
        let progress = IndexEvent::Progress(progress);
        window.state.apply(state::Event::of(SESSION, progress));
        check_shown(&window.names(), &told);
        assert!(!never.iter().any(|it| says(&mut window, it)), "{:?}", window.names());
        let nothing = IndexEvent::Updated(UpdateSummary::default());
        window.state.apply(state::Event::of(SESSION, nothing));
        assert!(says(&mut window, never[0]), "{:?}", window.names());
    }
}

#[test]
fn names_of_the_other_script_stand_in_isolates() {
    let filter = |facet, name: &str, excluded| FacetFilter {
        facet,
        id: name.to_owned(),
        name: name.to_owned(),
        excluded,
    };
    for language in [Language::Arabic, Language::English] {
        let mut window = window(language);
        let request = &mut window.state.archive.search.request;
        request.query_text = "من:2023 -\"x (y)\" قمة".to_owned();
        request.filters.values = vec![
            filter(Facet::Source, "7961c0959034c7d9.txt_000", true),
            filter(Facet::Source, "صدى الزهراوية", true),
            filter(Facet::Folder, "7961c/صحف", false),
        ];
        window.state.archive.searches.recent = vec![state::Visit {
            request: window.state.archive.search.request.clone(),
            article: None,
            ..state::Visit::default()
        }];
        let files = vec![UnreadableFile {
            path: "7961c0959034c7d9.txt_000".into(),
            reason: Reason::Damaged(Damage::CutOff),
        }];
        window.state.notices.push(state::Notice::UnreadableFiles(files));
        let mut names = window.names();
        window.frame(vec![key(Key::D, Modifiers::COMMAND)]);
        names.extend(window.names());
        assert!(
            names.iter().any(|it| it.contains("x (y)")),
            "the query is among the recent"
        );
        let mut n_mixed = 0;
        for name in names {
            for foreign in ["7961c", "صدى الزهراوية", "x (y)"] {
                // Alone, a name has its own direction.
                let is_mixed = name.contains(foreign) && letter::copyable(&name).len() != foreign.len();
                if is_mixed && !name.starts_with(foreign) && !name.starts_with("من:2023") {
                    n_mixed += 1;
                    assert!(!letter::outside_isolates(&name).contains(foreign), "{name:?}");
                }
            }
        }
        assert!(6 < n_mixed, "{n_mixed}");
    }
}

#[test]
fn what_is_copied_holds_no_marks_of_direction() {
    let mut window = window(Language::Arabic);
    with_article(&mut window, |it| it.article.byline = Some("\u{200F}RT\u{200E}".into()));
    window.names();
    window.click_at("فقرة أولى");
    window.frame(vec![key(Key::A, Modifiers::COMMAND)]);
    window.frame(vec![Event::Copy]);
    let copied = window.copied.take().unwrap();
    assert!(copied.contains("RT") && copied.contains("عنوان المقال"), "{copied:?}");
    assert!(!copied.chars().any(letter::is_direction_mark), "{copied:?}");

    let summary = UpdateSummary {
        articles: 3,
        unreadable: vec![UnreadableFile {
            path: "صحف/4.txt".into(),
            reason: Reason::OverTime { seconds: 60 },
        }],
        ..UpdateSummary::default()
    };
    window
        .state
        .apply(state::Event::of(SESSION, IndexEvent::Updated(summary)));
    window.names();
    window.click_at("عرض القائمة");
    window.names();
    for button in ["نسخ القائمة", "نسخ"] {
        window.click_at(button);
        let copied = window.copied.take().unwrap();
        assert!(copied.contains("صحف/4.txt\tطالت قراءته"), "{copied:?}");
        assert!(!copied.chars().any(letter::is_direction_mark), "{copied:?}");
    }
}

#[test]
fn an_english_window_has_western_digits_unless_others_were_chosen() {
    let shown = |language, numerals| {
        let mut window = Window::new(Settings {
            language,
            numerals,
            ..Settings::default()
        });
        let names = window.names();
        names
            .into_iter()
            .find(|it| it.contains(" of ") && it.ends_with(" articles") || it.contains("من أصل"))
    };
    use NumeralChoice::{ArabicIndic, AsLanguage, Western};
    assert_eq!(shown(Language::English, AsLanguage).as_deref(), Some("1 of 3 articles"));
    assert_eq!(shown(Language::English, Western).as_deref(), Some("1 of 3 articles"));
    assert_eq!(
        shown(Language::English, ArabicIndic).as_deref(),
        Some("١ of ٣ articles")
    );
    let arabic = |numerals| letter::copyable(&shown(Language::Arabic, numerals).unwrap());
    assert!(arabic(AsLanguage).contains('٣'), "{}", arabic(AsLanguage));
    assert!(!arabic(Western).contains('٣'), "{}", arabic(Western));
}
