//! Reading a file in a process of its own, which may end without ending the program.
//!
//! What a library does with a hostile file cannot be stopped in a thread: it can overflow the stack, fill the memory, or
//! never come back. So such files are read by a child process of the same binary (`fihrist read-alone`, which nobody types):
//! those that were in work when the program last ended abnormally ([`Journal`]), and whatever
//! [`Patience::Brief`](crate::archive::Patience) leaves to it.
//!
//! ```text
//! AloneReader ──Request──▶ stdin ▶ child: reads, recognises, watches itself
//!             ◀──Answer── stdout ◀
//! ```
//!
//! Names are recognised by the child, too, so that its budget covers all that a file costs, and so that a text which
//! ended the program there cannot end it again. The child compares its CPU time and memory with the budget and ends with a
//! word; ending without one is the file's doing, and so is silence. It ends when its stdin does, as the parent is gone.
//!
//! | file | is |
//! |---|---|
//! | `journal` | which files are in work, on disk |
//! | `raw_path` | a path as it is, for messages and the journal |
//! | `message` | what the two processes say to each other |
//! | `frame` | a message as bytes |
//! | `child` | the child: reads what it is asked for |
//! | `watch` | the child watches what it costs |
//! | `program` | the binary that a child is started from |
//! | `running` | a child that runs, seen from the parent |
//! | `reader` | the parent: has files read |

mod child;
mod frame;
mod journal;
mod message;
mod program;
mod raw_path;
mod reader;
mod running;
mod watch;

pub use child::read_for_parent;
pub use journal::{Journal, Slot};
pub use message::Exceeded;
pub use program::ReaderProgram;
pub use reader::{AloneReader, Asked, ReadAlone};
