//! What a reader can rely on when searching.

mod search;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::arabic::{Folding, Span, fold};
use crate::archive::{Article, ArticleId, DatePrecision, DateProvenance, PublicationDate, Section, SectionKind};
use crate::entities::{EntityKind, Mention, Name};

use super::{
    Facet, FacetFilter, FacetOrder, Filters, HitOrder, Index, IndexedFile, Period, ResultPage, RowKind, SearchRequest,
    Searcher, SimilarTo, WriteError,
};

/// An invented article in one line: its file is named after its title.
#[derive(Clone, Default)]
struct Draft {
    title: &'static str,
    body: &'static str,
    date: &'static str,
    source: &'static str,
    keywords: &'static [&'static str],
    people: &'static [&'static str],
    places: &'static [&'static str],
    has_inferred_date: bool,
}

impl Draft {
    fn path(&self) -> PathBuf {
        Path::new("أخبار").join(format!("{}.txt", self.title))
    }

    fn file(&self) -> IndexedFile {
        IndexedFile {
            path: self.path(),
            size: self.body.len() as u64,
            modified_nanos: 1_600_000_000_000_000_000,
            content_hash: u64::MAX - 7,
            reading: 0,
            unreadable: Vec::new(),
        }
    }

    fn article(&self) -> (Article, Vec<Mention>) {
        let text = format!("{}\n{}", self.title, self.body);
        let mut sections = vec![Section {
            kind: SectionKind::Title,
            span: Span::new(0, self.title.len()),
        }];
        let mut start = self.title.len() + 1;
        for line in self.body.split('\n') {
            sections.push(Section {
                kind: SectionKind::Body,
                span: Span::new(start, start + line.len()),
            });
            start += line.len() + 1;
        }
        let article = Article {
            path: self.path(),
            record: 0,
            text,
            title: self.title.to_owned(),
            title_derived: false,
            published: self.date.parse::<Date>().ok().map(|date| PublicationDate {
                date,
                precision: DatePrecision::Month,
                provenance: match self.has_inferred_date {
                    true => DateProvenance::Inferred,
                    false => DateProvenance::Url,
                },
            }),
            source: (!self.source.is_empty()).then(|| self.source.to_owned()),
            byline: None,
            keywords: self.keywords.iter().map(|it| (*it).to_owned()).collect(),
            sections,
            problems: Vec::new(),
            encoding: "UTF-8",
            origin: crate::archive::Origin::default(),
        };
        let mention = |kind: EntityKind, form: &str| Mention {
            kind,
            span: Span::default(),
            role: None,
            name: Name {
                kind,
                key: fold(form, Folding::Name),
                form: form.to_owned(),
            },
        };
        let people = self.people.iter().map(|form| mention(EntityKind::Person, form));
        let places = self.places.iter().map(|form| mention(EntityKind::Place, form));
        (article, people.chain(places).collect())
    }
}

fn add(index: &Index, drafts: &[Draft]) {
    let mut writer = index.writer().unwrap();
    for draft in drafts {
        writer.add_file(&draft.file(), &[draft.article()]).unwrap();
    }
    writer.finish().unwrap();
}

/// An index of these articles. Each is committed by itself, so that there are many segments.
fn indexed(drafts: &[Draft]) -> (tempfile::TempDir, Index) {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let mut writer = index.writer().unwrap();
    for draft in drafts {
        writer.add_file(&draft.file(), &[draft.article()]).unwrap();
        writer.commit().unwrap();
    }
    drop(writer);
    (dir, index)
}

fn request(query: &str) -> SearchRequest {
    SearchRequest {
        query_text: query.to_owned(),
        ..SearchRequest::default()
    }
}

fn search(searcher: &Searcher, request: &SearchRequest) -> ResultPage {
    searcher.search(request, &|| false).unwrap()
}

fn titles(searcher: &Searcher, request: &SearchRequest) -> Vec<String> {
    let page = search(searcher, request);
    let hits = searcher.hits(&page, 0..page.articles.len(), request);
    hits.into_iter().map(|hit| hit.title).collect()
}

/// A searcher in a few articles, given as title and body.
fn searcher_of(articles: &[(&'static str, &'static str)]) -> (tempfile::TempDir, Searcher) {
    let drafts = articles.iter().map(|&(title, body)| Draft {
        title,
        body,
        ..Draft::default()
    });
    let (dir, index) = indexed(&drafts.collect::<Vec<_>>());
    let searcher = index.searcher().unwrap();
    (dir, searcher)
}

/// Searches a few articles, given as title and body; the titles that are found, in the order of titles.
#[track_caller]
fn check(articles: &[(&'static str, &'static str)], queries: &[(&str, &str)]) {
    let (_dir, searcher) = searcher_of(articles);
    for (query, expected) in queries {
        let mut found = titles(&searcher, &request(query));
        found.sort();
        assert_eq!(found.join(" "), *expected, "{query}");
    }
}

#[test]
fn spellings_of_a_word_find_each_other() {
    check(
        &[
            ("أ", "اجتمع المسئولون في الإدارة صباحاً"),
            ("ب", "قال مُحَمَّد إن النهر عاد"),
            ("ج", "في عام ٢٠٢٣ زار مصطفى البلدة"),
            ("د", "لم يحدث شيء"),
        ],
        &[
            ("اداره ", "أ"),
            ("المسؤولون ", "أ"),
            ("محـــمد ", "ب"),
            ("2023 ", "ج"),
            ("مصطفي ", "ج"),
            ("شيء ", "د"),
            ("شي ", ""),
        ],
    );
}

