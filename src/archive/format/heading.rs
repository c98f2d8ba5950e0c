//! Which of a page's headings is its headline: the one that the page's titles name, with a section and a site around it,
//! or cut off.

use scraper::{ElementRef, Html, Selector};

use crate::arabic::{Folding, fold};

use super::text::one_line;

/// The signs that part a headline from sections and sites in a title, where white space is around them. Seen.
const SEPARATORS: &[&str] = &[
    "|", "||", "-", "--", "–", "—", "ــ", "_", "•", "·", "∙", "«", "»", "‹", "›", ">", ">>", "<", "/", "\\", "::", ":",
    "~", "*",
];

/// At most this many headings of a level are looked at, and none that is longer, in bytes. Guesses: a page has a few, and
/// a headline a line or two.
const MOST_HEADINGS: usize = 50;
const LONGEST: usize = 2_000;

/// A heading with fewer words may be a section's: «محليات». A guess.
const FEW_WORDS: usize = 3;

/// The texts of the headings of the first level that are the page's own, in their order.
pub fn first_level(document: &Html) -> Vec<String> {
    headings(document, "h1")
}

/// The heading that is the headline of a page with these titles, if one is. `site` is the page's outlet.
pub fn headline(document: &Html, titles: &[String], site: Option<&str>) -> Option<String> {
    let titles: Vec<String> = titles.iter().filter(|it| it.len() <= LONGEST).cloned().collect();
    let titles = titles.as_slice();
    let first = headings(document, "h1");
    let named = |headings: &[String]| {
        let named = headings.iter().filter(|it| !is_site(it, site));
        let named = named.filter(|it| titles.iter().any(|title| names(title, it)));
        // Of equals the first.
        named.rev().max_by_key(|it| n_words(it)).cloned()
    };
    let is_headline = |it: &String| is_longest(it, titles, site);
    let found = named(&first).filter(|it| FEW_WORDS <= n_words(it) && is_headline(it));
    let found = found.or_else(|| {
        named(&headings(document, "h2"))
            .or_else(|| named(&first))
            .filter(is_headline)
    });
    if found.is_some() {
        return found;
    }
    // A title that only has the site's name, as some have on each page.
    match first.as_slice() {
        [only] if FEW_WORDS <= n_words(only) && !is_site(only, site) => {
            let says_nothing = |it: &String| segments(it).all(|it| n_words(it) < FEW_WORDS || is_site(it, site));
            titles.iter().all(says_nothing).then(|| only.clone())
        }
        _ => None,
    }
}

/// A title without the names of the site and of the section at its ends.
pub fn without_site(title: &str, site: Option<&str>, section: Option<&str>) -> String {
    let mut parts: Vec<&str> = title.split_whitespace().collect();
    let is_other = |words: &[&str]| {
        let words = words.join(" ");
        is_site(&words, site) || section.is_some_and(|it| folded(it) == folded(&words))
    };
    let is_separator = |word: &&str| SEPARATORS.contains(word);
    while let Some(at) = parts
        .iter()
        .rposition(is_separator)
        .filter(|at| is_other(&parts[at + 1..]))
    {
        parts.truncate(at);
    }
    while let Some(at) = parts
        .iter()
        .position(&is_separator)
        .filter(|at| is_other(&parts[..*at]))
    {
        parts.drain(..=at);
    }
    match parts.is_empty() {
        true => title.to_owned(),
        false => parts.join(" "),
    }
}

/// How alike two headlines are, from 0 to 1: the share of words of the shorter one that the other has.
pub fn likeness(a: &str, b: &str) -> f64 {
    if LONGEST < a.len() || LONGEST < b.len() {
        return 0.0;
    }
    let (a, b) = (folded(a), folded(b));
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let n_common = short.iter().filter(|it| !it.is_empty() && long.contains(it)).count();
    n_common as f64 / short.len().max(1) as f64
}

/// The texts of headings, but for those of menus and of other articles.
fn headings(document: &Html, level: &str) -> Vec<String> {
    let Ok(selector) = Selector::parse(level) else {
        return Vec::new();
    };
    let is_aside = |it: &ElementRef<'_>| {
        let around = it.ancestors().filter_map(ElementRef::wrap);
        around
            .map(|it| it.value().name())
            .any(|it| matches!(it, "nav" | "aside" | "footer"))
    };
    let found = document.select(&selector).filter(|it| !is_aside(it));
    let texts = found
        .take(MOST_HEADINGS)
        .map(|it| one_line(&it.text().collect::<Vec<_>>().join(" ")));
    texts.filter(|it| !it.is_empty() && it.len() <= LONGEST).collect()
}

