//! Sentences about what happened: what, what still works, and what to do.

use crate::arabic::letter::{FSI, PDI};
use crate::arabic::plural::{Plural, plural};
use crate::entities::{Correction, EntityId};
use crate::state::{
    ArchiveRoot, Cause, CorrectionFailure, FolderChanges, Notice, Obstacle, OpenFailure, UpdateSummary,
};

use super::bidi::{isolate, isolated};
use super::count;
use super::table::Words;

/// A sentence that says what happened, what still works and what to do.
pub fn notice(words: Words<'_>, notice: &Notice) -> String {
    let arabic = words.is_arabic();
    match notice {
        Notice::OpenFailed(root, OpenFailure::NoFolder | OpenFailure::NotAFolder) => {
            let path = match root {
                ArchiveRoot::Sample => archive(words, root),
                ArchiveRoot::Folder(path) => isolated(path),
            };
            match notice {
                Notice::OpenFailed(_, OpenFailure::NoFolder) if arabic => format!("لا مجلد بهذا المسار: {path}"),
                Notice::OpenFailed(_, OpenFailure::NoFolder) => format!("There is no folder at this path: {path}"),
                _ if arabic => format!("{path} ليس مجلدًا. افتح مجلدًا فيه مقالات"),
                _ => format!("{path} is not a folder. Open a folder of articles"),
            }
        }
        Notice::OpenFailed(root, OpenFailure::Folder(reason)) if arabic => format!(
            "تعذّر فتح المجلد «{}». تأكد من أن القرص موصول وأن لك إذن القراءة، ثم افتحه من جديد ({reason})",
            archive(words, root)
        ),
        Notice::OpenFailed(root, OpenFailure::Folder(reason)) => format!(
            "The folder “{}” cannot be opened. Check that its disk is connected and that you may read it, then open it again ({reason})",
            archive(words, root)
        ),
        Notice::OpenFailed(root, OpenFailure::Index(reason)) if arabic => format!(
            "تعذّر فتح فهرس «{}». المجلد نفسه سليم؛ تأكد من إذن الكتابة في مجلد بيانات فهرست ومن المكان على القرص، وأغلق نوافذ فهرست الأخرى ({FSI}{reason}{PDI})",
            archive(words, root)
        ),
        Notice::OpenFailed(root, OpenFailure::Index(reason)) => format!(
            "The index of “{}” cannot be opened. The folder itself is untouched; see that Fihrist’s own folder may be written to and the disk has room, and close other windows of Fihrist ({reason})",
            archive(words, root)
        ),
        Notice::IndexRebuilt if arabic => {
            "كان الفهرس من إصدار آخر أو تالفًا، وهو يُبنى من جديد. ملفاتك كما هي".to_owned()
        }
        Notice::IndexRebuilt => {
            "The index was of another version or damaged and is being built anew. Your files are as they were"
                .to_owned()
        }
        Notice::UpdateFailed(reason) if arabic => {
            format!("توقفت قراءة الملفات. ما قُرئ منها يمكن البحث فيه؛ افتح المجلد من جديد لإكماله ({reason})")
        }
        Notice::UpdateFailed(reason) => {
            format!(
                "Reading the files stopped. What was read can be searched; open the folder again to go on ({reason})"
            )
        }
        Notice::FolderChanged(changes) => folder_changes(words, changes),
        Notice::Blocked(Obstacle::DiskFull) if arabic => {
            "امتلأ القرص فتوقفت القراءة. ما قُرئ يمكن البحث فيه، وملفاتك كما هي؛ أفسح مكانًا ثم أعد المحاولة".to_owned()
        }
        Notice::Blocked(Obstacle::DataDirReadOnly) if arabic => {
            "لا إذن بالكتابة في مجلد بيانات فهرست، فلا يُقرأ جديد. ما قُرئ يمكن البحث فيه؛ امنح الإذن ثم أعد المحاولة".to_owned()
        }
        Notice::Blocked(Obstacle::DataDirReadOnly) => {
            "Fihrist’s own folder may not be written to, so nothing new is read. What was read can be searched; allow writing, then try again"
                .to_owned()
        }
        Notice::Blocked(Obstacle::DiskFull) => {
            "The disk is full, so reading stopped. What was read can be searched and your files are as they were; make room, then try again"
                .to_owned()
        }
        Notice::Blocked(Obstacle::OtherWindowWrites) if arabic => {
            "نافذة أخرى تقرأ ملفات هذا الأرشيف. البحث هنا يعمل، وما تضيفه تلك النافذة يظهر هنا تباعًا".to_owned()
        }
        Notice::Blocked(Obstacle::OtherWindowWrites) => {
            "Another window is reading the files of this archive. Searching works here, and what it adds appears here too"
                .to_owned()
        }
        Notice::UnreadableFiles(files) => {
            let count = count::number(words, files.len() as u64);
            let first = files.first().map_or_else(String::new, |(path, reason)| {
                format!("{}: {FSI}{reason}{PDI}", isolated(path))
            });
            if arabic {
                format!("تعذّرت قراءة {count} من الملفات؛ قُرئ ما سواها. أولها {first}")
            } else {
                format!("{count} files could not be read; all others were. The first is {first}")
            }
        }
        Notice::CorrectionFailed(failure) => correction_failure(words, failure),
        Notice::CorrectionsExported(path) if arabic => format!("حُفظت تصحيحات الأسماء في {}", isolated(path)),
        Notice::CorrectionsExported(path) => format!("The corrections were written to {}", isolated(path)),
        Notice::CorrectionsDamaged(kept) if arabic => format!(
            "تعذّرت قراءة تصحيحات الأسماء. حُفظ الملف كما هو باسم {}؛ تُعَدّ الأسماء من دونها",
            isolated(kept)
        ),
        Notice::CorrectionsDamaged(kept) => format!(
            "The corrections of names could not be read. The file was kept as {}; names are counted without it",
            isolated(kept)
        ),
        Notice::SearchesDamaged(kept) if arabic => format!(
            "تعذّرت قراءة عمليات البحث المحفوظة. حُفظ الملف كما هو باسم {}",
            isolated(kept)
        ),
        Notice::SearchesDamaged(kept) => format!(
            "The saved searches could not be read. The file was kept as {}",
            isolated(kept)
        ),
        Notice::SearchesNotSaved(reason) if arabic => {
            format!("تعذّر حفظ عمليات البحث على القرص؛ تبقى حتى إغلاق البرنامج ({FSI}{reason}{PDI})")
        }
        Notice::SearchesNotSaved(reason) => {
            format!("The searches could not be kept on disk; they stay until the program ends ({reason})")
        }
        Notice::SettingsNotSaved(cause) if arabic => {
            format!("تعذّر حفظ الإعدادات على القرص؛ تبقى حتى إغلاق البرنامج ({FSI}{cause}{PDI})")
        }
        Notice::SettingsNotSaved(cause) => {
            format!("The settings could not be kept on disk; they stay until the program ends ({cause})")
        }
        Notice::LookupFailed(cause) if arabic => format!(
            "تعذّرت قراءة جزء من الفهرس. افتح الأرشيف من جديد ليُفحص فهرسه ويُبنى إن كان تالفًا ({FSI}{cause}{PDI})"
        ),
        Notice::LookupFailed(cause) => format!(
            "A part of the index could not be read. Open the archive again to have its index checked, and rebuilt if it is damaged ({cause})"
        ),
        Notice::WatchFailed(cause) if arabic => {
            format!("تعذّرت متابعة ما يتغير في المجلد؛ البحث يعمل كما هو ({FSI}{cause}{PDI})")
        }
        Notice::WatchFailed(cause) => {
            format!("Changes to the folder cannot be watched for; searching works as before ({cause})")
        }
        Notice::CorrectionsImported(report) => {
            let (added, known) = (count::n_corrections(words, report.added), count::n_corrections(words, report.known));
            let conflicts = count::n_corrections(words, report.conflicts.len());
            if arabic {
                format!("أُخذ من الملف: {added}؛ معروف من قبل: {known}؛ يخالف تصحيحاتك فتُرك: {conflicts}")
            } else {
                format!("Taken over: {added}; known already: {known}; left out as yours say otherwise: {conflicts}")
            }
        }
    }
}