#[test]
fn a_word_is_found_in_all_its_forms() {
    check(
        &[
            ("أ", "بدأ دمج البنكين"),
            ("ب", "أعلن الدمج اليوم"),
            ("ج", "طالب بدمج الشركات"),
            ("د", "الشركات ودمجها أمر صعب"),
            ("ه", "هذا بحر واسع"),
            ("و", "هذا وزير جديد"),
        ],
        &[
            ("دمج ", "أ ب ج د"),
            ("بدمج ", "أ ب ج د"),
            ("الدمج ", "أ ب ج د"),
            ("دمجها ", "أ ب ج د"),
            ("حر ", ""),
            ("الوزير ", "و"),
        ],
    );
    check(
        &[
            ("أ", "وقعوا اتفاقاً جديداً"),
            ("ب", "الاتفاق قائم"),
            ("ج", "قالت الحكومة"),
            ("د", "قال إن حكومته باقية"),
            ("ه", "اجتمعت لجنة السير"),
            ("و", "قرار للجنة"),
        ],
        &[
            ("اتفاق ", "أ ب"),
            ("اتفاقا ", "أ ب"),
            ("حكومة ", "ج د"),
            ("حكومته ", "ج د"),
            ("اللجنة ", "ه و"),
        ],
    );
    check(
        &[
            ("أ", "يشرب اللبن"),
            ("ب", "سافر إلى لبنان مع لبنان"),
            ("ج", "صحيفة لبنانية في لبنان"),
            ("د", "المعلمون في المدرسة"),
            ("ه", "معلم جديد"),
            ("و", "التقى المعلمين"),
            ("ز", "جنوب لبنان"),
        ],
        &[
            ("لبنان ", "ب ج ز"),
            ("معلم ", "د ه و"),
            ("المعلمين ", "د ه و"),
            ("معلمون ", "د ه و"),
        ],
    );
}

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
    let of_files: Vec<PathBuf> = searcher.files().into_iter().map(|file| file.path).collect();
    assert_eq!(of_files, sorted);
    let hits = searcher
        .articles()
        .into_iter()
        .filter_map(|article| searcher.hit(article));
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
fn the_word_being_typed_is_a_beginning() {
    check(
        &[
            ("أ", "وصل الرئيس مساء"),
            ("ب", "قرار للرئيس الجديد"),
            ("ج", "بين الرئتين"),
            ("د", "كتاب في السفر"),
        ],
        &[
            ("رئي", "أ ب"),
            ("رئي ", ""),
            ("الرئي", "أ ب"),
            ("رئ", "أ ب ج"),
            ("رئي* مساء ", "أ"),
            ("مساء رئ", "أ"),
            ("س", ""),
        ],
    );
}

#[test]
fn quotes_ask_for_the_words_as_they_stand() {
    check(
        &[
            ("أ", "قال وزير النقل كلمة"),
            ("ب", "النقل يهم كل وزير"),
            ("ج", "قال لوزير النقل كلمة"),
        ],
        &[
            ("وزير النقل ", "أ ب ج"),
            ("«وزير النقل»", "أ"),
            ("\"وزير النقل", "أ"),
            ("“النقل يهم”", "ب"),
            ("-«وزير النقل» كلمة ", "ج"),
        ],
    );
}

#[test]
fn words_are_left_out_and_chosen_between() {
    check(
        &[("أ", "نهر عليه سد"), ("ب", "نهر وجسر"), ("ج", "بحر وجسر قرب سد")],
        &[
            ("نهر -سد ", "ب"),
            ("سد ", "أ ج"),
            ("-نهر ", "ج"),
            ("سد أو بحر ", "أ ج"),
            ("سد OR بحر جسر ", "ج"),
            ("نهر جسر ", "ب"),
            ("", "أ ب ج"),
            ("؟ ", "أ ب ج"),
        ],
    );
}

#[test]
fn a_pasted_headline_is_text() {
    check(
        &[
            ("أ", "نقلت رويترز عن غزة أن الساعة 7:30 موعد القمة COP28"),
            ("ب", "غزة"),
        ],
        &[
            ("رويترز: غزة", "أ"),
            ("7:30 ", "أ"),
            ("COP28", "أ"),
            ("(غزة) رويترز", "أ"),
        ],
    );
}

#[test]
fn titles_are_searched_and_count_more() {
    let (_dir, index) = indexed(&[
        Draft {
            title: "خبر",
            body: "كلام عن الزيتون في الريف",
            ..Draft::default()
        },
        Draft {
            title: "الزيتون",
            body: "كلام عن الريف في الصيف",
            ..Draft::default()
        },
    ]);
    let searcher = index.searcher().unwrap();
    assert_eq!(titles(&searcher, &request("زيتون ")), ["الزيتون", "خبر"]);
    assert_eq!(titles(&searcher, &request("عنوان:زيتون ")), ["الزيتون"]);
    let page = search(&searcher, &request("زيتون "));
    let hits = searcher.hits(&page, 0..9, &request("زيتون "));
    assert!(hits[1].score < hits[0].score && 0.0 < hits[1].score);
}

/// Four articles about invented people and places.
fn drafts() -> Vec<Draft> {
    vec![
        Draft {
            title: "أول",
            body: "كلام",
            date: "2021-03-05",
            source: "وكالة النهر",
            keywords: &["زراعة", "ماء"],
            people: &["سالم الوادي", "هند الجبلي"],
            places: &["وادي الزهر"],
            has_inferred_date: false,
        },
        Draft {
            title: "ثان",
            body: "كلام",
            date: "2021-04-01",
            source: "وكالة النهر",
            keywords: &["ماء"],
            people: &["سالم الوادي"],
            places: &[],
            has_inferred_date: false,
        },
        Draft {
            title: "ثالث",
            body: "كلام",
            date: "2022-01-10",
            source: "صحيفة البحر",
            keywords: &["زراعه"],
            people: &["هند الجبلي"],
            places: &["وادي الزهر"],
            has_inferred_date: false,
        },
        Draft {
            title: "رابع",
            body: "كلام",
            keywords: &["زراعة"],
            ..Draft::default()
        },
    ]
}

fn chosen(searcher: &Searcher, facet: Facet, name: &str, excluded: bool) -> FacetFilter {
    let values = searcher
        .facet_values(&SearchRequest::default(), facet, name, FacetOrder::Count)
        .values;
    FacetFilter {
        facet,
        id: values[0].id.clone(),
        name: values[0].name.clone(),
        excluded,
    }
}

fn counts(page: &ResultPage, facet: Facet) -> String {
    let facet = page.facets.iter().find(|it| it.facet == facet).unwrap();
    let values: Vec<String> = facet
        .values
        .iter()
        .map(|value| format!("{} {}", value.name, value.articles))
        .collect();
    values.join("، ")
}

