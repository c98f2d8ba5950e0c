//! The picture of a network for files: the whole of it, with what its colours mean.
//!
//! In the window it is drawn by the view, which can be moved and enlarged.

use crate::arabic::letter;
use crate::entities::EntityKind;
use crate::index::Facet;
use crate::state::{LabelPlace, NamedDisc, PlacedNetwork, Settings, SystemTheme, label_places};
use crate::text::{Direction, Picture, Piece};

use super::super::theme::{Theme, look};
use super::super::words::{Words, count};
use super::parts::{Key, LETTER_WIDTH, LINE_HEIGHT, Room, Sign, legend};

/// The longer side of the room in which the middles of the discs stand, in pixels.
const SIDE: f32 = 1400.0;
/// Around all that is drawn.
const MARGIN: f32 = 24.0;
/// The size of the letters of the least and of the most frequent name.
const LETTERS: (f32, f32) = (15.0, 27.0);
/// The thinnest and the thickest line.
const THICKNESS: (f32, f32) = (0.8, 11.0);
/// The least width of the legend.
const LEAST_LEGEND: f32 = 460.0;
/// How much larger the legend is than that of a chart, as the picture is.
const LEGEND_SCALE: f32 = 1.6;

/// The picture of a network.
#[derive(Clone, Debug, PartialEq)]
struct Drawing {
    /// Its width and height, in pixels.
    size: [f32; 2],
    /// The links, the thinnest first: what comes later lies above.
    lines: Vec<Line>,
    /// The names, in their order.
    discs: Vec<Disc>,
    /// The words of those that have room for them.
    labels: Vec<Label>,
}

/// A link.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    /// Where it begins and ends.
    ends: [[f32; 2]; 2],
    /// How thick it is.
    thickness: f32,
    /// The number of articles that name both.
    articles: u64,
}

/// A name.
#[derive(Clone, Debug, PartialEq)]
struct Disc {
    /// Its middle.
    center: [f32; 2],
    /// Its radius.
    radius: f32,
    /// What kind of thing is named so.
    kind: EntityKind,
    /// What is called so.
    name: String,
    /// The number of articles that name it.
    articles: u64,
}

/// The words of a name.
#[derive(Clone, Debug, PartialEq)]
struct Label {
    /// Their middle; or their left edge, or the right one, halfway up.
    at: [f32; 2],
    /// Which of these it is: 0 for the middle, 1 for the left edge, -1 for the right one.
    side: i8,
    /// The size of the letters.
    size: f32,
    /// What they are.
    text: String,
    /// Whether they run from right to left.
    is_rtl: bool,
}

/// The picture of a network; `is_rtl` says how a name runs that has no letters.
fn drawing(network: &PlacedNetwork, is_rtl: bool) -> Drawing {
    let names = &network.network.names;
    let (radii, shares) = (
        PlacedNetwork::radii(&network.network),
        PlacedNetwork::shares(&network.network),
    );
    let thicknesses = network.thicknesses();
    let at = |[x, y]: [f32; 2]| [x * SIDE, y * SIDE];
    let discs: Vec<Disc> = names
        .iter()
        .enumerate()
        .map(|(idx, it)| Disc {
            center: at(network.places[idx]),
            radius: radii[idx] * SIDE,
            kind: it.kind,
            name: it.name.clone(),
            articles: it.articles,
        })
        .collect();
    let letters = |share: f32| LETTERS.0 + (LETTERS.1 - LETTERS.0) * share;
    let named: Vec<NamedDisc> = discs
        .iter()
        .zip(&shares)
        .map(|(it, share)| NamedDisc {
            center: it.center,
            radius: it.radius,
            name: [
                it.name.chars().count() as f32 * LETTER_WIDTH * letters(*share),
                LINE_HEIGHT * letters(*share),
            ],
        })
        .collect();
    let places = label_places(&named);
    let labels = places.iter().zip(&named).zip(discs.iter().zip(&shares));
    let labels = labels.filter_map(|((place, named), (disc, share))| {
        let LabelPlace { middle: [x, y], side } = (*place)?;
        Some(Label {
            at: [x - f32::from(side) * named.name[0] / 2.0, y],
            side,
            size: letters(*share),
            text: disc.name.clone(),
            is_rtl: letter::first_strong_is_rtl(&disc.name).unwrap_or(is_rtl),
        })
    });
    let lines = network.drawn.iter().map(|idx| {
        let link = &network.network.links[*idx];
        Line {
            ends: link.names.map(|it| at(network.places[it])),
            thickness: THICKNESS.0 + (THICKNESS.1 - THICKNESS.0) * thicknesses[*idx],
            articles: link.articles,
        }
    });
    let drawing = Drawing {
        size: [0.0; 2],
        lines: lines.collect(),
        labels: labels.collect(),
        discs,
    };
    drawing.in_its_frame(&places, &named)
}

