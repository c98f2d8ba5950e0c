//! `fihrist new`: what came since the saved searches were looked at.

use std::io::{self, Write as _};

use serde_json::json;

use super::args::NewArgs;
use super::error::CliError;
use super::open::{Context, Outcome, open};
use super::shown::{Shown, counted, say};
use crate::index::Moment;
use crate::state::{SavedNews, SavedSearch, Searches};
use crate::work::{KeptError, View, count_news};

pub(super) fn new(ctx: &Context, args: &NewArgs) -> Result<Outcome, CliError> {
    let opened = open(ctx, &args.folder)?;
    let searcher = opened.searcher()?;
    let mut searches = View::open(ctx.data_dir.searches_of(&args.folder))?;
    let saved = searches.known().saved.clone();
    let news = count_news(&searcher, &saved)?;
    show(&saved, &news, args.json)?;
    if args.mark_seen {
        let latest = searcher.latest_arrival();
        searches.edit(|it: &mut Searches| -> Result<(), KeptError> {
            // Only what was listed was seen.
            saved.iter().for_each(|saved| it.look(&saved.name, latest));
            Ok(())
        })?;
    }
    Ok(opened.outcome())
}

fn show(saved: &[SavedSearch], news: &[SavedNews], as_json: bool) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    let all = saved.iter().zip(news);
    if as_json {
        let listed: Vec<_> = all
            .map(|(saved, news)| {
                json!({"name": saved.name, "new": news.new, "looked_at": looked_at(saved.looked_at),
                    "request": saved.visit.request})
            })
            .collect();
        writeln!(out, "{:#}", json!(listed))?;
        return Ok(());
    }
    if saved.is_empty() {
        say("no searches are saved for this folder; the window saves them (Ctrl+D)");
    }
    for (saved, news) in all {
        writeln!(out, "{}\t{}", counted(news.new, "new article"), Shown(&saved.name))?;
    }
    Ok(())
}

/// The time of a moment; nothing where it was not noted.
fn looked_at(moment: Option<Moment>) -> Option<String> {
    let millis = i64::try_from(moment.filter(|it| it.0 != 0)?.0).ok()?;
    Some(jiff::Timestamp::from_millisecond(millis).ok()?.to_string())
}
