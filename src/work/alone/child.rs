//! The child: reads what it is asked for, and says what it finds.

use std::io::{self, Stdout};
use std::mem;
use std::ops::ControlFlow;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::archive::{self, Allowance, Article, FileSummary, ReadError, Recognition};
use crate::entities::{Mention, ModelRecogniser, Recogniser};

use super::super::inbox::lock;
use super::frame::{read_frame, write_frame};
use super::message::{Answer, Exceeded, GREETING, Request};
use super::watch::{Limits, resident, watch};

/// This much text, in bytes, goes to the parent at once: a file of any number of articles is never in memory as a whole.
const PART_BYTES: usize = 256 << 10;
/// The stack of the thread that reads, in bytes: libraries recurse. Only what is used of it is ever in memory.
const STACK: usize = 64 << 20;

type Out = Arc<Mutex<Stdout>>;

/// Reads the files that are asked for on stdin, one after the other, and answers on stdout, until stdin ends. Returns only
/// where it cannot begin.
pub fn read_for_parent() -> io::Result<()> {
    let out: Out = Arc::new(Mutex::new(io::stdout()));
    let (begin, files) = unbounded();
    let (ask, requests) = bounded::<Request>(0);
    let over = Arc::clone(&out);
    thread::Builder::new().name("fihrist-watch".into()).spawn(move || {
        watch(&files, |exceeded| end(&over, exceeded));
    })?;
    let answers = Arc::clone(&out);
    thread::Builder::new()
        .name("fihrist-alone".into())
        .stack_size(STACK)
        .spawn(move || read_all(&requests, &begin, &answers))?;
    // This thread does nothing but wait, so that it is noticed at once that the parent is gone.
    while let Ok(Some(request)) = read_frame(&mut io::stdin()) {
        if ask.send(request).is_err() {
            break;
        }
    }
    end_process(0)
}

/// Ends the process with a word about what there was too much of.
fn end(out: &Out, exceeded: Exceeded) -> ! {
    write_frame(&mut *lock(out), &Answer::Over(exceeded)).ok();
    end_process(3)
}

/// Ends the process, and the programs that recognise pages for it.
fn end_process(code: i32) -> ! {
    end_group();
    process::exit(code)
}

/// Where the parent has given it a group of its own, whoever it started is in it.
#[cfg(unix)]
fn end_group() {
    use rustix::process::{Signal, getpgrp, getpid, kill_process_group};
    if getpgrp() == getpid() {
        kill_process_group(getpgrp(), Signal::KILL).ok();
    }
}

#[cfg(not(unix))]
fn end_group() {}

/// Ends the process when the thread that reads does: nobody listens any more, or the program made a mistake.
struct EndsProcess;

impl Drop for EndsProcess {
    fn drop(&mut self) {
        end_process(4)
    }
}

fn read_all(requests: &Receiver<Request>, begin: &Sender<Option<Limits>>, out: &Out) {
    let _at_the_end = EndsProcess;
    let recogniser = ModelRecogniser::new();
    let memory_at_first = resident();
    let mut said = write_frame(&mut *lock(out), &Answer::Ready(GREETING.to_owned()));
    while said.is_ok()
        && let Ok(request) = requests.recv()
    {
        let limits = Limits {
            time: request.time,
            memory: memory_at_first.saturating_add(request.memory),
        };
        begin.send(Some(limits)).ok();
        let page_done = |n_done| {
            // Each page has the time that a file has, and its parent hears that it goes on.
            begin.send(Some(limits)).ok();
            write_frame(&mut *lock(out), &Answer::Pages(n_done)).ok();
        };
        let read = read(&request, &recogniser, out, &page_done);
        begin.send(None).ok();
        let memory_kept = resident().saturating_sub(memory_at_first);
        said = read.and_then(|result| write_frame(&mut *lock(out), &Answer::of(result, memory_kept)));
    }
}

/// Reads one file, and passes its articles to the parent in parts. The error is that the parent does not listen.
fn read(
    request: &Request,
    recogniser: &dyn Recogniser,
    out: &Out,
    page_done: &dyn Fn(usize),
) -> io::Result<Result<FileSummary, ReadError>> {
    let (folder, path) = (request.folder.to_path(), request.path.to_path());
    let mut part: Vec<(Article, Vec<Mention>)> = Vec::new();
    let (mut n_bytes, mut n_articles) = (0, 0);
    let mut said = Ok(());
    let bytes_read = AtomicU64::new(0);
    let answer = |articles| Answer::Articles {
        articles,
        bytes_read: bytes_read.load(Ordering::Relaxed),
    };
    let mut take = |article: Article| {
        n_articles += 1;
        if request.only.is_none_or(|it| it == article.record) {
            n_bytes += article.text.len();
            let mentions = match request.recognises {
                true => recogniser.mentions(&article),
                false => Vec::new(),
            };
            part.push((article, mentions));
        }
        if PART_BYTES <= n_bytes {
            n_bytes = 0;
            said = write_frame(&mut *lock(out), &answer(mem::take(&mut part)));
        }
        // One article that is wanted may have gone as a part of its own.
        let is_found = request.only.is_some_and(|it| it < n_articles);
        if said.is_err() || is_found || request.most_articles <= n_articles {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let allowance = Allowance {
        recognition: Recognition {
            at_once: request.pages_at_once,
            told: Some(page_done),
        },
        bytes_read: Some(&bytes_read),
        pictures_of: request.only,
        ..Allowance::default()
    };
    let result = archive::read_articles_within(&folder, &path, &request.rule, allowance, &mut take);
    said?;
    if !part.is_empty() {
        write_frame(&mut *lock(out), &answer(part))?;
    }
    Ok(result)
}
