//! Whether two texts are one story.
//!
//! The limits were chosen by reading pairs of articles from different newspapers. Of pairs whose shingles have a
//! Jaccard index of 0.5 to 0.7, some nine in ten are one story, and so are nearly all whose shorter text is contained
//! in the longer one by 0.7; the exceptions are templates.

use std::collections::HashSet;
use std::sync::OnceLock;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::arabic::WordKind;
use crate::index::analysis::{analysed, folded_words};

use super::sketch::{FEWEST_SHINGLES, MOST_WORDS, shingles};

/// The same text: the Jaccard index, or the share of the shorter text's shingles in the longer one, is this or more.
const SAME_JACCARD: f64 = 0.7;
const SAME_CONTAINMENT: f64 = 0.8;
/// The same story, if they were also published at most this many days apart. The days are a guess.
const NEAR_JACCARD: f64 = 0.5;
const NEAR_DAYS: u32 = 3;
/// Texts with different facts share a template unless they differ in this many times as many other places. Of the pairs
/// that were read, reports of a stock exchange had 0.4 to 2.5 times as many, reprints 6 or more.
const TEMPLATE_SHARE: usize = 3;

/// Short notices of one outlet may share no more than what it says below all of them: up to this many words, below what
/// each has of its own. The number is a guess, twice the longest such words seen.
const MOST_SHARED_WORDS: usize = 100;
/// Of the words that a notice has of its own, one in this many at most occurs in the other notice or in what they share; of
/// two versions of one report more do. A guess.
const OWN_WORDS: usize = 3;
/// A part with fewer words of its own is too short to tell. Words of fewer letters are in any text. Guesses.
const FEWEST_WORDS: usize = 3;
const FEWEST_LETTERS: usize = 4;

/// A text prepared for comparison.
pub struct Text {
    /// Its words, folded, as hashes.
    words: Vec<u64>,
    /// In rising order.
    shingles: Vec<u64>,
    body: String,
    names: Vec<String>,
    /// See [`Text::facts`].
    facts: OnceLock<HashSet<u64>>,
    day: Option<i32>,
}

impl Text {
    /// The text of an article with this body, these names and this day of publication.
    pub fn new(body: String, names: Vec<String>, day: Option<i32>) -> Self {
        let mut words = analysed(&body).hashes;
        words.truncate(MOST_WORDS);
        Self {
            shingles: shingles(&words),
            words,
            body,
            names,
            facts: OnceLock::new(),
            day,
        }
    }

    /// Its words that are numbers or parts of names. Most texts are told apart without them, so they are computed late.
    fn facts(&self) -> &HashSet<u64> {
        self.facts.get_or_init(|| {
            let of_names: HashSet<String> = self
                .names
                .iter()
                .flat_map(|name| folded_words(name))
                .map(|word| word.stem().to_owned())
                .collect();
            folded_words(&self.body)
                .filter(|word| word.kind == WordKind::Number || of_names.contains(word.stem()))
                .map(|word| xxh3_64(word.surface().as_bytes()))
                .collect()
        })
    }

    /// Whether the two are one story.
    pub fn is_one_story_with(&self, other: &Self) -> bool {
        let (a, b) = (self.shingles.len(), other.shingles.len());
        let n_shared = n_shared(&self.shingles, &other.shingles);
        if a == n_shared && b == n_shared {
            return true;
        }
        let shorter = a.min(b);
        if shorter < FEWEST_SHINGLES {
            return false;
        }
        let jaccard = n_shared as f64 / (a + b - n_shared) as f64;
        let containment = n_shared as f64 / shorter as f64;
        let is_near = are_near(self.day, other.day);
        let is_alike = SAME_JACCARD <= jaccard || SAME_CONTAINMENT <= containment || NEAR_JACCARD <= jaccard && is_near;
        is_alike && !self.is_of_one_template_with(other) && !self.has_only_the_same_end_as(other)
    }

