use super::*;

/// The lines of a document, with the kinds that it states.
fn lines_of(document: &[u8]) -> Vec<(String, Option<SectionKind>)> {
    let mut bytes = document;
    let mut lexer = Lexer::new(&mut bytes);
    let mut reader = Reader::new(None);
    while let Some(token) = lexer.next().unwrap() {
        reader.take(token, lexer.word());
    }
    reader.finish().lines
}

#[track_caller]
fn check(document: &str, expected: &[&str]) {
    let lines = lines_of(document.as_bytes());
    assert_eq!(
        lines.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
        expected,
        "{document}"
    );
}

#[test]
fn letters_are_in_the_code_page_of_their_font() {
    let fonts =
        r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset178{\*\fname Arial;}Arial (Arabic);}{\f2\fcharset204 A;}}";
    check(
        &format!(r"{{\rtf1\ansi\ansicpg1252{fonts}\f1\'de\'c7\'e1 \f0 caf\'e9 \f2\'c4\'e0{{\f1 \'c8}}\'ed\par}}"),
        &["قال café Даبн"],
    );
    // The last of both directions is the run's; the other is of what is not there.
    check(
        &format!(
            r"{{\rtf1\ansi{fonts}{{\ltrch\fcs1 \af0 \rtlch\fcs0 \f1 \'de\'c7\'e1}}{{\rtlch\fcs1 \af1 \ltrch\fcs0 \f0 \'e9}}}}"
        ),
        &["قالé"],
    );
    check(
        r"{\rtf1\ansi\ansicpg1256 \'de\'c7\'e1 \'e6 Espa\'f1a\par}",
        &["قال و España"],
    );
    check(r"{\rtf1\mac \'8e\par}", &["é"]);
    check(
        r"{\rtf1\mac{\fonttbl{\f0\fcharset84 G;}}\f0 \'e2\'d1\'c7\par}",
        &["قرا"],
    );
    check(r"{\rtf1\pca \'82\par}", &["é"]);
    check(r"{\rtf1\ansi\ansicpg720 \'e7\'9f\'e9\par}", &["قال"]);
    check(
        r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 S;}}\f0\'d6\'d0\'ce\'c4}",
        &["中文"],
    );
    check("{\\rtf1\\ansi قال}", &["قال"]);
}

#[test]
fn letters_have_numbers_and_something_for_old_programs() {
    check(r"{\rtf1\uc1\u1602?\u1575\'c7\u1604 l.}", &["قال."]);
    check(r"{\rtf1\uc0\u1602\u1575\u1604 .}", &["قال."]);
    check(r"{\rtf1\uc2\u1602??{\uc1\u1575?}\u1604\'3f\'3f.}", &["قال."]);
    check(r"{\rtf1\u-10179?\u-8704?\u55357?\u56832?\u128512?}", &["😀😀😀"]);
    check(r"{\rtf1\u-64?\u1602\u1575?}", &["\u{FFC0}قا"]);
    check(r"{\rtf1\u8217\rquote s\u1602{x}}", &["’sقx"]);
    check(r"{\rtf1{\upr{\'c7}{\*\ud{\u1575?}}}}", &["ا"]);
    check(
        r"{\rtf1{\info{\upr{\title \'c7}{\*\ud{\title \u1575?}}}}a\uc0 \u55357\uc1 \u56832\'3f}",
        &["a😀"],
    );
}

#[test]
fn no_markup_is_in_the_text() {
    let before = r"{\colortbl;\red0;}{\stylesheet{\s0 Normal;}{\*\cs1 Char;}}{\*\themedata 504b03}{\info{\title T}{\author A}{\creatim\yr2020}}";
    let text = r"a{\pict\pngblip 89504e47}{\*\x y}{\field{\*\fldinst HYPERLINK http://x}{\fldrslt b}}{\object{\*\objdata 01}{\result c}}";
    let rest = r"{\v hidden}{\deleted d}{\header h}{\xe i}{\listtext 1.\tab}\emdash\tab\~\_\-\{\\\}{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}";
    check(
        &format!(r"{{\rtf1{before}{text}{rest}\line e\par}} f"),
        &["abc— \u{A0}-{\\}", "e"],
    );
    check("{\\rtf1 a\\bin5 }}}\\{b\\par}", &["ab"]);
}

#[test]
fn paragraphs_have_the_kinds_of_their_styles() {
    use SectionKind::{Subheading, Title};
    let text = r"{\rtf1{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2\sbasedon0 heading 2;}{\s3 \u1593?\u1575?;}}\pard\s1{\b A}{\par}\pard\plain B\par\s2 C\par{\pard\outlinelevel2 D\par}\pard\s3 E\par}";
    let kinds: Vec<_> = lines_of(text.as_bytes()).into_iter().map(|it| it.1).collect();
    assert_eq!(kinds, [Some(Title), None, Some(Subheading), Some(Subheading), None]);
}

#[test]
fn rows_are_lines_and_notes_stand_behind() {
    let row = r"\trowd\pard\intbl a\cell b\cell\row";
    check(
        &format!(r"{{\rtf1 x{{\footnote\pard n\par m}}y\par{row}{row}\pard\intbl c\par d\cell e\cell\row\pard z\par}}"),
        &["xy", "a | b", "a | b", "c", "d", "e", "z", "n", "m"],
    );
    check(
        r"{\rtf1 a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard b\par c}}{\shprslt{\*\do b}}}d\par}",
        &["b", "c", "ad"],
    );
}

#[test]
fn groups_without_end_are_followed_up_to_a_depth() {
    let deep = format!(r"{{\rtf1 {}a{}b\par}}", "{".repeat(100_000), "}".repeat(100_000));
    check(&deep, &["ab"]);
    check("{\\rtf1 a", &["a"]);
    check("}}}{\\rtf1 a}}}", &["a"]);
    check(r"{\rtf1 a\par}{\rtf1 b\par}", &["a", "b"]);
}
