#!/usr/bin/env bash
# Expected: a port of Mozilla's Readability removes a line break only where the next thing is a paragraph, as the original
# does, so that no two words become one. dom_smoothie asks for the next *element*: a line break with words behind it and a
# paragraph behind those is removed, too, and the words on both sides are joined, a headline and the day below it. It makes
# that paragraph itself, of two line breaks in a row, so that plain pages of old news sites are enough.
# On it rests: src/archive/format/readable.rs.
#
# Needs cargo and a network.
set -euo pipefail
export LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cargo init --quiet --name breaks --vcs none
cat >>Cargo.toml <<'TOML'
dom_smoothie = "=0.19.0"
TOML
cat >src/main.rs <<'RUST'
fn main() {
    let text = "أعلنت البلدية بدء توسعة سوق الخضار في الحي الشرقي، وقالت إن العمل ينتهي قبل الشتاء. ".repeat(6);
    let page = format!(
        "<html><head><title>السوق</title></head><body><article><b>توسعة السوق</b><br>9 تموز 2024<br><br>{text}<br><br>{text}\
         </article></body></html>"
    );
    let article = dom_smoothie::Readability::new(page, None, None).unwrap().parse().unwrap();
    let text = article.text_content.to_string();
    let start: String = text.trim().chars().take(22).collect();
    println!("dom_smoothie 0.19.0: {start}");
    let is_joined = text.contains("السوق9 تموز");
    std::process::exit(i32::from(!is_joined));
}
RUST
cargo run --quiet
