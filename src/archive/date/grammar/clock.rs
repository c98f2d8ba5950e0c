//! Times of day: «الساعة التاسعة والنصف مساء بتوقيت القاهرة».

use crate::archive::date::lex::{HalfDay, Lex};
use crate::archive::date::time::{TimeOfDay, Zone};
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Part, Value};

use super::common;
use super::parser::{BETWEEN_PARTS, DASHED, Parser, Read, SOFT};

/// The greatest offset of a zone, in minutes: Kiritimati is 14 hours ahead of Greenwich.
const FARTHEST_ZONE: i16 = 14 * 60;

/// The time after a date.
pub(super) fn timed(p: &Parser<'_>, value: Value, idx: usize) -> (Value, usize) {
    let is_day = match &value {
        Value::Point(it) => it.day.is_some(),
        Value::Pair(..) | Value::Day { .. } | Value::Weekday { .. } | Value::DayOfMonth { .. } => true,
        _ => false,
    };
    if !is_day {
        return (value, idx);
    }
    let mut at = idx;
    if p.is(at, Lex::LetterT) && p.near(at, Gap::GLUED) {
        at += 1;
    }
    if p.is(at, Lex::Last) && p.is(at + 1, Lex::Update) && p.near(at, BETWEEN_PARTS) {
        at += 2;
    }
    while matches!(p.lex(at), Lex::In | Lex::At) && p.near(at, BETWEEN_PARTS) {
        at += 1;
    }
    let is_said = p.is(at, Lex::Hour);
    if !p.near(at, BETWEEN_PARTS) {
        return (value, idx);
    }
    match clock(p, at + usize::from(is_said), is_said) {
        Some((time, next)) if p.near(at + usize::from(is_said), BETWEEN_PARTS) => {
            (Value::Timed(Some(Box::new(value)), time), next)
        }
        _ => (value, idx),
    }
}

/// A time that is one without a date: «الساعة التاسعة», «06:30 بتوقيت غرينتش», «9 مساء».
pub(super) fn stated_time(p: &Parser<'_>, idx: usize) -> Read<TimeOfDay> {
    if p.is(idx, Lex::Part(Part::Middle)) {
        // «منتصف ليل الخميس» ends Thursday.
        let is_midnight = p.is(idx + 1, Lex::DayPart(HalfDay::Night)) && p.near(idx + 1, SOFT);
        let midnight = TimeOfDay {
            hour: 24,
            minute: 0,
            second: None,
            zone: None,
        };
        return is_midnight.then_some((midnight, idx + 2));
    }
    if p.is(idx, Lex::Hour) && p.definite(idx) && p.near(idx + 1, SOFT.with(Gap::OPEN).with(Gap::COLON)) {
        return clock(p, idx + 1, true);
    }
    if let Some(it) = hour_and_half(p, idx) {
        return Some(it);
    }
    // A number after another is a score or a verse, or part of a longer one.
    let (_, digits) = p.number(idx)?;
    let gap = p.gap(idx);
    let joins = Gap::COLON.with(Gap::SLASH).with(Gap::DASH).with(Gap::PLUS);
    if digits == 3 || 4 < digits || gap.has(joins) || gap == Gap::COMMA || gap == Gap::DOT {
        return None;
    }
    let (time, next, is_marked) = clock_parts(p, idx, false)?;
    (is_marked || time.zone.is_some()).then_some((time, next))
}

/// «التاسعة مساء», «العاشرة والنصف صباح …»: hours are feminine.
fn hour_and_half(p: &Parser<'_>, idx: usize) -> Read<TimeOfDay> {
    let token = p.tokens.get(idx)?;
    let is_feminine = p.text.get(token.start..token.end)?.ends_with(['ة', 'ه']);
    if !token.definite || !is_feminine || !matches!(token.lex, Lex::Ordinal(_) | Lex::Cardinal(1) | Lex::Eleventh) {
        return None;
    }
    let (_, next) = hour_word(p, idx)?;
    let next = minutes(p, next).map_or(next, |(_, next)| next);
    let is_half = matches!(p.next(next, SOFT), Some(Lex::DayPart(_))) && !p.definite(next)
        || matches!(p.lex(next), Lex::Half(_) | Lex::Before | Lex::After) && half_of_day(p, next).is_some();
    is_half.then(|| clock(p, idx, true))?
}

fn clock(p: &Parser<'_>, idx: usize, is_said: bool) -> Read<TimeOfDay> {
    let (time, next, is_marked) = clock_parts(p, idx, is_said)?;
    let is_clock = is_said || is_marked || time.zone.is_some() || p.gap(idx + 1).has(Gap::COLON);
    let is_compact = p.number(idx).is_some_and(|(_, digits)| digits == 6);
    (is_clock || is_compact).then_some((time, next))
}

