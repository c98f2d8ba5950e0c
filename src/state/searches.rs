//! Searches that one can return to: the way back and forward, those used last, those with a name.

use crate::archive::ArticleId;
use crate::entities::EntityId;
use crate::index::{Moment, SearchRequest, Searcher};

use super::change::{Merge, merge_recent};

/// How many steps lead back. A guess: nobody goes back further.
const MAX_STEPS: usize = 300;
/// How many searches without a name are remembered. Picked by feel: what fills the dialog twice.
const MAX_RECENT: usize = 30;

/// What was looked at: enough to look at it again.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Visit {
    /// What was searched for, how it was narrowed and ordered.
    pub request: SearchRequest,
    /// The article that was read.
    pub article: Option<ArticleId>,
    /// What stood in the place of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<NamePage>,
}

/// What stands in the place of the article.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamePage {
    /// The page of a name.
    Name {
        /// Whose page it is.
        id: EntityId,
        /// The names that it is compared with.
        with: Vec<EntityId>,
    },
    /// Who appears with whom.
    Network {
        /// Only with this one, where it is about one.
        center: Option<EntityId>,
    },
}

impl Visit {
    /// Whether an article and no page is looked at, in the result that another visit saw too.
    fn is_article_beside(&self, other: &Self) -> bool {
        self.page.is_none() && other.page.is_none() && self.request == other.request
    }
}

/// A search with a name.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SavedSearch {
    /// What the user calls it.
    pub name: String,
    /// The search.
    pub visit: Visit,
    /// Up to which moment it was looked at; nothing if that was not noted, by an earlier version of the program say: then
    /// all is new that came since moments are recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<Moment>,
}

impl SavedSearch {
    /// What it asks for.
    pub fn request(&self) -> SearchRequest {
        self.visit.request.clone()
    }

    /// What came after this moment is new in it.
    pub fn since(&self) -> Moment {
        self.looked_at.unwrap_or_default()
    }

    /// Whether it can only be answered once names are resolved.
    pub fn asks_for_names(&self) -> bool {
        let request = &self.visit.request;
        let has_name = request.filters.values.iter().any(|it| it.facet.entity_kind().is_some());
        has_name || Searcher::asks_for_names(&request.query_text)
    }
}

/// The searches of an archive that are kept.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Searches {
    /// Those with a name, in the order in which they were saved.
    pub saved: Vec<SavedSearch>,
    /// Those used last, the latest first.
    pub recent: Vec<Visit>,
}

impl Searches {
    /// Remembers a search as the latest one; returns whether that changed anything. One that asks for everything is no
    /// search.
    pub fn remember(&mut self, visit: &Visit) -> bool {
        let request = &visit.request;
        let is_empty =
            request.query_text.trim().is_empty() && request.filters.is_empty() && request.similar_to.is_none();
        if is_empty || self.recent.first() == Some(visit) {
            return false;
        }
        self.recent.retain(|it| it.request != *request);
        self.recent.insert(0, visit.clone());
        self.recent.truncate(MAX_RECENT);
        true
    }

    /// Renames the saved search at a place of the list.
    pub fn rename(&mut self, idx: usize, name: String) {
        if let Some(it) = self.saved.get_mut(idx) {
            it.name = name;
        }
    }

    /// Forgets the saved search at a place of the list.
    pub fn remove(&mut self, idx: usize) {
        if idx < self.saved.len() {
            self.saved.remove(idx);
        }
    }

    /// Notes that the saved search with this name was looked at up to a moment; never that less was.
    pub fn look(&mut self, name: &str, moment: Moment) {
        if let Some(it) = self.saved.iter_mut().find(|it| it.name == name) {
            it.looked_at = it.looked_at.max(Some(moment));
        }
    }

    /// Gives a search a name, in the place of the one that has it.
    pub fn save(&mut self, name: String, visit: Visit) {
        match self.saved.iter_mut().find(|it| it.name == name) {
            Some(it) => it.visit = visit,
            None => self.saved.push(SavedSearch {
                name,
                visit,
                looked_at: None,
            }),
        }
    }
}

