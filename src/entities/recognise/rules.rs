//! Rules after the model: closed patterns in which it is known to err, and what one place of an article says about
//! another.
//!
//! Precision before recall: a rule adds a name only where nothing was found, and only where the words leave no doubt.

use std::collections::{HashMap, HashSet};

use super::super::EntityKind;
use super::super::tagger::{CLITICS, Form, Label, Labelled, TRIGGERS, TokenKind, hash_of, list, mix, spans};

/// 16 × ln(1 + n): a word that stood fewer than some 40 times in the articles of the lexicon.
const RARE: u8 = 60;

/// The lists of names of people.
const NAMES: u16 = list::GIVEN_NAME | list::FAMILY_NAME | list::PERSON;

/// A name in an article, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Found {
    /// In which line.
    pub line: usize,
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub end: usize,
    /// What it names.
    pub kind: EntityKind,
}

/// The names of an article in their order, without overlap.
pub fn names(article: &Labelled) -> Vec<Found> {
    let mut found = Vec::new();
    for (line, labels) in article.labels.iter().enumerate() {
        let mut of_line: Vec<Found> = match keyword_tail(article, line) {
            Some(of_line) => of_line,
            None => spans_of(line, labels),
        };
        for idx in 0..of_line.len() {
            cut_at_quotes(article, &mut of_line[idx]);
            let other = split_people(article, &mut of_line[idx]);
            of_line.extend(other);
        }
        of_line.iter_mut().for_each(|it| cut_title(article, it));
        for idx in 0..of_line.len() {
            if is_facility(article, &of_line, idx) {
                of_line[idx].first -= 1;
                of_line[idx].kind = EntityKind::Place;
            }
        }
        for idx in 0..of_line.len() {
            let place = cut_person(article, &mut of_line[idx]);
            cut_no_person(article, &mut of_line[idx]);
            cut_calling(article, &mut of_line[idx]);
            cut_at_small_words(article, &mut of_line[idx]);
            cut_state_body(article, &mut of_line[idx]);
            cut_part(article, &mut of_line[idx]);
            of_line.extend(place);
        }
        for idx in 0..of_line.len() {
            let first = name_before_daughter(article, &of_line, idx);
            of_line[idx].first = first;
        }
        of_line.retain(|it| it.first < it.end && !is_wish(article, it) && !is_sector(article, it));
        of_line.retain(|it| !is_adjective(article, it) && !is_brand(article, it));
        add_known(article, line, &mut of_line);
        add_people(article, line, &mut of_line);
        add_state_bodies(article, line, &mut of_line);
        add_short_forms(article, line, &mut of_line);
        of_line.sort();
        found.extend(of_line);
    }
    add_repeated(article, &mut found);
    found.sort();
    found
}

fn spans_of(line: usize, labels: &[Label]) -> Vec<Found> {
    spans(labels)
        .into_iter()
        .map(|(kind, first, end)| Found { line, first, end, kind })
        .collect()
}

/// A name begins and ends with a word, and does not reach from one quotation into the next: «"فيسبوك" إن "الخطوط».
fn cut_at_quotes(article: &Labelled, it: &mut Found) {
    let form = |at: usize| article.form(it.line, at);
    let is_mark = |at: usize| form(at).is_some_and(|it| it.kind == TokenKind::Mark);
    let quote = hash_of("\"");
    let is_quote = |at: usize| form(at).is_some_and(|it| it.word == quote);
    let (mut first, mut end) = (it.first, it.end);
    while first < end && is_mark(first) {
        first += 1;
    }
    let mut quotes = (first..end).filter(|at| is_quote(*at));
    if let (Some(closing), Some(_)) = (quotes.next(), quotes.next())
        && first != 0
        && is_quote(first - 1)
    {
        end = closing;
    }
    while first < end && is_mark(end - 1) {
        end -= 1;
    }
    (it.first, it.end) = (first, end);
}

/// Titles as they stand without an article.
const TITLES: [&str; 6] = ["د", "ود", "دكتور", "دكتوره", "استاذ", "شيخ"];

/// A person's name does not begin with a title, «د. سعاد صالح», unless that is all that was found of it.
fn cut_title(article: &Labelled, it: &mut Found) {
    while it.kind == EntityKind::Person
        && it.first + 1 < it.end
        && let Some(first) = article.form(it.line, it.first)
    {
        let is_like_title = has_trigger(first, "title") || TITLES.iter().any(|it| hash_of(it) == first.word);
        let is_name = first.entry.lists & NAMES != 0;
        // «الشيخ» is a family name, too, but not before a given one.
        let is_before_given = first.has_article
            && article
                .form(it.line, it.first + 1)
                .is_some_and(|next| next.entry.lists & list::GIVEN_NAME != 0);
        let is_title = is_like_title && (!is_name || is_before_given);
        if !is_title && first.kind != TokenKind::Mark {
            break;
        }
        it.first += 1;
    }
}

