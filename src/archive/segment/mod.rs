//! Divides a scraped text into sections: title, dateline, paragraph, another's article …
//!
//! Nothing is thrown away: every stretch that is not white space becomes a [`Section`]. Lines are judged by their
//! words, length, ending and position; a page's own mark-up, if any, takes precedence.
//!
//! [`segment`] is the table of contents; each of its steps is a file:
//!
//! | file | is |
//! |---|---|
//! | `piece` | the lines, and the parts of those that glue several together |
//! | `tail` | where the article ends: source, keywords, others' articles |
//! | `header` | what precedes the first paragraph |
//! | `body` | what is between and after the paragraphs |
//! | `edges` | what shares a line with the first sentence, the last one, the title |
//! | `finish` | builds the article from the pieces; `keyword` splits its keywords |
//! | `page` | what a page has above its article: its own title, menus, rests of mark-up |
//! | `caption`, `glued` | captions by what they say; other articles' headlines within a paragraph |
//! | `left_out` | whether so much is left out that the article has to say so |
//! | `verb` | whether a word is a verb |
//! | `facts` | what the steps learn of the article along the way |
//! | `line` | questions about a line by itself: is it a paragraph? |
//! | `date_line` | «محليات - الأحد 3 مارس 2024 - العدد 1234» |
//! | `opening`, `ending`, `headline` | «دبي - «المدار»: …», «… (وام)», «… - BBC Arabic» |
//! | `outlet` | the outlets and agencies by their names |

mod body;
mod caption;
mod date_line;
mod edges;
mod ending;
mod facts;
mod finish;
mod glued;
mod header;
mod headline;
mod keyword;
mod left_out;
mod line;
mod opening;
mod outlet;
mod page;
mod piece;
mod tail;
mod verb;

use super::article::{Article, Problem, Section};
use super::record::Hints;
use facts::Facts;

/// Divides `text` into sections. `forced` are lines whose kind is already known.
pub fn segment(text: String, forced: Vec<Section>, hints: Hints) -> Article {
    let mut facts = Facts {
        has_stated_day: hints.published.is_some(),
        ..Facts::default()
    };
    // Split the text into lines, and lines in which several things run together.
    let mut pieces = piece::pieces(&text, &forced);
    // What is marked as the title and is far too long for one is a paragraph.
    facts.problems.extend(piece::without_long_titles(&text, &mut pieces));
    // Find where the article ends and the page goes on.
    tail::mark(&text, &mut pieces, &mut facts);
    // Find the first paragraph, and what the lines above it are.
    let body_start = header::mark(&text, &mut pieces, &mut facts, &hints);
    // Tell paragraphs apart from sub-headings, captions and furniture.
    body::mark(&text, &mut pieces, body_start, &mut facts);
    // Cut off what shares a line with the article: the place and reporter, the agency's code, the site's name.
    edges::split_opening(&text, &mut pieces, &mut facts);
    edges::split_ending(&text, &mut pieces, &mut facts);
    edges::split_title(&text, &mut pieces, &mut facts);
    // A page may have said it already.
    let is_told = |it: &Problem| matches!(it, Problem::MuchLeftOut { .. });
    if !hints.problems.iter().any(is_told) {
        facts.problems.extend(left_out::problem(&pieces));
    }
    // Build the article.
    finish::article(text, pieces, facts, hints)
}

#[cfg(test)]
mod tests {
    use crate::arabic::Span;
    use crate::archive::{DateProvenance, SectionKind, date};

    use super::*;

    /// Compares the sections of a text, each with its kind and its words.
    #[track_caller]
    fn check(text: &str, expected: &[(SectionKind, &str)]) -> Article {
        let article = segment(text.to_owned(), Vec::new(), Hints::default());
        let found: Vec<(SectionKind, &str)> = article
            .sections
            .iter()
            .map(|it| (it.kind, it.span.of(&article.text).unwrap()))
            .collect();
        assert_eq!(found, expected);
        article
    }

    const LEAD: &str = "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من العمل المتواصل.";
    const MORE: &str = "وقال إن الجسر سيخفف الزحام عن وسط المدينة، وإن تكلفته بلغت 12 مليون دينار.";

    #[test]
    fn an_aggregators_page_ends_where_the_next_article_begins() {
        use SectionKind::*;
        let text = format!(
            "افتتاح الجسر الجديد\nتاريخ النشر: 28th, October 2023 GMT\n{LEAD}\n{MORE}\nالمصدر: صحيفة المدار\n\
             كلمات دلالية: الجسر الجديد البلدية\nإقرأ أيضاً:\nخبر آخر تماما\nفاز الفريق بالبطولة للمرة الثالثة على التوالي مساء أمس.\nالمصدر: غيرها"
        );
        let article = check(
            &text,
            &[
                (Title, "افتتاح الجسر الجديد"),
                (Dateline, "تاريخ النشر: 28th, October 2023 GMT"),
                (Body, LEAD),
                (Body, MORE),
                (Source, "المصدر: صحيفة المدار"),
                (Keywords, "كلمات دلالية: الجسر الجديد البلدية"),
                (RelatedArticle, "إقرأ أيضاً:"),
                (RelatedArticle, "خبر آخر تماما"),
                (
                    RelatedArticle,
                    "فاز الفريق بالبطولة للمرة الثالثة على التوالي مساء أمس.",
                ),
                (RelatedArticle, "المصدر: غيرها"),
            ],
        );
        assert_eq!(article.source.as_deref(), Some("صحيفة المدار"));
        assert_eq!(article.published.unwrap().date.to_string(), "2023-10-28");
        assert_eq!(article.keywords, ["الجسر الجديد", "البلدية"]);
    }

