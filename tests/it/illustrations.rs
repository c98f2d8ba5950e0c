//! The pictures of articles as they are read, where articles are on the web, and what they were read from.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use fihrist::archive::{
    self, Allowance, Article, FileRule, Original, PictureFault, PictureFiles, PictureSource, Reading,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LEAD: &str = "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من العمل المتواصل.";
const MORE: &str = "وقال إن الجسر سيخفف الزحام عن وسط المدينة، وإن تكلفته بلغت 12 مليون دينار.";
const LAST: &str = "وأضاف أن العمل على الجسر الثاني يبدأ في الشهر المقبل، وأن الشركة نفسها ستبنيه.";
/// The smallest picture that there is, as a PNG.
const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196,
    137,
];

fn page(between: &str) -> String {
    format!(
        "<!doctype html><html><head><title>افتتاح الجسر الجديد</title></head><body><header><img src=a/logo.png></header>\
         <article><h1>افتتاح الجسر الجديد</h1><p>{LEAD}</p>{between}<p>{MORE}</p><p>{LAST}</p></article>\
         <div class=related><a href=2.html><img src=a/thumb.jpg>خبر آخر</a></div></body></html>"
    )
}

fn article_of(folder: &Path, name: &str, record: u32) -> Article {
    let read = archive::read_article(folder, Path::new(name), &Reading::default(), record);
    read.unwrap().expect("there is such an article")
}

/// The pictures of an article: what stands behind each, its name, its caption.
fn shown(article: &Article) -> Vec<(&str, &str, Option<&str>)> {
    let pictures = article.pictures.iter();
    let shown = pictures.map(|it| {
        let behind = article.text[it.at..].trim_start().lines().next().unwrap_or_default();
        (behind, it.name.as_str(), it.caption.as_deref())
    });
    shown.collect()
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_pictures_of_a_saved_page_stand_between_its_paragraphs() {
    let folder = tempfile::tempdir().unwrap();
    let figure = "<figure><img src='./%D8%AE_files/a.jpg'><figcaption>عند الجسر صباح اليوم</figcaption></figure>";
    fs::write(folder.path().join("خ.html"), page(figure)).unwrap();
    fs::create_dir(folder.path().join("خ_files")).unwrap();
    fs::write(folder.path().join("خ_files/a.jpg"), PNG).unwrap();
    let article = article_of(folder.path(), "خ.html", 0);
    let expected = [("عند الجسر صباح اليوم", "a.jpg", Some("عند الجسر صباح اليوم"))];
    assert!(
        shown(&article) == expected || shown(&article) == [(MORE, expected[0].1, expected[0].2)],
        "{:?}",
        shown(&article)
    );
    let mut files = PictureFiles::new(folder.path(), &article.path);
    assert_eq!(files.read(&article.pictures[0].source, 8).unwrap(), PNG[..8]);
    // Nothing of them is looked for while all articles are read.
    let all = archive::read_file(folder.path(), Path::new("خ.html"), &Reading::default()).unwrap();
    assert_eq!(all.articles[0].pictures, []);
}

#[test]
fn a_picture_without_a_caption_is_called_what_the_page_calls_it_but_not_like_the_article() {
    let folder = tempfile::tempdir().unwrap();
    let check = |picture: &str, expected: &[(&str, &str, Option<&str>)]| {
        fs::write(folder.path().join("a.html"), page(picture)).unwrap();
        assert_eq!(shown(&article_of(folder.path(), "a.html", 0)), expected, "{picture}");
    };
    check(
        "<img src=a.jpg alt='عمال عند الجسر'>",
        &[(MORE, "a.jpg", Some("عمال عند الجسر"))],
    );
    check("<img src=a.jpg alt='افتتاح الجسر الجديد'>", &[(MORE, "a.jpg", None)]);
    check("<img src=a.jpg alt='IMG_2034.jpg'>", &[(MORE, "a.jpg", None)]);
    // Twice the same; a counter; the picture of another article.
    check("<img src=a.jpg><img src=a.jpg>", &[(MORE, "a.jpg", None)]);
    check("<img src=https://a.example/count.gif>", &[]);
    check("<a href=3.html><img src=b.jpg></a>", &[]);
    let remote = "<figure><img src=https://a.example/p/c.jpg></figure>";
    check(remote, &[(MORE, "c.jpg", None)]);
}

#[test]
fn pictures_are_found_in_books_zips_and_messages() {
    let folder = tempfile::tempdir().unwrap();
    let figure = "<img src='../Images/a%201.png' alt='صورة في كتاب'>";
    let container = "<container><rootfiles><rootfile full-path='O/c.opf'/></rootfiles></container>";
    let package = "<package><manifest><item id='1' href='Text/1.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='1'/></spine></package>";
    let book = zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("O/c.opf", package.as_bytes()),
        ("O/Text/1.xhtml", page(figure).as_bytes()),
        ("O/Images/a 1.png", PNG),
    ]);
    let in_zip = page("<img src='p_files/a.png' alt='صورة في أرشيف'>");
    let zip = zipped(&[("x/p.html", in_zip.as_bytes()), ("x/p_files/a.png", PNG)]);
    let in_message = page("<img src='https://a.example/a.png' alt='صورة في رسالة'><img src='cid:b@x' alt='صورة برقم'>");
    // Cut into the lines that a message may have.
    let lines = in_message.replace('>', ">\r\n");
    let message = format!(
        "MIME-Version: 1.0\r\nSnapshot-Content-Location: https://a.example/news/1\r\n\
         Content-Type: multipart/related; boundary=\"B\"; type=\"text/html\"\r\n\r\n--B\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\
         Content-Location: https://a.example/news/1\r\n\r\n{lines}\r\n--B\r\nContent-Type: image/png\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Location: https://a.example/a.png\r\n\r\niVBO\r\nRw==\r\n--B\r\n\
         Content-Type: image/png\r\nContent-ID: <b@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--B--\r\n"
    );
    for (name, bytes, n_pictures) in [
        ("a.epub", book, 1),
        ("a.zip", zip, 1),
        ("a.mhtml", message.into_bytes(), 2),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let article = article_of(folder.path(), name, 0);
        let captions: Vec<_> = article.pictures.iter().filter_map(|it| it.caption.clone()).collect();
        assert_eq!(captions.len(), n_pictures, "{name}: {:?}", article.pictures);
        for picture in &article.pictures {
            let bytes = PictureFiles::new(folder.path(), &article.path).read(&picture.source, 4);
            assert_eq!(bytes.as_deref().map(|it| &it[..4]), Ok(&PNG[..4]), "{name}");
        }
    }
    let article = article_of(folder.path(), "a.mhtml", 0);
    assert_eq!(article.address.as_deref(), Some("https://a.example/news/1"));
}

