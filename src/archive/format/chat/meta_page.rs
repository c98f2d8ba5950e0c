//! Posts, comments and messages of Facebook and Instagram as pages, the other form in which their users download them:
//! `your_posts_1.html`, `posts_1.html`, `message_1.html`.
//!
//! Each item is a box with a head (who did what; who writes; on Instagram the words of a post), its words and a foot with its
//! day. The classes of these are the same in all languages, and others before 2021 (seen in programs that read such pages).
//! Times are those of the exporter's clock, without its zone.

use std::path::Path;

use jiff::civil::Date;
use scraper::{ElementRef, Html};

use crate::archive::article::{DatePrecision, Problem};
use crate::archive::date;
use crate::archive::left_out::LeftOut;
use crate::archive::origin::FieldRole;
use crate::archive::phrase;
use crate::archive::reason::Reason;
use crate::archive::record::{Outcome, Sink};

use super::super::tree;
use super::days::{Days, Kind, Said};
use super::page::{is_whole, lines, selector, text_of};
use super::post::Post;
use super::telegram::of_day;

/// The classes of each generation of pages: of its boxes, and of their heads, words and feet.
const CLASSES: [[&str; 4]; 2] = [
    ["_a6-g", "_a6-h", "_a6-p", "_a6-o"],
    ["uiBoxWhite", "_2lek", "_2let", "_2lem"],
];
/// What is within the words and none: reactions, what is known of a picture, what is shown where none can be played.
const NO_WORDS: [&str; 6] = ["ul", "table", "video", "audio", "script", "style"];
/// «Updated Jan 08, 2026 4:41:10 am» has at most this many words. A guess.
const UPDATE_WORDS: usize = 9;

/// Whether a page is of such a download: its styles or its boxes name all classes of a generation.
pub fn is_download(head: &str) -> bool {
    CLASSES
        .iter()
        .any(|of_one| of_one.iter().all(|class| head.contains(class)))
}

/// Reads a page, which was in an encoding with this name. `path` is that of the file.
pub fn read(sink: &mut dyn Sink, page: &str, encoding: &'static str, path: &Path) -> Outcome {
    let document = tree::document(page).map_err(Reason::Beyond)?;
    let items = items(&document);
    if items.is_empty() {
        // A page that leads to the others.
        return Err(Reason::LeftOut(LeftOut::NoArticles).into());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let n_said = items.iter().filter(|it| it.words.is_some_and(is_said)).count();
    match name.starts_with("message") || items.len() < 2 * n_said {
        true => read_chat(sink, &document, &items, encoding)?,
        false => read_posts(sink, &items, encoding)?,
    }
    is_whole(page)
}

/// A box of a page.
struct Item<'p> {
    whole: ElementRef<'p>,
    head: Option<ElementRef<'p>>,
    words: Option<ElementRef<'p>>,
    foot: Option<ElementRef<'p>>,
}

/// The boxes of a page in their order; one that has several within it is none.
fn items(document: &Html) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    for of_one in CLASSES {
        let [boxed, head, words, foot] = of_one.map(|class| selector(&format!(".{class}")));
        let (Some(boxed), Some(head), Some(words), Some(foot)) = (boxed, head, words, foot) else {
            continue;
        };
        for whole in document.select(&boxed) {
            let is_within_last = |last: &Item| whole.ancestors().any(|it| it.id() == last.whole.id());
            let is_around = whole.select(&boxed).next().is_some() && whole.select(&foot).nth(1).is_some();
            if is_around || items.last().is_some_and(is_within_last) {
                continue;
            }
            items.push(Item {
                whole,
                head: whole.select(&head).next(),
                words: whole.select(&words).next(),
                foot: whole.select(&foot).last(),
            });
        }
        if !items.is_empty() {
            break;
        }
    }
    // Above the messages of a group stands who is in it.
    items.retain(|it| it.words.is_some() || it.foot.is_some());
    items
}

/// Whether these are the words of a message: an empty element stands before them.
fn is_said(words: ElementRef<'_>) -> bool {
    let inner = words.child_elements().next();
    let mut parts = inner.into_iter().flat_map(|it| it.child_elements());
    let is_plain = |it: &ElementRef<'_>| it.attr("class").is_none();
    parts.next().is_some_and(|it| is_plain(&it) && !it.has_children()) && parts.next().is_some_and(|it| is_plain(&it))
}

/// The day that a foot states.
fn day(stated: &str) -> Option<Date> {
    let (day, precision) = date::parse_date(stated)?;
    (precision == DatePrecision::Day).then_some(day)
}

