//! From bytes to text.
//!
//! UTF-8 strictly first: text in another encoding is practically never valid UTF-8 by accident.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};

/// A decoded file.
pub struct Decoded {
    /// Its text, without a byte order mark.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Whether U+FFFD stands for bytes that were not of the encoding.
    pub has_errors: bool,
}

/// Decodes a file of any encoding that Arabic articles are kept in.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    // Before UTF-8: the bytes of UTF-16 may all be ASCII.
    if let Some(encoding) = utf_16(bytes) {
        return decode_as(encoding, bytes);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return decode_as(UTF_8, bytes);
    }
    let declared = declared(bytes).filter(|it| *it != UTF_8);
    let encoding = declared.unwrap_or_else(|| if is_broken_utf_8(bytes) { UTF_8 } else { WINDOWS_1256 });
    decode_as(encoding, bytes)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        has_errors,
    }
}

/// UTF-16 without a mark: Arabic in it has 0x06 in every other byte.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(2_000)];
    let share = |offset: usize| {
        let high = sample.iter().skip(offset).step_by(2);
        high.filter(|it| matches!(it, 0x06 | 0x00)).count() * 2 * 10 > sample.len() * 8
    };
    if bytes.len() < 8 {
        None
    } else if share(1) {
        Some(UTF_16LE)
    } else if share(0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that a page declares in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '-')
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// Whether most of the bytes beyond ASCII are UTF-8, so that only a few are broken.
fn is_broken_utf_8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let sound = text
        .chars()
        .filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER)
        .count();
    broken * 10 < sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes);
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    }

    #[test]
    fn the_usual_encodings_are_told_apart() {
        let text = "قال الوزير إن العمل اكتمل";
        check(text.as_bytes(), "UTF-8", text);
        check(format!("\u{FEFF}{text}").as_bytes(), "UTF-8", text);
        check(&WINDOWS_1256.encode(text).0, "windows-1256", text);
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf_16, "UTF-16LE", text);
    }

    #[test]
    fn a_declaration_that_lies_is_not_believed() {
        let page = "<meta charset=windows-1256><p>نص";
        check(page.as_bytes(), "UTF-8", page);
    }

    #[test]
    fn a_few_broken_bytes_do_not_make_it_another_encoding() {
        let mut bytes = "نص طويل فيه حروف كثيرة".as_bytes().to_vec();
        bytes.push(0xFF);
        assert!(decode(&bytes).has_errors && decode(&bytes).encoding == "UTF-8");
    }
}
