//! A text in a hundred bytes: similar texts share a value.
//!
//! MinHash (Broder 1997) over shingles of three folded words, in 24 bands of three: of two texts whose shingles overlap
//! by half (Jaccard) 96 % share a band, by 0.7 all but one in 10,000, by a tenth 2 %.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// The words of a shingle, the bands, and the rows of a band. The shares above follow from the last two; how many words
/// was a guess.
const SHINGLE: usize = 3;
const BANDS: usize = 24;
const ROWS: usize = 3;

/// A shorter text is like another only if it is the same: some 40 words are a caption, or a form. A guess.
pub const FEWEST_SHINGLES: usize = 40;
/// A text with fewer is a form, the same under many titles: «التفاصيل بعد قليل». A guess.
const FEWEST_OF_ANY: usize = 20;

/// What follows this many words of a text is not compared: twenty times as many as the longest article has. A guess.
pub const MOST_WORDS: usize = 500_000;

/// What is stored of a text for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Identifies everything that the text is compared by: equal for articles that comparison cannot tell apart.
    pub key: u64,
    /// One value per band; similar texts share one.
    pub bands: Vec<u32>,
}

impl Sketch {
    /// The sketch of an article with the words of these hashes in its body, these names and this day of publication; `None`
    /// for a text of a few words.
    pub fn new(word_hashes: &[u64], names: &[&str], day: Option<i32>) -> Option<Self> {
        let shingles = shingles(&word_hashes[..word_hashes.len().min(MOST_WORDS)]);
        if shingles.len() < FEWEST_OF_ANY {
            return None;
        }
        let mut text_hash = Xxh3::new();
        shingles.iter().for_each(|it| text_hash.update(&it.to_le_bytes()));
        let text_hash = text_hash.digest();
        let about = format!("{text_hash} {day:?} {}", names.join("\t"));
        let bands = match shingles.len() < FEWEST_SHINGLES {
            true => vec![text_hash as u32],
            false => bands(&shingles),
        };
        Some(Self {
            key: xxh3_64(about.as_bytes()),
            bands,
        })
    }
}

/// The distinct runs of three words by the hashes of words, each as a hash, in rising order.
pub fn shingles(word_hashes: &[u64]) -> Vec<u64> {
    let mut shingles: Vec<u64> = word_hashes
        .windows(SHINGLE)
        .map(|words| words.iter().fold(0, |hash, word| mixed(hash ^ word)))
        .collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

fn bands(shingles: &[u64]) -> Vec<u32> {
    let mut least = [u32::MAX; BANDS * ROWS];
    let mut factor = 0;
    let factors: [u32; BANDS * ROWS] = std::array::from_fn(|_| {
        factor = mixed(factor);
        factor as u32 | 1
    });
    for shingle in shingles {
        // An odd factor makes a permutation of 32-bit numbers.
        for (least, factor) in least.iter_mut().zip(factors) {
            *least = (*least).min((*shingle as u32).wrapping_mul(factor));
        }
    }
    let band = |(idx, values): (usize, &[u32])| {
        values
            .iter()
            .fold(idx as u64, |hash, value| mixed(hash ^ u64::from(*value))) as u32
    };
    least.chunks(ROWS).enumerate().map(band).collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ value >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ value >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ value >> 31
}
