//! How date expressions are built of words.
//!
//! A parser by hand over the tokens: each rule is a method that takes the place where it begins and gives what it read
//! and the place behind it. No rule looks at more than a few tokens, lists at
//! [`LONGEST_LIST`] days, so that the time is linear in the text.

mod clock;
mod months;
mod numeric;
mod period;

use super::names::{Calendar, Count, HalfDay, Lex, Side, Unit};
use super::resolve::{Point, Value, Year};
use super::tokens::{Gap, Token};

/// The most items of a list of days; more are no list of days.
const LONGEST_LIST: usize = 8;
/// How far back and forth the sentence is looked at for its tense, in tokens.
const CUE_REACH: usize = 8;

/// Between the words of one expression.
const SOFT: Gap = Gap::SPACE;
/// Between a day, its month and its year.
const LOOSE: Gap = Gap::SPACE
    .with(Gap::SLASH)
    .with(Gap::DASH)
    .with(Gap::COMMA)
    .with(Gap::OPEN)
    .with(Gap::CLOSE)
    .with(Gap::DOT);
/// Between a date and its weekday, its time, its other calendar.
const BETWEEN_PARTS: Gap = LOOSE.with(Gap::COLON);
/// Around a dash.
const DASHED: Gap = Gap::SPACE.with(Gap::DASH);

/// What was read, and the token behind it.
type Read<T> = Option<(T, usize)>;

pub(super) struct Parser<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
}

/// What stands at a place.
pub(super) enum At {
    /// An expression, from one token up to another.
    Expression(Value, usize, usize),
    /// Something that looks like a date and is none, up to a token.
    NoDate(usize),
    Nothing,
}

/// A month as it was named.
#[derive(Clone, Copy)]
struct MonthName {
    calendar: Calendar,
    month: u8,
    /// Whether the name alone is also another word.
    weak: bool,
    /// With «شهر» before it or its other name behind it.
    is_sure: bool,
}

/// The days before a month.
enum DayList {
    One(u8),
    Range(u8, u8),
    List(Vec<u8>),
}

