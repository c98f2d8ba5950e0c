//! Words before a name that say what kind of thing it names: «حركة حماس», «مدينة غزة».
//!
//! Folded. The recogniser has lists of its own, of what is left out in one article.

/// Words before a name that say no more than what kind of thing it is.
pub const ORGANISATION_HEADS: &[&str] = &[
    "حركه",
    "تنظيم",
    "جماعه",
    "شركه",
    "وكاله",
    "صحيفه",
    "قناه",
    "منظمه",
    "حزب",
    "نادي",
    "ميليشيا",
    "جريده",
    "مجله",
    "فضاييه",
];

/// The same for places. A «محافظة» is not its capital.
pub const PLACE_HEADS: &[&str] = &["مدينه", "بلده", "قريه", "دوله", "جمهوريه", "مملكه", "اماره"];

/// Heads that are left out before names of several words only: «بنك دبي الإسلامي», but «بنك الاتحاد» is not «الاتحاد».
pub const BANK_HEADS: &[&str] = &["بنك", "مصرف"];

/// Further words before a name, which make another thing of it: who shares a name with one of these is not told by it.
pub const OTHER_HEADS: &[&str] = &[
    "مجلس",
    "بنك",
    "جامعه",
    "وزاره",
    "هييه",
    "محكمه",
    "محافظه",
    "ولايه",
    "اقليم",
    "مطار",
    "مينا",
    "فريق",
    "منتخب",
    "اتحاد",
    "جمعيه",
    "موسسه",
    "كليه",
    "لجنه",
    "رابطه",
    "نقابه",
    "ديوان",
    "مكتبه",
    "متحف",
    "مركز",
    "معهد",
    "مجموعه",
    "مصرف",
    "لواء",
    "كتايب",
    "قوات",
    "جيش",
    "مخيم",
    "نهر",
    "جبل",
    "بحيره",
    "جزيره",
];

/// Whether a word says what kind of thing a name names.
pub fn is_head(word: &str) -> bool {
    [ORGANISATION_HEADS, PLACE_HEADS, OTHER_HEADS]
        .iter()
        .any(|heads| heads.contains(&word))
}
