//! Who appears with whom in the window, without a screen: for a screen reader, by keys, by mouse.

use std::sync::Arc;

use egui::{Key, Modifiers};
use fihrist::archive::ArticleId;
use fihrist::entities::{EntityId, EntityKind};
use fihrist::index::{Facet, Network, NetworkLink, NetworkName};
use fihrist::state::{
    self, ArchiveJob, Command, FilePurpose, Job, Language, NameContext, NamesJob, NetworkOptions, SearchJob, Settings,
};
use fihrist::work::placed;

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key, middle_of};
use super::window_names::page;

fn window(language: Language) -> Window {
    Window::new(Settings {
        language,
        ..Settings::default()
    })
}

/// Opens the network of four names and has it loaded.
pub fn show_network(window: &mut Window) {
    let jobs = window.state.update(Command::ShowNetwork(None));
    let [
        Job::Archive {
            job: ArchiveJob::Names(NamesJob::Network(job)),
            ..
        },
    ] = jobs.as_slice()
    else {
        panic!("{jobs:?}");
    };
    let name = |kind: EntityKind, name: &str, articles| NetworkName {
        id: EntityId(format!("{}:{name}", kind.word())),
        kind,
        name: name.to_owned(),
        articles,
    };
    let link = |names, articles| NetworkLink { names, articles };
    let network = Network {
        names: vec![
            name(EntityKind::Person, "سامي العامري", 9),
            name(EntityKind::Place, "القاهرة", 5),
            name(EntityKind::Person, "هند الجبلي", 3),
            name(EntityKind::Organisation, "وزارة الصحة", 2),
        ],
        links: vec![link([0, 1], 4), link([0, 2], 2), link([1, 2], 1)],
        n_names: 30,
        n_articles: 40,
        ..Network::default()
    };
    let network = placed(network, &|| false).map(Arc::new);
    let loaded = state::EntityEvent::NetworkLoaded { id: job.id, network };
    window.state.apply(state::Event::of(SESSION, loaded));
}

#[test]
fn every_name_says_in_how_many_articles_it_stands_and_with_whom() {
    for (language, expected) in [
        (
            Language::Arabic,
            [
                "سامي العامري  ·  شخص  ·  9 مقالات  ·  يظهر مع: القاهرة 4، هند الجبلي 2",
                "وزارة الصحة  ·  جهة  ·  مقالان  ·  لا يظهر مع غيره هنا",
                "4 أسماء من أصل 30  ·  40 مقالًا",
            ],
        ),
        (
            Language::English,
            [
                "سامي العامري  ·  Person  ·  9 articles  ·  appears with: القاهرة 4, هند الجبلي 2",
                "وزارة الصحة  ·  Organisation  ·  2 articles  ·  Appears with nobody here",
                "4 of 30 names  ·  40 articles",
            ],
        ),
    ] {
        let mut window = window(language);
        show_network(&mut window);
        check_shown(&window.names(), &expected);
        check_that_all_is_named(&mut window);
    }
}

#[test]
fn the_network_is_reached_walked_through_and_left_by_keys() {
    let mut window = window(Language::Arabic);
    window.names();
    let (commands, _) = window.frame(vec![key(Key::G, Modifiers::COMMAND)]);
    assert!(commands.contains(&Command::ShowNetwork(None)), "{commands:?}");
    show_network(&mut window);
    window.names();
    // The keyboard is in the picture: the first name, then the next one by its articles.
    window.frame(vec![key(Key::Home, Modifiers::NONE)]);
    check_shown(&window.names(), &["صفحة هذا الاسم"]);
    window.frame(vec![key(Key::PageDown, Modifiers::NONE)]);
    let (commands, _) = window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
    let page = Command::ShowEntity {
        id: EntityId("place:القاهرة".into()),
        with: Vec::new(),
    };
    assert!(commands.contains(&page), "{commands:?}");
    // Some arrow leads to another name.
    let arrows = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];
    let opened = |window: &mut Window| {
        let (commands, _) = window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
        commands.into_iter().find(|it| matches!(it, Command::ShowEntity { .. }))
    };
    let moved = arrows.into_iter().any(|arrow| {
        window.frame(vec![key(arrow, Modifiers::NONE)]);
        opened(&mut window).is_some_and(|it| it != page)
    });
    assert!(moved);
    let (commands, _) = window.frame(vec![key(Key::G, Modifiers::COMMAND)]);
    assert!(commands.contains(&Command::LeaveEntity), "{commands:?}");
}

