//! Names across scripts.

use crate::entities::LatinSource;
use crate::index::{Facet, FacetOrder, SearchRequest};

use super::{Draft, indexed, request, titles};

#[test]
fn what_articles_write_in_brackets_is_the_latin_form_of_a_name() {
    let draft = |title, body, people| Draft {
        title,
        body,
        people,
        ..Draft::default()
    };
    let (_dir, index) = indexed(&[
        draft("أ", "قال إيمانويل ماكرون (Emmanuel Macron) كلاماً", &["إيمانويل ماكرون"]),
        draft("ب", "قال إيمانويل ماكرون (Reuters) كلاماً", &["إيمانويل ماكرون"]),
        draft("ج", "قال سامي العامري كلاماً", &["سامي العامري"]),
    ]);
    let searcher = index.searcher().unwrap();
    let forms: Vec<(String, LatinSource)> = searcher
        .registry()
        .entities()
        .filter_map(|it| it.latin_form())
        .map(|it| (it.text, it.source))
        .collect();
    assert!(
        forms.contains(&("Emmanuel Macron".to_owned(), LatinSource::Written)),
        "{forms:?}"
    );
    assert_eq!(forms.len(), 2);
    assert_ne!(forms[0].1, forms[1].1);

    for typed in ["Macron", "emmanuel macron", "Makron"] {
        let found = searcher.facet_values(&SearchRequest::default(), Facet::Person, typed, FacetOrder::Count);
        let found: Vec<String> = found.unwrap().values.into_iter().map(|it| it.name).collect();
        assert_eq!(found, ["إيمانويل ماكرون"], "{typed}");
    }
    assert_eq!(titles(&searcher, &request("person:macron ")), ["أ", "ب"]);
}
