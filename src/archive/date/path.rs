//! Dates in URLs and file names.

use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;

use super::civil::date_of;

/// Papers have put dates in URLs since 1995; other numbers are not years. The end is a guess.
const YEARS: Range<i32> = 1995..2100;

/// The day in the address of a page: «…/2023/10/28/…», «…/2023-10-28-…», «…/20231028…».
pub fn in_address(address: &str) -> Option<Date> {
    in_path(address, &[b'/', b'-', b'_', 0])
}

/// The day in the name of a file, or in its folders where these are a year, a month and a day. A date in the name of a
/// folder is rather when it was collected.
pub fn in_file_path(path: &Path) -> Option<Date> {
    let name = path.file_stem()?.to_string_lossy();
    let folders = path.parent()?.to_string_lossy().replace('\\', "/");
    in_path(&name, &[b'-', b'_', 0]).or_else(|| in_path(&folders, b"/"))
}

/// The only day in a path: year, month and day with one of `separators` between them (0 for none), apart from other
/// digits and letters.
fn in_path(path: &str, separators: &[u8]) -> Option<Date> {
    let mut found = None;
    let bytes = path.as_bytes();
    let digit = |at: usize| {
        bytes
            .get(at)
            .filter(|it| it.is_ascii_digit())
            .map(|it| i32::from(it - b'0'))
    };
    let number = |at: usize, length: usize| (at..at + length).try_fold(0, |number, at| Some(number * 10 + digit(at)?));
    let is_alone = |before: Option<usize>, after: usize| {
        let ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        before.is_none_or(ends) && ends(after)
    };
    for at in 0..bytes.len() {
        let Some(year) = number(at, 4).filter(|year| YEARS.contains(year)) else {
            continue;
        };
        let separator = bytes.get(at + 4).copied().unwrap_or(0);
        let read = if separators.contains(&separator) && bytes.get(at + 7) == Some(&separator) {
            number(at + 5, 2).zip(number(at + 8, 2)).map(|it| (it, at + 10))
        } else if separators.contains(&0) {
            number(at + 4, 2).zip(number(at + 6, 2)).map(|it| (it, at + 8))
        } else {
            None
        };
        let Some(((month, day), end)) = read else { continue };
        let Some(date) = date_of(year, month, day).filter(|_| is_alone(at.checked_sub(1), end)) else {
            continue;
        };
        if found.is_some_and(|it| it != date) {
            return None;
        }
        found = Some(date);
    }
    found
}
