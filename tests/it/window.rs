//! The window: what its frames expose to a screen reader, and the commands that they emit.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Event, Pos2, accesskit};
use fihrist::arabic::letter::copyable;
use fihrist::archive::ArticleId;
use fihrist::index::{Facet, FacetFilter, Period, ResultPage, StoryCopy};
use fihrist::state::{
    self, ArchiveJob, ArchiveRoot, Cause, Command, Job, Language, Notice, OpenFailure, SearchId, SearchJob, Settings,
    ThemeChoice,
};

use super::screenless::{SESSION, Window, check_that_all_is_named, key, middle_of};

#[test]
fn everything_that_takes_the_keyboard_or_is_painted_has_a_name() {
    use egui::{Key, Modifiers};

    for language in [Language::Arabic, Language::English] {
        let settings = Settings {
            language,
            ..Settings::default()
        };
        let opened = [
            Vec::new(),
            vec![key(Key::Comma, Modifiers::COMMAND)],
            vec![key(Key::F1, Modifiers::NONE)],
        ];
        for events in opened {
            let mut window = Window::new(settings.clone());
            window.read("عنوان المقال\n\nفقرة أولى تكفي لتكون متنًا، وفيها كلام عن الجسر الذي افتتح أمس.");
            window.frame(Vec::new());
            window.frame(events);
            window.frame(Vec::new());
            check_that_all_is_named(&mut window);
        }
    }
}

#[test]
fn the_keyboard_goes_through_the_window_in_reading_order() {
    let mut window = Window::new(Settings::default());
    window.read("عنوان المقال\n\nفقرة أولى تكفي لتكون متنًا، وفيها كلام عن الجسر الذي افتتح أمس.");
    window.frame(Vec::new());
    let mut visited = Vec::new();
    for _ in 0..24 {
        let tab = key(egui::Key::Tab, egui::Modifiers::NONE);
        window.frame(vec![tab]);
        window.frame(Vec::new());
        let focused = window.ctx.memory(|memory| memory.focused()).unwrap();
        let rect = window.ctx.read_response(focused).unwrap().rect;
        visited.push(rect);
    }
    // Along the bar from the right to the left, then pane by pane.
    let bar: Vec<f32> = visited
        .iter()
        .filter(|it| it.bottom() < 50.0)
        .map(|it| it.right())
        .collect();
    assert!(5 <= bar.len() && bar.is_sorted_by(|a, b| b <= a), "{bar:?}");
    let panes: Vec<f32> = visited
        .iter()
        .filter(|it| 60.0 < it.top() && 40.0 < it.width())
        .map(|it| {
            if it.left() < 290.0 {
                2.0
            } else if it.right() < 925.0 {
                1.0
            } else {
                0.0
            }
        })
        .collect();
    assert!(panes.is_sorted() && panes.contains(&2.0), "{panes:?} of {visited:?}");
}

#[test]
fn a_paragraph_is_selected_and_copied_in_logical_order() {
    use egui::{Key, Modifiers};

    let mut window = Window::new(Settings::default());
    let paragraph = "قال (الوزير) إن 85% من العمل اكتمل في 7 أكتوبر 2023، وإن الجسر سيفتح قريبًا.";
    window.read(&format!("عنوان المقال\n\n{paragraph}"));
    window.frame(Vec::new());
    window.frame(Vec::new());
    let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
    let is_paragraph = |node: &accesskit::Node| node.label() == Some(paragraph);
    let (_, node) = nodes.iter().find(|(_, node)| is_paragraph(node)).unwrap();
    let bounds = node.bounds().unwrap();
    let inside = Pos2::new(bounds.x1 as f32 - 40.0, bounds.y0 as f32 + 15.0);
    for _ in 0..3 {
        window.click(inside);
    }
    window.frame(vec![key(Key::C, Modifiers::COMMAND), Event::Copy]);
    assert_eq!(window.copied.as_deref(), Some(paragraph));
}