#[test]
fn articles_are_counted_and_chosen_by_the_dates_they_speak_of() {
    let (_dir, index) = indexed(&[
        Draft {
            title: "أول",
            body: "افتتح المعرض في 5 تشرين الأول 2020، ثم أغلق في 12 أكتوبر 2020، وبني عام 1999",
            ..Draft::default()
        },
        Draft {
            title: "ثان",
            body: "أغلق المعرض في خريف 2020",
            date: "2021-03-01",
            ..Draft::default()
        },
        Draft {
            title: "ثالث",
            body: "افتتح المعرض أمس",
            ..Draft::default()
        },
    ]);
    let searcher = index.searcher().unwrap();
    let all = search(&searcher, &SearchRequest::default());
    assert_eq!(counts(&all, Facet::Date), "2020-10 2، 1999 1، 2020-09 1، 2020-11 1");
    let october = chosen(&searcher, Facet::Date, "2020-10", false);
    assert_eq!(
        titles(&searcher, &with_filters(std::slice::from_ref(&october), None)),
        ["ثان", "أول"]
    );
    let not_october = FacetFilter {
        excluded: true,
        ..october
    };
    assert_eq!(titles(&searcher, &with_filters(&[not_october], None)), ["ثالث"]);
    assert_eq!(titles(&searcher, &request("يذكر:1999 ")), ["أول"]);
    assert_eq!(titles(&searcher, &request("mentions:2020 ")), ["ثان", "أول"]);
}

#[test]
fn operators_narrow_the_result() {
    let (_dir, index) = indexed(&drafts());
    let searcher = index.searcher().unwrap();
    for (query, expected) in [
        ("شخص:الوادي ", "ثان أول"),
        ("شخص: «هند الجبلي» -شخص:سالم ", "ثالث"),
        ("person:سال", "ثان أول"),
        ("مكان:زهر ", "ثالث أول"),
        ("مصدر:النهر ", "ثان أول"),
        ("وسم:زراعة ", "ثالث أول رابع"),
        ("من:٢٠٢١-٠٤ إلى:2021 ", "ثان"),
        ("تاريخ:2022", "ثالث"),
        ("شخص:هند أو تاريخ:2021-04 ", "ثالث ثان أول"),
        ("شخص:كلام ", "أول ثالث ثان رابع"),
        ("شخص:", "ثالث ثان أول رابع"),
    ] {
        assert_eq!(titles(&searcher, &request(query)).join(" "), expected, "{query}");
    }
    let page = search(&searcher, &request("شخص:الوادي كلام "));
    let understood = page.query_understood;
    assert_eq!(
        understood.arabic,
        "الشخص «\u{2068}الوادي\u{2069}» و«\u{2068}كلام\u{2069}»"
    );
    assert_eq!(
        understood.english,
        "person “\u{2068}الوادي\u{2069}” and “\u{2068}كلام\u{2069}”"
    );
}

#[test]
fn filters_and_counts_follow_each_other() {
    let (_dir, index) = indexed(&drafts());
    let searcher = index.searcher().unwrap();
    let all = search(&searcher, &SearchRequest::default());
    assert_eq!(counts(&all, Facet::Person), "سالم الوادي 2، هند الجبلي 2");
    assert_eq!(counts(&all, Facet::Source), "وكالة النهر 2، صحيفة البحر 1");
    assert_eq!(counts(&all, Facet::Keyword), "زراعة 3، ماء 2");
    assert_eq!(counts(&all, Facet::Organisation), "");

    let salem = chosen(&searcher, Facet::Person, "سالم", false);
    let hind = chosen(&searcher, Facet::Person, "هند", false);
    let both = with_filters(&[salem.clone(), hind.clone()], None);
    assert_eq!(titles(&searcher, &both), ["أول"]);
    let without = FacetFilter {
        excluded: true,
        ..salem.clone()
    };
    let only_hind = with_filters(&[hind, without], None);
    assert_eq!(titles(&searcher, &only_hind), ["ثالث"]);
    let page = search(&searcher, &only_hind);
    assert_eq!(counts(&page, Facet::Person), "هند الجبلي 1، سالم الوادي 0");
    assert_eq!(counts(&page, Facet::Source), "صحيفة البحر 1");

    let mut either = both.clone();
    either.filters.any_of = vec![Facet::Person];
    assert_eq!(titles(&searcher, &either), ["ثالث", "ثان", "أول"]);
    either.filters.values.truncate(1);
    let page = search(&searcher, &either);
    assert_eq!(page.articles.len(), 2);
    assert_eq!(counts(&page, Facet::Person), "سالم الوادي 2، هند الجبلي 2");
    assert_eq!(counts(&page, Facet::Source), "وكالة النهر 2");

    let river = chosen(&searcher, Facet::Source, "النهر", false);
    let sea = chosen(&searcher, Facet::Source, "البحر", false);
    let sources = with_filters(&[river.clone(), sea], None);
    assert_eq!(titles(&searcher, &sources), ["ثالث", "ثان", "أول"]);
    let page = search(&searcher, &with_filters(&[river.clone(), salem], None));
    assert_eq!(counts(&page, Facet::Source), "وكالة النهر 2");
    let page = search(&searcher, &with_filters(std::slice::from_ref(&river), None));
    assert_eq!(counts(&page, Facet::Source), "وكالة النهر 2، صحيفة البحر 1");
    let not_river = FacetFilter {
        excluded: true,
        ..river
    };
    assert_eq!(titles(&searcher, &with_filters(&[not_river], None)), ["ثالث", "رابع"]);

    let unknown = FacetFilter {
        facet: Facet::Place,
        id: "no such place".to_owned(),
        name: "مدينة الوهم".to_owned(),
        excluded: false,
    };
    let page = search(&searcher, &with_filters(&[unknown], None));
    assert!(page.articles.is_empty());
    assert_eq!(counts(&page, Facet::Place), "مدينة الوهم 0");
}

fn with_filters(values: &[FacetFilter], period: Option<Period>) -> SearchRequest {
    SearchRequest {
        filters: Filters {
            values: values.to_vec(),
            period,
            ..Filters::default()
        },
        ..SearchRequest::default()
    }
}

