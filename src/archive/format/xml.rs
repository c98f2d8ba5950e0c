//! XML with one article or many: feeds, exports, NewsML and NITF, the TREC collections' SGML.
//!
//! Lenient: elements that are not closed, several outermost elements and bare ampersands are common. An element is a
//! record if the elements below it are the fields of an article and none of them is a record itself.
//!
//! What is called `article`, `story` or `content` may be a text or hold the fields of one, which only its end shows: within
//! it both are gathered, the text with its mark-up and the fields. Paragraphs (`p`, DocBook's `para`) are text wherever they
//! stand; within them every element is a part of the line.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use crate::archive::bound::Bound;
use crate::archive::encoding;
use crate::archive::left_out::LeftOut;
use crate::archive::origin::FieldRole;
use crate::archive::reason::Reason;
use crate::archive::record::{Outcome, Record, Refusal, Sink};

use super::day_order::DayOrders;
use super::fields::{self, Fields, Mapping};
use super::xml_names::{
    ABOUT, BLOCKS, CAPTION, DAYS, DOCUMENTS, FEEDS, HEADINGS, INLINE, MEDIA, MEDIA_DESCRIPTION, NAMED, NO_POSTS,
    PARAGRAPHS, PARTS, PICTURES, POST_TYPE, RECORDS, SECTIONS, STRAY,
};
use super::xml_news::{self, News};
use super::{html, office};

/// An element that is open.
struct OpenElement {
    name: String,
    /// What its tags are called: `<field name="title">`.
    tag: String,
    /// Whether it, or one around it, may be a field with a text.
    is_in_text: bool,
    /// Whether it, or one around it, is a paragraph.
    is_in_paragraph: bool,
    /// Its own text, without that of elements in it.
    text: String,
    /// All of its text with its mark-up, where that may be a field.
    markup: String,
    fields: Fields,
    /// Whether an element below it was a record.
    has_records: bool,
    /// Whether it has elements below it.
    has_children: bool,
    /// Whether a title and a paragraph are among its fields.
    has_title: bool,
    has_paragraphs: bool,
    /// Whether it was found to be a text, with what is in it.
    is_text: bool,
}

impl OpenElement {
    fn is_one_of(&self, names: &[&str]) -> bool {
        names.contains(&self.name.to_lowercase().as_str())
    }

    /// Its text, with mark-up if it has any.
    fn content(&self) -> &str {
        if self.is_in_text { &self.markup } else { &self.text }
    }
}

