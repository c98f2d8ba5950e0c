//! Pictures in the reader, and opening what an article was read from.

use std::path::Path;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use fihrist::archive::{Picture, PictureFault, PictureSource};
use fihrist::state::{
    self, ArticlePlace, Command, Job, Language, OtherProgram, Pixels, ReadArticle, ReadPicture, Settings, WindowJob,
};

use super::screenless::{SESSION, Window, check_shown, check_that_all_is_named, key};

const TEXT: &str = "عنوان المقال\n\nفقرة أولى تكفي لتكون متنًا، وفيها كلام عن الجسر الذي افتتح أمس.";

/// A window with an article that has a picture of this size, or none of a reason.
fn window(language: Language, size: Result<[u32; 2], PictureFault>) -> Window {
    let mut window = Window::new(Settings {
        language,
        ..Settings::default()
    });
    window.read(TEXT);
    let mut article = ReadArticle::clone(window.state.archive.reading.shown.as_ref().unwrap());
    let picture = |at, name: &str, caption: Option<&str>| Picture {
        at,
        source: PictureSource::File(format!("2024/{name}")),
        name: name.to_owned(),
        caption: caption.map(str::to_owned),
    };
    let at = article.article.paragraphs().next().unwrap().start;
    article.article.pictures = vec![
        picture(at, "7961c.jpg", Some("رئيس البلدية عند الجسر")),
        picture(at, "b.jpg", None),
    ];
    article.article.address = Some("https://a.example/n/1".to_owned());
    article.pictures = vec![
        ReadPicture { of: 0, size },
        ReadPicture {
            of: 1,
            size: Ok([300, 200]),
        },
    ];
    let done = state::ReadEvent::Done(Arc::new(article));
    window.state.apply(state::Event::of(SESSION, done));
    window
}

/// What a screen reader says of the pictures that it finds.
fn images(window: &mut Window) -> Vec<String> {
    window.names();
    let (_, nodes) = window.nodes_with(Vec::new(), Vec::new());
    let images = nodes.iter().filter(|(_, it)| it.role() == Role::Image);
    let mut said: Vec<String> = images.filter_map(|(_, it)| it.label().map(str::to_owned)).collect();
    said.sort();
    said
}

#[test]
fn a_picture_is_read_out_with_its_caption_and_decoded_when_it_is_in_view() {
    let mut window = window(Language::Arabic, Ok([800, 400]));
    let said = images(&mut window);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].contains("b.jpg") && said[1].contains("رئيس البلدية عند الجسر"),
        "{said:?}"
    );
    let (commands, _) = window.frame(Vec::new());
    let seen = commands.iter().find_map(|it| match it {
        Command::SeePictures(seen) => Some(seen.clone()),
        _ => None,
    });
    let seen = seen.expect("what is in view is asked for");
    assert_eq!(seen.iter().map(|it| it.picture).collect::<Vec<_>>(), [0, 1]);
    let jobs = window.state.update(Command::SeePictures(seen.clone()));
    assert!(matches!(&jobs[..], [Job::Archive { .. }]), "{jobs:?}");
    // It comes, and nothing more is asked for.
    let article = window.state.archive.reading.shown.clone().unwrap();
    for wanted in seen.clone() {
        let pixels = Arc::new(Pixels {
            size: [2, 1],
            rgba: vec![255; 8],
        });
        let event = state::ReadEvent::Picture {
            article: Arc::clone(&article),
            wanted,
            decoded: Ok(pixels),
        };
        window.state.apply(state::Event::of(SESSION, event));
    }
    let (commands, _) = window.frame(Vec::new());
    assert!(
        !commands.iter().any(|it| matches!(it, Command::SeePictures(_))),
        "{commands:?}"
    );
    assert!(window.state.update(Command::SeePictures(seen)).is_empty());
    check_that_all_is_named(&mut window);
}

