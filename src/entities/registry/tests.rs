//! What names become, and what corrections make of it.

use std::sync::Arc;

use crate::arabic::{Folding, fold};
use crate::entities::{
    Correction, Corrections, EntityId, EntityIdx, EntityKind, KnownIds, LatinSource, Name, NameTable, NoArticles,
    Reason, Registry, Resolution,
};

use super::corrected::Corrected;

fn person(form: &str) -> Name {
    Name {
        kind: EntityKind::Person,
        key: fold(form, Folding::Name),
        form: form.to_owned(),
    }
}

fn are_one(a: &str, b: &str) -> bool {
    let registry = Registry::resolve(&[(person(a), 3), (person(b), 2)]);
    registry.entity_of(&person(a)) == registry.entity_of(&person(b))
}

#[test]
fn spellings_of_one_person_are_one() {
    for (a, b) in [
        ("ميخائيل بوجدانوف", "ميخائيل بوغدانوف"),
        ("ديميتري بيسكوف", "دميتري بيسكوف"),
        ("موسى أبو مرزوق", "موسي ابو مرزوق"),
        ("عبد الله سالم", "عبدالله سالم"),
    ] {
        assert!(are_one(a, b), "{a} / {b}");
    }
}

#[test]
fn latin_letters_find_entities_and_merge_none() {
    let names = [
        (person("سعيد عباس"), 3),
        (person("صايد عباس"), 9),
        (person("عبد الفتاح السيسي"), 1),
        (person("الأمم المتحدة"), 5),
    ];
    assert!(!are_one("سعيد عباس", "صايد عباس"));
    let registry = Registry::resolve(&names);
    let found = |text: &str| -> Vec<&str> {
        let found = registry.entities_in_latin(text, true).into_iter();
        found.filter_map(|(idx, _)| Some(registry.get(idx)?.name())).collect()
    };
    assert_eq!(found("Sisi"), ["عبد الفتاح السيسي"]);
    let mut both = found("Said Abbas");
    both.sort_unstable();
    assert_eq!(both, ["سعيد عباس", "صايد عباس"]);
    assert_eq!(found("سعيد"), [""; 0]);
    assert_eq!(registry.entities_called("Sisi", false).len(), 1);
    assert_eq!(registry.entities_called("سعيد", false).len(), 1);
}

#[test]
fn strangers_stay_apart() {
    for (a, b) in [
        ("محمد سلمان", "محمد سلطان"),
        ("أحمد الشمراني", "أحمد الشهراني"),
        ("سفيتلانا إيفانوف", "سفيتلانا إيفانوفا"),
        ("سعد القحطاني", "سعود القحطاني"),
        ("سامي العامري", "سامية العامري"),
    ] {
        assert!(!are_one(a, b), "{a} / {b}");
    }
}

#[test]
fn the_bare_and_the_headed_name_are_one() {
    let organisation = |form: &str| Name {
        kind: EntityKind::Organisation,
        ..person(form)
    };
    let names: Vec<(Name, u64)> = [
        ("حماس", 9),
        ("حركة حماس", 3),
        ("لحماس", 1),
        ("نادي الوحدة", 2),
        ("بنك الوحدة", 2),
        ("الوحدة", 1),
    ]
    .map(|(form, articles)| (organisation(form), articles))
    .to_vec();
    let registry = Registry::resolve(&names);
    let entity = |form: &str| registry.entity_of(&organisation(form)).unwrap();
    assert_eq!(entity("حماس"), entity("حركة حماس"));
    assert_eq!(entity("حماس"), entity("لحماس"));
    assert_ne!(entity("نادي الوحدة"), entity("الوحدة"));
    assert_ne!(entity("بنك الوحدة"), entity("الوحدة"));
    assert_eq!(
        registry.get(entity("حماس")).unwrap().reasons(),
        [Reason::Proclitic, Reason::Head]
    );
}

