//! Draws egui's meshes on the processor, the same on every machine: pictures of the window without a graphics driver.

use std::collections::HashMap;
use std::path::Path;

use egui::epaint::{ClippedPrimitive, ImageData, ImageDelta, Mesh, Primitive, Vertex};
use egui::{Color32, Context, FullOutput, RawInput, Rect, TextureId, Ui, Vec2, pos2, vec2};

/// A picture: rows of pixels from the top.
#[derive(Clone, PartialEq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<Color32>,
}

/// Keeps the textures of a context from frame to frame, as a graphics card does.
#[derive(Default)]
pub struct Rasteriser {
    textures: HashMap<TextureId, Picture>,
}

impl Rasteriser {
    /// Runs one frame of a window of `size` points and draws it at `scale` pixels a point.
    pub fn frame(
        &mut self,
        ctx: &Context,
        size: Vec2,
        scale: f32,
        events: Vec<egui::Event>,
        mut add: impl FnMut(&mut Ui),
    ) -> (Picture, FullOutput) {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
            events,
            focused: true,
            ..RawInput::default()
        };
        let viewport = input.viewports.entry(input.viewport_id).or_default();
        viewport.native_pixels_per_point = Some(scale);
        let mut output = ctx.run_ui(input, |ui| add(ui));
        let primitives = ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let picture = self.draw(&mut output, &primitives, size);
        (picture, output)
    }

    fn draw(&mut self, output: &mut FullOutput, primitives: &[ClippedPrimitive], size: Vec2) -> Picture {
        let scale = output.pixels_per_point;
        for (id, deltas) in output.textures_delta.set.drain() {
            for delta in deltas {
                self.set_texture(id, &delta);
            }
        }
        let mut picture = Picture::new((size.x * scale).round() as usize, (size.y * scale).round() as usize);
        for primitive in primitives {
            let Primitive::Mesh(mesh) = &primitive.primitive else {
                continue;
            };
            let texture = &self.textures[&mesh.texture_id];
            picture.draw_mesh(mesh, texture, primitive.clip_rect, scale);
        }
        for id in output.textures_delta.free.drain() {
            self.textures.remove(&id);
        }
        output.textures_delta.clear();
        picture
    }

    fn set_texture(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        match delta.pos {
            None => {
                let pixels = image.pixels.clone();
                self.textures.insert(id, Picture { width, height, pixels });
            }
            Some([x, y]) => {
                let texture = self.textures.get_mut(&id).expect("a patch belongs to a texture");
                for row in 0..height {
                    let start = (y + row) * texture.width + x;
                    texture.pixels[start..start + width].copy_from_slice(&image.pixels[row * width..][..width]);
                }
            }
        }
    }
}

