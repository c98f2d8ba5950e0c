//! Numbers and counts with their nouns, in the plural forms of the language.

use crate::arabic::number::{Numerals, grouped, with_numerals};
use crate::arabic::plural::{Plural, plural};
use crate::state::{LinesRead, UpdateProgress};

use super::bidi::isolate;
use super::table::Words;

/// Of less than this, in bytes, only the files are told.
const LARGE: u64 = 8 << 20;

/// A count with its digits and groups.
pub fn number(words: Words<'_>, number: u64) -> String {
    grouped(number, words.0.digits())
}

/// A size in points, or a distance in sizes, in the digits of the settings.
pub fn decimal(words: Words<'_>, value: f32, n_places: usize) -> String {
    let text = format!("{value:.n_places$}");
    match words.0.digits() {
        Numerals::Western => text,
        Numerals::ArabicIndic => with_numerals(&text, words.0.digits()).replace('.', "\u{066B}"),
    }
}

/// «45٪», “45%”.
pub fn percent(words: Words<'_>, percent: u64) -> String {
    let percent = number(words, percent);
    words.say(format!("{percent}٪"), format!("{percent}%"))
}

/// A count with its noun: `arabic` has its six forms for none, one, two, few, many and hundreds, of which the last
/// three follow the number; `english` has its singular and plural. The forms are separated by «|».
pub fn counted(words: Words<'_>, count: u64, arabic: &str, english: &str) -> String {
    let number = number(words, count);
    let form = |forms: &str, idx: usize| forms.split('|').nth(idx).unwrap_or_default().to_owned();
    if !words.is_arabic() {
        return format!("{number} {}", form(english, usize::from(count != 1)));
    }
    match plural(count) {
        Plural::Zero => form(arabic, 0),
        Plural::One => form(arabic, 1),
        Plural::Two => form(arabic, 2),
        Plural::Few => format!("{number} {}", form(arabic, 3)),
        Plural::Many => format!("{number} {}", form(arabic, 4)),
        Plural::Other => format!("{number} {}", form(arabic, 5)),
    }
}

/// «٣ مقالات», “3 articles”.
pub fn n_articles(words: Words<'_>, count: u64) -> String {
    let arabic = "لا مقالات|مقال واحد|مقالان|مقالات|مقالًا|مقال";
    counted(words, count, arabic, "article|articles")
}

/// «3 مقالات جديدة», “3 new articles”.
pub fn n_new(words: Words<'_>, count: u64) -> String {
    let arabic = "لا جديد|مقال جديد واحد|مقالان جديدان|مقالات جديدة|مقالًا جديدًا|مقال جديد";
    counted(words, count, arabic, "new article|new articles")
}

/// In how many saved searches something is new: «جديد في بحثين».
pub fn n_with_news(words: Words<'_>, count: u64) -> String {
    let arabic = "لا جديد|جديد في بحث واحد|جديد في بحثين|عمليات بحث فيها جديد|بحثًا فيها جديد|بحث فيها جديد";
    counted(words, count, arabic, "search has news|searches have news")
}

/// «يرد في 42 مقالًا», “stands in 42 articles”.
pub fn stands_in(words: Words<'_>, articles: u64) -> String {
    let arabic = "لا يرد في مقال|يرد في مقال واحد|يرد في مقالين|مقالات|مقالًا|مقال";
    match words.is_arabic() {
        true if articles < 3 => counted(words, articles, arabic, ""),
        true => format!("يرد في {}", counted(words, articles, arabic, "")),
        false => format!("stands in {}", n_articles(words, articles)),
    }
}

/// «42 مقالًا من أصل 3,000», “42 of 3,000 articles”.
pub fn n_of_articles(words: Words<'_>, found: u64, all: u64) -> String {
    if found == all {
        n_articles(words, all)
    } else if words.is_arabic() {
        format!("{} من أصل {}", n_articles(words, found), number(words, all))
    } else {
        format!("{} of {}", number(words, found), n_articles(words, all))
    }
}

