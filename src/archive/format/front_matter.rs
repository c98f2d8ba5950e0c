//! The fields above a text, as clippers and site makers write them: YAML between lines of dashes, TOML between lines of
//! plus signs.
//!
//! Many are written by hand and are neither, such as «title: الجسر: صور»; they are read line by line.

use saphyr_parser::{Event, Parser};

use crate::archive::article::{DatePrecision, DateProvenance, Problem, PublicationDate};
use crate::archive::date;
use crate::archive::origin::FieldRole;
use crate::archive::record::Hints;

use super::fields;
use super::wiki;

/// Longer front matter, in bytes, is read line by line. A guess, far above the longest.
const MAX_PARSED: usize = 64 << 10;

/// The block of fields above a text.
pub struct FrontMatter<'a> {
    /// Its lines, without those that enclose them.
    pub fields: &'a str,
    /// What follows it.
    pub body: &'a str,
    /// The line that encloses it.
    pub mark: &'static str,
}

/// A field's name and its values: several of a list.
type Field = (String, Vec<String>);

/// The front matter with which a text begins.
pub fn front_matter(text: &str) -> Option<FrontMatter<'_>> {
    let text = text.trim_start();
    let (mark, assigns) = [("---", ':'), ("+++", '=')]
        .into_iter()
        .find(|(mark, _)| text.starts_with(mark))?;
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != mark {
        return None;
    }
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if line.starts_with(mark) || mark == "---" && line.trim_end() == "..." {
            let fields = rest.get(..length)?;
            let body = rest.get(length + line.len()..)?;
            return fields.contains(assigns).then_some(FrontMatter { fields, body, mark });
        }
        length += line.len();
    }
    None
}

impl FrontMatter<'_> {
    /// Adds what the fields say of the article.
    pub fn read(&self, hints: &mut Hints) {
        let assigns = if self.mark == "+++" { '=' } else { ':' };
        let parsed = (self.fields.len() <= MAX_PARSED)
            .then(|| {
                if assigns == '=' {
                    toml_fields(self.fields)
                } else {
                    yaml_fields(self.fields)
                }
            })
            .flatten();
        let fields = parsed.unwrap_or_else(|| line_fields(self.fields, assigns));
        let mut stated = Stated::default();
        for (name, values) in fields {
            if let Some(role) = fields::front_matter_role(&name) {
                let values = values.iter().map(|it| wiki::plain(it)).filter(|it| !it.is_empty());
                stated.take(role, values.collect(), hints);
            }
        }
        stated.finish(hints);
    }
}

/// What is known of the date while the fields are gone through: another field may have a better one.
#[derive(Default)]
struct Stated {
    unreadable: Option<String>,
    address: Option<String>,
}

impl Stated {
    fn take(&mut self, role: FieldRole, values: Vec<String>, hints: &mut Hints) {
        let Some(first) = values.first() else { return };
        // «source: [صحيفة المدار](https://…)»
        let (first, address) = link(first).map_or((first.clone(), None), |(words, it)| (words.to_owned(), Some(it)));
        if matches!(role, FieldRole::Source | FieldRole::Url) && self.address.is_none() {
            self.address = address.map(str::to_owned);
        }
        match role {
            FieldRole::Title => hints.title = hints.title.take().or(Some(first)),
            // «published: true» of site makers is none.
            FieldRole::Date if hints.published.is_none() && first.chars().any(|c| !c.is_ascii_alphabetic()) => {
                match date::parse_field(&first) {
                    Some(found) => hints.published = Some(published(found, DateProvenance::Metadata)),
                    None => self.unreadable = self.unreadable.take().or(Some(first)),
                }
            }
            FieldRole::Url => self.address = self.address.take().or(Some(first)),
            FieldRole::Source if is_address(&first) => self.address = self.address.take().or(Some(first)),
            FieldRole::Source => hints.source = hints.source.take().or(Some(first)),
            FieldRole::Byline => hints.byline = hints.byline.take().or_else(|| Some(values.join("، "))),
            FieldRole::Keywords => {
                let split = |it: &String| -> Vec<String> { it.split([',', '،']).map(str::to_owned).collect() };
                let list = if values.len() == 1 { split(&first) } else { values };
                let keywords = list.iter().map(|it| it.trim().trim_start_matches('#').to_owned());
                hints.keywords.extend(keywords.filter(|it| !it.is_empty()));
            }
            _ => {}
        }
    }

