//! Counts as pictures: what stands in them, in both languages, and where.

use std::sync::Arc;

use fihrist::app::{PictureFormat, picture_file};
use fihrist::index::{DayCount, Facet, FacetCount, FacetCounts, FacetFilter, Filters, Period, SearchRequest};
use fihrist::state::{ArchiveRoot, Chart, Charted, Drawn, Language, Settings, TimelineChart};
use fihrist::text::Piece;
use fihrist::ui::paper::chart_picture;
use jiff::civil::date;

use super::cli::{BRIDGE, Bench, FLOOD};
use super::window_names::page;

fn request() -> SearchRequest {
    SearchRequest {
        query_text: "جسر -نفق".to_owned(),
        filters: Filters {
            values: vec![FacetFilter {
                facet: Facet::Source,
                id: "رويترز".to_owned(),
                name: "رويترز".to_owned(),
                excluded: true,
            }],
            period: Some(Period::Days {
                first: date(2023, 9, 1),
                last: date(2024, 2, 29),
            }),
            ..Filters::default()
        },
        ..SearchRequest::default()
    }
}

fn chart(charted: Charted) -> Chart {
    Chart {
        charted,
        request: request(),
        n_found: 42,
        n_articles: 3000,
        archive: ArchiveRoot::Folder("/home/user/secret/صحف".into()),
    }
}

fn charts() -> [Chart; 3] {
    let days = |n: u64| -> Arc<[DayCount]> {
        let months = [(2023, 9), (2023, 10), (2023, 12), (2024, 1)].into_iter();
        let day = |(idx, (year, month)): (usize, (i16, i8))| DayCount {
            day: date(year, month, 7),
            articles: n + idx as u64,
            inferred: idx as u64 % 2,
        };
        months.enumerate().map(day).collect()
    };
    let timeline = TimelineChart {
        request: request(),
        days: days(3),
        other: Some((None, days(900))),
        period: (date(2023, 9, 1), date(2024, 2, 29)),
        is_narrowed: true,
        undated: 0,
    };
    let value = |idx: u64| FacetCount {
        id: idx.to_string(),
        name: format!("اسم {idx}"),
        articles: 40 - idx,
        spelling: None,
    };
    let counts = FacetCounts {
        facet: Facet::Person,
        values: (0..25).map(value).collect(),
        n_values: 80,
    };
    [
        Charted::Timeline(timeline),
        Charted::Compared(page(true)),
        Charted::Top(counts),
    ]
    .map(chart)
}

/// The words of a picture, in their order, and a check that all of it lies within its edges.
#[track_caller]
fn words_of(chart: &Chart, language: Language) -> Vec<String> {
    let settings = Settings {
        language,
        ..Settings::default()
    };
    let picture = chart_picture(chart, &settings, date(2026, 12, 1));
    let [width, height] = picture.size;
    let mut words = Vec::new();
    let mut is_within = true;
    let mut look = |points: &[[f32; 2]]| {
        is_within &= points
            .iter()
            .all(|[x, y]| (0.0..=width).contains(x) && (0.0..=height).contains(y));
    };
    for piece in &picture.pieces {
        let piece = match piece {
            Piece::Told(piece, _) => piece,
            piece => piece,
        };
        match piece {
            Piece::Words { at, text, .. } => {
                look(&[*at]);
                words.push(text.clone());
            }
            Piece::Line { points, .. } | Piece::Area { corners: points, .. } => look(points),
            Piece::Disc { center, .. } => look(&[*center]),
            Piece::Told(..) => {}
        }
    }
    assert!(is_within, "{words:?}");
    words
}

#[test]
fn a_caption_says_what_was_counted_and_no_path() {
    for (language, expected) in [
        (
            Language::Arabic,
            [
                "جسر -نفق",
                "رويترز",
                "42 مقالًا من أصل 3,000",
                "صحف",
                "1\u{A0}ديسمبر\u{A0}2026",
            ],
        ),
        (
            Language::English,
            [
                "جسر -نفق",
                "رويترز",
                "42 of 3,000 articles",
                "صحف",
                "1\u{A0}December\u{A0}2026",
            ],
        ),
    ] {
        for chart in charts() {
            let words = words_of(&chart, language);
            let told: Vec<String> = expected.iter().map(|it| it.replace('\u{A0}', " ")).collect();
            for it in &told {
                let is_there = words.iter().any(|word| word.replace('\u{A0}', " ") == *it);
                assert!(is_there, "no «{it}» among {words:?}");
            }
            // Nothing that is not seen, and no folder of the user's.
            let is_seen = |it: &String| it.chars().all(|c| !matches!(c, '\u{2066}'..='\u{2069}'));
            assert!(words.iter().all(is_seen), "{words:?}");
            assert!(
                !words.iter().any(|it| it.contains("secret") || it.contains("user")),
                "{words:?}"
            );
        }
    }
}

#[test]
fn each_kind_of_counts_shows_its_own() {
    let [timeline, compared, top] = charts();
    let words = words_of(&timeline, Language::Arabic);
    for expected in ["المقالات عبر الزمن", "0", "2", "6", "الأرشيف كله", "تاريخ مستنتج"]
    {
        assert!(words.iter().any(|it| it == expected), "no «{expected}» among {words:?}");
    }
    let words = words_of(&compared, Language::English);
    assert!(words[0].starts_with("سامي العامري, "), "{words:?}");
    assert!(words.iter().any(|it| it == "3 articles"), "{words:?}");
    let words = words_of(&top, Language::English);
    for expected in [
        "People: the most frequent",
        "اسم 0",
        "40",
        "اسم 19",
        "The first 20 of 80",
    ] {
        assert!(words.iter().any(|it| it == expected), "no «{expected}» among {words:?}");
    }
    assert!(!words.iter().any(|it| it == "اسم 20"), "{words:?}");
    // The same in pixels.
    let drawn = Drawn::Chart(Box::new(top));
    let png = picture_file(&drawn, &Settings::default(), PictureFormat::Png).unwrap();
    assert_eq!(image::load_from_memory(&png).unwrap().width(), 2000);
}

#[test]
fn charts_are_drawn_on_the_command_line() {
    let bench = Bench::new(&[("flood.txt", FLOOD), ("bridge.txt", BRIDGE)]);
    let file = |name: &str| bench.data.path().join(name).display().to_string();
    for of in ["timeline", "people", "formats"] {
        let path = file(&format!("{of}.svg"));
        let output = bench.run("chart", &["--of", of, "--language", "english", "-o", &path]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.contains(">2 articles</text>"), "{text}");
    }
    let names = ["--of", "names", "--name", "سامي العامري", "-o"];
    let output = bench.run("chart", &[&names[..], &[&file("names.png")]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // What cannot be drawn is told, and no file is made.
    for (rest, told) in [
        (["لاشيءكهذا", "--of", "people", "a.svg"], "nothing to draw"),
        (["الجسر", "--of", "people", "a.gif"], "end in .svg or .png"),
    ] {
        let path = file(rest[3]);
        let output = bench.run("chart", &[rest[0], rest[1], rest[2], "-o", &path]);
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(told), "{error}");
        assert!(!std::path::Path::new(&path).exists());
    }
}
