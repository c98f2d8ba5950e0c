//! Words of exports and references: in the dialog, in what is told of them, and in the files themselves.

use std::path::Path;

use crate::arabic::letter::copyable;
use crate::archive::DateProvenance;
use crate::index::SearchRequest;
use crate::marks::MarkColor;
use crate::state::{
    CitationStyle, ExportColumn, ExportFailure, ExportFormat, ExportProgress, ExportReport, ExportWords, Notice,
    Separator,
};

use super::bidi::isolated;
use super::message::Message;
use super::table::Words;
use super::{count, date, phrase};

const PROVENANCES: [DateProvenance; 8] = [
    DateProvenance::Metadata,
    DateProvenance::HeaderLine,
    DateProvenance::Dateline,
    DateProvenance::Url,
    DateProvenance::FileName,
    DateProvenance::Inferred,
    DateProvenance::Update,
    DateProvenance::User,
];

/// What was searched for, as files say it.
pub fn found(words: Words<'_>, request: &SearchRequest) -> String {
    copyable(&phrase::request(words, request))
}

/// The words in the files of an export, which say what was `found`.
pub fn in_files(words: Words<'_>, found: String) -> ExportWords {
    ExportWords {
        language: words.0.language,
        columns: ExportColumn::ALL.iter().map(|it| column(words, *it)).collect(),
        provenances: PROVENANCES.iter().map(|it| (*it, words.provenance(*it))).collect(),
        colors: MarkColor::ALL.iter().map(|it| (*it, color(words, *it))).collect(),
        yes: words.say("نعم", "yes"),
        program: words.app_name(),
        articles: words.articles(),
        cut: words.say(" … [قُطع النص هنا]", " … [the text is cut here]"),
        undated: words.undated(),
        found,
        months: (1..=12).map(|it| date::month(words, it)).collect(),
        month_names: words.0.month_names,
        numerals: words.0.digits(),
    }
}

/// The name of a column.
pub fn column(words: Words<'_>, column: ExportColumn) -> &'static str {
    let (arabic, english) = match column {
        ExportColumn::Title => ("العنوان", "Title"),
        ExportColumn::Date => ("التاريخ", "Date"),
        ExportColumn::DateProvenance => ("مصدر التاريخ", "Source of the date"),
        ExportColumn::Source => ("المصدر", "Source"),
        ExportColumn::Author => ("الكاتب", "Author"),
        ExportColumn::Address => ("الرابط", "Address"),
        ExportColumn::Path => ("الملف", "File"),
        ExportColumn::People => ("الأشخاص", "People"),
        ExportColumn::Organisations => ("الجهات", "Organisations"),
        ExportColumn::Places => ("الأماكن", "Places"),
        ExportColumn::Roles => ("الصفات", "Roles"),
        ExportColumn::Latin => ("الأسماء باللاتينية", "Names in Latin letters"),
        ExportColumn::Keywords => ("الكلمات الدلالية", "Keywords"),
        ExportColumn::Tags => ("العلامات", "Tags"),
        ExportColumn::Note => ("الملاحظة", "Note"),
        ExportColumn::Highlights => ("المقاطع المظللة", "Highlights"),
        ExportColumn::Starred => ("مميّز", "Starred"),
        ExportColumn::Read => ("مقروء", "Read"),
        ExportColumn::Story => ("رقم الخبر", "Story number"),
        ExportColumn::Language => ("اللغة", "Language"),
        ExportColumn::Snippet => ("المقتطف", "Snippet"),
        ExportColumn::Text => ("النص الكامل", "Full text"),
    };
    words.say(arabic, english)
}

/// The name of a format.
pub fn format(words: Words<'_>, format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Xlsx => words.say("مصنّف Excel (xlsx)", "Excel workbook (xlsx)"),
        ExportFormat::Csv => words.say("جدول نصّي (csv)", "Table of text (csv)"),
        ExportFormat::Html => words.say("صفحة للقراءة والطباعة (html)", "Page to read and print (html)"),
        ExportFormat::Dossier => words.say("إضبارة تُفتح في فهرست (zip)", "Dossier to open in Fihrist (zip)"),
        ExportFormat::Markdown => words.say("نص Markdown (md)", "Markdown text (md)"),
        ExportFormat::Ris => words.say("مراجع RIS (ris)", "References, RIS (ris)"),
        ExportFormat::Bibtex => words.say("مراجع BibTeX (bib)", "References, BibTeX (bib)"),
        ExportFormat::CslJson => words.say("مراجع CSL-JSON (json)", "References, CSL-JSON (json)"),
        ExportFormat::JsonLines => words.say("JSON Lines للبرامج (jsonl)", "JSON Lines for programs (jsonl)"),
    }
}

