//! What a crawler fetched: which of it are pages, and which of these are in the file already.

use std::io::{self, BufRead, Read};

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::archive::left_out::{Crawled, LeftOut};
use crate::archive::names;
use crate::archive::origin::Format;
use crate::archive::reason::Reason;
use crate::archive::record::{Fetched, MAX_BYTES, Outcome, Refusal, Sink, Stop, read_line};

use super::http::Header;

/// The field of WARC that has the address of what was fetched.
const FIELD: &str = "WARC-Target-URI";

/// A longer first line of an answer is none, in bytes. A guess.
const MAX_LINE: u64 = 16 << 10;

/// The kinds of content that pages load and that hold no text of theirs, by how they begin. From the list of IANA, and seen.
const PARTS: &[&str] = &[
    "image/",
    "audio/",
    "video/",
    "font/",
    "model/",
    "text/css",
    "text/javascript",
    "text/ecmascript",
    "text/vtt",
    "application/javascript",
    "application/x-javascript",
    "application/ecmascript",
    "application/font",
    "application/x-font",
    "application/vnd.ms-fontobject",
    "application/wasm",
    "application/manifest+json",
    "application/x-shockwave-flash",
    "application/vnd.apple.mpegurl",
    "application/x-mpegurl",
    "application/dash+xml",
    "application/ocsp",
    "application/x-chrome-extension",
];

/// The schemes of addresses under which crawlers keep what they know themselves.
const OWN: &[&str] = &[
    "dns",
    "metadata",
    "urn",
    "whois",
    "about",
    "chrome",
    "chrome-error",
    "data",
    "blob",
];

/// The files in which sites speak to crawlers, in lower case.
const FOR_CRAWLERS: &[&str] = &[
    "/robots.txt",
    "/ads.txt",
    "/app-ads.txt",
    "/humans.txt",
    "/security.txt",
    "/llms.txt",
];

/// The records of one file, as they come.
pub struct Crawl<'a> {
    sink: &'a mut dyn Sink,
}

impl<'a> Crawl<'a> {
    /// Passes pages on to `sink`.
    pub fn new(sink: &'a mut dyn Sink) -> Self {
        Self { sink }
    }

    /// Counts what is no article.
    pub fn leave_out(&mut self, what: Crawled) {
        self.sink.leave_out_crawled(what, 1);
    }

    /// Takes the answer of a server to a request for `address`; `header` is that of the record.
    pub fn take_response(&mut self, address: &str, header: &Header, block: &mut dyn BufRead, is_cut: bool) -> Outcome {
        if !block.fill_buf()?.starts_with(b"HTTP/") {
            return self.take_content(address, header, block, is_cut);
        }
        let line = read_line(block, MAX_LINE)?.map(|(line, _)| line);
        let header = Header::read(block)?;
        match status(&line.unwrap_or_default()) {
            204 | 205 => self.leave_out(Crawled::Parts),
            200..300 => return self.take_content(address, &header, block, is_cut),
            304 => self.leave_out(Crawled::Unchanged),
            300..400 => self.leave_out(Crawled::Redirect),
            _ => {
                let what = Crawled::Error;
                self.sink.leave_out(name_of(address), LeftOut::Crawled { what, n: 1 });
            }
        }
        Ok(())
    }

    /// Takes what another program made of a page that was fetched, as its text.
    pub fn take_conversion(
        &mut self,
        address: &str,
        header: &Header,
        block: &mut dyn BufRead,
        is_cut: bool,
    ) -> Outcome {
        if self
            .sink
            .crawled_pages()
            .names
            .contains_key(&xxh3_64(name_of(address).as_bytes()))
        {
            self.leave_out(Crawled::Twice);
            return Ok(());
        }
        match header.kind().as_str() {
            "text/plain" | "" => self.read(address, header, block, (is_cut, Some(Format::Text), "txt")),
            _ => self.take_content(address, header, block, is_cut),
        }
    }

