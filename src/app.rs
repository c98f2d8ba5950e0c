//! The window itself: eframe, the folder dialog, and the loop between views, state and threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use eframe::CreationContext;
use egui::{IconData, ViewportBuilder};
use jiff::Zoned;

use crate::state::{
    AppState, ArchiveRoot, ArticlePlace, Cause, Command, DrawJob, Drawn, EntityEvent, Event, ExportWords, FilePurpose,
    HandOverFailure, Job, OtherProgram, SearchEvent, SessionId, Settings, WindowJob,
};
use crate::text::{self, Look, PictureError};
use crate::ui::paper;
use crate::ui::words::{self, Words, mark, notice};
use crate::ui::{self, UiState};
use crate::work::{self, DataDir, ReaderProgram, Workers};

/// The name under which desktops know the window.
const APP_ID: &str = "io.github.fihrist.Fihrist";

/// The icon of the window, for systems that take it from the window itself.
const ICON: &[u8] = include_bytes!("../assets/icon/64.png");

/// A dialog that answers faster than this was not shown: nobody closes one so quickly. rfd answers "nothing" for
/// "cancelled" and for "no dialog can be shown" alike.
const UNSEEN_DIALOG: Duration = Duration::from_millis(400);

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// No display, or the libraries that draw on it are missing.
    #[error(
        "cannot open a window ({reason}). Start it in a desktop session; on Debian or Ubuntu install what a window \
         needs with: sudo apt install libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 libegl1 \
         libwayland-egl1. Without a window, `fihrist search FOLDER QUERY` works"
    )]
    NoWindow {
        /// What the window system says.
        reason: String,
    },
}

/// Shows the window until it is closed. Without `root` the archive of the last time is opened, at first the sample.
///
/// `program` reads files that may end their process.
pub fn run(data_dir: DataDir, program: Option<ReaderProgram>, root: Option<ArchiveRoot>) -> Result<(), WindowError> {
    let settings = data_dir.load_settings();
    let root = root.unwrap_or_else(|| settings.last_root());
    let mut state = AppState::new(settings);
    let jobs = state.update(Command::Open(root));

    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_app_id(APP_ID)
            .with_icon(icon())
            .with_title(notice::window_title(Words(&state.settings), None))
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([760.0, 480.0])
            .with_drag_and_drop(true),
        // Otherwise it would be kept outside of the data directory.
        persistence_path: Some(data_dir.window_file()),
        ..eframe::NativeOptions::default()
    };
    let opened = Arc::new(AtomicBool::new(false));
    let has_opened = opened.clone();
    let create =
        move |context: &CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
            has_opened.store(true, Ordering::Relaxed);
            Ok(Box::new(App::new(context, data_dir, program, state, jobs)?))
        };

    // Some missing libraries make the window system's crates panic. Until there is a window that is an answer like
    // any other; its noise is kept from the terminal.
    let noisy_hook = std::panic::take_hook();
    let hook_opened = opened.clone();
    std::panic::set_hook(Box::new(move |info| {
        if hook_opened.load(Ordering::Relaxed) {
            noisy_hook(info);
        }
    }));
    let result = catch_unwind(AssertUnwindSafe(|| {
        eframe::run_native(APP_ID, options, Box::new(create))
    }));
    match result {
        Ok(Ok(())) => Ok(()),
        Ok(Err(err)) => Err(WindowError::NoWindow {
            reason: err.to_string(),
        }),
        Err(panic) if opened.load(Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(panic) => {
            let reason = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("a library is missing");
            Err(WindowError::NoWindow {
                reason: reason.lines().next().unwrap_or_default().to_owned(),
            })
        }
    }
}

/// The words in exported files, by the language, months and digits of some settings; `found` says what was searched for,
/// empty for everything.
pub fn export_words(settings: &Settings, found: &str) -> ExportWords {
    let words = Words(settings);
    let found = match found.trim() {
        "" => words.all_articles(),
        found => found,
    };
    words::export::in_files(words, found.to_owned())
}

