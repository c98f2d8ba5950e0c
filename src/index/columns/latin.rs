//! The Latin forms that articles write for names.

use std::collections::{BTreeMap, HashMap};

use crate::entities::EntityKind;
use crate::index::error::IndexError;
use crate::index::schema::LATIN_FORM;
use crate::index::values::latin_of_value;

use super::Columns;

/// The Latin forms of a name by its kind and indexed value, each with the number of live articles that write it.
pub type WrittenLatin = HashMap<(EntityKind, String), BTreeMap<String, u32>>;

/// Reads the Latin forms of all live articles.
pub fn written_latin(columns: &Columns) -> Result<WrittenLatin, IndexError> {
    let mut all = WrittenLatin::new();
    for (segment_idx, segment) in columns.searcher.segment_readers().iter().enumerate() {
        let Some(column) = segment.fast_fields().str(LATIN_FORM)? else {
            continue;
        };
        let rows = columns.rows_of_segment(segment_idx);
        let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
        for row in rows.clone().filter(|row| columns.live[*row as usize]) {
            for ord in column.term_ords(row - rows.start) {
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
