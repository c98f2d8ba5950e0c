use proptest::prelude::*;

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

fn resolved_text(it: &Resolved) -> String {
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
