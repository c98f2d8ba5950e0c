//! Pages saved by Safari: a property list with the page, what it loads, and the pages within it.

use std::io::Cursor;

use plist::stream::{Event, Reader};

use crate::archive::encoding::{self, TextEncoding};
use crate::archive::pictures::PictureSource;
use crate::archive::reason::{Damage, Reason};
use crate::archive::record::{Content, MAX_BYTES, Outcome, Record, Refusal, Sink, Stop};

use super::{html, page_pictures};

/// A list may name a value many times: so many values of it, and so many bytes, are gone through. A page has some hundred
/// parts; ten times the longest that is read.
const MAX_VALUES: usize = 1_000_000;
const MAX_READ: u64 = 10 * MAX_BYTES;

/// The field that has a page's address.
const ADDRESS: &str = "WebResourceURL";

/// A page.
#[derive(Default)]
struct Page {
    content: Vec<u8>,
    address: String,
    kind: String,
    encoding: String,
}

/// Reads a saved page: an article. The pages within it are read if it has no text of its own, as one of frames has none.
pub fn read(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    let Pages {
        page,
        within,
        others,
        n_others,
        damage,
    } = pages(sink, bytes)?;
    let n_before = sink.n_articles();
    read_page(sink, &page, &others)?;
    let mut n_left_out = n_others;
    if sink.n_articles() == n_before {
        for page in &within {
            read_page(sink, page, &others)?;
        }
    } else {
        n_left_out += within.len();
    }
    sink.leave_out_more(n_left_out);
    damage.map_or(Ok(()), |it| Err(it.into()))
}

fn read_page(sink: &mut dyn Sink, page: &Page, others: &[Page]) -> Outcome {
    let is_page = page.kind.is_empty() || page.kind.contains("html") || page.kind.starts_with("text/plain");
    if !is_page {
        return sink.read_member(&page.address, &mut page.content.as_slice());
    }
    let decoded = match (sink.encoding(), TextEncoding::for_label(&page.encoding)) {
        (None, Some(declared)) => encoding::decode_declared(&page.content, declared),
        (given, _) => encoding::decode(&page.content, given),
    };
    let (content, hints) = match page.kind.starts_with("text/plain") {
        true => (Content::Text(decoded.text), Default::default()),
        false => {
            let (lines, mut hints) = html::lines(&decoded.text);
            let names = others.iter().enumerate().map(|(idx, it)| (it.address.clone(), idx));
            let take = |idx: usize| {
                others
                    .get(idx)
                    .map(|it| PictureSource::of_part(&it.kind, &it.content, false))
            };
            page_pictures::find_parts(&mut hints.pictures, &names.collect(), take);
            (Content::Lines(lines), hints)
        }
    };
    let mut record = Record {
        content,
        hints,
        encoding: decoded.encoding,
        has_errors: decoded.has_errors,
        fields: Vec::new(),
    };
    record.set_address(ADDRESS, &page.address);
    sink.emit(record)
}

/// What is in a list.
struct Pages {
    page: Page,
    /// The pages within it.
    within: Vec<Page>,
    /// The other parts, if the pictures among them are wanted.
    others: Vec<Page>,
    /// How many other parts there are.
    n_others: usize,
    /// What is wrong behind the page.
    damage: Option<Refusal>,
}

fn pages(sink: &dyn Sink, bytes: &[u8]) -> Result<Pages, Stop> {
    let mut place = Place::default();
    let (mut page, mut within, mut others, mut n_others) = (Page::default(), Vec::new(), Vec::new(), 0);
    let mut damage = None;
    let mut n_read = 0;
    for (n, event) in Reader::new(Cursor::new(bytes)).enumerate() {
        let event = match event {
            Ok(event) => event,
            Err(err) => {
                damage = Some(Refusal::damaged_by(err));
                break;
            }
        };
        n_read += match &event {
            Event::Data(data) => data.len() as u64,
            Event::String(text) => text.len() as u64,
            _ => 0,
        };
        if MAX_VALUES < n || MAX_READ < n_read {
            return Err(Reason::TooLarge { limit: MAX_READ }.into());
        }
        sink.check_size(0)?;
        let is_value = place.step(&event);
        let names: Vec<&str> = place.names.iter().map(String::as_str).collect();
        let (page, name) = match names.as_slice() {
            ["WebSubframeArchives", "", ""] if !is_value && matches!(event, Event::StartDictionary(_)) => {
                within.push(Page::default());
                continue;
            }
            ["WebSubresources", "", ""] if !is_value && matches!(event, Event::StartDictionary(_)) => {
                others.extend(sink.wants_pictures().then(Page::default));
                continue;
            }
            ["WebSubresources", "", name] if is_value => {
                n_others += usize::from(*name == "WebResourceData");
                (others.last_mut(), *name)
            }
            ["WebMainResource", name] if is_value => (Some(&mut page), *name),
            ["WebSubframeArchives", "", "WebMainResource", name] if is_value => (within.last_mut(), *name),
            _ => continue,
        };
        let Some(page) = page else { continue };
        match (name, event) {
            ("WebResourceData", Event::Data(data)) => page.content = data.into_owned(),
            (ADDRESS, Event::String(text)) => page.address = text.into_owned(),
            ("WebResourceMIMEType", Event::String(text)) => page.kind = text.to_lowercase(),
            ("WebResourceTextEncodingName", Event::String(text)) => page.encoding = text.into_owned(),
            _ => {}
        }
    }
    // The library says nothing of XML that ends between two elements.
    if !place.around.is_empty() {
        damage.get_or_insert(Damage::CutOff.into());
    }
    if page.content.is_empty() {
        return Err(damage.unwrap_or(Damage::NoPage.into()).into());
    }
    Ok(Pages {
        page,
        within,
        others,
        n_others,
        damage,
    })
}

/// Where in a property list one is.
#[derive(Default)]
struct Place {
    /// The dictionaries and lists around: whether it is a dictionary.
    around: Vec<bool>,
    /// The names under which they and the value stand; empty in lists.
    names: Vec<String>,
    /// Whether the name of a value comes next.
    is_name_next: bool,
}

impl Place {
    /// Goes on; returns whether this is a value, which stands under `names`.
    fn step(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::StartDictionary(_) | Event::StartArray(_) => {
                self.is_name_next = matches!(event, Event::StartDictionary(_));
                self.around.push(self.is_name_next);
                self.names.push(String::new());
                return false;
            }
            Event::EndCollection => {
                self.around.pop();
                self.names.pop();
            }
            Event::String(name) if self.is_name_next => {
                if let Some(last) = self.names.last_mut() {
                    name.as_ref().clone_into(last);
                }
                self.is_name_next = false;
                return false;
            }
            _ => {}
        }
        self.is_name_next = self.around.last() == Some(&true);
        !matches!(event, Event::EndCollection)
    }
}
