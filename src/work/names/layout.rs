//! A place for each name of a network, and which of its links are drawn: the same for the same network.
//!
//! Places come from ForceAtlas2 (Jacomy and others 2014, the crate `fa2`), begun on a circle and run for a fixed number of
//! rounds on one thread. It knows no sizes: discs that lie on each other are pushed apart afterwards.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use fa2::{FA2Data, FA2Settings};

use crate::index::{Cancelled, Network, NetworkLink};
use crate::state::PlacedNetwork;

/// The rounds of ForceAtlas2. Picked by looking at the pictures of some archives: more change nothing that is seen.
const ROUNDS: usize = 600;
/// Rounds between two checks for cancellation: some milliseconds.
const ROUNDS_PER_CHECK: usize = 20;
/// At most so many rounds push discs apart.
const PUSHES: usize = 300;
/// Of each name so many links are drawn with those that it shares most articles with. Picked by feel: more cover the names.
const MOST_SHARED: usize = 2;
/// And so many with those that are closest to it: which appear with it more than by their own frequency.
const CLOSEST: usize = 2;
/// Discs are so far apart, in radii of the smallest one.
const GAP: f32 = 1.0;

/// Gives each name of a network its place; `None` if `cancelled` says that this is no longer wanted.
pub fn placed(network: Network, cancelled: Cancelled<'_>) -> Option<PlacedNetwork> {
    let drawn = drawn(&network);
    let mut places = places(&network, &drawn, cancelled)?;
    fill_square(&mut places);
    let radii = PlacedNetwork::radii(&network);
    push_apart(&mut places, &radii);
    fill_square(&mut places);
    Some(PlacedNetwork { network, places, drawn })
}

/// The places of the links that are drawn, the thinnest first.
fn drawn(network: &Network) -> Vec<usize> {
    let mut drawn = BTreeSet::new();
    // How much more often than by chance: the cosine of the two lists of articles.
    let closeness = |link: &NetworkLink| {
        let [a, b] = link.names.map(|it| network.names[it].articles.max(1) as f64);
        (link.articles as f64).powi(2) / (a * b)
    };
    for mut links in network.links_by_name() {
        drawn.extend(links.iter().take(MOST_SHARED).map(|it| it.1));
        // The order of names decides between equals.
        links.sort_by(|a, b| closeness(&network.links[b.1]).total_cmp(&closeness(&network.links[a.1])));
        drawn.extend(links.iter().take(CLOSEST).map(|it| it.1));
    }
    if network.center.is_some() {
        let of_center = network.links.iter().enumerate().filter(|(_, link)| link.names[0] == 0);
        drawn.extend(of_center.map(|(idx, _)| idx));
    }
    let mut drawn: Vec<usize> = drawn.into_iter().collect();
    drawn.sort_by_key(|idx| (network.links[*idx].articles, Reverse(*idx)));
    drawn
}

fn places(network: &Network, drawn: &[usize], cancelled: Cancelled<'_>) -> Option<Vec<[f32; 2]>> {
    let n = network.names.len();
    let mut data = FA2Data::<f64>::with_capacity(n, drawn.len());
    for _ in 0..n {
        data.add_node();
    }
    data.apply_circular_layout();
    let mut links: Vec<usize> = drawn.to_vec();
    links.sort_unstable();
    for link in links.into_iter().map(|idx| &network.links[idx]) {
        // One more article says less about a pair that shares many.
        let weight = (1.0 + link.articles as f64).ln();
        data.add_edge_with_weight(link.names[0], link.names[1], weight);
    }
    let mut layout = FA2Settings::from_graph_order(n.max(2))
        .with_pairwise_repulsion()
        .build(data);
    for _ in 0..ROUNDS / ROUNDS_PER_CHECK {
        if cancelled() {
            return None;
        }
        layout.run(ROUNDS_PER_CHECK);
    }
    let places = layout.data().positions();
    Some(places.map(|(x, y)| [x as f32, y as f32]).collect())
}

/// Moves and scales the places, both directions alike, so that they just fill the unit square in one of them and stand in
/// its middle in the other.
fn fill_square(places: &mut [[f32; 2]]) {
    let bounds = |axis: usize| {
        let values = places.iter().map(|it| it[axis]);
        let (least, most) = values.fold((f32::MAX, f32::MIN), |(a, b), it| (a.min(it), b.max(it)));
        ((least + most) / 2.0, most - least)
    };
    let [(middle_x, width), (middle_y, height)] = [bounds(0), bounds(1)];
    let scale = match width.max(height) {
        side if side.is_normal() && 0.0 < side => 1.0 / side,
        _ => 1.0,
    };
    for place in places {
        // Rounded, so that the last bits of another machine's arithmetic change no picture.
        let rounded = |value: f32| (value * 1.0e4).round() / 1.0e4;
        *place = [
            rounded(0.5 + (place[0] - middle_x) * scale),
            rounded(0.5 + (place[1] - middle_y) * scale),
        ];
    }
}

