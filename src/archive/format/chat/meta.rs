//! Posts, comments and messages of Facebook and Instagram, as their users download them: `your_posts_1.json`,
//! `posts_1.json`, `comments.json`, `message_1.json`.
//!
//! All texts in them are UTF-8 whose bytes were taken for letters and written as `\u00d8\u00a7`. They do not say whose posts
//! they are, nor their numbers or addresses.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::archive::encoding;
use crate::archive::left_out::LeftOut;
use crate::archive::origin::FieldRole;
use crate::archive::record::{Outcome, Sink, Stop};

use super::days::{Days, Kind, Said};
use super::plain::nothing;
use super::post::{Post, has_words};
use super::stream;
use super::telegram::of_day;

/// Posts have attachments within attachments, this deep at most. A guess: seen are three.
const DEPTH: usize = 8;

/// Whether a text of JSON begins as posts or messages of such a download do.
pub fn is_download(head: &str) -> bool {
    let has = |names: &[&str]| names.iter().all(|it| head.contains(&format!("\"{it}\"")));
    let is_json = head.starts_with('[') || head.starts_with('{');
    let is_chat = has(&["participants", "messages", "sender_name", "timestamp_ms"]);
    let is_post =
        has(&["timestamp", "data"]) && (has(&["post"]) || has(&["attachments"]) || has(&["comment", "author"]));
    is_json && (is_chat || is_post || has(&["creation_timestamp", "media", "uri"]))
}

/// Reads a download.
pub fn read(sink: &mut dyn Sink, text: &str, encoding: &'static str) -> Outcome {
    let mut walk = Walk {
        sink,
        encoding,
        n_wordless: 0,
        stop: None,
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let result = json.deserialize_any(&mut walk).and_then(|()| json.end());
    let Walk {
        sink, n_wordless, stop, ..
    } = walk;
    if let Some(stop) = stop {
        return Err(stop);
    }
    // What precedes damage is passed on.
    sink.leave_out_messages(LeftOut::WordlessMessages { n: n_wordless });
    result.map_err(stream::stop)
}

/// What is known while a download is gone through.
struct Walk<'a> {
    sink: &'a mut dyn Sink,
    encoding: &'static str,
    n_wordless: u32,
    stop: Option<Stop>,
}

impl Walk<'_> {
    fn take(&mut self, mut item: Value) -> Outcome {
        if !item.is_object() {
            return Ok(());
        }
        let encoding = self.put_right(&mut item);
        let post = post(&item);
        if post.lines.is_empty() {
            self.n_wordless = self.n_wordless.saturating_add(1);
            return Ok(());
        }
        self.sink.emit(post.record(encoding))
    }

    fn take_object(&mut self, mut object: Value) -> Outcome {
        if object.get("messages").is_some_and(Value::is_array) {
            let encoding = self.put_right(&mut object);
            return read_chat(self.sink, &object, encoding);
        }
        // `{"ig_stories": [ … ]}`, `{"comments_v2": [ … ]}`.
        let Value::Object(lists) = object else { return Ok(()) };
        let lists = lists.into_iter().filter_map(|(_, it)| match it {
            Value::Array(items) => Some(items),
            _ => None,
        });
        lists.flatten().try_for_each(|it| self.take(it))
    }

    /// Puts the texts right, and returns the name of their encoding.
    fn put_right(&self, value: &mut Value) -> &'static str {
        let mut is_repaired = false;
        put_right(value, &mut is_repaired);
        match is_repaired {
            true => encoding::DOUBLE_ENCODED,
            false => self.encoding,
        }
    }

    /// Keeps why reading stopped, which is no error of the library's.
    fn note<E: Error>(&mut self, outcome: Outcome) -> Result<(), E> {
        outcome.map_err(|stop| {
            self.stop = Some(stop);
            E::custom("stopped")
        })
    }
}