/// What stands between an office or a calling and a given name is no part of the person's name: in «وزير خارجية جورافيا
/// أندريه ليبوغين» it is a country, which is returned; in «الصياد منصور الدريدي» what he does.
fn cut_person(article: &Labelled, it: &mut Found) -> Option<Found> {
    const DEPARTMENTS: [&str; 9] = [
        "خارجيه",
        "دفاع",
        "داخليه",
        "ماليه",
        "وزراء",
        "وزرا",
        "حكومه",
        "برلمان",
        "جمهوريه",
    ];
    let form = |at: usize| article.form(it.line, at);
    let is_given = |form: &Form| form.entry.lists & list::GIVEN_NAME != 0;
    let (first, second) = (form(it.first)?, form(it.first + 1)?);
    if it.kind != EntityKind::Person || it.end < it.first + 3 || is_given(first) {
        return None;
    }
    // «الشاعر والناقد سامح كعوش».
    let is_second_calling = first.has_article && first.clitic != 0;
    if !is_given(second) && !is_second_calling {
        return None;
    }
    if first.has_article {
        it.first += 1;
        return None;
    }
    let before = form(it.first.checked_sub(1)?)?;
    let is_department = DEPARTMENTS.iter().any(|it| hash_of(it) == before.bare);
    let place = Found {
        end: it.first + 1,
        kind: EntityKind::Place,
        ..*it
    };
    (is_department && first.clitic == 0).then(|| {
        it.first += 1;
        place
    })
}

/// «مستشفى إبراهيم النابلسي» is a hospital, although only a person was found behind its first word.
fn is_facility(article: &Labelled, found: &[Found], idx: usize) -> bool {
    const FACILITIES: &str = "مستشفي مسجد جامع كنيسه شارع ميدان ساحه ملعب استاد مطار مينا قصر سجن جسر قلعه";
    let it = &found[idx];
    let Some(before) = it.first.checked_sub(1).filter(|_| it.kind == EntityKind::Person) else {
        return false;
    };
    let is_head = |form: &Form| !form.has_article && FACILITIES.split(' ').any(|word| hash_of(word) == form.bare);
    article.form(it.line, before).is_some_and(is_head) && is_free(found, it.line, before, it.first)
}

/// Where a person's name begins: «بنت حمدان» is the end of one, whose beginning is the word before it. «بن علي» is a
/// family name, too.
fn name_before_daughter(article: &Labelled, found: &[Found], idx: usize) -> usize {
    let it = &found[idx];
    let is_daughter = article
        .form(it.line, it.first)
        .is_some_and(|form| form.word == hash_of("بنت"));
    let before = it
        .first
        .checked_sub(1)
        .filter(|_| it.kind == EntityKind::Person && is_daughter);
    let is_like_name = |at: &usize| {
        let form = article.form(it.line, *at);
        is_free(found, it.line, *at, it.first)
            && form.is_some_and(|form| {
                form.kind == TokenKind::Arabic && !form.entry.is_no_person && form.entry.triggers == 0
            })
    };
    before.filter(is_like_name).unwrap_or(it.first)
}

/// «عمر خليل وسامي حداد» are two people: the second, who is returned, begins with «و» and a given name.
fn split_people(article: &Labelled, it: &mut Found) -> Option<Found> {
    let is_and_given = |at: &usize| {
        article
            .form(it.line, *at)
            .is_some_and(|form| CLITICS[usize::from(form.clitic)].0 == "و" && form.entry.lists & list::GIVEN_NAME != 0)
    };
    if it.kind != EntityKind::Person {
        return None;
    }
    let first = (it.first + 1..it.end).find(is_and_given)?;
    let other = Found { first, ..*it };
    it.end = first;
    Some(other)
}

/// A person's name neither begins with a word that hardly ever stands in names of people, nor goes on behind one:
/// «أخيه مصعب» is «مصعب», «يونس عليه السلام» is «يونس», «رونالدينيو لصحيفة» is «رونالدينيو». What stands behind «بن»
/// and the like, or before «الدين» and «الله», is not judged: «خالد بن دينار», «خير الدين».
fn cut_no_person(article: &Labelled, it: &mut Found) {
    const SONS: [&str; 3] = ["ابن", "بن", "بنت"];
    /// Families and tribes.
    const FAMILIES: [&str; 3] = ["ال", "بني", "بنو"];
    if it.kind != EntityKind::Person {
        return;
    }
    let form = |at: usize| article.form(it.line, at);
    let is_no_person = |at: usize| form(at).is_some_and(|it| it.entry.is_no_person || is_article_behind_clitic(it));
    let is_one_of =
        |at: usize, words: &[&str]| form(at).is_some_and(|it| words.iter().any(|word| hash_of(word) == it.bare));
    let is_bound = |at: usize| is_one_of(at, &["الدين", "الله"]);
    let (mut first, mut end) = (it.first, it.end);
    while first < end && is_no_person(first) && !is_one_of(first + 1, &["الدين"]) {
        first += 1;
    }
    // «ابن عشرين», «بنت أخيه», «ابن وبنت» are nobody in particular, «آل الخطيب» and «بني تميم» are many.
    let is_nobody = is_one_of(first, &SONS) && (is_no_person(first + 1) || is_one_of(first + 1, &SONS));
    if is_nobody || is_one_of(first, &FAMILIES) {
        first = end;
    }
    // «عبيد» is a connector in «عبيد الله» only.
    let is_bound_before =
        |at: usize| !is_one_of(at - 1, &["عبيد"]) && form(at - 1).is_some_and(|it| has_trigger(it, "connector"));
    let is_end = |at: &usize| is_no_person(*at) && !is_bound(at + 1) && !is_bound_before(*at);
    if let Some(at) = (first + 1..end).find(is_end) {
        end = at;
    }
    (it.first, it.end) = (first, end);
}

