//! The words of dates: months of five traditions, weekdays, numbers, and what stands between them.
//!
//! Month names are those of CLDR 48 (`ar`, `ar-LB`, `ar-DZ`, `ar-TN`, `ar-MA`, `ar-MR`; Hijri `islamic`) and spellings
//! counted in the press. Everything is compared in folded form, and without «ال» unless the word only exists with it:
//! [`look_up`] takes off the article and the letters written together with a word.

use std::sync::OnceLock;

use crate::arabic::{Folding, fold};

use super::time::Zone;

/// Which calendar a month belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Gregorian,
    Hijri,
}

/// A unit that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// In which grammatical number a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    One,
    Two,
    /// 3 to 10 where no number is named.
    Many,
}

/// On which side of the present something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Past,
    Present,
    Future,
}

/// A third of a month, of a year, of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Start,
    Middle,
    End,
}

/// What is added to an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HalfDay {
    Morning,
    Noon,
    Evening,
    Night,
}

/// What a word means in a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lex {
    /// A word of which dates know nothing.
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
    /// «الحادي», which only stands in 11, 21, 31.
    Eleventh,
    /// «عشر», «عشرة» behind a unit.
    Teen,
    /// «عشرين» … «تسعين».
    Tens(u8),
    /// Cardinals 1 to 10.
    Cardinal(u8),
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
    /// «المبارك» behind a Hijri month.
    Honorific,
    HijriEra,
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
    /// «الربع», «النصف», «الثلث» are [`Lex::Fraction`].
    Corresponding,
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
    /// Words behind a day that make it a name or another day: «اليوم العالمي», «الجمعة السوداء».
    Epithet,
    /// Names of papers that end in «اليوم».
    Paper,
    /// «رقم».
    NumberSign,
    /// What says that the sentence speaks of the future, of the past.
    FutureCue,
    PastCue,
}

/// Names of the Gregorian months, from January; weak ones follow «|».
const GREGORIAN: [&str; 12] = [
    "يناير جانفي january jan janvier | ينایر",
    "فبراير شباط فيفري فبرایر february feb février | فيراير",
    "آذار march | مارس مارش mar mars",
    "أبريل إبريل نيسان أفريل ابرايل april apr avril | ابريال",
    "أيار مايس | مايو ماي may mai",
    "يونيو يونيه حزيران june | جوان jun juin",
    "يوليو يوليه تموز يوليوز جويلية july juillet | جويليه jul",
    "أغسطس اغسطوس غشت august aug août | آب أوت",
    "سبتمبر أيلول شتنبر september sept sep septembre |",
    "أكتوبر اكتوبر october oct octobre |",
    "نوفمبر نونبر نوفنبر november nov novembre |",
    "ديسمبر دجنبر دجمبر دسمبر december dec décembre |",
];

/// Names of the Hijri months of one word, with their number. «محرم», «رجب», «شعبان», «رمضان» are also people.
const HIJRI: [(&str, u8); 9] = [
    ("محرم", 1),
    ("صفر", 2),
    ("رجب", 7),
    ("شعبان", 8),
    ("رمضان", 9),
    ("شوال", 10),
    ("ذوالقعدة ذيالقعدة ذوالقعده", 11),
    ("ذوالحجة ذيالحجة", 12),
    ("ذيالحجه", 12),
];

