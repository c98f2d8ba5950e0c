//! What a reader remembers between frames.

use egui::{Rect, Ui, vec2};

use crate::arabic::Span;

use super::super::engine::n_found_faces;
use super::layout::Page;
use super::model::{Block, Document, Found, Place, Selection, SelectionUnit};

/// What a reader remembers between frames.
#[derive(Default)]
pub struct ReaderState {
    /// How the text is set: [`super::ReaderOptions::key`].
    key: Option<u64>,
    /// Which text it is: [`super::ReaderOptions::text`].
    text: Option<u64>,
    n_found_faces: usize,
    /// The text.
    pub(super) document: Document,
    /// The text as it is set.
    pub(super) page: Page,
    /// How far it is scrolled, in points.
    pub(super) offset: f64,
    /// How high the view was when it was drawn last, in points.
    pub(super) view_height: f32,
    pub(super) selection: Option<Selection>,
    /// The selection that was offered for pasting with the middle button.
    pub(super) settled: String,
    pub(super) found: Found,
    /// Whether the current hit is still to be brought into view.
    pub(super) hit_comes_into_view: bool,
    /// The link that the keyboard is at.
    pub(super) link: Option<u64>,
    /// Whether it is still to be brought into view.
    pub(super) link_comes_into_view: bool,
    /// The piece of the caller's text that is marked.
    pub(super) marked: Option<Span>,
    /// Whether it is still to be brought into view.
    marked_comes_into_view: bool,
    /// What is to stand at the top of the view.
    wanted_top: Option<Place>,
    /// The link on which the menu was opened.
    pub(super) menu_link: Option<u64>,
}

impl ReaderState {
    /// Looks for `query` in the text, in any spelling; the first hit at or below the top of the view is the current
    /// one. An empty query finds nothing.
    pub fn find(&mut self, query: &str) {
        self.found.find(query, &self.document);
        let offset = self.offset as f32;
        let is_below = |(block, _): &(usize, _)| {
            let laid = self.page.laid.get(*block);
            laid.is_some_and(|it| offset <= it.top + it.height)
        };
        self.found.current = self.found.hits.iter().position(is_below).unwrap_or(0);
        self.hit_comes_into_view = !self.found.hits.is_empty();
    }

    /// Makes the next hit the current one, or the one before; around the ends.
    pub fn find_next(&mut self, forward: bool) {
        self.found.step(forward);
        self.hit_comes_into_view = !self.found.hits.is_empty();
    }

    /// The current hit, counted from 1, and how many there are. Both are 0 if nothing was found.
    pub fn find_count(&self) -> (usize, usize) {
        self.found.count()
    }

    /// Brings a link into view and marks it: the keyboard is at it from now on.
    pub fn go_to_link(&mut self, link: u64) {
        self.link = Some(link);
        self.link_comes_into_view = true;
    }

    /// Marks a piece of the text that the blocks are taken from, and brings it into view; or marks none.
    pub fn mark(&mut self, span: Option<Span>) {
        self.marked = span;
        self.marked_comes_into_view = span.is_some();
    }

    /// What stands at the top of the view: a block, counted from 0, and a byte of its text.
    pub fn top(&self) -> (usize, usize) {
        if self.offset <= 0.0 {
            return (0, 0);
        }
        let start = if self.page.is_rtl { self.page.width } else { 0.0 };
        let place = self.page.place_at(vec2(start, self.offset as f32 + 1.0));
        (place.block, place.byte)
    }

    /// Where in the text that the blocks are taken from the selection begins, or what stands at the top of the view; of what
    /// is not from there, what follows it.
    pub fn source_in_view(&self) -> Option<usize> {
        let place = self.selection_range().map(|(start, _)| (start.block, start.byte));
        let (block, byte) = place.unwrap_or_else(|| self.top());
        let mut blocks = self.document.blocks.iter().enumerate().skip(block);
        blocks.find_map(|(idx, it)| Some(it.source? + if idx == block { byte } else { 0 }))
    }

    /// Scrolls so that this stands at the top of the view; see [`ReaderState::top`].
    pub fn return_to(&mut self, (block, byte): (usize, usize)) {
        self.wanted_top = Some(Place { block, byte });
    }

    /// Scrolls by most of a view, up where not `forward`. Returns whether there was anything left to scroll.
    pub fn scroll_page(&mut self, forward: bool) -> bool {
        let max = (f64::from(self.page.height) - f64::from(self.view_height)).max(0.0);
        let page = f64::from(self.view_height) * 0.9;
        let before = self.offset;
        self.offset = (before + if forward { page } else { -page }).clamp(0.0, max);
        self.offset != before
    }

    /// The link that the keyboard is at.
    pub fn current_link(&self) -> Option<u64> {
        self.link
    }

    /// The selected text in logical order, a line a block.
    pub fn selected_text(&self) -> String {
        let selection = self.selection.as_ref();
        selection.map_or_else(String::new, |it| it.text(&self.document))
    }

