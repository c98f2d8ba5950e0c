//! Shaping and breaking, kept for what is on the screen.
//!
//! Shaping a text costs some 35 µs a line, breaking it anew at another width a thirtieth of that; so a [`Layout`] is
//! kept per text, style and scale, and broken again where the width changed.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use egui::{Context, Id};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, BreakReason, CHROMIUM_LINE_BREAK_OVERRIDE, FontFeatures, FontWeight,
    Layout, LayoutContext, LineBreakContext, LineHeight, OverflowWrap, PositionedLayoutItem, StyleProperty,
};

use crate::arabic::{Span, letter};

use super::atlas::Atlas;
use super::fonts::{FaceFinder, FontSet, egui_fonts};
use super::style::{Direction, Face, Look, SpanStyle, TextStyle};

/// A colour in which a run is painted: red, green, blue, alpha, premultiplied.
pub type Brush = [u8; 4];

/// Layouts that were not used for a frame are dropped when there are more than this: some 20 MiB of list rows.
const MAX_LAYOUTS: usize = 1_200;

/// How much wider than its column a line may be: Chromium counts in 64ths of a pixel and forgives one.
const BROWSER_EPSILON: f32 = 1.0 / 64.0;

/// Loads the fonts and sets the look. Once, before the first frame.
pub fn install(ctx: &Context, look: Look) {
    ctx.set_fonts(egui_fonts());
    let engine = Arc::new(Mutex::new(Engine::new()));
    ctx.data_mut(|data| data.insert_temp(engine_id(), engine));
    set_look(ctx, look);
}

/// Changes the look from the next widget on.
pub fn set_look(ctx: &Context, look: Look) {
    ctx.data_mut(|data| data.insert_temp(look_id(), look));
    let palette = look.palette;
    let is_dark = palette.surface.intensity() < 0.5;
    let mut visuals = if is_dark {
        egui::Visuals::dark()
    } else {
        egui::Visuals::light()
    };
    visuals.override_text_color = Some(palette.text);
    visuals.panel_fill = palette.surface;
    visuals.window_fill = palette.raised;
    visuals.extreme_bg_color = palette.raised;
    visuals.window_stroke.color = palette.outline;
    visuals.widgets.noninteractive.bg_stroke.color = palette.outline;
    visuals.selection.bg_fill = palette.selection;
    ctx.set_visuals(visuals);
    let animation_time = if look.moves {
        egui::Style::default().animation_time
    } else {
        0.0
    };
    ctx.all_styles_mut(|style| style.animation_time = animation_time);
}

/// The look that [`set_look`] set.
///
/// # Panics
///
/// If [`install`] was not called: a mistake in the program.
pub fn look(ctx: &Context) -> Look {
    ctx.data(|data| data.get_temp(look_id()))
        .expect("text::install is called before the first frame")
}

/// How many faces were found for missing letters so far. Where it grew, layouts kept outside of the engine are out of
/// date.
pub fn n_found_faces(ctx: &Context) -> usize {
    with_engine(ctx, |engine| engine.fonts.n_found)
}

/// What looks for letters that the bundled faces lack. It [runs](FaceFinder::run) on a thread of its own.
///
/// # Panics
///
/// If [`install`] was not called: a mistake in the program.
pub fn face_finder(ctx: &Context) -> FaceFinder {
    with_engine(ctx, |engine| engine.fonts.finder(ctx.clone()))
}

fn engine_id() -> Id {
    Id::unique("fihrist text engine")
}

fn look_id() -> Id {
    Id::unique("fihrist look")
}

/// Fonts, kept layouts and glyph pictures.
pub struct Engine {
    pub fonts: FontSet,
    pub scratch: LayoutContext<Brush>,
    pub atlas: Atlas,
    layouts: HashMap<u64, Kept>,
    /// Where texts were cut to fit: how many bytes are left before the ellipsis.
    cuts: HashMap<u64, Option<usize>>,
    frame: u64,
}

struct Kept {
    /// As it was shaped. Broken to `width`, unless `layout` is another.
    shaped: Arc<Layout<Brush>>,
    /// What is shown: `shaped`, or shaped once more without the gaps of [`seams`].
    layout: Arc<Layout<Brush>>,
    width: Option<f32>,
    align: Alignment,
    /// Whether a letter of it has no glyph.
    lacks_letters: bool,
    used_in_frame: u64,
}

