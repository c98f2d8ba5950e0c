//! The pane: the tools, the picture, and what is said of the chosen name.

use std::sync::Arc;

use egui::{PointerButton, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::entities::{EntityId, EntityKind};
use crate::index::{Facet, FacetFilter, NetworkName};
use crate::state::{Command, FilePurpose, Missing, NetworkOptions, NetworkView, PlacedNetwork, Settings};
use crate::text::{self, Icon, LinkRow};

use super::super::layout::{View, middle_and_end_ui, missing_ui, row_ui, set_label};
use super::super::words::{self, count, phrase};
use super::input::{STEP, keys, mouse, reveal};
use super::picture::{Pointed, name_style, picture_ui, told};
use super::scene::{Camera, Scene};

/// How many names can be chosen to be shown.
const HOW_MANY: [usize; 6] = [20, 40, 60, 100, 200, 400];
/// The height of what is said of the chosen name, in points, and its share of the pane at most.
const DETAILS: (f32, f32) = (170.0, 0.36);
/// The height of a row in it.
const ROW_HEIGHT: f32 = 28.0;

/// What the pane remembers.
#[derive(Default)]
pub struct NetworkPaneState {
    camera: Camera,
    selected: Option<EntityId>,
    /// About whom the picture was that was shown last.
    of: Option<Option<EntityId>>,
    /// The frame in which it was drawn last: what is drawn again after a while was come back to.
    drawn_in: u64,
    /// Whether the keyboard is to go to the picture.
    pub takes_focus: bool,
    /// Each name of this network in these words: to put them together takes longer than a frame has.
    told: Option<(Arc<PlacedNetwork>, Settings, Vec<String>)>,
}

impl NetworkPaneState {
    /// Opens the picture by key, or closes it.
    pub fn toggle(&mut self, view: View<'_>, commands: &mut Vec<Command>) {
        let entities = &view.state.archive.entities;
        if entities.shown.is_none() && entities.network.is_on {
            commands.push(Command::LeaveEntity);
            return;
        }
        self.takes_focus = true;
        // From the page of a name it is about that name.
        let center = entities.shown.as_ref().map(|it| it.id.clone());
        commands.push(Command::ShowNetwork(center));
    }

    /// The names of a network in words.
    fn told(&mut self, view: View<'_>, network: &Arc<PlacedNetwork>) -> &[String] {
        let settings = &view.state.settings;
        let known = self.told.take();
        let known = known.filter(|(of, by, _)| Arc::ptr_eq(of, network) && by == settings);
        let told = known.map(|it| it.2).unwrap_or_else(|| {
            let links = network.network.links_by_name();
            let names = links.iter().enumerate();
            names
                .map(|(idx, links)| told(view, &network.network, idx, links))
                .collect()
        });
        let it = self.told.insert((Arc::clone(network), settings.clone(), told));
        &it.2
    }
}

/// Draws the picture of who appears with whom, and its tools.
pub fn network_pane_ui(
    ui: &mut Ui,
    view: View<'_>,
    shown: &NetworkView,
    it: &mut NetworkPaneState,
    commands: &mut Vec<Command>,
) {
    let frame = ui.ctx().cumulative_frame_nr();
    if std::mem::replace(&mut it.drawn_in, frame) + 1 < frame {
        it.takes_focus = true;
    }
    if it.of.as_ref() != Some(&shown.center) {
        let takes_focus = it.takes_focus;
        *it = NetworkPaneState {
            of: Some(shown.center.clone()),
            // Of one name all is about that one.
            selected: shown.center.clone(),
            takes_focus,
            drawn_in: frame,
            ..NetworkPaneState::default()
        };
    }
    head_ui(ui, view, shown, commands);
    tools_ui(ui, view, shown, it, commands);
    let network = match shown.network.shown(|it| it.network.names.is_empty()) {
        Ok(network) => Arc::clone(network),
        Err(why) => {
            ui.vertical_centered(|ui| {
                ui.add_space(ui.available_height() * 0.35);
                missing_ui(ui, view, why, view.words.no_names_here());
            });
            it.takes_focus &= why == Missing::Unanswered;
            return;
        }
    };
    let room = ui.available_rect_before_wrap();
    let details = DETAILS.0.min(room.height() * DETAILS.1);
    let (above, below) = room.split_top_bottom_at_y(room.bottom() - details);
    picture_pane_ui(ui, view, &network, (above, it), commands);
    let edge = egui::Stroke::new(1.0, view.theme.palette.outline);
    ui.painter().hline(below.x_range(), below.top(), edge);
    let inner = below.shrink2(vec2(14.0, 4.0));
    let mut child = ui.new_child(UiBuilder::new().id_salt("details of network").max_rect(inner));
    child.set_clip_rect(below.intersect(ui.clip_rect()));
    details_ui(&mut child, view, &network, it, commands);
    ui.advance_cursor_after_rect(room);
}

/// The way back, whose picture it is, and of how much.
fn head_ui(ui: &mut Ui, view: View<'_>, shown: &NetworkView, commands: &mut Vec<Command>) {
    let words = view.words;
    row_ui(ui, view, 38.0, |ui| {
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.x = 8.0;
        let back = text::icon_button_ui(ui, Icon::Back, words.back());
        text::tooltip(&back, words.back());
        if back.clicked() {
            commands.push(Command::LeaveEntity);
        }
        let network = shown.network.value.as_deref().map(|it| &it.network);
        let center = network
            .filter(|_| shown.center.is_some())
            .and_then(|it| it.names.first());
        let title = |ui: &mut Ui| {
            let title = match center {
                Some(center) => format!("{} {}", words.network_of(), words::isolate(&center.name)),
                None => words.network().to_owned(),
            };
            let response = text::line_ui(ui, &title, &view.style().bold());
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_role(Role::Heading);
                node.set_level(1);
            });
            if let Some(network) = network {
                let names = count::n_of_names(words, network.names.len() as u64, network.n_names);
                let articles = count::n_articles(words, network.n_articles);
                text::line_ui(ui, &words::facts(&[&names, &articles]), &view.weak());
            }
        };
        middle_and_end_ui(ui, view, "head of network", title, |ui| {
            if shown.is_exporting {
                text::line_ui(ui, words.writing_picture(), &view.weak());
            } else if shown.network.value.is_some() && text::button_ui(ui, words.save_picture()).clicked() {
                commands.push(Command::PickFile(FilePurpose::ExportNetwork));
            }
            ui.add_space(8.0);
        });
    });
}

