//! What is on disk, and who may change it.

use std::path::{Path, PathBuf};

use crate::archive::{Article, ArticleId};
use crate::entities::Mention;
use crate::index::{Facet, Index, IndexedFile, SearchRequest, Searcher, WriteError};

use super::{Draft, add, all_of, counts, drafts, indexed, request, search, titles};

#[test]
fn files_are_in_the_order_of_their_folders() {
    let (_dir, index) = indexed(&[]);
    let mut writer = index.writer().unwrap();
    let paths = ["a/z.txt", "a b/a.txt", "a-b.txt", "a/b/c.txt"].map(PathBuf::from);
    for path in &paths {
        let article = Article {
            path: path.clone(),
            ..drafts()[0].article().0
        };
        let file = IndexedFile {
            path: path.clone(),
            ..drafts()[0].file()
        };
        writer.add_file(&file, &[(article, Vec::new())]).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    let mut sorted = paths.to_vec();
    sorted.sort();
    let of_files: Vec<PathBuf> = searcher.files().unwrap().into_iter().map(|file| file.path).collect();
    assert_eq!(of_files, sorted);
    let hits = searcher
        .articles()
        .into_iter()
        .filter_map(|article| searcher.hit(article).unwrap());
    let of_articles: Vec<PathBuf> = hits.map(|hit| hit.path).collect();
    assert_eq!(of_articles, sorted);
}

#[test]
fn an_index_is_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Index>();
    check::<Searcher>();
}

#[test]
fn a_changed_file_replaces_what_it_held() {
    let drafts = drafts();
    let (_dir, index) = indexed(&drafts);
    let before = index.searcher().unwrap();
    let changed = Draft {
        body: "نص جديد تماماً",
        people: &["هند الجبلي"],
        ..drafts[1].clone()
    };
    add(&index, &[changed]);
    let after = index.searcher().unwrap();
    assert_eq!(titles(&after, &request("جديد ")), ["ثان"]);
    assert_eq!(titles(&after, &request("كلام ")).len(), 3);
    assert_eq!(after.n_articles(), 4);
    assert_eq!(after.files().unwrap().len(), 4);
    let page = search(&after, &SearchRequest::default());
    assert_eq!(counts(&page, Facet::Person), "هند الجبلي 3، سالم الوادي 1");
    // What was asked for before still sees what was there then.
    assert_eq!(titles(&before, &request("كلام ")).len(), 4);
    assert!(titles(&before, &request("جديد ")).is_empty());
}

#[test]
fn a_removed_file_disappears_with_its_names() {
    let drafts = drafts();
    let (_dir, index) = indexed(&drafts);
    let mut writer = index.writer().unwrap();
    writer.remove_file(&drafts[0].path()).unwrap();
    writer.remove_file(&drafts[2].path()).unwrap();
    writer.remove_file(Path::new("ليس هنا.txt")).unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!(titles(&searcher, &SearchRequest::default()), ["ثان", "رابع"]);
    assert_eq!(searcher.registry().entities().len(), 1);
    let gone = drafts[0].article().0.id();
    assert_eq!(searcher.hit(gone).unwrap(), None);
    assert_eq!(searcher.stored_article(gone).unwrap(), None);
    let page = search(&searcher, &SearchRequest::default());
    assert_eq!(counts(&page, Facet::Place), "");
    assert_eq!(counts(&page, Facet::Source), "وكالة النهر 1");
}