#[test]
fn the_timeline_is_counted_without_the_period() {
    let (_dir, index) = indexed(&drafts());
    let searcher = index.searcher().unwrap();
    let period = Period::Days {
        first: "2021-04-01".parse().unwrap(),
        last: "2021-12-31".parse().unwrap(),
    };
    let request = with_filters(&[], Some(period));
    let page = search(&searcher, &request);
    assert_eq!(titles(&searcher, &request), ["ثان"]);
    let months: Vec<(i16, i8, u64)> = page
        .timeline
        .iter()
        .map(|it| (it.day.year(), it.day.month(), it.articles))
        .collect();
    assert_eq!(months, [(2021, 3, 1), (2021, 4, 1), (2022, 1, 1)]);
    assert_eq!(page.undated, 1);
    assert_eq!(counts(&page, Facet::Source), "وكالة النهر 1");

    let request = with_filters(&[], Some(Period::Undated));
    assert_eq!(titles(&searcher, &request), ["رابع"]);

    let hind = chosen(&searcher, Facet::Person, "هند", false);
    let page = search(&searcher, &with_filters(&[hind], Some(Period::Undated)));
    assert_eq!((page.articles.len(), page.timeline.len(), page.undated), (0, 2, 0));
}

#[test]
fn inferred_dates_count_only_where_they_are_wanted() {
    let draft = |title, date, has_inferred_date| Draft {
        title,
        body: "نص المقال.",
        date,
        has_inferred_date,
        ..Draft::default()
    };
    let (_dir, index) = indexed(&[draft("أول", "2021-03-05", false), draft("ثان", "2021-03-06", true)]);
    let searcher = index.searcher().unwrap();
    let with = SearchRequest::default();
    let without = SearchRequest {
        without_inferred: true,
        ..with.clone()
    };
    assert_eq!(titles(&searcher, &with), ["ثان", "أول"]);
    assert_eq!(titles(&searcher, &without), ["أول", "ثان"]);
    let page = search(&searcher, &without);
    assert_eq!((search(&searcher, &with).undated, page.undated), (0, 1));
    let hits = searcher.hits(&page, 0..2, &without);
    let dates: Vec<_> = hits
        .iter()
        .map(|it| it.published.map(|it| it.date.to_string()))
        .collect();
    assert_eq!(dates, [Some("2021-03-05".to_owned()), None]);
}

#[test]
fn the_order_is_as_asked_for_and_ties_are_in_the_order_of_paths() {
    let (_dir, index) = indexed(&drafts());
    let searcher = index.searcher().unwrap();
    let ordered = |order, query: &str| {
        let request = SearchRequest {
            order,
            ..request(query)
        };
        titles(&searcher, &request).join(" ")
    };
    assert_eq!(ordered(HitOrder::Newest, ""), "ثالث ثان أول رابع");
    assert_eq!(ordered(HitOrder::Oldest, ""), "أول ثان ثالث رابع");
    assert_eq!(ordered(HitOrder::Relevance, ""), "ثالث ثان أول رابع");
    assert_eq!(ordered(HitOrder::Relevance, "كلام "), "أول ثالث ثان رابع");
    assert_eq!(ordered(HitOrder::Oldest, "كلام "), "أول ثان ثالث رابع");
}

#[test]
fn titles_and_sources_are_in_the_order_of_the_alphabet() {
    let draft = |title, source| Draft {
        title,
        source,
        body: "نص المقال.",
        ..Draft::default()
    };
    let drafts = [
        draft("جسر", "الوكالة"),
        draft("«الباب»", ""),
        draft("آخر", "البحر"),
        draft("الدار", "الوكالة"),
    ];
    let (_dir, index) = indexed(&drafts);
    let searcher = index.searcher().unwrap();
    let ordered = |order| {
        let request = SearchRequest {
            order,
            ..SearchRequest::default()
        };
        titles(&searcher, &request).join(" ")
    };
    assert_eq!(ordered(HitOrder::Title), "آخر «الباب» جسر الدار");
    assert_eq!(ordered(HitOrder::Source), "آخر الدار جسر «الباب»");
    let by_name = searcher.facet_values(&SearchRequest::default(), Facet::Source, "", FacetOrder::Name);
    let names: Vec<&str> = by_name.values.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["البحر", "الوكالة"]);
}

#[test]
fn articles_are_counted_by_language_folder_and_format() {
    let draft = |title, body| Draft {
        title,
        body,
        ..Draft::default()
    };
    let drafts = [
        draft("أول", "افتتح الوزير الجسر الجديد أمس وقال إن العمل فيه اكتمل قبل موعده"),
        draft(
            "ثان",
            "The minister opened the new bridge yesterday, a year ahead of time.",
        ),
    ];
    let (_dir, index) = indexed(&drafts);
    let searcher = index.searcher().unwrap();
    let page = search(&searcher, &SearchRequest::default());
    assert_eq!(counts(&page, Facet::Language), "ara 1، eng 1");
    assert_eq!(counts(&page, Facet::Folder), "أخبار 2");
    assert_eq!(counts(&page, Facet::Format), "text 2");
    let english = chosen(&searcher, Facet::Language, "eng", false);
    let page = search(&searcher, &with_filters(&[english], None));
    // Counted without its own choice, the other facets with it.
    assert_eq!(counts(&page, Facet::Language), "ara 1، eng 1");
    assert_eq!(counts(&page, Facet::Folder), "أخبار 1");
}

/// An invented report, reprinted by two outlets and changed a little by a third; and something else.
fn reprints() -> Vec<Draft> {
    let report = "قال متحدث باسم بلدية المدينة إن فرق الصيانة أنهت أعمال الطريق الساحلي وإن الحركة عادت إلى طبيعتها \
                  صباح اليوم بعد إغلاق دام أسابيع وأضاف في بيان وزع على الصحفيين أن المرحلة التالية تبدأ مطلع الشهر \
                  وتشمل إنارة الأرصفة وزراعة الأشجار وتوسعة المواقف قرب المرفأ القديم ودعا السائقين إلى الالتزام \
                  بالسرعة المحددة عند التقاطعات.";
    let changed = "ذكر متحدث باسم بلدية المدينة أن فرق الصيانة أنهت أعمال الطريق الساحلي وإن الحركة عادت إلى طبيعتها \
                   صباح اليوم بعد إغلاق دام أسابيع وأضاف في بيان وزع على الصحفيين أن المرحلة التالية تبدأ مطلع الشهر \
                   وتشمل إنارة الأرصفة وزراعة الأشجار وتوسعة المواقف قرب المرفأ القديم.";
    let draft = |title, body, date, source, people| Draft {
        title,
        body,
        date,
        source,
        people,
        ..Draft::default()
    };
    vec![
        draft("أول", report, "2021-03-05", "النهر", &["سالم"]),
        draft("ثان", changed, "2021-03-06", "البحر", &["سالم"]),
        draft("ثالث", report, "2021-03-07", "البحر", &["هند"]),
        draft(
            "غيره",
            "فاز الفريق في مباراة الأمس بهدف سجله في الدقائق الأخيرة.",
            "2021-03-06",
            "النهر",
            &["هند"],
        ),
    ]
}

