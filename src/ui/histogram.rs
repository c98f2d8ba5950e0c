//! A histogram over time that is zoomed, moved and brushed.
//!
//! It draws any series of days and knows nothing of a search: the timeline and comparisons of people draw with it. Time
//! runs in reading direction: in Arabic the oldest day stands at the right. The bars are days, weeks, months or years,
//! whichever are the finest that can be pointed at.

use egui::{
    Color32, CursorIcon, Key, Modifiers, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::index::DayCount;
use crate::state::WeekStart;
use crate::text::{self, Direction, LineAlign};

use super::View;
use super::strings::Words;

const HEIGHT: f32 = 74.0;
const AXIS_HEIGHT: f32 = 20.0;
/// A bar narrower than this cannot be pointed at.
const MIN_BAR: f32 = 2.0;
/// Between two labels of the axis.
const LABEL_GAP: f32 = 8.0;
/// Between a tick of the axis and its label.
const TICK_GAP: f32 = 4.0;
/// How far a tick reaches down.
const TICK_HEIGHT: f32 = 12.0;
/// So near its edge a period is made longer or shorter instead of moved.
const EDGE: f32 = 5.0;
/// No closer look than this many days.
const FEWEST_DAYS: f64 = 14.0;
/// How much nearer one key press or click on a button brings the days.
pub const ZOOM_STEP: f64 = 2.0;
/// How much nearer a point of the wheel does.
const ZOOM_PER_POINT: f64 = 0.004;

/// What is drawn.
#[derive(Clone, Copy)]
pub struct Histogram<'a> {
    /// What a screen reader calls it.
    pub name: &'a str,
    /// The first as bars, the others as lines; each at its own scale.
    pub series: &'a [Series<'a>],
    /// The days that can be looked at.
    pub extent: Extent,
    /// The brushed days.
    pub chosen: Option<(Date, Date)>,
}

/// The days that can be looked at, as the first and the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// All of them.
    pub all: (Date, Date),
    /// Those in view before anything is zoomed.
    pub usual: (Date, Date),
}

/// Days with articles, in order.
#[derive(Clone, Copy)]
pub struct Series<'a> {
    /// The days.
    pub days: &'a [DayCount],
    /// Its colour.
    pub color: Color32,
}

/// What a histogram remembers.
#[derive(Clone, Debug, Default)]
pub struct HistogramState {
    /// The days in view, as numbers; the usual ones if nothing was zoomed.
    shown: Option<(f64, f64)>,
    drag: Option<Drag>,
    /// The day that the keyboard is at.
    cursor: Option<i64>,
}

/// What is dragged.
#[derive(Clone, Copy, Debug)]
enum Drag {
    /// A new period, from this day on.
    Brush { from: i64 },
    /// The brushed period, by the day that was grasped.
    Move { grasped: i64, period: (i64, i64) },
    /// The view, by the place that was grasped.
    Pan { grasped: f64 },
}

/// The days that were brushed now; `Some(None)` if all days are wanted again.
pub type Brushed = Option<Option<(Date, Date)>>;

impl HistogramState {
    /// Shows the days `factor` times as near, around the middle.
    pub fn zoom(&mut self, extent: Extent, factor: f64) {
        let axis = self.axis(extent);
        self.zoom_around(extent, factor, (axis.low + axis.high) / 2.0);
    }

    /// Shows all days, the unusual ones too.
    pub fn show_all(&mut self, extent: Extent) {
        let (low, high) = ends(extent.all);
        self.show(extent, low, high);
    }

    /// Shows the usual days.
    pub fn reset(&mut self) {
        self.shown = None;
    }

    fn zoom_around(&mut self, extent: Extent, factor: f64, around: f64) {
        let axis = self.axis(extent);
        let (low, high) = (
            around - (around - axis.low) / factor,
            around + (axis.high - around) / factor,
        );
        self.show(extent, low, high);
    }

