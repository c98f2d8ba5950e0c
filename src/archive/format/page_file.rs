//! What a file of HTML holds before it is read as a page: several pages one after another, and texts that are shown only
//! where scripts do not run.

use std::borrow::Cow;
use std::ops::Range;

use super::soup;
use super::tree::end_of;

/// A page has so many letters, and so has a text that is shown without scripts; less is what other pages and pictures leave
/// behind. A guess.
const LETTERS: usize = 40;
/// What asks for scripts to be allowed has fewer letters than this. A guess.
const REQUEST: usize = 300;
/// The words of such requests.
const OF_REQUESTS: [&str; 6] = ["javascript", "java script", "جافا", "جافاسكر", "سكريبت", "سكربت"];
/// Elements in which tags are text.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

/// The pages in a file, one after another, as joined files have them; there is at least one.
pub fn pages(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let (mut has_ended, mut has_body) = (false, false);
    for tag in tags(text) {
        match tag.name.as_str() {
            "html" if tag.is_end => has_ended = true,
            "body" if !tag.is_end => has_body = true,
            "html" | "!doctype" if !tag.is_end && (has_ended || has_body && tag.name == "!doctype") => {
                starts.push(tag.span.start);
                (has_ended, has_body) = (false, false);
            }
            _ => {}
        }
    }
    if starts.len() == 1 {
        return vec![text];
    }
    // What has no text goes with the page before it, or the first one.
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut is_last_empty = false;
    for (start, end) in starts.iter().copied().zip(ends) {
        let has_text = text.get(start..end).is_some_and(|it| has_letters(it, LETTERS));
        match pages.last_mut().filter(|_| is_last_empty || !has_text) {
            Some(last) => {
                last.end = end;
                is_last_empty &= !has_text;
            }
            None => {
                pages.push(start..end);
                is_last_empty = !has_text;
            }
        }
    }
    pages.into_iter().filter_map(|it| text.get(it)).collect()
}

/// A page in which texts that are shown without scripts stand like others. What asks for scripts, or is in the page already,
/// stays hidden.
pub fn with_hidden_texts(page: &str) -> Cow<'_, str> {
    const NAME: &str = "noscript";
    let is_there = page
        .as_bytes()
        .windows(NAME.len())
        .any(|it| it.eq_ignore_ascii_case(NAME.as_bytes()));
    if !is_there {
        return Cow::Borrowed(page);
    }
    let mut changed = String::new();
    let mut n_copied = 0;
    for tag in tags(page).filter(|it| it.name == NAME && !it.is_end) {
        let inside = &page[tag.span.end..];
        let inside = &inside[..end_of(inside.as_bytes(), NAME)];
        if tag.span.start < n_copied || !is_text(inside, page) {
            continue;
        }
        changed.push_str(&page[n_copied..tag.span.start]);
        // A wrapper would be a part of its own, which the article is not looked for in.
        match tags(inside).any(|it| it.name == "p" || it.name == "div") {
            true => changed.push_str(inside),
            false => changed.extend(["<p>", inside, "</p>"]),
        }
        n_copied = tag.span.end + inside.len();
        // Its end tag, as far as it is there.
        n_copied += page[n_copied..].find('>').map_or(0, |at| at + 1);
    }
    if n_copied == 0 {
        return Cow::Borrowed(page);
    }
    changed.push_str(&page[n_copied..]);
    Cow::Owned(changed)
}

/// Whether what is shown without scripts is a text of the page, and not there a second time.
fn is_text(inside: &str, page: &str) -> bool {
    if !has_letters(inside, LETTERS) {
        return false;
    }
    let (lines, _) = soup::lines(inside);
    let is_request = !has_letters(inside, REQUEST) && {
        let lower = inside.to_lowercase();
        OF_REQUESTS.iter().any(|it| lower.contains(it))
    };
    let longest = lines.iter().map(|(line, _)| line.as_str()).max_by_key(|it| it.len());
    let is_twice = longest.is_some_and(|it| page.matches(it).nth(1).is_some());
    !is_request && !is_twice
}

fn has_letters(page: &str, n: usize) -> bool {
    let (lines, _) = soup::lines(page);
    let letters = lines
        .iter()
        .flat_map(|(line, _)| line.chars())
        .filter(|c| c.is_alphabetic());
    n <= letters.take(n).count()
}

