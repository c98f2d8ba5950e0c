//! Files that go on further than readers follow: harmless ones, a little beyond each bound. The text is kept, what was
//! not followed is told, and the others of the folder are as they would be without.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use fihrist::archive::{self, Article, Bound, LeftOut, Problem, ReadFile, Reading, Reason};
use fihrist::entities::{Mention, Recogniser};
use fihrist::index::Index;
use fihrist::work::{DataDir, Means, UpdateOptions, update_index};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const BODY: &str = "افتتح وزير الأشغال جسر المرفأ القديم أمام السيارات بعد أعمال ترميم استمرت سنتين كاملتين.";

/// Reads a file of a folder of its own.
fn read(name: &str, bytes: &[u8]) -> ReadFile {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    archive::read_file(folder.path(), Path::new(name), &Reading::default()).unwrap()
}

/// Checks that a file yields an article with all of the text, whose problem is the bound.
#[track_caller]
fn check_problem(name: &str, bytes: &[u8], bound: Bound) -> Article {
    let file = read(name, bytes);
    let article = file.articles.into_iter().next().unwrap();
    assert!(article.text.contains(BODY), "{name}: the text is lost");
    assert_eq!(article.problems, [Problem::Beyond(bound)], "{name}");
    assert_eq!(file.summary.unreadable, [], "{name}");
    article
}

/// Checks that a file yields an article, and is listed with the bound.
#[track_caller]
fn check_listed(name: &str, bytes: &[u8], bound: Bound) {
    let file = read(name, bytes);
    assert!(
        file.articles.iter().any(|it| it.text.contains(BODY)),
        "{name}: the text is lost"
    );
    let reasons: Vec<Reason> = file.summary.unreadable.into_iter().map(|it| it.reason).collect();
    assert_eq!(reasons, [Reason::Beyond(bound)], "{name}");
}

fn page(inner: &str) -> String {
    format!("<!doctype html><html><head><title>عنوان الصفحة</title></head><body>{inner}</body></html>")
}

fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn book(documents: &[(&str, &str)], package_end: &str) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>";
    let items: String = documents
        .iter()
        .map(|(name, _)| format!("<item id=\"{name}\" href=\"{name}\"/>"))
        .collect();
    let spine: String = documents
        .iter()
        .map(|(name, _)| format!("<itemref idref=\"{name}\"/>"))
        .collect();
    let package = format!("<package><manifest>{items}</manifest><spine>{spine}{package_end}</spine></package>");
    let mut members = vec![("META-INF/container.xml", container), ("p.opf", &package)];
    members.extend(documents);
    zip(&members)
}

#[test]
fn deep_pages_keep_their_text_and_their_title() {
    let deep = "<div>".repeat(Bound::Nesting.limit() + 10);
    let article = check_problem(
        "a.html",
        page(&format!("{deep}<p>{BODY}</p>")).as_bytes(),
        Bound::Nesting,
    );
    assert_eq!(article.title, "عنوان الصفحة");
    let marks: String = (0..300).map(|it| format!("<p><font size={it}>")).collect();
    check_problem(
        "a.html",
        page(&format!("{marks}<p>{BODY}</p>")).as_bytes(),
        Bound::Nesting,
    );
    let many: String = (0..Bound::Attributes.limit() + 10)
        .map(|it| format!(" a{it}"))
        .collect();
    check_problem(
        "a.html",
        page(&format!("<hr{many}><p>{BODY}</p>")).as_bytes(),
        Bound::Attributes,
    );
    let rules = "<hr>".repeat(Bound::Elements.limit() + 10);
    check_problem(
        "a.html",
        page(&format!("{rules}<p>{BODY}</p>")).as_bytes(),
        Bound::Elements,
    );
    // In a field of data, in a message, in a book.
    let json = serde_json::json!({"title": "عنوان", "body": format!("{deep}<p>{BODY}</p>")});
    check_problem("a.json", json.to_string().as_bytes(), Bound::Nesting);
    let mail = format!(
        "From: a@b.c\nDate: x\nSubject: y\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{}",
        page(&format!("{deep}<p>{BODY}</p>"))
    );
    check_problem("a.eml", mail.as_bytes(), Bound::Nesting);
    let document = page(&format!("{deep}<p>{BODY} {BODY} {BODY}</p>"));
    check_problem("a.epub", &book(&[("1.html", &document)], ""), Bound::Nesting);
}

