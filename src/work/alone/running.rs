//! A child that runs, seen from the parent.

use std::io::{self, BufReader, Read, Write};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use super::super::inbox::lock;
use super::frame::{read_frame, write_frame};
use super::message::{Answer, Request};
use super::program::ReaderProgram;

/// Answers that wait for the parent: enough to keep both busy.
const QUEUE: usize = 2;

/// A child that reads files. Dropping it ends it.
pub struct Running {
    stdin: Box<dyn Write + Send>,
    answers: Receiver<Answer>,
    kill: Box<dyn Fn() + Send>,
}

/// What came of waiting for an answer.
pub enum Heard {
    /// An answer.
    Answer(Answer),
    /// Nothing so far.
    Nothing,
    /// The child has ended, or says what cannot be understood.
    End,
}

impl Running {
    /// Starts a child.
    pub fn start(program: &ReaderProgram) -> io::Result<Self> {
        let mut child = program.start()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (stdin, stdout) = pipes.ok_or(io::ErrorKind::BrokenPipe)?;
        let child = Arc::new(Mutex::new(child));
        let killed = Arc::clone(&child);
        let kill = move || kill(&killed);
        // A child that cannot be ended, as it waits for a disk that is gone, holds up nobody but this thread.
        let ended = move || {
            let mut child = lock(&child);
            end_group(&mut child);
            child.kill().ok();
            child.wait().ok();
        };
        Self::with_pipes(Box::new(stdin), Box::new(stdout), Box::new(kill), ended)
    }

    /// A child at the other end of pipes. `kill` is to end it; `ended` is called, in another thread, when it says no more.
    fn with_pipes(
        stdin: Box<dyn Write + Send>,
        stdout: Box<dyn Read + Send>,
        kill: Box<dyn Fn() + Send>,
        ended: impl FnOnce() + Send + 'static,
    ) -> io::Result<Self> {
        let (send, answers) = bounded(QUEUE);
        thread::Builder::new().name("fihrist-alone".into()).spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Ok(Some(answer)) = read_frame(&mut stdout) {
                if send.send(answer).is_err() {
                    break;
                }
            }
            drop(send);
            ended();
        })?;
        Ok(Self { stdin, answers, kill })
    }

    /// Asks for a file.
    pub fn ask(&mut self, request: &Request) -> io::Result<()> {
        write_frame(&mut self.stdin, request)
    }

    /// Waits for an answer, no longer than `patience`.
    pub fn hear(&self, patience: Duration) -> Heard {
        match self.answers.recv_timeout(patience) {
            Ok(answer) => Heard::Answer(answer),
            Err(RecvTimeoutError::Timeout) => Heard::Nothing,
            Err(RecvTimeoutError::Disconnected) => Heard::End,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        (self.kill)();
    }
}

/// Where the lock is held, the child is being ended already.
fn kill(child: &Mutex<Child>) {
    if let Ok(mut child) = child.try_lock() {
        end_group(&mut child);
        child.kill().ok();
    }
}

/// Ends a child with the programs that recognise pages for it: they are in the group that [`ReaderProgram::start`] gives it.
#[cfg(unix)]
fn end_group(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    // Once it is known to have ended its number may be another's.
    let is_there = matches!(child.try_wait(), Ok(None));
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if is_there && let Some(group) = group {
        kill_process_group(group, Signal::KILL).ok();
    }
}

/// Elsewhere they end when they have read their page, and nobody listens.
#[cfg(not(unix))]
fn end_group(_: &mut Child) {}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A child that says these bytes, and what is told at its end.
    fn saying(bytes: &'static [u8]) -> (Running, mpsc::Receiver<()>) {
        let (tell, told) = mpsc::channel();
        let ended = move || tell.send(()).unwrap_or(());
        let running = Running::with_pipes(Box::new(io::sink()), Box::new(bytes), Box::new(|| {}), ended).unwrap();
        (running, told)
    }

    #[test]
    fn what_cannot_be_understood_is_the_end_of_a_child() {
        for bytes in [&b""[..], b"fih", b"\x07\0\0\0running 1 test", b"\xFF\xFF\xFF\xFF{}"] {
            let (running, told) = saying(bytes);
            assert!(matches!(running.hear(Duration::MAX), Heard::End));
            // Whatever it is doing, it is ended for good.
            told.recv().unwrap();
        }
    }
}
