//! Two fields beside the timeline, «من – إلى»: a period in words, in any form that a newspaper writes.
//!
//! What is typed is told as it is understood, and taken with Enter or when the field is left. What is not understood stays
//! in its field, and is said to be so.

use egui::{Id, Sense, Ui, UiBuilder, vec2};
use jiff::Zoned;
use jiff::civil::Date;

use crate::archive::DatePrecision;
use crate::index::{Period, period_of};
use crate::state::Command;
use crate::text::{self, EditKind, EditOptions, EditState, LineAlign};

use super::layout::View;
use super::words::date;

/// The height of the line below the fields, in points.
const TOLD_HEIGHT: f32 = 20.0;
/// The room for the dash between the fields, in points.
const DASH: f32 = 14.0;

/// What the fields remember between frames.
#[derive(Default)]
pub struct PeriodFieldsState {
    ends: [Field; 2],
    /// The period that the fields show where nothing was typed.
    shown: Option<Period>,
    /// Why what was typed was not taken.
    refused: Option<Refused>,
}

#[derive(Default)]
struct Field {
    edit: EditState,
    text: String,
    /// Whether something was typed that is not taken yet.
    is_typed: bool,
    had_focus: bool,
}

/// Why a period is none.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Refused {
    /// This is no date.
    NoDate(String),
    /// It ends before it begins.
    Reversed,
}

/// The field of an end; the first without.
fn field_id(is_last: bool) -> Id {
    Id::unique(("period", is_last))
}

/// Where it is kept in which pass the caret was asked for.
fn asked_id() -> Id {
    Id::unique("edit period")
}

/// Puts the caret into the first field, in the next pass: in this one, whoever clicks elsewhere takes it away from it.
pub fn edit_period(ui: &Ui) {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(asked_id(), pass));
    ui.ctx().request_repaint();
}

/// Puts the caret into the first field if that was asked for.
fn follow_edit(ui: &Ui) {
    let asked: Option<u64> = ui.data(|data| data.get_temp(asked_id()));
    if asked.is_some_and(|pass| pass < ui.ctx().cumulative_pass_nr()) {
        ui.data_mut(|data| data.remove_temp::<u64>(asked_id()));
        ui.memory_mut(|memory| memory.request_focus(field_id(false)));
    }
}

/// Draws the fields, and below them what is understood.
pub fn period_fields_ui(ui: &mut Ui, view: View<'_>, it: &mut PeriodFieldsState, commands: &mut Vec<Command>) {
    follow_edit(ui);
    let period = view.state.archive.search.request.filters.period;
    if it.shown != period {
        // It was chosen elsewhere, or just here.
        it.shown = period;
        it.refused = None;
        it.ends.iter_mut().for_each(|end| end.is_typed = false);
    }
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    let width = ((row.width() - DASH) / 2.0).max(1.0);
    let (first, rest) = view.direction.split_start(row, width);
    let (dash, last) = view.direction.split_start(rest, DASH);
    text::paint_line(ui, dash, "–", &[], &view.weak(), LineAlign::Center);
    let mut is_done = false;
    for (is_last, rect) in [(false, first), (true, last)] {
        let mut ui = ui.new_child(UiBuilder::new().id_salt(("period", is_last)).max_rect(rect));
        is_done |= field_ui(&mut ui, view, it, is_last);
    }
    if is_done {
        take(view, it, commands);
    }
    told_ui(ui, view, it);
}

/// One of the fields; returns whether what was typed is to be taken.
fn field_ui(ui: &mut Ui, view: View<'_>, it: &mut PeriodFieldsState, is_last: bool) -> bool {
    let words = view.words;
    let (hint, name) = match is_last {
        false => (words.from_date(), words.from_date_field()),
        true => (words.to_date(), words.to_date_field()),
    };
    let shown = text_of(view, it.shown, is_last);
    let field = &mut it.ends[usize::from(is_last)];
    if !field.is_typed {
        field.text = shown;
    }
    let options = EditOptions {
        kind: EditKind::Line,
        hint,
        name,
    };
    let response = text::edit_ui(ui, field_id(is_last), &mut field.edit, &mut field.text, options);
    if response.changed {
        field.is_typed = true;
        it.refused = None;
    }
    let has_focus = response.response.has_focus();
    let was_left = std::mem::replace(&mut field.had_focus, has_focus) && !has_focus;
    if response.cancelled {
        field.is_typed = false;
        it.refused = None;
        return false;
    }
    field.is_typed && (response.submitted || was_left)
}

/// The end of a period as it stands in its field; nothing if it is open.
fn text_of(view: View<'_>, period: Option<Period>, is_last: bool) -> String {
    let Some(Period::Days { first, last }) = period else {
        return String::new();
    };
    let day = if is_last { last } else { first };
    match day == Date::MIN || day == Date::MAX {
        true => String::new(),
        false => date::typed(view.words, day, DatePrecision::Day),
    }
}

