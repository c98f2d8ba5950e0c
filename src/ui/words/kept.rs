//! Sentences about files of the user's decisions, and about forgetting an archive with all of them.

use std::path::Path;

use crate::state::{ForgetFailure, KeptFate, KeptKind, KeptMishap};

use super::bidi::{isolate, isolated};
use super::message::Message;
use super::table::Words;

/// What happened to a file, what was done and what can be done.
pub fn mishap(words: Words<'_>, it: &KeptMishap) -> Message {
    let name = kind(words, it.kind);
    match &it.fate {
        KeptFate::Damaged {
            kept,
            restored: Some(version),
            cause,
        } => {
            let (kept, version) = (isolated(kept), file_name(version));
            let text = words.say(
                format!(
                    "تعذّرت قراءة {name}، فاستُعيدت آخر نسخة محفوظة منها ({version}). حُفظ الملف التالف كما هو باسم {kept}"
                ),
                format!(
                    "The {name} could not be read, so their last version was restored ({version}). The damaged file was kept as {kept}"
                ),
            );
            Message::with(text, cause)
        }
        KeptFate::Damaged {
            kept,
            restored: None,
            cause,
        } => {
            let kept = isolated(kept);
            let text = words.say(
                format!("تعذّرت قراءة {name}، ولا نسخة سابقة منها يُعمل بها. حُفظ الملف التالف كما هو باسم {kept}"),
                format!(
                    "The {name} could not be read, and there is no earlier version to go by. The damaged file was kept as {kept}"
                ),
            );
            Message::with(text, cause)
        }
        KeptFate::Deleted { file, restored } => Message::plain(deleted(words, it.kind, file, restored)),
        KeptFate::Newer { file } => {
            let file = isolated(file);
            Message::plain(words.say(
                format!("حفظ {name} إصدارٌ أحدث من فهرست، فلا يُعمل بها هنا ولا تُغيَّر: {file}"),
                format!(
                    "A later version of Fihrist wrote the {name}, so they do not hold here and are left alone: {file}"
                ),
            ))
        }
        KeptFate::Unreadable { file, cause } => {
            let file = isolated(file);
            let text = words.say(
                format!("تعذّر الوصول إلى {name}، فلا يُعمل بها الآن ولا تُغيَّر: {file}"),
                format!("The {name} cannot be reached, so they do not hold now and are left alone: {file}"),
            );
            Message::with(text, cause)
        }
    }
}

fn deleted(words: Words<'_>, of: KeptKind, file: &Path, restored: &Path) -> String {
    let (name, version) = (kind(words, of), file_name(restored));
    let told = words.say(
        format!("حُذف ملف {name}، فاستُعيدت آخر نسخة محفوظة منها ({version})"),
        format!("The file of the {name} was deleted, so their last version was restored ({version})"),
    );
    let advice = match of {
        KeptKind::Settings => {
            let versions = file.with_file_name("versions");
            let versions = isolated(&versions);
            words.say(
                format!("للعودة إلى الإعدادات الأولى احذف النسخ المحفوظة أيضًا من {versions}"),
                format!("To go back to the first settings, delete the versions, too, from {versions}"),
            )
        }
        KeptKind::Corrections | KeptKind::Searches | KeptKind::Reading | KeptKind::EntityIds | KeptKind::Marks => words
            .say(
                "لحذف كل ما حُفظ عن الأرشيف اختر من القائمة «انسَ هذا الأرشيف»".to_owned(),
                "To delete all that is kept of the archive, choose “Forget this archive” in the menu".to_owned(),
            ),
    };
    format!("{told}. {advice}")
}

/// Whether all that is known of an archive is to be removed, and what that means.
pub fn forget_question(words: Words<'_>, folder: &Path) -> String {
    let (name, path) = (isolate(&folder_name(folder)), isolated(folder));
    words.say(
        format!(
            "سيُحذف كل ما حفظه فهرست عن «{name}»: الفهرس وتصحيحات الأسماء وتصحيحات القراءة وعمليات البحث ونسخها السابقة. أما ملفات المقالات فتبقى كما هي في {path}"
        ),
        format!(
            "All that Fihrist keeps of “{name}” will be deleted: its index, name corrections, reading corrections, searches, and their earlier versions. The articles’ own files stay as they are in {path}"
        ),
    )
}

/// That all that was known of an archive was removed.
pub fn forgotten(words: Words<'_>, name: &str) -> String {
    let name = isolate(name);
    words.say(
        format!("نُسي الأرشيف «{name}»: حُذف كل ما حفظه فهرست عنه، وملفات المقالات كما هي"),
        format!("The archive “{name}” was forgotten: all that Fihrist kept of it was deleted, and its articles’ files are unchanged"),
    )
}

/// That an archive followed its folder to another name.
pub fn folder_renamed(words: Words<'_>, was: &Path) -> String {
    let was = isolate(&was.display().to_string());
    words.say(
        format!("هذا المجلد كان {was}؛ علاماتك وتصحيحاتك وعمليات بحثك معه"),
        format!("This folder was {was}; your marks, corrections and searches came with it"),
    )
}

/// Why what is known of an archive was not removed, or not all of it.
pub fn forget_failure(words: Words<'_>, failure: &ForgetFailure) -> Message {
    match failure {
        ForgetFailure::InUse(folder) => {
            let name = isolate(&folder_name(folder));
            Message::plain(words.say(
                format!("لم يُحذف شيء عن «{name}»: الأرشيف مفتوح في نافذة أخرى أو يعمل عليه أمر آخر. أغلقه هناك ثم أعد المحاولة"),
                format!("Nothing of “{name}” was deleted: another window or command has it open. Close it there, then try again"),
            ))
        }
        ForgetFailure::Files(folder, cause) => {
            let name = isolate(&folder_name(folder));
            let text = words.say(
                format!("لم يُحذف كل ما حُفظ عن «{name}». تأكد من إذن الكتابة في مجلد بيانات فهرست ثم أعد المحاولة"),
                format!("Not all that is kept of “{name}” was deleted. Check that Fihrist may write to its own folder, then try again"),
            );
            Message::with(text, cause)
        }
    }
}

/// The name of a folder, or its path if it has none.
pub fn folder_name(folder: &Path) -> String {
    folder
        .file_name()
        .map_or_else(|| isolated(folder), |name| name.to_string_lossy().into_owned())
}

/// What a file holds, within a sentence.
fn kind(words: Words<'_>, kind: KeptKind) -> &'static str {
    match kind {
        KeptKind::Settings => words.say("الإعدادات", "settings"),
        KeptKind::Corrections => words.say("تصحيحات الأسماء", "name corrections"),
        KeptKind::Searches => words.say("عمليات البحث المحفوظة", "saved searches"),
        KeptKind::Reading => words.say("تصحيحات قراءة الملفات", "corrections of how files are read"),
        KeptKind::EntityIds => words.say("معرّفات الأسماء", "ids of names"),
        KeptKind::Marks => words.say("العلامات والملاحظات", "marks and notes"),
    }
}

fn file_name(path: &Path) -> String {
    isolated(Path::new(path.file_name().unwrap_or(path.as_os_str())))
}
