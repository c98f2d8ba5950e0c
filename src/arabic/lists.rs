//! Linguistic data in tables: reads `assets/lists`, and the names of the world in `assets/gazetteers`.
//!
//! A list is a file of tab-separated values that is built into the program. Its header gives its source and its
//! columns:
//!
//! ```text
//! # Broken plurals, which no affix reveals, each with its singular.
//! # source: collected for this project by hand.
//! # columns: plural:written ⇥ singular:written
//! رؤساء ⇥ رئيس
//! ```
//!
//! To add one, write the file and declare it where it is used, with the columns that the code reads:
//!
//! ```text
//! const PLURALS: List<2> = List::new(include_str!("../../assets/lists/plurals.tsv"), ["plural", "singular"]);
//! ```
//!
//! The compiler checks the columns, and a test in this module checks every line of every file, so reading a list cannot
//! fail. Not for repeated look-ups: collect [`List::rows`] once, into a set or map in a `LazyLock`.
//!
//! # Columns
//!
//! | type | values |
//! |---|---|
//! | `text`, or no type | anything |
//! | `written` | Arabic as it is usually written; the code folds it, so two that fold alike are duplicates |
//! | `word` | words as [`fold_word`](super::fold_word) leaves them |
//! | `name` | words folded with [`Folding::Name`](super::Folding::Name), «على» apart from «علي» |
//! | `number` | a number |
//! | `yes\|-` | one of the values listed |
//! | `several` | all remaining fields, of the type `text`; only for the last column |
//!
//! A `?` after a type allows the field to be `-`, for none. The first column must be unique, unless a line
//! `# key: suffix ending` names columns that must be unique together, or `# key: -` says that only whole rows must
//! differ. What the order of the rows means, if anything, is up to the code.

/// A built-in list with `N` columns.
#[derive(Clone, Copy, Debug)]
pub struct List<const N: usize> {
    text: &'static str,
}

/// The prefix of the header line that names the columns.
const COLUMNS: &str = "# columns: ";

impl<const N: usize> List<N> {
    /// The list in the text of a file with these columns. For use in constants.
    ///
    /// # Panics
    ///
    /// If the file has other columns; in a constant, that is a compile error.
    pub const fn new(text: &'static str, columns: [&str; N]) -> Self {
        assert!(
            has_columns(text.as_bytes(), &columns),
            "the list has other columns than the code reads"
        );
        Self { text }
    }

    /// The fields of each row, in the order of the file. In a column of type `several`, they are separated by tabs.
    pub fn rows(self) -> impl Iterator<Item = [&'static str; N]> {
        let rows = self.text.lines().filter(|line| !line.starts_with('#'));
        rows.map(|line| {
            let mut fields = line.splitn(N, '\t');
            std::array::from_fn(|_| fields.next().unwrap_or_default())
        })
    }
}

impl List<1> {
    /// The fields of a list of one column, in the order of the file.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        self.rows().map(|[word]| word)
    }
}

/// Whether the header of a list names these columns, whatever their types.
const fn has_columns<const N: usize>(text: &[u8], columns: &[&str; N]) -> bool {
    let mut at = 0;
    while at < text.len() && text[at] == b'#' {
        if let Some(mut at) = after(text, at, COLUMNS.as_bytes()) {
            let mut idx = 0;
            while idx < N {
                at = match after(text, at, columns[idx].as_bytes()) {
                    Some(at) => at,
                    None => return false,
                };
                if at < text.len() && text[at] == b':' {
                    at = end_of(text, at, b'\t');
                }
                idx += 1;
                let end = if idx < N { b'\t' } else { b'\n' };
                if text.len() <= at || text[at] != end {
                    return false;
                }
                at += 1;
            }
            return true;
        }
        at = end_of(text, at, b'\n') + 1;
    }
    false
}

/// The index after `expected`, if `text` has that at `at`.
const fn after(text: &[u8], at: usize, expected: &[u8]) -> Option<usize> {
    let mut idx = 0;
    while idx < expected.len() {
        if text.len() <= at + idx || text[at + idx] != expected[idx] {
            return None;
        }
        idx += 1;
    }
    Some(at + idx)
}

