#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.mhtml", Some(fihrist::archive::Format::Mhtml), bytes));
