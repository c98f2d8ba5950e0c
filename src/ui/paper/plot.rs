//! What a chart is given, and what it comes to.

use crate::text::Direction;

use super::super::theme::Theme;
use super::super::words::Words;
use super::parts::{Block, Key, Room};

/// What every part of a chart is given.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    /// The words, and how numbers and dates are written.
    pub words: Words<'a>,
    /// Where reading starts.
    pub direction: Direction,
    /// The colours.
    pub theme: Theme,
    /// The room between the margins.
    pub room: Room,
}

/// What a chart shows, below its title.
pub struct Plot {
    /// What it is called.
    pub title: String,
    /// The pieces, from the top given on, and their height.
    pub block: Block,
    /// What the signs in it mean.
    pub keys: Vec<Key>,
    /// What else is to be said of it: of what, and what.
    pub notes: Vec<(String, String)>,
}
