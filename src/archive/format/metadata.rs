//! What a page says of its article to machines: in its scripts, its `meta` elements, its address, its attributes.
//!
//! Of the articles that it describes, the one that its heading names is its own.

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::archive::article::{DatePrecision, DateProvenance, PublicationDate};
use crate::archive::date;
use crate::archive::record::Hints;

use super::text::one_line;
use super::{heading, json_ld};

/// The names of `meta` elements that hold the day of publication, the surest first, in lower case. Seen in pages, and
/// known to htmldate 1.9 (`DATE_ATTRIBUTES` and `OTHER_ATTRIBUTES` of its `core.py`).
const DATE_NAMES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "article:post_date",
    "datepublished",
    "rnews:datepublished",
    "schema:datepublished",
    "date_published",
    "published_time",
    "published_at",
    "published-date",
    "published_date",
    "publisheddate",
    "publish_date",
    "publish-date",
    "publishdate",
    "publish_time",
    "publishtime",
    "publication_date",
    "publication-date",
    "publicationdate",
    "pubdate",
    "pub_date",
    "pubyear",
    "bt:pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "shareaholic:article_published_time",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "originalpublicationdate",
    "article_date_original",
    "article.published",
    "article.created",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "prism.publicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.available",
    "dc.date",
    "dc.date.created",
    "dcterms.date",
    "dcterms.created",
    "dc.created",
    "dc:date",
    "dc:created",
    "dcterms:created",
    "release_date",
    "displaydate",
    "timestamp",
    "datecreated",
    "datetime",
    "date",
    "created",
];

/// Those of the day of the last change.
const UPDATE_NAMES: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article:updated_time",
    "article:modified",
    "datemodified",
    "rnews:datemodified",
    "modified_time",
    "last-modified",
    "lastmod",
    "dc.date.modified",
    "dcterms.modified",
    "modificationdate",
];

/// Attributes of the page's own elements that hold it.
const DATE_ATTRIBUTES: [&str; 8] = [
    "data-published",
    "data-published-at",
    "data-published-date",
    "data-publish-date",
    "data-publication-date",
    "data-pubdate",
    "data-post-date",
    "data-date",
];

/// With at least this much in common two headlines may be of one article. A guess.
const ALIKE: f64 = 0.5;

/// So many of a page's headings may be its article's, and so many elements may hold its date; what follows is of others.
/// Guesses.
const MOST_NAMES: usize = 8;
const MOST_DATES: usize = 50;

