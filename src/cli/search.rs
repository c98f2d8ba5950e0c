//! `fihrist search`: finds articles and counts what they name.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::args::SearchArgs;
use super::error::CliError;
use super::json::search_json;
use super::open::{Context, Opened, Outcome, open, open_as_it_is};
use super::shown::{Shown, counted, say, shown_path};
use crate::archive::PublicationDate;
use crate::index::{Hit, KwicLine, LineAt, ResultPage, SearchError, SearchRequest, Searcher};
use crate::state::MissingFiles;
use crate::work::log::ErrorCode;

/// How many lines of a concordance are looked up at once.
const LINES_AT_ONCE: usize = 4096;

/// Answers from the index as it is, if it has something, and says behind the answer what has changed since.
pub(super) fn search(ctx: &Context, args: &SearchArgs) -> Result<Outcome, CliError> {
    let opened = open_as_it_is(ctx, &args.folder)?;
    if !opened.has_answers(ctx, &args.folder)? {
        let mut found = found_in(&opened.brought_up_to_date(ctx, &args.folder)?, &args.query)?;
        show(&mut found, args)?;
        return found.finish(Outcome::Whole);
    }
    // Resolving names takes longer than all else, and only some answers need it.
    let searcher = match args.json || Searcher::asks_for_names(&args.query) {
        true => opened.index.named_searcher()?,
        false => opened.index.early_searcher()?,
    };
    let mut found = found_by(searcher, &args.query)?;
    found.missing = missing_of(&found.hits(args.limit), &args.folder);
    found.missing.n_known = opened.index.n_articles()?;
    show(&mut found, args)?;
    io::stdout().flush()?;
    opened.tell_changes(ctx, &args.folder)?;
    if let Err(err) = opened.index.keep_columns() {
        // The next start only takes longer.
        tracing::warn!(error = %ErrorCode(&err), "the columns are not kept");
    }
    found.finish(Outcome::Whole)
}

/// Those of the hits' files that are not there now.
fn missing_of(hits: &[Hit], folder: &Path) -> MissingFiles {
    let mut paths: Vec<PathBuf> = hits.iter().map(|it| it.path.clone()).collect();
    paths.retain(|it| !folder.join(it).exists());
    paths.sort_unstable();
    paths.dedup();
    MissingFiles {
        paths: paths.into(),
        ..MissingFiles::default()
    }
}

/// Prints what was found.
fn show(found: &mut FoundArticles, args: &SearchArgs) -> Result<(), CliError> {
    let hits = found.hits(args.limit);
    let page = &found.page;
    let usual = found
        .searcher
        .usual_spelling(&found.request, page.n_articles, &|| false)?;
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(
            out,
            "{:#}",
            search_json(page, usual.as_ref(), &hits, &found.missing, &found.searcher.marks())
        )?;
    } else {
        writeln!(out, "{}", counted(page.articles.len() as u64, "article"))?;
        if let Some(usual) = usual {
            let (query, articles) = (Shown(usual.query_text.trim()).to_string(), usual.articles);
            let articles = counted(articles, "article");
            say(format_args!("did you mean “{query}”? It finds {articles}"));
        }
        for hit in &hits {
            let date = hit.published.map_or_else(|| "undated".to_owned(), PublicationDate::iso);
            let source = hit.source.as_deref().unwrap_or("-");
            writeln!(
                out,
                "{date}\t{}\t{}\t{}",
                Shown(source),
                Shown(&hit.title),
                shown_path(&hit.path)
            )?;
        }
    }
    drop(out);
    found.note_missing(&hits);
    Ok(())
}

/// What a query finds in a folder.
pub(super) struct FoundArticles {
    pub searcher: Searcher,
    pub request: SearchRequest,
    pub page: ResultPage,
    /// The files that are missing from the folder.
    pub missing: MissingFiles,
    outcome: Outcome,
    /// Why the page or its rows are incomplete, if so.
    pub unread: Option<SearchError>,
}

