//! A network as JSON, for programs: with all its links, drawn or not.

use serde_json::{Value, json};

use crate::state::PlacedNetwork;

/// The network; places are from 0 to 1, from left to right and from top to bottom.
pub fn network_json(network: &PlacedNetwork) -> Value {
    let it = &network.network;
    let names = it.names.iter().zip(&network.places);
    let names = names.map(|(name, [x, y])| {
        json!({"id": name.id, "kind": name.kind.word(), "name": name.name, "articles": name.articles,
            "x": f64::from(*x), "y": f64::from(*y)})
    });
    let links = it.links.iter().enumerate().map(|(idx, link)| {
        let [a, b] = link.names.map(|at| &it.names[at].id);
        json!({"names": [a, b], "articles": link.articles, "drawn": network.drawn.contains(&idx)})
    });
    json!({
        "articles": it.n_articles, "names_in_result": it.n_names, "center": it.center,
        "names": names.collect::<Vec<_>>(), "links": links.collect::<Vec<_>>(),
    })
}
