//! Measures how fast an indexed folder opens and answers; for developers.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use super::args::MeasureArgs;
use super::error::CliError;
use super::open::{Context, Outcome};
use crate::arabic::words;
use crate::index::{
    Facet, FacetFilter, FacetOrder, Filters, Hit, HitOrder, Index, Period, ResultPage, SearchError, SearchRequest,
    Searcher,
};

pub(super) fn measure(ctx: &Context, args: &MeasureArgs) -> Result<Outcome, CliError> {
    let figures = figures(&ctx.data_dir.index_of(&args.folder), args.queries)?;
    writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&figures)?)?;
    Ok(Outcome::Whole)
}

/// The number of rows that the window asks for at once.
const ROWS: usize = 40;

/// Opens the index in `dir` as the window does, then asks `n_queries` requests of every kind, each once.
///
/// Times are in milliseconds and include the first page of rows. Memory is in MiB, 0 if the system does not report it:
/// the process's own, and last the mapped pages of the index, which the system can reclaim at any time.
fn figures(dir: &Path, n_queries: usize) -> Result<Value, CliError> {
    let start = Instant::now();
    let millis = |start: Instant| start.elapsed().as_secs_f64() * 1e3;
    let index = Index::open(dir)?;
    let early = index.early_searcher()?;
    let opened = millis(start);
    ask(&early, &SearchRequest::default())?;
    let first_list = millis(start);
    let memory_early = memory("RssAnon:");
    drop(early);
    let searcher = index.named_searcher()?;
    let names_found = millis(start);
    let memory_names = memory("RssAnon:");
    let all = ask(&searcher, &SearchRequest::default())?;
    let all_counted = millis(start);

    let searcher = index.searcher()?;
    let mut times = Times::default();
    let mut slowest = (0.0, String::new());
    for (kind, request) in requests(&searcher, &all, n_queries)? {
        let millis = times.take(kind, || ask(&searcher, &request))?;
        if slowest.0 < millis {
            slowest = (millis, request.query_text.clone());
        }
        times.0.entry("all").or_default().push(millis);
    }
    let memory_after_queries = memory("RssAnon:");
    let mapped_after_queries = memory("RssFile:");
    Ok(json!({
        "articles": searcher.n_articles(),
        "names": searcher.registry().entities().len(),
        "opened_millis": opened,
        "first_list_millis": first_list,
        "names_found_millis": names_found,
        "all_counted_millis": all_counted,
        "memory_at_first_list": memory_early,
        "memory_with_names": memory_names,
        "memory_after_queries": memory_after_queries,
        "mapped_after_queries": mapped_after_queries,
        "queries": times.json(),
        "slowest": slowest.1,
        "others": others(&searcher, &all)?.json(),
    }))
}

