//! The glyph atlas: what is on the screen stays right while pages come and go.

use egui::{Color32, Context, Id, Rect, Vec2, pos2, vec2};
use fihrist::state::{Settings, SystemTheme};
use fihrist::text::{self, EditKind, EditOptions, EditState, Face, LineAlign, TextStyle};
use fihrist::ui::theme;

use super::raster::{Picture, Rasteriser};

const TEXT: &str = "وصلت نسبة الحضور إلى 85% في قمة (دمنار) عام 2024، قبل الساعة 12:30.";
const SIZE: Vec2 = vec2(300.0, 180.0);
/// The height of the text's two lines.
const TOP: f32 = 66.0;

/// A context that was never drawn with.
fn context() -> (Context, Rasteriser) {
    let ctx = Context::default();
    text::install(&ctx, theme::look(&Settings::default(), SystemTheme::Light));
    (ctx, Rasteriser::default())
}

/// Draws the text, and below it others of the given sizes over each other.
fn draw(ctx: &Context, rasteriser: &mut Rasteriser, scale: f32, sizes: &[f32]) -> Picture {
    draw_if(true, ctx, rasteriser, scale, sizes)
}

fn draw_if(has_text: bool, ctx: &Context, rasteriser: &mut Rasteriser, scale: f32, sizes: &[f32]) -> Picture {
    let style = |size: f32| TextStyle {
        face: Face::Naskh,
        size,
        bold: false,
        color: Color32::BLACK,
        leading: 1.8,
    };
    let (picture, _) = rasteriser.frame(ctx, SIZE, scale, Vec::new(), |ui| {
        ui.painter().rect_filled(ui.max_rect(), 0.0, Color32::WHITE);
        if has_text {
            text::text_ui(ui, TEXT, &style(18.0));
        }
        // Wider than the window, so that nothing is left out.
        let below = Rect::from_min_size(pos2(0.0, TOP), vec2(4000.0, SIZE.y - TOP));
        for size in sizes {
            text::paint_line(ui, below, TEXT, &[], &style(*size), LineAlign::Start);
        }
    });
    picture
}

/// The pixels of the text alone.
fn top(picture: &Picture) -> &[Color32] {
    &picture.pixels[..TOP as usize * picture.width]
}

fn n_textures(ctx: &Context) -> usize {
    ctx.tex_manager().read().num_allocated()
}

#[test]
fn a_text_looks_the_same_while_pages_of_glyphs_are_thrown_away() {
    let (ctx, mut rasteriser) = context();
    let expected = draw(&ctx, &mut rasteriser, 1.0, &[]);
    let (mut n_before, mut n_evictions, mut most) = (n_textures(&ctx), 0, 0);
    for round in 0..32_u8 {
        // Hundreds of glyphs that were never seen and will never be seen again fill pages; the text stays in view.
        let sizes: Vec<f32> = (0..12_u8)
            .map(|idx| 40.0 + f32::from(round) + f32::from(idx) * 0.07)
            .collect();
        let picture = draw(&ctx, &mut rasteriser, 1.0, &sizes);
        assert!(top(&picture) == top(&expected), "round {round}");
        n_evictions += usize::from(n_textures(&ctx) < n_before);
        n_before = n_textures(&ctx);
        most = most.max(n_before);
    }
    assert!(2 < n_evictions, "{n_evictions} evictions");
    assert!(most < 16, "{most} textures at once");
}

#[test]
fn a_text_looks_the_same_after_its_page_was_thrown_away() {
    let (ctx, mut rasteriser) = context();
    let expected = draw(&ctx, &mut rasteriser, 1.0, &[]);
    let mut n_evictions = 0;
    for round in 0..32_u8 {
        // Two frames without the text, then one with it alone, and one more.
        for half in 0..2_u8 {
            let sizes: Vec<f32> = (0..12_u8)
                .map(|idx| 40.0 + f32::from(round) + f32::from(half * 12 + idx) * 0.04)
                .collect();
            draw_if(false, &ctx, &mut rasteriser, 1.0, &sizes);
        }
        let n_before = n_textures(&ctx);
        for frame in 0..2 {
            let picture = draw(&ctx, &mut rasteriser, 1.0, &[]);
            assert_eq!(picture.n_different(&expected), 0, "round {round}, frame {frame}");
            n_evictions += usize::from(n_textures(&ctx) < n_before);
        }
    }
    assert!(2 < n_evictions, "{n_evictions} evictions");
}

#[test]
fn a_text_is_crisp_at_once_when_the_scale_changes() {
    let scales = [1.0, 2.0, 1.25, 1.0, 1.5, 2.0];
    let expected = scales.map(|scale| {
        let (ctx, mut rasteriser) = context();
        draw(&ctx, &mut rasteriser, scale, &[])
    });
    let (ctx, mut rasteriser) = context();
    for (scale, expected) in scales.into_iter().zip(expected) {
        let picture = draw(&ctx, &mut rasteriser, scale, &[]);
        assert_eq!(picture.n_different(&expected), 0, "at {scale}");
    }
}

#[test]
fn a_letter_typed_into_a_field_is_looked_for_among_the_installed_faces() {
    let (ctx, mut rasteriser) = context();
    let mut finder = text::face_finder(&ctx);
    let mut picture = || {
        let mut typed = "中".to_owned();
        let options = EditOptions {
            kind: EditKind::Line,
            hint: "",
            name: "",
        };
        let (picture, _) = rasteriser.frame(&ctx, SIZE, 1.0, Vec::new(), |ui| {
            text::edit_ui(ui, Id::unique("field"), &mut EditState::default(), &mut typed, options);
        });
        picture
    };
    let with_box = picture();
    let mut installed = fontdb::Database::new();
    installed.load_font_file("tests/fonts/test_face.ttf").unwrap();
    assert!(finder.find_missing(&installed), "the letter was asked for");
    picture();
    assert!(picture() != with_box, "the box is still there");
}
