//! How the text of a newspaper begins: «دبي - «المدار»:», «الرياض: هند المنصور أعلنت …», «كتب - سامي العامري:».
//!
//! Of 45,000 articles of one daily paper, more than a quarter begin with a place, an outlet or a reporter before the
//! first sentence, nearly always on the same line. These are not part of the text.

use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use crate::arabic::lists::List;
use crate::arabic::{Folding, Span, Word, WordKind, fold, letter, words};
use crate::archive::date;

use super::outlet;

/// What precedes the first sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Where the first sentence begins, in bytes.
    pub end: usize,
    /// The outlet or agency, as written.
    pub outlet: Option<String>,
    /// The reporter, as written.
    pub byline: Option<String>,
    /// The day that is stated in full.
    pub day: Option<Date>,
}

/// An opening ends within this many letters. A guess, far above the longest.
const REACH: usize = 140;
/// The longest run of words that is one place: «رأس الخيمة», «الإمارات العربية المتحدة».
const PLACE_WORDS: usize = 3;
/// The longest code of an agency in Latin letters. A guess.
const CODE: usize = 8;
/// The longest name of a reporter: «إيمان عبد الله آل علي».
pub(super) const NAME_WORDS: usize = 5;
/// Behind a place that no list has, an older day in two calendars is one of history: «معركة الوادي 5 يونيو 1967 الموافق …».
/// A guess: the Saudi agencies' datelines that were seen are of 2011 and later, the oldest archives on the web of 1995.
const FIRST_OF_PAIRS: i16 = 1995;
/// The date of a dateline stands behind at most this many words: a place, an agency. A guess.
const WORDS_BEFORE_DAY: usize = 3;

const NAMES: List<3> = List::new(
    include_str!("../../../assets/lists/names.tsv"),
    ["name", "given", "arab"],
);
const STARTS: List<2> = List::new(
    include_str!("../../../assets/lists/sentence_starts.tsv"),
    ["word", "kind"],
);

/// Cities from which newspapers write, folded.
static PLACES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("../../../assets/gazetteers/datelines.txt")
        .lines()
        .map(|line| fold(line, Folding::Name))
        .collect()
});

/// Given names, also those that only reporters bear, folded.
static GIVEN_NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let given = NAMES.rows().filter(|[_, given, _]| *given != "-");
    given.map(|[name, ..]| name).collect()
});

/// The verbs, folded, both genders.
static VERBS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let both = |verb: &str| [fold(verb, Folding::Name), fold(&format!("{verb}ت"), Folding::Name)];
    words_of("verb").flat_map(both).collect()
});

/// Words before a day of which a text speaks, folded.
static HISTORY: LazyLock<HashSet<String>> =
    LazyLock::new(|| words_of("history").map(|it| fold(it, Folding::Name)).collect());

/// Words after which the reporter is named, folded.
static LABELS: LazyLock<HashSet<String>> =
    LazyLock::new(|| words_of("label").map(|it| fold(it, Folding::Name)).collect());

fn words_of(kind: &'static str) -> impl Iterator<Item = &'static str> {
    STARTS.rows().filter(move |row| row[1] == kind).map(|row| row[0])
}

/// Whether a word is a verb with which the first sentence of a report begins.
pub fn is_verb(word: &str) -> bool {
    VERBS.contains(&fold(word, Folding::Name))
}

/// Whether a word is a given name.
pub fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(fold(word, Folding::Name).as_str())
}

/// Whether a text is a place from which newspapers write, and nothing else.
pub fn is_place(text: &str) -> bool {
    PLACES.contains(&joined(text))
}

/// Whether a text is a name of two words or more that begins with a given name.
pub fn is_reporter(text: &str) -> bool {
    let all: Vec<Word> = words(text).collect();
    let is_given = |word: &Word| {
        let name = folded_word(text, *word);
        GIVEN_NAMES.contains(name.as_str()) || name == "عبد"
    };
    let is_name = |word: &Word| word.kind == WordKind::Arabic && !VERBS.contains(&folded_word(text, *word));
    (2..=NAME_WORDS).contains(&all.len()) && is_given(&all[0]) && all.iter().all(is_name)
}

