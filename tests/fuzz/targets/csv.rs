#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.csv", Some(fihrist::archive::Format::Csv), bytes));
