use super::*;

/// What an export's articles are: name and value of each of their parts, and then their other lines.
#[track_caller]
fn check(text: &str, expected: &[&[&str]]) {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let items = items_of(&lines).unwrap_or_default();
    let shown: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            let fields = item.fields.iter().map(|it| {
                let lines: Vec<&str> = it.lines.iter().filter(|it| !it.is_empty()).copied().collect();
                format!("{}={}", it.name, lines.join("/"))
            });
            let others: Vec<&str> = item.others.iter().filter(|it| !it.is_empty()).copied().collect();
            let others = Some(others.join("/")).filter(|it| !it.is_empty());
            fields.chain(others).collect()
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn old_exports_of_nexis_have_numbers_above_each_article() {
    let text = "Download Request: Selected Items: 1-2\n\n\n                1 of 2 DOCUMENTS\n\n\n        Al Madar (Damnar)\n\n    \
        March 3, 2024 Sunday\n  Final Edition\n\nBridge opened\nin Damnar\n\nBYLINE: Salma Haddad\n\nSECTION: NEWS; Pg. 3\n\n\
        LENGTH: 355 words\n\n\nFirst line\ngoes on.\n\nSecond: yes.\n\nLOAD-DATE: March 5, 2024\n\nLANGUAGE: ENGLISH\n\n\
        \n      Copyright 2024 Al Madar\n    All Rights Reserved\n\n    2 of 2 DOCUMENTS\n\n  Sidr\n\n4 March 2024\n\n\
        LENGTH: 12 words\n\nText.\n\nLOAD-DATE: x\n";
    check(
        text,
        &[
            &[
                "date=March 3, 2024 Sunday",
                "source=Al Madar (Damnar)",
                "title=Bridge opened/in Damnar",
                "Byline=Salma Haddad",
                "Section=NEWS; Pg. 3",
                "Length=355 words",
                "text=First line/goes on./Second: yes.",
                "Load-Date=March 5, 2024",
                "Language=ENGLISH",
                "Final Edition/Copyright 2024 Al Madar/All Rights Reserved/Download Request: Selected Items: 1-2",
            ],
            &[
                "date=4 March 2024",
                "source=Sidr",
                "Length=12 words",
                "text=Text.",
                "Load-Date=x",
            ],
        ],
    );
}

#[test]
fn new_exports_of_nexis_have_a_mark_below_each_article() {
    let item = "العنوان الأول للخبر\nصحيفة المدار\nMarch 3, 2024 Sunday\nCopyright 2024 المدار\nSection: NEWS\nLength: 345 words\nByline: سلمى\n\
        Body\nنص الخبر الأول.\nقال: نعم.\nClassification\nLanguage: ARABIC\nLoad-Date: March 4, 2024\nEnd of Document\n";
    let expected: &[&str] = &[
        "date=March 3, 2024 Sunday",
        "title=العنوان الأول للخبر",
        "source=صحيفة المدار",
        "Section=NEWS",
        "Length=345 words",
        "Byline=سلمى",
        "text=نص الخبر الأول./قال: نعم.",
        "Language=ARABIC",
        "Load-Date=March 4, 2024",
    ];
    let mut with_others = expected.to_vec();
    with_others.push("Copyright 2024 المدار");
    let mut first = expected.to_vec();
    first.push("Copyright 2024 المدار/User Name: x/Date and Time: Tuesday, March 5, 2024 10:00:00 AM EST/1. العنوان الأول للخبر");
    let cover = "User Name: x\nDate and Time: Tuesday, March 5, 2024 10:00:00 AM EST\n1. العنوان الأول للخبر\n";
    check(&format!("{cover}{item}{item}"), &[&first, &with_others]);
}

#[test]
fn exports_of_factiva_have_codes_or_none() {
    check(
        "SE | محليات\nHD\nافتتاح الجسر\nBY | سلمى\nWC | 345 words\nPD | 3 March 2024\nET | 10:15 AM\nSN | المدار\nLA | Arabic\nLP\nنص.\nTD\n\
         بقية النص.\nNS\ngcat : x\nAN | Document MADAR00020240303ek3300001\nSearch Summary\n",
        &[&[
            "SE=محليات",
            "HD=افتتاح الجسر",
            "BY=سلمى",
            "WC=345 words",
            "PD=3 March 2024",
            "ET=10:15 AM",
            "SN=المدار",
            "LA=Arabic",
            "LP=نص.",
            "TD=بقية النص.",
            "NS=gcat : x",
            "AN=MADAR00020240303ek3300001",
            "Search Summary",
        ]],
    );
    let item = "محليات\nافتتاح الجسر\nBy سلمى\n345 words\n3 March 2024\n10:15 AM\nالمدار\nMADAR\nArabic\n(c) 2024\nنص الخبر.\nبقيته.\n\
        Document MADAR00020240303ek3300001\n";
    let expected: &[&str] = &[
        "title=افتتاح الجسر",
        "byline=سلمى",
        "words=345 words",
        "date=3 March 2024",
        "source=المدار",
        "text=نص الخبر./بقيته.",
        "AN=MADAR00020240303ek3300001",
        "محليات/10:15 AM/MADAR/Arabic/(c) 2024",
    ];
    check(&format!("{item}{item}"), &[expected, expected]);
}

#[test]
fn exports_of_proquest_have_lines_between() {
    let line = "_".repeat(60);
    let item = "افتتاح الجسر\nAuthor: سلمى\nFull text: نص الخبر.\n\nبقيته.\nSubject: جسور; طرق\nPublication title: المدار\nPublication date: Mar 3, 2024\n\
        ProQuest document ID: 123\nDocument URL: https://example.org/1\nLast updated: 2024-05-06\n";
    let expected: &[&str] = &[
        "Author=سلمى",
        "Full text=نص الخبر./بقيته.",
        "Subject=جسور; طرق",
        "Publication title=المدار",
        "Publication date=Mar 3, 2024",
        "ProQuest document ID=123",
        "Document URL=https://example.org/1",
        "Last updated=2024-05-06",
        "title=افتتاح الجسر",
    ];
    let mut last = expected.to_vec();
    last.push("Contact us at: http://x");
    check(
        &format!("{line}\n{item}{line}\n{item}{line}\nContact us at: http://x\n"),
        &[expected, &last],
    );
}

#[test]
fn printed_exports_of_proquest_have_a_link_below_each_headline() {
    let item = "افتتاح جسر\nالمرفأ\nسلمى الحداد. المدار; دمنار [دمنار]. 3 مارس 2024: 3.\nرابط وثيقة ProQuest\nالنص الكامل\nنص الخبر.\nبقيته.\n\
        التفاصيل\nالعنوان:  افتتاح جسر المرفأ\nعنوان المطبوعة:  المدار\nتاريخ النشر:  3 مارس 2024\nمعرف وثيقة ProQuest:  123\nالروابط\nخدمة الروابط\n";
    let expected: &[&str] = &[
        "النص الكامل=نص الخبر./بقيته.",
        "العنوان=افتتاح جسر المرفأ",
        "عنوان المطبوعة=المدار",
        "تاريخ النشر=3 مارس 2024",
        "معرف وثيقة ProQuest=123",
        "الروابط=خدمة الروابط",
        "byline=سلمى الحداد",
        "افتتاح جسر/المرفأ/سلمى الحداد. المدار; دمنار [دمنار]. 3 مارس 2024: 3./رابط وثيقة ProQuest",
    ];
    check(&format!("{item}{item}"), &[expected, expected]);
}

#[test]
fn a_name_below_a_headline_is_the_reporter_of_factiva() {
    for (above, title, byline) in [
        (
            "محليات\nافتتاح الجسر القديم أمام السيارات\nسلمى الحداد\n",
            "افتتاح الجسر القديم أمام السيارات",
            Some("سلمى الحداد"),
        ),
        (
            "محليات\nافتتاح الجسر\nسلمى الحداد By\n",
            "افتتاح الجسر",
            Some("سلمى الحداد"),
        ),
        ("محليات\nافتتاح الجسر\n", "افتتاح الجسر", None),
    ] {
        let text = format!("{above}345 words\n3 March 2024\nالمدار\nArabic\nنص.\nDocument MADAR00020240303ek3300001\n");
        let lines: Vec<&str> = text.lines().collect();
        let items = items_of(&lines).unwrap_or_default();
        let of_role = |role| {
            items[0]
                .fields
                .iter()
                .find(|it| it.role == role)
                .map(|it| it.lines.join(" "))
        };
        assert_eq!(of_role(FieldRole::Title).as_deref(), Some(title), "{above}");
        assert_eq!(of_role(FieldRole::Byline).as_deref(), byline, "{above}");
    }
}

#[test]
fn other_texts_are_not_divided() {
    for text in [
        "3 of 10 DOCUMENTS\nنص بلا حقول.",
        "مقال\nLength: 3 words\nنص عن End of Document في سطر.\n",
        "مقال\nSection: أ\nنص\nEnd of Document\n",
        "عنوان\nDocument 3 of 50\nنص",
        "Title: أ\nAuthor: ب\nنص\n____________________________\nنص",
        "قال 345 words\nDocument A1\n",
        "345 words\n3 March 2024\nDocument MADAR00020240303ek3300001\n",
    ] {
        check(text, &[]);
    }
}
