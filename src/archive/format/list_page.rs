//! Whether a page is a list of others: a front page, a section, results of a search.
//!
//! Careful: a page of which this is doubtful is none. A short notice amid links is an article, and so is what says when it
//! was published.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

use crate::archive::article::{DateProvenance, SectionKind};
use crate::archive::record::{Hints, PageLine};

use super::heading;
use super::text::one_line;

/// A line of so many words is a sentence of the page's own, unless it is a link. Names of sections, days and buttons have
/// fewer. A guess.
pub const SENTENCE: usize = 8;
/// A heading of so many words that is no link is a headline; names of sections and sites have fewer. A guess.
const HEADLINE: usize = 5;
/// A list has at least so many links, of so many words each. Guesses.
const FEW_LINKS: usize = 3;
const LINK_WORDS: usize = 2;
/// So many of the texts of a list that introduces each page that it names end with «…». A guess: more than a half.
const CUT_IN_100: usize = 60;

/// Whether the page of `document`, whose blocks are `lines`, is a list.
pub fn is_list(document: &Html, lines: &[PageLine], hints: &Hints) -> bool {
    let is_stated = hints
        .published
        .is_some_and(|it| it.provenance == DateProvenance::Metadata);
    if is_stated || is_called_article(document) || has_headline(document) {
        return false;
    }
    let links = link_texts(document);
    let is_link = |line: &str| links.contains(line);
    let lines = lines.iter().filter(|(_, kind)| *kind != Some(SectionKind::Boilerplate));
    let lines: Vec<&str> = lines.map(|(line, _)| line.as_str()).collect();
    let n_links = lines
        .iter()
        .filter(|it| is_link(it) && LINK_WORDS <= n_words(it))
        .count();
    let sentences = lines.iter().filter(|it| !is_link(it) && SENTENCE <= n_words(it));
    let (n_sentences, n_cut) = sentences.fold((0, 0), |(n, n_cut), it| (n + 1, n_cut + usize::from(is_cut(it))));
    FEW_LINKS <= n_links && (n_sentences == 0 || n_sentences <= n_links && n_sentences * CUT_IN_100 <= n_cut * 100)
}

fn n_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a text was cut off to introduce a page that goes on with it.
fn is_cut(text: &str) -> bool {
    /// «اقرأ المزيد» and the like may follow it in its line.
    const WORDS_BEHIND: usize = 3;
    let signs = ["…", "...", "[…]", "[...]"];
    let last = signs.iter().filter_map(|it| Some(text.rfind(it)? + it.len())).max();
    last.and_then(|it| text.get(it..))
        .is_some_and(|it| n_words(it) <= WORDS_BEHIND)
}

/// Whether the page says that it is an article.
fn is_called_article(document: &Html) -> bool {
    let Ok(selector) = Selector::parse("meta[property='og:type'][content='article']") else {
        return false;
    };
    document.select(&selector).next().is_some()
}

/// Whether the page has a headline of its own, which leads nowhere.
fn has_headline(document: &Html) -> bool {
    let Ok(link) = Selector::parse("h1 a[href]") else {
        return false;
    };
    let linked: HashSet<String> = document.select(&link).map(text_of).collect();
    let mut headings = heading::first_level(document).into_iter();
    headings.any(|it| HEADLINE <= n_words(&it) && !linked.contains(&it))
}

/// The texts of the page's links, and of the blocks that are within one.
fn link_texts(document: &Html) -> HashSet<String> {
    /// More links than any list has that is read. A guess.
    const MOST: usize = 20_000;
    let (Ok(links), Ok(blocks)) = (
        Selector::parse("a[href]"),
        Selector::parse("h1, h2, h3, h4, p, div, li, span"),
    ) else {
        return HashSet::new();
    };
    let mut texts = HashSet::new();
    for link in document.select(&links).take(MOST) {
        texts.insert(text_of(link));
        texts.extend(link.select(&blocks).map(text_of));
    }
    texts
}

fn text_of(element: ElementRef<'_>) -> String {
    one_line(&element.text().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::super::html;

    #[track_caller]
    fn check(page: &str, is_list: bool) {
        let page = format!("<!doctype html><html><head><title>صحيفة الرافد</title></head><body>{page}</body></html>");
        assert_eq!(html::lines_unless_list(&page).is_none(), is_list, "{page}");
    }

    const LINKS: &str = "<ul><li><a href='1'>خطة جديدة لجسور المدينة</a><li><a href='2'>تأجيل مباراة القمة</a>\
        <li><a href='3'>زيارة الوزير إلى الميناء</a><li><a href='4'>المزارعون يشكون</a></ul>";
    const SENTENCE: &str = "أعلنت البلدية اليوم تأجيل افتتاح الجسر الجديد إلى مطلع الأسبوع المقبل.";

    #[test]
    fn links_alone_are_a_list() {
        check(&format!("<h1>صحيفة الرافد</h1>{LINKS}"), true);
        check(
            &format!("<h1><a href='/'>صحيفة الرافد اليومية المستقلة الأولى</a></h1>{LINKS}<p>12 مارس 2024</p>"),
            true,
        );
        let cards = |n: usize| {
            let card = |n| format!("<h2><a href='{n}'>خبر قصير رقم {n}</a></h2><p>{SENTENCE}..</p>");
            (0..n).map(card).collect::<String>()
        };
        check(&format!("<h1>محليات</h1>{}", cards(6)), true);
    }

    #[test]
    fn what_may_be_an_article_is_none() {
        check(&format!("<h1>خبر</h1><p>{SENTENCE}</p>{LINKS}"), false);
        check(&format!("<h1>البلدية تؤجل افتتاح الجسر الجديد</h1>{LINKS}"), false);
        check(&format!("<p>{SENTENCE}</p><p>{SENTENCE}</p>{LINKS}"), false);
        check("<h1>خبر</h1><a href='1'>تأجيل المباراة</a>", false);
        check(&format!("<div>{SENTENCE} {SENTENCE}</div>"), false);
    }
}
