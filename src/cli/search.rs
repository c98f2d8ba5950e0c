//! `fihrist search`: finds articles and counts what they name.

use std::io::{self, Write as _};
use std::path::Path;

use super::args::SearchArgs;
use super::error::CliError;
use super::json::{date_text, search_json};
use super::open::{Context, Outcome, open};
use crate::index::{Hit, ResultPage, SearchError, SearchRequest, Searcher};

pub(super) fn search(ctx: &Context, args: &SearchArgs) -> Result<Outcome, CliError> {
    let found = find(ctx, &args.folder, &args.query)?;
    let page = &found.page;
    let n_hits = args.limit.min(page.articles.len());
    let hits = found.hits(n_hits)?;
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", search_json(page, &hits))?;
    } else {
        writeln!(out, "{} articles", page.articles.len())?;
        for hit in &hits {
            let date = hit.published.map_or_else(|| "undated".to_owned(), date_text);
            let source = hit.source.as_deref().unwrap_or("-");
            writeln!(out, "{date}\t{source}\t{}\t{}", hit.title, hit.path.display())?;
        }
    }
    Ok(found.outcome)
}

/// What a query finds in a folder.
pub(super) struct Found {
    pub searcher: Searcher,
    pub request: SearchRequest,
    pub page: ResultPage,
    pub outcome: Outcome,
}

impl Found {
    /// The first rows, at most `n_hits`.
    pub(super) fn hits(&self, n_hits: usize) -> Result<Vec<Hit>, SearchError> {
        self.searcher
            .hits(&self.page, 0..n_hits, &self.request)
            .into_iter()
            .collect()
    }
}

/// Opens the folder's index, brought up to date, and asks it.
pub(super) fn find(ctx: &Context, folder: &Path, query: &str) -> Result<Found, CliError> {
    let opened = open(ctx, folder)?;
    let searcher = opened.searcher()?;
    let request = SearchRequest {
        query_text: query.to_owned(),
        ..SearchRequest::default()
    };
    // Nothing cancels a search here.
    let page = searcher.search(&request, &|| false)?.unwrap_or_default();
    if let Some(err) = page.incomplete {
        return Err(err.into());
    }
    tracing::info!(millis = page.millis, articles = page.articles.len(), "searched");
    Ok(Found {
        searcher,
        request,
        page,
        outcome: opened.outcome(),
    })
}
