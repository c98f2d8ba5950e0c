//! The user's rules of how files are read: their encoding, their format, and the roles of their fields.
//!
//! They are stored as JSON that people can read and write, in Fihrist's own directory and never in the opened folder:
//!
//! ```json
//! {
//!   "rules": [
//!     { "files": "old", "encoding": "ISO-8859-6" },
//!     { "files": "**/*.csv", "fields": { "متن": "body", "رقم": "ignore" } },
//!     { "files": "dump/all.dat", "format": "json-lines" }
//!   ]
//! }
//! ```

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use globset::GlobBuilder;
use serde::{Deserialize, Serialize};

use super::encoding::TextEncoding;
use super::origin::{FieldRole, Format};
use super::repeated::{FolderLines, RepeatedLines};

/// The rules of one archive: if two disagree about a file, the later one wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// In the order in which the user gave them.
    #[serde(default)]
    pub rules: Vec<ReadingRule>,
    /// Whether the text of pictures, and of documents without a text, is recognised.
    #[serde(default, skip_serializing_if = "is_false")]
    pub recognises_scans: bool,
    /// The lines that repeat across the archive: found, not set by the user, so they are stored in a separate file.
    #[serde(skip)]
    pub repeated: RepeatedLines,
}

/// How some files are read. What is not set is detected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingRule {
    /// A file, a folder with everything below it, or a pattern: `*` matches any letters of a name, `**` any folders,
    /// `?` one letter. Relative to the archive's folder, with "/" between the parts. A pattern without "/" matches
    /// names in any folder.
    pub files: String,
    /// The name of the encoding, e.g. "windows-1256", "ISO-8859-6", "MacArabic".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// It does not apply to an archive's members, whose formats are detected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The roles of fields, by their names as the file spells them; columns without names are "1", "2", ….
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldRole>,
}

/// Why stored rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// They are not in the form that [`Reading::to_json`] writes.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// One of them is invalid.
    #[error(transparent)]
    Rule(#[from] RuleError),
}

/// What is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The pattern is invalid.
    #[error("the pattern of files cannot be understood: {}: {pattern}", source.kind())]
    Pattern {
        /// Which part of it is, and why.
        source: globset::Error,
        /// As the user wrote it.
        pattern: String,
    },
    /// No encoding has this name.
    #[error("no such encoding; usual ones are UTF-8, UTF-16LE, windows-1256, ISO-8859-6 and MacArabic: {0}")]
    Encoding(String),
}

/// The rules as they apply to one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRule {
    /// Overrides the encoding that the bytes suggest.
    #[serde(with = "label")]
    pub encoding: Option<TextEncoding>,
    /// Overrides the format that the content suggests.
    pub format: Option<Format>,
    /// The roles of fields, by the names that the file gives them.
    pub fields: BTreeMap<String, FieldRole>,
    /// The lines that belong to the page, not to the article.
    pub repeated: Option<Arc<FolderLines>>,
    /// Whether the text of pictures, and of documents without a text, is recognised. What has a text is read no otherwise
    /// for it.
    pub recognises_scans: bool,
}

fn is_false(it: &bool) -> bool {
    !it
}

/// An encoding as its name.
mod label {
    use serde::de::{Deserialize as _, Deserializer, Error};
    use serde::{Serialize as _, Serializer};

    use super::TextEncoding;

    pub fn serialize<S: Serializer>(encoding: &Option<TextEncoding>, serializer: S) -> Result<S::Ok, S::Error> {
        encoding.map(TextEncoding::name).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<TextEncoding>, D::Error> {
        let label = Option::<String>::deserialize(deserializer)?;
        let encoding = |label: String| TextEncoding::for_label(&label).ok_or_else(|| Error::custom("no such encoding"));
        label.map(encoding).transpose()
    }
}

impl Reading {
    /// The inverse of [`Reading::to_json`].
    pub fn from_json(json: &str) -> Result<Self, RulesError> {
        let reading: Self = serde_json::from_str(json)?;
        for rule in &reading.rules {
            rule.check()?;
        }
        Ok(reading)
    }

