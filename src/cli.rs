//! The command line: the same engine without a window, for scripts, tests and measuring.
//!
//! Exit codes: 0 done; 1 done, but some files could not be read (they are listed); 2 wrong usage, or a folder, file
//! or index that cannot be read.

mod measure;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use clap::{Parser, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::app;
use crate::arabic::letter::{FSI, PDI};
use crate::arabic::lexicon::WordCounts;
use crate::archive::{self, Article, DatePrecision, PublicationDate, Reading, ReadingRule};
use crate::entities::train::{self, Corpus, Lists, MarkedArticle, Recipe, Sources, Tally};
use crate::entities::{
    BUILT_IN_MODEL, Correction, Entity, EntityId, EntityKind, LISTS, MODEL_NOTICE, ModelRecogniser, Name,
    Recogniser as _, Registry,
};
use crate::index::{EntitySummary, Facet, FacetOrder, Hit, Index, ResultPage, SearchRequest, Searcher, WriteError};
use crate::state::{ArchiveRoot, UpdateSummary};
use crate::work::{ArchiveCorrections, DataDir, UpdateError, UpdateStep, named_suggestions, update_index};

/// A catalogue for folders of Arabic news articles.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Action>,
    /// The folder of articles to open; without it the last one, at first the built-in sample
    folder: Option<PathBuf>,
    /// Where Fihrist keeps its indexes and settings [default: the platform's data directory]
    #[arg(long, global = true)]
    data_dir: Option<PathBuf>,
    /// No progress on standard error
    #[arg(long, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read what is new or changed in a folder
    Index {
        folder: PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// Find articles
    Search {
        folder: PathBuf,
        query: String,
        /// How many hits are listed
        #[arg(long, default_value_t = 20)]
        limit: usize,
        #[arg(long)]
        json: bool,
    },
    /// Show how one file was understood
    Show {
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// List the people, organisations and places of a folder
    Entities {
        folder: PathBuf,
        #[arg(long)]
        kind: Option<Kind>,
        /// List instead which of them may be one, for review
        #[arg(long)]
        suggestions: bool,
        #[arg(long)]
        json: bool,
    },
    /// Correct which names of a folder are one, and share such corrections
    Corrections {
        folder: PathBuf,
        #[command(subcommand)]
        action: CorrectionAction,
        /// Only say what would change
        #[arg(long, global = true)]
        preview: bool,
        #[arg(long, global = true)]
        json: bool,
    },
    /// Correct how files are read, or list the corrections
    ///
    /// Without FILES lists the corrections of a folder. They are kept as JSON in Fihrist's data directory, never in the
    /// folder, and may be edited there. The next indexing reads again what they change.
    Reading {
        folder: PathBuf,
        /// A file, a folder in the folder, or a pattern such as "*.csv" or "2003/**/*.txt"
        files: Option<String>,
        /// The encoding of these files, e.g. windows-1256, ISO-8859-6, MacArabic
        #[arg(long, requires = "files")]
        encoding: Option<String>,
        /// The format of these files, e.g. text, html, csv, json-lines
        #[arg(long, requires = "files", value_parser = parse_format)]
        format: Option<archive::Format>,
        /// What a field holds, e.g. --field story=body --field 3=date; roles: title, body, summary, date, source,
        /// byline, keywords, caption, url, ignore
        #[arg(long = "field", requires = "files", value_name = "NAME=ROLE", value_parser = parse_field)]
        fields: Vec<(String, archive::FieldRole)>,
        /// Forget the correction of these files
        #[arg(long, requires = "files", conflicts_with_all = ["encoding", "format", "fields"])]
        remove: bool,
        #[arg(long)]
        json: bool,
    },
    /// Write the articles that a query finds to a file
    Export {
        folder: PathBuf,
        query: String,
        #[arg(long)]
        format: Format,
        /// Where to; without it, standard output
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Make the model of the recogniser; for developers
    #[command(hide = true)]
    Train {
        /// News with marked names, one JSON object a line: id, text, entities
        #[arg(long)]
        news: PathBuf,
        /// A folder of unmarked articles, from which words are clustered
        #[arg(long)]
        articles: PathBuf,
        /// The model file
        #[arg(short, long)]
        output: PathBuf,
        /// Hold out this tenth of the news too, from 1 to 9, and measure on it
        #[arg(long)]
        check: Option<u64>,
        /// Use only this share of the marked articles
        #[arg(long, default_value_t = 1.0)]
        share: f64,
        /// Do without these
        #[arg(long, value_delimiter = ',')]
        without: Vec<Ingredient>,
    },
    /// Measure how fast a folder that was indexed opens and answers, as JSON; for developers
    #[command(hide = true)]
    Measure {
        folder: PathBuf,
        #[arg(long, default_value_t = 500)]
        queries: usize,
    },
    /// Count the words of articles for the stemmer's lexicon; for developers
    #[command(hide = true)]
    Lexicon {
        /// A folder of articles
        #[arg(long)]
        articles: PathBuf,
        /// The lexicon file
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Measure the recogniser on the news that it was not trained on; for developers
    #[command(hide = true)]
    Evaluate {
        /// News with marked names, as for training
        #[arg(long)]
        news: PathBuf,
        /// A model file instead of the built-in one
        #[arg(long)]
        model: Option<PathBuf>,
        /// Without the rules after the model
        #[arg(long)]
        without_rules: bool,
    },
}

/// What a model can be made without, to see what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ingredient {
    Clusters,
    Lists,
    SecondLook,
}

fn parse_format(name: &str) -> Result<archive::Format, String> {
    let names: Vec<&str> = archive::Format::ALL.iter().map(|it| it.name()).collect();
    archive::Format::for_name(name).ok_or_else(|| format!("no such format; there are {}", names.join(", ")))
}

fn parse_field(given: &str) -> Result<(String, archive::FieldRole), String> {
    let (name, role) = given.rsplit_once('=').ok_or("a field is given as NAME=ROLE")?;
    let names: Vec<&str> = archive::FieldRole::ALL.iter().map(|it| it.name()).collect();
    let role =
        archive::FieldRole::for_name(role).ok_or_else(|| format!("no such role; there are {}", names.join(", ")))?;
    Ok((name.to_owned(), role))
}

/// What to do with corrections. An entity is named by its id, or by a name that no other entity has.
#[derive(Debug, Subcommand)]
enum CorrectionAction {
    /// The corrections in the order in which they were made, numbered from 1
    List,
    /// Two entities are one; the name and kind of INTO hold
    Merge { from: String, into: String },
    /// A spelling is another entity
    Split { entity: String, spelling: String },
    /// Show an entity under another name
    Rename { entity: String, name: String },
    /// An entity is another kind of thing
    SetKind { entity: String, kind: Kind },
    /// What was found is no entity
    Hide { entity: String },
    /// Two entities are never taken for one
    KeepApart { a: String, b: String },
    /// Take back a correction; without NUMBER the last one
    Undo { number: Option<usize> },
    /// Write all corrections to a file; without it, standard output
    Export { file: Option<PathBuf> },
    /// Take over the corrections of a file; one's own hold where they contradict them
    Import { file: PathBuf },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Person,
    Organisation,
    Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Json,
}

impl From<Kind> for EntityKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Organisation => Self::Organisation,
            Kind::Place => Self::Place,
        }
    }
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// No data directory, no window, a damaged file: a sentence for the person who typed the command.
    #[error("{0}")]
    Message(String),
    /// A result could not be written.
    #[error("cannot write the result: {0}")]
    Output(#[from] io::Error),
}

impl CliError {
    fn new(err: impl std::fmt::Display) -> Self {
        Self::Message(err.to_string())
    }
}

/// Carries out a command.
pub fn run(arguments: Arguments) -> Result<ExitCode, CliError> {
    let data_dir = match arguments.data_dir {
        Some(path) => DataDir::new(path),
        None => DataDir::of_platform().map_err(CliError::new)?,
    };
    let quiet = arguments.quiet;
    match arguments.command {
        None => window(data_dir, arguments.folder),
        Some(Action::Index { folder, json }) => index(&data_dir, &folder, json, quiet),
        Some(Action::Search {
            folder,
            query,
            limit,
            json,
        }) => search(&data_dir, &folder, &query, limit, json, quiet),
        Some(Action::Show { file, json }) => show(&data_dir, &file, json),
        Some(Action::Reading {
            folder,
            files,
            encoding,
            format,
            fields,
            remove,
            json,
        }) => {
            let rule = files.map(|files| ReadingRule {
                files,
                encoding,
                format,
                fields: fields.into_iter().collect(),
            });
            reading(&data_dir, &folder, rule, remove, json)
        }
        Some(Action::Entities {
            folder,
            kind,
            suggestions: false,
            json,
        }) => entities(&data_dir, &folder, kind, json, quiet),
        Some(Action::Entities { folder, kind, json, .. }) => suggestions(&data_dir, &folder, kind, json, quiet),
        Some(Action::Corrections {
            folder,
            action,
            preview,
            json,
        }) => corrections(&data_dir, &folder, action, preview, json, quiet),
        Some(Action::Export {
            folder,
            query,
            format,
            output,
        }) => export(&data_dir, &folder, &query, format, output.as_deref(), quiet),
        Some(Action::Train {
            news,
            articles,
            output,
            check,
            share,
            without,
        }) => train_model(&news, &articles, &output, check, share, &without, quiet),
        Some(Action::Measure { folder, queries }) => {
            let figures = measure::measure(&data_dir.index_of(&folder), queries).map_err(CliError::new)?;
            let json = serde_json::to_string_pretty(&figures).map_err(CliError::new)?;
            writeln!(io::stdout(), "{json}")?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Action::Lexicon { articles, output }) => make_lexicon(&articles, &output),
        Some(Action::Evaluate {
            news,
            model,
            without_rules,
        }) => evaluate(&news, model.as_deref(), !without_rules),
    }
}

fn read_news(path: &Path) -> Result<Vec<MarkedArticle>, CliError> {
    let jsonl = fs::read_to_string(path).map_err(|err| CliError::Message(format!("{err}: {}", path.display())))?;
    train::parse_marked(&jsonl).map_err(|err| CliError::Message(format!("{err}: {}", path.display())))
}

fn train_model(
    news: &Path,
    articles: &Path,
    output: &Path,
    check: Option<u64>,
    share: f64,
    without: &[Ingredient],
    quiet: bool,
) -> Result<ExitCode, CliError> {
    let report = |step: &str| {
        if !quiet {
            eprintln!("{step}");
        }
    };
    let has = |it: Ingredient| !without.contains(&it);
    let marked = read_news(news)?;
    let (checked, mut used): (Vec<&MarkedArticle>, Vec<&MarkedArticle>) = marked
        .iter()
        .filter(|it| train::tenth(&it.id) != train::HELD_OUT)
        .partition(|it| Some(train::tenth(&it.id)) == check);
    used.sort_by_key(|it| it.order());
    used.truncate((used.len() as f64 * share).round() as usize);

    let mut words = Vec::new();
    let mut texts = Vec::new();
    if has(Ingredient::Clusters) {
        report("reading articles");
        for_each_text(articles, |text| texts.push(text.to_owned()))?;
        let corpus = Corpus::new(texts.iter().map(String::as_str));
        report(&format!("clustering {} words", corpus.frequent().len()));
        words = train::with_counts(corpus.frequent(), &train::clusters(&corpus));
    }
    let mut lists = Lists::default();
    if has(Ingredient::Lists) {
        for tsv in LISTS {
            lists.add(tsv).map_err(CliError::new)?;
        }
    }
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
    fs::write(output, &model).map_err(|err| CliError::Message(format!("{err}: {}", output.display())))?;
    if !checked.is_empty() {
        let tally = train::evaluate(&model, &checked, true).map_err(CliError::new)?;
        write_tally(&tally)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Every file in a folder as text, in the order of paths.
fn for_each_text(folder: &Path, mut each: impl FnMut(&str)) -> Result<(), CliError> {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(CliError::new)?;
        if entry.file_type().is_file() {
            let path = entry.path();
            let bytes = fs::read(path).map_err(|err| CliError::Message(format!("{err}: {}", path.display())))?;
            each(&String::from_utf8_lossy(&bytes));
        }
    }
    Ok(())
}

fn make_lexicon(articles: &Path, output: &Path) -> Result<ExitCode, CliError> {
    let mut counts = WordCounts::default();
    for_each_text(articles, |text| counts.add(text))?;
    let bytes = counts.lexicon_bytes();
    fs::write(output, bytes).map_err(|err| CliError::Message(format!("{err}: {}", output.display())))?;
    Ok(ExitCode::SUCCESS)
}

fn evaluate(news: &Path, model: Option<&Path>, with_rules: bool) -> Result<ExitCode, CliError> {
    let marked = read_news(news)?;
    let held_out: Vec<&MarkedArticle> = marked
        .iter()
        .filter(|it| train::tenth(&it.id) == train::HELD_OUT)
        .collect();
    let bytes = match model {
        Some(path) => fs::read(path).map_err(|err| CliError::Message(format!("{err}: {}", path.display())))?,
        None => BUILT_IN_MODEL.to_vec(),
    };
    let start = Instant::now();
    let tally = train::evaluate(&bytes, &held_out, with_rules).map_err(CliError::new)?;
    let seconds = start.elapsed().as_secs_f64();
    write_tally(&tally)?;
    let n_bytes: usize = held_out
        .iter()
        .flat_map(|it| &it.paragraphs)
        .map(|it| it.text.len())
        .sum();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} articles, {:.2} MB of text a second",
        held_out.len(),
        n_bytes as f64 / 1e6 / seconds
    )?;
    Ok(ExitCode::SUCCESS)
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
    line("person", tally.of(EntityKind::Person))?;
    line("organisation", tally.of(EntityKind::Organisation))?;
    line("place", tally.of(EntityKind::Place))?;
    line("all", tally.overall())?;
    Ok(())
}

