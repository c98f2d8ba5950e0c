//! What is found out about names apart from searching: what articles say of one, and who appears with whom.
//!
//! | file | is |
//! |---|---|
//! | `worker` | the thread |
//! | `contexts` | the sentences of articles that name an entity |
//! | `layout` | a place for each name of a network |
//! | `drawing` | the picture of a network as plain lines, discs and words |
//! | `svg`, `gexf`, `json` | a network as a file |
//! | `xml` | what `svg` and `gexf` share |
//! | `export` | which of these a file becomes |

mod contexts;
mod drawing;
mod export;
mod gexf;
mod json;
mod layout;
mod svg;
mod worker;
mod xml;

pub use contexts::contexts;
pub use drawing::{Disc, Drawing, Label, Line, drawing};
pub use export::{NetworkFormat, network_text};
pub use layout::placed;
pub use worker::NamesWorker;
