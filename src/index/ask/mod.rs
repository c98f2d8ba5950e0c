//! What else is asked of a [`Snapshot`](super::snapshot::Snapshot) than which articles match: names while they are
//! typed, pages of entities, differences, ways out where nothing was found.

pub mod completion;
pub mod difference;
pub mod entity_page;
pub mod nothing_found;
pub mod preview;
pub mod similar;
pub mod title;
pub mod vocabulary;
