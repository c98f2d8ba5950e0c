//! Which file or part an address in a page means.
//!
//! An address counts as one below the page's own folder, as browsers save it. What is absolute, has a scheme or leads out
//! of the archive's folder is followed nowhere.

use std::path::{Component, Path};

use super::data_address::{is_data, kind, without_percents};
use super::model::{PagePicture, PictureSource};

/// A shorter address of data is a place holder for what a script puts there: the smallest GIF and PNG take some 100
/// letters. A guess.
const PLACEHOLDER: usize = 400;

/// Where a page is.
#[derive(Clone, Copy, Debug)]
pub struct PagePlace<'a> {
    /// The file, relative to the archive's folder.
    pub path: &'a Path,
    /// The members of archives that the page is in, from the outermost.
    pub members: &'a [String],
}

/// Where the bytes of a picture are, and what its file is called.
pub fn source(picture: &PagePicture, place: PagePlace<'_>) -> (PictureSource, String) {
    let addresses = picture.addresses.iter().map(|it| it.trim());
    let first = addresses.clone().find(|it| !is_data(it));
    let name = first.map(file_name).unwrap_or_default();
    if let Some(found) = &picture.found {
        return (found.clone(), name);
    }
    let local = addresses.clone().filter(|it| !is_data(it)).find_map(|it| {
        let source = of_address(it, place);
        let is_local = matches!(source, PictureSource::File(_) | PictureSource::Part(_));
        is_local.then(|| (source, file_name(it)))
    });
    if let Some(local) = local {
        return local;
    }
    if let Some(data) = addresses
        .clone()
        .find(|it| is_data(it) && (PLACEHOLDER <= it.len() || first.is_none()))
    {
        let extension = kind(data).rsplit('/').next().unwrap_or_default();
        let extension = extension.split('+').next().unwrap_or_default();
        return (PictureSource::Data(data.to_owned()), format!("data:{extension}"));
    }
    (first.map_or(PictureSource::Outside, |it| of_address(it, place)), name)
}

/// What an address means that holds no data.
fn of_address(address: &str, place: PagePlace<'_>) -> PictureSource {
    let address = address.trim();
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") || address.starts_with("//") {
        return PictureSource::Remote;
    }
    if address.starts_with('/') || address.starts_with('\\') || has_scheme(address) {
        return PictureSource::Outside;
    }
    let (folder, is_file): (Vec<&str>, bool) = match place.members {
        [] => (place.path.parent().map_or_else(Vec::new, parts_of), true),
        [member] => (
            member
                .split('/')
                .rev()
                .skip(1)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect(),
            false,
        ),
        // Of an archive within an archive nothing is looked up.
        _ => return PictureSource::Outside,
    };
    match below(&folder, address) {
        Some(path) if is_file => PictureSource::File(path),
        Some(path) => PictureSource::Part(path),
        None => PictureSource::Outside,
    }
}

/// The path at an address that counts from a folder; nothing if it leads out of what the folder counts from.
///
/// An address of a part of a page is cut off; %-signs are resolved, and Windows' separators are those of addresses.
fn below(folder: &[&str], address: &str) -> Option<String> {
    let address = address.split(['#', '?']).next()?.replace('\\', "/");
    let address = String::from_utf8(without_percents(&address)).ok()?.replace('\\', "/");
    let mut parts: Vec<&str> = folder.iter().copied().filter(|it| !it.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part if part.contains('\0') => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// The names in a path.
fn parts_of(path: &Path) -> Vec<&str> {
    let names = path.components().filter_map(|it| match it {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    names.collect()
}

/// Whether an address begins with a scheme, as «file:», or with the letter of a drive.
fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else {
        return false;
    };
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_of_scheme)
}

/// The name of the file at an address.
pub fn file_name(address: &str) -> String {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let name = path
        .trim_end_matches('/')
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default();
    let bytes = without_percents(name);
    // A name in another encoding is shown as it stands.
    let name = String::from_utf8(bytes).unwrap_or_else(|_not_utf_8| name.to_owned());
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(addresses: &[&str], members: &[&str], expected: PictureSource) {
        let picture = PagePicture {
            addresses: addresses.iter().map(|it| (*it).to_owned()).collect(),
            ..PagePicture::default()
        };
        let members: Vec<String> = members.iter().map(|it| (*it).to_owned()).collect();
        let place = PagePlace {
            path: Path::new("2024/خبر.html"),
            members: &members,
        };
        assert_eq!(source(&picture, place).0, expected, "{addresses:?}");
    }

    #[test]
    fn an_address_leads_to_a_file_below_the_archives_folder_and_nowhere_else() {
        let file = |path: &str| PictureSource::File(path.to_owned());
        let name = "%D8%AE%D8%A8%D8%B1_files/a%20b.jpg?w=1#x";
        check(&[name], &[], file("2024/خبر_files/a b.jpg"));
        check(&["./خبر_files\\a.jpg"], &[], file("2024/خبر_files/a.jpg"));
        check(&["../img/a.jpg"], &[], file("img/a.jpg"));
        for outside in [
            "../../a.jpg",
            "%2e%2e/%2e%2e/a.jpg",
            "..%5C..%5Ca.jpg",
            "/etc/a.jpg",
            "\\\\host\\a.jpg",
        ] {
            check(&[outside], &[], PictureSource::Outside);
        }
        for outside in [
            "file:///etc/a.jpg",
            "C:\\a.jpg",
            "javascript:a.jpg",
            "blob:x",
            "a%00.jpg",
            "%FF.jpg",
        ] {
            check(&[outside], &[], PictureSource::Outside);
        }
        check(&["//cdn.example/a.jpg"], &[], PictureSource::Remote);
        check(&["HTTPS://cdn.example/a.jpg"], &[], PictureSource::Remote);
    }

    #[test]
    fn what_lies_beside_the_page_is_rather_taken_than_what_does_not() {
        let data = format!("data:image/png;base64,{}", "A".repeat(500));
        let file = PictureSource::File("2024/a.jpg".to_owned());
        check(&["https://a.example/a.jpg", "a.jpg"], &[], file.clone());
        check(&["data:image/gif;base64,AAAA", "a.jpg"], &[], file.clone());
        check(
            &[&data, "https://a.example/a.jpg"],
            &[],
            PictureSource::Data(data.clone()),
        );
        check(
            &["data:image/gif;base64,AAAA", "https://a.example/a.jpg"],
            &[],
            PictureSource::Remote,
        );
    }

    #[test]
    fn in_a_book_an_address_leads_to_another_part() {
        let part = PictureSource::Part("OEBPS/Images/a.jpg".to_owned());
        check(&["../Images/a.jpg"], &["OEBPS/Text/1.xhtml"], part);
        check(&["../../../a.jpg"], &["OEBPS/Text/1.xhtml"], PictureSource::Outside);
        check(&["a.jpg"], &["a.zip", "1.html"], PictureSource::Outside);
    }
}
