//! Saved web pages: a readability library finds the article, and the page's metadata adds the rest.

use dom_smoothie::{Config, Readability};
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;

use crate::archive::article::{DatePrecision, DateProvenance, Problem, PublicationDate, SectionKind};
use crate::archive::bound::Bound;
use crate::archive::date;
use crate::archive::record::{Hints, PageLine};

use super::text::one_line;
use super::{soup, tree};

/// The elements of HTML that texts have.
pub const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "body",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
    "video",
];

/// Whether a text is a page, whatever its file is called.
pub fn looks_like_page(text: &str) -> bool {
    let mut rest = text.trim_start();
    // Browsers note above it where a page came from.
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else {
            return false;
        };
        rest = after.trim_start();
    }
    let head: String = rest.chars().take(600).collect::<String>().to_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<head")
        || (head.starts_with("<?xml") || head.starts_with("<!doctype")) && head.contains("<html")
}

/// Whether a text begins with an element of HTML that ends somewhere.
pub fn looks_like_fragment(text: &str) -> bool {
    let Some(rest) = text.trim_start().strip_prefix('<') else {
        return false;
    };
    let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_lowercase();
    let is_element = rest[name.len()..].starts_with(['>', ' ', '\n', '\r', '\t', '/']);
    TAGS.contains(&name.as_str())
        && is_element
        && (text.contains("</") || matches!(name.as_str(), "br" | "img" | "meta"))
}

/// The lines of the blocks of a fragment, all of them.
pub fn fragment_lines(fragment: &str, problems: &mut Vec<Problem>) -> Vec<PageLine> {
    match tree::fragment(fragment) {
        Ok(tree) => {
            let mut lines = Vec::new();
            collect(tree.root_element(), None, &mut lines);
            lines
        }
        Err(bound) => {
            note(problems, bound);
            soup::lines(fragment).0
        }
    }
}

/// Adds that a file goes on further than it was followed, once.
pub fn note(problems: &mut Vec<Problem>, bound: Bound) {
    let problem = Problem::Beyond(bound);
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}

/// The lines and the title of a page whose tree cannot be walked.
fn flat_lines(page: &str, bound: Bound) -> (Vec<PageLine>, Hints) {
    let (lines, title) = soup::lines(page);
    let hints = Hints {
        title,
        problems: vec![Problem::Beyond(bound)],
        ..Hints::default()
    };
    (lines, hints)
}

/// The lines of a document of a book, all of them, and its title.
pub fn book_lines(document: &str) -> (Vec<PageLine>, Hints) {
    let document = match tree::document(document) {
        Ok(document) => document,
        Err(bound) => return flat_lines(document, bound),
    };
    let mut hints = Hints::default();
    let mut lines = Vec::new();
    collect(document.root_element(), None, &mut lines);
    // Of several headings of the first level the others are sub-headings.
    let mut titles = lines.iter_mut().filter(|(_, kind)| *kind == Some(SectionKind::Title));
    let has_heading = titles.next().is_some();
    titles.for_each(|it| it.1 = Some(SectionKind::Subheading));
    if !has_heading && let Ok(selector) = Selector::parse("head > title") {
        let title = document
            .select(&selector)
            .next()
            .map(|it| it.text().collect::<String>());
        hints.title = title.map(|it| one_line(&it)).filter(|it| !it.is_empty());
    }
    (lines, hints)
}

/// The blocks of a page's article, a line each, and what its metadata says.
pub fn lines(page: &str) -> (Vec<PageLine>, Hints) {
    let document = match tree::document(page) {
        Ok(document) => document,
        Err(bound) => return flat_lines(page, bound),
    };
    let mut hints = metadata(&document);
    let config = Config {
        // It goes into itself for each level, however deep.
        disable_json_ld: json_ld_scripts(&document).iter().any(|it| !tree::is_shallow(it)),
        ..Config::default()
    };
    let readable = Readability::new(page, None, Some(config))
        .ok()
        .and_then(|mut it| it.parse().ok());
    let mut lines = Vec::new();
    if let Some(article) = &readable {
        hints.title = hints
            .title
            .or_else(|| Some(article.title.trim().to_owned()).filter(|it| !it.is_empty()));
        lines = fragment_lines(&article.content, &mut hints.problems);
    }
    if lines.is_empty() {
        collect(document.root_element(), None, &mut lines);
    }
    if let (Some(title), Some(site)) = (&hints.title, &hints.source) {
        hints.title = Some(without_site(title, site));
    }
    if let Some(title) = &hints.title
        && !lines.iter().any(|(line, _)| line == title)
    {
        lines.insert(0, (title.clone(), Some(SectionKind::Title)));
    } else if let Some(title) = &hints.title {
        lines
            .iter_mut()
            .filter(|(line, _)| line == title)
            .for_each(|it| it.1 = Some(SectionKind::Title));
    }
    if hints.published.is_none() {
        hints.published = hints
            .title
            .as_deref()
            .and_then(|title| stated_below_title(&document, title));
    }
    (lines, hints)
}

