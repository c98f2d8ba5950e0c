//! Which encoding a text is in, by its bytes.
//!
//! What is not UTF-8 is in one of the encodings of one byte a letter, most often of Arabic. Their texts are told apart by
//! the words: those of letters beyond ASCII alone, which Arabic has, and those that mix them with letters of ASCII, as
//! French does. Arabic is known by its letters' frequencies; which other script it is, a library says.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::arabic::letter;
use crate::arabic::lists::List;

use super::runs::Counts;
use super::text_encoding::TextEncoding;
use super::utf_7;

/// How much of a text that is not UTF-8 is examined for its encoding, in bytes. A guess: a few hundred letters are
/// plenty.
const SAMPLE: usize = 64 << 10;

/// The encodings of Arabic of one byte a letter, the usual ones first.
const ARABIC: [TextEncoding; 4] = [
    TextEncoding::WINDOWS_1256,
    TextEncoding::ISO_8859_6,
    TextEncoding::MAC_ARABIC,
    TextEncoding::DOS_720,
];

/// A text with at least this [`Words::likeness`] is Arabic. Of 7,000 pieces of articles of 12 to 1,000 letters 99 in
/// 100 have more than -4.0; Russian, Hebrew, Greek and Thai, taken for Arabic, have at most -4.6.
const ARABIC_LIKENESS: f64 = -4.2;

/// In a text of fewer letters, chance makes one encoding as likely as another if they differ by less than
/// [`SHORT_MARGIN`]: the declared one is believed. Guesses.
const SHORT: usize = 40;
const SHORT_MARGIN: f64 = 0.5;

/// The encoding of the text that begins with `head`, and the length of its byte order mark. The head may end in the
/// middle of a letter. `declared` is what is said of it elsewhere; a page's own declaration counts as well.
pub fn detect(head: &[u8], declared: Option<TextEncoding>) -> (TextEncoding, usize) {
    // Before UTF-16, whose mark is the beginning of one of these.
    if let Some(found) = utf_32(head) {
        return found;
    }
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return (TextEncoding::standard(encoding), mark);
    }
    // Before UTF-8: the bytes of UTF-16 may all be ASCII.
    if let Some(encoding) = utf_16(head) {
        return (TextEncoding::standard(encoding), 0);
    }
    let is_utf_8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(err) => err.error_len().is_none() && head.len() < err.valid_up_to() + 4,
    };
    if is_utf_8 {
        return (
            if utf_7::is_utf_7(head) {
                TextEncoding::UTF_7
            } else {
                TextEncoding::UTF_8
            },
            0,
        );
    }
    let counts = Counts::of(head);
    if let Some(other) = counts.are_mixed().then(|| arabic(&counts.others)).flatten() {
        return (other.beside_utf_8(), 0);
    }
    if is_broken_utf_8(head) {
        return (TextEncoding::UTF_8, 0);
    }
    (legacy(head, declared), 0)
}

/// Whether the bytes beyond ASCII of a text are Arabic in an encoding of one byte a letter.
pub fn reads_as_arabic(bytes: &[u8], encoding: TextEncoding) -> bool {
    let words = Words::of(sample(bytes));
    words.is_arabic() && ARABIC_LIKENESS <= words.likeness(encoding)
}

/// Whether all bytes beyond ASCII of a text are letters of Arabic in an encoding of one byte a letter.
pub fn has_only_arabic_letters(bytes: &[u8], encoding: TextEncoding) -> bool {
    let mut letters = bytes.iter().filter(|it| !it.is_ascii()).map(|it| encoding.letter(*it));
    letters.all(letter::is_arabic_letter)
}

/// The encoding of Arabic in which all of the words are likeliest; `None` if they are not Arabic in any.
pub fn arabic(bytes: &[u8]) -> Option<TextEncoding> {
    let words = Words::of(sample(bytes));
    let (encoding, likeness) = words.likeliest(None);
    (words.is_arabic() && ARABIC_LIKENESS <= likeness).then_some(encoding)
}

/// The encoding of the names of files from Arabic computers: of Windows or, as it is in archives, of DOS. Each holds what
/// French names need, DOS in its lower quarter.
pub fn of_names(names: &[u8]) -> TextEncoding {
    let of_latin = match names.iter().all(|it| *it < 0xA0) {
        true => TextEncoding::DOS_720,
        false => TextEncoding::WINDOWS_1256,
    };
    arabic(names).unwrap_or(of_latin)
}

