//! Lines as a browser breaks them: every paragraph of `tests/browser_lines` against what Chromium made of it.
//!
//! `.ci/browser_lines` makes these files. `FIHRIST_BROWSER_LINES=DIR` compares with all files below another folder
//! instead, whose sub-folders are named `<face>-<size>-<width>`, as the script names them.

use std::path::{Path, PathBuf};

use egui::Color32;
use parley::Alignment;

use crate::arabic::letter;

use super::engine::{Brush, Engine, Request};
use super::style::{Direction, Face, TextStyle};

/// A paragraph as the browser broke it.
#[derive(serde::Deserialize)]
struct Paragraph {
    /// The lines, with the white space at their ends; together they are the paragraph.
    lines: Vec<String>,
    /// Their widths in pixels, without the white space at their ends.
    widths: Vec<f32>,
}

/// What a comparison came to.
#[derive(Default)]
struct Tally {
    n_lines: usize,
    broken_elsewhere: Vec<String>,
    other_width: Vec<String>,
    widest_difference: f32,
}

#[test]
fn lines_break_where_a_browser_breaks_them() {
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser_lines");
    let root = std::env::var_os("FIHRIST_BROWSER_LINES").map_or(bundled, PathBuf::from);
    let mut settings: Vec<PathBuf> = std::fs::read_dir(&root).unwrap().map(|it| it.unwrap().path()).collect();
    settings.retain(|it| it.is_dir());
    settings.sort();
    let mut engine = Engine::new(std::sync::mpsc::channel().0);
    let mut report = String::new();
    let mut is_equal = true;
    for folder in &settings {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let [width, size, face] = *name.rsplitn(3, '-').collect::<Vec<_>>() else {
            panic!("{name} is not <face>-<size>-<width>");
        };
        let face = match face {
            "plex" => Face::Plex,
            "noto-naskh" => Face::Naskh,
            _ => panic!("no face {face}"),
        };
        let mut tally = Tally::default();
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|it| it.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let paragraphs: Vec<Paragraph> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
            for paragraph in paragraphs {
                compare(
                    &mut engine,
                    face,
                    size.parse().unwrap(),
                    width.parse().unwrap(),
                    &paragraph,
                    &mut tally,
                );
            }
        }
        report += &format!(
            "{name}: {} lines, {} broken elsewhere, {} of another width, widths differ by at most {:.3} px\n",
            tally.n_lines,
            tally.broken_elsewhere.len(),
            tally.other_width.len(),
            tally.widest_difference,
        );
        is_equal &= tally.broken_elsewhere.is_empty() && tally.other_width.is_empty();
        for it in tally.broken_elsewhere.iter().chain(&tally.other_width) {
            report += &format!("    {it}\n");
        }
    }
    println!("{report}");
    assert!(is_equal && !settings.is_empty(), "{report}");
}

fn compare(engine: &mut Engine, face: Face, size: f32, width: f32, expected: &Paragraph, tally: &mut Tally) {
    let text = expected.lines.concat();
    let style = TextStyle {
        face,
        size,
        bold: false,
        color: Color32::BLACK,
        leading: 1.8,
    };
    let request = Request {
        text: &text,
        style: &style,
        spans: &[],
        scale: 1.0,
        // A browser takes a paragraph without letters for one that reads from left to right.
        direction: Direction::LeftToRight,
    };
    let layout = engine.layout(request, Some(width), Alignment::Start);
    let lines: Vec<&str> = layout.lines().map(|line| &text[line.text_range()]).collect();
    tally.n_lines += expected.lines.len();
    if !text.contains(char::is_whitespace) {
        // Where a word is wider than the column, a browser shapes its pieces anew, and a letter more or less may fit.
        assert_eq!(lines.len(), expected.lines.len(), "{text}");
        return;
    }
    if lines
        .iter()
        .map(|it| it.trim_end())
        .ne(expected.lines.iter().map(|it| it.trim_end()))
    {
        let differs = |(found, expected): &(&&str, &String)| found.trim_end() != expected.trim_end();
        let first = lines.iter().zip(&expected.lines).find(differs);
        tally.broken_elsewhere.push(format!("{first:?}"));
        return;
    }
    if face == Face::Plex && text.contains([letter::ZWJ, letter::ZWNJ]) {
        // Such words are set in another face on purpose: Plex has no joiners.
        return;
    }
    for (line, (written, expected)) in layout.lines().zip(expected.lines.iter().zip(&expected.widths)) {
        let found = line.metrics().advance - trailing_space(&line, &text);
        let difference = (found - expected).abs();
        tally.widest_difference = tally.widest_difference.max(difference);
        if 0.5 < difference {
            tally
                .other_width
                .push(format!("{found} instead of {expected}: {written}"));
        }
    }
}

/// The width of the white space at the end of a line.
///
/// Rule L1 of UAX #9 gives such a space the paragraph's direction, so that it hangs beyond the line's end. parley 0.12
/// leaves it between the directions where the line ends against the paragraph's: nothing breaks elsewhere for it, but
/// the line is shown wider by a space than a browser shows it.
fn trailing_space(line: &parley::Line<'_, Brush>, text: &str) -> f32 {
    let range = line.text_range();
    let end = range.start + text[range].trim_end().len();
    let clusters = line.runs().flat_map(|run| run.clusters().collect::<Vec<_>>());
    clusters
        .filter(|it| end <= it.text_range().start)
        .map(|it| it.advance())
        .sum()
}
