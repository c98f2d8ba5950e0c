//! What the name of a file or folder says of it: that it holds no articles, that it is not finished.

use std::path::Path;

use super::left_out::LeftOut;

/// The extensions of files that hold no articles: pictures, sound, video, fonts, programs, and the resources of pages.
/// All others are read, whatever their names, and those that cannot be are listed.
const NEVER: &[&str] = &[
    "3gp",
    "7zip",
    "aac",
    "ai",
    "apk",
    "app",
    "avi",
    "avif",
    "bak",
    "bat",
    "bin",
    "bmp",
    "class",
    "cmd",
    "com",
    "cr2",
    "css",
    "cur",
    "desktop",
    "dll",
    "dmg",
    "ds_store",
    "eot",
    "eps",
    "exe",
    "flac",
    "flv",
    "gif",
    "heic",
    "heif",
    "icns",
    "ico",
    "ini",
    "iso",
    "jar",
    "jfif",
    "jpe",
    "jpeg",
    "jpg",
    "js",
    "lnk",
    "lock",
    "log",
    "m3u",
    "m4a",
    "m4v",
    "map",
    "mid",
    "mjs",
    "mkv",
    "mov",
    "mp3",
    "mp4",
    "mpeg",
    "mpg",
    "msi",
    "o",
    "ogg",
    "ogv",
    "opus",
    "otf",
    "pickle",
    "pkl",
    "png",
    "ps1",
    "psd",
    "py",
    "pyc",
    "rs",
    "sh",
    "so",
    "sqlite-shm",
    "sqlite-wal",
    "srt",
    "svg",
    "swf",
    "sys",
    "tif",
    "tiff",
    "torrent",
    "ts",
    "ttc",
    "ttf",
    "url",
    "vtt",
    "wav",
    "webloc",
    "webm",
    "webmanifest",
    "webp",
    "wma",
    "wmv",
    "woff",
    "woff2",
    "yaml",
    "yml",
];

/// Those of them that scanners write, and the program decodes.
const SCANS: &[&str] = &["bmp", "jfif", "jpe", "jpeg", "jpg", "png", "tif", "tiff", "webp"];

/// The names of files that describe a folder and hold no articles, without an extension or with one of [`ABOUT_ENDS`].
/// Those on the first line may be followed by more: «LICENSE-MIT», «README.ar.md».
const ABOUT: [&str; 2] = [
    "license|licence|copying|readme",
    "notice|changelog|contributing|contributors|authors|credits|code_of_conduct|robots|humans|sitemap",
];
/// The extensions of files that are [`ABOUT`] a folder.
const ABOUT_ENDS: &str = "txt|md|rst|markdown";

/// The extensions of files that a program is still writing or fetching.
const UNFINISHED: &str = "aria2|crdownload|download|filepart|opdownload|part|partial|tmp";

/// How the files begin that Office keeps beside an open document.
const OFFICE_LOCK: &str = "~$";

/// The scripts in archives of X that hold posts, without their numbers: «tweets.js», «tweets-part1.js». Before 2022 they
/// were called «tweet.js».
const TWEETS: &str = "tweet|tweets|note-tweet|community-tweet|deleted-tweets";

/// How the files of mail servers begin that hold no mail, in folders of mail: of Dovecot, Courier, and of Maildir++.
const OF_SERVERS: &str = "dovecot.|dovecot-|courierimap|courierpop3d|maildirfolder|maildirsize";

