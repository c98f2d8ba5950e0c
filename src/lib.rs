//! Fihrist: a catalogue for folders of Arabic news articles.

pub mod arabic;
pub mod archive;
pub mod entities;
pub mod index;
pub mod state;
pub mod text;
