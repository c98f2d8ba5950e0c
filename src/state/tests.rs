//! Paths through the program, as commands and events.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::{ArticleId, ReadingRule};
use crate::entities::{Correction, EntityId};
use crate::index::{
    EntityPage, Facet, FacetCounts, FacetFilter, FacetOrder, Hit, Network, ResultPage, Snippet, StoryCopy,
};

use super::*;

const SESSION: SessionId = SessionId(1);

fn page(articles: &[u64]) -> Arc<ResultPage> {
    let articles: Vec<ArticleId> = articles.iter().copied().map(ArticleId).collect();
    Arc::new(ResultPage {
        articles: articles.into(),
        ..ResultPage::default()
    })
}

fn opened() -> AppState {
    let mut state = AppState::default();
    let root = ArchiveRoot::Folder(PathBuf::from("archive"));
    let folder = PathBuf::from("archive");
    state.apply(Event::Opened {
        session: SESSION,
        root,
        folder,
        n_articles: 3,
        rebuilt: false,
        recognises_scans: false,
    });
    state
}

/// The number of the search that was asked for last.
fn newest(state: &AppState) -> SearchId {
    let mut ids = (1..).map(SearchId);
    ids.find(|id| state.archive.search.is_newest(*id)).unwrap()
}

/// What the threads of the archive are asked for.
fn of_archive(jobs: Vec<Job>) -> Vec<ArchiveJob> {
    let of_archive = |job| match job {
        Job::Archive { session, job } => {
            assert_eq!(session, SESSION);
            job
        }
        job => panic!("{job:?}"),
    };
    jobs.into_iter().map(of_archive).collect()
}

#[test]
fn new_files_are_told_and_read_if_the_user_wants_it() {
    let changes = FolderChanges {
        added: 12,
        ..FolderChanges::default()
    };
    let mut state = opened();
    for _ in 0..2 {
        assert!(
            state
                .apply(Event::of(SESSION, IndexEvent::FolderChanged(changes)))
                .is_empty()
        );
        assert_eq!(state.notices.all(), [Notice::FolderChanged(changes)]);
    }
    let jobs = of_archive(state.update(Command::Update));
    assert!(matches!(jobs[..], [ArchiveJob::Index(IndexJob::Update)]));
    assert!(state.notices.all().is_empty());
    state.settings.adds_new_files = true;
    let jobs = of_archive(state.apply(Event::of(SESSION, IndexEvent::FolderChanged(changes))));
    assert!(matches!(jobs[..], [ArchiveJob::Index(IndexJob::Update)]));
    assert!(state.notices.all().is_empty());
    // Not while they cannot be read.
    let obstacles = [
        Obstacle::DiskFull,
        Obstacle::OtherWindowWrites,
        Obstacle::DataDirReadOnly,
    ];
    for obstacle in obstacles {
        state.apply(Event::of(SESSION, IndexEvent::Blocked(obstacle)));
        assert!(
            state
                .apply(Event::of(SESSION, IndexEvent::FolderChanged(changes)))
                .is_empty()
        );
    }
    let told = obstacles.map(Notice::Blocked);
    assert_eq!(state.notices.all(), told);
}

fn missing(paths: &[&str], n_known: u64) -> MissingFiles {
    MissingFiles {
        paths: paths.iter().map(PathBuf::from).collect(),
        n_known,
        ..MissingFiles::default()
    }
}

#[test]
fn missing_files_are_told_once_and_forgotten_only_when_that_is_asked_for() {
    let mut state = opened();
    let told = |state: &mut AppState, missing: &MissingFiles| {
        let event = IndexEvent::MissingFiles(missing.clone());
        assert!(
            state.apply(Event::of(SESSION, event)).is_empty(),
            "nothing is done about them"
        );
    };
    let two = missing(&["a.txt", "b.txt"], 9);
    told(&mut state, &two);
    assert_eq!(state.notices.all(), [Notice::MissingFiles(two.clone())]);
    let open = state.archive.open.as_ref().unwrap();
    assert!(open.missing.contains("a.txt".as_ref()) && !open.missing.contains("c.txt".as_ref()));
    // Whoever closed the notice is not told of the same files again, neither when they are looked for nor by an update.
    state.update(Command::DismissNotice(0));
    told(&mut state, &two);
    let summary = UpdateSummary {
        missing: two.clone(),
        ..UpdateSummary::default()
    };
    state.apply(Event::of(SESSION, IndexEvent::Updated(summary)));
    assert!(state.notices.all().is_empty());
    // Others are told in their place; when they are back nothing is told.
    let all = missing(&["a.txt", "b.txt", "c.txt"], 3);
    assert!(!two.is_folder_away() && all.is_folder_away());
    told(&mut state, &two);
    told(&mut state, &all);
    assert_eq!(state.notices.all(), [Notice::MissingFiles(all.clone())]);
    told(&mut state, &missing(&[], 3));
    assert!(state.notices.all().is_empty() && state.archive.open.as_ref().unwrap().missing.is_empty());

    let jobs = of_archive(state.update(Command::ForgetFiles(Arc::clone(&all.paths))));
    let [ArchiveJob::Index(IndexJob::ForgetFiles(files))] = &jobs[..] else {
        panic!("{jobs:?}");
    };
    assert_eq!(*files, all.paths);
}

#[test]
fn half_of_the_files_are_not_the_whole_folder() {
    assert!(!missing(&[], 0).is_folder_away());
    assert!(!missing(&["a"], 2).is_folder_away() && missing(&["a", "b"], 3).is_folder_away());
    let unreadable = MissingFiles {
        folder_failure: Some(Cause::new("no such folder")),
        ..missing(&["a"], 9)
    };
    assert!(unreadable.is_folder_away());
}

#[test]
fn files_are_read_as_soon_as_another_window_no_longer_does() {
    let mut state = opened();
    let blocked = IndexEvent::Blocked(Obstacle::OtherWindowWrites);
    state.apply(Event::of(SESSION, blocked));
    let jobs = of_archive(state.apply(Event::of(SESSION, IndexEvent::OtherIsDone)));
    assert!(matches!(jobs[..], [ArchiveJob::Index(IndexJob::Update)]));
    assert!(state.notices.all().is_empty());
}

#[test]
fn an_overtaken_answer_is_not_shown() {
    let mut state = opened();
    state.update(Command::SetQuery("أ".into()));
    let overtaken = newest(&state);
    state.update(Command::SetQuery("أب".into()));
    state.apply(Event::of(
        SESSION,
        SearchEvent::Done {
            id: overtaken,
            page: page(&[1]),
        },
    ));
    assert!(state.archive.search.results.value.is_none());
    assert!(state.archive.search.is_searching());
    show(&mut state, &[2]);
    assert_eq!(state.archive.search.results.value.as_ref().unwrap().articles.len(), 1);
    assert!(!state.archive.search.is_searching());
}

