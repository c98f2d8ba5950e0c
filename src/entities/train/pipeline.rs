//! The steps from marked news to a model.
//!
//! 1. The first pass is trained, its hidden layer included.
//! 2. The second pass is trained on the first one's output for articles that it was not trained on: a model does
//!    better on articles that it learnt from than it will on others, and the second pass would trust it too much. So
//!    the marked articles are cut into parts, and the output for each part comes from a first pass trained on the other
//!    parts only (cross-fitting).
//! 3. The model reads the unmarked articles: words that it hardly ever takes for part of a person's name are marked in
//!    its lexicon, so that rules can end a name before them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};

use super::super::EntityKind;
use super::super::recognise::names;
use super::super::tagger::{
    Entry, FirstLook, Form, Forms, Label, Line, LineView, Model, ModelError, ModelParts, N_SIZES, NO_PERSON, Phrases,
    Scores, TRIGGERS, TaggerLexicon, Token, best_labels, expected, hash_of, label_article, lexicon_bytes, list,
    phrase_bytes, spans, token_features, tokens,
};
use super::cluster::{Clustered, Vector};
use super::crf::{self, Chain, Example, Features, Inputs, Training};
use super::lists::Lists;
use super::network::Input;
use super::news::{MarkedArticle, labels};
use crate::arabic::Span;

/// The data that a model is made from.
pub struct Sources<'a> {
    /// Articles with marked names.
    pub marked: &'a [&'a MarkedArticle],
    /// Words of unmarked articles with their counts and clusters.
    pub words: &'a [(String, u32, [u16; N_SIZES])],
    /// The centres of their finest clusters.
    pub centres: &'a [Vector],
    /// Unmarked articles, which show which words are in no person's name.
    pub articles: &'a [String],
    /// Lists of names.
    pub lists: &'a Lists,
    /// Licences, for the file.
    pub notice: &'a str,
}

/// The tenth of the marked articles that is for measuring only, see [`super::tenth`]. An arbitrary choice.
pub const HELD_OUT: u64 = 0;

impl Recipe {
    /// How the built-in model is made. The numbers were chosen by training on eight tenths and measuring on a ninth,
    /// for each of the nine that are not held out.
    pub const BUILT_IN: Self = Self {
        n_parts: 4,
        first: Training {
            n_rounds: 20,
            step: 0.1,
            decay: 0.0,
            dropout: 0.15,
            seed: 1,
        },
        second: Training {
            n_rounds: 6,
            step: 0.05,
            decay: 0.0,
            dropout: 0.0,
            seed: 5,
        },
        min_count: 2,
        max_features: 500_000,
        with_clusters: true,
        with_hidden_layer: true,
        with_second_look: true,
    };
}

/// How a model is made.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// The number of parts that the marked articles are cut into for the second pass.
    pub n_parts: usize,
    /// Parameters for the first pass.
    pub first: Training,
    /// Parameters for the second pass.
    pub second: Training,
    /// Features that occur less often are dropped.
    pub min_count: u32,
    /// The file has at most this many features.
    pub max_features: usize,
    /// Whether words have clusters.
    pub with_clusters: bool,
    /// Whether there is a hidden layer; there is none without clusters.
    pub with_hidden_layer: bool,
    /// Whether there is a second pass.
    pub with_second_look: bool,
}

