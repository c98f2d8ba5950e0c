//! Names across scripts: what is typed in Latin letters finds the names that it may spell, and each name has a form in
//! Latin letters.
//!
//! A Latin spelling is compared with an Arabic word by its likelihood, letter by letter ([`LatinModel`]), and by the
//! spellings that lists attest ([`Attested`]): no spelling is turned into a key, as none is the spelling. What is found is
//! shown, and **never merges entities**: "Said" is «سعيد», «سيد» and «صايد».
//!
//! Not for text: articles are searched in their own script.
//!
//! | file | is |
//! |---|---|
//! | `letters` | the letters of both scripts as numbers |
//! | `units` | the parts of a name that stand for each other in both scripts |
//! | `lists` | the asset: attested spellings, the counts of the model |
//! | `attested` | the attested spellings, to be looked up |
//! | `model` | the likelihood of a spelling |
//! | `search` | the words of an archive that a spelling may stand for |
//! | `index` | the names of an archive that have such words |
//! | `form` | the Latin form of a name |
//! | `written` | the Latin forms that articles write behind a name |

mod attested;
mod form;
mod index;
mod letters;
mod lists;
mod model;
mod search;
#[cfg(test)]
mod tests;
mod units;
mod written;

use std::sync::LazyLock;

use super::mention::Mention;

pub use attested::{Attested, aligned};
pub use form::{LatinForm, LatinSource, LetterOrder};
pub use index::{FoundName, LatinIndex};
pub use letters::{BORDER, MOST_LATIN, Piece, arabic_letter, arabic_number, arabic_numbers, is_latin};
pub use lists::{LATIN_NOTICE, LatinData, LatinRow};
pub use model::{Context, Counts, LatinModel};
pub use written::{Evidence, WrittenForm};

/// All that is known of spelling Arabic names in Latin letters.
#[derive(Debug)]
pub struct Latin {
    model: LatinModel,
    attested: Attested,
    order: LetterOrder,
}

impl Latin {
    /// What is built into the program. The first call reads it, in about a tenth of a second.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Latin> = LazyLock::new(|| Latin::new(&LatinData::built_in()));
        &BUILT_IN
    }

    /// From lists and counts.
    pub fn new(data: &LatinData) -> Self {
        let attested = Attested::new(&data.rows);
        Self {
            model: LatinModel::new(&data.counts),
            order: LetterOrder::new(attested.spellings()),
            attested,
        }
    }

    /// The names that a Latin text may spell; see [`LatinIndex::find`].
    pub fn find(&self, index: &LatinIndex, text: &str, is_open: bool) -> Vec<FoundName> {
        index.find(&self.model, &self.attested, text, is_open)
    }

    /// The Latin form of an Arabic name by lists and rules; `None` if the name has no Arabic letters.
    ///
    /// Not for organisations, whose names are translated rather than spelled.
    pub fn form_of(&self, name: &str) -> Option<LatinForm> {
        form::form_of(&self.model, &self.attested, &self.order, name)
    }

    /// The Latin forms that an article writes directly behind names: «إيمانويل ماكرون (Emmanuel Macron)». In the order of
    /// the article. `mentions` are those of `text`.
    pub fn written_forms(&self, text: &str, mentions: &[Mention]) -> Vec<WrittenForm> {
        written::written_forms(&self.model, text, mentions)
    }
}
