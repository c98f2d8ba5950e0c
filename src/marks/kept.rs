//! All marks of an archive, as they are kept: readable JSON, in which every change bears its time, so that what two windows
//! or two people marked becomes one.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::arabic::sort_key;
use crate::entities::{ArticleKey, ArticlePrint, Settled};

use super::article_marks::{ArticleMarks, Highlight, MarkColor};
use super::change::{MarkChange, MarkEdit};

/// The marks of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Listed", into = "Listed")]
pub struct Marks {
    articles: BTreeMap<ArticleKey, MarkedArticle>,
    /// Those of articles that are not to be found: see [`Marks::lost`].
    lost: Vec<(ArticleKey, MarkedArticle)>,
    tag_colors: BTreeMap<String, MarkColor>,
}

/// The marks of an article with the times of their changes. What was taken away stays as such, so that it does not come
/// back from somebody's copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedArticle {
    /// What the article says, as far as it tells it from others.
    #[serde(flatten)]
    pub print: ArticlePrint,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    starred: Option<Stamped<bool>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    read: Option<Stamped<bool>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, Stamped<bool>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Stamped<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    highlights: Vec<Stamped<HighlightState>>,
}

/// A value with the time at which it was set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Stamped<T> {
    is: T,
    at: Timestamp,
}

/// A passage, and whether it is highlighted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct HighlightState {
    #[serde(flatten)]
    passage: Highlight,
    #[serde(default, skip_serializing_if = "is_false")]
    is_removed: bool,
}

/// As JSON has them: one after the other, in the order of files and records.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Listed {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tag_colors: BTreeMap<String, MarkColor>,
    articles: Vec<ListedArticle>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost: Vec<ListedArticle>,
}

#[derive(Clone, Serialize, Deserialize)]
struct ListedArticle {
    #[serde(flatten)]
    key: ArticleKey,
    #[serde(flatten)]
    marked: MarkedArticle,
}

fn is_false(it: &bool) -> bool {
    !it
}

impl From<Listed> for Marks {
    fn from(listed: Listed) -> Self {
        let mut it = Self {
            articles: BTreeMap::new(),
            lost: listed.lost.into_iter().map(|it| (it.key, it.marked)).collect(),
            tag_colors: listed.tag_colors,
        };
        // Edited by hand, an article may stand there twice.
        for article in listed.articles {
            it.articles.entry(article.key).or_default().merge(article.marked);
        }
        it
    }
}

impl From<Marks> for Listed {
    fn from(marks: Marks) -> Self {
        let listed = |(key, marked)| ListedArticle { key, marked };
        Self {
            tag_colors: marks.tag_colors,
            articles: marks.articles.into_iter().map(listed).collect(),
            lost: marks.lost.into_iter().map(listed).collect(),
        }
    }
}

impl Marks {
    /// The version in which they are written.
    pub const NEWEST_VERSION: u64 = 1;

    /// Whether nothing is marked, and nothing ever was.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The marks of an article, given by its file's path below the archive's folder and its number there, from 0; nothing
    /// without any.
    pub fn of(&self, path: &Path, record: u32) -> Option<ArticleMarks> {
        if self.articles.is_empty() {
            return None;
        }
        self.of_key(&ArticleKey::at(path, record))
    }

    /// The same, by the article's key.
    pub fn of_key(&self, key: &ArticleKey) -> Option<ArticleMarks> {
        self.articles.get(key).and_then(MarkedArticle::shown)
    }

    /// Every article that has marks, or had, in the order of files and records.
    pub fn articles(&self) -> impl ExactSizeIterator<Item = (&ArticleKey, &MarkedArticle)> {
        self.articles.iter()
    }

    /// The user's tags with the number of articles that bear each, in the order of the alphabet.
    pub fn tags(&self) -> Vec<(String, u64)> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for tag in self.articles.values().flat_map(MarkedArticle::tags) {
            *counts.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<(String, u64)> = counts.into_iter().map(|(tag, n)| (tag.to_owned(), n)).collect();
        tags.sort_by_cached_key(|(tag, _)| sort_key(tag));
        tags
    }

    /// The colour of a tag.
    pub fn color_of(&self, tag: &str) -> MarkColor {
        self.tag_colors.get(tag).copied().unwrap_or_default()
    }

    /// Gives a tag a colour.
    pub fn set_color(&mut self, tag: &str, color: MarkColor) {
        self.tag_colors.insert(tag.to_owned(), color);
    }

