//! Markdown with front matter.

use crate::archive::article::SectionKind;
use crate::archive::phrase;
use crate::archive::record::{Hints, PageLine};

use super::front_matter::front_matter;
use super::wiki;

/// The lines of a text without its mark-up, and what its front matter says.
pub fn lines(text: &str) -> (Vec<PageLine>, Hints) {
    let mut hints = Hints::default();
    let mut lines: Vec<PageLine> = Vec::new();
    let of_page = |line: &str| (line.trim().to_owned(), Some(SectionKind::Boilerplate));
    let body = match front_matter(text) {
        Some(it) => {
            it.read(&mut hints);
            lines.push(of_page(it.mark));
            lines.extend(it.fields.lines().map(of_page));
            lines.push(of_page(it.mark));
            it.body
        }
        None => text,
    };
    let (body, comments) = wiki::without_comments(body);
    let mut has_heading = hints.title.is_some();
    let mut paragraph = String::new();
    for line in body.lines().chain([""]) {
        let line = line.trim();
        let marks = line.chars().take_while(|c| *c == '#').count();
        let is_image = line.starts_with("![");
        let is_embedded = line.starts_with("![[") && line.ends_with("]]");
        let is_item = line.starts_with(['*', '-', '+', '>', '|']) || marks != 0 || is_image;
        if (line.is_empty() || is_item) && !paragraph.is_empty() {
            lines.push((plain(&std::mem::take(&mut paragraph)), None));
        }
        if is_embedded {
            lines.push(of_page(line));
        } else if is_image {
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
    lines.extend(comments.into_iter().flat_map(str::lines).map(of_page));
    lines.retain(|(line, _)| !line.trim().is_empty());
    (lines, hints)
}

/// A line without emphasis, and with the words of its links only.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let line = wiki::plain(without_block_id(line.trim_start_matches(['>', ' '])));
    let mut rest = without_callout(&line);
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
    // A longer run is a rule or code, and no highlighter.
    if !plain.contains("===") {
        plain = plain.replace("==", "");
    }
    plain
        .replace("**", "")
        .replace("__", "")
        .replace('`', "")
        .trim()
        .to_owned()
}

/// A quotation's first line without the kind that Obsidian gives it: «[!quote] قال الوزير».
fn without_callout(line: &str) -> &str {
    let behind = line.strip_prefix("[!").and_then(|it| it.split_once(']'));
    let is_kind = |kind: &str| !kind.is_empty() && kind.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    match behind {
        Some((kind, rest)) if is_kind(kind) && !rest.starts_with('(') => rest.trim_start_matches(['-', '+', ' ']),
        _ => line,
    }
}

/// A paragraph without the name by which Obsidian links to it: «… اكتمل العمل. ^a1b2c3».
fn without_block_id(line: &str) -> &str {
    let is_id = |it: &str| !it.is_empty() && it.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    line.rsplit_once(" ^")
        .filter(|(_, id)| is_id(id))
        .map_or(line, |(text, _)| text)
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
