//! JSON: one article, a list of them at any depth, or one per line.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::archive::article::DatePrecision;
use crate::archive::bound::Bound;
use crate::archive::date;
use crate::archive::encoding;
use crate::archive::origin::FieldRole;
use crate::archive::reason::{Damage, Reason};
use crate::archive::record::{MAX_BYTES, MAX_RECORD, Outcome, Record, Refusal, Sink, Stop, read_line};

use super::day_order::DayOrders;
use super::fields::{self, Fields, Mapping};
use super::{columns, rich, value};

/// Reads a file that is one JSON value. The values of an outermost list are read one by one; any other value is in
/// memory as a whole, with about three times the size of the file.
pub fn read(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    let decoded = encoding::decode(bytes, sink.encoding());
    let text = without_last_commas(&decoded.text);
    let text = shallow(&text);
    let mut mapping = Mapping::new(sink.field_roles().clone());
    let mut orders = DayOrders::default();
    let n_before = sink.n_articles();
    let mut walk = JsonWalk {
        sink,
        mapping: &mut mapping,
        orders: &mut orders,
        encoding: decoded.encoding,
        header: None,
        day: None,
        stop: None,
    };
    let mut json = serde_json::Deserializer::from_str(&text);
    let mut result = Ok(());
    // Some programs write one value after another.
    while result.is_ok() && walk.stop.is_none() && json.end().is_err() {
        walk.header = None;
        result = json.deserialize_any(OuterValue(&mut walk));
    }
    let outcome = match walk.stop.take() {
        Some(stop) => Err(stop),
        // What precedes the damage was passed on.
        None => result.map_err(|err| Refusal::damaged_by(err).into()),
    };
    orders.finish(sink, outcome)?;
    if matches!(text, Cow::Owned(_)) {
        return Err(Reason::Beyond(Bound::Values).into());
    }
    if sink.n_articles() == n_before {
        return Err(Reason::NoArticles.into());
    }
    Ok(())
}

/// Reads a file with a JSON value per line. Invalid lines are skipped; the first is noted, and how many follow it.
pub fn read_lines(sink: &mut dyn Sink, bytes: &mut dyn BufRead, head: &[u8]) -> Outcome {
    let (mut lines, encoding) = encoding::transcode(bytes, head, sink.encoding(), MAX_BYTES);
    let mut mapping = Mapping::new(sink.field_roles().clone());
    let mut orders = DayOrders::default();
    let n_before = sink.n_articles();
    let mut damage: Option<(Damage, u64)> = None;
    let mut is_deep = false;
    let mut number = 0_u64;
    loop {
        let (line, is_cut) = match read_line(&mut *lines, MAX_RECORD) {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(err) => return orders.finish(sink, Err(err.into())),
        };
        number += 1;
        sink.check_size(line.len() as u64)?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let line = String::from_utf8(line).unwrap_or_else(|err| String::from_utf8_lossy(err.as_bytes()).into_owned());
        let line = without_last_commas(&line);
        let shallow = shallow(&line);
        is_deep |= matches!(shallow, Cow::Owned(_));
        let value = match serde_json::from_str::<Value>(&shallow) {
            Ok(value) => value,
            Err(err) => {
                let noted = damage.get_or_insert_with(|| match is_cut {
                    true => (Damage::LongLine { line: number }, 0),
                    false => (
                        Damage::Line {
                            line: number,
                            what: err.to_string(),
                        },
                        0,
                    ),
                });
                noted.1 += 1;
                continue;
            }
        };
        let mut walk = JsonWalk {
            sink,
            mapping: &mut mapping,
            orders: &mut orders,
            encoding: encoding.get(),
            header: None,
            day: None,
            stop: None,
        };
        walk.take(value);
        if let Some(stop) = walk.stop {
            return Err(stop);
        }
    }
    orders.finish(sink, Ok(()))?;
    match damage {
        Some((damage, 1)) => Err(damage.into()),
        Some((first, n)) => Err(Damage::Lines {
            n,
            first: Box::new(first),
        }
        .into()),
        None if is_deep => Err(Reason::Beyond(Bound::Values).into()),
        None if sink.n_articles() == n_before => Err(Reason::NoArticles.into()),
        None => Ok(()),
    }
}