    /// Takes the content of `address`, whose header says what it is.
    pub fn take_content(&mut self, address: &str, header: &Header, block: &mut dyn BufRead, is_cut: bool) -> Outcome {
        match extension(address, &header.kind()) {
            Ok(extension) => self.read(address, header, block, (is_cut, None, extension)),
            Err(what) => {
                self.leave_out(what);
                Ok(())
            }
        }
    }

    fn read(
        &mut self,
        address: &str,
        header: &Header,
        block: &mut dyn BufRead,
        (mut is_cut, format, extension): (bool, Option<Format>, &'static str),
    ) -> Outcome {
        let mut content = Vec::new();
        let mut rest: Box<dyn Read + '_> = Box::new(io::empty());
        let outcome = header.body(block).and_then(|mut body| {
            (&mut body).take(MAX_BYTES + 1).read_to_end(&mut content)?;
            rest = body;
            Ok(())
        });
        self.sink.check_size(0)?;
        if let Err(err) = outcome {
            match Stop::from(err) {
                Stop::Refused(refusal) if is_of_content(&refusal) => match content.is_empty() {
                    true => return self.sink.refuse_member(name_of(address), refusal),
                    // Its packing is damaged from here on.
                    false => is_cut = true,
                },
                stop => return Err(stop),
            }
        }
        if content.trim_ascii().is_empty() {
            self.leave_out(Crawled::Parts);
            return Ok(());
        }
        let pages = self.sink.crawled_pages();
        pages.has_any |= extension == "html";
        if is_list_for_programs(&content, pages.has_any) {
            self.leave_out(Crawled::List);
            return Ok(());
        }
        let mut hash = Xxh3::new();
        hash.update(address.as_bytes());
        hash.update(b"\n");
        hash.update(&content);
        if !self.sink.crawled_pages().seen.insert(hash.digest128()) {
            self.leave_out(Crawled::Twice);
            return Ok(());
        }
        let name = name_of(address);
        let names = &mut self.sink.crawled_pages().names;
        let n = names.entry(xxh3_64(name.as_bytes())).or_default();
        *n = n.saturating_add(1);
        let n = *n;
        let fetched = Fetched {
            address: address.to_owned(),
            name: match n {
                1 => name.to_owned(),
                n => format!("{name} ({n})"),
            },
            field: FIELD,
            encoding: header.charset(),
            format,
            extension,
            end: is_cut.then_some(content.len() as u64),
        };
        self.sink.read_fetched(&fetched, &mut content.chain(rest))
    }
}

/// The name of the member that a page is: its address, if that is no longer than addresses are.
fn name_of(address: &str) -> &str {
    /// Browsers take some two thousand letters, and servers less.
    const LONGEST: usize = 2_000;
    let name = address.trim_start_matches(['/', '\\']);
    match name.get(..name.floor_char_boundary(LONGEST)) {
        None | Some("") => "?",
        Some(name) => name,
    }
}

/// Whether a refusal is one of this content, and not of all that follows as well.
fn is_of_content(refusal: &Refusal) -> bool {
    matches!(refusal.reason, Reason::Damaged(_))
}

/// The status of an answer by its first line: «HTTP/1.1 200 OK». One without is taken for what was asked for.
fn status(line: &[u8]) -> u16 {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|it| !it.is_empty());
    let status = words.nth(1).and_then(|it| std::str::from_utf8(it).ok());
    status.and_then(|it| it.parse().ok()).unwrap_or(200)
}