/// A clock, and a second one in brackets: of «15:00 بالتوقيت المحلي (12:00 ت غ)» what is said in a zone holds.
fn clock_parts(p: &Parser<'_>, idx: usize, is_said: bool) -> Option<(TimeOfDay, usize, bool)> {
    let (time, next, is_marked) = one_clock(p, idx, is_said)?;
    if p.gap(next).has(Gap::OPEN)
        && p.gap(next + 1) == Gap::COLON
        && let Some((second, end, true)) = one_clock(p, next, false)
    {
        let is_better = second.zone.is_some() && time.zone.is_none();
        return Some((if is_better { second } else { time }, end, true));
    }
    Some((time, next, is_marked))
}

/// Hour, minutes, half of the day and zone; and whether a half of the day was named.
fn one_clock(p: &Parser<'_>, idx: usize, is_said: bool) -> Option<(TimeOfDay, usize, bool)> {
    let mut hour;
    let (mut minute, mut second) = (0, None);
    let mut at = idx;
    if let Some((value, digits)) = p.number(at) {
        if digits == 6 && p.gap(at) == Gap::GLUED {
            // 185600 of ISO 8601's basic form.
            (hour, minute, second) = (value / 10_000, value / 100 % 100, Some(value % 100));
            at += 1;
        } else if digits == 4 && value / 100 < 24 && value % 100 < 60 && zone(p, at + 1).is_some() {
            // «1300 بتوقيت غرينتش».
            (hour, minute) = (value / 100, value % 100);
            at += 1;
        } else if 2 < digits {
            return None;
        } else {
            hour = value;
            at += 1;
            let is_minute = p.gap(at) == Gap::COLON || is_said && matches!(p.gap(at), Gap::DOT | Gap::COMMA);
            if is_minute && let Some((value, 2)) = p.number(at) {
                minute = value;
                at += 1;
                if p.gap(at) == Gap::COLON
                    && let Some((value, 2)) = p.number(at)
                {
                    second = Some(value);
                    at += 1;
                    // Parts of a second.
                    if p.gap(at) == Gap::DOT && p.number(at).is_some() {
                        at += 1;
                    }
                }
            }
        }
    } else if is_said {
        let (value, next) = hour_word(p, at)?;
        hour = u32::from(value);
        at = next;
    } else {
        return None;
    }
    if let Some((added, next)) = minutes(p, at) {
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
    if let Some((half, next)) = half_of_day(p, at) {
        time.hour = hour_in(time.hour, half);
        is_marked = true;
        at = next;
    }
    // «5+1» is no time of a zone.
    let is_bare = !is_said && !is_marked && at == idx + 1;
    if let Some((zone, next)) = zone(p, at).filter(|_| !is_bare || p.number(at).is_none()) {
        time.zone = zone_of(zone);
        at = next;
        is_marked = true;
    }
    if time.hour == 24 && 0 < time.minute {
        time.hour = 0;
    }
    Some((time, at, is_marked))
}

/// «التاسعة», «الثانية عشرة», «الواحدة».
fn hour_word(p: &Parser<'_>, idx: usize) -> Read<u8> {
    let value = match p.lex(idx) {
        Lex::Ordinal(value) | Lex::Cardinal(value) => value,
        Lex::Eleventh => 1,
        _ => return None,
    };
    match p.next(idx + 1, SOFT) {
        Some(Lex::Teen) if value <= 2 => Some((value + 10, idx + 2)),
        _ if p.is(idx, Lex::Eleventh) => None,
        _ => Some((value, idx + 1)),
    }
}

/// «والنصف», «إلا ربعا», «وخمس عشرة دقيقة», «و10 دقائق»: in minutes.
fn minutes(p: &Parser<'_>, idx: usize) -> Read<i32> {
    if !p.near(idx, SOFT) {
        return None;
    }
    match p.lex(idx) {
        Lex::Fraction(n) if p.and(idx) => return Some((60 / i32::from(n), idx + 1)),
        Lex::And => {
            if let Some(Lex::Fraction(n)) = p.next(idx + 1, SOFT) {
                return Some((60 / i32::from(n), idx + 2));
            }
        }
        Lex::Except => {
            return match p.next(idx + 1, SOFT)? {
                Lex::Fraction(n) => Some((-60 / i32::from(n), idx + 2)),
                _ => {
                    let (value, next) = common::cardinal(p, idx + 1)?;
                    (p.next(next, SOFT) == Some(Lex::Minutes)).then_some((-value, next + 1))
                }
            };
        }
        _ => {}
    }
    let (value, next) = match p.lex(idx) {
        Lex::And => common::cardinal(p, idx + 1)?,
        _ if p.and(idx) => common::cardinal(p, idx)?,
        _ => return None,
    };
    (p.next(next, SOFT) == Some(Lex::Minutes)).then_some((value, next + 1))
}

/// «مساء», «ص», «بعد الظهر»; «بعد منتصف الليل» is of the morning.
fn half_of_day(p: &Parser<'_>, idx: usize) -> Read<HalfDay> {
    if !p.near(idx, SOFT.with(Gap::OPEN).with(Gap::CLOSE)) {
        return None;
    }
    match (p.lex(idx), p.next(idx + 1, SOFT)) {
        (Lex::Half(half), _) => Some((half, idx + 1)),
        (Lex::Am, _) => Some((HalfDay::Morning, idx + 1)),
        (Lex::Pm | Lex::Mim, _) => Some((HalfDay::Evening, idx + 1)),
        (Lex::Before, Some(Lex::DayPart(HalfDay::Noon))) => Some((HalfDay::Morning, idx + 2)),
        (Lex::After, Some(Lex::DayPart(HalfDay::Noon))) => Some((HalfDay::Evening, idx + 2)),
        (Lex::After, Some(Lex::Part(Part::Middle))) if p.is(idx + 2, Lex::DayPart(HalfDay::Night)) => {
            Some((HalfDay::Morning, idx + 3))
        }
        (Lex::Part(Part::Middle), Some(Lex::DayPart(HalfDay::Night))) => Some((HalfDay::Night, idx + 2)),
        _ => None,
    }
}

/// «بتوقيت مكة المكرمة», «(GMT+0400)», «ت غ», «+03:00», «Z».
pub(super) fn zone(p: &Parser<'_>, idx: usize) -> Read<Zone> {
    let gap = p.gap(idx);
    let around = SOFT.with(Gap::OPEN).with(Gap::CLOSE).with(Gap::DOT);
    if let Some((value, digits)) = p.number(idx) {
        // «+03:00» and «+0300»; a minus only where it touches.
        let is_ahead = gap.has(Gap::PLUS);
        let is_behind = gap == Gap::DASH || gap == DASHED && digits == 4;
        if !is_ahead && !is_behind || !gap.is_within(SOFT.with(Gap::PLUS).with(Gap::DASH)) {
            return None;
        }
        let (minutes, next) = match digits {
            4 => (value / 100 * 60 + value % 100, idx + 1),
            1 | 2 => match p.number(idx + 1) {
                Some((minutes, 2)) if p.gap(idx + 1) == Gap::COLON => (value * 60 + minutes, idx + 2),
                _ if is_ahead => (value * 60, idx + 1),
                _ => return None,
            },
            _ => return None,
        };
        let minutes = i16::try_from(minutes).ok().filter(|it| *it <= FARTHEST_ZONE)?;
        return Some((Zone::Ahead(if is_behind { -minutes } else { minutes }), next));
    }
    if !gap.is_within(around) {
        return None;
    }
    match p.lex(idx) {
        Lex::LetterZ if gap == Gap::GLUED => Some((Zone::Ahead(0), idx + 1)),
        Lex::Greenwich => Some(ahead_of_greenwich(p, idx + 1)),
        Lex::Zone(zone) if p.text_is_latin(idx) => Some((zone, idx + 1)),
        Lex::ShortTishrin => match p.next(idx + 1, SOFT.with(Gap::DOT)) {
            Some(Lex::Ghain) => Some((Zone::Ahead(0), idx + 2)),
            // «ت م» of the Saudi agency.
            Some(Lex::Mim) => Some((Zone::Named("Asia/Riyadh"), idx + 2)),
            _ => None,
        },
        Lex::TimeZoneWord => match p.next(idx + 1, SOFT)? {
            Lex::Local => Some((LOCAL, idx + 2)),
            Lex::Greenwich => Some(ahead_of_greenwich(p, idx + 2)),
            Lex::Zone(zone) => {
                let is_blessed = matches!(p.next(idx + 2, SOFT), Some(Lex::Honorific));
                Some((zone, idx + 2 + usize::from(is_blessed)))
            }
            _ => None,
        },
        _ => None,
    }
}

fn ahead_of_greenwich(p: &Parser<'_>, idx: usize) -> (Zone, usize) {
    // Asked first: after «GMT GMT GMT …» stand no minutes.
    match p.number(idx).and_then(|_| zone(p, idx)) {
        Some((Zone::Ahead(minutes), next)) => (Zone::Ahead(minutes), next),
        _ => (Zone::Ahead(0), idx),
    }
}

/// Stands for «بالتوقيت المحلي», which says nothing.
const LOCAL: Zone = Zone::Named("");

pub(super) fn zone_of(zone: Zone) -> Option<Zone> {
    (zone != LOCAL).then_some(zone)
}

/// The hour of 24 that an hour of a half of the day is; midnight is the end of its day.
pub(super) fn hour_in(hour: i8, half: HalfDay) -> i8 {
    match (half, hour) {
        (HalfDay::Morning, 12) => 0,
        (HalfDay::Noon, 1..=4) | (HalfDay::Evening, 1..=11) | (HalfDay::Night, 6..=11) => hour + 12,
        (HalfDay::Night, 12) => 24,
        _ => hour,
    }
}
