//! Which article marks belong to after files were read anew: records may have moved up or down in their file, texts been
//! edited, files been renamed while nobody looked.
//!
//! An article is the one that it was if it has the same text, in its file or anywhere; if it is still called the same, in
//! its file; or if it is all that its file holds. Otherwise its marks are kept for the day on which it turns up: they never
//! go to another article. A guess which of these reasons is better does not arise: the first that holds decides.

use std::collections::{BTreeMap, HashSet};

use crate::entities::ArticleKey;

use super::kept::{MarkedArticle, Marks, Settled};
use super::print::ArticlePrint;

/// The articles of an archive as they are now.
pub trait KnownArticles {
    /// Those of a file, by its path with "/" between the parts, in their order; none where there is no such file.
    fn of_file(&self, file: &str) -> Vec<(ArticleKey, ArticlePrint)>;

    /// Those with a title, anywhere, in the order of files; of very many the first ones.
    fn called(&self, title: &str) -> Vec<(ArticleKey, ArticlePrint)>;
}

/// An article whose marks look for it.
struct Sought<'a> {
    key: &'a ArticleKey,
    print: &'a ArticlePrint,
    was_lost: bool,
}

/// Where the marks of articles belong that are elsewhere now or say something else, of files for which `may_differ` holds;
/// those that were not to be found are looked for, too.
pub fn settled(marks: &Marks, articles: &dyn KnownArticles, may_differ: &dyn Fn(&str) -> bool) -> Vec<Settled> {
    let mut by_file: BTreeMap<&str, Vec<Sought<'_>>> = BTreeMap::new();
    let mut taken: HashSet<ArticleKey> = HashSet::new();
    for (key, it) in marks.articles() {
        match may_differ(&key.file) {
            true => by_file.entry(&key.file).or_default().push(sought((key, it), false)),
            false => drop(taken.insert(key.clone())),
        }
    }
    for (key, it) in marks.lost() {
        by_file.entry(&key.file).or_default().push(sought((key, it), true));
    }
    let mut found = Vec::new();
    let mut elsewhere = Vec::new();
    for (file, sought) in by_file {
        let there = articles.of_file(file);
        let left = find_in_file(sought, &there, &mut taken, &mut found);
        elsewhere.extend(left);
    }
    for it in elsewhere {
        let called = articles.called(&it.print.title).into_iter();
        let mut same = called.filter(|(key, print)| print.has_text_of(it.print) && !taken.contains(key));
        let now = same.next();
        taken.extend(now.as_ref().map(|(key, _)| key.clone()));
        found.extend(it.settled(now));
    }
    found
}

fn sought<'a>((key, marked): (&'a ArticleKey, &'a MarkedArticle), was_lost: bool) -> Sought<'a> {
    let print = &marked.print;
    Sought { key, print, was_lost }
}

/// Looks in one file, by each reason in turn; returns those that are not there.
fn find_in_file<'a>(
    sought: Vec<Sought<'a>>,
    there: &[(ArticleKey, ArticlePrint)],
    taken: &mut HashSet<ArticleKey>,
    found: &mut Vec<Settled>,
) -> Vec<Sought<'a>> {
    let is_alone = there.len() == 1 && sought.len() == 1;
    type Reason<'r> = &'r dyn Fn(&Sought<'_>, &(ArticleKey, ArticlePrint)) -> bool;
    let reasons: [Reason<'_>; 5] = [
        &|it, (key, print)| key == it.key && print.has_text_of(it.print),
        &|it, (_, print)| print.has_text_of(it.print),
        &|it, (key, print)| key == it.key && print.is_called_as(it.print),
        &|it, (_, print)| print.is_called_as(it.print),
        &|it, _| is_alone && !it.was_lost,
    ];
    let mut left = sought;
    for reason in reasons {
        let mut not_found = Vec::new();
        for it in left {
            let candidates = there
                .iter()
                .filter(|there| !taken.contains(&there.0) && reason(&it, there));
            // Where several records are the same, the nearest.
            let now = candidates
                .min_by_key(|there| there.0.record.abs_diff(it.key.record))
                .cloned();
            match now {
                Some(now) => {
                    taken.insert(now.0.clone());
                    found.extend(it.settled(Some(now)));
                }
                None => not_found.push(it),
            }
        }
        left = not_found;
    }
    left
}

