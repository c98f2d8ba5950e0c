#![no_main]

fihrist_fuzz::target!(fihrist_fuzz::epub);