/// Words by what they mean. Without «ال» where it can be left out.
const WORDS: &[(&str, Lex)] = &[
    // «لامس» has nothing of «أمس».
    ("لامس", Lex::Other),
    ("كانون", Lex::Kanun),
    ("تشرين", Lex::Tishrin),
    ("ت", Lex::ShortTishrin),
    ("ك", Lex::ShortKanun),
    ("ربيع", Lex::Rabi),
    ("جمادى جماد جمادي", Lex::Jumada),
    ("ذو ذي ذا", Lex::Dhu),
    ("قعدة", Lex::Qada),
    ("حجة", Lex::Hijja),
    ("خر", Lex::BrokenEnd),
    ("أول أولى", Lex::Ordinal(1)),
    ("ثاني ثانية ثان", Lex::Ordinal(2)),
    ("ثالث ثالثة", Lex::Ordinal(3)),
    ("رابع رابعة", Lex::Ordinal(4)),
    ("خامس خامسة", Lex::Ordinal(5)),
    ("سادس سادسة", Lex::Ordinal(6)),
    ("سابع سابعة", Lex::Ordinal(7)),
    ("ثامن ثامنة", Lex::Ordinal(8)),
    ("تاسع تاسعة", Lex::Ordinal(9)),
    ("عاشر عاشرة", Lex::Ordinal(10)),
    ("حادي حادية", Lex::Eleventh),
    ("عشر عشرة", Lex::Teen),
    ("عشرين عشرون", Lex::Tens(20)),
    ("ثلاثين ثلاثون", Lex::Tens(30)),
    ("أربعين أربعون", Lex::Tens(40)),
    ("خمسين خمسون", Lex::Tens(50)),
    ("ستين ستون", Lex::Tens(60)),
    ("سبعين سبعون", Lex::Tens(70)),
    ("ثمانين ثمانون", Lex::Tens(80)),
    ("تسعين تسعون", Lex::Tens(90)),
    ("واحد واحدة أحد إحدى", Lex::Cardinal(1)),
    ("اثنا اثني اثنتا اثنتي اثنان", Lex::Cardinal(2)),
    ("ثلاث ثلاثة", Lex::Cardinal(3)),
    ("أربع أربعة", Lex::Cardinal(4)),
    ("خمس خمسة خمسا", Lex::Cardinal(5)),
    ("ست ستة", Lex::Cardinal(6)),
    ("سبع سبعة", Lex::Cardinal(7)),
    ("ثماني ثمانية ثمان", Lex::Cardinal(8)),
    ("تسع تسعة", Lex::Cardinal(9)),
    ("بضعة بضع عدة", Lex::Several),
    ("اثنين إثنين monday mon", Lex::Weekday(1)),
    ("ثلاثاء ثلثاء ثلاثا tuesday tue tues", Lex::Weekday(2)),
    ("أربعاء أربعا wednesday wed", Lex::Weekday(3)),
    ("خميس thursday thu thur thurs", Lex::Weekday(4)),
    ("جمعة friday fri", Lex::Weekday(5)),
    ("سبت saturday sat", Lex::Weekday(6)),
    ("sunday sun", Lex::Weekday(7)),
    ("الأحد", Lex::Weekday(7)),
    ("يوم", Lex::Day),
    ("اليوم", Lex::Today),
    ("أمس البارحة البارح", Lex::Yesterday),
    ("غد غدا", Lex::Tomorrow),
    ("الليلة", Lex::Tonight),
    ("يوما", Lex::Unit(Unit::Day, Count::One)),
    ("يومين يومان", Lex::Unit(Unit::Day, Count::Two)),
    ("أيام", Lex::Unit(Unit::Day, Count::Many)),
    ("أسبوع أسبوعا", Lex::Unit(Unit::Week, Count::One)),
    ("أسبوعين أسبوعان", Lex::Unit(Unit::Week, Count::Two)),
    ("أسابيع", Lex::Unit(Unit::Week, Count::Many)),
    ("شهر شهرا", Lex::Unit(Unit::Month, Count::One)),
    ("شهرين شهران", Lex::Unit(Unit::Month, Count::Two)),
    ("أشهر شهور", Lex::Unit(Unit::Month, Count::Many)),
    ("عام سنة عاما", Lex::Unit(Unit::Year, Count::One)),
    ("عامين سنتين عامان سنتان عامي سنتي", Lex::Unit(Unit::Year, Count::Two)),
    ("أعوام سنوات سنين", Lex::Unit(Unit::Year, Count::Many)),
    (
        "ماضي ماضية منصرم منصرمة فائت فائتة منقضي منقضية ماضيين فارط فارطة",
        Lex::Relative(Side::Past),
    ),
    (
        "مقبل مقبلة قادم قادمة آتي آتية مقبلين قادمين جاي جاية",
        Lex::Relative(Side::Future),
    ),
    ("جاري جارية حالي حالية", Lex::Relative(Side::Present)),
    ("هذا هذه", Lex::This),
    ("مطلع أوائل بداية مستهل بدايات", Lex::Part(Part::Start)),
    ("منتصف أواسط وسط", Lex::Part(Part::Middle)),
    ("نهاية أواخر ختام نهايات", Lex::Part(Part::End)),
    ("غرة", Lex::FirstOfMonth),
    ("مبارك حرام مكرم معظم خير فضيل كريم", Lex::Honorific),
    ("ه هجري هجرية هجريا للهجرة", Lex::HijriEra),
    ("م", Lex::Mim),
    ("ميلادي ميلادية ميلاديا للميلاد", Lex::GregorianEra),
    ("ص am", Lex::Am),
    ("pm", Lex::Pm),
    ("صباحا فجرا", Lex::Half(HalfDay::Morning)),
    ("ظهرا", Lex::Half(HalfDay::Noon)),
    ("مساء عصرا", Lex::Half(HalfDay::Evening)),
    ("ليلا", Lex::Half(HalfDay::Night)),
    ("صباح فجر ضحى", Lex::DayPart(HalfDay::Morning)),
    ("ظهر ظهيرة نهار", Lex::DayPart(HalfDay::Noon)),
    ("عصر مغرب عشية", Lex::DayPart(HalfDay::Evening)),
    ("ليل ليلة", Lex::DayPart(HalfDay::Night)),
    ("ساعة", Lex::Hour),
    ("دقيقة دقائق", Lex::Minutes),
    ("نصف", Lex::Fraction(2)),
    ("ثلث ثلثا", Lex::Fraction(3)),
    ("ربع ربعا", Lex::Fraction(4)),
    ("إلا", Lex::Except),
    ("توقيت", Lex::TimeZoneWord),
    ("محلي", Lex::Local),
    ("غرينتش جرينتش غرينيتش غرينتس gmt utc", Lex::Greenwich),
    ("غ", Lex::Ghain),
    ("من", Lex::From),
    ("إلى to", Lex::To),
    ("حتى غاية until", Lex::Until),
    ("بين", Lex::Between),
    ("ما", Lex::Ma),
    ("و", Lex::And),
    ("في خلال in on", Lex::In),
    ("قبل", Lex::Before),
    ("بعد", Lex::After),
    ("منذ", Lex::Since),
    ("نحو حوالي قرابة زهاء تقريبا", Lex::About),
    ("فترة", Lex::Period),
    ("قرن", Lex::Century),
    ("عشرينيات عشرينات", Lex::Decade(20)),
    ("ثلاثينيات ثلاثينات", Lex::Decade(30)),
    ("أربعينيات أربعينات", Lex::Decade(40)),
    ("خمسينيات خمسينات", Lex::Decade(50)),
    ("ستينيات ستينات", Lex::Decade(60)),
    ("سبعينيات سبعينات", Lex::Decade(70)),
    ("ثمانينيات ثمانينات", Lex::Decade(80)),
    ("تسعينيات تسعينات", Lex::Decade(90)),
    ("صيف", Lex::Season(2)),
    ("خريف", Lex::Season(3)),
    ("شتاء", Lex::Season(4)),
    ("الموافق موافق الموافقة هالموافق", Lex::Corresponding),
    ("تاريخ", Lex::Dated),
    ("آخر آخرة", Lex::Last),
    ("تحديث", Lex::Update),
    ("عمره عمرها عمرهم العمر عمري أعمارهم عمرهما", Lex::Age),
    ("ال", Lex::Article),
    ("st nd rd th", Lex::EnglishOrdinal),
    ("of", Lex::Of),
    ("at", Lex::At),
    ("t", Lex::LetterT),
    ("z", Lex::LetterZ),
    (
        "شارع مدينة ميدان جسر كوبري محور جامعة ملعب استاد ستاد مستشفى مدرسة حي جريدة صحيفة حزب تيار قوى فريق كتلة تحالف \
         حركة ثورة نكسة حرب قاعدة كلية نفق ساحة مجمع لواء كتيبة كتائب معسكر مطار طريق نادي مصنع محطة حديقة مسجد \
         سد ائتلاف تجمع متحف",
        Lex::NameHead,
    ),
    ("هجمات أحداث اعتداءات", Lex::Attacks),
    (
        "صلاة خطبة خطيب كل أيام خطب صلوات قداس عظة مصلين جمع ليالي مساجد كلا كلتا هذين أحد سوق سورة جامع عبد",
        Lex::Habit,
    ),
    (
        "عالمي وطني دولي تالي نفسه ذاته سابق سابع دراسي واحد أخير عربي أوروبي موعود أسود سوداء دامي دامية بيضاء حزين \
         حزينة عظيمة عظيم مفتوح تاريخي نفسها ذاتها كامل طويل رمادي أبيض بأكمله كله معا كليهما أفضل مشرق أجمل",
        Lex::Epithet,
    ),
    (
        "المصري أخبار روسيا عين فلسطين سبأ العرب بغداد ذلك نفس ذات طوال طيلة",
        Lex::Paper,
    ),
    ("رقم برقم", Lex::NumberSign),
    (
        "سوف المقرر المزمع المرتقب يستمر تستمر سيستمر ستستمر سيتم ستتم سيكون ستكون سيبدأ ستبدأ سيعقد ستعقد سيقام ستقام \
         سينطلق ستنطلق سيجري ستجري سينظم ستنظم ينطلق تنطلق يقام تقام يبدأ تبدأ سيلتقي سيخوض سيواجه ستستضيف سيستضيف \
         سيفتتح ستفتتح سيحتفل سيصدر ستصدر سيشهد ستشهد سيصل ستصل موعد المتوقع المنتظر ينتهي تنتهي سينتهي ستنتهي اعتبارا ابتداء \
         سيصوت ستعلن سيعلن",
        Lex::FutureCue,
    ),
    (
        "كان كانت مضى انطلق انطلقت وقع وقعت تأسس تأسست اندلع اندلعت توفي توفيت ولد ولدت صدر صدرت قتل اغتيل شهد شهدت جرى \
         جرت بدأ بدأت انتهى انتهت حدث حدثت أقيم أقيمت عقد عقدت افتتح افتتحت",
        Lex::PastCue,
    ),
];

