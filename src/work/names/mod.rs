//! What is found out about names apart from searching: what articles say of one, and who appears with whom.
//!
//! | file | is |
//! |---|---|
//! | `worker` | the thread |
//! | `contexts` | the sentences of articles that name an entity |
//! | `layout` | a place for each name of a network |
//! | `gexf`, `json` | a network as a file for other programs |
//! | `export` | which of these a file becomes |

mod contexts;
mod export;
mod gexf;
mod json;
mod layout;
mod worker;

pub use contexts::contexts;
pub use export::{NetworkFormat, network_text};
pub use layout::placed;
pub use worker::NamesWorker;
