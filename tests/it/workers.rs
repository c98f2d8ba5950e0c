//! The threads of the window, driven as the window drives them.

use std::time::Duration;

use fihrist::state::{AppState, ArchiveRoot, Command, Event, Settings};
use fihrist::work::{DataDir, Workers};

/// Takes what the threads send until `is_there`.
fn until(
    state: &mut AppState,
    workers: &Workers,
    events: &crossbeam_channel::Receiver<Event>,
    is_there: impl Fn(&AppState) -> bool,
) {
    while !is_there(state) {
        let event = events
            .recv_timeout(Duration::from_secs(60))
            .expect("the threads answer");
        for job in state.apply(event) {
            workers.start_job(job);
        }
    }
}

#[test]
fn a_typed_title_is_found_and_the_newest_wish_wins() {
    let (data, archive) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, title) in [("1", "بيان المجلس"), ("2", "«القاهرة» تستضيف قمة"), ("3", "قمة ثانية")]
    {
        let text = format!("{title}\n\nقال المجلس إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n");
        std::fs::write(archive.path().join(format!("{name}.txt")), text).unwrap();
    }
    let (sender, events) = crossbeam_channel::unbounded();
    // The receiver lives as long as the test.
    let send = move |event| sender.send(event).unwrap_or(());
    let workers = Workers::start(DataDir::new(data.path().to_owned()), Box::new(send)).unwrap();
    let mut state = AppState::new(Settings::default());
    let start = |state: &mut AppState, command| {
        for job in state.update(command) {
            workers.start_job(job);
        }
    };
    start(
        &mut state,
        Command::Open(ArchiveRoot::Folder(archive.path().to_owned())),
    );
    until(&mut state, &workers, &events, |state| {
        let n_found = state.results.value.as_ref().map_or(0, |page| page.articles.len());
        n_found == 3 && !state.is_searching() && state.archive.as_ref().is_some_and(|it| it.summary.is_some())
    });
    let after = state.selected;
    assert_eq!(after, Some(0));
    for typed in ["ب", "قم"] {
        let typed = typed.to_owned();
        start(&mut state, Command::FindTitle { typed, after });
    }
    until(&mut state, &workers, &events, |state| state.n_found == 1);
    assert_eq!(state.selected, Some(2));
}
