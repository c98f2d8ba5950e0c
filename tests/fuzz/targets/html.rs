#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.html", Some(fihrist::archive::Format::Html), bytes));