/// The length of the byte order mark of a text, in an encoding.
pub fn mark_of(bytes: &[u8], encoding: TextEncoding) -> usize {
    let unicode = Encoding::for_bom(bytes).map(|(it, mark)| (TextEncoding::standard(it), mark));
    let found = [utf_32(bytes), unicode].into_iter().flatten();
    found
        .filter(|(it, _)| encoding == *it)
        .map(|(_, mark)| mark)
        .next()
        .unwrap_or(0)
}

fn sample(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(SAMPLE)]
}

/// UTF-32, with or without a byte order mark: of each four bytes the highest is zero, and the next one nearly always.
/// Nine in ten of the first letters must fit; a guess.
fn utf_32(bytes: &[u8]) -> Option<(TextEncoding, usize)> {
    let sample = bytes[..bytes.len().min(2_000)].chunks_exact(4);
    let n_letters = sample.len();
    let fits = |high: usize, next: usize| {
        let fitting = sample
            .clone()
            .filter(|it| it[high] == 0 && it[next] == 0 && **it != [0; 4]);
        2 <= n_letters && n_letters * 9 <= fitting.count() * 10
    };
    if fits(3, 2) {
        Some((
            TextEncoding::UTF_32LE,
            if bytes.starts_with(&[0xFF, 0xFE]) { 4 } else { 0 },
        ))
    } else if fits(0, 1) {
        Some((
            TextEncoding::UTF_32BE,
            if bytes.starts_with(&[0, 0, 0xFE, 0xFF]) { 4 } else { 0 },
        ))
    } else {
        None
    }
}

/// UTF-16 without a byte order mark: every other byte is 0x06 for Arabic, 0x00 for ASCII. Four in five of the first
/// thousand letters must fit; a guess.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(2_000)];
    let share = |offset: usize| {
        let high = sample.iter().skip(offset).step_by(2);
        high.filter(|it| matches!(it, 0x06 | 0x00)).count() * 2 * 10 > sample.len() * 8
    };
    if bytes.len() < 8 || share(0) == share(1) {
        None
    } else if share(1) {
        Some(UTF_16LE)
    } else {
        Some(UTF_16BE)
    }
}

/// Whether most of the bytes beyond ASCII are UTF-8, so that only a few are broken: fewer than one in ten, which no
/// one-byte encoding comes near.
fn is_broken_utf_8(bytes: &[u8]) -> bool {
    let (mut broken, mut sound) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
            match c {
                char::REPLACEMENT_CHARACTER => broken += 1,
                _ => sound += 1,
            }
        }
    }
    broken * 10 < sound
}

/// The encoding of a text that is not Unicode.
fn legacy(bytes: &[u8], declared: Option<TextEncoding>) -> TextEncoding {
    let sample = sample(bytes);
    let declared = [declared, declared_within(bytes)]
        .into_iter()
        .flatten()
        .find(|it| !it.is_unicode());
    let words = Words::of(sample);
    if !words.is_arabic() {
        return latin(sample, &words, declared);
    }
    let (arabic, likeness) = words.likeliest(declared);
    if ARABIC_LIKENESS <= likeness {
        // A few letters of any script may be frequent ones.
        let other = declared.filter(|it| words.n_whole_letters < SHORT && words.is_of_another_script(*it));
        return other.unwrap_or(arabic);
    }
    let guessed = guessed(sample);
    match declared {
        _ if guessed.is_arabic() => arabic,
        Some(declared) => match declared.is_arabic() {
            true => arabic,
            false => declared,
        },
        None => guessed,
    }
}

/// The encoding of a text in Latin letters, such as French.
fn latin(sample: &[u8], words: &Words<'_>, declared: Option<TextEncoding>) -> TextEncoding {
    // With a word of Arabic here and there it is the one that has both.
    let arabic = TextEncoding::WINDOWS_1256;
    if words.has_latin_letters(arabic) && words.n_whole_letters != 0 && ARABIC_LIKENESS <= words.likeness(arabic) {
        return arabic;
    }
    let declared = declared.filter(|it| it.is_single_byte() && words.has_latin_letters(*it));
    let guessed = Some(guessed(sample)).filter(|it| !it.is_arabic());
    declared.or(guessed).unwrap_or(TextEncoding::WINDOWS_1252)
}

/// What the library for the pages of all languages says.
fn guessed(sample: &[u8]) -> TextEncoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    TextEncoding::standard(detector.guess(None, Utf8Detection::Deny))
}

