//! What the views remember between frames.

use crate::text::Toasts;

use super::dialogs::Dialog;
use super::entity_page::EntityPageState;
use super::facet_panel::FacetPanelState;
use super::kwic::KwicState;
use super::list::ArticleListState;
use super::marks::MarkPaneState;
use super::network::NetworkPaneState;
use super::panes::PanesState;
use super::path_dialog::PathDialogState;
use super::reader::ReaderPaneState;
use super::stay::StayState;
use super::top_bar::TopBarState;

/// What the views remember between frames, private to the views.
#[derive(Default)]
pub struct UiState {
    pub(super) top_bar: TopBarState,
    pub(super) list: ArticleListState,
    pub(super) kwic: KwicState,
    pub(super) marks: MarkPaneState,
    pub(super) reader: ReaderPaneState,
    pub(super) entity: EntityPageState,
    pub(super) network: NetworkPaneState,
    pub(super) facets: FacetPanelState,
    pub(super) path: PathDialogState,
    pub(super) dialog: Dialog,
    pub(super) toasts: Toasts,
    pub(super) stay: StayState,
    pub(super) panes: PanesState,
    /// The [`ExportView::n_copied`](crate::state::ExportView::n_copied) that was told.
    pub(super) n_copied: u64,
}
