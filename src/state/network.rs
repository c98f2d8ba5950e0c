//! The picture of who appears with whom, in the place of the article.

use std::sync::Arc;

use crate::entities::EntityId;
use crate::index::SearchRequest;

use super::id::RequestId;
use super::job::NetworkJob;
use super::pending::Pending;
use super::report::{NetworkOptions, PlacedNetwork};

/// What is shown of who appears with whom.
#[derive(Clone, Debug, Default)]
pub struct NetworkView {
    /// Whether it stands in the place of the article.
    pub is_on: bool,
    /// Whom the others appear with, where it is about one.
    pub center: Option<EntityId>,
    /// Which names are shown.
    pub options: NetworkOptions,
    /// What is shown.
    pub network: Pending<Arc<PlacedNetwork>>,
    /// Whether it is being written to a file.
    pub is_exporting: bool,
    newest: RequestId,
}

impl NetworkView {
    /// Shows it, about one name or about all. What was shown of another one is not shown meanwhile.
    pub fn show(&mut self, center: Option<EntityId>) {
        self.is_on = true;
        if self.center != center {
            self.center = center;
            self.network = Pending::default();
        }
    }

    /// Counts, if it is shown.
    pub fn load(&mut self, request: &SearchRequest) -> Option<NetworkJob> {
        if !self.is_on {
            return None;
        }
        self.newest = self.newest.next();
        self.network.ask();
        Some(NetworkJob {
            id: self.newest,
            request: request.clone(),
            center: self.center.clone(),
            options: self.options.clone(),
        })
    }

    /// Takes over what was counted. Returns whether the one that it is about is no more.
    pub fn loaded(&mut self, id: RequestId, network: Option<Arc<PlacedNetwork>>) -> bool {
        if id != self.newest || !self.is_on {
            return false;
        }
        let Some(network) = network else { return true };
        if self.center.is_some() {
            // It may have been merged with another.
            self.center.clone_from(&network.network.center);
        }
        self.network.arrive(network);
        false
    }

    /// Waits no longer for what could not be counted; returns whether it was waited for.
    pub fn failed(&mut self, id: RequestId) -> bool {
        let is_waiting = id == self.newest && self.network.pending;
        if is_waiting {
            self.network.fail();
        }
        is_waiting
    }

    /// What is shown, to be written to a file.
    pub fn export(&mut self) -> Option<Arc<PlacedNetwork>> {
        let network = self.network.value.clone()?;
        self.is_exporting = true;
        Some(network)
    }
}