impl Picture {
    fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            pixels: vec![Color32::TRANSPARENT; width * height],
        }
    }

    /// Every pixel whose centre lies in a triangle takes its colour, times the nearest texel; as egui's shader does,
    /// in gamma space.
    fn draw_mesh(&mut self, mesh: &Mesh, texture: &Picture, clip: Rect, scale: f32) {
        let clip = Rect::from_min_max(
            pos2(
                (clip.left() * scale).round().max(0.0),
                (clip.top() * scale).round().max(0.0),
            ),
            pos2(
                (clip.right() * scale).round().min(self.width as f32),
                (clip.bottom() * scale).round().min(self.height as f32),
            ),
        );
        for triangle in mesh.indices.chunks_exact(3) {
            let [a, b, c] = [0, 1, 2].map(|corner| mesh.vertices[triangle[corner] as usize]);
            self.draw_triangle([a, b, c], texture, clip, scale);
        }
    }

    fn draw_triangle(&mut self, corners: [Vertex; 3], texture: &Picture, clip: Rect, scale: f32) {
        let [a, b, c] = corners.map(|it| it.pos.to_vec2() * scale);
        let cross = |u: Vec2, v: Vec2| u.x * v.y - u.y * v.x;
        let area = cross(b - a, c - a);
        if area == 0.0 {
            return;
        }
        let low = a.min(b).min(c).max(clip.min.to_vec2());
        let high = a.max(b).max(c).min(clip.max.to_vec2());
        for y in low.y.floor() as usize..high.y.ceil().max(0.0) as usize {
            for x in low.x.floor() as usize..high.x.ceil().max(0.0) as usize {
                let at = vec2(x as f32 + 0.5, y as f32 + 0.5);
                if !clip.contains(at.to_pos2()) {
                    continue;
                }
                let weights = [cross(b - at, c - at), cross(c - at, a - at), cross(a - at, b - at)].map(|it| it / area);
                // A pixel on the edge between two triangles belongs to one of them: the one that lies right of or
                // below the edge.
                let edges = [(b, c), (c, a), (a, b)];
                let is_inside = weights.iter().zip(edges).all(|(weight, (from, to))| {
                    let edge = (to - from) * area.signum();
                    0.0 < *weight || *weight == 0.0 && (edge.y < 0.0 || edge.y == 0.0 && 0.0 < edge.x)
                });
                if !is_inside {
                    continue;
                }
                let mix = |of: &dyn Fn(&Vertex) -> f32| -> f32 {
                    corners.iter().zip(weights).map(|(it, weight)| of(it) * weight).sum()
                };
                let texel = texture.nearest(mix(&|it| it.uv.x), mix(&|it| it.uv.y));
                let channel = |idx: usize| mix(&|it| f32::from(it.color.to_array()[idx])) / 255.0;
                let source = [0, 1, 2, 3].map(|idx| channel(idx) * f32::from(texel.to_array()[idx]));
                let pixel = &mut self.pixels[y * self.width + x];
                let under = pixel.to_array();
                let blend = |idx: usize| {
                    let value = source[idx] + f32::from(under[idx]) * (1.0 - source[3] / 255.0);
                    value.round().clamp(0.0, 255.0) as u8
                };
                *pixel = Color32::from_rgba_premultiplied(blend(0), blend(1), blend(2), blend(3));
            }
        }
    }

    fn nearest(&self, u: f32, v: f32) -> Color32 {
        let at = |share: f32, size: usize| ((share * size as f32).max(0.0) as usize).min(size - 1);
        self.pixels[at(v, self.height) * self.width + at(u, self.width)]
    }

    /// Writes the picture as PNG.
    pub fn save(&self, path: &Path) {
        let file = std::fs::File::create(path).unwrap();
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgba);
        let bytes: Vec<u8> = self.pixels.iter().flat_map(|it| it.to_srgba_unmultiplied()).collect();
        encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
    }

    /// Reads a PNG that [`Picture::save`] wrote.
    pub fn load(path: &Path) -> Option<Self> {
        let file = std::io::BufReader::new(std::fs::File::open(path).ok()?);
        let mut reader = png::Decoder::new(file).read_info().ok()?;
        let mut bytes = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut bytes).ok()?;
        let pixels = bytes[..info.buffer_size()]
            .chunks_exact(4)
            .map(|it| Color32::from_rgba_unmultiplied(it[0], it[1], it[2], it[3]))
            .collect();
        Some(Self {
            width: info.width as usize,
            height: info.height as usize,
            pixels,
        })
    }

    /// How many pixels differ by more than a rounding from those of another picture of the same size.
    pub fn n_different(&self, other: &Self) -> usize {
        if (self.width, self.height) != (other.width, other.height) {
            return usize::MAX;
        }
        let differs = |(a, b): (&Color32, &Color32)| {
            let channels = a.to_array().into_iter().zip(b.to_array());
            channels.into_iter().any(|(a, b)| 3 < a.abs_diff(b))
        };
        self.pixels.iter().zip(&other.pixels).filter(|it| differs(*it)).count()
    }
}
