//! What a page says beside the article that was found in it. A page may be a row of short notices, of which the
//! readability library keeps one.

use std::collections::HashSet;

use scraper::{ElementRef, Html};

use crate::archive::article::Problem;
use crate::archive::record::PageLine;

use super::list_page;
use super::page_blocks::{self, Block};

/// A line of so many words is a sentence, unless it is a link. As in [`list_page`].
const SENTENCE: usize = list_page::SENTENCE;
/// The headline of a page elsewhere stands at most so many lines above what introduces it: a day may be between. A guess.
const BELOW_LINK: usize = 2;
/// Of a page of which more than a third is not in the article, the article says so.
const MUCH_IN_100: usize = 33;
/// Where more is beside the article than in it, the page is the article.
const MOST_IN_100: usize = 50;

/// What is beside an article.
#[derive(Debug, PartialEq)]
pub enum Rest {
    /// Little enough for a page.
    Little,
    /// So much that it is to be told.
    Much(Problem),
    /// More than the article.
    Most,
}

/// Weighs the sentences of a page that are not in `kept`: not parts that are called something else, nor links and what
/// introduces them.
pub fn of(document: &Html, kept: &[PageLine]) -> Rest {
    let blocks = page_blocks::blocks_without(document.root_element(), is_called_other);
    let whole: String = kept.iter().flat_map(|(line, _)| [line.as_str(), "\n"]).collect();
    let lines: HashSet<&str> = whole.lines().collect();
    let (mut n_kept, mut n_left) = (0, 0);
    let mut n_since_link = BELOW_LINK;
    for Block {
        line: (line, kind),
        is_link,
    } in &blocks
    {
        if *is_link {
            n_since_link = 0;
            continue;
        }
        let n_words = line.split_whitespace().count();
        let is_below_link = n_since_link < BELOW_LINK;
        n_since_link += 1;
        if n_words < SENTENCE {
            continue;
        }
        if lines.contains(line.as_str()) || whole.contains(line.as_str()) {
            n_kept += n_words;
        } else if kind.is_none() && !is_below_link {
            n_left += n_words;
        }
    }
    match n_left * 100 / (n_kept + n_left).max(1) {
        // Nothing of it stands as it does in the page: there is nothing to compare.
        _ if n_kept == 0 => Rest::Little,
        it if MOST_IN_100 < it => Rest::Most,
        it if MUCH_IN_100 < it => Rest::Much(Problem::MuchLeftOut {
            percent: u8::try_from(it).unwrap_or(100),
        }),
        _ => Rest::Little,
    }
}

/// Whether a part of a page is called something that is not its article. The words are those by which readability
/// libraries tell such parts, less those that articles are called by too.
pub fn is_called_other(element: ElementRef<'_>) -> bool {
    const NAMES: [&str; 18] = [
        "banner",
        "breadcrumb",
        "comment",
        "consent",
        "cookie",
        "disqus",
        "footer",
        "menu",
        "modal",
        "newsletter",
        "popup",
        "promo",
        "recommend",
        "related",
        "share",
        "sidebar",
        "sponsor",
        "subscribe",
    ];
    let element = element.value();
    let mut names = [element.attr("class"), element.attr("id")].into_iter().flatten();
    names.any(|name| {
        let name = name.to_ascii_lowercase();
        NAMES.iter().any(|it| name.contains(it))
    })
}

#[cfg(test)]
mod tests {
    use super::super::html;
    use super::*;

    const SENTENCE: &str = "أعلنت البلدية اليوم تأجيل افتتاح الجسر الجديد إلى مطلع الأسبوع المقبل بسبب الأمطار";

    /// How many of the notices are in the lines of a page, and whether it says that much is left out.
    #[track_caller]
    fn check(body: &str, expected: (usize, bool)) {
        let page = format!("<!doctype html><html><head><title>صحيفة الرافد</title></head><body>{body}</body></html>");
        let (lines, hints) = html::lines(&page);
        let n_found = lines.iter().filter(|(it, _)| it.contains("خبر رقم")).count();
        let is_told = hints
            .problems
            .iter()
            .any(|it| matches!(it, Problem::MuchLeftOut { .. }));
        assert_eq!((n_found, is_told), expected, "{lines:?}");
    }

    fn cards(n: usize, card: impl Fn(usize) -> String) -> String {
        (0..n).map(card).collect()
    }

    #[test]
    fn a_page_of_notices_is_read_whole() {
        let plain = |n| format!("<div class='card'><h3>عنوان {n}</h3><p>خبر رقم {n}: {SENTENCE}.</p></div>");
        check(&cards(8, plain), (8, false));
        let long = |n| {
            format!(
                "<section><h2>عنوان {n}</h2><div><p>خبر رقم {n}: {}.</p></div></section>",
                SENTENCE.repeat(4)
            )
        };
        check(&cards(8, long), (8, false));
    }

    #[test]
    fn what_introduces_other_pages_is_none_of_the_article() {
        let article = format!("خبر رقم 0: {SENTENCE}.");
        let kept = [(article.clone(), None)];
        let check = |others: String| {
            let page = format!("<body><p>{article}</p>{others}</body>");
            assert_eq!(of(&Html::parse_document(&page), &kept), Rest::Little, "{page}");
        };
        let teaser = |n| format!("<div><h4><a href='{n}'>عنوان آخر {n}</a></h4><p>خبر رقم {n}: {SENTENCE}.</p></div>");
        check(cards(9, teaser));
        let comment = |n| format!("<div class='comment'><p>خبر رقم {n}: {SENTENCE}.</p></div>");
        check(cards(9, comment));
        check(format!("<footer>خبر رقم 1: {SENTENCE}.</footer>"));
        let link = |n| format!("<a href='{n}'>خبر رقم {n}: {SENTENCE}</a> ");
        check(format!("<div>{}</div>", cards(9, link)));
    }
}
