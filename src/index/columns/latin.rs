//! The Latin forms that articles write for names.

use std::collections::{BTreeMap, HashMap};

use tantivy::{DocId, SegmentReader};

use crate::entities::EntityKind;
use crate::index::error::IndexError;
use crate::index::schema::LATIN_FORM;
use crate::index::values::latin_of_value;

/// The Latin forms of a name by its kind and indexed value, each with the number of live articles that write it.
pub type WrittenLatin = HashMap<(EntityKind, String), BTreeMap<String, u32>>;

/// Reads the Latin forms of all live articles. `is_live` is told the number of a segment and of a document in it.
pub fn written_latin(
    segments: &[SegmentReader],
    is_live: impl Fn(usize, DocId) -> bool,
) -> Result<WrittenLatin, IndexError> {
    let mut all = WrittenLatin::new();
    for (segment_idx, segment) in segments.iter().enumerate() {
        let Some(column) = segment.fast_fields().str(LATIN_FORM)? else {
            continue;
        };
        let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
        for doc in (0..segment.max_doc()).filter(|doc| is_live(segment_idx, *doc)) {
            for ord in column.term_ords(doc) {
                *counts.entry(ord).or_default() += 1;
            }
        }
        let mut value = String::new();
        for (ord, count) in counts {
            value.clear();
            column.ord_to_str(ord, &mut value)?;
            if let Some((kind, name, latin)) = latin_of_value(&value) {
                let forms = all.entry((kind, name.to_owned())).or_default();
                *forms.entry(latin.to_owned()).or_default() += count;
            }
        }
    }
    Ok(all)
}
