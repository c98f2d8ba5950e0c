//! The timeline on paper: bars for what was found, and a line for what it is compared with.

use jiff::civil::Date;

use crate::index::DayCount;
use crate::state::TimelineChart;
use crate::text::Piece;

use super::super::histogram::{Axis, Bar, bars, labels};
use super::super::time_unit::{TimeUnit, number_of};
use super::super::words::{count, date, phrase};
use super::parts::{Block, Key, Room, SMALL, Said, Sign, line_piece, steps, stripes, width_of};
use super::plot::{Paper, Plot};

/// The height of the bars, in points.
pub const HEIGHT: f32 = 320.0;
/// At most so many bars: more can hardly be seen on a page. Picked by feel.
const MOST_BARS: f64 = 150.0;
/// The room for the dates below, in points.
pub const AXIS: f32 = 28.0;

/// The bars from the top on.
pub fn timeline(it: &TimelineChart, paper: Paper<'_>, top: f32) -> Plot {
    let (words, theme) = (paper.words, &paper.theme);
    let (first, last) = it.period;
    let (low, high) = (number_of(first) as f64, number_of(last) as f64 + 1.0);
    let unit = TimeUnit::finest(high - low, MOST_BARS);
    let week_start = words.0.week_start;
    let within = within(&it.days, it.period);
    let shown = bars(&within, unit, week_start, low, high);
    let most = shown.iter().map(|it| it.articles).max().unwrap_or(0);
    let scale = Scale::new(steps(most), paper, top);
    let room = scale.room;
    let mut pieces = scale.pieces(paper);
    let axis = Axis { low, high };
    let span = |bar: &Bar| {
        let offset = |day: f64| ((day - low) / (high - low)).clamp(0.0, 1.0) as f32 * room.width;
        let ends = [number_of(bar.first) as f64, number_of(bar.last) as f64 + 1.0];
        ends.map(|day| room.at(offset(day), paper.direction))
    };
    for bar in shown.iter().filter(|it| it.articles != 0) {
        let [a, b] = span(bar);
        let (left, right) = (a.min(b), a.max(b));
        let gap = if 5.0 < right - left { 1.0 } else { 0.15 };
        let (corner, end) = ([left + gap, scale.y(bar.articles)], [right - gap, top + HEIGHT]);
        let rect = Piece::rect(corner, end, theme.bar);
        let told = date::bar(words, bar.first, unit, bar.articles, bar.inferred);
        pieces.push(Piece::Told(Box::new(rect), told));
        let inferred = (end[1] - corner[1]) * bar.inferred as f32 / bar.articles as f32;
        pieces.extend(stripes(corner, [end[0], corner[1] + inferred], theme));
    }
    let mut keys = vec![Key {
        text: phrase::request(words, &it.request),
        note: String::new(),
        sign: Sign::Square(theme.bar),
    }];
    let mut notes = Vec::new();
    if shown.iter().any(|it| it.inferred != 0) {
        keys.push(Key {
            text: words.inferred_date().to_owned(),
            note: String::new(),
            sign: Sign::Striped(theme.bar),
        });
    }
    if let Some((request, days)) = &it.other {
        let days = self::within(days, it.period);
        let other = bars(&days, unit, week_start, low, high);
        pieces.push(steps_line(&other, span, (top, theme.other_series)));
        let name = request.as_ref().map_or_else(
            || words.whole_archive().to_owned(),
            |request| phrase::request(words, request),
        );
        keys.push(Key {
            text: name,
            note: format!("({})", words.own_scale()),
            sign: Sign::Line(0, theme.other_series),
        });
    }
    pieces.extend(axis_pieces(axis, unit, (room, top + HEIGHT), paper));
    let n_within: u64 = within.iter().map(|it| it.articles).sum();
    let n_dated: u64 = it.days.iter().map(|it| it.articles).sum();
    if !it.is_narrowed && n_within < n_dated {
        notes.push((String::new(), count::n_outside(words, n_dated - n_within)));
    }
    if !it.is_narrowed && it.undated != 0 {
        notes.push((String::new(), count::n_undated(words, it.undated)));
    }
    Plot {
        title: words.chart_timeline().to_owned(),
        block: Block {
            pieces,
            height: HEIGHT + AXIS,
        },
        keys,
        notes,
    }
}

/// The days of a period.
fn within(days: &[DayCount], (first, last): (Date, Date)) -> Vec<DayCount> {
    days.iter()
        .filter(|it| first <= it.day && it.day <= last)
        .copied()
        .collect()
}

/// The tops of bars as one line, on a scale of their own.
fn steps_line(bars: &[Bar], span: impl Fn(&Bar) -> [f32; 2], (top, color): (f32, egui::Color32)) -> Piece {
    let most = bars.iter().map(|it| it.articles).max().unwrap_or(1).max(1);
    let points = bars.iter().flat_map(|bar| {
        let y = top + HEIGHT - bar.articles as f32 / most as f32 * HEIGHT;
        span(bar).map(|x| [x, y])
    });
    line_piece(0, points.collect(), color)
}

/// The dates below the bars.
fn axis_pieces(axis: Axis, unit: TimeUnit, (room, top): (Room, f32), paper: Paper<'_>) -> Vec<Piece> {
    let Paper {
        words,
        direction,
        theme,
        ..
    } = paper;
    let week_start = words.0.week_start;
    let named = labels(axis, unit, week_start, room.width, words, |text| width_of(text, SMALL));
    let mut pieces = Vec::new();
    for label in named {
        let x = room.at(label.start, direction);
        pieces.push(Said::weak(&theme).from(&label.text, [x, top + AXIS / 2.0 + 2.0], direction));
        if label.is_at_day {
            let x = room.at(label.start - 4.0, direction);
            pieces.push(Piece::rect(
                [x - 0.5, top],
                [x + 0.5, top + 9.0],
                theme.palette.weak_text,
            ));
        }
    }
    pieces
}

/// A scale of articles at the side where reading starts, with lines across.
pub struct Scale {
    steps: Vec<u64>,
    top: f32,
    /// Beside it.
    pub room: Room,
}

impl Scale {
    /// The scale with these steps from a top on.
    pub fn new(steps: Vec<u64>, paper: Paper<'_>, top: f32) -> Self {
        let widest = steps.iter().map(|it| width_of(&count::number(paper.words, *it), SMALL));
        let beside = widest.fold(0.0, f32::max) + 14.0;
        let Room { left, width } = paper.room;
        let left = if paper.direction.is_rtl() { left } else { left + beside };
        Self {
            steps,
            top,
            room: Room {
                left,
                width: width - beside,
            },
        }
    }

    /// How far down a number of articles is.
    pub fn y(&self, articles: u64) -> f32 {
        let most = self.steps.last().copied().unwrap_or(1).max(1);
        self.top + HEIGHT - articles as f32 / most as f32 * HEIGHT
    }

    /// Its lines and numbers.
    pub fn pieces(&self, paper: Paper<'_>) -> Vec<Piece> {
        let theme = &paper.theme;
        let mut pieces = Vec::new();
        for step in &self.steps {
            let y = self.y(*step);
            let color = if *step == 0 {
                theme.palette.weak_text
            } else {
                theme.palette.outline
            };
            pieces.push(Piece::rect(
                [self.room.left, y - 0.5],
                [self.room.left + self.room.width, y + 0.5],
                color,
            ));
            let at = [self.room.at(-8.0, paper.direction), y];
            let number = count::number(paper.words, *step);
            pieces.push(Said::weak(theme).up_to(&number, at, paper.direction));
        }
        pieces
    }
}