#[test]
fn a_pages_deep_metadata_does_not_cost_its_article() {
    let deep = format!("{}1{}", "[".repeat(400), "]".repeat(400));
    let script =
        format!("<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"a\":{deep}}}</script>");
    let file = read(
        "a.html",
        page(&format!("{script}<article><p>{BODY}</p></article>")).as_bytes(),
    );
    assert!(file.articles[0].text.contains(BODY));
}

#[test]
fn deep_data_is_read_up_to_there() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let json = format!("[{{\"title\":\"عنوان\",\"text\":\"{BODY}\",\"x\":{deep}}}]");
    check_listed("a.json", json.as_bytes(), Bound::Values);
    let lines = format!("{{\"title\":\"عنوان\",\"text\":\"{BODY}\",\"x\":{deep}}}\n").repeat(2);
    check_listed("a.jsonl", lines.as_bytes(), Bound::Values);
    let open = "<group>".repeat(Bound::Nesting.limit() + 10);
    let xml = format!("<doc><title>عنوان</title><text>{BODY}</text></doc>{open}<b>x</b>");
    check_listed("a.xml", format!("<docs>{xml}</docs>").as_bytes(), Bound::Nesting);
    // What is never closed is around what follows.
    let xml = format!("<docs>{open}<doc><title>عنوان</title><text>{BODY}</text></doc></docs>");
    check_listed("a.xml", xml.as_bytes(), Bound::Nesting);
}

#[test]
fn of_many_fields_and_columns_the_first_are_read() {
    let n = Bound::Fields.limit() + 10;
    let fields: String = (0..n).map(|it| format!(",\"f{it}\":{it}")).collect();
    check_problem(
        "a.json",
        format!("{{\"title\":\"عنوان\",\"text\":\"{BODY}\"{fields}}}").as_bytes(),
        Bound::Fields,
    );
    let names: String = (0..n).map(|it| format!(",f{it}")).collect();
    let values = ",1".repeat(n);
    check_problem(
        "a.csv",
        format!("title,text{names}\nعنوان,{BODY}{values}\n").as_bytes(),
        Bound::Fields,
    );
    let elements: String = (0..n).map(|it| format!("<f{it}>1</f{it}>")).collect();
    let xml = format!("<docs><doc><title>عنوان</title><text>{BODY}</text>{elements}</doc></docs>");
    check_problem("a.xml", xml.as_bytes(), Bound::Fields);
}

#[test]
fn messages_within_messages_are_read_up_to_there() {
    let message = |inner: &str| format!("From: a@b.c\nDate: x\nSubject: y\nMIME-Version: 1.0\nContent-Type: {inner}");
    let nested = |n: usize| {
        let start = message("message/rfc822\n\n").repeat(n);
        format!("{start}{}", message(&format!("text/plain; charset=utf-8\n\n{BODY}\n")))
    };
    assert_eq!(read("a.eml", nested(1).as_bytes()).articles.len(), 1);
    for n in [Bound::Messages.limit() + 2, Bound::Parts.limit() + 10] {
        let mixed = message("multipart/mixed; boundary=b\n\n");
        let mail = format!(
            "{mixed}--b\nContent-Type: text/plain; charset=utf-8\n\n{BODY}\n--b\n{}\n--b--\n",
            nested(n)
        );
        check_listed(
            "a.eml",
            mail.replace("--b\nFrom", "--b\nContent-Type: message/rfc822\n\nFrom")
                .as_bytes(),
            Bound::Messages,
        );
    }
    // Many beside each other.
    let part = format!("--b\nContent-Type: multipart/mixed\n\n{BODY}\n");
    let mail = format!(
        "{}--b\nContent-Type: text/plain; charset=utf-8\n\n{BODY}\n{}",
        message("multipart/mixed; boundary=b\n\n"),
        part.repeat(Bound::Parts.limit() + 10)
    );
    let file = read("a.eml", mail.as_bytes());
    assert!(file.articles[0].text.contains(BODY));
    assert!(file.articles[0].problems.contains(&Problem::Beyond(Bound::Parts)));
}

