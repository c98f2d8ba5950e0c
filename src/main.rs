//! Fihrist: the window, or the command line over the same engine.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser as _;

use fihrist::cli::{self, Arguments};

fn main() -> ExitCode {
    cli::run(Arguments::parse())
}
