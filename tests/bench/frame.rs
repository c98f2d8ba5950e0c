//! What a frame costs in Fihrist's own code while somebody works: the events that are taken over, the views, and the
//! commands that they push. What the graphics library does with what was drawn is left out, and so is what the threads do
//! meanwhile. CPU time of the window's thread, not the clock's.
//!
//! `cargo bench --bench frame` on the built-in sample. `FIHRIST_BENCH_FOLDER` names an archive, `FIHRIST_BENCH_DATA` the data
//! directory with its index (`fihrist index FOLDER --data-dir DATA` makes it); without one, one is made and removed again.
//! The one correction that is made is undone. It prints measurements without judging them.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use crossbeam_channel::{Receiver, unbounded};
use egui::{Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, RawInput, Rect, TouchPhase, pos2, vec2};
use fihrist::entities::{Correction, EntityId};
use fihrist::index::{Facet, FacetFilter};
use fihrist::state::{self, AppState, ArchiveRoot, Command, Settings, SystemTheme};
use fihrist::text;
use fihrist::ui::{UiState, theme, window_ui};
use fihrist::work::{DataDir, Workers};

/// The size of the window, in points.
const SIZE: egui::Vec2 = vec2(1280.0, 800.0);
/// How long a phase may wait for the threads.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() {
    let made = tempfile::tempdir().expect("there is a temporary directory");
    let data = std::env::var_os("FIHRIST_BENCH_DATA").map_or_else(|| made.path().to_owned(), PathBuf::from);
    let folder = std::env::var_os("FIHRIST_BENCH_FOLDER").map(PathBuf::from);
    let root = folder.map_or(ArchiveRoot::Sample, ArchiveRoot::Folder);
    let mut window = Window::open(DataDir::new(data), root);
    println!(
        "{:<28} {:>7} {:>9} {:>9} {:>9}",
        "", "frames", "median", "p95", "max, ms"
    );
    window.phase("open", |it| it.settle());
    let articles = window.state.archive.open.as_ref().map_or(0, |it| it.n_articles);
    window.phase("stand still", |it| it.frames(120));
    let person = window.most_frequent(Facet::Person);
    let word = person.as_ref().map_or_else(|| "قال".to_owned(), |it| it.name.clone());
    let word = word.split(' ').next_back().unwrap_or("قال").to_owned();
    window.phase("search, letter by letter", |it| {
        it.press(Key::L, Modifiers::COMMAND);
        for letter in word.chars() {
            it.events.push(Event::Text(letter.to_string()));
            it.frames(4);
        }
        it.settle();
        it.press(Key::Escape, Modifiers::NONE);
    });
    window.phase("choose a person", |it| {
        let person = it.most_frequent(Facet::Person).or(person.clone());
        it.commands.extend(person.map(Command::ToggleFacet));
        it.settle();
    });
    window.phase("twenty rows down", |it| {
        it.press(Key::F6, Modifiers::NONE);
        for _ in 0..20 {
            it.press(Key::ArrowDown, Modifiers::NONE);
            it.frames(3);
        }
        it.settle();
    });
    window.phase("open", |it| {
        it.press(Key::Enter, Modifiers::NONE);
        it.settle();
    });
    window.phase("scroll the article", |it| it.scroll(pos2(640.0, 480.0), 90));
    window.phase("scroll the list", |it| it.scroll(pos2(1150.0, 480.0), 90));
    window.phase("correct a name", |it| it.correct());
    println!("{articles} articles; CPU time of the window's thread, drawing by the graphics library left out");
}

/// A window without a screen, with its threads.
struct Window {
    ctx: Context,
    state: AppState,
    ui_state: UiState,
    workers: Workers,
    news: Receiver<state::Event>,
    /// What the next frame is given.
    events: Vec<Event>,
    commands: Vec<Command>,
    time: f64,
    /// The CPU time of each frame of this phase, in milliseconds.
    millis: Vec<f64>,
}

impl Window {
    fn open(data_dir: DataDir, root: ArchiveRoot) -> Self {
        let settings = Settings {
            is_greeted: true,
            ..Settings::default()
        };
        let ctx = Context::default();
        text::install(&ctx, theme::look(&settings, SystemTheme::Light));
        let (sender, news) = unbounded();
        // The receiver lives as long as the threads.
        let send = move |event| sender.send(event).unwrap_or(());
        Self {
            ctx,
            state: AppState::new(settings),
            ui_state: UiState::default(),
            workers: Workers::start(data_dir, None, Box::new(send)).expect("threads can be started"),
            news,
            events: Vec::new(),
            commands: vec![Command::Open(root)],
            time: 0.0,
            millis: Vec::new(),
        }
    }