/// Moves discs that lie on each other apart, the two of a pair equally far.
fn push_apart(places: &mut [[f32; 2]], radii: &[f32]) {
    let gap = GAP * radii.iter().copied().fold(f32::MAX, f32::min);
    for _ in 0..PUSHES {
        let mut has_moved = false;
        for a in 0..places.len() {
            for b in a + 1..places.len() {
                let least = radii[a] + radii[b] + gap;
                let (dx, dy) = (places[b][0] - places[a][0], places[b][1] - places[a][1]);
                let distance = dx.hypot(dy);
                if least <= distance {
                    continue;
                }
                // Two in the same place go apart along a direction that differs from pair to pair.
                let (dx, dy) = match distance {
                    distance if 1.0e-6 < distance => (dx / distance, dy / distance),
                    _ => ((a + b) as f32).sin_cos(),
                };
                let push = (least - distance) / 2.0 * 1.01;
                places[a] = [places[a][0] - dx * push, places[a][1] - dy * push];
                places[b] = [places[b][0] + dx * push, places[b][1] + dy * push];
                has_moved = true;
            }
        }
        if !has_moved {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::entities::{EntityId, EntityKind};
    use crate::index::NetworkName;

    use super::*;

    /// Names in two circles of friends that share one link.
    fn network(n: usize) -> Network {
        let name = |idx: usize| NetworkName {
            id: EntityId(format!("person:{idx}")),
            kind: EntityKind::Person,
            name: format!("اسم {idx}"),
            articles: (3 * n - idx) as u64,
        };
        let half = n / 2;
        let is_link = |a: usize, b: usize| (a < half) == (b < half) || (a, b) == (0, half);
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        let links = pairs.filter(|(a, b)| is_link(*a, *b)).map(|(a, b)| NetworkLink {
            names: [a, b],
            articles: (1 + (a + b) % 5) as u64,
        });
        Network {
            names: (0..n).map(name).collect(),
            links: links.collect(),
            ..Network::default()
        }
    }

    fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
        (a[0] - b[0]).hypot(a[1] - b[1])
    }

    #[test]
    fn the_same_network_has_the_same_picture() {
        let first = placed(network(60), &|| false).unwrap();
        assert_eq!(first, placed(network(60), &|| false).unwrap());
        assert!(placed(network(60), &|| true).is_none());
    }

    #[test]
    fn friends_stand_together_and_no_disc_on_another() {
        for n in [2, 3, 20, 200] {
            let it = placed(network(n), &|| false).unwrap();
            assert_eq!(it.places.len(), n);
            let radii = PlacedNetwork::radii(&it.network);
            for a in 0..n {
                assert!(
                    it.places[a].iter().all(|it| (-0.001..=1.001).contains(it)),
                    "{:?}",
                    it.places[a]
                );
                for b in a + 1..n {
                    let apart = distance(it.places[a], it.places[b]);
                    assert!(radii[a] + radii[b] < apart * 1.3, "{n}: {a} and {b}: {apart}");
                }
            }
        }
        let it = placed(network(20), &|| false).unwrap();
        let mean = |pairs: Vec<(usize, usize)>| {
            let sum: f32 = pairs.iter().map(|(a, b)| distance(it.places[*a], it.places[*b])).sum();
            sum / pairs.len() as f32
        };
        let within = mean(
            (1..10)
                .flat_map(|a| (1..10).filter(move |b| *b != a).map(move |b| (a, b)))
                .collect(),
        );
        let between = mean((1..10).flat_map(|a| (11..20).map(move |b| (a, b))).collect());
        assert!(within * 1.5 < between, "{within} {between}");
    }

    #[test]
    fn of_each_name_only_the_strongest_links_are_drawn_and_of_the_center_all() {
        let it = placed(network(60), &|| false).unwrap();
        assert!(it.drawn.len() < it.network.links.len() / 2);
        assert!((0..60).all(|name| {
            it.drawn
                .iter()
                .any(|link| it.network.links[*link].names.contains(&name))
        }));
        assert!(it.drawn.is_sorted_by_key(|link| it.network.links[*link].articles));
        let center = Some(EntityId("person:0".to_owned()));
        let it = placed(Network { center, ..network(20) }, &|| false).unwrap();
        let of_center = |link: &&NetworkLink| link.names[0] == 0;
        let all = it.network.links.iter().filter(of_center).count();
        assert_eq!(
            it.drawn
                .iter()
                .map(|idx| &it.network.links[*idx])
                .filter(of_center)
                .count(),
            all
        );
    }

    #[test]
    fn nobody_and_a_single_name_have_a_picture_too() {
        assert_eq!(
            placed(Network::default(), &|| false).unwrap().places,
            Vec::<[f32; 2]>::new()
        );
        let alone = placed(network(1), &|| false).unwrap();
        assert_eq!(alone.places, [[0.5, 0.5]]);
        // Names that share no article.
        let strangers = Network {
            links: Vec::new(),
            ..network(9)
        };
        let it = placed(strangers, &|| false).unwrap();
        assert!(it.places.iter().flatten().all(|it| it.is_finite()));
    }
}
