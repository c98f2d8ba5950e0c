//! What can be typed: the commands and their options.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::marks_args::{DossierArgs, MarksArgs, parse_article};
use crate::archive;
use crate::entities::{ArticleKey, EntityKind, GivenDate, NoDate};
use crate::index::Facet;
use crate::state::{CitationStyle, ExportColumn, Language, MOST_NAMES, Separator};

/// A catalogue for folders of Arabic news articles.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Action>,
    /// The folder of articles to open; without it the last one, at first the built-in sample
    pub(super) folder: Option<PathBuf>,
    /// Where Fihrist keeps its indexes and settings [default: the platform's data directory]
    #[arg(long, global = true)]
    pub(super) data_dir: Option<PathBuf>,
    /// No progress on standard error
    #[arg(long, global = true)]
    pub(super) quiet: bool,
    /// Print the log on standard error as well: steps, times, counts and kinds of errors
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Read what is new or changed in a folder
    ///
    /// Of files that are missing the articles are kept, and found, until --forget is given. If more than half of the files
    /// are missing, the folder is taken for one whose disk is not connected, and the command fails.
    Index(IndexArgs),
    /// Find articles
    Search(SearchArgs),
    /// List every place where the words of a query stand, each in its line (KWIC)
    ///
    /// The lines are those of all articles that the query finds: the words as they are marked in the window, phrases and
    /// names as one. With --sort all articles are read; without it no more than the lines that are listed need. At most
    /// two million lines are sorted.
    Kwic(KwicArgs),
    /// Show who appears with whom: the names of most articles that a query finds, and in how many each two of them stand
    ///
    /// Entities are counted, not spellings. A picture (SVG, PNG) has the strongest links of each name; GEXF, for Gephi, and
    /// JSON have all.
    Network(NetworkArgs),
    /// Draw counts as a picture (SVG, PNG): when articles were published, names over time, the most frequent values
    ///
    /// Below it stands what was searched for, how many articles that finds, in which archive, and the day.
    Chart(ChartArgs),
    /// Say what is new in the saved searches since they were last looked at
    ///
    /// New is what came into the archive since, whatever its date of publication. A file that was moved or changed is not
    /// new, nor is one that is read again.
    New(NewArgs),
    /// Show how one file was understood
    Show(ShowArgs),
    /// List the people, organisations and places of a folder
    Entities(EntitiesArgs),
    /// Correct which names of a folder are one, and share such corrections
    Corrections(CorrectionsArgs),
    /// Mark articles of a folder: stars, read or unread, tags, notes, highlighted passages; list and share marks
    ///
    /// Marks lie in Fihrist's data directory, never in the folder, and follow their articles when files are moved, edited
    /// or read anew.
    Marks(MarksArgs),
    /// Correct how files are read, or list the corrections
    ///
    /// Without FILES lists the corrections of a folder. They are kept as JSON in Fihrist's data directory, never in the
    /// folder, and may be edited there. The next indexing reads again what they change.
    Reading(ReadingArgs),
    /// Write the articles that a query finds to a file
    ///
    /// A file is there as a whole or not at all. A text that a program for tables would take for a formula has an apostrophe
    /// before it in a CSV, and is marked as a text in a workbook.
    Export(ExportArgs),
    /// Cite an article: in Arabic, or in the style of APA, Chicago or MLA
    Cite(CiteArgs),
    /// Hand on chosen articles in one file, with their marks and the corrections that concern them, or open such a file
    ///
    /// A dossier is a ZIP with readable JSON. It holds no absolute path. `fihrist dossier open FILE` puts its articles into a
    /// folder and its marks and corrections beside those of that folder.
    #[command(args_conflicts_with_subcommands = true)]
    Dossier(DossierArgs),
    /// Remove all that is known of a folder: index, corrections, searches, their versions, the log; never its articles
    ///
    /// Works for a folder that is gone, too. Refuses while another Fihrist has it open.
    Forget(ForgetArgs),
    /// Read the files that the program which started this one asks for
    #[command(hide = true)]
    ReadAlone,
    #[command(flatten)]
    Developer(Developer),
}

