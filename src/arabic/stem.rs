//! The stem of a word: without article, clitics and inflection.
//!
//! What looks like an affix is cut only if newspapers have what remains as a word of its own ([`Lexicon`]), so that
//! «بدمج» is ب and «دمج» and «بحر» is not ب and «حر». Words that no lexicon has, such as new names, fall back on a
//! careful light stemmer after light10 (Larkey, Ballesteros and Connell).
//!
//! A function of the word alone: the index relies on a word having the same stem when it is written and when it is
//! looked for. What the user's own archive says of further words is the index's business, when it is asked.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::{Folding, fold};
use super::lexicon::Lexicon;

/// What may stand before a word, longest first.
const PREFIXES: &str = "وبال فبال وكال فكال ولل فلل وال فال بال كال ال لل وب ول وك فب فل فك و ف ب ل ك";
/// What may stand after a word, and what the word may end in without it.
const SUFFIXES: &[(&str, &[&str])] = &[
    ("تهما", &["ه", "ت"]),
    ("تهم", &["ه", "ت"]),
    ("تها", &["ه", "ت"]),
    ("تنا", &["ه", "ت"]),
    ("تكم", &["ه", "ت"]),
    ("ته", &["ه", "ت"]),
    ("تي", &["ه"]),
    ("تك", &["ه"]),
    ("هما", &[""]),
    ("هم", &[""]),
    ("ها", &[""]),
    ("هن", &[""]),
    ("كم", &[""]),
    ("نا", &[""]),
    ("ني", &[""]),
    ("ه", &[""]),
    ("ك", &[""]),
    ("تان", &["ه"]),
    ("تين", &["ه"]),
    ("ات", &["ه", ""]),
    ("ان", &[""]),
    ("ون", &[""]),
    ("ين", &[""]),
    ("وا", &[""]),
    ("ت", &[""]),
    ("يه", &["ي"]),
    ("ا", &[""]),
];
/// A single letter is cut if what remains is at least this many times as frequent as the whole.
const SHORT_PREFIX_RATIO: f32 = 0.5;
/// The same for endings and longer prefixes. Measured on six collections of questions; neither number is delicate.
const AFFIX_RATIO: f32 = 0.1;
/// The same for endings that many names have too: «لبنان» is not two of «لبن», nor «روسيا» a form of «روسي».
const NAME_RATIO: f32 = 1.0;
/// The same for و before two letters: «وحق» is و and «حق», «ولد» and «وطن» are not. Looked up in the words of news.
const SHORT_WORD_RATIO: f32 = 3.5;
/// The fewest letters that remain; after the article and و one less.
const SHORTEST: usize = 3;
/// More affixes in a row than any word has.
const MOST_STEPS: usize = 6;

/// Words whose ال is no article though they are written without hamza.
const OWN_ARTICLE: &str = "الان التي الذي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي";

/// The preposition «على» as [`fold_word`] leaves it, and with the pronouns that it takes: no forms of the name «علي».
///
/// [`fold_word`]: super::fold::fold_word
const UPON: &str = "على عليه عليها عليهم عليهن عليهما علينا عليكم عليكن عليكما عليك";

