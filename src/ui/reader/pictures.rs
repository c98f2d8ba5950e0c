//! The pictures of the article: where they stand in its text, what they look like, and what can be done with them.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions, Ui, Vec2};

use crate::archive::{Picture, PictureSource};
use crate::state::{ArticlePlace, Command, OtherProgram, Pictures, Pixels, ReadArticle, Settings, WantedPicture};
use crate::text::{Block, BlockPicture, Direction, Look, MenuItem, TextStyle};

use super::super::dialog_request::DialogRequest;
use super::super::layout::View;
use super::super::menu_action::MenuAction;
use super::super::words::{self, Words, original};

/// The number of the link that the first picture is; those of mentions are far below.
const FIRST_LINK: u64 = 1 << 62;
/// Sizes are asked for in steps of so many pixels, so that a window that becomes a little wider has nothing decoded again.
const STEP: u32 = 128;

/// The picture that a link is, by its place in [`ReadArticle::pictures`].
pub fn picture_of(article: &ReadArticle, link: u64) -> Option<usize> {
    let picture = usize::try_from(link.checked_sub(FIRST_LINK)?).ok()?;
    (picture < article.pictures.len()).then_some(picture)
}

/// What the archive says of a picture.
pub fn about(article: &ReadArticle, picture: usize) -> Option<&Picture> {
    article.article.pictures.get(article.pictures.get(picture)?.of)
}

/// What a picture is called: by its caption, else by its file.
pub fn name(words: Words<'_>, picture: &Picture) -> String {
    let told = picture.caption.as_deref().unwrap_or(&picture.name);
    words::labelled(original::picture(words), told)
}

/// The pictures of an article as blocks between those of its text.
pub struct PictureBlocks<'a> {
    words: Words<'a>,
    shown: &'a ReadArticle,
    look: &'a Look,
    is_on: bool,
    /// How many stand above what comes next.
    n_passed: usize,
}

impl<'a> PictureBlocks<'a> {
    /// All of them are still to come; none if the settings say so.
    pub fn new(settings: &'a Settings, shown: &'a ReadArticle, look: &'a Look) -> Self {
        Self {
            words: Words(settings),
            shown,
            look,
            is_on: settings.shows_pictures,
            n_passed: 0,
        }
    }

    /// Those that stand before a byte of the article's text and did not come yet.
    pub fn before(&mut self, at: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while self.is_on
            && let Some(picture) = about(self.shown, self.n_passed).filter(|it| it.at <= at)
        {
            blocks.push(self.block(self.n_passed, picture));
            self.n_passed += 1;
        }
        blocks
    }

    /// Whether this is the caption of one that is shown.
    pub fn has_caption(&self, text: &str) -> bool {
        let mut pictures = (0..self.shown.pictures.len()).filter_map(|it| about(self.shown, it));
        self.is_on && pictures.any(|it| it.caption.as_deref() == Some(text))
    }

    fn block(&self, nth: usize, picture: &Picture) -> Block {
        let caption = picture.caption.clone().unwrap_or_default();
        let style = TextStyle::caption(self.look);
        let space = self.look.reading_size;
        match self.shown.pictures[nth].size {
            Ok(size) => Block {
                picture: Some(BlockPicture {
                    link: FIRST_LINK + nth as u64,
                    size: size.map(|it| it as f32),
                    name: name(self.words, picture),
                }),
                ..Block::new(caption, style, space)
            },
            Err(fault) => {
                let told = original::not_shown(self.words, fault, &picture.name);
                let told = [told, caption]
                    .into_iter()
                    .filter(|it| !it.is_empty())
                    .collect::<Vec<_>>();
                let told: Vec<&str> = told.iter().map(String::as_str).collect();
                Block {
                    background: Some(self.look.palette.sunken),
                    side: Direction::of(&self.shown.article.title),
                    ..Block::new(words::facts(&told), style, space)
                }
            }
        }
    }
}

/// The pictures in view as the graphics card has them.
#[derive(Default)]
pub struct Textures(Vec<(usize, Arc<Pixels>, TextureHandle)>);

