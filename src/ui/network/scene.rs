//! Where everything stands in the pane: the part that decides, without drawing.

use std::collections::HashMap;

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::entities::EntityId;
use crate::state::{NamedDisc, PlacedNetwork, label_places};

/// Around the picture, so that the names at its edges have room, in points.
const MARGINS: Vec2 = vec2(80.0, 44.0);
/// The smallest disc, in points: it can still be hit.
const LEAST_RADIUS: f32 = 3.5;
/// How near a link has to be pointed at, in points.
const REACH: f32 = 5.0;
/// The thinnest and the thickest link, in points.
const THICKNESS: (f32, f32) = (0.6, 7.0);
/// The size of the letters of the least and of the most frequent name, in points.
const LETTERS: (f32, f32) = (12.0, 17.0);

/// How the picture is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// How much larger it is than when all of it is in view.
    pub zoom: f32,
    /// How far its middle is from that of the pane, in points.
    pub moved: Vec2,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            zoom: 1.0,
            moved: Vec2::ZERO,
        }
    }
}

impl Camera {
    /// The most that a picture is enlarged.
    const MOST_ZOOM: f32 = 12.0;

    /// The same with the picture larger by a factor, where `at`, from the middle of the pane, stays in its place.
    pub fn zoomed(self, factor: f32, at: Vec2) -> Self {
        let zoom = (self.zoom * factor).clamp(1.0, Self::MOST_ZOOM);
        let moved = at + (self.moved - at) * (zoom / self.zoom);
        match zoom <= 1.0 {
            true => Self::default(),
            false => Self { zoom, moved },
        }
    }
}

/// The picture in the pane.
pub struct Scene<'a> {
    /// What is shown.
    pub network: &'a PlacedNetwork,
    /// The middle of each name's disc.
    pub centers: Vec<Pos2>,
    /// Its radius.
    pub radii: Vec<f32>,
    /// The middle of its words, where there is room for them.
    pub labels: Vec<Option<Pos2>>,
    /// The size of the letters of each name, in points.
    pub letters: Vec<f32>,
    /// How thick each link is, in points.
    pub thicknesses: Vec<f32>,
    /// The chosen name.
    pub selected: Option<usize>,
    /// Those that appear with the chosen one, with the link.
    pub neighbours: HashMap<usize, usize>,
}

impl<'a> Scene<'a> {
    /// The network in a pane; `measure` says how much room the words of a name need, given the size of their letters.
    pub fn new(
        network: &'a PlacedNetwork,
        (pane, camera): (Rect, Camera),
        selected: Option<&EntityId>,
        measure: impl Fn(&str, f32) -> Vec2,
    ) -> Self {
        let places = network.places.iter().map(|[x, y]| pos2(*x, *y));
        let bounds = places
            .clone()
            .fold(Rect::NOTHING, |bounds, it| bounds.union(Rect::from_min_max(it, it)));
        let room = (pane.size() - 2.0 * MARGINS).max(vec2(40.0, 40.0));
        let fit = match bounds.width().max(bounds.height()) {
            side if side.is_finite() && 0.01 < side => {
                (room.x / bounds.width().max(0.01)).min(room.y / bounds.height().max(0.01))
            }
            _ => room.min_elem(),
        };
        // A few names are not blown up.
        let fit = fit.min(2.0 * room.max_elem());
        let middle = pane.center() + camera.moved;
        let centers: Vec<Pos2> = places
            .map(|it| middle + (it - bounds.center()) * fit * camera.zoom)
            .collect();
        // Discs grow less than the room between them, so that enlarging makes room for names.
        let radii = PlacedNetwork::radii(&network.network).into_iter();
        let radii: Vec<f32> = radii
            .map(|it| (it * fit * camera.zoom.sqrt()).max(LEAST_RADIUS))
            .collect();
        let letters = PlacedNetwork::shares(&network.network).into_iter();
        let thicknesses = network.thicknesses().into_iter();
        let names = &network.network.names;
        let selected = selected.and_then(|id| names.iter().position(|it| it.id == *id));
        let links = selected.map(|it| network.network.links_of(it)).unwrap_or_default();
        let mut it = Self {
            network,
            centers,
            radii,
            labels: Vec::new(),
            letters: letters.map(|it| LETTERS.0 + (LETTERS.1 - LETTERS.0) * it).collect(),
            thicknesses: thicknesses
                .map(|it| THICKNESS.0 + (THICKNESS.1 - THICKNESS.0) * it)
                .collect(),
            selected,
            neighbours: links.into_iter().collect(),
        };
        it.place_labels(pane, measure);
        it
    }

    /// Gives words room: those of the chosen name first, then of who appears with it, then as the names follow each other.
    fn place_labels(&mut self, pane: Rect, measure: impl Fn(&str, f32) -> Vec2) {
        let n = self.centers.len();
        let rank = |idx: &usize| match self.selected {
            Some(selected) if selected == *idx => 0,
            Some(_) if self.neighbours.contains_key(idx) => 1,
            _ => 2,
        };
        let mut order: Vec<usize> = (0..n)
            .filter(|idx| pane.expand(40.0).contains(self.centers[*idx]))
            .collect();
        order.sort_by_key(rank);
        let discs: Vec<NamedDisc> = order
            .iter()
            .map(|&idx| NamedDisc {
                center: self.centers[idx].into(),
                radius: self.radii[idx],
                name: measure(&self.network.network.names[idx].name, self.letters[idx]).into(),
            })
            .collect();
        let places = label_places(&discs);
        self.labels = vec![None; n];
        for (idx, place) in order.into_iter().zip(places) {
            self.labels[idx] = place.map(|it| Pos2::from(it.middle));
        }
        // The chosen one is always named.
        if let Some(selected) = self.selected
            && self.labels[selected].is_none()
        {
            self.labels[selected] = Some(self.centers[selected] + vec2(0.0, self.radii[selected] + 10.0));
        }
    }

