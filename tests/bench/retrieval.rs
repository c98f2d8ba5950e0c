//! How well articles are found by their titles, against light10 in the same search library:
//! `FIHRIST_BENCH_FOLDER=DIR cargo bench --bench retrieval`.
//!
//! Every article of the folder with a stated title is indexed without it; then its title is the query, any of whose
//! words is enough, and the article is the one right answer. MRR@10 is the mean of 1/rank, 0 below the tenth hit.
//! `FIHRIST_TITLES` sets a number of titles other than 3,000; they are spread over the folder.

use std::ops::ControlFlow;
use std::path::PathBuf;

use fihrist::arabic::{Folding, WordKind, fold, words};
use fihrist::archive::{self, Article, ArticleId, Reading, SectionKind};
use fihrist::index::{Index, IndexedFile, SearchRequest};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{TantivyDocument, Term};

fn main() {
    let Some(folder) = std::env::var_os("FIHRIST_BENCH_FOLDER").map(PathBuf::from) else {
        println!("FIHRIST_BENCH_FOLDER names the folder of articles to be found by their titles");
        return;
    };
    let n_titles: usize = std::env::var("FIHRIST_TITLES")
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(3_000);
    let articles = titled_articles(&folder);
    let step = articles.len().div_ceil(n_titles).max(1);
    let asked: Vec<&(String, Article)> = articles.iter().step_by(step).collect();
    println!("{} articles, {} titles", articles.len(), asked.len());

    let light10 = Light10Index::new(&articles);
    let reference = mrr(&asked, |title| light10.search(title));
    println!("light10: MRR@10 {reference:.4}");

    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let mut writer = index.writer().unwrap();
    for (_, article) in &articles {
        let file = IndexedFile {
            path: article.path.clone(),
            size: 0,
            modified_nanos: 0,
            content_hash: 0,
            reading: 0,
            unreadable: Vec::new(),
        };
        writer.add_file(&file, &[(article.clone(), Vec::new())]).unwrap();
    }
    writer.finish().unwrap();
    let searcher = index.searcher().unwrap();
    let ours = mrr(&asked, |title| {
        let request = SearchRequest {
            query_text: format!("{} ", title_words(title).join(" OR ")),
            ..SearchRequest::default()
        };
        let page = searcher.search_to_end(&request).unwrap();
        page.articles.iter().take(10).copied().collect()
    });
    println!("Fihrist: MRR@10 {ours:.4} ({:+.4})", ours - reference);
}

/// The articles of a folder with their titles; the articles themselves have none.
fn titled_articles(folder: &std::path::Path) -> Vec<(String, Article)> {
    let mut articles = Vec::new();
    for file in archive::scan(folder, &[]).files {
        let mut take = |mut article: Article| {
            let title = std::mem::take(&mut article.title);
            if !article.title_derived && 2 < title_words(&title).len() && !article.body().is_empty() {
                article.sections.retain(|it| it.kind != SectionKind::Title);
                article.record = 0;
                articles.push((title, article));
            }
            ControlFlow::Break(())
        };
        archive::read_articles(folder, &file.path, &Reading::default(), &mut take).ok();
    }
    articles
}

/// The words of a title, none of which is an operator.
fn title_words(title: &str) -> Vec<String> {
    words(title)
        .filter_map(|word| word.span.of(title))
        .map(str::to_lowercase)
        .filter(|word| fold(word, Folding::Word) != "او")
        .collect()
}

fn mrr(asked: &[&(String, Article)], search: impl Fn(&str) -> Vec<ArticleId>) -> f64 {
    let reciprocal = |(title, article): &(String, Article)| {
        let rank = search(title).iter().position(|it| *it == article.id());
        rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64)
    };
    asked.iter().map(|it| reciprocal(it)).sum::<f64>() / asked.len().max(1) as f64
}

/// Bodies by their light10 stems, ranked by BM25.
struct Light10Index {
    searcher: tantivy::Searcher,
    body: tantivy::schema::Field,
    id: tantivy::schema::Field,
}

impl Light10Index {
    fn new(articles: &[(String, Article)]) -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let body = schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing));
        let id = schema.add_text_field("id", STRING | STORED);
        let schema = schema.build();
        let index = tantivy::Index::create_in_ram(schema);
        let mut writer = index.writer_with_num_threads(1, 256 << 20).unwrap();
        for (_, article) in articles {
            let mut document = TantivyDocument::default();
            let stems = light10_words(&article.body());
            let tokens = stems.into_iter().enumerate().map(|(position, text)| Token {
                position,
                text,
                ..Token::default()
            });
            document.add_pre_tokenized_text(
                body,
                PreTokenizedString {
                    text: String::new(),
                    tokens: tokens.collect(),
                },
            );
            document.add_text(id, article.id().0.to_string());
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        Self { searcher, body, id }
    }

    fn search(&self, title: &str) -> Vec<ArticleId> {
        let clauses = light10_words(title).into_iter().map(|stem| {
            let term = Term::from_field_text(self.body, &stem);
            let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (Occur::Should, query)
        });
        let query = BooleanQuery::new(clauses.collect());
        let top = self
            .searcher
            .search(&query, &TopDocs::with_limit(10).order_by_score())
            .unwrap();
        let id = |(_, address)| {
            let document: TantivyDocument = self.searcher.doc(address).unwrap();
            let value = document.get_first(self.id).and_then(|it| it.as_str()?.parse().ok());
            ArticleId(value.unwrap_or(0))
        };
        top.into_iter().map(id).collect()
    }
}

/// The stems of light10 (Larkey, Ballesteros and Connell), over the same folding.
fn light10_words(text: &str) -> Vec<String> {
    words(text)
        .map(|word| {
            let folded = fold(word.span.of(text).unwrap_or_default(), Folding::Word);
            match word.kind {
                WordKind::Arabic => light10(&folded).to_owned(),
                _ => folded,
            }
        })
        .collect()
}

fn light10(word: &str) -> &str {
    let n_letters = |text: &str| text.chars().count();
    let mut stem = word;
    for prefix in ["ال", "وال", "بال", "كال", "فال", "لل", "و"] {
        let remaining = if prefix == "و" { 3 } else { 2 };
        if let Some(rest) = stem.strip_prefix(prefix)
            && remaining <= n_letters(rest)
        {
            stem = rest;
            break;
        }
    }
    for suffix in ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"] {
        if let Some(rest) = stem.strip_suffix(suffix)
            && 2 <= n_letters(rest)
        {
            stem = rest;
        }
    }
    stem
}
