//! Reads the text layer of PDF files.
//!
//! A PDF places glyphs on a page and says, at best, which letters they are: by the tables of its fonts, and for some of
//! them by what it says is written there (ActualText), which is always right. The text is reconstructed from their
//! positions: glyphs into lines, lines into columns, columns from right to left, lines into paragraphs. So it does not
//! matter in which order the glyphs were drawn, nor whether a program wrote Arabic backwards or as presentation forms.
//!
//! Here the glyphs are collected. `cmap` knows their letters where the library does not, `marks` which letter has which
//! marks, `blocks` where lines and columns are, `visual` in which order a line is read, `printed` what a paragraph is,
//! and `legible` whether all that was text.
//!
//! Not for rotated text.

use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};

use crate::arabic::letter;
use crate::archive::article::Problem;
use crate::archive::bound::Bound;
use crate::archive::reason::{Damage, Reason};
use crate::archive::record::{Content, Hints, Outcome, Record, Sink};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, CacheKey as _, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::cmap::{FontLetters, Found};
use super::exports::Labels;
use super::html;
use super::legible;
use super::marks::{Drawn, Known, Sign, with_marks};
use super::printed::{PrintedLine, page_lines, reading_order};
use super::scan;
use super::visual::Habits;

/// A document with fewer letters has no text layer worth the name. A guess.
const MIN_LETTERS: usize = 20;

/// A font has no more kinds of spaces. A guess.
const MOST_SPACES: usize = 4;

