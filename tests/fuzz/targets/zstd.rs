#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.zst", Some(fihrist::archive::Format::Zstd), bytes));
