//! Reads all that the index knows of articles, for exports and references.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::archive::{ArticleId, DateProvenance};
use crate::entities::{EntityIdx, EntityKind, Name};
use crate::index::error::IndexError;
use crate::index::facet::Facet;
use crate::index::query::matches::snippet;
use crate::index::query::plan::Plan;
use crate::index::request::SearchRequest;
use crate::index::snapshot::Snapshot;
use crate::index::stored::{FullArticle, FullOptions};
use crate::index::values::role_of_value;

use super::hits::{Shown, stored_article};

/// Some articles in their order, without those that the index does not hold; an error for each that cannot be read.
/// `request` says what their fragments show, and whether inferred dates count.
pub fn full_articles(
    snapshot: &Snapshot,
    plan: &Plan,
    request: &SearchRequest,
    articles: &[ArticleId],
    options: FullOptions,
) -> Vec<Result<FullArticle, IndexError>> {
    let shown = match options.snippet {
        true => Shown::new(snapshot, plan, request),
        false => Shown::default(),
    };
    let rows: Vec<u32> = articles.iter().filter_map(|it| snapshot.row_of(*it)).collect();
    let full = |row: &u32| full_article(snapshot, *row, request, options, &shown);
    rows.par_iter().map(full).collect()
}

fn full_article(
    snapshot: &Snapshot,
    row: u32,
    request: &SearchRequest,
    options: FullOptions,
    shown: &Shown,
) -> Result<FullArticle, IndexError> {
    let mut stored = stored_article(snapshot, row)?;
    let is_inferred = |provenance| request.without_inferred && provenance == DateProvenance::Inferred;
    stored.published = stored.published.filter(|it| !is_inferred(it.provenance));
    let languages = snapshot.values(Facet::Language);
    let language = languages.and_then(|it| Some(it.names.get(it.by_row.of(row).next()?).to_owned()));
    let mut entities: Vec<EntityIdx> = snapshot.entities.of(row).map(EntityIdx).collect();
    entities.sort_unstable();
    Ok(FullArticle {
        id: snapshot.id(row),
        language,
        entities,
        roles: match options.roles {
            true => roles(snapshot, row)?,
            false => Vec::new(),
        },
        story: snapshot.stories.of(row).map(|it| it.idx()),
        snippet: match options.snippet {
            true => snippet(&shown.all, &stored.body).text,
            false => String::new(),
        },
        stored,
    })
}

/// The roles that an article gives people, in the order of the names' letters.
fn roles(snapshot: &Snapshot, row: u32) -> Result<Vec<(EntityIdx, String)>, IndexError> {
    let mut roles = Vec::new();
    for value in snapshot.roles(row)? {
        let Some((key, form, role)) = role_of_value(&value) else {
            continue;
        };
        let name = Name {
            kind: EntityKind::Person,
            key: key.into_owned(),
            form: form.to_owned(),
        };
        if let Some(entity) = snapshot.registry.entity_of(&name) {
            roles.push((entity, role.to_owned()));
        }
    }
    Ok(roles)
}
