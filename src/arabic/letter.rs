//! Classifies characters: the only place that knows look-alike letters, marks and controls.

/// ARABIC TATWEEL, the stroke that lengthens a word.
pub const TATWEEL: char = '\u{0640}';
/// ZERO WIDTH NON-JOINER.
pub const ZWNJ: char = '\u{200C}';
/// ZERO WIDTH JOINER.
pub const ZWJ: char = '\u{200D}';
/// LEFT-TO-RIGHT MARK.
pub const LRM: char = '\u{200E}';
/// RIGHT-TO-LEFT MARK.
pub const RLM: char = '\u{200F}';
/// FIRST STRONG ISOLATE: what is inside takes its own direction and leaves its surroundings alone.
pub const FSI: char = '\u{2068}';
/// LEFT-TO-RIGHT ISOLATE: what follows, up to [`PDI`], reads from left to right.
pub const LRI: char = '\u{2066}';
/// POP DIRECTIONAL ISOLATE, the end of [`FSI`] and [`LRI`].
pub const PDI: char = '\u{2069}';
/// BYTE ORDER MARK, which tells that a text is in UTF-8.
pub const BOM: char = '\u{FEFF}';
/// NO-BREAK SPACE.
pub const NBSP: char = '\u{00A0}';

/// Whether `c` is a vowel sign or Quranic mark written above or below a letter.
pub const fn is_tashkeel(c: char) -> bool {
    // Nearly all signs of a text are letters of this stretch, or before it.
    let is_plain = c < '\u{0610}' || matches!(c, '\u{061B}'..='\u{064A}');
    !is_plain
        && matches!(c,
        '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}'
        | '\u{08D3}'..='\u{08E1}' | '\u{08E3}'..='\u{08FF}')
}

/// A space at which no line breaks.
pub const NO_BREAK_SPACE: char = '\u{00A0}';

/// Whether `c` is invisible and separates nothing: bidi controls, joiners, soft hyphen, byte order mark.
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Whether `c` steers the direction of text and is not seen itself: such marks keep scripts apart on the screen, but are
/// garbage in copied text.
pub const fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text as it is copied: without marks of direction, and with ordinary spaces where the window forbids a line to break.
pub fn copyable(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_direction_mark(*c));
    seen.map(|c| if c == NO_BREAK_SPACE { ' ' } else { c }).collect()
}

/// Whether `c` never begins or ends a word: marks, tatweel and invisible characters.
pub const fn is_within_word(c: char) -> bool {
    is_tashkeel(c) || c == TATWEEL || is_invisible(c) || matches!(c, '\u{0300}'..='\u{036F}')
}

/// Whether `c` is a letter of the Arabic script, presentation forms included.
pub const fn is_arabic_letter(c: char) -> bool {
    matches!(c,
        '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' | '\u{066E}'..='\u{066F}' | '\u{0671}'..='\u{06D3}'
        | '\u{06D5}' | '\u{06EE}'..='\u{06EF}' | '\u{06FA}'..='\u{06FC}' | '\u{06FF}' | '\u{0750}'..='\u{077F}'
        | '\u{08A0}'..='\u{08C9}' | '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDFB}'
        | '\u{FE70}'..='\u{FEFC}')
}

/// The value of a decimal digit of the three sets that Arabic papers use: 0–9, ٠–٩, ۰–۹.
pub const fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '\u{0660}'..='\u{0669}' => Some((c as u32 - 0x0660) as u8),
        '\u{06F0}'..='\u{06F9}' => Some((c as u32 - 0x06F0) as u8),
        _ => None,
    }
}

/// Whether `c` is a digit or another number, as [`char::is_numeric`], which takes long for Arabic letters.
pub fn is_number(c: char) -> bool {
    !matches!(c, '\u{0620}'..='\u{065F}') && c.is_numeric()
}

/// The text without the characters that XML 1.0 cannot hold; what has to be escaped the writer escapes.
pub fn xml_text(text: &str) -> String {
    let is_allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
    text.chars().filter(is_allowed).collect()
}

/// What of a text stands in no isolate, and so takes part in the direction of its surroundings.
pub fn outside_isolates(text: &str) -> String {
    let mut n_isolates = 0_usize;
    let mut rest = String::new();
    for c in text.chars() {
        match c {
            LRI..=FSI => n_isolates += 1,
            PDI => n_isolates = n_isolates.saturating_sub(1),
            c if n_isolates == 0 => rest.push(c),
            _ => {}
        }
    }
    rest
}

/// Whether the first strong letter of `text` belongs to a right-to-left script; `None` without one.
///
/// UAX #9, rules P2 and P3, for the scripts that occur in an Arabic archive: isolates are skipped.
pub fn first_strong_is_rtl(text: &str) -> Option<bool> {
    let mut n_isolates = 0_usize;
    text.chars().find_map(|c| {
        match c {
            LRI..=FSI => n_isolates += 1,
            PDI => n_isolates = n_isolates.saturating_sub(1),
            _ => {}
        }
        let is_rtl_script = matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
        let is_letter = c.is_alphabetic() && digit(c).is_none() && !is_tashkeel(c);
        match (n_isolates, c) {
            (1.., _) => None,
            (0, RLM) => Some(true),
            (0, LRM) => Some(false),
            (0, _) => is_letter.then_some(is_rtl_script),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_outside_isolates_gives_the_direction() {
        assert_eq!(first_strong_is_rtl("7 أكتوبر Reuters"), Some(true));
        assert_eq!(first_strong_is_rtl("Reuters: غزة"), Some(false));
        assert_eq!(first_strong_is_rtl("\u{2068}RT\u{2069} · 24 أكتوبر"), Some(true));
        assert_eq!(first_strong_is_rtl("\u{2068}RT\u{2069} · 24"), None);
        assert_eq!(first_strong_is_rtl("12:30 (85%)"), None);
    }
}