#[test]
fn nothing_is_read_where_a_page_leads_out_of_its_folder() {
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("archive");
    fs::create_dir(&folder).unwrap();
    fs::write(around.path().join("out.jpg"), PNG).unwrap();
    for address in [
        "../out.jpg",
        "%2e%2e/out.jpg",
        "..\\out.jpg",
        "file:///out.jpg",
        "/out.jpg",
    ] {
        let figure = format!("<figure><img src='{address}'></figure>");
        fs::write(folder.join("a.html"), page(&figure)).unwrap();
        let article = article_of(&folder, "a.html", 0);
        assert_eq!(article.pictures[0].source, PictureSource::Outside, "{address}");
        let read = PictureFiles::new(&folder, &article.path).read(&article.pictures[0].source, 8);
        assert_eq!(read, Err(PictureFault::Outside));
    }
}

#[test]
fn an_article_knows_its_address_on_the_web() {
    let check = |name: &str, text: &str, expected: Option<&str>| {
        let article = archive::parse(Path::new(name), text.as_bytes()).remove(0);
        assert_eq!(article.address.as_deref(), expected, "{text}");
    };
    let with_head = |head: &str| page("").replace("<title>", &format!("{head}<title>"));
    let canonical =
        "<link rel=canonical href='https://a.example/n/1'><meta property='og:url' content='https://a.example/n/2'>";
    check("a.html", &with_head(canonical), Some("https://a.example/n/1"));
    check(
        "a.html",
        &with_head("<meta property='og:url' content='http://a.example/n/2'>"),
        Some("http://a.example/n/2"),
    );
    // The first page of a site is no article's, nor is what is no address of the web.
    check(
        "a.html",
        &with_head("<link rel=canonical href='https://a.example/'>"),
        None,
    );
    check(
        "a.html",
        &with_head("<link rel=canonical href='javascript:alert(1)'>"),
        None,
    );
    check("a.html", &with_head("<link rel=canonical href='/n/1'>"), None);
    let saved = format!("<!-- saved from url=(0021)https://a.example/n/3 -->\n{}", page(""));
    check("a.html", &saved, Some("https://a.example/n/3"));
    let json = format!("{{\"title\": \"عنوان\", \"url\": \"https://a.example/n/4\", \"body\": \"{LEAD}\"}}");
    check("a.json", &json, Some("https://a.example/n/4"));
    let csv = format!("title,link,body\nعنوان,ftp://a.example/5,\"{LEAD}\"\n");
    check("a.csv", &csv, None);
    let mail = format!(
        "From: a@b.example\nTo: c@b.example\nDate: Tue, 14 Nov 2023 09:15:00 +0200\nSubject: x\nArchived-At: <https://list.example/6>\n\n{LEAD}\n"
    );
    check("a.eml", &mail, Some("https://list.example/6"));
    check(
        "a.md",
        &format!("---\ntitle: عنوان\nurl: https://a.example/7\n---\n{LEAD}\n"),
        Some("https://a.example/7"),
    );
    check("a.txt", &format!("عنوان\nhttps://a.example/8\n{LEAD}\n"), None);
}

