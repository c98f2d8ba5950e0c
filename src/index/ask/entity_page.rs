//! What the page of an entity shows: when it appears, in which roles, under which spellings, and with whom.
//!
//! Counts are of articles in the whole archive; those in the current result are given beside them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::arabic::days::date_of_epoch_day;
use crate::arabic::{Folding, fold};
use crate::archive::{ArticleId, PublicationDate};
use crate::entities::{Entity, EntityId, EntityIdx, EntityKind, Name, NameWords};
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::facet::Facet;
use crate::index::query::plan::Plan;
use crate::index::request::{Cancelled, SearchRequest};
use crate::index::schema::PERSON_ROLE;
use crate::index::search::facets::{counts, spelling_with};
use crate::index::search::hits::stored_article;
use crate::index::search::matching::matching_rows;
use crate::index::search::selection::{Selection, Verdict, day_of};
use crate::index::snapshot::Snapshot;
use crate::index::values::role_of_value;

use super::preview::EntitySummary;

/// At most this many of the newest articles are listed. This and the next two were picked by feel.
const NEWEST_ARTICLES: usize = 8;

/// At most this many companions of each kind are listed.
const MOST_COMPANIONS: usize = 12;

/// At most this many roles are listed.
const MOST_ROLES: usize = 20;

/// Rows between two checks for cancellation, some milliseconds. Picked by feel.
const ROWS_PER_CHECK: usize = 1 << 16;

/// Everything that the page of an entity shows.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityPage {
    /// Its name, kind, spellings and number of articles.
    pub summary: EntitySummary,
    /// How many of its articles are in the current result.
    pub in_result: u64,
    /// Its first article that is dated.
    pub first: Option<Appearance>,
    /// Its last article that is dated.
    pub last: Option<Appearance>,
    /// The months in which it appears, in order.
    pub timeline: Vec<MonthCount>,
    /// The number of its articles without a date.
    pub undated: u64,
    /// The roles that articles give a person, by falling number of articles, then in the order of letters: at most 20.
    pub roles: Vec<RoleCount>,
    /// Who and what appears in the same articles: by kind, then by falling number of articles in the current result,
    /// then in the archive, then by name; at most 12 of each kind.
    pub companions: Vec<Companion>,
    /// The newest of its articles, undated ones last: at most 8.
    pub newest: Vec<Appearance>,
    /// All its articles, the newest first, undated ones last; of one day in the order of paths.
    pub articles: Arc<[ArticleId]>,
    /// How many of them are dated: these come first.
    pub n_dated: usize,
    /// The entities that it is compared with, in the order in which they were asked for; each once, and not itself.
    pub compared: Vec<Compared>,
    /// The number of articles that name it and all that it is compared with.
    pub together: u64,
}

/// How many articles were published in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthCount {
    /// The Gregorian year.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
    /// The number of articles published in it.
    pub articles: u64,
}

/// An article in which an entity appears.
#[derive(Clone, Debug, PartialEq)]
pub struct Appearance {
    /// The article's id.
    pub article: ArticleId,
    /// Its headline, stated or derived.
    pub title: String,
    /// The date of publication, if it states or implies one.
    pub published: Option<PublicationDate>,
    /// The outlet or agency, as spelled in the file.
    pub source: Option<String>,
}

/// A role of a person: «نائب وزير الخارجية الروسي».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleCount {
    /// The role in its most frequent spelling.
    pub role: String,
    /// The number of articles that give it; each counts once.
    pub articles: u64,
    /// The dates of the first and the last of them that are dated.
    pub period: Option<(Date, Date)>,
}

/// An entity that is named in the same articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// Stable across re-reading: the id of any of the entity's names.
    pub id: EntityId,
    /// As recognised, or as the user corrected it.
    pub kind: EntityKind,
    /// The name that the user gave, or the most frequent form that is a whole name.
    pub name: String,
    /// The number of shared articles in the current result.
    pub in_result: u64,
    /// The number of shared articles in the archive.
    pub in_archive: u64,
}

/// Another entity, shown on the same timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Stable across re-reading: the id of any of the entity's names.
    pub id: EntityId,
    /// As recognised, or as the user corrected it.
    pub kind: EntityKind,
    /// The name that the user gave, or the most frequent form that is a whole name.
    pub name: String,
    /// The number of articles that name it.
    pub articles: u64,
    /// The months in which it appears, in order.
    pub timeline: Vec<MonthCount>,
    /// The number of its articles without a date.
    pub undated: u64,
    /// The number of articles that name both.
    pub common: u64,
}

