//! What the names of fields mean: those of a list, and those that are made of known words.
//!
//! Names are compared in folded form, ignoring the signs between their words, so that `pubDate` and `pub_date`, or
//! «تاريخ النشر» and «تاريخ_النشر», are the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold, letter};
use crate::archive::origin::FieldRole;

/// The names of fields; those of a role are in falling order of certainty.
const NAMES: List<3> = List::new(
    include_str!("../../../assets/lists/field_names.tsv"),
    ["name", "role", "front_matter"],
);

/// The words of other names.
const WORDS: List<2> = List::new(include_str!("../../../assets/lists/field_words.tsv"), ["word", "part"]);

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

/// What a word adds to the meaning of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Text,
    Title,
    Day,
    Publish,
    Done,
    Update,
    Any,
}

/// The words, folded.
static PARTS: LazyLock<HashMap<String, Part>> = LazyLock::new(|| {
    let part = |name: &str| match name {
        "text" => Part::Text,
        "title" => Part::Title,
        "day" => Part::Day,
        "publish" => Part::Publish,
        "done" => Part::Done,
        "update" => Part::Update,
        _ => Part::Any,
    };
    WORDS.rows().map(|[word, name]| (folded(word), part(name))).collect()
});

/// What each level of nesting adds to the rank of a name. More than a role has names: a nested field is less certain
/// than any name, as the title in `related.title` is another article's.
pub const NESTED: usize = 200;

/// The ranks of names that are made of words: behind those of the list, and the day of a change behind other days.
const OF_WORDS: usize = 150;
const OF_UPDATE: usize = 190;

/// How deep a field is within others.
pub fn depth(name: &str) -> usize {
    name.matches('.').count()
}

fn folded(text: &str) -> String {
    fold(text, Folding::Word).to_lowercase()
}

/// The innermost part of a name: «news:title» and "data.title" are titles.
fn last(name: &str) -> &str {
    name.rsplit([':', '.', '/']).next().unwrap_or(name)
}

