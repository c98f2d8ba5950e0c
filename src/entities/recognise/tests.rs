//! What the recogniser finds in sentences that were made up for it.

use super::*;
use crate::archive::parse;

/// Checks what a text of one paragraph names, in order: "kind:key", a person's role after a slash.
#[track_caller]
fn check(text: &str, expected: &str) {
    let padded = format!("{text} وهذا ما جرى في ذلك الاجتماع الذي استمر ساعات طويلة.");
    let article = &parse(std::path::Path::new("a.txt"), padded.as_bytes())[0];
    let found: Vec<String> = ModelRecogniser::new()
        .mentions(article)
        .iter()
        .map(|it| {
            let kind = match it.kind {
                EntityKind::Person => "person",
                EntityKind::Organisation => "org",
                EntityKind::Place => "place",
            };
            let written = it.span.of(&article.text).unwrap();
            assert!(!written.is_empty());
            let role = it
                .role
                .map_or_else(String::new, |role| format!("/{}", role.of(&article.text).unwrap()));
            format!("{kind}:{}{role}", it.name.key)
        })
        .collect();
    assert_eq!(found.join(" | "), expected);
}

#[test]
fn nothing_is_named_by_words_that_are_none() {
    let text = "قال سيرغي لافروف في القاهرة إن المحادثات كانت مفيدة للغاية.";
    let mut article = parse(std::path::Path::new("a.txt"), text.as_bytes()).swap_remove(0);
    assert!(!ModelRecogniser::new().mentions(&article).is_empty());
    article.problems.push(Problem::Illegible);
    assert_eq!(ModelRecogniser::new().mentions(&article), []);
}

#[test]
fn a_paragraph_without_end_is_searched_to_its_end() {
    let sentence = "وقال سيرغي لافروف في القاهرة إن المحادثات كانت مفيدة للغاية. ";
    let n = 2 * STRETCH / sentence.len();
    let article = &parse(std::path::Path::new("a.txt"), sentence.repeat(n).as_bytes())[0];
    let mentions = ModelRecogniser::new().mentions(article);
    let of = |name: &str| {
        let found = mentions.iter().filter(|it| it.span.of(&article.text) == Some(name));
        found.count()
    };
    // One may be cut in two where a stretch ends.
    assert!(
        n - 3 <= of("سيرغي لافروف") && n - 3 <= of("القاهرة"),
        "{n} {}",
        mentions.len()
    );
}

#[test]
fn the_built_in_model_is_whole_and_says_what_it_was_made_of() {
    assert_eq!(Model::new(BUILT_IN_MODEL).err(), None);
    let notice = MODEL_NOTICE.as_bytes();
    assert!(BUILT_IN_MODEL.windows(notice.len()).any(|it| it == notice));
    assert!(BUILT_IN_MODEL.len() <= 12 << 20);
}

#[test]
fn people_known_and_unknown() {
    check("قال سامي العامري إن العمل اكتمل.", "person:سامي العامري");
    check("قال بوتين إن العمل اكتمل.", "person:فلاديمير بوتين");
    check("تحدث باسم الحكومة عن الأزمة.", "");
    check(
        "قال اللواء عبد الرحمن الشهابي إن العملية نفذت.",
        "person:عبد الرحمن الشهابي/اللواء",
    );
}

#[test]
fn a_family_name_stands_for_the_full_name_of_the_article() {
    check(
        "وصل سامي العامري صباحا. وأكد العامري أنه متفائل، ثم صفق الحاضرون للعامري.",
        "person:سامي العامري | person:سامي العامري | person:سامي العامري",
    );
}

#[test]
fn a_clitic_never_changes_the_entity() {
    for text in [
        "زار القاهرة.",
        "وصل بالقاهرة.",
        "وصل للقاهرة.",
        "سافر إلى دبي والقاهرة.",
    ] {
        let expected = if text.contains("دبي") {
            "place:دبي | place:القاهره"
        } else {
            "place:القاهره"
        };
        check(text, expected);
    }
    check("زار وجدة أمس.", "place:وجده");
    check(
        "أعلنت حماس أنها قبلت، وقال ناطق باسم حركة حماس إن لحماس شروطا.",
        "org:حماس | org:حماس | org:حماس",
    );
}