/// What only a developer of Fihrist needs.
#[derive(Debug, Subcommand)]
pub(super) enum Developer {
    /// Make the model of the recogniser; for developers
    #[command(hide = true)]
    Train(TrainArgs),
    /// Measure how fast a folder that was indexed opens and answers, as JSON; for developers
    #[command(hide = true)]
    Measure(MeasureArgs),
    /// Count the words of articles for the stemmer's lexicon; for developers
    #[command(hide = true)]
    Lexicon(LexiconArgs),
    /// Measure the recogniser on the news that it was not trained on; for developers
    #[command(hide = true)]
    Evaluate(EvaluateArgs),
    /// Learn how names are spelled in Latin letters; for developers
    #[command(hide = true)]
    TrainLatin(TrainLatinArgs),
}

impl Action {
    /// The word that is typed for it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::ReadAlone => "read-alone",
            Self::Index(_) => "index",
            Self::Search(_) => "search",
            Self::Kwic(_) => "kwic",
            Self::Network(_) => "network",
            Self::Chart(_) => "chart",
            Self::New(_) => "new",
            Self::Show(_) => "show",
            Self::Entities(_) => "entities",
            Self::Corrections(_) => "corrections",
            Self::Marks(_) => "marks",
            Self::Reading(_) => "reading",
            Self::Export(_) => "export",
            Self::Cite(_) => "cite",
            Self::Dossier(_) => "dossier",
            Self::Forget(_) => "forget",
            Self::Developer(Developer::Train(_)) => "train",
            Self::Developer(Developer::Measure(_)) => "measure",
            Self::Developer(Developer::Lexicon(_)) => "lexicon",
            Self::Developer(Developer::Evaluate(_)) => "evaluate",
            Self::Developer(Developer::TrainLatin(_)) => "train-latin",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct IndexArgs {
    pub folder: PathBuf,
    /// Forget the files that are missing: remove from the index what it holds of them
    #[arg(long)]
    pub forget: bool,
    /// Fail at once if another Fihrist is reading the folder, instead of waiting for it
    #[arg(long)]
    pub no_wait: bool,
    /// The CPU time that one file may take; a thirtieth of it is added for each megabyte [default: that of the settings, at
    /// first 60]
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    pub cpu_per_file: Option<f64>,
    /// The memory that one file may take [default: that of the settings, at first 1024]
    #[arg(long, value_name = "MB")]
    pub memory_per_file: Option<u32>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    pub folder: PathBuf,
    pub query: String,
    /// How many hits are listed
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct KwicArgs {
    pub folder: PathBuf,
    pub query: String,
    /// By the words that stand before or behind, in the order of the alphabet, or by the form of the word itself [default:
    /// as the articles are found]
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<LineOrder>,
    /// How many lines are listed [default: 100; with --csv or --tsv all]
    #[arg(long)]
    pub limit: Option<usize>,
    /// As a table for other programs: path, record, title, published, source, part, before, word, after
    #[arg(long, conflicts_with_all = ["tsv", "json"])]
    pub csv: bool,
    /// The same, with tabs between the columns
    #[arg(long, conflicts_with = "json")]
    pub tsv: bool,
    /// Where the table is written to; without it, standard output
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct NetworkArgs {
    pub folder: PathBuf,
    /// Counts only the articles that it finds; without it, all
    pub query: Option<String>,
    /// How many names are shown, from 2 to 400
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(2..=MOST_NAMES as i64))]
    pub names: u16,
    /// Only names of this kind; may be given several times
    #[arg(long)]
    pub kind: Vec<EntityKind>,
    /// Only a name, by itself or its id, and those that appear with it
    #[arg(long, value_name = "NAME")]
    pub around: Option<String>,
    /// Where to; FILE ends in .svg, .png, .gexf or .json. Without it the names and their links are listed
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ChartArgs {
    pub folder: PathBuf,
    /// Counts only the articles that it finds; without it, all. Names over time are counted in all
    pub query: Option<String>,
    /// What is drawn
    #[arg(long, value_name = "WHAT")]
    pub of: ChartOf,
    /// With --of names, a name by itself or its id; up to four
    #[arg(long, value_name = "NAME", num_args = 1, required_if_eq("of", "names"))]
    pub name: Vec<String>,
    /// Where to; FILE ends in .svg or .png
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The language of its words [default: that of the window]
    #[arg(long)]
    pub language: Option<ChartLanguage>,
}

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ChartOf {
    Timeline,
    Names,
    People,
    Organisations,
    Places,
    Sources,
    Keywords,
    Dates,
    Languages,
    Folders,
    Formats,
}

impl ChartOf {
    /// The facet whose values are drawn, if it is one.
    pub fn facet(self) -> Option<Facet> {
        Some(match self {
            Self::Timeline | Self::Names => return None,
            Self::People => Facet::Person,
            Self::Organisations => Facet::Organisation,
            Self::Places => Facet::Place,
            Self::Sources => Facet::Source,
            Self::Keywords => Facet::Keyword,
            Self::Dates => Facet::Date,
            Self::Languages => Facet::Language,
            Self::Folders => Facet::Folder,
            Self::Formats => Facet::Format,
        })
    }
}

/// The language of a chart's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ChartLanguage {
    Arabic,
    English,
}

impl From<ChartLanguage> for Language {
    fn from(language: ChartLanguage) -> Self {
        match language {
            ChartLanguage::Arabic => Self::Arabic,
            ChartLanguage::English => Self::English,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    pub folder: PathBuf,
    /// Note that they were looked at now
    #[arg(long)]
    pub mark_seen: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    pub file: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct EntitiesArgs {
    pub folder: PathBuf,
    #[arg(long)]
    pub kind: Option<EntityKind>,
    /// List instead which of them may be one, for review
    #[arg(long)]
    pub suggestions: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct CorrectionsArgs {
    pub folder: PathBuf,
    #[command(subcommand)]
    pub action: CorrectionAction,
    /// Only say what would change
    #[arg(long, global = true)]
    pub preview: bool,
    #[arg(long, global = true)]
    pub json: bool,
}

/// What to do with corrections. An entity is named by its id, or by a name that no other entity has.
#[derive(Debug, Subcommand)]
pub(super) enum CorrectionAction {
    /// The corrections in the order in which they were made, numbered from 1
    List,
    /// Two entities are one; the name and kind of INTO hold
    Merge { from: String, into: String },
    /// A spelling is another entity
    Split { entity: String, spelling: String },
    /// Show an entity under another name
    Rename { entity: String, name: String },
    /// Spell an entity so in Latin letters
    SetLatin { entity: String, latin: String },
    /// An entity is another kind of thing
    SetKind { entity: String, kind: EntityKind },
    /// What was found is no entity
    Hide { entity: String },
    /// Two entities are never taken for one
    KeepApart { a: String, b: String },
    /// Words are a name, wherever they stand or in one article
    MarkName {
        kind: EntityKind,
        words: String,
        /// The name with other ends that gives way to it
        #[arg(long, value_name = "WORDS")]
        instead_of: Option<String>,
        /// Only in this article: its file in the folder, and behind "#" its number there, from 0
        #[arg(long = "in", value_name = "FILE[#NUMBER]", value_parser = parse_article)]
        article: Option<ArticleKey>,
    },
    /// Words are no name, wherever they stand or in one article
    UnmarkName {
        words: String,
        /// Only in this article
        #[arg(long = "in", value_name = "FILE[#NUMBER]", value_parser = parse_article)]
        article: Option<ArticleKey>,
    },
    /// An article has this title, date or source; with none of them all is as in its file again
    SetFacts {
        #[arg(value_name = "FILE[#NUMBER]", value_parser = parse_article)]
        article: ArticleKey,
        #[arg(long)]
        title: Option<String>,
        /// 2023-11-14, 2023-11, 2023, or unknown
        #[arg(long, value_parser = parse_given_date)]
        date: Option<GivenDate>,
        /// Empty if none is known
        #[arg(long)]
        source: Option<String>,
    },
    /// Undo a correction; without NUMBER the last one
    Undo { number: Option<usize> },
    /// Write all corrections to a file; without it, standard output
    Export { file: Option<PathBuf> },
    /// Add the corrections of a file; your own win where the two contradict each other
    Import { file: PathBuf },
}

#[derive(Debug, Args)]
pub(super) struct ReadingArgs {
    pub folder: PathBuf,
    /// A file, a folder in the folder, or a pattern such as "*.csv" or "2003/**/*.txt"
    pub files: Option<String>,
    /// The encoding of these files, e.g. windows-1256, ISO-8859-6, MacArabic
    #[arg(long, requires = "files")]
    pub encoding: Option<String>,
    /// The format of these files, e.g. text, html, csv, json-lines
    #[arg(long, requires = "files", value_parser = parse_format)]
    pub format: Option<archive::Format>,
    /// What a field holds, e.g. --field story=body --field 3=date; roles: title, body, summary, date, source,
    /// byline, keywords, caption, url, ignore
    #[arg(long = "field", requires = "files", value_name = "NAME=ROLE", value_parser = parse_field)]
    pub fields: Vec<(String, archive::FieldRole)>,
    /// Have the text of pictures, and of PDFs without a text, recognised by an installed Tesseract
    ///
    /// Off at first. Such articles are of the kind “scan”, wherever they are shown. What was recognised stays when it is
    /// switched off again.
    #[arg(long, value_name = "ON|OFF", conflicts_with = "files")]
    pub recognise_scans: Option<Switch>,
    /// Forget the correction of these files
    #[arg(long, requires = "files", conflicts_with_all = ["encoding", "format", "fields"])]
    pub remove: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    pub folder: PathBuf,
    pub query: String,
    /// `csv` without any of the options below has the columns path, record, title, published, source, snippet, kind; `json`
    /// has the articles as they are in their files now; all others are written from the index
    #[arg(long)]
    pub format: ExportFormat,
    /// What is written of each article, between commas, for tables, Markdown and HTML [default: the usual ones]
    #[arg(long, value_delimiter = ',', value_name = "COLUMN,…")]
    pub columns: Vec<ExportColumn>,
    /// What stands between the columns of a CSV
    #[arg(long)]
    pub separator: Option<Separator>,
    /// Begin a CSV with U+FEFF, by which Excel knows UTF-8
    #[arg(long)]
    pub bom: bool,
    /// A CSV that Excel opens by a double click where Windows is set to an Arabic region: --bom --separator semicolon
    #[arg(long, conflicts_with_all = ["separator", "bom"])]
    pub excel_arabic: bool,
    /// The order of the articles [default: the best match first; without a query the newest]
    #[arg(long)]
    pub order: Option<ArticleOrder>,
    /// Only one article of each story
    #[arg(long)]
    pub stories: bool,
    /// How many articles at most
    #[arg(long)]
    pub limit: Option<usize>,
    /// The language of headings and other words [default: that of the window; the headings of tables are ids for programs]
    #[arg(long)]
    pub language: Option<WordsLanguage>,
    /// Where to; without it, standard output
    #[arg(short, long)]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CiteArgs {
    pub folder: PathBuf,
    /// Its file in the folder, and behind "#" its number there, from 0
    #[arg(value_name = "FILE[#NUMBER]", value_parser = parse_article)]
    pub article: ArticleKey,
    /// [default: that of the settings, at first arabic]
    #[arg(long)]
    pub style: Option<CitationStyle>,
    /// With italics, a link and its direction, as HTML
    #[arg(long)]
    pub html: bool,
}

#[derive(Debug, Args)]
pub(super) struct ForgetArgs {
    /// The folder as it was opened
    pub folder: PathBuf,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub(super) struct TrainArgs {
    /// News with marked names, one JSON object a line: id, text, entities, collection
    #[arg(long, required = true)]
    pub news: Vec<PathBuf>,
    /// A folder of unmarked articles, from which words are clustered
    #[arg(long)]
    pub articles: PathBuf,
    /// Names of people with their Latin spellings, as columns: arabic, latin, count, role
    #[arg(long)]
    pub units: Option<PathBuf>,
    /// The model file
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    /// Hold out this tenth of the news too, from 1 to 9, and measure on it
    #[arg(long)]
    pub check: Option<u64>,
    /// Leave out each of these collections in turn, or `each`, and measure on it; no model is written
    #[arg(long, value_delimiter = ',', conflicts_with = "output")]
    pub leave_out: Vec<String>,
    /// Use only this share of the marked articles
    #[arg(long, default_value_t = 1.0)]
    pub share: f64,
    /// Do without these
    #[arg(long, value_delimiter = ',')]
    pub without: Vec<Ingredient>,
}

#[derive(Debug, Args)]
pub(super) struct MeasureArgs {
    pub folder: PathBuf,
    #[arg(long, default_value_t = 500)]
    pub queries: usize,
}

#[derive(Debug, Args)]
pub(super) struct LexiconArgs {
    /// A folder of articles
    #[arg(long)]
    pub articles: PathBuf,
    /// The lexicon file
    #[arg(short, long)]
    pub output: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct EvaluateArgs {
    /// News with marked names, as for training
    #[arg(long, required = true)]
    pub news: Vec<PathBuf>,
    /// A model file instead of the built-in one
    #[arg(long)]
    pub model: Option<PathBuf>,
    /// Without the rules after the model
    #[arg(long)]
    pub without_rules: bool,
}

#[derive(Debug, Args)]
pub(super) struct TrainLatinArgs {
    /// Arabic units with their spellings: tab-separated columns arabic_key, latin, count, role, countries
    #[arg(long)]
    pub units: PathBuf,
    /// Pairs of names: tab-separated columns latin, arabic
    #[arg(long)]
    pub pairs: PathBuf,
    /// The file of lists and counts
    #[arg(short, long)]
    pub output: PathBuf,
}

impl ValueEnum for EntityKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    Csv,
    Json,
    Xlsx,
    JsonLines,
    Ris,
    Bibtex,
    CslJson,
    Markdown,
    Html,
}

/// By what articles are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ArticleOrder {
    Relevance,
    Newest,
    Oldest,
    Title,
    Source,
}

/// The language of words in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum WordsLanguage {
    Arabic,
    English,
}

impl ValueEnum for ExportColumn {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()))
    }
}

impl ValueEnum for Separator {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }))
    }
}