/// Broken plurals, which no affix tells, each with its singular.
const BROKEN_PLURALS: &str = "\
    رؤساء رئيس|وزراء وزير|دول دولة|مدن مدينة|قادة قائد|جنود جندي|أعضاء عضو|أحزاب حزب|حقوق حق|أسعار سعر|أسواق سوق|\
    مناطق منطقة|مدارس مدرسة|طلاب طالب|طلبة طالب|أطفال طفل|رجال رجل|قوانين قانون|ملايين مليون|شهداء شهيد|سفراء سفير|\
    خبراء خبير|علماء عالم|أيام يوم|أشهر شهر|شهور شهر|أعوام عام|سنوات سنة|مواقع موقع|مصادر مصدر|وسائل وسيلة|قضايا قضية|\
    ضحايا ضحية|جرائم جريمة|أخبار خبر|أهداف هدف|أفراد فرد|أسلحة سلاح|صواريخ صاروخ|فصائل فصيل|أسرى أسير|جرحى جريح|\
    قتلى قتيل|مرضى مريض|رسائل رسالة|وثائق وثيقة|منازل منزل|شوارع شارع|مراكز مركز|مباريات مباراة|أعمال عمل|أموال مال|\
    أشخاص شخص|أسباب سبب|أطراف طرف|أمراض مرض|أبناء ابن|آباء أب|أسماء اسم|أقسام قسم|أسابيع أسبوع|أفكار فكرة|أفلام فيلم|\
    أقلام قلم|آراء رأي|أدلة دليل|أجهزة جهاز|أنظمة نظام|أسئلة سؤال|برامج برنامج|بنوك بنك|بيوت بيت|تقارير تقرير|تجار تاجر|\
    جهود جهد|جيوش جيش|حروب حرب|حكام حاكم|حلول حل|خطط خطة|دروس درس|رسوم رسم|زعماء زعيم|سجناء سجين|سفن سفينة|\
    سلع سلعة|شروط شرط|شركاء شريك|شعوب شعب|صحف صحيفة|صور صورة|عقود عقد|عمال عامل|عناصر عنصر|فرق فريق|فنادق فندق|\
    قبائل قبيلة|قرى قرية|قيم قيمة|قوى قوة|كتب كتاب|كبار كبير|لجان لجنة|مبادئ مبدأ|محاكم محكمة|مخاوف خوف|مدراء مدير|\
    مساجد مسجد|مشاريع مشروع|مصالح مصلحة|مصانع مصنع|معارك معركة|مقاعد مقعد|ملوك ملك|مواد مادة|موارد مورد|مواضيع موضوع|\
    نتائج نتيجة|نواب نائب|نسب نسبة|نقاط نقطة|وعود وعد|ورش ورشة|وفود وفد|يهود يهودي|عرب عربي|أتراك تركي|أكراد كردي|\
    أجانب أجنبي|روس روسي|عواصم عاصمة|أندية نادي|أسهم سهم|أرقام رقم|أبطال بطل|أصوات صوت|أحداث حدث|أحياء حي|إخوة أخ|\
    أرواح روح|أضرار ضرر|أعداد عدد|آلاف ألف|أوضاع وضع|أوراق ورقة|أوقات وقت|بحوث بحث|أبحاث بحث|جزر جزيرة|حوادث حادث|\
    حواجز حاجز|ديون دين|سياح سائح|شباب شاب|شيوخ شيخ|ضباط ضابط|طرق طريق|ظروف ظرف|عوامل عامل|عوائل عائلة|فقراء فقير|\
    أغنياء غني|قيود قيد|كوادر كادر|كنوز كنز|متاحف متحف|مجالس مجلس|مراحل مرحلة|مزارع مزرعة|مساعي مسعى|معايير معيار|\
    مكاتب مكتب|ملاعب ملعب|مناصب منصب|مهام مهمة|موانئ ميناء|نجوم نجم|وظائف وظيفة|ودائع وديعة|ألعاب لعبة|ألوان لون|\
    أنهار نهر|بحار بحر|جبال جبل|جسور جسر|سدود سد|حدائق حديقة|أشجار شجرة|أمطار مطر|رياح ريح|زلازل زلزال|حرائق حريق|\
    فيضانات فيضان|أزمات أزمة|أمراء أمير|ملفات ملف|مطارات مطار|طائرات طائرة|دبابات دبابة|قنابل قنبلة|مدافع مدفع|ألغام لغم|\
    معابر معبر|مخيمات مخيم|لاجئون لاجئ|نازحون نازح|بلدان بلد|بلاد بلد|أقاليم إقليم|محافظون محافظ|أرباح ربح|خسائر خسارة|\
    بضائع بضاعة|سندات سند|فواتير فاتورة|ضرائب ضريبة|صناديق صندوق|مصارف مصرف|عملات عملة|أجور أجر|رواتب راتب|نفقات نفقة|\
    أطباء طبيب|مستشفيات مستشفى|أدوية دواء|فيروسات فيروس|أعراض عرض|لقاحات لقاح|نصوص نص|قصص قصة|روايات رواية|قصائد قصيدة|\
    شعراء شاعر|أدباء أديب|فنون فن|مسارح مسرح|أغاني أغنية|معارض معرض|تماثيل تمثال|آثار أثر|مدربون مدرب|\
    حراس حارس|كؤوس كأس|بطولات بطولة|أشواط شوط|جماهير جمهور|مناهج منهج|كليات كلية|أساتذة أستاذ|تلاميذ تلميذ|دوافع دافع|\
    عقبات عقبة|مخاطر خطر|أخطار خطر|تهديدات تهديد|أسرار سر|شهود شاهد|أحكام حكم|سجون سجن|لصوص لص|تهم تهمة|عصابات عصابة|\
    مبان مبنى|مباني مبنى|أبراج برج|أبواب باب|مفاتيح مفتاح|سواحل ساحل|موجات موجة|أحلام حلم|مشاهد مشهد|مقاطع مقطع|\
    هواتف هاتف|حواسيب حاسوب|أقمار قمر|كواكب كوكب|مراقبون مراقب|معاهد معهد|مواسم موسم|عروض عرض|أسر أسرة|نساء امرأة";

