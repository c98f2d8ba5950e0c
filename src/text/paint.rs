//! Texts on the screen: one line, several lines, a paragraph.

use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, Response, Role, Sense, Shape, Ui, Vec2, WidgetInfo};
use egui::{pos2, vec2};
use parley::{Affinity, Alignment, Cursor, GlyphRun, Layout, PositionedLayoutItem, Selection};

use crate::arabic::Span;

use super::atlas::{BINS, GlyphKey};
use super::engine::{Brush, Engine, Request, ellipsised, look, with_engine};
use super::style::{Direction, SpanStyle, TextStyle};

/// Where a line stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineAlign {
    /// At the reading start.
    Start,
    /// In the middle.
    Center,
    /// At the reading end.
    End,
}

/// The size of a text in one line, in points.
pub fn measure(ctx: &Context, text: &str, style: &TextStyle) -> Vec2 {
    let request = Request {
        text,
        style,
        spans: &[],
        scale: ctx.pixels_per_point(),
        direction: look(ctx).direction,
    };
    with_engine(ctx, |engine| {
        let layout = engine.layout(request, None, Alignment::Start);
        vec2(layout.width(), layout.height()) / request.scale
    })
}

/// The longest end of `text` that is no wider than `width` in one line, from the beginning of a word on; nothing if not
/// even its last word fits.
pub fn fitting_end<'a>(ctx: &Context, text: &'a str, style: &TextStyle, width: f32) -> &'a str {
    let widths = widths(ctx, text, style);
    let mut left = width;
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        left -= width_at(&widths, at);
        if left < 0.0 {
            return &text[start..];
        }
        if at == 0 || text[..at].ends_with(char::is_whitespace) && !c.is_whitespace() {
            start = at;
        }
    }
    text
}

/// The longest beginning of `text` that is no wider than `width` in one line, up to the end of a word; nothing if not
/// even its first word fits.
pub fn fitting_start<'a>(ctx: &Context, text: &'a str, style: &TextStyle, width: f32) -> &'a str {
    let widths = widths(ctx, text, style);
    let mut left = width;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            end = at;
        }
        left -= width_at(&widths, at);
        if left < 0.0 {
            return &text[..end];
        }
    }
    text
}

fn width_at(widths: &[(usize, f32)], at: usize) -> f32 {
    let found = widths.binary_search_by_key(&at, |it| it.0);
    found.map_or(0.0, |idx| widths[idx].1)
}

/// How wide each letter of a text is in one line, by where it begins, in the order of the text. Those that are drawn as one
/// count for the first.
fn widths(ctx: &Context, text: &str, style: &TextStyle) -> Vec<(usize, f32)> {
    let request = Request {
        text,
        style,
        spans: &[],
        scale: ctx.pixels_per_point(),
        direction: look(ctx).direction,
    };
    with_engine(ctx, |engine| {
        let layout = engine.layout(request, None, Alignment::Start);
        let runs = layout.lines().flat_map(|line| line.runs());
        let clusters = runs.flat_map(|run| run.clusters());
        let mut widths: Vec<(usize, f32)> = clusters
            .map(|it| (it.text_range().start, it.advance() / request.scale))
            .collect();
        widths.sort_unstable_by_key(|it| it.0);
        widths
    })
}

/// The size of a paragraph over a width, in points.
pub fn paragraph_size(ctx: &Context, text: &str, spans: &[SpanStyle], style: &TextStyle, width: f32) -> Vec2 {
    let look = look(ctx);
    let request = Request {
        text,
        style,
        spans,
        scale: ctx.pixels_per_point(),
        direction: look.direction,
    };
    let width = (width * request.scale).floor();
    with_engine(ctx, |engine| {
        let layout = engine.layout(request, Some(width), look.direction.alignment());
        vec2(layout.width(), layout.height()) / request.scale
    })
}

/// A paragraph over the available width.
pub fn text_ui(ui: &mut Ui, text: &str, style: &TextStyle) -> Response {
    let ctx = ui.ctx().clone();
    let request = Request {
        text,
        style,
        spans: &[],
        scale: ctx.pixels_per_point(),
        direction: look(&ctx).direction,
    };
    let width = ui.available_width();
    with_engine(&ctx, |engine| {
        let layout = engine.layout(request, Some((width * request.scale).floor()), Alignment::Start);
        let (rect, response) = ui.allocate_exact_size(vec2(width, layout.height() / request.scale), Sense::hover());
        paint_layout(engine, ui.painter(), &layout, rect.min, &[], request.scale);
        name(&response, text);
        response
    })
}

