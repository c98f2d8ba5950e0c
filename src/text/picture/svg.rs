//! A picture as SVG 1.1: words stay words, so that they can be searched and set in another face.

use std::io;

use egui::Color32;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::arabic::letter::xml_text;

use super::super::style::Direction;
use super::piece::{Picture, PictureError, Piece};

/// The faces of the words: that of the window first, then those that most systems have.
const FACES: &str = "IBM Plex Sans Arabic, Noto Sans Arabic, Geeza Pro, Segoe UI, Tahoma, sans-serif";

type Out = Writer<Vec<u8>>;

/// The picture as the text of a file.
pub fn svg(picture: &Picture) -> Result<String, PictureError> {
    written(picture).map_err(|err| PictureError::Encoding(err.to_string()))
}

fn written(picture: &Picture) -> io::Result<String> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let [width, height] = picture.size.map(number);
    let view_box = format!("0 0 {width} {height}");
    let ground = hex(picture.ground);
    out.create_element("svg")
        .with_attributes([
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", width.as_str()),
            ("height", height.as_str()),
            ("viewBox", view_box.as_str()),
            ("role", "img"),
        ])
        .write_inner_content(|out| {
            title(out, &picture.title)?;
            out.create_element("rect")
                .with_attributes([("width", "100%"), ("height", "100%"), ("fill", ground.as_str())])
                .write_empty()?;
            let faces = [("font-family", FACES), ("dominant-baseline", "central")];
            out.create_element("g")
                .with_attributes(faces)
                .write_inner_content(|out| {
                    for it in &picture.pieces {
                        piece(out, it, None, &ground)?;
                    }
                    Ok(())
                })?;
            Ok(())
        })?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn piece(out: &mut Out, it: &Piece, told: Option<&str>, ground: &str) -> io::Result<()> {
    match it {
        Piece::Told(it, told) => piece(out, it, Some(told), ground),
        Piece::Line {
            points,
            thickness,
            color,
            dashes,
        } => {
            let dashes: Vec<String> = dashes.iter().copied().map(number).collect();
            let mut attributes = vec![
                ("points", points_of(points)),
                ("fill", "none".to_owned()),
                ("stroke", hex(*color)),
                ("stroke-width", number(*thickness)),
                ("stroke-linejoin", "round".to_owned()),
            ];
            match dashes.is_empty() {
                true => attributes.push(("stroke-linecap", "round".to_owned())),
                false => attributes.push(("stroke-dasharray", dashes.join(" "))),
            }
            attributes.extend(opacity(*color).map(|it| ("stroke-opacity", it)));
            element(out, "polyline", &attributes, told)
        }
        Piece::Area { corners, color } => {
            let mut attributes = vec![("points", points_of(corners)), ("fill", hex(*color))];
            attributes.extend(opacity(*color).map(|it| ("fill-opacity", it)));
            element(out, "polygon", &attributes, told)
        }
        Piece::Disc { center, radius, color } => {
            let [x, y] = center.map(number);
            let attributes = [
                ("cx", x),
                ("cy", y),
                ("r", number(*radius)),
                ("fill", hex(*color)),
                ("stroke", ground.to_owned()),
                ("stroke-width", "1.5".to_owned()),
            ];
            element(out, "circle", &attributes, told)
        }
        Piece::Words { .. } => words(out, it, ground),
    }
}

fn words(out: &mut Out, it: &Piece, ground: &str) -> io::Result<()> {
    let Piece::Words {
        at,
        side,
        size,
        bold,
        color,
        text,
        direction,
    } = it
    else {
        return Ok(());
    };
    let [x, y] = at.map(number);
    let (size, color) = (number(*size), hex(*color));
    let is_rtl = *direction == Direction::RightToLeft;
    // A text begins at the right if it runs so.
    let anchor = match (side, is_rtl) {
        (0, _) => "middle",
        (1, false) | (-1, true) => "start",
        _ => "end",
    };
    out.create_element("text")
        .with_attributes([
            ("x", x.as_str()),
            ("y", y.as_str()),
            ("font-size", size.as_str()),
            ("font-weight", if *bold { "bold" } else { "normal" }),
            ("direction", if is_rtl { "rtl" } else { "ltr" }),
            ("text-anchor", anchor),
            ("fill", color.as_str()),
            // So that a line behind words does not cross them.
            ("stroke", ground),
            ("stroke-width", "3"),
            ("stroke-opacity", "0.85"),
            ("stroke-linejoin", "round"),
            ("paint-order", "stroke"),
        ])
        .write_text_content(BytesText::new(&xml_text(text)))?;
    Ok(())
}

fn element(out: &mut Out, name: &str, attributes: &[(&str, String)], told: Option<&str>) -> io::Result<()> {
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    let element = out.create_element(name).with_attributes(attributes);
    match told {
        Some(told) => element.write_inner_content(|out| title(out, told))?,
        None => element.write_empty()?,
    };
    Ok(())
}

/// What a program shows of what is pointed at, and reads out.
fn title(out: &mut Out, text: &str) -> io::Result<()> {
    out.create_element("title")
        .write_text_content(BytesText::new(&xml_text(text)))?;
    Ok(())
}

fn points_of(points: &[[f32; 2]]) -> String {
    let points: Vec<String> = points.iter().map(|it| it.map(number).join(",")).collect();
    points.join(" ")
}

/// A length with one digit behind the point, if it is not 0.
fn number(value: f32) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn hex(color: Color32) -> String {
    let [r, g, b, _] = color.to_srgba_unmultiplied();
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// How much of what is behind a colour it covers; nothing if that is all.
fn opacity(color: Color32) -> Option<String> {
    (color.a() != u8::MAX).then(|| format!("{:.2}", f32::from(color.a()) / f32::from(u8::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_and_run_as_they_should() {
        let piece = Piece::Words {
            at: [90.0, 20.0],
            side: -1,
            size: 14.0,
            bold: true,
            color: Color32::BLACK,
            text: "القاهرة & \u{1}دمشق".to_owned(),
            direction: Direction::RightToLeft,
        };
        let line = Piece::Line {
            points: vec![[0.0, 1.0], [10.5, 1.0]],
            thickness: 2.0,
            color: Color32::from_rgba_unmultiplied(255, 0, 0, 128),
            dashes: vec![4.0, 2.0],
        };
        let picture = Picture {
            title: "صورة".to_owned(),
            size: [100.0, 40.0],
            ground: Color32::WHITE,
            pieces: vec![Piece::Told(Box::new(line), "3 < 4".to_owned()), piece],
        };
        let text = svg(&picture).unwrap();
        for expected in [
            "<title>صورة</title>",
            "direction=\"rtl\" text-anchor=\"start\"",
            ">القاهرة &amp; دمشق</text>",
            "points=\"0,1 10.5,1\"",
            "stroke-dasharray=\"4 2\"",
            "stroke-opacity=\"0.50\"",
            "<title>3 &lt; 4</title>",
        ] {
            assert!(text.contains(expected), "no {expected} in {text}");
        }
        // It is well-formed.
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().unwrap() != Event::Eof {}
    }
}