impl Textures {
    /// Has those that are wanted and decoded, and lets go of all others.
    pub fn follow(&mut self, ctx: &Context, pictures: &Pictures, wanted: &[WantedPicture]) {
        let decoded = |picture| pictures.decoded(picture).and_then(|it| it.as_ref().ok());
        self.0.retain(|(picture, pixels, _)| {
            let is_wanted = wanted.iter().any(|it| it.picture == *picture);
            is_wanted && decoded(*picture).is_some_and(|it| Arc::ptr_eq(it, pixels))
        });
        let is_new = |it: &&WantedPicture| self.of(it.picture).is_none() && decoded(it.picture).is_some();
        let mut new = wanted.iter().filter(is_new);
        // One in a frame, so that none takes long.
        let (first, has_more) = (new.next().copied(), new.next().is_some());
        if let Some(WantedPicture { picture, .. }) = first
            && let Some(pixels) = decoded(picture)
        {
            let size = pixels.size.map(|it| it as usize);
            let image = ColorImage::from_rgba_premultiplied(size, &pixels.rgba);
            let texture = ctx.load_texture("picture", image, TextureOptions::LINEAR);
            self.0.push((picture, Arc::clone(pixels), texture));
        }
        if has_more {
            ctx.request_repaint();
        }
    }

    /// What a picture looks like; nothing while that is not known.
    pub fn of(&self, picture: usize) -> Option<TextureId> {
        let found = self.0.iter().find(|(it, ..)| *it == picture);
        found.map(|(_, _, texture)| texture.id())
    }
}

/// A picture that is wanted at a size in points.
pub fn wanted(ctx: &Context, picture: usize, size: Vec2) -> WantedPicture {
    let most = ctx.input(|input| input.max_texture_side) as u32;
    let pixels = |points: f32| ((points * ctx.pixels_per_point()).ceil() as u32).next_multiple_of(STEP);
    WantedPicture {
        picture,
        most: [pixels(size.x), pixels(size.y)].map(|it| it.min(most)),
    }
}

/// Says which pictures are in view, where that has changed.
pub fn see_pictures(
    ui: &Ui,
    view: View<'_>,
    article: &ReadArticle,
    visible: &[(u64, Vec2)],
    commands: &mut Vec<Command>,
) {
    let visible = visible
        .iter()
        .filter_map(|(link, size)| Some((picture_of(article, *link)?, *size)));
    let wanted: Vec<_> = visible.map(|(it, size)| wanted(ui.ctx(), it, size)).collect();
    if view.state.archive.reading.pictures.in_view != wanted {
        commands.push(Command::SeePictures(wanted));
    }
}

/// The first picture in view, or of the article, that can be shown.
pub fn first_in_view(view: View<'_>, article: &ReadArticle) -> Option<usize> {
    let in_view = view.state.archive.reading.pictures.in_view.iter().map(|it| it.picture);
    let mut all = in_view.chain(0..article.pictures.len());
    all.find(|it| article.pictures.get(*it).is_some_and(|it| it.size.is_ok()))
}

/// The file of a picture, relative to the archive's folder; nothing if it is a part of another.
pub fn file_of(picture: &Picture) -> Option<PathBuf> {
    match &picture.source {
        PictureSource::File(path) => Some(PathBuf::from(path)),
        _ => None,
    }
}

/// What can be done with a picture.
pub fn picture_menu<'a>(view: View<'_>, article: &Arc<ReadArticle>, picture: usize) -> Vec<MenuItem<'a, MenuAction>> {
    let words = view.words;
    let larger = DialogRequest::Picture(Arc::clone(article), picture);
    let mut items = vec![MenuItem::new(original::larger_picture(words), larger.into())];
    let about = about(article, picture);
    if let Some(path) = about.and_then(file_of) {
        let show = Command::HandOver(OtherProgram::FileManager, path);
        items.push(MenuItem::new(words.show_in_folder(), show.into()));
    }
    if let Some(caption) = about.and_then(|it| it.caption.clone()) {
        items.push(MenuItem::new(original::copy_caption(words), MenuAction::Copy(caption)));
    }
    items
}

/// An article in its file, at a page where it has any.
pub fn place_of(article: &ReadArticle, page: Option<u32>) -> ArticlePlace {
    ArticlePlace {
        path: article.article.path.clone(),
        record: article.article.record,
        page,
    }
}
