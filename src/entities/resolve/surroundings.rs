//! Which people and organisations occur beside a name in articles: two spellings of one name have the same company.

use std::collections::HashMap;

use crate::entities::EntityKind;
use crate::entities::name_table::NamedArticles;

use super::groups::{GroupNumber, Groups};

/// Neighbours of a name are deduplicated once this many have been gathered. A guess.
const MOST_NEIGHBOURS: usize = 512;

/// The people and organisations beside the names in question.
pub struct Surroundings {
    /// The neighbours of each name in question, sorted.
    neighbours: HashMap<GroupNumber, Vec<GroupNumber>>,
    /// Whether anything is known of the articles.
    pub is_known: bool,
}

impl Surroundings {
    /// Goes through the articles, unless no name is in question.
    pub fn new(groups: &Groups, in_question: impl Iterator<Item = GroupNumber>, articles: &dyn NamedArticles) -> Self {
        let mut neighbours: HashMap<GroupNumber, Vec<GroupNumber>> =
            in_question.map(|group| (group, Vec::new())).collect();
        let mut limits: HashMap<GroupNumber, usize> = HashMap::new();
        let mut is_known = false;
        if neighbours.is_empty() {
            return Self { neighbours, is_known };
        }
        let mut of_article: Vec<GroupNumber> = Vec::new();
        articles.for_each(&mut |names| {
            is_known = true;
            of_article.clear();
            of_article.extend(names.iter().map(|&name| groups.of_name(name)));
            of_article.sort_unstable();
            of_article.dedup();
            if !of_article.iter().any(|group| neighbours.contains_key(group)) {
                return;
            }
            // Places occur beside everybody, and a single word names too many.
            let says_something = |group: &GroupNumber| {
                groups.kind_of(*group) != EntityKind::Place && groups.key_of(*group).contains(' ')
            };
            for group in &of_article {
                if let Some(of_group) = neighbours.get_mut(group) {
                    of_group.extend(of_article.iter().filter(|it| *it != group && says_something(it)));
                    // Thinned out whenever there are twice as many: a name that stands in a tenth of all articles has
                    // more neighbours than that, and sorting them at each of these took minutes.
                    let limit = limits.entry(*group).or_insert(MOST_NEIGHBOURS);
                    if *limit < of_group.len() {
                        of_group.sort_unstable();
                        of_group.dedup();
                        *limit = MOST_NEIGHBOURS.max(of_group.len() * 2);
                    }
                }
            }
        });
        for of_group in neighbours.values_mut() {
            of_group.sort_unstable();
            of_group.dedup();
        }
        Self { neighbours, is_known }
    }

    /// The number of neighbours that two names share; `None` if it is unknown.
    pub fn n_shared(&self, a: GroupNumber, b: GroupNumber) -> Option<usize> {
        let (of_a, of_b) = (self.neighbours.get(&a)?, self.neighbours.get(&b)?);
        let (short, long) = if of_a.len() <= of_b.len() {
            (of_a, of_b)
        } else {
            (of_b, of_a)
        };
        let shared = short
            .iter()
            .filter(|it| **it != a && **it != b && long.binary_search(it).is_ok());
        Some(shared.count())
    }
}
