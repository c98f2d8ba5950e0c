//! Finding names in an article: known names, names behind titles and given names, and institutions by their heads.
//!
//! Precision before recall: a name that is missed can still be searched for, a wrong one misleads every count. Words
//! are never split but for clitics in front of a name, and those only with evidence: the rest must be a name.

use std::collections::HashMap;

use crate::arabic::{Folding, Span, WordKind, fold, letter, words};
use crate::archive::Article;

use super::gazetteer::Gazetteer;
use super::{EntityKind, Mention, Name};

/// Finds what an article names.
pub trait Recogniser: Send + Sync {
    /// The names in the article's title and body, in the order of the text, without overlap. Nothing is found in
    /// captions, keywords and others' articles.
    fn mentions(&self, article: &Article) -> Vec<Mention>;
}

/// Recognises by word lists and closed patterns.
pub struct GazetteerRecogniser {
    gazetteer: Gazetteer,
}

/// Words before a person's name that are no part of it.
const TITLES: &[&str] = &[
    "الرييس",
    "رييس",
    "الوزير",
    "وزير",
    "الوزيره",
    "وزيره",
    "السفير",
    "السفيره",
    "النايب",
    "النايبه",
    "الامير",
    "الاميره",
    "الملك",
    "الملكه",
    "الشيخ",
    "الشيخه",
    "السيد",
    "السيده",
    "الدكتور",
    "الدكتوره",
    "د",
    "المهندس",
    "المهندسه",
    "الاستاذ",
    "الاستاذه",
    "اللواء",
    "اللوا",
    "العميد",
    "العقيد",
    "المقدم",
    "الرايد",
    "النقيب",
    "الفريق",
    "المشير",
    "الجنرال",
    "القيادي",
    "القياديه",
    "الناطق",
    "المتحدث",
    "المتحدثه",
    "الكاتب",
    "الكاتبه",
    "الصحفي",
    "الصحافي",
    "الصحفيه",
    "الصحافيه",
    "الفنان",
    "الفنانه",
    "المخرج",
    "المخرجه",
    "الشاعر",
    "الشاعره",
    "المدرب",
    "اللاعب",
    "الحارس",
    "المحامي",
    "المحاميه",
    "القاضي",
    "البروفيسور",
    "الباحث",
    "الباحثه",
    "المستشار",
    "المستشاره",
    "المدير",
    "المديره",
    "الحاج",
    "البابا",
    "المطران",
    "المفتي",
    "الاسير",
    "الشهيد",
    "الجندي",
    "الممثل",
    "الممثله",
    "المطرب",
    "المطربه",
    "المدربه",
    "اللاعبه",
    "مدير",
    "مديره",
    "نقيب",
    "نقيبه",
    "الروايي",
    "الرواييه",
    "الناقد",
    "الناقده",
    "التلميذ",
    "التلميذه",
];

/// Words with which an institution's name begins. What follows must be definite or a proper name.
const HEADS: &[&str] = &[
    "وزاره",
    "هييه",
    "جامعه",
    "شركه",
    "حزب",
    "حركه",
    "مجلس",
    "محكمه",
    "بنك",
    "مصرف",
    "وكاله",
    "جمعيه",
    "منظمه",
    "نادي",
    "لجنه",
    "مركز",
    "معهد",
    "اتحاد",
    "نقابه",
    "صحيفه",
    "قناه",
    "مءسسه",
    "موسسه",
    "بلديه",
    "جماعه",
    "تنظيم",
    "كليه",
    "مكتبه",
    "متحف",
    "مجموعه",
    "رابطه",
    "مديريه",
    "دايره",
    "ديوان",
    "امانه",
    "سلطه",
];

/// Heads that are also words of every day.
const WEAK_HEADS: &[&str] = &[
    "حركه",
    "مجموعه",
    "مكتبه",
    "لجنه",
    "مركز",
    "كليه",
    "تنظيم",
    "سلطه",
    "مديريه",
    "رابطه",
    "جماعه",
    "دايره",
    "اتحاد",
    "مجلس",
    "امانه",
    "ديوان",
];