#[test]
fn rows_do_not_flicker_when_articles_come() {
    let mut state = opened();
    show(&mut state, &[1, 2]);
    let hit = |article| Hit {
        article: ArticleId(article),
        path: PathBuf::new(),
        record: 0,
        title: String::new(),
        title_derived: false,
        published: None,
        source: None,
        address: None,
        is_recognised: false,
        score: 0.0,
        story_size: 1,
        n_sources: 0,
        n_identical: 0,
        title_matches: Vec::new(),
        title_names: Vec::new(),
        snippet: Snippet::default(),
    };
    state.apply(Event::of(
        SESSION,
        SearchEvent::RowsLoaded {
            id: newest(&state),
            first: 0,
            hits: vec![hit(1), hit(2)],
        },
    ));
    state.apply(Event::of(SESSION, IndexEvent::Changed { n_articles: 3 }));
    show(&mut state, &[3, 1]);
    let article = |row: usize| state.archive.search.rows.get(row).map(|it| it.article);
    assert_eq!([article(0), article(1)], [None, Some(ArticleId(1))]);
    state.update(Command::SetQuery("كلمة".into()));
    show(&mut state, &[1]);
    assert!(state.archive.search.rows.get(0).is_none());
}

#[test]
fn the_old_page_stays_until_the_new_one_comes() {
    let mut state = opened();
    show(&mut state, &[1, 2]);
    state.update(Command::SetQuery("كلمة".into()));
    assert_eq!(state.archive.search.results.value.as_ref().unwrap().articles.len(), 2);
}

#[test]
fn choosing_a_value_twice_drops_it_and_excluding_replaces_it() {
    let mut state = opened();
    let filter = FacetFilter {
        facet: Facet::Person,
        id: "x".into(),
        name: "س".into(),
        excluded: false,
    };
    state.update(Command::ToggleFacet(filter.clone()));
    assert_eq!(
        state.archive.search.request.filters.values,
        std::slice::from_ref(&filter)
    );
    let excluded = FacetFilter {
        excluded: true,
        ..filter.clone()
    };
    state.update(Command::ToggleFacet(excluded.clone()));
    assert_eq!(
        state.archive.search.request.filters.values,
        std::slice::from_ref(&excluded)
    );
    state.update(Command::ToggleFacet(excluded));
    assert!(state.archive.search.request.filters.is_empty());
}

#[test]
fn the_article_being_read_stays_selected_when_the_list_changes() {
    let mut state = opened();
    show(&mut state, &[1, 2, 3]);
    assert_eq!(state.archive.search.selected, Some(0));
    state.update(Command::Select(2));
    state.update(Command::SetQuery("كلمة".into()));
    show(&mut state, &[3, 1]);
    assert_eq!(
        (state.archive.search.selected, state.archive.reading.wanted),
        (Some(0), Some(ArticleId(3)))
    );
}

#[test]
fn typing_moves_the_selection_unless_it_was_overtaken() {
    let mut state = opened();
    show(&mut state, &[1, 2, 3]);
    let find = |state: &mut AppState| {
        let command = Command::FindTitle {
            typed: "ق".into(),
            after: Some(0),
        };
        match of_archive(state.update(command)).as_slice() {
            [ArchiveJob::Search(SearchJob::FindTitle { id, .. })] => *id,
            jobs => panic!("{jobs:?}"),
        }
    };
    let overtaken = find(&mut state);
    let last = find(&mut state);
    let row = Some(1);
    state.apply(Event::of(SESSION, SearchEvent::TitleFound { id: overtaken, row }));
    assert_eq!(
        (state.archive.search.selected, state.archive.search.n_found),
        (Some(0), 0)
    );
    state.apply(Event::of(SESSION, SearchEvent::TitleFound { id: last, row: None }));
    assert_eq!(
        (state.archive.search.selected, state.archive.search.n_found),
        (Some(0), 0)
    );
    let jobs = of_archive(state.apply(Event::of(SESSION, SearchEvent::TitleFound { id: last, row })));
    assert_eq!(
        (state.archive.search.selected, state.archive.search.n_found),
        (Some(1), 1)
    );
    assert!(matches!(
        jobs.as_slice(),
        [ArchiveJob::Read(it)] if it.article == ArticleId(2)
    ));
    // What is chosen by hand meanwhile stays.
    let number = find(&mut state);
    state.update(Command::Select(2));
    state.apply(Event::of(SESSION, SearchEvent::TitleFound { id: number, row }));
    assert_eq!(state.archive.search.selected, Some(2));
    // A row of another result means another article.
    let number = find(&mut state);
    state.update(Command::SetQuery("كلمة".into()));
    show(&mut state, &[3, 1]);
    state.apply(Event::of(SESSION, SearchEvent::TitleFound { id: number, row }));
    assert_eq!(state.archive.search.selected, Some(0));
}

fn entity_page(id: &str) -> Arc<EntityPage> {
    let summary = crate::index::EntitySummary {
        latin: None,
        id: EntityId(id.to_owned()),
        kind: crate::entities::EntityKind::Person,
        name: id.to_owned(),
        spellings: Vec::new(),
        articles: 1,
    };
    Arc::new(EntityPage {
        summary,
        in_result: 1,
        first: None,
        last: None,
        timeline: Vec::new(),
        undated: 1,
        roles: Vec::new(),
        companions: Vec::new(),
        newest: Vec::new(),
        articles: [1, 2, 3].map(ArticleId).to_vec().into(),
        n_dated: 2,
        compared: Vec::new(),
        together: 1,
    })
}

/// Shows a page and returns the number of the request.
fn show_entity(state: &mut AppState, id: &str) -> RequestId {
    let id = EntityId(id.to_owned());
    match of_archive(state.update(Command::ShowEntity { id, with: Vec::new() })).as_slice() {
        [ArchiveJob::Search(SearchJob::LoadEntity { id, .. })] => *id,
        jobs => panic!("{jobs:?}"),
    }
}

fn shown(state: &AppState) -> Option<&str> {
    state.archive.entities.shown.as_ref().map(|it| it.id.0.as_str())
}

#[test]
fn pages_of_names_are_left_in_the_order_in_which_they_were_opened() {
    let mut state = opened();
    let overtaken = show_entity(&mut state, "a");
    let number = show_entity(&mut state, "b");
    let page = Some(entity_page("a"));
    state.apply(Event::of(SESSION, EntityEvent::Loaded { id: overtaken, page }));
    assert!(state.archive.entities.shown.as_ref().unwrap().page.value.is_none());
    let page = Some(entity_page("b"));
    state.apply(Event::of(SESSION, EntityEvent::Loaded { id: number, page }));
    assert!(state.archive.entities.shown.as_ref().unwrap().page.value.is_some());
    // What is chosen meanwhile is counted on it anew, and the old page stays until then.
    let jobs = of_archive(state.update(Command::SetQuery("كلمة".into())));
    assert!(
        matches!(
            jobs.as_slice(),
            [
                ArchiveJob::Search(SearchJob::Search { .. }),
                ArchiveJob::Search(SearchJob::LoadEntity { .. })
            ]
        ),
        "{jobs:?}"
    );
    assert!(state.archive.entities.shown.as_ref().unwrap().page.value.is_some());
    state.update(Command::LeaveEntity);
    assert_eq!(shown(&state), Some("a"));
    state.update(Command::LeaveEntity);
    assert_eq!(shown(&state), None);
    assert!(state.update(Command::LeaveEntity).is_empty());
}

#[test]
fn a_page_follows_what_is_corrected() {
    let mut state = opened();
    let number = show_entity(&mut state, "a");
    // It was merged into another one.
    let page = Some(entity_page("b"));
    state.apply(Event::of(SESSION, EntityEvent::Loaded { id: number, page }));
    assert_eq!(shown(&state), Some("b"));
    let jobs = of_archive(state.apply(Event::of(
        SESSION,
        CorrectEvent::Changed {
            corrections: Arc::default(),
            names: HashMap::new(),
        },
    )));
    let number = jobs.iter().find_map(|job| match job {
        ArchiveJob::Search(SearchJob::LoadEntity { id, .. }) => Some(*id),
        _ => None,
    });
    // It is no name any more.
    let number = number.unwrap();
    state.apply(Event::of(SESSION, EntityEvent::Loaded { id: number, page: None }));
    assert_eq!(shown(&state), None);
}