/// Walks through values and passes on the articles in them.
struct JsonWalk<'a> {
    sink: &'a mut dyn Sink,
    mapping: &'a mut Mapping,
    orders: &'a mut DayOrders,
    encoding: &'static str,
    /// The names of the columns, where the outermost list has a list for each row.
    header: Option<Vec<String>>,
    /// The day by which articles are called that have none of their own.
    day: Option<String>,
    stop: Option<Stop>,
}

/// The fields of an object.
type Object = serde_json::Map<String, Value>;

impl JsonWalk<'_> {
    /// Passes on an article, or the articles within a value. Goes into itself as deep as [`shallow`] leaves values.
    fn take(&mut self, value: Value) {
        if self.stop.is_some() {
            return;
        }
        match value {
            Value::Array(values) => {
                let header = values.first().and_then(|it| columns::header(it, self.mapping));
                let rows = values.into_iter();
                match header {
                    Some(names) => rows
                        .skip(1)
                        .filter_map(|it| columns::row(&names, it))
                        .for_each(|it| self.take_object(it)),
                    None => rows.for_each(|it| self.take(it)),
                }
            }
            Value::Object(object) => self.take_object(object),
            _ => {}
        }
    }

    /// Takes a value of the outermost list.
    fn take_item(&mut self, value: Value, is_first: bool) {
        if is_first {
            self.header = columns::header(&value, self.mapping);
            if self.header.is_some() {
                return;
            }
        }
        match self.header.take() {
            Some(names) => {
                if let Some(row) = columns::row(&names, value) {
                    self.take(Value::Object(row));
                }
                self.header = Some(names);
            }
            None => self.take(value),
        }
    }

    fn take_object(&mut self, object: Object) {
        if self.stop.is_some() {
            return;
        }
        let object = match columns::rows(object, self.mapping) {
            Ok(rows) => return rows.into_iter().for_each(|it| self.take_object(it)),
            Err(object) => self.with_texts(object),
        };
        // A wrapper may have a title of its own; the articles are in the list with it.
        let has_text = self.has_text(&object);
        let is_keyed = !has_text && self.is_keyed(&object);
        if is_keyed || !has_text && object.values().any(|it| self.holds_articles(it)) {
            let day = self.day.clone();
            let is_by_day = object.keys().all(|it| is_day(it));
            for (key, it) in object {
                if is_by_day {
                    self.day = Some(key.clone());
                }
                match it {
                    Value::Object(article) if is_keyed => {
                        let article = self.with_title(article, key);
                        self.take_object(article);
                    }
                    // What only describes the others, as a feed does itself, is none.
                    Value::Object(about) if !self.is_dated_or_full(&about) => {}
                    Value::Array(_) | Value::Object(_) => self.take(it),
                    _ => {}
                }
            }
            self.day = day;
            return;
        }
        if self.is_of_titled_texts(&object) {
            return object.into_iter().for_each(|(title, text)| {
                let title = Value::String(title);
                self.take_object(
                    [("title".to_owned(), title), ("text".to_owned(), text)]
                        .into_iter()
                        .collect(),
                );
            });
        }
        let mut fields = Fields::new();
        let mut path = String::new();
        flatten(&Value::Object(object), &mut path, self.mapping, &mut fields);
        if fields::is_article(&fields, self.mapping) {
            self.emit(fields);
        }
    }

    /// An object whose texts are texts: those of block editors, which are lists and objects, have become mark-up. Beside a
    /// title they may have any name.
    fn with_texts(&mut self, mut object: Object) -> Object {
        let has_title = self.has(&object, FieldRole::Title);
        for (name, value) in &mut object {
            if !value.is_array() && !value.is_object() {
                continue;
            }
            let role = self.mapping.role(name).map(|(role, _)| role);
            let is_plain = value.as_array().is_some_and(|it| it.iter().all(Value::is_string));
            let markup = match role {
                // Paragraphs without mark-up need none.
                Some(FieldRole::Body | FieldRole::Summary) if is_plain => None,
                Some(FieldRole::Body | FieldRole::Summary)
                    if !is_wrapped(value) && !self.is_of_articles(value, has_title) =>
                {
                    rich::markup(value)
                }
                None if has_title && rich::is_rich(value) && !self.is_of_articles(value, has_title) => {
                    rich::markup(value).filter(|it| it.contains("<p>") && value::is_long_text(it))
                }
                _ => None,
            };
            if let Some(markup) = markup {
                *value = Value::String(markup);
            }
        }
        object
    }

    /// Whether an object has a field of a role that says something.
    fn has(&mut self, object: &Object, role: FieldRole) -> bool {
        let mut fields = object.iter().filter(|(_, it)| match it {
            Value::String(text) => !text.trim().is_empty(),
            it => !it.is_null(),
        });
        fields.any(|(name, _)| self.mapping.has_role(name, role))
    }

    /// Whether a text's value is a list of articles, or an article, and not the blocks of the text. Below a title, sections
    /// that have titles of their own have no day and no address.
    fn is_of_articles(&mut self, value: &Value, is_titled: bool) -> bool {
        match value {
            Value::Array(values) => {
                let mut objects = values.iter().filter_map(Value::as_object).take(3);
                objects.any(|it| self.is_whole(it, is_titled))
            }
            Value::Object(object) => {
                self.is_whole(object, is_titled) || object.values().any(|it| self.is_of_articles(it, is_titled))
            }
            _ => false,
        }
    }

    fn is_whole(&mut self, object: &Object, is_titled: bool) -> bool {
        let is_dated = self.has(object, FieldRole::Date);
        let has_place = is_dated || self.has(object, FieldRole::Url);
        let has_text = self.has(object, FieldRole::Body) || self.has(object, FieldRole::Summary);
        match self.has(object, FieldRole::Title) {
            true => has_place || has_text && !is_titled,
            false => is_dated && has_text && !is_titled && !["type", "_type"].iter().any(|it| object.contains_key(*it)),
        }
    }

    /// Whether the values of an object are texts that it calls by their headlines.
    fn is_of_titled_texts(&mut self, object: &Object) -> bool {
        1 < object.len()
            && object.iter().all(|(title, text)| {
                is_headline(title)
                    && self.mapping.role(title).is_none()
                    && text.as_str().is_some_and(value::is_long_text)
            })
    }

    /// An article, with what it is called by for its title if that is a headline and it has none of its own.
    fn with_title(&mut self, mut article: Object, key: String) -> Object {
        if is_headline(&key) && !self.has(&article, FieldRole::Title) {
            article.insert("title".to_owned(), Value::String(key));
        }
        article
    }

    /// Whether an object beside articles may be one or hold some.
    fn is_dated_or_full(&mut self, object: &Object) -> bool {
        self.has(object, FieldRole::Date)
            || self.has_text(object)
            || object.values().any(|it| it.is_array() || it.is_object())
    }

    /// Whether an object has a text of its own: by its name, or a long one beside a title.
    fn has_text(&mut self, object: &Object) -> bool {
        let has_title = self.has(object, FieldRole::Title);
        // A message without words, as of a photo, holds none in what describes it.
        let is_message = !has_title && self.has(object, FieldRole::Date);
        object.iter().any(|(name, value)| match self.mapping.role(name) {
            Some((FieldRole::Body, _)) => match value {
                Value::Null => false,
                Value::String(text) => is_message || !text.trim().is_empty(),
                Value::Array(list) => !list.iter().any(Value::is_object),
                Value::Object(_) => !self.holds_articles(value),
                Value::Bool(_) | Value::Number(_) => true,
            },
            None => has_title && value.as_str().is_some_and(value::is_long_text),
            Some(_) => false,
        })
    }

    /// Whether the values of an object are articles that it calls by their numbers or addresses: two or more, alike.
    fn is_keyed(&mut self, object: &Object) -> bool {
        let is_named = object.keys().take(3).any(|it| self.mapping.role(it).is_some());
        if is_named || !object.values().all(|it| it.is_object() || it.is_null()) {
            return false;
        }
        let articles: Vec<&Object> = object.values().filter_map(Value::as_object).take(3).collect();
        let have_text: Vec<bool> = articles.iter().map(|it| self.has_text(it)).collect();
        2 <= articles.len()
            && articles.iter().all(|it| self.is_record(it))
            && have_text.windows(2).all(|it| it[0] == it[1])
    }

    /// Whether an object is an article, or keeps one in its only part that is: `{"_id": …, "_source": {…}}`.
    fn is_record(&mut self, object: &Object) -> bool {
        let mut is_article = |it: &Object| self.mapping.is_article(it.keys().map(String::as_str)) || self.has_text(it);
        is_article(object) || object.values().filter_map(Value::as_object).any(is_article)
    }

    /// Whether a value is a list of articles or holds one.
    fn holds_articles(&mut self, value: &Value) -> bool {
        match value {
            Value::Array(values) => values.iter().take(3).any(|it| match it {
                Value::Object(fields) => self.is_record(fields) || fields.values().any(|it| self.holds_articles(it)),
                _ => columns::header(it, self.mapping).is_some() || self.holds_articles(it),
            }),
            Value::Object(fields) => {
                self.is_keyed(fields)
                    || columns::is_table(fields, self.mapping)
                    || fields.values().any(|it| self.holds_articles(it))
            }
            _ => false,
        }
    }

    fn emit(&mut self, mut fields: Fields) {
        let is_dated = |(name, value): &(String, String)| {
            self.mapping.has_role(name, FieldRole::Date) && date::parse_field(value).is_some()
        };
        if let Some(day) = &self.day
            && !fields.iter().any(is_dated)
        {
            fields.push(("date".to_owned(), day.clone()));
        }
        let mut is_repaired = false;
        let fields: Fields = fields
            .into_iter()
            .map(|(name, value)| match encoding::repaired(&value) {
                Some(value) => {
                    is_repaired = true;
                    (name, value)
                }
                None => (name, value),
            })
            .collect();
        let has_errors = fields.iter().any(|(_, it)| it.contains('\u{FFFD}'));
        let record = Record {
            encoding: if is_repaired {
                encoding::DOUBLE_ENCODED
            } else {
                self.encoding
            },
            has_errors,
            ..fields::record(fields, self.mapping)
        };
        if let Err(stop) = self.orders.emit(self.sink, record, None) {
            self.stop = Some(stop);
        }
    }
}

