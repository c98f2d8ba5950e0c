//! Every word on the screen, in Arabic and English.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path};

use jiff::civil::Date;

use crate::arabic::language_name;
use crate::arabic::letter::{FSI, LRI, PDI};
use crate::arabic::month::{MonthNames, month_name};
use crate::arabic::number::{Numerals, grouped, with_numerals};
use crate::arabic::plural::{Plural, plural};
use crate::archive::{DatePrecision, DateProvenance, FieldRole, Format, PublicationDate, SectionKind};
use crate::entities::{Correction, EntityId, EntityKind, Reason};
use crate::index::{
    Change, Completion, CompletionKind, Facet, FacetFilter, HitOrder, Period, QueryUnderstood, SearchRequest, WayOut,
};
use crate::state::{
    ArchiveRoot, CorrectionFailure, FolderChanges, Language, Notice, OpenFailure, Settings, UpdateProgress,
    UpdateSummary,
};
use crate::text::WidgetWords;

use super::histogram::Unit;

macro_rules! words {
    ($($name:ident: $arabic:literal, $english:literal;)*) => {
        /// Fixed words.
        impl Words<'_> {
            $(
                #[doc = concat!("«", $arabic, "» / “", $english, "”")]
                pub fn $name(&self) -> &'static str {
                    match self.0.language {
                        Language::Arabic => $arabic,
                        Language::English => $english,
                    }
                }
            )*
        }
    };
}