/// Makes a model; `report` is called with each step.
pub fn make_model(sources: &Sources<'_>, recipe: Recipe, report: &mut dyn FnMut(&str)) -> Vec<u8> {
    let phrases: Vec<(String, u8)> = sources
        .lists
        .phrases
        .iter()
        .map(|(it, kinds)| (it.clone(), *kinds))
        .collect();
    let phrases = phrase_bytes(&phrases);
    let parts: Vec<usize> = sources
        .marked
        .iter()
        .map(|it| part_of(&it.id, recipe.n_parts))
        .collect();
    let all = vec![true; sources.marked.len()];
    let without = |part: usize| -> Vec<bool> { parts.iter().map(|it| *it != part).collect() };

    let lexicon = lexicon(sources, recipe, &HashMap::new());
    report("features");
    let learnt = Learnt::new(sources, &lexicon, &phrases, recipe);
    report("first look");
    let first = learnt.train(&all, recipe);
    let mut model = learnt.parts(&first);
    if recipe.with_second_look {
        let mut given: Vec<Vec<Vec<Scores>>> = vec![Vec::new(); sources.marked.len()];
        report("first look without each part");
        let chains: Vec<Chain> = (0..recipe.n_parts)
            .into_par_iter()
            .map(|part| learnt.train(&without(part), recipe))
            .collect();
        for (part, chain) in chains.iter().enumerate() {
            for article in (0..parts.len()).filter(|it| parts[*it] == part) {
                let examples = &learnt.examples[learnt.articles[article].examples.clone()];
                given[article] = examples.iter().map(|it| it.scores(chain, &learnt.inputs)).collect();
            }
        }
        report("second look");
        let (keys, second) = second_look(&learnt, &given, &first, recipe);
        model.transitions[1] = second.transitions;
        model.weights.extend(keys.into_iter().zip(second.weights));
    } else {
        model.transitions[1] = model.transitions[0];
    }
    model.notice = sources.notice.to_owned();
    model.lexicon = lexicon;
    model.phrases = phrases;
    let bytes = model.to_bytes(recipe.max_features);
    report("words of no names");
    let Ok(reader) = Model::new(&bytes) else { return bytes };
    let usage = usage(&reader, sources.articles);
    model.lexicon = self::lexicon(sources, recipe, &usage);
    model.to_bytes(recipe.max_features)
}

/// In which part an article is; independent of [`super::news::tenth`].
fn part_of(id: &str, n_parts: usize) -> usize {
    ((hash_of(id) / 10) % n_parts as u64) as usize
}

/// The lexicon of all frequent words and all listed words.
fn lexicon(sources: &Sources<'_>, recipe: Recipe, usage: &HashMap<u64, Usage>) -> Vec<u8> {
    let mut entries: BTreeMap<&str, Entry> = BTreeMap::new();
    for (word, count, clusters) in sources.words {
        let frequency = (16.0 * (1.0 + *count as f32).ln()).round().min(255.0) as u8;
        let clusters = if recipe.with_clusters {
            clusters.map(|it| it + 1)
        } else {
            [0; N_SIZES]
        };
        entries.insert(
            word,
            Entry {
                frequency,
                clusters,
                is_no_person: usage.get(&hash_of(word)).is_some_and(|it| it.is_no_person(word)),
                ..Entry::default()
            },
        );
    }
    let connector = 1 << TRIGGERS.iter().position(|it| *it == "connector").unwrap_or_default();
    for (word, (lists, triggers)) in &sources.lists.words {
        let entry = entries.entry(word).or_default();
        let is_of_people =
            lists & (list::GIVEN_NAME | list::FAMILY_NAME | list::PERSON) != 0 || triggers & connector != 0;
        entry.lists = *lists;
        entry.triggers = triggers & !NO_PERSON;
        entry.is_no_person = triggers & NO_PERSON != 0 || entry.is_no_person && !is_of_people;
    }
    let entries: Vec<(String, Entry)> = entries
        .into_iter()
        .map(|(word, entry)| (word.to_owned(), entry))
        .collect();
    lexicon_bytes(&entries)
}

/// The occurrences of a word in articles, and in names of people.
#[derive(Clone, Copy, Debug, Default)]
struct Usage {
    n_tokens: u32,
    n_in_people: u32,
}

impl Usage {
    /// Whether the word is hardly ever in names of people: what was found there is more likely a mistake. Names with
    /// the article are often words, too («الحكم»), so the bar for these is higher. The limits are guesses, checked by
    /// eye in 3,000 articles: of 295 names with such a word, all but some 20 were cut too late.
    fn is_no_person(self, word: &str) -> bool {
        const LEAST_TOKENS: u32 = 20;
        let most_in_people = if word.starts_with("ال") { 0.01 } else { 0.02 };
        LEAST_TOKENS <= self.n_tokens && f64::from(self.n_in_people) <= most_in_people * f64::from(self.n_tokens)
    }
}