/// One line as wide as its text, or as there is room; then an ellipsis stands at its reading end.
pub fn line_ui(ui: &mut Ui, text: &str, style: &TextStyle) -> Response {
    let size = measure(ui.ctx(), text, style);
    let width = size.x.ceil().min(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, size.y), Sense::hover());
    // The half pixel keeps a line that fits exactly from being cut.
    paint_line(ui, rect.expand2(vec2(0.5, 0.0)), text, &[], style, LineAlign::Start);
    name(&response, text);
    response
}

/// Paints one line into `rect`, vertically centred, with an ellipsis at its reading end where it is too long.
pub fn paint_line(ui: &Ui, rect: Rect, text: &str, spans: &[SpanStyle], style: &TextStyle, align: LineAlign) {
    let ctx = ui.ctx();
    let direction = look(ctx).direction;
    let request = Request {
        text,
        style,
        spans,
        scale: ctx.pixels_per_point(),
        direction,
    };
    let width = rect.width() * request.scale;
    with_engine(ctx, |engine| {
        let fits =
            |engine: &mut Engine, request: Request<'_>| engine.layout(request, None, Alignment::Start).width() <= width;
        with_cut(engine, request, width, 1, fits, |engine, request| {
            let layout = engine.layout(request, None, Alignment::Start);
            let size = vec2(layout.width(), layout.height()) / request.scale;
            let left = match (align, direction.is_rtl()) {
                (LineAlign::Center, _) => rect.center().x - size.x / 2.0,
                (LineAlign::Start, true) | (LineAlign::End, false) => rect.right() - size.x,
                (LineAlign::Start, false) | (LineAlign::End, true) => rect.left(),
            };
            let origin = pos2(left, rect.center().y - size.y / 2.0);
            paint_layout(engine, ui.painter(), &layout, origin, request.spans, request.scale);
        });
    });
}

/// Paints at most `max_lines` lines from the top of `rect` and returns their height in points. What is too long ends
/// in an ellipsis. All lines begin at the edge of `rect` that `side` calls its start.
pub fn paint_lines(
    ui: &Ui,
    rect: Rect,
    text: &str,
    spans: &[SpanStyle],
    style: &TextStyle,
    side: Direction,
    max_lines: usize,
) -> f32 {
    let ctx = ui.ctx();
    let direction = look(ctx).direction;
    let request = Request {
        text,
        style,
        spans,
        scale: ctx.pixels_per_point(),
        direction,
    };
    let width = (rect.width() * request.scale).floor();
    let align = side.alignment();
    with_engine(ctx, |engine| {
        let fits =
            |engine: &mut Engine, request: Request<'_>| engine.layout(request, Some(width), align).len() <= max_lines;
        let mut height = 0.0;
        with_cut(engine, request, width, max_lines, fits, |engine, request| {
            let layout = engine.layout(request, Some(width), align);
            height = layout.height() / request.scale;
            paint_layout(engine, ui.painter(), &layout, rect.min, request.spans, request.scale);
        });
        height
    })
}

