//! Layouts as text: lines as a browser breaks them, and every turn of the script.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Color32, Context};
use parley::{Affinity, Alignment, Cursor, Layout, LineMetrics, PositionedLayoutItem};
use serde::Deserialize;

use crate::arabic::{Span, letter};

use super::atlas::{Atlas, GlyphKey};
use super::engine::{Brush, Engine, Request};
use super::fonts::FACES;
use super::paint::rects_of;
use super::style::{Direction, Face, SpanStyle, TextStyle};

/// What a browser made of a paragraph. `.ci/browser_lines` writes it.
#[derive(Deserialize)]
struct Broken {
    lines: Vec<String>,
    widths: Vec<f32>,
}

/// What the comparison with the browser counts.
#[derive(Default)]
struct Tally {
    n_lines: usize,
    n_equal: usize,
    n_known: usize,
    max_width_difference: f32,
    problems: Vec<String>,
}

/// A word that would fit or not fit by less than this, in pixels, may stand in the other line: Chromium rounds the width
/// of every run of one direction and face up to a 64th of a pixel, and adds the roundings up.
const ROUNDING: f32 = 0.2;

/// The same for a letter of a word that is longer than a line: Chromium measures it without what is kerned with it.
const KERNING: f32 = 2.0;

/// Compares with `tests/browser_lines`, and with the folder that FIHRIST_BROWSER_LINES names.
///
/// Known to differ, besides [`ROUNDING`] and [`KERNING`]: Amiri sets some letters by what stands beside them, a kaf nearer to the space
/// before it, say. Where a line begins with one, or in the middle of a word, Chromium shapes the line anew; parley
/// shapes the paragraph once, and so keeps the letters as they stood in it.
#[test]
fn lines_break_where_a_browser_breaks_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser_lines");
    let mut folders = vec![root];
    folders.extend(std::env::var_os("FIHRIST_BROWSER_LINES").map(PathBuf::from));
    let mut problems = Vec::new();
    for folder in folders {
        let references = references(&folder);
        assert!(
            !references.is_empty(),
            "nothing to compare with in {}",
            folder.display()
        );
        for (setting, paths) in references {
            let (style, width) = parse_setting(&setting);
            let mut engine = Engine::new();
            let mut tally = Tally::default();
            for path in paths {
                let paragraphs: Vec<Broken> = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
                for paragraph in paragraphs {
                    compare(&mut engine, &style, width, &paragraph, &mut tally);
                }
            }
            println!(
                "{setting}: {} of {} lines equal, {} known to differ, widths differ by at most {:.3}",
                tally.n_equal, tally.n_lines, tally.n_known, tally.max_width_difference
            );
            problems.extend(tally.problems.into_iter().map(|it| format!("{setting}: {it}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The references in a folder by setting: `<face>-<size>-<width>.json`, or a folder of that name with many.
fn references(folder: &Path) -> Vec<(String, Vec<PathBuf>)> {
    let sorted = |folder: &Path| {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let is_json = |path: &PathBuf| path.extension().is_some_and(|it| it == "json");
    let mut references = Vec::new();
    for path in sorted(folder) {
        let setting = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            references.push((setting, sorted(&path).into_iter().filter(is_json).collect()));
        } else if is_json(&path) {
            references.push((setting, vec![path]));
        }
    }
    references
}

fn parse_setting(setting: &str) -> (TextStyle, f32) {
    let mut parts = setting.rsplitn(3, '-');
    let mut number = || parts.next().unwrap().parse().unwrap();
    let (width, size) = (number(), number());
    let style = match parts.next() {
        Some("noto-naskh") => style(Face::Naskh, size),
        Some("plex") => style(Face::Plex, size),
        Some("plex-bold") => style(Face::Plex, size).bold(),
        Some("amiri") => style(Face::Amiri, size),
        face => panic!("no face {face:?}"),
    };
    (style, width)
}

fn compare(engine: &mut Engine, style: &TextStyle, width: f32, expected: &Broken, tally: &mut Tally) {
    let text = expected.lines.concat();
    let layout = engine.layout(request(&text, style, &[]), Some(width), Alignment::Start);
    // An invisible character at a seam belongs to either line, and the browser does not say to which.
    let visible = |line: &str| {
        line.trim_matches(|c: char| c.is_whitespace() || letter::is_invisible(c))
            .to_owned()
    };
    let found: Vec<(String, f32)> = layout
        .lines()
        .map(|line| {
            let metrics = line.metrics();
            (
                visible(&text[line.text_range()]),
                metrics.advance - metrics.hanging_advance,
            )
        })
        .collect();
    tally.n_lines += expected.lines.len();
    for (idx, line) in expected.lines.iter().enumerate() {
        let (line, expected_width) = (visible(line), expected.widths[idx]);
        let Some((found, found_width)) = found.get(idx) else {
            tally.problems.push(format!("line {idx} «{line}» is missing"));
            return;
        };
        // Where the line begins or ends in the middle of a word.
        let ends_in_word = |line: &String| !line.ends_with([' ', '\u{200F}', '\u{2069}']);
        let is_cut = expected.lines[..expected.lines.len() - 1]
            .iter()
            .skip(idx.saturating_sub(1))
            .take(if idx == 0 { 1 } else { 2 })
            .any(ends_in_word);
        let (width_slack, break_slack) = match style.face {
            Face::Amiri if is_cut || line.starts_with('ك') => (f32::INFINITY, f32::INFINITY),
            _ if is_cut => (0.5, KERNING),
            _ => (0.5, ROUNDING),
        };
        if *found == line {
            tally.n_equal += 1;
            let difference = (found_width - expected_width).abs();
            if difference < 0.5 {
                tally.max_width_difference = tally.max_width_difference.max(difference);
            } else if difference < width_slack {
                tally.n_known += 1;
            } else {
                let problem = format!("«{line}» is {found_width} wide, not {expected_width}");
                tally.problems.push(problem);
            }
            continue;
        }
        // From here on the paragraph's lines are others; only the first says why.
        let longer = match found.len() < line.len() {
            true => engine
                .layout(request(&line, style, &[]), None, Alignment::Start)
                .width(),
            false => *found_width,
        };
        if (longer - width).abs() < break_slack {
            tally.n_known += expected.lines.len() - idx;
        } else {
            tally.problems.push(format!("line {idx} is «{found}», not «{line}»"));
        }
        return;
    }
    if found.len() != expected.lines.len() {
        let problem = format!("{} lines, not {}", found.len(), expected.lines.len());
        tally.problems.push(problem);
    }
}

fn style(face: Face, size: f32) -> TextStyle {
    TextStyle {
        face,
        size,
        bold: false,
        color: Color32::BLACK,
        leading: 1.8,
    }
}

fn request<'a>(text: &'a str, style: &'a TextStyle, spans: &'a [SpanStyle]) -> Request<'a> {
    Request {
        text,
        style,
        spans,
        scale: 1.0,
        direction: Direction::RightToLeft,
    }
}

fn lay_out(engine: &mut Engine, text: &str, face: Face, size: f32, width: Option<f32>) -> Arc<Layout<Brush>> {
    let style = style(face, size);
    engine.layout(request(text, &style, &[]), width, Alignment::Start)
}

#[test]
fn every_letter_stands_in_one_line_however_narrow_the_column() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser_lines/plex-16-360.json");
    let paragraphs: Vec<Broken> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut engine = Engine::new();
    for text in paragraphs.iter().map(|it| it.lines.concat()) {
        for width in [0.0, 1.0, 7.0, 23.0, 60.0, 61.5, 140.0, 100_000.0] {
            let layout = lay_out(&mut engine, &text, Face::Plex, 16.0, Some(width));
            let shown: String = layout.lines().map(|line| &text[line.text_range()]).collect();
            assert_eq!(shown, text, "in {width}");
            // Only where not even one letter fits is a line wider than the column.
            let is_wide = |it: &LineMetrics| width + 0.1 < it.advance - it.hanging_advance;
            let fits_letters = 23.0 <= width && !text.contains('\u{FDFD}');
            let mut lines = layout.lines();
            assert!(
                !fits_letters || !lines.any(|line| is_wide(line.metrics())),
                "«{text}» in {width}"
            );
        }
    }
}

/// The glyphs of a text in one line, from left to right, each with its face.
fn glyphs(engine: &mut Engine, text: &str, face: Face, spans: &[SpanStyle]) -> Vec<(u64, u32)> {
    let style = style(face, 18.0);
    let layout = engine.layout(request(text, &style, spans), None, Alignment::Start);
    let mut glyphs = Vec::new();
    for line in layout.lines() {
        for item in line.items() {
            if let PositionedLayoutItem::GlyphRun(run) = item {
                let font = run.run().font().data.id();
                glyphs.extend(run.positioned_glyphs().map(|it| (font, it.id)));
            }
        }
    }
    glyphs
}

fn ids(text: &str) -> Vec<u32> {
    // Plex has one glyph a letter; Noto has some without dots, and the dots.
    let glyphs = glyphs(&mut Engine::new(), text, Face::Plex, &[]);
    glyphs.into_iter().map(|(_, id)| id).collect()
}

fn advance(text: &str) -> f32 {
    let layout = lay_out(&mut Engine::new(), text, Face::Naskh, 18.0, None);
    let line = layout.lines().next().unwrap();
    line.metrics().advance
}

/// The bytes at which the caret stops.
fn caret_stops(text: &str) -> Vec<usize> {
    let layout = lay_out(&mut Engine::new(), text, Face::Naskh, 18.0, None);
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let stops: BTreeSet<usize> = ends
        .map(|at| Cursor::from_byte_index(&layout, at, Affinity::Downstream).index())
        .collect();
    stops.into_iter().collect()
}

/// Checks that the pieces stand from left to right on the one line of `text`.
#[track_caller]
fn check_from_left(text: &str, pieces: &[&str]) {
    let layout = lay_out(&mut Engine::new(), text, Face::Naskh, 18.0, None);
    let mut last = f32::NEG_INFINITY;
    let mut from = 0;
    let mut centers: Vec<(usize, f32)> = Vec::new();
    for piece in pieces {
        // Pieces that occur twice are given in the text's order or are found from the start again.
        let start = text[from..]
            .find(piece)
            .map_or_else(|| text.find(piece).unwrap(), |at| from + at);
        from = start + piece.len();
        let rects = rects_of(&layout, Span::new(start, start + piece.len()));
        let center = rects.iter().map(|it| it.center().x).sum::<f32>() / rects.len() as f32;
        centers.push((start, center));
    }
    for ((_, center), piece) in centers.into_iter().zip(pieces) {
        assert!(
            last < center,
            "«{piece}» in «{text}» stands at {center}, not right of {last}"
        );
        last = center;
    }
}

#[test]
fn joiners_and_non_joiners_shape_their_neighbours() {
    let isolated = ids("ه");
    assert_ne!(
        ids("ه\u{200D}")[..1].to_vec(),
        isolated,
        "a joiner gives the initial form"
    );
    // From left to right: the final form of the second letter, the initial one of the first.
    let joined = ids("بب");
    let parted: Vec<u32> = ids("ب\u{200C}ب");
    assert!(!parted.contains(&joined[0]) && !parted.contains(&joined[1]));
    let (isolated, parted) = (advance("ب"), advance("ب\u{200C}ب"));
    assert!((parted - isolated * 2.0).abs() < 0.01);
}

#[test]
fn letters_beside_joiners_stay_in_their_face() {
    for face in [Face::Plex, Face::Naskh, Face::Amiri] {
        let mut engine = Engine::new();
        let plain = glyphs(&mut engine, "بيسي", face, &[])[0].0;
        let with_joiners = glyphs(&mut engine, "بي\u{200C}بي\u{200C}سي ه\u{200D}", face, &[]);
        assert!(with_joiners.iter().all(|(font, _)| *font == plain), "{face:?}");
    }
}

#[test]
fn a_lam_alef_is_one_glyph_with_a_caret_stop_inside() {
    assert_eq!(ids("لا").len(), 1);
    assert_eq!(caret_stops("لا"), [0, 2, 4]);
    let layout = lay_out(&mut Engine::new(), "لا", Face::Plex, 18.0, None);
    let [first, second] = [0, 2].map(|start| rects_of(&layout, Span::new(start, start + 2))[0]);
    assert!(second.center().x < first.center().x);
    assert!(
        (first.width() - second.width()).abs() < 0.01,
        "each letter has half of it"
    );
}

#[test]
fn presentation_forms_have_glyphs() {
    for face in [Face::Plex, Face::Naskh, Face::Amiri] {
        for c in [
            '\u{FE8D}', '\u{FE8E}', '\u{FE91}', '\u{FEFB}', '\u{FEFC}', '\u{FEE1}', '\u{FDF2}', '\u{FDFA}',
        ] {
            let glyphs = glyphs(&mut Engine::new(), &c.to_string(), face, &[]);
            assert!(
                glyphs.iter().all(|(_, id)| *id != 0),
                "U+{:04X} in {face:?}",
                u32::from(c)
            );
        }
    }
    assert!(5.0 < advance("\u{FDF2}"));
}

#[test]
fn isolates_and_brackets_stand_where_a_reader_expects_them() {
    check_from_left("في \u{2068}Reuters 24\u{2069} ثم", &["ثم", "Reuters", "24", "في"]);
    check_from_left(
        "قال (زيد [وهو عمرو]) نعم",
        &["نعم", ")", "]", "عمرو", "[", "زيد", "(", "قال"],
    );
    check_from_left(
        "سنة 12/03/2023 بلغ -12 درجة",
        &["درجة", "12 د", "بلغ", "12/", "/2023", "سنة"],
    );
    check_from_left("Reuters: قال (زيد) نعم", &["Reuters", ":", "نعم", "زيد", "قال"]);
    check_from_left("نسبة ٣٫٥٪ منها", &["منها", "٣٫٥", "نسبة"]);
}

#[test]
fn tashkeel_stands_on_its_letter_without_taking_room() {
    let (bare, vowelled) = ("كتاب مبين", "كِتَابٌ مُبِينٌ");
    assert!((advance(bare) - advance(vowelled)).abs() < 0.01);
    let stops = caret_stops(vowelled);
    assert_eq!(
        stops.len(),
        caret_stops(bare).len(),
        "the caret does not stop between a letter and its marks"
    );
    assert!(stops.iter().all(|at| vowelled.is_char_boundary(*at)));
}

#[test]
fn invisible_characters_take_no_room() {
    for c in [
        '\u{200E}', '\u{200F}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{FEFF}',
    ] {
        let text = format!("نعم{c} لا");
        let difference = (advance(&text) - advance("نعم لا")).abs();
        assert!(difference < 0.01, "U+{:04X} takes {difference}", u32::from(c));
    }
}

#[test]
fn bold_never_breaks_joining() {
    let text = "أعلنت والروسية اليوم";
    let word = text.find("والروسية").unwrap();
    let mut engine = Engine::new();
    let mut glyphs_of = |start: usize, end: usize| {
        let spans = [SpanStyle {
            span: Span::new(start, end),
            bold: true,
            ..SpanStyle::default()
        }];
        glyphs(&mut engine, text, Face::Plex, &spans)
    };
    let whole = glyphs_of(word, word + "والروسية".len());
    // A piece of the word makes all of it bold, and nothing else.
    for piece in ["وال", "روس", "ية"] {
        let start = text.find(piece).unwrap();
        assert_eq!(glyphs_of(start, start + piece.len()), whole, "«{piece}»");
    }
    let fonts: BTreeSet<u64> = whole.iter().map(|(font, _)| *font).collect();
    assert_eq!(fonts.len(), 2);
    // The bold face joins as the plain one does: its glyphs have the same numbers.
    let numbers: Vec<u32> = whole.iter().map(|(_, id)| *id).collect();
    assert_eq!(numbers, ids(text));
}

#[test]
fn a_missing_letter_is_a_box_until_a_face_is_found() {
    let mut engine = Engine::new();
    let text = "نعم 中 لا";
    let has_box = |engine: &mut Engine| glyphs(engine, text, Face::Naskh, &[]).iter().any(|(_, id)| *id == 0);
    assert!(has_box(&mut engine));

    let mut finder = engine.fonts.finder(Context::default());
    let mut installed = fontdb::Database::new();
    installed.load_font_data(test_face());
    assert!(finder.find_missing(&installed), "the letter was asked for");
    assert!(
        has_box(&mut engine),
        "a frame in which a face comes still shows what it laid out before"
    );
    engine.begin_frame(1);
    assert!(!has_box(&mut engine));
}

#[test]
fn a_letter_that_no_face_has_is_asked_for_once() {
    let mut engine = Engine::new();
    let mut finder = engine.fonts.finder(Context::default());
    for text in ["中", "中 中"] {
        glyphs(&mut engine, text, Face::Naskh, &[]);
    }
    assert!(!finder.find_missing(&fontdb::Database::new()));
    glyphs(&mut engine, "中!", Face::Naskh, &[]);
    assert!(!finder.find_missing(&fontdb::Database::new()));
}

#[test]
fn every_bundled_face_draws_a_box_for_what_it_lacks() {
    let ctx = Context::default();
    let mut atlas = Atlas::default();
    for (idx, bytes) in FACES.iter().enumerate() {
        let picture = atlas.picture(&ctx, key(idx as u64, 0), bytes).unwrap();
        assert!(5 < picture.width && 5 < picture.height && !picture.has_colors);
    }
}

#[test]
fn an_emoji_has_its_own_colours() {
    let face = test_face();
    let glyph = swash::FontRef::from_index(&face, 0).unwrap().charmap().map('\u{1F534}');
    let ctx = Context::default();
    let mut atlas = Atlas::default();
    let picture = atlas.picture(&ctx, key(0, glyph), &face).unwrap();
    assert!(picture.has_colors);
    let at = |x: u32, y: u32| atlas.pixel(&picture, x, y);
    // swash rounds down a little.
    let is_about = |found: Color32, wanted: Color32| {
        let channels = found.to_array().into_iter().zip(wanted.to_array());
        channels.into_iter().all(|(a, b)| a.abs_diff(b) < 4)
    };
    let (edge, middle) = (at(2, picture.height / 2), at(picture.width / 2, picture.height / 2));
    assert!(
        is_about(edge, Color32::RED) && is_about(middle, Color32::BLUE),
        "{edge:?} {middle:?}"
    );
}

fn key(font: u64, glyph: u16) -> GlyphKey {
    GlyphKey {
        font,
        font_index: 0,
        glyph,
        size_bits: 20.0_f32.to_bits(),
        bin: 0,
    }
}

/// `.ci/test_face` makes it.
fn test_face() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts/test_face.ttf")).unwrap()
}
