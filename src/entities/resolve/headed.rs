//! Links «حركة حماس» to «حماس», and «أرابتك القابضة» to «أرابتك»: the extra word says only what kind of thing it is.

use std::collections::{BTreeMap, HashSet};

use crate::entities::EntityKind;
use crate::entities::gazetteer::Gazetteer;
use crate::entities::head::{HEADS, is_head};
use crate::entities::vocabulary::{LIKE_CITIES, TAILS};

use super::groups::{GroupNumber, Groups};
use super::link::{Findings, Reason};

/// Finds names that are other names with a head before them.
pub fn find_heads(groups: &Groups, gazetteer: &Gazetteer) -> Findings {
    let mut found = Findings::default();
    for (bare, headed) in by_bare_name(groups) {
        let kind = groups.kind_of(bare);
        let key = groups.key_of(bare);
        let heads = match kind {
            EntityKind::Organisation
                if key.contains(' ') && headed.iter().all(|(_, it)| HEADS.of_banks.contains(it)) =>
            {
                &HEADS.of_banks
            }
            EntityKind::Organisation => &HEADS.of_organisations,
            EntityKind::Place => &HEADS.of_places,
            EntityKind::Person => continue,
        };
        let is_it = |group: GroupNumber, head: &str| heads.contains(head) && groups.kind_of(group) == kind;
        // «نادي الهلال» and «بنك الهلال»: which of them «الهلال» is stays open. A city keeps its name beside
        // the university and the airport that are called after it.
        let has_rivals = kind == EntityKind::Organisation && headed.iter().any(|&(group, head)| !is_it(group, head));
        let with_head = headed.iter().filter(|(group, head)| is_it(*group, head));
        let different: HashSet<&str> = with_head.clone().map(|(_, head)| *head).collect();
        let is_one_of_several = different.len() != 1 && kind == EntityKind::Organisation;
        if is_ambiguous(groups, gazetteer, bare) || has_rivals || is_one_of_several {
            continue;
        }
        for (group, _) in with_head {
            found.link(*group, bare, Reason::Head);
        }
    }
    found
}

/// Of each name the longer ones that have a head before it, with that head.
fn by_bare_name(groups: &Groups) -> BTreeMap<GroupNumber, Vec<(GroupNumber, &str)>> {
    let mut by_bare: BTreeMap<GroupNumber, Vec<(GroupNumber, &str)>> = BTreeMap::new();
    for group in groups.numbers() {
        let Some((head, bare)) = groups.key_of(group).split_once(' ') else {
            continue;
        };
        if groups.kind_of(group) == EntityKind::Person || !is_head(head) {
            continue;
        }
        for kind in [EntityKind::Organisation, EntityKind::Place] {
            if let Some(bare) = groups.find(kind, bare) {
                by_bare.entry(bare).or_default().push((group, head));
            }
        }
    }
    by_bare
}

/// Whether a name alone is ambiguous: it is also a place, a person or an everyday word.
fn is_ambiguous(groups: &Groups, gazetteer: &Gazetteer, group: GroupNumber) -> bool {
    let (kind, key) = (groups.kind_of(group), groups.key_of(group));
    EntityKind::ALL
        .iter()
        .any(|other| *other != kind && groups.find(*other, key).is_some())
        || gazetteer.known(key).is_some_and(|it| it.kind != kind)
        || gazetteer.is_common(key)
        || gazetteer.is_given_name(key)
        || LIKE_CITIES.contains(key)
        // «شركة الهلال» is one of many called «الهلال».
        || !key.contains(' ') && key.starts_with("ال") && gazetteer.key_of(kind, key).is_none()
}

/// Finds companies that are others with a tail, where the rest is no definite word and no name of another kind.
pub fn find_tails(groups: &Groups, gazetteer: &Gazetteer) -> Findings {
    let mut found = Findings::default();
    for group in groups.numbers() {
        let key = groups.key_of(group);
        let Some((bare, tail)) = key.rsplit_once(' ') else {
            continue;
        };
        let kind = EntityKind::Organisation;
        if groups.kind_of(group) != kind || !TAILS.contains(tail) || gazetteer.key_of(kind, key).is_some() {
            continue;
        }
        let is_open = !bare.contains(' ') && bare.starts_with("ال")
            || gazetteer.is_no_name(bare)
            || gazetteer.is_given_name(bare)
            || groups.find(EntityKind::Place, bare).is_some()
            || groups.find(EntityKind::Person, bare).is_some();
        if let Some(bare) = groups.find(kind, bare).filter(|_| !is_open) {
            found.link(group, bare, Reason::Head);
        }
    }
    found
}
