//! What the keys do, for the dialog that lists them.

use super::table::Words;

/// Keys, and what they do.
pub type KeyRow = (&'static str, &'static str);

/// What the keys do, grouped by where they do it.
pub fn key_table(words: Words<'_>) -> [(&'static str, Vec<KeyRow>); 4] {
    [
        (words.anywhere(), anywhere(words)),
        (words.in_the_list(), in_the_list(words)),
        (words.in_the_reader(), in_the_reader(words)),
        (words.on_the_timeline(), on_the_timeline(words)),
    ]
}

fn anywhere(words: Words<'_>) -> Vec<KeyRow> {
    let say = |arabic, english| words.say(arabic, english);
    vec![
        (
            "Ctrl+L",
            say("إلى حقل البحث؛ Esc يفرغه", "To the search field; Esc clears it"),
        ),
        (
            "↓  ↑  Enter",
            say(
                "اختيار اقتراح؛ Esc يغلق الاقتراحات",
                "Choose a suggestion; Esc closes them",
            ),
        ),
        (
            "Ctrl+K",
            say(
                "المقالات أو مواضع الكلمات في سياقها",
                "Articles, or the words in their context",
            ),
        ),
        (
            "Ctrl+Enter",
            say(
                "الكتابة الشائعة المقترحة في حقل البحث",
                "The usual spelling offered in the search field",
            ),
        ),
        ("Ctrl+F", say("البحث في المقال المفتوح", "Find in the open article")),
        ("F3  Shift+F3", say("الموضع التالي والسابق", "Next and previous match")),
        (
            // Back is where reading comes from.
            say("Alt+→  Alt+←", "Alt+←  Alt+→"),
            say("رجوع وتقدّم في ما بُحث عنه", "Back and forward"),
        ),
        ("Ctrl+D", words.searches()),
        ("Ctrl+O", words.open_folder()),
        ("Ctrl+Z", words.undo_correction()),
        ("F5", words.refresh()),
        ("Ctrl+,", words.settings()),
        ("F1", words.shortcuts()),
        (
            "Tab  Shift+Tab",
            say("العنصر التالي والسابق", "Next and previous control"),
        ),
        ("Shift+F10", say("قائمة العنصر", "The control’s menu")),
        ("Esc", say("رجوع من صفحة الاسم", "Back from a profile")),
        (
            "Ctrl++  Ctrl+-  Ctrl+0",
            say(
                "تكبير الواجهة، تصغيرها، حجمها المعتاد",
                "Larger, smaller, normal interface",
            ),
        ),
    ]
}

fn in_the_list(words: Words<'_>) -> Vec<KeyRow> {
    let say = |arabic, english| words.say(arabic, english);
    vec![
        ("↑  ↓", say("المقال السابق والتالي", "Previous and next article")),
        (
            "PgUp  PgDn  Home  End",
            say("صفحة، والأول والأخير", "A page; the first and the last"),
        ),
        (
            say("← →", "→ ←"),
            say("عرض نسخ الخبر وإخفاؤها", "Show and hide the copies of a story"),
        ),
        (
            say("حروف", "letters"),
            say("إلى مقال يبدأ عنوانه بها", "To an article whose title begins with them"),
        ),
    ]
}

fn in_the_reader(words: Words<'_>) -> Vec<KeyRow> {
    let say = |arabic, english| words.say(arabic, english);
    vec![
        (
            "Shift+← → ↑ ↓",
            say(
                "توسيع التحديد؛ مع Ctrl كلمة كلمة",
                "Extend the selection; with Ctrl word by word",
            ),
        ),
        ("Ctrl+C  Ctrl+A", say("نسخ، تحديد الكل", "Copy, select all")),
        ("Alt+↓  Alt+↑", say("الاسم التالي والسابق", "Next and previous name")),
        ("Enter", say("صفحة الاسم الحالي", "Profile of the current name")),
        (
            "Space  Shift+Space",
            say("صفحة إلى الأسفل وإلى الأعلى", "A page down and up"),
        ),
    ]
}

fn on_the_timeline(words: Words<'_>) -> Vec<KeyRow> {
    let say = |arabic, english| words.say(arabic, english);
    vec![
        (
            say("← →  Home  End", "→ ←  Home  End"),
            say(
                "المدة التالية والسابقة، والأولى والأخيرة؛ مع Shift توسيع",
                "Next, previous, first and last bar; with Shift extend",
            ),
        ),
        ("+  -", say("تقريب، إبعاد", "Zoom in, zoom out")),
        ("Enter  Esc", say("اختيار المدة؛ كل الأوقات", "Select period; clear it")),
    ]
}