/// «3 مواضع», “3 marks”: notes and highlighted passages.
pub fn marks(words: Words<'_>, count: usize) -> String {
    let arabic = "لا ملاحظات ولا تظليل|موضع واحد|موضعان|مواضع|موضعًا|موضع";
    counted(words, count as u64, arabic, "mark|marks")
}

/// «3 أسطر في مقالين», “3 lines in 2 articles”; where not all articles were read, in how many of them.
pub fn lines(words: Words<'_>, read: &LinesRead) -> String {
    let arabic = "لا أسطر|سطر واحد|سطران|أسطر|سطرًا|سطر";
    let lines = counted(words, read.lines, arabic, "line|lines");
    if read.lines == 0 && read.articles == 0 {
        return String::new();
    }
    if read.articles == read.of {
        let in_articles = in_articles(words, read.with_lines);
        return words.say(format!("{lines} {in_articles}"), format!("{lines} {in_articles}"));
    }
    let (articles, of) = (number(words, read.articles), number(words, read.of));
    words.say(
        format!("{lines} في أول {articles} من {of}"),
        format!("{lines} in the first {articles} of {of}"),
    )
}

/// «في مقالين», “in 2 articles”.
fn in_articles(words: Words<'_>, articles: u64) -> String {
    let arabic = "في المقالات|في مقال واحد|في مقالين|مقالات|مقالًا|مقال";
    match words.is_arabic() {
        true if articles < 3 => counted(words, articles, arabic, ""),
        true => format!("في {}", counted(words, articles, arabic, "")),
        false => format!("in {}", n_articles(words, articles)),
    }
}

/// How far articles were read for an order of lines.
pub fn reading_lines(words: Words<'_>, read: &LinesRead) -> String {
    let (articles, of) = (number(words, read.articles), number(words, read.of));
    words.say(
        format!("قُرئ {articles} من {of} للترتيب"),
        format!("{articles} of {of} read for sorting"),
    )
}

/// A count in the result and in the archive: «٧ من ٤٥».
pub fn n_of(words: Words<'_>, part: u64, all: u64) -> String {
    let (part, all) = (number(words, part), number(words, all));
    match words.is_arabic() {
        true => format!("{part} من {all}"),
        false => format!("{part} of {all}"),
    }
}

/// That only the first of many are listed.
pub fn first_of(words: Words<'_>, shown: usize, all: usize) -> String {
    let (shown, all) = (number(words, shown as u64), number(words, all as u64));
    match words.is_arabic() {
        true => format!("أول {shown} من أصل {all}"),
        false => format!("The first {shown} of {all}"),
    }
}

/// «٣ من ١٢», “3 of 12”; that nothing was found.
pub fn find_count(words: Words<'_>, current: usize, n_hits: usize) -> String {
    let (current, all) = (number(words, current as u64), number(words, n_hits as u64));
    match (n_hits, words.is_arabic()) {
        (0, _) => words.nothing_found().to_owned(),
        (_, true) => format!("{current} من {all}"),
        (_, false) => format!("{current} of {all}"),
    }
}

/// How many articles have no date.
pub fn n_undated(words: Words<'_>, articles: u64) -> String {
    format!("{}: {}", words.undated(), number(words, articles))
}

/// How many articles lie outside of the time that a chart shows: «خارج المدة المعروضة: 3».
pub fn n_outside(words: Words<'_>, articles: u64) -> String {
    let n = number(words, articles);
    words.say(
        format!("خارج المدة المعروضة: {n}"),
        format!("Outside the time shown: {n}"),
    )
}

/// How many of an entity's articles the result holds.
pub fn in_result(words: Words<'_>, articles: u64) -> String {
    let n = n_articles(words, articles);
    match words.is_arabic() {
        true => format!("في النتائج الحالية: {n}"),
        false => format!("in this result: {n}"),
    }
}

