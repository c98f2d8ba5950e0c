//! The page of a name, on a complete archive: what is recognised, resolved, counted and shown.

use std::fs;
use std::sync::atomic::AtomicBool;

use fihrist::entities::{Correction, Corrections, EntityId, EntityKind, KnownIds, ModelRecogniser};
use fihrist::index::{EntityPage, Facet, FacetFilter, FacetOrder, Filters, Index, SearchRequest, Searcher};
use fihrist::work::{DataDir, Means, UpdateOptions, update_index};

/// The files of an invented archive: name, and the sentence that it holds between two that name nothing.
const FILES: &str = "\
2021-03-05-a.txt|قال نائب وزير الخارجية الروسي ميخائيل بوغدانوف إن بلاده مستعدة، وحضر سامي العامري اللقاء.
2022-07-01-b.txt|أعلن نائب وزير الخارجية الروسي ميخائيل بوجدانوف في القاهرة أن الحوار سيستمر.
2023-01-20-c.txt|التقى سامي العامري أمس المبعوث ميخائيل بوغدانوف في القاهرة.
2023-02-11-d.txt|قال سامي العامري إن العمل اكتمل.
";

pub struct Archive {
    _dirs: [tempfile::TempDir; 2],
    pub index: Index,
    pub bogdanov: EntityId,
}

pub fn archive() -> Archive {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for line in FILES.lines() {
        let (name, sentence) = line.split_once('|').unwrap();
        let text = format!("لقاء جديد {name}\n\nجرى هذا كله صباح ذلك اليوم. {sentence} ثم انتهى كل شيء في المساء.\n");
        fs::write(folder.path().join(name), text).unwrap();
    }
    let data_dir = DataDir::new(data.path().to_owned());
    let index = Index::open(&data_dir.index_of(folder.path())).unwrap();
    let never = AtomicBool::new(false);
    let recogniser = ModelRecogniser::new();
    update_index(
        &index,
        &data_dir,
        folder.path(),
        Means::here(&recogniser),
        &UpdateOptions::default(),
        &never,
        &mut |_| {},
    )
    .unwrap();
    // Whether the two spellings are one without being told so is the resolver's business.
    let find = |spelling: &str| {
        let found = index
            .searcher()
            .unwrap()
            .find_entities(spelling, Some(EntityKind::Person), 9);
        found
            .first()
            .unwrap_or_else(|| panic!("nobody is {spelling}"))
            .id
            .clone()
    };
    let (bogdanov, other) = (find("بوغدانوف"), find("بوجدانوف"));
    if bogdanov != other {
        let mut corrections = Corrections::default();
        corrections.add(Correction::Merge {
            from: other,
            into: bogdanov.clone(),
        });
        index.set_corrections(corrections, KnownIds::default());
    }
    Archive {
        _dirs: [data, folder],
        index,
        bogdanov,
    }
}

pub fn page(searcher: &Searcher, id: &EntityId, with: &[EntityId], request: &SearchRequest) -> EntityPage {
    searcher.entity_page(id, with, request, &|| false).unwrap().unwrap()
}

pub fn narrowed_to(facet: Facet, id: &EntityId) -> SearchRequest {
    let filter = FacetFilter {
        facet,
        id: id.0.clone(),
        name: String::new(),
        excluded: false,
    };
    SearchRequest {
        filters: Filters {
            values: vec![filter],
            ..Filters::default()
        },
        ..SearchRequest::default()
    }
}

#[test]
fn the_page_of_a_person_tells_when_in_which_roles_and_with_whom() {
    let archive = archive();
    let searcher = archive.index.searcher().unwrap();
    let all = SearchRequest::default();
    let it = page(&searcher, &archive.bogdanov, &[], &all);
    assert_eq!((it.summary.articles, it.in_result, it.undated), (3, 3, 0));
    let months: Vec<(i16, i8)> = it.timeline.iter().map(|it| (it.year, it.month)).collect();
    assert_eq!(months, [(2021, 3), (2022, 7), (2023, 1)]);
    let day = |it: &Option<fihrist::index::Appearance>| it.as_ref().unwrap().published.unwrap().date.to_string();
    assert_eq!(
        (day(&it.first), day(&it.last)),
        ("2021-03-05".to_owned(), "2023-01-20".to_owned())
    );
    // All its articles, which are looked up as they are scrolled to.
    let all_titles: Vec<String> = searcher
        .appearances(&it.articles, &all)
        .into_iter()
        .map(|it| it.unwrap().title)
        .collect();
    assert_eq!((all_titles.len(), it.n_dated), (3, 3));
    assert!(all_titles[0].contains("2023-01-20"), "{all_titles:?}");
    let newest: Vec<_> = it
        .newest
        .iter()
        .map(|it| it.published.unwrap().date.to_string())
        .collect();
    assert_eq!(newest, ["2023-01-20", "2022-07-01", "2021-03-05"]);
    let spellings: Vec<&str> = it.summary.spellings.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(spellings, ["ميخائيل بوغدانوف", "ميخائيل بوجدانوف"]);

    let role = it.roles.iter().find(|it| it.role == "نائب وزير الخارجية الروسي");
    let role = role.unwrap_or_else(|| panic!("{:?}", it.roles));
    let (first, last) = role.period.unwrap();
    assert_eq!((role.articles, first.year(), last.year()), (2, 2021, 2022));

    let with = |it: &EntityPage, name: &str| {
        let found = it.companions.iter().find(|it| it.name == name).cloned();
        found.map(|it| (it.in_result, it.in_archive))
    };
    assert_eq!(with(&it, "سامي العامري"), Some((2, 2)));
    assert_eq!(with(&it, "القاهرة"), Some((2, 2)));
    assert!(it.companions.iter().all(|other| other.id != it.summary.id));
    // Within a result, both numbers are given.
    let cairo = &searcher.find_entities("القاهرة", None, 1)[0].id;
    let it = page(&searcher, &archive.bogdanov, &[], &narrowed_to(Facet::Place, cairo));
    assert_eq!((it.summary.articles, it.in_result), (3, 2));
    assert_eq!(with(&it, "سامي العامري"), Some((1, 2)));
    let words = SearchRequest {
        query_text: "الحوار".to_owned(),
        ..SearchRequest::default()
    };
    assert_eq!(page(&searcher, &archive.bogdanov, &[], &words).in_result, 1);
}

