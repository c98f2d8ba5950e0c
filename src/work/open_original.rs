//! Opens what an article was read from in another program: its file, at the page where that is known, or the message or
//! member of an archive that it is.
//!
//! A message or a member is written into a directory of its own among Fihrist's files, for reading only; nothing is ever
//! written into the archive's folder. What was opened a day ago is cleared away at the next start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::archive::{self, Allowance, Patience};
use crate::state::{ArticlePlace, Cause, HandOverFailure, Opened};

use super::data_dir::DataDir;
use super::hand_over::{file_of, is_program};

/// Of a file that takes longer to be read, in CPU time, the whole is opened. A guess: somebody waits.
const PATIENCE: Duration = Duration::from_secs(20);
/// What was written to be opened is cleared away after this.
const KEPT_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest name of such a file, in letters: file systems take 255 bytes.
const LONGEST_NAME: usize = 60;

/// Opens what an article was read from. Returns what is to be told, and the program that was started, which the caller may
/// wait for.
pub fn open_original(
    data_dir: &DataDir,
    folder: &Path,
    place: &ArticlePlace,
) -> Result<(Opened, Option<Child>), HandOverFailure> {
    let file = file_of(folder, &place.path).ok_or(HandOverFailure::Gone)?;
    if is_program(&file) {
        return Err(HandOverFailure::IsProgram);
    }
    if is_document(&file) {
        return open_at(&file, place.page, Opened::File);
    }
    // Where the rules cannot be read the update says so.
    let rule = data_dir.load_reading(folder).unwrap_or_default().of(&place.path);
    let allowance = Allowance {
        patience: Patience::Until(PATIENCE),
        ..Allowance::default()
    };
    let original = archive::read_original(folder, &place.path, &rule, place.record, allowance);
    // What cannot be read any more may still be opened.
    let Some(original) = original.unwrap_or_default() else {
        return open_at(&file, place.page, Opened::File);
    };
    let name = match original.message {
        Some(number) => format!("message-{number}.eml"),
        None => safe_name(&original.name),
    };
    if is_program(Path::new(&name)) {
        return Err(HandOverFailure::IsProgram);
    }
    let written = write(&data_dir.opened(), &name, &original.bytes);
    let path = written.map_err(|err| HandOverFailure::System(Cause::new(err)))?;
    let opened = match original.message {
        Some(number) => Opened::Message(number),
        None => Opened::Member(name),
    };
    open_at(&path, place.page, opened)
}

/// Opens a file, of a PDF at a page; `opened` is told if there is no more to tell.
fn open_at(file: &Path, page: Option<u32>, opened: Opened) -> Result<(Opened, Option<Child>), HandOverFailure> {
    let Some(page) = page.filter(|_| has_extension(file, &["pdf"])) else {
        return open(file).map(|()| (opened, None));
    };
    match at_page(file, page) {
        Some(child) => Ok((Opened::AtPage { page, is_told: true }, Some(child))),
        None => open(file).map(|()| (Opened::AtPage { page, is_told: false }, None)),
    }
}

/// Whether a file is opened as the whole that it is, whatever can be read out of it.
fn is_document(file: &Path) -> bool {
    has_extension(
        file,
        &[
            "doc", "docx", "epub", "htm", "html", "md", "odt", "pdf", "rtf", "txt", "xhtml",
        ],
    )
}

fn has_extension(file: &Path, extensions: &[&str]) -> bool {
    let extension = file.extension().map(|it| it.to_string_lossy().to_lowercase());
    extension.is_some_and(|it| extensions.contains(&it.as_str()))
}

/// Opens an address in the browser. Others than those of the web are not opened.
pub fn open_address(address: &str) -> Result<(), Cause> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    if !is_web || address.contains(char::is_whitespace) || address.contains(char::is_control) {
        return Err(Cause::new(io::Error::other("not an address of the web")));
    }
    opener::open(address).map_err(Cause::new)
}

fn open(file: &Path) -> Result<(), HandOverFailure> {
    opener::open(file).map_err(|err| HandOverFailure::System(Cause::new(err)))
}

