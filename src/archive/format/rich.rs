//! Texts of block editors in JSON, as mark-up of HTML.
//!
//! Content systems keep a text as a list of strings or blocks, which may hold others. The editors' own docs give the
//! shapes; all come down to nodes with a kind, a text and nodes within:
//!
//! | editor | shape |
//! |---|---|
//! | Editor.js | `{blocks: [{type, data: {text \| items \| caption}}]}` |
//! | Draft.js | `{blocks: [{type, text}], entityMap}` |
//! | Gutenberg | `[{blockName, innerBlocks, innerContent}]` (`parse_blocks`), `[{name, attributes: {content}}]` |
//! | ProseMirror, TipTap | `{type: "doc", content: [{type, content: [{type: "text", text}]}]}` |
//! | Slate, Lexical, Strapi, Portable Text | `[{type, children: [{text}]}]` |
//! | Contentful | `{nodeType, content: [{nodeType: "text", value}]}` |
//! | Notion | `[{type: "paragraph", paragraph: {rich_text: [{plain_text}]}}]` |
//! | Quill | `{ops: [{insert: "…\n", attributes: {header}}]}` |
//! | Arc, Apple News | `[{type, content, level}]`, `[{role, text}]` |
//! | Mobiledoc of Ghost | `{sections: [[1, "p", [[0, [], 0, "text"]]]], markups}` |
//! | Telegram | `["…", {type: "bold", text}]` |

use serde_json::{Map, Value};

use super::value;

type Node = Map<String, Value>;

/// The names of a node's text, the surest first.
const TEXTS: [&str; 12] = [
    "text",
    "plain_text",
    "value",
    "content",
    "innerHTML",
    "renderedHtml",
    "rendered",
    "html",
    "body",
    "paragraph",
    "p",
    "txt",
];
/// The names under which a node holds others; what else it has describes it.
const NODES: [&str; 22] = [
    "title",
    "heading",
    "text",
    "value",
    "data",
    "attributes",
    "root",
    "document",
    "content",
    "children",
    "blocks",
    "nodes",
    "items",
    "ops",
    "innerBlocks",
    "rich_text",
    "elements",
    "content_elements",
    "components",
    "paragraphs",
    "body",
    "caption",
];
/// The names that say what kind of a node it is.
const KINDS: [&str; 8] = ["type", "_type", "nodeType", "blockName", "name", "tag", "style", "role"];
/// The kinds of what stands within a line.
const INLINE: &str = "text|span|plain|bold|italic|underline|strike|strikethrough|link|text_link|autolink|hyperlink|\
                      entry-hyperlink|hashtag|cashtag|mention|mention_name|user|emoji|custom_emoji|email|phone|url|spoiler|\
                      bot_command|hardbreak|hard_break|linebreak|br|strong|em|a|b|i|u";
/// Those that break a line.
const BREAKS: &str = "hardbreak|hard_break|linebreak|br";

fn is_of(kinds: &str, kind: &str) -> bool {
    kinds.split('|').any(|it| it == kind)
}

/// The mark-up of a text that is a list or an object; `None` if it holds no words.
pub fn markup(value: &Value) -> Option<String> {
    let mut page = Page::default();
    match value {
        Value::Array(nodes) => page.list(nodes, Tag::Paragraph, true),
        Value::Object(node) => page.block(node, ""),
        _ => return None,
    }
    page.end(Tag::Paragraph);
    let mut markup = page.markup;
    has_words(&markup).then(|| std::mem::take(&mut markup))
}

/// Whether a value of an unknown name may be a text of a block editor.
pub fn is_rich(value: &Value) -> bool {
    const HOLD_BLOCKS: [&str; 8] = [
        "blocks", "ops", "root", "content", "document", "nodes", "children", "sections",
    ];
    match value {
        Value::Array(_) => true,
        Value::Object(it) => HOLD_BLOCKS
            .iter()
            .any(|name| it.get(*name).is_some_and(|it| it.is_array() || it.is_object())),
        _ => false,
    }
}

/// Whether a text of an unknown name is the JSON of a block editor with sentences in it.
pub fn is_written_text(text: &str) -> bool {
    let is_json = text.trim_start().starts_with(['{', '[']);
    let value = is_json.then(|| serde_json::from_str::<Value>(text).ok()).flatten();
    let markup = value.filter(is_rich).and_then(|it| markup(&it));
    markup.is_some_and(|it| it.contains("<p>") && value::is_long_text(&it))
}

