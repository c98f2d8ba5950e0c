//! Saves from damaged parts of an index what is in no file any more.

use std::collections::HashSet;
use std::path::Path;

use crate::archive::{Article, FileEntry};
use crate::entities::{Mention, Recogniser};
use crate::index::{Damage, DamagedPart, Index, IndexedFile, OpenError, SearchError, Searcher, WriteError, Writer};
use crate::state::{ForgetFiles, Mended};

use super::super::context::attempt;
use super::error::UpdateError;

/// So many articles of a file are handed to the writer at once. Picked by feel.
const AT_ONCE: usize = 256;

/// Writes the articles that the damaged parts of an index hold of files that are not in the folder: they stand nowhere else.
/// What of them is damaged itself shows in their text, or is lost; it may be a letter.
///
/// `in_folder` are the files of the folder; what is to be forgotten is not saved either. `writer` was opened before and has
/// committed nothing yet: what was left out of the index by then it drops. Nothing if there was no damage.
pub(super) fn salvage(
    index: &Index,
    writer: &mut Writer,
    recogniser: &dyn Recogniser,
    in_folder: &[FileEntry],
    forget: &ForgetFiles,
) -> Result<Option<Mended>, UpdateError> {
    if index.damage() == Damage::default() {
        return Ok(None);
    }
    let in_folder: HashSet<&Path> = in_folder.iter().map(|it| it.path.as_path()).collect();
    let is_there = &|path: &Path| in_folder.contains(path) || forget.contains(path);
    let mut mended = Mended {
        articles: index.damage().articles,
        ..Mended::default()
    };
    for part in index.damaged_parts()? {
        let Some((searcher, files)) = opened(&part) else {
            mended.unreadable_parts += 1;
            continue;
        };
        save_from(&searcher, writer, recogniser, is_there, &mut mended)?;
        for file in files.iter().filter(|it| !is_there(&it.path)) {
            writer.end_file(file)?;
        }
    }
    tracing::info!(saved = mended.saved, lost = mended.lost, "saved from damaged parts");
    Ok(Some(mended))
}

/// A searcher in a part, and the files that it describes; nothing if it cannot be read.
fn opened(part: &DamagedPart) -> Option<(Searcher, Vec<IndexedFile>)> {
    let open = || -> Result<_, OpenError> {
        let searcher = part.searcher()?;
        let files = searcher.files()?;
        Ok((searcher, files))
    };
    attempt(open).ok()
}

fn save_from(
    searcher: &Searcher,
    writer: &mut Writer,
    recogniser: &dyn Recogniser,
    is_there: &dyn Fn(&Path) -> bool,
    mended: &mut Mended,
) -> Result<(), WriteError> {
    let mut of_file: Vec<(Article, Vec<Mention>)> = Vec::new();
    for id in searcher.articles() {
        let Ok(Some((path, _))) = attempt(|| searcher.place_of(id)) else {
            mended.unreadable_parts = mended.unreadable_parts.max(1);
            continue;
        };
        if is_there(&path) {
            continue;
        }
        let read = || -> Result<_, SearchError> {
            let Some(stored) = searcher.stored_article(id)? else {
                return Ok(None);
            };
            let article = stored.into_article();
            let mentions = recogniser.mentions(&article);
            Ok(Some((article, mentions)))
        };
        match attempt(read) {
            Ok(Some(article)) => {
                let is_other = |last: &(Article, Vec<Mention>)| last.0.path != article.0.path;
                if AT_ONCE <= of_file.len() || of_file.last().is_some_and(is_other) {
                    add(writer, &mut of_file)?;
                }
                of_file.push(article);
                mended.saved += 1;
            }
            Ok(None) | Err(_) => mended.lost += 1,
        }
    }
    add(writer, &mut of_file)
}

/// Hands the articles of one file to the writer.
fn add(writer: &mut Writer, of_file: &mut Vec<(Article, Vec<Mention>)>) -> Result<(), WriteError> {
    if let Some((first, _)) = of_file.first() {
        let path = first.path.clone();
        writer.add_articles(&path, of_file)?;
        of_file.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::archive;
    use crate::index::SearchRequest;

    struct NoNames;

    impl Recogniser for NoNames {
        fn mentions(&self, _: &Article) -> Vec<Mention> {
            Vec::new()
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

    /// Changes a byte of each file of a kind.
    fn damage(dir: &Path, kind: &str) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == kind) {
                let mut bytes = fs::read(&path).unwrap();
                let at = bytes.len() / 4;
                bytes[at] ^= 0x55;
                fs::write(&path, bytes).unwrap();
            }
        }
    }

    #[test]
    fn what_is_in_no_file_any_more_is_saved_from_a_damaged_part() {
        for (kind, saved) in [("idx", 1), ("term", 1), ("pos", 1)] {
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
            damage(dir.path(), kind);
            let index = Index::open_checked(dir.path(), u64::MAX).unwrap();
            assert_eq!(index.damage().parts, 2, "{kind}");
            let mut writer = index.writer().unwrap();
            let in_folder = [FileEntry {
                path: "هنا.txt".into(),
                size: 1,
                modified_nanos: 1,
            }];
            let mended = salvage(&index, &mut writer, &NoNames, &in_folder, &ForgetFiles::Nothing)
                .unwrap()
                .unwrap();
            assert_eq!(
                (mended.saved, mended.lost, mended.unreadable_parts),
                (saved, 0, 0),
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
        let files = fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().path());
        for file in files.filter(|it| it.extension().is_some_and(|it| it == "fast")) {
            fs::write(file, []).unwrap();
        }
        let index = Index::open(dir.path()).unwrap();
        let mut writer = index.writer().unwrap();
        let mended = salvage(&index, &mut writer, &NoNames, &[], &ForgetFiles::Nothing)
            .unwrap()
            .unwrap();
        assert_eq!((mended.saved, mended.unreadable_parts), (0, 1));
    }
}
