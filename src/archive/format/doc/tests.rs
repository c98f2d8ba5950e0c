use super::head::Table;
use super::*;

/// The head of a document of Word 97 with this text, of two bytes a letter, in two pieces the second of which lies first.
fn head(text: &str) -> Head {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let n = units.len() / 2;
    let (first, second) = units.split_at(n / 2 * 2);
    let mut stream = vec![0; 0x800];
    stream[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
    stream.extend(second);
    let at_first = stream.len() as u32;
    stream.extend(first);
    stream.extend(vec![0; 0x200]);
    stream[0x4C..0x50].copy_from_slice(&(n as u32).to_le_bytes());
    let places = [0, n as u32 / 2, n as u32].map(u32::to_le_bytes).concat();
    let pieces = [at_first, 0x800].map(|at| [vec![0; 2], at.to_le_bytes().to_vec(), vec![0; 2]].concat());
    let table = [places, pieces.concat()].concat();
    let tables = [
        vec![1, 3, 0, 7, 7, 7, 2],
        (table.len() as u32).to_le_bytes().to_vec(),
        table,
    ]
    .concat();
    let place = 0x9A + Table::Pieces as usize * 8;
    stream[place + 4..place + 8].copy_from_slice(&(tables.len() as u32).to_le_bytes());
    Head {
        text: stream,
        tables,
        is_old: false,
    }
}

fn lines(head: &Head) -> (Vec<String>, bool) {
    let (pieces, is_whole) = Pieces::of(head);
    let properties = Properties::of(head);
    let mut reader = Reader::new(&properties);
    let encoding = TextEncoding::for_label("windows-1252").unwrap();
    for piece in pieces.between(0, u64::from(head.parts()[0].1)) {
        reader.read(Letters::new(&head.text, piece, encoding));
    }
    let lines = reader.paragraphs.finish();
    (lines.into_iter().map(|it| it.0).collect(), is_whole)
}

#[test]
fn pieces_are_read_in_the_order_of_the_text() {
    let text = "قال الوزير\rإن \u{13} HYPERLINK \u{14}العمل\u{15} اكتمل\u{B}اليوم 😀\r";
    let expected = ["قال الوزير", "إن العمل اكتمل", "اليوم 😀"].map(str::to_owned).to_vec();
    assert_eq!(lines(&head(text)), (expected, true));
}

#[test]
fn a_text_is_found_without_its_table() {
    let mut damaged = head("قال الوزير إن العمل اكتمل\r");
    damaged.tables.clear();
    let (lines, is_whole) = lines(&damaged);
    assert!(!is_whole && lines.concat().contains("العمل"), "{lines:?}");
}
