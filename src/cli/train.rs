//! For developers: makes and measures the recogniser's model, and counts words for the stemmer's lexicon.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
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
    let mut texts = Vec::new();
    let mut clustered = (Vec::new(), Vec::new());
    if has(Ingredient::Clusters) {
        report("reading articles");
        for_each_text(&args.articles, |text| texts.push(text.to_owned()))?;
        let corpus = Corpus::new(texts.iter().map(String::as_str));
        report(&format!("clustering {} words", corpus.frequent().len()));
        let (clusters, centres) = train::clusters(&corpus);
        clustered = (train::with_counts(corpus.frequent(), &clusters), centres);
    }
    let mut lists = match has(Ingredient::Lists) {
        true => Lists::built_in(),
        false => Lists::default(),
    };
    if let Some(path) = &args.units {
        lists.add_attested(&fs::read_to_string(path).map_err(|source| CliError::read(source, path))?)?;
    }
    let recipe = Recipe {
        with_hidden_layer: has(Ingredient::HiddenLayer),
        with_second_look: has(Ingredient::SecondLook),
        ..Recipe::BUILT_IN
    };
    let make = |mut used: Vec<&MarkedArticle>| {
        used.sort_by_key(|it| it.order());
        used.truncate((used.len() as f64 * args.share).round() as usize);
        let sources = Sources {
            marked: &used,
            words: &clustered.0,
            centres: &clustered.1,
            articles: &texts,
            lists: &lists,
            notice: MODEL_NOTICE,
        };
        train::make_model(&sources, recipe, &mut |step| report(step))
    };
    if !args.leave_out.is_empty() {
        return leave_out(&marked, &args.leave_out, make);
    }
    let not_held_out = marked.iter().filter(|it| train::tenth(&it.id) != train::HELD_OUT);
    let (checked, used): (Vec<&MarkedArticle>, Vec<&MarkedArticle>) =
        not_held_out.partition(|it| Some(train::tenth(&it.id)) == args.check);
    let model = make(used);
    if let Some(output) = &args.output {
        write_for_user(output, &model).map_err(|source| CliError::write(source, output))?;
    }
    if !checked.is_empty() {
        write_tally(&train::evaluate(&model, &checked, true)?)?;
    }
    Ok(Outcome::Whole)
}

/// For each of some collections, or `each`, measures on it what is learnt from all the others.
fn leave_out(
    marked: &[MarkedArticle],
    wanted: &[String],
    make: impl Fn(Vec<&MarkedArticle>) -> Vec<u8>,
) -> Result<Outcome, CliError> {
    let mut total = Tally::default();
    for (collection, left_out) in by_collection(marked.iter()) {
        if !wanted.iter().any(|it| it == "each" || it == collection) {
            continue;
        }
        let model = make(marked.iter().filter(|it| it.collection != collection).collect());
        let tally = train::evaluate(&model, &left_out, true)?;
        write_row(collection, &tally)?;
        total.add(&tally);
    }
    write_tally(&total)?;
    Ok(Outcome::Whole)
}

/// Articles by their collections, in the order of these.
fn by_collection<'a>(articles: impl Iterator<Item = &'a MarkedArticle>) -> BTreeMap<&'a str, Vec<&'a MarkedArticle>> {
    let mut all: BTreeMap<&str, Vec<&MarkedArticle>> = BTreeMap::new();
    for it in articles {
        all.entry(&it.collection).or_default().push(it);
    }
    all
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
    let mut total = Tally::default();
    for (collection, articles) in by_collection(held_out.iter().copied()) {
        let tally = train::evaluate(&bytes, &articles, !args.without_rules)?;
        write_row(collection, &tally)?;
        total.add(&tally);
    }
    let secs = start.elapsed().as_secs_f64();
    write_tally(&total)?;
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

fn read_news(paths: &[PathBuf]) -> Result<Vec<MarkedArticle>, CliError> {
    let mut articles = Vec::new();
    for path in paths {
        let jsonl = fs::read_to_string(path).map_err(|source| CliError::read(source, path))?;
        let marked = train::parse_marked(&jsonl).map_err(|source| CliError::News {
            source,
            path: path.to_owned(),
        })?;
        articles.extend(marked);
    }
    Ok(articles)
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

/// F1 of each kind and of all, with the number of marked names, for the articles of one collection.
fn write_row(collection: &str, tally: &Tally) -> Result<(), CliError> {
    let mut row = format!("{collection:<26}");
    for kind in EntityKind::ALL {
        row.push_str(&format!(" {} {:5.2}", kind.word(), tally.of(kind)[2]));
    }
    writeln!(
        io::stdout(),
        "{row} all {:5.2} of {}",
        tally.overall()[2],
        tally.n_names()[1]
    )?;
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
