//! Results of comparing texts, stored between starts.

use std::io::{self, Write as _};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::index::numbers::Ordinal;

/// Raised when the sketches or the comparison change, which discards earlier results.
const RULES: u64 = 5;

/// Which texts were compared with all others, which of them are linked, and the resulting stories.
///
/// The links connect every story; they are not all similar pairs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Memo {
    /// The state of the index that `of_row` belongs to, see `Columns::stamp`; 0 if some of its texts were not compared.
    pub stamp: u64,
    /// The texts by their keys, in rising order.
    pub keys: Vec<u64>,
    /// Pairs of keys, in the order in which they were found.
    pub links: Vec<(u64, u64)>,
    /// The story of each row of that state; `None` for a row that is alone.
    pub of_row: Vec<Option<Ordinal>>,
}

impl Memo {
    /// Reads `file`: an empty memo if it is missing or of other rules, `None` if it is damaged. In all these cases
    /// every text is compared again.
    pub fn load(file: &Path) -> Option<Self> {
        match std::fs::read(file) {
            Ok(bytes) => Self::of_bytes(&bytes),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Some(Self::default()),
            Err(_err) => None,
        }
    }

    /// Replaces `file` atomically.
    pub fn save(&self, file: &Path) -> io::Result<()> {
        let links = self.links.iter().flat_map(|&(a, b)| [a, b]);
        let of_row = self.of_row.iter().map(|it| it.map_or(u32::MAX, Ordinal::get));
        let head = [RULES, self.stamp, self.keys.len() as u64, self.links.len() as u64];
        let mut bytes: Vec<u8> = head
            .into_iter()
            .chain(self.keys.iter().copied())
            .chain(links)
            .flat_map(u64::to_le_bytes)
            .chain(of_row.flat_map(u32::to_le_bytes))
            .collect();
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        let dir = file.parent().unwrap_or(Path::new("."));
        let mut new = tempfile::NamedTempFile::new_in(dir)?;
        new.write_all(&bytes)?;
        new.persist(file)?;
        Ok(())
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (content, sum) = bytes.split_last_chunk()?;
        if xxh3_64(content) != u64::from_le_bytes(*sum) {
            return None;
        }
        let (head, content) = content.split_at_checked(4 * 8)?;
        let [rules, stamp, n_keys, n_links] = <[u64; 4]>::try_from(numbers(head)).ok()?;
        if rules != RULES {
            return Some(Self::default());
        }
        let bytes_of = |n: u64| usize::try_from(n).ok()?.checked_mul(8);
        let (keys, content) = content.split_at_checked(bytes_of(n_keys)?)?;
        let (links, of_row) = content.split_at_checked(bytes_of(n_links.checked_mul(2)?)?)?;
        Some(Self {
            stamp,
            keys: numbers(keys),
            links: numbers(links).chunks_exact(2).map(|it| (it[0], it[1])).collect(),
            of_row: {
                let numbers = of_row.as_chunks().0.iter().map(|it| u32::from_le_bytes(*it));
                numbers.map(Ordinal::new).collect()
            },
        })
    }
}

fn numbers(bytes: &[u8]) -> Vec<u64> {
    bytes.as_chunks().0.iter().map(|it| u64::from_le_bytes(*it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_and_what_is_damaged_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("stories");
        assert_eq!(Memo::load(&file), Some(Memo::default()));
        let memo = Memo {
            stamp: 7,
            keys: vec![1, 5, u64::MAX],
            links: vec![(1, 5)],
            of_row: [0, 0, u32::MAX].map(Ordinal::new).into(),
        };
        memo.save(&file).unwrap();
        assert_eq!(Memo::load(&file), Some(memo));
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[20] ^= 1;
        std::fs::write(&file, &bytes).unwrap();
        assert_eq!(Memo::load(&file), None);
        std::fs::write(&file, &bytes[..7]).unwrap();
        assert_eq!(Memo::load(&file), None);
    }
}