/// Runs `with` on the engine. Not to be nested.
pub fn with_engine<R>(ctx: &Context, with: impl FnOnce(&mut Engine) -> R) -> R {
    let engine: Arc<Mutex<Engine>> = ctx
        .data(|data| data.get_temp(engine_id()))
        .expect("text::install is called before the first frame");
    let mut engine: MutexGuard<'_, Engine> = engine.lock().unwrap_or_else(PoisonError::into_inner);
    engine.begin_frame(ctx.cumulative_frame_nr());
    with(&mut engine)
}

/// A text to be set: what decides its shaping.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// In the order in which it is read.
    pub text: &'a str,
    /// How it looks, but for `spans`.
    pub style: &'a TextStyle,
    /// Where it differs.
    pub spans: &'a [SpanStyle],
    /// Physical pixels in a point.
    pub scale: f32,
    /// For texts without a letter.
    pub direction: Direction,
}

impl Request<'_> {
    fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.text.hash(&mut hasher);
        let style = self.style;
        (
            style.face,
            style.size.to_bits(),
            style.bold,
            style.color,
            style.leading.to_bits(),
        )
            .hash(&mut hasher);
        for span in self.spans {
            (span.span, span.color, span.bold).hash(&mut hasher);
        }
        (self.scale.to_bits(), self.direction).hash(&mut hasher);
        hasher.finish()
    }
}

impl Engine {
    /// The bundled fonts, nothing kept.
    pub fn new() -> Self {
        Self {
            fonts: FontSet::bundled(),
            scratch: LayoutContext::new(),
            atlas: Atlas::default(),
            layouts: HashMap::new(),
            cuts: HashMap::new(),
            frame: 0,
        }
    }

    /// Tidies up between two frames.
    pub fn begin_frame(&mut self, frame: u64) {
        if frame == self.frame {
            return;
        }
        let last = std::mem::replace(&mut self.frame, frame);
        self.atlas.begin_frame();
        if self.fonts.take_found() {
            self.layouts.retain(|_, kept| !kept.lacks_letters);
            self.cuts.clear();
        }
        if MAX_LAYOUTS < self.layouts.len() {
            self.layouts.retain(|_, kept| kept.used_in_frame == last);
        }
        if MAX_LAYOUTS * 4 < self.cuts.len() {
            self.cuts.clear();
        }
    }

    /// The text broken to `width` physical pixels (unbroken without) and aligned in it.
    pub fn layout(&mut self, request: Request<'_>, width: Option<f32>, align: Alignment) -> Arc<Layout<Brush>> {
        let key = request.key();
        let frame = self.frame;
        if let Some(kept) = self.layouts.get_mut(&key) {
            kept.used_in_frame = frame;
            if (kept.width, kept.align) == (width, align) {
                return kept.layout.clone();
            }
        }
        let kept = self.layouts.remove(&key);
        let is_new = kept.is_none();
        let (mut shaped, mut lacks_letters) = match kept {
            // The other reference is dropped first, so that what is kept need not be copied.
            Some(Kept {
                shaped,
                layout,
                lacks_letters,
                ..
            }) => {
                drop(layout);
                (shaped, lacks_letters)
            }
            None => (Arc::new(self.shape(request, &[])), false),
        };
        break_lines(Arc::make_mut(&mut shaped), width, align, &[]);
        if is_new {
            let missing = missing_chars(&shaped, request.text);
            lacks_letters = !missing.is_empty();
            self.fonts.ask_for(missing);
        }
        let layout = match self.close_seams(request, &shaped, width, align) {
            Some(closed) => Arc::new(closed),
            None => shaped.clone(),
        };
        self.layouts.insert(
            key,
            Kept {
                shaped,
                layout: layout.clone(),
                width,
                align,
                lacks_letters,
                used_in_frame: frame,
            },
        );
        layout
    }

