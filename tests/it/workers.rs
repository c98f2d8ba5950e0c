//! The threads of the window, driven as the window drives them.

use std::time::Duration;

use fihrist::archive::Reading;
use fihrist::entities::{Correction, EntityId};
use fihrist::index::{Facet, Index, IndexedFile};
use fihrist::state::{
    AppState, ArchiveRoot, Change, Command, Event, ForgetFailure, KeptKind, Notice, Obstacle, Settings, TextPlace,
    Visit, WantedPicture,
};
use fihrist::work::{DataDir, InUse, KeptError, ReaderProgram, Workers};

/// The state of a window with its threads, on an archive of its own.
struct Driven {
    data: tempfile::TempDir,
    archive: tempfile::TempDir,
    workers: Workers,
    events: crossbeam_channel::Receiver<Event>,
    state: AppState,
}

impl Driven {
    /// A window on an archive of files, given as name and text, that it has not opened yet.
    fn new(files: &[(&str, String)]) -> Self {
        let (data, archive) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (name, text) in files {
            std::fs::write(archive.path().join(name), text).unwrap();
        }
        let (sender, events) = crossbeam_channel::unbounded();
        // The receiver lives as long as the test.
        let send = move |event| sender.send(event).unwrap_or(());
        let program = ReaderProgram::at(env!("CARGO_BIN_EXE_fihrist").into());
        let workers = Workers::start(DataDir::new(data.path().to_owned()), Some(program), Box::new(send)).unwrap();
        Self {
            data,
            archive,
            workers,
            events,
            state: AppState::new(Settings::default()),
        }
    }

    /// The next window on the same archive, with the settings that were kept; this one is closed.
    fn reopened(self) -> Self {
        let Self {
            data, archive, workers, ..
        } = self;
        drop(workers);
        let (sender, events) = crossbeam_channel::unbounded();
        let send = move |event| sender.send(event).unwrap_or(());
        let data_dir = DataDir::new(data.path().to_owned());
        let state = AppState::new(data_dir.load_settings());
        let program = ReaderProgram::at(env!("CARGO_BIN_EXE_fihrist").into());
        let workers = Workers::start(data_dir, Some(program), Box::new(send)).unwrap();
        Self {
            data,
            archive,
            workers,
            events,
            state,
        }
    }

    fn start(&mut self, command: Command) {
        for job in self.state.update(command) {
            self.workers.start_job(job);
        }
    }

    fn open(&mut self) {
        let folder = self.archive.path().to_owned();
        self.start(Command::Open(ArchiveRoot::Folder(folder)));
    }

    /// Takes what the threads send until `is_there`.
    fn until(&mut self, is_there: impl Fn(&AppState) -> bool) {
        while !is_there(&self.state) {
            let event = self.events.recv_timeout(Duration::from_secs(60));
            for job in self.state.apply(event.expect("the threads answer")) {
                self.workers.start_job(job);
            }
        }
    }
}

#[test]
fn a_typed_title_is_found_and_the_newest_request_wins() {
    let file = |name: &'static str, title: &str| {
        let text = format!("{title}\n\nقال المجلس إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n");
        (name, text)
    };
    let mut window = Driven::new(&[
        file("1.txt", "بيان المجلس"),
        file("2.txt", "«القاهرة» تستضيف قمة"),
        file("3.txt", "قمة ثانية"),
    ]);
    window.open();
    window.until(|state| {
        let n_found = state
            .archive
            .search
            .results
            .value
            .as_ref()
            .map_or(0, |page| page.articles.len());
        n_found == 3
            && !state.archive.search.is_searching()
            && state.archive.open.as_ref().is_some_and(|it| it.summary.is_some())
    });
    let after = window.state.archive.search.selected;
    assert_eq!(after, Some(0));
    for typed in ["ب", "قم"] {
        let typed = typed.to_owned();
        window.start(Command::FindTitle { typed, after });
    }
    window.until(|state| state.archive.search.n_found == 1);
    assert_eq!(window.state.archive.search.selected, Some(2));
}

