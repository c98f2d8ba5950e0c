//! The stem of a word: without article, clitics and inflection.
//!
//! What looks like an affix is cut only if the rest is a word that newspapers use ([`Lexicon`]), so that «بدمج» is ب
//! and «دمج», but «بحر» is not ب and «حر». Words that the lexicon lacks, such as new names, fall back on a cautious
//! light stemmer after light10 (Larkey, Ballesteros and Connell).
//!
//! A function of the word alone: the index relies on a word having the same stem when it is indexed and when it is
//! searched for. What the user's own archive says about other words is up to the index, when it is queried.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::clitic::{CLITICS, Clitics};
use super::fold::{Folding, fold};
use super::index_word::{OWN_ALEF, TO, has_article};
use super::lexicon::Lexicon;
use super::lists::List;

/// The suffixes, what the word ends in without each, and who strips it.
const SUFFIXES: List<5> = List::new(
    include_str!("../../assets/lists/suffixes.tsv"),
    ["suffix", "ending", "stemmer", "light", "index"],
);
/// A single letter is cut if the rest is at least this many times as frequent as the whole. Measured as the next is.
const SHORT_PREFIX_RATIO: f32 = 0.5;
/// The same for endings and longer prefixes. Measured on six collections of questions; neither number is critical.
const AFFIX_RATIO: f32 = 0.1;
/// The same for endings that many names share: «لبنان» is not two of «لبن», nor «روسيا» a form of «روسي».
const NAME_RATIO: f32 = 1.0;
/// The same for و before two letters: «وحق» is و and «حق», «ولد» and «وطن» are not. Looked up in the words of news.
const SHORT_WORD_RATIO: f32 = 3.5;
/// At least this many letters remain, the length of a root; one less after the article and و.
const SHORTEST: usize = 3;
/// More affixes in a row than any word has; a guard against endless loops.
const MOST_STEPS: usize = 6;

/// Words whose ال is not the article although they are written without hamza.
const OWN_ARTICLE: List<1> = List::new(include_str!("../../assets/lists/own_article.tsv"), ["word"]);

/// The forms of «على» and of God, which are not forms of another word, with their stems.
const WHOLE_FORMS: List<2> = List::new(include_str!("../../assets/lists/whole_forms.tsv"), ["form", "stem"]);

/// Broken plurals, which no affix reveals, each with its singular.
const BROKEN_PLURALS: List<2> = List::new(
    include_str!("../../assets/lists/broken_plurals.tsv"),
    ["plural", "singular"],
);

/// The lists, prepared for look-ups.
struct Tables {
    own_article: FxHashSet<&'static str>,
    whole_forms: FxHashMap<&'static str, &'static str>,
    singulars: FxHashMap<String, String>,
    suffixes: Vec<Suffix>,
    light_suffixes: Vec<&'static str>,
}

/// An ending to strip, and what the word ends in without it.
struct Suffix {
    text: &'static str,
    ending: &'static str,
    /// How many times as frequent as the whole the rest must be: [`AFFIX_RATIO`] or [`NAME_RATIO`].
    ratio: f32,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let folded = |word| fold(word, Folding::Word);
    let suffixes = SUFFIXES.rows().filter_map(|[text, ending, stemmer, ..]| {
        Some(Suffix {
            text,
            ending: if ending == "-" { "" } else { ending },
            ratio: match stemmer {
                "yes" => AFFIX_RATIO,
                "names" => NAME_RATIO,
                _ => return None,
            },
        })
    });
    let plurals = BROKEN_PLURALS.rows();
    Tables {
        own_article: OWN_ARTICLE.words().collect(),
        whole_forms: WHOLE_FORMS.rows().map(|[form, stem]| (form, stem)).collect(),
        singulars: plurals
            .map(|[plural, singular]| (folded(plural), folded(singular)))
            .collect(),
        suffixes: suffixes.collect(),
        light_suffixes: in_order_of(|[suffix, _, _, light, _]| (suffix, light)),
    }
});

/// The endings that the index strips from the light stemmer's result, in order.
pub static ENDINGS_OF_INDEX: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| in_order_of(|[suffix, _, _, _, index]| (suffix, index)));

