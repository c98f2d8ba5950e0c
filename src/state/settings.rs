//! What the user chose once and for all archives.

use std::path::{Path, PathBuf};

use jiff::civil::Weekday;

use crate::arabic::month::MonthNames;
use crate::arabic::number::Numerals;
use crate::archive::Budget;
use crate::index::Facet;

use super::change::{Merge, merge_recent, merge_set};
use super::export_choice::ExportChoice;
use super::path::ArchiveRoot;

/// The language of the window. The articles keep theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Language {
    /// Arabic, right to left.
    #[default]
    Arabic,
    /// English, left to right.
    English,
}

/// The colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ThemeChoice {
    /// Light or dark, as the system's own windows are.
    #[default]
    System,
    /// Dark ink on paper.
    Light,
    /// Light ink on a dark ground.
    Dark,
    /// White and strong colours on black, with visible borders.
    HighContrast,
}

/// The colours of the system's own windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SystemTheme {
    /// Light, or the system does not say.
    #[default]
    Light,
    /// Dark.
    Dark,
}

/// The face of an article's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ReadingFace {
    /// Noto Naskh Arabic.
    #[default]
    Naskh,
    /// Amiri.
    Amiri,
    /// IBM Plex Sans Arabic.
    Sans,
}

/// The first day of the week. CLDR 48: Saturday in most Arab countries, Sunday in Saudi Arabia and Yemen, Monday in the
/// Emirates and Lebanon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum WeekStart {
    /// Saturday.
    #[default]
    Saturday,
    /// Sunday.
    Sunday,
    /// Monday.
    Monday,
}

impl WeekStart {
    /// The day.
    pub fn weekday(self) -> Weekday {
        match self {
            Self::Saturday => Weekday::Saturday,
            Self::Sunday => Weekday::Sunday,
            Self::Monday => Weekday::Monday,
        }
    }
}

/// The digits of counts and dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum NumeralChoice {
    /// Those of the window's language: ٠١٢٣٤٥٦٧٨٩ in Arabic, 0123456789 in English.
    AsLanguage,
    /// 0123456789 in every language, as most newspapers on the web write them.
    #[default]
    Western,
    /// ٠١٢٣٤٥٦٧٨٩ in every language.
    ArabicIndic,
}

/// How many archives are remembered.
const MAX_RECENT: usize = 10;

/// What the user chose, kept between starts.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of the window.
    pub language: Language,
    /// The colours of the window.
    pub theme: ThemeChoice,
    /// The digits of counts and dates.
    pub numerals: NumeralChoice,
    /// The names of the months.
    pub month_names: MonthNames,
    /// The first day of the week on the timeline.
    pub week_start: WeekStart,
    /// The face of the reader's text.
    pub reading_face: ReadingFace,
    /// The size of the reader's text, in points.
    pub reading_size: f32,
    /// The distance of the reader's base lines, in sizes.
    pub reading_leading: f32,
    /// Whether the reader's lines are stretched to the width of the column.
    pub justified: bool,
    /// Whether the reader shows the stretches that were left out of the article, dimmed.
    pub shows_left_out: bool,
    /// Whether the reader shows the pictures of articles.
    pub shows_pictures: bool,
    /// Whether dates count that are not stated but follow from what the text says.
    pub uses_inferred_dates: bool,
    /// Whether new and changed files of the open folder are read as soon as they are seen.
    pub adds_new_files: bool,
    /// Whether searched words have to be spelled as they were typed: hamza, ة and ه, ى and ي count.
    pub spells_as_typed: bool,
    /// Whether the list shows one row for each story.
    pub by_stories: bool,
    /// The facets of which only the name is shown.
    pub folded_facets: Vec<Facet>,
    /// Whether nothing moves by itself on the screen.
    pub reduces_motion: bool,
    /// Whether the list is hidden.
    pub hides_list: bool,
    /// Whether the facets are hidden.
    pub hides_facets: bool,
    /// What the reading of one file may cost.
    pub reading_budget: Budget,
    /// How articles are exported and cited.
    pub export: ExportChoice,
    /// The folders opened last, the latest first.
    pub recent: Vec<PathBuf>,
    /// The archive that was open last; unknown to earlier versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<ArchiveRoot>,
    /// Whether the user was greeted.
    pub is_greeted: bool,
    /// Whether an article that one stays with counts as read.
    pub marks_read: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: ThemeChoice::default(),
            numerals: NumeralChoice::default(),
            month_names: MonthNames::default(),
            week_start: WeekStart::default(),
            reading_face: ReadingFace::default(),
            reading_size: 19.0,
            reading_leading: 1.85,
            justified: false,
            shows_left_out: false,
            shows_pictures: true,
            uses_inferred_dates: true,
            adds_new_files: false,
            spells_as_typed: false,
            by_stories: true,
            folded_facets: Facet::ALL.into_iter().filter(|it| is_folded_at_first(*it)).collect(),
            reduces_motion: false,
            hides_list: false,
            hides_facets: false,
            reading_budget: Budget::default(),
            export: ExportChoice::default(),
            recent: Vec::new(),
            last: None,
            is_greeted: false,
            marks_read: true,
        }
    }
}

