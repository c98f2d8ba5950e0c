//! Values that are on their way, or could not be had.

/// A value that is replaced when its successor arrives, and shown until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending<T> {
    /// The newest value there is: the answer to an older question while `pending`, or if `failed`.
    pub value: Option<T>,
    /// Whether a newer one was asked for.
    pub pending: bool,
    /// Whether the newest one that was asked for could not be had. Why is told by who asked for it.
    pub failed: bool,
}

/// Why there is nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It was not looked up yet.
    Unanswered,
    /// It could not be looked up.
    Failed,
    /// There is none: the answer to the newest question is empty.
    Nothing,
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        Self {
            value: None,
            pending: false,
            failed: false,
        }
    }
}

impl<T> Pending<T> {
    /// A newer value was asked for.
    pub fn ask(&mut self) {
        (self.pending, self.failed) = (true, false);
    }

    /// The value that was asked for is here.
    pub fn arrive(&mut self, value: T) {
        *self = Self {
            value: Some(value),
            ..Self::default()
        };
    }

    /// The value that was asked for could not be had.
    pub fn fail(&mut self) {
        (self.pending, self.failed) = (false, true);
    }

    /// What can be shown. Neither a failure nor an empty answer to an older question is ever taken for an empty answer.
    pub fn shown(&self, is_empty: impl FnOnce(&T) -> bool) -> Result<&T, Missing> {
        match &self.value {
            _ if self.failed => Err(Missing::Failed),
            None => Err(Missing::Unanswered),
            Some(value) if !is_empty(value) => Ok(value),
            Some(_) if self.pending => Err(Missing::Unanswered),
            Some(_) => Err(Missing::Nothing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_empty_answer_to_the_newest_question_is_nothing() {
        let mut found: Pending<Vec<u32>> = Pending::default();
        let shown = |found: &Pending<Vec<u32>>| found.shown(Vec::is_empty).cloned();
        assert_eq!(shown(&found), Err(Missing::Unanswered));
        found.ask();
        assert_eq!(shown(&found), Err(Missing::Unanswered));
        found.arrive(Vec::new());
        assert_eq!(shown(&found), Err(Missing::Nothing));
        found.ask();
        assert_eq!(shown(&found), Err(Missing::Unanswered));
        found.fail();
        assert_eq!(shown(&found), Err(Missing::Failed));
        found.arrive(vec![1]);
        found.ask();
        assert_eq!(shown(&found), Ok(vec![1]));
        found.fail();
        assert_eq!(shown(&found), Err(Missing::Failed));
    }
}