#[test]
fn from_a_name_one_narrows_to_it_and_to_another() {
    let mut window = window(Language::Arabic);
    show_network(&mut window);
    window.names();
    window.click_at("9 مقالات");
    check_shown(&window.names(), &["القاهرة  ·  4 مقالات  ·  التصفية بالاسمين معًا"]);
    let commands = window.click_at("4 مقالات");
    let both = commands.iter().find_map(|it| match it {
        Command::NarrowTo(filters) => Some(
            filters
                .iter()
                .map(|it| (it.facet, it.name.as_str()))
                .collect::<Vec<_>>(),
        ),
        _ => None,
    });
    let wanted = vec![(Facet::Person, "سامي العامري"), (Facet::Place, "القاهرة")];
    assert_eq!(both, Some(wanted), "{commands:?}");
    let commands = window.click_at("شبكته");
    let around = Command::ShowNetwork(Some(EntityId("person:سامي العامري".into())));
    assert!(commands.contains(&around), "{commands:?}");
    check_that_all_is_named(&mut window);
}

#[test]
fn kinds_of_names_are_left_out_and_the_picture_is_saved() {
    let mut window = window(Language::English);
    show_network(&mut window);
    window.names();
    let commands = window.click_at("Save picture");
    assert!(
        commands.contains(&Command::PickFile(FilePurpose::ExportNetwork)),
        "{commands:?}"
    );
    // The panel of names has a heading that begins so.
    let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
    let toggle = nodes.iter().find(|(_, node)| node.label() == Some("Places"));
    let commands = window.click(middle_of(toggle.unwrap().1.bounds().unwrap()));
    let without = NetworkOptions {
        kinds: vec![EntityKind::Person, EntityKind::Organisation],
        ..NetworkOptions::default()
    };
    assert!(commands.contains(&Command::SetNetwork(without)), "{commands:?}");
}

#[test]
fn the_articles_of_a_name_and_what_they_say_are_parts_of_its_page() {
    let mut window = window(Language::Arabic);
    let id = page(false).summary.id.clone();
    let jobs = window.state.update(Command::ShowEntity { id, with: Vec::new() });
    let [
        Job::Archive {
            job: ArchiveJob::Search(SearchJob::LoadEntity { id, .. }),
            ..
        },
    ] = jobs.as_slice()
    else {
        panic!("{jobs:?}");
    };
    let loaded = state::EntityEvent::Loaded {
        id: *id,
        page: Some(page(false)),
    };
    window.state.apply(state::Event::of(SESSION, loaded));
    window.names();
    window.click_at("كل مقالاته");
    let (commands, _) = window.frame(Vec::new());
    assert!(commands.contains(&Command::ShowMentionRows(0..2)), "{commands:?}");
    window.click_at("ما قيل عنه");
    let (commands, _) = window.frame(Vec::new());
    assert!(commands.contains(&Command::ShowContexts(0)), "{commands:?}");
    let jobs = window.state.update(Command::ShowContexts(0));
    let [
        Job::Archive {
            job: ArchiveJob::Names(NamesJob::Contexts(job)),
            ..
        },
    ] = jobs.as_slice()
    else {
        panic!("{jobs:?}");
    };
    let sentence = "وصل سامي العامري أمس إلى القاهرة.".to_owned();
    let start = sentence.find("سامي").unwrap();
    let contexts = vec![NameContext {
        article: ArticleId(8),
        title: "آخر الأخبار".into(),
        published: None,
        source: Some("صحيفة".into()),
        marks: vec![(start..start + "سامي العامري".len()).into()],
        sentence,
        nth: 2,
    }];
    let (id, first) = (job.id, job.first);
    let loaded = state::EntityEvent::ContextsLoaded { id, first, contexts };
    window.state.apply(state::Event::of(SESSION, loaded));
    check_shown(
        &window.names(),
        &["جملة واحدة في مقالين", "وصل سامي العامري أمس إلى القاهرة."],
    );
    let commands = window.click_at("وصل سامي العامري");
    assert!(
        commands.contains(&Command::ReadAppearance(ArticleId(8), 2)),
        "{commands:?}"
    );
    check_that_all_is_named(&mut window);
}
