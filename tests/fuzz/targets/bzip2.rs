#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.bz2", Some(fihrist::archive::Format::Bzip2), bytes));
