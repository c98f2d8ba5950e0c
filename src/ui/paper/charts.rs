//! A chart on paper: its title, what it shows, and a caption that says of what, from when and by which search.

use jiff::civil::Date;

use crate::archive::DatePrecision;
use crate::state::{Chart, Charted, Settings, SystemTheme};
use crate::text::{Picture, Piece};

use super::super::theme::{Theme, look};
use super::super::words::{Words, count, date, notice, phrase};
use super::compared::compared;
use super::parts::{Block, LINE_HEIGHT, Room, SMALL, Said, legend, width_of, wrapped};
use super::plot::Paper;
use super::timeline::timeline;
use super::top_names::top_names;

/// The width of a picture, in points: a page with its margins.
const WIDTH: f32 = 1000.0;
/// Around all that is drawn.
pub const MARGIN: f32 = 36.0;

/// The picture of a chart that is made on a day.
pub fn chart_picture(chart: &Chart, settings: &Settings, today: Date) -> Picture {
    let paper = Paper {
        words: Words(settings),
        direction: look(settings, SystemTheme::Light).direction,
        theme: Theme::of_paper(),
        room: Room {
            left: MARGIN,
            width: WIDTH - 2.0 * MARGIN,
        },
    };
    const TITLE: f32 = 24.0;
    let top = MARGIN + TITLE * LINE_HEIGHT + 18.0;
    let plot = match &chart.charted {
        Charted::Timeline(it) => timeline(it, paper, top),
        Charted::Compared(page) => compared(page, paper, top),
        Charted::Top(counts) => top_names(counts, paper, top),
    };
    let Paper {
        direction, theme, room, ..
    } = paper;
    let title = Said {
        size: TITLE,
        bold: true,
        color: theme.palette.strong_text,
    };
    let at = [room.at(0.0, direction), MARGIN + TITLE * LINE_HEIGHT / 2.0];
    let mut pieces = vec![title.from(&plot.title, at, direction)];
    pieces.extend(plot.block.pieces);
    let mut bottom = top + plot.block.height + 12.0;
    let keys = legend(&plot.keys, room, (bottom, direction), (&theme, 1.0));
    pieces.extend(keys.pieces);
    bottom += keys.height + 10.0;
    let caption = caption(chart, &plot.notes, paper, (bottom, today));
    pieces.extend(caption.pieces);
    Picture {
        title: plot.title,
        size: [WIDTH, bottom + caption.height + MARGIN],
        ground: theme.palette.raised,
        pieces,
    }
}

/// Below a line: what was searched for, how many articles that found, of which archive, and when. Each in a row of its own,
/// so that scripts that run the other way meet nothing.
fn caption(chart: &Chart, notes: &[(String, String)], paper: Paper<'_>, (top, today): (f32, Date)) -> Block {
    const ROW: f32 = SMALL * 1.5;
    let Paper {
        words,
        direction,
        theme,
        room,
    } = paper;
    let mut rows: Vec<(String, String)> = phrase::request_rows(words, &chart.request);
    rows.push((
        words.articles().to_owned(),
        count::n_of_articles(words, chart.n_found, chart.n_articles),
    ));
    rows.extend(notes.iter().cloned());
    rows.push((words.archive().to_owned(), notice::archive(words, &chart.archive)));
    let made = date::date(words, today, DatePrecision::Day);
    rows.push((words.made_on().to_owned(), made));
    let labels = rows.iter().map(|(label, _)| width_of(label, SMALL)).fold(0.0, f32::max) + 24.0;
    let most_letters = ((room.width - labels) / width_of("أ", SMALL)).max(20.0) as usize;
    let line = Piece::Line {
        points: vec![[room.left, top], [room.left + room.width, top]],
        thickness: 1.0,
        color: theme.palette.outline,
        dashes: Vec::new(),
    };
    let (mut pieces, mut y) = (vec![line], top + 8.0);
    for (label, value) in rows {
        let mut label = label.as_str();
        for part in wrapped(&value, most_letters) {
            let middle = y + ROW / 2.0;
            if !label.is_empty() {
                let at = [room.at(0.0, direction), middle];
                pieces.push(Said::weak(&theme).from(std::mem::take(&mut label), at, direction));
            }
            let at = [room.at(labels, direction), middle];
            pieces.push(Said::small(&theme).from(&part, at, direction));
            y += ROW;
        }
    }
    Block {
        pieces,
        height: y - top,
    }
}
