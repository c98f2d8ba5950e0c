//! Names in the window, without a screen: their pages, their menus in the reader, and the review of doubts.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Event, Key, Modifiers};
use fihrist::arabic::Span;
use fihrist::archive::ArticleId;
use fihrist::entities::{Correction, Corrections, EntityId, EntityKind, Reason};
use fihrist::index::{
    Appearance, Companion, Compared, CorrectionPreview, EntityPage, EntitySummary, Facet, MonthCount, Quote, RoleCount,
    Snippet,
};
use fihrist::state::{
    self, ArchiveJob, Command, Job, Language, NamedSuggestion, Notice, ReadMention, SearchJob, Settings,
};

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key};

const TEXT: &str = "زيارة سامي العامري\n\nوصل سامي العامري أمس إلى القاهرة، ثم غادر العامري القاهرة في المساء.";

fn id(id: &str) -> EntityId {
    EntityId(id.to_owned())
}

fn summary() -> EntitySummary {
    EntitySummary {
        latin: None,
        id: id("person:سامي"),
        kind: EntityKind::Person,
        name: "سامي العامري".to_owned(),
        spellings: vec![("سامي العامري".to_owned(), 3), ("العامري".to_owned(), 1)],
        articles: 3,
    }
}

pub fn page(compared: bool) -> Arc<EntityPage> {
    let published = "2023-10-07".parse().ok().map(|date| fihrist::archive::PublicationDate {
        date,
        precision: fihrist::archive::DatePrecision::Day,
        provenance: fihrist::archive::DateProvenance::Url,
    });
    let appearance = |number: u64, title: &str| Appearance {
        article: ArticleId(number),
        title: title.to_owned(),
        published,
        source: None,
    };
    let month = |year, month, articles| MonthCount { year, month, articles };
    Arc::new(EntityPage {
        summary: summary(),
        in_result: 2,
        first: Some(appearance(7, "أول الأخبار")),
        last: Some(appearance(8, "آخر الأخبار")),
        timeline: vec![month(2023, 9, 1), month(2023, 10, 2)],
        undated: 0,
        roles: vec![RoleCount {
            role: "وزير الزراعة".to_owned(),
            articles: 2,
            period: published.map(|it| (it.date, it.date)),
        }],
        companions: vec![Companion {
            id: id("place:القاهره"),
            kind: EntityKind::Place,
            name: "القاهرة".to_owned(),
            in_result: 1,
            in_archive: 2,
        }],
        newest: vec![appearance(8, "آخر الأخبار"), appearance(7, "أول الأخبار")],
        articles: [8, 7].map(ArticleId).to_vec().into(),
        n_dated: 2,
        together: 1,
        compared: Vec::from_iter(compared.then(|| Compared {
            id: id("person:هند"),
            kind: EntityKind::Person,
            name: "هند الجبلي".to_owned(),
            articles: 5,
            timeline: vec![month(2023, 8, 4), month(2023, 10, 1)],
            undated: 0,
            common: 1,
        })),
    })
}

/// A window in which an article is read that names a person three times and a place twice.
fn window(language: Language) -> Window {
    let mut window = Window::new(Settings {
        language,
        ..Settings::default()
    });
    window.read_with(TEXT, |text| {
        let mention = |spelling: &str, number: usize, kind, entity: &str, name: &str| {
            let (start, _) = text.match_indices(spelling).nth(number).unwrap();
            ReadMention {
                span: (start..start + spelling.len()).into(),
                kind,
                entity: entity.to_owned(),
                name: name.to_owned(),
                spelling: spelling.to_owned(),
                is_only_spelling: kind == EntityKind::Place,
            }
        };
        let sami = |spelling, number| mention(spelling, number, EntityKind::Person, "person:سامي", "سامي العامري");
        let cairo = |number| mention("القاهرة", number, EntityKind::Place, "place:القاهره", "القاهرة");
        vec![
            sami("سامي العامري", 0),
            sami("سامي العامري", 1),
            cairo(0),
            sami("العامري", 2),
            cairo(1),
        ]
    });
    window
}

