//! From the order of a line on the page to the order of reading.
//!
//! The bidirectional algorithm (UAX #9) puts a text into the order in which it is drawn; here it is applied backwards.
//! In a line of Arabic all goes from right to left but runs of Latin words and numbers; which signs belong to such a run
//! follows from the classes of their neighbours (rules W2 to W7, N0 to N2). Where several texts look the same, the most
//! usual one is taken.

use crate::arabic::letter;

/// What precedes a line in its paragraph: the last letter is what numbers depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// No letter.
    Nothing,
    /// An Arabic letter.
    Arabic,
    /// A letter of another script.
    Latin,
}

impl Before {
    /// What a text is for the line after it.
    pub fn after(text: &str) -> Self {
        let last = text.chars().rev().find_map(|c| match class_of(c) {
            Class::Arabic => Some(Self::Arabic),
            Class::Latin => Some(Self::Latin),
            _ => None,
        });
        last.unwrap_or(Self::Nothing)
    }
}

/// The bidirectional class of a sign, as far as it matters in a line of Arabic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// AL: letters, and the marks of punctuation that only Arabic has.
    Arabic,
    /// L.
    Latin,
    /// EN: 0–9, ۰–۹.
    EuropeanDigit,
    /// AN: ٠–٩ and what parts such numbers.
    ArabicDigit,
    /// ES.
    Sign,
    /// CS.
    Separator,
    /// ET.
    Terminator,
    /// ON, WS.
    Neutral,
}

fn class_of(c: char) -> Class {
    match c {
        letter::TATWEEL | '؛' | '؟' | '٭' | '۔' => Class::Arabic,
        '\u{0660}'..='\u{0669}' | '٫' | '٬' => Class::ArabicDigit,
        c if letter::digit(c).is_some() => Class::EuropeanDigit,
        c if letter::is_arabic_letter(c) => Class::Arabic,
        c if c.is_alphabetic() && !letter::is_tashkeel(c) => Class::Latin,
        '+' | '-' | '\u{2212}' => Class::Sign,
        '.' | ',' | ':' | '/' | '،' => Class::Separator,
        '%' | '٪' | '‰' | '$' | '€' | '£' | '¥' | '#' | '°' => Class::Terminator,
        _ => Class::Neutral,
    }
}

/// The class of a sign of several letters is that of its first letter or digit.
fn class(unit: &str) -> Class {
    let classes = || unit.chars().map(class_of);
    let strong = classes().find(|it| matches!(it, Class::Arabic | Class::Latin));
    let digit = || classes().find(|it| matches!(it, Class::EuropeanDigit | Class::ArabicDigit));
    strong
        .or_else(digit)
        .or_else(|| classes().next())
        .unwrap_or(Class::Neutral)
}

/// What programs do that make documents, where they differ.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// The brackets of which the document says the mirrored one: those that are read from right to left.
    pub swapped: Vec<(char, char)>,
    /// Whether each line is put in order by itself: nothing precedes the numbers at its start.
    pub lines_are_alone: bool,
    /// Whether European digits are that behind Arabic letters as well, against W2.
    pub digits_stay_european: bool,
}

impl Habits {
    /// Those of the program that a document names as its producer, as seen with WeasyPrint 70.0, ReportLab 5.1.0 with
    /// python-bidi 0.6.12, jsPDF 4.2.1 and TCPDF 6.6.2.
    pub fn of(producer: &str) -> Self {
        let is = |names: &[&str]| names.iter().any(|it| producer.contains(it));
        Self {
            swapped: Vec::new(),
            lines_are_alone: is(&["WeasyPrint", "ReportLab", "jsPDF", "TCPDF"]),
            digits_stay_european: is(&["TCPDF"]),
        }
    }
}

/// The pairs of brackets.
pub const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»')];

/// The text of a line of Arabic, from its signs from left to right.
pub fn right_to_left(units: &[String], before: Before, habits: &Habits) -> String {
    let classes: Vec<Class> = units.iter().map(|it| class(it)).collect();
    let mut text = Text {
        units,
        swapped: &habits.swapped,
        text: String::new(),
    };
    let mut before = if habits.lines_are_alone {
        Before::Nothing
    } else {
        before
    };
    let mut end = units.len();
    while let Some(last) = end.checked_sub(1) {
        if classes[last] == Class::Arabic {
            before = if habits.digits_stay_european {
                Before::Nothing
            } else {
                Before::Arabic
            };
            text.backwards(last..end);
            end = last;
            continue;
        }
        let start = (0..end)
            .rev()
            .find(|it| classes[*it] == Class::Arabic)
            .map_or(0, |it| it + 1);
        match latin_run(units, &classes, start..end) {
            Some(run) => {
                text.numbers(&classes, run.end..end, before);
                before = Before::Latin;
                text.forwards(run.clone());
                text.numbers(&classes, start..run.start, before);
            }
            None => text.numbers(&classes, start..end, before),
        }
        end = start;
    }
    text.text
}

