//! `fihrist show`: how one file was understood.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::Value;

use super::args::ShowArgs;
use super::error::CliError;
use super::json::{article_json, marks_json};
use super::open::{Context, Outcome};
use super::shown::{Shown, ShownText, say, shown_path};
use crate::archive::{Article, FileRule, Format, PublicationDate, ReadFile, Reason};
use crate::entities::ModelRecogniser;
use crate::work::read_whole_file;

pub(super) fn show(ctx: &Context, args: &ShowArgs) -> Result<Outcome, CliError> {
    check_is_file(&args.file)?;
    let read = read(ctx, &args.file)?;
    for it in &read.summary.unreadable {
        let (what, why) = match &it.reason {
            Reason::LeftOut(why) => ("left out", why.to_string()),
            reason => ("unreadable", reason.to_string()),
        };
        say(format_args!("{what}: {}: {}", Shown(&why), shown_path(&it.path)));
    }
    let mut out = io::stdout().lock();
    if args.json {
        let recogniser = ModelRecogniser::new();
        let marks = ctx.data_dir.load_marks_of_file(&args.file);
        let shown = read.articles.iter().map(|it| {
            let mut shown = article_json(it, &recogniser);
            let marks = marks.as_ref().and_then(|(path, marks)| marks.of(path, it.record));
            shown["marks"] = marks.as_ref().map_or(Value::Null, marks_json);
            shown
        });
        let shown: Vec<Value> = shown.collect();
        writeln!(out, "{:#}", Value::Array(shown))?;
    } else {
        for article in &read.articles {
            write_article(&mut out, article)?;
        }
    }
    let unreadable = read.summary.unreadable.iter();
    Ok(Outcome::without(unreadable.filter(|it| !it.reason.is_choice()).count()))
}

/// Others would be waited for without end, or be read from without one.
fn check_is_file(file: &Path) -> Result<(), CliError> {
    match fs::metadata(file) {
        Ok(it) if !it.is_file() && !it.is_dir() => Err(CliError::NotAFile { path: file.to_owned() }),
        // Whoever reads it tells what is wrong with it.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// In an archive with corrections a file is read as the archive is.
fn read(ctx: &Context, file: &Path) -> Result<ReadFile, CliError> {
    let root = file
        .parent()
        .filter(|it| !it.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let name = file.file_name().map_or(file, Path::new);
    let (program, budget) = (ctx.program.as_ref(), ctx.data_dir.reading_budget());
    let read = match ctx.data_dir.load_reading_of_file(file)? {
        Some((folder, reading)) => {
            let file = file.canonicalize().unwrap_or_else(|_not_there| file.to_owned());
            let path = file.strip_prefix(&folder).unwrap_or(name);
            read_whole_file(program, budget, (&folder, path), &reading.of(path))
        }
        None => read_whole_file(program, budget, (root, name), &FileRule::default()),
    };
    Ok(read?)
}

fn write_article(out: &mut impl io::Write, article: &Article) -> io::Result<()> {
    let derived = if article.title_derived { " (derived)" } else { "" };
    writeln!(out, "{}{derived}", Shown(&article.title))?;
    let date = article
        .published
        .map_or_else(|| "undated".to_owned(), PublicationDate::iso);
    let source = article.source.as_deref().unwrap_or("no source stated");
    let recognised = match article.origin.format {
        Format::Scan => " · optical recognition",
        _ => "",
    };
    writeln!(out, "{date} · {}{recognised}\n", Shown(source))?;
    writeln!(out, "{}\n", ShownText(&article.body()))?;
    for problem in &article.problems {
        writeln!(out, "problem: {}", Shown(&problem.to_string()))?;
    }
    Ok(())
}
