//! What the window says of something that happened.

/// What the window says of something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What happened, what still works and what to do, in the window's language.
    pub text: String,
    /// What the system says of it, in whatever language it speaks.
    pub details: Option<String>,
}

impl Message {
    /// A message that says all.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            details: None,
        }
    }

    /// A message with what the system says of it.
    pub fn with(text: impl Into<String>, details: &impl ToString) -> Self {
        Self {
            text: text.into(),
            details: Some(details.to_string()),
        }
    }
}
