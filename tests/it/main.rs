//! All integration tests in one binary.

mod cli;
mod layout;
mod list;
mod names;
mod pictures;
mod raster;
mod sample;
mod tidy;
mod window;
mod workers;