#[test]
fn find_in_the_article_counts_and_goes_around() {
    use egui::{Key, Modifiers};

    let mut window = Window::new(Settings::default());
    window.read("عنوان عن الجسر\n\nافتُتح الجِسر أمس في المدينة، وقال الوزير إن الجسر سيبقى مفتوحًا للمشاة وحدهم.");
    window.frame(Vec::new());
    // Ctrl+F finds in the article where the keyboard is in it.
    window.click(Pos2::new(600.0, 400.0));
    window.frame(vec![key(Key::F, Modifiers::COMMAND)]);
    window.frame(vec![Event::Text("الجسر".into())]);
    let count = |names: &[String]| names.iter().find(|it| it.contains(" من 3")).cloned();
    let (commands, names) = window.frame(Vec::new());
    assert!(
        !commands.iter().any(|it| matches!(it, Command::SetQuery(_))),
        "{commands:?}"
    );
    assert_eq!(count(&names).as_deref(), Some("1 من 3"), "{names:?}");
    for expected in ["2 من 3", "3 من 3", "1 من 3"] {
        window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
        let (_, names) = window.frame(Vec::new());
        assert_eq!(count(&names).as_deref(), Some(expected));
    }
}

#[test]
fn every_part_of_the_window_has_a_name_in_its_language() {
    for (language, expected) in [
        (
            Language::Arabic,
            ["بحث", "فتح مجلد…", "أشخاص 1", "بلا تاريخ 2", "سامي العامري 3", "المقالات"],
        ),
        (
            Language::English,
            [
                "Search",
                "Open folder…",
                "People 1",
                "Undated 2",
                "سامي العامري 3",
                "Articles",
            ],
        ),
    ] {
        let mut window = Window::new(Settings {
            language,
            ..Settings::default()
        });
        let names = window.names();
        for name in expected {
            assert!(names.iter().any(|it| it == name), "no «{name}» among {names:?}");
        }
        assert!(
            names
                .iter()
                .any(|it| copyable(it).starts_with("افتتاح الجسر (COP28) في 7 أكتوبر"))
        );
    }
}

#[test]
fn a_notice_is_shown_until_it_is_dismissed() {
    let mut window = Window::new(Settings::default());
    window.state.notices.push(Notice::IndexRebuilt);
    let names = window.names();
    assert!(
        names.iter().any(|it| it.starts_with("كان الفهرس من إصدار آخر")),
        "{names:?}"
    );
}

#[test]
fn what_is_dropped_is_opened_and_what_is_no_folder_is_explained() {
    let mut window = Window::new(Settings::default());
    // Whether it is a folder is found out by who opens it, not in a frame.
    let dropped = PathBuf::from("dropped/a.txt");
    let root = ArchiveRoot::Folder(dropped.clone());
    let (commands, _) = window.frame_with(Vec::new(), vec![dropped]);
    assert!(commands.contains(&Command::Open(root.clone())), "{commands:?}");
    let failure = OpenFailure::NotAFolder;
    window.state.apply(state::Event::OpenFailed { root, failure });
    let (_, names) = window.frame(Vec::new());
    assert!(names.iter().any(|it| it.contains("ليس مجلدًا")), "{names:?}");
    assert!(!names.iter().any(|it| it == "أعد المحاولة"), "{names:?}");
}

#[test]
fn typing_asks_for_a_search() {
    let mut window = Window::new(Settings::default());
    window.frame(Vec::new());
    window.frame(vec![key(egui::Key::F, egui::Modifiers::COMMAND)]);
    let (commands, _) = window.frame(vec![Event::Text("غزة 2023".into())]);
    assert!(commands.contains(&Command::SetQuery("غزة 2023".into())), "{commands:?}");
}