/// The titles of the articles of each story, in the order of the list.
fn stories(searcher: &Searcher, request: &SearchRequest) -> Vec<String> {
    let request = SearchRequest {
        by_stories: true,
        ..request.clone()
    };
    let page = search(searcher, &request);
    let title = |article| searcher.hit(article).unwrap().title;
    (0..page.articles.len())
        .map(|row| {
            let others = page.others_of_story(row).into_iter();
            let titles: Vec<String> = [page.articles[row]].into_iter().chain(others).map(title).collect();
            titles.join("+")
        })
        .collect()
}

#[test]
fn reprints_are_one_row_whatever_the_order_of_files() {
    let mut drafts = reprints();
    for _ in 0..drafts.len() {
        drafts.rotate_left(1);
        let (_dir, index) = indexed(&drafts);
        let searcher = index.searcher().unwrap();
        let request = SearchRequest {
            order: HitOrder::Oldest,
            ..SearchRequest::default()
        };
        assert_eq!(stories(&searcher, &request), ["أول+ثان+ثالث", "غيره"]);
        // The first in the order asked for stands for the others.
        let newest = SearchRequest {
            order: HitOrder::Newest,
            ..SearchRequest::default()
        };
        assert_eq!(stories(&searcher, &newest), ["ثالث+ثان+أول", "غيره"]);
        // Only what was found is listed.
        let page = search(&searcher, &request);
        assert_eq!((page.articles.len(), page.n_articles, page.copies.len()), (4, 4, 0));
        let of_sea = chosen(&searcher, Facet::Source, "البحر", false);
        assert_eq!(stories(&searcher, &with_filters(&[of_sea], None)), ["ثالث+ثان"]);
    }
}

#[test]
fn names_are_there_before_texts_are_compared() {
    let (_dir, index) = indexed(&reprints());
    let request = SearchRequest::default();
    let named = index.named_searcher().unwrap();
    assert!(named.has_all_names() && !named.has_all_stories());
    assert_eq!(stories(&named, &request).len(), 4);
    let all = index.searcher().unwrap();
    assert!(all.has_all_stories());
    assert_eq!(stories(&all, &request).len(), 2);
    assert_eq!(search(&all, &request).n_articles, search(&named, &request).n_articles);
    // From now on they are known.
    assert!(index.named_searcher().unwrap().has_all_stories());
}

#[test]
fn a_row_tells_how_many_copies_and_sources_its_story_has() {
    let (_dir, index) = indexed(&reprints());
    let searcher = index.searcher().unwrap();
    let request = SearchRequest {
        by_stories: true,
        order: HitOrder::Oldest,
        ..SearchRequest::default()
    };
    let page = search(&searcher, &request);
    let facts = |page: &ResultPage| -> Vec<(u64, u64)> {
        let hits = searcher.hits(page, 0..page.articles.len(), &request);
        hits.iter().map(|hit| (hit.story_size, hit.n_sources)).collect()
    };
    assert_eq!(facts(&page), [(3, 2), (1, 1)]);
    let unfolded = page.with_story_toggled(0);
    assert_eq!(facts(&unfolded), [(3, 2), (3, 1), (3, 1), (1, 1)]);
    let kinds: Vec<RowKind> = (0..4).map(|row| unfolded.row_kind(row)).collect();
    let first = RowKind::Story {
        n_copies: 2,
        is_unfolded: true,
    };
    let copy = RowKind::Copy { of: 0 };
    assert_eq!(kinds, [first, copy, copy, RowKind::Article]);
    let folded = unfolded.with_story_toggled(0);
    assert_eq!((folded.articles, folded.copies), (page.articles, page.copies));
}

#[test]
fn facets_and_timeline_count_articles_or_stories() {
    let (_dir, index) = indexed(&reprints());
    let searcher = index.searcher().unwrap();
    let request = SearchRequest {
        counts_stories: true,
        ..SearchRequest::default()
    };
    let told = |page: &ResultPage| -> Vec<String> {
        let days = page.timeline.iter();
        days.map(|it| format!("{}={}", it.day.day(), it.articles)).collect()
    };
    let page = search(&searcher, &request);
    assert_eq!(counts(&page, Facet::Source), "النهر 2، البحر 1");
    assert_eq!(counts(&page, Facet::Person), "هند 2، سالم 1");
    assert_eq!(told(&page), ["5=1", "6=1"]);
    let page = search(&searcher, &SearchRequest::default());
    assert_eq!(counts(&page, Facet::Source), "البحر 2، النهر 2");
    assert_eq!(told(&page), ["5=1", "6=2", "7=1"]);
}

#[test]
fn a_new_copy_joins_its_story_and_a_removed_one_leaves_it() {
    let drafts = reprints();
    let (dir, index) = indexed(&drafts[1..]);
    let oldest = SearchRequest {
        order: HitOrder::Oldest,
        ..SearchRequest::default()
    };
    let told = |index: &Index| stories(&index.searcher().unwrap(), &oldest);
    assert_eq!(told(&index), ["ثان+ثالث", "غيره"]);
    add(&index, &drafts[..1]);
    assert_eq!(told(&index), ["أول+ثان+ثالث", "غيره"]);
    let mut writer = index.writer().unwrap();
    writer.remove_file(&drafts[0].path()).unwrap();
    writer.finish().unwrap();
    assert_eq!(told(&index), ["ثان+ثالث", "غيره"]);
    drop(index);
    // What was found out is kept; without it, or with a damaged file, it is found out again.
    let again = Index::open(dir.path()).unwrap();
    assert_eq!(told(&again), ["ثان+ثالث", "غيره"]);
    drop(again);
    std::fs::write(dir.path().join("stories"), "damaged").unwrap();
    let again = Index::open(dir.path()).unwrap();
    assert_eq!(told(&again), ["ثان+ثالث", "غيره"]);
}

