//! Names over time on paper: a line for each, on one scale.

use crate::index::EntityPage;
use crate::text::Piece;

use super::super::entity_page::ChartData;
use super::super::words::{self, count, phrase};
use super::parts::{Block, Key, SMALL, Said, Sign, line_piece, mark_piece, steps, width_of};
use super::plot::{Paper, Plot};
use super::timeline::{AXIS, HEIGHT, Scale};

/// At most so many months; where there are more, the places on the axis are years.
const MOST_MONTHS: usize = 120;
/// With more places than this, lines have marks only where something is. Picked by feel.
const MOST_MARKS: usize = 60;

/// The lines from the top on.
pub fn compared(page: &EntityPage, paper: Paper<'_>, top: f32) -> Plot {
    let (words, theme) = (paper.words, &paper.theme);
    let names: Vec<&str> = std::iter::once(page.summary.name.as_str())
        .chain(page.compared.iter().map(|it| it.name.as_str()))
        .collect();
    let title = phrase::chart_names(words, &names);
    let Some(chart) = ChartData::new(theme, page, MOST_MONTHS) else {
        // Nothing is dated: the caption says how many there are.
        return Plot {
            title,
            block: Block {
                pieces: Vec::new(),
                height: 0.0,
            },
            keys: Vec::new(),
            notes: vec![(String::new(), count::n_undated(words, page.undated))],
        };
    };
    let most = chart.counts.iter().flatten().max().copied().unwrap_or(0);
    let scale = Scale::new(steps(most), paper, top);
    let mut pieces = scale.pieces(paper);
    let slot = scale.room.width / chart.axis.n_slots as f32;
    let x = |idx: usize| scale.room.at(slot * (idx as f32 + 0.5), paper.direction);
    // The first one lies above the others.
    for (idx, (counts, series)) in chart.counts.iter().zip(&chart.series).enumerate().rev() {
        let points: Vec<[f32; 2]> = counts.iter().enumerate().map(|(at, n)| [x(at), scale.y(*n)]).collect();
        pieces.push(line_piece(idx, points.clone(), series.color));
        let is_peak = |at: usize| {
            let beside = [at.checked_sub(1), Some(at + 1)];
            let beside = beside.into_iter().flatten().filter_map(|it| counts.get(it));
            beside.into_iter().all(|it| *it <= counts[at])
        };
        let marked = (0..counts.len()).filter(|at| counts[*at] != 0);
        for at in marked.filter(|at| counts.len() <= MOST_MARKS || is_peak(*at)) {
            let told = words::facts(&[
                series.name,
                &chart.axis.name(words, at),
                &count::n_articles(words, counts[at]),
            ]);
            let mark = mark_piece(idx, points[at], series.color);
            pieces.push(Piece::Told(Box::new(mark), crate::arabic::letter::copyable(&told)));
        }
    }
    // As many dates as there is room for, evenly apart.
    let widest = (0..chart.axis.n_slots).map(|at| width_of(&chart.axis.name(words, at), SMALL));
    let every = ((widest.fold(0.0, f32::max) + 18.0) / slot).ceil().max(1.0) as usize;
    for at in (0..chart.axis.n_slots).step_by(every) {
        let from_start = slot * at as f32;
        let line = scale.room.at(from_start, paper.direction);
        let y = top + HEIGHT;
        pieces.push(Piece::rect(
            [line - 0.5, y],
            [line + 0.5, y + 9.0],
            theme.palette.weak_text,
        ));
        let name = chart.axis.name(words, at);
        if from_start + width_of(&name, SMALL) <= scale.room.width {
            let at = [scale.room.at(from_start + 4.0, paper.direction), y + AXIS / 2.0 + 2.0];
            pieces.push(Said::weak(theme).from(&name, at, paper.direction));
        }
    }
    let keys = chart.series.iter().enumerate().map(|(idx, it)| Key {
        text: it.name.to_owned(),
        note: count::n_articles(words, it.articles),
        sign: Sign::Line(idx, it.color),
    });
    let undated = chart.series.iter().filter(|it| it.undated != 0);
    let notes = undated.map(|it| (it.name.to_owned(), count::n_undated(words, it.undated)));
    Plot {
        title,
        block: Block {
            pieces,
            height: HEIGHT + AXIS,
        },
        keys: keys.collect(),
        notes: notes.collect(),
    }
}