/// «بالأزلام»: a preposition and a noun with its article, which is no family name like «بالحاج» and «بالطيب», nor a
/// foreign one that was never seen, like «كاليستوفا».
fn is_article_behind_clitic(form: &Form) -> bool {
    let is_known = form.entry.clusters[0] != 0;
    form.clitic != 0 && form.has_article && is_known && form.entry.lists & NAMES == 0 && !has_trigger(form, "title")
}

/// A person's name ends before a calling of which it is said what it belongs to, «أحمد الطيب شيخ الأزهر», and begins
/// behind a title in front of a given name, «صاحب السمو الشيخ محمد بن راشد».
fn cut_calling(article: &Labelled, it: &mut Found) {
    let form = |at: usize| article.form(it.line, at);
    let is_given = |at: usize| form(at).is_some_and(|form| form.entry.lists & list::GIVEN_NAME != 0);
    if it.kind != EntityKind::Person {
        return;
    }
    let is_title = |at: &usize| {
        form(*at).is_some_and(|form| form.has_article && has_trigger(form, "title") && form.entry.lists & NAMES == 0)
    };
    let title = (it.first + 1..it.end - 1)
        .rev()
        .find(|at| is_title(at) && is_given(at + 1));
    if let Some(at) = title.filter(|_| !is_given(it.first)) {
        it.first = at + 1;
    }
    let is_calling = |at: &usize| {
        let is_office = form(*at).is_some_and(|form| {
            let is_office = has_trigger(form, "office") || TITLES.iter().any(|it| hash_of(it) == form.word);
            is_office && form.clitic == 0 && !form.has_article && form.entry.lists & NAMES == 0
        });
        let is_bound = form(at + 1).is_some_and(|form| ["الدين", "الله"].iter().any(|it| hash_of(it) == form.word));
        is_office && !is_bound && form(at + 1).is_some_and(|form| form.has_article)
    };
    if let Some(at) = (it.first + 2..it.end).find(is_calling) {
        it.end = at;
    }
}

/// A name ends before a word that is part of none.
fn cut_at_small_words(article: &Labelled, it: &mut Found) {
    const ENDS: [&str; 6] = ["ضد", "الذي", "التي", "اليوم", "امس", "الان"];
    let ends = ENDS.map(hash_of);
    let is_end = |at: &usize| {
        article.form(it.line, *at).is_some_and(|form| {
            // «لجنة المتابعة ستعقد».
            let is_verb = CLITICS[usize::from(form.clitic)].0.ends_with('س');
            is_verb && it.kind == EntityKind::Organisation || ends.contains(&form.word)
        })
    };
    if let Some(end) = (it.first + 1..it.end).find(is_end) {
        it.end = end;
    }
}

/// «الجيش الإسرائيلي» ends with the adjective of the country, unless another follows: «الحكومة الليبية المؤقتة».
fn cut_state_body(article: &Labelled, it: &mut Found) {
    let form = |at: usize| article.form(it.line, at);
    let is_body = |form: &Form| BODIES.iter().any(|body| hash_of(body) == form.bare);
    let is_nisba = |form: &Form| form.entry.lists & list::NISBA != 0;
    if it.kind == EntityKind::Organisation
        && it.first + 2 < it.end
        && form(it.first).is_some_and(is_body)
        && form(it.first + 1).is_some_and(is_nisba)
        && form(it.first + 2).is_some_and(|it| !it.has_article && it.kind == TokenKind::Arabic)
    {
        it.end = it.first + 2;
    }
}

/// «المكتب السياسي لحركة المقاومة الإسلامية» is a part of the organisation, which is the name.
fn cut_part(article: &Labelled, it: &mut Found) {
    const PARTS: [&str; 3] = ["المكتب", "الجناح", "الذراع"];
    let form = |at: usize| article.form(it.line, at);
    let is_part = form(it.first).is_some_and(|form| PARTS.iter().any(|part| hash_of(part) == form.bare));
    let is_of = form(it.first + 2).is_some_and(|form| CLITICS[usize::from(form.clitic)].0.ends_with('ل'));
    if it.kind == EntityKind::Organisation && it.first + 3 < it.end && is_part && is_of {
        it.first += 2;
    }
}

