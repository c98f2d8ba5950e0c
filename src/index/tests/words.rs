//! Words of a query, and where they are found.

use crate::arabic::Span;
use crate::index::{Facet, FacetFilter, Hit, HitOrder, SearchRequest};

use super::{Draft, check, chosen, drafts, indexed, request, search, titles, with_filters};

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
    let hits: Vec<Hit> = hits.into_iter().map(Result::unwrap).collect();
    assert!(hits[1].score < hits[0].score && 0.0 < hits[1].score);
}

#[test]
fn a_search_that_is_no_longer_wanted_ends() {
    let (_dir, index) = indexed(&drafts());
    let searcher = index.searcher().unwrap();
    assert!(searcher.search(&request("كلام "), &|| true).unwrap().is_none());
    assert!(searcher.search(&request(""), &|| true).unwrap().is_none());
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
    let hit = hits[0].as_ref().unwrap();
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

    assert!(hit.snippet.names.is_empty() && hit.title_names.is_empty());

    let plain = searcher.hit(hit.article).unwrap().unwrap();
    assert!(plain.snippet.text.starts_with("هذه جملة أولى"));
    assert!(plain.snippet.matches.is_empty() && plain.title_matches.is_empty());
    assert_eq!(plain.score, 0.0);
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
        let found = searcher.find_title(&page, typed, after, &|| false).unwrap();
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
    assert_eq!(searcher.find_title(&page, "ق", None, &|| true).unwrap(), None);
    // The order is that of the page.
    let oldest = SearchRequest {
        order: HitOrder::Oldest,
        ..request("")
    };
    let page = search(&searcher, &oldest);
    assert_eq!(searcher.find_title(&page, "ق", None, &|| false).unwrap(), Some(1));
}

#[test]
fn a_snippet_shows_where_the_chosen_person_stands() {
    let body = "هذه جملة أولى طويلة لا تقول شيئاً عن الموضوع الذي نبحث عنه هنا أبداً، وهي تمتد وتمتد حتى تملأ السطر كله.\n\
        وهذه جملة ثانية لا تقول هي الأخرى ما نريد أن نعرفه عن الأمر. ثم التقى الوفد بسالم  الوادي في مكتبه، وتحدث عن الحصاد \
        الذي تأخر كثيراً هذا العام بسبب المطر الذي هطل أياماً طويلة على الحقول والبساتين كلها دون انقطاع.";
    let (_dir, index) = indexed(&[Draft {
        title: "لقاء مع سالم الوادي",
        body,
        people: &["سالم الوادي"],
        ..Draft::default()
    }]);
    let searcher = index.searcher().unwrap();
    let person = chosen(&searcher, Facet::Person, "سالم الوادي", false);
    let marked = |text: &str, spans: &[Span]| {
        let found: Vec<&str> = spans.iter().filter_map(|span| span.of(text)).collect();
        found.join("|")
    };
    let hit_of = |request: &SearchRequest| {
        let page = search(&searcher, request);
        let hit = searcher.hits(&page, 0..1, request).remove(0).unwrap();
        (page.named.to_vec(), hit)
    };
    let (named, hit) = hit_of(&with_filters(std::slice::from_ref(&person), None));
    assert_eq!(named.len(), 1);
    assert!(hit.snippet.text.starts_with('…'), "{}", hit.snippet.text);
    // Behind a clitic, and with one space for what stands between the words.
    assert_eq!(marked(&hit.snippet.text, &hit.snippet.names), "بسالم الوادي");
    assert_eq!(marked(&hit.title, &hit.title_names), "سالم الوادي");
    assert!(hit.snippet.matches.is_empty() && hit.title_matches.is_empty());

    // The words of a query are marked in another way.
    let with_words = SearchRequest {
        query_text: "الحصاد ".to_owned(),
        ..with_filters(std::slice::from_ref(&person), None)
    };
    let (_, hit) = hit_of(&with_words);
    assert_eq!(marked(&hit.snippet.text, &hit.snippet.matches), "الحصاد");
    assert_eq!(marked(&hit.snippet.text, &hit.snippet.names), "بسالم الوادي");

    // An operator of the query names somebody, too; who is excluded is not shown.
    let (named, hit) = hit_of(&request("شخص:\"سالم الوادي\""));
    assert_eq!((named.len(), hit.snippet.names.len()), (1, 1));
    let (named, _) = {
        let other = FacetFilter {
            excluded: true,
            ..person
        };
        let page = search(&searcher, &with_filters(&[other], None));
        (page.named.to_vec(), page.articles.len())
    };
    assert!(named.is_empty());
}
