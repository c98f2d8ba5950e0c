//! The dates that an article mentions, as opposed to its own.

use crate::archive::{Article, DateMention, DatePrecision};

use super::expression::expressions_by_stretch;
use super::value::Value;

/// The dates mentioned in an article's title and body, in the order of its text: absolute ones and, if the article
/// states its day of publication, relative ones.
pub fn date_mentions(article: &Article) -> impl Iterator<Item = DateMention> + '_ {
    let published = article.published.filter(|it| it.precision == DatePrecision::Day);
    let anchor = published.map(|it| it.date);
    let sections = article.sections.iter().filter(|it| it.kind.is_article());
    sections.flat_map(move |section| {
        let text = section.span.of(&article.text).unwrap_or_default();
        expressions_by_stretch(text).flatten().filter_map(move |it| {
            // A time alone, «الساعة التاسعة», names no day.
            if matches!(it.value, Value::Timed(None, _)) {
                return None;
            }
            let resolved = it.resolve(anchor)?;
            Some(DateMention {
                span: it.span.shifted(section.span.start),
                days: resolved.days,
                is_approximate: resolved.is_approximate,
            })
        })
    })
}