/// The encoding that a page declares in its first kilobyte: `charset=…` in a `meta`, `encoding="…"` in XML.
fn declared_within(bytes: &[u8]) -> Option<TextEncoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    let rest = head
        .split_once("charset=")
        .or_else(|| head.split_once("encoding="))
        .map(|(_, rest)| rest)?;
    let label: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    TextEncoding::for_label(&label)
}

/// The words of a text in an encoding of one byte a letter that have letters beyond ASCII: bytes from 80 on, which may be
/// signs as well.
struct Words<'a> {
    /// Those without letters of ASCII; and how many letters they have that are in a word with another.
    whole: Vec<&'a [u8]>,
    n_whole_letters: usize,
    /// Those that mix both.
    mixed: Vec<&'a [u8]>,
}

impl<'a> Words<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let mut words = Self {
            whole: Vec::new(),
            n_whole_letters: 0,
            mixed: Vec::new(),
        };
        let is_part = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        for word in bytes.split(|it| !is_part(it)).filter(|it| !it.is_ascii()) {
            let is_whole = !word.iter().any(u8::is_ascii);
            if is_whole {
                words.n_whole_letters += if word.len() == 1 { 0 } else { word.len() };
                words.whole.push(word);
            } else {
                words.mixed.push(word);
            }
        }
        words
    }

    /// Whether most words that are longer than a letter do not mix, as in Arabic and other scripts but Latin.
    fn is_arabic(&self) -> bool {
        let n_whole = self.whole.iter().filter(|it| it.len() != 1).count();
        self.mixed.len() < n_whole || self.mixed.is_empty()
    }

    /// Whether in an encoding the words that mix have Latin letters only, or signs.
    fn has_latin_letters(&self, encoding: TextEncoding) -> bool {
        let letters = self.mixed.iter().flat_map(|word| word.iter());
        let letters = letters.filter(|it| !it.is_ascii()).map(|it| encoding.letter(*it));
        // Those of other scripts come later, signs for any of them much later.
        letters
            .into_iter()
            .all(|c| c < '\u{250}' && !c.is_control() || matches!(c, '\u{1E00}'..'\u{3000}'))
    }

    /// Whether in an encoding the words that do not mix have letters only, and neither Arabic nor Latin ones.
    fn is_of_another_script(&self, encoding: TextEncoding) -> bool {
        let mut letters = self
            .whole
            .iter()
            .flat_map(|it| it.iter())
            .map(|it| encoding.letter(*it));
        letters.all(|c| c.is_alphabetic() && '\u{370}' <= c && !letter::is_arabic_letter(c))
    }

    /// The encoding of Arabic in which the words are likeliest.
    fn likeliest(&self, declared: Option<TextEncoding>) -> (TextEncoding, f64) {
        let mut best = (TextEncoding::WINDOWS_1256, f64::NEG_INFINITY);
        for encoding in ARABIC {
            let likeness = self.likeness(encoding);
            // Of equals, the first: ISO-8859-6 rather than MacArabic, which differs only in signs.
            if best.1 + 0.01 < likeness {
                best = (encoding, likeness);
            }
        }
        match declared.filter(|it| it.is_arabic()) {
            Some(declared) => {
                let margin = if self.n_whole_letters < SHORT {
                    SHORT_MARGIN
                } else {
                    0.01
                };
                let likeness = self.likeness(declared);
                if best.1 < likeness + margin {
                    best = (declared, likeness);
                }
                best
            }
            None => best,
        }
    }

    /// How much the words that do not mix read like Arabic in an encoding: the mean log frequency of their letters.
    fn likeness(&self, encoding: TextEncoding) -> f64 {
        let mut counts = [0_u32; 256];
        // «à» is a word of one letter, and so may be any sign.
        let is_long = |word: &&&[u8]| self.n_whole_letters == 0 || word.len() != 1;
        for byte in self.whole.iter().filter(is_long).flat_map(|it| it.iter()) {
            counts[usize::from(*byte)] += 1;
        }
        let (mut sum, mut n) = (0.0, 0.0);
        for (byte, count) in (0..=u8::MAX).zip(counts).filter(|(_, count)| *count != 0) {
            sum += f64::from(count) * log_frequency(encoding.letter(byte));
            n += f64::from(count);
        }
        if n == 0.0 { 0.0 } else { sum / n }
    }
}

