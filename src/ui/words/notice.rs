//! Sentences about what happened: what, what still works, and what to do.

use std::path::Path;

use crate::arabic::plural::{Plural, plural};
use crate::archive::{DatePrecision, Format, ReadingRule};
use crate::entities::{ArticleKey, Correction, EntityId, GivenFacts, ImportReport};
use crate::state::{
    ArchiveRoot, Cause, CorrectionFailure, FolderChanges, HandOverFailure, Mended, MissingFiles, Notice, Obstacle,
    OpenFailure, UnreadableFile, UpdateSummary,
};

use super::bidi::{facts, isolate, isolate_ltr, isolated, labelled};
use super::kept::{self, folder_name};
use super::message::Message;
use super::table::Words;
use super::{count, date, export, mark, original};

/// What happened, what still works and what to do.
///
/// `name` gives the name of an entity.
pub fn notice(words: Words<'_>, notice: &Notice, name: impl Fn(&EntityId) -> String) -> Message {
    match notice {
        Notice::Corrected(it) => Message::plain(correction(words, it, name)),
        Notice::ReadingCorrected { made, .. } => Message::plain(reading_corrected(words, made)),
        Notice::OpenFailed(root, failure) => open_failure(words, root, failure),
        Notice::IndexRebuilt => Message::plain(words.say(
            "كان الفهرس من إصدار آخر أو تالفًا أو محذوفًا، ويُعاد بناؤه الآن. ملفاتك كما هي",
            "The index was from another version, damaged or removed, and is being rebuilt. Your files are unchanged",
        )),
        Notice::IndexDamaged(articles) => Message::plain(index_damaged(words, *articles)),
        Notice::IndexMended(mended) => Message::plain(index_mended(words, mended)),
        Notice::UpdateFailed(reason) => {
            let text = words.say(
                "توقفت قراءة الملفات. يمكن البحث في ما قُرئ؛ افتح المجلد من جديد لإكمال القراءة",
                "Reading the files stopped. What was read can be searched; open the folder again to go on",
            );
            Message::with(text, reason)
        }
        Notice::FolderChanged(changes) => Message::plain(folder_changes(words, changes)),
        Notice::Blocked(obstacle) => Message::plain(blocked(words, *obstacle)),
        Notice::UnreadableFiles(files) => Message::plain(unreadable_files(words, files)),
        Notice::MissingFiles(missing) => missing_files(words, missing),
        Notice::LookupFailed(cause) => {
            let text = words.say(
                "تعذّرت قراءة جزء من الفهرس، ويُفحص الآن. تُقرأ ملفات ما تلف منه من جديد",
                "A part of the index could not be read and is being checked now. The files of any damaged part are read again",
            );
            Message::with(text, cause)
        }
        Notice::WatchFailed(cause) => {
            let text = words.say(
                "تعذّرت متابعة ما يتغيّر في المجلد؛ البحث يعمل كما هو",
                "The folder cannot be watched for changes; searching works as before",
            );
            Message::with(text, cause)
        }
        Notice::Marked(done) => Message::plain(mark::done(words, done)),
        Notice::MarkFailed(failure) => mark::failure(words, failure),
        Notice::MarksImported(n_articles) => Message::plain(mark::imported(words, *n_articles)),
        Notice::MarksExported(path) => Message::plain(mark::exported(words, path)),
        Notice::CorrectionFailed(failure) => correction_failure(words, failure),
        Notice::CorrectionsExported(path) => corrections_exported(words, path),
        Notice::LinesExported(path, n_lines) => Message::plain(lines_exported(words, path, *n_lines)),
        Notice::LinesNotExported(path, cause) => {
            let path = isolated(path);
            let text = words.say(
                format!("لم تُكتب الأسطر في {path}"),
                format!("The lines were not written to {path}"),
            );
            Message::with(text, cause)
        }
        Notice::NetworkExported(_)
        | Notice::NetworkNotExported(..)
        | Notice::ChartExported(_)
        | Notice::ChartNotExported(..) => picture(words, notice),
        Notice::CorrectionsImported(report) => corrections_imported(words, report),
        Notice::Exported(..)
        | Notice::ExportExists(_)
        | Notice::NotExported(..)
        | Notice::ExportCancelled
        | Notice::NotCopied(_) => export::notice(words, notice).unwrap_or(Message::plain("")),
        Notice::SearchesNotSaved(reason) => searches_not_saved(words, reason),
        Notice::SettingsNotSaved(cause) => settings_not_saved(words, cause),
        Notice::Kept(mishap) => kept::mishap(words, mishap),
        Notice::Forgotten(folder) => Message::plain(kept::forgotten(words, &folder_name(folder))),
        Notice::FolderRenamed(was) => Message::plain(kept::folder_renamed(words, was)),
        Notice::ForgetFailed(failure) => kept::forget_failure(words, failure),
        Notice::NotHandedOver(path, failure) => not_handed_over(words, path, failure),
        Notice::OriginalOpened(path, opened) => Message::plain(original::opened(words, path, opened)),
        Notice::AddressNotOpened(address, cause) => Message::with(original::address_not_opened(words, address), cause),
    }
}

