//! Builds the article from the pieces.

use rustc_hash::FxHashSet;

use crate::arabic::Span;
use crate::archive::phrase::{self, Marker};
use crate::archive::record::Hints;
use crate::archive::{Article, DateProvenance, Origin, Problem, PublicationDate, Section, SectionKind};

use super::facts::Facts;
use super::headline;
use super::keyword;
use super::line;
use super::outlet;
use super::piece::Piece;

/// The most letters of a derived title. A guess, by the length of headlines.
const DERIVED_TITLE: usize = 80;

/// An article has at most this many keywords. A guess: a page has twenty, one that means to be found a hundred.
const MOST_KEYWORDS: usize = 1_000;
/// A longer keyword, outlet or name of a reporter is none; in letters. A guess.
const LONGEST_FIELD: usize = 300;

/// The article of these pieces. Metadata ([`Hints`]) takes precedence over the lines.
pub(super) fn article(text: String, pieces: Vec<Piece>, facts: Facts, hints: Hints) -> Article {
    let sections: Vec<Section> = pieces
        .into_iter()
        .map(|piece| Section {
            kind: piece.kind.unwrap_or(SectionKind::Body),
            span: piece.span,
        })
        .collect();
    let title_section = sections.iter().find(|it| it.kind == SectionKind::Title);
    let stated_title = hints
        .title
        .or_else(|| title_section.and_then(|it| it.span.of(&text)).map(str::to_owned))
        .filter(|title| !title.trim().is_empty());
    let is_too_long = stated_title
        .as_deref()
        .is_some_and(|it| line::is_longer(it, line::LONGEST_TITLE));
    let title_derived = stated_title.is_none() || is_too_long;
    let mut site = None;
    let title = match stated_title {
        Some(title) if is_too_long => shortened(&title),
        Some(title) => {
            let (span, found) = headline::within(&title);
            site = found.map(str::to_owned);
            title[span.start..span.end].to_owned()
        }
        None => derived_title(&text, &sections),
    };
    let published = published(hints.published, facts.publication());
    let mut has_long_field = false;
    let mut is_field = |text: &String| {
        let is_field = is_field(text);
        has_long_field |= !is_field;
        is_field
    };
    let source = hints.source.or(facts.source).or(site);
    let source = source.and_then(|it| outlet::canonical(&it)).filter(&mut is_field);
    let byline = hints.byline.or(facts.byline).filter(&mut is_field);
    let keywords = hints.keywords.into_iter().filter(is_field).collect();
    let mut article = Article {
        path: std::path::PathBuf::new(),
        record: 0,
        title,
        title_derived,
        published,
        source,
        byline,
        keywords,
        sections,
        problems: hints.problems.into_iter().chain(facts.problems).collect(),
        encoding: "UTF-8",
        origin: Origin::default(),
        address: hints.address,
        pictures: Vec::new(),
        pages: Vec::new(),
        text,
    };
    if has_long_field {
        article.problems.push(Problem::LongField { limit: LONGEST_FIELD });
    }
    add_keywords(&mut article, &facts.keyword_lists);
    if is_too_long
        && !article
            .problems
            .iter()
            .any(|it| matches!(it, Problem::LongTitle { .. }))
    {
        article.problems.push(Problem::LongTitle {
            limit: line::LONGEST_TITLE,
        });
    }
    article
}

/// The date that the metadata states; rather that of the text if this is one of an update.
fn published(stated: Option<PublicationDate>, of_text: Option<PublicationDate>) -> Option<PublicationDate> {
    let is_update = stated.is_some_and(|it| it.provenance == DateProvenance::Update);
    let better = of_text.filter(|it| is_update && it.provenance != DateProvenance::Inferred);
    better.or(stated).or(of_text)
}

/// Adds the keywords of lists in the text, each once, up to [`MOST_KEYWORDS`] in all.
fn add_keywords(article: &mut Article, lists: &[Span]) {
    let lists: Vec<String> = lists
        .iter()
        .filter_map(|it| it.of(&article.text))
        .map(str::to_owned)
        .collect();
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    if !lists.is_empty() {
        seen.extend(article.keywords.iter().take(MOST_KEYWORDS).map(|it| line::key(it)));
    }
    for list in lists {
        for keyword in keyword::keywords(&list, article) {
            let is_furniture = phrase::marker(&keyword) == Some(Marker::Furniture);
            if !is_furniture && is_field(&keyword) && seen.insert(line::key(&keyword)) {
                article.keywords.push(keyword);
            }
        }
    }
    if MOST_KEYWORDS < article.keywords.len() {
        article.keywords.truncate(MOST_KEYWORDS);
        article.problems.push(Problem::ManyKeywords { limit: MOST_KEYWORDS });
    }
}

/// Whether a text can be the value of a field.
fn is_field(text: &str) -> bool {
    !line::is_longer(text, LONGEST_FIELD)
}

/// The beginning of the text, up to the end of a word.
fn derived_title(text: &str, sections: &[Section]) -> String {
    let body = sections
        .iter()
        .find(|it| matches!(it.kind, SectionKind::Body | SectionKind::Subheading));
    shortened(body.or(sections.first()).and_then(|it| it.span.of(text)).unwrap_or("…"))
}

/// The first words of a text, in one line.
fn shortened(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(DERIVED_TITLE + 1));
        // Enough to see that there is more.
        if line::is_longer(&line, DERIVED_TITLE) {
            break;
        }
    }
    if line.is_empty() {
        return "…".to_owned();
    }
    if !line::is_longer(&line, DERIVED_TITLE) {
        return line;
    }
    let cut: String = line.chars().take(DERIVED_TITLE).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches(['،', ':', ' ', '"']))
}
