//! The result of recognition: where an article names something, and the name.

use crate::arabic::Span;

use super::EntityKind;

/// One occurrence of a name in an article.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mention {
    /// The kind of thing that it refers to.
    pub kind: EntityKind,
    /// Where, in the article's text, without clitics: in «وبالقاهرة», «القاهرة».
    pub span: Span,
    /// The name in the index; for a short form, that of the full form in this article.
    pub name: Name,
    /// The span of a person's office or title beside the name: «نائب وزير الخارجية الروسي».
    pub role: Option<Span>,
}

impl Mention {
    /// The role as it is read alone, without a clitic: of «للرئيس الفرنسي», «الرئيس الفرنسي».
    pub fn role_text(&self, text: &str) -> Option<String> {
        let span = self.role?;
        let role = span.of(text)?;
        // In «لل» the article has melted into the clitic, which the span leaves out.
        let is_melted = text.get(..span.start)?.ends_with('ل');
        // «للواء» and «للاعب» are «ل» and «اللواء», «اللاعب», of which one «ل» is not written.
        if is_melted && ["لواء", "لاعب"].iter().any(|it| role.starts_with(it)) {
            return Some(format!("ال{role}"));
        }
        match role.strip_prefix('ل').filter(|_| is_melted) {
            Some(rest) => Some(format!("ال{rest}")),
            None => Some(role.to_owned()),
        }
    }
}

/// A folded surface form with its kind: the unit that the index stores.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Name {
    /// The kind of thing that it refers to; the same form can name several.
    pub kind: EntityKind,
    /// The folded name; for a short form, that of the full form in the same article («أبو مرزوق» → «موسي ابو مرزوق»).
    pub key: String,
    /// The form as written, without tashkeel and clitics: an alias for people to read.
    pub form: String,
}
