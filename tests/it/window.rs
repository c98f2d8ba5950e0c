//! The window without a screen: what its frames tell a screen reader, and what they ask for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Event, Pos2, RawInput, Rect, accesskit, vec2};
use fihrist::archive::ArticleId;
use fihrist::index::{
    DayCount, Facet, FacetCount, FacetCounts, FacetFilter, Hit, Period, ResultPage, Snippet, StoryCopy,
};
use fihrist::state::{
    self, AppState, ArchiveJob, ArchiveRoot, Command, Job, Language, Notice, OpenFailure, ReadArticle, SearchId,
    SearchJob, SessionId, Settings,
};
use fihrist::text;
use fihrist::ui::{UiState, theme, window_ui};

/// The session of the window's archive.
pub const SESSION: SessionId = SessionId(1);

/// A window that shows one article, without a screen.
pub struct Window {
    ctx: Context,
    pub state: AppState,
    ui_state: UiState,
    /// What was copied last.
    copied: Option<String>,
}

impl Window {
    pub fn new(settings: Settings) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        text::install(&ctx, theme::look(&settings));
        let mut state = AppState::new(settings);
        let root = ArchiveRoot::Folder(PathBuf::from("archive"));
        let folder = PathBuf::from("archive");
        state.apply(state::Event::Opened {
            session: SESSION,
            root,
            folder,
            n_articles: 3,
            rebuilt: false,
        });
        let person = FacetCount {
            id: "person:سامي".into(),
            name: "سامي العامري".into(),
            articles: 3,
            spelling: None,
        };
        let facets = Facet::ALL
            .map(|facet| FacetCounts {
                facet,
                values: vec![person.clone()],
                n_values: 1,
            })
            .to_vec();
        let page = ResultPage {
            articles: vec![ArticleId(1)].into(),
            facets,
            n_articles: 1,
            timeline: [DayCount {
                day: jiff::civil::date(2023, 10, 7),
                articles: 1,
                inferred: 0,
            }]
            .into(),
            extent: Some((jiff::civil::date(2023, 1, 1), jiff::civil::date(2023, 12, 31))),
            usual_extent: Some((jiff::civil::date(2023, 1, 1), jiff::civil::date(2023, 12, 31))),
            undated: 2,
            ..ResultPage::default()
        };
        state.apply(state::Event::of(
            SESSION,
            state::SearchEvent::Done {
                id: SearchId(1),
                page: Arc::new(page),
            },
        ));
        let hit = Hit {
            article: ArticleId(1),
            path: "1.txt".into(),
            record: 0,
            title: "افتتاح الجسر (COP28) في 7 أكتوبر".into(),
            title_derived: false,
            published: None,
            source: Some("RT".into()),
            score: 0.0,
            story_size: 1,
            n_sources: 1,
            title_matches: Vec::new(),
            snippet: Snippet {
                text: "قال إن 85% من العمل اكتمل".into(),
                matches: Vec::new(),
            },
        };
        state.apply(state::Event::of(
            SESSION,
            state::SearchEvent::RowsLoaded {
                id: SearchId(1),
                first: 0,
                hits: vec![hit],
            },
        ));
        Self {
            ctx,
            state,
            ui_state: UiState::default(),
            copied: None,
        }
    }

    /// Draws a frame: what it wishes, and the names that it gives to a screen reader.
    pub fn frame(&mut self, events: Vec<Event>) -> (Vec<Command>, Vec<String>) {
        self.frame_with(events, Vec::new())
    }

    fn frame_with(&mut self, events: Vec<Event>, dropped: Vec<PathBuf>) -> (Vec<Command>, Vec<String>) {
        let (commands, nodes) = self.nodes_with(events, dropped);
        // Painted text has its words as a value, a control as a label.
        let names = nodes
            .into_iter()
            .filter_map(|(_, node)| node.label().or(node.value()).map(str::to_owned));
        (commands, names.collect())
    }

    /// Draws a frame: what it wishes, and what it tells a screen reader.
    pub fn nodes_with(
        &mut self,
        events: Vec<Event>,
        dropped: Vec<PathBuf>,
    ) -> (Vec<Command>, Vec<(accesskit::NodeId, accesskit::Node)>) {
        let input = RawInput {
            dropped_files: dropped.into_iter().map(|path| Arc::new(Dropped(path)) as _).collect(),
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            events,
            ..RawInput::default()
        };
        let mut commands = Vec::new();
        let mut output = self
            .ctx
            // A frame may be drawn twice, until everything has its width.
            .run_ui(input, |ui| {
                commands.extend(window_ui(ui, &self.state, &mut self.ui_state));
            });
        // There is no graphics card here to take the textures.
        output.textures_delta.clear();
        for command in &output.platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                self.copied = Some(text.clone());
            }
        }
        let nodes = output.platform_output.accesskit_update.map(|it| it.nodes);
        (commands, nodes.unwrap_or_default())
    }

    /// Draws a frame and does what it wishes.
    fn obey(&mut self, events: Vec<Event>) -> Vec<Command> {
        let (commands, _) = self.frame(events);
        for command in commands.clone() {
            self.state.update(command);
        }
        commands
    }

    /// Clicks, as slowly as a hand does: over some frames.
    pub fn click(&mut self, pos: Pos2) {
        let button = |pressed| Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        for event in [Event::PointerMoved(pos), button(true), button(false)] {
            self.frame(vec![event]);
        }
    }

    /// Puts an article into the reader.
    fn read(&mut self, text: &str) {
        let article = fihrist::archive::parse(Path::new("1.txt"), text.as_bytes()).remove(0);
        self.state.archive.reading.wanted = Some(ArticleId(1));
        self.state.apply(state::Event::of(
            SESSION,
            state::ReadEvent::Done(Arc::new(ReadArticle {
                id: ArticleId(1),
                article,
                mentions: Vec::new(),
                dates: Vec::new(),
                matches: Vec::new(),
                file_is_gone: false,
            })),
        ));
    }
}

