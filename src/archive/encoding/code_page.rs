//! Code pages of Arabic that the WHATWG's standard lacks.
//!
//! Both hold ASCII in their lower half.

/// The upper half of a code page: the letters of the bytes 80 to FF.
pub type UpperHalf = [char; 128];

/// MacArabic, of Macintoshes before OS X.
///
/// Apple's table `ARABIC.TXT`, <https://www.unicode.org/Public/MAPPINGS/VENDORS/APPLE/ARABIC.TXT>. The signs that stand
/// there twice, once for each direction, are one sign here.
pub const MAC_ARABIC: UpperHalf = [
    'Ä', '\u{A0}', 'Ç', 'É', 'Ñ', 'Ö', 'Ü', 'á', 'à', 'â', 'ä', 'ں', '«', 'ç', 'é', 'è', // 80
    'ê', 'ë', 'í', '…', 'î', 'ï', 'ñ', 'ó', '»', 'ô', 'ö', '÷', 'ú', 'ù', 'û', 'ü', // 90
    ' ', '!', '"', '#', '$', '٪', '&', '\'', '(', ')', '*', '+', '،', '-', '.', '/', // A0
    '٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩', ':', '؛', '<', '=', '>', '؟', // B0
    '❊', 'ء', 'آ', 'أ', 'ؤ', 'إ', 'ئ', 'ا', 'ب', 'ة', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', // C0
    'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ', '[', '\\', ']', '^', '_', // D0
    'ـ', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ى', 'ي', '\u{64B}', '\u{64C}', '\u{64D}', '\u{64E}',
    '\u{64F}', // E0
    '\u{650}', '\u{651}', '\u{652}', 'پ', 'ٹ', 'چ', 'ە', 'ڤ', 'گ', 'ڈ', 'ڑ', '{', '|', '}', 'ژ', 'ے', // F0
];

/// Code page 720, in which Arabic DOS wrote, and in which Arabic Windows writes the names in a zip.
///
/// The table of Windows itself (`MultiByteToWideChar`), from which Python's codec `cp720` was generated.
pub const DOS_720: UpperHalf = [
    '\u{80}', '\u{81}', 'é', 'â', '\u{84}', 'à', '\u{86}', 'ç', 'ê', 'ë', 'è', 'ï', 'î', '\u{8D}', '\u{8E}',
    '\u{8F}', // 80
    '\u{90}', '\u{651}', '\u{652}', 'ô', '¤', 'ـ', 'û', 'ù', 'ء', 'آ', 'أ', 'ؤ', '£', 'إ', 'ئ', 'ا', // 90
    'ب', 'ة', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', '«', '»', // A0
    '░', '▒', '▓', '│', '┤', '╡', '╢', '╖', '╕', '╣', '║', '╗', '╝', '╜', '╛', '┐', // B0
    '└', '┴', '┬', '├', '─', '┼', '╞', '╟', '╚', '╔', '╩', '╦', '╠', '═', '╬', '╧', // C0
    '╨', '╤', '╥', '╙', '╘', '╒', '╓', '╫', '╪', '┘', '┌', '█', '▄', '▌', '▐', '▀', // D0
    'ض', 'ط', 'ظ', 'ع', 'غ', 'ف', 'µ', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ى', 'ي', // E0
    '≡', '\u{64B}', '\u{64C}', '\u{64D}', '\u{64E}', '\u{64F}', '\u{650}', '≈', '°', '∙', '·', '√', 'ⁿ', '²', '■',
    '\u{A0}', // F0
];

/// The letter of a byte.
pub fn letter(upper: &UpperHalf, byte: u8) -> char {
    match byte.checked_sub(0x80) {
        Some(idx) => upper[usize::from(idx)],
        None => char::from(byte),
    }
}