fn window(data_dir: DataDir, folder: Option<PathBuf>) -> Result<ExitCode, CliError> {
    let root = folder.map(|folder| ArchiveRoot::Folder(std::path::absolute(&folder).unwrap_or(folder)));
    app::run(data_dir, root).map_err(CliError::new)?;
    Ok(ExitCode::SUCCESS)
}

fn index(data_dir: &DataDir, folder: &Path, as_json: bool, quiet: bool) -> Result<ExitCode, CliError> {
    let (_, summary) = open(data_dir, folder, quiet)?;
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(
            out,
            "{}",
            serde_json::to_string_pretty(&summary).map_err(CliError::new)?
        )?;
    } else {
        writeln!(
            out,
            "{} articles in {} files: {} added, {} changed, {} removed, {} unreadable, {} left out; {:.1} s",
            summary.articles,
            summary.files,
            summary.added,
            summary.changed,
            summary.removed,
            summary.unreadable.len(),
            summary.left_out,
            summary.seconds
        )?;
        for it in &summary.unreadable {
            writeln!(out, "unreadable: {}: {}", it.reason, it.path.display())?;
        }
    }
    Ok(exit_code(&summary))
}

fn search(
    data_dir: &DataDir,
    folder: &Path,
    query: &str,
    limit: usize,
    as_json: bool,
    quiet: bool,
) -> Result<ExitCode, CliError> {
    let Found {
        searcher,
        request,
        page,
        summary,
    } = find(data_dir, folder, query, quiet)?;
    let n_hits = limit.min(page.articles.len());
    let hits = searcher.hits(&page, 0..n_hits, &request);
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{:#}", search_json(&page, &hits))?;
    } else {
        writeln!(out, "{} articles", page.articles.len())?;
        for hit in &hits {
            let date = hit.published.map_or_else(|| "undated".to_owned(), date_text);
            let source = hit.source.as_deref().unwrap_or("-");
            writeln!(out, "{date}\t{source}\t{}\t{}", hit.title, hit.path.display())?;
        }
    }
    Ok(exit_code(&summary))
}