/// A tag of a page.
pub struct Tag {
    /// Its name in small letters, with the sign before it: «!doctype».
    pub name: String,
    /// Whether it ends its element.
    pub is_end: bool,
    /// Its place in the page, with its brackets.
    pub span: Range<usize>,
}

/// The tags of a page that are outside of comments and scripts.
pub fn tags(page: &str) -> impl Iterator<Item = Tag> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + page.get(at..)?.find('<')?;
            let rest = &page[start..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                at = page.len() - comment.find("-->").map_or(0, |end| comment.len() - end - 3);
                continue;
            }
            let is_end = rest.starts_with("</");
            let inside = &rest[if is_end { 2 } else { 1 }..];
            let is_name = |c: &char| c.is_ascii_alphanumeric() || *c == '!';
            let n_name = inside.chars().take_while(is_name).count();
            if n_name == 0 {
                at = page.len() - inside.len();
                continue;
            }
            let name = inside[..n_name].to_ascii_lowercase();
            let after = soup::after_tag(&inside[n_name..]);
            let end = page.len() - after.len();
            let n_raw = match !is_end && RAW.contains(&name.as_str()) {
                true => end_of(after.as_bytes(), &name),
                false => 0,
            };
            at = end + n_raw;
            return Some(Tag {
                name,
                is_end,
                span: start..end,
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات.";
    const MORE: &str = "وقال إن الجسر سيخفف الزحام عن وسط المدينة كلها بعد اليوم.";

    #[track_caller]
    fn check(text: &str, n_pages: usize) {
        let pages = pages(text);
        assert_eq!(pages.len(), n_pages, "{text}");
        assert_eq!(pages.concat(), text);
    }

    #[test]
    fn pages_follow_each_other() {
        let page =
            |text: &str| format!("<!DOCTYPE html><html><head><title>أ</title></head><body><p>{text}</p></body></html>");
        check(&page(TEXT), 1);
        check(&format!("{}\n{}", page(TEXT), page(MORE)), 2);
        check(&format!("{}{}{}", page(TEXT), page(MORE), page(TEXT)), 3);
        check(&format!("<html><body>{TEXT}</html><HTML><body>{MORE}</HTML>"), 2);
        check(&format!("<!doctype html><body>{TEXT}\n<!doctype html><body>{MORE}"), 2);
        // Ends that are missing, twice there, or no ends.
        check(&format!("{}</body></html>", page(TEXT)), 1);
        check(&format!("{}<script>'</html><html>'</script>", page(TEXT)), 1);
        check(&format!("<html><body>{TEXT}<!-- </html><html> -->{MORE}"), 1);
        check(
            &format!("<html><body>{TEXT}<iframe srcdoc='<!doctype html><html>{MORE}</html>'></iframe>"),
            1,
        );
        // What has no text is no page.
        check(
            &format!("<html><head><title>أ</title></head></html><html><body>{TEXT}</html>"),
            1,
        );
        check(&format!("{}<html><body><img></body></html>", page(TEXT)), 1);
    }

    #[track_caller]
    fn check_hidden(inside: &str, shown: Option<&str>) {
        let page = format!("<p>{TEXT}</p><noscript class='a'>{inside}</noscript><p>نص</p>");
        let expected = shown.map(|it| format!("<p>{TEXT}</p>{it}<p>نص</p>"));
        assert_eq!(with_hidden_texts(&page), expected.unwrap_or_else(|| page.clone()));
    }

    #[test]
    fn texts_that_are_shown_without_scripts_are_texts() {
        check_hidden(MORE, Some(&format!("<p>{MORE}</p>")));
        let two = format!("<p>{MORE}</p><p>{MORE} ثم مضى</p>");
        check_hidden(&two, Some(&two));
        check_hidden(&format!("<p>{TEXT}</p>"), None);
        check_hidden("<img src='a.jpg' alt='صورة طويلة جدا لا يراها أحد في هذه الصفحة'>", None);
        check_hidden("يرجى تفعيل جافا سكريبت في متصفحك حتى تظهر هذه الصفحة كاملة", None);
        check_hidden(
            "Please enable JavaScript to view the comments powered by someone.",
            None,
        );
    }
}
