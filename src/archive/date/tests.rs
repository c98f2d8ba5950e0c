use std::path::Path;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::archive::DatePrecision;

use super::*;

/// Cases collected from papers and written after them; the columns are explained by their first line.
const CASES: [(&str, &str); 2] = [
    ("dates.tsv", include_str!("../../../tests/dates.tsv")),
    ("dates_more.tsv", include_str!("../../../tests/dates_more.tsv")),
];

/// What a text says of dates, as the cases write it; several expressions with " ; " between them.
fn shown(text: &str, anchor: Option<Date>) -> String {
    let found = expressions(text);
    let shown: Vec<String> = found
        .iter()
        .map(|it| {
            it.resolve(anchor)
                .map_or_else(|| "unresolved".to_owned(), |it| resolved_text(&it))
        })
        .collect();
    shown.join(" ; ")
}

fn resolved_text(it: &ResolvedDays) -> String {
    if let Some(time) = it.time {
        return time.on(it.days[0].first).unwrap_or_default();
    }
    let end = |day: Date, precision: DatePrecision| match precision {
        DatePrecision::Day => day.to_string(),
        DatePrecision::Month => day.strftime("%Y-%m").to_string(),
        DatePrecision::Year => day.strftime("%Y").to_string(),
    };
    let days: Vec<String> = it
        .days
        .iter()
        .map(|days| {
            let (first, last) = (end(days.first, days.precision), end(days.last, days.precision));
            if first == last {
                first
            } else {
                format!("{first}/{last}")
            }
        })
        .collect();
    format!("{}{}", if it.is_approximate { "~" } else { "" }, days.join(","))
}

#[test]
fn every_case_is_read_as_its_paper_meant_it() {
    let mut wrong = Vec::new();
    let mut n_cases = 0;
    for (file, cases) in CASES {
        let mut n_right = 0;
        let mut n_here = 0;
        for line in cases.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, _, _, text, anchor, weekday, expected, granularity, ..] = columns[..] else {
                panic!("{file}: a line with too few columns: {line}");
            };
            let anchor: Date = anchor.parse().unwrap();
            assert_eq!(anchor.strftime("%a").to_string(), weekday, "{id}");
            assert_eq!(expected.is_empty(), granularity == "none", "{id}");
            let found = shown(text, Some(anchor));
            n_here += 1;
            if found == expected {
                n_right += 1;
            } else {
                wrong.push(format!("{id}: {text} ({anchor} {weekday}): {found}, not {expected}"));
            }
        }
        println!("{file}: {n_right} of {n_here}");
        n_cases += n_here;
    }
    assert!(360 < n_cases);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[track_caller]
fn check_stated(text: &str, expected: &str) {
    let found = parse_date(text).map_or_else(
        || "none".to_owned(),
        |(date, precision)| match precision {
            DatePrecision::Day => date.to_string(),
            DatePrecision::Month => date.strftime("%Y-%m").to_string(),
            DatePrecision::Year => date.strftime("%Y").to_string(),
        },
    );
    assert_eq!(found, expected, "{text}");
}

#[test]
fn fields_state_their_date_in_many_forms() {
    for (text, expected) in [
        ("28 أكتوبر 2023", "2023-10-28"),
        (
            "الثلاثاء، 12 كانون الثاني/يناير 2010، آخر تحديث 11:00 (GMT+0400)",
            "2010-01-12",
        ),
        ("الأربعاء 3 جويلية 2019", "2019-07-03"),
        ("14 شباط (فبراير) 2005", "2005-02-14"),
        ("16 ماي أيار 2020", "2020-05-16"),
        ("30 من شهر يوليو 2018", "2018-07-30"),
        ("أكتوبر 2023", "2023-10"),
        ("28th, October 2023 GMT", "2023-10-28"),
        ("April 13, 2024", "2024-04-13"),
        ("Fri, 11 Aug 2017 15:25:39 GMT", "2017-08-11"),
        ("2023-01-30T23:00:00+02:00", "2023-01-30"),
        ("2023", "2023"),
        ("2023-10", "2023-10"),
        ("20231028", "2023-10-28"),
        ("20231028T101500Z", "2023-10-28"),
        ("غرة رجب 1441هـ", "2020-02-25"),
        ("12 خرداد 1403 - 24 ذو القعدة 1445 - 1 يونيو 2024", "2024-06-01"),
        ("1402/12/13 هـ.ش", "2024-03-03"),
        ("34 رجب 1436هـ الموافق 13 مايو 2015م", "2015-05-13"),
        ("25 شوال 1436 هـ الموافق 10 اغسطس 2015 م", "2015-08-10"),
    ] {
        check_stated(text, expected);
    }
}

