//! Which discs of a picture bear their names, and on which side: those whose names lie on no other.

/// A rectangle: left, top, right, bottom.
type Rectangle = [f32; 4];

/// Between two names, and a name and its disc, in heights of a line. Picked by feel.
const GAP: f32 = 0.2;
/// Above and below a name, so that two in a small picture do not touch. Picked by feel.
const GAP_BETWEEN_LINES: f32 = 0.08;

/// A disc with the room that its name needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedDisc {
    /// Its middle.
    pub center: [f32; 2],
    /// Its radius.
    pub radius: f32,
    /// The width and the height of its name, in the same measure.
    pub name: [f32; 2],
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelPlace {
    /// Its middle.
    pub middle: [f32; 2],
    /// On which side of its disc it is: -1 at the left, 1 at the right, 0 below or above.
    pub side: i8,
}

/// Where each disc's name stands; `None` for one that would lie on another, or on a disc before it. Earlier discs go first.
///
/// A name stands below its disc, or else above it, or beside it; where it lies on no disc at all, if there is such a side.
pub fn label_places(discs: &[NamedDisc]) -> Vec<Option<LabelPlace>> {
    let mut taken: Vec<Rectangle> = Vec::new();
    let mut places = Vec::with_capacity(discs.len());
    for (idx, disc) in discs.iter().enumerate() {
        let [width, height] = disc.name;
        let (beside, below) = (disc.radius + width / 2.0, disc.radius + height / 2.0);
        let (gap, between) = (GAP * height, GAP_BETWEEN_LINES * height);
        let sides = [
            ([0.0, below + gap / 2.0], 0),
            ([0.0, -below - gap / 2.0], 0),
            ([beside + gap, 0.0], 1),
            ([-beside - gap, 0.0], -1),
        ];
        let free = sides.map(|([dx, dy], side)| {
            let middle = [disc.center[0] + dx, disc.center[1] + dy];
            let room = [
                middle[0] - width / 2.0 - gap,
                middle[1] - height / 2.0 - between,
                middle[0] + width / 2.0 + gap,
                middle[1] + height / 2.0 + between,
            ];
            let is_free = !taken.iter().any(|it| overlap(*it, room));
            is_free.then_some((LabelPlace { middle, side }, room))
        });
        let lies_on = |discs: &[NamedDisc], room| discs.iter().any(|it| covers(it, room));
        let free = free.into_iter().flatten().filter(|it| !lies_on(&discs[..idx], it.1));
        let fitting = free.clone().find(|it| !lies_on(&discs[idx + 1..], it.1));
        let fitting = fitting.or_else(|| free.clone().next());
        taken.extend(fitting.map(|it| it.1));
        places.push(fitting.map(|it| it.0));
    }
    places
}

fn overlap(a: Rectangle, b: Rectangle) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Whether a disc lies on some of a rectangle.
fn covers(disc: &NamedDisc, room: Rectangle) -> bool {
    let [x, y] = disc.center;
    let (dx, dy) = (x - x.clamp(room[0], room[2]), y - y.clamp(room[1], room[3]));
    dx.hypot(dy) < disc.radius
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disc(x: f32, y: f32) -> NamedDisc {
        NamedDisc {
            center: [x, y],
            radius: 5.0,
            name: [40.0, 10.0],
        }
    }

    #[test]
    fn names_lie_on_no_other_and_the_first_go_first() {
        let middles = |discs: &[NamedDisc]| -> Vec<_> {
            let places = label_places(discs).into_iter();
            places.map(|it| it.map(|it| it.middle)).collect()
        };
        let alone = middles(&[disc(0.0, 0.0), disc(200.0, 0.0)]);
        assert_eq!(alone, [Some([0.0, 11.0]), Some([200.0, 11.0])]);
        // Close ones move to another side; in a crowd the last have none.
        let pair = middles(&[disc(0.0, 0.0), disc(12.0, 0.0)]);
        assert_eq!((pair[0], pair[1].map(|it| it[1])), (Some([0.0, 11.0]), Some(-11.0)));
        // Not on a disc, where there is another side.
        let beside = label_places(&[disc(0.0, 0.0), disc(0.0, 12.0), disc(0.0, -12.0)]);
        assert_eq!(beside[0].map(|it| (it.side, it.middle[1])), Some((1, 0.0)));
        let crowd: Vec<NamedDisc> = (0..30)
            .map(|it| disc((it % 6) as f32 * 11.0, (it / 6) as f32 * 11.0))
            .collect();
        let places = middles(&crowd);
        assert!(places[0].is_some() && places.iter().any(Option::is_none));
        let rooms: Vec<Rectangle> = places
            .iter()
            .flatten()
            .map(|[x, y]| [x - 20.0, y - 5.0, x + 20.0, y + 5.0])
            .collect();
        for (idx, a) in rooms.iter().enumerate() {
            assert!(rooms[idx + 1..].iter().all(|b| !overlap(*a, *b)));
        }
    }
}
