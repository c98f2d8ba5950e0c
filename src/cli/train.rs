//! For developers: makes and measures the recogniser's model, and counts words for the stemmer's lexicon.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Instant;

use super::args::{EvaluateArgs, Ingredient, LexiconArgs, TrainArgs, TrainLatinArgs};
use super::error::CliError;
use super::open::{Context, Outcome};
use crate::arabic::lexicon::WordCounts;
use crate::entities::train::{self, Corpus, Lists, MarkedArticle, Recipe, Sources, Tally};
use crate::entities::{BUILT_IN_MODEL, EntityKind, MODEL_NOTICE};
use crate::work::private::write_for_user;

pub(super) fn train_model(ctx: &Context, args: &TrainArgs) -> Result<Outcome, CliError> {
    let report = |step: &str| {
        if !ctx.quiet {
            eprintln!("{step}");
        }
    };
    let has = |it: Ingredient| !args.without.contains(&it);
    let marked = read_news(&args.news)?;
    let (checked, mut used): (Vec<&MarkedArticle>, Vec<&MarkedArticle>) = marked
        .iter()
        .filter(|it| train::tenth(&it.id) != train::HELD_OUT)
        .partition(|it| Some(train::tenth(&it.id)) == args.check);
    used.sort_by_key(|it| it.order());
    used.truncate((used.len() as f64 * args.share).round() as usize);

    let mut words = Vec::new();
    let mut texts = Vec::new();
    if has(Ingredient::Clusters) {
        report("reading articles");
        for_each_text(&args.articles, |text| texts.push(text.to_owned()))?;
        let corpus = Corpus::new(texts.iter().map(String::as_str));
        report(&format!("clustering {} words", corpus.frequent().len()));
        words = train::with_counts(corpus.frequent(), &train::clusters(&corpus));
    }
    let lists = match has(Ingredient::Lists) {
        true => Lists::built_in(),
        false => Lists::default(),
    };
    let sources = Sources {
        marked: &used,
        words: &words,
        articles: &texts,
        lists: &lists,
        notice: MODEL_NOTICE,
    };
    let recipe = Recipe {
        with_second_look: has(Ingredient::SecondLook),
        ..Recipe::BUILT_IN
    };
    let model = train::make_model(&sources, recipe, &mut |step| report(step));
    write_for_user(&args.output, &model).map_err(|source| CliError::write(source, &args.output))?;
    if !checked.is_empty() {
        write_tally(&train::evaluate(&model, &checked, true)?)?;
    }
    Ok(Outcome::Whole)
}

pub(super) fn make_lexicon(args: &LexiconArgs) -> Result<Outcome, CliError> {
    let mut counts = WordCounts::default();
    for_each_text(&args.articles, |text| counts.add(text))?;
    write_for_user(&args.output, &counts.lexicon_bytes()).map_err(|source| CliError::write(source, &args.output))?;
    Ok(Outcome::Whole)
}

/// Makes the lists and the model of Latin spellings.
pub(super) fn train_latin(ctx: &Context, args: &TrainLatinArgs) -> Result<Outcome, CliError> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|source| CliError::read(source, path));
    let rows = train::latin_rows(&read(&args.units)?, &read(&args.pairs)?)?;
    let data = train::learn_latin(&rows, &mut |step| {
        if !ctx.quiet {
            eprintln!("{step}");
        }
    });
    let bytes = data
        .to_bytes()
        .map_err(|source| CliError::write(source, &args.output))?;
    write_for_user(&args.output, &bytes).map_err(|source| CliError::write(source, &args.output))?;
    Ok(Outcome::Whole)
}

/// Measures on the held-out tenth of the news.
pub(super) fn evaluate(args: &EvaluateArgs) -> Result<Outcome, CliError> {
    let marked = read_news(&args.news)?;
    let held_out: Vec<&MarkedArticle> = marked
        .iter()
        .filter(|it| train::tenth(&it.id) == train::HELD_OUT)
        .collect();
    let bytes = match &args.model {
        Some(path) => fs::read(path).map_err(|source| CliError::read(source, path))?,
        None => BUILT_IN_MODEL.to_vec(),
    };
    let start = Instant::now();
    let tally = train::evaluate(&bytes, &held_out, !args.without_rules)?;
    let secs = start.elapsed().as_secs_f64();
    write_tally(&tally)?;
    let paragraphs = held_out.iter().flat_map(|it| &it.paragraphs);
    let n_bytes: usize = paragraphs.map(|it| it.text.len()).sum();
    writeln!(
        io::stdout(),
        "{} articles, {:.2} MB of text a second",
        held_out.len(),
        n_bytes as f64 / 1e6 / secs
    )?;
    Ok(Outcome::Whole)
}

fn read_news(path: &Path) -> Result<Vec<MarkedArticle>, CliError> {
    let jsonl = fs::read_to_string(path).map_err(|source| CliError::read(source, path))?;
    train::parse_marked(&jsonl).map_err(|source| CliError::News {
        source,
        path: path.to_owned(),
    })
}

/// Every file in a folder as text, in the order of paths.
fn for_each_text(folder: &Path, mut each: impl FnMut(&str)) -> Result<(), CliError> {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).map_err(|source| CliError::read(source, entry.path()))?;
            each(&String::from_utf8_lossy(&bytes));
        }
    }
    Ok(())
}

/// Precision, recall and F1 of each kind and of all.
fn write_tally(tally: &Tally) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    let mut line = |name: &str, [precision, recall, f1]: [f32; 3]| {
        writeln!(
            out,
            "{name:<12} precision {precision:5.2} recall {recall:5.2} F1 {f1:5.2}"
        )
    };
    for kind in EntityKind::ALL {
        line(kind.word(), tally.of(kind))?;
    }
    line("all", tally.overall())?;
    Ok(())
}