/// The mark-up of a text in which a list or an object was written as JSON, or a list as Python writes it.
pub fn written(text: &str) -> Option<String> {
    let text = text.trim();
    let ends = (text.chars().next()?, text.chars().next_back()?);
    if !matches!(ends, ('{', '}') | ('[', ']')) || !text.contains(['"', '\'']) {
        return None;
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => markup(&value),
        Err(_not_json) => {
            let texts = python_list(text)?.into_iter().map(Value::String).collect();
            markup(&Value::Array(texts))
        }
    }
}

/// The strings of a list that Python wrote, as `pandas` does into the cells of a table: `['…', "…"]`.
pub fn python_list(text: &str) -> Option<Vec<String>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let mut texts = Vec::new();
    let mut letters = inner.chars().peekable();
    loop {
        while letters.next_if(|c| c.is_whitespace() || *c == ',').is_some() {}
        let Some(quote) = letters.next() else {
            return Some(texts);
        };
        if !matches!(quote, '\'' | '"') {
            return None;
        }
        let mut text = String::new();
        loop {
            match letters.next()? {
                c if c == quote => break,
                '\\' => match letters.next()? {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => {}
                    'x' => text.push(coded(&mut letters, 2)?),
                    'u' => text.push(coded(&mut letters, 4)?),
                    c => text.push(c),
                },
                c => text.push(c),
            }
        }
        texts.push(text);
        if letters.peek().is_some_and(|c| !matches!(c, ',') && !c.is_whitespace()) {
            return None;
        }
    }
}

/// The letter whose number has so many hexadecimal digits.
fn coded(letters: &mut impl Iterator<Item = char>, n_digits: usize) -> Option<char> {
    let digits: String = letters.take(n_digits).collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
}

fn has_words(markup: &str) -> bool {
    let mut is_tag = false;
    markup.chars().any(|c| {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ => {}
        }
        !is_tag && c.is_alphabetic()
    })
}

/// The kind of a node, in lower case, that of Gutenberg without the name of its library: `core/heading`.
fn kind_of(node: &Node) -> String {
    let mut kinds = KINDS.iter().filter_map(|name| {
        let kind = node.get(*name)?.as_str()?.to_lowercase();
        let kind = match kind.split_once('/') {
            Some((_, kind)) => kind.to_owned(),
            None if *name == "name" => return None,
            None => kind,
        };
        Some(kind)
    });
    let first = kinds.next().unwrap_or_default();
    // `{_type: "block", style: "h2"}`, `{type: "heading", tag: "h2"}`.
    kinds.find(|it| is_heading(it)).unwrap_or(first)
}

fn is_heading(kind: &str) -> bool {
    kind.contains("head") || matches!(kind, "title" | "subtitle") || is_of("h1|h2|h3|h4|h5|h6", kind)
}

/// How a block is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Paragraph,
    Heading,
    Caption,
    /// Points to another article.
    Aside,
}

impl Tag {
    fn of_kind(kind: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|it| kind.contains(it));
        if has(&["caption"]) {
            Self::Caption
        } else if has(&[
            "interstitial",
            "related",
            "read_more",
            "readmore",
            "read-more",
            "recirculation",
        ]) {
            Self::Aside
        } else if is_heading(kind) {
            Self::Heading
        } else {
            Self::Paragraph
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "p",
            Self::Heading => "h2",
            Self::Caption => "figcaption",
            Self::Aside => "aside",
        }
    }
}

/// The mark-up so far, and that of the block that is open.
#[derive(Default)]
struct Page {
    markup: String,
    open: String,
}

impl Page {
    /// A list of strings, of blocks, or of what stands within a line. `is_outer`: no node with a kind is around it.
    fn list(&mut self, nodes: &[Value], tag: Tag, is_outer: bool) {
        let is_inline = is_inline(nodes, is_outer);
        let is_table = !is_outer
            && nodes
                .iter()
                .all(|it| matches!(it, Value::Array(row) if row.iter().all(Value::is_string)));
        for node in nodes {
            match node {
                Value::String(text) if is_inline => self.inline_text(text),
                Value::String(text) => self.text(text, tag),
                Value::Object(node) if is_inline => self.inline(node),
                Value::Object(node) => self.block(node, ""),
                Value::Array(row) if is_table => self.row(row),
                Value::Array(inner) => self.list(inner, tag, is_outer),
                Value::Number(_) if is_inline => self.inline_text(&node.to_string()),
                _ => {}
            }
        }
        if is_inline && !nodes.iter().any(|it| it.get("insert").is_some()) {
            self.end(tag);
        }
    }

