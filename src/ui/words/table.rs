//! The table of words: those that are always the same, and the names of things that are a closed list.
//!
//! Long because it is a table, with a line for each word.
//!
//! To add a word, add a line; in Arabic, a name of a button is a verbal noun («حفظ») or an imperative («أضِفها»).

use crate::archive::{Crawled, DateProvenance, FieldRole, Format, LeftOut, SectionKind};
use crate::entities::{EntityKind, LatinSource, Reason, Scope};
use crate::index::{Facet, HitOrder, KwicSort};
use crate::state::{Language, Settings};
use crate::text::WidgetWords;

/// The window's words in the language of the settings.
#[derive(Clone, Copy)]
pub struct Words<'a>(pub &'a Settings);

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
    welcome_title: "أهلًا بك في فهرست", "Welcome to Fihrist";
    welcome_do: "افتح مجلدك لتبدأ، أو تصفّح الأرشيف التجريبي أولًا.", "Open your folder to begin, or look at the sample archive first.";
    notices: "تنبيهات", "Notices";
    welcome_what: "يفتح فهرست مجلدًا من المقالات الإخبارية العربية، ويقرأ ما فيه، ويدلّك على من قال ماذا ومتى.", "Fihrist opens a folder of Arabic news articles, reads what is in it, and shows who said what, and when.";
    welcome_private: "كل شيء يبقى في حاسوبك: لا خادم ولا إنترنت، ولا يُكتب شيء في مجلدك.", "Everything stays on your computer: no server, no network, and nothing is written to your folder.";
    look_at_sample: "تصفّح الأرشيف التجريبي", "Look at the sample archive";
    compare_timeline: "مقارنة بالأرشيف كله", "Compare with the whole archive";
    no_filters: "كل المقالات: انقر اسمًا أو مصدرًا أو مدة لتضييقها", "All articles: click a name, a source or a period to narrow them";
    in_the_search_field: "في حقل البحث", "In the search field";
    theme_system: "كالنظام", "As the system";
    reduce_motion: "بلا حركة: تُفتح القوائم والنوافذ دفعة واحدة", "No motion: menus and dialogs open at once";
    find_row: "أول حروف العنوان", "First letters of a title";
    palette_hint: "اكتب اسم أمر", "Type the name of a command";
    saved_search: "بحث محفوظ", "Saved search";
    only_new: "عرض الجديد وحده", "Show only what is new";
    archive: "أرشيف", "Archive";
    no_archive: "لا أرشيف مفتوح", "No archive open";
    sample_archive: "أرشيف تجريبي", "Sample archive";
    recent: "فُتحت مؤخرًا", "Recent";
    search: "بحث", "Search";
    use_inferred_dates: "احتساب التواريخ المستنتجة من النص", "Count dates inferred from the text";
    correct_name: "تصحيح الاسم…", "Correct name…";
    name: "الاسم", "Name";
    kind: "النوع", "Kind";
    name_and_kind: "الاسم والنوع", "Name and kind";
    spellings: "صيغ الاسم", "Spellings";
    split_off: "افصل هذه الصيغة", "Split off";
    merge_into: "دمج مع اسم آخر", "Merge";
    other_name: "الاسم الآخر", "Other name";
    merge_advice: "اكتب الاسم الآخر. يُعرض ما يتغيّر قبل الدمج، ويمكنك أن تمنع دمجهما أبدًا.", "Type the other name. You see what changes before the two are merged, and can choose never to merge them.";
    merge: "ادمج", "Merge";
    keep_apart: "لا تدمجهما أبدًا", "Never merge";
    rename: "أعد التسمية", "Rename";
    not_an_entity: "ليس اسمًا: إخفاء…", "Not a name: hide…";
    now: "الآن", "Now";
    after_correction: "بعد التصحيح", "Corrected";
    nothing_left: "لا شيء", "Nothing";
    kept_apart_then: "يبقى كل منهما وحده، ولا يُقترح دمجهما بعد اليوم", "Both stay as they are, and merging them is not suggested again";
    apply: "طبّق التصحيح", "Apply";
    cancel: "إلغاء", "Cancel";
    rename_this: "أعد التسمية…", "Rename…";
    kind_of_this: "غيّر النوع…", "Change kind…";
    merge_this: "ادمجه مع…", "Merge with…";
    narrow_to_it: "التصفية بهذا الاسم", "Filter by this name";
    entity_page: "صفحة هذا الاسم", "Open profile";
    back: "رجوع", "Back";
    compare_with: "قارن مع…", "Compare with…";
    stop_comparing: "أوقف المقارنة", "Stop comparing";
    first_appearance: "أول ظهور", "First appearance";
    last_appearance: "آخر ظهور", "Last appearance";
    roles: "الصفات والمناصب", "Roles";
    appears_with: "الأكثر ظهورًا معه", "Often appears with";
    newest_articles: "أحدث المقالات", "Newest articles";
    contexts: "ما قيل عنه", "In context";
    its_articles: "كل مقالاته", "All its articles";
    overview: "نظرة عامة", "Overview";
    profile_pages: "أقسام الصفحة", "Parts of the profile";
    newest_first: "الأحدث أولًا", "Newest first";
    oldest_first: "الأقدم أولًا", "Oldest first";
    no_contexts: "لا جملة تسمّيه في نص مقالاته كما هو محفوظ", "No sentence of the stored texts of its articles names it";
    back_to_name: "رجوع إلى صفحة الاسم", "Back to the profile";
    network: "شبكة الأسماء", "Network of names";
    network_key: "من يظهر مع من في النتائج الحالية (Ctrl+G)", "Who appears with whom in this result (Ctrl+G)";
    network_of_this: "شبكته", "Its network";
    network_of_name: "من يظهر معه: شبكته", "Network around it";
    export_network: "حفظ شبكة الأسماء", "Save the network of names";
    picture_path_advice: "تعذّر عرض نافذة اختيار الملف. اكتب مسار الصورة هنا، وينتهي اسمها بـ svg أو png أو gexf", "The file dialog cannot be shown. Type the path of the picture here: .svg, .png or .gexf";
    picture_path_label: "مسار الصورة", "Path of the picture";
    save_picture: "حفظ الصورة…", "Save picture…";
    save_chart: "حفظ الرسم صورةً…", "Save as a picture…";
    chart_path_advice: "تعذّر عرض نافذة اختيار الملف. اكتب مسار الصورة هنا، وينتهي اسمها بـ svg أو png", "The file dialog cannot be shown. Type the path of the picture here: .svg or .png";
    chart_timeline: "المقالات عبر الزمن", "Articles over time";
    made_on: "أُعدّ في", "Made on";
    period: "المدة", "Period";
    no_names_here: "لا أسماء في النتائج الحالية", "No names in this result";
    how_many_names: "عدد الأسماء", "Number of names";
    whole_network: "كل الشبكة", "Whole network";
    network_advice: "اختر اسمًا بالنقر أو بالأسهم لترى من يظهر معه. سُمك الخط بعدد المقالات المشتركة؛ انقر خطًّا للتصفية بالاسمين. ولكل اسم أقوى روابطه وحدها حتى تختاره.", "Choose a name, by a click or the arrow keys, to see who appears with it. Lines are as thick as the articles are many; click one to filter by both names. Each name has only its strongest links until it is chosen.";
    writing_picture: "تُحفظ الصورة…", "Saving the picture…";
    fit: "إظهار الشبكة كلها", "Fit to window";
    narrow_to_both: "التصفية بالاسمين معًا", "Filter by both";
    network_of: "شبكة من يظهر مع", "Network around";
    next_mention: "الموضع التالي", "Next mention";
    previous_mention: "الموضع السابق", "Previous mention";
    suggestions: "أسماء قد تعود إلى مسمّى واحد", "Possible duplicates";
    suggestions_menu: "أسماء قد تعود إلى مسمّى واحد…", "Possible duplicates…";
    may_be_the_same: "قد يكون هو نفسه…", "May be the same as…";
    no_suggestions: "لا اقتراحات", "No suggestions";
    look: "عرض مقالاتهما", "Show articles";
    corrections: "تصحيحات الأسماء", "Name corrections";
    corrections_menu: "تصحيحات الأسماء…", "Name corrections…";
    no_corrections: "لم تصحّح شيئًا بعد", "No corrections yet";
    import: "استيراد…", "Import…";
    export: "تصدير…", "Export…";
    import_corrections: "استيراد تصحيحات الأسماء", "Import name corrections";
    export_corrections: "تصدير تصحيحات الأسماء", "Export name corrections";
    file_path_label: "مسار الملف", "Path of the file";
    file_path_advice: "تعذّر عرض نافذة اختيار الملف. اكتب مساره هنا", "The file dialog cannot be shown. Type the path here";
    forget_menu: "انسَ هذا الأرشيف…", "Forget this archive…";
    forget_archive: "نسيان الأرشيف", "Forget the archive";
    forget: "انسَ الأرشيف", "Forget";
    forget_log: "ويُفرَّغ سجلّ البرنامج أيضًا. لا تراجع عن ذلك.", "The log of the program is emptied, too. This cannot be undone.";
    undo_correction: "التراجع عن آخر تصحيح", "Undo last correction";
    this_is_a_person: "هذا اسم شخص…", "This is a person…";
    this_is_an_organisation: "هذا اسم جهة…", "This is an organisation…";
    this_is_a_place: "هذا اسم مكان…", "This is a place…";
    ends_of_name: "حدود الاسم هنا…", "Where this name ends…";
    no_name_here: "ليس اسمًا هنا…", "Not a name here…";
    mark_name: "تعليم اسم في النص", "Mark a name in the text";
    its_start: "أوله", "Its start";
    its_end: "آخره", "Its end";
    longer: "أطول", "Longer";
    shorter: "أقصر", "Shorter";
    no_name: "ليس اسمًا", "Not a name";
    only_here: "هذا الموضع وحده", "only this place";
    in_this_article: "هذا المقال", "this article";
    wherever_it_stands: "حيثما ورد", "wherever it stands";
    article_facts_menu: "العنوان والتاريخ والمصدر…", "Title, date and source…";
    article_facts: "العنوان والتاريخ والمصدر بيدك", "Title, date and source by hand";
    title: "العنوان", "Title";
    date: "التاريخ", "Date";
    source: "المصدر", "Source";
    date_hint: "أي صيغة تكتبها الصحف؛ فارغ: بلا تاريخ", "Any form that newspapers use; empty: undated";
    date_not_understood: "لم يُفهم تاريخًا", "Not understood as a date";
    in_the_file: "في الملف", "In the file";
    as_in_file: "كما في الملف", "As in the file";
    in_latin_letters: "بحروف لاتينية", "Latin letters";
    nothing_changes: "لا شيء يتغيّر", "Nothing changes";
    save: "حفظ", "Save";
    show_list: "عرض القائمة", "Show list";
    files_not_read: "ملفات لم تُقرأ", "Files that were not read";
    files_not_read_menu: "ملفات لم تُقرأ…", "Files not read…";
    could_not_be_read: "تعذّرت قراءتها", "Could not be read";
    no_longer_in_folder: "لم تعد في المجلد، ومقالاتها محفوظة", "No longer in the folder; their articles are kept";
    left_out_on_purpose: "تُركت عمدًا:", "Left out on purpose:";
    all_files_read: "قُرئت كل الملفات", "All files were read";
    forget_missing: "إزالتها من الفهرس…", "Forget them…";
    forgetting_files: "إزالة ملفات مفقودة من الفهرس", "Forget missing files";
    how_file_is_read: "كيف يُقرأ الملف…", "How this file is read…";
    automatic: "تلقائي", "Automatic";
    file: "الملف", "File";
    encoding: "الترميز", "Encoding";
    format_label: "نوع الملف", "File type";
    holds_for: "يسري على", "Applies to";
    this_file: "هذا الملف", "this file";
    its_folder: "كل ما يماثله في مجلده", "all files of its type in its folder";
    read_again: "اقرأ من جديد", "Read again";
    forget_correction: "العودة إلى التلقائي", "Reset to automatic";
    all_of_them: "كلها معًا", "All of them";
    any_of_them: "أيّ منها", "Any of them";
    by_count: "بحسب العدد", "By count";
    by_name: "بحسب الاسم", "By name";
    completions: "اقتراحات", "Suggestions";
    search_tip: "جرّب: \"عبارة كاملة\" · -كلمة · كلمة أو كلمة · شخص: · مصدر: · من:2023", "Try: \"exact words\" · -word · one OR two · person: · source: · from:2023";
    spell_as_typed: "مطابقة الإملاء كما كُتب: الهمزات، ة/ه، ى/ي", "Match spelling as typed: hamza, ة/ه and ى/ي";
    search_hint: "ابحث في المقالات…", "Search articles…";
    other_language: "English", "العربية";
    switch_language: "عرض الواجهة بالإنجليزية", "Switch to Arabic";
    articles: "المقالات", "Articles";
    reader: "المقال", "Article";
    undated: "بلا تاريخ", "Undated";
    no_source: "مصدر غير مذكور", "No source stated";
    derived_title: "عنوان مستنتج من أول النص", "Title taken from the beginning of the text";
    clear_all: "مسح الكل", "Clear all";
    remove_filter: "إزالة", "Remove";
    exclude: "استبعاد", "Exclude";
    not: "ما عدا", "not";
    or: "أو", "or";
    stop: "إيقاف", "Stop";
    dismiss: "إخفاء", "Dismiss";
    details: "التفاصيل", "Details";
    show_left_out: "إظهار ما حُذف", "Show what was left out";
    hide_left_out: "إخفاء ما حُذف", "Hide what was left out";
    outside_results: "ليس ضمن النتائج", "Not among the results";
    to_first_result: "إلى أول النتائج", "To the first result";
    same_text: "نص مطابق", "same text";
    article_without_text: "لا نص لهذا المقال في ملفه سوى عنوانه", "The file has no text of this article but its headline";
    without_text: "بلا نص", "No text";
    reading_corrected: "صُحّحت قراءة", "Reading corrected";
    read_automatically: "تُعرف صيغته وترميزه تلقائيًا", "type and encoding are found out automatically";
    looking_at_folder: "يُفحص المجلد…", "Looking at the folder…";
    reading_files: "تُقرأ الملفات…", "Reading the files…";
    articles_come: "تظهر المقالات هنا كلما قُرئت", "Articles appear here as they are read";
    nothing_found_yet: "لا نتائج بعد", "No results yet";
    larger: "تكبير الخط", "Larger text";
    smaller: "تصغير الخط", "Smaller text";
    update: "تحديث", "Update";
    open_again: "افتح من جديد", "Open again";
    try_again: "أعد المحاولة", "Try again";
    add_new_files: "إضافة الملفات الجديدة فور ظهورها في المجلد", "Add new files as soon as they appear in the folder";
    names_pending: "تُجمع الأسماء…", "Gathering names…";
    filter_values: "تصفية القائمة…", "Filter the list…";
    show_more: "المزيد", "More";
    timeline: "الخط الزمني", "Timeline";
    none_dated: "لا مقالات مؤرَّخة", "No dated articles";
    none_in_view: "لا مقالات في هذا المدى", "No articles in this range";
    any_time: "كل الأوقات", "Any time";
    opening: "جارٍ فتح الأرشيف…", "Opening the archive…";
    loading: "…", "…";
    no_article: "اختر مقالًا من القائمة لقراءته هنا", "Select an article in the list to read it here";
    not_read: "تعذّرت القراءة من الفهرس", "Could not be read from the index";
    nothing_found: "لا نتائج", "No results";
    nothing_found_advice: "جرّب كلمات أقل، أو أزل بعض المرشّحات", "Try fewer words, or remove a filter";
    empty_archive: "لا مقالات في هذا المجلد", "No articles in this folder";
    welcome: "افتح مجلدًا فيه مقالات عربية", "Open a folder of Arabic articles";
    welcome_advice: "أو أفلته هنا. لا يُكتب شيء في مجلدك، ولا يغادر شيء جهازك", "Or drop it here. Nothing is written to your folder; nothing leaves your computer";
    drop_here: "أفلت المجلد لفتحه", "Drop the folder to open it";
    path_label: "مسار المجلد", "Path of the folder";
    path_advice: "تعذّر عرض نافذة اختيار المجلد. اكتب مساره هنا", "The folder dialog cannot be shown. Type the path here";
    file_is_missing: "الملف مفقود", "file missing";
    file_is_gone: "لم يعد الملف موجودًا؛ هذا ما حفظه الفهرس منه", "The file is gone; this is what the index kept of it";
    text_is_cut: "النص أطول من أن يُعرض كله هنا؛ هذا أوله، وبقيته في الملف", "The text is too long to be shown here in full; this is its beginning, and the rest is in the file";
    file_is_recognised: "تعرّف ضوئي: استُخرج هذا النص من صور صفحات، وقد يكون بعض كلماته خطأ", "Optical recognition: this text was taken from pictures of pages, and some of its words may be wrong";
    recognised: "تعرّف ضوئي", "recognised from a scan";
    recognise_scans: "التعرّف الضوئي على الصفحات المصوّرة", "Recognise the text of scans";
    file_is_slow: "تطول قراءة الملف؛ هذا ما حفظه الفهرس منه", "The file takes long to read; this is what the index kept of it";
    order: "الترتيب", "Order";
    keywords_label: "كلمات دلالية", "Keywords";
    menu: "قائمة", "Menu";
    refresh: "تحديث المجلد", "Check for new files";
    settings: "الإعدادات", "Settings";
    shortcuts: "اختصارات لوحة المفاتيح", "Keyboard shortcuts";
    general: "عام", "General";
    reading: "القراءة", "Reading";
    numbers_and_dates: "الأرقام والتواريخ والبحث", "Numbers, dates, search";
    language: "لغة الواجهة", "Language";
    theme: "المظهر", "Theme";
    theme_light: "فاتح", "Light";
    theme_dark: "داكن", "Dark";
    theme_high_contrast: "تباين عالٍ", "High contrast";
    reading_face: "الخط", "Typeface";
    face_naskh: "نوتو نسخ", "Noto Naskh";
    face_amiri: "أميري", "Amiri";
    face_sans: "بلكس", "IBM Plex Sans";
    reading_size: "حجم الخط", "Text size";
    reading_leading: "تباعد الأسطر", "Line spacing";
    justified: "ضبط طرفي السطر", "Justify text";
    numerals: "الأرقام", "Digits";
    as_language: "بحسب لغة الواجهة", "As the language";
    month_names: "أسماء الأشهر", "Month names";
    pangram: "نصٌّ حكيمٌ له سرٌّ قاطعٌ وذو شأنٍ عظيم، مكتوبٌ على ثوبٍ أخضر ومغلَّفٌ بجلدٍ أزرق.", "نصٌّ حكيمٌ له سرٌّ قاطعٌ وذو شأنٍ عظيم، مكتوبٌ على ثوبٍ أخضر ومغلَّفٌ بجلدٍ أزرق.";
    find_in_article: "البحث في المقال", "Find in article";
    next: "التالي", "Next";
    previous: "السابق", "Previous";
    close: "إغلاق", "Close";
    search_selection: "البحث عن المحدَّد في الأرشيف", "Search the archive for the selection";
    copied: "نُسخ النص", "Copied";
    only_this: "اقتصر على هذا", "Only this";
    copy_path: "نسخ مسار الملف", "Copy file path";
    open_file: "فتح الملف", "Open file";
    show_in_folder: "إظهار في المجلد", "Show in folder";
    copy_list: "نسخ القائمة", "Copy list";
    undo: "تراجع", "Undo";
    redo: "إعادة", "Redo";
    cut: "قص", "Cut";
    copy: "نسخ", "Copy";
    paste: "لصق", "Paste";
    select_all: "تحديد الكل", "Select all";
    clear: "إفراغ الحقل", "Clear";
    scroll_bar: "شريط التمرير", "Scroll bar";
    resize_panel: "تغيير عرض اللوح", "Resize the pane";
    zoom_in: "تقريب", "Zoom in";
    zoom_out: "إبعاد", "Zoom out";
    timeline_menu: "خيارات الخط الزمني", "Timeline options";
    show_all_days: "عرض كل التواريخ", "Show all dates";
    show_usual_days: "عرض مدة أغلب المقالات", "Fit to most articles";
    compare_nothing: "من دون مقارنة", "No comparison";
    compare_archive: "مقارنة بالأرشيف كله", "Compare with the whole archive";
    compare_current: "تثبيت النتيجة الحالية للمقارنة", "Pin this result for comparison";
    whole_archive: "الأرشيف كله", "the whole archive";
    own_scale: "بمقياسه", "own scale";
    week_start: "أول الأسبوع", "Week starts on";
    saturday: "السبت", "Saturday";
    sunday: "الأحد", "Sunday";
    monday: "الاثنين", "Monday";
    inferred_date: "تاريخ مستنتج", "Inferred date";
    from_date: "من", "From";
    to_date: "إلى", "To";
    from_date_field: "من تاريخ", "From date";
    to_date_field: "إلى تاريخ", "To date";
    period_hint: "مثل: رمضان 1445، تشرين الأول 2023، أمس", "Such as 5 March 2024, 2023-10, yesterday";
    period_reversed: "البداية بعد النهاية", "It begins after it ends";
    edit_period: "تعديل المدة", "Edit period";
    result_view: "عرض النتائج", "View of the results";
    in_context: "في السياق", "In context";
    copy_line: "نسخ السطر", "Copy line";
    export_lines: "تصدير الأسطر", "Export lines";
    export_lines_menu: "تصدير الأسطر…", "Export lines…";
    exporting_lines: "تُكتب الأسطر في الملف…", "Writing the lines to the file…";
    table_path_label: "مسار الجدول (csv أو tsv)", "Path of the table (csv or tsv)";
    table_path_advice: "تعذّر عرض نافذة اختيار الملف. اكتب مسار الجدول هنا", "The file dialog cannot be shown. Type the path of the table here";
    order_stopped: "أُوقف الترتيب؛ الأسطر كما وُجدت", "Sorting was stopped; the lines are as they were found";
    more_lines_than_kept: "لا يُعرض أكثر من مليوني سطر. ضيّق البحث لترى غيرها", "No more than two million lines are shown. Narrow the search to see others";
    no_node: "لا كلمة تُعرض في سياقها", "No word to show in context";
    no_node_advice: "اكتب كلمة أو عبارة أو اسمًا في حقل البحث لترى كل موضع ورد فيه، وما قبله وما بعده", "Type a word, a phrase or a name to see every place where it stands, with what comes before and after";
    no_lines: "لا مواضع في نصوص هذه المقالات", "No places in the texts of these articles";
    no_lines_advice: "لم تُوجد هذه المقالات بكلمات في نصوصها", "These articles were not found by words in their texts";
    by_stories: "ضم النسخ المتشابهة", "Group near-identical articles";
    count_label: "العدّ بحسب:", "Count";
    count_articles: "المقالات", "articles";
    count_stories: "الأخبار", "stories";
    show_copies: "عرض النسخ", "Show copies";
    hide_copies: "إخفاء النسخ", "Hide copies";
    compare_copy: "مقارنة بالنسخة الأولى…", "Compare with first copy…";
    compare_copies: "مقارنة بالنسخة التالية…", "Compare with next copy…";
    similar_articles: "مقالات مشابهة", "Similar articles";
    difference: "الفرق بين النسختين", "Differences between the two";
    no_difference: "نصّا المقالين متطابقان", "The two texts are identical";
    forward: "تقدّم", "Forward";
    searches: "عمليات البحث", "Searches";
    save_search: "حفظ هذا البحث", "Save this search";
    search_name: "اسم البحث", "Name of the search";
    saved_searches: "المحفوظة", "Saved";
    recent_searches: "الأخيرة", "Recent";
    no_saved_searches: "لا بحث محفوظًا بعد", "No saved searches yet";
    no_recent_searches: "لا عمليات بحث سابقة", "No recent searches";
    clear_recent: "مسح السجل", "Clear history";
    delete: "حذف", "Delete";
    all_articles: "كل المقالات", "All articles";
    in_the_list: "في القائمة", "In the list";
    in_the_network: "في شبكة الأسماء", "In the network of names";
    on_the_timeline: "على الخط الزمني", "On the timeline";
    in_the_reader: "في المقال", "In the article";
    anywhere: "في كل مكان", "Anywhere";
}