/// A field's name without what differs between spellings.
fn key(name: &str) -> String {
    folded(last(name)).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The role of a field of front matter.
pub fn front_matter_role(name: &str) -> Option<FieldRole> {
    let known = KNOWN.get(&key(name)).filter(|it| it.is_of_front_matter)?;
    (depth(name) == 0).then_some(known.role)
}

/// What others than the article are called that a record may describe: the day on which an account or a picture was made
/// is not the article's.
const OTHERS: [&str; 22] = [
    "user",
    "account",
    "owner",
    "image",
    "images",
    "photo",
    "picture",
    "thumbnail",
    "gallery",
    "video",
    "attachment",
    "attachments",
    "category",
    "categories",
    "section",
    "related",
    "next",
    "previous",
    "prev",
    "location",
    "promo",
    "owners",
];

/// Whether a part of a name, within which a field is, is another's.
fn is_others(part: &str) -> bool {
    let role = KNOWN.get(&key(part)).map(|it| it.role);
    matches!(
        role,
        Some(FieldRole::Byline | FieldRole::Keywords | FieldRole::Caption | FieldRole::Ignore)
    ) || OTHERS.contains(&key(part).as_str())
}

/// The role of a field by its name, with its rank: the lower, the surer.
pub fn role(name: &str) -> Option<(FieldRole, usize)> {
    let (outer, _) = name.rsplit_once('.').unwrap_or_default();
    // `author.name` in a table's head.
    if !outer.is_empty() && ["name", "rendered", "value"].contains(&last(name)) {
        return role(outer).map(|(role, rank)| (role, rank + 1));
    }
    // `source.title` is the outlet's name.
    let of_outlet = Some(outer).filter(|_| key(name) == "title").and_then(of_words);
    if let Some((FieldRole::Source, rank)) = of_outlet.filter(|_| !outer.starts_with('_')) {
        return Some((FieldRole::Source, rank + 1));
    }
    let is_others = !outer.is_empty() && outer.split('.').any(is_others);
    of_words(name).filter(|(role, _)| !is_others || *role == FieldRole::Caption)
}

/// Whether the day in a field of this name is that of the last change.
pub fn is_update(name: &str) -> bool {
    parts(last(name)).is_some_and(|it| it.contains(&Part::Update))
}

/// The role of a name by its words; a number behind a text is the place of one of several.
fn of_words(name: &str) -> Option<(FieldRole, usize)> {
    let of_text = |(stem, _)| of_words_alone(stem).filter(|(role, _)| *role == FieldRole::Body);
    of_words_alone(name).or_else(|| numbered(name).and_then(of_text))
}

fn of_words_alone(name: &str) -> Option<(FieldRole, usize)> {
    let nested = NESTED * depth(name);
    if let Some(known) = KNOWN.get(&key(name)) {
        return Some((known.role, known.rank + nested));
    }
    let parts = parts(last(name))?;
    let has = |part| parts.contains(&part);
    let is_date = [Part::Day, Part::Publish, Part::Done, Part::Update]
        .into_iter()
        .any(has);
    let (role, rank) = match is_date {
        // `content_updated` and `title_time` say when.
        true if has(Part::Update) => (FieldRole::Date, OF_UPDATE),
        true if has(Part::Day) || has(Part::Done) => (FieldRole::Date, OF_WORDS),
        true => return None,
        false if has(Part::Title) && !has(Part::Text) => (FieldRole::Title, OF_WORDS),
        false if has(Part::Text) && !has(Part::Title) => (FieldRole::Body, OF_WORDS),
        false => return None,
    };
    Some((role, rank + nested))
}

/// The name without the number behind it, and the number: `text2`, `paragraph_10`, «نص 3».
pub fn numbered(name: &str) -> Option<(&str, u32)> {
    let inner = name.trim_end_matches([']', ')']);
    let stem = inner.trim_end_matches(|c| letter::digit(c).is_some());
    let digits = &inner[stem.len()..];
    let mut number = None;
    // More digits are a day or an id. A guess.
    for digit in digits
        .chars()
        .filter(|_| digits.chars().count() <= 4)
        .filter_map(letter::digit)
    {
        number = Some(number.unwrap_or(0) * 10 + u32::from(digit));
    }
    let stem = stem.trim_end_matches(['_', '-', ' ', '[', '(', '#']);
    Some((stem, number?)).filter(|_| !stem.is_empty())
}

/// Words of names of prose that is not the article's own, beside those of [`OTHERS`].
const OTHER_PROSE: [&str; 9] = [
    "alt",
    "translation",
    "translated",
    "reply",
    "replies",
    "prompt",
    "log",
    "error",
    "ترجمة",
];

/// Whether a field of a name that says nothing may be the article's by its place: beside a field of another name, and not
/// named after others than the article.
pub fn is_beside(name: &str, other: &str) -> bool {
    let outer = |name: &str| name.rsplit_once('.').map_or("", |it| it.0).len();
    let of_others = |it: String| is_others(&it) || OTHER_PROSE.iter().any(|other| folded(other) == it);
    name.get(..outer(name)) == other.get(..outer(other)) && !words(last(name)).into_iter().any(of_others)
}

/// What the words of a name are; `None` if one is not known.
fn parts(name: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for word in words(name) {
        split(&word, &mut parts)?;
    }
    Some(parts)
}

/// Adds the parts of a word, or of several that are written as one: `pubdate`.
fn split(word: &str, parts: &mut Vec<Part>) -> Option<()> {
    /// A shorter word is not looked for within another. A guess.
    const SHORTEST: usize = 3;
    let article = word.strip_prefix("ال");
    if let Some(part) = PARTS.get(word).or_else(|| PARTS.get(article?)) {
        parts.push(*part);
        return Some(());
    }
    let ends = (SHORTEST..word.len().saturating_sub(SHORTEST - 1)).rev();
    for end in ends.filter(|end| word.is_ascii() && *end <= word.len()) {
        let (start, rest) = word.split_at(end);
        let n_before = parts.len();
        if let Some(part) = PARTS.get(start) {
            parts.push(*part);
            if split(rest, parts).is_some() {
                return Some(());
            }
            parts.truncate(n_before);
        }
    }
    None
}

/// The words of a name, folded: at signs between them, and where a capital letter follows a small one.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        let begins = was_small && c.is_uppercase() || !c.is_alphanumeric() && !letter::is_within_word(c);
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric() || !begins) {
            word.push(c);
        }
        was_small = c.is_lowercase();
    }
    words.iter().map(|it| folded(it)).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], expected: Option<FieldRole>) {
        for name in names {
            assert_eq!(role(name).map(|(role, _)| role), expected, "{name}");
        }
    }

    #[test]
    fn names_are_known_by_their_words() {
        let texts = [
            "body_text",
            "bodyText",
            "article_body",
            "content_text",
            "plain_text",
            "raw_text",
            "text_content",
            "html",
            "body_html",
            "clean_text",
            "message",
            "news_body",
            "fulltext",
            "نص_المقالة",
            "محتوى_الخبر",
            "متن الخبر",
            "النص الكامل",
            "text1",
            "body_2",
            "p10",
            "paragraph (3)",
            "نص ٢",
            "articletext",
            "content_ar",
            "field_body",
        ];
        check(&texts, Some(FieldRole::Body));
        let dates = [
            "date_publish",
            "publish_time",
            "published_time",
            "publication_datetime",
            "pub_time",
            "datePublish",
            "date_pub",
            "seendate",
            "dateline",
            "created_time",
            "timestamp_ms",
            "updated",
            "modified",
            "dc:date",
            "day",
            "تاريخ_نشر",
            "نشر في",
            "تاريخ الإضافة",
            "date_posted",
            "webPublicationDate",
            "dateTimePub",
            "created_utc",
            "lastmod",
            "آخر تحديث",
            "post_date_gmt",
        ];
        check(&dates, Some(FieldRole::Date));
        check(
            &["news_title", "title_ar", "webTitle", "عنوان التقرير"],
            Some(FieldRole::Title),
        );
    }

    #[test]
    fn other_names_are_not() {
        let others = [
            "date_download",
            "indexed_date",
            "expiry_date",
            "start_time",
            "birth_date",
            "reading_time",
            "timezone",
            "content_type",
            "text_length",
            "html_url",
            "alt_text",
            "writer_bio",
            "comment_text",
            "body_en",
            "context",
            "id",
            "published_by",
            "news",
            "رقم الخبر",
            "content_title",
            "title2",
            "date1",
            "part1",
            "text20240709",
        ];
        check(&others, None);
    }

    #[test]
    fn prose_beside_a_text_is_told_from_that_of_others() {
        for name in ["fazza", "تتمة", "background"] {
            assert!(is_beside(name, "text"), "{name}");
        }
        for name in [
            "comment_text",
            "writer_bio",
            "alt_text",
            "related_stories",
            "a.background",
            "ترجمة",
        ] {
            assert!(!is_beside(name, "text"), "{name}");
        }
        assert!(is_beside("a.background", "a.text") && !is_beside("background", "a.text"));
    }

    #[test]
    fn the_day_of_a_change_is_the_least_sure() {
        let rank = |name: &str| role(name).map(|(_, rank)| rank);
        assert!(rank("date") < rank("date_added") && rank("date_added") < rank("updated_at"));
        assert!(rank("updated_at") < rank("a.date"));
    }
}
