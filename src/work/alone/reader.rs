//! Has files read by children, one after the other.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::archive::{Article, FileRule, FileSummary, Reason};
use crate::entities::Mention;

use super::message::{Answer, Exceeded, GREETING, Request};
use super::program::ReaderProgram;
use super::running::{Heard, Running};

/// How often the parent looks whether the answer is still wanted.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// A child that says nothing for this many times the CPU time that it may take, and a minute more, waits for something that
/// does not come: it would have stopped itself. A guess, for machines that are busy.
const SILENCE: u32 = 10;
const LEAST_SILENCE: Duration = Duration::from_secs(60);
/// A child that holds more memory than this after a file, in bytes, is replaced: what one file filled is not counted to the
/// next. A guess.
const MOST_KEPT: u64 = 256 << 20;
/// How often a child may end without a word before its file is held responsible: it may have been another program's doing.
const TRIES: usize = 2;

/// A part of a file's articles.
#[derive(Debug, Default)]
pub struct AlonePart {
    /// The articles, each with what it names; none where a scanned page was recognised.
    pub articles: Vec<(Article, Vec<Mention>)>,
    /// Whether it is the first part: what came before of the same file is void.
    pub is_first: bool,
    /// How many bytes of the file were read so far; 0 where that is not known.
    pub bytes_read: u64,
}

/// Takes a part of a file's articles.
type Take<'a> = dyn FnMut(AlonePart) -> ControlFlow<()> + 'a;

/// The file that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The archive's folder.
    pub folder: &'a Path,
    /// The file, relative to it.
    pub path: &'a Path,
    /// How it is read.
    pub rule: &'a FileRule,
    /// How much CPU time it may cost.
    pub time: Duration,
    /// How much memory it may cost, in bytes.
    pub memory: u64,
    /// Whether names are recognised.
    pub recognises: bool,
    /// Of which article it is the number, if only one is wanted.
    pub only: Option<u32>,
    /// After how many articles reading stops.
    pub most_articles: u32,
    /// How many scanned pages are recognised at the same time; 0 if they are left to another time. Each has the time of the
    /// whole file, and that of the recogniser is not counted.
    pub pages_at_once: usize,
}

/// What reading in a child came to. Articles that were passed on before count in any case.
#[derive(Debug)]
pub enum ReadAlone {
    /// The file was read.
    Read(FileSummary),
    /// Nothing of the file can be read.
    Failed {
        /// The file, or its member.
        path: PathBuf,
        /// Why.
        reason: Reason,
    },
    /// Its pages are to be recognised at another time.
    PutOff,
    /// It costs more than it may.
    Over(Exceeded),
    /// It ended the child, or made it silent.
    EndedTheReader,
    /// It was not wanted any more.
    Unwanted,
    /// No child can be started, or it is of another version.
    NoChild(io::Error),
}

/// Reads files in a child process, which is started when it is needed and ends with this value.
pub struct AloneReader<'a> {
    program: &'a ReaderProgram,
    child: Option<Running>,
}

impl<'a> AloneReader<'a> {
    /// Nothing runs yet.
    pub fn new(program: &'a ReaderProgram) -> Self {
        Self { program, child: None }
    }

    /// Has a file read. Its articles, with what they name, go to `take` in parts. Of a file that ended the first child, the
    /// parts come once more: each says whether it is the first.
    ///
    /// `is_wanted` is asked again and again; the child is ended once it says no, or `take` breaks. A scanned page that was
    /// recognised comes as a part without articles, which is never the first.
    pub fn read(&mut self, asked: Asked<'_>, is_wanted: &dyn Fn() -> bool, take: &mut Take<'_>) -> ReadAlone {
        let mut read = ReadAlone::EndedTheReader;
        for _ in 0..TRIES {
            read = self.try_to_read(asked, is_wanted, take);
            match &read {
                ReadAlone::Read(_) | ReadAlone::Failed { .. } | ReadAlone::PutOff => return read,
                // Whatever it is doing, it is not what the next file needs.
                ReadAlone::Over(_) | ReadAlone::EndedTheReader | ReadAlone::Unwanted | ReadAlone::NoChild(_) => {
                    self.child = None;
                }
            }
            if !matches!(read, ReadAlone::EndedTheReader) {
                break;
            }
        }
        read
    }

