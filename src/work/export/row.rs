//! What is exported of an article: all of it cleaned and named.

use std::collections::HashMap;
use std::sync::Arc;

use crate::arabic::language_tag;
use crate::archive::{ArticleId, PublicationDate};
use crate::entities::{EntityIdx, EntityKind};
use crate::index::{FullArticle, FullOptions, Searcher};
use crate::marks::{ArticleMarks, Highlight};
use crate::state::ExportColumn;

use super::escape::{clean, one_line};

/// An article as exports write it. No text in it has signs of direction; all but the body, the note and passages are in one
/// line.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The article; nothing only in an empty row.
    pub id: Option<ArticleId>,
    pub title: String,
    pub published: Option<PublicationDate>,
    pub source: Option<String>,
    pub author: Option<String>,
    /// An address of http or https.
    pub address: Option<String>,
    /// With "/" between its parts, and behind "#" its number if it is not the first there.
    pub path: String,
    /// In the order of the registry.
    pub people: Vec<Named>,
    pub organisations: Vec<Named>,
    pub places: Vec<Named>,
    pub keywords: Vec<String>,
    pub marks: ArticleMarks,
    /// From 1, in the order of the export.
    pub story: Option<u32>,
    /// A tag of BCP 47.
    pub language: Option<String>,
    pub snippet: String,
    /// Paragraphs with an empty line between them.
    pub body: String,
}

/// Somebody or something that an article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name of the entity.
    pub name: String,
    /// In Latin letters, if that was asked for and is known.
    pub latin: Option<String>,
    /// What the article calls a person, if that was asked for.
    pub roles: Vec<String>,
}

impl Row {
    /// Its key in other programs: the same whenever it is exported.
    pub fn key(&self) -> String {
        format!("fihrist-{:016x}", self.id.unwrap_or(ArticleId(0)).0)
    }

    /// The article's own keywords and the user's tags, each once.
    pub fn keywords_and_tags(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for it in self.keywords.iter().chain(&self.marks.tags) {
            if !all.contains(&it.as_str()) {
                all.push(it);
            }
        }
        all
    }
}

/// Makes rows of articles.
pub struct Rows<'a> {
    searcher: &'a Searcher,
    /// What the user marked.
    marks: Arc<HashMap<ArticleId, ArticleMarks>>,
    has_latin: bool,
    /// The names in Latin letters that were looked up: that of each person takes a while.
    latin: HashMap<EntityIdx, Option<String>>,
    /// The numbers of stories, in the order in which they came.
    stories: HashMap<usize, u32>,
}

impl<'a> Rows<'a> {
    /// Of what a searcher reads, with these columns.
    pub fn new(searcher: &'a Searcher, columns: &[ExportColumn]) -> Self {
        Self {
            searcher,
            marks: searcher.marks(),
            has_latin: columns.contains(&ExportColumn::Latin),
            latin: HashMap::new(),
            stories: HashMap::new(),
        }
    }

    /// What has to be read for these columns.
    pub fn options(columns: &[ExportColumn]) -> FullOptions {
        FullOptions {
            roles: columns.contains(&ExportColumn::Roles),
            snippet: columns.contains(&ExportColumn::Snippet),
        }
    }

    /// The row of an article.
    pub fn row(&mut self, article: FullArticle) -> Row {
        let marks = self
            .marks
            .get(&article.id)
            .cloned()
            .map(cleaned_marks)
            .unwrap_or_default();
        let [people, organisations, places] = self.named(&article);
        let next = self.stories.len() as u32 + 1;
        let story = article.story.map(|it| *self.stories.entry(it).or_insert(next));
        let stored = article.stored;
        let line = |text: &str| one_line(&clean(text));
        let some_line = |text: Option<String>| text.map(|it| line(&it)).filter(|it| !it.is_empty());
        let mut path = clean(&stored.path.to_string_lossy().replace('\\', "/")).into_owned();
        if 0 < stored.record {
            path.push_str(&format!("#{}", stored.record));
        }
        Row {
            id: Some(article.id),
            title: line(&stored.title),
            published: stored.published,
            source: some_line(stored.source),
            author: some_line(stored.byline),
            address: some_line(stored.address).filter(|it| !it.contains(' ')),
            path,
            people,
            organisations,
            places,
            keywords: stored.keywords.iter().map(|it| line(it)).collect(),
            marks,
            story,
            language: article.language.map(|it| language_tag(&it).to_owned()),
            snippet: line(&article.snippet),
            body: clean(&stored.body).into_owned(),
        }
    }

    /// Whom and what an article names, by kind.
    fn named(&mut self, article: &FullArticle) -> [Vec<Named>; 3] {
        let registry = self.searcher.registry();
        let mut named: [Vec<Named>; 3] = Default::default();
        for idx in &article.entities {
            let Some(entity) = registry.get(*idx) else { continue };
            let latin = match self.has_latin {
                true => self
                    .latin
                    .entry(*idx)
                    .or_insert_with(|| entity.latin_form().map(|it| one_line(&clean(&it.text))))
                    .clone(),
                false => None,
            };
            let roles = article.roles.iter().filter(|(it, _)| it == idx);
            let of_kind = match entity.kind() {
                EntityKind::Person => &mut named[0],
                EntityKind::Organisation => &mut named[1],
                EntityKind::Place => &mut named[2],
            };
            of_kind.push(Named {
                name: one_line(&clean(entity.name())),
                latin,
                roles: roles.map(|(_, role)| one_line(&clean(role))).collect(),
            });
        }
        named
    }
}

fn cleaned_marks(marks: ArticleMarks) -> ArticleMarks {
    let highlight = |it: Highlight| Highlight {
        quote: clean(&it.quote).into_owned(),
        before: clean(&it.before).into_owned(),
        after: clean(&it.after).into_owned(),
        color: it.color,
        note: clean(&it.note).trim().to_owned(),
    };
    ArticleMarks {
        tags: marks.tags.iter().map(|it| one_line(&clean(it))).collect(),
        note: clean(&marks.note).trim().to_owned(),
        highlights: marks.highlights.into_iter().map(highlight).collect(),
        ..marks
    }
}