    /// A row of a table.
    fn row(&mut self, cells: &[Value]) {
        let cells: Vec<&str> = cells.iter().filter_map(Value::as_str).collect();
        self.text(&cells.join(" "), Tag::Paragraph);
    }

    /// A node with lines of its own; `kind` is that of the node around it whose data it has.
    fn block(&mut self, node: &Node, kind: &str) {
        if let Some(Value::Array(sections)) = node.get("sections").filter(|_| node.contains_key("markups")) {
            return sections.iter().for_each(|it| self.mobiledoc(it));
        }
        if let Some(Value::Array(pieces)) = node.get("innerContent").filter(|_| node.contains_key("innerBlocks")) {
            return self.gutenberg(node, pieces);
        }
        if node.contains_key("insert") {
            return self.inline(node);
        }
        let own = kind_of(node);
        let kind = if own.is_empty() || !kind.is_empty() {
            kind
        } else {
            own.as_str()
        };
        let tag = Tag::of_kind(kind);
        let n_before = self.markup.len();
        let text = TEXTS.iter().find(|it| {
            node.get(**it)
                .and_then(Value::as_str)
                .is_some_and(|it| !it.trim().is_empty())
        });
        // `{type: "paragraph", paragraph: {rich_text: […]}}`.
        let of_kind = node.get(&own).filter(|it| it.is_object()).map(|it| (own.as_str(), it));
        let named = NODES.iter().filter_map(|name| Some((*name, node.get(*name)?)));
        let mut has_text = false;
        for (name, value) in of_kind.into_iter().chain(named) {
            let tag = match name {
                "title" | "heading" => Tag::Heading,
                // The words below a quotation name who said it.
                "caption" if !kind.contains("quote") => Tag::Caption,
                _ => tag,
            };
            match value {
                Value::String(it) if Some(&name) == text || matches!(name, "title" | "heading" | "caption") => {
                    has_text |= Some(&name) == text;
                    self.text(it, tag);
                }
                Value::Array(nodes) => self.list(nodes, tag, kind.is_empty() || is_of("doc|root|document", kind)),
                Value::Object(inner) => self.block(inner, kind),
                _ => {}
            }
        }
        if let Some(it) = text
            .filter(|_| !has_text)
            .and_then(|it| node.get(*it))
            .and_then(Value::as_str)
        {
            self.text(it, tag);
        }
        if self.markup.len() == n_before {
            self.unknown(node);
        }
    }

    /// What `parse_blocks` of WordPress makes of a block: pieces of its mark-up, with `null` where another stands in it.
    fn gutenberg(&mut self, node: &Node, pieces: &[Value]) {
        let mut inner = node.get("innerBlocks").and_then(Value::as_array).into_iter().flatten();
        for piece in pieces {
            match piece {
                Value::String(piece) => self.markup.push_str(piece),
                _ => {
                    if let Some(Value::Object(block)) = inner.next() {
                        self.block(block, "");
                    }
                }
            }
        }
    }

    /// A section of Ghost's: `[1, "p", [[0, [], 0, "text"]]]`, `[3, "ul", [[[0, [], 0, "text"]]]]`.
    fn mobiledoc(&mut self, section: &Value) {
        let parts = section.as_array().map(Vec::as_slice).unwrap_or_default();
        let [_, Value::String(tag), Value::Array(markers), ..] = parts else {
            return;
        };
        let is_list = markers.iter().all(|it| it.get(0).is_some_and(Value::is_array));
        let lines = match is_list {
            true => markers.iter().filter_map(Value::as_array).collect(),
            false => vec![markers],
        };
        for line in lines {
            let texts = line.iter().filter_map(|it| it.get(3)?.as_str());
            texts.for_each(|it| self.inline_text(it));
            self.end(Tag::of_kind(tag));
        }
    }

    /// The sentences of a node of an unknown shape.
    fn unknown(&mut self, node: &Node) {
        for value in node.values() {
            match value {
                Value::String(text) if value::is_long_text(text) => self.text(text, Tag::Paragraph),
                Value::Object(inner) => self.unknown(inner),
                Value::Array(inner) => inner
                    .iter()
                    .filter_map(Value::as_object)
                    .for_each(|it| self.unknown(it)),
                _ => {}
            }
        }
    }

