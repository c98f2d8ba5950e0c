//! The address that an article was published at, as its file states it.

use super::article::{Article, SectionKind};
use super::origin::FieldRole;

/// The names of fields with an address at the head of a text file, beside those that its reader noted. As the front matter
/// of Hugo, Jekyll and Obsidian's clipper, and Arabic exports, call them.
const NAMES: &[&str] = &[
    "url",
    "link",
    "permalink",
    "canonical",
    "source_url",
    "address",
    "الرابط",
    "رابط",
];

/// The address that an article was published at; `None` if its file states none.
///
/// It is not checked that something is there. Never anything but http and https.
pub fn address_of(article: &Article) -> Option<&str> {
    if let Some(stated) = article.origin.address.as_deref().and_then(web) {
        return Some(stated);
    }
    let fields = article.origin.fields.iter();
    let noted = fields
        .filter(|(_, role)| *role == FieldRole::Url)
        .map(|(name, _)| name.as_str());
    let names: Vec<&str> = noted.chain(NAMES.iter().copied()).collect();
    let beside = article.sections.iter().filter(|it| it.kind == SectionKind::Boilerplate);
    let mut lines = beside.filter_map(|it| it.span.of(&article.text)).flat_map(str::lines);
    lines.find_map(|line| names.iter().find_map(|name| address_in(line, name)))
}

/// The address in a line «name: address», «name = "address"».
fn address_in<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let value = line.trim().strip_prefix(name)?.trim_start().strip_prefix([':', '='])?;
    web(value.trim().trim_matches(['"', '\'', '<', '>']))
}

/// An address of http or https.
fn web(value: &str) -> Option<&str> {
    let is_web = value.starts_with("https://") || value.starts_with("http://");
    (is_web && !value.contains(char::is_whitespace)).then_some(value)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::read::parse;
    use super::*;

    #[test]
    fn the_address_of_a_page_is_found_where_its_file_states_it() {
        let body = "افتتح الوزير الجسر الجديد أمس وقال إن العمل فيه اكتمل قبل موعده بشهرين كاملين.";
        let check = |name: &str, text: String, expected: Option<&str>| {
            let read = parse(Path::new(name), text.as_bytes());
            assert_eq!(address_of(&read[0]), expected, "{name}");
        };
        let address = "https://example.org/a?b=1";
        check(
            "a.md",
            format!("---\ntitle: الجسر\nurl: \"{address}\"\n---\n\n{body}\n"),
            Some(address),
        );
        let page = format!(
            "<html><head><link rel='canonical' href='{address}'><title>الجسر</title></head><body><article><h1>الجسر</h1><p>{body}</p></article></body></html>"
        );
        check("a.html", page, Some(address));
        check(
            "a.json",
            format!("{{\"title\": \"الجسر\", \"link\": \"{address}\", \"body\": \"{body}\"}}"),
            Some(address),
        );
        check("a.txt", format!("الجسر\n\n{body}\n"), None);
        check(
            "b.md",
            format!("---\ntitle: الجسر\nurl: javascript:alert(1)\n---\n\n{body}\n"),
            None,
        );
    }
}
