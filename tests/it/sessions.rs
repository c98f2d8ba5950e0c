//! Unlucky orders of threads, forced on purpose: results for one archive never show up in the next, and failures are
//! reported.
//!
//! Nothing here sleeps: a thread is held at a gate until the other order has come about.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use fihrist::archive::{Article, Reading};
use fihrist::entities::{Correction, EntityId, Mention, ModelRecogniser, Recogniser};
use fihrist::index::{Facet, Index, IndexedFile};
use fihrist::state::{
    AppState, ArchiveEvent, ArchiveRoot, Command, CorrectEvent, Event, IndexEvent, Notice, SearchEvent, SessionId,
    Settings,
};
use fihrist::work::{DataDir, Workers};

/// How long a test waits for an event that must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the first thread that comes by is held.
struct Gate {
    was_passed: AtomicBool,
    arrived: (Sender<()>, Receiver<()>),
    released: (Sender<()>, Receiver<()>),
}

impl Gate {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            was_passed: AtomicBool::new(false),
            arrived: bounded(1),
            released: bounded(1),
        })
    }

    fn pass(&self) {
        if !self.was_passed.swap(true, Ordering::SeqCst) {
            self.arrived.0.send(()).unwrap();
            self.released.1.recv_timeout(PATIENCE).expect("it is released");
        }
    }

    fn wait(&self) {
        self.arrived.1.recv_timeout(PATIENCE).expect("a thread comes by");
    }

    fn release(&self) {
        self.released.0.send(()).unwrap();
    }
}

/// The built-in recogniser, and what is to happen before it looks at an article.
struct Hooked<F>(ModelRecogniser, F);

impl<F: Fn(&Article) + Send + Sync> Recogniser for Hooked<F> {
    fn mentions(&self, article: &Article) -> Vec<Mention> {
        self.1(article);
        self.0.mentions(article)
    }
}

/// An archive of one article that names a person.
fn archive(person: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "1.txt", person);
    folder
}

fn write(folder: &Path, name: &str, person: &str) {
    let text = format!("بيان المجلس {name}\n\nقال {person} إن العمل اكتمل في المدينة قبل موعده بثلاثة أيام.\n");
    std::fs::write(folder.join(name), text).unwrap();
}

const SAMI: &str = "سامي العامري";
const NADER: &str = "نادر الصيداوي";

/// The state of a window with its threads.
struct Driven {
    data: tempfile::TempDir,
    workers: Workers,
    events: Receiver<Event>,
    state: AppState,
    /// What came, in its order.
    log: Vec<Event>,
}

impl Driven {
    /// `on_event` is called by the threads, before an event is sent.
    fn new(
        on_event: impl Fn(&Event) + Send + Sync + 'static,
        on_article: impl Fn(&Article) + Send + Sync + 'static,
    ) -> Self {
        Self::in_data(tempfile::tempdir().unwrap(), on_event, on_article)
    }

    /// A window on a data directory that there was before.
    fn in_data(
        data: tempfile::TempDir,
        on_event: impl Fn(&Event) + Send + Sync + 'static,
        on_article: impl Fn(&Article) + Send + Sync + 'static,
    ) -> Self {
        let (sender, events) = unbounded();
        let send = move |event| {
            on_event(&event);
            // After the test nobody listens.
            sender.send(event).ok();
        };
        let recogniser = Arc::new(Hooked(ModelRecogniser::new(), on_article));
        let data_dir = DataDir::new(data.path().to_owned());
        Self {
            workers: Workers::with_recogniser(data_dir, recogniser, Box::new(send)).unwrap(),
            data,
            events,
            state: AppState::new(Settings::default()),
            log: Vec::new(),
        }
    }

    fn start(&mut self, command: Command) {
        for job in self.state.update(command) {
            self.workers.start_job(job);
        }
    }

    fn open(&mut self, archive: &tempfile::TempDir) {
        self.start(Command::Open(ArchiveRoot::Folder(archive.path().to_owned())));
    }

    /// Takes what the threads send until `is_there`. What belongs to an archive that is over changes nothing.
    #[track_caller]
    fn until(&mut self, is_there: impl Fn(&AppState) -> bool) {
        while !is_there(&self.state) {
            let event = self.events.recv_timeout(PATIENCE);
            self.take(event.expect("the threads answer"));
        }
    }

    fn take(&mut self, event: Event) {
        self.log.push(event.clone());
        let is_over =
            matches!(&event, Event::Archive { session, .. } if Some(*session) != self.state.archive.session());
        let before = is_over.then(|| format!("{:?}", self.state));
        let jobs = self.state.apply(event);
        if let Some(before) = before {
            assert!(jobs.is_empty());
            assert_eq!(format!("{:?}", self.state), before);
        }
        for job in jobs {
            self.workers.start_job(job);
        }
    }