    /// The layout without the gaps of its [`seams`]; nothing if it has none.
    fn close_seams(
        &mut self,
        request: Request<'_>,
        layout: &Layout<Brush>,
        width: Option<f32>,
        align: Alignment,
    ) -> Option<Layout<Brush>> {
        let seams = seams(layout, request.text, width);
        if seams.is_empty() {
            return None;
        }
        let mut closed = self.shape(request, &seams);
        break_lines(&mut closed, width, align, &seams);
        // Shaping a space by itself changes a kerned width; where that moves a word, the gap stays.
        let ends = |layout: &Layout<Brush>| layout.lines().map(|line| line.text_range().end).collect::<Vec<_>>();
        (ends(&closed) == ends(layout)).then_some(closed)
    }

    fn shape(&mut self, request: Request<'_>, seams: &[Seam]) -> Layout<Brush> {
        let style = request.style;
        let families = self.fonts.families(style.face);
        let joiners = self.fonts.joiners(style.face, request.text);
        let mut builder = self
            .scratch
            .ranged_builder(&mut self.fonts.context, request.text, request.scale, true);
        builder.set_base_direction(base_direction(request.text, request.direction));
        builder.set_line_break_override(Some(&line_break_override));
        builder.push_default(StyleProperty::FontFamily(families));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::FontWeight(weight(style)));
        builder.push_default(StyleProperty::Brush(style.color.to_array()));
        // An address longer than a line is broken anywhere rather than hidden behind the column's edge.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.face == Face::Amiri {
            // Amiri has other brackets for Latin letters, and parley may take the two of a pair from different sets.
            builder.push_default(StyleProperty::FontFeatures(FontFeatures::Source("'locl' 0".into())));
        }
        for (range, family) in joiners {
            builder.push(StyleProperty::FontFamily(family), range);
        }
        for seam in seams {
            builder.push(
                StyleProperty::WordSpacing(-seam.space / request.scale),
                seam.range.clone(),
            );
        }
        for span in request.spans {
            if let Some(color) = span.color {
                builder.push(StyleProperty::Brush(color.to_array()), span.span.start..span.span.end);
            }
            if span.bold {
                let words = whole_words(request.text, span.span);
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), words);
            }
        }
        builder.build(request.text)
    }

    /// How many bytes of the text stay before an ellipsis so that it fits; nothing if all of it fits.
    ///
    /// `fits` says whether a candidate fits. It is asked at word ends, or between letters if not even one word fits.
    pub fn cut(
        &mut self,
        request: Request<'_>,
        width: f32,
        max_lines: usize,
        fits: impl Fn(&mut Self, Request<'_>) -> bool,
    ) -> Option<usize> {
        let mut hasher = DefaultHasher::new();
        (request.key(), width.to_bits(), max_lines).hash(&mut hasher);
        let key = hasher.finish();
        if let Some(cut) = self.cuts.get(&key) {
            return *cut;
        }
        let text = request.text;
        let cut = if fits(self, request) {
            None
        } else {
            let letters: Vec<usize> = text
                .char_indices()
                .filter(|(_, c)| !letter::is_within_word(*c))
                .map(|(at, _)| at)
                .collect();
            let count = letters.partition_point(|at| {
                let candidate = ellipsised(text, *at);
                fits(
                    self,
                    Request {
                        text: &candidate,
                        spans: &[],
                        ..request
                    },
                )
            });
            let at = letters.get(count.saturating_sub(1)).copied().unwrap_or(0);
            // A whole word is left out rather than cut, if that costs little.
            let word = text[..at].rfind(char::is_whitespace).unwrap_or(0);
            Some(if at < word * 5 / 4 { word } else { at })
        };
        self.cuts.insert(key, cut);
        cut
    }
}

/// The first `end` bytes of `text`, and an ellipsis.
pub fn ellipsised(text: &str, end: usize) -> String {
    let kept = text.get(..end).unwrap_or(text);
    format!(
        "{}…",
        kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '،' | '.' | ',' | ':'))
    )
}

/// A paragraph's direction is that of its first letter; without one, that of its surroundings.
pub fn base_direction(text: &str, surroundings: Direction) -> BaseDirection {
    match letter::first_strong_is_rtl(text).unwrap_or(surroundings.is_rtl()) {
        true => BaseDirection::Rtl,
        false => BaseDirection::Ltr,
    }
}

