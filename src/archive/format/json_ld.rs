//! The scripts in which a page describes its article for machines: JSON-LD, with the names of schema.org.
//!
//! Lenient: many a script is put together by a template that knows no JSON.

use std::collections::VecDeque;

use scraper::{Html, Selector};
use serde_json::Value;

use super::tree;

/// What a page's scripts say of articles, in their order; the first that is of the page itself is to be chosen by its
/// headline.
pub fn articles(document: &Html) -> Vec<Value> {
    objects(document, |kind| kind.contains("Article") || kind.contains("Posting"))
}

/// What they say of pages.
pub fn pages(document: &Html) -> Vec<Value> {
    objects(document, |kind| kind.contains("WebPage"))
}

/// The page's scripts of JSON-LD. Other readers of the page may look for any script that names it.
pub fn scripts(document: &Html) -> Vec<String> {
    let Ok(selector) = Selector::parse("script[type^='application/ld+json']") else {
        return Vec::new();
    };
    document.select(&selector).map(|it| it.text().collect()).collect()
}

/// The name of a person or an organisation, or of several.
pub fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.trim().to_owned()).filter(|it| !it.is_empty()),
        Value::Array(list) => {
            let names: Vec<String> = list.iter().filter_map(names).collect();
            (!names.is_empty()).then(|| names.join("، "))
        }
        Value::Object(fields) => names(fields.get("name")?),
        _ => None,
    }
}

fn objects(document: &Html, is_wanted: impl Fn(&str) -> bool) -> Vec<Value> {
    let mut found = Vec::new();
    let scripts = scripts(document).into_iter().filter(|it| tree::is_shallow(it));
    let mut queue: VecDeque<Value> = scripts.flat_map(|it| values(&it)).collect();
    while let Some(value) = queue.pop_front() {
        match value {
            // What is within stands before what follows.
            Value::Array(list) => list.into_iter().rev().for_each(|it| queue.push_front(it)),
            Value::Object(ref fields) => {
                for name in ["mainEntity", "@graph"] {
                    if let Some(inner) = fields.get(name) {
                        queue.push_front(inner.clone());
                    }
                }
                let kind = fields.get("@type").map(ToString::to_string).unwrap_or_default();
                if is_wanted(&kind) {
                    found.push(value);
                }
            }
            _ => {}
        }
    }
    found
}

/// The values of a script.
fn values(script: &str) -> Vec<Value> {
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let mended = mended(script);
    let values = serde_json::Deserializer::from_str(&mended).into_iter();
    values.map_while(Result::ok).collect()
}

/// A script as JSON: without comments, signs of CDATA, commas before an end and signs between values; with line ends and
/// quotation marks within texts as they are to be written there.
fn mended(script: &str) -> String {
    let mut json = String::with_capacity(script.len());
    let mut rest = script.trim_start_matches('\u{FEFF}');
    while let Some(first) = rest.chars().next() {
        if first == '"' {
            rest = push_string(&mut json, &rest[1..]);
            continue;
        }
        if let Some(n) = noise(rest) {
            rest = &rest[n..];
            continue;
        }
        if matches!(first, '}' | ']') {
            let end = json.trim_end().trim_end_matches(',').len();
            json.truncate(end);
        }
        json.push(first);
        rest = &rest[first.len_utf8()..];
    }
    json
}

/// The length of what stands between values and is none of JSON's.
fn noise(text: &str) -> Option<usize> {
    const SIGNS: [&str; 5] = ["<![CDATA[", "]]>", "<!--", "-->", ";"];
    /// A longer comment is none. A guess.
    const LONGEST: usize = 1_000;
    if let Some(comment) = text.strip_prefix("<!--")
        && let Some(end) = comment[..comment.floor_char_boundary(LONGEST)].find("-->")
        && !comment[..end].contains(['{', '['])
    {
        return Some(end + 7);
    }
    let sign = |text: &str| SIGNS.into_iter().find(|it| text.starts_with(it)).map(str::len);
    if let Some(comment) = text.strip_prefix("/*") {
        return Some(comment.find("*/").map_or(text.len(), |end| end + 4));
    }
    match text.strip_prefix("//") {
        // «//<![CDATA[» may stand before all in one line.
        Some(comment) if sign(comment.trim_start()).is_some() => Some(2),
        Some(comment) => Some(comment.find('\n').map_or(text.len(), |end| end + 2)),
        None => sign(text),
    }
}

/// Appends a text that begins with `text`, after its quotation mark, and returns what follows it.
fn push_string<'t>(json: &mut String, text: &'t str) -> &'t str {
    json.push('"');
    let mut letters = text.char_indices();
    while let Some((at, c)) = letters.next() {
        match c {
            '"' if ends_string(&text[at + 1..]) => {
                json.push('"');
                return &text[at + 1..];
            }
            '"' => json.push_str("\\\""),
            '\\' => match letters.next() {
                Some((_, escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u'))) => {
                    json.extend(['\\', escaped]);
                }
                // «\'» and others that JSON does not know.
                Some((_, other)) => json.push(other),
                None => {}
            },
            '\n' => json.push_str("\\n"),
            c if c.is_control() => json.push(' '),
            c => json.push(c),
        }
    }
    json.push('"');
    ""
}

/// Whether a quotation mark before `rest` ends a text: what follows is a sign of JSON, and a comma is followed by
/// another value.
fn ends_string(rest: &str) -> bool {
    let rest = rest.trim_start();
    match rest.chars().next() {
        None | Some(':' | '}' | ']') => true,
        Some(',') => {
            let next = rest[1..].trim_start().chars().next();
            next.is_none_or(|c| {
                matches!(c, '"' | '{' | '[' | '}' | ']' | '-' | 't' | 'f' | 'n' | '/') || c.is_ascii_digit()
            })
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, json: &str) {
        let expected: Vec<Value> = serde_json::Deserializer::from_str(json)
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(values(script), expected, "{script}");
    }

    #[test]
    fn what_templates_write_is_read() {
        let json = r#"{"a": "ب", "c": [1, 2]}"#;
        check(json, json);
        check("//<![CDATA[\n{\"a\": \"ب\", \"c\": [1, 2,],}\n//]]>", json);
        check("<!-- of the page -->{\"a\": 1}", "{\"a\": 1}");
        check("<!--\n{\"a\": \"ب\", \"c\": [1, 2]};\n-->", json);
        check("/* {} */ {\"a\": \"ب\", \"c\": [1, 2]}", json);
        check("{\"a\": \"سطر\nآخر\tثم\"}", r#"{"a": "سطر\nآخر ثم"}"#);
        check(
            r#"{"a": "قال "نعم", ثم", "b": "x\'y"}"#,
            r#"{"a": "قال \"نعم\", ثم", "b": "x'y"}"#,
        );
        check(r#"{"a": 1}{"a": 2}"#, r#"{"a": 1} {"a": 2}"#);
        check(r#"{"a": "https://x/?a;b//c"}"#, r#"{"a": "https://x/?a;b//c"}"#);
        check("{", "");
    }
}
