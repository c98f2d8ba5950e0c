//! What is new in the saved searches: counted, marked as looked at, and the same after all that does not make it new.

use std::fs;

use fihrist::index::{Moment, SearchRequest};
use fihrist::state::{self, Command, Language, SavedNews, SavedSearch, Searches, Settings, Visit};
use fihrist::work::{DataDir, KeptError};

use super::cli::{BRIDGE, Bench, FLOOD};
use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named};

const TUNNEL: &str = "افتتاح نفق المرفأ\nتاريخ النشر: 9 مارس 2024\n\
افتتح الوزير نفق المرفأ أمام السيارات أمس، وقال إن الجسر القديم لم يعد يكفي وحده لها.\n";

fn visit(query_text: &str) -> Visit {
    Visit {
        request: SearchRequest {
            query_text: query_text.to_owned(),
            ..SearchRequest::default()
        },
        ..Visit::default()
    }
}

/// Keeps searches for the words, as an earlier version of the program did.
fn save(bench: &Bench, queries: &[&str]) {
    let file = DataDir::new(bench.data.path().to_owned()).searches_of(bench.folder.path());
    let edited = file.edit(|it: &mut Searches| -> Result<(), KeptError> {
        queries
            .iter()
            .for_each(|query| it.save((*query).to_owned(), visit(query)));
        Ok(())
    });
    edited.unwrap();
}

#[track_caller]
fn check(bench: &Bench, options: &[&str], expected: &str) {
    let output = bench.run("new", options);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn what_came_since_a_search_was_looked_at_is_new_in_it_until_it_is_looked_at_again() {
    let bench = Bench::new(&[("flood.txt", FLOOD), ("bridge.txt", BRIDGE)]);
    assert!(bench.run("index", &[]).status.success());
    save(&bench, &["المرفأ", "السيول"]);
    check(&bench, &[], "0 new articles\tالمرفأ\n0 new articles\tالسيول\n");
    bench.write("tunnel.txt", TUNNEL);
    check(&bench, &[], "1 new article\tالمرفأ\n0 new articles\tالسيول\n");
    // Neither moving nor changing a file makes it new, nor does an index that is built anew.
    fs::rename(
        bench.folder.path().join("bridge.txt"),
        bench.folder.path().join("moved.txt"),
    )
    .unwrap();
    bench.write(
        "flood.txt",
        &format!("{FLOOD}\nأضيف هذا السطر عن السيول بعد أن قُرئ الملف أول مرة، وهو سطر طويل.\n"),
    );
    check(&bench, &[], "1 new article\tالمرفأ\n0 new articles\tالسيول\n");
    let index = DataDir::new(bench.data.path().to_owned()).index_of(bench.folder.path());
    fs::remove_dir_all(index).unwrap();
    check(
        &bench,
        &["--mark-seen"],
        "1 new article\tالمرفأ\n0 new articles\tالسيول\n",
    );
    check(&bench, &[], "0 new articles\tالمرفأ\n0 new articles\tالسيول\n");
    // A copy of an article that is still there is another article.
    bench.write("copy.txt", TUNNEL);
    let json = bench.json("new", &[]);
    assert_eq!((&json[0]["name"], &json[0]["new"]), (&"المرفأ".into(), &1.into()));
    assert!(json[0]["looked_at"].as_str().unwrap().starts_with("20"), "{json}");
}

#[test]
fn a_damaged_record_makes_nothing_new_and_searches_go_on() {
    let bench = Bench::new(&[("flood.txt", FLOOD)]);
    assert!(bench.run("index", &[]).status.success());
    save(&bench, &["المرفأ"]);
    let archive = DataDir::new(bench.data.path().to_owned()).archive_of(bench.folder.path());
    fs::write(archive.join("arrivals"), "???").unwrap();
    check(&bench, &[], "0 new articles\tالمرفأ\n");
    bench.write("bridge.txt", BRIDGE);
    check(&bench, &[], "1 new article\tالمرفأ\n");
}

/// A window with two saved searches, in one of which three articles are new.
fn window(language: Language) -> Window {
    let mut window = Window::new(Settings {
        language,
        ..Settings::default()
    });
    let searches = Searches {
        saved: ["أخبار الجسر", "السيول"]
            .map(|name| SavedSearch {
                name: name.to_owned(),
                visit: visit(name),
                looked_at: Some(Moment(5)),
            })
            .to_vec(),
        ..Searches::default()
    };
    let jobs = window
        .state
        .apply(state::Event::of(SESSION, state::IndexEvent::SearchesLoaded(searches)));
    let asked = jobs.iter().find_map(|it| match it {
        state::Job::Archive {
            job: state::ArchiveJob::News(job),
            ..
        } => Some(job.id),
        _ => None,
    });
    let news = ["أخبار الجسر", "السيول"].into_iter().zip([3, 0]);
    let news = news.map(|(name, new)| SavedNews {
        name: name.to_owned(),
        new,
    });
    let event = state::IndexEvent::NewsCounted {
        id: asked.unwrap(),
        news: news.collect(),
        latest: Moment(9),
    };
    window.state.apply(state::Event::of(SESSION, event));
    window
}

#[test]
fn the_window_says_where_there_is_news_and_shows_only_that() {
    for (language, at_button, at_search) in [
        (Language::Arabic, "عمليات البحث  ·  جديد في بحث واحد", "3 مقالات جديدة"),
        (Language::English, "Searches  ·  1 search has news", "3 new articles"),
    ] {
        let mut window = window(language);
        check_shown(&window.names(), &[at_button]);
        window.click_at(at_button);
        check_shown(&window.names(), &[at_search, "أخبار الجسر"]);
        check_that_all_is_named(&mut window);
        let commands = window.click_at(at_search);
        let opened = Command::OpenSaved { idx: 0, only_new: true };
        assert!(commands.contains(&opened), "{commands:?}");
        window.state.update(opened);
        assert_eq!(window.state.archive.search.request.filters.new_since, Some(Moment(5)));
        assert_eq!(window.state.archive.searches.saved[0].looked_at, Some(Moment(9)));
        assert_eq!(window.state.archive.searches.saved[1].looked_at, Some(Moment(5)));
        // What is listed is told where all that was chosen is, and can be dropped.
        let told = match language {
            Language::Arabic => "الجديد منذ",
            Language::English => "New since",
        };
        check_shown(&window.names(), &[told]);
        window.state.update(Command::RemoveNewSince);
        assert_eq!(window.state.archive.search.request.filters.new_since, None);
        // Only what is new now is no part of what is saved.
        window.state.update(Command::OpenSaved { idx: 1, only_new: true });
        window.state.update(Command::SaveSearch("ثالث".to_owned()));
        let saved = &window.state.archive.searches.saved[2];
        assert_eq!(
            (saved.visit.request.filters.new_since, saved.looked_at),
            (None, Some(Moment(9)))
        );
    }
}
