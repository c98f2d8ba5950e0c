//! Workbooks of spreadsheets, with an article per row: XLSX and XLSB (ECMA-376), XLS ([MS-XLS]), ODS (OpenDocument).
//!
//! | file | is |
//! |---|---|
//! | `excel` | workbooks of Excel, by `calamine` |
//! | `ods` | workbooks of LibreOffice |
//! | `rows` | the rows of a sheet, whatever its format |
//!
//! Each sheet is a table with a head of its own, and a part of its file by its name. A cell that is merged with those below
//! it holds for all of their rows. A day is a day, in whichever of Excel's two calendars it is kept; no zone is known.

mod excel;
mod ods;
mod rows;

pub use excel::{read_xls, read_xlsb, read_xlsx};
pub use ods::read_ods;