/// Whether a title names a heading: it holds all of it, or is its beginning, cut off.
fn names(title: &str, heading: &str) -> bool {
    let (title_words, heading_words) = (folded(title), folded(heading));
    if format!(" {title_words} ").contains(&format!(" {heading_words} ")) {
        return FEW_WORDS <= n_words(heading) || segments(title).any(|it| folded(it) == heading_words);
    }
    segments(title).any(|segment| {
        let segment = segment.trim_end();
        if !segment.ends_with(['…', '.']) {
            return false;
        }
        let start = folded(segment);
        // The last word may be cut off as well.
        FEW_WORDS <= n_words(&start) && start.len() < heading_words.len() && heading_words.starts_with(&start)
    })
}

/// Whether no other part of the titles is longer than a heading, so that it is not the site's or the section's name.
fn is_longest(heading: &str, titles: &[String], site: Option<&str>) -> bool {
    let folded_heading = folded(heading);
    let others = titles.iter().flat_map(|it| segments(it));
    let others = others.filter(|it| !is_site(it, site) && !folded(it).contains(&folded_heading));
    others.map(n_words).all(|it| it <= n_words(heading))
}

/// Whether a text is the name of the site, with a word or two beside it: «جريدة المدار».
fn is_site(text: &str, site: Option<&str>) -> bool {
    let (text, site) = (folded(text), folded(site.unwrap_or_default()));
    if text.is_empty() || site.is_empty() {
        return false;
    }
    site.contains(&text) || text.contains(&site) && n_words(&text) <= n_words(&site) + 2
}

/// The parts of a title between [`SEPARATORS`].
fn segments(title: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(title);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let separator = text.split(' ').find(|it| SEPARATORS.contains(it));
        match separator.and_then(|it| text.split_once(&format!(" {it} "))) {
            Some((segment, after)) => {
                rest = Some(after);
                Some(segment)
            }
            None => Some(text),
        }
    })
}

fn n_words(text: &str) -> usize {
    folded(text).split(' ').filter(|it| !it.is_empty()).count()
}

/// The words of a text in the form in which they are compared, without signs.
fn folded(text: &str) -> String {
    let folded = fold(text, Folding::Word).to_lowercase();
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADLINE: &str = "وزير النقل يفتتح الجسر الجديد فوق النهر";

    #[track_caller]
    fn check(title: &str, headings: &str, expected: Option<&str>) {
        let page = Html::parse_document(&format!("<title>{title}</title><body>{headings}<p>نص"));
        let found = headline(&page, &[title.to_owned()], None);
        assert_eq!(found.as_deref(), expected, "{title}");
    }

    #[test]
    fn the_heading_that_the_title_names_is_the_headline() {
        let h1 = format!("<h1>{HEADLINE}</h1>");
        for title in [
            format!("{HEADLINE} - المدار"),
            format!("المدار › محليات › {HEADLINE}"),
            format!("{HEADLINE} | محليات | جريدة المدار"),
            format!("{HEADLINE}: جريدة المدار"),
            "وزير النقل يفتتح الجسر ا... | المدار".to_owned(),
            "وزير النقل يفتتح…".to_owned(),
            "جريدة المدار".to_owned(),
        ] {
            check(&title, &h1, Some(HEADLINE));
            check(
                &title,
                &format!("<h1>المدار</h1>{h1}"),
                (title != "جريدة المدار").then_some(HEADLINE),
            );
        }
    }

    #[test]
    fn a_site_or_a_section_is_no_headline() {
        let title = format!("{HEADLINE} | وكالة أنباء دمنار المستقلة");
        check(&title, "<h1>وكالة أنباء دمنار المستقلة</h1>", None);
        check(&format!("محليات | {HEADLINE}"), "<h1>محليات</h1>", None);
        check(&title, &format!("<h1>المدار</h1><h2>{HEADLINE}</h2>"), Some(HEADLINE));
        check("عنوان آخر تماما لا صلة له", &format!("<h1>{HEADLINE}</h1>"), None);
    }

    #[test]
    fn sites_and_sections_are_cut_off_at_both_ends() {
        let check = |title: &str, expected: &str| {
            assert_eq!(without_site(title, Some("المدار"), Some("محليات")), expected);
        };
        check("عنوان الخبر - المدار", "عنوان الخبر");
        check("المدار • محليات • عنوان الخبر", "عنوان الخبر");
        check("عنوان الخبر | محليات | جريدة المدار", "عنوان الخبر");
        check("عنوان - من كلمتين", "عنوان - من كلمتين");
        check("المدار", "المدار");
    }
}
