//! A picture without a window: lines, discs and words as the bytes of a PNG file.
//!
//! Words are set as in the window; their letters are drawn from their outlines, so that the picture can be of any size.

use egui::Color32;
use parley::{Alignment, GlyphRun, PositionedLayoutItem};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use vello_cpu::kurbo::{Affine, BezPath, Cap, Circle, Join, Line, Shape as _, Stroke};
use vello_cpu::peniko::Color;
use vello_cpu::{Pixmap, RenderContext, Resources};

use super::engine::{Brush, Engine, Request};
use super::style::{Direction, Face, TextStyle};

/// How far the ground of words reaches around their letters, in sizes of the letters. Picked by feel.
const HALO: f32 = 0.14;

/// What is drawn, what comes later above what comes before; lengths are in points.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its width and height.
    pub size: [f32; 2],
    /// The colour of its ground.
    pub ground: Color32,
    /// What is on it.
    pub pieces: Vec<Piece>,
}

/// A piece of a picture.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A straight line with round ends.
    Line {
        /// Where it begins and ends.
        ends: [[f32; 2]; 2],
        /// How thick it is.
        thickness: f32,
        /// Its colour.
        color: Color32,
    },
    /// A disc with an edge in the colour of the ground.
    Disc {
        /// Its middle.
        center: [f32; 2],
        /// Its radius.
        radius: f32,
        /// Its colour.
        color: Color32,
    },
    /// Words in one line, with a little of the ground around their letters.
    Words {
        /// Their middle; or their left edge, or the right one, halfway up.
        at: [f32; 2],
        /// Which of these it is: 0 for the middle, 1 for the left edge, -1 for the right one.
        side: i8,
        /// The size of the letters.
        size: f32,
        /// Their colour.
        color: Color32,
        /// What they are.
        text: String,
        /// Where reading starts, for words without a letter.
        direction: Direction,
    },
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It is wider or higher than any picture can be.
    #[error("the picture is too large: {width} × {height} pixels")]
    TooLarge {
        /// In pixels.
        width: f32,
        /// In pixels.
        height: f32,
    },
    /// It cannot be encoded.
    #[error("the picture cannot be written as PNG: {0}")]
    Encoding(String),
}

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
        Piece::Line { ends, thickness, color } => {
            let [from, to] = ends.map(point);
            out.set_stroke(Stroke::new(f64::from(thickness * scale)).with_caps(Cap::Round));
            out.set_paint(paint_of(*color));
            out.stroke_path(&Line::new(from, to).to_path(0.1));
        }
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
            color,
            text,
            direction,
        } => {
            let style = TextStyle {
                face: Face::Plex,
                size: *size,
                bold: false,
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
    use super::*;

    #[test]
    fn a_picture_has_its_pieces_in_their_places() {
        let picture = Picture {
            size: [100.0, 60.0],
            ground: Color32::WHITE,
            pieces: vec![
                Piece::Line {
                    ends: [[10.0, 10.0], [90.0, 10.0]],
                    thickness: 4.0,
                    color: Color32::RED,
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
