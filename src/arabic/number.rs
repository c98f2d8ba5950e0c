//! Formats numbers for display.

/// The digits to show numbers in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Numerals {
    /// 0123456789, grouped 57,458.
    #[default]
    Western,
    /// ٠١٢٣٤٥٦٧٨٩, grouped ٥٧٬٤٥٨.
    ArabicIndic,
}

/// `number` with its thousands grouped.
pub fn grouped(number: u64, numerals: Numerals) -> String {
    let digits = number.to_string();
    let separator = match numerals {
        Numerals::Western => ',',
        Numerals::ArabicIndic => '\u{066C}',
    };
    let mut grouped = String::new();
    for (idx, c) in digits.chars().enumerate() {
        if idx != 0 && (digits.len() - idx).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(c);
    }
    with_numerals(&grouped, numerals)
}

/// `text` with its ASCII digits replaced by those of `numerals`.
pub fn with_numerals(text: &str, numerals: Numerals) -> String {
    match numerals {
        Numerals::Western => text.to_owned(),
        Numerals::ArabicIndic => text
            .chars()
            .map(|c| match c {
                '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + 0x0660).unwrap_or(c),
                _ => c,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(57_458, Numerals::Western), "57,458");
        assert_eq!(grouped(1_000_000, Numerals::ArabicIndic), "١٬٠٠٠٬٠٠٠");
        assert_eq!(grouped(0, Numerals::Western), "0");
    }
}