/// Pixels in a point of a picture that is written to a file: enough to be printed.
const PICTURE_SCALE: f32 = 2.0;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// It cannot be drawn or encoded.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The name of the file says no format of pictures.
    #[error("a picture cannot be written to a file of this kind: its name has to end in .svg or .png")]
    Format,
}

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Lines and areas that can be enlarged.
    Svg,
    /// Pixels.
    Png,
}

impl PictureFormat {
    /// What the name of a file says.
    pub fn of(path: &Path) -> Result<Self, DrawError> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "svg" => Ok(Self::Svg),
            "png" => Ok(Self::Png),
            _ => Err(DrawError::Format),
        }
    }
}

/// A picture as the bytes of a file, in the words, digits and names of months of the settings.
pub fn picture_file(drawn: &Drawn, settings: &Settings, format: PictureFormat) -> Result<Vec<u8>, DrawError> {
    let picture = match drawn {
        Drawn::Network(network) => paper::network_picture(network, settings),
        Drawn::Chart(chart) => paper::chart_picture(chart, settings, Zoned::now().date()),
    };
    Ok(match format {
        PictureFormat::Svg => text::svg(&picture)?.into_bytes(),
        PictureFormat::Png => text::png(&picture, PICTURE_SCALE)?,
    })
}

/// The icon; an empty one, which is none, if it could not be decoded.
fn icon() -> IconData {
    let decoded = image::load_from_memory_with_format(ICON, image::ImageFormat::Png);
    let Ok(decoded) = decoded else {
        return IconData::default();
    };
    let rgba = decoded.into_rgba8();
    let (width, height) = rgba.dimensions();
    IconData {
        rgba: rgba.into_raw(),
        width,
        height,
    }
}

struct App {
    state: AppState,
    ui_state: UiState,
    data_dir: DataDir,
    workers: Workers,
    events: Receiver<Event>,
    sender: Sender<Event>,
    /// Wakes the window after an event was sent.
    wake: egui::Context,
    /// Takes rich text; opened when it is first needed.
    clipboard: Option<arboard::Clipboard>,
    /// What stands above the window.
    title: String,
    /// How texts look in it.
    look: Look,
}

impl App {
    fn new(
        context: &CreationContext<'_>,
        data_dir: DataDir,
        program: Option<ReaderProgram>,
        state: AppState,
        jobs: Vec<Job>,
    ) -> std::io::Result<Self> {
        let ctx = context.egui_ctx.clone();
        let look = ui::theme::look(&state.settings, state.system_theme);
        text::install(&ctx, look);
        let faces = text::face_finder(&ctx);
        thread::Builder::new()
            .name("fihrist-faces".into())
            .spawn(move || faces.run())?;
        // Unbounded, so that a thread never waits for the window; a frame drains it.
        let (sender, events) = unbounded();
        let (thread_sender, wake) = (sender.clone(), ctx.clone());
        let send = move |event| {
            // The only way this can fail is that the window is gone, and then nobody asks.
            thread_sender.send(event).ok();
            wake.request_repaint();
        };
        let workers = Workers::start(data_dir.clone(), program, Box::new(send))?;
        watch_theme(&sender, &ctx)?;
        let mut app = Self {
            state,
            ui_state: UiState::default(),
            data_dir,
            workers,
            events,
            sender,
            wake: ctx,
            clipboard: None,
            title: String::new(),
            look,
        };
        app.start_jobs(jobs);
        Ok(app)
    }

