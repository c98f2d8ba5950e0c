//! What is searched for, in words: names, filters, the query as it was understood, and ways out of an empty result.

use std::borrow::Cow;
use std::path::Path;

use jiff::civil::Date;

use crate::arabic::language_name;
use crate::archive::{DatePrecision, Format};
use crate::index::{Change, Completion, CompletionKind, Facet, FacetFilter, QueryUnderstood, SearchRequest, WayOut};

use super::bidi::{facts, isolate, isolated};
use super::table::Words;
use super::{count, date};

/// The spelling by which a name was found: «بوجدانوف (بوغدانوف)».
pub fn found_as(name: &str, spelling: Option<&str>) -> String {
    spelling.map_or_else(|| name.to_owned(), |it| format!("{} ({})", isolate(name), isolate(it)))
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
        _ => {}
    }
    let number = |part: &str| part.parse::<i16>().ok();
    let day = match (facet, name.split_once('-')) {
        (Facet::Date, Some((year, month))) => number(year)
            .zip(month.parse::<i8>().ok())
            .and_then(|(year, month)| Some((Date::new(year, month, 1).ok()?, DatePrecision::Month))),
        (Facet::Date, None) => number(name).and_then(|year| Some((Date::new(year, 1, 1).ok()?, DatePrecision::Year))),
        _ => None,
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
    match parts.is_empty() {
        true => words.all_articles().to_owned(),
        false => facts(&parts.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

/// How the query was understood.
pub fn understood(words: Words<'_>, query: &QueryUnderstood) -> String {
    let query = if words.is_arabic() {
        &query.arabic
    } else {
        &query.english
    };
    format!("{}: {query}", words.search())
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
        Facet::Keyword => ("وسم", "keyword"),
        _ => ("تاريخ مذكور", "date mentioned"),
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
                format!("دون المرشّح «{name}»")
            } else {
                format!("Without the filter “{name}”")
            }
        }
        Change::WithoutPeriod if arabic => "في أي وقت".to_owned(),
        Change::WithoutPeriod => "At any time".to_owned(),
        Change::WithoutPart { part, .. } if arabic => format!("من غير: {}", part.arabic),
        Change::WithoutPart { part, .. } => format!("Leave out: {}", part.english),
        Change::AnyWord { .. } if arabic => "أيّ كلمة من هذه الكلمات".to_owned(),
        Change::AnyWord { .. } => "Any of these words".to_owned(),
    };
    format!("{change} · {}", count::n_articles(words, way.articles))
}
