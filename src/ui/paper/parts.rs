//! What pictures have in common: words in reading order, scales of whole numbers, legends.
//!
//! The width of words is estimated: an SVG is set in whatever face the program has that shows it.

use egui::Color32;

use crate::arabic::letter::{self, copyable};
use crate::text::{Direction, Piece};

use super::super::theme::Theme;

/// The width of a letter in its size, on average: a little more than in the bundled face.
pub const LETTER_WIDTH: f32 = 0.47;
/// The height of a line in the size of its letters.
pub const LINE_HEIGHT: f32 = 1.35;
/// The size of the letters of legends, scales and captions.
pub const SMALL: f32 = 14.0;
/// At most so many steps has a scale. Picked by feel.
const MOST_STEPS: u64 = 5;

/// A stretch from left to right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Where it begins.
    pub left: f32,
    /// How wide it is.
    pub width: f32,
}

impl Room {
    /// The place so far from where reading starts.
    pub fn at(self, from_start: f32, direction: Direction) -> f32 {
        match direction {
            Direction::RightToLeft => self.left + self.width - from_start,
            Direction::LeftToRight => self.left + from_start,
        }
    }
}

/// How wide words are, about.
pub fn width_of(text: &str, size: f32) -> f32 {
    copyable(text).chars().count() as f32 * LETTER_WIDTH * size
}

/// Words from a place on in reading order, or up to it.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// The size of the letters.
    pub size: f32,
    /// Whether they are bold.
    pub bold: bool,
    /// Their colour.
    pub color: Color32,
}

impl Said {
    /// Words as most of them are.
    pub fn small(theme: &Theme) -> Self {
        Self {
            size: SMALL,
            bold: false,
            color: theme.palette.text,
        }
    }

    /// Words that may be overlooked.
    pub fn weak(theme: &Theme) -> Self {
        Self {
            color: theme.palette.weak_text,
            ..Self::small(theme)
        }
    }

    /// Words whose start, in the direction in which the picture is read, is at a place. They run in their own direction.
    pub fn from(self, text: &str, at: [f32; 2], direction: Direction) -> Piece {
        self.words(text, at, if direction.is_rtl() { -1 } else { 1 }, direction)
    }

    /// Words whose end, in the direction in which the picture is read, is at a place.
    pub fn up_to(self, text: &str, at: [f32; 2], direction: Direction) -> Piece {
        self.words(text, at, if direction.is_rtl() { 1 } else { -1 }, direction)
    }

    fn words(self, text: &str, at: [f32; 2], side: i8, direction: Direction) -> Piece {
        // Isolates are for the window: a file holds nothing that is not seen.
        let text = copyable(text);
        let direction = match letter::first_strong_is_rtl(&text) {
            Some(true) => Direction::RightToLeft,
            Some(false) => Direction::LeftToRight,
            None => direction,
        };
        Piece::Words {
            at,
            side,
            size: self.size,
            bold: self.bold,
            color: self.color,
            text,
            direction,
        }
    }
}

/// The steps of a scale from 0 up to at least `most`: whole numbers, evenly apart, of which few are needed.
pub fn steps(most: u64) -> Vec<u64> {
    let most = most.max(1);
    let mut unit = 1_u64;
    let step = loop {
        let fits = |factor: &u64| most.div_ceil(unit * factor) <= MOST_STEPS;
        if let Some(factor) = [1, 2, 5].iter().find(|it| fits(it)) {
            break unit * factor;
        }
        unit *= 10;
    };
    (0..=most.div_ceil(step)).map(|it| it * step).collect()
}

/// What stands before words in a legend.
#[derive(Clone, Debug)]
pub enum Sign {
    /// A disc.
    Disc(Color32),
    /// A filled square.
    Square(Color32),
    /// A square with stripes.
    Striped(Color32),
    /// The line with this number, in this colour.
    Line(usize, Color32),
}

/// A line of a legend.
#[derive(Clone, Debug)]
pub struct Key {
    /// What it says.
    pub text: String,
    /// What stands behind it: by itself, so that scripts that run the other way do not meet.
    pub note: String,
    /// What that looks like.
    pub sign: Sign,
}

/// Pieces below each other, and their height.
pub struct Block {
    /// The pieces.
    pub pieces: Vec<Piece>,
    /// From the top to the bottom.
    pub height: f32,
}

