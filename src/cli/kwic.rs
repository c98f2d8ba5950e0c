//! `fihrist kwic`: the words that a query finds, each in its line.

use std::io::{self, Write};
use std::sync::Arc;

use super::args::{KwicArgs, LineOrder};
use super::error::CliError;
use super::json::kwic_json;
use super::open::{Context, Outcome};
use super::search::find;
use super::shown::{Shown, counted, say, shown_path};
use crate::archive::PublicationDate;
use crate::index::{Concordance, KwicLine, KwicSort, MOST_LINES};
use crate::work::private::create_for_user;
use crate::work::{LineTable, TableFormat};

/// How many lines are listed where that is not said: some screens. Picked by feel.
const LISTED: usize = 100;
/// How many articles are read at once.
const ARTICLES_AT_ONCE: usize = 512;
pub(super) fn kwic(ctx: &Context, args: &KwicArgs) -> Result<Outcome, CliError> {
    let mut found = find(ctx, &args.folder, &args.query)?;
    if !found.searcher.has_lines(&found.request)? {
        return Err(CliError::NoNode);
    }
    let format = match (args.csv, args.tsv) {
        (true, _) => Some(TableFormat::Csv),
        (_, true) => Some(TableFormat::Tsv),
        _ => None,
    };
    let limit = args.limit.unwrap_or(if format.is_some() { usize::MAX } else { LISTED });
    let mut concordance = Concordance::new(Arc::new(found.page.clone()));
    // An order needs all lines; without one no more are read than are listed.
    let most = if args.sort.is_some() { usize::MAX } else { limit };
    while !concordance.is_done() && concordance.n_lines() < most {
        found
            .searcher
            .read_on(&mut concordance, &found.request, ARTICLES_AT_ONCE, &|| false)?;
        found.unread = found.unread.or(found.searcher.lines_left_out(&mut concordance));
    }
    if concordance.is_full() {
        say(format_args!(
            "there are more than {MOST_LINES} lines; the others are left out"
        ));
    }
    let mut at = concordance.sorted(match args.sort {
        None => KwicSort::Found,
        Some(LineOrder::Before) => KwicSort::Before,
        Some(LineOrder::After) => KwicSort::After,
        Some(LineOrder::Word) => KwicSort::Word,
    });
    at.truncate(limit);
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => {
            let file = create_for_user(path).map_err(|source| CliError::write(source, path))?;
            Box::new(io::BufWriter::new(file))
        }
        None => Box::new(io::stdout().lock()),
    };
    match format {
        Some(format) => {
            let mut table = LineTable::begin(&mut out, format)?;
            found.for_each_line(&at, |line| Ok(table.add(line)?))?;
            table.finish()?;
        }
        None if args.json => {
            let mut lines = Vec::new();
            found.for_each_line(&at, |line| {
                lines.push(line.clone());
                Ok(())
            })?;
            writeln!(out, "{:#}", kwic_json(&concordance, &lines))?;
        }
        None => {
            writeln!(out, "{}", summary(&concordance))?;
            found.for_each_line(&at, |line| Ok(write_line(&mut out, line)?))?;
        }
    }
    out.flush()?;
    drop(out);
    found.finish(Outcome::Whole)
}

/// How many lines there are, in how much of what was found.
fn summary(concordance: &Concordance) -> String {
    let (n_lines, n_read, n_articles) = (
        concordance.n_lines(),
        concordance.n_read(),
        concordance.page().articles.len(),
    );
    let lines = counted(n_lines as u64, "line");
    let articles = counted(n_articles as u64, "article");
    match n_read == n_articles {
        true => format!("{lines} in {articles}"),
        false => format!("{lines} in the first {n_read} of {articles}"),
    }
}

fn write_line(out: &mut impl Write, it: &KwicLine) -> io::Result<()> {
    let date = it.published.map_or_else(|| "undated".to_owned(), PublicationDate::iso);
    writeln!(
        out,
        "{}\t{}\t{}\t{date}\t{}\t{}\t{}",
        Shown(&it.before),
        Shown(&it.found),
        Shown(&it.after),
        Shown(it.source.as_deref().unwrap_or("-")),
        Shown(&it.title),
        shown_path(&it.path)
    )
}
