//! Reading a file, or one article of it, while somebody waits: to show how it is understood, or to export it.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::thread::available_parallelism;
use std::time::Duration;

use crate::archive::{
    self, Allowance, Article, Budget, FileRule, FileSummary, Halt, Patience, ReadError, ReadFile, Reason,
};

use super::alone::{AloneReader, Asked, ReadAlone, ReaderProgram};

/// The CPU time that a file may take in this process before a child process reads it. A guess.
const BRIEF: Duration = Duration::from_secs(1);

/// Reads the file at `path`, relative to `folder`, with all its articles, as an update reads it: here if it is quick, else by
/// a child process if there is a program for it, and within the budget.
///
/// What was read before the budget was spent, or before the child ended, is kept.
pub fn read_whole_file(
    program: Option<&ReaderProgram>,
    budget: Budget,
    (folder, path): (&Path, &Path),
    rule: &FileRule,
) -> Result<ReadFile, ReadError> {
    read(program, budget, (folder, path), rule, None)
}

/// Reads one article of a file as [`read_whole_file`] does; `None` if there is none with this number.
pub fn read_one_article(
    program: Option<&ReaderProgram>,
    budget: Budget,
    (folder, path): (&Path, &Path),
    rule: &FileRule,
    record: u32,
) -> Result<Option<Article>, ReadError> {
    let file = read(program, budget, (folder, path), rule, Some(record))?;
    match (
        file.articles.into_iter().next(),
        file.summary.unreadable.into_iter().next(),
    ) {
        (None, Some(cut_off)) if file.summary.is_over_budget => Err(ReadError::new(path, cut_off.reason)),
        (article, _) => Ok(article),
    }
}

fn read(
    program: Option<&ReaderProgram>,
    budget: Budget,
    (folder, path): (&Path, &Path),
    rule: &FileRule,
    only: Option<u32>,
) -> Result<ReadFile, ReadError> {
    let size = fs::metadata(folder.join(path)).map_or(0, |it| it.len());
    let time = budget.time_for(size);
    let allowance = Allowance {
        cancelled: None,
        patience: match program {
            Some(_) => Patience::Brief(time.min(BRIEF)),
            None => Patience::Until(time),
        },
        ..Allowance::default()
    };
    let mut articles = Vec::new();
    let read = archive::read_articles_within(folder, path, rule, allowance, &mut |article| {
        match only {
            Some(record) if article.record != record => return ControlFlow::Continue(()),
            Some(_) | None => articles.push(article),
        }
        match only {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    });
    match (read, program) {
        (Ok(summary), _) => Ok(ReadFile { articles, summary }),
        (Err(err), Some(program)) if err.halted() == Some(Halt::Alone) => {
            let asked = Asked {
                folder,
                path,
                rule,
                time,
                memory: budget.memory(),
                recognises: false,
                only,
                most_articles: u32::MAX,
                pages_at_once: available_parallelism().map_or(1, usize::from),
            };
            read_alone(program, asked)
        }
        (Err(err), _) => Err(err),
    }
}

fn read_alone(program: &ReaderProgram, asked: Asked<'_>) -> Result<ReadFile, ReadError> {
    let mut articles = Vec::new();
    let read = AloneReader::new(program).read(asked, &|| true, &mut |part| {
        if part.is_first {
            articles.clear();
        }
        articles.extend(part.articles.into_iter().map(|(article, _)| article));
        ControlFlow::Continue(())
    });
    let reason = match read {
        ReadAlone::Read(summary) => return Ok(ReadFile { articles, summary }),
        ReadAlone::Failed { path, reason } => return Err(ReadError::new(&path, reason)),
        ReadAlone::NoChild(err) => return Err(ReadError::new(asked.path, Reason::system(&err))),
        ReadAlone::Over(exceeded) => exceeded.reason(asked.time, asked.memory),
        ReadAlone::EndedTheReader | ReadAlone::PutOff | ReadAlone::Unwanted => Reason::EndedTheReader,
    };
    if articles.is_empty() {
        return Err(ReadError::new(asked.path, reason));
    }
    let summary = FileSummary::cut_off(asked.path, reason);
    Ok(ReadFile { articles, summary })
}