/// What signs mean, beside each other as far as there is room, from `top` down; `scale` enlarges all of it.
pub fn legend(keys: &[Key], room: Room, (top, direction): (f32, Direction), (theme, scale): (&Theme, f32)) -> Block {
    let (sign_width, between, row_height) = (30.0 * scale, 26.0 * scale, 24.0 * scale);
    let size = SMALL * scale;
    // Room is left for faces that are wider than estimated.
    let width = |text: &str| width_of(text, size) * 1.12;
    let (mut pieces, mut from_start, mut row) = (Vec::new(), 0.0, 0);
    for key in keys {
        let before = sign_width + 8.0 * scale;
        let text_width = width(&key.text);
        let note_width = if key.note.is_empty() {
            0.0
        } else {
            10.0 * scale + width(&key.note)
        };
        let all = before + text_width + note_width + between;
        if 0.0 < from_start && room.width < from_start + all - between {
            (from_start, row) = (0.0, row + 1);
        }
        let y = top + row_height * (row as f32 + 0.5);
        let at = |from_key: f32| [room.at(from_start + from_key, direction), y];
        let (a, b) = (at(0.0)[0], at(sign_width)[0]);
        pieces.extend(sign_pieces(&key.sign, (a.min(b), a.max(b), y), (theme, scale)));
        let (said, weak) = (
            Said {
                size,
                ..Said::small(theme)
            },
            Said {
                size,
                ..Said::weak(theme)
            },
        );
        pieces.push(said.from(&key.text, at(before), direction));
        if !key.note.is_empty() {
            pieces.push(weak.from(&key.note, at(before + text_width + 10.0 * scale), direction));
        }
        from_start += all;
    }
    let n_rows = if keys.is_empty() { 0 } else { row + 1 };
    Block {
        pieces,
        height: row_height * n_rows as f32,
    }
}

fn sign_pieces(sign: &Sign, (left, right, y): (f32, f32, f32), (theme, scale): (&Theme, f32)) -> Vec<Piece> {
    let half = 6.5 * scale;
    let middle = (left + right) / 2.0;
    let (low, high) = ([middle - half, y - half], [middle + half, y + half]);
    match sign {
        Sign::Disc(color) => vec![Piece::Disc {
            center: [middle, y],
            radius: half,
            color: *color,
        }],
        Sign::Square(color) => vec![Piece::rect(low, high, *color)],
        Sign::Striped(color) => [vec![Piece::rect(low, high, *color)], stripes(low, high, theme)].concat(),
        Sign::Line(idx, color) => vec![
            line_piece(*idx, vec![[left, y], [right, y]], *color),
            mark_piece(*idx, [middle, y], *color),
        ],
    }
}

/// Stripes over what is less certain, in the colour of the ground.
pub fn stripes([left, top]: [f32; 2], [right, bottom]: [f32; 2], theme: &Theme) -> Vec<Piece> {
    const DISTANCE: f32 = 4.0;
    let n = ((bottom - top) / DISTANCE).floor().max(0.0) as usize;
    let stripe = |idx: usize| {
        let y = top + DISTANCE * (idx as f32 + 0.5);
        Piece::rect([left, y], [right, (y + 1.4).min(bottom)], theme.palette.raised)
    };
    (0..n).map(stripe).collect()
}

/// The line with this number: whole, long dashes, dots, both; as on the page of a name.
pub fn line_piece(idx: usize, points: Vec<[f32; 2]>, color: Color32) -> Piece {
    let dashes: &[f32] = match idx {
        0 => &[],
        1 => &[9.0, 4.5],
        2 => &[2.2, 4.0],
        _ => &[10.0, 4.0, 2.2, 4.0],
    };
    Piece::Line {
        points,
        thickness: 2.2,
        color,
        dashes: dashes.to_vec(),
    }
}

/// The mark of the line with this number: a disc, a square, a triangle, a diamond; as on the page of a name.
pub fn mark_piece(idx: usize, [x, y]: [f32; 2], color: Color32) -> Piece {
    const SIZE: f32 = 4.0;
    let corners: &[(f32, f32)] = match idx {
        0 => {
            return Piece::Disc {
                center: [x, y],
                radius: SIZE,
                color,
            };
        }
        1 => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        2 => &[(0.0, -1.3), (1.2, 0.9), (-1.2, 0.9)],
        _ => &[(0.0, -1.4), (1.4, 0.0), (0.0, 1.4), (-1.4, 0.0)],
    };
    Piece::Area {
        corners: corners.iter().map(|(dx, dy)| [x + dx * SIZE, y + dy * SIZE]).collect(),
        color,
    }
}

/// A text in lines of at most so many letters, broken between words.
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A name that has room for so many letters; a longer one ends in an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_few_whole_numbers() {
        assert_eq!(steps(0), [0, 1]);
        assert_eq!(steps(1), [0, 1]);
        assert_eq!(steps(3), [0, 1, 2, 3]);
        assert_eq!(steps(7), [0, 2, 4, 6, 8]);
        assert_eq!(steps(42), [0, 10, 20, 30, 40, 50]);
        assert_eq!(steps(1196), [0, 500, 1000, 1500]);
        for most in [11, 99, 101, 12_345, 9_999_999] {
            let steps = steps(most);
            assert!(steps.len() <= 6 && most <= *steps.last().unwrap(), "{most}: {steps:?}");
        }
    }

    #[test]
    fn long_texts_are_broken_between_words_and_long_names_cut() {
        assert_eq!(wrapped("أ بب ججج دد", 5), ["أ بب", "ججج", "دد"]);
        assert_eq!(wrapped("", 5), [""; 0]);
        assert_eq!(shortened("منظمة الصحة العالمية", 12), "منظمة الصحة…");
    }
}
