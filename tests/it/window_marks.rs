//! What the user says of an article, in the window without a screen: names that are marked, facts that are given.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Key, Modifiers};
use fihrist::entities::{ArticleKey, Correction, Corrections, EntityKind, GivenDate, GivenFacts, Scope};
use fihrist::index::CorrectionPreview;
use fihrist::state::{self, ArchiveJob, Command, CorrectJob, IndexJob, Job, Language, Notice, ReadMention, Settings};

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key};

const TEXT: &str = "سوق الوادي الكبير\n\nقال قبطان العزيزي أمس إن السوق يفتح كل يوم من أيام الأسبوع.";

/// A window in which an article is read that names a person by the last word of the name.
fn window(language: Language) -> Window {
    let mut window = Window::new(Settings {
        language,
        ..Settings::default()
    });
    window.read_with(TEXT, |text| {
        let start = text.find("العزيزي").unwrap();
        vec![ReadMention {
            span: (start..start + "العزيزي".len()).into(),
            kind: EntityKind::Person,
            entity: "person:العزيزي".to_owned(),
            name: "العزيزي".to_owned(),
            spelling: "العزيزي".to_owned(),
            is_only_spelling: true,
        }]
    });
    window
}

fn article() -> ArticleKey {
    ArticleKey {
        file: "1.txt".to_owned(),
        record: 0,
    }
}

/// Puts the keyboard into the article.
fn enter_article(window: &mut Window) {
    window.names();
    window.click_at("سوق الوادي الكبير");
}

/// Chooses an item of the menu that opens where the keyboard is.
fn choose(window: &mut Window, item: &str) -> Vec<Command> {
    window.obey(vec![key(Key::F10, Modifiers::SHIFT)]);
    window.names();
    let commands = window.click_at(item);
    window.names();
    commands
}

fn corrected(window: &Window) -> Vec<Correction> {
    window.state.archive.correcting.corrections.all().to_vec()
}

#[test]
fn selected_words_are_marked_as_a_name_where_the_user_says() {
    let mut window = window(Language::Arabic);
    enter_article(&mut window);
    // The title is selected word by word from its end.
    for _ in 0..2 {
        window.obey(vec![key(Key::ArrowRight, Modifiers::SHIFT | Modifiers::CTRL)]);
    }
    let commands = choose(&mut window, "هذا اسم مكان…");
    let mark = |words: &str, at| Correction::MarkName {
        words: words.to_owned(),
        kind: EntityKind::Place,
        instead_of: None,
        at,
    };
    let in_article = mark("الوادي الكبير", Scope::Article(article()));
    assert!(
        commands.contains(&Command::PreviewCorrection(in_article)),
        "{commands:?}"
    );
    check_that_all_is_named(&mut window);
    let commands = window.click_at("أوله\u{2069}  ·  \u{2068}أقصر");
    assert!(commands.contains(&Command::PreviewCorrection(mark("الكبير", Scope::Article(article())))));
    window.click_at("أوله\u{2069}  ·  \u{2068}أطول");
    let anywhere = mark("الوادي الكبير", Scope::Anywhere);
    let commands = window.click_at("حيثما ورد");
    assert!(
        commands.contains(&Command::PreviewCorrection(anywhere.clone())),
        "{commands:?}"
    );
    window.state.update(Command::PreviewCorrection(anywhere.clone()));
    window.state.apply(state::Event::of(
        SESSION,
        state::CorrectEvent::Previewed {
            correction: anywhere.clone(),
            preview: CorrectionPreview {
                articles: Some(3),
                ..CorrectionPreview::default()
            },
        },
    ));
    check_shown(&window.names(), &["يرد في 3 مقالات"]);
    let commands = window.click_at("طبّق");
    assert!(commands.contains(&Command::Correct(anywhere)), "{commands:?}");
}

#[test]
fn what_was_found_gets_other_ends_or_is_taken_away() {
    let mut window = window(Language::English);
    enter_article(&mut window);
    window.obey(vec![key(Key::ArrowDown, Modifiers::ALT)]);
    choose(&mut window, "Where this name ends");
    let commands = window.click_at("Its start\u{2069}  ·  \u{2068}Longer");
    let is_longer = |it: &Command| {
        matches!(it, Command::PreviewCorrection(Correction::MarkName { words, instead_of: Some(before), at: Scope::Place { .. }, .. })
            if words == "قبطان العزيزي" && before == "العزيزي")
    };
    assert!(commands.iter().any(is_longer), "{commands:?}");
    let commands = window.click_at("Not a name");
    let is_none = |it: &Command| matches!(it, Command::PreviewCorrection(Correction::UnmarkName { words, .. }) if words == "العزيزي");
    assert!(commands.iter().any(is_none), "{commands:?}");
    check_that_all_is_named(&mut window);
}

#[test]
fn facts_are_given_as_a_newspaper_writes_them() {
    let mut window = window(Language::Arabic);
    enter_article(&mut window);
    choose(&mut window, "العنوان والتاريخ والمصدر…");
    check_that_all_is_named(&mut window);
    // The title has the keyboard; the button that empties it is no stop on the way to the date.
    window.obey(vec![key(Key::Tab, Modifiers::NONE)]);
    window.obey(vec![egui::Event::Text("الخامس من آذار 2021".to_owned())]);
    check_shown(&window.names(), &["5 مارس 2021"]);
    let commands = window.click_at("حفظ");
    let date = "2021-03-05".to_owned().try_into().ok();
    let facts = GivenFacts {
        date,
        ..GivenFacts::default()
    };
    assert!(matches!(date, Some(GivenDate::Known(..))));
    let article = article();
    assert!(
        commands.contains(&Command::Correct(Correction::SetFacts { article, facts })),
        "{commands:?}"
    );
}

#[test]
fn a_correction_is_told_and_taken_back_by_a_key() {
    let mut window = window(Language::Arabic);
    let unmark = Correction::UnmarkName {
        words: "العزيزي".to_owned(),
        at: Scope::Anywhere,
    };
    let mut corrections = Corrections::default();
    window.state.update(Command::Correct(unmark.clone()));
    assert!(corrections.add(unmark.clone()));
    let changed = |corrections: &Corrections| {
        state::Event::of(
            SESSION,
            state::CorrectEvent::Changed {
                corrections: Arc::new(corrections.clone()),
                names: HashMap::new(),
            },
        )
    };
    let jobs = window.state.apply(changed(&corrections));
    let is_update = |it: &Job| {
        matches!(
            it,
            Job::Archive {
                job: ArchiveJob::Index(IndexJob::Update),
                ..
            }
        )
    };
    assert!(jobs.iter().any(is_update), "{jobs:?}");
    assert_eq!(window.state.notices.all(), [Notice::Corrected(unmark.clone())]);
    assert_eq!(corrected(&window), [unmark]);
    check_shown(&window.names(), &["«العزيزي» ليس اسمًا  ·  حيثما ورد", "تراجع"]);
    let (commands, _) = window.frame(vec![key(Key::Z, Modifiers::COMMAND)]);
    assert!(commands.contains(&Command::UndoOwn), "{commands:?}");
    let jobs = window.state.update(Command::UndoOwn);
    let is_undo = |it: &Job| {
        matches!(
            it,
            Job::Archive {
                job: ArchiveJob::Correct(CorrectJob::Undo(Some(_))),
                ..
            }
        )
    };
    assert!(jobs.iter().any(is_undo), "{jobs:?}");
    window.state.apply(changed(&Corrections::default()));
    assert!(window.state.notices.all().is_empty());
    // Nothing of this window is left to be taken back.
    assert!(window.state.update(Command::UndoOwn).is_empty());
}
