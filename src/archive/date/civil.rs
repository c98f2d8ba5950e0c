//! Days of the Gregorian calendar from numbers that may name none.

use jiff::civil::Date;

/// The day of these numbers; `None` if there is none, as on 30 February.
pub(super) fn date_of(year: impl TryInto<i16>, month: impl TryInto<i8>, day: impl TryInto<i8>) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}
