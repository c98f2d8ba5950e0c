//! What a word can mean in a date.

use super::time::Zone;
use super::value::{Calendar, Part, Side, Unit};

/// In which grammatical number a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    One,
    Two,
    /// 3 to 10 where no number is named.
    Many,
}

/// The half of the day in which an hour lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HalfDay {
    Morning,
    Noon,
    Evening,
    Night,
}

/// What a word means in a date. The words are in `assets/lists/date_words.tsv`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lex {
    /// A word without a meaning in dates.
    Other,
    /// Digits: their value, and how many they are.
    Number {
        value: u32,
        digits: u8,
    },
    /// A month; `weak` names are also other words («ماي», «آب», «مارس», «صفر»).
    Month {
        calendar: Calendar,
        month: u8,
        weak: bool,
    },
    /// «كانون» and «تشرين», which need «الأول» or «الثاني».
    Kanun,
    Tishrin,
    /// «ت» and «ك» of «ت1», «ك2».
    ShortTishrin,
    ShortKanun,
    /// «ربيع» and «جمادى», which need «الأول» or «الآخر»; «ذو», which needs «القعدة» or «الحجة».
    Rabi,
    Jumada,
    Dhu,
    Qada,
    Hijja,
    /// «خر» of «الآ خر», cut in two by some paper's system.
    BrokenEnd,
    /// Ordinals 1 to 10.
    Ordinal(u8),
    /// «الحادي», which occurs only in 11, 21, 31.
    Eleventh,
    /// «عشر», «عشرة» after a unit.
    Teen,
    /// «عشرين» … «تسعين».
    Tens(u8),
    /// Cardinals 1 to 10.
    Cardinal(u8),
    /// «مئة», «تسعمائة»: in hundreds.
    Hundreds(u8),
    /// «ألف», «ألفين»: in thousands.
    Thousands(u8),
    /// «بضعة», «عدة».
    Several,
    /// 1 Monday … 7 Sunday.
    Weekday(i8),
    /// «يوم».
    Day,
    Today,
    Yesterday,
    Tomorrow,
    /// «الليلة».
    Tonight,
    Unit(Unit, Count),
    /// «الماضي», «المقبل», «الجاري».
    Relative(Side),
    /// «هذا», «هذه».
    This,
    Part(Part),
    /// «غرة».
    FirstOfMonth,
    /// «المبارك» after a Hijri month.
    Honorific,
    HijriEra,
    /// «شمسي», «ش» of «هـ.ش»: the Hijri years of the sun.
    SolarMark,
    /// «قمري»: the Hijri years of the moon.
    LunarMark,
    /// «ق», «للشهداء» after a Coptic year; «ق» of «هـ.ق» is the moon's, too.
    CopticMark,
    /// «م»: of the Gregorian era, or after noon.
    Mim,
    GregorianEra,
    /// «ص», «am».
    Am,
    Pm,
    Half(HalfDay),
    /// «صباح», «ليل»: a part of the day that the next words name; «منتصف ليل» is [`Lex::Part`] and this.
    DayPart(HalfDay),
    Hour,
    Minutes,
    /// «ربع», «نصف», «ثلث»: one of that many parts.
    Fraction(u8),
    /// «إلا».
    Except,
    TimeZoneWord,
    /// «المحلي».
    Local,
    Zone(Zone),
    /// «غرينتش», GMT: at 0.
    Greenwich,
    /// «ت» is [`Lex::ShortTishrin`]; «غ» of «ت غ».
    Ghain,
    From,
    To,
    Until,
    Between,
    /// «ما» of «ما بين».
    Ma,
    And,
    In,
    Before,
    After,
    Since,
    About,
    Period,
    Century,
    Decade(u8),
    Season(u8),
    /// «الموافق»: the same day in another calendar follows.
    Corresponding,
    /// «لـ» of «الموافق لـ 13 مايو».
    Li,
    /// «بتاريخ».
    Dated,
    /// «آخر تحديث».
    Last,
    Update,
    /// «عمره», «العمر».
    Age,
    /// The article before digits: «الـ 26».
    Article,
    /// st, nd, rd, th.
    EnglishOrdinal,
    Of,
    At,
    LetterT,
    LetterZ,
    /// Words whose name may hold a date: «شارع 26 يوليو».
    NameHead,
    /// «هجمات», «أحداث»: of 11 September.
    Attacks,
    /// Words before a weekday that make it any such day: «صلاة الجمعة», «كل».
    Habit,
    /// Words after a day that make it a name or another day: «اليوم العالمي», «الجمعة السوداء».
    Epithet,
    /// «نفسه», «التالي»: what is named is counted from another day or year than that of publication.
    OtherOne,
    /// «ذلك», «نفس» before what is so counted: «من ذلك العام».
    That,
    /// Names of papers that end in «اليوم».
    Paper,
    /// «رقم».
    NumberSign,
    /// What says that the sentence speaks of the future, of the past.
    FutureCue,
    PastCue,
}

