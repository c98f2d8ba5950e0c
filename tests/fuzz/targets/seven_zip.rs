#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.7z", Some(fihrist::archive::Format::SevenZip), bytes));