/// Reads the messages of a chat, the newest of which stands first.
fn read_chat(sink: &mut dyn Sink, document: &Html, items: &[Item<'_>], encoding: &'static str) -> Outcome {
    let titles = ["h1", "title"].into_iter().filter_map(selector);
    let mut chat = titles.filter_map(|it| document.select(&it).next()).map(text_of);
    let chat = chat.rfind(|it| !it.is_empty());
    let mut said: Vec<(String, String, String)> = items.iter().map(said).collect();
    let days: Vec<Date> = said.iter().filter_map(|(_, stated, _)| day(stated)).collect();
    if days.last() <= days.first() {
        said.reverse();
    }
    let mut days = Days::default();
    for (writer, stated, text) in &said {
        let date = day(stated);
        days.add(&Said {
            date,
            writer: Some(writer.as_str()).filter(|it| !it.is_empty()),
            kind: if text.is_empty() { Kind::Wordless } else { Kind::Words },
            text,
        });
        if date.is_none() && !stated.is_empty() {
            days.note_unreadable(stated);
        }
    }
    days.emit(chat.as_deref(), ["content", "title"], sink, encoding)
}

/// Who says when what.
fn said(item: &Item<'_>) -> (String, String, String) {
    let of_one = |it: Option<ElementRef<'_>>| it.map(text_of).unwrap_or_default();
    let text = item.words.map(|it| lines(it, &NO_WORDS).join("\n"));
    (of_one(item.head), of_one(item.foot), text.unwrap_or_default())
}

fn read_posts(sink: &mut dyn Sink, items: &[Item<'_>], encoding: &'static str) -> Outcome {
    let mut n_wordless = 0_u32;
    for item in items {
        let post = post(item);
        if post.lines.is_empty() {
            n_wordless = n_wordless.saturating_add(1);
        } else {
            sink.emit(post.record(encoding))?;
        }
    }
    sink.leave_out_messages(LeftOut::WordlessMessages { n: n_wordless });
    Ok(())
}

/// The post that a box is. It has no lines if it has no words.
fn post(item: &Item<'_>) -> Post {
    let mut words = item.words.map(|it| lines(it, &NO_WORDS)).unwrap_or_default();
    let mut stated = item.foot.map(text_of).unwrap_or_default();
    words.retain(|line| {
        let is_update =
            phrase::is_update(line) && line.split_whitespace().nth(UPDATE_WORDS).is_none() && day(line).is_some();
        if is_update && day(&stated).is_none() {
            stated.clone_from(line);
        }
        !is_update
    });
    let head = item.head.map(|it| lines(it, &NO_WORDS)).unwrap_or_default();
    let published = day(&stated).map(of_day);
    let mut post = Post {
        published,
        text_field: "post",
        ..Post::default()
    };
    if published.is_none() && !stated.is_empty() {
        post.problems
            .push(Problem::UnreadableDate(stated.chars().take(60).collect()));
    }
    if words.is_empty() && is_of_instagram(item) {
        post.add_text(&head.join("\n"));
    } else {
        post.add_text(&words.join("\n"));
        post.add("title", Some(head.join(" ")), FieldRole::Ignore);
    }
    post.add("date", Some(stated), FieldRole::Date);
    for (name, element) in [("link", item.foot), ("url", item.words)] {
        for address in element.map(addresses).unwrap_or_default() {
            let is_word = post.lines.iter().any(|(line, _)| line.contains(&address));
            post.add(name, Some(address).filter(|_| !is_word), FieldRole::Url);
        }
    }
    post
}

/// Whether an item has pictures as Instagram keeps them; the head says then what the post does.
fn is_of_instagram(item: &Item<'_>) -> bool {
    let elements = item.whole.descendants().filter_map(ElementRef::wrap);
    let mut places = elements.filter_map(|it| it.attr("src").or_else(|| it.attr("href")));
    places.any(|it| it.starts_with("media/") || it.contains("/media/posts/") || it.contains("cdninstagram"))
}

/// The addresses that links in an element lead to, each once.
fn addresses(element: ElementRef<'_>) -> Vec<String> {
    let elements = element.descendants().filter_map(ElementRef::wrap);
    let links = elements
        .filter(|it| it.value().name() == "a")
        .filter_map(|it| it.attr("href"));
    let mut addresses: Vec<String> = Vec::new();
    for link in links.filter(|it| it.starts_with("http")) {
        if !addresses.iter().any(|it| it == link) {
            addresses.push(link.to_owned());
        }
    }
    addresses
}
