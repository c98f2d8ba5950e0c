//! All integration tests in one binary.

mod cases;
mod cli;
mod hard;
mod layout;
mod list;
mod mentions;
mod mutants;
mod names;
mod pictures;
mod raster;
mod sample;
mod tidy;
mod window;
mod workers;