/// Calls `paint` with the text, cut where it does not fit.
fn with_cut(
    engine: &mut Engine,
    request: Request<'_>,
    width: f32,
    max_lines: usize,
    fits: impl Fn(&mut Engine, Request<'_>) -> bool,
    paint: impl FnOnce(&mut Engine, Request<'_>),
) {
    match engine.cut(request, width, max_lines, fits) {
        None => paint(engine, request),
        Some(end) => {
            let text = ellipsised(request.text, end);
            let end = text.len() - '…'.len_utf8();
            let spans: Vec<SpanStyle> = request.spans.iter().filter(|it| it.span.end <= end).copied().collect();
            paint(
                engine,
                Request {
                    text: &text,
                    spans: &spans,
                    ..request
                },
            );
        }
    }
}

/// Far less than a pixel, and far more than the error of an `f32` on a screen: a text that stands between two pixels
/// goes to the same one wherever it is scrolled to.
const HALF_UP: f32 = 1.0 / 64.0;

/// Paints a layout with its top left corner at `origin`, in points.
///
/// The origin is rounded to physical pixels, so that text is crisp.
pub fn paint_layout(
    engine: &mut Engine,
    painter: &Painter,
    layout: &Layout<Brush>,
    origin: Pos2,
    spans: &[SpanStyle],
    scale: f32,
) {
    let origin_px = (origin.to_vec2() * scale + vec2(0.0, HALF_UP)).round();
    let clip = painter.clip_rect();
    let to_points = |rect: Rect| Rect::from_min_max((rect.min + origin_px) / scale, (rect.max + origin_px) / scale);

    for span in spans {
        if span.background.is_none() && !span.underline {
            continue;
        }
        for rect in rects_of(layout, span.span) {
            let rect = to_points(rect);
            if let Some(color) = span.background {
                let pad = rect.height() * 0.14;
                painter.rect_filled(rect.shrink2(vec2(-1.0, pad)), 2.0, color);
            }
        }
    }

    let mut meshes: Vec<Mesh> = Vec::new();
    for line in layout.lines() {
        let metrics = line.metrics();
        let top = (metrics.block_min_coord + origin_px.y) / scale;
        let bottom = (metrics.block_max_coord + origin_px.y) / scale;
        // Marks may reach into the neighbouring line.
        let reach = (bottom - top) * 0.5;
        if bottom + reach < clip.top() || clip.bottom() < top - reach {
            continue;
        }
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(run) = item else {
                continue;
            };
            add_glyphs(engine, painter.ctx(), &run, origin_px, scale, &mut meshes);
        }
    }
    engine.atlas.upload();
    for mesh in meshes {
        painter.add(Shape::mesh(mesh));
    }

    for span in spans.iter().filter(|span| span.underline) {
        for rect in rects_of(layout, span.span) {
            let rect = to_points(rect);
            let color = span.color.unwrap_or(look(painter.ctx()).palette.text);
            let y = rect.bottom() - rect.height() * 0.12;
            painter.hline(rect.x_range(), y, egui::Stroke::new(1.0, color));
        }
    }
}

/// Adds the glyphs of a run to the mesh of the texture that each lies in.
fn add_glyphs(
    engine: &mut Engine,
    ctx: &Context,
    run: &GlyphRun<'_, Brush>,
    origin_px: Vec2,
    scale: f32,
    meshes: &mut Vec<Mesh>,
) {
    let font = run.run().font();
    let size = run.run().font_size();
    let [r, g, b, a] = run.style().brush;
    let color = Color32::from_rgba_premultiplied(r, g, b, a);
    for glyph in run.positioned_glyphs() {
        let x = glyph.x + origin_px.x;
        let mut left = x.floor();
        let mut bin = ((x - left) * f32::from(BINS)).round() as u8;
        if BINS <= bin {
            (bin, left) = (0, left + 1.0);
        }
        let base = (glyph.y + origin_px.y).round();
        let key = GlyphKey {
            font: font.data.id(),
            font_index: font.index,
            glyph: glyph.id as u16,
            size_bits: size.to_bits(),
            bin,
        };
        let Some(picture) = engine.atlas.picture(ctx, key, font.data.as_ref()) else {
            continue;
        };
        let min = pos2(left + picture.left as f32, base - picture.top as f32);
        let rect = Rect::from_min_size(min, vec2(picture.width as f32, picture.height as f32));
        let rect = Rect::from_min_max(rect.min / scale, rect.max / scale);
        let mesh_idx = meshes.iter().position(|it| it.texture_id == picture.texture);
        let mesh_idx = mesh_idx.unwrap_or_else(|| {
            meshes.push(Mesh::with_texture(picture.texture));
            meshes.len() - 1
        });
        let color = if picture.has_colors {
            Color32::from_white_alpha(a)
        } else {
            color
        };
        meshes[mesh_idx].add_rect_with_uv(rect, picture.uv, color);
    }
}

/// The rectangles that a span covers, in the layout's pixels: several where it crosses lines or directions.
pub fn rects_of(layout: &Layout<Brush>, span: Span) -> Vec<Rect> {
    let mut rects = Vec::new();
    let start = Cursor::from_byte_index(layout, span.start, Affinity::Downstream);
    let end = Cursor::from_byte_index(layout, span.end, Affinity::Upstream);
    Selection::new(start, end).geometry_with(layout, |box_, _line| {
        rects.push(Rect::from_min_max(
            pos2(box_.x0 as f32, box_.y0 as f32),
            pos2(box_.x1 as f32, box_.y1 as f32),
        ));
    });
    rects
}

/// Gives painted text a name for a screen reader.
pub fn name(response: &Response, text: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
}

#[cfg(test)]
mod tests {
    use super::super::style::{Direction, Face};
    use super::*;

    fn style() -> TextStyle {
        TextStyle {
            face: Face::Naskh,
            size: 18.0,
            bold: false,
            color: Color32::BLACK,
            leading: 1.8,
        }
    }

    fn layout(text: &str, width: Option<f32>) -> std::sync::Arc<Layout<Brush>> {
        let style = style();
        let request = Request {
            text,
            style: &style,
            spans: &[],
            scale: 1.0,
            direction: Direction::RightToLeft,
        };
        Engine::new().layout(request, width, Alignment::Start)
    }

    /// Checks that the pieces stand from right to left on the one line of `text`.
    #[track_caller]
    fn check_order(text: &str, pieces_from_right: &[&str]) {
        let layout = layout(text, None);
        let mut last = f32::INFINITY;
        for piece in pieces_from_right {
            let start = text.find(piece).unwrap();
            let rects = rects_of(&layout, Span::new(start, start + piece.len()));
            let center = rects.iter().map(|it| it.center().x).sum::<f32>() / rects.len() as f32;
            assert!(
                center < last,
                "«{piece}» in «{text}» stands at {center}, not left of {last}"
            );
            last = center;
        }
    }

    #[test]
    fn numbers_and_brackets_stand_where_a_reader_expects_them() {
        check_order(
            "في 7 أكتوبر 2023 بنسبة 85%",
            &["في", "7", "أكتوبر", "2023", "بنسبة", "85"],
        );
        check_order("مؤتمر (COP28) في المدينة", &["مؤتمر", "COP28", "المدينة"]);
        // Within a number the first digit stands at the left.
        check_order("عام 2024", ["عام", "4", "2"].map(|it| it).as_slice());
    }

    #[test]
    fn the_first_line_of_a_paragraph_is_its_beginning() {
        let text = "هذه فقرة طويلة تكفي كلماتها لأن تمتد على أسطر عدة مهما كان عرض العمود ضيقا أو واسعا";
        let layout = layout(text, Some(160.0));
        let lines: Vec<_> = layout.lines().map(|line| line.text_range()).collect();
        assert!(2 < lines.len());
        assert_eq!(lines[0].start, 0);
        assert!(lines.windows(2).all(|pair| pair[0].end == pair[1].start));
        let tops: Vec<f32> = layout.lines().map(|line| line.metrics().baseline).collect();
        assert!(tops.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let text = "عنوان طويل لا يتسع له السطر الواحد في القائمة الضيقة";
        let style = style();
        let request = Request {
            text,
            style: &style,
            spans: &[],
            scale: 1.0,
            direction: Direction::RightToLeft,
        };
        let mut engine = Engine::new();
        let width = 150.0;
        let fits =
            |engine: &mut Engine, request: Request<'_>| engine.layout(request, None, Alignment::Start).width() <= width;
        let cut = engine.cut(request, width, 1, fits).unwrap();
        let shown = ellipsised(text, cut);
        assert!(
            shown.ends_with('…') && text.starts_with(shown.trim_end_matches('…')),
            "{shown}"
        );
        assert!(fits(
            &mut engine,
            Request {
                text: &shown,
                ..request
            }
        ));
        assert!("عنوان طويل".len() <= cut, "{shown}");
    }

    #[test]
    fn a_colour_never_breaks_joining() {
        let text = "والروسية";
        let style = style();
        let span = Span::new("وال".len(), text.len());
        let spans = [SpanStyle {
            span,
            color: Some(Color32::RED),
            ..SpanStyle::default()
        }];
        let glyphs = |spans: &[SpanStyle]| {
            let request = Request {
                text,
                style: &style,
                spans,
                scale: 1.0,
                direction: Direction::RightToLeft,
            };
            let layout = Engine::new().layout(request, None, Alignment::Start);
            let mut ids = Vec::new();
            for line in layout.lines() {
                for item in line.items() {
                    if let PositionedLayoutItem::GlyphRun(run) = item {
                        ids.extend(run.glyphs().map(|glyph| glyph.id));
                    }
                }
            }
            ids
        };
        let (mut plain, mut coloured) = (glyphs(&[]), glyphs(&spans));
        plain.sort_unstable();
        coloured.sort_unstable();
        assert_eq!(plain, coloured);
    }
}