static SINGULARS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let pairs = BROKEN_PLURALS.split('|').filter_map(|pair| pair.split_once(' '));
    pairs
        .map(|(plural, singular)| (fold(plural, Folding::Word), fold(singular, Folding::Word)))
        .collect()
});

/// The stem of a word that was folded with [`fold_word`](super::fold::fold_word); never empty unless the word is.
pub fn stem(folded_word: &str) -> String {
    Stemmer {
        lexicon: Lexicon::built_in(),
    }
    .stem(folded_word)
}

struct Stemmer<'a> {
    lexicon: Lexicon<'a>,
}

impl Stemmer<'_> {
    fn stem(&self, word: &str) -> String {
        if word
            .strip_suffix("لله")
            .is_some_and(|it| matches!(it, "" | "و" | "ف" | "ا" | "وا" | "با" | "فا" | "وبا" | "تا"))
        {
            return "الله".to_owned();
        }
        let without_clitic = word.strip_prefix(['و', 'ف']).unwrap_or(word);
        if UPON.split(' ').any(|it| it == without_clitic) {
            return "على".to_owned();
        }
        let mut seen = vec![word.to_owned()];
        while seen.len() <= MOST_STEPS
            && !seen.last().is_some_and(|it| SINGULARS.contains_key(it))
            && let Some(shorter) = self.shorter(seen.last().map_or(word, String::as_str))
            && !seen.contains(&shorter)
        {
            seen.push(shorter);
        }
        let is_known = 1 < seen.len() || self.lexicon.find(word).is_some();
        let stem = match seen.pop() {
            Some(stem) if is_known => stem,
            _ => light_stem(word).to_owned(),
        };
        SINGULARS.get(&stem).cloned().unwrap_or(stem)
    }

    /// The most frequent word that `word` is when one affix is taken from it.
    fn shorter(&self, word: &str) -> Option<String> {
        let entry = self.lexicon.find(word);
        let count = entry.map_or(0.0, |it| it.count);
        let n_letters = word.chars().count();
        let has_own_article = entry.is_some_and(|it| it.has_own_article) || OWN_ARTICLE.split(' ').any(|it| it == word);
        let mut best = (0.0, None);
        let mut offer = |shorter: String, ratio: f32| {
            let of_shorter = self.lexicon.count(&shorter);
            if best.0 < of_shorter && ratio * count <= of_shorter {
                best = (of_shorter, Some(shorter));
            }
        };
        for prefix in PREFIXES.split(' ') {
            let Some(rest) = word.strip_prefix(prefix) else {
                continue;
            };
            let has_article = prefix.ends_with("ال") || prefix.ends_with("لل");
            let n_rest = n_letters - prefix.chars().count();
            let is_shorter_by_one = has_article || prefix == "و";
            if n_rest + usize::from(is_shorter_by_one) < SHORTEST || prefix == "ال" && has_own_article {
                continue;
            }
            let ratio = match prefix {
                "و" if n_rest < SHORTEST => SHORT_WORD_RATIO,
                "ال" if SHORTEST <= n_rest => 0.0,
                _ if has_article || 4 < prefix.len() => AFFIX_RATIO,
                _ => SHORT_PREFIX_RATIO,
            };
            offer(rest.to_owned(), ratio);
        }
        for (suffix, endings) in SUFFIXES {
            let Some(rest) = word.strip_suffix(suffix) else {
                continue;
            };
            for ending in *endings {
                let shorter = format!("{rest}{ending}");
                if SHORTEST <= shorter.chars().count() && shorter != word {
                    let ratio = match *suffix {
                        "ا" | "ان" | "ون" | "ين" | "تان" | "تين" => NAME_RATIO,
                        _ => AFFIX_RATIO,
                    };
                    offer(shorter, ratio);
                }
            }
        }
        // Verbs: the future, and other persons than «يكتب».
        if 4 < n_letters
            && let Some(rest) = word.strip_prefix('س')
            && rest.starts_with(['ي', 'ت', 'ن'])
        {
            offer(rest.to_owned(), SHORT_PREFIX_RATIO);
        }
        if 4 <= n_letters
            && let Some(rest) = word.strip_prefix(['ت', 'ن'])
        {
            offer(format!("ي{rest}"), SHORT_PREFIX_RATIO);
        }
        best.1
    }
}

