//! From the bytes of a picture's file to pixels.
//!
//! A small file may say that it has any number of pixels: it is believed, and not decoded if they are too many.

use std::io::Cursor;
use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};

use crate::archive::{Article, MOST_PICTURE_BYTES, PictureFault, PictureFiles};
use crate::state::{Pixels, ReadPicture};

/// A picture with more pixels is not decoded. Agencies hand out photographs of up to 24 megapixels; each takes three or four
/// bytes while it is decoded, one at a time.
const MOST_PIXELS: u64 = 32_000_000;
/// What a decoder may take of memory, in bytes: pixels of sixteen bits a colour, and its tables.
const MOST_MEMORY: u64 = 384 << 20;
/// A picture that is no larger than this in one direction, or than twice this in both, is an icon, a counter, or the picture
/// of another article; in pixels. A guess.
const SMALL: u32 = 60;
/// The size of a picture stands within its first bytes, but for those with a preview before it.
const HEAD: u64 = 128 << 10;

/// The pictures of an article that are to be shown, each with its size. Icons and counters are left out.
pub fn looked_at(folder: &Path, article: &Article) -> Vec<ReadPicture> {
    let mut files = PictureFiles::new(folder, &article.path);
    let mut look = |of: usize| {
        let source = &article.pictures[of].source;
        let of_head = files.read(source, HEAD).and_then(|it| size(&it));
        match of_head {
            // More of it may tell.
            Err(PictureFault::Unreadable) => files.read(source, MOST_PICTURE_BYTES + 1).and_then(|it| size(&it)),
            known => known,
        }
    };
    let looked_at = (0..article.pictures.len()).map(|of| ReadPicture { of, size: look(of) });
    let is_small = |[width, height]: [u32; 2]| width.min(height) <= SMALL || width.max(height) <= 2 * SMALL;
    looked_at.filter(|it| !it.size.is_ok_and(is_small)).collect()
}

/// The size of a picture as it is to be seen: many cameras write it lying on its side.
fn size(bytes: &[u8]) -> Result<[u32; 2], PictureFault> {
    let mut decoder = decoder(bytes)?;
    let (width, height) = decoder.dimensions();
    if MOST_PIXELS < u64::from(width) * u64::from(height) {
        return Err(PictureFault::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    Ok(match orientation {
        Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH => [height, width],
        _ => [width, height],
    })
}

/// The decoder of a picture of a format that is read, by its content.
fn decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, PictureFault> {
    let mut reader = ImageReader::new(Cursor::new(bytes));
    reader.set_format(match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP)) => format,
        _ => return Err(PictureFault::Unreadable),
    });
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    reader.into_decoder().map_err(|_damaged| PictureFault::Unreadable)
}

/// The pixels of a picture, made smaller until it has no more than `most` in either direction. Of several pictures in a file
/// it is the first.
pub fn decode(bytes: &[u8], most: [u32; 2]) -> Result<Pixels, PictureFault> {
    let [width, height] = size(bytes)?;
    let mut decoder = decoder(bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let decoded = DynamicImage::from_decoder(decoder);
    let mut decoded = decoded.map_err(|_damaged| PictureFault::Unreadable)?;
    decoded.apply_orientation(orientation);
    let [most_width, most_height] = most.map(|it| it.max(1));
    if most_width < width || most_height < height {
        // A filter looks at every pixel: of a much larger picture a coarse one takes most away first.
        if 4 * most_width < width || 4 * most_height < height {
            decoded = decoded.thumbnail(2 * most_width, 2 * most_height);
        }
        decoded = decoded.resize(most_width, most_height, FilterType::Triangle);
    }
    let decoded = decoded.into_rgba8();
    let size = [decoded.width(), decoded.height()];
    let mut rgba = decoded.into_raw();
    for pixel in rgba.chunks_exact_mut(4).filter(|it| it[3] != u8::MAX) {
        let opacity = u16::from(pixel[3]);
        for color in &mut pixel[..3] {
            *color = (u16::from(*color) * opacity / 255) as u8;
        }
    }
    Ok(Pixels { size, rgba })
}

#[cfg(test)]
mod tests {
    use image::{ImageBuffer, Rgba};

    use super::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = ImageBuffer::from_pixel(width, height, Rgba([200_u8, 100, 50, 128]));
        let picture = DynamicImage::ImageRgba8(picture);
        let picture = match format {
            ImageFormat::Jpeg => DynamicImage::ImageRgb8(picture.into_rgb8()),
            _ => picture,
        };
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    #[test]
    fn pictures_of_every_format_become_as_small_as_they_are_shown() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            let bytes = encoded(900, 300, format);
            assert_eq!(size(&bytes), Ok([900, 300]), "{format:?}");
            assert_eq!(decode(&bytes, [2_000, 2_000]).unwrap().size, [900, 300], "{format:?}");
            assert_eq!(decode(&bytes, [450, 450]).unwrap().size, [450, 150], "{format:?}");
            assert_eq!(decode(&bytes, [90, 20]).unwrap().size, [60, 20], "{format:?}");
        }
        assert_eq!(
            decode(&encoded(1, 1, ImageFormat::Png), [9, 9]).unwrap().rgba,
            [100, 50, 25, 128]
        );
    }

    #[test]
    fn what_says_that_it_is_huge_is_not_decoded() {
        let mut bytes = encoded(100, 100, ImageFormat::Png);
        // The width and height of a PNG, behind its signature and the head of its first part; then the checksum.
        bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let mut crc = !0_u32;
        for byte in &bytes[12..29] {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1));
            }
        }
        bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
        assert_eq!(size(&bytes), Err(PictureFault::TooLarge));
        assert_eq!(decode(&bytes, [100, 100]), Err(PictureFault::TooLarge));
    }

    #[test]
    fn what_is_no_picture_is_unreadable() {
        let mut cut = encoded(900, 300, ImageFormat::Png);
        cut.truncate(100);
        for bytes in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<!doctype html>",
            &cut[..20],
        ] {
            assert_eq!(size(bytes), Err(PictureFault::Unreadable));
        }
        assert_eq!(decode(&cut, [100, 100]), Err(PictureFault::Unreadable));
    }
}