/// A name of several words that the lists have is whole, although only a part of it was found, or nothing: «شي جين
/// بينغ».
fn add_known(article: &Labelled, line: usize, found: &mut Vec<Found>) {
    for &(first, end, kind) in article.known.get(line).into_iter().flatten() {
        let overlaps = |it: &Found| it.line == line && it.first < end && first < it.end;
        // «مدينة غزة» stands in the lists; the name is «غزة».
        let begins_with_head = article
            .form(line, first)
            .is_some_and(|form| has_trigger(form, "place_head"));
        if kind == EntityKind::Place && (begins_with_head || !found.iter().any(overlaps)) {
            continue;
        }
        let is_inside = |it: &Found| first <= it.first && it.end <= end && (it.first, it.end) != (first, end);
        if found.iter().filter(|it| overlaps(it)).all(is_inside) {
            found.retain(|it| !overlaps(it));
            found.push(Found { line, first, end, kind });
        }
    }
}

/// God, and wishes that name Him: «رحمه الله», «بإذن الله الشيخ».
fn is_wish(article: &Labelled, it: &Found) -> bool {
    const WISHES: [&str; 7] = ["رحمه", "حفظه", "باذن", "طيب", "رعاه", "وفقه", "بارك"];
    let is = |at: usize, words: &[&str]| {
        article
            .form(it.line, at)
            .is_some_and(|form| words.iter().any(|word| hash_of(word) == form.bare))
    };
    // No name of a person begins with God's, and «لا إله إلا الله العظيم» speaks of none.
    is(it.first, &["الله"]) || is(it.first, &WISHES[..1]) || is(it.first, &WISHES) && is(it.first + 1, &["الله"])
}

/// «قطاع» is a place only with the name of one, «قطاع غزة»: «قطاع الرعاية الصحية» is a part of the economy.
fn is_sector(article: &Labelled, it: &Found) -> bool {
    let form = |at: usize| article.form(it.line, at);
    it.kind == EntityKind::Place
        && form(it.first).is_some_and(|form| form.bare == hash_of("قطاع"))
        && form(it.first + 1).is_none_or(|form| form.entry.lists & (list::COUNTRY | list::CITY | list::PLACE) == 0)
}

/// What stands in Latin letters in an Arabic article is an organisation, or a product: «Session Manager» is nobody, and
/// «Quantum of Solace» is no place.
fn is_brand(article: &Labelled, it: &Found) -> bool {
    let is_other = |at: usize| {
        article
            .form(it.line, at)
            .is_some_and(|form| form.kind == TokenKind::Other)
    };
    it.kind != EntityKind::Organisation && (it.first..it.end).any(is_other)
}

/// «مالي» is a country, and an adjective behind an indefinite noun: «تقرير مالي».
fn is_adjective(article: &Labelled, it: &Found) -> bool {
    /// Countries whose names are adjectives, too.
    const ADJECTIVES: [&str; 1] = ["مالي"];
    /// What countries have, although it is also said of companies.
    const OF_COUNTRIES: [&str; 3] = ["حكومه", "جيش", "منتخب"];
    let is_one_of = |form: &Form, words: &[&str]| words.iter().any(|word| hash_of(word) == form.bare);
    let is_like_adjective = it.kind == EntityKind::Place
        && it.first + 1 == it.end
        && article
            .form(it.line, it.first)
            .is_some_and(|form| form.clitic == 0 && is_one_of(form, &ADJECTIVES));
    let before = it.first.checked_sub(1).and_then(|at| article.form(it.line, at));
    is_like_adjective
        && before.is_some_and(|form| {
            let is_announcing = ["office", "title", "place_head"]
                .iter()
                .any(|trigger| has_trigger(form, trigger));
            // Prepositions are short, nouns of the language of finance are not.
            let is_noun = form.kind == TokenKind::Arabic && !form.has_article && 3 <= form.n_letters();
            is_noun && !is_announcing && !is_one_of(form, &OF_COUNTRIES)
        })
}

/// A given name behind a title, an office or a verb of saying, and a rare word with the article behind it, is a person:
/// «قالت وفاء العكاري».
fn add_people(article: &Labelled, line: usize, found: &mut Vec<Found>) {
    // More than some 8,000 times: folding makes «آن» one with «أن».
    const FREQUENT: u8 = 144;
    for at in 1..article.lines[line].tokens.len() {
        let (Some(given), Some(family)) = (article.form(line, at), article.form(line, at + 1)) else {
            continue;
        };
        let is_given =
            given.entry.lists & list::GIVEN_NAME != 0 && given.clitic == 0 && given.entry.frequency < FREQUENT;
        let is_family = family.has_article
            && family.clitic == 0
            && family.entry.lists == 0
            && family.entry.triggers == 0
            && family.entry.frequency < RARE;
        if is_given && is_family && is_announced(article, line, at) && is_free(found, line, at, at + 2) {
            found.push(Found {
                line,
                first: at,
                end: at + 2,
                kind: EntityKind::Person,
            });
        }
    }
}

/// Whether a title, an office or a verb of saying stands before a token, or before up to two definite words in front of
/// it: «وزيرة المالية أسماء القرطبي».
fn is_announced(article: &Labelled, line: usize, at: usize) -> bool {
    for before in (at.saturating_sub(3)..at).rev() {
        let Some(form) = article.form(line, before) else {
            return false;
        };
        if ["title", "office", "says"].iter().any(|it| has_trigger(form, it)) {
            return true;
        }
        if !form.has_article {
            return false;
        }
    }
    false
}

