//! The threads of the window, driven as the window drives them.

use std::time::Duration;

use fihrist::archive::Reading;
use fihrist::entities::{Correction, EntityId};
use fihrist::index::{Facet, Index, IndexedFile};
use fihrist::state::{AppState, ArchiveRoot, Command, Event, Notice, Settings};
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

#[test]
fn a_correction_acts_at_once_and_can_be_taken_back() {
    let (data, archive) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, person) in [("1", "سامي العامري"), ("2", "نادر الصيداوي")] {
        let text = format!("بيان المجلس {name}\n\nقال {person} إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n");
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
    let people = |state: &AppState| -> Vec<(String, u64)> {
        let page = state.results.value.as_ref();
        let people = page.and_then(|page| page.facets.iter().find(|it| it.facet == Facet::Person));
        let values = people.map(|it| it.values.iter().map(|it| (it.name.clone(), it.articles)).collect());
        values.unwrap_or_default()
    };
    let both = [("سامي العامري".to_owned(), 1), ("نادر الصيداوي".to_owned(), 1)];
    start(
        &mut state,
        Command::Open(ArchiveRoot::Folder(archive.path().to_owned())),
    );
    until(&mut state, &workers, &events, |state| people(state) == both);

    let merge = Correction::Merge {
        from: EntityId("person:نادر الصيداوي".into()),
        into: EntityId("person:سامي العامري".into()),
    };
    start(&mut state, Command::PreviewCorrection(merge.clone()));
    until(
        &mut state,
        &workers,
        &events,
        |state| matches!(&state.preview, Some((_, Some(preview))) if preview.after.len() == 1 && preview.after[0].articles == 2),
    );
    assert_eq!(people(&state), both);

    start(&mut state, Command::Correct(merge.clone()));
    let one = [("سامي العامري".to_owned(), 2)];
    until(&mut state, &workers, &events, |state| people(state) == one);
    assert_eq!((state.corrections.all(), &state.preview), (&[merge.clone()][..], &None));
    // It is in the reader too, which shows the article of the other one.
    until(&mut state, &workers, &events, |state| {
        let shown = state.reading.shown.as_ref();
        shown.is_some_and(|it| it.mentions.iter().any(|it| it.name == "سامي العامري"))
    });

    // The page of the one that was merged is that of the other, and counts anew when the correction is taken back.
    let page_of = |state: &AppState| {
        let page = state.entity.as_ref().and_then(|it| it.page.value.clone());
        page.map(|page| (page.summary.name.clone(), page.summary.articles))
    };
    let id = EntityId("person:نادر الصيداوي".into());
    start(&mut state, Command::ShowEntity { id, with: None });
    until(&mut state, &workers, &events, |state| {
        page_of(state) == Some(one[0].clone())
    });

    let unknown = Correction::Hide {
        entity: EntityId("person:لا أحد".into()),
    };
    start(&mut state, Command::Correct(unknown));
    until(&mut state, &workers, &events, |state| !state.notices.is_empty());
    assert!(matches!(state.notices[0], Notice::CorrectionFailed(_)));
    assert_eq!(state.corrections.all(), [merge]);

    start(&mut state, Command::UndoCorrection(None));
    until(&mut state, &workers, &events, |state| people(state) == both);
    until(&mut state, &workers, &events, |state| {
        page_of(state) == Some(both[0].clone())
    });
    assert!(state.corrections.all().is_empty());
}

#[test]
fn a_second_window_says_so_and_sees_what_the_first_commits() {
    let (data, archive) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let text = "بيان المجلس\n\nقال سامي العامري إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n";
    std::fs::write(archive.path().join("a.txt"), text).unwrap();
    let data_dir = DataDir::new(data.path().to_owned());
    let first = Index::open(&data_dir.index_of(archive.path())).unwrap();
    let mut writer = first.writer().unwrap();

    let (sender, events) = crossbeam_channel::unbounded();
    // The receiver lives as long as the test.
    let send = move |event| sender.send(event).unwrap_or(());
    let workers = Workers::start(data_dir.clone(), Box::new(send)).unwrap();
    let mut state = AppState::new(Settings::default());
    for job in state.update(Command::Open(ArchiveRoot::Folder(archive.path().to_owned()))) {
        workers.start_job(job);
    }
    until(&mut state, &workers, &events, |state| {
        state.notices == [Notice::OtherWindowWrites]
    });

    let file = IndexedFile {
        path: "b.txt".into(),
        size: 1,
        modified_nanos: 1,
        content_hash: 1,
        reading: 0,
        unreadable: Vec::new(),
    };
    let article =
        fihrist::archive::read_articles(archive.path(), "a.txt".as_ref(), &Reading::default(), &mut |article| {
            writer.add_file(&file, &[(article, Vec::new())]).unwrap();
            std::ops::ControlFlow::Continue(())
        });
    assert!(article.is_ok());
    writer.commit().unwrap();
    until(&mut state, &workers, &events, |state| {
        state
            .results
            .value
            .as_ref()
            .is_some_and(|page| page.articles.len() == 1)
    });
}
