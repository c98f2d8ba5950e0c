//! How date expressions are built of words.
//!
//! A parser by hand over the tokens: each rule is a method that takes the place where it begins and gives what it read
//! and the place behind it. No rule looks at more than [`LONGEST`] tokens, so that the time is linear in the text.

use super::names::{Calendar, Count, HalfDay, Lex, Part, Side, Unit, misspelt_month};
use super::resolve::{Point, Value, Year};
use super::time::{TimeOfDay, Zone};
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
        match value {
            Value::Point(Point {
                year: Year::Unstated(_),
                month,
                day,
                ..
            }) => before == Some(Lex::NameHead) || before == Some(Lex::Attacks) && (*month, *day) == (9, Some(11)),
            Value::Weekday { times: 0, .. } => {
                let is_two = self.is(idx, Lex::Weekday(1)) && before == Some(Lex::Between);
                // «أيام السبت والأحد»: what makes the first a habit makes the second one, too.
                let mut head = idx;
                while head != 0 && self.near(head, SOFT) && matches!(self.lex(head - 1), Lex::Weekday(_) | Lex::Day) {
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
                let is_every =
                    self.next(next, SOFT) == Some(Lex::From) && self.next(next + 1, SOFT) == Some(Lex::Habit);
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

    /// The time behind a date.
    fn timed(&self, value: Value, idx: usize) -> (Value, usize) {
        let is_day = match &value {
            Value::Point(it) => it.day.is_some(),
            Value::Pair(..) | Value::Day { .. } | Value::Weekday { .. } | Value::DayOfMonth { .. } => true,
            _ => false,
        };
        if !is_day {
            return (value, idx);
        }
        let mut at = idx;
        if self.is(at, Lex::LetterT) && self.near(at, Gap::GLUED) {
            at += 1;
        }
        if self.is(at, Lex::Last) && self.is(at + 1, Lex::Update) && self.near(at, BETWEEN_PARTS) {
            at += 2;
        }
        while matches!(self.lex(at), Lex::In | Lex::At) && self.near(at, BETWEEN_PARTS) {
            at += 1;
        }
        let is_said = self.is(at, Lex::Hour);
        if !self.near(at, BETWEEN_PARTS) {
            return (value, idx);
        }
        match self.clock(at + usize::from(is_said), is_said) {
            Some((time, next)) if self.near(at + usize::from(is_said), BETWEEN_PARTS) => {
                (Value::Timed(Some(Box::new(value)), time), next)
            }
            _ => (value, idx),
        }
    }

    /// A time that is one without a date: «الساعة التاسعة», «06:30 بتوقيت غرينتش», «9 مساء».
    fn stated_time(&self, idx: usize) -> Read<TimeOfDay> {
        if self.is(idx, Lex::Part(Part::Middle)) {
            // «منتصف ليل الخميس» ends Thursday.
            let is_midnight = self.is(idx + 1, Lex::DayPart(HalfDay::Night)) && self.near(idx + 1, SOFT);
            let midnight = TimeOfDay {
                hour: 24,
                minute: 0,
                second: None,
                zone: None,
            };
            return is_midnight.then_some((midnight, idx + 2));
        }
        if self.is(idx, Lex::Hour) && self.definite(idx) && self.near(idx + 1, SOFT.with(Gap::OPEN).with(Gap::COLON)) {
            return self.clock(idx + 1, true);
        }
        if let Some(it) = self.hour_and_half(idx) {
            return Some(it);
        }
        // A number behind another is a score or a verse, or part of a longer one.
        let (_, digits) = self.number(idx)?;
        let gap = self.gap(idx);
        let joins = Gap::COLON.with(Gap::SLASH).with(Gap::DASH).with(Gap::PLUS);
        if digits == 3 || 4 < digits || gap.has(joins) || gap == Gap::COMMA || gap == Gap::DOT {
            return None;
        }
        let (time, next, is_marked) = self.clock_parts(idx, false)?;
        (is_marked || time.zone.is_some()).then_some((time, next))
    }

    /// «التاسعة مساء», «العاشرة والنصف صباح …»: hours are feminine.
    fn hour_and_half(&self, idx: usize) -> Read<TimeOfDay> {
        let token = self.tokens.get(idx)?;
        let is_feminine = self.text.get(token.start..token.end)?.ends_with(['ة', 'ه']);
        if !token.definite || !is_feminine || !matches!(token.lex, Lex::Ordinal(_) | Lex::Cardinal(1) | Lex::Eleventh) {
            return None;
        }
        let (_, next) = self.hour_word(idx)?;
        let next = self.minutes(next).map_or(next, |(_, next)| next);
        let is_half = matches!(self.next(next, SOFT), Some(Lex::Half(_) | Lex::DayPart(_)));
        (is_half && !self.definite(next)).then(|| self.clock(idx, true))?
    }

    /// The day that a time was named for; the words between are «من», «يوم», «في».
    fn day_of_time(&self, time: TimeOfDay, idx: usize) -> (Value, usize) {
        let mut at = idx;
        while matches!(self.lex(at), Lex::From | Lex::In) && self.near(at, SOFT.with(Gap::COMMA).with(Gap::CLOSE)) {
            at += 1;
        }
        if !self.near(at, SOFT.with(Gap::COMMA).with(Gap::CLOSE).with(Gap::DASH)) {
            return (Value::Timed(None, time), idx);
        }
        let mut time = time;
        let day = match self.part_of_day(at) {
            Some(it) => {
                if let Lex::DayPart(half) = self.lex(at) {
                    time.hour = hour_in(time.hour, half);
                }
                Some(it)
            }
            None => self.simple(at),
        };
        match day {
            Some((
                day @ (Value::Point(Point { day: Some(_), .. })
                | Value::Weekday { .. }
                | Value::Day { .. }
                | Value::DayOfMonth { .. }),
                next,
            )) => {
                let (day, next) = self.paired(day, next);
                // The zone can stand behind the day.
                let (time, next) = match self.zone(next) {
                    Some((zone, next)) if time.zone.is_none() => {
                        let zone = zone_of(zone);
                        (TimeOfDay { zone, ..time }, next)
                    }
                    _ => (time, next),
                };
                (Value::Timed(Some(Box::new(day)), time), next)
            }
            _ => (Value::Timed(None, time), idx),
        }
    }

    fn clock(&self, idx: usize, is_said: bool) -> Read<TimeOfDay> {
        let (time, next, is_marked) = self.clock_parts(idx, is_said)?;
        let is_clock = is_said || is_marked || time.zone.is_some() || self.gap(idx + 1).has(Gap::COLON);
        let is_compact = self.number(idx).is_some_and(|(_, digits)| digits == 6);
        (is_clock || is_compact).then_some((time, next))
    }

    /// Hour, minutes, half of the day and zone; and whether a half of the day was named.
    fn clock_parts(&self, idx: usize, is_said: bool) -> Option<(TimeOfDay, usize, bool)> {
        let mut hour;
        let (mut minute, mut second) = (0, None);
        let mut at = idx;
        if let Some((value, digits)) = self.number(at) {
            if digits == 6 && self.gap(at) == Gap::GLUED {
                // 185600 of ISO 8601's basic form.
                (hour, minute, second) = (value / 10_000, value / 100 % 100, Some(value % 100));
                at += 1;
            } else if digits == 4 && value / 100 < 24 && value % 100 < 60 && self.zone(at + 1).is_some() {
                // «1300 بتوقيت غرينتش».
                (hour, minute) = (value / 100, value % 100);
                at += 1;
            } else if 2 < digits {
                return None;
            } else {
                hour = value;
                at += 1;
                let is_minute = self.gap(at) == Gap::COLON || is_said && matches!(self.gap(at), Gap::DOT | Gap::COMMA);
                if is_minute && let Some((value, 2)) = self.number(at) {
                    minute = value;
                    at += 1;
                    if self.gap(at) == Gap::COLON
                        && let Some((value, 2)) = self.number(at)
                    {
                        second = Some(value);
                        at += 1;
                        // Parts of a second.
                        if self.gap(at) == Gap::DOT && self.number(at).is_some() {
                            at += 1;
                        }
                    }
                }
            }
        } else if is_said {
            let (value, next) = self.hour_word(at)?;
            hour = u32::from(value);
            at = next;
        } else {
            return None;
        }
        if let Some((added, next)) = self.minutes(at) {
            let minutes = hour as i32 * 60 + minute as i32 + added;
            (hour, minute) = (minutes as u32 / 60, minutes as u32 % 60);
            at = next;
        }
        if 24 < hour || 59 < minute || second.is_some_and(|it| 60 < it) {
            return None;
        }
        let mut time = TimeOfDay {
            hour: i8::try_from(hour).ok()?,
            minute: i8::try_from(minute).ok()?,
            second: second.and_then(|it| i8::try_from(it.min(59)).ok()),
            zone: None,
        };
        let mut is_marked = false;
        if let Some((half, next)) = self.half_of_day(at) {
            time.hour = half.map_or(time.hour, |half| hour_in(time.hour, half));
            is_marked = true;
            at = next;
        }
        // «5+1» is no time of a zone.
        let is_bare = !is_said && !is_marked && at == idx + 1;
        if let Some((zone, next)) = self.zone(at).filter(|_| !is_bare || self.number(at).is_none()) {
            time.zone = zone_of(zone);
            at = next;
            is_marked = true;
        }
        // «15:00 بالتوقيت المحلي (12:00 ت غ)»: what is said in a zone holds.
        if self.gap(at).has(Gap::OPEN)
            && self.gap(at + 1) == Gap::COLON
            && let Some((second, next, true)) = self.clock_parts(at, false)
        {
            let is_better = second.zone.is_some() && time.zone.is_none();
            return Some((if is_better { second } else { time }, next, true));
        }
        if time.hour == 24 && 0 < time.minute {
            time.hour = 0;
        }
        Some((time, at, is_marked))
    }

    /// «التاسعة», «الثانية عشرة», «الواحدة».
    fn hour_word(&self, idx: usize) -> Read<u8> {
        let value = match self.lex(idx) {
            Lex::Ordinal(value) | Lex::Cardinal(value) => value,
            Lex::Eleventh => 1,
            _ => return None,
        };
        match self.next(idx + 1, SOFT) {
            Some(Lex::Teen) if value <= 2 => Some((value + 10, idx + 2)),
            _ if self.is(idx, Lex::Eleventh) => None,
            _ => Some((value, idx + 1)),
        }
    }

    /// «والنصف», «إلا ربعا», «وخمس عشرة دقيقة», «و10 دقائق»: in minutes.
    fn minutes(&self, idx: usize) -> Read<i32> {
        if !self.near(idx, SOFT) {
            return None;
        }
        match self.lex(idx) {
            Lex::Fraction(n) if self.and(idx) => return Some((60 / i32::from(n), idx + 1)),
            Lex::And => {
                if let Some(Lex::Fraction(n)) = self.next(idx + 1, SOFT) {
                    return Some((60 / i32::from(n), idx + 2));
                }
            }
            Lex::Except => {
                return match self.next(idx + 1, SOFT)? {
                    Lex::Fraction(n) => Some((-60 / i32::from(n), idx + 2)),
                    _ => {
                        let (value, next) = self.cardinal(idx + 1)?;
                        (self.next(next, SOFT) == Some(Lex::Minutes)).then_some((-value, next + 1))
                    }
                };
            }
            _ => {}
        }
        let (value, next) = match self.lex(idx) {
            Lex::And => self.cardinal(idx + 1)?,
            _ if self.and(idx) => self.cardinal(idx)?,
            _ => return None,
        };
        (self.next(next, SOFT) == Some(Lex::Minutes)).then_some((value, next + 1))
    }

    /// «مساء», «ص», «بعد الظهر»; «بعد منتصف الليل» changes nothing.
    fn half_of_day(&self, idx: usize) -> Read<Option<HalfDay>> {
        if !self.near(idx, SOFT.with(Gap::OPEN).with(Gap::CLOSE)) {
            return None;
        }
        match (self.lex(idx), self.next(idx + 1, SOFT)) {
            (Lex::Half(half), _) => Some((Some(half), idx + 1)),
            (Lex::Am, _) => Some((Some(HalfDay::Morning), idx + 1)),
            (Lex::Pm | Lex::Mim, _) => Some((Some(HalfDay::Evening), idx + 1)),
            (Lex::Before, Some(Lex::DayPart(HalfDay::Noon))) => Some((Some(HalfDay::Morning), idx + 2)),
            (Lex::After, Some(Lex::DayPart(HalfDay::Noon))) => Some((Some(HalfDay::Evening), idx + 2)),
            (Lex::After, Some(Lex::Part(Part::Middle))) if self.is(idx + 2, Lex::DayPart(HalfDay::Night)) => {
                Some((None, idx + 3))
            }
            (Lex::Part(Part::Middle), Some(Lex::DayPart(HalfDay::Night))) => Some((Some(HalfDay::Night), idx + 2)),
            _ => None,
        }
    }

    /// «بتوقيت مكة المكرمة», «(GMT+0400)», «ت غ», «+03:00», «Z».
    fn zone(&self, idx: usize) -> Read<Zone> {
        let gap = self.gap(idx);
        let around = SOFT.with(Gap::OPEN).with(Gap::CLOSE).with(Gap::DOT);
        if let Some((value, digits)) = self.number(idx) {
            // «+03:00» and «+0300»; a minus only where it touches.
            let is_ahead = gap.has(Gap::PLUS);
            let is_behind = gap == Gap::DASH || gap == DASHED && digits == 4;
            if !is_ahead && !is_behind || !gap.is_within(SOFT.with(Gap::PLUS).with(Gap::DASH)) {
                return None;
            }
            let (minutes, next) = match digits {
                4 => (value / 100 * 60 + value % 100, idx + 1),
                1 | 2 => match self.number(idx + 1) {
                    Some((minutes, 2)) if self.gap(idx + 1) == Gap::COLON => (value * 60 + minutes, idx + 2),
                    _ if is_ahead => (value * 60, idx + 1),
                    _ => return None,
                },
                _ => return None,
            };
            let minutes = i16::try_from(minutes).ok().filter(|it| *it <= 14 * 60)?;
            return Some((Zone::Ahead(if is_behind { -minutes } else { minutes }), next));
        }
        if !gap.is_within(around) {
            return None;
        }
        match self.lex(idx) {
            Lex::LetterZ if gap == Gap::GLUED => Some((Zone::Ahead(0), idx + 1)),
            Lex::Greenwich => Some(self.ahead_of_greenwich(idx + 1)),
            Lex::Zone(zone) if self.text_is_latin(idx) => Some((zone, idx + 1)),
            Lex::ShortTishrin => match self.next(idx + 1, SOFT.with(Gap::DOT)) {
                Some(Lex::Ghain) => Some((Zone::Ahead(0), idx + 2)),
                // «ت م» of the Saudi agency.
                Some(Lex::Mim) => Some((Zone::Named("Asia/Riyadh"), idx + 2)),
                _ => None,
            },
            Lex::TimeZoneWord => match self.next(idx + 1, SOFT)? {
                Lex::Local => Some((LOCAL, idx + 2)),
                Lex::Greenwich => Some(self.ahead_of_greenwich(idx + 2)),
                Lex::Zone(zone) => {
                    let is_blessed = matches!(self.next(idx + 2, SOFT), Some(Lex::Honorific));
                    Some((zone, idx + 2 + usize::from(is_blessed)))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn ahead_of_greenwich(&self, idx: usize) -> (Zone, usize) {
        match self.zone(idx) {
            Some((Zone::Ahead(minutes), next)) if self.number(idx).is_some() => (Zone::Ahead(minutes), next),
            _ => (Zone::Ahead(0), idx),
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

    /// «الموافق 8/8/2015», «بتاريخ 15/3»: the words are part of the expression only if a date without year follows.
    fn simple_numeric_of(&self, idx: usize) -> Read<Value> {
        self.near(idx + 1, SOFT.with(Gap::COLON).with(Gap::OPEN)).then(|| {
            self.day_and_month_number(idx + 1)
                .or_else(|| self.short_dashed(idx + 1))
        })?
    }

    /// «15/3» where a word before says that it is a date.
    fn day_and_month_number(&self, idx: usize) -> Read<Value> {
        let ((day, 1 | 2), (month, 1 | 2)) = (self.number(idx)?, self.number(idx + 1)?) else {
            return None;
        };
        let is_joined = self.gap(idx + 1) == Gap::SLASH && !self.is_joined(idx + 2);
        let point = gregorian(Year::Unstated(self.tense(idx)), month, day)?;
        is_joined.then_some((point, idx + 2))
    }

    /// «26-10-23» where a word before says that it is a date.
    fn short_dashed(&self, idx: usize) -> Read<Value> {
        let numbers = (self.number(idx)?, self.number(idx + 1)?, self.number(idx + 2)?);
        let ((day, 1 | 2), (month, 1 | 2), (year, 2)) = numbers else {
            return None;
        };
        let is_joined = self.gap(idx + 1) == Gap::DASH && self.gap(idx + 2) == Gap::DASH && !self.is_joined(idx + 3);
        let point = gregorian(Year::Short(year as i32), month, day)?;
        is_joined.then_some((point, idx + 3))
    }

    /// Whether a number hangs on the one before by a stroke or a point without spaces.
    fn is_joined(&self, idx: usize) -> bool {
        let strokes = Gap::SLASH.with(Gap::DASH).with(Gap::DOT).with(Gap::PLUS);
        self.number(idx).is_some() && self.gap(idx).has(strokes) && self.gap(idx).is_within(strokes)
    }

    /// 26/10/2023, 2023-10-26, 26.10.2023, 1436/10/25 هـ. What looks so and is no day is no date at all.
    fn numeric(&self, idx: usize) -> Read<Option<Value>> {
        let (first, first_digits) = self.number(idx)?;
        let (second, second_digits) = self.number(idx + 1)?;
        let (third, third_digits) = self.number(idx + 2)?;
        let stroke = |gap: Gap| {
            [Gap::SLASH, Gap::DASH, Gap::DOT]
                .into_iter()
                .find(|it| gap.has(*it) && gap.is_within(it.with(SOFT)))
        };
        let (one, other) = (self.gap(idx + 1), self.gap(idx + 2));
        let mark = stroke(one)?;
        if stroke(other)? != mark || mark == Gap::DOT && (one.has(SOFT) || other.has(SOFT)) {
            return None;
        }
        if self.is_joined(idx) || self.is_joined(idx + 3) {
            // A longer chain: a telephone number, a formation of players.
            let mut next = idx + 3;
            while self.is_joined(next) {
                next += 1;
            }
            return Some((None, next));
        }
        if 2 < second_digits {
            return None;
        }
        let (year, month, day) = match (first_digits, third_digits) {
            (4, 1 | 2) if 12 < second => (first, third, second),
            (4, 1 | 2) => (first, second, third),
            (1 | 2, 4) if 12 < second => (third, first, second),
            (1 | 2, 4) => (third, second, first),
            (1 | 2, 2) if mark == Gap::SLASH && one == other => {
                let (month, day) = if 12 < second { (first, second) } else { (second, first) };
                return Some((gregorian(Year::Short(third as i32), month, day), idx + 3));
            }
            _ => return None,
        };
        let (era, next) = self.era(idx + 3);
        let is_hijri = era == Some(Calendar::Hijri) || era.is_none() && (1200..1500).contains(&year);
        let value = if is_hijri {
            point(Calendar::Hijri, Year::Stated(year as i32), month, day, 30)
        } else if (1500..2200).contains(&year) {
            gregorian(Year::Stated(year as i32), month, day)
        } else {
            None
        };
        // Only a day that is one: the 31st of April is none.
        let is_day = value
            .as_ref()
            .is_some_and(|it| super::resolve::resolve(it, None).is_some());
        Some((value.filter(|_| is_day), next))
    }

    /// «م», «هـ» behind a year.
    fn era(&self, idx: usize) -> (Option<Calendar>, usize) {
        if !self.near(idx, SOFT.with(Gap::OPEN)) {
            return (None, idx);
        }
        match self.lex(idx) {
            Lex::HijriEra => (Some(Calendar::Hijri), idx + 1),
            Lex::GregorianEra => (Some(Calendar::Gregorian), idx + 1),
            Lex::Mim => (Some(Calendar::Gregorian), idx + 1),
            // «هـالموافق» is one word to its paper's system.
            _ => (None, idx),
        }
    }

    /// A year of four digits, with its era.
    fn year_number(&self, idx: usize) -> Read<(i32, Calendar)> {
        let (value, 4) = self.number(idx)? else { return None };
        let year = i32::try_from(value).ok()?;
        let (era, next) = self.era(idx + 1);
        match era {
            Some(Calendar::Hijri) => (1..=1600).contains(&year).then_some(((year, Calendar::Hijri), next)),
            _ => (1500..2200)
                .contains(&year)
                .then_some(((year, Calendar::Gregorian), next)),
        }
    }

    /// «2011-2015», «2014/2015», «1435/1436هـ».
    fn years_range(&self, idx: usize) -> Read<Value> {
        let ((first, 4), (last, 4)) = (self.number(idx)?, self.number(idx + 1)?) else {
            return None;
        };
        let gap = self.gap(idx + 1);
        let is_dash = gap.has(Gap::DASH) && gap.is_within(DASHED);
        let is_slash = gap.has(Gap::SLASH) && gap.is_within(SOFT.with(Gap::SLASH)) && first + 1 == last;
        if !is_dash && !is_slash
            || last <= first
            || first + 150 < last
            || self.is_joined(idx)
            || self.is_joined(idx + 2)
        {
            return None;
        }
        let ((last, calendar), next) = self.year_number(idx + 1)?;
        let first = i32::try_from(first).ok()?;
        let is_plausible = calendar == Calendar::Hijri || 1500 <= first;
        is_plausible.then_some((Value::Years(calendar, first, last), next))
    }

    /// «2014م», «1436هـ», «في 2015»: a bare year is one by its era, or behind «في», «منذ», «حتى» if it counts nothing.
    fn lone_year(&self, idx: usize) -> Read<Value> {
        let ((year, calendar), next) = self.year_number(idx)?;
        if self.is_joined(idx) || self.is_joined(next) || self.gap(next).has(Gap::COLON.with(Gap::PLUS)) {
            return None;
        }
        let before = idx
            .checked_sub(1)
            .filter(|_| self.near(idx, SOFT))
            .map(|it| self.lex(it));
        let is_recent = (1900..2100).contains(&year);
        let is_year = match self.lex(next - 1) {
            // «1500 م» is a distance.
            Lex::Mim => is_recent && (self.gap(next - 1) == Gap::GLUED || before != Some(Lex::Other)),
            Lex::HijriEra | Lex::GregorianEra => true,
            _ => {
                let is_led = matches!(
                    before,
                    Some(Lex::In | Lex::Since | Lex::Until | Lex::Before | Lex::After)
                );
                let counts = self.near(next, SOFT)
                    && matches!(
                        self.lex(next),
                        Lex::Other
                            | Lex::Unit(..)
                            | Lex::Day
                            | Lex::Minutes
                            | Lex::Hour
                            | Lex::Zone(_)
                            | Lex::Epithet
                            | Lex::NameHead
                    );
                is_recent && is_led && !counts
            }
        };
        is_year.then_some((Value::Year(calendar, Year::Stated(year)), next))
    }

    /// The day of a month: «26», «الـ 26», «السادس», «الثالث والعشرين», «غرة».
    fn day(&self, idx: usize) -> Read<u8> {
        let at = idx + usize::from(self.is(idx, Lex::Article) && self.near(idx + 1, SOFT));
        if let Some((value, digits)) = self.number(at) {
            let day = u8::try_from(value)
                .ok()
                .filter(|it| (1..=31).contains(it) && digits <= 2)?;
            let is_suffixed = self.is(at + 1, Lex::EnglishOrdinal) && self.gap(at + 1) == Gap::GLUED;
            return Some((day, at + 1 + usize::from(is_suffixed)));
        }
        let unit = match self.lex(idx) {
            Lex::Ordinal(unit) => unit,
            Lex::Eleventh => 1,
            Lex::Tens(tens @ (20 | 30)) if self.definite(idx) => return Some((tens, idx + 1)),
            Lex::FirstOfMonth => return Some((1, idx + 1)),
            _ => return None,
        };
        match self.next(idx + 1, SOFT) {
            Some(Lex::Teen) if unit < 10 => Some((unit + 10, idx + 2)),
            Some(Lex::Tens(tens @ (20 | 30))) if self.and(idx + 1) && tens + unit <= 31 => Some((tens + unit, idx + 2)),
            Some(Lex::And) if matches!(self.lex(idx + 2), Lex::Tens(20 | 30)) => match self.lex(idx + 2) {
                Lex::Tens(tens) if tens + unit <= 31 => Some((tens + unit, idx + 3)),
                _ => None,
            },
            _ if self.is(idx, Lex::Eleventh) => None,
            _ => Some((unit, idx + 1)),
        }
    }

    /// Days before one month: «9-10», «12 و19 و26», «20 إلى 24».
    fn days(&self, idx: usize) -> Read<DayList> {
        let (first, mut at) = self.day(idx)?;
        let mut days = vec![first];
        let mut is_range = false;
        while days.len() < LONGEST_LIST {
            let gap = self.gap(at);
            let next = match self.lex(at) {
                Lex::And if self.near(at, SOFT.with(Gap::COMMA)) && self.near(at + 1, SOFT) => at + 1,
                Lex::To | Lex::Until if self.near(at, SOFT) && self.near(at + 1, SOFT) => {
                    is_range = true;
                    at + 1
                }
                Lex::Ordinal(_) | Lex::Eleventh if self.and(at) && self.near(at, SOFT.with(Gap::COMMA)) => at,
                Lex::Number { .. } if gap.has(Gap::DASH) && gap.is_within(DASHED) => {
                    is_range = true;
                    at
                }
                Lex::Number { .. } if gap.has(Gap::COMMA) && gap.is_within(SOFT.with(Gap::COMMA)) => at,
                _ => break,
            };
            // «وحتى», «إلى يوم».
            let next = next + usize::from(matches!(self.lex(next), Lex::Until | Lex::To));
            let Some((day, next)) = self.day(next) else { break };
            days.push(day);
            at = next;
        }
        let list = match days.as_slice() {
            [day] => DayList::One(*day),
            [first, last] if is_range && first < last => DayList::Range(*first, *last),
            _ if is_range => return None,
            _ => DayList::List(days),
        };
        Some((list, at))
    }

    /// «26 أكتوبر 2023», «السادس من أغسطس», «12 و19 يوليو»; also with its month misspelt.
    fn date(&self, idx: usize) -> Read<Value> {
        let (list, next) = self.days(idx)?;
        self.days_of_month(list, next, false).or_else(|| {
            // «من 28 - 3 يناير» is none, but its last day may be one.
            let (day, next) = self.day(idx)?;
            self.days_of_month(DayList::One(day), next, false)
        })
    }

    /// What days mean before the month that begins at `idx`.
    fn days_of_month(&self, list: DayList, idx: usize, is_between: bool) -> Read<Value> {
        let mut at = idx;
        let mut has_of = false;
        while matches!(self.lex(at), Lex::From | Lex::Of) && self.near(at, SOFT) && at < idx + 1 {
            at += 1;
            has_of = true;
        }
        if !self.near(at, LOOSE) || self.gap(at).has(Gap::COMMA) && has_of {
            return None;
        }
        let (month, next) = match self.month(at) {
            Some(it) => it,
            None => self.misspelt(at)?,
        };
        let is_named_zero = month.calendar == Calendar::Hijri && month.month == 2 && !month.is_sure;
        let (year, next) = match self.year(next, month.calendar) {
            Some((year, next)) => (year, next),
            // «3 صفر» is a score.
            None if is_named_zero => return None,
            // The city of «6 أكتوبر» is known by what stands before it.
            None => (Year::Unstated(self.tense(at)), next),
        };
        let point = |day: u8| Point {
            calendar: month.calendar,
            year,
            month: month.month,
            day: Some(day),
            weekday: None,
        };
        let value = |day: u8| Value::Point(point(day));
        let range = |first: u8, last: u8| Value::Range(Box::new(value(first)), Box::new(value(last)));
        let longest = match (month.calendar, month.month) {
            (Calendar::Hijri, _) => 30,
            (_, 2) => 29,
            (_, 4 | 6 | 9 | 11) => 30,
            _ => 31,
        };
        let is_valid = |day: &u8| *day <= longest;
        let meant = match list {
            DayList::One(day) => is_valid(&day).then(|| value(day))?,
            DayList::Range(first, last) => is_valid(&last).then(|| range(first, last))?,
            DayList::List(days) => {
                if !days.iter().all(is_valid) {
                    return None;
                }
                let is_run = days.windows(2).all(|pair| pair[0] + 1 == pair[1]);
                let is_rising = days.windows(2).all(|pair| pair[0] < pair[1]);
                match days.as_slice() {
                    [first, .., last] if is_run || is_between && is_rising && days.len() == 2 => range(*first, *last),
                    _ => Value::List(days.iter().map(|day| value(*day)).collect()),
                }
            }
        };
        Some((meant, next))
    }

    /// A month whose name lacks a letter, between a day and a year.
    fn misspelt(&self, idx: usize) -> Read<MonthName> {
        let token = self.tokens.get(idx)?;
        let has_year = self.near(idx + 1, LOOSE)
            && (self.number(idx + 1).is_some_and(|(_, digits)| digits == 4)
                || matches!(self.lex(idx + 1), Lex::Relative(_)));
        if token.lex != Lex::Other || token.is_run || !has_year {
            return None;
        }
        let (calendar, month) = misspelt_month(self.text.get(token.start..token.end)?)?;
        let name = MonthName {
            calendar,
            month,
            weak: false,
            is_sure: true,
        };
        Some((name, idx + 1))
    }

    /// A month with «شهر» before it and its other name behind it, if they are there.
    fn month(&self, idx: usize) -> Read<MonthName> {
        let is_said = self.is(idx, Lex::Unit(Unit::Month, Count::One)) && !self.definite(idx);
        let at = idx + usize::from(is_said);
        if is_said && !self.near(at, SOFT) {
            return None;
        }
        let (first, mut next) = self.month_name(at)?;
        let mut name = MonthName {
            is_sure: is_said,
            ..first
        };
        let around = SOFT.with(Gap::SLASH).with(Gap::OPEN).with(Gap::DASH).with(Gap::CLOSE);
        if self.near(next, around)
            && let Some((other, behind)) = self.month_name(next)
            && (other.calendar, other.month) == (name.calendar, name.month)
        {
            name.is_sure = true;
            next = behind;
        }
        Some((name, next))
    }

    fn month_name(&self, idx: usize) -> Read<MonthName> {
        let hijri = |month: u8, next: usize| {
            let name = MonthName {
                calendar: Calendar::Hijri,
                month,
                weak: false,
                is_sure: false,
            };
            Some((name, next))
        };
        let second = || {
            let is_end = self.is(idx + 1, Lex::Except) && self.is(idx + 2, Lex::BrokenEnd);
            match self.next(idx + 1, SOFT)? {
                Lex::Ordinal(1) => Some((1, idx + 2)),
                Lex::Ordinal(2) | Lex::Last => Some((2, idx + 2)),
                _ if is_end || self.is(idx + 1, Lex::Article) && self.is(idx + 2, Lex::BrokenEnd) => Some((2, idx + 3)),
                _ => None,
            }
        };
        let gregorian = |month: u8, next: usize| {
            let name = MonthName {
                calendar: Calendar::Gregorian,
                month,
                weak: false,
                is_sure: false,
            };
            Some((name, next))
        };
        // «ت1», «ك2».
        let short = || match self.number(idx + 1)? {
            (number @ (1 | 2), 1) if self.gap(idx + 1) == Gap::GLUED => Some((number as u8, idx + 2)),
            _ => None,
        };
        match self.lex(idx) {
            Lex::Month { calendar, month, weak } => {
                let name = MonthName {
                    calendar,
                    month,
                    weak,
                    is_sure: false,
                };
                Some((name, idx + 1))
            }
            Lex::Kanun => second().and_then(|(it, next)| gregorian(if it == 1 { 12 } else { 1 }, next)),
            Lex::Tishrin => second().and_then(|(it, next)| gregorian(9 + it, next)),
            Lex::ShortKanun => short().and_then(|(it, next)| gregorian(if it == 1 { 12 } else { 1 }, next)),
            Lex::ShortTishrin => short().and_then(|(it, next)| gregorian(9 + it, next)),
            Lex::Rabi => second().and_then(|(it, next)| hijri(2 + it, next)),
            Lex::Jumada => second().and_then(|(it, next)| hijri(4 + it, next)),
            Lex::Dhu => match self.next(idx + 1, SOFT)? {
                Lex::Qada => hijri(11, idx + 2),
                Lex::Hijja => hijri(12, idx + 2),
                _ => None,
            },
            _ => None,
        }
    }

    /// The year behind a month: «2023», «من عام 1993», «الماضي», «من العام الجاري».
    fn year(&self, idx: usize, calendar: Calendar) -> Read<Year> {
        let mut at = idx;
        while self.is(at, Lex::Honorific) && self.near(at, SOFT) {
            at += 1;
        }
        if let Some(it) = self.relative(at).filter(|_| self.near(at, SOFT.with(Gap::CLOSE))) {
            return Some((Year::Times(it.0), it.1));
        }
        let of = at + usize::from(self.is(at, Lex::From) && self.near(at, SOFT.with(Gap::CLOSE)));
        let around = SOFT.with(Gap::CLOSE).with(Gap::COMMA);
        let is_this = self.is(of, Lex::This);
        if (matches!(self.lex(of), Lex::Unit(Unit::Year, Count::One)) || is_this) && self.near(of, around) {
            let unit = of + usize::from(is_this);
            if matches!(self.lex(unit), Lex::Unit(Unit::Year, Count::One)) {
                if let Some((times, next)) = self.relative(unit + 1).filter(|_| self.near(unit + 1, SOFT)) {
                    return Some((Year::Offset(times), next));
                }
                if is_this {
                    return Some((Year::Offset(0), unit + 1));
                }
                return self
                    .stated_year(unit + 1, calendar)
                    .filter(|_| self.near(unit + 1, SOFT));
            }
            return None;
        }
        if !self.near(at, LOOSE) {
            return None;
        }
        // What stands behind a full stop is another sentence's; «30.10.» is not.
        let gap = self.gap(at);
        if gap.has(Gap::DOT) && gap.has(Gap::SPACE) && self.text_is_arabic_before(at) {
            return None;
        }
        self.stated_year(at, calendar)
    }

    fn text_is_arabic_before(&self, idx: usize) -> bool {
        idx.checked_sub(1).is_some_and(|it| !self.text_is_latin(it))
    }

    fn stated_year(&self, idx: usize, calendar: Calendar) -> Read<Year> {
        let (value, digits) = self.number(idx)?;
        let year = i32::try_from(value).ok()?;
        let (era, next) = self.era(idx + 1);
        let is_year = match calendar {
            Calendar::Gregorian => digits == 4 && (1000..2200).contains(&year) && era != Some(Calendar::Hijri),
            Calendar::Hijri => {
                let is_year = digits == 4 && (1000..=1600).contains(&year);
                is_year && era != Some(Calendar::Gregorian)
                    || era == Some(Calendar::Hijri) && (1..=1600).contains(&year)
            }
        };
        // A clock behind the date begins with four digits nowhere, but «م» behind one is «مساء».
        is_year.then_some((Year::Stated(year), next))
    }

    /// «الماضي» -1, «الجاري» 0, «المقبل» 1, «قبل الماضي» -2, «بعد المقبل» 2.
    fn relative(&self, idx: usize) -> Read<i32> {
        let times = |side: Side| match side {
            Side::Past => -1,
            Side::Present => 0,
            Side::Future => 1,
        };
        let at = idx + usize::from(self.is(idx, Lex::Ma));
        match self.lex(at) {
            Lex::Relative(side) if self.definite(at) && at == idx => Some((times(side), at + 1)),
            Lex::Before if self.next(at + 1, SOFT) == Some(Lex::Relative(Side::Past)) => Some((-2, at + 2)),
            Lex::After if self.next(at + 1, SOFT) == Some(Lex::Relative(Side::Future)) => Some((2, at + 2)),
            _ => None,
        }
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
            Lex::Tomorrow if !self.definite(at) || at != idx => (1, at + 1),
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

    /// «الثالث من الشهر الجاري», «12 و13 من الشهر الماضي».
    fn day_of_this_month(&self, idx: usize) -> Read<Value> {
        let (list, at) = self.days(idx)?;
        if !self.is(at, Lex::From) || !self.near(at, SOFT) || !self.near(at + 1, SOFT) {
            return None;
        }
        let is_this = self.is(at + 1, Lex::This);
        let unit = at + 1 + usize::from(is_this);
        if !self.is(unit, Lex::Unit(Unit::Month, Count::One)) || !self.definite(unit) {
            return None;
        }
        let (months, next) = match self.relative(unit + 1).filter(|_| self.near(unit + 1, SOFT)) {
            Some(it) => it,
            None if is_this => (0, unit + 1),
            None => return None,
        };
        let value = |day: u8| Value::DayOfMonth { day, months };
        let meant = match list {
            DayList::One(day) => value(day),
            DayList::Range(first, last) => Value::Range(Box::new(value(first)), Box::new(value(last))),
            DayList::List(days) => Value::List(days.into_iter().map(value).collect()),
        };
        Some((meant, next))
    }

    /// A month and its year, or a month and its day as in English.
    fn month_first(&self, idx: usize) -> Read<Value> {
        if let Some(it) = self.month_day(idx) {
            return Some(it);
        }
        let (month, next) = self.month(idx)?;
        let (year, next) = match self.year(next, month.calendar) {
            Some((year @ Year::Stated(_), next)) if self.is_month_and_year(idx, month, next) => (year, next),
            Some((Year::Stated(_), _)) => return None,
            Some(it) => it,
            None if let Some(it) = self.months_of_one_year(month, next) => return Some(it),
            None if month.is_sure => (Year::Unstated(self.tense(idx)), next),
            None => return None,
        };
        let value = Value::Point(Point {
            calendar: month.calendar,
            year,
            month: month.month,
            day: None,
            weekday: None,
        });
        Some((value, next))
    }

    /// «مارس وأبريل 2015», «يناير – مارس 2015»: the year behind the second month is the first one's, too.
    fn months_of_one_year(&self, first: MonthName, idx: usize) -> Read<Value> {
        let is_list = self.near(idx, SOFT) && (self.and(idx) || self.is(idx, Lex::And));
        let at = match self.range_connector(idx, false) {
            Some(at) => at,
            None if is_list => idx + usize::from(self.is(idx, Lex::And)),
            None => return None,
        };
        let (second, next) = self.month(at)?;
        let (year, next) = self.year(next, second.calendar)?;
        if second.calendar != first.calendar || second.month == first.month {
            return None;
        }
        let point = |month: u8, year: Year| {
            Value::Point(Point {
                calendar: second.calendar,
                year,
                month,
                day: None,
                weekday: None,
            })
        };
        let value = match is_list {
            true => Value::List(vec![point(first.month, year), point(second.month, year)]),
            false => {
                let start = point(first.month, Year::Unstated(Side::Past));
                Value::Range(Box::new(start), Box::new(point(second.month, year)))
            }
        };
        Some((value, next))
    }

    /// «محمد رمضان 2020», «تيريزا ماي - 2017»: a weak name needs its year close by and no given name before it.
    fn is_month_and_year(&self, idx: usize, month: MonthName, next: usize) -> bool {
        let is_close = (idx + 1..next).all(|it| self.near(it, SOFT.with(Gap::SLASH).with(Gap::OPEN).with(Gap::CLOSE)));
        !month.weak || month.is_sure || is_close
    }

    /// «October 26, 2023», «أغسطس 3, 2021».
    fn month_day(&self, idx: usize) -> Read<Value> {
        let (month, at) = self.month(idx)?;
        if month.calendar == Calendar::Hijri || !self.near(at, SOFT.with(Gap::DOT)) {
            return None;
        }
        let (day, next) = self.day(at).filter(|_| self.number(at).is_some())?;
        if !self.near(next, SOFT.with(Gap::COMMA)) {
            return None;
        }
        let (year, next) = self.stated_year(next, Calendar::Gregorian)?;
        let value = Value::Point(Point {
            calendar: Calendar::Gregorian,
            year,
            month: month.month,
            day: Some(day),
            weekday: None,
        });
        super::resolve::resolve(&value, None)?;
        Some((value, next))
    }

    /// «الشهر الماضي», «هذا العام», «عام 1967», «عام 1436هـ», «عامي 2003 و2004».
    fn period(&self, idx: usize) -> Read<Value> {
        let is_this = self.is(idx, Lex::This);
        let at = idx + usize::from(is_this);
        if is_this && !self.near(at, SOFT) {
            return None;
        }
        let Lex::Unit(unit, count) = self.lex(at) else {
            return None;
        };
        let behind = at + 1;
        if unit == Unit::Year && self.near(behind, SOFT.with(Gap::OPEN)) {
            if let Some((value, next)) = self.years_range(behind) {
                return Some((value, next));
            }
            if let Some((value, next)) = self.year_of_era(behind, count) {
                return Some((value, next));
            }
        }
        if count != Count::One || !self.definite(at) {
            return None;
        }
        let (times, next) = match self.relative(behind).filter(|_| self.near(behind, SOFT)) {
            Some(it) => it,
            None if is_this => (0, behind),
            // «الأسبوع الأول من أغسطس».
            None if unit == Unit::Week => return self.week_of_month(behind),
            None => return None,
        };
        let value = match unit {
            Unit::Day => return None,
            Unit::Week => Value::Week { weeks: times },
            Unit::Month => Value::Month { months: times },
            Unit::Year => Value::Year(Calendar::Gregorian, Year::Offset(times)),
        };
        Some((value, next))
    }

    /// A year behind «عام»: with its era also one of three digits, and not before the era.
    fn year_of_era(&self, idx: usize, count: Count) -> Read<Value> {
        let (value, digits) = self.number(idx)?;
        let year = i32::try_from(value).ok()?;
        let (era, next) = self.era(idx + 1);
        let is_before_era = self.next(idx + 1, SOFT.with(Gap::DOT)) == Some(Lex::Before)
            || self.text.get(self.tokens[idx].end..).is_some_and(|rest| {
                rest.trim_start_matches([' ', '(']).starts_with("ق.") || rest.trim_start().starts_with("ق م")
            });
        if is_before_era || !(3..=4).contains(&digits) || self.is_joined(idx + 1) {
            return None;
        }
        let calendar = match era {
            Some(calendar) => calendar,
            // «عام 1436» is of the Hijra; nobody dates what happened in 1436 CE without saying so.
            None if (1300..1500).contains(&year) => Calendar::Hijri,
            None => Calendar::Gregorian,
        };
        let is_year = match calendar {
            Calendar::Gregorian => (500..2200).contains(&year) && (digits == 4 || era.is_some()),
            Calendar::Hijri => (1..=1600).contains(&year),
        };
        if !is_year {
            return None;
        }
        let first = Value::Year(calendar, Year::Stated(year));
        // «عامي 2003 و2011» are two years; a range only between.
        if count != Count::One
            && self.is(next, Lex::And)
            && let Some(((second, _), end)) = self.year_number(next + 1).filter(|_| self.near(next + 1, SOFT))
        {
            let second = Value::Year(calendar, Year::Stated(second));
            return Some((Value::List(vec![first, second]), end));
        }
        Some((first, next))
    }

    fn week_of_month(&self, idx: usize) -> Read<Value> {
        let Lex::Ordinal(number @ 1..=5) = self.lex(idx) else {
            return None;
        };
        if !self.near(idx, SOFT) || !self.is(idx + 1, Lex::From) || !self.near(idx + 2, SOFT) {
            return None;
        }
        let (month, next) = self.whole_month(idx + 2)?;
        let month = Box::new(month);
        Some((Value::WeekOfMonth { number, month }, next))
    }

    /// A month as a whole of which a part is named: its name suffices.
    fn whole_month(&self, idx: usize) -> Read<Value> {
        if let Some((value, next)) = self.period(idx)
            && matches!(value, Value::Month { .. })
        {
            return Some((value, next));
        }
        let (month, next) = self.month(idx)?;
        let (year, next) = self
            .year(next, month.calendar)
            .unwrap_or((Year::Unstated(self.tense(idx)), next));
        let value = Value::Point(Point {
            calendar: month.calendar,
            year,
            month: month.month,
            day: None,
            weekday: None,
        });
        Some((value, next))
    }

    /// «مطلع الأسبوع المقبل», «منتصف يونيو», «نهاية 2015», «أواخر التسعينيات».
    fn part(&self, idx: usize) -> Read<Value> {
        let Lex::Part(part) = self.lex(idx) else { return None };
        let mut at = idx + 1;
        if self.definite(idx) || !self.near(at, SOFT) {
            return None;
        }
        if self.is(at, Lex::From) && self.near(at + 1, SOFT) {
            at += 1;
        }
        // «نهاية العام», «مطلع الأسبوع»: of this one.
        let this_one = || match self.lex(at) {
            Lex::Unit(Unit::Week, Count::One) => Some((Value::Week { weeks: 0 }, at + 1)),
            Lex::Unit(Unit::Month, Count::One) => Some((Value::Month { months: 0 }, at + 1)),
            Lex::Unit(Unit::Year, Count::One) => Some((Value::Year(Calendar::Gregorian, Year::Offset(0)), at + 1)),
            _ => None,
        };
        let is_any = matches!(self.next(at + 1, SOFT), Some(Lex::Epithet | Lex::Ordinal(_)));
        let (whole, next) = self
            .whole_month(at)
            .or_else(|| self.period(at))
            .or_else(|| this_one().filter(|_| self.definite(at) && !is_any))
            .or_else(|| self.decade(at))
            .or_else(|| self.century(at))
            .or_else(|| self.season(at))
            .or_else(|| {
                let ((year, calendar), next) = self.year_number(at)?;
                Some((Value::Year(calendar, Year::Stated(year)), next))
            })?;
        let is_whole = !matches!(whole, Value::List(_));
        let whole = Box::new(whole);
        is_whole.then_some((Value::PartOf { part, whole }, next))
    }

    /// «الربع الأول من عام 2015», «النصف الثاني من يونيو».
    fn division(&self, idx: usize) -> Read<Value> {
        let Lex::Fraction(n_parts) = self.lex(idx) else {
            return None;
        };
        let number = match self.next(idx + 1, SOFT)? {
            Lex::Ordinal(number) => number,
            Lex::Relative(_) | Lex::Last => return None,
            _ => return None,
        };
        if !self.definite(idx) || number > n_parts {
            return None;
        }
        let at = idx + 2 + usize::from(self.is(idx + 2, Lex::From));
        if !self.near(idx + 2, SOFT) || !self.near(at, SOFT) {
            return None;
        }
        let (whole, next) = self
            .period(at)
            .filter(|(value, _)| matches!(value, Value::Year(..) | Value::Month { .. }))
            .or_else(|| self.whole_month(at))
            .or_else(|| {
                let ((year, calendar), next) = self.year_number(at)?;
                Some((Value::Year(calendar, Year::Stated(year)), next))
            })?;
        let whole = Box::new(whole);
        Some((Value::Division { number, n_parts, whole }, next))
    }

    /// «التسعينيات», «ستينيات القرن الماضي».
    fn decade(&self, idx: usize) -> Read<Value> {
        let Lex::Decade(tens) = self.lex(idx) else { return None };
        let tens = i32::from(tens);
        let of = idx + 1 + usize::from(self.is(idx + 1, Lex::From));
        if self.near(idx + 1, SOFT)
            && self.near(of, SOFT)
            && let Some((Value::Years(_, first, _), next)) = self.century(of)
        {
            return Some((
                Value::Years(Calendar::Gregorian, first - 1 + tens, first + 8 + tens),
                next,
            ));
        }
        // Before the forties a decade without its century is rather somebody's age.
        (self.definite(idx) && 40 <= tens)
            .then_some((Value::Years(Calendar::Gregorian, 1900 + tens, 1909 + tens), idx + 1))
    }

    /// «القرن التاسع عشر», «القرن الماضي»: from its year 01.
    fn century(&self, idx: usize) -> Read<Value> {
        if !self.is(idx, Lex::Century) || !self.definite(idx) || !self.near(idx + 1, SOFT) {
            return None;
        }
        let (number, next) = match self.relative(idx + 1) {
            // The archives of this program are of our century.
            Some((times, next)) => (21 + times, next),
            None => self.day(idx + 1).map(|(number, next)| (i32::from(number), next))?,
        };
        let (calendar, next) = match self.era(next) {
            (Some(calendar), next) => (calendar, next),
            (None, next) => (Calendar::Gregorian, next),
        };
        let is_before_era = self.next(next, SOFT) == Some(Lex::Before);
        let first = 100 * (number - 1) + 1;
        let is_known = (1..=22).contains(&number) && !is_before_era && self.number(idx + 1).is_none();
        is_known.then_some((Value::Years(calendar, first, first + 99), next))
    }

    /// «صيف 2014», «الشتاء المقبل», «صيف العام الماضي».
    fn season(&self, idx: usize) -> Read<Value> {
        let Lex::Season(season) = self.lex(idx) else {
            return None;
        };
        self.season_of(season, idx)
    }

    /// «ربيع 2011», where «ربيع» is no Hijri month.
    fn spring(&self, idx: usize) -> Read<Value> {
        if !self.is(idx, Lex::Rabi) {
            return None;
        }
        self.season_of(1, idx)
    }

    fn season_of(&self, season: u8, idx: usize) -> Read<Value> {
        let at = idx + 1;
        if !self.near(at, SOFT) {
            return None;
        }
        let (year, next) = match self.definite(idx) {
            true => self.relative(at).map(|(times, next)| (Year::Times(times), next))?,
            false => self
                .year(at, Calendar::Gregorian)
                .filter(|(year, _)| matches!(year, Year::Stated(_) | Year::Offset(_)))?,
        };
        Some((Value::Season { season, year }, next))
    }

    /// «قبل يومين», «منذ 10 أيام», «بعد نحو ثلاثة أسابيع», «قبل أشهر».
    fn distance(&self, idx: usize) -> Read<Value> {
        let sign = match self.lex(idx) {
            Lex::Before | Lex::Since => -1,
            Lex::After => 1,
            _ => return None,
        };
        let mut at = idx + 1;
        if !self.near(at, SOFT) {
            return None;
        }
        let is_about = self.is(at, Lex::About);
        at += usize::from(is_about);
        if !self.near(at, SOFT) {
            return None;
        }
        let (least, most, unit, mut next) = if let Lex::Unit(unit, count) = self.lex(at)
            && !self.definite(at)
        {
            let (least, most) = match count {
                Count::One => (1, 1),
                Count::Two => (2, 2),
                // «بعد أيام» counts from what was told, and «قبل سنوات» says nothing.
                Count::Many if sign == 1 || unit == Unit::Year => return None,
                // The plural counts from 3 to 10.
                Count::Many => (3, 10),
            };
            (least, most, unit, at + 1)
        } else if self.is(at, Lex::Several) {
            let Some(Lex::Unit(unit, Count::Many)) = self.next(at + 1, SOFT) else {
                return None;
            };
            (3, 10, unit, at + 2)
        } else {
            let (count, next) = self.cardinal(at)?;
            let Some(Lex::Unit(unit, _)) = self.next(next, SOFT) else {
                return None;
            };
            if self.definite(next) {
                return None;
            }
            (count, count, unit, next + 1)
        };
        // «قبل عام 2011» names the year; «بعد يومين من الهجوم» counts from something else.
        let is_year = unit == Unit::Year && self.near(next, SOFT) && self.number(next).is_some();
        let is_month = unit == Unit::Month && self.near(next, SOFT) && self.month_name(next).is_some();
        let counts_from_else = !self.is(idx, Lex::Since)
            && self.near(next, SOFT)
            && matches!(self.lex(next), Lex::From)
            && !(matches!(self.lex(next + 1), Lex::Today));
        if is_year || is_month || counts_from_else || 3650 < most {
            return None;
        }
        let (mut least, mut most, mut unit) = (least, most, unit);
        // «قبل عام ونصف».
        if unit == Unit::Year && self.is(next, Lex::Fraction(2)) && self.and(next) && self.near(next, SOFT) {
            (least, most, unit) = (12 * least + 6, 12 * most + 6, Unit::Month);
            next += 1;
        }
        let (least, most) = if sign < 0 { (-most, -least) } else { (least, most) };
        Some((
            Value::Distance {
                least,
                most,
                unit,
                is_about,
            },
            next,
        ))
    }

    /// A counting number in digits or words: 1 to 99.
    fn cardinal(&self, idx: usize) -> Read<i32> {
        if let Some((value, digits)) = self.number(idx) {
            return (digits <= 4).then_some((value as i32, idx + 1));
        }
        let unit = match self.lex(idx) {
            Lex::Cardinal(unit) => i32::from(unit),
            // «عشرة أيام»; «خمس» is a cardinal, «خامس» none.
            Lex::Teen => return Some((10, idx + 1)),
            Lex::Tens(tens) => return Some((i32::from(tens), idx + 1)),
            _ => return None,
        };
        match self.next(idx + 1, SOFT) {
            Some(Lex::Teen) => Some((unit + 10, idx + 2)),
            Some(Lex::Tens(tens)) if self.and(idx + 1) => Some((unit + i32::from(tens), idx + 2)),
            _ => Some((unit, idx + 1)),
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

/// Stands for «بالتوقيت المحلي», which says nothing.
const LOCAL: Zone = Zone::Named("");

fn zone_of(zone: Zone) -> Option<Zone> {
    (zone != LOCAL).then_some(zone)
}

/// The hour of 24 that an hour of a half of the day is; midnight is the end of its day.
fn hour_in(hour: i8, half: HalfDay) -> i8 {
    match (half, hour) {
        (HalfDay::Morning, 12) => 0,
        (HalfDay::Noon, 1..=4) | (HalfDay::Evening, 1..=11) | (HalfDay::Night, 6..=11) => hour + 12,
        (HalfDay::Night, 12) => 24,
        _ => hour,
    }
}

fn gregorian(year: Year, month: u32, day: u32) -> Option<Value> {
    point(Calendar::Gregorian, year, month, day, 31)
}

fn point(calendar: Calendar, year: Year, month: u32, day: u32, longest: u32) -> Option<Value> {
    let is_day = (1..=12).contains(&month) && (1..=longest).contains(&day);
    is_day.then_some(Value::Point(Point {
        calendar,
        year,
        month: month as u8,
        day: Some(day as u8),
        weekday: None,
    }))
}
