//! What the user said of the articles themselves: which of their words are names and which are none, and what an article's
//! title, date and source are.
//!
//! These corrections change what is read, not only how it is counted. They apply to an article each time it is read, after
//! names were recognised in it. Not for which names are one entity: the registry corrects that.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::arabic::{Folding, Span, WordKind, fold, letter, words};
use crate::archive::{Article, PublicationDate};

use super::correct::{Correction, Corrections};
use super::given::{ArticleKey, GivenFacts, Scope};
use super::print::ArticlePrint;
use super::recognise::{Recogniser, skip_letters};
use super::tagger::clitics;
use super::{EntityKind, Mention};

/// What an article states where the user says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedFacts {
    /// The headline, stated or derived.
    pub title: String,
    /// The date of publication.
    pub published: Option<PublicationDate>,
    /// The outlet or agency.
    pub source: Option<String>,
}

/// The corrections of articles, as they are applied.
#[derive(Clone, Debug, Default)]
pub struct ByHand {
    /// In the order in which they were made.
    rules: Vec<Rule>,
    facts: HashMap<ArticleKey, Vec<(Option<ArticlePrint>, GivenFacts)>>,
}

/// A correction of words.
#[derive(Clone, Debug)]
struct Rule {
    /// Each of its words, folded.
    words: Vec<String>,
    /// As the user marked them.
    written: String,
    /// What they name; nothing if they are no name.
    kind: Option<EntityKind>,
    /// The name that was marked there before, folded.
    instead_of: Option<String>,
    scope: Scope,
    /// What the only article says that is meant, if that is known.
    says: Option<ArticlePrint>,
}

/// A word of the text beside its folded form.
struct FoldedWord {
    span: Span,
    folded: String,
}

impl ByHand {
    /// Those of an archive's corrections.
    pub fn new(corrections: &Corrections) -> Self {
        let mut it = Self::default();
        for (correction, says) in corrections.with_prints() {
            match correction {
                Correction::MarkName {
                    words,
                    kind,
                    instead_of,
                    at,
                } => it.rules.push(Rule {
                    kind: Some(*kind),
                    instead_of: instead_of.as_deref().map(|it| folded_words(it).join(" ")),
                    ..Rule::new(words, at, says)
                }),
                Correction::UnmarkName { words, at } => it.rules.push(Rule::new(words, at, says)),
                Correction::SetFacts { article, facts } => {
                    let of_article = it.facts.entry(article.clone()).or_default();
                    of_article.push((says.cloned(), facts.clone()));
                }
                _ => {}
            }
        }
        it.rules.retain(|rule| !rule.words.is_empty());
        it
    }

    /// Corrects an article, and returns what it names: the names that were found in it, or are to be found, with those that
    /// the user marked. Also what its file states where the user says otherwise.
    pub fn correct(
        &self,
        article: &mut Article,
        recogniser: &dyn Recogniser,
        found: Option<Vec<Mention>>,
    ) -> (Vec<Mention>, Option<StatedFacts>) {
        let stated = self.correct_facts(article);
        let mut mentions = found.unwrap_or_else(|| recogniser.mentions(article));
        self.correct_names(article, recogniser, &mut mentions);
        (mentions, stated)
    }

    /// Corrects an article's title, date and source; returns what it states if that is something else.
    fn correct_facts(&self, article: &mut Article) -> Option<StatedFacts> {
        if self.facts.is_empty() {
            return None;
        }
        let given = self.facts.get(&ArticleKey::of(article))?;
        let says = Says::of(article);
        let facts = given.iter().rev().find(|(meant, _)| says.is_of(meant.as_ref()));
        let facts = facts.map(|it| &it.1).filter(|it| !it.is_empty())?;
        let stated = StatedFacts {
            title: article.title.clone(),
            published: article.published,
            source: article.source.clone(),
        };
        facts.apply(article);
        Some(stated)
    }