/// The days that the fields say, as far as they say some.
fn days(it: &PeriodFieldsState) -> Result<[Option<Date>; 2], Refused> {
    let mut days = [None, None];
    for (idx, field) in it.ends.iter().enumerate() {
        let is_last = idx == 1;
        if !field.is_typed {
            if let Some(Period::Days { first, last }) = it.shown {
                let day = if is_last { last } else { first };
                days[idx] = (day != Date::MIN && day != Date::MAX).then_some(day);
            }
            continue;
        }
        let text = field.text.trim();
        if text.is_empty() {
            continue;
        }
        let Some((first, last)) = period_of(text, Zoned::now().date()) else {
            return Err(Refused::NoDate(text.to_owned()));
        };
        days[idx] = Some(if is_last { last } else { first });
    }
    match days {
        [Some(first), Some(last)] if last < first => Err(Refused::Reversed),
        days => Ok(days),
    }
}

/// The period between two days, each of which may be open.
fn period_between(days: [Option<Date>; 2]) -> Option<Period> {
    match days {
        [None, None] => None,
        [first, last] => Some(Period::Days {
            first: first.unwrap_or(Date::MIN),
            last: last.unwrap_or(Date::MAX),
        }),
    }
}

/// Narrows to what the fields say, or says why not; what was typed stays then.
fn take(view: View<'_>, it: &mut PeriodFieldsState, commands: &mut Vec<Command>) {
    match days(it) {
        Ok(days) => {
            let period = period_between(days);
            it.ends.iter_mut().for_each(|end| end.is_typed = false);
            if period != view.state.archive.search.request.filters.period {
                commands.push(Command::SetPeriod(period));
            }
        }
        Err(refused) => it.refused = Some(refused),
    }
}

/// What is understood of what is being typed, or why it was not taken.
fn told_ui(ui: &mut Ui, view: View<'_>, it: &PeriodFieldsState) {
    let words = view.words;
    let is_typed = it.ends.iter().any(|end| end.is_typed);
    let refused = it.refused.clone().or_else(|| days(it).err().filter(|_| is_typed));
    let told = match (refused, is_typed) {
        (Some(Refused::NoDate(text)), _) => date::not_understood(words, &text),
        (Some(Refused::Reversed), _) => words.period_reversed().to_owned(),
        (None, true) => days(it)
            .ok()
            .and_then(period_between)
            .map_or_else(|| words.any_time().to_owned(), |period| date::period(words, period)),
        (None, false) => words.period_hint().to_owned(),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), TOLD_HEIGHT), Sense::hover());
    let style = match it.refused.is_some() {
        true => view.weak().bold().color(view.theme.palette.text),
        false => view.weak(),
    };
    text::paint_line(ui, rect, &told, &[], &style, LineAlign::Start);
    text::name(&response, &told);
    text::tooltip(&response, &told);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(first: &str, last: &str) -> PeriodFieldsState {
        let mut it = PeriodFieldsState::default();
        for (field, text) in it.ends.iter_mut().zip([first, last]) {
            field.text = text.to_owned();
            field.is_typed = true;
        }
        it
    }

    #[track_caller]
    fn check(first: &str, last: &str, expected: &str) {
        let told = match days(&typed(first, last)).map(period_between) {
            Ok(None) => "any".to_owned(),
            Ok(Some(Period::Days { first, last })) => format!("{first} {last}"),
            Ok(Some(other)) => format!("{other:?}"),
            Err(refused) => format!("{refused:?}"),
        };
        assert_eq!(told, expected, "{first} – {last}");
    }

    #[test]
    fn the_ends_are_dates_in_any_form() {
        check("2023", "2023", "2023-01-01 2023-12-31");
        check("تشرين الأول 2023", "٥ جانفي ٢٠٢٤", "2023-10-01 2024-01-05");
        check("17/5/2023", "", "2023-05-17 9999-12-31");
        check("", "3 March 2024", "-009999-01-01 2024-03-03");
        check("رمضان 1445", "رمضان 1445", "2024-03-11 2024-04-09");
        check("", "", "any");
        check("كلام", "2023", "NoDate(\"كلام\")");
        check("2024", "2023", "Reversed");
    }

    #[test]
    fn an_end_that_is_not_typed_stays_as_it_was_chosen() {
        let mut it = typed("2021", "");
        it.ends[1].is_typed = false;
        it.shown = Some(Period::Days {
            first: jiff::civil::date(2020, 2, 3),
            last: jiff::civil::date(2022, 2, 3),
        });
        let days = days(&it).unwrap();
        assert_eq!(
            days,
            [Some(jiff::civil::date(2021, 1, 1)), Some(jiff::civil::date(2022, 2, 3))]
        );
    }
}
