//! The user's corrections on disk: readable, never half-written, never lost.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::entities::{
    ArticlePrint, Correction, Corrections, CorrectionsError, EntityId, EntityIdx, ImportReport, KnownIds,
    MadeCorrection,
};
use crate::index::{CorrectionPreview, Index, OpenError, Quote, SearchError, Searcher};
use crate::state::{Cause, CorrectionFailure, NamedSuggestion};

use super::data_dir::DataDir;
use super::kept::{KeptError, KeptFile, View};
use super::private::write_for_user;
use super::update::words_request;
use super::whereabouts::key_and_print;

/// Why corrections could not be read, kept or handed on.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionError {
    /// The archive's own file of them cannot be read or changed.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// A file that the user named cannot be read or written.
    #[error("{source}: {}", path.display())]
    Io {
        /// What the system says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The file to be imported holds no corrections.
    #[error("{source}: {}", path.display())]
    Format {
        /// What is wrong with it.
        source: CorrectionsError,
        /// The file.
        path: PathBuf,
    },
    /// An entity that the archive does not hold.
    #[error("there is no such entity or spelling: {0}")]
    Unknown(String),
    /// An article that the archive does not hold.
    #[error("there is no such article: {0} (a file in the folder, and \"#\" and the article's number there, from 0)")]
    NoArticle(String),
    /// It says nothing: no words, or a title or Latin form that is none.
    #[error("there is nothing in it that could be meant: no word, a title of several lines, or no Latin letters")]
    Empty,
    /// The correction is there already, or changes nothing.
    #[error("this changes nothing")]
    Nothing,
    /// Nothing is left to be undone.
    #[error("there is no such correction")]
    NothingToUndo,
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] OpenError),
    /// The articles that suggestions quote cannot be read.
    #[error(transparent)]
    Quote(#[from] SearchError),
}

impl From<CorrectionError> for CorrectionFailure {
    fn from(err: CorrectionError) -> Self {
        match err {
            CorrectionError::Io { source, path } | CorrectionError::Kept(KeptError::Io { source, path }) => {
                Self::File(path, Cause::new(source))
            }
            CorrectionError::Kept(KeptError::Damaged { cause, path }) => Self::NotCorrections(path, cause),
            CorrectionError::Kept(KeptError::Newer { ref path }) => Self::NotCorrections(path.clone(), Cause::new(err)),
            CorrectionError::Kept(KeptError::Locked { ref path }) => Self::File(path.clone(), Cause::new(err)),
            CorrectionError::Format { source, path } => Self::NotCorrections(path, Cause::new(source)),
            CorrectionError::Unknown(name) => Self::Unknown(name),
            CorrectionError::NoArticle(article) => Self::Unknown(article),
            CorrectionError::Nothing | CorrectionError::Empty => Self::NothingChanges,
            CorrectionError::NothingToUndo => Self::NothingToUndo,
            CorrectionError::Index(err) => Self::Index(Cause::new(err)),
            CorrectionError::Quote(err) => Self::Index(Cause::new(err)),
        }
    }
}

/// The corrections of one archive: its file, and the index that counts by them.
///
/// What is changed is kept in the file first and counted then. What others changed in the file is counted from the next
/// change or [`ArchiveCorrections::refresh`] on.
pub struct ArchiveCorrections {
    kept: View<Corrections>,
    ids: KeptFile<KnownIds>,
}

impl ArchiveCorrections {
    /// Reads the corrections of the archive in `folder` and has the index count by them. What happened to their file is
    /// noted: see [`DataDir::take_mishaps`].
    pub fn open(data_dir: &DataDir, folder: &Path, index: &Index) -> Result<Self, CorrectionError> {
        let it = Self {
            kept: View::open(data_dir.corrections_of(folder))?,
            ids: data_dir.entity_ids_of(folder),
        };
        // Without them an entity that gets another spelling may get another id; every old one still leads to it.
        let ids = it.ids.load_or_default();
        index.set_corrections(it.corrections().clone(), ids);
        Ok(it)
    }

    /// The corrections in the order in which they were made.
    pub fn corrections(&self) -> &Corrections {
        self.kept.known()
    }

    /// Makes a correction.
    pub fn correct(&mut self, correction: Correction, index: &Index) -> Result<(), CorrectionError> {
        self.with(&correction, index)?;
        let says = self.said_by_article_of(&correction, index)?;
        self.edit(index, |current| match current.add_about(correction, says) {
            true => Ok(()),
            false => Err(CorrectionError::Nothing),
        })
    }

