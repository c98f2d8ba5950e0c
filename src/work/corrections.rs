//! The user's corrections on disk: readable, never half-written, never lost.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::entities::{Correction, Corrections, CorrectionsError, EntityId, EntityIdx, ImportReport, KnownIds};
use crate::index::{CorrectionPreview, Index, OpenError, Searcher};
use crate::state::{Cause, CorrectionFailure, NamedSuggestion};

use super::data_dir::{DataDir, set_aside};

/// Corrections as they were found.
#[derive(Debug, Default)]
pub struct LoadedCorrections {
    /// What could be read of them.
    pub corrections: Corrections,
    /// Where a file that cannot be read was kept.
    pub damaged: Option<PathBuf>,
}

/// Why corrections could not be read, kept or handed on.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionError {
    /// A file cannot be read or written.
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
    /// The correction is there already, or changes nothing.
    #[error("this changes nothing")]
    Nothing,
    /// Nothing is left to be undone.
    #[error("there is no such correction")]
    NothingToUndo,
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] OpenError),
}

impl From<CorrectionError> for CorrectionFailure {
    fn from(err: CorrectionError) -> Self {
        match err {
            CorrectionError::Io { source, path } => Self::File(path, Cause::new(source)),
            CorrectionError::Format { source, path } => Self::NotCorrections(path, Cause::new(source)),
            CorrectionError::Unknown(name) => Self::Unknown(name),
            CorrectionError::Nothing => Self::NothingChanges,
            CorrectionError::NothingToUndo => Self::NothingToUndo,
            CorrectionError::Index(err) => Self::Index(Cause::new(err)),
        }
    }
}

/// The corrections of one archive: its file, and the index that counts by them.
///
/// What is changed is kept in the file first and counted then.
pub struct ArchiveCorrections {
    file: PathBuf,
    ids_file: PathBuf,
    corrections: Corrections,
}

impl ArchiveCorrections {
    /// Reads the corrections of the archive in `folder` and has the index count by them.
    ///
    /// A damaged file is renamed, so that nothing in it is lost and nothing overwrites it; that file is returned.
    pub fn open(data_dir: &DataDir, folder: &Path, index: &Index) -> Result<(Self, Option<PathBuf>), CorrectionError> {
        let dir = data_dir.archive_of(folder);
        let file = dir.join("corrections.json");
        let LoadedCorrections { corrections, damaged } = load(&file)?;
        let it = Self {
            file,
            ids_file: dir.join("entity_ids.json"),
            corrections,
        };
        index.set_corrections(it.corrections.clone(), it.known_ids());
        Ok((it, damaged))
    }

    /// The corrections in the order in which they were made.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// Makes a correction.
    pub fn correct(&mut self, correction: Correction, index: &Index) -> Result<(), CorrectionError> {
        let changed = self.with(&correction, index)?;
        self.replace(changed, index)
    }

    /// What a correction would change.
    pub fn preview(&self, correction: &Correction, index: &Index) -> Result<CorrectionPreview, CorrectionError> {
        let changed = self.with(correction, index)?;
        Ok(index.named_searcher()?.preview(&changed, &correction.entities()))
    }

    /// Takes back the correction at a place of the list, or the last one, and returns it.
    pub fn undo(&mut self, idx: Option<usize>, index: &Index) -> Result<Correction, CorrectionError> {
        let last = self.corrections.all().len().checked_sub(1);
        let idx = idx.or(last).ok_or(CorrectionError::NothingToUndo)?;
        let mut changed = self.corrections.clone();
        let undone = changed.remove(idx).ok_or(CorrectionError::NothingToUndo)?;
        self.replace(changed, index)?;
        Ok(undone)
    }

    /// Adds the corrections of a file; one's own hold where they contradict them.
    pub fn import(&mut self, path: &Path, index: &Index) -> Result<ImportReport, CorrectionError> {
        let io_error = |source| CorrectionError::Io {
            source,
            path: path.to_owned(),
        };
        let text = fs::read_to_string(path).map_err(io_error)?;
        let theirs = Corrections::from_json(&text).map_err(|source| CorrectionError::Format {
            source,
            path: path.to_owned(),
        })?;
        let mut changed = self.corrections.clone();
        let report = changed.import(&theirs);
        if report.added != 0 {
            self.replace(changed, index)?;
        }
        Ok(report)
    }

