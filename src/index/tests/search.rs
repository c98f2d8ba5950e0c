//! What the search field asks for, offers, and says of finding nothing.

use proptest::prelude::*;

use super::{Draft, add, check, request, search, searcher_of, titles};
use crate::index::{Change, CompletionKind, Facet, FacetFilter, Index, NothingFound, SearchRequest, Searcher};

#[test]
fn new_names_are_learnt_from_the_archive() {
    check(
        &[
            ("أ", "وصلت زغطلمن إلى الميناء"),
            ("ب", "رحبت المدينة بزغطلمن"),
            ("ج", "غادرت وزغطلمن باقية"),
            ("د", "بزغفلن وحدها"),
        ],
        &[("زغطلمن ", "أ ب ج"), ("بزغطلمن ", "أ ب ج"), ("زغفلن ", "د")],
    );
}

#[test]
fn the_name_ali_is_not_the_preposition() {
    check(
        &[
            ("أ", "قال علي إن الجسر قديم"),
            ("ب", "وقف على الجسر"),
            ("ج", "الحكم عليه وعليها"),
            ("د", "وعلي غائب"),
        ],
        &[("علي ", "أ د"), ("على ", "ب ج"), ("\"على الجسر\"", "ب")],
    );
}

#[test]
fn a_beginning_comes_before_a_form_of_another_word() {
    let (_dir, searcher) = searcher_of(&[
        ("أ", "اقتص منه جاره واقتص لنفسه"),
        ("ب", "ركد الاقتصاد"),
        ("الاقتصاد", "ركد السوق"),
    ]);
    assert_eq!(titles(&searcher, &request("اقتصا")), ["الاقتصاد", "ب", "أ"]);
}

#[test]
fn groups_and_nearness() {
    check(
        &[
            ("أ", "نهر وفيه سد في الوادي"),
            ("ب", "نهر وجسر في الوادي"),
            ("ج", "سد قديم بلا ماء ولا زرع ولا بشر قرب نهر"),
        ],
        &[
            ("نهر (سد أو جسر) ", "أ ب ج"),
            ("(نهر جسر) أو قديم ", "ب ج"),
            ("نهر -(سد أو جسر) ", ""),
            ("\"نهر سد\"~2 ", "أ"),
            ("\"نهر الجسر\"~1 ", "ب"),
        ],
    );
}

#[test]
fn spelling_as_typed_counts_when_asked_for() {
    let (_dir, searcher) = searcher_of(&[
        ("أ", "اجتمعت الإدارة أمس"),
        ("ب", "اجتمعت الادارة أمس"),
        ("ج", "قال مصطفى"),
        ("د", "قال مصطفي"),
    ]);
    let check = |query: &str, as_typed: bool, expected: &str| {
        let request = SearchRequest {
            as_typed,
            ..request(query)
        };
        let mut found = titles(&searcher, &request);
        found.sort();
        assert_eq!(found.join(" "), expected, "{query}");
    };
    check("إدارة ", false, "أ ب");
    check("إدارة ", true, "أ");
    check("ادارة ", true, "ب");
    check("الإدا", true, "أ");
    check("مصطفى ", true, "ج");
    check("\"مصطفي\"", true, "د");
    check("-إدارة اجتمعت ", true, "ب");
}

#[test]
fn vowel_signs_of_the_query_count() {
    check(
        &[("أ", "رفع عَلَم بلاده"), ("ب", "هذا عِلم نافع"), ("ج", "رفع علم بلاده")],
        &[
            ("علم ", "أ ب ج"),
            ("عَلَم ", "أ ج"),
            ("عِلم ", "ب ج"),
            ("«عَلَم بلاده»", "أ ج"),
        ],
    );
}

#[test]
fn what_is_being_typed_is_completed() {
    let (_dir, searcher) = searcher_of(&[
        ("أ", "الجسر القديم والجسور والإدارة"),
        ("ب", "إدارة الجسور في المدينة، جسر وجسر"),
        ("ج", "إدارة المدينة"),
    ]);
    let words = |query: &str| -> Vec<(String, String)> {
        searcher
            .completions(query)
            .unwrap()
            .into_iter()
            .filter(|it| it.kind == CompletionKind::Word)
            .map(|it| (it.shown, it.query_text))
            .collect()
    };
    let pair = |shown: &str, query: &str| (shown.to_owned(), query.to_owned());
    assert_eq!(words("قديم ادا"), [pair("إدارة", "قديم إدارة ")]);
    assert_eq!(words("-ادا"), [pair("إدارة", "-إدارة ")]);
    assert_eq!(words("قديم "), []);
    assert_eq!(words("«ادا"), []);
    assert_eq!(words("ا"), []);
    let operators: Vec<String> = searcher
        .completions("مصد")
        .unwrap()
        .into_iter()
        .filter(|it| it.kind == CompletionKind::Operator)
        .map(|it| it.query_text)
        .collect();
    assert_eq!(operators, ["مصدر:"]);
}

fn nothing_found(searcher: &Searcher, request: &SearchRequest) -> NothingFound {
    let page = search(searcher, request);
    assert!(page.articles.is_empty());
    page.nothing_found
}

