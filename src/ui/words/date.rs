//! Days, months, years and periods, in the month names and digits of the settings.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::arabic::letter::NO_BREAK_SPACE;
use crate::arabic::month::{MonthNames, month_name};
use crate::arabic::number::with_numerals;
use crate::archive::{DatePrecision, PublicationDate};
use crate::entities::GivenDate;
use crate::index::{Moment, Period};

use super::super::time_unit::TimeUnit;
use super::bidi::isolate;
use super::count;
use super::table::Words;

/// «28 أكتوبر 2023», “28 October 2023”; less where less is known. No line breaks between day, month and year.
pub fn date(words: Words<'_>, date: Date, precision: DatePrecision) -> String {
    let month = month(words, date.month());
    let text = match precision {
        DatePrecision::Year => date.year().to_string(),
        DatePrecision::Month => format!("{month} {}", date.year()),
        DatePrecision::Day => format!("{} {month} {}", date.day(), date.year()),
    };
    let text = with_numerals(&text, words.0.digits());
    text.chars()
        .map(|c| if c == ' ' { NO_BREAK_SPACE } else { c })
        .collect()
}

/// A date as it is typed, with ordinary spaces.
pub fn typed(words: Words<'_>, day: Date, precision: DatePrecision) -> String {
    date(words, day, precision).replace(NO_BREAK_SPACE, " ")
}

/// When an article was published, or that it does not say.
pub fn published(words: Words<'_>, published: Option<PublicationDate>) -> String {
    published.map_or_else(|| words.undated().to_owned(), |it| date(words, it.date, it.precision))
}

/// A date that the user gave.
pub fn given(words: Words<'_>, given: GivenDate) -> String {
    match given {
        GivenDate::Unknown => words.undated().to_owned(),
        GivenDate::Known(day, precision) => date(words, day, precision),
    }
}

/// A chosen period.
pub fn period(words: Words<'_>, period: Period) -> String {
    match period {
        Period::Undated => words.undated().to_owned(),
        Period::Inferred => words.inferred_date().to_owned(),
        Period::Days { first, last } if last == Date::MAX => {
            let first = date(words, first, DatePrecision::Day);
            words.say(format!("منذ {first}"), format!("since {first}"))
        }
        Period::Days { first, last } if first == Date::MIN => {
            let last = date(words, last, DatePrecision::Day);
            words.say(format!("حتى {last}"), format!("until {last}"))
        }
        Period::Days { first, last } => {
            let whole_months = first.day() == 1 && last == last.last_of_month();
            let precision = if whole_months {
                DatePrecision::Month
            } else {
                DatePrecision::Day
            };
            if first == last || whole_months && first.first_of_month() == last.first_of_month() {
                date(words, first, precision)
            } else {
                format!("{} – {}", date(words, first, precision), date(words, last, precision))
            }
        }
    }
}

/// That only what came since a moment is listed: «الجديد منذ 3 ديسمبر 2026، 14:05».
pub fn new_since(words: Words<'_>, moment: Moment) -> String {
    let millis = i64::try_from(moment.0).ok().filter(|it| *it != 0);
    let Some(time) = millis.and_then(|it| Timestamp::from_millisecond(it).ok()) else {
        return words.say("الجديد وحده", "Only what is new").to_owned();
    };
    let time = time.to_zoned(TimeZone::system());
    let day = date(words, time.date(), DatePrecision::Day);
    let clock = with_numerals(&time.strftime("%H:%M").to_string(), words.0.digits());
    words.say(
        format!("الجديد منذ {day}، {clock}"),
        format!("New since {day}, {clock}"),
    )
}

/// That what was typed is no date: «لم يُفهم هذا التاريخ: «كلام»».
pub fn not_understood(words: Words<'_>, text: &str) -> String {
    let text = isolate(text);
    words.say(
        format!("لم يُفهم هذا التاريخ: «{text}»"),
        format!("This date was not understood: “{text}”"),
    )
}

