//! What Outlook keeps: single messages (`.msg`) and mailboxes (`.pst`), as Microsoft's open specifications have them.
//!
//! | file | is |
//! |---|---|
//! | `property` | the properties of a message: [MS-OXPROPS], [MS-OXCDATA] |
//! | `message` | from a message's properties to an article |
//! | `packed_rtf` | the text of a message in packed RTF: [MS-OXRTFCP] |
//! | `msg` | a message as a compound file: [MS-OXMSG] |
//! | `pst` | a mailbox with folders: [MS-PST], by Microsoft's own library |

mod message;
mod msg;
mod packed_rtf;
mod property;
mod pst;

pub use msg::{has_message, read_msg};
pub use pst::{SIGNATURE, read_pst};