    /// The links that are drawn: of the chosen name all, but for it the strongest of each.
    pub fn drawn(&self) -> impl Iterator<Item = usize> + '_ {
        let own = self.neighbours.values().copied();
        let others = self.network.drawn.iter().copied();
        others.filter(|link| !self.is_own(*link)).chain(own)
    }

    /// Whether a link is one of the chosen name.
    pub fn is_own(&self, link: usize) -> bool {
        let names = self.network.network.links[link].names;
        self.selected.is_some_and(|it| names.contains(&it))
    }

    /// Where a link begins and ends.
    pub fn ends(&self, link: usize) -> [Pos2; 2] {
        self.network.network.links[link].names.map(|it| self.centers[it])
    }

    /// The link at a place, the nearest one.
    pub fn link_at(&self, at: Pos2) -> Option<usize> {
        let distance = |link: usize| distance_to(at, self.ends(link)) - self.thicknesses[link] / 2.0;
        let near = self.drawn().map(|link| (distance(link), link));
        let nearest = near.filter(|it| it.0 <= REACH).min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.map(|it| it.1)
    }

    /// The nearest name in a direction, given as a vector; without a chosen one the first.
    pub fn name_towards(&self, direction: Vec2) -> Option<usize> {
        let Some(from) = self.selected else {
            return (!self.centers.is_empty()).then_some(0);
        };
        // One that lies to the side counts as further away.
        let cost = |idx: usize| {
            let way = self.centers[idx] - self.centers[from];
            let along = way.dot(direction);
            let aside = (way - direction * along).length();
            (aside <= 1.5 * along && 0.0 < along).then_some(along + 2.0 * aside)
        };
        let others = (0..self.centers.len()).filter(|idx| *idx != from);
        let nearest = others.filter_map(|idx| Some((cost(idx)?, idx)));
        nearest.min_by(|a, b| a.0.total_cmp(&b.0)).map(|it| it.1)
    }
}

/// The distance of a place from a straight piece.
fn distance_to(at: Pos2, [from, to]: [Pos2; 2]) -> f32 {
    let way = to - from;
    let share = match way.length_sq() {
        length if 0.0 < length => ((at - from).dot(way) / length).clamp(0.0, 1.0),
        _ => 0.0,
    };
    (at - (from + way * share)).length()
}

#[cfg(test)]
mod tests {
    use crate::entities::EntityKind;
    use crate::index::{Network, NetworkLink, NetworkName};

    use super::*;

    /// Four names at the corners of a square: 0 and 1 above, 2 and 3 below; 0 and 1 appear together, 0 and 3 too.
    fn network() -> PlacedNetwork {
        let name = |idx: u64| NetworkName {
            id: EntityId(format!("person:{idx}")),
            kind: EntityKind::Person,
            name: format!("اسم {idx}"),
            articles: 10 - idx,
        };
        let link = |names, articles| NetworkLink { names, articles };
        PlacedNetwork {
            network: Network {
                names: (0..4).map(name).collect(),
                links: vec![link([0, 1], 5), link([0, 3], 1)],
                ..Network::default()
            },
            places: vec![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]],
            drawn: vec![1, 0],
        }
    }

    fn scene<'a>(network: &'a PlacedNetwork, camera: Camera, selected: Option<&EntityId>) -> Scene<'a> {
        let pane = Rect::from_min_size(pos2(0.0, 0.0), vec2(540.0, 460.0));
        Scene::new(network, (pane, camera), selected, |text, size| {
            vec2(text.chars().count() as f32 * size * 0.5, size)
        })
    }

    #[test]
    fn all_of_it_is_in_view_until_it_is_enlarged() {
        let network = network();
        let it = scene(&network, Camera::default(), None);
        assert_eq!(it.centers[0], pos2(84.0, 44.0));
        assert_eq!(it.centers[3], pos2(456.0, 416.0));
        assert!(it.labels.iter().all(Option::is_some));
        // What is pointed at stays there.
        let camera = Camera::default().zoomed(2.0, vec2(-186.0, -186.0));
        let it = scene(&network, camera, None);
        assert_eq!(it.centers[0], pos2(84.0, 44.0));
        assert_eq!(camera.zoomed(0.1, Vec2::ZERO), Camera::default());
    }

    #[test]
    fn keys_lead_to_the_nearest_name_in_their_direction() {
        let network = network();
        let first = EntityId("person:0".to_owned());
        let it = scene(&network, Camera::default(), Some(&first));
        assert_eq!(it.name_towards(vec2(1.0, 0.0)), Some(1));
        assert_eq!(it.name_towards(vec2(0.0, 1.0)), Some(2));
        assert_eq!(it.name_towards(vec2(-1.0, 0.0)), None);
        assert_eq!(
            scene(&network, Camera::default(), None).name_towards(vec2(1.0, 0.0)),
            Some(0)
        );
    }

    #[test]
    fn a_link_is_hit_beside_its_line_too() {
        let network = network();
        let it = scene(&network, Camera::default(), None);
        assert_eq!(it.link_at(pos2(270.0, 47.0)), Some(0));
        assert_eq!(it.link_at(pos2(270.0, 231.0)), Some(1));
        assert_eq!(it.link_at(pos2(270.0, 120.0)), None);
        let first = EntityId("person:0".to_owned());
        let it = scene(&network, Camera::default(), Some(&first));
        assert_eq!(it.neighbours, HashMap::from([(1, 0), (3, 1)]));
    }
}