    #[test]
    fn captions_subheadings_and_glued_datelines() {
        use SectionKind::*;
        let text = format!(
            "افتتاح الجسر الجديد\ntime reading iconدقائق القراءة - 3\nرئيس البلدية عند الجسر - 2 مارس 2022 - Reuters\n\
             رئيس البلدية عند الجسر - 2 مارس 2022 - Reuters\nدمنار-وكالاتالمدار\n{LEAD}\nتكاليف البناء\n{MORE}\nتصنيفات"
        );
        let article = check(
            &text,
            &[
                (Title, "افتتاح الجسر الجديد"),
                (Boilerplate, "time reading iconدقائق القراءة - 3"),
                (Caption, "رئيس البلدية عند الجسر - 2 مارس 2022 - Reuters"),
                (Caption, "رئيس البلدية عند الجسر - 2 مارس 2022 - Reuters"),
                (Dateline, "دمنار-وكالاتالمدار"),
                (Body, LEAD),
                (Subheading, "تكاليف البناء"),
                (Body, MORE),
                (Boilerplate, "تصنيفات"),
            ],
        );
        assert_eq!((article.published, article.source.as_deref()), (None, Some("المدار")));
    }

    #[test]
    fn a_text_that_begins_with_a_paragraph_has_no_title() {
        let article = check(
            &format!("{LEAD}\n{MORE}"),
            &[(SectionKind::Body, LEAD), (SectionKind::Body, MORE)],
        );
        assert!(
            article.title_derived
                && article.title.ends_with('…')
                && LEAD.starts_with(article.title.trim_end_matches('…'))
        );
    }

    #[test]
    fn glued_headlines_and_sources_are_cut_off() {
        use SectionKind::*;
        let text = format!(
            "عنوان الخبر\n{LEAD}\nRelatedخبر أولخبر ثانهل يعود الفريق؟كما ناقش الوزير مع نظيره بناء جسر آخر فوق النهر.\n\
             Go to accessibility shortcutsشارك هذا المقالمحادثةالمصدر: المدار"
        );
        let article = check(
            &text,
            &[
                (Title, "عنوان الخبر"),
                (Body, LEAD),
                (RelatedArticle, "Relatedخبر أولخبر ثانهل يعود الفريق؟"),
                (Body, "كما ناقش الوزير مع نظيره بناء جسر آخر فوق النهر."),
                (Boilerplate, "Go to accessibility shortcutsشارك هذا المقالمحادثة"),
                (Source, "المصدر: المدار"),
            ],
        );
        assert_eq!(article.source.as_deref(), Some("المدار"));
    }

    #[test]
    fn a_title_without_end_is_text() {
        let title = "كلمة ".repeat(500);
        let forced = vec![Section {
            kind: SectionKind::Title,
            span: Span::new(0, title.trim_end().len()),
        }];
        let hints = Hints {
            title: Some(title.trim_end().to_owned()),
            ..Hints::default()
        };
        let article = segment(format!("{}\n{LEAD}", title.trim_end()), forced, hints);
        assert_eq!(article.sections[0].kind, SectionKind::Body);
        assert!(
            article.title_derived && article.title.chars().count() <= 81,
            "{}",
            article.title
        );
        assert_eq!(article.problems, [Problem::LongTitle { limit: 1_000 }]);
    }

    #[test]
    fn of_keywords_without_end_the_first_are_kept() {
        let list: Vec<String> = (0..1_200).map(|number| format!("كلمة{number}")).collect();
        let text = format!("عنوان\n{LEAD}\nكلمات دلالية: {}", list.join("، "));
        let article = segment(text, Vec::new(), Hints::default());
        assert_eq!(article.keywords, list[..1_000]);
        assert_eq!(article.problems, [Problem::ManyKeywords { limit: 1_000 }]);
    }

    #[test]
    fn a_source_in_a_sentence_is_text() {
        let sentence = "كما كشف المصدر، أن العمل سيبدأ قريبا، وقال المصدر: لن نتأخر عن الموعد.";
        check(
            &format!("عنوان\n{LEAD}\n{sentence}"),
            &[
                (SectionKind::Title, "عنوان"),
                (SectionKind::Body, LEAD),
                (SectionKind::Body, sentence),
            ],
        );
    }

    #[test]
    fn a_teaser_in_passing_does_not_end_the_article() {
        let article = check(
            &format!("عنوان\n{LEAD}\nاقرأ أيضا: خبر آخر\n{MORE}"),
            &[
                (SectionKind::Title, "عنوان"),
                (SectionKind::Body, LEAD),
                (SectionKind::RelatedArticle, "اقرأ أيضا: خبر آخر"),
                (SectionKind::Body, MORE),
            ],
        );
        assert_eq!(article.published, None);
    }