/// How the words of articles are used, by the hashes of the words.
fn usage(model: &Model<'_>, articles: &[String]) -> HashMap<u64, Usage> {
    let of_article = |(mut usage, mut forms): (HashMap<u64, Usage>, Forms), text: &String| {
        let bounds = text.split_inclusive('\n').scan(0, |start, line| {
            let first = *start;
            *start += line.len();
            Some(Span::new(first, *start))
        });
        let lines: Vec<Span> = bounds.collect();
        let labelled = label_article(model, &mut forms, text, &lines);
        for (line, labels) in labelled.labels.iter().enumerate() {
            for form in (0..labels.len()).filter_map(|at| labelled.form(line, at)) {
                usage.entry(form.word).or_default().n_tokens += 1;
            }
            let people = spans(labels).into_iter().filter(|it| it.0 == EntityKind::Person);
            for form in people
                .flat_map(|(_, first, end)| first..end)
                .filter_map(|at| labelled.form(line, at))
            {
                usage.entry(form.word).or_default().n_in_people += 1;
            }
        }
        (usage, forms)
    };
    let known = Arc::default();
    let parts = articles
        .par_iter()
        .fold(|| (HashMap::new(), Forms::new(model, Arc::clone(&known))), of_article);
    parts.map(|(usage, _)| usage).reduce(HashMap::new, |mut all, part| {
        for (word, it) in part {
            let sum: &mut Usage = all.entry(word).or_default();
            sum.n_tokens += it.n_tokens;
            sum.n_in_people += it.n_in_people;
        }
        all
    })
}

/// Marked articles as examples to learn from, with all their features.
struct Learnt {
    features: Features,
    inputs: Inputs,
    examples: Vec<Example>,
    articles: Vec<ArticleForms>,
}

struct ArticleForms {
    forms: Vec<Form>,
    lines: Vec<Line>,
    examples: std::ops::Range<usize>,
}

impl Learnt {
    fn new(sources: &Sources<'_>, lexicon: &[u8], phrases: &[u8], recipe: Recipe) -> Self {
        let (lexicon, phrases) = (TaggerLexicon::new(lexicon), Phrases::new(phrases));
        let mut features = Features::default();
        let mut inputs = Inputs::default();
        if recipe.with_clusters && recipe.with_hidden_layer {
            inputs.centres = sources.centres.to_vec();
        }
        let mut input_idxs: HashMap<Input, u32> = HashMap::new();
        let mut examples = Vec::new();
        let mut articles = Vec::new();
        for article in sources.marked {
            let mut forms: Vec<Form> = Vec::new();
            let mut idx_of: HashMap<String, u32> = HashMap::new();
            let first_example = examples.len();
            let mut lines = Vec::new();
            for paragraph in &article.paragraphs {
                let tokens = tokens(&paragraph.text, 0);
                let form_idxs = tokens
                    .iter()
                    .map(|token| form_idx(&paragraph.text, token, &lexicon, &mut forms, &mut idx_of))
                    .collect();
                let line = Line { tokens, form_idxs };
                let view = LineView::new(&line.tokens, &line.form_idxs, &forms, &phrases);
                let mut example = Example {
                    labels: labels(&line.tokens, &paragraph.names),
                    ..Example::default()
                };
                if !inputs.centres.is_empty() {
                    let of_line = line.form_idxs.iter().map(|it| Input::new(&forms[*it as usize]));
                    let idxs = of_line.map(|it| inputs.idx(it, &mut input_idxs));
                    example.inputs = idxs.collect();
                }
                for at in 0..line.tokens.len() {
                    let (mut named, mut others) = (Vec::new(), Vec::new());
                    token_features(&view, at, |feature, is_named| {
                        let idx = features.idx(feature);
                        if is_named { named.push(idx) } else { others.push(idx) }
                    });
                    example.named.push(named);
                    example.others.push(others);
                }
                examples.push(example);
                lines.push(line);
            }
            let examples = first_example..examples.len();
            articles.push(ArticleForms { forms, lines, examples });
        }
        features.prune(recipe.min_count, &mut examples);
        Self {
            features,
            inputs,
            examples,
            articles,
        }
    }

    fn train(&self, is_used: &[bool], recipe: Recipe) -> Chain {
        let order: Vec<usize> = (self.articles.iter().zip(is_used))
            .filter(|(_, is_used)| **is_used)
            .flat_map(|(it, _)| it.examples.clone())
            .collect();
        crf::train(
            &self.examples,
            &order,
            self.features.keys.len(),
            recipe.first,
            &self.inputs,
            None,
        )
    }