    /// Whether both begin with sentences of their own, about different things, and share only what stands below.
    fn has_only_the_same_end_as(&self, other: &Self) -> bool {
        let (mine, theirs) = (sentences(&self.body), sentences(&other.body));
        let keys = |sentences: &[Sentence]| sentences.iter().map(|it| it.key).collect::<HashSet<u64>>();
        let (my_keys, their_keys) = (keys(&mine), keys(&theirs));
        let begins_alone = |sentences: &[Sentence], keys: &HashSet<u64>| {
            sentences.first().is_some_and(|first| !keys.contains(&first.key))
        };
        if !begins_alone(&mine, &their_keys) || !begins_alone(&theirs, &my_keys) {
            return false;
        }
        let (shared, mine): (Vec<_>, Vec<_>) = mine.into_iter().partition(|it| their_keys.contains(&it.key));
        let theirs: Vec<Sentence> = theirs.into_iter().filter(|it| !my_keys.contains(&it.key)).collect();
        let n_shared: usize = shared.iter().map(|it| it.n_words).sum();
        let stems = |sentences: Vec<Sentence>| sentences.into_iter().flat_map(|it| it.stems).collect::<HashSet<u64>>();
        let (shared, mine, theirs) = (stems(shared), stems(mine), stems(theirs));
        let are_apart = |a: &HashSet<u64>, b: &HashSet<u64>| OWN_WORDS * a.intersection(b).count() <= a.len();
        (1..=MOST_SHARED_WORDS).contains(&n_shared)
            && FEWEST_WORDS <= mine.len().min(theirs.len())
            && are_apart(&mine, &theirs)
            && are_apart(&theirs, &mine)
            && are_apart(&mine, &shared)
            && are_apart(&theirs, &shared)
    }

    /// Whether the difference is in the facts: where one text has a number or name, the other has a different one.
    ///
    /// A single number may have changed since, such as a death toll; reprints are mostly reworded.
    fn is_of_one_template_with(&self, other: &Self) -> bool {
        let (n_facts, n_others) = self.replaced(other);
        match n_facts {
            0 => false,
            1 => n_others == 0,
            _ => n_others <= TEMPLATE_SHARE * n_facts,
        }
    }

    /// The number of places where one fact replaces another, and of other differences.
    fn replaced(&self, other: &Self) -> (usize, usize) {
        let (mut n_facts, mut n_others) = (0, 0);
        for op in capture_diff_slices(Algorithm::Myers, &self.words, &other.words) {
            let DiffOp::Replace { .. } = op else {
                n_others += usize::from(!matches!(op, DiffOp::Equal { .. }));
                continue;
            };
            let facts = |text: &Self, range| -> HashSet<u64> {
                let words: &[u64] = &text.words[range];
                words.iter().filter(|it| text.facts().contains(it)).copied().collect()
            };
            let (mine, theirs) = (facts(self, op.old_range()), facts(other, op.new_range()));
            let is_fact = !mine.is_empty() && !theirs.is_empty() && mine.is_disjoint(&theirs);
            n_facts += usize::from(is_fact);
            n_others += usize::from(!is_fact);
        }
        (n_facts, n_others)
    }
}

/// A sentence of a text.
struct Sentence {
    /// The same for the same words, however they are spelled.
    key: u64,
    n_words: usize,
    /// Of its longer words.
    stems: Vec<u64>,
}

fn sentences(body: &str) -> Vec<Sentence> {
    let of = |text: &str| {
        let mut key = Xxh3::new();
        let (mut n_words, mut stems) = (0, Vec::new());
        for word in folded_words(text) {
            key.update(word.surface().as_bytes());
            key.update(b" ");
            n_words += 1;
            if FEWEST_LETTERS <= word.surface().chars().count() {
                stems.push(xxh3_64(word.stem().as_bytes()));
            }
        }
        (0 < n_words).then(|| Sentence {
            key: key.digest(),
            n_words,
            stems,
        })
    };
    body.split(['\n', '.', '؟', '!', '…']).filter_map(of).collect()
}

/// Whether two texts may be of the same days.
pub fn are_near(day: Option<i32>, other: Option<i32>) -> bool {
    day.zip(other).is_none_or(|(a, b)| a.abs_diff(b) <= NEAR_DAYS)
}