    /// Makes changes in their order, and returns those that take them back. What changes nothing is left out.
    pub fn apply(&mut self, edits: &[MarkEdit], now: Timestamp) -> Vec<MarkEdit> {
        let mut undo = Vec::new();
        for edit in edits {
            self.make_room(edit);
            let marked = self.articles.entry(edit.article.clone()).or_default();
            marked.print = edit.print.clone();
            let back = marked.apply(&edit.change, now);
            undo.extend(back.map(|change| MarkEdit { change, ..edit.clone() }));
            if *marked == MarkedArticle::of(edit.print.clone()) {
                self.articles.remove(&edit.article);
            }
        }
        undo.reverse();
        undo
    }

    /// Marks that lie where another article is by now belong to one that is somewhere else, which is found out after the next
    /// reading: what is marked now does not go to them.
    fn make_room(&mut self, edit: &MarkEdit) {
        let is_other = self.articles.get(&edit.article);
        if is_other.is_some_and(|it| it.is_of_other(&edit.print))
            && let Some(marked) = self.articles.remove(&edit.article)
        {
            self.lost.push((edit.article.clone(), marked));
        }
    }

    /// Adds the marks of others: of each the later change holds. Returns how many articles have other marks now.
    pub fn merge(&mut self, theirs: Self) -> u64 {
        let mut n_changed = 0;
        for (key, marked) in theirs.articles {
            if self
                .articles
                .get(&key)
                .is_some_and(|mine| mine.is_of_other(&marked.print))
            {
                self.lost.push((key, marked));
                continue;
            }
            let mine = self.articles.entry(key).or_default();
            let before = mine.shown();
            mine.merge(marked);
            n_changed += u64::from(mine.shown() != before);
        }
        for it in theirs.lost {
            if !self.lost.contains(&it) {
                self.lost.push(it);
            }
        }
        for (tag, color) in theirs.tag_colors {
            self.tag_colors.entry(tag).or_insert(color);
        }
        n_changed
    }

    /// The marks of some articles, with the colours of their tags.
    pub fn only(&self, is_wanted: &dyn Fn(&ArticleKey) -> bool) -> Self {
        let articles = self.articles.iter().filter(|(key, _)| is_wanted(key));
        let articles: BTreeMap<_, _> = articles.map(|(key, it)| (key.clone(), it.clone())).collect();
        let has_tag = |tag: &String| articles.values().any(|it| it.tags.contains_key(tag));
        let tag_colors = self.tag_colors.iter().filter(|(tag, _)| has_tag(tag));
        Self {
            tag_colors: tag_colors.map(|(tag, color)| (tag.clone(), *color)).collect(),
            lost: Vec::new(),
            articles,
        }
    }

    /// The marks of articles that are not to be found, with where these were last: another article is there now, or none.
    /// They are kept until the articles turn up.
    pub fn lost(&self) -> &[(ArticleKey, MarkedArticle)] {
        &self.lost
    }

    /// Has the marks of articles belong to where these are now; see [`settled`](super::settle::settled). Marks that are
    /// there already stay beside them.
    pub fn settle(&mut self, settled: &[Settled]) {
        // All of them leave before the first arrives: two may change places.
        let taken: Vec<_> = settled.iter().map(|it| (it, self.take(it))).collect();
        for (it, marked) in taken {
            let Some(marked) = marked else { continue };
            match &it.now {
                Some((key, print)) => {
                    let there = self.articles.entry(key.clone()).or_default();
                    there.merge(marked);
                    there.print = print.clone();
                }
                None => self.lost.push((it.was.clone(), marked)),
            }
        }
    }

    fn take(&mut self, settled: &Settled) -> Option<MarkedArticle> {
        // Others may have marked another article there meanwhile.
        let is_there = self.articles.get(&settled.was);
        if !settled.was_lost && is_there.is_some_and(|it| it.print == settled.print) {
            return self.articles.remove(&settled.was);
        }
        let is_it = |it: &(ArticleKey, MarkedArticle)| it.0 == settled.was && it.1.print == settled.print;
        let at = self.lost.iter().position(is_it)?;
        Some(self.lost.remove(at).1)
    }

