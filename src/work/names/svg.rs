//! A drawing as SVG 1.1: words stay words, so that they can be searched and set in another face.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::entities::EntityKind;

use super::drawing::Drawing;
use super::xml::{color_of, xml_text};

/// The faces of the words: that of the window first, then those that most systems have.
const FACES: &str = "IBM Plex Sans Arabic, Noto Sans Arabic, Geeza Pro, Segoe UI, Tahoma, sans-serif";

/// The drawing as the text of a file.
pub fn svg(drawing: &Drawing) -> io::Result<String> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let [width, height] = drawing.size.map(number);
    let view_box = format!("0 0 {width} {height}");
    out.create_element("svg")
        .with_attributes([
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", width.as_str()),
            ("height", height.as_str()),
            ("viewBox", view_box.as_str()),
        ])
        .write_inner_content(|out| {
            out.create_element("rect")
                .with_attributes([("width", "100%"), ("height", "100%"), ("fill", "#FFFFFF")])
                .write_empty()?;
            lines(out, drawing)?;
            discs(out, drawing)?;
            labels(out, drawing)
        })?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn lines(out: &mut Writer<Vec<u8>>, drawing: &Drawing) -> io::Result<()> {
    let group = [
        ("stroke", "#8A8378"),
        ("stroke-opacity", "0.45"),
        ("stroke-linecap", "round"),
    ];
    out.create_element("g")
        .with_attributes(group)
        .write_inner_content(|out| {
            for line in &drawing.lines {
                let [[x1, y1], [x2, y2]] = line.ends.map(|it| it.map(number));
                let thickness = number(line.thickness);
                out.create_element("line")
                    .with_attributes([
                        ("x1", x1.as_str()),
                        ("y1", y1.as_str()),
                        ("x2", x2.as_str()),
                        ("y2", y2.as_str()),
                        ("stroke-width", thickness.as_str()),
                    ])
                    .write_inner_content(|out| title(out, &line.articles.to_string()))?;
            }
            Ok(())
        })?;
    Ok(())
}

fn discs(out: &mut Writer<Vec<u8>>, drawing: &Drawing) -> io::Result<()> {
    let group = [("stroke", "#FFFFFF"), ("stroke-width", "1.5")];
    out.create_element("g")
        .with_attributes(group)
        .write_inner_content(|out| {
            for disc in &drawing.discs {
                let [x, y] = disc.center.map(number);
                let (radius, color) = (number(disc.radius), hex(disc.kind));
                out.create_element("circle")
                    .with_attributes([
                        ("cx", x.as_str()),
                        ("cy", y.as_str()),
                        ("r", radius.as_str()),
                        ("fill", color.as_str()),
                    ])
                    .write_inner_content(|out| title(out, &format!("{}: {}", disc.name, disc.articles)))?;
            }
            Ok(())
        })?;
    Ok(())
}

fn labels(out: &mut Writer<Vec<u8>>, drawing: &Drawing) -> io::Result<()> {
    let group = [
        ("font-family", FACES),
        ("dominant-baseline", "central"),
        ("fill", "#12100E"),
        // So that a line behind a name does not cross it.
        ("stroke", "#FFFFFF"),
        ("stroke-width", "3"),
        ("stroke-opacity", "0.85"),
        ("stroke-linejoin", "round"),
        ("paint-order", "stroke"),
    ];
    out.create_element("g")
        .with_attributes(group)
        .write_inner_content(|out| {
            for label in &drawing.labels {
                let [x, y] = label.at.map(number);
                let size = number(label.size);
                let direction = if label.is_rtl { "rtl" } else { "ltr" };
                // A text begins at the right if it runs so.
                let anchor = match (label.side, label.is_rtl) {
                    (0, _) => "middle",
                    (1, false) | (-1, true) => "start",
                    _ => "end",
                };
                out.create_element("text")
                    .with_attributes([
                        ("x", x.as_str()),
                        ("y", y.as_str()),
                        ("font-size", size.as_str()),
                        ("direction", direction),
                        ("text-anchor", anchor),
                    ])
                    .write_text_content(BytesText::new(&xml_text(&label.text)))?;
            }
            Ok(())
        })?;
    Ok(())
}

/// What a program shows of a piece that is pointed at, and reads out.
fn title(out: &mut Writer<Vec<u8>>, text: &str) -> io::Result<()> {
    out.create_element("title")
        .write_text_content(BytesText::new(&xml_text(text)))?;
    Ok(())
}

/// A length with one digit behind the point, if it is not 0.
fn number(value: f32) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn hex(kind: EntityKind) -> String {
    let [r, g, b] = color_of(kind);
    format!("#{r:02X}{g:02X}{b:02X}")
}
