//! `fihrist cite`: a reference to an article.

use std::io::{self, Write as _};
use std::path::Path;

use super::args::CiteArgs;
use super::error::CliError;
use super::open::{Context, Outcome, open};
use crate::app::export_words;
use crate::archive::ArticleId;
use crate::entities::ArticleKey;
use crate::index::Searcher;
use crate::work::citations;

pub(super) fn cite_article(ctx: &Context, args: &CiteArgs) -> Result<Outcome, CliError> {
    let opened = open(ctx, &args.folder)?;
    let searcher = opened.index.early_searcher()?;
    let article = article_of(&searcher, &args.article)?.ok_or_else(|| CliError::NoArticle {
        article: format!("{}#{}", args.article.file, args.article.record),
    })?;
    let settings = ctx.data_dir.load_settings();
    let style = args.style.unwrap_or(settings.export.style);
    let cited = citations(&searcher, &[article], style, &export_words(&settings, ""))?;
    let cited = if args.html { cited.html } else { cited.text };
    writeln!(io::stdout(), "{cited}")?;
    Ok(opened.outcome())
}

/// The article with this number in its file, or in the member of an archive of files.
fn article_of(searcher: &Searcher, key: &ArticleKey) -> Result<Option<ArticleId>, CliError> {
    let id = key.id();
    if searcher.hit(id)?.is_some() {
        return Ok(Some(id));
    }
    for article in searcher.articles_of_file(Path::new(&key.file))? {
        if searcher
            .place_of(article)?
            .is_some_and(|(_, record)| record == key.record)
        {
            return Ok(Some(article));
        }
    }
    Ok(None)
}