/// Why a file with this name is not read; nothing if its name does not rule it out.
pub fn left_out_by_name(path: &Path) -> Option<LeftOut> {
    match mail_folder(path) {
        Some("tmp") => return Some(LeftOut::Unfinished),
        // The end of the name is a server's: «1700000000.M1P2.mail.example.com».
        Some(_) => return None,
        None => {}
    }
    let name = path
        .file_name()
        .map(|it| it.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let extension = Path::new(without_query(&name)).extension();
    let extension = extension
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    if UNFINISHED.split('|').any(|it| it == extension) || name.starts_with(OFFICE_LOCK) {
        Some(LeftOut::Unfinished)
    } else if name == "thumbs.db" || NEVER.contains(&extension.as_str()) && !has_tweets(&name) {
        Some(LeftOut::NoArticles)
    } else if is_about_folder(&name) {
        Some(LeftOut::AboutFolder)
    } else if OF_SERVERS.split('|').any(|it| name.starts_with(it)) {
        Some(LeftOut::SystemData)
    } else {
        None
    }
}

/// In which folder of a Maildir a message of this name is: `new`, `cur`, or `tmp` if it is still being delivered. Messages are
/// named by the second in which they came, and more (<https://cr.yp.to/proto/maildir.html>).
fn mail_folder(path: &Path) -> Option<&str> {
    /// 2001 has ten digits.
    const DIGITS: usize = 9;
    let folder = path.parent()?.file_name()?.to_str()?;
    let name = path.file_name()?.as_encoded_bytes();
    let n_digits = name.iter().take_while(|it| it.is_ascii_digit()).count();
    let is_message = DIGITS <= n_digits && matches!(name.get(n_digits), Some(b'.' | b'_'));
    (is_message && is_mail_folder(folder)).then_some(folder)
}

/// Whether a folder of this name may be one of the three of a Maildir.
pub fn is_mail_folder(name: &str) -> bool {
    matches!(name, "cur" | "new" | "tmp")
}

/// Whether a folder is a Maildir. Those within another are called «.Sent», and are not hidden by it (Maildir++).
pub fn is_maildir(path: &Path) -> bool {
    ["cur", "new"].into_iter().all(|it| path.join(it).is_dir())
}

/// The name of a file without the query of an address, which crawlers leave in it: «style.css?ver=5.2», on Windows with «@».
fn without_query(name: &str) -> &str {
    let name = name.split('?').next().unwrap_or_default();
    match name.split_once('@') {
        Some((before, query)) if query.contains('=') => before,
        _ => name,
    }
}

/// Whether a file with this name, in lower case, holds posts of X.
fn has_tweets(name: &str) -> bool {
    let stem = name.strip_suffix(".js").unwrap_or_default();
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let stem = match stem.rsplit_once("-part") {
        Some((stem, number)) if is_number(number) => stem,
        _ => stem,
    };
    TWEETS.split('|').any(|it| it == stem)
}

/// Whether a file with this name is a picture that may be one of a page.
pub fn may_be_scan(path: &Path) -> bool {
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    extension.is_some_and(|it| SCANS.contains(&it.as_str()))
}

/// Whether a file or folder with this name is hidden by it.
pub fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether a file with this name, in lower case, describes its folder: a licence, a read-me, a changelog.
fn is_about_folder(name: &str) -> bool {
    let (stem, end) = match name.rsplit_once('.') {
        Some((stem, end)) if ABOUT_ENDS.split('|').any(|it| it == end) => (stem, end),
        _ => (name, ""),
    };
    let [families, names] = ABOUT.map(|it| it.split('|').collect::<Vec<_>>());
    let first = stem.split(['-', '.', '_']).next().unwrap_or_default();
    // «license-plates.txt» may be an article.
    let is_of_family = families.contains(&first) && end != "txt" && (!end.is_empty() || !stem.contains('.'));
    is_of_family || families.contains(&stem) || names.contains(&stem)
}

/// What the folder with the parts of a saved page adds to the name of the page, in the languages of browsers and of Office:
/// Windows takes these for connected (Microsoft, «Connected Files»), Office for macOS writes «.fld».
const PARTS: &str = "_files|.files|_ملفات|.fld|_archivos|_arquivos|_bestanden|_bylos|-Dateien|_datoteke|_dosyalar|_elemei|\
    _failid|_fails|_fajlovi|_ficheiros|_fichiers|-filer|_file|_fitxers|_fitxategiak|_pliki|_soubory|_tiedostot";
/// The extensions of pages that have such a folder.
const PAGES: [&str; 7] = ["html", "htm", "xhtml", "shtml", "php", "asp", "aspx"];

/// Whether a folder holds the parts of a saved page: browsers put it beside the page and call it «page_files».
pub fn belongs_to_page(path: &Path) -> bool {
    let name = path.file_name().map(|it| it.to_string_lossy()).unwrap_or_default();
    pages_of_parts(&name).any(|page| path.with_file_name(page).is_file())
}

/// The pages of which the folder with this name may hold the parts.
pub fn pages_of_parts(name: &str) -> impl Iterator<Item = String> {
    let stems = PARTS.split('|').filter_map(|it| name.strip_suffix(it));
    let stems = stems.filter(|it| !it.is_empty());
    stems.flat_map(|stem| PAGES.into_iter().map(move |it| format!("{stem}.{it}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_tell_about_a_folder_hold_no_articles() {
        for name in [
            "LICENSE",
            "License.txt",
            "LICENSE-MIT",
            "licence.md",
            "COPYING",
            "README.md",
            "readme",
            "README.ar.md",
            "a/b/NOTICE.txt",
            "CHANGELOG.md",
            "robots.txt",
        ] {
            assert!(left_out_by_name(Path::new(name)).is_some(), "{name}");
        }
        // Titles and what may be one.
        for name in [
            "notice-to-readers.txt",
            "license.html",
            "license-plates.txt",
            "readme.html",
            "licensed.txt",
            "اقرأني.txt",
            "the-license.txt",
            "news",
            "credits.csv",
        ] {
            assert!(left_out_by_name(Path::new(name)).is_none(), "{name}");
        }
    }

    #[test]
    fn the_names_of_a_mirrored_site_say_what_its_files_are() {
        for name in [
            "style.css?ver=5.2",
            "app.js@ver=1.2.html",
            "a/logo.PNG?x",
            "خبر.webloc",
            "خبر.url",
        ] {
            assert_eq!(left_out_by_name(Path::new(name)), Some(LeftOut::NoArticles), "{name}");
        }
        for name in [
            "index.html?p=a.css",
            "news.php?id=3.js",
            "a@b.txt",
            "?",
            "index.html@C=N;O=D",
        ] {
            assert_eq!(left_out_by_name(Path::new(name)), None, "{name}");
        }
    }

    #[test]
    fn parts_of_pages_are_in_folders_named_after_them() {
        let has = |name: &str, page: &str| pages_of_parts(name).any(|it| it == page);
        for name in ["خبر_files", "خبر_ملفات", "خبر.fld", "خبر_fichiers", "خبر-Dateien"] {
            assert!(has(name, "خبر.html"), "{name}");
        }
        assert!(has("a_files", "a.htm"));
        assert_eq!(pages_of_parts("files").count() + pages_of_parts("_files").count(), 0);
    }

    #[test]
    fn of_scripts_only_the_posts_of_an_archive_are_read() {
        for name in [
            "data/tweets.js",
            "tweets-part12.js",
            "tweet.js",
            "note-tweet.js",
            "Tweets.JS",
        ] {
            assert_eq!(left_out_by_name(Path::new(name)), None, "{name}");
        }
        for name in ["account.js", "tweets-part.js", "like.js", "main.js"] {
            assert_eq!(left_out_by_name(Path::new(name)), Some(LeftOut::NoArticles), "{name}");
        }
    }

    #[test]
    fn the_messages_of_a_maildir_are_read_whatever_their_names_end_with() {
        for name in [
            "new/1700000000.M1P2.mail.example.com",
            ".Sent/cur/1700000000.M1P2.host.so:2,S",
            "cur/1700000000_0.42.host.py,U=1;2,S",
            "cur/1700000000.M1P2.host.js!2,RS",
        ] {
            assert_eq!(left_out_by_name(Path::new(name)), None, "{name}");
        }
        let reason = |name: &str| left_out_by_name(Path::new(name));
        assert_eq!(reason("tmp/1700000000.M1P2.host"), Some(LeftOut::Unfinished));
        assert_eq!(reason("tmp/خبر.txt"), None);
        assert_eq!(reason("cur/a.com"), Some(LeftOut::NoArticles));
        for name in [
            "dovecot.index.cache",
            "dovecot-uidlist",
            "maildirfolder",
            "courierimapuiddb",
        ] {
            assert_eq!(reason(name), Some(LeftOut::SystemData), "{name}");
        }
    }

    #[test]
    fn what_is_not_finished_is_not_read() {
        for name in ["خبر.pdf.part", "a.crdownload", "b.TMP", "~$خبر.docx"] {
            assert_eq!(left_out_by_name(Path::new(name)), Some(LeftOut::Unfinished), "{name}");
        }
        for name in ["part.txt", "download", "~خبر.docx"] {
            assert_eq!(left_out_by_name(Path::new(name)), None, "{name}");
        }
    }
}