/// Shows a page and has it loaded.
fn open_page(state: &mut AppState, id: &str) {
    let number = show_entity(state, id);
    let page = Some(entity_page(id));
    state.apply(Event::of(SESSION, EntityEvent::Loaded { id: number, page }));
}

#[test]
fn a_page_is_compared_with_at_most_three_others() {
    let mut state = opened();
    let others = ["b", "a", "c", "d", "e"].map(|it| EntityId(it.to_owned()));
    let id = EntityId("a".to_owned());
    let with = others.to_vec();
    let jobs = of_archive(state.update(Command::ShowEntity { id, with }));
    let [ArchiveJob::Search(SearchJob::LoadEntity { with, .. })] = jobs.as_slice() else {
        panic!("{jobs:?}");
    };
    // Not with itself.
    assert_eq!(*with, ["b", "c", "d"].map(|it| EntityId(it.to_owned())));
}

#[test]
fn the_articles_of_a_name_are_looked_up_once_and_in_their_order() {
    let mut state = opened();
    open_page(&mut state, "a");
    let asked = |jobs: Vec<Job>| {
        let jobs = of_archive(jobs);
        jobs.into_iter().find_map(|job| match job {
            ArchiveJob::Search(SearchJob::LoadAppearances { articles, .. }) => Some(articles),
            _ => None,
        })
    };
    let rows = |state: &mut AppState| asked(state.update(Command::ShowMentionRows(0..3)));
    assert_eq!(rows(&mut state), Some([1, 2, 3].map(ArticleId).to_vec()));
    assert_eq!(rows(&mut state), None);
    // The third one has no date: it stays the last.
    state.update(Command::SortMentions { oldest_first: true });
    assert_eq!(rows(&mut state), Some([2, 1, 3].map(ArticleId).to_vec()));
}

#[test]
fn contexts_are_read_as_far_as_they_are_scrolled_to() {
    let mut state = opened();
    open_page(&mut state, "a");
    let asked = |jobs: Vec<Job>| {
        let jobs = of_archive(jobs);
        jobs.into_iter().find_map(|job| match job {
            ArchiveJob::Names(NamesJob::Contexts(job)) => Some(job),
            _ => None,
        })
    };
    let job = asked(state.update(Command::ShowContexts(0))).unwrap();
    assert_eq!((job.first, job.articles.len()), (0, 3));
    // Nothing is read twice at once.
    assert!(asked(state.update(Command::ShowContexts(9))).is_none());
    let context = NameContext {
        article: ArticleId(1),
        title: "خبر".into(),
        published: None,
        source: None,
        sentence: "قال إنه هنا".into(),
        marks: Vec::new(),
        nth: 0,
    };
    let loaded = |id| {
        let contexts = vec![context.clone()];
        Event::of(SESSION, EntityEvent::ContextsLoaded { id, first: 0, contexts })
    };
    let mentions = |state: &AppState| state.archive.entities.shown.as_ref().unwrap().mentions.clone();
    // What was asked for in another order is dropped.
    state.update(Command::SortMentions { oldest_first: true });
    state.apply(loaded(job.id));
    assert!(mentions(&state).contexts().is_empty());
    let job = asked(state.update(Command::ShowContexts(0))).unwrap();
    assert_eq!(job.articles[0], ArticleId(2));
    state.apply(loaded(job.id));
    assert_eq!((mentions(&state).contexts().len(), mentions(&state).n_read()), (1, 3));
    // All articles were read.
    assert!(asked(state.update(Command::ShowContexts(1))).is_none());
    // A failure is told, and not asked for again and again.
    state.update(Command::SortMentions { oldest_first: false });
    let job = asked(state.update(Command::ShowContexts(0))).unwrap();
    let failed = EntityEvent::ContextsFailed {
        id: job.id,
        cause: cause(),
    };
    state.apply(Event::of(SESSION, failed));
    assert!(mentions(&state).has_failed);
    assert!(
        state
            .notices
            .all()
            .iter()
            .any(|it| matches!(it, Notice::LookupFailed(_)))
    );
    assert!(asked(state.update(Command::ShowContexts(0))).is_none());
}

#[test]
fn from_an_article_of_a_name_one_returns_to_its_page_as_it_was() {
    let mut state = opened();
    show(&mut state, &[1, 2]);
    open_page(&mut state, "a");
    state.update(Command::ReadAppearance(ArticleId(2), 1));
    assert_eq!((shown(&state), state.archive.reading.nth_mention), (None, 1));
    assert!(!of_archive(state.update(Command::ReturnToEntity)).is_empty());
    assert_eq!(shown(&state), Some("a"));
    // It need not be waited for.
    assert!(state.archive.entities.shown.as_ref().unwrap().page.value.is_some());
    assert_eq!(state.archive.reading.entity, None);
    // Who chooses an article from the list came from there.
    state.update(Command::ReadAppearance(ArticleId(2), 0));
    state.update(Command::Select(0));
    assert!(state.update(Command::ReturnToEntity).is_empty());
}

#[test]
fn narrowing_to_several_values_requires_all_of_them() {
    let mut state = opened();
    let filter = |id: &str| FacetFilter {
        facet: Facet::Person,
        id: id.to_owned(),
        name: id.to_owned(),
        excluded: false,
    };
    state.update(Command::ToggleFacet(FacetFilter {
        excluded: true,
        ..filter("a")
    }));
    state.update(Command::SetAnyOf(Facet::Person, true));
    state.update(Command::NarrowTo(vec![filter("a"), filter("b")]));
    let filters = &state.archive.search.request.filters;
    assert_eq!(filters.values, [filter("a"), filter("b")]);
    assert!(!filters.takes_any(Facet::Person));
}

/// The number of the request for who appears with whom, and about whom.
fn network_job(jobs: Vec<Job>) -> Option<(RequestId, Option<EntityId>, usize)> {
    of_archive(jobs).into_iter().find_map(|job| match job {
        ArchiveJob::Names(NamesJob::Network(job)) => Some((job.id, job.center, job.options.n_names)),
        _ => None,
    })
}

fn network() -> Option<Arc<PlacedNetwork>> {
    Some(Arc::new(PlacedNetwork {
        network: Network::default(),
        places: Vec::new(),
        drawn: Vec::new(),
    }))
}

#[test]
fn the_network_stands_below_the_pages_that_were_opened_from_it() {
    let mut state = opened();
    let (id, center, _) = network_job(state.update(Command::ShowNetwork(None))).unwrap();
    assert_eq!(center, None);
    let network = network();
    state.apply(Event::of(SESSION, EntityEvent::NetworkLoaded { id, network }));
    assert!(state.archive.entities.network.network.value.is_some());
    // A page over it, the network around its name over that, and all the way back.
    show_entity(&mut state, "a");
    assert!(!state.archive.entities.network.is_on);
    let a = EntityId("a".to_owned());
    let (_, center, _) = network_job(state.update(Command::ShowNetwork(Some(a.clone())))).unwrap();
    assert_eq!((center, shown(&state)), (Some(a), None));
    assert!(state.archive.entities.network.network.value.is_none());
    state.update(Command::LeaveEntity);
    assert_eq!(shown(&state), Some("a"));
    assert!(network_job(state.update(Command::LeaveEntity)).is_some());
    assert_eq!((shown(&state), state.archive.entities.network.is_on), (None, true));
    state.update(Command::LeaveEntity);
    assert_eq!(state.archive.entities.name_page(), None);
}

