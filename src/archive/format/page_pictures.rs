//! The pictures of a page: their addresses, what is said of them, and the lines around them.
//!
//! Not for deciding which of them are the article's: that is known when its text was divided. What certainly is none is
//! left out here: what is small, or called a logo, or leads to another page.

use std::collections::HashMap;

use scraper::{ElementRef, Html, Node};

use crate::archive::pictures::{MOST_PICTURES, PagePicture, PictureSource, file_name};

use super::page_blocks::INLINE;
use super::page_rest::is_called_other;
use super::text::one_line;

/// So many lines on either side are noted. A guess: the day and the writer may stand between the headline and a picture.
const LINES: usize = 3;
/// A picture that is to be shown narrower or lower than this is an icon, or the picture of another article; in pixels. A
/// guess.
const SMALL: u32 = 100;
/// A longer address is none, unless it holds the picture itself.
const LONGEST: usize = 4_096;

/// The attributes with the address of a picture that scripts load when it comes into view: those of the libraries lazysizes,
/// Lazy Load, LazyLoad of WordPress, and of sites seen.
const LAZY: [&str; 6] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-image",
    "data-url",
];
const LAZY_SETS: [&str; 2] = ["data-srcset", "data-lazy-srcset"];

/// Words in the names of what is no picture of an article.
const FURNITURE: [&str; 14] = [
    "logo",
    "logos",
    "icon",
    "icons",
    "avatar",
    "sprite",
    "spacer",
    "blank",
    "pixel",
    "emoji",
    "badge",
    "captcha",
    "ads",
    "advertisement",
];

/// The pictures of a page, in its order.
pub fn of(document: &Html) -> Vec<PagePicture> {
    let mut walk = Walk::default();
    walk.walk(document.root_element(), Around::default());
    walk.flush();
    let Walk { lines, pictures, .. } = walk;
    let with_lines = |(mut it, at): (PagePicture, usize)| {
        it.before = lines[..at].iter().rev().take(LINES).cloned().collect();
        it.after = lines[at..].iter().take(LINES).cloned().collect();
        it
    };
    pictures.into_iter().map(with_lines).collect()
}

#[derive(Default)]
struct Walk {
    lines: Vec<String>,
    line: String,
    /// The pictures, and how many lines stand before each.
    pictures: Vec<(PagePicture, usize)>,
}

/// What is around an element.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    /// The figure that it is in.
    figure: Option<ElementRef<'a>>,
    /// Where a link around it leads to, if that is outside of its figure.
    link: Option<&'a str>,
    /// Whether it is in the caption of a figure.
    is_caption: bool,
    /// Whether it is in an article, as pages mark them.
    is_article: bool,
}

impl Walk {
    fn flush(&mut self) {
        let line = one_line(&self.line);
        self.line.clear();
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    fn walk<'a>(&mut self, element: ElementRef<'a>, around: Around<'a>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) if !around.is_caption => self.line.push_str(text),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, around);
                    }
                }
                _ => {}
            }
        }
    }

    fn element<'a>(&mut self, element: ElementRef<'a>, mut around: Around<'a>) {
        let name = element.value().name();
        match name {
            "script" | "style" | "noscript" | "template" | "head" | "iframe" | "svg" | "select" => return,
            "nav" | "footer" | "aside" | "button" | "form" => return,
            "header" if !around.is_article => {}
            "div" | "section" | "ul" if is_called_other(element) => return,
            "img" | "amp-img" => return self.picture(element, around),
            "image" => return,
            "br" => return self.flush(),
            "figure" => around.figure = Some(element),
            "figcaption" => around.is_caption = true,
            "article" | "main" => around.is_article = true,
            "a" if around.figure.is_none() => around.link = element.attr("href").or(around.link),
            _ => {}
        }
        if INLINE.contains(&name) {
            return self.walk(element, around);
        }
        self.flush();
        self.walk(element, around);
        self.flush();
    }

    fn picture(&mut self, element: ElementRef<'_>, around: Around<'_>) {
        let addresses = addresses(element);
        // Twice as many: some are other articles'.
        if addresses.is_empty() || 2 * MOST_PICTURES <= self.pictures.len() {
            return;
        }
        let caption = around.figure.and_then(caption_of);
        let leads_away = around
            .link
            .is_some_and(|it| !is_picture(it) && !addresses.iter().any(|own| own == it));
        let side = |name| {
            element
                .attr(name)
                .and_then(|it| it.trim().trim_end_matches("px").parse::<f32>().ok())
        };
        let is_small = [side("width"), side("height")]
            .into_iter()
            .flatten()
            .any(|it| it < SMALL as f32);
        if leads_away || is_small || caption.is_none() && is_furniture(element, &addresses) {
            return;
        }
        let description = element.attr("alt").or(element.attr("title")).map(one_line);
        let picture = PagePicture {
            addresses,
            caption,
            description: description.filter(|it| !it.is_empty()),
            is_figure: around.figure.is_some(),
            ..PagePicture::default()
        };
        self.pictures.push((picture, self.lines.len()));
    }
}

