//! Lines that repeat across an archive: what many different articles of a folder share word for word belongs to the
//! page, not to them, even if it is in no list of phrases.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::{Folding, fold, letter};

use super::article::{Article, SectionKind};

/// Longer lines are truncated here, in bytes: what a page repeats is short, disclaimers included. A guess.
const MAX_LINE: usize = 600;
/// A line with fewer letters is too short to go by. A guess.
const MIN_LETTERS: usize = 6;
/// A line counts as repeated if at least this many articles with different texts have it …
const MIN_ARTICLES: usize = 5;
/// … and at least one in this many of the folder's articles;
const ONE_IN: usize = 50;
/// if it was taken for a headline, one in this many. All three are guesses, on the cautious side: better to keep a
/// repeated line than to lose a real one.
const ONE_HEADLINE_IN: usize = 3;
/// What is no sentence is the page's if this many different articles have it, however many there are. A guess: the
/// background that reports of one event share is told in sentences.
const MANY_ARTICLES: usize = 20;
/// In a small folder, this many articles are enough if they are two in three. A guess.
const FEW_ARTICLES: usize = 3;
/// What ends with a stop and has at least this many words is a sentence. A guess.
const SENTENCE_WORDS: usize = 8;

/// Of an article with more sections, the first and the last are counted, this many in all: the page stands around its
/// article. A guess, far above what an article has.
const MAX_SECTIONS: usize = 2_000;
/// In all, this many different lines are counted, with some 150 bytes each: four times as many as the articles of a
/// large archive have. A guess.
const MAX_COUNTED: usize = 500_000;

/// The repeated lines of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatedLines {
    /// The number of files in the archive when they were gathered.
    pub n_files: u64,
    /// The folders that have any, relative to the archive's folder.
    folders: BTreeMap<PathBuf, Arc<FolderLines>>,
}

/// The repeated lines of a folder, as written in one of its articles, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct FolderLines {
    lines: Vec<String>,
    keys: HashSet<u64>,
}

impl RepeatedLines {
    /// The inverse of [`Self::to_json`].
    pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The lines as text that people can read, too.
    pub fn to_json(&self) -> String {
        // Strings and lists of strings can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The lines that repeat among the files of the folder `file` lies in.
    pub fn around(&self, file: &Path) -> Option<&Arc<FolderLines>> {
        self.folders.get(file.parent()?)
    }
}

impl FolderLines {
    /// Whether `line` is one of them, but for its digits, marks and spaces.
    pub fn has(&self, line: &str) -> bool {
        key(line).is_some_and(|key| self.keys.contains(&key))
    }

    /// A hash of the lines, to notice when they change.
    pub fn fingerprint(&self) -> u64 {
        xxh3_64(self.lines.join("\n").as_bytes())
    }
}

impl From<Vec<String>> for FolderLines {
    fn from(lines: Vec<String>) -> Self {
        let keys = lines.iter().filter_map(|line| key(line)).collect();
        Self { lines, keys }
    }
}

impl From<FolderLines> for Vec<String> {
    fn from(it: FolderLines) -> Self {
        it.lines
    }
}

/// Gathers the lines of articles that were read without knowing any.
#[derive(Debug, Default)]
pub struct LineCounter {
    folders: HashMap<PathBuf, Folder>,
    /// In all folders.
    n_lines: usize,
}

#[derive(Debug, Default)]
struct Folder {
    n_articles: usize,
    lines: HashMap<u64, CountedLine>,
}

#[derive(Debug)]
struct CountedLine {
    text: Box<str>,
    /// The longest paragraph of the first article that has it, and those of others: reprints of one story share theirs,
    /// and count once. Most lines have no others.
    first: u64,
    others: FxHashSet<u64>,
    /// Whether it is the headline of some of them: that of a series («أسعار الذهب اليوم») repeats, too.
    is_headline: bool,
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
        let at_either_end = MAX_SECTIONS / 2;
        let start = article.sections.len().min(at_either_end);
        let end = article.sections.len().saturating_sub(at_either_end).max(start);
        for section in article.sections[..start].iter().chain(&article.sections[end..]) {
            let line = section.span.of(&article.text).unwrap_or_default();
            use SectionKind::{Body, Caption, RelatedArticle, Subheading, Title};
            let may_repeat = matches!(section.kind, Body | Caption | RelatedArticle | Subheading | Title);
            if !may_repeat || line == story {
                continue;
            }
            let Some(key) = key(line) else { continue };
            let counted = match folder.lines.entry(key) {
                Entry::Occupied(counted) => counted.into_mut(),
                Entry::Vacant(_) if MAX_COUNTED <= self.n_lines => continue,
                Entry::Vacant(new) => {
                    self.n_lines += 1;
                    new.insert(CountedLine {
                        text: line.into(),
                        first: story_key,
                        others: FxHashSet::default(),
                        is_headline: false,
                    })
                }
            };
            if counted.first != story_key {
                counted.others.insert(story_key);
            }
            counted.is_headline |= section.kind == Title;
        }
    }

