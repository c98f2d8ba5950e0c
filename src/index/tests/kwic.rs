//! The words found, each in its line.

use std::sync::Arc;

use super::{Draft, chosen, indexed, request, search, searcher_of, with_filters};
use crate::arabic::Span;
use crate::index::{Concordance, Facet, KwicLine, KwicSort, SearchRequest, Searcher};

/// All lines of a request in an order.
fn lines(searcher: &Searcher, request: &SearchRequest, sort: KwicSort) -> Vec<KwicLine> {
    let page = Arc::new(search(searcher, request));
    let mut concordance = Concordance::new(Arc::clone(&page));
    while !concordance.is_done() {
        assert!(searcher.read_on(&mut concordance, request, 2, &|| false).unwrap());
    }
    assert!(searcher.lines_left_out(&mut concordance).is_none());
    let at = concordance.sorted(sort);
    let lines = searcher.lines(&page, request, &at);
    lines.into_iter().map(|it| it.unwrap()).collect()
}

fn told(lines: &[KwicLine]) -> Vec<String> {
    let told = |it: &KwicLine| format!("{}[{}]{}", it.before, it.found, it.after);
    lines.iter().map(told).collect()
}

#[track_caller]
fn check(articles: &[(&'static str, &'static str)], query: &str, sort: KwicSort, expected: &[&str]) {
    let (_dir, searcher) = searcher_of(articles);
    assert_eq!(told(&lines(&searcher, &request(query), sort)), expected, "{query}");
}

#[test]
fn every_place_has_a_line_in_all_forms_of_the_word() {
    check(
        &[("جسر المرفأ", "قال الوزير إن الجسر\nجاهز.\n\nوعبر الناس جسورًا")],
        "جسر ",
        KwicSort::Found,
        &[
            "[جسر] المرفأ",
            "قال الوزير إن [الجسر] جاهز. وعبر الناس جسورًا",
            "قال الوزير إن الجسر جاهز. وعبر الناس [جسورًا]",
        ],
    );
}

#[test]
fn a_phrase_is_one_place_and_excluded_words_are_none() {
    let articles = [("أ", "أعلن وزير النقل أن وزير المال غائب"), ("ب", "وزير النقل وسفير")];
    check(
        &articles,
        "\"وزير النقل\" -سفير ",
        KwicSort::Found,
        &["أعلن [وزير النقل] أن وزير المال غائب"],
    );
}

#[test]
fn lines_are_sorted_by_what_stands_before_and_behind() {
    let articles = [
        ("أ", "زار الوالي نهر الزهر"),
        ("ب", "زار أحمد نهر البحر"),
        ("ج", "نهر الأمل"),
        ("د", "عبر والي نهر"),
    ];
    check(
        &articles,
        "نهر ",
        KwicSort::Before,
        &[
            "[نهر] الأمل",
            "زار أحمد [نهر] البحر",
            // The article before a word does not count.
            "زار الوالي [نهر] الزهر",
            "عبر والي [نهر]",
        ],
    );
    check(
        &articles,
        "نهر ",
        KwicSort::After,
        &[
            "عبر والي [نهر]",
            "[نهر] الأمل",
            "زار أحمد [نهر] البحر",
            "زار الوالي [نهر] الزهر",
        ],
    );
    let forms = [("أ", "جسور ثم جسر"), ("ب", "الجسر هنا")];
    check(
        &forms,
        "جسر ",
        KwicSort::Word,
        &["جسور ثم [جسر]", "[الجسر] هنا", "[جسور] ثم جسر"],
    );
}

#[test]
fn the_second_and_third_neighbours_decide_where_the_first_are_equal() {
    let articles = [
        ("أ", "ياء باء نهر"),
        ("ب", "ألف باء نهر"),
        ("ج", "ياء ألف باء نهر"),
        ("د", "باء ألف باء نهر"),
    ];
    check(
        &articles,
        "نهر ",
        KwicSort::Before,
        &[
            "ألف باء [نهر]",
            "باء ألف باء [نهر]",
            "ياء ألف باء [نهر]",
            "ياء باء [نهر]",
        ],
    );
}

#[test]
fn names_are_places_where_the_query_asks_for_them_or_they_are_chosen() {
    let (_dir, index) = indexed(&[Draft {
        title: "لقاء",
        body: "قال سالم الوادي إن الجسر جاهز ولسالم الوادي رأي",
        people: &["سالم الوادي"],
        ..Draft::default()
    }]);
    let searcher = index.searcher().unwrap();
    let of_name = [
        "قال [سالم الوادي] إن الجسر جاهز ولسالم الوادي رأي",
        "قال سالم الوادي إن الجسر جاهز [ولسالم الوادي] رأي",
    ];
    assert_eq!(told(&lines(&searcher, &request("شخص:سالم "), KwicSort::Found)), of_name);
    let person = chosen(&searcher, Facet::Person, "سالم", false);
    let mut chosen_alone = with_filters(std::slice::from_ref(&person), None);
    assert_eq!(told(&lines(&searcher, &chosen_alone, KwicSort::Found)), of_name);
    // Words that are typed come before a name that is chosen beside them.
    chosen_alone.query_text = "جسر ".to_owned();
    assert_eq!(
        told(&lines(&searcher, &chosen_alone, KwicSort::Found)),
        ["قال سالم الوادي إن [الجسر] جاهز ولسالم الوادي رأي"]
    );
    assert!(searcher.has_lines(&chosen_alone).unwrap());
    assert!(!searcher.has_lines(&request("من:2020 ")).unwrap());
}

#[test]
fn no_more_is_read_than_asked_for_and_nothing_that_is_not_wanted() {
    let (_dir, searcher) = searcher_of(&[("أ", "نهر"), ("ب", "نهر ونهر"), ("ج", "نهر")]);
    let request = request("نهر ");
    let mut concordance = Concordance::new(Arc::new(search(&searcher, &request)));
    assert!(!searcher.read_on(&mut concordance, &request, 2, &|| true).unwrap());
    assert_eq!((concordance.n_read(), concordance.n_lines()), (0, 0));
    assert!(searcher.read_on(&mut concordance, &request, 2, &|| false).unwrap());
    assert_eq!((concordance.n_read(), concordance.is_done()), (2, false));
    assert!(searcher.read_on(&mut concordance, &request, 2, &|| false).unwrap());
    assert_eq!(
        (concordance.n_lines(), concordance.n_with_lines(), concordance.is_done()),
        (4, 3, true)
    );
}

#[test]
fn a_place_is_found_again_in_the_article_as_it_is_read() {
    let draft = Draft {
        title: "نهر الزهر",
        body: "أول سطر\nوهنا نهر آخر",
        ..Draft::default()
    };
    let (_dir, index) = indexed(std::slice::from_ref(&draft));
    let searcher = index.searcher().unwrap();
    let (mut article, _) = draft.article();
    let lines = lines(&searcher, &request("نهر "), KwicSort::Found);
    let places: Vec<Span> = lines
        .iter()
        .map(|it| it.place.in_article(&article, &it.found).unwrap())
        .collect();
    let second = article.text.rfind("نهر").unwrap();
    assert_eq!(
        places,
        [Span::new(0, "نهر".len()), Span::new(second, second + "نهر".len())]
    );
    article.text = article.text.replace("نهر آخر", "بحر آخر");
    assert_eq!(lines[1].place.in_article(&article, &lines[1].found), None);
}