/// Which names are shown, and how large.
fn tools_ui(ui: &mut Ui, view: View<'_>, shown: &NetworkView, it: &mut NetworkPaneState, commands: &mut Vec<Command>) {
    let words = view.words;
    let options = &shown.options;
    let size = vec2(ui.available_width(), 34.0);
    ui.allocate_ui_with_layout(size, view.direction.row().with_main_wrap(true), |ui| {
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        let choices = HOW_MANY.map(|n| (n, count::n_names(words, n as u64)));
        let mut n_names = options.n_names;
        text::combo_ui(ui, "how many names", words.how_many_names(), &mut n_names, &choices);
        if n_names != options.n_names {
            let options = NetworkOptions {
                n_names,
                ..options.clone()
            };
            commands.push(Command::SetNetwork(options));
        }
        for kind in EntityKind::ALL {
            let is_on = options.kinds.contains(&kind);
            if text::toggle_ui(ui, words.facet(Facet::of_kind(kind)), is_on).clicked() {
                let mut kinds = options.kinds.clone();
                match is_on {
                    true => kinds.retain(|it| *it != kind),
                    false => kinds.push(kind),
                }
                let n_names = options.n_names;
                commands.push(Command::SetNetwork(NetworkOptions { n_names, kinds }));
            }
        }
        for (icon, name, factor) in [
            (Icon::Larger, words.zoom_in(), STEP),
            (Icon::Smaller, words.zoom_out(), 1.0 / STEP),
        ] {
            let button = text::icon_button_ui(ui, icon, name);
            text::tooltip(&button, name);
            if button.clicked() {
                it.camera = it.camera.zoomed(factor, egui::Vec2::ZERO);
            }
        }
        if it.camera != Camera::default() && text::button_ui(ui, words.fit()).clicked() {
            it.camera = Camera::default();
        }
        if shown.center.is_some() && text::button_ui(ui, words.whole_network()).clicked() {
            commands.push(Command::ShowNetwork(None));
        }
    });
}