#[test]
fn up_to_four_names_are_compared_on_one_timeline() {
    let archive = archive();
    let searcher = archive.index.searcher().unwrap();
    let other = searcher.find_entities("العامري", Some(EntityKind::Person), 1)[0]
        .id
        .clone();
    let all = SearchRequest::default();
    let cairo = searcher.find_entities("القاهرة", None, 1)[0].id.clone();
    let it = page(&searcher, &archive.bogdanov, &[other.clone(), cairo], &all);
    let counted: Vec<_> = it.compared.iter().map(|it| (it.articles, it.common)).collect();
    assert_eq!(counted, [(3, 2), (2, 2)]);
    assert_eq!((it.compared[0].timeline.len(), it.together), (3, 1));
    // Each is compared once, and not with itself.
    let twice = [other.clone(), other.clone(), archive.bogdanov.clone()];
    assert_eq!(page(&searcher, &archive.bogdanov, &twice, &all).compared.len(), 1);
    // Nobody to compare with, and nobody at all.
    let nobody = EntityId("person:لا أحد".to_owned());
    assert_eq!(
        page(&searcher, &archive.bogdanov, std::slice::from_ref(&nobody), &all).compared,
        []
    );
    assert_eq!(searcher.entity_page(&nobody, &[], &all, &|| false).unwrap(), None);
    assert_eq!(
        searcher.entity_page(&archive.bogdanov, &[], &all, &|| true).unwrap(),
        None
    );
}

#[test]
fn another_spelling_finds_a_value_of_a_facet_and_is_told() {
    let archive = archive();
    let searcher = archive.index.searcher().unwrap();
    let found = |text: &str| {
        let values = searcher
            .facet_values(&SearchRequest::default(), Facet::Person, text, FacetOrder::Count)
            .unwrap()
            .values;
        let told = values.into_iter().map(|it| (it.name, it.articles, it.spelling));
        told.collect::<Vec<_>>()
    };
    let name = "ميخائيل بوغدانوف".to_owned();
    assert_eq!(found("بوغ"), [(name.clone(), 3, None)]);
    assert_eq!(found("بوج"), [(name, 3, Some("ميخائيل بوجدانوف".to_owned()))]);
}

#[test]
fn a_chosen_name_is_told_as_it_was_corrected() {
    let archive = archive();
    let searcher = archive.index.searcher().unwrap();
    let sami = searcher.find_entities("العامري", Some(EntityKind::Person), 1)[0]
        .id
        .clone();
    let mut corrections = Corrections::default();
    for correction in [
        Correction::Rename {
            entity: sami.clone(),
            name: "سامي بن علي".to_owned(),
        },
        Correction::SetKind {
            entity: sami.clone(),
            kind: EntityKind::Organisation,
        },
    ] {
        corrections.add(correction);
    }
    archive.index.set_corrections(corrections, KnownIds::default());
    let searcher = archive.index.searcher().unwrap();
    let page = searcher
        .search(&narrowed_to(Facet::Person, &sami), &|| false)
        .unwrap()
        .unwrap();
    assert_eq!(page.articles.len(), 3);
    assert_eq!(
        (page.chosen[0].facet, page.chosen[0].name.as_str()),
        (Facet::Organisation, "سامي بن علي")
    );
    let of_facet = |facet| page.facets.iter().find(|it| it.facet == facet).unwrap();
    assert!(of_facet(Facet::Person).values.iter().all(|it| it.id != sami.0));
    assert!(of_facet(Facet::Organisation).values.iter().any(|it| it.id == sami.0));
}