#[test]
fn the_network_follows_what_is_searched_for_and_the_newest_wins() {
    let mut state = opened();
    let (first, ..) = network_job(state.update(Command::ShowNetwork(None))).unwrap();
    let (second, ..) = network_job(state.update(Command::SetQuery("كلمة".into()))).unwrap();
    let options = NetworkOptions {
        n_names: 200,
        ..NetworkOptions::default()
    };
    let (third, _, n_names) = network_job(state.update(Command::SetNetwork(options))).unwrap();
    assert_eq!(n_names, 200);
    for (id, is_shown) in [(first, false), (second, false), (third, true)] {
        let network = network();
        state.apply(Event::of(SESSION, EntityEvent::NetworkLoaded { id, network }));
        assert_eq!(state.archive.entities.network.network.value.is_some(), is_shown);
    }
    // A failure is told once; the old picture stays.
    let (id, ..) = network_job(state.update(Command::SetQuery(String::new()))).unwrap();
    let failed = EntityEvent::NetworkFailed { id, cause: cause() };
    state.apply(Event::of(SESSION, failed));
    assert!(
        state
            .notices
            .all()
            .iter()
            .any(|it| matches!(it, Notice::LookupFailed(_)))
    );
    assert!(state.archive.entities.network.network.failed);
    // When it is closed nothing is counted.
    state.update(Command::LeaveEntity);
    assert!(network_job(state.update(Command::SetQuery("أخرى".into()))).is_none());
}

#[test]
fn the_network_is_written_by_who_can_draw_it() {
    let mut state = opened();
    // There is nothing yet.
    assert!(state.update(Command::ExportNetwork("a.svg".into())).is_empty());
    let (id, ..) = network_job(state.update(Command::ShowNetwork(None))).unwrap();
    let network = network();
    state.apply(Event::of(SESSION, EntityEvent::NetworkLoaded { id, network }));
    let jobs = of_archive(state.update(Command::ExportNetwork("a.gexf".into())));
    assert!(
        matches!(jobs.as_slice(), [ArchiveJob::Names(NamesJob::Export(_))]),
        "{jobs:?}"
    );
    let jobs = state.update(Command::ExportNetwork("a.PNG".into()));
    assert!(
        matches!(jobs.as_slice(), [Job::Window(WindowJob::Draw { .. })]),
        "{jobs:?}"
    );
    assert!(state.archive.entities.network.is_exporting);
    state.apply(Event::of(SESSION, EntityEvent::NetworkExported("a.PNG".into())));
    assert!(!state.archive.entities.network.is_exporting);
    assert!(state.notices.all().contains(&Notice::NetworkExported("a.PNG".into())));
}

#[test]
fn an_article_is_opened_from_a_page_and_remembers_whose() {
    let mut state = opened();
    show(&mut state, &[1, 2]);
    show_entity(&mut state, "a");
    state.update(Command::ReadAppearance(ArticleId(7), 0));
    assert_eq!((shown(&state), state.archive.search.selected), (None, None));
    assert_eq!(state.archive.reading.wanted, Some(ArticleId(7)));
    assert_eq!(state.archive.reading.entity, Some(EntityId("a".into())));
    show_entity(&mut state, "a");
    state.update(Command::ReadAppearance(ArticleId(2), 0));
    assert_eq!(state.archive.search.selected, Some(1));
    // One that is chosen from the list is nobody's.
    show_entity(&mut state, "a");
    state.update(Command::Select(0));
    assert_eq!((shown(&state), &state.archive.reading.entity), (None, &None));
}

#[test]
fn two_chosen_names_that_were_merged_are_one() {
    let mut state = opened();
    let filter = |id: &str| FacetFilter {
        facet: Facet::Person,
        id: id.into(),
        name: id.into(),
        excluded: false,
    };
    for id in ["a", "b"] {
        state.update(Command::ToggleFacet(filter(id)));
    }
    let page = Arc::new(ResultPage {
        chosen: vec![filter("b"), filter("b")],
        ..ResultPage::default()
    });
    state.apply(Event::of(
        SESSION,
        SearchEvent::Done {
            id: newest(&state),
            page,
        },
    ));
    assert_eq!(state.archive.search.request.filters.values, [filter("b")]);
}

#[test]
fn what_is_said_to_be_no_name_is_chosen_no_more() {
    let mut state = opened();
    for id in ["a", "b"] {
        state.update(Command::ToggleFacet(FacetFilter {
            facet: Facet::Person,
            id: id.into(),
            name: id.into(),
            excluded: false,
        }));
    }
    let entity = EntityId("a".into());
    state.update(Command::Correct(Correction::Hide { entity }));
    let chosen: Vec<&str> = state
        .archive
        .search
        .request
        .filters
        .values
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(chosen, ["b"]);
}

#[test]
fn without_a_dialog_the_path_of_a_file_is_asked_for() {
    let mut state = opened();
    let purpose = FilePurpose::ExportCorrections;
    state.update(Command::PickFile(purpose));
    state.apply(Event::FilePicked {
        purpose,
        path: None,
        shown: false,
    });
    let file = Some(PathPurpose::File(purpose));
    assert_eq!((state.picking.typed_for, state.picking.is_open), (file, false));
    let jobs = of_archive(state.update(Command::ExportCorrections(PathBuf::from("a.json"))));
    assert!(matches!(jobs.as_slice(), [ArchiveJob::Correct(CorrectJob::Export(_))]));
    assert_eq!(state.picking.typed_for, None);

    state.update(Command::PickFile(purpose));
    state.apply(Event::FolderPicked {
        folder: None,
        shown: false,
    });
    assert_eq!(state.picking.typed_for, Some(PathPurpose::OpenFolder));
    state.update(Command::CancelPath);
    assert_eq!(state.picking.typed_for, None);
}

fn show(state: &mut AppState, articles: &[u64]) {
    state.apply(Event::of(
        SESSION,
        SearchEvent::Done {
            id: newest(state),
            page: page(articles),
        },
    ));
}

#[test]
fn back_brings_the_search_and_the_article_that_was_read() {
    let mut state = opened();
    show(&mut state, &[1, 2, 3]);
    state.update(Command::Select(1));
    state.update(Command::SetQuery("جسر".into()));
    show(&mut state, &[3, 4]);
    state.update(Command::Select(1));
    assert!(state.archive.trail.has_past() && !state.archive.trail.has_future());

    let before = state.archive.visit_stamp();
    let jobs = of_archive(state.update(Command::Back));
    assert!(matches!(
        jobs.as_slice(),
        [ArchiveJob::Search(SearchJob::Search { .. }), ArchiveJob::Read(it)] if it.article == ArticleId(2)
    ));
    assert_eq!(
        (
            state.archive.search.request.query_text.as_str(),
            state.archive.visit_stamp() != before
        ),
        ("", true)
    );
    show(&mut state, &[1, 2, 3]);
    assert_eq!(
        (state.archive.search.selected, state.archive.reading.wanted),
        (Some(1), Some(ArticleId(2)))
    );

    state.update(Command::Forward);
    show(&mut state, &[3, 4]);
    assert_eq!(state.archive.search.request.query_text, "جسر");
    assert_eq!(
        (state.archive.search.selected, state.archive.reading.wanted),
        (Some(1), Some(ArticleId(4)))
    );
    assert!(state.update(Command::Forward).is_empty());
}

