//! Records of every shape with random texts: no word of a text is lost, whatever its field is called and however it is
//! divided, and no record with a text is without one.

use std::fs;
use std::path::Path;

use fihrist::archive::{self, Article, Reading, SectionKind};
use serde_json::{Value, json};

/// The number of texts that each shape is tried with. Picked by feel.
const N_TEXTS: u64 = 6;

/// Names of a text, one that no list knows among them.
const NAMES: [&str; 6] = ["text", "article_body", "content", "نص_الخبر", "body_html", "فحوى"];

/// Pseudo-random numbers, the constants of Knuth's MMIX.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// Paragraphs, each word of which is there once; together they are long enough to be known as a text.
    fn paragraphs(&mut self) -> Vec<String> {
        const WORDS: [&str; 12] = [
            "مدينة",
            "وقال",
            "الوزير",
            "جسر",
            "بلدية",
            "السوق",
            "أمس",
            "نحو",
            "مياه",
            "إن",
            "شركة",
            "طريق",
        ];
        let n_paragraphs = 1 + self.below(4);
        let paragraphs = (0..n_paragraphs).map(|paragraph| {
            let n_words = 20 + self.below(30);
            let words = (0..n_words).map(|idx| format!("{}{paragraph}س{idx}ص", WORDS[self.below(WORDS.len())]));
            format!("{}.", words.collect::<Vec<_>>().join(" "))
        });
        paragraphs.collect()
    }
}

/// The texts of a value in the shapes of block editors.
fn texts(paragraphs: &[String]) -> Vec<Value> {
    let blocks = |block: &dyn Fn(&String) -> Value| paragraphs.iter().map(block).collect::<Vec<_>>();
    let half = |text: &str| {
        text.char_indices()
            .nth(text.chars().count() / 2)
            .map_or(0, |(at, _)| at)
    };
    let leaf = |text: &str| json!({"type": "text", "text": text});
    vec![
        json!(paragraphs.join("\n")),
        json!(paragraphs),
        json!(format!("<p>{}</p>", paragraphs.join("</p><p>"))),
        json!({"blocks": blocks(&|it| json!({"type": "paragraph", "data": {"text": it}}))}),
        json!({"blocks": blocks(&|it| json!({"key": "a", "type": "unstyled", "text": it})), "entityMap": {}}),
        json!({"type": "doc", "content": blocks(&|it| {
            let (start, end) = it.split_at(half(it));
            json!({"type": "paragraph", "content": [leaf(start), leaf(end)]})
        })}),
        json!(blocks(&|it| json!({"type": "paragraph", "children": [{"text": it}]}))),
        json!(blocks(
            &|it| json!({"blockName": "core/paragraph", "innerBlocks": [], "innerContent": [format!("<p>{it}</p>")]})
        )),
        json!({"ops": blocks(&|it| json!({"insert": format!("{it}\n")}))}),
        json!(blocks(&|it| json!({"type": "p", "text": it}))),
        json!(blocks(&|it| json!({"unknown": {"shape": it}}))),
    ]
}

/// Files with a record of this title and text.
fn files(title: &str, paragraphs: &[String]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for name in NAMES {
        for text in texts(paragraphs) {
            let record = json!({"title": title, "date": "2023-11-14", name: text});
            files.push(("a.json".to_owned(), record.to_string()));
            files.push(("a.json".to_owned(), json!({"list": [record, record]}).to_string()));
            files.push(("a.json".to_owned(), json!({"7": record, "8": record}).to_string()));
            let inner = text.as_str().map_or_else(|| text.to_string(), str::to_owned);
            let written = json!({"title": title, name: inner});
            files.push(("a.jsonl".to_owned(), format!("{written}\n{written}\n")));
        }
        let joined = paragraphs.join("\n");
        for (quote, separator) in [('"', ','), ('"', ';'), ('\'', '\t')] {
            let row = |cells: [&str; 3]| {
                cells
                    .map(|it| format!("{quote}{it}{quote}"))
                    .join(&separator.to_string())
            };
            let table = [
                row(["title", "date", name]),
                row([title, "2023-11-14", &joined]),
                row([title, "2023-11-15", &joined]),
            ];
            files.push(("a.csv".to_owned(), table.join("\n")));
        }
    }
    let inner = |tag: &str| {
        paragraphs
            .iter()
            .map(|it| format!("<{tag}>{it}</{tag}>"))
            .collect::<String>()
    };
    let title = format!("<title>{title}</title>");
    for element in ["article", "story", "item", "doc", "content"] {
        for (start, tag, end) in [
            ("", "p", ""),
            ("<text>", "p", "</text>"),
            ("<main>", "para", "</main>"),
            ("<body><div>", "p", "</div></body>"),
        ] {
            let record = format!("<{element}>{title}{start}{}{end}</{element}>", inner(tag));
            files.push((
                "a.xml".to_owned(),
                format!("<?xml version=\"1.0\"?><list>{record}{record}</list>"),
            ));
        }
    }
    files
}

/// The words of an article's headline and text.
fn words_of(articles: &[Article]) -> Vec<&str> {
    let is_read = |kind: SectionKind| kind.is_article() || kind == SectionKind::Caption;
    let sections = articles
        .iter()
        .flat_map(|it| it.sections.iter().map(move |section| (it, section)));
    let read = sections.filter(|(_, section)| is_read(section.kind));
    read.filter_map(|(it, section)| section.span.of(&it.text))
        .flat_map(str::split_whitespace)
        .collect()
}

#[test]
fn no_word_of_a_records_text_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..N_TEXTS {
        let mut random = Random(seed);
        let paragraphs = random.paragraphs();
        for (name, content) in files("جسر المدينة يفتح غدا", &paragraphs) {
            fs::write(folder.path().join(&name), &content).unwrap();
            let read = archive::read_file(folder.path(), Path::new(&name), &Reading::default());
            let articles = read.unwrap_or_else(|err| panic!("{err}: {content}")).articles;
            let found = words_of(&articles);
            let lost = paragraphs
                .iter()
                .flat_map(|it| it.split_whitespace())
                .find(|it| !found.contains(it));
            assert_eq!(lost, None, "{name}: {content}");
            assert!(articles.iter().all(|it| !it.body().is_empty()), "empty: {content}");
        }
    }
}
