//! The date that a page states in an element below its headline, for readers.

use scraper::{ElementRef, Html, Selector};

use crate::archive::article::{DatePrecision, DateProvenance, PublicationDate};
use crate::archive::date;
use crate::archive::phrase;

use super::metadata;
use super::text::one_line;

/// At most this many elements around the heading are searched. Seen: 3.
const PARTS: usize = 4;
/// What follows the heading within so many letters stands above the text. A guess: a byline, a summary.
const CLOSE: usize = 300;
/// At most so many elements are looked at. A guess.
const MOST: usize = 50;
/// A shorter link beside a date is none of a headline. A guess.
const HEADLINE: usize = 15;
/// What elements that hold dates are called.
const NAMES: [&str; 6] = ["date", "dat_", "publish", "time", "posted", "tarikh"];
/// What those are called that hold the day of publication, wherever they stand.
const OF_PUBLICATION: [&str; 5] = ["publish", "posted", "entry-date", "post-date", "article-date"];
/// What elements are called that hold another day: of the change, of the visit.
const OTHER_DAYS: [&str; 7] = ["update", "modif", "today", "current", "clock", "print", "copyright"];
/// What parts of a page are called that are not the article's.
const OTHER_PARTS: [&str; 9] = [
    "footer",
    "copyright",
    "comment",
    "related",
    "sidebar",
    "widget",
    "similar",
    "recommend",
    "more-",
];
/// The foot of an article is its own: `entry-footer`.
const OWN_PARTS: [&str; 3] = ["entry", "post", "article"];

/// The date in an element that says it holds one, below the heading: within the innermost parts of the page that have
/// both. Page clocks stand before the heading; behind the text there are cards of other articles, comments and the page's
/// foot, so that a date there has to say that it is of publication, or stand in the innermost part.
pub fn below_title(document: &Html, title: &str) -> Option<PublicationDate> {
    let selector = Selector::parse("h1, h2").ok()?;
    let heading = document
        .select(&selector)
        .find(|it| one_line(&it.text().collect::<String>()) == title)?;
    let parts = heading.ancestors().filter_map(ElementRef::wrap);
    for (depth, part) in parts.take(PARTS).enumerate() {
        let is_innermost = depth == 0 && part.value().name() != "body";
        let behind = part.descendants().skip_while(|it| it.id() != heading.id());
        let (mut n_letters, mut n_looked_at) = (0, 0);
        for node in behind {
            n_letters += node.value().as_text().map_or(0, |it| it.trim().chars().count());
            let Some(element) = ElementRef::wrap(node) else {
                continue;
            };
            let names = names(&element);
            let is_close = n_letters < title.chars().count() + CLOSE;
            let is_time = element.value().name() == "time" && is_close;
            let is_named = is_time || has_one_of(&names, &NAMES);
            n_looked_at += usize::from(is_named);
            if MOST < n_looked_at {
                break;
            }
            if !is_named || has_one_of(&names, &OTHER_DAYS) || metadata::is_aside(&element) {
                continue;
            }
            let is_own =
                is_close || !is_of_other_part(&element, &part) && (is_innermost || is_of_publication(&element));
            if let Some(published) = Some(element).filter(|_| is_own).and_then(stated_in) {
                return Some(published);
            }
        }
    }
    None
}

/// The names that an element has for those who design the page.
fn names(element: &ElementRef<'_>) -> String {
    let names = [element.attr("class"), element.attr("id")];
    names.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn has_one_of(names: &str, parts: &[&str]) -> bool {
    parts.iter().any(|it| names.contains(it))
}

/// Whether an element says that its day is that of publication.
fn is_of_publication(element: &ElementRef<'_>) -> bool {
    let around = element.parent().and_then(ElementRef::wrap);
    let says_so = |it: &ElementRef<'_>| {
        let text = one_line(&it.text().collect::<String>());
        phrase::dateline(&text).is_some() && !phrase::is_update(&text)
    };
    has_one_of(&names(element), &OF_PUBLICATION) || says_so(element) || around.as_ref().is_some_and(says_so)
}

/// Whether an element in a part of a page is within another one that is not the article's, by its name or because it has
/// the headline of another article.
fn is_of_other_part(element: &ElementRef<'_>, part: &ElementRef<'_>) -> bool {
    let Ok(headlines) = Selector::parse("h2, h3, h4, a[href]") else {
        return false;
    };
    let is_headline = |it: ElementRef<'_>| HEADLINE <= it.text().map(|it| it.trim().chars().count()).sum();
    let is_other = |it: ElementRef<'_>| {
        let names = names(&it);
        has_one_of(&names, &OTHER_PARTS) && !has_one_of(&names, &OWN_PARTS) || it.select(&headlines).any(is_headline)
    };
    let around = element.ancestors().filter_map(ElementRef::wrap);
    is_other(*element) || around.take_while(|it| it.id() != part.id()).any(is_other)
}

/// The day that an element states, to machines or to readers.
fn stated_in(element: ElementRef<'_>) -> Option<PublicationDate> {
    let text = one_line(&element.text().collect::<String>());
    let for_machines = element.attr("datetime").map(|it| (it, DateProvenance::Metadata));
    let stated = [for_machines, Some((text.as_str(), DateProvenance::HeaderLine))]
        .into_iter()
        .flatten();
    let mut stated = stated.filter(|(text, _)| text.chars().count() <= 80);
    stated.find_map(|(text, provenance)| match date::parse_field(text)? {
        (date, precision @ DatePrecision::Day) => Some(PublicationDate {
            date,
            precision,
            provenance,
        }),
        _ => None,
    })
}