/// Time zones that papers name, by city or country, with their names in the tz database; and the abbreviations that
/// sites of the Gulf use.
const ZONES: &[(&str, Zone)] = &[
    ("مكة السعودية الرياض جدة ast ksa", Zone::Named("Asia/Riyadh")),
    ("دبي الإمارات أبوظبي gst uae", Zone::Named("Asia/Dubai")),
    ("مسقط عمان", Zone::Named("Asia/Muscat")),
    ("الأردن", Zone::Named("Asia/Amman")),
    ("القاهرة مصر", Zone::Named("Africa/Cairo")),
    ("بيروت لبنان", Zone::Named("Asia/Beirut")),
    ("دمشق سوريا سورية", Zone::Named("Asia/Damascus")),
    ("القدس فلسطين غزة", Zone::Named("Asia/Hebron")),
    ("بغداد العراق", Zone::Named("Asia/Baghdad")),
    ("الكويت", Zone::Named("Asia/Kuwait")),
    ("الدوحة قطر", Zone::Named("Asia/Qatar")),
    ("المنامة البحرين", Zone::Named("Asia/Bahrain")),
    ("صنعاء عدن اليمن", Zone::Named("Asia/Aden")),
    ("الخرطوم السودان", Zone::Named("Africa/Khartoum")),
    ("طرابلس ليبيا", Zone::Named("Africa/Tripoli")),
    ("تونس", Zone::Named("Africa/Tunis")),
    ("الجزائر", Zone::Named("Africa/Algiers")),
    ("المغرب الرباط", Zone::Named("Africa/Casablanca")),
    ("نواكشوط موريتانيا", Zone::Named("Africa/Nouakchott")),
    ("إسطنبول أنقرة تركيا", Zone::Named("Europe/Istanbul")),
    ("طهران إيران", Zone::Named("Asia/Tehran")),
    ("كابل كابول", Zone::Named("Asia/Kabul")),
    ("موسكو", Zone::Named("Europe/Moscow")),
    ("كييف", Zone::Named("Europe/Kyiv")),
    ("لندن بريطانيا", Zone::Named("Europe/London")),
    ("باريس فرنسا", Zone::Named("Europe/Paris")),
    ("برلين", Zone::Named("Europe/Berlin")),
    ("مدريد", Zone::Named("Europe/Madrid")),
    ("روما", Zone::Named("Europe/Rome")),
    ("واشنطن نيويورك", Zone::Named("America/New_York")),
    ("بكين الصين", Zone::Named("Asia/Shanghai")),
    ("طوكيو اليابان", Zone::Named("Asia/Tokyo")),
];