/// Opens the page of the person.
pub fn show_page(window: &mut Window, with: Vec<EntityId>) {
    let is_compared = !with.is_empty();
    let id = summary().id;
    let jobs = window.state.update(Command::ShowEntity { id, with });
    let [
        Job::Archive {
            job: ArchiveJob::Search(SearchJob::LoadEntity { id, .. }),
            ..
        },
    ] = jobs.as_slice()
    else {
        panic!("{jobs:?}");
    };
    window.state.apply(state::Event::of(
        SESSION,
        state::EntityEvent::Loaded {
            id: *id,
            page: Some(page(is_compared)),
        },
    ));
}

#[test]
fn the_page_of_a_name_is_shown_in_both_languages_and_left_by_escape() {
    for (language, expected) in [
        (
            Language::Arabic,
            [
                "3 مقالات",
                "في النتائج الحالية: مقالان",
                "أول ظهور: أول الأخبار",
                "وزير الزراعة  ·  مقالان  ·  2023",
                "القاهرة 1 من 2",
                "العامري 1",
            ],
        ),
        (
            Language::English,
            [
                "3 articles",
                "in this result: 2 articles",
                "First appearance: أول الأخبار",
                "وزير الزراعة  ·  2 articles  ·  2023",
                "القاهرة 1 of 2",
                "العامري 1",
            ],
        ),
    ] {
        let mut window = window(language);
        show_page(&mut window, Vec::new());
        check_shown(&window.names(), &expected);
        check_that_all_is_named(&mut window);
        let (commands, _) = window.frame(vec![key(Key::Escape, Modifiers::NONE)]);
        assert_eq!(commands.first(), Some(&Command::LeaveEntity), "{commands:?}");
    }
}

#[test]
fn the_page_leads_to_articles_and_to_other_names() {
    let mut window = window(Language::Arabic);
    show_page(&mut window, Vec::new());
    window.names();
    let commands = window.click_at("أول ظهور");
    assert!(
        commands.contains(&Command::ReadAppearance(ArticleId(7), 0)),
        "{commands:?}"
    );
    let commands = window.click_at("القاهرة 1 من 2");
    let other = Command::ShowEntity {
        id: id("place:القاهره"),
        with: Vec::new(),
    };
    assert!(commands.contains(&other), "{commands:?}");
    let commands = window.click_at("التصفية بهذا الاسم");
    let is_filter = |it: &Command| matches!(it, Command::ToggleFacet(filter) if filter.facet == Facet::Person);
    assert!(commands.iter().any(is_filter), "{commands:?}");
}

#[test]
fn two_names_are_compared_in_words_too() {
    let mut window = window(Language::Arabic);
    show_page(&mut window, vec![id("person:هند")]);
    let shown = window.names();
    check_shown(
        &shown,
        &[
            "سامي العامري  ·  3 مقالات  ·  الذروة: أكتوبر 2023 (مقالان)",
            "هند الجبلي  ·  5 مقالات  ·  الذروة: أغسطس 2023 (4 مقالات)",
            "معًا: مقال واحد",
        ],
    );
    // «معًا» leads to these articles.
    let commands = window.click_at("معًا: مقال واحد");
    let narrows =
        |it: &Command| matches!(it, Command::NarrowTo(both) if both.len() == 2 && both[0].id == "person:سامي");
    assert!(commands.iter().any(narrows), "{commands:?}");
    let commands = window.click_at("أوقف المقارنة");
    let alone = Command::ShowEntity {
        id: summary().id,
        with: Vec::new(),
    };
    assert!(commands.contains(&alone), "{commands:?}");
    check_that_all_is_named(&mut window);
}

#[test]
fn another_name_is_looked_for_to_compare_with() {
    let mut window = window(Language::Arabic);
    show_page(&mut window, Vec::new());
    window.names();
    window.click_at("قارن مع");
    let (commands, _) = window.frame(vec![Event::Text("هند".into())]);
    let find = Command::FindEntities {
        text: "هند".into(),
        kind: Some(EntityKind::Person),
    };
    assert!(commands.contains(&find), "{commands:?}");
    window.state.update(find);
    window.state.apply(state::Event::of(
        SESSION,
        state::EntityEvent::Found {
            text: "هند".into(),
            found: vec![fihrist::index::FoundEntity {
                id: id("person:هند"),
                kind: EntityKind::Person,
                name: "أم خالد".into(),
                articles: 5,
                spelling: Some("هند الجبلي".into()),
            }],
        },
    ));
    check_shown(&window.names(), &["أم خالد (هند الجبلي) 5 مقالات"]);
    let (commands, _) = window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
    let compare = Command::ShowEntity {
        id: summary().id,
        with: vec![id("person:هند")],
    };
    assert!(commands.contains(&compare), "{commands:?}");
}