/// The years from the first to the last day.
pub fn years(words: Words<'_>, first: Date, last: Date) -> String {
    let year = |day| date(words, day, DatePrecision::Year);
    match first.year() == last.year() {
        true => year(first),
        false => format!("{}–{}", year(first), year(last)),
    }
}

/// When most articles name an entity.
pub fn most_at(words: Words<'_>, when: &str, articles: u64) -> String {
    let n = count::n_articles(words, articles);
    match words.is_arabic() {
        true => format!("الذروة: {when} ({n})"),
        false => format!("peak: {when} ({n})"),
    }
}

/// What a bar of the timeline says when pointed at.
pub fn bar(words: Words<'_>, first: Date, unit: TimeUnit, articles: u64, inferred: u64) -> String {
    let name = match unit {
        TimeUnit::Day => date(words, first, DatePrecision::Day),
        TimeUnit::Week if words.is_arabic() => format!("أسبوع {}", date(words, first, DatePrecision::Day)),
        TimeUnit::Week => format!("week of {}", date(words, first, DatePrecision::Day)),
        TimeUnit::Month => date(words, first, DatePrecision::Month),
        TimeUnit::Year => date(words, first, DatePrecision::Year),
    };
    let count = count::n_articles(words, articles);
    if inferred == 0 {
        return format!("{name}: {count}");
    }
    let inferred = count::number(words, inferred);
    match words.is_arabic() {
        true => format!("{name}: {count}، منها {inferred} بتاريخ مستنتج"),
        false => format!("{name}: {count}, {inferred} with an inferred date"),
    }
}

/// A label below the timeline for the year, month or week that begins on `day`; `with_year` even where the unit's
/// name alone does not hold the year.
pub fn tick(words: Words<'_>, day: Date, unit: TimeUnit, with_year: bool) -> String {
    match (unit, with_year) {
        (TimeUnit::Year, _) => date(words, day, DatePrecision::Year),
        (TimeUnit::Month, true) => date(words, day, DatePrecision::Month),
        (TimeUnit::Month, false) => month(words, day.month()).to_owned(),
        (TimeUnit::Week | TimeUnit::Day, true) => date(words, day, DatePrecision::Day),
        (TimeUnit::Week | TimeUnit::Day, false) => {
            let number = count::number(words, day.day().unsigned_abs().into());
            format!("{number}{NO_BREAK_SPACE}{}", month(words, day.month()))
        }
    }
}

/// The name of a month, from 1, in the window's language.
pub fn month(words: Words<'_>, month: i8) -> &'static str {
    if words.is_arabic() {
        return month_name(month, words.0.month_names);
    }
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1)
        .ok()
        .and_then(|idx| ENGLISH.get(idx))
        .copied()
        .unwrap_or("")
}

/// Where a set of month names is used, with two of them: «المشرق: كانون الثاني، تموز…».
pub fn month_names_of(words: Words<'_>, names: MonthNames) -> String {
    let place = match names {
        MonthNames::Levant => words.say("المشرق", "Levant and Iraq"),
        MonthNames::Maghreb => words.say("تونس والجزائر", "Tunisia and Algeria"),
        MonthNames::Morocco => words.say("المغرب", "Morocco"),
        MonthNames::Egypt => words.say("مصر والخليج", "Egypt and the Gulf"),
    };
    let examples = format!("{}، {}…", month_name(1, names), month_name(7, names));
    format!("{place}: {}", isolate(&examples))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Language, Settings};

    #[test]
    fn no_line_breaks_within_a_date() {
        for (language, expected) in [
            (Language::Arabic, "28\u{A0}سبتمبر\u{A0}2024"),
            (Language::English, "28\u{A0}September\u{A0}2024"),
        ] {
            let settings = Settings {
                language,
                ..Settings::default()
            };
            let day = jiff::civil::date(2024, 9, 28);
            let words = Words(&settings);
            assert_eq!(date(words, day, DatePrecision::Day), expected);
            // Where it is typed it has ordinary spaces.
            assert_eq!(typed(words, day, DatePrecision::Day), expected.replace('\u{A0}', " "));
        }
    }
}
