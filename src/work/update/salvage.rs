//! Saves from damaged parts of an index, and from indexes that were replaced, what is in no file any more.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::archive::{Article, FileEntry};
use crate::entities::{ByHand, Mention, Recogniser};
use crate::index::{Damage, Index, IndexedFile, OpenError, Part, PartReader, PartRow, WriteError, Writer};
use crate::state::{ForgetFiles, Mended};

use super::super::context::attempt;
use super::error::UpdateError;

/// So many articles of a file are handed to the writer at once. Picked by feel.
const AT_ONCE: usize = 256;

/// The rules by which saved articles are recorded as read: no real ones, so that a file that turns up again is read.
const NO_RULES: u64 = u64::MAX;

/// What is saved, and how.
#[derive(Clone, Copy)]
pub(super) struct Salvage<'a> {
    pub recogniser: &'a dyn Recogniser,
    pub by_hand: &'a ByHand,
    /// The files of the folder.
    pub in_folder: &'a [FileEntry],
    /// What is not saved either.
    pub forget: &'a ForgetFiles,
    pub cancelled: &'a AtomicBool,
}

impl Salvage<'_> {
    /// Writes the articles that the damaged parts of an index hold of files that are not in the folder: they stand nowhere
    /// else. What of them is damaged itself shows in their text, or is lost; it may be a letter.
    ///
    /// `writer` was opened before and has committed nothing yet: what was left out of the index by then it drops. Nothing if
    /// there was no damage.
    pub(super) fn save_damaged_parts(self, index: &Index, writer: &mut Writer) -> Result<Option<Mended>, UpdateError> {
        if index.damage() == Damage::default() {
            return Ok(None);
        }
        let mut mended = Mended {
            articles: index.damage().articles,
            ..Mended::default()
        };
        let is_wanted = self.wanted([]);
        let intact = index.early_searcher()?.files().map_err(OpenError::from)?;
        let intact = intact.into_iter().map(|it| it.path).collect();
        self.save_parts(&index.damaged_parts()?, intact, writer, &is_wanted, &mut mended)?;
        Ok(Some(mended))
    }

    /// Does the same with the indexes that this one replaced, and removes them: they are of another version, or their lists
    /// of segments were lost. Nothing if there was none; what was cancelled is done the next time.
    pub(super) fn save_earlier(self, index: &Index) -> Result<Option<Mended>, UpdateError> {
        let mut all: Option<Mended> = None;
        for earlier in index.earlier() {
            let files = index.early_searcher()?.files().map_err(OpenError::from)?;
            let is_wanted = self.wanted(files.into_iter().map(|it| it.path));
            let mut writer = index.writer()?;
            let mended = all.get_or_insert_default();
            // What cannot be read now is told, and stays until it can.
            let Ok(parts) = attempt(|| earlier.parts()) else {
                mended.unreadable_parts += 1;
                continue;
            };
            self.save_parts(&parts, HashSet::new(), &mut writer, &is_wanted, mended)?;
            if self.cancelled.load(Ordering::Relaxed) {
                break;
            }
            writer.finish()?;
            // Where it cannot be removed it is found again, and all of it is known.
            earlier.remove().ok();
        }
        Ok(all)
    }

    /// Whether the articles of a file are saved; `known` are files that need not be.
    fn wanted(self, known: impl IntoIterator<Item = PathBuf>) -> impl Fn(&Path) -> bool {
        let known: HashSet<PathBuf> = known.into_iter().collect();
        let in_folder: HashSet<&Path> = self.in_folder.iter().map(|it| it.path.as_path()).collect();
        move |path| !in_folder.contains(path) && !known.contains(path) && !self.forget.contains(path)
    }

    /// `saved` are files that are described elsewhere.
    fn save_parts(
        self,
        parts: &[Part],
        saved: HashSet<PathBuf>,
        writer: &mut Writer,
        is_wanted: &dyn Fn(&Path) -> bool,
        mended: &mut Mended,
    ) -> Result<(), WriteError> {
        let mut saving = Saving {
            recogniser: self.recogniser,
            by_hand: self.by_hand,
            writer,
            is_wanted,
            mended,
            places: HashSet::new(),
            saved,
            of_file: Vec::new(),
        };
        let mut opened: Vec<Option<PartReader>> = parts.iter().map(|part| attempt(|| part.open()).ok()).collect();
        // Where it cannot be told what was deleted, only files count of which there is nothing else.
        opened.sort_by_key(|it| it.as_ref().is_some_and(|it| it.has_deleted));
        for part in opened {
            let known = match &part {
                Some(part) if part.has_deleted => saving.saved.clone(),
                Some(_) | None => HashSet::new(),
            };
            let Some((part, files)) = part.and_then(described) else {
                saving.mended.unreadable_parts += 1;
                continue;
            };
            for row in part.rows() {
                if self.cancelled.load(Ordering::Relaxed) {
                    return Ok(());
                }
                saving.save(&part, row, &known)?;
            }
            saving.hand_over()?;
            for file in files
                .into_iter()
                .filter(|it| is_wanted(&it.path) && !known.contains(&it.path))
            {
                let reading = NO_RULES;
                saving.saved.insert(file.path.clone());
                saving.writer.end_file(&IndexedFile { reading, ..file })?;
            }
        }
        tracing::info!(
            saved = mended.saved,
            lost = mended.lost,
            "saved what is in no file any more"
        );
        Ok(())
    }
}

