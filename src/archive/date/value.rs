//! The meaning of a date expression: the grammar yields it, `resolve` turns it into days.
//!
//! Nothing here knows words or days of publication. Not for use outside `date`: others see a
//! [`DateExpression`](super::DateExpression).

use super::time::TimeOfDay;

/// Which calendar a month belongs to, the surest first: of a day stated in several, the first says which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Calendar {
    Gregorian,
    /// Of Iran and Afghanistan: «12 خرداد 1403 هـ.ش».
    SolarHijri,
    /// «24 أمشير 1740 ق».
    Coptic,
    /// The lunar one, by which «هـ» counts.
    Hijri,
}

/// A unit that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// On which side of the present something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Past,
    Present,
    Future,
}

/// A third of a month, of a year, of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Start,
    Middle,
    End,
}

/// How the year of a date is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Year {
    /// Stated, in the calendar of the date.
    Stated(i32),
    /// By its last two digits.
    Short(i32),
    /// Counted from the year of publication: «من العام الماضي» is -1.
    Offset(i32),
    /// Counted in such days or months from publication: «مارس الماضي» is -1, «مارس المقبل» 1; at 0 the nearest.
    Times(i32),
    /// Not stated; the sentence speaks of this side of its present.
    Unstated(Side),
    /// One that the text named before: «من ذلك العام». Nothing says which.
    OfAnother,
    /// Not stated, and only likely to be that of publication: «14/2».
    OfPublication,
}

/// A month or a day of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub calendar: Calendar,
    pub year: Year,
    /// From 1.
    pub month: u8,
    /// `None` for the whole month.
    pub day: Option<u8>,
    /// From 1, Monday, where one is named: it corrects the year.
    pub weekday: Option<i8>,
}

/// What a date expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A day or a month by its name or number.
    Point(Point),
    /// A year: stated or relative.
    Year(Calendar, Year),
    /// From the first year to the last.
    Years(Calendar, i32, i32),
    /// A weekday, counted from publication: -1 the last, 1 the next; at 0 the last one or today.
    Weekday { weekday: i8, times: i32 },
    /// A weekday of this week (0), the next, the last.
    WeekdayOf { weekday: i8, weeks: i32 },
    /// A number of days from publication, corrected by the weekday.
    Day { days: i32, weekday: Option<i8> },
    /// A day of this month (0), the next, the last.
    DayOfMonth { day: u8, months: i32 },
    /// This month (0), the next, the last.
    Month { months: i32 },
    /// This week (0), the next, the last.
    Week { weeks: i32 },
    /// The `number`th week of a month, from 1.
    WeekOfMonth { number: u8, month: Box<Value> },
    /// `least` to `most` units from publication.
    Distance {
        least: i32,
        most: i32,
        unit: Unit,
        is_about: bool,
    },
    /// A third of something.
    PartOf { part: Part, whole: Box<Value> },
    /// The `number`th of `n_parts` equal parts of a year or a month, from 1.
    Division { number: u8, n_parts: u8, whole: Box<Value> },
    /// 1 spring … 4 winter, of a year.
    Season { season: u8, year: Year },
    /// From the first day of the one to the last of the other.
    Range(Box<Value>, Box<Value>),
    /// Several, in the order of the text.
    List(Vec<Value>),
    /// The same day in two calendars, the surer one first.
    Pair(Box<Value>, Box<Value>),
    /// A time of a day; without one, of the day of publication.
    Timed(Option<Box<Value>>, TimeOfDay),
}
