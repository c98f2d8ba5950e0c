//! The beginning of a message in WhatsApp's exports: `14/11/2023, 09:15 - سلمى: …` on Android,
//! `[14/11/2023, 9:15:02 AM] سلمى: …` on iPhones, in the form of the phone's language and with its digits.

use jiff::civil::Date;

use crate::arabic::letter;
use crate::archive::date;

/// The longest name of a writer, in letters. A guess: phones allow 25 for one's own.
const LONGEST_NAME: usize = 100;

/// A day as three numbers, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    pub numbers: [u16; 3],
    /// Whether the year has two digits, the time AM or PM in capitals and nothing is filled up with zeros: the form of
    /// the United States, where the month comes first.
    is_american: bool,
    /// Whether it says that it is of the Hijri calendar.
    is_hijri: bool,
}

/// What precedes the words of a message.
#[derive(Debug, PartialEq, Eq)]
pub struct Head<'a> {
    pub day: Numbers,
    /// Whether it stands in brackets, as on iPhones.
    pub is_bracketed: bool,
    /// Whether day and time have a comma between them, as in nearly all languages.
    pub has_comma: bool,
    /// `None` in the messages of the service.
    pub writer: Option<&'a str>,
    /// Whether WhatsApp marked the words as its own: iPhones put an invisible sign before them.
    pub is_marked: bool,
    /// The rest of the line.
    pub text: &'a str,
}

/// The beginning of a message that a line has; `None` if it goes on with the one above.
pub fn head(line: &str) -> Option<Head<'_>> {
    let mut rest = line.trim_start_matches(|c: char| c.is_whitespace() || letter::is_invisible(c));
    let is_bracketed = rest.starts_with('[');
    // Cheap, and true of nearly all other lines.
    rest = rest.strip_prefix('[').unwrap_or(rest);
    if !rest.starts_with(|c: char| letter::digit(c).is_some() || letter::is_invisible(c)) {
        return None;
    }
    let (first, width_1, rest) = number(rest)?;
    let rest = separator(rest)?;
    let (second, width_2, rest) = number(rest)?;
    let rest = separator(rest)?;
    let (third, width_3, rest) = number(rest)?;
    let is_year = |value: u16, width: usize| width == 4 && 1_000 <= value || width == 2;
    if !(width_1 == 4 || is_year(third, width_3)) || width_2 > 2 {
        return None;
    }
    // «, », «، », « هـ, », « à », « klo ».
    let start = rest
        .find(|c| letter::digit(c).is_some())
        .filter(|at| *at != 0 && *at <= 24)?;
    let (between, rest) = rest.split_at(start);
    if between.contains(['[', ']', '\n', ':', '/']) {
        return None;
    }
    let (hour, _, rest) = number(rest)?;
    let rest = skip(rest).strip_prefix([':', '.', '٫'])?;
    let (minute, width_of_minute, rest) = number(rest)?;
    if 24 < hour || 59 < minute || width_of_minute != 2 {
        return None;
    }
    let rest = match skip(rest).strip_prefix([':', '.']) {
        Some(seconds) => number(seconds)?.2,
        None => rest,
    };
    let (half, rest) = end_of_time(rest, is_bracketed)?;
    let is_filled = line.contains("0/") && (first < 10 && width_1 == 2 || second < 10 && width_2 == 2);
    let (writer, is_marked, text) = writer(rest);
    Some(Head {
        day: Numbers {
            numbers: [first, second, third],
            is_american: width_3 == 2 && matches!(half, "AM" | "PM") && !is_filled && width_1.min(width_2) <= 2,
            is_hijri: ["هـ", "ه", "AH"].iter().any(|it| between.contains(it)),
        },
        is_bracketed,
        has_comma: between.contains([',', '،']),
        writer,
        is_marked,
        text,
    })
}

/// A number of up to four digits of any script, how many it has, and what follows.
fn number(text: &str) -> Option<(u16, usize, &str)> {
    let text = skip(text);
    let (mut value, mut width, mut end) = (0_u16, 0, 0);
    for (at, c) in text.char_indices() {
        let Some(digit) = letter::digit(c) else { break };
        value = value.checked_mul(10)?.checked_add(u16::from(digit))?;
        width += 1;
        end = at + c.len_utf8();
    }
    (1..=4).contains(&width).then(|| (value, width, &text[end..]))
}

