//! The most frequent values of a facet on paper: a bar for each, with its number.

use crate::index::FacetCounts;
use crate::text::Piece;

use super::super::words::{count, phrase};
use super::parts::{Block, SMALL, Said, shortened, width_of};
use super::plot::{Paper, Plot};

/// How many are shown. Picked by feel: what is read at a glance.
const MOST_SHOWN: usize = 20;
/// The height of a row.
const ROW: f32 = 26.0;
/// Longer names are cut, in letters.
const MOST_LETTERS: usize = 42;

/// The bars from the top on.
pub fn top_names(counts: &FacetCounts, paper: Paper<'_>, top: f32) -> Plot {
    let Paper {
        words,
        direction,
        theme,
        room,
    } = paper;
    let values = counts.values.iter().take(MOST_SHOWN);
    let rows: Vec<(String, u64)> = values
        .map(|it| {
            let name = phrase::facet_value(words, counts.facet, &it.name);
            (
                shortened(&crate::arabic::letter::copyable(&name), MOST_LETTERS),
                it.articles,
            )
        })
        .collect();
    let most = rows.iter().map(|it| it.1).max().unwrap_or(1).max(1);
    let names = rows.iter().map(|it| width_of(&it.0, SMALL)).fold(0.0, f32::max) * 1.12 + 14.0;
    let numbers = width_of(&count::number(words, most), SMALL) + 14.0;
    let longest = (room.width - names - numbers).max(60.0);
    let color = theme.facet(counts.facet);
    let mut pieces = Vec::new();
    for (idx, (name, articles)) in rows.iter().enumerate() {
        let y = top + ROW * (idx as f32 + 0.5);
        let at = |from_start: f32| room.at(from_start, direction);
        pieces.push(Said::small(&theme).up_to(name, [at(names - 12.0), y], direction));
        let length = (*articles as f32 / most as f32 * longest).max(1.5);
        let (a, b) = (at(names), at(names + length));
        let bar = Piece::rect([a.min(b), y - 8.0], [a.max(b), y + 8.0], color);
        pieces.push(Piece::Told(
            Box::new(bar),
            format!("{name}: {}", count::n_articles(words, *articles)),
        ));
        let number = count::number(words, *articles);
        pieces.push(Said::small(&theme).from(&number, [at(names + length + 7.0), y], direction));
    }
    let n_others = counts.n_values.saturating_sub(rows.len());
    let note = (n_others != 0).then(|| count::first_of(words, rows.len(), counts.n_values));
    Plot {
        title: phrase::chart_top(words, counts.facet),
        block: Block {
            pieces,
            height: ROW * rows.len() as f32,
        },
        keys: Vec::new(),
        notes: note.map(|it| (String::new(), it)).into_iter().collect(),
    }
}