/// Names of institutions that are words of every day: alone they name nothing.
const HOMONYMS: &[&str] = &[
    "فتح",
    "الشباب",
    "الاتحاد",
    "الوحده",
    "النصر",
    "الهلال",
    "الاتفاق",
    "التعاون",
    "امل",
    "العمل",
    "الوطن",
    "الجزيره",
];

/// Places named by what they are.
const PLACE_HEADS: &[&str] = &[
    "مدينه",
    "محافظه",
    "بلده",
    "قريه",
    "ولايه",
    "اقليم",
    "مخيم",
    "وادي",
    "جبل",
    "بحيره",
    "ميناء",
    "مينا",
];

/// Parts of a person's name that need another part behind them.
const CONNECTORS: &[&str] = &[
    "بن", "ابن", "بنت", "ابو", "ابي", "ام", "ال", "عبد", "دي", "دا", "فان", "فون", "ماك", "لو", "سان",
];

/// Definite words that end an institution's name rather than belong to it.
const NOT_IN_NAMES: &[&str] = &[
    "الذي",
    "التي",
    "الذين",
    "اللذين",
    "اللتين",
    "اليوم",
    "الان",
    "امس",
    "الاحد",
    "الاثنين",
    "الثلاثا",
    "الاربعا",
    "الخميس",
    "الجمعه",
    "السبت",
    "الماضي",
    "الماضيه",
    "الحالي",
    "الحاليه",
    "المقبل",
    "المقبله",
    "الجاري",
    "القادم",
    "القادمه",
    "السابق",
    "السابقه",
    "الاول",
    "الاولي",
    "المذكور",
    "المذكوره",
    "نفسها",
    "نفسه",
    "الجديد",
    "الجديده",
    "بعد",
    "قبل",
];

/// A word of the article.
struct Token {
    /// Folded for names.
    text: String,
    span: Span,
    /// Whether only white space stands between it and the word before.
    follows: bool,
    /// Whether the word before is followed by an opening quote or bracket and nothing else.
    is_arabic: bool,
}

/// A name found, in tokens.
struct Found {
    first: usize,
    n_tokens: usize,
    /// How many letters of the first token are clitics.
    n_clitics: usize,
    kind: EntityKind,
    key: String,
}

impl GazetteerRecogniser {
    /// Reads the built-in lists: some 10 ms.
    pub fn new() -> Self {
        Self {
            gazetteer: Gazetteer::new(),
        }
    }

    /// The names of one stretch, in order, without overlap.
    fn find(&self, tokens: &[Token]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut idx = 0;
        while idx < tokens.len() {
            let best = [
                self.known(tokens, idx),
                self.person(tokens, idx),
                self.institution(tokens, idx),
                self.office(tokens, idx),
                self.place(tokens, idx),
            ]
            .into_iter()
            .flatten()
            .reduce(|best, it| if best.n_tokens < it.n_tokens { it } else { best });
            match best {
                Some(it) => {
                    idx += it.n_tokens;
                    found.push(it);
                }
                None => idx += 1,
            }
        }
        found
    }

    fn known(&self, tokens: &[Token], idx: usize) -> Option<Found> {
        let run = run(tokens, idx, 7);
        let first = *run.first()?;
        for (n_clitics, bare) in without_clitics(first) {
            let mut words = run.clone();
            words[0] = &bare;
            let Some((known, n_tokens)) = self.gazetteer.longest(&words) else {
                continue;
            };
            let is_lone = n_tokens == 1;
            if is_lone && n_clitics != 0 && !self.has_evidence(first, &bare) {
                continue;
            }
            if is_lone && HOMONYMS.contains(&bare.as_str()) && !self.is_among_institutions(tokens, idx) {
                continue;
            }
            // «باسم» is a name only with another behind it; a lone given name names nobody in particular.
            if is_lone && known.kind == EntityKind::Person && self.gazetteer.is_given_name(&bare) {
                continue;
            }
            // A known family name in front of an unknown person's: «أحمد ياسين» is known, «ترامب جونيور» is not ours.
            if known.kind == EntityKind::Person
                && is_lone
                && idx != 0
                && tokens[idx].follows
                && self.gazetteer.is_given_name(&tokens[idx - 1].text)
            {
                return None;
            }
            let key = known.key.clone();
            return Some(Found {
                first: idx,
                n_tokens,
                n_clitics,
                kind: known.kind,
                key,
            });
        }
        None
    }

