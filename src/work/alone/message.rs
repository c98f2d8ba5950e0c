//! What the program and the child that reads for it say to each other.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::archive::{Article, FileRule, FileSummary, Format, Halt, ReadError, Reason, Unreadable};
use crate::entities::Mention;

use super::raw_path::RawPath;

/// The first word of a child. Another version of the program, which was installed meanwhile, says another one.
pub const GREETING: &str = concat!("fihrist ", env!("CARGO_PKG_VERSION"), " reads, 4");

/// What a child is asked for: one file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// The archive's folder.
    pub folder: RawPath,
    /// The file, relative to it.
    pub path: RawPath,
    /// How it is read.
    pub rule: FileRule,
    /// How much CPU time it may cost.
    pub time: Duration,
    /// How much memory it may cost, in bytes.
    pub memory: u64,
    /// Whether names are recognised.
    pub recognises: bool,
    /// Of which article it is the number, if only one is wanted.
    pub only: Option<u32>,
    /// After how many articles reading stops.
    pub most_articles: u32,
    /// How many scanned pages are recognised at the same time; 0 if they are left to another time.
    pub pages_at_once: usize,
}

/// What a child says.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// It is ready; see [`GREETING`].
    Ready(String),
    /// Some articles, in their order, and what they name.
    Articles {
        /// The articles.
        articles: Vec<(Article, Vec<Mention>)>,
        /// How many bytes of the file were read so far.
        bytes_read: u64,
    },
    /// So many scanned pages of the file were recognised.
    Pages(usize),
    /// The file was read.
    Read(Summary),
    /// Nothing of the file was read, as its pages are to be recognised at another time.
    PutOff,
    /// Nothing of the file can be read.
    Failed {
        /// The file, or its member.
        path: RawPath,
        /// Why.
        reason: Reason,
    },
    /// The file costs more than it may, and the child ends.
    Over(Exceeded),
}

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exceeded {
    /// CPU time.
    Time,
    /// Memory.
    Memory,
}

impl Exceeded {
    /// What is told of a file that may cost no more than this CPU time and this memory, in bytes.
    pub fn reason(self, time: Duration, memory: u64) -> Reason {
        match self {
            Self::Time => Reason::OverTime {
                seconds: time.as_secs_f64().ceil() as u64,
            },
            Self::Memory => Reason::OverMemory {
                megabytes: u32::try_from(memory >> 20).unwrap_or(u32::MAX),
            },
        }
    }
}

/// [`FileSummary`], and what has become of the child.
#[derive(Debug, Serialize, Deserialize)]
pub struct Summary {
    content_hash: u64,
    format: Format,
    n_articles: u32,
    unreadable: Vec<(RawPath, Reason)>,
    /// The child's memory above what it had at first, in bytes.
    pub memory_kept: u64,
}

impl Answer {
    /// What the reading of a file came to.
    pub fn of(result: Result<FileSummary, ReadError>, memory_kept: u64) -> Self {
        match result {
            Ok(summary) => Self::Read(Summary {
                content_hash: summary.content_hash,
                format: summary.format,
                n_articles: summary.n_articles,
                unreadable: summary
                    .unreadable
                    .into_iter()
                    .map(|it| (RawPath::from(it.path.as_path()), it.reason))
                    .collect(),
                memory_kept,
            }),
            Err(err) if err.halted() == Some(Halt::Alone) => Self::PutOff,
            Err(err) => Self::Failed {
                path: err.path().into(),
                reason: err.reason().clone(),
            },
        }
    }
}

impl From<Summary> for FileSummary {
    fn from(it: Summary) -> Self {
        let unreadable = it.unreadable.into_iter();
        Self {
            content_hash: it.content_hash,
            format: it.format,
            n_articles: it.n_articles,
            unreadable: unreadable
                .map(|(path, reason)| Unreadable {
                    path: path.to_path(),
                    reason,
                })
                .collect(),
            is_over_budget: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::archive::{PageStart, Picture, PictureSource, parse};
    use crate::entities::{ModelRecogniser, Recogniser as _};

    #[test]
    fn articles_come_over_as_they_were_read() {
        let texts: [&[u8]; 3] = [
            "افتتاح الجسر\nتاريخ النشر: 5 مارس 2023\nافتتح الوزير سامي العامري الجسر أمس.\nالمصدر: المدار".as_bytes(),
            b"\xC7\xE1\xE6\xD2\xED\xD1 \xC7\xE1\xCC\xCF\xED\xCF \xFD\x81",
            b"{\"title\": \"a\", \"body\": \"b \xFF c\", \"date\": \"2020-01-01\", \"x\": 1}",
        ];
        let recogniser = ModelRecogniser::new();
        for text in texts {
            for mut article in parse(Path::new("a.json"), text) {
                article.address = Some("https://a.example/1".to_owned());
                article.pages = vec![PageStart { at: 0, number: 1 }];
                article.pictures = vec![Picture {
                    at: 3,
                    source: PictureSource::Data("data:image/png;base64,AAAA".to_owned()),
                    name: String::new(),
                    caption: Some("عند الجسر".to_owned()),
                }];
                let mentions = recogniser.mentions(&article);
                let answer = Answer::Articles {
                    articles: vec![(article.clone(), mentions.clone())],
                    bytes_read: 1,
                };
                let json = serde_json::to_vec(&answer).unwrap();
                let Answer::Articles { articles: came, .. } = serde_json::from_slice(&json).unwrap() else {
                    panic!("{json:?}");
                };
                // The parent knows its path.
                article.path = "".into();
                assert_eq!(came, [(article, mentions)]);
            }
        }
    }
}
