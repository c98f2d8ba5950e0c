//! Finds names in an article: a model marks them, rules correct its known errors, and each is given the full name that
//! it is short for in its article.
//!
//! Words are never split, except for clitics before a name. Captions, keywords and related articles are not searched.
//! Not for deciding who is who across articles: the registry does that.
//!
//! | file | is |
//! |---|---|
//! | `rules` | corrections of the model's known errors |
//! | `short_forms` | expands short names by their article |
//! | `states` | whose ministry a bare «وزارة الداخلية» is |
//! | `seat` | which place's a «هيئة الصحة» is |
//! | `amman` | whether «عمان» is the city or the sultanate |

mod amman;
mod rules;
mod seat;
mod short_forms;
mod states;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::arabic::{Folding, Span, fold, letter};
use crate::archive::{Article, Problem};

use super::gazetteer::{Gazetteer, GazetteerName};
use super::head::HEADS;
use super::latin::{Evidence, Latin, is_latin};
use super::tagger::{Forms, KnownForms, Labelled, Model, ModelError, TokenKind, clitics, hash_of, label_article};
use super::vocabulary::{APART, COMPANIES, NAMED_BODIES, TAILS};
use super::{EntityKind, Mention, Name};

use amman::tell_apart;
use short_forms::resolve_short_forms;
use states::States;

pub use rules::{NameTokens, names, role_of, stated_short_forms};

/// Finds the names in an article.
pub trait Recogniser: Send + Sync {
    /// The names in the article's title and body, in the order of the text, without overlap. Captions, keywords and
    /// related articles are not searched.
    fn mentions(&self, article: &Article) -> Vec<Mention>;

    /// The name of a kind with a form as written: under its usual key, where lists know one.
    fn name(&self, kind: EntityKind, form: &str) -> Name {
        Name {
            kind,
            key: fold(form, Folding::Name),
            form: form.to_owned(),
        }
    }
}

/// The model that is built into the program; `assets/model.NOTICE.txt` says what it was made from. No constant: the program
/// and its library would hold one each.
pub static BUILT_IN_MODEL: &[u8] = include_bytes!("../../../assets/model.bin");

/// What the built-in model was made from, and under which licences.
pub const MODEL_NOTICE: &str = include_str!("../../../assets/model.NOTICE.txt");

/// Recognises names by a trained model, followed by rules.
///
/// Expensive to create, as it reads the lists and checks the model; create one and keep it:
///
/// ```
/// use std::path::Path;
///
/// use fihrist::archive::parse;
/// use fihrist::entities::{ModelRecogniser, Recogniser as _};
///
/// let text = "قال وزير الخارجية الروسي سيرغي لافروف في القاهرة إن المحادثات بين الجانبين كانت مفيدة للغاية.";
/// let article = &parse(Path::new("article.txt"), text.as_bytes())[0];
/// let mentions = ModelRecogniser::new().mentions(article);
/// let found: Vec<&str> = mentions.iter().filter_map(|it| it.span.of(&article.text)).collect();
/// assert_eq!(found, ["سيرغي لافروف", "القاهرة"]);
/// ```
pub struct ModelRecogniser {
    model: Model<'static>,
    /// What each thread took from it and brought back.
    forms: Mutex<Vec<Forms>>,
    /// What all threads know.
    known: Arc<KnownForms>,
    gazetteer: Gazetteer,
    states: States,
}

impl ModelRecogniser {
    /// With the model that is built in.
    ///
    /// # Panics
    ///
    /// If the program was built with a file that is no model, which a test rules out.
    pub fn new() -> Self {
        match Self::with_model(BUILT_IN_MODEL) {
            Ok(it) => it,
            Err(err) => panic!("assets/model.bin: {err}"),
        }
    }

    /// With the bytes of a model file.
    pub fn with_model(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let gazetteer = Gazetteer::new();
        Ok(Self {
            model: Model::new(bytes)?,
            forms: Mutex::default(),
            known: Arc::default(),
            states: States::new(&gazetteer),
            gazetteer,
        })
    }
}

impl Default for ModelRecogniser {
    fn default() -> Self {
        Self::new()
    }
}

