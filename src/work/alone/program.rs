//! The binary that a child is started from.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The word of the command line that makes the binary a child which reads.
pub const READ_ALONE: &str = "read-alone";

/// The binary from which children are started that read files.
///
/// Handed to whoever reads, as only a program knows what it is: the binary of a test or of another program that uses this
/// library reads nothing.
#[derive(Clone, Debug)]
pub struct ReaderProgram {
    path: PathBuf,
    arguments: Vec<OsString>,
}

impl ReaderProgram {
    /// This program; to be asked for at its start, before its file is replaced by another version's.
    pub fn this() -> io::Result<Self> {
        Ok(Self::at(std::env::current_exe()?))
    }

    /// The `fihrist` at a path.
    pub fn at(path: PathBuf) -> Self {
        let arguments = vec![READ_ALONE.into()];
        Self { path, arguments }
    }

    /// Starts a child; its stdin and stdout are pipes.
    pub fn start(&self) -> io::Result<Child> {
        let mut command = Command::new(&self.path);
        command
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a library or the system says of a file that ends it is no message for the user.
            .stderr(Stdio::null());
        detach(&mut command);
        command.spawn()
    }
}

/// A Ctrl+C in the terminal is for the parent, after which the child ends by itself; ending by it would be taken for the
/// doing of its file.
#[cfg(unix)]
fn detach(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Without a console of its own, which would flash over the window.
#[cfg(windows)]
fn detach(command: &mut Command) {
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP);
}

#[cfg(not(any(unix, windows)))]
fn detach(_: &mut Command) {}
