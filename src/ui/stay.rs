//! What is looked at for a while is where the user was: it is remembered, and shown again when the archive is opened next.

use egui::Ui;

use crate::archive::ArticleId;
use crate::state::{AppState, Command, SessionId, TextPlace};

use super::layout::View;
use super::reader::ReaderPaneState;

/// What is looked at for so long was not passed over, in seconds. A guess.
const STAY_SECS: f64 = 1.5;

/// Since when the same was looked at.
#[derive(Default)]
pub struct StayState {
    looked_at: LookedAt,
    since_secs: f64,
    is_told: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct LookedAt {
    session: Option<SessionId>,
    n_steps: u64,
    article: Option<ArticleId>,
    place: TextPlace,
}

/// Tells once when the same was looked at for a while.
pub fn stay_ui(ui: &Ui, view: View<'_>, it: &mut StayState, reader: &ReaderPaneState, commands: &mut Vec<Command>) {
    let archive = &view.state.archive;
    let place = place_in(view.state, reader);
    let (Some(session), Some(place)) = (archive.session(), place) else {
        return;
    };
    let looked_at = LookedAt {
        session: Some(session),
        n_steps: archive.n_steps(),
        article: archive.reading.wanted,
        place,
    };
    let now = ui.input(|input| input.time);
    if it.looked_at != looked_at {
        (it.looked_at, it.since_secs, it.is_told) = (looked_at, now, false);
    }
    if it.is_told {
        return;
    }
    let rest = it.since_secs + STAY_SECS - now;
    if rest <= 0.0 {
        it.is_told = true;
        commands.push(Command::Stayed(place));
    } else {
        ui.request_repaint_after(std::time::Duration::from_secs_f64(rest));
    }
}

/// How far the article is scrolled; nothing while the one that is wanted is not shown.
pub fn place_in(state: &AppState, reader: &ReaderPaneState) -> Option<TextPlace> {
    let reading = &state.archive.reading;
    let shown = reading.shown.as_ref().map(|it| it.id);
    if reading.wanted != shown {
        return None;
    }
    let (block, byte) = reader.reader.top();
    Some(TextPlace { block, byte })
}