    /// Shows the days from `low` to `high`, as far as there are such.
    fn show(&mut self, extent: Extent, low: f64, high: f64) {
        let (first, last) = ends(extent.all);
        let length = (high - low).clamp(FEWEST_DAYS, last - first);
        let middle = (low + high) / 2.0;
        let low = (middle - length / 2.0).min(last - length).max(first);
        self.shown = Some((low, low + length));
    }

    fn axis(&self, extent: Extent) -> Axis {
        let (low, high) = self.shown.unwrap_or_else(|| ends(extent.usual));
        Axis { low, high }
    }
}

/// Where the days of `extent` begin and end; never so near that single days fill the view.
fn ends((first, last): (Date, Date)) -> (f64, f64) {
    let (first, last) = (number_of(first) as f64, number_of(last) as f64 + 1.0);
    let missing = (FEWEST_DAYS - (last - first)).max(0.0);
    (first - (missing / 2.0).floor(), last + (missing / 2.0).ceil())
}

/// The days in view, as numbers.
#[derive(Clone, Copy)]
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// How far from the reading start of `rect` a day begins.
    fn offset(self, day: f64, rect: Rect) -> f32 {
        ((day - self.low) / (self.high - self.low)) as f32 * rect.width()
    }

    /// The place in time at `x`.
    fn day_at(self, x: f32, rect: Rect, direction: Direction) -> f64 {
        let offset = match direction {
            Direction::RightToLeft => rect.right() - x,
            Direction::LeftToRight => x - rect.left(),
        };
        self.low + f64::from((offset / rect.width()).clamp(0.0, 1.0)) * (self.high - self.low)
    }

    /// The part of `rect` from one place in time to another.
    fn part(self, from: f64, to: f64, rect: Rect, direction: Direction) -> Rect {
        let (start, end) = (
            self.offset(from, rect).max(0.0),
            self.offset(to, rect).min(rect.width()),
        );
        let x = match direction {
            Direction::RightToLeft => rect.right() - end..=rect.right() - start,
            Direction::LeftToRight => rect.left() + start..=rect.left() + end,
        };
        Rect::from_x_y_ranges(x, rect.y_range())
    }
}

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days, from the first day of the settings' week on.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The finest unit of which so many days make at most `max_bars`.
    fn finest(days: f64, max_bars: f64) -> Self {
        let days_of = |unit: &Self| match unit {
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Month => 30.4,
            Self::Year => 365.25,
        };
        let fits = |unit: &Self| days / days_of(unit) <= max_bars;
        Self::ALL.into_iter().find(fits).unwrap_or(Self::Year)
    }

    /// The first day of the unit that holds `day`.
    fn first(self, day: Date, week_start: WeekStart) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let days_since = day.weekday().since(week_start.weekday());
                day.saturating_sub(i64::from(days_since).days())
            }
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    /// The first day of the next unit.
    fn next(self, first: Date) -> Date {
        first.saturating_add(match self {
            Self::Day => 1.days(),
            Self::Week => 1.weeks(),
            Self::Month => 1.months(),
            Self::Year => 1.years(),
        })
    }
}

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    first: Date,
    last: Date,
    articles: u64,
    inferred: u64,
}

/// The bars from `low` to `high`, without holes.
fn bars(days: &[DayCount], unit: Unit, week_start: WeekStart, low: f64, high: f64) -> Vec<Bar> {
    let mut bars = Vec::new();
    let mut first = unit.first(day_of(low.floor() as i64), week_start);
    let mut at = days.partition_point(|it| it.day < first);
    while (number_of(first) as f64) < high {
        let next = unit.next(first);
        if next <= first {
            break;
        }
        let (mut articles, mut inferred) = (0, 0);
        while let Some(count) = days.get(at).filter(|it| it.day < next) {
            articles += count.articles;
            inferred += count.inferred;
            at += 1;
        }
        bars.push(Bar {
            first,
            last: next.saturating_sub(1.days()),
            articles,
            inferred,
        });
        first = next;
    }
    bars
}

/// The days since 1970.
fn number_of(day: Date) -> i64 {
    date(1970, 1, 1).until(day).map_or(0, |span| i64::from(span.get_days()))
}

