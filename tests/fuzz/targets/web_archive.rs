#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.webarchive", Some(fihrist::archive::Format::WebArchive), bytes));
