//! The paragraphs of a word processor's document, whatever format it is in, and what becomes of them.

use crate::arabic::letter;
use crate::archive::article::{Problem, SectionKind};
use crate::archive::phrase;
use crate::archive::reason::Reason;
use crate::archive::record::{Content, Hints, Outcome, PageLine, Record, Refusal, Sink};

use super::metadata;

/// What stands between the cells of a table's row.
const BETWEEN_CELLS: &str = " | ";

/// A document that was read.
#[derive(Default)]
pub struct Document {
    /// Its lines, with their kinds as far as its styles say them.
    pub lines: Vec<PageLine>,
    /// The title and the keywords that it states beside its text.
    pub title: Option<String>,
    pub keywords: Option<String>,
    /// The encoding of its text, by its usual name.
    pub encoding: &'static str,
    /// Whether bytes that could not be decoded became U+FFFD.
    pub has_errors: bool,
    pub problems: Vec<Problem>,
}

/// Passes on a document up to its damage, if it has any. Who wrote it and when is not said of the article in it: that is
/// an account of the computer's, and the day on which the document was made.
pub fn emit(sink: &mut dyn Sink, mut document: Document, damage: Option<Refusal>) -> Outcome {
    let lines = &mut document.lines;
    lines.retain(|(line, _)| !line.trim().is_empty());
    if lines.is_empty() {
        return Err(damage.unwrap_or(Reason::Empty.into()).into());
    }
    let mut hints = Hints::default();
    // Templates leave titles there that are nobody's; one in Arabic was written for this document.
    let stated = document.title.filter(|it| it.chars().any(letter::is_arabic_letter));
    if let Some(title) = stated {
        let is_there = lines.iter().any(|(line, _)| *line == title);
        let has_title = lines.iter().any(|(_, kind)| *kind == Some(SectionKind::Title));
        if is_there || !has_title {
            hints.title = Some(title);
        }
    }
    hints.keywords = document
        .keywords
        .map(|it| metadata::split_keywords(&it))
        .unwrap_or_default();
    hints.problems = document.problems;
    sink.emit(Record {
        content: Content::Lines(document.lines),
        hints,
        encoding: document.encoding,
        has_errors: document.has_errors,
        fields: Vec::new(),
    })?;
    damage.map_or(Ok(()), |it| Err(it.into()))
}

/// A line of a note at the foot of a page or at the end: text of the article, whatever it looks like, that stands in no
/// sentence of it.
pub fn note(line: String) -> PageLine {
    (line, Some(SectionKind::Body))
}

/// What a paragraph of the style with this name is.
pub fn style_kind(name: &str) -> Option<SectionKind> {
    let name = name.to_lowercase().replace(' ', "");
    match name.as_str() {
        "title" | "heading1" | "العنوان" | "العنوان1" | "عنوان1" => Some(SectionKind::Title),
        "caption" => Some(SectionKind::Caption),
        "header" | "footer" => Some(SectionKind::Boilerplate),
        _ if name.starts_with("heading") || name == "subtitle" => Some(SectionKind::Subheading),
        _ => None,
    }
}

/// Gathers paragraphs; those of a text box or a note stand within another.
#[derive(Default)]
pub struct Paragraphs {
    lines: Vec<PageLine>,
    /// The lines of notes, which stand within paragraphs, and how many notes are open.
    notes: Vec<PageLine>,
    n_notes: usize,
    open: Vec<(String, Option<SectionKind>)>,
    has_title: bool,
    /// The cells of the row that has begun, and the lines of the one after them.
    cells: Vec<Vec<PageLine>>,
    cell: Vec<PageLine>,
}

impl Paragraphs {
    /// Begins a paragraph, within the one that is open.
    pub fn start(&mut self, kind: Option<SectionKind>) {
        self.open.push((String::new(), kind));
    }

    /// Adds to the paragraph that was begun last.
    pub fn push(&mut self, text: &str) {
        if let Some((line, _)) = self.open.last_mut() {
            line.push_str(text);
        }
    }

    /// Says what the paragraph is that was begun last.
    pub fn set_kind(&mut self, kind: Option<SectionKind>) {
        if let Some((_, of_paragraph)) = self.open.last_mut() {
            *of_paragraph = kind;
        }
    }

    /// Begins a note: the paragraphs up to its end are the note's.
    pub fn start_note(&mut self) {
        self.n_notes += 1;
    }

    /// Ends a note.
    pub fn end_note(&mut self) {
        self.n_notes = self.n_notes.saturating_sub(1);
    }

    /// Ends the paragraph that was begun last.
    pub fn end(&mut self) {
        if self.n_notes == 0 {
            self.end_row();
        }
        for (line, kind) in self.ended() {
            self.add(line, kind);
        }
    }

    /// Ends the paragraph that was begun last, in a cell.
    pub fn end_in_cell(&mut self) {
        let lines = self.ended();
        match self.n_notes {
            0 => self.cell.extend(lines),
            _ => lines.into_iter().for_each(|(line, kind)| self.add(line, kind)),
        }
    }

    /// Ends a cell with the paragraph that was begun last.
    pub fn end_cell(&mut self) {
        self.end_in_cell();
        let cell = std::mem::take(&mut self.cell);
        self.cells.push(cell);
    }

    /// Ends a row: one line, unless a cell has several. A table may be there for the layout of a page, and have articles in
    /// its cells.
    pub fn end_row(&mut self) {
        let mut cells = std::mem::take(&mut self.cells);
        cells.push(std::mem::take(&mut self.cell));
        cells.retain(|it| !it.is_empty());
        if 2 <= cells.len() && cells.iter().all(|it| it.len() == 1) {
            let cells: Vec<String> = cells.into_iter().flatten().map(|(line, _)| line).collect();
            self.add(cells.join(BETWEEN_CELLS), None);
            return;
        }
        for (line, kind) in cells.into_iter().flatten() {
            self.add(line, kind);
        }
    }

    /// Ends all that is open. Returns the lines, those of notes behind the others.
    pub fn finish(mut self) -> Vec<PageLine> {
        while !self.open.is_empty() {
            self.end();
        }
        self.end_row();
        self.lines.append(&mut self.notes);
        self.lines
    }

    /// Takes away the paragraph that was begun last: its lines that are not empty.
    fn ended(&mut self) -> Vec<PageLine> {
        let (text, kind) = self.open.pop().unwrap_or_default();
        let lines = text.split('\n').map(str::trim).filter(|it| !it.is_empty());
        lines.map(|line| (line.to_owned(), kind)).collect()
    }

    fn add(&mut self, line: String, kind: Option<SectionKind>) {
        if self.n_notes != 0 {
            self.notes.push(note(line));
            return;
        }
        let kind = match kind {
            // Of several headings of the first level the others are sub-headings.
            Some(SectionKind::Title) if self.has_title => Some(SectionKind::Subheading),
            kind => kind,
        };
        // What is known by its words is not a heading of the article: «إقرأ أيضاً».
        let is_known = phrase::marker(&line).is_some();
        self.has_title |= kind == Some(SectionKind::Title);
        self.lines.push((line, kind.filter(|_| !is_known)));
    }
}
