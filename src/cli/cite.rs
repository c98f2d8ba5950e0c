//! `fihrist cite`: a reference to an article.

use std::io::{self, Write as _};

use super::args::CiteArgs;
use super::error::CliError;
use super::open::{Context, Outcome, open};
use crate::app::export_words;
use crate::work::citations;

pub(super) fn cite_article(ctx: &Context, args: &CiteArgs) -> Result<Outcome, CliError> {
    let opened = open(ctx, &args.folder)?;
    let searcher = opened.index.early_searcher()?;
    let article = searcher.article_of(&args.article).ok_or_else(|| CliError::NoArticle {
        article: format!("{}#{}", args.article.file, args.article.record),
    })?;
    let settings = ctx.data_dir.load_settings();
    let style = args.style.unwrap_or(settings.export.style);
    let cited = citations(&searcher, &[article], style, &export_words(&settings, ""))?;
    let cited = if args.html { cited.html } else { cited.text };
    writeln!(io::stdout(), "{cited}")?;
    Ok(opened.outcome())
}
