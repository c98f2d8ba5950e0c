//! Articles written for other programs, and references to them, by the command line.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use fihrist::app::export_words;
use fihrist::entities::{ArticleKey, ArticlePrint};
use fihrist::index::{Cancelled, HitOrder, Index, SearchRequest};
use fihrist::marks::{Highlight, MarkChange, MarkColor, MarkEdit, Marks};
use fihrist::state::{CsvLook, ExportColumn, ExportFailure, ExportFormat, ExportLayout, ExportReport, Settings};
use fihrist::work::{DataDir, ExportError, ExportPlan, export_to_file};
use serde_json::Value;

use super::cli::{BRIDGE, Bench, FLOOD};

/// An article with an address, an author, keywords and a title that begins as a formula.
const FORMULA: &str = r#"{"title": "=1+1 زيادة في الأسعار", "author": "سامي العامري", "source": "صحيفة المدار",
"date": "2023-10", "url": "https://almadar.example.sy/a?b=1", "keywords": ["أسعار", "نفط"],
"body": "قال الوزير أمس إن الزيادة في الأسعار مؤقتة، وإنها تنتهي قبل موعدها بشهرين كاملين.\n\nوهذه فقرة ثانية من المقال."}"#;

fn bench() -> Bench {
    Bench::new(&[("flood.txt", FLOOD), ("bridge.txt", BRIDGE), ("formula.json", FORMULA)])
}

