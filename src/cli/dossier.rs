//! `fihrist dossier`: chosen articles in one file, handed on and opened.

use std::io::{self, Write as _};
use std::path::Path;

use serde_json::json;

use super::error::CliError;
use super::marks::{found_by, named_articles};
use super::marks_args::{DossierAction, DossierArgs, DossierWriteArgs};
use super::open::{Context, Opened, Outcome, open};
use super::shown::{counted, say, shown_path, tell};
use crate::app::export_words;
use crate::archive::ArticleId;
use crate::entities::{ArticleKey, ArticlePrint};
use crate::index::Searcher;
use crate::work::{DossierPlan, OpenedDossier, open_dossier, write_dossier, write_pages};

pub(super) fn dossier(ctx: &Context, args: &DossierArgs) -> Result<Outcome, CliError> {
    match (&args.open, &args.write) {
        (
            Some(DossierAction::Open {
                file,
                into,
                originals,
                json,
            }),
            _,
        ) => {
            let beside = file.with_extension("");
            let into = into.as_deref().unwrap_or(&beside);
            open_in(ctx, (file, into), originals.as_deref(), *json)
        }
        (None, Some(args)) => write(ctx, args),
        (None, None) => Err(CliError::NoArticles),
    }
}

fn write(ctx: &Context, args: &DossierWriteArgs) -> Result<Outcome, CliError> {
    let opened = open(ctx, &args.folder)?;
    let searcher = opened.searcher()?;
    let articles = match &args.query {
        Some(query) => found_by(&searcher, query)?,
        None => named_articles(&searcher, &args.articles)?,
    };
    if articles.is_empty() {
        return Err(CliError::NoArticles);
    }
    if let Some(path) = &args.output {
        write_file(ctx, args, &opened, (&searcher, &articles), path)?;
    }
    if let Some(path) = &args.html {
        let words = export_words(&ctx.data_dir.load_settings(), args.query.as_deref().unwrap_or_default());
        let places = (path.as_path(), args.folder.as_path());
        let n = write_pages(
            &searcher,
            &articles,
            &words,
            places,
            &mut told(ctx, articles.len()),
            &|| false,
        )?;
        writeln!(io::stdout(), "{} in {}", counted(n, "page"), shown_path(path))?;
    }
    Ok(opened.outcome())
}

fn write_file(
    ctx: &Context,
    args: &DossierWriteArgs,
    opened: &Opened,
    (searcher, articles): (&Searcher, &[ArticleId]),
    path: &Path,
) -> Result<(), CliError> {
    let plan = DossierPlan {
        folder: &args.folder,
        articles,
        query: args.query.as_deref(),
        marks: opened.marks.marks(),
        corrections: opened.corrections.corrections(),
        with_originals: args.with_originals,
        replaces: true,
    };
    let report = write_dossier(searcher, plan, path, &mut told(ctx, articles.len()), &|| false)?;
    if report.originals_left_out != 0 {
        say(format_args!(
            "left out: {} that cannot be read now",
            counted(report.originals_left_out, "original file")
        ));
    }
    let written = counted(report.articles, "article");
    writeln!(io::stdout(), "{written} in {}", shown_path(path))?;
    Ok(())
}

/// Shows how far it is.
fn told(ctx: &Context, of: usize) -> impl FnMut(u64) + use<> {
    let is_quiet = ctx.quiet;
    move |n| {
        if !is_quiet {
            let end = if n == of as u64 { "\n" } else { "" };
            tell(format_args!("\r{n} of {}{end}", counted(of as u64, "article")));
        }
    }
}

fn open_in(
    ctx: &Context,
    (file, into): (&Path, &Path),
    originals: Option<&Path>,
    as_json: bool,
) -> Result<Outcome, CliError> {
    let is_there = into.is_dir();
    let dossier = match is_there {
        true => {
            let opened = open(ctx, into)?;
            let searcher = opened.index.early_searcher()?;
            open_dossier(file, into, originals, &|print| article_that_says(&searcher, print))?
        }
        false => open_dossier(file, into, originals, &|_| None)?,
    };
    let OpenedDossier {
        manifest,
        file: added,
        n_new,
        n_known,
        marks,
        corrections,
    } = dossier;
    let mut opened = open(ctx, into)?;
    let report = opened.corrections.merge(&corrections, &opened.index)?;
    // They change what is read of articles.
    let mut opened = opened.brought_up_to_date(ctx, into)?;
    let n_marked = opened.marks.merge(marks, &opened.index)?;
    let mut out = io::stdout().lock();
    if as_json {
        let added = added.map(|it| it.to_string_lossy().into_owned());
        let result = json!({
            "manifest": manifest, "file": added, "new": n_new, "known": n_known, "marked": n_marked, "corrections": report,
        });
        writeln!(out, "{result:#}")?;
        return Ok(opened.outcome());
    }
    writeln!(out, "{} new, {n_known} known", counted(n_new, "article"))?;
    if let Some(added) = added {
        writeln!(out, "added: {}", shown_path(&added))?;
    }
    let (added, n_conflicts) = (report.added, report.conflicts.len());
    writeln!(
        out,
        "{} marked, {added} corrections added, {n_conflicts} in conflict",
        counted(n_marked, "article")
    )?;
    Ok(opened.outcome())
}

/// The article of an archive that says the same; nothing without any.
fn article_that_says(searcher: &Searcher, print: &ArticlePrint) -> Option<ArticleKey> {
    let called = searcher.articles_called(&print.title).ok()?;
    let stored = called
        .into_iter()
        .filter_map(|id| searcher.stored_article(id).ok().flatten());
    let mut same = stored.filter(|it| ArticlePrint::new(&it.title, &it.body).has_text_of(print));
    same.next().map(|it| ArticleKey::at(&it.path, it.record))
}