#[test]
fn the_pages_of_a_printed_document_are_known() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let names = fs::read_dir(&cases)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap());
    let names = names.filter(|it| it.ends_with(".pdf"));
    let files = names.filter_map(|it| archive::read_file(&cases, Path::new(&it), &Reading::default()).ok());
    let mut n_pages = 0;
    for article in files.flat_map(|it| it.articles) {
        assert!(
            article.pages.is_sorted_by_key(|it| (it.at, it.number)),
            "{:?}",
            article.pages
        );
        for page in &article.pages {
            assert!(
                article.text.is_char_boundary(page.at) && page.at < article.text.len(),
                "{:?}",
                article.pages
            );
            assert_eq!(article.page_of(page.at), Some(page.number));
            n_pages = n_pages.max(page.number);
        }
    }
    assert!(2 <= n_pages, "no case has two pages");
}

#[test]
fn an_article_leads_to_the_message_or_member_that_it_was_read_from() {
    let folder = tempfile::tempdir().unwrap();
    let message = |n: u32| format!("From: a@b.example\nSubject: رسالة {n}\n\n{LEAD} {n}\n\n");
    let mailbox: String = (1..=3)
        .map(|n| format!("From a@b.example Tue Nov 14 09:15:00 2023\n{}", message(n)))
        .collect();
    let text = |n: u32| format!("عنوان {n}\n{LEAD}\n{MORE} {n}\n");
    let inner = zipped(&[("ب/2.txt", text(2).as_bytes())]);
    let zip = zipped(&[
        ("1.txt", text(1).as_bytes()),
        ("inner.zip", &inner),
        ("m.mbox", mailbox.as_bytes()),
    ]);
    fs::write(folder.path().join("m.mbox"), &mailbox).unwrap();
    fs::write(folder.path().join("a.zip"), zip).unwrap();
    fs::write(folder.path().join("a.txt"), text(1)).unwrap();
    let original = |name: &str, record| {
        let (rule, allowance) = (FileRule::default(), Allowance::default());
        archive::read_original(folder.path(), Path::new(name), &rule, record, allowance).unwrap()
    };
    let expected = |name: &str, message: Option<u64>, text: String| {
        Some(Original {
            name: name.to_owned(),
            message,
            bytes: text.into_bytes(),
        })
    };
    assert_eq!(original("m.mbox", 1), expected("message.eml", Some(2), message(2)));
    assert_eq!(original("a.txt", 0), None);
    assert_eq!(original("a.zip", 0), expected("1.txt", None, text(1)));
    assert_eq!(original("a.zip", 1), expected("ب/2.txt", None, text(2)));
    assert_eq!(original("a.zip", 4), expected("message.eml", Some(3), message(3)));
    assert_eq!(original("a.zip", 9), None);
}
