//! What an article says, in little: by this its marks and corrections know it again after its file was moved, edited or read anew.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::Xxh3;

use crate::arabic::{Folding, fold, words};

/// The text of an article with fewer words is known by its title alone: forms and captions are alike. A guess.
const FEWEST_WORDS: usize = 8;

/// An article's title, and what stands for its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ArticlePrint {
    /// The title, stated or derived.
    pub title: String,
    /// XXH3 of the words of its body, folded: the same in every encoding, with and without vowel signs; 0 for a text of a
    /// few words.
    #[serde(serialize_with = "to_hex", deserialize_with = "from_hex")]
    pub text: u64,
}

impl ArticlePrint {
    /// That of an article with this title and body.
    pub fn new(title: &str, body: &str) -> Self {
        let mut hash = Xxh3::new();
        let mut n_words = 0;
        for word in words(body) {
            hash.update(fold(word.span.of(body).unwrap_or_default(), Folding::Word).as_bytes());
            hash.update(&[0]);
            n_words += 1;
        }
        Self {
            title: title.to_owned(),
            text: if n_words < FEWEST_WORDS { 0 } else { hash.digest() },
        }
    }

    /// Whether both have the same text.
    pub fn has_text_of(&self, other: &Self) -> bool {
        self.text == other.text && (self.text != 0 || self.is_called_as(other))
    }

    /// Whether it is known by its text, not by its title alone.
    pub fn has_words(&self) -> bool {
        self.text != 0
    }

    /// Whether both have the same words, or both too few to tell.
    pub fn has_same_words(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// Whether both have the same title, in any spelling.
    pub fn is_called_as(&self, other: &Self) -> bool {
        let folded = |title: &str| -> Vec<String> {
            let words = words(title).filter_map(|it| it.span.of(title));
            words.map(|it| fold(it, Folding::Word)).collect()
        };
        folded(&self.title) == folded(&other.title)
    }
}

fn to_hex<S: Serializer>(hash: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format!("{hash:016x}"))
}

fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let hex = String::deserialize(deserializer)?;
    u64::from_str_radix(&hex, 16).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "قالت لجنة المياه أمس إن السد الجديد يكفي المدينة عشر سنوات.";

    #[test]
    fn a_text_is_known_in_any_spelling() {
        let print = ArticlePrint::new("افتتاح السد", BODY);
        let vowelled = ArticlePrint::new("إفتتاح السدّ", &BODY.replace("أمس", "أَمْسِ،"));
        assert!(print.has_text_of(&vowelled) && print.is_called_as(&vowelled));
        let longer = ArticlePrint::new("افتتاح السد", &format!("{BODY} وأضافت أنه متين."));
        assert!(!print.has_text_of(&longer) && print.is_called_as(&longer));
    }

    #[test]
    fn short_texts_are_known_by_their_titles() {
        let [a, b] = ["صورة أولى", "صورة ثانية"].map(|it| ArticlePrint::new(it, "التفاصيل بعد قليل"));
        assert!(a.has_text_of(&a.clone()) && !a.has_text_of(&b));
    }

    #[test]
    fn a_print_is_readable_and_comes_back() {
        let print = ArticlePrint::new("افتتاح السد", BODY);
        let json = serde_json::to_string(&print).unwrap();
        assert!(json.contains("\"title\":\"افتتاح السد\""), "{json}");
        assert_eq!(serde_json::from_str::<ArticlePrint>(&json).unwrap(), print);
    }
}
