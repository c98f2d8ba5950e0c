#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.pdf", Some(fihrist::archive::Format::Pdf), bytes));
