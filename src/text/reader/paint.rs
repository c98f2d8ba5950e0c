//! How the text looks, and what a screen reader is told of it.

use egui::{
    Color32, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, TextureId, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::arabic::Span;

use super::super::engine::{look, with_engine};
use super::super::paint::{paint_layout, rects_of};
use super::layout::Laid;
use super::state::ReaderState;

/// Paints what is in view, and tells a screen reader of every paragraph.
///
/// A picture that is not there yet has its ground.
pub fn paint(
    ui: &mut Ui,
    id: Id,
    state: &ReaderState,
    (view, origin): (Rect, Pos2),
    picture: &dyn Fn(u64) -> Option<TextureId>,
) {
    let palette = look(ui.ctx()).palette;
    let scale = state.page.scale;
    let builder = UiBuilder::new().id_salt(id).max_rect(view).accessibility_parent(id);
    let mut child = ui.new_child(builder);
    child.set_clip_rect(view.intersect(ui.clip_rect()));
    let painter = child.painter().clone();
    let span = (view.top() - origin.y, view.bottom() - origin.y);
    for (link, rect) in state.page.pictures(&state.document, span) {
        let rect = rect.translate(origin.to_vec2());
        match picture(link) {
            Some(texture) => {
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture, rect, whole, Color32::WHITE);
            }
            None => {
                painter.rect_filled(rect, 2.0, palette.sunken);
            }
        }
    }
    with_engine(ui.ctx(), |engine| {
        for (number, (block, laid)) in state.document.blocks.iter().zip(&state.page.laid).enumerate() {
            let rect = rect_of(laid, state, origin);
            if rect.bottom() + laid.height < view.top() || view.bottom() + laid.height < rect.top() {
                continue;
            }
            if let Some(color) = block.background {
                painter.rect_filled(rect.expand2(vec2(8.0, 3.0)), 4.0, color);
            }
            let pieces = |span: Span| {
                let at = |corner: Pos2| rect.min + corner.to_vec2() / scale;
                let rects = rects_of(&laid.layout, span).into_iter();
                rects.map(move |piece| Rect::from_min_max(at(piece.min), at(piece.max)))
            };
            let selection = state.selection.as_ref();
            if let Some(range) = selection.and_then(|it| it.in_block(number, &state.document)) {
                for piece in pieces(range.into()) {
                    painter.rect_filled(piece, 0.0, palette.selection);
                }
            }
            let ring = Stroke::new(2.0, palette.focus);
            let hits = state.found.hits.iter().enumerate();
            for (idx, (_, span)) in hits.filter(|(_, (block, _))| *block == number) {
                for piece in pieces(*span) {
                    let piece = piece.shrink2(vec2(-1.0, piece.height() * 0.14));
                    painter.rect_filled(piece, 2.0, palette.mark);
                    if idx == state.found.current {
                        painter.rect_stroke(piece, 2.0, ring, StrokeKind::Outside);
                    }
                }
            }
            let marked = state.marked.and_then(|it| state.document.span_of_source(it));
            if let Some((_, span)) = marked.filter(|(block, _)| *block == number) {
                for piece in pieces(span) {
                    let piece = piece.shrink2(vec2(-2.0, piece.height() * 0.12));
                    painter.rect(piece, 3.0, palette.mark, ring, StrokeKind::Outside);
                }
            }
            let is_current = |it: &&(Span, u64)| Some(it.1) == state.link;
            for piece in block.links.iter().filter(is_current).flat_map(|it| pieces(it.0)) {
                let piece = piece.shrink2(vec2(-2.0, piece.height() * 0.12));
                painter.rect(piece, 3.0, palette.selection, ring, StrokeKind::Outside);
            }
            paint_layout(engine, &painter, &laid.layout, rect.min, &block.spans, scale);
        }
    });
    name_blocks(&child, id, state, origin);
}

/// Each paragraph is a node of its own for a screen reader, on the screen or not.
fn name_blocks(child: &Ui, id: Id, state: &ReaderState, origin: Pos2) {
    for (number, (block, laid)) in state.document.blocks.iter().zip(&state.page.laid).enumerate() {
        if let (Some(picture), Some(rect)) = (&block.picture, laid.picture) {
            let rect = rect.translate(origin.to_vec2());
            let response = child.interact(rect, id.with((number, "picture")), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &picture.name));
            // Its caption is its name.
            continue;
        }
        let response = child.interact(rect_of(laid, state, origin), id.with(number), Sense::hover());
        let role = if block.heading.is_some() {
            Role::Heading
        } else {
            Role::Paragraph
        };
        response.widget_info(|| WidgetInfo::labeled(role, true, &block.text));
        if let Some(level) = block.heading {
            let ctx = child.ctx();
            ctx.accesskit_node_builder(response.id, |node| node.set_level(level.into()));
        }
    }
}

fn rect_of(laid: &Laid, state: &ReaderState, origin: Pos2) -> Rect {
    Rect::from_min_size(origin + vec2(0.0, laid.top), vec2(state.page.width, laid.height))
}
