//! Telegram Desktop's export as pages: `messages.html`, `messages2.html` …, with a thousand messages each.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use scraper::{ElementRef, Node};

use crate::archive::left_out::LeftOut;
use crate::archive::reason::Reason;
use crate::archive::record::{Outcome, Sink};

use super::super::text::one_line;
use super::super::tree;
use super::page::{add_spaced, has_class, is_whole, selector, text_of};
use super::telegram::{Chat, Message, Posts, Words, of_day};

/// Whether a page is of such an export: its title is the same in every language.
pub fn is_export(head: &str) -> bool {
    head.contains("<title>Exported Data</title>") && head.contains("class=\"page_wrap")
}

/// Reads a page, which was in an encoding with this name.
pub fn read(sink: &mut dyn Sink, page: &str, encoding: &'static str) -> Outcome {
    let document = tree::document(page).map_err(Reason::Beyond)?;
    let (Some(header), Some(messages)) = (selector("div.page_header div.text"), selector("div.message")) else {
        return Ok(());
    };
    let name = document.select(&header).next().map(text_of);
    let chat = Chat {
        name: name.filter(|it| !it.is_empty()),
        ..Chat::default()
    };
    let mut posts = Posts::default();
    let (mut from, mut forwarded_from) = (None, None);
    for element in document.select(&messages) {
        let Some(mut message) = message(element) else { continue };
        if !message.is_service {
            // Below others of the same writer a message does not name him again.
            let is_joined = has_class(element, "joined");
            let is_forwarded = is_forwarded(element);
            match message.from.clone() {
                Some(it) => from = Some(it),
                None if is_joined => message.from = from.clone(),
                None => from = None,
            }
            match message.forwarded_from.clone() {
                Some(it) => forwarded_from = Some(it),
                None if is_joined && is_forwarded => message.forwarded_from = forwarded_from.clone(),
                None => forwarded_from = None,
            }
        }
        posts.take(message, &chat, sink, encoding)?;
    }
    posts.end(&chat, sink, encoding)?;
    posts.tell(sink);
    match document.select(&messages).next() {
        Some(_) => is_whole(page),
        // A page that lists chats or contacts.
        None => Err(Reason::LeftOut(LeftOut::NoArticles).into()),
    }
}

fn child<'a>(element: ElementRef<'a>, class: &str) -> Option<ElementRef<'a>> {
    element.child_elements().find(|it| has_class(*it, class))
}

/// The message of an element; nothing for the line that names a day, which the program adds with a negative number.
fn message(element: ElementRef<'_>) -> Option<Message> {
    let id = element.attr("id").and_then(|it| it.strip_prefix("message"));
    if id.is_some_and(|it| it.starts_with('-')) {
        return None;
    }
    let mut message = Message {
        id: id.map(str::to_owned),
        is_service: has_class(element, "service"),
        ..Message::default()
    };
    let body = child(element, "body")?;
    if message.is_service {
        return Some(message);
    }
    let date = child(body, "date").and_then(|it| it.attr("title"));
    message.published = date.and_then(stated_day).map(of_day);
    message.date = date.map(str::to_owned);
    message.from = child(body, "from_name").map(name_of);
    let mut inner = body;
    if let Some(forwarded) = child(body, "forwarded").and_then(|it| match has_class(it, "body") {
        true => Some(it),
        // The picture of whom it came from stands before it.
        false => body
            .child_elements()
            .find(|it| has_class(*it, "forwarded") && has_class(*it, "body")),
    }) {
        message.forwarded_from = child(forwarded, "from_name").map(name_of);
        inner = forwarded;
    }
    message.reply_to = child(inner, "reply_to").and_then(replied);
    if let Some(media) = child(inner, "media_wrap") {
        match child(media, "media_poll") {
            Some(poll) => message.poll = poll_text(poll),
            None => message.has_media = true,
        }
    }
    if let Some(text) = child(inner, "text") {
        message.words = words(text);
    }
    Some(message)
}

fn is_forwarded(element: ElementRef<'_>) -> bool {
    let body = child(element, "body");
    body.is_some_and(|it| {
        it.child_elements()
            .any(|it| has_class(it, "forwarded") && has_class(it, "body"))
    })
}

/// The number of the message that another answers.
fn replied(element: ElementRef<'_>) -> Option<String> {
    let link = element.child_elements().find_map(|it| it.attr("href"))?;
    let (_, id) = link.rsplit_once("go_to_message")?;
    Some(id.to_owned())
}

