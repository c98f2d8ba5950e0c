//! Features: what the models see of a token.
//!
//! A feature is a hash of a template's number and a value. Most depend on one word form only, seen from a position
//! around it: [`Form::features`] gives them, so that they are computed once per form of an article. [`pair_features`]
//! gives the others. Training and recognition share both; a change here needs a new model and a new number in
//! [`TEMPLATES`].

use std::borrow::Borrow;

use crate::arabic::clitic::{CLITICS, Clitic};
use crate::arabic::letter;
use crate::arabic::table::{hash_of, mix};
use crate::entities::EntityKind;

use super::lexicon::{Entry, N_LISTS, Phrases, TRIGGERS, TaggerLexicon, phrase};
use super::token::{Token, TokenKind, normalised};

/// Identifies the set of templates: a model trained with another set is rejected.
pub const TEMPLATES: u32 = 2;

/// A word form of an article with everything known of it.
#[derive(Clone, Debug)]
pub struct Form {
    /// Letters, digits or a mark.
    pub kind: TokenKind,
    /// Hash of the normalised form.
    pub word: u64,
    /// Hash of the form without clitics in front, the article kept: of «وللقاهرة», that of «القاهره».
    pub bare: u64,
    /// Hash of the form without clitics and article.
    pub stem: u64,
    /// Which clitics precede the stem: 0 for none, see [`clitics`].
    pub clitic: u8,
    /// Whether the article precedes the stem.
    pub has_article: bool,
    /// The lexicon's entry for the word, or else for the bare word.
    pub entry: Entry,
    /// Hashes of the first one to four letters, 0 where the word is not longer.
    prefixes: [u64; 4],
    suffixes: [u64; 4],
    stem_prefixes: [u64; 2],
    shape: u64,
    /// The first and last letter as written, where folding joins several: أ إ آ ا; ى ي; ة ه.
    edges: u64,
    /// The ending of an adjective of origin: 0 none, then ي, يه, يين or يون, يات.
    pub(super) nisba: u8,
}

/// The clitics that the model knows, by number: conjunctions, prepositions, or both.
pub fn clitics() -> &'static [Clitic] {
    &CLITICS.tagger
}

/// 16 × ln(1 + n): a word with some 20 occurrences or more in the articles of the lexicon. A guess.
const FREQUENT: u8 = 48;

/// The shape of a word in capitals; no other shape has this number.
const IN_CAPITALS: u64 = 30;

impl Form {
    /// What is known of a word form or mark.
    pub fn new(written: &str, kind: TokenKind, lexicon: &TaggerLexicon<'_>) -> Self {
        let text = normalised(written, kind);
        let word = hash_of(&text);
        let (clitic, bare_text) = match kind {
            TokenKind::Arabic => without_clitics(&text, word, lexicon),
            _ => (0, text.clone()),
        };
        let bare = if clitic == 0 { word } else { hash_of(&bare_text) };
        let has_article = kind == TokenKind::Arabic && bare_text.starts_with("ال") && 5 <= bare_text.chars().count();
        let stem_text = if has_article {
            &bare_text["ال".len()..]
        } else {
            &bare_text
        };
        let stem = if has_article { hash_of(stem_text) } else { bare };
        let known = lexicon.find(word);
        let known_bare = if clitic == 0 { known } else { lexicon.find(bare) };
        let known_stem = if has_article { lexicon.find(stem) } else { None };
        let of_word = known.unwrap_or_default();
        let of_bare = known_bare.unwrap_or_default();
        let of_stem = known_stem.unwrap_or_default();
        // The bare word is no evidence where the word itself was seen often.
        let is_frequent = known.is_some_and(|it| FREQUENT <= it.frequency);
        let first = |values: [u16; 2]| if values[0] == 0 { values[1] } else { values[0] };
        let entry = Entry {
            frequency: of_word.frequency,
            clusters: [of_word, of_bare, of_stem]
                .iter()
                .map(|it| it.clusters)
                .find(|it| it[0] != 0)
                .unwrap_or_default(),
            lists: first([of_word.lists, of_bare.lists]),
            triggers: first([of_word.triggers, of_bare.triggers]),
            is_no_person: of_word.is_no_person || !is_frequent && of_bare.is_no_person,
        };
        let nisba = match () {
            () if kind != TokenKind::Arabic || stem_text.chars().count() < 4 => 0,
            () if stem_text.ends_with("يه") => 2,
            () if stem_text.ends_with("يين") || stem_text.ends_with("يون") => 3,
            () if stem_text.ends_with("يات") => 4,
            () if stem_text.ends_with('ي') => 1,
            () => 0,
        };
        let n_letters = text.chars().count();
        Self {
            kind,
            word,
            bare,
            stem,
            clitic,
            has_article,
            entry,
            prefixes: std::array::from_fn(|it| prefix(&text, it + 1)),
            suffixes: std::array::from_fn(|it| suffix(&text, it + 1)),
            stem_prefixes: std::array::from_fn(|it| prefix(stem_text, it + 2)),
            shape: match kind {
                TokenKind::Mark => mix(9, word),
                TokenKind::Number => 20 + n_letters as u64,
                TokenKind::Other if written.chars().all(char::is_uppercase) => IN_CAPITALS,
                TokenKind::Other if written.starts_with(char::is_uppercase) => 31,
                TokenKind::Other => 32,
                TokenKind::Arabic => n_letters.min(10) as u64,
            },
            edges: edges(written, kind),
            nisba,
        }
    }