    /// What the only article says that a correction is about: what its file states.
    fn said_by_article_of(
        &self,
        correction: &Correction,
        index: &Index,
    ) -> Result<Option<ArticlePrint>, CorrectionError> {
        let Some(article) = correction.article() else {
            return Ok(None);
        };
        let searcher = index.early_searcher()?;
        let Some(id) = searcher.article_of(article) else {
            return Ok(None);
        };
        let Some((_, now)) = key_and_print(&searcher, id)? else {
            return Ok(None);
        };
        // The index holds the title that the user gave it. One that is short is known by the title that its file states.
        let about_it = self.corrections().with_prints();
        let mut titled = about_it.filter(|(it, _)| it.facts_of(article).is_some_and(|it| it.title.is_some()));
        Ok(match titled.next() {
            None => Some(now),
            Some((_, Some(says))) if says.has_same_words(&now) => Some(says.clone()),
            Some(_) => Some(now).filter(ArticlePrint::has_words),
        })
    }

    /// What a correction would change. Of a name that an entity has already, it is the same before and after it.
    pub fn preview(&self, correction: &Correction, index: &Index) -> Result<CorrectionPreview, CorrectionError> {
        let changed = match self.with(correction, index) {
            // It is called so already.
            Err(CorrectionError::Nothing)
                if matches!(correction, Correction::Rename { .. } | Correction::SetLatin { .. }) =>
            {
                self.corrections().clone()
            }
            changed => changed?,
        };
        let searcher = index.named_searcher()?;
        let mut preview = searcher.preview(&changed, &correction.entities());
        if let Correction::MarkName { words, .. } | Correction::UnmarkName { words, .. } = correction
            && correction.article().is_none()
        {
            let found = searcher.search_to_end(&words_request(words)).map_err(OpenError::from)?;
            preview.articles = Some(found.n_articles);
        }
        Ok(preview)
    }

    /// Takes back a correction, or the last one that is known here, and returns it. What others have made or taken back
    /// meanwhile stays so.
    pub fn undo(&mut self, made: Option<MadeCorrection>, index: &Index) -> Result<Correction, CorrectionError> {
        let last = || self.corrections().made(self.corrections().all().len().checked_sub(1)?);
        let made = made.or_else(last).ok_or(CorrectionError::NothingToUndo)?;
        self.edit(index, |current| {
            current.undo(&made).ok_or(CorrectionError::NothingToUndo)
        })
    }

    /// Adds the corrections of a file; one's own hold where they contradict them.
    pub fn import(&mut self, path: &Path, index: &Index) -> Result<ImportReport, CorrectionError> {
        let text = fs::read_to_string(path).map_err(|source| io_error(source, path))?;
        let text = text.trim_start_matches('\u{FEFF}');
        let theirs = Corrections::from_json(text).map_err(|source| CorrectionError::Format {
            source,
            path: path.to_owned(),
        })?;
        self.merge(&theirs, index)
    }

    /// Adds the corrections of others; one's own hold where they contradict them.
    pub fn merge(&mut self, theirs: &Corrections, index: &Index) -> Result<ImportReport, CorrectionError> {
        self.edit(index, |current| Ok(current.import(theirs)))
    }

    /// Writes the corrections to a file, for a colleague.
    pub fn export(&self, path: &Path) -> Result<(), CorrectionError> {
        let json = self.corrections().to_json();
        write_for_user(path, json.as_bytes()).map_err(|source| io_error(source, path))
    }

    /// Has the index count by what others have changed in the file meanwhile; whether that is anything.
    pub fn refresh(&mut self, index: &Index) -> Result<bool, CorrectionError> {
        let is_changed = self.kept.refresh()?.is_some();
        if is_changed {
            index.correct(self.corrections().clone());
        }
        Ok(is_changed)
    }

    /// Keeps the ids that the entities have now, so that they keep them when they get further names.
    pub fn keep_ids(&self, index: &Index) -> Result<(), CorrectionError> {
        let ids = index.ids_to_keep()?;
        self.ids.edit(|current| -> Result<(), CorrectionError> {
            // Others may have read other articles.
            current.0.extend(ids.0);
            Ok(())
        })?;
        Ok(())
    }

