//! Outlets and agencies: one name for each, whatever a page calls it.

use std::sync::LazyLock;

use crate::arabic::{Folding, fold};

/// The usual name of an outlet, and other names it goes by. Facts; to be extended.
const OUTLETS: &[(&str, &[&str])] = &[
    ("RT", &["RT Arabic", "روسيا اليوم", "RT عربي"]),
    ("euronews", &["يورونيوز", "euronews عربي"]),
    ("وكالة الأناضول", &["الأناضول", "Anadolu", "Anadolu Agency", "AA"]),
    ("رويترز", &["Reuters", "وكالة رويترز"]),
    (
        "فرانس برس",
        &["أ ف ب", "أ.ف.ب", "ا.ف.ب", "ا ف ب", "AFP", "وكالة فرانس برس"],
    ),
    ("أسوشيتد برس", &["AP", "أ ب", "Associated Press"]),
    ("د ب أ", &["د.ب.أ", "dpa", "وكالة الأنباء الألمانية"]),
    ("وام", &["وكالة أنباء الإمارات"]),
    ("واس", &["وكالة الأنباء السعودية"]),
    ("كونا", &["وكالة الأنباء الكويتية"]),
    ("قنا", &["وكالة الأنباء القطرية"]),
    ("بنا", &["وكالة أنباء البحرين"]),
    ("بترا", &["وكالة الأنباء الأردنية"]),
    ("وفا", &["وكالة الأنباء الفلسطينية"]),
    ("وات", &["وكالة تونس إفريقيا للأنباء"]),
    ("واج", &["وكالة الأنباء الجزائرية"]),
    ("سانا", &["الوكالة العربية السورية للأنباء"]),
    ("أ ش أ", &["أ.ش.أ", "وكالة أنباء الشرق الأوسط"]),
    ("يو بي آي", &["UPI"]),
    ("نوفوستي", &["ريا نوفوستي", "RIA Novosti"]),
    ("تاس", &["TASS", "وكالة تاس"]),
    ("شينخوا", &["Xinhua", "وكالة شينخوا"]),
    ("BBC عربي", &["BBC Arabic", "بي بي سي", "بي بي سي عربي", "BBC"]),
    ("CNN بالعربية", &["CNN Arabic", "CNNArabic.com", "CNN", "سي إن إن"]),
    ("الجزيرة", &["الجزيرة نت", "Al Jazeera"]),
    ("العربية", &["العربية نت", "Al Arabiya"]),
    ("سكاي نيوز عربية", &["Sky News Arabia", "سكاي نيوز"]),
    ("الشرق", &["الشرق للأخبار", "Asharq", "اقتصاد الشرق"]),
    ("الشرق الأوسط", &["صحيفة الشرق الأوسط"]),
    ("الحرة", &["قناة الحرة"]),
    ("البوابة نيوز", &[]),
    ("اليوم السابع", &[]),
    ("الميادين", &["الميادين نت"]),
    ("هسبريس", &["Hespress"]),
    ("العربي الجديد", &[]),
    ("القدس العربي", &[]),
    ("الخليج", &["صحيفة الخليج"]),
    ("وكالات", &[]),
];

/// The usual name of the outlet that `stated` names; `stated` itself, tidied, if it is not known.
pub fn canonical(stated: &str) -> Option<String> {
    let tidy =
        stated.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '|' | '-' | '–' | '"' | '«' | '»'));
    if tidy.is_empty() {
        return None;
    }
    Some(known(tidy).map_or_else(|| tidy.to_owned(), str::to_owned))
}

/// The usual name of an outlet that is in the table.
pub fn known(stated: &str) -> Option<&'static str> {
    let folded = key(stated);
    KEYS.iter().find(|(key, _)| *key == folded).map(|(_, name)| *name)
}

/// The keys of all names with the usual ones, in the order of the table. Made once: many lines are looked up.
static KEYS: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let names = OUTLETS.iter().flat_map(|(name, others)| {
        let spellings = std::iter::once(name).chain(*others);
        spellings.map(move |it| (key(it), *name))
    });
    names.collect()
});

fn key(name: &str) -> String {
    fold(name, Folding::Word)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_has_one_name() {
        for (stated, name) in [
            ("RT Arabic", "RT"),
            ("أ. ف. ب", "فرانس برس"),
            (" صحيفة المدار.", "صحيفة المدار"),
        ] {
            assert_eq!(canonical(stated).as_deref(), Some(name));
        }
        assert_eq!(canonical(" : "), None);
    }
}