#[test]
fn the_pictures_in_view_are_decoded() {
    let text = "قال المجلس إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام، وإن الجسر يفتح غدا.";
    let page = format!(
        "<!doctype html><html><head><title>بيان المجلس</title></head><body><article><h1>بيان المجلس</h1>\
         <p>{text}</p><img src='a.png' alt='صورة من الموقع'><img src='icon.png'><p>{text} ثم مضى.</p></article></body></html>"
    );
    let mut window = Driven::new(&[("a.html", page)]);
    let write = |name: &str, width, height| {
        let file = std::fs::File::create(window.archive.path().join(name)).unwrap();
        let mut png = png::Encoder::new(file, width, height);
        png.set_color(png::ColorType::Rgb);
        let mut png = png.write_header().unwrap();
        png.write_image_data(&vec![90; (width * height * 3) as usize]).unwrap();
    };
    write("a.png", 400, 200);
    write("b.png", 16, 16);
    window.open();
    window.until(|state| state.archive.reading.shown.is_some());
    let shown = window.state.archive.reading.shown.clone().unwrap();
    let sizes: Vec<_> = shown.pictures.iter().map(|it| it.size).collect();
    assert_eq!(sizes, [Ok([400, 200])]);
    let most = [128, 128];
    window.start(Command::SeePictures(vec![WantedPicture { picture: 0, most }]));
    window.until(|state| state.archive.reading.pictures.decoded(0).is_some());
    let pictures = &window.state.archive.reading.pictures;
    let pixels = pictures.decoded(0).unwrap().clone().unwrap();
    assert_eq!((pixels.size, &pixels.rgba[..4]), ([128, 64], &[90, 90, 90, 255][..]));
}

#[test]
fn a_correction_acts_at_once_and_can_be_taken_back() {
    let file = |name: &'static str, person: &str| {
        let text = format!("بيان المجلس {name}\n\nقال {person} إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n");
        (name, text)
    };
    let mut window = Driven::new(&[file("1.txt", "سامي العامري"), file("2.txt", "نادر الصيداوي")]);
    let people = |state: &AppState| -> Vec<(String, u64)> {
        let page = state.archive.search.results.value.as_ref();
        let people = page.and_then(|page| page.facets.iter().find(|it| it.facet == Facet::Person));
        let values = people.map(|it| it.values.iter().map(|it| (it.name.clone(), it.articles)).collect());
        values.unwrap_or_default()
    };
    let both = [("سامي العامري".to_owned(), 1), ("نادر الصيداوي".to_owned(), 1)];
    window.open();
    window.until(|state| people(state) == both);

    let merge = Correction::Merge {
        from: EntityId("person:نادر الصيداوي".into()),
        into: EntityId("person:سامي العامري".into()),
    };
    window.start(Command::PreviewCorrection(merge.clone()));
    window.until(|state| {
        let preview = state
            .archive
            .correcting
            .preview
            .as_ref()
            .and_then(|(_, preview)| preview.value.as_ref());
        preview.is_some_and(|it| it.after.len() == 1 && it.after[0].articles == 2)
    });
    assert_eq!(people(&window.state), both);

    window.start(Command::Correct(merge.clone()));
    let one = [("سامي العامري".to_owned(), 2)];
    window.until(|state| people(state) == one);
    assert_eq!(
        (
            window.state.archive.correcting.corrections.all(),
            &window.state.archive.correcting.preview
        ),
        (&[merge.clone()][..], &None)
    );
    // It is in the reader too, which shows the article of the other one.
    window.until(|state| {
        let shown = state.archive.reading.shown.as_ref();
        shown.is_some_and(|it| it.mentions.iter().any(|it| it.name == "سامي العامري"))
    });

    // The page of the one that was merged is that of the other, and counts anew when the correction is taken back.
    let page_of = |state: &AppState| {
        let page = state
            .archive
            .entities
            .shown
            .as_ref()
            .and_then(|it| it.page.value.clone());
        page.map(|page| (page.summary.name.clone(), page.summary.articles))
    };
    let id = EntityId("person:نادر الصيداوي".into());
    window.start(Command::ShowEntity { id, with: Vec::new() });
    window.until(|state| page_of(state) == Some(one[0].clone()));

    let unknown = Correction::Hide {
        entity: EntityId("person:لا أحد".into()),
    };
    window.start(Command::Correct(unknown));
    let has_failed = |it: &Notice| matches!(it, Notice::CorrectionFailed(_));
    window.until(|state| state.notices.all().iter().any(has_failed));
    assert_eq!(window.state.archive.correcting.corrections.all(), [merge]);

    window.start(Command::UndoCorrection(None));
    window.until(|state| people(state) == both);
    window.until(|state| page_of(state) == Some(both[0].clone()));
    assert!(window.state.archive.correcting.corrections.all().is_empty());
}

