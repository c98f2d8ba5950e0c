//! What programs that save pages note in them: the address of the page, which is the article's. When it was saved is not
//! when it was published.

use memchr::memmem;

/// A note stands within so many bytes. A guess: they are at the beginning.
const HEAD: usize = 8 << 10;
/// A longer address is none. Browsers take some two thousand letters.
const LONGEST: usize = 2_048;

/// A page that unpacks itself is marked so by SingleFile (`getHTMLArray` of `single-file-core`): a zip follows it.
const UNPACKS_ITSELF: &[u8] = b"<html data-sfz";
const ZIP: &[u8] = b"PK\x03\x04";

/// The address that a saved page notes, with the words before it.
pub fn address(page: &str) -> Option<(&'static str, &str)> {
    let mut head = page.get(..page.floor_char_boundary(HEAD))?;
    while let Some((_, rest)) = head.split_once("<!--") {
        let (comment, after) = rest.split_once("-->").unwrap_or((rest, ""));
        if let Some(found) = of_comment(comment.trim()) {
            return Some(found);
        }
        head = after;
    }
    None
}

/// The address in a comment of one of the programs that write it.
fn of_comment(comment: &str) -> Option<(&'static str, &str)> {
    // SingleFile, in lines of its own.
    if comment.starts_with("Page saved with SingleFile") || comment.starts_with("Archive processed by SingleFile") {
        let address = comment.lines().find_map(|it| it.trim().strip_prefix("url:"))?;
        return is_address(address.trim()).then_some(("url", address.trim()));
    }
    // Browsers, with the length before it: «saved from url=(0042)https://…».
    if let Some(rest) = comment.strip_prefix("saved from url=(") {
        let address = rest.split_once(')')?.1.trim();
        return is_address(address).then_some(("saved from url", address));
    }
    // Monolith: «Saved from https://… at 2024-06-01T10:00:00Z using monolith v2.7.0».
    if let Some(rest) = comment.strip_prefix("Saved from ") {
        let address = rest.split_whitespace().next()?;
        return is_address(address).then_some(("Saved from", address));
    }
    // HTTrack, without a scheme: «Mirrored from almadar.example/news/1.html by HTTrack …».
    let (address, by) = comment.strip_prefix("Mirrored from ")?.split_once(' ')?;
    (by.starts_with("by HTTrack") && address.len() <= LONGEST).then_some(("Mirrored from", address))
}

fn is_address(text: &str) -> bool {
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    is_web && text.len() <= LONGEST && !text.contains(char::is_whitespace)
}

/// Whether what begins with `head` is a page of SingleFile that unpacks itself.
pub fn unpacks_itself(head: &[u8]) -> bool {
    memmem::find(&head[..head.len().min(HEAD)], UNPACKS_ITSELF).is_some()
}

/// Whether a zip is in a page.
pub fn has_zip(page: &[u8]) -> bool {
    memmem::find(page, ZIP).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: Option<(&str, &str)>) {
        assert_eq!(address(page), expected, "{page}");
    }

    #[test]
    fn the_address_of_a_saved_page_is_noted_in_it() {
        let address = "https://almadar.example/news/1";
        let single = format!(
            "<!DOCTYPE html> <html lang=ar><!--\n Page saved with SingleFile \n url: {address} \n saved date: Sat Jun 01 2024\n-->"
        );
        check(&single, Some(("url", address)));
        check(
            &format!("<!-- saved from url=(0030){address} -->"),
            Some(("saved from url", address)),
        );
        check(
            &format!("<!-- a --><!-- Saved from {address} at 2024 using monolith v2 -->"),
            Some(("Saved from", address)),
        );
        let mirrored = "<!-- Mirrored from almadar.example/1.html by HTTrack Website Copier/3.x [XR&CO'2014] -->";
        check(mirrored, Some(("Mirrored from", "almadar.example/1.html")));
        check("<!-- saved from url=(0014)about:internet -->", None);
        check("<!-- Page saved with SingleFile", None);
        check("<p>Mirrored from a by HTTrack</p><!--", None);
    }
}