/// The text of a line that was put in order as one of Latin, from its signs from left to right.
pub fn left_to_right(units: &[String], habits: &Habits) -> String {
    let classes: Vec<Class> = units.iter().map(|it| class(it)).collect();
    let find = |class: Class, range: Range| range.clone().find(|it| classes[*it] == class);
    let mut text = String::new();
    let mut start = 0;
    // Where Arabic comes first, a number before it is the last of what is read from right to left.
    let first = find(Class::Arabic, 0..units.len()).filter(|it| find(Class::Latin, 0..*it).is_none());
    let mut next = first.map(|first| {
        let is_digit = |it: &usize| matches!(classes[*it], Class::EuropeanDigit | Class::ArabicDigit);
        (0..first).find(is_digit).unwrap_or(first)
    });
    while let Some(from) = next.or_else(|| find(Class::Arabic, start..units.len())) {
        next = None;
        // Arabic goes on to its last letter before the next Latin one.
        let arabic = find(Class::Arabic, from..units.len()).unwrap_or(from);
        let until = find(Class::Latin, arabic..units.len()).unwrap_or(units.len());
        let end = (arabic..until)
            .rev()
            .find(|it| classes[*it] == Class::Arabic)
            .map_or(arabic + 1, |it| it + 1);
        text.extend(units[start..from].iter().map(String::as_str));
        text.push_str(&right_to_left(&units[from..end], Before::Nothing, habits));
        start = end;
    }
    text.extend(units[start..].iter().map(String::as_str));
    text
}

struct Text<'a> {
    units: &'a [String],
    swapped: &'a [(char, char)],
    text: String,
}

type Range = std::ops::Range<usize>;

impl Text<'_> {
    fn forwards(&mut self, range: Range) {
        self.text.extend(self.units[range].iter().map(String::as_str));
    }

    fn backwards(&mut self, range: Range) {
        for unit in self.units[range].iter().rev() {
            let letters = unit.chars().map(|c| {
                let pair = self.swapped.iter().find(|it| c == it.0 || c == it.1);
                match pair {
                    Some((open, close)) if c == *close => *open,
                    Some((_, close)) => *close,
                    None => c,
                }
            });
            self.text.extend(letters);
        }
    }

    /// Signs without a letter: numbers forwards, what is between them backwards.
    fn numbers(&mut self, classes: &[Class], range: Range, before: Before) {
        let mut end = range.end;
        while range.start < end {
            let number = number(classes, range.start..end, before);
            match number.is_empty() {
                true => {
                    self.backwards(end - 1..end);
                    end -= 1;
                }
                false => {
                    self.forwards(number.clone());
                    end = number.start;
                }
            }
        }
    }
}

/// The number that ends at the end of `range`; empty if none does.
fn number(classes: &[Class], range: Range, before: Before) -> Range {
    let is_digit = |idx: usize| matches!(classes[idx], Class::EuropeanDigit | Class::ArabicDigit);
    // Behind an Arabic letter, European digits are as Arabic ones (W2).
    let is_arabic = |idx: usize| classes[idx] == Class::ArabicDigit || before == Before::Arabic;
    let is_terminator = |it: &usize| classes[*it] == Class::Terminator;
    let none = range.end..range.end;
    // What belongs to a number of European digits on either side (W5).
    let n_terminators = range.clone().rev().take_while(is_terminator).count();
    let Some(last) = (range.end - n_terminators)
        .checked_sub(1)
        .filter(|it| range.start <= *it)
    else {
        return none;
    };
    if !is_digit(last) || 0 < n_terminators && is_arabic(last) {
        return none;
    }
    let mut start = last;
    while range.start < start {
        let next = start - 1;
        // One separator between two digits (W4).
        let is_between = range.start < next && is_digit(next - 1);
        match classes[next] {
            Class::EuropeanDigit | Class::ArabicDigit => start = next,
            Class::Separator if is_between => start = next - 1,
            Class::Sign if is_between && !is_arabic(next - 1) => start = next - 1,
            _ => break,
        }
    }
    if !is_arabic(start) {
        start -= (range.start..start).rev().take_while(is_terminator).count();
    }
    start..range.end
}