words! {
    app_name: "فهرست", "Fihrist";
    open_folder: "فتح مجلد…", "Open folder…";
    open: "فتح", "Open";
    sample_archive: "أرشيف تجريبي", "Sample archive";
    recent: "فُتحت مؤخرًا", "Recent";
    search: "بحث", "Search";
    use_inferred_dates: "احتساب التواريخ المستنتجة من النص", "Count dates that were inferred from the text";
    correct_name: "تصحيح الاسم…", "Correct the name…";
    name: "الاسم", "Name";
    kind: "النوع", "Kind";
    name_and_kind: "الاسم والنوع", "Name and kind";
    spellings: "الصيغ", "Spellings";
    split_off: "افصلها", "Split off";
    merge_into: "هو نفسه", "Is the same as";
    merge_advice: "اكتب الاسم الآخر. يُعرض ما يتغيّر قبل الدمج، ويمكنك أن تمنع دمجهما أبدًا", "Type the other name. You are shown what changes before the two are merged, and may also keep them apart for ever";
    merge: "ادمج", "Merge";
    keep_apart: "لا تدمجهما أبدًا", "Never merge";
    rename: "أعد التسمية", "Rename";
    not_an_entity: "ليس اسمًا…", "Not a name…";
    now: "الآن", "Now";
    then: "بعد التصحيح", "Corrected";
    nothing_left: "لا شيء", "Nothing";
    kept_apart_then: "يبقى كل منهما وحده، ولا يُقترح دمجهما بعد اليوم", "Both stay as they are and are not suggested again";
    apply: "طبّق التصحيح", "Apply";
    do_not: "لا تغيّر شيئًا", "Change nothing";
    rename_this: "أعد التسمية…", "Rename…";
    kind_of_this: "غيّر النوع…", "Change the kind…";
    merge_this: "ادمجه مع…", "Merge with…";
    narrow_to_it: "التصفية بهذا الاسم", "Narrow to this name";
    entity_page: "صفحة هذا الاسم", "Page of this name";
    back: "رجوع", "Back";
    compare_with: "قارن مع…", "Compare with…";
    stop_comparing: "أوقف المقارنة", "Stop comparing";
    first_appearance: "أول ظهور", "First";
    last_appearance: "آخر ظهور", "Last";
    roles: "الصفات والمناصب", "Roles";
    appears_with: "الأكثر ظهورًا معه", "Appears most often with";
    newest_articles: "أحدث المقالات", "Newest articles";
    both_together: "معًا", "Together";
    mentions: "مواضع الأسماء", "Mentions";
    next_mention: "الموضع التالي", "Next mention";
    previous_mention: "الموضع السابق", "Previous mention";
    suggestions: "أسماء قد تكون لواحد", "Names that may be one";
    suggestions_menu: "أسماء قد تكون لواحد…", "Names that may be one…";
    may_be_the_same: "قد يكون هو نفسه…", "May be the same as…";
    no_suggestions: "لا اقتراحات", "No suggestions";
    look: "انظر فيهما", "Look";
    corrections: "تصحيحات الأسماء", "Corrections of names";
    corrections_menu: "تصحيحات الأسماء…", "Corrections of names…";
    no_corrections: "لم تصحّح شيئًا بعد", "Nothing was corrected yet";
    import: "استيراد…", "Import…";
    export: "تصدير…", "Export…";
    import_corrections: "استيراد تصحيحات الأسماء", "Import corrections of names";
    export_corrections: "تصدير تصحيحات الأسماء", "Export corrections of names";
    file_path_label: "مسار الملف", "Path of the file";
    file_path_advice: "تعذّر عرض نافذة اختيار الملف. اكتب مساره هنا", "No file dialog can be shown. Type the path here";
    undo_correction: "تراجع عن آخر تصحيح", "Undo the last correction";
    show_list: "عرض القائمة", "Show the list";
    unreadable_files: "ملفات تعذّرت قراءتها", "Files that could not be read";
    how_file_is_read: "كيف قُرئ الملف…", "How the file is read…";
    automatic: "تلقائي", "Automatic";
    file: "الملف", "File";
    encoding: "الترميز", "Encoding";
    format_label: "الصيغة", "Format";
    holds_for: "يسري على", "Holds for";
    this_file: "هذا الملف", "this file";
    its_folder: "كل ما يشبهه في مجلده", "all of its kind in its folder";
    read_again: "اقرأ من جديد", "Read again";
    forget_correction: "ألغ التصحيح", "Forget the correction";
    all_of_them: "كلها معًا", "All of them";
    any_of_them: "أيّ منها", "Any of them";
    by_count: "بالعدد", "By number";
    by_name: "بالاسم", "By name";
    completions: "اقتراحات", "Suggestions";
    search_tip: "جرّب: \"عبارة كاملة\" · -كلمة · كلمة أو كلمة · شخص: · مصدر: · من:2023", "Try: \"exact words\" · -word · one OR two · person: · source: · from:2023";
    spell_as_typed: "البحث بالإملاء كما كُتب: الهمزات، ة/ه، ى/ي", "Search words spelled as typed: hamza, ة/ه and ى/ي";
    search_hint: "ابحث في المقالات…", "Search the articles…";
    other_language: "English", "العربية";
    switch_language: "عرض الواجهة بالإنجليزية", "Show the window in Arabic";
    switch_to_dark: "المظهر الداكن", "Dark theme";
    switch_to_light: "المظهر الفاتح", "Light theme";
    articles: "المقالات", "Articles";
    reader: "المقال", "Article";
    facets: "التصفية", "Narrow";
    undated: "بلا تاريخ", "Undated";
    no_source: "مصدر غير مذكور", "No source stated";
    derived_title: "عنوان مستنتج من أول النص", "Title taken from the beginning of the text";
    clear_all: "مسح الكل", "Clear all";
    remove_filter: "إزالة", "Remove";
    exclude: "استبعاد", "Exclude";
    not: "ليس", "not";
    or: "أو", "or";
    cancel: "إيقاف", "Stop";
    dismiss: "إخفاء", "Dismiss";
    show_left_out: "إظهار ما حُذف", "Show what was left out";
    larger: "تكبير الخط", "Larger text";
    smaller: "تصغير الخط", "Smaller text";
    add_them: "أضِفها", "Add them";
    try_again: "أعد المحاولة", "Try again";
    add_new_files: "إضافة الملفات الجديدة فور ظهورها في المجلد", "Add new files as soon as they appear in the folder";
    names_pending: "تُجمع الأسماء…", "Gathering names…";
    filter_values: "تصفية القائمة…", "Filter the list…";
    show_more: "المزيد", "More";
    show_fewer: "أقل", "Fewer";
    timeline: "الخط الزمني", "Timeline";
    none_dated: "لا مقالات مؤرَّخة", "No dated articles";
    none_in_view: "لا مقالات في هذا المدى", "No articles in these days";
    any_time: "كل الأوقات", "Any time";
    opening: "جارٍ فتح الأرشيف…", "Opening the archive…";
    loading: "…", "…";
    no_article: "اختر مقالًا من القائمة لقراءته هنا", "Choose an article from the list to read it here";
    nothing_found: "لا نتائج", "Nothing found";
    nothing_found_advice: "جرّب كلمات أقل، أو أزل بعض المرشّحات", "Try fewer words, or remove a filter";
    empty_archive: "لا مقالات في هذا المجلد", "No articles in this folder";
    empty_archive_advice: "يقرأ فهرست ملفات \u{200E}.txt و\u{200E}.md و\u{200E}.html في المجلد وما تحته", "Fihrist reads .txt, .md and .html files in the folder and below it";
    welcome: "افتح مجلدًا فيه مقالات عربية", "Open a folder of Arabic articles";
    welcome_advice: "أو أفلته هنا. لا يُكتب شيء في مجلدك، ولا يغادر شيء جهازك", "Or drop it here. Nothing is written to your folder, nothing leaves your computer";
    drop_here: "أفلت المجلد لفتحه", "Drop the folder to open it";
    path_label: "مسار المجلد", "Path of the folder";
    path_advice: "تعذّر عرض نافذة اختيار المجلد. اكتب مساره هنا", "No folder dialog can be shown. Type the path here";
    file_is_gone: "لم يعد الملف موجودًا؛ هذا ما حفظه الفهرس منه", "The file is gone; this is what the index kept of it";
    order: "الترتيب", "Order";
    keywords_label: "كلمات دلالية", "Keywords";
    derived_short: "بلا عنوان", "untitled";
    more: "قائمة", "Menu";
    refresh: "تحديث المجلد", "Look for new files";
    settings: "الإعدادات", "Settings";
    shortcuts: "اختصارات لوحة المفاتيح", "Keyboard shortcuts";
    appearance: "المظهر", "Appearance";
    reading: "القراءة", "Reading";
    numbers_and_dates: "الأرقام والتواريخ والبحث", "Numbers, dates, search";
    language: "لغة الواجهة", "Language";
    theme: "الألوان", "Colours";
    theme_light: "فاتح", "Light";
    theme_dark: "داكن", "Dark";
    theme_high_contrast: "تباين عالٍ", "High contrast";
    reading_face: "الخط", "Typeface";
    face_naskh: "نوتو نسخ", "Noto Naskh";
    face_amiri: "أميري", "Amiri";
    face_sans: "بلكس", "IBM Plex Sans";
    reading_size: "حجم الخط", "Text size";
    reading_leading: "تباعد الأسطر", "Line spacing";
    justified: "ضبط طرفي السطر", "Justify lines";
    numerals: "الأرقام", "Digits";
    month_names: "أسماء الأشهر", "Month names";
    pangram: "نصٌّ حكيمٌ له سرٌّ قاطعٌ وذو شأنٍ عظيم، مكتوبٌ على ثوبٍ أخضر ومغلَّفٌ بجلدٍ أزرق.", "نصٌّ حكيمٌ له سرٌّ قاطعٌ وذو شأنٍ عظيم، مكتوبٌ على ثوبٍ أخضر ومغلَّفٌ بجلدٍ أزرق.";
    find_in_article: "البحث في المقال", "Find in the article";
    next: "التالي", "Next";
    previous: "السابق", "Previous";
    close: "إغلاق", "Close";
    search_selection: "البحث عن المحدَّد في الأرشيف", "Search the archive for the selection";
    copied: "نُسخ النص", "Copied";
    only_this: "هذا وحده", "Only this";
    copy_path: "نسخ مسار الملف", "Copy the file's path";
    undo: "تراجع", "Undo";
    redo: "إعادة", "Redo";
    cut: "قص", "Cut";
    copy: "نسخ", "Copy";
    paste: "لصق", "Paste";
    select_all: "تحديد الكل", "Select all";
    clear: "إفراغ الحقل", "Empty the field";
    scroll_bar: "شريط التمرير", "Scroll bar";
    resize_panel: "تغيير عرض اللوح", "Resize the pane";
    zoom_in: "تقريب", "Closer";
    zoom_out: "تبعيد", "Farther";
    timeline_menu: "خيارات الخط الزمني", "Timeline options";
    show_all_days: "عرض المدى كله", "Show the whole time";
    show_usual_days: "عرض المدى المعتاد", "Show the usual time";
    compare_nothing: "بلا مقارنة", "No comparison";
    compare_archive: "قارن بالأرشيف كله", "Compare with the whole archive";
    compare_current: "ثبّت النتيجة الحالية للمقارنة", "Pin this result to compare with";
    whole_archive: "الأرشيف كله", "the whole archive";
    own_scale: "بمقياسه", "at its own scale";
    week_start: "أول الأسبوع", "Week starts on";
    saturday: "السبت", "Saturday";
    sunday: "الأحد", "Sunday";
    monday: "الاثنين", "Monday";
    inferred_date: "تاريخ مستنتج", "Inferred date";
    by_stories: "ضم النسخ المتشابهة", "Group near-identical articles";
    count_label: "العدّ", "Count";
    count_articles: "بالمقالات", "articles";
    count_stories: "بالأخبار", "stories";
    show_copies: "عرض النسخ", "Show the copies";
    hide_copies: "إخفاء النسخ", "Hide the copies";
    compare_copy: "مقارنة بالنسخة الأولى…", "Compare with the first copy…";
    compare_copies: "مقارنة بالنسخة التالية…", "Compare with the next copy…";
    similar_articles: "مقالات مشابهة", "Similar articles";
    difference: "الفرق بين النسختين", "What differs between the two";
    forward: "تقدّم", "Forward";
    searches: "عمليات البحث", "Searches";
    save_search: "حفظ هذا البحث", "Save this search";
    search_name: "اسم البحث", "Name of the search";
    saved_searches: "المحفوظة", "Saved";
    recent_searches: "الأخيرة", "Recent";
    no_saved_searches: "لا بحث محفوظًا بعد", "No saved search yet";
    no_recent_searches: "لا عمليات بحث سابقة", "No earlier searches";
    clear_recent: "مسح السجل", "Clear the history";
    delete: "حذف", "Delete";
    all_articles: "كل المقالات", "All articles";
    in_the_list: "في القائمة", "In the list";
    on_the_timeline: "على الخط الزمني", "On the timeline";
    in_the_reader: "في المقال", "In the article";
    anywhere: "في كل مكان", "Anywhere";
}