fn search_json(page: &ResultPage, hits: &[Hit]) -> Value {
    let hits: Vec<Value> = hits
        .iter()
        .map(|hit| {
            json!({
                "path": hit.path, "record": hit.record, "title": hit.title, "published": published_json(hit.published),
                "source": hit.source, "score": hit.score, "snippet": hit.snippet.text, "story_size": hit.story_size,
            })
        })
        .collect();
    let facets: serde_json::Map<String, Value> = page
        .facets
        .iter()
        .map(|counts| (facet_name(counts.facet).to_owned(), json!(counts.values)))
        .collect();
    let of_months = page
        .timeline
        .chunk_by(|a, b| a.day.first_of_month() == b.day.first_of_month());
    let timeline: Vec<Value> = of_months
        .map(|days| {
            let articles: u64 = days.iter().map(|it| it.articles).sum();
            json!({"month": days[0].day.strftime("%Y-%m").to_string(), "articles": articles})
        })
        .collect();
    json!({
        "query_understood": page.query_understood.arabic.replace([FSI, PDI], ""), "total": page.articles.len(), "millis": page.millis,
        "hits": hits, "facets": facets, "timeline": timeline, "undated": page.undated,
    })
}

fn reading(
    data_dir: &DataDir,
    folder: &Path,
    rule: Option<ReadingRule>,
    remove: bool,
    as_json: bool,
) -> Result<ExitCode, CliError> {
    if let Err(err) = fs::read_dir(folder) {
        let message = format!("cannot read the folder: {err}: {}", folder.display());
        return Err(CliError::Message(message));
    }
    let mut reading = data_dir.load_reading(folder).map_err(CliError::new)?;
    if let Some(rule) = rule {
        let says_nothing = rule.encoding.is_none() && rule.format.is_none() && rule.fields.is_empty();
        if remove {
            if !reading.remove(&rule.files) {
                return Err(CliError::Message(format!(
                    "no correction of these files: {}",
                    rule.files
                )));
            }
        } else if says_nothing {
            let message = "say what is to be read otherwise: --encoding, --format or --field; or --remove";
            return Err(CliError::Message(message.to_owned()));
        } else {
            reading.set(rule).map_err(CliError::new)?;
        }
        data_dir.save_reading(folder, &reading).map_err(|err| {
            let path = data_dir.reading_file(folder);
            CliError::Message(format!("cannot keep the corrections: {err}: {}", path.display()))
        })?;
    }
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{}", reading.to_json())?;
        return Ok(ExitCode::SUCCESS);
    }
    for rule in &reading.rules {
        write!(out, "{}:", rule.files)?;
        if let Some(encoding) = &rule.encoding {
            write!(out, " encoding {encoding}")?;
        }
        if let Some(format) = rule.format {
            write!(out, " format {format}")?;
        }
        for (name, role) in &rule.fields {
            write!(out, " {name}={}", role.name())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "kept in {}", data_dir.reading_file(folder).display())?;
    Ok(ExitCode::SUCCESS)
}

