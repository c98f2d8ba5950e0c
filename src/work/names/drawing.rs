//! The picture of a network as plain lines, discs and words, for files: the whole of it, on paper.
//!
//! In the window it is drawn by the view, which can be moved and enlarged.

use crate::arabic::letter;
use crate::entities::EntityKind;
use crate::state::{LabelPlace, NamedDisc, PlacedNetwork, label_places};

/// The longer side of the room in which the middles of the discs stand, in pixels.
const SIDE: f32 = 1400.0;
/// Around all that is drawn.
const MARGIN: f32 = 24.0;
/// The size of the letters of the least and of the most frequent name.
const LETTERS: (f32, f32) = (15.0, 27.0);
/// The thinnest and the thickest line.
const THICKNESS: (f32, f32) = (0.8, 11.0);
/// The width of a letter in its size, on average: a little more than in the bundled face.
const LETTER_WIDTH: f32 = 0.47;
/// The height of a line in the size of its letters.
const LINE_HEIGHT: f32 = 1.35;

/// The picture of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Its width and height, in pixels.
    pub size: [f32; 2],
    /// The links, the thinnest first: what comes later lies above.
    pub lines: Vec<Line>,
    /// The names, in their order.
    pub discs: Vec<Disc>,
    /// The words of those that have room for them.
    pub labels: Vec<Label>,
}

/// A link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Where it begins and ends.
    pub ends: [[f32; 2]; 2],
    /// How thick it is.
    pub thickness: f32,
    /// The number of articles that name both.
    pub articles: u64,
}

/// A name.
#[derive(Clone, Debug, PartialEq)]
pub struct Disc {
    /// Its middle.
    pub center: [f32; 2],
    /// Its radius.
    pub radius: f32,
    /// What kind of thing is named so.
    pub kind: EntityKind,
    /// What is called so, and the number of articles.
    pub name: String,
    /// The number of articles that name it.
    pub articles: u64,
}

/// The words of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Their middle; or their left edge, or the right one, halfway up.
    pub at: [f32; 2],
    /// Which of these it is: 0 for the middle, 1 for the left edge, -1 for the right one.
    pub side: i8,
    /// The size of the letters.
    pub size: f32,
    /// What they are.
    pub text: String,
    /// Whether they run from right to left.
    pub is_rtl: bool,
}

/// The picture of a network; `is_rtl` says how a name runs that has no letters.
pub fn drawing(network: &PlacedNetwork, is_rtl: bool) -> Drawing {
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