/// Whether what an object calls an article by is a headline.
fn is_headline(key: &str) -> bool {
    /// A key of so many words is one. A guess.
    const WORDS: usize = 3;
    WORDS <= key.split_whitespace().count()
}

/// Whether an object calls articles by a day or a month. A number alone may be any, but of eight digits that are a day.
fn is_day(key: &str) -> bool {
    /// A longer key is a headline with a date in it. A guess: a weekday, and a day in words.
    const LONGEST: usize = 60;
    let is_number = key.bytes().all(|it| it.is_ascii_digit());
    let precision = date::parse_date(key).map(|(_, precision)| precision);
    key.len() <= LONGEST
        && (!is_number || key.len() == 8)
        && (!key.contains(char::is_alphabetic) || date::is_only_a_date(key))
        && matches!(precision, Some(DatePrecision::Day | DatePrecision::Month))
}

/// The longest name of a field, with the names of those around it, in bytes. A guess: ten levels of long names.
const MAX_NAME: usize = 1 << 10;

/// Names that give a field's value where the field is an object: `"author": {"name": …}`.
const INNER: [&str; 12] = [
    "name",
    "value",
    "text",
    "rendered",
    "_cdata",
    "#text",
    "$t",
    "plain_text",
    // NYT, Arc, and texts in several languages.
    "main",
    "basic",
    "original",
    "ar",
];

