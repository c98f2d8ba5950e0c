//! Splits a text into the words that matter for dates, in a single pass.
//!
//! A whole run of other words becomes a single [`Lex::Other`], so that a long text has few tokens. Spans are spans of
//! the text that was given.

use std::sync::OnceLock;

use crate::arabic::{Folding, fold, letter};

use super::lex::Lex;
use super::vocabulary::{FoundWord, Key, MAX_LETTERS, key_byte, look_up};

/// A word or a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    pub lex: Lex,
    /// With «ال».
    pub definite: bool,
    /// With «و».
    pub and: bool,
    /// Whether it replaces several unknown words.
    pub is_run: bool,
    /// What stands between it and the word before it.
    pub gap: Gap,
}

/// A set of what can stand between two words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap(u16);

impl Gap {
    pub const GLUED: Self = Self(0);
    pub const SPACE: Self = Self(1);
    pub const SLASH: Self = Self(1 << 1);
    pub const DASH: Self = Self(1 << 2);
    pub const DOT: Self = Self(1 << 3);
    pub const COLON: Self = Self(1 << 4);
    pub const COMMA: Self = Self(1 << 5);
    pub const OPEN: Self = Self(1 << 6);
    pub const CLOSE: Self = Self(1 << 7);
    pub const PLUS: Self = Self(1 << 8);
    pub const NEWLINE: Self = Self(1 << 9);
    /// Anything else.
    pub const OTHER: Self = Self(1 << 10);

    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is nothing here that is not in `allowed`.
    pub fn is_within(self, allowed: Self) -> bool {
        self.0 & !allowed.0 == 0
    }

    /// Whether anything of `other` is here.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn of(c: char) -> Self {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => Self::NEWLINE,
            '/' | '\\' | '\u{2044}' => Self::SLASH,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Self::DASH,
            '.' => Self::DOT,
            ':' => Self::COLON,
            ',' | '،' => Self::COMMA,
            '(' | '[' | '«' | '"' | '“' => Self::OPEN,
            ')' | ']' | '»' | '”' => Self::CLOSE,
            '+' => Self::PLUS,
            c if c.is_whitespace() => Self::SPACE,
            _ => Self::OTHER,
        }
    }
}

/// What a character of the block U+0600 is: a letter with its byte in the key, a digit, a mark, or neither.
#[derive(Clone, Copy)]
enum Char {
    Letter(u8),
    Digit(u8),
    Mark,
    Foreign,
    Gap,
}

fn arabic_block() -> &'static [Char; 256] {
    static BLOCK: OnceLock<[Char; 256]> = OnceLock::new();
    BLOCK.get_or_init(|| {
        let mut block = [Char::Gap; 256];
        for (it, c) in block.iter_mut().zip('\u{0600}'..='\u{06FF}') {
            *it = match letter::digit(c) {
                Some(digit) => Char::Digit(digit),
                None if letter::is_within_word(c) => Char::Mark,
                None if letter::is_arabic_letter(c) => {
                    let mut buffer = [0; 4];
                    let folded = fold(c.encode_utf8(&mut buffer), Folding::Word);
                    folded
                        .chars()
                        .next()
                        .and_then(key_byte)
                        .map_or(Char::Foreign, Char::Letter)
                }
                None => Char::Gap,
            };
        }
        block
    })
}

/// A word that is being read.
#[derive(Default)]
struct CurrentWord {
    start: usize,
    end: usize,
    script: Script,
    key: Key,
    n_letters: usize,
    /// Whether some letter has no place in a key.
    is_foreign: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Script {
    #[default]
    None,
    Arabic,
    Latin,
    Number,
}

struct Tokens {
    tokens: Vec<Token>,
    gap: Gap,
    word: CurrentWord,
}

impl Tokens {
    /// A letter or digit that goes on with the word or begins one.
    #[inline]
    fn push(&mut self, script: Script, at: usize, length: usize) {
        if self.word.script != script {
            self.close();
            self.word.script = script;
            self.word.start = at;
        }
        self.word.end = at + length;
    }

    #[inline]
    fn letter(&mut self, byte: Option<u8>) {
        self.word.n_letters += 1;
        match byte {
            Some(byte) if self.word.n_letters <= MAX_LETTERS => {
                self.word.key = self.word.key << 8 | Key::from(byte);
            }
            _ => self.word.is_foreign = true,
        }
    }

    #[inline]
    fn digit(&mut self, digit: u8) {
        self.word.n_letters += 1;
        self.word.key = (self.word.key * 10 + Key::from(digit)).min(Key::from(u32::MAX));
    }

    /// A mark, which belongs to the word before it.
    #[inline]
    fn mark(&mut self, end: usize) {
        if self.word.script != Script::None {
            self.word.end = end;
        }
    }

    #[inline]
    fn gap(&mut self, gap: Gap) {
        self.close();
        self.gap = self.gap.with(gap);
    }

