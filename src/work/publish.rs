//! Showing what an index holds now, as soon as it can be told: first the articles, then what their names refer to, then
//! which of them are nearly the same.

use std::sync::atomic::Ordering;
use std::time::Instant;

use crate::index::{Damage, DerivedFile, OpenError};
use crate::state::IndexEvent;

use super::context::Context;
use super::inbox::lock;
use super::marking::tell_marks;
use super::session::Session;

/// Has an archive searched with all the articles that were committed, and what is known of them so far.
pub fn publish_commit(context: &Context, session: &Session) -> Result<(), OpenError> {
    let published = context.open.publish(session, || session.index.early_searcher())?;
    if let Some(searcher) = published {
        let n_articles = searcher.n_articles();
        context.tell(session, IndexEvent::Changed { n_articles });
        let marks = lock(&session.marks);
        if !marks.marks().is_empty() {
            tell_marks(context, session, &marks, None);
        }
    }
    Ok(())
}

/// Takes back what was found with columns that turned out to be damaged.
fn tell_remade(context: &Context, session: &Session) {
    if session.index.remade().contains(&DerivedFile::Columns) && !session.told_remade.swap(true, Ordering::Relaxed) {
        context.tell(session, IndexEvent::Damaged(Damage::default()));
    }
}

/// Has an archive searched with all its names, and then with all its stories, where it is not yet.
pub fn publish_names_and_stories(context: &Context, session: &Session) -> Result<(), OpenError> {
    let searcher = context.open.searcher(session);
    if searcher.is_some_and(|it| !it.has_all_names()) {
        let start = Instant::now();
        let published = context.open.publish(session, || session.index.named_searcher())?;
        tracing::info!(millis = start.elapsed().as_millis(), "names resolved");
        if published.is_some() {
            context.tell(session, IndexEvent::NamesFound);
            tell_remade(context, session);
        }
    }
    let searcher = context.open.searcher(session);
    if searcher.is_some_and(|it| !it.has_all_stories()) {
        let start = Instant::now();
        let published = context.open.publish(session, || session.index.searcher())?;
        tracing::info!(millis = start.elapsed().as_millis(), "stories found");
        if published.is_some() {
            context.tell(session, IndexEvent::StoriesFound);
        }
    }
    Ok(())
}
