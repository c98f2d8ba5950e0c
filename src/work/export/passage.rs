//! Where highlighted passages stand in a text.

use crate::arabic::Span;
use crate::marks::{Highlight, PassageText};

/// The passages of a text in their order, without overlap, each with its place among `highlights`; those that are not in it
/// are left out.
pub fn passages(text: &str, highlights: &[Highlight]) -> Vec<(Span, usize)> {
    if highlights.is_empty() {
        return Vec::new();
    }
    let text = PassageText::new(text);
    let found = highlights.iter().enumerate();
    let mut found: Vec<(Span, usize)> = found.filter_map(|(idx, it)| Some((text.find(it)?, idx))).collect();
    found.sort_by_key(|(span, idx)| (span.start, *idx));
    let mut end = 0;
    found.retain(|(span, _)| {
        let is_free = end <= span.start;
        if is_free {
            end = span.end;
        }
        is_free
    });
    found
}

#[cfg(test)]
mod tests {
    use crate::marks::MarkColor;

    use super::*;

    #[test]
    fn a_passage_is_found_by_its_words_and_what_surrounds_them() {
        let highlight = |quote: &str, before: &str, after: &str| Highlight {
            quote: quote.into(),
            before: before.into(),
            after: after.into(),
            color: MarkColor::Yellow,
            note: String::new(),
        };
        let text = "قال الوزير نعم ثم قال المدير نعم وقال لا";
        let found = passages(
            text,
            &[
                highlight("لا", "وقال ", ""),
                highlight("نعم", "المدير ", " وقال"),
                highlight("غائب", "", ""),
                highlight("المدير نعم", "", ""),
            ],
        );
        let told: Vec<(&str, usize)> = found.iter().map(|(span, idx)| (span.of(text).unwrap(), *idx)).collect();
        // Of two that overlap, the one that begins first.
        assert_eq!(told, [("المدير نعم", 3), ("لا", 0)]);
        let only = passages(text, &[highlight("نعم", "المدير ", " وقال")]);
        assert_eq!(text[..only[0].0.start].matches("نعم").count(), 1);
    }
}
