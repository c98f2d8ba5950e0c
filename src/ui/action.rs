//! What can be done from anywhere in the window: the palette lists it, keys do it, the dialog of keys tells it.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::index::{Facet, HitOrder};
use crate::state::{ChartKind, CitationStyle, ThemeChoice};

/// Something that can be done from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// List what can be done.
    Palette,
    /// Go to the search field.
    Search,
    /// Open the field that finds in the article.
    FindInArticle,
    /// Go to the next place found in the article.
    FindNext,
    /// Go to the place found before.
    FindPrevious,
    /// Read the next article of the list.
    NextArticle,
    /// Read the previous one.
    PreviousArticle,
    /// Read the first one.
    FirstArticle,
    /// Go to the next mention of what was chosen, or of anything.
    NextMention,
    /// Go to the mention before.
    PreviousMention,
    /// Go to what was looked at before.
    Back,
    /// Undo that.
    Forward,
    /// Bring the keyboard to the next pane.
    NextPane,
    /// Bring it to the pane before.
    PreviousPane,
    /// Bring the keyboard to the handle at the edge of the list.
    ResizeList,
    /// Bring it to the handle at the edge of the facets.
    ResizeFacets,
    /// Show the words found in their lines, or the articles.
    Lines,
    /// Show who appears with whom, or close that.
    Network,
    /// Show the notes and highlights of what was found, or the articles.
    Marks,
    /// Give what is picked a star, or take it away.
    Star,
    /// Count it as read, or as unread.
    Read,
    /// Choose its tags.
    Tags,
    /// Write a note on it.
    Note,
    /// Highlight what is selected in the article.
    Highlight,
    /// Pick all that was found.
    PickAll,
    /// Pick none.
    PickNone,
    /// Leave out what was read, or no more.
    HideRead,
    /// Add another's marks.
    ImportMarks,
    /// Write the marks to a file.
    ExportMarks,
    /// Whether copies of a story are one row.
    ByStories,
    /// List the articles in this order.
    Order(HitOrder),
    /// Write articles to a file.
    Export,
    /// Put a reference to the article on the clipboard.
    Cite,
    /// The same in this style, which is used from then on.
    CiteIn(CitationStyle),
    /// Drop all that was searched for and chosen.
    ClearAll,
    /// Put the caret into the fields of the period.
    Period,
    /// The saved and the recent searches.
    Searches,
    /// The article alone.
    ReadingMode,
    /// Show the pictures of the article, large.
    Pictures,
    /// Open what the article was read from.
    OpenOriginal,
    /// Show its file in its folder.
    ShowInFolder,
    /// Open its address on the web.
    OpenAddress,
    /// Show or hide the list.
    ToggleList,
    /// Show or hide the facets.
    ToggleFacets,
    /// Larger text in the reader.
    LargerText,
    /// Smaller text.
    SmallerText,
    /// Show or hide what was left out of the article.
    ShowLeftOut,
    /// Write counts on the screen to a file as a picture.
    SaveChart(ChartKind),
    /// Take back the last correction.
    Undo,
    /// The corrections of names.
    Corrections,
    /// The names that may be one.
    Suggestions,
    /// Open a folder.
    OpenFolder,
    /// Look for new and changed files.
    Update,
    /// The files that were not read.
    FilesNotRead,
    /// Recognise the text of scans, or no more.
    RecogniseScans,
    /// Forget the archive.
    Forget,
    /// The colours of the window.
    Theme(ThemeChoice),
    /// The other language.
    Language,
    /// The settings.
    Settings,
    /// What the keys do.
    Keys,
}

impl Action {
    /// All of them, in the order of the palette and of the dialog of keys.
    pub const ALL: [Self; 76] = [
        Self::Palette,
        Self::Search,
        Self::FindInArticle,
        Self::FindNext,
        Self::FindPrevious,
        Self::NextArticle,
        Self::PreviousArticle,
        Self::FirstArticle,
        Self::NextMention,
        Self::PreviousMention,
        Self::Back,
        Self::Forward,
        Self::NextPane,
        Self::PreviousPane,
        Self::Lines,
        Self::Network,
        Self::Marks,
        Self::Star,
        Self::Read,
        Self::Tags,
        Self::Note,
        Self::Highlight,
        Self::PickAll,
        Self::PickNone,
        Self::HideRead,
        Self::ImportMarks,
        Self::ExportMarks,
        Self::Searches,
        Self::Period,
        Self::ClearAll,
        Self::ByStories,
        Self::Order(HitOrder::Relevance),
        Self::Order(HitOrder::Newest),
        Self::Order(HitOrder::Oldest),
        Self::Order(HitOrder::Title),
        Self::Order(HitOrder::Source),
        Self::Export,
        Self::Cite,
        Self::CiteIn(CitationStyle::Arabic),
        Self::CiteIn(CitationStyle::Apa),
        Self::CiteIn(CitationStyle::Chicago),
        Self::CiteIn(CitationStyle::Mla),
        Self::Pictures,
        Self::OpenOriginal,
        Self::ShowInFolder,
        Self::OpenAddress,
        Self::ReadingMode,
        Self::ToggleList,
        Self::ToggleFacets,
        Self::ResizeList,
        Self::ResizeFacets,
        Self::LargerText,
        Self::SmallerText,
        Self::ShowLeftOut,
        Self::SaveChart(ChartKind::Timeline),
        Self::SaveChart(ChartKind::Names),
        Self::SaveChart(ChartKind::Top(Facet::Person)),
        Self::SaveChart(ChartKind::Top(Facet::Organisation)),
        Self::SaveChart(ChartKind::Top(Facet::Place)),
        Self::SaveChart(ChartKind::Top(Facet::Source)),
        Self::SaveChart(ChartKind::Top(Facet::Keyword)),
        Self::Undo,
        Self::Corrections,
        Self::Suggestions,
        Self::OpenFolder,
        Self::Update,
        Self::FilesNotRead,
        Self::RecogniseScans,
        Self::Forget,
        Self::Theme(ThemeChoice::System),
        Self::Theme(ThemeChoice::Light),
        Self::Theme(ThemeChoice::Dark),
        Self::Theme(ThemeChoice::HighContrast),
        Self::Language,
        Self::Settings,
        Self::Keys,
    ];

