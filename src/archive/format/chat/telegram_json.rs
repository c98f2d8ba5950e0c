//! Telegram Desktop's export as JSON: one chat, or all of an account. It may have any length.

use std::fmt;
use std::io::BufRead;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::archive::encoding;
use crate::archive::record::{MAX_BYTES, Outcome, Sink, Stop};

use super::plain::{Scalar, nothing};
use super::stream::{self, Limit, Stream};
use super::telegram::{Chat, Message, Posts, Words};

/// The kinds of chats, as the program names them.
const KINDS: [&str; 10] = [
    "saved_messages",
    "replies",
    "verification_codes",
    "personal_chat",
    "bot_chat",
    "private_group",
    "private_supergroup",
    "public_supergroup",
    "private_channel",
    "public_channel",
];

/// Whether a text of JSON begins as such an export does: with a chat of a known kind and its messages, or with what the
/// program says of an account's data.
pub fn is_export(head: &str) -> bool {
    let text = head.trim_start().strip_prefix('{').unwrap_or_default().trim_start();
    let has_key = |key: &str| head.contains(key);
    if text.starts_with("\"about\"") {
        return has_key("\"personal_information\"") || has_key("\"chats\"") || has_key("\"left_chats\"");
    }
    if ["\"chats\"", "\"left_chats\""].iter().any(|it| text.starts_with(it)) && !has_key("\"text\"") {
        return false;
    }
    let is_chat = ["\"name\"", "\"type\"", "\"id\"", "\"chats\"", "\"left_chats\""]
        .iter()
        .any(|it| text.starts_with(it));
    is_chat && has_key("\"messages\"") && KINDS.iter().any(|it| head.contains(&format!("\"{it}\"")))
}

/// Reads an export.
pub fn read(sink: &mut dyn Sink, bytes: &mut dyn BufRead, head: &[u8]) -> Outcome {
    let encoding = sink.encoding().unwrap_or(encoding::detect(head).0);
    let limit = Limit::default();
    let (bytes, _) = encoding::transcode(bytes, head, Some(encoding), MAX_BYTES);
    let stream = Stream::new(bytes, limit.clone());
    let mut walk = Walk {
        sink,
        posts: Posts::default(),
        chat: Chat::default(),
        encoding: encoding.name(),
        limit,
        stop: None,
    };
    let mut json = serde_json::Deserializer::from_reader(stream);
    let result = Level::Root
        .of(&mut walk)
        .deserialize(&mut json)
        .and_then(|()| json.end());
    let Walk {
        sink,
        mut posts,
        chat,
        encoding,
        stop,
        ..
    } = walk;
    if let Some(stop) = stop {
        return Err(stop);
    }
    // What precedes damage is passed on.
    posts.end(&chat, sink, encoding)?;
    posts.tell(sink);
    result.map_err(stream::stop)
}

/// What is known while an export is gone through.
struct Walk<'a> {
    sink: &'a mut dyn Sink,
    posts: Posts,
    chat: Chat,
    encoding: &'static str,
    limit: Limit,
    stop: Option<Stop>,
}

impl Walk<'_> {
    fn end_chat(&mut self) -> Outcome {
        let outcome = self.posts.end(&self.chat, self.sink, self.encoding);
        self.chat = Chat::default();
        outcome
    }
}

/// Which object or list of an export is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The outermost object: a chat, or an account.
    Root,
    /// `chats` or `left_chats`, which have their chats in a `list`.
    Chats,
    List,
    Chat,
    Messages,
}

impl Level {
    fn of<'w, 'a>(self, walk: &'w mut Walk<'a>) -> Part<'w, 'a> {
        Part { walk, level: self }
    }
}

/// Reads an object or list of an export.
struct Part<'w, 'a> {
    walk: &'w mut Walk<'a>,
    level: Level,
}

impl<'de> DeserializeSeed<'de> for Part<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export of Telegram Desktop")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let Self { walk, level } = self;
        if matches!(level, Level::List | Level::Messages) {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        walk.limit.begin();
        while let Some(Scalar(key)) = map.next_key()? {
            let next = match (level, key.as_deref().unwrap_or_default()) {
                (Level::Root, "chats" | "left_chats") => Some(Level::Chats),
                (Level::Chats, "list") => Some(Level::List),
                (Level::Root | Level::Chat, "messages") => Some(Level::Messages),
                (Level::Root | Level::Chat, "name") => {
                    walk.chat.name = map.next_value::<Scalar>()?.0;
                    continue;
                }
                (Level::Root | Level::Chat, "type") => {
                    walk.chat.kind = map.next_value::<Scalar>()?.0;
                    continue;
                }
                (Level::Root | Level::Chat, "id") => {
                    walk.chat.id = map.next_value::<Scalar>()?.0;
                    continue;
                }
                (Level::Root | Level::Chat, "username") => {
                    walk.chat.username = map.next_value::<Scalar>()?.0;
                    continue;
                }
                _ => None,
            };
            walk.limit.skip();
            match next {
                Some(next) => map.next_value_seed(next.of(walk))?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
            walk.limit.begin();
        }
        if level == Level::Chat
            && let Err(stop) = walk.end_chat()
        {
            walk.stop = Some(stop);
            return Err(M::Error::custom("stopped"));
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        let Self { walk, level } = self;
        match level {
            Level::List => while seq.next_element_seed(Level::Chat.of(walk))?.is_some() {},
            Level::Messages => {
                while let Some(Taken(message)) = stream::next_element(&mut seq, &walk.limit)? {
                    let Some(message) = message else { continue };
                    if let Err(stop) = walk.posts.take(*message, &walk.chat, walk.sink, walk.encoding) {
                        walk.stop = Some(stop);
                        return Err(S::Error::custom("stopped"));
                    }
                }
            }
            Level::Root | Level::Chats | Level::Chat => {
                walk.limit.skip();
                while seq.next_element::<IgnoredAny>()?.is_some() {}
            }
        }
        Ok(())
    }

    nothing!(plain);
}

/// A message; nothing if what stands in its place is no object.
#[derive(Default)]
struct Taken(Option<Box<Message>>);

impl<'de> Deserialize<'de> for Taken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MessageVisitor)
    }
}