    /// Corrects which words of an article are names. `mentions` stay in the order of the text, without overlap.
    pub fn correct_names(&self, article: &Article, recogniser: &dyn Recogniser, mentions: &mut Vec<Mention>) {
        if self.rules.is_empty() {
            return;
        }
        let key = ArticleKey::of(article);
        let says = Says::of(article);
        let here = |rule: &&Rule| {
            let is_key = rule.scope.article().is_none_or(|it| *it == key);
            is_key && says.is_of(rule.says.as_ref())
        };
        let mut text_words: Option<Vec<FoldedWord>> = None;
        for rule in self.rules.iter().filter(here) {
            let text_words = text_words.get_or_insert_with(|| folded_text(article));
            let mut places = rule.places(&article.text, text_words);
            if let Scope::Place { before, after, .. } = &rule.scope {
                places = best_place(&article.text, &places, before, after).into_iter().collect();
            }
            for place in places {
                rule.apply(article, recogniser, place, mentions);
            }
        }
    }
}

/// What an article says, once that is asked for.
struct Says<'a> {
    article: &'a Article,
    print: OnceCell<ArticlePrint>,
}

impl<'a> Says<'a> {
    fn of(article: &'a Article) -> Self {
        let print = OnceCell::new();
        Self { article, print }
    }

    /// Whether it is the article that is meant. One in the same place with another text is not, until it is found out
    /// whether it was edited: see [`whereabouts`](fn@super::whereabouts).
    fn is_of(&self, meant: Option<&ArticlePrint>) -> bool {
        let print = || ArticlePrint::new(&self.article.title, &self.article.body());
        meant.is_none_or(|meant| self.print.get_or_init(print).has_text_of(meant))
    }
}

impl Rule {
    fn new(words: &str, at: &Scope, says: Option<&ArticlePrint>) -> Self {
        Self {
            words: folded_words(words),
            written: words.to_owned(),
            kind: None,
            instead_of: None,
            scope: at.clone(),
            says: says.cloned(),
        }
    }

    /// Where its words stand, in the order of the text: the first one may have clitics before it, which are left out.
    fn places(&self, text: &str, text_words: &[FoldedWord]) -> Vec<Span> {
        let (Some(first), n) = (self.words.first(), self.words.len()) else {
            return Vec::new();
        };
        let is_rest = |run: &[FoldedWord]| {
            run[1..]
                .iter()
                .zip(&self.words[1..])
                .all(|(it, word)| it.folded == *word)
        };
        let runs = text_words
            .windows(n)
            .filter(|run| is_rest(run) && is_together(text, run));
        let span = |run: &[FoldedWord]| {
            let n_taken = letters_before(&run[0].folded, first)?;
            let start = skip_letters(text, run[0].span, n_taken);
            Some(Span::new(start, run[n - 1].span.end))
        };
        runs.filter_map(span).collect()
    }

    /// Marks a place as a name, or as none.
    fn apply(&self, article: &Article, recogniser: &dyn Recogniser, place: Span, mentions: &mut Vec<Mention>) {
        // In «للسلطة» the article has melted into the clitic; the form has it.
        let is_called = |it: &Mention, words: &str| {
            let written = it.span.of(&article.text).unwrap_or_default();
            [written, &it.name.form]
                .iter()
                .any(|it| folded_words(it).join(" ") == words)
        };
        let Some(kind) = self.kind else {
            // What is no name may be part of one.
            let words = self.words.join(" ");
            mentions.retain(|it| !it.span.overlaps(place) || !is_called(it, &words));
            return;
        };
        let is_meant = matches!(self.scope, Scope::Place { .. });
        let gives_way = |it: &Mention| {
            let is_instead = self.instead_of.as_ref().is_some_and(|before| is_called(it, before));
            is_meant || place.covers(it.span) || is_instead
        };
        let in_the_way: Vec<&Mention> = mentions.iter().filter(|it| it.span.overlaps(place)).collect();
        // A longer name holds the words: it is another.
        if !in_the_way.iter().all(|it| gives_way(it)) {
            return;
        }
        let role = in_the_way
            .iter()
            .find_map(|it| it.role.filter(|role| !role.overlaps(place)));
        let written: String = place.of(&article.text).unwrap_or_default().to_owned();
        let written = written
            .chars()
            .filter(|c| !letter::is_within_word(*c))
            .collect::<String>();
        // In «للسلطة» the article has melted into the clitic.
        let form = match folded_words(&written) == self.words {
            true => written.split_whitespace().collect::<Vec<_>>().join(" "),
            false => self.written.clone(),
        };
        let mut name = recogniser.name(kind, &form);
        if let Some(full) = full_name(kind, &self.words, mentions) {
            name.key = full;
        }
        mentions.retain(|it| !it.span.overlaps(place));
        let at = mentions.partition_point(|it| it.span.start < place.start);
        let role = role.filter(|_| kind == EntityKind::Person);
        let span = place;
        mentions.insert(at, Mention { kind, span, name, role });
    }
}

