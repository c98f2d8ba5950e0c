//! Times of day and their zones.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A time of day, as far as it was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOfDay {
    /// 0 to 24; at 24 the day ends.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
    /// 0 to 59, where seconds are stated.
    pub second: Option<i8>,
    /// `None` if none is named.
    pub zone: Option<Zone>,
}

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Minutes ahead of Greenwich; behind it they are negative.
    Ahead(i16),
    /// The time of a place, by its name in the tz database.
    Named(&'static str),
}

impl Zone {
    /// How many minutes the zone is ahead of Greenwich at some time there.
    pub fn minutes_ahead(self, at: DateTime) -> Option<i16> {
        match self {
            Self::Ahead(minutes) => Some(minutes),
            Self::Named(name) => {
                let zone = TimeZone::get(name).ok()?;
                let offset = zone.to_ambiguous_timestamp(at).compatible().ok()?;
                i16::try_from(zone.to_offset(offset).seconds() / 60).ok()
            }
        }
    }
}

impl TimeOfDay {
    /// The moment on `day` in ISO 8601, as precise as it was stated: "2023-10-26T14:05+03:00", "…T09:30:00Z".
    pub fn on(self, day: Date) -> Option<String> {
        let (day, hour) = match self.hour {
            24 => (day.tomorrow().ok()?, 0),
            hour => (day, hour),
        };
        let at = day.at(hour, self.minute, self.second.unwrap_or(0), 0);
        let mut text = at
            .strftime(if self.second.is_some() {
                "%Y-%m-%dT%H:%M:%S"
            } else {
                "%Y-%m-%dT%H:%M"
            })
            .to_string();
        match self.zone.and_then(|it| it.minutes_ahead(at)) {
            Some(0) => text.push('Z'),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                text.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
            }
            None => {}
        }
        Some(text)
    }
}
