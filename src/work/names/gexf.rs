//! A network as GEXF 1.3, which Gephi and other programs for networks read: with all its links, drawn or not.
//!
//! <https://gexf.net/schema.html>

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::arabic::letter::xml_text;
use crate::entities::EntityKind;
use crate::state::PlacedNetwork;

/// How wide the picture is in such programs, in their unit.
const SIDE: f32 = 1000.0;

/// The network as the text of a file.
pub fn gexf(network: &PlacedNetwork) -> io::Result<String> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("gexf")
        .with_attributes([
            ("xmlns", "http://gexf.net/1.3"),
            ("xmlns:viz", "http://gexf.net/1.3/viz"),
            ("version", "1.3"),
        ])
        .write_inner_content(|out| {
            out.create_element("meta").write_inner_content(|out| {
                let creator = BytesText::new("Fihrist");
                out.create_element("creator").write_text_content(creator)?;
                Ok(())
            })?;
            let graph = [("defaultedgetype", "undirected"), ("mode", "static")];
            out.create_element("graph")
                .with_attributes(graph)
                .write_inner_content(|out| {
                    attributes(out)?;
                    nodes(out, network)?;
                    edges(out, network)
                })?;
            Ok(())
        })?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// What is said of each name beside what it is called.
fn attributes(out: &mut Writer<Vec<u8>>) -> io::Result<()> {
    out.create_element("attributes")
        .with_attribute(("class", "node"))
        .write_inner_content(|out| {
            for (id, type_) in [("kind", "string"), ("articles", "long")] {
                out.create_element("attribute")
                    .with_attributes([("id", id), ("title", id), ("type", type_)])
                    .write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

fn nodes(out: &mut Writer<Vec<u8>>, network: &PlacedNetwork) -> io::Result<()> {
    let radii = PlacedNetwork::radii(&network.network);
    out.create_element("nodes").write_inner_content(|out| {
        for (idx, it) in network.network.names.iter().enumerate() {
            let (id, label) = (xml_text(&it.id.0), xml_text(&it.name));
            let [x, y] = network.places[idx];
            let radius = radii[idx] * SIDE;
            let node = [("id", id.as_str()), ("label", label.as_str())];
            out.create_element("node")
                .with_attributes(node)
                .write_inner_content(|out| {
                    out.create_element("attvalues").write_inner_content(|out| {
                        for (of, value) in [
                            ("kind", it.kind.word().to_owned()),
                            ("articles", it.articles.to_string()),
                        ] {
                            out.create_element("attvalue")
                                .with_attributes([("for", of), ("value", value.as_str())])
                                .write_empty()?;
                        }
                        Ok(())
                    })?;
                    let [r, g, b] = color_of(it.kind).map(|it| it.to_string());
                    out.create_element("viz:color")
                        .with_attributes([("r", r.as_str()), ("g", g.as_str()), ("b", b.as_str())])
                        .write_empty()?;
                    // There, up is more.
                    let (x, y) = (format!("{:.1}", x * SIDE), format!("{:.1}", (1.0 - y) * SIDE));
                    out.create_element("viz:position")
                        .with_attributes([("x", x.as_str()), ("y", y.as_str()), ("z", "0")])
                        .write_empty()?;
                    let size = format!("{:.1}", 2.0 * radius);
                    out.create_element("viz:size")
                        .with_attribute(("value", size.as_str()))
                        .write_empty()?;
                    Ok(())
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn edges(out: &mut Writer<Vec<u8>>, network: &PlacedNetwork) -> io::Result<()> {
    let names = &network.network.names;
    out.create_element("edges").write_inner_content(|out| {
        for (idx, link) in network.network.links.iter().enumerate() {
            let [source, target] = link.names.map(|it| xml_text(&names[it].id.0));
            let (id, weight) = (idx.to_string(), link.articles.to_string());
            out.create_element("edge")
                .with_attributes([
                    ("id", id.as_str()),
                    ("source", source.as_str()),
                    ("target", target.as_str()),
                    ("weight", weight.as_str()),
                ])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The colour of a kind on paper: red, green and blue, those of the light theme.
fn color_of(kind: EntityKind) -> [u8; 3] {
    match kind {
        EntityKind::Person => [0x1B, 0x57, 0xA6],
        EntityKind::Organisation => [0x86, 0x2E, 0x75],
        EntityKind::Place => [0x2B, 0x69, 0x37],
    }
}
