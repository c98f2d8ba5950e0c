//! What a reader can rely on when searching.

mod damage;
mod disk;
mod filters;
mod forget;
mod kwic;
mod latin;
mod marks;
mod search;
mod stories;
mod words;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::arabic::{Folding, Span, fold};
use crate::archive::{Article, DatePrecision, DateProvenance, PublicationDate, Section, SectionKind};
use crate::entities::{EntityKind, Mention, Name};
use crate::index::{
    Facet, FacetFilter, FacetOrder, Filters, Index, IndexedFile, Period, ResultPage, SearchRequest, Searcher,
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
    organisations: &'static [&'static str],
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
            address: None,
            pictures: Vec::new(),
            pages: Vec::new(),
        };
        let place_of = |form: &str| article.text.find(form).map(|at| Span::new(at, at + form.len()));
        let mention = |kind: EntityKind, form: &str| Mention {
            kind,
            span: place_of(form).unwrap_or_default(),
            role: None,
            name: Name {
                kind,
                key: fold(form, Folding::Name),
                form: form.to_owned(),
            },
        };
        let people = self.people.iter().map(|form| mention(EntityKind::Person, form));
        let organisations = self.organisations.iter();
        let organisations = organisations.map(|form| mention(EntityKind::Organisation, form));
        let places = self.places.iter().map(|form| mention(EntityKind::Place, form));
        let mentions = people.chain(organisations).chain(places).collect();
        (article, mentions)
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
    let page = searcher.search_to_end(request).unwrap();
    assert!(page.incomplete.is_none(), "{:?}", page.incomplete);
    page
}

fn titles(searcher: &Searcher, request: &SearchRequest) -> Vec<String> {
    let page = search(searcher, request);
    let hits = searcher.hits(&page, 0..page.articles.len(), request);
    hits.into_iter().map(|hit| hit.unwrap().title).collect()
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
            organisations: &[],
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
            organisations: &[],
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
            organisations: &[],
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
        .unwrap()
        .values;
    FacetFilter {
        facet,
        id: values[0].id.clone(),
        name: values[0].name.clone(),
        excluded,
    }
}

/// All that a reader sees of an index: rows, counts and entities.
fn all_of(index: &Index) -> (Vec<String>, String, Vec<String>) {
    let searcher = index.searcher().unwrap();
    let page = search(&searcher, &request(""));
    let hits = searcher.hits(&page, 0..page.articles.len(), &request(""));
    let paths = searcher
        .articles()
        .into_iter()
        .filter_map(|it| searcher.hit(it).unwrap());
    (
        hits.into_iter()
            .map(|hit| hit.unwrap().title)
            .chain(paths.map(|hit| hit.title))
            .collect(),
        format!("{:?} {:?} {}", page.facets, page.timeline, page.undated),
        searcher.registry().entities().map(|it| format!("{it:?}")).collect(),
    )
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