/// Words that depend on numbers, dates and names, in the language and digits of the settings.
#[derive(Clone, Copy)]
pub struct Words<'a>(pub &'a Settings);

impl Words<'_> {
    fn is_arabic(&self) -> bool {
        self.0.language == Language::Arabic
    }

    /// What the widgets say.
    pub fn widgets(&self) -> WidgetWords {
        WidgetWords {
            undo: self.undo(),
            redo: self.redo(),
            cut: self.cut(),
            copy: self.copy(),
            paste: self.paste(),
            select_all: self.select_all(),
            clear: self.clear(),
            close: self.close(),
            scroll_bar: self.scroll_bar(),
        }
    }

    /// «٣ من ١٢», “3 of 12”; that nothing was found.
    pub fn find_count(&self, current: usize, n_hits: usize) -> String {
        let (current, all) = (self.number(current as u64), self.number(n_hits as u64));
        match (n_hits, self.is_arabic()) {
            (0, _) => self.nothing_found().to_owned(),
            (_, true) => format!("{current} من {all}"),
            (_, false) => format!("{current} of {all}"),
        }
    }

    /// A size in points, or a distance in sizes, in the digits of the settings.
    pub fn decimal(&self, value: f32, n_places: usize) -> String {
        let text = format!("{value:.n_places$}");
        match self.0.numerals {
            Numerals::Western => text,
            Numerals::ArabicIndic => with_numerals(&text, self.0.numerals).replace('.', "\u{066B}"),
        }
    }

    /// The name of a set of month names, with two of them.
    pub fn month_names_of(&self, names: MonthNames) -> String {
        format!("{}، {}…", month_name(1, names), month_name(7, names))
    }

    /// What the keys do, grouped by where they do it.
    pub fn key_table(&self) -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
        let say = |arabic, english| if self.is_arabic() { arabic } else { english };
        vec![
            (
                self.anywhere(),
                vec![
                    (
                        "Ctrl+L",
                        say("إلى حقل البحث؛ Esc يفرغه", "To the search field; Esc empties it"),
                    ),
                    (
                        "↓  ↑  Enter",
                        say(
                            "اختيار اقتراح تحت حقل البحث؛ Esc يغلق الاقتراحات",
                            "Choose a suggestion below the search field; Esc closes them",
                        ),
                    ),
                    (
                        "Ctrl+F",
                        say("البحث في المقال المقروء", "Find in the article that is read"),
                    ),
                    ("F3  Shift+F3", say("الموضع التالي والسابق", "Next and previous hit")),
                    ("Alt+←  Alt+→", say("رجوع وتقدّم في ما بُحث عنه", "Back and forward")),
                    ("Ctrl+D", self.searches()),
                    ("Ctrl+O", self.open_folder()),
                    ("F5", self.refresh()),
                    ("Ctrl+,", self.settings()),
                    ("F1", self.shortcuts()),
                    (
                        "Tab  Shift+Tab",
                        say("العنصر التالي والسابق", "Next and previous control"),
                    ),
                    ("Shift+F10", say("قائمة العنصر", "The control's menu")),
                    ("Esc", say("من صفحة الاسم إلى ما قبلها", "From the page of a name back")),
                    (
                        "Ctrl++  Ctrl+-  Ctrl+0",
                        say("تكبير الواجهة وتصغيرها", "Larger and smaller window"),
                    ),
                ],
            ),
            (
                self.in_the_list(),
                vec![
                    ("↑  ↓", say("المقال السابق والتالي", "Previous and next article")),
                    (
                        "PgUp  PgDn  Home  End",
                        say("صفحة، والأول والأخير", "A page, the first, the last"),
                    ),
                    (
                        "← →",
                        say("عرض نسخ الخبر وإخفاؤها", "Show and hide the copies of a story"),
                    ),
                    (
                        say("حروف", "letters"),
                        say("إلى مقال يبدأ عنوانه بها", "To an article whose title begins with them"),
                    ),
                ],
            ),
            (
                self.in_the_reader(),
                vec![
                    (
                        "Shift+← → ↑ ↓",
                        say(
                            "توسيع التحديد؛ مع Ctrl كلمة كلمة",
                            "Extend the selection; with Ctrl by words",
                        ),
                    ),
                    ("Ctrl+C  Ctrl+A", say("نسخ، تحديد الكل", "Copy, select all")),
                    ("Alt+↓  Alt+↑", say("الاسم التالي والسابق", "Next and previous name")),
                    ("Enter", say("صفحة الاسم الحالي", "Page of the current name")),
                    (
                        "Space  Shift+Space",
                        say("صفحة إلى الأسفل وإلى الأعلى", "A page down and up"),
                    ),
                ],
            ),
            (
                self.on_the_timeline(),
                vec![
                    (
                        "← →  Home  End",
                        say(
                            "المدة التالية والسابقة، والأولى والأخيرة؛ مع Shift توسيع",
                            "Next, previous, first and last bar; with Shift extend",
                        ),
                    ),
                    ("+  -", say("تقريب وتبعيد", "Closer and farther")),
                    ("Enter  Esc", say("اختيار، كل الأوقات", "Choose, any time")),
                ],
            ),
        ]
    }

    /// A count with its digits and groups.
    pub fn number(&self, number: u64) -> String {
        grouped(number, self.0.numerals)
    }

    /// A count with its noun: `arabic` has its six forms for none, one, two, few, many and hundreds, of which the last
    /// three follow the number; `english` has its singular and plural. The forms are separated by «|».
    fn counted(&self, count: u64, arabic: &str, english: &str) -> String {
        let number = self.number(count);
        let form = |forms: &str, idx: usize| forms.split('|').nth(idx).unwrap_or_default().to_owned();
        if !self.is_arabic() {
            return format!("{number} {}", form(english, usize::from(count != 1)));
        }
        match plural(count) {
            Plural::Zero => form(arabic, 0),
            Plural::One => form(arabic, 1),
            Plural::Two => form(arabic, 2),
            Plural::Few => format!("{number} {}", form(arabic, 3)),
            Plural::Many => format!("{number} {}", form(arabic, 4)),
            Plural::Other => format!("{number} {}", form(arabic, 5)),
        }
    }

    /// «٣ تصحيحات», “3 corrections”.
    pub fn n_corrections(&self, count: usize) -> String {
        let arabic = "لا تصحيحات|تصحيح واحد|تصحيحان|تصحيحات|تصحيحًا|تصحيح";
        self.counted(count as u64, arabic, "correction|corrections")
    }

    /// «٣ مواضع», “3 mentions”.
    pub fn n_mentions(&self, count: usize) -> String {
        let arabic = "لا مواضع|موضع واحد|موضعان|مواضع|موضعًا|موضع";
        self.counted(count as u64, arabic, "mention|mentions")
    }

    /// «٣ صيغ أخرى», “3 more spellings”.
    pub fn n_more_spellings(&self, count: usize) -> String {
        let arabic = "لا صيغ أخرى|صيغة أخرى|صيغتان أخريان|صيغ أخرى|صيغة أخرى|صيغة أخرى";
        self.counted(count as u64, arabic, "more spelling|more spellings")
    }

    /// What an entity is, of one: «شخص», “Person”.
    pub fn entity_kind(&self, kind: EntityKind) -> &'static str {
        match (kind, self.is_arabic()) {
            (EntityKind::Person, true) => "شخص",
            (EntityKind::Person, false) => "Person",
            (EntityKind::Organisation, true) => "جهة",
            (EntityKind::Organisation, false) => "Organisation",
            (EntityKind::Place, true) => "مكان",
            (EntityKind::Place, false) => "Place",
        }
    }

    /// That a name is being corrected: «تصحيح «سامي العامري»».
    pub fn correcting(&self, name: &str) -> String {
        match self.is_arabic() {
            true => format!("تصحيح «{}»", isolate(name)),
            false => format!("Correct “{}”", isolate(name)),
        }
    }

    /// That a spelling is somebody or something else.
    pub fn not_this_one(&self, kind: EntityKind) -> &'static str {
        match (kind, self.is_arabic()) {
            (EntityKind::Person, true) => "ليس هذا الشخص…",
            (EntityKind::Person, false) => "Not this person…",
            (EntityKind::Organisation, true) => "ليست هذه الجهة…",
            (EntityKind::Organisation, false) => "Not this organisation…",
            (EntityKind::Place, true) => "ليس هذا المكان…",
            (EntityKind::Place, false) => "Not this place…",
        }
    }

    /// How many articles have no date.
    pub fn n_undated(&self, articles: u64) -> String {
        format!("{}: {}", self.undated(), self.number(articles))
    }

    /// How many of an entity's articles the result holds.
    pub fn in_result(&self, articles: u64) -> String {
        let n = self.n_articles(articles);
        match self.is_arabic() {
            true => format!("في النتائج الحالية: {n}"),
            false => format!("in this result: {n}"),
        }
    }

    /// A count in the result and in the archive: «٧ من ٤٥».
    pub fn n_of(&self, part: u64, all: u64) -> String {
        let (part, all) = (self.number(part), self.number(all));
        match self.is_arabic() {
            true => format!("{part} من {all}"),
            false => format!("{part} of {all}"),
        }
    }

    /// The spelling by which a name was found: «بوجدانوف (بوغدانوف)».
    pub fn found_as(&self, name: &str, spelling: Option<&str>) -> String {
        spelling.map_or_else(|| name.to_owned(), |it| format!("{} ({})", isolate(name), isolate(it)))
    }

    /// The years from the first to the last day.
    pub fn years(&self, first: Date, last: Date) -> String {
        let year = |date| self.date(date, DatePrecision::Year);
        match first.year() == last.year() {
            true => year(first),
            false => format!("{}–{}", year(first), year(last)),
        }
    }

    /// When most articles name an entity.
    pub fn most_at(&self, when: &str, articles: u64) -> String {
        let n = self.n_articles(articles);
        match self.is_arabic() {
            true => format!("الذروة: {when} ({n})"),
            false => format!("peak: {when} ({n})"),
        }
    }

    /// Why two entities may be one.
    pub fn reason(&self, reason: Reason) -> &'static str {
        match (reason, self.is_arabic()) {
            (Reason::Spelling, true) => "كتابتان مختلفتان، والأرجح أنهما لاسم واحد",
            (Reason::Spelling, false) => "Two spellings, most likely of one name",
            (Reason::SpellingAndContext, true) => "كتابتان متقاربتان تَرِدان مع الأسماء نفسها",
            (Reason::SpellingAndContext, false) => "Similar spellings beside the same other names",
            (Reason::Proclitic, true) => "أحدهما هو الآخر وقد اتصل به حرف مثل الواو أو الباء أو اللام",
            (Reason::Proclitic, false) => "One is the other with a letter like «و» or «ب» joined to it",
            (Reason::Head, true) => "أحدهما هو الآخر وقد سبقته كلمة مثل «حركة» أو «مدينة»",
            (Reason::Head, false) => "One is the other after a word like «حركة» or «مدينة»",
            (Reason::ShortForm, true) => "أحدهما مختصر من اسم الآخر",
            (Reason::ShortForm, false) => "One is short for the other",
            (Reason::Stated, true) => "تقول مقالات إن أحدهما هو الآخر",
            (Reason::Stated, false) => "Articles say that one is the other",
        }
    }

    /// That only the first of many are listed.
    pub fn first_of(&self, shown: usize, all: usize) -> String {
        let (shown, all) = (self.number(shown as u64), self.number(all as u64));
        match self.is_arabic() {
            true => format!("أول {shown} من أصل {all}"),
            false => format!("The first {shown} of {all}"),
        }
    }

    /// What a correction says; `name` gives the name of an entity.
    pub fn correction(&self, correction: &Correction, name: impl Fn(&EntityId) -> String) -> String {
        let name = |id: &EntityId| isolate(&name(id));
        let arabic = self.is_arabic();
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
                true => format!("«{}»: {}", name(entity), self.entity_kind(*kind)),
                false => format!("“{}”: {}", name(entity), self.entity_kind(*kind)),
            },
            Correction::Hide { entity } if arabic => format!("«{}» ليس اسمًا", name(entity)),
            Correction::Hide { entity } => format!("“{}” is not a name", name(entity)),
            Correction::KeepApart { a, b } if arabic => format!("«{}» و«{}» لا يُدمجان أبدًا", name(a), name(b)),
            Correction::KeepApart { a, b } => format!("“{}” and “{}” are never merged", name(a), name(b)),
        }
    }

    /// Why a correction came to nothing.
    fn correction_failure(&self, failure: &CorrectionFailure) -> String {
        use CorrectionFailure as Failure;
        let arabic = self.is_arabic();
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

    /// The format of a file.
    pub fn format(&self, format: Format) -> &'static str {
        match (format, self.is_arabic()) {
            (Format::Text, true) => "نص",
            (Format::Text, false) => "Text",
            (Format::Html, true) => "صفحة ويب",
            (Format::Html, false) => "Web page",
            (Format::Email, true) => "رسالة بريد",
            (Format::Email, false) => "E-mail",
            (Format::Zip, true) => "ملف مضغوط ZIP",
            (Format::Gzip, true) => "ملف مضغوط GZ",
            (Format::Markdown, _) => "Markdown",
            (Format::Mhtml, _) => "MHTML",
            (Format::Json, _) => "JSON",
            (Format::JsonLines, _) => "JSON Lines",
            (Format::Csv, _) => "CSV",
            (Format::Tsv, _) => "TSV",
            (Format::Xml, _) => "XML",
            (Format::Mbox, _) => "mbox",
            (Format::Epub, _) => "EPUB",
            (Format::Docx, _) => "DOCX",
            (Format::Odt, _) => "ODT",
            (Format::Pdf, _) => "PDF",
            (Format::Zip, false) => "ZIP",
            (Format::Gzip, false) => "GZ",
        }
    }

    /// What a field of a table holds.
    pub fn field_role(&self, role: FieldRole) -> &'static str {
        let say = |arabic, english| if self.is_arabic() { arabic } else { english };
        match role {
            FieldRole::Title => say("العنوان", "Title"),
            FieldRole::Body => say("النص", "Text"),
            FieldRole::Summary => say("الملخص", "Summary"),
            FieldRole::Date => say("تاريخ النشر", "Date of publication"),
            FieldRole::Source => say("المصدر", "Source"),
            FieldRole::Byline => say("الكاتب", "Author"),
            FieldRole::Keywords => say("الكلمات الدلالية", "Keywords"),
            FieldRole::Caption => say("شرح صورة", "Caption"),
            FieldRole::Url => say("الرابط", "Address"),
            FieldRole::Ignore => say("لا شيء", "Nothing"),
        }
    }

    /// What a completion is: its kind, and how many articles hold it.
    pub fn completion_note(&self, completion: &Completion) -> String {
        let kind = match completion.kind {
            CompletionKind::Word => "",
            CompletionKind::Operator => self.operator_note(&completion.shown),
            CompletionKind::Value(facet) => self.facet_value_kind(facet),
        };
        let count = completion.articles.map(|it| self.n_articles(it));
        let parts = [Some(kind.to_owned()), count];
        parts
            .into_iter()
            .flatten()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// What a value of a facet is.
    fn facet_value_kind(&self, facet: Facet) -> &'static str {
        let (arabic, english) = match facet {
            Facet::Person => ("شخص", "person"),
            Facet::Organisation => ("جهة", "organisation"),
            Facet::Place => ("مكان", "place"),
            Facet::Source => ("مصدر", "source"),
            Facet::Keyword => ("وسم", "keyword"),
            _ => ("تاريخ مذكور", "date mentioned"),
        };
        if self.is_arabic() { arabic } else { english }
    }

    /// What an operator, named as it is typed, narrows to.
    fn operator_note(&self, operator: &str) -> &'static str {
        let (arabic, english) = match operator.trim_end_matches(':') {
            "من" | "from" => ("من تاريخ", "from a date on"),
            "إلى" | "to" => ("إلى تاريخ", "up to a date"),
            "تاريخ" | "date" => ("نُشر في", "published in"),
            "يذكر" | "mentions" => ("يذكر تاريخًا", "speaks of a date"),
            "عنوان" | "title" => ("في العنوان", "in the title"),
            _ => ("تضييق البحث", "narrows the search"),
        };
        if self.is_arabic() { arabic } else { english }
    }

    /// That no article holds a part of the query.
    pub fn missing_part(&self, part: &QueryUnderstood) -> String {
        match self.is_arabic() {
            true => format!("ليس في الأرشيف: {}", part.arabic),
            false => format!("Not in the archive: {}", part.english),
        }
    }

    /// A change of the request that finds something, and how much. `filters` are those of the request.
    pub fn way_out(&self, way: &WayOut, filters: &[FacetFilter]) -> String {
        let arabic = self.is_arabic();
        let change = match &way.change {
            Change::Spelling { word, .. } if arabic => format!("هل تقصد «{}»؟", isolate(word)),
            Change::Spelling { word, .. } => format!("Did you mean “{}”?", isolate(word)),
            Change::WithoutFilter(idx) => {
                let filter = filters.get(*idx);
                let name = filter.map(|it| isolate(&self.facet_value(it.facet, &it.name)));
                let name = name.unwrap_or_default();
                if arabic {
                    format!("دون المرشّح «{name}»")
                } else {
                    format!("Without the filter “{name}”")
                }
            }
            Change::WithoutPeriod if arabic => "في أي وقت".to_owned(),
            Change::WithoutPeriod => "At any time".to_owned(),
            Change::WithoutPart { part, .. } if arabic => format!("من غير: {}", part.arabic),
            Change::WithoutPart { part, .. } => format!("Leave out: {}", part.english),
            Change::AnyWord { .. } if arabic => "أيّ كلمة من هذه الكلمات".to_owned(),
            Change::AnyWord { .. } => "Any of these words".to_owned(),
        };
        format!("{change} · {}", self.n_articles(way.articles))
    }

    /// How the query was understood.
    pub fn understood(&self, query: &QueryUnderstood) -> String {
        let query = if self.is_arabic() {
            &query.arabic
        } else {
            &query.english
        };
        format!("{}: {query}", self.search())
    }

    /// «٣ مقالات», “3 articles”.
    pub fn n_articles(&self, count: u64) -> String {
        let number = self.number(count);
        if !self.is_arabic() {
            return if count == 1 {
                format!("{number} article")
            } else {
                format!("{number} articles")
            };
        }
        match plural(count) {
            Plural::Zero => "لا مقالات".to_owned(),
            Plural::One => "مقال واحد".to_owned(),
            Plural::Two => "مقالان".to_owned(),
            Plural::Few => format!("{number} مقالات"),
            Plural::Many => format!("{number} مقالًا"),
            Plural::Other => format!("{number} مقال"),
        }
    }

    /// «٣ من ٤٥ مقالًا», “3 of 45 articles”.
    pub fn n_of_articles(&self, found: u64, all: u64) -> String {
        if found == all {
            self.n_articles(all)
        } else if self.is_arabic() {
            format!("{} من أصل {}", self.number(found), self.number(all))
        } else {
            format!("{} of {}", self.number(found), self.n_articles(all))
        }
    }

    /// The name of a facet.
    pub fn facet(&self, facet: Facet) -> &'static str {
        match (facet, self.is_arabic()) {
            (Facet::Person, true) => "أشخاص",
            (Facet::Person, false) => "People",
            (Facet::Organisation, true) => "جهات",
            (Facet::Organisation, false) => "Organisations",
            (Facet::Place, true) => "أماكن",
            (Facet::Place, false) => "Places",
            (Facet::Source, true) => "مصادر",
            (Facet::Source, false) => "Sources",
            (Facet::Keyword, true) => "كلمات دلالية",
            (Facet::Keyword, false) => "Keywords",
            (Facet::Date, true) => "تواريخ مذكورة",
            (Facet::Date, false) => "Dates mentioned",
            (Facet::Language, true) => "لغات",
            (Facet::Language, false) => "Languages",
            (Facet::Folder, true) => "مجلدات",
            (Facet::Folder, false) => "Folders",
            (Facet::Format, true) => "أنواع الملفات",
            (Facet::Format, false) => "Kinds of files",
        }
    }

    /// The name of a facet's value as it is shown: «أكتوبر 2023» for the month "2023-10", «العربية» for "ara".
    pub fn facet_value<'a>(&self, facet: Facet, name: &'a str) -> Cow<'a, str> {
        match facet {
            Facet::Language => {
                let names = language_name(name);
                let name = names.map_or(
                    name,
                    |(arabic, english)| if self.is_arabic() { arabic } else { english },
                );
                return Cow::Borrowed(name);
            }
            Facet::Format => return Cow::Borrowed(Format::for_name(name).map_or(name, |it| self.format(it))),
            Facet::Folder => return Cow::Owned(isolated(Path::new(name))),
            _ => {}
        }
        let number = |part: &str| part.parse::<i16>().ok();
        let day = match (facet, name.split_once('-')) {
            (Facet::Date, Some((year, month))) => number(year)
                .zip(month.parse::<i8>().ok())
                .and_then(|(year, month)| Some((Date::new(year, month, 1).ok()?, DatePrecision::Month))),
            (Facet::Date, None) => {
                number(name).and_then(|year| Some((Date::new(year, 1, 1).ok()?, DatePrecision::Year)))
            }
            _ => None,
        };
        day.map_or(Cow::Borrowed(name), |(date, precision)| {
            Cow::Owned(self.date(date, precision))
        })
    }

    /// The name of an order of the hits.
    pub fn hit_order(&self, order: HitOrder) -> &'static str {
        match (order, self.is_arabic()) {
            (HitOrder::Relevance, true) => "الأقرب",
            (HitOrder::Relevance, false) => "Best match",
            (HitOrder::Newest, true) => "الأحدث",
            (HitOrder::Newest, false) => "Newest",
            (HitOrder::Oldest, true) => "الأقدم",
            (HitOrder::Oldest, false) => "Oldest",
            (HitOrder::Title, true) => "العنوان",
            (HitOrder::Title, false) => "Title",
            (HitOrder::Source, true) => "المصدر",
            (HitOrder::Source, false) => "Source",
        }
    }

    /// «28 أكتوبر 2023», “28 October 2023”; less where less is known.
    pub fn date(&self, date: Date, precision: DatePrecision) -> String {
        let month = self.month(date.month());
        let text = match precision {
            DatePrecision::Year => date.year().to_string(),
            DatePrecision::Month => format!("{month} {}", date.year()),
            DatePrecision::Day => format!("{} {month} {}", date.day(), date.year()),
        };
        with_numerals(&text, self.0.numerals)
    }

    /// When an article was published, or that it does not say.
    pub fn published(&self, published: Option<PublicationDate>) -> String {
        published.map_or_else(|| self.undated().to_owned(), |it| self.date(it.date, it.precision))
    }

    /// What stated a date.
    pub fn provenance(&self, provenance: DateProvenance) -> &'static str {
        match (provenance, self.is_arabic()) {
            (DateProvenance::Metadata, true) => "التاريخ من بيانات الصفحة",
            (DateProvenance::Metadata, false) => "Date from the page's metadata",
            (DateProvenance::HeaderLine, true) => "التاريخ من سطر تاريخ النشر",
            (DateProvenance::HeaderLine, false) => "Date from the line that states it",
            (DateProvenance::Dateline, true) => "التاريخ من مطلع الخبر",
            (DateProvenance::Dateline, false) => "Date from the dateline",
            (DateProvenance::Url, true) => "التاريخ من عنوان الصفحة",
            (DateProvenance::Url, false) => "Date from the page's address",
            (DateProvenance::FileName, true) => "التاريخ من اسم الملف",
            (DateProvenance::FileName, false) => "Date from the file's name",
            (DateProvenance::Inferred, true) => "تاريخ مستنتج من النص",
            (DateProvenance::Inferred, false) => "Date inferred from the text",
        }
    }

    /// What a left-out stretch is.
    pub fn section(&self, kind: SectionKind) -> &'static str {
        match (kind, self.is_arabic()) {
            (SectionKind::Title, true) => "عنوان",
            (SectionKind::Title, false) => "Title",
            (SectionKind::Dateline, true) => "مكان وتاريخ",
            (SectionKind::Dateline, false) => "Dateline",
            (SectionKind::Byline, true) => "كاتب",
            (SectionKind::Byline, false) => "Byline",
            (SectionKind::Caption, true) => "تعليق صورة",
            (SectionKind::Caption, false) => "Caption",
            (SectionKind::Body | SectionKind::Subheading, true) => "متن",
            (SectionKind::Body | SectionKind::Subheading, false) => "Body",
            (SectionKind::Source, true) => "مصدر",
            (SectionKind::Source, false) => "Source",
            (SectionKind::Keywords, true) => "كلمات دلالية",
            (SectionKind::Keywords, false) => "Keywords",
            (SectionKind::RelatedArticle, true) => "مقال آخر",
            (SectionKind::RelatedArticle, false) => "Other article",
            (SectionKind::Boilerplate, true) => "من قالب الموقع",
            (SectionKind::Boilerplate, false) => "Boilerplate",
        }
    }

    /// A chosen period.
    pub fn period(&self, period: Period) -> String {
        match period {
            Period::Undated => self.undated().to_owned(),
            Period::Inferred => self.inferred_date().to_owned(),
            Period::Days { first, last } => {
                let whole_months = first.day() == 1 && last == last.last_of_month();
                let precision = if whole_months {
                    DatePrecision::Month
                } else {
                    DatePrecision::Day
                };
                if first == last || whole_months && first.first_of_month() == last.first_of_month() {
                    self.date(first, precision)
                } else {
                    format!("{} – {}", self.date(first, precision), self.date(last, precision))
                }
            }
        }
    }

    /// What a bar of the timeline says when pointed at.
    pub fn bar(&self, first: Date, unit: Unit, articles: u64, inferred: u64) -> String {
        let name = match unit {
            Unit::Day => self.date(first, DatePrecision::Day),
            Unit::Week if self.is_arabic() => format!("أسبوع {}", self.date(first, DatePrecision::Day)),
            Unit::Week => format!("week of {}", self.date(first, DatePrecision::Day)),
            Unit::Month => self.date(first, DatePrecision::Month),
            Unit::Year => self.date(first, DatePrecision::Year),
        };
        let count = self.n_articles(articles);
        if inferred == 0 {
            return format!("{name}: {count}");
        }
        let inferred = self.number(inferred);
        match self.is_arabic() {
            true => format!("{name}: {count}، منها {inferred} بتاريخ مستنتج"),
            false => format!("{name}: {count}, {inferred} with an inferred date"),
        }
    }

    /// A label below the timeline for the year, month or week that begins on `day`; `with_year` even where the unit's
    /// name alone does not hold the year.
    pub fn tick(&self, day: Date, unit: Unit, with_year: bool) -> String {
        match (unit, with_year) {
            (Unit::Year, _) => self.date(day, DatePrecision::Year),
            (Unit::Month, true) => self.date(day, DatePrecision::Month),
            (Unit::Month, false) => self.month(day.month()).to_owned(),
            (Unit::Week | Unit::Day, true) => self.date(day, DatePrecision::Day),
            (Unit::Week | Unit::Day, false) => {
                format!(
                    "{} {}",
                    self.number(day.day().unsigned_abs().into()),
                    self.month(day.month())
                )
            }
        }
    }

    /// «+12 نسخة · 5 مصادر», “+12 copies · 5 sources”.
    pub fn copies(&self, n_copies: u64, n_sources: u64) -> String {
        let (copies, sources) = (self.number(n_copies), self.number(n_sources));
        if !self.is_arabic() {
            let copies_word = if n_copies == 1 { "copy" } else { "copies" };
            return match n_sources {
                0 => format!("+{copies} {copies_word}"),
                1 => format!("+{copies} {copies_word} · {sources} source"),
                _ => format!("+{copies} {copies_word} · {sources} sources"),
            };
        }
        let copies = match plural(n_copies) {
            Plural::Zero | Plural::One => "+نسخة واحدة".to_owned(),
            Plural::Two => "+نسختان".to_owned(),
            Plural::Few => format!("+{copies} نسخ"),
            Plural::Many | Plural::Other => format!("+{copies} نسخة"),
        };
        let sources = match plural(n_sources) {
            Plural::Zero => return copies,
            Plural::One => "مصدر واحد".to_owned(),
            Plural::Two => "مصدران".to_owned(),
            Plural::Few => format!("{sources} مصادر"),
            Plural::Many => format!("{sources} مصدرًا"),
            Plural::Other => format!("{sources} مصدر"),
        };
        format!("{copies} · {sources}")
    }

    /// «12 كلمة ليست في الأخرى», “12 words that the other does not have”.
    pub fn own_words(&self, count: usize) -> String {
        let number = self.number(count as u64);
        if !self.is_arabic() {
            return match count {
                1 => "1 word that the other does not have".to_owned(),
                _ => format!("{number} words that the other does not have"),
            };
        }
        match plural(count as u64) {
            Plural::Zero => "كل كلماتها في الأخرى".to_owned(),
            Plural::One => "كلمة واحدة ليست في الأخرى".to_owned(),
            Plural::Two => "كلمتان ليستا في الأخرى".to_owned(),
            Plural::Few => format!("{number} كلمات ليست في الأخرى"),
            Plural::Many | Plural::Other => format!("{number} كلمة ليست في الأخرى"),
        }
    }

    /// «مشابهة لـ«…»», “similar to “…””.
    pub fn similar_to(&self, title: &str) -> String {
        let title = isolate(title);
        match self.is_arabic() {
            true => format!("مشابهة لـ«{title}»"),
            false => format!("similar to “{title}”"),
        }
    }

    /// What a request asks for, in one line.
    pub fn request(&self, request: &SearchRequest) -> String {
        let mut parts = Vec::new();
        if !request.query_text.trim().is_empty() {
            parts.push(request.query_text.trim().to_owned());
        }
        if let Some(similar_to) = &request.similar_to {
            parts.push(self.similar_to(&similar_to.title));
        }
        for filter in &request.filters.values {
            let name = self.facet_value(filter.facet, &filter.name);
            parts.push(match filter.excluded {
                true => format!("{} {}", self.not(), isolate(&name)),
                false => name.into_owned(),
            });
        }
        parts.extend(request.filters.period.map(|period| self.period(period)));
        match parts.is_empty() {
            true => self.all_articles().to_owned(),
            false => facts(&parts.iter().map(String::as_str).collect::<Vec<_>>()),
        }
    }

    /// «قُرئ ٣٠٠ من ٤٥٬٠٠٠ ملف», “Read 300 of 45,000 files”.
    pub fn progress(&self, it: UpdateProgress) -> String {
        let (done, total) = (self.number(it.files_done), self.number(it.files_total));
        if self.is_arabic() {
            format!("تُقرأ الملفات: {done} من {total}")
        } else {
            format!("Reading files: {done} of {total}")
        }
    }

    /// What the last reading came to.
    pub fn summary(&self, it: &UpdateSummary) -> String {
        let seconds = self.decimal(it.seconds.max(0.1) as f32, 1);
        let is_unchanged = it.added + it.changed + it.removed == 0;
        let mut text = match (it.cancelled, self.is_arabic()) {
            (true, true) => "أوقفت القراءة؛ تُستأنف بمفتاح F5 أو عند الفتح التالي".to_owned(),
            (true, false) => "Reading was stopped; it goes on with F5 or at the next opening".to_owned(),
            (false, true) if is_unchanged => "لا جديد في المجلد".to_owned(),
            (false, false) if is_unchanged => "Nothing new in the folder".to_owned(),
            (false, true) => format!("اكتملت القراءة في {seconds} ث"),
            (false, false) => format!("Read in {seconds} s"),
        };
        if it.left_out != 0 {
            let number = self.number(it.left_out);
            text += &match (self.is_arabic(), plural(it.left_out)) {
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

    /// That the folder holds other files than were read.
    fn folder_changes(&self, changes: &FolderChanges) -> String {
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
            let number = self.number(*count);
            match plural(*count) {
                Plural::Zero => String::new(),
                Plural::One => (*one).to_owned(),
                Plural::Two => (*two).to_owned(),
                Plural::Few => format!("{number} {few}"),
                Plural::Many => format!("{number} {many}"),
                Plural::Other => format!("{number} {other}"),
            }
        };
        let english = |(count, _, what): &(u64, [&str; 5], &str)| format!("{} {what}", self.number(*count));
        match self.is_arabic() {
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

    /// The name of an archive.
    pub fn archive(&self, root: &ArchiveRoot) -> String {
        match root {
            ArchiveRoot::Sample => self.sample_archive().to_owned(),
            ArchiveRoot::Folder(folder) => folder
                .file_name()
                .map_or_else(|| isolated(folder), |name| name.to_string_lossy().into_owned()),
        }
    }

    /// A sentence that says what happened, what still works and what to do.
    pub fn notice(&self, notice: &Notice) -> String {
        let arabic = self.is_arabic();
        match notice {
            Notice::OpenFailed(root, OpenFailure::Folder(reason)) if arabic => format!(
                "تعذّر فتح المجلد «{}». تأكد من أن القرص موصول وأن لك إذن القراءة، ثم افتحه من جديد ({reason})",
                self.archive(root)
            ),
            Notice::OpenFailed(root, OpenFailure::Folder(reason)) => format!(
                "The folder “{}” cannot be opened. Check that its disk is connected and that you may read it, then open it again ({reason})",
                self.archive(root)
            ),
            Notice::OpenFailed(root, OpenFailure::Index(reason)) if arabic => format!(
                "تعذّر فتح فهرس «{}». المجلد نفسه سليم؛ تأكد من إذن الكتابة في مجلد بيانات فهرست ومن المكان على القرص، وأغلق نوافذ فهرست الأخرى ({FSI}{reason}{PDI})",
                self.archive(root)
            ),
            Notice::OpenFailed(root, OpenFailure::Index(reason)) => format!(
                "The index of “{}” cannot be opened. The folder itself is untouched; see that Fihrist’s own folder may be written to and the disk has room, and close other windows of Fihrist ({reason})",
                self.archive(root)
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
            Notice::FolderChanged(changes) => self.folder_changes(changes),
            Notice::DiskFull if arabic => {
                "امتلأ القرص فتوقفت القراءة. ما قُرئ يمكن البحث فيه، وملفاتك كما هي؛ أفسح مكانًا ثم أعد المحاولة".to_owned()
            }
            Notice::DataDirReadOnly if arabic => {
                "لا إذن بالكتابة في مجلد بيانات فهرست، فلا يُقرأ جديد. ما قُرئ يمكن البحث فيه؛ امنح الإذن ثم أعد المحاولة".to_owned()
            }
            Notice::DataDirReadOnly => {
                "Fihrist’s own folder may not be written to, so nothing new is read. What was read can be searched; allow writing, then try again"
                    .to_owned()
            }
            Notice::DiskFull => {
                "The disk is full, so reading stopped. What was read can be searched and your files are as they were; make room, then try again"
                    .to_owned()
            }
            Notice::OtherWindowWrites if arabic => {
                "نافذة أخرى تقرأ ملفات هذا الأرشيف. البحث هنا يعمل، وما تضيفه تلك النافذة يظهر هنا تباعًا".to_owned()
            }
            Notice::OtherWindowWrites => {
                "Another window is reading the files of this archive. Searching works here, and what it adds appears here too"
                    .to_owned()
            }
            Notice::UnreadableFiles(files) => {
                let count = self.number(files.len() as u64);
                let first = files.first().map_or_else(String::new, |(path, reason)| {
                    format!("{}: {FSI}{reason}{PDI}", isolated(path))
                });
                if arabic {
                    format!("تعذّرت قراءة {count} من الملفات؛ قُرئ ما سواها. أولها {first}")
                } else {
                    format!("{count} files could not be read; all others were. The first is {first}")
                }
            }
            Notice::NotAFolder(path) if arabic => {
                format!("{} ليس مجلدًا. أفلت مجلدًا فيه مقالات", isolated(path))
            }
            Notice::CorrectionFailed(failure) => self.correction_failure(failure),
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
            Notice::CorrectionsImported(report) => {
                let (added, known) = (self.n_corrections(report.added), self.n_corrections(report.known));
                let conflicts = self.n_corrections(report.conflicts.len());
                if arabic {
                    format!("أُخذ من الملف: {added}؛ معروف من قبل: {known}؛ يخالف تصحيحاتك فتُرك: {conflicts}")
                } else {
                    format!("Taken over: {added}; known already: {known}; left out as yours say otherwise: {conflicts}")
                }
            }
            Notice::NotAFolder(path) => format!("{} is not a folder. Drop a folder of articles", isolated(path)),
        }
    }

    fn month(&self, month: i8) -> &'static str {
        if self.is_arabic() {
            return month_name(month, self.0.month_names);
        }
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        usize::try_from(month - 1)
            .ok()
            .and_then(|idx| ENGLISH.get(idx))
            .copied()
            .unwrap_or("")
    }
}

/// A path as a person reads it: from left to right, each folder and the file in its own direction, so that «صحف/4.txt»
/// does not become «txt.4/صحف».
pub fn isolated(path: &Path) -> String {
    let path = path.display().to_string();
    let parts: Vec<String> = path.split(MAIN_SEPARATOR).map(isolate).collect();
    isolate_ltr(&parts.join(MAIN_SEPARATOR_STR))
}

/// A name that takes its own direction and leaves that of its surroundings alone.
pub fn isolate(name: &str) -> String {
    format!("{FSI}{name}{PDI}")
}

/// Something that reads from left to right in every language, such as the name of a key.
pub fn isolate_ltr(text: &str) -> String {
    format!("{LRI}{text}{PDI}")
}

/// Facts about an article in one line, in the order of the window.
pub fn facts(facts: &[&str]) -> String {
    facts.iter().map(|fact| isolate(fact)).collect::<Vec<_>>().join("  ·  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_path_has_its_own_direction() {
        let path: std::path::PathBuf = ["صحف", "4.txt"].iter().collect();
        let parts = ["صحف", "4.txt"].map(isolate).join(MAIN_SEPARATOR_STR);
        assert_eq!(isolated(&path), format!("{LRI}{parts}{PDI}"));
    }
}
