//! Records of named fields: which field holds the title, the text, the date.
//!
//! Names are compared in folded form, without the signs between their words, so that `pubDate`, `pub_date` and
//! «تاريخ النشر», «تاريخ_النشر» are found alike. The user can correct what a name is taken for.

use std::collections::BTreeMap;

use crate::arabic::{Folding, fold};
use crate::archive::article::{DatePrecision, DateProvenance, Problem, PublicationDate, SectionKind};
use crate::archive::date;
use crate::archive::encoding;
use crate::archive::origin::FieldRole;
use crate::archive::record::{Hints, PageLine};

use super::html;

/// The names of each role, the surest first. Seen in dumps, feeds and exports of content systems; folded as
/// [`key`] does it.
const NAMES: &[(FieldRole, &[&str])] = &[
    (
        FieldRole::Title,
        &[
            "title",
            "headline",
            "hl1",
            "hedline",
            "posttitle",
            "articletitle",
            "newstitle",
            "arabictitle",
            "subject",
            "العنوان",
            "عنوان",
            "عنوانالخبر",
            "عنوانالمقال",
            "العنوانالرئيسي",
            "الخبر",
        ],
    ),
    (
        FieldRole::Body,
        &[
            "body",
            "text",
            "content",
            "articlebody",
            "fulltext",
            "maintext",
            "articletext",
            "articlecontent",
            "contentencoded",
            "encoded",
            "postcontent",
            "bodycontent",
            "newstext",
            "story",
            "article",
            "details",
            "paragraphs",
            "النص",
            "نص",
            "نصالخبر",
            "نصالمقال",
            "المتن",
            "متن",
            "المحتوى",
            "محتوى",
            "التفاصيل",
            "تفاصيل",
            "تفاصيلالخبر",
        ],
    ),
    (
        FieldRole::Summary,
        &[
            "summary",
            "description",
            "abstract",
            "excerpt",
            "lead",
            "intro",
            "teaser",
            "subtitle",
            "postexcerpt",
            "snippet",
            "الملخص",
            "ملخص",
            "المقدمة",
            "مقدمة",
            "الوصف",
            "وصف",
            "نبذة",
            "العنوانالفرعي",
        ],
    ),
    (
        FieldRole::Date,
        &[
            "datepublished",
            "publicationdate",
            "publisheddate",
            "publishdate",
            "publishedat",
            "publishedon",
            "published",
            "pubdate",
            "articledate",
            "newsdate",
            "postdate",
            "date",
            "datetime",
            "dateiso",
            "time",
            "timestamp",
            "issued",
            "created",
            "createdat",
            "تاريخالنشر",
            "تاريخالخبر",
            "التاريخ",
            "تاريخ",
            "وقتالنشر",
        ],
    ),
    (
        FieldRole::Source,
        &[
            "source",
            "sourcename",
            "publisher",
            "outlet",
            "newspaper",
            "sitename",
            "site",
            "website",
            "agency",
            "src",
            "provider",
            "publication",
            "name",
            "المصدر",
            "مصدر",
            "الصحيفة",
            "صحيفة",
            "الجريدة",
            "الوكالة",
            "الموقع",
            "جهةالنشر",
            "الناشر",
        ],
    ),
    (
        FieldRole::Byline,
        &[
            "author",
            "authors",
            "byline",
            "creator",
            "dccreator",
            "writer",
            "reporter",
            "journalist",
            "الكاتب",
            "كاتب",
            "المؤلف",
            "بقلم",
            "المحرر",
            "المراسل",
            "الصحفي",
        ],
    ),
    (
        FieldRole::Keywords,
        &[
            "keywords",
            "newskeywords",
            "tags",
            "tag",
            "labels",
            "topics",
            "الكلماتالمفتاحية",
            "كلماتمفتاحية",
            "الكلماتالدلالية",
            "كلماتدلالية",
            "الوسوم",
            "وسوم",
            "سمات",
        ],
    ),
    (
        FieldRole::Caption,
        &["caption", "imagecaption", "photocaption", "شرحالصورة", "تعليقالصورة"],
    ),
    (
        FieldRole::Url,
        &[
            "url",
            "link",
            "permalink",
            "href",
            "loc",
            "pageurl",
            "articleurl",
            "الرابط",
            "رابط",
            "رابطالخبر",
        ],
    ),
];

/// A field within another is less sure than any name: the title in `related.title` is another article's.
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

/// What fields of files are taken for.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    given: BTreeMap<String, FieldRole>,
    /// What each name was found to be; filled as names are met.
    known: BTreeMap<String, Option<(FieldRole, usize)>>,
}

impl Mapping {
    /// The mapping with the user's corrections.
    pub fn new(given: BTreeMap<String, FieldRole>) -> Self {
        Self {
            given,
            known: BTreeMap::new(),
        }
    }