/// A part with the files that it describes; nothing if it cannot be read.
fn described(part: PartReader) -> Option<(PartReader, Vec<IndexedFile>)> {
    let files = attempt(|| part.files()).ok()?;
    Some((part, files))
}

/// Articles on their way from parts to the writer.
struct Saving<'a> {
    recogniser: &'a dyn Recogniser,
    by_hand: &'a ByHand,
    writer: &'a mut Writer,
    is_wanted: &'a dyn Fn(&Path) -> bool,
    mended: &'a mut Mended,
    /// What was saved already: an article can be in several parts.
    places: HashSet<(PathBuf, u32)>,
    /// The files that are described.
    saved: HashSet<PathBuf>,
    /// Articles of one file.
    of_file: Vec<(Article, Vec<Mention>)>,
}

impl Saving<'_> {
    /// Saves an article, unless its file is `known` otherwise.
    fn save(&mut self, part: &PartReader, row: PartRow, known: &HashSet<PathBuf>) -> Result<(), WriteError> {
        let Ok(place) = attempt(|| part.place_of(row)) else {
            self.mended.unreadable_parts = self.mended.unreadable_parts.max(1);
            return Ok(());
        };
        if !(self.is_wanted)(&place.0) || known.contains(&place.0) || self.places.contains(&place) {
            return Ok(());
        }
        let read = || -> Result<_, OpenError> {
            let mut article = part.article(row)?.into_article();
            let (mentions, _) = self.by_hand.correct(&mut article, self.recogniser, None);
            Ok((article, mentions))
        };
        let Ok(article) = attempt(read) else {
            self.mended.lost += 1;
            return Ok(());
        };
        let is_other = |last: &(Article, Vec<Mention>)| last.0.path != article.0.path;
        if AT_ONCE <= self.of_file.len() || self.of_file.last().is_some_and(is_other) {
            self.hand_over()?;
        }
        self.of_file.push(article);
        self.places.insert(place);
        self.mended.saved += 1;
        Ok(())
    }

    /// Hands the articles of one file to the writer.
    fn hand_over(&mut self) -> Result<(), WriteError> {
        if let Some((first, _)) = self.of_file.first() {
            let path = first.path.clone();
            self.writer.add_articles(&path, &self.of_file)?;
            self.of_file.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::LazyLock;

    use super::*;
    use crate::archive;
    use crate::index::SearchRequest;

    struct NoNames;

    impl Recogniser for NoNames {
        fn mentions(&self, _: &Article) -> Vec<Mention> {
            Vec::new()
        }
    }

    fn salvage(in_folder: &[FileEntry]) -> Salvage<'_> {
        static GOES_ON: AtomicBool = AtomicBool::new(false);
        static NO_CORRECTIONS: LazyLock<ByHand> = LazyLock::new(ByHand::default);
        Salvage {
            recogniser: &NoNames,
            by_hand: &NO_CORRECTIONS,
            in_folder,
            forget: &ForgetFiles::Nothing,
            cancelled: &GOES_ON,
        }
    }

    fn add(index: &Index, name: &str, text: &str) {
        let path = PathBuf::from(name);
        let articles = archive::parse(&path, text.as_bytes());
        let articles: Vec<_> = articles.into_iter().map(|it| (it, Vec::new())).collect();
        let file = IndexedFile {
            path,
            size: text.len() as u64,
            modified_nanos: 1,
            content_hash: 1,
            reading: 0,
            unreadable: Vec::new(),
        };
        let mut writer = index.writer().unwrap();
        writer.add_file(&file, &articles).unwrap();
        writer.commit().unwrap();
    }

    fn files_of(dir: &Path, kind: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(dir).unwrap().map(|it| it.unwrap().path());
        files.filter(|it| it.extension().is_some_and(|it| it == kind)).collect()
    }

    /// How the files of a kind in a folder are damaged.
    type How<'a> = &'a dyn Fn(&Path, &str);

    /// Changes a byte of each file of a kind.
    fn flip(dir: &Path, kind: &str) {
        for path in files_of(dir, kind) {
            let mut bytes = fs::read(&path).unwrap();
            let at = bytes.len() / 4;
            bytes[at] ^= 0x55;
            fs::write(&path, bytes).unwrap();
        }
    }

    #[test]
    fn what_is_in_no_file_any_more_is_saved_from_a_damaged_part() {
        let remove = |dir: &Path, kind: &str| files_of(dir, kind).iter().for_each(|it| fs::remove_file(it).unwrap());
        let empty = |dir: &Path, kind: &str| files_of(dir, kind).iter().for_each(|it| fs::write(it, []).unwrap());
        let hows: [How<'_>; 3] = [&flip, &remove, &empty];
        let kinds = ["idx", "term", "pos", "fieldnorm"];
        for (kind, how) in kinds.into_iter().flat_map(|kind| hows.map(|how| (kind, how))) {
            let dir = tempfile::tempdir().unwrap();
            let index = Index::open(dir.path()).unwrap();
            add(
                &index,
                "هنا.txt",
                "عنوان أول\n\nقال المجلس إن العمل اكتمل في المدينة قبل موعده.",
            );
            add(
                &index,
                "ذهب.txt",
                "عنوان ثان\n\nقال الوزير إن الجسر المهدوم جاهز أمام السيارات.",
            );
            drop(index);
            how(dir.path(), kind);
            let index = Index::open_checked(dir.path(), u64::MAX).unwrap();
            assert_eq!(index.damage().parts, 2, "{kind}");
            let mut writer = index.writer().unwrap();
            let in_folder = [FileEntry {
                path: "هنا.txt".into(),
                size: 1,
                modified_nanos: 1,
            }];
            let mended = salvage(&in_folder)
                .save_damaged_parts(&index, &mut writer)
                .unwrap()
                .unwrap();
            assert_eq!(
                (mended.saved, mended.lost, mended.unreadable_parts),
                (1, 0, 0),
                "{kind}"
            );
            writer.finish().unwrap();
            index.mended(index.damage());
            let searcher = index.searcher().unwrap();
            let request = SearchRequest {
                query_text: "المهدوم ".to_owned(),
                ..SearchRequest::default()
            };
            assert_eq!(searcher.search_to_end(&request).unwrap().articles.len(), 1);
            let files = searcher.files().unwrap();
            assert_eq!(files.len(), 1);
            assert_eq!(
                (files[0].path.as_path(), files[0].modified_nanos),
                (Path::new("ذهب.txt"), 1)
            );
        }
    }

    #[test]
    fn a_part_that_cannot_be_read_is_said_to_be() {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        add(
            &index,
            "ذهب.txt",
            "عنوان ثان\n\nقال الوزير إن الجسر جاهز أمام السيارات.",
        );
        drop(index);
        for file in files_of(dir.path(), "fast") {
            fs::write(file, []).unwrap();
        }
        let index = Index::open(dir.path()).unwrap();
        let mut writer = index.writer().unwrap();
        let mended = salvage(&[]).save_damaged_parts(&index, &mut writer).unwrap().unwrap();
        assert_eq!((mended.saved, mended.unreadable_parts), (0, 1));
    }
}
