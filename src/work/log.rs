//! The log: what the program did and how long it took, in a file that its user can send to a developer.
//!
//! It lies in the data directory as `fihrist.log`, with `fihrist.log.1` for what is older; both together hold at most
//! [`MAX_BYTES`], and only their owner may read them. It promises to hold no text, query, name or path of the user's:
//! events carry counts, times, kinds, and errors as an [`ErrorCode`]. Only events of this crate are written, as those
//! of libraries promise nothing.
//!
//! Not for telling users what failed: they see errors in the window or on the command line.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};

use super::data_dir::DataDir;

/// The log and its predecessor hold at most this much: some 8,000 lines, weeks of use, and small enough for a mail.
pub const MAX_BYTES: u64 = 1 << 20;

/// Starts the log of this process, once; with `is_verbose` also on standard error.
///
/// Where the file cannot be written the program does without: a log is no reason to stop. With `is_verbose` that is
/// said.
pub fn start(data_dir: &DataDir, is_verbose: bool) {
    let path = data_dir.log_file();
    let file = match LogFile::open(&path) {
        Ok(file) => {
            if is_verbose {
                say(format_args!("the log is {}", path.display()));
            }
            Some(file)
        }
        Err(err) => {
            if is_verbose {
                say(format_args!("no log is kept: {err}: {}", path.display()));
            }
            None
        }
    };
    let own = || Targets::new().with_target(env!("CARGO_CRATE_NAME"), Level::DEBUG);
    let to_file = file.map(|file| {
        let layer = tracing_subscriber::fmt::layer().with_ansi(false);
        let layer = layer.log_internal_errors(false).with_writer(file);
        layer.with_filter(own())
    });
    let to_terminal = is_verbose.then(|| {
        // A terminal that is gone, or a pipe that is closed, is no reason to stop either.
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .log_internal_errors(false)
            .with_writer(io::stderr);
        layer.with_filter(own())
    });
    let subscriber = tracing_subscriber::registry().with(to_file).with(to_terminal);
    // It fails only where a log was started before, which then goes on.
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        let former_hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            log_panic(info);
            former_hook(info);
        }));
        let (version, system) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
        let n_cores = std::thread::available_parallelism().map_or(0, usize::from);
        tracing::info!(version, system, n_cores, pid = std::process::id(), "Fihrist");
    }
}

fn say(words: fmt::Arguments<'_>) {
    // Nobody reads it where this fails.
    io::Write::write_fmt(&mut io::stderr(), format_args!("fihrist: {words}\n")).ok();
}

/// Empties the log and removes its predecessor: what was logged of an archive cannot be told from the rest. Processes
/// that write to it go on at its beginning.
pub fn empty(data_dir: &DataDir) -> io::Result<()> {
    let path = data_dir.log_file();
    let is_missing = |err: &io::Error| err.kind() == io::ErrorKind::NotFound;
    match OpenOptions::new().write(true).truncate(true).open(&path) {
        Err(err) if !is_missing(&err) => return Err(err),
        _emptied_or_missing => {}
    }
    match fs::remove_file(path.with_extension("log.1")) {
        Err(err) if !is_missing(&err) => Err(err),
        _removed_or_missing => Ok(()),
    }
}

/// Where a panic happened. Its message is not logged: that of a span outside of a text quotes the text.
fn log_panic(info: &PanicHookInfo<'_>) {
    let (file, line) = info.location().map_or(("", 0), |it| (it.file(), it.line()));
    tracing::error!(file = %without_machine(file), line, "a panic");
}

/// A source file's path from its package on: what lies before is a path of the machine that built it.
fn without_machine(file: &str) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).collect();
    let package = parts
        .iter()
        .rposition(|it| *it == "src")
        .unwrap_or(parts.len())
        .saturating_sub(1);
    parts[package.min(parts.len() - 1)..].join("/")
}

/// What may be logged of an error: the names of its variants, and of its causes the kinds and the system's codes, as
/// in `Update(Write(Full NotFound 2`.
#[derive(Clone, Copy, Debug)]
pub struct ErrorCode<'a>(pub &'a (dyn Error + 'static));

impl fmt::Display for ErrorCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&variant_names(self.0))?;
        let mut cause: Option<&(dyn Error + 'static)> = Some(self.0);
        while let Some(err) = cause {
            if let Some(err) = err.downcast_ref::<io::Error>() {
                write!(f, " {:?}", err.kind())?;
                if let Some(code) = err.raw_os_error() {
                    write!(f, " {code}")?;
                }
            }
            cause = err.source();
        }
        Ok(())
    }
}

/// The names with which derived `Debug` output begins. It ends before the first field, which may hold anything.
fn variant_names(err: &dyn Error) -> String {
    let mut names = Names::default();
    // `Names` stops the output by an error once it has what it wants.
    write!(names, "{err:?}").ok();
    names.0
}

/// Takes `Debug` output until something stands there that is no name of a variant.
#[derive(Default)]
struct Names(String);

