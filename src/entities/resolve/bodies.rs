//! Bodies that every state has: a bare «وزارة الداخلية» is nobody's in particular, and never one country's.

use crate::arabic::table::hash_of;
use crate::entities::EntityKind;
use crate::entities::gazetteer::Gazetteer;
use crate::entities::local_body::is_local;
use crate::entities::vocabulary::{BODIES, BODIES_OF_EVERY_STATE};

use super::groups::{GroupNumber, Groups};

/// In words. A ministry with a longer name is unique: «وزارة الصحة ووقاية المجتمع». A guess.
const LONGEST_MINISTRY: usize = 3;

/// Whether a name is that of a body of states, or of institutions, that does not say whose it is, and another name says
/// it: «وزارة الداخلية» and «وزارة الداخلية السعودية», «الجيش» and «الجيش اللبناني». What one article means by the bare name,
/// the articles of other countries do not.
pub fn is_one_of_many(groups: &Groups, gazetteer: &Gazetteer, bare: GroupNumber, of_one: GroupNumber) -> bool {
    let (key, full) = (groups.key_of(bare), groups.key_of(of_one));
    let is_longer = key.split(' ').count() < full.split(' ').count();
    groups.kind_of(bare) == EntityKind::Organisation && is_longer && is_bare(gazetteer, key)
}

fn is_bare(gazetteer: &Gazetteer, key: &str) -> bool {
    let is_ministry = key.starts_with("وزاره ") && key.split(' ').count() <= LONGEST_MINISTRY;
    is_ministry
        || BODIES_OF_EVERY_STATE.contains(key)
        || is_local(gazetteer, key)
        || BODIES.contains_key(&hash_of(key))
        || gazetteer.is_no_name(key)
}