fn day_of(number: i64) -> Date {
    let days = jiff::Span::new().try_days(number).unwrap_or_default();
    date(1970, 1, 1).saturating_add(days)
}

/// Draws the histogram over the available width.
pub fn histogram_ui(ui: &mut Ui, view: View<'_>, histogram: Histogram<'_>, state: &mut HistogramState) -> Brushed {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    let axis_salt = response.id.with("axis");
    let (labels, _) = ui.allocate_exact_size(vec2(ui.available_width(), AXIS_HEIGHT), Sense::hover());
    let on_axis = ui
        .interact(labels, axis_salt, Sense::DRAG)
        .on_hover_cursor(CursorIcon::Grab);

    wheel(ui, view, &response, rect, histogram, state);
    let unit = {
        let axis = state.axis(histogram.extent);
        Unit::finest(axis.high - axis.low, f64::from(rect.width() / MIN_BAR))
    };
    let mut brushed = pointer(ui, view, (&response, &on_axis), histogram, unit, state);
    let by_key = response
        .has_focus()
        .then(|| keys(ui, view, &response, histogram, unit, state));
    brushed = brushed.or(by_key.flatten());
    if response.double_clicked() {
        state.reset();
        state.drag = None;
        brushed = Some(None);
    }

    let axis = state.axis(histogram.extent);
    let unit = Unit::finest(axis.high - axis.low, f64::from(rect.width() / MIN_BAR));
    let bars_of = |days| bars(days, unit, view.state.settings.week_start, axis.low, axis.high);
    let chosen = state.brushing(ui, view, rect, axis, unit).or(histogram.chosen);
    paint_bars(ui, view, rect, axis, histogram, chosen, bars_of);
    paint_axis(ui, view, labels, axis, unit);
    nothing_ui(ui, view, rect, histogram, state);

    // What is under the pointer, or where the keyboard is.
    let hovered = response.hover_pos().map(|at| axis.day_at(at.x, rect, view.direction));
    let pointed = hovered.or(state.cursor.filter(|_| response.has_focus()).map(|day| day as f64));
    let bar = pointed.and_then(|day| {
        let of_series = bars_of(histogram.series.first()?.days);
        let at = of_series.partition_point(|bar| number_of(bar.first) as f64 <= day);
        of_series.get(at.checked_sub(1)?).copied()
    });
    let told = bar.map(|bar| view.words.bar(bar.first, unit, bar.articles, bar.inferred));
    if let (Some(told), Some(_)) = (&told, hovered) {
        text::tooltip(&response, told);
    }
    if let Some(bar) = bar.filter(|_| response.has_focus() && hovered.is_none()) {
        let (from, to) = (number_of(bar.first) as f64, number_of(bar.last) as f64 + 1.0);
        let slot = axis.part(from, to, rect, view.direction).expand2(vec2(1.0, 0.0));
        let stroke = Stroke::new(1.5, view.theme.palette.focus);
        ui.painter().rect_stroke(slot, 2.0, stroke, StrokeKind::Inside);
    }
    let period = histogram.chosen.map_or_else(
        || view.words.any_time().to_owned(),
        |(first, last)| view.words.period(crate::index::Period::Days { first, last }),
    );
    let label = format!("{}: {period}", histogram.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, &label));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(told.unwrap_or_default());
    });
    brushed
}

impl HistogramState {
    /// The period that is being brushed or moved.
    fn brushing(&self, ui: &Ui, view: View<'_>, rect: Rect, axis: Axis, unit: Unit) -> Option<(Date, Date)> {
        let at = ui.input(|input| input.pointer.interact_pos())?;
        let day = axis.day_at(at.x, rect, view.direction).floor() as i64;
        self.dragged_to(day, unit, view.state.settings.week_start)
    }