/// What became of a picture.
fn picture(words: Words<'_>, notice: &Notice) -> Message {
    let (path, cause) = match notice {
        Notice::NetworkExported(path) | Notice::ChartExported(path) => (path, None),
        Notice::NetworkNotExported(path, cause) | Notice::ChartNotExported(path, cause) => (path, Some(cause)),
        _ => return Message::plain(String::new()),
    };
    let is_chart = matches!(notice, Notice::ChartExported(_) | Notice::ChartNotExported(..));
    let path = isolated(path);
    let (written, not_written, english) = match is_chart {
        true => ("حُفظ الرسم", "لم يُحفظ الرسم", "The chart"),
        false => ("حُفظت شبكة الأسماء", "لم تُحفظ شبكة الأسماء", "The network"),
    };
    match cause {
        None => Message::plain(words.say(
            format!("{written} في {path}"),
            format!("{english} was written to {path}"),
        )),
        Some(cause) => {
            let text = words.say(
                format!("{not_written} في {path}"),
                format!("{english} was not written to {path}"),
            );
            Message::with(text, cause)
        }
    }
}

/// Why a file was not handed to another program.
fn not_handed_over(words: Words<'_>, path: &Path, failure: &HandOverFailure) -> Message {
    let path = isolated(path);
    match failure {
        HandOverFailure::Gone => Message::plain(words.say(
            format!("لم يعد {path} في المجلد. ما حُفظ من مقالاته في الفهرس يبقى مقروءًا"),
            format!("{path} is not in the folder any more. What the index holds of its articles can still be read"),
        )),
        HandOverFailure::IsProgram => Message::plain(words.say(
            format!("لم يُفتح {path} لأنه برنامج قد يعمل على جهازك. يمكن إظهاره في مجلده"),
            format!("{path} was not opened, as it is a program that would run on your computer. It can be shown in its folder"),
        )),
        HandOverFailure::System(cause) => Message::with(
            words.say(
                format!("لم يجد النظام برنامجًا يفتح {path}. انسخ مساره وافتحه بنفسك"),
                format!("The system found no program that opens {path}. Copy its path and open it yourself"),
            ),
            cause,
        ),
    }
}

/// What keeps files from being read.
fn blocked(words: Words<'_>, obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::DiskFull => words.say(
            "امتلأ القرص فتوقفت القراءة. يمكن البحث في ما قُرئ، وملفاتك كما هي؛ أفسح مكانًا على القرص ثم أعد المحاولة",
            "The disk is full, so reading stopped. What was read can be searched, and your files are unchanged; free some space, then try again",
        ),
        Obstacle::DataDirReadOnly => words.say(
            "لا إذن بالكتابة في مجلد بيانات فهرست، فلا يُقرأ جديد. يمكن البحث في ما قُرئ؛ امنح الإذن ثم أعد المحاولة",
            "Fihrist may not write to its own folder, so nothing new is read. What was read can be searched; allow writing, then try again",
        ),
        Obstacle::OtherWindowWrites => words.say(
            "تقرأ نافذة أخرى ملفات هذا الأرشيف. البحث يعمل هنا، وما تضيفه تلك النافذة يظهر تباعًا",
            "Another window is reading the files of this archive. Searching works here, and what it adds appears here too",
        ),
    }
}