    /// The lines that repeat, in an archive of `n_files` files.
    pub fn repeated(self, n_files: u64) -> RepeatedLines {
        let lines_of = |folder: Folder| {
            let enough = |line: &CountedLine| {
                let n_articles = 1 + line.others.len();
                let one_in = if line.is_headline { ONE_HEADLINE_IN } else { ONE_IN };
                if MIN_ARTICLES.max(folder.n_articles / one_in) <= n_articles {
                    return true;
                }
                let is_of_most = FEW_ARTICLES <= n_articles && folder.n_articles * 2 <= n_articles * 3;
                !line.is_headline && !is_sentence(&line.text) && (MANY_ARTICLES <= n_articles || is_of_most)
            };
            let repeated = folder.lines.into_values().filter(enough);
            let mut lines: Vec<String> = repeated.map(|line| line.text.into()).collect();
            lines.sort_unstable();
            FolderLines::from(lines)
        };
        let folders = self.folders.into_iter().map(|(path, folder)| (path, lines_of(folder)));
        let folders = folders.filter(|(_, lines)| !lines.lines.is_empty());
        RepeatedLines {
            n_files,
            folders: folders.map(|(path, lines)| (path, Arc::new(lines))).collect(),
        }
    }
}

fn is_sentence(line: &str) -> bool {
    line.ends_with(['.', '؟', '!', '…']) && line.split_whitespace().nth(SENTENCE_WORDS - 1).is_some()
}

/// What two lines share that differ only in their digits, marks and spaces; `None` for a line that is too short or
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
    use super::super::record::Hints;
    use super::super::segment::segment;
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
        let has = |file: &str, line: &str| lines.around(Path::new(file)).is_some_and(|it| it.has(line));
        assert!(has("a/99.txt", "المدار، نافذتك على البلد، العدد 512"));
        assert!(!has("b/1.txt", "المدار، نافذتك على البلد، العدد 512"));
        assert!(!has("b/1.txt", "وقال الوزير إن العمل انتهى."));
        assert!(!has("a/1.txt", &story(1)));
        let mut counter = LineCounter::default();
        for number in 0..3 {
            let text = format!(
                "خبر {number}\n{}\nوشكر أهل المدينة رجال الإطفاء على عملهم طوال الليل.\nالمدار، نافذتك على البلد\n",
                story(number)
            );
            counter.add(&article(&format!("c/{number}.txt"), text));
        }
        let few = counter.repeated(3);
        let has_few = |line: &str| few.around(Path::new("c/0.txt")).is_some_and(|it| it.has(line));
        assert!(has_few("المدار، نافذتك على البلد"));
        assert!(!has_few("وشكر أهل المدينة رجال الإطفاء على عملهم طوال الليل."));
        assert_eq!(RepeatedLines::from_json(&lines.to_json()).unwrap(), lines);
    }
}
