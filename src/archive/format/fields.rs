//! Records of named fields: which field is the title, the text, the date.
//!
//! Names are compared in folded form, ignoring the signs between their words, so that `pubDate` and `pub_date`, or
//! «تاريخ النشر» and «تاريخ_النشر», are the same. The user can correct the role of a name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold};
use crate::archive::article::{DatePrecision, DateProvenance, Problem, PublicationDate, SectionKind};
use crate::archive::bound::Bound;
use crate::archive::date;
use crate::archive::encoding;
use crate::archive::origin::FieldRole;
use crate::archive::record::{Content, Hints, PageLine, Record};

use super::html;
use super::text::one_line;

/// The names of fields; those of a role are in falling order of certainty.
const NAMES: List<3> = List::new(
    include_str!("../../../assets/lists/field_names.tsv"),
    ["name", "role", "front_matter"],
);

/// The meaning of a name in the list.
struct Known {
    role: FieldRole,
    /// Which of the role's names it is, from 1.
    rank: usize,
    is_of_front_matter: bool,
}

/// The names, by their [`key`].
static KNOWN: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    let mut n_names: BTreeMap<FieldRole, usize> = BTreeMap::new();
    for [name, role, front_matter] in NAMES.rows() {
        if let Some(role) = FieldRole::for_name(role) {
            let rank = n_names.entry(role).or_default();
            *rank += 1;
            known.entry(key(name)).or_insert(Known {
                role,
                rank: *rank,
                is_of_front_matter: front_matter == "yes",
            });
        }
    }
    known
});

/// What each level of nesting adds to the rank of a name. More than a role has names: a nested field is less certain
/// than any name, as the title in `related.title` is another article's.
const NESTED: usize = 100;

/// How deep a field is within others.
fn depth(name: &str) -> usize {
    name.matches('.').count()
}

/// A field's name without what differs between spellings.
fn key(name: &str) -> String {
    // «news:title» and "data.title" are titles.
    let last = name.rsplit([':', '.', '/']).next().unwrap_or(name);
    let folded = fold(last, Folding::Word).to_lowercase();
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The role of a field of front matter.
pub fn front_matter_role(name: &str) -> Option<FieldRole> {
    let known = KNOWN.get(&key(name)).filter(|it| it.is_of_front_matter)?;
    (depth(name) == 0).then_some(known.role)
}

/// The roles of the fields of a file.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    given: BTreeMap<String, FieldRole>,
    /// Cached roles of the names met so far.
    known: BTreeMap<String, Option<(FieldRole, usize)>>,
}

impl Mapping {
    /// The roles, with the user's corrections.
    pub fn new(given: BTreeMap<String, FieldRole>) -> Self {
        Self {
            given,
            known: BTreeMap::new(),
        }
    }

    /// The role of a field, with its rank: 0 is the most certain.
    pub fn role(&mut self, name: &str) -> Option<(FieldRole, usize)> {
        if let Some(role) = self.given.get(name) {
            return Some((*role, 0));
        }
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let role = KNOWN
            .get(&key(name))
            .map(|it| (it.role, it.rank + NESTED * depth(name)));
        // A dump of other data may have a different name for each value. A guess at a number that articles never reach.
        if self.known.len() < 4_096 {
            self.known.insert(name.to_owned(), role);
        }
        role
    }

    /// Whether these names are the fields of articles: two of them are known, one of which is the title or a text.
    pub fn is_article<'a>(&mut self, names: impl Iterator<Item = &'a str>) -> bool {
        let roles: Vec<FieldRole> = names.filter_map(|it| self.role(it)).map(|(role, _)| role).collect();
        let has = |role| roles.contains(&role);
        has(FieldRole::Body)
            || has(FieldRole::Title)
                && [FieldRole::Summary, FieldRole::Date, FieldRole::Url, FieldRole::Keywords]
                    .into_iter()
                    .any(has)
    }
}