impl Drawing {
    /// The same moved so that all of it, its words too, just lies within its size.
    fn in_its_frame(mut self, places: &[Option<LabelPlace>], named: &[NamedDisc]) -> Self {
        let discs = named.iter().map(|it| (it.center, [it.radius, it.radius]));
        let words = places.iter().zip(named).filter_map(|(place, named)| {
            let half = named.name.map(|it| it / 2.0);
            Some(((*place)?.middle, half))
        });
        let (mut least, mut most) = ([f32::MAX; 2], [f32::MIN; 2]);
        for (center, half) in discs.chain(words) {
            for axis in 0..2 {
                least[axis] = least[axis].min(center[axis] - half[axis]);
                most[axis] = most[axis].max(center[axis] + half[axis]);
            }
        }
        if named.is_empty() {
            (least, most) = ([0.0; 2], [0.0; 2]);
        }
        self.size = [0, 1].map(|axis| most[axis] - least[axis] + 2.0 * MARGIN);
        let discs = self.discs.iter_mut().map(|it| &mut it.center);
        let words = self.labels.iter_mut().map(|it| &mut it.at);
        let ends = self.lines.iter_mut().flat_map(|it| it.ends.iter_mut());
        for place in discs.chain(words).chain(ends) {
            *place = [0, 1].map(|axis| place[axis] - least[axis] + MARGIN);
        }
        self
    }
}

/// The picture of a network, for a file.
pub fn network_picture(network: &PlacedNetwork, settings: &Settings) -> Picture {
    let words = Words(settings);
    let direction = look(settings, SystemTheme::Light).direction;
    let theme = Theme::of_paper();
    let drawing = drawing(network, direction.is_rtl());
    let mut pieces: Vec<Piece> = drawing.lines.iter().map(|it| line(it, words, &theme)).collect();
    pieces.extend(drawing.discs.iter().map(|it| disc(it, words, &theme)));
    pieces.extend(drawing.labels.iter().map(|it| label(it, &theme)));
    let [width, height] = drawing.size;
    let kinds = EntityKind::ALL.into_iter();
    let kinds = kinds.filter(|kind| network.network.names.iter().any(|it| it.kind == *kind));
    let keys: Vec<Key> = kinds
        .map(|kind| Key {
            text: words.facet(Facet::of_kind(kind)).to_owned(),
            note: String::new(),
            sign: Sign::Disc(theme.entity(kind)),
        })
        .collect();
    let room = Room {
        left: MARGIN,
        width: (width - 2.0 * MARGIN).max(LEAST_LEGEND),
    };
    let legend = legend(&keys, room, (height, direction), (&theme, LEGEND_SCALE));
    let title = match (&network.network.center, network.network.names.first()) {
        (Some(_), Some(center)) => format!("{} {}", words.network_of(), center.name),
        _ => words.network().to_owned(),
    };
    Picture {
        title,
        size: [width.max(room.width + 2.0 * MARGIN), height + legend.height + MARGIN],
        ground: theme.palette.raised,
        pieces: [pieces, legend.pieces].concat(),
    }
}

fn line(it: &Line, words: Words<'_>, theme: &Theme) -> Piece {
    let line = Piece::Line {
        points: it.ends.to_vec(),
        thickness: it.thickness,
        color: theme.palette.weak_text.gamma_multiply(0.4),
        dashes: Vec::new(),
    };
    Piece::Told(Box::new(line), count::n_articles(words, it.articles))
}

fn disc(it: &Disc, words: Words<'_>, theme: &Theme) -> Piece {
    let disc = Piece::Disc {
        center: it.center,
        radius: it.radius,
        color: theme.entity(it.kind),
    };
    let told = format!("{}: {}", it.name, count::n_articles(words, it.articles));
    Piece::Told(Box::new(disc), told)
}

fn label(it: &Label, theme: &Theme) -> Piece {
    Piece::Words {
        at: it.at,
        side: it.side,
        size: it.size,
        bold: false,
        color: theme.palette.strong_text,
        text: it.text.clone(),
        direction: match it.is_rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        },
    }
}
