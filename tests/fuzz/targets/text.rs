#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.txt", Some(fihrist::archive::Format::Text), bytes));