impl fmt::Write for Names {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            if !(c.is_ascii_alphanumeric() || c == '_' || c == '(') {
                return Err(fmt::Error);
            }
            self.0.push(c);
        }
        Ok(())
    }
}

/// A file of bounded size to which several processes and threads may append lines.
struct LogFile {
    path: PathBuf,
    max_bytes: u64,
    file: Mutex<File>,
}

impl LogFile {
    fn open(path: &Path) -> io::Result<Self> {
        Self::with_bound(path, MAX_BYTES)
    }

    fn with_bound(path: &Path, max_bytes: u64) -> io::Result<Self> {
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir)?;
        }
        Ok(Self {
            path: path.to_owned(),
            max_bytes,
            file: Mutex::new(open_to_append(path)?),
        })
    }

    fn append(&self, line: &[u8]) -> io::Result<()> {
        // A panic elsewhere cannot leave a file half-opened.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.has_room(&file, line)? {
            // Another process may have begun a new file already.
            *file = open_to_append(&self.path)?;
            if !self.has_room(&file, line)? {
                fs::rename(&self.path, self.path.with_extension("log.1"))?;
                *file = open_to_append(&self.path)?;
            }
        }
        // In one piece, so that lines of several processes do not mix.
        io::Write::write_all(&mut *file, line)
    }

    fn has_room(&self, file: &File, line: &[u8]) -> io::Result<bool> {
        // Asked of the file, as other processes write to it, too.
        let n_bytes = file.metadata()?.len();
        Ok(n_bytes == 0 || n_bytes + line.len() as u64 <= self.max_bytes / 2)
    }
}

fn open_to_append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};

        let file = options.mode(0o600).open(path)?;
        // The mode above holds for new files only.
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        }
        Ok(file)
    }
    // Elsewhere the data directory lies in the user's own folder, which others may not read.
    #[cfg(not(unix))]
    options.open(path)
}

impl<'a> MakeWriter<'a> for LogFile {
    type Writer = LogLine<'a>;

    fn make_writer(&'a self) -> Self::Writer {
        LogLine(self)
    }
}

/// Takes whole lines, as the formatter hands them over.
struct LogLine<'a>(&'a LogFile);

impl io::Write for LogLine<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.append(line)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Outer {
        #[error("cannot: {path}")]
        Inner { source: io::Error, path: String },
        #[error("no such name: {0}")]
        Named(String),
        #[error(transparent)]
        Nested(Box<Outer>),
    }

    #[test]
    fn an_error_is_logged_by_kinds_and_codes_alone() {
        let inner = || Outer::Inner {
            source: io::Error::from_raw_os_error(2),
            path: "/home/layla".to_owned(),
        };
        assert_eq!(ErrorCode(&inner()).to_string(), "Inner NotFound 2");
        assert_eq!(ErrorCode(&Outer::Named("layla".to_owned())).to_string(), "Named(");
        assert_eq!(
            ErrorCode(&Outer::Nested(Box::new(inner()))).to_string(),
            "Nested(Inner NotFound 2"
        );
        let other = io::Error::other("layla");
        assert_eq!(ErrorCode(&other).to_string(), "Custom Other");
    }

    #[test]
    fn a_panic_is_logged_without_the_place_of_the_build() {
        assert_eq!(
            without_machine("/home/layla/.cargo/registry/src/index.crates.io-1/tantivy-0.27/src/a/b.rs"),
            "tantivy-0.27/src/a/b.rs"
        );
        assert_eq!(without_machine("src/cli/mod.rs"), "src/cli/mod.rs");
        assert_eq!(without_machine("/home/layla/b.rs"), "b.rs");
        assert_eq!(without_machine(""), "");
    }

    #[test]
    fn the_log_is_bounded_also_where_two_write() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/fihrist.log");
        let bound = 1000;
        let one = LogFile::with_bound(&path, bound).unwrap();
        let other = LogFile::with_bound(&path, bound).unwrap();
        for number in 0..300 {
            let line = format!("line {number} of the log\n");
            let file = if number % 3 == 0 { &other } else { &one };
            file.append(line.as_bytes()).unwrap();
            let sizes = ["log", "log.1"].map(|it| fs::metadata(path.with_extension(it)).map_or(0, |it| it.len()));
            assert!(sizes.iter().sum::<u64>() <= bound, "{sizes:?}");
        }
        let newest = fs::read_to_string(&path).unwrap();
        assert!(newest.ends_with("line 299 of the log\n"), "{newest}");
        let older = fs::read_to_string(path.with_extension("log.1")).unwrap();
        assert!(older.lines().all(|it| it.ends_with("of the log")), "{older}");
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_the_log() {
        use std::os::unix::fs::PermissionsExt as _;

        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("fihrist.log");
        fs::write(&path, "readable by all\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let log = LogFile::with_bound(&path, 40).unwrap();
        for _ in 0..3 {
            log.append(b"a line that fits into a file\n").unwrap();
        }
        for extension in ["log", "log.1"] {
            let mode = fs::metadata(path.with_extension(extension))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "{extension}");
        }
    }
}
