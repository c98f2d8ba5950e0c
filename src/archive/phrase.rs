//! Words by which parts of a page are known, compared in folded form.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::arabic::{Folding, fold};

/// What a line that says this begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// Other articles: «إقرأ أيضاً».
    Related,
    /// Share bars, menus, reading times.
    Furniture,
}

/// Headings of other articles. A line that is only this, or this and a colon with a headline behind it.
const RELATED: &[&str] = &[
    "إقرأ أيضا",
    "اقرأ ايضا",
    "اقرأ المزيد",
    "اقرئي أيضا",
    "اقرؤوا أيضا",
    "للمزيد",
    "المزيد حول",
    "تابعي المزيد",
    "تابعي أيضا",
    "شاهدي أيضا",
    "شاهدوا أيضا",
    "اقرأ في",
    "مواد ذات صلة",
    "مواضيع ذات علاقة",
    "موضوعات متعلقة",
    "مواضيع متعلقة",
    "أخبار ذات علاقة",
    "روابط ذات صلة",
    "من المواضيع المتعلقة",
    "المزيد من المقالات",
    "الأكثر تصفحا",
    "الأكثر تداولا",
    "الأكثر قراءة اليوم",
    "آخر الأخبار",
    "مختارات",
    "مقالات مختارة",
    "Trending",
    "More on this story",
    "You may also like",
    "اقرأ كذلك",
    "طالع أيضا",
    "شاهد أيضا",
    "تابع أيضا",
    "مقالات مشابهة",
    "مقالات ذات صلة",
    "مواضيع ذات صلة",
    "موضوعات ذات صلة",
    "مواضيع مشابهة",
    "الموضوعات المتعلقة",
    "أخبار ذات صلة",
    "أخبار متعلقة",
    "أخبار مشابهة",
    "ذات صلة",
    "قد يهمك",
    "قد يهمك أيضا",
    "قد يعجبك أيضا",
    "قصص قد تهمك",
    "مواضيع قد تهمك",
    "مواضيع إضافية",
    "مقالات أخرى للكاتب",
    "المزيد من الأخبار",
    "الأكثر قراءة",
    "الأكثر مشاهدة",
    "اخترنا لك",
    "اخترنا لكم",
    "Related",
    "Read more",
    "Read also",
    "See also",
];

/// Furniture that is a whole line, alone or followed by little else.
const FURNITURE: &[&str] = &[
    "شارك",
    "شارك هذا المقال",
    "شارك المقال",
    "شارك الخبر",
    "شاركها",
    "مشاركة",
    "انشر",
    "طباعة",
    "تصنيفات",
    "التعليقات",
    "أضف تعليق",
    "اترك تعليقا",
    "محادثة",
    "الرئيسية",
    "القائمة",
    "تابعنا على",
    "تابعونا على",
    "اشترك في النشرة",
    "اشترك الآن",
    "حمل التطبيق",
    "جميع الحقوق محفوظة",
    "Go to accessibility shortcuts",
    "Share",
    "Next",
    "Previous",
    "Next Previous",
    "Advertisement",
    "إعلان",
    "فيسبوك",
    "تويتر",
    "واتساب",
    "تلغرام",
    "نسخ الرابط",
    "المزيد",
    "عاجل",
    "مشاركة الخبر",
    "مشاركه الخبر",
    "المشاركة على",
    "شارك برأيك",
    "شارك هذا الخبر",
    "أرسل إلى صديق",
    "إرسال إلى صديق",
    "تكبير الخط",
    "تصغير الخط",
    "استمع",
    "استمع إلى المقال",
    "تشغيل هذا الفيديو",
    "شاهد الفيديو",
    "إضافة تعليق",
    "اضف تعليق",
    "أضف تعليقا",
    "تعليقات الزوار",
    "لا توجد تعليقات",
    "لا توجد تعليقات على الخبر",
    "لا يوجد تعليقات",
    "تابعنا",
    "تابعونا",
    "من نحن",
    "اتصل بنا",
    "سياسة الخصوصية",
    "شروط الاستخدام",
    "الصفحة الرئيسية",
    "الصفحة السابقة",
    "الصفحة التالية",
    "السابق",
    "التالي",
    "تم نسخ الرابط",
    "انسخ الرابط",
    "رابط مختصر",
    "Short URL",
    "Copy",
    "Tweet",
    "Facebook",
    "Twitter",
    "WhatsApp",
    "Telegram",
    "Print",
    "Email",
    "// انتهى //",
    "// يتبع //",
    "انتهى",
    "يتبع",
];

/// Parts of lines that only furniture has.
const FURNITURE_PARTS: &[&str] = &[
    "دقائق القراءة",
    "دقيقة القراءة",
    "دقيقة قراءة",
    "دقائق قراءة",
    "مدة القراءة",
    "وقت القراءة",
    "time reading",
    "Go to accessibility shortcuts",
    "شارك هذا المقال",
    "لمتابعة آخر الأخبار",
    "انضم إلى قناتنا",
    "pic.twitter.com",
    "جميع الحقوق محفوظة",
    "حقوق النشر محفوظة",
    "All Rights Reserved",
    "تم التصميم والتطوير",
    "اشترك الآن في النشرة",
    "اشترك في نشرتنا",
    "الآراء الواردة في",
    "لا تعبر بالضرورة عن",
    "هذا المقال يعبر عن رأي كاتبه",
    "تعليقك سوف يظهر بعد المراجعة",
    "مقالات أخرى للكاتب",
    "للتواصل مع الكاتب",
    "رابط الخبر بصحيفة",
    "تبدأ بالرمز",
    "time reading icon",
];