impl Parser<'_> {
    fn lex(&self, idx: usize) -> Lex {
        self.tokens.get(idx).map_or(Lex::Other, |it| it.lex)
    }

    fn is(&self, idx: usize, lex: Lex) -> bool {
        self.lex(idx) == lex
    }

    /// Whether there is a token and only `allowed` before it.
    fn near(&self, idx: usize, allowed: Gap) -> bool {
        self.tokens.get(idx).is_some_and(|it| it.gap.is_within(allowed))
    }

    /// The token, if only `allowed` stands before it.
    fn next(&self, idx: usize, allowed: Gap) -> Option<Lex> {
        self.near(idx, allowed).then(|| self.lex(idx))
    }

    fn gap(&self, idx: usize) -> Gap {
        self.tokens.get(idx).map_or(Gap::NEWLINE, |it| it.gap)
    }

    fn definite(&self, idx: usize) -> bool {
        self.tokens.get(idx).is_some_and(|it| it.definite)
    }

    fn and(&self, idx: usize) -> bool {
        self.tokens.get(idx).is_some_and(|it| it.and)
    }

    fn number(&self, idx: usize) -> Option<(u32, u8)> {
        match self.lex(idx) {
            Lex::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    /// What begins at a token.
    pub fn at(&self, idx: usize) -> At {
        let before = idx
            .checked_sub(1)
            .filter(|_| self.near(idx, SOFT))
            .map(|it| self.lex(it));
        if before == Some(Lex::NumberSign) && self.number(idx).is_some() {
            return At::NoDate(idx + 1);
        }
        if let Some((None, next)) = self.numeric(idx) {
            return At::NoDate(next);
        }
        let Some((value, next)) = self.expression(idx) else {
            return At::Nothing;
        };
        match self.is_name(idx, &value, before, next) {
            true => At::NoDate(next),
            false => At::Expression(value, idx, next),
        }
    }

    /// Whether the words are the name of a street, a movement, a kind of day.
    fn is_name(&self, idx: usize, value: &Value, before: Option<Lex>, next: usize) -> bool {
        let epithet = self.next(next, SOFT) == Some(Lex::Epithet);
        // «الجمعة من كل أسبوع», «22 أبريل من كل عام».
        let is_every = self.next(next, SOFT) == Some(Lex::From) && self.next(next + 1, SOFT) == Some(Lex::Habit);
        match value {
            Value::Point(Point {
                year: Year::Unstated(_),
                month,
                day,
                ..
            }) => {
                is_every
                    || before == Some(Lex::NameHead)
                    || before == Some(Lex::Attacks) && (*month, *day) == (9, Some(11))
            }
            Value::Weekday { times: 0, .. } => {
                let is_two = self.is(idx, Lex::Weekday(1)) && before == Some(Lex::Between);
                // «أيام السبت والأحد»: what makes the first a habit makes the second one, too.
                let mut head = idx;
                while idx < head + LONGEST_LIST
                    && head != 0
                    && self.near(head, SOFT)
                    && matches!(self.lex(head - 1), Lex::Weekday(_) | Lex::Day)
                {
                    head -= 1;
                }
                let head = head
                    .checked_sub(1)
                    .filter(|_| self.near(head, SOFT))
                    .map(|it| self.lex(it));
                let is_habit = matches!(
                    head,
                    Some(Lex::Habit | Lex::Paper | Lex::NameHead | Lex::Unit(Unit::Day, Count::Many))
                );
                is_every || epithet || is_habit || is_two
            }
            Value::Day { days: 0, weekday: None } => {
                let is_ordinal = matches!(
                    self.next(next, SOFT),
                    Some(Lex::Ordinal(_) | Lex::Relative(_) | Lex::Cardinal(_))
                ) && self.definite(next)
                    || self.gap(next) == Gap::GLUED && self.number(next).is_some();
                let is_unnamed = matches!(before, Some(Lex::Paper | Lex::NameHead | Lex::This));
                is_unnamed || (epithet || is_ordinal) && !self.is(idx, Lex::Tonight)
            }
            Value::Day { days: 1, weekday: None } => epithet || before == Some(Lex::NameHead),
            Value::Years(_, first, last) if first + 9 == *last => {
                let age = if self.next(next, SOFT) == Some(Lex::From) {
                    next + 1
                } else {
                    next
                };
                self.next(age, SOFT) == Some(Lex::Age)
            }
            _ => false,
        }
    }

    /// A whole expression: a time, a range, a pair, a date.
    fn expression(&self, idx: usize) -> Read<Value> {
        if let Some((time, next)) = self.stated_time(idx) {
            return Some(self.day_of_time(time, next));
        }
        if let Some(it) = self.led_range(idx) {
            return Some(it);
        }
        let (value, next) = self.part_of_day(idx).or_else(|| self.simple(idx))?;
        let (value, next) = self.paired(value, next);
        if let Some(it) = self.range_from(&value, next) {
            return Some(it);
        }
        Some(self.timed(value, next))
    }

    /// «من … إلى …», «بين … و…», «الفترة …».
    fn led_range(&self, idx: usize) -> Read<Value> {
        let mut at = idx;
        if self.is(at, Lex::Period) {
            at += 1;
            if let Some((value, next)) = self.years_range(at).filter(|_| self.near(at, SOFT)) {
                return Some((value, next));
            }
        }
        if self.is(at, Lex::Ma) {
            at += 1;
        }
        let is_between = match self.lex(at) {
            Lex::Between => true,
            Lex::From | Lex::Since => false,
            _ => return None,
        };
        at += 1;
        if !self.near(at, SOFT.with(Gap::COLON).with(Gap::OPEN)) {
            return None;
        }
        // «بين عامي 2003 و2011», «بين 2003 و2011».
        let years = if matches!(self.lex(at), Lex::Unit(Unit::Year, _)) {
            at + 1
        } else {
            at
        };
        if let Some(((first, calendar), next)) = self.year_number(years)
            && let Some(last) = self.range_connector(next, is_between)
        {
            let last = if matches!(self.lex(last), Lex::Unit(Unit::Year, _)) {
                last + 1
            } else {
                last
            };
            if let Some(((last, other), next)) = self.year_number(last)
                && first < last
            {
                let calendar = if other == Calendar::Hijri { other } else { calendar };
                return Some((Value::Years(calendar, first, last), next));
            }
        }
        let at = if self.is(at, Lex::Day) { at + 1 } else { at };
        if let Some((list, next)) = self.days(at)
            && let Some((points, end)) = self.days_of_month(list, next, is_between)
            && matches!(points, Value::Range(..))
        {
            return Some((points, end));
        }
        let (first, next) = self.range_end(at)?;
        let last = self.range_connector(next, is_between)?;
        let last = if self.is(last, Lex::Day) { last + 1 } else { last };
        let (last, next) = self.range_end(last)?;
        Some((Value::Range(Box::new(first), Box::new(last)), next))
    }

    /// Where the second end of a range begins.
    fn range_connector(&self, idx: usize, is_between: bool) -> Option<usize> {
        if !self.near(idx, DASHED.with(Gap::COMMA).with(Gap::CLOSE).with(Gap::OPEN)) {
            return None;
        }
        match self.lex(idx) {
            // «إلى غاية» in the Maghreb.
            Lex::To if self.is(idx + 1, Lex::Until) && self.near(idx + 2, SOFT) => Some(idx + 2),
            Lex::To | Lex::Until if self.near(idx + 1, SOFT.with(Gap::OPEN)) => Some(idx + 1),
            Lex::And if is_between && self.near(idx + 1, SOFT) => Some(idx + 1),
            // «وحتى», «ولغاية».
            Lex::And if matches!(self.lex(idx + 1), Lex::To | Lex::Until) => Some(idx + 2),
            _ if is_between && self.and(idx) => Some(idx),
            _ if self.gap(idx).has(Gap::DASH) => Some(idx),
            _ => None,
        }
    }

    /// One end of a range: a date, a month, a weekday, a year.
    fn range_end(&self, idx: usize) -> Read<Value> {
        if let Some((value, next)) = self.date(idx).or_else(|| self.weekday(idx)) {
            return Some((value, next));
        }
        if let Some((Some(value), next)) = self.numeric(idx) {
            return Some((value, next));
        }
        let (month, next) = self.month(idx)?;
        let (year, next) = match self.year(next, month.calendar) {
            Some((year, next)) => (year, next),
            None if month.weak && !month.is_sure => return None,
            None => (Year::Unstated(self.tense(idx)), next),
        };
        Some((
            Value::Point(Point {
                calendar: month.calendar,
                year,
                month: month.month,
                day: None,
                weekday: None,
            }),
            next,
        ))
    }

    /// A range without «من»: «28 ديسمبر - 3 يناير», «30 يوليو إلى 5 أغسطس».
    fn range_from(&self, first: &Value, idx: usize) -> Read<Value> {
        let has_end = |value: &Value| matches!(value, Value::Point(_) | Value::Year(_, Year::Stated(_)));
        if !has_end(first) {
            return None;
        }
        let at = self.range_connector(idx, false)?;
        if let (Value::Year(calendar, Year::Stated(first)), Some(((last, _), next))) = (
            first,
            self.year_number(if matches!(self.lex(at), Lex::Unit(Unit::Year, _)) {
                at + 1
            } else {
                at
            }),
        ) && *first < last
        {
            return Some((Value::Years(*calendar, *first, last), next));
        }
        let (last, next) = self.range_end(at)?;
        let same_kind = match (first, &last) {
            (Value::Point(first), Value::Point(last)) => {
                first.calendar == last.calendar && first.day.is_some() == last.day.is_some()
            }
            _ => false,
        };
        same_kind.then(|| (Value::Range(Box::new(first.clone()), Box::new(last)), next))
    }

    /// The same day in the other calendar behind it.
    fn paired(&self, value: Value, idx: usize) -> (Value, usize) {
        let Value::Point(first @ Point { day: Some(_), .. }) = value else {
            return (value, idx);
        };
        let other = || {
            if !self.near(idx, BETWEEN_PARTS) {
                return None;
            }
            let is_said = self.is(idx, Lex::Corresponding);
            let mut at = idx + usize::from(is_said);
            if !self.near(at, BETWEEN_PARTS) {
                return None;
            }
            while matches!(self.lex(at), Lex::Day | Lex::Dated | Lex::Weekday(_)) && self.near(at + 1, LOOSE) {
                at += 1;
            }
            let (second, next) = match self.numeric(at) {
                Some((it, next)) => (it?, next),
                None => self.date(at)?,
            };
            let Value::Point(second) = second else { return None };
            // Only the same day; a dash between two dates of one calendar is a range.
            (second.calendar != first.calendar && second.day.is_some()).then_some((second, next))
        };
        match other() {
            Some((second, next)) => {
                let (gregorian, hijri) = match first.calendar {
                    Calendar::Gregorian => (first, second),
                    Calendar::Hijri => (second, first),
                };
                let weekday = first.weekday.or(second.weekday);
                let pair = Value::Pair(
                    Box::new(Value::Point(Point { weekday, ..gregorian })),
                    Box::new(Value::Point(Point { weekday, ..hijri })),
                );
                (pair, next)
            }
            None => (value, idx),
        }
    }

    fn text_is_latin(&self, idx: usize) -> bool {
        let byte = self.tokens.get(idx).and_then(|it| self.text.as_bytes().get(it.start));
        byte.is_some_and(u8::is_ascii_alphabetic)
    }

    /// «صباح أمس», «فجر الخميس», «بعد ظهر الاثنين»: the day.
    fn part_of_day(&self, idx: usize) -> Read<Value> {
        let mut at = idx;
        if matches!(self.lex(at), Lex::Before | Lex::After) {
            at += 1;
        }
        let is_part = matches!(self.lex(at), Lex::DayPart(_))
            || self.is(at, Lex::Half(HalfDay::Evening)) && self.near(at + 1, SOFT);
        if !is_part || self.definite(at) || at != idx && !self.near(at, SOFT) || !self.near(at + 1, SOFT) {
            return None;
        }
        let (value, mut next) = self.simple(at + 1)?;
        // «ليل الأربعاء - الخميس» begins on the first.
        if let (Value::Weekday { weekday, times: 0 }, Lex::DayPart(HalfDay::Night)) = (&value, self.lex(at))
            && self.is(next, Lex::Weekday(weekday % 7 + 1))
            && self.near(next, SOFT.with(Gap::DASH).with(Gap::SLASH))
        {
            next += 1;
        }
        let is_day = match &value {
            Value::Point(it) => it.day.is_some(),
            Value::Weekday { .. } | Value::WeekdayOf { .. } | Value::Day { .. } | Value::DayOfMonth { .. } => true,
            _ => false,
        };
        is_day.then_some((value, next))
    }

    /// One date, in whatever way it is said.
    fn simple(&self, idx: usize) -> Read<Value> {
        match self.lex(idx) {
            Lex::Other | Lex::And | Lex::From | Lex::In | Lex::To => None,
            Lex::Number { .. } | Lex::Article => match self.numeric(idx) {
                Some((value, next)) => value.map(|it| (it, next)),
                None => self
                    .years_range(idx)
                    .or_else(|| self.date(idx))
                    .or_else(|| self.day_of_this_month(idx))
                    .or_else(|| self.lone_year(idx)),
            },
            Lex::Ordinal(_) | Lex::Eleventh | Lex::Tens(_) | Lex::FirstOfMonth => self
                .relative_day(idx)
                .or_else(|| self.date(idx))
                .or_else(|| self.day_of_this_month(idx)),
            Lex::Weekday(_) => self.weekday(idx),
            Lex::Day | Lex::Today | Lex::Yesterday | Lex::Tomorrow | Lex::Tonight => {
                self.relative_day(idx).or_else(|| self.after_day(idx))
            }
            Lex::After | Lex::Before | Lex::Since => self.relative_day(idx).or_else(|| self.distance(idx)),
            Lex::Month { .. } | Lex::Kanun | Lex::Tishrin | Lex::Rabi | Lex::Jumada | Lex::Dhu => {
                self.month_first(idx).or_else(|| self.spring(idx))
            }
            Lex::Unit(..) | Lex::This => self.month_first(idx).or_else(|| self.period(idx)),
            Lex::Part(_) => self.part(idx),
            Lex::Fraction(_) => self.division(idx),
            Lex::Decade(_) => self.decade(idx),
            Lex::Century => self.century(idx),
            Lex::Season(_) => self.season(idx),
            Lex::Corresponding | Lex::Dated => self.simple_numeric_of(idx),
            _ => None,
        }
    }

    /// «يوم» before a weekday or a date.
    fn after_day(&self, idx: usize) -> Read<Value> {
        if !self.is(idx, Lex::Day) || self.definite(idx) || !self.near(idx + 1, SOFT.with(Gap::OPEN)) {
            return None;
        }
        match self.lex(idx + 1) {
            Lex::Weekday(_) => self.weekday(idx + 1),
            Lex::Number { .. } | Lex::Article | Lex::Ordinal(_) | Lex::Eleventh | Lex::Tens(_) => {
                match self.numeric(idx + 1) {
                    Some((value, next)) => value.map(|it| (it, next)),
                    None => self.date(idx + 1).or_else(|| self.day_and_month_number(idx + 1)),
                }
            }
            _ => None,
        }
    }

    fn text_is_arabic_before(&self, idx: usize) -> bool {
        idx.checked_sub(1).is_some_and(|it| !self.text_is_latin(it))
    }

    /// A weekday, with what is said behind it.
    fn weekday(&self, idx: usize) -> Read<Value> {
        let Lex::Weekday(weekday) = self.lex(idx) else {
            return None;
        };
        let is_latin = self.text_is_latin(idx);
        let is_day_said = idx.checked_sub(1).is_some_and(|it| self.is(it, Lex::Day)) && self.near(idx, SOFT);
        let at = idx + 1;
        if let Some((value, next)) = self.dated_weekday(weekday, at) {
            return Some((value, next));
        }
        // «الأحد» is written as one word; without the article «خميس» is a man.
        let is_definite = self.definite(idx) || weekday == 7;
        if is_latin || !is_definite && !is_day_said {
            return None;
        }
        if self.near(at, SOFT) {
            if let Some((times, next)) = self.relative(at) {
                // «الأحد المقبل 5 يوليو».
                if let Some(it) = self.dated_weekday(weekday, next) {
                    return Some(it);
                }
                let value = match times {
                    0 => Value::WeekdayOf { weekday, weeks: 0 },
                    times => Value::Weekday { weekday, times },
                };
                return Some((value, next));
            }
            let of = at + usize::from(self.is(at, Lex::From));
            if of != at
                && matches!(self.lex(of), Lex::Unit(Unit::Week, Count::One))
                && self.definite(of)
                && let Some((weeks, next)) = self.relative(of + 1).filter(|_| self.near(of + 1, SOFT))
            {
                return Some((Value::WeekdayOf { weekday, weeks }, next));
            }
        }
        // «الخميس (أمس)».
        if self.gap(at).has(Gap::OPEN) && matches!(self.lex(at), Lex::Today | Lex::Yesterday | Lex::Tomorrow) {
            let days = match self.lex(at) {
                Lex::Yesterday => -1,
                Lex::Tomorrow => 1,
                _ => 0,
            };
            let weekday = Some(weekday);
            return Some((Value::Day { days, weekday }, at + 1));
        }
        // «الأربعاء والخميس المقبلين».
        if self.and(at)
            && self.near(at, SOFT)
            && let Lex::Weekday(second) = self.lex(at)
            && let Some((times, next)) = self.relative(at + 1).filter(|_| self.near(at + 1, SOFT))
            && times != 0
        {
            let both = [weekday, second].map(|weekday| Value::Weekday { weekday, times });
            return Some((Value::List(both.to_vec()), next));
        }
        Some((Value::Weekday { weekday, times: 0 }, at))
    }

    /// The date behind a weekday.
    fn dated_weekday(&self, weekday: i8, idx: usize) -> Read<Value> {
        let mut at = idx;
        if !self.near(at, BETWEEN_PARTS) {
            return None;
        }
        // «الأحد الموافق 5 مارس», «الأحد، في 5 مارس», «الجمعة غرة رجب».
        while matches!(self.lex(at), Lex::Corresponding | Lex::In | Lex::Dated) && at < idx + 2 {
            at += 1;
        }
        if !self.near(at, BETWEEN_PARTS) {
            return None;
        }
        let (value, next) = match self.numeric(at) {
            Some((value, next)) => (value?, next),
            None => self
                .date(at)
                .or_else(|| self.month_day(at))
                .or_else(|| self.day_of_this_month(at))
                .or_else(|| self.day_and_month_number(at))?,
        };
        match value {
            Value::Point(it) => Some((
                Value::Point(Point {
                    weekday: Some(weekday),
                    ..it
                }),
                next,
            )),
            Value::DayOfMonth { .. } => Some((value, next)),
            _ => None,
        }
    }

    /// Whether a part of a day is named before a token: «صباح الغد».
    fn is_in_day_part(&self, idx: usize) -> bool {
        self.near(idx, SOFT)
            && idx
                .checked_sub(1)
                .is_some_and(|it| matches!(self.lex(it), Lex::DayPart(_) | Lex::Half(_)))
    }

    /// «اليوم», «أمس», «بعد غد», «أول من أمس», each with its weekday and date if they follow.
    fn relative_day(&self, idx: usize) -> Read<Value> {
        let mut at = idx;
        if self.is(at, Lex::Day) && !self.definite(at) {
            at += 1;
            if !self.near(at, SOFT) || !matches!(self.lex(at), Lex::Yesterday | Lex::Tomorrow) {
                return None;
            }
        }
        let (days, next) = match self.lex(at) {
            Lex::Today => (0, at + 1),
            // «اليوم» behind «في» and the like is found whole; with «ال» taken off it is «يوم».
            Lex::Day if self.definite(at) => (0, at + 1),
            Lex::Yesterday => match self.next(at + 1, SOFT) {
                Some(Lex::Ordinal(1)) if self.definite(at + 1) => (-2, at + 2),
                _ => (-1, at + 1),
            },
            // «الغد» is also a paper and a hope.
            Lex::Tomorrow if !self.definite(at) || at != idx || self.is_in_day_part(at) => (1, at + 1),
            Lex::Tonight => match self.relative(at + 1).filter(|_| self.near(at + 1, SOFT)) {
                Some((-1, next)) => (-1, next),
                _ => (0, at + 1),
            },
            Lex::After if self.next(at + 1, SOFT) == Some(Lex::Tomorrow) => (2, at + 2),
            Lex::Ordinal(1) if !self.definite(at) => {
                let of = at + 1 + usize::from(self.is(at + 1, Lex::From));
                match self.lex(of) {
                    Lex::Yesterday if self.near(at + 1, SOFT) && self.near(of, SOFT) => (-2, of + 1),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let day = Value::Day { days, weekday: None };
        if !self.near(next, SOFT.with(Gap::COMMA).with(Gap::OPEN)) {
            return Some((day, next));
        }
        if let Lex::Weekday(weekday) = self.lex(next)
            && (self.definite(next) || weekday == 7)
        {
            if let Some(it) = self.dated_weekday(weekday, next + 1) {
                return Some(it);
            }
            let is_glued_day = Value::Day {
                days,
                weekday: Some(weekday),
            };
            return Some((is_glued_day, next + 1));
        }
        // «اليوم 5 مارس», but not «أمس 5 قتلى».
        let date = match self.numeric(next) {
            Some((value, next)) => value.map(|it| (it, next)),
            None => self.date(next),
        };
        match date {
            Some((value @ Value::Point(_), next)) => Some((value, next)),
            _ => Some((day, next)),
        }
    }

    /// Of what time the sentence around a token speaks, by words that say it.
    fn tense(&self, idx: usize) -> Side {
        let is_end = |it: usize| {
            let gap = self.gap(it);
            gap.has(Gap::NEWLINE) || gap.has(Gap::DOT) && gap.has(Gap::SPACE)
        };
        let side = |it: usize| match self.lex(it) {
            Lex::FutureCue | Lex::Until => Some(Side::Future),
            Lex::PastCue | Lex::Since => Some(Side::Past),
            _ => None,
        };
        for it in (idx.saturating_sub(CUE_REACH)..idx).rev() {
            if is_end(it + 1) {
                break;
            }
            if let Some(side) = side(it) {
                return side;
            }
        }
        for it in idx..(idx + CUE_REACH).min(self.tokens.len()) {
            if it != idx && is_end(it) {
                break;
            }
            if self.is(it, Lex::FutureCue) {
                return Side::Future;
            }
        }
        Side::Present
    }
}