#[test]
fn files_are_remembered_even_without_articles() {
    let (dir, index) = indexed(&drafts());
    let empty = IndexedFile {
        path: PathBuf::from("فارغ/ملف.txt"),
        size: 0,
        modified_nanos: -5,
        content_hash: 3,
        reading: 0,
        unreadable: Vec::new(),
    };
    let mut writer = index.writer().unwrap();
    writer.add_file(&empty, &[]).unwrap();
    let (first, mentions) = drafts()[0].article();
    let mut file = empty.clone();
    file.path = PathBuf::from("كثير.csv");
    let articles: Vec<(Article, Vec<Mention>)> = (0..3)
        .map(|record| {
            let article = Article {
                path: file.path.clone(),
                record,
                ..first.clone()
            };
            (article, mentions.clone())
        })
        .collect();
    writer.add_file(&file, &articles).unwrap();
    writer.commit().unwrap();
    drop(writer);
    drop(index);

    let index = Index::open(dir.path()).unwrap();
    let searcher = index.searcher().unwrap();
    let mut expected: Vec<IndexedFile> = drafts().iter().map(Draft::file).chain([empty, file]).collect();
    expected.sort_by(|a, b| a.path.cmp(&b.path));
    assert_eq!(searcher.files().unwrap(), expected);
    assert_eq!(searcher.n_articles(), 7);
    assert_eq!(searcher.articles().len(), 7);
    let hit = searcher.hit(ArticleId::new(Path::new("كثير.csv"), 2)).unwrap().unwrap();
    assert_eq!((hit.record, hit.path), (2, PathBuf::from("كثير.csv")));
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_not_unicode_is_kept() {
    use std::os::unix::ffi::OsStringExt as _;
    let (_dir, index) = indexed(&[]);
    let path = PathBuf::from(std::ffi::OsString::from_vec(b"dir/\xE3\xD5\xD1.txt".to_vec()));
    let file = IndexedFile {
        path: path.clone(),
        size: 1,
        modified_nanos: 2,
        content_hash: 3,
        reading: 0,
        unreadable: Vec::new(),
    };
    let mut writer = index.writer().unwrap();
    let (article, _) = drafts()[0].article();
    let article = Article {
        path: path.clone(),
        ..article
    };
    writer.add_file(&file, &[(article.clone(), Vec::new())]).unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!(searcher.files().unwrap(), [file]);
    assert_eq!(searcher.hit(article.id()).unwrap().unwrap().path, path);
}

#[test]
fn an_index_that_is_opened_again_is_the_same() {
    let (dir, index) = indexed(&drafts());
    let first = titles(&index.searcher().unwrap(), &request("كلام "));
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert!(!index.rebuilt());
    let searcher = index.searcher().unwrap();
    assert_eq!(titles(&searcher, &request("كلام ")), first);
    let draft = &drafts()[2];
    let article = draft.article().0;
    let stored = searcher.stored_article(article.id()).unwrap().unwrap();
    assert_eq!(stored.title, article.title);
    assert_eq!(stored.body, article.body());
    assert_eq!(stored.published, article.published);
    assert_eq!(stored.source, article.source);
    assert_eq!(stored.keywords, article.keywords);
    assert_eq!(stored.path, article.path);
    let read_back = stored.into_article();
    assert_eq!(read_back.body(), article.body());
    assert_eq!(
        read_back.title_span().and_then(|span| span.of(&read_back.text)),
        Some(draft.title)
    );
}

#[test]
fn what_was_not_committed_is_not_there() {
    let (dir, index) = indexed(&drafts());
    let mut writer = index.writer().unwrap();
    let draft = Draft {
        title: "خامس",
        body: "كلام",
        ..Draft::default()
    };
    writer.add_file(&draft.file(), &[draft.article()]).unwrap();
    assert_eq!(index.searcher().unwrap().n_articles(), 4);
    drop(writer);
    drop(index);
    assert_eq!(Index::open(dir.path()).unwrap().searcher().unwrap().n_articles(), 4);
}

#[test]
fn one_writer_at_a_time() {
    let (dir, index) = indexed(&drafts());
    let writer = index.writer().unwrap();
    let other = Index::open(dir.path()).unwrap();
    assert!(matches!(other.writer(), Err(WriteError::Busy)));
    assert_eq!(other.searcher().unwrap().n_articles(), 4);
    drop(writer);
    assert!(other.writer().is_ok());
}

#[test]
fn a_second_window_sees_what_the_first_commits() {
    let (dir, index) = indexed(&drafts());
    let other = Index::open(dir.path()).unwrap();
    assert_eq!(other.searcher().unwrap().n_articles(), 4);
    add(
        &index,
        &[Draft {
            title: "خامس",
            body: "كلام",
            ..Draft::default()
        }],
    );
    assert_eq!(other.searcher().unwrap().n_articles(), 5);
}

#[test]
fn columns_that_grew_with_the_index_are_those_that_are_made_anew() {
    let draft = |title, source, people, date| Draft {
        title,
        body: "قال إن العمل اكتمل في المدينة",
        source,
        people,
        date,
        keywords: &["ميناء", "سفن"],
        ..Draft::default()
    };
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let many: Vec<Draft> = ["ب", "د", "و", "ح", "ي", "ل", "ن", "ع", "ص", "ر", "ت", "خ"]
        .map(|title| {
            draft(
                title,
                "وكالة الضفاف",
                &["سامي العامري", "ميخائيل بوجدانوف"],
                "2020-05-01",
            )
        })
        .to_vec();
    add(&index, &many);
    all_of(&index);
    index.keep_columns().unwrap();
    let check = |index: &Index| {
        let grown = all_of(index);
        let early = index.early_searcher().unwrap();
        assert!(early.has_all_names());
        let anew = Index::open(dir.path()).unwrap();
        assert_eq!(all_of(&anew), grown, "after what was kept");
        std::fs::remove_file(dir.path().join("columns-2")).unwrap();
        let anew = Index::open(dir.path()).unwrap();
        assert_eq!(all_of(&anew), grown, "after nothing was kept");
        index.keep_columns().unwrap();
    };
    // Between the others, before them, after them; one is read anew; the only article with a name is gone.
    add(&index, &[draft("ج", "صحيفة المرفأ", &["ليلى الصيداوي"], "2021-01-01")]);
    check(&index);
    add(&index, &[draft("ا", "صحيفه المرفأ", &["ميخائيل بوجدانوف"], "")]);
    add(
        &index,
        &[
            draft("ى", "", &[], "1999-12-31"),
            draft("ب", "قناة الأفق", &["نادر الصيداوي"], "2019-01-01"),
        ],
    );
    check(&index);
    let mut writer = index.writer().unwrap();
    writer.remove_file(&draft("ج", "", &[], "").path()).unwrap();
    writer.finish().unwrap();
    check(&index);
}

#[test]
fn an_empty_index_answers() {
    let (_dir, index) = indexed(&[]);
    let searcher = index.searcher().unwrap();
    for query in ["", "كلمة", "«كلمة أخرى»", "شخص:أحد", "-كلمة", "من:2020"] {
        assert!(search(&searcher, &request(query)).articles.is_empty(), "{query}");
    }
    assert!(searcher.files().unwrap().is_empty());
    assert_eq!(searcher.n_articles(), 0);
}

/// Names the folder in which the killed process writes.
const KILLED_DIR: &str = "FIHRIST_TEST_KILLED_DIR";

/// The process that [`a_killed_writer_loses_at_most_what_it_had_not_committed`] kills.
#[test]
fn write_until_killed() {
    use std::io::Write as _;
    let Some(dir) = std::env::var_os(KILLED_DIR) else {
        return;
    };
    let index = Index::open(Path::new(&dir)).unwrap();
    let mut writer = index.writer().unwrap();
    let (article, mentions) = drafts()[0].article();
    for number in 0.. {
        let path = PathBuf::from(format!("{number}.txt"));
        let file = IndexedFile {
            path: path.clone(),
            ..drafts()[0].file()
        };
        let article = Article {
            path,
            ..article.clone()
        };
        writer.add_file(&file, &[(article, mentions.clone())]).unwrap();
        if number % 50 == 49 {
            writer.commit().unwrap();
            println!("\ncommitted {}", number + 1);
            std::io::stdout().flush().unwrap();
        }
    }
}

#[test]
fn a_killed_writer_loses_at_most_what_it_had_not_committed() {
    use std::io::BufRead as _;
    let dir = tempfile::tempdir().unwrap();
    for round in 1..=3 {
        let mut process = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture", "index::tests::disk::write_until_killed"])
            .env(KILLED_DIR, dir.path())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let lines = std::io::BufReader::new(process.stdout.take().unwrap()).lines();
        let mut committed = lines.filter_map(|line| line.unwrap().strip_prefix("committed ")?.parse::<u64>().ok());
        let last = committed.nth(round).unwrap();
        process.kill().unwrap();
        process.wait().unwrap();

        let index = Index::open(dir.path()).unwrap();
        assert!(!index.rebuilt());
        let searcher = index.searcher().unwrap();
        assert!(last <= searcher.n_articles());
        assert_eq!(searcher.n_articles() % 50, 0);
        assert_eq!(searcher.files().unwrap().len() as u64, searcher.n_articles());
        assert!(index.writer().is_ok(), "no lock remains");
    }
}