    /// Takes what the threads send until one of it is `wanted`.
    #[track_caller]
    fn until_event(&mut self, wanted: impl Fn(&Event) -> bool) {
        loop {
            let event = self.events.recv_timeout(PATIENCE).expect("the threads answer");
            let is_wanted = wanted(&event);
            self.take(event);
            if is_wanted {
                return;
            }
        }
    }

    /// Opens an archive, and waits until it was read.
    #[track_caller]
    fn open_and_read(&mut self, archive: &tempfile::TempDir, person: &str) {
        self.open(archive);
        self.until(|state| shows(state, archive, person));
    }
}

/// Whether the window shows this archive, read to the end, with this person and nobody else.
fn shows(state: &AppState, archive: &tempfile::TempDir, person: &str) -> bool {
    let is_read = state
        .archive
        .open
        .as_ref()
        .is_some_and(|it| it.folder == archive.path() && it.summary.is_some());
    let page = state.archive.search.results.value.as_ref();
    let people = page.and_then(|page| page.facets.iter().find(|it| it.facet == Facet::Person));
    let names = people.map(|it| it.values.iter().map(|it| it.name.as_str()).collect::<Vec<_>>());
    is_read && !state.archive.search.is_searching() && names.as_deref() == Some(&[person])
}

fn is_of(event: &Event, number: u64, is_it: impl Fn(&ArchiveEvent) -> bool) -> bool {
    matches!(event, Event::Archive { session, event } if *session == SessionId(number) && is_it(event))
}

fn is_updated(event: &ArchiveEvent) -> bool {
    matches!(event, ArchiveEvent::Index(IndexEvent::Updated(_)))
}

#[test]
fn an_archive_is_opened_while_the_names_of_another_are_found_out() {
    let gate = Gate::new();
    let held = Arc::clone(&gate);
    let names_found = |it: &ArchiveEvent| matches!(it, ArchiveEvent::Index(IndexEvent::NamesFound));
    let mut window = Driven::new(
        move |event| {
            if is_of(event, 2, names_found) {
                held.pass();
            }
        },
        |_| {},
    );
    let (first, second) = (archive(SAMI), archive(NADER));
    window.open_and_read(&first, SAMI);
    window.open(&first);
    gate.wait();
    window.open(&second);
    gate.release();
    window.until(|state| shows(state, &second, NADER));
    // What is new in the first one waits until it is opened again.
    assert!(!window.log.iter().any(|event| is_of(event, 2, is_updated)));
}

#[test]
fn an_archive_is_opened_while_another_is_read() {
    let gate = Gate::new();
    let held = Arc::clone(&gate);
    let on_article = move |article: &Article| {
        if article.text.contains(SAMI) && thread::current().name() == Some("fihrist-recognise") {
            held.pass();
        }
    };
    let mut window = Driven::new(|_| {}, on_article);
    let (first, second) = (archive(SAMI), archive(NADER));
    window.open(&first);
    gate.wait();
    window.open(&second);
    gate.release();
    window.until(|state| shows(state, &second, NADER));
    // What was not read of the first one is read when it is opened again.
    window.open_and_read(&first, SAMI);
}

#[test]
fn an_archive_is_opened_while_another_is_corrected() {
    let gate = Gate::new();
    let held = Arc::clone(&gate);
    let imported = |it: &ArchiveEvent| matches!(it, ArchiveEvent::Correct(CorrectEvent::Imported(_)));
    let mut window = Driven::new(
        move |event| {
            if is_of(event, 1, imported) {
                held.pass();
            }
        },
        |_| {},
    );
    let (first, second) = (archive(SAMI), archive(NADER));
    window.open_and_read(&first, SAMI);
    // Another window's corrections, which say that there is no such person.
    let file = window.data.path().join("theirs.json");
    let mut theirs = fihrist::entities::Corrections::default();
    let entity = EntityId(format!("person:{SAMI}"));
    theirs.add(Correction::Hide { entity });
    std::fs::write(&file, theirs.to_json()).unwrap();
    window.start(Command::ImportCorrections(file));
    // They are kept and not yet shown.
    gate.wait();
    window.open_and_read(&second, NADER);
    gate.release();
    window.until_event(|event| is_of(event, 1, imported));
    // The thread that corrects has nothing to show of the first one.
    window.start(Command::PreviewCorrection(Correction::Hide {
        entity: EntityId(format!("person:{NADER}")),
    }));
    window.until(|state| {
        let preview = state.archive.correcting.preview.as_ref();
        preview.is_some_and(|(_, preview)| preview.value.is_some())
    });
    assert!(shows(&window.state, &second, NADER));
    assert!(window.state.archive.correcting.corrections.all().is_empty());
    // The corrections hold in the archive that they were made in.
    window.open(&first);
    window.until(|state| {
        let open = state.archive.open.as_ref();
        open.is_some_and(|it| it.folder == first.path()) && !state.archive.correcting.corrections.all().is_empty()
    });
}