/// The date in an element that says it holds one, close after the heading: within the innermost parts of the page
/// that have both. Page clocks stand before the heading, cards of other articles further on.
fn stated_below_title(document: &Html, title: &str) -> Option<PublicationDate> {
    /// At most this many elements around the heading are searched. Seen: 3.
    const PARTS: usize = 4;
    const NAMES: [&str; 6] = ["date", "dat_", "publish", "time", "posted", "tarikh"];
    let selector = Selector::parse("h1, h2").ok()?;
    let heading = document
        .select(&selector)
        .find(|it| one_line(&it.text().collect::<String>()) == title)?;
    for part in heading.ancestors().take(PARTS).filter_map(ElementRef::wrap) {
        let behind = part.descendants().skip_while(|it| it.id() != heading.id());
        for element in behind.filter_map(ElementRef::wrap) {
            let names = [element.value().attr("class"), element.value().attr("id")];
            let names = names.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
            if !NAMES.iter().any(|it| names.contains(it)) || names.contains("update") || names.contains("modif") {
                continue;
            }
            let text = one_line(&element.text().collect::<String>());
            if text.chars().count() <= 80
                && let Some((date, precision @ DatePrecision::Day)) = date::parse_date(&text)
            {
                return Some(PublicationDate {
                    date,
                    precision,
                    provenance: DateProvenance::HeaderLine,
                });
            }
        }
    }
    None
}

/// «Headline - Site» without its site.
fn without_site(title: &str, site: &str) -> String {
    for separator in [" - ", " | ", " – ", " — ", " ــ ", " :: "] {
        if let Some((headline, rest)) = title.rsplit_once(separator)
            && (rest.contains(site) || site.contains(rest.trim()))
        {
            return headline.trim().to_owned();
        }
    }
    title.to_owned()
}