    /// Drops the ids of entities that the archive does not hold any more: files were forgotten, and nothing of them is to be
    /// left. Those of the others are kept.
    pub fn forget_ids(&self, index: &Index) -> Result<(), CorrectionError> {
        index.forget_ids()?;
        let searcher = index.named_searcher()?;
        let registry = searcher.registry();
        self.ids
            .edit_for_good(|current| current.0.retain(|id| registry.find(id).is_some()))?;
        self.keep_ids(index)
    }

    /// The corrections and one more, if it means something here.
    fn with(&self, correction: &Correction, index: &Index) -> Result<Corrections, CorrectionError> {
        let searcher = index.named_searcher()?;
        let registry = searcher.registry();
        if !correction.is_sound() {
            return Err(CorrectionError::Empty);
        }
        if let Some(article) = correction.article()
            && searcher.place_of(article.id()).map_err(OpenError::from)?.is_none()
        {
            return Err(CorrectionError::NoArticle(article.to_string()));
        }
        if let Correction::SetFacts { article, facts } = correction
            && facts.is_empty()
            && !self.corrections().all().iter().any(|it| it.article() == Some(article))
        {
            return Err(CorrectionError::Nothing);
        }
        for id in correction.entities() {
            let Some(entity) = registry.find(id).and_then(|idx| registry.get(idx)) else {
                return Err(CorrectionError::Unknown(id.0.clone()));
            };
            if let Correction::Split { spelling, .. } = correction {
                let aliases = entity.aliases();
                if !aliases.iter().any(|(form, _)| form == spelling) {
                    return Err(CorrectionError::Unknown(spelling.clone()));
                }
                if aliases.len() == 1 {
                    return Err(CorrectionError::Nothing);
                }
            }
        }
        let mut changed = self.corrections().clone();
        if !changed.add(correction.clone()) {
            return Err(CorrectionError::Nothing);
        }
        Ok(changed)
    }

    /// Changes the file and has the index count by what it holds then.
    fn edit<R>(
        &mut self,
        index: &Index,
        change: impl FnOnce(&mut Corrections) -> Result<R, CorrectionError>,
    ) -> Result<R, CorrectionError> {
        let before = self.corrections().clone();
        let result = self.kept.edit(change)?;
        if before != *self.corrections() {
            index.correct(self.corrections().clone());
        }
        Ok(result)
    }
}

fn io_error(source: io::Error, path: &Path) -> CorrectionError {
    CorrectionError::Io {
        source,
        path: path.to_owned(),
    }
}

/// Articles are quoted for at most this many suggestions, the first ones: as many as the window lists.
pub const MOST_QUOTED: usize = 60;

/// Which entities may be one, the likeliest first, with their names; the first `MOST_QUOTED` with what articles say of
/// both.
pub fn named_suggestions(
    searcher: &Searcher,
    corrections: &ArchiveCorrections,
) -> Result<Vec<NamedSuggestion>, CorrectionError> {
    let registry = searcher.registry();
    let suggestions = registry.suggestions(corrections.corrections());
    let entity = |id: &EntityId| registry.get(registry.find(id)?);
    let pairs = suggestions.into_iter();
    let pairs: Vec<_> = pairs
        .filter_map(|it| Some((entity(&it.into)?, entity(&it.from)?, it)))
        .collect();
    let entities: Vec<EntityIdx> = pairs.iter().flat_map(|it| [it.0.idx(), it.1.idx()]).collect();
    let counts = searcher.article_counts(&entities);
    let quoted = &entities[..entities.len().min(2 * MOST_QUOTED)];
    let mut quotes = searcher.quotes(quoted)?.into_iter();
    let mut quote = || -> Option<Quote> { quotes.next().flatten() };
    let named = pairs.into_iter().zip(counts.as_chunks::<2>().0);
    let named = named.map(|((into, from, it), [into_articles, from_articles])| NamedSuggestion {
        kind: into.kind(),
        into_name: into.name().to_owned(),
        into_articles: *into_articles,
        into_quote: quote(),
        from_name: from.name().to_owned(),
        from_articles: *from_articles,
        from_quote: quote(),
        into: it.into,
        from: it.from,
        reason: it.reason,
    });
    Ok(named.collect())
}

/// What the ids in corrections are called where nothing is corrected.
pub fn names_in(corrections: &ArchiveCorrections, searcher: &Searcher) -> HashMap<EntityId, String> {
    let ids = corrections.corrections().all().iter().flat_map(|it| it.entities());
    let named = ids.filter_map(|id| Some((id.clone(), searcher.registry().form_of_id(id)?.to_owned())));
    named.collect()
}