fn has_trigger(form: &Form, name: &str) -> bool {
    let bit = TRIGGERS.iter().position(|it| *it == name);
    bit.is_some_and(|bit| form.entry.triggers >> bit & 1 == 1)
}

fn is_free(found: &[Found], line: usize, first: usize, end: usize) -> bool {
    !found
        .iter()
        .any(|it| it.line == line && it.first < end && first < it.end)
}

/// Bodies of states, which are particular ones only with the adjective of a country.
const BODIES: [&str; 12] = [
    "الخارجيه",
    "الداخليه",
    "الجيش",
    "الحكومه",
    "البرلمان",
    "الشرطه",
    "الاستخبارات",
    "المخابرات",
    "الكنيست",
    "الكونغرس",
    "الدفاع",
    "الماليه",
];

/// «الخارجية الروسية», «الجيش اللبناني»: a body of a state with the adjective of a country. Not «وزير الخارجية الروسي»,
/// which is a man's office, told by the word before or by an adjective of another gender.
fn add_state_bodies(article: &Labelled, line: usize, found: &mut Vec<Found>) {
    let bodies: HashMap<u64, bool> = BODIES
        .iter()
        .map(|it| {
            (
                hash_of(it),
                !matches!(*it, "الجيش" | "البرلمان" | "الكنيست" | "الكونغرس"),
            )
        })
        .collect();
    let n_tokens = article.lines[line].tokens.len();
    for at in 0..n_tokens.saturating_sub(1) {
        let (Some(body), Some(adjective)) = (article.form(line, at), article.form(line, at + 1)) else {
            continue;
        };
        let Some(is_feminine) = bodies.get(&body.bare) else {
            continue;
        };
        let is_of_country = adjective.clitic == 0 && adjective.entry.lists & list::NISBA != 0;
        if !is_of_country || *is_feminine != adjective.is_feminine_nisba() || !is_free(found, line, at, at + 2) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|it| article.form(line, it));
        let is_held = before.is_some_and(|it| has_trigger(it, "office") || has_trigger(it, "organisation_head"));
        if !is_held {
            found.push(Found {
                line,
                first: at,
                end: at + 2,
                kind: EntityKind::Organisation,
            });
        }
    }
}

/// What stands in brackets behind an organisation, «حركة المقاومة الإسلامية (حماس)», or behind «المعروفة بـ», is its
/// short name, where it looks like one.
fn add_short_forms(article: &Labelled, line: usize, found: &mut Vec<Found>) {
    let long: Vec<Found> = found
        .iter()
        .filter(|it| it.kind == EntityKind::Organisation)
        .copied()
        .collect();
    for it in long {
        let Some((first, end)) = short_form_slot(article, &it) else {
            continue;
        };
        if is_free(found, line, first, end) && is_like_short_form(article, &it, first, end) {
            found.push(Found {
                line,
                first,
                end,
                kind: EntityKind::Organisation,
            });
        }
    }
}

/// The organisations to which the article gives a short name, each with the place of that name.
pub fn stated_short_forms(article: &Labelled, found: &[Found]) -> Vec<(Found, Found)> {
    let organisations = || found.iter().filter(|it| it.kind == EntityKind::Organisation);
    organisations()
        .filter(|it| 2 <= it.end - it.first && is_headed(article, it))
        .filter_map(|long| {
            let (first, end) = short_form_slot(article, long)?;
            let short = organisations().find(|it| (it.line, it.first, it.end) == (long.line, first, end))?;
            Some((*long, *short))
        })
        .collect()
}

/// The tokens that stand where a short name would: in brackets, or behind «المعروفة بـ» and the like, perhaps in quotes.
fn short_form_slot(article: &Labelled, long: &Found) -> Option<(usize, usize)> {
    const KNOWN_AS: [&str; 8] = [
        "المعروفه",
        "المعروف",
        "المعروفين",
        "تعرف",
        "يعرف",
        "المختصره",
        "اختصارا",
        "باختصار",
    ];
    const BETWEEN: [&str; 5] = ["ب", "باسم", "اختصارا", "ايضا", "باختصار"];
    /// The longest are spelled letter by letter: «بي بي سي عربي».
    const MOST_TOKENS: usize = 8;
    let form = |at: usize| article.form(long.line, at);
    let is = |at: usize, word: &str| form(at).is_some_and(|it| it.word == hash_of(word));
    let is_one_of = |at: usize, words: &[&str]| words.iter().any(|word| is(at, word));
    let mut at = long.end + usize::from(is(long.end, "\""));
    let is_known_as = is_one_of(at, &KNOWN_AS);
    while is_known_as && (is_one_of(at, &KNOWN_AS) || is_one_of(at, &BETWEEN)) {
        at += 1;
    }
    let in_brackets = is(at, "(");
    at += usize::from(in_brackets);
    let in_quotes = is(at, "\"");
    at += usize::from(in_quotes);
    let first = at;
    let closing = match (in_brackets, in_quotes) {
        (_, true) => "\"",
        (true, false) => ")",
        // Without marks around it, it is one word.
        (false, false) => return (is_known_as && form(first)?.kind != TokenKind::Mark).then_some((first, first + 1)),
    };
    if !in_brackets && !is_known_as {
        return None;
    }
    let end = (first + 1..first + 1 + MOST_TOKENS).find(|at| is(*at, closing))?;
    // The point behind the last letter of «بي. بي. سي.» is none of the name.
    Some((first, if is(end - 1, ".") { end - 1 } else { end }))
}