    /// Has the marks of a file's articles follow it to another path; whether there are any.
    pub fn move_file(&mut self, from: &Path, to: &Path) -> bool {
        let moved = self.articles.iter().filter_map(|(key, it)| {
            Some(Settled {
                was: key.clone(),
                was_lost: false,
                print: it.print.clone(),
                now: Some((key.moved(from, to)?, it.print.clone())),
            })
        });
        let moved: Vec<Settled> = moved.collect();
        self.settle(&moved);
        !moved.is_empty()
    }
}

impl MarkedArticle {
    fn of(print: ArticlePrint) -> Self {
        Self {
            print,
            ..Self::default()
        }
    }

    /// Whether it is not the article that says this.
    fn is_of_other(&self, now: &ArticlePrint) -> bool {
        let print = &self.print;
        *print != ArticlePrint::default() && !print.has_text_of(now) && !print.is_called_as(now)
    }

    /// The marks that it has now; nothing without any.
    pub fn shown(&self) -> Option<ArticleMarks> {
        let is = |it: &Option<Stamped<bool>>| it.as_ref().is_some_and(|it| it.is);
        let mut tags: Vec<String> = self.tags().map(str::to_owned).collect();
        tags.sort_by_cached_key(|it| sort_key(it));
        let highlights = self.highlights.iter().filter(|it| !it.is.is_removed);
        let marks = ArticleMarks {
            is_starred: is(&self.starred),
            is_read: is(&self.read),
            tags,
            note: self.note.as_ref().map(|it| it.is.clone()).unwrap_or_default(),
            highlights: highlights.map(|it| it.is.passage.clone()).collect(),
        };
        (marks != ArticleMarks::default()).then_some(marks)
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().filter(|(_, it)| it.is).map(|(tag, _)| tag.as_str())
    }

    /// Makes a change; returns the one that takes it back, or nothing if it changes nothing.
    fn apply(&mut self, change: &MarkChange, now: Timestamp) -> Option<MarkChange> {
        match change {
            MarkChange::Star(is) => set(&mut self.starred, *is, now).map(MarkChange::Star),
            MarkChange::Read(is) => set(&mut self.read, *is, now).map(MarkChange::Read),
            MarkChange::Note(note) => set(&mut self.note, note.trim().to_owned(), now).map(MarkChange::Note),
            MarkChange::Tag { tag, is } => {
                let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
                if tag.is_empty() {
                    return None;
                }
                let mut state = self.tags.remove(&tag);
                let before = set(&mut state, *is, now);
                self.tags.extend(state.map(|it| (tag.clone(), it)));
                before.map(|is| MarkChange::Tag { tag, is })
            }
            MarkChange::Highlight(passage) => self.highlight(passage, false, now),
            MarkChange::Unhighlight(passage) => self.highlight(passage, true, now),
        }
    }

    fn highlight(&mut self, passage: &Highlight, is_removed: bool, now: Timestamp) -> Option<MarkChange> {
        let known = self
            .highlights
            .iter_mut()
            .find(|it| it.is.passage.is_passage_of(passage));
        let before = known
            .as_ref()
            .filter(|it| !it.is.is_removed)
            .map(|it| it.is.passage.clone());
        let wanted = (!is_removed).then_some(passage);
        if before.as_ref() == wanted {
            return None;
        }
        let state = |passage: &Highlight| HighlightState {
            passage: passage.clone(),
            is_removed,
        };
        match known {
            Some(known) => {
                let (kept, at) = (known.is.passage.clone(), later(now, known.at));
                let is = state(if is_removed { &kept } else { passage });
                *known = Stamped { is, at };
            }
            None => self.highlights.push(Stamped {
                is: state(passage),
                at: now,
            }),
        }
        Some(match before {
            Some(before) => MarkChange::Highlight(before),
            None => MarkChange::Unhighlight(passage.clone()),
        })
    }

    /// Adds another one's changes of the same article: the later one holds.
    fn merge(&mut self, theirs: Self) {
        if self.print == ArticlePrint::default() {
            self.print = theirs.print;
        }
        merge(&mut self.starred, theirs.starred);
        merge(&mut self.read, theirs.read);
        merge(&mut self.note, theirs.note);
        for (tag, state) in theirs.tags {
            let mut mine = self.tags.remove(&tag);
            merge(&mut mine, Some(state));
            self.tags.extend(mine.map(|it| (tag, it)));
        }
        for state in theirs.highlights {
            let mine = &mut self.highlights;
            match mine
                .iter_mut()
                .find(|it| it.is.passage.is_passage_of(&state.is.passage))
            {
                Some(mine) if mine.at < state.at => *mine = state,
                Some(_) => {}
                None => mine.push(state),
            }
        }
    }
}