    /// Whether it ends like an adjective of origin: «الروسية».
    pub fn is_feminine_nisba(&self) -> bool {
        self.nisba == 2
    }

    /// Whether it begins like a verb in the future: «سيعقد», «ستبدأ».
    pub fn is_like_future(&self) -> bool {
        5 <= self.n_letters() && ["سي", "ست"].iter().any(|it| hash_of(it) == self.prefixes[1])
    }

    /// Whether it ends like an adjective of origin in the singular: «الروسي», «الطبية».
    pub fn is_like_nisba(&self) -> bool {
        matches!(self.nisba, 1 | 2)
    }

    /// The number of its letters, capped at ten; 0 for what is not Arabic.
    pub fn n_letters(&self) -> u64 {
        if self.kind == TokenKind::Arabic { self.shape } else { 0 }
    }

    /// Whether it is all in capitals, in a script that has them.
    pub fn is_in_capitals(&self) -> bool {
        self.shape == IN_CAPITALS
    }

    /// Emits the features of a token whose neighbour at `offset` has this form; `offset` is 0 for the token itself and
    /// lies between −4 and 2. The second argument says whether the feature names the word itself.
    pub fn features(&self, offset: i32, mut emit: impl FnMut(u64, bool)) {
        let place = (offset + 8) as u64;
        let mut put = |template: u64, value: u64| emit(mix(template << 8 | place, value), false);
        let Entry {
            frequency,
            clusters,
            lists,
            triggers,
            ..
        } = self.entry;
        for bit in 0..TRIGGERS.len() {
            if triggers >> bit & 1 == 1 {
                put(1, bit as u64);
            }
        }
        if offset < -2 {
            return;
        }
        let kind = self.kind as u64;
        let flags = u64::from(self.has_article) << 8 | u64::from(self.clitic);
        put(2, u64::from(clusters[0]));
        put(3, u64::from(clusters[1]));
        put(4, kind);
        if self.kind == TokenKind::Mark {
            put(5, self.shape);
        }
        if 2 <= offset.abs() {
            put(7, u64::from(lists));
            let stem = self.stem;
            emit(mix(8 << 8 | place, stem), offset == 0);
            return;
        }
        put(9, u64::from(clusters[2]));
        put(10, self.shape);
        put(11, flags);
        put(12, u64::from(self.has_article) << 4 | u64::from(self.nisba));
        put(13, self.suffixes[1]);
        put(14, self.suffixes[2]);
        put(15, self.prefixes[1]);
        for bit in 0..N_LISTS as u64 {
            if lists >> bit & 1 == 1 {
                put(16, bit);
            }
        }
        put(17, u64::from(lists));
        if offset == 0 {
            put(23, 0);
            put(24, self.prefixes[0]);
            put(25, self.prefixes[2]);
            put(26, self.suffixes[0]);
            put(27, self.edges);
            put(28, mix(self.edges, flags));
            put(29, mix(self.stem_prefixes[0], u64::from(self.has_article)));
            put(30, self.stem_prefixes[1]);
            put(31, u64::from(frequency / 16));
            put(32, u64::from(frequency / 32) << 8 | u64::from(self.has_article));
            put(33, mix(u64::from(clusters[1]), flags));
            put(34, mix(self.suffixes[2], flags));
            put(35, mix(u64::from(lists), flags));
            emit(mix(36 << 8 | place, self.suffixes[3]), true);
            emit(mix(37 << 8 | place, self.prefixes[3]), true);
            emit(mix(38 << 8 | place, self.word), true);
            emit(mix(39 << 8 | place, self.bare), true);
            emit(mix(40 << 8 | place, self.stem), true);
        } else {
            emit(mix(38 << 8 | place, self.word), false);
            emit(mix(40 << 8 | place, self.stem), false);
        }
    }
}

