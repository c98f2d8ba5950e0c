//! What can be typed for `marks` and `dossier`.

use std::convert::Infallible;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum};

use crate::entities::ArticleKey;
use crate::marks::MarkColor;

#[derive(Debug, Args)]
pub(super) struct MarksArgs {
    pub folder: PathBuf,
    #[command(subcommand)]
    pub action: MarkAction,
    /// All articles that this query finds, instead of those that are named
    #[arg(long, global = true, value_name = "QUERY")]
    pub query: Option<String>,
    #[arg(long, global = true)]
    pub json: bool,
}

/// What to do with marks. An article is named by its file in the folder, and behind "#" its number there, from 0.
#[derive(Debug, Subcommand)]
pub(super) enum MarkAction {
    /// The marks in the order of articles; with --query of those that it finds
    List,
    /// Give articles a star
    Star(MarkedArticles),
    /// Take their star away
    Unstar(MarkedArticles),
    /// Count articles as read
    Read(MarkedArticles),
    /// Count them as unread
    Unread(MarkedArticles),
    /// Give articles a tag
    Tag {
        name: String,
        #[command(flatten)]
        of: MarkedArticles,
        /// The tag's colour, wherever it is given
        #[arg(long)]
        color: Option<MarkColor>,
    },
    /// Take a tag away
    Untag {
        name: String,
        #[command(flatten)]
        of: MarkedArticles,
    },
    /// Write a note for articles, in place of the one that they have; an empty one removes it
    Note {
        text: String,
        #[command(flatten)]
        of: MarkedArticles,
    },
    /// Highlight a passage, given by its words, in each of the articles in which it stands
    Highlight {
        quote: String,
        #[command(flatten)]
        of: MarkedArticles,
        #[arg(long, default_value = "yellow")]
        color: MarkColor,
        /// A note for the passage
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Take the highlight of a passage away
    Unhighlight {
        quote: String,
        #[command(flatten)]
        of: MarkedArticles,
    },
    /// Write all marks to a file; without it, standard output
    Export { file: Option<PathBuf> },
    /// Add the marks of a file; of each mark the later change holds
    Import { file: PathBuf },
}

#[derive(Debug, Args)]
pub(super) struct MarkedArticles {
    #[arg(value_name = "FILE[#NUMBER]", value_parser = parse_article)]
    pub articles: Vec<ArticleKey>,
}

#[derive(Debug, Args)]
pub(super) struct DossierArgs {
    #[command(subcommand)]
    pub open: Option<DossierAction>,
    #[command(flatten)]
    pub write: Option<DossierWriteArgs>,
}

#[derive(Debug, Subcommand)]
pub(super) enum DossierAction {
    /// Put the articles of a dossier into a folder, those that it lacks, and its marks and corrections beside the folder's
    Open {
        file: PathBuf,
        /// The folder, which is made if it is missing [default: one beside the dossier, named after it]
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
        /// Where the original files are unpacked to, if the dossier has some
        #[arg(long, value_name = "FOLDER")]
        originals: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct DossierWriteArgs {
    pub folder: PathBuf,
    /// The articles that it finds
    pub query: Option<String>,
    /// These articles
    #[arg(long, value_name = "FILE[#NUMBER]", value_parser = parse_article, num_args = 1.., conflicts_with = "query")]
    pub articles: Vec<ArticleKey>,
    /// Where the dossier is written to; what is there is replaced
    #[arg(short, long, value_name = "FILE.zip", required_unless_present = "html")]
    pub output: Option<PathBuf>,
    /// Put in the files from which the articles came
    #[arg(long, requires = "output")]
    pub with_originals: bool,
    /// Write the same as pages for a browser, into this new folder
    #[arg(long, value_name = "FOLDER")]
    pub html: Option<PathBuf>,
}

impl ValueEnum for MarkColor {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

/// An infallible parser: every name is one of a file.
pub(super) fn parse_article(given: &str) -> Result<ArticleKey, Infallible> {
    let numbered = given
        .rsplit_once('#')
        .and_then(|(file, number)| Some((file, number.parse().ok()?)));
    let (file, record) = numbered.unwrap_or((given, 0));
    Ok(ArticleKey {
        file: file.to_owned(),
        record,
    })
}
