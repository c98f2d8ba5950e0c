//! Date expressions in a text.

use jiff::civil::Date;

use crate::arabic::Span;
use crate::archive::DatePrecision;

use super::grammar::{At, Parser, at};
use super::resolve::{self, ResolvedDays};
use super::tokens;
use super::value::{Calendar, Value, Year};

/// A date, a period or a time as written in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct DateExpression {
    /// Its place in the text it was found in.
    pub span: Span,
    pub(super) value: Value,
}

impl DateExpression {
    /// The days it means in a text of the day `anchor`.
    ///
    /// `None` if it is relative and `anchor` is not known, or if there is no such day.
    pub fn resolve(&self, anchor: Option<Date>) -> Option<ResolvedDays> {
        resolve::resolve(&self.value, anchor)
    }

    /// The day, month or year that it states without reference to another day.
    pub(super) fn stated(&self) -> Option<(Date, DatePrecision)> {
        let resolved = self.is_stated().then(|| self.resolve(None))??;
        let [days] = resolved.days.as_slice() else { return None };
        // A Hijri month is no precision of ours.
        (days.precision != DatePrecision::Day || days.first == days.last).then_some((days.first, days.precision))
    }

    /// The day that it states in full.
    pub fn stated_day(&self) -> Option<Date> {
        let (date, precision) = self.stated()?;
        (precision == DatePrecision::Day).then_some(date)
    }

    /// Whether it names a day by its number and month, with or without its year.
    pub fn names_a_day(&self) -> bool {
        let mut value = &self.value;
        while let Value::Timed(Some(day), _) | Value::Pair(day, _) = value {
            value = day;
        }
        matches!(value, Value::Point(it) if it.day.is_some() && it.year != Year::OfPublication)
    }

    /// Whether it names a day in the calendar's own terms; «أمس» and «الخميس الماضي» do not.
    pub(super) fn is_stated(&self) -> bool {
        let day = match &self.value {
            Value::Timed(Some(day), _) => day,
            value => value,
        };
        matches!(day, Value::Point(_) | Value::Pair(..))
    }

    /// The calendar in which it names a day; of several the surest.
    pub(super) fn calendar(&self) -> Calendar {
        let mut value = &self.value;
        while let Value::Timed(Some(day), _) | Value::Pair(day, _) = value {
            value = day;
        }
        match value {
            Value::Point(it) => it.calendar,
            _ => Calendar::Gregorian,
        }
    }
}

/// A longer text is read in stretches of at most this many bytes, so that the tokens of a text of nothing but numbers
/// are never in memory together. The longest article seen has 200 KB; a date that a stretch cuts in two is lost.
const STRETCH: usize = 256 << 10;

/// The date expressions in `text`, in order, without overlap.
///
/// The time is linear in the length of the text; spans are spans of `text`.
pub fn expressions(text: &str) -> Vec<DateExpression> {
    expressions_by_stretch(text).flatten().collect()
}

/// As [`expressions`], a list for each stretch of the text: those of a text of any length need not be in memory
/// together.
pub fn expressions_by_stretch(text: &str) -> impl Iterator<Item = Vec<DateExpression>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|it| !it.is_empty())?;
        let stretch = stretch(rest);
        let found = of_stretch(stretch).into_iter().map(|it| DateExpression {
            span: it.span.shifted(start),
            ..it
        });
        let found = found.collect();
        start += stretch.len();
        Some(found)
    })
}

/// The beginning of a text, up to the end of a line or a word.
fn stretch(text: &str) -> &str {
    if text.len() <= STRETCH {
        return text;
    }
    let (most, _) = text.split_at(text.floor_char_boundary(STRETCH));
    let end = most.rfind('\n').or_else(|| most.rfind(char::is_whitespace));
    // A word without end is cut anywhere.
    end.filter(|end| *end != 0).map_or(most, |end| &most[..end])
}

fn of_stretch(text: &str) -> Vec<DateExpression> {
    let tokens = tokens::tokens(text);
    let parser = Parser { text, tokens: &tokens };
    let mut found = Vec::new();
    let mut idx = 0;
    while idx < tokens.len() {
        match at(&parser, idx) {
            At::Expression(value, first, end) if first < end => {
                let span = Span::new(tokens[first].start, tokens[end - 1].end);
                let span = with_bracket(text, span);
                found.push(DateExpression { span, value });
                idx = end;
            }
            At::NoDate(end) => idx = end.max(idx + 1),
            _ => idx += 1,
        }
    }
    found
}

/// The span with the bracket that closes what was opened in it: «الخميس (أمس)».
fn with_bracket(text: &str, span: Span) -> Span {
    let inside = span.of(text).unwrap_or_default();
    let count = |bracket: char| inside.matches(bracket).count();
    let is_open = count(')') < count('(') && text.get(span.end..).is_some_and(|rest| rest.starts_with(')'));
    Span::new(span.start, span.end + usize::from(is_open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_of_a_long_text_are_where_they_stand() {
        let line = "قال الوزير إن العمل بدأ في 5 مارس 2023 وانتهى.\n";
        let n = 2 * STRETCH / line.len();
        let text = line.repeat(n);
        let found = expressions(&text);
        assert_eq!(found.len(), n);
        assert!(found.iter().all(|it| it.span.of(&text) == Some("5 مارس 2023")));
    }

    #[test]
    fn a_word_without_end_is_cut_anywhere() {
        let text = format!("{} 5 مارس 2023", "ب".repeat(STRETCH));
        let found = expressions(&text);
        assert_eq!(
            found.iter().filter_map(|it| it.span.of(&text)).collect::<Vec<_>>(),
            ["5 مارس 2023"]
        );
    }
}