impl Lex {
    /// What a row of `assets/lists/date_words.tsv` says; `None` if it says nothing that this enum has.
    pub fn of_row(meaning: &str, value: &str) -> Option<Self> {
        let plain = || PLAIN.iter().find(|(name, _)| *name == meaning).map(|(_, lex)| *lex);
        if value == "-" {
            return plain();
        }
        let number = || value.parse::<u8>().ok();
        let month = |calendar, weak| number().map(|month| Self::Month { calendar, month, weak });
        match meaning {
            "month" => month(Calendar::Gregorian, false),
            "month_or_word" => month(Calendar::Gregorian, true),
            "hijri_month" => month(Calendar::Hijri, true),
            "solar_month" => month(Calendar::SolarHijri, true),
            "coptic_month" => month(Calendar::Coptic, true),
            "ordinal" => number().map(Self::Ordinal),
            "tens" => number().map(Self::Tens),
            "cardinal" => number().map(Self::Cardinal),
            "hundreds" => number().map(Self::Hundreds),
            "thousands" => number().map(Self::Thousands),
            "weekday" => value.parse().ok().map(Self::Weekday),
            "fraction" => number().map(Self::Fraction),
            "decade" => number().map(Self::Decade),
            "season" => number().map(Self::Season),
            "unit" => {
                let (unit, count) = value.split_once(' ')?;
                Some(Self::Unit(value_of(UNITS, unit)?, value_of(COUNTS, count)?))
            }
            "relative" => value_of(SIDES, value).map(Self::Relative),
            "part" => value_of(PARTS, value).map(Self::Part),
            "half" => value_of(HALVES, value).map(Self::Half),
            "day_part" => value_of(HALVES, value).map(Self::DayPart),
            _ => None,
        }
    }
}

fn value_of<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

const UNITS: &[(&str, Unit)] = &[
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("year", Unit::Year),
];
const COUNTS: &[(&str, Count)] = &[("one", Count::One), ("two", Count::Two), ("many", Count::Many)];
const SIDES: &[(&str, Side)] = &[
    ("past", Side::Past),
    ("present", Side::Present),
    ("future", Side::Future),
];
const PARTS: &[(&str, Part)] = &[("start", Part::Start), ("middle", Part::Middle), ("end", Part::End)];
const HALVES: &[(&str, HalfDay)] = &[
    ("morning", HalfDay::Morning),
    ("noon", HalfDay::Noon),
    ("evening", HalfDay::Evening),
    ("night", HalfDay::Night),
];

/// The meanings without a value, as the list calls them.
const PLAIN: &[(&str, Lex)] = &[
    ("other", Lex::Other),
    ("kanun", Lex::Kanun),
    ("tishrin", Lex::Tishrin),
    ("short_tishrin", Lex::ShortTishrin),
    ("short_kanun", Lex::ShortKanun),
    ("rabi", Lex::Rabi),
    ("jumada", Lex::Jumada),
    ("dhu", Lex::Dhu),
    ("qada", Lex::Qada),
    ("hijja", Lex::Hijja),
    ("broken_end", Lex::BrokenEnd),
    ("eleventh", Lex::Eleventh),
    ("teen", Lex::Teen),
    ("several", Lex::Several),
    ("day", Lex::Day),
    ("today", Lex::Today),
    ("yesterday", Lex::Yesterday),
    ("tomorrow", Lex::Tomorrow),
    ("tonight", Lex::Tonight),
    ("this", Lex::This),
    ("first_of_month", Lex::FirstOfMonth),
    ("honorific", Lex::Honorific),
    ("hijri_era", Lex::HijriEra),
    ("solar_mark", Lex::SolarMark),
    ("lunar_mark", Lex::LunarMark),
    ("coptic_mark", Lex::CopticMark),
    ("mim", Lex::Mim),
    ("gregorian_era", Lex::GregorianEra),
    ("am", Lex::Am),
    ("pm", Lex::Pm),
    ("hour", Lex::Hour),
    ("minutes", Lex::Minutes),
    ("except", Lex::Except),
    ("time_zone_word", Lex::TimeZoneWord),
    ("local", Lex::Local),
    ("greenwich", Lex::Greenwich),
    ("ghain", Lex::Ghain),
    ("from", Lex::From),
    ("to", Lex::To),
    ("until", Lex::Until),
    ("between", Lex::Between),
    ("ma", Lex::Ma),
    ("and", Lex::And),
    ("in", Lex::In),
    ("before", Lex::Before),
    ("after", Lex::After),
    ("since", Lex::Since),
    ("about", Lex::About),
    ("period", Lex::Period),
    ("century", Lex::Century),
    ("corresponding", Lex::Corresponding),
    ("li", Lex::Li),
    ("dated", Lex::Dated),
    ("last", Lex::Last),
    ("update", Lex::Update),
    ("age", Lex::Age),
    ("article", Lex::Article),
    ("english_ordinal", Lex::EnglishOrdinal),
    ("of", Lex::Of),
    ("at", Lex::At),
    ("letter_t", Lex::LetterT),
    ("letter_z", Lex::LetterZ),
    ("name_head", Lex::NameHead),
    ("attacks", Lex::Attacks),
    ("habit", Lex::Habit),
    ("epithet", Lex::Epithet),
    ("other_one", Lex::OtherOne),
    ("that", Lex::That),
    ("paper", Lex::Paper),
    ("number_sign", Lex::NumberSign),
    ("future_cue", Lex::FutureCue),
    ("past_cue", Lex::PastCue),
];