/// Whether of a facet only the name is shown until the user opens it. Picked by feel: what is asked for less.
fn is_folded_at_first(facet: Facet) -> bool {
    match facet {
        Facet::Person | Facet::Organisation | Facet::Place | Facet::Source | Facet::Keyword | Facet::Mark => false,
        Facet::Date | Facet::Language | Facet::Folder | Facet::Format => true,
    }
}

impl Settings {
    /// The smallest and largest size of the reader's text, in points.
    pub const READING_SIZES: std::ops::RangeInclusive<f32> = 13.0..=34.0;

    /// The smallest and largest distance of the reader's base lines, in sizes.
    pub const READING_LEADINGS: std::ops::RangeInclusive<f32> = 1.4..=2.4;

    /// The digits that the window shows.
    pub fn digits(&self) -> Numerals {
        match (self.numerals, self.language) {
            (NumeralChoice::ArabicIndic, _) | (NumeralChoice::AsLanguage, Language::Arabic) => Numerals::ArabicIndic,
            (NumeralChoice::Western, _) | (NumeralChoice::AsLanguage, Language::English) => Numerals::Western,
        }
    }

    /// Remembers that an archive was opened.
    pub fn remember(&mut self, root: &ArchiveRoot) {
        self.last = Some(root.clone());
        if let ArchiveRoot::Folder(folder) = root {
            self.recent.retain(|it| it != folder);
            self.recent.insert(0, folder.clone());
            self.recent.truncate(MAX_RECENT);
        }
    }

    /// Remembers no archives but these.
    pub fn forget(&mut self, is_other: impl Fn(&PathBuf) -> bool) {
        self.recent.retain(&is_other);
        self.last
            .take_if(|last| matches!(last, ArchiveRoot::Folder(folder) if !is_other(folder)));
    }

    /// Remembers the folders for which `is_it` holds by the new name of this one.
    pub fn rename(&mut self, is_it: impl Fn(&Path) -> bool, folder: &Path) {
        if let Some(ArchiveRoot::Folder(last)) = &mut self.last
            && is_it(last)
        {
            *last = folder.to_owned();
        }
        let mut is_known = false;
        for it in &mut self.recent {
            if is_it(it) {
                *it = folder.to_owned();
            }
        }
        // Once is enough.
        self.recent
            .retain(|it| it != folder || !std::mem::replace(&mut is_known, true));
    }

    /// The archive that was open last, at first the sample.
    pub fn last_root(&self) -> ArchiveRoot {
        let recent = || self.recent.first().cloned().map(ArchiveRoot::Folder);
        self.last.clone().or_else(recent).unwrap_or(ArchiveRoot::Sample)
    }
}

