//! Dates and years in digits: «26/10/2023», «1436/10/25 هـ», «2011-2015».

use crate::archive::date::names::{Calendar, Lex};
use crate::archive::date::resolve::{Point, Value, Year, resolve};
use crate::archive::date::tokens::Gap;

use super::{DASHED, Parser, Read, SOFT};

impl Parser<'_> {
    /// «الموافق 8/8/2015», «بتاريخ 15/3»: the words are part of the expression only if a date without year follows.
    pub(super) fn simple_numeric_of(&self, idx: usize) -> Read<Value> {
        self.near(idx + 1, SOFT.with(Gap::COLON).with(Gap::OPEN)).then(|| {
            self.day_and_month_number(idx + 1)
                .or_else(|| self.short_dashed(idx + 1))
        })?
    }

    /// «15/3» where a word before says that it is a date.
    pub(super) fn day_and_month_number(&self, idx: usize) -> Read<Value> {
        let ((day, 1 | 2), (month, 1 | 2)) = (self.number(idx)?, self.number(idx + 1)?) else {
            return None;
        };
        let is_joined = self.gap(idx + 1) == Gap::SLASH && !self.is_joined(idx + 2);
        let point = gregorian(Year::Unstated(self.tense(idx)), month, day)?;
        is_joined.then_some((point, idx + 2))
    }

    /// «26-10-23» where a word before says that it is a date.
    pub(super) fn short_dashed(&self, idx: usize) -> Read<Value> {
        let numbers = (self.number(idx)?, self.number(idx + 1)?, self.number(idx + 2)?);
        let ((day, 1 | 2), (month, 1 | 2), (year, 2)) = numbers else {
            return None;
        };
        let is_joined = self.gap(idx + 1) == Gap::DASH && self.gap(idx + 2) == Gap::DASH && !self.is_joined(idx + 3);
        let point = gregorian(Year::Short(year as i32), month, day)?;
        is_joined.then_some((point, idx + 3))
    }

    /// Whether a number hangs on the one before by a stroke or a point without spaces.
    pub(super) fn is_joined(&self, idx: usize) -> bool {
        let strokes = Gap::SLASH.with(Gap::DASH).with(Gap::DOT).with(Gap::PLUS);
        self.number(idx).is_some() && self.gap(idx).has(strokes) && self.gap(idx).is_within(strokes)
    }

    /// 26/10/2023, 2023-10-26, 26.10.2023, 1436/10/25 هـ. What looks so and is no day is no date at all.
    pub(super) fn numeric(&self, idx: usize) -> Read<Option<Value>> {
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
        let is_day = value.as_ref().is_some_and(|it| resolve(it, None).is_some());
        Some((value.filter(|_| is_day), next))
    }

    /// «م», «هـ» behind a year.
    pub(super) fn era(&self, idx: usize) -> (Option<Calendar>, usize) {
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
    pub(super) fn year_number(&self, idx: usize) -> Read<(i32, Calendar)> {
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
    pub(super) fn years_range(&self, idx: usize) -> Read<Value> {
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
    pub(super) fn lone_year(&self, idx: usize) -> Read<Value> {
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