/// The only full name of a person in the article that ends with this family name.
fn full_name(kind: EntityKind, words: &[String], mentions: &[Mention]) -> Option<String> {
    let [family] = words else { return None };
    let is_full = |it: &&Mention| {
        it.kind == EntityKind::Person && it.name.key.rsplit_once(' ').is_some_and(|(_, last)| last == family)
    };
    let mut full = mentions.iter().filter(|_| kind == EntityKind::Person).filter(is_full);
    let first = &full.next()?.name.key;
    full.all(|it| it.name.key == *first).then(|| first.clone())
}

/// The words of an article's title and body.
fn folded_text(article: &Article) -> Vec<FoldedWord> {
    let sections = article.sections.iter().filter(|it| it.kind.is_article());
    let of_section = |span: Span| {
        let text = span.of(&article.text).unwrap_or_default();
        words(text).filter_map(move |word| {
            let folded = fold(word.span.of(text)?, Folding::Name);
            let span = word.span.shifted(span.start);
            Some(FoldedWord { span, folded })
        })
    };
    sections.flat_map(|section| of_section(section.span)).collect()
}

/// Words with each of the clitics that may stand before them, and without: what is searched for to find them.
pub fn with_clitics(words: &str) -> Vec<String> {
    let clitics = clitics().iter().filter(|it| !it.text.ends_with('س'));
    let with = clitics.filter_map(|it| match it.is_melted {
        true => Some(format!("{}{}", it.text, words.strip_prefix("ال")?)),
        false => Some(format!("{}{words}", it.text)),
    });
    with.collect()
}

fn folded_words(text: &str) -> Vec<String> {
    let spans = words(text).filter_map(|it| it.span.of(text));
    spans.map(|it| fold(it, Folding::Name)).collect()
}

/// Whether nothing ends a name between the words: no line, no sentence.
fn is_together(text: &str, run: &[FoldedWord]) -> bool {
    run.windows(2).all(|pair| {
        let between = text.get(pair[0].span.end..pair[1].span.start);
        between.is_some_and(|it| !it.contains(['\n', '.', '؛', '،', ',', ':', '؟', '!']))
    })
}

/// How many letters of a word in the text stand before `word`: 0, or those of clitics; `None` if it is another word.
fn letters_before(in_text: &str, word: &str) -> Option<usize> {
    if in_text == word {
        return Some(0);
    }
    // The «س» of a future verb stands before no name.
    let clitics = clitics()
        .iter()
        .filter(|it| it.n_letters != 0 && !it.text.ends_with('س'));
    let mut fitting = clitics.filter(|it| it.strip(in_text).is_some_and(|rest| rest == word));
    fitting.next().map(|it| it.n_taken())
}

/// The one of several places around which most of the text is as it was; nothing without any.
fn best_place(text: &str, places: &[Span], before: &str, after: &str) -> Option<Span> {
    let n_alike = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
        a.zip(b).take_while(|(a, b)| a == b).count()
    };
    let likeness = |place: &Span| {
        let (head, tail) = (text.get(..place.start), text.get(place.end..));
        let head = n_alike(&mut head.unwrap_or_default().chars().rev(), &mut before.chars().rev());
        head + n_alike(&mut tail.unwrap_or_default().chars(), &mut after.chars())
    };
    // Of equals the first.
    places.iter().rev().max_by_key(|place| likeness(place)).copied()
}