/// A word taken apart: what it means and what was written together with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub lex: Lex,
    /// With «ال».
    pub definite: bool,
    /// With «و».
    pub and: bool,
}

/// The most letters a word of a date has.
pub(super) const MAX_LETTERS: usize = 16;

/// The letters of a folded word as one number, the last in the lowest byte: Arabic letters by their place in the
/// block U+0600, others by their ASCII code.
pub(super) type Key = u128;

/// The byte of a folded letter in a [`Key`]; nothing for letters in which no date is written.
pub(super) fn key_byte(c: char) -> Option<u8> {
    match c {
        'a'..='z' => u8::try_from(c).ok(),
        '\u{0621}'..='\u{064A}' => u8::try_from(u32::from(c) - 0x0600).ok(),
        _ => None,
    }
}

const ALIF: u8 = 0x27;
const LAM: u8 = 0x44;
const WAW: u8 = 0x48;
const FA: u8 = 0x41;
const BA: u8 = 0x28;
const KAF: u8 = 0x43;

/// What a word of `n_letters` folded letters means, with its article and clitics taken off.
pub(super) fn look_up(key: Key, n_letters: usize) -> Option<Found> {
    let table = table();
    let found = |key: Key, definite, and| table.get(key).map(|lex| Found { lex, definite, and });
    if MAX_LETTERS < n_letters {
        return None;
    }
    if let Some(it) = found(key, false, false) {
        return Some(it);
    }
    let (mut key, mut n_letters) = (key, n_letters);
    let letter = |key: Key, n_letters: usize, idx: usize| (key >> (8 * (n_letters - 1 - idx))) as u8;
    let rest = |key: Key, n_letters: usize| key & ((1u128 << (8 * n_letters)) - 1);
    if n_letters < 3 {
        return None;
    }
    let and = letter(key, n_letters, 0) == WAW;
    if and || letter(key, n_letters, 0) == FA {
        n_letters -= 1;
        key = rest(key, n_letters);
        if let Some(it) = found(key, false, and) {
            return Some(it);
        }
    }
    if n_letters < 3 {
        return None;
    }
    let (first, second) = (letter(key, n_letters, 0), letter(key, n_letters, 1));
    if (first, second) == (ALIF, LAM) {
        return found(rest(key, n_letters - 2), true, and);
    }
    if !matches!(first, BA | LAM | KAF) {
        return None;
    }
    if let Some(it) = found(rest(key, n_letters - 1), false, and) {
        return Some(it);
    }
    if (first, second) == (LAM, LAM) {
        return found(rest(key, n_letters - 2), true, and);
    }
    let third = letter(key, n_letters, 2);
    match 3 < n_letters && (second, third) == (ALIF, LAM) {
        true => found(rest(key, n_letters - 3), true, and),
        false => None,
    }
}