#[test]
fn without_a_year_nothing_is_stated() {
    for text in [
        "اليوم الخميس",
        "7 أكتوبر",
        "17/12/08",
        "31/31/2020",
        "5+1",
        "الساعة 12:30",
        "في عام 2023 قال الوزير",
        "20231345",
        "1403/3/12",
        "12 أبريل 1403",
        "",
    ] {
        check_stated(text, "none");
    }
}

#[test]
fn a_line_may_hold_a_date_of_publication_and_one_of_an_update() {
    #[track_caller]
    fn check(text: &str, expected: Option<(&str, bool)>) {
        let found = parse_published(text).map(|it| (it.date.to_string(), it.is_update));
        assert_eq!(
            found,
            expected.map(|(date, is_update)| (date.to_owned(), is_update)),
            "{text}"
        );
    }
    check("نشر: 5/3/2020 - آخر تحديث: 7/3/2020", Some(("2020-03-05", false)));
    check("آخر تحديث 7 مارس 2020 | النشر 5 مارس 2020", Some(("2020-03-05", false)));
    check("آخر تحديث في 7 مارس 2020", Some(("2020-03-07", true)));
    check("12 كانون الثاني 2010، آخر تحديث 11:00", Some(("2010-01-12", false)));
    check("قبل ثلاثة أيام", None);
}

#[test]
fn the_clock_of_a_page_says_today() {
    assert!(is_page_clock("اليوم الأحد 5 مارس 2023") && !is_page_clock("الأحد 5 مارس 2023"));
    assert!(is_page_clock("الآن: 5 مارس 2023") && !is_page_clock("الأناضول - 5 مارس 2023"));
}

#[test]
fn addresses_and_file_names_hold_days_that_are_unmistakable() {
    let day = date(2023, 10, 28);
    for path in [
        "https://example.org/a/2023/10/28/title-5",
        "https://example.org/20231028",
        "/n/2023-10-28-x",
    ] {
        assert_eq!(in_address(path), Some(day), "{path}");
    }
    for path in [
        "https://example.org/a/2023/10/title",
        "https://example.org/120231028",
        "https://example.org/20231345",
        "https://example.org/2023-10-28/2023-10-29",
        "https://example.org/1823/10/28",
        "",
    ] {
        assert_eq!(in_address(path), None, "{path}");
    }
    for (path, expected) in [
        ("politics/2023-10-28.txt", Some(day)),
        ("2023/10/28/5.txt", Some(day)),
        ("news_20231028_5.html", Some(day)),
        ("collected-2023-10-28/5.txt", None),
        ("20231028/5.txt", None),
        ("5.txt", None),
    ] {
        assert_eq!(in_file_path(Path::new(path)), expected, "{path}");
    }
}

fn today_of(text: &str) -> Option<Date> {
    day_of_writing(std::iter::once(text))
}

#[test]
fn a_text_dates_itself_only_by_its_full_date_of_today() {
    assert_eq!(
        today_of("قال الوزير اليوم الخميس 26 أكتوبر 2023 إن"),
        Some(date(2023, 10, 26))
    );
    assert_eq!(today_of("قال مساء اليوم 26 أكتوبر 2023 إن"), Some(date(2023, 10, 26)));
    // Not that weekday, another day, without a year, not today.
    assert_eq!(today_of("قال اليوم الجمعة 26 أكتوبر 2023 إن"), None);
    assert_eq!(today_of("اليوم 26 أكتوبر 2023. واليوم 27 أكتوبر 2023"), None);
    assert_eq!(today_of("قال اليوم الخميس 26 أكتوبر إن"), None);
    assert_eq!(today_of("وقع في 26 أكتوبر 2023"), None);
}

