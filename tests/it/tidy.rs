//! The rules of the house that the compiler does not know: who may import whom, and words with one home.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the crate with those it may import. `lib.rs` says why.
const LAYERS: &[(&str, &[&str])] = &[
    ("arabic", &[]),
    ("archive", &["arabic"]),
    ("entities", &["arabic", "archive"]),
    ("index", &["arabic", "archive", "entities"]),
    ("text", &["arabic"]),
    ("state", &["arabic", "archive", "entities", "index"]),
    ("work", &["arabic", "archive", "entities", "index", "state"]),
    ("ui", &["arabic", "archive", "entities", "index", "state", "text"]),
    ("app", &["state", "text", "ui", "work"]),
    (
        "cli",
        &["app", "arabic", "archive", "entities", "index", "state", "work"],
    ),
    ("main", &["cli"]),
];

/// Words of which the rest of the crate should know nothing, and where they are at home.
const HOMES: &[(&str, &[&str])] = &[
    ("tantivy::", &["index"]),
    ("parley::", &["text"]),
    ("swash::", &["text"]),
    ("rfd::", &["app"]),
    ("eframe::", &["app"]),
    ("clap::", &["cli", "main"]),
    ("Color32::from_rgb(", &["ui/theme"]),
    (".label(", &["text"]),
    ("RichText", &["text"]),
    ("TextEdit", &["text"]),
    ("thread::Builder", &["work", "app"]),
    ("thread::spawn", &[]),
];

#[test]
fn modules_import_only_what_lies_below_them() {
    for (path, source) in sources() {
        let Some((module, allowed)) = LAYERS.iter().find(|(module, _)| path.split('/').next() == Some(module)) else {
            assert_eq!(path, "lib", "src/{path}.rs is in no layer of the table");
            continue;
        };
        for (number, line) in code_lines(&source) {
            for prefix in ["crate::", "fihrist::"] {
                for (at, _) in line.match_indices(prefix) {
                    let rest = &line[at + prefix.len()..];
                    let names: Vec<&str> = match rest.strip_prefix('{') {
                        Some(group) => group.split([',', '}']).map(str::trim).collect(),
                        None => vec![rest],
                    };
                    for name in names {
                        let name = name
                            .split(|c: char| !c.is_alphanumeric() && c != '_')
                            .next()
                            .unwrap_or("");
                        let is_layer = LAYERS.iter().any(|(layer, _)| *layer == name);
                        assert!(
                            !is_layer || name == *module || allowed.contains(&name),
                            "src/{path}.rs:{number}: {module} must not import {name}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn words_with_one_home_stay_there() {
    for (path, source) in sources() {
        for (number, line) in code_lines(&source) {
            for (word, homes) in HOMES {
                assert!(
                    !line.contains(word) || homes.iter().any(|home| path.starts_with(home)),
                    "src/{path}.rs:{number}: {word} belongs in {homes:?}"
                );
            }
        }
    }
}

#[test]
fn invisible_characters_are_written_as_escapes() {
    for (path, source) in sources() {
        for (number, line) in source.lines().enumerate() {
            let found = line.chars().find(|c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'));
            assert_eq!(found, None, "src/{path}.rs:{}: an invisible character", number + 1);
        }
    }
}

/// Every source file as its path below `src` without ".rs" or "/mod", and its text; in the order of paths.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let name = path.strip_prefix(&root).unwrap().with_extension("");
                let name = name
                    .components()
                    .map(|it| it.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/");
                sources.push((
                    name.trim_end_matches("/mod").to_owned(),
                    fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    sources.sort();
    assert!(10 < sources.len());
    sources
}

/// The numbered lines that are code of the program: no comments, nothing from the tests at the end of a file on.
fn code_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let program = source.split("#[cfg(test)]").next().unwrap_or(source);
    program
        .lines()
        .enumerate()
        .map(|(idx, line)| (idx + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}
