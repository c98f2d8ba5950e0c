//! What the two XML files of a network share.

use crate::entities::EntityKind;

/// The colour of a kind on paper: red, green and blue, those of the light theme.
pub fn color_of(kind: EntityKind) -> [u8; 3] {
    match kind {
        EntityKind::Person => [0x1B, 0x57, 0xA6],
        EntityKind::Organisation => [0x86, 0x2E, 0x75],
        EntityKind::Place => [0x2B, 0x69, 0x37],
    }
}

/// The text without the characters that XML 1.0 cannot hold; what has to be escaped the writer escapes.
pub fn xml_text(text: &str) -> String {
    let is_allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
    text.chars().filter(is_allowed).collect()
}
