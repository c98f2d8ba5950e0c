//! House rules that the compiler does not enforce: who may import whom, libraries with one home, how long files and
//! functions may be.

use std::fmt::Write as _;

use super::imports::Sources;

/// Each module of the crate with those that it may import. `lib.rs` explains them.
const LAYERS: &[(&str, &[&str])] = &[
    ("arabic", &[]),
    ("archive", &["arabic"]),
    ("entities", &["arabic", "archive"]),
    ("marks", &["arabic", "archive", "entities"]),
    ("index", &["arabic", "archive", "entities", "marks"]),
    ("text", &["arabic"]),
    ("state", &["arabic", "archive", "entities", "index", "marks"]),
    ("work", &["arabic", "archive", "entities", "index", "marks", "state"]),
    (
        "ui",
        &["arabic", "archive", "entities", "index", "marks", "state", "text"],
    ),
    ("app", &["state", "text", "ui", "work"]),
    (
        "cli",
        &[
            "app", "arabic", "archive", "entities", "index", "marks", "state", "work",
        ],
    ),
    ("main", &["cli"]),
];

/// Names of libraries with the only place that may use each.
const HOMES: &[(&str, &[&str])] = &[
    ("tantivy::", &["index"]),
    ("parley::", &["text"]),
    ("swash::", &["text"]),
    ("opener::", &["work"]),
    ("rfd::", &["app"]),
    ("arboard::", &["app"]),
    ("rust_xlsxwriter::", &["work/export"]),
    ("eframe::", &["app"]),
    ("clap::", &["cli", "main"]),
    ("Color32::from_rgb(", &["ui/theme"]),
    (".label(", &["text"]),
    ("RichText", &["text"]),
    ("TextEdit", &["text"]),
    ("thread::Builder", &["work", "app"]),
    ("thread::spawn", &[]),
    // They panic where nobody reads what is said: `cli/shown` has what does not.
    ("eprintln!(", &["cli/train"]),
    ("eprint!(", &["cli/train"]),
];

/// A longer file needs a paragraph in its docs that begins with [`LONG`]; a file of tables may have any length. A guess.
const MOST_FILE_LINES: usize = 700;
/// A longer function needs a comment that begins with [`LONG`]. About as many lines as a screen shows.
const MOST_FUNCTION_LINES: usize = 80;
/// The beginning of the reason why something is longer.
const LONG: &str = "Long because ";

#[test]
fn modules_import_only_what_lies_below_them() {
    let sources = Sources::read();
    for (path, imports) in sources.imports() {
        let module = module_of(path);
        if module == "lib" {
            continue;
        }
        let layer = LAYERS.iter().find(|(layer, _)| *layer == module);
        let (_, allowed) = layer.unwrap_or_else(|| panic!("src/{path}.rs is in no layer of the table"));
        for import in imports {
            let to = module_of(import);
            assert!(
                to == module || allowed.contains(&to),
                "src/{path}.rs: {module} must not import {to}: {:?}",
                sources.names_between(path, import)
            );
        }
    }
}

#[test]
fn no_two_files_import_each_other() {
    let sources = Sources::read();
    let imports = sources.imports();
    assert!(100 < imports.len(), "where are the sources?");
    let mut found = String::new();
    for circle in sources.circles() {
        writeln!(found, "a circle of {} files:", circle.len()).unwrap();
        for from in &circle {
            for to in circle.iter().filter(|to| imports[from].contains(*to)) {
                let names = sources.names_between(from, to).join(", ");
                writeln!(found, "  src/{from}.rs takes from src/{to}.rs: {names}").unwrap();
            }
        }
    }
    for stray in sources.stray_impls() {
        writeln!(found, "src/{stray}: its methods belong beside it").unwrap();
    }
    assert!(found.is_empty(), "{found}");
}

#[test]
fn what_is_long_says_why() {
    let mut found = String::new();
    for it in Sources::read().long(MOST_FILE_LINES, MOST_FUNCTION_LINES) {
        if !it.words.contains(LONG) {
            writeln!(found, "{} has {} lines", it.place, it.n_lines).unwrap();
        }
    }
    assert!(found.is_empty(), "to be parted, or to say «{LONG}…»:\n{found}");
}

#[test]
fn every_file_stands_in_the_map_of_its_folder() {
    let sources = Sources::read();
    let texts: Vec<(&str, &str)> = sources.texts().collect();
    let mut found = String::new();
    for (path, _) in &texts {
        let Some((folder, name)) = path.trim_end_matches("/mod").rsplit_once('/') else {
            // The map of the top-level modules is `lib.rs`.
            continue;
        };
        let map = texts.iter().find(|(path, _)| *path == format!("{folder}/mod"));
        let (_, map) = map.unwrap_or_else(|| panic!("src/{folder}/mod.rs is missing"));
        let mut docs = map.lines().filter(|line| line.starts_with("//!"));
        let names = |line: &str| line.split(['`', '@', ':', '/', ',', ' ', '(']).any(|it| it == name);
        if !docs.any(names) {
            writeln!(found, "src/{folder}/mod.rs does not say what {name} is").unwrap();
        }
    }
    assert!(found.is_empty(), "{found}");
}