/// The day of `14.03.2024 23:05:11 UTC+03:00`, in UTC as that of the other form of the export; older programs wrote no
/// zone. The zone is that of winter, for the program asks for it so, and an hour off in summer.
fn stated_day(title: &str) -> Option<Date> {
    let mut parts = title.split_whitespace();
    let numbers: Vec<i16> = parts.next()?.split('.').filter_map(|it| it.parse().ok()).collect();
    let [day, month, year] = numbers[..] else { return None };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let time: Option<Time> = parts.next().and_then(|it| it.parse().ok());
    let zone = parts.next().and_then(|it| it.strip_prefix("UTC")).and_then(offset);
    let utc = time
        .zip(zone)
        .and_then(|(time, zone)| in_utc(date.to_datetime(time), zone));
    Some(utc.unwrap_or(date))
}

fn in_utc(local: DateTime, zone: Offset) -> Option<Date> {
    let instant: Timestamp = zone.to_timestamp(local).ok()?;
    Some(Offset::UTC.to_datetime(instant).date())
}

/// The offset `+03:00`; none is that of UTC itself.
fn offset(text: &str) -> Option<Offset> {
    if text.is_empty() {
        return Some(Offset::UTC);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':').unwrap_or((text.get(1..)?, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    Offset::from_seconds(sign * (hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?)).ok()
}

/// A name, without the day on which a forwarded message was written, which stands beside it.
fn name_of(element: ElementRef<'_>) -> String {
    let texts = element
        .children()
        .filter_map(|it| it.value().as_text().map(|it| it.to_string()));
    let name = one_line(&texts.collect::<String>());
    match name.split_once(" via @") {
        Some((name, _bot)) => name.to_owned(),
        None => name,
    }
}

fn poll_text(poll: ElementRef<'_>) -> String {
    let lines = poll.child_elements();
    let lines = lines.filter(|it| has_class(*it, "question") || has_class(*it, "answer"));
    let own = |it: ElementRef<'_>| {
        let texts = it.children().filter(|it| {
            let is_count = ElementRef::wrap(*it).is_some_and(|it| has_class(it, "details"));
            !is_count
        });
        let texts = texts.flat_map(|it| {
            it.descendants()
                .filter_map(|it| it.value().as_text().map(|it| it.to_string()))
        });
        one_line(&texts.collect::<String>())
    };
    lines.map(own).collect::<Vec<_>>().join("\n")
}

/// The words of a message. Its lines end where the mark-up says so.
fn words(element: ElementRef<'_>) -> Words {
    let mut words = Words::default();
    let mut last_block = None;
    for node in element.descendants() {
        match node.value() {
            Node::Text(text) => {
                let blocks = node.ancestors().take_while(|it| it.id() != element.id());
                let mut blocks = blocks.filter_map(ElementRef::wrap);
                let block = blocks.find(|it| matches!(it.value().name(), "blockquote" | "pre"));
                if block.map(|it| it.id()) != last_block {
                    words.text.push('\n');
                    last_block = block.map(|it| it.id());
                }
                match block.is_some_and(|it| it.value().name() == "pre") {
                    true => words.text.push_str(text),
                    false => add_spaced(&mut words.text, text),
                }
            }
            Node::Element(it) if it.name() == "br" => words.text.push('\n'),
            Node::Element(it) if it.name() == "a" => {
                if let Some(link) = ElementRef::wrap(node) {
                    note_link(&mut words, link);
                }
            }
            _ => {}
        }
    }
    words
}

/// Notes what a link says beside its words: that they are a hashtag, or where it leads.
fn note_link(words: &mut Words, link: ElementRef<'_>) {
    let text = link.text().collect::<String>();
    let is_hashtag = link.attr("onclick").is_some_and(|it| it.contains("ShowHashtag("));
    // The words themselves are added as they are met.
    let mut noted = Words::default();
    noted.add(if is_hashtag { "hashtag" } else { "link" }, &text, link.attr("href"));
    words.hashtags.append(&mut noted.hashtags);
    words.links.append(&mut noted.links);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_utc() {
        let check = |title: &str, day: &str| {
            assert_eq!(
                stated_day(title).map(|it| it.to_string()).unwrap_or_default(),
                day,
                "{title}"
            );
        };
        check("14.03.2024 23:05:11 UTC+03:00", "2024-03-14");
        check("15.03.2024 01:30:00 UTC+03:00", "2024-03-14");
        check("14.03.2024 23:30:00 UTC-05:00", "2024-03-15");
        check("15.03.2024 01:30:00 UTC", "2024-03-15");
        check("15.03.2024 01:30:00", "2024-03-15");
        check("15.03.2024", "2024-03-15");
        check("yesterday", "");
        check("99.99.2024 01:30:00 UTC+99:99", "");
    }
}
