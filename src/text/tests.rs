//! Layouts as text: lines as a browser breaks them, and every turn of the script.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Color32;
use parley::{Alignment, Layout};
use serde::Deserialize;

use crate::arabic::letter;

use super::engine::{Brush, Engine, Request};
use super::style::{Direction, Face, TextStyle};

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

/// Compares with `tests/browser_lines`, and with the folder that FIHRIST_BROWSER_LINES names.
///
/// Known to differ, besides [`ROUNDING`]: Amiri sets some letters by what stands beside them, a kaf nearer to the space
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
            let (face, size, width) = parse_setting(&setting);
            let mut engine = Engine::new();
            let mut tally = Tally::default();
            for path in paths {
                let paragraphs: Vec<Broken> = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
                for paragraph in paragraphs {
                    compare(&mut engine, face, size, width, &paragraph, &mut tally);
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

fn parse_setting(setting: &str) -> (Face, f32, f32) {
    let mut parts = setting.rsplitn(3, '-');
    let mut number = || parts.next().unwrap().parse().unwrap();
    let (width, size) = (number(), number());
    let face = match parts.next() {
        Some("noto-naskh") => Face::Reading,
        Some("plex") => Face::Interface,
        Some("amiri") => Face::Amiri,
        face => panic!("no face {face:?}"),
    };
    (face, size, width)
}

fn compare(engine: &mut Engine, face: Face, size: f32, width: f32, expected: &Broken, tally: &mut Tally) {
    let text = expected.lines.concat();
    let layout = lay_out(engine, &text, face, size, Some(width));
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
        let is_cut = |at: usize| {
            expected
                .lines
                .get(at)
                .is_some_and(|it| !it.ends_with([' ', '\u{200F}', '\u{2069}']))
        };
        let is_known = face == Face::Amiri
            && (line.starts_with('ك') || idx + 1 < expected.lines.len() && is_cut(idx) || 0 < idx && is_cut(idx - 1));
        if *found == line {
            tally.n_equal += 1;
            let difference = (found_width - expected_width).abs();
            if is_known && 0.5 < difference {
                tally.n_known += 1;
                continue;
            }
            tally.max_width_difference = tally.max_width_difference.max(difference);
            if 0.5 < difference {
                let problem = format!("«{line}» is {found_width} wide, not {expected_width}");
                tally.problems.push(problem);
            }
            continue;
        }
        // From here on the paragraph's lines are others; only the first says why.
        let longer = match found.len() < line.len() {
            true => lay_out(engine, &line, face, size, None).width(),
            false => *found_width,
        };
        if is_known || (longer - width).abs() < ROUNDING {
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

fn lay_out(engine: &mut Engine, text: &str, face: Face, size: f32, width: Option<f32>) -> Arc<Layout<Brush>> {
    let style = TextStyle {
        face,
        size,
        bold: false,
        color: Color32::BLACK,
        leading: 1.8,
    };
    let request = Request {
        text,
        style: &style,
        spans: &[],
        scale: 1.0,
        direction: Direction::RightToLeft,
    };
    engine.layout(request, width, Alignment::Start)
}
