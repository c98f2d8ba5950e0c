//! The sample archive, read and indexed whole: what a newcomer sees first.