    /// The block in which the selection begins, and the selected piece of it, without white space around; nothing if it is
    /// empty.
    pub fn selected_in_block(&self) -> Option<(&str, Span)> {
        let (start, _) = self.selection_range()?;
        let selected = self.selection.as_ref()?.in_block(start.block, &self.document)?;
        let text = self.document.text(start.block);
        let span = Span::from(selected).trimmed(text);
        (!span.is_empty()).then_some((text, span))
    }

    /// The selected piece of the text that the blocks are taken from; nothing if none of it is selected.
    pub fn selected_source(&self) -> Option<Span> {
        let (start, end) = self.selection_range()?;
        let blocks = self.document.blocks.iter().enumerate();
        let mut pieces = blocks.take(end.block + 1).skip(start.block).filter_map(|(idx, block)| {
            let source = block.source?;
            let from = if idx == start.block { start.byte } else { 0 };
            let until = if idx == end.block { end.byte } else { block.text.len() };
            (from < until).then(|| Span::new(source + from, source + until))
        });
        let first = pieces.next()?;
        let last = pieces.next_back().unwrap_or(first);
        (first.start < last.end).then(|| Span::new(first.start, last.end))
    }

    /// What is selected in the order of the text; nothing if it is empty.
    pub(super) fn selection_range(&self) -> Option<(Place, Place)> {
        self.selection.as_ref()?.range(&self.document)
    }

    pub(super) fn select_all(&mut self) {
        self.selection = Some(Selection::all(&self.document));
    }

    /// Shows other blocks where `key` is a new one: at their top where `text` is too, else where it was. Returns whether
    /// they were replaced.
    pub(super) fn show(&mut self, key: u64, text: u64, blocks: impl FnOnce() -> Vec<Block>) -> bool {
        if self.key == Some(key) {
            return false;
        }
        let at_link = self.link.and_then(|link| self.document.span_of_link(link));
        self.key = Some(key);
        self.document = Document { blocks: blocks() };
        self.selection = None;
        self.found.find_again(&self.document);
        if self.text != Some(text) {
            self.text = Some(text);
            self.offset = 0.0;
            // One that was asked for already is of this text.
            self.link = self.link.filter(|_| self.link_comes_into_view);
        } else if !self.link_comes_into_view {
            // The links may have other numbers now; the keyboard stays where it was.
            self.link = at_link.and_then(|place| self.document.link_of_span(place));
        }
        true
    }

    /// Sets the text in its column, where it or the column is another one.
    pub(super) fn set(&mut self, ui: &Ui, width: f32, is_new: bool) {
        let scale = ui.ctx().pixels_per_point();
        let n_found_faces = n_found_faces(ui.ctx());
        if is_new || (self.page.width, self.page.scale, self.n_found_faces) != (width, scale, n_found_faces) {
            self.n_found_faces = n_found_faces;
            self.page = Page::new(ui, &self.document, width, scale);
        }
    }

    /// Scrolls to the hit or the link that was asked for.
    pub(super) fn follow(&mut self, view_height: f32) {
        let margin = view_height / 3.0;
        if let Some(place) = self.wanted_top.take()
            && place != Place::default()
            && let Some(caret) = self.page.caret_at(place)
        {
            let max = (self.page.height - view_height).max(0.0);
            self.offset = f64::from(caret.top().min(max));
        }
        if std::mem::take(&mut self.hit_comes_into_view)
            && let Some((block, span)) = self.found.hits.get(self.found.current).copied()
        {
            let byte = span.start;
            self.bring_into_view(Place { block, byte }, view_height, margin);
        }
        if std::mem::take(&mut self.marked_comes_into_view)
            && let Some((block, span)) = self.marked.and_then(|it| self.document.span_of_source(it))
        {
            let byte = span.start;
            self.bring_into_view(Place { block, byte }, view_height, margin);
        }
        if std::mem::take(&mut self.link_comes_into_view)
            && let Some(place) = self.link.and_then(|link| self.document.place_of_link(link))
        {
            self.bring_into_view(place, view_height, margin);
        }
    }

    /// Scrolls so far that `place` is at least `margin` points from the edges of the view.
    fn bring_into_view(&mut self, place: Place, view_height: f32, margin: f32) {
        let Some(caret) = self.page.caret_at(place) else { return };
        let (low, high) = (caret.bottom() + margin - view_height, caret.top() - margin);
        let max = (self.page.height - view_height).max(0.0);
        self.offset = self
            .offset
            .max(f64::from(low))
            .min(f64::from(high))
            .clamp(0.0, f64::from(max));
    }

    /// Moves the end of the selection; without one it begins at the first block in view.
    pub(super) fn extend(&mut self, view_height: f32, to: impl FnOnce(&Self, Place) -> Place) {
        let offset = self.offset as f32;
        let first = self.page.laid.iter().position(|it| offset <= it.top).unwrap_or(0);
        let start = Place { block: first, byte: 0 };
        let selection = self.selection.unwrap_or(Selection::at(start, SelectionUnit::Letter));
        let focus = to(self, selection.focus);
        self.selection = Some(Selection { focus, ..selection });
        self.bring_into_view(focus, view_height, 8.0);
    }

