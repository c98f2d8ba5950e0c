//! `fihrist corrections`: makes, undoes and shares corrections of names.

use std::io::{self, Write as _};
use std::path::Path;

use serde_json::json;

use super::args::{CorrectionAction, CorrectionsArgs};
use super::error::CliError;
use super::open::{Context, Opened, Outcome, open};
use super::shown::Shown;
use crate::entities::{ArticleKey, Correction, EntityId, GivenFacts, Registry, Scope};
use crate::index::EntitySummary;
use crate::work::CorrectionError;

pub(super) fn corrections(ctx: &Context, args: CorrectionsArgs) -> Result<Outcome, CliError> {
    let mut opened = open(ctx, &args.folder)?;
    let searcher = opened.searcher()?;
    let entity = |name: &str| entity_named(searcher.registry(), name);
    let correction = match args.action {
        CorrectionAction::List => return list(&opened, args.json),
        CorrectionAction::Undo { number } => return undo(&mut opened, number),
        CorrectionAction::Export { file } => return export(&opened, file.as_deref()),
        CorrectionAction::Import { file } => return import(&mut opened, &file, args.json),
        CorrectionAction::Merge { from, into } => Correction::Merge {
            from: entity(&from)?,
            into: entity(&into)?,
        },
        CorrectionAction::Split { entity: from, spelling } => Correction::Split {
            from: entity(&from)?,
            spelling,
        },
        CorrectionAction::Rename { entity: of, name } => Correction::Rename {
            entity: entity(&of)?,
            name,
        },
        CorrectionAction::SetLatin { entity: of, latin } => Correction::SetLatin {
            entity: entity(&of)?,
            latin,
        },
        CorrectionAction::SetKind { entity: of, kind } => Correction::SetKind {
            entity: entity(&of)?,
            kind,
        },
        CorrectionAction::Hide { entity: of } => Correction::Hide { entity: entity(&of)? },
        CorrectionAction::KeepApart { a, b } => Correction::KeepApart {
            a: entity(&a)?,
            b: entity(&b)?,
        },
        CorrectionAction::MarkName {
            kind,
            words,
            instead_of,
            article,
        } => Correction::MarkName {
            words,
            kind,
            instead_of,
            at: article.map_or(Scope::Anywhere, Scope::Article),
        },
        CorrectionAction::UnmarkName { words, article } => Correction::UnmarkName {
            words,
            at: article.map_or(Scope::Anywhere, Scope::Article),
        },
        CorrectionAction::SetFacts {
            article,
            title,
            date,
            source,
        } => set_facts(&opened, article, GivenFacts { title, date, source }),
    };
    let article = correction.article().map(ToString::to_string);
    let preview = opened.corrections.preview(&correction, &opened.index)?;
    if !args.preview {
        opened.corrections.correct(correction, &opened.index)?;
    }
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", json!(preview))?;
        return Ok(opened.outcome());
    }
    for (word, entities) in [("before", &preview.before), ("after", &preview.after)] {
        for it in entities {
            writeln!(out, "{word}\t{}", summary_line(it))?;
        }
    }
    if let Some(article) = article {
        writeln!(out, "article\t{}", Shown(&article))?;
    }
    if let Some(articles) = preview.articles {
        writeln!(out, "articles\t{articles}")?;
    }
    Ok(opened.outcome())
}

/// These facts of an article, and of what they lack what was given before.
fn set_facts(opened: &Opened, article: ArticleKey, given: GivenFacts) -> Correction {
    let known = opened.corrections.corrections().all().iter();
    let known = known.filter_map(|it| it.facts_of(&article)).next_back().cloned();
    let facts = given.after(known.unwrap_or_default());
    Correction::SetFacts { article, facts }
}

fn list(opened: &Opened, as_json: bool) -> Result<Outcome, CliError> {
    let all = opened.corrections.corrections().all();
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{:#}", json!(all))?;
    } else {
        for (number, it) in (1..).zip(all) {
            writeln!(out, "{number}\t{}", json!(it))?;
        }
    }
    Ok(opened.outcome())
}

fn undo(opened: &mut Opened, number: Option<usize>) -> Result<Outcome, CliError> {
    let made = match number {
        None => None,
        Some(number) => {
            let idx = number.checked_sub(1).ok_or(CliError::CorrectionZero)?;
            let made = opened.corrections.corrections().made(idx);
            Some(made.ok_or(CorrectionError::NothingToUndo)?)
        }
    };
    let undone = opened.corrections.undo(made, &opened.index)?;
    writeln!(io::stdout(), "{}", json!(undone))?;
    Ok(opened.outcome())
}

fn export(opened: &Opened, file: Option<&Path>) -> Result<Outcome, CliError> {
    match file {
        Some(file) => opened.corrections.export(file)?,
        None => write!(io::stdout(), "{}", opened.corrections.corrections().to_json())?,
    }
    Ok(opened.outcome())
}

fn import(opened: &mut Opened, file: &Path, as_json: bool) -> Result<Outcome, CliError> {
    let report = opened.corrections.import(file, &opened.index)?;
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{:#}", json!(report))?;
    } else {
        let (added, known) = (report.added, report.known);
        let n_conflicts = report.conflicts.len();
        writeln!(out, "{added} added, {known} known, {n_conflicts} in conflict")?;
        for (theirs, own) in &report.conflicts {
            writeln!(out, "conflict: {} with {}", json!(theirs), json!(own))?;
        }
    }
    Ok(opened.outcome())
}

fn summary_line(it: &EntitySummary) -> String {
    let spellings: Vec<&str> = it.spellings.iter().map(|(form, _)| form.as_str()).collect();
    let kind = it.kind.word();
    let (name, spellings) = (Shown(&it.name), spellings.join("; "));
    format!("{}\t{kind}\t{name}\t{}", it.articles, Shown(&spellings))
}

/// The entity with an id, or the only one with a name.
pub(super) fn entity_named(registry: &Registry, name: &str) -> Result<EntityId, CliError> {
    let id = EntityId(name.to_owned());
    if let Some(entity) = registry.find(&id).and_then(|idx| registry.get(idx)) {
        return Ok(entity.id());
    }
    let mut named = registry.entities().filter(|it| it.name() == name);
    match (named.next(), named.next()) {
        (Some(entity), None) => Ok(entity.id()),
        (None, _) => Err(CliError::NoEntity { name: name.to_owned() }),
        (Some(a), Some(b)) => Err(CliError::SeveralEntities {
            a: a.id().0,
            b: b.id().0,
        }),
    }
}