/// Where the next `end`, the line or the text ends.
const fn end_of(text: &[u8], mut at: usize, end: u8) -> usize {
    while at < text.len() && text[at] != end && text[at] != b'\n' {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::super::fold::{Folding, fold, fold_word};
    use super::*;

    /// The errors in the file of a list, each with its line number.
    fn complaints(text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let lines = || (1..).zip(text.split('\n'));
        let n_head = lines().take_while(|(_, line)| line.starts_with('#')).count();
        let head = |field: &str| {
            let lines = lines().take(n_head);
            lines
                .filter_map(|(_, line)| line.strip_prefix(field))
                .collect::<Vec<_>>()
        };
        let [columns] = head(COLUMNS)[..] else {
            return vec![(1, "not one line «# columns: »".to_owned())];
        };
        let columns: Vec<(&str, &str)> = columns
            .split('\t')
            .map(|it| it.split_once(':').unwrap_or((it, "text")))
            .collect();
        let keys: Vec<&str> = match head("# key: ")[..] {
            [] => vec![columns[0].0],
            ["-"] => columns.iter().map(|it| it.0).collect(),
            [keys] => keys.split(' ').collect(),
            _ => return vec![(1, "several lines «# key: »".to_owned())],
        };
        if let Some(key) = keys.iter().find(|key| columns.iter().all(|it| it.0 != **key)) {
            return vec![(1, format!("«{key}» is no column"))];
        }
        if head("# source: ").is_empty() {
            found.push((1, "no line «# source: »".to_owned()));
        }
        if !text.ends_with('\n') || text.ends_with("\n\n") {
            found.push((lines().count(), "the file must end with one end of line".to_owned()));
        }
        let mut seen: HashMap<Vec<String>, (usize, &str)> = HashMap::new();
        for (number, line) in lines().skip(n_head) {
            if line.is_empty() && number == lines().count() {
                break;
            }
            let mut complain = |complaint: String| found.push((number, complaint));
            if line.starts_with('#') {
                complain("a remark below the head would be a row".to_owned());
                continue;
            }
            let is_open = columns.last().is_some_and(|(_, kind)| kind.starts_with("several"));
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() < columns.len() || !is_open && fields.len() != columns.len() {
                complain(format!("{} fields for {} columns", fields.len(), columns.len()));
                continue;
            }
            for (idx, field) in fields.iter().enumerate() {
                let (name, kind) = columns[idx.min(columns.len() - 1)];
                if let Some(fault) = fault(field, kind) {
                    complain(format!("{name} «{field}»: {fault}"));
                }
                if is_open && columns.len() <= idx + 1 && fields[columns.len() - 1..idx].contains(field) {
                    complain(format!("{name} «{field}» stands there twice"));
                }
            }
            let fields = line.splitn(columns.len(), '\t');
            let of_key = fields.zip(&columns).filter(|(_, it)| keys.contains(&it.0));
            let key = of_key.map(|(field, (_, kind))| match *kind {
                "written" => each_word(field, fold_word),
                _ => field.to_owned(),
            });
            if let Some((first, other)) = seen.insert(key.collect(), (number, line)) {
                let fault = if other == line { "the same as" } else { "contradicts" };
                complain(format!("{fault} line {first}"));
            }
        }
        found
    }

    fn fault(field: &str, kind: &str) -> Option<String> {
        let (kind, is_optional) = kind.strip_suffix('?').map_or((kind, false), |kind| (kind, true));
        let folded = |folded: String| (folded != field).then(|| format!("folded it is «{folded}»"));
        match kind {
            _ if field.is_empty() => Some("nothing is written «-»".to_owned()),
            _ if field.split(' ').any(str::is_empty) => Some("a space too many".to_owned()),
            _ if field.contains(|c: char| c.is_whitespace() && c != ' ' || c.is_control()) => {
                Some("a blank that is no space".to_owned())
            }
            _ if field == "-" && is_optional => None,
            "text" | "several" => None,
            "written" => field
                .contains(super::super::letter::TATWEEL)
                .then(|| "a tatweel".to_owned()),
            "word" => folded(each_word(field, fold_word)),
            "name" => folded(each_word(field, |word| match word {
                "على" => word.to_owned(),
                _ => fold(word, Folding::Name),
            })),
            "number" => field.parse::<f64>().err().map(|err| err.to_string()),
            _ if kind.contains('|') => (!kind.split('|').any(|it| it == field)).then(|| format!("not one of {kind}")),
            _ => Some(format!("«{kind}» is no type")),
        }
    }

    fn each_word(field: &str, fold: impl Fn(&str) -> String) -> String {
        field.split(' ').map(fold).collect::<Vec<_>>().join(" ")
    }

    fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(files(&path, extension));
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push(path);
            }
        }
        found.sort();
        found
    }

    #[test]
    fn every_line_of_every_list_is_as_its_head_says() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let code: String = files(&root.join("src"), "rs")
            .iter()
            .map(|path| fs::read_to_string(path).unwrap())
            .collect();
        let mut found = String::new();
        let lists = files(&root.join("assets/lists"), "tsv");
        for path in lists.into_iter().chain(files(&root.join("assets/gazetteers"), "tsv")) {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            for (line, complaint) in complaints(&fs::read_to_string(&path).unwrap()) {
                found += &format!("\n{name}:{line}: {complaint}");
            }
            if !code.contains(&format!("{name}\"")) {
                found += &format!("\n{name}: is read by nobody");
            }
        }
        assert_eq!(found, "");
    }

    #[track_caller]
    fn check(columns: &str, rows: &str, expected: &str) {
        let text = format!("# source: a test\n# columns: {columns}\n{rows}\n");
        let found: Vec<String> = complaints(&text)
            .into_iter()
            .map(|(line, complaint)| format!("{line}: {complaint}"))
            .collect();
        assert_eq!(found.join("; "), expected);
    }

    #[test]
    fn what_is_wrong_with_a_list_is_told() {
        check("a\tb", "x\ty", "");
        check("a\tb", "x", "3: 1 fields for 2 columns");
        check("a", "x\ty", "3: 2 fields for 1 columns");
        check("a", "x ", "3: a «x »: a space too many");
        check("a", "x\n\ny", "4: a «»: nothing is written «-»");
        check("a", "x\n# y", "4: a remark below the head would be a row");
        check("a\tb", "x\ty\nx\ty", "4: the same as line 3");
        check("a\tb", "x\ty\nx\tz", "4: contradicts line 3");
        check("a:written", "إمارة\nاماره", "4: contradicts line 3");
        check("a:word", "إمارة", "3: a «إمارة»: folded it is «اماره»");
        check("a:word", "مسءول على", "");
        check("a:name", "مسؤول", "3: a «مسؤول»: folded it is «مسوول»");
        check("a:number", "one", "3: a «one»: invalid float literal");
        check("a\tb:number?", "x\t-", "");
        check("a\tb:yes|-", "x\t-\ny\tno", "4: b «no»: not one of yes|-");
        check("a\tb:several", "x\ty\tz\ny\tz\tz", "4: b «z» stands there twice");
        check("a\tb:several?", "x\t-", "");
        check("a:nothing", "x", "3: a «x»: «nothing» is no type");
        assert_eq!(complaints("x\n"), [(1, "not one line «# columns: »".to_owned())]);
        assert_eq!(
            complaints("# columns: a\nx\n"),
            [(1, "no line «# source: »".to_owned())]
        );
        let key = "# source: a test\n# columns: a\tb\n# key: a b\nx\ty\nx\tz\nx\ty\n";
        assert_eq!(complaints(key), [(6, "the same as line 4".to_owned())]);
    }

    #[test]
    fn rows_have_the_columns_of_the_head() {
        const TEXT: &str = "# source: a test\n# columns: word\tuser:yes|-\tforms:several\nأ\tyes\tب\tت\n";
        const LIST: List<3> = List::new(TEXT, ["word", "user", "forms"]);
        assert_eq!(LIST.rows().collect::<Vec<_>>(), [["أ", "yes", "ب\tت"]]);
        assert!(has_columns(TEXT.as_bytes(), &["word", "user", "forms"]));
        assert!(!has_columns(TEXT.as_bytes(), &["word", "user"]));
        assert!(!has_columns(TEXT.as_bytes(), &["word", "users", "forms"]));
        assert!(!has_columns(b"word\n", &["word"]));
    }
}