    /// The place of a link's first piece within the view.
    pub(super) fn rect_of_link(&self, link: u64, origin: egui::Pos2) -> Option<Rect> {
        let rect = self.page.rect_of_link(link, &self.document)?;
        Some(rect.translate(origin.to_vec2()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextStyle;

    fn state(texts: &[&str]) -> ReaderState {
        let style = TextStyle {
            face: crate::text::Face::Naskh,
            size: 18.0,
            bold: false,
            color: egui::Color32::BLACK,
            leading: 1.8,
        };
        let block = |text: &&str| Block::new((*text).to_owned(), style.clone(), 0.0);
        let blocks = texts.iter().map(block).collect();
        ReaderState {
            document: Document { blocks },
            ..ReaderState::default()
        }
    }

    fn selection(anchor: (usize, usize), focus: (usize, usize), unit: SelectionUnit) -> Option<Selection> {
        let place = |(block, byte)| Place { block, byte };
        Some(Selection {
            anchor: place(anchor),
            focus: place(focus),
            unit,
        })
    }

    #[test]
    fn what_is_copied_is_in_logical_order_across_paragraphs() {
        let mut state = state(&["قال (حماد) في 7 مارس 2023", "نعم"]);
        state.select_all();
        assert_eq!(state.selected_text(), "قال (حماد) في 7 مارس 2023\nنعم");
        state.selection = selection((1, 2), (0, "قال ".len()), SelectionUnit::Letter);
        assert_eq!(state.selected_text(), "(حماد) في 7 مارس 2023\nن");
    }

    #[test]
    fn what_is_copied_holds_no_isolates() {
        let mut state = state(&["\u{2068}RT\u{2069}  ·  \u{2068}7 مارس 2023\u{2069}"]);
        state.select_all();
        assert_eq!(state.selected_text(), "RT  ·  7 مارس 2023");
    }

    #[test]
    fn a_selection_grows_by_letters_and_marks_stay_with_theirs() {
        let mut state = state(&["مُحب", "ب"]);
        state.extend(100.0, |it, place| it.document.beside(place, true, false));
        assert_eq!(state.selected_text(), "مُ");
        for _ in 0..4 {
            state.extend(100.0, |it, place| it.document.beside(place, true, false));
        }
        assert_eq!(state.selected_text(), "مُحب\nب");
    }

    #[test]
    fn a_selection_grows_by_words_and_back() {
        let mut state = state(&["قال «مُحمد» نعم", "ثم سكت"]);
        for expected in ["قال", "قال «مُحمد", "قال «مُحمد» نعم"] {
            state.extend(100.0, |it, place| it.document.beside(place, true, true));
            assert_eq!(state.selected_text(), expected);
        }
        state.extend(100.0, |it, place| it.document.beside(place, false, true));
        assert_eq!(state.selected_text(), "قال «مُحمد» ");
    }

    #[test]
    fn a_drag_after_a_double_click_takes_whole_words_in_both_directions() {
        let text = "خرج الوزير من القاعة";
        let mut state = state(&[text, "ثم عاد"]);
        let at = |word| text.find(word).unwrap() + 2;
        state.selection = selection((0, at("الوزير")), (0, at("القاعة")), SelectionUnit::Word);
        assert_eq!(state.selected_text(), "الوزير من القاعة");
        state.selection = selection((0, at("الوزير")), (0, at("خرج")), SelectionUnit::Word);
        assert_eq!(state.selected_text(), "خرج الوزير");
        state.selection = selection((0, 4), (1, 2), SelectionUnit::Paragraph);
        assert_eq!(state.selected_text(), "خرج الوزير من القاعة\nثم عاد");
    }

    #[test]
    fn finding_ignores_spelling_and_goes_around_the_ends() {
        let mut state = state(&["أُعلن الاتفاق", "ثم وُقّع الإتفاقُ، والاتفاق مُلزم"]);
        state.find("الاتفاق");
        assert_eq!(state.find_count(), (1, 3));
        let (block, span) = state.found.hits[1];
        assert_eq!(span.of(state.document.text(block)), Some("الإتفاقُ"));
        state.find_next(false);
        assert_eq!(state.find_count(), (3, 3));
        state.find_next(true);
        assert_eq!(state.find_count(), (1, 3));
        state.find("لا شيء");
        assert_eq!(state.find_count(), (0, 0));
    }

    #[test]
    fn the_keyboard_stays_at_a_link_that_gets_another_number() {
        let mut state = state(&["قال حماد ثم هند", "نعم"]);
        let span = Span::new("قال ".len(), "قال حماد".len());
        state.document.blocks[0].links.push((span, 7));
        state.go_to_link(7);
        let at = state.document.span_of_link(7).unwrap();
        assert_eq!((at, state.current_link()), ((0, span), Some(7)));
        state.document.blocks[0].links[0].1 = 6;
        assert_eq!(
            (state.document.link_of_span(at), state.document.span_of_link(7)),
            (Some(6), None)
        );
        state.document.blocks[0].links.clear();
        assert_eq!(state.document.link_of_span(at), None);
    }
}