#[test]
fn similar_articles_speak_of_the_same_things() {
    let draft = |title, body, people| Draft {
        title,
        body,
        people,
        ..Draft::default()
    };
    let drafts = [
        draft(
            "أول",
            "افتتح سالم الجسر الكبير فوق النهر وحضر المهندسون الافتتاح",
            &["سالم"] as &[_],
        ),
        draft(
            "ثان",
            "تحدث سالم عن كلفة الجسر الكبير فوق النهر أمام المهندسين",
            &["سالم"],
        ),
        draft("ثالث", "فاز الفريق في مباراة الأمس بهدف في الدقائق الأخيرة", &[]),
        draft("رابع", "خسر الفريق مباراة الأمس بهدفين في الدقائق الأولى", &[]),
    ];
    let (_dir, index) = indexed(&drafts);
    let searcher = index.searcher().unwrap();
    let similar_to = |draft: &Draft, query: &str| SearchRequest {
        query_text: query.to_owned(),
        similar_to: Some(SimilarTo {
            article: ArticleId::new(&draft.path(), 0),
            title: String::new(),
        }),
        ..SearchRequest::default()
    };
    assert_eq!(titles(&searcher, &similar_to(&drafts[0], "")), ["ثان"]);
    assert_eq!(titles(&searcher, &similar_to(&drafts[2], "")), ["رابع"]);
    assert!(titles(&searcher, &similar_to(&drafts[0], "مباراة ")).is_empty());
    let unknown = Draft {
        title: "مجهول",
        ..Draft::default()
    };
    assert!(titles(&searcher, &similar_to(&unknown, "")).is_empty());
}

#[test]
fn a_row_is_found_by_what_is_typed_of_its_title() {
    let titles = [
        "بيان المجلس",
        "«القاهرة» تستضيف قمة",
        "قَافلة مساعدات",
        "إلى الجنوب",
        "قمة ثانية",
        "COP-28",
    ];
    let dates = [
        "2023-06-01",
        "2023-05-01",
        "2023-04-01",
        "2023-03-01",
        "2023-02-01",
        "2023-01-01",
    ];
    let drafts: Vec<Draft> = titles
        .into_iter()
        .zip(dates)
        .map(|(title, date)| Draft {
            title,
            body: "نص",
            date,
            ..Draft::default()
        })
        .collect();
    let (_dir, index) = indexed(&drafts);
    let searcher = index.searcher().unwrap();
    let page = search(&searcher, &request(""));
    let check = |typed: &str, after: Option<usize>, expected: Option<usize>| {
        let found = searcher.find_title(&page, typed, after, &|| false);
        assert_eq!(found, expected, "«{typed}» after {after:?}");
    };
    // Quotes and the Arabic article at the start need not be typed.
    check("ق", None, Some(1));
    check("القا", Some(0), Some(1));
    check("قاه", None, Some(1));
    check("قاف", Some(0), Some(2));
    // Below the row first, then from the top; the row itself comes last.
    check("ق", Some(2), Some(4));
    check("ق", Some(4), Some(1));
    check("إلى", Some(3), Some(3));
    check("الى ا", Some(5), Some(3));
    // One letter again and again goes from row to row.
    check("قق", None, Some(2));
    check("ققق", None, Some(4));
    check("قققق", None, Some(1));
    check("cop 2", None, Some(5));
    check("ظ", None, None);
    check(" ", None, None);
    assert_eq!(searcher.find_title(&page, "ق", None, &|| true), None);
    // The order is that of the page.
    let oldest = SearchRequest {
        order: HitOrder::Oldest,
        ..request("")
    };
    let page = search(&searcher, &oldest);
    assert_eq!(searcher.find_title(&page, "ق", None, &|| false), Some(1));
}

#[test]
fn values_are_searched_within_a_facet() {
    let (_dir, index) = indexed(&drafts());
    let searcher = index.searcher().unwrap();
    let found = searcher.facet_values(&SearchRequest::default(), Facet::Person, "الجبل", FacetOrder::Count);
    let names: Vec<&str> = found.values.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["هند الجبلي"]);
    let all = searcher.facet_values(&request("مصدر:البحر "), Facet::Person, "", FacetOrder::Count);
    assert_eq!(all.n_values, 1);
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
    assert_eq!(after.files().len(), 4);
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
    assert_eq!(searcher.hit(gone), None);
    assert_eq!(searcher.stored_article(gone), None);
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
    assert_eq!(searcher.files(), expected);
    assert_eq!(searcher.n_articles(), 7);
    assert_eq!(searcher.articles().len(), 7);
    let hit = searcher.hit(ArticleId::new(Path::new("كثير.csv"), 2)).unwrap();
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
    assert_eq!(searcher.files(), [file]);
    assert_eq!(searcher.hit(article.id()).unwrap().path, path);
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
    let stored = searcher.stored_article(article.id()).unwrap();
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
fn a_damaged_index_is_built_anew() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 5] = [
        ("meta", |dir| std::fs::write(dir.join("meta.json"), "{").unwrap()),
        ("no version", |dir| {
            std::fs::remove_file(dir.join("fihrist-index.json")).unwrap();
        }),
        ("other version", |dir| {
            std::fs::write(dir.join("fihrist-index.json"), "{\"version\":0}").unwrap();
        }),
        ("files gone", |dir| {
            for_each_segment_file(dir, |path| std::fs::remove_file(path).unwrap());
        }),
        ("files cut", |dir| {
            for_each_segment_file(dir, |path| {
                let half = std::fs::metadata(path).unwrap().len() / 2;
                let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
                file.set_len(half).unwrap();
            });
        }),
    ];
    for (name, damage) in damages {
        let (dir, index) = indexed(&drafts());
        drop(index);
        damage(dir.path());
        let index = Index::open(dir.path()).unwrap_or_else(|err| panic!("{name}: {err}"));
        assert!(index.rebuilt(), "{name}");
        assert_eq!(index.searcher().unwrap().n_articles(), 0, "{name}");
        add(&index, &drafts());
        assert_eq!(index.searcher().unwrap().n_articles(), 4, "{name}");
        drop(index);
        assert!(!Index::open(dir.path()).unwrap().rebuilt(), "{name}");
    }
}