/// The run that is read from left to right among signs between Arabic letters: from the first Latin letter to the last
/// (N1), with the number that follows (W7) and a bracket that was opened in it (N0).
fn latin_run(units: &[String], classes: &[Class], range: Range) -> Option<Range> {
    let is_latin = |it: &usize| classes[*it] == Class::Latin;
    let mut start = range.clone().find(is_latin)?;
    let mut end = range.clone().rev().find(is_latin)? + 1;
    // No text in which a number is not part of the run has it on the left, unless it is of Arabic digits.
    let digits = (range.start..start)
        .rev()
        .take_while(|it| classes[*it] != Class::ArabicDigit);
    start = digits
        .filter(|it| classes[*it] == Class::EuropeanDigit)
        .last()
        .unwrap_or(start);
    // «Windows 11»: what else looks like this, «11 Windows», is rarer.
    let is_digit = |it: usize| it < range.end && classes[it] == Class::EuropeanDigit;
    let n_between = (end..range.end).take_while(|it| !is_digit(*it)).count();
    let is_near = is_digit(end + n_between) && joins_number(&units[end..end + n_between]);
    if is_near && !(n_between == 1 && is_unit_of_measure(&units[start..end])) {
        end += n_between;
        while end < range.end {
            let is_between = matches!(classes[end], Class::Separator | Class::Sign) && is_digit(end + 1);
            if !(is_digit(end) || is_between || classes[end] == Class::Terminator) {
                break;
            }
            end += 1;
        }
        end += n_units_of_year(&units[end..range.end]);
    }
    let closes = units
        .get(end)
        .filter(|_| end < range.end)
        .and_then(|it| it.chars().next());
    let pair = closes.and_then(|c| BRACKETS.iter().find(|it| c == it.0 || c == it.1));
    if let Some((open, close)) = pair {
        let n = |bracket: char| units[start..end].iter().filter(|it| it.contains(bracket)).count();
        if n(*open) != n(*close) {
            end += 1;
        }
    }
    Some(start..end)
}

/// How many units the year behind «Mar 3» has, with its comma: a comma stands before a space in the other direction, where
/// no text has it.
fn n_units_of_year(after: &[String]) -> usize {
    /// «, 2024».
    const LENGTH: usize = 6;
    let is_digit = |it: &String| it.chars().all(|c| c.is_ascii_digit());
    let is_year = match after {
        [comma, space, year @ .., last] if comma == "," && space == " " && LENGTH == after.len() => {
            year.iter().all(is_digit) && is_digit(last)
        }
        [comma, space, rest @ ..] if comma == "," && space == " " && LENGTH < after.len() => {
            rest[..4].iter().all(is_digit) && !is_digit(&rest[4])
        }
        _ => false,
    };
    if is_year { LENGTH } else { 0 }
}

/// What may stand between a name and its number: «Windows 11», «Covid-19», «Reuters (2024)». Behind a space no mark
/// stands that ends what is before it: that is of what is read the other way.
fn joins_number(between: &[String]) -> bool {
    let is_joining = |it: &String| {
        matches!(
            it.as_str(),
            " " | "-" | "–" | "." | "," | "،" | ":" | "/" | "_" | "&" | "(" | "["
        )
    };
    let ends = |it: &String| matches!(it.as_str(), "." | "," | "،" | ":");
    between.len() <= 3 && between.iter().all(is_joining) && !between.iter().skip(1).any(ends)
}