/// Reads the text of a document.
pub fn read(sink: &mut dyn Sink, bytes: Vec<u8>) -> Outcome {
    let pdf = load(bytes)?;
    let printed = printed(&pdf);
    let has_pages_of_pictures = !printed.has_failed && !pdf.pages().is_empty();
    if printed.n_letters < MIN_LETTERS && has_pages_of_pictures && sink.recognises_scans() {
        return scan::read_pages(sink, &pdf, printed.problems);
    }
    if printed.n_letters < MIN_LETTERS {
        let reason = match printed {
            Printed { has_failed: true, .. } => Reason::Damaged(Damage::ReaderFailed),
            Printed { n_nameless, .. } if n_nameless < MIN_LETTERS => Reason::NoText,
            _ => Reason::NoLetters,
        };
        return Err(reason.into());
    }
    let (lines, page_starts) = page_lines(printed.lines, printed.n_pages, printed.habits);
    let mut problems = printed.problems;
    if !legible::is_legible(
        lines.iter().map(|(text, _)| text.as_str()),
        printed.n_letters,
        printed.n_nameless,
    ) {
        problems.push(Problem::Illegible);
    }
    sink.emit(Record {
        content: Content::Lines(lines),
        hints: Hints {
            problems,
            page_starts,
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
    habits: Habits,
    n_letters: usize,
    n_nameless: usize,
    /// What was not followed.
    problems: Vec<Problem>,
    /// Whether the library failed at a page; its text up to there was taken.
    has_failed: bool,
}

#[derive(Default)]
struct Page {
    /// In the order of the file.
    drawn: Vec<Drawn>,
    /// The number of glyphs that are drawn, and mapped to no letter by the document.
    n_nameless: usize,
    /// How often each of those is that is not seen.
    blanks: HashMap<u32, usize>,
    /// Whether it has more signs than are read.
    has_more: bool,
}

/// Reads the pages of a document as those of a scan, whatever text it has: the user says so.
pub fn read_as_scan(sink: &mut dyn Sink, bytes: Vec<u8>) -> Outcome {
    let pdf = load(bytes)?;
    scan::read_pages(sink, &pdf, Vec::new())
}

/// A document that can be opened.
fn load(bytes: Vec<u8>) -> Result<Pdf, Reason> {
    Pdf::new(bytes).map_err(|err| match err {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Reason::Locked,
        LoadPdfError::Decryption(_) => Reason::Locked,
        LoadPdfError::Invalid => Reason::Damaged(Damage::NotWholePdf),
    })
}

fn printed(pdf: &Pdf) -> Printed {
    let cache = InterpreterCache::new();
    let mut letters = FontLetters::new(pdf);
    let mut known = Known::default();
    let producer = pdf.metadata().producer.as_deref().map(text_string);
    let mut printed = Printed {
        habits: Habits::of(&producer.unwrap_or_default()),
        ..Printed::default()
    };
    if Bound::Pages.limit() < pdf.pages().len() {
        printed.problems.push(Problem::Beyond(Bound::Pages));
    }
    let mut beside = Labels::default();
    let mut n_drawn = 0;
    for (idx, page) in pdf.pages().iter().take(Bound::Pages.limit()).enumerate() {
        let coefficients = page.initial_transform(false).as_coeffs();
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::new(coefficients), area, &cache, pdf.xref(), settings);
        let mut collector = Collector {
            page: Page::default(),
            letters: &mut letters,
            marked: Vec::new(),
            told: None,
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
        collector.end_told();
        let Page {
            drawn,
            n_nameless,
            blanks,
            has_more,
        } = collector.page;
        if has_more {
            html::note(&mut printed.problems, Bound::Signs);
        }
        let signs = with_marks(drawn, &mut known);
        let is_letter = |it: &&Sign| it.text.chars().any(char::is_alphabetic);
        printed.n_letters += signs.iter().filter(is_letter).count();
        printed.n_nameless += n_nameless;
        // The library does not see all that is drawn.
        if MOST_SPACES < blanks.len() {
            printed.n_nameless += blanks.values().sum::<usize>();
        }
        printed.n_pages += 1;
        printed
            .lines
            .extend(reading_order(signs, &mut beside).into_iter().map(|it| (idx, it)));
        if n_drawn == MAX_DRAWN {
            break;
        }
    }
    printed
}

/// What all pages of a document may draw; see [`Bound::Drawing`].
const MAX_DRAWN: usize = 10 * Bound::Drawing.limit();

/// The payload with which a page that draws without end is unwound.
struct Endless;

/// A device that collects glyphs and draws nothing.
struct Collector<'c, 'a> {
    page: Page,
    letters: &'c mut FontLetters<'a>,
    /// For each piece of marked content that is open: whether [`Self::told`] is of it.
    marked: Vec<bool>,
    told: Option<Told>,
    /// How much more may be drawn.
    n_left: usize,
}

/// What a document says is written in a piece of marked content (ActualText; ISO 32000-2, 14.9.4).
struct Told {
    text: String,
    /// The first glyph of the piece, in [`Page::drawn`].
    start: usize,
}

impl Collector<'_, '_> {
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

    /// What is known of the letters of a glyph.
    fn letters(&mut self, glyph: &Glyph<'_>) -> Found {
        let said = |text| Found {
            said: Some(text),
            meant: None,
        };
        match (glyph.as_unicode(), glyph) {
            (Some(BfString::Char(c)), _) => said(c.to_string()),
            (Some(BfString::String(text)), _) => said(text),
            (None, Glyph::Outline(it)) => self.letters.find(it),
            (None, Glyph::Type3(_)) => Found::default(),
        }
    }

    /// Makes one of the glyphs of which the document says what is written there.
    fn end_told(&mut self) {
        let Some(Told { text, start }) = self.told.take() else {
            return;
        };
        let glyphs = &self.page.drawn[start..];
        let widest = glyphs
            .iter()
            .max_by(|a, b| (a.end - a.start).total_cmp(&(b.end - b.start)));
        let Some(widest) = widest.cloned() else { return };
        let is_one_line = glyphs.iter().all(|it| (it.y - widest.y).abs() < widest.size);
        let n_named = glyphs.iter().filter(|it| !it.text.is_empty()).count();
        // What is said of several lines cannot be divided among them. Where there are letters, they are taken.
        if !is_one_line && glyphs.len() < 2 * n_named {
            return;
        }
        let first = glyphs.iter().map(|it| it.start).fold(f64::INFINITY, f64::min);
        let last = glyphs.iter().map(|it| it.end).fold(f64::NEG_INFINITY, f64::max);
        let glyphs = glyphs.iter().flat_map(|it| it.glyphs.clone()).collect();
        self.page.drawn.truncate(start);
        if !text.is_empty() {
            self.page.drawn.push(Drawn {
                text,
                is_silent: false,
                meant: None,
                is_told: true,
                glyphs,
                start: first,
                end: last,
                ..widest
            });
        }
    }
}

impl Device<'_> for Collector<'_, '_> {
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

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.count(1);
        let text = properties.and_then(|it| it.get::<PdfString<'_>>("ActualText"));
        // What is said of a whole holds for its parts.
        let text = text.filter(|_| self.told.is_none());
        self.marked.push(text.is_some());
        if let Some(text) = text {
            self.told = Some(Told {
                text: text_string(text.as_bytes()),
                start: self.page.drawn.len(),
            });
        }
    }

    fn end_marked_content(&mut self) {
        if self.marked.pop() == Some(true) {
            self.end_told();
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.count(1);
            if Bound::Signs.limit() <= self.page.drawn.len() {
                self.page.has_more = true;
                return;
            }
            let Found { said, meant } = self.letters(glyph);
            let ink = ink(glyph, said.as_deref());
            if said.is_none() && meant.is_none() && self.told.is_none() {
                if ink.is_some_and(is_blank) {
                    *self.page.blanks.entry(glyph.char_code()).or_default() += 1;
                    continue;
                }
                self.page.n_nameless += 1;
            }
            let transform = props.transform * glyph.transform();
            let (advance, id) = match &**glyph {
                Glyph::Outline(it) => (it.advance_width(), it.identifier().cache_key()),
                Glyph::Type3(it) => (it.advance_width(), it.cache_key()),
            };
            let start = transform * Point::ZERO;
            let end = transform * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            // The height of the em: a sign's width may be stretched.
            let top = transform * Point::new(0.0, 1_000.0);
            let size = (top - start).hypot();
            let is_level = (end.y - start.y).abs() <= (end.x - start.x).abs();
            let is_placed = [start.x, start.y, end.x, size].iter().all(|it| it.is_finite());
            if is_level && is_placed && 0.1 < size {
                let ink = ink
                    .filter(|it| !is_blank(*it))
                    .map(|it| transform.transform_rect_bbox(it));
                self.page.drawn.push(Drawn {
                    is_silent: said.as_ref().is_some_and(String::is_empty),
                    text: said.unwrap_or_default(),
                    meant,
                    is_told: false,
                    glyphs: vec![id],
                    start: start.x.min(end.x),
                    end: start.x.max(end.x),
                    y: start.y,
                    size,
                    ink: ink.map(|it| (it.x0, it.x1)),
                });
            }
        }
    }
}

/// Where a glyph is drawn; not known of those that are drawn by instructions, and not asked of letters and spaces.
fn ink(glyph: &Glyph<'_>, text: Option<&str>) -> Option<Rect> {
    let is_plain = |it: &str| {
        it.chars()
            .any(|c| c.is_alphanumeric() && !letter::is_tashkeel(c) || c.is_whitespace())
    };
    match glyph {
        Glyph::Outline(it) if !text.is_some_and(is_plain) => Some(it.outline().bounding_box()),
        _ => None,
    }
}

fn is_blank(ink: Rect) -> bool {
    ink.width() <= 0.0 && ink.height() <= 0.0
}

/// A string of text: UTF-16 or UTF-8 by its first bytes, else PDFDocEncoding, of which the letters are those of Latin-1
/// (ISO 32000-2, 7.9.2.2).
fn text_string(bytes: &[u8]) -> String {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|it| unit([it[0], it[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|it| char::from(*it)).collect(),
    }
}
