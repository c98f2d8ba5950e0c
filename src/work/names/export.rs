//! A network as a file: what its extension says.

use std::io;
use std::path::Path;

use crate::state::PlacedNetwork;

use super::gexf::gexf;
use super::json::network_json;

/// What a network can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkFormat {
    /// A picture that can be enlarged.
    Svg,
    /// A picture of pixels.
    Png,
    /// For Gephi and other programs for networks.
    Gexf,
    /// For programs.
    Json,
}

impl NetworkFormat {
    /// What the extension of a file says, in any case of letters; `None` for another one.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        match extension.as_str() {
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            "gexf" => Some(Self::Gexf),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// The network as the text of a file for other programs; `None` for a picture, which is drawn where texts are set.
pub fn network_text(network: &PlacedNetwork, format: NetworkFormat) -> io::Result<Option<String>> {
    Ok(match format {
        NetworkFormat::Gexf => Some(gexf(network)?),
        NetworkFormat::Json => Some(format!("{:#}\n", network_json(network))),
        NetworkFormat::Svg | NetworkFormat::Png => None,
    })
}