/// Whether a run is nothing but a unit, which follows its number in Arabic: «30 MW».
fn is_unit_of_measure(units: &[String]) -> bool {
    /// Those that were seen in Arabic news. A guess.
    const UNITS: [&str; 20] = [
        "%", "km", "m", "cm", "mm", "kg", "g", "KB", "MB", "GB", "TB", "W", "kW", "MW", "GW", "Hz", "MHz", "GHz",
        "USD", "EUR",
    ];
    UNITS.contains(&units.concat().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    /// A line as it is drawn, from left to right, with the Arabic words, in angle brackets, forwards.
    #[track_caller]
    fn check(before: Before, on_page: &str, expected: &str) {
        let mut signs = String::new();
        for (idx, piece) in on_page.split(['<', '>']).enumerate() {
            match idx % 2 {
                0 => signs.push_str(piece),
                _ => signs.extend(piece.chars().rev()),
            }
        }
        assert_eq!(right_to_left(&units(&signs), before, &Habits::default()), expected);
    }

    #[test]
    fn numbers_and_latin_words_are_read_from_left_to_right() {
        let check = |on_page, expected| check(Before::Nothing, on_page, expected);
        check("<قال الوزير>", "قال الوزير");
        check("2024 <مارس>", "مارس 2024");
        check("2024/3/12 <يوم>", "يوم 2024/3/12");
        check("<من> 12 - 15 <بين>", "بين 15 - 12 من");
        check("<اليوم> Al Manar TV <قناة>", "قناة Al Manar TV اليوم");
        check("<ألفا> 1,250.75 <نحو>", "نحو 1,250.75 ألفا");
        check("<عاما> ١٢٠ <قبل>", "قبل ١٢٠ عاما");
    }

    #[test]
    fn numbers_depend_on_the_letter_before_them() {
        check(Before::Nothing, "<كانت> 2-1", "2-1 كانت");
        check(Before::Arabic, "<كانت> 1-2", "2-1 كانت");
        check(Before::Nothing, "<فترة> 2015-2020", "2015-2020 فترة");
        check(Before::Nothing, "<من السكان> 35%", "35% من السكان");
        check(Before::Nothing, "<من> $35.5", "$35.5 من");
        check(
            Before::Nothing,
            ".%35 <والنسبة> 1-2 <النتيجة>",
            "النتيجة 2-1 والنسبة 35%.",
        );
        check(Before::Nothing, "<تاريخ> 14-03-2024", "14-03-2024 تاريخ");
        check(Before::Nothing, "2024-03-14 <تاريخ>", "تاريخ 14-03-2024");
        check(Before::Latin, "<كانت> 2-1", "2-1 كانت");
    }

    #[test]
    fn a_number_behind_a_latin_word_is_part_of_it() {
        let check = |on_page, expected| check(Before::Nothing, on_page, expected);
        check("<نظام> Windows 11 <تحديث>", "تحديث Windows 11 نظام");
        check("<اليوم> Covid-19 <فيروس>", "فيروس Covid-19 اليوم");
        check("<اليوم> A320-200 <طائرة>", "طائرة A320-200 اليوم");
        check("<تقريبا> MW 30 <ينتج>", "ينتج 30 MW تقريبا");
        check("<اليوم> 4G <شبكة>", "شبكة 4G اليوم");
        check("<قال> ١١ Windows <مع>", "مع Windows ١١ قال");
    }

    #[test]
    fn brackets_of_latin_words_stay_with_them() {
        let check = |on_page, expected| check(Before::Nothing, on_page, expected);
        check("<قال> ABC (DEF) <مع>", "مع ABC (DEF) قال");
        check("<قال> ABC (2024) <مع>", "مع ABC (2024) قال");
        check("<قال> ABC، 2024 <مع>", "مع ABC، 2024 قال");
        check("<قالت> )WHO( <منظمة>", "منظمة (WHO) قالت");
        check(
            "/https://a.example/2023/11 :<الرابط>",
            "الرابط: https://a.example/2023/11/",
        );
    }

    #[test]
    fn mirrored_brackets_are_put_right_in_arabic_only() {
        let habits = Habits {
            swapped: BRACKETS.to_vec(),
            ..Habits::default()
        };
        let text = right_to_left(&units("(ب) ABC (D) (ت)"), Before::Nothing, &habits);
        assert_eq!(text, "(ت) ABC (D) (ب)");
    }

    #[test]
    fn arabic_in_a_line_of_latin_is_read_from_right_to_left() {
        let check = |on_page: &str, expected: &str| {
            assert_eq!(left_to_right(&units(on_page), &Habits::default()), expected);
        };
        check("The تسرهف catalogue", "The فهرست catalogue");
        check("The 12 ministers", "The 12 ministers");
        check("2024 ماع Orion زوف.", "عام 2024 Orion فوز.");
    }

    #[test]
    fn programs_have_habits() {
        let check = |producer: &str, before, on_page: &str, expected: &str| {
            assert_eq!(right_to_left(&units(on_page), before, &Habits::of(producer)), expected);
        };
        check("WeasyPrint 70.0", Before::Arabic, "تناك 2-1", "2-1 كانت");
        check("Skia/PDF m156", Before::Arabic, "تناك 2-1", "1-2 كانت");
        check("TCPDF 6.6.2", Before::Nothing, "35% ةبسنب", "بنسبة 35%");
        check("WeasyPrint 70.0", Before::Nothing, "%35 ةبسنب", "بنسبة 35%");
    }
}