    fn dragged_to(&self, day: i64, unit: Unit, week_start: WeekStart) -> Option<(Date, Date)> {
        let whole = |first: i64, last: i64| {
            let first = unit.first(day_of(first), week_start);
            let last = unit.next(unit.first(day_of(last), week_start));
            (first, last.saturating_sub(1.days()))
        };
        match self.drag? {
            Drag::Brush { from } => Some(whole(from.min(day), from.max(day))),
            Drag::Move { grasped, period } => {
                let first = unit.first(day_of(period.0 + day - grasped), week_start);
                Some((first, day_of(number_of(first) + period.1 - period.0)))
            }
            Drag::Pan { .. } => None,
        }
    }
}

/// The wheel brings the days nearer around the pointer; sideways, or with Shift, it moves them.
fn wheel(
    ui: &Ui,
    view: View<'_>,
    response: &Response,
    rect: Rect,
    histogram: Histogram<'_>,
    state: &mut HistogramState,
) {
    let Some(at) = response.hover_pos() else { return };
    let turned = ui.input(|input| input.smooth_scroll_delta());
    let axis = state.axis(histogram.extent);
    if turned.y != 0.0 {
        let around = axis.day_at(at.x, rect, view.direction);
        state.zoom_around(histogram.extent, (f64::from(turned.y) * ZOOM_PER_POINT).exp(), around);
    }
    if turned.x != 0.0 {
        let days = f64::from(turned.x / rect.width()) * (axis.high - axis.low);
        let days = if view.direction.is_rtl() { days } else { -days };
        state.show(histogram.extent, axis.low + days, axis.high + days);
    }
}

fn pointer(
    ui: &Ui,
    view: View<'_>,
    (on_bars, on_axis): (&Response, &Response),
    histogram: Histogram<'_>,
    unit: Unit,
    state: &mut HistogramState,
) -> Brushed {
    let axis = state.axis(histogram.extent);
    let rect = on_bars.rect;
    let week_start = view.state.settings.week_start;
    let chosen = histogram
        .chosen
        .map(|(first, last)| (number_of(first), number_of(last)));
    if let Some(at) = on_axis.interact_pointer_pos() {
        let place = axis.day_at(at.x, rect, view.direction);
        match state.drag {
            Some(Drag::Pan { grasped }) => {
                let days = grasped - place;
                state.show(histogram.extent, axis.low + days, axis.high + days);
            }
            _ => state.drag = Some(Drag::Pan { grasped: place }),
        }
    } else if let Some(Drag::Pan { .. }) = state.drag {
        state.drag = None;
    }
    let at = on_bars.interact_pointer_pos()?;
    let day = axis.day_at(at.x, rect, view.direction).floor() as i64;
    if ui.input(|input| input.pointer.primary_pressed()) {
        on_bars.request_focus();
        state.cursor = Some(day);
        let from_edge = |edge: i64| {
            let offset = (axis.offset(edge as f64, rect) - axis.offset(day as f64, rect)).abs();
            offset < EDGE
        };
        state.drag = Some(match chosen {
            Some((first, last)) if from_edge(first) => Drag::Brush { from: last },
            Some((first, last)) if from_edge(last + 1) => Drag::Brush { from: first },
            Some(period) if (period.0..=period.1).contains(&day) => Drag::Move { grasped: day, period },
            _ => Drag::Brush { from: day },
        });
    }
    if on_bars.clicked() {
        // A click on what is chosen already chooses all again.
        state.drag = None;
        let one = HistogramState {
            drag: Some(Drag::Brush { from: day }),
            ..HistogramState::default()
        };
        let period = one.dragged_to(day, unit, week_start);
        return Some(period.filter(|it| Some(*it) != histogram.chosen));
    }
    if on_bars.drag_stopped() {
        let period = state.dragged_to(day, unit, week_start);
        state.drag = None;
        return period.map(Some);
    }
    None
}