#[test]
fn a_message_that_is_packed_for_transport_is_read_as_an_attachment() {
    let inner = format!(
        "From: a@b.c\nDate: x\nSubject: داخلي\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{BODY}\n"
    );
    let packed: String = inner
        .bytes()
        .map(|byte| format!("={byte:02X}"))
        .collect::<Vec<_>>()
        .join("=\n");
    let mail = format!(
        "From: a@b.c\nDate: x\nSubject: y\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\
         Content-Transfer-Encoding: quoted-printable\n\n{packed}\n"
    );
    let file = read("a.eml", mail.as_bytes());
    assert!(
        file.articles.iter().any(|it| it.text.contains(BODY)),
        "{:?}",
        file.summary
    );
}

#[test]
fn a_book_reads_each_document_once_and_says_where_it_stopped() {
    let document = page(&format!("<p>{BODY} {BODY}</p>"));
    let again = "<itemref idref=\"1.html\"/>".repeat(50);
    assert_eq!(
        read("a.epub", &book(&[("1.html", &document)], &again)).articles.len(),
        1
    );
    let missing: String = (0..Bound::Documents.limit())
        .map(|n| format!("<itemref idref=\"{n}\"/>"))
        .collect();
    let file = read("a.epub", &book(&[("1.html", &document)], &missing));
    assert_eq!(file.articles.len(), 1);
    let last = file.summary.unreadable.last().map(|it| &it.reason);
    assert_eq!(last, Some(&Reason::Beyond(Bound::Documents)));
}