/// That a part of the index is damaged, and what is done about it.
fn index_damaged(words: Words<'_>, articles: u64) -> String {
    if articles == 0 {
        return words.say(
            "كان جزء من الفهرس تالفًا فأُعيد بناؤه، وأُعيد البحث لأن ما عُرض قبله ربما كان ناقصًا أو خطأ".to_owned(),
            "A part of the index was damaged and was made again. The search was repeated, as what was shown before may have been wrong"
                .to_owned(),
        );
    }
    let counted = count::n_articles(words, articles);
    words.say(
        format!(
            "جزء من الفهرس تالف ({counted})، فأُبطل ما عُرض قبله وتُقرأ ملفاته من جديد. إلى أن تُقرأ قد تنقص النتائج. ملفاتك كما هي"
        ),
        format!(
            "A part of the index is damaged ({counted}). What was shown before was taken back, and its files are being read again; until then, results may be incomplete. Your files are unchanged"
        ),
    )
}

/// What became of a damaged part of the index, or of the articles in one that was replaced.
fn index_mended(words: Words<'_>, mended: &Mended) -> String {
    let mut text = match mended.is_of_replaced_index() {
        false => words.say(
            "أُعيد بناء الجزء التالف من الفهرس، والبحث يشمل كل الملفات من جديد".to_owned(),
            "The damaged part of the index was replaced, and all files are searched again".to_owned(),
        ),
        true => words.say(
            format!(
                "أُعيد بناء الفهرس، وحُفظ فيه ما لم تعد ملفاته موجودة: {}",
                count::n_articles(words, mended.saved)
            ),
            format!(
                "The index was rebuilt. Kept in it, as their files are gone: {}",
                count::n_articles(words, mended.saved)
            ),
        ),
    };
    if mended.lost != 0 {
        let counted = count::n_articles(words, mended.lost);
        text += &words.say(
            format!(". تعذّر إنقاذ ما حُذفت ملفاته من قبل: {counted}"),
            format!(". Of the articles whose files are gone, these could not be saved: {counted}"),
        );
    } else if mended.unreadable_parts != 0 {
        text += words.say(
            ". إن كان فيه مقالات حُذفت ملفاتها من قبل فقد ضاعت",
            ". If it held articles whose files are gone, these are lost",
        );
    }
    text
}

/// Why a search has no answer, and what to do.
pub fn search_failed(words: Words<'_>, cause: &Cause) -> Message {
    let text = words.say(
        "تعذّر البحث في الفهرس، ويُفحص الآن. تُقرأ ملفات ما تلف منه من جديد، ثم يُعاد البحث",
        "The index could not be searched and is being checked now. The files of any damaged part are read again, then the search is repeated",
    );
    Message::with(text, cause)
}

/// Why an article cannot be shown.
pub fn read_failed(words: Words<'_>, cause: &Cause) -> Message {
    Message::with(
        words.say("تعذّرت قراءة هذا المقال", "This article could not be read"),
        cause,
    )
}

/// Why an archive was not opened.
fn open_failure(words: Words<'_>, root: &ArchiveRoot, failure: &OpenFailure) -> Message {
    let name = isolate(&archive(words, root));
    let path = match root {
        ArchiveRoot::Sample => name.clone(),
        ArchiveRoot::Folder(folder) => isolated(folder),
    };
    match failure {
        OpenFailure::NoFolder => Message::plain(words.say(
            format!("لا مجلد بهذا المسار: {path}"),
            format!("There is no folder at this path: {path}"),
        )),
        OpenFailure::NotAFolder => Message::plain(words.say(
            format!("{path} ليس مجلدًا. افتح مجلدًا فيه مقالات"),
            format!("{path} is not a folder. Open a folder of articles"),
        )),
        OpenFailure::Folder(reason) => {
            let text = words.say(
                format!("تعذّرت قراءة المجلد «{name}». تأكد من أن القرص موصول وأن لك إذن القراءة، ثم أعد المحاولة"),
                format!(
                    "The folder “{name}” cannot be read. Check that its disk is connected and that you may read it, then try again"
                ),
            );
            Message::with(text, reason)
        }
        OpenFailure::Index(reason) => {
            let text = words.say(
                format!(
                    "تعذّر فتح فهرس «{name}». المجلد نفسه سليم؛ تأكد من إذن الكتابة في مجلد بيانات فهرست ومن أن على القرص متسعًا، وأغلق نوافذ فهرست الأخرى"
                ),
                format!(
                    "The index of “{name}” cannot be opened. The folder itself is untouched; check that Fihrist may write to its own folder and that the disk has room, and close other windows of Fihrist"
                ),
            );
            Message::with(text, reason)
        }
    }
}