#[test]
fn spans_are_those_of_the_text() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = expressions(text);
        let found: Vec<&str> = found.iter().filter_map(|it| it.span.of(text)).collect();
        assert_eq!(found, expected);
    }
    check(
        "عاد مساءَ أمسٍ (الجمعة)، وقبل يومين أيضًا",
        &["مساءَ أمسٍ (الجمعة)", "وقبل يومين"],
    );
    check(
        "قال في 26 تشرين الأول\u{200F}/ أكتوبر 2023م.",
        &["26 تشرين الأول\u{200F}/ أكتوبر 2023م"],
    );
    check("نهاية السطر 5\nمارس 2020", &["مارس 2020"]);
}

#[test]
fn relative_dates_need_a_day_to_start_from() {
    let found = expressions("قال أمس إن المعرض يفتح في 5 مارس 2020");
    assert_eq!(found[0].resolve(None), None);
    assert!(found[1].resolve(None).is_some());
}

/// Words of dates, numbers and marks in any order: more likely to reach the grammar's corners than any text.
fn date_words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "26",
        "٢٠٢٣",
        "2023",
        "1445",
        "31",
        "0",
        "99999999999",
        "أكتوبر",
        "كانون",
        "الثاني",
        "ربيع",
        "ذي",
        "الحجة",
        "رمضان",
        "صفر",
        "الخميس",
        "يوم",
        "اليوم",
        "أمس",
        "غد",
        "بعد",
        "قبل",
        "منذ",
        "من",
        "إلى",
        "بين",
        "و",
        "و24",
        "الساعة",
        "مساء",
        "منتصف",
        "ليل",
        "الأول",
        "الحادي",
        "والعشرين",
        "عشر",
        "شهر",
        "الشهر",
        "عام",
        "العام",
        "الأسبوع",
        "أسابيع",
        "الماضي",
        "المقبل",
        "هذا",
        "مطلع",
        "الربع",
        "القرن",
        "التسعينيات",
        "صيف",
        "الموافق",
        "هـ",
        "م",
        "ص",
        "بتوقيت",
        "مكة",
        "GMT",
        "T",
        "Z",
        "+0300",
        "/",
        "-",
        ".",
        ":",
        "(",
        ")",
        "،",
        "\n",
        "خبر",
        "إلا",
        "ربعا",
        "ظهرا",
        "ـ",
    ]);
    (prop::collection::vec((word, any::<bool>()), 0..24)).prop_map(|words| {
        words
            .iter()
            .map(|(word, spaced)| format!("{word}{}", if *spaced { " " } else { "" }))
            .collect()
    })
}

#[test]
fn the_same_word_over_and_over_takes_no_longer_than_others() {
    // What looks ahead without bound would take hours here, or more stack than there is.
    for piece in [
        "الخميس ",
        "GMT ",
        "1:00 (",
        "الساعة ",
        "من ",
        "5 و",
        "1/",
        "1-",
        "رمضان المبارك ",
        "قبل ",
        "اليوم ",
        "2015 - ",
        "في ",
        "شهر ",
        "الحادي والعشرين ",
        "منتصف ",
        "صباح ",
        "5 مارس - ",
        "26 شوال 1436 هـ الموافق ",
        "إلى ",
        "ـ",
        "\u{200F}",
        "(",
        "هذا ",
        "يوم ",
    ] {
        check_any(&piece.repeat(40_000), Some(date(2020, 5, 5)));
    }
}

fn check_any(text: &str, anchor: Option<Date>) {
    let mut end = 0;
    for it in expressions(text) {
        assert!(end <= it.span.start && it.span.start < it.span.end, "{text:?}");
        assert!(it.span.of(text).is_some(), "{text:?}");
        end = it.span.end;
        if let Some(resolved) = it.resolve(anchor) {
            assert!(!resolved.days.is_empty());
            assert!(
                resolved.days.iter().all(|days| days.first <= days.last),
                "{text:?}: {resolved:?}"
            );
            if let Some(time) = resolved.time {
                assert!(
                    (0..=24).contains(&time.hour) && (0..60).contains(&time.minute),
                    "{text:?}"
                );
                time.on(resolved.days[0].first);
            }
        }
    }
    parse_date(text);
    opening_date(text);
    parse_published(text);
    beside_date(text);
    today_of(text);
    in_address(text);
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in ".{0,80}", days in -4_000_000_i32..2_900_000) {
        let anchor = date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).ok();
        check_any(&text, anchor);
    }

    #[test]
    fn any_words_of_dates_are_read_without_harm(text in date_words(), days in -700_000_i32..2_900_000) {
        let anchor = date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).ok();
        check_any(&text, anchor);
    }
}