/// The Gregorian or Hijri month from whose name a word differs by one letter: missing, doubled, wrong or out of order.
/// Nothing if two months are as near.
pub(super) fn misspelt_month(word: &str) -> Option<(Calendar, u8)> {
    let word: Vec<char> = fold(word, Folding::Word).chars().collect();
    let mut nearest = None;
    for (calendar, month, name) in long_names() {
        if !is_one_apart(&word, name) {
            continue;
        }
        match nearest {
            Some(it) if it != (*calendar, *month) => return None,
            _ => nearest = Some((*calendar, *month)),
        }
    }
    nearest
}

/// Whether one insertion, deletion, substitution or swap of neighbours leads from `a` to `b`.
fn is_one_apart(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let Some(at) = short.iter().zip(long).position(|(a, b)| a != b) else {
        return long.len() - short.len() == 1;
    };
    let (short, long) = (&short[at..], &long[at..]);
    match long.len() - short.len() {
        0 => {
            short[1..] == long[1..]
                || 2 <= short.len() && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..]
        }
        1 => *short == long[1..],
        _ => false,
    }
}

/// Names long enough that one letter apart is still the same name.
fn long_names() -> &'static [(Calendar, u8, Vec<char>)] {
    static NAMES: OnceLock<Vec<(Calendar, u8, Vec<char>)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let gregorian = (1..)
            .zip(GREGORIAN)
            .map(|(month, names)| (Calendar::Gregorian, month, names));
        let hijri = HIJRI.iter().map(|(names, month)| (Calendar::Hijri, *month, *names));
        let mut long = Vec::new();
        for (calendar, month, names) in gregorian.chain(hijri) {
            for name in names.split_whitespace() {
                let name: Vec<char> = fold(name, Folding::Word).chars().collect();
                if 5 <= name.len() {
                    long.push((calendar, month, name));
                }
            }
        }
        long
    })
}