fn read(state: &mut AppState, article: u64) {
    let article = ReadArticle {
        id: ArticleId(article),
        article: crate::archive::parse("1.txt".as_ref(), "افتتاح الجسر".as_bytes()).remove(0),
        mentions: Vec::new(),
        dates: Vec::new(),
        matches: Vec::new(),
        identical: Vec::new(),
        kept: None,
        pictures: Vec::new(),
        stated: None,
    };
    state.apply(Event::of(SESSION, ReadEvent::Done(Arc::new(article))));
}

#[test]
fn an_article_that_is_not_among_the_results_says_so_and_one_key_leads_to_the_first_that_is() {
    let mut state = opened();
    let is_outside = |state: &AppState| state.archive.reading.is_outside;
    show(&mut state, &[1, 2, 3]);
    state.update(Command::Select(1));
    read(&mut state, 2);
    assert!(!is_outside(&state));
    state.update(Command::SetQuery("كلمة".into()));
    assert!(!is_outside(&state), "nothing is known until the answer comes");
    show(&mut state, &[3, 1]);
    assert!(is_outside(&state));
    assert_eq!(
        state.archive.reading.wanted,
        Some(ArticleId(2)),
        "it stays on the screen"
    );
    let n_found = state.archive.search.n_found;
    state.update(Command::ReadFirst);
    assert_eq!(state.archive.search.selected, Some(0));
    assert!(n_found < state.archive.search.n_found, "the list shows its row");
    read(&mut state, 3);
    assert!(!is_outside(&state));
    // One of a story that has no row of its own was found, too.
    let folded = ResultPage {
        copies: vec![StoryCopy {
            row: 0,
            article: ArticleId(3),
        }]
        .into(),
        ..ResultPage::clone(&page(&[1]))
    };
    let done = |state: &AppState, page| SearchEvent::Done {
        id: newest(state),
        page: Arc::new(page),
    };
    state.update(Command::SetQuery("كلمتان".into()));
    state.apply(Event::of(SESSION, done(&state, folded)));
    assert!(!is_outside(&state));
    // Where nothing was found there is no first.
    state.update(Command::SetQuery("لا شيء".into()));
    show(&mut state, &[]);
    assert!(is_outside(&state));
    assert!(state.update(Command::ReadFirst).is_empty());
}

#[test]
fn an_archive_that_was_just_opened_is_being_read_until_that_is_over() {
    let mut state = opened();
    let progress = |state: &AppState| state.archive.open.as_ref().unwrap().progress;
    assert_eq!(progress(&state), Some(UpdateProgress::default()));
    let half = UpdateProgress {
        files_total: 1,
        bytes_done: 40 << 20,
        bytes_total: 80 << 20,
        ..UpdateProgress::default()
    };
    state.apply(Event::of(SESSION, IndexEvent::Progress(half)));
    assert_eq!(progress(&state).map(UpdateProgress::fraction), Some(0.5));
    state.apply(Event::of(SESSION, IndexEvent::Updated(UpdateSummary::default())));
    assert_eq!(progress(&state), None);
    for over in [
        IndexEvent::Blocked(Obstacle::DiskFull),
        IndexEvent::UpdateFailed(cause()),
    ] {
        let mut state = opened();
        state.apply(Event::of(SESSION, over));
        assert_eq!(progress(&state), None);
    }
}

#[test]
fn a_correction_of_how_files_are_read_can_be_taken_back() {
    let mut state = opened();
    let rule = |encoding: Option<&str>| ReadingRule {
        files: "a.txt".into(),
        encoding: encoding.map(str::to_owned),
        ..ReadingRule::default()
    };
    let (made, before) = (rule(Some("windows-1256")), rule(None));
    let corrected = |made: &ReadingRule, before: &ReadingRule| IndexEvent::ReadingCorrected {
        made: made.clone(),
        before: before.clone(),
    };
    state.apply(Event::of(SESSION, corrected(&made, &before)));
    // Only the newest is told.
    state.apply(Event::of(SESSION, corrected(&before, &made)));
    let told = Notice::ReadingCorrected {
        made: before,
        before: made,
    };
    assert_eq!(state.notices.all(), [told]);
}

#[test]
fn back_leads_through_articles_and_pages_of_names() {
    let mut state = opened();
    show(&mut state, &[1, 2, 3, 4]);
    state.update(Command::Stayed(TextPlace::default()));
    state.update(Command::SelectBeside(1));
    // Passed over on the way to the next one.
    state.update(Command::SelectBeside(1));
    assert_eq!(state.archive.reading.wanted, Some(ArticleId(3)));
    show_entity(&mut state, "a");
    state.update(Command::ReadAppearance(ArticleId(4), 0));
    let read = |state: &AppState| state.archive.reading.wanted.map(|it| it.0);
    state.update(Command::Back);
    assert_eq!((shown(&state), read(&state)), (Some("a"), Some(3)));
    state.update(Command::Back);
    assert_eq!((shown(&state), read(&state)), (None, Some(3)));
    assert_eq!(state.archive.search.selected, Some(2));
    state.update(Command::Back);
    assert_eq!((shown(&state), read(&state)), (None, Some(1)));
    assert!(!state.archive.trail.has_past());
    for _ in 0..3 {
        state.update(Command::Forward);
    }
    assert_eq!((shown(&state), read(&state)), (None, Some(4)));
}

#[test]
fn the_next_article_is_the_one_below_and_the_first_where_the_article_is_not_in_the_list() {
    let mut state = opened();
    show(&mut state, &[1, 2, 3]);
    let mut go = |rows| {
        state.update(Command::SelectBeside(rows));
        state.archive.reading.wanted.map(|it| it.0)
    };
    assert_eq!([go(1), go(1), go(1), go(-1)], [Some(2), Some(3), Some(3), Some(2)]);
    state.update(Command::ReadAppearance(ArticleId(9), 0));
    state.update(Command::SelectBeside(-1));
    assert_eq!(state.archive.reading.wanted, Some(ArticleId(1)));
    show(&mut state, &[]);
    assert!(state.update(Command::SelectBeside(1)).is_empty());
}

#[test]
fn an_archive_is_shown_as_it_was_left() {
    let mut state = opened();
    state.update(Command::SetQuery("جسر".into()));
    show(&mut state, &[1, 2, 3]);
    state.update(Command::Select(1));
    show_entity(&mut state, "a");
    let place = TextPlace { block: 3, byte: 14 };
    let left = of_archive(state.update(Command::Stayed(place)))
        .into_iter()
        .find_map(|job| match job {
            ArchiveJob::Leave(left) => Some(left),
            _ => None,
        });
    let left = left.unwrap();
    let json = serde_json::to_string(&*left).unwrap();
    assert_eq!(serde_json::from_str::<Left>(&json).unwrap(), *left);

    let mut state = opened();
    state.apply(Event::of(SESSION, IndexEvent::LeftLoaded(left)));
    show(&mut state, &[1, 2, 3]);
    assert_eq!(state.archive.search.request.query_text, "جسر");
    assert_eq!((state.archive.search.selected, shown(&state)), (Some(1), Some("a")));
    assert_eq!(state.archive.reading.left_at, Some((ArticleId(2), place)));
    // It is no step that one could go back over, and nothing to be kept again.
    assert!(!state.archive.trail.has_past());
    state.update(Command::LeaveEntity);
    state.update(Command::SelectBeside(1));
    assert_eq!(state.archive.reading.left_at, None);
}