/// The features of a token that depend on several words at once: itself and its neighbours, quotes and brackets around
/// it, and known names of several words.
pub fn pair_features<F: Borrow<Form>>(line: &LineView<'_, F>, at: usize, mut emit: impl FnMut(u64, bool)) {
    let here = line.form(at as isize);
    let (Some(here), before, after) = (here, line.form(at as isize - 1), line.form(at as isize + 1)) else {
        return;
    };
    let mut put = |template: u64, value: u64| emit(mix(template << 8, value), false);
    let cluster = |form: Option<&Form>, size: usize| form.map_or(9999, |it| u64::from(it.entry.clusters[size]));
    let of = |form: Option<&Form>, f: fn(&Form) -> u64| form.map_or(9999, f);
    let lists = |it: &Form| u64::from(it.entry.lists);
    let agreement = |it: &Form| u64::from(it.nisba) << 1 | u64::from(it.has_article);
    let shape = |it: &Form| it.kind as u64;
    let here_cluster = cluster(Some(here), 1);
    put(60, mix(cluster(before, 1), here_cluster));
    put(61, mix(here_cluster, cluster(after, 1)));
    put(62, mix(cluster(before, 1), cluster(after, 1)));
    put(
        63,
        mix(mix(cluster(before, 0), cluster(Some(here), 0)), cluster(after, 0)),
    );
    put(64, mix(of(before, lists), lists(here)));
    put(65, mix(lists(here), of(after, lists)));
    put(67, mix(of(before, agreement), agreement(here)));
    put(68, mix(agreement(here), of(after, agreement)));
    put(69, mix(of(before, |it| u64::from(it.entry.triggers)), here_cluster));
    put(70, mix(of(before, |it| u64::from(it.entry.triggers)), agreement(here)));
    put(71, mix(of(before, |it| it.stem), agreement(here)));
    put(72, mix(of(before, shape), mix(shape(here), of(after, shape))));
    let token = line.tokens[at];
    let next_glued = line.tokens.get(at + 1).is_some_and(|it| it.is_glued);
    put(73, u64::from(token.is_glued) << 1 | u64::from(next_glued));
    put(74, u64::from(line.enclosed[at]));
    if line.enclosed[at] != 0 {
        put(75, u64::from(line.enclosed[at]) << 16 | here_cluster);
    }
    let two_before = line.form(at as isize - 2);
    let two_after = line.form(at as isize + 2);
    put(76, mix(mix(cluster(two_before, 0), cluster(before, 0)), here_cluster));
    put(77, mix(mix(cluster(two_after, 0), cluster(after, 0)), here_cluster));
    put(78, mix(cluster(before, 0), agreement(here)));
    for kind in 0..phrase::N_KINDS {
        let (position, n_words) = line.phrases[at][kind];
        if position != 0 {
            put(80, (kind as u64) << 8 | u64::from(position));
            put(
                81,
                (kind as u64) << 16 | u64::from(position) << 8 | u64::from(n_words.min(5)),
            );
        }
        let (next, _) = line.phrases.get(at + 1).map_or((0, 0), |it| it[kind]);
        if next == 1 {
            put(82, kind as u64);
        }
        let (last, _) = if at == 0 { (0, 0) } else { line.phrases[at - 1][kind] };
        if last != 0 && position < 2 {
            put(83, kind as u64);
        }
    }
    emit(mix(90 << 8, mix(of(before, |it| it.stem), here.stem)), true);
    emit(mix(91 << 8, mix(here.stem, of(after, |it| it.stem))), true);
    emit(mix(92 << 8, mix(of(before, |it| it.word), here.suffixes[1])), false);
}

