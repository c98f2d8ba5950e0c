//! How fast files are read, without recognition: `cargo bench --bench reading`.
//!
//! `FIHRIST_BENCH_FOLDER=DIR` reads your own folder instead of generated texts, on one core.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use fihrist::archive::{self, Reading};

/// A long article of made-up news, with the furniture that scraped ones have.
fn article(number: usize) -> String {
    let mut text = format!("افتتاح الجسر رقم {number} أمام السيارات\nتاريخ النشر: 3 مارس 2024\n");
    for paragraph in 0..12 {
        writeln!(
            text,
            "افتتح رئيس البلدية سامي العامري الجسر الجديد صباح الخميس أمام السيارات بعد {paragraph} سنوات من العمل، وقال \
             إن الجسر سيخفف الزحام عن وسط المدينة، وإن تكلفته بلغت {number} مليون دينار بحسب وزارة الأشغال العامة."
        )
        .unwrap();
    }
    text.push_str("المصدر: صحيفة المدار\nكلمات دلالية: الجسر، البلدية، المدينة\nإقرأ أيضاً:\nخبر آخر عن الجسور\n");
    text
}

fn main() {
    let (root, is_own) = match std::env::var_os("FIHRIST_BENCH_FOLDER") {
        Some(folder) => (PathBuf::from(folder), true),
        None => (tempfile::tempdir().unwrap().keep(), false),
    };
    if !is_own {
        let texts: Vec<String> = (0..4_000).map(article).collect();
        for (idx, text) in texts.iter().enumerate() {
            std::fs::write(root.join(format!("{idx}.txt")), text).unwrap();
        }
        let lines: Vec<String> = texts
            .iter()
            .map(|it| serde_json::json!({"id": 1, "text": it}).to_string())
            .collect();
        std::fs::write(root.join("all.jsonl"), lines.join("\n")).unwrap();
        let messages: Vec<String> = texts
            .iter()
            .map(|it| format!("From a@b.example Sun Mar  3 10:00:00 2024\nSubject: a\nDate: Sun, 3 Mar 2024 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{it}\n"))
            .collect();
        std::fs::write(root.join("all.mbox"), messages.concat()).unwrap();
    }
    let files = archive::scan(&root, &[]).files;
    let mut extensions: Vec<String> = files.iter().map(|it| extension(&it.path)).collect();
    extensions.sort();
    extensions.dedup();
    for wanted in extensions {
        // Once for the system to have them in memory, once to measure.
        for is_measured in [false, true] {
            let start = Instant::now();
            let (mut n_bytes, mut n_articles) = (0, 0);
            for file in files.iter().filter(|it| extension(&it.path) == wanted) {
                let mut count = |_| {
                    n_articles += 1;
                    ControlFlow::Continue(())
                };
                if archive::read_articles(&root, &file.path, &Reading::default(), &mut count).is_ok() {
                    n_bytes += file.size;
                }
            }
            if is_measured {
                let secs = start.elapsed().as_secs_f64();
                let rate = n_bytes as f64 / secs / 1e6;
                println!(
                    "{wanted:>8}: {n_articles} articles, {:.1} MB, {rate:.1} MB/s",
                    n_bytes as f64 / 1e6
                );
            }
        }
    }
    if !is_own {
        std::fs::remove_dir_all(&root).unwrap();
    }
}

fn extension(path: &Path) -> String {
    path.extension()
        .map(|it| it.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}
