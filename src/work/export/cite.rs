//! References to articles: in Arabic, and in three styles of the world, for exactly one kind of source, an article of a
//! newspaper.
//!
//! An author stands as the file names it: styles turn names round or shorten them, and which part of an Arabic name that
//! would be is not known. A date has as many parts as are known; one that was only inferred stands in brackets, as what is
//! supplied by who cites does. What is not known is left out, or said by the style's own sign.
//!
//! The styles of the world are for bibliographies:
//!
//! - APA: *Publication Manual*, 7th ed., §10.1, example 16 (newspaper article); §9.12 (no author: the title comes first);
//!   §9.17 (no date: n.d.).
//! - Chicago: *Manual of Style*, 17th ed., §14.191 and §14.198 (newspapers); §14.199 (unsigned: the newspaper comes first).
//! - MLA: *Handbook*, 9th ed., §5 (the template of core elements), §A.2 (months are abbreviated but May, June and July).

use crate::arabic::month::{MonthNames, month_name};
use crate::arabic::number::with_numerals;
use crate::archive::{DatePrecision, DateProvenance, PublicationDate};
use crate::state::{CitationStyle, ExportWords};

use super::escape::html;
use super::row::Row;

/// A reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The words alone; nothing in it is invisible.
    pub text: String,
    /// The same as HTML: italics, a link, and its direction.
    pub html: String,
}

/// The article of a row in a style.
pub fn cite(row: &Row, style: CitationStyle, words: &ExportWords) -> Citation {
    let mut it = Builder::default();
    match style {
        CitationStyle::Arabic => arabic(&mut it, row, words),
        CitationStyle::Apa => apa(&mut it, row),
        CitationStyle::Chicago => chicago(&mut it, row),
        CitationStyle::Mla => mla(&mut it, row),
    }
    let (language, direction) = match style {
        CitationStyle::Arabic => ("ar", "rtl"),
        CitationStyle::Apa | CitationStyle::Chicago | CitationStyle::Mla => ("en", "ltr"),
    };
    Citation {
        text: it.text,
        html: format!("<p lang=\"{language}\" dir=\"{direction}\">{}</p>", it.html),
    }
}

/// A reference as it is put together, in both forms.
#[derive(Default)]
struct Builder {
    text: String,
    html: String,
}

impl Builder {
    /// Signs between the parts.
    fn sign(&mut self, sign: &str) {
        self.text.push_str(sign);
        self.html.push_str(&html(sign));
    }

    /// A part in its own direction.
    fn part(&mut self, part: &str) {
        self.text.push_str(part);
        self.html.push_str(&format!("<bdi>{}</bdi>", html(part)));
    }

    /// The name of a newspaper.
    fn italic(&mut self, part: &str) {
        self.text.push_str(part);
        self.html.push_str(&format!("<i><bdi>{}</bdi></i>", html(part)));
    }

    fn link(&mut self, address: &str) {
        let escaped = html(address);
        self.text.push_str(address);
        self.html
            .push_str(&format!("<a href=\"{escaped}\"><bdi dir=\"ltr\">{escaped}</bdi></a>"));
    }

    /// A part and a full stop, where it does not end in a sign of its own.
    fn stopped(&mut self, part: &str) {
        self.part(part);
        if !ends(part) {
            self.sign(".");
        }
    }
}

/// Whether a text ends as a sentence does.
fn ends(text: &str) -> bool {
    text.trim_end_matches(['»', '”', '"', ')'])
        .ends_with(['.', '?', '!', '؟', '…'])
}

/// المؤلف، «العنوان»، الجريدة، 28 أكتوبر 2023، العنوان الشبكي.
fn arabic(it: &mut Builder, row: &Row, words: &ExportWords) {
    let comma = |it: &mut Builder| {
        if !it.text.is_empty() {
            it.sign("، ");
        }
    };
    if let Some(author) = &row.author {
        it.part(author);
    }
    comma(it);
    it.sign("«");
    it.part(&row.title);
    it.sign("»");
    if let Some(source) = &row.source {
        comma(it);
        it.italic(source);
    }
    comma(it);
    match row.published {
        Some(published) => {
            let names = month_names(row.address.as_deref()).unwrap_or(words.month_names);
            let date = arabic_date(published, names);
            it.part(&bracketed(published, &with_numerals(&date, words.numerals)));
        }
        None => it.sign("د.ت"),
    }
    if let Some(address) = &row.address {
        comma(it);
        it.link(address);
    }
}

