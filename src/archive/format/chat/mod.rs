//! What people wrote to each other and to all, as the makers of chats and platforms hand it out: Telegram, WhatsApp, X,
//! Facebook, Instagram.
//!
//! A post becomes an article; of the messages of a chat in which people talk (WhatsApp, Messenger) those of a day are one,
//! with the writers named at their messages. What the service itself says (who joined, what was pinned) and pictures without
//! words are no articles; they are counted.
//!
//! | file | is |
//! |---|---|
//! | `post` | a post, and the record that it becomes |
//! | `stream` | JSON of any length, value by value, within bounds |
//! | `plain` | values of JSON that may have any type |
//! | `telegram` | messages of Telegram: which words they have, which belong together, on which day |
//! | `telegram_json`, `telegram_page` | the two forms of Telegram Desktop's export |
//! | `days` | the messages of a chat by days |
//! | `tweets` | posts of X |
//! | `meta`, `meta_page` | posts, comments and messages of Facebook and Instagram, in the two forms of their downloads |
//! | `page` | what the pages of exports have in common |
//! | `whatsapp`, `whatsapp_line` | WhatsApp's export; where a message begins, and on which day |

mod days;
mod meta;
mod meta_page;
mod page;
mod plain;
mod post;
mod stream;
mod telegram;
mod telegram_json;
mod telegram_page;
mod tweets;
mod whatsapp;
mod whatsapp_line;

use std::path::Path;

use crate::archive::record::{Outcome, Sink};

pub use meta::is_download as is_meta;
pub use meta_page::is_download as is_meta_page;
pub use telegram_json::{is_export as is_telegram_json, read as read_telegram_json};
pub use telegram_page::{is_export as is_telegram_page, read as read_telegram_page};
pub use tweets::{is_archive as is_tweets, read as read_tweets};
pub use whatsapp::{is_export as is_whatsapp, read as read_whatsapp};

/// Reads a download of Facebook or Instagram, in either of its forms; `path` is that of the file.
pub fn read_meta(sink: &mut dyn Sink, text: &str, encoding: &'static str, path: &Path) -> Outcome {
    match is_page(text.as_bytes()) {
        true => meta_page::read(sink, text, encoding, path),
        false => meta::read(sink, text, encoding),
    }
}

/// Whether a file that begins with `head` is a page.
pub fn is_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"<")
}
