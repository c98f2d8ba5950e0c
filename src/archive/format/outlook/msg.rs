//! A message of Outlook in a file of its own, which is a compound file: a stream for each long property, one for the
//! short ones, and a storage for each attachment ([MS-OXMSG]).

use crate::archive::bound::Bound;
use crate::archive::origin::Format;
use crate::archive::reason::Reason;
use crate::archive::record::{Outcome, Sink};

use super::super::streams::{Streams, u32_at, utf_16};
use super::message::{self, Attached};
use super::property::{DATA, OF_ATTACHMENT, OF_MESSAGE, Properties, Value};

/// The stream with the short properties of a message or an attachment.
const SHORT: &str = "__properties_version1.0";
/// How the names of streams with a long property begin, and those of the storages of attachments.
const LONG: &str = "__substg1.0_";
const ATTACHMENT: &str = "__attach_version1.0_#";
/// What stands before the properties in the first: in a file, in a message within, in an attachment.
const OF_FILE: usize = 32;
const OF_WITHIN: usize = 24;
const OF_ATTACHED: usize = 8;

/// Whether a compound file is a message.
pub fn has_message(streams: &Streams) -> bool {
    streams.has(&format!("/{SHORT}"))
}

/// Reads a message and what is attached to it.
pub fn read_msg(sink: &mut dyn Sink, streams: &mut Streams) -> Outcome {
    read_at(sink, streams, "", 0)
}

/// Reads the message in a storage, which is in `depth` others.
fn read_at(sink: &mut dyn Sink, streams: &mut Streams, path: &str, depth: usize) -> Outcome {
    let start = if depth == 0 { OF_FILE } else { OF_WITHIN };
    let properties = properties(streams, path, start, &OF_MESSAGE);
    let mut attachments = Vec::new();
    for storage in streams
        .children(path)
        .into_iter()
        .filter(|it| it.starts_with(ATTACHMENT))
    {
        let path = format!("{path}/{storage}");
        let own = properties_of_attachment(streams, &path, &properties);
        let name = own
            .name(sink)
            .unwrap_or_else(|| format!("attachment {}", attachments.len() + 1));
        let attached = message::attached(sink, &own, &name);
        attachments.push((path, name, attached));
    }
    let signed = attachments.iter().find(|(_, _, it)| matches!(it, Attached::Signed));
    let signed = signed.and_then(|(path, _, _)| streams.stream(&data(path, "0102")));
    let (record, has_text) = message::record(sink, &properties, signed.as_deref())?;
    if has_text || attachments.iter().all(|(_, _, it)| matches!(it, Attached::LeftOut)) {
        sink.emit(record)?;
    }
    for (path, name, attached) in attachments {
        match attached {
            Attached::Message if Bound::Messages.limit() <= depth => {
                sink.refuse_member(&name, Reason::Beyond(Bound::Messages).into())?;
            }
            Attached::Message => {
                let format = sink.set_format(Format::Msg);
                read_at(sink, streams, &data(&path, "000D"), depth + 1)?;
                sink.set_format(format);
            }
            Attached::File => {
                let bytes = streams.stream(&data(&path, "0102")).unwrap_or_default();
                sink.read_member(&name, &mut bytes.as_slice())?;
            }
            Attached::Signed => {}
            Attached::LeftOut | Attached::Sealed => message::leave_out(sink, &name, &attached)?,
        }
    }
    Ok(())
}

/// The path of what an attachment holds.
fn data(attachment: &str, kind: &str) -> String {
    format!("{attachment}/{LONG}{DATA:04X}{kind}")
}

/// The properties of an attachment; its code page is the message's.
fn properties_of_attachment(streams: &mut Streams, path: &str, of_message: &Properties) -> Properties {
    let mut own = properties(streams, path, OF_ATTACHED, &OF_ATTACHMENT);
    for id in OF_ATTACHMENT {
        if let Some(number) = of_message.number(id) {
            own.0.entry(id).or_insert(Value::Number(number));
        }
    }
    own
}

/// The properties in a storage that are among `ids`.
fn properties(streams: &mut Streams, path: &str, start: usize, ids: &[u16]) -> Properties {
    let mut properties = Properties::default();
    let short = streams.stream(&format!("{path}/{SHORT}")).unwrap_or_default();
    for entry in short.get(start..).unwrap_or_default().chunks_exact(16) {
        let tag = u32_at(entry, 0).unwrap_or_default();
        let id = (tag >> 16) as u16;
        let value = match tag & 0xFFFF {
            0x0003 => u32_at(entry, 8).map(|it| Value::Number(it.cast_signed())),
            0x0040 => entry
                .get(8..16)
                .and_then(|it| it.try_into().ok())
                .map(|it| Value::Time(i64::from_le_bytes(it))),
            _ => None,
        };
        if let Some(value) = value.filter(|_| ids.contains(&id)) {
            properties.0.insert(id, value);
        }
    }
    for id in ids {
        let stream = |kind: &str| format!("{path}/{LONG}{id:04X}{kind}");
        let value = None
            .or_else(|| streams.stream(&stream("001F")).map(|it| Value::Text(utf_16(&it))))
            .or_else(|| streams.stream(&stream("001E")).map(Value::Encoded))
            .or_else(|| streams.stream(&stream("0102")).map(Value::Bytes));
        if let Some(value) = value {
            properties.0.insert(*id, value);
        }
    }
    properties
}
