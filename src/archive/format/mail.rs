//! Mail: single messages, mailboxes, and pages that browsers save as messages (MHTML).

use std::io::BufRead;
use std::path::Path;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use crate::archive::article::{DatePrecision, DateProvenance, PublicationDate, SectionKind};
use crate::archive::encoding::{self, Decoded, TextEncoding};
use crate::archive::origin::Format;
use crate::archive::record::{Content, Hints, MAX_RECORD, Outcome, Record, Refusal, Sink, read_line};

use super::{fields, html, text};

/// Reads a message and what is attached to it.
pub fn read_message(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    let message = parse(bytes)?;
    emit(sink, &message)
}

/// Reads the messages of a mailbox, one at a time. A message begins with a line «From …» after an empty line; such
/// lines within messages were escaped with ">" when it was written (RFC 4155).
pub fn read_mbox(sink: &mut dyn Sink, bytes: &mut dyn BufRead) -> Outcome {
    let mut message = Vec::new();
    let mut is_after_empty = true;
    let mut n_damaged = 0_usize;
    let n_before = sink.n_articles();
    let mut finish = |sink: &mut dyn Sink, message: &mut Vec<u8>| -> Outcome {
        if message.trim_ascii().is_empty() {
            return Ok(());
        }
        let outcome = match parse(message) {
            Ok(message) => emit(sink, &message),
            Err(_refusal) => {
                n_damaged += 1;
                Ok(())
            }
        };
        message.clear();
        outcome
    };
    while let Some((line, _)) = read_line(bytes, MAX_RECORD)? {
        if is_after_empty && line.starts_with(b"From ") {
            finish(sink, &mut message)?;
            is_after_empty = false;
            continue;
        }
        is_after_empty = line.trim_ascii().is_empty();
        let marks = line.iter().take_while(|byte| **byte == b'>').count();
        let line = if marks != 0 && line[marks..].starts_with(b"From ") {
            &line[1..]
        } else {
            &line[..]
        };
        // Of a message with huge attachments the beginning is enough for its text.
        if (message.len() as u64) < MAX_RECORD {
            message.extend_from_slice(line);
        }
    }
    finish(sink, &mut message)?;
    match n_damaged {
        0 if sink.n_articles() == n_before => Err(Refusal::damaged("no message in it").into()),
        0 => Ok(()),
        n => Err(Refusal::damaged(format!("{n} of its messages")).into()),
    }
}

/// Reads a page saved by a browser. When it was saved, and by whom, is not the article's metadata.
pub fn read_page(sink: &mut dyn Sink, bytes: &[u8]) -> Outcome {
    let message = parse(bytes)?;
    let page = message
        .parts
        .iter()
        .find(|part| matches!(part.body, PartType::Html(_)))
        .ok_or_else(|| Refusal::damaged("a saved page without a page in it"))?;
    let decoded = text_of(sink, &message, page);
    let (lines, hints) = html::lines(&decoded.text);
    sink.emit(Record {
        content: Content::Lines(lines),
        hints,
        encoding: decoded.encoding,
        has_errors: decoded.has_errors,
        fields: Vec::new(),
    })
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, Refusal> {
    MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Refusal::damaged("no message in it"))
}

fn emit(sink: &mut dyn Sink, message: &Message<'_>) -> Outcome {
    let plain = message.text_body.first().and_then(|it| message.parts.get(*it as usize));
    let page = message.html_body.first().and_then(|it| message.parts.get(*it as usize));
    let decoded = |part: Option<&MessagePart<'_>>| part.map(|it| text_of(sink, message, it));
    let is_page = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let plain = decoded(plain.filter(|it| matches!(it.body, PartType::Text(_))));
    let page = decoded(page.filter(is_page));
    // The plain part is often only «your program cannot show this message».
    let is_better =
        |page: &Decoded, plain: &Decoded| plain.text.trim().chars().count() * 4 < page.text.chars().count() / 4;
    let (decoded, is_page) = match (plain, page) {
        (Some(plain), Some(page)) if is_better(&page, &plain) => (page, true),
        (Some(plain), _) => (plain, false),
        (None, Some(page)) => (page, true),
        (None, None) => (
            Decoded {
                text: String::new(),
                encoding: "UTF-8",
                has_errors: false,
            },
            false,
        ),
    };
    let (mut lines, mut hints) = if is_page {
        html::lines(&decoded.text)
    } else {
        (
            fields::text_lines(&text::with_whole_lines(decoded.text.clone())),
            Hints::default(),
        )
    };
    let subject = header(message.subject(), message, "Subject").map(|it| without_reply_marks(&it).to_owned());
    if let Some(subject) = subject.filter(|it| !it.is_empty()) {
        let title = SectionKind::Title;
        lines
            .iter_mut()
            .filter(|it| it.1 == Some(title))
            .for_each(|it| it.1 = None);
        lines.retain(|(line, _)| *line != subject);
        lines.insert(0, (subject.clone(), Some(title)));
        hints.title = Some(subject);
    }
    let sender = message
        .from()
        .and_then(|it| it.first())
        .and_then(|it| header(it.name(), message, "From"));
    hints.byline = hints.byline.or(sender.filter(|it| !it.contains('@')));
    hints.published = hints.published.or_else(|| message.date().and_then(published));
    let is_empty = lines.iter().all(|(_, kind)| kind.is_some());
    let attachments: Vec<&MessagePart<'_>> = message.attachments().filter(|it| may_hold_articles(it)).collect();
    if !is_empty || attachments.is_empty() {
        sink.emit(Record {
            content: Content::Lines(lines),
            hints,
            encoding: decoded.encoding,
            has_errors: decoded.has_errors,
            fields: Vec::new(),
        })?;
    }
    for (idx, part) in attachments.into_iter().enumerate() {
        let name = part
            .attachment_name()
            .map_or_else(|| format!("attachment {}", idx + 1), str::to_owned);
        match &part.body {
            PartType::Message(inner) => {
                let format = sink.set_format(Format::Email);
                emit(sink, inner)?;
                sink.set_format(format);
            }
            _ => sink.read_member(&name, &mut raw(message, part).as_slice())?,
        }
    }
    Ok(())
}