fn apa(it: &mut Builder, row: &Row) {
    let date = match row.published {
        Some(published) => bracketed(published, &apa_date(published)),
        None => "n.d.".to_owned(),
    };
    match &row.author {
        Some(author) => {
            it.stopped(author);
            it.sign(&format!(" ({date}). "));
            it.stopped(&row.title);
        }
        None => {
            it.stopped(&row.title);
            it.sign(&format!(" ({date})."));
        }
    }
    if let Some(source) = &row.source {
        it.sign(" ");
        it.italic(source);
        it.sign(".");
    }
    if let Some(address) = &row.address {
        it.sign(" ");
        it.link(address);
    }
}

fn chicago(it: &mut Builder, row: &Row) {
    let quoted = |it: &mut Builder| {
        it.sign("“");
        it.part(&row.title);
        it.sign(if ends(&row.title) { "”" } else { ".”" });
    };
    let date = row.published.map_or_else(
        || "n.d.".to_owned(),
        |it| bracketed(it, &english_date(it, &MONTHS, DayPlace::AfterMonth)),
    );
    match (&row.author, &row.source) {
        (Some(author), source) => {
            it.stopped(author);
            it.sign(" ");
            quoted(it);
            if let Some(source) = source {
                it.sign(" ");
                it.italic(source);
                it.sign(",");
            }
            it.sign(" ");
        }
        (None, Some(source)) => {
            it.italic(source);
            it.sign(". ");
            quoted(it);
            it.sign(" ");
        }
        (None, None) => {
            quoted(it);
            it.sign(" ");
        }
    }
    it.sign(&date);
    if !ends(&date) {
        it.sign(".");
    }
    if let Some(address) = &row.address {
        it.sign(" ");
        it.link(address);
        it.sign(".");
    }
}

fn mla(it: &mut Builder, row: &Row) {
    if let Some(author) = &row.author {
        it.stopped(author);
        it.sign(" ");
    }
    it.sign("“");
    it.part(&row.title);
    it.sign(if ends(&row.title) { "”" } else { ".”" });
    let mut is_first = true;
    let mut next = |it: &mut Builder| {
        it.sign(if is_first { " " } else { ", " });
        is_first = false;
    };
    if let Some(source) = &row.source {
        next(it);
        it.italic(source);
    }
    if let Some(published) = row.published {
        next(it);
        let date = english_date(published, &MLA_MONTHS, DayPlace::BeforeMonth);
        it.sign(&bracketed(published, &date));
    }
    if let Some(address) = &row.address {
        next(it);
        it.link(address);
    }
    if !is_first {
        it.sign(".");
    }
}

/// A date that was only inferred in brackets.
fn bracketed(published: PublicationDate, date: &str) -> String {
    match published.provenance {
        DateProvenance::Inferred => format!("[{date}]"),
        _ => date.to_owned(),
    }
}

fn arabic_date(published: PublicationDate, names: MonthNames) -> String {
    let (date, month) = (published.date, month_name(published.date.month(), names));
    match published.precision {
        DatePrecision::Day => format!("{} {month} {}", date.day(), date.year()),
        DatePrecision::Month => format!("{month} {}", date.year()),
        DatePrecision::Year => date.year().to_string(),
    }
}

