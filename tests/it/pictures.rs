//! Pictures of the widgets, compared with those in `tests/pictures`.
//!
//! `FIHRIST_PICTURES=write cargo test pictures` writes them anew; look at each before it is committed.

use std::path::Path;

use egui::{Color32, Context, vec2};
use fihrist::state::{Language, Settings, ThemeChoice};
use fihrist::{text, ui::theme};

use super::raster::{Picture, Rasteriser};

/// Draws `add` on the theme's ground and compares the picture of its third frame with `tests/pictures/<name>.png`.
///
/// The third, since pop-ups open in the second and know their size in the third.
fn check_picture(name: &str, settings: &Settings, size: egui::Vec2, scale: f32, mut add: impl FnMut(&mut egui::Ui)) {
    let ctx = Context::default();
    let look = theme::look(settings);
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
    let picture = frame();

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

#[test]
fn bidi_text_reads_as_a_reader_expects() {
    let settings = Settings {
        language: Language::Arabic,
        theme: ThemeChoice::Light,
        ..Settings::default()
    };
    let style = text::TextStyle::reading(&theme::look(&settings)).color(Color32::BLACK);
    check_picture("bidi", &settings, vec2(300.0, 150.0), 1.0, |ui| {
        text::text_ui(
            ui,
            "وصلت نسبة الحضور إلى 85% في قمة (دمنار) عام 2024، قبل الساعة 12:30.",
            &style,
        );
        text::text_ui(ui, "أعلنت Reuters أن «السعر بلغ 1,250.75$».", &style);
    });
}
