//! What articles say of a name, who appears with whom, and the files that this is written to, on a complete archive.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use fihrist::app::{PictureFormat, picture_file};
use fihrist::archive::ArticleId;
use fihrist::entities::{ByHand, EntityId, EntityKind, ModelRecogniser, Recogniser};
use fihrist::index::{Facet, Network, NetworkLink, NetworkName, SearchRequest};
use fihrist::state::{Drawn, Settings};
use fihrist::work::{NetworkFormat, contexts, network_text, placed};

use super::entity_page::{archive, narrowed_to, page};

#[test]
fn a_context_is_a_sentence_that_names_the_person_in_any_spelling() {
    let archive = archive();
    let searcher = archive.index.searcher().unwrap();
    let it = page(&searcher, &archive.bogdanov, &[], &SearchRequest::default());
    let (recogniser, by_hand) = (ModelRecogniser::new(), ByHand::default());
    let read = |articles: &[ArticleId], is_cancelled: bool| {
        let with: (&dyn Recogniser, &ByHand) = (&recogniser, &by_hand);
        contexts(&searcher, with, &archive.bogdanov, articles, &|| is_cancelled)
    };
    let (found, unread) = read(&it.articles, false).unwrap();
    assert!(unread.is_none());
    let told: Vec<(&str, String)> = found
        .iter()
        .map(|it| {
            let marked = it.marks.iter().filter_map(|span| span.of(&it.sentence));
            (it.sentence.as_str(), marked.collect::<Vec<_>>().join(" | "))
        })
        .collect();
    // The newest article first, and nothing of the sentences around.
    assert_eq!(told.len(), 3, "{told:?}");
    let first = told[0].0;
    assert!(
        first.starts_with("التقى سامي العامري") && first.ends_with("في القاهرة."),
        "{told:?}"
    );
    assert_eq!(told[1].1, "ميخائيل بوجدانوف");
    assert_eq!(found[0].article, it.articles[0]);
    // Only what is asked for, and nothing for nobody.
    assert_eq!(read(&it.articles[1..2], false).unwrap().0.len(), 1);
    assert!(read(&it.articles, true).is_none());
}

#[test]
fn who_appears_with_whom_is_counted_by_entities_within_the_result() {
    let archive = archive();
    let searcher = archive.index.searcher().unwrap();
    let all = SearchRequest::default();
    let count = |request: &SearchRequest, center: Option<&EntityId>, n: usize, kinds: &[EntityKind]| {
        searcher.network(request, center, (n, kinds), &|| false).unwrap()
    };
    let network = count(&all, None, 50, &EntityKind::ALL).unwrap();
    let place = |network: &Network, name: &str| {
        let found = network.names.iter().position(|it| it.name == name);
        found.unwrap_or_else(|| panic!("{name} is not among {:?}", network.names))
    };
    let shared = |network: &Network, a: &str, b: &str| {
        let mut pair = [place(network, a), place(network, b)];
        pair.sort_unstable();
        network.links.iter().find(|it| it.names == pair).map(|it| it.articles)
    };
    let (bogdanov, sami, cairo) = ("ميخائيل بوغدانوف", "سامي العامري", "القاهرة");
    // Both spellings of one person are one.
    assert!(network.names.iter().all(|it| it.name != "ميخائيل بوجدانوف"));
    assert_eq!(network.names[place(&network, bogdanov)].articles, 3);
    assert_eq!(shared(&network, bogdanov, sami), Some(2));
    assert_eq!(shared(&network, bogdanov, cairo), Some(2));
    assert_eq!(shared(&network, sami, cairo), Some(1));
    assert_eq!(network.n_articles, 4);
    assert!(network.names.is_sorted_by_key(|it| Reverse(it.articles)));
    assert!(
        network
            .links
            .iter()
            .all(|it| it.names[0] < it.names[1] && it.articles != 0)
    );
    // Filters narrow what is counted.
    let cairo_id = network.names[place(&network, cairo)].id.clone();
    let narrowed = count(&narrowed_to(Facet::Place, &cairo_id), None, 50, &EntityKind::ALL).unwrap();
    assert_eq!((shared(&narrowed, bogdanov, sami), narrowed.n_articles), (Some(1), 2));
    // Kinds and the number of names.
    let people = count(&all, None, 50, &[EntityKind::Person]).unwrap();
    assert!(people.names.iter().all(|it| it.kind == EntityKind::Person));
    let two = count(&all, None, 2, &EntityKind::ALL).unwrap();
    assert_eq!((two.names.len(), two.n_names), (2, network.n_names));
    assert_eq!(two.names, network.names[..2]);
    // Around one name: it, and who shares articles with it.
    let around = count(&all, Some(&cairo_id), 50, &EntityKind::ALL).unwrap();
    assert_eq!(
        (around.names[0].name.as_str(), around.center.as_ref()),
        (cairo, Some(&cairo_id))
    );
    assert!((1..around.names.len()).all(|it| around.links.iter().any(|link| link.names == [0, it])));
    // Nobody, and nobody waits.
    let nobody = EntityId("person:لا أحد".to_owned());
    assert_eq!(count(&all, Some(&nobody), 50, &EntityKind::ALL), None);
    let cancelled = searcher.network(&all, None, (50, &EntityKind::ALL), &|| true).unwrap();
    assert_eq!(cancelled, None);
}

