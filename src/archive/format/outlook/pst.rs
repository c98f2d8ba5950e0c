//! A mailbox of Outlook, with folders, read in place: what is in memory is a message, the list of its folder, and the pages
//! of the file's own index that were met.
//!
//! Microsoft's library reads it. It holds a lock while it opens a message that is attached to another, for which it waits
//! itself (1.2.0): those are told, and not opened.

use std::collections::HashSet;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::rc::Rc;

use outlook_pst::ltp::prop_context::PropertyValue;
use outlook_pst::ltp::table_context::{TableContext, TableRowData};
use outlook_pst::messaging::attachment::{AnsiAttachment, Attachment, AttachmentData, UnicodeAttachment};
use outlook_pst::messaging::folder::Folder;
use outlook_pst::messaging::message::{AnsiMessage, Message, UnicodeMessage};
use outlook_pst::messaging::store::{AnsiStore, EntryId, Store, UnicodeStore};
use outlook_pst::ndb::node_id::{NID_ROOT_FOLDER, NodeId, NodeIdType};
use outlook_pst::{AnsiPstFile, PstReader, UnicodePstFile};

use crate::archive::left_out::LeftOut;
use crate::archive::reason::{Damage, Reason, Unsupported};
use crate::archive::record::{MAX_BYTES, Outcome, Refusal, Sink};

use super::super::streams::u16_at;
use super::message::{self, Attached, Class};
use super::property::{CLASS, OF_ATTACHMENT, OF_MESSAGE, Properties, Value};

/// How it begins.
pub const SIGNATURE: &[u8] = b"!BDN";

/// The numbers of properties of mailboxes and folders: the checksum of a password, a name, a size ([MS-PST] 2.4.3.3).
const PASSWORD: u16 = 0x67FF;
const NAME: u16 = 0x3001;
const SIZE: u16 = 0x0E20;

/// Reads the messages of a mailbox, folder by folder.
pub fn read_pst(sink: &mut dyn Sink, mut bytes: Box<dyn PstReader>) -> Outcome {
    let mut head = Vec::new();
    (&mut bytes).take(0x202).read_to_end(&mut head)?;
    bytes.seek(SeekFrom::Start(0))?;
    // The version, and how its blocks are written ([MS-PST] 2.2.2.6): by 4,096 bytes, or encrypted by Windows.
    let (version, at) = match u16_at(&head, 10) {
        Some(version @ 14..=15) => (version, 0x1CD),
        Some(version) => (version, 0x201),
        None => return Err(Damage::CutOff.into()),
    };
    if version == 36 || head.get(at) == Some(&0x10) {
        return Err(Reason::Unsupported(Unsupported::OutlookMailbox).into());
    }
    match version {
        14..=15 => {
            let file = AnsiPstFile::read_from(bytes).map_err(Refusal::damaged_by)?;
            let store = AnsiStore::read(Rc::new(file)).map_err(Refusal::damaged_by)?;
            read_folders(sink, &store)
        }
        _ => {
            let file = UnicodePstFile::read_from(bytes).map_err(Refusal::damaged_by)?;
            let store = UnicodeStore::read(Rc::new(file)).map_err(Refusal::damaged_by)?;
            read_folders(sink, &store)
        }
    }
}

/// A mailbox of either age.
trait Mailbox: Store {
    type Message: Message;
    fn message(self: &Rc<Self>, id: &EntryId) -> io::Result<Rc<Self::Message>>;
    fn attachment(message: &Rc<Self::Message>, id: NodeId) -> io::Result<Rc<dyn Attachment>>;
}

impl Mailbox for UnicodeStore {
    type Message = UnicodeMessage;
    fn message(self: &Rc<Self>, id: &EntryId) -> io::Result<Rc<UnicodeMessage>> {
        UnicodeMessage::read(Rc::clone(self), id, Some(&OF_MESSAGE))
    }
    fn attachment(message: &Rc<UnicodeMessage>, id: NodeId) -> io::Result<Rc<dyn Attachment>> {
        Ok(UnicodeAttachment::read(Rc::clone(message), id, Some(&[]))?)
    }
}

