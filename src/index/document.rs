//! A document on its way into the index.
//!
//! Tantivy's own document copies every text that it is given; here texts are moved. And tantivy lets ten thousand documents
//! wait, of whatever size: [`Waiting`] bounds their bytes.

use std::fmt;
use std::iter;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

/// The values of a document, in the order in which they are stored.
#[derive(Debug, Default)]
pub(super) struct NewDocument {
    values: Vec<(Field, Content)>,
    room: Option<Room>,
}

/// A value.
enum Content {
    Text(Box<str>),
    Bytes(Vec<u8>),
    U64(u64),
    I64(i64),
}

impl NewDocument {
    pub(super) fn add_text(&mut self, field: Field, text: impl Into<Box<str>>) {
        self.values.push((field, Content::Text(text.into())));
    }

    pub(super) fn add_bytes(&mut self, field: Field, bytes: Vec<u8>) {
        self.values.push((field, Content::Bytes(bytes)));
    }

    pub(super) fn add_u64(&mut self, field: Field, number: u64) {
        self.values.push((field, Content::U64(number)));
    }

    pub(super) fn add_i64(&mut self, field: Field, number: i64) {
        self.values.push((field, Content::I64(number)));
    }

    /// Waits until there is room for it; it takes that room until it is dropped.
    pub(super) fn wait_for_room(&mut self, waiting: &Arc<Waiting>) {
        self.room = Some(Room::take(waiting, self.n_bytes()));
    }

    /// Its size in memory, in bytes.
    fn n_bytes(&self) -> usize {
        let contents = self.values.iter().map(|(_, content)| match content {
            Content::Text(text) => text.len(),
            Content::Bytes(bytes) => bytes.len(),
            Content::U64(_) | Content::I64(_) => 0,
        });
        size_of_val(self.values.as_slice()) + contents.sum::<usize>()
    }
}

impl Document for NewDocument {
    type Value<'a> = HeldValue<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, HeldValue<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.values.iter().map(|(field, content)| (*field, HeldValue(content))))
    }
}

/// A value of a [`NewDocument`], as tantivy asks for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeldValue<'a>(&'a Content);

impl<'a> Value<'a> for HeldValue<'a> {
    type ArrayIter = iter::Empty<Self>;
    type ObjectIter = iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            Content::Text(text) => ReferenceValueLeaf::Str(text),
            Content::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
            Content::U64(number) => ReferenceValueLeaf::U64(*number),
            Content::I64(number) => ReferenceValueLeaf::I64(*number),
        })
    }
}

/// Says how large it is and not what it is, which is an article's text.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "text of {} bytes", text.len()),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::U64(number) => write!(f, "{number}"),
            Self::I64(number) => write!(f, "{number}"),
        }
    }
}

/// The documents that wait for the threads which write them.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    n_bytes: Mutex<usize>,
    dropped: Condvar,
}

impl Waiting {
    /// At most so many bytes of documents wait; one that is larger waits alone. A guess: some ten thousand articles.
    const MOST_BYTES: usize = 64 << 20;
}

/// The room of a document among those that wait.
#[derive(Debug)]
struct Room {
    waiting: Arc<Waiting>,
    n_bytes: usize,
}

impl Room {
    fn take(waiting: &Arc<Waiting>, n_bytes: usize) -> Self {
        let is_full = |taken: &mut usize| *taken != 0 && Waiting::MOST_BYTES < taken.saturating_add(n_bytes);
        let taken = waiting.n_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = waiting
            .dropped
            .wait_while(taken, is_full)
            .unwrap_or_else(PoisonError::into_inner);
        *taken += n_bytes;
        Self {
            waiting: Arc::clone(waiting),
            n_bytes,
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let mut taken = self.waiting.n_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        *taken -= self.n_bytes;
        self.waiting.dropped.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_wait_for_room_and_a_large_one_waits_alone() {
        let waiting = Arc::new(Waiting::default());
        let large = Room::take(&waiting, Waiting::MOST_BYTES * 2);
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        std::thread::scope(|scope| {
            let waiting = &waiting;
            scope.spawn(move || {
                let small = Room::take(waiting, 1);
                sender.send(small).unwrap();
            });
            assert!(receiver.try_recv().is_err());
            drop(large);
            let small = receiver.recv().unwrap();
            assert_eq!(*waiting.n_bytes.lock().unwrap(), 1);
            drop(small);
            assert_eq!(*waiting.n_bytes.lock().unwrap(), 0);
        });
    }
}
