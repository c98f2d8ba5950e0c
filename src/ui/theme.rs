//! The look: the only home of colours.
//!
//! Contrasts of text on its ground were computed by the test below: at least 4.5 (WCAG 2.2, AA).

use egui::Color32;

use crate::entities::EntityKind;
use crate::index::Facet;
use crate::marks::MarkColor;
use crate::state::{Language, ReadingFace, Settings, SystemTheme, ThemeChoice};
use crate::text::{Direction, Face, Look, Palette};

use super::words::Words;

/// Every colour that is not part of the widgets' [`Palette`].
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// The widgets' colours.
    pub palette: Palette,
    /// People.
    pub person: Color32,
    /// Organisations.
    pub organisation: Color32,
    /// Places.
    pub place: Color32,
    /// Sources, keywords and dates.
    pub neutral: Color32,
    /// The bars of the timeline.
    pub bar: Color32,
    /// The line of a second series over them.
    pub other_series: Color32,
    /// The lines of names that are compared: they differ in lightness, too, and none are red and green.
    pub series: [Color32; 4],
    /// The ground of words that only one of two texts has.
    pub own_words: Color32,
    /// The ground of a notice.
    pub notice: Color32,
    /// The ground of the places that name who or what is asked for.
    pub named: Color32,
    /// The grounds of highlights and tags, in the order of [`MarkColor::ALL`].
    highlights: [Color32; MarkColor::ALL.len()],
}

impl Theme {
    /// The theme of the settings, where the system's own windows look like this.
    pub fn of(settings: &Settings, system: SystemTheme) -> Self {
        match (settings.theme, system) {
            (ThemeChoice::Light, _) | (ThemeChoice::System, SystemTheme::Light) => Self::light(),
            (ThemeChoice::Dark, _) | (ThemeChoice::System, SystemTheme::Dark) => Self::dark(),
            (ThemeChoice::HighContrast, _) => Self::high_contrast(),
        }
    }

    /// That of what is printed.
    pub fn of_paper() -> Self {
        Self::light()
    }

    fn light() -> Self {
        Self {
            palette: Palette {
                text: Color32::from_rgb(0x24, 0x21, 0x1D),
                weak_text: Color32::from_rgb(0x68, 0x61, 0x57),
                strong_text: Color32::from_rgb(0x12, 0x10, 0x0E),
                accent: Color32::from_rgb(0x0B, 0x5C, 0x63),
                on_accent: Color32::from_rgb(0xFF, 0xFF, 0xFF),
                surface: Color32::from_rgb(0xFB, 0xFA, 0xF7),
                raised: Color32::from_rgb(0xFF, 0xFF, 0xFF),
                sunken: Color32::from_rgb(0xF3, 0xF0, 0xEA),
                outline: Color32::from_rgb(0xDD, 0xD7, 0xCC),
                hover: Color32::from_rgb(0xEA, 0xE5, 0xDB),
                selection: Color32::from_rgb(0xC9, 0xE3, 0xE5),
                mark: Color32::from_rgb(0xFF, 0xE3, 0x8A),
                focus: Color32::from_rgb(0x0E, 0x7C, 0x86),
            },
            person: Color32::from_rgb(0x1B, 0x57, 0xA6),
            organisation: Color32::from_rgb(0x86, 0x2E, 0x75),
            place: Color32::from_rgb(0x2B, 0x69, 0x37),
            neutral: Color32::from_rgb(0x7A, 0x4B, 0x0E),
            bar: Color32::from_rgb(0x6C, 0xA6, 0xAB),
            other_series: Color32::from_rgb(0xA8, 0x32, 0x1E),
            series: [
                Color32::from_rgb(0x1B, 0x57, 0xA6),
                Color32::from_rgb(0xA8, 0x3D, 0x08),
                Color32::from_rgb(0x24, 0x21, 0x1D),
                Color32::from_rgb(0x0A, 0x69, 0x64),
            ],
            own_words: Color32::from_rgb(0xF7, 0xD6, 0xB8),
            notice: Color32::from_rgb(0xFF, 0xF3, 0xD0),
            named: Color32::from_rgb(0xD8, 0xE3, 0xF8),
            highlights: [
                Color32::from_rgb(0xFC, 0xEE, 0x9C),
                Color32::from_rgb(0xCF, 0xEB, 0xC2),
                Color32::from_rgb(0xC4, 0xE4, 0xF4),
                Color32::from_rgb(0xFA, 0xD3, 0xDD),
                Color32::from_rgb(0xE3, 0xD6, 0xF3),
            ],
        }
    }

