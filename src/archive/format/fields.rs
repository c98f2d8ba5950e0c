//! Records of named fields: which field is the title, the text, the date. The user can correct the role of a name.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use crate::arabic::{language, letter, words};
use crate::archive::article::{DateProvenance, Problem, PublicationDate, SectionKind};
use crate::archive::bound::Bound;
use crate::archive::date;
use crate::archive::encoding;
use crate::archive::origin::FieldRole;
use crate::archive::placeholder::{is_address, is_placeholder};
use crate::archive::record::{Content, Hints, PageLine, Record};

pub use super::field_name::front_matter_role;
use super::field_name::{self, NESTED};
use super::repetition;
use super::text::{self, one_line};
use super::value::{has_markup, is_long_text};
use super::{html, metadata, rich};

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
        let role = field_name::role(name);
        // A dump of other data may have a different name for each value. A guess at a number that articles never reach.
        if self.known.len() < 4_096 {
            self.known.insert(name.to_owned(), role);
        }
        role
    }

    /// Whether a field has a role.
    pub fn has_role(&mut self, name: &str, role: FieldRole) -> bool {
        self.role(name).is_some_and(|(it, _)| it == role)
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

/// Whether these fields are an article's: their names say so, or one is a long text beside a title. One without a word in a
/// title or text is none.
pub fn is_article(fields: &Fields, mapping: &mut Mapping) -> bool {
    let (mut has_title, mut has_text, mut has_long) = (false, false, false);
    for (name, value) in fields {
        match mapping.role(name) {
            Some((FieldRole::Title, _)) => has_title |= !is_placeholder(value),
            Some((FieldRole::Body | FieldRole::Summary, _)) => has_text |= !value.trim().is_empty(),
            None if !has_long => has_long = is_text(value),
            _ => {}
        }
    }
    let mut is_named = || mapping.is_article(fields.iter().map(|(name, _)| name.as_str()));
    has_title && has_long || (has_title || has_text) && is_named()
}

/// A field that is called a text and has so many bytes is one, whatever it looks like. A guess.
const CERTAINLY_LONG: usize = 300;

/// A summary with more letters is text, and not a second headline. A guess.
const HEADLINE: usize = 300;

/// The name of a field that is one paragraph of a text.
pub const PARAGRAPH: &str = "p";

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
    sort_numbered(&mut fields, mapping);
    let roles = Roles::of(&fields, mapping);
    let of_text = |idx: &usize| roles.used(*idx) == Some(FieldRole::Body);
    let text = (0..fields.len()).find(of_text).map(|idx| (fields[idx].0.clone(), idx));
    let mut gathered = Gathered {
        has_body: roles.best.contains_key(&FieldRole::Body),
        ..Gathered::default()
    };
    for (idx, (name, value)) in fields.iter().enumerate() {
        let value = encoding::without_entities(value);
        match roles.used(idx) {
            Some(role) => gathered.take(role, name, &value),
            None => match &text {
                Some((text, at)) if may_go_on(text, name, &value, mapping) => {
                    gathered.others.push((name.clone(), value.into_owned(), idx < *at));
                }
                _ => gathered.leave(name, &value),
            },
        }
    }
    if has_more {
        html::note(&mut gathered.hints.problems, Bound::Fields);
    }
    gathered.record()
}

/// Puts texts whose names differ by a number in its order: programs that sort names write `text10` before `text2`.
fn sort_numbered(fields: &mut Fields, mapping: &mut Mapping) {
    let mut places: BTreeMap<String, Vec<(u32, usize)>> = BTreeMap::new();
    for (idx, (name, _)) in fields.iter().enumerate() {
        if let Some((stem, number)) = field_name::numbered(name)
            && mapping.has_role(name, FieldRole::Body)
        {
            places.entry(stem.to_owned()).or_default().push((number, idx));
        }
    }
    for numbered in places.into_values().filter(|it| !it.is_sorted()) {
        let mut sorted = numbered.clone();
        sorted.sort();
        let taken: Fields = sorted
            .iter()
            .map(|(_, idx)| std::mem::take(&mut fields[*idx]))
            .collect();
        for ((_, idx), field) in numbered.into_iter().zip(taken) {
            fields[idx] = field;
        }
    }
}

/// Whether a field whose name says nothing may go on with the text of another field.
fn may_go_on(text: &str, name: &str, value: &str, mapping: &mut Mapping) -> bool {
    mapping.role(name).is_none() && is_text(value) && field_name::is_beside(name, text)
}

/// The roles of the fields of one record, with the ranks of their names; `None` for those that say nothing.
struct Roles {
    of_fields: Vec<Option<(FieldRole, usize)>>,
    /// The rank of the surest name of each role.
    best: BTreeMap<FieldRole, usize>,
}

