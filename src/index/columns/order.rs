//! All rows in the orders of a list.

use rayon::slice::ParallelSliceMut as _;

use super::stored::Stored;

/// Sorts later days first, and undated rows last.
pub fn newest_first(day: Option<i32>) -> u32 {
    day.map_or(u32::MAX, |day| u32::MAX - 1 - rising(day))
}

/// Sorts earlier days first, and undated rows last.
pub fn oldest_first(day: Option<i32>) -> u32 {
    day.map_or(u32::MAX, rising)
}

/// A day as a number in the same order; none has the greatest number.
fn rising(day: i32) -> u32 {
    day as u32 ^ 1 << 31
}

/// The key of a row by a key of its own, of equals by its path and record.
pub fn key_with_rank(stored: &Stored, key: u32, row: u32) -> u64 {
    u64::from(key) << 32 | u64::from(stored.ranks.get(row as usize))
}

/// All rows in the order of a key of their days, of equals by their paths and records.
pub fn sorted_by_day(stored: &Stored, key: fn(Option<i32>) -> u32) -> Vec<u32> {
    let rows = 0..stored.ids.len() as u32;
    let mut keys: Vec<u64> = rows
        .map(|row| key_with_rank(stored, key(stored.day(row)), row))
        .collect();
    keys.par_sort_unstable();
    keys.iter()
        .map(|key| stored.by_place.get(*key as u32 as usize))
        .collect()
}