/// What stands between columns.
pub fn separator(words: Words<'_>, separator: Separator) -> &'static str {
    match separator {
        Separator::Comma => words.say("فاصلة ,", "Comma ,"),
        Separator::Semicolon => words.say("فاصلة منقوطة ;", "Semicolon ;"),
        Separator::Tab => words.say("علامة جدولة", "Tab"),
    }
}

/// A style of references.
pub fn style(words: Words<'_>, style: CitationStyle) -> &'static str {
    match style {
        CitationStyle::Arabic => words.say("عربي", "Arabic"),
        CitationStyle::Apa => "APA",
        CitationStyle::Chicago => "Chicago",
        CitationStyle::Mla => "MLA",
    }
}

/// That a reference is copied in a style.
pub fn cite_in(words: Words<'_>, style: CitationStyle) -> &'static str {
    match style {
        CitationStyle::Arabic => words.say("نسخ مرجع عربي", "Copy a reference in Arabic"),
        CitationStyle::Apa => words.say("نسخ مرجع بأسلوب APA", "Copy a reference, APA"),
        CitationStyle::Chicago => words.say("نسخ مرجع بأسلوب Chicago", "Copy a reference, Chicago"),
        CitationStyle::Mla => words.say("نسخ مرجع بأسلوب MLA", "Copy a reference, MLA"),
    }
}

/// A colour of highlights.
fn color(words: Words<'_>, color: MarkColor) -> &'static str {
    match color {
        MarkColor::Yellow => words.say("أصفر", "yellow"),
        MarkColor::Green => words.say("أخضر", "green"),
        MarkColor::Blue => words.say("أزرق", "blue"),
        MarkColor::Pink => words.say("وردي", "pink"),
        MarkColor::Purple => words.say("بنفسجي", "purple"),
    }
}

/// Fixed words of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Its title.
    Title,
    /// In the menu.
    Menu,
    /// As what.
    Format,
    /// Which articles.
    Articles,
    /// The one that was chosen.
    ChosenOne,
    /// With the others of their stories.
    WithCopies,
    /// What stands between columns.
    Separator,
    /// The mark of the encoding.
    Bom,
    /// What Excel opens in Arabic.
    ExcelInArabic,
    /// What is exported of each.
    Columns,
    /// All columns.
    AllColumns,
    /// Those at first.
    UsualColumns,
    /// Where to.
    File,
    /// The dialog of the system.
    Choose,
    /// Do it.
    Export,
    /// References have fields of their own.
    OwnFields,
    /// What a dossier holds.
    DossierHolds,
    /// The files that articles came from go along.
    WithOriginals,
    /// Nothing is to be exported.
    NothingChosen,
    /// Another export is under way.
    Running,
    /// Copy a row.
    CopyRow,
    /// Copy a reference.
    Cite,
    /// How articles are cited.
    Style,
    /// Open what was written.
    Open,
    /// Replace a file.
    Replace,
}

/// The words.
pub fn word(words: Words<'_>, word: Word) -> &'static str {
    let (arabic, english) = match word {
        Word::Title => ("تصدير المقالات", "Export articles"),
        Word::Menu => ("تصدير المقالات…", "Export articles…"),
        Word::Format => ("الصيغة", "Format"),
        Word::Articles => ("المقالات", "Articles"),
        Word::ChosenOne => ("المقال المحدد وحده", "The selected article only"),
        Word::WithCopies => ("مع النسخ الأخرى لكل خبر", "With the other copies of each story"),
        Word::Separator => ("الفاصل", "Separator"),
        Word::Bom => ("علامة الترميز (BOM)", "Mark of the encoding (BOM)"),
        Word::ExcelInArabic => ("لبرنامج Excel العربي", "For Excel in Arabic"),
        Word::Columns => ("الأعمدة", "Columns"),
        Word::AllColumns => ("الكل", "All"),
        Word::UsualColumns => ("المعتاد", "Usual"),
        Word::File => ("الملف", "File"),
        Word::Choose => ("اختيار…", "Choose…"),
        Word::Export => ("تصدير", "Export"),
        Word::OwnFields => (
            "حقول هذه الصيغة ثابتة: نوع المقال وعنوانه وكاتبه ومصدره وتاريخه ورابطه ولغته وكلماته وعلاماته وملاحظاته",
            "This format has its own fields: type, title, author, source, date, address, language, keywords, tags and notes",
        ),
        Word::DossierHolds => (
            "فيها نصوص المقالات وعلاماتك وملاحظاتك وتصحيحاتك والبحث الذي وجدها؛ لا أسماء مستخدمين ولا مسارات من جهازك",
            "It holds the articles’ texts, your marks, notes and corrections, and the search that found them; no user’s name and no path of your computer",
        ),
        Word::WithOriginals => ("مع الملفات الأصلية", "With the original files"),
        Word::NothingChosen => ("لا مقالات لتُصدَّر", "There are no articles to export"),
        Word::Running => ("تصدير آخر جارٍ الآن", "Another export is under way"),
        Word::CopyRow => ("نسخ السطر", "Copy row"),
        Word::Cite => ("نسخ مرجع", "Copy a reference"),
        Word::Style => ("أسلوب المراجع", "Reference style"),
        Word::Open => ("فتح", "Open"),
        Word::Replace => ("استبدال", "Replace"),
    };
    words.say(arabic, english)
}

/// The rows of the list: «المعروض في القائمة: 42 مقالًا».
pub fn shown(words: Words<'_>, n_articles: u64) -> String {
    let n = count::n_articles(words, n_articles);
    words.say(format!("المعروض في القائمة: {n}"), format!("As listed: {n}"))
}

/// The articles that were chosen: «المحدد: 3 مقالات».
pub fn chosen(words: Words<'_>, n_articles: u64) -> String {
    let n = count::n_articles(words, n_articles);
    words.say(format!("المحدد: {n}"), format!("Selected: {n}"))
}

/// How far writing has come.
pub fn progress(words: Words<'_>, progress: ExportProgress) -> String {
    let told = count::n_of_articles(words, progress.done, progress.of);
    words.say(format!("التصدير: {told}"), format!("Exporting: {told}"))
}

/// What became of an export, or of what was to be copied; nothing for other notices.
pub fn notice(words: Words<'_>, told: &Notice) -> Option<Message> {
    Some(match told {
        Notice::Exported(path, report) => Message::plain(exported(words, path, report)),
        Notice::ExportExists(path) => {
            let path = isolated(path);
            Message::plain(words.say(
                format!("يوجد ملف بهذا الاسم: {path}"),
                format!("There is a file of this name: {path}"),
            ))
        }
        Notice::NotExported(path, why, cause) => Message::with(not_exported(words, path, *why), cause),
        Notice::ExportCancelled => Message::plain(words.say(
            "أُوقف التصدير، ولم يُكتب شيء",
            "The export was stopped, and nothing was written",
        )),
        Notice::NotCopied(cause) => Message::with(
            words.say(
                "لم يُنسخ شيء: تعذّرت قراءة المقال من الفهرس",
                "Nothing was copied: the article cannot be read from the index",
            ),
            cause,
        ),
        _ => return None,
    })
}

fn exported(words: Words<'_>, path: &Path, report: &ExportReport) -> String {
    let (n, path) = (count::n_articles(words, report.articles), isolated(path));
    let mut told = words.say(format!("صُدّر في {path}: {n}"), format!("Exported to {path}: {n}"));
    let number = |n| count::number(words, n);
    if report.cut_cells != 0 {
        told.push_str(&words.say(
            format!(
                "؛ خلايا قُطع نصّها لأنه أطول مما تحمله الصيغة: {}",
                number(report.cut_cells)
            ),
            format!(
                "; cells cut, as the format holds no longer text: {}",
                number(report.cut_cells)
            ),
        ));
    }
    if report.plain_links != 0 {
        told.push_str(&words.say(
            format!("؛ روابط كُتبت نصًّا لأن الصيغة لا تحمل أكثر: {}", number(report.plain_links)),
            format!(
                "; addresses as text, as the format holds no more links: {}",
                number(report.plain_links)
            ),
        ));
    }
    if report.lost_originals != 0 {
        told.push_str(&words.say(
            format!("؛ ملفات أصلية تعذّرت قراءتها: {}", number(report.lost_originals)),
            format!(
                "; original files that could not be read: {}",
                number(report.lost_originals)
            ),
        ));
    }
    if report.gone != 0 {
        told.push_str(&words.say(
            format!("؛ مقالات لم تعد في الفهرس: {}", number(report.gone)),
            format!("; articles no longer in the index: {}", number(report.gone)),
        ));
    }
    told
}

fn not_exported(words: Words<'_>, path: &Path, why: ExportFailure) -> String {
    let path = isolated(path);
    match why {
        ExportFailure::DiskFull => words.say(
            format!("لم يُصدَّر شيء: امتلأ القرص قبل إتمام {path}. أفسح مكانًا أو اختر قرصًا آخر"),
            format!("Nothing was exported: the disk is full, and {path} would not fit. Make room or choose another disk"),
        ),
        ExportFailure::InArchive => words.say(
            format!("لم يُصدَّر شيء: {path} في مجلد الأرشيف، فيُقرأ مقالاتٍ. اختر مجلدًا آخر"),
            format!("Nothing was exported: {path} lies in the archive’s folder and would be read as articles. Choose another folder"),
        ),
        ExportFailure::Other => words.say(
            format!("لم يُصدَّر شيء: تعذّرت كتابة {path}. تأكد من أن المجلد موجود وتجوز الكتابة فيه"),
            format!("Nothing was exported: {path} cannot be written. Check that its folder is there and may be written to"),
        ),
    }
}