#[test]
fn mentions_are_stepped_through_and_counted() {
    let mut window = window(Language::Arabic);
    window
        .state
        .archive
        .search
        .request
        .filters
        .values
        .push(fihrist::index::FacetFilter {
            facet: Facet::Person,
            id: "person:سامي".into(),
            name: "سامي العامري".into(),
            excluded: false,
        });
    check_shown(&window.names(), &["سامي العامري  ·  3 مواضع"]);
    for (arrow, expected) in [
        (Key::ArrowDown, "1 من 3"),
        (Key::ArrowDown, "2 من 3"),
        (Key::ArrowDown, "3 من 3"),
        (Key::ArrowDown, "1 من 3"),
        (Key::ArrowUp, "3 من 3"),
    ] {
        window.frame(vec![key(arrow, Modifiers::ALT)]);
        check_shown(&window.names(), &[&format!("سامي العامري  ·  {expected}")]);
    }
    // The keyboard is in the article now: Enter opens the page.
    let (commands, _) = window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
    let page = Command::ShowEntity {
        id: summary().id,
        with: Vec::new(),
    };
    assert!(commands.contains(&page), "{commands:?}");
}

/// Opens a mention's menu, reached by a number of steps on the keyboard, and chooses from it.
fn choose(window: &mut Window, n_steps: usize, item: &str) -> Vec<Command> {
    for _ in 0..n_steps {
        window.frame(vec![key(Key::ArrowDown, Modifiers::ALT)]);
    }
    window.frame(vec![key(Key::F10, Modifiers::SHIFT)]);
    let shown = window.names();
    check_shown(
        &shown,
        &[
            "صفحة هذا الاسم",
            "أعد التسمية…",
            "غيّر النوع…",
            "ادمجه مع…",
            "ليس اسمًا: إخفاء…",
            item,
        ],
    );
    check_that_all_is_named(window);
    window.click_at(item)
}

#[test]
fn a_name_is_corrected_from_where_it_stands() {
    let mut window = window(Language::Arabic);
    window.names();
    // The fourth mention is the person's other spelling.
    let split = Correction::Split {
        from: summary().id,
        spelling: "العامري".into(),
    };
    let commands = choose(&mut window, 4, "ليس هذا الشخص…");
    assert!(
        commands.contains(&Command::PreviewCorrection(split.clone())),
        "{commands:?}"
    );
    // Nothing is made before it was seen what it changes.
    assert!(!commands.iter().any(|it| matches!(it, Command::Correct(_))));
    for command in commands {
        window.state.update(command);
    }
    let after = |name: &str, articles| EntitySummary {
        name: name.to_owned(),
        articles,
        ..summary()
    };
    window.state.apply(state::Event::of(
        SESSION,
        state::CorrectEvent::Previewed {
            correction: split.clone(),
            preview: CorrectionPreview {
                before: vec![summary()],
                after: vec![after("سامي العامري", 2), after("العامري", 1)],
                articles: None,
            },
        },
    ));
    let shown = window.names();
    check_shown(
        &shown,
        &["سامي العامري  ·  شخص  ·  مقالان", "العامري  ·  شخص  ·  مقال واحد"],
    );
    check_that_all_is_named(&mut window);
    // The keyboard is at the button that makes it.
    let (commands, _) = window.frame(vec![key(Key::Enter, Modifiers::NONE)]);
    assert!(commands.contains(&Command::Correct(split)), "{commands:?}");
}

#[test]
fn what_has_one_spelling_cannot_be_split() {
    let mut window = window(Language::Arabic);
    window.names();
    let commands = choose(&mut window, 3, "ليس هذا المكان…");
    assert!(
        !commands.iter().any(|it| matches!(it, Command::PreviewCorrection(_))),
        "{commands:?}"
    );
}

