//! Finding names in an article: a model marks them, rules mend what it is known to err in, and each is given the name
//! that it stands for in its article.
//!
//! Words are never split but for clitics in front of a name. Nothing is found in captions, keywords and others'
//! articles. Not useful for saying who is who across articles: that is the registry's business.

mod rules;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::arabic::{Folding, Span, fold, letter};
use crate::archive::Article;

use super::gazetteer::Gazetteer;
use super::tagger::{CLITICS, Labelled, Model, ModelError, hash_of, label_article};
use super::{EntityKind, Mention, Name};

pub use rules::{Found, names, role};

/// Finds what an article names.
pub trait Recogniser: Send + Sync {
    /// The names in the article's title and body, in the order of the text, without overlap. Nothing is found in
    /// captions, keywords and others' articles.
    fn mentions(&self, article: &Article) -> Vec<Mention>;
}

/// The model that is built into the program; `assets/model.NOTICE.txt` says what it was made of.
pub const BUILT_IN_MODEL: &[u8] = include_bytes!("../../../assets/model.bin");

/// What the built-in model was made of, and under which licences.
pub const MODEL_NOTICE: &str = include_str!("../../../assets/model.NOTICE.txt");

/// Recognises by a trained model and rules after it.
pub struct ModelRecogniser {
    model: Model<'static>,
    gazetteer: Gazetteer,
}

impl ModelRecogniser {
    /// With the model that is built in.
    ///
    /// # Panics
    ///
    /// If the program was built with a file that is no model; a test sees to it that it is one.
    pub fn new() -> Self {
        match Self::with_model(BUILT_IN_MODEL) {
            Ok(it) => it,
            Err(err) => panic!("assets/model.bin: {err}"),
        }
    }