#[test]
fn an_article_that_is_gone_since_the_archive_was_left_is_not_asked_for_again() {
    let mut state = opened();
    let left = Left {
        visit: Visit {
            article: Some(ArticleId(7)),
            ..Visit::default()
        },
        ..Left::default()
    };
    state.apply(Event::of(SESSION, IndexEvent::LeftLoaded(Box::new(left))));
    show(&mut state, &[1, 2]);
    let failed = ReadEvent::Failed {
        article: ArticleId(7),
        cause: cause(),
    };
    state.apply(Event::of(SESSION, failed));
    assert_eq!(state.archive.reading.wanted, Some(ArticleId(1)));
    assert!(state.archive.reading.failure.is_none());
}

#[test]
fn a_path_that_cannot_be_opened_stays_to_be_mended() {
    let mut state = AppState::default();
    state.picking.typed_for = Some(PathPurpose::OpenFolder);
    let jobs = state.update(Command::CompletePath("/a".into()));
    assert!(matches!(
        jobs.as_slice(),
        [Job::Window(WindowJob::CompletePath { takes_files: false, .. })]
    ));
    let completed = |typed: &str| Event::PathCompleted {
        typed: typed.into(),
        offers: vec!["/ab/".into()],
    };
    state.apply(completed("/"));
    assert!(state.picking.offers.1.is_empty(), "for what was typed before");
    state.apply(completed("/a"));
    assert_eq!(state.picking.offers.1, ["/ab/"]);
    let root = ArchiveRoot::Folder("/ab".into());
    state.update(Command::Open(root.clone()));
    let failure = OpenFailure::NoFolder;
    state.apply(Event::OpenFailed { root, failure });
    assert_eq!(state.picking.typed_for, Some(PathPurpose::OpenFolder));
}

#[test]
fn what_is_similar_is_a_search_of_its_own() {
    let mut state = opened();
    state.update(Command::SetQuery("جسر".into()));
    let similar_to = crate::index::SimilarTo {
        article: ArticleId(7),
        title: "عنوان".into(),
    };
    state.update(Command::ShowSimilar(similar_to.clone()));
    assert_eq!(state.archive.search.request.query_text, "");
    assert_eq!(state.archive.search.request.similar_to, Some(similar_to));
    state.update(Command::Back);
    assert_eq!(
        (
            state.archive.search.request.query_text.as_str(),
            &state.archive.search.request.similar_to
        ),
        ("جسر", &None)
    );
}

#[test]
fn a_search_is_kept_with_its_state_and_remembered_when_it_is_used() {
    let mut state = opened();
    state.update(Command::SetQuery("جسر".into()));
    state.update(Command::SetOrder(crate::index::HitOrder::Oldest));
    let jobs = of_archive(state.update(Command::SaveSearch("الجسور".into())));
    let visit = match jobs.as_slice() {
        [ArchiveJob::Index(IndexJob::SaveSearches(change))] => change.after.saved[0].visit.clone(),
        jobs => panic!("{jobs:?}"),
    };
    assert_eq!(visit.request, state.archive.search.request);
    // What was only passed over is not remembered; what was stayed with is, once.
    assert!(state.archive.searches.recent.is_empty());
    let jobs = of_archive(state.update(Command::Stayed(TextPlace::default())));
    assert!(matches!(
        jobs.as_slice(),
        [ArchiveJob::Index(IndexJob::SaveSearches(_)), ArchiveJob::Leave(_)]
    ));
    assert!(state.update(Command::Stayed(TextPlace::default())).is_empty());
    assert_eq!(state.archive.searches.recent[0].request.query_text, "جسر");
    state.update(Command::ClearAll);
    state.update(Command::Visit(visit.clone()));
    assert_eq!(state.archive.search.request, visit.request);
    state.update(Command::RemoveSearch(0));
    assert!(state.archive.searches.saved.is_empty());
}

#[test]
fn an_unfolded_story_stays_so_when_the_list_changes() {
    let mut state = opened();
    let with_story = |articles: &[u64]| {
        let copy = |article| StoryCopy {
            row: 1,
            article: ArticleId(article),
        };
        Arc::new(ResultPage {
            copies: [copy(8), copy(9)].into(),
            ..ResultPage::clone(&page(articles))
        })
    };
    let shown = |state: &AppState| -> Vec<u64> {
        let page = state.archive.search.results.value.as_ref().unwrap();
        page.articles.iter().map(|it| it.0).collect()
    };
    let generation = newest(&state);
    let page = with_story(&[1, 2, 3]);
    state.apply(Event::of(SESSION, SearchEvent::Done { id: generation, page }));
    state.update(Command::Select(2));
    state.update(Command::ToggleStory(1));
    assert_eq!(shown(&state), [1, 2, 8, 9, 3]);
    // The article that is read stays selected.
    assert_eq!(
        (state.archive.search.selected, state.archive.reading.wanted),
        (Some(4), Some(ArticleId(3)))
    );
    state.apply(Event::of(SESSION, IndexEvent::Changed { n_articles: 9 }));
    let generation = newest(&state);
    let page = with_story(&[4, 2, 3]);
    state.apply(Event::of(SESSION, SearchEvent::Done { id: generation, page }));
    assert_eq!(shown(&state), [4, 2, 8, 9, 3]);
    state.update(Command::Select(3));
    state.update(Command::ToggleStory(1));
    assert_eq!(shown(&state), [4, 2, 3]);
    assert_eq!(state.archive.search.selected, Some(1));
}

#[test]
fn the_list_of_a_facet_shows_the_newest_answer() {
    let mut state = opened();
    show(&mut state, &[1]);
    state.update(Command::ListFacet(Some((
        Facet::Person,
        String::new(),
        FacetOrder::Name,
    ))));
    let loaded = |state: &mut AppState, order, n_values| {
        let counts = FacetCounts {
            facet: Facet::Person,
            values: Vec::new(),
            n_values,
        };
        state.apply(Event::of(
            SESSION,
            SearchEvent::FacetLoaded {
                id: newest(state),
                filter_text: String::new(),
                order,
                counts,
            },
        ));
        let list = state.archive.search.facet_list.as_ref().unwrap();
        list.counts.value.as_ref().map(|counts| counts.n_values)
    };
    assert_eq!(loaded(&mut state, FacetOrder::Count, 1), None);
    assert_eq!(loaded(&mut state, FacetOrder::Name, 2), Some(2));
    state.update(Command::ListFacet(None));
    assert!(state.archive.search.facet_list.is_none());
}

#[test]
fn rows_are_asked_for_once() {
    let mut state = opened();
    let ids: Vec<u64> = (0..100).collect();
    show(&mut state, &ids);
    assert_eq!(state.update(Command::ShowRows(0..30)).len(), 0);
    assert_eq!(state.update(Command::ShowRows(30..100)).len(), 2);
    assert_eq!(state.update(Command::ShowRows(30..100)).len(), 0);
}

#[test]
fn without_a_dialog_a_path_is_asked_for() {
    let mut state = AppState::default();
    state.update(Command::PickFolder);
    state.apply(Event::FolderPicked {
        folder: None,
        shown: false,
    });
    assert!(state.picking.typed_for == Some(PathPurpose::OpenFolder) && !state.picking.is_open);
}