    fn finish(self, hints: &mut Hints) {
        if let Some(address) = &self.address {
            hints.state_address(address);
        }
        if hints.published.is_none() {
            let of_address = self.address.as_deref().and_then(date::in_address);
            hints.published = of_address.map(|it| published((it, DatePrecision::Day), DateProvenance::Url));
            hints.problems.extend(self.unreadable.map(Problem::UnreadableDate));
        }
    }
}

fn published((date, precision): (jiff::civil::Date, DatePrecision), provenance: DateProvenance) -> PublicationDate {
    PublicationDate {
        date,
        precision,
        provenance,
    }
}

/// The words and the address of a value that is a link of Markdown.
fn link(value: &str) -> Option<(&str, &str)> {
    let (words, address) = value.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    (!words.is_empty() && is_address(address)).then_some((words, address))
}

/// An address is where an article stood, and no outlet.
fn is_address(value: &str) -> bool {
    value.contains("://") || value.starts_with("www.")
}

/// The fields of a YAML mapping; `None` if it is none. Of a list of mappings, as some have of authors, the names.
fn yaml_fields(text: &str) -> Option<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    // Of each mapping and list around: whether it is a mapping, and whether its next scalar is a key.
    let mut around: Vec<(bool, bool)> = Vec::new();
    let mut is_name = true;
    for event in Parser::new_from_str(text) {
        let (event, _) = event.ok()?;
        let depth = around.len();
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let is_mapping = matches!(event, Event::MappingStart(..));
                // A key that is no scalar, or no mapping at all.
                if depth == 0 && !is_mapping || around.last() == Some(&(true, true)) {
                    return None;
                }
                around.push((is_mapping, is_mapping));
                is_name = true;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                around.pop();
                around.iter_mut().rev().take(1).for_each(|it| it.1 = it.0);
            }
            Event::Scalar(value, ..) => match around.last_mut() {
                Some((true, is_key @ true)) => {
                    *is_key = false;
                    match depth {
                        1 => fields.push((value.into_owned(), Vec::new())),
                        _ => is_name = value == "name",
                    }
                }
                Some((is_mapping, is_key)) => {
                    *is_key = *is_mapping;
                    let is_wanted = depth == 1 || !*is_mapping || is_name;
                    let values = fields.last_mut().filter(|_| is_wanted);
                    values.into_iter().for_each(|it| it.1.push(value.clone().into_owned()));
                }
                None => return None,
            },
            Event::Alias(_) => around.iter_mut().rev().take(1).for_each(|it| it.1 = it.0 && !it.1),
            _ => {}
        }
    }
    Some(fields)
}

/// The fields of a TOML document, those of its tables among them; `None` if it is none.
fn toml_fields(text: &str) -> Option<Vec<Field>> {
    /// Tables within tables are followed so deep. A guess: site makers have one level.
    const DEPTH: usize = 3;
    fn values(value: &toml::Value, depth: usize) -> Vec<String> {
        match value {
            toml::Value::String(it) => vec![it.clone()],
            toml::Value::Array(list) if depth != 0 => list.iter().flat_map(|it| values(it, depth - 1)).collect(),
            toml::Value::Table(table) if depth != 0 => {
                table.get("name").map(|it| values(it, depth - 1)).unwrap_or_default()
            }
            toml::Value::Datetime(it) => vec![it.to_string()],
            toml::Value::Integer(it) => vec![it.to_string()],
            _ => Vec::new(),
        }
    }
    fn add(table: &toml::Table, depth: usize, fields: &mut Vec<Field>) {
        for (name, value) in table {
            fields.push((name.clone(), values(value, depth)));
            if let (toml::Value::Table(inner), true) = (value, depth != 0) {
                add(inner, depth - 1, fields);
            }
        }
    }
    let table: toml::Table = text.parse().ok()?;
    let mut fields = Vec::new();
    add(&table, DEPTH, &mut fields);
    Some(fields)
}