    /// With the bytes of a model file.
    pub fn with_model(bytes: &'static [u8]) -> Result<Self, ModelError> {
        Ok(Self {
            model: Model::new(bytes)?,
            gazetteer: Gazetteer::new(),
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
        let sections = article.sections.iter().filter(|section| section.kind.is_article());
        let lines: Vec<Span> = sections
            .flat_map(|section| lines(&article.text, section.span))
            .collect();
        let labelled = label_article(&self.model, &article.text, &lines);
        let found = names(&labelled);
        let whole: HashSet<u64> = found
            .iter()
            .filter_map(|it| labelled.form(it.line, it.first))
            .filter(|form| form.clitic == 0)
            .map(|form| form.word)
            .collect();
        let mut mentions: Vec<Mention> = found
            .iter()
            .filter_map(|it| self.mention(&article.text, &labelled, &found, it, &whole))
            .collect();
        name_short_forms(&mut mentions);
        mentions
    }
}

impl ModelRecogniser {
    fn mention(
        &self,
        text: &str,
        article: &Labelled,
        found: &[Found],
        it: &Found,
        whole: &HashSet<u64>,
    ) -> Option<Mention> {
        let tokens = &article.lines.get(it.line)?.tokens;
        let (first, last) = (tokens.get(it.first)?, tokens.get(it.end.checked_sub(1)?)?);
        let clitic = self.clitic(text, article, it, whole);
        let (clitic, n_letters) = CLITICS[clitic];
        let span = Span::new(skip_letters(text, first.span, n_letters), last.span.end);
        let mut form = String::new();
        for token in &tokens[it.first..it.end] {
            let written = if token.span == first.span {
                Span::new(span.start, first.span.end)
            } else {
                token.span
            };
            if !form.is_empty() && !token.is_glued {
                form.push(' ');
            }
            form.extend(written.of(text)?.chars().filter(|c| !letter::is_within_word(*c)));
        }
        if clitic.ends_with("لل") {
            // In «للسلطة» the article has melted into the clitic; the name is «السلطة».
            form = format!("ال{}", form.strip_prefix('ل').unwrap_or(&form));
        }
        let words: Vec<&str> = form
            .split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .collect();
        let folded = fold(&words.join(" "), Folding::Name);
        let key = self.key(it.kind, &folded);
        let role = if it.kind == EntityKind::Person {
            role(article, found, it)
        } else {
            None
        };
        let role =
            role.and_then(|(first, end)| Some(Span::new(tokens.get(first)?.span.start, tokens.get(end - 1)?.span.end)));
        Some(Mention {
            kind: it.kind,
            span,
            name: Name {
                kind: it.kind,
                key,
                form,
            },
            role,
        })
    }

    /// Which of [`CLITICS`] stands in front of a name. Beyond how frequent the words are, it counts as evidence that
    /// the article has the name without it, or that the name without it is known and the whole word is not.
    fn clitic(&self, text: &str, article: &Labelled, it: &Found, whole: &HashSet<u64>) -> usize {
        let Some(form) = article.form(it.line, it.first) else {
            return 0;
        };
        let written = article.lines[it.line].tokens[it.first]
            .span
            .of(text)
            .unwrap_or_default();
        let folded = fold(written, Folding::Name);
        if self.gazetteer.known(&folded).is_some_and(|known| known.kind == it.kind)
            || it.kind == EntityKind::Person && self.gazetteer.is_given_name(&folded)
        {
            return 0;
        }
        // The «س» of a future verb stands before no name.
        if form.clitic != 0 && !CLITICS[usize::from(form.clitic)].0.ends_with('س') {
            return usize::from(form.clitic);
        }
        let candidates = CLITICS
            .iter()
            .enumerate()
            .skip(1)
            .rev()
            .filter(|(_, (clitic, _))| !clitic.ends_with('س'));
        let mut matching = candidates.filter_map(|(idx, (clitic, _))| {
            let rest = folded.strip_prefix(clitic)?;
            let rest = if clitic.ends_with("لل") {
                format!("ال{rest}")
            } else {
                rest.to_owned()
            };
            let is_known = self.gazetteer.known(&rest).is_some_and(|known| known.kind == it.kind);
            (3 <= rest.chars().count() && (is_known || whole.contains(&hash_of(&rest)))).then_some(idx)
        });
        matching.next().unwrap_or(0)
    }

    /// The name that a form stands for: the usual one of the lists; without the head where the rest is known alone.
    fn key(&self, kind: EntityKind, folded: &str) -> String {
        let known = |form: &str| {
            self.gazetteer
                .known(form)
                .filter(|it| it.kind == kind)
                .map(|it| it.key.clone())
        };
        let without_head = || {
            let (head, rest) = folded.split_once(' ')?;
            (kind == EntityKind::Organisation && HEADS.contains(&head))
                .then(|| known(rest))
                .flatten()
        };
        known(folded).or_else(without_head).unwrap_or_else(|| folded.to_owned())
    }
}

/// Words before the name of an organisation that say what it is and are often left out: «حركة حماس» is «حماس».
const HEADS: [&str; 12] = [
    "حركه",
    "وكاله",
    "قناه",
    "صحيفه",
    "جريده",
    "مجله",
    "شركه",
    "شبكه",
    "موقع",
    "نادي",
    "تنظيم",
    "جماعه",
];

fn lines(text: &str, section: Span) -> Vec<Span> {
    let stretch = section.of(text).unwrap_or_default();
    let mut lines = Vec::new();
    let mut start = section.start;
    for line in stretch.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push(Span::new(start, start + line.len()));
        }
        start += line.len();
    }
    lines
}