/// The natural logarithms of letter frequencies among non-ASCII letters; the most frequent first.
static FREQUENCIES: LazyLock<Vec<(char, f64)>> = LazyLock::new(|| {
    const LIST: List<2> = List::new(
        include_str!("../../../assets/lists/letter_frequencies.tsv"),
        ["letter", "logarithm"],
    );
    LIST.rows()
        .filter_map(|[letter, logarithm]| Some((letter.chars().next()?, logarithm.parse().ok()?)))
        .collect()
});

/// How frequent a letter is in Arabic. Letters that are not in the list count as rarer than all that are; how much rarer
/// was picked by feel.
fn log_frequency(c: char) -> f64 {
    match FREQUENCIES.iter().find(|(letter, _)| *letter == c) {
        Some((_, frequency)) => *frequency,
        None if letter::is_arabic_letter(c) || letter::is_tashkeel(c) => -6.5,
        None if letter::digit(c).is_some() || matches!(c, '«' | '»' | '؟' | '؛' | '\u{A0}' | '“' | '”' | '–') => {
            -7.5
        }
        None if letter::is_invisible(c) => -8.0,
        // MacArabic has signs of ASCII a second time, for text that is written from right to left.
        None if c == ' ' => -2.0,
        None if matches!(c, '.' | ':' | '-' | '(' | ')' | '"' | '!' | '/') => -7.5,
        None if c.is_ascii() => -9.0,
        None => -12.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, encoding: TextEncoding, declared: Option<&str>, expected: &str) {
        let bytes: Vec<u8> = text.chars().map(|c| byte_of(encoding, c)).collect();
        let (found, _) = detect(&bytes, declared.and_then(TextEncoding::for_label));
        assert_eq!((found.name(), found.decode(&bytes).0.as_ref()), (expected, text));
    }

    fn byte_of(encoding: TextEncoding, c: char) -> u8 {
        (0..=u8::MAX).find(|it| encoding.letter(*it) == c).unwrap_or(b'?')
    }

    const FRENCH: &str = "Le président tunisien a été reçu à Alger, où il évoque la sécurité";

    #[test]
    fn what_is_not_arabic_stays_what_it_is() {
        let named = |label: &str| TextEncoding::for_label(label).unwrap();
        check(FRENCH, named("windows-1252"), None, "windows-1252");
        check(FRENCH, named("latin1"), Some("latin1"), "windows-1252");
        check(FRENCH, named("windows-1252"), Some("windows-1256"), "windows-1256");
        let russian = "Новый мост открыт, заявил министр транспорта";
        check(russian, named("windows-1251"), Some("windows-1251"), "windows-1251");
        // The two differ in letters that Russian does not have.
        check(russian, named("koi8-r"), None, "KOI8-U");
        let hebrew = "הגשר החדש נפתח, הודיע שר התחבורה";
        check(hebrew, named("windows-1255"), None, "windows-1255");
        let turkish = "Boğaz köprüsü açıldı, çalışmaların süresi";
        check(turkish, named("windows-1254"), Some("windows-1254"), "windows-1254");
    }

    #[test]
    fn french_words_do_not_make_arabic_another_encoding() {
        let text =
            "قال الوزير إن شركة «électricité générale» و«Crédit foncier» و«Société d'études» وقعت العقد في باريس";
        check(text, TextEncoding::WINDOWS_1256, None, "windows-1256");
        let text = format!("{FRENCH} (الرئيس التونسي)");
        check(&text, TextEncoding::WINDOWS_1256, None, "windows-1256");
    }

    #[test]
    fn of_short_texts_a_declaration_is_believed() {
        for text in ["غزة تحت القصف", "نص", "ضغط"] {
            check(text, TextEncoding::WINDOWS_1256, Some("windows-1256"), "windows-1256");
        }
        check("سوق السمك", TextEncoding::DOS_720, None, "cp720");
        let koi = TextEncoding::for_label("koi8-r").unwrap();
        check("Новый мост", koi, Some("koi8-r"), "KOI8-R");
    }

    #[test]
    fn four_bytes_a_letter_are_seen() {
        let text = "نص «قصير».\n";
        let bytes: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let (encoding, mark) = detect(&bytes, None);
        assert_eq!(
            (encoding.name(), encoding.decode(&bytes[mark..]).0.as_ref()),
            ("UTF-32LE", text)
        );
        let mut marked = vec![0, 0, 0xFE, 0xFF];
        marked.extend(text.chars().flat_map(|c| u32::from(c).to_be_bytes()));
        let (encoding, mark) = detect(&marked, None);
        assert_eq!(
            (encoding.name(), encoding.decode(&marked[mark..]).0.as_ref()),
            ("UTF-32BE", text)
        );
    }
}