#[test]
fn a_proclitic_never_changes_the_entity() {
    for form in ["سامي العامري", "ميخائيل بوغدانوف", "عبد الله سالم", "هيفاء الكندري"]
    {
        for proclitic in ["و", "ف", "ب", "ل", "ك", "ول", "وب"] {
            let with = format!("{proclitic}{form}");
            let registry = Registry::resolve(&[(person(form), 3), (person(&with), 2)]);
            assert_eq!(registry.entities().len(), 1, "{with}");
            assert_eq!(registry.entities().next().unwrap().name(), form);
        }
    }
    // Names that begin with such a letter.
    for (a, b) in [
        ("ريم سالم", "كريم سالم"),
        ("ليد منصور", "وليد منصور"),
        ("اسم الحداد", "باسم الحداد"),
    ] {
        assert!(!are_one(a, b), "{a} / {b}");
    }
}

#[test]
fn a_short_form_joins_the_only_full_name() {
    let shown = |names: &[(&str, u64)]| {
        let names: Vec<(Name, u64)> = names.iter().map(|(form, n)| (person(form), *n)).collect();
        let registry = Registry::resolve(&names);
        registry
            .entities()
            .map(|it| it.name().to_owned())
            .collect::<Vec<_>>()
            .join(" | ")
    };
    assert_eq!(shown(&[("موسى أبو شقرا", 3), ("أبو شقرا", 2)]), "موسى أبو شقرا");
    // Two of them; a kunya; a given name; a family that many share.
    assert_eq!(
        shown(&[("موسى أبو شقرا", 3), ("نادر أبو شقرا", 3), ("أبو شقرا", 2)]),
        "موسى أبو شقرا | نادر أبو شقرا | أبو شقرا"
    );
    assert_eq!(
        shown(&[("علي أبو القاسم", 3), ("أبو القاسم", 2)]),
        "علي أبو القاسم | أبو القاسم"
    );
    assert_eq!(shown(&[("سامي محمد", 30), ("محمد", 2)]), "سامي محمد | محمد");
    assert_eq!(shown(&[("سامي العتيبي", 9), ("العتيبي", 2)]), "سامي العتيبي | العتيبي");
    assert_eq!(shown(&[("سامي العتيبي", 10), ("العتيبي", 2)]), "سامي العتيبي");
    assert_eq!(
        shown(&[("سامي العتيبي", 10), ("نادر العتيبي", 2), ("العتيبي", 2)]),
        "سامي العتيبي | العتيبي | نادر العتيبي"
    );
}

#[test]
fn what_articles_state_holds_in_others_too() {
    let name = |key: &str, form: &str| Name {
        kind: EntityKind::Organisation,
        key: fold(key, Folding::Name),
        form: form.to_owned(),
    };
    let long = "رابطة أهل المرفأ";
    let n_entities = |n_stated| {
        let names = [
            (name("رافد", "رافد"), 5),
            (name(long, long), 4),
            (name("رافد", long), n_stated),
        ];
        Registry::resolve(&names).entities().len()
    };
    assert_eq!((n_entities(2), n_entities(1)), (1, 2));
}

