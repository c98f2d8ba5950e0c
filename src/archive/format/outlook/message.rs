//! From the properties of a message to an article.

use crate::archive::article::{DatePrecision, DateProvenance, PublicationDate};
use crate::archive::left_out::LeftOut;
use crate::archive::reason::{Reason, Unsupported};
use crate::archive::record::{Content, Outcome, Record, Sink, Stop};

use super::super::mail::{self, Body};
use super::super::rtf;
use super::packed_rtf;
use super::property::{
    BODY, CLASS, DELIVERED, HTML, KIND, METHOD, Properties, RTF, SENDER, SENT_FOR, SUBJECT, SUBMITTED,
};

/// What a message is by its class ([MS-OXCMSG] 2.2.1.3).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Mail, and what was posted: by feeds as well.
    Message,
    /// A report of the mail's delivery, a request to meet.
    Service,
    /// An appointment, a contact, a task.
    Other,
}

/// What a message is.
pub fn class(sink: &dyn Sink, properties: &Properties) -> Class {
    let class = properties.line(sink, CLASS).unwrap_or_default().to_lowercase();
    let is = |start: &str| {
        class
            .strip_prefix(start)
            .is_some_and(|it| it.is_empty() || it.starts_with('.'))
    };
    let messages = ["", "ipm", "ipm.note", "ipm.post", "ipm.document", "ipm.stickynote"];
    match () {
        () if is("report") || is("ipm.schedule") || is("ipm.outlook.recall") => Class::Service,
        () if class == "ipm" || messages.into_iter().filter(|it| *it != "ipm").any(is) => Class::Message,
        () => Class::Other,
    }
}

/// The record of a message, and whether it has a text. That of one that was signed is in a message of its own.
pub fn record(sink: &dyn Sink, properties: &Properties, signed: Option<&[u8]>) -> Result<(Record, bool), Stop> {
    let Body {
        mut lines,
        mut hints,
        encoding,
        has_errors,
    } = body(sink, properties, signed)?;
    let has_text = !lines.is_empty();
    mail::set_subject(&mut lines, &mut hints, properties.line(sink, SUBJECT));
    let senders = [SENT_FOR, SENDER]
        .into_iter()
        .filter_map(|it| properties.line(sink, it));
    hints.byline = hints.byline.or(senders
        .into_iter()
        .find(|it| !it.contains('@') && !it.starts_with("/O=")));
    let days = [SUBMITTED, DELIVERED];
    hints.published = hints.published.or_else(|| {
        let date = days.into_iter().find_map(|it| properties.day(it))?;
        Some(PublicationDate {
            date,
            precision: DatePrecision::Day,
            provenance: DateProvenance::Metadata,
        })
    });
    let record = Record {
        content: Content::Lines(lines),
        hints,
        encoding,
        has_errors,
        fields: Vec::new(),
    };
    Ok((record, has_text))
}

/// The text of a message, of the forms in which it has it: plain, a page, RTF.
fn body(sink: &dyn Sink, properties: &Properties, signed: Option<&[u8]>) -> Result<Body, Stop> {
    for id in [BODY, HTML, RTF] {
        sink.check_size(properties.bytes(id).map_or(0, <[u8]>::len) as u64)?;
    }
    let text = |id: u16, is_page: bool| properties.text(sink, id).map(|it| (it, is_page));
    let body = mail::body_of(
        text(BODY, false).into_iter().collect(),
        text(HTML, true).into_iter().collect(),
    );
    if !body.lines.is_empty() {
        return Ok(body);
    }
    if let Some(body) = signed.and_then(|it| mail::body_within(sink, it)) {
        return Ok(body);
    }
    let Some(rtf) = properties.bytes(RTF).and_then(packed_rtf::unpacked) else {
        return Ok(body);
    };
    // A page that is in the RTF is left out there with its mark-up, and what it shows stays ([MS-OXRTFEX]).
    let (document, _damage) = rtf::document(sink, &mut rtf.as_slice())?;
    let mut lines = document.lines;
    lines.retain(|(line, _)| !line.trim().is_empty());
    Ok(Body {
        lines,
        encoding: document.encoding,
        has_errors: document.has_errors,
        ..body
    })
}

/// What is to be done with something attached.
pub enum Attached {
    /// It holds a message.
    Message,
    /// It is read as a file.
    File,
    /// It is the message with its signature, and all that is in both.
    Signed,
    /// It holds no article.
    LeftOut,
    /// It is encrypted.
    Sealed,
}

/// What something attached under a name is, by its properties.
pub fn attached(sink: &dyn Sink, properties: &Properties, name: &str) -> Attached {
    /// `PidTagAttachMethod`: by value, as a message ([MS-OXCMSG] 2.2.2.9).
    const VALUE: i32 = 1;
    const MESSAGE: i32 = 5;
    let kind = properties.line(sink, KIND).unwrap_or_default().to_lowercase();
    let kind = kind.rsplit('/').next().unwrap_or_default();
    match properties.number(METHOD).unwrap_or(VALUE) {
        MESSAGE => Attached::Message,
        VALUE if kind == "signed" => Attached::Signed,
        VALUE if mail::is_sealed(kind, name) => Attached::Sealed,
        VALUE if mail::may_hold_articles(name) => Attached::File,
        _ => Attached::LeftOut,
    }
}

/// Notes that something attached is not read.
pub fn leave_out(sink: &mut dyn Sink, name: &str, attached: &Attached) -> Outcome {
    match attached {
        Attached::Sealed => sink.refuse_member(name, Reason::Unsupported(Unsupported::SealedMail).into()),
        _ => {
            sink.leave_out(name, LeftOut::NoArticles);
            Ok(())
        }
    }
}