/// All features of a token of a line, those of its neighbours included.
pub fn token_features<F: Borrow<Form>>(line: &LineView<'_, F>, at: usize, mut emit: impl FnMut(u64, bool)) {
    for offset in OFFSETS {
        match line.form(at as isize + offset as isize) {
            Some(form) => form.features(offset, &mut emit),
            None => emit(edge_feature(offset), false),
        }
    }
    pair_features(line, at, emit);
}

/// The positions around a token from which [`Form::features`] are taken. How they were chosen is not recorded.
pub const OFFSETS: std::ops::RangeInclusive<i32> = -4..=2;

/// The feature of a position outside the line.
pub fn edge_feature(offset: i32) -> u64 {
    mix(59 << 8 | (offset + 8) as u64, 0)
}

/// A line with the context that its tokens share.
pub struct LineView<'a, F> {
    tokens: &'a [Token],
    /// The index of each token's form.
    form_idxs: &'a [u32],
    forms: &'a [F],
    /// 1 in quotes, 2 in brackets, 0 in neither; only where the closing mark is near.
    enclosed: Vec<u8>,
    /// For each token and kind of phrase: 0 outside, 1 its first word, 2 inside, 3 its last; and the number of words.
    phrases: Vec<[(u8, u8); phrase::N_KINDS]>,
}

/// Quotes and brackets with more words than this are ignored: they quote a speech, not a name. A guess.
const MAX_ENCLOSED: usize = 7;

impl<'a, F: Borrow<Form>> LineView<'a, F> {
    /// Finds quotes, brackets and known names in a line.
    pub fn new(tokens: &'a [Token], form_idxs: &'a [u32], forms: &'a [F], known: &Phrases<'_>) -> Self {
        let mut it = Self {
            tokens,
            form_idxs,
            forms,
            enclosed: vec![0; tokens.len()],
            phrases: vec![[(0, 0); phrase::N_KINDS]; tokens.len()],
        };
        it.find_enclosed();
        it.find_phrases(known);
        it
    }