    /// What stands within a line.
    fn inline(&mut self, node: &Node) {
        let kind = kind_of(node);
        if let Some(Value::String(text)) = node.get("insert") {
            let heading = node.get("attributes").and_then(|it| it.get("header"));
            let tag = if heading.is_some() {
                Tag::Heading
            } else {
                Tag::Paragraph
            };
            let mut lines = text.split('\n');
            self.inline_text(lines.next().unwrap_or_default());
            for line in lines {
                self.end(tag);
                self.inline_text(line);
            }
            return;
        }
        if is_of(BREAKS, &kind) {
            self.open.push_str("<br>");
        }
        let text = TEXTS.iter().find_map(|it| node.get(*it)?.as_str());
        if let Some(text) = text {
            return self.inline_text(text);
        }
        for nodes in ["content", "children", "nodes", "leaves"]
            .iter()
            .filter_map(|it| node.get(*it)?.as_array())
        {
            if !is_of(INLINE, &kind) {
                self.open.push_str("<br>");
            }
            for node in nodes {
                match node {
                    Value::String(text) => self.inline_text(text),
                    Value::Object(node) => self.inline(node),
                    _ => {}
                }
            }
        }
    }

    /// A block with a text.
    fn text(&mut self, text: &str, tag: Tag) {
        let lower = text.trim_start().to_lowercase();
        let has_blocks = [
            "<p",
            "<div",
            "<ul",
            "<ol",
            "<h",
            "<blockquote",
            "<figure",
            "<table",
            "<!--",
        ];
        if has_blocks.iter().any(|it| lower.starts_with(it)) {
            self.markup.push_str(text);
            return;
        }
        self.inline_text(text);
        self.end(tag);
    }

    fn inline_text(&mut self, text: &str) {
        if value::has_markup(text) {
            self.open.push_str(text);
            return;
        }
        for c in text.chars() {
            match c {
                '<' => self.open.push_str("&lt;"),
                '&' => self.open.push_str("&amp;"),
                '\n' => self.open.push_str("<br>"),
                c => self.open.push(c),
            }
        }
    }

    /// Ends the block that is open.
    fn end(&mut self, tag: Tag) {
        let open = std::mem::take(&mut self.open);
        if !open.trim().is_empty() {
            let name = tag.name();
            self.markup.push_str(&format!("<{name}>{open}</{name}>"));
        }
    }
}

