//! What was found out about texts, kept between starts.

use std::io::{self, Write as _};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

/// Raised when the sketches or the comparison change: what was found by other rules is forgotten.
const RULES: u64 = 1;

/// Which texts were compared with all others, and which of them are linked.
///
/// The links hold every story together; they are not all the pairs that are alike.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Memo {
    keys: Vec<u64>,
    /// Pairs of keys, in the order in which they were found.
    pub links: Vec<(u64, u64)>,
}

impl Memo {
    /// Texts by their keys, in rising order, and their links.
    pub fn new(keys: Vec<u64>, links: Vec<(u64, u64)>) -> Self {
        Self { keys, links }
    }

    /// The keys of the texts, in rising order.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// What was kept in `file`; nothing if there is none or it is damaged: then all texts are compared anew.
    pub fn load(file: &Path) -> Self {
        std::fs::read(file)
            .ok()
            .and_then(|bytes| Self::of_bytes(&bytes))
            .unwrap_or_default()
    }

    /// Replaces `file` in one step.
    pub fn save(&self, file: &Path) -> io::Result<()> {
        let links = self.links.iter().flat_map(|&(a, b)| [a, b]);
        let head = [RULES, self.keys.len() as u64, self.links.len() as u64];
        let mut bytes: Vec<u8> = head
            .into_iter()
            .chain(self.keys.iter().copied())
            .chain(links)
            .flat_map(u64::to_le_bytes)
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
        let mut numbers = content
            .chunks_exact(8)
            .filter_map(|it| it.try_into().ok())
            .map(u64::from_le_bytes);
        if numbers.next()? != RULES {
            return None;
        }
        let n_keys = usize::try_from(numbers.next()?).ok()?;
        let n_links = usize::try_from(numbers.next()?).ok()?;
        let keys = numbers.by_ref().take(n_keys).collect();
        let mut links = Vec::new();
        for _ in 0..n_links {
            links.push((numbers.next()?, numbers.next()?));
        }
        Some(Self { keys, links })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_and_what_is_damaged_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("stories");
        assert_eq!(Memo::load(&file), Memo::default());
        let memo = Memo::new(vec![1, 5, u64::MAX], vec![(1, 5)]);
        memo.save(&file).unwrap();
        assert_eq!(Memo::load(&file), memo);
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[20] ^= 1;
        std::fs::write(&file, &bytes).unwrap();
        assert_eq!(Memo::load(&file), Memo::default());
        std::fs::write(&file, &bytes[..7]).unwrap();
        assert_eq!(Memo::load(&file), Memo::default());
    }
}
