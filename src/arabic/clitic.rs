//! Clitics: what is attached to the word after it, as each part of the program treats them.
//!
//! The one table is `assets/lists/clitics.tsv`, with a column for each part of the program; where these differ, it is
//! on purpose or for historical reasons. Not for deciding whether a word begins with a clitic or just with the same
//! letters: that takes a lexicon, and [`stem()`](super::stem()) does it.

use std::sync::LazyLock;

use super::lists::List;

const TABLE: List<8> = List::new(
    include_str!("../../assets/lists/clitics.tsv"),
    [
        "clitic", "stemmer", "light", "index", "tagger", "resolver", "spelling", "apart",
    ],
);

/// One clitic or several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clitic {
    /// Its letters, folded.
    pub text: &'static str,
    /// The number of letters in `text`.
    pub n_letters: usize,
    /// Whether it ends with the article.
    pub has_article: bool,
    /// Whether it is contracted with the article: «لل».
    pub is_melted: bool,
}

impl Clitic {
    /// How many letters it takes from a word that keeps its article: one of «للقاهرة», which leaves «القاهرة».
    pub fn n_taken(self) -> usize {
        self.n_letters - usize::from(self.is_melted)
    }

    /// The rest of a word that begins with it, with a contracted article restored.
    pub fn strip(self, word: &str) -> Option<String> {
        let rest = word.strip_prefix(self.text)?;
        Some(match self.is_melted {
            true => format!("ال{rest}"),
            false => rest.to_owned(),
        })
    }
}

/// The clitics by their users. If one begins with another, the shorter comes first, unless stated otherwise.
#[derive(Debug)]
pub struct Clitics {
    /// What the stemmer cuts, the longer first.
    pub stemmer: Vec<Clitic>,
    /// What the light stemmer cuts, each with the number of letters that must remain.
    pub light: Vec<(&'static str, usize)>,
    /// What the index looks for before a word without article.
    pub before_word: Vec<&'static str>,
    /// Those of `before_word` that it looks for before two letters, too.
    pub before_two_letters: Vec<&'static str>,
    /// What the index looks for with the article.
    pub with_article: Vec<&'static str>,
    /// What the recogniser's model knows, by number. The empty one, at 0, means no clitic.
    pub tagger: Vec<Clitic>,
    /// What the resolver strips from a name that is another with a clitic.
    pub resolver: Vec<&'static str>,
    /// What shows that a later part of a name is Arab.
    pub in_arab_names: Vec<&'static str>,
    /// What may stand apart before a quoted name.
    pub apart: Vec<&'static str>,
}

/// Read from the list at first use.
pub static CLITICS: LazyLock<Clitics> = LazyLock::new(|| {
    let rows = || TABLE.rows().map(|row| (clitic(row[0]), row));
    let texts = |is_one: fn(&Clitic, [&str; 8]) -> bool| {
        let those = rows().filter(|(it, row)| is_one(it, *row));
        those.map(|(it, _)| it.text).collect()
    };
    let mut stemmer: Vec<Clitic> = rows().filter(|(_, row)| row[1] == "yes").map(|(it, _)| it).collect();
    stemmer.reverse();
    let light = rows().filter_map(|(it, row)| Some((it.text, row[2].parse().ok()?)));
    let mut tagger: Vec<(usize, Clitic)> = rows()
        .filter_map(|(it, row)| Some((row[4].parse().ok()?, it)))
        .collect();
    tagger.push((0, clitic("")));
    tagger.sort_unstable_by_key(|(number, _)| *number);
    Clitics {
        stemmer,
        light: light.collect(),
        before_word: texts(|it, row| row[3] != "-" && !it.has_article),
        before_two_letters: texts(|_, row| row[3] == "short"),
        with_article: texts(|it, row| row[3] != "-" && it.has_article),
        tagger: tagger.into_iter().map(|(_, it)| it).collect(),
        resolver: texts(|_, row| row[5] == "yes"),
        in_arab_names: texts(|_, row| row[6] == "yes"),
        apart: texts(|_, row| row[7] == "yes"),
    }
});

fn clitic(text: &'static str) -> Clitic {
    let is_melted = text.ends_with("لل");
    Clitic {
        text,
        n_letters: text.chars().count(),
        has_article: is_melted || text.ends_with("ال"),
        is_melted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_of_two_stands_first() {
        let all: Vec<&str> = TABLE.rows().map(|[text, ..]| text).collect();
        for (idx, longer) in all.iter().enumerate() {
            let behind = all[idx + 1..].iter().find(|shorter| longer.starts_with(**shorter));
            assert_eq!(behind, None, "{longer}");
        }
    }

    #[test]
    fn the_model_finds_each_clitic_at_its_number() {
        let texts: Vec<&str> = CLITICS.tagger.iter().map(|it| it.text).collect();
        assert_eq!(texts.join(" "), " و ف ب ل ك لل وب ول وك ولل فب فل فلل س وس");
    }
}