/// Whether tokens that no name was found in look like a short name of an organisation: a known one, capitals, letters
/// spelled out, or one rare word behind a name that says what kind of organisation it is.
fn is_like_short_form(article: &Labelled, long: &Found, first: usize, end: usize) -> bool {
    /// How the letters of Latin abbreviations are spelled, folded.
    const LETTERS: &str =
        "اي ايه بي سي دي اف جي اتش اي جيه جاي كي كيه ال ام ان او بي كيو ار اس تي يو في دبليو اكس واي زد ا ب ت د ف س م";
    let forms: Vec<&Form> = (first..end).filter_map(|at| article.form(long.line, at)).collect();
    let words: Vec<&&Form> = forms.iter().filter(|it| it.kind != TokenKind::Mark).collect();
    let is_capitals = !words.is_empty()
        && words
            .iter()
            .all(|it| it.kind == TokenKind::Other && it.is_in_capitals());
    let is_letter = |it: &Form| LETTERS.split(' ').any(|letter| hash_of(letter) == it.word);
    let is_spelled = 2 <= words.len() && words.iter().all(|it| is_letter(it));
    if is_capitals || is_spelled {
        return true;
    }
    let [only] = forms[..] else { return false };
    let others = list::COUNTRY | list::CITY | list::PLACE | list::NISBA | list::GIVEN_NAME | list::PERSON;
    let is_rare = only.clitic == 0
        && !only.has_article
        && only.entry.lists & others == 0
        && only.entry.triggers == 0
        && only.entry.frequency < RARE
        && is_headed(article, long);
    only.kind == TokenKind::Arabic && (only.entry.lists & list::ORGANISATION != 0 || is_rare)
}

/// Whether a name begins with a word that says what kind of organisation it is: «هيئة», «الاتحاد».
fn is_headed(article: &Labelled, it: &Found) -> bool {
    const DEFINITE: &str = "الاتحاد الهييه المنظمه الشركه اللجنه المجلس الجمعيه الجامعه الموسسه البنك الوكاله الشبكه المركز \
                            الحزب الحركه الجبهه الصندوق الرابطه النقابه المعهد المكتب المفوضيه المحكمه المجموعه الجهاز";
    article.form(it.line, it.first).is_some_and(|first| {
        has_trigger(first, "organisation_head") || DEFINITE.split_whitespace().any(|word| hash_of(word) == first.bare)
    })
}

/// The names of a line of keywords without punctuation, as feeds append them to an article: «روسيا إسرائيل غزة حماس».
///
/// Such a line is the last of its article, of six words or more, has no mark, none of the small words that a sentence
/// or a headline has, and mostly known names; the model, which learnt from sentences, joins them into one.
fn keyword_tail(article: &Labelled, line: usize) -> Option<Vec<Found>> {
    const SMALL_WORDS: [&str; 14] = [
        "في", "من", "على", "الي", "عن", "ان", "مع", "بعد", "قبل", "بين", "التي", "الذي", "هذا", "ما",
    ];
    let n_tokens = article.lines[line].tokens.len();
    if line + 1 != article.lines.len() || n_tokens < 6 {
        return None;
    }
    let small_words: HashSet<u64> = SMALL_WORDS.iter().map(|it| hash_of(it)).collect();
    let is_list = (0..n_tokens).all(|at| {
        article
            .form(line, at)
            .is_some_and(|it| it.kind != TokenKind::Mark && !small_words.contains(&it.word))
    });
    if !is_list {
        return None;
    }
    // The names that the rest of the article has, and those of the lists.
    let mut known: HashMap<u64, EntityKind> = HashMap::new();
    for (other, labels) in article.labels.iter().enumerate().filter(|(other, _)| *other != line) {
        for it in spans_of(other, labels) {
            known.entry(key(article, &it)).or_insert(it.kind);
        }
    }
    let mut found = Vec::new();
    let mut n_known = 0;
    let mut at = 0;
    while at < n_tokens {
        let longest = (1..=6.min(n_tokens - at)).rev().find_map(|n| {
            let mut it = Found {
                line,
                first: at,
                end: at + n,
                kind: EntityKind::Place,
            };
            it.kind = match known.get(&key(article, &it)) {
                Some(kind) => *kind,
                None if n == 1 => listed_kind(article.form(line, at)?)?,
                None => return None,
            };
            Some(it)
        });
        at = longest.map_or(at + 1, |it| it.end);
        n_known += longest.map_or(0, |it| it.end - it.first);
        found.extend(longest);
    }
    (n_tokens < 2 * n_known).then_some(found)
}

