//! Lists, checked pixel by pixel.

use egui::{Context, vec2};
use fihrist::state::{Settings, SystemTheme};
use fihrist::text::{self, Direction, LineAlign, ListState};
use fihrist::ui::theme;

use super::raster::{Picture, Rasteriser};

/// A list of titles and lines as the window's, scrolled to `offset`.
fn picture(ctx: &Context, rasteriser: &mut Rasteriser, scale: f32, offset: f64) -> Picture {
    let style = text::TextStyle::interface(&theme::look(&Settings::default(), SystemTheme::Light));
    let mut state = ListState::default();
    state.offset = offset;
    let size = vec2(280.0, 300.0);
    let (picture, _) = rasteriser.frame(ctx, size, scale, Vec::new(), |ui| {
        text::list_ui(ui, "rows", &mut state, 1_000_000, 138.0, "rows", |ui, rect, _, _| {
            let inner = rect.shrink2(vec2(14.0, 9.0));
            let title = "افتتاح الجسر (COP28) في 7 أكتوبر 2023 بعد عامين من العمل";
            let height = text::paint_lines(ui, inner, title, &[], &style.clone().bold(), Direction::RightToLeft, 2);
            let line = inner.with_min_y(inner.top() + height + 3.0).with_max_y(inner.bottom());
            text::paint_line(ui, line, "صحيفة المدار · 85%", &[], &style, LineAlign::Start);
            String::new()
        });
    });
    picture
}

#[test]
fn text_moves_by_whole_pixels_and_stays_the_same() {
    for scale in [1.0, 1.25, 1.5, 1.75] {
        let ctx = Context::default();
        text::install(&ctx, theme::look(&Settings::default(), SystemTheme::Light));
        let mut rasteriser = Rasteriser::default();
        for start in [0.0, 138.0 * 900_000.0 + 0.6] {
            picture(&ctx, &mut rasteriser, scale, start);
            let mut before = picture(&ctx, &mut rasteriser, scale, start);
            for step in 1..=12 {
                let now = picture(&ctx, &mut rasteriser, scale, start + f64::from(step) / f64::from(scale));
                // The bar at the reading end moves by itself.
                let bar = (10.0 * scale).ceil() as usize;
                for y in 0..now.height - 1 {
                    let row =
                        |picture: &Picture, y: usize| picture.pixels[y * picture.width..][bar..picture.width].to_vec();
                    assert!(
                        row(&now, y) == row(&before, y + 1),
                        "line {y} of step {step} from {start} at {scale}"
                    );
                }
                before = now;
            }
        }
    }
}