    fn close(&mut self) {
        let word = std::mem::take(&mut self.word);
        let other = FoundWord {
            lex: Lex::Other,
            definite: false,
            and: false,
        };
        let found = match word.script {
            Script::None => return,
            Script::Number => FoundWord {
                lex: Lex::Number {
                    value: u32::try_from(word.key).unwrap_or(u32::MAX),
                    digits: u8::try_from(word.n_letters).unwrap_or(u8::MAX),
                },
                ..other
            },
            _ if word.is_foreign => other,
            _ => look_up(word.key, word.n_letters).unwrap_or(other),
        };
        let gap = std::mem::take(&mut self.gap);
        if found.lex == Lex::Other
            && let Some(last) = self.tokens.last_mut()
            && last.lex == Lex::Other
        {
            last.is_run = true;
            last.end = word.end;
            last.gap = last.gap.with(Gap::GLUED);
            return;
        }
        self.tokens.push(Token {
            start: word.start,
            end: word.end,
            lex: found.lex,
            definite: found.definite,
            and: found.and,
            is_run: false,
            gap,
        });
    }
}

/// The tokens of `text` in its order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let block = arabic_block();
    let bytes = text.as_bytes();
    let mut it = Tokens {
        tokens: Vec::with_capacity(text.len() / 32),
        gap: Gap::default(),
        word: CurrentWord::default(),
    };
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'0'..=b'9' => {
                it.push(Script::Number, at, 1);
                it.digit(byte - b'0');
                at += 1;
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                it.push(Script::Latin, at, 1);
                it.letter(Some(byte.to_ascii_lowercase()));
                at += 1;
            }
            b' ' => {
                it.gap(Gap::SPACE);
                at += 1;
            }
            0..=0x7F => {
                it.gap(Gap::of(char::from(byte)));
                at += 1;
            }
            // U+0600 to U+06FF: two bytes each.
            0xD8..=0xDB => {
                let next = bytes.get(at + 1).copied().unwrap_or(0x80);
                let place = usize::from(byte & 0x03) << 6 | usize::from(next & 0x3F);
                match block[place] {
                    Char::Letter(key) => {
                        it.push(Script::Arabic, at, 2);
                        it.letter(Some(key));
                    }
                    Char::Digit(digit) => {
                        it.push(Script::Number, at, 2);
                        it.digit(digit);
                    }
                    // A stroke of its own is a dash: «12 ـ 15».
                    Char::Mark if place == 0x40 && it.word.script == Script::None => it.gap(Gap::DASH),
                    Char::Mark => it.mark(at + 2),
                    Char::Foreign => {
                        it.push(Script::Arabic, at, 2);
                        it.letter(None);
                    }
                    Char::Gap => it.gap(Gap::of(if place == 0x0C { '،' } else { '\u{061B}' })),
                }
                at += 2;
            }
            _ => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                    break;
                };
                rare(&mut it, c, at);
                at += c.len_utf8();
            }
        }
    }
    it.close();
    it.tokens
}

/// A character of neither ASCII nor the block U+0600.
fn rare(it: &mut Tokens, c: char, at: usize) {
    if letter::is_invisible(c) {
        return;
    }
    if letter::is_within_word(c) {
        return it.mark(at + c.len_utf8());
    }
    if !c.is_alphabetic() {
        return it.gap(Gap::of(c));
    }
    let is_arabic = letter::is_arabic_letter(c);
    it.push(if is_arabic { Script::Arabic } else { Script::Latin }, at, c.len_utf8());
    let mut buffer = [0; 4];
    for folded in fold(c.encode_utf8(&mut buffer), Folding::Word).chars() {
        it.letter(key_byte(folded));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<String> = tokens(text)
            .iter()
            .map(|it| {
                let lex = match it.lex {
                    Lex::Other => "_",
                    Lex::Number { .. } => "#",
                    _ => "w",
                };
                format!("{lex}{}", &text[it.start..it.end])
            })
            .collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn unknown_words_are_one() {
        check("قرر المجلس أمس 26اكتوبر٢٠٢3م", "_قرر المجلس|wأمس|#26|wاكتوبر|#٢٠٢3|wم");
        check("\u{FEEE}\u{FEFB} COP28", "_\u{FEEE}\u{FEFB} COP|#28");
        check("\u{200F}الســــبت\u{200F} 7\u{200F}/11", "wالســــبت|#7|#11");
        check("", "");
    }

    #[test]
    fn gaps_say_what_stands_between() {
        let tokens = tokens("26 - 10/2023، (م");
        let expected = [
            Gap::GLUED,
            Gap::SPACE.with(Gap::DASH),
            Gap::SLASH,
            Gap::COMMA.with(Gap::SPACE).with(Gap::OPEN),
        ];
        assert_eq!(tokens.iter().map(|it| it.gap).collect::<Vec<_>>(), expected);
    }
}
