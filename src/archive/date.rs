//! Dates as newspapers write them.
//!
//! [`parse_date`] reads the date that a header line or a field states. It invents nothing: without a year there is
//! no date. Days and months relative to another date are not for it.

use icu_calendar::cal::Hijri;
use jiff::civil::Date;

use crate::arabic::{Folding, Word, WordKind, fold, letter, words};

use super::article::DatePrecision;

/// Names of the Gregorian months, from January. CLDR 48 (`ar`, `ar-LB`, `ar-DZ`, `ar-MA`) and spellings of the press.
const MONTHS: [&[&str]; 12] = [
    &["يناير", "كانون الثاني", "جانفي", "ينایر", "january", "jan"],
    &["فبراير", "شباط", "فيفري", "فبرایر", "february", "feb"],
    &["مارس", "آذار", "اذار", "march", "mar"],
    &["أبريل", "إبريل", "نيسان", "أفريل", "april", "apr"],
    &["مايو", "أيار", "ماي", "مايس", "may"],
    &["يونيو", "يونيه", "حزيران", "جوان", "june", "jun"],
    &["يوليو", "يوليه", "تموز", "جويلية", "يوليوز", "july", "jul"],
    &["أغسطس", "آب", "أوت", "غشت", "august", "aug"],
    &["سبتمبر", "أيلول", "شتنبر", "september", "sept", "sep"],
    &["أكتوبر", "تشرين الأول", "اكتوبر", "october", "oct"],
    &["نوفمبر", "تشرين الثاني", "نونبر", "november", "nov"],
    &["ديسمبر", "كانون الأول", "دجنبر", "دسمبر", "december", "dec"],
];

