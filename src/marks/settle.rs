//! Which article marks belong to after files were read anew. Those whose article is not to be found are kept for the day
//! on which it turns up.

use std::collections::HashSet;

use crate::entities::{KnownArticles, Settled, Sought, whereabouts};

use super::kept::Marks;

/// Where the marks of articles belong that are elsewhere now or say something else, of files for which `may_differ` holds;
/// those that were not to be found are looked for, too.
pub fn settled(marks: &Marks, articles: &dyn KnownArticles, may_differ: &dyn Fn(&str) -> bool) -> Vec<Settled> {
    let mut taken = HashSet::new();
    let mut all = Vec::new();
    for (key, it) in marks.articles() {
        match may_differ(&key.file) {
            true => all.push(Sought {
                key,
                print: &it.print,
                was_lost: false,
            }),
            false => drop(taken.insert(key.clone())),
        }
    }
    let lost = marks.lost().iter().map(|(key, it)| Sought {
        key,
        print: &it.print,
        was_lost: true,
    });
    all.extend(lost);
    whereabouts(all, taken, articles)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::entities::{ArticleKey, ArticlePrint};
    use crate::marks::{MarkChange, MarkEdit, MarkedArticle};

    /// Articles by "file#record", each with its title and body.
    #[derive(Clone, Default)]
    struct Folder(BTreeMap<ArticleKey, ArticlePrint>);

    impl KnownArticles for Folder {
        fn of_file(&self, file: &str) -> Vec<(ArticleKey, ArticlePrint)> {
            let there = self.0.iter().filter(|(key, _)| key.file == file);
            there.map(|(key, print)| (key.clone(), print.clone())).collect()
        }

        fn is_article(&self, file: &str) -> bool {
            file.ends_with(".txt")
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
    fn the_only_record_of_a_table_is_not_taken_for_another() {
        let before = folder(&[("t.csv#0", "أ", "1")]);
        let mut marks = noted(&before, &["t.csv#0"]);
        check(&mut marks, &folder(&[("t.csv#0", "ب", "2")]), "t.csv#0→?");
    }

    #[test]
    fn only_what_was_read_anew_is_looked_at() {
        let before = folder(&[("a.txt#0", "أ", "1")]);
        let marks = noted(&before, &["a.txt#0"]);
        assert_eq!(settled(&marks, &Folder::default(), &|file| file != "a.txt"), []);
    }
}
