//! Dates as programs write them into fields: numbers of seconds, digits without signs, the forms of C and of old
//! protocols. Newspapers write none of them, so they are read before anything else, and only where they are all there is.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::fmt::strtime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// The most bytes of such a date: a longer text is not looked at. `Date.toString()` of JavaScript has the most, with the
/// name of its zone.
const LONGEST: usize = 100;

/// The years that a number can mean as a date of publication: a telephone number is none. From the first newspapers to
/// what is planned.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;

/// The years that a clock's number can mean: in 2038 those of 32 bits end. Later ones are rather counted from another year.
const YEARS_OF_CLOCKS: std::ops::RangeInclusive<i16> = 1971..=2037;

/// Clocks that count neither from 1970 nor in powers of a thousand of a second: how many of their units are a second, and
/// of 1970. A number that one of them could have counted, from 1970 on, is no certain date.
///
/// In this order: `DateTime.Ticks` of .NET, from the year 1 (Microsoft, .NET API); `FILETIME` of Windows, from 1601
/// (Microsoft, `minwinbase.h`); `NSDate` of Apple, from 2001 (Apple, Foundation).
const OTHER_CLOCKS: [(f64, f64); 3] = [
    (1e7, 621_355_968_000_000_000.0),
    (1e7, 116_444_736_000_000_000.0),
    (1.0, -978_307_200.0),
];
/// Fewer seconds may be Apple's, up to the end of 2026; more are rather since 1970, from 1996 on, when newspapers came to the
/// web. A guess.
const APPLE_UP_TO: f64 = 820_000_000.0;

/// Days that programs write where no date is known, by the zero of their clocks: 1970 of Unix, with the day before it west of
/// Greenwich; 1899 of OLE and Delphi (Microsoft, `VARIANT` dates); 1900 of SQL Server (Microsoft, `datetime`).
const ZEROS: [Date; 4] = [
    jiff::civil::date(1970, 1, 1),
    jiff::civil::date(1969, 12, 31),
    jiff::civil::date(1899, 12, 30),
    jiff::civil::date(1900, 1, 1),
];

/// Whether a day in a field says that none is known: that on which a clock begins, in figures or English. One in Arabic was
/// written by somebody; the day before 1970 is one of a clock only with a time.
pub(super) fn is_zero(text: &str, date: Date) -> bool {
    ZEROS.contains(&date) && text.is_ascii() && (date != ZEROS[1] || text.contains(':'))
}

/// The day in a date that a program wrote; `None` if it has another form.
pub(super) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    // The shortest is a day of the year.
    if text.len() < 8 || LONGEST < text.len() || !text.is_ascii() {
        return None;
    }
    // `/Date(1537275236000+0300)/` of .NET, `D:20180918155356+03'00'` of PDF.
    let inner = text
        .trim_start_matches('\\')
        .strip_prefix("/Date(")
        .and_then(|it| it.split(')').next());
    if let Some(number) = inner {
        let end = number
            .get(1..)
            .and_then(|it| it.find(['+', '-']))
            .map_or(number.len(), |at| at + 1);
        return since_1970(number.get(..end)?);
    }
    let text = text.strip_prefix("D:").unwrap_or(text);
    digits(text)
        .or_else(|| separated(text))
        .or_else(|| of_week_or_year(text))
        .or_else(|| since_1970(text))
        .or_else(|| named_month(text))
        .or_else(|| of_python(text))
}

/// `20180918`, `201809181553`, `20180918155356`, `20180918T155356Z`: the Internet Archive, GDELT, iCalendar.
fn digits(text: &str) -> Option<Date> {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(n_digits);
    let is_time = |it: &str| {
        let it = it.trim_start_matches(['T', 't', ' ']);
        let n = it.bytes().take_while(|it| it.is_ascii_digit() || *it == b':').count();
        is_zone(it.get(n..).unwrap_or_default())
    };
    let is_stamp = match n_digits {
        8 => rest.starts_with(['T', 't']) && is_time(rest),
        12 | 14 | 17 => is_zone(rest) || rest.starts_with('.'),
        _ => false,
    };
    if !is_stamp {
        return None;
    }
    let part = |range: std::ops::Range<usize>| number.get(range)?.parse::<i8>().ok();
    let time = [(8..10, 24), (10..12, 60), (12..14, 61)];
    let is_clock = |(range, limit): (std::ops::Range<usize>, i8)| part(range.clone()).is_none_or(|it| it < limit);
    if !time.into_iter().all(is_clock) {
        return None;
    }
    let year = number.get(..4)?.parse().ok()?;
    let date = Date::new(year, part(4..6)?, part(6..8)?).ok()?;
    YEARS.contains(&year).then_some(date)
}

