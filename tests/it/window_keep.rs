//! Marking articles and passages in the window without a screen: by keys, menus and dialogs.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Event, Key, Modifiers};
use fihrist::archive::ArticleId;
use fihrist::marks::{ArticleMarks, MarkChange, MarkColor};
use fihrist::state::{
    self, ArchiveJob, Command, Job, Language, MarkEvent, MarkJob, MarkScope, Marked, MarkedArchive, Notice, Settings,
};

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key};

const TEXT: &str = "سوق الوادي الكبير\n\nقال قبطان العزيزي أمس إن السوق يفتح كل يوم من أيام الأسبوع.";

fn window() -> (Window, ArticleId) {
    let mut window = Window::new(Settings {
        language: Language::Arabic,
        ..Settings::default()
    });
    window.read_with(TEXT, |_| Vec::new());
    window.names();
    let article = window.state.archive.reading.shown.as_ref().unwrap().id;
    (window, article)
}

/// A key of an Arabic keyboard: its letter, and the place where it lies.
fn arabic_key(letter: &str, place: Key) -> Vec<Event> {
    let pressed = Event::Key {
        key: place,
        physical_key: Some(place),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    vec![pressed, Event::Text(letter.to_owned())]
}

/// Has the window know these marks.
fn set_marks(window: &mut Window, article: ArticleId, marks: ArticleMarks, done: Option<Marked>) {
    let tags = marks.tags.iter().map(|it| (it.clone(), MarkColor::Green, 1));
    let marked = MarkedArchive {
        tags: tags.collect(),
        articles: Arc::new(HashMap::from([(article, marks)])),
        n_lost: 0,
    };
    let event = MarkEvent::Changed { marks: marked, done };
    window.state.apply(state::Event::of(SESSION, event));
}

fn changes(jobs: Vec<Job>) -> Vec<MarkChange> {
    let change = |job| match job {
        Job::Archive {
            job: ArchiveJob::Mark(MarkJob::Change { change, .. }),
            ..
        } => Some(change),
        _ => None,
    };
    jobs.into_iter().filter_map(change).collect()
}

#[test]
fn keys_mark_the_article_under_an_arabic_layout() {
    let (mut window, article) = window();
    window.click_at("قال قبطان العزيزي أمس إن السوق يفتح كل يوم من أيام الأسبوع.");
    let one = || MarkScope::One(article);
    let commands = window.obey(arabic_key("س", Key::S));
    assert!(commands.contains(&Command::ToggleStar(one())), "{commands:?}");
    let commands = window.obey(arabic_key("ق", Key::R));
    assert!(commands.contains(&Command::ToggleRead(one())), "{commands:?}");
    let star = window.state.update(Command::ToggleStar(one()));
    assert_eq!(changes(star), [MarkChange::Star(true)]);
    let starred = ArticleMarks {
        is_starred: true,
        tags: vec!["مهم".to_owned()],
        note: "يُراجع".to_owned(),
        ..ArticleMarks::default()
    };
    set_marks(&mut window, article, starred, None);
    check_shown(&window.names(), &["علاماتك: مميّز بنجمة  ·  مهم", "ملاحظة: يُراجع"]);
    let star = window.state.update(Command::ToggleStar(one()));
    assert_eq!(changes(star), [MarkChange::Star(false)]);
}

#[test]
fn what_is_selected_is_highlighted_in_a_colour_or_with_a_note() {
    let (mut window, _) = window();
    window.click_at("سوق الوادي الكبير");
    for _ in 0..2 {
        window.obey(vec![key(Key::ArrowRight, Modifiers::SHIFT | Modifiers::CTRL)]);
    }
    let commands = window.obey(arabic_key("٢", Key::Num2));
    let marked = commands.iter().find_map(|it| match it {
        Command::Mark(MarkScope::One(_), MarkChange::Highlight(it)) => Some(it.clone()),
        _ => None,
    });
    let marked = marked.expect("it is highlighted");
    assert_eq!(
        (marked.quote.as_str(), marked.color),
        ("الوادي الكبير", MarkColor::Green)
    );
    // Its note is written in a dialog.
    window.obey(arabic_key("ى", Key::N));
    check_shown(&window.names(), &["ملاحظة على الموضع المظلّل", "«الوادي الكبير»"]);
    check_that_all_is_named(&mut window);
}

#[test]
fn a_tag_is_typed_in_a_dialog() {
    let (mut window, article) = window();
    window.click_at("سوق الوادي الكبير");
    window.obey(arabic_key("ف", Key::T));
    window.names();
    window.obey(vec![Event::Text("عاجل".to_owned())]);
    let commands = window.obey(vec![key(Key::Enter, Modifiers::NONE)]);
    let tag = |tag: &str, is| {
        let tag = tag.to_owned();
        Command::Mark(MarkScope::One(article), MarkChange::Tag { tag, is })
    };
    assert!(commands.contains(&tag("عاجل", true)), "{commands:?}");
}

#[test]
fn a_mark_is_told_and_taken_back() {
    let (mut window, article) = window();
    let edit = fihrist::marks::MarkEdit {
        article: fihrist::entities::ArticleKey {
            file: "1.txt".to_owned(),
            record: 0,
        },
        print: fihrist::entities::ArticlePrint::default(),
        change: MarkChange::Star(false),
    };
    let done = Marked {
        change: MarkChange::Star(true),
        undo: vec![edit.clone()],
    };
    let starred = ArticleMarks {
        is_starred: true,
        ..ArticleMarks::default()
    };
    set_marks(&mut window, article, starred, Some(done.clone()));
    assert_eq!(window.state.notices.all(), [Notice::Marked(done)]);
    check_shown(&window.names(), &["أُضيفت نجمة"]);
    let jobs = window.state.update(Command::UndoOwn);
    let is_undo = |it: &Job| matches!(it, Job::Archive { job: ArchiveJob::Mark(MarkJob::Undo(edits)), .. } if *edits == [edit.clone()]);
    assert!(jobs.iter().any(is_undo), "{jobs:?}");
    assert!(window.state.update(Command::UndoOwn).is_empty());
}
