//! The dates of which an article speaks, as opposed to its own.

use crate::archive::{Article, DateMention, DatePrecision};

use super::expression::expressions;
use super::value::Value;

/// The dates of which an article's title and body speak, in the order of its text: those that are known without its
/// date, and, if it states the day it was published, those that are told from there.
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
