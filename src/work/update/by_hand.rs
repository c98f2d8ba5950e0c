//! Which files are read again because the user corrected articles in them.
//!
//! A file beside the index says by which corrections of articles it was last brought up to date. Where they are others now,
//! the files of which they speak are read again; of words that are corrected anywhere, those in which the index finds them.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::entities::{ByHand, Correction, ListedCorrection, Recogniser, with_clitics};
use crate::index::{Index, IndexedFile, OpenError, SearchRequest, Searcher, Writer};

use super::super::data_dir::DataDir;
use super::error::UpdateError;

/// The corrections of articles, and the files to be read again for them.
pub(super) struct ByHandChanges {
    /// The corrections, as they are applied.
    pub(super) rules: ByHand,
    /// The files of which words were corrected, with the folders around them and the files in which members lie.
    of_words: HashSet<PathBuf>,
    /// The same of those of which facts were corrected.
    of_facts: HashSet<PathBuf>,
    /// What is to be noted once they were read; nothing if it is noted already.
    to_note: Option<String>,
    file: PathBuf,
}

/// Whether the index of the archive in `folder` was made with the present corrections of its articles.
pub fn is_corrected(index: &Index, data_dir: &DataDir, folder: &Path) -> Result<bool, UpdateError> {
    Ok(ByHandChanges::new(index, data_dir, folder)?.to_note.is_none())
}

impl ByHandChanges {
    /// What changed in the corrections of the archive in `folder` since it was noted.
    pub(super) fn new(index: &Index, data_dir: &DataDir, folder: &Path) -> Result<Self, UpdateError> {
        let file = data_dir.by_hand_file(folder);
        // Without the file, or where it is damaged, the index knows of none.
        let known = fs::read(&file).ok().and_then(|json| serde_json::from_slice(&json).ok());
        let known: Vec<ListedCorrection> = known.unwrap_or_default();
        // Where they cannot be read now, which who opened the archive has told, those hold by which it was read before.
        let corrections = data_dir.corrections_of(folder).load();
        let corrections = corrections.unwrap_or_else(|_| known.iter().cloned().collect());
        let wanted = corrections.listed_of_articles();
        let mut it = Self {
            rules: ByHand::new(&corrections),
            of_words: HashSet::new(),
            of_facts: HashSet::new(),
            to_note: None,
            file,
        };
        if known == wanted {
            return Ok(it);
        }
        let searcher = index.early_searcher()?;
        for correction in changed(&known, &wanted) {
            it.add_files_of(&correction.correction, &searcher)?;
        }
        // Nothing in them can fail to serialise.
        it.to_note = serde_json::to_string(&wanted).ok();
        Ok(it)
    }

    /// What is to be noted once all was read; nothing if it is noted already.
    pub(super) fn to_note(&self) -> Option<&str> {
        self.to_note.as_deref()
    }

    /// Whether a file is to be read again.
    pub(super) fn contains(&self, path: &Path) -> bool {
        self.are_of_facts(path) || self.are_of_words(path)
    }

    /// Whether facts of it were corrected: what it states is in the file alone.
    pub(super) fn are_of_facts(&self, path: &Path) -> bool {
        self.of_facts.contains(path)
    }

    /// Whether names of it were corrected, which can be done in what the index keeps of it.
    pub(super) fn are_of_words(&self, path: &Path) -> bool {
        self.of_words.contains(path)
    }

    /// Corrects the names of a file that cannot be read again, or only at great cost, in what the index keeps of it.
    pub(super) fn correct_kept(
        &self,
        file: &IndexedFile,
        searcher: &Searcher,
        recogniser: &dyn Recogniser,
        writer: &mut Writer,
    ) -> Result<(), UpdateError> {
        let mut articles = Vec::new();
        for id in searcher.articles_of_file(&file.path).map_err(OpenError::from)? {
            let Some(stored) = searcher.stored_article(id).map_err(OpenError::from)? else {
                continue;
            };
            let article = stored.into_article();
            let mut mentions = recogniser.mentions(&article);
            self.rules.correct_names(&article, recogniser, &mut mentions);
            articles.push((article, mentions));
        }
        Ok(writer.add_file(file, &articles)?)
    }

