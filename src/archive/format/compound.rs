//! The compound files of Microsoft's programs before 2007: which program's a file is.

use crate::archive::origin::Format;
use crate::archive::reason::{Reason, Unsupported};
use crate::archive::record::{Outcome, Sink};

use super::streams::Streams;
use super::{doc, outlook, sheet};

/// Reads the document that a compound file is.
pub fn read(sink: &mut dyn Sink, bytes: Vec<u8>) -> Outcome {
    let mut streams = Streams::open(bytes)?;
    if streams.has("/Workbook") || streams.has("/Book") {
        sink.set_format(Format::Xls);
        return sheet::read_xls(sink, streams.into_bytes());
    }
    if streams.has("/EncryptedPackage") {
        // A document of a newer Word or Excel, in the shell in which it is encrypted.
        return Err(Reason::Locked.into());
    }
    if streams.has("/WordDocument") {
        sink.set_format(Format::Doc);
        return doc::read(sink, &mut streams);
    }
    if outlook::has_message(&streams) {
        sink.set_format(Format::Msg);
        return outlook::read_msg(sink, &mut streams);
    }
    Err(Reason::Unsupported(Unsupported::OldWord).into())
}