impl Roles {
    fn of(fields: &Fields, mapping: &mut Mapping) -> Self {
        let role = |(name, value): &(String, String)| mapping.role(name).and_then(|it| role_of_value(name, it, value));
        let mut of_fields: Vec<_> = fields.iter().map(role).collect();
        if let Some(idx) = unnamed_text(fields, &of_fields) {
            of_fields[idx] = Some((FieldRole::Body, 0));
        }
        // A date that can be read is surer than one that cannot.
        let is_readable = |(_, value): &(String, String)| parse_date(value).is_some();
        let is_date = |it: &Option<(FieldRole, usize)>| it.is_some_and(|(role, _)| role == FieldRole::Date);
        let mut dates = fields
            .iter()
            .zip(&of_fields)
            .filter(|(_, role)| is_date(role))
            .map(|(field, _)| field);
        if 1 < dates.clone().count() && dates.any(is_readable) {
            for (field, role) in fields.iter().zip(&mut of_fields) {
                *role = role.filter(|it| it.0 != FieldRole::Date || is_readable(field));
            }
        }
        let mut best = BTreeMap::new();
        for (role, rank) in of_fields.iter().flatten() {
            let surest = best.entry(*role).or_insert(*rank);
            *surest = (*rank).min(*surest);
        }
        Self { of_fields, best }
    }

    /// What a field is used for. Of several titles, dates and sources those with the surest name are. Texts of the same
    /// depth follow each other, and so do summaries; those further within are others'.
    fn used(&self, idx: usize) -> Option<FieldRole> {
        let (role, rank) = self.of_fields.get(idx).copied().flatten()?;
        let best = *self.best.get(&role)?;
        let is_used = match role {
            FieldRole::Body => rank / NESTED <= best / NESTED,
            FieldRole::Summary => rank / NESTED <= *self.best.get(&FieldRole::Body).unwrap_or(&best) / NESTED,
            _ => rank == best,
        };
        is_used.then_some(role)
    }
}

/// The role of a field, given that of its name, if its value can have it.
fn role_of_value(name: &str, (role, rank): (FieldRole, usize), value: &str) -> Option<(FieldRole, usize)> {
    // The user said so.
    if rank == 0 {
        return Some((role, rank)).filter(|_| !value.trim().is_empty());
    }
    let role = match role {
        // An address is never an outlet, and nobody's name.
        FieldRole::Source | FieldRole::Byline if is_address(value) => FieldRole::Url,
        // A number, `true`; a paragraph may be a number.
        FieldRole::Body if name != PARAGRAPH && !value.chars().any(char::is_alphabetic) => return None,
        FieldRole::Body if matches!(value.trim(), "true" | "false") => return None,
        // Their numbers in another table.
        FieldRole::Source | FieldRole::Byline | FieldRole::Keywords if !value.chars().any(char::is_alphabetic) => {
            return None;
        }
        role => role,
    };
    Some((role, rank)).filter(|_| !is_placeholder(value))
}

/// The one long text of a record with a headline and no text by name: the longest field of an unknown name. A summary that
/// is longer is the text.
fn unnamed_text(fields: &Fields, roles: &[Option<(FieldRole, usize)>]) -> Option<usize> {
    let of_role = |wanted: FieldRole| {
        let fields = fields.iter().zip(roles);
        fields
            .filter(move |(_, role)| role.is_some_and(|(it, _)| it == wanted))
            .map(|((_, value), _)| value)
    };
    let has_title = of_role(FieldRole::Title).next().is_some();
    // Looking at a text takes time; few need it.
    let is_text = |it: &String| CERTAINLY_LONG <= it.len() || is_long_text(it);
    if !has_title || of_role(FieldRole::Body).any(is_text) {
        return None;
    }
    let unnamed = fields
        .iter()
        .zip(roles)
        .enumerate()
        .filter(|(_, (_, role))| role.is_none());
    // Equally long ones may be the same text in two forms; the first is as good.
    let longest = unnamed
        .filter(|(_, ((_, value), _))| is_text(value))
        .min_by_key(|(_, ((_, value), _))| std::cmp::Reverse(value.len()));
    let (idx, ((_, value), _)) = longest?;
    let longest_summary = of_role(FieldRole::Summary).map(String::len).max().unwrap_or(0);
    (longest_summary < value.len()).then_some(idx)
}