    /// Whether the word before is an institution's head or the words on either side are institutions: «حركة فتح»,
    /// «فتح وحماس».
    fn is_among_institutions(&self, tokens: &[Token], idx: usize) -> bool {
        let is_institution = |word: &str| {
            let known = without_clitics(word).find_map(|(_, bare)| self.gazetteer.known(&bare));
            known.is_some_and(|it| it.kind == EntityKind::Organisation) && !HOMONYMS.contains(&word)
        };
        let is_head = |word: &str| HEADS.contains(&word) || matches!(word, "حركتي" | "فريق" | "فصايل");
        let before = idx != 0 && tokens[idx].follows && {
            let word = tokens[idx - 1].text.as_str();
            is_institution(word) || without_clitics(word).any(|(_, bare)| is_head(&bare))
        };
        before
            || tokens
                .get(idx + 1)
                .is_some_and(|it| it.follows && is_institution(&it.text))
    }

    /// Whether a lone word with a clitic before a known name is not itself another word.
    fn has_evidence(&self, whole: &str, bare: &str) -> bool {
        let n_letters = bare.chars().count();
        // A city like «وجدة» is found whole before its first letter is taken for «and».
        // «كمبالا» is not «like Mbala»: before a lone word «like» and «then» are too rare to be believed.
        let is_rare = whole.starts_with(['ك', 'ف']);
        let is_frequent = whole.starts_with(['و', 'ب', 'ل']);
        self.gazetteer.known(whole).is_none() && !is_rare && (4 <= n_letters || n_letters == 3 && is_frequent)
    }

    /// A given name and what follows it, or what follows a title.
    fn person(&self, tokens: &[Token], idx: usize) -> Option<Found> {
        let first = &tokens[idx].text;
        if !tokens[idx].is_arabic {
            return None;
        }
        let after_title = self.follows_title(tokens, idx);
        for (n_clitics, bare) in without_clitics(first) {
            // «لصالح», «بكريم»: before a given name only «and» is taken for a clitic.
            // «وجود» is a word of every day, not «and Jud».
            let is_conjunction =
                n_clitics == 0 || n_clitics == 1 && first.starts_with('و') && !self.gazetteer.is_common(first);
            let is_given = self.gazetteer.is_given_name(&bare);
            let is_kunya = matches!(bare.as_str(), "ابو") && after_title;
            let is_abd = bare == "عبد"
                && tokens
                    .get(idx + 1)
                    .is_some_and(|it| it.follows && it.text.starts_with("ال"));
            let is_titled = after_title && n_clitics == 0 && self.is_name_like(&bare) && !bare.starts_with("ال");
            if !is_conjunction || !(is_given || is_kunya || is_abd || is_titled) {
                continue;
            }
            let n_tokens = self.name_length(tokens, idx, &bare);
            if n_tokens < 2 {
                continue;
            }
            // Without a title the second part must not be a word of every day: «باسم الحكومة».
            let key = key_of(tokens, idx, n_tokens, &bare);
            return Some(Found {
                first: idx,
                n_tokens,
                n_clitics,
                kind: EntityKind::Person,
                key,
            });
        }
        None
    }