impl Mailbox for AnsiStore {
    type Message = AnsiMessage;
    fn message(self: &Rc<Self>, id: &EntryId) -> io::Result<Rc<AnsiMessage>> {
        AnsiMessage::read(Rc::clone(self), id, Some(&OF_MESSAGE))
    }
    fn attachment(message: &Rc<AnsiMessage>, id: NodeId) -> io::Result<Rc<dyn Attachment>> {
        Ok(AnsiAttachment::read(Rc::clone(message), id, Some(&[]))?)
    }
}

/// What was found beside articles.
#[derive(Default)]
struct Counts {
    n_damaged: u64,
    n_service: u32,
    n_others: usize,
}

/// Reads all folders. Those below a folder follow it, in the order of the file.
fn read_folders<M: Mailbox>(sink: &mut dyn Sink, store: &Rc<M>) -> Outcome {
    let properties = store.properties();
    let is_locked = matches!(properties.get(PASSWORD), Some(PropertyValue::Integer32(it)) if *it != 0);
    if is_locked {
        return Err(Reason::Locked.into());
    }
    // The mailbox of a server has its folders elsewhere.
    let first = match properties.ipm_sub_tree_entry_id() {
        Ok(first) => first.node_id(),
        Err(_none) => NID_ROOT_FOLDER,
    };
    let mut counts = Counts::default();
    let mut seen = HashSet::new();
    let mut folders = vec![(first, String::new())];
    while let Some((id, path)) = folders.pop() {
        sink.check_size(0)?;
        if !seen.insert(u32::from(id)) {
            continue;
        }
        let Ok(folder) = store
            .properties()
            .make_entry_id(id)
            .and_then(|id| store.open_folder(&id))
        else {
            counts.n_damaged += 1;
            continue;
        };
        let folder = &*folder;
        read_folder(sink, store, folder, &path, &mut counts)?;
        let mut below: Vec<_> = rows(folder.hierarchy_table())
            .filter_map(|row| Some((node_of(row)?, row)))
            .filter(|(id, _)| id.id_type().is_ok_and(|it| it == NodeIdType::NormalFolder))
            .map(|(id, row)| (id, path_of(sink, folder.hierarchy_table(), row, &path)))
            .collect();
        below.reverse();
        folders.append(&mut below);
    }
    sink.leave_out_messages(LeftOut::ServiceMessages { n: counts.n_service });
    sink.leave_out_more(counts.n_others);
    match counts.n_damaged {
        0 => Ok(()),
        n => Err(Damage::Messages { n }.into()),
    }
}

/// The path of a folder.
fn path_of(sink: &dyn Sink, table: Option<&Rc<dyn TableContext>>, row: &TableRowData, around: &str) -> String {
    let name = table.and_then(|it| of_row(&**it, row, &[NAME]).line(sink, NAME));
    let name = name.unwrap_or_default().replace('/', "∕");
    match around {
        "" => name,
        around => format!("{around}/{name}"),
    }
}

fn read_folder<M: Mailbox>(
    sink: &mut dyn Sink,
    store: &Rc<M>,
    folder: &dyn Folder,
    path: &str,
    counts: &mut Counts,
) -> Outcome {
    if folder.contents_table().is_none() && folder.properties().content_count().is_ok_and(|it| it != 0) {
        counts.n_damaged += 1;
    }
    for row in rows(folder.contents_table()) {
        sink.check_size(0)?;
        // Contacts and the like need not be opened; the library cannot open all of them.
        let listed = folder.contents_table().map(|it| of_row(&**it, row, &[CLASS]));
        let mut class = message::class(sink, &listed.unwrap_or_default());
        if class == Class::Message {
            let Some(id) = node_of(row) else { continue };
            let message = store.properties().make_entry_id(id).and_then(|id| store.message(&id));
            let Ok(message) = message else {
                counts.n_damaged += 1;
                continue;
            };
            let all = message.properties().iter();
            let properties = Properties(all.filter_map(|(id, it)| Some((*id, value(it)?))).collect());
            class = message::class(sink, &properties);
            if class == Class::Message {
                read_message::<M>(sink, &message, &properties, path)?;
            }
        }
        match class {
            Class::Message => {}
            Class::Service => counts.n_service = counts.n_service.saturating_add(1),
            Class::Other => counts.n_others += 1,
        }
    }
    Ok(())
}