#[test]
fn a_picture_that_cannot_be_shown_says_so_in_its_place() {
    for (language, told) in [
        (Language::Arabic, "صورة ليست في مكانها"),
        (Language::English, "Picture not found"),
    ] {
        let mut window = window(language, Err(PictureFault::Missing));
        assert_eq!(images(&mut window).len(), 1);
        let names = window.names();
        let said = names.iter().find(|it| it.contains(told)).unwrap();
        assert!(
            said.contains("7961c.jpg") && said.contains("رئيس البلدية عند الجسر"),
            "{said}"
        );
    }
    // One that turns out to be damaged when it is decoded.
    let mut window = window(Language::Arabic, Ok([800, 400]));
    let wanted = state::WantedPicture {
        picture: 0,
        most: [128, 128],
    };
    window.state.update(Command::SeePictures(vec![wanted]));
    let event = state::ReadEvent::Picture {
        article: window.state.archive.reading.shown.clone().unwrap(),
        wanted,
        decoded: Err(PictureFault::Unreadable),
    };
    window.state.apply(state::Event::of(SESSION, event));
    assert!(window.names().iter().any(|it| it.contains("صورة تعذّرت قراءتها")));
}

#[test]
fn pictures_are_shown_only_if_the_settings_say_so() {
    let mut window = window(Language::Arabic, Ok([800, 400]));
    let settings = Settings {
        shows_pictures: false,
        ..window.state.settings.clone()
    };
    window.state.update(Command::SetSettings(settings));
    assert_eq!(images(&mut window), [""; 0]);
    let (commands, _) = window.frame(Vec::new());
    assert!(
        !commands
            .iter()
            .any(|it| matches!(it, Command::SeePictures(seen) if !seen.is_empty()))
    );
}

#[test]
fn a_picture_is_shown_large_by_key_and_closed_by_escape() {
    let mut window = window(Language::English, Ok([800, 400]));
    window.names();
    window.obey(vec![key(Key::I, Modifiers::COMMAND)]);
    window.names();
    check_shown(
        &window.names(),
        &["Picture 1 of 2", "Next", "Show in folder", "Copy caption"],
    );
    window.obey(vec![key(Key::ArrowRight, Modifiers::NONE)]);
    window.names();
    check_shown(&window.names(), &["Picture 2 of 2"]);
    let show = window.click_at("Show in folder");
    let expected = Command::HandOver(OtherProgram::FileManager, "2024/b.jpg".into());
    assert!(show.contains(&expected), "{show:?}");
    let closed = window.obey(vec![key(Key::Escape, Modifiers::NONE)]);
    assert!(closed.contains(&Command::SeePictureLarge(None)), "{closed:?}");
    assert!(!window.names().iter().any(|it| it.starts_with("Picture 2 of")));
}

#[test]
fn an_address_is_shown_before_it_is_opened() {
    let mut window = window(Language::English, Ok([800, 400]));
    window.names();
    let asked = window.obey(vec![key(Key::U, Modifiers::COMMAND | Modifiers::SHIFT)]);
    assert!(!asked.iter().any(|it| matches!(it, Command::OpenAddress(_))));
    window.names();
    let names = window.names();
    assert!(names.iter().any(|it| it.contains("https://a.example/n/1")), "{names:?}");
    let opened = window.click_at("Open in browser");
    let open = Command::OpenAddress("https://a.example/n/1".to_owned());
    assert!(opened.contains(&open), "{opened:?}");
    let jobs = window.state.update(open);
    assert!(
        matches!(&jobs[..], [Job::Window(WindowJob::OpenAddress(_))]),
        "{jobs:?}"
    );
}

#[test]
fn what_an_article_was_read_from_is_opened_by_key() {
    let mut window = window(Language::Arabic, Ok([800, 400]));
    window.names();
    let (commands, _) = window.frame(vec![key(Key::O, Modifiers::COMMAND | Modifiers::SHIFT)]);
    let place = ArticlePlace {
        path: Path::new("1.txt").to_owned(),
        record: 0,
        page: None,
    };
    assert!(commands.contains(&Command::OpenOriginal(place)), "{commands:?}");
    let (commands, _) = window.frame(vec![key(Key::E, Modifiers::COMMAND | Modifiers::SHIFT)]);
    let shown = Command::HandOver(OtherProgram::FileManager, "1.txt".into());
    assert!(commands.contains(&shown), "{commands:?}");
}
