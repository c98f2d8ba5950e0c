//! How soon an update ends that is stopped within a file: `FIHRIST_BENCH_FOLDER=DIR cargo bench --bench cancel`.
//!
//! Each file of the folder is an archive of its own, which is indexed and stopped half a second and two seconds after the
//! start. `.ci/make_hostile` makes files that are worth it. Printed are the slowest ones.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fihrist::archive::{self, Budget};
use fihrist::entities::ModelRecogniser;
use fihrist::index::Index;
use fihrist::work::{DataDir, Means, ReaderProgram, UpdateOptions, update_index};

/// How many of the slowest are printed.
const N_PRINTED: usize = 12;

fn main() {
    let Some(root) = std::env::var_os("FIHRIST_BENCH_FOLDER").map(PathBuf::from) else {
        println!("FIHRIST_BENCH_FOLDER names no folder: nothing is measured");
        return;
    };
    let recogniser = ModelRecogniser::new();
    let program = ReaderProgram::at(env!("CARGO_BIN_EXE_fihrist").into());
    let means = Means {
        recogniser: &recogniser,
        program: Some(&program),
        budget: Budget::default(),
    };
    let mut ends = Vec::new();
    for file in archive::scan(&root, &[]).files {
        for after in [Duration::from_millis(500), Duration::from_secs(2)] {
            if let Some(end) = time_to_end(&root.join(&file.path), means, after) {
                ends.push((end, after, file.path.clone()));
            }
        }
    }
    println!("{} updates were stopped before their end", ends.len());
    ends.sort();
    for (end, after, path) in ends.iter().rev().take(N_PRINTED) {
        println!(
            "{:8.3} s after it was stopped at {:.1} s: {}",
            end.as_secs_f64(),
            after.as_secs_f64(),
            path.display()
        );
    }
}

/// How long the indexing of one file goes on once it is stopped; `None` if it was over before.
fn time_to_end(file: &Path, means: Means<'_>, after: Duration) -> Option<Duration> {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::copy(file, folder.path().join(file.file_name()?)).unwrap();
    let data_dir = DataDir::new(data.path().to_owned());
    let index = Index::open(&data_dir.index_of(folder.path())).unwrap();
    let cancelled = AtomicBool::new(false);
    thread::scope(|scope| {
        let update = scope.spawn(|| {
            let options = UpdateOptions::default();
            update_index(
                &index,
                &data_dir,
                folder.path(),
                means,
                &options,
                &cancelled,
                &mut |_| {},
            )
            .unwrap()
        });
        let begin = Instant::now();
        while begin.elapsed() < after {
            if update.is_finished() {
                return None;
            }
            thread::sleep(Duration::from_millis(10));
        }
        cancelled.store(true, Ordering::Relaxed);
        let stopped = Instant::now();
        update.join().unwrap();
        Some(stopped.elapsed())
    })
}
