//! The columns, rows and lines of a printed page, in the order of reading.
//!
//! Signs are gathered into lines, lines are cut at wide gaps, and the page at white stripes: columns are read from right
//! to left in Arabic, from top to bottom each. The cells of a table's row stay together, and each row by itself.

use super::exports::Labels;
use super::marks::Sign;

// The distances below are in ems, the size of the letters. They were set by looking at pages; none is critical.

/// Signs this far apart vertically are on different lines.
const LINE_TOLERANCE: f64 = 0.4;
/// No lines of one column are closer.
const LEAST_LINE_STEP: f64 = 0.9;
/// A gap in a line that may separate columns: that of browsers is one em.
const COLUMN_GAP: f64 = 0.9;
/// A gap between the cells of a table, wherever it is; and of a table of two rows.
const CELL_GAP: f64 = 1.2;
const WIDE_CELL_GAP: f64 = 2.5;
/// No column of running text is narrower than this.
const NARROWEST_COLUMN: f64 = 7.5;
/// The rows of a table are no further apart.
const ROW_STEP: f64 = 4.0;
/// A line with more gaps is no row of cells.
const MOST_CELLS: usize = 40;

/// The signs of one line.
pub struct Row {
    /// From left to right.
    pub signs: Vec<Sign>,
    /// The label that stands beside them in a column of labels, from left to right; mostly none.
    pub label: Vec<Sign>,
    /// Whether it is the row of a table.
    pub is_cells: bool,
}

/// The blocks of a page in the order of reading, each with its lines from top to bottom. `labels` knows which words at an
/// end of a line are labels of what stands beside them.
pub fn blocks(signs: Vec<Sign>, is_rtl: bool, labels: &mut Labels) -> Vec<Vec<Row>> {
    let mut found = Vec::new();
    cut(segments(signs, labels), is_rtl, 0, &mut found);
    let rows = |block: Vec<Segment>| {
        let mut rows: Vec<Row> = Vec::new();
        for segment in block {
            let row = rows
                .last_mut()
                .filter(|row| is_same_line(&row.signs[0], &segment.signs[0]));
            match row {
                Some(row) => {
                    row.signs.extend(segment.signs);
                    row.label.extend(segment.label);
                    row.is_cells |= segment.is_cells;
                }
                None => rows.push(Row {
                    signs: segment.signs,
                    label: segment.label,
                    is_cells: segment.is_cells,
                }),
            }
        }
        for row in &mut rows {
            row.signs.sort_by(by_middle);
        }
        rows
    };
    found.into_iter().map(rows).collect()
}

pub fn by_middle(a: &Sign, b: &Sign) -> std::cmp::Ordering {
    (a.start + a.end).total_cmp(&(b.start + b.end))
}

fn is_same_line(a: &Sign, b: &Sign) -> bool {
    (a.y - b.y).abs() < LINE_TOLERANCE * a.size.max(b.size)
}

/// Signs of one line without a wide gap between them, from left to right; or the cells of one row of a table.
struct Segment {
    signs: Vec<Sign>,
    /// The label beside them.
    label: Vec<Sign>,
    is_cells: bool,
}

impl Segment {
    fn start(&self) -> f64 {
        let signs = self.signs.iter().chain(&self.label);
        signs.map(|it| it.start).fold(f64::INFINITY, f64::min)
    }

    fn end(&self) -> f64 {
        let signs = self.signs.iter().chain(&self.label);
        signs.map(|it| it.end).fold(f64::NEG_INFINITY, f64::max)
    }

    fn y(&self) -> f64 {
        self.signs.first().map_or(0.0, |it| it.y)
    }

    fn size(&self) -> f64 {
        self.signs.first().map_or(0.0, |it| it.size)
    }

    /// The width, in ems.
    fn width(&self) -> f64 {
        (self.end() - self.start()) / self.size().max(f64::EPSILON)
    }
}

