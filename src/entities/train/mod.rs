//! Makes the model of the recogniser from marked news, unmarked articles and lists of names, and measures it.
//!
//! ```text
//! fihrist train --news marked.jsonl --articles FOLDER --units units.tsv --output assets/model.bin
//! fihrist evaluate --news marked.jsonl
//! fihrist train-latin --units latin_units.tsv --pairs latin_pairs.tsv --output assets/latin.bin
//! fihrist train --news marked.jsonl --articles FOLDER --units units.tsv --leave-out each
//! ```
//!
//! The same files give the same model, byte for byte: each chain learns in one thread, from fixed seeds, files in the order
//! of their paths. A tenth of the marked articles, chosen by a hash of their names ([`tenth`]), is never trained on;
//! `evaluate` measures on it. Do not use it to choose anything: `train --check TENTH` holds out another tenth for that.
//! News of other outlets and years is harder than that: `train --leave-out each` measures on each collection what was
//! learnt from the others only.
//!
//! Not for use by the window, which calls nothing here.
//!
//! | file | is |
//! |---|---|
//! | `pipeline` | the steps from marked news to a model |
//! | `news` | reading marked news |
//! | `lists` | lists of names as the model holds them |
//! | `cluster` | word clusters |
//! | `crf` | training the chain |
//! | `latin` | how names are spelled in Latin letters |
//! | `network` | training the hidden layer |

mod cluster;
mod crf;
mod latin;
mod lists;
mod network;
mod news;
mod pipeline;

pub use super::tagger::ModelError;
pub use cluster::{Clustered, Corpus, Vector, clusters};
pub use crf::Training;
pub use latin::{LatinListError, german, latin_rows, learn_latin};
pub use lists::Lists;
pub use news::{MarkedArticle, MarkedError, Paragraph, parse_marked, tenth};
pub use pipeline::{HELD_OUT, Recipe, Sources, Tally, evaluate, make_model, with_counts};
