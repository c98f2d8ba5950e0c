//! Names, numbers and paths within a text that may run the other way.

use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path};

use crate::arabic::letter::{FSI, LRI, PDI};

/// A path as a person reads it: from left to right, each folder and the file in its own direction, so that «صحف/4.txt»
/// does not become «txt.4/صحف».
pub fn isolated(path: &Path) -> String {
    let path = path.display().to_string();
    let parts: Vec<String> = path.split(MAIN_SEPARATOR).map(isolate).collect();
    isolate_ltr(&parts.join(MAIN_SEPARATOR_STR))
}

/// A name that takes its own direction and leaves that of its surroundings alone.
pub fn isolate(name: &str) -> String {
    format!("{FSI}{name}{PDI}")
}

/// Something that reads from left to right in every language, such as the name of a key.
pub fn isolate_ltr(text: &str) -> String {
    format!("{LRI}{text}{PDI}")
}

/// What stands between facts in one line.
pub const FACTS_BETWEEN: &str = "  ·  ";

/// Facts about an article in one line, in the order of the window.
pub fn facts(facts: &[&str]) -> String {
    facts
        .iter()
        .map(|fact| isolate(fact))
        .collect::<Vec<_>>()
        .join(FACTS_BETWEEN)
}

/// What something is, and its name: «إزالة: RT».
pub fn labelled(label: &str, name: &str) -> String {
    format!("{label}: {}", isolate(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_path_has_its_own_direction() {
        let path: std::path::PathBuf = ["صحف", "4.txt"].iter().collect();
        let parts = ["صحف", "4.txt"].map(isolate).join(MAIN_SEPARATOR_STR);
        assert_eq!(isolated(&path), format!("{LRI}{parts}{PDI}"));
    }
}
