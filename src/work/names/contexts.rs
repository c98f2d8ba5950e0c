//! The sentences of articles that name an entity: as the reader marks them, short forms of the name included.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::arabic::Span;
use crate::arabic::sentence::sentences;
use crate::archive::ArticleId;
use crate::entities::{ByHand, EntityId, EntityIdx, Recogniser};
use crate::index::{Cancelled, SearchError, Searcher};
use crate::state::NameContext;

/// Of a longer sentence only what stands around the name is shown, in letters: some five lines. Picked by feel.
const MOST_LETTERS: usize = 480;

/// The sentences of some articles that name an entity, in the order of the articles and of their text, a sentence once. An
/// article that cannot be read, or whose copy in the index does not name it, has none.
///
/// `None` if `cancelled` says that they are no longer wanted.
pub fn contexts(
    searcher: &Searcher,
    (recogniser, by_hand): (&dyn Recogniser, &ByHand),
    entity: &EntityId,
    articles: &[ArticleId],
    cancelled: Cancelled<'_>,
) -> Option<(Vec<NameContext>, Option<SearchError>)> {
    let Some(idx) = searcher.registry().find(entity) else {
        return Some((Vec::new(), None));
    };
    let of_article = |article: &ArticleId| {
        let is_wanted = !cancelled();
        is_wanted.then(|| contexts_of(searcher, (recogniser, by_hand), idx, *article))
    };
    let read: Option<Vec<_>> = articles.par_iter().map(of_article).collect();
    let (mut found, mut unread) = (Vec::new(), None);
    for it in read? {
        match it {
            Ok(contexts) => found.extend(contexts),
            Err(err) => unread = unread.or(Some(err)),
        }
    }
    Some((found, unread))
}

fn contexts_of(
    searcher: &Searcher,
    (recogniser, by_hand): (&dyn Recogniser, &ByHand),
    idx: EntityIdx,
    article: ArticleId,
) -> Result<Vec<NameContext>, SearchError> {
    let Some(stored) = searcher.stored_article(article)? else {
        return Ok(Vec::new());
    };
    let mut read = stored.into_article();
    let (mentions, _) = by_hand.correct(&mut read, recogniser, None);
    let registry = searcher.registry();
    let of_entity = mentions.iter().filter(|it| registry.entity_of(&it.name) == Some(idx));
    let spans: Vec<Span> = of_entity.map(|it| it.span).collect();
    let mut contexts = Vec::new();
    let mut nth = 0;
    for sentence in sentences(&read.text) {
        let here: Vec<Span> = spans.iter().copied().filter(|it| sentence.overlaps(*it)).collect();
        let Some(first) = here.first() else { continue };
        let around = around(&read.text, sentence, *first);
        let (sentence, marks) = in_one_line(&read.text, around, &here);
        contexts.push(NameContext {
            article,
            title: read.title.clone(),
            published: read.published,
            source: read.source.clone(),
            sentence,
            marks,
            nth,
        });
        nth += here.len();
    }
    Ok(contexts)
}

/// The sentence, or of a very long one whole words around a place in it.
fn around(text: &str, sentence: Span, place: Span) -> Span {
    let n_letters = sentence.of(text).map_or(0, |it| it.chars().count());
    if n_letters <= MOST_LETTERS {
        return sentence;
    }
    let before = Span::new(sentence.start, place.start.max(sentence.start))
        .of(text)
        .unwrap_or_default();
    let after = Span::new(place.end.min(sentence.end), sentence.end)
        .of(text)
        .unwrap_or_default();
    let (n_before, n_after) = (before.chars().count(), after.chars().count());
    // What one side does not need the other one gets.
    let half = MOST_LETTERS / 2;
    let room_before = half + half.saturating_sub(n_after);
    let room_after = half + half.saturating_sub(n_before);
    let mut around = sentence;
    if let Some((cut, _)) = before.char_indices().rev().nth(room_before) {
        let blank = before[cut..].find(char::is_whitespace).unwrap_or(0);
        around.start = sentence.start + cut + blank;
    }
    if let Some((cut, _)) = after.char_indices().nth(room_after) {
        let blank = after[..cut].rfind(char::is_whitespace).unwrap_or(cut);
        around.end = sentence.end - after.len() + blank;
    }
    around
}

/// A piece of a text with single spaces and «…» where its sentence goes on, and some spans of the text in it.
fn in_one_line(text: &str, piece: Span, spans: &[Span]) -> (String, Vec<Span>) {
    let is_end = |c: Option<char>| c.is_none_or(|c| c == '\n' || !c.is_whitespace());
    let mut line = String::new();
    // Where each byte of the piece went.
    let mut places = vec![0; piece.len() + 1];
    if !is_end(text[piece.start..].chars().next()) {
        line.push('…');
    }
    for (at, c) in text[piece.start..piece.end].char_indices() {
        places[at] = line.len();
        match c.is_whitespace() {
            false => line.push(c),
            true if line.ends_with(' ') => {}
            true => line.push(' '),
        }
    }
    places[piece.len()] = line.len();
    let is_cut = text[piece.end..].chars().next().is_some_and(|c| c == ' ')
        && !text[piece.start..piece.end].ends_with(['.', '؟', '?', '!', '…', '»', '"', '”', ')']);
    if is_cut {
        line.push_str(" …");
    }
    let shown = spans.iter().filter(|it| piece.covers(**it));
    let marks = shown.map(|it| Span::new(places[it.start - piece.start], places[it.end - piece.start]));
    let marks = marks.collect();
    (line, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, name: &str) -> (String, Vec<String>) {
        let at = text.find(name).unwrap();
        let place = Span::new(at, at + name.len());
        let sentence = sentences(text).into_iter().find(|it| it.covers(place)).unwrap();
        let (line, marks) = in_one_line(text, around(text, sentence, place), &[place]);
        let marks = marks.iter().filter_map(|it| it.of(&line)).map(str::to_owned).collect();
        (line, marks)
    }

    #[test]
    fn a_context_is_the_sentence_with_the_name_marked() {
        let (line, marks) = shown("بدأ اليوم. قال  سامي\tالعامري إن العمل اكتمل. وانتهى.", "العامري");
        assert_eq!(line, "قال سامي العامري إن العمل اكتمل.");
        assert_eq!(marks, ["العامري"]);
    }

    #[test]
    fn of_a_very_long_sentence_stands_what_is_around_the_name() {
        let text = format!("{} سامي العامري {}.", "كلمة ".repeat(300), "أخرى ".repeat(300));
        let (line, marks) = shown(&text, "سامي العامري");
        assert_eq!(marks, ["سامي العامري"]);
        assert!(line.starts_with('…') && line.ends_with(" …"), "{line}");
        assert!(line.chars().count() < MOST_LETTERS + 40, "{}", line.chars().count());
        // At the end there is more room before.
        let text = format!("{} سامي العامري.", "كلمة ".repeat(300));
        let (line, _) = shown(&text, "سامي العامري");
        assert!(
            MOST_LETTERS - 20 < line.chars().count() && line.ends_with("العامري."),
            "{line}"
        );
    }
}