fn keys(
    ui: &Ui,
    view: View<'_>,
    response: &Response,
    histogram: Histogram<'_>,
    unit: Unit,
    state: &mut HistogramState,
) -> Brushed {
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        escape: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (later, earlier) = match view.direction {
        Direction::RightToLeft => (Key::ArrowLeft, Key::ArrowRight),
        Direction::LeftToRight => (Key::ArrowRight, Key::ArrowLeft),
    };
    let week_start = view.state.settings.week_start;
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let (first, last) = (number_of(histogram.extent.all.0), number_of(histogram.extent.all.1));
    let axis = state.axis(histogram.extent);
    let visible_first = (axis.low.ceil() as i64).clamp(first, last);
    let before = state.cursor.unwrap_or(visible_first).clamp(first, last);
    let bar_of = |day: i64| {
        let first = unit.first(day_of(day), week_start);
        (number_of(first), number_of(unit.next(first)) - 1)
    };
    let extends = ui.input(|input| input.modifiers.shift);
    let modifiers = if extends { Modifiers::SHIFT } else { Modifiers::NONE };
    let mut cursor = before;
    if pressed(modifiers, later) {
        cursor = bar_of(cursor).1 + 1;
    }
    if pressed(modifiers, earlier) {
        cursor = bar_of(cursor).0 - 1;
    }
    if pressed(modifiers, Key::Home) {
        cursor = first;
    }
    if pressed(modifiers, Key::End) {
        cursor = last;
    }
    cursor = cursor.clamp(first, last);
    state.cursor = Some(cursor);
    // What the keyboard is at comes into view.
    let axis = state.axis(histogram.extent);
    let missing = (axis.low - bar_of(cursor).0 as f64).max(0.0) - (bar_of(cursor).1 as f64 + 1.0 - axis.high).max(0.0);
    if missing != 0.0 {
        state.show(histogram.extent, axis.low - missing, axis.high - missing);
    }
    for (key, factor) in [
        (Key::Plus, ZOOM_STEP),
        (Key::Equals, ZOOM_STEP),
        (Key::Minus, 1.0 / ZOOM_STEP),
    ] {
        // On many keyboards the plus is with Shift.
        if pressed(Modifiers::NONE, key) || pressed(Modifiers::SHIFT, key) {
            state.zoom_around(histogram.extent, factor, cursor as f64 + 0.5);
        }
    }
    let period = |first: i64, last: i64| Some(Some((day_of(first), day_of(last))));
    if extends && cursor != before {
        let chosen = histogram
            .chosen
            .map_or_else(|| bar_of(before), |(first, last)| (number_of(first), number_of(last)));
        let (first, last) = bar_of(cursor);
        return period(chosen.0.min(first), chosen.1.max(last));
    }
    if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::Space) {
        let (first, last) = bar_of(cursor);
        return period(first, last);
    }
    pressed(Modifiers::NONE, Key::Escape).then_some(None)
}

fn paint_bars<'a>(
    ui: &Ui,
    view: View<'_>,
    rect: Rect,
    axis: Axis,
    histogram: Histogram<'a>,
    chosen: Option<(Date, Date)>,
    bars_of: impl Fn(&'a [DayCount]) -> Vec<Bar>,
) {
    let palette = view.theme.palette;
    let painter = ui.painter_at(rect.expand(1.0));
    let place = |bar: &Bar| {
        let (from, to) = (number_of(bar.first) as f64, number_of(bar.last) as f64 + 1.0);
        axis.part(from, to, rect, view.direction)
    };
    if let Some((first, last)) = chosen {
        let (from, to) = (number_of(first) as f64, number_of(last) as f64 + 1.0);
        let ground = axis.part(from, to, rect, view.direction);
        if 0.0 < ground.width() {
            painter.rect_filled(ground, 0.0, palette.selection);
        }
    }
    for (idx, series) in histogram.series.iter().enumerate() {
        let bars = bars_of(series.days);
        let most = bars.iter().map(|it| it.articles).max().unwrap_or(1).max(1);
        let height = |articles: u64| match articles {
            0 => 0.0,
            _ => (articles as f32 / most as f32 * (HEIGHT - 6.0)).max(2.0),
        };
        if idx != 0 {
            let mut line = Vec::with_capacity(bars.len() * 2);
            for bar in &bars {
                let slot = place(bar);
                let y = rect.bottom() - 1.0 - height(bar.articles);
                let (start, end) = match view.direction {
                    Direction::RightToLeft => (slot.right(), slot.left()),
                    Direction::LeftToRight => (slot.left(), slot.right()),
                };
                line.extend([pos2(start, y), pos2(end, y)]);
            }
            painter.add(Shape::line(line, Stroke::new(1.5, series.color)));
            continue;
        }
        for bar in bars.iter().filter(|bar| bar.articles != 0) {
            let slot = place(bar);
            let gap = if 4.0 < slot.width() { 1.0 } else { 0.0 };
            let x_range = slot.x_range().shrink(gap / 2.0);
            let body = Rect::from_x_y_ranges(x_range, rect.bottom() - height(bar.articles)..=rect.bottom());
            let is_chosen = chosen.is_none_or(|(first, last)| bar.first <= last && first <= bar.last);
            let color = if is_chosen { series.color } else { palette.outline };
            painter.rect_filled(body, 1.0, color);
            let inferred = bar.inferred as f32 / bar.articles as f32 * body.height();
            let light = Rect::from_min_max(body.min, pos2(body.right(), body.top() + inferred));
            hatch(&painter, light, palette.sunken);
        }
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette.outline));
}

