//! What exporting costs, against reading the same texts out of the index:
//! `FIHRIST_BENCH_DATA=DATA FIHRIST_BENCH_FOLDER=DIR cargo bench --bench export`.
//!
//! DIR was indexed by `fihrist --data-dir DATA index DIR`. Each format is written in turn, `FIHRIST_ROUNDS` times (3); printed
//! are the medians in milliseconds, the ratio to reading, and the most memory of the process so far, in MiB.

use std::io::BufWriter;
use std::path::PathBuf;
use std::time::Instant;

use fihrist::app::export_words;
use fihrist::index::{FullOptions, Index, SearchRequest};
use fihrist::state::{CsvLook, ExportColumn, ExportFormat, ExportLayout, Settings};
use fihrist::work::{DataDir, ExportPlan, write_articles};

fn main() {
    let path = |name| std::env::var_os(name).map(PathBuf::from);
    let (Some(data), Some(folder)) = (path("FIHRIST_BENCH_DATA"), path("FIHRIST_BENCH_FOLDER")) else {
        println!("FIHRIST_BENCH_DATA names a data directory, FIHRIST_BENCH_FOLDER a folder that is indexed there");
        return;
    };
    let rounds = std::env::var("FIHRIST_ROUNDS")
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(3);
    let index = Index::open(&DataDir::new(data).index_of(&folder)).unwrap();
    let searcher = index.searcher().unwrap();
    let request = SearchRequest::default();
    let page = searcher.search_to_end(&request).unwrap();
    let articles = &page.articles;
    println!("{} articles, {} MiB", articles.len(), memory());

    let one_by_one = median(rounds, || {
        for article in articles.iter() {
            searcher.stored_article(*article).unwrap();
        }
    });
    println!("read one by one: {one_by_one:.0} ms");
    let options = FullOptions {
        roles: false,
        snippet: false,
    };
    let read = median(rounds, || {
        for some in articles.chunks(256) {
            searcher
                .full_articles(some, &request, options)
                .into_iter()
                .for_each(|it| drop(it.unwrap()));
        }
    });
    println!("read in pieces: {read:.0} ms, {} MiB", memory());

    let words = export_words(&Settings::default(), "");
    for format in ExportFormat::ALL.into_iter().filter(|it| *it != ExportFormat::Dossier) {
        for columns in [
            ExportColumn::usual(format.layout().unwrap_or(ExportLayout::Table)),
            ExportColumn::ALL.to_vec(),
        ] {
            let plan = ExportPlan {
                request: &request,
                articles,
                format,
                columns: &columns,
                csv: CsvLook::PLAIN,
                words: &words,
            };
            let mut bytes = 0;
            let millis = median(rounds, || {
                let file = tempfile::NamedTempFile::new().unwrap();
                let out = Box::new(BufWriter::new(file.reopen().unwrap()));
                write_articles(&searcher, plan, (out, None), &mut |_| {}, &|| false).unwrap();
                bytes = file.as_file().metadata().unwrap().len();
            });
            let (n, mb) = (columns.len(), bytes >> 20);
            let (to_one, to_read) = (millis / one_by_one, millis / read);
            println!(
                "{format:?}, {n} columns, {mb} MiB: {millis:.0} ms, {to_one:.2} of reading one by one, {to_read:.2} of reading in \
                 pieces, {} MiB",
                memory()
            );
        }
    }
}

fn median(rounds: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..rounds.max(1))
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The most memory that the process had, in MiB; 0 where the system does not say.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or(0)
        >> 10
}