fn metadata(document: &Html) -> Hints {
    let mut hints = Hints::default();
    for value in json_ld(document) {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let name = |key: &str| match value.get(key) {
            Some(Value::String(name)) => Some(name.clone()),
            Some(Value::Array(list)) => list.first()?.get("name")?.as_str().map(str::to_owned),
            Some(it) => it.get("name")?.as_str().map(str::to_owned),
            None => None,
        };
        hints.title = hints.title.or_else(|| text("headline"));
        set_date(&mut hints, text("datePublished"));
        hints.source = hints.source.or_else(|| name("publisher"));
        hints.byline = hints.byline.or_else(|| name("author"));
        if hints.keywords.is_empty() {
            hints.keywords = match value.get("keywords") {
                Some(Value::String(list)) => split_keywords(list),
                Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                _ => Vec::new(),
            };
        }
    }
    let meta = |names: &[&str]| names.iter().find_map(|name| meta_content(document, name));
    hints.title = hints.title.or_else(|| meta(&["og:title"]));
    set_date(
        &mut hints,
        meta(&[
            "article:published_time",
            "og:article:published_time",
            "datePublished",
            "pubdate",
            "date",
        ]),
    );
    set_date(&mut hints, first_time(document));
    if hints.published.is_none()
        && let Some(date) = meta(&["og:url"]).and_then(|it| date::in_address(&it))
    {
        hints.published = Some(PublicationDate {
            date,
            precision: DatePrecision::Day,
            provenance: DateProvenance::Url,
        });
    }
    hints.source = hints.source.or_else(|| meta(&["og:site_name", "application-name"]));
    hints.byline = hints
        .byline
        .or_else(|| meta(&["author", "article:author"]))
        .filter(|it| !it.starts_with("http"));
    if hints.keywords.is_empty() {
        hints.keywords = meta(&["keywords", "news_keywords"])
            .map(|list| split_keywords(&list))
            .unwrap_or_default();
    }
    hints
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

/// The keywords of a list with signs between them.
pub fn split_keywords(list: &str) -> Vec<String> {
    list.split([',', '،', ';'])
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The objects of the page's `json-ld` that describe an article.
fn json_ld(document: &Html) -> Vec<Value> {
    let mut found = Vec::new();
    for script in json_ld_scripts(document) {
        let Ok(value) = serde_json::from_str::<Value>(&script) else {
            continue;
        };
        let mut queue = vec![value];
        while let Some(value) = queue.pop() {
            match value {
                Value::Array(list) => queue.extend(list),
                Value::Object(ref fields) => {
                    if let Some(graph) = fields.get("@graph") {
                        queue.push(graph.clone());
                    }
                    let kind = fields.get("@type").map(ToString::to_string).unwrap_or_default();
                    if kind.contains("Article") || kind.contains("Posting") {
                        found.push(value);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// The page's scripts of `json-ld`. Other readers of the page may look for any script that names it.
fn json_ld_scripts(document: &Html) -> Vec<String> {
    let Ok(selector) = Selector::parse("script[type='application/ld+json']") else {
        return Vec::new();
    };
    document.select(&selector).map(|it| it.text().collect()).collect()
}

fn meta_content(document: &Html, name: &str) -> Option<String> {
    for attribute in ["property", "name", "itemprop"] {
        let selector = Selector::parse(&format!("meta[{attribute}='{name}']")).ok()?;
        let content = document
            .select(&selector)
            .next()
            .and_then(|it| it.value().attr("content"));
        if let Some(content) = content.map(str::trim).filter(|it| !it.is_empty()) {
            return Some(content.to_owned());
        }
    }
    None
}

/// The first `time` of the page's article: those of related cards stand elsewhere, or later.
fn first_time(document: &Html) -> Option<String> {
    let selector = Selector::parse("article time[datetime], main time[datetime], header time[datetime]").ok()?;
    document
        .select(&selector)
        .next()?
        .value()
        .attr("datetime")
        .map(str::to_owned)
}

/// The lines of the blocks below an element.
fn collect(element: ElementRef<'_>, kind: Option<SectionKind>, lines: &mut Vec<PageLine>) {
    let mut inline = String::new();
    let flush = |inline: &mut String, lines: &mut Vec<PageLine>| {
        let line = one_line(inline);
        if !line.is_empty() {
            lines.push((line, kind));
        }
        inline.clear();
    };
    for child in element.children() {
        match child.value() {
            Node::Text(text) => inline.push_str(text),
            Node::Element(_) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                match child.value().name() {
                    "script" | "style" | "noscript" | "template" | "head" | "iframe" => {}
                    "br" => flush(&mut inline, lines),
                    "a" | "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "em" | "font" | "i" | "mark" | "q" | "s"
                    | "small" | "span" | "strong" | "sub" | "sup" | "time" | "u" => {
                        inline.push_str(&child.text().collect::<String>());
                    }
                    name => {
                        flush(&mut inline, lines);
                        let inner = match name {
                            "figcaption" => Some(SectionKind::Caption),
                            "nav" | "footer" | "aside" | "button" | "form" => Some(SectionKind::Boilerplate),
                            "h1" => Some(SectionKind::Title),
                            _ => kind,
                        };
                        collect(child, inner, lines);
                    }
                }
            }
            _ => {}
        }
    }
    flush(&mut inline, lines);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_yields_its_article_and_its_metadata() {
        let paragraph =
            "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من العمل المتواصل. ".repeat(3);
        let page = format!(
            "<!doctype html><html><head><title>الجسر - المدار</title><meta property='og:site_name' content='المدار'>\
             <meta property='article:published_time' content='2024-03-03T10:00:00Z'></head><body><nav><a>الرئيسية</a></nav>\
             <article><h1>الجسر</h1><figure><img><figcaption>عند الجسر</figcaption></figure>\
             <p>{paragraph}</p><p>{paragraph}</p></article><footer>حقوق</footer></body></html>"
        );
        let (lines, hints) = lines(&page);
        assert_eq!(hints.title.as_deref(), Some("الجسر"));
        assert_eq!(hints.source.as_deref(), Some("المدار"));
        assert_eq!(hints.published.unwrap().date.to_string(), "2024-03-03");
        assert!(
            lines
                .iter()
                .any(|(line, kind)| line == "عند الجسر" && *kind == Some(SectionKind::Caption))
        );
        assert!(
            !lines
                .iter()
                .any(|(line, kind)| line == "الرئيسية" && *kind != Some(SectionKind::Boilerplate))
        );
    }
}
