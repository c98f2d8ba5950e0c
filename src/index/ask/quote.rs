//! Where an article names an entity, in its own words: the evidence for a person who decides whether two names are one.
//!
//! Not for all places where it is named: see [`entity_page`](super::entity_page).

use std::cmp::Reverse;

use crate::archive::{ArticleId, PublicationDate};
use crate::entities::{Entity, EntityIdx};
use crate::index::error::IndexError;
use crate::index::query::matches::snippet;
use crate::index::query::plan::Plan;
use crate::index::request::Snippet;
use crate::index::search::hits::stored_article;
use crate::index::search::selection::day_of;
use crate::index::snapshot::Snapshot;

/// At most this many of an entity's newest articles are read for a quotation. A guess: nearly always the first has one.
const MOST_ARTICLES: usize = 3;
/// At most this many of its spellings are looked for. A guess.
const MOST_SPELLINGS: usize = 4;

/// A place in an article that names an entity.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Quote {
    /// The article's id.
    pub article: ArticleId,
    /// Its headline, stated or derived.
    pub title: String,
    /// The date of publication, if it states or implies one.
    pub published: Option<PublicationDate>,
    /// The words around the name, which is among the matches.
    pub snippet: Snippet,
}

/// For each of some entities a quotation of the newest article that has one; `None` where none does.
pub fn quotes(snapshot: &Snapshot, entities: &[EntityIdx]) -> Result<Vec<Option<Quote>>, IndexError> {
    let rows = newest_rows(snapshot, entities);
    let quotes = entities.iter().zip(rows).map(|(idx, rows)| {
        let Some(entity) = snapshot.registry.get(*idx) else {
            return Ok(None);
        };
        let plans: Vec<Plan> = spellings(&entity)
            .iter()
            .map(|it| Plan::new(&format!("\"{it}\""), false, snapshot))
            .collect();
        for row in rows {
            if let Some(quote) = quote(snapshot, row, &plans)? {
                return Ok(Some(quote));
            }
        }
        Ok(None)
    });
    quotes.collect()
}

/// The newest rows of each of some entities, the newest first.
fn newest_rows(snapshot: &Snapshot, entities: &[EntityIdx]) -> Vec<Vec<u32>> {
    // The places of each entity, which may be asked for twice.
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); snapshot.registry.n_numbers()];
    for (at, idx) in entities.iter().enumerate() {
        places[idx.0 as usize].push(at);
    }
    let mut newest: Vec<Vec<(Reverse<Option<i32>>, u32)>> = vec![Vec::new(); entities.len()];
    for row in 0..snapshot.n_rows() as u32 {
        for entity in snapshot.entities.of(row) {
            for at in &places[entity as usize] {
                let rows = &mut newest[*at];
                rows.push((Reverse(day_of(snapshot, row, false)), row));
                rows.sort_unstable();
                rows.truncate(MOST_ARTICLES);
            }
        }
    }
    let rows = newest
        .into_iter()
        .map(|rows| rows.into_iter().map(|(_, row)| row).collect());
    rows.collect()
}

/// How an entity is written, its name first; without what the recogniser adds to it, «وزارة الصحة (الإمارات)».
fn spellings(entity: &Entity<'_>) -> Vec<String> {
    let aliases = entity.aliases().into_iter().map(|(form, _)| form);
    let written = std::iter::once(entity.name())
        .chain(aliases)
        .take(MOST_SPELLINGS + 1)
        .map(|it| it.split(" (").next().unwrap_or(it).replace('"', " "));
    let mut spellings: Vec<String> = Vec::new();
    for it in written {
        if !spellings.contains(&it) {
            spellings.push(it);
        }
    }
    spellings
}

/// The words of an article around one of the spellings, in its text or else in its headline.
fn quote(snapshot: &Snapshot, row: u32, plans: &[Plan]) -> Result<Option<Quote>, IndexError> {
    let stored = stored_article(snapshot, row)?;
    let texts = [&stored.body, &stored.title];
    let snippets = texts
        .into_iter()
        .flat_map(|text| plans.iter().map(|plan| snippet(&plan.matchers, text)));
    let found = snippets.into_iter().find(|it| !it.matches.is_empty());
    Ok(found.map(|snippet| Quote {
        article: snapshot.id(row),
        published: stored.published,
        title: stored.title,
        snippet,
    }))
}
