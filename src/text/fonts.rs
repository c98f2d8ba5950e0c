//! The bundled faces, and installed ones for what these lack.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, unbounded};
use egui::Context;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, FontFamily};
use swash::FontRef;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::arabic::letter;

use super::style::Face;

/// The bundled faces: regular and bold of each [`Face`]. Their licences stand beside them in `assets/fonts`.
pub const FACES: [&[u8]; 6] = [
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
    /// How many faces were found so far.
    pub n_found: usize,
    /// Characters that were asked for, found or not.
    sought: HashSet<char>,
    /// Towards a [`FaceFinder`].
    missing: (Sender<char>, Receiver<char>),
    /// Back from it: the bytes of faces.
    found: (Sender<Vec<u8>>, Receiver<Vec<u8>>),
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
            context.collection.register_fonts(Blob::new(Arc::new(face)), None);
        }
        Self {
            context,
            extra_families: Vec::new(),
            n_found: 0,
            sought: HashSet::new(),
            // Unbounded, so that a frame never waits for the search; each character is asked for once.
            missing: unbounded(),
            found: unbounded(),
        }
    }

    /// The families for a face: itself, the other bundled ones, then what was found for missing letters.
    pub fn families(&self, face: Face) -> FontFamily<'static> {
        let mut list = match face {
            Face::Plex => "'IBM Plex Sans Arabic', 'Noto Naskh Arabic', 'Amiri'",
            Face::Naskh => "'Noto Naskh Arabic', 'IBM Plex Sans Arabic', 'Amiri'",
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
        let lacking = (face == Face::Plex && text.contains([letter::ZWJ, letter::ZWNJ])).then_some(FACES[0]);
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

    /// Asks for faces that have the characters. Until one has come, a box is shown.
    pub fn ask_for(&mut self, missing: impl IntoIterator<Item = char>) {
        for c in missing {
            if self.sought.insert(c) {
                // This cannot fail: the other end lies beside this one.
                self.missing.0.send(c).ok();
            }
        }
    }

    /// Takes over the faces that were found. Returns whether there were any.
    pub fn take_found(&mut self) -> bool {
        let n_before = self.n_found;
        while let Ok(bytes) = self.found.1.try_recv() {
            self.n_found += 1;
            let blob = Blob::new(Arc::new(bytes));
            for (family, _) in self.context.collection.register_fonts(blob, None) {
                let Some(name) = self.context.collection.family_name(family) else {
                    continue;
                };
                if !name.contains('\'') && !self.extra_families.iter().any(|it| it == name) {
                    self.extra_families.push(name.to_owned());
                }
            }
        }
        n_before < self.n_found
    }

    /// The other end of the channels.
    pub fn finder(&self, ctx: Context) -> FaceFinder {
        FaceFinder {
            ctx,
            missing: self.missing.1.clone(),
            found: self.found.0.clone(),
            sent: HashSet::new(),
        }
    }
}

/// Looks among the installed faces for letters that the bundled ones lack.
///
/// Listing thousands of faces takes seconds, so this belongs on a thread of its own, and happens only when the first
/// letter is missing.
pub struct FaceFinder {
    ctx: Context,
    missing: Receiver<char>,
    found: Sender<Vec<u8>>,
    /// What was handed over already.
    sent: HashSet<fontdb::ID>,
}

impl FaceFinder {
    /// Waits for missing letters as long as the program runs, and wakes the window when faces for them were found.
    pub fn run(mut self) {
        let mut installed: Option<fontdb::Database> = None;
        while let Ok(c) = self.missing.recv() {
            let installed = installed.get_or_insert_with(|| {
                let mut database = fontdb::Database::new();
                database.load_system_fonts();
                database
            });
            let mut found = self.find(installed, c);
            found |= self.find_missing(installed);
            if found {
                self.ctx.request_repaint();
            }
        }
    }

    /// Hands over faces for all that is missing by now. Returns whether there were any.
    pub fn find_missing(&mut self, installed: &fontdb::Database) -> bool {
        let mut found = false;
        while let Ok(c) = self.missing.try_recv() {
            found |= self.find(installed, c);
        }
        found
    }

    /// Hands over a face that has the character. Returns whether there is one that was not handed over before.
    fn find(&mut self, installed: &fontdb::Database, c: char) -> bool {
        let has_glyph = |face: &&fontdb::FaceInfo| {
            let has_glyph = |bytes: &[u8], index: u32| {
                FontRef::from_index(bytes, index as usize).is_some_and(|font| font.charmap().map(c) != 0)
            };
            installed.with_face_data(face.id, has_glyph).unwrap_or(false)
        };
        let mut faces: Vec<&fontdb::FaceInfo> = installed.faces().collect();
        faces.sort_by_cached_key(|face| rank(face, c));
        let Some(face) = faces.into_iter().find(has_glyph).filter(|it| self.sent.insert(it.id)) else {
            return false;
        };
        let bytes = installed.with_face_data(face.id, |bytes, _| bytes.to_vec());
        // The only way this can fail is that the window is gone.
        bytes.is_some_and(|bytes| self.found.send(bytes).is_ok())
    }
}

/// The order in which faces are asked for a character: pictures in colour before black ones, plain faces before bold
/// and slanted ones, then by name.
fn rank(face: &fontdb::FaceInfo, c: char) -> (bool, bool, u16, String) {
    let is_pictograph = matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}');
    let is_emoji_face = face.families.iter().any(|(name, _)| name.contains("Emoji"));
    (
        is_pictograph && !is_emoji_face,
        face.style != fontdb::Style::Normal,
        face.weight.0.abs_diff(fontdb::Weight::NORMAL.0),
        face.post_script_name.clone(),
    )
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