impl Recogniser for ModelRecogniser {
    fn mentions(&self, article: &Article) -> Vec<Mention> {
        // Words that are none are names of nobody.
        let is_no_text = |it: &Problem| matches!(it, Problem::Illegible | Problem::PoorlyRecognised);
        if article.problems.iter().any(is_no_text) {
            return Vec::new();
        }
        let sections = article.sections.iter().filter(|section| section.kind.is_article());
        let lines: Vec<Span> = sections
            .flat_map(|section| lines(&article.text, section.span))
            .collect();
        let mut mentions = Vec::new();
        let mut stated = Vec::new();
        let mut rest = lines.as_slice();
        while !rest.is_empty() {
            let mut n_bytes = 0;
            let n_lines = rest.iter().take_while(|line| {
                n_bytes += line.len();
                n_bytes <= STRETCH
            });
            let (stretch, others) = rest.split_at(n_lines.count().max(1));
            self.add_mentions(&article.text, stretch, &mut mentions, &mut stated);
            rest = others;
        }
        resolve_short_forms(&mut mentions, &stated, &self.gazetteer);
        self.states
            .name_bodies(&mut mentions, &article.text, &lines, &self.gazetteer);
        tell_apart(&mut mentions, &article.text, &lines, &self.states);
        // «المجلس الوطني» is nobody where nothing says whose it is.
        mentions.retain(|it| it.kind != EntityKind::Organisation || !NAMED_BODIES.contains(it.name.key.as_str()));
        drop_latin_doubles(&mut mentions, &article.text);
        mentions
    }

    fn name(&self, kind: EntityKind, form: &str) -> Name {
        Name {
            kind,
            key: self.usual_name(kind, &fold(form, Folding::Name)),
            form: form.to_owned(),
        }
    }
}

/// «إيمانويل ماكرون (Emmanuel Macron)» is one name in two scripts, not two, and "Emmanuel Macron" elsewhere in the article is
/// the same.
fn drop_latin_doubles(mentions: &mut Vec<Mention>, text: &str) {
    let latin = |it: &Mention| it.span.of(text).filter(|it| is_latin(it));
    if mentions.iter().all(|it| latin(it).is_none()) {
        return;
    }
    let written = Latin::built_in().written_forms(text, mentions);
    let sounds_like = written.iter().filter(|it| it.evidence == Evidence::Sound);
    let names: HashMap<&str, &Name> = sounds_like.map(|it| (it.latin.as_str(), &it.name)).collect();
    mentions.retain_mut(|it| {
        let Some(name) = latin(it).and_then(|written| names.get(written)) else {
            return true;
        };
        (it.kind, it.name.kind) = (name.kind, name.kind);
        it.name.key.clone_from(&name.key);
        let before = text.get(..it.span.start).unwrap_or_default();
        !before.ends_with(['(', '[', '\u{FD3F}'])
    });
}

impl ModelRecogniser {
    /// Adds the names in some lines, and which of them are said to be short for which others, by their places in
    /// `mentions`.
    fn add_mentions(&self, text: &str, lines: &[Span], mentions: &mut Vec<Mention>, stated: &mut Vec<(usize, usize)>) {
        let free = || self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        let last = free().pop();
        let mut forms = last.unwrap_or_else(|| Forms::new(&self.model, Arc::clone(&self.known)));
        let labelled = label_article(&self.model, &mut forms, text, lines);
        free().push(forms);
        let found = names(&labelled);
        let whole: HashSet<u64> = found
            .iter()
            .filter_map(|it| labelled.form(it.line, it.first))
            .filter(|form| form.clitic == 0)
            .map(|form| form.word)
            .collect();
        let mut place_of: HashMap<NameTokens, usize> = HashMap::new();
        for it in &found {
            if let Some(mention) = self.mention(text, &labelled, &found, it, &whole) {
                place_of.insert(*it, mentions.len());
                mentions.push(mention);
            }
        }
        let pairs = stated_short_forms(&labelled, &found);
        let places = pairs
            .iter()
            .map(|(long, short)| Some((*place_of.get(long)?, *place_of.get(short)?)));
        stated.extend(places.flatten());
    }

    fn mention(
        &self,
        text: &str,
        article: &Labelled,
        found: &[NameTokens],
        it: &NameTokens,
        whole: &HashSet<u64>,
    ) -> Option<Mention> {
        let tokens = &article.lines.get(it.line)?.tokens;
        let it = &NameTokens {
            first: first_word(article, it),
            ..*it
        };
        let (first, last) = (tokens.get(it.first)?, tokens.get(it.end.checked_sub(1)?)?);
        let clitic = self.clitic(text, article, it, whole);
        let clitic = clitics()[clitic];
        let span = Span::new(skip_letters(text, first.span, clitic.n_taken()), last.span.end);
        let mut form = String::new();
        // Whether a quotation mark was left out in place of a space.
        let mut is_apart = false;
        for token in &tokens[it.first..it.end] {
            let written = if token.span == first.span {
                Span::new(span.start, first.span.end)
            } else {
                token.span
            };
            if token.kind == TokenKind::Mark && written.of(text).is_some_and(|it| it.contains(QUOTES)) {
                is_apart = true;
                continue;
            }
            if !form.is_empty() && (is_apart || !token.is_glued) {
                form.push(' ');
            }
            is_apart = false;
            form.extend(written.of(text)?.chars().filter(|c| !letter::is_within_word(*c)));
        }
        if clitic.is_melted {
            // In «للسلطة» the article has melted into the clitic; the name is «السلطة».
            form = format!("ال{}", form.strip_prefix('ل').unwrap_or(&form));
        }
        let words: Vec<&str> = form
            .split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .collect();
        let folded = fold(&words.join(" "), Folding::Name);
        let kind = self.kind(it.kind, &folded);
        let key = self.usual_name(kind, &folded);
        let role = if kind == EntityKind::Person {
            role_of(article, found, it, !clitic.text.is_empty())
        } else {
            None
        };
        let role = role.and_then(|(first, end)| {
            let clitic = clitics()[usize::from(article.form(it.line, first)?.clitic)];
            let start = role_start(text, tokens.get(first)?.span, clitic.n_taken())?;
            Some(Span::new(start, tokens.get(end - 1)?.span.end))
        });
        let name = Name { kind, key, form };
        Some(Mention { kind, span, name, role })
    }

