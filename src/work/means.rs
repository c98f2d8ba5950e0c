//! By what means files are read.

use crate::archive::Budget;
use crate::entities::Recogniser;

use super::alone::ReaderProgram;

/// By what means files are read and names are recognised.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// Finds names in what is read in this process. A child process uses the built-in model.
    pub recogniser: &'a dyn Recogniser,
    /// The program that reads what this process should not; without it everything is read here.
    pub program: Option<&'a ReaderProgram>,
    /// What one file may cost.
    pub budget: Budget,
}

impl<'a> Means<'a> {
    /// Everything is read in this process.
    pub fn here(recogniser: &'a dyn Recogniser) -> Self {
        Self {
            recogniser,
            program: None,
            budget: Budget::default(),
        }
    }
}
