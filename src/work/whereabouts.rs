//! The articles of an index, for marks and corrections that look for theirs.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::archive::ArticleId;
use crate::entities::{ArticleKey, ArticlePrint, KnownArticles};
use crate::index::{OpenError, Searcher, StoredArticle};

/// The key of an article by its number in its whole file, and what it says.
pub fn said(stored: &StoredArticle) -> (ArticleKey, ArticlePrint) {
    let key = ArticleKey::at(&stored.path, stored.record);
    (key, ArticlePrint::new(&stored.title, &stored.body))
}

/// The same of an article of the index; nothing if the index does not hold it.
pub fn key_and_print(searcher: &Searcher, article: ArticleId) -> Result<Option<(ArticleKey, ArticlePrint)>, OpenError> {
    let stored = searcher.stored_article(article).map_err(OpenError::from)?;
    Ok(stored.as_ref().map(said))
}

/// The articles of an index, by their numbers in their whole files. What cannot be read is not there.
pub struct Found<'a> {
    searcher: &'a Searcher,
    /// Files whose names are not Unicode, by what is left of them in keys.
    lossy: OnceCell<HashMap<String, PathBuf>>,
}

impl<'a> Found<'a> {
    pub fn new(searcher: &'a Searcher) -> Self {
        let lossy = OnceCell::new();
        Self { searcher, lossy }
    }

    fn said(&self, articles: &[ArticleId]) -> Vec<(ArticleKey, ArticlePrint)> {
        let said = articles
            .iter()
            .filter_map(|it| key_and_print(self.searcher, *it).ok().flatten());
        said.collect()
    }

    /// The articles of a file as a key names it.
    fn ids_of(&self, file: &str) -> Vec<ArticleId> {
        let there = self.searcher.articles_of_file(Path::new(file)).unwrap_or_default();
        if !there.is_empty() || !file.contains(char::REPLACEMENT_CHARACTER) {
            return there;
        }
        let path = self.lossy().get(file);
        path.map(|path| self.searcher.articles_of_file(path).unwrap_or_default())
            .unwrap_or_default()
    }

    fn lossy(&self) -> &HashMap<String, PathBuf> {
        self.lossy.get_or_init(|| {
            let files = self.searcher.files().unwrap_or_default().into_iter();
            let lossy = files.filter(|it| it.path.to_str().is_none());
            lossy.map(|it| (ArticleKey::at(&it.path, 0).file, it.path)).collect()
        })
    }
}

impl KnownArticles for Found<'_> {
    fn of_file(&self, file: &str) -> Vec<(ArticleKey, ArticlePrint)> {
        self.said(&self.ids_of(file))
    }

    fn is_article(&self, file: &str) -> bool {
        let ids = self.ids_of(file);
        let stored = ids.first().and_then(|it| self.searcher.stored_article(*it).ok()?);
        // A member of an archive has the id of the member.
        let is_file = |it: &StoredArticle| ids.first() == Some(&ArticleId::new(&it.path, it.record));
        stored.is_some_and(|it| it.format.holds_one_article() && is_file(&it))
    }

    fn called(&self, title: &str) -> Vec<(ArticleKey, ArticlePrint)> {
        self.said(&self.searcher.articles_called(title).unwrap_or_default())
    }
}

/// The articles of an index as corrections name them: those of a member of an archive by the member's path and their
/// numbers there.
pub struct FoundByMember<'a>(pub Found<'a>);

impl KnownArticles for FoundByMember<'_> {
    fn of_file(&self, file: &str) -> Vec<(ArticleKey, ArticlePrint)> {
        let ancestors = Path::new(file).ancestors();
        let mut lists = ancestors.map(|it| self.0.ids_of(&ArticleKey::at(it, 0).file));
        let ids = lists.find(|it| !it.is_empty()).unwrap_or_default();
        let record_of: HashMap<ArticleId, u32> = (0..ids.len() as u32)
            .map(|record| (ArticleId::new(Path::new(file), record), record))
            .collect();
        let known = ids.iter().filter_map(|id| {
            let (key, print) = key_and_print(self.0.searcher, *id).ok()??;
            let by_member = record_of.get(id).map(|record| ArticleKey {
                file: file.to_owned(),
                record: *record,
            });
            // A file whose name is not Unicode has another id than its key.
            Some((by_member.or_else(|| (key.file == file).then_some(key))?, print))
        });
        known.collect()
    }

    fn is_article(&self, file: &str) -> bool {
        let mut ids = self.of_file(file).into_iter().map(|(key, _)| key.id());
        let stored = ids.next().and_then(|it| self.0.searcher.stored_article(it).ok()?);
        stored.is_some_and(|it| it.format.holds_one_article())
    }

    fn called(&self, title: &str) -> Vec<(ArticleKey, ArticlePrint)> {
        let ids = self.0.searcher.articles_called(title).unwrap_or_default();
        let known = ids.iter().filter_map(|id| {
            let (key, print) = key_and_print(self.0.searcher, *id).ok()??;
            // The member that it is of is not known here.
            (key.id() == *id).then_some((key, print))
        });
        known.collect()
    }
}