    /// The kind of a name: by the lists for a name of several words, which were checked by hand, else as the model
    /// found it. «إمارة الشارقة» is a place, as «الشارقة» is.
    fn kind(&self, found: EntityKind, folded: &str) -> EntityKind {
        let Some((first, rest)) = folded.split_once(' ') else {
            return found;
        };
        if HEADS.realms.contains(first) && self.gazetteer.key_of(EntityKind::Place, rest).is_some() {
            return EntityKind::Place;
        }
        // «رأس الخيمة العقارية» is a company, although it begins with a place, and «شنايدر إلكتريك» is one.
        let is_company = folded
            .rsplit(' ')
            .next()
            .is_some_and(|last| TAILS.contains(last) || COMPANIES.contains(&hash_of(last)));
        match self.known(folded) {
            Some(known) if self.gazetteer.key_of(found, folded).is_none() => known.kind,
            None if is_company => EntityKind::Organisation,
            _ => found,
        }
    }

    /// What the lists say of a name, foreign ones with «ج» for their «غ», too: «مورجان ستانلي».
    fn known(&self, folded: &str) -> Option<&GazetteerName> {
        let other = || folded.replace('ج', "غ");
        let is_of_several = folded.contains(' ');
        let known = self.gazetteer.known(folded);
        known.or_else(|| is_of_several.then(|| self.gazetteer.known(&other())).flatten())
    }

    /// Which of [`clitics`] precedes a name. Besides word frequencies, the evidence is that the article has the name
    /// without it, or that the name without it is known and the whole word is not.
    fn clitic(&self, text: &str, article: &Labelled, it: &NameTokens, whole: &HashSet<u64>) -> usize {
        let Some(form) = article.form(it.line, it.first) else {
            return 0;
        };
        let written = article.lines[it.line].tokens[it.first]
            .span
            .of(text)
            .unwrap_or_default();
        let folded = fold(written, Folding::Name);
        if self.gazetteer.key_of(it.kind, &folded).is_some()
            || it.kind == EntityKind::Person && (self.gazetteer.is_given_name(&folded) || self.is_maghrebi(&folded))
        {
            return 0;
        }
        // «وكندا» is «و» and «كندا», although «ندا» is a word, too.
        let known = clitics().iter().enumerate().skip(1).find(|(_, clitic)| {
            let rest = folded.strip_prefix(clitic.text);
            rest.is_some_and(|rest| 4 <= rest.chars().count() && self.gazetteer.key_of(it.kind, rest).is_some())
        });
        if let Some((idx, _)) = known.filter(|_| it.first + 1 == it.end) {
            return idx;
        }
        // The «س» of a future verb stands before no name.
        if form.clitic != 0 && !clitics()[usize::from(form.clitic)].text.ends_with('س') {
            return usize::from(form.clitic);
        }
        let candidates = clitics().iter().enumerate().skip(1).rev();
        let candidates = candidates.filter(|(_, clitic)| !clitic.text.ends_with('س'));
        let mut matching = candidates.filter_map(|(idx, clitic)| {
            let rest = clitic.strip(&folded)?;
            let is_known = self.gazetteer.key_of(it.kind, &rest).is_some();
            // «بجامعة القاهرة», «لوكالة رويترز»; but «بلدية» is no «لدية» with a clitic.
            let is_before_head = it.kind != EntityKind::Person
                && it.first + 1 < it.end
                && self.gazetteer.is_head(&rest)
                && !self.gazetteer.is_head(&folded);
            // «وعلي الزهيري»: «وعلى» is so frequent that nothing else would tell.
            let is_given = it.kind == EntityKind::Person && clitic.text == "و" && self.gazetteer.is_given_name(&rest);
            let is_evident = is_known || is_before_head || is_given || whole.contains(&hash_of(&rest));
            (3 <= rest.chars().count() && is_evident).then_some(idx)
        });
        matching.next().unwrap_or(0)
    }

