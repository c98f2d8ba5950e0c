//! Tables in JSON: a list for each column, as `pandas` and `datasets` keep them, or a list for each row.

use serde_json::{Map, Value};

use crate::archive::origin::FieldRole;

use super::fields::Mapping;

type Object = Map<String, Value>;

/// The names under which a table keeps those of its columns, beside its rows: pandas' `split`, Datasette, Google.
const HEADERS: [&str; 4] = ["columns", "header", "headers", "fields"];
const ROWS: [&str; 4] = ["data", "rows", "values", "records"];

/// A longer value that is none of a column's is not each row's. In bytes; a guess.
const LONGEST_SHARED: usize = 200;

/// The rows of an object that is a table, each as an object; another object as it is.
pub fn rows(mut object: Object, mapping: &mut Mapping) -> Result<Vec<Object>, Object> {
    if let Some((names, rows)) = split(&object, mapping) {
        let rows = object.remove(rows).map(|it| match it {
            Value::Array(rows) => rows,
            _ => Vec::new(),
        });
        let rows = rows.unwrap_or_default().into_iter();
        return Ok(rows.filter_map(|it| row(&names, it)).collect());
    }
    let Some(index) = index(&object, mapping) else {
        return Err(object);
    };
    let mut rows = vec![Object::new(); index.len()];
    for (name, column) in object {
        match column {
            Value::Array(values) if values.len() == index.len() => {
                for (row, value) in rows.iter_mut().zip(values) {
                    row.insert(name.clone(), value);
                }
            }
            Value::Object(mut values) => {
                for (row, key) in rows.iter_mut().zip(&index) {
                    if let Some(value) = values.remove(key) {
                        row.insert(name.clone(), value);
                    }
                }
            }
            Value::String(text) if LONGEST_SHARED < text.len() => {}
            Value::Array(_) => {}
            shared => rows.iter_mut().for_each(|row| {
                row.insert(name.clone(), shared.clone());
            }),
        }
    }
    Ok(rows)
}

/// Whether an object is a table.
pub fn is_table(object: &Object, mapping: &mut Mapping) -> bool {
    split(object, mapping).is_some() || index(object, mapping).is_some()
}

/// The names of columns, if a list is one of names of an article's fields.
pub fn header(value: &Value, mapping: &mut Mapping) -> Option<Vec<String>> {
    let names: Option<Vec<String>> = value
        .as_array()?
        .iter()
        .map(|it| it.as_str().map(str::to_owned))
        .collect();
    let names = names?;
    let n_known = names.iter().filter(|it| mapping.role(it).is_some()).count();
    (2 <= n_known && mapping.is_article(names.iter().map(String::as_str))).then_some(names)
}

/// The values of a row by the names of their columns.
pub fn row(names: &[String], values: Value) -> Option<Object> {
    match values {
        Value::Array(values) => Some(names.iter().cloned().zip(values).collect()),
        _ => None,
    }
}

/// The names of columns beside rows, and where the rows are.
fn split(object: &Object, mapping: &mut Mapping) -> Option<(Vec<String>, &'static str)> {
    let header = HEADERS.iter().find_map(|name| header(object.get(*name)?, mapping))?;
    let is_rows =
        |name: &&&str| matches!(object.get(**name), Some(Value::Array(rows)) if rows.iter().all(Value::is_array));
    ROWS.iter().find(is_rows).map(|it| (header, *it))
}

/// The keys of the rows, if titles are in a column and something else of articles is in one as long.
fn index(object: &Object, mapping: &mut Mapping) -> Option<Vec<String>> {
    let mut of_roles = |roles: &[FieldRole]| {
        let mut names = object
            .iter()
            .filter(|(name, _)| mapping.role(name).is_some_and(|(it, _)| roles.contains(&it)));
        names.find_map(|(_, column)| keys(column))
    };
    let titles = of_roles(&[FieldRole::Title])?;
    let others = of_roles(&[FieldRole::Body, FieldRole::Date, FieldRole::Summary, FieldRole::Url])?;
    (titles == others).then_some(titles)
}

/// The keys of a column: the places of a list, or what an object calls its rows by, in the order of their numbers. Words in
/// several languages are no column.
fn keys(column: &Value) -> Option<Vec<String>> {
    match column {
        Value::Array(values) if 1 < values.len() && values.iter().all(|it| !it.is_object() && !it.is_array()) => {
            Some((0..values.len()).map(|it| it.to_string()).collect())
        }
        Value::Object(values) if !values.is_empty() => {
            let is_key = |it: &String| it.contains(|c: char| c.is_ascii_digit());
            let mut keys: Vec<String> = values.keys().cloned().collect();
            keys.sort_by_key(|it| it.parse::<u64>().unwrap_or(u64::MAX));
            keys.iter().all(is_key).then_some(keys)
        }
        _ => None,
    }
}