    /// Writes above the window which archive is open, where that has changed.
    fn name_window(&mut self, ctx: &egui::Context) {
        let root = self.state.archive.open.as_ref().map(|it| &it.root);
        let title = notice::window_title(Words(&self.state.settings), root);
        if self.title != title {
            self.title.clone_from(&title);
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title));
        }
    }

    /// Has texts look as the settings say, where these have changed: here or in another window.
    fn set_look(&mut self, ctx: &egui::Context) {
        let look = ui::theme::look(&self.state.settings, self.state.system_theme);
        if self.look != look {
            self.look = look;
            text::set_look(ctx, look);
            ctx.request_repaint();
        }
    }

    fn start_jobs(&mut self, jobs: Vec<Job>) {
        for job in jobs {
            match job {
                Job::Window(WindowJob::PickFolder) => self.pick_folder(),
                Job::Window(WindowJob::PickFile(purpose)) => self.pick_file(purpose),
                Job::Window(WindowJob::CompletePath { typed, takes_files }) => self.complete_path(typed, takes_files),
                Job::Window(WindowJob::Draw { session, job }) => self.draw(session, job),
                Job::Window(WindowJob::Copy { text, html }) => self.copy(text, html),
                Job::Window(WindowJob::HandOver { to, folder, path }) => self.hand_over(to, folder, path),
                Job::Window(WindowJob::OpenOriginal { folder, place }) => self.open_original(folder, place),
                Job::Window(WindowJob::OpenAddress(address)) => self.open_address(address),
                job => self.workers.start_job(job),
            }
        }
    }

    fn pick_folder(&mut self) {
        let title = Words(&self.state.settings).open_folder();
        let dialog = rfd::AsyncFileDialog::new().set_title(title).pick_folder();
        self.await_path(dialog, |folder, shown| Event::FolderPicked { folder, shown });
    }

    fn pick_file(&mut self, purpose: FilePurpose) {
        let words = Words(&self.state.settings);
        let (name, extensions): (_, &[_]) = match purpose {
            FilePurpose::ImportCorrections
            | FilePurpose::ExportCorrections
            | FilePurpose::ImportMarks
            | FilePurpose::ExportMarks => ("JSON", &["json"]),
            FilePurpose::ExportLines => ("CSV, TSV", &["csv", "tsv"]),
            FilePurpose::ExportNetwork => ("SVG, PNG, GEXF", &["svg", "png", "gexf"]),
            FilePurpose::Export => ("", &[self.state.settings.export.format.extension()]),
            FilePurpose::ExportChart(_) => ("SVG, PNG", &["svg", "png"]),
        };
        let name = if name.is_empty() { extensions[0] } else { name };
        let dialog = rfd::AsyncFileDialog::new().add_filter(name, extensions);
        let event = move |path, shown| Event::FilePicked { purpose, path, shown };
        match purpose {
            FilePurpose::ImportCorrections => {
                let dialog = dialog.set_title(words.import_corrections()).pick_file();
                self.await_path(dialog, event);
            }
            FilePurpose::ExportCorrections => {
                let dialog = dialog.set_title(words.export_corrections());
                let dialog = dialog.set_file_name("corrections.json").save_file();
                self.await_path(dialog, event);
            }
            FilePurpose::ImportMarks => {
                let dialog = dialog.set_title(mark::import_marks(words)).pick_file();
                self.await_path(dialog, event);
            }
            FilePurpose::ExportMarks => {
                let dialog = dialog.set_title(mark::export_marks(words));
                let dialog = dialog.set_file_name("marks.json").save_file();
                self.await_path(dialog, event);
            }
            FilePurpose::ExportLines => {
                let dialog = dialog.set_title(words.export_lines());
                let dialog = dialog.set_file_name("lines.csv").save_file();
                self.await_path(dialog, event);
            }
            FilePurpose::Export => {
                let dialog = dialog.set_title(words::export::word(words, words::export::Word::Title));
                let name = ui::export_file_name(&self.state);
                let folder = self.state.settings.export.folder.clone();
                let dialog = folder.map_or(dialog.clone(), |it| dialog.set_directory(it));
                self.await_path(dialog.set_file_name(name).save_file(), event);
            }
            FilePurpose::ExportNetwork => {
                let dialog = dialog.set_title(words.export_network());
                let dialog = dialog.set_file_name("network.svg").save_file();
                self.await_path(dialog, event);
            }
            FilePurpose::ExportChart(_) => {
                let dialog = dialog.set_title(words.save_chart());
                let dialog = dialog.set_file_name("chart.svg").save_file();
                self.await_path(dialog, event);
            }
        }
    }

    /// Puts a text on the clipboard, also as it looks where the system takes that: by itself egui's clipboard takes texts
    /// only. Under Wayland the text alone is put there, by the window, as others may not without its help.
    fn copy(&mut self, text: String, html: String) {
        let is_wayland = std::env::var_os("WAYLAND_DISPLAY").is_some();
        if self.clipboard.is_none() && !is_wayland {
            self.clipboard = arboard::Clipboard::new().ok();
        }
        let put = self.clipboard.as_mut().map(|it| it.set_html(&html, Some(&text)));
        if !matches!(put, Some(Ok(()))) {
            self.wake.copy_text(text);
        }
    }

    /// Draws a picture for a file, elsewhere: that takes some time.
    fn draw(&mut self, session: SessionId, job: DrawJob) {
        let (sender, wake, path) = (self.sender.clone(), self.wake.clone(), job.path.clone());
        let is_network = matches!(job.drawn, Drawn::Network(_));
        let work = move || {
            let DrawJob { drawn, settings, path } = job;
            let written = PictureFormat::of(&path)
                .and_then(|format| picture_file(&drawn, &settings, format))
                .map_err(Cause::new)
                .and_then(|bytes| work::private::write_for_user(&path, &bytes).map_err(Cause::new));
            // The only way this can fail is that the window is gone.
            sender.send(drawn_event(session, is_network, path, written)).ok();
            wake.request_repaint();
        };
        let started = thread::Builder::new().name("fihrist-picture".into()).spawn(work);
        if let Err(err) = started {
            let event = drawn_event(session, is_network, path, Err(Cause::new(err)));
            let jobs = self.state.apply(event);
            self.start_jobs(jobs);
        }
    }

    /// Hands a file to another program, elsewhere: it may take its time to start.
    fn hand_over(&mut self, to: OtherProgram, folder: PathBuf, path: PathBuf) {
        let (sender, wake, given) = (self.sender.clone(), self.wake.clone(), path.clone());
        let work = move || {
            if let Err(failure) = work::hand_over(to, &folder, &given) {
                // The only way this can fail is that the window is gone.
                sender.send(Event::NotHandedOver(given, failure)).ok();
                wake.request_repaint();
            }
        };
        let started = thread::Builder::new().name("fihrist-hand-over".into()).spawn(work);
        if let Err(err) = started {
            let failure = HandOverFailure::System(Cause::new(err));
            let jobs = self.state.apply(Event::NotHandedOver(path, failure));
            self.start_jobs(jobs);
        }
    }

    /// Opens what an article was read from, elsewhere: it may have to be read again.
    fn open_original(&mut self, folder: PathBuf, place: ArticlePlace) {
        let (sender, wake, path) = (self.sender.clone(), self.wake.clone(), place.path.clone());
        let data_dir = self.data_dir.clone();
        let work = move || {
            let opened = work::open_original(&data_dir, &folder, &place);
            let (event, program) = match opened {
                Ok((opened, program)) => (Event::OriginalOpened(place.path, opened), program),
                Err(failure) => (Event::NotHandedOver(place.path, failure), None),
            };
            // The only way this can fail is that the window is gone.
            sender.send(event).ok();
            wake.request_repaint();
            if let Some(mut program) = program {
                // Somebody has to, or the system remembers it until the window is closed.
                program.wait().ok();
            }
        };
        let started = thread::Builder::new().name("fihrist-open".into()).spawn(work);
        if let Err(err) = started {
            let failure = HandOverFailure::System(Cause::new(err));
            let jobs = self.state.apply(Event::NotHandedOver(path, failure));
            self.start_jobs(jobs);
        }
    }

    /// Opens an address in the browser, elsewhere: it may take its time to start.
    fn open_address(&mut self, address: String) {
        let (sender, wake, given) = (self.sender.clone(), self.wake.clone(), address.clone());
        let work = move || {
            if let Err(cause) = work::open_address(&given) {
                // The only way this can fail is that the window is gone.
                sender.send(Event::AddressNotOpened(given, cause)).ok();
                wake.request_repaint();
            }
        };
        let started = thread::Builder::new().name("fihrist-address".into()).spawn(work);
        if let Err(err) = started {
            let jobs = self.state.apply(Event::AddressNotOpened(address, Cause::new(err)));
            self.start_jobs(jobs);
        }
    }

    /// Looks up elsewhere what may be meant by a path: the disk may be slow. Where that cannot be done nothing is offered.
    fn complete_path(&self, typed: String, takes_files: bool) {
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        let work = move || {
            let offers = work::complete_path(&typed, takes_files);
            // The only way this can fail is that the window is gone.
            sender.send(Event::PathCompleted { typed, offers }).ok();
            wake.request_repaint();
        };
        thread::Builder::new().name("fihrist-path".into()).spawn(work).ok();
    }

    /// Waits elsewhere for what is chosen in a dialog: some systems want it made on this thread. `event` receives the
    /// path, and whether a dialog was seen to be shown.
    fn await_path(
        &mut self,
        dialog: impl Future<Output = Option<rfd::FileHandle>> + Send + 'static,
        event: impl Fn(Option<PathBuf>, bool) -> Event + Copy + Send + 'static,
    ) {
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        let wait = move || {
            let start = Instant::now();
            let path = pollster::block_on(dialog).map(|it| it.path().to_owned());
            let shown = path.is_some() || UNSEEN_DIALOG <= start.elapsed();
            // The only way this can fail is that the window is gone.
            sender.send(event(path, shown)).ok();
            wake.request_repaint();
        };
        if thread::Builder::new()
            .name("fihrist-dialog".into())
            .spawn(wait)
            .is_err()
        {
            let jobs = self.state.apply(event(None, false));
            self.start_jobs(jobs);
        }
    }
}

