//! What the elements of feeds, exports and documents in XML are called.

/// Elements by which records are known even where they hold little: names of feeds and dumps.
pub const RECORDS: [&str; 16] = [
    "item", "entry", "doc", "document", "article", "news", "story", "record", "row", "url", "post", "newsitem", "خبر",
    "مقال", "nitf", "tei",
];
/// What holds the records of a feed (RSS, Atom, RDF); each may have a title or a description alone.
pub const FEEDS: [&str; 4] = ["rss", "channel", "feed", "rdf"];
/// Text beside records is one itself if it has so many letters. A guess.
pub const STRAY: usize = 40;
/// Elements about a picture: a title within them is not the article's.
pub const PICTURES: [&str; 8] = [
    "image",
    "img",
    "picture",
    "photo",
    "thumbnail",
    "enclosure",
    "figure",
    "صورة",
];
/// The names that fields of Media RSS get (<https://www.rssboard.org/media-rss>): what it says of a picture is a caption,
/// and its `content` is no text. A description may be all that there is of a video.
pub const CAPTION: &str = "caption";
pub const MEDIA_DESCRIPTION: &str = "mediadescription";
pub const MEDIA: &str = "mediagroup";

/// Paragraphs, of HTML, TEI, trafilatura and DocBook.
pub const PARAGRAPHS: [&str; 4] = ["p", "para", "simpara", "paragraph"];
/// What else has lines of its own beside paragraphs.
pub const BLOCKS: [&str; 15] = [
    "str",
    "item",
    "li",
    "listitem",
    "cell",
    "td",
    "th",
    "quote",
    "blockquote",
    "dd",
    "dt",
    "l",
    "ab",
    "div",
    "pre",
];
/// Headings, and parts of a document that may have one: it is the title of what has none.
pub const HEADINGS: [&str; 9] = ["head", "heading", "bridgehead", "h1", "h2", "h3", "h4", "h5", "h6"];
pub const SECTIONS: [&str; 10] = [
    "section",
    "sect1",
    "sect2",
    "sect3",
    "sect4",
    "sect5",
    "simplesect",
    "sec",
    "div",
    "div1",
];
/// What holds the text of an item of NewsML-G2, which may be a whole page or NITF: the item says what it is.
pub const INLINE: [&str; 3] = ["inlinexml", "inlinedata", "contentset"];
/// What holds such parts, beside records.
pub const DOCUMENTS: [&str; 7] = ["chapter", "part", "book", "tei", "text", "body", "main"];
/// The text of a document, where it is an element of its own, with a headline or without.
pub const PARTS: [&str; 3] = ["body", "main", "text"];
/// Attributes that give the day of an element in figures: of NITF, TEI, JATS.
pub const DAYS: [&str; 5] = ["norm", "when", "when-iso", "datetime", "iso-8601-date"];
/// Elements whose attribute `name` is that of the field: of MySQL, phpMyAdmin, Solr.
pub const NAMED: [&str; 12] = [
    "field",
    "column",
    "str",
    "date",
    "arr",
    "int",
    "text",
    "string",
    "property",
    "attribute",
    "value",
    "param",
];
/// What is said of a document at its beginning: of DocBook, JATS, TEI, NITF; and the parts of an item of NewsML.
pub const ABOUT: [&str; 16] = [
    "hedline",
    "contentmeta",
    "newscomponent",
    "info",
    "articleinfo",
    "chapterinfo",
    "bookinfo",
    "front",
    "article-meta",
    "teiheader",
    "filedesc",
    "titlestmt",
    "head",
    "body.head",
    "header",
    "metadata",
];
/// The field by which an export of WordPress says what an item is, and what is no article there: pictures, menus, older
/// versions, settings (WordPress, Plugin Handbook, «Post Types»; `create_initial_post_types` in `wp-includes/post.php`).
pub const POST_TYPE: &str = "post_type";
pub const NO_POSTS: [&str; 14] = [
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_family",
    "wp_font_face",
];