    /// Writes the corrections to a file, for a colleague.
    pub fn export(&self, path: &Path) -> Result<(), CorrectionError> {
        write(path, &self.corrections.to_json())
    }

    /// Keeps the ids that the entities have now, so that they keep them when they get further names.
    pub fn keep_ids(&self, index: &Index) -> Result<(), CorrectionError> {
        let ids = index.ids_to_keep()?;
        if ids != self.known_ids() {
            let json = serde_json::to_string_pretty(&ids).map_err(|err| CorrectionError::Io {
                source: err.into(),
                path: self.ids_file.clone(),
            })?;
            write(&self.ids_file, &json)?;
        }
        Ok(())
    }

    fn known_ids(&self) -> KnownIds {
        // Without the file an entity that gets another spelling may get another id; every old one still leads to it.
        let json = fs::read_to_string(&self.ids_file).unwrap_or_default();
        serde_json::from_str(&json).unwrap_or_default()
    }

    /// The corrections and one more, if it means something here.
    fn with(&self, correction: &Correction, index: &Index) -> Result<Corrections, CorrectionError> {
        let searcher = index.named_searcher()?;
        let registry = searcher.registry();
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
        let mut changed = self.corrections.clone();
        if !changed.add(correction.clone()) {
            return Err(CorrectionError::Nothing);
        }
        Ok(changed)
    }

    fn replace(&mut self, changed: Corrections, index: &Index) -> Result<(), CorrectionError> {
        write(&self.file, &changed.to_json())?;
        self.corrections = changed;
        index.correct(self.corrections.clone());
        Ok(())
    }
}

/// Which entities may be one, the likeliest first, with their names.
pub fn named_suggestions(searcher: &Searcher, corrections: &ArchiveCorrections) -> Vec<NamedSuggestion> {
    let registry = searcher.registry();
    let suggestions = registry.suggestions(corrections.corrections());
    let entity = |id: &EntityId| registry.get(registry.find(id)?);
    let pairs = suggestions.into_iter();
    let pairs: Vec<_> = pairs
        .filter_map(|it| Some((entity(&it.into)?, entity(&it.from)?, it)))
        .collect();
    let entities: Vec<EntityIdx> = pairs.iter().flat_map(|it| [it.0.idx(), it.1.idx()]).collect();
    let counts = searcher.article_counts(&entities);
    pairs
        .into_iter()
        .zip(counts.as_chunks::<2>().0)
        .map(|((into, from, it), [into_articles, from_articles])| NamedSuggestion {
            kind: into.kind(),
            into_name: into.name().to_owned(),
            into_articles: *into_articles,
            from_name: from.name().to_owned(),
            from_articles: *from_articles,
            into: it.into,
            from: it.from,
            reason: it.reason,
        })
        .collect()
}

/// What the ids in corrections are called where nothing is corrected.
pub fn names_in(corrections: &ArchiveCorrections, searcher: &Searcher) -> HashMap<EntityId, String> {
    let ids = corrections.corrections().all().iter().flat_map(|it| it.entities());
    let named = ids.filter_map(|id| Some((id.clone(), searcher.registry().form_of_id(id)?.to_owned())));
    named.collect()
}

fn load(file: &Path) -> Result<LoadedCorrections, CorrectionError> {
    let io_error = |source| CorrectionError::Io {
        source,
        path: file.to_owned(),
    };
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(LoadedCorrections::default()),
        Err(err) => return Err(io_error(err)),
    };
    let read = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| Corrections::from_json(text).ok());
    match read {
        Some(corrections) => Ok(LoadedCorrections {
            corrections,
            damaged: None,
        }),
        None => {
            let aside = set_aside(file).map_err(io_error)?;
            Ok(LoadedCorrections {
                corrections: Corrections::default(),
                damaged: Some(aside),
            })
        }
    }
}

/// Replaces a file in one step.
fn write(path: &Path, text: &str) -> Result<(), CorrectionError> {
    let write = || {
        let dir = path
            .parent()
            .filter(|it| !it.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::create_dir_all(dir)?;
        let mut file = tempfile::NamedTempFile::new_in(dir)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|source| CorrectionError::Io {
        source,
        path: path.to_owned(),
    })
}
