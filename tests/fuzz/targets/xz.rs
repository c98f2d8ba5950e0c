#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.xz", Some(fihrist::archive::Format::Xz), bytes));