#[test]
fn an_archive_is_opened_while_another_is_watched() {
    let gate = Gate::new();
    let held = Arc::clone(&gate);
    let changed = |it: &ArchiveEvent| matches!(it, ArchiveEvent::Index(IndexEvent::Changed { .. }));
    let mut window = Driven::new(
        move |event| {
            if is_of(event, 1, changed) && thread::current().name() == Some("fihrist-watch") {
                held.pass();
            }
        },
        |_| {},
    );
    let (first, second) = (archive(SAMI), archive(NADER));
    window.open_and_read(&first, SAMI);
    // Another window writes.
    let data_dir = DataDir::new(window.data.path().to_owned());
    let index = Index::open(&data_dir.index_of(first.path())).unwrap();
    let mut writer = index.writer().unwrap();
    let file = IndexedFile {
        path: "b.txt".into(),
        size: 1,
        modified_nanos: 1,
        content_hash: 1,
        reading: 0,
        unreadable: Vec::new(),
    };
    let read = fihrist::archive::read_file(first.path(), "1.txt".as_ref(), &Reading::default()).unwrap();
    let articles: Vec<_> = read.articles.into_iter().map(|it| (it, Vec::new())).collect();
    writer.add_file(&file, &articles).unwrap();
    writer.commit().unwrap();
    gate.wait();
    window.open_and_read(&second, NADER);
    gate.release();
    window.until_event(|event| is_of(event, 1, changed));
    assert!(shows(&window.state, &second, NADER));
}

#[test]
fn an_archive_is_opened_while_a_query_is_completed_in_another() {
    let gate = Gate::new();
    let held = Arc::clone(&gate);
    let completed = |it: &ArchiveEvent| matches!(it, ArchiveEvent::Search(SearchEvent::Completed { .. }));
    let mut window = Driven::new(
        move |event| {
            if is_of(event, 1, completed) {
                held.pass();
            }
        },
        |_| {},
    );
    let (first, second) = (archive(SAMI), archive(NADER));
    window.open_and_read(&first, SAMI);
    window.start(Command::Complete(Some("سا".to_owned())));
    gate.wait();
    window.open_and_read(&second, NADER);
    // The first request of its session too.
    window.start(Command::Complete(Some("ناد".to_owned())));
    gate.release();
    window.until_event(|event| is_of(event, 1, completed));
    assert!(window.state.archive.search.completions.value.is_none());
    window.until(|state| state.archive.search.completions.value.is_some());
    let completions = window.state.archive.search.completions.value.as_ref().unwrap();
    assert!(
        completions.iter().all(|it| !it.query_text.contains("سا")),
        "{completions:?}"
    );
}

#[test]
fn a_window_is_closed_while_files_are_written() {
    let gate = Gate::new();
    let held = Arc::clone(&gate);
    let on_article = move |_: &Article| {
        if thread::current().name() == Some("fihrist-recognise") {
            held.pass();
        }
    };
    let mut window = Driven::new(|_| {}, on_article);
    let folder = archive(SAMI);
    for number in 2..20 {
        write(folder.path(), &format!("{number}.txt"), SAMI);
    }
    window.open(&folder);
    gate.wait();
    let Driven {
        data, workers, events, ..
    } = window;
    drop(workers);
    gate.release();
    // Nobody writes any more when the update has ended.
    let ends = |event: &Event| is_of(event, 1, is_updated);
    while !ends(&events.recv_timeout(PATIENCE).expect("the update ends")) {}

    let mut window = Driven::new(|_| {}, |_| {});
    let data_dir = DataDir::new(data.path().to_owned());
    let (sender, events) = unbounded();
    let send = move |event| {
        sender.send(event).ok();
    };
    (window.workers, window.events) = (Workers::start(data_dir, None, Box::new(send)).unwrap(), events);
    window.open_and_read(&folder, SAMI);
    let page = window.state.archive.search.results.value.as_ref().unwrap();
    assert_eq!(page.n_articles, 19);
    assert!(window.state.notices.all().is_empty(), "{:?}", window.state.notices);
}

