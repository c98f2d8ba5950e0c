//! Which article the user's words belong to after files were read anew: records may have moved up or down in their file,
//! texts been edited, files been renamed while nobody looked.
//!
//! An article is the one that it was if it has the same text, in its file or anywhere; if it is still called the same, in
//! its file; or if the file is one article. Otherwise it is not to be found, and what was said of it is kept for the
//! day on which it turns up: it never goes to another article. A guess which of these reasons is better does not arise: the
//! first that holds decides.

use std::collections::{BTreeMap, HashSet};

use super::given::ArticleKey;
use super::print::ArticlePrint;

/// The articles of an archive as they are now.
pub trait KnownArticles {
    /// Those of a file, by its path with "/" between the parts, in their order; none where there is no such file.
    fn of_file(&self, file: &str) -> Vec<(ArticleKey, ArticlePrint)>;

    /// Whether a file is one article by its kind, such as a page: what it holds is that article, whatever was changed in it.
    fn is_article(&self, file: &str) -> bool;

    /// Those with a title, anywhere, in the order of files; of very many the first ones.
    fn called(&self, title: &str) -> Vec<(ArticleKey, ArticlePrint)>;
}

/// An article that is looked for.
pub struct Sought<'a> {
    /// Where it was.
    pub key: &'a ArticleKey,
    /// What it said.
    pub print: &'a ArticlePrint,
    /// Whether it was not to be found before.
    pub was_lost: bool,
}

/// Where an article is that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Where it was.
    pub was: ArticleKey,
    /// Whether it was not to be found before.
    pub was_lost: bool,
    /// What it said.
    pub print: ArticlePrint,
    /// Where it is, and what it says; nothing if it is not to be found.
    pub now: Option<(ArticleKey, ArticlePrint)>,
}

/// Where articles are that are elsewhere now or say something else, or are not to be found any more. Those in `taken` are
/// none of them: it is known whose they are.
pub fn whereabouts(all: Vec<Sought<'_>>, mut taken: HashSet<ArticleKey>, articles: &dyn KnownArticles) -> Vec<Settled> {
    let mut by_file: BTreeMap<&str, Vec<Sought<'_>>> = BTreeMap::new();
    for it in all {
        by_file.entry(&it.key.file).or_default().push(it);
    }
    let mut found = Vec::new();
    let mut elsewhere = Vec::new();
    for (file, sought) in by_file {
        let there = articles.of_file(file);
        let is_alone = there.len() == 1 && sought.len() == 1 && articles.is_article(file);
        let left = find_in_file(sought, (&there, is_alone), &mut taken, &mut found);
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

/// Looks in one file, by each reason in turn; returns those that are not there. `is_alone`: whether it is one article, which
/// is the one that is looked for.
fn find_in_file<'a>(
    sought: Vec<Sought<'a>>,
    (there, is_alone): (&[(ArticleKey, ArticlePrint)], bool),
    taken: &mut HashSet<ArticleKey>,
    found: &mut Vec<Settled>,
) -> Vec<Sought<'a>> {
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