impl ValueEnum for CitationStyle {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Arabic => "arabic",
            Self::Apa => "apa",
            Self::Chicago => "chicago",
            Self::Mla => "mla",
        }))
    }
}

/// By what lines are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LineOrder {
    Before,
    After,
    Word,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}

/// What a model can be made without, to see what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Ingredient {
    Clusters,
    HiddenLayer,
    Lists,
    SecondLook,
}

/// What was typed for an option cannot be understood. The parser of arguments prints it beside the option.
#[derive(Debug, thiserror::Error)]
enum ValueError {
    #[error("no such format; there are {}", names(archive::Format::ALL.iter().map(|it| it.name())))]
    Format,
    #[error("a time is given in seconds, such as 60 or 0.5")]
    Seconds,
    #[error("a field is given as NAME=ROLE")]
    NoRole,
    #[error("no such role; there are {}", names(archive::FieldRole::ALL.iter().map(|it| it.name())))]
    Role,
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn parse_seconds(given: &str) -> Result<f64, ValueError> {
    let seconds: f64 = given.parse().map_err(|_no_number| ValueError::Seconds)?;
    (0.0 < seconds && seconds < 1e9)
        .then_some(seconds)
        .ok_or(ValueError::Seconds)
}

fn parse_format(name: &str) -> Result<archive::Format, ValueError> {
    archive::Format::for_name(name).ok_or(ValueError::Format)
}

fn parse_given_date(given: &str) -> Result<GivenDate, NoDate> {
    given.to_owned().try_into()
}

fn parse_field(given: &str) -> Result<(String, archive::FieldRole), ValueError> {
    let (name, role) = given.rsplit_once('=').ok_or(ValueError::NoRole)?;
    let role = archive::FieldRole::for_name(role).ok_or(ValueError::Role)?;
    Ok((name.to_owned(), role))
}
