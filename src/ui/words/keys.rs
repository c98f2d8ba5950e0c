//! What the keys do, for the dialog that lists them.

use std::borrow::Cow;

use super::super::action::Action;
use super::action::action;
use super::table::Words;

/// Keys, and what they do.
pub type KeyRow = (Cow<'static, str>, &'static str);

/// What the keys do, grouped by where they do it.
pub fn key_table(words: Words<'_>) -> [(&'static str, Vec<KeyRow>); 6] {
    let rows = |rows: Vec<(&'static str, &'static str)>| rows.into_iter().map(|(keys, what)| (keys.into(), what));
    [
        (words.anywhere(), anywhere(words)),
        (words.in_the_search_field(), rows(in_the_search_field(words)).collect()),
        (words.in_the_list(), rows(in_the_list(words)).collect()),
        (words.in_the_reader(), rows(in_the_reader(words)).collect()),
        (words.in_the_network(), rows(in_the_network(words)).collect()),
        (words.on_the_timeline(), rows(on_the_timeline(words)).collect()),
    ]
}

/// The actions that have keys, and the keys of the window's library.
fn anywhere(words: Words<'_>) -> Vec<KeyRow> {
    let with_keys = |it: Action| Some(it.keys(words.is_arabic())).filter(|keys| !keys.is_empty());
    let actions = Action::ALL.into_iter();
    let mut rows: Vec<KeyRow> = actions
        .filter_map(|it| Some((with_keys(it)?.into(), action(words, it))))
        .collect();
    rows.extend([
        (
            "Tab  Shift+Tab".into(),
            words.say("العنصر التالي والسابق", "Next and previous control"),
        ),
        ("Shift+F10".into(), words.say("قائمة العنصر", "The control’s menu")),
        (
            "Esc".into(),
            words.say(
                "رجوع من صفحة الاسم وإليها، ومن وضع القراءة",
                "Back from a profile and to it, and from reading mode",
            ),
        ),
        (
            "Ctrl++  Ctrl+-  Ctrl+0".into(),
            words.say(
                "تكبير الواجهة، تصغيرها، حجمها المعتاد",
                "Larger, smaller, normal interface",
            ),
        ),
    ]);
    rows
}

fn in_the_search_field(words: Words<'_>) -> Vec<(&'static str, &'static str)> {
    let say = |arabic, english| words.say(arabic, english);
    vec![
        ("↓  ↑  Enter", say("اختيار اقتراح", "Choose a suggestion")),
        (
            "Enter",
            say("إغلاق الاقتراحات والبحث", "Close the suggestions and search"),
        ),
        (
            "Esc",
            say(
                "إغلاق الاقتراحات، ثم إفراغ الحقل",
                "Close the suggestions; empty the field",
            ),
        ),
        (
            "Ctrl+Enter",
            say("الكتابة الشائعة المقترحة", "The usual spelling that is offered"),
        ),
    ]
}

fn in_the_list(words: Words<'_>) -> Vec<(&'static str, &'static str)> {
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
            "/",
            say(
                "إلى مقال يبدأ عنوانه بما يُكتب بعدها",
                "To an article whose title begins with what is typed next",
            ),
        ),
        (
            "S  R",
            say(
                "نجمة؛ مقروء أو غير مقروء (بمكان المفتاح في أي لوحة مفاتيح)",
                "Star; read or unread (by the place of the key in any layout)",
            ),
        ),
        ("T  N", say("علامات؛ ملاحظة", "Tags; note")),
        (
            "X  Shift+↑  Shift+↓",
            say(
                "تحديد مقال؛ تحديد مقالات متتالية",
                "Pick an article; pick several in a row",
            ),
        ),
        (
            "Enter",
            say("إلى المقال؛ Esc يعيد إلى القائمة", "Into the article; Esc comes back"),
        ),
        (
            "Space  Shift+Space",
            say(
                "تمرير المقال، ثم المقال التالي",
                "Scroll the article, then the next one",
            ),
        ),
    ]
}

fn in_the_reader(words: Words<'_>) -> Vec<(&'static str, &'static str)> {
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
        (
            "H  1 2 3 4 5  N",
            say(
                "تظليل المحدّد؛ بألوانه الخمسة؛ مع ملاحظة. تكرارها يزيله",
                "Highlight what is selected; in five colours; with a note. Once more removes it",
            ),
        ),
        ("S  R  T", say("نجمة، مقروء، علامات", "Star, read, tags")),
        ("Enter", say("صفحة الاسم الحالي", "Profile of the current name")),
        (
            "Space  Shift+Space",
            say("صفحة إلى الأسفل وإلى الأعلى", "A page down and up"),
        ),
    ]
}

fn in_the_network(words: Words<'_>) -> Vec<(&'static str, &'static str)> {
    let say = |arabic, english| words.say(arabic, english);
    vec![
        ("← → ↑ ↓", say("الاسم المجاور", "The name beside it")),
        (
            "PgDn  PgUp  Home  End",
            say(
                "الاسم التالي والسابق بعدد المقالات، والأول والأخير",
                "Next and previous name by number of articles; the first and the last",
            ),
        ),
        ("Enter", say("صفحة الاسم", "Profile of the name")),
        (
            "+  -  0",
            say("تقريب، إبعاد، الشبكة كلها", "Zoom in, zoom out, fit to window"),
        ),
    ]
}

fn on_the_timeline(words: Words<'_>) -> Vec<(&'static str, &'static str)> {
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
