#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.jsonl", Some(fihrist::archive::Format::JsonLines), bytes));