/// The caption of a figure.
fn caption_of(figure: ElementRef<'_>) -> Option<String> {
    let is_caption = |it: &ElementRef<'_>| it.value().name() == "figcaption";
    let caption = figure.descendants().filter_map(ElementRef::wrap).find(is_caption)?;
    Some(one_line(&caption.text().collect::<String>())).filter(|it| !it.is_empty())
}

/// The addresses of a picture, the surest first: where browsers put what they saved, then where scripts take it from.
fn addresses(element: ElementRef<'_>) -> Vec<String> {
    let attr = |name: &str| element.attr(name).map(str::to_owned);
    let largest = |name: &str| element.attr(name).and_then(largest_of_set);
    let mut all: Vec<String> = [attr("src"), largest("srcset")].into_iter().flatten().collect();
    all.extend(LAZY.iter().filter_map(|it| attr(it)));
    all.extend(LAZY_SETS.iter().filter_map(|it| largest(it)));
    let siblings = element
        .parent()
        .filter(|it| it.value().as_element().is_some_and(|it| it.name() == "picture"));
    let siblings = siblings
        .into_iter()
        .flat_map(|it| it.children())
        .filter_map(ElementRef::wrap);
    for source in siblings.filter(|it| it.value().name() == "source") {
        let sets = [source.attr("srcset"), source.attr("data-srcset")];
        all.extend(sets.into_iter().flatten().filter_map(largest_of_set));
    }
    let mut unique: Vec<String> = Vec::new();
    for address in all {
        let address = address.trim();
        let is_data = address.starts_with("data:");
        let is_address = !address.is_empty() && !address.starts_with('#') && (is_data || address.len() <= LONGEST);
        if is_address && !unique.iter().any(|it| it == address) {
            unique.push(address.to_owned());
        }
    }
    unique
}

/// The largest picture of a list as «a.jpg 480w, b.jpg 800w» or «a.jpg, b.jpg 2x».
fn largest_of_set(set: &str) -> Option<String> {
    let mut best: Option<(f32, &str)> = None;
    let mut rest = set.trim_start();
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let address = rest[..end].trim_end_matches(',');
        let has_size = address.len() == end;
        rest = &rest[end..];
        let size = match has_size {
            true => {
                let end = rest.find(',').unwrap_or(rest.len());
                let size = rest[..end].trim().trim_end_matches(['w', 'x', 'h']);
                rest = rest[end..].trim_start_matches(',');
                size.parse().unwrap_or(1.0)
            }
            false => 1.0,
        };
        rest = rest.trim_start();
        if !address.is_empty() && best.is_none_or(|(it, _)| it < size) {
            best = Some((size, address));
        }
    }
    best.map(|(_, address)| address.to_owned())
}