fn segments(mut signs: Vec<Sign>, labels: &mut Labels) -> Vec<Segment> {
    signs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Sign>> = Vec::new();
    for sign in signs {
        match rows.last_mut().filter(|row| is_same_line(&row[0], &sign)) {
            Some(row) => row.push(sign),
            None => rows.push(vec![sign]),
        }
    }
    let mut rows: Vec<Vec<Segment>> = rows.into_iter().map(row_segments).filter(|it| !it.is_empty()).collect();
    if labels.are_on_page(rows.iter().map(|it| it.iter().map(|it| it.signs.as_slice()))) {
        join_labels(&mut rows, labels);
    }
    join_cells(&mut rows);
    rows.into_iter().flatten().collect()
}

/// The signs of one line, parted at wide gaps.
fn row_segments(mut row: Vec<Sign>) -> Vec<Segment> {
    row.sort_by(by_middle);
    let mut parts: Vec<Vec<Sign>> = vec![Vec::new()];
    let mut reach = f64::NEG_INFINITY;
    for sign in row {
        let is_gap = !sign.is_blank() && COLUMN_GAP * sign.size < sign.start - reach;
        if is_gap && parts.last().is_some_and(|it| !it.is_empty()) {
            parts.push(Vec::new());
        }
        if !sign.is_blank() {
            reach = reach.max(sign.end);
        }
        if let Some(part) = parts.last_mut() {
            part.push(sign);
        }
    }
    let without_blanks = |mut signs: Vec<Sign>| {
        // Blanks at the ends of lines reach into the next column.
        while signs.last().is_some_and(|it| it.text.trim().is_empty()) {
            signs.pop();
        }
        let n_blank = signs.iter().take_while(|it| it.text.trim().is_empty()).count();
        signs.drain(..n_blank);
        (!signs.is_empty()).then_some(Segment {
            signs,
            label: Vec::new(),
            is_cells: false,
        })
    };
    parts.into_iter().filter_map(without_blanks).collect()
}

/// Takes what stands beside a label together, so that a column of labels is no column of text.
fn join_labels(rows: &mut Vec<Vec<Segment>>, labels: &Labels) {
    let mut idx = 0;
    while idx + 1 < rows.len() {
        // Letters of another font may stand a little higher or lower.
        let is_alone = |row: &[Segment]| matches!(row, [it] if labels.is_label(&it.signs));
        let (label, beside) = match (is_alone(&rows[idx]), is_alone(&rows[idx + 1])) {
            (true, false) => (idx, idx + 1),
            (false, true) => (idx + 1, idx),
            _ => {
                idx += 1;
                continue;
            }
        };
        let (y, size) = (rows[beside][0].y(), rows[label][0].size());
        let is_apart = rows[beside]
            .iter()
            .all(|it| it.end() <= rows[label][0].start() || rows[label][0].end() <= it.start());
        idx += 1;
        if is_apart && (rows[label][0].y() - y).abs() < LEAST_LINE_STEP * size {
            for sign in &mut rows[label][0].signs {
                sign.y = y;
            }
            let mut row = rows.remove(label.max(beside));
            let other = &mut rows[label.min(beside)];
            other.append(&mut row);
            other.sort_by(|a, b| a.start().total_cmp(&b.start()));
        }
    }
    for row in rows {
        let Some(found) = labels.split(row.iter().map(|it| it.signs.as_slice())) else {
            continue;
        };
        let mut signs: Vec<Sign> = row.drain(..).flat_map(|it| it.signs).collect();
        let rest = signs.split_off(found.n_before);
        let (label, signs) = if found.is_before { (signs, rest) } else { (rest, signs) };
        let without_blanks = |signs: Vec<Sign>| row_segments(signs).into_iter().flat_map(|it| it.signs).collect();
        row.push(Segment {
            signs: without_blanks(signs),
            label,
            is_cells: false,
        });
    }
}

/// A gap between two segments of one row.
#[derive(Clone, Copy)]
struct Gap {
    row: usize,
    /// The segment before it.
    segment: usize,
    start: f64,
    end: f64,
}

