//! Lists of names and of words that announce names, as the lexicon and the phrases of a model hold them.

use std::collections::BTreeMap;

use super::super::gazetteer::entries;
use super::super::tagger::{NO_PERSON, TRIGGERS, TokenKind, list, normalised, phrase, tokens};
use super::latin::{LatinListError, units};

/// Bits of words and of phrases.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// For each normalised word the bits of its lists and of what it announces.
    pub words: BTreeMap<String, (u16, u16)>,
    /// For each name of several words, joined by spaces, the bits of its kinds.
    pub phrases: BTreeMap<String, u8>,
}

impl Lists {
    /// The lists that are built into the program.
    pub fn built_in() -> Self {
        let mut it = Self::default();
        for (kind, form) in entries() {
            let is_known = it.add_form(kind, form);
            debug_assert!(is_known, "«{kind}» is no kind of list");
        }
        it
    }

    /// Adds people's names from a list: lines of Arabic, Latin, count, role, countries, with a head. Names of one bearer are
    /// left out, being errors as often as not.
    pub fn add_attested(&mut self, list: &str) -> Result<(), LatinListError> {
        const LEAST: u32 = 2;
        const OFTEN: u32 = 20;
        let mut counts: BTreeMap<String, [u32; 2]> = BTreeMap::new();
        for unit in units(list) {
            let unit = unit?;
            let role = match unit.role {
                "given" => 0,
                "surname" => 1,
                _ => continue,
            };
            if let [word] = tokens(unit.arabic, 0)[..] {
                let word = normalised(word.span.of(unit.arabic).unwrap_or_default(), word.kind);
                counts.entry(word).or_default()[role] += unit.count;
            }
        }
        for (word, [given, family]) in counts {
            let bit = |is_so: bool, bit: u16| if is_so { bit } else { 0 };
            let bits = bit(LEAST <= given, list::ATTESTED_GIVEN)
                | bit(LEAST <= family, list::ATTESTED_FAMILY)
                | bit(OFTEN <= given + family, list::ATTESTED_OFTEN);
            if bits != 0 {
                self.words.entry(word).or_default().0 |= bits;
            }
        }
        Ok(())
    }

    /// Adds a name or a word of a kind of [`entries`]; whether there is such a kind.
    fn add_form(&mut self, kind: &str, form: &str) -> bool {
        let words: Vec<String> = tokens(form, 0)
            .iter()
            .filter(|it| it.kind != TokenKind::Mark)
            .map(|it| normalised(it.span.of(form).unwrap_or_default(), it.kind))
            .collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return true;
        };
        let is_one = words.len() == 1;
        let mut put = |word: &str, lists: u16, triggers: u16| {
            let slot = self.words.entry(word.to_owned()).or_default();
            slot.0 |= lists;
            slot.1 |= triggers;
        };
        let phrase_kind = match kind {
            "person" if is_one => {
                put(first, list::PERSON, 0);
                0
            }
            "person" => {
                put(first, list::GIVEN_NAME, 0);
                put(last, list::FAMILY_NAME, 0);
                phrase::PERSON
            }
            "organisation" => {
                let bit = if is_one {
                    list::ORGANISATION
                } else {
                    list::IN_ORGANISATION
                };
                words.iter().for_each(|it| put(it, bit, 0));
                phrase::ORGANISATION
            }
            "place" | "country" | "city" => {
                let bit = match kind {
                    _ if !is_one => list::IN_PLACE,
                    "place" => list::PLACE,
                    "country" => list::COUNTRY,
                    _ => list::CITY,
                };
                words.iter().for_each(|it| put(it, bit, 0));
                if kind == "city" { phrase::CITY } else { phrase::PLACE }
            }
            "given_name" | "nisba" | "spelling" => {
                let bit = match kind {
                    "given_name" => list::GIVEN_NAME,
                    "nisba" => list::NISBA,
                    _ => list::SPELLING,
                };
                words.iter().for_each(|it| put(it, bit, 0));
                0
            }
            "outlet" | "outlet_or_word" => {
                match kind {
                    _ if !is_one => {}
                    "outlet" => put(first, list::OUTLET, 0),
                    _ => put(first, list::OUTLET_OR_WORD, 0),
                }
                phrase::ORGANISATION
            }
            "no_person" => {
                words.iter().for_each(|it| put(it, 0, NO_PERSON));
                0
            }
            _ => match TRIGGERS.iter().position(|it| *it == kind) {
                Some(bit) => {
                    words.iter().for_each(|it| put(it, 0, 1 << bit));
                    0
                }
                None => return false,
            },
        };
        if phrase_kind != 0 && !is_one {
            *self.phrases.entry(words.join(" ")).or_default() |= phrase_kind;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attested_names_are_counted_over_their_spellings() {
        let mut lists = Lists::default();
        let list = "arabic\tlatin\tcount\trole\tcountries\nزهير\tZuhair\t1\tgiven\t\nزهير\tZouheir\t1\tgiven\t\nنور\tNour\t30\tsurname\t\nلين\tLin\t1\tgiven\t\n";
        lists.add_attested(list).unwrap();
        assert!(lists.add_attested("arabic\nزهير\tZuhair").is_err());
        assert_eq!(lists.words["زهير"].0, list::ATTESTED_GIVEN);
        assert_eq!(lists.words["نور"].0, list::ATTESTED_FAMILY | list::ATTESTED_OFTEN);
        assert!(!lists.words.contains_key("لين"));
    }

    #[test]
    fn one_word_and_several_go_to_different_places() {
        let mut lists = Lists::default();
        for (kind, form) in [
            ("person", "فلاديمير بوتين"),
            ("person", "بوتين"),
            ("city", "بيروت"),
            ("title", "الرئيس"),
            ("no_person", "قال"),
        ] {
            assert!(lists.add_form(kind, form));
        }
        assert!(!lists.add_form("persons", "سامي"));
        assert_eq!(lists.words["بوتين"], (list::PERSON | list::FAMILY_NAME, 0));
        assert_eq!(lists.words["بيروت"], (list::CITY, 0));
        assert_eq!(lists.words["الرييس"], (0, 1));
        assert_eq!(lists.words["قال"], (0, NO_PERSON));
        assert_eq!(lists.phrases["فلاديمير بوتين"], phrase::PERSON);
    }
    #[test]
    fn every_kind_of_the_built_in_lists_is_known() {
        let mut lists = Lists::default();
        let unknown = entries().find(|(kind, form)| !lists.add_form(kind, form));
        assert_eq!(unknown, None);
    }
}
