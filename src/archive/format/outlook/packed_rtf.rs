//! RTF as messages have it: packed by references into the last 4,096 bytes ([MS-OXRTFCP]).

use crate::archive::record::MAX_RECORD;

use super::super::streams::u32_at;

/// What those bytes are before the first one: words that most documents have ([MS-OXRTFCP] 2.1.2.1).
const FIRST: &[u8] =
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \
\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// The marks of packed and of plain content: «LZFu», «MELA».
const PACKED: u32 = 0x7546_5A4C;
const PLAIN: u32 = 0x414C_454D;

/// The RTF in a property, up to its damage; `None` if it is none. Its checksum is not asked: what is there is read.
pub fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let (length, kind) = (u32_at(bytes, 4)? as usize, u32_at(bytes, 8)?);
    let rest = bytes.get(16..)?;
    match kind {
        PLAIN => Some(rest.get(..length).unwrap_or(rest).to_vec()),
        PACKED => Some(unpack(rest, length.min(MAX_RECORD as usize))),
        _ => None,
    }
}

fn unpack(mut bytes: &[u8], length: usize) -> Vec<u8> {
    const WINDOW: usize = 4_096;
    let mut window = [b' '; WINDOW];
    window[..FIRST.len()].copy_from_slice(FIRST);
    let mut at = FIRST.len();
    let mut unpacked = Vec::new();
    while let Some((kinds, rest)) = bytes.split_first() {
        bytes = rest;
        for bit in 0..8 {
            if length <= unpacked.len() {
                return unpacked;
            }
            let (start, n) = match (kinds >> bit & 1, bytes) {
                (0, [byte, rest @ ..]) => {
                    bytes = rest;
                    window[at] = *byte;
                    (at, 1)
                }
                (1, [first, second, rest @ ..]) => {
                    bytes = rest;
                    let pair = usize::from(*first) << 8 | usize::from(*second);
                    // A reference to the place that is written next is the end.
                    if pair >> 4 == at {
                        return unpacked;
                    }
                    (pair >> 4, (pair & 0xF) + 2)
                }
                _ => return unpacked,
            };
            for idx in start..start + n {
                let byte = window[idx % WINDOW];
                window[at] = byte;
                at = (at + 1) % WINDOW;
                unpacked.push(byte);
            }
        }
    }
    unpacked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_rtf_is_unpacked_as_far_as_it_goes() {
        // The examples of the specification, 3.1.1 and 3.2.1.
        let first = b"\x2d\0\0\0\x2b\0\0\0\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\0\x0a\0\x72\x63\x70\x67\x31\x32\x35\
\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\0\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0";
        let text = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n";
        assert_eq!(unpacked(first).unwrap(), text);
        let second =
            b"\x1a\0\0\0\x1c\0\0\0\x4c\x5a\x46\x75\xe2\xd4\x4b\x51\x41\0\x04\x20\x57\x58\x59\x5a\x0d\x6e\x7d\x01\
\x0e\xb0";
        assert_eq!(unpacked(second).unwrap(), b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
        assert_eq!(unpacked(b"\x0c\0\0\0\x03\0\0\0MELA\0\0\0\0abcd").unwrap(), b"abc");
        for end in 0..first.len() {
            let is_start = unpacked(&first[..end]).is_none_or(|it| text.starts_with(&it));
            assert!(is_start, "{end}");
        }
    }
}
