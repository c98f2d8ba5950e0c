//! What the chart shows: counts of articles in months or in years.

use jiff::civil::Date;

use crate::archive::DatePrecision;
use crate::index::{EntityPage, MonthCount};

use super::super::layout::View;
use super::super::theme::Theme;
use super::super::words::{self, Words, count, date};

/// What the chart shows.
pub struct ChartData<'a> {
    /// The name whose page it is; those that it is compared with.
    pub series: Vec<Series<'a>>,
    /// The time of all.
    pub axis: Axis,
    /// For each of `series` the articles of each bar.
    pub counts: Vec<Vec<u64>>,
}

/// Who is shown on the chart of a page: the name, then those that it is compared with.
pub fn series_of<'a>(theme: &Theme, page: &'a EntityPage) -> Vec<Series<'a>> {
    let summary = &page.summary;
    let mut series = vec![Series {
        name: &summary.name,
        articles: summary.articles,
        undated: page.undated,
        months: &page.timeline,
        color: theme.entity(summary.kind),
    }];
    series.extend(page.compared.iter().map(|other| Series {
        name: &other.name,
        articles: other.articles,
        undated: other.undated,
        months: &other.timeline,
        color: theme.neutral,
    }));
    if !page.compared.is_empty() {
        // They differ for every eye, whatever the kinds are.
        for (it, color) in series.iter_mut().zip(theme.series) {
            it.color = color;
        }
    }
    series
}

impl<'a> ChartData<'a> {
    /// In at most `max_slots` bars, if years make no more; nothing if nothing is dated.
    pub fn new(theme: &Theme, page: &'a EntityPage, max_slots: usize) -> Option<Self> {
        let series = series_of(theme, page);
        let axis = Axis::new(series.iter().map(|it| it.months), max_slots)?;
        let counts = series.iter().map(|it| axis.counts(it.months)).collect();
        Some(Self { series, axis, counts })
    }

    /// A month or year, with the articles of each series in it.
    pub fn slot_told(&self, view: View<'_>, idx: usize) -> String {
        let counted = self.series.iter().zip(&self.counts).map(|(series, counts)| {
            let n = count::n_articles(view.words, counts[idx]);
            format!("{}: {n}", words::isolate(series.name))
        });
        let told: Vec<String> = std::iter::once(self.axis.name(view.words, idx))
            .chain(counted)
            .collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        words::facts(&told)
    }

    /// The chart in words.
    pub fn told(&self, view: View<'_>) -> String {
        let series = self.series.iter().zip(&self.counts);
        let told: Vec<String> = series.map(|(it, counts)| it.told(view, &self.axis, counts)).collect();
        format!("{}: {}", view.words.timeline(), told.join("؛ "))
    }
}

/// What one entity shows on the chart.
pub struct Series<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The number of its articles.
    pub articles: u64,
    /// How many of them have no date.
    pub undated: u64,
    /// The others, month by month.
    pub months: &'a [MonthCount],
    /// Its colour.
    pub color: egui::Color32,
}

impl Series<'_> {
    /// The series in words: how many articles, and when most of them.
    fn told(&self, view: View<'_>, axis: &Axis, counts: &[u64]) -> String {
        let mut facts = vec![self.name.to_owned(), count::n_articles(view.words, self.articles)];
        // Of equal bars the first.
        let peak = counts
            .iter()
            .enumerate()
            .max_by_key(|(idx, n)| (**n, std::cmp::Reverse(*idx)));
        if let Some((idx, n)) = peak.filter(|(_, n)| **n != 0) {
            facts.push(date::most_at(view.words, &axis.name(view.words, idx), *n));
        }
        let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
        words::facts(&facts)
    }
}

/// The time that a chart shows, in months or in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The first bar: months since the year 0, or the year.
    first: i32,
    /// How many bars there are.
    pub n_slots: usize,
    by_year: bool,
}

impl Axis {
    /// The time of all series; nothing if nothing is dated.
    fn new<'a>(series: impl Iterator<Item = &'a [MonthCount]>, max_slots: usize) -> Option<Self> {
        let months: Vec<i32> = series.flatten().map(month_number).collect();
        let (first, last) = (*months.iter().min()?, *months.iter().max()?);
        let by_year = i32::try_from(max_slots).unwrap_or(i32::MAX) < last - first + 1;
        let step = if by_year { 12 } else { 1 };
        let (first, last) = (first.div_euclid(step), last.div_euclid(step));
        Some(Self {
            first,
            n_slots: usize::try_from(last - first + 1).unwrap_or(1),
            by_year,
        })
    }

    /// The articles of each bar.
    fn counts(&self, months: &[MonthCount]) -> Vec<u64> {
        let mut counts = vec![0; self.n_slots];
        for month in months {
            let number = month_number(month).div_euclid(if self.by_year { 12 } else { 1 });
            if let Some(count) = usize::try_from(number - self.first)
                .ok()
                .and_then(|idx| counts.get_mut(idx))
            {
                *count += month.articles;
            }
        }
        counts
    }

    /// The month or the year of a bar.
    pub fn name(&self, words: Words<'_>, idx: usize) -> String {
        let number = self.first + i32::try_from(idx).unwrap_or(0);
        let (year, month, precision) = match self.by_year {
            true => (number, 1, DatePrecision::Year),
            false => (number.div_euclid(12), number.rem_euclid(12) + 1, DatePrecision::Month),
        };
        let date = i16::try_from(year)
            .ok()
            .and_then(|year| Date::new(year, month as i8, 1).ok());
        date.map_or_else(String::new, |date| date::date(words, date, precision))
    }
}

fn month_number(month: &MonthCount) -> i32 {
    i32::from(month.year) * 12 + i32::from(month.month) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(months: &[(i16, i8, u64)]) -> Vec<MonthCount> {
        let months = months.iter();
        months
            .map(|&(year, month, articles)| MonthCount { year, month, articles })
            .collect()
    }

    #[test]
    fn two_series_share_one_axis() {
        let a = months(&[(2022, 11, 3), (2023, 2, 1)]);
        let b = months(&[(2023, 1, 5), (2023, 3, 2)]);
        let axis = Axis::new([a.as_slice(), b.as_slice()].into_iter(), 99).unwrap();
        assert_eq!(axis.counts(&a), [3, 0, 0, 1, 0]);
        assert_eq!(axis.counts(&b), [0, 0, 5, 0, 2]);
        // Without room for months the bars are years.
        let axis = Axis::new([a.as_slice(), b.as_slice()].into_iter(), 4).unwrap();
        assert_eq!((axis.counts(&a), axis.counts(&b)), (vec![3, 1], vec![0, 7]));
        assert_eq!(Axis::new(std::iter::empty(), 99), None);
    }
}
