//! Counts the articles found by day of publication.

use crate::arabic::days::date_of_epoch_day;
use crate::index::numbers::Ordinal;
use crate::index::request::{DayCount, SearchRequest};
use crate::index::snapshot::Snapshot;

use super::selection::day_of;

/// The number of the rows, or of their stories, published on each day, in order; and the number of undated ones.
pub fn timeline(snapshot: &Snapshot, rows: &[u32], request: &SearchRequest) -> (Vec<DayCount>, u64) {
    let is_inferred = |row: u32| snapshot.is_inferred(row);
    let mut undated = 0;
    let mut dated: Vec<(i32, bool)> = Vec::with_capacity(rows.len());
    // A story counts on its first day; the flag for undated comes before the day, so that undated ones sort last.
    let mut of_stories: Vec<(Ordinal, bool, i32, bool)> = Vec::new();
    for &row in rows {
        let story = snapshot.stories.of(row).filter(|_| request.counts_stories);
        match (story, day_of(snapshot, row, request.without_inferred)) {
            (Some(story), day) => of_stories.push((story, day.is_none(), day.unwrap_or_default(), is_inferred(row))),
            (None, Some(day)) => dated.push((day, is_inferred(row))),
            (None, None) => undated += 1,
        }
    }
    of_stories.sort_unstable();
    of_stories.dedup_by_key(|it| it.0);
    for (_, is_undated, day, is_inferred) in of_stories {
        match is_undated {
            true => undated += 1,
            false => dated.push((day, is_inferred)),
        }
    }
    let first = dated.iter().map(|it| it.0).min().unwrap_or(0);
    let last = dated.iter().map(|it| it.0).max().unwrap_or(-1);
    let n_days = usize::try_from(last - first + 1).unwrap_or(0);
    let mut counts = vec![(0_u32, 0_u32); n_days];
    for (day, is_inferred) in dated {
        let (articles, inferred) = &mut counts[(day - first) as usize];
        *articles += 1;
        *inferred += u32::from(is_inferred);
    }
    let timeline = (first..)
        .zip(counts)
        .filter(|(_, (articles, _))| *articles != 0)
        .filter_map(|(day, (articles, inferred))| {
            Some(DayCount {
                day: date_of_epoch_day(day)?,
                articles: u64::from(articles),
                inferred: u64::from(inferred),
            })
        })
        .collect();
    (timeline, undated)
}