/// What a page says of its article.
pub fn of(document: &Html) -> Hints {
    let meta = Meta::of(document);
    let mut hints = Hints::default();
    let mut names = heading::first_level(document);
    names.truncate(MOST_NAMES);
    names.extend(page_titles(document, &meta));
    let mut updated = None;
    if let Some(value) = own(json_ld::articles(document), &names) {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        hints.title = text("headline").or_else(|| text("name")).map(|it| one_line(&it));
        set_date(&mut hints, text("datePublished"));
        set_date(&mut hints, text("dateCreated"));
        updated = text("dateModified");
        hints.source = value.get("publisher").and_then(json_ld::names);
        hints.byline = value.get("author").and_then(json_ld::names);
        hints.keywords = match value.get("keywords") {
            Some(Value::String(list)) => split_keywords(list),
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
    }
    hints.title = hints.title.or_else(|| meta.content(&["og:title"]));
    set_date(&mut hints, meta.content_of_any_case(DATE_NAMES));
    set_date(&mut hints, time_of_article(document));
    set_date(&mut hints, marked(document));
    if hints.published.is_none() {
        set_date(&mut hints, date_of_page(document, &names));
    }
    let stated = [meta.content(&["og:url"]), canonical(document)];
    // Some sites name their first page for each: that is no article's address.
    let of_article = |it: &&String| {
        it.split("//")
            .nth(1)
            .and_then(|it| it.split_once('/'))
            .is_some_and(|(_, it)| !it.is_empty())
    };
    let own = [&stated[1], &stated[0]].into_iter().flatten();
    own.filter(of_article).for_each(|it| hints.state_address(it));
    let mut addresses = stated.into_iter().flatten();
    if hints.published.is_none()
        && let Some(date) = addresses.find_map(|it| date::in_address(&it))
    {
        hints.published = Some(PublicationDate {
            date,
            precision: DatePrecision::Day,
            provenance: DateProvenance::Url,
        });
    }
    if hints.published.is_none() {
        set_date(&mut hints, updated.or_else(|| meta.content_of_any_case(UPDATE_NAMES)));
        if let Some(published) = &mut hints.published {
            published.provenance = DateProvenance::Update;
        }
    }
    hints.source = hints
        .source
        .or_else(|| meta.content(&["og:site_name", "application-name"]));
    hints.byline = hints
        .byline
        .or_else(|| meta.content(&["author", "article:author", "dc.creator", "parsely-author"]))
        .filter(|it| !it.starts_with("http"));
    if hints.keywords.is_empty() {
        hints.keywords = meta
            .content(&["keywords", "news_keywords"])
            .map(|list| split_keywords(&list))
            .unwrap_or_default();
    }
    set_headline(document, &meta, &mut hints);
    hints
}

/// The keywords of a list with signs between them.
pub fn split_keywords(list: &str) -> Vec<String> {
    list.split([',', '،', ';'])
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Takes the heading that the page's titles name for its headline, or its title without the site and the section.
fn set_headline(document: &Html, meta: &Meta, hints: &mut Hints) {
    let mut titles: Vec<String> = page_titles(document, meta);
    titles.extend(hints.title.clone());
    let site = hints.source.as_deref();
    let section = meta.content(&["article:section"]);
    hints.title = match heading::headline(document, &titles, site) {
        Some(headline) => Some(headline),
        None => hints
            .title
            .take()
            .map(|it| heading::without_site(&it, site, section.as_deref())),
    };
}

/// The page's titles: those for other sites, and its own.
fn page_titles(document: &Html, meta: &Meta) -> Vec<String> {
    let mut titles: Vec<String> = meta.content(&["og:title"]).into_iter().collect();
    titles.extend(meta.content(&["twitter:title"]));
    titles.extend(title_element(document));
    titles
}

fn title_element(document: &Html) -> Option<String> {
    let selector = Selector::parse("head > title").ok()?;
    let title = document.select(&selector).next()?;
    Some(one_line(&title.text().collect::<String>())).filter(|it| !it.is_empty())
}

/// Of several descriptions of articles the one of the page with these headings and titles, the surest first: that with the
/// likest headline, or the first if none has any. None is the page's if they all speak of something else.
fn own(articles: Vec<Value>, names: &[String]) -> Option<Value> {
    let likeness = |value: &Value| {
        let headline = value
            .get("headline")
            .or_else(|| value.get("name"))
            .and_then(Value::as_str)?;
        let of_names = names.iter().map(|it| heading::likeness(headline, it));
        Some(of_names.fold(0.0, f64::max))
    };
    let mut best: Option<(f64, Value)> = None;
    let is_only = articles.len() == 1;
    for value in articles {
        // One without a headline is the page's, if there is no other.
        let found = match likeness(&value) {
            Some(found) if found == 0.0 && !names.is_empty() => continue,
            Some(found) => found,
            None => ALIKE,
        };
        if is_only || best.as_ref().is_none_or(|(best, _)| *best < found) {
            best = Some((found, value));
        }
    }
    best.map(|(_, value)| value)
}

/// The date that scripts state of the page itself, if it bears the article's name.
fn date_of_page(document: &Html, names: &[String]) -> Option<String> {
    let pages = json_ld::pages(document).into_iter();
    let mut own = pages.filter(|page| {
        let name = page
            .get("name")
            .or_else(|| page.get("headline"))
            .and_then(Value::as_str);
        name.is_some_and(|name| names.iter().any(|it| ALIKE < heading::likeness(name, it)))
    });
    own.find_map(|it| Some(it.get("datePublished")?.as_str()?.to_owned()))
}

fn set_date(hints: &mut Hints, stated: Option<String>) {
    if hints.published.is_none()
        && let Some((date, precision)) = stated.and_then(|it| date::parse_date(&it))
    {
        hints.published = Some(PublicationDate {
            date,
            precision,
            provenance: DateProvenance::Metadata,
        });
    }
}

/// The `meta` elements of a page: names with their contents.
struct Meta(Vec<(String, String)>);

impl Meta {
    fn of(document: &Html) -> Self {
        let Ok(selector) = Selector::parse("meta[content]") else {
            return Self(Vec::new());
        };
        let mut contents = Vec::new();
        for element in document.select(&selector) {
            let content = element.attr("content").map(str::trim).unwrap_or_default();
            let names = ["property", "name", "itemprop", "http-equiv"].into_iter();
            for name in names.filter_map(|it| element.attr(it)).filter(|_| !content.is_empty()) {
                contents.push((name.trim().to_owned(), content.to_owned()));
            }
        }
        Self(contents)
    }

    /// The content of the first of these names that the page has.
    fn content(&self, names: &[&str]) -> Option<String> {
        let content = |name: &&str| self.0.iter().find(|(it, _)| it == name);
        names.iter().find_map(content).map(|(_, content)| content.clone())
    }

    /// The same of names that are written in small and capital letters alike.
    fn content_of_any_case(&self, names: &[&str]) -> Option<String> {
        let content = |name: &&str| self.0.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
        names.iter().find_map(content).map(|(_, content)| content.clone())
    }
}

/// The page's own address.
fn canonical(document: &Html) -> Option<String> {
    let selector = Selector::parse("link[rel='canonical'][href]").ok()?;
    document.select(&selector).next()?.attr("href").map(str::to_owned)
}

/// The first `time` of the page's article: those of related cards stand elsewhere, or later.
fn time_of_article(document: &Html) -> Option<String> {
    let selector =
        Selector::parse("time[pubdate][datetime], article time[datetime], main time[datetime], header time[datetime]")
            .ok()?;
    let mut times = document
        .select(&selector)
        .take(MOST_DATES)
        .filter(|it| !is_update(it) && !is_aside(it));
    times.next()?.attr("datetime").map(str::to_owned)
}

/// What attributes mark as the date of publication: those of schema.org and of hAtom on any element, others on the parts
/// of a page that have an article.
fn marked(document: &Html) -> Option<String> {
    let selector = Selector::parse("[itemprop~='datePublished'], [property~='datePublished'], abbr.published").ok()?;
    let value = |it: ElementRef<'_>| {
        let attributes = ["datetime", "content", "title"].into_iter();
        let stated = attributes
            .filter_map(|name| it.attr(name))
            .find(|it| date::parse_date(it).is_some());
        stated.map_or_else(|| one_line(&it.text().collect::<String>()), str::to_owned)
    };
    let found = document
        .select(&selector)
        .take(MOST_DATES)
        .filter(|it| !is_aside(it))
        .map(value);
    let mut found = found.filter(|it| date::parse_date(it).is_some());
    found.next().or_else(|| {
        let selector = Selector::parse("html, body, main, article, [itemscope]").ok()?;
        let of_element = |it: ElementRef<'_>| {
            DATE_ATTRIBUTES
                .into_iter()
                .find_map(|name| it.attr(name).map(str::to_owned))
        };
        document.select(&selector).find_map(of_element)
    })
}

/// Whether an element says that it is about a change.
fn is_update(element: &ElementRef<'_>) -> bool {
    let names = [element.attr("class"), element.attr("itemprop"), element.attr("id")];
    let mut names = names.into_iter().flatten().map(str::to_lowercase);
    names.any(|it| it.contains("update") || it.contains("modif"))
}

/// Whether an element is beside the article, or of the card of another one: an item of a list with a link to it.
pub fn is_aside(element: &ElementRef<'_>) -> bool {
    /// A shorter text beside a date is none of a headline: «منذ», «في». A guess.
    const HEADLINE: usize = 15;
    let n_letters = |it: ElementRef<'_>| it.text().map(|it| it.trim().chars().count()).sum::<usize>();
    let links = Selector::parse("a[href]");
    let is_card = |item: ElementRef<'_>| {
        let has_link = links.as_ref().is_ok_and(|it| item.select(it).next().is_some());
        has_link && n_letters(*element) + HEADLINE <= n_letters(item)
    };
    let mut around = element.ancestors().filter_map(ElementRef::wrap);
    around.any(|it| match it.value().name() {
        "aside" | "nav" | "footer" => true,
        "li" => is_card(it),
        _ => false,
    })
}
