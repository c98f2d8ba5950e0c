//! The fields of the index, and their version.
//!
//! [`super::values`] encodes the values of the fields.

use tantivy::TantivyDocument;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value as _,
};

use crate::entities::EntityKind;

use super::compact::expand;
use super::facet::Facet;

/// Raised whenever the fields, the folding or the stems change, or unchanged files are read as another
/// format: an index of another version is rebuilt.
///
/// What is in no file any more is saved from an index of another version.
pub(super) const INDEX_VERSION: u32 = 13;

/// Raised whenever the fields `path`, `record`, `published`, `title_derived`, `title`, `text`, `source`, `keyword`, `byline`
/// or those of files get another name or are written otherwise. [`super::parts`] then has to read both, and an older version
/// of this program refuses the index.
pub(super) const VALUES_VERSION: u32 = 0;

/// The name under which the tokenizer of words is registered.
pub(super) const WORDS: &str = "words";

/// The fast field with the texts that a facet counts; nothing for people, organisations and places, which are not counted
/// as they are spelled in [`NAME_FIELDS`] but by the entities that the names refer to, and for what the user marked.
pub(super) fn text_field(facet: Facet) -> Option<&'static str> {
    match facet {
        Facet::Person | Facet::Organisation | Facet::Place | Facet::Mark => None,
        Facet::Source => Some("source"),
        Facet::Keyword => Some("keyword"),
        Facet::Date => Some("date"),
        Facet::Language => Some("language"),
        Facet::Folder => Some("folder"),
        Facet::Format => Some("format"),
    }
}

/// The facets that count texts with their fields, in the order of [`Facet::ALL`]. Columns are kept on disk in this order.
pub(super) fn text_fields() -> impl Iterator<Item = (Facet, &'static str)> {
    Facet::ALL.into_iter().filter_map(|it| Some((it, text_field(it)?)))
}

/// The field names of [`Fields::names`], in the order of [`EntityKind::ALL`].
pub(super) const NAME_FIELDS: [&str; 3] = ["person", "organisation", "place"];

/// The name of [`Fields::person_role`].
pub(super) const PERSON_ROLE: &str = "person_role";

/// The name of [`Fields::latin_form`].
pub(super) const LATIN_FORM: &str = "latin_form";

/// The name of [`Fields::title_start`].
pub(super) const TITLE_START: &str = "title_start";

/// The names of [`Fields::story_key`] and [`Fields::story_band`].
pub(super) const STORY_KEY: &str = "story_key";
pub(super) const STORY_BAND: &str = "story_band";

/// The fields by their handles.
///
/// Every document carries the path of its file. The document of a file's first article also carries what is known of
/// the file; a file without articles is a document of its own, without `record`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The path, see [`path_key`](super::values::path_key); documents are deleted by it.
    pub path: Field,
    /// The number of the article in its file.
    pub record: Field,
    /// The article's id.
    pub id: Field,
    /// The date, see [`pack_date`](super::values::pack_date); absent if undated.
    pub published: Field,
    /// 1 if the title was derived from the text.
    pub title_derived: Field,
    /// The names of people, organisations and places: "form", or "key\tform".
    pub names: [Field; 3],
    /// The roles of people: "form\trole", or "key\tform\trole".
    pub person_role: Field,
    /// The Latin forms that the article writes behind names, see [`latin_value`](super::values::latin_value).
    pub latin_form: Field,
    /// The outlet as spelled.
    pub source: Field,
    /// The keywords as spelled.
    pub keyword: Field,
    /// The months and years it mentions, see [`date_values`](super::values::date_values).
    pub date: Field,
    /// Who wrote it; only stored.
    pub byline: Field,
    /// Its address on the web; only stored.
    pub address: Field,
    /// The title itself; only stored.
    pub title: Field,
    /// The words of the title by their terms, see [`super::analysis`].
    pub title_words: Field,
    /// How the title begins, see [`title_start()`](super::values::title_start).
    pub title_start: Field,
    /// The words of the body by their terms.
    pub body: Field,
    /// The body itself, see [`compact()`](super::compact::compact); only stored.
    pub text: Field,
    /// The key of the text, see [`Sketch`](super::story::sketch::Sketch).
    pub story_key: Field,
    /// The bands of the text's sketch.
    pub story_band: Field,
    /// The language of the body, by its code: see [`language`](crate::arabic::language::language).
    pub language: Field,
    /// The folders that the file is in, from the outermost on: "a", "a/b".
    pub folder: Field,
    /// The name of the file's format.
    pub format: Field,
    /// How many articles the file has; only beside its size.
    pub articles: Field,
    /// The size of the file, in bytes.
    pub size: Field,
    /// When the file was changed, in nanoseconds since 1970.
    pub modified: Field,
    /// The hash of the file's content.
    pub hash: Field,
    /// The fingerprint of the rules that the file was read by; absent without any.
    pub reading: Field,
    /// What could not be read in the file, "path\treason"; repeated.
    pub unreadable: Field,
}

