//! `fihrist chart`: counts as a picture, for a report.

use std::path::Path;
use std::sync::Arc;

use super::args::{ChartArgs, ChartOf};
use super::corrections::entity_named;
use super::error::CliError;
use super::open::{Context, Outcome};
use super::search::{FoundArticles, find};
use super::shown::{counted, say};
use crate::app::{PictureFormat, picture_file};
use crate::index::SearchRequest;
use crate::state::{ArchiveRoot, Chart, Charted, Drawn, TimelineChart};
use crate::work::private::write_for_user;

pub(super) fn chart(ctx: &Context, args: &ChartArgs) -> Result<Outcome, CliError> {
    // Before anything is read: a file that cannot be written is told at once.
    let format = PictureFormat::of(&args.output)?;
    let mut settings = ctx.data_dir.load_settings();
    settings.language = args.language.map_or(settings.language, Into::into);
    let found = find(ctx, &args.folder, args.query.as_deref().unwrap_or_default())?;
    let folder = std::path::absolute(&args.folder).unwrap_or_else(|_| args.folder.clone());
    let chart = chart_of(&found, args, &folder)?;
    let n_found = chart.n_found;
    let bytes = picture_file(&Drawn::Chart(Box::new(chart)), &settings, format)?;
    write_for_user(&args.output, &bytes).map_err(|source| CliError::write(source, &args.output))?;
    say(format_args!("a chart of {} was written", counted(n_found, "article")));
    found.finish(Outcome::Whole)
}

fn chart_of(found: &FoundArticles, args: &ChartArgs, folder: &Path) -> Result<Chart, CliError> {
    let (request, page) = (&found.request, &found.page);
    let n_articles = found.searcher.n_articles();
    let charted = match args.of {
        ChartOf::Timeline => {
            let timeline = TimelineChart::new(request, page).filter(|it| !it.days.is_empty());
            Charted::Timeline(timeline.ok_or(CliError::NothingToDraw)?)
        }
        ChartOf::Names => {
            let registry = found.searcher.registry();
            let names = args.name.iter().map(|name| entity_named(registry, name));
            let names = names.collect::<Result<Vec<_>, _>>()?;
            let (first, with) = names.split_first().ok_or(CliError::NothingToDraw)?;
            let page = found.searcher.entity_page(first, with, request, &|| false)?;
            Charted::Compared(Arc::new(page.ok_or(CliError::NothingToDraw)?))
        }
        of => {
            let facet = of.facet().ok_or(CliError::NothingToDraw)?;
            let counts = page.facets.iter().find(|it| it.facet == facet && !it.values.is_empty());
            Charted::Top(counts.ok_or(CliError::NothingToDraw)?.clone())
        }
    };
    let is_of_all = matches!(charted, Charted::Compared(_));
    Ok(Chart {
        charted,
        request: if is_of_all {
            SearchRequest::default()
        } else {
            request.clone()
        },
        n_found: if is_of_all { n_articles } else { page.n_articles },
        n_articles,
        archive: ArchiveRoot::Folder(folder.to_owned()),
    })
}
