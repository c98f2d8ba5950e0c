#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.warc", Some(fihrist::archive::Format::Warc), bytes));