impl<'de> Visitor<'de> for &mut Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("posts or messages")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        while let Some(item) = seq.next_element()? {
            let outcome = self.take(item);
            self.note(outcome)?;
        }
        Ok(())
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let mut object = Map::new();
        let result = loop {
            let name: String = match map.next_key() {
                Ok(Some(name)) => name,
                Ok(None) => break Ok(()),
                Err(err) => break Err(err),
            };
            let value = object.entry(name).or_insert(Value::Null);
            if let Err(err) = map.next_value_seed(Field(value)) {
                break Err(err);
            }
        };
        // What precedes damage is passed on.
        let outcome = self.take_object(Value::Object(object));
        self.note(outcome)?;
        result
    }

    nothing!(plain);
}

/// A field of the outermost object, which is a list or a text. Of a list that is cut off, what precedes the cut is kept.
struct Field<'v>(&'v mut Value);

impl<'de> DeserializeSeed<'de> for Field<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Field<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        *self.0 = Value::from(text);
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        *self.0 = Value::Array(Vec::new());
        while let (Some(item), Value::Array(items)) = (seq.next_element()?, &mut *self.0) {
            items.push(item);
        }
        Ok(())
    }

    nothing!(object);
    nothing!(number);
}

/// Makes the texts what they were before their bytes were taken for letters. The depth is the library's.
fn put_right(value: &mut Value, is_repaired: &mut bool) {
    match value {
        Value::String(text) => {
            if let Some(right) = repaired(text) {
                *text = right;
                *is_repaired = true;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|it| put_right(it, is_repaired)),
        Value::Object(object) => object.values_mut().for_each(|it| put_right(it, is_repaired)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text of bytes that were taken for letters one by one; `None` if it is another.
fn repaired(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    String::from_utf8(bytes?).ok()
}

fn text<'v>(object: &'v Value, name: &str) -> Option<&'v str> {
    object.get(name)?.as_str().filter(|it| has_words(it))
}

/// The day of seconds or thousandths since 1970, in UTC as every such number.
fn day(object: &Value, names: &[&str]) -> Option<Date> {
    let number = names
        .iter()
        .find_map(|it| object.get(*it)?.as_i64())
        .filter(|it| 0 < *it)?;
    let is_of_thousandths = 100_000_000_000 < number;
    let secs = if is_of_thousandths { number / 1_000 } else { number };
    let timestamp = Timestamp::from_second(secs).ok()?;
    Some(Offset::UTC.to_datetime(timestamp).date())
}

/// The post that a value of a list is. It has no lines if it has no words.
fn post(item: &Value) -> Post {
    let mut found = Found::default();
    found.gather(item, 0);
    let stated = day(item, &["timestamp", "creation_timestamp"]).or(found.day);
    let mut post = Post {
        published: stated.map(of_day),
        byline: found.author,
        text_field: "post",
        ..Post::default()
    };
    for words in &found.words {
        post.add_text(words);
    }
    let seconds = item.get("timestamp").or_else(|| item.get("creation_timestamp"));
    post.add(
        "title",
        text(item, "title").filter(|it| !found.words.iter().any(|words| words == it)),
        FieldRole::Ignore,
    );
    post.add("timestamp", seconds.map(Value::to_string), FieldRole::Date);
    post.add("group", found.group, FieldRole::Source);
    for address in found.addresses {
        post.add("url", Some(address), FieldRole::Url);
    }
    post
}

/// What the parts of a post hold, in their order, each once.
#[derive(Default)]
struct Found {
    words: Vec<String>,
    addresses: Vec<String>,
    author: Option<String>,
    group: Option<String>,
    /// Of a picture: a post of one picture has no day of its own.
    day: Option<Date>,
}

impl Found {
    fn gather(&mut self, value: &Value, depth: usize) {
        if DEPTH < depth {
            return;
        }
        for part in value.get("data").and_then(Value::as_array).into_iter().flatten() {
            self.part(part, depth);
        }
        for list in ["attachments", "media"] {
            for part in value.get(list).and_then(Value::as_array).into_iter().flatten() {
                self.part(part, depth);
            }
        }
        // On Instagram the title is the caption; on Facebook it says who did what, beside the data.
        let is_of_instagram =
            value.get("creation_timestamp").is_some() || value.get("media").is_some_and(Value::is_array);
        if is_of_instagram {
            self.add_words(text(value, "title"));
        }
    }

    fn part(&mut self, part: &Value, depth: usize) {
        self.add_words(text(part, "post"));
        self.add_words(text(part, "text"));
        if let Some(comment) = part.get("comment") {
            self.add_words(text(comment, "comment"));
            self.author = self
                .author
                .take()
                .or_else(|| text(comment, "author").map(str::to_owned));
            self.group = self.group.take().or_else(|| text(comment, "group").map(str::to_owned));
        }
        if let Some(link) = part.get("external_context") {
            self.add_words(text(link, "name"));
            if let Some(url) = text(link, "url").filter(|it| !self.addresses.iter().any(|known| known == it)) {
                self.addresses.push(url.to_owned());
            }
        }
        if let Some(media) = part.get("media").filter(|it| it.is_object()) {
            self.add_words(text(media, "description"));
        }
        self.day = self.day.or_else(|| day(part, &["creation_timestamp"]));
        self.gather(part, depth + 1);
    }

    fn add_words(&mut self, words: Option<&str>) {
        if let Some(words) = words.filter(|it| !self.words.iter().any(|known| known == it)) {
            self.words.push(words.to_owned());
        }
    }
}

/// Reads the messages of a chat, the newest of which stands first.
fn read_chat(sink: &mut dyn Sink, chat: &Value, encoding: &'static str) -> Outcome {
    let list = chat.get("messages").and_then(Value::as_array);
    let mut messages: Vec<&Value> = list.into_iter().flatten().collect();
    messages.sort_by_key(|it| it.get("timestamp_ms").and_then(Value::as_i64));
    let mut days = Days::default();
    for message in messages {
        let mut words = text(message, "content").unwrap_or_default().to_owned();
        let share = message.get("share");
        for name in ["share_text", "link"] {
            if let Some(shared) = share.and_then(|it| text(it, name)).filter(|it| !words.contains(it)) {
                words.push('\n');
                words.push_str(shared);
            }
        }
        let is_of_service = matches!(text(message, "type"), Some("Subscribe" | "Unsubscribe" | "Call"));
        let is_gone = message.get("is_unsent").and_then(Value::as_bool) == Some(true);
        let kind = match has_words(&words) {
            _ if is_of_service || message.get("call_duration").is_some() => Kind::Service,
            true if !is_gone => Kind::Words,
            _ => Kind::Wordless,
        };
        days.add(&Said {
            date: day(message, &["timestamp_ms"]),
            writer: text(message, "sender_name"),
            kind,
            text: words.trim(),
        });
    }
    days.emit(text(chat, "title"), ["content", "title"], sink, encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_were_taken_for_letters_are_letters_again() {
        let broken: String = "قال Café".bytes().map(char::from).collect();
        assert_eq!(repaired(&broken).as_deref(), Some("قال Café"));
        for whole in ["Café", "قال", "plain"] {
            assert_eq!(repaired(whole), None, "{whole}");
        }
    }

    #[test]
    fn a_post_has_the_words_of_its_parts_once() {
        let json = r#"{"timestamp": 1700000000, "data": [{"post": "خبر"}, {"update_timestamp": 1700000000}], "title": "سعاد shared a link.",
            "attachments": [{"data": [{"external_context": {"url": "https://madar.example/1", "name": "عنوان"}}]},
            {"data": [{"media": {"uri": "a.jpg", "creation_timestamp": 1, "description": "خبر"}}]}]}"#;
        let post = post(&serde_json::from_str(json).unwrap());
        let lines: Vec<&str> = post.lines.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(lines, ["خبر", "عنوان"]);
        assert_eq!(post.published.unwrap().date.to_string(), "2023-11-14");
        assert_eq!(post.about.last().unwrap().1, "https://madar.example/1");
    }
}