/// An entity that was found by one of its spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundEntity {
    /// Stable across re-reading: the id of any of the entity's names.
    pub id: EntityId,
    /// As recognised, or as the user corrected it.
    pub kind: EntityKind,
    /// The name that the user gave, or the most frequent form that is a whole name.
    pub name: String,
    /// The number of articles that name it.
    pub articles: u64,
    /// The spelling that matched, where the name itself does not.
    pub spelling: Option<String>,
}

/// The page of the entity with an id, beside the result of `request`, whose plan is `plan`; see
/// [`Searcher::entity_page`](crate::index::Searcher::entity_page).
pub fn entity_page(
    snapshot: &Snapshot,
    plan: &Plan,
    id: &EntityId,
    with: &[EntityId],
    request: &SearchRequest,
    cancelled: Cancelled<'_>,
) -> Result<Option<EntityPage>, IndexError> {
    let entity = snapshot.registry.find(id).and_then(|idx| snapshot.registry.get(idx));
    let Some(entity) = entity else { return Ok(None) };
    let Some(rows) = rows_of(snapshot, entity.idx(), cancelled) else {
        return Ok(None);
    };
    let unread = Unread::default();
    let Some(of_result) = passing(snapshot, plan, &rows, request, cancelled, &unread) else {
        return Ok(None);
    };
    let (timeline, undated) = months(snapshot, &rows, request);
    let by_time = by_time(snapshot, &rows, request);
    let dated = by_time.len() - usize::try_from(undated).unwrap_or(0);
    let appearance = |row: &u32| appearance(snapshot, *row, request);
    let Some((compared, together)) = compared(snapshot, with, (entity.idx(), &rows), request, cancelled) else {
        return Ok(None);
    };
    let page = EntityPage {
        summary: EntitySummary {
            id: entity.id(),
            kind: entity.kind(),
            name: entity.name().to_owned(),
            latin: entity.latin_form(),
            spellings: entity.aliases().into_iter().map(|(it, n)| (it.to_owned(), n)).collect(),
            articles: rows.len() as u64,
        },
        in_result: of_result.len() as u64,
        first: by_time[..dated].last().map(appearance).transpose()?,
        last: by_time[..dated].first().map(appearance).transpose()?,
        timeline,
        undated,
        roles: roles(snapshot, entity.idx(), &rows, request)?,
        companions: companions(snapshot, entity.idx(), &rows, &of_result),
        newest: by_time
            .iter()
            .take(NEWEST_ARTICLES)
            .map(appearance)
            .collect::<Result<_, _>>()?,
        articles: by_time.iter().map(|row| snapshot.id(*row)).collect(),
        n_dated: dated,
        compared,
        together,
    };
    unread.all_or_error((!cancelled()).then_some(page))
}

