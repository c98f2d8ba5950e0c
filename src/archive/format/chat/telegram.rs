//! Messages of Telegram, of either form of Telegram Desktop's export: which are articles, which belong together, on which
//! day they were written.
//!
//! What the forms hold is in the program's sources (`Telegram/SourceFiles/export/output`, 6.1). They do not say which
//! messages are one album, nor what a public channel is called in addresses.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::archive::article::{DatePrecision, DateProvenance, Problem, PublicationDate};
use crate::archive::left_out::LeftOut;
use crate::archive::origin::FieldRole;
use crate::archive::record::{Outcome, Sink};

use super::post::{Post, has_words};

/// An album has at most so many pictures: the limit of Telegram's own programs.
const ALBUM: i64 = 10;
/// So many addresses behind words are kept. A guess.
const MOST_LINKS: usize = 50;

/// What is known of the chat that messages are of.
#[derive(Clone, Debug, Default)]
pub struct Chat {
    pub name: Option<String>,
    /// As the program says it: `public_channel`, `private_group` ….
    pub kind: Option<String>,
    pub id: Option<String>,
    /// The name in addresses, if the export has it. Telegram Desktop does not write it.
    pub username: Option<String>,
}

impl Chat {
    /// The address of one of its messages. Those in channels and large groups have one; without the name of a channel, it
    /// leads there only who is a member.
    fn address(&self, message: &str) -> Option<String> {
        if let Some(name) = &self.username {
            return Some(format!("https://t.me/{}/{message}", name.trim_start_matches('@')));
        }
        let kind = self.kind.as_deref()?;
        let id = self.id.as_deref()?;
        // Programs that are not Telegram Desktop write the id of a channel behind -100.
        let id = id.strip_prefix("-100").unwrap_or(id);
        let has_address = kind.ends_with("channel") || kind.ends_with("supergroup");
        let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
        (has_address && is_number(id) && is_number(message)).then(|| format!("https://t.me/c/{id}/{message}"))
    }
}

/// The words of a message, with what its program knows of them.
#[derive(Debug, Default)]
pub struct Words {
    pub text: String,
    /// Without the sign.
    pub hashtags: Vec<String>,
    /// The addresses behind words.
    pub links: Vec<String>,
}

impl Words {
    /// Adds a piece of the text of a kind, as the program names them, and the address behind it.
    pub fn add(&mut self, kind: &str, text: &str, href: Option<&str>) {
        self.text.push_str(text);
        if kind == "hashtag" {
            let tag = text.trim().trim_start_matches('#');
            // «#خبر@channel» searches one channel only.
            self.hashtags.push(tag.split('@').next().unwrap_or(tag).to_owned());
        }
        if let Some(href) = href
            && href.contains("://")
            && href != text.trim()
            && self.links.len() < MOST_LINKS
        {
            self.links.push(href.to_owned());
        }
    }

    fn is_empty(&self) -> bool {
        !has_words(&self.text)
    }
}

/// A message.
#[derive(Debug, Default)]
pub struct Message {
    pub id: Option<String>,
    /// By the service itself, and by nobody: who joined, what was pinned.
    pub is_service: bool,
    pub date: Option<String>,
    pub unixtime: Option<String>,
    pub published: Option<PublicationDate>,
    pub from: Option<String>,
    /// The signature below a channel's post.
    pub author: Option<String>,
    pub forwarded_from: Option<String>,
    pub reply_to: Option<String>,
    /// The number of its album, which other programs write.
    pub group: Option<String>,
    pub has_media: bool,
    pub words: Words,
    /// The question of a poll, and its answers, a line each.
    pub poll: String,
}

impl Message {
    fn has_words(&self) -> bool {
        !self.words.is_empty() || has_words(&self.poll)
    }
}

/// Takes messages in the order of the export, and passes on their articles.
#[derive(Default)]
pub struct Posts {
    run: Run,
    n_service: u32,
    n_wordless: u32,
}

/// The messages of what may be one album: pictures of one writer and one second, with numbers close to each other.
#[derive(Default)]
struct Run {
    /// The message with words, or the first.
    message: Option<Message>,
    last_id: Option<i64>,
    /// How many messages it has, none of them with words if so.
    n: u32,
}

