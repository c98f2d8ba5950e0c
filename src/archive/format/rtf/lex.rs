//! The signs of Rich Text Format: groups, words, letters. Section "Basic Entities" of the specification, version 1.9.1.

use std::io::{self, BufRead};

/// Longer words are not in the specification; what follows is text. Its own limit is 32.
const LONGEST_WORD: usize = 64;

/// One sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\par`, with its number, if it has one. [`Lexer::word`] is its name.
    Word(Option<i32>),
    /// `\~`: a sign that is no letter.
    Symbol(u8),
    /// `\'e3`: a byte of the font's code page.
    Escaped(u8),
    /// A byte of the text.
    Byte(u8),
}

/// Reads signs one by one.
pub struct Lexer<'a> {
    bytes: &'a mut dyn BufRead,
    word: String,
}

impl<'a> Lexer<'a> {
    /// Reads what `bytes` yields.
    pub fn new(bytes: &'a mut dyn BufRead) -> Self {
        let word = String::new();
        Self { bytes, word }
    }

    /// The name of the last word, without its number.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// The next sign; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Token>> {
        while let Some(byte) = self.take()? {
            match byte {
                b'{' => return Ok(Some(Token::Open)),
                b'}' => return Ok(Some(Token::Close)),
                b'\\' => match self.escape()? {
                    Some(token) => return Ok(Some(token)),
                    // Cut off.
                    None => return Ok(None),
                },
                // Lines of the file are none of the text.
                b'\r' | b'\n' | 0 => {}
                byte => return Ok(Some(Token::Byte(byte))),
            }
        }
        Ok(None)
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.bytes.fill_buf()?.first().copied())
    }

    fn take(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        self.bytes.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    fn escape(&mut self) -> io::Result<Option<Token>> {
        let Some(byte) = self.peek()? else { return Ok(None) };
        if byte.is_ascii_alphabetic() {
            return self.named().map(Some);
        }
        self.take()?;
        if byte != b'\'' {
            return Ok(Some(Token::Symbol(byte)));
        }
        let mut value = 0;
        for _ in 0..2 {
            let digit = self.peek()?.and_then(|it| char::from(it).to_digit(16));
            let Some(digit) = digit else { break };
            self.take()?;
            // Two digits are less than 256.
            value = value * 16 + digit as u8;
        }
        Ok(Some(Token::Escaped(value)))
    }

    fn named(&mut self) -> io::Result<Token> {
        self.word.clear();
        while let Some(byte) = self.peek()?
            && byte.is_ascii_alphabetic()
            && self.word.len() < LONGEST_WORD
        {
            self.take()?;
            self.word.push(char::from(byte));
        }
        let is_negative = self.peek()? == Some(b'-') && self.has_number_behind_sign()?;
        if is_negative {
            self.take()?;
        }
        let mut number: Option<i64> = None;
        while let Some(byte) = self.peek()?
            && byte.is_ascii_digit()
        {
            self.take()?;
            let value = number.unwrap_or(0).saturating_mul(10);
            number = Some(value.saturating_add(i64::from(byte - b'0')));
        }
        let number = number.map(|it| if is_negative { -it } else { it });
        // The space behind a word is its end.
        if self.peek()? == Some(b' ') {
            self.take()?;
        }
        if self.word == "bin" {
            self.pass_over(number.unwrap_or(0))?;
        }
        Ok(Token::Word(number.map(clamped)))
    }

    /// Whether a digit follows the «-» that is next: else it is text. What is not in memory yet is taken for one.
    fn has_number_behind_sign(&mut self) -> io::Result<bool> {
        let second = self.bytes.fill_buf()?.get(1).copied();
        Ok(second.is_none_or(|it| it.is_ascii_digit()))
    }

    /// Passes over binary data: a picture may have any bytes.
    fn pass_over(&mut self, n: i64) -> io::Result<()> {
        let mut left = usize::try_from(n).unwrap_or(0);
        while left != 0 {
            let n = self.bytes.fill_buf()?.len().min(left);
            if n == 0 {
                break;
            }
            self.bytes.consume(n);
            left -= n;
        }
        Ok(())
    }
}

fn clamped(number: i64) -> i32 {
    let limit = i64::from(i32::MAX);
    i32::try_from(number.clamp(-limit, limit)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], expected: &[Token]) {
        let mut bytes = text;
        let mut lexer = Lexer::new(&mut bytes);
        let mut found = Vec::new();
        while let Some(token) = lexer.next().unwrap() {
            found.push(token);
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn words_end_at_what_is_no_part_of_them() {
        use Token::*;
        check(b"\\u-1604?", &[Word(Some(-1604)), Byte(b'?')]);
        check(b"\\u8212-", &[Word(Some(8212)), Byte(b'-')]);
        check(b"\\par-x", &[Word(None), Byte(b'-'), Byte(b'x')]);
        check(b"\\b  x", &[Word(None), Byte(b' '), Byte(b'x')]);
        check(
            b"{\\'E3\\'4}\r\n\\~",
            &[Open, Escaped(0xE3), Escaped(4), Close, Symbol(b'~')],
        );
        check(b"\\bin3 }}}x\\", &[Word(Some(3)), Byte(b'x')]);
        check(b"\\u99999999999999999999 x", &[Word(Some(i32::MAX)), Byte(b'x')]);
        check(b"\\bin99999999 x", &[Word(Some(99_999_999))]);
    }
}
