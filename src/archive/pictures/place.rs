//! Which pictures of a page are its article's, where in the text they stand, and what is said of them.
//!
//! A picture is the article's if lines of the article stand beside it in the page. Which lines these are is known only when
//! the text was divided into its sections.

use rustc_hash::FxHashSet;

use crate::arabic::{Folding, fold};
use crate::archive::article::{Article, Section, SectionKind};

use super::model::{MOST_PICTURES, PagePicture, Picture, PictureSource};
use super::resolve::{PagePlace, source};

/// A shorter line may stand anywhere; in bytes. A guess: two words.
const SHORTEST_LINE: usize = 12;
/// What pages hold in themselves is kept with the article up to this, in bytes: a page with thirty large photographs.
const MOST_DATA: usize = 32 << 20;

/// The pictures of the article among those of its page, in the order of the text; each once.
pub fn placed(article: &Article, pictures: Vec<PagePicture>, place: PagePlace<'_>) -> Vec<Picture> {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut n_data = 0;
    let mut placed = Vec::new();
    for picture in pictures {
        if placed.len() == MOST_PICTURES {
            break;
        }
        let Some(at) = place_of(article, &picture) else {
            continue;
        };
        let (source, name) = source(&picture, place);
        let first = picture.addresses.first().cloned().unwrap_or_default();
        let key = match &source {
            PictureSource::File(path) | PictureSource::Part(path) | PictureSource::Data(path) => path,
            PictureSource::Remote | PictureSource::Outside | PictureSource::TooMuch => &first,
        };
        if !seen.insert(key.clone()) {
            continue;
        }
        let caption = caption(article, &picture, at);
        let is_told = matches!(source, PictureSource::Remote | PictureSource::Outside);
        // Of a page that was saved without its pictures only those are told that say what they show.
        if is_told && caption.is_none() && !picture.is_figure {
            continue;
        }
        let source = match source {
            PictureSource::Data(data) if MOST_DATA < n_data + data.len() => PictureSource::TooMuch,
            source => source,
        };
        if let PictureSource::Data(data) = &source {
            n_data += data.len();
        }
        placed.push(Picture {
            at,
            source,
            name,
            caption,
        });
    }
    placed.sort_by_key(|it| it.at);
    placed
}

/// Where in the text a picture stands; nothing if it is not the article's.
fn place_of(article: &Article, picture: &PagePicture) -> Option<usize> {
    let near = |lines: &[String]| {
        let mut sections = lines.iter().map(|it| section_of(article, it)).enumerate();
        sections.find_map(|(distance, it)| Some((distance, it?)))
    };
    let (before, after) = (near(&picture.before), near(&picture.after));
    let is_next = |it: &Option<(usize, &Section)>| it.is_some_and(|(distance, _)| distance == 0);
    let is_beside = is_next(&before) || is_next(&after) || before.is_some() && after.is_some();
    if !is_beside && !(picture.is_figure && (before.is_some() || after.is_some())) {
        return None;
    }
    match (before, after) {
        (_, Some((_, section))) if section.kind != SectionKind::Title => Some(section.span.start),
        // What stands above the headline is shown below it.
        (_, Some((_, section))) | (Some((_, section)), None) => Some(section.span.end),
        (None, None) => None,
    }
}

/// The section of the article in which a line of its page stands.
fn section_of<'a>(article: &'a Article, line: &str) -> Option<&'a Section> {
    if line.len() < SHORTEST_LINE {
        return None;
    }
    use SectionKind::{Body, Byline, Caption, Dateline, Subheading, Title};
    let places = article.text.match_indices(line).take(4).filter_map(|(at, _)| {
        let idx = article.sections.partition_point(|it| it.span.end <= at);
        article.sections.get(idx)
    });
    let is_article = |it: &&Section| matches!(it.kind, Body | Byline | Caption | Dateline | Subheading | Title);
    places.filter(is_article).next()
}

/// What is said of a picture.
fn caption(article: &Article, picture: &PagePicture, at: usize) -> Option<String> {
    let next = article.sections.iter().find(|it| at <= it.span.start);
    let beside = next.filter(|it| it.kind == SectionKind::Caption);
    let beside = beside.and_then(|it| it.span.of(&article.text)).map(str::to_owned);
    let folded = |text: &str| fold(text.trim(), Folding::Word);
    let is_telling = |it: &String| {
        let n_letters = it.chars().filter(|c| c.is_alphabetic()).count();
        let is_file_name = !it.contains(' ') && (it.contains('.') || it.contains('_') || it.is_ascii());
        3 <= n_letters && !is_file_name && folded(it) != folded(&article.title)
    };
    let described = picture.description.clone().filter(is_telling);
    picture.caption.clone().or(beside).or(described)
}
