//! The dialog in which a person gives an article's title, date and source.

use std::sync::Arc;

use egui::{Id, Ui};

use crate::arabic::letter::copyable;
use crate::archive::{PublicationDate, parse_date};
use crate::entities::{ArticleKey, Correction, GivenDate, GivenFacts, StatedFacts};
use crate::state::{Command, ReadArticle};
use crate::text::{self, EditKind, EditOptions, EditState};

use super::layout::{View, labelled_ui, row_ui};
use super::words::{Words, date, facts};

/// The facts of an article as they are being given.
pub struct FactsForm {
    article: ArticleKey,
    /// What the file states, as far as that is known.
    stated: StatedFacts,
    /// Whether something of it is corrected already.
    is_corrected: bool,
    fields: [Field; 3],
    /// Whether the first field is to take the keyboard.
    takes_focus: bool,
}

/// A field of the form.
#[derive(Default)]
struct Field {
    text: String,
    edit: EditState,
}

impl FactsForm {
    /// Those of an article, as they are now.
    pub fn new(words: Words<'_>, shown: &Arc<ReadArticle>) -> Self {
        let article = &shown.article;
        let as_shown = || StatedFacts {
            title: article.title.clone(),
            published: article.published,
            source: article.source.clone(),
        };
        let texts = [
            article.title.clone(),
            article.published.map_or_else(String::new, |it| date_text(words, it)),
            article.source.clone().unwrap_or_default(),
        ];
        Self {
            article: ArticleKey::of(article),
            stated: shown.stated.clone().unwrap_or_else(as_shown),
            is_corrected: shown.stated.is_some(),
            fields: texts.map(|text| Field {
                text,
                ..Field::default()
            }),
            takes_focus: true,
        }
    }

    /// What is given; `None` where the date is not understood or there is no title.
    fn given(&self, words: Words<'_>) -> Option<GivenFacts> {
        let [title, date, source] = self.fields.each_ref().map(|it| it.text.trim());
        let stated_date = self
            .stated
            .published
            .map_or_else(String::new, |it| date_text(words, it));
        let date = match date {
            _ if date == stated_date => None,
            "" => Some(GivenDate::Unknown),
            _ => Some(given_date(date)?),
        };
        let stated_source = self.stated.source.as_deref().unwrap_or_default();
        let given = GivenFacts {
            title: Some(title.to_owned()).filter(|it| *it != self.stated.title),
            date,
            source: Some(source.to_owned()).filter(|it| it != stated_source),
        };
        (!title.is_empty()).then_some(given)
    }

    fn correction(&self, facts: GivenFacts) -> Command {
        let article = self.article.clone();
        Command::Correct(Correction::SetFacts { article, facts })
    }
}

/// A date as a text that is understood again.
fn date_text(words: Words<'_>, published: PublicationDate) -> String {
    date::typed(words, published.date, published.precision)
}

/// The date that a text states, as newspapers write it.
fn given_date(text: &str) -> Option<GivenDate> {
    parse_date(text).map(|(date, precision)| GivenDate::Known(date, precision))
}

/// Draws the form; returns whether it is done with.
pub fn article_facts_ui(ui: &mut Ui, view: View<'_>, it: &mut FactsForm, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let labels = [words.title(), words.date(), words.source()];
    let stated = [
        it.stated.title.clone(),
        date::published(words, it.stated.published),
        it.stated.source.clone().unwrap_or_else(|| words.no_source().to_owned()),
    ];
    let is_date = |idx| idx == 1;
    let mut is_submitted = false;
    for (idx, field) in it.fields.iter_mut().enumerate() {
        let label = labels[idx];
        let id = Id::unique(("article facts", idx));
        labelled_ui(ui, view, label, |ui| {
            let options = EditOptions {
                kind: EditKind::Line,
                hint: if is_date(idx) { words.date_hint() } else { label },
                name: label,
            };
            is_submitted |= text::edit_ui(ui, id, &mut field.edit, &mut field.text, options).submitted;
        });
        if idx == 0 && std::mem::take(&mut it.takes_focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let typed = field.text.trim();
        let understood = match given_date(typed) {
            _ if !is_date(idx) || typed.is_empty() => None,
            Some(given) => Some(date::given(words, given)).filter(|it| copyable(it) != typed),
            None => Some(words.date_not_understood().to_owned()),
        };
        let in_file = [words.in_the_file(), stated[idx].as_str()];
        let told: Vec<&str> = understood.as_deref().into_iter().chain(in_file).collect();
        let told = facts(&told);
        row_ui(ui, view, 26.0, |ui| {
            ui.add_space(130.0);
            text::line_ui(ui, &told, &view.weak());
        });
    }
    let given = it.given(words);
    let mut is_done = false;
    row_ui(ui, view, 42.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let save = ui.add_enabled_ui(given.is_some(), |ui| text::primary_button_ui(ui, words.save()));
        if (save.inner.clicked() || is_submitted)
            && let Some(given) = given
        {
            let changes = it.is_corrected || !given.is_empty();
            commands.extend(changes.then(|| it.correction(given)));
            is_done = true;
        }
        if it.is_corrected && text::button_ui(ui, words.as_in_file()).clicked() {
            commands.push(it.correction(GivenFacts::default()));
            is_done = true;
        }
        is_done |= text::button_ui(ui, words.cancel()).clicked();
    });
    is_done
}