/// The names of the months where an address is at home, by the ending of its host for a country; nothing for others. CLDR
/// 48 for the countries (`ar-DZ`, `ar-IQ`, `ar-JO`, `ar-LB`, `ar-MA`, `ar-PS`, `ar-SY`, `ar-TN`; `ar` for the rest).
fn month_names(address: Option<&str>) -> Option<MonthNames> {
    let (_, rest) = address?.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(match host.rsplit('.').next()?.to_lowercase().as_str() {
        "sy" | "lb" | "iq" | "jo" | "ps" => MonthNames::Levant,
        "dz" | "tn" => MonthNames::Maghreb,
        "ma" => MonthNames::Morocco,
        "eg" | "sd" | "ly" | "sa" | "ae" | "kw" | "qa" | "bh" | "om" | "ye" => MonthNames::Egypt,
        _ => return None,
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const MLA_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// Where the day stands.
#[derive(Clone, Copy)]
enum DayPlace {
    /// October 28, 2023
    AfterMonth,
    /// 28 October 2023
    BeforeMonth,
}

fn english_date(published: PublicationDate, months: &[&'static str; 12], place: DayPlace) -> String {
    let date = published.date;
    let (year, day, month) = (date.year(), date.day(), month_of(published, months));
    match (published.precision, place) {
        (DatePrecision::Year, _) => year.to_string(),
        (DatePrecision::Month, _) => format!("{month} {year}"),
        (DatePrecision::Day, DayPlace::AfterMonth) => format!("{month} {day}, {year}"),
        (DatePrecision::Day, DayPlace::BeforeMonth) => format!("{day} {month} {year}"),
    }
}

/// 2023, October 28
fn apa_date(published: PublicationDate) -> String {
    let date = published.date;
    let (year, day, month) = (date.year(), date.day(), month_of(published, &MONTHS));
    match published.precision {
        DatePrecision::Year => year.to_string(),
        DatePrecision::Month => format!("{year}, {month}"),
        DatePrecision::Day => format!("{year}, {month} {day}"),
    }
}

fn month_of(published: PublicationDate, months: &[&'static str; 12]) -> &'static str {
    let idx = usize::try_from(published.date.month() - 1).ok();
    idx.and_then(|idx| months.get(idx)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::work::export::write::tests_words::english_words;

    use super::*;

    fn row() -> Row {
        Row {
            title: "الجسر يفتح اليوم".into(),
            author: Some("سامي العامري".into()),
            source: Some("المدار".into()),
            address: Some("https://almadar.example.sy/a?b=1&c=2".into()),
            published: Some(PublicationDate {
                date: date(2023, 10, 28),
                precision: DatePrecision::Day,
                provenance: DateProvenance::Metadata,
            }),
            ..Row::default()
        }
    }

    #[track_caller]
    fn check(row: &Row, expected: [&str; 4]) {
        let words = english_words();
        let texts = CitationStyle::ALL.map(|style| cite(row, style, &words).text);
        assert_eq!(texts, expected);
    }

    #[test]
    fn an_article_is_cited_as_its_style_says() {
        let address = "https://almadar.example.sy/a?b=1&c=2";
        check(
            &row(),
            [
                &format!("سامي العامري، «الجسر يفتح اليوم»، المدار، 28 تشرين الأول 2023، {address}"),
                &format!("سامي العامري. (2023, October 28). الجسر يفتح اليوم. المدار. {address}"),
                &format!("سامي العامري. “الجسر يفتح اليوم.” المدار, October 28, 2023. {address}."),
                &format!("سامي العامري. “الجسر يفتح اليوم.” المدار, 28 Oct. 2023, {address}."),
            ],
        );
    }

    #[test]
    fn what_is_not_known_is_not_made_up() {
        let mut it = row();
        (it.author, it.address) = (None, None);
        it.title = "هل يفتح؟".into();
        it.published = it.published.map(|date| PublicationDate {
            precision: DatePrecision::Month,
            provenance: DateProvenance::Inferred,
            ..date
        });
        check(
            &it,
            [
                "«هل يفتح؟»، المدار، [أكتوبر 2023]",
                "هل يفتح؟ ([2023, October]). المدار.",
                "المدار. “هل يفتح؟” [October 2023].",
                "“هل يفتح؟” المدار, [Oct. 2023].",
            ],
        );
        let bare = Row {
            title: "خبر".into(),
            ..Row::default()
        };
        check(&bare, ["«خبر»، د.ت", "خبر. (n.d.).", "“خبر.” n.d.", "“خبر.”"]);
    }

    #[test]
    fn the_rich_form_says_its_direction_and_escapes_what_it_holds() {
        let mut it = row();
        it.title = "سعر <النفط> & غيره".into();
        let html = cite(&it, CitationStyle::Arabic, &english_words()).html;
        assert!(html.starts_with("<p lang=\"ar\" dir=\"rtl\">"), "{html}");
        assert!(
            html.contains("سعر &lt;النفط&gt; &amp; غيره") && html.contains("<i><bdi>المدار</bdi></i>"),
            "{html}"
        );
        assert!(
            html.contains("href=\"https://almadar.example.sy/a?b=1&amp;c=2\""),
            "{html}"
        );
    }
}
