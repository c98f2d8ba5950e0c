//! The bundled faces, and installed ones for what these lack.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use egui::Context;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, FontFamily};

use super::engine::with_engine;
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
    /// Characters that were asked for among the installed faces, found or not.
    sought: HashSet<char>,
    /// Where they are asked for.
    missing: Sender<char>,
}

impl FontSet {
    /// The bundled faces. Characters that they lack are sent to `missing`, each once.
    pub fn bundled(missing: Sender<char>) -> Self {
        let options = CollectionOptions {
            shared: false,
            system_fonts: false,
        };
        let mut context = FontContext {
            collection: Collection::new(options),
            source_cache: SourceCache::default(),
        };
        for face in FACES {
            context.collection.register_fonts(Blob::new(Arc::new(face)), None);
        }
        Self {
            context,
            extra_families: Vec::new(),
            sought: HashSet::new(),
            missing,
        }
    }

    /// The families for a face: itself, the other bundled ones, then what was found for missing letters.
    pub fn families(&self, face: Face) -> FontFamily<'static> {
        let (first, second) = match face {
            Face::Plex => ("IBM Plex Sans Arabic", "Noto Naskh Arabic"),
            Face::Naskh => ("Noto Naskh Arabic", "IBM Plex Sans Arabic"),
            Face::Amiri => ("Amiri", "Noto Naskh Arabic"),
        };
        let mut list = format!("'{first}', '{second}'");
        for family in &self.extra_families {
            list.push_str(&format!(", '{family}'"));
        }
        FontFamily::Source(list.into())
    }

    /// Asks for installed faces with the characters. They come later, if there are any.
    pub fn seek(&mut self, missing: impl Iterator<Item = char>) {
        for c in missing {
            if self.sought.insert(c) {
                // Without a finder, as in tests, the letter stays a box.
                self.missing.send(c).ok();
            }
        }
    }

    /// Sets what the bundled faces lack in `family`, too.
    fn add(&mut self, family: String, bytes: Vec<u8>) {
        self.context.collection.register_fonts(Blob::new(Arc::new(bytes)), None);
        if !self.extra_families.contains(&family) {
            self.extra_families.push(family);
        }
    }
}

/// Looks for installed faces with the letters that the bundled ones lack, on a thread of its own: listing the faces of
/// a machine and reading them takes longer than a frame.
pub struct FallbackFinder {
    pub(super) missing: Receiver<char>,
}

impl FallbackFinder {
    /// Works until the window is gone. What is found is shown from the next frame on.
    pub fn run(self, ctx: &Context) {
        let mut installed: Option<fontdb::Database> = None;
        while let Ok(first) = self.missing.recv() {
            let installed = installed.get_or_insert_with(|| {
                let mut database = fontdb::Database::new();
                database.load_system_fonts();
                database
            });
            let mut found = Vec::new();
            // Letters are missed by the text; they often share a face.
            let mut wanted: Vec<char> = std::iter::once(first).chain(self.missing.try_iter()).collect();
            while let Some(c) = wanted.pop() {
                let Some((family, bytes)) = face_with(installed, c) else {
                    continue;
                };
                if let Some(font) = swash::FontRef::from_index(&bytes, 0) {
                    wanted.retain(|it| font.charmap().map(*it) == 0);
                }
                found.push((family, bytes));
            }
            if !found.is_empty() {
                with_engine(ctx, |engine| {
                    for (family, bytes) in found {
                        engine.fonts.add(family, bytes);
                    }
                    engine.forget_layouts();
                });
                ctx.request_repaint();
            }
        }
    }
}

/// The family and the file of the first installed face with a glyph for `c`; for an emoji, of one with colours if there
/// is any.
fn face_with(installed: &fontdb::Database, c: char) -> Option<(String, Vec<u8>)> {
    let find = |is_wanted: &dyn Fn(&swash::FontRef<'_>) -> bool| {
        let has_glyph = |bytes: &[u8], index| {
            swash::FontRef::from_index(bytes, index as usize)
                .is_some_and(|font| font.charmap().map(c) != 0 && is_wanted(&font))
        };
        let mut faces: Vec<&fontdb::FaceInfo> = installed.faces().collect();
        faces.sort_by_key(|face| (face.style != fontdb::Style::Normal, face.weight.0.abs_diff(400)));
        faces
            .into_iter()
            .find(|face| installed.with_face_data(face.id, has_glyph).unwrap_or(false))
    };
    let has_colors = |font: &swash::FontRef<'_>| {
        let mut tables = [b"COLR", b"CBDT", b"sbix"].into_iter();
        tables.any(|table| font.table(swash::tag_from_bytes(table)).is_some())
    };
    let is_emoji = '\u{1F000}' <= c;
    let colored = if is_emoji { find(&has_colors) } else { None };
    let face = colored.or_else(|| find(&|_| true))?;
    let (family, _) = face.families.first()?;
    if family.contains('\'') {
        // It cannot be named in a list of families.
        return None;
    }
    let bytes = installed.with_face_data(face.id, |bytes, _| bytes.to_vec())?;
    Some((family.clone(), bytes))
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