/// Whether an object only wraps a value.
fn is_wrapped(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|it| INNER.iter().any(|name| it.get(*name).is_some_and(Value::is_string)))
}

/// The fields below a value: a list of plain values is one of each, an object's have their names, or its own where it
/// only wraps a value.
fn flatten(value: &Value, path: &mut String, mapping: &mut Mapping, fields: &mut Fields) {
    match value {
        Value::Null => {}
        Value::String(text) => fields::add(fields, path.clone(), text.clone(), mapping),
        Value::Bool(_) | Value::Number(_) => fields::add(fields, path.clone(), value.to_string(), mapping),
        Value::Array(values) if values.iter().all(|it| !it.is_object() && !it.is_array()) => {
            let is_text = matches!(
                mapping.role(path).map(|(role, _)| role),
                Some(FieldRole::Body | FieldRole::Summary)
            );
            let texts: Vec<String> = values
                .iter()
                .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
                .collect();
            let text = texts.join(if is_text { "\n" } else { "، " });
            fields::add(fields, path.clone(), text, mapping);
        }
        Value::Array(values) => {
            for it in values {
                flatten(it, path, mapping, fields);
            }
        }
        Value::Object(object) => {
            // The record of a search engine is called `_source`.
            let is_article = object.keys().any(|it| mapping.has_role(it, FieldRole::Title));
            for (name, it) in object {
                let length = path.len();
                let is_wrapped = !is_article && INNER.contains(&name.as_str()) && mapping.role(path).is_some();
                // Such a name is a text, and would be repeated in each field below it.
                let is_long = MAX_NAME < path.len() + name.len();
                if !is_wrapped && !is_long {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                flatten(it, path, mapping, fields);
                path.truncate(length);
            }
        }
    }
}

/// A text of JSON without commas behind the last value of a list or object, as people write them; borrowed if it has none.
fn without_last_commas(text: &str) -> Cow<'_, str> {
    let is_last = |at: usize| {
        let next = text.as_bytes()[at + 1..].iter().find(|it| !it.is_ascii_whitespace());
        matches!(next, Some(b']' | b'}'))
    };
    // Cheap, and few texts have any.
    if !memchr::memchr_iter(b',', text.as_bytes()).any(is_last) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let (mut end, mut is_text, mut is_escaped) = (0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b',' if !is_text && is_last(at) => {
                kept.push_str(text.get(end..at).unwrap_or_default());
                end = at + 1;
            }
            _ => {}
        }
    }
    kept.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(kept)
}