/// Why a search has no answer, and what to do.
pub fn search_failed(words: Words<'_>, cause: &Cause) -> String {
    match words.is_arabic() {
        true => format!("تعذّر البحث في الفهرس. افتح الأرشيف من جديد ليُفحص فهرسه ويُبنى إن كان تالفًا ({FSI}{cause}{PDI})"),
        false => format!(
            "The index could not be searched. Open the archive again to have it checked, and rebuilt if it is damaged ({cause})"
        ),
    }
}

/// Why a correction came to nothing.
fn correction_failure(words: Words<'_>, failure: &CorrectionFailure) -> String {
    use CorrectionFailure as Failure;
    let arabic = words.is_arabic();
    match failure {
        Failure::File(path, reason) if arabic => format!(
            "تعذّر الوصول إلى الملف {}، ولم يتغير شيء ({FSI}{reason}{PDI})",
            isolated(path)
        ),
        Failure::File(path, reason) => {
            format!(
                "Nothing was changed: the file {} cannot be used ({reason})",
                isolated(path)
            )
        }
        Failure::NotCorrections(path, reason) if arabic => format!(
            "ليس في الملف {} تصحيحات يعرفها هذا الإصدار، ولم يتغير شيء ({FSI}{reason}{PDI})",
            isolated(path)
        ),
        Failure::NotCorrections(path, reason) => format!(
            "Nothing was changed: {} holds no corrections that this version knows ({reason})",
            isolated(path)
        ),
        Failure::Unknown(_) if arabic => "لم يعد هذا الاسم أو هذه الصيغة في الأرشيف، ولم يتغير شيء".to_owned(),
        Failure::Unknown(_) => "Nothing was changed: the archive no longer holds this name or spelling".to_owned(),
        Failure::NothingChanges if arabic => "هذا التصحيح معمول به من قبل، ولم يتغير شيء".to_owned(),
        Failure::NothingChanges => "Nothing was changed: this is so already".to_owned(),
        Failure::NothingToUndo if arabic => "لا تصحيح يُتراجع عنه".to_owned(),
        Failure::NothingToUndo => "There is no such correction to be taken back".to_owned(),
        Failure::Index(reason) if arabic => {
            format!("تعذّرت قراءة الفهرس، ولم يتغير شيء ({FSI}{reason}{PDI})")
        }
        Failure::Index(reason) => format!("Nothing was changed: the index cannot be read ({reason})"),
    }
}