    fn try_to_read(&mut self, asked: Asked<'_>, is_wanted: &dyn Fn() -> bool, take: &mut Take<'_>) -> ReadAlone {
        let mut child = match self.child.take().map_or_else(|| started(self.program, is_wanted), Ok) {
            Ok(child) => child,
            Err(failed) => return failed,
        };
        if child.ask(&asked.request()).is_err() {
            return ReadAlone::EndedTheReader;
        }
        let mut is_first = true;
        let mut heard_at = Instant::now();
        let silence = asked.time.saturating_mul(SILENCE).saturating_add(LEAST_SILENCE);
        loop {
            if !is_wanted() {
                return ReadAlone::Unwanted;
            }
            let answer = match child.hear(LOOK_EVERY) {
                Heard::Answer(answer) => answer,
                Heard::Nothing if heard_at.elapsed() < silence => continue,
                Heard::Nothing | Heard::End => return ReadAlone::EndedTheReader,
            };
            match answer {
                Answer::Articles {
                    mut articles,
                    bytes_read,
                } => {
                    for (article, _) in &mut articles {
                        article.path = asked.path.to_owned();
                    }
                    let part = AlonePart {
                        articles,
                        is_first,
                        bytes_read,
                    };
                    if take(part).is_break() {
                        return ReadAlone::Unwanted;
                    }
                    is_first = false;
                    heard_at = Instant::now();
                }
                Answer::Pages(_) => {
                    if take(AlonePart::default()).is_break() {
                        return ReadAlone::Unwanted;
                    }
                    heard_at = Instant::now();
                }
                Answer::PutOff => {
                    self.child = Some(child);
                    return ReadAlone::PutOff;
                }
                Answer::Read(summary) => {
                    if summary.memory_kept <= MOST_KEPT {
                        self.child = Some(child);
                    }
                    return ReadAlone::Read(summary.into());
                }
                Answer::Failed { path, reason } => {
                    self.child = Some(child);
                    return ReadAlone::Failed {
                        path: path.to_path(),
                        reason,
                    };
                }
                Answer::Over(exceeded) => return ReadAlone::Over(exceeded),
                // It has greeted before.
                Answer::Ready(_) => return ReadAlone::EndedTheReader,
            }
        }
    }
}

/// A child that has greeted.
fn started(program: &ReaderProgram, is_wanted: &dyn Fn() -> bool) -> Result<Running, ReadAlone> {
    let child = Running::start(program).map_err(ReadAlone::NoChild)?;
    let start = Instant::now();
    loop {
        if !is_wanted() {
            return Err(ReadAlone::Unwanted);
        }
        match child.hear(LOOK_EVERY) {
            Heard::Answer(Answer::Ready(greeting)) if greeting == GREETING => return Ok(child),
            Heard::Nothing if start.elapsed() < LEAST_SILENCE => {}
            Heard::Answer(_) => return no_child("Fihrist was replaced by another version; start it again"),
            Heard::Nothing | Heard::End => return no_child("a process that reads files ended while it started"),
        }
    }
}

fn no_child(why: &'static str) -> Result<Running, ReadAlone> {
    Err(ReadAlone::NoChild(io::Error::other(why)))
}

impl Asked<'_> {
    fn request(&self) -> Request {
        Request {
            folder: self.folder.into(),
            path: self.path.into(),
            rule: self.rule.clone(),
            time: self.time,
            memory: self.memory,
            recognises: self.recognises,
            only: self.only,
            most_articles: self.most_articles,
            pages_at_once: self.pages_at_once,
        }
    }
}