#[test]
fn a_name_in_two_scripts_is_one() {
    check(
        "استقبل الرئيس عبد الفتاح السيسي نظيره الفرنسي إيمانويل ماكرون (Emmanuel Macron) في القاهرة.",
        "person:عبد الفتاح السيسي/الرئيس | person:ايمانويل ماكرون | place:القاهره",
    );
}

#[test]
fn bodies_of_states_are_no_offices() {
    check("أعلنت الخارجية الروسية أمس موقفها.", "org:وزاره الخارجيه الروسيه");
    check("اجتمع وزير الخارجية الروسي بنظيره.", "");
    check("أعلن الجيش اللبناني حصيلة جديدة.", "org:الجيش اللبناني");
    check("أعلن \"الجيش\" اللبناني حصيلة جديدة.", "org:الجيش اللبناني");
}

#[test]
fn bodies_that_are_particular_by_their_bare_names() {
    check("أوقفت عناصر القوات المساعدة شخصين.", "org:القوات المساعده");
    check("قال مسؤول بالجمارك إن العمل اكتمل.", "org:الجمارك");
}

#[test]
fn a_company_is_not_the_newspaper_of_its_name() {
    check("أعلنت شركة الخليج أرباحها.", "org:شركه الخليج");
    check("قال محرر في جريدة الخليج إن العمل اكتمل.", "org:صحيفه الخليج");
}

#[test]
fn a_fair_that_is_called_after_a_city_is_no_place() {
    check("هبطت الطائرة في مطار أبوظبي الدولي مساء.", "place:مطار ابوظبي الدولي");
    check("افتتح معرض أبوظبي الدولي للكتاب أمس.", "");
    check("افتتح معرض دمشق الدولي أمس.", "");
}

#[test]
fn what_stands_at_the_edge_of_a_name_is_none_of_it() {
    check("قال ناطق لـ\"رويترز\" إن العمل اكتمل.", "org:رويترز");
    check(
        "أوقفت عناصر الدرك الملكي بإقليم سطات شخصين.",
        "org:الدرك الملكي | place:سطات",
    );
    check("فاز ريال مدريد الإسباني بالمباراة.", "org:ريال مدريد");
    check(
        "أعلنت وزارة الصحة الفلسطينية حصيلة جديدة.",
        "org:وزاره الصحه الفلسطينيه",
    );
}

#[test]
fn titles_are_roles_and_no_part_of_a_name() {
    check(
        "قال نائب وزير الخارجية الروسي ميخائيل بوغدانوف إن بلاده مستعدة.",
        "person:ميخاييل بوغدانوف/نائب وزير الخارجية الروسي",
    );
    check("استقبل الدكتور باهر الصيداوي وفدا.", "person:باهر الصيداوي");
}

#[test]
fn a_role_is_an_office_of_this_person() {
    check(
        "وقال الباجي قايد السبسي اليوم الخميس بقصر قرطاج رئيس الحكومة الحبيب الصيد.",
        "person:الباجي قايد السبسي | place:قرطاج | person:الحبيب الصيد/رئيس الحكومة",
    );
    check("عرضت الفرقة مسرحية من تأليف سامي العامري.", "person:سامي العامري");
    check("وصل المدير ومعه نائبه سامي العامري.", "person:سامي العامري");
    check(
        "قال سامي العامري رئيس مجلس الإدارة والأعضاء.",
        "person:سامي العامري/رئيس مجلس الإدارة",
    );
    check("أعلن والي تونس عمر منصور.", "place:تونس | person:عمر منصور/والي تونس");
}

#[test]
fn hashtags_and_words_are_nobody() {
    check("انتشر وسم #القاهرة على الشبكات.", "");
    check("علمت «كود» أن الاجتماع انتهى.", "");
    check("طرحت الشركة اكتتاب أسهمها.", "");
}

#[test]
fn adjectives_and_common_words_are_nobody() {
    check("قال الروسي إن الاقتصاد العالمي يتعافى.", "");
}

#[test]
fn a_name_has_no_words_that_stand_in_none() {
    check("قال أخوه سامي العامري إن العمل اكتمل.", "person:سامي العامري");
    check("قال رونالدينيو لصحيفة محلية إن العمل اكتمل.", "person:رونالدينيو");
    check(
        "قال الدكتور أحمد الصيداوي شيخ الأزهر كلمة.",
        "person:احمد الصيداوي | org:الازهر",
    );
    check("وصل ابن عشرين عاما إلى المدرسة.", "");
    check("حضر عمر خليل وسامي حداد الحفل.", "person:عمر خليل | person:سامي حداد");
}

