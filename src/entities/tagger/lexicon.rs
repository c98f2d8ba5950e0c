//! What is known of single words and of names of several words, in tables that are queried in place.

use crate::arabic::table::{Table, hash_of, mix, table_bytes};

/// Bits of [`Entry::lists`]: the lists of names that contain a word.
pub mod list {
    /// A given name.
    pub const GIVEN_NAME: u16 = 1;
    /// The last word of a person's name.
    pub const FAMILY_NAME: u16 = 1 << 1;
    /// One word that names a person: «بوتين».
    pub const PERSON: u16 = 1 << 2;
    /// One word that names an organisation: «رويترز».
    pub const ORGANISATION: u16 = 1 << 3;
    /// A country, continent or region.
    pub const COUNTRY: u16 = 1 << 4;
    /// A city of the open list.
    pub const CITY: u16 = 1 << 5;
    /// Another place.
    pub const PLACE: u16 = 1 << 6;
    /// An adjective of a country: «الروسي».
    pub const NISBA: u16 = 1 << 7;
    /// A part of a name in the list of spellings of foreign names.
    pub const SPELLING: u16 = 1 << 8;
    /// A word in the name of an organisation of several words.
    pub const IN_ORGANISATION: u16 = 1 << 9;
    /// A word in the name of a place of several words.
    pub const IN_PLACE: u16 = 1 << 10;
    /// A given name of the open list of names in Latin letters.
    pub const ATTESTED_GIVEN: u16 = 1 << 11;
    /// A family name of that list.
    pub const ATTESTED_FAMILY: u16 = 1 << 12;
    /// A name that many people of that list have.
    pub const ATTESTED_OFTEN: u16 = 1 << 13;
    /// One word that names an outlet, and is a word of every day or names a place, too.
    pub const OUTLET_OR_WORD: u16 = 1 << 14;
    /// One word that names an outlet only.
    pub const OUTLET: u16 = 1 << 15;
}

/// The number of sizes of clusters.
pub const N_SIZES: usize = 4;
/// The place in [`Entry::clusters`] of those that the hidden layer sees; features see the others.
pub const FINEST: usize = 3;

/// The number of lists, and of bits of [`Entry::lists`].
pub const N_LISTS: usize = 16;

/// Bits of [`Entry::triggers`]: what a word says about its neighbours. The words are in `assets/lists/triggers.tsv`, under
/// these names, and heads in `assets/lists/heads.tsv`.
pub const TRIGGERS: [&str; 10] = [
    "title",
    "office",
    "organisation_head",
    "place_head",
    "says",
    "date",
    "sport",
    "kin",
    "connector",
    "state_body",
];

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// 16 × ln(1 + n), where n counts its occurrences in the articles that the clusters were made from.
    pub frequency: u8,
    /// Its clusters, a number for each size, counted from 1; 0 if it was too rare.
    pub clusters: [u16; N_SIZES],
    /// See [`list`].
    pub lists: u16,
    /// See [`TRIGGERS`].
    pub triggers: u16,
    /// Whether it is hardly ever part of a person's name, see [`NO_PERSON`].
    pub is_no_person: bool,
}

/// The bit after those of [`TRIGGERS`], which marks words that are no part of a person's name: verbs, particles,
/// offices without an article, relatives. It is for the rules; the models' features ignore it.
pub const NO_PERSON: u16 = 1 << 15;

/// Words with their entries.
#[derive(Clone, Copy, Debug)]
pub struct TaggerLexicon<'a> {
    table: Table<'a, 16, 4>,
}

impl<'a> TaggerLexicon<'a> {
    /// The lexicon in the bytes that [`lexicon_bytes`] made.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            table: Table::new(bytes),
        }
    }

    /// What is known of the word with a hash.
    pub fn find(&self, hash: u64) -> Option<Entry> {
        let it = self.table.find(hash)?;
        let pair = |at: usize| u16::from_le_bytes([it[at], it[at + 1]]);
        Some(Entry {
            frequency: it[4],
            clusters: [u16::from(it[5]), pair(6), pair(8), pair(14)],
            lists: pair(10),
            triggers: pair(12) & !NO_PERSON,
            is_no_person: pair(12) & NO_PERSON != 0,
        })
    }

    /// The approximate number of occurrences of a word.
    pub fn count(&self, hash: u64) -> f32 {
        let frequency = self.find(hash).map_or(0, |it| it.frequency);
        (f32::from(frequency) / 16.0).exp() - 1.0
    }
}