/// A PDF with a page, of these objects from number 4 on; the page shows the text of object 4 and then the form `/F`,
/// object 5.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let fixed = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>/Font<</T \
         <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>>>"
            .to_owned(),
    ];
    let mut places = Vec::new();
    for (idx, object) in fixed.iter().chain(objects).enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", idx + 1).bytes());
    }
    let start = bytes.len();
    let n = places.len() + 1;
    bytes.extend(format!("xref\n0 {n}\n0000000000 65535 f \n").bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(format!("trailer\n<</Size {n}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

fn stream(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

#[test]
fn a_page_that_draws_too_much_is_read_up_to_there() {
    let text = "The ministry of works opened the old bridge";
    let show = |rest: &str| stream("", &format!("BT /T 12 Tf 50 700 Td ({text}) Tj ET {rest}"));
    // Seven levels of forms, each of which draws the next ten times.
    let levels = 7;
    let mut objects = vec![show("/F Do")];
    for level in 0..levels {
        let next = 6 + level;
        let (dict, content) = match level + 1 < levels {
            true => (format!("/Resources<</XObject<</F {next} 0 R>>>>"), "/F Do ".repeat(10)),
            false => (String::new(), "0 0 1 1 re f ".repeat(10)),
        };
        let dict = format!("/Type/XObject/Subtype/Form/BBox[0 0 600 800]{dict}");
        objects.push(stream(&dict, &content));
    }
    let file = read("a.pdf", &pdf(&objects));
    assert!(file.articles[0].text.contains(text));
    assert_eq!(file.articles[0].problems, [Problem::Beyond(Bound::Drawing)]);
    let few = stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", "0 0 1 1 re f");
    assert_eq!(read("a.pdf", &pdf(&[show("/F Do"), few])).articles[0].problems, []);
}

#[test]
fn members_of_a_zip_are_all_read_or_listed() {
    let text = |title: &str| format!("{title}\n{BODY}\n");
    let (first, second, third) = (text("الأول"), text("الثاني"), text("الثالث"));
    let mut bytes = zip(&[
        ("../a/./b.txt", &first),
        ("a/b.txt", &second),
        ("a/c.txt", &third),
        (".hidden/d.txt", &third),
        ("__MACOSX/a/._b.txt", &third),
        ("e.jpg", "x"),
    ]);
    // The writer refuses two of one name; in the bytes one is called as the other.
    for at in 0..bytes.len() {
        if bytes[at..].starts_with(b"a/c.txt") {
            bytes[at..at + 7].copy_from_slice(b"a/b.txt");
        }
    }
    let file = read("a.zip", &bytes);
    let mut read: Vec<(String, &str)> = file
        .articles
        .iter()
        .map(|it| (it.origin.member.as_ref().unwrap().path.clone(), it.title.as_str()))
        .collect();
    read.sort();
    let expected = [
        ("a/b (2).txt", "الأول"),
        ("a/b (3).txt", "الثاني"),
        ("a/b.txt", "الثالث"),
    ];
    assert_eq!(read, expected.map(|(name, title)| (name.to_owned(), title)));
    let mut left_out: Vec<(String, Reason)> = file
        .summary
        .unreadable
        .into_iter()
        .map(|it| (it.path.to_string_lossy().replace('\\', "/"), it.reason))
        .collect();
    left_out.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = [
        ("a.zip/.hidden/d.txt", LeftOut::Hidden),
        ("a.zip/__MACOSX/a/._b.txt", LeftOut::SystemData),
        ("a.zip/e.jpg", LeftOut::NoArticles),
    ];
    assert_eq!(
        left_out,
        expected.map(|(path, why)| (path.to_owned(), Reason::LeftOut(why)))
    );
}

#[test]
fn what_is_left_out_of_a_large_zip_is_counted() {
    let names: Vec<String> = (0..70).map(|it| format!("{it}.jpg")).collect();
    let mut members: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    members.push(("a.txt", BODY));
    let file = read("a.zip", &zip(&members));
    assert_eq!((file.articles.len(), file.summary.unreadable.len()), (1, 51));
    assert_eq!(
        file.summary.unreadable[50].reason,
        Reason::LeftOut(LeftOut::More { n: 20 })
    );
}

/// Recognises nothing: here only the reading is tried.
struct Nobody;

impl Recogniser for Nobody {
    fn mentions(&self, _article: &Article) -> Vec<Mention> {
        Vec::new()
    }
}

#[test]
fn the_others_of_a_folder_are_as_without() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let deep = "<div>".repeat(Bound::Nesting.limit() * 4);
    fs::write(folder.path().join("a.html"), page(&format!("{deep}<p>{BODY}</p>"))).unwrap();
    fs::write(folder.path().join("b.txt"), format!("عنوان\n{BODY}\n")).unwrap();
    let nested = format!("{}1{}", "[".repeat(500), "]".repeat(500));
    fs::write(folder.path().join("c.json"), &nested).unwrap();
    let index = Index::open(&data.path().join("index")).unwrap();
    let data_dir = DataDir::new(data.path().to_owned());
    let update = || {
        update_index(
            &index,
            &data_dir,
            folder.path(),
            Means::here(&Nobody),
            &UpdateOptions::default(),
            &AtomicBool::new(false),
            &mut |_| {},
        )
        .unwrap()
    };
    let summary = update();
    assert_eq!((summary.articles, summary.unreadable.len()), (2, 1));
    assert_eq!(summary.unreadable[0].reason, Reason::Beyond(Bound::Values));
    // The reason is kept with the file.
    let again = update();
    assert_eq!((again.changed, again.unreadable), (0, summary.unreadable));
}