#[test]
fn families_are_no_people() {
    check("حضرت وجوه من آل الصيداوي الحفل.", "");
}

#[test]
fn a_hospital_with_a_persons_name_is_a_place() {
    check("نقل المصابون إلى مستشفى كمال العامري أمس.", "place:مستشفي كمال العامري");
}

#[test]
fn a_bare_body_of_a_state_is_that_of_the_article() {
    check(
        "أعلنت وزارة الداخلية العراقية أرقاما جديدة، ثم قالت وزارة الداخلية إن العمل مستمر.",
        "org:وزاره الداخليه العراقيه | org:وزاره الداخليه العراقيه",
    );
    check(
        "أعلنت وزارة الداخلية أن العملية انتهت في بغداد وفي البصرة.",
        "org:وزاره الداخليه العراقيه | place:بغداد | place:البصره",
    );
    check("أعلنت وزارة الداخلية أنها دعت السفير الفرنسي.", "org:وزاره الداخليه");
    check(
        "أعلنت وزارة الخارجية أن الوزير زار باريس وفرنسا.",
        "org:وزاره الخارجيه | place:باريس | place:فرنسا",
    );
    check("أعلنت وزارة الداخلية أن العملية انتهت.", "org:وزاره الداخليه");
    check(
        "اتفقت وزارة الداخلية العراقية مع وزارة الداخلية السورية، وقالت وزارة الداخلية إن العمل مستمر.",
        "org:وزاره الداخليه العراقيه | org:وزاره الداخليه السوريه | org:وزاره الداخليه",
    );
}

#[test]
fn a_foreign_name_begins_with_all_its_given_names() {
    check("وصف اللاعب سوني بيل ويليامز مشواره.", "person:سوني بيل ويليامز/اللاعب");
    check("قال أنجل ماريا فيار إن الاتحاد سيعلن قراره.", "person:انجل ماريا فيار");
    check(
        "التقى المدرب أنخيل ماريا فيار اللاعبين.",
        "person:انخيل ماريا فيار/المدرب",
    );
    check("قال مايكل جون سميث إن العمل اكتمل.", "person:مايكل جون سميث");
    check("قال الأرجنتيني ليونيل ميسي إن العمل اكتمل.", "person:ليونيل ميسي");
}

#[test]
fn a_place_behind_a_foreign_given_name_is_a_family_name() {
    check("الواقع أن جيمي ويلز أنشأ الموسوعة.", "person:جيمي ويلز");
    check("قال دنزل واشنطن إن العمل اكتمل.", "person:دنزل واشنطن");
    check("قال الصحفي في لندن إن العمل اكتمل.", "place:لندن");
    check(
        "قال سامي العامري في واشنطن إن العمل اكتمل.",
        "person:سامي العامري | place:واشنطن",
    );
}

#[test]
fn a_name_goes_on_behind_the_word_for_a_son() {
    check(
        "قال أبو بكر عبد الله بن محمد بن أبي الدنيا إن الأمر كذلك.",
        "person:ابو بكر عبد الله بن محمد بن ابي الدنيا",
    );
    check("قال سالم بن حمد إن العمل اكتمل.", "person:سالم بن حمد");
    check("قال بوعلي المباركي إن العمل اكتمل.", "person:بوعلي المباركي");
}

#[test]
fn a_lone_foreign_given_name_is_nobody() {
    check("سجل جيمي هدفين في المباراة.", "");
    check(
        "وصل جيمي كارتر صباحا، وقال جيمي إنه متفائل.",
        "person:جيمي كارتر | person:جيمي كارتر",
    );
    check("سجل نيمار هدفين في المباراة.", "person:نيمار");
}

#[test]
fn what_a_body_is_for_belongs_to_its_name() {
    check(
        "نظمتها إدارة التثقيف الصحي في المجلس الأعلى لشؤون الأسرة أمس.",
        "org:المجلس الاعلي لشوون الاسره",
    );
    check("قرر المجلس الوطني للإعلام إغلاق الصحيفة.", "org:المجلس الوطني للاعلام");
}

