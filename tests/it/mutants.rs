//! Damaged files: the cases with bytes changed, cut out, doubled and mixed with each other, under every name.
//!
//! A short run is part of the tests; `FIHRIST_MUTANTS=100000 cargo test --test it mutants` is a long one. The changes
//! come from a fixed seed (`FIHRIST_SEED` for another one), so that failures can be reproduced. It replaces a
//! fuzzer, which would need a nightly compiler.

use std::panic;
use std::path::Path;

use fihrist::archive;

use crate::cases;

/// The number of mutants in a short run. Picked by feel: some seconds.
const N_MUTANTS: u64 = 400;

/// Larger cases, in bytes, are not mutated: they only cost time. A guess.
const MAX_BYTES: usize = 64 << 10;

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(otherwise)
}

/// Pseudo-random numbers: SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }
}

fn mutant(random: &mut Random, files: &[(String, Vec<u8>)]) -> (String, Vec<u8>) {
    let (name, mut bytes) = files[random.below(files.len())].clone();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(64)).min(bytes.len());
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] = random.next().to_le_bytes()[0],
            1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            5 => {
                let other = &files[random.below(files.len())].1;
                let start = random.below(other.len() + 1);
                let piece = other[start..(start + random.below(256)).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let signs = [
                    "<", ">", "\"", "{", "]", "&#", "\n", "\r\n", "=\n", "--", "\u{FEFF}", "\0", "From ",
                ];
                let sign = signs[random.below(signs.len())];
                bytes.splice(at..at, sign.bytes());
            }
        }
    }
    // One in three is called something else: the content decides, whatever the name says.
    let name = match random.below(3) {
        0 => files[random.below(files.len())].0.clone(),
        _ => name,
    };
    (name, bytes)
}

/// Invariants of every article: no text is lost, and all spans are valid.
fn check(name: &str, bytes: &[u8]) {
    for (idx, article) in archive::parse(Path::new(name), bytes).iter().enumerate() {
        assert_eq!(article.record as usize, idx);
        let mut end = 0;
        for section in &article.sections {
            assert!(end <= section.span.start, "sections overlap");
            assert!(
                section.span.of(&article.text).is_some_and(|it| !it.is_empty()),
                "not a span of the text"
            );
            assert!(is_blank(&article.text[end..section.span.start]), "text is lost");
            end = section.span.end;
        }
        assert!(is_blank(&article.text[end..]), "text is lost");
        assert!(!article.title.is_empty() || is_blank(&article.text), "no title");
    }
}

fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || fihrist::arabic::letter::is_invisible(c))
}

#[test]
fn damaged_files_of_every_format_are_read_without_panic_or_loss() {
    let files: Vec<(String, Vec<u8>)> = cases::names()
        .into_iter()
        .map(|name| {
            let bytes = cases::bytes(&name);
            (name, bytes)
        })
        .filter(|(_, bytes)| bytes.len() <= MAX_BYTES)
        .collect();
    for (name, bytes) in &files {
        check(name, bytes);
    }
    let seed = number("FIHRIST_SEED", 1);
    for round in 0..number("FIHRIST_MUTANTS", N_MUTANTS) {
        let mut random = Random(seed.wrapping_mul(0x1_0000_0001).wrapping_add(round));
        let (name, bytes) = mutant(&mut random, &files);
        let result = panic::catch_unwind(|| check(&name, &bytes));
        assert!(result.is_ok(), "FIHRIST_SEED={seed}, round {round}, as {name}");
    }
}
