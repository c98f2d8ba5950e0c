//! All integration tests in one binary.

mod agree;
mod cases;
mod cli;
mod hard;
mod layout;
mod list;
mod mutants;
mod names;
mod pictures;
mod raster;
mod sample;
mod tidy;
mod window;
mod workers;
