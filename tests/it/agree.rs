//! The reader and the facets agree: exactly the counted names of an article are highlighted.
//!
//! The rule: names count in the title, the sub-headings and the body, wherever these are in the file, but not in captions,
//! keywords, datelines and related articles.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use fihrist::archive::{ArticleId, SectionKind};
use fihrist::entities::{ByHand, ModelRecogniser};
use fihrist::index::{Facet, FacetFilter, FacetOrder, Filters, Index, SearchRequest};
use fihrist::state::{ReadArticle, Settings, SystemTheme};
use fihrist::ui::article_blocks;
use fihrist::work::{DataDir, Means, UpdateOptions, read_article, update_index};

#[test]
fn what_is_counted_of_an_article_is_what_is_tinted_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["assets/sample", "tests/cases"] {
        check(&root.join(folder));
    }
}

fn check(folder: &Path) {
    let data = tempfile::tempdir().unwrap();
    let data_dir = DataDir::new(data.path().to_owned());
    let index = Index::open(&data_dir.index_of(folder)).unwrap();
    let recogniser = ModelRecogniser::new();
    let never = AtomicBool::new(false);
    update_index(
        &index,
        &data_dir,
        folder,
        Means::here(&recogniser),
        &UpdateOptions::default(),
        &never,
        &mut |_| {},
    )
    .unwrap();
    let searcher = index.searcher().unwrap();

    let mut counted: BTreeMap<ArticleId, BTreeSet<String>> = BTreeMap::new();
    for facet in [Facet::Person, Facet::Organisation, Facet::Place] {
        let values = searcher
            .facet_values(&SearchRequest::default(), facet, "", FacetOrder::Count)
            .unwrap()
            .values;
        for value in values {
            let filter = FacetFilter {
                facet,
                id: value.id.clone(),
                name: value.name,
                excluded: false,
            };
            let filters = Filters {
                values: vec![filter],
                ..Filters::default()
            };
            let request = SearchRequest {
                filters,
                ..SearchRequest::default()
            };
            let page = searcher.search_to_end(&request).unwrap();
            assert_eq!(page.articles.len() as u64, value.articles);
            for article in page.articles.iter() {
                counted.entry(*article).or_default().insert(value.id.clone());
            }
        }
    }

    let reading = data_dir.load_reading(folder).unwrap();
    let mut n_mentions = 0;
    for id in searcher.articles() {
        let read = read_article(
            (folder, &reading, &ByHand::default()),
            &searcher,
            &recogniser,
            id,
            ("", false),
        )
        .unwrap();
        let path = read.article.path.clone();
        let tinted = tinted_mentions(&read);
        n_mentions += tinted.len();
        check_places(&read, &tinted, &path);
        let tinted: BTreeSet<String> = tinted.iter().map(|idx| read.mentions[*idx].entity.clone()).collect();
        assert_eq!(tinted, counted.remove(&id).unwrap_or_default(), "{}", path.display());
    }
    assert_eq!(counted, BTreeMap::new());
    assert!(10 < n_mentions, "{n_mentions}");
}

/// The numbers of the mentions that the reader tints, in their order.
fn tinted_mentions(read: &ReadArticle) -> Vec<usize> {
    let blocks = article_blocks(&Settings::default(), SystemTheme::Light, read, (&[], None));
    let links = blocks.iter().flat_map(|block| &block.links);
    // The link that shows what was left out is no mention.
    let of_mentions = links.filter(|(_, link)| *link < u64::MAX);
    let mut tinted: Vec<usize> = of_mentions.map(|(_, mention)| *mention as usize).collect();
    tinted.sort_unstable();
    tinted
}

/// Every mention that the reader gets is highlighted, and is where names count.
fn check_places(read: &ReadArticle, tinted: &[usize], path: &Path) {
    let all: Vec<usize> = (0..read.mentions.len()).collect();
    assert_eq!(tinted, all, "{}: {}", path.display(), read.article.title);
    for mention in &read.mentions {
        let sections = &read.article.sections;
        let section = sections.iter().find(|it| it.span.covers(mention.span)).unwrap();
        let counts = matches!(
            section.kind,
            SectionKind::Title | SectionKind::Subheading | SectionKind::Body
        );
        assert!(counts, "{}: {:?}", path.display(), section.kind);
    }
}
