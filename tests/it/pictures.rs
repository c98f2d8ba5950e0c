//! Pictures of the widgets, compared with those in `tests/pictures`.
//!
//! `FIHRIST_PICTURES=write cargo test pictures` rewrites them; look at each before you commit it.

use std::path::Path;

use egui::{Color32, Context, vec2};
use fihrist::index::ResultPage;
use fihrist::state::{Command, Language, Settings, SystemTheme, ThemeChoice};
use fihrist::text::{self, CountRow, EditKind, EditOptions, EditState, Icon};
use fihrist::ui::theme;

use super::raster::{Picture, Rasteriser};
use super::screenless::Window;
use super::window_names::show_page;
use super::window_network::show_network;
use super::window_reader::found;

/// Draws `add` on the theme's ground and compares the picture of its third frame with `tests/pictures/<name>.png`.
///
/// The third, since pop-ups open in the second and know their size in the third.
fn check_picture(name: &str, settings: &Settings, size: egui::Vec2, scale: f32, mut add: impl FnMut(&mut egui::Ui)) {
    let ctx = Context::default();
    let look = theme::look(settings, SystemTheme::Light);
    text::install(&ctx, look);
    let mut rasteriser = Rasteriser::default();
    let mut frame = || {
        let (picture, _) = rasteriser.frame(&ctx, size, scale, Vec::new(), |ui| {
            ui.painter().rect_filled(ui.max_rect(), 0.0, look.palette.surface);
            ui.set_max_size(size);
            add(ui);
        });
        picture
    };
    frame();
    frame();
    compare(name, &frame());
}

/// Compares a picture with `tests/pictures/<name>.png`, or writes it there.
fn compare(name: &str, picture: &Picture) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.png"));
    if std::env::var_os("FIHRIST_PICTURES").is_some() {
        picture.save(&path);
        return;
    }
    let expected = Picture::load(&path).unwrap_or_else(|| panic!("no picture {}", path.display()));
    let n_different = picture.n_different(&expected);
    if n_different != 0 {
        let found = std::env::temp_dir().join(format!("fihrist-{name}.png"));
        picture.save(&found);
        panic!(
            "{n_different} pixels differ from {}: see {}",
            path.display(),
            found.display()
        );
    }
}

/// Every widget with text, one below the other, as the settings say.
fn gallery_ui(ui: &mut egui::Ui, settings: &Settings) {
    let look = theme::look(settings, SystemTheme::Light);
    let is_arabic = settings.language == Language::Arabic;
    let say = |arabic: &'static str, english: &'static str| if is_arabic { arabic } else { english };
    let row = |ui: &mut egui::Ui, add: &mut dyn FnMut(&mut egui::Ui)| {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 38.0), look.direction.row(), |ui| {
            ui.set_min_size(vec2(ui.available_width(), 38.0));
            ui.spacing_mut().item_spacing.x = 8.0;
            add(ui);
        });
    };
    ui.spacing_mut().item_spacing.y = 6.0;
    row(ui, &mut |ui| {
        text::button_ui(ui, say("فتح مجلد…", "Open folder…"));
        text::primary_button_ui(ui, say("فتح", "Open"));
        text::toggle_ui(ui, say("إظهار ما حُذف", "Show what was left out"), true);
        for icon in [Icon::Search, Icon::Close, Icon::Back, Icon::Forward, Icon::More] {
            text::icon_button_ui(ui, icon, "icon");
        }
    });
    row(ui, &mut |ui| {
        text::checkbox_ui(ui, say("ضبط طرفي السطر", "Justify lines"), true);
        text::checkbox_ui(ui, say("كلمات كاملة", "Whole words"), false);
        text::radio_ui(ui, say("فاتح", "Light"), true);
        text::radio_ui(ui, say("داكن", "Dark"), false);
    });
    let orders = [(0, say("الأحدث", "Newest")), (1, say("الأقدم", "Oldest"))];
    row(ui, &mut |ui| {
        text::combo_ui(ui, "order", "order", &mut 0, &orders);
        text::chip_ui(ui, say("سامي العامري", "Sami"), "remove", false);
        text::chip_ui(ui, "2023 – 2024", "remove", false);
    });
    let tabs = [
        (0, say("المظهر", "Appearance")),
        (1, say("القراءة", "Reading")),
        (2, say("الأرقام", "Numbers")),
    ];
    text::tabs_ui(ui, "tabs", "tabs", &mut 1, &tabs);
    text::slider_ui(ui, "size", &mut 17.0, 13.0..=33.0, 1.0, |it| format!("{it}"));
    text::progress_ui(ui, 0.3);
    let mut typed = say("قمة (دمنار) عام 2024، 85%", "The summit of 2024 (85%)").to_owned();
    let options = |kind| EditOptions {
        kind,
        hint: say("ابحث في المقالات…", "Search the articles…"),
        name: "search",
    };
    let edit = |ui: &mut egui::Ui, id: &str, typed: &mut String, kind| {
        text::edit_ui(
            ui,
            egui::Id::unique(id),
            &mut EditState::default(),
            typed,
            options(kind),
        );
    };
    edit(ui, "search", &mut typed, EditKind::Search);
    edit(ui, "empty", &mut String::new(), EditKind::Search);
    let mut note = say(
        "ملاحظة أولى عن المقال، طويلة تلتف على سطرين.\nوثانية.",
        "A first note that is long and wraps.\nAnd a second.",
    )
    .to_owned();
    edit(ui, "note", &mut note, EditKind::Paragraphs { n_lines: 3 });
    text::branch_ui(ui, say("أشخاص", "People"), "41", look.palette.accent, true);
    for (name, count, fraction, selected, excluded) in [
        (say("أندريه ليبوجين", "Andre Liboguine"), "8", 1.0, false, false),
        (say("خالد المرواني", "Khaled"), "6", 0.7, true, false),
        (say("سامي العامري", "Sami"), "1", 0.12, false, true),
    ] {
        let row = CountRow {
            text: name,
            note: "",
            count_text: count,
            fraction,
            selected,
            excluded,
            accent: look.palette.accent,
        };
        text::count_row_ui(ui, row);
    }
    text::branch_ui(ui, say("أماكن", "Places"), "12", look.palette.accent, false);
    let headline = say(
        "عنوان طويل لا يتسع له السطر الواحد في هذه النافذة الضيقة فيُقطع عند طرفه الأيسر بثلاث نقط بعد كلمة كاملة",
        "A long headline for which this narrow window has too little room, so that it ends in an ellipsis",
    );
    row(ui, &mut |ui| {
        text::line_ui(ui, headline, &text::TextStyle::interface(&look).bold());
    });
}