impl Merge for Searches {
    /// The saved ones by their names, the recent ones by what they ask for.
    fn merge(&mut self, before: &Self, after: &Self) {
        let named = |searches: &[SavedSearch], name: &str| searches.iter().position(|it| it.name == name);
        // Renamed in its place.
        if before.saved.len() == after.saved.len() {
            for (old, new) in before.saved.iter().zip(&after.saved) {
                let is_renamed = named(&after.saved, &old.name).is_none() && named(&before.saved, &new.name).is_none();
                if is_renamed
                    && named(&self.saved, &new.name).is_none()
                    && let Some(idx) = named(&self.saved, &old.name)
                {
                    self.rename(idx, new.name.clone());
                }
            }
        }
        for old in &before.saved {
            if named(&after.saved, &old.name).is_none()
                && let Some(idx) = named(&self.saved, &old.name)
            {
                self.remove(idx);
            }
        }
        for new in &after.saved {
            let old = before.saved.iter().find(|it| it.name == new.name);
            // That it was only looked at does not bring it back where it was removed, nor as it was.
            if old.is_none_or(|old| old.visit != new.visit) && !before.saved.contains(new) {
                self.save(new.name.clone(), new.visit.clone());
            }
            if let Some(moment) = new.looked_at {
                self.look(&new.name, moment);
            }
        }
        let is_same = |a: &Visit, b: &Visit| a.request == b.request;
        merge_recent(&mut self.recent, &before.recent, &after.recent, MAX_RECENT, is_same);
    }
}

/// The way back and forward, through searches, articles and pages of names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    past: Vec<Visit>,
    future: Vec<Visit>,
    /// What is being typed, as far as it had come: letters that are typed or taken back are one step.
    typed: Option<Visit>,
    /// Whether what is looked at now was looked at for a while: an article that is only passed over is no step.
    is_stay: bool,
}

impl Trail {
    /// Whether there is something to go back to.
    pub fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to go forward to.
    pub fn has_future(&self) -> bool {
        !self.future.is_empty()
    }

    /// Notes that what is looked at now was looked at for a while.
    pub fn stay(&mut self) {
        self.is_stay = true;
    }

    /// Records that the user went from `left` to `to`. A word that is typed is one step; an article that was passed over on
    /// the way to the next one of the same result is none.
    pub fn step(&mut self, left: Visit, to: &Visit) {
        self.future.clear();
        if !std::mem::take(&mut self.is_stay) && left.is_article_beside(to) {
            return;
        }
        let request = &to.request;
        let (before, after) = (&left.request.query_text, &request.query_text);
        let is_typing = before != after;
        let continues =
            !before.is_empty() && !after.is_empty() && (before.starts_with(after) || after.starts_with(before));
        if is_typing
            && continues
            && let Some(typed) = &mut self.typed
        {
            if typed.request.query_text.len() < after.len() {
                typed.request = request.clone();
            }
            return;
        }
        let typed = self.typed.take().filter(|it| it.request.query_text.starts_with(before));
        let left = Visit {
            article: left.article,
            page: left.page.clone(),
            ..typed.unwrap_or(left)
        };
        if is_typing && !after.is_empty() {
            self.typed = Some(Visit {
                request: request.clone(),
                ..Visit::default()
            });
        }
        self.past.push(left);
        if MAX_STEPS < self.past.len() {
            self.past.remove(0);
        }
    }

    /// Ends what is being typed: what is typed next is another step.
    pub fn settle(&mut self) {
        self.typed = None;
    }

    /// Goes back from `here`; nothing if there is nothing to go back to.
    pub fn back(&mut self, here: Visit) -> Option<Visit> {
        let visit = self.past.pop()?;
        (self.typed, self.is_stay) = (None, false);
        self.future.push(here);
        Some(visit)
    }

