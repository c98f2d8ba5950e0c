//! What Tesseract says of a page.

/// A word of which it is this sure, in per cent, is taken for one that is there. A guess: of nine words in ten on two printed
/// pages it was surer than of 80, and of one word in a picture of noise.
const SURE: f32 = 60.0;
/// A page with fewer such words of at least two letters has none that can be read. A guess.
const LEAST_WORDS: usize = 3;

/// The words of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageText {
    /// In the order of reading.
    pub lines: Vec<RecognisedLine>,
    /// How many words it is sure of.
    pub n_sure: usize,
    /// How many words there are.
    pub n_words: usize,
}

/// A line, in pixels from the upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecognisedLine {
    /// Its words in the order of reading.
    pub text: String,
    /// Its left edge.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// The number of its block, which is a column or a part of one.
    pub block: u32,
}

impl PageText {
    /// From what is printed for `tessedit_create_tsv`: a head, and a line for each block, paragraph, line (level 4) and
    /// word (level 5), with the fields level, page, block, paragraph, line, word, left, top, width, height, confidence and
    /// text. What has another form is passed over.
    pub fn from_tsv(tsv: &str) -> Self {
        let mut page = Self::default();
        for row in tsv.lines() {
            let fields: Vec<&str> = row.split('\t').collect();
            let number = |idx: usize| fields.get(idx).and_then(|it| it.parse::<u32>().ok());
            let (Some(level), Some(block), Some(left), Some(top), Some(width), Some(height)) =
                (number(0), number(2), number(6), number(7), number(8), number(9))
            else {
                continue;
            };
            if level == 4 {
                page.lines.push(RecognisedLine {
                    left: f64::from(left),
                    right: f64::from(left) + f64::from(width),
                    top: f64::from(top),
                    bottom: f64::from(top) + f64::from(height),
                    block,
                    ..RecognisedLine::default()
                });
            }
            let word = fields.get(11).map_or("", |it| it.trim());
            if level == 5
                && !word.is_empty()
                && let Some(line) = page.lines.last_mut()
            {
                let confidence = fields.get(10).and_then(|it| it.parse::<f32>().ok()).unwrap_or(0.0);
                let is_long = 2 <= word.chars().filter(|c| c.is_alphanumeric()).count();
                page.n_sure += usize::from(is_long && SURE <= confidence);
                page.n_words += 1;
                if !line.text.is_empty() {
                    line.text.push(' ');
                }
                line.text.push_str(word);
            }
        }
        page.lines.retain(|it| !it.text.is_empty());
        page
    }

    /// Whether there are words on it.
    pub fn has_words(&self) -> bool {
        LEAST_WORDS <= self.n_sure
    }

    /// Whether it may be worth another try in more languages: it is not sure of a third of the words. A guess.
    pub fn is_doubtful(&self) -> bool {
        self.n_sure * 3 < self.n_words * 2 || self.n_words == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_made_of_words_and_what_is_no_word_is_passed_over() {
        let head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";
        let rows = [
            "4\t1\t2\t1\t1\t0\t100\t50\t300\t40\t-1\t",
            "5\t1\t2\t1\t1\t1\t300\t50\t100\t40\t91.5\tافتتاح",
            "5\t1\t2\t1\t1\t2\t100\t50\t150\t40\t12\tالجسر",
            "5\t1\t2\t1\t1\t3\t100\t50\t150\t40\t95\t ",
            "4\t1\t3\t1\t1\t0\t100\t150\t300\t40\t-1\t",
            "5\tx",
            "",
        ];
        let page = PageText::from_tsv(&[head, &rows.join("\n")].join("\n"));
        let [line] = &page.lines[..] else { panic!("{page:?}") };
        assert_eq!((line.text.as_str(), line.block), ("افتتاح الجسر", 2));
        assert_eq!(
            (line.left, line.right, line.top, line.bottom),
            (100.0, 400.0, 50.0, 90.0)
        );
        assert_eq!((page.n_words, page.n_sure), (2, 1));
        assert!(!page.has_words() && page.is_doubtful());
        assert_eq!(PageText::from_tsv("Error, could not read"), PageText::default());
    }
}