/// A record's fields in their order: name and value. A list has its values under one name, one after another.
pub type Fields = Vec<(String, String)>;

/// Adds a field to those of a record. Of one with more than are read only those are added whose names say what they are.
pub fn add(fields: &mut Fields, name: String, value: String, mapping: &mut Mapping) {
    // One more than is read shows that there are more.
    if fields.len() <= Bound::Fields.limit() || mapping.role(&name).is_some() {
        fields.push((name, value));
    }
}

/// Takes away what is more than is read, and before all else what says nothing by its name. Returns whether there was any.
fn bounded(fields: &mut Fields, mapping: &mut Mapping) -> bool {
    let n_more = fields.len().saturating_sub(Bound::Fields.limit());
    let mut n_left = n_more;
    let mut idx = fields.len();
    while n_left != 0 && idx != 0 {
        idx -= 1;
        if mapping.role(&fields[idx].0).is_none() {
            // Marked; removed below, all at once.
            fields[idx].0.clear();
            n_left -= 1;
        }
    }
    if n_more != 0 {
        fields.retain(|(name, _)| !name.is_empty());
        fields.truncate(Bound::Fields.limit());
    }
    n_more != 0
}

/// The record of an article's fields, up to [`Bound::Fields`] of them. How it was decoded is the caller's to say.
pub fn record(mut fields: Fields, mapping: &mut Mapping) -> Record {
    let has_more = bounded(&mut fields, mapping);
    let roles = Roles::of(&fields, mapping);
    let mut gathered = Gathered {
        has_body: roles.best.contains_key(&FieldRole::Body),
        ..Gathered::default()
    };
    for (idx, (name, value)) in fields.iter().enumerate() {
        let value = encoding::without_entities(value);
        match roles.used(idx) {
            Some(role) => gathered.take(role, name, &value),
            None => gathered.leave(name, &value),
        }
    }
    if has_more {
        html::note(&mut gathered.hints.problems, Bound::Fields);
    }
    gathered.record()
}

/// The roles of the fields of one record, with the ranks of their names; `None` for empty ones.
struct Roles {
    of_fields: Vec<Option<(FieldRole, usize)>>,
    /// The rank of the surest name of each role.
    best: BTreeMap<FieldRole, usize>,
}

impl Roles {
    fn of(fields: &Fields, mapping: &mut Mapping) -> Self {
        let role = |(name, value): &(String, String)| mapping.role(name).filter(|_| !value.trim().is_empty());
        let of_fields: Vec<_> = fields.iter().map(role).collect();
        let mut best = BTreeMap::new();
        for (role, rank) in of_fields.iter().flatten() {
            let surest = best.entry(*role).or_insert(*rank);
            *surest = (*rank).min(*surest);
        }
        Self { of_fields, best }
    }

    /// What a field is used for. Of several titles, dates and sources those with the surest name are. Texts of the same
    /// depth follow each other; those further within are others'.
    fn used(&self, idx: usize) -> Option<FieldRole> {
        let (role, rank) = self.of_fields.get(idx).copied().flatten()?;
        let best = *self.best.get(&role)?;
        let is_text = role == FieldRole::Body && rank / NESTED <= best / NESTED;
        (is_text || rank == best).then_some(role)
    }
}

/// What is known of a record while its fields are gone through.
#[derive(Default)]
struct Gathered {
    has_body: bool,
    hints: Hints,
    used: Vec<(String, FieldRole)>,
    /// The names in `used`, and the keywords so far.
    names: HashSet<String>,
    keywords: HashSet<String>,
    /// What stands before the text: title and captions.
    start: Vec<PageLine>,
    body: Vec<PageLine>,
    /// The fields that are not the article's, so that the reader can still see them.
    rest: Vec<PageLine>,
    /// Dates that cannot be read; another field may have one that can.
    stated_dates: Vec<String>,
}