#[test]
fn a_second_window_says_so_and_sees_what_the_first_commits() {
    let text = "بيان المجلس\n\nقال سامي العامري إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n";
    let mut window = Driven::new(&[("a.txt", text.to_owned())]);
    let folder = window.archive.path().to_owned();
    let data_dir = DataDir::new(window.data.path().to_owned());
    let first = Index::open(&data_dir.index_of(&folder)).unwrap();
    let mut writer = first.writer().unwrap();

    window.open();
    window.until(|state| state.notices.all() == [Notice::Blocked(Obstacle::OtherWindowWrites)]);

    let file = IndexedFile {
        path: "b.txt".into(),
        size: 1,
        modified_nanos: 1,
        content_hash: 1,
        reading: 0,
        unreadable: Vec::new(),
    };
    let article = fihrist::archive::read_articles(&folder, "a.txt".as_ref(), &Reading::default(), &mut |article| {
        writer.add_file(&file, &[(article, Vec::new())]).unwrap();
        std::ops::ControlFlow::Continue(())
    });
    assert!(article.is_ok());
    writer.commit().unwrap();
    window.until(|state| {
        state
            .archive
            .search
            .results
            .value
            .as_ref()
            .is_some_and(|page| page.articles.len() == 1)
    });
}

/// A window on an archive of numbered files that were read once.
fn read_once(n_files: usize) -> Driven {
    let file = |number: usize| {
        let text =
            format!("بيان المجلس {number}\n\nقال سامي العامري إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n");
        (format!("{number}.txt"), text)
    };
    let files: Vec<(String, String)> = (1..=n_files).map(file).collect();
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let mut window = Driven::new(&files);
    window.open();
    window.until(|state| n_found(state) == Some(n_files as u64) && is_read(state));
    window
}

fn is_read(state: &AppState) -> bool {
    let open = state.archive.open.as_ref();
    open.is_some_and(|it| it.summary.is_some() && it.progress.is_none())
}

fn n_found(state: &AppState) -> Option<u64> {
    let page = state.archive.search.results.value.as_ref();
    page.filter(|_| !state.archive.search.is_searching())
        .map(|it| it.n_articles)
}

/// What is told of missing files: how many, and whether the folder itself is away.
fn told(state: &AppState) -> Option<(usize, bool)> {
    state.notices.all().iter().find_map(|it| match it {
        Notice::MissingFiles(missing) => Some((missing.paths.len(), missing.is_folder_away())),
        _ => None,
    })
}

#[test]
fn an_archive_whose_folder_is_gone_opens_from_its_index_and_says_so() {
    let mut window = read_once(3);
    let folder = window.archive.path().to_owned();
    let elsewhere = window.data.path().join("elsewhere");
    std::fs::rename(&folder, &elsewhere).unwrap();
    window.open();
    window.until(|state| told(state) == Some((3, true)) && n_found(state) == Some(3));
    let [Notice::MissingFiles(missing)] = window.state.notices.all() else {
        panic!("{:?}", window.state.notices);
    };
    assert!(missing.folder_failure.is_some() && missing.last_seen.is_some());
    // Trying again helps once it is back.
    std::fs::rename(&elsewhere, &folder).unwrap();
    window.start(Command::Update);
    window.until(|state| state.notices.all().is_empty() && is_read(state));
    assert_eq!(n_found(&window.state), Some(3));
}

