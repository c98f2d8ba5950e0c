#![no_main]

fihrist_fuzz::target!(|bytes| fihrist_fuzz::read("a.md", Some(fihrist::archive::Format::Markdown), bytes));
