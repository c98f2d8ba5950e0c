#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.gz", Some(fihrist::archive::Format::Gzip), bytes));