#[test]
fn words_with_one_home_stay_there() {
    for (path, text) in Sources::read().texts() {
        for (idx, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for (word, homes) in HOMES {
                assert!(
                    !line.contains(word) || homes.iter().any(|home| path.starts_with(home)),
                    "src/{path}.rs:{}: {word} belongs in {homes:?}",
                    idx + 1
                );
            }
        }
    }
}

#[test]
fn invisible_characters_are_written_as_escapes() {
    for (path, text) in Sources::read().texts() {
        for (idx, line) in text.lines().enumerate() {
            let found = line.chars().find(|c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'));
            assert_eq!(found, None, "src/{path}.rs:{}: an invisible character", idx + 1);
        }
    }
}

fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// Checks the circles of made-up files (`path: text`, a line each) against those expected, each `a b`.
fn check_circles(files: &[&str], expected: &[&str]) {
    let mods = |inside: &str| -> String {
        let names = files
            .iter()
            .filter_map(|it| it.split_once(": ")?.0.strip_prefix(inside)?.split('/').next());
        let mut names: Vec<&str> = names.filter(|it| *it != "mod" && *it != "lib").collect();
        names.sort_unstable();
        names.dedup();
        names.iter().map(|name| format!("mod {name}; ")).collect()
    };
    let mut texts = vec![("lib".to_owned(), mods(""))];
    for file in files {
        let (path, text) = file.split_once(": ").unwrap();
        let below = path.strip_suffix("mod").map(mods).unwrap_or_default();
        texts.push((path.to_owned(), format!("{below}{text}")));
    }
    let sources = Sources::of(texts);
    let mut circles: Vec<String> = sources.circles().iter().map(|it| it.join(" ")).collect();
    circles.extend(sources.stray_impls());
    assert_eq!(circles, expected, "{files:?}");
}

#[test]
fn circles_are_found_however_a_name_is_reached() {
    check_circles(&["a: use crate::b::B; pub struct A;", "b: pub struct B;"], &[]);
    check_circles(
        &["a: use crate::b::B; pub struct A;", "b: use crate::a::A; pub struct B;"],
        &["a b"],
    );
    let over_lines = "a: use crate::{\n    b::{\n        B as Other,\n    },\n}; pub struct A;";
    check_circles(&[over_lines, "b: pub struct B(crate::a::A);"], &["a b"]);
    // Around.
    check_circles(
        &[
            "a: use crate::b::B; pub struct A;",
            "b: use crate::c::C; pub struct B;",
            "c: fn f() { crate::a::A; } pub struct C;",
        ],
        &["a b c"],
    );
    // By a re-export, a glob, `super`, a macro, a module's other name.
    let wing = "w/mod: pub use a::A; pub use b::B;";
    check_circles(&[wing, "w/a: use super::B; pub struct A;", "w/b: pub struct B;"], &[]);
    check_circles(
        &[
            wing,
            "w/a: use super::B; pub struct A;",
            "w/b: use crate::w::A; pub struct B;",
        ],
        &["w/a w/b"],
    );
    check_circles(
        &[
            wing,
            "w/a: use super::*; pub struct A(B);",
            "w/b: pub struct B(super::A);",
        ],
        &["w/a w/b"],
    );
    check_circles(
        &[
            wing,
            "w/a: pub struct A; fn f() { vec![super::b::B] }",
            "w/b: pub struct B(super::A);",
        ],
        &["w/a w/b"],
    );
    check_circles(
        &[
            "a: use crate::b as c; pub struct A; fn f() { c::B }",
            "b: pub struct B(crate::a::A);",
        ],
        &["a b"],
    );
    // An item with the name of its module; a glob of another package.
    let same_name = "w/a: use super::b::B; pub fn a() {}";
    check_circles(
        &[
            "w/mod: pub use a::a;",
            same_name,
            "w/b: pub struct B; fn f() { super::a() }",
        ],
        &["w/a w/b"],
    );
    check_circles(
        &[
            "a: use other::prelude::*; pub struct A(B);",
            "b: pub struct B(crate::a::A);",
        ],
        &[],
    );
    // What a `mod.rs` defines and its children take, while it calls them.
    check_circles(
        &["w/mod: pub use a::A; pub struct W;", "w/a: use super::W; pub struct A;"],
        &["w/a w/mod"],
    );
    // Methods away from their type.
    check_circles(
        &["a: pub struct A;", "b: use crate::a::A; impl A { fn f() {} }"],
        &["b: impl of a type of a"],
    );
    check_circles(
        &["a: pub struct A;", "b: impl B for crate::a::A {} pub trait B {}"],
        &[],
    );
    // Tests may look at everything.
    check_circles(
        &[
            "a: pub struct A; #[cfg(test)] mod t { use crate::b::B; }",
            "b: pub struct B(crate::a::A);",
        ],
        &[],
    );
}