/// `2018:09:18 15:53:56` of EXIF, `2018-09-18-15-53-56`, `2018_09_18_15_53`: the day and at least the minute.
fn separated(text: &str) -> Option<Date> {
    let numbers: Vec<&str> = text.split([':', '-', '_', '.', ' ']).collect();
    let is_part = |it: &&str| it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit());
    let [year, month, day, ..] = numbers[..] else {
        return None;
    };
    if !(5..=6).contains(&numbers.len()) || year.len() != 4 || !numbers[1..].iter().all(is_part) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    YEARS.contains(&date.year()).then_some(date)
}

/// `2024-W11-4` and `2024W114`, the day of a week; `2024-074`, the day of a year; as ISO 8601 has them, with a time or
/// without.
fn of_week_or_year(text: &str) -> Option<Date> {
    let date = text.split(['T', ' ']).next()?;
    let (year, rest) = date.split_at_checked(4)?;
    let year: i16 = year.parse().ok().filter(|it| YEARS.contains(it))?;
    let digits = |it: &str| {
        it.bytes()
            .all(|it| it.is_ascii_digit())
            .then(|| it.parse::<i16>().ok())
            .flatten()
    };
    let date = if let Some(week) = rest.strip_prefix("-W").or_else(|| rest.strip_prefix('W')) {
        let (week, day) = week.split_at_checked(2)?;
        let day = if rest.starts_with('-') {
            day.strip_prefix('-')?
        } else {
            day
        };
        let weekday = Weekday::from_monday_one_offset(i8::try_from(digits(day)?).ok()?).ok()?;
        let week = i8::try_from(digits(week)?).ok()?;
        ISOWeekDate::new(year, week, weekday).ok()?.date()
    } else {
        let day = rest.strip_prefix('-').filter(|it| it.len() == 3)?;
        Date::new(year, 1, 1)
            .ok()?
            .with()
            .day_of_year(digits(day)?)
            .build()
            .ok()?
    };
    YEARS.contains(&date.year()).then_some(date)
}

/// A zone as offset or name, or nothing.
fn is_zone(text: &str) -> bool {
    let text = text.trim();
    let is_name = text.len() <= 5 && text.bytes().all(|it| it.is_ascii_uppercase());
    let offset = text.strip_prefix(['+', '-']).unwrap_or_default();
    let is_digit = |it: u8| it.is_ascii_digit() || matches!(it, b':' | b'\'');
    is_name || !offset.is_empty() && offset.bytes().all(is_digit)
}

/// Seconds since 1970, or thousandths, millionths, billionths of one; also as `1.5E9`. In UTC, the only zone that such a
/// number has.
fn since_1970(text: &str) -> Option<Date> {
    let is_number = text
        .bytes()
        .all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'E' | b'e' | b'+' | b'-'));
    let number: f64 = text
        .parse()
        .ok()
        .filter(|_| is_number && 9 <= text.len() && !text.starts_with(['0', '-', '+']))?;
    if OTHER_CLOCKS.into_iter().any(|it| is_of_clock(number, it)) {
        return None;
    }
    // Of nine digits is 1973 to 2001, of ten up to 2286.
    let secs = match number {
        1e8..1e11 => number,
        1e11..1e14 => number / 1e3,
        1e14..1e17 => number / 1e6,
        1e17..1e20 => number / 1e9,
        _ => return None,
    };
    let timestamp = Timestamp::from_duration(SignedDuration::try_from_secs_f64(secs).ok()?).ok()?;
    let date = Offset::UTC.to_datetime(timestamp).date();
    YEARS_OF_CLOCKS.contains(&date.year()).then_some(date)
}

/// Whether another clock, of which so many units are a second and 1970, could have counted a number.
fn is_of_clock(number: f64, (per_second, in_1970): (f64, f64)) -> bool {
    let secs = (number - in_1970) / per_second;
    let of_year = |year: i16| f64::from(year - 1970) * 365.25 * 86_400.0;
    let years = of_year(1970)..of_year(*YEARS_OF_CLOCKS.end() + 1);
    years.contains(&secs) && (per_second != 1.0 || number < APPLE_UP_TO)
}