impl Sought<'_> {
    /// What changes for it; nothing if it is where it was and says what it said, or is still not to be found.
    fn settled(self, now: Option<(ArticleKey, ArticlePrint)>) -> Option<Settled> {
        let is_same = match &now {
            Some((key, print)) => !self.was_lost && key == self.key && print == self.print,
            None => self.was_lost,
        };
        (!is_same).then(|| Settled {
            was: self.key.clone(),
            was_lost: self.was_lost,
            print: self.print.clone(),
            now,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::{MarkChange, MarkEdit};

    /// Articles by "file#record", each with its title and body.
    #[derive(Clone, Default)]
    struct Folder(BTreeMap<ArticleKey, ArticlePrint>);

    impl KnownArticles for Folder {
        fn of_file(&self, file: &str) -> Vec<(ArticleKey, ArticlePrint)> {
            let there = self.0.iter().filter(|(key, _)| key.file == file);
            there.map(|(key, print)| (key.clone(), print.clone())).collect()
        }

        fn called(&self, title: &str) -> Vec<(ArticleKey, ArticlePrint)> {
            let there = self.0.iter().filter(|(_, print)| print.title == title);
            there.map(|(key, print)| (key.clone(), print.clone())).collect()
        }
    }

    fn key(place: &str) -> ArticleKey {
        let (file, record) = place.split_once('#').unwrap();
        ArticleKey {
            file: file.to_owned(),
            record: record.parse().unwrap(),
        }
    }

    fn print(title: &str, text: &str) -> ArticlePrint {
        ArticlePrint::new(
            title,
            &format!("{text} وقال المجلس إن العمل اكتمل قبل موعده بثلاثة أيام"),
        )
    }

    fn folder(articles: &[(&str, &str, &str)]) -> Folder {
        let of = |(place, title, text): &(&str, &str, &str)| (key(place), print(title, text));
        Folder(articles.iter().map(of).collect())
    }

    /// Each of these articles with its own place for a note.
    fn noted(folder: &Folder, places: &[&str]) -> Marks {
        let mut marks = Marks::default();
        let edits: Vec<MarkEdit> = places
            .iter()
            .map(|place| MarkEdit {
                article: key(place),
                print: folder.0[&key(place)].clone(),
                change: MarkChange::Note((*place).to_owned()),
            })
            .collect();
        marks.apply(&edits, jiff::Timestamp::UNIX_EPOCH);
        marks
    }

    /// Where each note is after the folder changed: "from→to".
    #[track_caller]
    fn check(marks: &mut Marks, now: &Folder, expected: &str) {
        marks.settle(&settled(marks, now, &|_| true));
        // What was found is found again where it is.
        assert_eq!(settled(marks, now, &|_| true), []);
        let note = |it: &MarkedArticle| it.shown().unwrap().note;
        let mut notes: Vec<String> = marks
            .articles()
            .map(|(key, it)| format!("{}→{key}", note(it)))
            .chain(marks.lost().iter().map(|(_, it)| format!("{}→?", note(it))))
            .collect();
        notes.sort();
        assert_eq!(notes.join(" "), expected);
    }

    #[test]
    fn records_move_in_their_file() {
        let before = folder(&[("t.csv#0", "أ", "1"), ("t.csv#1", "ب", "2"), ("t.csv#2", "ج", "3")]);
        let mut marks = noted(&before, &["t.csv#0", "t.csv#2"]);
        let now = folder(&[
            ("t.csv#0", "جديد", "0"),
            ("t.csv#1", "أ", "1"),
            ("t.csv#2", "ب", "2"),
            ("t.csv#3", "ج", "3"),
        ]);
        check(&mut marks, &now, "t.csv#0→t.csv#1 t.csv#2→t.csv#3");
        // One is edited, one gets another title, one goes.
        let now = folder(&[("t.csv#0", "أ", "أخرى"), ("t.csv#1", "آخر", "3")]);
        check(&mut marks, &now, "t.csv#0→t.csv#0 t.csv#2→t.csv#1");
        let now = folder(&[("t.csv#0", "غيره", "9"), ("t.csv#1", "آخر", "3")]);
        check(&mut marks, &now, "t.csv#0→? t.csv#2→t.csv#1");
        // It turns up again, in another file.
        let now = folder(&[
            ("t.csv#0", "غيره", "9"),
            ("t.csv#1", "آخر", "3"),
            ("u.csv#4", "أ", "أخرى"),
        ]);
        check(&mut marks, &now, "t.csv#0→u.csv#4 t.csv#2→t.csv#1");
    }

    #[test]
    fn of_two_identical_files_each_keeps_its_own() {
        let before = folder(&[("a.txt#0", "أ", "1"), ("b.txt#0", "أ", "1")]);
        // One was moved, one edited, also its title.
        for title in ["أ", "عنوان آخر"] {
            let mut marks = noted(&before, &["a.txt#0", "b.txt#0"]);
            let now = folder(&[("c.txt#0", "أ", "1"), ("b.txt#0", title, "2")]);
            check(&mut marks, &now, "a.txt#0→c.txt#0 b.txt#0→b.txt#0");
        }
        // Both were moved.
        let mut marks = noted(&before, &["a.txt#0", "b.txt#0"]);
        let now = folder(&[("c.txt#0", "أ", "1"), ("d.txt#0", "أ", "1")]);
        check(&mut marks, &now, "a.txt#0→c.txt#0 b.txt#0→d.txt#0");
    }

    #[test]
    fn a_copy_does_not_take_the_marks_of_what_is_there() {
        let before = folder(&[("a.txt#0", "أ", "1")]);
        let mut marks = noted(&before, &["a.txt#0"]);
        let now = folder(&[("0.txt#0", "أ", "1"), ("a.txt#0", "أ", "1")]);
        check(&mut marks, &now, "a.txt#0→a.txt#0");
    }

    #[test]
    fn marks_never_go_to_another_article() {
        let before = folder(&[("t.json#0", "أ", "1"), ("t.json#1", "ب", "2")]);
        let mut marks = noted(&before, &["t.json#0", "t.json#1"]);
        check(
            &mut marks,
            &folder(&[("t.json#0", "ج", "3"), ("u.txt#0", "أ", "4")]),
            "t.json#0→? t.json#1→?",
        );
    }

    #[test]
    fn only_what_was_read_anew_is_looked_at() {
        let before = folder(&[("a.txt#0", "أ", "1")]);
        let marks = noted(&before, &["a.txt#0"]);
        assert_eq!(settled(&marks, &Folder::default(), &|file| file != "a.txt"), []);
    }
}