/// Reads the records of a file.
pub fn read(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    // The declaration lies as others do, and is heeded as little.
    let decoded = encoding::decode(bytes, sink.encoding());
    if let Some(document) = flat_document(&decoded.text) {
        return office::read_flat(sink, document);
    }
    let mut walk = XmlWalk {
        mapping: Mapping::new(sink.field_roles().clone()),
        encoding: decoded.encoding,
        has_errors: decoded.has_errors,
        open: Vec::new(),
        n_emitted: 0,
        news: News::default(),
        n_others: 0,
        orders: DayOrders::default(),
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
                walk.close(sink, &element_name(tag.name()))?;
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
    walk.orders.finish(sink, Ok(()))?;
    sink.leave_out_messages(LeftOut::OtherRecords { n: walk.n_others });
    match damage {
        Some(refusal) => Err(refusal.into()),
        None if walk.is_deep => Err(Reason::Beyond(Bound::Nesting).into()),
        None if walk.n_emitted == 0 && walk.n_others == 0 => Err(Reason::NoArticles.into()),
        None => Ok(()),
    }
}

struct XmlWalk {
    mapping: Mapping,
    encoding: &'static str,
    has_errors: bool,
    open: Vec<OpenElement>,
    n_emitted: usize,
    /// What NewsML and NITF say of the item that is open.
    news: News,
    /// How many records are no articles.
    n_others: u32,
    orders: DayOrders,
    /// Whether elements nest deeper than they are followed.
    is_deep: bool,
}

impl XmlWalk {
    fn start(&mut self, name: String) {
        let lower = name.to_lowercase();
        let role = self.mapping.role(&name).map(|(role, _)| role);
        let is_paragraph = PARAGRAPHS.contains(&lower.as_str());
        let is_text = is_paragraph
            || matches!(
                role,
                Some(FieldRole::Body | FieldRole::Summary | FieldRole::Title | FieldRole::Caption | FieldRole::Ignore)
            )
            || name == "body.content";
        // What is never closed does not reach into the next document.
        let outer = self
            .open
            .last()
            .filter(|_| !matches!(lower.as_str(), "doc" | "document" | "record" | "newsitem"));
        self.open.push(OpenElement {
            is_in_text: is_text || outer.is_some_and(|it| it.is_in_text),
            is_in_paragraph: is_paragraph || outer.is_some_and(|it| it.is_in_paragraph),
            tag: name.clone(),
            name,
            text: String::new(),
            markup: String::new(),
            fields: Fields::new(),
            has_records: false,
            has_children: false,
            has_title: false,
            has_paragraphs: false,
            is_text: false,
        });
    }

    /// Opens an element, unless it is not really one.
    fn open_tag(&mut self, tag: &BytesStart<'_>) -> bool {
        let name = element_name(tag.name());
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            // «3 < 5» in a text.
            self.text(&format!("<{}>", String::from_utf8_lossy(tag)));
            return false;
        }
        if let Some(parent) = self.open.last_mut() {
            parent.has_children = true;
        }
        let is_within_text = self.open.last().is_some_and(|it| it.is_in_text);
        let called = match NAMED.contains(&name.as_str()) {
            true => tag.try_get_attribute("name").ok().flatten(),
            false => None,
        };
        let called = called.map(|it| unescaped(&String::from_utf8_lossy(&it.value)).into_owned());
        let around = self.open.last().map_or("", |it| &it.tag);
        let called = called.or_else(|| self.news.called(tag, &name, around));
        self.start(called.filter(|it| !it.is_empty()).unwrap_or_else(|| name.clone()));
        let is_news = self.news.is_on;
        let around = self.open.iter().rev().nth(1).map(|it| it.tag.to_lowercase());
        let Some(element) = self.open.last_mut() else {
            return true;
        };
        element.tag = name;
        // Those of mark-up say nothing of the article.
        let is_markup = element.is_in_paragraph || element.is_one_of(html::TAGS);
        if is_within_text && is_markup && !element.is_one_of(&RECORDS) {
            return true;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
            let is_taken = key == "name" && element.name != element.tag;
            if attribute.key.as_namespace_binding().is_some() || is_taken {
                continue;
            }
            let raw = String::from_utf8_lossy(&attribute.value).into_owned();
            let around = around.as_deref().unwrap_or_default();
            let in_news = || xml_news::attribute(around, &element.tag.to_lowercase(), &key.to_lowercase());
            let key = match is_news.then(in_news).flatten() {
                Some(field) => field.to_owned(),
                None if DAYS.contains(&key.as_str()) => "date".to_owned(),
                None => key,
            };
            // `<link href>`, `<doc date>`, `<meta name content>`: an attribute is a field if its name says so.
            if let Some((role, _)) = self.mapping.role(&key) {
                element.has_title |= role == FieldRole::Title;
                element.fields.push((key, unescaped(&raw).into_owned()));
            }
        }
        true
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(text);
            if element.is_in_text {
                element.markup.push_str(text);
            }
        }
    }

    /// Closes the innermost element of a name; those within it were not closed.
    fn close(&mut self, sink: &mut dyn Sink, name: &str) -> Outcome {
        let Some(idx) = self.open.iter().rposition(|it| it.tag == name).filter(|it| *it != 0) else {
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
        let role = self.mapping.role(&element.name).map(|(role, _)| role);
        let role = role.filter(|_| element.name != "body.head");
        if let Some(parent) = self.open.last_mut() {
            if parent.is_in_text {
                push_marked(&mut parent.markup, &element, role);
            }
            if parent.is_in_paragraph && element.is_in_paragraph {
                return Ok(());
            }
        }
        self.add_own(&mut element, role);
        if element.is_one_of(&PICTURES) {
            self.take_for_captions(&mut element.fields);
        }
        if element.is_one_of(&["newsitem"]) {
            keep_headline(&mut element.fields);
        }
        if self.is_left_out(&element) {
            self.n_others += 1;
            element.has_records = true;
        } else if self.is_record(&element) {
            element.has_records = true;
            let fields = std::mem::take(&mut element.fields);
            self.emit(sink, fields)?;
        } else if element.has_records {
            self.emit_stray(sink, &element)?;
        }
        if let Some(parent) = self.open.last_mut() {
            parent.has_records |= element.has_records;
            // What is left beside records is theirs to no purpose: a feed's own title.
            if !element.has_records {
                for (name, value) in element.fields {
                    parent.has_title |= self.mapping.has_role(&name, FieldRole::Title);
                    parent.has_paragraphs |= PARAGRAPHS.contains(&name.as_str());
                    fields::add(&mut parent.fields, name, value, &mut self.mapping);
                }
            }
        }
        Ok(())
    }

    /// Adds the field that an element is, in place of those within it which are its parts.
    fn add_own(&mut self, element: &mut OpenElement, role: Option<FieldRole>) {
        let content = match element.is_in_text {
            true => std::mem::take(&mut element.markup),
            false => element.text.clone(),
        };
        let content = content.trim().to_owned();
        let is_block = element.is_one_of(&BLOCKS) && !element.text.trim().is_empty();
        if content.is_empty() {
            return;
        }
        if element.is_one_of(&PARAGRAPHS) || is_block && self.is_among_paragraphs() {
            element.fields.clear();
            return element.fields.push((fields::PARAGRAPH.to_owned(), content));
        }
        let is_heading = element.is_one_of(&HEADINGS) || role == Some(FieldRole::Title) && self.is_in_section();
        if is_heading && self.is_titled() && !self.has_role(&element.fields, &[FieldRole::Title]) {
            element.fields.clear();
            let heading = format!("<h2>{content}</h2>");
            return element.fields.push((fields::PARAGRAPH.to_owned(), heading));
        }
        if !element.has_children {
            let name = self.name_of_leaf(element);
            return element.fields.push((name, content));
        }
        match role {
            Some(FieldRole::Body | FieldRole::Summary) if self.holds_fields(element) => self.add_long(element, content),
            Some(FieldRole::Body | FieldRole::Summary) => {
                element.fields.retain(|(name, _)| {
                    let role = self.mapping.role(name).map(|(role, _)| role);
                    role.is_some_and(|it| !matches!(it, FieldRole::Body | FieldRole::Summary))
                });
                element.fields.push((element.name.clone(), content));
                element.is_text = true;
            }
            Some(FieldRole::Title) if self.has_role(&element.fields, &[FieldRole::Title]) => {
                // NITF names the document there; its headline stands elsewhere, and is surer.
                for (name, _) in element.fields.iter_mut().filter(|(name, _)| name == "title") {
                    element.name.clone_into(name);
                }
            }
            Some(FieldRole::Title | FieldRole::Caption | FieldRole::Ignore) => {
                element.fields.clear();
                element.fields.push((element.name.clone(), content));
            }
            Some(FieldRole::Byline) => self.join_names(element),
            Some(FieldRole::Date) => join_date(element),
            _ => self.add_long(element, content),
        }
    }

    /// The name of the field that an element without others is: `<author><name>…` is what the outer one says.
    fn name_of_leaf(&mut self, element: &OpenElement) -> String {
        let is_inner = element.is_one_of(&["name", "value"]);
        let is_item = element.is_one_of(&["item", "li"]);
        let outer = self
            .open
            .last()
            .filter(|_| is_inner || is_item)
            .map(|it| it.name.clone());
        if element.is_one_of(&HEADINGS) && !self.is_titled() {
            return HEADINGS[0].to_owned();
        }
        let of_outer = outer.filter(|it| match self.mapping.role(it) {
            Some((role, _)) => is_inner || matches!(role, FieldRole::Keywords | FieldRole::Byline),
            None => false,
        });
        of_outer.unwrap_or_else(|| element.name.clone())
    }

    /// Text between elements, if it is long enough to be one, or stands in a record.
    fn add_long(&mut self, element: &mut OpenElement, content: String) {
        let is_text = element.is_one_of(&RECORDS) && element.text.chars().any(char::is_alphabetic);
        if is_text || 80 < element.text.trim().chars().count() {
            element.fields.push(("text".to_owned(), content));
        }
    }

    /// Makes the parts of a name one: `<author><firstname>…</firstname><surname>…`.
    fn join_names(&mut self, element: &mut OpenElement) {
        // What somebody is does not belong to the name: NITF has it beside.
        element.fields.retain(|(name, _)| name != "byttl");
        let is_part = |(name, value): &(String, String), mapping: &mut Mapping| {
            mapping.role(name).is_none() && !value.contains(['@', '/'])
        };
        if self.has_role(&element.fields, &[FieldRole::Byline]) {
            return;
        }
        let mapping = &mut self.mapping;
        let (parts, others): (Fields, Fields) = std::mem::take(&mut element.fields)
            .into_iter()
            .partition(|it| is_part(it, mapping));
        let mut parts: Vec<String> = parts.into_iter().map(|(_, value)| value).collect();
        parts.insert(0, element.text.trim().to_owned());
        element.fields = others;
        element
            .fields
            .push((element.name.clone(), parts.join(" ").trim().to_owned()));
    }

    fn has_role(&mut self, fields: &Fields, roles: &[FieldRole]) -> bool {
        let mut of_fields = fields.iter().filter_map(|(name, _)| self.mapping.role(name));
        of_fields.any(|(role, _)| roles.contains(&role))
    }

    /// Whether an element that may be a text holds the fields of an article instead: a title, or texts by other names than
    /// those of paragraphs; of one that is called a record, whatever is known.
    fn holds_fields(&mut self, element: &OpenElement) -> bool {
        let is_record = element.is_one_of(&RECORDS);
        element.fields.iter().any(|(name, _)| {
            let is_paragraph = PARAGRAPHS.contains(&name.as_str());
            match self.mapping.role(name) {
                Some((FieldRole::Title, _)) => true,
                Some((FieldRole::Body, _)) => !is_paragraph,
                Some(_) => is_record,
                None => false,
            }
        })
    }

    /// Whether the document that is open has a title.
    fn is_titled(&self) -> bool {
        let is_document = |it: &&OpenElement| it.is_one_of(&RECORDS);
        let document = self.open.iter().rposition(|it| is_document(&it)).unwrap_or(0);
        self.open.iter().skip(document).any(|it| it.has_title)
    }

    /// Whether the innermost open element is a part of a document that is open.
    fn is_in_section(&self) -> bool {
        self.open.last().is_some_and(|it| it.is_one_of(&SECTIONS))
    }

    /// Whether paragraphs stand near, or around.
    fn is_among_paragraphs(&mut self) -> bool {
        let Some(outer) = self.open.last() else { return false };
        let is_of_other = match self.mapping.role(&outer.name) {
            Some((role, _)) => !matches!(role, FieldRole::Body | FieldRole::Summary),
            None => false,
        };
        !is_of_other
            && self
                .open
                .iter()
                .rev()
                .take(3)
                .any(|it| it.has_paragraphs || it.is_in_text)
    }

    /// Whether this is an item of NewsML-G2 that holds no article.
    fn is_left_out(&mut self, element: &OpenElement) -> bool {
        let name = element.name.to_lowercase();
        let is_picture = self.news.is_media && name == "newsitem";
        xml_news::is_other(&name) || is_picture && !self.has_role(&element.fields, &[FieldRole::Body])
    }

    /// Makes titles and texts captions.
    fn take_for_captions(&mut self, fields: &mut Fields) {
        for (name, _) in fields {
            let role = self.mapping.role(name).map(|(role, _)| role);
            if matches!(role, Some(FieldRole::Title | FieldRole::Summary | FieldRole::Body)) {
                CAPTION.clone_into(name);
            }
        }
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
        let is_article = fields::is_article(&element.fields, &mut self.mapping)
            || element.is_one_of(&["item", "entry"])
                && self.open.last().is_some_and(|it| it.is_one_of(&FEEDS))
                && (has(FieldRole::Title) || has_text);
        let is_in_document = || {
            self.open
                .iter()
                .any(|it| it.is_one_of(&DOCUMENTS) || it.is_one_of(&RECORDS))
        };
        let is_inline = self.open.iter().any(|it| it.is_one_of(&INLINE));
        let is_part = is_inline
            || self.open.iter().any(|it| xml_news::is_other(&it.name.to_lowercase()))
            || element.is_one_of(&INLINE)
            || element.is_one_of(&ABOUT)
            || element.is_one_of(&PARTS) && 1 < self.open.len()
            || element.is_one_of(&SECTIONS) && is_in_document()
            // Of a document that has a title of its own.
            || element.is_text && (2 < self.open.len() || self.open.last().is_some_and(|it| it.has_title));
        !element.has_records
            && !is_part
            && element.has_children | self.open.is_empty() | (is_known && element.has_title)
            && (is_known && is_article
                || has(FieldRole::Title) && has_text && n_titles <= 2
                || is_outermost && is_article)
    }

    /// Passes on the text that stands in an element beside records: behind the end of a feed, or between its items.
    fn emit_stray(&mut self, sink: &mut dyn Sink, element: &OpenElement) -> Outcome {
        let text = element.text.trim();
        if text.chars().filter(|c| c.is_alphabetic()).take(STRAY).count() < STRAY {
            return Ok(());
        }
        self.emit(sink, vec![("text".to_owned(), text.to_owned())])
    }

    fn emit(&mut self, sink: &mut dyn Sink, mut fields: Fields) -> Outcome {
        self.n_emitted += 1;
        if fields
            .iter()
            .any(|(name, it)| name == POST_TYPE && NO_POSTS.contains(&it.trim()))
        {
            self.n_others = self.n_others.saturating_add(1);
            return Ok(());
        }
        let mut roles = fields.iter().filter_map(|(name, _)| self.mapping.role(name));
        let has_text = roles.any(|(role, _)| matches!(role, FieldRole::Body | FieldRole::Summary));
        for (name, _) in fields.iter_mut().filter(|(name, _)| name == MEDIA_DESCRIPTION) {
            (if has_text { CAPTION } else { "description" }).clone_into(name);
        }
        let record = Record {
            encoding: self.encoding,
            has_errors: self.has_errors,
            ..fields::record(fields, &mut self.mapping)
        };
        self.orders.emit(sink, record, None)
    }
}