/// How many files could not be read, and the first of them; the others and the reasons are in a list.
fn unreadable_files(words: Words<'_>, files: &[UnreadableFile]) -> String {
    let first = files.first().map_or_else(String::new, |it| isolated(&it.path));
    let number = count::number(words, files.len() as u64);
    match (words.is_arabic(), plural(files.len() as u64)) {
        (true, Plural::Zero | Plural::One) => format!("تعذّرت قراءة ملف واحد: {first}"),
        (true, Plural::Two) => format!("تعذّرت قراءة ملفين، أولهما: {first}"),
        (true, Plural::Few) => format!("تعذّرت قراءة {number} ملفات، أولها: {first}"),
        (true, Plural::Many) => format!("تعذّرت قراءة {number} ملفًا، أولها: {first}"),
        (true, Plural::Other) => format!("تعذّرت قراءة {number} ملف، أولها: {first}"),
        (false, Plural::One) => format!("1 file could not be read: {first}"),
        (false, _) => format!("{number} files could not be read, the first of them: {first}"),
    }
}

/// That files are not in the folder any more, or that the folder is away, and that nothing is lost.
fn missing_files(words: Words<'_>, missing: &MissingFiles) -> Message {
    let n_missing = missing.paths.len() as u64;
    if missing.is_folder_away() {
        let text = folder_away(words, missing);
        return match &missing.folder_failure {
            Some(cause) => Message::with(text, cause),
            None => Message::plain(text),
        };
    }
    let number = count::number(words, n_missing);
    let kept = words.say("مقالاتها محفوظة في الفهرس", "their articles are kept in the index");
    Message::plain(match (words.is_arabic(), plural(n_missing)) {
        (true, Plural::Zero | Plural::One) => "ملف واحد لم يعد في المجلد؛ مقالاته محفوظة في الفهرس".to_owned(),
        (true, Plural::Two) => "ملفان لم يعودا في المجلد؛ مقالاتهما محفوظة في الفهرس".to_owned(),
        (true, Plural::Few) => format!("{number} ملفات لم تعد في المجلد؛ {kept}"),
        (true, Plural::Many) => format!("{number} ملفًا لم تعد في المجلد؛ {kept}"),
        (true, Plural::Other) => format!("{number} ملف لم تعد في المجلد؛ {kept}"),
        (false, Plural::One) => "1 file is no longer in the folder; its articles are kept in the index".to_owned(),
        (false, _) => format!("{number} files are no longer in the folder; {kept}"),
    })
}

fn folder_away(words: Words<'_>, missing: &MissingFiles) -> String {
    let n_missing = count::n_of(words, missing.paths.len() as u64, missing.n_known);
    let seen = missing
        .last_seen
        .map(|it| date::date(words, it.date(), DatePrecision::Day));
    let (since, kept) = match (words.is_arabic(), &seen) {
        (true, Some(day)) => (format!("، وكانت فيه حتى {day}"), "مقالاتها محفوظة ويمكن البحث فيها"),
        (true, None) => (String::new(), "مقالاتها محفوظة ويمكن البحث فيها"),
        (false, Some(day)) => (
            format!(", last seen on {day}"),
            "their articles are kept and can be searched",
        ),
        (false, None) => (String::new(), "their articles are kept and can be searched"),
    };
    words.say(
        format!("المجلد فارغ أو غير موصول: المفقود من ملفاته {n_missing}{since}. {kept}"),
        format!("The folder is empty or not connected: {n_missing} files are missing{since}; {kept}"),
    )
}