/// و or ف, then ال, بال, كال or لل; longest first, with the number of letters that must remain.
const LIGHT_PREFIXES: [(&str, usize); 12] = [
    ("وبال", 3),
    ("فبال", 3),
    // «وكالتها» is not «و+كال+تها».
    ("وكال", 4),
    ("فكال", 4),
    ("ولل", 3),
    ("فلل", 3),
    ("وال", 3),
    ("فال", 3),
    ("بال", 3),
    ("كال", 3),
    ("ال", 3),
    ("لل", 3),
];

/// In this order, each at most once.
///
/// Not ان, ون and ين: they would make «لبن» of «لبنان» and «فلسط» of «فلسطين». The index tells from the archive whether
/// they are endings.
const LIGHT_SUFFIXES: [&str; 6] = ["ها", "ات", "يين", "يه", "ه", "ي"];

/// The stem of a word that the lexicon does not know: a piece of the word, in which at least three letters remain, and
/// from which nothing is cut that needs evidence, neither a single letter at its start nor the ending of a dual.
fn light_stem(folded_word: &str) -> &str {
    let mut stem = folded_word;
    for (prefix, remaining) in LIGHT_PREFIXES {
        if let Some(rest) = stem.strip_prefix(prefix)
            && remaining <= rest.chars().count()
        {
            stem = rest;
            break;
        }
    }
    for suffix in LIGHT_SUFFIXES {
        if let Some(rest) = stem.strip_suffix(suffix)
            && SHORTEST <= rest.chars().count()
        {
            stem = rest;
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold_word;
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        for word in words.split(' ') {
            assert_eq!(
                stem(&fold(word, Folding::Word)),
                fold(expected, Folding::Word),
                "{word}"
            );
        }
    }

    #[test]
    fn article_clitics_and_inflection_are_cut() {
        check("دمج الدمج والدمج بالدمج للدمج فالدمج بدمج ودمج لدمج ودمجها دمجه", "دمج");
        check("وزير الوزير وزيرا وزيرها والوزير لوزير بالوزير الوزراء للوزراء", "وزير");
        check("وزارة الوزارة وزارته بوزارة للوزارة", "وزارة");
        check("قوات القوات قواته لقوات وقوات", "قوة");
        check("إيران وإيران بإيران لإيران", "إيران");
        check("روسيا لروسيا وروسيا", "روسيا");
        check("لجنة اللجنة للجنة لجان", "لجنة");
        check("سيزور تزور نزور", "يزور");
        check("حق وحق الحق", "حق");
    }

    #[test]
    fn letters_of_the_word_stay() {
        check("شيء الشيء", "شيء");
        check("بحر البحر", "بحر");
        check("لبنان ولبنان بلبنان", "لبنان");
        check("فلسطين وفلسطين", "فلسطين");
        check("ألمانيا وألمانيا لألمانيا", "ألمانيا");
        check("الله والله بالله لله", "الله");
        check("الآن", "الآن");
        check("ولد", "ولد");
        check("وطن", "وطن");
        assert_eq!(stem(""), "");
    }

    #[test]
    fn the_name_ali_is_no_form_of_the_preposition() {
        for word in "على وعلى فعلى عليه وعليها عليهم علينا".split(' ') {
            assert_eq!(stem(&fold_word(word)), "على", "{word}");
        }
        for word in "علي وعلي لعلي بعلي".split(' ') {
            assert_eq!(stem(&fold_word(word)), "علي", "{word}");
        }
    }

    #[test]
    fn unknown_words_are_cut_with_care() {
        assert_eq!(stem("زغطلمن"), "زغطلمن");
        assert_eq!(stem("والزغطلمن"), "زغطلمن");
        assert_eq!(stem("بزغطلمن"), "بزغطلمن");
    }
}
