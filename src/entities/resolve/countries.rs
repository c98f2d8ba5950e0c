//! Links «يابان» to «اليابان»: a country without its article. Of other places the article may make two, «الرباط» and «رباط».

use crate::entities::EntityKind;
use crate::entities::gazetteer::Gazetteer;

use super::groups::Groups;
use super::link::{Findings, Reason};

/// Finds names that are those of countries without their article, and neither everyday words nor other known names:
/// «مغرب» is the evening.
pub fn find(groups: &Groups, gazetteer: &Gazetteer) -> Findings {
    let mut found = Findings::default();
    for group in groups.numbers() {
        let key = groups.key_of(group);
        let is_place = groups.kind_of(group) == EntityKind::Place;
        if !is_place || key.contains(' ') || key.starts_with("ال") {
            continue;
        }
        let definite = format!("ال{key}");
        let is_open = gazetteer.known(key).is_some() || gazetteer.is_common(key) || !gazetteer.is_country(&definite);
        if let Some(country) = groups.find(EntityKind::Place, &definite).filter(|_| !is_open) {
            found.link(group, country, Reason::Spelling);
        }
    }
    found
}
