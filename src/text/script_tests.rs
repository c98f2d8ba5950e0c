//! What the Arabic script asks of shaping, as text: forms, ligatures, marks, directions, letters that are missing.

use egui::Color32;
use parley::{Affinity, Alignment, Cursor, Layout};

use crate::arabic::Span;

use super::engine::{Brush, Engine, Request};
use super::style::{Direction, Face, SpanStyle, TextStyle};

fn layout_of(text: &str, face: Face, spans: &[SpanStyle]) -> Layout<Brush> {
    let style = TextStyle {
        face,
        size: 20.0,
        bold: false,
        color: Color32::BLACK,
        leading: 1.8,
    };
    let request = Request {
        text,
        style: &style,
        spans,
        scale: 1.0,
        direction: Direction::RightToLeft,
    };
    let mut engine = Engine::new(std::sync::mpsc::channel().0);
    (*engine.layout(request, None, Alignment::Start)).clone()
}

/// The glyphs from left to right.
fn glyphs(text: &str, face: Face, spans: &[SpanStyle]) -> Vec<u32> {
    let layout = layout_of(text, face, spans);
    let runs: Vec<_> = layout.lines().flat_map(|line| line.runs()).collect();
    let clusters = runs.iter().flat_map(|run| run.visual_clusters());
    clusters
        .flat_map(|it| it.glyphs().collect::<Vec<_>>())
        .map(|it| it.id)
        .collect()
}

/// Where a caret may stand, in bytes, from the start to the end.
fn caret_stops(text: &str) -> Vec<usize> {
    let layout = layout_of(text, Face::Naskh, &[]);
    let mut cursor = Cursor::from_byte_index(&layout, 0, Affinity::Downstream);
    let mut stops = vec![cursor.index()];
    loop {
        // Leftward is onward, the text being Arabic alone.
        let next = cursor.previous_visual(&layout);
        if next.index() == cursor.index() {
            return stops;
        }
        stops.push(next.index());
        cursor = next;
    }
}

const FACES: [Face; 3] = [Face::Naskh, Face::Plex, Face::Amiri];

#[test]
fn letters_join_and_a_joiner_stands_for_a_neighbour() {
    for face in [Face::Naskh, Face::Amiri] {
        let width = |text| layout_of(text, face, &[]).width();
        let (alone, initial) = (width("ب"), width("ب\u{200D}"));
        assert!(
            1.0 < alone - initial,
            "{face:?}: {alone} alone, {initial} before a joiner"
        );
        assert!((width("ب\u{200C}ب") - 2.0 * alone).abs() < 0.1, "{face:?}");
        assert!(1.0 < 2.0 * alone - width("بب"), "{face:?}");
    }
}

#[test]
fn a_word_with_a_joiner_is_in_one_face() {
    for text in ["ب\u{200C}ب", "قال هـ\u{200D} ثم"] {
        let fonts = |text| {
            let layout = layout_of(text, Face::Plex, &[]);
            let runs = layout
                .lines()
                .flat_map(|line| line.runs().map(|run| run.font().data.id()).collect::<Vec<_>>());
            runs.collect::<std::collections::HashSet<u64>>().len()
        };
        let word = text
            .split(' ')
            .find(|it| it.contains(['\u{200C}', '\u{200D}']))
            .unwrap();
        assert_eq!(fonts(word), 1, "{}", word.escape_unicode());
    }
}

#[test]
fn lam_and_alef_are_one_shape_with_a_caret_between_them() {
    for face in FACES {
        let [separate, ligature] = ["ل\u{200C}ا", "لا"].map(|it| glyphs(it, face, &[]));
        assert_ne!(separate, ligature, "{face:?}");
    }
    assert_eq!(caret_stops("لا"), [0, 2, 4]);
}

#[test]
fn a_mark_takes_no_room_and_no_caret() {
    for face in FACES {
        let [bare, marked] = ["كتب", "كُتِبَ"].map(|it| layout_of(it, face, &[]).width());
        assert!((bare - marked).abs() < 0.01, "{face:?}: {bare} and {marked}");
    }
    assert_eq!(caret_stops("كُتِبَ"), [0, 4, 8, 12]);
}

#[test]
fn presentation_forms_have_glyphs() {
    for face in [Face::Naskh, Face::Amiri] {
        for text in [
            "\u{FEE3}\u{FEAE}\u{FEA3}\u{FE92}\u{FE8E}",
            "\u{FDF2}",
            "\u{FEFB}",
            "\u{FDFA}",
        ] {
            let found = glyphs(text, face, &[]);
            assert!(!found.contains(&0), "{face:?}, {}: {found:?}", text.escape_unicode());
        }
    }
}

#[test]
fn colour_and_bold_never_break_joining() {
    let text = "قال والروسية نعم";
    let span = Span::new("قال وال".len(), "قال والرو".len());
    for face in FACES {
        let plain = glyphs(text, face, &[]);
        let color = Some(Color32::RED);
        let coloured = SpanStyle {
            span,
            color,
            ..SpanStyle::default()
        };
        assert_eq!(glyphs(text, face, &[coloured]), plain, "{face:?}");
        // The whole word is bold: its glyphs are those of the bold face alone.
        let bold = SpanStyle {
            span,
            bold: true,
            ..SpanStyle::default()
        };
        let word = SpanStyle {
            span: Span::new("قال ".len(), "قال والروسية".len()),
            ..bold
        };
        assert_eq!(glyphs(text, face, &[bold]), glyphs(text, face, &[word]), "{face:?}");
    }
}

#[test]
fn a_letter_that_no_face_has_is_a_box_and_is_sought() {
    let (missing, sought) = std::sync::mpsc::channel();
    let mut engine = Engine::new(missing);
    let style = TextStyle {
        face: Face::Naskh,
        size: 20.0,
        bold: false,
        color: Color32::BLACK,
        leading: 1.8,
    };
    let request = Request {
        text: "قال 漢 ثم 漢 نعم",
        style: &style,
        spans: &[],
        scale: 1.0,
        direction: Direction::RightToLeft,
    };
    let layout = engine.layout(request, None, Alignment::Start);
    assert_eq!(sought.try_iter().collect::<Vec<_>>(), ['漢']);
    let clusters = layout.lines().flat_map(|line| {
        line.runs()
            .flat_map(|run| run.clusters().collect::<Vec<_>>())
            .collect::<Vec<_>>()
    });
    let boxes: Vec<f32> = clusters
        .filter(|it| it.glyphs().any(|glyph| glyph.id == 0))
        .map(|it| it.advance())
        .collect();
    assert_eq!(boxes.len(), 2);
    assert!(boxes.iter().all(|advance| 4.0 < *advance), "{boxes:?}");
}

#[test]
fn isolates_keep_a_name_from_its_surroundings() {
    // Without an isolate «2» and «x.txt» would change places around the Arabic between them.
    let text = "قرأ \u{2068}2 x.txt\u{2069} ثم";
    let layout = layout_of(text, Face::Naskh, &[]);
    let x = |piece: &str| {
        let at = text.find(piece).unwrap();
        let cursor = Cursor::from_byte_index(&layout, at, Affinity::Downstream);
        cursor.geometry(&layout, 1.0).x0
    };
    assert!(
        x("2") < x("x.txt") && x("x.txt") < x("قرأ"),
        "{} {} {}",
        x("2"),
        x("x.txt"),
        x("قرأ")
    );
    assert!(x("ثم") < x("2"));
}