fn for_each_segment_file(dir: &Path, change: impl Fn(&Path)) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let extension = path.extension().unwrap_or_default();
        if ["store", "fast", "term", "idx"].iter().any(|it| extension == *it) {
            change(&path);
        }
    }
}

#[test]
fn a_damaged_index_that_is_being_written_is_left_alone() {
    let (dir, index) = indexed(&drafts());
    let writer = index.writer().unwrap();
    std::fs::write(dir.path().join("fihrist-index.json"), "{\"version\":0}").unwrap();
    assert!(matches!(Index::open(dir.path()), Err(super::OpenError::Busy { .. })));
    drop(writer);
}

#[test]
fn a_search_that_is_no_longer_wanted_ends() {
    let (_dir, index) = indexed(&drafts());
    let searcher = index.searcher().unwrap();
    assert!(searcher.search(&request("كلام "), &|| true).is_none());
    assert!(searcher.search(&request(""), &|| true).is_none());
}

/// The words that are highlighted in `text`, separated by "|".
#[track_caller]
fn check_matches(query: &str, text: &str, expected: &str) {
    let (_dir, index) = indexed(&[Draft {
        title: "نص",
        body: "الرئيس بدمج ودمجها",
        ..Draft::default()
    }]);
    let searcher = index.searcher().unwrap();
    let spans = searcher.find_matches(query, false, text);
    let found: Vec<&str> = spans.iter().filter_map(|span| span.of(text)).collect();
    assert_eq!(found.join("|"), expected, "{query}");
}

#[test]
fn highlights_fall_on_the_letters_that_match() {
    check_matches("رئيس ", "قال الرَّئِيسُ للرئيس", "الرَّئِيسُ|للرئيس");
    check_matches("دمج ", "محـــمد بدمجٍ، ودَمْجِها", "بدمجٍ|ودَمْجِها");
    check_matches("2023 ", "عام ٢٠٢٣.", "٢٠٢٣");
    check_matches("رئ", "رئتان وبالرئيس", "رئتان|وبالرئيس");
    check_matches("«وزير النقل»", "وزير اليوم، وَزير النقلِ غدا، النقل", "وَزير النقلِ");
    check_matches("نهر -سد ", "نهر وسد", "نهر");
    check_matches("", "نهر وسد", "");
}

#[test]
fn a_row_shows_where_the_words_stand() {
    let long = "هذه جملة أولى طويلة لا تقول شيئاً عن الموضوع الذي نبحث عنه هنا أبداً، وهي تمتد وتمتد حتى تملأ السطر كله.\n\
        وهذه جملة ثانية لا تقول هي الأخرى ما نريد أن نعرفه عن الأمر. ثم قال المُزارِعُ إن الحصاد تأخر كثيراً هذا العام بسبب المطر \
        الذي هطل أياماً طويلة على الحقول والبساتين كلها دون انقطاع. ثم عاد الناس إلى بيوتهم ينتظرون موسماً أفضل من هذا الموسم الذي مضى.";
    let (_dir, index) = indexed(&[Draft {
        title: "حَصادٌ متأخر",
        body: long,
        ..Draft::default()
    }]);
    let searcher = index.searcher().unwrap();
    let request = request("مزارع الحصاد ");
    let page = search(&searcher, &request);
    let hits = searcher.hits(&page, 0..1, &request);
    let hit = &hits[0];
    let marked = |text: &str, spans: &[Span]| {
        let found: Vec<&str> = spans.iter().filter_map(|span| span.of(text)).collect();
        found.join("|")
    };
    assert_eq!(marked(&hit.title, &hit.title_matches), "حَصادٌ");
    assert_eq!(marked(&hit.snippet.text, &hit.snippet.matches), "المُزارِعُ|الحصاد");
    assert!(
        hit.snippet.text.starts_with('…') && hit.snippet.text.ends_with('…'),
        "{}",
        hit.snippet.text
    );
    assert!(!hit.snippet.text.contains('\n'));

    let plain = searcher.hit(hit.article).unwrap();
    assert!(plain.snippet.text.starts_with("هذه جملة أولى"));
    assert!(plain.snippet.matches.is_empty() && plain.title_matches.is_empty());
    assert_eq!(plain.score, 0.0);
}

/// All that a reader sees of an index: rows, counts and entities.
fn all_of(index: &Index) -> (Vec<String>, String, Vec<String>) {
    let searcher = index.searcher().unwrap();
    let page = search(&searcher, &request(""));
    let hits = searcher.hits(&page, 0..page.articles.len(), &request(""));
    let paths = searcher.articles().into_iter().filter_map(|it| searcher.hit(it));
    (
        hits.into_iter()
            .map(|hit| hit.title)
            .chain(paths.map(|hit| hit.title))
            .collect(),
        format!("{:?} {:?} {}", page.facets, page.timeline, page.undated),
        searcher.registry().entities().map(|it| format!("{it:?}")).collect(),
    )
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
        std::fs::remove_file(dir.path().join("columns-1")).unwrap();
        let anew = Index::open(dir.path()).unwrap();
        assert_eq!(all_of(&anew), grown, "after nothing was kept");
        index.keep_columns().unwrap();
    };
    // Between the others, before them, behind them; one is read anew; the only article with a name is gone.
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
fn a_damaged_file_of_columns_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    add(&index, &drafts());
    let expected = all_of(&index);
    index.keep_columns().unwrap();
    drop(index);
    let file = dir.path().join("columns-1");
    let whole = std::fs::read(&file).unwrap();
    for len in [0, 7, 40, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&file, &whole[..len]).unwrap();
        assert_eq!(
            all_of(&Index::open(dir.path()).unwrap()),
            expected,
            "cut to {len} bytes"
        );
    }
    for at in (0..whole.len()).step_by(37) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x80;
        std::fs::write(&file, damaged).unwrap();
        let index = Index::open(dir.path()).unwrap();
        assert!(!index.rebuilt());
        assert_eq!(all_of(&index), expected, "byte {at} changed");
    }
}

#[test]
fn an_empty_index_answers() {
    let (_dir, index) = indexed(&[]);
    let searcher = index.searcher().unwrap();
    for query in ["", "كلمة", "«كلمة أخرى»", "شخص:أحد", "-كلمة", "من:2020"] {
        assert!(search(&searcher, &request(query)).articles.is_empty(), "{query}");
    }
    assert!(searcher.files().is_empty());
    assert_eq!(searcher.n_articles(), 0);
}

