//! Folders and files that are hard to read, by malice or accident: memory stays bounded, the failure is listed clearly,
//! and reading goes on.

use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use fihrist::archive::{self, Article, FieldRole, Reading, ReadingRule};
use fihrist::entities::{Mention, Recogniser};
use fihrist::index::Index;
use fihrist::state::{ForgetFiles, UpdateSummary};
use fihrist::work::{DataDir, KeptError, Means, UpdateOptions, update_index};
use flate2::Compression;
use flate2::write::GzEncoder;

const BODY: &str = "افتتح وزير الأشغال جسر المرفأ القديم أمام السيارات بعد أعمال ترميم استمرت سنتين كاملتين.";

/// Recognises nothing: here only the reading is tried.
struct Nobody;

impl Recogniser for Nobody {
    fn mentions(&self, _article: &Article) -> Vec<Mention> {
        Vec::new()
    }
}

/// Brings the index of `folder` below `data` up to date, and forgets what is gone.
fn update(index: &Index, data: &Path, folder: &Path) -> UpdateSummary {
    let data_dir = DataDir::new(data.to_owned());
    let options = UpdateOptions {
        forget: ForgetFiles::AllMissing,
        ..UpdateOptions::default()
    };
    let never = AtomicBool::new(false);
    update_index(
        index,
        &data_dir,
        folder,
        Means::here(&Nobody),
        &options,
        &never,
        &mut |_| {},
    )
    .unwrap()
}

fn titles(index: &Index) -> Vec<String> {
    let searcher = index.searcher().unwrap();
    let mut titles: Vec<String> = searcher
        .articles()
        .into_iter()
        .filter_map(|it| searcher.hit(it).unwrap())
        .map(|it| it.title)
        .collect();
    titles.sort();
    titles
}

#[test]
fn what_unpacks_without_end_is_left_at_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    // Lines that are no articles, so that only the unpacking is tried: 300 MB in some hundred kilobytes.
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let line = format!("{{\"x\":\"{}\"}}\n", "0".repeat(1 << 20));
    for _ in 0..300 {
        packed.write_all(line.as_bytes()).unwrap();
    }
    fs::write(folder.path().join("bomb.jsonl.gz"), packed.finish().unwrap()).unwrap();
    let result = archive::read_file(folder.path(), Path::new("bomb.jsonl.gz"), &Reading::default());
    let reason = result.unwrap_err().reason().to_string();
    assert!(reason.contains("unpacks to more than"), "{reason}");
}

#[test]
fn a_line_that_never_ends_costs_no_memory_and_no_neighbour() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("{{\"title\":\"عنوان\",\"text\":\"{BODY}\"}}\n");
    let long = format!("{{\"title\":\"{}\n", "ا".repeat(12 << 20));
    fs::write(folder.path().join("a.jsonl"), format!("{line}{long}{line}")).unwrap();
    let file = archive::read_file(folder.path(), Path::new("a.jsonl"), &Reading::default()).unwrap();
    assert_eq!((file.articles.len(), file.summary.unreadable.len()), (2, 1));
    assert!(file.summary.unreadable[0].reason.to_string().contains("too long"));
    let table = format!("title,text\nعنوان,{BODY}\nآخر,\"{}", "ا\n".repeat(12 << 20));
    fs::write(folder.path().join("a.csv"), table).unwrap();
    let file = archive::read_file(folder.path(), Path::new("a.csv"), &Reading::default()).unwrap();
    assert_eq!((file.articles.len(), file.summary.unreadable.len()), (1, 1));
    assert!(file.summary.unreadable[0].reason.to_string().contains("quotation mark"));
}

#[test]
fn reading_stops_where_the_reader_has_enough() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("{{\"title\":\"عنوان\",\"text\":\"{BODY}\"}}\n");
    fs::write(folder.path().join("a.jsonl"), line.repeat(1_000)).unwrap();
    let mut n_articles = 0;
    let mut three = |_| {
        n_articles += 1;
        if n_articles < 3 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    archive::read_articles(folder.path(), Path::new("a.jsonl"), &Reading::default(), &mut three).unwrap();
    assert_eq!(n_articles, 3);
}

#[test]
fn a_file_of_many_articles_goes_to_the_index_in_parts() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let lines: String = (0..9_000)
        .map(|number| format!("{{\"title\":\"عنوان {number}\",\"text\":\"{BODY}\"}}\n"))
        .collect();
    fs::write(folder.path().join("a.jsonl"), lines).unwrap();
    let index = Index::open(&data.path().join("index")).unwrap();
    assert_eq!(update(&index, data.path(), folder.path()).articles, 9_000);
    let again = update(&index, data.path(), folder.path());
    assert_eq!((again.articles, again.added, again.changed), (9_000, 0, 0));
    fs::remove_file(folder.path().join("a.jsonl")).unwrap();
    assert_eq!(update(&index, data.path(), folder.path()).articles, 0);
}