    /// «بوعلي», a name of the Maghreb, is not «in Wa-Ali».
    fn is_maghrebi(&self, folded: &str) -> bool {
        folded
            .strip_prefix("بو")
            .is_some_and(|rest| self.gazetteer.is_given_name(rest))
    }

    /// The key of a folded form: its usual name by the lists; without the head if the rest is known by itself.
    pub fn usual_name(&self, kind: EntityKind, folded: &str) -> String {
        let known = |form: &str| {
            let of_kind = self.known(form).filter(|it| it.kind == kind).map(|it| it.key.as_str());
            of_kind.or(self.gazetteer.key_of(kind, form)).map(str::to_owned)
        };
        let without_head = || {
            let (head, rest) = folded.split_once(' ')?;
            // «شركة الخليج» and «نادي الخليج» do not publish «صحيفة الخليج».
            let is_it = |key: &String| {
                let is_press = key.split(' ').next().is_some_and(|it| HEADS.press.contains(it));
                !is_press || HEADS.press.contains(head)
            };
            (kind == EntityKind::Organisation && HEADS.left_out.contains(head))
                .then(|| known(rest).filter(is_it))
                .flatten()
        };
        // «إمارة الشارقة», but «سلطنة عمان» is in the lists, as «عمان» is also a city.
        let without_realm = || {
            let (head, rest) = folded.split_once(' ')?;
            (kind == EntityKind::Place && HEADS.realms.contains(head))
                .then(|| known(rest))
                .flatten()
        };
        // «أبي بكر» and «أبا بكر» are cases of «أبو بكر».
        let kunya = || {
            let rest = ["ابي ", "ابا "].iter().find_map(|case| folded.strip_prefix(case))?;
            let nominative = format!("ابو {rest}");
            (kind == EntityKind::Person).then(|| known(&nominative).unwrap_or(nominative))
        };
        known(folded)
            .or_else(without_head)
            .or_else(without_realm)
            .or_else(kunya)
            .unwrap_or_else(|| folded.to_owned())
    }
}

/// A longer article is searched for names in stretches of at most this many bytes, each as if it were one: what the model
/// knows of each word is some 300 bytes. The longest article seen has 200 KB.
const STRETCH: usize = 256 << 10;

/// Where a role begins in its first word, without the `n_taken` letters of a clitic; `None` if it is none: «نائبه» says whose
/// he is, «إلى» is «والي» without its «و» once both are folded.
fn role_start(text: &str, word: Span, n_taken: usize) -> Option<usize> {
    let written: String = word.of(text)?.chars().filter(|c| !letter::is_within_word(*c)).collect();
    let is_possessed = written.ends_with('ه') && !written.contains("ال");
    match written.as_str() {
        "والي" => Some(word.start),
        "وإلى" | "والى" | "إلى" | "الى" => None,
        _ => (!is_possessed).then(|| skip_letters(text, word, n_taken)),
    }
}

/// Marks around part of a name that are not part of its form: «حركة "حماس"».
const QUOTES: [char; 12] = ['"', '«', '»', '“', '”', '„', '‟', '\'', '‘', '’', '(', ')'];

fn lines(text: &str, section: Span) -> Vec<Span> {
    let stretch = section.of(text).unwrap_or_default();
    let mut lines = Vec::new();
    let mut start = section.start;
    for mut line in stretch.split_inclusive('\n') {
        while STRETCH < line.len() {
            let most = &line[..line.floor_char_boundary(STRETCH)];
            // A word without end is cut anywhere.
            let end = most
                .rfind(char::is_whitespace)
                .filter(|end| *end != 0)
                .unwrap_or(most.len());
            lines.push(Span::new(start, start + end));
            start += end;
            line = &line[end..];
        }
        if !line.trim().is_empty() {
            lines.push(Span::new(start, start + line.len()));
        }
        start += line.len();
    }
    lines
}

/// The first token of a name that is not a proclitic alone or a mark after it: «ل«الخليج»».
fn first_word(article: &Labelled, it: &NameTokens) -> usize {
    let is_name = |at: &usize| {
        let form = article.form(it.line, *at);
        form.is_some_and(|form| form.kind != TokenKind::Mark && !APART.contains(&form.word))
    };
    (it.first..it.end).find(is_name).unwrap_or(it.first)
}

/// Where a word begins without its first letters and their marks.
pub fn skip_letters(text: &str, span: Span, n_letters: usize) -> usize {
    let word = span.of(text).unwrap_or_default();
    let letters = word.char_indices().filter(|(_, c)| !letter::is_within_word(*c));
    letters
        .map(|(at, _)| span.start + at)
        .nth(n_letters)
        .unwrap_or(span.start)
}

#[cfg(test)]
mod tests;
