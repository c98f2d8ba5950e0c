//! What the user chose once and for all archives.

use std::path::{Path, PathBuf};

use crate::arabic::month::MonthNames;
use crate::arabic::number::Numerals;

/// The language of the window. The articles keep theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Language {
    /// Arabic, right to left.
    #[default]
    Arabic,
    /// English, left to right.
    English,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ThemeChoice {
    /// Dark ink on paper.
    #[default]
    Light,
    /// Light ink on a dark ground.
    Dark,
}

/// How many archives are remembered.
const MAX_RECENT: usize = 10;

/// What the user chose, kept between starts.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of the window.
    pub language: Language,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// The digits of counts and dates.
    pub numerals: Numerals,
    /// The names of the months.
    pub month_names: MonthNames,
    /// The size of the reader's text, in points.
    pub reading_size: f32,
    /// Whether the reader shows the stretches that were left out of the article, dimmed.
    pub shows_left_out: bool,
    /// The archives opened last, the latest first.
    pub recent: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: ThemeChoice::default(),
            numerals: Numerals::default(),
            month_names: MonthNames::default(),
            reading_size: 19.0,
            shows_left_out: false,
            recent: Vec::new(),
        }
    }
}

impl Settings {
    /// The smallest and largest size of the reader's text, in points.
    pub const READING_SIZES: std::ops::RangeInclusive<f32> = 13.0..=34.0;

    /// Puts `root` first among the recent archives.
    pub fn remember(&mut self, root: &Path) {
        self.recent.retain(|it| it != root);
        self.recent.insert(0, root.to_owned());
        self.recent.truncate(MAX_RECENT);
    }
}