/// Times in milliseconds, by what was measured.
#[derive(Default)]
struct Times(BTreeMap<&'static str, Vec<f64>>);

impl Times {
    /// Runs `work` and records its time.
    fn take<T>(
        &mut self,
        what: &'static str,
        work: impl FnOnce() -> Result<T, SearchError>,
    ) -> Result<f64, SearchError> {
        let start = Instant::now();
        work()?;
        let millis = start.elapsed().as_secs_f64() * 1e3;
        self.0.entry(what).or_default().push(millis);
        Ok(millis)
    }

    fn json(self) -> Value {
        let spread = self.0.into_iter().map(|(what, mut times)| {
            times.sort_unstable_by(f64::total_cmp);
            let at = |percent: usize| times[(times.len() - 1) * percent / 100];
            let value = json!({"n": times.len(), "p50": at(50), "p95": at(95), "max": at(100)});
            (what.to_owned(), value)
        });
        Value::Object(spread.collect())
    }
}

/// Times requests other than pages, each for the most frequent names.
fn others(searcher: &Searcher, all: &ResultPage) -> Result<Times, SearchError> {
    let mut times = Times::default();
    let people = all.facets.iter().filter(|it| it.facet == Facet::Person);
    for person in people.flat_map(|it| &it.values).take(OTHERS) {
        let beginning: String = person.name.chars().take(3).collect();
        times.take("completions", || searcher.completions(&beginning))?;
        times.take("facet search", || {
            let everything = SearchRequest::default();
            searcher.facet_values(&everything, Facet::Person, &beginning, FacetOrder::Count)
        })?;
        let query = |query_text: String, order: HitOrder| SearchRequest {
            query_text,
            order,
            ..SearchRequest::default()
        };
        let mut ask_for = |what, request| times.take(what, || ask(searcher, &request));
        let word = beginning.clone() + " ";
        ask_for(
            "person:",
            query(format!("person:{} ", person.name), HitOrder::Relevance),
        )?;
        ask_for("by title", query(word.clone(), HitOrder::Title))?;
        ask_for("by source", query(word, HitOrder::Source))?;
        let last = person.name.split(' ').next_back().unwrap_or_default();
        let marked: String = last.chars().flat_map(|c| [c, FATHA]).collect();
        ask_for("vowel signs", query(format!("{marked} "), HitOrder::Relevance))?;
        ask_for(
            "as typed",
            SearchRequest {
                as_typed: true,
                ..query(format!("{last} "), HitOrder::Relevance)
            },
        )?;
    }
    Ok(times)
}

/// The number of names that [`others`] uses: enough for a median. A guess.
const OTHERS: usize = 30;
/// A vowel sign, to ask for a spelling.
const FATHA: char = '\u{064E}';

fn ask(searcher: &Searcher, request: &SearchRequest) -> Result<ResultPage, SearchError> {
    let page = searcher.search_to_end(request)?;
    if let Some(err) = page.incomplete {
        return Err(err);
    }
    for hit in searcher.hits(&page, 0..ROWS, request) {
        hit?;
    }
    Ok(page)
}

/// A request and its kind, under which its time is reported.
type Asked = (&'static str, SearchRequest);

/// Requests of every kind in turn, made from titles of articles spread over the archive and from the most frequent
/// values. Deterministic for an archive.
fn requests(searcher: &Searcher, all: &ResultPage, n_queries: usize) -> Result<Vec<Asked>, SearchError> {
    let step = (all.articles.len() / n_queries.max(1)).max(1);
    let spread = all.articles.iter().step_by(step);
    let titles = spread.filter_map(|it| searcher.hit(*it).transpose());
    let mut requests = Vec::new();
    for (number, hit) in titles.take(n_queries).enumerate() {
        let hit = hit?;
        let title: Vec<&str> = words(&hit.title)
            .filter_map(|word| word.span.of(&hit.title))
            .filter(|word| 2 < word.chars().count())
            .collect();
        if let [first, second, ..] = *title.as_slice() {
            requests.push(request_of(number, &hit, [first, second], all));
        }
    }
    Ok(requests)
}

/// A request whose kind the number chooses, made from the first words of a title.
fn request_of(number: usize, hit: &Hit, [first, second]: [&str; 2], all: &ResultPage) -> (&'static str, SearchRequest) {
    let query = |text: String| SearchRequest {
        query_text: text,
        ..SearchRequest::default()
    };
    let chosen = |facet: Facet| -> Option<FacetFilter> {
        let values = &all.facets.iter().find(|it| it.facet == facet)?.values;
        let value = values.get(number % values.len().max(1))?;
        Some(FacetFilter {
            facet,
            id: value.id.clone(),
            name: value.name.clone(),
            excluded: number.is_multiple_of(4),
        })
    };
    let facet = Facet::ALL[number % Facet::ALL.len()];
    let filtered = |query_text: String| SearchRequest {
        filters: Filters {
            values: chosen(facet).into_iter().collect(),
            ..Filters::default()
        },
        ..query(query_text)
    };
    match number % 10 {
        0 | 1 => ("word", query(format!("{first} "))),
        2 => ("two words", query(format!("{first} {second} "))),
        3 => ("phrase", query(format!("«{first} {second}»"))),
        4..6 => {
            let n_letters = 2 + number % 3;
            let kinds = ["two letters", "three letters", "four letters"];
            let kind = kinds[n_letters - 2];
            (kind, query(first.chars().take(n_letters).collect()))
        }
        6 => ("word and filter", filtered(format!("{second} "))),
        7 => ("filter", filtered(String::new())),
        8 => {
            let period = hit.published.map(|it| Period::Days {
                first: it.date.first_of_year(),
                last: it.date,
            });
            let filters = Filters {
                period,
                ..Filters::default()
            };
            let request = SearchRequest {
                filters,
                ..SearchRequest::default()
            };
            ("period", request)
        }
        _ => {
            let orders = [HitOrder::Relevance, HitOrder::Newest, HitOrder::Oldest];
            let request = SearchRequest {
                order: orders[number / 10 % 3],
                ..SearchRequest::default()
            };
            ("everything", request)
        }
    }
}

/// This process's memory as the system reports it, in MiB.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}
