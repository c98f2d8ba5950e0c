#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.json", Some(fihrist::archive::Format::Json), bytes));