    /// The rules as they are stored.
    pub fn to_json(&self) -> String {
        // Strings and maps of strings can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Adds a rule, or updates the one with the same `files`: what `rule` sets replaces what was set.
    pub fn set(&mut self, rule: ReadingRule) -> Result<(), RuleError> {
        rule.check()?;
        match self.rules.iter_mut().find(|it| it.files == rule.files) {
            Some(known) => {
                known.encoding = rule.encoding.or(known.encoding.take());
                known.format = rule.format.or(known.format);
                known.fields.extend(rule.fields);
            }
            None => self.rules.push(rule),
        }
        Ok(())
    }

    /// Removes the rule with these `files`. Returns whether there was one.
    pub fn remove(&mut self, files: &str) -> bool {
        let n_before = self.rules.len();
        self.rules.retain(|it| it.files != files);
        self.rules.len() < n_before
    }

    /// The rules as they apply to the file at `path`, relative to the archive's folder.
    pub fn of(&self, path: &Path) -> FileRule {
        let mut found = FileRule {
            repeated: self.repeated.around(path).cloned(),
            recognises_scans: self.recognises_scans,
            ..FileRule::default()
        };
        if self.rules.is_empty() {
            return found;
        }
        let path = slashed(path);
        for rule in self.rules.iter().filter(|it| it.covers(&path)) {
            found.encoding = rule
                .encoding
                .as_deref()
                .and_then(TextEncoding::for_label)
                .or(found.encoding);
            found.format = rule.format.or(found.format);
            found.fields.extend(rule.fields.clone());
        }
        found
    }
}

impl ReadingRule {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.encoding.is_none() && self.format.is_none() && self.fields.is_empty()
    }

    /// Whether the rule is valid.
    pub fn check(&self) -> Result<(), RuleError> {
        if let Err(source) = glob(&self.files) {
            let pattern = self.files.clone();
            return Err(RuleError::Pattern { source, pattern });
        }
        match &self.encoding {
            Some(label) if TextEncoding::for_label(label).is_none() => Err(RuleError::Encoding(label.clone())),
            _ => Ok(()),
        }
    }

    fn covers(&self, path: &str) -> bool {
        // The name itself first: file names may contain the signs of patterns.
        let named = self.files.trim_end_matches('/');
        let rest = path.strip_prefix(named);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || named.is_empty())
            || glob(&self.files).is_ok_and(|glob| glob.compile_matcher().is_match(path))
    }
}

impl FileRule {
    /// A number that changes when the rules for a file change; 0 if there are none.
    ///
    /// Indexes store it: if it changes by accident, every file is read again. So it is computed from stable names and
    /// from nothing that may be renamed. Whether scans are recognised is not in it: that changes nothing of the other files,
    /// and what it changes of scans is known by the reasons why they were not read.
    pub fn fingerprint(&self) -> u64 {
        let is_plain = self.encoding.is_none() && self.format.is_none() && self.fields.is_empty();
        if is_plain && self.repeated.is_none() {
            return 0;
        }
        xxhash_rust::xxh3::xxh3_64(self.said().as_bytes())
    }

    /// The rules in words, as the first indexes hashed them: `(Some(UTF-8), Some(JsonLines), {"x": Body}, None)`.
    fn said(&self) -> String {
        let some = |it: Option<String>| it.map_or_else(|| "None".to_owned(), |it| format!("Some({it})"));
        let encoding = some(self.encoding.map(|it| it.name().to_owned()));
        let format = some(self.format.map(|it| capitalised(it.name())));
        let fields = self.fields.iter();
        let fields: Vec<String> = fields
            .map(|(name, role)| format!("{name:?}: {}", capitalised(role.name())))
            .collect();
        let repeated = some(self.repeated.as_ref().map(|it| it.fingerprint().to_string()));
        format!("({encoding}, {format}, {{{}}}, {repeated})", fields.join(", "))
    }
}

/// «json-lines» as «JsonLines».
fn capitalised(name: &str) -> String {
    let parts = name.split('-').filter_map(|part| part.split_at_checked(1));
    parts.map(|(first, rest)| first.to_uppercase() + rest).collect()
}