/// Whether the nodes of a list stand within one line: strings among objects, words in bold, leaves within a block.
fn is_inline(nodes: &[Value], is_outer: bool) -> bool {
    let mut objects = nodes.iter().filter_map(Value::as_object).peekable();
    if objects.peek().is_none() {
        return false;
    }
    let is_leaf = |it: &Node| kind_of(it).is_empty() && it.get("text").is_some_and(Value::is_string);
    let has_strings = nodes.iter().any(Value::is_string);
    if has_strings && objects.clone().all(is_leaf) {
        return true;
    }
    objects.any(|it| {
        let kind = kind_of(it);
        // A block may be called a text.
        let is_block = is_outer && !has_strings && kind == "text";
        it.contains_key("insert") || is_of(INLINE, &kind) && !is_block || is_leaf(it) && !is_outer
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: &str) {
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(markup(&value).unwrap_or_default(), expected, "{json}");
    }

    #[test]
    fn every_editors_text_is_read() {
        let plain = "<h2>ب</h2><p>ج <b>د</b></p>";
        // Editor.js.
        check(
            r#"{"time": 1, "blocks": [{"type": "header", "data": {"text": "ب", "level": 2}},
                {"id": "x", "type": "paragraph", "data": {"text": "ج <b>د</b>"}}], "version": "2.30"}"#,
            plain,
        );
        check(
            r#"{"blocks": [{"type": "list", "data": {"style": "unordered", "items": ["أ", {"content": "ب", "items": []}]}},
                {"type": "image", "data": {"file": {"url": "u"}, "caption": "ج"}},
                {"type": "quote", "data": {"text": "د", "caption": "هـ"}}]}"#,
            "<p>أ</p><p>ب</p><figcaption>ج</figcaption><p>د</p><p>هـ</p>",
        );
        // Draft.js.
        check(
            r#"{"blocks": [{"key": "a", "type": "header-two", "text": "ب"}, {"type": "unstyled", "text": "ج د"}],
                "entityMap": {"0": {"type": "LINK", "data": {"url": "u"}}}}"#,
            "<h2>ب</h2><p>ج د</p>",
        );
        // ProseMirror.
        check(
            r#"{"type": "doc", "content": [{"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "ب"}]},
                {"type": "paragraph", "content": [{"type": "text", "text": "ج "}, {"type": "text", "marks": [{"type": "bold"}],
                "text": "د"}, {"type": "hardBreak"}, {"type": "text", "text": "هـ"}]}]}"#,
            "<h2>ب</h2><p>ج د<br>هـ</p>",
        );
        // Slate, Portable Text, Lexical.
        check(
            r#"[{"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "ب"}]},
                {"type": "paragraph", "children": [{"text": "ج "}, {"type": "link", "url": "u", "children": [{"text": "د"}]}, {"text": ""}]}]"#,
            "<h2>ب</h2><p>ج د</p>",
        );
        check(
            r#"{"root": {"type": "root", "children": [{"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "ب"}]}]}}"#,
            "<h2>ب</h2>",
        );
        // Contentful, Notion.
        check(
            r#"{"nodeType": "document", "data": {}, "content": [{"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "ب", "marks": []}]}]}"#,
            "<h2>ب</h2>",
        );
        check(
            r#"[{"object": "block", "type": "paragraph", "paragraph": {"rich_text": [{"type": "text", "text": {"content": "ج "},
                "plain_text": "ج "}, {"type": "text", "plain_text": "د"}]}}]"#,
            "<p>ج د</p>",
        );
        // Quill.
        check(
            r#"{"ops": [{"insert": "ب"}, {"insert": "\n", "attributes": {"header": 2}}, {"insert": "ج "},
                {"insert": "د", "attributes": {"bold": true}}, {"insert": "\nهـ\n"}, {"insert": {"image": "u"}}]}"#,
            "<h2>ب</h2><p>ج د</p><p>هـ</p>",
        );
        // Gutenberg.
        check(
            r#"[{"blockName": "core/group", "attrs": {}, "innerBlocks": [{"blockName": "core/paragraph", "innerBlocks": [],
                "innerHTML": "<p>ب</p>", "innerContent": ["<p>ب</p>"]}], "innerHTML": "<div></div>", "innerContent": ["<div>", null, "</div>"]}]"#,
            "<div><p>ب</p></div>",
        );
        check(
            r#"[{"name": "core/heading", "attributes": {"level": 3, "content": "ب"}}, {"name": "core/paragraph", "attributes": {"content": "ج"}}]"#,
            "<h2>ب</h2><p>ج</p>",
        );
    }

    #[test]
    fn simpler_lists_are_read() {
        check(
            r#"{"version": "0.3.1", "markups": [], "sections": [[1, "p", [[0, [], 0, "أ "], [0, [], 0, "ب"]]],
                [3, "ul", [[[0, [], 0, "ج"]], [[0, [], 0, "د"]]]], [10, 0]]}"#,
            "<p>أ ب</p><p>ج</p><p>د</p>",
        );
        check(r#"["أ", "ب"]"#, "<p>أ</p><p>ب</p>");
        check(
            r#"[{"type": "p", "text": "أ"}, {"type": "p", "text": "ب < ج"}]"#,
            "<p>أ</p><p>ب &lt; ج</p>",
        );
        check(r#"[{"text": "أ"}, {"text": "ب"}]"#, "<p>أ</p><p>ب</p>");
        check(r#"[{"title": "أ", "text": "ب"}]"#, "<h2>أ</h2><p>ب</p>");
        check(
            r#"[{"type": "text", "content": "<p>أ</p>"}, {"type": "interstitial_link", "content": "ب"}]"#,
            "<p>أ</p><aside>ب</aside>",
        );
        // Telegram.
        check(
            r#"["أ ", {"type": "bold", "text": "ب"}, "\n\nج"]"#,
            "<p>أ ب<br><br>ج</p>",
        );
        check(r#"[{"type": "image", "url": "u"}, 3, null]"#, "");
    }

    #[test]
    fn lists_are_read_from_texts() {
        assert_eq!(written(r#"["أ", "ب"]"#).unwrap(), "<p>أ</p><p>ب</p>");
        assert_eq!(
            written(r#"['أ', "ب'ج", 'د\nهـ']"#).unwrap(),
            "<p>أ</p><p>ب'ج</p><p>د<br>هـ</p>"
        );
        for text in ["[تحديث] قال \"نعم\"", "{أ}", "['أ' 3]", "['أ", "[]", "نص"] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