#[test]
fn letters_typed_in_the_list_ask_for_a_title_and_bring_its_row_into_view() {
    let mut window = Window::new(Settings::default());
    let page = ResultPage {
        articles: (0..1_000_000).map(ArticleId).collect(),
        ..ResultPage::default()
    };
    window.state.update(Command::SetQuery("كلمة".into()));
    window.state.apply(state::Event::of(
        SESSION,
        state::SearchEvent::Done {
            id: SearchId(2),
            page: Arc::new(page),
        },
    ));
    window.frame(Vec::new());
    // The list is on the right, its rows below the count.
    let pos = Pos2::new(1100.0, 290.0);
    let button = |pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    window.frame(vec![Event::PointerMoved(pos), button(true)]);
    let commands = window.obey(vec![button(false)]);
    assert!(commands.contains(&Command::Select(0)), "{commands:?}");
    let find = |typed: &str| Command::FindTitle {
        typed: typed.to_owned(),
        after: Some(0),
    };
    // Letters alone are keys of their own.
    let commands = window.obey(vec![Event::Text("ق".into())]);
    assert!(!commands.contains(&find("ق")), "{commands:?}");
    window.obey(vec![
        key(egui::Key::Slash, egui::Modifiers::NONE),
        Event::Text("ظ".into()),
    ]);
    let commands = window.obey(vec![Event::Text("ق".into())]);
    assert!(commands.contains(&find("ق")), "{commands:?}");
    let (commands, _) = window.frame(vec![Event::Text("ا".into())]);
    assert!(commands.contains(&find("قا")), "{commands:?}");
    let number = commands.into_iter().find_map(|command| {
        let jobs = window.state.update(command);
        jobs.into_iter().find_map(|job| match job {
            Job::Archive {
                job: ArchiveJob::Search(SearchJob::FindTitle { id, .. }),
                ..
            } => Some(id),
            _ => None,
        })
    });
    let row = Some(765_432);
    window.state.apply(state::Event::of(
        SESSION,
        state::SearchEvent::TitleFound {
            id: number.unwrap(),
            row,
        },
    ));
    let (commands, _) = window.frame(Vec::new());
    let visible = commands.iter().find_map(|command| match command {
        Command::ShowRows(rows) => Some(rows.clone()),
        _ => None,
    });
    assert!(visible.unwrap().contains(&765_432), "{commands:?}");
    assert_eq!(window.state.archive.search.selected, row);
}

#[test]
fn the_mirrored_arrow_and_the_mouse_lead_back() {
    use egui::{Key, Modifiers};

    for (language, arrow) in [(Language::Arabic, Key::ArrowRight), (Language::English, Key::ArrowLeft)] {
        let mut window = Window::new(Settings {
            language,
            ..Settings::default()
        });
        window.frame(Vec::new());
        let (commands, _) = window.frame(vec![key(arrow, Modifiers::ALT)]);
        assert!(commands.contains(&Command::Back), "{commands:?}");
        let pos = Pos2::new(600.0, 400.0);
        let button = Event::PointerButton {
            pos,
            button: egui::PointerButton::Extra2,
            pressed: true,
            modifiers: Modifiers::NONE,
        };
        let (commands, _) = window.frame(vec![Event::PointerMoved(pos), button]);
        assert!(commands.contains(&Command::Forward), "{commands:?}");
    }
}

#[test]
fn a_story_tells_its_copies_and_is_unfolded_by_the_arrow_to_the_reading_end() {
    use egui::{Key, Modifiers};

    let mut window = Window::new(Settings::default());
    let copy = |article| StoryCopy {
        row: 0,
        article: ArticleId(article),
    };
    let page = ResultPage {
        copies: [copy(2), copy(3)].into(),
        ..ResultPage::clone(window.state.archive.search.results.value.as_ref().unwrap())
    };
    window.state.archive.search.results.value = Some(Arc::new(page));
    let names = window.names();
    assert!(names.iter().any(|it| it == "نسختان أخريان · مصدر واحد"), "{names:?}");
    window.click(Pos2::new(1100.0, 290.0));
    let (commands, _) = window.frame(vec![key(Key::ArrowLeft, Modifiers::NONE)]);
    assert!(commands.contains(&Command::ToggleStory(0)), "{commands:?}");
    let (commands, _) = window.frame(vec![key(Key::ArrowRight, Modifiers::NONE)]);
    assert!(!commands.contains(&Command::ToggleStory(0)), "{commands:?}");
}

#[test]
fn the_timeline_is_brushed_and_moved_by_the_keyboard() {
    use egui::{Key, Modifiers};

    let mut window = Window::new(Settings::default());
    window.frame(Vec::new());
    let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
    let is_timeline = |node: &accesskit::Node| node.label().is_some_and(|it| it.starts_with("الخط الزمني:"));
    let (_, node) = nodes.iter().find(|(_, node)| is_timeline(node)).unwrap();
    let bounds = node.bounds().unwrap();
    window.click(middle_of(bounds));
    window.frame(vec![key(Key::End, Modifiers::NONE)]);
    let (commands, _) = window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
    let brushed = |commands: &[Command]| {
        commands.iter().find_map(|it| match it {
            Command::SetPeriod(Some(Period::Days { first, last })) => Some((first.to_string(), last.to_string())),
            _ => None,
        })
    };
    // The last week of the archive's only year.
    assert_eq!(
        brushed(&commands),
        Some(("2023-12-30".to_owned(), "2024-01-05".to_owned())),
        "{commands:?}"
    );
    // Nearer, a bar is a day.
    for _ in 0..3 {
        window.frame(vec![key(Key::Plus, Modifiers::NONE)]);
    }
    let (commands, _) = window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
    assert_eq!(
        brushed(&commands),
        Some(("2023-12-31".to_owned(), "2023-12-31".to_owned())),
        "{commands:?}"
    );
    let (commands, _) = window.frame(vec![key(Key::Escape, Modifiers::NONE)]);
    assert!(commands.contains(&Command::SetPeriod(None)), "{commands:?}");
}

