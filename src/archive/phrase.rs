//! Words by which parts of a page are known, compared in folded form.

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
    "إقرأ المزيد",
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

/// A line of furniture has fewer letters than this.
const LONGEST_FURNITURE: usize = 160;

/// A line that begins something else than the article. `line` is trimmed.
pub fn marker(line: &str) -> Option<Marker> {
    // Of a paragraph only the beginning is compared: no phrase is longer.
    let start = match line.char_indices().nth(LONGEST_FURNITURE) {
        Some((end, _)) => &line[..end],
        None => line,
    };
    let folded = fold_line(start);
    if folded.is_empty() {
        return None;
    }
    if FOLDED.related.iter().any(|it| is_heading(&folded, it)) {
        return Some(Marker::Related);
    }
    let has_part = || {
        let folded = fold(line, Folding::Word);
        FOLDED.furniture_parts.iter().any(|it| folded.contains(it.as_str()))
    };
    let is_furniture = start.len() == line.len() && (FOLDED.furniture.contains(&folded) || has_part());
    is_furniture.then_some(Marker::Furniture)
}

/// Whether the heading of other articles stands alone, its headlines in the lines that follow.
pub fn stands_alone(line: &str) -> bool {
    let folded = fold_line(line);
    FOLDED.related.contains(&folded)
}

/// What follows the words of a date line.
pub fn dateline(line: &str) -> Option<&str> {
    labelled(line, &FOLDED.datelines)
}

/// Who a line says wrote the article.
pub fn byline(line: &str) -> Option<&str> {
    let rest = labelled(line, &FOLDED.bylines)?;
    (rest.chars().count() < 60).then_some(rest)
}

/// The list behind «كلمات دلالية:».
pub fn keywords(line: &str) -> Option<&str> {
    labelled(line, &FOLDED.keywords)
}

/// What stands behind a label and its colon.
fn labelled<'a>(line: &'a str, folded_labels: &[String]) -> Option<&'a str> {
    let (label, rest) = line.split_once([':', '|', '\u{FF1A}'])?;
    if 40 < label.len() {
        return None;
    }
    let label = fold_line(label);
    folded_labels.contains(&label).then(|| rest.trim())
}

/// The phrases as lines are compared with them. Folded once: every line of an archive is compared with all of them.
struct FoldedPhrases {
    related: Vec<String>,
    furniture: Vec<String>,
    furniture_parts: Vec<String>,
    datelines: Vec<String>,
    bylines: Vec<String>,
    keywords: Vec<String>,
}

static FOLDED: LazyLock<FoldedPhrases> = LazyLock::new(|| {
    let lines = |phrases: &[&str]| phrases.iter().map(|it| fold_line(it)).collect();
    FoldedPhrases {
        related: lines(RELATED),
        furniture: lines(FURNITURE),
        furniture_parts: FURNITURE_PARTS.iter().map(|it| fold(it, Folding::Word)).collect(),
        datelines: lines(DATELINES),
        bylines: lines(BYLINES),
        keywords: lines(KEYWORDS),
    }
});

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

fn is_heading(folded_line: &str, folded_heading: &str) -> bool {
    match folded_line.strip_prefix(folded_heading) {
        None => false,
        Some("") => true,
        Some(rest) => folded_heading.contains(' ') && rest.trim_start().starts_with([':', '.', '|', '-', '…']),
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