fn listed_kind(form: &Form) -> Option<EntityKind> {
    let lists = form.entry.lists;
    match () {
        () if form.clitic != 0 => None,
        () if lists & (list::COUNTRY | list::PLACE | list::CITY) != 0 => Some(EntityKind::Place),
        () if lists & list::ORGANISATION != 0 => Some(EntityKind::Organisation),
        () if lists & list::PERSON != 0 => Some(EntityKind::Person),
        () => None,
    }
}

/// A hash of a name's words, clitics left out.
fn key(article: &Labelled, it: &Found) -> u64 {
    let words = (it.first..it.end).filter_map(|at| article.form(it.line, at));
    words.enumerate().fold(0, |hash, (idx, form)| {
        mix(hash, if idx == 0 { form.bare } else { form.word })
    })
}

/// What is a person's full name in one place of the article is one in every place, and the family name alone is that
/// person too. Other names of several words are believed in every place when they were found in two: organisations are
/// often called by words that in another place are none of a name.
fn add_repeated(article: &Labelled, found: &mut Vec<Found>) {
    let mut of_first: HashMap<u64, Vec<(usize, u64, EntityKind)>> = HashMap::new();
    let mut families: HashSet<u64> = HashSet::new();
    let mut seen: HashSet<u64> = HashSet::new();
    // «رافد», once it was said to be short for an organisation.
    let short_forms: HashSet<u64> = stated_short_forms(article, found)
        .iter()
        .filter(|(_, short)| short.first + 1 == short.end)
        .filter_map(|(_, short)| article.form(short.line, short.first))
        .filter(|form| form.entry.frequency < RARE)
        .map(|form| form.bare)
        .collect();
    for it in found.iter().filter(|it| 1 < it.end - it.first) {
        let (Some(first), Some(last)) = (article.form(it.line, it.first), article.form(it.line, it.end - 1)) else {
            continue;
        };
        let name = (it.end - it.first, key(article, it), it.kind);
        let names = of_first.entry(first.bare).or_default();
        let is_believed = it.kind == EntityKind::Person || !seen.insert(name.1);
        if is_believed && !names.contains(&name) {
            names.push(name);
        }
        if it.kind == EntityKind::Person && is_family_name(article, it, last) {
            families.insert(last.bare);
        }
    }
    // Longer names first; of one length the order of the article stays.
    of_first
        .values_mut()
        .for_each(|names| names.sort_by_key(|(n_tokens, _, _)| usize::MAX - n_tokens));
    for line in 0..article.lines.len() {
        let n_tokens = article.lines[line].tokens.len();
        let mut taken = vec![false; n_tokens];
        for it in found.iter().filter(|it| it.line == line) {
            taken[it.first..it.end].fill(true);
        }
        for at in 0..n_tokens {
            let Some(form) = article.form(line, at) else { continue };
            let is_free = |end: usize| end <= n_tokens && !taken[at..end].iter().any(|it| *it);
            let repeated = of_first.get(&form.bare).and_then(|names| {
                names.iter().find_map(|(n, name, kind)| {
                    let it = Found {
                        line,
                        first: at,
                        end: at + n,
                        kind: *kind,
                    };
                    (is_free(it.end) && key(article, &it) == *name).then_some(it)
                })
            });
            let kind = match () {
                () if short_forms.contains(&form.bare) => Some(EntityKind::Organisation),
                () if families.contains(&form.bare) => Some(EntityKind::Person),
                () => None,
            };
            let alone = kind.filter(|_| is_free(at + 1)).map(|kind| Found {
                line,
                first: at,
                end: at + 1,
                kind,
            });
            if let Some(it) = repeated.or(alone) {
                taken[it.first..it.end].fill(true);
                found.push(it);
            }
        }
    }
}

/// Whether the last word of a full name can stand for it: it is no father's or grandfather's name, no title, no
/// adjective of a country and no frequent word: «أحمد الوزير» does not make every minister a man of that name.
fn is_family_name(article: &Labelled, name: &Found, last: &Form) -> bool {
    // 16 × ln(1 + n): a word that stood more than 400 times in the articles of the lexicon.
    const FREQUENT: u8 = 96;
    let son = [hash_of("بن"), hash_of("ابن"), hash_of("بنت")];
    let has_son = (name.first..name.end).any(|at| article.form(name.line, at).is_some_and(|it| son.contains(&it.word)));
    let is_known = last.entry.lists & list::PERSON != 0;
    last.kind == TokenKind::Arabic
        && !has_son
        && last.entry.triggers == 0
        && last.entry.lists & (list::NISBA | list::GIVEN_NAME | list::COUNTRY) == 0
        && (is_known || last.entry.frequency < FREQUENT)
}

/// The tokens that say what a person is: «نائب وزير الخارجية الروسي» before or behind the name.
///
/// An office behind the name says more than a title before it: of «اللواء خليل بدران، مدير الشرطة», it is the office.
///
/// What stands before «و» and the name is another's: `is_joined` says that the name has it.
pub fn role(article: &Labelled, found: &[Found], person: &Found, is_joined: bool) -> Option<(usize, usize)> {
    let before = if is_joined {
        None
    } else {
        role_before(article, found, person)
    };
    let is_title = before.is_none_or(|(first, end)| first + 1 == end);
    let behind = if is_title {
        role_behind(article, found, person)
    } else {
        None
    };
    behind.or(before)
}