    fn parts(&self, chain: &Chain) -> ModelParts {
        ModelParts {
            transitions: [chain.transitions; 2],
            weights: self
                .features
                .keys
                .iter()
                .copied()
                .zip(chain.weights.iter().copied())
                .collect(),
            network: chain
                .layer
                .as_ref()
                .map_or_else(Vec::new, |it| it.parts(&self.inputs.centres).to_bytes()),
            ..ModelParts::default()
        }
    }
}

fn form_idx(
    text: &str,
    token: &Token,
    lexicon: &TaggerLexicon<'_>,
    forms: &mut Vec<Form>,
    idx_of: &mut HashMap<String, u32>,
) -> u32 {
    let written = token.span.of(text).unwrap_or_default();
    *idx_of.entry(written.to_owned()).or_insert_with(|| {
        forms.push(Form::new(written, token.kind, lexicon));
        forms.len() as u32 - 1
    })
}

/// Trains the second pass on the scores of the first, `given` for each line of each article.
fn second_look(learnt: &Learnt, given: &[Vec<Vec<Scores>>], first: &Chain, recipe: Recipe) -> (Vec<u64>, Chain) {
    let mut features = Features::default();
    let mut examples = Vec::new();
    for (article, given) in learnt.articles.iter().zip(given) {
        let probabilities: Vec<Vec<Scores>> = given.iter().map(|it| expected(it, &first.transitions).labels).collect();
        let labels: Vec<Vec<Label>> = given.iter().map(|it| best_labels(it, &first.transitions)).collect();
        let look = FirstLook::new(&article.lines, &article.forms, &probabilities, &labels);
        for (line_idx, given) in given.iter().enumerate() {
            let source = &learnt.examples[article.examples.start + line_idx];
            let mut example = Example {
                given: given.clone(),
                labels: source.labels.clone(),
                ..Example::default()
            };
            for at in 0..given.len() {
                let mut others = Vec::new();
                look.features(line_idx, at, |feature| others.push(features.idx(feature)));
                example.named.push(Vec::new());
                example.others.push(others);
            }
            examples.push(example);
        }
    }
    features.prune(recipe.min_count, &mut examples);
    let order: Vec<usize> = (0..examples.len()).collect();
    let chain = crf::train(
        &examples,
        &order,
        features.keys.len(),
        recipe.second,
        &Inputs::default(),
        Some(first.transitions),
    );
    (features.keys, chain)
}

/// Measures a model, with the rules after it or without, on marked articles.
pub fn evaluate(model: &[u8], marked: &[&MarkedArticle], with_rules: bool) -> Result<Tally, ModelError> {
    let model = Model::new(model)?;
    let mut tally = Tally::default();
    let mut forms = Forms::new(&model, Arc::default());
    for article in marked {
        let mut text = String::new();
        let mut lines = Vec::new();
        for paragraph in &article.paragraphs {
            let start = text.len();
            text.push_str(&paragraph.text);
            lines.push(Span::new(start, text.len()));
            text.push('\n');
        }
        let labelled = label_article(&model, &mut forms, &text, &lines);
        let mut found: Vec<Vec<(EntityKind, usize, usize)>> = vec![Vec::new(); lines.len()];
        if with_rules {
            for it in names(&labelled) {
                found[it.line].push((it.kind, it.first, it.end));
            }
        } else {
            found = labelled.labels.iter().map(|labels| spans(labels)).collect();
        }
        for (line, paragraph) in article.paragraphs.iter().enumerate() {
            let tokens = tokens(&paragraph.text, 0);
            tally.count(&found[line], &spans(&labels(&tokens, &paragraph.names)));
        }
    }
    Ok(tally)
}

/// Counts of names found, marked, and correctly found, for each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By kind, in the order of [`EntityKind::ALL`].
    pub of_kind: [[u32; 3]; 3],
}

impl Tally {
    /// How many names were found and how many are marked.
    pub fn n_names(&self) -> [u32; 2] {
        [0, 1].map(|it| self.of_kind.iter().map(|counts| counts[it]).sum())
    }

    /// Adds the counts of another.
    pub fn add(&mut self, other: &Self) {
        for (count, it) in self.of_kind.iter_mut().flatten().zip(other.of_kind.iter().flatten()) {
            *count += it;
        }
    }

