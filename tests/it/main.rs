//! All integration tests in one binary.

mod cli;
mod list;
mod pictures;
mod raster;
mod sample;
mod tidy;
mod window;
mod workers;
