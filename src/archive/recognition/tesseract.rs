//! Finds Tesseract, and has it read pictures: some at once, none longer than it may take, all of them ended when nobody
//! wants them any more.

use std::env;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, Sender, unbounded};
use image::GrayImage;

use crate::archive::budget::{Halt, Meter};
use crate::archive::reason::RecogniserLack;

use super::page::PageText;

/// How often it is looked whether the pages are still wanted.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// The CPU time that a page may take, in seconds, where the system can limit it (Linux). A guess, some thirty
/// times what a page of A4 took.
const PAGE_SECONDS: u64 = 90;
/// A page that takes this long is given up, whatever it does: the machine may be busy. A guess.
const PAGE_PATIENCE: Duration = Duration::from_secs(400);
/// The memory that a page may take, in bytes, where the system can limit it (Linux). A guess.
const PAGE_MEMORY: u64 = 2 << 30;
/// How long the program may think about which languages it has.
const ASK_PATIENCE: Duration = Duration::from_secs(15);
/// More than this is no text of a page, in bytes.
const MOST_SAID: u64 = 16 << 20;
/// The resolution of which the pictures are, or are taken to be, in dots per inch.
const DOTS_PER_INCH: &str = "300";

/// The program's own settings that are changed. By itself it takes whole lines of Arabic for noise, so that up to a third of a
/// page is not read; and it tells ink from paper by one threshold for a page, where one for each place (Sauvola's, since
/// version 5; older ones pass it over) is right for more. On ten pages these two raised the words that were right from 88 to
/// 92 in 100, and lowered them by more than 2 on none.
const SETTINGS: [&str; 3] = [
    "tessedit_create_tsv=1",
    "textord_noise_rejrows=0",
    "thresholding_method=2",
];

/// Where installers put the program, and programs that are started from a desktop do not look.
const USUAL_PLACES: &[&str] = if cfg!(target_os = "macos") {
    &["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin"]
} else if cfg!(windows) {
    &[
        "C:\\Program Files\\Tesseract-OCR",
        "C:\\Program Files (x86)\\Tesseract-OCR",
    ]
} else {
    &[]
};

/// An installed Tesseract that knows Arabic.
#[derive(Clone, Debug)]
pub struct Tesseract {
    program: PathBuf,
    has_english: bool,
}

/// A page of which nothing is known: it could not be drawn, or the program failed or took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageFailed;

impl Tesseract {
    /// The one that is installed; what is missing if there is none.
    pub fn find() -> Result<Self, RecogniserLack> {
        let path = env::var_os("PATH").unwrap_or_default();
        let usual = USUAL_PLACES.iter().map(PathBuf::from);
        Self::find_in(env::split_paths(&path).chain(usual))
    }

    fn find_in(folders: impl Iterator<Item = PathBuf>) -> Result<Self, RecogniserLack> {
        let name = format!("tesseract{}", env::consts::EXE_SUFFIX);
        // One beside the files that are read would be anybody's.
        let mut programs = folders.filter(|it| it.is_absolute()).map(|it| it.join(&name));
        let program = programs.find(|it| it.is_file()).ok_or(RecogniserLack::Program)?;
        let languages = languages(&program).ok_or(RecogniserLack::Program)?;
        let has = |language: &str| languages.lines().any(|it| it.trim() == language);
        match has("ara") {
            true => Ok(Self {
                has_english: has("eng"),
                program,
            }),
            false => Err(RecogniserLack::Arabic),
        }
    }

    /// Reads pages, whose pictures come one after the other (nothing of one that cannot be drawn), at most `at_once` of
    /// them at the same time; the meter hears after each how many are done. The result has the order of the pictures.
    pub fn read_all(
        &self,
        pictures: &mut dyn Iterator<Item = Option<GrayImage>>,
        at_once: usize,
        meter: &Meter<'_>,
    ) -> Result<Vec<Result<PageText, PageFailed>>, Halt> {
        let mut pages: Vec<Result<PageText, PageFailed>> = Vec::new();
        let mut n_done = 0;
        thread::scope(|scope| {
            let (sender, said) = unbounded::<(usize, Option<String>)>();
            let mut running: Vec<Running> = Vec::new();
            let mut has_more = true;
            loop {
                while has_more && running.len() < at_once.max(1) {
                    meter.check()?;
                    let Some(picture) = pictures.next() else {
                        has_more = false;
                        break;
                    };
                    let number = pages.len();
                    pages.push(Err(PageFailed));
                    let picture = picture.map(|it| Arc::new(as_pgm(&it)));
                    match picture.and_then(|it| self.start(number, it, "ara").ok()) {
                        Some((page, pipes)) => {
                            scope.spawn(pipes.talk(number, &page, &sender));
                            running.push(page);
                        }
                        None => n_done += 1,
                    }
                }
                if running.is_empty() {
                    return Ok(());
                }
                let (number, said) = match said.recv_timeout(LOOK_EVERY) {
                    Ok(it) => it,
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                        // Dropping them ends them.
                        meter.check()?;
                        running.iter_mut().for_each(Running::end_if_late);
                        continue;
                    }
                };
                let Some(idx) = running.iter().position(|it| it.number == number) else {
                    continue;
                };
                let page = running.swap_remove(idx);
                let picture = Arc::clone(&page.picture);
                let is_first = page.languages == "ara";
                let text = page.text(said);
                let is_doubtful = text.as_ref().is_ok_and(PageText::is_doubtful);
                keep_better(&mut pages[number], text);
                if is_first
                    && is_doubtful
                    && self.has_english
                    && let Ok((page, pipes)) = self.start(number, picture, "ara+eng")
                {
                    scope.spawn(pipes.talk(number, &page, &sender));
                    running.push(page);
                    continue;
                }
                n_done += 1;
                meter.page_done(n_done);
            }
        })?;
        Ok(pages)
    }

    /// Starts the program for a picture. It gets no file and no name, and is not started by way of a shell.
    fn start(&self, number: usize, picture: Arc<Vec<u8>>, languages: &'static str) -> io::Result<(Running, Pipes)> {
        let mut command = Command::new(&self.program);
        command
            .args(["stdin", "stdout", "-l", languages, "--dpi", DOTS_PER_INCH])
            .args(SETTINGS.iter().flat_map(|it| ["-c", *it]))
            // As many pages at once as there are processors: threads of its own would only be in their way.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        without_window(&mut command);
        let mut child = command.spawn()?;
        limit(&child);
        let pipes = child.stdin.take().zip(child.stdout.take());
        let running = Running {
            number,
            languages,
            child,
            picture,
            since: Instant::now(),
        };
        let (stdin, stdout) = pipes.ok_or(io::ErrorKind::BrokenPipe)?;
        Ok((running, Pipes { stdin, stdout }))
    }
}

