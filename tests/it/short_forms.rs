//! Short forms of names in invented articles: names with «عبد» and kunyas, family names of names in several spellings.

use std::path::Path;

use fihrist::archive;
use fihrist::entities::{Mention, ModelRecogniser, Recogniser as _, Registry};

/// Checks that everything that is written as `short` in an article is who `full` names.
#[track_caller]
fn check(recogniser: &ModelRecogniser, body: &str, short: &str, full: &str) {
    let text = format!("خبر من المدينة\n14 نوفمبر 2023\n\n{body}\n");
    let article = &archive::parse(Path::new("a.txt"), text.as_bytes())[0];
    let mentions = recogniser.mentions(article);
    let counted: Vec<_> = mentions.iter().map(|it| (it.name.clone(), 1)).collect();
    let registry = Registry::resolve(&counted);
    let entity = |it: &Mention| registry.entity_of(&it.name);
    let written = |form: &str| -> Vec<&Mention> {
        let those = mentions.iter().filter(|it| it.span.of(&article.text) == Some(form));
        those.collect()
    };
    let (shorts, fulls) = (written(short), written(full));
    assert!(
        !shorts.is_empty() && !fulls.is_empty(),
        "not found: {body}\n{mentions:#?}"
    );
    for it in shorts {
        assert_eq!(entity(it), entity(fulls[0]), "{short} / {full}: {body}");
    }
}

#[test]
fn names_with_abd_in_two_spellings_are_one_for_a_short_form() {
    let it = &ModelRecogniser::new();
    for (given, other, family) in [
        ("عبد الرحمن", "عبدالرحمن", "شومان"),
        ("عبدالله", "عبد الله", "الدقاق"),
        ("عبد العزيز", "عبدالعزيز", "البلخي"),
        ("عبدالكريم", "عبد الكريم", "قرباش"),
        ("عبد اللطيف", "عبداللطيف", "السرحاني"),
        ("عبد الوهاب", "عبدالوهاب", "زغلان"),
        ("أحمد", "احمد", "شومان"),
        ("إبراهيم", "ابراهيم", "البلخي"),
        ("مصطفى", "مصطفي", "قرباش"),
        ("عبد الإله", "عبدالاله", "الدقاق"),
    ] {
        let body = format!(
            "التقى الوزير {given} {family} الوفد صباح أمس. وقال {family} إنه سعيد بالزيارة. وغادر الوزير {other} \
             {family} القاعة بعد ساعة."
        );
        check(it, &body, family, &format!("{given} {family}"));
    }
}

#[test]
fn names_with_a_kunya_for_a_given_name_lose_what_stands_in_the_middle() {
    let it = &ModelRecogniser::new();
    for (title, full, short) in [
        ("السيدة", "أم كلثوم بنت الحسن الإدريسي", "أم كلثوم الإدريسي"),
        ("الدكتور", "أبو بكر سالم الحداد", "أبو بكر الحداد"),
        ("الدكتور", "أبو القاسم محمد الزياني", "أبو القاسم الزياني"),
        ("الشيخ", "أبو الحسن علي الزغلان", "أبو الحسن الزغلان"),
        ("السيدة", "سلوى بنت الحسن الإدريسي", "سلوى الإدريسي"),
        ("المهندس", "أبو بكر بن سالم السرحاني", "أبو بكر السرحاني"),
        ("الدكتورة", "أم الخير بنت سعيد القرباشي", "أم الخير القرباشي"),
    ] {
        let body = format!("عين المجلس {title} {full} في المنصب. وقال {title} {short} إن العمل سيبدأ غدا.");
        check(it, &body, short, full);
    }
}

#[test]
fn a_kunya_is_short_for_a_name_in_all_its_cases() {
    let it = &ModelRecogniser::new();
    for (full, kunya, other) in [
        ("عبد الكريم أبو زناد", "أبو زناد", "عبدالكريم ابو زناد"),
        ("موسى أبو شليح", "أبو شليح", "موسى ابو شليح"),
        ("سليم أبو قرباش", "أبو قرباش", "سليم ابو قرباش"),
        ("ناصر أبو دراع", "أبو دراع", "ناصر ابو دراع"),
    ] {
        let body = format!("ألقى الدكتور {full} محاضرة. وقال {kunya} إن البحث مستمر. وحضر الدكتور {other} الحفل.");
        check(it, &body, kunya, full);
    }
}
