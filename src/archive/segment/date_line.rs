//! Lines of an article's header that state its date, with what else stands in them: «محليات | الأحد 3 مارس 2024 - العدد 1234»,
//! «كتب: سمير حداد - بيروت، 3 مارس 2024», «رويترز - الأحد 3 مارس 2024».

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold, words};
use crate::archive::date::{self, BesideDate, Other};
use crate::archive::phrase;

use super::{caption, opening, outlet, verb};

/// A section that is in no list has at most this many words; more are a headline or a caption. A guess.
const SECTION_WORDS: usize = 3;

const WORDS: List<2> = List::new(
    include_str!("../../../assets/lists/dateline_words.tsv"),
    ["word", "kind"],
);

/// The sections of newspapers, folded.
static SECTIONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let rows = WORDS.rows().filter(|[_, kind]| *kind == "section");
    rows.map(|[word, _]| fold(word, Folding::Word)).collect()
});

/// Whom a line of date names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct DateLine {
    /// The outlet or agency, as written.
    pub outlet: Option<String>,
    /// The reporter, as written.
    pub byline: Option<String>,
}

/// What a line of date says; `None` for another line. Above the title, `has_title` being false, what is not known for a
/// part of such lines may be the title itself: «حصاد الأسبوع | 3 مارس 2024».
pub(super) fn read(line: &str, has_title: bool) -> Option<DateLine> {
    let beside = date::beside_date(line)?;
    let mut found = DateLine::default();
    let mut awaits_name = false;
    let mut n_free = 0;
    for other in &beside.others {
        let text = other.span.of(line)?;
        if std::mem::take(&mut awaits_name) && (2..=opening::NAME_WORDS).contains(&words(text).count()) {
            found.byline.get_or_insert_with(|| text.to_owned());
        } else if let Some(name) = labelled_reporter(text) {
            awaits_name = name.is_empty();
            if !awaits_name {
                found.byline.get_or_insert_with(|| name.to_owned());
            }
        } else if outlet::known(text).is_some() || outlet::has_head(text) {
            found.outlet.get_or_insert_with(|| text.to_owned());
        } else if (other.is_apart || other.has_colon) && opening::is_reporter(text) && !caption::is_caption(line) {
            found.byline.get_or_insert_with(|| text.to_owned());
        } else {
            let is_known = opening::is_place(text)
                || !has_title && is_clock_of_a_place(line, other, &beside)
                || (other.is_apart || other.has_colon) && SECTIONS.contains(&one_line(text));
            n_free += usize::from(!is_known);
            if !is_known && (!has_title || 1 < n_free || !is_section(line, other, &beside)) {
                return None;
            }
        }
    }
    Some(found).filter(|_| !awaits_name)
}

/// The reporter behind «كتب» or «بقلم»; empty if the label stands alone.
fn labelled_reporter(text: &str) -> Option<&str> {
    let name = phrase::byline(text).or_else(|| opening::behind_label(text))?;
    let name = name.trim_matches([' ', ':']);
    (words(name).count() <= opening::NAME_WORDS).then_some(name)
}

/// «القاهرة: الأربعاء، 07 أكتوبر 2020 12:19 م»: one word before the clock of a page is its place.
fn is_clock_of_a_place(line: &str, other: &Other, beside: &BesideDate) -> bool {
    let is_first = line[..other.span.start].trim().is_empty();
    let text = other.span.of(line).unwrap_or_default();
    is_first && other.has_colon && beside.has_weekday_or_time && words(text).count() == 1
}

/// Whether what stands apart in a line of date may be the name of a section that is in no list: a few words beside a day
/// with its weekday or time, or behind a bar.
fn is_section(line: &str, other: &Other, beside: &BesideDate) -> bool {
    let text = other.span.of(line).unwrap_or_default();
    other.is_apart
        && (beside.has_weekday_or_time || other.is_in_a_bar)
        && words(text).count() <= SECTION_WORDS
        && !text.chars().any(char::is_numeric)
        && !words(text).any(|it| it.span.of(text).is_some_and(verb::is_verb))
        && !caption::is_caption(line)
}

/// The words of a text in folded form with single spaces.
fn one_line(text: &str) -> String {
    let texts = words(text).filter_map(|it| it.span.of(text));
    texts.map(|it| fold(it, Folding::Word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, outlet: &str, byline: &str) {
        let found = read(line, true);
        let found = found.map(|it| (it.outlet.unwrap_or_default(), it.byline.unwrap_or_default()));
        assert_eq!(found, Some((outlet.to_owned(), byline.to_owned())), "{line}");
    }

    #[test]
    fn a_line_of_date_may_name_more() {
        for line in [
            "الخميس 26 أكتوبر 2023 - 14:32",
            "الثلاثاء 10 ربيع الأول 1439هـ - 28 نوفمبر 2017م - 7 برج القوس",
            "القاهرة: الأربعاء، 07 أكتوبر 2020 12:19 م",
            "Thu, 26 Oct 2023 14:05:33 GMT",
            "السنة الخامسة - العدد 204 - السبت 9 مارس 2024",
            "9 مارس 2024 | 3 دقائق قراءة | 1,204 مشاهدة",
            "Saturday 9 March 2024 - Issue No. 204",
            "اقتصاد - 9 مارس 2024",
            "شؤون البلدية | 9 مارس 2024 10:15",
            "صور - السبت 9 آذار 2024",
            "34 رجب 1436هـ الموافق 13 مايو 2015م",
            "السبت 12 نسان 1403 - 1 يونيو 2024",
            "12 خرداد 1403 - 24 ذو القعدة 1445 - 1 يونيو 2024",
            "نشر في 9 مارس 2024 الساعة 10:15 صباحا",
        ] {
            check(line, "", "");
        }
        check("وكالة السدر للأنباء - السبت 9 مارس 2024", "وكالة السدر للأنباء", "");
        check("بيروت (رويترز) 9 مارس 2024", "رويترز", "");
        check("كتب: سمير المنجي | السبت 9 مارس 2024", "", "سمير المنجي");
        check("9 مارس 2024 - بقلم هالة المنجي", "", "هالة المنجي");
        check("سمير المنجي - بيروت - 9 مارس 2024", "", "سمير المنجي");
        check("كتبت - هالة المنجي - 9 مارس 2024", "", "هالة المنجي");
    }

    #[test]
    fn other_lines_with_a_date_are_no_lines_of_date() {
        for line in [
            "أحداث 11 سبتمبر 2001",
            "وقع الزلزال في 6 شباط 2023 فجرا",
            "12 قتيلا في 6 شباط 2023",
            "رئيس البلدية عند الجسر - 2 مارس 2022 - Reuters",
            "مبنى البلدية - 2 مارس 2022 - Reuters",
            "أسعار الذهب اليوم الأحد 3 مارس 2024",
            "زلزال الساحل - 6 شباط 2023",
            "الجسر الجديد يفتح أمام المارة | الأحد 3 مارس 2024",
            "موعد المباراة: السبت 9 مارس 2024",
            "خالد المنجي عند الجسر - 2 مارس 2022 - Reuters",
            "5 مارس",
            "شباط 2023",
            "القاهرة",
            "أعداد 26 أكتوبر 2023",
            "",
        ] {
            assert_eq!(read(line, true), None, "{line}");
        }
        assert_eq!(read("حصاد الأسبوع | الأحد 3 مارس 2024", false), None);
        assert!(read("محليات | الأحد 3 مارس 2024", false).is_some());
    }
}