/// «٣ تصحيحات», “3 corrections”.
pub fn n_corrections(words: Words<'_>, count: usize) -> String {
    let arabic = "لا تصحيحات|تصحيح واحد|تصحيحان|تصحيحات|تصحيحًا|تصحيح";
    counted(words, count as u64, arabic, "correction|corrections")
}

/// «٣ مواضع», “3 mentions”.
pub fn n_mentions(words: Words<'_>, count: usize) -> String {
    let arabic = "لا مواضع|موضع واحد|موضعان|مواضع|موضعًا|موضع";
    counted(words, count as u64, arabic, "mention|mentions")
}

/// «3 مرشّحات أخرى», “3 more filters”.
pub fn n_more_filters(words: Words<'_>, count: usize) -> String {
    let arabic = "لا مرشّحات أخرى|مرشّح آخر|مرشّحان آخران|مرشّحات أخرى|مرشّحًا آخر|مرشّح آخر";
    counted(words, count as u64, arabic, "more filter|more filters")
}

/// «3 تنبيهات أخرى», “3 more notices”.
pub fn n_more_notices(words: Words<'_>, count: usize) -> String {
    let arabic = "لا تنبيهات أخرى|تنبيه آخر|تنبيهان آخران|تنبيهات أخرى|تنبيهًا آخر|تنبيه آخر";
    counted(words, count as u64, arabic, "more notice|more notices")
}

/// «60 اسمًا», “60 names”.
pub fn n_names(words: Words<'_>, count: u64) -> String {
    counted(words, count, "لا أسماء|اسم واحد|اسمان|أسماء|اسمًا|اسم", "name|names")
}

/// «60 اسمًا من أصل 3,000», “60 of 3,000 names”.
pub fn n_of_names(words: Words<'_>, shown: u64, all: u64) -> String {
    if shown == all {
        return n_names(words, all);
    }
    words.say(
        format!("{} من أصل {}", n_names(words, shown), number(words, all)),
        format!("{} of {}", number(words, shown), n_names(words, all)),
    )
}

/// «١٢ جملة في ٣٠ مقالًا», “12 sentences in 30 articles”; while not all articles were read, in how many of them.
pub fn contexts(words: Words<'_>, n_contexts: usize, n_read: usize, n_articles: usize) -> String {
    let arabic = "لا جمل|جملة واحدة|جملتان|جمل|جملة|جملة";
    let sentences = counted(words, n_contexts as u64, arabic, "sentence|sentences");
    if n_read == n_articles {
        let articles = in_articles(words, n_articles as u64);
        return format!("{sentences} {articles}");
    }
    let (read, of) = (number(words, n_read as u64), number(words, n_articles as u64));
    words.say(
        format!("{sentences} في {read} من {of} مقال"),
        format!("{sentences} in {read} of {of} articles"),
    )
}

/// «٣ صيغ أخرى», “3 more spellings”.
pub fn n_more_spellings(words: Words<'_>, count: usize) -> String {
    let arabic = "لا صيغ أخرى|صيغة أخرى|صيغتان أخريان|صيغ أخرى|صيغة أخرى|صيغة أخرى";
    counted(words, count as u64, arabic, "more spelling|more spellings")
}