#[test]
fn values_of_which_any_will_do_stand_together_with_or_between_them() {
    let mut window = Window::new(Settings::default());
    for (facet, name) in [
        (Facet::Place, "دمنار"),
        (Facet::Person, "سامي"),
        (Facet::Place, "بلدة الوادي"),
    ] {
        window.state.update(Command::ToggleFacet(FacetFilter {
            facet,
            id: name.to_owned(),
            name: name.to_owned(),
            excluded: false,
        }));
    }
    window.state.update(Command::SetAnyOf(Facet::Place, true));
    window.frame(Vec::new());
    let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
    let named = nodes
        .iter()
        .filter_map(|(_, node)| Some((node.label().or(node.value())?, node.bounds()?)));
    let named = named.map(|(name, bounds)| (copyable(name), bounds));
    let is_chip = |(name, _): &(String, _)| name == "أو" || name.starts_with("إزالة: ");
    let mut chips: Vec<(String, accesskit::Rect)> = named.filter(is_chip).collect();
    // From the right.
    chips.sort_by(|(_, a), (_, b)| b.x1.total_cmp(&a.x1));
    let chips: Vec<String> = chips.into_iter().map(|(name, _)| name).collect();
    assert_eq!(chips, ["إزالة: دمنار", "أو", "إزالة: بلدة الوادي", "إزالة: سامي"]);
}

#[test]
fn a_timeline_without_bars_says_so_and_leads_to_them() {
    let mut window = Window::new(Settings::default());
    let shown = |window: &mut Window, text: &str| {
        window.frame(Vec::new());
        window.frame(Vec::new()).1.iter().any(|it| it == text)
    };
    assert!(!shown(&mut window, "لا مقالات مؤرَّخة"));
    let page = ResultPage {
        timeline: Arc::default(),
        ..ResultPage::clone(window.state.archive.search.results.value.as_ref().unwrap())
    };
    window.state.archive.search.results.value = Some(Arc::new(page));
    assert!(shown(&mut window, "لا مقالات مؤرَّخة"));
}

#[test]
fn a_search_that_fails_is_told_above_what_was_found_before() {
    let mut window = Window::new(Settings {
        language: Language::English,
        ..Settings::default()
    });
    window.state.update(Command::SetQuery("كلمة".into()));
    let id = SearchId(2);
    let cause = Cause::new("the index is damaged");
    window
        .state
        .apply(state::Event::of(SESSION, state::SearchEvent::Failed { id, cause }));
    window.frame(Vec::new());
    let (_, names) = window.frame(Vec::new());
    let has = |part: &str| names.iter().any(|it| it.contains(part));
    assert!(
        has("could not be searched") && has("Details") && !has("the index is damaged"),
        "{names:?}"
    );
    assert!(has("COP28") && has("Open again"), "{names:?}");
    let jobs = window.state.update(Command::Reopen);
    assert!(
        matches!(jobs[..], [Job::Program(state::ProgramJob::Open(_))]),
        "{jobs:?}"
    );
}

#[test]
fn below_a_failure_an_older_empty_page_is_not_its_answer() {
    let mut window = Window::new(Settings::default());
    let shown = |window: &mut Window, words: &str| {
        let (_, names) = window.frame(Vec::new());
        names.iter().any(|it| it.contains(words))
    };
    window.state.update(Command::SetQuery("كلمة".into()));
    let page = Arc::new(ResultPage::default());
    let done = state::SearchEvent::Done { id: SearchId(2), page };
    window.state.apply(state::Event::of(SESSION, done));
    assert!(shown(&mut window, "لا نتائج"));
    window.state.update(Command::SetQuery("كلمتان".into()));
    let failed = state::SearchEvent::Failed {
        id: SearchId(3),
        cause: Cause::new("the index is damaged"),
    };
    window.state.apply(state::Event::of(SESSION, failed));
    assert!(shown(&mut window, "تعذّر البحث في الفهرس") && !shown(&mut window, "لا نتائج"));
    assert!(!shown(&mut window, "0 من"));
}