/// Stripes over a part of a bar, in the colour of the ground: what is less certain is lighter.
fn hatch(painter: &egui::Painter, rect: Rect, ground: Color32) {
    const DISTANCE: f32 = 3.0;
    let mut y = rect.top() + 1.0;
    while y < rect.bottom() {
        painter.hline(rect.x_range(), y, Stroke::new(1.0, ground));
        y += DISTANCE;
    }
}

/// The distances at which the axis may be labelled, the finest first.
const STEPS: [(Unit, i16); 15] = [
    (Unit::Week, 1),
    (Unit::Week, 2),
    (Unit::Month, 1),
    (Unit::Month, 3),
    (Unit::Month, 6),
    (Unit::Year, 1),
    (Unit::Year, 2),
    (Unit::Year, 5),
    (Unit::Year, 10),
    (Unit::Year, 20),
    (Unit::Year, 50),
    (Unit::Year, 100),
    (Unit::Year, 200),
    (Unit::Year, 500),
    (Unit::Year, 1000),
];

/// Where the weeks, months or years in view begin of which every `n`th is labelled, in order; the first may begin
/// before `low`.
fn ticks(unit: Unit, n: i16, week_start: WeekStart, low: f64, high: f64) -> Vec<Date> {
    let is_labelled = |day: Date| match unit {
        Unit::Day | Unit::Week => number_of(day).div_euclid(7) % i64::from(n) == 0,
        Unit::Month => (i16::from(day.month()) - 1) % n == 0,
        Unit::Year => day.year() % n == 0,
    };
    let mut first = unit.first(day_of(low.floor() as i64), week_start);
    let mut ticks = Vec::new();
    while (number_of(first) as f64) < high {
        if is_labelled(first) {
            ticks.push(first);
        }
        let next = unit.next(first);
        if next <= first {
            break;
        }
        first = next;
    }
    ticks
}

/// A label of the axis.
#[derive(Clone, Debug, PartialEq)]
struct Label {
    text: String,
    /// How far from the reading start of the axis it begins.
    start: f32,
    /// Whether the day that it names is in view, and not what it goes on from.
    is_at_day: bool,
}

/// The labels of the axis: at the finest regular distance at which each finds room before the next. Only the first and
/// the last may be left out, where the room at the edge is too small for them.
fn labels(
    axis: Axis,
    unit: Unit,
    week_start: WeekStart,
    width: f32,
    words: Words<'_>,
    width_of: impl Fn(&str) -> f32,
) -> Vec<Label> {
    let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, AXIS_HEIGHT));
    let label = |day: Date, unit: Unit, with_year: bool| {
        let offset = axis.offset(number_of(day) as f64, room);
        let is_at_day = 0.0 <= offset;
        Label {
            text: words.tick(day, unit, with_year),
            start: if is_at_day { offset + TICK_GAP } else { 0.0 },
            is_at_day,
        }
    };
    for (step, n) in STEPS.into_iter().filter(|(step, _)| unit <= *step) {
        let days = ticks(step, n, week_start, axis.low, axis.high);
        let labels_from = |first: usize| -> Vec<Label> {
            let days = days[first.min(days.len())..].iter().enumerate();
            days.map(|(idx, day)| label(*day, step, idx == 0 || day.day_of_year() == 1))
                .collect()
        };
        let end = |it: &Label| it.start + width_of(&it.text);
        let fits = |pair: &[Label]| end(&pair[0]) + LABEL_GAP <= pair[1].start;
        let mut labels = labels_from(0);
        if !labels.windows(2).take(1).all(fits) {
            labels = labels_from(1);
        }
        if labels.last().is_some_and(|it| width < end(it)) {
            labels.pop();
        }
        if !labels.is_empty() && labels.windows(2).all(fits) {
            return labels;
        }
    }
    Vec::new()
}