/// The picture with what the mouse and the keys do in it.
fn picture_pane_ui(
    ui: &mut Ui,
    view: View<'_>,
    network: &Arc<PlacedNetwork>,
    (rect, it): (Rect, &mut NetworkPaneState),
    commands: &mut Vec<Command>,
) {
    let id = ui.make_persistent_id("network");
    let pane = ui.interact(rect, id, Sense::click_and_drag());
    pane.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, view.words.network()));
    if std::mem::take(&mut it.takes_focus) {
        pane.request_focus();
    }
    mouse(ui, &pane, rect, &mut it.camera);
    let measure = |name: &str, size: f32| text::measure(ui.ctx(), name, &name_style(view, size));
    let scene = Scene::new(network, (rect, it.camera), it.selected.as_ref(), measure);
    let pressed = keys(ui, &pane, &scene, &mut it.camera);
    let told = it.told(view, network);
    let Pointed { clicked, opened, link } = picture_ui(ui, view, &scene, told, &pane);
    let names = &network.network.names;
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_size_of_set(names.len());
        if let Some(selected) = scene.selected {
            node.set_active_descendant(id.with(&names[selected].id.0).accesskit_id());
        }
    });
    if pane.has_focus() {
        let stroke = egui::Stroke::new(1.5, view.theme.palette.focus);
        ui.painter()
            .rect_stroke(rect.shrink(1.0), 2.0, stroke, egui::StrokeKind::Inside);
    }
    if let Some(idx) = pressed.select {
        it.selected = Some(names[idx].id.clone());
        reveal(scene.centers[idx], rect, &mut it.camera);
    }
    // Not by Enter, which opens the page of the chosen name.
    if clicked.is_some() || pane.clicked_by(PointerButton::Primary) {
        pane.request_focus();
        // Beside all names none is meant.
        it.selected = clicked.map(|idx| names[idx].id.clone());
    }
    let opened = opened.or(scene.selected.filter(|_| pressed.opens));
    if let Some(idx) = opened {
        let (id, with) = (names[idx].id.clone(), Vec::new());
        commands.push(Command::ShowEntity { id, with });
    } else if let Some(link) = link {
        commands.push(narrow_to_both(network, link));
    }
}

/// What is said of the chosen name: in how many articles it stands, and with whom.
fn details_ui(
    ui: &mut Ui,
    view: View<'_>,
    network: &PlacedNetwork,
    it: &NetworkPaneState,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    let names = &network.network.names;
    let selected = names.iter().position(|name| Some(&name.id) == it.selected.as_ref());
    let Some(selected) = selected else {
        ui.add_space(8.0);
        text::text_ui(ui, words.network_advice(), &view.weak());
        return;
    };
    let name = &names[selected];
    let size = vec2(ui.available_width(), 32.0);
    ui.allocate_ui_with_layout(size, view.direction.row().with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        let style = view.style().bold().color(view.theme.entity(name.kind));
        text::line_ui(ui, &words::isolate(&name.name), &style);
        text::line_ui(ui, &count::n_articles(words, name.articles), &view.weak());
        if text::button_ui(ui, words.entity_page()).clicked() {
            let (id, with) = (name.id.clone(), Vec::new());
            commands.push(Command::ShowEntity { id, with });
        }
        if network.network.center.as_ref() != Some(&name.id) && text::button_ui(ui, words.network_of_this()).clicked() {
            commands.push(Command::ShowNetwork(Some(name.id.clone())));
        }
        if text::button_ui(ui, words.narrow_to_it()).clicked() {
            commands.push(Command::NarrowTo(vec![filter_of(name)]));
        }
    });
    let links = network.network.links_of(selected);
    let most = links
        .first()
        .map_or(1, |(_, link)| network.network.links[*link].articles)
        .max(1);
    text::rows_ui(
        ui,
        &format!("links of {}", name.id.0),
        links.len(),
        ROW_HEIGHT,
        |ui, row| {
            let (other, link) = links[row];
            let articles = network.network.links[link].articles;
            let told = count::n_articles(words, articles);
            let other = &names[other];
            let row = LinkRow {
                text: &phrase::together_with(words, &other.name),
                note: &told,
                bar: Some((articles as f32 / most as f32, view.theme.entity(other.kind))),
                color: None,
            };
            let response = text::link_row_ui(ui, row);
            set_label(ui, &response, &[&other.name, &told, words.narrow_to_both()]);
            text::tooltip(&response, words.narrow_to_both());
            if response.clicked() {
                commands.push(narrow_to_both(network, link));
            }
        },
    );
}

fn narrow_to_both(network: &PlacedNetwork, link: usize) -> Command {
    let names = network.network.links[link].names;
    Command::NarrowTo(names.map(|it| filter_of(&network.network.names[it])).to_vec())
}

fn filter_of(name: &NetworkName) -> FacetFilter {
    FacetFilter {
        facet: Facet::of_kind(name.kind),
        id: name.id.0.clone(),
        name: name.name.clone(),
        excluded: false,
    }
}
