//! The bundled faces, and installed ones for what these lack.

use std::collections::HashSet;

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, FontFamily};

use super::style::Face;

/// The bundled faces: regular and bold of each [`Face`]. Their licences stand beside them in `assets/fonts`.
const FACES: [&[u8]; 4] = [
    include_bytes!("../../assets/fonts/IBMPlexSansArabic_400Regular.ttf"),
    include_bytes!("../../assets/fonts/IBMPlexSansArabic_700Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoNaskhArabic_400Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoNaskhArabic_700Bold.ttf"),
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

    /// The families for a face: itself, the other bundled one, then what was found for missing letters.
    pub fn families(&self, face: Face) -> FontFamily<'static> {
        let (first, second) = match face {
            Face::Interface => ("IBM Plex Sans Arabic", "Noto Naskh Arabic"),
            Face::Reading => ("Noto Naskh Arabic", "IBM Plex Sans Arabic"),
        };
        let mut list = format!("'{first}', '{second}'");
        for family in &self.extra_families {
            list.push_str(&format!(", '{family}'"));
        }
        FontFamily::Source(list.into())
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
                    swash::FontRef::from_index(bytes, index as usize).is_some_and(|font| font.charmap().map(c) != 0)
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