/// Where a line may break: as in Chromium, but never behind the hyphen that begins a word (UAX #14, rule LB20a).
fn line_break_override(context: LineBreakContext) -> Option<bool> {
    let LineBreakContext {
        before_before,
        before,
        after,
        ..
    } = context;
    let begins_word = matches!(before, '-' | '\u{2010}') && before_before.is_none_or(char::is_whitespace);
    if begins_word && after.is_alphabetic() {
        return Some(false);
    }
    CHROMIUM_LINE_BREAK_OVERRIDE(context)
}

/// White space that ends a line within words of the other direction.
struct Seam {
    line_idx: usize,
    /// What the line may hold when the white space takes no room, in physical pixels.
    room: f32,
    range: Range<usize>,
    /// The width of one space, in physical pixels.
    space: f32,
}

/// Where white space at a line's end would show as a gap in the middle of the line.
///
/// UAX #9, rule L1, moves the space behind "Orchard", where a line ends between two Latin words of an Arabic
/// paragraph, to the line's end; parley leaves it at the right of "Orchard", beside the Arabic word.
fn seams(layout: &Layout<Brush>, text: &str, width: Option<f32>) -> Vec<Seam> {
    let mut seams = Vec::new();
    let Some(width) = width else { return seams };
    for (line_idx, line) in layout.lines().enumerate() {
        let wraps = matches!(line.break_reason(), BreakReason::Regular | BreakReason::Emergency);
        if !wraps || line.metrics().hanging_advance != 0.0 {
            continue;
        }
        let end = line.text_range().end;
        let line_text = text.get(line.text_range()).unwrap_or_default();
        let start = end - (line_text.len() - line_text.trim_end_matches(' ').len());
        let space = line
            .runs()
            .flat_map(|run| run.clusters())
            .find(|cluster| cluster.text_range().start == start)
            .filter(|_| start < end);
        if let Some(space) = space {
            let gap = space.advance() * (end - start) as f32;
            seams.push(Seam {
                line_idx,
                room: (width - gap)
                    .max(line.metrics().advance - gap + BROWSER_EPSILON)
                    .min(width),
                range: start..end,
                space: space.advance(),
            });
        }
    }
    seams
}

/// Breaks the text anew and aligns it. The lines of `seams` hold no more than they did with their gaps.
fn break_lines(layout: &mut Layout<Brush>, width: Option<f32>, align: Alignment, seams: &[Seam]) {
    match width {
        None => layout.break_all_lines(None),
        Some(width) => {
            let mut lines = layout.break_lines();
            lines.state_mut().set_layout_max_advance(width + BROWSER_EPSILON);
            for line_idx in 0.. {
                let seam = seams.iter().find(|it| it.line_idx == line_idx);
                let room = seam.map_or(width, |it| it.room);
                lines.state_mut().set_line_max_advance(room + BROWSER_EPSILON);
                if lines.break_next().is_none() {
                    break;
                }
                lines.set_prior_line_width(width);
            }
            lines.finish();
        }
    }
    layout.align(align, AlignmentOptions::default());
}

/// The span with all of the words that it begins and ends in.
fn whole_words(text: &str, span: Span) -> Range<usize> {
    let ends_word = |c: char| !c.is_alphanumeric() && !letter::is_within_word(c);
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let start = before.len() - before.rsplit(ends_word).next().map_or(0, str::len);
    let end = span.end + after.split(ends_word).next().map_or(0, str::len);
    start..end.min(text.len())
}

fn weight(style: &TextStyle) -> FontWeight {
    if style.bold {
        FontWeight::BOLD
    } else {
        FontWeight::NORMAL
    }
}

/// The characters that no face has, of a text that was broken into lines.
pub fn missing_chars(layout: &Layout<Brush>, text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for line in layout.lines() {
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(run) = item else {
                continue;
            };
            if run.glyphs().all(|glyph| glyph.id != 0) {
                continue;
            }
            for cluster in run.run().clusters() {
                if cluster.glyphs().any(|glyph| glyph.id == 0)
                    && let Some(piece) = text.get(cluster.text_range())
                {
                    missing.extend(piece.chars().filter(|c| !c.is_control() && !letter::is_invisible(*c)));
                }
            }
        }
    }
    missing
}
