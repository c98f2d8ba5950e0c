//! What is on a picture.

use egui::Color32;

use super::super::style::Direction;

/// What is drawn, what comes later above what comes before; lengths are in points.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What it is, for whoever cannot see it; also the name of the picture in a browser.
    pub title: String,
    /// Its width and height.
    pub size: [f32; 2],
    /// The colour of its ground.
    pub ground: Color32,
    /// What is on it.
    pub pieces: Vec<Piece>,
}

/// A piece of a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Straight lines one after the other, with round ends.
    Line {
        /// Where they begin, turn and end.
        points: Vec<[f32; 2]>,
        /// How thick they are.
        thickness: f32,
        /// Their colour.
        color: Color32,
        /// How long dashes and gaps are in turn; empty for none.
        dashes: Vec<f32>,
    },
    /// What lies between straight lines.
    Area {
        /// Its corners, around it.
        corners: Vec<[f32; 2]>,
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
        /// Whether they are bold.
        bold: bool,
        /// Their colour.
        color: Color32,
        /// What they are.
        text: String,
        /// In which direction they run.
        direction: Direction,
    },
    /// A piece with what it says when it is pointed at, where that can be told.
    Told(Box<Piece>, String),
}

impl Piece {
    /// A rectangle.
    pub fn rect([left, top]: [f32; 2], [right, bottom]: [f32; 2], color: Color32) -> Self {
        Self::Area {
            corners: vec![[left, top], [right, top], [right, bottom], [left, bottom]],
            color,
        }
    }
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
    #[error("the picture cannot be written: {0}")]
    Encoding(String),
}