#[test]
fn missing_files_are_forgotten_when_the_user_says_so_and_only_those_that_were_asked_about() {
    let mut window = read_once(5);
    let remove = |window: &Driven, number: usize| {
        std::fs::remove_file(window.archive.path().join(format!("{number}.txt"))).unwrap();
    };
    remove(&window, 1);
    window.start(Command::Update);
    window.until(|state| told(state) == Some((1, false)));
    assert_eq!(n_found(&window.state), Some(5));
    let Some(Notice::MissingFiles(missing)) = window.state.notices.all().first().cloned() else {
        panic!("{:?}", window.state.notices);
    };
    // Another one goes while it is asked.
    remove(&window, 2);
    window.start(Command::ForgetFiles(missing.paths));
    window.until(|state| n_found(state) == Some(4) && is_read(state));
    assert_eq!(told(&window.state), Some((1, false)));
    assert!(
        window
            .state
            .archive
            .open
            .as_ref()
            .unwrap()
            .missing
            .contains("2.txt".as_ref())
    );
}

#[test]
fn a_window_goes_on_when_the_process_is_done_that_it_gave_way_to() {
    let mut window = read_once(1);
    let data_dir = DataDir::new(window.data.path().to_owned());
    let lock = std::fs::File::open(data_dir.update_lock(window.archive.path())).unwrap();
    lock.lock().unwrap();
    std::fs::write(
        window.archive.path().join("b.txt"),
        "بيان ثان\n\nقال المجلس إن العمل اكتمل في المدينة أمس.\n",
    )
    .unwrap();
    window.start(Command::Update);
    window.until(|state| state.notices.all() == [Notice::Blocked(Obstacle::OtherWindowWrites)]);
    drop(lock);
    window.until(|state| n_found(state) == Some(2));
    assert!(window.state.notices.all().is_empty());
}

#[test]
fn what_others_change_in_settings_searches_and_corrections_is_followed() {
    let mut window = Driven::new(&[(
        "1.txt",
        "بيان المجلس\n\nقال سامي العامري إن العمل اكتمل في المدينة.\n".into(),
    )]);
    window.open();
    window.until(|state| state.archive.open.as_ref().is_some_and(|it| it.summary.is_some()));
    // Another window on the same archive.
    let others = DataDir::new(window.data.path().to_owned());
    let before = others.load_settings();
    let after = Settings {
        reading_size: 25.0,
        ..before.clone()
    };
    others.change_settings(&Change { before, after }).unwrap();
    others
        .searches_of(window.archive.path())
        .edit(|it| -> Result<(), KeptError> {
            it.save("بحثهم".to_owned(), Visit::default());
            Ok(())
        })
        .unwrap();
    let hide = Correction::Hide {
        entity: EntityId("person:سامي العامري".into()),
    };
    others
        .corrections_of(window.archive.path())
        .edit(|it| -> Result<bool, KeptError> { Ok(it.add(hide.clone())) })
        .unwrap();
    let justified = Settings {
        justified: true,
        ..window.state.settings.clone()
    };
    window.start(Command::SetSettings(justified));
    window.start(Command::SaveSearch("بحثي".to_owned()));
    window.until(|state| {
        let searches = &state.archive.searches.saved;
        state.settings.reading_size == 25.0
            && ["بحثهم", "بحثي"]
                .iter()
                .all(|name| searches.iter().any(|it| it.name == *name))
            && state.archive.correcting.corrections.all() == [hide.clone()]
    });
    let kept = others.searches_of(window.archive.path()).load().unwrap();
    assert_eq!(kept.saved.len(), 2);
    let settings = others.load_settings();
    assert!(settings.justified && settings.reading_size == 25.0);
    assert_eq!(settings.recent, [window.archive.path()]);
}

