//! Pages that are a table with an article in each row, as programs for data write them.

use scraper::{ElementRef, Selector};

use crate::archive::origin::FieldRole;

use super::fields::{Fields, Mapping};
use super::tree;

/// So much of a page's text, in percent, must be in the table. A guess: pages of newspapers have small tables beside much
/// text.
const MOST_OF_PAGE: usize = 80;

/// The records of a page that is a table: a row of names by which an article is known, with a text among them, and rows of
/// as many cells. None of any other page.
pub fn records(page: &str, mapping: &mut Mapping) -> Vec<Fields> {
    // Cheap, and true of few pages.
    if !["<table", "<TABLE"].iter().any(|it| page.contains(it)) {
        return Vec::new();
    }
    let Ok(document) = tree::document(page) else {
        return Vec::new();
    };
    let Ok(selector) = Selector::parse("table") else {
        return Vec::new();
    };
    let n_all = n_letters(document.root_element());
    // A table may be there for another's place; more of them within each other are no one's.
    let mut tables = document
        .select(&selector)
        .filter(|it| n_all * MOST_OF_PAGE < n_letters(*it) * 100)
        .take(3);
    let records = tables.find_map(|it| Some(of_table(it, mapping)).filter(|it| !it.is_empty()));
    records.unwrap_or_default()
}

fn of_table(table: ElementRef<'_>, mapping: &mut Mapping) -> Vec<Fields> {
    let mut rows = rows(table).into_iter();
    let Some(names) = rows.next() else {
        return Vec::new();
    };
    let names: Vec<String> = names.into_iter().map(|it| text(it).trim().to_owned()).collect();
    let has_text = names.iter().any(|it| {
        let role = mapping.role(it).map(|(role, _)| role);
        matches!(role, Some(FieldRole::Body | FieldRole::Summary))
    });
    if !has_text || !mapping.is_article(names.iter().map(String::as_str)) {
        return Vec::new();
    }
    let rows: Vec<_> = rows.collect();
    // A row that spans the table is a heading of it.
    if rows.iter().filter(|it| it.len() == names.len()).count() * 2 < rows.len() {
        return Vec::new();
    }
    let rows = rows.into_iter().filter(|it| it.len() == names.len());
    let fields = rows.map(|cells| {
        let fields = names.iter().zip(cells).map(|(name, cell)| (name.clone(), value(cell)));
        fields
            .filter(|(name, value)| !name.is_empty() && !value.trim().is_empty())
            .collect()
    });
    fields.filter(|it: &Fields| !it.is_empty()).collect()
}

/// The cells of a table's own rows.
fn rows<'a>(table: ElementRef<'a>) -> Vec<Vec<ElementRef<'a>>> {
    let is_within = |it: &ElementRef<'_>| {
        let mut around = it.ancestors().filter_map(ElementRef::wrap);
        around
            .find(|it| it.value().name() == "table")
            .is_some_and(|it| it == table)
    };
    let elements = table.descendants().filter_map(ElementRef::wrap);
    let rows = elements.filter(|it| it.value().name() == "tr" && is_within(it));
    let is_cell = |it: &ElementRef<'_>| matches!(it.value().name(), "td" | "th");
    rows.map(|row| row.child_elements().filter(is_cell).collect()).collect()
}

/// The value of a cell, with its mark-up if it has any.
fn value(cell: ElementRef<'_>) -> String {
    match cell.child_elements().next() {
        Some(_) => cell.inner_html(),
        None => text(cell),
    }
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

fn n_letters(element: ElementRef<'_>) -> usize {
    let texts = element.text();
    texts.map(|it| it.chars().filter(|c| c.is_alphabetic()).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &[&[(&str, &str)]]) {
        let found = records(page, &mut Mapping::default());
        let expected: Vec<Fields> = expected
            .iter()
            .map(|it| {
                it.iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect()
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_row_is_a_record() {
        let head = "<table><thead><tr><th><th>title<th>text</thead>";
        let rows = "<tr><th>0<td>أ<td>نص <b>أول</b><tr><th>1<td>ب<td>نص ثان";
        let expected: [&[(&str, &str)]; 2] = [
            &[("title", "أ"), ("text", "نص <b>أول</b>")],
            &[("title", "ب"), ("text", "نص ثان")],
        ];
        check(&format!("{head}{rows}</table>"), &expected);
        check(&format!("<html><body><p>جدول</p>{head}{rows}</table>"), &expected);
    }

    #[test]
    fn another_table_is_none() {
        check("<table><tr><td>العنوان<td>السعر<tr><td>خبز<td>3</table>", &[]);
        let table = "<table><tr><th>title<th>text<tr><td>أ<td>نص</table>";
        check(&format!("<p>{}</p>{table}", "كلمة ".repeat(20)), &[]);
        check("<table><tr><td>نص في خلية</table>", &[]);
    }
}