    /// What a field holds, with how sure that is: 0 is surest.
    pub fn role(&mut self, name: &str) -> Option<(FieldRole, usize)> {
        if let Some(role) = self.given.get(name) {
            return Some((*role, 0));
        }
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let key = key(name);
        let role = NAMES.iter().find_map(|(role, names)| {
            let names = names.iter().map(|it| self::key(it));
            let rank = names.into_iter().position(|it| it == key)?;
            // A correction of the role's owner takes the place of what names suggest.
            Some((*role, rank + 1 + NESTED * depth(name)))
        });
        // A dump of foreign data may have a name of its own for each value.
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

/// The lines of a record and what its fields say; with its fields and what they were used for.
pub fn record(fields: Fields, mapping: &mut Mapping) -> (Vec<PageLine>, Hints, Vec<(String, FieldRole)>) {
    let roles: Vec<Option<(FieldRole, usize)>> = fields
        .iter()
        .map(|(name, value)| mapping.role(name).filter(|_| !value.trim().is_empty()))
        .collect();
    // Of several titles, dates and sources the one with the surest name holds, then the first.
    let best = |role: FieldRole| {
        let of_role = roles.iter().flatten().filter(|(it, _)| *it == role);
        of_role.map(|(_, rank)| *rank).min()
    };
    let has_body = best(FieldRole::Body).is_some();
    // Texts of the same depth follow each other; those further within are others'.
    let is_deeper = |rank: usize| best(FieldRole::Body).is_some_and(|least| least / NESTED < rank / NESTED);
    let mut hints = Hints::default();
    let mut used: Vec<(String, FieldRole)> = Vec::new();
    let mut start: Vec<PageLine> = Vec::new();
    let mut body: Vec<PageLine> = Vec::new();
    let mut rest: Vec<PageLine> = Vec::new();
    let mut stated_dates = Vec::new();
    for ((name, value), role) in fields.into_iter().zip(&roles) {
        let value = encoding::without_entities(&value).into_owned();
        let is_best = role.is_some_and(|(role, rank)| best(role) == Some(rank));
        let Some((role, _)) = role.filter(|(role, rank)| *role == FieldRole::Body && !is_deeper(*rank) || is_best)
        else {
            if !used.iter().any(|(it, _)| *it == name) {
                used.push((name.clone(), FieldRole::Ignore));
            }
            rest.extend(other(&name, &value));
            continue;
        };
        if !used.iter().any(|(it, _)| *it == name) {
            used.push((name.clone(), role));
        }
        match role {
            FieldRole::Title if hints.title.is_none() => {
                let title = one_line(&plain(&value));
                start.push((title.clone(), Some(SectionKind::Title)));
                hints.title = Some(title);
            }
            FieldRole::Body => body.extend(text_lines(&value)),
            FieldRole::Summary if !has_body => body.extend(text_lines(&value)),
            FieldRole::Date if hints.published.is_none() => {
                match parse_date(&value) {
                    Some(published) => hints.published = Some(published),
                    None => stated_dates.push(value.clone()),
                }
                rest.extend(other(&name, &value));
            }
            FieldRole::Source if hints.source.is_none() => {
                hints.source = Some(one_line(&plain(&value)));
                rest.extend(other(&name, &value));
            }
            FieldRole::Byline => {
                let names = one_line(&plain(&value));
                hints.byline = Some(match hints.byline.take() {
                    Some(before) => format!("{before}، {names}"),
                    None => names,
                });
                rest.extend(other(&name, &value));
            }
            FieldRole::Keywords => {
                for keyword in html::split_keywords(value.trim_matches(['[', ']', '{', '}'])) {
                    let keyword = keyword.trim_matches(['"', '\'', '#', ' ']).to_owned();
                    if !keyword.is_empty() && !hints.keywords.contains(&keyword) {
                        hints.keywords.push(keyword);
                    }
                }
                rest.extend(other(&name, &value));
            }
            FieldRole::Caption => start.push((one_line(&plain(&value)), Some(SectionKind::Caption))),
            FieldRole::Ignore => rest.extend(other(&name, &value)),
            _ => rest.extend(other(&name, &value)),
        }
    }
    if hints.published.is_none() {
        let unreadable = stated_dates
            .into_iter()
            .map(|it| one_line(&it).chars().take(60).collect());
        hints.problems.extend(unreadable.map(Problem::UnreadableDate));
    }
    start.retain(|(line, _)| !line.is_empty());
    // The title stands in many texts once more; a second one is not a paragraph.
    if let (Some(title), Some((first, kind))) = (&hints.title, body.first_mut())
        && one_line(first) == *title
    {
        *kind = Some(SectionKind::Title);
    }
    start.append(&mut body);
    start.append(&mut rest);
    (start, hints, used)
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

/// A field that is not part of the article, so that the reader can still see it.
fn other(name: &str, value: &str) -> Option<PageLine> {
    let value = one_line(&plain(value));
    (!value.is_empty()).then(|| (format!("{name}: {value}"), Some(SectionKind::Boilerplate)))
}

/// The lines of a text that may have HTML's mark-up.
pub fn text_lines(value: &str) -> Vec<PageLine> {
    if has_markup(value) {
        return html::fragment_lines(value);
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

fn plain(value: &str) -> String {
    if has_markup(value) {
        let lines = html::fragment_lines(value);
        return lines.into_iter().map(|(line, _)| line).collect::<Vec<_>>().join(" ");
    }
    value.to_owned()
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
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
        let (lines, hints, _) = record(fields, &mut Mapping::default());
        assert_eq!(hints.published.unwrap().date.to_string(), "2021-02-03");
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