/// That the folder holds other files than were read.
fn folder_changes(words: Words<'_>, changes: &FolderChanges) -> String {
    let counted = [
        (
            changes.added,
            ["ملف واحد جديد", "ملفان جديدان", "ملفات جديدة", "ملفًا جديدًا", "ملف جديد"],
            "new",
        ),
        (
            changes.changed,
            ["ملف واحد تغيّر", "ملفان تغيّرا", "ملفات تغيّرت", "ملفًا تغيّر", "ملف تغيّر"],
            "changed",
        ),
        (
            changes.removed,
            ["ملف واحد حُذف", "ملفان حُذفا", "ملفات حُذفت", "ملفًا حُذف", "ملف حُذف"],
            "removed",
        ),
    ];
    let parts = counted.iter().filter(|(count, ..)| *count != 0);
    let arabic = |(count, [one, two, few, many, other], _): &(u64, [&str; 5], &str)| {
        let number = count::number(words, *count);
        match plural(*count) {
            Plural::Zero => String::new(),
            Plural::One => (*one).to_owned(),
            Plural::Two => (*two).to_owned(),
            Plural::Few => format!("{number} {few}"),
            Plural::Many => format!("{number} {many}"),
            Plural::Other => format!("{number} {other}"),
        }
    };
    let english = |(count, _, what): &(u64, [&str; 5], &str)| format!("{} {what}", count::number(words, *count));
    match words.is_arabic() {
        true => format!(
            "في المجلد ما لم يُقرأ: {}",
            parts.map(arabic).collect::<Vec<_>>().join("، ")
        ),
        false => format!(
            "Files in the folder: {}",
            parts.map(english).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// What the last reading came to.
pub fn summary(words: Words<'_>, it: &UpdateSummary) -> String {
    let seconds = count::decimal(words, it.seconds.max(0.1) as f32, 1);
    let is_unchanged = it.added + it.changed + it.removed == 0;
    let mut text = match (it.cancelled, words.is_arabic()) {
        (true, true) => "أوقفت القراءة؛ تُستأنف بمفتاح F5 أو عند الفتح التالي".to_owned(),
        (true, false) => "Reading was stopped; it goes on with F5 or at the next opening".to_owned(),
        (false, true) if is_unchanged => "لا جديد في المجلد".to_owned(),
        (false, false) if is_unchanged => "Nothing new in the folder".to_owned(),
        (false, true) => format!("اكتملت القراءة في {seconds} ث"),
        (false, false) => format!("Read in {seconds} s"),
    };
    if it.left_out != 0 {
        let number = count::number(words, it.left_out);
        text += &match (words.is_arabic(), plural(it.left_out)) {
            (true, Plural::One) => "؛ استُثني ملف واحد كالرخصة".to_owned(),
            (true, Plural::Two) => "؛ استُثني ملفان كالرخصة".to_owned(),
            (true, Plural::Few) => format!("؛ استُثنيت {number} ملفات كالرخصة"),
            (true, Plural::Many) => format!("؛ استُثني {number} ملفًا كالرخصة"),
            (true, _) => format!("؛ استُثني {number} ملف كالرخصة"),
            (false, Plural::One) => "; 1 file such as a licence left out".to_owned(),
            (false, _) => format!("; {number} files such as licences left out"),
        };
    }
    text
}

/// The name of an archive.
pub fn archive(words: Words<'_>, root: &ArchiveRoot) -> String {
    match root {
        ArchiveRoot::Sample => words.sample_archive().to_owned(),
        ArchiveRoot::Folder(folder) => folder
            .file_name()
            .map_or_else(|| isolated(folder), |name| name.to_string_lossy().into_owned()),
    }
}

/// What a correction says; `name` gives the name of an entity.
pub fn correction(words: Words<'_>, correction: &Correction, name: impl Fn(&EntityId) -> String) -> String {
    let name = |id: &EntityId| isolate(&name(id));
    let arabic = words.is_arabic();
    match correction {
        Correction::Merge { from, into } if arabic => format!("«{}» هو «{}»", name(from), name(into)),
        Correction::Merge { from, into } => format!("“{}” is “{}”", name(from), name(into)),
        Correction::Split { from, spelling } if arabic => {
            format!("«{}» غير «{}»", isolate(spelling), name(from))
        }
        Correction::Split { from, spelling } => format!("“{}” is not “{}”", isolate(spelling), name(from)),
        Correction::Rename { entity, name: new } if arabic => {
            format!("«{}» يُعرض باسم «{}»", name(entity), isolate(new))
        }
        Correction::Rename { entity, name: new } => {
            format!("“{}” is shown as “{}”", name(entity), isolate(new))
        }
        Correction::SetKind { entity, kind } => match arabic {
            true => format!("«{}»: {}", name(entity), words.entity_kind(*kind)),
            false => format!("“{}”: {}", name(entity), words.entity_kind(*kind)),
        },
        Correction::Hide { entity } if arabic => format!("«{}» ليس اسمًا", name(entity)),
        Correction::Hide { entity } => format!("“{}” is not a name", name(entity)),
        Correction::KeepApart { a, b } if arabic => format!("«{}» و«{}» لا يُدمجان أبدًا", name(a), name(b)),
        Correction::KeepApart { a, b } => format!("“{}” and “{}” are never merged", name(a), name(b)),
    }
}
