//! The pictures of the article in the reader: which are in view, and what came of decoding them.

use std::fmt;
use std::sync::Arc;

use crate::archive::PictureFault;

/// Decoded pictures that are out of view are kept up to this, in bytes: some fifteen as wide as the column at scale 2.
const MOST_BYTES: usize = 64 << 20;

/// A picture of the article that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPicture {
    /// Its place in [`Article::pictures`](crate::archive::Article::pictures).
    pub of: usize,
    /// Its width and height in pixels, as it is to be seen; or why it cannot be.
    pub size: Result<[u32; 2], PictureFault>,
}

/// A picture that is to be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedPicture {
    /// Its place in [`ReadArticle::pictures`](super::ReadArticle::pictures).
    pub picture: usize,
    /// No more pixels than these are needed in either direction.
    pub most: [u32; 2],
}

/// What a picture looks like.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Its width and height, in pixels.
    pub size: [u32; 2],
    /// Red, green, blue and opacity of each pixel, in rows from the top; colours are multiplied by the opacity.
    pub rgba: Vec<u8>,
}

impl fmt::Debug for Pixels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} pixels", self.size[0], self.size[1])
    }
}

/// What came of decoding a picture.
pub type DecodedPicture = Result<Arc<Pixels>, PictureFault>;

/// The pictures of one article.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// Those in the view of the reader, in the order of the text.
    pub in_view: Vec<WantedPicture>,
    /// The one that is shown large.
    pub large: Option<WantedPicture>,
    /// What was decoded, the latest last.
    decoded: Vec<(WantedPicture, DecodedPicture)>,
}

impl Pictures {
    /// What came of decoding a picture.
    pub fn decoded(&self, picture: usize) -> Option<&DecodedPicture> {
        let mut found = self.decoded.iter().filter(|(it, _)| it.picture == picture);
        found.next().map(|(_, it)| it)
    }

    /// Those that are wanted and were not decoded so large.
    pub fn missing(&self) -> Vec<WantedPicture> {
        let wanted = self.in_view.iter().chain(&self.large).copied();
        let is_there = |wanted: &WantedPicture| {
            self.decoded.iter().any(|(it, _)| {
                it.picture == wanted.picture && wanted.most[0] <= it.most[0] && wanted.most[1] <= it.most[1]
            })
        };
        wanted.filter(|it| !is_there(it)).collect()
    }

    /// Takes over what was decoded, and lets go of what was longest out of view.
    pub fn take(&mut self, wanted: WantedPicture, decoded: DecodedPicture) {
        self.decoded.retain(|(it, _)| it.picture != wanted.picture);
        self.decoded.push((wanted, decoded));
        let n_bytes = |decoded: &DecodedPicture| decoded.as_ref().map_or(0, |it| it.rgba.len());
        let mut all: usize = self.decoded.iter().map(|(_, it)| n_bytes(it)).sum();
        let (in_view, large) = (&self.in_view, self.large);
        self.decoded.retain(|(it, decoded)| {
            let is_wanted = in_view.iter().chain(&large).any(|wanted| wanted.picture == it.picture);
            let stays = is_wanted || all <= MOST_BYTES;
            all -= if stays { 0 } else { n_bytes(decoded) };
            stays
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(picture: usize, most: u32) -> WantedPicture {
        let most = [most, most];
        WantedPicture { picture, most }
    }

    fn pixels(n_megabytes: usize) -> DecodedPicture {
        let size = [1, 1];
        let rgba = vec![0; n_megabytes << 20];
        Ok(Arc::new(Pixels { size, rgba }))
    }

    #[test]
    fn what_is_wanted_larger_than_it_was_decoded_is_decoded_again() {
        let mut pictures = Pictures {
            in_view: vec![wanted(0, 256), wanted(1, 256)],
            ..Pictures::default()
        };
        assert_eq!(pictures.missing(), pictures.in_view);
        pictures.take(wanted(0, 256), pixels(1));
        assert_eq!(pictures.missing(), [wanted(1, 256)]);
        pictures.take(wanted(1, 256), Err(PictureFault::Unreadable));
        pictures.large = Some(wanted(0, 1_024));
        assert_eq!(pictures.missing(), [wanted(0, 1_024)]);
        pictures.take(wanted(0, 1_024), pixels(4));
        assert_eq!(pictures.missing(), []);
    }

    #[test]
    fn what_is_out_of_view_is_kept_as_far_as_there_is_room() {
        let mut pictures = Pictures::default();
        for picture in 0..8 {
            pictures.in_view = vec![wanted(picture, 256)];
            pictures.take(wanted(picture, 256), pixels(20));
        }
        let kept: Vec<usize> = (0..8).filter(|it| pictures.decoded(*it).is_some()).collect();
        assert_eq!(kept, [5, 6, 7]);
        // What is in view stays, whatever it takes.
        pictures.in_view = (0..5).map(|it| wanted(it, 256)).collect();
        for picture in 0..5 {
            pictures.take(wanted(picture, 256), pixels(20));
        }
        let kept: Vec<usize> = (0..8).filter(|it| pictures.decoded(*it).is_some()).collect();
        assert_eq!(kept, [0, 1, 2, 3, 4]);
    }
}
