//! A picture as the bytes of a PNG file.
//!
//! Words are set as in the window; their letters are drawn from their outlines, so that the picture can be of any size.

use egui::Color32;
use parley::{Alignment, GlyphRun, PositionedLayoutItem};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use vello_cpu::kurbo::{Affine, BezPath, Cap, Circle, Join, Shape as _, Stroke};
use vello_cpu::peniko::Color;
use vello_cpu::{Pixmap, RenderContext, Resources};

use super::super::engine::{Brush, Engine, Request};
use super::super::style::{Face, TextStyle};
use super::piece::{Picture, PictureError, Piece};

/// How far the ground of words reaches around their letters, in sizes of the letters. Picked by feel.
const HALO: f32 = 0.14;

/// The bytes of a PNG file with a picture, with `scale` pixels in a point.
///
/// The faces are the bundled ones: it looks the same on every machine.
pub fn png(picture: &Picture, scale: f32) -> Result<Vec<u8>, PictureError> {
    let [width, height] = picture.size.map(|it| (it * scale).ceil().max(1.0));
    if f32::from(u16::MAX) < width.max(height) {
        return Err(PictureError::TooLarge { width, height });
    }
    let (width, height) = (width as u16, height as u16);
    let mut out = RenderContext::new(width, height);
    out.set_paint(paint_of(picture.ground));
    out.fill_rect(&vello_cpu::kurbo::Rect::new(
        0.0,
        0.0,
        f64::from(width),
        f64::from(height),
    ));
    let mut engine = Engine::new();
    for piece in &picture.pieces {
        draw(&mut out, &mut engine, piece, picture.ground, scale);
    }
    out.flush();
    let mut pixmap = Pixmap::new(width, height);
    out.render(&mut pixmap, &mut Resources::new());
    pixmap.into_png().map_err(|err| PictureError::Encoding(err.to_string()))
}

fn draw(out: &mut RenderContext, engine: &mut Engine, piece: &Piece, ground: Color32, scale: f32) {
    let point = |[x, y]: [f32; 2]| (f64::from(x * scale), f64::from(y * scale));
    match piece {
        Piece::Line {
            points,
            thickness,
            color,
            dashes,
        } => {
            let stroke = Stroke::new(f64::from(thickness * scale)).with_join(Join::Round);
            let stroke = match dashes.is_empty() {
                true => stroke.with_caps(Cap::Round),
                false => {
                    let dashes = dashes.iter().map(|it| f64::from(it * scale));
                    stroke.with_caps(Cap::Butt).with_dashes(0.0, dashes)
                }
            };
            out.set_stroke(stroke);
            out.set_paint(paint_of(*color));
            out.stroke_path(&path_of(points, scale));
        }
        Piece::Area { corners, color } => {
            let mut path = path_of(corners, scale);
            path.close_path();
            out.set_paint(paint_of(*color));
            out.fill_path(&path);
        }
        Piece::Told(piece, _) => draw(out, engine, piece, ground, scale),
        Piece::Disc { center, radius, color } => {
            let disc = |radius: f32| Circle::new(point(*center), f64::from(radius * scale)).to_path(0.1);
            out.set_paint(paint_of(ground));
            out.fill_path(&disc(radius + 1.0));
            out.set_paint(paint_of(*color));
            out.fill_path(&disc(*radius));
        }
        Piece::Words {
            at,
            side,
            size,
            bold,
            color,
            text,
            direction,
        } => {
            let style = TextStyle {
                face: Face::Plex,
                size: *size,
                bold: *bold,
                color: *color,
                leading: 1.35,
            };
            let request = Request {
                text,
                style: &style,
                spans: &[],
                scale,
                direction: *direction,
            };
            let layout = engine.layout(request, None, Alignment::Start);
            let (x, y) = point(*at);
            let before = f64::from(layout.width()) * f64::from(1 - *side) / 2.0;
            let origin = (x - before, y - f64::from(layout.height()) / 2.0);
            let mut letters = BezPath::new();
            for line in layout.lines() {
                for item in line.items() {
                    if let PositionedLayoutItem::GlyphRun(run) = item {
                        add_outlines(&run, origin, &mut letters);
                    }
                }
            }
            let halo = f64::from(2.0 * HALO * size * scale);
            out.set_stroke(Stroke::new(halo).with_join(Join::Round));
            out.set_paint(paint_of(ground.gamma_multiply(0.85)));
            out.stroke_path(&letters);
            out.set_paint(paint_of(*color));
            out.fill_path(&letters);
        }
    }
}

