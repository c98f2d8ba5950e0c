//! Draws the picture, and gives each name to screen readers.

use egui::{Color32, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use crate::index::Network;
use crate::text::{self, LineAlign, TextStyle};

use super::super::layout::View;
use super::super::words::{count, facts, phrase};
use super::scene::Scene;

/// How many of those that appear with a name a screen reader is told at once.
const MOST_TOLD: usize = 5;

/// What was pointed at or chosen in the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pointed {
    /// The name that was clicked.
    pub clicked: Option<usize>,
    /// The name that was clicked twice.
    pub opened: Option<usize>,
    /// The link that was clicked.
    pub link: Option<usize>,
}

/// The style of a name's words.
pub fn name_style(view: View<'_>, size: f32) -> TextStyle {
    TextStyle {
        leading: 1.3,
        ..view.style().size(size).color(view.theme.palette.strong_text)
    }
}

/// Draws the picture into its pane.
///
/// `told` says each name in words: see [`told()`].
pub fn picture_ui(ui: &mut Ui, view: View<'_>, scene: &Scene<'_>, told: &[String], pane: &Response) -> Pointed {
    let mut child = ui.new_child(
        UiBuilder::new()
            .id_salt("names of network")
            .max_rect(pane.rect)
            .accessibility_parent(pane.id),
    );
    child.set_clip_rect(pane.rect.intersect(ui.clip_rect()));
    let mut pointed = Pointed::default();
    let names: Vec<Response> = (0..scene.centers.len())
        .map(|idx| name_ui(&child, scene, (idx, &told[idx]), pane))
        .collect();
    let hovered = names.iter().position(Response::hovered);
    pointed.clicked = names.iter().position(Response::clicked);
    pointed.opened = names.iter().position(Response::double_clicked);
    let at = ui.input(|input| input.pointer.hover_pos());
    let at = at.filter(|_| pane.hovered() && hovered.is_none());
    let link = at.and_then(|at| scene.link_at(at));
    links_ui(&child, view, scene, link);
    for idx in (0..scene.centers.len()).rev() {
        disc_ui(&child, view, scene, idx, hovered == Some(idx), pane.has_focus());
    }
    labels_ui(&child, view, scene, hovered);
    if let Some(idx) = hovered {
        text::tooltip(&names[idx], &told[idx]);
    }
    if let Some(link) = link {
        let network = &scene.network.network;
        let link_of = network.links[link];
        let [a, b] = link_of.names.map(|it| network.names[it].name.as_str());
        let told = [
            phrase::pair(view.words, [a, b], link_of.articles),
            view.words.narrow_to_both().to_owned(),
        ];
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        pointed.link = pane.clicked_by(PointerButton::Primary).then_some(link);
        let near = at.map(|at| Rect::from_center_size(at, Vec2::splat(14.0)));
        if let Some(near) = near {
            text::tooltip(&pane.clone().with_new_rect(near), &told.join("\n"));
        }
    }
    pointed
}

/// A name as a control without its looks.
fn name_ui(ui: &Ui, scene: &Scene<'_>, (idx, told): (usize, &str), pane: &Response) -> Response {
    let reach = scene.radii[idx].max(6.0);
    let rect = Rect::from_center_size(scene.centers[idx], Vec2::splat(2.0 * reach));
    // What is out of view is at the edge for a screen reader, and nowhere for the mouse.
    let rect = match rect.intersects(pane.rect) {
        true => rect.intersect(pane.rect),
        false => Rect::from_center_size(pane.rect.clamp(rect.center()), Vec2::ZERO),
    };
    let name = &scene.network.network.names[idx];
    let id = pane.id.with(&name.id.0);
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, told));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_position_in_set(idx);
        node.set_selected(scene.selected == Some(idx));
    });
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A name with its links in words: what it is, in how many articles it stands, and with whom.
pub fn told(view: View<'_>, network: &Network, idx: usize, links: &[(usize, usize)]) -> String {
    let it = &network.names[idx];
    let with = links.iter().take(MOST_TOLD).map(|(other, link)| {
        let articles = count::number(view.words, network.links[*link].articles);
        format!("{} {articles}", network.names[*other].name)
    });
    let with: Vec<String> = with.collect();
    let articles = count::n_articles(view.words, it.articles);
    let with = phrase::appears_with(view.words, &with, links.len());
    facts(&[&it.name, view.words.entity_kind(it.kind), &articles, &with])
}