/// Takes the title from an item that has a headline: the one of an item of NewsML-G2 is its own, for editors.
fn keep_headline(fields: &mut Fields) {
    if fields.iter().any(|(name, _)| name == "headline") {
        for (name, _) in fields.iter_mut().filter(|(name, _)| name == "title") {
            "item".clone_into(name);
        }
    }
}

/// Makes the parts of a date one, as JATS has them: `<pub-date><day>…</day><month>…</month><year>…`.
fn join_date(element: &mut OpenElement) {
    let part = |name: &str| element.fields.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    if let (Some(year), Some(month), Some(day)) = (part("year"), part("month"), part("day")) {
        element.fields = vec![(element.name.clone(), format!("{year}-{month:0>2}-{day:0>2}"))];
    }
}

/// Adds an element to the mark-up around it.
fn push_marked(markup: &mut String, element: &OpenElement, role: Option<FieldRole>) {
    let name = element.name.to_lowercase();
    let tag = match name.as_str() {
        "br" | "lb" => return markup.push_str("<br>"),
        // Of a corpus: sentences and words.
        "s" | "w" | "tok" | "token" | "seg" => {
            if !markup.is_empty() && !markup.ends_with(char::is_whitespace) {
                markup.push(' ');
            }
            return markup.push_str(element.content());
        }
        "title" | "head" => "h2",
        "body" | "html" | "meta" | "link" => "p",
        name if html::TAGS.contains(&name) => name,
        name if PARAGRAPHS.contains(&name) || BLOCKS.contains(&name) => "p",
        _ => match role {
            Some(FieldRole::Title) => "h2",
            Some(FieldRole::Caption) => "figcaption",
            Some(_) if !element.is_in_paragraph => "p",
            // A part of a line: `<person>`, `<emphasis>`.
            _ => return markup.push_str(element.content()),
        },
    };
    markup.push_str(&format!("<{tag}>{}</{tag}>", element.content()));
}

/// The text of a document of LibreOffice that is one file of XML.
fn flat_document(text: &str) -> Option<&str> {
    let head: String = text.chars().take(4_096).collect();
    let is_document = head.contains("<office:document ") && head.contains("opendocument");
    let start = text.find("<office:text").filter(|_| is_document)?;
    const END: &str = "</office:text>";
    let end = text.rfind(END).map_or(text.len(), |at| at + END.len());
    text.get(start..end)
}

/// An element's name without its prefix, but for those of Media RSS.
fn element_name(name: QName<'_>) -> String {
    let local = String::from_utf8_lossy(name.local_name().as_ref()).into_owned();
    match name.prefix() {
        Some(prefix) if prefix.as_ref() == b"media" => match local.as_str() {
            "title" | "text" => CAPTION,
            "description" => MEDIA_DESCRIPTION,
            _ => MEDIA,
        }
        .to_owned(),
        _ => local,
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
