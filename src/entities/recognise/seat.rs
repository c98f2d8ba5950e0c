//! Names the bodies that many places have by the place that the article says behind them: «هيئة الصحة في دبي» is «هيئة الصحة
//! بدبي», and neither that of Abu Dhabi nor a bare «هيئة الصحة».

use super::super::gazetteer::Gazetteer;
use super::super::local_body::is_local;
use super::super::vocabulary::BODIES_OF_PLACES;
use super::super::{EntityKind, Mention};

/// Gives local bodies the place that is said behind them, within the name or as a name of its own.
pub fn name_by_seat(mentions: &mut [Mention], text: &str, gazetteer: &Gazetteer) {
    for at in 0..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at + 1);
        let Some(body) = before.last_mut().filter(|it| it.kind == EntityKind::Organisation) else {
            continue;
        };
        if let Some(key) = with_seat(&body.name.key, gazetteer) {
            body.name.key = key;
            continue;
        }
        let place = rest.first().filter(|place| is_said_behind(body, place, text));
        if let Some(place) = place.filter(|_| is_of_place(gazetteer, &body.name.key)) {
            body.name.key = format!("{} ب{}", body.name.key, place.name.key);
            body.name.form = format!("{} ب{}", body.name.form, place.name.form);
        }
    }
}

/// The usual key of a local body whose name ends with its place: «هييه الصحه في دبي» is «هييه الصحه بدبي».
fn with_seat(key: &str, gazetteer: &Gazetteer) -> Option<String> {
    let spaces = key.match_indices(' ').map(|(at, _)| at);
    let mut splits = spaces.filter_map(|at| {
        let (body, rest) = (&key[..at], &key[at + 1..]);
        let place = rest.strip_prefix("في ").or_else(|| rest.strip_prefix('ب'))?;
        let place = gazetteer.key_of(EntityKind::Place, place)?;
        is_of_place(gazetteer, body).then(|| format!("{body} ب{place}"))
    });
    splits.next()
}

fn is_of_place(gazetteer: &Gazetteer, key: &str) -> bool {
    is_local(gazetteer, key) || BODIES_OF_PLACES.contains(key)
}

/// Whether what follows the name of a local body in a longer name is its place: «بدبي».
pub fn is_seat(rest: &str) -> bool {
    rest.starts_with('ب') || rest.starts_with("في ")
}

/// Whether a place is said right behind a name, «في دبي», «بإمارة دبي».
pub fn is_said_behind(body: &Mention, place: &Mention, text: &str) -> bool {
    /// Before a place that has a head, this may stand between.
    const BETWEEN: [&str; 8] = ["في", "ب", "بـ", "في إمارة", "بإمارة", "في مدينة", "بمدينة", "في دولة"];
    let between = text.get(body.span.end..place.span.start).map(str::trim);
    place.kind == EntityKind::Place && between.is_some_and(|it| BETWEEN.contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, expected: Option<&str>) {
        assert_eq!(with_seat(key, &Gazetteer::new()).as_deref(), expected, "{key}");
    }

    #[test]
    fn a_local_body_is_named_by_its_place_in_one_way() {
        check("هييه الصحه في دبي", Some("هييه الصحه بدبي"));
        check("هييه الصحه بدبي", Some("هييه الصحه بدبي"));
        check("غرفه التجاره بجده", Some("غرفه التجاره بجده"));
        check("دايره الاشغال في الشارقه", Some("دايره الاشغال بالشارقه"));
        check("مديريه التربيه في حلب", Some("مديريه التربيه بحلب"));
        check("المحكمه الابتداييه بصفاقس", Some("المحكمه الابتداييه بصفاقس"));
        check("النيابه العامه في دبي", Some("النيابه العامه بدبي"));
        check("هييه الصحه", None);
        check("جامعه الازهر بالقاهره", None);
        check("منظمه العفو في لندن", None);
        check("هييه الصحه بالمدارس", None);
    }
}
