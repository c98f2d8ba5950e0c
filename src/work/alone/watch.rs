//! The child compares what a file costs with what it may cost.

use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::message::Exceeded;

/// How often it looks. In this time a process can fill some 200 MB more than it may.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What a file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// CPU time of the process from now on.
    pub time: Duration,
    /// Memory of the process, in bytes.
    pub memory: u64,
}

/// The resident memory of this process, in bytes; 0 where the system does not say.
pub fn resident() -> u64 {
    memory_stats::memory_stats().map_or(0, |it| it.physical_mem as u64)
}

/// Watches one file after the other, whose limits come when it is begun and whose `None` when it is done; calls `over` once
/// a file costs too much.
pub fn watch(files: &Receiver<Option<Limits>>, over: impl Fn(Exceeded)) {
    while let Ok(limits) = files.recv() {
        let Some(limits) = limits else { continue };
        if let Some(exceeded) = exceeded(files, limits) {
            over(exceeded);
        }
    }
}

/// What the file that is being read has too much of; nothing when it is done.
fn exceeded(files: &Receiver<Option<Limits>>, limits: Limits) -> Option<Exceeded> {
    let (start, cpu) = (Instant::now(), ProcessTime::try_now().ok());
    loop {
        match files.recv_timeout(LOOK_EVERY) {
            Ok(_) | Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        // Where the system does not say how much CPU time there was, time has passed none the less.
        let time = cpu.and_then(|it| it.try_elapsed().ok()).unwrap_or(start.elapsed());
        if limits.time < time {
            return Some(Exceeded::Time);
        }
        if limits.memory < resident() {
            return Some(Exceeded::Memory);
        }
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::unbounded;

    use super::*;

    #[test]
    fn what_costs_too_much_is_told_and_what_is_done_is_not() {
        let (send, files) = unbounded();
        let enough = Limits {
            time: Duration::MAX,
            memory: u64::MAX,
        };
        send.send(Some(enough)).unwrap();
        send.send(None).unwrap();
        send.send(Some(Limits { memory: 1, ..enough })).unwrap();
        let (tell, told) = unbounded();
        std::thread::scope(|scope| {
            scope.spawn(|| watch(&files, |it| tell.send(it).unwrap()));
            assert_eq!(told.recv().unwrap(), Exceeded::Memory);
            send.send(Some(Limits {
                time: Duration::ZERO,
                ..enough
            }))
            .unwrap();
            assert_eq!(told.recv().unwrap(), Exceeded::Time);
            drop(send);
        });
        assert!(told.is_empty());
    }
}