/// Names of the Hijri months, from Muharram.
const HIJRI_MONTHS: [&[&str]; 12] = [
    &["محرم", "المحرم"],
    &["صفر"],
    &["ربيع الأول", "ربيع أول"],
    &["ربيع الآخر", "ربيع الثاني", "ربيع ثاني", "ربيع آخر"],
    &["جمادى الأولى", "جمادى الأول", "جماد الأول"],
    &[
        "جمادى الآخرة",
        "جمادى الثانية",
        "جمادى الآخر",
        "جماد الثاني",
        "جمادى الثاني",
    ],
    &["رجب"],
    &["شعبان"],
    &["رمضان"],
    &["شوال"],
    &["ذو القعدة", "ذي القعدة", "ذوالقعدة"],
    &["ذو الحجة", "ذي الحجة", "ذوالحجة"],
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Calendar {
    Gregorian,
    Hijri,
}

#[derive(Clone, Copy, Debug)]
struct Found {
    date: Date,
    precision: DatePrecision,
    calendar: Calendar,
    /// Where it begins, in bytes.
    start: usize,
}

/// The date that `text` states, and how much of it. Where it is stated in both calendars the Gregorian one holds;
/// of several the most precise, then the first.
pub fn parse_date(text: &str) -> Option<(Date, DatePrecision)> {
    let found = find_dates(text);
    let rank = |it: &Found| {
        (
            it.precision,
            it.calendar == Calendar::Gregorian,
            std::cmp::Reverse(it.start),
        )
    };
    found.into_iter().max_by_key(rank).map(|it| (it.date, it.precision))
}

/// The date with which a dateline in the opening of an article begins: a full one, within the first words.
pub fn parse_opening(text: &str) -> Option<(Date, DatePrecision)> {
    let opening: String = text.chars().take(110).collect();
    let found = find_dates(&opening);
    let first = found
        .iter()
        .filter(|it| it.precision == DatePrecision::Day)
        .min_by_key(|it| it.start)?;
    // Behind a place name at most, and marked as a dateline's by its calendar.
    let n_words = words(&opening[..first.start]).count();
    let folded = fold(&opening, Folding::Word);
    let is_dateline = n_words <= 3 && (folded.contains("الموافق") || first.calendar == Calendar::Hijri);
    is_dateline.then(|| parse_date(&opening)).flatten()
}

/// A word with its folded letters and, if it is a number, its value.
struct Token {
    text: String,
    number: Option<i32>,
    start: usize,
    end: usize,
}

fn find_dates(text: &str) -> Vec<Found> {
    let tokens: Vec<Token> = words(text).map(|word| token(text, word)).collect();
    let mut found = Vec::new();
    let mut idx = 0;
    while idx < tokens.len() {
        let at = numeric(text, &tokens, idx)
            .or_else(|| worded(&tokens, idx))
            .or_else(|| english(&tokens, idx));
        match at {
            Some((it, n_tokens)) => {
                found.push(Found {
                    start: tokens[idx].start,
                    ..it
                });
                idx += n_tokens;
            }
            None => idx += 1,
        }
    }
    if found.is_empty() {
        // «2023» alone, as fields state it.
        let years: Vec<i32> = tokens
            .iter()
            .filter_map(|it| it.number)
            .filter(|it| is_year(*it))
            .collect();
        if let ([year], true) = (years.as_slice(), tokens.len() <= 2) {
            found.extend(gregorian(*year, None, None));
        }
    }
    found
}

fn token(text: &str, word: Word) -> Token {
    let piece = word.span.of(text).unwrap_or_default();
    let number = match word.kind {
        WordKind::Number => piece.chars().filter_map(letter::digit).try_fold(0i32, |number, digit| {
            number.checked_mul(10)?.checked_add(i32::from(digit))
        }),
        _ => None,
    };
    Token {
        text: fold(piece, Folding::Word),
        number,
        start: word.span.start,
        end: word.span.end,
    }
}

/// 2023-10-28, 28/10/2023, 1436/10/25 هـ; also 2023-10. Two-digit years are not dates: they could be anything.
fn numeric(text: &str, tokens: &[Token], idx: usize) -> Option<(Found, usize)> {
    let joined = |a: &Token, b: &Token| {
        let between = text.get(a.end..b.start)?.trim();
        matches!(between, "-" | "/" | "." | "–").then_some(())
    };
    let [a, b] = [tokens.get(idx)?, tokens.get(idx + 1)?];
    let (first, second) = (a.number?, b.number?);
    joined(a, b)?;
    let third = tokens
        .get(idx + 2)
        .filter(|c| joined(b, c).is_some())
        .and_then(|c| c.number);
    let is_four = |token: &Token| token.end - token.start >= 4;
    match third {
        Some(third) => {
            let last = &tokens[idx + 2];
            let (year, month, day) = if is_four(a) {
                (first, second, third)
            } else if is_four(last) && 12 < second {
                (third, first, second)
            } else if is_four(last) {
                (third, second, first)
            } else {
                return None;
            };
            let found = if (1300..1500).contains(&year) {
                hijri(year, month, day)?
            } else {
                gregorian(year, Some(month), Some(day))?
            };
            Some((found, 3))
        }
        None if is_four(a) && is_year(first) => Some((gregorian(first, Some(second), None)?, 2)),
        None => None,
    }
}

/// 28 أكتوبر 2023, غرة رجب 1441 هـ, 25 (من شهر) شباط/فبراير 2023, أكتوبر 2023, 28th October 2023.
fn worded(tokens: &[Token], idx: usize) -> Option<(Found, usize)> {
    let first = tokens.get(idx)?;
    let day = match first.number {
        Some(day) => Some(day),
        None if first.text == "غره" => Some(1),
        None => None,
    };
    let mut at = idx + usize::from(day.is_some());
    // Ordinal endings and the words between a day and its month.
    while day.is_some()
        && tokens
            .get(at)
            .is_some_and(|it| matches!(it.text.as_str(), "st" | "nd" | "rd" | "th" | "of" | "من" | "شهر"))
    {
        at += 1;
    }
    let (calendar, month, n_month) = month_at(tokens, at)?;
    at += n_month;
    // The same month by its other name.
    if let Some((other_calendar, other, n_other)) = month_at(tokens, at)
        && (other_calendar, other) == (calendar, month)
    {
        at += n_other;
    }
    while tokens
        .get(at)
        .is_some_and(|it| matches!(it.text.as_str(), "عام" | "سنه" | "لعام" | "من"))
    {
        at += 1;
    }
    let year = tokens.get(at)?.number?;
    let found = match (calendar, day) {
        (Calendar::Hijri, Some(day)) => hijri(year, month, day)?,
        // A Hijri month without a day lies in two months of ours.
        (Calendar::Hijri, None) => return None,
        (Calendar::Gregorian, day) if is_year(year) => gregorian(year, Some(month), day)?,
        (Calendar::Gregorian, _) => return None,
    };
    Some((found, at + 1 - idx))
}

/// October 28, 2023.
fn english(tokens: &[Token], idx: usize) -> Option<(Found, usize)> {
    let (Calendar::Gregorian, month, n_month) = month_at(tokens, idx)? else {
        return None;
    };
    let day = tokens.get(idx + n_month)?.number?;
    let mut at = idx + n_month + 1;
    while tokens
        .get(at)
        .is_some_and(|it| matches!(it.text.as_str(), "st" | "nd" | "rd" | "th"))
    {
        at += 1;
    }
    let year = tokens.get(at)?.number.filter(|it| is_year(*it))?;
    Some((gregorian(year, Some(month), Some(day))?, at + 1 - idx))
}

/// The month whose name begins at a word, and of how many words it is.
fn month_at(tokens: &[Token], idx: usize) -> Option<(Calendar, i32, usize)> {
    for (calendar, names) in [(Calendar::Gregorian, &MONTHS), (Calendar::Hijri, &HIJRI_MONTHS)] {
        for (month, names) in names.iter().enumerate() {
            for name in *names {
                let folded = fold(name, Folding::Word);
                let parts: Vec<&str> = folded.split(' ').collect();
                let here = tokens.get(idx..idx + parts.len()).unwrap_or_default();
                if !here.is_empty() && here.iter().map(|it| it.text.as_str()).eq(parts.iter().copied()) {
                    return Some((calendar, month as i32 + 1, parts.len()));
                }
            }
        }
    }
    None
}

/// Years in which an article can have been published.
fn is_year(year: i32) -> bool {
    (1800..2100).contains(&year)
}

fn gregorian(year: i32, month: Option<i32>, day: Option<i32>) -> Option<Found> {
    if !is_year(year) {
        return None;
    }
    let precision = match (month, day) {
        (Some(_), Some(_)) => DatePrecision::Day,
        (Some(_), None) => DatePrecision::Month,
        (None, _) => DatePrecision::Year,
    };
    let part = |it: Option<i32>| i8::try_from(it.unwrap_or(1)).ok();
    let date = Date::new(i16::try_from(year).ok()?, part(month)?, part(day)?).ok()?;
    Some(Found {
        date,
        precision,
        calendar: Calendar::Gregorian,
        start: 0,
    })
}

/// By the Umm al-Qura calendar, in which 98.8% of the press's double dates agree.
fn hijri(year: i32, month: i32, day: i32) -> Option<Found> {
    if !(1300..1500).contains(&year) {
        return None;
    }
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let hijri = icu_calendar::Date::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura()).ok()?;
    let iso = hijri.to_calendar(icu_calendar::Iso);
    let date = Date::new(
        i16::try_from(iso.year().extended_year()).ok()?,
        i8::try_from(iso.month().ordinal).ok()?,
        i8::try_from(iso.day_of_month().0).ok()?,
    )
    .ok()?;
    Some(Found {
        date,
        precision: DatePrecision::Day,
        calendar: Calendar::Hijri,
        start: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
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
    fn all_month_traditions() {
        check("28 أكتوبر 2023", "2023-10-28");
        check(
            "الثلاثاء، 12 كانون الثاني/يناير 2010، آخر تحديث 11:00 (GMT+0400)",
            "2010-01-12",
        );
        check("الأربعاء 3 جويلية 2019", "2019-07-03");
        check("5 غشت 2021", "2021-08-05");
        check("14 شباط (فبراير) 2005", "2005-02-14");
        check("16 ماي أيار 2020", "2020-05-16");
        check("٢٥ يناير ٢٠٢٢", "2022-01-25");
        check("30 من شهر يوليو 2018", "2018-07-30");
        check("أكتوبر 2023", "2023-10");
    }

    #[test]
    fn english_and_numbers() {
        check("28th, October 2023 GMT", "2023-10-28");
        check("April 13, 2024", "2024-04-13");
        check("Fri, 11 Aug 2017 15:25:39 GMT", "2017-08-11");
        check("2023-01-30T23:00:00+02:00", "2023-01-30");
        check("17/05/2015", "2015-05-17");
        check("2022/08/03", "2022-08-03");
        check("29-10-2023", "2023-10-29");
        check("2023", "2023");
    }

    #[test]
    fn hijri_dates_by_umm_al_qura() {
        check("غرة رجب 1441هـ", "2020-02-25");
        check("1 رمضان 1444 هـ", "2023-03-23");
        check("25 شوال 1436 هـ الموافق 10 اغسطس 2015 م", "2015-08-10");
        check("الأربعاء 2 ربيع الأول 1441هـ - 30 اكتوبر 2019م", "2019-10-30");
        check("27/5/1384هـ", "1964-10-03");
    }

    #[test]
    fn without_a_year_there_is_no_date() {
        for text in [
            "اليوم الخميس",
            "7 أكتوبر",
            "17/12/08",
            "31/31/2020",
            "5+1",
            "الساعة 12:30",
            "في عام 2023 قال الوزير",
            "",
        ] {
            check(text, "none");
        }
    }
}
