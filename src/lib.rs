//! Fihrist (فهرست, "catalogue"): a desktop catalogue for folders of Arabic news articles.
//!
//! This page is the map of the program. It covers what is unlikely to change; the modules' own pages have the rest.
//!
//! # What flows where
//!
//! ```text
//! files ──▶ archive ──▶ Article ──▶ entities ──▶ Mention, Name ──▶ index ──▶ ResultPage
//!             │            (parsed once, problems reported)                    │
//!             └─ scan: what is new, changed, missing                           ▼
//! user ──▶ ui ──Command──▶ state ──Job──▶ work ──Event──▶ state ──▶ ui (paints &AppState)
//! ```
//!
//! Data flows in one direction. A view never searches, a worker never paints, the state never touches a disk.
//!
//! | module | is | may import | only it knows |
//! |---|---|---|---|
//! | [`arabic`] | the language: letters, folding, words, stems, numbers, month names, plural forms, alphabetical order; pure functions | – | Unicode tables, `assets/lists` |
//! | [`archive`] | from files to [`archive::Article`]s: scan, formats, encodings, segmentation, publication date | arabic | reading archive files |
//! | [`entities`] | finds [`entities::Mention`]s, gathers [`entities::Name`]s into [`entities::Entity`] values, applies the user's corrections | arabic, archive (types) | the recogniser's data |
//! | [`marks`] | what the user marks of articles: star, read, tags, notes, highlights, and which article they belong to | arabic, archive, entities (types) | – |
//! | [`index`] | schema, analysis, writing, query, search, facet counts, timeline, stories, snippets, lines | arabic, archive, entities, marks | tantivy |
//! | [`text`] | paragraphs for egui: fonts, layout, selection, editing, painting, and the widgets that show text | arabic | parley, swash, fontdb |
//! | [`state`] | [`state::AppState`], [`state::Command`], [`state::Job`], [`state::Event`], settings; no egui, threads or files | the first five (types) | serde of settings |
//! | [`work`] | the open archive; a named thread for each kind of job, of which the newest wins; Fihrist's own files | state, the first five | starting threads |
//! | [`ui`] | views: draw `&AppState`, push commands, nothing else | the first five (types), text, state | theme, words on the screen |
//! | [`app`] | the window | text, state, work, ui | eframe, rfd |
//! | [`cli`] | the same engine without a window, which it can open | all but text and ui | clap |
//!
//! A test (`tests/it/tidy.rs`) reads the sources and enforces this table.
//!
//! # Invariants
//!
//! - **Reading an article never fails** once its bytes are read: it yields an article and its problems.
//! - **An opened folder is never written to.** Indexes, settings and the unpacked sample are in the data directory.
//! - **A frame does no disk access and waits for no lock** that a worker thread holds.
//! - **Every span is a span of the source text** that its docs name; no `str` is sliced by hand.
//! - **Every list has a documented order.**
//! - **State changes only** in [`state::AppState::update`] and [`state::AppState::apply`].
//! - **One archive is open.** Jobs and events carry the session that they belong to; those of another session change
//!   nothing, whatever the order of threads.
//! - **What was read is kept** until the user has it forgotten: a file that is missing from its folder stays in the index.
//! - **No file ends the program** or holds up the others: what may take as long as it likes is read by a child process.
//! - **Nothing fails silently.** An error or a panic ends one job, is reported with its cause, and never looks like an
//!   empty answer.
//! - **Every string a person reads goes through [`text`]**: egui's own text reverses digits and wraps Arabic
//!   paragraphs bottom up.
//! - **A wrong merge of names is worse than a split**, and a date of publication is never invented: it is stated, or
//!   follows from the text and says so, or is missing.
//!
//! # On disk
//!
//! `<data dir>/archives/<name>-<hash of the folder's path>/index` is a tantivy index and the only record of which
//! files were read: each document carries its file's path, size, time and hash, so that the two can never disagree.
//! Killing the process loses at most the batch that was not committed; the next start reads it again.
//!
//! Its list of segments is kept twice and sealed: it knows the length and checksum of each file (`index::sealed`). What is
//! damaged is left out, told, and its files are read again; articles whose files are gone are saved from it
//! (`index::check`, `work/check.rs`). What is forgotten is gone at the end of the update that forgets it (`index::purge`).
//!
//! In the same folder, a file of columns has what every search needs of every article, derived from the index and
//! mapped at the next start; it can be removed at any time and is rebuilt (`index::columns`). `stories` remembers which
//! texts are nearly the same, `names` which names are one; without them these are compared again.
//!
//! A process that brings an index up to date holds a lock on `update.lock` beside it. `seen.json` says when most of the
//! files were last there, for the day on which their disk is not connected.
//!
//! Beside `index`, `reading.json` has the user's rules of how files are read ([`archive::Reading`]): readable text that
//! cannot be derived again. The index records by which rules each file was read.
//!
//! There too are `corrections.json`, the user's decisions which names are one entity and which are not, which words of
//! articles are names, and what their titles, dates and sources are (`by_hand.json` says which of those the index was made
//! with), `marks.json`, what the user marked of articles, `entity_ids.json`, by which entities keep their ids when they get
//! more names, and `searches.json`, the saved and recent searches. They outlive the index. Marks, and corrections of single
//! articles, name these by file and number and by what they say, and follow them when files are read anew
//! (`entities/whereabouts.rs`, `work/update/follow.rs`; `unsettled` says that this is still to be done). All these and the
//! `settings.json` of all archives are changed by one store (`work/kept`): under a lock, in one step, with the last ten
//! versions in `versions` beside them, from which a damaged or deleted file is restored.
//!
//! `folder.json` says which folder the archive is of and samples its files: when the folder is renamed, all of this follows it
//! (`work/take_over.rs`).
//!
//! `arrivals` says when each article first came (`index/arrivals.rs`): it outlives the index, too, so that what is read again
//! is not new. Where it is damaged it is begun again, and nothing is new.
//!
//! `<name>-<hash>.lock` beside an archive's directory says who has it open: whoever forgets it must be alone. All this is
//! for the eyes of its owner only (`work/private.rs`); nothing is written outside of the data directory.
//!
//! `<data dir>/opened` has copies, for reading only, of messages and members of archives that were opened in other programs;
//! they are cleared away after a day (`work/open_original.rs`).
//!
//! `left.json`, also there, says how the window left the archive (`work/left.rs`); whoever writes it last wins.
//!
//! `in-work` has a small file for each thread that reads, with the path of the file that is being read. What a
//! process leaves there when it is killed is read by a child process the next time (`work::alone`).
//!
//! # Where to look
//!
//! `.github/CONTRIBUTING.md` says how to add what is marked with *.
//!
//! | for | see |
//! |---|---|
//! | a file format* | `archive/format/mod.rs`, which chooses the reader |
//! | which year a date lies in | `archive/date/resolve/year.rs` |
//! | a list of words* | `assets/lists`, read by `arabic/lists.rs` |
//! | what "Sisi" finds, and how a name is spelled in Latin letters | `entities/latin` |
//! | what the user says of an article | `entities/by_hand.rs`; what is read again for it, `work/update/by_hand.rs` |
//! | why two names are one | `entities/resolve`, a file for each reason |
//! | a facet* | `index/facet.rs` |
//! | which words of the archive a word finds | `index/analysis.rs` and `index/columns/word_forms.rs`; with what scores, `index/query/word_docs.rs` |
//! | an operator of the search field | `index/query/parse.rs` |
//! | the words found in their lines | `index/kwic`; the thread, `work/kwic.rs`; the window, `state/kwic.rs` and `ui/kwic.rs` |
//! | what is new in a saved search | `index/arrivals.rs`; when it is noted, `work/arrivals.rs`; counting, `work/news.rs` |
//! | pictures for files | `ui/paper` draws them, `text/picture` writes them; which counts, `state/chart.rs` |
//! | what articles say of a name; who appears with whom | `index/ask/network.rs`; the thread and the files, `work/names`; the window, `state/mentions.rs`, `state/network.rs`, `ui/entity_page`, `ui/network` |
//! | what the user marks* | `marks`; counted and searched by `index/marked.rs`, kept by `work/marks.rs`, shown by `ui/marks` |
//! | what is exported, copied and cited* | `work/export`, a file for each format; the dialog, `state/export_choice.rs` and `ui/export.rs` |
//! | which archive is open | `work/session.rs`, `work/open.rs` |
//! | what one file may cost, and who may stop it | `archive/budget.rs`, `work/alone` |
//! | which pictures of a page are its article's, and where their bytes come from | `archive/format/page_pictures.rs`, `archive/pictures`; decoded by `work/pictures`, painted by `ui/reader/pictures.rs` |
//! | what is opened in another program | `archive/original.rs`, `work/open_original.rs`, `work/hand_over.rs` |
//! | how the text of scans is recognised | `archive/recognition/tesseract.rs`; when, `work/update/plan.rs` and `queue.rs` |
//! | what a click does | its `Command` in `state/command.rs`, carried out in `state/app.rs` |
//! | what can be done from anywhere, and by which key* | `ui/action.rs`; done in `ui/shortcuts.rs`, listed by `ui/palette.rs` |
//! | a menu | `ui/menu_action.rs`; the view that opens it lists its items |
//! | a word on the screen* | `ui/words/table.rs` |
//! | how a decision of the user's is kept* | `work/kept/mod.rs` |
//! | where an error is told | `ui/words/notice.rs` in the window, `cli/error.rs` on the command line |
//! | a command of the command line* | `cli/args.rs` |

pub mod app;
pub mod arabic;
pub mod archive;
pub mod cli;
pub mod entities;
pub mod index;
pub mod marks;
pub mod state;
pub mod text;
pub mod ui;
pub mod work;