#[track_caller]
fn export(bench: &Bench, query: &str, rest: &[&str]) -> String {
    let mut arguments = vec![query];
    arguments.extend(rest);
    let output = bench.run("export", &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_table_has_the_columns_that_were_asked_for_in_the_order_of_the_list() {
    let bench = bench();
    let columns = ["--columns", "date,title,source,address,keywords"];
    let arguments = [&["--format", "csv", "--order", "newest"], &columns[..]].concat();
    let csv = export(&bench, "", &arguments);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    // As they were asked for.
    assert_eq!(lines[0], "date,title,source,address,keywords");
    assert_eq!(lines[1], "2024-03-03,افتتاح جسر المرفأ القديم أمام السيارات,,,");
    // No formula, no day that is not known, and quotes where a separator stands in a text.
    assert_eq!(
        lines[3],
        "2023-10,'=1+1 زيادة في الأسعار,صحيفة المدار,https://almadar.example.sy/a?b=1,أسعار; نفط"
    );
    let excel = export(
        &bench,
        "جسر ",
        &[
            "--format",
            "csv",
            "--excel-arabic",
            "--columns",
            "title,date",
            "--language",
            "arabic",
        ],
    );
    assert_eq!(
        excel,
        "\u{FEFF}العنوان;التاريخ\r\nافتتاح جسر المرفأ القديم أمام السيارات;2024-03-03\r\n"
    );
}

#[test]
fn a_workbook_has_dates_texts_and_no_formula() {
    let bench = bench();
    let path = bench.data.path().join("found.xlsx");
    let name = path.to_str().unwrap();
    export(&bench, "", &["--format", "xlsx", "--order", "newest", "-o", name]);
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let (sheet, range) = book.worksheets().remove(0);
    assert_eq!(sheet, "المقالات");
    let rows: Vec<&[Data]> = range.rows().collect();
    assert_eq!(rows.len(), 4);
    assert!(matches!(rows[1][1], Data::DateTime(_)), "{:?}", rows[1][1]);
    assert_eq!(rows[3][0], Data::String("=1+1 زيادة في الأسعار".into()));
    assert_eq!(rows[3][1], Data::String("2023-10".into()));
    assert_eq!(
        book.worksheet_formula(&sheet)
            .unwrap()
            .rows()
            .flatten()
            .find(|it| !it.is_empty()),
        None
    );
}

#[test]
fn references_are_newspaper_articles_with_what_is_known() {
    let bench = bench();
    let ris = export(&bench, "الأسعار", &["--format", "ris"]);
    let lines: Vec<&str> = ris.split("\r\n").filter(|it| !it.starts_with("ID")).collect();
    assert_eq!(
        lines,
        [
            "TY  - NEWS",
            "TI  - =1+1 زيادة في الأسعار",
            "AU  - سامي العامري",
            "T2  - صحيفة المدار",
            "PY  - 2023",
            "DA  - 2023/10//",
            "UR  - https://almadar.example.sy/a?b=1",
            "LA  - ar",
            "KW  - أسعار",
            "KW  - نفط",
            "ER  - ",
            "",
            ""
        ]
    );
    let bib = export(&bench, "الأسعار", &["--format", "bibtex"]);
    for field in [
        "author = {{سامي العامري}}",
        "title = {{=1+1 زيادة في الأسعار}}",
        "date = {2023-10}",
        "month = oct",
        "keywords = {أسعار, نفط}",
    ] {
        assert!(bib.contains(field), "{field}: {bib}");
    }
    let items: Value =
        serde_json::from_str(&export(&bench, "", &["--format", "csl-json", "--order", "oldest"])).unwrap();
    assert_eq!(items.as_array().unwrap().len(), 3);
    assert_eq!(items[0]["type"], "article-newspaper");
    assert_eq!(items[0]["issued"]["date-parts"], serde_json::json!([[2023, 10]]));
    assert_eq!(items[0]["author"][0]["literal"], "سامي العامري");
    // The key is the same in all three, and whenever it is exported.
    let key = items[0]["id"].as_str().unwrap();
    assert!(bib.contains(&format!("@article{{{key},")) && ris.contains(&format!("ID  - {key}\r\n")));
    assert_eq!(export(&bench, "لا يوجد هذا", &["--format", "csl-json"]), "[]\n");
}

#[test]
fn a_page_holds_all_of_an_article_and_needs_nothing_beside_it() {
    let bench = bench();
    let page = export(&bench, "الأسعار", &["--format", "html", "--language", "arabic"]);
    for piece in [
        "<html lang=\"ar\" dir=\"rtl\">",
        "<h2 dir=\"auto\">=1+1 زيادة في الأسعار</h2>",
        "<bdi>أكتوبر 2023</bdi>",
        "<a href=\"https://almadar.example.sy/a?b=1\">",
        "<p dir=\"auto\">وهذه فقرة ثانية من المقال.</p>",
        "<dt>الكلمات الدلالية</dt><dd><bdi>أسعار</bdi>، <bdi>نفط</bdi></dd>",
        "@page",
    ] {
        assert!(page.contains(piece), "{piece}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains(" src="));
    let text = export(&bench, "الأسعار", &["--format", "markdown", "--language", "english"]);
    assert!(text.contains("## \\=1+1 زيادة في الأسعار\n"), "{text}");
    assert!(
        text.contains("- Date: October 2023\n") && text.contains("- Address: <https://almadar"),
        "{text}"
    );
}

#[test]
fn json_lines_have_lists_and_nulls() {
    let bench = bench();
    let lines = export(
        &bench,
        "",
        &[
            "--format",
            "json-lines",
            "--order",
            "oldest",
            "--columns",
            "title,date,date_provenance,people,address,text",
        ],
    );
    let lines: Vec<Value> = lines.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["date_provenance"], "metadata");
    assert_eq!(lines[1]["address"], Value::Null);
    assert_eq!(lines[1]["people"], serde_json::json!(["سامي العامري"]));
    assert!(lines[0]["text"].as_str().unwrap().contains("\n\nوهذه"));
}

#[test]
fn nothing_half_written_remains_and_no_export_lies_among_the_articles() {
    let bench = bench();
    let inside = bench.folder.path().join("found.csv");
    let output = bench.run("export", &["", "--format", "html", "-o", inside.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("archive's own folder") && told.contains("outside"),
        "{told}"
    );
    assert!(!inside.exists());
    // What was there before is replaced as a whole.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("found.html");
    fs::write(&path, "قديم").unwrap();
    export(&bench, "", &["--format", "html", "-o", path.to_str().unwrap()]);
    assert!(fs::read_to_string(&path).unwrap().contains("</html>"));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn an_article_is_cited_in_four_styles() {
    let bench = bench();
    let cite = |rest: &[&str]| {
        let mut arguments = vec!["formula.json"];
        arguments.extend(rest);
        let output = bench.run("cite", &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    // The months of Syria, where the address is at home.
    assert_eq!(
        cite(&[]),
        "سامي العامري، «=1+1 زيادة في الأسعار»، صحيفة المدار، تشرين الأول 2023، https://almadar.example.sy/a?b=1\n"
    );
    assert_eq!(
        cite(&["--style", "apa"]),
        "سامي العامري. (2023, October). =1+1 زيادة في الأسعار. صحيفة المدار. https://almadar.example.sy/a?b=1\n"
    );
    assert!(cite(&["--style", "mla"]).contains("Oct. 2023"));
    assert!(cite(&["--html"]).starts_with("<p lang=\"ar\" dir=\"rtl\">"));
    let output = bench.run("cite", &["none.txt"]);
    assert_eq!(output.status.code(), Some(2));
}

/// What is written of an indexed folder, by the library itself.
fn written(bench: &Bench, format: ExportFormat, columns: &[ExportColumn], marks: &[MarkEdit]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("found");
    let place = (path.as_path(), bench.folder.path(), false);
    export_with(bench, format, columns, marks, place, &|| false).unwrap();
    fs::read_to_string(&path).unwrap()
}

fn export_with(
    bench: &Bench,
    format: ExportFormat,
    columns: &[ExportColumn],
    marks: &[MarkEdit],
    place: (&Path, &Path, bool),
    cancelled: Cancelled<'_>,
) -> Result<ExportReport, ExportError> {
    assert!(bench.run("index", &[]).status.success());
    let data_dir = DataDir::new(bench.data.path().to_owned());
    let index = Index::open(&data_dir.index_of(bench.folder.path())).unwrap();
    let mut kept = Marks::default();
    kept.apply(marks, jiff::Timestamp::UNIX_EPOCH);
    index.set_marks(Arc::new(kept));
    let searcher = index.searcher().unwrap();
    let request = SearchRequest {
        order: HitOrder::Oldest,
        ..SearchRequest::default()
    };
    let page = searcher.search_to_end(&request).unwrap();
    let plan = ExportPlan {
        request: &request,
        articles: &page.articles,
        format,
        columns,
        csv: CsvLook::PLAIN,
        words: &export_words(&Settings::default(), ""),
    };
    export_to_file(&searcher, plan, place, &mut |_| {}, cancelled)
}

/// What was marked of the second article.
fn marks() -> Vec<MarkEdit> {
    let highlight = |quote: &str, color, note: &str| {
        MarkChange::Highlight(Highlight {
            quote: quote.into(),
            before: String::new(),
            after: String::new(),
            color,
            note: note.into(),
        })
    };
    let changes = [
        MarkChange::Star(true),
        MarkChange::Tag {
            tag: "للمراجعة".into(),
            is: true,
        },
        MarkChange::Note("سطر أول\nوسطر ثان".into()),
        highlight("سيخفف الزحام", MarkColor::Green, "هل خفّف؟ <لا>"),
        highlight("وزير الأشغال", MarkColor::Yellow, ""),
    ];
    let edit = |change| MarkEdit {
        article: ArticleKey::at(Path::new("bridge.txt"), 0),
        print: ArticlePrint::default(),
        change,
    };
    changes.map(edit).into()
}

#[test]
fn marks_are_exported_with_their_colours_and_notes() {
    let bench = bench();
    let page = written(&bench, ExportFormat::Html, &ExportColumn::ALL, &marks());
    for piece in [
        "<h2 dir=\"auto\">★ افتتاح جسر المرفأ",
        "أن الجسر <mark class=\"green\">سيخفف الزحام</mark> عن",
        "افتتح <mark class=\"yellow\">وزير الأشغال</mark> جسر",
        "<p class=\"note\" dir=\"auto\">سطر أول\nوسطر ثان</p>",
        "<bdi>هل خفّف؟ &lt;لا&gt;</bdi>",
        "<dt>العلامات</dt><dd><bdi>للمراجعة</bdi></dd>",
    ] {
        assert!(page.contains(piece), "{piece}: {page}");
    }
    assert_eq!(page.matches("★").count(), 1);
    let columns = [ExportColumn::Tags, ExportColumn::Starred, ExportColumn::Highlights];
    let table = written(&bench, ExportFormat::Csv, &columns, &marks());
    assert!(
        table.contains("للمراجعة,نعم,\"«سيخفف الزحام» (أخضر): هل خفّف؟ <لا>\n«وزير الأشغال» (أصفر)\"\r\n"),
        "{table}"
    );
    assert!(table.contains("\r\n,,\r\n"), "{table}");
    let ris = written(&bench, ExportFormat::Ris, &[], &marks());
    assert!(
        ris.contains("KW  - للمراجعة\r\nN1  - سطر أول وسطر ثان\r\nN1  - «سيخفف"),
        "{ris}"
    );
}

#[test]
fn of_an_export_that_was_stopped_or_failed_nothing_remains() {
    let bench = bench();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("found.xlsx");
    let columns = ExportColumn::usual(ExportLayout::Table);
    for format in ExportFormat::ALL.into_iter().filter(|it| *it != ExportFormat::Dossier) {
        let place = (path.as_path(), bench.folder.path(), false);
        let outcome = export_with(&bench, format, &columns, &[], place, &|| true);
        assert!(
            matches!(outcome, Err(ExportError::Cancelled)),
            "{format:?}: {outcome:?}"
        );
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    // What is there is not replaced without being asked for.
    fs::write(&path, "قديم").unwrap();
    let place = (path.as_path(), bench.folder.path(), false);
    let outcome = export_with(&bench, ExportFormat::Xlsx, &columns, &[], place, &|| false);
    assert!(matches!(outcome, Err(ExportError::Exists)), "{outcome:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "قديم");
    // A disk that is full says so.
    if cfg!(target_os = "linux") {
        for format in [
            ExportFormat::Csv,
            ExportFormat::Xlsx,
            ExportFormat::Html,
            ExportFormat::CslJson,
        ] {
            let place = (Path::new("/dev/full"), bench.folder.path(), true);
            let err = export_with(&bench, format, &columns, &[], place, &|| false).unwrap_err();
            assert_eq!(err.failure(), ExportFailure::DiskFull, "{format:?}: {err:?}");
        }
    }
}