#[test]
fn a_flipped_bit_never_breaks_opening() {
    for round in 0..10_usize {
        let (dir, index) = indexed(&drafts());
        add(&index, &drafts());
        drop(index);
        for_each_segment_file(dir.path(), |path| {
            let mut bytes = std::fs::read(path).unwrap();
            let at = (round * 7919 + bytes.len() / 3) % bytes.len();
            bytes[at] ^= 1 << (round % 8);
            std::fs::write(path, bytes).unwrap();
        });
        for _opening in 0..2 {
            let index = Index::open(dir.path()).unwrap();
            let searcher = index.searcher().unwrap();
            for query in ["", "كلام ", "كل", "«كلام»", "شخص:سالم", "نهر وادي"] {
                titles(&searcher, &request(query));
            }
            searcher.files();
        }
    }
}

/// Names the folder in which the killed process writes.
const KILLED_DIR: &str = "FIHRIST_TEST_KILLED_DIR";

/// The process that [`a_killed_writer_loses_at_most_what_it_had_not_committed`] kills.
#[test]
#[ignore = "never ends; run by another test"]
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
            .args([
                "--ignored",
                "--exact",
                "--nocapture",
                "index::tests::write_until_killed",
            ])
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
        assert_eq!(searcher.files().len() as u64, searcher.n_articles());
        assert!(index.writer().is_ok(), "no lock remains");
    }
}

/// Run with `cargo test --lib index::tests::measure -- --ignored --nocapture`.
#[test]
#[ignore = "measures, takes minutes"]
fn measure() {
    let n_articles: u64 = std::env::var("ARTICLES")
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(100_000);
    let mut state = 1_u64;
    let mut random = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1_u64 << 31) as f64
    };
    const LETTERS: [char; 24] = [
        'ا', 'ب', 'ت', 'ج', 'ح', 'د', 'ر', 'ز', 'س', 'ش', 'ص', 'ط', 'ع', 'غ', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و',
        'ي', 'ض',
    ];
    let words: Vec<String> = (0..60_000)
        .map(|_| {
            (0..3 + (random() * 4.0) as usize)
                .map(|_| LETTERS[(random() * 24.0) as usize])
                .collect()
        })
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let started = std::time::Instant::now();
    let mut writer = index.writer().unwrap();
    let day: Date = "2015-01-01".parse().unwrap();
    for number in 0..n_articles {
        let mut word = |n: usize| words[((random().powi(3)) * n as f64) as usize].as_str();
        let title: String = (0..7).map(|_| word(60_000)).collect::<Vec<_>>().join(" ");
        let body: String = (0..200).map(|_| word(60_000)).collect::<Vec<_>>().join(" ");
        let mentions: Vec<Mention> = (0..12)
            .map(|idx| {
                let kind = EntityKind::ALL[idx % 3];
                let form = format!("{} {}", word(3000), word(10));
                Mention {
                    kind,
                    span: Span::default(),
                    role: None,
                    name: Name {
                        kind,
                        key: form.clone(),
                        form,
                    },
                }
            })
            .collect();
        let article = Article {
            path: PathBuf::from(format!("{:03}/{number}.txt", number % 500)),
            record: 0,
            text: body.clone(),
            title,
            title_derived: false,
            published: Some(PublicationDate {
                date: day.checked_add(jiff::Span::new().days((number % 3000) as i64)).unwrap(),
                precision: DatePrecision::Day,
                provenance: DateProvenance::Metadata,
            }),
            source: Some(word(50).to_owned()),
            byline: None,
            keywords: (0..4).map(|_| word(5000).to_owned()).collect(),
            sections: vec![Section {
                kind: SectionKind::Body,
                span: Span::new(0, body.len()),
            }],
            problems: Vec::new(),
            encoding: "UTF-8",
            origin: crate::archive::Origin::default(),
        };
        let file = IndexedFile {
            path: article.path.clone(),
            size: number,
            modified_nanos: 1,
            content_hash: number,
            reading: 0,
            unreadable: Vec::new(),
        };
        writer.add_file(&file, &[(article, mentions)]).unwrap();
        if number % 20_000 == 19_999 {
            writer.commit().unwrap();
        }
    }
    writer.finish().unwrap();
    let bytes: u64 = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|it| it.unwrap().metadata().unwrap().len())
        .sum();
    println!("indexed in {:.1?}, {} MB", started.elapsed(), bytes >> 20);
    let started = std::time::Instant::now();
    let index = Index::open(dir.path()).unwrap();
    println!("opened in {:.1?}", started.elapsed());
    let searcher = index.searcher().unwrap();
    let started = std::time::Instant::now();
    println!("{} files in {:.1?}", searcher.files().len(), started.elapsed());
    println!("{} entities", searcher.registry().entities().len());
    let person = chosen(&searcher, Facet::Person, "", false);
    let page = search(&searcher, &request(""));
    let absent = "ظظب";
    let rare: String = words[50_000].chars().take(3).collect();
    for typed in ["ا", "م", "مممم", &words[20], &rare, absent] {
        let started = std::time::Instant::now();
        let row = searcher.find_title(&page, typed, Some(0), &|| false);
        println!("«{typed}» typed: row {row:?} in {:.1?}", started.elapsed());
    }
    let requests = [
        request(""),
        request(&format!("{} ", words[3])),
        request(&format!("{} {} ", words[3], words[9])),
        request(&words[20].chars().take(2).collect::<String>()),
        request(&words[20].chars().take(3).collect::<String>()),
        request(&format!("«{} {}»", words[0], words[1])),
        with_filters(std::slice::from_ref(&person), None),
        request(&format!("شخص:{} ", words[2])),
    ];
    for request in &requests {
        for round in 0..2 {
            let started = std::time::Instant::now();
            let page = search(&searcher, request);
            let searched = started.elapsed();
            let started = std::time::Instant::now();
            let hits = searcher.hits(&page, 0..30, request);
            if round == 1 {
                println!(
                    "{:20} {:7} found in {searched:8.1?}, {} rows in {:.1?}",
                    request.query_text,
                    page.articles.len(),
                    hits.len(),
                    started.elapsed()
                );
            }
        }
    }
}
