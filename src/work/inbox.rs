//! Where a thread finds its work.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Something that a thread waits on. What lies in it, and what makes what void, is the thread's business.
///
/// Nobody ever waits for the thread: whoever puts something in holds the lock for that moment only.
pub struct Inbox<T> {
    slot: Mutex<Slot<T>>,
    filled: Condvar,
}

#[derive(Default)]
struct Slot<T> {
    value: T,
    is_closed: bool,
}

impl<T: Default> Default for Inbox<T> {
    fn default() -> Self {
        Self {
            slot: Mutex::default(),
            filled: Condvar::new(),
        }
    }
}

impl<T> Inbox<T> {
    /// Puts something in and wakes the thread.
    pub fn put(&self, put: impl FnOnce(&mut T)) {
        put(&mut lock(&self.slot).value);
        self.filled.notify_one();
    }

    /// Ends the thread when it next looks: the program ends.
    pub fn close(&self) {
        // Under the lock the thread is either before its check or in its wait.
        lock(&self.slot).is_closed = true;
        self.filled.notify_all();
    }

    /// Looks into the inbox; nothing when it is closed.
    pub fn look<R>(&self, look: impl FnOnce(&T) -> R) -> Option<R> {
        let slot = lock(&self.slot);
        (!slot.is_closed).then(|| look(&slot.value))
    }

    /// Waits until `take` finds something; nothing when the inbox is closed.
    pub fn take<R>(&self, mut take: impl FnMut(&mut T) -> Option<R>) -> Option<R> {
        let mut slot = lock(&self.slot);
        loop {
            if slot.is_closed {
                return None;
            }
            if let Some(taken) = take(&mut slot.value) {
                return Some(taken);
            }
            slot = self.filled.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits for as long as `pause`; false when the inbox is closed.
    pub fn pause(&self, pause: Duration) -> bool {
        let is_open = |slot: &mut Slot<T>| !slot.is_closed;
        let waited = self.filled.wait_timeout_while(lock(&self.slot), pause, is_open);
        let (slot, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !slot.is_closed
    }
}

/// Locks what is whole after every statement, so that a panic elsewhere leaves nothing half-done in it.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