/// Sets a value; returns the one before, or nothing if it is the same.
fn set<T: Clone + Default + PartialEq>(state: &mut Option<Stamped<T>>, is: T, now: Timestamp) -> Option<T> {
    let before = state.as_ref().map(|it| it.is.clone()).unwrap_or_default();
    if before == is {
        return None;
    }
    let at = state.as_ref().map_or(now, |it| later(now, it.at));
    *state = Some(Stamped { is, at });
    Some(before)
}

/// The time of a change after another, whatever the clocks say: what is done here and now holds.
fn later(now: Timestamp, last: Timestamp) -> Timestamp {
    let just_after = last.saturating_add(SignedDuration::from_millis(1)).unwrap_or(last);
    now.max(just_after)
}

/// The later of two states; of two of the same time mine.
fn merge<T>(mine: &mut Option<Stamped<T>>, theirs: Option<Stamped<T>>) {
    if let Some(theirs) = theirs
        && mine.as_ref().is_none_or(|mine| mine.at < theirs.at)
    {
        *mine = Some(theirs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(file: &str, record: u32) -> ArticleKey {
        ArticleKey {
            file: file.to_owned(),
            record,
        }
    }

    fn edit(file: &str, change: MarkChange) -> MarkEdit {
        MarkEdit {
            article: key(file, 0),
            print: ArticlePrint::new(file, ""),
            change,
        }
    }

    fn tag(tag: &str, is: bool) -> MarkChange {
        MarkChange::Tag {
            tag: tag.to_owned(),
            is,
        }
    }

    fn passage(quote: &str, color: MarkColor, note: &str) -> Highlight {
        Highlight {
            quote: quote.to_owned(),
            before: "قال ".to_owned(),
            after: String::new(),
            color,
            note: note.to_owned(),
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    fn json(marks: &Marks) -> String {
        serde_json::to_string(marks).unwrap()
    }

    #[test]
    fn what_is_undone_is_as_before() {
        let mut marks = Marks::default();
        let yellow = passage("السد آمن", MarkColor::Yellow, "");
        marks.apply(
            &[
                edit("أ", MarkChange::Highlight(yellow.clone())),
                edit("أ", tag("مهم", true)),
            ],
            at(0),
        );
        let before = marks.of_key(&key("أ", 0));
        let edits = [
            MarkChange::Star(true),
            MarkChange::Read(true),
            MarkChange::Note(" سطر\nسطر ".to_owned()),
            tag("مهم", false),
            tag(" عاجل  جدا", true),
            MarkChange::Highlight(passage("السد آمن", MarkColor::Pink, "من قال؟")),
            MarkChange::Unhighlight(yellow),
            MarkChange::Highlight(passage("لم يزد", MarkColor::Blue, "")),
        ]
        .map(|it| edit("أ", it));
        let undo = marks.apply(&edits, at(1));
        let now = marks.of_key(&key("أ", 0)).unwrap();
        assert!(now.is_starred && now.is_read);
        assert_eq!(
            (now.note.as_str(), now.tags.as_slice()),
            ("سطر\nسطر", ["عاجل جدا".to_owned()].as_slice())
        );
        assert_eq!(now.highlights, [passage("لم يزد", MarkColor::Blue, "")]);
        assert_eq!(undo.len(), edits.len());
        marks.apply(&undo, at(2));
        assert_eq!(marks.of_key(&key("أ", 0)), before);
        // Nothing changes.
        assert_eq!(
            marks.apply(&[edit("أ", MarkChange::Star(false)), edit("ب", tag(" ", true))], at(3)),
            []
        );
        assert!(marks.of_key(&key("ب", 0)).is_none() && !json(&marks).contains("\"ب\""));
    }

    #[test]
    fn marks_are_readable_and_come_back() {
        let mut marks = Marks::default();
        let edits = [edit("أ/ب.txt", MarkChange::Star(true)), edit("أ.txt", tag("مهم", true))];
        marks.apply(&edits, at(0));
        marks.set_color("مهم", MarkColor::Green);
        let written = json(&marks);
        assert!(
            written.contains(r#""file":"أ/ب.txt","record":0,"title":"أ/ب.txt""#),
            "{written}"
        );
        assert!(
            written.contains(r#""starred":{"is":true,"at":"2023-11-14T22:13:20Z"}"#),
            "{written}"
        );
        assert_eq!(serde_json::from_str::<Marks>(&written).unwrap(), marks);
        assert_eq!(serde_json::from_str::<Marks>("{}").unwrap(), Marks::default());
        assert_eq!(marks.tags(), [("مهم".to_owned(), 1)]);
    }

    #[test]
    fn of_two_people_the_later_change_holds_whatever_comes_first() {
        let mut common = Marks::default();
        common.apply(
            &[
                edit("أ", MarkChange::Star(true)),
                edit("أ", MarkChange::Note("أول".to_owned())),
            ],
            at(0),
        );
        let (mut mine, mut theirs) = (common.clone(), common);
        mine.apply(&[edit("أ", MarkChange::Star(false)), edit("أ", tag("لي", true))], at(5));
        mine.apply(&[edit("أ", MarkChange::Note("لي".to_owned()))], at(6));
        theirs.apply(
            &[
                edit("أ", MarkChange::Note("لهم".to_owned())),
                edit("ب", MarkChange::Read(true)),
            ],
            at(9),
        );
        theirs.apply(
            &[edit("أ", MarkChange::Highlight(passage("السد", MarkColor::Blue, "")))],
            at(9),
        );
        let (mut a, mut b) = (mine.clone(), theirs.clone());
        assert_eq!((a.merge(theirs), b.merge(mine)), (2, 1));
        assert_eq!(a, b);
        let now = a.of_key(&key("أ", 0)).unwrap();
        assert!(!now.is_starred, "taken away after they copied it");
        assert_eq!((now.note.as_str(), now.tags.len(), now.highlights.len()), ("لهم", 1, 1));
    }

    #[test]
    fn what_is_done_now_holds_whatever_the_clock_says() {
        let mut marks = Marks::default();
        marks.apply(&[edit("أ", MarkChange::Star(true))], at(100));
        let copy = marks.clone();
        marks.apply(&[edit("أ", MarkChange::Star(false))], at(3));
        marks.merge(copy);
        assert!(marks.of_key(&key("أ", 0)).is_none());
    }

    #[test]
    fn what_is_marked_does_not_join_the_marks_of_an_article_that_was_there() {
        let mut marks = Marks::default();
        marks.apply(&[edit("أ", MarkChange::Star(true))], at(0));
        let print = ArticlePrint::new("عنوان خبر آخر", "");
        let other = MarkEdit {
            print: print.clone(),
            ..edit("أ", MarkChange::Note("عن الآخر".to_owned()))
        };
        marks.apply(&[other], at(1));
        let now = marks.of_key(&key("أ", 0)).unwrap();
        assert!(!now.is_starred && now.note == "عن الآخر");
        assert!(marks.lost()[0].1.shown().unwrap().is_starred);
        // It is somewhere else: found before, and told after the other one was marked.
        marks.settle(&[Settled {
            was: key("أ", 0),
            was_lost: false,
            print: ArticlePrint::new("أ", ""),
            now: Some((key("ب", 0), ArticlePrint::new("أ", ""))),
        }]);
        assert!(marks.of_key(&key("ب", 0)).unwrap().is_starred && marks.lost().is_empty());
        assert_eq!(marks.of_key(&key("أ", 0)).unwrap().note, "عن الآخر");
    }

    #[test]
    fn marks_follow_a_file_and_two_may_change_places() {
        let mut marks = Marks::default();
        marks.apply(
            &[edit("أ", MarkChange::Star(true)), edit("ب", MarkChange::Read(true))],
            at(0),
        );
        assert!(marks.move_file(Path::new("أ"), Path::new("ج/د")) && !marks.move_file(Path::new("أ"), Path::new("ه")));
        assert!(marks.of(Path::new("ج/د"), 0).unwrap().is_starred);
        let swapped = |from: &str, to: &str| Settled {
            was: key(from, 0),
            was_lost: false,
            print: marks.articles[&key(from, 0)].print.clone(),
            now: Some((key(to, 0), ArticlePrint::new(to, ""))),
        };
        let swapped = [swapped("ج/د", "ب"), swapped("ب", "ج/د")];
        marks.settle(&swapped);
        assert!(marks.of(Path::new("ب"), 0).unwrap().is_starred);
        assert!(marks.of(Path::new("ج/د"), 0).unwrap().is_read);
    }
}