#[test]
fn corrections_act_and_can_be_taken_back() {
    let names: Vec<(Name, u64)> = ["ميخائيل بوجدانوف", "ميخائيل بوغدانوف", "سامي العامري", "نادر الصيداوي"]
        .map(|form| (person(form), 2))
        .to_vec();
    let registry = Registry::resolve(&names);
    let id = |form: &str| registry.get(registry.entity_of(&person(form)).unwrap()).unwrap().id();
    let shown = |corrections: &Corrections| {
        let corrected = registry.corrected(corrections);
        let mut shown: Vec<String> = corrected
            .entities()
            .map(|it| format!("{:?} {} {}", it.kind(), it.name(), it.articles()))
            .collect();
        shown.sort();
        shown.join(" | ")
    };
    let nobody = Corrections::default();
    let all = "Person سامي العامري 2 | Person ميخائيل بوجدانوف 4 | Person نادر الصيداوي 2";
    assert_eq!(shown(&nobody), all);
    let cases = [
        (
            Correction::Merge {
                from: id("سامي العامري"),
                into: id("نادر الصيداوي"),
            },
            "Person ميخائيل بوجدانوف 4 | Person نادر الصيداوي 4",
        ),
        (
            Correction::Split {
                from: id("ميخائيل بوغدانوف"),
                spelling: "ميخائيل بوغدانوف".into(),
            },
            "Person سامي العامري 2 | Person ميخائيل بوجدانوف 2 | Person ميخائيل بوغدانوف 2 | Person نادر الصيداوي 2",
        ),
        (
            Correction::Rename {
                entity: id("ميخائيل بوجدانوف"),
                name: "م. بوغدانوف".into(),
            },
            "Person سامي العامري 2 | Person م. بوغدانوف 4 | Person نادر الصيداوي 2",
        ),
        (
            Correction::SetKind {
                entity: id("سامي العامري"),
                kind: EntityKind::Place,
            },
            "Person ميخائيل بوجدانوف 4 | Person نادر الصيداوي 2 | Place سامي العامري 2",
        ),
        (
            Correction::Hide {
                entity: id("سامي العامري"),
            },
            "Person ميخائيل بوجدانوف 4 | Person نادر الصيداوي 2",
        ),
        (
            Correction::KeepApart {
                a: EntityId("person:ميخاييل بوجدانوف".into()),
                b: EntityId("person:ميخاييل بوغدانوف".into()),
            },
            "Person سامي العامري 2 | Person ميخائيل بوجدانوف 2 | Person ميخائيل بوغدانوف 2 | Person نادر الصيداوي 2",
        ),
    ];
    for (correction, expected) in cases {
        let mut corrections = Corrections::default();
        assert!(corrections.add(correction.clone()));
        assert!(!corrections.add(correction.clone()));
        assert_eq!(shown(&corrections), expected, "{correction:?}");
        let again = Corrections::from_json(&corrections.to_json()).unwrap();
        assert_eq!(again, corrections);
        corrections.remove(0);
        assert_eq!((shown(&corrections), corrections), (all.to_owned(), nobody.clone()));
    }
}

#[test]
fn the_later_of_two_corrections_holds() {
    let names = [(person("سامي العامري"), 2), (person("نادر الصيداوي"), 2)];
    let registry = Registry::resolve(&names);
    let ids: Vec<EntityId> = registry.entities().map(|it| it.id()).collect();
    let merge = Correction::Merge {
        from: ids[0].clone(),
        into: ids[1].clone(),
    };
    let apart = Correction::KeepApart {
        a: ids[1].clone(),
        b: ids[0].clone(),
    };
    let mut corrections = Corrections::default();
    for (correction, n_entities) in [(&merge, 1), (&apart, 2), (&merge, 1)] {
        assert!(corrections.add(correction.clone()));
        let corrected = registry.corrected(&corrections);
        assert_eq!(corrected.entities().len(), n_entities);
    }
}

#[test]
fn an_entity_keeps_its_id_when_it_gets_another_spelling() {
    let before = Registry::resolve(&[(person("ميخائيل بوغدانوف"), 2)]);
    let id = before.entities().next().unwrap().id();
    let names = [(person("ميخائيل بوغدانوف"), 2), (person("ميخائيل بوجدانوف"), 9)];
    let table = Arc::new(NameTable::of_counts(&names));
    let resolution = Arc::new(Resolution::new(table, &NoArticles, None, None));
    let nobody = Corrections::default();
    let after = Registry::new(Arc::clone(&resolution), &nobody, &KnownIds::default(), Some(&before));
    assert_eq!(
        after.entities().map(|it| it.id()).collect::<Vec<_>>(),
        std::slice::from_ref(&id)
    );
    // The same when the index was built anew, and by any of its names.
    let known = after.ids_to_keep(&KnownIds::default());
    let again = Registry::new(resolution, &nobody, &known, None);
    assert_eq!(again.entities().next().unwrap().id(), id);
    let other = EntityId("person:ميخاييل بوجدانوف".into());
    assert_eq!(again.find(&other), again.find(&id));
}