/// A text of JSON without what nests deeper than [`Bound::Values`], in the place of which is `null`; borrowed if nothing
/// does. All else is as it was, and is not checked.
fn shallow(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    // Up to where the text was kept, and where what is left out began.
    let (mut end, mut cut_at) = (0, None);
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => {
                depth += 1;
                if depth == Bound::Values.limit() + 1 {
                    kept.push_str(text.get(end..at).unwrap_or_default());
                    kept.push_str("null");
                    cut_at = Some(at);
                }
            }
            b']' | b'}' if !is_text => {
                depth = depth.saturating_sub(1);
                if depth == Bound::Values.limit() && cut_at.take().is_some() {
                    end = at + 1;
                }
            }
            _ => {}
        }
    }
    if kept.is_empty() {
        return Cow::Borrowed(text);
    }
    if cut_at.is_none() {
        kept.push_str(text.get(end..).unwrap_or_default());
    }
    Cow::Owned(kept)
}

/// Visits an outermost value; those of a list one by one.
struct OuterValue<'s, 'a>(&'s mut JsonWalk<'a>);

impl<'de> Visitor<'de> for OuterValue<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an article or a list of them")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<(), M::Error> {
        let object = serde::Deserialize::deserialize(MapAccessDeserializer::new(map))?;
        self.0.take_object(object);
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        let mut is_first = true;
        while seq.next_element_seed(ListItem(self.0, is_first))?.is_some() {
            is_first = false;
            if self.0.stop.is_some() {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// A value of the outermost list, and whether it is the first.
struct ListItem<'s, 'a>(&'s mut JsonWalk<'a>, bool);

impl<'de> DeserializeSeed<'de> for ListItem<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let value: Value = serde::Deserialize::deserialize(deserializer)?;
        self.0.take_item(value, self.1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_behind_the_last_value_is_none() {
        let check = |text: &str, expected: &str| assert_eq!(without_last_commas(text), expected);
        check(r#"[{"a": [1, 2, ],}, ]"#, r#"[{"a": [1, 2 ]} ]"#);
        check(r#"{"a": "\", ]", "b": 1}"#, r#"{"a": "\", ]", "b": 1}"#);
        check("[1,,]", "[1,]");
        assert!(matches!(without_last_commas("[1, 2]"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_day_is_told_from_a_number() {
        for key in ["2024-07-09", "9 يوليو 2024", "20240709", "2024-07", "7/8/2024"] {
            assert!(is_day(key), "{key}");
        }
        for key in [
            "2024",
            "1720512900",
            "1810000000000000000",
            "خبر 9 يوليو 2024",
            "items",
            "12345678",
        ] {
            assert!(!is_day(key), "{key}");
        }
    }

    #[test]
    fn what_nests_too_deep_is_null() {
        let nested = |depth: usize| format!("{}\"]\\\"\"{}", "[".repeat(depth), "]".repeat(depth));
        let limit = Bound::Values.limit();
        assert!(matches!(shallow(&nested(limit)), Cow::Borrowed(_)));
        let within = |inner: &str| format!("{{\"a\":{inner},\"b\":[1]}}");
        let expected = within(&format!("{}null{}", "[".repeat(limit - 1), "]".repeat(limit - 1)));
        assert_eq!(shallow(&within(&nested(limit + 50))), expected);
        assert!(serde_json::from_str::<Value>(&expected).is_ok());
        // Damage stays damage.
        assert!(serde_json::from_str::<Value>(&shallow(&"[".repeat(limit + 50))).is_err());
    }
}
