//! People, organisations and places: recognised in an article, gathered across the archive.
//!
//! [`Recogniser`] finds [`Mention`]s in one article; [`Registry`] says which [`Name`]s of the whole archive are one
//! [`Entity`]. A wrong merge is worse than a split.
//!
//! | file | is |
//! |---|---|
//! | `kind` | person, organisation, place |
//! | `mention` | an occurrence of a name in an article, and the name |
//! | `gazetteer` | the built-in lists of names and words |
//! | `head` | words before a name that say what kind of thing it is: «حركة», «مدينة» |
//! | `local_body` | bodies that many places have |
//! | `vocabulary` | the other words that rules look for |
//! | `tagger/` | the trained model: tokens in, labels out |
//! | `recognise/` | an article's mentions: the model, the rules after it, short forms, bodies of states |
//! | `name_table` | all names of an archive, numbered |
//! | `name_words` | names by the words in them |
//! | `resolve/` | which names are one, and why: a file for each reason |
//! | `latin/` | names across scripts: typed in Latin letters, shown in them |
//! | `correct`, `given` | the user's corrections, and what those of articles say |
//! | `by_hand` | applies those of articles |
//! | `print`, `whereabouts` | what an article says, in little; which article is meant after files were read anew |
//! | `registry/` | the entities: resolved names, corrected |
//! | `forest` | a union-find whose caller chooses the roots |
//! | `train/` | makes the model |

mod by_hand;
mod correct;
mod forest;
mod gazetteer;
mod given;
mod head;
mod kind;
mod latin;
mod local_body;
mod mention;
mod name_table;
mod name_words;
mod print;
mod recognise;
mod registry;
mod resolve;
mod tagger;
pub mod train;
mod vocabulary;
mod whereabouts;

pub use by_hand::{ByHand, StatedFacts, with_clitics, word_stops};
pub use correct::{Correction, Corrections, CorrectionsError, ImportReport, ListedCorrection, MadeCorrection};
pub use given::{ArticleKey, GivenDate, GivenFacts, NoDate, Scope};
pub use kind::EntityKind;
pub use latin::{
    Evidence, FoundName, LATIN_NOTICE, Latin, LatinData, LatinForm, LatinIndex, LatinRow, LatinSource, WrittenForm,
    is_latin,
};
pub use mention::{Mention, Name};
pub use name_table::{NameNumber, NameTable, NamedArticles, NoArticles};
pub use name_words::NameWords;
pub use print::ArticlePrint;
pub use recognise::{BUILT_IN_MODEL, MODEL_NOTICE, ModelRecogniser, Recogniser};
pub use registry::{Entity, EntityId, EntityIdx, KnownIds, Registry, Suggestion};
pub use resolve::{KeptFindings, Reason, Resolution};
pub use whereabouts::{KnownArticles, Settled, Sought, whereabouts};