#[test]
fn a_correction_reads_its_files_again_and_only_these() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let record = format!(r#"{{"س":"عنوان الجدول","ص":"{BODY}"}}"#);
    fs::write(folder.path().join("a.jsonl"), record + "\n").unwrap();
    fs::write(folder.path().join("b.txt"), format!("عنوان النص\n{BODY}\n")).unwrap();
    let index = Index::open(&data.path().join("index")).unwrap();
    let first = update(&index, data.path(), folder.path());
    assert_eq!(
        (first.unreadable.len(), titles(&index)),
        (1, vec!["عنوان النص".to_owned()])
    );
    // What cannot be read is remembered with its reason, and not read again.
    let second = update(&index, data.path(), folder.path());
    assert_eq!((second.changed, second.unreadable.len()), (0, 1));
    let fields = [("س".to_owned(), FieldRole::Title), ("ص".to_owned(), FieldRole::Body)];
    let rule = ReadingRule {
        files: "*.jsonl".to_owned(),
        fields: fields.into_iter().collect(),
        ..ReadingRule::default()
    };
    let data_dir = DataDir::new(data.path().to_owned());
    data_dir
        .edit_reading(folder.path(), |reading| -> Result<(), KeptError> {
            reading.set(rule).unwrap();
            Ok(())
        })
        .unwrap();
    let third = update(&index, data.path(), folder.path());
    assert_eq!((third.changed, third.unreadable.len()), (1, 0));
    assert_eq!(titles(&index), ["عنوان الجدول", "عنوان النص"]);
}

#[test]
fn what_every_page_of_a_folder_says_is_no_articles() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let towns = [
        "دمنار",
        "المرسى",
        "الزهراوية",
        "الكرمة",
        "السدرة",
        "الريم",
        "الفنار",
        "البستان",
    ];
    let write = |number: usize, town: &str| {
        let page = format!(
            "المدار نافذتك على البلد\nأخبار {town}\nزار الوزير مدينة {town} أمس وافتتح فيها مدرسة جديدة تتسع \
             لثلاثمئة تلميذ من أبناء {town} وما حولها.\nيمنع نقل ما ينشره المدار إلا بإذن مكتوب من إدارته.\n"
        );
        fs::write(folder.path().join(format!("{number}.txt")), page).unwrap();
    };
    for (number, town) in towns.iter().enumerate() {
        write(number, town);
    }
    let index = Index::open(&data.path().join("index")).unwrap();
    update(&index, data.path(), folder.path());
    let expected: Vec<String> = towns.iter().map(|town| format!("أخبار {town}")).collect();
    let sorted = |mut titles: Vec<String>| {
        titles.sort();
        titles
    };
    assert_eq!(titles(&index), sorted(expected.clone()));
    // One that comes later is read as its neighbours were, and they are not read again.
    write(99, "النخيل");
    let summary = update(&index, data.path(), folder.path());
    assert_eq!((summary.added, summary.changed), (1, 0));
    let more = expected.into_iter().chain(["أخبار النخيل".to_owned()]).collect();
    assert_eq!(titles(&index), sorted(more));
    let body = |article| index.searcher().unwrap().stored_article(article).unwrap().unwrap().body;
    let bodies: Vec<String> = index.searcher().unwrap().articles().into_iter().map(body).collect();
    assert!(
        bodies
            .iter()
            .all(|it| !it.contains("يمنع نقل") && it.contains("زار الوزير")),
        "{bodies:?}"
    );
}

#[test]
fn a_members_name_does_not_change_when_others_come() {
    let id = |names: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let mut zip = zip::ZipWriter::new(fs::File::create(folder.path().join("a.zip")).unwrap());
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(format!("عنوان\n{BODY}\n").as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        let file = archive::read_file(folder.path(), Path::new("a.zip"), &Reading::default()).unwrap();
        let article = file
            .articles
            .into_iter()
            .find(|it| it.origin.member.as_ref().unwrap().path == "m.txt");
        article.unwrap().id()
    };
    assert_eq!(id(&["m.txt"]), id(&["z.txt", "m.txt", "a.txt"]));
}

#[cfg(unix)]
#[test]
fn loops_of_links_and_what_may_not_be_read_stop_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("in/loop")).unwrap();
    fs::write(folder.path().join("in/a.txt"), BODY).unwrap();
    fs::write(folder.path().join("closed.txt"), BODY).unwrap();
    fs::set_permissions(folder.path().join("closed.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    let scan = archive::scan(folder.path(), &[]);
    assert_eq!(scan.files.len(), 2);
    for path in ["closed.txt", "gone.txt"] {
        match archive::read_file(folder.path(), Path::new(path), &Reading::default()) {
            Err(err) => assert!(!err.is_lasting() && !err.reason().to_string().is_empty()),
            // The system's owner may read everything.
            Ok(_) => assert_eq!(path, "closed.txt"),
        }
    }
}