/// A key that is pressed.
pub fn key(key: egui::Key, modifiers: egui::Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

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

/// Checks that everything in the next frame that takes the keyboard or is painted has a name in the window's language.
#[track_caller]
pub fn check_that_all_is_named(window: &mut Window) {
    let language = window.state.settings.language;
    let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
    assert!(20 < nodes.len());
    for (_, node) in nodes {
        let is_container = matches!(
            node.role(),
            accesskit::Role::GenericContainer | accesskit::Role::Unknown | accesskit::Role::Pane
        );
        let has_name = node.label().or(node.value()).is_some_and(|it| !it.trim().is_empty());
        let needs_name = node.supports_action(accesskit::Action::Focus) || !is_container;
        assert!(
            has_name || !needs_name,
            "{language:?}: a {:?} without a name",
            node.role()
        );
        let is_english = |it: &str| it.starts_with("Resize");
        assert!(language == Language::English || !node.label().is_some_and(is_english));
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
        window.frame(Vec::new());
        let (_, names) = window.frame(Vec::new());
        for name in expected {
            assert!(names.iter().any(|it| it == name), "no «{name}» among {names:?}");
        }
        assert!(
            names
                .iter()
                .any(|it| it.starts_with("افتتاح الجسر (COP28) في 7 أكتوبر"))
        );
    }
}

#[test]
fn a_notice_is_shown_until_it_is_dismissed() {
    let mut window = Window::new(Settings::default());
    window.state.notices.push(Notice::IndexRebuilt);
    window.frame(Vec::new());
    let (_, names) = window.frame(Vec::new());
    assert!(
        names.iter().any(|it| it.starts_with("كان الفهرس من إصدار آخر")),
        "{names:?}"
    );
}

/// Something that was dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("a folder has no bytes".to_owned())
    }
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
    // The list stands at the right, its rows below the count.
    let pos = Pos2::new(1100.0, 180.0);
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
    window.frame(Vec::new());
    let (_, names) = window.frame(Vec::new());
    assert!(names.iter().any(|it| it == "+نسختان · مصدر واحد"), "{names:?}");
    window.click(Pos2::new(1100.0, 200.0));
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
    let middle = Pos2::new(
        (bounds.x0 + bounds.x1) as f32 / 2.0,
        (bounds.y0 + bounds.y1) as f32 / 2.0,
    );
    window.click(middle);
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
    let is_chip = |(name, _): &(&str, _)| *name == "أو" || name.starts_with("إزالة: ");
    let mut chips: Vec<(&str, accesskit::Rect)> = named.filter(is_chip).collect();
    // From the right.
    chips.sort_by(|(_, a), (_, b)| b.x1.total_cmp(&a.x1));
    let chips: Vec<&str> = chips.into_iter().map(|(name, _)| name).collect();
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
    let cause = state::Cause::new("the index is damaged");
    window
        .state
        .apply(state::Event::of(SESSION, state::SearchEvent::Failed { id, cause }));
    window.frame(Vec::new());
    let (_, names) = window.frame(Vec::new());
    let has = |part: &str| names.iter().any(|it| it.contains(part));
    assert!(has("could not be searched") && has("the index is damaged"), "{names:?}");
    assert!(has("COP28") && has("Open again"), "{names:?}");
    let jobs = window.state.update(Command::Reopen);
    assert!(
        matches!(jobs[..], [Job::Program(state::ProgramJob::Open(_))]),
        "{jobs:?}"
    );
}
