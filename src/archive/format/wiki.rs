//! What Obsidian and other programs for notes add to Markdown: links between notes, embedded files, comments.

/// A text with the words of its links only, without embedded files: «[[الجسر|الجسر الجديد]]» is «الجسر الجديد».
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[[") {
        // Where none ends, no later one does.
        let Some((inner, after)) = link.split_once("]]") else {
            break;
        };
        match before.strip_suffix('!') {
            Some(before) => plain.push_str(before),
            None => {
                plain.push_str(before);
                plain.push_str(words(inner));
            }
        }
        rest = after;
    }
    plain.push_str(rest);
    plain.trim().to_owned()
}

/// What a link shows: its words, or the name of the note without its heading.
fn words(link: &str) -> &str {
    match link.rsplit_once('|') {
        Some((_, shown)) => shown,
        None => link.split('#').find(|it| !it.is_empty()).unwrap_or(link),
    }
}

/// A text without its comments, and these: `%% … %%` and `<!-- … -->`. One that never ends is text.
pub fn without_comments(text: &str) -> (String, Vec<&str>) {
    let mut kept = String::with_capacity(text.len());
    let mut comments = Vec::new();
    let mut rest = text;
    loop {
        let starts = [("%%", "%%"), ("<!--", "-->")].into_iter();
        let first = starts
            .filter_map(|(open, close)| Some((comment_start(rest, open)?, open, close)))
            .min();
        let Some((at, open, close)) = first else { break };
        let inner = &rest[at + open.len()..];
        let Some(end) = inner.find(close) else { break };
        kept.push_str(&rest[..at]);
        comments.push(inner[..end].trim());
        rest = &inner[end + close.len()..];
    }
    kept.push_str(rest);
    (kept, comments)
}

/// Where a comment begins: not within a word, as in «50%%».
fn comment_start(text: &str, open: &str) -> Option<usize> {
    let mut places = text.match_indices(open).map(|(at, _)| at);
    places.find(|at| !text[..*at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_their_words_and_comments_no_text() {
        assert_eq!(
            plain("زار [[المرسى]] و[[دمنار|العاصمة]] ![[صورة.jpg]]"),
            "زار المرسى والعاصمة"
        );
        assert_eq!(plain("[[مدن#المرسى]] [[لا ينتهي"), "مدن [[لا ينتهي");
        let (text, comments) = without_comments("نص %%سر%% ثم <!-- سر\nآخر --> نص و50%% بلا نهاية");
        assert_eq!(text, "نص  ثم  نص و50%% بلا نهاية");
        assert_eq!(comments, ["سر", "سر\nآخر"]);
    }
}
