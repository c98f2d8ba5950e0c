//! How the text of a newspaper begins: «دبي - «المدار»:», «الرياض: هند المنصور أعلنت …», «كتب - سامي العامري:».
//!
//! Of 45,000 articles of one daily paper, more than a quarter begin with a place, an outlet or a reporter before the
//! first sentence, nearly always on the same line. These are not part of the text.

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::arabic::lists::List;
use crate::arabic::{Folding, Word, WordKind, fold, words};

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
}

/// An opening ends within this many letters. A guess, far above the longest.
const REACH: usize = 140;
/// The longest run of words that is one place: «رأس الخيمة», «الإمارات العربية المتحدة».
const PLACE_WORDS: usize = 3;
/// The longest code of an agency in Latin letters. A guess.
const CODE: usize = 8;
/// The longest name of a reporter: «إيمان عبد الله آل علي».
const NAME_WORDS: usize = 5;

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

/// What precedes the first sentence of `line`; `None` if the line begins with it.
pub fn opening(line: &str) -> Option<Opening> {
    let Some((found, reader)) = read(line) else {
        return behind_code(line);
    };
    let is_only_place = found.outlet.is_none() && found.byline.is_none();
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
    let has_place = !has_label && reader.place();
    if has_place {
        // «دبي، الإمارات العربية المتحدة (CNN) --», «غزة، رام الله - …»
        let before = reader.clone();
        let is_joined = reader.separator(",،/").is_some();
        if !(reader.place() || is_joined && reader.country()) {
            reader = before;
        }
    }
    // «(CNN) --» stands by itself.
    let mut is_separated = has_label;
    loop {
        if has_label || has_place || found.outlet.is_some() {
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
        } else {
            reader = before;
            break;
        }
    }
    let is_known = |it: &String| outlet::first_known(it).is_some();
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
            let is_outlet = outlet::first_known(inner).is_some() || closing == '»' || closing == '"' || closing == '”';
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
        let belongs = |word: &Word| {
            let text = self.folded(std::slice::from_ref(word));
            text.starts_with("ال") || ["بن", "ال", "ابو", "عبد"].contains(&text.as_str())
        };
        let is_open = verb.is_none() && NAME_WORDS < length && has_label;
        if is_open {
            length = 2 + words[2..].iter().take_while(|word| belongs(word)).count();
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
