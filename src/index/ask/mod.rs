//! What else is asked of a [`Snapshot`](super::snapshot::Snapshot) than which articles match: names while they are
//! typed, pages of entities, differences, ways out where nothing was found.
//!
//! | file | is |
//! |---|---|
//! | `completion` | what is offered while a query is typed |
//! | `vocabulary` | the words of the archive, and those spelled nearly alike |
//! | `similar` | articles about the same things |
//! | `nothing_found` | why nothing was found, and what would be |
//! | `title` | the next row whose title begins with what is typed |
//! | `entity_page` | the page of an entity |
//! | `preview` | what a correction would change |
//! | `difference` | in which words two articles differ |

pub mod completion;
pub mod difference;
pub mod entity_page;
pub mod nothing_found;
pub mod preview;
pub mod similar;
pub mod title;
pub mod vocabulary;