/// The extension that a file with this content would have, empty if it is to be found out; or why it is no page.
fn extension(address: &str, kind: &str) -> Result<&'static str, Crawled> {
    let scheme = address.split(':').next().unwrap_or_default().to_lowercase();
    let path = path_of(address).to_lowercase();
    let is_for_crawlers = FOR_CRAWLERS.contains(&path.as_str()) || path.starts_with("/.well-known/");
    if OWN.contains(&scheme.as_str()) || is_for_crawlers || kind == "text/dns" {
        return Err(Crawled::Own);
    }
    if PARTS.iter().any(|it| kind.starts_with(it)) {
        return Err(Crawled::Parts);
    }
    match kind {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => Ok("html"),
        "text/plain" | "" | "application/octet-stream" | "binary/octet-stream" => {
            // «news.com» is no program, and a page may be called so.
            let name = path.rsplit('/').next().unwrap_or_default();
            match names::left_out_by_name(name.as_ref()) {
                Some(LeftOut::NoArticles) => Err(Crawled::Parts),
                _ if kind == "text/plain" => Ok("txt"),
                _ => Ok(""),
            }
        }
        "application/json" | "application/ld+json" => Ok("json"),
        "text/csv" => Ok("csv"),
        _ => Ok(""),
    }
}

/// The path of an address, without what follows «?» or «#».
fn path_of(address: &str) -> &str {
    let behind = address.split_once("://").map_or("", |(_, it)| it);
    let path = behind.find('/').and_then(|it| behind.get(it..)).unwrap_or("/");
    path.split(['?', '#']).next().unwrap_or_default()
}

/// Whether a content is a site map, or a feed, which lists pages that are here as well.
fn is_list_for_programs(content: &[u8], has_pages: bool) -> bool {
    /// The root stands within so many bytes, behind comments. A guess.
    const HEAD: usize = 4 << 10;
    let head = String::from_utf8_lossy(&content[..content.len().min(HEAD)]);
    let mut rest = head.trim_start_matches('\u{FEFF}').trim_start();
    while let Some(declared) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if declared.starts_with("--") { "-->" } else { ">" };
        rest = declared.split_once(end).map_or("", |(_, it)| it).trim_start();
    }
    let Some(root) = rest.strip_prefix('<') else {
        return false;
    };
    match root.split([' ', '>', '\n', '\r', '\t', '/']).next().unwrap_or_default() {
        "urlset" | "sitemapindex" => true,
        "rss" | "feed" | "rdf:RDF" => has_pages,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_page_is_known_by_its_address_and_kind() {
        let check = |address: &str, kind: &str, expected| assert_eq!(extension(address, kind), expected, "{address}");
        check("https://a.example/news.com", "text/html", Ok("html"));
        check(
            "https://a.example/news.com",
            "application/octet-stream",
            Err(Crawled::Parts),
        );
        check("https://a.example/%D8%A3.php?x=a.png", "", Ok(""));
        check("https://a.example/robots.txt", "text/plain", Err(Crawled::Own));
        check("https://a.example/a/robots.txt", "text/plain", Ok("txt"));
        check("dns:a.example", "text/dns", Err(Crawled::Own));
        check("urn:pageinfo:https://a.example/", "application/json", Err(Crawled::Own));
        check(
            "metadata://gnu.org/software/wget/warc/wget.log",
            "text/plain",
            Err(Crawled::Own),
        );
        check("https://a.example/x", "image/png", Err(Crawled::Parts));
        check("https://a.example/x", "application/pdf", Ok(""));
        check("a", "", Ok(""));
    }

    #[test]
    fn the_first_line_says_whether_there_is_a_page() {
        assert_eq!(status(b"HTTP/1.1 404 Not Found\r\n"), 404);
        assert_eq!(status(b"HTTP/2  301\r\n"), 301);
        assert_eq!(status(b"HTTP/1.0\r\n"), 200);
    }

    #[test]
    fn feeds_are_lists_where_pages_are() {
        let feed = "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- > --><rss version=\"2.0\"><channel/></rss>".as_bytes();
        assert!(is_list_for_programs(feed, true));
        assert!(!is_list_for_programs(feed, false));
        assert!(is_list_for_programs(b"<urlset xmlns='x'>", false));
        assert!(!is_list_for_programs(b"<!DOCTYPE html><html>", true));
        assert!(!is_list_for_programs(b"<!--", true));
    }
}
