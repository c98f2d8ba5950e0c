//! Names across scripts, with the built-in lists.

use super::{Evidence, Latin, LatinForm, LatinIndex, LatinSource};
use crate::arabic::{Folding, Span, fold};
use crate::entities::name_table::NameTable;
use crate::entities::{EntityKind, Mention, Name};

const NAMES: &[&str] = &[
    "عبد الفتاح السيسي",
    "عبد الفتاح البرهان",
    "بنيامين نتنياهو",
    "بيب غوارديولا",
    "محمد بن سلمان",
    "سلمان بن عبد العزيز",
    "محمد سلمان",
    "إيمانويل ماكرون",
    "فلاديمير بوتين",
    "أحمد أبو الغيط",
    "حسن نصر الله",
    "نواف سلام",
    "جمال خاشقجي",
    "عبد المجيد تبون",
];

/// The first name that a Latin text finds among [`NAMES`].
#[track_caller]
fn check_first(latin: &str, is_open: bool, expected: &str) {
    let mut table = NameTable::default();
    for name in NAMES {
        table.push(EntityKind::Person, &fold(name, Folding::Name), name);
    }
    let index = LatinIndex::new(&table);
    let found = Latin::built_in().find(&index, latin, is_open);
    let first = found.first().map_or("", |it| table.form(it.name));
    assert_eq!(first, expected, "{latin}: {found:?}");
}

#[test]
fn what_is_typed_in_latin_letters_finds_the_name() {
    check_first("Sisi", false, "عبد الفتاح السيسي");
    check_first("Abdel Fattah el-Sisi", false, "عبد الفتاح السيسي");
    check_first("Abdul-Fattah al Burhan", false, "عبد الفتاح البرهان");
    check_first("al-Burhan", false, "عبد الفتاح البرهان");
    check_first("Netanyahu", false, "بنيامين نتنياهو");
    check_first("Netan", true, "بنيامين نتنياهو");
    check_first("Guardiola", false, "بيب غوارديولا");
    check_first("Mohammed bin Salman", false, "محمد بن سلمان");
    check_first("Macron", false, "إيمانويل ماكرون");
    check_first("Poutine", false, "فلاديمير بوتين");
    check_first("Putin", false, "فلاديمير بوتين");
    check_first("Aboul Gheit", false, "أحمد أبو الغيط");
    check_first("Hassan Nasrallah", false, "حسن نصر الله");
    check_first("Chaschukdschi", false, "جمال خاشقجي");
    check_first("Tebboune", false, "عبد المجيد تبون");
    check_first("Schwarzenegger", false, "");
    check_first("", true, "");
}

#[test]
fn a_form_that_an_article_writes_finds_its_name() {
    let mut table = NameTable::default();
    let name = table.push(EntityKind::Organisation, "منظمه الصحه العالميه", "منظمة الصحة العالمية");
    let index = LatinIndex::new(&table);
    assert_eq!(Latin::built_in().find(&index, "WHO", false), []);
    table.add_latin(name, "WHO", 1);
    let found = Latin::built_in().find(&LatinIndex::new(&table), "who", false);
    assert_eq!(found.first().map(|it| it.name), Some(name));
}

#[test]
fn a_name_has_a_latin_form() {
    let form = |name: &str| Latin::built_in().form_of(name);
    let listed = |text: &str| {
        Some(LatinForm {
            text: text.to_owned(),
            source: LatinSource::List,
        })
    };
    assert_eq!(form("محمد بن سلمان"), listed("Mohamed bin Salman"));
    // As Arab countries write it, but Iranian names as Iran does.
    assert_eq!(form("سلطان القاسمي"), listed("Soltan al-Qasimi"));
    assert_eq!(form("محمد جواد ظريف"), listed("Mohammad Javad Zarif"));
    assert_eq!(form("تميم بن حمد آل ثاني"), listed("Tamim bin Hamad Al Thani"));
    assert_eq!(form("بنيامين نتنياهو").map(|it| it.source), Some(LatinSource::List));
    assert_eq!(form("تشوبانزاده").map(|it| it.source), Some(LatinSource::Rule));
    assert_eq!(form("NATO"), None);
    assert_eq!(form(&"ب".repeat(20_000)), None);
}

/// What is learnt of a text whose only name is `arabic`.
#[track_caller]
fn check(kind: EntityKind, arabic: &str, text: &str, expected: Option<(&str, Evidence)>) {
    let start = text.find(arabic).unwrap();
    let mention = Mention {
        kind,
        span: Span::new(start, start + arabic.len()),
        name: Name {
            kind,
            key: fold(arabic, Folding::Name),
            form: arabic.to_owned(),
        },
        role: None,
    };
    let found = Latin::built_in().written_forms(text, &[mention]);
    let found = found.first().map(|it| (it.latin.as_str(), it.evidence));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn what_spells_a_person_is_learnt() {
    let person = EntityKind::Person;
    let sound = |it| Some((it, Evidence::Sound));
    check(
        person,
        "إيمانويل ماكرون",
        "قال إيمانويل ماكرون (Emmanuel Macron) أمس",
        sound("Emmanuel Macron"),
    );
    check(
        person,
        "ماكرون",
        "قال ماكرون (Emmanuel Macron) أمس",
        sound("Emmanuel Macron"),
    );
    check(
        person,
        "إيمانويل ماكرون",
        "«إيمانويل ماكرون» (بالفرنسية: Emmanuel Macron)",
        sound("Emmanuel Macron"),
    );
    check(person, "محمد صلاح", "محمد صلاح (Reuters)", None);
    check(person, "محمد صلاح", "محمد صلاح (Mo Salah 11)", None);
    check(person, "محمد صلاح", "محمد صلاح (ليفربول)", None);
    check(person, "محمد صلاح", "محمد صلاح، (Mohamed Salah)", None);
    check(person, "جو بايدن", "جو بايدن (Donald Trump)", None);
}

#[test]
fn abbreviations_of_organisations_are_learnt() {
    let organisation = EntityKind::Organisation;
    check(
        organisation,
        "الناتو",
        "حلف الناتو (NATO) أعلن",
        Some(("NATO", Evidence::Sound)),
    );
    check(
        organisation,
        "بي بي سي",
        "قناة بي بي سي (BBC)",
        Some(("BBC", Evidence::Letters)),
    );
    let who = "منظمة الصحة العالمية (WHO) تحذر";
    check(
        organisation,
        "منظمة الصحة العالمية",
        who,
        Some(("WHO", Evidence::Introduced)),
    );
    check(organisation, "الجيش الأمريكي", "الجيش الأمريكي (AFP)", None);
    check(organisation, "حماس", "حركة حماس (Reuters)", None);
}
