//! What is searched for, in words: names, filters, the query as it was understood, and ways out of an empty result.

use std::borrow::Cow;
use std::path::Path;

use jiff::civil::Date;

use crate::arabic::language_name;
use crate::archive::{DatePrecision, Format};
use crate::index::{
    Change, Completion, CompletionKind, Facet, FacetFilter, MarkKind, QueryUnderstood, SearchRequest, Unmet,
    UsualSpelling, WayOut,
};

use super::bidi::{facts, isolate, isolated};
use super::table::Words;
use super::{count, date, mark};

/// The spelling by which a name was found: «بوجدانوف (بوغدانوف)».
pub fn found_as(name: &str, spelling: Option<&str>) -> String {
    spelling.map_or_else(|| name.to_owned(), |it| format!("{} ({})", isolate(name), isolate(it)))
}

/// In how many articles a name and others are together: with one of several it says with whom.
pub fn together(words: Words<'_>, name: Option<&str>, is_all: bool, articles: u64) -> String {
    let n = count::n_articles(words, articles);
    let name = name.map(isolate);
    match (name, is_all) {
        (Some(name), _) => words.say(format!("معًا مع {name}: {n}"), format!("Together with {name}: {n}")),
        (None, true) => words.say(format!("كلهم معًا: {n}"), format!("All together: {n}")),
        (None, false) => words.say(format!("معًا: {n}"), format!("Together: {n}")),
    }
}

/// A name that appears with another one.
pub fn together_with(words: Words<'_>, name: &str) -> String {
    let name = isolate(name);
    words.say(format!("مع {name}"), format!("With {name}"))
}

/// With whom a name appears: some of them with their counts, and how many others there are.
pub fn appears_with(words: Words<'_>, with: &[String], n_links: usize) -> String {
    if with.is_empty() {
        return words.say("لا يظهر مع غيره هنا", "Appears with nobody here").to_owned();
    }
    let with: Vec<String> = with.iter().map(|it| isolate(it)).collect();
    let n_others = n_links - with.len();
    let mut told = words.say(
        format!("يظهر مع: {}", with.join("، ")),
        format!("appears with: {}", with.join(", ")),
    );
    if n_others != 0 {
        let n = count::number(words, n_others as u64);
        told += &words.say(format!("، و{n} غيرهم"), format!(", and {n} others"));
    }
    told
}

/// Two names that appear together, and in how many articles.
pub fn pair(words: Words<'_>, [a, b]: [&str; 2], articles: u64) -> String {
    let (a, b, n) = (isolate(a), isolate(b), count::n_articles(words, articles));
    words.say(format!("{a} و{b}: {n}"), format!("{a} and {b}: {n}"))
}

/// That a name is being corrected: «تصحيح «سامي العامري»».
pub fn correcting(words: Words<'_>, name: &str) -> String {
    match words.is_arabic() {
        true => format!("تصحيح «{}»", isolate(name)),
        false => format!("Correct “{}”", isolate(name)),
    }
}

/// The name of a facet's value as it is shown: «أكتوبر 2023» for the month "2023-10", «العربية» for "ara".
pub fn facet_value<'a>(words: Words<'_>, facet: Facet, name: &'a str) -> Cow<'a, str> {
    match facet {
        Facet::Language => {
            let names = language_name(name);
            let name = names.map_or(
                name,
                |(arabic, english)| if words.is_arabic() { arabic } else { english },
            );
            return Cow::Borrowed(name);
        }
        Facet::Format => return Cow::Borrowed(Format::for_name(name).map_or(name, |it| words.format(it))),
        Facet::Folder => return Cow::Owned(isolated(Path::new(name))),
        Facet::Mark => return Cow::Borrowed(MarkKind::of_id(name).map_or(name, |it| mark::kind(words, it))),
        Facet::Person | Facet::Organisation | Facet::Place | Facet::Source | Facet::Keyword => {
            return Cow::Borrowed(name);
        }
        Facet::Date => {}
    }
    let number = |part: &str| part.parse::<i16>().ok();
    let day = match name.split_once('-') {
        Some((year, month)) => number(year)
            .zip(month.parse::<i8>().ok())
            .and_then(|(year, month)| Some((Date::new(year, month, 1).ok()?, DatePrecision::Month))),
        None => number(name).and_then(|year| Some((Date::new(year, 1, 1).ok()?, DatePrecision::Year))),
    };
    day.map_or(Cow::Borrowed(name), |(date, precision)| {
        Cow::Owned(date::date(words, date, precision))
    })
}

/// «مشابهة لـ«…»», “similar to “…””.
pub fn similar_to(words: Words<'_>, title: &str) -> String {
    let title = isolate(title);
    match words.is_arabic() {
        true => format!("مشابهة لـ«{title}»"),
        false => format!("similar to “{title}”"),
    }
}

