//! All articles of a name, and each sentence that names it: by date, looked up as far as they are scrolled to.

use egui::{Rect, Ui, UiBuilder, pos2, vec2};

use crate::index::Appearance;
use crate::state::{Command, Mentions, NameContext};
use crate::text::{self, LinkRow, QuoteLink, SpanStyle};

use super::super::layout::{View, marks, row_ui};
use super::super::words::{self, count, date};

/// The height of an article's row, in points.
const ROW_HEIGHT: f32 = 28.0;

/// What the list of contexts remembers.
#[derive(Default)]
pub struct ContextsState {
    /// The width that the heights are of, in points.
    width: f32,
    /// Where each context ends below the top of the first one, as far as they were measured.
    ends: Vec<f32>,
    /// The first and the last one, which say whether the others are the same.
    known: Option<(NameContext, usize)>,
}

impl ContextsState {
    /// Measures what came.
    fn follow(&mut self, ui: &Ui, view: View<'_>, contexts: &[NameContext], width: f32) {
        let same = self
            .known
            .as_ref()
            .is_some_and(|(first, n)| contexts.first() == Some(first) && *n <= contexts.len());
        if !same || self.width != width {
            (self.ends, self.width) = (Vec::new(), width);
        }
        self.known = contexts.first().map(|it| (it.clone(), contexts.len()));
        for it in &contexts[self.ends.len().min(contexts.len())..] {
            let (head, marks) = told(view, it);
            let top = self.ends.last().copied().unwrap_or(0.0);
            let quote = QuoteLink {
                head: &head,
                text: &it.sentence,
                marks: &marks,
            };
            self.ends.push(top + text::quote_height(ui.ctx(), quote, width));
        }
    }

    fn top(&self, idx: usize) -> f32 {
        idx.checked_sub(1)
            .and_then(|idx| self.ends.get(idx))
            .copied()
            .unwrap_or(0.0)
    }
}

/// Draws the list of all articles.
pub fn articles_ui(ui: &mut Ui, view: View<'_>, mentions: &Mentions, salt: &str, commands: &mut Vec<Command>) {
    row_ui(ui, view, 34.0, |ui| {
        let told = count::n_articles(view.words, mentions.n_articles() as u64);
        text::line_ui(ui, &told, &view.style().bold());
        order_ui(ui, view, mentions, commands);
    });
    let mut drawn: Option<(usize, usize)> = None;
    text::rows_ui(ui, salt, mentions.n_articles(), ROW_HEIGHT, |ui, idx| {
        drawn = Some((drawn.map_or(idx, |it| it.0), idx + 1));
        match mentions.row(idx) {
            Some(it) => appearance_ui(ui, view, None, it, commands),
            None => {
                text::line_ui(ui, view.words.loading(), &view.weak());
            }
        }
    });
    commands.extend(drawn.map(|(first, end)| Command::ShowMentionRows(first..end)));
}

/// Draws the list of sentences.
pub fn contexts_ui(
    ui: &mut Ui,
    view: View<'_>,
    mentions: &Mentions,
    (salt, it): (&str, &mut ContextsState),
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    let contexts = mentions.contexts();
    let is_done = mentions.n_read() == mentions.n_articles();
    row_ui(ui, view, 34.0, |ui| {
        if mentions.n_read() != 0 {
            let told = count::contexts(words, contexts.len(), mentions.n_read(), mentions.n_articles());
            text::line_ui(ui, &told, &view.style().bold());
        }
        order_ui(ui, view, mentions, commands);
    });
    if contexts.is_empty() {
        commands.push(Command::ShowContexts(0));
        ui.add_space(30.0);
        let told = match (mentions.has_failed, is_done) {
            (true, _) => words.not_read(),
            (false, true) => words.no_contexts(),
            (false, false) => words.loading(),
        };
        text::text_ui(ui, told, &view.style());
        return;
    }
    let mut n_visible = 0;
    text::scroll_area_ui(ui, salt, |ui| {
        let room = ui.available_rect_before_wrap();
        it.follow(ui, view, contexts, room.width());
        let clip = ui.clip_rect();
        // One more on either side, so that the keyboard goes on.
        let first = it
            .ends
            .partition_point(|end| room.top() + end < clip.top())
            .saturating_sub(1);
        let last = it.ends.partition_point(|end| room.top() + end < clip.bottom()) + 2;
        let shown = first..last.min(contexts.len());
        n_visible = shown.end;
        for idx in shown {
            let (head, marks) = told(view, &contexts[idx]);
            let y = (room.top() + it.top(idx)).round()..=(room.top() + it.top(idx + 1)).round();
            let rect = Rect::from_x_y_ranges(room.x_range(), y);
            let mut child = ui.new_child(UiBuilder::new().id_salt((salt, idx)).max_rect(rect));
            let quote = QuoteLink {
                head: &head,
                text: &contexts[idx].sentence,
                marks: &marks,
            };
            if text::quote_link_ui(&mut child, quote).clicked() {
                commands.push(Command::ReadAppearance(contexts[idx].article, contexts[idx].nth));
            }
        }
        let height = it.top(contexts.len());
        let end = pos2(room.right(), room.top() + height);
        ui.advance_cursor_after_rect(Rect::from_min_max(room.min, end));
        if !is_done {
            let told = if mentions.has_failed {
                words.not_read()
            } else {
                words.loading()
            };
            text::line_ui(ui, told, &view.weak());
        }
        ui.add_space(20.0);
    });
    commands.push(Command::ShowContexts(n_visible));
}

/// Whether the newest come first, or the oldest.
fn order_ui(ui: &mut Ui, view: View<'_>, mentions: &Mentions, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
    ui.add_space(10.0);
    for (label, oldest_first) in [(view.words.newest_first(), false), (view.words.oldest_first(), true)] {
        let is_so = mentions.oldest_first == oldest_first;
        if text::radio_ui(ui, label, is_so).clicked() && !is_so {
            commands.push(Command::SortMentions { oldest_first });
        }
    }
}

/// Where a context stands, and the marks in it.
fn told(view: View<'_>, it: &NameContext) -> (String, Vec<SpanStyle>) {
    let published = date::published(view.words, it.published);
    let mut facts = vec![published.as_str()];
    facts.extend(it.source.as_deref());
    facts.push(&it.title);
    (words::facts(&facts), marks(view, &it.marks))
}

/// An article in which the entity appears; it is read when it is clicked.
pub fn appearance_ui(ui: &mut Ui, view: View<'_>, label: Option<&str>, it: &Appearance, commands: &mut Vec<Command>) {
    let date = date::published(view.words, it.published);
    let mut facts = vec![date.as_str()];
    facts.extend(it.source.as_deref());
    let title = match label {
        Some(label) => format!("{label}: {}", words::isolate(&it.title)),
        None => it.title.clone(),
    };
    let row = LinkRow {
        text: &title,
        note: &words::facts(&facts),
        bar: None,
        color: None,
    };
    if text::link_row_ui(ui, row).clicked() {
        commands.push(Command::ReadAppearance(it.article, 0));
    }
}
