//! What elements and attributes of NewsML and NITF are, where their names do not say it: by the standards of the IPTC
//! (NewsML-G2 2.34, NewsML 1.2, NITF 3.6).
//!
//! The day of publication is that of `pubdata` or the end of an embargo, or else that on which the first version was made
//! or the document issued. Of a later version that says nothing of the first it is the day of the content; then it is known
//! when it was changed, and no more.

use quick_xml::events::BytesStart;

/// The outermost elements of these formats.
const NEWS: [&str; 3] = ["newsmessage", "newsml", "nitf"];

/// Items that hold no article: lists of items, what is planned, what is known of a person.
const OTHERS: [&str; 5] = [
    "packageitem",
    "conceptitem",
    "knowledgeitem",
    "planningitem",
    "catalogitem",
];

/// The field that an element is, by what is around it, if that matters. All in lower case.
const ELEMENTS: [(&str, &str, &str); 10] = [
    ("subject", "name", "keyword"),
    ("", "subject", "topic"),
    // Who provides an item is surer to be its outlet than who told of it.
    ("infosource", "name", "publication"),
    ("", "embargoed", "published at"),
    ("", "dateandtime", "transmitted"),
    ("", "thisrevisioncreated", "updated"),
    ("", "by", "byline"),
    ("", "keywordline", "keyword"),
    ("", "distributor", "agency"),
    ("", "datacontent", "body"),
];

/// The field that an attribute is, by its element and what is around that; nothing where the field has no name.
const ATTRIBUTES: [(&str, &str, &str, &str); 20] = [
    ("", "media-reference", "source", ""),
    ("", "media-reference", "name", ""),
    ("", "language", "tag", ""),
    ("", "pubdata", "date.publication", "publication date"),
    ("", "pubdata", "name", "newspaper"),
    ("", "date.release", "norm", "published at"),
    ("", "date.issue", "norm", "issued"),
    ("", "story.date", "norm", "created"),
    ("", "date.expire", "norm", ""),
    ("", "revision-history", "norm", ""),
    ("", "revision-history", "name", ""),
    ("", "chron", "norm", ""),
    ("", "keyword", "key", "keyword"),
    ("", "tobject.subject", "tobject.subject.type", "keyword"),
    ("", "tobject.subject", "tobject.subject.matter", "keyword"),
    ("", "tobject.subject", "tobject.subject.detail", "keyword"),
    ("", "doc-id", "regsrc", "provider"),
    ("provider", "party", "formalname", "provider"),
    ("source", "party", "formalname", "publication"),
    ("creator", "party", "formalname", "creator"),
];

/// Whether an element is an item that holds no article.
pub fn is_other(element: &str) -> bool {
    OTHERS.contains(&element)
}

/// What is known of the item that is open.
#[derive(Default)]
pub struct News {
    /// Whether the document is of these formats.
    pub is_on: bool,
    /// Whether the item is a later version of another.
    is_revision: bool,
    /// Whether it is a picture, a sound or a film.
    pub is_media: bool,
}

impl News {
    /// The field that an element within another is, if that is not called so; a name is that of what is around it.
    pub fn called(&mut self, tag: &BytesStart<'_>, element: &str, around: &str) -> Option<String> {
        let value = |key: &str| {
            let attribute = tag.try_get_attribute(key).ok().flatten()?;
            Some(String::from_utf8_lossy(&attribute.value).into_owned())
        };
        let is = |name: &&str| element.eq_ignore_ascii_case(name);
        // Others call their records so as well; an item of NewsML-G2 has an identifier.
        let is_item = is(&"newsitem") && value("guid").is_some();
        self.is_on |= is_item || NEWS.iter().chain(&OTHERS).any(is);
        if !self.is_on {
            return None;
        }
        let (element, around) = (element.to_lowercase(), around.to_lowercase());
        match element.as_str() {
            "newsitem" => {
                let version = value("version").and_then(|it| it.parse::<u32>().ok());
                self.is_revision = version.is_some_and(|it| 1 < it);
                self.is_media = false;
            }
            "itemclass" => self.is_media = value("qcode").is_some_and(|it| is_media(&it)),
            "versioncreated" if self.is_revision => return Some("updated".to_owned()),
            _ => {}
        }
        let mut known = ELEMENTS.iter();
        let known = known.find(|(outer, it, _)| *it == element && (outer.is_empty() || *outer == around));
        match known {
            Some((.., field)) => Some((*field).to_owned()),
            None => (element == "name").then_some(around),
        }
    }
}

/// Whether the class of an item is that of pictures, sound or films.
fn is_media(class: &str) -> bool {
    let class = class.rsplit(':').next().unwrap_or_default();
    matches!(class, "picture" | "graphic" | "audio" | "video" | "animated")
}

/// The field that an attribute of an element within another is; an empty one if it says nothing of the article.
pub fn attribute(around: &str, element: &str, attribute: &str) -> Option<&'static str> {
    let found = ATTRIBUTES
        .iter()
        .find(|(outer, of, it, _)| *of == element && *it == attribute && (outer.is_empty() || *outer == around));
    found.map(|(.., field)| *field)
}
