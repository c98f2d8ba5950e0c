//! The JSON that commands print.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::arabic::letter::{FSI, PDI};
use crate::archive::{self, Article, ArticleId, Format, PublicationDate};
use crate::entities::{ModelRecogniser, Name, Recogniser as _, Registry};
use crate::index::{Concordance, Hit, KwicLine, ResultPage, UsualSpelling};
use crate::marks::ArticleMarks;
use crate::state::MissingFiles;

/// A page of results: how the query was understood, the listed hits, all counts. Hits whose file is `missing` say so.
pub(super) fn search_json(
    page: &ResultPage,
    usual: Option<&UsualSpelling>,
    hits: &[Hit],
    missing: &MissingFiles,
    marks: &HashMap<ArticleId, ArticleMarks>,
) -> Value {
    let hits: Vec<Value> = hits
        .iter()
        .map(|hit| {
            json!({
                "path": hit.path.to_string_lossy(), "record": hit.record, "title": hit.title,
                "published": published_json(hit.published), "file_is_missing": missing.contains(&hit.path),
                "source": hit.source, "address": hit.address, "optical_recognition": hit.is_recognised, "score": hit.score, "snippet": hit.snippet.text, "story_size": hit.story_size,
                "marks": marks.get(&hit.article).map(marks_json),
            })
        })
        .collect();
    let facets: Map<String, Value> = page
        .facets
        .iter()
        .map(|counts| (name_in_json(counts.facet), json!(counts.values)))
        .collect();
    let of_months = page
        .timeline
        .chunk_by(|a, b| a.day.first_of_month() == b.day.first_of_month());
    let timeline: Vec<Value> = of_months
        .map(|days| {
            let articles: u64 = days.iter().map(|it| it.articles).sum();
            json!({"month": days[0].day.strftime("%Y-%m").to_string(), "articles": articles})
        })
        .collect();
    json!({
        "query_understood": page.query_understood.arabic.replace([FSI, PDI], ""), "total": page.articles.len(), "millis": page.millis,
        "unmet": page.unmet, "usual_spelling": usual,
        "hits": hits, "facets": facets, "timeline": timeline, "undated": page.undated,
    })
}

/// The marks of an article.
pub(super) fn marks_json(marks: &ArticleMarks) -> Value {
    json!({
        "starred": marks.is_starred, "read": marks.is_read, "tags": marks.tags, "note": marks.note,
        "highlights": marks.highlights,
    })
}

/// Lines of a concordance, and how much of the page they were found in.
pub(super) fn kwic_json(concordance: &Concordance, lines: &[KwicLine]) -> Value {
    let page = concordance.page();
    let listed: Vec<Value> = lines
        .iter()
        .map(|it| {
            json!({
                "path": it.path.to_string_lossy(), "record": it.record, "title": it.title,
                "published": published_json(it.published), "source": it.source,
                "part": if it.place.in_title { "title" } else { "body" },
                "before": it.before, "word": it.found, "after": it.after,
            })
        })
        .collect();
    json!({
        "query_understood": page.query_understood.arabic.replace([FSI, PDI], ""), "unmet": page.unmet,
        "articles": page.articles.len(), "articles_read": concordance.n_read(), "lines_found": concordance.n_lines(),
        "lines": listed,
    })
}

/// An article as it was understood, with the names and dates found in it.
pub(super) fn article_json(article: &Article, recogniser: &ModelRecogniser) -> Value {
    let mentions = recogniser.mentions(article);
    let names: Vec<(Name, u64)> = mentions.iter().map(|mention| (mention.name.clone(), 1)).collect();
    let registry = Registry::resolve(&names);
    let section_json = |section: &archive::Section| json!({"kind": section.kind, "start": section.span.start, "end": section.span.end});
    let captions: Vec<&str> = article
        .sections
        .iter()
        .filter(|section| section.kind == archive::SectionKind::Caption)
        .filter_map(|section| section.span.of(&article.text))
        .collect();
    let mentions: Vec<Value> = mentions
        .iter()
        .map(|mention| {
            let entity = registry.entity_of(&mention.name).and_then(|idx| registry.get(idx));
            json!({
                "kind": mention.kind, "text": mention.span.of(&article.text),
                "name": entity.map(|entity| entity.name()),
                "role": mention.role_text(&article.text), "start": mention.span.start, "end": mention.span.end,
            })
        })
        .collect();
    let mentioned: Vec<_> = archive::date_mentions(article).collect();
    let dates: Vec<Value> = mentioned
        .iter()
        .flat_map(|mention| mention.days.iter().map(move |days| (mention, days)))
        .map(|(mention, days)| {
            json!({
                "text": mention.span.of(&article.text), "start": mention.span.start, "end": mention.span.end,
                "from": days.first.to_string(), "to": days.last.to_string(), "precision": days.precision,
                "approximate": mention.is_approximate,
            })
        })
        .collect();
    let problems: Vec<String> = article.problems.iter().map(ToString::to_string).collect();
    let fields = article.origin.fields.iter();
    let fields: Map<String, Value> = fields.map(|(name, role)| (name.clone(), json!(role))).collect();
    json!({
        "path": article.path.to_string_lossy(), "record": article.record, "title": article.title,
        "title_derived": article.title_derived, "published": published_json(article.published),
        "source": article.source, "address": article.address, "byline": article.byline, "keywords": article.keywords, "body": article.body(),
        "captions": captions, "sections": article.sections.iter().map(section_json).collect::<Vec<_>>(),
        "mentions": mentions, "dates": dates, "problems": problems,
        "format": article.origin.format, "optical_recognition": article.origin.format == Format::Scan, "encoding": article.encoding,
        "member": article.origin.member.as_ref().map(|it| &it.path),
        "fields": fields,
    })
}

fn published_json(published: Option<PublicationDate>) -> Value {
    published.map_or(
        Value::Null,
        |it| json!({"date": it.iso(), "precision": it.precision, "provenance": it.provenance}),
    )
}

/// The name that serde gives a variant; the text output uses the same one.
pub(super) fn name_in_json(it: impl serde::Serialize) -> String {
    match json!(it) {
        Value::String(name) => name,
        Value::Object(fields) => fields.into_iter().map(|(name, _)| name).next().unwrap_or_default(),
        _ => String::new(),
    }
}
