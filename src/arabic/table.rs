//! Hash tables of words: fixed-size records, looked up in the bytes of a file without reading the rest.
//!
//! Open addressing with linear probing. A record is identified by a fingerprint, part of its hash. Two hashes with the
//! same fingerprint in one run of records are mistaken for each other: once in about a billion look-ups with 32 bits,
//! and once in about ten thousand with 16 bits, where it only adds the weight of a wrong feature.

use xxhash_rust::xxh3::xxh3_64;

/// XXH3 of a word: the key of every table.
pub fn hash_of(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// Combines two hashes; their order matters. The multiplication and the two odd numbers are those of wyhash.
pub fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0xA076_1D64_78BD_642F) * u128::from(b ^ 0xE703_7ED1_A0B4_28DB);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Records of `N` bytes, of which the first `F` are the fingerprint; records of zeroes are free.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a, const N: usize, const F: usize> {
    records: &'a [[u8; N]],
}

impl<'a, const N: usize, const F: usize> Table<'a, N, F> {
    /// The table in `bytes`; an incomplete record at the end is ignored.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            records: bytes.as_chunks::<N>().0,
        }
    }

    /// The record with a hash, its fingerprint included.
    pub fn find(&self, hash: u64) -> Option<&'a [u8; N]> {
        let n_records = self.records.len();
        if n_records == 0 {
            return None;
        }
        let fingerprint = fingerprint::<F>(hash);
        let mut at = home(hash, n_records);
        for _ in 0..n_records {
            let record = &self.records[at];
            let found = record.first_chunk::<F>()?;
            if *found == fingerprint {
                return Some(record);
            }
            if *found == [0; F] {
                return None;
            }
            at = if at + 1 == n_records { 0 } else { at + 1 };
        }
        None
    }
}

/// The bytes of a table of `entries`, a fifth of it free. Of two with the same hash, the first is kept.
pub fn table_bytes<const N: usize, const F: usize>(entries: &[(u64, [u8; N])]) -> Vec<u8> {
    let n_records = entries.len() * 5 / 4 + 1;
    let mut records = vec![[0; N]; n_records];
    for (hash, entry) in entries {
        let fingerprint = fingerprint::<F>(*hash);
        let mut at = home(*hash, n_records);
        while records[at][..F] != [0; F] && records[at][..F] != fingerprint {
            at = if at + 1 == n_records { 0 } else { at + 1 };
        }
        if records[at][..F] == [0; F] {
            records[at] = *entry;
            records[at][..F].copy_from_slice(&fingerprint);
        }
    }
    records.into_flattened()
}

fn fingerprint<const F: usize>(hash: u64) -> [u8; F] {
    let bytes = hash.to_le_bytes();
    let mut fingerprint: [u8; F] = std::array::from_fn(|it| bytes[it]);
    if fingerprint == [0; F] {
        fingerprint[0] = 1;
    }
    fingerprint
}

/// The upper half of the hash, scaled to the number of records: independent of the fingerprint.
fn home(hash: u64, n_records: usize) -> usize {
    (((hash >> 32) * n_records as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_and_nothing_else() {
        let words: Vec<String> = (0..5000).map(|it| format!("w{it}")).collect();
        let entries: Vec<(u64, [u8; 6])> = words
            .iter()
            .enumerate()
            .map(|(idx, word)| (hash_of(word), [0, 0, 0, 0, idx as u8, (idx >> 8) as u8]))
            .collect();
        let bytes = table_bytes::<6, 4>(&entries);
        let table: Table<'_, 6, 4> = Table::new(&bytes);
        for (idx, word) in words.iter().enumerate() {
            let record = table.find(hash_of(word)).unwrap();
            assert_eq!(usize::from(record[4]) + (usize::from(record[5]) << 8), idx);
        }
        assert_eq!(table.find(hash_of("absent")), None);
        assert_eq!(Table::<'_, 6, 4>::new(&[]).find(1), None);
    }
}