/// Documents, archives and messages; not pictures, signatures, or the parts of a page.
fn may_hold_articles(part: &MessagePart<'_>) -> bool {
    let name = part.attachment_name().unwrap_or_default();
    let extension = Path::new(name)
        .extension()
        .map(|it| it.to_string_lossy().to_lowercase());
    let is_document = matches!(
        extension.as_deref(),
        Some(
            "txt"
                | "pdf"
                | "docx"
                | "odt"
                | "doc"
                | "rtf"
                | "epub"
                | "zip"
                | "gz"
                | "html"
                | "htm"
                | "eml"
                | "csv"
                | "json"
        )
    );
    matches!(part.body, PartType::Message(_)) || is_document
}

fn published(date: &mail_parser::DateTime) -> Option<PublicationDate> {
    let (year, month, day) = (
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    );
    // A mail program that does not know the time says 1970.
    if year <= 1970 {
        return None;
    }
    Some(PublicationDate {
        date: jiff::civil::Date::new(year, month, day).ok()?,
        precision: DatePrecision::Day,
        provenance: DateProvenance::Metadata,
    })
}

/// A header's text. Non-ASCII bytes are forbidden in a header but occur; the library takes them for UTF-8.
fn header(parsed: Option<&str>, message: &Message<'_>, name: &str) -> Option<String> {
    let parsed = parsed?;
    if !parsed.contains('\u{FFFD}') {
        return Some(text::one_line(parsed));
    }
    let marker = format!("{name}:");
    let raw = message.raw_message();
    let line = raw
        .split(|byte| *byte == b'\n')
        .take_while(|line| !line.trim_ascii().is_empty())
        .find(|line| line.len() >= marker.len() && line[..marker.len()].eq_ignore_ascii_case(marker.as_bytes()))?;
    let decoded = encoding::decode(line[marker.len()..].trim_ascii(), None).text;
    let text = match decoded.split_once('<') {
        Some((before, _)) if name == "From" => before,
        _ => &decoded,
    };
    Some(text.trim().trim_matches('"').trim().to_owned())
}

/// A subject without «Re:», «Fwd:», «رد:», «إعادة توجيه:».
fn without_reply_marks(subject: &str) -> &str {
    let mut rest = subject.trim();
    loop {
        let marks = ["re:", "fw:", "fwd:", "رد:", "إعادة توجيه:", "تحويل:"];
        let folded = rest.to_lowercase();
        match marks.into_iter().find(|it| folded.starts_with(it)) {
            Some(mark) => rest = rest.get(mark.len()..).unwrap_or_default().trim_start(),
            None => return rest,
        }
    }
}

/// The bytes of a part, without their encoding for transport.
fn raw(message: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    let whole = message.raw_message();
    let end = (part.offset_end as usize).min(whole.len());
    let body = whole.get(part.offset_body as usize..end).unwrap_or_default();
    match part.encoding {
        Encoding::None => Some(body.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(body),
        Encoding::Base64 => base64_decode(body),
    }
    .unwrap_or_else(|| part.contents().to_vec())
}

/// The text of a part. The encoding in its header counts unless the bytes say otherwise.
fn text_of(sink: &dyn Sink, message: &Message<'_>, part: &MessagePart<'_>) -> Decoded {
    let bytes = raw(message, part);
    let stated = part
        .content_type()
        .and_then(|it| it.attribute("charset"))
        .and_then(TextEncoding::for_label);
    let guessed = encoding::decode(&bytes, sink.encoding());
    match stated {
        // UTF-7 and the encodings of other scripts are trusted; Arabic ones are told apart by their letters.
        Some(stated) if sink.encoding().is_none() && !guessed.encoding.starts_with("UTF") && !stated.is_arabic() => {
            guessed
        }
        Some(stated) if sink.encoding().is_none() && !guessed.encoding.starts_with("UTF") => {
            let as_stated = encoding::decode(&bytes, Some(stated));
            if as_stated.has_errors { guessed } else { as_stated }
        }
        _ => guessed,
    }
}
