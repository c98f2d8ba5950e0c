//! All integration tests in one binary.

mod cli;
mod sample;
mod tidy;
mod window;