/// The fields of what is only nearly YAML or TOML: a name and a value a line, the items of a list below.
fn line_fields(text: &str, assigns: char) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for line in text.lines() {
        let is_set_in = line.starts_with([' ', '\t']);
        let line = line.trim();
        if let Some(item) = line.strip_prefix("- ") {
            if let Some((_, values)) = fields.last_mut() {
                values.push(unquoted(item));
            }
        } else if let Some((name, value)) = line.split_once(assigns).filter(|_| !is_set_in) {
            let value = unquoted(value);
            let list = value.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
            let values = match list {
                Some(list) => list.split([',', '،']).map(unquoted).collect(),
                None if matches!(value.as_str(), ">" | ">-" | "|" | "|-" | "") => Vec::new(),
                None => vec![value],
            };
            fields.push((name.trim().to_owned(), values));
        } else if let Some((_, values)) = fields.last_mut().filter(|_| is_set_in) {
            // A value over several lines.
            match values.last_mut() {
                Some(value) => *value = format!("{value} {line}"),
                None => values.push(line.to_owned()),
            }
        }
    }
    fields
}

fn unquoted(value: &str) -> String {
    value.trim().trim_matches(['"', '\'']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut hints = Hints::default();
        front_matter(text).unwrap().read(&mut hints);
        let date = hints.published.map(|it| it.date.to_string());
        let found = [
            hints.title,
            date,
            hints.source,
            hints.byline,
            Some(hints.keywords.join(",")),
        ];
        assert_eq!(found.map(Option::unwrap_or_default).join("|"), expected, "{text}");
    }

    #[test]
    fn clippers_and_site_makers_write_fields_in_many_ways() {
        check(
            "---\ntitle: >-\n  الجسر\n  الجديد\nauthor:\n  - \"[[هالة المنجي]]\"\n  - سامي العامري\npublished: 2024-03-03\n\
             source: \"https://madar.example/a\"\ntags:\n  - clippings\n  - جسور\n---\n",
            "الجسر الجديد|2024-03-03||هالة المنجي، سامي العامري|clippings,جسور",
        );
        check(
            "+++\ntitle = \"الجسر الجديد\"\ndate = 2024-03-03T10:00:00+03:00\nauthors = [\"هالة المنجي\"]\n[taxonomies]\ntags = [\"جسور\", \"بلدية\"]\n+++\n",
            "الجسر الجديد|2024-03-03||هالة المنجي|جسور,بلدية",
        );
        check(
            "---\ntitle: الجسر: صور\nauthors:\n- name: هالة المنجي\nurl: https://madar.example/2024/03/03/a\n---\n",
            "الجسر: صور|2024-03-03||name: هالة المنجي|",
        );
        check(
            "---\ntitle: الجسر\nsource: \"[صحيفة المدار](https://madar.example/2024/03/03/a)\"\n---\n",
            "الجسر|2024-03-03|صحيفة المدار||",
        );
        check(
            "---\ntitle: الجسر\nauthors:\n- name: هالة المنجي\n  url: https://madar.example\npublished: true\ndate: 3 مارس 2024\n---\n",
            "الجسر|2024-03-03||هالة المنجي|",
        );
    }

    #[test]
    fn lines_of_dashes_enclose_fields_only() {
        for text in [
            "---\nنص بلا حقول\n---\n",
            "--- عنوان\na: b\n---\n",
            "---\na: b\n",
            "نص\n---\na: b\n---\n",
        ] {
            assert!(front_matter(text).is_none(), "{text}");
        }
    }
}