/// Without the invisible signs at the beginning.
fn skip(text: &str) -> &str {
    text.trim_start_matches(letter::is_invisible)
}

fn separator(text: &str) -> Option<&str> {
    let text = skip(text).strip_prefix(['/', '.', '-', '\u{060D}'])?;
    // «14. 3. 2024».
    Some(text.strip_prefix(' ').unwrap_or(text))
}

/// The half of the day behind a time, if it says so, and what follows the bracket or dash.
fn end_of_time(rest: &str, is_bracketed: bool) -> Option<(&str, &str)> {
    let ends: &[char] = if is_bracketed { &[']'] } else { &['-', '–', '—'] };
    let at = rest.find(ends).filter(|at| *at <= 32)?;
    let (half, rest) = rest.split_at(at);
    if half.contains(['\n', ':', '/']) || half.chars().any(|c| letter::digit(c).is_some()) {
        return None;
    }
    let rest = rest.strip_prefix(ends)?;
    // A dash stands between spaces.
    let is_spaced = half.ends_with(char::is_whitespace) && rest.starts_with(char::is_whitespace);
    if !is_bracketed && !is_spaced {
        return None;
    }
    let half = half.trim_matches(|c: char| c.is_whitespace() || letter::is_invisible(c));
    Some((half, rest))
}

/// The writer before the words, whether these are marked as WhatsApp's own, and the words.
fn writer(rest: &str) -> (Option<&str>, bool, &str) {
    let is_mark = |c: char| matches!(c, letter::LRM | letter::RLM);
    let rest = rest.trim_start_matches(' ');
    let (name, words) = match rest.split_once(": ") {
        Some(parts) => parts,
        // Without words in its first line.
        None => match rest.trim_end().strip_suffix(':') {
            Some(name) => (name, ""),
            None => return (None, rest.starts_with(is_mark), rest),
        },
    };
    // iPhones put a tilde before names that are not in the address book.
    let name = name.trim_matches(|c: char| c.is_whitespace() || letter::is_invisible(c) || c == '~' || c == '∼');
    if name.is_empty() || name.chars().nth(LONGEST_NAME).is_some() {
        return (None, rest.starts_with(is_mark), rest);
    }
    (Some(name), words.starts_with(is_mark), words)
}

/// Which of the three numbers of a day comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Day,
    Month,
    Year,
}

impl Order {
    /// The order in which a whole file writes its days: that in which all are days, and the fewest of them step back in
    /// time. If both will do, months are first only in the form of the United States.
    pub fn of(days: &[Numbers]) -> Self {
        if days.iter().any(|it| 31 < it.numbers[0]) {
            return Self::Year;
        }
        let cost = |order: Self| {
            let dates = days.iter().map(|it| order.date(*it));
            let (mut n_wrong, mut n_back, mut last) = (0_usize, 0_usize, None);
            for date in dates {
                match date {
                    Some(date) => {
                        n_back += usize::from(last.is_some_and(|it| date < it));
                        last = Some(date);
                    }
                    None => n_wrong += 1,
                }
            }
            (n_wrong, n_back)
        };
        match cost(Self::Day).cmp(&cost(Self::Month)) {
            std::cmp::Ordering::Less => Self::Day,
            std::cmp::Ordering::Greater => Self::Month,
            std::cmp::Ordering::Equal if days.iter().all(|it| it.is_american) => Self::Month,
            std::cmp::Ordering::Equal => Self::Day,
        }
    }

