//! Compares lists that tests produce with the last accepted ones.

use std::path::Path;

/// Compares a list with `tests/snapshots/NAME.snap`. `INSTA_UPDATE=always` writes it anew; then the change is read in
/// the diff of the commit.
#[track_caller]
pub fn check_snapshot(name: &str, list: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, list));
}
