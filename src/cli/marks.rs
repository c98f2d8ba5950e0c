//! `fihrist marks`: stars, read or unread, tags, notes and highlights, from a script or a terminal.

use std::collections::HashSet;
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::{Value, json};

use super::error::CliError;
use super::json::marks_json;
use super::marks_args::{MarkAction, MarkedArticles, MarksArgs};
use super::open::{Context, Opened, Outcome, open};
use super::search::ended;
use super::shown::{Shown, counted};
use crate::archive::ArticleId;
use crate::entities::ArticleKey;
use crate::index::{SearchRequest, Searcher};
use crate::marks::{ArticleMarks, Highlight, MarkChange, MarkColor, MarkedArticle, PassageText};

pub(super) fn marks(ctx: &Context, args: &MarksArgs) -> Result<Outcome, CliError> {
    let mut opened = open(ctx, &args.folder)?;
    let query = args.query.as_deref();
    let (of, change) = match &args.action {
        MarkAction::List => return list(&opened, query, args.json),
        MarkAction::Export { file } => return export(&opened, file.as_deref()),
        MarkAction::Import { file } => {
            let n_changed = opened.marks.import(file, &opened.index)?;
            return told(&opened, n_changed, args.json);
        }
        MarkAction::Highlight { quote, of, color, note } => {
            let articles = chosen(&opened, of, query)?;
            let n_changed = highlight(&mut opened, &articles, quote, *color, note)?;
            return told(&opened, n_changed, args.json);
        }
        MarkAction::Unhighlight { quote, of } => {
            let articles = chosen(&opened, of, query)?;
            let n_changed = unhighlight(&mut opened, &articles, quote)?;
            return told(&opened, n_changed, args.json);
        }
        MarkAction::Star(of) => (of, MarkChange::Star(true)),
        MarkAction::Unstar(of) => (of, MarkChange::Star(false)),
        MarkAction::Read(of) => (of, MarkChange::Read(true)),
        MarkAction::Unread(of) => (of, MarkChange::Read(false)),
        MarkAction::Tag { name, of, .. } => (of, tag(name, true)),
        MarkAction::Untag { name, of } => (of, tag(name, false)),
        MarkAction::Note { text, of } => (of, MarkChange::Note(text.clone())),
    };
    let articles = chosen(&opened, of, query)?;
    let undo = opened.marks.change(&articles, &change, &opened.index)?;
    if let MarkAction::Tag {
        name,
        color: Some(color),
        ..
    } = &args.action
    {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        opened
            .marks
            .edit(&opened.index, |marks| marks.set_color(&name, *color))?;
    }
    told(&opened, undo.len() as u64, args.json)
}

fn tag(name: &str, is: bool) -> MarkChange {
    let tag = name.to_owned();
    MarkChange::Tag { tag, is }
}

/// The articles that are named, or all that the query finds: at least one.
fn chosen(opened: &Opened, of: &MarkedArticles, query: Option<&str>) -> Result<Vec<ArticleId>, CliError> {
    let searcher = opened.searcher()?;
    let mut articles = named_articles(&searcher, &of.articles)?;
    match query {
        Some(query) => articles.extend(found_by(&searcher, query)?),
        None if articles.is_empty() => return Err(CliError::NoArticles),
        None => {}
    }
    let mut taken = HashSet::new();
    articles.retain(|it| taken.insert(*it));
    Ok(articles)
}

/// The articles with these keys, in their order.
pub(super) fn named_articles(searcher: &Searcher, keys: &[ArticleKey]) -> Result<Vec<ArticleId>, CliError> {
    let named = keys.iter().map(|key| {
        let article = key.to_string();
        searcher.article_of(key).ok_or(CliError::NoArticle { article })
    });
    named.collect()
}

/// All that a query finds, in the order of the list.
pub(super) fn found_by(searcher: &Searcher, query: &str) -> Result<Vec<ArticleId>, CliError> {
    let request = SearchRequest {
        query_text: ended(query),
        ..SearchRequest::default()
    };
    let page = searcher.search_to_end(&request)?;
    match page.incomplete {
        Some(err) => Err(CliError::Incomplete(err)),
        None => Ok(page.articles.to_vec()),
    }
}

fn highlight(
    opened: &mut Opened,
    articles: &[ArticleId],
    quote: &str,
    color: MarkColor,
    note: &str,
) -> Result<u64, CliError> {
    let sought = unplaced(quote);
    let mut n_found = 0;
    let undo = opened.marks.change_each(articles, &opened.index, |article, _| {
        let found = PassageText::new(&article.body).find(&sought)?;
        let mut passage = Highlight::new(&article.body, found, color)?;
        note.trim().clone_into(&mut passage.note);
        n_found += 1;
        Some(MarkChange::Highlight(passage))
    })?;
    match n_found {
        0 => Err(CliError::NoPassage {
            quote: quote.to_owned(),
        }),
        _ => Ok(undo.len() as u64),
    }
}