#[test]
fn what_is_found_out_about_an_archive_that_is_over_changes_nothing() {
    let mut state = opened();
    state.update(Command::SetQuery("جسر".into()));
    state.update(Command::Complete(Some("جسر".into())));
    let number = show_entity(&mut state, "a");
    state.update(Command::LeaveEntity);
    let over = SESSION;
    state.apply(Event::Opened {
        session: SessionId(2),
        root: ArchiveRoot::Sample,
        folder: PathBuf::from("sample"),
        n_articles: 1,
        rebuilt: false,
        recognises_scans: false,
    });
    let before = format!("{state:?}");
    let completions = Vec::new();
    let page = page(&[1]);
    let events: [ArchiveEvent; 10] = [
        SearchEvent::Done { id: SearchId(1), page }.into(),
        SearchEvent::Failed {
            id: SearchId(1),
            cause: cause(),
        }
        .into(),
        lookup_failed(Lookup::Completions(RequestId(1))).into(),
        SearchEvent::Completed {
            id: RequestId(1),
            completions,
        }
        .into(),
        EntityEvent::Loaded {
            id: number,
            page: Some(entity_page("a")),
        }
        .into(),
        IndexEvent::Changed { n_articles: 9 }.into(),
        IndexEvent::Updated(UpdateSummary::default()).into(),
        IndexEvent::UpdateFailed(cause()).into(),
        CorrectEvent::Changed {
            corrections: Arc::default(),
            names: HashMap::new(),
        }
        .into(),
        CorrectEvent::Failed(CorrectionFailure::NothingChanges).into(),
    ];
    for event in events {
        assert!(state.apply(Event::of(over, event.clone())).is_empty(), "{event:?}");
        assert_eq!(format!("{state:?}"), before, "{event:?}");
    }
}

fn cause() -> Cause {
    Cause::new("the index is damaged")
}

fn lookup_failed(lookup: Lookup) -> SearchEvent {
    SearchEvent::LookupFailed { lookup, cause: cause() }
}

#[test]
fn nothing_of_the_last_archive_is_left_when_another_is_opened() {
    let opened_anew = |state: &mut AppState| {
        let jobs = state.apply(Event::Opened {
            session: SessionId(2),
            root: ArchiveRoot::Sample,
            folder: PathBuf::from("sample"),
            n_articles: 1,
            rebuilt: false,
            recognises_scans: false,
        });
        let jobs: Vec<Job> = jobs.into_iter().filter(|it| !matches!(it, Job::Program(_))).collect();
        format!("{jobs:?} {:?}", state.archive)
    };
    let mut state = opened();
    show(&mut state, &[1, 2]);
    state.update(Command::Select(1));
    state.update(Command::SetQuery("جسر".into()));
    state.update(Command::Complete(Some("جسر".into())));
    state.update(Command::FindTitle {
        typed: "ق".into(),
        after: None,
    });
    state.update(Command::ListFacet(Some((
        Facet::Person,
        String::new(),
        FacetOrder::Name,
    ))));
    state.update(Command::CompareTimeline(Some(SeriesChoice::Archive)));
    state.update(Command::ShowDifference(ArticleId(1), ArticleId(2)));
    state.update(Command::SaveSearch("الجسور".into()));
    show_entity(&mut state, "a");
    state.update(Command::FindEntities {
        text: "س".into(),
        kind: None,
    });
    state.update(Command::ShowSuggestions);
    state.update(Command::PreviewCorrection(Correction::Hide {
        entity: EntityId("a".into()),
    }));
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Part)));
    assert_eq!(opened_anew(&mut state), opened_anew(&mut AppState::default()));
    assert!(state.notices.all().is_empty());
}

#[test]
fn a_failed_search_keeps_the_old_page_and_says_why() {
    let mut state = opened();
    show(&mut state, &[1, 2]);
    state.update(Command::SetQuery("أ".into()));
    let overtaken = newest(&state);
    state.update(Command::SetQuery("أب".into()));
    let fail = |state: &mut AppState, id| {
        let cause = cause();
        state.apply(Event::of(SESSION, SearchEvent::Failed { id, cause }));
    };
    fail(&mut state, overtaken);
    assert!(state.archive.search.is_searching() && state.archive.search.failure.is_none());
    let id = newest(&state);
    fail(&mut state, id);
    let search = &state.archive.search;
    assert_eq!(search.failure, Some(cause()));
    assert_eq!(search.results.value.as_ref().unwrap().articles.len(), 2);
    assert!(!search.is_searching());
    // Its rows are looked up again: that was given up for the search.
    assert_eq!(state.update(Command::ShowRows(0..2)).len(), 1);
    state.update(Command::SetQuery("أ".into()));
    show(&mut state, &[3]);
    assert_eq!(state.archive.search.failure, None);
}

#[test]
fn a_failure_never_looks_like_no_entities() {
    let mut state = opened();
    let find = |state: &mut AppState, text: &str| {
        let (text, kind) = (text.to_owned(), None);
        state.update(Command::FindEntities { text, kind });
    };
    let shown = |state: &AppState| {
        let found = &state.archive.entities.search.found;
        found.shown(Vec::is_empty).map(Vec::len)
    };
    find(&mut state, "سا");
    assert_eq!(shown(&state), Err(Missing::Unanswered));
    let (text, found) = ("سا".to_owned(), Vec::new());
    state.apply(Event::of(SESSION, EntityEvent::Found { text, found }));
    assert_eq!(shown(&state), Err(Missing::Nothing));
    find(&mut state, "سام");
    assert_eq!(shown(&state), Err(Missing::Unanswered));
    // That an earlier text could not be looked up says nothing of this one.
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Entities("سا".into()))));
    assert_eq!(shown(&state), Err(Missing::Unanswered));
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Entities("سام".into()))));
    assert_eq!(shown(&state), Err(Missing::Failed));
    assert_eq!(state.notices.all(), [Notice::LookupFailed(cause())]);
    find(&mut state, "");
    find(&mut state, "سامي");
    assert_eq!(shown(&state), Err(Missing::Unanswered));
}

/// Lists the values of a facet that hold a text, and returns what is shown of them.
fn list_people(state: &mut AppState, text: &str) -> Result<usize, Missing> {
    let list = (Facet::Person, text.to_owned(), FacetOrder::Count);
    state.update(Command::ListFacet(Some(list)));
    shown_people(state)
}

fn shown_people(state: &AppState) -> Result<usize, Missing> {
    let list = state.archive.search.facet_list.as_ref().unwrap();
    let shown = list.counts.shown(|counts| counts.n_values == 0);
    shown.map(|counts| counts.n_values)
}

fn people_failed(state: &AppState, text: &str) -> SearchEvent {
    lookup_failed(Lookup::Facet {
        id: state.archive.search.shown_id().unwrap(),
        facet: Facet::Person,
        filter_text: text.to_owned(),
        order: FacetOrder::Count,
    })
}