impl Posts {
    /// Takes a message of a chat.
    pub fn take(&mut self, message: Message, chat: &Chat, sink: &mut dyn Sink, encoding: &'static str) -> Outcome {
        if message.is_service {
            self.n_service = self.n_service.saturating_add(1);
            return Ok(());
        }
        let id = message.id.as_deref().and_then(|it| it.parse().ok());
        let Some(before) = self
            .run
            .message
            .as_mut()
            .filter(|it| belongs(it, self.run.last_id, &message, id))
        else {
            self.end(chat, sink, encoding)?;
            self.run = Run {
                message: Some(message),
                last_id: id,
                n: 1,
            };
            return Ok(());
        };
        self.run.last_id = id;
        self.run.n += 1;
        if !before.has_words() {
            *before = message;
        } else if message.has_words() {
            before.words.text.push('\n');
            before.words.text.push_str(&message.words.text);
            before.words.hashtags.extend(message.words.hashtags);
            before.words.links.extend(message.words.links);
        }
        Ok(())
    }

    /// Passes on what is still held: the messages of a chat are all taken.
    pub fn end(&mut self, chat: &Chat, sink: &mut dyn Sink, encoding: &'static str) -> Outcome {
        let run = std::mem::take(&mut self.run);
        match run.message {
            Some(message) if message.has_words() => sink.emit(post(message, chat).record(encoding)),
            Some(_) => {
                self.n_wordless = self.n_wordless.saturating_add(run.n);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Tells what was left out.
    pub fn tell(&self, sink: &mut dyn Sink) {
        sink.leave_out_messages(LeftOut::ServiceMessages { n: self.n_service });
        sink.leave_out_messages(LeftOut::WordlessMessages { n: self.n_wordless });
    }
}

/// Whether a message is of the same album as the one before it. Telegram Desktop marks none: pictures of one writer, one
/// second and following numbers are one as long as no more than one of them has words. Several with words may be one
/// album, or posts that a program sent or somebody forwarded at once; these stay apart.
fn belongs(before: &Message, last_id: Option<i64>, message: &Message, id: Option<i64>) -> bool {
    if message.group.is_some() || before.group.is_some() {
        return message.group == before.group;
    }
    let is_next = last_id.zip(id).is_some_and(|(last, id)| last < id && id - last < ALBUM);
    let time = |it: &Message| it.unixtime.clone().or_else(|| it.date.clone());
    is_next
        && before.has_media
        && message.has_media
        && !(before.has_words() && message.has_words())
        && time(before).is_some()
        && time(before) == time(message)
        && before.from == message.from
        && before.forwarded_from == message.forwarded_from
}

/// The article of a message.
fn post(message: Message, chat: &Chat) -> Post {
    let by_channel = |it: &String| Some(it) != chat.name.as_ref();
    let writer = message.author.clone().or_else(|| message.forwarded_from.clone());
    let date = message
        .unixtime
        .as_deref()
        .or(message.date.as_deref())
        .unwrap_or_default();
    let published = message
        .published
        .or_else(|| published(message.date.as_deref(), message.unixtime.as_deref()));
    let mut post = Post {
        published,
        // «Saved Messages» have no name; what is in them came from elsewhere.
        source: chat.name.clone().or_else(|| message.forwarded_from.clone()),
        byline: writer.or_else(|| message.from.clone().filter(&by_channel)),
        keywords: message.words.hashtags,
        text_field: "text",
        ..Post::default()
    };
    if published.is_none() && !date.is_empty() {
        post.problems
            .push(Problem::UnreadableDate(date.chars().take(60).collect()));
    }
    post.add_text(&message.words.text);
    post.add_text(&message.poll);
    let address = message.id.as_deref().and_then(|id| chat.address(id));
    post.add("id", message.id, FieldRole::Ignore);
    let is_date = message.unixtime.is_none();
    let role = if is_date { FieldRole::Date } else { FieldRole::Ignore };
    post.add("date", message.date, role);
    post.add("date_unixtime", message.unixtime, FieldRole::Date);
    post.add("name", chat.name.clone(), FieldRole::Source);
    post.add("from", message.from.filter(by_channel), FieldRole::Byline);
    post.add("author", message.author, FieldRole::Byline);
    post.add("forwarded_from", message.forwarded_from, FieldRole::Byline);
    post.add("reply_to_message_id", message.reply_to, FieldRole::Ignore);
    post.add("link", address, FieldRole::Url);
    for link in message.words.links {
        post.add("text_link", Some(link), FieldRole::Url);
    }
    post
}

/// The day of a message.
///
/// `date_unixtime` decides, in UTC as every number of seconds: so the day does not depend on who exported the chat. `date` is
/// the time on the exporter's clock, without its zone. Where the two are no one instant on any clock of the world, so that
/// one of them is wrong, and in exports before 2022, which lack the number, it is the day that `date` states.
pub fn published(date: Option<&str>, unixtime: Option<&str>) -> Option<PublicationDate> {
    let local: Option<DateTime> = date.and_then(|it| it.trim().parse().ok());
    let secs = unixtime
        .and_then(|it| it.trim().parse::<i64>().ok())
        .filter(|it| 0 < *it);
    let utc = secs.and_then(|it| Timestamp::from_second(it).ok());
    let utc = utc.map(|it| Offset::UTC.to_datetime(it));
    match (local, utc) {
        (Some(local), Some(utc)) if !is_on_one_clock(local, utc) => Some(local.date()),
        (_, Some(utc)) => Some(utc.date()),
        (Some(local), None) => Some(local.date()),
        (None, None) => None,
    }
    .map(of_day)
}

/// A day that a field states.
pub fn of_day(date: Date) -> PublicationDate {
    PublicationDate {
        date,
        precision: DatePrecision::Day,
        provenance: DateProvenance::Metadata,
    }
}

/// Whether a time is another as some clock shows it: zones differ by quarters of an hour, from 12 behind to 14 ahead.
fn is_on_one_clock(local: DateTime, utc: DateTime) -> bool {
    const QUARTER: i64 = 15 * 60;
    let secs = local.duration_since(utc).as_secs();
    secs % QUARTER == 0 && (-12 * 3600..=14 * 3600).contains(&secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, unixtime: &str, expected: &str) {
        let stated = |it: &'static str| Some(it).filter(|it| !it.is_empty());
        let (date, unixtime) = (date.to_owned().leak(), unixtime.to_owned().leak());
        let found = published(stated(date), stated(unixtime)).map(|it| it.date.to_string());
        assert_eq!(found.unwrap_or_default(), expected, "{date} {unixtime}");
    }

    #[test]
    fn the_number_of_seconds_decides_unless_the_two_contradict_each_other() {
        check("2024-03-14T23:05:11", "1710446711", "2024-03-14");
        // Half past one in Riyadh is half past ten in the evening before in UTC.
        check("2024-03-15T01:30:00", "1710455400", "2024-03-14");
        check("2024-03-15T01:30:00", "", "2024-03-15");
        check("", "1710455400", "2024-03-14");
        check("2023-12-14T09:15:00", "1700000000", "2023-12-14");
        check("2023-12-14T09:15:00", "0", "2023-12-14");
        check("later", "x", "");
    }

    #[test]
    fn messages_of_channels_have_addresses() {
        let chat = |kind: &str, id: &str, username: Option<&str>| Chat {
            name: None,
            kind: Some(kind.to_owned()),
            id: Some(id.to_owned()),
            username: username.map(str::to_owned),
        };
        let check = |chat: Chat, expected: Option<&str>| assert_eq!(chat.address("7").as_deref(), expected);
        check(chat("public_channel", "12", None), Some("https://t.me/c/12/7"));
        check(chat("private_supergroup", "-10012", None), Some("https://t.me/c/12/7"));
        check(
            chat("public_channel", "12", Some("@madar")),
            Some("https://t.me/madar/7"),
        );
        check(chat("private_group", "12", None), None);
        check(chat("personal_chat", "12", None), None);
    }
}