fn glob(pattern: &str) -> Result<globset::Glob, globset::Error> {
    let anywhere = format!("**/{pattern}");
    let pattern = if pattern.contains('/') { pattern } else { &anywhere };
    GlobBuilder::new(pattern).literal_separator(true).build()
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &str, path: &str, expected: bool) {
        let rule = ReadingRule {
            files: files.to_owned(),
            ..ReadingRule::default()
        };
        assert_eq!(rule.covers(path), expected, "{files} {path}");
    }

    #[test]
    fn rules_are_of_files_folders_and_patterns() {
        check("old", "old/a/b.txt", true);
        check("old/", "old/a/b.txt", true);
        check("old", "older/b.txt", false);
        check("a[1].txt", "a[1].txt", true);
        check("*.csv", "deep/er/a.csv", true);
        check("*/a.csv", "deep/er/a.csv", false);
        check("**/er/*.csv", "deep/er/a.csv", true);
        check("", "anything.txt", true);
    }

    #[test]
    fn the_later_rule_holds_and_the_fingerprint_tells() {
        let json = r#"{"rules": [{"files": "a", "encoding": "cp1256", "fields": {"x": "body"}},
            {"files": "a/b.csv", "encoding": "macarabic", "format": "csv"}]}"#;
        let reading = Reading::from_json(json).unwrap();
        let (a, b) = (reading.of(Path::new("a/a.csv")), reading.of(Path::new("a/b.csv")));
        assert_eq!(a.encoding.map(TextEncoding::name), Some("windows-1256"));
        assert_eq!(b.encoding.map(TextEncoding::name), Some("MacArabic"));
        assert_eq!(
            (b.format, b.fields.get("x")),
            (Some(Format::Csv), Some(&FieldRole::Body))
        );
        assert_ne!(a.fingerprint(), b.fingerprint());
        assert_eq!(reading.of(Path::new("c.csv")).fingerprint(), 0);
    }

    #[test]
    fn what_cannot_be_followed_is_refused_in_words() {
        let wrong = r#"{"rules": [{"files": "a", "encoding": "klingon"}]}"#;
        assert!(Reading::from_json(wrong).unwrap_err().to_string().contains("klingon"));
        assert!(Reading::from_json(r#"{"rules": [{"files": "a/[", "encoding": "utf-8"}]}"#).is_err());
        assert!(Reading::from_json("{").is_err());
    }

    #[test]
    fn a_fingerprint_is_that_of_the_first_indexes() {
        let said = |rule: FileRule| {
            let variants = format!("{:?}", (rule.encoding, rule.format, &rule.fields, None::<u64>));
            assert_eq!(rule.said(), variants);
        };
        for format in Format::ALL {
            said(FileRule {
                format: Some(format),
                ..FileRule::default()
            });
        }
        let fields = FieldRole::ALL.map(|role| (format!("«{}»\n", role.name()), role));
        said(FileRule {
            encoding: TextEncoding::for_label("macarabic"),
            fields: fields.into(),
            ..FileRule::default()
        });
        // When a variant is renamed, remove the test above; this one stays.
        let json =
            r#"{"rules": [{"files": "a", "encoding": "cp1256", "format": "json-lines", "fields": {"متن": "body"}}]}"#;
        let mut rule = Reading::from_json(json).unwrap().of(Path::new("a"));
        rule.repeated = Some(Arc::new(FolderLines::from(vec!["المدار، نافذتك على البلد".to_owned()])));
        assert_eq!(rule.fingerprint(), 2_118_893_578_048_196_560);
    }

    #[test]
    fn whether_scans_are_recognised_is_kept_and_changes_no_fingerprint() {
        let mut reading = Reading::from_json(r#"{"rules": [{"files": "a", "format": "csv"}]}"#).unwrap();
        let before = ["a", "b"].map(|it| reading.of(Path::new(it)).fingerprint());
        reading.recognises_scans = true;
        assert_eq!(Reading::from_json(&reading.to_json()).unwrap(), reading);
        assert!(reading.of(Path::new("b")).recognises_scans);
        assert_eq!(["a", "b"].map(|it| reading.of(Path::new(it)).fingerprint()), before);
        assert_eq!(before[1], 0);
    }

    #[test]
    fn corrections_come_back_as_they_were_kept() {
        let mut reading = Reading::default();
        let rule = ReadingRule {
            files: "*.csv".to_owned(),
            fields: BTreeMap::from([("متن".to_owned(), FieldRole::Body)]),
            ..ReadingRule::default()
        };
        reading.set(rule).unwrap();
        assert_eq!(Reading::from_json(&reading.to_json()).unwrap(), reading);
        assert!(reading.remove("*.csv") && !reading.remove("*.csv"));
    }
}