/// Joins the cells of each row of a table to one segment.
fn join_cells(rows: &mut [Vec<Segment>]) {
    let mut gaps: Vec<Gap> = Vec::new();
    for (idx, row) in rows.iter().enumerate().filter(|(_, it)| it.len() <= MOST_CELLS) {
        gaps.extend(row.windows(2).enumerate().map(|(segment, it)| Gap {
            row: idx,
            segment,
            start: it[0].end(),
            end: it[1].start(),
        }));
    }
    let mut is_taken = vec![false; gaps.len()];
    let mut chains: Vec<Vec<Gap>> = Vec::new();
    for first in 0..gaps.len() {
        if !is_taken[first] {
            let chain = chain(rows, &gaps, &is_taken, first);
            chain.iter().for_each(|it| is_taken[*it] = true);
            chains.push(chain.into_iter().map(|it| gaps[it]).collect());
        }
    }
    let mut is_row = vec![false; rows.len()];
    for chain in chains.iter().filter(|it| is_table(rows, it)) {
        chain.iter().for_each(|it| is_row[it.row] = true);
    }
    // Where some columns of a table are narrow, the others are of the same table.
    let mut between_cells: Vec<Gap> = chains
        .into_iter()
        .filter(|chain| chain.iter().all(|it| is_row[it.row]))
        .flatten()
        .collect();
    // From the last on, so that those before keep their places.
    between_cells.sort_by_key(|it| std::cmp::Reverse((it.row, it.segment)));
    for gap in between_cells {
        let row = &mut rows[gap.row];
        let after = row.remove(gap.segment + 1);
        row[gap.segment].signs.extend(after.signs);
        row[gap.segment].is_cells = true;
    }
}

/// The gaps below each other, from one on, that have a stripe in common and are not taken.
fn chain(rows: &[Vec<Segment>], gaps: &[Gap], is_taken: &[bool], first: usize) -> Vec<usize> {
    let Gap { mut start, mut end, .. } = gaps[first];
    let size = rows[gaps[first].row][gaps[first].segment].size();
    let y = |gap: Gap| rows[gap.row][gap.segment].y();
    let mut chain = vec![first];
    let mut last = gaps[first];
    for (idx, gap) in gaps.iter().enumerate().skip(first + 1) {
        if ROW_STEP * size < y(last) - y(*gap) {
            break;
        }
        let (from, to) = (start.max(gap.start), end.min(gap.end));
        if is_taken[idx] || gap.row == last.row || to - from < 0.5 * size {
            continue;
        }
        // What stands in the stripe between the two ends the table.
        let is_crossed = rows[last.row + 1..gap.row]
            .iter()
            .flatten()
            .any(|it| it.start() < to && from < it.end());
        if is_crossed {
            break;
        }
        (start, end) = (from, to);
        chain.push(idx);
        last = *gap;
    }
    chain
}

/// Whether what stands on both sides of gaps below each other are cells of a table, and not lines of two columns: most on
/// one side are shorter than any column's lines.
fn is_table(rows: &[Vec<Segment>], chain: &[Gap]) -> bool {
    let size = |it: &Gap| rows[it.row][it.segment].size().max(f64::EPSILON);
    let width = chain
        .iter()
        .map(|it| (it.end - it.start) / size(it))
        .fold(f64::INFINITY, f64::min);
    if width < CELL_GAP || chain.len() < 2 || chain.len() < 3 && width < WIDE_CELL_GAP {
        return false;
    }
    let widths = |side: usize| chain.iter().map(|it| rows[it.row][it.segment + side].width()).collect();
    median(widths(0)) < NARROWEST_COLUMN || median(widths(1)) < NARROWEST_COLUMN
}

/// Cuts a page into blocks in the order of reading, at white stripes: first from side to side, then down the page
/// (the recursive XY cut of Nagy and Seth, 1984).
fn cut(mut segments: Vec<Segment>, is_rtl: bool, depth: usize, blocks: &mut Vec<Vec<Segment>>) {
    /// A page that is cut more often is no page. A guess.
    const MAX_DEPTH: usize = 24;
    if segments.is_empty() {
        return;
    }
    segments.sort_by(|a, b| b.y().total_cmp(&a.y()));
    let size = median(segments.iter().map(Segment::size).collect());
    if depth < MAX_DEPTH {
        if let Some(x) = gutter(&segments, size) {
            let (left, right): (Vec<_>, Vec<_>) = segments.into_iter().partition(|it| it.end() <= x);
            let (first, second) = if is_rtl { (right, left) } else { (left, right) };
            cut(first, is_rtl, depth + 1, blocks);
            cut(second, is_rtl, depth + 1, blocks);
            return;
        }
        if let Some(y) = stripe(&segments, size) {
            let (above, below): (Vec<_>, Vec<_>) = segments.into_iter().partition(|it| y < it.y());
            cut(above, is_rtl, depth + 1, blocks);
            cut(below, is_rtl, depth + 1, blocks);
            return;
        }
    }
    blocks.push(segments);
}