/// Whether a link leads to a picture.
fn is_picture(address: &str) -> bool {
    let name = file_name(address).to_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp"]
        .iter()
        .any(|it| name.ends_with(it))
}

/// Whether a picture is called something that no article's is.
fn is_furniture(element: ElementRef<'_>, addresses: &[String]) -> bool {
    let names = [element.attr("class"), element.attr("id")].into_iter().flatten();
    let own = addresses
        .iter()
        .find(|it| !it.starts_with("data:"))
        .map(|it| file_name(it));
    let is_drawing = own.as_ref().is_some_and(|it| it.to_lowercase().ends_with(".svg"));
    let names = names.map(str::to_owned).chain(own);
    let is_word = |word: &str| FURNITURE.iter().any(|it| word.eq_ignore_ascii_case(it));
    is_drawing
        || names
            .into_iter()
            .any(|it| it.split(|c: char| !c.is_alphanumeric()).any(is_word))
}

/// Finds pictures among the parts of a message by their addresses: `part_of` is asked for each.
pub fn find_parts(
    pictures: &mut [PagePicture],
    parts: &HashMap<String, usize>,
    take: impl Fn(usize) -> Option<PictureSource>,
) {
    for picture in pictures {
        let found = picture.addresses.iter().find_map(|it| parts.get(it.trim()));
        picture.found = found.and_then(|it| take(*it));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<PagePicture> {
        of(&Html::parse_document(page))
    }

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let found = found(page);
        let addresses: Vec<&str> = found.iter().map(|it| it.addresses[0].as_str()).collect();
        assert_eq!(addresses, expected, "{page}");
    }

    #[test]
    fn icons_logos_and_pictures_of_other_articles_are_left_out() {
        check(
            "<p>أ<img src=a.jpg></p><img src=site-logo.png><img class='icon' src=b.png>",
            &["a.jpg"],
        );
        check(
            "<img src=p.gif width=1 height=1><img src=c.jpg width=640 height=360>",
            &["c.jpg"],
        );
        check(
            "<a href=/news/2.html><img src=d.jpg></a><a href=d-large.jpg><img src=d.jpg></a>",
            &["d.jpg"],
        );
        check(
            "<div class=related-posts><img src=e.jpg></div><aside><img src=f.jpg></aside>",
            &[],
        );
        check("<figure><a href=/photo/1><img src=g.jpg></a></figure>", &["g.jpg"]);
        check(
            "<a href=/news/3.html><figure><img src=h.jpg></figure><h3>خبر</h3></a>",
            &[],
        );
        check("<img src='drawing.svg'><img src='iconic.jpg'>", &["iconic.jpg"]);
    }

    #[test]
    fn every_address_of_a_picture_is_noted() {
        let page = "<picture><source srcset='s.webp 2x'><img src=data:x data-src=l.jpg srcset='a.jpg 480w, b.jpg 800w'></picture>";
        assert_eq!(found(page)[0].addresses, ["data:x", "b.jpg", "l.jpg", "s.webp"]);
        assert_eq!(largest_of_set("a.jpg, b.jpg 2x").as_deref(), Some("b.jpg"));
        assert_eq!(largest_of_set("a,b.jpg 1x").as_deref(), Some("a,b.jpg"));
        assert_eq!(largest_of_set(" , "), None);
    }

    #[test]
    fn a_picture_knows_its_caption_and_the_lines_around_it() {
        let page = "<h1>عنوان</h1><p>قبل</p><figure><img src=a.jpg alt='وصف'><figcaption>شرح <b>الصورة</b></figcaption></figure><p>بعد</p>";
        let picture = &found(page)[0];
        assert_eq!(picture.caption.as_deref(), Some("شرح الصورة"));
        assert_eq!(picture.description.as_deref(), Some("وصف"));
        assert!(picture.is_figure);
        assert_eq!(picture.before, ["قبل", "عنوان"]);
        assert_eq!(picture.after, ["بعد"]);
    }
}