#[test]
fn the_next_window_shows_an_archive_as_the_last_one_left_it() {
    let text = |person: &str| format!("بيان المجلس\n\nقال {person} إن العمل اكتمل في المدينة قبل موعده.\n");
    let mut window = Driven::new(&[("1.txt", text("سامي العامري")), ("2.txt", text("نادر الصيداوي"))]);
    window.open();
    window.until(|state| state.archive.open.as_ref().is_some_and(|it| it.summary.is_some()));
    window.start(Command::SetQuery("العمل".to_owned()));
    window.until(|state| !state.archive.search.is_searching() && state.archive.search.results.value.is_some());
    window.start(Command::SelectBeside(1));
    let read = window.state.archive.reading.wanted;
    let place = TextPlace { block: 1, byte: 4 };
    window.start(Command::Stayed(place));
    let mut next = window.reopened();
    let root = next.state.settings.last_root();
    assert_eq!(root, ArchiveRoot::Folder(next.archive.path().to_owned()));
    next.start(Command::Open(root));
    next.until(|state| state.archive.search.results.value.is_some() && state.archive.reading.shown.is_some());
    assert_eq!(next.state.archive.search.request.query_text, "العمل");
    assert_eq!(next.state.archive.reading.wanted, read);
    assert_eq!(next.state.archive.reading.left_at, read.map(|it| (it, place)));
    // The folder is gone, and what was read of it is not.
    std::fs::remove_dir_all(next.archive.path()).unwrap();
    let mut last = next.reopened();
    last.open();
    last.until(|state| {
        let is_told = |it: &Notice| matches!(it, Notice::MissingFiles(missing) if missing.is_folder_away());
        state.archive.search.results.value.is_some() && state.notices.all().iter().any(is_told)
    });
}

#[test]
fn a_deleted_file_of_decisions_is_told_in_the_window() {
    let mut window = Driven::new(&[("1.txt", "بيان المجلس\n\nقال سامي العامري إن العمل اكتمل.\n".into())]);
    window.open();
    window.start(Command::SetSettings(Settings::default()));
    window.until(|state| state.archive.open.as_ref().is_some_and(|it| it.summary.is_some()));
    window.start(Command::SaveSearch("بحثي".to_owned()));
    let data_dir = DataDir::new(window.data.path().to_owned());
    let searches = data_dir.searches_of(window.archive.path());
    window.until(|_| searches.path().exists());
    std::fs::remove_file(searches.path()).unwrap();
    window.until(|state| {
        let told = state.notices.all().iter();
        told.into_iter()
            .any(|it| matches!(it, Notice::Kept(it) if it.kind == KeptKind::Searches))
    });
    assert_eq!(searches.load().unwrap().saved.len(), 1);
}

#[test]
fn an_archive_is_forgotten_in_the_window_and_the_sample_opened() {
    let mut window = Driven::new(&[("1.txt", "بيان المجلس\n\nقال سامي العامري إن العمل اكتمل.\n".into())]);
    window.open();
    window.until(|state| state.archive.open.as_ref().is_some_and(|it| it.summary.is_some()));
    window.start(Command::SaveSearch("بحثي".to_owned()));
    let data_dir = DataDir::new(window.data.path().to_owned());
    let dir = data_dir.archive_of(window.archive.path());
    // Not while another has it open.
    let in_use = InUse::enter(&data_dir, window.archive.path()).unwrap();
    window.start(Command::Forget);
    window.until(|state| matches!(state.notices.all(), [Notice::ForgetFailed(ForgetFailure::InUse(_))]));
    assert!(dir.join("searches.json").exists());
    drop(in_use);
    window.start(Command::Forget);
    window.until(|state| {
        let open = state.archive.open.as_ref();
        open.is_some_and(|it| it.root == ArchiveRoot::Sample && it.summary.is_some())
    });
    assert!(
        window
            .state
            .notices
            .all()
            .iter()
            .any(|it| matches!(it, Notice::Forgotten(_)))
    );
    assert!(
        window.state.settings.recent.is_empty()
            && window.state.settings.last != Some(ArchiveRoot::Folder(window.archive.path().into()))
    );
    assert!(!dir.exists() && window.archive.path().join("1.txt").exists());
    let mut lock = dir.into_os_string();
    lock.push(".lock");
    assert!(!std::path::Path::new(&lock).exists());
}

#[test]
fn printed_pages_are_shown_as_a_child_process_reads_them() {
    let mut window = Driven::new(&[]);
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/pdf-presentation-forms.pdf");
    std::fs::copy(case, window.archive.path().join("a.pdf")).unwrap();
    window.open();
    window.until(|state| state.archive.reading.shown.is_some());
    let shown = window.state.archive.reading.shown.clone().unwrap();
    assert_eq!((shown.article.path.to_str(), shown.kept), (Some("a.pdf"), None));
}