/// What it means to forget files.
pub fn forgetting(words: Words<'_>, n_files: u64) -> String {
    let files = n_files_of(words, n_files);
    words.say(
        format!(
            "تُزال مقالات {files} من الفهرس نهائيًا، فلا يبقى منها فيه نص. إن عاد شيء منها إلى المجلد قُرئ من جديد. لا يُمسّ المجلد نفسه."
        ),
        format!(
            "The articles of {files} are removed from the index for good: nothing of their text is left in it. What comes back to the folder is read again. The folder itself is not touched."
        ),
    )
}

/// The button that forgets them.
pub fn forget_n_files(words: Words<'_>, n_files: u64) -> String {
    let files = n_files_of(words, n_files);
    words.say(format!("أزِل مقالات {files}"), format!("Forget {files}"))
}

/// A number of files behind another noun.
fn n_files_of(words: Words<'_>, n_files: u64) -> String {
    let arabic = "لا ملفات|ملف واحد|ملفين|ملفات|ملفًا|ملف";
    count::counted(words, n_files, arabic, "file|files")
}

/// Where the corrections were written to.
fn corrections_exported(words: Words<'_>, path: &Path) -> Message {
    let path = isolated(path);
    Message::plain(words.say(
        format!("حُفظت تصحيحات الأسماء في {path}"),
        format!("The name corrections were written to {path}"),
    ))
}

/// That lines were written to a file.
fn lines_exported(words: Words<'_>, path: &Path, n_lines: u64) -> String {
    let path = isolated(path);
    let lines = count::counted(words, n_lines, "لا أسطر|سطر واحد|سطران|أسطر|سطرًا|سطر", "line|lines");
    words.say(
        format!("حُفظت الأسطر في {path}: {lines}"),
        format!("Written to {path}: {lines}"),
    )
}

/// What became of another's corrections.
fn corrections_imported(words: Words<'_>, report: &ImportReport) -> Message {
    let [added, known, conflicts] =
        [report.added, report.known, report.conflicts.len()].map(|it| count::n_corrections(words, it));
    Message::plain(words.say(
        format!("أُضيف من الملف: {added}؛ معروف من قبل: {known}؛ خالف تصحيحاتك فتُرك: {conflicts}"),
        format!("Added: {added}; already known: {known}; left out because yours differ: {conflicts}"),
    ))
}

/// Why the searches could not be kept, and how long they last.
fn searches_not_saved(words: Words<'_>, reason: &Cause) -> Message {
    let text = words.say(
        "تعذّر حفظ عمليات البحث على القرص؛ تبقى حتى إغلاق البرنامج، ويُعاد حفظها مع التغيير التالي",
        "The searches could not be saved; they last until the program is closed, and saving is tried again with the next change",
    );
    Message::with(text, reason)
}

/// Why the settings could not be kept, and how long they last.
fn settings_not_saved(words: Words<'_>, cause: &Cause) -> Message {
    let text = words.say(
        "تعذّر حفظ الإعدادات على القرص؛ تبقى حتى إغلاق البرنامج، ويُعاد حفظها مع التغيير التالي",
        "The settings could not be saved; they last until the program is closed, and saving is tried again with the next change",
    );
    Message::with(text, cause)
}

