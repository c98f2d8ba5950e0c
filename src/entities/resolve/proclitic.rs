//! Links «وسامي العامري» to «سامي العامري», and «لحماس» to «حماس».

use crate::arabic::clitic::CLITICS;
use crate::entities::EntityKind;
use crate::entities::gazetteer::Gazetteer;

use super::groups::Groups;
use super::likeness::SpellingModel;
use super::link::{Findings, Reason};

/// A single word begins with a proclitic if the rest is at least this many times as frequent and no known name. A guess.
const RATHER_BARE: u32 = 10;

/// Finds names that are other names with a proclitic before them.
pub fn find(groups: &Groups, gazetteer: &Gazetteer, spelling: &SpellingModel) -> Findings {
    let mut found = Findings::default();
    for group in groups.numbers() {
        let (kind, key) = (groups.kind_of(group), groups.key_of(group));
        let first = key.split(' ').next().unwrap_or(key);
        if !CLITICS.resolver.iter().any(|it| first.starts_with(it)) || first.chars().count() < 4 {
            continue;
        }
        // «وليد» is a name, «وسعيد» is one only with a proclitic.
        let is_arab_behind = first
            .strip_prefix('و')
            .is_some_and(|rest| spelling.is_known(rest) || rest == "عبد");
        let is_given = gazetteer.is_given_name(first) && !is_arab_behind;
        if gazetteer.known(key).is_some() || spelling.is_known(first) || is_given {
            continue;
        }
        let is_lone = first.len() == key.len();
        let bare = without_proclitics(key).into_iter().find_map(|bare| {
            let bare_group = groups.find(kind, &bare)?;
            let (n_here, n_bare) = (groups.articles_of(group), groups.articles_of(bare_group));
            let is_evident = match is_lone {
                // «بيروت» is not «in Yrut»: the whole is a known name, or the rest is none.
                true if kind == EntityKind::Person => false,
                true => {
                    let is_known = gazetteer.known(&bare).is_some_and(|it| it.kind == kind);
                    is_known && n_here <= n_bare || n_here.saturating_mul(RATHER_BARE) <= n_bare
                }
                // «كريم سالم» is not «like Rim Salim»; a name that begins so is known, or rarer than the bare one.
                false => n_here <= n_bare,
            };
            is_evident.then_some(bare_group)
        });
        if let Some(bare) = bare {
            found.link(group, bare, Reason::Proclitic);
        }
    }
    found
}

/// A key without its first letters, where these may be proclitics.
fn without_proclitics(key: &str) -> Vec<String> {
    let mut bare = Vec::new();
    for clitic in &CLITICS.resolver {
        if let Some(rest) = key.strip_prefix(clitic) {
            bare.push(rest.to_owned());
            // «للسلطة» is «ل» and «السلطة».
            if let Some(melted) = rest.strip_prefix('ل').filter(|_| clitic.ends_with('ل')) {
                bare.push(format!("ال{melted}"));
            }
        }
    }
    bare
}