#[test]
fn an_article_that_makes_the_program_fail_is_told_and_the_next_one_is_read() {
    let on_article = |article: &Article| {
        let is_reader = thread::current().name() == Some("fihrist-read");
        assert!(!(is_reader && article.text.contains(SAMI)), "sami is too much");
    };
    let mut window = Driven::new(|_| {}, on_article);
    let folder = archive(SAMI);
    let other = "افتتاح الجسر\n\nافتتح الوزير أمس الجسر الجديد فوق النهر بعد أشغال دامت ثلاث سنوات.\n";
    std::fs::write(folder.path().join("2.txt"), other).unwrap();
    window.open(&folder);
    let title_of = |state: &AppState, row| state.archive.search.rows.get(row).map(|it| it.title.clone());
    window.until(|state| title_of(state, 0).is_some() && title_of(state, 1).is_some());
    let first = title_of(&window.state, 0).is_some_and(|title| title.contains("المجلس"));
    let (fails, works) = if first { (0, 1) } else { (1, 0) };
    for _ in 0..2 {
        window.start(Command::Select(fails));
        window.until(|state| state.archive.reading.failure.is_some());
        let cause = window.state.archive.reading.failure.as_ref().unwrap();
        assert!(cause.to_string().contains("sami is too much"), "{cause}");
        window.start(Command::Select(works));
        window.until(|state| {
            let reading = &state.archive.reading;
            reading.failure.is_none() && reading.shown.as_ref().map(|it| it.id) == reading.wanted
        });
    }
}

#[test]
fn a_reading_of_files_that_makes_the_program_fail_is_told_and_can_be_begun_again() {
    let fails = Arc::new(AtomicBool::new(true));
    let still_fails = Arc::clone(&fails);
    let mut window = Driven::new(
        move |event| {
            let is_progress = is_of(event, 1, |it| {
                matches!(it, ArchiveEvent::Index(IndexEvent::Progress(_)))
            });
            assert!(
                !(is_progress && still_fails.swap(false, Ordering::SeqCst)),
                "no progress"
            );
        },
        |_| {},
    );
    let folder = archive(SAMI);
    window.open(&folder);
    window.until(|state| !state.notices.all().is_empty());
    let [Notice::UpdateFailed(cause)] = window.state.notices.all() else {
        panic!("{:?}", window.state.notices);
    };
    assert!(cause.to_string().contains("no progress"), "{cause}");
    window.start(Command::Update);
    window.until(|state| shows(state, &folder, SAMI));
}

/// Changes a byte of the words of each segment below a folder.
fn damage_words(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            damage_words(&path);
        } else if path.extension().is_some_and(|it| it == "idx") {
            let mut bytes = std::fs::read(&path).unwrap();
            assert!(128 < bytes.len(), "its end would be looked at when it is opened");
            bytes[0] ^= 0x55;
            std::fs::write(&path, bytes).unwrap();
        }
    }
}

#[test]
fn an_answer_from_a_damaged_part_is_taken_back_and_the_part_is_read_again() {
    let first = archive(SAMI);
    for number in 2..30 {
        write(first.path(), &format!("{number}.txt"), SAMI);
    }
    let mut window = Driven::new(|_| {}, |_| {});
    window.open_and_read(&first, SAMI);
    let Driven { data, workers, .. } = window;
    drop(workers);
    damage_words(data.path());

    // The index is opened, and not checked yet.
    let gate = Gate::new();
    let held = Arc::clone(&gate);
    let are_told = |it: &ArchiveEvent| matches!(it, ArchiveEvent::Correct(CorrectEvent::Changed { .. }));
    let on_event = move |event: &Event| {
        if is_of(event, 1, are_told) {
            held.pass();
        }
    };
    let mut window = Driven::in_data(data, on_event, |_| {});
    window.open(&first);
    window.until(|state| state.archive.search.results.value.is_some());
    gate.wait();
    assert!(window.state.notices.all().is_empty());
    gate.release();

    window.until_event(|event| is_of(event, 1, |it| matches!(it, ArchiveEvent::Index(IndexEvent::Damaged(_)))));
    assert!(window.state.archive.search.results.value.is_none(), "it is taken back");
    assert!(matches!(window.state.notices.all(), [Notice::IndexDamaged(1..)]));
    window.until(|state| matches!(state.notices.all(), [Notice::IndexMended(_)]));
    let n_found = |state: &AppState| state.archive.search.results.value.as_ref().map(|it| it.articles.len());
    window.until(|state| shows(state, &first, SAMI) && n_found(state) == Some(29));
    assert!(!window.log.iter().any(|it| is_of(it, 1, |it| {
        matches!(it, ArchiveEvent::Search(SearchEvent::LookupFailed { .. }))
    })));
}