#[test]
fn names_that_may_be_one_are_reviewed() {
    for language in [Language::Arabic, Language::English] {
        let mut window = window(language);
        window.names();
        let (menu, item, merge, never, look) = match language {
            Language::Arabic => (
                "قائمة",
                "أسماء قد تعود إلى مسمّى واحد…",
                "ادمج",
                "لا تدمجهما أبدًا",
                "عرض مقالاتهما",
            ),
            Language::English => ("Menu", "Possible duplicates…", "Merge", "Never merge", "Show articles"),
        };
        window.click_at(menu);
        window.names();
        let commands = window.click_at(item);
        assert!(commands.contains(&Command::ShowSuggestions), "{commands:?}");
        window.state.apply(state::Event::of(
            SESSION,
            state::CorrectEvent::SuggestionsLoaded(vec![NamedSuggestion {
                kind: EntityKind::Person,
                into: id("person:a"),
                into_name: "ميخائيل بوغدانوف".into(),
                into_articles: 12,
                into_quote: Some(Quote {
                    article: ArticleId(1),
                    title: "لقاء في موسكو".into(),
                    published: None,
                    snippet: Snippet {
                        text: "قال ميخائيل بوغدانوف أمس".into(),
                        matches: vec![Span::new(7, 38)],
                        names: Vec::new(),
                    },
                }),
                from: id("person:b"),
                from_name: "ميخائيل بوجدانوف".into(),
                from_articles: 1,
                from_quote: None,
                reason: Reason::Spelling,
            }]),
        ));
        window.names();
        check_that_all_is_named(&mut window);
        let (a, b) = (id("person:a"), id("person:b"));
        let merged = Command::Correct(Correction::Merge {
            from: b.clone(),
            into: a.clone(),
        });
        let kept = Command::Correct(Correction::KeepApart {
            a: a.clone(),
            b: b.clone(),
        });
        let looked = Command::ShowEntity { id: a, with: vec![b] };
        for (button, expected) in [(merge, merged), (never, kept), (look, looked)] {
            let button = format!("\u{2068}{button}\u{2069}");
            let commands = window.click_at(&button);
            assert!(commands.contains(&expected), "{commands:?}");
        }
    }
}

#[test]
fn every_correction_is_told_and_can_be_taken_back() {
    let mut window = window(Language::Arabic);
    let mut corrections = Corrections::default();
    let (a, b) = (id("person:ا"), id("person:ب"));
    for correction in [
        Correction::Rename {
            entity: a.clone(),
            name: "جديد".into(),
        },
        Correction::Hide { entity: b.clone() },
    ] {
        corrections.add(correction);
    }
    window.state.apply(state::Event::of(
        SESSION,
        state::CorrectEvent::Changed {
            corrections: Arc::new(corrections),
            names: HashMap::from([(a, "قديم".to_owned())]),
        },
    ));
    window.names();
    window.click_at("قائمة");
    window.names();
    window.click_at("تصحيحات الأسماء…");
    check_shown(&window.names(), &["تصحيحان", "«قديم» يُعرض باسم «جديد»", "«ب» ليس اسمًا"]);
    check_that_all_is_named(&mut window);
    let commands = window.click_at("\u{2068}تراجع\u{2069}  ·  \u{2068}«\u{2068}قديم");
    assert!(commands.contains(&Command::UndoCorrection(Some(0))), "{commands:?}");
    let commands = window.click_at("استيراد…");
    let import = Command::PickFile(state::FilePurpose::ImportCorrections);
    assert!(commands.contains(&import), "{commands:?}");
}

#[test]
fn what_an_import_came_to_is_told_in_words() {
    let mut window = window(Language::Arabic);
    let report = fihrist::entities::ImportReport {
        added: 3,
        known: 11,
        conflicts: Vec::new(),
    };
    window.state.notices.push(Notice::CorrectionsImported(report));
    let failure = state::CorrectionFailure::NotCorrections("a.json".into(), state::Cause::new("EOF"));
    window.state.notices.push(Notice::CorrectionFailed(failure));
    // The newest is in the line at the lower edge, the others behind a button.
    check_shown(&window.names(), &["ليس في الملف a.json تصحيحات", "تنبيه آخر"]);
    window.click_at("تنبيه آخر");
    check_shown(
        &window.names(),
        &[
            "أُضيف من الملف: 3 تصحيحات؛ معروف من قبل: 11 تصحيحًا؛ خالف تصحيحاتك فتُرك: لا تصحيحات",
            "ليس في الملف a.json تصحيحات",
        ],
    );
}