impl Words<'_> {
    /// Whether the window is in Arabic.
    pub fn is_arabic(&self) -> bool {
        self.0.language == Language::Arabic
    }

    /// One of two words that say the same.
    pub fn say<T>(&self, arabic: T, english: T) -> T {
        if self.is_arabic() { arabic } else { english }
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
            find_row: self.find_row(),
        }
    }

    /// How the line with this number on a chart of several names looks.
    pub fn line_style(&self, idx: usize) -> &'static str {
        match (idx, self.is_arabic()) {
            (0, true) => "خط متصل بدوائر",
            (1, true) => "خط بشرطات طويلة ومربعات",
            (2, true) => "خط منقّط بمثلثات",
            (_, true) => "خط بشرطات ونقط ومعيّنات",
            (0, false) => "Solid line with discs",
            (1, false) => "Dashed line with squares",
            (2, false) => "Dotted line with triangles",
            (_, false) => "Line of dashes and dots with diamonds",
        }
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

    /// Where a name's Latin form comes from.
    pub fn latin_source(&self, source: LatinSource) -> &'static str {
        match source {
            LatinSource::User => self.say("منك", "given by you"),
            LatinSource::Written => self.say("كما في المقالات", "as articles write it"),
            LatinSource::List => self.say("من قائمة أسماء", "from a list of names"),
            LatinSource::Rule => self.say("تقديرًا وفق قواعد النقل", "estimated by rules"),
        }
    }

    /// Why two entities may be one.
    pub fn reason(&self, reason: Reason) -> &'static str {
        match (reason, self.is_arabic()) {
            (Reason::Spelling, true) => "صيغتان مختلفتان، والأرجح أنهما لاسم واحد",
            (Reason::Spelling, false) => "Two spellings, probably of one name",
            (Reason::SpellingAndContext, true) => "صيغتان متقاربتان تَرِدان مع الأسماء نفسها",
            (Reason::SpellingAndContext, false) => "Similar spellings, seen with the same other names",
            (Reason::Proclitic, true) => "أحدهما هو الآخر وقد اتصل به حرف كالواو أو الباء أو اللام",
            (Reason::Proclitic, false) => "One is the other with a joined letter such as “و” or “ب”",
            (Reason::Head, true) => "أحدهما هو الآخر وقد سبقته كلمة كـ«حركة» أو «مدينة»",
            (Reason::Head, false) => "One is the other after a word such as “حركة” or “مدينة”",
            (Reason::ShortForm, true) => "أحدهما مختصر من اسم الآخر",
            (Reason::ShortForm, false) => "One is short for the other",
            (Reason::Stated, true) => "تقول مقالات إن أحدهما هو الآخر",
            (Reason::Stated, false) => "Articles say that one is the other",
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
            (Format::Scan, true) => "تعرّف ضوئي",
            (Format::Scan, false) => "Optical recognition",
            (Format::Zip, true) => "ملف مضغوط ZIP",
            (Format::Gzip, true) => "ملف مضغوط GZ",
            (Format::Bzip2, true) => "ملف مضغوط BZ2",
            (Format::Xz, true) => "ملف مضغوط XZ",
            (Format::Zstd, true) => "ملف مضغوط ZST",
            (Format::Tar, true) => "حزمة ملفات TAR",
            (Format::SevenZip, true) => "ملف مضغوط 7Z",
            (Format::Warc, true) => "أرشيف زاحف WARC",
            (Format::Wacz, true) => "أرشيف زاحف WACZ",
            (Format::Markdown, _) => "Markdown",
            (Format::Mhtml, _) => "MHTML",
            (Format::WebArchive, true) => "صفحة محفوظة من Safari",
            (Format::WebArchive, false) => "Web page saved by Safari",
            (Format::Json, _) => "JSON",
            (Format::JsonLines, _) => "JSON Lines",
            (Format::Csv, _) => "CSV",
            (Format::Tsv, _) => "TSV",
            (Format::Xml, _) => "XML",
            (Format::Mbox, _) => "mbox",
            (Format::Msg, true) => "رسالة Outlook",
            (Format::Msg, false) => "Outlook message",
            (Format::Pst, true) => "صندوق بريد Outlook",
            (Format::Pst, false) => "Outlook mailbox",
            (Format::Enex, _) => "Evernote",
            (Format::Epub, _) => "EPUB",
            (Format::Docx, _) => "DOCX",
            (Format::Odt, _) => "ODT",
            (Format::Rtf, _) => "RTF",
            (Format::Doc, _) => "DOC",
            (Format::Xlsx, _) => "XLSX",
            (Format::Xlsb, _) => "XLSB",
            (Format::Xls, _) => "XLS",
            (Format::Ods, _) => "ODS",
            (Format::Telegram, true) => "تيليغرام",
            (Format::Telegram, false) => "Telegram",
            (Format::Whatsapp, true) => "واتساب",
            (Format::Whatsapp, false) => "WhatsApp",
            (Format::Tweets, true) => "منشورات إكس",
            (Format::Tweets, false) => "Posts on X",
            (Format::Meta, true) => "فيسبوك وإنستغرام",
            (Format::Meta, false) => "Facebook and Instagram",
            (Format::Pdf, _) => "PDF",
            (Format::Zip, false) => "ZIP",
            (Format::Gzip, false) => "GZ",
            (Format::Bzip2, false) => "BZ2",
            (Format::Xz, false) => "XZ",
            (Format::Zstd, false) => "ZST",
            (Format::Tar, false) => "TAR",
            (Format::SevenZip, false) => "7Z",
            (Format::Warc, false) => "WARC",
            (Format::Wacz, false) => "WACZ",
        }
    }

    /// What is left out for a reason, as the title of a list.
    pub fn left_out(&self, it: LeftOut) -> &'static str {
        match it {
            LeftOut::Hidden => self.say("مخفية", "Hidden"),
            LeftOut::SystemData => self.say("بيانات للنظام", "The system’s own data"),
            LeftOut::NoArticles | LeftOut::More { .. } => {
                self.say("صور وأصوات وبرامج ونحوها", "Pictures, sound, programs and the like")
            }
            LeftOut::AboutFolder => self.say("رخص وملفات تصف المجلد", "Licences and read-me files"),
            LeftOut::PageParts => self.say("أجزاء صفحات محفوظة", "Parts of saved pages"),
            LeftOut::Unfinished => self.say("لم تكتمل أو مؤقتة", "Unfinished or temporary"),
            LeftOut::LinkOutside => self.say("روابط تخرج من المجلد", "Links that lead out of the folder"),
            LeftOut::LinkToNothing => self.say("روابط لا تؤدي إلى شيء", "Links that lead nowhere"),
            LeftOut::ReadElsewhere => self.say("روابط إلى ما يُقرأ في مكان آخر", "Links to what is read elsewhere"),
            LeftOut::LinkInArchive => self.say("روابط داخل حزم", "Links within archives"),
            LeftOut::BookCover => self.say("أغلفة كتب وفهارسها", "Covers and tables of contents of books"),
            LeftOut::Crawled { what, .. } => self.crawled(what),
            LeftOut::ServiceMessages { .. } => self.say("رسائل الخدمة نفسها", "Messages of the service itself"),
            LeftOut::WordlessMessages { .. } => self.say(
                "رسائل بلا كلام: صور وأصوات وملصقات",
                "Messages without words: pictures, sounds, stickers",
            ),
            LeftOut::OtherRecords { .. } => self.say("صفوف وسجلات ليست مقالات", "Rows and records that are no articles"),
            LeftOut::PageWithoutWords => self.say("صفحات مصوّرة بلا كلمات", "Scanned pages without words"),
            LeftOut::Special => self.say("ليست ملفات: أنابيب ومقابس وأجهزة", "Not files: pipes, sockets, devices"),
        }
    }

    /// What of a crawl is left out, as the title of a list.
    fn crawled(&self, it: Crawled) -> &'static str {
        match it {
            Crawled::Error => self.say("أخطاء من الخوادم بدل الصفحات", "Errors of servers in place of pages"),
            Crawled::Redirect => self.say("عناوين تحيل إلى صفحات أخرى", "Addresses that lead to other pages"),
            Crawled::List => self.say("قوائم صفحات وخلاصات", "Lists of pages, and feeds"),
            Crawled::Twice => self.say(
                "صفحات جُلبت مرتين بلا فرق",
                "Pages that were fetched twice, without a difference",
            ),
            Crawled::Unchanged => self.say(
                "صفحات جُلبت ثانية ولم تتغيّر",
                "Pages that were fetched again and had not changed",
            ),
            Crawled::Parts => self.say("صور صفحات وأنماطها وبرامجها", "Pictures, styles and scripts of pages"),
            Crawled::Own => self.say("بيانات الزاحف نفسه", "The crawler’s own data"),
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
            FieldRole::Caption => say("تعليق صورة", "Caption"),
            FieldRole::Url => say("الرابط", "Address"),
            FieldRole::Ignore => say("لا شيء", "Nothing"),
        }
    }

    /// What one value of a facet is, in the middle of a sentence.
    pub fn facet_value(&self, facet: Facet) -> &'static str {
        match facet {
            Facet::Person => self.say("شخص", "person"),
            Facet::Organisation => self.say("جهة", "organisation"),
            Facet::Place => self.say("مكان", "place"),
            Facet::Source => self.say("مصدر", "source"),
            Facet::Keyword => self.say("كلمة دلالية", "keyword"),
            Facet::Date => self.say("تاريخ", "date"),
            Facet::Language => self.say("لغة", "language"),
            Facet::Folder => self.say("مجلد", "folder"),
            Facet::Format => self.say("نوع ملف", "file type"),
            Facet::Mark => self.say("علامة", "mark"),
        }
    }

    /// Where a correction of words holds.
    pub fn scope(&self, scope: &Scope) -> &'static str {
        match scope {
            Scope::Anywhere => self.wherever_it_stands(),
            Scope::Article(_) => self.in_this_article(),
            Scope::Place { .. } => self.only_here(),
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
            (Facet::Format, false) => "File types",
            (Facet::Mark, true) => "علاماتي",
            (Facet::Mark, false) => "My marks",
        }
    }

    /// The name of an order of lines.
    pub fn line_order(&self, order: KwicSort) -> &'static str {
        match (order, self.is_arabic()) {
            (KwicSort::Found, true) => "ترتيب المقالات",
            (KwicSort::Found, false) => "As listed",
            (KwicSort::Before, true) => "ما قبل الكلمة",
            (KwicSort::Before, false) => "Words before",
            (KwicSort::After, true) => "ما بعد الكلمة",
            (KwicSort::After, false) => "Words after",
            (KwicSort::Word, true) => "صيغة الكلمة",
            (KwicSort::Word, false) => "Form of the word",
        }
    }

    /// The name of an order of the hits.
    pub fn hit_order(&self, order: HitOrder) -> &'static str {
        match (order, self.is_arabic()) {
            (HitOrder::Relevance, true) => "الأوثق صلة",
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

    /// What stated a date.
    pub fn provenance(&self, provenance: DateProvenance) -> &'static str {
        match provenance {
            DateProvenance::Metadata => self.say("التاريخ من بيانات الصفحة", "Date from the page’s metadata"),
            DateProvenance::HeaderLine => self.say("التاريخ من سطر تاريخ النشر", "Date from the dateline in the file"),
            DateProvenance::Dateline => self.say("التاريخ من مطلع الخبر", "Date from the opening of the story"),
            DateProvenance::Url => self.say("التاريخ من عنوان الصفحة", "Date from the page’s address"),
            DateProvenance::FileName => self.say("التاريخ من اسم الملف", "Date from the file’s name"),
            DateProvenance::Inferred => self.say("تاريخ مستنتج من النص", "Date inferred from the text"),
            DateProvenance::Update => self.say("تاريخ آخر تحديث", "Date of the last update"),
            DateProvenance::User => self.say("التاريخ منك", "Date given by you"),
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
}
