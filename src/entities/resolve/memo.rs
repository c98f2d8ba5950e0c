//! The findings of all rules, to be kept between starts: comparing the names of a million articles takes a second or more.

use xxhash_rust::xxh3::xxh3_64;

use super::groups::{GroupNumber, Groups};
use super::link::{Findings, Link, Reason};

/// The reasons, in the order of the numbers that stand for them.
const REASONS: [Reason; 6] = [
    Reason::Spelling,
    Reason::SpellingAndContext,
    Reason::Proclitic,
    Reason::Head,
    Reason::ShortForm,
    Reason::Stated,
];

/// Findings as they are kept: groups by their hashes, as their numbers change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeptFindings {
    /// See [`Findings::links`].
    links: Vec<KeptLink>,
    /// See [`Findings::doubts`].
    doubts: Vec<KeptLink>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct KeptLink {
    from: u64,
    to: u64,
    reason: Reason,
    score: f32,
}

/// Two hashes, the number of the reason, the score.
const LINK_BYTES: usize = 8 + 8 + 1 + 4;

impl KeptFindings {
    /// The findings about some groups.
    pub fn new(groups: &Groups, links: &[Link], doubts: &[Link]) -> Self {
        let kept = |it: &Link| KeptLink {
            from: groups.hash_of(it.from),
            to: groups.hash_of(it.to),
            reason: it.reason,
            score: it.score,
        };
        Self {
            links: links.iter().map(kept).collect(),
            doubts: doubts.iter().map(kept).collect(),
        }
    }

    /// The findings with present numbers; `None` if they are about other groups.
    pub fn of(&self, groups: &Groups) -> Option<Findings> {
        let numbered = |it: &KeptLink| -> Option<Link> {
            let number = |hash| -> Option<GroupNumber> { groups.find_hash(hash) };
            Some(Link {
                from: number(it.from)?,
                to: number(it.to)?,
                reason: it.reason,
                score: it.score,
            })
        };
        Some(Findings {
            links: self.links.iter().map(numbered).collect::<Option<_>>()?,
            doubts: self.doubts.iter().map(numbered).collect::<Option<_>>()?,
        })
    }

    /// All of it as bytes: the stamp that tells for which names it holds, the number of links, links and doubts, a checksum.
    pub fn to_bytes(&self, stamp: u64) -> Vec<u8> {
        let mut bytes = [stamp, self.links.len() as u64].map(u64::to_le_bytes).concat();
        for it in self.links.iter().chain(&self.doubts) {
            bytes.extend([it.from, it.to].map(u64::to_le_bytes).concat());
            bytes.extend(
                REASONS
                    .iter()
                    .position(|reason| *reason == it.reason)
                    .map(|idx| idx as u8),
            );
            bytes.extend(it.score.to_le_bytes());
        }
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        bytes
    }

    /// The inverse of [`KeptFindings::to_bytes`]; `None` for another stamp or damaged bytes.
    pub fn of_bytes(bytes: &[u8], stamp: u64) -> Option<Self> {
        let (content, sum) = bytes.split_last_chunk()?;
        let (own_stamp, rest) = content.split_first_chunk()?;
        let (n_links, rest) = rest.split_first_chunk()?;
        if u64::from_le_bytes(*own_stamp) != stamp || xxh3_64(content) != u64::from_le_bytes(*sum) {
            return None;
        }
        let links = rest.as_chunks::<LINK_BYTES>().0.iter().map(|it| {
            let number = |at: usize| Some(u64::from_le_bytes(*it[at..].first_chunk()?));
            Some(KeptLink {
                from: number(0)?,
                to: number(8)?,
                reason: *REASONS.get(usize::from(it[16]))?,
                score: f32::from_le_bytes(*it[17..].first_chunk()?),
            })
        });
        let mut links: Vec<KeptLink> = links.collect::<Option<_>>()?;
        let n_links = usize::try_from(u64::from_le_bytes(*n_links))
            .ok()
            .filter(|n| *n <= links.len())?;
        let doubts = links.split_off(n_links);
        Some(Self { links, doubts })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::entities::{EntityKind, Name, NameTable, NoArticles, Resolution};

    use super::*;

    fn table(names: &[&str]) -> Arc<NameTable> {
        let names: Vec<(Name, u64)> = names
            .iter()
            .map(|form| {
                let (key, form) = ((*form).to_owned(), (*form).to_owned());
                let kind = EntityKind::Person;
                (Name { kind, key, form }, 3)
            })
            .collect();
        Arc::new(NameTable::of_counts(&names))
    }

    #[test]
    fn findings_come_back_as_they_were_and_for_the_same_names_only() {
        let names = ["ميخائيل بوغدانوف", "ميخائيل بوجدانوف", "سيرغي لافروف", "لافروف"];
        let first = Resolution::new(table(&names), &NoArticles, None, None);
        let kept = first.kept_findings();
        assert!(!kept.links.is_empty());
        let bytes = kept.to_bytes(7);
        assert_eq!(KeptFindings::of_bytes(&bytes, 7).as_ref(), Some(&kept));
        assert_eq!(KeptFindings::of_bytes(&bytes, 8), None);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(KeptFindings::of_bytes(&damaged, 7), None, "byte {at}");
        }
        let again = Resolution::new(table(&names), &NoArticles, None, Some(&kept));
        assert_eq!(again.links, first.links);
        assert_eq!(again.doubts, first.doubts);
        // Findings about names that are not there are not used.
        let others = Resolution::new(table(&names[2..]), &NoArticles, None, Some(&kept));
        assert_eq!(
            others.links,
            Resolution::new(table(&names[2..]), &NoArticles, None, None).links
        );
    }
}