/// Why a correction came to nothing.
fn correction_failure(words: Words<'_>, failure: &CorrectionFailure) -> Message {
    match failure {
        CorrectionFailure::File(path, reason) => {
            let path = isolated(path);
            let text = words.say(
                format!("تعذّر الوصول إلى الملف {path}، ولم يتغيّر شيء"),
                format!("Nothing was changed: the file {path} cannot be read or written"),
            );
            Message::with(text, reason)
        }
        CorrectionFailure::NotCorrections(path, reason) => {
            let path = isolated(path);
            let text = words.say(
                format!("ليس في الملف {path} تصحيحات يعرفها هذا الإصدار، ولم يتغيّر شيء"),
                format!("Nothing was changed: {path} holds no corrections that this version knows"),
            );
            Message::with(text, reason)
        }
        CorrectionFailure::Unknown(_) => Message::plain(words.say(
            "لم يعد هذا الاسم أو هذه الصيغة في الأرشيف، ولم يتغيّر شيء",
            "Nothing was changed: the archive no longer holds this name or spelling",
        )),
        CorrectionFailure::NothingChanges => Message::plain(words.say(
            "هذا التصحيح معمول به من قبل، ولم يتغيّر شيء",
            "Nothing was changed: this correction is already in force",
        )),
        CorrectionFailure::NothingToUndo => {
            Message::plain(words.say("لا تصحيح للتراجع عنه", "There is no correction to undo"))
        }
        CorrectionFailure::Index(reason) => {
            let text = words.say(
                "تعذّرت قراءة الفهرس، ولم يتغيّر شيء",
                "Nothing was changed: the index cannot be read",
            );
            Message::with(text, reason)
        }
    }
}

/// How files are read from now on: «صُحّحت قراءة: تقرير.txt · الترميز: UTF-8».
fn reading_corrected(words: Words<'_>, made: &ReadingRule) -> String {
    let mut told = vec![isolated(Path::new(&made.files))];
    if made.is_empty() {
        told.push(words.read_automatically().to_owned());
    }
    told.extend(made.encoding.as_deref().map(|it| labelled(words.encoding(), it)));
    told.extend(made.format.map(|it| labelled(words.format_label(), words.format(it))));
    let roles = made.fields.iter();
    told.extend(roles.map(|(field, role)| labelled(&isolate(field), words.field_role(*role))));
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    labelled(words.reading_corrected(), &facts(&told))
}

/// That the folder holds other files than were read: «3 ملفات جديدة في المجلد لم تُقرأ بعد».
fn folder_changes(words: Words<'_>, changes: &FolderChanges) -> String {
    let new = "لا ملفات جديدة|ملف جديد|ملفان جديدان|ملفات جديدة|ملفًا جديدًا|ملف جديد";
    let changed = "لا ملفات تغيّرت|ملف تغيّر|ملفان تغيّرا|ملفات تغيّرت|ملفًا تغيّر|ملف تغيّر";
    let parts: Vec<String> = [
        (changes.added, new, "new file|new files"),
        (changes.changed, changed, "changed file|changed files"),
    ]
    .into_iter()
    .filter(|(n, ..)| *n != 0)
    .map(|(n, arabic, english)| count::counted(words, n, arabic, english))
    .collect();
    let is_only_new = changes.changed == 0;
    if words.is_arabic() {
        let verb = match plural(changes.added) {
            _ if !is_only_new => return format!("تغيّر المجلد: {}؛ لم يُحدَّث الأرشيف بعد", parts.join("، ")),
            Plural::Two => "لم يُقرآ",
            Plural::Few => "لم تُقرأ",
            _ => "لم يُقرأ",
        };
        format!("{} في المجلد {verb} بعد", parts.concat())
    } else if is_only_new {
        let verb = if changes.added == 1 { "has" } else { "have" };
        format!("{} in the folder {verb} not been read yet", parts.concat())
    } else {
        format!("The folder has changed: {}; not updated yet", parts.join(", "))
    }
}

/// What the last reading came to.
pub fn summary(words: Words<'_>, it: &UpdateSummary) -> String {
    let seconds = count::decimal(words, it.seconds.max(0.1) as f32, 1);
    let is_unchanged = it.found_nothing_new();
    let mut text = match (it.cancelled, words.is_arabic()) {
        (true, true) => {
            let key = isolate_ltr("F5");
            format!("أُوقفت القراءة؛ تُستأنف بالمفتاح {key} أو عند الفتح التالي")
        }
        (true, false) => "Reading was stopped; it resumes with F5 or when the folder is next opened".to_owned(),
        (false, true) if is_unchanged => "لا جديد في المجلد".to_owned(),
        (false, false) if is_unchanged => "Nothing new in the folder".to_owned(),
        (false, true) => format!("اكتملت القراءة في {seconds} ث"),
        (false, false) => format!("Read in {seconds} s"),
    };
    if it.left_out != 0 {
        let arabic = "لم يُترك شيء|تُرك ملف واحد|تُرك ملفان|ملفات تُركت|ملفًا تُرك|ملف تُرك";
        let n_files = count::counted(words, it.left_out, arabic, "file left out|files left out");
        text += &words.say(format!("؛ {n_files}"), format!("; {n_files}"));
    }
    text
}