/// The bytes of a lexicon.
pub fn lexicon_bytes(words: &[(String, Entry)]) -> Vec<u8> {
    let entries: Vec<(u64, [u8; 16])> = words
        .iter()
        .map(|(word, it)| {
            let mut record = [0; 16];
            record[4] = it.frequency;
            record[5] = it.clusters[0] as u8;
            record[6..8].copy_from_slice(&it.clusters[1].to_le_bytes());
            record[8..10].copy_from_slice(&it.clusters[2].to_le_bytes());
            record[14..16].copy_from_slice(&it.clusters[3].to_le_bytes());
            record[10..12].copy_from_slice(&it.lists.to_le_bytes());
            let no_person = if it.is_no_person { NO_PERSON } else { 0 };
            record[12..14].copy_from_slice(&(it.triggers | no_person).to_le_bytes());
            (hash_of(word), record)
        })
        .collect();
    table_bytes::<16, 4>(&entries)
}

/// Kinds of phrases, as bits of [`Phrases::longest`].
pub mod phrase {
    /// A person.
    pub const PERSON: u8 = 1;
    /// An organisation.
    pub const ORGANISATION: u8 = 1 << 1;
    /// A place.
    pub const PLACE: u8 = 1 << 2;
    /// A city of the open list.
    pub const CITY: u8 = 1 << 3;
    /// The number of kinds, and of bits.
    pub const N_KINDS: usize = 4;
}

/// Names of two or more words.
#[derive(Clone, Copy, Debug)]
pub struct Phrases<'a> {
    /// Fingerprint, the kinds of the name that ends here, whether it is a prefix of a longer one.
    table: Table<'a, 6, 4>,
}

impl<'a> Phrases<'a> {
    /// The phrases in the bytes that [`phrase_bytes`] made.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            table: Table::new(bytes),
        }
    }

    /// The kinds and the number of words of the longest name at the beginning of `words`.
    pub fn longest(&self, words: impl Iterator<Item = u64>) -> Option<(u8, usize)> {
        let mut best = None;
        let mut hash = 0;
        for (idx, word) in words.enumerate() {
            hash = mix(hash, word);
            let record = self.table.find(hash)?;
            if record[4] != 0 {
                best = Some((record[4], idx + 1));
            }
            if record[5] == 0 {
                break;
            }
        }
        best
    }
}

/// The bytes of phrases, each with its kinds; `phrases` are normalised words joined by spaces, each once.
pub fn phrase_bytes(phrases: &[(String, u8)]) -> Vec<u8> {
    let mut records: std::collections::BTreeMap<String, (u64, u8, u8)> = std::collections::BTreeMap::new();
    for (phrase, kinds) in phrases {
        let mut hash = 0;
        let n_words = phrase.split(' ').count();
        let mut prefix = String::new();
        for (idx, word) in phrase.split(' ').enumerate() {
            hash = mix(hash, hash_of(word));
            prefix.push(' ');
            prefix.push_str(word);
            let record = records.entry(prefix.clone()).or_insert((hash, 0, 0));
            if idx + 1 == n_words {
                record.1 |= kinds;
            } else {
                record.2 = 1;
            }
        }
    }
    let entries: Vec<(u64, [u8; 6])> = records
        .values()
        .map(|(hash, kinds, goes_on)| (*hash, [0, 0, 0, 0, *kinds, *goes_on]))
        .collect();
    table_bytes::<6, 4>(&entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_back_as_it_went_in() {
        let entry = Entry {
            frequency: 200,
            clusters: [64, 256, 1024, 4096],
            lists: list::CITY | list::NISBA,
            triggers: 3,
            is_no_person: true,
        };
        let bytes = lexicon_bytes(&[("بيروت".to_owned(), entry)]);
        let lexicon = TaggerLexicon::new(&bytes);
        assert_eq!(lexicon.find(hash_of("بيروت")), Some(entry));
        assert_eq!(lexicon.find(hash_of("بيروتي")), None);
    }

    #[test]
    fn the_longest_phrase_wins() {
        let bytes = phrase_bytes(&[
            ("مجلس الامن".to_owned(), phrase::ORGANISATION),
            ("مجلس الامن القومي الروسي".to_owned(), phrase::ORGANISATION),
        ]);
        let longest = |text: &str| Phrases::new(&bytes).longest(text.split(' ').map(hash_of));
        assert_eq!(longest("مجلس الامن القومي"), Some((phrase::ORGANISATION, 2)));
        assert_eq!(longest("مجلس الامن القومي الروسي امس"), Some((phrase::ORGANISATION, 4)));
        assert_eq!(longest("مجلس القومي"), None);
        assert_eq!(longest("مجلس"), None);
    }
}
