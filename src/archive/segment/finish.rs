//! Builds the article from the pieces.

use crate::archive::phrase::{self, Marker};
use crate::archive::record::Hints;
use crate::archive::{Article, Origin, Section, SectionKind};

use super::facts::Facts;
use super::headline;
use super::keyword;
use super::line;
use super::outlet;
use super::piece::Piece;

/// The most letters of a derived title. A guess, by the length of headlines.
const DERIVED_TITLE: usize = 80;

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
    let title_derived = stated_title.is_none();
    let mut site = None;
    let stated_title = stated_title.map(|title| {
        let (span, found) = headline::within(&title);
        site = found.map(str::to_owned);
        title[span.start..span.end].to_owned()
    });
    let title = stated_title.unwrap_or_else(|| derived_title(&text, &sections));
    let mut article = Article {
        path: std::path::PathBuf::new(),
        record: 0,
        title,
        title_derived,
        published: hints.published.or(facts.publication()),
        source: hints
            .source
            .or(facts.source)
            .or(site)
            .and_then(|it| outlet::canonical(&it)),
        byline: hints.byline.or(facts.byline),
        keywords: hints.keywords,
        sections,
        problems: hints.problems.into_iter().chain(facts.problems).collect(),
        encoding: "UTF-8",
        origin: Origin::default(),
        text,
    };
    let lists: Vec<String> = facts
        .keyword_lists
        .iter()
        .filter_map(|it| it.of(&article.text))
        .map(str::to_owned)
        .collect();
    for list in lists {
        for keyword in keyword::keywords(&list, &article) {
            let is_furniture = phrase::marker(&keyword) == Some(Marker::Furniture);
            if !is_furniture && !article.keywords.iter().any(|it| line::same(it, &keyword)) {
                article.keywords.push(keyword);
            }
        }
    }
    article
}

/// The beginning of the text, up to the end of a word.
fn derived_title(text: &str, sections: &[Section]) -> String {
    let body = sections
        .iter()
        .find(|it| matches!(it.kind, SectionKind::Body | SectionKind::Subheading));
    let piece = body.or(sections.first()).and_then(|it| it.span.of(text)).unwrap_or("…");
    let line: String = piece.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "…".to_owned();
    }
    if line.chars().count() <= DERIVED_TITLE {
        return line;
    }
    let cut: String = line.chars().take(DERIVED_TITLE).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches(['،', ':', ' ', '"']))
}