    /// How many tokens a person's name has that begins here.
    fn name_length(&self, tokens: &[Token], idx: usize, bare: &str) -> usize {
        let mut n_tokens = 1;
        let mut n_parts = 1;
        let mut needs_part = CONNECTORS.contains(&bare);
        let mut ends_compound = false;
        while let Some(next) = tokens.get(idx + n_tokens) {
            if !next.follows || !next.is_arabic || 4 <= n_parts || 6 <= n_tokens {
                break;
            }
            let is_connector = CONNECTORS.contains(&next.text.as_str());
            if next.text == "الله" && !needs_part {
                // «طيب الله ثراه» is a wish.
                break;
            }
            let is_definite = next.text.starts_with("ال");
            let is_part = if is_connector {
                tokens
                    .get(idx + n_tokens + 1)
                    .is_some_and(|it| it.follows && (self.is_name_like(&it.text) || it.text.starts_with("ال")))
            } else if needs_part {
                true
            } else if is_definite {
                // «العامري», «السنوار»: a family name; «الروسي» and «الجديد» are not.
                self.is_name_like(&next.text)
            } else {
                self.is_name_like(&next.text) || self.gazetteer.is_given_name(&next.text)
            };
            // «أبو مرزوق», «عبد الله»: behind a compound only a family name or another compound goes on.
            let goes_on = !ends_compound || is_connector || is_definite;
            if !is_part || !goes_on {
                break;
            }
            ends_compound = needs_part && !is_connector;
            needs_part = is_connector;
            n_tokens += 1;
            if !is_connector {
                n_parts += 1;
            }
            if is_definite && !needs_part && !ends_compound && 2 <= n_parts {
                // A family name with the article ends the name; «الرحمن» behind «عبد» is none.
                break;
            }
        }
        let n_tokens = if needs_part { n_tokens - 1 } else { n_tokens };
        // «عبد الله» alone is one given name, and nobody in particular.
        if bare == "عبد" && n_tokens < 3 { 1 } else { n_tokens }
    }

    /// Whether a word may be part of a name: it is no word of every day, nor a place.
    fn is_name_like(&self, word: &str) -> bool {
        3 <= word.chars().count()
            && !self.gazetteer.is_common(word)
            && !TITLES.contains(&word)
            && !NOT_IN_NAMES.contains(&word)
            && !HEADS.contains(&word)
            && !["ها", "هم", "هما", "نا", "كم"].iter().any(|it| word.ends_with(it))
            && !self
                .gazetteer
                .known(word)
                .is_some_and(|it| it.kind != EntityKind::Person && !self.gazetteer.is_given_name(word))
            // A word with a clitic before a word of every day or a known name: «وقال», «لموسكو».
            && !without_clitics(word).skip(1).any(|(_, bare)| {
                3 <= bare.chars().count() && (self.gazetteer.is_common(&bare) || self.gazetteer.known(&bare).is_some())
            })
    }

    /// Whether a title, or a title and an adjective, stands before a token: «الرئيس الروسي», «وزير الخارجية».
    fn follows_title(&self, tokens: &[Token], idx: usize) -> bool {
        let mut at = idx;
        for _ in 0..4 {
            if at == 0 || !tokens[at].follows && at != idx {
                return false;
            }
            at -= 1;
            let word = tokens[at].text.as_str();
            let is_title = without_clitics(word).any(|(_, bare)| TITLES.contains(&bare.as_str()));
            if is_title {
                return tokens[at + 1].follows;
            }
            if !word.starts_with("ال") {
                return false;
            }
        }
        false
    }

