//! All integration tests in one binary.

mod agree;
mod bounds;
mod cases;
mod cli;
mod entity_page;
mod hard;
mod imports;
mod keep;
mod layout;
mod list;
mod log;
mod mentions;
mod missing;
mod mutants;
mod names;
mod pictures;
mod raster;
mod sample;
mod screenless;
mod sessions;
mod snapshot;
mod tidy;
mod window;
mod window_files;
mod window_names;
mod workers;