/// Straight lines from one point to the next, in pixels.
fn path_of(points: &[[f32; 2]], scale: f32) -> BezPath {
    let mut path = BezPath::new();
    for (idx, [x, y]) in points.iter().enumerate() {
        let point = (f64::from(x * scale), f64::from(y * scale));
        match idx {
            0 => path.move_to(point),
            _ => path.line_to(point),
        }
    }
    path
}

/// Adds the outlines of a run's glyphs to `letters`.
fn add_outlines(run: &GlyphRun<'_, Brush>, (left, top): (f64, f64), letters: &mut BezPath) {
    let font = run.run().font();
    let Ok(face) = FontRef::from_index(font.data.as_ref(), font.index) else {
        return;
    };
    let outlines = face.outline_glyphs();
    let coords = run.run().normalized_coords().iter();
    let coords: Vec<NormalizedCoord> = coords.map(|it| NormalizedCoord::from_bits(it.to_bits())).collect();
    let size = Size::new(run.run().font_size());
    for glyph in run.positioned_glyphs() {
        let Some(outline) = outlines.get(GlyphId::new(glyph.id)) else {
            continue;
        };
        let mut path = GlyphPath::default();
        let settings = DrawSettings::unhinted(size, LocationRef::new(&coords));
        // A glyph whose outline is damaged is left out, as in the window.
        if outline.draw(settings, &mut path).is_ok() {
            let at = (left + f64::from(glyph.x), top + f64::from(glyph.y));
            letters.extend(Affine::translate(at) * path.0);
        }
    }
}

/// An outline, turned from "up is more" to "down is more".
#[derive(Default)]
struct GlyphPath(BezPath);

impl OutlinePen for GlyphPath {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((f64::from(x), f64::from(-y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((f64::from(x), f64::from(-y)));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let at = |x: f32, y: f32| (f64::from(x), f64::from(-y));
        self.0.quad_to(at(cx0, cy0), at(x, y));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let at = |x: f32, y: f32| (f64::from(x), f64::from(-y));
        self.0.curve_to(at(cx0, cy0), at(cx1, cy1), at(x, y));
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}

fn paint_of(color: Color32) -> Color {
    let [r, g, b, a] = color.to_srgba_unmultiplied();
    Color::from_rgba8(r, g, b, a)
}

#[cfg(test)]
mod tests {
    use super::super::super::style::Direction;
    use super::*;

    #[test]
    fn a_picture_has_its_pieces_in_their_places() {
        let picture = Picture {
            title: "صورة".to_owned(),
            size: [100.0, 60.0],
            ground: Color32::WHITE,
            pieces: vec![
                Piece::Line {
                    points: vec![[10.0, 10.0], [90.0, 10.0]],
                    thickness: 4.0,
                    color: Color32::RED,
                    dashes: Vec::new(),
                },
                Piece::Disc {
                    center: [50.0, 10.0],
                    radius: 6.0,
                    color: Color32::BLUE,
                },
                Piece::Words {
                    at: [50.0, 40.0],
                    side: 0,
                    size: 20.0,
                    bold: false,
                    color: Color32::BLACK,
                    text: "القاهرة".to_owned(),
                    direction: Direction::RightToLeft,
                },
            ],
        };
        let bytes = png(&picture, 2.0).unwrap();
        let decoded = image::load_from_memory(&bytes).unwrap().to_rgba8();
        assert_eq!(decoded.dimensions(), (200, 120));
        let at = |x: u32, y: u32| decoded.get_pixel(x, y).0;
        assert_eq!(
            (at(2, 2), at(30, 20), at(100, 20)),
            ([255; 4], [255, 0, 0, 255], [0, 0, 255, 255])
        );
        // The words are in the lower half, about as wide as their letters, and nowhere else.
        let dark = |y: std::ops::Range<u32>| {
            let pixels = y.flat_map(|y| (0..200).map(move |x| (x, y)));
            pixels
                .filter(|(x, y)| at(*x, *y)[..3].iter().all(|it| *it < 60))
                .count()
        };
        assert!(
            dark(0..36) == 0 && 200 < dark(60..105),
            "{} {}",
            dark(0..36),
            dark(60..105)
        );
        let huge = Picture {
            size: [1.0e6, 10.0],
            ..picture
        };
        assert!(matches!(png(&huge, 1.0), Err(PictureError::TooLarge { .. })));
    }
}
