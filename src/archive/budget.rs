//! How much one file may cost, who may stop its reading, and what is left to a process of its own.
//!
//! Readers run in threads of the program, where nothing can stop a library from outside. So a [`Meter`] is asked wherever
//! bytes are read and records are taken; what may be long between two such moments (a library that draws pages, a text
//! that must be in memory as a whole) is not begun where [`Patience::Brief`] holds.

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Of a file that is read for as long as it is quick, at most this much is handled at once, in bytes: some tenths of a
/// second. The longest article seen has 200 KB.
const BRIEF_BYTES: u64 = 1 << 20;
/// Each megabyte of a file adds this share of [`Budget::seconds`]: two seconds of a minute. A guess, of which text needs a
/// tenth.
const SHARE_PER_MB: f64 = 1.0 / 30.0;

/// What the reading of one file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Budget {
    /// CPU time, in seconds; a thirtieth of it is added for each megabyte of the file.
    pub seconds: f64,
    /// Memory, in MiB.
    pub memory_mb: u32,
}

impl Default for Budget {
    /// A minute and two seconds more for each megabyte; a gigabyte. Guesses, ten times what honest files took.
    fn default() -> Self {
        Self {
            seconds: 60.0,
            memory_mb: 1024,
        }
    }
}

impl Budget {
    /// The CPU time for a file of `size` bytes.
    pub fn time_for(self, size: u64) -> Duration {
        let megabytes = size as f64 / f64::from(1 << 20);
        let seconds = self.seconds * (1.0 + megabytes * SHARE_PER_MB);
        // What is no duration, as a negative number, is a wrong setting: without an end would be worse.
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::ZERO)
    }

    /// The memory, in bytes.
    pub fn memory(self) -> u64 {
        u64::from(self.memory_mb) << 20
    }

    /// What an index records, instead of the fingerprint of a file's rules, of a file that this budget did not suffice
    /// for: it is read again once the rules, the budget or the program change.
    pub fn mark(self, fingerprint: u64) -> u64 {
        let version = env!("CARGO_PKG_VERSION");
        let said = format!("{version} {} {} {fingerprint}", self.seconds, self.memory_mb);
        xxh3_64(said.as_bytes())
    }
}

/// Who may stop the reading of a file, and how long it may take.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowance<'a> {
    /// How scanned pages are recognised, if the file's rule says that they are.
    pub recognition: Recognition<'a>,
    /// Set to stop within the file.
    pub cancelled: Option<&'a AtomicBool>,
    /// How long it may take.
    pub patience: Patience,
    /// Holds how many bytes of the file were read so far.
    pub bytes_read: Option<&'a AtomicU64>,
    /// The number of the article whose pictures are wanted. Those of no other are looked for.
    pub pictures_of: Option<u32>,
}

/// How scanned pages are recognised, by another program, whose time and memory are its own.
#[derive(Clone, Copy)]
pub struct Recognition<'a> {
    /// How many pages at the same time; 0 if it is to be done in another process or at another time.
    pub at_once: usize,
    /// Hears after each page how many are done.
    pub told: Option<&'a dyn Fn(usize)>,
}

impl Default for Recognition<'_> {
    fn default() -> Self {
        Self { at_once: 1, told: None }
    }
}

impl fmt::Debug for Recognition<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recognition")
            .field("at_once", &self.at_once)
            .finish_non_exhaustive()
    }
}

/// How long reading may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patience {
    /// As long as it takes: another thread or process watches.
    #[default]
    Endless,
    /// This much CPU time of the thread; then it is over, and what was read so far is kept.
    Until(Duration),
    /// This much CPU time of the thread, if nothing is met that cannot be stopped; else the file is left to a process of
    /// its own.
    Brief(Duration),
}

/// Why reading was stopped from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Halt {
    /// Nobody wants the articles any more.
    #[error("stopped before its end")]
    Cancelled,
    /// To be read in a process of its own.
    #[error("to be read in a process of its own")]
    Alone,
    /// It took longer than it may, which is this.
    #[error("took longer than {} s", .0.as_secs())]
    OverTime(Duration),
}

/// Measures the reading of one file.
///
/// Once it has said that reading is to stop it says so for ever, and has the last word: libraries turn errors into others.
pub struct Meter<'a> {
    allowance: Allowance<'a>,
    started: Instant,
    cpu: Option<ThreadTime>,
    halted: Cell<Option<Halt>>,
}

impl<'a> Meter<'a> {
    /// Starts to measure what this thread does.
    pub fn start(allowance: Allowance<'a>) -> Self {
        Self {
            allowance,
            started: Instant::now(),
            cpu: ThreadTime::try_now().ok(),
            halted: Cell::new(None),
        }
    }