#[test]
fn a_failure_never_looks_like_no_values() {
    let mut state = opened();
    show(&mut state, &[1]);
    assert_eq!(list_people(&mut state, ""), Err(Missing::Unanswered));
    let counts = FacetCounts {
        facet: Facet::Person,
        values: Vec::new(),
        n_values: 0,
    };
    let loaded = SearchEvent::FacetLoaded {
        id: newest(&state),
        filter_text: String::new(),
        order: FacetOrder::Count,
        counts,
    };
    state.apply(Event::of(SESSION, loaded));
    assert_eq!(shown_people(&state), Err(Missing::Nothing));
    // There is none for the former text.
    assert_eq!(list_people(&mut state, "س"), Err(Missing::Unanswered));
    let failed = people_failed(&state, "");
    state.apply(Event::of(SESSION, failed));
    assert_eq!(shown_people(&state), Err(Missing::Unanswered));
    let failed = people_failed(&state, "س");
    state.apply(Event::of(SESSION, failed));
    assert_eq!(shown_people(&state), Err(Missing::Failed));
    assert_eq!(list_people(&mut state, "سا"), Err(Missing::Unanswered));
}

#[test]
fn an_open_list_of_values_is_asked_for_again_after_a_failed_search() {
    let mut state = opened();
    show(&mut state, &[1]);
    list_people(&mut state, "س").unwrap_err();
    state.update(Command::SetQuery("كلمة".into()));
    let (id, cause) = (newest(&state), cause());
    // The search took its place.
    let jobs = of_archive(state.apply(Event::of(SESSION, SearchEvent::Failed { id, cause })));
    match jobs.as_slice() {
        [ArchiveJob::Search(SearchJob::LoadFacet { id, filter_text, .. })] => {
            assert_eq!(
                (Some(*id), filter_text.as_str()),
                (state.archive.search.shown_id(), "س")
            );
        }
        jobs => panic!("{jobs:?}"),
    }
    // Before the first page there is nothing that could be counted.
    let mut state = opened();
    assert_eq!(list_people(&mut state, ""), Err(Missing::Unanswered));
    let (id, cause) = (newest(&state), self::cause());
    assert!(
        state
            .apply(Event::of(SESSION, SearchEvent::Failed { id, cause }))
            .is_empty()
    );
    assert_eq!(shown_people(&state), Err(Missing::Failed));
}

#[test]
fn a_comparison_that_was_not_counted_is_not_drawn() {
    let mut state = opened();
    show(&mut state, &[1]);
    state.update(Command::CompareTimeline(Some(SeriesChoice::Archive)));
    let shown = |state: &AppState| {
        let series = state.archive.search.series.as_ref().unwrap();
        series.days.shown(|_| false).map(|days| days.len())
    };
    assert_eq!(shown(&state), Err(Missing::Unanswered));
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Series)));
    assert_eq!(shown(&state), Err(Missing::Failed));
    state.apply(Event::of(SESSION, IndexEvent::Changed { n_articles: 3 }));
    assert_eq!(shown(&state), Err(Missing::Unanswered));
    state.apply(Event::of(SESSION, SearchEvent::SeriesLoaded(Arc::default())));
    assert_eq!(shown(&state), Ok(0));
    // A result that was pinned does not wait for it.
    state.update(Command::CompareTimeline(Some(SeriesChoice::Current)));
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Series)));
    assert_eq!(shown(&state), Ok(0));
}

#[test]
fn nobody_waits_for_what_could_not_be_looked_up() {
    let mut state = opened();
    show(&mut state, &[1, 2]);
    let (first, second) = (ArticleId(1), ArticleId(2));
    state.update(Command::ShowDifference(first, second));
    let shown = |state: &AppState| {
        let compared = state.archive.compared.as_ref().unwrap();
        compared.difference.shown(|_| false).err()
    };
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Difference(second, first))));
    assert_eq!(shown(&state), Some(Missing::Unanswered));
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Difference(first, second))));
    assert_eq!(shown(&state), Some(Missing::Failed));

    let complete = |state: &mut AppState, text: &str| {
        let jobs = of_archive(state.update(Command::Complete(Some(text.into()))));
        match jobs.as_slice() {
            [ArchiveJob::Complete(job)] => job.id,
            jobs => panic!("{jobs:?}"),
        }
    };
    let overtaken = complete(&mut state, "ج");
    let id = complete(&mut state, "جس");
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Completions(overtaken))));
    assert!(state.archive.search.completions.pending);
    state.apply(Event::of(SESSION, lookup_failed(Lookup::Completions(id))));
    assert!(!state.archive.search.completions.pending);

    let id = show_entity(&mut state, "a");
    let cause = cause();
    state.apply(Event::of(SESSION, EntityEvent::Failed { id, cause }));
    assert!(state.archive.entities.shown.as_ref().unwrap().page.failed);

    state.update(Command::ShowSuggestions);
    let hide = Correction::Hide {
        entity: EntityId("a".into()),
    };
    state.update(Command::PreviewCorrection(hide));
    let failure = CorrectionFailure::Index(self::cause());
    state.apply(Event::of(SESSION, CorrectEvent::Failed(failure)));
    let correcting = &state.archive.correcting;
    assert_eq!(correcting.suggestions.shown(Vec::is_empty), Err(Missing::Failed));
    assert!(correcting.preview.as_ref().unwrap().1.failed);
}

#[test]
fn nothing_is_asked_of_an_archive_before_one_is_open() {
    let mut state = AppState::default();
    for command in [
        Command::SetQuery("جسر".into()),
        Command::Update,
        Command::ShowSuggestions,
    ] {
        assert!(state.update(command).is_empty());
    }
}

#[test]
fn while_files_are_read_the_first_of_the_list_is_shown_until_somebody_reads() {
    let found = |state: &mut AppState, articles: &[u64]| {
        let (id, page) = (newest(state), page(articles));
        state.apply(Event::of(SESSION, SearchEvent::Done { id, page }));
    };
    let more = |state: &mut AppState, articles: &[u64]| {
        let n_articles = articles.len() as u64;
        state.apply(Event::of(SESSION, IndexEvent::Changed { n_articles }));
        found(state, articles);
    };
    let shown = |state: &AppState| (state.archive.reading.wanted, state.archive.search.selected);
    let article = |number| Some(ArticleId(number));
    let mut state = opened();
    found(&mut state, &[1]);
    // What comes is put before it.
    more(&mut state, &[2, 1]);
    assert_eq!(shown(&state), (article(2), Some(0)));
    // Nobody takes it away from whoever has begun to read it.
    state.update(Command::Stayed(TextPlace::default()));
    more(&mut state, &[3, 2, 1]);
    assert_eq!(shown(&state), (article(2), Some(1)));
    // Nor from whoever has chosen it.
    let mut state = opened();
    found(&mut state, &[1]);
    more(&mut state, &[2, 1]);
    state.update(Command::Select(1));
    more(&mut state, &[3, 2, 1]);
    assert_eq!(shown(&state), (article(1), Some(2)));
    // Nor when all was read.
    let mut state = opened();
    found(&mut state, &[1]);
    state.apply(Event::of(SESSION, IndexEvent::Updated(UpdateSummary::default())));
    more(&mut state, &[2, 1]);
    assert_eq!(shown(&state), (article(1), Some(1)));
}

#[test]
fn what_was_wrong_with_a_path_is_not_said_of_another() {
    let mut state = AppState::default();
    let fails = |state: &mut AppState| {
        let root = ArchiveRoot::Folder(PathBuf::from("missing"));
        let failure = OpenFailure::NoFolder;
        state.apply(Event::OpenFailed { root, failure });
        assert_eq!(state.notices.all().len(), 1);
    };
    for command in [
        Command::CompletePath("mis".to_owned()),
        Command::CancelPath,
        Command::PickFile(FilePurpose::ExportLines),
        Command::PickFolder,
    ] {
        fails(&mut state);
        state.update(command);
        assert!(state.notices.all().is_empty());
    }
}
