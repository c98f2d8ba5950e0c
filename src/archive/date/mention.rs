//! The dates that an article mentions, as opposed to its own.

use crate::archive::{Article, DateMention, DatePrecision};

use super::expression::expressions;
use super::value::Value;

/// The dates mentioned in an article's title and body, in the order of its text: absolute ones and, if the article
/// states its day of publication, relative ones.
pub fn date_mentions(article: &Article) -> Vec<DateMention> {
    let published = article.published.filter(|it| it.precision == DatePrecision::Day);
    let anchor = published.map(|it| it.date);
    let mut mentions = Vec::new();
    let sections = article.sections.iter().filter(|it| it.kind.is_article());
    for section in sections {
        let Some(text) = section.span.of(&article.text) else {
            continue;
        };
        for it in expressions(text) {
            // A time alone, «الساعة التاسعة», names no day.
            if matches!(it.value, Value::Timed(None, _)) {
                continue;
            }
            if let Some(resolved) = it.resolve(anchor) {
                mentions.push(DateMention {
                    span: it.span.shifted(section.span.start),
                    days: resolved.days,
                    is_approximate: resolved.is_approximate,
                });
            }
        }
    }
    mentions
}
