//! Plans requests, similarity included, and caches the last plan.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::query::{BooleanQuery, EmptyQuery, Query, QueryClone as _};

use crate::archive::ArticleId;
use crate::entities::EntityIdx;
use crate::index::ask::similar::similar_query;
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::query::plan::Plan;
use crate::index::request::SearchRequest;
use crate::index::snapshot::Snapshot;

use super::hits::stored_article;

/// Plans queries on one snapshot.
#[derive(Default)]
pub struct Plans {
    /// The last plan: rows and highlights ask for the same one again and again.
    last: Mutex<Option<LastPlan>>,
}

struct LastPlan {
    query_text: String,
    as_typed: bool,
    plan: Arc<Plan>,
}

impl Plans {
    /// The plan for a request.
    pub fn plan(&self, snapshot: &Snapshot, request: &SearchRequest) -> Result<Arc<Plan>, IndexError> {
        let of_text = self.plan_of_text(snapshot, &request.query_text, request.as_typed);
        let Some(similar_to) = &request.similar_to else {
            return Ok(of_text);
        };
        let similar = query_similar_to(snapshot, similar_to.article)?;
        let similar = similar.unwrap_or_else(|| Box::new(EmptyQuery));
        let query: Box<dyn Query> = match &of_text.query {
            Some(query) => Box::new(BooleanQuery::intersection(vec![similar, query.box_clone()])),
            None => similar,
        };
        Ok(Arc::new(Plan {
            query: Some(query),
            is_scored: true,
            matchers: of_text.matchers.clone(),
            understood: of_text.understood.clone(),
            unmet: of_text.unmet.clone(),
            parts: of_text.parts.clone(),
            unread: of_text.unread.clone(),
        }))
    }

    /// The plan for a query.
    pub fn plan_of_text(&self, snapshot: &Snapshot, query_text: &str, as_typed: bool) -> Arc<Plan> {
        // A panic elsewhere cannot leave half a plan there.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = last.as_ref()
            && (known.query_text.as_str(), known.as_typed) == (query_text, as_typed)
        {
            return Arc::clone(&known.plan);
        }
        let plan = Arc::new(Plan::new(query_text, as_typed, snapshot));
        *last = Some(LastPlan {
            query_text: query_text.to_owned(),
            as_typed,
            plan: Arc::clone(&plan),
        });
        plan
    }
}

/// The query for articles like this one; `None` if the index does not have it, or it has no words.
fn query_similar_to(snapshot: &Snapshot, article: ArticleId) -> Result<Option<Box<dyn Query>>, IndexError> {
    let Some(row) = snapshot.row_of(article) else {
        return Ok(None);
    };
    let entities = snapshot.entities.of(row);
    let names = entities.filter_map(|idx| Some(snapshot.registry.get(EntityIdx(idx))?.name().to_owned()));
    let unread = Unread::default();
    let query = similar_query(
        snapshot,
        &stored_article(snapshot, row)?,
        &names.collect::<Vec<_>>(),
        &unread,
    );
    unread.all_or_error(query)
}
