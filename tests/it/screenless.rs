//! A window without a screen: what its frames expose to a screen reader, and the commands that they emit.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Event, Pos2, RawInput, Rect, accesskit, vec2};
use fihrist::arabic::letter::copyable;
use fihrist::archive::ArticleId;
use fihrist::index::{DayCount, Facet, FacetCount, FacetCounts, Hit, ResultPage, Snippet};
use fihrist::state::{
    self, AppState, ArchiveRoot, Command, Language, ReadArticle, ReadMention, SearchId, SessionId, Settings,
    SystemTheme,
};
use fihrist::text;
use fihrist::ui::{UiState, theme, window_ui};

use super::raster::{Picture, Rasteriser};

/// The session of the window's archive.
pub const SESSION: SessionId = SessionId(1);

/// A window that shows one article, without a screen.
pub struct Window {
    pub ctx: Context,
    pub state: AppState,
    ui_state: UiState,
    /// The text copied last.
    pub copied: Option<String>,
}

impl Window {
    pub fn new(settings: Settings) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        text::install(&ctx, theme::look(&settings, SystemTheme::Light));
        let mut state = AppState::new(settings);
        let root = ArchiveRoot::Folder(PathBuf::from("archive"));
        let folder = PathBuf::from("archive");
        state.apply(state::Event::Opened {
            session: SESSION,
            root,
            folder,
            n_articles: 3,
            rebuilt: false,
            recognises_scans: false,
        });
        // Its files were read.
        if let Some(open) = &mut state.archive.open {
            open.progress = None;
        }
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
            address: None,
            is_recognised: false,
            score: 0.0,
            story_size: 1,
            n_sources: 1,
            n_identical: 0,
            title_matches: Vec::new(),
            title_names: Vec::new(),
            snippet: Snippet {
                text: "قال إن 85% من العمل اكتمل".into(),
                ..Snippet::default()
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

    /// Draws a frame: what it asks for, and the names that it gives to a screen reader.
    pub fn frame(&mut self, events: Vec<Event>) -> (Vec<Command>, Vec<String>) {
        self.frame_with(events, Vec::new())
    }

    pub fn frame_with(&mut self, events: Vec<Event>, dropped: Vec<PathBuf>) -> (Vec<Command>, Vec<String>) {
        let (commands, nodes) = self.nodes_with(events, dropped);
        // Painted text has its words as a value, a control as a label.
        let names = nodes
            .into_iter()
            .filter_map(|(_, node)| node.label().or(node.value()).map(str::to_owned));
        (commands, names.collect())
    }

    /// Draws a frame: what it asks for, and what it tells a screen reader.
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

    /// A picture of it, drawn on the processor. For a window of which no frame was drawn before.
    pub fn picture(&mut self, size: egui::Vec2) -> Picture {
        let mut rasteriser = Rasteriser::default();
        let mut frame = |window: &mut Self| {
            let Self {
                ctx, state, ui_state, ..
            } = window;
            let draw = |ui: &mut egui::Ui| drop(window_ui(ui, state, ui_state));
            rasteriser.frame(ctx, size, 1.0, Vec::new(), draw).0
        };
        // Some things know their place only after a frame.
        (0..3).for_each(|_| drop(frame(self)));
        frame(self)
    }

    /// Draws a frame and does what it asks for.
    pub fn obey(&mut self, events: Vec<Event>) -> Vec<Command> {
        let (commands, _) = self.frame(events);
        for command in commands.clone() {
            self.state.update(command);
        }
        commands
    }

    /// Clicks, as slowly as a hand does: over some frames. What they ask for.
    pub fn click(&mut self, pos: Pos2) -> Vec<Command> {
        let button = |pressed| Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        let events = [Event::PointerMoved(pos), button(true), button(false)];
        let commands = events.into_iter().flat_map(|event| self.frame(vec![event]).0);
        commands.collect()
    }

    /// Clicks at what has this in its name.
    #[track_caller]
    pub fn click_at(&mut self, name: &str) -> Vec<Command> {
        let (_, nodes) = self.nodes_with(Vec::new(), Vec::new());
        let is_named = |node: &accesskit::Node| node.label().is_some_and(|it| it.contains(name));
        let found = nodes.iter().find(|(_, node)| is_named(node) && node.bounds().is_some());
        let bounds = found.unwrap_or_else(|| panic!("no «{name}»")).1.bounds().unwrap();
        self.click(middle_of(bounds))
    }

    /// The names in the next frame but one: some things know their place only after a frame.
    pub fn names(&mut self) -> Vec<String> {
        self.frame(Vec::new());
        self.frame(Vec::new()).1
    }

    /// Puts an article that names nothing into the reader.
    pub fn read(&mut self, text: &str) {
        self.read_with(text, |_| Vec::new());
    }

    /// Puts an article into the reader, with what it names by its text.
    pub fn read_with(&mut self, text: &str, mentions: impl FnOnce(&str) -> Vec<ReadMention>) {
        let article = fihrist::archive::parse(Path::new("1.txt"), text.as_bytes()).remove(0);
        let mentions = mentions(&article.text);
        self.state.archive.reading.wanted = Some(ArticleId(1));
        self.state.apply(state::Event::of(
            SESSION,
            state::ReadEvent::Done(Arc::new(ReadArticle {
                id: ArticleId(1),
                article,
                mentions,
                dates: Vec::new(),
                matches: Vec::new(),
                identical: Vec::new(),
                kept: None,
                pictures: Vec::new(),
                stated: None,
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

/// Where a click hits.
pub fn middle_of(bounds: accesskit::Rect) -> Pos2 {
    Pos2::new(
        (bounds.x0 + bounds.x1) as f32 / 2.0,
        (bounds.y0 + bounds.y1) as f32 / 2.0,
    )
}

/// Checks that each of these is part of a name, ignoring bidi isolates and where lines may break.
#[track_caller]
pub fn check_shown(names: &[String], expected: &[&str]) {
    for expected in expected {
        let is_there = names.iter().any(|it| copyable(it).contains(expected));
        assert!(is_there, "no «{expected}» among {names:?}");
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