    /// «وزارة النقل والموانئ», «حزب الوفاق», «بنك الساحل الوطني».
    fn institution(&self, tokens: &[Token], idx: usize) -> Option<Found> {
        for (n_clitics, bare) in without_clitics(&tokens[idx].text) {
            if !HEADS.contains(&bare.as_str()) {
                continue;
            }
            let mut n_tokens = 1;
            while let Some(next) = tokens.get(idx + n_tokens) {
                if !next.follows || !next.is_arabic || 5 <= n_tokens || NOT_IN_NAMES.contains(&next.text.as_str()) {
                    break;
                }
                let word = next.text.as_str();
                let so_far = key_of(tokens, idx, n_tokens, &bare);
                let is_complete = 2 <= n_tokens && self.gazetteer.known(&so_far).is_some();
                let is_someone = 2 <= n_tokens && self.gazetteer.is_given_name(word);
                if TITLES.contains(&word) || is_someone || is_complete && word.starts_with("وال") {
                    break;
                }
                let is_definite = word.starts_with("ال") || 2 <= n_tokens && word.starts_with("وال");
                let is_known = self
                    .gazetteer
                    .longest(&[word])
                    .is_some_and(|(it, _)| it.kind == EntityKind::Place);
                let is_proper = self.is_name_like(word) && n_tokens <= 2 && !word.starts_with('و') || is_known;
                if !(is_definite || is_proper) {
                    break;
                }
                n_tokens += 1;
            }
            if n_tokens < 2 {
                return None;
            }
            // «حركة حماس» is «حماس»: the head is dropped where the rest is known alone.
            let words: Vec<&str> = tokens[idx + 1..idx + n_tokens]
                .iter()
                .map(|it| it.text.as_str())
                .collect();
            let known = self
                .gazetteer
                .known(&words.join(" "))
                .filter(|it| it.kind == EntityKind::Organisation);
            // «حركة السفن», «لجنة المشتركة»: heads that are words of every day need a rare word behind them.
            let is_weak = WEAK_HEADS.contains(&bare.as_str());
            if is_weak && known.is_none() && words.iter().all(|it| self.gazetteer.is_common(it)) {
                return None;
            }
            let key = known.map_or_else(|| key_of(tokens, idx, n_tokens, &bare), |it| it.key.clone());
            return Some(Found {
                first: idx,
                n_tokens,
                n_clitics,
                kind: EntityKind::Organisation,
                key,
            });
        }
        None
    }

    /// «الخارجية الروسية», «الجيش اللبناني»: an office of a state, told by its adjective.
    fn office(&self, tokens: &[Token], idx: usize) -> Option<Found> {
        let next = tokens.get(idx + 1).filter(|it| it.follows && is_nisba(&it.text))?;
        for (n_clitics, bare) in without_clitics(&tokens[idx].text) {
            let is_ministry = matches!(bare.as_str(), "الخارجيه" | "الداخليه" | "الدفاع" | "الماليه");
            let is_body = matches!(bare.as_str(), "الجيش" | "الحكومه" | "البرلمان");
            // «وزير الخارجية الروسي» is a person's office.
            let is_held = idx != 0 && tokens[idx].follows && tokens[idx - 1].text.ends_with("وزير");
            if is_held || !(is_ministry && next.text.ends_with('ه') || is_body) {
                continue;
            }
            let head = if is_ministry { "وزاره " } else { "" };
            let key = format!("{head}{bare} {}", next.text);
            return Some(Found {
                first: idx,
                n_tokens: 2,
                n_clitics,
                kind: EntityKind::Organisation,
                key,
            });
        }
        None
    }

    /// «مدينة دمنار», «وادي الريم»: a place told by its head; where the rest is a known place, it alone is the name.
    fn place(&self, tokens: &[Token], idx: usize) -> Option<Found> {
        let next = tokens.get(idx + 1).filter(|it| it.follows && it.is_arabic)?;
        for (n_clitics, bare) in without_clitics(&tokens[idx].text) {
            if !PLACE_HEADS.contains(&bare.as_str()) {
                continue;
            }
            let is_known = self.gazetteer.longest(&[&next.text]).is_some();
            let is_proper = self.is_name_like(&next.text) && !next.text.starts_with("وال");
            if is_known || !is_proper || is_nisba(&next.text) {
                return None;
            }
            let is_natural = matches!(bare.as_str(), "وادي" | "جبل" | "بحيره" | "ميناء" | "مينا");
            let (first, n_tokens, n_clitics) = if is_natural {
                (idx, 2, n_clitics)
            } else {
                (idx + 1, 1, 0)
            };
            let word = if is_natural { bare.as_str() } else { next.text.as_str() };
            if !is_natural {
                // The head is skipped, so that the name itself is found at the next word.
                let key = word.to_owned();
                return Some(Found {
                    first,
                    n_tokens: n_tokens + 1,
                    n_clitics,
                    kind: EntityKind::Place,
                    key,
                });
            }
            let key = key_of(tokens, first, n_tokens, word);
            return Some(Found {
                first,
                n_tokens,
                n_clitics,
                kind: EntityKind::Place,
                key,
            });
        }
        None
    }
}