    /// The keys that do it, in a window that is read in this direction: back is where reading comes from.
    pub fn shortcut(self, is_rtl: bool) -> Option<KeyboardShortcut> {
        const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        let (back, forward) = match is_rtl {
            true => (Key::ArrowRight, Key::ArrowLeft),
            false => (Key::ArrowLeft, Key::ArrowRight),
        };
        let (modifiers, key) = match self {
            Self::Palette => (Modifiers::COMMAND, Key::K),
            Self::Search => (Modifiers::COMMAND, Key::L),
            Self::FindInArticle => (Modifiers::COMMAND, Key::F),
            Self::FindNext => (Modifiers::NONE, Key::F3),
            Self::FindPrevious => (Modifiers::SHIFT, Key::F3),
            Self::NextArticle => (Modifiers::COMMAND, Key::ArrowDown),
            Self::PreviousArticle => (Modifiers::COMMAND, Key::ArrowUp),
            Self::FirstArticle => (Modifiers::ALT, Key::Home),
            Self::ShowLeftOut => (Modifiers::NONE, Key::F9),
            Self::NextMention => (Modifiers::ALT, Key::ArrowDown),
            Self::PreviousMention => (Modifiers::ALT, Key::ArrowUp),
            Self::Back => (Modifiers::ALT, back),
            Self::Forward => (Modifiers::ALT, forward),
            Self::NextPane => (Modifiers::NONE, Key::F6),
            Self::PreviousPane => (Modifiers::SHIFT, Key::F6),
            Self::Lines => (Modifiers::COMMAND, Key::J),
            Self::Network => (Modifiers::COMMAND, Key::G),
            Self::Marks => (Modifiers::COMMAND, Key::M),
            Self::Searches => (Modifiers::COMMAND, Key::D),
            Self::Period => (CTRL_SHIFT, Key::D),
            Self::Export => (Modifiers::COMMAND, Key::E),
            Self::Cite => (Modifiers::COMMAND, Key::R),
            Self::ClearAll => (CTRL_SHIFT, Key::L),
            Self::Pictures => (Modifiers::COMMAND, Key::I),
            Self::OpenOriginal => (CTRL_SHIFT, Key::O),
            Self::ShowInFolder => (CTRL_SHIFT, Key::E),
            Self::OpenAddress => (CTRL_SHIFT, Key::U),
            Self::ReadingMode => (Modifiers::NONE, Key::F11),
            Self::ToggleList => (Modifiers::COMMAND, Key::B),
            Self::ToggleFacets => (CTRL_SHIFT, Key::B),
            Self::Undo => (Modifiers::COMMAND, Key::Z),
            Self::OpenFolder => (Modifiers::COMMAND, Key::O),
            Self::Update => (Modifiers::NONE, Key::F5),
            Self::Settings => (Modifiers::COMMAND, Key::Comma),
            Self::Keys => (Modifiers::NONE, Key::F1),
            Self::ByStories
            | Self::Star
            | Self::Read
            | Self::Tags
            | Self::Note
            | Self::Highlight
            | Self::PickAll
            | Self::PickNone
            | Self::HideRead
            | Self::ImportMarks
            | Self::ExportMarks
            | Self::ResizeList
            | Self::ResizeFacets
            | Self::Order(_)
            | Self::SaveChart(_)
            | Self::CiteIn(_)
            | Self::LargerText
            | Self::SmallerText
            | Self::Corrections
            | Self::Suggestions
            | Self::FilesNotRead
            | Self::RecogniseScans
            | Self::Forget
            | Self::Theme(_)
            | Self::Language => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// The key that does it in the list and in the reader, by its place on a Latin keyboard.
    pub fn letter(self) -> Option<&'static str> {
        match self {
            Self::Star => Some("S"),
            Self::Read => Some("R"),
            Self::Tags => Some("T"),
            Self::Note => Some("N"),
            Self::Highlight => Some("H"),
            _ => None,
        }
    }

    /// The keys as they are shown, from left to right in every language; empty without keys.
    pub fn keys(self, is_rtl: bool) -> String {
        let Some(KeyboardShortcut { modifiers, logical_key }) = self.shortcut(is_rtl) else {
            return String::new();
        };
        let mut keys = String::new();
        for (is_held, name) in [
            (modifiers.command, if cfg!(target_os = "macos") { "⌘" } else { "Ctrl+" }),
            (modifiers.alt, "Alt+"),
            (modifiers.shift, "Shift+"),
        ] {
            if is_held {
                keys.push_str(name);
            }
        }
        keys.push_str(match logical_key {
            Key::ArrowDown => "↓",
            Key::ArrowUp => "↑",
            Key::ArrowLeft => "←",
            Key::ArrowRight => "→",
            Key::Comma => ",",
            key => key.name(),
        });
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_have_the_same_keys() {
        for is_rtl in [true, false] {
            let mut keys: Vec<String> = Action::ALL.iter().map(|it| it.keys(is_rtl)).collect();
            keys.retain(|it| !it.is_empty());
            let n_keys = keys.len();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), n_keys);
        }
        assert_eq!(Action::Back.keys(true), "Alt+→");
        assert_eq!(Action::Back.keys(false), "Alt+←");
        assert_eq!(Action::Settings.keys(true), "Ctrl+,");
    }
}