/// The entities of which a spelling holds the words of `text`, in the order of the registry, then those that it may spell
/// in Latin letters, the likeliest first: at most `limit`.
pub fn find_entities(snapshot: &Snapshot, text: &str, kind: Option<EntityKind>, limit: usize) -> Vec<FoundEntity> {
    let words = NameWords::new(text, true);
    let with_words = snapshot.registry.entities_with(&words);
    let entities = snapshot.registry.entities().filter(|it| with_words.contains(&it.idx()));
    let of_kind = entities.filter(|it| kind.is_none_or(|kind| it.kind() == kind));
    let in_latin = snapshot.registry.entities_in_latin(text, true).into_iter();
    let in_latin = in_latin.filter(|(idx, _)| !with_words.contains(idx));
    let in_latin = in_latin.filter_map(|(idx, _)| snapshot.registry.get(idx));
    let in_latin = in_latin.filter(|it| kind.is_none_or(|kind| it.kind() == kind));
    let found: Vec<(Entity<'_>, &str)> = of_kind
        .filter_map(|it| Some((it, spelling_with(snapshot, it.idx(), &words)?)))
        .chain(in_latin.map(|it| (it, it.name())))
        .take(limit)
        .collect();
    let wanted: Vec<EntityIdx> = found.iter().map(|(it, _)| it.idx()).collect();
    let found = found.into_iter().zip(article_counts(snapshot, &wanted));
    found
        .map(|((it, spelling), articles)| FoundEntity {
            id: it.id(),
            kind: it.kind(),
            name: it.name().to_owned(),
            articles,
            spelling: (spelling != it.name()).then(|| spelling.to_owned()),
        })
        .collect()
}

/// The number of articles that name each of some entities.
pub fn article_counts(snapshot: &Snapshot, entities: &[EntityIdx]) -> Vec<u64> {
    // The place of each entity plus 1, so that most need a single look-up.
    let mut place = vec![0_u32; snapshot.registry.n_numbers()];
    let mut counts = vec![0; entities.len()];
    for (at, idx) in entities.iter().enumerate() {
        place[idx.0 as usize] = at as u32 + 1;
    }
    for row in 0..snapshot.n_rows() as u32 {
        for entity in snapshot.entities.of(row) {
            if let Some(at) = place[entity as usize].checked_sub(1) {
                counts[at as usize] += 1;
            }
        }
    }
    // An entity that is asked for twice was counted at its last place.
    entities
        .iter()
        .map(|idx| counts[place[idx.0 as usize] as usize - 1])
        .collect()
}

/// The live rows of an entity, in rising order.
fn rows_of(snapshot: &Snapshot, idx: EntityIdx, cancelled: Cancelled<'_>) -> Option<Vec<u32>> {
    let mut rows = Vec::new();
    for row in 0..snapshot.n_rows() {
        if row % ROWS_PER_CHECK == 0 && cancelled() {
            return None;
        }
        // Rows that are not live have no entities.
        if snapshot.entities.of(row as u32).any(|it| it == idx.0) {
            rows.push(row as u32);
        }
    }
    Some(rows)
}

/// The rows that are also in the result of a request; `None` if that is no longer wanted.
fn passing(
    snapshot: &Snapshot,
    plan: &Plan,
    rows: &[u32],
    request: &SearchRequest,
    cancelled: Cancelled<'_>,
    unread: &Unread,
) -> Option<Vec<u32>> {
    let selection = Selection::new(request, snapshot);
    let is_selected = |row: &u32| matches!(selection.verdict(*row), Verdict::Passes);
    if plan.query.is_none() {
        return Some(rows.iter().copied().filter(is_selected).collect());
    }
    let found = matching_rows(snapshot, plan, false, cancelled, unread)?;
    let is_found = |row: &u32| found.binary_search_by_key(row, |it| it.row).is_ok();
    let passing = rows.iter().copied().filter(|row| is_found(row) && is_selected(row));
    Some(passing.collect())
}

/// The months in which the rows were published, in order, and how many of them are undated.
fn months(snapshot: &Snapshot, rows: &[u32], request: &SearchRequest) -> (Vec<MonthCount>, u64) {
    let mut months: BTreeMap<(i16, i8), u64> = BTreeMap::new();
    let mut undated = 0;
    for &row in rows {
        match day_of(snapshot, row, request.without_inferred).and_then(date_of_epoch_day) {
            Some(day) => *months.entry((day.year(), day.month())).or_default() += 1,
            None => undated += 1,
        }
    }
    let month = |((year, month), articles)| MonthCount { year, month, articles };
    (months.into_iter().map(month).collect(), undated)
}

/// The rows, the newest first, undated ones last.
fn by_time(snapshot: &Snapshot, rows: &[u32], request: &SearchRequest) -> Vec<u32> {
    let mut rows = rows.to_vec();
    rows.sort_unstable_by_key(|&row| {
        (
            Reverse(day_of(snapshot, row, request.without_inferred)),
            snapshot.rank(row),
        )
    });
    rows
}

/// Some articles as a page lists them, without those that are gone; an error for each that cannot be read.
pub fn appearances(
    snapshot: &Snapshot,
    articles: &[ArticleId],
    request: &SearchRequest,
) -> Vec<Result<Appearance, IndexError>> {
    let rows: Vec<u32> = articles.iter().filter_map(|it| snapshot.row_of(*it)).collect();
    rows.par_iter().map(|row| appearance(snapshot, *row, request)).collect()
}

fn appearance(snapshot: &Snapshot, row: u32, request: &SearchRequest) -> Result<Appearance, IndexError> {
    let stored = stored_article(snapshot, row)?;
    let is_dated = day_of(snapshot, row, request.without_inferred).is_some();
    Ok(Appearance {
        article: snapshot.id(row),
        title: stored.title,
        published: stored.published.filter(|_| is_dated),
        source: stored.source,
    })
}

/// The roles given beside the names of a person.
fn roles(
    snapshot: &Snapshot,
    idx: EntityIdx,
    rows: &[u32],
    request: &SearchRequest,
) -> Result<Vec<RoleCount>, IndexError> {
    let mut roles: HashMap<String, Role> = HashMap::new();
    for (segment_idx, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let of_segment = snapshot.rows_of_segment(segment_idx);
        let Some(column) = segment.fast_fields().str(PERSON_ROLE)? else {
            continue;
        };
        let mut places: Vec<(u64, u32)> = Vec::new();
        for &row in rows.iter().filter(|row| of_segment.contains(row)) {
            let ords = column.term_ords(row - of_segment.start);
            places.extend(ords.map(|ord| (ord, row)));
        }
        places.sort_unstable();
        let mut ords: Vec<u64> = places.iter().map(|it| it.0).collect();
        ords.dedup();
        let mut of_ord: HashMap<u64, String> = HashMap::new();
        let mut ord = ords.iter();
        column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
            let value = String::from_utf8_lossy(term);
            if let (Some(ord), Some((key, form, role))) = (ord.next(), role_of_value(&value)) {
                let kind = EntityKind::Person;
                let name = Name {
                    kind,
                    key: key.into_owned(),
                    form: form.to_owned(),
                };
                if snapshot.registry.entity_of(&name) == Some(idx) {
                    of_ord.insert(*ord, role.to_owned());
                }
            }
        })?;
        for (ord, row) in places {
            let Some(written) = of_ord.get(&ord) else { continue };
            let role = roles.entry(fold(written, Folding::Word)).or_default();
            role.rows.insert(row);
            *role.spellings.entry(written.clone()).or_default() += 1;
        }
    }
    let mut roles: Vec<RoleCount> = roles
        .into_values()
        .filter_map(|it| {
            let days = || {
                it.rows
                    .iter()
                    .filter_map(|row| day_of(snapshot, *row, request.without_inferred))
            };
            let period = days()
                .min()
                .and_then(date_of_epoch_day)
                .zip(days().max().and_then(date_of_epoch_day));
            Some(RoleCount {
                // Of equally frequent spellings, the first alphabetically.
                role: it
                    .spellings
                    .into_iter()
                    .min_by_key(|(it, n)| (Reverse(*n), it.clone()))?
                    .0,
                articles: it.rows.len() as u64,
                period,
            })
        })
        .collect();
    roles.sort_unstable_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.role.cmp(&b.role)));
    roles.truncate(MOST_ROLES);
    Ok(roles)
}