/// «12 نسخة أخرى · 5 مصادر», “12 more copies · 5 sources”; how many of the copies are the same, word by word.
pub fn copies(words: Words<'_>, (n_copies, n_identical): (u64, u64), n_sources: u64) -> String {
    let told = match n_identical {
        0 => {
            let arabic = "لا نسخ أخرى|نسخة أخرى|نسختان أخريان|نسخ أخرى|نسخة أخرى|نسخة أخرى";
            counted(words, n_copies, arabic, "more copy|more copies")
        }
        n if n == n_copies => {
            let arabic = "لا نسخ مطابقة|نسخة مطابقة|نسختان مطابقتان|نسخ مطابقة|نسخة مطابقة|نسخة مطابقة";
            counted(words, n_copies, arabic, "identical copy|identical copies")
        }
        n => {
            let arabic = "لا نسخ أخرى|نسخة أخرى|نسختان أخريان|نسخ أخرى|نسخة أخرى|نسخة أخرى";
            let all = counted(words, n_copies, arabic, "more copy|more copies");
            let arabic = "|إحداها مطابقة|اثنتان منها مطابقتان|منها مطابقة|منها مطابقة|منها مطابقة";
            let same = counted(words, n, arabic, "of them identical|of them identical");
            words.say(format!("{all}، {same}"), format!("{all}, {same}"))
        }
    };
    if n_sources == 0 {
        return told;
    }
    let arabic = "لا مصادر|مصدر واحد|مصدران|مصادر|مصدرًا|مصدر";
    format!("{told} · {}", counted(words, n_sources, arabic, "source|sources"))
}

/// «نصه نفسه في مقالين: رويترز، المدار», “Same text in 2 articles: Reuters”.
pub fn identical(words: Words<'_>, count: usize, sources: &[&str]) -> String {
    let arabic = "|نصه نفسه في مقال آخر|نصه نفسه في مقالين آخرين|مقالات أخرى|مقالًا آخر|مقال آخر";
    let told = match words.is_arabic() {
        true if count < 3 => counted(words, count as u64, arabic, ""),
        true => format!("نصه نفسه في {}", counted(words, count as u64, arabic, "")),
        false => format!(
            "Same text in {}",
            counted(words, count as u64, "", "other article|other articles")
        ),
    };
    let mut named: Vec<String> = Vec::new();
    for source in sources {
        let source = isolate(source);
        if !named.contains(&source) {
            named.push(source);
        }
    }
    match named.is_empty() {
        true => told,
        false => format!("{told}: {}", named.join(words.say("، ", ", "))),
    }
}

/// «34 اسمًا في النص», “34 names in the text”.
pub fn n_names_in_text(words: Words<'_>, count: usize) -> String {
    let arabic = "لا أسماء في النص|اسم واحد في النص|اسمان في النص|أسماء في النص|اسمًا في النص|اسم في النص";
    counted(words, count as u64, arabic, "name in the text|names in the text")
}

/// «12 كلمة ليست في الأخرى», “12 words that the other does not have”.
pub fn own_words(words: Words<'_>, count: usize) -> String {
    let arabic = "كل كلماتها في الأخرى|كلمة واحدة ليست في الأخرى|كلمتان ليستا في الأخرى|كلمات ليست في الأخرى|\
                  كلمة ليست في الأخرى|كلمة ليست في الأخرى";
    let english = "word that the other does not have|words that the other does not have";
    counted(words, count as u64, arabic, english)
}

/// «تُقرأ الملفات: 300 من 45,000», “Reading files: 300 of 45,000”; of what is large also how much of it.
pub fn progress(words: Words<'_>, it: UpdateProgress) -> String {
    if it.files_total == 0 {
        return words.looking_at_folder().to_owned();
    }
    let (done, total) = (number(words, it.files_done), number(words, it.files_total));
    let mut told = words.say(
        format!("تُقرأ الملفات: {done} من {total}"),
        format!("Reading files: {done} of {total}"),
    );
    if LARGE <= it.bytes_total {
        let (done, total) = (number(words, it.bytes_done >> 20), number(words, it.bytes_total >> 20));
        told += &words.say(
            format!("؛ {done} من {total} ميغابايت"),
            format!("; {done} of {total} MB"),
        );
    }
    if it.pages != 0 {
        let arabic = "لا صفحات|صفحة واحدة|صفحتان|صفحات|صفحة|صفحة";
        let pages = counted(words, it.pages, arabic, "page|pages");
        told += &words.say(format!("؛ تُعُرِّف ضوئيًّا على {pages}"), format!("; {pages} recognised"));
    }
    told
}