/// How many words a role has at most; the longest seen are «نائب رئيس مجلس الوزراء وزير الخارجية وشؤون المغتربين».
const MAX_ROLE: usize = 8;

fn role_before(article: &Labelled, found: &[Found], person: &Found) -> Option<(usize, usize)> {
    let form = |at: usize| article.form(person.line, at);
    let mut end = person.first;
    // «المتحدث باسم نتنياهو» is somebody else.
    if form(end.checked_sub(1)?).is_some_and(|it| it.word == hash_of("باسم")) {
        return None;
    }
    // «السيد», «الدكتور» are forms of address.
    while let Some(at) = end.checked_sub(1)
        && let Some(address) = form(at).filter(|it| is_address(it))
    {
        end = at;
        if address.clitic != 0 {
            return None;
        }
    }
    let mut first = None;
    for at in (end.saturating_sub(MAX_ROLE)..end).rev() {
        let form = form(at).filter(|it| it.kind == TokenKind::Arabic)?;
        let begins = is_office(form) || has_trigger(form, "title") && !is_address(form);
        if begins {
            first = Some(at);
        }
        if !begins && !goes_on(article, found, person.line, at) && !is_within_role(form) {
            break;
        }
        // «وقال الرئيس»: what stands before a clitic belongs to something else.
        if begins && form.clitic != 0 {
            break;
        }
    }
    first.map(|first| (first, end))
}

fn role_behind(article: &Labelled, found: &[Found], person: &Found) -> Option<(usize, usize)> {
    let comma = hash_of("،");
    let has_comma = article.form(person.line, person.end).is_some_and(|it| it.word == comma);
    let first = person.end + usize::from(has_comma);
    let form = article
        .form(person.line, first)
        .filter(|it| it.clitic == 0 && !it.has_article)?;
    if !is_office(form) {
        return None;
    }
    // What may be the last word of a role, and words that need another behind them: «نائب رئيس مجلس إدارة البنك».
    let mut end = first + 1;
    for at in first + 1..first + MAX_ROLE {
        let Some(form) = article.form(person.line, at).filter(|it| it.kind == TokenKind::Arabic) else {
            break;
        };
        let is_person = found
            .iter()
            .any(|it| it.line == person.line && it.kind == EntityKind::Person && it.first <= at && at < it.end);
        let is_office = is_office(form) && form.clitic == 0;
        let is_last = goes_on(article, found, person.line, at);
        // «رئيس المجلس والدكتور فلان»: another begins.
        let is_another = form.clitic != 0 && (is_address(form) || has_trigger(form, "title"));
        if is_person || is_another || !(is_office || is_last || is_within_role(form)) {
            break;
        }
        if is_office || is_last {
            end = at + 1;
        }
    }
    (first + 1 < end).then_some((first, end))
}

/// Whether an indefinite word stands in the middle of roles: «نائب رئيس مجلس إدارة البنك», «وزير شؤون الرئاسة».
fn is_within_role(form: &Form) -> bool {
    const WITHIN: [&str; 13] = [
        "عهد",
        "باسم",
        "بلسان",
        "اداره",
        "شوون",
        "عام",
        "قسم",
        "قطاع",
        "حقوق",
        "امن",
        "تنفيذي",
        "اول",
        "خدمات",
    ];
    form.clitic == 0 && (has_trigger(form, "organisation_head") || WITHIN.iter().any(|it| hash_of(it) == form.word))
}

/// Whether a word can stand within a role: it is definite, or part of the name of an organisation or a place.
fn goes_on(article: &Labelled, found: &[Found], line: usize, at: usize) -> bool {
    let is_named = found
        .iter()
        .any(|it| it.line == line && it.kind != EntityKind::Person && it.first <= at && at < it.end);
    is_named || article.form(line, at).is_some_and(|it| it.has_article)
}

/// Whether a word says what office a person holds.
fn is_office(form: &Form) -> bool {
    const DEFINITE: &str = "الامين المتحدث المتحدثه الناطق الناطقه المبعوث المفوض المنسق القايم";
    has_trigger(form, "office") || DEFINITE.split(' ').any(|it| hash_of(it) == form.bare)
}

/// Whether a word before a name is how one speaks to or of a person, rather than what he or she is.
fn is_address(form: &Form) -> bool {
    const ADDRESSES: &str = "السيد السيده الدكتور الدكتوره د الاستاذ الاستاذه الحاج الحاجه الراحل الراحله المرحوم المرحومه الشيخ الشيخه \
                             الامير الاميره سمو الشهيد الشهيده المواطن المواطنه الشاب الشابه الطفل الطفله زوجها زوجته شقيقه شقيقها شقيقته \
                             شقيقتها نجله نجلها زميله زميلها زميلته والده والدها والدته ابنه ابنته";
    ADDRESSES.split_whitespace().any(|it| hash_of(it) == form.bare)
}
