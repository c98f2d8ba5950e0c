//! Rasterised glyphs in textures.
//!
//! Pages are added while a frame is drawn and thrown away only between frames, so no mesh of a frame ever shows a
//! glyph that was replaced. Nothing is ever overwritten on a page.

use std::collections::HashMap;

use egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, pos2};
use swash::FontRef;
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Format, Vector};

/// The side of a page, in pixels: 4 MiB each.
const PAGE: usize = 1024;
/// Beyond this many pages those go that the last frame did not show: 24 MiB.
const MAX_PAGES: usize = 6;
/// Sub-pixel positions of a glyph. Four are enough to keep spacing even at small sizes.
pub const BINS: u8 = 4;

/// A glyph of a face at a size and sub-pixel position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlyphKey {
    /// parley's id of the face's bytes.
    pub font: u64,
    /// The face in a collection of faces.
    pub font_index: u32,
    /// Its number in the face, not the character.
    pub glyph: u16,
    /// The bits of the size in physical pixels.
    pub size_bits: u32,
    /// The sub-pixel position, below [`BINS`].
    pub bin: u8,
}

/// Where a glyph's picture is, and how it lies around the origin, in physical pixels.
#[derive(Clone, Copy, Debug)]
pub struct GlyphPicture {
    /// The page.
    pub texture: TextureId,
    /// The place on the page, from 0 to 1.
    pub uv: Rect,
    /// From the origin to the left edge.
    pub left: i32,
    /// From the base line up to the top edge.
    pub top: i32,
    /// Of the picture, which is narrower or wider than the advance.
    pub width: u32,
    /// Of the picture; nothing of the line.
    pub height: u32,
    /// Whether it has colours of its own, like an emoji, rather than that of the text.
    pub has_colors: bool,
}

/// The pages and what is on them.
#[derive(Default)]
pub struct Atlas {
    pages: Vec<Page>,
    pictures: HashMap<GlyphKey, Option<GlyphPicture>>,
    scaler: ScaleContext,
}

struct Page {
    texture: TextureHandle,
    pixels: Vec<Color32>,
    /// The next free place of the current row of glyphs.
    x: usize,
    y: usize,
    row_height: usize,
    /// The rows of pixels that were drawn since the last upload.
    dirty: Option<(usize, usize)>,
    /// Whether the current frame shows something of it.
    is_used: bool,
}

impl Atlas {
    /// Makes room between two frames, if there is too little.
    pub fn begin_frame(&mut self) {
        if MAX_PAGES < self.pages.len() {
            self.pages.retain(|page| page.is_used);
            // A frame that shows more than all this is none that a person reads; but memory is bounded even so.
            if MAX_PAGES * 2 < self.pages.len() {
                self.pages.clear();
            }
            let kept: Vec<TextureId> = self.pages.iter().map(|page| page.texture.id()).collect();
            self.pictures
                .retain(|_, picture| picture.is_some_and(|it| kept.contains(&it.texture)));
        }
        for page in &mut self.pages {
            page.is_used = false;
        }
    }

    /// The picture of a glyph; nothing for white space and for what cannot be drawn.
    pub fn picture(&mut self, ctx: &Context, key: GlyphKey, font: &[u8]) -> Option<GlyphPicture> {
        let picture = match self.pictures.get(&key) {
            Some(picture) => *picture,
            None => {
                let picture = self.rasterise(ctx, key, font);
                self.pictures.insert(key, picture);
                picture
            }
        }?;
        let page = self
            .pages
            .iter_mut()
            .find(|page| page.texture.id() == picture.texture)?;
        page.is_used = true;
        Some(picture)
    }

    /// A pixel of a picture, counted from its top left corner.
    #[cfg(test)]
    pub fn pixel(&self, picture: &GlyphPicture, x: u32, y: u32) -> Color32 {
        let page = self.pages.iter().find(|it| it.texture.id() == picture.texture);
        let corner = picture.uv.min.to_vec2() * PAGE as f32;
        let at = (corner.y as usize + y as usize) * PAGE + corner.x as usize + x as usize;
        page.map_or(Color32::TRANSPARENT, |it| it.pixels[at])
    }