/// What follows «كتب», «بقلم» at the beginning of a text.
pub fn behind_label(text: &str) -> Option<&str> {
    let first = words(text).next()?;
    let is_label = LABELS.contains(&folded_word(text, first));
    is_label.then(|| text.get(first.span.end..))?
}

fn folded_word(text: &str, word: Word) -> String {
    fold(word.span.of(text).unwrap_or_default(), Folding::Name)
}

/// The words of a text, folded, with single spaces.
fn joined(text: &str) -> String {
    words(text)
        .map(|it| folded_word(text, it))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The day of a dateline that states it by the moon, or in two calendars: «الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م
/// واس». A day of which a sentence speaks has a verb or a preposition before it, and goes on behind it.
pub fn day(line: &str) -> Option<Date> {
    let found = date::opening_date(line).filter(|it| it.is_of_another_calendar || it.is_pair)?;
    let before = Span::new(0, found.span.start).of(line)?;
    let all: Vec<Word> = words(before).collect();
    let is_of_sentence = |word: &Word| {
        let word = folded_word(before, *word);
        VERBS.contains(&word) || HISTORY.contains(&word)
    };
    if WORDS_BEFORE_DAY < all.len() || all.iter().any(is_of_sentence) {
        return None;
    }
    let has_place = (1..=all.len()).any(|length| {
        let place = Span::new(all[0].span.start, all[length - 1].span.end);
        place.of(before).is_some_and(is_place)
    });
    let behind = line.get(found.span.end..)?.trim_start();
    let next = words(behind).next().and_then(|it| it.span.of(behind));
    let is_closed = behind.starts_with(['-', '–', '—', ':', '(', '|', '/'])
        || next.is_none_or(|word| behind.starts_with(word) && outlet::known(word).is_some());
    let is_after_noun = (1..=2).contains(&all.len()) && found.is_pair && FIRST_OF_PAIRS <= found.date.year();
    let is_dateline = has_place || is_closed || is_after_noun;
    is_dateline.then_some(found.date)
}

/// What precedes the first sentence of `line`; `None` if the line begins with it.
pub fn opening(line: &str) -> Option<Opening> {
    let Some((found, reader)) = read(line) else {
        return behind_code(line);
    };
    let is_only_place = found.outlet.is_none() && found.byline.is_none() && found.day.is_none();
    (reader.has_text() && !(is_only_place && reader.is_at_digit())).then_some(found)
}

/// «سرمدان، برقمان (RSD) -- أقر …»: an agency's code in Latin letters, in brackets before a dash, shows that a place
/// precedes it, whether it is known or not.
fn behind_code(line: &str) -> Option<Opening> {
    let (place, rest) = line.split_once('(')?;
    let (code, rest) = rest.split_once(')')?;
    let text = rest.trim_start();
    let is_place = place.len() <= REACH && words(place).nth(2 * PLACE_WORDS).is_none();
    let is_place = is_place && words(place).next().is_some() && words(place).all(|it| it.kind == WordKind::Arabic);
    let is_code =
        (2..=CODE).contains(&code.len()) && code.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let sentence = text.trim_start_matches(['-', '–', '—']);
    // A single dash as well encloses an aside: «البرنامج الإنمائي (UNDP) - وهو …».
    let is_parted = text.starts_with("--") || sentence.len() < text.len() && place.contains(['،', ',']);
    let is_parted = is_parted && words(sentence).nth(1).is_some();
    (is_place && is_code && is_parted).then(|| Opening {
        end: line.len() - sentence.trim_start().len(),
        outlet: Some(code.to_owned()),
        byline: None,
        day: None,
    })
}

/// A line that is nothing but an opening: «دمنار - سامي العامري», «المرسى – «المدار»».
pub fn lone(line: &str) -> Option<Opening> {
    let (found, reader) = read(line)?;
    let says_who = found.outlet.is_some() || found.byline.is_some();
    (says_who && words(reader.rest()).next().is_none()).then_some(found)
}

fn read(line: &str) -> Option<(Opening, OpeningReader<'_>)> {
    let reach = line.char_indices().nth(REACH).map_or(line.len(), |(at, _)| at);
    let mut reader = OpeningReader::new(&line[..reach]);
    let mut found = Opening::default();
    let has_label = reader.byline_label();
    let mut has_place = !has_label && reader.place();
    if !has_label && !has_place {
        has_place = reader.place_of_a_date();
    } else if has_place {
        // «دبي، الإمارات العربية المتحدة (CNN) --», «غزة، رام الله - …»
        let before = reader.clone();
        let is_joined = reader.separator(",،/").is_some();
        if !(reader.place() || is_joined && reader.country()) {
            reader = before;
        }
    }
    // «(CNN) --» stands by itself.
    let mut is_separated = has_label;
    let mut has_date = false;
    loop {
        if has_label || has_place || found.outlet.is_some() || has_date {
            is_separated |= reader.separator(":-–—ـ/|").is_some();
        }
        let before = reader.clone();
        reader.separator(",،");
        if let Some(outlet) = reader.outlet() {
            found.outlet.get_or_insert(outlet);
        } else if found.byline.is_none()
            && (has_label || has_place)
            && let Some(name) = reader.name(is_separated, has_label)
        {
            found.byline = Some(name);
        } else if !has_date && let Some(day) = reader.date() {
            found.day = day;
            has_date = true;
            // The dash before it is not the one that closes the opening.
            is_separated = has_label;
        } else {
            reader = before;
            break;
        }
    }
    let is_known = |it: &String| outlet::first_known(it).is_some() || outlet::has_head(it);
    let has_known = found.outlet.as_ref().is_some_and(is_known);
    let is_complete = match (has_label, has_place) {
        (true, _) => found.byline.is_some(),
        (_, true) => is_separated || reader.was_quoted && has_known,
        _ => is_separated && has_known,
    };
    found.end = reader.at;
    is_complete.then_some((found, reader))
}

/// Reads a line from its beginning, piece by piece.
#[derive(Clone)]
struct OpeningReader<'a> {
    line: &'a str,
    words: Vec<Word>,
    /// What was read so far, in bytes.
    at: usize,
    /// Whether the last outlet stood in quotation marks or brackets.
    was_quoted: bool,
}

