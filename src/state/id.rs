//! Numbers that tell apart what is easily mixed up: which archive, which search, which request.
//!
//! Each kind has a type of its own, so that the answer to one is never taken for the answer to another.

/// An archive from the moment it is opened until the next one is. Opening the same folder twice makes two sessions: what
/// was begun in the first is void in the second.
///
/// The threads give them out, from 1, and no number twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(pub u64);

/// The place of a search among those of its session, from 1. Rows and facet values bear that of the search that found
/// them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SearchId(pub u64);

impl SearchId {
    /// The number after this one.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The place of a request among those of its kind and session, from 1: only the answer to the newest is wanted. It is
/// also raised to make the answer to the last one void.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestId(pub u64);

impl RequestId {
    /// The number after this one.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
