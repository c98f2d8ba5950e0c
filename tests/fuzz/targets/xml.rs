#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.xml", Some(fihrist::archive::Format::Xml), bytes));
