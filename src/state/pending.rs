//! Values that are on their way.

/// A value that is replaced when its successor arrives, and shown until then.
#[derive(Clone, Debug)]
pub struct Pending<T> {
    /// The newest value there is.
    pub value: Option<T>,
    /// Whether a newer one was asked for.
    pub pending: bool,
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        Self {
            value: None,
            pending: false,
        }
    }
}
