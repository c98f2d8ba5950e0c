//! How long the names of a large archive take to be resolved, and how much memory.
//!
//! `cargo bench --bench names` invents 1,000,000 articles with 3,000,000 different names;
//! `FIHRIST_NAMES` and `FIHRIST_ARTICLES` set other numbers. It prints measurements without judging them.

mod dice;

use std::sync::Arc;
use std::time::Instant;

use fihrist::entities::{
    Correction, Corrections, EntityKind, KnownIds, NameNumber, NameTable, NamedArticles, Registry, Resolution,
};

use dice::Dice;

/// One of `words`.
fn one_of<'a>(dice: &mut Dice, words: &[&'a str]) -> &'a str {
    words[dice.below(words.len() as u64) as usize]
}

const GIVEN: &[&str] = &[
    "محمد",
    "سامي",
    "خالد",
    "مريم",
    "نبيل",
    "هدي",
    "سعيد",
    "فاطمه",
    "يوسف",
    "ليلي",
    "عمر",
    "رنا",
];
const CONSONANTS: &[&str] = &[
    "ب", "ت", "ج", "د", "ر", "ز", "س", "ش", "غ", "ف", "ك", "ل", "م", "ن", "ه", "ط", "ق", "تش",
];
const VOWELS: &[&str] = &["", "", "ا", "ي", "و"];

fn foreign(dice: &mut Dice, n_syllables: u64) -> String {
    let mut word = String::new();
    for _ in 0..n_syllables {
        word.push_str(one_of(dice, CONSONANTS));
        word.push_str(one_of(dice, VOWELS));
    }
    word + one_of(dice, &["وف", "سكي", "ن", "ر", "س", "يان"])
}

/// Another spelling of a foreign name, as the press has them.
fn respelled(dice: &mut Dice, word: &str) -> String {
    let (from, to) = [("غ", "ج"), ("ج", "غ"), ("ت", "ط"), ("ي", ""), ("ا", ""), ("تش", "ش")][dice.below(6) as usize];
    word.replacen(from, to, 1)
}

fn names(n_names: usize) -> NameTable {
    let mut dice = Dice(1);
    let mut table = NameTable::default();
    let mut last = String::new();
    while table.len() < n_names {
        let key = match dice.below(10) {
            0..4 => format!(
                "{} {} ال{}ي",
                one_of(&mut dice, GIVEN),
                one_of(&mut dice, GIVEN),
                foreign(&mut dice, 2)
            ),
            4..8 => {
                let n_syllables = 1 + dice.below(3);
                format!(
                    "{} {}",
                    foreign(&mut dice, 1 + n_syllables % 2),
                    foreign(&mut dice, n_syllables)
                )
            }
            _ => respelled(&mut dice, &last),
        };
        let kind = match dice.below(10) {
            0..7 => EntityKind::Person,
            7..9 => EntityKind::Organisation,
            _ => EntityKind::Place,
        };
        table.push(kind, &key, &key);
        last = key;
    }
    table
}

/// The names of articles, article by article.
struct Articles {
    names: Vec<NameNumber>,
    per_article: usize,
}

impl NamedArticles for Articles {
    fn for_each(&self, visit: &mut dyn FnMut(&[NameNumber])) {
        self.names.chunks(self.per_article).for_each(visit);
    }
}

fn main() {
    let number = |variable: &str, otherwise: usize| {
        let value = std::env::var(variable).ok().and_then(|it| it.parse().ok());
        value.unwrap_or(otherwise)
    };
    let n_names = number("FIHRIST_NAMES", 3_000_000);
    let n_articles = number("FIHRIST_ARTICLES", 1_000_000);
    let per_article = 15;

    let mut table = names(n_names);
    let mut dice = Dice(2);
    let mut articles = Articles {
        names: Vec::with_capacity(n_articles * per_article),
        per_article,
    };
    for article in 0..n_articles {
        let start = articles.names.len();
        for place in 0..per_article {
            // Half of all mentions are of few names; every name stands somewhere.
            let name = match place % 2 {
                0 => dice.below(n_names as u64 / 60 + 1),
                _ => ((article * per_article + place) % n_names) as u64,
            };
            articles.names.push(NameNumber(name as u32));
        }
        table.add_article(article as u64, articles.names[start..].iter().copied());
    }
    println!("{n_names} names, {} MB of them", table.memory() >> 20);

    let table = Arc::new(table);
    let start = Instant::now();
    let resolution = Arc::new(Resolution::new(Arc::clone(&table), &articles, None, None));
    println!("resolved in {:.1} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let registry = Registry::new(
        Arc::clone(&resolution),
        &Corrections::default(),
        &KnownIds::default(),
        None,
    );
    let n_entities = registry.entities().len();
    println!(
        "registry of {n_entities} entities in {:.1} s",
        start.elapsed().as_secs_f64()
    );

    // The most frequent entities: their corrections touch the most names.
    let first: Vec<_> = registry.entities().take(2).collect();
    let (from, into) = (first[1].id(), first[0].id());
    let spelling = first[0].aliases().last().map_or_else(String::new, |it| it.0.to_owned());
    let made = [
        (
            "merge",
            Correction::Merge {
                from: from.clone(),
                into: into.clone(),
            },
        ),
        (
            "split",
            Correction::Split {
                from: into.clone(),
                spelling,
            },
        ),
        (
            "rename",
            Correction::Rename {
                entity: into.clone(),
                name: "اسم آخر".to_owned(),
            },
        ),
        (
            "kind",
            Correction::SetKind {
                entity: into.clone(),
                kind: EntityKind::Place,
            },
        ),
        ("hide", Correction::Hide { entity: into.clone() }),
        ("keep apart", Correction::KeepApart { a: from, b: into }),
    ];
    let mut corrections = Corrections::default();
    let mut corrected = registry.clone();
    for (what, correction) in made {
        corrections.add(correction);
        let start = Instant::now();
        corrected = corrected.corrected(&corrections);
        println!("{what} in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    }
    corrections.remove(0);
    let start = Instant::now();
    corrected = corrected.corrected(&corrections);
    println!("undo in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    assert!(corrected.entities().len() <= n_entities);
    drop(corrected);
    drop(registry);

    let mut grown = NameTable::clone(&table);
    let name = grown.push(EntityKind::Person, "ميخاييل بوغدانوف", "ميخائيل بوغدانوف");
    grown.add_article(u64::MAX, [name, NameNumber(0)]);
    drop(table);
    let start = Instant::now();
    let resolution = Resolution::new(Arc::new(grown), &articles, Some(&resolution), None);
    let (n_compared, n_blocks) = resolution.n_compared_blocks();
    println!(
        "one article more in {:.1} s: {n_compared} of {n_blocks} blocks compared",
        start.elapsed().as_secs_f64()
    );
    println!("at most {} MB in use", most_memory_kb() >> 10);
}

/// The peak memory of this process; 0 if the system does not report it.
fn most_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}
