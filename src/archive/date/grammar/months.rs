//! Dates by their month: «26 أكتوبر 2023», «12 و19 تموز», «مارس الماضي».

use crate::archive::date::names::{Calendar, Count, Lex, Side, Unit, misspelt_month};
use crate::archive::date::resolve::{Point, Value, Year, resolve};
use crate::archive::date::tokens::Gap;

use super::{DASHED, DayList, LONGEST_LIST, LOOSE, MonthName, Parser, Read, SOFT};

impl Parser<'_> {
    /// The day of a month: «26», «الـ 26», «السادس», «الثالث والعشرين», «غرة».
    pub(super) fn day(&self, idx: usize) -> Read<u8> {
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
    pub(super) fn days(&self, idx: usize) -> Read<DayList> {
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
    pub(super) fn date(&self, idx: usize) -> Read<Value> {
        let (list, next) = self.days(idx)?;
        self.days_of_month(list, next, false).or_else(|| {
            // «من 28 - 3 يناير» is none, but its last day may be one.
            let (day, next) = self.day(idx)?;
            self.days_of_month(DayList::One(day), next, false)
        })
    }

    /// What days mean before the month that begins at `idx`.
    pub(super) fn days_of_month(&self, list: DayList, idx: usize, is_between: bool) -> Read<Value> {
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
    pub(super) fn misspelt(&self, idx: usize) -> Read<MonthName> {
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
    pub(super) fn month(&self, idx: usize) -> Read<MonthName> {
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

    pub(super) fn month_name(&self, idx: usize) -> Read<MonthName> {
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
    pub(super) fn year(&self, idx: usize, calendar: Calendar) -> Read<Year> {
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

    pub(super) fn stated_year(&self, idx: usize, calendar: Calendar) -> Read<Year> {
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
    pub(super) fn relative(&self, idx: usize) -> Read<i32> {
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

    /// A month and its year, or a month and its day as in English.
    pub(super) fn month_first(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn months_of_one_year(&self, first: MonthName, idx: usize) -> Read<Value> {
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
    pub(super) fn is_month_and_year(&self, idx: usize, month: MonthName, next: usize) -> bool {
        let is_close = (idx + 1..next).all(|it| self.near(it, SOFT.with(Gap::SLASH).with(Gap::OPEN).with(Gap::CLOSE)));
        !month.weak || month.is_sure || is_close
    }

    /// «October 26, 2023», «أغسطس 3, 2021».
    pub(super) fn month_day(&self, idx: usize) -> Read<Value> {
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
        resolve(&value, None)?;
        Some((value, next))
    }
}