fn companions(snapshot: &Snapshot, idx: EntityIdx, rows: &[u32], of_result: &[u32]) -> Vec<Companion> {
    let registry = &snapshot.registry;
    let (in_archive, in_result) = (
        counts(snapshot, Facet::Person, rows, false),
        counts(snapshot, Facet::Person, of_result, false),
    );
    let counts = |it: &Entity<'_>| {
        let at = it.idx().0 as usize;
        (in_result[at], in_archive[at])
    };
    let mut companions = Vec::new();
    for kind in EntityKind::ALL {
        let mut of_kind: Vec<Entity<'_>> = (0..in_archive.len() as u32)
            .filter(|&other| in_archive[other as usize] != 0 && other != idx.0)
            .filter_map(|other| registry.get(EntityIdx(other)))
            .filter(|it| it.kind() == kind)
            .collect();
        of_kind.sort_unstable_by(|a, b| {
            let by_count = counts(b).cmp(&counts(a));
            by_count
                .then_with(|| a.name().cmp(b.name()))
                .then_with(|| a.idx().cmp(&b.idx()))
        });
        companions.extend(of_kind.iter().take(MOST_COMPANIONS).map(|it| {
            let (in_result, in_archive) = counts(it);
            Companion {
                id: it.id(),
                kind,
                name: it.name().to_owned(),
                in_result: u64::from(in_result),
                in_archive: u64::from(in_archive),
            }
        }));
    }
    companions
}

/// The entities to compare with one that has these rows, and the number of rows that all of them have; `None` if this is no
/// longer wanted. Those that are gone are left out.
fn compared(
    snapshot: &Snapshot,
    with: &[EntityId],
    (idx, rows): (EntityIdx, &[u32]),
    request: &SearchRequest,
    cancelled: Cancelled<'_>,
) -> Option<(Vec<Compared>, u64)> {
    let mut known = vec![idx];
    let mut compared = Vec::new();
    let mut together: Vec<u32> = rows.to_vec();
    for id in with {
        let other = snapshot.registry.find(id).and_then(|it| snapshot.registry.get(it));
        // They may have been merged.
        let Some(other) = other.filter(|it| !known.contains(&it.idx())) else {
            continue;
        };
        known.push(other.idx());
        let its_rows = rows_of(snapshot, other.idx(), cancelled)?;
        let is_common = |row: &&u32| rows.binary_search(row).is_ok();
        let (timeline, undated) = months(snapshot, &its_rows, request);
        together.retain(|row| its_rows.binary_search(row).is_ok());
        compared.push(Compared {
            id: other.id(),
            kind: other.kind(),
            name: other.name().to_owned(),
            articles: its_rows.len() as u64,
            timeline,
            undated,
            common: its_rows.iter().filter(is_common).count() as u64,
        });
    }
    Some((compared, together.len() as u64))
}

/// The running count of a role.
#[derive(Default)]
struct Role {
    rows: HashSet<u32>,
    spellings: HashMap<String, u64>,
}
