//! Articles that are nearly the same, and those that are similar.

use crate::archive::ArticleId;
use crate::index::{Facet, HitOrder, Index, ResultPage, RowKind, SearchRequest, Searcher, SimilarTo};

use super::{Draft, add, chosen, counts, indexed, search, titles, with_filters};

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
    let title = |article| searcher.hit(article).unwrap().unwrap().title;
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
        // The first in the requested order represents the others.
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
        hits.into_iter()
            .map(Result::unwrap)
            .map(|hit| (hit.story_size, hit.n_sources))
            .collect()
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
fn reprints_without_a_change_are_told_from_those_that_are_nearly_the_same() {
    let (_dir, index) = indexed(&reprints());
    let searcher = index.searcher().unwrap();
    let request = SearchRequest {
        by_stories: true,
        order: HitOrder::Oldest,
        ..SearchRequest::default()
    };
    let mut page = search(&searcher, &request);
    let identical = |page: &ResultPage| -> Vec<(String, u64)> {
        let hits = searcher.hits(page, 0..page.articles.len(), &request);
        let hits = hits.into_iter().map(Result::unwrap);
        hits.map(|hit| (hit.title, hit.n_identical)).collect()
    };
    let told = |rows: &[(&str, u64)]| -> Vec<(String, u64)> {
        rows.iter().map(|(title, n)| ((*title).to_owned(), *n)).collect()
    };
    assert_eq!(identical(&page), told(&[("أول", 1), ("غيره", 0)]));
    // Unfolded, the copy itself says so.
    page = page.with_story_toggled(0);
    assert_eq!(
        identical(&page),
        told(&[("أول", 1), ("ثان", 0), ("ثالث", 1), ("غيره", 0)])
    );

    let sources = |row: usize| -> Vec<Option<String>> {
        let copies = searcher.identical_to(page.articles[row]).unwrap();
        copies.into_iter().map(|it| it.source).collect()
    };
    assert_eq!(sources(0), [Some("البحر".to_owned())]);
    assert_eq!(sources(1), []);
    assert_eq!(sources(2), [Some("النهر".to_owned())]);
}