impl Gathered {
    fn take(&mut self, role: FieldRole, name: &str, value: &str) {
        self.note(name, role);
        match role {
            FieldRole::Title if self.hints.title.is_none() => {
                let title = self.one_line(value);
                self.start.push((title.clone(), Some(SectionKind::Title)));
                self.hints.title = Some(title);
                return;
            }
            FieldRole::Body => return self.text(value),
            FieldRole::Summary if !self.has_body => return self.text(value),
            FieldRole::Caption => {
                let caption = self.one_line(value);
                return self.start.push((caption, Some(SectionKind::Caption)));
            }
            FieldRole::Date if self.hints.published.is_none() => match parse_date(value) {
                Some(published) => self.hints.published = Some(published),
                None => self.stated_dates.push(value.to_owned()),
            },
            FieldRole::Source if self.hints.source.is_none() => {
                self.hints.source = Some(self.one_line(value));
            }
            FieldRole::Byline => {
                let names = self.one_line(value);
                self.hints.byline = Some(match self.hints.byline.take() {
                    Some(before) => format!("{before}، {names}"),
                    None => names,
                });
            }
            FieldRole::Keywords => {
                for keyword in html::split_keywords(value.trim_matches(['[', ']', '{', '}'])) {
                    let keyword = keyword.trim_matches(['"', '\'', '#', ' ']).to_owned();
                    if !keyword.is_empty() && self.keywords.insert(keyword.clone()) {
                        self.hints.keywords.push(keyword);
                    }
                }
            }
            // Said already, or of no use.
            FieldRole::Title
            | FieldRole::Summary
            | FieldRole::Date
            | FieldRole::Source
            | FieldRole::Url
            | FieldRole::Ignore => {}
        }
        self.leave_line(name, value);
    }

    fn text(&mut self, value: &str) {
        self.body.extend(text_lines(value, &mut self.hints.problems));
    }

    /// A value in one line, without mark-up.
    fn one_line(&mut self, value: &str) -> String {
        one_line(&plain(value, &mut self.hints.problems))
    }

    /// A field that is not part of the article, as a line.
    fn leave_line(&mut self, name: &str, value: &str) {
        let value = self.one_line(value);
        if !value.is_empty() {
            self.rest
                .push((format!("{name}: {value}"), Some(SectionKind::Boilerplate)));
        }
    }

    fn leave(&mut self, name: &str, value: &str) {
        self.note(name, FieldRole::Ignore);
        self.leave_line(name, value);
    }

    fn note(&mut self, name: &str, role: FieldRole) {
        if self.names.insert(name.to_owned()) {
            self.used.push((name.to_owned(), role));
        }
    }

    fn record(mut self) -> Record {
        if self.hints.published.is_none() {
            let unreadable = self
                .stated_dates
                .into_iter()
                .map(|it| one_line(&it).chars().take(60).collect());
            self.hints.problems.extend(unreadable.map(Problem::UnreadableDate));
        }
        let mut lines = self.start;
        lines.retain(|(line, _)| !line.is_empty());
        // Many texts repeat the title; the repetition is not a paragraph.
        if let (Some(title), Some((first, kind))) = (&self.hints.title, self.body.first_mut())
            && one_line(first) == *title
        {
            *kind = Some(SectionKind::Title);
        }
        lines.append(&mut self.body);
        lines.append(&mut self.rest);
        Record {
            content: Content::Lines(lines),
            hints: self.hints,
            fields: self.used,
            ..Record::default()
        }
    }
}

/// A date of a field: as newspapers write it, or seconds or milliseconds since 1970.
fn parse_date(stated: &str) -> Option<PublicationDate> {
    let trimmed = stated.trim();
    let is_number = trimmed.chars().all(|c| c.is_ascii_digit() || c == '.');
    let since_1970 = match trimmed.split('.').next()?.parse::<i64>() {
        Ok(secs) if is_number && trimmed.len() >= 9 && trimmed.split('.').next()?.len() <= 10 => Some(secs),
        Ok(millis) if is_number && trimmed.len() == 13 => Some(millis / 1_000),
        _ => None,
    };
    let (date, precision) = match since_1970 {
        // In UTC, the only zone that such a number has.
        Some(secs) => {
            let date = jiff::Timestamp::from_second(secs).ok()?;
            let date = jiff::tz::Offset::UTC.to_datetime(date).date();
            (date, DatePrecision::Day)
        }
        None => date::parse_date(trimmed)?,
    };
    Some(PublicationDate {
        date,
        precision,
        provenance: DateProvenance::Metadata,
    })
}