    /// The form of a token; `None` before the first and after the last.
    pub fn form(&self, at: isize) -> Option<&'a Form> {
        let idx = self.form_idxs.get(usize::try_from(at).ok()?)?;
        self.forms.get(*idx as usize).map(Borrow::borrow)
    }

    /// The known names of several words that are of a single kind; without cities, many of which are also words.
    pub fn known(&self) -> Vec<(usize, usize, EntityKind)> {
        let mut known = Vec::new();
        for first in 0..self.tokens.len() {
            let begins: Vec<usize> = (0..phrase::N_KINDS)
                .filter(|kind| self.phrases[first][*kind].0 == 1)
                .collect();
            if let [kind] = begins[..]
                && let Some(&kind) = EntityKind::ALL.get(kind)
            {
                known.push((first, first + usize::from(self.phrases[first][kind as usize].1), kind));
            }
        }
        known
    }

    fn find_enclosed(&mut self) {
        let (quote, open, close) = (hash_of("\""), hash_of("("), hash_of(")"));
        for start in 0..self.tokens.len() {
            let mark = self.form(start as isize).map(|it| it.word);
            let (end_mark, value) = match mark {
                Some(it) if it == quote => (quote, 1),
                Some(it) if it == open => (close, 2),
                _ => continue,
            };
            let last = (start + 2 + MAX_ENCLOSED).min(self.tokens.len());
            let end = (start + 1..last).find(|it| self.form(*it as isize).is_some_and(|it| it.word == end_mark));
            if let Some(end) = end {
                self.enclosed[start + 1..end].fill(value);
            }
        }
    }

    fn find_phrases(&mut self, known: &Phrases<'_>) {
        let mut free_from = 0;
        for start in 0..self.tokens.len() {
            let Some(first) = self.form(start as isize).filter(|it| it.kind != TokenKind::Mark) else {
                continue;
            };
            let rest = || {
                (start + 1..self.tokens.len())
                    .map_while(|it| self.form(it as isize).filter(|it| it.kind != TokenKind::Mark))
                    .map(|it| it.word)
            };
            let found = known.longest(std::iter::once(first.word).chain(rest())).or_else(|| {
                (first.bare != first.word)
                    .then(|| known.longest(std::iter::once(first.bare).chain(rest())))
                    .flatten()
            });
            let Some((kinds, n_words)) = found else { continue };
            if start < free_from {
                continue;
            }
            free_from = start + n_words;
            for at in start..start + n_words {
                let position = match at - start {
                    0 => 1,
                    it if it + 1 == n_words => 3,
                    _ => 2,
                };
                for kind in 0..phrase::N_KINDS {
                    if kinds >> kind & 1 == 1 {
                        self.phrases[at][kind] = (position, n_words as u8);
                    }
                }
            }
        }
    }
}

/// Splits a word into its clitics and the rest.
///
/// Single letters begin many words: they are cut only where the rest is so much more frequent than the whole that it
/// must be what was meant. The weights are those of the measured prototype.
fn without_clitics(text: &str, word: u64, lexicon: &TaggerLexicon<'_>) -> (u8, String) {
    let mut best = (3.0 * (lexicon.count(word) + 0.3), 0, None);
    if 4 <= text.chars().count() {
        for (idx, clitic) in clitics().iter().enumerate().skip(1) {
            let Some(rest) = clitic.strip(text) else {
                continue;
            };
            let n_left = rest.chars().count();
            if n_left < 3 {
                continue;
            }
            let mut score = lexicon.count(hash_of(&rest));
            if rest.starts_with("ال") && 4 < n_left {
                score += 0.5 * lexicon.count(hash_of(&rest["ال".len()..])) + 1.0;
            }
            if 2 <= clitic.n_taken() {
                score /= 1.3;
            }
            if best.0 < score {
                best = (score, idx as u8, Some(rest));
            }
        }
    }
    let (_, clitic, rest) = best;
    (clitic, rest.unwrap_or_else(|| text.to_owned()))
}

fn prefix(text: &str, n_letters: usize) -> u64 {
    match text.char_indices().nth(n_letters) {
        Some((end, _)) => hash_of(&text[..end]),
        None => 0,
    }
}

fn suffix(text: &str, n_letters: usize) -> u64 {
    let start = text.char_indices().rev().nth(n_letters - 1).map_or(0, |(at, _)| at);
    if start == 0 { 0 } else { hash_of(&text[start..]) }
}

fn edges(written: &str, kind: TokenKind) -> u64 {
    if kind != TokenKind::Arabic {
        return 0;
    }
    let class = |c: Option<char>| match c {
        Some('ا') => 1,
        Some('أ') => 2,
        Some('إ') => 3,
        Some('آ') => 4,
        Some('ى') => 5,
        Some('ي') => 6,
        Some('ة') => 7,
        Some('ه') => 8,
        Some('ء') => 9,
        Some('ئ' | 'ؤ') => 10,
        Some('و') => 11,
        _ => 0,
    };
    let letters = || written.chars().filter(|c| !letter::is_within_word(*c));
    class(letters().next()) << 4 | class(letters().next_back())
}
