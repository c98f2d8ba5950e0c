//! Bodies that many places have: a bare «هيئة الصحة» is nobody's in particular.

use super::EntityKind;
use super::gazetteer::Gazetteer;
use super::vocabulary::{LOCAL_BODIES, LOCAL_HEADS};

/// In words. Of longer ones there is one: «دائرة الإحصاء والتنمية المجتمعية والتخطيط العمراني». A guess.
const LONGEST: usize = 6;

/// Whether a folded name is that of a body of a place and does not say which: one of the list, or one with a head of such
/// bodies, «دائرة الأشغال», unless the lists have it, or it names a place, «دائرة أراضي دبي».
pub fn is_local(gazetteer: &Gazetteer, key: &str) -> bool {
    if LOCAL_BODIES.contains(key) {
        return true;
    }
    let Some((head, rest)) = key.split_once(' ') else {
        return false;
    };
    let is_place = |word: &str| gazetteer.key_of(EntityKind::Place, word).is_some();
    let says_place = || {
        let words = || rest.split(' ');
        let ends = || rest.match_indices(' ').map(|(at, _)| &rest[at + 1..]);
        words()
            .chain(ends())
            .chain([rest])
            .any(|it| is_place(it) || it.strip_prefix('ب').is_some_and(is_place))
    };
    LOCAL_HEADS.contains(head)
        && key.split(' ').count() <= LONGEST
        && gazetteer.key_of(EntityKind::Organisation, key).is_none()
        && !says_place()
}