/// What a request asks for, in one line.
pub fn request(words: Words<'_>, request: &SearchRequest) -> String {
    let mut parts = Vec::new();
    if !request.query_text.trim().is_empty() {
        parts.push(request.query_text.trim().to_owned());
    }
    if let Some(it) = &request.similar_to {
        parts.push(similar_to(words, &it.title));
    }
    for filter in &request.filters.values {
        let name = facet_value(words, filter.facet, &filter.name);
        parts.push(match filter.excluded {
            true => format!("{} {}", words.not(), isolate(&name)),
            false => name.into_owned(),
        });
    }
    parts.extend(request.filters.period.map(|period| date::period(words, period)));
    parts.extend(request.filters.new_since.map(|it| date::new_since(words, it)));
    match parts.is_empty() {
        true => words.all_articles().to_owned(),
        false => facts(&parts.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

/// What a chart of the most frequent values of a facet is called.
pub fn chart_top(words: Words<'_>, facet: Facet) -> String {
    let plural = words.facet(facet);
    words.say(format!("الأكثر ورودًا: {plural}"), format!("{plural}: the most frequent"))
}

/// What a chart of names over time is called.
pub fn chart_names(words: Words<'_>, names: &[&str]) -> String {
    match names {
        [name] => words.say(format!("{name} عبر الزمن"), format!("{name} over time")),
        names => names.join(words.say("، ", ", ")),
    }
}

/// What a request asks for, as rows of a label and a value: the query, each chosen value, the period.
pub fn request_rows(words: Words<'_>, request: &SearchRequest) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let query = request.query_text.trim();
    if !query.is_empty() {
        rows.push((words.search().to_owned(), query.to_owned()));
    }
    if let Some(it) = &request.similar_to {
        rows.push((words.search().to_owned(), similar_to(words, &it.title)));
    }
    for filter in &request.filters.values {
        let kind = words.facet_value(filter.facet);
        let label = match filter.excluded {
            true => format!("{} {kind}", words.not()),
            false => kind.to_owned(),
        };
        rows.push((label, facet_value(words, filter.facet, &filter.name).into_owned()));
    }
    let period = request.filters.period.map(|it| date::period(words, it));
    let new = request.filters.new_since.map(|it| date::new_since(words, it));
    let periods = period.into_iter().chain(new);
    rows.extend(periods.map(|it| (words.period().to_owned(), it)));
    if rows.is_empty() {
        rows.push((words.search().to_owned(), words.all_articles().to_owned()));
    }
    rows
}

/// What of a query no article meets: «لا مصدر باسم «رويتر»؛ أقربها: «رويترز»».
pub fn unmet(words: Words<'_>, unmet: &Unmet) -> String {
    let quoted = |it: &str| words.say(format!("«{}»", isolate(it)), format!("“{}”", isolate(it)));
    let (told, nearest) = match unmet {
        Unmet::NoValue { facet, value, nearest } => {
            let (kind, value) = (words.facet_value(*facet), quoted(value));
            let told = words.say(format!("لا {kind} باسم {value}"), format!("No {kind} is called {value}"));
            (told, nearest.as_slice())
        }
        Unmet::NoOperator { name, nearest } => {
            let name = quoted(name);
            let told = words.say(
                format!("{name} ليس من عوامل البحث"),
                format!("{name} is no operator of the search"),
            );
            (told, nearest.as_slice())
        }
        Unmet::NoDate(value) => {
            let value = quoted(value);
            (
                words.say(format!("{value} ليس تاريخًا"), format!("{value} is no date")),
                [].as_slice(),
            )
        }
    };
    if nearest.is_empty() {
        return told;
    }
    let nearest: Vec<String> = nearest.iter().map(|it| quoted(it)).collect();
    words.say(
        format!("{told}؛ أقربها: {}", nearest.join("، ")),
        format!("{told}; the nearest: {}", nearest.join(", ")),
    )
}

/// How the rare words of a query are usually written: «هل تقصد «أردوغان»؟ 136 مقالًا (Ctrl+Enter)».
pub fn usual(words: Words<'_>, usual: &UsualSpelling) -> String {
    let written: Vec<String> = usual.words.iter().map(|it| isolate(&it.usual)).collect();
    let articles = count::n_articles(words, usual.articles);
    words.say(
        format!(
            "هل تقصد «{}»؟ {articles} ({})",
            written.join("» و«"),
            isolate("Ctrl+Enter")
        ),
        format!("Did you mean “{}”? {articles} (Ctrl+Enter)", written.join("”, “")),
    )
}

/// How the query was understood.
pub fn understood(words: Words<'_>, query: &QueryUnderstood) -> String {
    let query = if words.is_arabic() {
        &query.arabic
    } else {
        &query.english
    };
    format!("{}: {}", words.search(), with_dates(words, query))
}

/// A query with its dates as the window writes dates: «من 1 سبتمبر 2016» for «من 2016-09-01». What stands in quotes is
/// the user's and stays.
fn with_dates(words: Words<'_>, query: &str) -> String {
    let mut text = String::with_capacity(query.len());
    let mut is_quoted = false;
    for piece in query.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '–')) {
        is_quoted |= piece.contains(['«', '“']);
        let bare = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
        match bare.parse() {
            Ok(day) if !is_quoted && bare.len() == "2016-09-01".len() => {
                text.push_str(&date::date(words, day, DatePrecision::Day));
                text.push_str(&piece[bare.len()..]);
            }
            _ => text.push_str(piece),
        }
        is_quoted &= !piece.contains(['»', '”']);
    }
    text
}

/// What a completion is: its kind, and how many articles hold it.
pub fn completion_note(words: Words<'_>, completion: &Completion) -> String {
    let kind = match completion.kind {
        CompletionKind::Word => "",
        CompletionKind::Operator => operator_note(words, &completion.shown),
        CompletionKind::Value(facet) => facet_value_kind(words, facet),
    };
    let count = completion.articles.map(|it| count::n_articles(words, it));
    let parts = [Some(kind.to_owned()), count];
    parts
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What a value of a facet is.
fn facet_value_kind(words: Words<'_>, facet: Facet) -> &'static str {
    let (arabic, english) = match facet {
        Facet::Person => ("شخص", "person"),
        Facet::Organisation => ("جهة", "organisation"),
        Facet::Place => ("مكان", "place"),
        Facet::Source => ("مصدر", "source"),
        Facet::Keyword => ("كلمة دلالية", "keyword"),
        Facet::Date => ("تاريخ مذكور", "date mentioned"),
        Facet::Language => ("لغة", "language"),
        Facet::Folder => ("مجلد", "folder"),
        Facet::Format => ("نوع الملف", "file type"),
        Facet::Mark => ("علامة", "tag"),
    };
    if words.is_arabic() { arabic } else { english }
}

/// What an operator, named as it is typed, narrows to.
fn operator_note(words: Words<'_>, operator: &str) -> &'static str {
    let (arabic, english) = match operator.trim_end_matches(':') {
        "من" | "from" => ("من تاريخ", "from a date on"),
        "إلى" | "to" => ("إلى تاريخ", "up to a date"),
        "تاريخ" | "date" => ("نُشر في", "published in"),
        "يذكر" | "mentions" => ("يذكر تاريخًا", "speaks of a date"),
        "عنوان" | "title" => ("في العنوان", "in the title"),
        _ => ("تضييق البحث", "narrows the search"),
    };
    if words.is_arabic() { arabic } else { english }
}

/// That no article holds a part of the query.
pub fn missing_part(words: Words<'_>, part: &QueryUnderstood) -> String {
    match words.is_arabic() {
        true => format!("ليس في الأرشيف: {}", part.arabic),
        false => format!("Not in the archive: {}", part.english),
    }
}

/// A change of the request that finds something, and how much. `filters` are those of the request.
pub fn way_out(words: Words<'_>, way: &WayOut, filters: &[FacetFilter]) -> String {
    let arabic = words.is_arabic();
    let change = match &way.change {
        Change::Spelling { word, .. } if arabic => format!("هل تقصد «{}»؟", isolate(word)),
        Change::Spelling { word, .. } => format!("Did you mean “{}”?", isolate(word)),
        Change::WithoutFilter(idx) => {
            let filter = filters.get(*idx);
            let name = filter.map(|it| isolate(&facet_value(words, it.facet, &it.name)));
            let name = name.unwrap_or_default();
            if arabic {
                format!("بلا المرشّح «{name}»")
            } else {
                format!("Without the filter “{name}”")
            }
        }
        Change::WithoutPeriod if arabic => "في أي وقت".to_owned(),
        Change::WithoutPeriod => "At any time".to_owned(),
        // A word alone stands in quotes; everything else says what it is.
        Change::WithoutPart { part, .. } if arabic => match part.arabic.starts_with('«') {
            true => format!("بلا كلمة {}", part.arabic),
            false => format!("بلا {}", part.arabic),
        },
        Change::WithoutPart { part, .. } => format!("Without {}", part.english),
        Change::AnyWord { .. } if arabic => "أيّ كلمة من هذه الكلمات".to_owned(),
        Change::AnyWord { .. } => "Any of these words".to_owned(),
    };
    format!("{change} · {}", count::n_articles(words, way.articles))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Settings;

    #[test]
    fn dates_of_the_query_are_written_as_the_window_writes_dates() {
        let settings = Settings::default();
        let with_dates = |query| with_dates(Words(&settings), query);
        assert_eq!(
            with_dates("«نهر» ومن 2020-01-01 (إلى 2020-02-03)"),
            "«نهر» ومن 1\u{A0}يناير\u{A0}2020 (إلى 3\u{A0}فبراير\u{A0}2020)"
        );
        assert_eq!(with_dates("المجلد «أخبار 2020-01-01»"), "المجلد «أخبار 2020-01-01»");
    }
}