    fn dark() -> Self {
        Self {
            palette: Palette {
                text: Color32::from_rgb(0xE4, 0xE1, 0xDB),
                weak_text: Color32::from_rgb(0xAE, 0xA9, 0x9F),
                strong_text: Color32::from_rgb(0xF7, 0xF5, 0xF1),
                accent: Color32::from_rgb(0x6F, 0xC4, 0xCC),
                on_accent: Color32::from_rgb(0x08, 0x24, 0x27),
                surface: Color32::from_rgb(0x17, 0x18, 0x1A),
                raised: Color32::from_rgb(0x22, 0x24, 0x27),
                sunken: Color32::from_rgb(0x10, 0x11, 0x13),
                outline: Color32::from_rgb(0x38, 0x3B, 0x40),
                hover: Color32::from_rgb(0x2C, 0x2F, 0x34),
                selection: Color32::from_rgb(0x1B, 0x41, 0x47),
                mark: Color32::from_rgb(0x45, 0x36, 0x00),
                focus: Color32::from_rgb(0x6F, 0xC4, 0xCC),
            },
            person: Color32::from_rgb(0x8A, 0xBB, 0xF5),
            organisation: Color32::from_rgb(0xE2, 0x9B, 0xD2),
            place: Color32::from_rgb(0x8E, 0xCF, 0x99),
            neutral: Color32::from_rgb(0xE0, 0xB4, 0x74),
            bar: Color32::from_rgb(0x3F, 0x7C, 0x82),
            other_series: Color32::from_rgb(0xF0, 0x8A, 0x6C),
            series: [
                Color32::from_rgb(0x8A, 0xBB, 0xF5),
                Color32::from_rgb(0xF2, 0x9B, 0x5C),
                Color32::from_rgb(0xF7, 0xF5, 0xF1),
                Color32::from_rgb(0x4F, 0xC9, 0xB8),
            ],
            own_words: Color32::from_rgb(0x5A, 0x30, 0x10),
            notice: Color32::from_rgb(0x3A, 0x31, 0x16),
            named: Color32::from_rgb(0x1E, 0x33, 0x55),
            highlights: [
                Color32::from_rgb(0x4A, 0x42, 0x12),
                Color32::from_rgb(0x1F, 0x40, 0x22),
                Color32::from_rgb(0x17, 0x3C, 0x50),
                Color32::from_rgb(0x50, 0x26, 0x36),
                Color32::from_rgb(0x3A, 0x2C, 0x55),
            ],
        }
    }

    fn high_contrast() -> Self {
        Self {
            palette: Palette {
                text: Color32::from_rgb(0xFF, 0xFF, 0xFF),
                weak_text: Color32::from_rgb(0xE0, 0xE0, 0xE0),
                strong_text: Color32::from_rgb(0xFF, 0xFF, 0xFF),
                accent: Color32::from_rgb(0xFF, 0xE1, 0x33),
                on_accent: Color32::from_rgb(0x00, 0x00, 0x00),
                surface: Color32::from_rgb(0x00, 0x00, 0x00),
                raised: Color32::from_rgb(0x00, 0x00, 0x00),
                sunken: Color32::from_rgb(0x00, 0x00, 0x00),
                outline: Color32::from_rgb(0xC8, 0xC8, 0xC8),
                hover: Color32::from_rgb(0x30, 0x30, 0x30),
                selection: Color32::from_rgb(0x00, 0x2F, 0x73),
                mark: Color32::from_rgb(0x55, 0x00, 0x55),
                focus: Color32::from_rgb(0xFF, 0xE1, 0x33),
            },
            person: Color32::from_rgb(0x9C, 0xD2, 0xFF),
            organisation: Color32::from_rgb(0xFF, 0xB0, 0xF0),
            place: Color32::from_rgb(0x9A, 0xF5, 0xA8),
            neutral: Color32::from_rgb(0xFF, 0xD2, 0x8A),
            bar: Color32::from_rgb(0x4C, 0xC9, 0xD6),
            other_series: Color32::from_rgb(0xFF, 0x7A, 0x5C),
            series: [
                Color32::from_rgb(0x8F, 0xC2, 0xFF),
                Color32::from_rgb(0xFF, 0xB4, 0x7A),
                Color32::from_rgb(0xFF, 0xFF, 0xFF),
                Color32::from_rgb(0x4C, 0xE0, 0xC8),
            ],
            own_words: Color32::from_rgb(0x6A, 0x2A, 0x00),
            notice: Color32::from_rgb(0x3A, 0x31, 0x00),
            named: Color32::from_rgb(0x00, 0x40, 0x28),
            highlights: [
                Color32::from_rgb(0x4D, 0x42, 0x00),
                Color32::from_rgb(0x00, 0x4A, 0x0E),
                Color32::from_rgb(0x00, 0x3D, 0x5C),
                Color32::from_rgb(0x5C, 0x00, 0x2E),
                Color32::from_rgb(0x38, 0x12, 0x66),
            ],
        }
    }