    /// What stopped the reading.
    pub fn halted(&self) -> Option<Halt> {
        self.halted.get()
    }

    /// Whether reading may go on.
    pub fn check(&self) -> Result<(), Halt> {
        if let Some(halt) = self.halted.get() {
            return Err(halt);
        }
        if self.allowance.cancelled.is_some_and(|it| it.load(Ordering::Relaxed)) {
            return self.halt(Halt::Cancelled);
        }
        match self.allowance.patience {
            Patience::Endless => Ok(()),
            Patience::Until(limit) if self.is_over(limit) => self.halt(Halt::OverTime(limit)),
            Patience::Brief(limit) if self.is_over(limit) => self.halt(Halt::Alone),
            Patience::Until(_) | Patience::Brief(_) => Ok(()),
        }
    }

    /// Whether this many bytes may be handled at once.
    pub fn check_size(&self, bytes: u64) -> Result<(), Halt> {
        match self.allowance.patience {
            Patience::Brief(_) if BRIEF_BYTES < bytes => self.halt(Halt::Alone),
            Patience::Endless | Patience::Until(_) | Patience::Brief(_) => self.check(),
        }
    }

    /// Whether a library may be given control that takes as long as it likes.
    pub fn check_endless(&self) -> Result<(), Halt> {
        match self.allowance.patience {
            Patience::Brief(_) => self.halt(Halt::Alone),
            Patience::Endless | Patience::Until(_) => self.check(),
        }
    }

    /// Whether scanned pages may be recognised here; how many at the same time.
    pub fn check_recognition(&self) -> Result<usize, Halt> {
        self.check_endless()?;
        match self.allowance.recognition.at_once {
            0 => self.halt(Halt::Alone).map(|()| 0),
            n => Ok(n),
        }
    }

    /// So many scanned pages were recognised.
    pub fn page_done(&self, n_done: usize) {
        if let Some(told) = self.allowance.recognition.told {
            told(n_done);
        }
    }

    fn is_over(&self, limit: Duration) -> bool {
        // A thread has had no more of the CPU than time has passed, which is known more cheaply.
        limit < self.started.elapsed() && limit < self.cpu.and_then(|it| it.try_elapsed().ok()).unwrap_or(Duration::MAX)
    }

    fn halt(&self, halt: Halt) -> Result<(), Halt> {
        self.halted.set(Some(self.halted.get().unwrap_or(halt)));
        Err(self.halted.get().unwrap_or(halt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_may_take_longer() {
        let budget = Budget::default();
        assert_eq!(budget.time_for(0), Duration::from_secs(60));
        assert_eq!(budget.time_for(30 << 20), Duration::from_secs(120));
        assert_eq!(budget.memory(), 1 << 30);
        let wrong = Budget {
            seconds: -1.0,
            ..budget
        };
        assert_eq!(wrong.time_for(0), Duration::ZERO);
    }

    #[test]
    fn a_mark_changes_with_the_rules_and_the_budget() {
        let (budget, other) = (
            Budget::default(),
            Budget {
                seconds: 61.0,
                ..Budget::default()
            },
        );
        assert_eq!(budget.mark(7), budget.mark(7));
        assert_ne!(budget.mark(7), budget.mark(8));
        assert_ne!(budget.mark(7), other.mark(7));
        assert_ne!(budget.mark(7), 7);
    }

    #[test]
    fn what_stopped_reading_first_holds() {
        let cancelled = AtomicBool::new(false);
        let meter = Meter::start(Allowance {
            cancelled: Some(&cancelled),
            patience: Patience::Brief(Duration::MAX),
            ..Allowance::default()
        });
        assert_eq!(meter.check_size(BRIEF_BYTES), Ok(()));
        assert_eq!(meter.check_size(BRIEF_BYTES + 1), Err(Halt::Alone));
        cancelled.store(true, Ordering::Relaxed);
        assert_eq!(meter.check(), Err(Halt::Alone));
        assert_eq!(meter.halted(), Some(Halt::Alone));
    }

    #[test]
    fn reading_stops_when_it_is_cancelled_or_takes_too_long() {
        let cancelled = AtomicBool::new(true);
        let allowance = Allowance {
            cancelled: Some(&cancelled),
            patience: Patience::Endless,
            ..Allowance::default()
        };
        assert_eq!(Meter::start(allowance).check(), Err(Halt::Cancelled));
        let meter = Meter::start(Allowance {
            cancelled: None,
            patience: Patience::Until(Duration::ZERO),
            ..Allowance::default()
        });
        // Until the clock of the thread, which may be coarse, has moved.
        while meter.check().is_ok() {
            std::hint::spin_loop();
        }
        assert_eq!(meter.halted(), Some(Halt::OverTime(Duration::ZERO)));
    }
}
