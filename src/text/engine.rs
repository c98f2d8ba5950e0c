//! Shaping and breaking, kept for what is on the screen.
//!
//! Shaping a text costs some 35 µs a line, breaking it anew at another width a thirtieth of that; so a [`Layout`] is
//! kept per text, style and scale, and broken again where the width changed.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use egui::{Context, Id};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, CHROMIUM_LINE_BREAK_OVERRIDE, FontWeight, Layout, LayoutContext,
    LineHeight, OverflowWrap, StyleProperty,
};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::arabic::{Span, letter};

use super::atlas::Atlas;
use super::fonts::{FallbackFinder, FontSet, egui_fonts};
use super::style::{Direction, Face, Look, SpanStyle, TextStyle};

/// A colour in which a run is painted: red, green, blue, alpha, premultiplied.
pub type Brush = [u8; 4];

/// Layouts that were not used for a frame are dropped when there are more than this: some 20 MiB of list rows.
const MAX_LAYOUTS: usize = 1_200;

/// Loads the fonts and sets the look. Once, before the first frame.
///
/// What is returned finds installed faces for letters that the bundled ones lack, if it is run on a thread.
pub fn install(ctx: &Context, look: Look) -> FallbackFinder {
    ctx.set_fonts(egui_fonts());
    let (sender, missing) = mpsc::channel();
    let engine = Arc::new(Mutex::new(Engine::new(sender)));
    ctx.data_mut(|data| data.insert_temp(engine_id(), engine));
    set_look(ctx, look);
    FallbackFinder { missing }
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
    /// Counts the times when all layouts became outdated.
    generation: u64,
}

struct Kept {
    layout: Arc<Layout<Brush>>,
    width: Option<f32>,
    align: Alignment,
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
    /// The text.
    pub text: &'a str,
    /// Its style.
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
    /// The bundled fonts, nothing kept. Characters that no face has are sent to `missing`.
    pub fn new(missing: Sender<char>) -> Self {
        Self {
            fonts: FontSet::bundled(missing),
            scratch: LayoutContext::new(),
            atlas: Atlas::default(),
            layouts: HashMap::new(),
            cuts: HashMap::new(),
            frame: 0,
            generation: 0,
        }
    }

    /// Shapes everything anew, since there are other faces.
    pub fn forget_layouts(&mut self) {
        self.layouts.clear();
        self.cuts.clear();
        self.generation += 1;
    }

    /// Whoever keeps layouts asks for them anew when this has changed.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    fn begin_frame(&mut self, frame: u64) {
        if frame == self.frame {
            return;
        }
        let last = std::mem::replace(&mut self.frame, frame);
        self.atlas.begin_frame();
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
            if (kept.width, kept.align) != (width, align) {
                (kept.width, kept.align) = (width, align);
                break_lines(Arc::make_mut(&mut kept.layout), width, align);
            }
            return kept.layout.clone();
        }
        let mut layout = self.shape(request);
        break_lines(&mut layout, width, align);
        let layout = Arc::new(layout);
        self.layouts.insert(
            key,
            Kept {
                layout: layout.clone(),
                width,
                align,
                used_in_frame: frame,
            },
        );
        layout
    }

    /// The text shaped. Letters that no face has are boxes, and sought among the installed faces.
    fn shape(&mut self, request: Request<'_>) -> Layout<Brush> {
        let style = request.style;
        let families = self.fonts.families(style.face);
        let naskh = self.fonts.families(Face::Naskh);
        let mut builder = self
            .scratch
            .ranged_builder(&mut self.fonts.context, request.text, request.scale, true);
        builder.set_base_direction(base_direction(request.text, request.direction));
        // Breaks behind the hyphen of «1948-1967» and not within «1/2», as a browser does.
        builder.set_line_break_override(Some(CHROMIUM_LINE_BREAK_OVERRIDE));
        builder.push_default(StyleProperty::FontFamily(families));
        // A word or an address that is wider than the column breaks where it must, instead of leaving the column.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for word in joined_by_hand(request.text, style.face) {
            builder.push(StyleProperty::FontFamily(naskh.clone()), word);
        }
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::FontWeight(weight(style)));
        builder.push_default(StyleProperty::Brush(style.color.to_array()));
        for span in request.spans {
            if let Some(color) = span.color {
                builder.push(StyleProperty::Brush(color.to_array()), span.span.start..span.span.end);
            }
            if span.bold {
                let words = whole_words(request.text, span.span);
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), words);
            }
        }
        let mut layout = builder.build(request.text);
        // Its runs can be looked at only once it has lines.
        layout.break_all_lines(None);
        self.fonts.seek(missing_chars(&layout, request.text));
        layout
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

fn break_lines(layout: &mut Layout<Brush>, width: Option<f32>, align: Alignment) {
    layout.break_all_lines(width);
    layout.align(align, AlignmentOptions::default());
}

fn weight(style: &TextStyle) -> FontWeight {
    if style.bold {
        FontWeight::BOLD
    } else {
        FontWeight::NORMAL
    }
}

/// The span with the rest of the words that it begins and ends in.
fn whole_words(text: &str, span: Span) -> Range<usize> {
    let touches = |word: &Range<usize>| word.start < span.end && span.start < word.end;
    text.split_word_bound_indices()
        .map(|(start, word)| start..start + word.len())
        .filter(touches)
        .reduce(|first, last| first.start..last.end)
        .unwrap_or(span.start..span.end)
}

/// The words of a text in Plex that hold a joiner or non-joiner. Plex lacks these, and only the letter before them would
/// be set in another face, without its joining; so the whole word is.
fn joined_by_hand(text: &str, face: Face) -> impl Iterator<Item = Range<usize>> + '_ {
    let has_joiner = |word: &str| word.contains([letter::ZWJ, letter::ZWNJ]);
    let is_concerned = face == Face::Plex && has_joiner(text);
    text.split_word_bound_indices()
        .filter(move |(_, word)| is_concerned && has_joiner(word))
        .map(|(start, word)| start..start + word.len())
}

/// The characters that no face has.
fn missing_chars<'a>(layout: &'a Layout<Brush>, text: &'a str) -> impl Iterator<Item = char> + 'a {
    let runs = layout.lines().flat_map(|line| line.runs());
    let clusters = runs.flat_map(|run| run.clusters().collect::<Vec<_>>());
    clusters
        .filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0))
        .flat_map(|cluster| text.get(cluster.text_range()).unwrap_or("").chars())
        .filter(|c| !c.is_control() && !letter::is_invisible(*c))
}