/// The fields of a message that are read.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    Id,
    Type,
    Date,
    DateUnixtime,
    From,
    Author,
    ForwardedFrom,
    SavedFrom,
    ReplyToMessageId,
    #[serde(alias = "media_group_id")]
    GroupedId,
    Photo,
    File,
    Poll,
    Text,
    TextEntities,
    #[serde(other)]
    Other,
}

struct MessageVisitor;

impl<'de> Visitor<'de> for MessageVisitor {
    type Value = Taken;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a message")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Taken, M::Error> {
        let mut it = Message::default();
        let mut saved_from = None;
        while let Some(key) = map.next_key()? {
            match key {
                Key::Id => it.id = map.next_value::<Scalar>()?.0,
                // `unsupported` has nothing but its number.
                Key::Type => it.is_service = map.next_value::<Scalar>()?.0.as_deref() == Some("service"),
                Key::Date => it.date = map.next_value::<Scalar>()?.0,
                Key::DateUnixtime => it.unixtime = map.next_value::<Scalar>()?.0,
                Key::From => it.from = map.next_value::<Scalar>()?.0,
                Key::Author => it.author = map.next_value::<Scalar>()?.0,
                Key::ForwardedFrom => it.forwarded_from = map.next_value::<Scalar>()?.0,
                Key::SavedFrom => saved_from = map.next_value::<Scalar>()?.0,
                Key::ReplyToMessageId => it.reply_to = map.next_value::<Scalar>()?.0,
                Key::GroupedId => it.group = map.next_value::<Scalar>()?.0,
                Key::Photo | Key::File => {
                    it.has_media = true;
                    map.next_value::<IgnoredAny>()?;
                }
                Key::Poll => it.poll = map.next_value::<Poll>()?.0,
                Key::Text => it.words = map.next_value::<Pieces>()?.0,
                // The same again, unless a program left the other out.
                Key::TextEntities if it.words.text.is_empty() => it.words = map.next_value::<Pieces>()?.0,
                Key::TextEntities | Key::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        it.forwarded_from = it.forwarded_from.or(saved_from);
        Ok(Taken(Some(Box::new(it))))
    }

    nothing!(list);
    nothing!(plain);
}

/// A text: plain, or a list of plain pieces and of objects with a type and a text.
#[derive(Default)]
struct Pieces(Words);

impl<'de> Deserialize<'de> for Pieces {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut words = Words::default();
        deserializer.deserialize_any(PiecesVisitor(&mut words))?;
        Ok(Self(words))
    }
}

struct PiecesVisitor<'w>(&'w mut Words);

impl<'de> DeserializeSeed<'de> for PiecesVisitor<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PiecesVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or its pieces")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.add("plain", text, None);
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        while seq.next_element_seed(PiecesVisitor(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let (mut kind, mut text, mut href) = (Scalar::default(), Scalar::default(), Scalar::default());
        while let Some(Scalar(key)) = map.next_key()? {
            match key.as_deref().unwrap_or_default() {
                "type" => kind = map.next_value()?,
                "text" => text = map.next_value()?,
                "href" => href = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let kind = kind.0.unwrap_or_default();
        self.0.add(&kind, &text.0.unwrap_or_default(), href.0.as_deref());
        Ok(())
    }

    nothing!(number);
}

/// The question of a poll and its answers, a line each.
#[derive(Default)]
struct Poll(String);

impl<'de> Deserialize<'de> for Poll {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Of an object only the fields that are read; they may be missing.
        #[derive(Default, Deserialize)]
        struct Fields {
            #[serde(default)]
            question: Pieces,
            #[serde(default)]
            answers: Vec<Answer>,
        }
        #[derive(Deserialize)]
        struct Answer {
            #[serde(default)]
            text: Pieces,
        }
        let Fields { question, answers } = Fields::deserialize(deserializer)?;
        let texts = answers.into_iter().map(|it| format!("- {}", it.text.0.text));
        let lines: Vec<String> = std::iter::once(question.0.text).chain(texts).collect();
        Ok(Self(lines.join("\n")))
    }
}
