//! UTF-7 (RFC 2152), in which old mail programs wrote: all is ASCII, and other letters are UTF-16 in base64 between «+» and
//! «-».

/// A text is UTF-7 if so many words in it are, and none that looks so is not. A guess.
const MIN_WORDS: usize = 3;

/// Whether a text that is all ASCII is UTF-7 with Arabic in it.
pub fn is_utf_7(text: &[u8]) -> bool {
    if !text.is_ascii() {
        return false;
    }
    let mut n_words = 0;
    let mut rest = text;
    while let Some(at) = rest.iter().position(|it| *it == b'+') {
        let (units, after) = shifted(&rest[at + 1..]);
        rest = after;
        let Some(units) = units else { continue };
        let is_arabic = |it: &u16| matches!(it, 0x0600..=0x077F);
        let is_other = |it: &u16| *it < 0x80 || matches!(it, 0x80..=0xBF | 0x2000..=0x206F | 0xFB50..=0xFEFF);
        if units.iter().any(is_arabic) && units.iter().all(|it| is_arabic(it) || is_other(it)) {
            n_words += 1;
        } else if units.iter().any(|it| !is_other(it)) {
            // Sums, addresses, other base64.
            return false;
        }
    }
    MIN_WORDS <= n_words
}

/// The text of UTF-7, and whether some of it became U+FFFD.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    let mut text = String::with_capacity(bytes.len());
    let mut has_errors = false;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|it| *it == b'+') {
        text.push_str(&String::from_utf8_lossy(&rest[..at]));
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(b"-") {
            text.push('+');
            rest = after;
            continue;
        }
        let (units, after) = shifted(rest);
        match units {
            Some(units) => {
                let decoded = String::from_utf16_lossy(&units);
                has_errors |= decoded.contains(char::REPLACEMENT_CHARACTER);
                text.push_str(&decoded);
                rest = after;
            }
            // A sign of its own.
            None => text.push('+'),
        }
    }
    text.push_str(&String::from_utf8_lossy(rest));
    (text, has_errors)
}

/// The units of UTF-16 in what follows a «+», and what follows them; none if it is no base64 of any.
fn shifted(bytes: &[u8]) -> (Option<Vec<u16>>, &[u8]) {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let sextets: Vec<u8> = bytes.iter().map_while(|it| value(*it)).collect();
    let rest = &bytes[sextets.len()..];
    let (mut units, mut bits, mut n_bits) = (Vec::new(), 0_u32, 0);
    for sextet in sextets {
        bits = bits << 6 | u32::from(sextet);
        n_bits += 6;
        if 16 <= n_bits {
            n_bits -= 16;
            units.push((bits >> n_bits) as u16);
            bits &= (1 << n_bits) - 1;
        }
    }
    // What is left is fewer than a letter's, and zero.
    let is_whole = !units.is_empty() && n_bits < 6 && bits == 0;
    (is_whole.then_some(units), rest.strip_prefix(b"-").unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"+BkIGJwZE- +BicGRAZIBjIGSgYx- 1 +- 2 +Bi8GRQZGBicGMQYM- +AKsGRgYnALs-.";

    #[test]
    fn letters_between_signs_are_read_and_others_stay() {
        assert!(is_utf_7(TEXT));
        assert_eq!(decode(TEXT), ("قال الوزير 1 + 2 دمنار، «نا».".to_owned(), false));
        // Without the sign at the end.
        assert_eq!(decode(b"+BkIGJwZE. a"), ("قال. a".to_owned(), false));
        assert_eq!(decode(b"1 + 2 +a"), ("1 + 2 +a".to_owned(), false));
    }

    #[test]
    fn what_only_has_such_signs_is_no_utf_7() {
        for text in [
            "a+b+c+d",
            "C++ +961 1 234567",
            "https://a.example/?q=a+b+c+BkIGJwZE",
            "x+AAAA+BBBB+CCCC",
            "",
        ] {
            assert!(!is_utf_7(text.as_bytes()), "{text}");
        }
        assert!(!is_utf_7("+BkIGJwZE- +BkIGJwZE- +BkIGJwZE- é".as_bytes()));
    }
}