impl Default for GazetteerRecogniser {
    fn default() -> Self {
        Self::new()
    }
}

impl Recogniser for GazetteerRecogniser {
    fn mentions(&self, article: &Article) -> Vec<Mention> {
        let stretches: Vec<Vec<Token>> = article
            .sections
            .iter()
            .filter(|section| section.kind.is_article())
            .map(|section| tokens(&article.text, section.span))
            .collect();
        let mut found: Vec<Vec<Found>> = stretches.iter().map(|tokens| self.find(tokens)).collect();
        let short_forms = short_forms(found.iter().flatten());
        for (tokens, found) in stretches.iter().zip(&mut found) {
            self.find_short_forms(tokens, &short_forms, found);
        }
        let full_of_short = unique_longer(found.iter().flatten());
        let mut mentions = Vec::new();
        for (tokens, found) in stretches.iter().zip(found) {
            for mut it in found {
                if let Some(full) = full_of_short.get(&it.key).filter(|_| it.kind == EntityKind::Person) {
                    it.key.clone_from(full);
                }
                mentions.extend(mention(&article.text, tokens, it));
            }
        }
        mentions
    }
}

impl GazetteerRecogniser {
    /// Finds bare family names of people whose full name stands in the article.
    fn find_short_forms(
        &self,
        tokens: &[Token],
        short_forms: &HashMap<String, Option<String>>,
        found: &mut Vec<Found>,
    ) {
        let mut taken = vec![false; tokens.len()];
        for it in found.iter() {
            taken[it.first..(it.first + it.n_tokens).min(tokens.len())]
                .iter_mut()
                .for_each(|it| *it = true);
        }
        for idx in 0..tokens.len() {
            if taken[idx] {
                continue;
            }
            let follows_given = idx != 0
                && tokens[idx].follows
                && !taken[idx - 1]
                && self.gazetteer.is_given_name(&tokens[idx - 1].text);
            if follows_given {
                continue;
            }
            for n_tokens in [2, 1] {
                if tokens.len() < idx + n_tokens || (1..n_tokens).any(|it| taken[idx + it] || !tokens[idx + it].follows)
                {
                    continue;
                }
                let hit = without_clitics(&tokens[idx].text).find_map(|(n_clitics, bare)| {
                    let full = short_forms.get(&key_of(tokens, idx, n_tokens, &bare))?.clone()?;
                    Some((n_clitics, full))
                });
                if let Some((n_clitics, key)) = hit {
                    taken[idx..idx + n_tokens].iter_mut().for_each(|it| *it = true);
                    found.push(Found {
                        first: idx,
                        n_tokens,
                        n_clitics,
                        kind: EntityKind::Person,
                        key,
                    });
                    break;
                }
            }
        }
        found.sort_by_key(|it| it.first);
    }
}

/// The last part of each full name of a person, to that name; nothing where it is the end of two.
///
/// «X بن Y» is left out: there the last part is the father's or grandfather's name.
fn short_forms<'a>(found: impl Iterator<Item = &'a Found>) -> HashMap<String, Option<String>> {
    let mut short_forms: HashMap<String, Option<String>> = HashMap::new();
    for it in found.filter(|it| it.kind == EntityKind::Person) {
        let words: Vec<&str> = it.key.split(' ').collect();
        if words.len() < 2 || words.iter().any(|it| matches!(*it, "بن" | "ابن" | "بنت")) {
            continue;
        }
        let has_connector = 2 < words.len() && CONNECTORS.contains(&words[words.len() - 2]);
        let n_last = if has_connector { 2 } else { 1 };
        let last = words[words.len() - n_last..].join(" ");
        if last.chars().count() < 3 {
            continue;
        }
        let slot = short_forms.entry(last).or_insert_with(|| Some(it.key.clone()));
        if slot.as_deref() != Some(it.key.as_str()) {
            *slot = None;
        }
    }
    short_forms
}