/// Where a marked name may begin or end in a line, in bytes: at each word, and behind the letters of a clitic, which have no
/// space behind them.
pub fn word_stops(line: &str) -> (Vec<usize>, Vec<usize>) {
    const CLITICS: [char; 5] = ['و', 'ف', 'ب', 'ل', 'ك'];
    /// With fewer letters left it is a word of its own. A guess.
    const LEAST_LEFT: usize = 3;
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for word in words(line) {
        starts.push(word.span.start);
        ends.push(word.span.end);
        let letters = word.span.of(line).unwrap_or_default().char_indices();
        let letters: Vec<(usize, char)> = letters.filter(|(_, c)| !letter::is_within_word(*c)).collect();
        let n_clitics = letters.iter().take(2).take_while(|(_, c)| CLITICS.contains(c)).count();
        if word.kind == WordKind::Arabic {
            let behind = letters.iter().enumerate().skip(1).take(n_clitics);
            let behind = behind.filter(|(at, _)| LEAST_LEFT <= letters.len() - at);
            starts.extend(behind.map(|(_, (at, _))| word.span.start + at));
        }
    }
    (starts, ends)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::archive::parse;
    use crate::entities::{ModelRecogniser, Name};

    /// Finds one person, with a name in the text.
    struct Finds(&'static str);

    impl Recogniser for Finds {
        fn mentions(&self, article: &Article) -> Vec<Mention> {
            let starts = article.text.match_indices(self.0);
            let name = self.name(EntityKind::Person, self.0);
            let mention = |(start, it): (usize, &str)| Mention {
                kind: EntityKind::Person,
                span: Span::new(start, start + it.len()),
                name: name.clone(),
                role: None,
            };
            starts.map(mention).collect()
        }
    }

    fn mark(words: &str, instead_of: Option<&str>, at: Scope) -> Correction {
        Correction::MarkName {
            words: words.to_owned(),
            kind: EntityKind::Person,
            instead_of: instead_of.map(str::to_owned),
            at,
        }
    }

    fn unmark(words: &str, at: Scope) -> Correction {
        let words = words.to_owned();
        Correction::UnmarkName { words, at }
    }

    fn article(text: &str) -> Article {
        parse(Path::new("خبر.txt"), format!("عنوان الخبر الأول\n\n{text}\n").as_bytes()).remove(0)
    }

    fn by_hand(all: impl IntoIterator<Item = Correction>) -> ByHand {
        let mut corrections = Corrections::default();
        all.into_iter().for_each(|it| assert!(corrections.add(it)));
        ByHand::new(&corrections)
    }

    /// What an article names, each as it is written.
    fn names(text: &str, found: &'static str, all: impl IntoIterator<Item = Correction>) -> String {
        let mut article = article(text);
        let (mentions, _) = by_hand(all).correct(&mut article, &Finds(found), None);
        assert!(mentions.is_sorted_by_key(|it| it.span));
        assert!(mentions.windows(2).all(|it| !it[0].span.overlaps(it[1].span)));
        let written: Vec<&str> = mentions.iter().filter_map(|it| it.span.of(&article.text)).collect();
        written.join("|")
    }

    #[test]
    fn a_missed_name_is_found_in_any_spelling_and_behind_clitics() {
        let text = "قال أحمد الورد إن احمد الوردُ سافر، وأن لأحمد الورد بيتا. أحمد. الورد جميل";
        let expected = "أحمد الورد|احمد الوردُ|أحمد الورد";
        assert_eq!(names(text, "!", [mark("أحمد الورد", None, Scope::Anywhere)]), expected);
        let text = "دعم للسلطة المحلية وبالسلطة المحلية";
        assert_eq!(
            names(text, "!", [mark("السلطة المحلية", None, Scope::Anywhere)]),
            "لسلطة المحلية|السلطة المحلية"
        );
    }

    #[test]
    fn a_longer_name_gives_way_only_where_the_user_says_so() {
        let text = "قال حسن نادر الصيداوي أمس";
        let found = "حسن نادر الصيداوي";
        assert_eq!(
            names(text, found, [mark("نادر الصيداوي", None, Scope::Anywhere)]),
            found
        );
        assert_eq!(
            names(text, found, [mark("نادر الصيداوي", Some(found), Scope::Anywhere)]),
            "نادر الصيداوي"
        );
        assert_eq!(
            names(text, "نادر", [mark("نادر الصيداوي", Some("نادر"), Scope::Anywhere)]),
            "نادر الصيداوي"
        );
    }

    #[test]
    fn a_place_is_found_again_by_what_stands_around_it() {
        let line = "نشر سبق الخبر، وقد سبق أن نفاه";
        let key = ArticleKey::of(&article(line));
        let start = line.find("سبق الخبر").unwrap();
        let at = Scope::place(key.clone(), line, Span::new(start, start + "سبق".len()));
        let first = [unmark("سبق", at.clone())];
        assert_eq!(names(line, "سبق", first.clone()), "سبق");
        let changed = "وقد سبق أن نفاه. نشر سبق الخبر، وقد سبق أن كذبه";
        let mut it = article(changed);
        let (mentions, _) = by_hand(first).correct(&mut it, &Finds("سبق"), None);
        let starts: Vec<usize> = mentions.iter().map(|it| it.span.start).collect();
        let expected = it.text.match_indices("سبق").map(|(at, _)| at).enumerate();
        let expected: Vec<usize> = expected.filter(|(idx, _)| *idx != 1).map(|(_, at)| at).collect();
        assert_eq!(starts, expected);
        // Of another article nothing is said.
        let other = ArticleKey { record: 1, ..key };
        assert_eq!(names(line, "سبق", [unmark("سبق", Scope::Article(other))]), "سبق|سبق");
        assert_eq!(names(line, "سبق", [unmark("سبق", Scope::Anywhere)]), "");
    }

    #[test]
    fn the_later_correction_wins() {
        let text = "قال كود أمس";
        let (marked, unmarked) = (mark("كود", None, Scope::Anywhere), unmark("كود", Scope::Anywhere));
        assert_eq!(names(text, "كود", [unmarked.clone(), marked.clone()]), "كود");
        assert_eq!(names(text, "كود", [marked, unmarked]), "");
    }

    #[test]
    fn a_marked_name_is_the_one_that_the_lists_and_the_article_know() {
        let mut it = article("التقى نادر الصيداوي الوفد، ثم غادر الصيداوي القاعة");
        let (mentions, _) =
            by_hand([mark("الصيداوي", None, Scope::Anywhere)]).correct(&mut it, &Finds("نادر الصيداوي"), None);
        let keys: Vec<&str> = mentions.iter().map(|it| it.name.key.as_str()).collect();
        assert_eq!(keys, ["نادر الصيداوي"; 2]);
        let Name { key, .. } = ModelRecogniser::new().name(EntityKind::Place, "أمريكا");
        assert_ne!(key, "امريكا");
    }

    #[test]
    fn facts_are_given_and_what_the_file_states_is_known() {
        let mut it = article("وقال إن الخبر صحيح");
        let key = ArticleKey::of(&it);
        let facts = GivenFacts {
            title: Some("عنوان آخر".to_owned()),
            date: Some("2023-11".to_owned().try_into().unwrap()),
            source: None,
        };
        let set = |facts| Correction::SetFacts {
            article: key.clone(),
            facts,
        };
        let (_, stated) = by_hand([set(facts.clone())]).correct(&mut it, &Finds("!"), None);
        let stated = stated.unwrap();
        assert_eq!(
            (it.title.as_str(), stated.title.as_str()),
            ("عنوان آخر", "عنوان الخبر الأول")
        );
        let published = it.published.map(|it| (it.date.to_string(), it.provenance));
        let expected = ("2023-11-01".to_owned(), crate::archive::DateProvenance::User);
        assert_eq!((published, stated.published), (Some(expected), None));
        let mut it = article("وقال إن الخبر صحيح");
        let (_, stated) = by_hand([set(facts), set(GivenFacts::default())]).correct(&mut it, &Finds("!"), None);
        assert_eq!((it.title.as_str(), stated), ("عنوان الخبر الأول", None));
    }

    #[test]
    fn a_name_may_begin_behind_a_clitic() {
        let line = "وبالقاهرة ولد";
        let (starts, ends) = word_stops(line);
        let written: Vec<&str> = starts.iter().map(|it| &line[*it..]).collect();
        assert_eq!(written, [line, "بالقاهرة ولد", "القاهرة ولد", "ولد"]);
        assert_eq!(ends, ["وبالقاهرة".len(), line.len()]);
    }
}