/// Whether a value of an unknown name is a text by its looks.
fn is_text(value: &str) -> bool {
    is_long_text(value) || rich::is_written_text(value)
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
    /// The texts, each with the name of its field.
    bodies: Vec<(String, Vec<PageLine>)>,
    /// The summaries beside them.
    summaries: Vec<(String, Vec<PageLine>)>,
    /// Other prose beside them, whose names say nothing, and whether it stands before them.
    others: Vec<(String, String, bool)>,
    /// What a whole page that is a text says of itself.
    of_page: Option<Hints>,
    /// The fields that are not the article's, so that the reader can still see them.
    rest: Vec<PageLine>,
    /// Dates that cannot be read; another field may have one that can.
    stated_dates: Vec<String>,
}

impl Gathered {
    fn take(&mut self, role: FieldRole, name: &str, value: &str) {
        self.note(name, role);
        let value = &*match role {
            FieldRole::Body | FieldRole::Keywords => Cow::Borrowed(value),
            _ => unlisted(value),
        };
        match role {
            FieldRole::Title if self.hints.title.is_none() => {
                let title = self.one_line(value);
                self.start.push((title.clone(), Some(SectionKind::Title)));
                self.hints.title = Some(title);
                return;
            }
            FieldRole::Body => return self.text(name, value),
            FieldRole::Summary => match self.has_body {
                true => return self.summary(name, value),
                false => return self.text(name, value),
            },
            FieldRole::Caption => {
                let caption = self.one_line(value);
                return self.start.push((caption, Some(SectionKind::Caption)));
            }
            FieldRole::Date if self.hints.published.is_none() => match parse_date(value) {
                Some(published) => {
                    let provenance = match field_name::is_update(name) {
                        true => DateProvenance::Update,
                        false => published.provenance,
                    };
                    self.hints.published = Some(PublicationDate {
                        provenance,
                        ..published
                    });
                    self.note_figures(name, value);
                }
                // With few digits it may be a place, or `true`.
                None if is_of_words(value) => {}
                None => {
                    self.stated_dates.push(value.to_owned());
                    self.note_figures(name, value);
                }
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
                for keyword in metadata::split_keywords(value.trim_matches(['[', ']', '{', '}'])) {
                    let keyword = keyword.trim_matches(['"', '\'', '#', ' ']).to_owned();
                    if !keyword.is_empty() && self.keywords.insert(keyword.clone()) {
                        self.hints.keywords.push(keyword);
                    }
                }
            }
            FieldRole::Url => self.hints.state_address(value),
            // Said already, or of no use.
            FieldRole::Title | FieldRole::Date | FieldRole::Source | FieldRole::Ignore => {}
        }
        self.leave_line(name, value);
    }

    fn note_figures(&mut self, name: &str, value: &str) {
        let figures = date::figures(value);
        self.hints.figures = figures.map(|it| (name.to_owned(), one_line(value), it));
    }

    fn text(&mut self, name: &str, value: &str) {
        let lines = if value.trim_start().starts_with('<') && html::looks_like_page(value) {
            let (lines, hints) = html::lines(value);
            self.of_page.get_or_insert(hints);
            lines
        } else {
            self.lines_of(value)
        };
        // Those whose names differ by a number are one text.
        let name = match field_name::numbered(name) {
            Some((stem, _)) => format!("{stem} …"),
            None => name.to_owned(),
        };
        match self.bodies.last_mut().filter(|it| it.0 == name) {
            Some((_, before)) => before.extend(lines),
            None => self.bodies.push((name, lines)),
        }
    }

    fn summary(&mut self, name: &str, value: &str) {
        let lines = text_lines(value, &mut self.hints.problems);
        self.summaries.push((name.to_owned(), lines));
    }

    /// The summaries that say what the text does not: they stand above it as its lead, a short one as a second headline. The
    /// others are left.
    fn leads(&mut self, body: &[PageLine]) -> Vec<PageLine> {
        let mut leads: Vec<PageLine> = Vec::new();
        for (name, lines) in std::mem::take(&mut self.summaries) {
            let title = self.hints.title.as_deref();
            let known = title
                .into_iter()
                .chain(body.iter().chain(&leads).map(|(line, _)| line.as_str()));
            let has_words = lines.iter().any(|(line, _)| words(line).nth(1).is_some());
            if !has_words || repetition::is_repeated(&lines, known) {
                let text: Vec<String> = lines.into_iter().map(|(line, _)| line).collect();
                self.leave_line(&name, &text.join(" "));
            } else {
                let is_headline = lines.len() == 1 && lines[0].0.chars().count() <= HEADLINE;
                let kind = is_headline.then_some(SectionKind::Subheading);
                leads.extend(lines.into_iter().map(|(line, of_mark_up)| (line, of_mark_up.or(kind))));
            }
        }
        leads
    }

