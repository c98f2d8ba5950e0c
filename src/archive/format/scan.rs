//! Reads pictures of pages, and documents that are such, by the text that is recognised on them.
//!
//! All pages of a file are one article, as those of a PDF are. What is recognised is never more certain than that: its
//! format says so wherever it is shown, and its dates and titles follow the rules of all others.

use hayro_interpret::hayro_syntax::Pdf;

use crate::archive::article::Problem;
use crate::archive::bound::Bound;
use crate::archive::left_out::LeftOut;
use crate::archive::origin::Format;
use crate::archive::reason::{Damage, Reason, Unsupported};
use crate::archive::recognition::{PageText, PictureError, PrintedPages, RecognisedLine, pictures};
use crate::archive::record::{Content, Hints, Outcome, ReadPage, Record, Sink};

use super::blocks::median;
use super::html;
use super::legible;
use super::printed::{PrintedLine, page_lines};
use super::visual::Habits;

/// A line whose height differs from that of most by no more than this is of their size: its height is that of its ink. A
/// guess.
const SAME_SIZE: f64 = 0.35;
/// The size of letters is this part of the height of a line's ink, from the foot of the deepest letter to the top of the
/// highest. A guess; on a page in Noto Naskh it was 0.74.
const SIZE_OF_HEIGHT: f64 = 0.78;

/// Reads a picture, or the pictures of a TIFF.
pub fn read(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    let (mut fault, mut n_left) = (None, Bound::Pages.limit());
    let mut problems = Vec::new();
    let mut drawn = pictures(bytes).map_while(|picture| {
        match n_left.checked_sub(1) {
            Some(left) => n_left = left,
            None => {
                html::note(&mut problems, Bound::Pages);
                return None;
            }
        }
        let picture = picture.map_err(|err| fault = Some(err));
        Some(picture.ok())
    });
    let pages = sink.recognise(&mut drawn)?;
    drop(drawn);
    match fault {
        Some(fault) if pages.iter().all(Result::is_err) => Err(refusal(fault).into()),
        _ => emit(sink, &pages, problems),
    }
}

/// Reads the pages of a document whose problems are known.
pub fn read_pages(sink: &mut dyn Sink, pdf: &Pdf, mut problems: Vec<Problem>) -> Outcome {
    if Bound::Pages.limit() < pdf.pages().len() {
        html::note(&mut problems, Bound::Pages);
    }
    let pages = sink.recognise(&mut PrintedPages::new(pdf, Bound::Pages.limit()))?;
    emit(sink, &pages, problems)
}

fn refusal(fault: PictureError) -> Reason {
    match fault {
        PictureError::Damaged(what) => Reason::Damaged(Damage::Other(what)),
        PictureError::TooLarge | PictureError::Unsupported => Reason::Unsupported(Unsupported::PictureKind),
    }
}

/// Makes an article of pages.
fn emit(sink: &mut dyn Sink, pages: &[ReadPage], mut problems: Vec<Problem>) -> Outcome {
    let n_failed = pages.iter().filter(|it| it.is_err()).count();
    let read = || {
        pages
            .iter()
            .enumerate()
            .filter_map(|(idx, it)| Some((idx, it.as_ref().ok()?)))
    };
    let with_words = || read().filter(|(_, it)| it.has_words());
    if with_words().next().is_none() {
        let reason = match n_failed {
            0 => Reason::NothingRecognised,
            _ => Reason::RecogniserFails,
        };
        return Err(reason.into());
    }
    for (number, page) in (1..).zip(pages) {
        let name = number.to_string();
        match page {
            Err(_) => sink.refuse_member(&name, Reason::RecogniserFails.into())?,
            Ok(page) if !page.has_words() => sink.leave_out(&name, LeftOut::PageWithoutWords),
            Ok(_) => {}
        }
    }
    let printed = with_words().flat_map(|(idx, page)| lines(page).into_iter().map(move |line| (idx, line)));
    let (lines, _pages) = page_lines(printed.collect(), pages.len(), Habits::default());
    if !legible::is_legible(lines.iter().map(|(text, _)| text.as_str()), 1, 0) {
        problems.push(Problem::PoorlyRecognised);
    }
    sink.set_format(Format::Scan);
    sink.emit(Record {
        content: Content::Lines(lines),
        hints: Hints {
            problems,
            ..Hints::default()
        },
        encoding: "",
        has_errors: false,
        fields: Vec::new(),
    })
}

/// The lines of a page with the size of their letters and the edges of their columns.
fn lines(page: &PageText) -> Vec<PrintedLine> {
    let height = |it: &RecognisedLine| it.bottom - it.top;
    let usual = median(page.lines.iter().map(height).collect());
    let size = |it: &RecognisedLine| {
        let height = height(it);
        let is_usual = (height - usual).abs() <= SAME_SIZE * usual;
        SIZE_OF_HEIGHT * if is_usual { usual } else { height }
    };
    let mut lines = Vec::new();
    for block in page.lines.chunk_by(|a, b| a.block == b.block) {
        let left = block.iter().map(|it| it.left).fold(f64::INFINITY, f64::min);
        let right = block.iter().map(|it| it.right).fold(f64::NEG_INFINITY, f64::max);
        let of_block = block.iter().enumerate();
        lines.extend(of_block.map(|(idx, it)| PrintedLine::recognised(it, size(it), (left, right), idx == 0)));
    }
    lines
}
