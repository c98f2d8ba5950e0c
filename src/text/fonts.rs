//! The bundled faces, and installed ones for what these lack.

use std::collections::HashSet;
use std::ops::Range;

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, FontFamily};
use swash::FontRef;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::arabic::letter;

use super::style::Face;

/// The bundled faces: regular and bold of each [`Face`]. Their licences stand beside them in `assets/fonts`.
const FACES: [&[u8]; 6] = [
    include_bytes!("../../assets/fonts/IBMPlexSansArabic_400Regular.ttf"),
    include_bytes!("../../assets/fonts/IBMPlexSansArabic_700Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoNaskhArabic_400Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoNaskhArabic_700Bold.ttf"),
    include_bytes!("../../assets/fonts/Amiri_400Regular.ttf"),
    include_bytes!("../../assets/fonts/Amiri_700Bold.ttf"),
];

/// The faces that text is set in.
pub struct FontSet {
    /// parley's view of them.
    pub context: FontContext,
    /// Installed families that were needed for letters the bundled ones lack, in the order in which they were met.
    extra_families: Vec<String>,
    /// The installed faces, listed when the first letter is missing.
    installed: Option<fontdb::Database>,
    /// Characters that were looked for among the installed faces, found or not.
    sought: HashSet<char>,
}

impl FontSet {
    /// The bundled faces. No installed face is looked at.
    pub fn bundled() -> Self {
        let options = CollectionOptions {
            shared: false,
            system_fonts: false,
        };
        let mut context = FontContext {
            collection: Collection::new(options),
            source_cache: SourceCache::default(),
        };
        for face in FACES {
            context
                .collection
                .register_fonts(Blob::new(std::sync::Arc::new(face)), None);
        }
        Self {
            context,
            extra_families: Vec::new(),
            installed: None,
            sought: HashSet::new(),
        }
    }

    /// The families for a face: itself, the other bundled ones, then what was found for missing letters.
    pub fn families(&self, face: Face) -> FontFamily<'static> {
        let mut list = match face {
            Face::Interface => "'IBM Plex Sans Arabic', 'Noto Naskh Arabic', 'Amiri'",
            Face::Reading => "'Noto Naskh Arabic', 'IBM Plex Sans Arabic', 'Amiri'",
            Face::Amiri => "'Amiri', 'Noto Naskh Arabic', 'IBM Plex Sans Arabic'",
        }
        .to_owned();
        for family in &self.extra_families {
            list.push_str(&format!(", '{family}'"));
        }
        FontFamily::Source(list.into())
    }

    /// The letters that stand beside a joiner or non-joiner which their face lacks, with the face to set them in.
    ///
    /// A face needs no glyph for what is invisible, but parley would look for one, and set the letter in another face.
    pub fn joiners<'a>(
        &self,
        face: Face,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, FontFamily<'static>)> + use<'a> {
        let lacking = (face == Face::Interface && text.contains([letter::ZWJ, letter::ZWNJ])).then_some(FACES[0]);
        let font = lacking.and_then(|bytes| FontRef::from_index(bytes, 0));
        font.into_iter().flat_map(move |font| {
            let is_joiner = |c: char| matches!(c, letter::ZWJ | letter::ZWNJ);
            text.grapheme_indices(true)
                .filter(move |(_, it)| it.contains(is_joiner))
                .filter(move |(_, it)| it.chars().all(|c| is_joiner(c) || font.charmap().map(c) != 0))
                .map(|(at, it)| {
                    let family = FontFamily::Source("'IBM Plex Sans Arabic'".into());
                    (at..at + it.len(), family)
                })
        })
    }

    /// Looks for installed faces that have the characters. Returns whether one was found.
    ///
    /// Each character is sought once; listing the installed faces happens at most once, at the first missing letter.
    pub fn find_installed(&mut self, missing: impl Iterator<Item = char>) -> bool {
        let mut found = false;
        for c in missing {
            if !self.sought.insert(c) {
                continue;
            }
            let installed = self.installed.get_or_insert_with(|| {
                let mut database = fontdb::Database::new();
                database.load_system_fonts();
                database
            });
            let face = installed.faces().find(|face| {
                let has_glyph = |bytes: &[u8], index| {
                    FontRef::from_index(bytes, index as usize).is_some_and(|font| font.charmap().map(c) != 0)
                };
                installed.with_face_data(face.id, has_glyph).unwrap_or(false)
            });
            let Some(face) = face else { continue };
            let family = face.families.first().map(|(name, _)| name.clone());
            let bytes = installed.with_face_data(face.id, |bytes, _| bytes.to_vec());
            if let (Some(family), Some(bytes)) = (family, bytes)
                && !family.contains('\'')
            {
                self.context
                    .collection
                    .register_fonts(Blob::new(std::sync::Arc::new(bytes)), None);
                if !self.extra_families.contains(&family) {
                    self.extra_families.push(family);
                }
                found = true;
            }
        }
        found
    }
}

/// egui draws no text of its own here, but must not be without a font.
pub fn egui_fonts() -> egui::FontDefinitions {
    let mut fonts = egui::FontDefinitions::empty();
    let name = "interface".to_owned();
    fonts
        .font_data
        .insert(name.clone(), egui::FontData::from_static(FACES[0]).into());
    for family in [egui::FontFamily::Proportional, egui::FontFamily::Monospace] {
        fonts.families.insert(family, vec![name.clone()]);
    }
    fonts
}
