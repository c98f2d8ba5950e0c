//! Names resolved by the thousand: known spellings, different people with like names, and how long it takes.

use std::collections::{BTreeMap, BTreeSet};

use fihrist::arabic::{Folding, fold};
use fihrist::entities::{EntityKind, Name, Registry};

/// One line of `tests/names_pairs.tsv`.
struct Pair {
    a: String,
    b: String,
    is_same: bool,
    kind: String,
    cluster: String,
}

/// The pairs that come with the repository; those of another file of the same form where `FIHRIST_PAIRS` names one.
fn pairs() -> Vec<Pair> {
    let path = std::env::var_os("FIHRIST_PAIRS").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names_pairs.tsv"),
        Into::into,
    );
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [a, b, same, kind, cluster] = fields[..] else {
                panic!("not five fields: {line}");
            };
            Pair {
                a: a.to_owned(),
                b: b.to_owned(),
                is_same: same == "1",
                kind: kind.to_owned(),
                cluster: cluster.to_owned(),
            }
        })
        .collect()
}

fn name(kind: EntityKind, form: &str) -> Name {
    Name {
        kind,
        key: fold(form, Folding::Name),
        form: form.to_owned(),
    }
}

fn are_one(registry: &Registry, kind: EntityKind, pair: &Pair) -> bool {
    let entity = |form: &str| registry.entity_of(&name(kind, form)).unwrap();
    entity(&pair.a) == entity(&pair.b)
}

fn kind_of(word: &str) -> EntityKind {
    match word {
        "organisation" => EntityKind::Organisation,
        "place" => EntityKind::Place,
        _ => EntityKind::Person,
    }
}

#[test]
fn spellings_are_found_and_different_people_stay_apart() {
    let pairs = pairs();
    let is_one_alone = |pair: &Pair| {
        let kind = kind_of(&pair.kind);
        let registry = Registry::resolve(&[(name(kind, &pair.a), 3), (name(kind, &pair.b), 2)]);
        are_one(&registry, kind, pair)
    };
    let persons: Vec<&Pair> = pairs.iter().filter(|it| it.kind == "person").collect();
    let different: Vec<&Pair> = pairs.iter().filter(|it| it.kind == "different").collect();
    assert!(500 <= persons.len() && 100 <= different.len());

    // Each pair alone.
    let n_found = persons.iter().filter(|it| is_one_alone(it)).count();
    let merged: Vec<&&Pair> = different.iter().filter(|it| is_one_alone(it)).collect();
    let recall_alone = n_found as f64 / persons.len() as f64;

    // All names in one archive: then spellings meet through a third one, and strangers meet too.
    let mut names: BTreeSet<Name> = BTreeSet::new();
    let mut cluster_of: BTreeMap<String, &str> = BTreeMap::new();
    for pair in persons.iter().chain(&different) {
        for form in [&pair.a, &pair.b] {
            names.insert(name(EntityKind::Person, form));
            if pair.is_same {
                cluster_of.insert(form.clone(), &pair.cluster);
            }
        }
    }
    let counted: Vec<(Name, u64)> = names.into_iter().map(|name| (name, 1)).collect();
    let registry = Registry::resolve(&counted);
    let found_together: Vec<&&Pair> = persons
        .iter()
        .filter(|it| are_one(&registry, EntityKind::Person, it))
        .collect();
    let merged_together: Vec<String> = different
        .iter()
        .filter(|it| are_one(&registry, EntityKind::Person, it))
        .map(|it| format!("{} / {}", it.a, it.b))
        .collect();
    let mut n_wrong = 0;
    for entity in registry.entities() {
        let clusters: BTreeSet<&str> = entity
            .aliases()
            .iter()
            .filter_map(|(form, _)| cluster_of.get(*form).copied())
            .collect();
        if 1 < clusters.len() {
            n_wrong += 1;
            println!("clusters merged: {clusters:?} {entity:?}");
        }
    }
    let recall = found_together.len() as f64 / persons.len() as f64;
    let precision = found_together.len() as f64 / (found_together.len() + merged_together.len() + n_wrong) as f64;
    println!(
        "full names of people: recall {recall_alone:.3} of each pair alone, {recall:.3} in one archive, precision \
         {precision:.3}; different ones merged: {} of {} alone, {} in one archive {merged_together:?}",
        merged.len(),
        different.len(),
        merged_together.len(),
    );
    for half in [0, 1] {
        let in_half = |it: &&&&Pair| it.cluster.bytes().map(usize::from).sum::<usize>() % 2 == half;
        let n_all = persons.iter().filter(|it| in_half(&it)).count();
        let n_found = found_together.iter().filter(in_half).count();
        let n_alone = persons.iter().filter(|it| in_half(&it) && is_one_alone(it)).count();
        let (alone, together) = (n_alone as f64 / n_all as f64, n_found as f64 / n_all as f64);
        println!("half {half} of the clusters: {n_all} pairs, recall {alone:.3} alone, {together:.3} in one archive");
    }
    for kind in ["organisation", "place"] {
        let of_kind: Vec<&Pair> = pairs.iter().filter(|it| it.kind == kind).collect();
        let n_found = of_kind.iter().filter(|it| is_one_alone(it)).count();
        println!("{kind}: {n_found} of {}", of_kind.len());
    }
    assert!(0.65 <= recall_alone, "{recall_alone}");
    assert!(0.65 <= recall, "{recall}");
    assert!(0.99 <= precision, "{precision}");
    assert!(merged.len() <= 1 && merged_together.len() <= 1);
}
