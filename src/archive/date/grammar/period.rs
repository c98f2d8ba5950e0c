//! Periods: «الشهر الماضي», «عام 1967», «أواخر يونيو», «الربع الأول من 2015», «قبل يومين».

use crate::archive::date::names::{Calendar, Count, Lex, Unit};
use crate::archive::date::resolve::{Point, Value, Year};
use crate::archive::date::tokens::Gap;

use super::{DayList, Parser, Read, SOFT};

impl Parser<'_> {
    /// «الثالث من الشهر الجاري», «12 و13 من الشهر الماضي».
    pub(super) fn day_of_this_month(&self, idx: usize) -> Read<Value> {
        let (list, at) = self.days(idx)?;
        // «15 الجاري», «15 من الجاري».
        let of = at + usize::from(self.is(at, Lex::From));
        if let (DayList::One(day), Some((0, next))) = (&list, self.relative(of))
            && self.number(idx).is_some()
            && self.near(at, SOFT)
            && self.near(of, SOFT)
        {
            let (day, months) = (*day, 0);
            return Some((Value::DayOfMonth { day, months }, next));
        }
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

    /// «الشهر الماضي», «هذا العام», «عام 1967», «عام 1436هـ», «عامي 2003 و2004».
    pub(super) fn period(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn year_of_era(&self, idx: usize, count: Count) -> Read<Value> {
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

    pub(super) fn week_of_month(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn whole_month(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn part(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn division(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn decade(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn century(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn season(&self, idx: usize) -> Read<Value> {
        let Lex::Season(season) = self.lex(idx) else {
            return None;
        };
        self.season_of(season, idx)
    }

    /// «ربيع 2011», where «ربيع» is no Hijri month.
    pub(super) fn spring(&self, idx: usize) -> Read<Value> {
        if !self.is(idx, Lex::Rabi) {
            return None;
        }
        self.season_of(1, idx)
    }

    pub(super) fn season_of(&self, season: u8, idx: usize) -> Read<Value> {
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
    pub(super) fn distance(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn cardinal(&self, idx: usize) -> Read<i32> {
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
}
