//! The light stem of a word: without article, proclitics before the article, and inflection.
//!
//! After light10 (Larkey, Ballesteros and Connell), but more careful: at least three letters always remain, and
//! what needs a lexicon is never cut: a single letter such as و or ب («وزير» would become «زير»), the ending of a dual
//! or plural («لبنان»).

/// و or ف, then ال, بال, كال or لل; longest first, with the number of letters that must remain.
const PREFIXES: [(&str, usize); 12] = [
    ("وبال", 3),
    ("فبال", 3),
    // «وكالتها» is not «و+كال+تها».
    ("وكال", 4),
    ("فكال", 4),
    ("ولل", 3),
    ("فلل", 3),
    ("وال", 3),
    ("فال", 3),
    ("بال", 3),
    ("كال", 3),
    ("ال", 3),
    ("لل", 3),
];

/// In this order, each at most once.
///
/// Not ان, ون and ين: they would make «لبن» of «لبنان» and «فلسط» of «فلسطين». The index tells from the archive whether
/// they are endings.
const SUFFIXES: [&str; 6] = ["ها", "ات", "يين", "يه", "ه", "ي"];

/// The fewest letters of a stem.
const SHORTEST: usize = 3;

/// The stem of a word that was folded with [`super::Folding::Word`]: a piece of the word, never empty unless it is.
pub fn stem(folded_word: &str) -> &str {
    let mut stem = folded_word;
    for (prefix, remaining) in PREFIXES {
        if let Some(rest) = stem.strip_prefix(prefix)
            && remaining <= rest.chars().count()
        {
            stem = rest;
            break;
        }
    }
    // The ه of «الله», «والله», «بالله» is no pronoun.
    if stem.ends_with("لله") {
        return stem;
    }
    for suffix in SUFFIXES {
        if let Some(rest) = stem.strip_suffix(suffix)
            && SHORTEST <= rest.chars().count()
        {
            stem = rest;
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        for word in words.split(' ') {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn article_and_inflection_are_cut() {
        check("دمج الدمج والدمج بالدمج للدمج فالدمج وبالدمج دمجها دمجه", "دمج");
        check("معلم المعلم معلمات المعلمه معلمي", "معلم");
        check("فلسطين فلسطيني الفلسطينيه والفلسطينيين", "فلسطين");
        check("لبنان اللبناني اللبنانيه", "لبنان");
    }

    #[test]
    fn short_words_are_left_alone() {
        check("شيء الشيء", "شيء");
        check("الي", "الي");
        check("الله", "الله");
        check("والله", "والله");
        check("وزير", "وزير");
        check("", "");
    }
}