/// What is read of a folder: the formats, for one that holds no articles.
pub fn formats_read(words: Words<'_>) -> String {
    let formats: Vec<String> = Format::ALL.iter().map(|it| isolate(words.format(*it))).collect();
    words.say(
        format!("ما يُقرأ في المجلد وما تحته: {}", formats.join("، ")),
        format!("What is read in the folder and below it: {}", formats.join(", ")),
    )
}

/// The title of the window: the archive, then the program.
pub fn window_title(words: Words<'_>, root: Option<&ArchiveRoot>) -> String {
    let name = words.app_name();
    root.map_or_else(
        || name.to_owned(),
        |root| format!("{} — {name}", isolate(&archive(words, root))),
    )
}

/// Why a path that was typed could not be used, if that is what a notice tells.
pub fn path_failure(words: Words<'_>, told: &Notice) -> Option<String> {
    told.is_of_path().then(|| notice(words, told, |id| id.0.clone()).text)
}

/// The name of an archive.
pub fn archive(words: Words<'_>, root: &ArchiveRoot) -> String {
    match root {
        ArchiveRoot::Sample => words.sample_archive().to_owned(),
        ArchiveRoot::Folder(folder) => folder_name(folder),
    }
}

/// The name of an archive, and the folder that it lies in: two may have the same name.
pub fn archive_in_place(words: Words<'_>, root: &ArchiveRoot) -> String {
    let name = archive(words, root);
    match root {
        ArchiveRoot::Folder(folder) => match folder.parent() {
            Some(parent) => facts(&[&name, &isolated(parent)]),
            None => name,
        },
        ArchiveRoot::Sample => name,
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
        Correction::SetLatin { entity, latin } => {
            let (name, latin) = (name(entity), isolate(latin));
            words.say(
                format!("«{name}» بحروف لاتينية: {latin}"),
                format!("“{name}” in Latin letters: {latin}"),
            )
        }
        Correction::SetKind { entity, kind } => match arabic {
            true => format!("«{}»: {}", name(entity), words.entity_kind(*kind)),
            false => format!("“{}”: {}", name(entity), words.entity_kind(*kind)),
        },
        Correction::Hide { entity } if arabic => format!("«{}» ليس اسمًا", name(entity)),
        Correction::Hide { entity } => format!("“{}” is not a name", name(entity)),
        Correction::KeepApart { a, b } if arabic => format!("«{}» و«{}» لا يُدمجان أبدًا", name(a), name(b)),
        Correction::KeepApart { a, b } => format!("“{}” and “{}” are never merged", name(a), name(b)),
        Correction::MarkName {
            words: marked,
            kind,
            instead_of,
            at,
        } => {
            let (marked, kind) = (isolate(marked), words.entity_kind(*kind));
            let instead = instead_of.as_deref().map(isolate);
            let told = match (arabic, instead) {
                (true, Some(before)) => format!("«{marked}» بدلًا من «{before}»: {kind}"),
                (true, None) => format!("«{marked}»: {kind}"),
                (false, Some(before)) => format!("“{marked}” instead of “{before}”: {kind}"),
                (false, None) => format!("“{marked}”: {kind}"),
            };
            facts(&[&told, words.scope(at)])
        }
        Correction::UnmarkName { words: marked, at } => {
            let marked = isolate(marked);
            let told = words.say(format!("«{marked}» ليس اسمًا"), format!("“{marked}” is not a name"));
            facts(&[&told, words.scope(at)])
        }
        Correction::SetFacts { article, facts } => given_facts(words, article, facts),
    }
}