    /// Counts the names of one line; a name is right if its kind and both its ends are.
    pub fn count(&mut self, found: &[(EntityKind, usize, usize)], marked: &[(EntityKind, usize, usize)]) {
        for it in found {
            self.of_kind[it.0 as usize][0] += 1;
            self.of_kind[it.0 as usize][2] += u32::from(marked.contains(it));
        }
        for it in marked {
            self.of_kind[it.0 as usize][1] += 1;
        }
    }

    /// Precision, recall and F1 in percent, over all kinds.
    pub fn overall(&self) -> [f32; 3] {
        let sum = |it: usize| self.of_kind.iter().map(|counts| counts[it]).sum();
        figures([sum(0), sum(1), sum(2)])
    }

    /// Precision, recall and F1 in percent, for one kind.
    pub fn of(&self, kind: EntityKind) -> [f32; 3] {
        figures(self.of_kind[kind as usize])
    }
}

fn figures([found, marked, right]: [u32; 3]) -> [f32; 3] {
    let share = |n: u32, of: u32| 100.0 * n as f32 / of.max(1) as f32;
    let f1 = 200.0 * right as f32 / (found + marked).max(1) as f32;
    [share(right, found), share(right, marked), f1]
}

/// A clustered word list with counts, as [`Sources::words`] wants it.
pub fn with_counts(words: &[(String, u32)], clusters: &[Clustered]) -> Vec<(String, u32, [u16; N_SIZES])> {
    words
        .iter()
        .zip(clusters)
        .map(|((word, count), (_, clusters))| (word.clone(), *count, *clusters))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::parse_marked;
    use super::*;

    /// Sentences of one pattern, marked by it.
    fn marked() -> Vec<MarkedArticle> {
        let mut jsonl = String::new();
        for (idx, name) in ["سامي", "هالة", "منير", "رجاء", "زهير", "لينا", "باهر", "نادية"]
            .iter()
            .enumerate()
        {
            let n = name.chars().count();
            let line = serde_json::json!({
                "id": format!("a{idx}.0"), "text": format!("قال {name} إن العمل اكتمل."),
                "entities": [[4, 4 + n, "person"]],
            });
            jsonl.push_str(&format!("{line}\n"));
        }
        parse_marked(&jsonl).unwrap()
    }

    fn model(marked: &[MarkedArticle]) -> Vec<u8> {
        let marked: Vec<&MarkedArticle> = marked.iter().collect();
        let sources = Sources {
            marked: &marked,
            words: &[],
            centres: &[],
            articles: &[],
            lists: &Lists::default(),
            notice: "own work",
        };
        make_model(&sources, Recipe::BUILT_IN, &mut |_| {})
    }

    #[test]
    fn the_same_news_gives_the_same_model_which_finds_a_new_name() {
        let marked = marked();
        let bytes = model(&marked);
        assert!(bytes == model(&marked));
        let jsonl = r#"{"id": "b.0", "text": "قال طارق إن العمل اكتمل.", "entities": [[4, 8, "person"]]}"#;
        let unseen = parse_marked(jsonl).unwrap();
        let tally = evaluate(&bytes, &[&unseen[0]], true).unwrap();
        assert_eq!(tally.of_kind, [[1, 1, 1], [0, 0, 0], [0, 0, 0]]);
        assert_eq!(tally.overall(), [100.0, 100.0, 100.0]);
    }

    #[test]
    fn a_name_with_a_wrong_end_is_not_right() {
        let mut tally = Tally::default();
        tally.count(&[(EntityKind::Person, 1, 2)], &[(EntityKind::Person, 1, 3)]);
        assert_eq!(tally.of(EntityKind::Person), [0.0, 0.0, 0.0]);
        assert_eq!(tally.n_names(), [1, 1]);
    }

    #[test]
    fn a_word_of_no_names_is_frequent_and_hardly_ever_in_one() {
        let usage = |n_tokens, n_in_people| Usage { n_tokens, n_in_people };
        assert!(usage(100, 2).is_no_person("فقال"));
        assert!(!usage(100, 3).is_no_person("فقال"));
        assert!(!usage(100, 2).is_no_person("الحكم"));
        assert!(!usage(19, 0).is_no_person("فقال"));
    }
}