/// What became of a picture.
fn drawn_event(session: SessionId, is_network: bool, path: PathBuf, written: Result<(), Cause>) -> Event {
    match (written, is_network) {
        (Ok(()), true) => Event::of(session, EntityEvent::NetworkExported(path)),
        (Err(cause), true) => Event::of(session, EntityEvent::NetworkNotExported(path, cause)),
        (Ok(()), false) => Event::of(session, SearchEvent::ChartExported(path)),
        (Err(cause), false) => Event::of(session, SearchEvent::ChartNotExported(path, cause)),
    }
}

/// Follows the system's theme, where the window's library does not.
#[cfg(target_os = "linux")]
fn watch_theme(sender: &Sender<Event>, wake: &egui::Context) -> std::io::Result<()> {
    let (sender, wake) = (sender.clone(), wake.clone());
    let send = move |theme| {
        // The only way this can fail is that the window is gone.
        sender.send(Event::SystemTheme(theme)).ok();
        wake.request_repaint();
    };
    let work = move || {
        if let Err(err) = work::watch_system_theme(send) {
            tracing::info!(error = %work::log::ErrorCode(&err), "the system does not tell its theme");
        }
    };
    thread::Builder::new().name("fihrist-theme".into()).spawn(work)?;
    Ok(())
}