    /// The day; `None` if there is none, or if its year is of a calendar that is not named.
    pub fn date(self, day: Numbers) -> Option<Date> {
        let [first, second, third] = day.numbers;
        let (year, month, day_of_month) = match self {
            Self::Day => (third, second, first),
            Self::Month => (third, first, second),
            Self::Year => (first, second, third),
        };
        let year = if year < 100 { year + 2_000 } else { year };
        if day.is_hijri && (1_300..1_600).contains(&year) {
            let (date, _) = date::parse_date(&format!("{day_of_month}/{month}/{year} هـ"))?;
            return Some(date);
        }
        // WhatsApp is of 2009.
        if !(2_009..2_100).contains(&year) {
            return None;
        }
        let part = |it: u16| i8::try_from(it).ok();
        Date::new(i16::try_from(year).ok()?, part(month)?, part(day_of_month)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, day: &str, writer: &str, text: &str) {
        let head = head(line).unwrap_or_else(|| panic!("{line}"));
        let date = Order::of(&[head.day]).date(head.day).map(|it| it.to_string());
        assert_eq!(date.unwrap_or_default(), day, "{line}");
        assert_eq!((head.writer.unwrap_or_default(), head.text), (writer, text), "{line}");
    }

    #[test]
    fn heads_of_all_phones_are_read() {
        check("14/11/2023, 09:16 - سلمى: نص", "2023-11-14", "سلمى", "نص");
        check("11/14/23, 9:16 PM - Salma: text", "2023-11-14", "Salma", "text");
        check("3/5/24, 9:16 PM - Salma: text", "2024-03-05", "Salma", "text");
        check("3/5/2024، 9:16 م - سلمى: نص", "2024-05-03", "سلمى", "نص");
        check("05/03/24, 9:16 pm - Salma: text", "2024-03-05", "Salma", "text");
        check(
            "\u{200F}[١٤\u{200F}/٣\u{200F}/٢٠٢٤، ١١:٠٥:١٢ م] سامر: نص",
            "2024-03-14",
            "سامر",
            "نص",
        );
        check("[14.03.24, 20:15:10] ~\u{202F}Sami: a: b", "2024-03-14", "Sami", "a: b");
        check("[2024-03-14, 8:15:10\u{202F}PM] Sami: x", "2024-03-14", "Sami", "x");
        check(
            "2024/03/14, 20:15 - +966 50 123 4567: x",
            "2024-03-14",
            "+966 50 123 4567",
            "x",
        );
        check("14/03/2024, 20:15 - أضاف سامر هدى", "2024-03-14", "", "أضاف سامر هدى");
        check("14/03/2024, 20:15 - هدى:", "2024-03-14", "هدى", "");
        check("[٣/٩/١٤٤٥ هـ، ٨:١٥:١٠ م] سامر: نص", "2024-03-13", "سامر", "نص");
        check("[٣/٩/١٤٤٥، ٨:١٥:١٠ م] سامر: نص", "", "سامر", "نص");
        check("14.3.2024 klo 20.15 - Sami: x", "2024-03-14", "Sami", "x");
    }

    #[test]
    fn other_lines_go_on() {
        for line in [
            "",
            "نص",
            "14/3/2024 نص",
            "14/3/2024, 20:15",
            "[14] سامر: نص",
            "12:30 - 13:30: اجتماع",
            "1.5 - 2.5: نص",
            "14/3/2024, 20:75 - سامر: نص",
            "14/3/2024, 20:15-21:15 - سامر: نص",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }

    #[test]
    fn the_whole_file_tells_the_order() {
        let order = |lines: &[&str]| {
            Order::of(
                &lines
                    .iter()
                    .filter_map(|it| head(it))
                    .map(|it| it.day)
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(
            order(&["3/5/2024, 20:15 - a: b", "3/14/2024, 20:15 - a: b"]),
            Order::Month
        );
        assert_eq!(
            order(&["3/5/2024, 20:15 - a: b", "14/5/2024, 20:15 - a: b"]),
            Order::Day
        );
        // Days follow each other, months do not.
        let lines = [
            "1/2/2024, 20:15 - a: b",
            "2/2/2024, 20:15 - a: b",
            "1/3/2024, 20:15 - a: b",
        ];
        assert_eq!(order(&lines), Order::Day);
        let lines = [
            "2/1/2024, 20:15 - a: b",
            "2/2/2024, 20:15 - a: b",
            "3/1/2024, 20:15 - a: b",
        ];
        assert_eq!(order(&lines), Order::Month);
    }
}
