//! What can be done from anywhere, by name.

use crate::index::{Facet, HitOrder};
use crate::state::{ChartKind, ThemeChoice};

use super::super::action::Action;
use super::export::{self, Word};
use super::mark;
use super::table::Words;

/// The name of an action.
///
/// Long because it is the table of their names.
pub fn action(words: Words<'_>, action: Action) -> &'static str {
    let say = |arabic, english| words.say(arabic, english);
    match action {
        Action::Palette => say("كل الأوامر", "All commands"),
        Action::Search => say("إلى حقل البحث", "Go to the search field"),
        Action::FindInArticle => words.find_in_article(),
        Action::FindNext => say("الموضع التالي في المقال", "Next match in the article"),
        Action::FindPrevious => say("الموضع السابق في المقال", "Previous match in the article"),
        Action::NextArticle => say("المقال التالي", "Next article"),
        Action::PreviousArticle => say("المقال السابق", "Previous article"),
        Action::FirstArticle => say("أول مقال في النتائج", "First article found"),
        Action::NextMention => say("الاسم التالي في المقال", "Next name in the article"),
        Action::PreviousMention => say("الاسم السابق في المقال", "Previous name in the article"),
        Action::Back => say("رجوع إلى ما سبق عرضه", "Back to what was shown before"),
        Action::Forward => say("تقدّم", "Forward"),
        Action::NextPane => say(
            "اللوحة التالية: القائمة، المقال، الأسماء",
            "Next pane: list, article, names",
        ),
        Action::PreviousPane => say("اللوحة السابقة", "Previous pane"),
        Action::Lines => say("الكلمات في سياقها أو المقالات", "Words in context, or articles"),
        Action::Network => say("شبكة الأسماء، أو إغلاقها", "The network of names, or close it"),
        Action::Marks => say("ملاحظاتي وتظليلاتي، أو المقالات", "My notes and highlights, or articles"),
        Action::Star => say("نجمة: إضافة أو إزالة", "Star, or remove the star"),
        Action::Read => say("مقروء أو غير مقروء", "Read or unread"),
        Action::Tags => say("علامات المقال…", "Tags of the article…"),
        Action::Note => say("ملاحظة على المقال…", "Note on the article…"),
        Action::Highlight => say("تظليل المحدّد في المقال", "Highlight what is selected in the article"),
        Action::PickAll => say("تحديد كل النتائج", "Pick all results"),
        Action::PickNone => mark::pick_none(words),
        Action::HideRead => say("إخفاء المقروء أو إظهاره", "Hide what was read, or show it"),
        Action::ImportMarks => say("استيراد علامات…", "Import marks…"),
        Action::ExportMarks => say("تصدير العلامات…", "Export marks…"),
        Action::ByStories => words.by_stories(),
        Action::Order(order) => match order {
            HitOrder::Relevance => say("الترتيب: الأوثق صلة", "Sort by best match"),
            HitOrder::Newest => say("الترتيب: الأحدث أولًا", "Sort by date, newest first"),
            HitOrder::Oldest => say("الترتيب: الأقدم أولًا", "Sort by date, oldest first"),
            HitOrder::Title => say("الترتيب: العنوان", "Sort by title"),
            HitOrder::Source => say("الترتيب: المصدر", "Sort by source"),
        },
        Action::Export => export::word(words, Word::Menu),
        Action::Cite => export::word(words, Word::Cite),
        Action::CiteIn(style) => export::cite_in(words, style),
        Action::ClearAll => say("إلغاء البحث والمرشّحات", "Clear the search and all filters"),
        Action::Period => say("تحديد مدة: من – إلى", "Choose a period: from – to"),
        Action::Searches => words.searches(),
        Action::Pictures => say("صور المقال", "Pictures of the article"),
        Action::OpenOriginal => say("فتح الملف الأصلي للمقال", "Open the article's file"),
        Action::ShowInFolder => say("إظهار ملف المقال في مجلده", "Show the article's file in its folder"),
        Action::OpenAddress => say("عنوان المقال على الشبكة", "The article's address on the web"),
        Action::ReadingMode => say("وضع القراءة: المقال وحده", "Reading mode: the article alone"),
        Action::ToggleList => say("إظهار القائمة أو إخفاؤها", "Show or hide the list"),
        Action::ToggleFacets => say("إظهار لوحة الأسماء أو إخفاؤها", "Show or hide the names panel"),
        Action::ResizeList => say(
            "عرض القائمة: توسيع وتضييق بالسهمين",
            "Width of the list: wider and narrower by the arrow keys",
        ),
        Action::ResizeFacets => say(
            "عرض لوحة الأسماء: توسيع وتضييق بالسهمين",
            "Width of the names panel: wider and narrower by the arrow keys",
        ),
        Action::LargerText => say("تكبير نص المقال", "Larger article text"),
        Action::SmallerText => say("تصغير نص المقال", "Smaller article text"),
        Action::ShowLeftOut => words.show_left_out(),
        Action::SaveChart(ChartKind::Timeline) => say("حفظ الخط الزمني صورةً", "Save the timeline as a picture"),
        Action::SaveChart(ChartKind::Names) => say(
            "حفظ رسم هذا الاسم عبر الزمن صورةً",
            "Save the profile’s chart as a picture",
        ),
        Action::SaveChart(ChartKind::Top(facet)) => match facet {
            Facet::Person => say("حفظ أكثر الأشخاص ورودًا صورةً", "Save the top people as a picture"),
            Facet::Organisation => say("حفظ أكثر الجهات ورودًا صورةً", "Save the top organisations as a picture"),
            Facet::Place => say("حفظ أكثر الأماكن ورودًا صورةً", "Save the top places as a picture"),
            Facet::Source => say("حفظ أكثر المصادر مقالاتٍ صورةً", "Save the top sources as a picture"),
            Facet::Keyword | Facet::Date | Facet::Language | Facet::Folder | Facet::Format | Facet::Mark => {
                say("حفظ أكثر الكلمات الدلالية صورةً", "Save the top keywords as a picture")
            }
        },
        Action::Undo => say("التراجع عن آخر تصحيح أو علامة", "Undo the last correction or mark"),
        Action::Corrections => words.corrections(),
        Action::Suggestions => words.suggestions(),
        Action::OpenFolder => words.open_folder(),
        Action::Update => words.refresh(),
        Action::FilesNotRead => words.files_not_read(),
        Action::RecogniseScans => words.recognise_scans(),
        Action::Forget => words.forget_menu(),
        Action::Theme(ThemeChoice::System) => say("المظهر: كالنظام", "Theme: as the system"),
        Action::Theme(ThemeChoice::Light) => say("المظهر: فاتح", "Theme: light"),
        Action::Theme(ThemeChoice::Dark) => say("المظهر: داكن", "Theme: dark"),
        Action::Theme(ThemeChoice::HighContrast) => say("المظهر: تباين عالٍ", "Theme: high contrast"),
        Action::Language => words.switch_language(),
        Action::Settings => words.settings(),
        Action::Keys => words.shortcuts(),
    }
}