#[test]
fn what_the_timeline_is_compared_with_says_that_it_could_not_be_counted() {
    let mut window = Window::new(Settings::default());
    window
        .state
        .update(Command::CompareTimeline(Some(state::SeriesChoice::Archive)));
    let shown = |window: &mut Window, words: &str| {
        let (_, names) = window.frame(Vec::new());
        names.iter().any(|it| it.contains(words))
    };
    assert!(shown(&mut window, "الأرشيف كله") && !shown(&mut window, "بمقياسه"));
    let failed = state::SearchEvent::LookupFailed {
        lookup: state::Lookup::Series,
        cause: Cause::new("the index is damaged"),
    };
    window.state.apply(state::Event::of(SESSION, failed));
    assert!(shown(&mut window, "تعذّرت القراءة من الفهرس") && !shown(&mut window, "بمقياسه"));
}

#[test]
fn nothing_new_is_not_said_beneath_new_files() {
    let mut window = Window::new(Settings::default());
    let shown = |window: &mut Window, words: &str| {
        let (_, names) = window.frame(Vec::new());
        names.iter().any(|it| it.contains(words))
    };
    let updated = state::IndexEvent::Updated(state::UpdateSummary::default());
    window.state.apply(state::Event::of(SESSION, updated));
    window.state.update(Command::SetQuery("كلمة".into()));
    if let Some(open) = &mut window.state.archive.open {
        open.n_articles = 3;
    }
    assert!(shown(&mut window, "لا جديد في المجلد"));
    let changes = state::FolderChanges {
        added: 2,
        ..state::FolderChanges::default()
    };
    let changed = state::IndexEvent::FolderChanged(changes);
    window.state.apply(state::Event::of(SESSION, changed));
    assert!(shown(&mut window, "ملفان جديدان") && !shown(&mut window, "لا جديد في المجلد"));
}

#[test]
fn without_a_query_the_newest_come_first_and_nothing_is_the_best_match() {
    let mut window = Window::new(Settings::default());
    let order = |window: &mut Window| {
        let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
        let mut combos = nodes.into_iter().map(|(_, node)| node);
        let combo = combos.find(|it| it.label() == Some("الترتيب"));
        combo.and_then(|it| it.value().map(str::to_owned))
    };
    assert_eq!(order(&mut window).as_deref(), Some("الأحدث"));
    window.state.update(Command::SetQuery("كلمة".into()));
    assert_eq!(order(&mut window).as_deref(), Some("الأوثق صلة"));
}

#[test]
fn what_the_system_says_of_a_failure_stands_behind_the_details() {
    let mut window = Window::new(Settings::default());
    let root = ArchiveRoot::Folder(PathBuf::from("closed"));
    let failure = OpenFailure::Folder(Cause::new("Permission denied (os error 13)"));
    window.state.apply(state::Event::OpenFailed { root, failure });
    let (_, names) = window.frame(Vec::new());
    assert!(names.iter().any(|it| it == "التفاصيل"), "{names:?}");
    assert!(!names.iter().any(|it| it.contains("os error")), "{names:?}");
}

#[test]
fn everything_that_can_be_done_is_found_in_the_palette_in_either_language() {
    use egui::{Key, Modifiers};

    for (language, typed, name) in [
        (Language::Arabic, "dark", "المظهر: داكن"),
        (Language::Arabic, "داكن", "المظهر: داكن"),
        (Language::English, "داكن", "Theme: dark"),
    ] {
        let mut window = Window::new(Settings {
            language,
            ..Settings::default()
        });
        window.frame(Vec::new());
        window.frame(vec![key(Key::K, Modifiers::COMMAND)]);
        // Measured in one frame, in the other the field takes the keyboard.
        window.frame(Vec::new());
        window.frame(Vec::new());
        window.frame(vec![Event::Text(typed.to_owned())]);
        let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
        // A screen reader stays with the field and is told which of the lines is chosen.
        let chosen: Vec<&str> = nodes
            .iter()
            .filter(|(_, node)| node.role() == accesskit::Role::ListBoxOption && node.is_selected() == Some(true))
            .filter_map(|(_, node)| node.label())
            .filter(|it| it.starts_with(name))
            .collect();
        assert_eq!(chosen.len(), 1, "{name} for {typed}");
        let (commands, _) = window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
        let is_dark = |it: &Command| matches!(it, Command::SetSettings(it) if it.theme == ThemeChoice::Dark);
        assert!(commands.iter().any(is_dark), "{commands:?}");
    }
}

