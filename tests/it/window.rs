//! The window without a screen: what its frames tell a screen reader, and what they ask for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Event, Pos2, RawInput, Rect, vec2};
use fihrist::archive::ArticleId;
use fihrist::index::{Facet, FacetCount, FacetCounts, Hit, MonthCount, ResultPage, Snippet};
use fihrist::state::{self, AppState, ArchiveRoot, Command, Language, Notice, Settings};
use fihrist::text;
use fihrist::ui::{UiState, theme, window_ui};

/// A window that shows one article, without a screen.
struct Window {
    ctx: Context,
    state: AppState,
    ui_state: UiState,
}

impl Window {
    fn new(settings: Settings) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        text::install(&ctx, theme::look(&settings));
        let mut state = AppState::new(settings);
        let root = ArchiveRoot::Folder(PathBuf::from("archive"));
        let folder = PathBuf::from("archive");
        state.apply(state::Event::Opened {
            root,
            folder,
            n_articles: 3,
            rebuilt: false,
        });
        let person = FacetCount {
            id: "person:سامي".into(),
            name: "سامي العامري".into(),
            articles: 3,
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
            timeline: vec![MonthCount {
                year: 2023,
                month: 10,
                articles: 1,
            }],
            undated: 2,
            ..ResultPage::default()
        };
        state.apply(state::Event::SearchDone {
            generation: 1,
            page: Arc::new(page),
        });
        let hit = Hit {
            article: ArticleId(1),
            path: "1.txt".into(),
            record: 0,
            title: "افتتاح الجسر (COP28) في 7 أكتوبر".into(),
            title_derived: false,
            published: None,
            source: Some("RT".into()),
            score: 0.0,
            title_matches: Vec::new(),
            snippet: Snippet {
                text: "قال إن 85% من العمل اكتمل".into(),
                matches: Vec::new(),
            },
        };
        state.apply(state::Event::RowsLoaded {
            generation: 1,
            first: 0,
            hits: vec![hit],
        });
        Self {
            ctx,
            state,
            ui_state: UiState::default(),
        }
    }

    /// Draws a frame: what it wishes, and the names that it gives to a screen reader.
    fn frame(&mut self, events: Vec<Event>) -> (Vec<Command>, Vec<String>) {
        self.frame_with(events, Vec::new())
    }

    fn frame_with(&mut self, events: Vec<Event>, dropped: Vec<PathBuf>) -> (Vec<Command>, Vec<String>) {
        let input = RawInput {
            dropped_files: dropped.into_iter().map(|path| Arc::new(Dropped(path)) as _).collect(),
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            events,
            ..RawInput::default()
        };
        let mut commands = Vec::new();
        let mut output = self
            .ctx
            .run_ui(input, |ui| commands = window_ui(ui, &self.state, &mut self.ui_state));
        // There is no graphics card here to take the textures.
        output.textures_delta.clear();
        let nodes = output.platform_output.accesskit_update.map(|it| it.nodes);
        // Painted text has its words as a value, a control as a label.
        let names = nodes
            .into_iter()
            .flatten()
            .filter_map(|(_, node)| node.label().or(node.value()).map(str::to_owned));
        (commands, names.collect())
    }
}

#[test]
fn every_part_of_the_window_has_a_name_in_its_language() {
    for (language, expected) in [
        (
            Language::Arabic,
            ["بحث", "فتح مجلد…", "أشخاص", "بلا تاريخ 2", "سامي العامري 3", "المقالات"],
        ),
        (
            Language::English,
            [
                "Search",
                "Open folder…",
                "People",
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
fn a_dropped_folder_is_opened_and_anything_else_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::new(Settings::default());
    let (commands, _) = window.frame_with(Vec::new(), vec![folder.path().to_owned()]);
    assert!(
        commands.contains(&Command::Open(ArchiveRoot::Folder(folder.path().to_owned()))),
        "{commands:?}"
    );
    window.frame_with(Vec::new(), vec![folder.path().join("a.txt")]);
    let (_, names) = window.frame(Vec::new());
    assert!(names.iter().any(|it| it.contains("ليس مجلدًا")), "{names:?}");
}

#[test]
fn typing_asks_for_a_search() {
    let mut window = Window::new(Settings::default());
    window.frame(Vec::new());
    let ctrl_f = Event::Key {
        key: egui::Key::F,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::COMMAND,
    };
    window.frame(vec![ctrl_f]);
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
    window.state.apply(state::Event::SearchDone {
        generation: 2,
        page: Arc::new(page),
    });
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
    let (commands, _) = window.frame(vec![button(false)]);
    assert!(commands.contains(&Command::Select(0)), "{commands:?}");
    for command in commands {
        window.state.update(command);
    }
    let find = |typed: &str| Command::FindTitle {
        typed: typed.to_owned(),
        after: Some(0),
    };
    let (commands, _) = window.frame(vec![Event::Text("ق".into())]);
    assert!(commands.contains(&find("ق")), "{commands:?}");
    for command in commands {
        window.state.update(command);
    }
    let (commands, _) = window.frame(vec![Event::Text("ا".into())]);
    assert!(commands.contains(&find("قا")), "{commands:?}");
    let number = commands.into_iter().find_map(|command| {
        let jobs = window.state.update(command);
        jobs.into_iter().find_map(|job| match job {
            state::Job::FindTitle { number, .. } => Some(number),
            _ => None,
        })
    });
    let row = Some(765_432);
    window.state.apply(state::Event::TitleFound {
        number: number.unwrap(),
        row,
    });
    let (commands, _) = window.frame(Vec::new());
    let visible = commands.iter().find_map(|command| match command {
        Command::ShowRows(rows) => Some(rows.clone()),
        _ => None,
    });
    assert!(visible.unwrap().contains(&765_432), "{commands:?}");
    assert_eq!(window.state.selected, row);
}
