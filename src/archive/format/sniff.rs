//! Detects a file's format by its content before its name: names lie, and scraped files often have none.

use std::path::Path;

use memchr::memmem;

use crate::archive::encoding::{self, TextEncoding};
use crate::archive::origin::Format;
use crate::archive::reason::{Reason, Unsupported};

use super::fields::Mapping;
use super::{
    chat, evernote, front_matter, html, mail, outlook, saved_page, seven_zip, streams, table, tar, warc, zstd,
};

/// The signatures of formats that are not supported, or hold no articles. From the formats' specifications; `file(1)`
/// has the same.
const SIGNATURES: &[(&[u8], Unsupported)] = &[
    (b"Rar!", Unsupported::Rar),
    (b"SQLite format 3\0", Unsupported::Sqlite),
    (b"PAR1", Unsupported::Parquet),
    (b"ITSF", Unsupported::Chm),
    (b"%!PS", Unsupported::PostScript),
    (b"\x89PNG", Unsupported::Picture),
    (b"\xFF\xD8\xFF", Unsupported::Picture),
    (b"GIF8", Unsupported::Picture),
    (b"II*\0", Unsupported::Picture),
    (b"MM\0*", Unsupported::Picture),
    (b"AT&TFORM", Unsupported::DjVu),
];

/// The signatures of compressed files.
const PACKED: &[(&[u8], Format)] = &[
    (b"\x1F\x8B", Format::Gzip),
    (b"BZh", Format::Bzip2),
    (b"\xFD7zXZ\0", Format::Xz),
];

/// The format of a file that begins with `start`, if it is read in place instead of from its beginning to its end: what it
/// holds is listed elsewhere in it.
pub fn in_place(start: &[u8]) -> Option<Format> {
    match () {
        () if start.starts_with(b"PK") => Some(Format::Zip),
        () if seven_zip::begins_like(start) => Some(Format::SevenZip),
        () if start.starts_with(outlook::SIGNATURE) => Some(Format::Pst),
        () => None,
    }
}

/// The format of a file with a name that begins with `head`.
pub fn sniff(head: &[u8], name: &Path) -> Result<Format, Reason> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Format::Zip);
    }
    if let Some((_, format)) = PACKED.iter().find(|(start, _)| head.starts_with(start)) {
        return Ok(*format);
    }
    if zstd::begins_like(head) {
        return Ok(Format::Zstd);
    }
    if seven_zip::begins_like(head) {
        return Ok(Format::SevenZip);
    }
    if tar::begins_like(head) {
        return Ok(Format::Tar);
    }
    if is_pdf(head) {
        return Ok(Format::Pdf);
    }
    if head.starts_with(streams::SIGNATURE) {
        return Ok(Format::Doc);
    }
    if head.starts_with(outlook::SIGNATURE) {
        return Ok(Format::Pst);
    }
    if head.trim_ascii_start().starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if let Some((_, format)) = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)) {
        return Err(Reason::Unsupported(*format));
    }
    if warc::begins_like(head) {
        return Ok(Format::Warc);
    }
    if is_web_archive(head) {
        return Ok(Format::WebArchive);
    }
    if saved_page::unpacks_itself(head) {
        return Ok(Format::Html);
    }
    if is_webp(head) || is_bitmap(head) {
        return Err(Reason::Unsupported(Unsupported::Picture));
    }
    let (encoding, mark) = encoding::detect(head);
    if is_binary(head, encoding) {
        return Err(Reason::Binary);
    }
    let extension = name
        .extension()
        .map(|it| it.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    if let Some(format) = mail_format(head) {
        return Ok(format);
    }
    let text = encoding::decode(&head[mark..], Some(encoding)).text;
    Ok(text_format(&text, &extension))
}

/// Whether this is a property list, of the two forms of which Safari saves pages in either.
fn is_web_archive(head: &[u8]) -> bool {
    /// In the binary form it may stand anywhere.
    const NAMES: [&[u8]; 2] = [b"WebMainResource", b"WebResourceData"];
    let is_list = head.trim_ascii_start().starts_with(b"<?xml") && memmem::find(head, b"<plist").is_some();
    head.starts_with(b"bplist00") || is_list && NAMES.iter().any(|it| memmem::find(head, it).is_some())
}

/// Whether this is the beginning of a PDF. A few bytes of garbage before it are common, and allowed.
pub fn is_pdf(head: &[u8]) -> bool {
    head[..head.len().min(1_024)].windows(5).any(|it| it == b"%PDF-")
}

/// Whether this is the beginning of a picture in WebP (RFC 9649).
fn is_webp(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP".as_slice())
}

