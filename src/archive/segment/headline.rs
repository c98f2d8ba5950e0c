//! Strips what surrounds a headline but is not part of it: «… - BBC Arabic», «عام / …».

use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::arabic::lists::List;
use crate::arabic::{Folding, Span, fold, letter, words};

use super::outlet;

/// Between a headline and the name of its site.
const SEPARATORS: &[&str] = &[" - ", " – ", " — ", " | ", " ــ ", " :: ", " » ", "| "];

static FINDERS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| SEPARATORS.iter().map(Finder::new).collect());

const SITE_WORDS: List<2> = List::new(include_str!("../../../assets/lists/site_words.tsv"), ["words", "kind"]);

/// With these, folded and with the space after them, a site's name begins that is in no list.
static SITE_HEADS: LazyLock<Vec<String>> = LazyLock::new(|| folded("site_head").map(|it| format!("{it} ")).collect());

/// The desks that agencies write before a headline, with a slash. Folded.
static DESKS: LazyLock<HashSet<String>> = LazyLock::new(|| folded("desk").collect());

/// The sections of sites that stand between the site's name and the headline. Folded.
static SECTIONS: LazyLock<HashSet<String>> = LazyLock::new(|| folded("section").collect());

fn folded(kind: &'static str) -> impl Iterator<Item = String> {
    let rows = SITE_WORDS.rows().filter(move |row| row[1] == kind);
    rows.map(|row| fold(row[0], Folding::Word))
}

/// Whether a line is nothing but the name of a section: «رياضة».
pub fn is_section(line: &str) -> bool {
    is_one_of(line, &SECTIONS)
}

/// What stands between the signs that part a headline from the names of its section and site.
pub fn parts(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest?;
        let first = FINDERS
            .iter()
            .filter_map(|it| Some((it.find(text.as_bytes())?, it.needle().len())))
            .min();
        match first {
            Some((at, length)) => {
                rest = text.get(at + length..);
                text.get(..at)
            }
            None => rest.take(),
        }
    })
}

/// The headline within a line, and the outlet beside it.
pub fn within(line: &str) -> (Span, Option<&str>) {
    let is_edge = |c: char| c.is_whitespace() || letter::is_invisible(c);
    let trimmed = |span: Span| {
        let text = &line[span.start..span.end];
        let start = span.start + text.len() - text.trim_start_matches(is_edge).len();
        let end = span.end - (text.len() - text.trim_end_matches(is_edge).len());
        Span::new(start, end.max(start))
    };
    let mut span = trimmed(Span::new(0, line.len()));
    let mut site = None;
    // After the headline.
    while let Some((at, separator)) = last_separator(line, span) {
        let rest = trimmed(Span::new(at + separator, span.end));
        if !is_site(&line[rest.start..rest.end]) || words(&line[span.start..at]).count() < 2 {
            break;
        }
        site.get_or_insert(&line[rest.start..rest.end]);
        span = trimmed(Span::new(span.start, at));
    }
    // Before it: the site, and then perhaps a section.
    let mut has_site = false;
    while let Some((at, separator)) = first_separator(line, span) {
        let head = trimmed(Span::new(span.start, at));
        let text = &line[head.start..head.end];
        let is_section = has_site && is_one_of(text, &SECTIONS);
        let is_head = !has_site && outlet_or_domain(text);
        if !(is_section || is_head) || words(&line[at + separator..span.end]).count() < 2 {
            break;
        }
        if is_head {
            has_site = true;
            site.get_or_insert(text);
        }
        span = trimmed(Span::new(at + separator, span.end));
    }
    // «عام / …»
    if let Some((desk, rest)) = line[span.start..span.end].split_once('/')
        && is_one_of(desk, &DESKS)
        && 1 < words(rest).count()
    {
        span = trimmed(Span::new(span.end - rest.len(), span.end));
        if let Some((headline, tail)) = line[span.start..span.end].rsplit_once('/')
            && fold(tail, Folding::Word).trim_start().starts_with("اضافه")
        {
            span = trimmed(Span::new(span.start, span.start + headline.len()));
        }
    }
    (span, site)
}

fn first_separator(line: &str, span: Span) -> Option<(usize, usize)> {
    let text = &line[span.start..span.end];
    let found = SEPARATORS.iter().filter_map(|it| Some((text.find(it)?, it.len())));
    found.min().map(|(at, length)| (span.start + at, length))
}

fn last_separator(line: &str, span: Span) -> Option<(usize, usize)> {
    let text = &line[span.start..span.end];
    let found = SEPARATORS.iter().filter_map(|it| Some((text.rfind(it)?, it.len())));
    found.max().map(|(at, length)| (span.start + at, length))
}

/// The name of a site: a known outlet, an address, or a few words of which the first says so.
fn is_site(text: &str) -> bool {
    let n_words = words(text).count();
    let has_head = || {
        let folded = fold(text, Folding::Word);
        SITE_HEADS.iter().any(|it| folded.starts_with(it))
    };
    outlet_or_domain(text) || n_words <= 4 && has_head()
}

fn outlet_or_domain(text: &str) -> bool {
    let is_domain = || {
        let (name, end) = text.rsplit_once('.').unwrap_or_default();
        !name.is_empty() && (2..=4).contains(&end.len()) && text.bytes().all(|it| it.is_ascii_graphic())
    };
    outlet::known(text).is_some() || is_domain()
}

fn is_one_of(text: &str, list: &HashSet<String>) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric();
    let folded = fold(text, Folding::Word);
    let folded = folded.trim_matches(is_mark);
    list.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, headline: &str, site: &str) {
        let (span, found) = within(line);
        assert_eq!((&line[span.start..span.end], found.unwrap_or("")), (headline, site));
    }

    #[test]
    fn sites_and_desks_are_no_part_of_the_headline() {
        check("افتتاح الجسر الجديد - BBC Arabic", "افتتاح الجسر الجديد", "BBC Arabic");
        check("BBC Arabic - الشرق الأوسط - افتتاح الجسر", "افتتاح الجسر", "BBC Arabic");
        check(
            "\u{202B}CNNArabic.com - افتتاح الجسر\u{202C}",
            "افتتاح الجسر",
            "CNNArabic.com",
        );
        check(
            "افتتاح الجسر الجديد | صحيفة المدار",
            "افتتاح الجسر الجديد",
            "صحيفة المدار",
        );
        check(
            "افتتاح الجسر الجديد ــ أخبار دمنار",
            "افتتاح الجسر الجديد",
            "أخبار دمنار",
        );
        check("عام / افتتاح الجسر الجديد / إضافة أولى", "افتتاح الجسر الجديد", "");
        check(
            "افتتاح الجسر - المدار - dimnar.com",
            "افتتاح الجسر - المدار",
            "dimnar.com",
        );
    }

    #[test]
    fn dashes_in_a_headline_belong_to_it() {
        for line in [
            "الحرب - اليوم المئة",
            "دمنار 3 - 1 المرسى",
            "الوزير: سنبني - ولن نهدم - كل جسر",
            "قمة دمنار / الزهراوية تنتهي بلا بيان",
            "رويترز - العاصمة",
            "- ",
        ] {
            let (span, site) = within(line);
            assert_eq!((line[span.start..span.end].trim(), site), (line.trim(), None));
        }
    }
}