/// Three names, two of which no XML holds as they are.
fn network() -> Network {
    let names = ["سامي <العامري> & \"هند\"", "Smith & 'Sons'\u{1}", "القاهرة"];
    let name = |(idx, name): (usize, &&str)| NetworkName {
        id: EntityId(format!("person:{name}")),
        kind: EntityKind::ALL[idx % 3],
        name: (*name).to_owned(),
        articles: 9 - idx as u64,
    };
    let link = |names, articles| NetworkLink { names, articles };
    Network {
        names: names.iter().enumerate().map(name).collect(),
        links: vec![link([0, 1], 4), link([0, 2], 2)],
        n_names: 3,
        n_articles: 12,
        ..Network::default()
    }
}

/// The tags of a well-formed XML file with their attributes.
fn tags_of(xml: &str) -> Vec<(String, HashMap<String, String>)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|err| panic!("{err}: {xml}")) {
            quick_xml::events::Event::Eof => return found,
            quick_xml::events::Event::Start(it) | quick_xml::events::Event::Empty(it) => {
                let attributes = it.attributes().map(|it| {
                    let it = it.unwrap();
                    let key = String::from_utf8_lossy(it.key.as_ref()).into_owned();
                    let value = String::from_utf8_lossy(&it.value).into_owned();
                    (key, quick_xml::escape::unescape(&value).unwrap().into_owned())
                });
                let tag = String::from_utf8_lossy(it.name().as_ref()).into_owned();
                found.push((tag, attributes.collect()));
            }
            _ => {}
        }
    }
}

#[test]
fn a_network_is_written_so_that_programs_for_networks_can_read_it() {
    let placed = placed(network(), &|| false).unwrap();
    let text = |format| network_text(&placed, format).unwrap().unwrap();
    let tags = tags_of(&text(NetworkFormat::Gexf));
    let of = |tag: &str, key: &str| -> Vec<&str> {
        let tags = tags.iter().filter(|it| it.0 == tag);
        tags.map(|it| it.1[key].as_str()).collect()
    };
    assert_eq!(of("gexf", "version"), ["1.3"]);
    // What XML cannot hold is left out, the rest is as it was.
    let labels = ["سامي <العامري> & \"هند\"", "Smith & 'Sons'", "القاهرة"];
    assert_eq!(of("node", "label"), labels);
    assert_eq!(of("edge", "weight"), ["4", "2"]);
    let ids = of("node", "id");
    assert_eq!(
        [of("edge", "source"), of("edge", "target")].concat(),
        [ids[0], ids[0], ids[1], ids[2]]
    );
    assert_eq!(of("attvalue", "value")[..2], ["person", "9"]);
    assert_eq!(of("attvalue", "for")[..2], ["kind", "articles"]);

    let json: serde_json::Value = serde_json::from_str(&text(NetworkFormat::Json)).unwrap();
    assert_eq!(json["names"].as_array().unwrap().len(), 3);
    assert_eq!(
        (&json["links"][0]["articles"], &json["articles"]),
        (&4.into(), &12.into())
    );
}

#[test]
fn the_picture_of_a_network_is_the_same_in_lines_and_in_pixels() {
    let placed = placed(network(), &|| false).unwrap();
    let drawn = Drawn::Network(Arc::new(placed.clone()));
    let file = |format| picture_file(&drawn, &Settings::default(), format).unwrap();
    let svg = String::from_utf8(file(PictureFormat::Svg)).unwrap();
    let tags = tags_of(&svg);
    let of = |tag: &str, key: &str| -> Vec<&str> {
        let tags = tags.iter().filter(|it| it.0 == tag);
        tags.map(|it| it.1[key].as_str()).collect()
    };
    // Each colour stands in the legend too, with what it means.
    let colors = ["#1B57A6", "#862E75", "#2B6937"];
    assert_eq!(of("circle", "fill"), [colors, colors].concat());
    assert_eq!(of("text", "direction"), ["rtl", "ltr", "rtl", "rtl", "rtl", "rtl"]);
    for kind in ["أشخاص", "جهات", "أماكن"] {
        assert!(svg.contains(&format!(">{kind}</text>")), "{kind}");
    }
    // The thicker of the two lines is that of more articles, and lies above.
    let thickness: Vec<f32> = of("polyline", "stroke-width")
        .iter()
        .map(|it| it.parse().unwrap())
        .collect();
    assert!(thickness.len() == 2 && thickness[0] < thickness[1], "{thickness:?}");

    let picture = image::load_from_memory(&file(PictureFormat::Png)).unwrap().to_rgb8();
    let size = ["width", "height"].map(|key| of("svg", key)[0].parse::<f32>().unwrap());
    assert_eq!(
        (picture.width(), picture.height()),
        ((size[0] * 2.0).ceil() as u32, (size[1] * 2.0).ceil() as u32)
    );
    // In the middle of each disc is its colour.
    let colors = [[0x1B, 0x57, 0xA6], [0x86, 0x2E, 0x75], [0x2B, 0x69, 0x37]];
    for (idx, color) in colors.into_iter().enumerate() {
        let [x, y] = ["cx", "cy"].map(|key| (of("circle", key)[idx].parse::<f32>().unwrap() * 2.0) as u32);
        assert_eq!(picture.get_pixel(x, y).0, color);
    }
    for format in [NetworkFormat::Png, NetworkFormat::Svg] {
        assert_eq!(network_text(&placed, format).unwrap(), None);
    }
}

#[test]
fn what_a_network_is_written_as_is_said_by_the_name_of_the_file() {
    let of = |name: &str| NetworkFormat::of(name.as_ref());
    assert_eq!(of("شبكة.SVG"), Some(NetworkFormat::Svg));
    assert_eq!(of("a.png"), Some(NetworkFormat::Png));
    assert_eq!(
        (of("a.b.gexf"), of("a.json")),
        (Some(NetworkFormat::Gexf), Some(NetworkFormat::Json))
    );
    assert_eq!((of("a.txt"), of("svg"), of("")), (None, None, None));
}