#[test]
fn doubtful_pairs_are_suggested_and_left_alone() {
    let names = [
        (person("مارين لوبان"), 5),
        (person("ماريون لوبان"), 2),
        (person("سامي العامري"), 2),
    ];
    let registry = Registry::resolve(&names);
    assert_eq!(registry.entities().len(), 3);
    let mut corrections = Corrections::default();
    let suggested = |corrections: &Corrections| {
        let registry = registry.corrected(corrections);
        let suggestions = registry.suggestions(corrections);
        suggestions
            .into_iter()
            .map(|it| (it.into.0, it.from.0))
            .collect::<Vec<_>>()
    };
    let pair = ("person:مارين لوبان".to_owned(), "person:ماريون لوبان".to_owned());
    assert_eq!(suggested(&corrections), std::slice::from_ref(&pair));
    corrections.add(Correction::KeepApart {
        a: EntityId(pair.0),
        b: EntityId(pair.1),
    });
    assert_eq!(suggested(&corrections), []);
}

#[test]
fn of_equal_doubts_the_same_is_suggested_whatever_the_order() {
    let names = ["جيوفاني دوس سانتوس", "إدواردو دوس سانتوس", "دوس سانتوس"].map(|form| (person(form), 1));
    let suggested = |names: &[(Name, u64)]| {
        let suggestions = Registry::resolve(names).suggestions(&Corrections::default());
        suggestions
            .into_iter()
            .map(|it| (it.into.0, it.from.0))
            .collect::<Vec<_>>()
    };
    let [a, b, short] = names.clone();
    assert_eq!(suggested(&names).len(), 1);
    assert_eq!(suggested(&names), suggested(&[b, a, short]));
}

/// What is suggested where one article calls an organisation by another's name, which many more articles have.
fn suggested_of_organisations(bare: &str, full: &str) -> Vec<(String, String)> {
    let name = |key: &str, form: &str| Name {
        kind: EntityKind::Organisation,
        key: fold(key, Folding::Name),
        form: form.to_owned(),
    };
    let names = [(name(bare, bare), 47), (name(full, full), 3), (name(full, bare), 1)];
    let registry = Registry::resolve(&names);
    assert_eq!(registry.entities().len(), 2, "{bare} / {full}");
    let suggestions = registry.suggestions(&Corrections::default());
    suggestions.into_iter().map(|it| (it.into.0, it.from.0)).collect()
}

#[test]
fn the_body_of_every_state_is_not_suggested_for_that_of_one() {
    for (bare, full) in [
        ("وزارة الداخلية", "وزارة الداخلية السعودية"),
        ("وزارة الصحة", "وزارة الصحة ووقاية المجتمع"),
        ("وزارة الشؤون الخارجية", "وزارة الشؤون الخارجية التونسية"),
        ("الجيش", "الجيش اللبناني"),
        ("الحكومة", "حكومة الوحدة الوطنية الليبية"),
        ("الخارجية", "وزارة الخارجية الروسية"),
        ("البنك المركزي", "البنك المركزي التونسي"),
        ("المصرف المركزي", "مصرف سوريا المركزي"),
        ("مجلس النواب", "مجلس النواب الأردني"),
        ("مجلس الشورى", "مجلس الشورى السعودي"),
        ("النيابة العامة", "النيابة العامة المصرية"),
        ("المحكمة الدستورية", "المحكمة الدستورية الكويتية"),
        ("الحرس الوطني", "الحرس الوطني التونسي"),
        ("الدفاع المدني", "الدفاع المدني السوري"),
        ("هيئة الصحة", "هيئة الصحة بدبي"),
        ("غرفة التجارة", "غرفة التجارة والصناعة بالشارقة"),
        ("المجلس الوطني", "المجلس الوطني الاتحادي"),
    ] {
        assert_eq!(suggested_of_organisations(bare, full), [], "{bare} / {full}");
    }
}

