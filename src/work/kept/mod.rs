//! The one store for what a user decided and no program can derive again: corrections, settings, searches, rules of
//! reading.
//!
//! [`KeptFile`] is a file of readable JSON that holds one value. It promises, whoever else changes it at the same time
//! and whenever a process is killed or a disk is full:
//!
//! - The file is the old one or the new one, whole ([`mod@replace`]).
//! - A change is made to what the file holds at that moment, under a lock, so that nobody's change is lost
//!   ([`KeptFile::edit`]).
//! - The last ten versions lie in the folder `versions` beside it. A file that was damaged or removed is replaced by the
//!   newest of them, and what happened is told ([`Mishaps`]); a damaged one is renamed, never thrown away.
//! - A file by a later version of the program is neither used nor overwritten.
//!
//! [`View`] is such a file with what this process last saw of it, for a window that follows others. To keep another type,
//! implement [`Kept`] for it and name it in [`crate::state::KeptKind`].
//!
//! Not for what can be derived again, such as an index.
//!
//! | file | is |
//! |---|---|
//! | `value` | which types can be kept, and how they are written as JSON |
//! | `file` | reading, changing and restoring a file |
//! | `view` | a file with what was last seen of it |
//! | `versions` | its last versions |
//! | `replace` | replacing a file in one step; the lock of a folder |
//! | `mishaps` | what happened to files, until it is told |
//! | `error` | why a file could not be read or changed |
//! | `tests` | what is promised |

mod error;
mod file;
mod mishaps;
mod replace;
mod value;
mod versions;
mod view;

pub use error::KeptError;
pub use file::KeptFile;
pub use mishaps::Mishaps;
pub use replace::{FolderLock, replace};
pub use value::Kept;
pub use versions::Versions;
pub use view::View;

#[cfg(test)]
mod tests;
