//! What narrows, counts and orders.

use crate::index::{Facet, FacetFilter, FacetOrder, HitOrder, Period, SearchRequest};

use super::{Draft, chosen, counts, drafts, indexed, request, search, titles, with_filters};

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
        ("شخص:كلام ", ""),
        ("-شخص:كلام ", "ثالث ثان أول رابع"),
        ("-مصدر:كلام ", "ثالث ثان أول رابع"),
        ("كاتب:هند ", ""),
        ("-كاتب:هند ", "ثالث ثان أول رابع"),
        ("من:كلام ", ""),
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
        .map(|it| it.as_ref().unwrap().published.map(|it| it.date.to_string()))
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
    let by_name = searcher
        .facet_values(&SearchRequest::default(), Facet::Source, "", FacetOrder::Name)
        .unwrap();
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

#[test]
fn values_are_searched_within_a_facet() {
    let (_dir, index) = indexed(&drafts());
    let searcher = index.searcher().unwrap();
    let found = searcher
        .facet_values(&SearchRequest::default(), Facet::Person, "الجبل", FacetOrder::Count)
        .unwrap();
    let names: Vec<&str> = found.values.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["هند الجبلي"]);
    let all = searcher
        .facet_values(&request("مصدر:البحر "), Facet::Person, "", FacetOrder::Count)
        .unwrap();
    assert_eq!(all.n_values, 1);
}

#[test]
fn every_facet_counts_what_articles_hold() {
    let draft = Draft {
        title: "افتتاح الجسر",
        body: "افتتح سالم الوادي في مدينة النهر الجسر الجديد في أكتوبر 2020 وقال إن العمل فيه اكتمل قبل موعده",
        date: "2020-10-05",
        source: "وكالة النهر",
        keywords: &["جسور"],
        people: &["سالم الوادي"],
        organisations: &["وزارة النقل"],
        places: &["مدينة النهر"],
        ..Draft::default()
    };
    let (_dir, index) = indexed(&[draft]);
    let page = search(&index.searcher().unwrap(), &SearchRequest::default());
    // Marks are no part of what an article holds.
    for facet in Facet::ALL.into_iter().filter(|it| *it != Facet::Mark) {
        assert_ne!(
            counts(&page, facet),
            "",
            "{facet:?} has no value: see `document()` in `write.rs`"
        );
    }
}