/// Short names of people to the one longer name in the article that ends with them.
fn unique_longer<'a>(found: impl Iterator<Item = &'a Found>) -> HashMap<String, String> {
    let keys: std::collections::BTreeSet<&str> = found
        .filter(|it| it.kind == EntityKind::Person)
        .map(|it| it.key.as_str())
        .collect();
    let mut longer = HashMap::new();
    for key in &keys {
        let suffix = format!(" {key}");
        let mut fulls = keys.iter().filter(|it| it.ends_with(&suffix) && !it.contains(" بن "));
        if let (Some(full), None) = (fulls.next(), fulls.next()) {
            longer.insert((*key).to_owned(), (*full).to_owned());
        }
    }
    longer
}

fn tokens(text: &str, span: Span) -> Vec<Token> {
    let stretch = span.of(text).unwrap_or_default();
    let mut end = 0;
    let mut tokens: Vec<Token> = Vec::new();
    for word in words(stretch) {
        let between = &stretch[end..word.span.start];
        let follows =
            !tokens.is_empty() && !between.is_empty() && between.chars().all(|c| c == ' ' || c == letter::NBSP);
        // A quoted part of a name goes on with it: «حركة "حماس"».
        end = word.span.end;
        let written = word.span.of(stretch).unwrap_or_default();
        let mut text = fold(written, Folding::Name);
        if text == "علي" && written.ends_with('ى') {
            // The preposition, not the name.
            text = "على".to_owned();
        }
        tokens.push(Token {
            text,
            span: word.span.shifted(span.start),
            follows,
            is_arabic: word.kind == WordKind::Arabic,
        });
    }
    tokens
}

/// The words from a token on that follow each other directly.
fn run(tokens: &[Token], idx: usize, max: usize) -> Vec<&str> {
    let mut words = vec![tokens[idx].text.as_str()];
    words.extend(
        tokens[idx + 1..]
            .iter()
            .take(max - 1)
            .take_while(|it| it.follows)
            .map(|it| it.text.as_str()),
    );
    words
}

fn key_of(tokens: &[Token], first: usize, n_tokens: usize, bare: &str) -> String {
    let rest = tokens[first + 1..first + n_tokens].iter().map(|it| it.text.as_str());
    std::iter::once(bare).chain(rest).collect::<Vec<_>>().join(" ")
}

/// The word itself, then what is left of it without clitics in front; each with the number of letters left out.
fn without_clitics(word: &str) -> impl Iterator<Item = (usize, String)> + '_ {
    let after = |n_letters: usize| word.char_indices().nth(n_letters).map(|(at, _)| &word[at..]);
    let clitics: &[(&str, usize)] = &[
        ("و", 1),
        ("ف", 1),
        ("ب", 1),
        ("ل", 1),
        ("ك", 1),
        ("وب", 2),
        ("ول", 2),
        ("فب", 2),
        ("فل", 2),
    ];
    let plain = clitics.iter().filter_map(move |(clitic, n_letters)| {
        let rest = word.strip_prefix(clitic).and(after(*n_letters))?;
        (2 <= rest.chars().count()).then(|| (*n_letters, rest.to_owned()))
    });
    // «للجنة» is «ل» and «اللجنة» or «لجنة»; the article melts into the two lams.
    let melted = [("لل", 1), ("ولل", 2)]
        .into_iter()
        .filter_map(move |(clitic, n_letters)| {
            let rest = word.strip_prefix(clitic)?;
            (2 <= rest.chars().count()).then(|| (n_letters, format!("ال{rest}")))
        });
    std::iter::once((0, word.to_owned())).chain(melted).chain(plain)
}

fn is_nisba(word: &str) -> bool {
    word.starts_with("ال")
        && (word.ends_with('ي') || word.ends_with("يه") || word.ends_with("يين"))
        && 5 <= word.chars().count()
}