#[test]
fn what_only_one_is_called_is_suggested() {
    for (bare, full) in [
        ("مجلس الأمن", "مجلس الأمن القومي الأمريكي"),
        ("حركة المقاومة", "حركة المقاومة الإسلامية"),
        ("مؤسسة الفكر", "مؤسسة الفكر العربي"),
        ("رابطة الكتاب", "رابطة الكتاب الأردنيين"),
        ("وزارة الصحة ووقاية المجتمع", "وزارة الصحة ووقاية المجتمع الإماراتية"),
    ] {
        assert_eq!(suggested_of_organisations(bare, full).len(), 1, "{bare} / {full}");
    }
}

/// Names that meet in all kinds of links.
const FORMS: [&str; 22] = [
    "ميخائيل بوجدانوف",
    "ميخائيل بوغدانوف",
    "وميخائيل بوغدانوف",
    "بوغدانوف",
    "ديميتري بيسكوف",
    "دميتري بيسكوف",
    "ديمتري بيسكوف",
    "موسى أبو مرزوق",
    "موسي ابو مرزوق",
    "أبو مرزوق",
    "نادر أبو مرزوق",
    "سامي العامري",
    "وسامي العامري",
    "العامري",
    "عبد الله سالم",
    "عبدالله سالم",
    "محمد بن سلمان",
    "محمد بن سليمان",
    "مارين لوبان",
    "ماريون لوبان",
    "نفتالي بينيت",
    "نفتالي بنيت",
];

fn counted(counts: &[u64]) -> Vec<(Name, u64)> {
    let names = FORMS.iter().zip(counts).filter(|(_, n)| **n != 0);
    names.map(|(form, n)| (person(form), *n)).collect()
}

/// The entities as sets of spellings with their names.
fn printed(registry: &Registry) -> Vec<String> {
    registry.entities().map(|it| format!("{it:?}")).collect()
}

