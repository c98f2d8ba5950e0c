//! Which counts are on the screen, to be drawn.

use crate::index::SearchRequest;

use super::archive_view::ArchiveView;
use super::chart::{Chart, Charted, TimelineChart};
use super::chart_kind::ChartKind;

/// The counts on the screen; nothing where these are none now.
pub fn chart_of(archive: &ArchiveView, kind: ChartKind) -> Option<Chart> {
    let open = archive.open.as_ref()?;
    let found = archive.search.found_page()?;
    let charted = match kind {
        ChartKind::Timeline => {
            let series = archive.search.series.as_ref();
            let other = series.and_then(|it| Some((it.request.clone(), it.days.value.clone()?)));
            let chart = TimelineChart::new(&found.request, &found.page)?;
            Charted::Timeline(TimelineChart { other, ..chart })
        }
        ChartKind::Names => Charted::Compared(archive.entities.shown.as_ref()?.page.value.clone()?),
        ChartKind::Top(facet) => {
            let counts = found.page.facets.iter().find(|it| it.facet == facet)?;
            Charted::Top(Some(counts).filter(|it| !it.values.is_empty())?.clone())
        }
    };
    // The page of a name is about the whole archive.
    let (request, n_found) = match &charted {
        Charted::Compared(_) => (SearchRequest::default(), open.n_articles),
        Charted::Timeline(_) | Charted::Top(_) => (found.request, found.page.n_articles),
    };
    Some(Chart {
        charted,
        request,
        n_found,
        n_articles: open.n_articles.max(n_found),
        archive: open.root.clone(),
    })
}
