//! Reads the text layer of PDF files.
//!
//! A PDF places glyphs on a page and says, at best, which letters they are. The text is reconstructed from their
//! positions: glyphs into lines, lines into columns, columns from right to left, lines into paragraphs. So it does not
//! matter in which order the glyphs were drawn, nor whether a program wrote Arabic backwards or as presentation forms.
//! What is read from left to right within a line (numbers, Latin words) is found by the reordering rules of the
//! bidirectional algorithm (UAX #9), applied backwards.
//!
//! Not for tables, whose cells become words of lines, nor for rotated text.

use std::panic::{self, AssertUnwindSafe};

use crate::archive::article::Problem;
use crate::archive::bound::Bound;
use crate::archive::reason::{Damage, Reason};
use crate::archive::record::{Content, Hints, Outcome, Record, Sink};
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::html;
use super::printed::{PrintedLine, Sign, page_lines, reading_order};

/// A document with fewer letters has no text layer worth the name. A guess.
const MIN_LETTERS: usize = 20;

/// Reads the text of a document.
pub fn read(sink: &mut dyn Sink, bytes: Vec<u8>) -> Outcome {
    let printed = printed(bytes)?;
    if printed.n_letters < MIN_LETTERS {
        let reason = match printed {
            Printed { has_failed: true, .. } => Reason::Damaged(Damage::ReaderFailed),
            Printed { n_nameless, .. } if n_nameless < MIN_LETTERS => Reason::NoText,
            _ => Reason::NoLetters,
        };
        return Err(reason.into());
    }
    sink.emit(Record {
        content: Content::Lines(page_lines(printed.lines, printed.n_pages)),
        hints: Hints {
            problems: printed.problems,
            ..Hints::default()
        },
        encoding: "PDF",
        has_errors: false,
        fields: Vec::new(),
    })?;
    match printed.has_failed {
        true => Err(Damage::ReaderFailed.into()),
        false => Ok(()),
    }
}

/// What is printed on the pages of a document.
#[derive(Default)]
struct Printed {
    /// The lines with the number of their page, from 0, in the order of reading.
    lines: Vec<(usize, PrintedLine)>,
    n_pages: usize,
    n_letters: usize,
    n_nameless: usize,
    /// What was not followed.
    problems: Vec<Problem>,
    /// Whether the library failed at a page; its text up to there was taken.
    has_failed: bool,
}

#[derive(Default)]
struct Page {
    signs: Vec<Sign>,
    /// The number of glyphs that the document maps to no letter.
    n_nameless: usize,
    /// Whether it has more signs than are read.
    has_more: bool,
}

fn printed(bytes: Vec<u8>) -> Result<Printed, Reason> {
    let pdf = Pdf::new(bytes).map_err(|err| match err {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Reason::Locked,
        LoadPdfError::Decryption(_) => Reason::Locked,
        LoadPdfError::Invalid => Reason::Damaged(Damage::NotWholePdf),
    })?;
    let cache = InterpreterCache::new();
    let mut printed = Printed::default();
    if Bound::Pages.limit() < pdf.pages().len() {
        printed.problems.push(Problem::Beyond(Bound::Pages));
    }
    let mut n_drawn = 0;
    for (idx, page) in pdf.pages().iter().take(Bound::Pages.limit()).enumerate() {
        let coefficients = page.initial_transform(false).as_coeffs();
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::new(coefficients), area, &cache, pdf.xref(), settings);
        let mut collector = Collector {
            page: Page::default(),
            n_left: Bound::Drawing.limit().min(MAX_DRAWN - n_drawn),
        };
        let n_at_first = collector.n_left;
        // The library has no other way to be stopped, and a page at which it fails costs no other page.
        let drawn = panic::catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut collector)));
        n_drawn += n_at_first - collector.n_left;
        match drawn {
            Ok(()) => {}
            Err(payload) if payload.is::<Endless>() => html::note(&mut printed.problems, Bound::Drawing),
            Err(_told_by_the_hook) => printed.has_failed = true,
        }
        let Page {
            signs,
            n_nameless,
            has_more,
        } = collector.page;
        if has_more {
            html::note(&mut printed.problems, Bound::Signs);
        }
        let is_letter = |it: &&Sign| it.text.chars().any(char::is_alphabetic);
        printed.n_letters += signs.iter().filter(is_letter).count();
        printed.n_nameless += n_nameless;
        printed.n_pages += 1;
        printed
            .lines
            .extend(reading_order(signs).into_iter().map(|it| (idx, it)));
        if n_drawn == MAX_DRAWN {
            break;
        }
    }
    Ok(printed)
}

/// What all pages of a document may draw; see [`Bound::Drawing`].
const MAX_DRAWN: usize = 10 * Bound::Drawing.limit();

/// The payload with which a page that draws without end is unwound.
struct Endless;

/// A device that collects glyphs and draws nothing.
struct Collector {
    page: Page,
    /// How much more may be drawn.
    n_left: usize,
}

impl Collector {
    /// Counts something that is drawn, or that something else is drawn in. Forms that draw each other, a few of each,
    /// are drawn without end.
    fn count(&mut self, n: usize) {
        match self.n_left.checked_sub(n) {
            Some(left) => self.n_left = left,
            None => {
                self.n_left = 0;
                // Unlike a panic this is not reported.
                panic::resume_unwind(Box::new(Endless));
            }
        }
    }
}

impl Device<'_> for Collector {
    fn draw_path(&mut self, path: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count(1 + path.elements().len());
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count(1);
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count(1);
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.count(1);
            if Bound::Signs.limit() <= self.page.signs.len() {
                self.page.has_more = true;
                return;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => {
                    self.page.n_nameless += 1;
                    continue;
                }
            };
            let transform = props.transform * glyph.transform();
            let advance = match &**glyph {
                hayro_interpret::font::Glyph::Outline(it) => it.advance_width(),
                hayro_interpret::font::Glyph::Type3(it) => it.advance_width(),
            };
            let start = transform * Point::ZERO;
            let end = transform * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            // The height of the em: a sign's width may be stretched.
            let top = transform * Point::new(0.0, 1_000.0);
            let size = (top - start).hypot();
            let is_level = (end.y - start.y).abs() <= (end.x - start.x).abs();
            let is_placed = [start.x, start.y, end.x, size].iter().all(|it| it.is_finite());
            if is_level && is_placed && 0.1 < size {
                self.page.signs.push(Sign {
                    text,
                    start: start.x.min(end.x),
                    end: start.x.max(end.x),
                    y: start.y,
                    size,
                });
            }
        }
    }
}
