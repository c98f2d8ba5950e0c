//! The names of what is in an archive: their encodings, their paths, what they say.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::archive::encoding::{self, TextEncoding};
use crate::archive::left_out::LeftOut;
use crate::archive::names;

/// A name that no other member has: this one, or one with a number. `taken` has the last number of each.
pub fn free_name(name: String, taken: &mut HashMap<String, u64>) -> String {
    let Some(last) = taken.get(&name).copied() else {
        taken.insert(name.clone(), 1);
        return name;
    };
    let numbered = (last + 1..).map(|n| (n, numbered(&name, n)));
    let Some((n, free)) = numbered.into_iter().find(|(_, it)| !taken.contains_key(it)) else {
        return name;
    };
    taken.insert(name, n);
    taken.insert(free.clone(), 1);
    free
}

/// Why a member is not read by choice.
pub fn left_out(name: &str) -> Option<LeftOut> {
    let has = |is: fn(&str) -> bool| name.split('/').any(is);
    match () {
        () if has(|part| part == "__MACOSX") => Some(LeftOut::SystemData),
        () if is_hidden(name) => Some(LeftOut::Hidden),
        () => names::left_out_by_name(Path::new(name)),
    }
}

/// Whether a member or a folder around it is hidden by its name; a folder of mail is not.
fn is_hidden(name: &str) -> bool {
    let below = name.split('/').skip(1).chain([""]);
    let mut parts = name.split('/').zip(below);
    parts.any(|(part, below)| part.starts_with('.') && !names::is_mail_folder(below))
}

/// Whether a member lies in a folder with the parts of a page that is there as well.
pub fn is_part_of_page(name: &str, all: &HashSet<String>) -> bool {
    let folders = name.char_indices().filter(|(_, c)| *c == '/');
    let mut folders = folders.filter_map(|(at, _)| name.get(..at));
    folders.any(|folder| {
        let (around, folder) = match folder.rsplit_once('/') {
            Some((around, folder)) => (format!("{around}/"), folder),
            None => (String::new(), folder),
        };
        names::pages_of_parts(folder).any(|page| all.contains(&format!("{around}{page}")))
    })
}

/// A path without parts that lead elsewhere.
pub fn clean(name: &str) -> String {
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// «a/name (2).txt» of «a/name.txt».
fn numbered(name: &str, n: u64) -> String {
    let (folder, file) = name
        .rsplit_once('/')
        .map_or(("", name), |(folder, file)| (folder, file));
    let file = match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem} ({n}).{extension}"),
        None => format!("{file} ({n})"),
    };
    match folder {
        "" => file,
        folder => format!("{folder}/{file}"),
    }
}

/// The names of an archive's members. Programs of Windows wrote them in an encoding of the system, and did not say in
/// which: the one of DOS, or that of Windows. All of them tell more of it than each.
pub struct MemberNames(TextEncoding);

impl MemberNames {
    /// The names as an archive has them.
    pub fn of<'a>(names: impl Iterator<Item = &'a [u8]>) -> Self {
        /// So many bytes of names tell enough. A guess.
        const ENOUGH: usize = 64 << 10;
        let mut sample = Vec::new();
        for name in names.filter(|it| std::str::from_utf8(it).is_err()) {
            if ENOUGH < sample.len() {
                break;
            }
            sample.extend(name);
            sample.push(b'\n');
        }
        Self(encoding::of_names(&sample))
    }

    /// The text of a name.
    pub fn text(&self, raw: &[u8]) -> String {
        let name = match std::str::from_utf8(raw) {
            // The bytes of a few letters of DOS may be UTF-8 of another script: «غزة» and «䪡».
            Ok(name) if !name.is_ascii() && encoding::has_only_arabic_letters(raw, TextEncoding::DOS_720) => {
                TextEncoding::DOS_720.text(raw)
            }
            Ok(name) => name.to_owned(),
            Err(_not_utf_8) => self.0.text(raw),
        };
        name.replace('\\', "/")
    }
}
