//! The six plural forms of Arabic.

/// The form that a counted noun takes.
///
/// CLDR 48, `plurals.xml`, rules of `ar`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// 0.
    Zero,
    /// 1.
    One,
    /// 2.
    Two,
    /// 3–10, 103–110 …
    Few,
    /// 11–99, 111–199 …
    Many,
    /// 100–102, 200–202 …
    Other,
}

/// The form that `count` asks for.
pub fn plural(count: u64) -> Plural {
    match (count, count % 100) {
        (0, _) => Plural::Zero,
        (1, _) => Plural::One,
        (2, _) => Plural::Two,
        (_, 3..=10) => Plural::Few,
        (_, 11..=99) => Plural::Many,
        _ => Plural::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_six_forms() {
        for (count, form) in [
            (0, Plural::Zero),
            (1, Plural::One),
            (2, Plural::Two),
            (3, Plural::Few),
            (10, Plural::Few),
            (11, Plural::Many),
            (99, Plural::Many),
            (100, Plural::Other),
            (102, Plural::Other),
            (103, Plural::Few),
            (111, Plural::Many),
        ] {
            assert_eq!(plural(count), form, "{count}");
        }
    }
}