    /// Notes that the index is up to date with the corrections. Where that fails, the files are read once more.
    pub(super) fn note(&self) {
        let Some(json) = &self.to_note else { return };
        let write = || -> io::Result<()> {
            let dir = self.file.parent().unwrap_or(Path::new("."));
            let mut new = tempfile::NamedTempFile::new_in(dir)?;
            new.write_all(json.as_bytes())?;
            new.persist(&self.file)?;
            Ok(())
        };
        write().ok();
    }

    fn add_files_of(&mut self, correction: &Correction, searcher: &Searcher) -> Result<(), UpdateError> {
        if let Some(article) = correction.article() {
            let into = match correction {
                Correction::SetFacts { .. } => &mut self.of_facts,
                _ => &mut self.of_words,
            };
            add(into, Path::new(&article.file));
            return Ok(());
        }
        let (Correction::MarkName { words, .. } | Correction::UnmarkName { words, .. }) = correction else {
            return Ok(());
        };
        let found = searcher.search_to_end(&words_request(words)).map_err(OpenError::from)?;
        for article in found.articles.iter() {
            if let Some((path, _)) = searcher.place_of(*article).map_err(OpenError::from)? {
                add(&mut self.of_words, &path);
            }
        }
        Ok(())
    }
}

/// With all that it lies in.
fn add(paths: &mut HashSet<PathBuf>, path: &Path) {
    paths.extend(path.ancestors().map(Path::to_owned));
}

/// The articles in which words stand, in any spelling, behind clitics, too.
pub fn words_request(words: &str) -> SearchRequest {
    let bare = words.replace(['"', '«', '»', '“', '”'], " ");
    let quoted: Vec<String> = with_clitics(bare.trim()).iter().map(|it| format!("\"{it}\"")).collect();
    SearchRequest {
        query_text: quoted.join(" OR "),
        ..SearchRequest::default()
    }
}

/// The corrections that are in one list only, or follow such a one that they may depend on.
fn changed<'a>(known: &'a [ListedCorrection], wanted: &'a [ListedCorrection]) -> Vec<&'a ListedCorrection> {
    let (before, after): (HashSet<&ListedCorrection>, HashSet<&ListedCorrection>) =
        (known.iter().collect(), wanted.iter().collect());
    let mut changed: Vec<&ListedCorrection> = before.symmetric_difference(&after).copied().collect();
    let n_same = known.iter().zip(wanted).take_while(|(a, b)| a == b).count();
    if changed.is_empty() {
        // The same ones in another order.
        changed.extend(&wanted[n_same..]);
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::{ArticlePrint, Scope};

    #[test]
    fn what_is_read_again_is_what_changed() {
        let unmark = |words: &str| ListedCorrection {
            correction: Correction::UnmarkName {
                words: words.to_owned(),
                at: Scope::Anywhere,
            },
            article_says: None,
        };
        let all = ["أ", "ب", "ت"].map(unmark);
        let [a, b, c] = &all;
        let of = |wanted: &[&ListedCorrection]| -> Vec<ListedCorrection> {
            let wanted: Vec<ListedCorrection> = wanted.iter().copied().cloned().collect();
            changed(&all, &wanted).into_iter().cloned().collect()
        };
        assert_eq!(of(&[a, b, c]), []);
        assert_eq!(of(&[a, c]), std::slice::from_ref(b));
        assert_eq!(changed(&all[..1], &all[..2]), [b]);
        assert_eq!(of(&[a, c, b]), [c.clone(), b.clone()]);
        // An article that says something else.
        let says = |it: &ListedCorrection| ListedCorrection {
            article_says: Some(ArticlePrint::new("أ", "")),
            ..it.clone()
        };
        assert_eq!(changed(&all[..1], &[says(a)]).len(), 2);
    }
}
