#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.zip", Some(fihrist::archive::Format::Zip), bytes));