fn links_ui(ui: &Ui, view: View<'_>, scene: &Scene<'_>, hovered: Option<usize>) {
    let palette = view.theme.palette;
    for link in scene.drawn() {
        let color = match (hovered == Some(link), scene.is_own(link), scene.selected) {
            (true, ..) => palette.accent,
            (_, true, _) => palette.accent.gamma_multiply(0.6),
            (_, _, None) => palette.weak_text.gamma_multiply(0.38),
            (_, _, Some(_)) => palette.weak_text.gamma_multiply(0.14),
        };
        ui.painter()
            .line_segment(scene.ends(link), Stroke::new(scene.thicknesses[link], color));
    }
}

fn disc_ui(ui: &Ui, view: View<'_>, scene: &Scene<'_>, idx: usize, is_hovered: bool, has_focus: bool) {
    let palette = view.theme.palette;
    let (center, radius) = (scene.centers[idx], scene.radii[idx]);
    let is_selected = scene.selected == Some(idx);
    let is_lit = scene.selected.is_none() || is_selected || is_hovered || scene.neighbours.contains_key(&idx);
    let color = view.theme.entity(scene.network.network.names[idx].kind);
    let color = if is_lit { color } else { dimmed(color, palette.surface) };
    ui.painter()
        .circle(center, radius, color, Stroke::new(1.0, palette.surface));
    if is_selected {
        let width = if has_focus { 3.0 } else { 2.0 };
        ui.painter()
            .circle_stroke(center, radius + 3.0, Stroke::new(width, palette.focus));
    } else if is_hovered {
        ui.painter()
            .circle_stroke(center, radius + 2.0, Stroke::new(1.5, palette.strong_text));
    }
}

/// The colour between one and its ground, without lines shining through.
fn dimmed(color: Color32, ground: Color32) -> Color32 {
    ground.lerp_to_gamma(color, 0.35)
}

fn labels_ui(ui: &Ui, view: View<'_>, scene: &Scene<'_>, hovered: Option<usize>) {
    for (idx, place) in scene.labels.iter().enumerate() {
        let is_lit = scene
            .selected
            .is_none_or(|it| it == idx || scene.neighbours.contains_key(&idx));
        if let Some(place) = place.filter(|_| is_lit || hovered == Some(idx)) {
            label_ui(ui, view, scene, idx, place);
        }
    }
    if let Some(idx) = hovered.filter(|idx| scene.labels[*idx].is_none()) {
        label_ui(
            ui,
            view,
            scene,
            idx,
            scene.centers[idx] + vec2(0.0, scene.radii[idx] + 11.0),
        );
    }
}

fn label_ui(ui: &Ui, view: View<'_>, scene: &Scene<'_>, idx: usize, place: Pos2) {
    let palette = view.theme.palette;
    let style = name_style(view, scene.letters[idx]);
    let style = if scene.selected == Some(idx) {
        style.bold()
    } else {
        style
    };
    let name = &scene.network.network.names[idx].name;
    let size = text::measure(ui.ctx(), name, &style);
    let rect = Rect::from_center_size(place, vec2(size.x.ceil() + 2.0, size.y));
    let ground = rect.shrink2(vec2(0.0, 3.0));
    ui.painter()
        .rect_filled(ground, 3.0, palette.surface.gamma_multiply(0.82));
    text::paint_line(ui, rect, name, &[], &style, LineAlign::Center);
}
