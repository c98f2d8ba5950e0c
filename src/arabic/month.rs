//! Names of the months, for display. Not for parsing dates, which newspapers write in more ways than these.

use std::sync::LazyLock;

use super::lists::List;

/// The traditions of naming the Gregorian months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum MonthNames {
    /// يناير، فبراير … (Egypt, Sudan, the Gulf).
    #[default]
    Egypt,
    /// كانون الثاني، شباط … (Syria, Lebanon, Iraq, Jordan, Palestine).
    Levant,
    /// جانفي، فيفري … (Algeria, Tunisia).
    Maghreb,
    /// يناير، فبراير … يوليوز، غشت (Morocco).
    Morocco,
}

const TABLE: List<4> = List::new(
    include_str!("../../assets/lists/month_names.tsv"),
    ["egypt", "levant", "maghreb", "morocco"],
);

/// In the order of the year.
static NAMES: LazyLock<Vec<[&'static str; 4]>> = LazyLock::new(|| TABLE.rows().collect());

/// The name of a month counted from 1; empty for any other number.
pub fn month_name(month: i8, names: MonthNames) -> &'static str {
    let column = match names {
        MonthNames::Egypt => 0,
        MonthNames::Levant => 1,
        MonthNames::Maghreb => 2,
        MonthNames::Morocco => 3,
    };
    let month = usize::try_from(month - 1).ok().and_then(|idx| NAMES.get(idx));
    month.map_or("", |names| names[column])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_has_a_name_in_every_country() {
        assert_eq!(NAMES.len(), 12);
        assert_eq!(month_name(1, MonthNames::Levant), "كانون الثاني");
        assert_eq!(month_name(12, MonthNames::Morocco), "دجنبر");
        assert_eq!(month_name(0, MonthNames::Egypt), "");
        assert_eq!(month_name(13, MonthNames::Egypt), "");
    }
}
