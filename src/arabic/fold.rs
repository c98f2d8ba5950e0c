//! Folding: one spelling for all the ways in which a word is written.
//!
//! [`Folded`] remembers where each byte came from, so that what is found in the folded text can be shown in the source.
//! Not for display: folding loses letters.

use unicode_normalization::UnicodeNormalization as _;

use super::letter;
use super::span::Span;

/// Which differences are folded away.
///
/// Always: presentation forms and ligatures, tatweel, tashkeel and invisible characters, the seats of
/// initial hamza (أ إ آ ٱ → ا), Persian and Urdu look-alikes, Latin case and accents, the three sets of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folding {
    /// For words in running text: ؤ ئ → ء (so مسؤول = مسئول), ى → ي, ة → ه.
    ///
    /// «شيء» keeps its hamza: the word is not dissolved into «شي».
    Word,
    /// For names: ؤ → و, ئ ى → ي, ء dropped, ة → ه.
    Name,
}

/// `text` with the differences of `folding` removed. White space and punctuation stay as they are.
///
/// ```
/// use fihrist::arabic::{Folding, fold};
///
/// assert_eq!(fold("إدارة الأمن، ٢٠٢٣", Folding::Word), "اداره الامن، 2023");
/// // Two spellings of a word are one …
/// assert_eq!(fold("مسؤول", Folding::Word), fold("مَسئُول", Folding::Word));
/// // … and more so two of a name.
/// assert_eq!(fold("فؤاد", Folding::Name), fold("فواد", Folding::Name));
/// ```
pub fn fold(text: &str, folding: Folding) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        push_folded(c, folding, &mut |c| folded.push(c));
    }
    folded
}

/// The first `n_bytes` of the folded text, or all of it. Two texts that are one when folded begin alike.
pub fn fold_start(text: &str, folding: Folding, n_bytes: usize) -> Vec<u8> {
    let mut folded = String::new();
    for c in text.chars() {
        if n_bytes <= folded.len() {
            break;
        }
        push_folded(c, folding, &mut |c| folded.push(c));
    }
    let mut start = folded.into_bytes();
    start.truncate(n_bytes);
    start
}

/// A single word folded with [`Folding::Word`], but with «على» kept apart from «علي».
///
/// The preposition is in nearly every article, so the name could not be found if the two were one. No other final ى is
/// kept: as often as not, a paper writes «فى» and «مصطفي».
pub fn fold_word(word: &str) -> String {
    let folded = fold(word, Folding::Word);
    match folded.strip_suffix('ي') {
        Some(start @ ("عل" | "وعل" | "فعل")) if word.nfkc().any(|c| c == 'ى') => format!("{start}ى"),
        _ => folded,
    }
}

/// A folded text that knows where in the source each of its bytes comes from.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// The start in the source of the character that each byte of `text` comes from; and one more for the end.
    origins: Vec<u32>,
    /// The end in the source of the character that each byte of `text` comes from.
    ends: Vec<u32>,
}

impl Folded {
    /// Folds `source`, of at most 4 GiB.
    pub fn new(source: &str, folding: Folding) -> Self {
        let mut it = Self::default();
        for (start, c) in source.char_indices() {
            let end = start + c.len_utf8();
            push_folded(c, folding, &mut |folded_char| {
                it.text.push(folded_char);
                for _ in 0..folded_char.len_utf8() {
                    it.origins.push(start as u32);
                    it.ends.push(end as u32);
                }
            });
            // A mark belongs to the letter before it.
            if letter::is_within_word(c)
                && let Some(last) = it.ends.last_mut()
                && *last as usize == start
            {
                *last = end as u32;
            }
        }
        it
    }

    /// The folded text, to search in.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The piece of the source from which `span_in_folded` came, marks included.
    ///
    /// `None` if the span is empty or reaches beyond the text.
    pub fn span_in_source(&self, span_in_folded: Span) -> Option<Span> {
        let last = span_in_folded.end.checked_sub(1)?;
        let start = *self.origins.get(span_in_folded.start)?;
        let end = *self.ends.get(last)?;
        (start < end).then(|| Span::new(start as usize, end as usize))
    }
}