#[test]
fn a_company_is_no_person() {
    check("قال الخبير في إرنست آند يونغ إن السوق تتعافى.", "org:ارنست اند يونغ");
    check("ارتفع سهم الهلال الأخضر للتأمين بنسبة كبيرة.", "org:الهلال الاخضر للتامين");
    for (form, kind) in [
        ("شنايدر الكتريك", EntityKind::Organisation),
        ("هيتاشي الكترونيكس", EntityKind::Organisation),
        ("دايملر موتورز", EntityKind::Organisation),
        ("توماس شنايدر", EntityKind::Person),
        ("روبرت كابا", EntityKind::Person),
    ] {
        assert_eq!(ModelRecogniser::new().kind(EntityKind::Person, form), kind, "{form}");
    }
}

#[test]
fn a_ship_is_no_person() {
    check("غادرت الفرقاطة محمد السادس الميناء.", "");
    check("غادر الملك محمد السادس الميناء.", "person:محمد السادس/الملك");
    check("كان للرواية نصيب الأسد من الجوائز.", "");
    check("قال الأسد إن العمل اكتمل.", "person:بشار الاسد");
}

#[test]
fn the_new_moon_is_no_club() {
    check("تعذرت رؤية الهلال مساء أمس.", "");
    check("قالت اللجنة إن رؤية الهلال لم تثبت، وإن الهلال يولد غدا.", "");
    check("فاز الهلال على النصر بهدفين.", "org:الهلال | org:النصر السعودي");
}

#[test]
fn a_local_body_is_that_of_the_place_behind_it() {
    let health = "org:هييه الصحه بدبي";
    check("أعلنت هيئة الصحة بدبي أرقاما جديدة.", health);
    check(
        "أعلنت هيئة الصحة في دبي أرقاما جديدة.",
        &format!("{health} | place:دبي"),
    );
    check(
        "أعلنت دائرة الأشغال في عجمان عن المشروع، وقالت دائرة الأشغال إن العمل مستمر.",
        "org:دايره الاشغال بعجمان | place:عجمان | org:دايره الاشغال بعجمان",
    );
    check(
        "اتفقت هيئة الصحة في دبي مع هيئة الصحة في أبوظبي، وقالت هيئة الصحة إن العمل مستمر.",
        "org:هييه الصحه بدبي | place:دبي | org:هييه الصحه بابوظبي | place:ابوظبي | org:هييه الصحه",
    );
    check(
        "أعلنت وزارة الداخلية في العراق أرقاما.",
        "org:وزاره الداخليه العراقيه | place:العراق",
    );
}

#[test]
fn a_body_that_nobody_attributes_says_so() {
    let form = |text: &str| {
        let padded = format!("{text} وهذا ما جرى في ذلك الاجتماع الذي استمر ساعات طويلة.");
        let article = &parse(std::path::Path::new("a.txt"), padded.as_bytes())[0];
        ModelRecogniser::new().mentions(article)[0].name.form.clone()
    };
    assert_eq!(
        form("أعلنت وزارة الداخلية أن العملية انتهت."),
        "وزارة الداخلية (الدولة غير محددة)"
    );
    assert_eq!(
        form("أعلنت هيئة الصحة أن العملية انتهت."),
        "هيئة الصحة (المكان غير محدد)"
    );
    assert_eq!(form("أعلنت هيئة الصحة في دبي أن العملية انتهت."), "هيئة الصحة بدبي");
    assert_eq!(
        form("أعلنت وزارة الداخلية العراقية أن العملية انتهت."),
        "وزارة الداخلية العراقية"
    );
}

#[test]
fn amman_is_not_oman() {
    check("زار الوفد قطر وعمان.", "place:قطر | place:سلطنه عمان");
    check("وصل الوفد إلى العاصمة الأردنية عمان.", "place:عمان");
    check("وصل الوفد إلى عمّان أمس.", "place:عمان");
    check("زار الوفد بيروت وعمان.", "place:بيروت | place:عمان");
    check("زار الوفد عمان ومسقط.", "place:سلطنه عمان | place:مسقط");
    check(
        "زار الوفد عمان، ثم سافر إلى إربد والعقبة.",
        "place:عمان | place:اربد | place:العقبه",
    );
    check("زار الوفد عمان أمس.", "place:عمان المدينه او السلطنه");
}
