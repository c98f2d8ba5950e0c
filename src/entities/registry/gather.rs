//! From labels to entities: gathers names, and chooses the one to show and the one for the id.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::arabic::{Folding, fold};
use crate::entities::name_table::NameNumber;
use crate::entities::resolve::{GroupNumber, Groups, Reason, tight_hash};

use super::entity::EntityRecord;
use super::labels::{EntityLabel, Labels};

/// An entity under construction.
pub struct Draft {
    /// The label of its names.
    pub label: EntityLabel,
    /// The finished part.
    pub record: EntityRecord,
}

/// Gathers the names of each label, in the order of labels; the second list has the names by drafts.
pub fn gather(labels: &Labels<'_>) -> (Vec<Draft>, Vec<NameNumber>) {
    let resolution = labels.resolution;
    let groups = &resolution.groups;
    let table = groups.names();
    let mut by_label: Vec<(EntityLabel, NameNumber)> = (labels.scope.names(groups).into_iter())
        .filter_map(|name| Some((labels.label_of_name(name)?, name)))
        .filter(|(label, _)| !labels.hidden.contains(label))
        .collect();
    by_label.sort_unstable();
    // Names that were attached to fuller ones are not shown for them.
    let attached: HashSet<GroupNumber> = resolution
        .links
        .iter()
        .filter(|link| !matches!(link.reason, Reason::Spelling | Reason::SpellingAndContext))
        .map(|link| link.from)
        .filter(|group| labels.scope.place(*group).is_some())
        .collect();
    let (mut drafts, mut all_names) = (Vec::new(), Vec::with_capacity(by_label.len()));
    for names in by_label.chunk_by(|(a, _), (b, _)| a == b) {
        let label = names[0].0;
        let first = all_names.len() as u32;
        all_names.extend(names.iter().map(|(_, name)| *name));
        let numbers = &all_names[first as usize..];
        let own = |name: &NameNumber| {
            // Of merged entities the one that the user merged the others into gives its name.
            let group = groups.of_name(*name);
            (
                labels.own_label_of_name(*name) == Some(label),
                !attached.contains(&group),
            )
        };
        let best = numbers.iter().map(own).max().unwrap_or_default();
        let candidates: Vec<NameNumber> = numbers.iter().copied().filter(|name| own(name) == best).collect();
        let shown = shown_name(groups, &candidates);
        let kind = match labels.kinds.get(&label) {
            Some(kind) => *kind,
            None => table.kind(shown),
        };
        let articles = numbers
            .iter()
            .fold(0_u32, |sum, &name| sum.saturating_add(table.articles(name)));
        let anchor = candidates
            .iter()
            .map(|name| groups.of_name(*name))
            .min_by_key(|group| groups.key_of(*group))
            .unwrap_or_default();
        let record = EntityRecord {
            kind,
            anchor,
            shown,
            articles,
            first,
            n_names: names.len() as u32,
        };
        drafts.push(Draft { label, record });
    }
    (drafts, all_names)
}

/// The groups of an entity from which its id may be taken; none if it has no choice.
pub fn possible_anchors(draft: &Draft, names: &[NameNumber], labels: &Labels<'_>) -> BTreeSet<GroupNumber> {
    if labels.split_idx(draft.label).is_some() || draft.record.n_names < 2 {
        return BTreeSet::new();
    }
    let groups: BTreeSet<GroupNumber> = (draft.record.names(names).iter())
        .filter(|name| !labels.is_split_off(**name))
        .map(|name| labels.resolution.groups.of_name(*name))
        // What the user merged into another gives up its id.
        .filter(|group| labels.own_label(*group) == Some(draft.label))
        .collect();
    if groups.len() < 2 { BTreeSet::new() } else { groups }
}

/// The most frequent of the names whose form is a whole name; of equals the one with the least form.
pub fn shown_name(groups: &Groups, names: &[NameNumber]) -> NameNumber {
    let table = groups.names();
    if let [only] = names {
        return *only;
    }
    let is_whole = |name: NameNumber| {
        let kind = table.kind(name);
        tight_hash(kind, &fold(table.form(name), Folding::Name)) == tight_hash(kind, table.key(name))
    };
    let mut of_form: BTreeMap<&str, (bool, u64, NameNumber)> = BTreeMap::new();
    for &name in names {
        let it = of_form.entry(table.form(name)).or_insert((false, 0, name));
        it.0 |= is_whole(name);
        it.1 += u64::from(table.articles(name));
    }
    let n_words = |form: &str| form.split(' ').count();
    of_form
        .into_iter()
        .max_by(|(a, (a_whole, a_articles, _)), (b, (b_whole, b_articles, _))| {
            let by_words = match a_whole | b_whole {
                true => Ordering::Equal,
                false => n_words(a).cmp(&n_words(b)),
            };
            a_whole
                .cmp(b_whole)
                .then(by_words)
                .then(a_articles.cmp(b_articles))
                .then_with(|| b.cmp(a))
        })
        .map_or(NameNumber::default(), |(_, (_, _, name))| name)
}

/// The order of entities: by kind, then by falling number of articles, then by name, then by what makes the id.
pub fn order(groups: &Groups, a: (&EntityRecord, &str), b: (&EntityRecord, &str)) -> Ordering {
    let ((x, x_name), (y, y_name)) = (a, b);
    (x.kind, y.articles)
        .cmp(&(y.kind, x.articles))
        .then_with(|| x_name.cmp(y_name))
        .then_with(|| groups.key_of(x.anchor).cmp(groups.key_of(y.anchor)))
}
