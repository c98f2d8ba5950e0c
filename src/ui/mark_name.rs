//! The dialog in which a person marks a name in the text: where it begins and ends, what it names, and where that holds.

use std::mem;

use egui::{Sense, Ui, vec2};

use crate::arabic::Span;
use crate::entities::{ArticleKey, Correction, EntityKind, Scope, word_stops};
use crate::state::Command;
use crate::text::{self, SpanStyle};

use super::dialog_request::MarkedWords;
use super::layout::{View, labelled_ui, row_ui, set_label};
use super::words::{count, isolate};

/// So many letters of the line are shown around the name. Picked by feel.
const AROUND: usize = 70;
/// The height of the line with the name, in points: three lines.
const LINE_HEIGHT: f32 = 92.0;

/// A name that is being marked.
pub struct NameMark {
    marked: MarkedWords,
    /// Where the name is in its line.
    span: Span,
    /// What it is; nothing for no name.
    kind: Option<EntityKind>,
    scope: ScopeChoice,
    /// Whether the button that makes it is to take the keyboard.
    apply_takes_focus: bool,
}

/// Where it is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ScopeChoice {
    Place,
    Article,
    Anywhere,
}

impl NameMark {
    /// A name that is marked at `marked`, or taken for none there.
    pub fn new(marked: MarkedWords, commands: &mut Vec<Command>) -> Self {
        let it = Self {
            span: marked.span,
            kind: marked.kind,
            // What was overlooked in one place of an article mostly was in others; what was found wrongly was found by what
            // stands around it.
            scope: match marked.found {
                None => ScopeChoice::Article,
                Some(_) => ScopeChoice::Place,
            },
            marked,
            apply_takes_focus: true,
        };
        it.preview(commands);
        it
    }

    fn written(&self) -> &str {
        self.span.of(&self.marked.line).unwrap_or_default()
    }

    /// The correction as it is chosen; nothing if it would change nothing.
    fn correction(&self) -> Option<Correction> {
        let (article, line): (ArticleKey, &str) = (self.marked.article.clone(), &self.marked.line);
        let found = self.marked.found;
        let at = |span| match self.scope {
            ScopeChoice::Anywhere => Scope::Anywhere,
            ScopeChoice::Article => Scope::Article(article.clone()),
            ScopeChoice::Place => Scope::place(article.clone(), line, span),
        };
        let Some(kind) = self.kind else {
            let span = self.marked.span;
            let words = span.of(line)?.to_owned();
            return found.map(|_| Correction::UnmarkName { words, at: at(span) });
        };
        let has_other_ends = self.span != self.marked.span;
        if found == Some(kind) && !has_other_ends {
            return None;
        }
        let before = self.marked.span.of(line).filter(|_| found.is_some() && has_other_ends);
        Some(Correction::MarkName {
            words: self.written().to_owned(),
            kind,
            instead_of: before.map(str::to_owned),
            at: at(self.span),
        })
    }

    fn preview(&self, commands: &mut Vec<Command>) {
        commands.push(
            self.correction()
                .map_or(Command::ClosePreview, Command::PreviewCorrection),
        );
    }

    /// Moves one end of the name to the next place where it may lie; nothing where there is none.
    fn moved(&self, is_start: bool, is_longer: bool) -> Option<Span> {
        let (mut starts, mut ends) = word_stops(&self.marked.line);
        starts.sort_unstable();
        ends.sort_unstable();
        let Span { start, end } = self.span;
        let next = match (is_start, is_longer) {
            (true, true) => starts.into_iter().rfind(|it| *it < start).map(|it| (it, end)),
            (true, false) => starts.into_iter().find(|it| start < *it).map(|it| (it, end)),
            (false, true) => ends.into_iter().find(|it| end < *it).map(|it| (start, it)),
            (false, false) => ends.into_iter().rfind(|it| *it < end).map(|it| (start, it)),
        };
        next.filter(|(start, end)| start < end)
            .map(|(start, end)| Span::new(start, end))
    }
}

/// Draws the form; returns whether it is done with.
pub fn mark_name_ui(ui: &mut Ui, view: View<'_>, it: &mut NameMark, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let before = (it.span, it.kind, it.scope);
    line_ui(ui, view, it);
    if it.kind.is_some() {
        ends_ui(ui, view, it);
    }
    labelled_ui(ui, view, words.kind(), |ui| {
        let no_name = it.marked.found.map(|_| None);
        for kind in EntityKind::ALL.map(Some).into_iter().chain(no_name) {
            let label = kind.map_or(words.no_name(), |it| words.entity_kind(it));
            if text::radio_ui(ui, label, it.kind == kind).clicked() {
                it.kind = kind;
            }
        }
    });
    labelled_ui(ui, view, words.holds_for(), |ui| {
        for (scope, label) in [
            (ScopeChoice::Place, words.only_here()),
            (ScopeChoice::Article, words.in_this_article()),
            (ScopeChoice::Anywhere, words.wherever_it_stands()),
        ] {
            if text::radio_ui(ui, label, it.scope == scope).clicked() {
                it.scope = scope;
            }
        }
    });
    if (it.span, it.kind, it.scope) != before {
        it.preview(commands);
    }
    let correction = it.correction();
    preview_ui(ui, view, correction.as_ref());
    let mut is_done = false;
    row_ui(ui, view, 42.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let apply = ui.add_enabled_ui(correction.is_some(), |ui| text::primary_button_ui(ui, words.apply()));
        if mem::take(&mut it.apply_takes_focus) {
            apply.inner.request_focus();
        }
        if apply.inner.clicked() {
            commands.extend(correction.map(Command::Correct));
            is_done = true;
        }
        is_done |= text::button_ui(ui, words.cancel()).clicked();
    });
    is_done
}