    /// Uploads what was drawn since the last time.
    pub fn upload(&mut self) {
        for page in &mut self.pages {
            if let Some((top, bottom)) = page.dirty.take() {
                let rows = page.pixels[top * PAGE..bottom * PAGE].to_vec();
                let image = ColorImage::new([PAGE, bottom - top], rows);
                page.texture.set_partial([0, top], image, TextureOptions::LINEAR);
            }
        }
    }

    fn rasterise(&mut self, ctx: &Context, key: GlyphKey, font: &[u8]) -> Option<GlyphPicture> {
        let font = FontRef::from_index(font, key.font_index as usize)?;
        let mut scaler = self
            .scaler
            .builder(font)
            .size(f32::from_bits(key.size_bits))
            .hint(false)
            .build();
        let sources = [
            Source::ColorOutline(0),
            Source::ColorBitmap(StrikeWith::BestFit),
            Source::Outline,
        ];
        let image = Render::new(&sources)
            .format(Format::Alpha)
            .offset(Vector::new(f32::from(key.bin) / f32::from(BINS), 0.0))
            .render(&mut scaler, key.glyph)?;
        let (width, height) = (image.placement.width as usize, image.placement.height as usize);
        if width == 0 || height == 0 || PAGE <= width || PAGE <= height {
            return None;
        }
        if self.pages.last_mut().is_none_or(|page| !page.make_room(width, height)) {
            self.pages.push(Page::new(ctx, self.pages.len()));
        }
        let page = self.pages.last_mut()?;
        let (x, y) = page.place(width, height);
        for (row, line) in pixels_of(&image).chunks_exact(width).enumerate() {
            let start = (y + row) * PAGE + x;
            page.pixels[start..start + width].copy_from_slice(line);
        }
        let uv = |x: usize, y: usize| pos2(x as f32 / PAGE as f32, y as f32 / PAGE as f32);
        Some(GlyphPicture {
            texture: page.texture.id(),
            uv: Rect::from_min_max(uv(x, y), uv(x + width, y + height)),
            left: image.placement.left,
            top: image.placement.top,
            width: image.placement.width,
            height: image.placement.height,
            has_colors: image.content == Content::Color,
        })
    }
}

/// The pixels of a glyph, premultiplied. One without colours is white: the mesh's colours tint it.
fn pixels_of(image: &Image) -> Vec<Color32> {
    let colors = image.data.chunks_exact(4);
    match (image.content, image.source) {
        (Content::Mask, _) => image.data.iter().map(|it| Color32::from_white_alpha(*it)).collect(),
        // swash lays the layers over each other on a transparent ground, which premultiplies them.
        (_, Source::ColorOutline(_)) => colors
            .map(|it| Color32::from_rgba_premultiplied(it[0], it[1], it[2], it[3]))
            .collect(),
        _ => colors
            .map(|it| Color32::from_rgba_unmultiplied(it[0], it[1], it[2], it[3]))
            .collect(),
    }
}

impl Page {
    fn new(ctx: &Context, number: usize) -> Self {
        let image = ColorImage::filled([PAGE, PAGE], Color32::TRANSPARENT);
        let pixels = image.pixels.clone();
        let texture = ctx.load_texture(format!("glyphs {number}"), image, TextureOptions::LINEAR);
        Self {
            texture,
            pixels,
            x: 0,
            y: 0,
            row_height: 0,
            dirty: None,
            is_used: false,
        }
    }

    /// Moves to the next row where the current one is full. Returns whether the glyph fits on the page.
    fn make_room(&mut self, width: usize, height: usize) -> bool {
        if PAGE < self.x + width + 1 {
            self.y += self.row_height + 1;
            (self.x, self.row_height) = (0, 0);
        }
        self.y + height < PAGE
    }

    fn place(&mut self, width: usize, height: usize) -> (usize, usize) {
        let (x, y) = (self.x, self.y);
        self.x += width + 1;
        self.row_height = self.row_height.max(height);
        let (top, bottom) = self.dirty.unwrap_or((y, y + height));
        self.dirty = Some((top.min(y), bottom.max(y + height)));
        (x, y)
    }
}
