//! XML with one article or many: feeds, exports, NewsML and NITF, the TREC collections' SGML.
//!
//! Lenient: elements that are not closed, several outermost elements and bare ampersands are common. An element is a
//! record if the elements below it are the fields of an article and none of them is a record itself.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use crate::archive::bound::Bound;
use crate::archive::encoding;
use crate::archive::origin::FieldRole;
use crate::archive::reason::Reason;
use crate::archive::record::{Outcome, Record, Refusal, Sink};

use super::fields::{self, Fields, Mapping};
use super::html;

/// Elements by which records are known even where they hold little: names of feeds and dumps.
const RECORDS: [&str; 14] = [
    "item", "entry", "doc", "document", "article", "news", "story", "record", "row", "url", "post", "newsitem", "خبر",
    "مقال",
];
/// An element that is open.
struct OpenElement {
    name: String,
    /// Whether it, or one around it, is a field with a text.
    is_in_text: bool,
    text: String,
    fields: Fields,
    /// Whether an element below it was a record.
    has_records: bool,
    /// Whether it has elements below it that are not mark-up of a text.
    has_children: bool,
}

/// Reads the records of a file.
pub fn read(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    // The declaration lies as others do, and is heeded as little.
    let decoded = encoding::decode(bytes, sink.encoding());
    let mut walk = XmlWalk {
        mapping: Mapping::new(sink.field_roles().clone()),
        encoding: decoded.encoding,
        has_errors: decoded.has_errors,
        open: Vec::new(),
        n_emitted: 0,
        is_deep: false,
    };
    let mut xml = quick_xml::Reader::from_str(&decoded.text);
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    walk.start("".to_owned());
    let damage = loop {
        match xml.read_event() {
            Ok(Event::Start(tag)) => {
                if Bound::Nesting.limit() < walk.open.len() {
                    // Most are elements that are never closed: what follows is read as if they were.
                    walk.is_deep = true;
                    while 1 < walk.open.len() {
                        walk.end(sink)?;
                    }
                }
                walk.open_tag(&tag);
            }
            Ok(Event::Empty(tag)) => {
                if walk.open_tag(&tag) {
                    walk.end(sink)?;
                }
            }
            Ok(Event::End(tag)) => {
                let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                walk.close(sink, &name)?;
            }
            Ok(Event::Text(text)) => walk.text(&String::from_utf8_lossy(&text)),
            Ok(Event::CData(text)) => walk.text(&String::from_utf8_lossy(&text)),
            Ok(Event::GeneralRef(name)) => walk.text(&entity(&String::from_utf8_lossy(&name))),
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(err) => break Some(Refusal::damaged_by(err)),
        }
    };
    while 1 < walk.open.len() {
        walk.end(sink)?;
    }
    walk.end(sink)?;
    match damage {
        Some(refusal) => Err(refusal.into()),
        None if walk.is_deep => Err(Reason::Beyond(Bound::Nesting).into()),
        None if walk.n_emitted == 0 => Err(Reason::NoArticles.into()),
        None => Ok(()),
    }
}

struct XmlWalk {
    mapping: Mapping,
    encoding: &'static str,
    has_errors: bool,
    open: Vec<OpenElement>,
    n_emitted: usize,
    /// Whether elements nest deeper than they are followed.
    is_deep: bool,
}

impl XmlWalk {
    fn start(&mut self, name: String) {
        let role = self.mapping.role(&name).map(|(role, _)| role);
        let is_text = matches!(role, Some(FieldRole::Body | FieldRole::Summary)) || name == "body.content";
        self.open.push(OpenElement {
            is_in_text: is_text || self.is_in_text(),
            name,
            text: String::new(),
            fields: Fields::new(),
            has_records: false,
            has_children: false,
        });
    }