/// Where no segment stands from top to bottom, with several lines on both sides.
fn gutter(segments: &[Segment], size: f64) -> Option<f64> {
    let mut extents: Vec<(f64, f64)> = segments.iter().map(|it| (it.start(), it.end())).collect();
    extents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ends: Vec<f64> = extents.iter().map(|it| it.1).collect();
    ends.sort_by(f64::total_cmp);
    let mut reach = extents.first()?.1;
    let mut widest: Option<(f64, f64)> = None;
    for (start, end) in extents {
        let gap = start - reach;
        if 0.8 * size < gap && widest.is_none_or(|(width, _)| width < gap) {
            let n_before = ends.partition_point(|end| *end <= reach);
            if 3 <= n_before && 3 <= segments.len() - n_before {
                widest = Some((gap, reach));
            }
        }
        reach = reach.max(end);
    }
    widest.map(|(_, x)| x + 0.01)
}

/// Whether two segments stand beside each other, on one line or on those of two columns.
fn is_beside(a: &Segment, b: &Segment, size: f64) -> bool {
    let step = (a.y() - b.y()).abs();
    let is_apart = || a.end() <= b.start() || b.end() <= a.start();
    step < LINE_TOLERANCE * size || step < LEAST_LINE_STEP * size && is_apart()
}

/// The widest gap between lines below which the page may be divided otherwise; only where something is to gain, which
/// is where segments stand beside each other.
fn stripe(segments: &[Segment], size: f64) -> Option<f64> {
    let has_parallel = segments.windows(2).any(|it| is_beside(&it[0], &it[1], size));
    if !has_parallel {
        return None;
    }
    let gaps = segments
        .windows(2)
        .map(|it| (it[0].y() - it[1].y(), (it[0].y() + it[1].y()) / 2.0));
    let (gap, y) = gaps.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (1.6 * size < gap).then_some(y)
}

/// The middle one of some values; 0 without any.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a page of pieces (x, y, n_letters), ten points high and five wide each letter; the letters of a piece
    /// are its place in the list.
    fn lines(pieces: &[(f64, f64, usize)]) -> Vec<String> {
        let mut signs = Vec::new();
        for (idx, (x, y, n)) in pieces.iter().enumerate() {
            for i in 0..*n {
                signs.push(Sign {
                    text: if i == 0 { idx.to_string() } else { "-".to_owned() },
                    start: x + 5.0 * i as f64,
                    end: x + 5.0 * (i + 1) as f64,
                    y: *y,
                    size: 10.0,
                });
            }
        }
        let digits = |row: &Row| row.signs.iter().map(|it| it.text.replace('-', "")).collect::<String>();
        blocks(signs, true, &mut Labels::default())
            .iter()
            .flatten()
            .map(digits)
            .collect()
    }

    #[test]
    fn the_rows_of_a_table_stay_together() {
        let table = [
            (200.0, 50.0, 6),
            (20.0, 50.0, 5),
            (210.0, 30.0, 4),
            (20.0, 30.0, 5),
            (205.0, 10.0, 5),
            (20.0, 10.0, 5),
        ];
        assert_eq!(lines(&table), ["10", "32", "54"]);
    }

    #[test]
    fn the_lines_of_columns_do_not() {
        let columns = [
            (200.0, 50.0, 30),
            (20.0, 50.0, 30),
            (200.0, 35.0, 30),
            (20.0, 35.0, 30),
            (200.0, 20.0, 30),
            (20.0, 20.0, 30),
        ];
        assert_eq!(lines(&columns), ["0", "2", "4", "1", "3", "5"]);
    }
}