#[test]
fn the_keyboard_goes_from_pane_to_pane_and_into_the_article_and_back() {
    use accesskit::Role::{Document, ListBox};
    use egui::{Key, Modifiers};

    let mut window = Window::new(Settings::default());
    window.read("عنوان المقال\n\nفقرة أولى تكفي لتكون متنًا، وفيها كلام عن الجسر الذي افتتح أمس.");
    window.frame(Vec::new());
    let focused = |window: &mut Window| {
        let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
        let focused = window.ctx.memory(|memory| memory.focused())?.accesskit_id();
        let node = nodes.iter().find(|(id, _)| *id == focused);
        node.map(|(_, node)| node.role())
    };
    window.frame(vec![key(Key::F6, Modifiers::NONE)]);
    window.frame(Vec::new());
    assert_eq!(focused(&mut window), Some(ListBox));
    window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
    window.frame(Vec::new());
    assert_eq!(focused(&mut window), Some(Document));
    window.frame(vec![key(Key::Escape, Modifiers::NONE)]);
    window.frame(Vec::new());
    window.frame(Vec::new());
    assert_eq!(focused(&mut window), Some(ListBox));
    // The handles between the panes are no stops on the way from the list to the article.
    window.frame(vec![key(Key::Tab, Modifiers::NONE)]);
    window.frame(Vec::new());
    assert_eq!(focused(&mut window), Some(Document));
}

#[test]
fn the_handle_at_the_edge_of_a_pane_is_moved_by_the_keyboard() {
    use egui::{Key, Modifiers};

    for (query, pane) in [("Width of the list", 0), ("Width of the names panel", 1)] {
        let mut window = Window::new(Settings {
            language: Language::English,
            ..Settings::default()
        });
        window.names();
        window.frame(vec![key(Key::K, Modifiers::COMMAND)]);
        window.names();
        window.frame(vec![Event::Text(query.into())]);
        window.names();
        window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
        window.names();
        window.names();
        let handles = |window: &mut Window| -> Vec<(accesskit::NodeId, f64)> {
            let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
            let handles = nodes.iter().filter(|(_, it)| it.role() == accesskit::Role::Splitter);
            handles.map(|(id, it)| (*id, it.bounds().unwrap().x0)).collect()
        };
        let focused = |window: &Window| window.ctx.memory(|memory| memory.focused()).map(|it| it.accesskit_id());
        let before = handles(&mut window);
        assert_eq!(focused(&window), Some(before[pane].0), "{query}");
        window.frame(vec![key(Key::ArrowRight, Modifiers::NONE)]);
        window.names();
        let after = handles(&mut window);
        assert_eq!(after[pane].1 - before[pane].1, 16.0, "{query}");
        assert_eq!(after[1 - pane].1, before[1 - pane].1, "{query}");
        window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
        window.names();
        assert_ne!(focused(&window), Some(before[pane].0));
        assert!(focused(&window).is_some(), "the keyboard is in the pane");
    }
}

#[test]
fn nothing_below_moves_when_something_is_chosen_or_told() {
    let mut window = Window::new(Settings::default());
    window.frame(Vec::new());
    let place = |window: &mut Window| {
        let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
        let timeline = nodes.iter().find(|(_, node)| node.role() == accesskit::Role::Slider);
        let list = nodes.iter().find(|(_, node)| node.role() == accesskit::Role::ListBox);
        [timeline, list].map(|it| it.and_then(|(_, node)| node.bounds()))
    };
    let before = place(&mut window);
    assert!(before.iter().all(Option::is_some));
    for name in [
        "دمنار",
        "سامي",
        "بلدة الوادي",
        "نادر",
        "القاهرة",
        "هند",
        "صدى الزهراوية",
    ] {
        window.state.update(Command::ToggleFacet(FacetFilter {
            facet: Facet::Place,
            id: name.to_owned(),
            name: name.to_owned(),
            excluded: true,
        }));
        assert_eq!(place(&mut window), before, "{name}");
    }
    window.state.notices.push(Notice::IndexRebuilt);
    window
        .state
        .update(Command::CompareTimeline(Some(state::SeriesChoice::Archive)));
    assert_eq!(place(&mut window), before);
}
