//! Grey pictures of the pages of a PDF.

use std::panic::{self, AssertUnwindSafe};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::hayro_syntax::Pdf;
use image::GrayImage;

/// The resolution for which Tesseract was made, in dots per inch.
const DOTS_PER_INCH: f32 = 300.0;
/// The unit of a PDF.
const POINTS_PER_INCH: f32 = 72.0;
/// A page is drawn with no more pixels, at a lower resolution if it is larger than a newspaper's. A guess.
const MOST_PIXELS: f32 = 40_000_000.0;
/// Nor is one side longer, in pixels: the library counts with 16 bits.
const LONGEST: f32 = 20_000.0;

/// Draws the pages of a document, one after the other; nothing of one at which the library fails.
pub struct PrintedPages<'a> {
    pdf: &'a Pdf,
    cache: RenderCache<'a>,
    next: usize,
    end: usize,
}

impl<'a> PrintedPages<'a> {
    /// The first `most` pages.
    pub fn new(pdf: &'a Pdf, most: usize) -> Self {
        Self {
            pdf,
            cache: RenderCache::new(),
            next: 0,
            end: pdf.pages().len().min(most),
        }
    }

    fn draw(&self, number: usize) -> Option<GrayImage> {
        let page = self.pdf.pages().get(number)?;
        let (width, height) = page.render_dimensions();
        let is_page = |it: f32| it.is_finite() && 1.0 <= it;
        if !is_page(width) || !is_page(height) {
            return None;
        }
        let scale = (DOTS_PER_INCH / POINTS_PER_INCH)
            .min((MOST_PIXELS / (width * height)).sqrt())
            .min(LONGEST / width.max(height));
        let settings = PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        };
        let drawn = render(
            page,
            &self.cache,
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        );
        let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
        // The ground is white, so that no pixel lets light through.
        let luma = |[r, g, b, _]: &[u8; 4]| {
            let sum = u32::from(*r) * 299 + u32::from(*g) * 587 + u32::from(*b) * 114;
            (sum / 1_000) as u8
        };
        let pixels = drawn.data_as_u8_slice().as_chunks::<4>().0.iter().map(luma);
        GrayImage::from_raw(width, height, pixels.collect())
    }
}

impl Iterator for PrintedPages<'_> {
    type Item = Option<GrayImage>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.end <= self.next {
            return None;
        }
        let number = self.next;
        self.next += 1;
        // A page at which the library fails costs no other page.
        let drawn = panic::catch_unwind(AssertUnwindSafe(|| self.draw(number)));
        Some(drawn.unwrap_or_else(|_told_by_the_hook| {
            // What it left half done is not used again.
            self.cache = RenderCache::new();
            None
        }))
    }
}
