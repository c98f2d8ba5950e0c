//! Small words that several rules share: «الماضي», «إلى», counting numbers.

use crate::archive::date::lex::Lex;
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::Side;

use super::parser::{DASHED, Parser, Read, SOFT};

/// «الماضي» -1, «الجاري» 0, «المقبل» 1, «قبل الماضي» -2, «بعد المقبل» 2.
pub(super) fn relative(p: &Parser<'_>, idx: usize) -> Read<i32> {
    let times = |side: Side| match side {
        Side::Past => -1,
        Side::Present => 0,
        Side::Future => 1,
    };
    let at = idx + usize::from(p.is(idx, Lex::Ma));
    match p.lex(at) {
        Lex::Relative(side) if p.definite(at) && at == idx => Some((times(side), at + 1)),
        Lex::Before if p.next(at + 1, SOFT) == Some(Lex::Relative(Side::Past)) => Some((-2, at + 2)),
        Lex::After if p.next(at + 1, SOFT) == Some(Lex::Relative(Side::Future)) => Some((2, at + 2)),
        _ => None,
    }
}

/// A counting number in digits or words: 1 to 99.
pub(super) fn cardinal(p: &Parser<'_>, idx: usize) -> Read<i32> {
    if let Some((value, digits)) = p.number(idx) {
        return (digits <= 4).then_some((value as i32, idx + 1));
    }
    let unit = match p.lex(idx) {
        Lex::Cardinal(unit) => i32::from(unit),
        // «اثنين» is a Monday by itself.
        Lex::Weekday(1) if !p.definite(idx) && matches!(p.next(idx + 1, SOFT), Some(Lex::Tens(_))) => 2,
        // «عشرة أيام»; «خمس» is a cardinal, «خامس» none.
        Lex::Teen => return Some((10, idx + 1)),
        Lex::Tens(tens) => return Some((i32::from(tens), idx + 1)),
        _ => return None,
    };
    match p.next(idx + 1, SOFT) {
        Some(Lex::Teen) => Some((unit + 10, idx + 2)),
        Some(Lex::Tens(tens)) if p.and(idx + 1) => Some((unit + i32::from(tens), idx + 2)),
        _ => Some((unit, idx + 1)),
    }
}

/// Where the second end of a range begins.
pub(super) fn range_connector(p: &Parser<'_>, idx: usize, is_between: bool) -> Option<usize> {
    if !p.near(idx, DASHED.with(Gap::COMMA).with(Gap::CLOSE).with(Gap::OPEN)) {
        return None;
    }
    match p.lex(idx) {
        // «إلى غاية» in the Maghreb.
        Lex::To if p.is(idx + 1, Lex::Until) && p.near(idx + 2, SOFT) => Some(idx + 2),
        Lex::To | Lex::Until if p.near(idx + 1, SOFT.with(Gap::OPEN)) => Some(idx + 1),
        Lex::And if is_between && p.near(idx + 1, SOFT) => Some(idx + 1),
        // «وحتى», «ولغاية».
        Lex::And if matches!(p.lex(idx + 1), Lex::To | Lex::Until) => Some(idx + 2),
        _ if is_between && p.and(idx) => Some(idx),
        _ if p.gap(idx).has(Gap::DASH) => Some(idx),
        _ => None,
    }
}