/// Gives short names of people the one longer name in the article that ends with them: «أبو مرزوق» that of «موسى أبو
/// مرزوق». Where two longer names end so, or it is a son's name, nothing is given.
fn name_short_forms(mentions: &mut [Mention]) {
    let keys: BTreeSet<String> = mentions
        .iter()
        .filter(|it| it.kind == EntityKind::Person)
        .map(|it| it.name.key.clone())
        .collect();
    let mut longer: HashMap<String, String> = HashMap::new();
    for key in &keys {
        let suffix = format!(" {key}");
        let mut fulls = keys.iter().filter(|it| it.ends_with(&suffix) && !it.contains(" بن "));
        if let (Some(full), None) = (fulls.next(), fulls.next()) {
            longer.insert(key.clone(), full.clone());
        }
    }
    for it in mentions.iter_mut().filter(|it| it.kind == EntityKind::Person) {
        if let Some(full) = longer.get(&it.name.key) {
            it.name.key.clone_from(full);
        }
    }
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

    /// Checks what a text of one paragraph names, in order: "kind:key", a person's role behind a stroke.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let padded = format!("{text} وهذا ما جرى في ذلك الاجتماع الذي استمر ساعات طويلة.");
        let article = &parse(std::path::Path::new("a.txt"), padded.as_bytes())[0];
        let found: Vec<String> = ModelRecogniser::new()
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
                let role = it
                    .role
                    .map_or_else(String::new, |role| format!("/{}", role.of(&article.text).unwrap()));
                format!("{kind}:{}{role}", it.name.key)
            })
            .collect();
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn the_built_in_model_is_whole_and_says_what_it_was_made_of() {
        assert_eq!(Model::new(BUILT_IN_MODEL).err(), None);
        let notice = MODEL_NOTICE.as_bytes();
        assert!(BUILT_IN_MODEL.windows(notice.len()).any(|it| it == notice));
        assert!(BUILT_IN_MODEL.len() <= 8 << 20);
    }

    #[test]
    fn people_known_and_unknown() {
        check("قال سامي العامري إن العمل اكتمل.", "person:سامي العامري");
        check("قال بوتين إن العمل اكتمل.", "person:فلاديمير بوتين");
        check("تحدث باسم الحكومة عن الأزمة.", "");
        check(
            "قال اللواء عبد الرحمن الشهابي إن العملية نفذت.",
            "person:عبد الرحمن الشهابي/اللواء",
        );
    }

    #[test]
    fn a_family_name_stands_for_the_full_name_of_the_article() {
        check(
            "وصل سامي العامري صباحا. وأكد العامري أنه متفائل، ثم صفق الحاضرون للعامري.",
            "person:سامي العامري | person:سامي العامري | person:سامي العامري",
        );
    }

    #[test]
    fn a_clitic_never_changes_the_entity() {
        for text in [
            "زار القاهرة.",
            "وصل بالقاهرة.",
            "وصل للقاهرة.",
            "سافر إلى دبي والقاهرة.",
        ] {
            let expected = if text.contains("دبي") {
                "place:دبي | place:القاهره"
            } else {
                "place:القاهره"
            };
            check(text, expected);
        }
        check("زار وجدة أمس.", "place:وجده");
        check(
            "أعلنت حماس أنها قبلت، وقال ناطق باسم حركة حماس إن لحماس شروطا.",
            "org:حماس | org:حماس | org:حماس",
        );
    }

    #[test]
    fn bodies_of_states_are_no_offices() {
        check("أعلنت الخارجية الروسية أمس موقفها.", "org:وزاره الخارجيه الروسيه");
        check("اجتمع وزير الخارجية الروسي بنظيره.", "");
        check("أعلن الجيش اللبناني حصيلة جديدة.", "org:الجيش اللبناني");
    }

    #[test]
    fn titles_are_roles_and_no_part_of_a_name() {
        check(
            "قال نائب وزير الخارجية الروسي ميخائيل بوغدانوف إن بلاده مستعدة.",
            "person:ميخاييل بوغدانوف/نائب وزير الخارجية الروسي",
        );
        check("استقبل الدكتور باهر الصيداوي وفدا.", "person:باهر الصيداوي");
    }

    #[test]
    fn adjectives_and_common_words_are_nobody() {
        check("قال الروسي إن الاقتصاد العالمي يتعافى.", "");
    }
}