/// A date with a weekday and an English month, in the order of C, Java, Twitter and JavaScript, or with two digits of the
/// year as in RFC 850 and RFC 822. The weekday must be the day's: it bears out what the year is.
fn named_month(text: &str) -> Option<Date> {
    const FORMS: [&str; 8] = [
        "%a %b %d %H:%M:%S %Y",
        "%a %b %d %Y %H:%M:%S",
        "%a %d %b %y %H:%M:%S",
        "%a %d %b %Y %H:%M:%S",
        "%A %d-%b-%y %H:%M:%S",
        "%A %d-%b-%Y %H:%M:%S",
        "%a %d-%b-%y %H:%M:%S",
        "%a %d-%b-%Y %H:%M:%S",
    ];
    // The name of a zone in brackets, and the zone.
    let text = text.split('(').next()?;
    let words = text.split([' ', ',']).filter(|it| !it.is_empty());
    let is_of_date = |it: &&str| !is_zone(it.trim_start_matches("GMT"));
    let words: Vec<&str> = words.filter(is_of_date).collect();
    if !(3..=5).contains(&words.len()) {
        return None;
    }
    let text = words.join(" ");
    let parsed = FORMS.into_iter().find_map(|form| strtime::parse(form, &text).ok())?;
    let date = parsed.to_date().ok()?;
    let weekday = parsed.weekday()?;
    (weekday == date.weekday() && YEARS.contains(&date.year())).then_some(date)
}

/// `datetime.datetime(2018, 9, 18, 15, 53)`, `Timestamp('2018-09-18 15:53:56')`.
fn of_python(text: &str) -> Option<Date> {
    let (name, inner) = text.split_once('(')?;
    let inner = inner.strip_suffix(')')?;
    match name.rsplit('.').next()? {
        "datetime" | "date" | "new Date" => {
            let mut numbers = inner.split(',').map(|it| it.trim().parse::<i16>());
            let year = numbers.next()?.ok()?;
            let month = i8::try_from(numbers.next()?.ok()?).ok()?;
            let day = i8::try_from(numbers.next()?.ok()?).ok()?;
            Date::new(year, month, day).ok().filter(|it| YEARS.contains(&it.year()))
        }
        "Timestamp" | "ISODate" => inner.trim_matches(['"', '\'']).get(..10)?.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_dates_are_read() {
        for text in [
            "Tue Sep 18 15:53:56 2018",
            "Tue Sep 18 15:53:56 AST 2018",
            "Tue Sep 18 15:53:56 +0000 2018",
            "Tue Sep 18 15:53:56 UTC 2018",
            "Tue Sep 18 2018 15:53:56 GMT+0300 (Arabian Standard Time)",
            "Tuesday, 18-Sep-18 15:53:56 GMT",
            "Tue, 18-Sep-2018 15:53:56 GMT",
            "Tue, 18 Sep 18 15:53:56 +0300",
            "20180918155356",
            "201809181553",
            "20180918T155356Z",
            "20180918T155356+0300",
            "20180918155356.000",
            "D:20180918155356+03'00'",
            "2018:09:18 15:53:56",
            "2018-09-18-15-53-56",
            "\\/Date(1537275236000)\\/",
            "/Date(1537275236000)/",
            "/Date(1537275236000+0300)/",
            "1537275236",
            "1537275236.25",
            "1537275236000",
            "1537275236000000",
            "1537275236000000000",
            "1.537275236E9",
            "1.537275236e+12",
            "datetime.datetime(2018, 9, 18, 15, 53, 56)",
            "Timestamp('2018-09-18 15:53:56')",
            "2018-W38-2",
            "2018W382",
            "2018-W38-2T15:53:56Z",
            "2018-261",
            "2018-261T15:53:56+03:00",
        ] {
            assert_eq!(
                parse(text).map(|it| it.to_string()).as_deref(),
                Some("2018-09-18"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "123456",
            // Telephone numbers, prices, ids.
            "00962791234567",
            "12.5",
            "99999999999999",
            "20181318155356",
            // Ticks of .NET, times of Windows and of Apple, which might be of 1990, 1974 and 1993.
            "638561169000000000",
            "621355968000000000",
            "133649937000000000",
            "742215300",
            "742215300.5",
            // Microseconds since 1601, seconds since 1904.
            "13364993700000000",
            "3803372100",
            // A weekday that the day was not.
            "Mon Sep 18 15:53:56 2018",
            "Monday, 18-Sep-18 15:53:56 GMT",
            "2018",
            "20180918",
            "قال 1537275236",
            "datetime.datetime(1, 9, 18)",
            "2018-W54-2",
            "2018-W38-8",
            "2018-W38",
            "2018-366",
            "2018-000",
            "2018-26",
            "1234-261",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
