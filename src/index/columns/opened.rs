//! The columns of a segment that the rows of a list are read from, opened once: to open one takes longer than to read it.

use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::archive::PublicationDate;
use crate::index::error::IndexError;
use crate::index::facet::Facet;
use crate::index::schema::{PERSON_ROLE, text_field};
use crate::index::values::unpack_date;

use super::segments::{first, spellings_in};

/// The facets whose spellings a row shows.
const SPELLED: [Facet; 3] = [Facet::Source, Facet::Keyword, Facet::Format];

/// The opened columns of a segment.
pub struct OpenedColumns {
    paths: Option<BytesColumn>,
    record: Option<Column<u64>>,
    published: Option<Column<i64>>,
    title_derived: Option<Column<u64>>,
    roles: Option<StrColumn>,
    /// For each of [`SPELLED`].
    spelled: [Option<StrColumn>; SPELLED.len()],
}

impl OpenedColumns {
    /// Opens those of a segment.
    pub fn new(segment: &SegmentReader) -> Result<Self, IndexError> {
        let columns = segment.fast_fields();
        let [source, keyword, format] = SPELLED.map(|facet| columns.str(text_field(facet).unwrap_or_default()));
        Ok(Self {
            paths: columns.bytes("path")?,
            record: columns.column_opt("record")?,
            published: columns.column_opt("published")?,
            title_derived: columns.column_opt("title_derived")?,
            roles: columns.str(PERSON_ROLE)?,
            spelled: [source?, keyword?, format?],
        })
    }

    /// The key of the path and the record of a document.
    pub fn place_of(&self, doc: DocId) -> Result<(Vec<u8>, u64), IndexError> {
        let mut key = Vec::new();
        if let Some(paths) = &self.paths
            && let Some(ord) = paths.ords().first(doc)
        {
            paths.ord_to_bytes(ord, &mut key)?;
        }
        Ok((key, first(&self.record, doc).unwrap_or(0)))
    }

    /// The date of a document.
    pub fn published(&self, doc: DocId) -> Option<PublicationDate> {
        first(&self.published, doc).and_then(unpack_date)
    }

    /// Whether the title of a document was derived from its text.
    pub fn is_title_derived(&self, doc: DocId) -> bool {
        first(&self.title_derived, doc) == Some(1)
    }

    /// The roles that a document gives people, see [`role_value`](crate::index::values::role_value).
    pub fn roles(&self, doc: DocId) -> Result<Vec<String>, IndexError> {
        spellings_in(self.roles.as_ref(), doc)
    }

    /// The spellings of a document's values of a facet, in their order; none of facets that are not [`SPELLED`].
    pub fn spellings(&self, doc: DocId, facet: Facet) -> Result<Vec<String>, IndexError> {
        let column = SPELLED.iter().zip(&self.spelled).find(|(it, _)| **it == facet);
        spellings_in(column.and_then(|(_, column)| column.as_ref()), doc)
    }
}
