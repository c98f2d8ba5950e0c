//! Saved web pages: a readability library finds the article, and the page's metadata adds the rest.

use std::borrow::Cow;

use dom_smoothie::{Config, Readability};
use scraper::{ElementRef, Html, Selector};

use crate::archive::article::{DateProvenance, Problem, SectionKind};
use crate::archive::bound::Bound;
use crate::archive::record::{Hints, PageLine};

use super::page_rest::Rest;
use super::text::one_line;
use super::{
    json_ld, list_page, metadata, page_blocks, page_file, page_pictures, page_rest, readable, soup, stated_date, tree,
};

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
    if !rest.starts_with('<') {
        return false;
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
        Ok(tree) => page_blocks::lines(tree.root_element()),
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
    let document = &*page_file::with_hidden_texts(document);
    let document = match tree::document(document) {
        Ok(document) => document,
        Err(bound) => return flat_lines(document, bound),
    };
    let mut hints = Hints::default();
    let mut lines = page_blocks::lines(document.root_element());
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
    hints.pictures = page_pictures::of(&document);
    (lines, hints)
}

/// The blocks of a page's article, a line each, and what its metadata says.
pub fn lines(page: &str) -> (Vec<PageLine>, Hints) {
    let page = &*page_file::with_hidden_texts(page);
    match tree::document(page) {
        Ok(document) => lines_of(page, &document),
        Err(bound) => flat_lines(page, bound),
    }
}

/// As [`lines`]; `None` of a page that is a list of others.
pub fn lines_unless_list(page: &str) -> Option<(Vec<PageLine>, Hints)> {
    let page = &*page_file::with_hidden_texts(page);
    let document = match tree::document(page) {
        Ok(document) => document,
        Err(bound) => return Some(flat_lines(page, bound)),
    };
    let (lines, hints) = lines_of(page, &document);
    (!list_page::is_list(&document, &lines, &hints)).then_some((lines, hints))
}

fn lines_of(page: &str, document: &Html) -> (Vec<PageLine>, Hints) {
    let mut hints = metadata::of(document);
    hints.pictures = page_pictures::of(document);
    let config = Config {
        // It goes into itself for each level, however deep.
        disable_json_ld: json_ld::scripts(document).iter().any(|it| !tree::is_shallow(it)),
        ..Config::default()
    };
    let readable = match is_table_of_data(document) {
        // The library keeps a row of it, and joins its cells.
        true => None,
        false => Readability::new(&*readable::prepared(page), None, Some(config))
            .ok()
            .and_then(|mut it| it.parse().ok()),
    };
    let mut lines = Vec::new();
    if let Some(article) = &readable {
        hints.title = hints
            .title
            .or_else(|| Some(article.title.trim().to_owned()).filter(|it| !it.is_empty()));
        lines = fragment_lines(&without_tables(&article.content), &mut hints.problems);
    }
    match page_rest::of(document, &lines) {
        _ if lines.is_empty() => lines = page_blocks::lines(document.root_element()),
        Rest::Most => lines = page_blocks::lines(document.root_element()),
        Rest::Much(problem) => hints.problems.push(problem),
        Rest::Little => {}
    }
    // Old pages have their headline in bold letters.
    let headline = hints.title.as_deref().and_then(|title| {
        let mut first = lines.iter().take(HEADLINE_LINES).filter(|(_, kind)| kind.is_none());
        first.find(|(line, _)| is_title_without_site(line, title))
    });
    if let Some((headline, _)) = headline.cloned() {
        hints.title = Some(headline);
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
    if hints.published.is_none_or(|it| it.provenance == DateProvenance::Update) {
        let stated = hints.title.as_deref();
        let stated = stated.and_then(|title| stated_date::below_title(document, title));
        hints.published = stated.or(hints.published);
    }
    (lines, hints)
}

/// The headline of an article is among so many of its lines. A guess: its section and its day may be before it.
const HEADLINE_LINES: usize = 3;

/// Whether a line is the title of a page but for the names of the site and the section beside it: «افتتاح الجسر - المدار».
fn is_title_without_site(line: &str, title: &str) -> bool {
    let is_mark = |c: char| matches!(c, '-' | '–' | '—' | '|' | '»' | '«' | ':' | '•' | '·');
    let parts = title
        .strip_prefix(line)
        .map(str::trim_start)
        .filter(|it| it.starts_with(is_mark));
    let parts = parts.or_else(|| {
        title
            .strip_suffix(line)
            .map(str::trim_end)
            .filter(|it| it.ends_with(is_mark))
    });
    parts.is_some() && line.split_whitespace().nth(1).is_some()
}

/// Whether a page is a table of data: most of its text is in rows of cells none of which has much of it. A table that
/// places the parts of a page has one that does.
fn is_table_of_data(document: &Html) -> bool {
    let (Ok(tables), Ok(cells)) = (Selector::parse("table"), Selector::parse("td, th")) else {
        return false;
    };
    let n_letters = |it: ElementRef<'_>| it.text().map(|it| it.trim().len()).sum::<usize>();
    let n_all = n_letters(document.root_element());
    // Four fifths, and less than a half in a cell. Guesses.
    let mut tables = document
        .select(&tables)
        .filter(|it| n_all * 4 < n_letters(*it) * 5)
        .take(3);
    tables.any(|table| {
        let cells: Vec<usize> = table.select(&cells).map(n_letters).collect();
        4 <= cells.len() && cells.into_iter().all(|it| it * 2 < n_all)
    })
}

/// A piece of a page whose tables are blocks like any other: the parser passes over rows and cells that stand in no
/// table, as they do where the library keeps only these.
fn without_tables(content: &str) -> Cow<'_, str> {
    const PARTS: [&str; 7] = ["table", "tbody", "thead", "tfoot", "tr", "td", "th"];
    if !content.contains("<t") {
        return Cow::Borrowed(content);
    }
    let mut changed = String::with_capacity(content.len());
    let mut pieces = content.split('<');
    changed.extend(pieces.next());
    for piece in pieces {
        let (slash, tag) = match piece.strip_prefix('/') {
            Some(tag) => ("/", tag),
            None => ("", piece),
        };
        let n_name = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, rest) = tag.split_at(n_name);
        let name = if PARTS.contains(&name) { "div" } else { name };
        changed.extend(["<", slash, name, rest]);
    }
    Cow::Owned(changed)
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