const DATELINES: &[&str] = &[
    "تاريخ النشر",
    "تاريخ الخبر",
    "نشر في",
    "نشر يوم",
    "نشر",
    "تم النشر",
    "تم نشره",
    "النشر",
    "آخر تحديث",
    "تحديث",
    "آخر تعديل",
    "تم التحديث",
    "نشر بتاريخ",
    "تم النشر في",
    "تاريخ الإضافة",
    "أضيف في",
    "بتاريخ",
    "التاريخ",
    "حرر في",
    "Published",
    "Updated",
    "Date",
];

const BYLINES: &[&str] = &[
    "كتب",
    "كتبت",
    "بقلم",
    "إعداد",
    "متابعة",
    "تقرير",
    "حوار",
    "ترجمة",
    "تحرير",
    "المحرر",
    "By",
];

const KEYWORDS: &[&str] = &[
    "كلمات دلالية",
    "كلمات مفتاحية",
    "الكلمات المفتاحية",
    "الكلمات الدلالية",
    "كلمات البحث",
    "سمات",
    "وسوم",
    "الوسوم",
    "تاغات",
    "هاشتاغ",
    "مواضيع",
    "Tags",
    "Keywords",
];

/// Longer lines are paragraphs, whatever they begin with.
const MAX_LINE: usize = 160;

/// The lists, folded.
struct Folded {
    related: Vec<String>,
    furniture: HashSet<String>,
    furniture_parts: Vec<String>,
    datelines: HashSet<String>,
    bylines: HashSet<String>,
    keywords: HashSet<String>,
}

static FOLDED: LazyLock<Folded> = LazyLock::new(|| {
    let lines = |list: &[&str]| list.iter().map(|it| fold_line(it)).collect();
    Folded {
        related: RELATED.iter().map(|it| fold_line(it)).collect(),
        furniture: lines(FURNITURE),
        furniture_parts: FURNITURE_PARTS.iter().map(|it| fold(it, Folding::Word)).collect(),
        datelines: lines(DATELINES),
        bylines: lines(BYLINES),
        keywords: lines(KEYWORDS),
    }
});

/// A line that begins something else than the article. `line` is trimmed.
pub fn marker(line: &str) -> Option<Marker> {
    if is_longer(line, MAX_LINE) {
        return None;
    }
    let folded = fold_line(line);
    if folded.is_empty() {
        return None;
    }
    if FOLDED.related.iter().any(|it| is_heading(&folded, it)) {
        return Some(Marker::Related);
    }
    let is_furniture =
        FOLDED.furniture.contains(&folded) || FOLDED.furniture_parts.iter().any(|it| folded.contains(it.as_str()));
    is_furniture.then_some(Marker::Furniture)
}

/// Whether the heading of other articles stands alone, its headlines in the lines that follow.
pub fn stands_alone(line: &str) -> bool {
    !is_longer(line, MAX_LINE) && FOLDED.related.contains(&fold_line(line))
}

/// What follows the words of a date line.
pub fn dateline(line: &str) -> Option<&str> {
    labelled(line, &FOLDED.datelines)
}

/// Whether a date line says when the article was changed last.
pub fn is_update(line: &str) -> bool {
    let label = line.split_once([':', '|', '\u{FF1A}']).map_or(line, |(label, _)| label);
    let folded = fold_line(label);
    ["تحديث", "تعديل", "updated"].iter().any(|it| folded.contains(it))
}

/// Who a line says wrote the article.
pub fn byline(line: &str) -> Option<&str> {
    if is_longer(line, 100) {
        return None;
    }
    labelled(line, &FOLDED.bylines)
}

/// The list behind «كلمات دلالية:».
pub fn keywords(line: &str) -> Option<&str> {
    labelled(line, &FOLDED.keywords)
}

/// What stands behind a label and its colon.
fn labelled<'a>(line: &'a str, labels: &HashSet<String>) -> Option<&'a str> {
    let head = line.get(..line.floor_char_boundary(48))?;
    let at = head.find([':', '|', '\u{FF1A}'])?;
    let rest = line[at..].trim_start_matches([':', '|', '\u{FF1A}']);
    labels.contains(&fold_line(&line[..at])).then(|| rest.trim())
}

/// Whether a text has more than `limit` characters.
fn is_longer(text: &str, limit: usize) -> bool {
    text.char_indices().nth(limit).is_some()
}

/// The words of a line without marks at its ends.
fn fold_line(line: &str) -> String {
    let folded = fold(line, Folding::Word);
    let is_mark = |c: char| !c.is_alphanumeric() && c != '/';
    folded
        .trim_matches(is_mark)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_heading(folded_line: &str, heading: &str) -> bool {
    match folded_line.strip_prefix(heading) {
        None => false,
        Some("") => true,
        Some(rest) => heading.contains(' ') && rest.trim_start().starts_with([':', '.', '|', '-', '…']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_all_spellings() {
        for line in ["إقرأ أيضاً:", "اقرأ أيضا", "• مقالات مشابهة", "اقرأ أيضًا: خبر آخر"]
        {
            assert_eq!(marker(line), Some(Marker::Related), "{line}");
        }
        assert_eq!(marker("time reading iconدقائق القراءة - 3"), Some(Marker::Furniture));
        assert_eq!(marker("شارك"), Some(Marker::Furniture));
    }

    #[test]
    fn bare_words_in_running_text_are_text() {
        for line in [
            "شارك الوزير في الاجتماع الذي عقد أمس.",
            "اقرأ أيضا ما كتبه الشاعر في ديوانه الأخير",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
        assert_eq!(dateline("قال الوزير: نعم"), None);
    }
}