fn any_correction(ids: &[EntityId], numbers: (u8, usize, usize)) -> Correction {
    let (kind, a, b) = numbers;
    let id = |at: usize| ids[at % ids.len()].clone();
    match kind % 6 {
        0 => Correction::Merge {
            from: id(a),
            into: id(b),
        },
        1 => Correction::Split {
            from: id(a),
            spelling: FORMS[b % FORMS.len()].to_owned(),
        },
        2 => Correction::Rename {
            entity: id(a),
            name: format!("اسم {b}"),
        },
        3 => Correction::SetKind {
            entity: id(a),
            kind: EntityKind::ALL[b % 3],
        },
        4 => Correction::Hide { entity: id(a) },
        _ => Correction::KeepApart { a: id(a), b: id(b) },
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_names_does_not_matter(
        counts in proptest::collection::vec(0_u64..12, FORMS.len()),
        order in proptest::collection::vec(proptest::prelude::any::<u32>(), FORMS.len()),
    ) {
        let names = counted(&counts);
        let mut shuffled: Vec<(u32, (Name, u64))> = order.into_iter().zip(names.clone()).collect();
        shuffled.sort_by_key(|(place, _)| *place);
        let shuffled: Vec<(Name, u64)> = shuffled.into_iter().map(|(_, name)| name).collect();
        proptest::prop_assert_eq!(printed(&Registry::resolve(&names)), printed(&Registry::resolve(&shuffled)));
    }

    #[test]
    fn an_unrelated_article_changes_no_entity(counts in proptest::collection::vec(0_u64..12, FORMS.len())) {
        let mut names = counted(&counts);
        let before = printed(&Registry::resolve(&names));
        names.push((person("هيفاء الكندري"), 1));
        names.push((person("ريتشارد غرينفيلد"), 1));
        let after = Registry::resolve(&names);
        proptest::prop_assert_eq!(after.entities().len(), before.len() + 2);
        let after = printed(&after);
        for entity in before {
            proptest::prop_assert!(after.contains(&entity), "{} is gone", entity);
        }
    }

    #[test]
    fn a_correction_taken_back_leaves_no_trace(
        counts in proptest::collection::vec(0_u64..12, FORMS.len()),
        made in proptest::collection::vec(proptest::prelude::any::<(u8, usize, usize)>(), 0..5),
        last in proptest::prelude::any::<(u8, usize, usize)>(),
    ) {
        let registry = Registry::resolve(&counted(&counts));
        let ids: Vec<EntityId> = registry.entities().map(|it| it.id()).collect();
        proptest::prop_assume!(!ids.is_empty());
        let mut corrections = Corrections::default();
        for numbers in made {
            corrections.add(any_correction(&ids, numbers));
        }
        let before = (registry.corrected(&corrections), corrections.clone());
        if corrections.add(any_correction(&ids, last)) {
            // What was corrected is still counted, but for what was hidden.
            let corrected = registry.corrected(&corrections);
            let total = |it: &Registry| it.entities().map(|it| it.articles()).sum::<u64>();
            proptest::prop_assert!(total(&corrected) <= total(&registry));
            corrections.remove(corrections.all().len() - 1);
        }
        let after = registry.corrected(&corrections);
        proptest::prop_assert_eq!(printed(&before.0), printed(&after));
        proptest::prop_assert_eq!(before.1, corrections);
    }

    #[test]
    fn correcting_what_is_touched_is_correcting_all(
        counts in proptest::collection::vec(0_u64..12, FORMS.len()),
        made in proptest::collection::vec(proptest::prelude::any::<(u8, usize, usize)>(), 1..7),
    ) {
        let mut registry = Registry::resolve(&counted(&counts));
        let ids: Vec<EntityId> = registry.entities().map(|it| it.id()).collect();
        proptest::prop_assume!(!ids.is_empty());
        let mut corrections = Corrections::default();
        for numbers in made {
            corrections.add(any_correction(&ids, numbers));
            registry = registry.corrected(&corrections);
            let all = (0..registry.resolved.entities.len()).map(EntityIdx::of_idx).collect();
            let whole = Registry {
                corrected: Corrected::new(&registry.resolved, &corrections, all),
                ..registry.clone()
            };
            proptest::prop_assert_eq!(printed(&registry), printed(&whole));
            proptest::prop_assert_eq!(registry.entities().len(), registry.entities().count());
            for name in registry.resolution().groups.names().numbers() {
                let id = |registry: &Registry| {
                    let idx = registry.entity_of_number(name)?;
                    registry.get(idx).map(|it| (it.idx(), it.id())).filter(|it| it.0 == idx).map(|it| it.1)
                };
                proptest::prop_assert_eq!(id(&registry), id(&whole));
            }
            for id in &ids {
                let found = |registry: &Registry| Some(registry.get(registry.find(id)?)?.id());
                proptest::prop_assert_eq!(found(&registry), found(&whole));
            }
        }
    }

    #[test]
    fn resolving_by_steps_is_resolving_at_once(
        counts in proptest::collection::vec(0_u64..12, FORMS.len()),
        then in proptest::collection::vec(0_u64..12, FORMS.len()),
    ) {
        let first = Resolution::new(Arc::new(NameTable::of_counts(&counted(&counts))), &NoArticles, None, None);
        let table = Arc::new(NameTable::of_counts(&counted(&then)));
        let stepped = Arc::new(Resolution::new(table, &NoArticles, Some(&first), None));
        let nobody = Corrections::default();
        let stepped = Registry::new(stepped, &nobody, &KnownIds::default(), None);
        proptest::prop_assert_eq!(printed(&stepped), printed(&Registry::resolve(&counted(&then))));
    }
}

#[test]
fn a_latin_form_that_the_user_gives_is_shown_and_found() {
    let registry = Registry::resolve(&[(person("قبطان العزيزي"), 2), (person("نادر الصيداوي"), 1)]);
    let mut corrections = Corrections::default();
    assert!(corrections.add(Correction::SetLatin {
        entity: EntityId("person:قبطان العزيزي".into()),
        latin: "Qoptan Azizi".into(),
    }));
    let registry = registry.corrected(&corrections);
    let found = registry.entities_called("Qoptan", false);
    let found: Vec<_> = found.into_iter().filter_map(|idx| registry.get(idx)).collect();
    let [found] = found.as_slice() else { panic!("{found:?}") };
    let form = found.latin_form().unwrap();
    assert_eq!((form.text.as_str(), form.source), ("Qoptan Azizi", LatinSource::User));
}