impl Merge for Settings {
    /// Field by field: of two that change the same one, the later holds.
    fn merge(&mut self, before: &Self, after: &Self) {
        let Self {
            language,
            theme,
            numerals,
            month_names,
            week_start,
            reading_face,
            reading_size,
            reading_leading,
            justified,
            shows_left_out,
            shows_pictures,
            uses_inferred_dates,
            adds_new_files,
            spells_as_typed,
            by_stories,
            folded_facets,
            reduces_motion,
            hides_list,
            hides_facets,
            reading_budget,
            export,
            recent,
            last,
            is_greeted,
            marks_read,
        } = self;
        set(language, &before.language, &after.language);
        set(theme, &before.theme, &after.theme);
        set(numerals, &before.numerals, &after.numerals);
        set(month_names, &before.month_names, &after.month_names);
        set(week_start, &before.week_start, &after.week_start);
        set(reading_face, &before.reading_face, &after.reading_face);
        set(reading_size, &before.reading_size, &after.reading_size);
        set(reading_leading, &before.reading_leading, &after.reading_leading);
        set(justified, &before.justified, &after.justified);
        set(shows_left_out, &before.shows_left_out, &after.shows_left_out);
        set(shows_pictures, &before.shows_pictures, &after.shows_pictures);
        set(
            uses_inferred_dates,
            &before.uses_inferred_dates,
            &after.uses_inferred_dates,
        );
        set(adds_new_files, &before.adds_new_files, &after.adds_new_files);
        set(spells_as_typed, &before.spells_as_typed, &after.spells_as_typed);
        set(by_stories, &before.by_stories, &after.by_stories);
        set(reduces_motion, &before.reduces_motion, &after.reduces_motion);
        set(hides_list, &before.hides_list, &after.hides_list);
        set(hides_facets, &before.hides_facets, &after.hides_facets);
        set(reading_budget, &before.reading_budget, &after.reading_budget);
        set(export, &before.export, &after.export);
        merge_set(folded_facets, &before.folded_facets, &after.folded_facets);
        set(last, &before.last, &after.last);
        set(is_greeted, &before.is_greeted, &after.is_greeted);
        set(marks_read, &before.marks_read, &after.marks_read);
        merge_recent(recent, &before.recent, &after.recent, MAX_RECENT, |a, b| a == b);
    }
}

/// Takes over a field that was changed.
fn set<T: Clone + PartialEq>(current: &mut T, before: &T, after: &T) {
    if before != after {
        current.clone_from(after);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::change::Change;
    use super::*;

    #[test]
    fn digits_follow_the_language_unless_they_were_chosen() {
        let of = |json| serde_json::from_str::<Settings>(json).unwrap().digits();
        assert_eq!(of(r#"{"language": "English"}"#), Numerals::Western);
        assert_eq!(
            of(r#"{"language": "English", "numerals": "AsLanguage"}"#),
            Numerals::Western
        );
        assert_eq!(
            of(r#"{"language": "Arabic", "numerals": "AsLanguage"}"#),
            Numerals::ArabicIndic
        );
        // What earlier versions wrote says what it said.
        assert_eq!(
            of(r#"{"language": "English", "numerals": "ArabicIndic"}"#),
            Numerals::ArabicIndic
        );
        assert_eq!(
            of(r#"{"language": "Arabic", "numerals": "Western"}"#),
            Numerals::Western
        );
    }

    #[test]
    fn what_two_windows_choose_holds_in_both() {
        let before = Settings::default();
        let mut mine = before.clone();
        mine.theme = ThemeChoice::Dark;
        mine.remember(&ArchiveRoot::Folder("mine".into()));
        let mut theirs = before.clone();
        theirs.reading_size = 25.0;
        theirs.remember(&ArchiveRoot::Folder("theirs".into()));
        let mut merged = theirs.clone();
        let change = Change {
            before,
            after: mine.clone(),
        };
        change.apply_to(&mut merged);
        assert_eq!((merged.theme, merged.reading_size), (ThemeChoice::Dark, 25.0));
        assert_eq!(merged.recent, [Path::new("mine"), Path::new("theirs")]);
        assert_eq!(merged.last_root(), ArchiveRoot::Folder("mine".into()));
    }
}