fn mention(text: &str, tokens: &[Token], it: Found) -> Option<Mention> {
    // A place behind its head is one token longer than its name.
    let last = tokens.get(it.first + it.n_tokens - 1).or(tokens.last())?;
    let first = tokens.get(it.first)?;
    let last = if last.span.end < first.span.start { first } else { last };
    let start = skip_letters(text, first.span, it.n_clitics);
    let end = if it.kind == EntityKind::Place && it.n_tokens == 2 && it.key == first.text {
        first.span.end
    } else {
        last.span.end
    };
    let span = Span::new(start, end);
    let mut form: String = span.of(text)?.chars().filter(|c| !letter::is_within_word(*c)).collect();
    if it.n_clitics != 0 && it.key.starts_with("ال") && !form.starts_with('ا') {
        // In «للسلطة» the article has melted into the clitic; the name is «السلطة».
        form = format!("ال{}", form.strip_prefix('ل').unwrap_or(&form));
    }
    Some(Mention {
        kind: it.kind,
        span,
        name: Name {
            kind: it.kind,
            key: it.key,
            form: form.split_whitespace().collect::<Vec<_>>().join(" "),
        },
    })
}

/// Where a word begins without its first letters and their marks.
fn skip_letters(text: &str, span: Span, n_letters: usize) -> usize {
    let word = span.of(text).unwrap_or_default();
    let letters = word.char_indices().filter(|(_, c)| !letter::is_within_word(*c));
    letters
        .map(|(at, _)| span.start + at)
        .nth(n_letters)
        .unwrap_or(span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::parse;

    /// Checks what a text of one paragraph names, in order: "kind:key".
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let padded = format!("{text} وهذا ما جرى في ذلك الاجتماع الذي استمر ساعات طويلة.");
        let article = &parse(std::path::Path::new("a.txt"), padded.as_bytes())[0];
        let found: Vec<String> = GazetteerRecogniser::new()
            .mentions(article)
            .iter()
            .map(|it| {
                let kind = match it.kind {
                    EntityKind::Person => "person",
                    EntityKind::Organisation => "org",
                    EntityKind::Place => "place",
                };
                let written = it.span.of(&article.text).unwrap();
                assert!(!written.is_empty());
                format!("{kind}:{}", it.name.key)
            })
            .collect();
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn people_by_given_name_and_by_title() {
        check("قال سامي العامري إن العمل اكتمل.", "person:سامي العامري");
        check("استقبل الدكتور باهر الصيداوي وفدا.", "person:باهر الصيداوي");
        check("تحدث باسم الحكومة عن الأزمة.", "");
        check(
            "قال اللواء عبد الرحمن الشهابي إن العملية نفذت.",
            "person:عبد الرحمن الشهابي",
        );
    }

    #[test]
    fn a_family_name_stands_for_the_full_name_of_the_article() {
        check(
            "وصل سامي العامري صباحا. وأكد العامري أنه متفائل، وللعامري رأي آخر.",
            "person:سامي العامري | person:سامي العامري | person:سامي العامري",
        );
    }

    #[test]
    fn a_clitic_never_changes_the_entity() {
        for text in ["زار القاهرة.", "وصل بالقاهرة.", "وصل للقاهرة.", "سافر والقاهرة."]
        {
            check(text, "place:القاهره");
        }
        check(
            "انتقد لروسيا وبروسيا وروسيا.",
            "place:روسيا | place:روسيا | place:روسيا",
        );
        check("زار وجدة.", "place:وجده");
    }

    #[test]
    fn institutions_by_their_heads() {
        check("أعلنت وزارة النقل والموانئ أمس.", "org:وزاره النقل والمواني");
        check("التقى وفدا فتح وحماس.", "org:حركه فتح | org:حماس");
        check("أعلنت النيابة فتح تحقيق في الحادث.", "");
    }

    #[test]
    fn adjectives_and_common_words_are_nobody() {
        check("قال الروسي إن الاقتصاد العالمي يتعافى.", "");
        check("رحم طيب الله ثراه، وقال عبد الله كلمة.", "");
    }
}