    #[track_caller]
    fn check_date(text: &str, expected: &str) {
        let article = segment(text.to_owned(), Vec::new(), Hints::default());
        let found = article.published.map_or_else(
            || "none".to_owned(),
            |it| format!("{} {:?} {:?}", it.date, it.precision, it.provenance),
        );
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_date_of_publication_is_no_other_date() {
        let stated = "2023-03-05 Day HeaderLine";
        // A page's clock stands above the title, the article's date below; updates come later.
        check_date(
            &format!("دمنار: الاثنين، 6 مارس 2023 12:19 م\nعنوان\nالأحد، 5 مارس 2023 - 09:10 ص\n{LEAD}\n{MORE}"),
            stated,
        );
        check_date(&format!("اليوم الاثنين 6 مارس 2023\nعنوان\n{LEAD}\n{MORE}"), "none");
        check_date(
            &format!("عنوان\nآخر تحديث: 7 مارس 2023\nتاريخ النشر: 5 مارس 2023\n{LEAD}\n{MORE}"),
            stated,
        );
        check_date(
            &format!("عنوان\nنشر في: 5/3/2023 - آخر تحديث: 7/3/2023\n{LEAD}\n{MORE}"),
            stated,
        );
        for updated in [
            "آخر تحديث: 7/3/2023 - نشر: 5/3/2023",
            "آخر تحديث: 7 مارس 2023 10:00 | نشر في: 5 مارس 2023 08:00",
        ] {
            check_date(&format!("عنوان\n{updated}\n{LEAD}\n{MORE}"), stated);
        }
        let updated = format!("عنوان\nآخر تحديث: 5 مارس 2023\n{LEAD}\n{MORE}");
        check_date(&updated, "2023-03-05 Day Update");
        // The cards of other articles have dates of their own.
        check_date(
            &format!("عنوان\n{LEAD}\n{MORE}\nمقالات ذات صلة\nخبر آخر\nتاريخ النشر: 1 يناير 2020"),
            "none",
        );
        check_date(&format!("عنوان\n{LEAD}\n{MORE}\nتاريخ النشر: 5 مارس 2023"), stated);
        // What a text speaks of is not when it was written.
        check_date(
            &format!("أحداث 11 سبتمبر 2001\n{LEAD}\nوقع ذلك في 5 مارس 2019، {MORE}"),
            "none",
        );
        check_date(&format!("عنوان\nالأحد 5 مارس\n{LEAD}\n{MORE}"), "none");
        // A headline that ends like a sentence.
        check_date(
            &format!("كيف يعبر الناس الجسر الجديد إلى وسط المدينة القديمة؟\n2023-03-05T18:19:00+01:00\n{LEAD}\n{MORE}"),
            stated,
        );
    }

    #[test]
    fn a_date_is_inferred_only_from_the_texts_own_today() {
        let inferred = "2023-03-05 Day Inferred";
        check_date(
            &format!("عنوان\nقال الوزير اليوم الأحد 5 مارس 2023 إن {MORE}\n{MORE}"),
            inferred,
        );
        check_date(
            &format!("عنوان\nقال الوزير يوم الأحد 5 مارس 2023 إن {MORE}\n{MORE}"),
            "none",
        );
        check_date(
            &format!("عنوان\nوبدأت في اليوم الثاني من أكتوبر 1987 أعمال {MORE}\n{MORE}"),
            "none",
        );
        check_date(
            &format!("عنوان\nتاريخ النشر: 6 مارس 2023\nقال الوزير اليوم الأحد 5 مارس 2023 إن {MORE}\n{MORE}"),
            "2023-03-06 Day HeaderLine",
        );
    }

    #[test]
    fn the_dates_an_article_speaks_of_are_told_from_its_own() {
        let mentioned = |header: &str| {
            let text = format!("عنوان\n{header}{LEAD}\nوبدأ العمل في أكتوبر 2021، وانتهى أمس. {MORE}");
            let article = segment(text, Vec::new(), Hints::default());
            let mentions = date::date_mentions(&article);
            let shown: Vec<String> = mentions
                .map(|it| format!("{} {}", it.span.of(&article.text).unwrap(), it.days[0].first))
                .collect();
            shown.join("، ")
        };
        assert_eq!(
            mentioned("تاريخ النشر: 5 مارس 2023\n"),
            "صباح الخميس 2023-03-02، أكتوبر 2021 2021-10-01، أمس 2023-03-04"
        );
        assert_eq!(mentioned(""), "أكتوبر 2021 2021-10-01");
    }

    #[test]
    fn an_agencys_opening_holds_its_date() {
        let text = format!("عنوان\nدمنار 12 شوال 1444 هـ الموافق 2 مايو 2023 م سدر\n{LEAD}");
        let article = segment(text, Vec::new(), Hints::default());
        let published = article.published.unwrap();
        assert_eq!(
            (published.date.to_string().as_str(), published.provenance),
            ("2023-05-02", DateProvenance::Dateline)
        );
    }
}