fn read_message<M: Mailbox>(
    sink: &mut dyn Sink,
    message: &Rc<M::Message>,
    properties: &Properties,
    path: &str,
) -> Outcome {
    let mut attachments = Vec::new();
    let table = message.attachment_table();
    for row in rows(table) {
        let Some((table, id)) = table.zip(node_of(row)) else {
            continue;
        };
        let own = of_row(&**table, row, &[&OF_ATTACHMENT[..], &[SIZE]].concat());
        let name = own
            .name(sink)
            .unwrap_or_else(|| format!("attachment {}", attachments.len() + 1));
        let attached = message::attached(sink, &own, &name);
        let size = own.number(SIZE).and_then(|it| u64::try_from(it).ok());
        attachments.push((id, format!("{path}/{name}"), attached, size.unwrap_or_default()));
    }
    let signed = attachments
        .iter()
        .find(|(_, _, it, size)| matches!(it, Attached::Signed) && *size <= MAX_BYTES);
    let signed = signed.and_then(|(id, ..)| data::<M>(message, *id).map(|(_, bytes)| bytes));
    let (record, has_text) = message::record(sink, properties, signed.as_deref())?;
    if has_text || attachments.iter().all(|(_, _, it, _)| matches!(it, Attached::LeftOut)) {
        sink.emit_part(path.to_owned(), record)?;
    }
    for (id, name, attached, size) in attachments {
        match attached {
            Attached::Message => {
                sink.refuse_member(&name, Reason::Unsupported(Unsupported::AttachedMessage).into())?;
            }
            Attached::File if MAX_BYTES < size => {
                sink.refuse_member(&name, Reason::TooLarge { limit: MAX_BYTES }.into())?;
            }
            Attached::File => {
                sink.check_size(size)?;
                match data::<M>(message, id) {
                    Some((long, bytes)) => {
                        let name = long.map_or(name, |it| format!("{path}/{it}"));
                        sink.read_member(&name, &mut bytes.as_slice())?;
                    }
                    None => sink.refuse_member(&name, Damage::CutOff.into())?,
                }
            }
            Attached::Signed => {}
            Attached::LeftOut | Attached::Sealed => message::leave_out(sink, &name, &attached)?,
        }
    }
    Ok(())
}

/// What an attachment holds, with its long name.
fn data<M: Mailbox>(message: &Rc<M::Message>, id: NodeId) -> Option<(Option<String>, Vec<u8>)> {
    let attachment = M::attachment(message, id).ok()?;
    let long = match attachment.properties().get(super::property::LONG_NAME) {
        Some(PropertyValue::Unicode(name)) => Some(name.to_string()),
        _ => None,
    };
    match attachment.data()? {
        AttachmentData::Binary(it) => Some((long, it.buffer().to_vec())),
        AttachmentData::Message(_) => None,
    }
}

fn rows(table: Option<&Rc<dyn TableContext>>) -> impl Iterator<Item = &TableRowData> {
    table.into_iter().flat_map(|it| it.rows_matrix())
}

/// The node that a row is about.
fn node_of(row: &TableRowData) -> Option<NodeId> {
    Some(NodeId::from(u32::from(row.id())))
}

/// The properties in a row that are among `ids`.
fn of_row(table: &dyn TableContext, row: &TableRowData, ids: &[u16]) -> Properties {
    let columns = table.context().columns();
    let values = row.columns(table.context()).unwrap_or_default();
    let cells = columns
        .iter()
        .zip(values)
        .filter(|(column, _)| ids.contains(&column.prop_id()));
    let cells = cells.filter_map(|(column, it)| {
        let read = table.read_column(&it?, column.prop_type()).ok()?;
        Some((column.prop_id(), value(&read)?))
    });
    Properties(cells.collect())
}

fn value(value: &PropertyValue) -> Option<Value> {
    Some(match value {
        PropertyValue::Integer32(it) => Value::Number(*it),
        PropertyValue::Time(it) => Value::Time(*it),
        PropertyValue::Unicode(it) => Value::Text(it.to_string()),
        PropertyValue::String8(it) => Value::Encoded(it.buffer().to_vec()),
        PropertyValue::Binary(it) => Value::Bytes(it.buffer().to_vec()),
        _ => return None,
    })
}
