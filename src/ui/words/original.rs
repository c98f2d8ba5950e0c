//! Pictures of articles, and opening what articles were read from.

use std::path::Path;

use crate::archive::PictureFault;
use crate::state::Opened;

use super::bidi::{isolate, isolate_ltr, isolated, labelled};
use super::count;
use super::table::Words;

/// A picture, before what it shows.
pub fn picture(words: Words<'_>) -> &'static str {
    words.say("صورة", "Picture")
}

/// Which picture is shown: «صورة 2 من 5».
pub fn nth_picture(words: Words<'_>, n_of: &str) -> String {
    words.say(format!("صورة {n_of}"), format!("Picture {n_of}"))
}

/// Opens the picture as large as the window allows.
pub fn larger_picture(words: Words<'_>) -> &'static str {
    words.say("تكبير الصورة", "Enlarge picture")
}

/// Goes to the next picture.
pub fn next_picture(words: Words<'_>) -> &'static str {
    words.say("التالية", "Next")
}

/// Goes to the picture before.
pub fn previous_picture(words: Words<'_>) -> &'static str {
    words.say("السابقة", "Previous")
}

/// Copies what is said of a picture.
pub fn copy_caption(words: Words<'_>) -> &'static str {
    words.say("نسخ شرح الصورة", "Copy caption")
}

/// A setting.
pub fn show_pictures(words: Words<'_>) -> &'static str {
    words.say("إظهار صور المقالات", "Show the pictures of articles")
}

/// Why a picture is not shown, with the name of its file.
pub fn not_shown(words: Words<'_>, fault: PictureFault, name: &str) -> String {
    let why = match fault {
        PictureFault::Missing => words.say("صورة ليست في مكانها", "Picture not found"),
        PictureFault::Remote => words.say("صورة لم تُحفظ مع الصفحة", "Picture not saved with the page"),
        PictureFault::Outside => words.say("صورة خارج مجلد الأرشيف", "Picture outside of the archive's folder"),
        PictureFault::TooLarge => words.say("صورة أكبر من أن تُعرض", "Picture too large to be shown"),
        PictureFault::Unreadable => words.say("صورة تعذّرت قراءتها", "Picture that cannot be read"),
    };
    match name.is_empty() {
        true => why.to_owned(),
        false => labelled(why, name),
    }
}

/// Shows the address of an article; more is asked.
pub fn address_menu(words: Words<'_>) -> &'static str {
    words.say("عنوان المقال على الشبكة…", "Address on the web…")
}

/// The address of an article.
pub fn address(words: Words<'_>) -> &'static str {
    words.say("عنوان المقال على الشبكة", "Address on the web")
}

/// What opening an address means.
pub fn leaves_computer(words: Words<'_>) -> &'static str {
    words.say(
        "إذا فتحته طلب متصفحك هذه الصفحة من الإنترنت، فيعرف موقعها أنها طُلبت من حاسوبك. فهرست نفسه لا يتصل بالإنترنت.",
        "If you open it, your browser asks the internet for this page, and its site learns that your computer asked. Fihrist itself does not connect.",
    )
}

/// Copies it.
pub fn copy_address(words: Words<'_>) -> &'static str {
    words.say("نسخ العنوان", "Copy address")
}

/// Opens it.
pub fn open_in_browser(words: Words<'_>) -> &'static str {
    words.say("فتح في المتصفح", "Open in browser")
}

/// That an address was not opened.
pub fn address_not_opened(words: Words<'_>, address: &str) -> String {
    let address = isolate_ltr(address);
    words.say(
        format!("لم يجد النظام متصفحًا يفتح {address}. انسخ العنوان وافتحه بنفسك"),
        format!("The system found no browser that opens {address}. Copy the address and open it yourself"),
    )
}

/// What was opened in another program.
pub fn opened(words: Words<'_>, path: &Path, opened: &Opened) -> String {
    let path = isolated(path);
    match opened {
        Opened::File => words.say(format!("فُتح {path}"), format!("{path} was opened")),
        Opened::AtPage { page, .. } => {
            let page = count::number(words, u64::from(*page));
            words.say(
                format!("فُتح {path}. الموضع في الصفحة {page}؛ لا يقبل برنامجك رقم الصفحة"),
                format!("{path} was opened. The place is on page {page}, which your program cannot be told"),
            )
        }
        Opened::Message(number) => {
            let number = count::number(words, *number);
            words.say(
                format!("فُتحت نسخة للقراءة فقط من الرسالة رقم {number} في {path}"),
                format!("A read-only copy of message {number} of {path} was opened"),
            )
        }
        Opened::Member(name) => {
            let name = isolate(name);
            words.say(
                format!("فُتحت نسخة للقراءة فقط من {name}، وهو في {path}"),
                format!("A read-only copy of {name} was opened, which is in {path}"),
            )
        }
    }
}
