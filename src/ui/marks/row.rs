//! How marks are shown in a row of the list: a star, tags in their colours, a sign for notes and highlights.

use egui::{Rect, StrokeKind, Ui, pos2, vec2};

use crate::marks::ArticleMarks;
use crate::text::{self, Icon, LineAlign};

use super::super::layout::View;
use super::super::words::{facts, mark};

/// The room of a sign, in points.
const SIGN: f32 = 18.0;

/// So much of the line may be tags.
const MOST_OF_LINE: f32 = 0.5;

/// The marks of a row.
#[derive(Debug, Default)]
pub struct RowMarks<'a> {
    marks: Option<&'a ArticleMarks>,
    /// Whether the row is picked.
    pub is_picked: bool,
}

impl<'a> RowMarks<'a> {
    /// Those of an article.
    pub fn new(marks: Option<&'a ArticleMarks>, is_picked: bool) -> Self {
        Self { marks, is_picked }
    }

    /// Whether it was read.
    pub fn is_read(&self) -> bool {
        self.marks.is_some_and(|it| it.is_read)
    }

    /// What a screen reader says of them; nothing without any.
    pub fn told(&self, view: View<'_>) -> Option<String> {
        let picked = self.is_picked.then(|| mark::picked(view.words).to_owned());
        let marks = self.marks.map(|it| mark::told(view.words, it));
        let told: Vec<String> = picked.into_iter().chain(marks).collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        (!told.is_empty()).then(|| facts(&told))
    }
}

/// Paints the marks at the end of a line, and returns the room that is left of it.
pub fn row_marks_ui(ui: &Ui, view: View<'_>, line: Rect, row: &RowMarks<'_>) -> Rect {
    let palette = view.theme.palette;
    let mut rest = line;
    let mut sign = |icon: Icon, color| {
        let (place, left) = view.direction.split_end(rest, SIGN);
        icon.paint(ui.painter(), place, color, view.direction);
        rest = left;
    };
    if row.is_picked {
        sign(Icon::Tick, palette.accent);
    }
    let Some(marks) = row.marks else { return rest };
    if marks.is_starred {
        sign(Icon::Star, view.theme.neutral);
    }
    if !marks.note.is_empty() || !marks.highlights.is_empty() {
        sign(Icon::Pen, palette.weak_text);
    }
    let style = view.style().size(11.5).color(palette.text);
    let least = line.width() * (1.0 - MOST_OF_LINE);
    for tag in &marks.tags {
        let width = text::measure(ui.ctx(), tag, &style).x.ceil() + 12.0;
        if rest.width() - width < least {
            break;
        }
        let (place, left) = view.direction.split_end(rest, width + 4.0);
        let (chip, _) = view.direction.split_end(place, width);
        let chip = Rect::from_center_size(chip.center(), vec2(width, 17.0));
        let ground = view.theme.highlight(view.state.archive.marks.color_of(tag));
        ui.painter()
            .rect(chip, 8.0, ground, (1.0, palette.outline), StrokeKind::Inside);
        let words = Rect::from_min_max(
            pos2(chip.left() + 6.0, chip.top()),
            pos2(chip.right() - 5.5, chip.bottom()),
        );
        text::paint_line(ui, words, tag, &[], &style, LineAlign::Start);
        rest = left;
    }
    rest
}