/// Removes all that was written to be opened.
pub fn remove_opened(data_dir: &DataDir) -> io::Result<()> {
    match fs::remove_dir_all(data_dir.opened()) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Clears away what was opened a day ago; what cannot be removed stays until the next time.
pub fn clear_opened(data_dir: &DataDir) {
    let entries = fs::read_dir(data_dir.opened()).into_iter().flatten().flatten();
    for entry in entries {
        let age = entry
            .metadata()
            .and_then(|it| it.modified())
            .map(|it| it.elapsed().unwrap_or_default());
        if age.is_ok_and(|it| KEPT_FOR < it) {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}

/// Writes a file for reading only, into a directory of its own.
fn write(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(dir)?;
    let path = tempfile::Builder::new().prefix("").tempdir_in(dir)?.keep().join(name);
    fs::write(&path, bytes)?;
    let mut rights = fs::metadata(&path)?.permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights)?;
    Ok(path)
}

/// The name of a member without its folders and without what file systems or shells take otherwise.
fn safe_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let safe = |text: &str, most: usize| -> String {
        let kept = text.chars().filter(|c| c.is_alphanumeric() || " -_()،".contains(*c));
        kept.take(most).collect::<String>().trim_matches([' ', '-']).to_owned()
    };
    let (stem, extension) = (safe(stem, LONGEST_NAME), safe(extension, 8));
    let stem = if stem.is_empty() { "article".to_owned() } else { stem };
    match extension.is_empty() {
        true => stem,
        false => format!("{stem}.{extension}"),
    }
}

/// Starts the program that the system has for PDFs at a page, if it is one that can be told; nothing else.
fn at_page(file: &Path, page: u32) -> Option<Child> {
    let (program, arguments) = page_command(&pdf_program()?, file, page)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().ok()
}

/// The name under which the system knows its program for PDFs.
#[cfg(target_os = "linux")]
fn pdf_program() -> Option<String> {
    let asked = Command::new("xdg-mime")
        .args(["query", "default", "application/pdf"])
        .stderr(Stdio::null())
        .output();
    let name = String::from_utf8(asked.ok()?.stdout).ok()?;
    Some(name.trim().to_lowercase()).filter(|it| !it.is_empty())
}

/// The name under which the system knows its program for PDFs.
#[cfg(windows)]
fn pdf_program() -> Option<String> {
    let asked = Command::new("cmd").args(["/C", "assoc", ".pdf"]).output().ok()?;
    Some(String::from_utf8_lossy(&asked.stdout).trim().to_lowercase())
}

/// Preview of macOS takes no page.
#[cfg(not(any(target_os = "linux", windows)))]
fn pdf_program() -> Option<String> {
    None
}

/// How a program is told to open a file at a page, counted from 1: by the manual pages of evince 43, atril 1.26, xreader 3.6,
/// okular 22, zathura 0.5, mupdf 1.21, qpdfview 0.5, the command line of SumatraPDF 3.5, and, of browsers, the parameters
/// that PDF.js and Chromium's viewer take in the address (RFC 8118).
fn page_command(name: &str, file: &Path, page: u32) -> Option<(&'static str, Vec<String>)> {
    let path = file.to_str()?.to_owned();
    let in_address = || Some(vec![format!("{}#page={page}", address_of(file)?)]);
    let is = |word: &str| name.contains(word);
    let by_index = |path: String| vec![format!("--page-index={page}"), path];
    Some(match () {
        () if is("evince") => ("evince", by_index(path)),
        () if is("papers") => ("papers", by_index(path)),
        () if is("atril") => ("atril", by_index(path)),
        () if is("xreader") => ("xreader", by_index(path)),
        () if is("okular") => ("okular", vec!["-p".to_owned(), page.to_string(), path]),
        () if is("zathura") => ("zathura", vec!["-P".to_owned(), page.to_string(), path]),
        () if is("qpdfview") => ("qpdfview", vec![format!("{path}#{page}")]),
        () if is("mupdf") => ("mupdf", vec![path, page.to_string()]),
        () if is("sumatra") => ("SumatraPDF", vec!["-page".to_owned(), page.to_string(), path]),
        () if is("google-chrome") => ("google-chrome", in_address()?),
        () if is("chromium") => ("chromium", in_address()?),
        () if is("microsoft-edge") => ("microsoft-edge", in_address()?),
        () if is("brave") => ("brave-browser", in_address()?),
        () if is("firefox") => ("firefox", in_address()?),
        () => return None,
    })
}

/// The address of a file.
fn address_of(file: &Path) -> Option<String> {
    let mut address = "file://".to_owned();
    for byte in file.to_str()?.bytes() {
        match byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            true => address.push(char::from(byte)),
            false => address.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_the_page_each_in_its_way() {
        let file = Path::new("/a b/خبر.pdf");
        let check = |name: &str, expected: Option<&str>| {
            let found =
                page_command(name, file, 7).map(|(program, arguments)| format!("{program} {}", arguments.join(" ")));
            assert_eq!(found.as_deref(), expected, "{name}");
        };
        check("org.gnome.evince.desktop", Some("evince --page-index=7 /a b/خبر.pdf"));
        check("okularapplication_pdf.desktop", Some("okular -p 7 /a b/خبر.pdf"));
        check("org.pwmt.zathura-pdf-mupdf.desktop", Some("zathura -P 7 /a b/خبر.pdf"));
        let in_firefox = "firefox file:///a%20b/%D8%AE%D8%A8%D8%B1.pdf#page=7";
        check("firefox.desktop", Some(in_firefox));
        check("org.example.viewer.desktop", None);
    }

    #[test]
    fn the_name_of_a_member_leads_nowhere() {
        assert_eq!(safe_name("a/../../b/خبر (1).html"), "خبر (1).html");
        assert_eq!(safe_name("..\\..\\x;rm.txt"), "xrm.txt");
        assert_eq!(safe_name("\u{202E}\u{0}.eml"), "article.eml");
        assert_eq!(safe_name("/"), "article");
        assert!(is_program(Path::new(&safe_name("x.pdf.\u{202E}exe"))));
    }

    #[test]
    fn what_is_written_to_be_opened_is_for_reading_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = write(&dir.path().join("opened"), "a.eml", b"x").unwrap();
        assert!(fs::metadata(&path).unwrap().permissions().readonly());
        assert_eq!(fs::read(&path).unwrap(), b"x");
        let data_dir = DataDir::new(dir.path().to_owned());
        clear_opened(&data_dir);
        assert!(path.exists(), "it is of today");
        remove_opened(&data_dir).unwrap();
        assert!(!path.exists());
        remove_opened(&data_dir).unwrap();
    }

    #[test]
    fn nothing_but_addresses_of_the_web_is_opened() {
        for address in [
            "file:///etc/passwd",
            "javascript:1",
            "mailto:a@b",
            "https://a b",
            "HTTPS:a",
        ] {
            assert!(open_address(address).is_err(), "{address}");
        }
    }
}