    /// Adds to a text the prose beside it, in its language, that says what it does not. Other such prose is left.
    fn add_others(&mut self, body: &mut Vec<PageLine>) {
        let joined = |lines: &[PageLine]| -> String {
            let lines: Vec<&str> = lines.iter().map(|(line, _)| line.as_str()).collect();
            lines.join("\n")
        };
        let mut n_before = 0;
        for (name, value, is_before) in std::mem::take(&mut self.others) {
            let lines = self.lines_of(&value);
            let text = joined(&lines);
            let known = body.iter().map(|(line, _)| line.as_str());
            let is_more = is_long_text(&text)
                && language(&text) == language(&joined(body))
                && !repetition::is_repeated(&lines, known);
            if !is_more {
                self.leave(&name, &value);
                continue;
            }
            self.note(&name, FieldRole::Body);
            let at = if is_before { n_before } else { body.len() };
            n_before += if is_before { lines.len() } else { 0 };
            body.splice(at..at, lines);
        }
    }

    /// The lines of a text, plain or written in any form.
    fn lines_of(&mut self, value: &str) -> Vec<PageLine> {
        match rich::written(value) {
            Some(markup) => text_lines(&markup, &mut self.hints.problems),
            None => text_lines(value, &mut self.hints.problems),
        }
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

    /// Adds what a page within a field says of itself to what the fields leave open.
    fn add_page(&mut self) {
        let Some(page) = self.of_page.take() else { return };
        let hints = &mut self.hints;
        hints.title = hints.title.take().or(page.title);
        hints.published = hints.published.or(page.published);
        hints.source = hints.source.take().or(page.source);
        hints.byline = hints.byline.take().or(page.byline);
        if hints.keywords.is_empty() {
            hints.keywords = page.keywords;
        }
        hints.address = hints.address.take().or(page.address);
        hints.problems.extend(page.problems);
    }

    fn record(mut self) -> Record {
        self.add_page();
        if self.hints.published.is_none() {
            let unreadable = self
                .stated_dates
                .iter()
                .map(|it| one_line(it).chars().take(60).collect());
            self.hints.problems.extend(unreadable.map(Problem::UnreadableDate));
        }
        let (mut body, repeated) = repetition::without(std::mem::take(&mut self.bodies));
        for (name, text) in repeated {
            self.leave_line(&name, &text);
        }
        self.add_others(&mut body);
        let mut leads = self.leads(&body);
        let mut lines = self.start;
        lines.retain(|(line, _)| !line.is_empty());
        // Many texts repeat the title; the repetition is not a paragraph.
        if let (Some(title), Some((first, kind))) = (&self.hints.title, body.first_mut())
            && one_line(first) == *title
        {
            *kind = Some(SectionKind::Boilerplate);
        }
        lines.append(&mut leads);
        lines.append(&mut body);
        lines.append(&mut self.rest);
        Record {
            content: Content::Lines(lines),
            hints: self.hints,
            fields: self.used,
            ..Record::default()
        }
    }
}

/// Whether most of a value that has letters or digits are letters.
fn is_of_words(value: &str) -> bool {
    let n_digits = value.chars().filter(|c| letter::digit(*c).is_some()).count();
    let n_letters = value.chars().filter(|c| c.is_alphabetic()).count();
    n_digits * 2 < n_letters || n_digits == 0
}

/// The values of a list that was written as a text, `['…', '…']`, in one; another value as it is.
fn unlisted(value: &str) -> Cow<'_, str> {
    let is_list = value.trim_start().starts_with("['") || value.trim_start().starts_with("[\"");
    match is_list.then(|| rich::python_list(value)).flatten() {
        Some(values) => Cow::Owned(values.join("، ")),
        None => Cow::Borrowed(value),
    }
}

/// A date of a field.
fn parse_date(stated: &str) -> Option<PublicationDate> {
    let (date, precision) = date::parse_field(stated.trim())?;
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
    let value = &*without_comments(value);
    // Two characters that many exports leave for an end of line.
    let is_escaped = !value.contains('\n') && value.contains("\\n");
    let value = if is_escaped {
        value.replace("\\n", "\n")
    } else {
        value.to_owned()
    };
    let value = text::with_whole_lines(value);
    value
        .lines()
        .map(|line| (line.trim().to_owned(), None))
        .filter(|(line, _)| !line.is_empty())
        .collect()
}

/// A text without the comments of HTML by which WordPress tells its blocks apart, though they have no mark-up.
fn without_comments(value: &str) -> Cow<'_, str> {
    const BEGIN: &str = "<!--";
    let mut rest = value;
    let mut kept = String::new();
    while let Some((before, from)) = rest.split_once(BEGIN)
        && let Some((_, after)) = from.split_once("-->")
    {
        kept.push_str(before);
        rest = after;
    }
    if rest.len() == value.len() {
        return Cow::Borrowed(value);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
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
