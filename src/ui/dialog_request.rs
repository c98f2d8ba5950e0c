//! Which dialog a view asks for. The views know this and not the dialogs, which know the views.

use std::path::PathBuf;
use std::sync::Arc;

use crate::arabic::Span;
use crate::archive::ArticleId;
use crate::entities::{ArticleKey, Correction, EntityId, EntityKind};
use crate::index::{Facet, FacetFilter};
use crate::state::{MarkScope, ReadArticle};

use super::marks::NoteOf;

/// A dialog that is to open over the window.
#[derive(Clone, Debug)]
pub enum DialogRequest {
    /// The settings, at their first page.
    Settings,
    /// Whether all that is known of the open archive is to be removed.
    Forget,
    /// What the keys do.
    Shortcuts,
    /// The files that were not read, are missing or were left out.
    FilesNotRead,
    /// Whether these missing files are to be forgotten.
    ForgetFiles(Arc<[PathBuf]>),
    /// What the system says of a failure.
    Details(String),
    /// The correction of a name, begun at this step.
    CorrectName(EntityName, CorrectionStep),
    /// Where a name stands in the text, and what it is.
    MarkName(MarkedWords),
    /// The tags of these articles.
    Tags(MarkScope),
    /// A note.
    Note(NoteOf),
    /// The title, date and source of this article.
    ArticleFacts(Arc<ReadArticle>),
    /// The names that may be one: all, or those that may be this one.
    Suggestions(Option<EntityId>),
    /// The corrections of names that were made.
    Corrections,
    /// This picture of an article, large.
    Picture(Arc<ReadArticle>, usize),
    /// This address, which may be opened in the browser.
    Address(String),
    /// How the file of this article is read.
    FileReading(Arc<ReadArticle>),
    /// All values of a facet.
    FacetValues(Facet),
    /// The saved and the recent searches.
    Searches,
    /// Writing articles to a file: what is listed, or these.
    Export(Option<Arc<[ArticleId]>>),
    /// What can be done.
    Palette,
    /// What the user should know.
    Notices,
}

/// Words of an article of which a person says what they name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedWords {
    /// The article.
    pub article: ArticleKey,
    /// The line in which they stand.
    pub line: String,
    /// Where they stand in it.
    pub span: Span,
    /// What was found there before: a name of this kind.
    pub found: Option<EntityKind>,
    /// What they are said to name; nothing for no name.
    pub kind: Option<EntityKind>,
}

/// An entity as views hand it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityName {
    /// Stays the same when the archive is read again.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// What is shown.
    pub name: String,
}

impl EntityName {
    /// A value of a facet; nothing if its values are not names.
    pub fn of_facet(facet: Facet, id: &str, name: &str) -> Option<Self> {
        Some(Self {
            id: EntityId(id.to_owned()),
            kind: facet.entity_kind()?,
            name: name.to_owned(),
        })
    }

    /// The choice of its articles.
    pub fn filter(&self, excluded: bool) -> FacetFilter {
        FacetFilter {
            facet: Facet::of_kind(self.kind),
            id: self.id.0.clone(),
            name: self.name.clone(),
            excluded,
        }
    }
}

/// What a person came to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorrectionStep {
    /// What it is called.
    Name,
    /// What it is.
    Kind,
    /// With what it is one.
    Merge,
    /// This, once it was seen what it changes.
    Correct(Correction),
}