impl Fields {
    /// The schema and its fields.
    pub fn new() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let words = || {
            let indexing = TextFieldIndexing::default().set_tokenizer(WORDS);
            let places = indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions);
            TextOptions::default().set_indexing_options(places)
        };
        let value = || TextOptions::default().set_fast("raw");
        let fields = Self {
            path: schema.add_bytes_field("path", BytesOptions::default().set_indexed().set_fast()),
            record: schema.add_u64_field("record", FAST),
            id: schema.add_u64_field("id", FAST),
            published: schema.add_i64_field("published", FAST),
            title_derived: schema.add_u64_field("title_derived", FAST),
            names: NAME_FIELDS.map(|name| schema.add_text_field(name, value())),
            person_role: schema.add_text_field(PERSON_ROLE, value()),
            latin_form: schema.add_text_field(LATIN_FORM, value()),
            source: schema.add_text_field("source", value()),
            keyword: schema.add_text_field("keyword", value()),
            date: schema.add_text_field("date", value()),
            byline: schema.add_text_field("byline", STORED),
            address: schema.add_text_field("address", STORED),
            title: schema.add_text_field("title", STORED),
            title_words: schema.add_text_field("title_words", words()),
            title_start: schema.add_text_field(TITLE_START, value()),
            body: schema.add_text_field("body", words()),
            text: schema.add_bytes_field("text", STORED),
            story_key: schema.add_u64_field(STORY_KEY, FAST),
            story_band: schema.add_u64_field(STORY_BAND, FAST),
            language: schema.add_text_field("language", value()),
            folder: schema.add_text_field("folder", value()),
            format: schema.add_text_field("format", value()),
            articles: schema.add_u64_field("articles", FAST),
            size: schema.add_u64_field("size", FAST),
            modified: schema.add_i64_field("modified", FAST),
            hash: schema.add_u64_field("hash", FAST),
            reading: schema.add_u64_field("reading", FAST),
            unreadable: schema.add_text_field("unreadable", value()),
        };
        (schema.build(), fields)
    }

    /// The body that a stored document keeps.
    pub fn stored_body(&self, doc: &TantivyDocument) -> String {
        let text = doc.get_first(self.text).and_then(|value| value.as_bytes());
        text.map(expand).unwrap_or_default()
    }

    /// The field of the names of a kind.
    pub fn names_of(&self, kind: EntityKind) -> Field {
        match kind {
            EntityKind::Person => self.names[0],
            EntityKind::Organisation => self.names[1],
            EntityKind::Place => self.names[2],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_of_texts_is_counted_in_a_fast_field() {
        let (schema, _) = Fields::new();
        for facet in Facet::ALL {
            let is_counted_otherwise = facet.entity_kind().is_some() || facet == Facet::Mark;
            assert_eq!(text_field(facet).is_none(), is_counted_otherwise, "{facet:?}");
        }
        for (facet, name) in text_fields() {
            let field = schema.get_field(name).unwrap_or_else(|err| panic!("{facet:?}: {err}"));
            assert!(schema.get_field_entry(field).is_fast(), "{facet:?}: {name}");
        }
    }
}