    /// Does something, and prints what its frames cost.
    fn phase(&mut self, name: &str, act: impl FnOnce(&mut Self)) {
        self.millis.clear();
        act(self);
        self.millis.sort_unstable_by(f64::total_cmp);
        let at = |percent: usize| self.millis[(self.millis.len() - 1) * percent / 100];
        println!(
            "{name:<28} {:>7} {:>9.2} {:>9.2} {:>9.2}",
            self.millis.len(),
            at(50),
            at(95),
            at(100)
        );
    }

    fn frame(&mut self) {
        self.time += 1.0 / 60.0;
        let mut cpu = Duration::ZERO;
        let start = ThreadTime::now();
        while let Ok(event) = self.news.try_recv() {
            for job in self.state.apply(event) {
                self.workers.start_job(job);
            }
        }
        cpu += start.elapsed();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), SIZE)),
            time: Some(self.time),
            events: std::mem::take(&mut self.events),
            focused: true,
            ..RawInput::default()
        };
        let mut commands = std::mem::take(&mut self.commands);
        let mut output = self.ctx.run_ui(input, |ui| {
            let start = ThreadTime::now();
            commands.extend(window_ui(ui, &self.state, &mut self.ui_state));
            cpu += start.elapsed();
        });
        // There is no graphics card here to take the textures.
        output.textures_delta.clear();
        let start = ThreadTime::now();
        for command in commands {
            for job in self.state.update(command) {
                self.workers.start_job(job);
            }
        }
        cpu += start.elapsed();
        self.millis.push(cpu.as_secs_f64() * 1e3);
        // The threads get to work meanwhile, as they do between two frames on a screen.
        thread::sleep(Duration::from_millis(4));
    }

    fn frames(&mut self, n: usize) {
        for _ in 0..n {
            self.frame();
        }
    }

    /// Draws until nothing is waited for.
    fn settle(&mut self) {
        let start = Instant::now();
        self.frames(4);
        let mut n_quiet = 0;
        while n_quiet < 10 && start.elapsed() < PATIENCE {
            self.frame();
            let archive = &self.state.archive;
            let is_open = archive.open.as_ref().is_some_and(|it| !it.is_reading());
            let has_names = archive
                .search
                .results
                .value
                .as_ref()
                .is_some_and(|it| !it.names_pending);
            let waits = archive.search.is_searching() || !is_open || !has_names || !self.news.is_empty();
            n_quiet = if waits { 0 } else { n_quiet + 1 };
        }
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        self.events.push(event(true));
        self.frame();
        self.events.push(event(false));
        self.frame();
    }

    fn scroll(&mut self, at: egui::Pos2, n_frames: usize) {
        self.events.push(Event::PointerMoved(at));
        for _ in 0..n_frames {
            self.events.push(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, -40.0),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
            self.frame();
        }
    }

    /// The most frequent value of a facet in what was found.
    fn most_frequent(&self, facet: Facet) -> Option<FacetFilter> {
        let page = self.state.archive.search.results.value.as_ref()?;
        let value = page.facets.iter().find(|it| it.facet == facet)?.values.first()?;
        Some(FacetFilter {
            facet,
            id: value.id.clone(),
            name: value.name.clone(),
            excluded: false,
        })
    }

    /// Previews and makes a correction of the person who was chosen, and takes it back.
    fn correct(&mut self) {
        let Some(person) = self.most_frequent(Facet::Person) else {
            return;
        };
        let rename = Correction::Rename {
            entity: EntityId(person.id),
            name: format!("{} (ب)", person.name),
        };
        for command in [
            Command::PreviewCorrection(rename.clone()),
            Command::Correct(rename),
            Command::UndoOwn,
        ] {
            let n_before = self.state.archive.correcting.corrections.all().len();
            let is_preview = matches!(command, Command::PreviewCorrection(_));
            self.commands.push(command);
            let start = Instant::now();
            loop {
                self.frame();
                let correcting = &self.state.archive.correcting;
                let is_done = match is_preview {
                    true => correcting.preview.as_ref().is_some_and(|it| it.1.value.is_some()),
                    false => correcting.corrections.all().len() != n_before,
                };
                if is_done || PATIENCE < start.elapsed() {
                    break;
                }
            }
            self.settle();
        }
    }
}