impl<'a> OpeningReader<'a> {
    fn new(line: &'a str) -> Self {
        Self {
            line,
            words: words(line).collect(),
            at: 0,
            was_quoted: false,
        }
    }

    fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    /// The words that follow directly, with nothing but spaces between them.
    fn next_words(&self, limit: usize) -> Vec<Word> {
        let start = self.at + (self.rest().len() - self.rest().trim_start().len());
        let first = self.words.iter().position(|it| it.span.start == start);
        let Some(first) = first else { return Vec::new() };
        let mut run: Vec<Word> = Vec::new();
        for word in self.words[first..].iter().take(limit) {
            let gap = run.last().map_or("", |last| &self.line[last.span.end..word.span.start]);
            if word.kind == WordKind::Number || !gap.trim().is_empty() {
                break;
            }
            run.push(*word);
        }
        run
    }

    fn folded(&self, words: &[Word]) -> String {
        let text = |word: &Word| fold(word.span.of(self.line).unwrap_or_default(), Folding::Name);
        words.iter().map(text).collect::<Vec<_>>().join(" ")
    }

    fn take(&mut self, words: &[Word]) -> String {
        let (start, end) = (words[0].span.start, words[words.len() - 1].span.end);
        self.at = end;
        self.line[start..end].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A run of the characters `marks` and white space.
    fn separator(&mut self, marks: &str) -> Option<()> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_whitespace() && !marks.contains(c))
            .unwrap_or(rest.len());
        let has_mark = rest[..end].contains(|c: char| marks.contains(c));
        has_mark.then(|| self.at += end)
    }

    /// A date that a mark or a bracket follows, and its day if the year is stated; «في» or «يوم» may stand before it.
    fn date(&mut self) -> Option<Option<Date>> {
        if !self.rest().contains(letter::is_number) {
            return None;
        }
        let start = self.at + (self.rest().len() - self.rest().trim_start().len());
        let found = date::expressions(self.line);
        let joins = self.next_words(1);
        let is_joined = !joins.is_empty() && ["في", "يوم"].contains(&self.folded(&joins).as_str());
        let behind_join = joins.first().filter(|_| is_joined).map(|it| it.span.end);
        let begins =
            |at: usize| at == start || behind_join.is_some_and(|end| self.line[end..at.max(end)].trim().is_empty());
        let date = found
            .iter()
            .find(|it| begins(it.span.start) && start <= it.span.start)?;
        let behind = self.line[date.span.end..].trim_start();
        let is_closed = behind.starts_with([':', '-', '–', '—', '(', '/', '|', '«', '"']);
        let is_dateline = is_closed && date.names_a_day();
        is_dateline.then(|| self.at = date.span.end)?;
        Some(date.stated_day())
    }

    /// A place that no list has, before a full date and an agency in brackets, or with a comma before a full date.
    fn place_of_a_date(&mut self) -> bool {
        let words = self.next_words(PLACE_WORDS);
        let before = self.clone();
        let is_of_sentence = |word: &Word| VERBS.contains(&self.folded(std::slice::from_ref(word)));
        if words.is_empty() || words.iter().any(is_of_sentence) || !self.rest().contains(letter::is_number) {
            return false;
        }
        let is_date = |reader: &mut Self| matches!(reader.date(), Some(Some(_)));
        for length in 1..=words.len() {
            *self = before.clone();
            self.take(&words[..length]);
            let behind_place = self.clone();
            let has_comma = self.separator(",،").is_some();
            if is_date(self) {
                let is_closed = has_comma && self.separator(":-–—").is_some()
                    || self.outlet().is_some() && self.was_quoted && self.separator(":-–—").is_some();
                *self = if is_closed { behind_place } else { before };
                return is_closed;
            }
        }
        *self = before;
        false
    }

    fn byline_label(&mut self) -> bool {
        let words = self.next_words(1);
        if words.is_empty() || !LABELS.contains(&self.folded(&words)) {
            return false;
        }
        let before = self.at;
        self.take(&words);
        let is_label = self.separator(":-–—/").is_some();
        if !is_label {
            self.at = before;
        }
        is_label
    }

    /// The longest known place.
    fn place(&mut self) -> bool {
        let words = self.next_words(PLACE_WORDS);
        let found = (1..=words.len())
            .rev()
            .find(|length| PLACES.contains(&self.folded(&words[..*length])));
        if let Some(length) = found {
            self.take(&words[..length]);
        }
        found.is_some()
    }

    /// What stands between a city and a bracket or dash is its country: «دبي، الإمارات العربية المتحدة (CNN)».
    fn country(&mut self) -> bool {
        let words = self.next_words(PLACE_WORDS + 1);
        let Some(last) = words.last() else { return false };
        let is_closed = words.len() <= PLACE_WORDS
            && self.line[last.span.end..]
                .trim_start()
                .starts_with(['(', '-', '–', '—', ':']);
        if is_closed {
            self.take(&words);
        }
        is_closed
    }

    /// «المدار» in quotation marks, (CNN) in brackets, a known outlet by itself, «وكالات».
    fn outlet(&mut self) -> Option<String> {
        let rest = self.rest();
        let trimmed = rest.trim_start();
        let start = self.at + rest.len() - trimmed.len();
        let closing = match trimmed.chars().next()? {
            '«' => Some('»'),
            '"' => Some('"'),
            '“' => Some('”'),
            '(' => Some(')'),
            '/' => Some('/'),
            _ => None,
        };
        if let Some(closing) = closing {
            let inner_start = trimmed.chars().next()?.len_utf8();
            let length = trimmed[inner_start..].find(closing)?;
            let inner = &trimmed[inner_start..inner_start + length];
            // Brackets and strokes hold asides, too; quotation marks after a dateline hold the outlet's own name.
            let is_outlet = outlet::first_known(inner).is_some()
                || outlet::has_head(inner)
                || closing == '»'
                || closing == '"'
                || closing == '”';
            if !is_outlet || 4 < words(inner).count() || inner.trim().is_empty() {
                return None;
            }
            self.at = start + inner_start + length + closing.len_utf8();
            self.was_quoted = true;
            return Some(inner.trim().to_owned());
        }
        let words = self.next_words(PLACE_WORDS);
        let length = (1..=words.len()).rev().find(|length| {
            let run = &self.line[words[0].span.start..words[*length - 1].span.end];
            outlet::known(run).is_some()
        })?;
        // «الجزيرة العربية …» is no outlet: its name ends where the opening goes on.
        let behind = self.line[words[length - 1].span.end..].trim_start();
        if !behind.starts_with([':', '-', '–', '—', ',', '،', '/', '|', ')']) {
            return None;
        }
        self.was_quoted = false;
        Some(self.take(&words[..length]))
    }

    /// A person's name that ends at a mark, or before the verb of the first sentence. After a label it is there in any
    /// case: two words, and what belongs to them.
    fn name(&mut self, is_separated: bool, has_label: bool) -> Option<String> {
        let words = self.next_words(NAME_WORDS + 1);
        let first = words.first()?;
        let text = fold(first.span.of(self.line)?, Folding::Name);
        if !GIVEN_NAMES.contains(text.as_str()) && text != "عبد" {
            return None;
        }
        let is_verb = |word: &Word| VERBS.contains(&self.folded(std::slice::from_ref(word)));
        let verb = words.iter().position(is_verb);
        let mut length = verb.unwrap_or(words.len());
        if length == 0 {
            return None;
        }
        let belongs = |word: &Word| {
            let text = self.folded(std::slice::from_ref(word));
            text.starts_with("ال") || ["بن", "ال", "ابو", "عبد"].contains(&text.as_str())
        };
        let is_given = |word: &Word| GIVEN_NAMES.contains(self.folded(std::slice::from_ref(word)).as_str());
        let n_names = match words.get(2..) {
            Some(more) => 2 + more.iter().take_while(|word| belongs(word) || is_given(word)).count(),
            None => words.len(),
        };
        // What a comma ends may be the beginning of a sentence: «إعداد: سيد زكي تقف دولة الإمارات، …».
        let has_comma = words[length - 1..].first().is_some_and(|last| {
            let behind = self.line[last.span.end..].trim_start();
            behind.starts_with([',', '،', '«', '"', '(']) || behind.starts_with(char::is_numeric)
        });
        let is_open = verb.is_none() && has_label && (NAME_WORDS < length || has_comma && n_names < length);
        if is_open {
            length = n_names;
        }
        if !(2..=NAME_WORDS).contains(&length) {
            return None;
        }
        let behind = self.line[words[length - 1].span.end..].trim_start();
        let ends_at_mark = behind.is_empty() || behind.starts_with([':', '-', '–', '—', ',', '،', '/']);
        // Without a mark on either side the words may as well be the first sentence: «دبي محمد …».
        let ends = match verb {
            Some(_) => is_separated,
            None if is_open => true,
            None => ends_at_mark && (is_separated || behind.starts_with([':', '-', '–'])),
        };
        ends.then(|| self.take(&words[..length]))
    }

    fn has_text(&self) -> bool {
        words(self.rest()).nth(1).is_some()
    }

    fn is_at_digit(&self) -> bool {
        self.rest().trim_start().starts_with(|c: char| c.is_numeric())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is «opening|outlet|reporter».
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let told = opening(line).map_or(String::new(), |it| {
            let head = line[..it.end].trim();
            format!(
                "{head}|{}|{}",
                it.outlet.unwrap_or_default(),
                it.byline.unwrap_or_default()
            )
        });
        assert_eq!(told, expected, "{line}");
    }

    #[test]
    fn places_outlets_and_reporters_stand_before_the_first_sentence() {
        check("دبي - «المدار»: أطلقت البلدية خدمة", "دبي - «المدار»:|المدار|");
        check("دبي:«المدار» أطلقت البلدية خدمة", "دبي:«المدار»|المدار|");
        check("عجمان \"المدار\":واصلت البلدية عملها", "عجمان \"المدار\":|المدار|");
        check("غزة: «المدار»، وكالات: أصيب ثلاثة", "غزة: «المدار»، وكالات:|المدار|");
        check(
            "رأس الخيمة - سامي العامري:كشف أطباء",
            "رأس الخيمة - سامي العامري:||سامي العامري",
        );
        check("الشارقة سامي العامري: كشف أطباء", "الشارقة سامي العامري:||سامي العامري");
        check(
            "أبوظبي: هالة عبد الله آل منجي أكدت الهيئة",
            "أبوظبي: هالة عبد الله آل منجي||هالة عبد الله آل منجي",
        );
        check("صنعاء ــ رويترز: قال شهود", "صنعاء ــ رويترز:|رويترز|");
        check("كتب – سامي العامري: عاد الفريق", "كتب – سامي العامري:||سامي العامري");
        check("إعداد: هالة المنجي يشهد الموسم", "إعداد: هالة المنجي||هالة المنجي");
        check(
            "إعداد: هالة المنجي خبز القمح طعام قديم في القرى",
            "إعداد: هالة المنجي||هالة المنجي",
        );
        check("القدس المحتلة- قال شهود عيان", "القدس المحتلة-||");
        check("مانيلا:لقي أربعة حتفهم", "مانيلا:||");
    }

    #[test]
    fn agencies_stand_in_brackets() {
        check(
            "دبي، الإمارات العربية المتحدة (CNN) -- قالت الشركة",
            "دبي، الإمارات العربية المتحدة (CNN) --|CNN|",
        );
        check("(CNN)-- قالت الشركة اليوم", "(CNN)--|CNN|");
        check(
            "سرمدان، برقمان (RSD) -- أقر المجلس الخطة",
            "سرمدان، برقمان (RSD) --|RSD|",
        );
        check("القاهرة (رويترز) - قال مصدر أمني", "القاهرة (رويترز) -|رويترز|");
        check("رام الله /وفا/ قال الرئيس", "رام الله /وفا/|وفا|");
    }

    #[test]
    fn datelines_state_their_day() {
        let told = |line| opening(line).map(|it| (line[..it.end].trim(), it.day.map(|day| day.to_string())));
        let dated = |head, day: &str| Some((head, Some(day.to_owned())));
        let line = "القاهرة 9 مارس 2024 (رويترز) - قال مصدر أمني";
        assert_eq!(told(line), dated("القاهرة 9 مارس 2024 (رويترز) -", "2024-03-09"));
        let line = "بيروت (رويترز) 9 مارس 2024 - قال مصدر أمني";
        assert_eq!(told(line), dated("بيروت (رويترز) 9 مارس 2024 -", "2024-03-09"));
        let line = "الميدانة، السبت 9 مارس 2024 (وكالة السدر للأنباء) - قال مصدر أمني";
        let head = "الميدانة، السبت 9 مارس 2024 (وكالة السدر للأنباء) -";
        assert_eq!(told(line), dated(head, "2024-03-09"));
        let line = "9 مارس 2024 (رويترز) - قال مصدر أمني";
        assert_eq!(told(line), dated("9 مارس 2024 (رويترز) -", "2024-03-09"));
        // Without its year it says nothing of when.
        let line = "القاهرة 9 مارس (رويترز) - قال مصدر أمني";
        assert_eq!(told(line), Some(("القاهرة 9 مارس (رويترز) -", None)));
        for line in [
            "بيروت 9 مارس 2024 شهدت مظاهرة كبيرة",
            "اندلعت الحرب في 5 يونيو 1967 - وهو يوم الاثنين",
            "5 يونيو 1967 - اندلعت الحرب",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn a_day_of_which_a_sentence_speaks_dates_no_text() {
        let told = |line| day(line).map(|it| it.to_string());
        for line in [
            "الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس استقبل الأمير",
            "دمنار 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م سدر",
            "جدة 26 شوال 1436هـ - استقبل الأمير",
            "26 شوال 1436 هـ الموافق 11 أغسطس 2015 م",
        ] {
            assert_eq!(told(line).as_deref(), Some("2015-08-11"), "{line}");
        }
        for line in [
            "ولد الشيخ في 12 رجب 1345هـ في قرية",
            "في 10 محرم 61هـ وقعت معركة",
            "كربلاء 10 محرم 61هـ - معركة",
            "صدر في 27 شعبان 1412هـ النظام",
            "في 5 يونيو 1967 الموافق 27 صفر 1387هـ اندلعت",
            "بتاريخ 1/1/1400هـ اقتحم المسلحون المسجد",
            "27 شعبان 1412هـ يوم لا ينسى",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_may_be_an_opening_and_nothing_else() {
        let told = |line| lone(line).map(|it| (it.outlet, it.byline));
        assert_eq!(
            told("دبي - سامي العامري"),
            Some((None, Some("سامي العامري".to_owned())))
        );
        assert_eq!(told("الرياض – «المدار»"), Some((Some("المدار".to_owned()), None)));
        for line in ["دبي - أبوظبي", "الرياض: أزمة جديدة", "سامي العامري", "الرياض"]
        {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn a_reporters_name_ends_where_the_sentence_begins() {
        check(
            "إعداد: سيد زكي تقف دولة الإمارات، بفضل مبادراتها، في الصف الأول",
            "إعداد: سيد زكي||سيد زكي",
        );
        check(
            "متابعة: إيمان عبدالله نشتكي مرارا وتكرارا، من عدم الإقبال",
            "متابعة: إيمان عبدالله||إيمان عبدالله",
        );
        check(
            "متابعة: محمد علي يستعد الفريق، للمباراة المقبلة",
            "متابعة: محمد علي||محمد علي",
        );
        check("كتب: محمد علي حسن، أعلنت الوزارة", "كتب: محمد علي حسن||محمد علي حسن");
    }

    #[test]
    fn sentences_have_no_opening() {
        for line in [
            "قال تعالى: وعد الله الذين آمنوا",
            "دبي مدينة كبيرة على الخليج",
            "اللغة في المعرفة: أبحاث في الأدب",
            "أعلنت وزارة الصحة - قسم الوقاية عن حملة",
            "الخرطوم 5 - 3 أم درمان",
            "كتب الوزير رسالة إلى نظيره: نريد السلام",
            "بيروت «ست الدنيا» تستعيد ليلها",
            "(صورة) نشرتها الصحيفة أمس",
            "البرنامج الإنمائي (UNDP) سيغطي الكلفة",
            "البرنامج الإنمائي (UNDP) - وهو تابع للأمم المتحدة - سيغطي الكلفة",
            "دبي",
            "",
        ] {
            check(line, "");
        }
    }
}
