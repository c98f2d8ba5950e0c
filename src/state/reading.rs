//! The reader: which article is wanted, and which one is shown until it comes.

use std::sync::Arc;

use crate::archive::ArticleId;
use crate::entities::EntityId;
use crate::index::{Difference, ResultPage, SearchRequest};

use super::cause::Cause;
use super::job::{PictureJob, ReadJob};
use super::left::TextPlace;
use super::pending::Pending;
use super::pictures::{DecodedPicture, Pictures, WantedPicture};
use super::report::ReadArticle;

/// What the reader shows.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The article that was chosen.
    pub wanted: Option<ArticleId>,
    /// The article on the screen: the chosen one, or the previous one until it was read.
    pub shown: Option<Arc<ReadArticle>>,
    /// Why the chosen one cannot be shown.
    pub failure: Option<Cause>,
    /// The entity from whose page the article was opened.
    pub entity: Option<EntityId>,
    /// The article that was read when the archive was left, and how far it was scrolled; until another one is wanted.
    pub left_at: Option<(ArticleId, TextPlace)>,
    /// Which of its mentions is to be seen then, from 0.
    pub nth_mention: usize,
    /// Whether the article on the screen is not among those that were found.
    pub is_outside: bool,
    /// Whether it was shown because it was the first, and nobody has begun to read it: then the first that comes before it
    /// takes its place, while files are read.
    pub is_by_itself: bool,
    /// The pictures of the article on the screen.
    pub pictures: Pictures,
}

impl Reading {
    /// Wants this article; returns whether another one was wanted before.
    pub fn want(&mut self, article: Option<ArticleId>) -> bool {
        let is_other = std::mem::replace(&mut self.wanted, article) != article;
        self.is_by_itself = false;
        if is_other {
            self.left_at = None;
        }
        is_other
    }

    /// Reads the wanted article, again if it is shown already, with the words of `request` marked in it.
    pub fn read(&self, request: &SearchRequest) -> Option<ReadJob> {
        self.wanted.map(|article| ReadJob {
            article,
            query_text: request.query_text.clone(),
            as_typed: request.as_typed,
        })
    }

    /// Shows an article, if it is still wanted.
    pub fn show(&mut self, article: Arc<ReadArticle>) {
        if self.wanted == Some(article.id) {
            self.failure = None;
            self.shown = Some(article);
            self.pictures = Pictures::default();
        }
    }

    /// These pictures are in view: decodes those that were not yet.
    pub fn see_pictures(&mut self, in_view: Vec<WantedPicture>) -> Option<PictureJob> {
        self.pictures.in_view = in_view;
        self.decode_pictures()
    }

    /// This picture is shown large, or none any more.
    pub fn see_picture_large(&mut self, large: Option<WantedPicture>) -> Option<PictureJob> {
        self.pictures.large = large;
        self.decode_pictures()
    }

    fn decode_pictures(&self) -> Option<PictureJob> {
        let article = self.shown.clone()?;
        let wanted = self.pictures.missing();
        (!wanted.is_empty()).then_some(PictureJob { article, wanted })
    }

    /// Takes over what came of decoding a picture, if its article is still on the screen.
    ///
    /// One that turns out to be damaged stands in the text as such from now on.
    pub fn show_picture(
        &mut self,
        article: &Arc<ReadArticle>,
        wanted: WantedPicture,
        decoded: DecodedPicture,
    ) -> Option<PictureJob> {
        let shown = self.shown.as_mut().filter(|it| Arc::ptr_eq(it, article))?;
        let fault = decoded.as_ref().err().copied();
        self.pictures.take(wanted, decoded);
        let fault = fault?;
        let mut changed = ReadArticle::clone(shown);
        if let Some(picture) = changed.pictures.get_mut(wanted.picture) {
            picture.size = Err(fault);
        }
        *shown = Arc::new(changed);
        // What was asked for of the article as it was before does not come any more.
        self.decode_pictures()
    }

    /// Notes whether the article on the screen is among those of a page; nothing is said while there is none.
    pub fn compare_with(&mut self, page: Option<&ResultPage>) {
        let shown = self.shown.as_ref().map(|it| it.id);
        self.is_outside = shown.zip(page).is_some_and(|(id, page)| !page.holds(id));
    }

    /// Says why an article cannot be shown, if it is still wanted.
    pub fn fail(&mut self, article: ArticleId, cause: Cause) {
        if self.wanted == Some(article) {
            self.shown = None;
            self.failure = Some(cause);
        }
    }
}

/// Two articles whose words are compared.
#[derive(Clone, Debug)]
pub struct ComparedArticles {
    /// The one that the other is compared with.
    pub first: ArticleId,
    /// The other.
    pub second: ArticleId,
    /// In which words they differ.
    pub difference: Pending<Arc<Difference>>,
}

impl ComparedArticles {
    /// Two articles whose difference is asked for.
    pub fn new(first: ArticleId, second: ArticleId) -> Self {
        let mut difference = Pending::default();
        difference.ask();
        Self {
            first,
            second,
            difference,
        }
    }

    /// Waits no longer for the difference, if it is that of these two.
    pub fn fail(&mut self, first: ArticleId, second: ArticleId) {
        if [self.first, self.second] == [first, second] {
            self.difference.fail();
        }
    }

    /// Takes over the difference, if it is that of these two.
    pub fn show(&mut self, found: Arc<Difference>) {
        if [self.first, self.second] == found.sides.each_ref().map(|it| it.article) {
            self.difference.arrive(found);
        }
    }
}
