//! Names of the months, as they are shown.

/// Which names the Gregorian months have.
///
/// CLDR 48, `ar`, `ar-LB`, `ar-DZ`, `ar-MA`.
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

const EGYPT: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const LEVANT: [&str; 12] = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];
const MAGHREB: [&str; 12] = [
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const MOROCCO: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
];

/// The name of a month counted from 1; empty for any other number.
pub fn month_name(month: i8, names: MonthNames) -> &'static str {
    let table = match names {
        MonthNames::Egypt => &EGYPT,
        MonthNames::Levant => &LEVANT,
        MonthNames::Maghreb => &MAGHREB,
        MonthNames::Morocco => &MOROCCO,
    };
    usize::try_from(month - 1)
        .ok()
        .and_then(|idx| table.get(idx))
        .copied()
        .unwrap_or("")
}
