//! The bytes beyond ASCII of a text that is partly UTF-8 and partly in an encoding of one byte a letter.
//!
//! Those that follow each other are told apart as a whole: Arabic in UTF-8 is none by accident. What could be either, such
//! as «é» or «ص،», is as what stands before it.

use std::borrow::Cow;

/// Of the words in another encoding than UTF-8, those of so many bytes count. A guess.
const WORD: usize = 3;
/// So much of them is kept to find their encoding, in bytes. A guess.
const SAMPLE: usize = 64 << 10;

/// What bytes beyond ASCII that follow each other are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Utf8,
    Other,
    Either,
}

impl Run {
    fn of(bytes: &[u8]) -> Self {
        let (mut n_invalid, mut n_sure) = (0, 0);
        for chunk in bytes.utf8_chunks() {
            n_invalid += usize::from(!chunk.invalid().is_empty());
            let is_sure = |c: &char| matches!(c, '\u{600}'..='\u{77F}') || 3 <= c.len_utf8();
            n_sure += chunk.valid().chars().filter(is_sure).count();
        }
        match (n_invalid, n_sure) {
            (0, 0) => Self::Either,
            // A letter that was cut off.
            _ if n_invalid * 2 <= n_sure => Self::Utf8,
            _ => Self::Other,
        }
    }
}

/// The bytes beyond ASCII of a text that follow each other, each with the ASCII before it; what is left is ASCII.
fn runs(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let n_ascii = rest.iter().take_while(|it| it.is_ascii()).count();
        let (ascii, after) = rest.split_at(n_ascii);
        let n_run = after.iter().take_while(|it| !it.is_ascii()).count();
        let (run, after) = after.split_at(n_run);
        rest = after;
        Some((ascii, run))
    })
}

/// What the bytes beyond ASCII of a text are.
#[derive(Default)]
pub struct Counts {
    /// How many words of Arabic are UTF-8.
    pub n_utf_8: usize,
    /// How many words are not.
    pub n_others: usize,
    /// These, up to some length, with spaces between them.
    pub others: Vec<u8>,
}

impl Counts {
    /// Those of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut counts = Self::default();
        for (_, run) in runs(bytes) {
            match Run::of(run) {
                Run::Utf8 => counts.n_utf_8 += usize::from(WORD < run.len()),
                Run::Other => {
                    counts.n_others += usize::from(WORD <= run.len());
                    if counts.others.len() < SAMPLE {
                        counts.others.extend_from_slice(run);
                        counts.others.push(b' ');
                    }
                }
                Run::Either => {}
            }
        }
        counts
    }

    /// Whether there are words of both; fewer are a few broken bytes. Guesses.
    pub fn are_mixed(&self) -> bool {
        2 <= self.n_utf_8 && self.has_others()
    }

    /// Whether there are words that are not UTF-8, and not only a few broken bytes. A guess.
    pub fn has_others(&self) -> bool {
        3 <= self.n_others
    }
}

/// The text of bytes in UTF-8 and another encoding, which `decode_other` decodes, and whether some became U+FFFD.
pub fn decode<'b>(bytes: &'b [u8], decode_other: impl Fn(&'b [u8]) -> (Cow<'b, str>, bool)) -> (String, bool) {
    let counts = Counts::of(bytes);
    let mut last = if counts.n_others < counts.n_utf_8 {
        Run::Utf8
    } else {
        Run::Other
    };
    let mut text = String::with_capacity(bytes.len());
    let mut has_errors = false;
    for (ascii, run) in runs(bytes) {
        text.push_str(&String::from_utf8_lossy(ascii));
        last = match Run::of(run) {
            Run::Either => last,
            known => known,
        };
        let (decoded, is_broken) = match last {
            Run::Utf8 => {
                let decoded = String::from_utf8_lossy(run);
                let is_broken = matches!(decoded, Cow::Owned(_));
                (decoded, is_broken)
            }
            Run::Other | Run::Either => decode_other(run),
        };
        has_errors |= is_broken;
        text.push_str(&decoded);
    }
    (text, has_errors)
}