    /// The colour of a kind of entity.
    pub fn entity(&self, kind: EntityKind) -> Color32 {
        match kind {
            EntityKind::Person => self.person,
            EntityKind::Organisation => self.organisation,
            EntityKind::Place => self.place,
        }
    }

    /// The ground of a highlight or a tag.
    pub fn highlight(&self, color: MarkColor) -> Color32 {
        self.highlights[color as usize]
    }

    /// The colour of a facet.
    pub fn facet(&self, facet: Facet) -> Color32 {
        match facet {
            Facet::Person => self.person,
            Facet::Organisation => self.organisation,
            Facet::Place => self.place,
            Facet::Source
            | Facet::Keyword
            | Facet::Date
            | Facet::Language
            | Facet::Folder
            | Facet::Format
            | Facet::Mark => self.neutral,
        }
    }
}

/// The look of the settings, for the `text` module.
pub fn look(settings: &Settings, system: SystemTheme) -> Look {
    Look {
        direction: match settings.language {
            Language::Arabic => Direction::RightToLeft,
            Language::English => Direction::LeftToRight,
        },
        palette: Theme::of(settings, system).palette,
        interface_size: 14.0,
        reading_face: match settings.reading_face {
            ReadingFace::Naskh => Face::Naskh,
            ReadingFace::Amiri => Face::Amiri,
            ReadingFace::Sans => Face::Plex,
        },
        reading_size: settings.reading_size,
        reading_leading: settings.reading_leading,
        moves: !settings.reduces_motion,
        words: Words(settings).widgets(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, "contrast ratio".
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |color: Color32| {
            let channel = |value: u8| {
                let value = f32::from(value) / 255.0;
                if value <= 0.04045 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Every ink on every ground that it stands on: at least 4.5 (AA), and 7 (AAA) in the theme of high contrast.
    #[test]
    fn all_text_can_be_read_on_every_ground_it_stands_on() {
        let themes = [
            (Theme::light(), 4.5),
            (Theme::dark(), 4.5),
            (Theme::high_contrast(), 7.0),
        ];
        for (theme, least) in themes {
            let it = theme.palette;
            let inks = [
                it.text,
                it.weak_text,
                it.strong_text,
                it.accent,
                theme.person,
                theme.organisation,
                theme.place,
                theme.neutral,
            ];
            let check = |ink, ground| {
                let found = contrast(ink, ground);
                assert!(least <= found, "{ink:?} on {ground:?}: {found}");
            };
            theme.series.iter().for_each(|ink| check(*ink, it.surface));
            theme.series.iter().for_each(|ink| check(*ink, it.hover));
            for ground in [it.surface, it.raised, it.sunken, it.hover] {
                inks.iter().for_each(|ink| check(*ink, ground));
            }
            for ground in [it.selection, it.mark, theme.notice, theme.own_words, theme.named] {
                check(it.text, ground);
                check(it.strong_text, ground);
            }
            // Names stay readable when they are marked or selected.
            for ink in [theme.person, theme.organisation, theme.place, it.weak_text] {
                check(ink, it.selection);
                check(ink, it.mark);
                check(ink, theme.named);
            }
            check(it.on_accent, it.accent);
            // A message that passes.
            check(it.surface, it.text);
            // What is drawn rather than written: 3 (WCAG 2.2, 1.4.11).
            for ground in [it.surface, it.raised, it.sunken] {
                assert!(3.0 <= contrast(it.focus, ground), "focus on {ground:?}");
            }
            assert!(3.0 <= contrast(theme.other_series, it.sunken), "the second series");
            assert!(
                2.0 <= contrast(theme.bar, it.sunken),
                "bars: {}",
                contrast(theme.bar, it.sunken)
            );
        }
    }
}