/// All words by their keys: open addressing, at most one eighth full.
struct Table {
    slots: Vec<(Key, Option<Lex>)>,
}

const SLOTS: usize = 8192;

impl Table {
    fn slot(key: Key) -> usize {
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 51) as usize
    }

    fn get(&self, key: Key) -> Option<Lex> {
        let mut slot = Self::slot(key);
        loop {
            match self.slots[slot] {
                (_, None) => return None,
                (known, lex) if known == key => return lex,
                _ => slot = (slot + 1) % SLOTS,
            }
        }
    }

    /// The first meaning holds.
    fn insert(&mut self, word: &str, lex: Lex) {
        let mut key = 0;
        for c in fold(word, Folding::Word).chars() {
            let Some(byte) = key_byte(c) else { return };
            key = key << 8 | Key::from(byte);
        }
        let mut slot = Self::slot(key);
        while self.slots[slot].1.is_some() {
            if self.slots[slot].0 == key {
                return;
            }
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = (key, Some(lex));
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table {
            slots: vec![(0, None); SLOTS],
        };
        for (month, names) in (1..).zip(GREGORIAN) {
            let mut weak = false;
            for name in names.split_whitespace() {
                let calendar = Calendar::Gregorian;
                match name {
                    "|" => weak = true,
                    name => table.insert(name, Lex::Month { calendar, month, weak }),
                }
            }
        }
        for (names, month) in HIJRI {
            for name in names.split_whitespace() {
                let (calendar, weak) = (Calendar::Hijri, true);
                table.insert(name, Lex::Month { calendar, month, weak });
            }
        }
        for (words, lex) in WORDS {
            words.split_whitespace().for_each(|word| table.insert(word, *lex));
        }
        for (words, zone) in ZONES {
            words
                .split_whitespace()
                .for_each(|word| table.insert(word, Lex::Zone(*zone)));
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Option<(Lex, &str)>) {
        let folded = fold(word, Folding::Word);
        let key = folded
            .chars()
            .filter_map(key_byte)
            .fold(0, |key: Key, byte| key << 8 | Key::from(byte));
        let found = look_up(key, folded.chars().count()).map(|it| {
            let mut marks = String::new();
            for (is, mark) in [(it.and, 'و'), (it.definite, 'ا')] {
                if is {
                    marks.push(mark);
                }
            }
            (it.lex, marks)
        });
        assert_eq!(found, expected.map(|(lex, marks)| (lex, marks.to_owned())), "{word}");
    }

    #[test]
    fn clitics_and_the_article_are_taken_off() {
        check("وبالخميس", Some((Lex::Weekday(4), "وا")));
        check("للعام", Some((Lex::Unit(Unit::Year, Count::One), "ا")));
        check(
            "أُكتوبر",
            Some((
                Lex::Month {
                    calendar: Calendar::Gregorian,
                    month: 10,
                    weak: false,
                },
                "",
            )),
        );
        check("اليوم", Some((Lex::Today, "")));
        check("والعشرين", Some((Lex::Tens(20), "وا")));
        check("بيت", None);
        check("موافقات", None);
    }

    #[test]
    fn a_month_one_letter_apart_is_that_month() {
        for (word, month) in [("أكتبر", 10), ("نوفبر", 11), ("اغسسطس", 8), ("ديسبمر", 12)] {
            assert_eq!(misspelt_month(word), Some((Calendar::Gregorian, month)), "{word}");
        }
        for word in ["مدرسة", "يوليويو", "نوفمبريات", ""] {
            assert_eq!(misspelt_month(word), None, "{word}");
        }
    }
}
