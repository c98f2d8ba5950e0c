//! Names marked by hand in invented articles: `tests/mentions.txt` says how. Differences are listed in
//! `tests/snapshots/mentions.snap`, so that no new error can hide behind an old one.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use fihrist::arabic::{Folding, Span, fold};
use fihrist::archive;
use fihrist::entities::{EntityKind, ModelRecogniser, Recogniser as _};

use super::snapshot::check_snapshot;

/// A name that was marked, or found.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Marked {
    start: usize,
    end: usize,
    kind: EntityKind,
}

/// What is marked besides the place and the kind.
#[derive(Debug, Default)]
struct Meaning {
    name: Option<String>,
    role: Option<String>,
}

#[test]
fn names_marked_by_hand_are_found_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(root.join("tests/mentions.txt")).unwrap();
    let text: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
    let recogniser = ModelRecogniser::new();
    let mut counts = Counts::default();
    let mut differences = String::new();
    for marked_up in text.join("\n").split("\n\n").map(str::trim).filter(|it| !it.is_empty()) {
        for difference in differences_in(marked_up, &recogniser, &mut counts) {
            differences.push_str(&difference);
            differences.push('\n');
        }
    }
    assert!(300 <= counts.n_marked);
    check_snapshot("mentions", &format!("{counts}\n\n{differences}"));
}

/// How many names were marked, and how many found.
#[derive(Debug, Default)]
struct Counts {
    n_marked: usize,
    n_found: usize,
    n_right: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |of: usize| 100.0 * self.n_right as f64 / of.max(1) as f64;
        write!(
            f,
            "{} names marked, {} found: precision {:.1}, recall {:.1}",
            self.n_marked,
            self.n_found,
            percent(self.n_found),
            percent(self.n_marked)
        )
    }
}

/// The differences between marked and found names in an article, in the order of its text.
fn differences_in(marked_up: &str, recogniser: &ModelRecogniser, counts: &mut Counts) -> Vec<String> {
    let (plain, marked) = without_marks(marked_up);
    let articles = archive::parse(Path::new("a.txt"), plain.as_bytes());
    let [article] = &articles[..] else {
        panic!("{} articles: {plain}", articles.len());
    };
    assert_eq!(article.text, plain);
    let mentions = recogniser.mentions(article);
    let found: BTreeSet<Marked> = mentions
        .iter()
        .map(|it| Marked {
            start: it.span.start,
            end: it.span.end,
            kind: it.kind,
        })
        .collect();
    let expected: BTreeSet<&Marked> = marked.iter().map(|it| &it.0).collect();
    counts.n_marked += marked.len();
    counts.n_found += found.len();
    counts.n_right += found.iter().filter(|it| expected.contains(it)).count();
    let headline = plain.lines().next().unwrap_or_default();
    let written = |it: &Marked| Span::new(it.start, it.end).of(&plain).unwrap_or_default();
    let mut differences: Vec<(usize, String)> = Vec::new();
    let mut tell = |it: &Marked, what: &str| {
        let difference = format!("{headline}: {:?} «{}» {what}", it.kind, written(it));
        differences.push((it.start, difference));
    };
    for it in found.iter().filter(|it| !expected.contains(it)) {
        tell(it, "is no name");
    }
    for (it, meaning) in &marked {
        let mention = mentions.iter().find(|mention| mention.span.start == it.start);
        let Some(mention) = mention.filter(|_| found.contains(it)) else {
            tell(it, "is missed");
            continue;
        };
        let wanted = fold(meaning.name.as_deref().unwrap_or(written(it)), Folding::Name);
        let usual = recogniser.usual_name(it.kind, &wanted);
        if mention.name.key != wanted && mention.name.key != usual {
            tell(it, &format!("stands for «{}» instead of «{wanted}»", mention.name.key));
        }
        let role = mention.role.and_then(|role| role.of(&plain));
        if let Some(wanted) = meaning.role.as_deref().filter(|it| Some(*it) != role) {
            let role = role.map_or("no role".to_owned(), |role| format!("the role «{role}»"));
            tell(it, &format!("has {role} instead of «{wanted}»"));
        }
    }
    differences.sort();
    differences.into_iter().map(|(_, difference)| difference).collect()
}

/// An article without its marks, and what they say.
fn without_marks(marked_up: &str) -> (String, Vec<(Marked, Meaning)>) {
    let (mut plain, mut marked) = (String::new(), Vec::new());
    let mut rest = marked_up;
    while let Some((before, behind)) = rest.split_once('[') {
        let (mark, behind) = behind
            .split_once(']')
            .unwrap_or_else(|| panic!("no end of a mark: {behind}"));
        let (kind, mark) = mark.split_once(": ").unwrap_or_else(|| panic!("no kind: {mark}"));
        let kind = match kind {
            "شخص" => EntityKind::Person,
            "هيئة" => EntityKind::Organisation,
            "مكان" => EntityKind::Place,
            _ => panic!("no kind: {kind}"),
        };
        let (mark, role) = mark
            .split_once(" | ")
            .map_or((mark, None), |(mark, role)| (mark, Some(role)));
        let (written, name) = mark
            .split_once(" = ")
            .map_or((mark, None), |(mark, name)| (mark, Some(name)));
        plain.push_str(before);
        let start = plain.len();
        plain.push_str(written);
        let end = plain.len();
        let meaning = Meaning {
            name: name.map(str::to_owned),
            role: role.map(str::to_owned),
        };
        marked.push((Marked { start, end, kind }, meaning));
        rest = behind;
    }
    plain.push_str(rest);
    (plain, marked)
}
