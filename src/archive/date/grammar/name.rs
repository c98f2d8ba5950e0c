//! What looks like a date and is a name: «شارع 26 يوليو», «صلاة الجمعة», «اليوم العالمي».

use crate::archive::date::lex::{Count, Lex};
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Point, Unit, Value, Year};

use super::parser::{LONGEST_LIST, Parser, SOFT};

/// Whether the words are the name of a street, a movement, a kind of day.
pub(super) fn is_name(p: &Parser<'_>, idx: usize, value: &Value, before: Option<Lex>, next: usize) -> bool {
    let epithet = matches!(p.next(next, SOFT), Some(Lex::Epithet | Lex::OtherOne));
    // «الجمعة من كل أسبوع», «22 أبريل من كل عام».
    let is_every = p.next(next, SOFT) == Some(Lex::From) && p.next(next + 1, SOFT) == Some(Lex::Habit);
    match value {
        Value::Point(Point {
            year: Year::Unstated(_),
            month,
            day,
            ..
        }) => {
            is_every || before == Some(Lex::NameHead) || before == Some(Lex::Attacks) && (*month, *day) == (9, Some(11))
        }
        // Nothing says which «من ذلك العام» is.
        Value::Point(Point {
            year: Year::OfAnother, ..
        }) => true,
        Value::Weekday { times: 0, .. } => {
            let is_two = p.is(idx, Lex::Weekday(1)) && before == Some(Lex::Between);
            // «أيام السبت والأحد»: what makes the first a habit makes the second one, too.
            let mut head = idx;
            while idx < head + LONGEST_LIST
                && head != 0
                && p.near(head, SOFT)
                && matches!(p.lex(head - 1), Lex::Weekday(_) | Lex::Day)
            {
                head -= 1;
            }
            let head = head.checked_sub(1).filter(|_| p.near(head, SOFT)).map(|it| p.lex(it));
            let is_habit = matches!(
                head,
                Some(Lex::Habit | Lex::Paper | Lex::That | Lex::NameHead | Lex::Unit(Unit::Day, Count::Many))
            );
            // «الله الواحد الأحد».
            let is_god = before == Some(Lex::Cardinal(1)) && p.definite(idx - 1);
            is_every || epithet || is_habit || is_two || is_god
        }
        Value::Day { days: 0, weekday: None } => {
            let is_ordinal = matches!(
                p.next(next, SOFT),
                Some(Lex::Ordinal(_) | Lex::Relative(_) | Lex::Cardinal(_))
            ) && p.definite(next)
                || p.gap(next) == Gap::GLUED && p.number(next).is_some();
            let is_unnamed = matches!(before, Some(Lex::Paper | Lex::That | Lex::NameHead | Lex::This));
            is_unnamed || (epithet || is_ordinal) && !p.is(idx, Lex::Tonight)
        }
        Value::Day { days: 1, weekday: None } => epithet || before == Some(Lex::NameHead),
        Value::Years(_, first, last) if first + 9 == *last => {
            let age = if p.next(next, SOFT) == Some(Lex::From) {
                next + 1
            } else {
                next
            };
            p.next(age, SOFT) == Some(Lex::Age)
        }
        _ => false,
    }
}
