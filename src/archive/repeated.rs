//! Lines that repeat across an archive: what stands word for word in many different articles of a folder is the
//! page's, not theirs, even where no list of phrases knows it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::{Folding, fold, letter};

use super::article::{Article, SectionKind};

/// Longer lines are looked at only up to here, in bytes: what a page repeats is short, disclaimers included.
const MAX_LINE: usize = 600;
/// A line of fewer letters says too little to be known by.
const MIN_LETTERS: usize = 6;
/// A line repeats if so many articles with different texts have it …
const MIN_ARTICLES: usize = 5;
/// … and at least one in so many of the folder's articles.
const ONE_IN: usize = 100;

/// The repeated lines of an archive, by folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatedLines {
    /// How many files the archive had when they were gathered.
    pub n_files: u64,
    /// The folders, relative to the archive's folder, and their lines, sorted.
    folders: Vec<(PathBuf, Vec<String>)>,
    /// The lines' keys.
    #[serde(skip)]
    keys: HashMap<PathBuf, HashSet<u64>>,
}

impl RepeatedLines {
    /// Reads lines as they are kept.
    pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        let mut lines: Self = serde_json::from_str(json)?;
        lines.index();
        Ok(lines)
    }

    /// The lines as they are kept: for people to read.
    pub fn to_json(&self) -> String {
        // Strings and lists of strings can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Whether `line` repeats among the files of the folder `file` lies in.
    pub fn has(&self, file: &Path, line: &str) -> bool {
        let Some(keys) = file.parent().and_then(|folder| self.keys.get(folder)) else {
            return false;
        };
        key(line).is_some_and(|key| keys.contains(&key))
    }

    /// Changes when the lines do.
    pub fn fingerprint(&self) -> u64 {
        if self.folders.is_empty() {
            return 0;
        }
        xxh3_64(format!("{:?}", self.folders).as_bytes())
    }

    fn index(&mut self) {
        let keys = |lines: &[String]| lines.iter().filter_map(|line| key(line)).collect();
        self.keys = self
            .folders
            .iter()
            .map(|(folder, lines)| (folder.clone(), keys(lines)))
            .collect();
    }
}

/// Gathers the lines of articles that were read without knowing any.
#[derive(Debug, Default)]
pub struct LineCounter {
    folders: HashMap<PathBuf, Folder>,
}

#[derive(Debug, Default)]
struct Folder {
    n_articles: usize,
    lines: HashMap<u64, Line>,
}

#[derive(Debug)]
struct Line {
    text: String,
    /// The longest paragraphs of the articles that have it: reprints of one story share theirs, and count once.
    stories: HashSet<u64>,
}

impl LineCounter {
    /// Counts the lines of an article.
    pub fn add(&mut self, article: &Article) {
        let parent = article.path.parent().unwrap_or(Path::new("")).to_owned();
        let folder = self.folders.entry(parent).or_default();
        folder.n_articles += 1;
        let longest = article.paragraphs().max_by_key(|span| span.len());
        let Some(story) = longest.and_then(|span| span.of(&article.text)) else {
            return;
        };
        let story_key = xxh3_64(story.as_bytes());
        for section in &article.sections {
            let line = section.span.of(&article.text).unwrap_or_default();
            if section.kind == SectionKind::Boilerplate || line == story {
                continue;
            }
            let Some(key) = key(line) else { continue };
            let counted = folder.lines.entry(key).or_insert_with(|| Line {
                text: line.to_owned(),
                stories: HashSet::new(),
            });
            counted.stories.insert(story_key);
        }
    }

    /// The lines that repeat, in an archive of `n_files` files.
    pub fn repeated(self, n_files: u64) -> RepeatedLines {
        let lines_of = |folder: Folder| {
            let enough = MIN_ARTICLES.max(folder.n_articles / ONE_IN);
            let repeated = folder.lines.into_values().filter(|line| enough <= line.stories.len());
            let mut lines: Vec<String> = repeated.map(|line| line.text).collect();
            lines.sort_unstable();
            lines
        };
        let folders = self.folders.into_iter().map(|(path, folder)| (path, lines_of(folder)));
        let mut folders: Vec<(PathBuf, Vec<String>)> = folders.filter(|(_, lines)| !lines.is_empty()).collect();
        folders.sort_unstable();
        let mut repeated = RepeatedLines {
            n_files,
            folders,
            keys: HashMap::new(),
        };
        repeated.index();
        repeated
    }
}

/// What two lines share that differ in their digits, marks and spaces only; nothing for a line that is too short or
/// too long.
fn key(line: &str) -> Option<u64> {
    if MAX_LINE < line.len() {
        return None;
    }
    let mut folded = fold(line, Folding::Word);
    if folded.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
        return None;
    }
    let mut in_number = false;
    folded.retain(|c| {
        let (was_in_number, is_digit) = (in_number, letter::digit(c).is_some());
        in_number = is_digit;
        c.is_alphanumeric() && !(is_digit && was_in_number)
    });
    let digits_as_one = folded.replace(|c| letter::digit(c).is_some(), "0");
    Some(xxh3_64(digits_as_one.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::segment::{Hints, segment};
    use super::*;

    fn article(path: &str, text: String) -> Article {
        let mut article = segment(text, Vec::new(), Hints::default());
        article.path = path.into();
        article
    }

    fn story(number: usize) -> String {
        let names = ["دمنار", "المرسى", "الزهراوية", "الكرمة", "السدرة", "الريم", "الفنار"];
        let name = names[number % names.len()];
        format!(
            "زار الوزير مدينة {name} أمس، وافتتح فيها المدرسة رقم {number}، ثم التقى أهلها في ساحة البلدية القديمة."
        )
    }

    #[test]
    fn what_different_articles_share_repeats_and_what_reprints_share_does_not() {
        let mut counter = LineCounter::default();
        for number in 0..7 {
            let text = format!(
                "خبر {}\n{}\nالمدار، نافذتك على البلد، العدد {number}\n",
                "أول".repeat(number),
                story(number)
            );
            counter.add(&article(&format!("a/{number}.txt"), text));
            // A story that seven papers print.
            let text = format!("عنوان رقم {number}\n{}\nوقال الوزير إن العمل انتهى.\n", story(0));
            counter.add(&article(&format!("b/{number}.txt"), text));
        }
        let lines = counter.repeated(14);
        assert!(lines.has(Path::new("a/99.txt"), "المدار، نافذتك على البلد، العدد 512"));
        assert!(!lines.has(Path::new("b/1.txt"), "المدار، نافذتك على البلد، العدد 512"));
        assert!(!lines.has(Path::new("b/1.txt"), "وقال الوزير إن العمل انتهى."));
        assert!(!lines.has(Path::new("a/1.txt"), &story(1)));
        let kept = RepeatedLines::from_json(&lines.to_json()).unwrap();
        assert_eq!((kept.fingerprint(), &kept), (lines.fingerprint(), &lines));
    }
}