/// The suffixes with a number in a column, in the order of the numbers.
fn in_order_of(column: fn([&'static str; 5]) -> (&'static str, &'static str)) -> Vec<&'static str> {
    let numbered = SUFFIXES.rows().map(column);
    let mut numbered: Vec<(u8, &str)> = numbered
        .filter_map(|(suffix, number)| Some((number.parse().ok()?, suffix)))
        .collect();
    numbered.sort_unstable();
    numbered.into_iter().map(|(_, suffix)| suffix).collect()
}

/// The stem of a word as [`index_word`](super::index_word()) spells it; never empty unless the word is.
///
/// ```
/// use fihrist::arabic::{index_word, stem};
///
/// let stems = ["وزارة", "والوزارة", "وزارته"].map(|word| stem(&index_word(word)));
/// assert_eq!(stems, ["وزاره", "وزاره", "وزاره"]);
/// ```
pub fn stem(folded_word: &str) -> String {
    Stemmer {
        lexicon: Lexicon::built_in(),
        tables: &TABLES,
        clitics: &CLITICS,
    }
    .stem(folded_word)
}

struct Stemmer<'a> {
    lexicon: Lexicon<'a>,
    tables: &'a Tables,
    clitics: &'a Clitics,
}

impl Stemmer<'_> {
    fn stem(&self, word: &str) -> String {
        // What stands before it are clitics; what follows may be inflected.
        if let Some(at) = word.find(OWN_ALEF) {
            let own = format!("ا{}", &word[at + OWN_ALEF.len_utf8()..]);
            let stem = self.stem_of_own(&own);
            return stem
                .strip_prefix('ا')
                .map_or_else(|| stem.clone(), |rest| format!("{OWN_ALEF}{rest}"));
        }
        if word.strip_prefix(['و', 'ف']).unwrap_or(word).starts_with(TO) {
            return TO.to_owned();
        }
        let is_whole = |it: &str| self.tables.whole_forms.contains_key(it);
        if let Some(stem) = self.tables.whole_forms.get(word) {
            return (*stem).to_owned();
        }
        let mut seen = vec![word.to_owned()];
        while seen.len() <= MOST_STEPS
            && !seen
                .last()
                .is_some_and(|it| self.tables.singulars.contains_key(it) || is_whole(it))
            && let Some(shorter) = self.shorter(seen.last().map_or(word, String::as_str))
            && !seen.contains(&shorter)
        {
            seen.push(shorter);
        }
        let is_known = 1 < seen.len() || self.lexicon.find(word).is_some();
        let stem = match seen.pop() {
            Some(stem) if is_known => stem,
            _ => self.light_stem(word).to_owned(),
        };
        self.tables.singulars.get(&stem).cloned().unwrap_or(stem)
    }

    /// The stem of a word whose «ال» is its own: only endings are cut from it.
    fn stem_of_own(&self, word: &str) -> String {
        let mut stem = word.to_owned();
        for _ in 0..MOST_STEPS {
            // By the words without hamza: most of these have the article, and the same endings.
            let without = |suffix: &Suffix| {
                let shorter = format!("{}{}", stem.strip_suffix(suffix.text)?, suffix.ending);
                let count = self.lexicon.count(&shorter);
                (SHORTEST < shorter.chars().count() && shorter != stem && 0.0 < count).then_some((count, shorter))
            };
            let shorter = self.tables.suffixes.iter().filter_map(without);
            let best = shorter.max_by(|a, b| a.0.total_cmp(&b.0));
            let count = self.lexicon.count(&stem);
            let Some((_, shorter)) = best.filter(|it| count <= it.0) else {
                break;
            };
            stem = shorter;
        }
        stem
    }

    /// The most frequent word that `word` becomes without one affix.
    fn shorter(&self, word: &str) -> Option<String> {
        let entry = self.lexicon.find(word);
        let count = entry.map_or(0.0, |it| it.count);
        let n_letters = word.chars().count();
        let has_own = entry.is_some_and(|it| it.has_own_article) && !has_article(word);
        let has_own_article = has_own || self.tables.own_article.contains(word);
        let mut best = (0.0, None);
        let mut offer = |shorter: String, ratio: f32| {
            let of_shorter = self.lexicon.count(&shorter);
            if best.0 < of_shorter && ratio * count <= of_shorter {
                best = (of_shorter, Some(shorter));
            }
        };
        for clitic in &self.clitics.stemmer {
            let Some(rest) = word.strip_prefix(clitic.text) else {
                continue;
            };
            let n_rest = n_letters - clitic.n_letters;
            let is_shorter_by_one = clitic.has_article || clitic.text == "و";
            if n_rest + usize::from(is_shorter_by_one) < SHORTEST || clitic.text == "ال" && has_own_article {
                continue;
            }
            let ratio = match clitic.text {
                "و" if n_rest < SHORTEST => SHORT_WORD_RATIO,
                "ال" if SHORTEST <= n_rest => 0.0,
                _ if clitic.has_article || 2 < clitic.n_letters => AFFIX_RATIO,
                _ => SHORT_PREFIX_RATIO,
            };
            offer(rest.to_owned(), ratio);
        }
        for suffix in &self.tables.suffixes {
            let Some(rest) = word.strip_suffix(suffix.text) else {
                continue;
            };
            let shorter = format!("{rest}{}", suffix.ending);
            if SHORTEST <= shorter.chars().count() && shorter != word {
                offer(shorter, suffix.ratio);
            }
        }
        // Verbs: the future, and other persons than «يكتب».
        if 4 < n_letters
            && let Some(rest) = word.strip_prefix('س')
            && rest.starts_with(['ي', 'ت', 'ن'])
        {
            offer(rest.to_owned(), SHORT_PREFIX_RATIO);
        }
        if 4 <= n_letters
            && let Some(rest) = word.strip_prefix(['ت', 'ن'])
        {
            offer(format!("ي{rest}"), SHORT_PREFIX_RATIO);
        }
        best.1
    }

    /// The stem of a word that the lexicon does not know: a piece of the word, in which at least three letters remain, and
    /// from which nothing is cut that needs evidence, neither a single letter at its start nor the ending of a dual.
    fn light_stem<'w>(&self, folded_word: &'w str) -> &'w str {
        let mut stem = folded_word;
        for (prefix, n_left) in &self.clitics.light {
            if let Some(rest) = stem.strip_prefix(prefix)
                && *n_left <= rest.chars().count()
            {
                stem = rest;
                break;
            }
        }
        // Each at most once.
        for suffix in &self.tables.light_suffixes {
            if let Some(rest) = stem.strip_suffix(suffix)
                && SHORTEST <= rest.chars().count()
            {
                stem = rest;
            }
        }
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold_word;
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        for word in words.split(' ') {
            assert_eq!(
                stem(&fold(word, Folding::Word)),
                fold(expected, Folding::Word),
                "{word}"
            );
        }
    }

    #[test]
    fn article_clitics_and_inflection_are_cut() {
        check("دمج الدمج والدمج بالدمج للدمج فالدمج بدمج ودمج لدمج ودمجها دمجه", "دمج");
        check("وزير الوزير وزيرا وزيرها والوزير لوزير بالوزير الوزراء للوزراء", "وزير");
        check("وزارة الوزارة وزارته بوزارة للوزارة", "وزارة");
        check("قوات القوات قواته لقوات وقوات", "قوة");
        check("إيران وإيران بإيران لإيران", "إيران");
        check("روسيا لروسيا وروسيا", "روسيا");
        check("لجنة اللجنة للجنة لجان", "لجنة");
        check("سيزور تزور نزور", "يزور");
        check("حق وحق الحق", "حق");
    }

    #[test]
    fn letters_of_the_word_stay() {
        check("شيء الشيء", "شيء");
        check("بحر البحر", "بحر");
        check("لبنان ولبنان بلبنان", "لبنان");
        check("فلسطين وفلسطين", "فلسطين");
        check("ألمانيا وألمانيا لألمانيا", "ألمانيا");
        check("الله والله بالله لله", "الله");
        check("الآن", "الآن");
        check("ولد", "ولد");
        check("وطن", "وطن");
        assert_eq!(stem(""), "");
    }

    #[test]
    fn the_name_ali_is_no_form_of_the_preposition() {
        for word in "على وعلى فعلى عليه وعليها عليهم علينا".split(' ') {
            assert_eq!(stem(&fold_word(word)), "على", "{word}");
        }
        for word in "علي وعلي لعلي بعلي".split(' ') {
            assert_eq!(stem(&fold_word(word)), "علي", "{word}");
        }
    }

    #[test]
    fn suffixes_are_taken_off_in_the_order_of_their_numbers() {
        assert_eq!(TABLES.light_suffixes.join(" "), "ها ات يين يه ه ي");
        assert_eq!(ENDINGS_OF_INDEX.join(" "), "ا ت ان ون ين يون");
    }

    #[test]
    fn unknown_words_are_cut_with_care() {
        assert_eq!(stem("زغطلمن"), "زغطلمن");
        assert_eq!(stem("والزغطلمن"), "زغطلمن");
        assert_eq!(stem("بزغطلمن"), "بزغطلمن");
    }
}
