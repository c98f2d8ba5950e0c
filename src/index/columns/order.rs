//! All rows in the orders of a list.

use rayon::slice::ParallelSliceMut as _;

use super::Columns;

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
pub fn key_with_rank(columns: &Columns, key: u32, row: u32) -> u64 {
    u64::from(key) << 32 | u64::from(columns.rank(row))
}

impl Columns {
    /// All rows, those of later days first. The first call sorts them.
    pub fn newest_first(&self) -> &[u32] {
        self.newest_first.get_or_init(|| self.sorted_by(newest_first))
    }

    /// All rows, those of earlier days first. The first call sorts them.
    pub fn oldest_first(&self) -> &[u32] {
        self.oldest_first.get_or_init(|| self.sorted_by(oldest_first))
    }

    fn sorted_by(&self, key: fn(Option<i32>) -> u32) -> Vec<u32> {
        let rows = 0..self.n_rows() as u32;
        let mut keys: Vec<u64> = rows.map(|row| key_with_rank(self, key(self.day(row)), row)).collect();
        keys.par_sort_unstable();
        keys.iter().map(|key| self.row_of_rank(*key as u32)).collect()
    }
}