/// What the block «Arabic», of which nearly all of a text is, becomes; [`DROPPED`] for what is left out.
static BLOCKS: [[char; 256]; 2] = [block(Folding::Word), block(Folding::Name)];
const FIRST: char = '\u{0600}';
const DROPPED: char = '\0';

const fn block(folding: Folding) -> [char; 256] {
    let mut block = [DROPPED; 256];
    let mut idx = 0;
    while idx < block.len() {
        if let Some(c) = char::from_u32(FIRST as u32 + idx as u32)
            && !letter::is_within_word(c)
            && let Some(folded) = folded_letter(c, folding)
        {
            block[idx] = folded;
        }
        idx += 1;
    }
    block
}

fn push_folded(c: char, folding: Folding, push: &mut impl FnMut(char)) {
    match c {
        '\u{0000}'..='\u{007F}' => push(c.to_ascii_lowercase()),
        FIRST..='\u{06FF}' => match BLOCKS[folding as usize][c as usize - FIRST as usize] {
            DROPPED => {}
            folded => push(folded),
        },
        _ if letter::is_within_word(c) => {}
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
            let parts = std::iter::once(c).nfkc().filter(|it| !letter::is_within_word(*it));
            parts.filter_map(|it| folded_letter(it, folding)).for_each(push);
        }
        _ => {
            for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
                if !letter::is_within_word(part) {
                    push(part);
                }
            }
        }
    }
}

const fn folded_letter(c: char, folding: Folding) -> Option<char> {
    if let Some(digit) = letter::digit(c) {
        return Some((b'0' + digit) as char);
    }
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | '\u{06CC}' | '\u{06D2}' => 'ي',
        'ة' | '\u{06C1}' | '\u{06D5}' | '\u{06BE}' | '\u{06C0}' => 'ه',
        '\u{06A9}' | '\u{06AF}' => 'ك',
        '\u{067E}' => 'ب',
        '\u{0686}' => 'ج',
        '\u{06A4}' => 'ف',
        '\u{0698}' => 'ز',
        '\u{06A8}' => 'ق',
        'ؤ' | 'ئ' | 'ء' => match (folding, c) {
            (Folding::Word, _) => 'ء',
            (Folding::Name, 'ؤ') => 'و',
            (Folding::Name, 'ئ') => 'ي',
            (Folding::Name, _) => return None,
        },
        _ => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(folding: Folding, text: &str, expected: &str) {
        assert_eq!(fold(text, folding), expected);
        assert_eq!(Folded::new(text, folding).text(), expected);
    }

    #[test]
    fn spellings_of_a_word_are_one() {
        check(Folding::Word, "أحمد إدارة آخر مصطفى", "احمد اداره اخر مصطفي");
        check(Folding::Word, "مُحَمَّد محـــمد", "محمد محمد");
        check(Folding::Word, "مسؤول مسئول شيء", "مسءول مسءول شيء");
        check(Folding::Word, "٢٠٢٣ ۲۰۲۳ COP28 Café", "2023 2023 cop28 cafe");
        check(Folding::Word, "\u{FEEE}\u{FEFB} \u{FDF2}", "ولا الله");
        check(Folding::Name, "فؤاد رائد علاء", "فواد رايد علا");
    }

    #[test]
    fn only_the_preposition_keeps_its_dotless_letter() {
        for (word, expected) in [
            ("على", "على"),
            ("وَعَلى", "وعلى"),
            ("\u{FECB}\u{FEE0}\u{FEF0}", "على"),
            ("علي", "علي"),
            ("عليٌّ", "علي"),
            ("أعلى", "اعلي"),
            ("مصطفى", "مصطفي"),
        ] {
            assert_eq!(fold_word(word), expected);
        }
    }

    #[test]
    fn a_span_found_in_the_folded_text_covers_the_marks_of_the_source() {
        let source = "قال مُحَمَّدٌ اليوم";
        let folded = Folded::new(source, Folding::Word);
        let start = folded.text().find("محمد").unwrap();
        let span = folded.span_in_source(Span::new(start, start + "محمد".len())).unwrap();
        assert_eq!(span.of(source), Some("مُحَمَّدٌ"));
    }
}
