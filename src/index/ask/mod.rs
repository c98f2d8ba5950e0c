//! Questions to a [`Snapshot`](super::snapshot::Snapshot) other than which articles match: completions, pages of
//! entities, differences, suggestions where nothing was found. Not for searching: see [`search`](super::search).
//!
//! | file | is |
//! |---|---|
//! | `completion` | what is offered while a query is typed |
//! | `vocabulary` | the words of the archive, and those spelled nearly alike |
//! | `similar` | articles about the same things |
//! | `nothing_found` | why nothing was found, and which changes would find something |
//! | `usual` | what is usually written for a rare word of a query |
//! | `title` | the next row whose title begins with what is typed |
//! | `entity_page` | the page of an entity |
//! | `network` | who appears with whom |
//! | `quote` | where an article names an entity |
//! | `preview` | what a correction would change |
//! | `identical` | the other articles with the same text |
//! | `difference` | in which words two articles differ |

pub mod completion;
pub mod difference;
pub mod entity_page;
pub mod identical;
pub mod network;
pub mod nothing_found;
pub mod preview;
pub mod quote;
pub mod similar;
pub mod title;
pub mod usual;
pub mod vocabulary;
