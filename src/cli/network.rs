//! `fihrist network`: who appears with whom.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use super::args::NetworkArgs;
use super::corrections::entity_named;
use super::error::CliError;
use super::open::{Context, Outcome};
use super::search::find;
use super::shown::{Shown, say};
use crate::app::{PictureFormat, picture_file};
use crate::entities::EntityKind;
use crate::index::Network;
use crate::state::{Drawn, PlacedNetwork};
use crate::work::private::write_for_user;
use crate::work::{NetworkFormat, network_text, placed};

/// How many others are listed behind a name. Picked by feel: a line.
const MOST_LISTED: usize = 5;

pub(super) fn network(ctx: &Context, args: &NetworkArgs) -> Result<Outcome, CliError> {
    // Before anything is read: a file that cannot be written is told at once.
    let format = match &args.output {
        Some(path) => Some((NetworkFormat::of(path).ok_or(CliError::NetworkFormat)?, path)),
        None => None,
    };
    let found = find(ctx, &args.folder, args.query.as_deref().unwrap_or_default())?;
    let around = args.around.as_deref();
    let center = around
        .map(|name| entity_named(found.searcher.registry(), name))
        .transpose()?;
    let kinds = match args.kind.is_empty() {
        true => EntityKind::ALL.to_vec(),
        false => args.kind.clone(),
    };
    let choice = (usize::from(args.names), kinds.as_slice());
    let counted = found
        .searcher
        .network(&found.request, center.as_ref(), choice, &|| false)?;
    // Nothing is cancelled, and the name was just found.
    let network = counted.unwrap_or_default();
    let network = placed(network, &|| false).expect("a layout ends without an answer only where it is cancelled");
    match format {
        Some((format, path)) => {
            let (names, links) = (network.network.names.len(), network.network.links.len());
            write_file(ctx, network, format, path)?;
            say(format_args!(
                "{names} names and {links} links between them were written"
            ));
        }
        None if args.json => {
            let text = network_text(&network, NetworkFormat::Json)?.unwrap_or_default();
            io::stdout().lock().write_all(text.as_bytes())?;
        }
        None => io::stdout().lock().write_all(listed(&network.network).as_bytes())?,
    }
    found.finish(Outcome::Whole)
}

fn write_file(ctx: &Context, network: PlacedNetwork, format: NetworkFormat, path: &Path) -> Result<(), CliError> {
    let bytes = match network_text(&network, format)? {
        Some(text) => text.into_bytes(),
        None => {
            let settings = ctx.data_dir.load_settings();
            picture_file(&Drawn::Network(Arc::new(network)), &settings, PictureFormat::of(path)?)?
        }
    };
    write_for_user(path, &bytes).map_err(|source| CliError::write(source, path))
}

/// A line for each name: kind, name, number of articles, and those that it shares most with.
fn listed(network: &Network) -> String {
    let mut text = format!(
        "{} of {} names in {} articles\n",
        network.names.len(),
        network.n_names,
        network.n_articles
    );
    for (name, links) in network.names.iter().zip(network.links_by_name()) {
        let with: Vec<String> = links
            .iter()
            .take(MOST_LISTED)
            .map(|(other, link)| {
                format!(
                    "{} ({})",
                    Shown(&network.names[*other].name),
                    network.links[*link].articles
                )
            })
            .collect();
        let (kind, articles) = (name.kind.word(), name.articles);
        // Writing to a string cannot fail.
        writeln!(text, "{kind}\t{}\t{articles}\t{}", Shown(&name.name), with.join(", ")).ok();
    }
    text
}
