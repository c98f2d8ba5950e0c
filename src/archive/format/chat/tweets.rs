//! Posts of X, formerly Twitter: `tweets.js` and its parts in the archive of an account (`window.YTD.tweets.part0 = [ …`),
//! the long ones in `note-tweet.js`, and lists of posts as X hands them to programs. They may have any length.
//!
//! The archive does not say beside its posts whose they are.

use std::fmt;
use std::io::BufRead;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::archive::article::{DatePrecision, DateProvenance, Problem, PublicationDate, SectionKind};
use crate::archive::date;
use crate::archive::encoding;
use crate::archive::left_out::LeftOut;
use crate::archive::origin::FieldRole;
use crate::archive::reason::Reason;
use crate::archive::record::{MAX_BYTES, Outcome, Sink, Stop};

use super::plain::nothing;
use super::post::{Post, has_words};
use super::stream::{self, Limit, Stream};

/// How the files of an archive begin.
const ASSIGNMENT: &str = "window.YTD.";
/// The most bytes of what precedes the list. The longest seen has 60.
const LONGEST_ASSIGNMENT: usize = 1 << 10;

/// Whether a text begins as a file of an archive does, or as a list of posts: each within `tweet`, or with the fields that
/// X gives to programs.
pub fn is_archive(head: &str) -> bool {
    if head.starts_with(ASSIGNMENT) {
        return true;
    }
    let Some(first) = head.strip_prefix('[').and_then(|it| it.trim_start().strip_prefix('{')) else {
        return false;
    };
    let is_wrapped = ["\"tweet\"", "\"noteTweet\""]
        .iter()
        .any(|it| first.trim_start().starts_with(it));
    let has = |names: &[&str]| names.iter().all(|it| head.contains(it));
    is_wrapped || has(&["\"full_text\"", "\"created_at\"", "\"id_str\""])
}

/// Reads a file of posts.
pub fn read(sink: &mut dyn Sink, bytes: &mut dyn BufRead, head: &[u8]) -> Outcome {
    let encoding = sink.encoding().unwrap_or(encoding::detect(head).0);
    let limit = Limit::default();
    let (mut bytes, _) = encoding::transcode(bytes, head, Some(encoding), MAX_BYTES);
    pass_assignment(&mut *bytes)?;
    let mut walk = Walk {
        sink,
        encoding: encoding.name(),
        limit: limit.clone(),
        n_wordless: 0,
        n_posts: 0,
        stop: None,
    };
    let mut json = serde_json::Deserializer::from_reader(Stream::new(bytes, limit));
    // Behind the list may stand a semicolon.
    let result = json.deserialize_any(&mut walk);
    let Walk {
        sink,
        n_wordless,
        n_posts,
        stop,
        ..
    } = walk;
    if let Some(stop) = stop {
        return Err(stop);
    }
    sink.leave_out_messages(LeftOut::WordlessMessages { n: n_wordless });
    result.map_err(stream::stop)?;
    match n_posts {
        // Another part of an archive: whom the account follows, what it was shown.
        0 => Err(Reason::LeftOut(LeftOut::NoArticles).into()),
        _ => Ok(()),
    }
}

/// Passes over what precedes the list.
fn pass_assignment(bytes: &mut dyn BufRead) -> Outcome {
    let mut n_passed = 0;
    while n_passed <= LONGEST_ASSIGNMENT {
        let available = bytes.fill_buf()?;
        let start = available.iter().position(|byte| matches!(byte, b'[' | b'{'));
        let n = start.unwrap_or(available.len());
        bytes.consume(n);
        if start.is_some() || n == 0 {
            break;
        }
        n_passed += n;
    }
    Ok(())
}

/// What is known while a list is gone through.
struct Walk<'a> {
    sink: &'a mut dyn Sink,
    encoding: &'static str,
    limit: Limit,
    n_wordless: u32,
    n_posts: u32,
    stop: Option<Stop>,
}