fn show(data_dir: &DataDir, file: &Path, as_json: bool) -> Result<ExitCode, CliError> {
    let root = file
        .parent()
        .filter(|it| !it.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let name = file.file_name().map_or(file, Path::new);
    // In an archive with corrections it is read as the archive is.
    let read = match data_dir.load_reading_of_file(file).map_err(CliError::new)? {
        Some((folder, reading)) => {
            let file = file.canonicalize().unwrap_or_else(|_not_there| file.to_owned());
            let path = file.strip_prefix(&folder).unwrap_or(name);
            archive::read_file(&folder, path, &reading)
        }
        None => archive::read_file(root, name, &Reading::default()),
    };
    let read = read.map_err(CliError::new)?;
    for it in &read.summary.unreadable {
        eprintln!("fihrist: unreadable: {}: {}", it.reason, it.path.display());
    }
    let is_whole = read.summary.unreadable.is_empty();
    let exit_code = if is_whole { ExitCode::SUCCESS } else { ExitCode::from(1) };
    let articles = read.articles;
    let recogniser = ModelRecogniser::new();
    let mut out = io::stdout().lock();
    let shown: Vec<Value> = articles
        .iter()
        .map(|article| article_json(article, &recogniser))
        .collect();
    if as_json {
        writeln!(out, "{:#}", Value::Array(shown))?;
        return Ok(exit_code);
    }
    for article in &articles {
        writeln!(
            out,
            "{}{}",
            article.title,
            if article.title_derived { " (derived)" } else { "" }
        )?;
        let date = article.published.map_or_else(|| "undated".to_owned(), date_text);
        writeln!(
            out,
            "{date} · {}\n",
            article.source.as_deref().unwrap_or("no source stated")
        )?;
        writeln!(out, "{}\n", article.body())?;
        for problem in &article.problems {
            writeln!(out, "problem: {problem}")?;
        }
    }
    Ok(exit_code)
}

fn article_json(article: &Article, recogniser: &ModelRecogniser) -> Value {
    let mentions = recogniser.mentions(article);
    let names: Vec<(Name, u64)> = mentions.iter().map(|mention| (mention.name.clone(), 1)).collect();
    let registry = Registry::resolve(&names);
    let section_json = |section: &archive::Section| json!({"kind": section.kind, "start": section.span.start, "end": section.span.end});
    let captions: Vec<&str> = article
        .sections
        .iter()
        .filter(|section| section.kind == archive::SectionKind::Caption)
        .filter_map(|section| section.span.of(&article.text))
        .collect();
    let mentions: Vec<Value> = mentions
        .iter()
        .map(|mention| {
            let entity = registry.entity_of(&mention.name).and_then(|idx| registry.get(idx));
            json!({
                "kind": mention.kind, "text": mention.span.of(&article.text),
                "name": entity.map(|entity| entity.name()),
                "role": mention.role_text(&article.text), "start": mention.span.start, "end": mention.span.end,
            })
        })
        .collect();
    let dates: Vec<Value> = archive::date_mentions(article)
        .iter()
        .flat_map(|mention| mention.days.iter().map(move |days| (mention, days)))
        .map(|(mention, days)| {
            json!({
                "text": mention.span.of(&article.text), "start": mention.span.start, "end": mention.span.end,
                "from": days.first.to_string(), "to": days.last.to_string(), "precision": days.precision,
                "approximate": mention.is_approximate,
            })
        })
        .collect();
    let problems: Vec<String> = article.problems.iter().map(ToString::to_string).collect();
    let fields = article.origin.fields.iter();
    let fields: serde_json::Map<String, Value> = fields.map(|(name, role)| (name.clone(), json!(role))).collect();
    json!({
        "path": article.path, "record": article.record, "title": article.title,
        "title_derived": article.title_derived, "published": published_json(article.published),
        "source": article.source, "byline": article.byline, "keywords": article.keywords, "body": article.body(),
        "captions": captions, "sections": article.sections.iter().map(section_json).collect::<Vec<_>>(),
        "mentions": mentions, "dates": dates, "problems": problems,
        "format": article.origin.format, "encoding": article.encoding,
        "member": article.origin.member.as_ref().map(|it| &it.path),
        "fields": fields,
    })
}

fn entities(
    data_dir: &DataDir,
    folder: &Path,
    kind: Option<Kind>,
    as_json: bool,
    quiet: bool,
) -> Result<ExitCode, CliError> {
    let (index, summary) = open(data_dir, folder, quiet)?;
    let searcher = index.searcher().map_err(CliError::new)?;
    let registry = searcher.registry();
    let of_kind = |facet| searcher.facet_values(&SearchRequest::default(), facet, "", FacetOrder::Count);
    let wanted = [Facet::Person, Facet::Organisation, Facet::Place]
        .into_iter()
        .zip(EntityKind::ALL)
        .filter(|(_, it)| kind.is_none_or(|kind| EntityKind::from(kind) == *it));
    // Counted as in the facets: an article that has two spellings of a name counts once.
    let counted: Vec<(Entity<'_>, u64)> = wanted
        .flat_map(|(facet, _)| of_kind(facet).values)
        .filter_map(|it| Some((registry.get(registry.find(&EntityId(it.id))?)?, it.articles)))
        .collect();
    let mut out = io::stdout().lock();
    if as_json {
        let entities: Vec<Value> = counted
            .iter()
            .map(|(it, articles)| {
                let alias_json = |(name, articles): &(&str, u64)| json!({"name": name, "articles": articles});
                let aliases: Vec<Value> = it.aliases().iter().map(alias_json).collect();
                json!({"id": it.id().0, "kind": it.kind(), "name": it.name(), "aliases": aliases, "articles": articles, "reasons": it.reasons()})
            })
            .collect();
        writeln!(out, "{:#}", Value::Array(entities))?;
    } else {
        for (it, articles) in counted {
            writeln!(out, "{articles}\t{}\t{}", kind_name(it.kind()), it.name())?;
        }
    }
    Ok(exit_code(&summary))
}

fn suggestions(
    data_dir: &DataDir,
    folder: &Path,
    kind: Option<Kind>,
    as_json: bool,
    quiet: bool,
) -> Result<ExitCode, CliError> {
    let (index, summary, own) = open_corrected(data_dir, folder, quiet)?;
    let wanted = kind.map(EntityKind::from);
    let mut found = named_suggestions(&index.searcher().map_err(CliError::new)?, &own);
    found.retain(|it| wanted.is_none_or(|kind| it.kind == kind));
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{:#}", json!(found))?;
    } else {
        for it in &found {
            let (into, from) = (&it.into_name, &it.from_name);
            let reason = json!(it.reason);
            let reason = reason.as_str().unwrap_or_default();
            writeln!(
                out,
                "{}\t{into}\t{}\t{from}\t{reason}",
                it.into_articles, it.from_articles
            )?;
        }
    }
    Ok(exit_code(&summary))
}

fn corrections(
    data_dir: &DataDir,
    folder: &Path,
    action: CorrectionAction,
    is_preview: bool,
    as_json: bool,
    quiet: bool,
) -> Result<ExitCode, CliError> {
    let (index, summary, mut own) = open_corrected(data_dir, folder, quiet)?;
    let searcher = index.searcher().map_err(CliError::new)?;
    let entity = |name: &str| entity_named(searcher.registry(), name);
    let correction = match action {
        CorrectionAction::List => {
            let mut out = io::stdout().lock();
            if as_json {
                writeln!(out, "{:#}", json!(own.corrections().all()))?;
            } else {
                for (number, it) in (1..).zip(own.corrections().all()) {
                    writeln!(out, "{number}\t{}", json!(it))?;
                }
            }
            return Ok(exit_code(&summary));
        }
        CorrectionAction::Undo { number } => {
            // Nobody counts from 0 here.
            let idx = number.map(|number| {
                number
                    .checked_sub(1)
                    .ok_or(CliError::Message("corrections are numbered from 1".into()))
            });
            let undone = own.undo(idx.transpose()?, &index).map_err(CliError::new)?;
            writeln!(io::stdout(), "{}", json!(undone))?;
            return Ok(exit_code(&summary));
        }
        CorrectionAction::Export { file: None } => {
            write!(io::stdout(), "{}", own.corrections().to_json())?;
            return Ok(exit_code(&summary));
        }
        CorrectionAction::Export { file: Some(file) } => {
            own.export(&file).map_err(CliError::new)?;
            return Ok(exit_code(&summary));
        }
        CorrectionAction::Import { file } => {
            let report = own.import(&file, &index).map_err(CliError::new)?;
            let mut out = io::stdout().lock();
            if as_json {
                writeln!(out, "{:#}", json!(report))?;
            } else {
                let (added, known) = (report.added, report.known);
                writeln!(
                    out,
                    "{added} taken over, {known} known, {} in conflict",
                    report.conflicts.len()
                )?;
                for (theirs, own) in &report.conflicts {
                    writeln!(out, "conflict: {} with {}", json!(theirs), json!(own))?;
                }
            }
            return Ok(exit_code(&summary));
        }
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
        CorrectionAction::SetKind { entity: of, kind } => Correction::SetKind {
            entity: entity(&of)?,
            kind: kind.into(),
        },
        CorrectionAction::Hide { entity: of } => Correction::Hide { entity: entity(&of)? },
        CorrectionAction::KeepApart { a, b } => Correction::KeepApart {
            a: entity(&a)?,
            b: entity(&b)?,
        },
    };
    let preview = own.preview(&correction, &index).map_err(CliError::new)?;
    if !is_preview {
        own.correct(correction, &index).map_err(CliError::new)?;
    }
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{:#}", json!(preview))?;
    } else {
        for (word, entities) in [("before", &preview.before), ("after", &preview.after)] {
            for it in entities {
                writeln!(out, "{word}\t{}", summary_line(it))?;
            }
        }
    }
    Ok(exit_code(&summary))
}

fn summary_line(it: &EntitySummary) -> String {
    let spellings: Vec<&str> = it.spellings.iter().map(|(form, _)| form.as_str()).collect();
    format!(
        "{}\t{}\t{}\t{}",
        it.articles,
        kind_name(it.kind),
        it.name,
        spellings.join("; ")
    )
}

/// The entity with an id, or the only one with a name.
fn entity_named(registry: &Registry, name: &str) -> Result<EntityId, CliError> {
    let id = EntityId(name.to_owned());
    if let Some(entity) = registry.find(&id).and_then(|idx| registry.get(idx)) {
        return Ok(entity.id());
    }
    let mut named = registry.entities().filter(|it| it.name() == name);
    match (named.next(), named.next()) {
        (Some(entity), None) => Ok(entity.id()),
        (None, _) => Err(CliError::Message(format!("there is no such entity: {name}"))),
        (Some(a), Some(b)) => Err(CliError::Message(format!(
            "several entities have this name; use an id, as {} or {}",
            a.id().0,
            b.id().0
        ))),
    }
}

fn export(
    data_dir: &DataDir,
    folder: &Path,
    query: &str,
    format: Format,
    output: Option<&Path>,
    quiet: bool,
) -> Result<ExitCode, CliError> {
    let Found {
        searcher,
        request,
        page,
        summary,
    } = find(data_dir, folder, query, quiet)?;
    let out: Box<dyn Write> = match output {
        Some(path) => Box::new(io::BufWriter::new(fs::File::create(path)?)),
        None => Box::new(io::stdout().lock()),
    };
    match format {
        Format::Csv => export_csv(out, &searcher, &page, &request)?,
        Format::Json => {
            let reading = data_dir.load_reading(folder).map_err(CliError::new)?;
            export_json(out, (folder, &reading), &searcher, &page, &request)?;
        }
    }
    Ok(exit_code(&summary))
}

fn export_csv(
    out: impl Write,
    searcher: &Searcher,
    page: &ResultPage,
    request: &SearchRequest,
) -> Result<(), CliError> {
    let mut table = csv::Writer::from_writer(out);
    table
        .write_record(["path", "record", "title", "published", "source", "snippet"])
        .map_err(CliError::new)?;
    for hit in searcher.hits(page, 0..page.articles.len(), request) {
        let record = [
            hit.path.to_string_lossy().into_owned(),
            hit.record.to_string(),
            hit.title,
            hit.published.map(date_text).unwrap_or_default(),
            hit.source.unwrap_or_default(),
            hit.snippet.text,
        ];
        table.write_record(record).map_err(CliError::new)?;
    }
    Ok(table.flush()?)
}

fn export_json(
    mut out: impl Write,
    (folder, reading): (&Path, &Reading),
    searcher: &Searcher,
    page: &ResultPage,
    request: &SearchRequest,
) -> Result<(), CliError> {
    let recogniser = ModelRecogniser::new();
    let mut articles = Vec::new();
    for hit in searcher.hits(page, 0..page.articles.len(), request) {
        // A file that vanished since it was indexed is left out of the export, and is gone at the next indexing.
        let Ok(Some(article)) = archive::read_article(folder, &hit.path, reading, hit.record) else {
            continue;
        };
        articles.push(article_json(&article, &recogniser));
    }
    Ok(writeln!(out, "{:#}", Value::Array(articles))?)
}

/// What a query finds in a folder.
struct Found {
    searcher: Searcher,
    request: SearchRequest,
    page: ResultPage,
    summary: UpdateSummary,
}

fn find(data_dir: &DataDir, folder: &Path, query: &str, quiet: bool) -> Result<Found, CliError> {
    let (index, summary) = open(data_dir, folder, quiet)?;
    let searcher = index.searcher().map_err(CliError::new)?;
    let request = SearchRequest {
        query_text: query.to_owned(),
        ..SearchRequest::default()
    };
    // Nothing cancels a search here.
    let page = searcher.search(&request, &|| false).unwrap_or_default();
    Ok(Found {
        searcher,
        request,
        page,
        summary,
    })
}

/// Opens the folder's index and brings it up to date, with progress on standard error.
fn open(data_dir: &DataDir, folder: &Path, quiet: bool) -> Result<(Index, UpdateSummary), CliError> {
    let (index, summary, _) = open_corrected(data_dir, folder, quiet)?;
    Ok((index, summary))
}

/// See [`open()`]; with the corrections that the index counts by.
fn open_corrected(
    data_dir: &DataDir,
    folder: &Path,
    quiet: bool,
) -> Result<(Index, UpdateSummary, ArchiveCorrections), CliError> {
    // Said before an index is made for a folder that is not there.
    if let Err(err) = fs::read_dir(folder) {
        return Err(CliError::Message(format!(
            "cannot read the folder: {err}: {}",
            folder.display()
        )));
    }
    let index = Index::open(&data_dir.index_of(folder)).map_err(CliError::new)?;
    let (corrections, damaged) = ArchiveCorrections::open(data_dir, folder, &index).map_err(CliError::new)?;
    if let Some(kept) = damaged {
        let kept = kept.display();
        eprintln!(
            "fihrist: the corrections of names could not be read and are kept aside; names are counted without: {kept}"
        );
    }
    let recogniser = ModelRecogniser::new();
    let mut report = |step: UpdateStep| {
        if let UpdateStep::Progress(it) = step
            && !quiet
        {
            eprint!(
                "\r{} of {} files, {} articles",
                it.files_done, it.files_total, it.articles
            );
        }
    };
    let result = update_index(
        &index,
        data_dir,
        folder,
        &recogniser,
        &AtomicBool::new(false),
        &mut report,
    );
    match result {
        Ok(summary) => {
            if !quiet && summary.added + summary.changed != 0 {
                eprintln!();
            }
            // If they cannot be kept now, they are the next time.
            corrections.keep_ids(&index).ok();
            Ok((index, summary, corrections))
        }
        Err(UpdateError::Write(WriteError::Busy)) => {
            eprintln!("fihrist: another Fihrist is reading this folder; what it has indexed so far is searched");
            let articles = index.n_articles().map_err(CliError::new)?;
            Ok((
                index,
                UpdateSummary {
                    articles,
                    ..UpdateSummary::default()
                },
                corrections,
            ))
        }
        Err(err) => Err(CliError::new(err)),
    }
}

fn exit_code(summary: &UpdateSummary) -> ExitCode {
    if summary.unreadable.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

fn published_json(published: Option<PublicationDate>) -> Value {
    published.map_or(
        Value::Null,
        |it| json!({"date": date_text(it), "precision": it.precision, "provenance": it.provenance}),
    )
}

/// "2023-10-28", "2023-10" or "2023", by what is known.
fn date_text(it: PublicationDate) -> String {
    match it.precision {
        DatePrecision::Day => it.date.to_string(),
        DatePrecision::Month => format!("{:04}-{:02}", it.date.year(), it.date.month()),
        DatePrecision::Year => format!("{:04}", it.date.year()),
    }
}

fn facet_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Person => "person",
        Facet::Organisation => "organisation",
        Facet::Place => "place",
        Facet::Source => "source",
        Facet::Keyword => "keyword",
        Facet::Date => "date",
        Facet::Language => "language",
        Facet::Folder => "folder",
        Facet::Format => "format",
    }
}

fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Place => "place",
    }
}