/// The weeks, months or years below the bars.
fn paint_axis(ui: &Ui, view: View<'_>, rect: Rect, axis: Axis, unit: Unit) {
    let style = view.weak().size(11.5);
    let width_of = |text: &str| text::measure(ui.ctx(), text, &style).x;
    let week_start = view.state.settings.week_start;
    for label in labels(axis, unit, week_start, rect.width(), view.words, width_of) {
        let (_, from_start) = view.direction.split_start(rect, label.start);
        text::paint_line(ui, from_start, &label.text, &[], &style, LineAlign::Start);
        if label.is_at_day {
            let (before, _) = view.direction.split_start(rect, label.start - TICK_GAP);
            let x = match view.direction {
                Direction::RightToLeft => before.left(),
                Direction::LeftToRight => before.right(),
            };
            let stroke = Stroke::new(1.0, view.theme.palette.outline);
            ui.painter().vline(x, rect.top()..=rect.top() + TICK_HEIGHT, stroke);
        }
    }
}

/// That there is no bar in view, and the way to those that are elsewhere.
fn nothing_ui(ui: &mut Ui, view: View<'_>, rect: Rect, histogram: Histogram<'_>, state: &mut HistogramState) {
    let days = histogram.series.first().map_or(&[][..], |it| it.days);
    let axis = state.axis(histogram.extent);
    let is_in_view = |it: &DayCount| (axis.low..axis.high).contains(&(number_of(it.day) as f64));
    if days.iter().any(is_in_view) {
        return;
    }
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect));
    ui.vertical_centered(|ui| {
        ui.add_space(8.0);
        match days.is_empty() {
            true => {
                text::line_ui(ui, view.words.none_dated(), &view.weak());
            }
            false => {
                text::line_ui(ui, view.words.none_in_view(), &view.weak());
                if text::button_ui(ui, view.words.show_all_days()).clicked() {
                    state.show_all(histogram.extent);
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Language, Settings};

    fn days(text: &str) -> Vec<DayCount> {
        let day = |it: &str| {
            let (day, articles) = it.split_once('=').unwrap();
            DayCount {
                day: day.parse().unwrap(),
                articles: articles.parse().unwrap(),
                inferred: 0,
            }
        };
        text.split_whitespace().map(day).collect()
    }

    #[track_caller]
    fn check(unit: Unit, counts: &str, extent: (&str, &str), expected: &str) {
        let (low, high) = (
            number_of(extent.0.parse().unwrap()),
            number_of(extent.1.parse().unwrap()),
        );
        let found: Vec<String> = bars(&days(counts), unit, WeekStart::Saturday, low as f64, high as f64 + 1.0)
            .iter()
            .map(|it| format!("{}..{}={}", it.first, it.last, it.articles))
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn what_has_no_articles_has_a_bar_too() {
        check(
            Unit::Month,
            "2023-12-05=1 2023-12-31=1 2024-02-01=1",
            ("2023-12-10", "2024-02-01"),
            "2023-12-01..2023-12-31=2 2024-01-01..2024-01-31=0 2024-02-01..2024-02-29=1",
        );
        check(
            Unit::Year,
            "2022-03-01=2 2022-09-01=1 2023-01-01=4",
            ("2022-01-01", "2023-12-31"),
            "2022-01-01..2022-12-31=3 2023-01-01..2023-12-31=4",
        );
    }

    #[test]
    fn a_week_begins_as_the_settings_say() {
        // The 14th of October 2023 was a Saturday.
        check(
            Unit::Week,
            "2023-10-13=1 2023-10-14=2 2023-10-20=3",
            ("2023-10-13", "2023-10-20"),
            "2023-10-07..2023-10-13=1 2023-10-14..2023-10-20=5",
        );
        let day: Date = "2023-10-14".parse().unwrap();
        let first = |start| Unit::Week.first(day, start).to_string();
        assert_eq!(first(WeekStart::Sunday), "2023-10-08");
        assert_eq!(first(WeekStart::Monday), "2023-10-09");
    }

    #[track_caller]
    fn check_labels(extent: (&str, &str), width: f32, expected: &str) {
        let [low, high] = [extent.0, extent.1].map(|it| number_of(it.parse().unwrap()) as f64);
        let axis = Axis { low, high: high + 1.0 };
        let unit = Unit::finest(axis.high - axis.low, f64::from(width / MIN_BAR));
        let settings = Settings {
            language: Language::English,
            ..Settings::default()
        };
        let width_of = |text: &str| text.chars().count() as f32 * 5.5;
        let found = labels(axis, unit, WeekStart::Saturday, width, Words(&settings), width_of);
        let found: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn the_axis_is_labelled_at_a_regular_distance() {
        check_labels(("2014-02-01", "2017-06-30"), 250.0, "2014 | 2015 | 2016 | 2017");
        check_labels(("2014-12-01", "2017-06-30"), 250.0, "2015 | 2016 | 2017");
        check_labels(("2005-03-01", "2023-06-30"), 250.0, "2005 | 2010 | 2015 | 2020");
        check_labels(("2003-03-01", "2023-06-30"), 250.0, "2005 | 2010 | 2015 | 2020");
        check_labels(("1187-10-02", "2023-06-30"), 250.0, "1200 | 1400 | 1600 | 1800");
        check_labels(("2023-02-10", "2024-03-20"), 250.0, "July 2023");
        let quarters = "April 2023 | July | October | January 2024";
        check_labels(("2023-02-10", "2024-03-20"), 420.0, quarters);
        check_labels(
            ("2023-10-07", "2023-12-31"),
            250.0,
            "October 2023 | November | December",
        );
        check_labels(("2023-10-06", "2023-10-20"), 250.0, "7 October 2023 | 14 October");
        check_labels(("2014-02-01", "2017-06-30"), 20.0, "");
    }

    #[test]
    fn the_bars_are_the_finest_that_find_room() {
        let unit = |days| Unit::finest(days, 140.0);
        assert_eq!([14.0, 141.0, 1000.0, 9000.0].map(unit), Unit::ALL);
    }

    #[test]
    fn zooming_keeps_the_day_under_the_pointer_and_ends_at_the_ends() {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let extent = Extent {
            all: (day("1950-01-01"), day("2023-12-31")),
            usual: (day("2020-01-01"), day("2023-12-31")),
        };
        let mut state = HistogramState::default();
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(280.0, HEIGHT));
        let at = |state: &HistogramState| state.axis(extent).day_at(70.0, rect, Direction::RightToLeft);
        let before = at(&state);
        state.zoom_around(extent, 4.0, before);
        assert!((at(&state) - before).abs() < 1e-6);
        state.zoom_around(extent, 1e9, before);
        let length = |state: &HistogramState| state.axis(extent).high - state.axis(extent).low;
        assert!((length(&state) - FEWEST_DAYS).abs() < 1e-6);
        let (first, end) = ends(extent.all);
        state.zoom(extent, 1e-9);
        assert_eq!((state.axis(extent).low, state.axis(extent).high), (first, end));
        state.show(extent, end - 20.0, end + 80.0);
        assert_eq!(state.axis(extent).high, end);
        state.reset();
        assert_eq!(length(&state), 4.0 * 365.0 + 1.0);
    }
}