/// The number of elements that two sorted lists share.
fn n_shared(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut n = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                n += 1;
                a.next();
                b.next();
            }
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An invented report of 60 words, with «#» for a number and «@» for a name.
    const REPORT: &str = "قال متحدث باسم بلدية المدينة إن فرق الصيانة أنهت # مرحلة من أعمال الطريق الساحلي بإشراف @ \
        وإن الحركة عادت إلى طبيعتها صباح اليوم بعد إغلاق دام # أسبوعا وأضاف في بيان وزع على الصحفيين أن الكلفة بلغت # \
        مليونا وأن المرحلة التالية تبدأ مطلع الشهر وتشمل إنارة الأرصفة وزراعة الأشجار وتوسعة المواقف قرب المرفأ القديم \
        ودعا @ السائقين إلى الالتزام بالسرعة المحددة عند # تقاطعات";

    fn filled(template: &str, numbers: &[&str], names: &[&str]) -> String {
        let (mut numbers, mut names) = (numbers.iter(), names.iter());
        let words = template.split_whitespace().map(|word| match word {
            "#" => numbers.next().unwrap(),
            "@" => names.next().unwrap(),
            word => word,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(a: &str, b: &str, days: (i32, i32), is_one: bool) {
        let text = |body: &str, day| {
            let names = ["سالم الجبلي", "هند الساحلي"].map(str::to_owned);
            Text::new(body.to_owned(), names.into(), Some(day))
        };
        let (a, b) = (text(a, days.0), text(b, days.1));
        assert_eq!(a.is_one_story_with(&b), is_one);
        assert_eq!(b.is_one_story_with(&a), is_one);
    }

    #[test]
    fn a_reprint_is_one_story_and_another_of_a_template_is_not() {
        let report = filled(REPORT, &["3", "6", "40", "5"], &["سالم", "سالم"]);
        check(&report, &report, (0, 400), true);
        // Shortened, with other words at the beginning and at the end.
        let words: Vec<&str> = report.split(' ').collect();
        let shortened = format!("ذكرت الإدارة أن {} حسب المصدر نفسه", words[6..58].join(" "));
        check(&report, &shortened, (0, 1), true);
        // One number was corrected, and a word.
        let corrected = filled(REPORT, &["3", "6", "41", "5"], &["سالم", "سالم"]).replace("الصحفيين", "الإعلاميين");
        check(&report, &corrected, (0, 0), true);
        // The same form, with other numbers and names.
        let other = filled(REPORT, &["4", "9", "72", "8"], &["هند", "هند"]);
        check(&report, &other, (0, 0), false);
        check(
            &report,
            "نص آخر تماما عن مباراة انتهت بالتعادل بين فريقين من الساحل",
            (0, 0),
            false,
        );
    }

    #[test]
    fn notices_above_the_same_words_are_different() {
        const END: &str = "تابعونا على منصات التواصل واشتركوا في نشرتنا البريدية ليصلكم كل جديد. حقوق النشر محفوظة \
            لمؤسسة السدر للصحافة، ولا يجوز النقل إلا بإذن مكتوب من رئيس التحرير، وترسل الطلبات إلى بريد المؤسسة أو إلى \
            صندوقها في المدينة القديمة خلف مبنى المحكمة الشرعية عند الميدان الكبير قبل نهاية كل أسبوع من العام.";
        let notice = |lead: &str| format!("{lead}\n\n{END}");
        let library = notice("افتتحت مكتبة الأطفال في حي النخيل.");
        check(
            &library,
            &notice("أصيب صياد حين انقلب قاربه قرب الميناء."),
            (0, 1),
            false,
        );
        check(
            &library,
            &notice("تعادل فريق الوادي مع فريق الساحل بهدفين لكل منهما."),
            (0, 1),
            false,
        );
        // The same notice in other words, and one with other words below it.
        let again = notice("أعلنت البلدية أن مكتبة الأطفال الجديدة في حي النخيل افتتحت.");
        check(&library, &again, (0, 1), true);
        let report = filled(REPORT, &["3", "6", "40", "5"], &["سالم", "سالم"]);
        let other_end = format!("{report}.\nاشترك في قناتنا لمشاهدة المزيد من الأخبار");
        check(
            &format!("{report}.\nحقوق النشر محفوظة للصحيفة"),
            &other_end,
            (0, 1),
            true,
        );
    }

    #[test]
    fn short_texts_are_one_story_only_if_they_are_the_same() {
        let short = "تعلن الإدارة عن فتح باب التسجيل لجميع الراغبين حتى نهاية الشهر الجاري";
        check(short, &short.replace("نهاية", "نِهاية"), (0, 90), true);
        check(short, &short.replace("نهاية", "أواخر"), (0, 0), false);
    }
}
