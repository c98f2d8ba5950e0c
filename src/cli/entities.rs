//! `fihrist entities`: the people, organisations and places of a folder, and which of them may be one.

use std::io::{self, Write as _};

use serde_json::{Value, json};

use super::args::EntitiesArgs;
use super::error::CliError;
use super::json::name_in_json;
use super::open::{Context, Outcome, open};
use super::shown::Shown;
use crate::entities::{Entity, EntityId, EntityKind};
use crate::index::{Facet, FacetCounts, FacetOrder, SearchRequest};
use crate::work::named_suggestions;

pub(super) fn entities(ctx: &Context, args: &EntitiesArgs) -> Result<Outcome, CliError> {
    let opened = open(ctx, &args.folder)?;
    let searcher = opened.searcher()?;
    let registry = searcher.registry();
    let of_kind = |facet| searcher.facet_values(&SearchRequest::default(), facet, "", FacetOrder::Count);
    let asked_for = [Facet::Person, Facet::Organisation, Facet::Place]
        .into_iter()
        .zip(EntityKind::ALL)
        .filter(|(_, it)| args.kind.is_none_or(|kind| kind == *it));
    // Counted as in the facets: an article with two spellings of a name counts once.
    let counted: Vec<FacetCounts> = asked_for.map(|(facet, _)| of_kind(facet)).collect::<Result<_, _>>()?;
    let counted: Vec<(Entity<'_>, u64)> = counted
        .into_iter()
        .flat_map(|it| it.values)
        .filter_map(|it| Some((registry.get(registry.find(&EntityId(it.id))?)?, it.articles)))
        .collect();
    let mut out = io::stdout().lock();
    if args.json {
        let entities = counted.iter().map(|(it, articles)| entity_json(it, *articles));
        writeln!(out, "{:#}", Value::Array(entities.collect()))?;
    } else {
        for (it, articles) in counted {
            writeln!(out, "{articles}\t{}\t{}", it.kind().word(), Shown(it.name()))?;
        }
    }
    Ok(opened.outcome())
}

fn entity_json(it: &Entity<'_>, articles: u64) -> Value {
    let alias_json = |(name, articles): &(&str, u64)| json!({"name": name, "articles": articles});
    let aliases: Vec<Value> = it.aliases().iter().map(alias_json).collect();
    json!({
        "id": it.id().0, "kind": it.kind(), "name": it.name(), "aliases": aliases, "articles": articles,
        "reasons": it.reasons(), "latin": it.latin_form(),
    })
}

pub(super) fn suggestions(ctx: &Context, args: &EntitiesArgs) -> Result<Outcome, CliError> {
    let opened = open(ctx, &args.folder)?;
    let mut found = named_suggestions(&opened.searcher()?, &opened.corrections)?;
    found.retain(|it| args.kind.is_none_or(|kind| it.kind == kind));
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", json!(found))?;
    } else {
        for it in &found {
            let (into, from) = (Shown(&it.into_name), Shown(&it.from_name));
            let reason = name_in_json(it.reason);
            writeln!(
                out,
                "{}\t{into}\t{}\t{from}\t{reason}",
                it.into_articles, it.from_articles
            )?;
            for quote in [&it.into_quote, &it.from_quote].into_iter().flatten() {
                let date = quote.published.map_or_else(String::new, |it| it.date.to_string());
                let (said, title) = (Shown(&quote.snippet.text), Shown(&quote.title));
                writeln!(out, "\t{said}\t{title}\t{date}")?;
            }
        }
    }
    Ok(opened.outcome())
}