#[test]
fn nothing_found_says_why_and_offers_the_nearest() {
    let (_dir, searcher) = searcher_of(&[("أ", "جلسة البرلمان اليوم"), ("ب", "جلسة الحكومة اليوم")]);
    let found = nothing_found(&searcher, &request("جلسة البرلمن "));
    let missing: Vec<&str> = found.missing.iter().map(|it| it.english.as_str()).collect();
    assert_eq!(missing, ["“\u{2068}البرلمن\u{2069}”"]);
    assert_eq!(
        found.ways[0].change,
        Change::Spelling {
            word: "البرلمان".into(),
            query_text: "جلسة البرلمان ".into(),
        }
    );
    assert_eq!(found.ways[0].articles, 1);
    for way in &found.ways {
        if let Change::WithoutPart { query_text, .. } | Change::AnyWord { query_text } = &way.change {
            assert_eq!(titles(&searcher, &request(query_text)).len() as u64, way.articles);
        }
    }

    let found = nothing_found(&searcher, &request("جلصة البرلمن "));
    assert_eq!(
        found.ways[0].change,
        Change::Spelling {
            word: "جلسة البرلمان".into(),
            query_text: "جلسة البرلمان ".into(),
        }
    );

    let found = nothing_found(&searcher, &request("البرلمان الحكومة "));
    assert!(found.missing.is_empty());
    let last = found.ways.last().unwrap();
    assert!(matches!(&last.change, Change::AnyWord { .. }));
    assert_eq!(last.articles, 2);

    let mut filtered = request("البرلمان ");
    filtered.filters.values.push(FacetFilter {
        facet: Facet::Person,
        id: "gone".into(),
        name: "سامي".into(),
        excluded: false,
    });
    let found = nothing_found(&searcher, &filtered);
    assert_eq!(found.ways.len(), 1);
    assert_eq!(found.ways[0].change, Change::WithoutFilter(0));
}

/// A text with signs after some of its letters, and for each byte of `plain` where it stands in there.
fn marked(plain: &str, signs: &[u8]) -> (String, Vec<usize>) {
    const SIGNS: [&str; 5] = ["", "\u{064E}", "\u{0651}\u{064F}", "\u{0640}\u{0640}", "\u{0650}"];
    let mut text = String::new();
    let mut places = Vec::new();
    for (idx, c) in plain.chars().enumerate() {
        for _ in 0..c.len_utf8() {
            places.push(text.len());
        }
        text.push(c);
        if c.is_alphabetic() {
            text.push_str(SIGNS[usize::from(signs[idx % signs.len()]) % SIGNS.len()]);
        }
    }
    places.push(text.len());
    (text, places)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn signs_move_no_match(signs in proptest::collection::vec(0_u8..5, 1..40)) {
        const TEXT: &str = "قالت الإدارة إن دمج البنكين بدأ، وإن إدارته عام 2023 تمت بدمجها في شركة (COP28) واحدة";
        let (_dir, searcher) = searcher_of(&[("أ", "نص")]);
        for query in ["دمج إدارة ", "«دمج البنكين»", "الإدا", "2023 ", "شركة cop28 "] {
            let plain = searcher.find_matches(query, false, TEXT);
            prop_assert!(!plain.is_empty());
            let (text, places) = marked(TEXT, &signs);
            let found = searcher.find_matches(query, false, &text);
            prop_assert_eq!(plain.len(), found.len());
            for (plain, found) in plain.iter().zip(&found) {
                prop_assert_eq!(found.start, places[plain.start]);
                // The signs on the last letter belong to it.
                let end = places[plain.end];
                prop_assert_eq!(found.end, end, "{}", &text[found.start..found.end]);
            }
        }
    }

    #[test]
    fn every_text_is_answered(text in ".{0,40}|[ا-ي«»()~*\"\\-: ]{0,40}|(من:|إلى: |شخص:|يذكر:|title:| OR |NOT |\\(|\\)|«|~3|غزة |2023|-){0,12}") {
        let (_dir, searcher) = searcher_of(&[("أ", "نص قصير")]);
        let page = search(&searcher, &request(&text));
        searcher.hits(&page, 0..page.articles.len(), &request(&text));
        searcher.completions(&text).unwrap();
        let typed = SearchRequest { as_typed: true, ..request(&text) };
        search(&searcher, &typed);
    }
}

#[test]
fn the_usual_spelling_of_a_rare_word_is_offered_where_the_archive_puts_it_in_its_place() {
    let bodies = [
        ("وصل طيب أردوغان إلى الوادي", 25),
        ("وصل طيب اردوجان إلى البحر", 1),
        ("أردوغام كلمة أخرى بلا جار", 1),
        ("حديث لا شأن له", 100),
    ];
    let all = bodies
        .into_iter()
        .flat_map(|(body, times)| std::iter::repeat_n(body, times));
    let draft = |(number, body): (usize, &'static str)| Draft {
        title: format!("خبر {number}").leak(),
        body,
        ..Draft::default()
    };
    let drafts: Vec<Draft> = all.enumerate().map(draft).collect();
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    add(&index, &drafts);
    let searcher = index.searcher().unwrap();
    let usual = |query: &str| {
        let request = request(query);
        let n_articles = search(&searcher, &request).n_articles;
        let usual = searcher.usual_spelling(&request, n_articles, &|| false).unwrap();
        usual.map(|it| (it.query_text, it.articles))
    };
    let offered = |query: &str, articles| Some((query.to_owned(), articles));
    assert_eq!(usual("اردوجان "), offered("أردوغان ", 25));
    // Only the rare word is replaced; operators stay as they were typed.
    assert_eq!(usual("طيب اردوجان "), offered("طيب أردوغان ", 25));
    assert_eq!(usual("\"طيب اردوجان\" "), offered("\"طيب أردوغان\" ", 25));
    assert_eq!(usual("(اردوجان أو كلمة) -جبل "), offered("(أردوغان أو كلمة) -جبل ", 26));
    // Right words are not nagged about: frequent ones, and rare ones with other neighbours.
    assert_eq!(usual("أردوغان "), None);
    assert_eq!(usual("أردوغام "), None);
    assert_eq!(usual("البحر "), None);
}