/// Whether this is the beginning of a bitmap of Windows: a text may begin with «BM», but does not go on with the length of
/// one of the known headers.
fn is_bitmap(head: &[u8]) -> bool {
    let length = head.get(14..18).and_then(|it| <[u8; 4]>::try_from(it).ok());
    head.starts_with(b"BM")
        && length.is_some_and(|it| matches!(u32::from_le_bytes(it), 12 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// Whether the control characters rule out a text. Old texts have an end-of-file sign or form feeds: one in a thousand
/// bytes is none the less text. So is one in ten, where all else is: a program that cannot write a sign may leave one in
/// its place. Both are guesses.
fn is_binary(head: &[u8], encoding: TextEncoding) -> bool {
    // A file that was not written to its end may be filled up.
    let n_zeros = head.iter().rev().take_while(|it| **it == 0).count();
    let head = &head[..head.len() - n_zeros];
    let n_control = head.iter().filter(|it| encoding::is_control(**it)).count();
    let is_few = |of: usize| n_control * of <= head.len();
    if encoding.is_wide() || n_control <= 1 || is_few(1_000) {
        return false;
    }
    !is_few(10) || head.contains(&0) || !reads_as_text(head, encoding)
}

/// Whether what is no control character is text: UTF-8 nearly all of which are letters, digits and spaces, or Arabic in
/// another encoding. Three in five are enough, for mark-up has many signs; a guess.
fn reads_as_text(head: &[u8], encoding: TextEncoding) -> bool {
    if encoding.is_single_byte() {
        return encoding::reads_as_arabic(head, encoding);
    }
    let text = String::from_utf8_lossy(head);
    let others = text.chars().filter(|c| !c.is_ascii_control());
    let n_words = others
        .clone()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .count();
    let n_others = others.count();
    n_others * 3 <= n_words * 5
}

/// Messages have headers at their very beginning, which are ASCII whatever the text is.
fn mail_format(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let head = mail::of_apple(head).unwrap_or(head);
    if head.starts_with(b"From ") {
        let second = head.split(|byte| *byte == b'\n').nth(1).unwrap_or_default();
        return header_name(second).map(|_| Format::Mbox);
    }
    let mut names = Vec::new();
    let mut is_related = false;
    for line in head.split(|byte| *byte == b'\n').take(200) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if !(line.starts_with(b" ") || line.starts_with(b"\t")) {
            names.push(header_name(line)?);
        }
        is_related |= contains_ignoring_case(line, b"multipart/related");
    }
    let has = |name: &str| names.iter().any(|it| it == name);
    let is_message = has("mime-version") || has("message-id") || has("received") || has("return-path");
    let is_titled = has("subject") || has("from") || has("to") || has("snapshot-content-location");
    if !(is_message && (is_titled || has("content-type")) || has("from") && has("date") && has("subject")) {
        None
    } else if is_related && !has("to") && !has("received") {
        Some(Format::Mhtml)
    } else {
        Some(Format::Email)
    }
}

fn header_name(line: &[u8]) -> Option<String> {
    // The longest in use have some thirty letters.
    let start = &line[..line.len().min(80)];
    let (name, _) = line.split_at(start.iter().position(|byte| *byte == b':')?);
    let is_name = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    is_name.then(|| String::from_utf8_lossy(name).to_lowercase())
}

fn contains_ignoring_case(line: &[u8], word: &[u8]) -> bool {
    line.windows(word.len()).any(|it| it.eq_ignore_ascii_case(word))
}

/// Tells the text formats apart: by the mark-up at the start, then the extension, then a table's header; what has none of
/// them is plain.
fn text_format(head: &str, extension: &str) -> Format {
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if html::looks_like_page(start) {
        return match chat::is_telegram_page(start) {
            true => Format::Telegram,
            false if chat::is_meta_page(start) => Format::Meta,
            false => Format::Html,
        };
    }
    if chat::is_telegram_json(start) {
        return Format::Telegram;
    }
    if chat::is_whatsapp(start) {
        return Format::Whatsapp;
    }
    if chat::is_tweets(start) {
        return Format::Tweets;
    }
    if chat::is_meta(start) {
        return Format::Meta;
    }
    if let Some(format) = json_format(start, extension) {
        return format;
    }
    if is_xml(start) {
        return match evernote::begins_like(start) {
            true => Format::Enex,
            false => Format::Xml,
        };
    }
    if html::looks_like_fragment(start) {
        return Format::Html;
    }
    match extension {
        "htm" | "html" | "xhtml" | "shtml" if head.contains('<') => return Format::Html,
        "md" | "markdown" => return Format::Markdown,
        "csv" => return Format::Csv,
        "tsv" | "tab" => return Format::Tsv,
        _ => {}
    }
    if front_matter::front_matter(start).is_some() {
        return Format::Markdown;
    }
    if table::told_separator(start).is_some() {
        return Format::Csv;
    }
    match table::separator_of_header(start, &mut Mapping::default()) {
        Some(b'\t') => Format::Tsv,
        Some(_) => Format::Csv,
        None => Format::Text,
    }
}

/// JSON begins with a bracket, and what follows is a value as well: a text may begin with one, too.
fn json_format(start: &str, extension: &str) -> Option<Format> {
    let first = start.lines().next().unwrap_or_default().trim_end();
    let is_value = |line: &str| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    if start.starts_with('{') {
        let mut lines = start.lines().filter(|it| !it.trim().is_empty());
        let first_is_whole = lines.next().is_some_and(is_value);
        let has_more = lines.next().is_some_and(|it| it.trim_start().starts_with('{'));
        if first_is_whole && (has_more || extension == "jsonl" || extension == "ndjson") {
            return Some(Format::JsonLines);
        }
        if first_is_whole {
            return Some(Format::Json);
        }
        // A first line longer than the head.
        if matches!(extension, "jsonl" | "ndjson") {
            return Some(Format::JsonLines);
        }
    } else if !start.starts_with('[') {
        return matches!(extension, "jsonl" | "ndjson").then_some(Format::JsonLines);
    }
    let after = start[1..].trim_start();
    let begins_like_json = match start.as_bytes().first() {
        Some(b'{') => after.starts_with(['"', '}']),
        _ => after.starts_with(['{', '[', '"', ']']),
    };
    // «["quoted"]» in a text: the whole line would be a value, but no article.
    (begins_like_json && (extension == "json" || start.contains(':') || is_value(first))).then_some(Format::Json)
}

fn is_xml(start: &str) -> bool {
    if start.starts_with("<?xml") {
        return true;
    }
    let Some(rest) = start.strip_prefix('<') else {
        return false;
    };
    let rest = rest.trim_start_matches("!--");
    let name: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.'))
        .collect();
    // An element that HTML does not have, and its end.
    let is_html = html::TAGS.contains(&name.to_lowercase().as_str());
    let is_element = rest[name.len()..].starts_with(['>', ' ', '\n', '\r', '\t', '/']);
    !name.is_empty() && is_element && !is_html && (start.contains("</") || start.contains("/>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, content: &str, format: Format) {
        assert_eq!(sniff(content.as_bytes(), Path::new(name)).unwrap(), format, "{content}");
    }

    #[test]
    fn the_content_says_what_it_is() {
        check("a.txt", "قال الوزير إن العمل اكتمل.\n", Format::Text);
        check("a.txt", "<!doctype html><p>نص", Format::Html);
        check("a.txt", "<p dir=rtl>نص</p>", Format::Html);
        check("a", "<DOC>\n<TITLE>عنوان</TITLE>\n</DOC>", Format::Xml);
        check("a.txt", "{\"title\": \"أ\"}\n{\"title\": \"ب\"}\n", Format::JsonLines);
        check("a.txt", "[{\"title\": \"أ\"}]", Format::Json);
        check("a.txt", "{\n  \"title\": \"أ\"\n}", Format::Json);
        check("a.txt", "---\ntitle: أ\n---\nنص", Format::Markdown);
        check("a.txt", "العنوان,النص\nأ,ب\n", Format::Csv);
        check("a.txt", "title\tbody\nأ\tب\n", Format::Tsv);
        check("a.txt", "From: a@b.c\r\nDate: x\r\nSubject: y\r\n\r\nz", Format::Email);
        check("a.txt", "From a@b.c Mon\nSubject: y\n\nz", Format::Mbox);
        check("a.html", "نص <b>غليظ</b>", Format::Html);
        assert_eq!(sniff(b"%PDF-1.4 \xE2\xE3", Path::new("a.txt")).unwrap(), Format::Pdf);
        assert_eq!(sniff(b"\x1F\x8B\x08", Path::new("a.html")).unwrap(), Format::Gzip);
    }

    #[test]
    fn a_text_is_not_taken_for_data() {
        check("a.txt", "[تحديث] قال الوزير: \"نعم\".\n", Format::Text);
        check("a.txt", "{ملاحظة}: نص\n", Format::Text);
        check("a.txt", "From the editor: نص\nسطر\n", Format::Text);
        check("a.txt", "التاريخ: 3 مارس 2024\nالمصدر: المدار\n\nنص", Format::Text);
        check("a.txt", "قال، وأضاف، ثم مضى\nإلى بيته، وعاد\n", Format::Text);
        check("a.txt", "<3 قلب\n", Format::Text);
        check(
            "a.txt",
            "العنوان، النص، ثم غيرهما مما يقال في أول السطر\nسطر",
            Format::Text,
        );
    }

    #[test]
    fn what_is_not_text_is_refused_with_advice() {
        let refusal = |bytes: &[u8]| sniff(bytes, Path::new("a.txt")).unwrap_err().to_string();
        assert!(refusal(b"Rar!").contains(".zip"));
        assert_eq!(refusal(&[1, 2, 3, 0, 0, 7, 9, 0]), Reason::Binary.to_string());
    }
}
