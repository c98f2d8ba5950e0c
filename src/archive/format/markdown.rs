//! Markdown with front matter.

use crate::archive::article::{DateProvenance, Problem, PublicationDate, SectionKind};
use crate::archive::date;
use crate::archive::origin::FieldRole;
use crate::archive::phrase;
use crate::archive::record::{Hints, PageLine};

use super::fields;

/// Whether a text begins with a block of fields between two lines of dashes.
pub fn has_front_matter(text: &str) -> bool {
    front_matter(text).is_some()
}

/// The fields and what follows them.
fn front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start().strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let end = rest.find("\n---")?;
    let fields = &rest[..end];
    fields
        .contains(':')
        .then(|| (fields, rest[end + 4..].trim_start_matches('-')))
}

/// The lines of a text without its mark-up, and what its front matter says.
pub fn lines(text: &str) -> (Vec<PageLine>, Hints) {
    let mut hints = Hints::default();
    let mut lines: Vec<PageLine> = Vec::new();
    let body = match front_matter(text) {
        Some((fields, body)) => {
            read_fields(fields, &mut hints);
            lines.push(("---".to_owned(), Some(SectionKind::Boilerplate)));
            lines.extend(
                fields
                    .lines()
                    .map(|line| (line.trim().to_owned(), Some(SectionKind::Boilerplate))),
            );
            lines.push(("---".to_owned(), Some(SectionKind::Boilerplate)));
            body
        }
        None => text,
    };
    let mut has_heading = hints.title.is_some();
    let mut paragraph = String::new();
    for line in body.lines().chain([""]) {
        let line = line.trim();
        let marks = line.chars().take_while(|c| *c == '#').count();
        let is_image = line.starts_with("![");
        let is_item = line.starts_with(['*', '-', '+', '>', '|']) || marks != 0 || is_image;
        if (line.is_empty() || is_item) && !paragraph.is_empty() {
            lines.push((plain(&std::mem::take(&mut paragraph)), None));
        }
        if is_image {
            lines.push((plain(line), Some(SectionKind::Caption)));
        } else if marks != 0 && line[marks..].starts_with(' ') {
            let kind = if has_heading {
                SectionKind::Subheading
            } else {
                SectionKind::Title
            };
            has_heading = true;
            // The headings of other articles and of keywords are known by their words.
            let text = plain(line[marks..].trim());
            let is_known = phrase::marker(&text).is_some();
            lines.push((text, (!is_known).then_some(kind)));
        } else if is_item {
            lines.push((plain(line), None));
        } else if !line.is_empty() {
            // Lines of one paragraph are one line; in files without empty lines each is a paragraph of its own.
            if !paragraph.is_empty() && paragraph.ends_with(['.', '؟', '!', '»', ':']) {
                lines.push((plain(&std::mem::take(&mut paragraph)), None));
            } else if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
        }
    }
    lines.retain(|(line, _)| !line.trim().is_empty());
    (lines, hints)
}

fn read_fields(front_matter: &str, hints: &mut Hints) {
    let mut role = None;
    for line in front_matter.lines() {
        let item = line.trim();
        if let Some(item) = item.strip_prefix("- ").filter(|_| role == Some(FieldRole::Keywords)) {
            hints.keywords.push(unquoted(item));
            continue;
        }
        let Some((name, value)) = item.split_once(':') else {
            continue;
        };
        role = fields::front_matter_role(name.trim());
        let value = unquoted(value);
        if value.is_empty() {
            continue;
        }
        match role {
            Some(FieldRole::Title) => hints.title = Some(value),
            Some(FieldRole::Date) => match date::parse_date(&value) {
                Some((date, precision)) => {
                    let provenance = DateProvenance::Metadata;
                    hints.published = Some(PublicationDate {
                        date,
                        precision,
                        provenance,
                    });
                }
                None => hints.problems.push(Problem::UnreadableDate(value)),
            },
            Some(FieldRole::Source) => hints.source = Some(value),
            Some(FieldRole::Byline) => hints.byline = Some(value),
            Some(FieldRole::Keywords) => {
                let list = value.trim_matches(['[', ']']);
                hints
                    .keywords
                    .extend(list.split([',', '،']).map(unquoted).filter(|it| !it.is_empty()));
            }
            _ => {}
        }
    }
}

fn unquoted(value: &str) -> String {
    value.trim().trim_matches(['"', '\'']).trim().to_owned()
}

/// A line without emphasis, and with the words of its links only.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.trim_start_matches(['>', ' ']);
    while let Some(at) = rest.find('[') {
        let (before, link) = rest.split_at(at);
        let target = link.find("](").and_then(|middle| {
            let end = link[middle..].find(')')? + middle;
            Some((&link[1..middle], &link[end + 1..]))
        });
        // Where none ends, no later one does.
        let Some((words, after)) = target else { break };
        plain.push_str(before.strip_suffix('!').unwrap_or(before));
        plain.push_str(words);
        rest = after;
    }
    plain.push_str(rest);
    plain
        .replace("**", "")
        .replace("__", "")
        .replace('`', "")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read_and_mark_up_is_not_text() {
        let text = "---\nعنوان: \"الجسر الجديد\"\nتاريخ: 3 آذار 2024\nوسوم: [جسور، بلدية]\nsource: المدار\n---\n\n\
                    ## مقدمة\n\nافتتح **رئيس البلدية** [الجسر](http://example.org) صباح\nالخميس.\n";
        let (lines, hints) = lines(text);
        assert_eq!(hints.title.as_deref(), Some("الجسر الجديد"));
        assert_eq!(hints.published.unwrap().date.to_string(), "2024-03-03");
        assert_eq!(hints.keywords, ["جسور", "بلدية"]);
        assert_eq!(hints.source.as_deref(), Some("المدار"));
        let body: Vec<&str> = lines.iter().map(|(line, _)| line.as_str()).skip(6).collect();
        assert_eq!(body, ["مقدمة", "افتتح رئيس البلدية الجسر صباح الخميس."]);
    }
}