fn settings(language: Language, theme: ThemeChoice) -> Settings {
    Settings {
        language,
        theme,
        ..Settings::default()
    }
}

#[test]
fn widgets_are_mirrored_and_coloured() {
    for (name, language, theme) in [
        ("widgets-arabic-light", Language::Arabic, ThemeChoice::Light),
        ("widgets-arabic-dark", Language::Arabic, ThemeChoice::Dark),
        ("widgets-english-light", Language::English, ThemeChoice::Light),
        ("widgets-arabic-contrast", Language::Arabic, ThemeChoice::HighContrast),
    ] {
        let settings = settings(language, theme);
        check_picture(name, &settings, vec2(600.0, 620.0), 1.0, |ui| {
            let room = ui.max_rect().shrink(12.0);
            gallery_ui(&mut ui.new_child(egui::UiBuilder::new().max_rect(room)), &settings);
        });
    }
}

#[test]
fn states_of_the_window_look_as_they_should() {
    let window = |language, theme| Window::new(settings(language, theme));
    let mut of_name = window(Language::Arabic, ThemeChoice::Light);
    show_page(&mut of_name, Vec::new());
    compare("window-name-arabic-light", &of_name.picture(vec2(1280.0, 800.0)));
    let mut network = window(Language::English, ThemeChoice::Dark);
    show_network(&mut network);
    compare("window-network-english-dark", &network.picture(vec2(1280.0, 800.0)));
    // In the least room, where nothing is found.
    let mut nothing = window(Language::Arabic, ThemeChoice::HighContrast);
    nothing.state.update(Command::SetQuery("لا شيء كهذا".to_owned()));
    found(&mut nothing, ResultPage::default());
    compare("window-nothing-arabic-contrast", &nothing.picture(vec2(900.0, 600.0)));
}

#[test]
fn bidi_text_reads_as_a_reader_expects() {
    let settings = settings(Language::Arabic, ThemeChoice::Light);
    let style = text::TextStyle::body(&theme::look(&settings, SystemTheme::Light)).color(Color32::BLACK);
    check_picture("bidi", &settings, vec2(300.0, 150.0), 1.0, |ui| {
        text::text_ui(
            ui,
            "وصلت نسبة الحضور إلى 85% في قمة (دمنار) عام 2024، قبل الساعة 12:30.",
            &style,
        );
        text::text_ui(ui, "أعلنت Reuters أن «السعر بلغ 1,250.75$».", &style);
    });
}