    /// Goes forward from `here`; nothing if there is nothing to go forward to.
    pub fn forward(&mut self, here: Visit) -> Option<Visit> {
        let visit = self.future.pop()?;
        (self.typed, self.is_stay) = (None, false);
        self.past.push(here);
        Some(visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(query_text: &str) -> SearchRequest {
        SearchRequest {
            query_text: query_text.to_owned(),
            ..SearchRequest::default()
        }
    }

    fn visit(query_text: &str) -> Visit {
        Visit {
            request: request(query_text),
            ..Visit::default()
        }
    }

    /// Types one text after the other; what can be gone back to, the last first.
    #[track_caller]
    fn check(texts: &str, past: &str) {
        let mut trail = Trail::default();
        let texts: Vec<&str> = texts.split('|').collect();
        for pair in texts.windows(2) {
            trail.step(visit(pair[0]), &visit(pair[1]));
        }
        let mut found = Vec::new();
        while let Some(it) = trail.back(Visit::default()) {
            found.push(it.request.query_text);
        }
        assert_eq!(found.join("|"), past);
    }

    #[test]
    fn a_word_that_is_typed_is_one_step() {
        check("|ب|بح|بحر", "");
        check("|ب|بح|بحر|جبل", "بحر|");
        // As far as it had come, not as far as it was taken back.
        check("|ب|بح|بحر|بح|ب||ج|جب", "|بحر|");
    }

    #[test]
    fn back_and_forward_lead_to_the_same_place() {
        let mut trail = Trail::default();
        trail.step(visit("أ"), &visit("ب"));
        assert!(trail.has_past() && !trail.has_future());
        assert_eq!(trail.back(visit("ب")), Some(visit("أ")));
        assert_eq!(trail.forward(visit("أ")), Some(visit("ب")));
        assert_eq!(trail.forward(visit("ب")), None);
        trail.back(visit("ب"));
        trail.step(visit("أ"), &visit("ج"));
        assert!(!trail.has_future());
    }

    #[test]
    fn an_article_is_a_step_if_it_was_stayed_with_and_a_page_always() {
        let article = |number| Visit {
            article: Some(ArticleId(number)),
            ..visit("أ")
        };
        let page = Visit {
            page: Some(NamePage::Name {
                id: EntityId("p:1".to_owned()),
                with: Vec::new(),
            }),
            ..article(4)
        };
        let mut trail = Trail::default();
        trail.stay();
        trail.step(article(1), &article(2));
        trail.step(article(2), &article(3));
        trail.step(article(3), &article(4));
        trail.step(article(4), &page);
        trail.step(page.clone(), &article(5));
        assert_eq!(trail.back(article(5)), Some(page.clone()));
        assert_eq!(trail.back(page.clone()), Some(article(4)));
        assert_eq!(trail.back(article(4)), Some(article(1)));
        assert_eq!(trail.back(article(1)), None);
        assert_eq!(trail.forward(article(1)), Some(article(4)));
        assert_eq!(trail.forward(article(4)), Some(page));
    }

    #[test]
    fn a_search_is_remembered_once() {
        let mut searches = Searches::default();
        assert!(!searches.remember(&visit(" ")));
        assert!(searches.remember(&visit("أ")) && searches.remember(&visit("ب")) && searches.remember(&visit("أ")));
        assert!(!searches.remember(&visit("أ")));
        assert_eq!(searches.recent, [visit("أ"), visit("ب")]);
        searches.save("بحثي".to_owned(), visit("أ"));
        searches.save("بحثي".to_owned(), visit("ب"));
        assert_eq!(searches.saved.len(), 1);
        let json = serde_json::to_string(&searches).unwrap();
        assert_eq!(serde_json::from_str::<Searches>(&json).unwrap(), searches);
    }
    #[test]
    fn what_two_windows_save_rename_and_remove_is_brought_together() {
        let searches = |names: &str| {
            let mut searches = Searches::default();
            for name in names.split_whitespace() {
                searches.save(name.to_owned(), visit(name));
                searches.remember(&visit(name));
            }
            searches
        };
        let names = |it: &Searches| it.saved.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(" ");
        let before = searches("أ ب ج");
        let mut mine = before.clone();
        mine.rename(0, "د".to_owned());
        mine.remove(1);
        let mut merged = searches("أ ب ج س");
        merged.merge(&before, &mine);
        assert_eq!(names(&merged), "ج س د");
        let mut renamed = before.clone();
        renamed.rename(1, "ه".to_owned());
        let mut merged = searches("أ ب ج س");
        merged.merge(&before, &renamed);
        assert_eq!(names(&merged), "أ ه ج س");
        let mut cleared = before.clone();
        cleared.recent.clear();
        cleared.save("ب".to_owned(), visit("آخر"));
        let mut merged = searches("أ ب ج س");
        merged.merge(&before, &cleared);
        assert_eq!(
            (names(&merged), merged.recent),
            ("أ ب ج س".to_owned(), vec![visit("س")])
        );
        assert_eq!(merged.saved[1].visit, visit("آخر"));
    }

    #[test]
    fn that_a_search_was_looked_at_is_brought_together_and_never_less() {
        let mut before = Searches::default();
        before.save("أ".to_owned(), visit("أ"));
        before.save("ب".to_owned(), visit("ب"));
        let mut mine = before.clone();
        mine.look("أ", Moment(7));
        // Another window looked later, changed the one and removed the other.
        let mut theirs = before.clone();
        theirs.look("أ", Moment(9));
        theirs.save("أ".to_owned(), visit("آخر"));
        theirs.remove(1);
        theirs.merge(&before, &mine);
        assert_eq!((theirs.saved.len(), theirs.saved[0].since()), (1, Moment(9)));
        assert_eq!(theirs.saved[0].visit, visit("آخر"));
        // Files of earlier versions say nothing of it.
        let json = r#"{"saved": [{"name": "أ", "visit": {"request": {"query_text": "أ"}}}]}"#;
        let searches: Searches = serde_json::from_str(json).unwrap();
        assert_eq!(
            (searches.saved[0].looked_at, searches.saved[0].since()),
            (None, Moment(0))
        );
    }
}
