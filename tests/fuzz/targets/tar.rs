#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.tar", Some(fihrist::archive::Format::Tar), bytes));
