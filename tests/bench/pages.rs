//! How long the page of a name, and a search for names, take in a large archive.
//!
//! `cargo bench --bench pages` invents 200,000 articles; `FIHRIST_ARTICLES` sets another number. It prints
//! measurements without judging them.

mod dice;

use std::path::{Path, PathBuf};
use std::time::Instant;

use fihrist::arabic::Span;
use fihrist::archive::parse;
use fihrist::entities::{EntityKind, Mention, Name};
use fihrist::index::{Facet, FacetOrder, Index, IndexedFile, SearchRequest};

use dice::Dice;

const SYLLABLES: [&str; 12] = ["با", "دو", "سي", "را", "مو", "ني", "كا", "لو", "في", "شا", "طو", "حي"];

/// An invented name of two words.
fn name(number: u64) -> String {
    let word = |mut number: u64| {
        let mut word = String::new();
        for _ in 0..4 {
            word.push_str(SYLLABLES[(number % 12) as usize]);
            number /= 12;
        }
        word
    };
    format!("{} {}", word(number * 7 + 1), word(number * 13 + 5))
}

fn main() {
    let n_articles = std::env::var("FIHRIST_ARTICLES").ok().and_then(|it| it.parse().ok());
    let n_articles: u64 = n_articles.unwrap_or(200_000);
    let dir = std::env::temp_dir().join(format!("fihrist-pages-{}", std::process::id()));
    let index = Index::open(&dir).expect("an index can be made in the temporary directory");
    let mut writer = index.writer().expect("nobody else writes to it");
    let mut dice = Dice(7);
    let role = "وزير الزراعة";
    let text = format!("خبر\n\n{role} في هذا النص الذي يكفي ليكون متنًا لخبر قصير.");
    let span = text
        .find(role)
        .map_or_else(Span::default, |at| Span::new(at, at + role.len()));
    let kinds = [
        EntityKind::Person,
        EntityKind::Person,
        EntityKind::Organisation,
        EntityKind::Place,
    ];
    let start = Instant::now();
    for number in 0..n_articles {
        let (year, month, day) = (2000 + number % 25, 1 + number % 12, 1 + number % 28);
        let path = PathBuf::from(format!("{year}-{month:02}-{day:02}-{number}.txt"));
        let mut articles = parse(Path::new(&path), text.as_bytes());
        let article = articles.remove(0);
        // Some names stand in very many articles, most in few: so are the cubes of what is spread evenly.
        let mentions = (0..16).map(|idx| {
            let share = dice.below(1000);
            let (kind, form) = (
                kinds[idx % 4],
                name(share * share * share / 1000 + 1_000_000 * (idx as u64 % 4)),
            );
            Mention {
                kind,
                span: Span::default(),
                name: Name {
                    kind,
                    key: form.clone(),
                    form,
                },
                role: (idx % 8 == 0).then_some(span),
            }
        });
        let file = IndexedFile {
            path,
            size: text.len() as u64,
            modified_nanos: 0,
            content_hash: number,
            reading: 0,
            unreadable: Vec::new(),
        };
        let mentions = mentions.collect();
        writer
            .add_file(&file, &[(article, mentions)])
            .expect("there is room on the disk");
    }
    writer.finish().expect("there is room on the disk");
    println!(
        "{n_articles} articles written in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    let searcher = index.searcher().expect("the index can be read");
    println!("opened in {:.1} s", start.elapsed().as_secs_f64());

    let request = SearchRequest::default();
    let people = searcher
        .facet_values(&request, Facet::Person, "", FacetOrder::Count)
        .unwrap()
        .values;
    for value in [people.first(), people.get(people.len() / 2)].into_iter().flatten() {
        let id = fihrist::entities::EntityId(value.id.clone());
        for with in [Vec::new(), vec![people[people.len() / 3].id.clone()]] {
            let with: Vec<_> = with.into_iter().map(fihrist::entities::EntityId).collect();
            let millis = best_of_five(|| {
                searcher.entity_page(&id, &with, &request, &|| false).unwrap();
            });
            println!(
                "page of a name in {} articles, compared {}: {millis:.1} ms",
                value.articles,
                !with.is_empty()
            );
        }
    }
    for text in ["بادو", "سيرا مو", "غير موجود"] {
        let millis = best_of_five(|| {
            searcher.find_entities(text, Some(EntityKind::Person), 30);
        });
        println!("names with «{text}»: {millis:.1} ms");
        let millis = best_of_five(|| {
            searcher
                .facet_values(&request, Facet::Person, text, FacetOrder::Count)
                .unwrap();
        });
        println!("values of a facet with «{text}»: {millis:.1} ms");
    }
    // What is left there only takes room.
    std::fs::remove_dir_all(&dir).ok();
}

fn best_of_five(mut run: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_secs_f64() * 1e3);
    }
    best
}
