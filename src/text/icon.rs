//! Icons, drawn as lines: no font glyphs, crisp at every scale.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::style::Direction;

/// What an icon shows. Those that point are mirrored with the direction; a glass, a cross or a sun is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A magnifying glass.
    Search,
    /// A cross.
    Close,
    /// A triangle that points down.
    Down,
    /// The sun: light theme.
    Sun,
    /// The moon: dark theme.
    Moon,
    /// A plus: larger text.
    Larger,
    /// A minus: smaller text.
    Smaller,
    /// A tick.
    Tick,
    /// Points to the reading end: the next one, or something that is folded.
    Forward,
    /// Points to the reading start: the one before.
    Back,
    /// Points up.
    Up,
    /// Three dots: more to choose from.
    More,
    /// A ribbon: what is kept to be found again.
    Bookmark,
    /// A star: what the user singled out.
    Star,
    /// A pen: what the user wrote on or marked.
    Pen,
}

impl Icon {
    /// Paints the icon in the middle of `rect`, some 16 points wide.
    pub fn paint(self, painter: &Painter, rect: Rect, color: Color32, direction: Direction) {
        let center = rect.center();
        let at = |x: f32, y: f32| center + vec2(x, y);
        let stroke = Stroke::new(1.6, color);
        let line = |a: Pos2, b: Pos2| {
            painter.line_segment([a, b], stroke);
        };
        match self {
            Self::Search => {
                painter.circle_stroke(at(-1.5, -1.5), 5.0, stroke);
                line(at(2.2, 2.2), at(6.5, 6.5));
            }
            Self::Close => {
                line(at(-4.5, -4.5), at(4.5, 4.5));
                line(at(-4.5, 4.5), at(4.5, -4.5));
            }
            Self::Down => {
                painter.add(Shape::line(vec![at(-4.0, -2.0), at(0.0, 2.5), at(4.0, -2.0)], stroke));
            }
            Self::Up => {
                painter.add(Shape::line(vec![at(-4.0, 2.0), at(0.0, -2.5), at(4.0, 2.0)], stroke));
            }
            Self::Forward | Self::Back => {
                let points_left = (self == Self::Forward) == direction.is_rtl();
                let x = if points_left { -1.0 } else { 1.0 };
                let points = vec![at(-2.2 * x, -4.0), at(2.3 * x, 0.0), at(-2.2 * x, 4.0)];
                painter.add(Shape::line(points, stroke));
            }
            Self::Tick => {
                painter.add(Shape::line(vec![at(-4.5, 0.5), at(-1.5, 3.5), at(4.5, -3.5)], stroke));
            }
            Self::More => {
                for y in [-5.0, 0.0, 5.0] {
                    painter.circle_filled(at(0.0, y), 1.6, color);
                }
            }
            Self::Star => {
                // Ten points on two circles, of which the inner one is that of a regular star.
                let point = |idx: u8| {
                    let radius = if idx.is_multiple_of(2) { 7.0 } else { 7.0 * 0.382 };
                    let angle = std::f32::consts::PI * (f32::from(idx) / 5.0 - 0.5);
                    at(radius * angle.cos(), radius * angle.sin())
                };
                // Not convex: each ray is a triangle of its own around the middle.
                for ray in 0..5 {
                    let ray = [ray * 2, ray * 2 + 1, (ray * 2 + 9) % 10].map(point);
                    let kite = vec![ray[0], ray[1], center, ray[2]];
                    painter.add(Shape::convex_polygon(kite, color, Stroke::NONE));
                }
            }
            Self::Pen => {
                line(at(-4.0, 4.0), at(3.5, -3.5));
                line(at(-4.8, 5.2), at(-1.8, 4.2));
                line(at(-5.0, 5.6), at(5.0, 5.6));
            }
            Self::Bookmark => {
                let points = vec![at(-4.0, -6.0), at(4.0, -6.0), at(4.0, 6.0), at(0.0, 2.2), at(-4.0, 6.0)];
                painter.add(Shape::closed_line(points, stroke));
            }
            Self::Sun => {
                painter.circle_stroke(center, 3.6, stroke);
                for ray in 0..8 {
                    let (sin, cos) = (ray as f32 * std::f32::consts::FRAC_PI_4).sin_cos();
                    line(at(cos * 5.8, sin * 5.8), at(cos * 7.6, sin * 7.6));
                }
            }
            Self::Moon => {
                painter.add(Shape::line(crescent(center), stroke));
            }
            Self::Larger | Self::Smaller => {
                line(at(-5.0, 0.0), at(5.0, 0.0));
                if self == Self::Larger {
                    line(at(0.0, -5.0), at(0.0, 5.0));
                }
            }
        }
    }
}

/// The outline of a waning moon.
fn crescent(center: Pos2) -> Vec<Pos2> {
    let arc = |middle: Pos2, radius: f32, from: f32, to: f32| {
        (0..=14).map(move |step| {
            let angle = from + (to - from) * step as f32 / 14.0;
            pos2(middle.x + radius * angle.cos(), middle.y + radius * angle.sin())
        })
    };
    let outer = arc(center, 6.5, -0.35, std::f32::consts::TAU - 1.22);
    let mut points: Vec<Pos2> = outer.collect();
    let (first, last) = (points[0], points[points.len() - 1]);
    // The inner edge bows through the middle back to the beginning.
    for step in 1..=10 {
        let t = step as f32 / 10.0;
        let control = center + vec2(-1.5, 1.5);
        let a = last.lerp(control, t);
        let b = control.lerp(first, t);
        points.push(a.lerp(b, t));
    }
    points
}
