//! Why something went wrong, in a form that events and notices can hold.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// An error of any kind with its causes, shared by all who tell of it.
///
/// It is told as its message and those of its causes, after colons, where a message does not hold its cause's already.
/// Two are equal if they say the same.
#[derive(Clone, Debug)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    /// The cause that `err` is.
    pub fn new(err: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(err.into().into())
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = self.0.to_string();
        f.write_str(&told)?;
        let mut source = self.0.source();
        while let Some(err) = source {
            let words = err.to_string();
            if !told.contains(&words) {
                write!(f, ": {words}")?;
                told = words;
            }
            source = err.source();
        }
        Ok(())
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl PartialEq for Cause {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.to_string() == other.to_string()
    }
}

impl Eq for Cause {}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Failed {
        #[error("cannot save")]
        Saving(#[source] Box<Failed>),
        #[error("the disk is full")]
        Full,
        #[error("cannot save: {0}")]
        Telling(#[source] Box<Failed>),
    }

    #[test]
    fn a_cause_is_told_once_with_its_own_causes() {
        let cause = Cause::new(Failed::Saving(Box::new(Failed::Full)));
        assert_eq!(cause.to_string(), "cannot save: the disk is full");
        assert_eq!(cause, Cause::new(Failed::Telling(Box::new(Failed::Full))));
        assert!(cause.source().is_some());
    }
}