impl<'de> Visitor<'de> for &mut Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of posts")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        while let Some(item) = stream::next_element::<_, Pruned>(&mut seq, &self.limit)? {
            let Some(post) = post(&item.0) else { continue };
            self.n_posts = self.n_posts.saturating_add(1);
            if post.lines.iter().all(|(_, kind)| kind.is_some()) {
                self.n_wordless = self.n_wordless.saturating_add(1);
            } else if let Err(stop) = self.sink.emit(post.record(self.encoding)) {
                self.stop = Some(stop);
                return Err(S::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    nothing!(object);
    nothing!(plain);
}

/// The names of all fields that are looked at, whatever they are in.
const FIELDS: [&str; 32] = [
    "core",
    "created_at",
    "createdAt",
    "entities",
    "entitySet",
    "expanded_url",
    "expandedUrl",
    "extended_entities",
    "full_text",
    "hashtags",
    "id",
    "id_str",
    "in_reply_to_screen_name",
    "in_reply_to_status_id_str",
    "media",
    "name",
    "note_tweet",
    "note_tweet_results",
    "noteTweet",
    "noteTweetId",
    "noteTweetResults",
    "result",
    "retweeted_status",
    "screen_name",
    "shortUrl",
    "tag",
    "text",
    "tweet",
    "updatedAt",
    "url",
    "urls",
    "user",
];

/// A value without the fields that are not in [`FIELDS`], which are nine tenths of a post.
#[derive(Default)]
struct Pruned(Value);

impl<'de> Deserialize<'de> for Pruned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Pruning).map(Self)
    }
}

struct Pruning;

