//! The threads of the window: which there are, and which job is whose.

use std::sync::Arc;
use std::thread;

use crate::entities::{ModelRecogniser, Recogniser};
use crate::state::{ArchiveJob, Event, Job};

use super::alone::ReaderProgram;
use super::check::CheckWorker;
use super::context::Context;
use super::correct::CorrectWorker;
use super::data_dir::DataDir;
use super::export::ExportWorker;
use super::inbox::Inbox;
use super::index::IndexWorker;
use super::kwic::{ExportLinesWorker, KwicWorker};
use super::left::LeftWorker;
use super::marking::MarkWorker;
use super::names::NamesWorker;
use super::news::NewsWorker;
use super::pictures::PictureWorker;
use super::read::ReadWorker;
use super::search::{CompleteWorker, SearchWorker};
use super::session::OpenSession;
use super::watch::WatchWorker;

/// Takes [`Job`]s and sends [`Event`]s.
///
/// Dropping it asks the threads to stop; what is being written is finished by the next start.
pub struct Workers {
    context: Arc<Context>,
    search: Arc<SearchWorker>,
    complete: Arc<CompleteWorker>,
    read: Arc<ReadWorker>,
    kwic: Arc<KwicWorker>,
    export_lines: Arc<ExportLinesWorker>,
    export: Arc<ExportWorker>,
    names: Arc<NamesWorker>,
    news: Arc<NewsWorker>,
    pictures: Arc<PictureWorker>,
    index: Arc<IndexWorker>,
    correct: Arc<CorrectWorker>,
    watch: Arc<WatchWorker>,
    check: Arc<CheckWorker>,
    left: Arc<LeftWorker>,
    mark: Arc<MarkWorker>,
}

impl Workers {
    /// Starts the threads. `send` is called from them with each event; it should only pass it on. `program` reads what may
    /// end its process; without it everything is read in this one.
    pub fn start(
        data_dir: DataDir,
        program: Option<ReaderProgram>,
        send: Box<dyn Fn(Event) + Send + Sync>,
    ) -> std::io::Result<Self> {
        Self::start_with(data_dir, Arc::new(ModelRecogniser::new()), program, send)
    }

    /// Starts the threads with names found otherwise than by the built-in model, and so in this process only.
    pub fn with_recogniser(
        data_dir: DataDir,
        recogniser: Arc<dyn Recogniser>,
        send: Box<dyn Fn(Event) + Send + Sync>,
    ) -> std::io::Result<Self> {
        Self::start_with(data_dir, recogniser, None, send)
    }

    fn start_with(
        data_dir: DataDir,
        recogniser: Arc<dyn Recogniser>,
        program: Option<ReaderProgram>,
        send: Box<dyn Fn(Event) + Send + Sync>,
    ) -> std::io::Result<Self> {
        let context = Arc::new(Context {
            data_dir,
            recogniser,
            program,
            open: OpenSession::default(),
            to_check: Inbox::default(),
            send,
        });
        let it = Self {
            search: Arc::new(SearchWorker::new(Arc::clone(&context))),
            complete: Arc::new(CompleteWorker::new(Arc::clone(&context))),
            read: Arc::new(ReadWorker::new(Arc::clone(&context))),
            kwic: Arc::new(KwicWorker::new(Arc::clone(&context))),
            export_lines: Arc::new(ExportLinesWorker::new(Arc::clone(&context))),
            export: Arc::new(ExportWorker::new(Arc::clone(&context))),
            names: Arc::new(NamesWorker::new(Arc::clone(&context))),
            news: Arc::new(NewsWorker::new(Arc::clone(&context))),
            pictures: Arc::new(PictureWorker::new(Arc::clone(&context))),
            index: Arc::new(IndexWorker::new(Arc::clone(&context))),
            correct: Arc::new(CorrectWorker::new(Arc::clone(&context))),
            watch: Arc::new(WatchWorker::new(Arc::clone(&context))),
            check: Arc::new(CheckWorker::new(Arc::clone(&context))),
            left: Arc::new(LeftWorker::new(Arc::clone(&context))),
            mark: Arc::new(MarkWorker::new(Arc::clone(&context))),
            context,
        };
        spawn("fihrist-search", &it.search, SearchWorker::run)?;
        spawn("fihrist-complete", &it.complete, CompleteWorker::run)?;
        spawn("fihrist-read", &it.read, ReadWorker::run)?;
        spawn("fihrist-lines", &it.kwic, KwicWorker::run)?;
        spawn("fihrist-export", &it.export_lines, ExportLinesWorker::run)?;
        spawn("fihrist-articles", &it.export, ExportWorker::run)?;
        spawn("fihrist-names", &it.names, NamesWorker::run)?;
        spawn("fihrist-news", &it.news, NewsWorker::run)?;
        spawn("fihrist-pictures", &it.pictures, PictureWorker::run)?;
        spawn("fihrist-index", &it.index, IndexWorker::run)?;
        spawn("fihrist-correct", &it.correct, CorrectWorker::run)?;
        spawn("fihrist-watch", &it.watch, WatchWorker::run)?;
        spawn("fihrist-check", &it.check, CheckWorker::run)?;
        spawn("fihrist-mark", &it.mark, MarkWorker::run)?;
        spawn("fihrist-left", &it.left, LeftWorker::run)?;
        Ok(it)
    }

    /// Hands a job to its thread. Never waits for it.
    ///
    /// [`Job::Window`] is the window's own business and is ignored here. So is what is asked of an archive once something
    /// was asked of the next one: nobody waits for it.
    pub fn start_job(&self, job: Job) {
        let (session, job) = match job {
            Job::Window(_) => return,
            Job::Program(job) => return self.index.put_program(job),
            Job::Archive { session, job } => (session, job),
        };
        let Some(session) = self.context.open.of_job(session) else {
            return;
        };
        match job {
            ArchiveJob::Search(job) => self.search.put(session, job),
            ArchiveJob::Complete(job) => self.complete.put(session, job),
            ArchiveJob::Read(job) => self.read.put(session, job),
            ArchiveJob::Kwic(job) => self.kwic.put(session, job),
            ArchiveJob::ExportLines(job) => self.export_lines.put(session, job),
            ArchiveJob::Export(job) => self.export.put(session, job),
            ArchiveJob::Names(job) => self.names.put(session, job),
            ArchiveJob::News(job) => self.news.put(session, job),
            ArchiveJob::Pictures(job) => self.pictures.put(session, job),
            ArchiveJob::Index(job) => self.index.put(session, job),
            ArchiveJob::Correct(job) => self.correct.put(session, job),
            ArchiveJob::Mark(job) => self.mark.put(session, job),
            ArchiveJob::Leave(left) => self.left.put(session, *left),
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.search.close();
        self.complete.close();
        self.read.close();
        self.kwic.close();
        self.export_lines.close();
        self.export.close();
        self.names.close();
        self.news.close();
        self.pictures.close();
        self.index.close();
        self.correct.close();
        self.watch.close();
        self.check.close();
        self.left.close();
        self.mark.close();
    }
}

fn spawn<W: Send + Sync + 'static>(name: &str, worker: &Arc<W>, run: fn(&W)) -> std::io::Result<()> {
    let worker = Arc::clone(worker);
    thread::Builder::new().name(name.into()).spawn(move || run(&worker))?;
    Ok(())
}