/// The window's library follows the system's theme.
#[cfg(not(target_os = "linux"))]
fn watch_theme(_sender: &Sender<Event>, _wake: &egui::Context) -> std::io::Result<()> {
    Ok(())
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        // All that waits is taken before anything is drawn: later news often makes earlier ones void.
        while let Ok(event) = self.events.try_recv() {
            let jobs = self.state.apply(event);
            self.start_jobs(jobs);
        }
        #[cfg(not(target_os = "linux"))]
        if let Some(theme) = ctx.system_theme() {
            self.state.system_theme = match theme {
                egui::Theme::Dark => SystemTheme::Dark,
                egui::Theme::Light => SystemTheme::Light,
            };
        }
        self.set_look(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let commands = ui::window_ui(ui, &self.state, &mut self.ui_state);
        for command in commands {
            let jobs = self.state.update(command);
            self.start_jobs(jobs);
        }
        self.set_look(ui.ctx());
        self.name_window(ui.ctx());
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let jobs = ui::leave(&self.state, &self.ui_state).into_iter();
        let jobs: Vec<Job> = jobs.flat_map(|command| self.state.update(command)).collect();
        self.start_jobs(jobs);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        ui::theme::look(&self.state.settings, self.state.system_theme)
            .palette
            .surface
            .to_normalized_gamma_f32()
    }
}