impl<'de> Visitor<'de> for Pruning {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Value, M::Error> {
        let mut object = serde_json::Map::new();
        while let Some(FieldName(name)) = map.next_key()? {
            match name {
                Some(name) => object.insert(name.to_owned(), map.next_value::<Pruned>()?.0),
                None => map.next_value::<IgnoredAny>().map(|_| None)?,
            };
        }
        Ok(Value::Object(object))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Value, S::Error> {
        let mut list = Vec::new();
        while let Some(Pruned(item)) = seq.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
}

/// A name of [`FIELDS`]; `None` for any other.
struct FieldName(Option<&'static str>);

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = FieldName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<FieldName, E> {
                Ok(FieldName(FIELDS.into_iter().find(|it| *it == name)))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

/// The first of these fields of an object that is a text, or a number.
fn text(object: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match object.get(*name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The post that a value of the list is.
fn post(item: &Value) -> Option<Post> {
    if let Some(note) = item.get("noteTweet") {
        return long_post(note);
    }
    let tweet = item.get("tweet").unwrap_or(item);
    // A retweet has the beginning of the other's words; programs are given all of it.
    let original = tweet.get("retweeted_status");
    let whole = original.unwrap_or(tweet);
    let words = whole.pointer("/note_tweet/note_tweet_results/result/text");
    let words = words.and_then(Value::as_str).map(str::to_owned);
    let words = words.or_else(|| text(whole, &["full_text", "text"]))?;
    let (retweeted, words) = match original {
        Some(it) => (text(it.get("user")?, &["screen_name"]), words.as_str()),
        None => without_retweet(&words),
    };
    let mut post = dated(tweet, &["created_at"], "full_text");
    if let Some(name) = &retweeted {
        let label = format!("RT @{name}:");
        post.lines.push((label, Some(SectionKind::Byline)));
    }
    let mut links = Vec::new();
    let mut words = unescaped(words);
    for entities in [whole.get("entities"), whole.get("extended_entities")]
        .into_iter()
        .flatten()
    {
        words = expanded(&words, entities, ["url", "expanded_url"], &mut links);
        post.keywords.extend(hashtags(entities));
    }
    post.add_text(&words);
    let user = tweet.get("user");
    let screen_name = user.and_then(|it| text(it, &["screen_name"]));
    post.source = user.and_then(|it| text(it, &["name", "screen_name"]));
    post.byline = retweeted.as_ref().map(|it| format!("@{it}"));
    let id = text(tweet, &["id_str", "id"]);
    let address = id.as_ref().map(|id| match &screen_name {
        Some(name) => format!("https://x.com/{name}/status/{id}"),
        None => format!("https://x.com/i/web/status/{id}"),
    });
    post.add("id_str", id, FieldRole::Ignore);
    post.add("created_at", text(tweet, &["created_at"]), FieldRole::Date);
    post.add("user", screen_name, FieldRole::Source);
    post.add("retweet_of", retweeted, FieldRole::Byline);
    for name in ["in_reply_to_screen_name", "in_reply_to_status_id_str"] {
        post.add(name, text(tweet, &[name]), FieldRole::Ignore);
    }
    post.add("link", address, FieldRole::Url);
    for link in links {
        post.add("expanded_url", Some(link), FieldRole::Url);
    }
    Some(post)
}

/// A long post, which an archive keeps beside the beginning of it.
fn long_post(note: &Value) -> Option<Post> {
    let core = note
        .get("core")
        .or_else(|| note.get("noteTweetResults"))
        .unwrap_or(note);
    let words = text(core, &["text"])?;
    let mut post = dated(note, &["createdAt", "updatedAt"], "text");
    let entities = core.get("entitySet").unwrap_or(core);
    let words = expanded(
        &unescaped(&words),
        entities,
        ["shortUrl", "expandedUrl"],
        &mut Vec::new(),
    );
    post.add_text(&words);
    post.keywords.extend(hashtags(entities));
    post.add("noteTweetId", text(note, &["noteTweetId"]), FieldRole::Ignore);
    post.add("createdAt", text(note, &["createdAt", "updatedAt"]), FieldRole::Date);
    Some(post)
}

/// A post with the date in the first of these fields.
fn dated(object: &Value, names: &[&str], text_field: &'static str) -> Post {
    let mut post = Post {
        text_field,
        ..Post::default()
    };
    if let Some(stated) = text(object, names) {
        match date::parse_date(&stated) {
            Some((date, precision @ DatePrecision::Day)) => {
                post.published = Some(PublicationDate {
                    date,
                    precision,
                    provenance: DateProvenance::Metadata,
                });
            }
            _ => post
                .problems
                .push(Problem::UnreadableDate(stated.chars().take(60).collect())),
        }
    }
    post
}

/// Whose words a retweet in an archive has, and these: «RT @name: …».
fn without_retweet(words: &str) -> (Option<String>, &str) {
    let parts = words.strip_prefix("RT @").and_then(|it| it.split_once(':'));
    match parts {
        Some((name, rest)) if name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_') => {
            (Some(name.to_owned()), rest)
        }
        _ => (None, words),
    }
}

/// The words without the escapes of the three signs that X escapes.
fn unescaped(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The words with whole addresses in the place of short ones, and without those of their own pictures. Those that are not
/// in the words are added to `links`.
fn expanded(words: &str, entities: &Value, names: [&str; 2], links: &mut Vec<String>) -> String {
    let list = |name: &str| {
        entities
            .get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let mut words = words.to_owned();
    for url in list("urls") {
        let (Some(short), Some(whole)) = (text(&url, &names[..1]), text(&url, &names[1..])) else {
            continue;
        };
        if words.contains(&short) {
            words = words.replace(&short, &whole);
        } else if !words.contains(&whole) && !links.contains(&whole) {
            links.push(whole);
        }
    }
    for media in list("media") {
        if let Some(short) = text(&media, &["url"]) {
            words = words.replace(&short, "");
        }
    }
    match has_words(&words) {
        true => words,
        false => String::new(),
    }
}

fn hashtags(entities: &Value) -> Vec<String> {
    let list = entities.get("hashtags").and_then(Value::as_array);
    let texts = list.into_iter().flatten().filter_map(|it| text(it, &["text", "tag"]));
    texts.map(|it| it.trim_start_matches('#').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(json: &str) -> Vec<String> {
        let post = post(&serde_json::from_str(json).unwrap()).unwrap();
        let about = post.about.iter().map(|(name, value, _)| format!("{name}: {value}"));
        post.lines.iter().map(|it| it.0.clone()).chain(about).collect()
    }

    #[test]
    fn short_addresses_are_expanded_and_retweets_labelled() {
        let json = r#"{"tweet": {"id_str": "7", "full_text": "RT @madar: خبر https://t.co/a https://t.co/p", "entities":
            {"urls": [{"url": "https://t.co/a", "expanded_url": "https://madar.example/1"}], "media": [{"url": "https://t.co/p"}]}}}"#;
        let expected = [
            "RT @madar:",
            "خبر https://madar.example/1",
            "id_str: 7",
            "retweet_of: madar",
            "link: https://x.com/i/web/status/7",
        ];
        assert_eq!(lines(json), expected);
    }

    #[test]
    fn a_list_of_posts_is_known_by_its_fields() {
        assert!(is_archive("window.YTD.tweets.part0 = [ {"));
        assert!(is_archive("[\n  {\n \"tweet\" : {"));
        assert!(is_archive(
            "[{\"created_at\": \"\", \"id_str\": \"\", \"full_text\": \"\"}]"
        ));
        assert!(!is_archive("[{\"title\": \"tweet\"}]"));
    }
}
