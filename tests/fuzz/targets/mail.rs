#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.eml", Some(fihrist::archive::Format::Email), bytes));
