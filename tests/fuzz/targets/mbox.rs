#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.mbox", Some(fihrist::archive::Format::Mbox), bytes));