/// What the user says of an article: «تقرير.txt: العنوان «…»، المصدر وكالة الأنباء».
fn given_facts(words: Words<'_>, article: &ArticleKey, given: &GivenFacts) -> String {
    let mut told = vec![isolated(Path::new(&article.file))];
    let label = |label: &str, value: &str| format!("{label}: {}", isolate(value));
    told.extend(given.title.as_deref().map(|it| label(words.title(), it)));
    told.extend(given.date.map(|it| label(words.date(), &date::given(words, it))));
    let source = given.source.as_deref();
    told.extend(source.map(|it| label(words.source(), if it.is_empty() { words.no_source() } else { it })));
    if given.is_empty() {
        told.push(words.as_in_file().to_owned());
    }
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    facts(&told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::letter;
    use crate::state::{Language, Settings};

    #[test]
    fn new_files_agree_with_their_number() {
        let arabic = Settings::default();
        let told = |added, changed| {
            let changes = FolderChanges { added, changed };
            folder_changes(Words(&arabic), &changes)
        };
        assert_eq!(told(1, 0), "ملف جديد في المجلد لم يُقرأ بعد");
        assert_eq!(told(2, 0), "ملفان جديدان في المجلد لم يُقرآ بعد");
        assert_eq!(told(3, 0), "3 ملفات جديدة في المجلد لم تُقرأ بعد");
        assert_eq!(told(11, 0), "11 ملفًا جديدًا في المجلد لم يُقرأ بعد");
        assert_eq!(told(1, 2), "تغيّر المجلد: ملف جديد، ملفان تغيّرا؛ لم يُحدَّث الأرشيف بعد");
        let english = Settings {
            language: Language::English,
            ..Settings::default()
        };
        let one = FolderChanges {
            added: 1,
            ..FolderChanges::default()
        };
        let told = folder_changes(Words(&english), &one);
        assert_eq!(told, "1 new file in the folder has not been read yet");
    }

    #[test]
    fn names_and_paths_keep_their_direction_within_every_notice() {
        let (name, path) = ("7961c (x)", Path::new("صحف/7961c.txt_000"));
        let id = || EntityId("person:a".to_owned());
        let rule = ReadingRule {
            files: "صحف/7961c.txt_000".to_owned(),
            encoding: Some("windows-1256".to_owned()),
            ..ReadingRule::default()
        };
        let unreadable = UnreadableFile {
            path: path.to_owned(),
            reason: crate::archive::Reason::Empty,
        };
        let corrections = [
            Correction::Merge { from: id(), into: id() },
            Correction::Rename {
                entity: id(),
                name: name.to_owned(),
            },
            Correction::Hide { entity: id() },
            Correction::KeepApart { a: id(), b: id() },
        ];
        let mut notices: Vec<Notice> = corrections.into_iter().map(Notice::Corrected).collect();
        notices.extend([
            Notice::OpenFailed(ArchiveRoot::Folder(path.to_owned()), OpenFailure::NoFolder),
            Notice::OpenFailed(ArchiveRoot::Folder(path.to_owned()), OpenFailure::NotAFolder),
            Notice::UnreadableFiles(vec![unreadable]),
            Notice::CorrectionsExported(path.to_owned()),
            Notice::LinesExported(path.to_owned(), 3),
            Notice::Forgotten(path.to_owned()),
            Notice::NotHandedOver(path.to_owned(), HandOverFailure::Gone),
            Notice::ReadingCorrected {
                made: rule.clone(),
                before: rule,
            },
        ]);
        for language in [Language::Arabic, Language::English] {
            let settings = Settings {
                language,
                ..Settings::default()
            };
            let words = Words(&settings);
            for it in &notices {
                let told = notice(words, it, |_| name.to_owned()).text;
                assert!(told.contains("7961c"), "{told:?}");
                assert!(!letter::outside_isolates(&told).contains("7961c"), "{told:?}");
            }
            let title = window_title(words, Some(&ArchiveRoot::Folder(name.into())));
            assert!(!letter::outside_isolates(&title).contains("7961c"), "{title:?}");
        }
    }
}
