//! The dialog that shows a picture of the article as large as the window allows.

use std::sync::Arc;

use egui::{Color32, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::state::{Command, OtherProgram, ReadArticle};
use crate::text;

use super::layout::{View, row_ui};
use super::reader::{Textures, about, file_of, name, wanted};
use super::words::{Words, count, original};

/// A small picture is enlarged at most so many times. Picked by feel.
const ENLARGED: f32 = 2.0;
/// The rest of the dialog and the room around it, in points.
const BESIDE: f32 = 210.0;
/// The least height of a picture, in points.
const LEAST: f32 = 120.0;

/// The picture that is shown.
pub struct PictureViewer {
    article: Arc<ReadArticle>,
    picture: usize,
    textures: Textures,
}

impl PictureViewer {
    /// Shows a picture of an article, by its place in [`ReadArticle::pictures`].
    pub fn new(article: Arc<ReadArticle>, picture: usize) -> Self {
        Self {
            article,
            picture,
            textures: Textures::default(),
        }
    }

    /// Those that can be shown, in the order of the text.
    fn all(&self) -> Vec<usize> {
        let pictures = self.article.pictures.iter().enumerate();
        pictures.filter(|(_, it)| it.size.is_ok()).map(|(idx, _)| idx).collect()
    }

    /// What stands above the picture.
    pub fn title(&self, words: Words<'_>) -> String {
        let all = self.all();
        let nth = all.iter().position(|it| *it == self.picture).unwrap_or(0) as u64 + 1;
        original::nth_picture(words, &count::n_of(words, nth, all.len() as u64))
    }

    /// Goes to the next picture, or the previous one; stays at the ends.
    fn step(&mut self, forward: bool) {
        let all = self.all();
        let next = match forward {
            true => all.iter().find(|it| self.picture < **it),
            false => all.iter().rfind(|it| **it < self.picture),
        };
        self.picture = next.copied().unwrap_or(self.picture);
    }
}

/// Draws the picture, its caption and what can be done with it. Returns whether it is to close.
pub fn picture_viewer_ui(ui: &mut Ui, view: View<'_>, it: &mut PictureViewer, commands: &mut Vec<Command>) -> bool {
    let reading = &view.state.archive.reading;
    let is_shown = reading.shown.as_ref().is_some_and(|shown| shown.id == it.article.id);
    let size = it.article.pictures.get(it.picture).and_then(|it| it.size.ok());
    let (Some(size), true) = (size, is_shown) else {
        // Another article is read by now.
        return true;
    };
    let pressed = |ui: &Ui, key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (next, previous) = match view.direction.is_rtl() {
        true => (Key::ArrowLeft, Key::ArrowRight),
        false => (Key::ArrowRight, Key::ArrowLeft),
    };
    let steps = [
        pressed(ui, next) || pressed(ui, Key::PageDown),
        pressed(ui, previous) || pressed(ui, Key::PageUp),
    ];

    let height = (ui.ctx().content_rect().height() - BESIDE).max(LEAST);
    let room = vec2(ui.available_width(), height);
    let size = vec2(size[0] as f32, size[1] as f32);
    let share = (room.x / size.x).min(room.y / size.y).min(ENLARGED);
    let large = wanted(ui.ctx(), it.picture, size * share);
    if reading.pictures.large != Some(large) {
        commands.push(Command::SeePictureLarge(Some(large)));
    }
    it.textures.follow(ui.ctx(), &reading.pictures, &[large]);

    let about = about(&it.article, it.picture);
    let (rect, response) = ui.allocate_exact_size(room, Sense::hover());
    let place = Rect::from_center_size(rect.center(), size * share);
    match it.textures.of(it.picture) {
        Some(texture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture, place, whole, Color32::WHITE);
        }
        None => {
            ui.painter().rect_filled(place, 2.0, view.theme.palette.sunken);
        }
    }
    if let Some(about) = about {
        let name = name(view.words, about);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    }
    ui.add_space(8.0);
    let caption = about.and_then(|it| it.caption.as_deref());
    if let Some(caption) = caption {
        text::text_ui(ui, caption, &view.style());
        ui.add_space(4.0);
    }
    let asked = buttons_ui(ui, view, it, commands);
    for (idx, forward) in [true, false].into_iter().enumerate() {
        if steps[idx] || asked[idx] {
            it.step(forward);
        }
    }
    false
}

/// What can be done with the picture. Returns whether the next one is asked for, and the previous one.
fn buttons_ui(ui: &mut Ui, view: View<'_>, it: &PictureViewer, commands: &mut Vec<Command>) -> [bool; 2] {
    let words = view.words;
    let about = about(&it.article, it.picture);
    let mut asked = [false; 2];
    row_ui(ui, view, 34.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if 1 < it.all().len() {
            asked[1] = text::button_ui(ui, original::previous_picture(words)).clicked();
            asked[0] = text::button_ui(ui, original::next_picture(words)).clicked();
        }
        if let Some(path) = about.and_then(file_of)
            && text::button_ui(ui, words.show_in_folder()).clicked()
        {
            commands.push(Command::HandOver(OtherProgram::FileManager, path));
        }
        if let Some(caption) = about.and_then(|it| it.caption.as_ref())
            && text::button_ui(ui, original::copy_caption(words)).clicked()
        {
            ui.copy_text(caption.clone());
        }
    });
    asked
}