/// The name in its sentence.
fn line_ui(ui: &mut Ui, view: View<'_>, it: &NameMark) {
    let line = &it.marked.line;
    let n_left_out = line[..it.span.start].chars().count().saturating_sub(AROUND);
    let first = line.char_indices().nth(n_left_out).map_or(0, |(at, _)| at);
    let shown = if first == 0 {
        line.clone()
    } else {
        format!("…{}", &line[first..])
    };
    let offset = shown.len() - (line.len() - first);
    let in_shown = |at: usize| at - first + offset;
    let span = SpanStyle {
        span: Span::new(in_shown(it.span.start), in_shown(it.span.end)),
        color: it.kind.map(|kind| view.theme.entity(kind)),
        background: Some(view.theme.palette.mark),
        ..SpanStyle::default()
    };
    let size = vec2(ui.available_width(), LINE_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let style = view.style().size(16.0);
    text::paint_lines(
        ui,
        rect,
        &shown,
        &[span],
        &style,
        text::Direction::of(line).unwrap_or(view.direction),
        3,
    );
    text::name(&response, &shown);
}

/// The buttons that move the name's ends.
fn ends_ui(ui: &mut Ui, view: View<'_>, it: &mut NameMark) {
    let words = view.words;
    for (is_start, label) in [(true, words.its_start()), (false, words.its_end())] {
        labelled_ui(ui, view, label, |ui| {
            for (is_longer, name) in [(true, words.longer()), (false, words.shorter())] {
                let moved = it.moved(is_start, is_longer);
                let button = ui.add_enabled_ui(moved.is_some(), |ui| text::button_ui(ui, name)).inner;
                set_label(ui, &button, &[label, name]);
                if button.clicked() {
                    it.span = moved.unwrap_or(it.span);
                }
            }
        });
    }
}

/// What the correction says, and in how many articles the words stand if it holds in all.
fn preview_ui(ui: &mut Ui, view: View<'_>, correction: Option<&Correction>) {
    let words = view.words;
    let preview = view.state.archive.correcting.preview.as_ref();
    let preview = preview.filter(|(of, _)| Some(of) == correction);
    let articles = preview.and_then(|(_, preview)| preview.value.as_ref()?.articles);
    let told = match (correction, articles) {
        (None, _) => words.nothing_changes().to_owned(),
        (Some(_), Some(n)) => count::stands_in(words, n),
        (Some(Correction::MarkName { words: marked, .. } | Correction::UnmarkName { words: marked, .. }), None) => {
            isolate(marked)
        }
        (Some(_), None) => String::new(),
    };
    row_ui(ui, view, 30.0, |ui| text::line_ui(ui, &told, &view.weak()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(line: &str, written: &str, found: Option<EntityKind>, kind: Option<EntityKind>) -> NameMark {
        let start = line.find(written).unwrap();
        let marked = MarkedWords {
            article: ArticleKey {
                file: "خبر.txt".to_owned(),
                record: 0,
            },
            line: line.to_owned(),
            span: Span::new(start, start + written.len()),
            found,
            kind,
        };
        NameMark::new(marked, &mut Vec::new())
    }

    #[test]
    fn the_ends_of_a_name_move_by_words_and_by_clitics() {
        let person = Some(EntityKind::Person);
        let mut it = mark("قال وبشير حماد أمس", "حماد", person, person);
        assert_eq!(it.correction(), None);
        for expected in ["بشير حماد", "وبشير حماد"] {
            it.span = it.moved(true, true).unwrap();
            // Behind «وب» no word of three letters is left but «شير», which is one.
            if it.written() == "شير حماد" {
                it.span = it.moved(true, true).unwrap();
            }
            assert_eq!(it.written(), expected);
        }
        it.span = it.moved(true, false).unwrap();
        it.span = it.moved(false, true).unwrap();
        assert_eq!(it.written(), "بشير حماد أمس");
        it.span = it.moved(false, false).unwrap();
        let Some(Correction::MarkName {
            words, instead_of, at, ..
        }) = it.correction()
        else {
            panic!("{:?}", it.correction());
        };
        assert_eq!((words.as_str(), instead_of.as_deref()), ("بشير حماد", Some("حماد")));
        assert!(matches!(at, Scope::Place { .. }));
    }

    #[test]
    fn what_is_no_name_is_unmarked_as_it_was_found() {
        let person = Some(EntityKind::Person);
        let it = mark("قال كود إن", "كود", person, None);
        assert!(matches!(it.correction(), Some(Correction::UnmarkName { words, .. }) if words == "كود"));
        let it = mark("قال كود إن", "كود", None, None);
        assert_eq!(it.correction(), None);
    }
}