    /// Opens an element, unless it is not really one.
    fn open_tag(&mut self, tag: &BytesStart<'_>) -> bool {
        let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            // «3 < 5» in a text.
            self.text(&format!("<{}>", String::from_utf8_lossy(tag)));
            return false;
        }
        let is_markup = html::TAGS.contains(&name.to_lowercase().as_str()) && self.is_in_text();
        if is_markup {
            // Kept as mark-up: the text is read as a page's later.
            self.text(&format!("<{name}>"));
        } else if let Some(parent) = self.open.last_mut() {
            parent.has_children = true;
        }
        self.start(name);
        let mut fields = Fields::new();
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
            let raw = String::from_utf8_lossy(&attribute.value).into_owned();
            // `<link href>`, `<doc date>`, `<meta name content>`: an attribute is a field if its name says so.
            if self.mapping.role(&key).is_some() {
                fields.push((key, unescaped(&raw).into_owned()));
            }
        }
        if !is_markup && let Some(element) = self.open.last_mut() {
            element.fields = fields;
        }
        true
    }

    /// Whether what is open is a field with a text, so that elements of HTML are its mark-up.
    fn is_in_text(&self) -> bool {
        self.open.last().is_some_and(|it| it.is_in_text)
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(text);
        }
    }

    /// Closes the innermost element of a name; those within it were not closed.
    fn close(&mut self, sink: &mut dyn Sink, name: &str) -> Outcome {
        let Some(idx) = self.open.iter().rposition(|it| it.name == name).filter(|it| *it != 0) else {
            return Ok(());
        };
        while idx < self.open.len() {
            self.end(sink)?;
        }
        Ok(())
    }

    fn end(&mut self, sink: &mut dyn Sink) -> Outcome {
        let Some(mut element) = self.open.pop() else {
            return Ok(());
        };
        let is_markup = html::TAGS.contains(&element.name.to_lowercase().as_str()) && self.is_in_text();
        if is_markup && let Some(parent) = self.open.last_mut() {
            parent.text.push_str(&element.text);
            parent.text.push_str(&format!("</{}>", element.name));
            return Ok(());
        }
        let text = element.text.trim();
        if !element.has_children && !text.is_empty() {
            // `<author><name>…`: the outer name says what it is.
            let outer = self.open.last().map(|it| it.name.clone());
            let is_inner = matches!(element.name.as_str(), "name" | "value");
            let name = match outer.filter(|it| is_inner && self.mapping.role(it).is_some()) {
                Some(outer) => outer,
                None => element.name.clone(),
            };
            element.fields.push((name, text.to_owned()));
        } else if !text.is_empty() {
            // Text between elements: of a field with parts it is the field's.
            let name = match self.mapping.role(&element.name) {
                Some((FieldRole::Body | FieldRole::Summary, _)) => element.name.clone(),
                _ => "text".to_owned(),
            };
            if name != "text" || 80 < text.chars().count() {
                element.fields.push((name, text.to_owned()));
            }
        }
        if self.is_record(&element) {
            element.has_records = true;
            let fields = std::mem::take(&mut element.fields);
            self.emit(sink, fields)?;
        }
        if let Some(parent) = self.open.last_mut() {
            parent.has_records |= element.has_records;
            // What is left beside records is theirs to no purpose: a feed's own title.
            if !element.has_records {
                for (name, value) in element.fields {
                    fields::add(&mut parent.fields, name, value, &mut self.mapping);
                }
            }
        }
        Ok(())
    }

    fn is_record(&mut self, element: &OpenElement) -> bool {
        let roles: Vec<FieldRole> = element
            .fields
            .iter()
            .filter_map(|(name, _)| self.mapping.role(name))
            .map(|(role, _)| role)
            .collect();
        let has = |role| roles.contains(&role);
        let n_titles = roles.iter().filter(|it| **it == FieldRole::Title).count();
        let has_text = has(FieldRole::Body) || has(FieldRole::Summary);
        let is_known = RECORDS.contains(&element.name.to_lowercase().as_str());
        // The document itself, where nothing in it was a record.
        let is_outermost = self.open.is_empty() && self.n_emitted == 0;
        let is_article = self
            .mapping
            .is_article(element.fields.iter().map(|(name, _)| name.as_str()));
        !element.has_records
            && element.has_children | self.open.is_empty()
            && (is_known && is_article
                || has(FieldRole::Title) && has_text && n_titles <= 2
                || is_outermost && is_article)
    }

    fn emit(&mut self, sink: &mut dyn Sink, fields: Fields) -> Outcome {
        self.n_emitted += 1;
        sink.emit(Record {
            encoding: self.encoding,
            has_errors: self.has_errors,
            ..fields::record(fields, &mut self.mapping)
        })
    }
}

/// The text of an entity; the entity itself if it is unknown.
fn entity(name: &str) -> Cow<'static, str> {
    let written = format!("&{name};");
    Cow::Owned(unescaped(&written).into_owned())
}

fn unescaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape_with(text, quick_xml::escape::resolve_html5_entity).unwrap_or(Cow::Borrowed(text))
}