impl FoundArticles {
    /// The first rows, at most `limit`, without those that cannot be read, which [`Self::finish`] reports.
    pub(super) fn hits(&mut self, limit: usize) -> Vec<Hit> {
        let n_hits = limit.min(self.page.articles.len());
        let hits = self.searcher.hits(&self.page, 0..n_hits, &self.request);
        let read = hits.into_iter().filter_map(|hit| match hit {
            Ok(hit) => Some(hit),
            Err(err) => {
                self.unread.get_or_insert(err);
                None
            }
        });
        read.collect()
    }

    /// Looks up lines, without those that cannot be read, which [`Self::finish`] reports.
    pub(super) fn for_each_line(
        &mut self,
        at: &[LineAt],
        mut each: impl FnMut(&KwicLine) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        for at in at.chunks(LINES_AT_ONCE) {
            for line in self.searcher.lines(&self.page, &self.request, at) {
                match line {
                    Ok(line) => each(&line)?,
                    Err(err) => {
                        self.unread.get_or_insert(err);
                    }
                }
            }
        }
        Ok(())
    }

    /// Says how many of the articles that were shown are only in the index. Where the whole folder is away that was said.
    pub(super) fn note_missing(&self, hits: &[Hit]) {
        let n_missing = hits.iter().filter(|it| self.missing.contains(&it.path)).count();
        if n_missing != 0 && !self.missing.is_folder_away() {
            say(match n_missing {
                1 => "1 of these articles is in the index only: its file is missing".to_owned(),
                n => format!("{n} of these articles are in the index only: their files are missing"),
            });
        }
    }

    /// Ends a command that has shown the results: an error if these were incomplete.
    pub(super) fn finish(self, shown: Outcome) -> Result<Outcome, CliError> {
        match self.unread {
            Some(err) => Err(CliError::Incomplete(err)),
            None if self.outcome == Outcome::Whole => Ok(shown),
            None => Ok(self.outcome),
        }
    }
}

/// Opens the folder's index, brought up to date, and asks it.
pub(super) fn find(ctx: &Context, folder: &Path, query: &str) -> Result<FoundArticles, CliError> {
    found_in(&open(ctx, folder)?, query)
}

/// Opens the folder's index, brought up to date, and asks it for articles in an order.
pub(super) fn find_by(ctx: &Context, folder: &Path, request: SearchRequest) -> Result<FoundArticles, CliError> {
    let opened = open(ctx, folder)?;
    Ok(FoundArticles {
        missing: opened.missing(),
        outcome: opened.outcome(),
        ..found_for(opened.searcher()?, request)?
    })
}

/// Asks an index that was brought up to date.
fn found_in(opened: &Opened, query: &str) -> Result<FoundArticles, CliError> {
    Ok(FoundArticles {
        missing: opened.missing(),
        outcome: opened.outcome(),
        ..found_by(opened.searcher()?, query)?
    })
}

/// A query that nobody goes on typing: its last operator has its value. A last word stays a beginning, too, as in the window.
pub(super) fn ended(query: &str) -> String {
    let last = query.split_whitespace().next_back().unwrap_or_default();
    match last.contains([':', '\u{FF1A}']) {
        true => format!("{query} "),
        false => query.to_owned(),
    }
}

/// Asks an index.
fn found_by(searcher: Searcher, query: &str) -> Result<FoundArticles, CliError> {
    let request = SearchRequest {
        query_text: ended(query),
        ..SearchRequest::default()
    };
    found_for(searcher, request)
}

fn found_for(searcher: Searcher, request: SearchRequest) -> Result<FoundArticles, CliError> {
    let mut page = searcher.search_to_end(&request)?;
    let unread = page.incomplete.take();
    tracing::info!(millis = page.millis, articles = page.articles.len(), "searched");
    Ok(FoundArticles {
        searcher,
        request,
        page,
        missing: MissingFiles::default(),
        outcome: Outcome::Whole,
        unread,
    })
}
