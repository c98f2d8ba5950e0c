//! Captions of pictures, by what they say and where they stand. None is known by its length: a short line without a
//! full stop is as well the first paragraph of an article.

use crate::arabic::words;
use crate::archive::date;
use crate::archive::phrase;

use super::line;
use super::outlet;
use super::verb;

/// A caption has at most this many letters. A guess: the longest seen has 190.
const LONGEST: usize = 320;
/// A credit in brackets at the end has at most this many words: «(الصحافة الروسية)». A guess.
const CREDIT_WORDS: usize = 4;
/// What stands between a caption and its credit. Seen.
const CREDIT_SIGNS: [&str; 5] = [" - ", " – ", "/", " | ", "- "];
/// What a page has between its headline and the paragraph that begins with its dateline has at most this many words. A
/// guess.
const SLOT_WORDS: usize = 20;

/// Whether a line says that it is a caption: it speaks of the picture, or ends with a date and an agency.
pub(super) fn is_caption(line: &str) -> bool {
    if line::is_longer(line, LONGEST) {
        return false;
    }
    if !line::ends_like_a_sentence(line) && phrase::is_of_picture(line) {
        return true;
    }
    match line.rsplit_once(['-', '–']) {
        Some((before, agency)) => outlet::known(agency.trim()).is_some() && date::parse_date(before).is_some(),
        None => false,
    }
}

/// Whether a line above the text ends with whom its picture is of: «رئيس البلدية عند الجسر (رويترز)». A short report ends
/// so, too, but it begins with a verb.
pub(super) fn has_credit(line: &str) -> bool {
    if line::is_longer(line, LONGEST) || line::ends_like_a_sentence(line) {
        return false;
    }
    let in_brackets = || line.strip_suffix(')')?.rsplit_once('(');
    let behind_a_sign = || CREDIT_SIGNS.iter().find_map(|sign| line.rsplit_once(sign));
    let Some((text, credit)) = in_brackets().or_else(behind_a_sign) else {
        return false;
    };
    let is_agency = |it: &str| outlet::unmistakable(it.trim()).is_some();
    let first = words(text).next().and_then(|it| it.span.of(text)).unwrap_or_default();
    words(credit).count() <= CREDIT_WORDS && credit.split(['،', ',', '-', '/']).any(is_agency) && !verb::is_verb(first)
}

/// Whether a line stands where a page has its picture's caption, between the headline and a paragraph that begins with a
/// dateline, and does not read like a sentence. For pages only, whose places are known.
pub(super) fn may_stand_in_slot(line: &str) -> bool {
    let first = words(line).next().and_then(|it| it.span.of(line)).unwrap_or_default();
    let n_words = words(line).count();
    n_words <= SLOT_WORDS && !line::ends_like_a_sentence(line) && !verb::is_verb(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_say_what_they_are() {
        for line in [
            "صورة للجسر الجديد",
            "خالد المرواني (يمين) خلال لقائه مع أهل الحي",
            "خالد المرواني عند الجسر - 2 مارس 2022 - Reuters",
            "الرصيف الشرقي كما بدا الأسبوع الماضي",
            "الجسر القديم (أرشيفية)",
        ] {
            assert!(is_caption(line), "{line}");
        }
        assert!(has_credit("رئيس البلدية عند الجسر (رويترز)"));
        assert!(has_credit("رئيس البلدية عند الجسر - AFP"));
    }

    #[test]
    fn short_lines_are_no_captions() {
        for line in [
            "ويستمر العمل 18 شهراً حسب ما قاله المهندس طارق العبدلاوي",
            "أعلن رئيس المجلس بدء العمل في ثلاثة جسور جديدة",
            "صورة واحدة لا تكفي، كما قال الوزير في بيانه أمس.",
        ] {
            assert!(!is_caption(line) && !has_credit(line), "{line}");
        }
        assert!(!has_credit("أعلن رئيس البلدية افتتاح الجسر الجديد (رويترز)"));
    }
}
