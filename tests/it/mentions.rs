//! Names that were marked by hand in invented articles: `tests/mentions.txt` says how.

use std::collections::BTreeSet;
use std::path::Path;

use fihrist::arabic::{Folding, Span, fold};
use fihrist::archive;
use fihrist::entities::{EntityKind, ModelRecogniser, Recogniser as _};

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
    let allowed: usize = file
        .lines()
        .find_map(|line| line.strip_prefix("# allowed differences: "))
        .and_then(|it| it.parse().ok())
        .unwrap();
    let text: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
    let recogniser = ModelRecogniser::new();
    let (mut n_marked, mut n_found, mut n_right) = (0, 0, 0);
    let mut differences: Vec<String> = Vec::new();
    for marked_up in text.join("\n").split("\n\n").map(str::trim).filter(|it| !it.is_empty()) {
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
        let mut tell = |what: &str, it: &Marked| {
            let headline = plain.lines().next().unwrap_or_default();
            let written = Span::new(it.start, it.end).of(&plain).unwrap_or_default();
            differences.push(format!("{what}: {:?} «{written}» in «{headline}»", it.kind));
        };
        (n_marked, n_found) = (n_marked + marked.len(), n_found + found.len());
        n_right += found.iter().filter(|it| expected.contains(it)).count();
        found
            .iter()
            .filter(|it| !expected.contains(it))
            .for_each(|it| tell("is no name", it));
        for (it, meaning) in &marked {
            if !found.contains(it) {
                tell("missed", it);
                continue;
            }
            let mention = mentions.iter().find(|mention| mention.span.start == it.start);
            let (Some(mention), written) = (mention, Span::new(it.start, it.end).of(&plain).unwrap_or_default()) else {
                continue;
            };
            let key = |name: &str| fold(name, Folding::Name);
            let wanted = key(meaning.name.as_deref().unwrap_or(written));
            let usual = recogniser.usual_name(it.kind, &wanted);
            if mention.name.key != wanted && mention.name.key != usual {
                tell(&format!("stands for «{}» instead of «{wanted}»", mention.name.key), it);
            }
            let role = mention.role.and_then(|role| role.of(&plain));
            if meaning.role.is_some() && meaning.role.as_deref() != role {
                tell(&format!("has the role {role:?} instead of {:?}", meaning.role), it);
            }
        }
    }
    let percent = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    println!(
        "{n_marked} names marked, {n_found} found: precision {:.1}, recall {:.1}",
        percent(n_right, n_found),
        percent(n_right, n_marked)
    );
    assert!(300 <= n_marked);
    assert_eq!(differences.len(), allowed, "{}", differences.join("\n"));
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
