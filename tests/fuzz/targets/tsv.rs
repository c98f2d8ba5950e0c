#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.tsv", Some(fihrist::archive::Format::Tsv), bytes));