fn unhighlight(opened: &mut Opened, articles: &[ArticleId], quote: &str) -> Result<u64, CliError> {
    let sought = unplaced(quote);
    let is_meant = |it: &&Highlight| it.quote == quote || PassageText::new(&it.quote).find(&sought).is_some();
    let mut n_found = 0;
    let undo = opened.marks.change_each(articles, &opened.index, |_, marks| {
        let passage = marks?.highlights.iter().find(is_meant)?.clone();
        n_found += 1;
        Some(MarkChange::Unhighlight(passage))
    })?;
    match n_found {
        0 => Err(CliError::NoPassage {
            quote: quote.to_owned(),
        }),
        _ => Ok(undo.len() as u64),
    }
}

/// A passage of which only its words are known.
fn unplaced(quote: &str) -> Highlight {
    Highlight {
        quote: quote.to_owned(),
        before: String::new(),
        after: String::new(),
        color: MarkColor::default(),
        note: String::new(),
    }
}

fn told(opened: &Opened, n_changed: u64, as_json: bool) -> Result<Outcome, CliError> {
    let mut out = io::stdout().lock();
    match as_json {
        true => writeln!(out, "{:#}", json!({ "changed": n_changed }))?,
        false => writeln!(out, "{} changed", counted(n_changed, "article"))?,
    }
    Ok(opened.outcome())
}

fn export(opened: &Opened, file: Option<&Path>) -> Result<Outcome, CliError> {
    match file {
        Some(file) => opened.marks.export(file)?,
        None => write!(io::stdout(), "{}", opened.marks.to_json()?)?,
    }
    Ok(opened.outcome())
}

fn list(opened: &Opened, query: Option<&str>, as_json: bool) -> Result<Outcome, CliError> {
    let searcher = opened.searcher()?;
    let found: Option<HashSet<ArticleId>> = match query {
        Some(query) => Some(found_by(&searcher, query)?.into_iter().collect()),
        None => None,
    };
    let marks = opened.marks.marks();
    let is_found = |key: &ArticleKey| match &found {
        None => true,
        Some(found) => searcher.article_of(key).is_some_and(|it| found.contains(&it)),
    };
    let there = marks.articles().filter(|(key, _)| is_found(key));
    let there = there.map(|(key, it)| (key, it, searcher.article_of(key).is_none()));
    let lost = marks.lost().iter().filter(|_| found.is_none());
    let lost = lost.map(|(key, it)| (key, it, true));
    let mut out = io::stdout().lock();
    let mut listed = Vec::new();
    for (key, it, is_lost) in there.chain(lost) {
        let Some(shown) = it.shown() else { continue };
        match as_json {
            true => listed.push(listed_json(key, it, &shown, is_lost)),
            false => write_marks(&mut out, key, it, &shown, is_lost)?,
        }
    }
    if as_json {
        let tags = marks.tags().into_iter();
        let tags = tags.map(|(tag, n)| json!({"tag": tag, "articles": n, "color": marks.color_of(&tag)}));
        let tags: Vec<Value> = tags.collect();
        writeln!(out, "{:#}", json!({"articles": listed, "tags": tags}))?;
    }
    Ok(opened.outcome())
}

fn listed_json(key: &ArticleKey, it: &MarkedArticle, shown: &ArticleMarks, is_lost: bool) -> Value {
    let mut listed = json!({
        "path": key.file, "record": key.record, "title": it.print.title, "is_lost": is_lost,
    });
    if let (Value::Object(listed), Value::Object(marks)) = (&mut listed, marks_json(shown)) {
        listed.extend(marks);
    }
    listed
}

/// An article in a line, and behind it a line for its note and for each highlight.
fn write_marks(
    out: &mut impl io::Write,
    key: &ArticleKey,
    it: &MarkedArticle,
    shown: &ArticleMarks,
    is_lost: bool,
) -> io::Result<()> {
    let mut marks: Vec<String> = Vec::new();
    marks.extend(is_lost.then(|| "not found".to_owned()));
    marks.extend(shown.is_starred.then(|| "starred".to_owned()));
    marks.extend(shown.is_read.then(|| "read".to_owned()));
    marks.extend(shown.tags.iter().map(|it| format!("#{it}")));
    let (place, marks) = (key.to_string(), marks.join("; "));
    writeln!(out, "{}\t{}\t{}", Shown(&place), Shown(&it.print.title), Shown(&marks))?;
    if !shown.note.is_empty() {
        writeln!(out, "\tnote\t{}", Shown(&shown.note))?;
    }
    for it in &shown.highlights {
        let color = it.color.word();
        writeln!(out, "\t{color}\t{}\t{}", Shown(&it.quote), Shown(&it.note))?;
    }
    Ok(())
}