/// A process that reads a page. Dropping it ends it.
struct Running {
    number: usize,
    languages: &'static str,
    child: Child,
    picture: Arc<Vec<u8>>,
    since: Instant,
}

impl Running {
    fn end_if_late(&mut self) {
        if PAGE_PATIENCE < self.since.elapsed() {
            self.child.kill().ok();
        }
    }

    /// What it said, if it ended well.
    fn text(mut self, said: Option<String>) -> Result<PageText, PageFailed> {
        let is_well = self.child.wait().is_ok_and(|it| it.success());
        said.filter(|_| is_well)
            .map(|it| PageText::from_tsv(&it))
            .ok_or(PageFailed)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What a process is spoken to by.
struct Pipes {
    stdin: ChildStdin,
    stdout: ChildStdout,
}

impl Pipes {
    /// Gives the process its picture and waits for what it says; for a thread of its own.
    fn talk(
        mut self,
        number: usize,
        page: &Running,
        sender: &Sender<(usize, Option<String>)>,
    ) -> impl FnOnce() + Send + 'static {
        let (picture, sender) = (Arc::clone(&page.picture), sender.clone());
        move || {
            // It reads all of the picture before it says anything; if it does not, its end says so.
            self.stdin.write_all(&picture).ok();
            drop(self.stdin);
            let mut said = Vec::new();
            let read = self.stdout.take(MOST_SAID).read_to_end(&mut said);
            let said = read.ok().map(|_| String::from_utf8_lossy(&said).into_owned());
            sender.send((number, said)).ok();
        }
    }
}

/// Of two readings of a page the one that is surer.
fn keep_better(kept: &mut Result<PageText, PageFailed>, new: Result<PageText, PageFailed>) {
    let n_sure = |it: &Result<PageText, PageFailed>| it.as_ref().map_or(0, |it| it.n_sure);
    if kept.is_err() || n_sure(kept) < n_sure(&new) {
        *kept = new;
    }
}

/// A grey picture as a file (netpbm's `pgm(5)`, raw): the simplest that there is, and of eight bits.
fn as_pgm(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = format!("P5\n{} {}\n255\n", picture.width(), picture.height()).into_bytes();
    bytes.extend_from_slice(picture.as_raw());
    bytes
}

/// Which languages a program says that it has; nothing if it is not Tesseract, or does not start.
fn languages(program: &Path) -> Option<String> {
    let mut command = Command::new(program);
    command
        .arg("--list-langs")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    without_window(&mut command);
    let mut child = command.spawn().ok()?;
    let start = Instant::now();
    // Its list is shorter than what a pipe holds.
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Some(status),
            Ok(None) if start.elapsed() < ASK_PATIENCE => thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => break None,
        }
    };
    if status.is_none() {
        child.kill().ok();
        child.wait().ok();
    }
    let mut said = Vec::new();
    child.stdout.take()?.take(MOST_SAID).read_to_end(&mut said).ok()?;
    status?.success().then(|| String::from_utf8_lossy(&said).into_owned())
}

/// Limits what a page may cost.
#[cfg(target_os = "linux")]
fn limit(child: &Child) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    for (resource, most) in [(Resource::Cpu, PAGE_SECONDS), (Resource::As, PAGE_MEMORY)] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        if pid.is_some() {
            prlimit(pid, resource, limit).ok();
        }
    }
}

/// Elsewhere the size of its picture is what limits its memory, and [`PAGE_PATIENCE`] its time.
#[cfg(not(target_os = "linux"))]
fn limit(_: &Child) {
    let _not_used_here = (PAGE_SECONDS, PAGE_MEMORY);
}

/// Without a console of its own, which would flash over the window.
#[cfg(windows)]
fn without_window(command: &mut Command) {
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_window(_: &mut Command) {}