/// The lines of a text that may have HTML's mark-up.
pub fn text_lines(value: &str, problems: &mut Vec<Problem>) -> Vec<PageLine> {
    if has_markup(value) {
        return html::fragment_lines(value, problems);
    }
    // Two characters that many exports leave for an end of line.
    let is_escaped = !value.contains('\n') && value.contains("\\n");
    let value = if is_escaped {
        value.replace("\\n", "\n")
    } else {
        value.to_owned()
    };
    value
        .lines()
        .map(|line| (line.trim().to_owned(), None))
        .filter(|(line, _)| !line.is_empty())
        .collect()
}

/// Whether a text has tags of HTML in it.
pub fn has_markup(value: &str) -> bool {
    const TAGS: [&str; 12] = [
        "<p", "</p", "<br", "<div", "</div", "<span", "<a ", "<strong", "<b>", "<h2", "<img", "<li",
    ];
    if !value.contains('<') {
        // «&raquo;», «&#8211;».
        let names = value.split('&').skip(1).filter_map(|it| it.split_once(';'));
        return names.map(|(name, _)| name).any(|name| {
            let name = name.strip_prefix('#').unwrap_or(name);
            (1..=8).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric())
        });
    }
    let folded = value.to_ascii_lowercase();
    TAGS.iter().any(|it| folded.contains(it))
}

fn plain(value: &str, problems: &mut Vec<Problem>) -> String {
    if has_markup(value) {
        let lines = html::fragment_lines(value, problems);
        return lines.into_iter().map(|(line, _)| line).collect::<Vec<_>>().join(" ");
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, role: Option<FieldRole>) {
        assert_eq!(Mapping::default().role(name).map(|(role, _)| role), role, "{name}");
    }

    #[test]
    fn names_are_found_in_their_spellings() {
        check("pubDate", Some(FieldRole::Date));
        check("published_at", Some(FieldRole::Date));
        check("تاريخ_النشر", Some(FieldRole::Date));
        check("العُنوان", Some(FieldRole::Title));
        check("news:title", Some(FieldRole::Title));
        check("CONTENT", Some(FieldRole::Body));
        check("المحتوي", Some(FieldRole::Body));
        check("id", None);
    }

    #[test]
    fn a_correction_holds_against_the_name() {
        let mut mapping = Mapping::new(BTreeMap::from([("title".to_owned(), FieldRole::Body)]));
        assert_eq!(mapping.role("title"), Some((FieldRole::Body, 0)));
    }

    #[test]
    fn the_surest_of_several_dates_holds() {
        let fields = vec![
            ("created".to_owned(), "2020-01-01".to_owned()),
            ("date_published".to_owned(), "2021-02-03".to_owned()),
            ("text".to_owned(), "نص الخبر".to_owned()),
        ];
        let record = record(fields, &mut Mapping::default());
        let Content::Lines(lines) = record.content else {
            panic!("fields are lines");
        };
        assert_eq!(record.hints.published.unwrap().date.to_string(), "2021-02-03");
        assert!(lines.contains(&("created: 2020-01-01".to_owned(), Some(SectionKind::Boilerplate))));
    }

    #[test]
    fn seconds_since_1970_are_a_date() {
        for stated in ["1709424000", "1709424000000", "1709424000.5"] {
            assert_eq!(parse_date(stated).unwrap().date.to_string(), "2024-03-03");
        }
        assert!(parse_date("123456").is_none());
    }
}
