//! Grey pictures, from the files of pictures.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageReader, imageops};
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult};

/// A larger picture is not read: a newspaper page at 300 dots per inch has some 20 million pixels, a sheet of A4 at 600
/// dots 35 million.
const MOST_PIXELS: u64 = 64_000_000;
/// The memory that a decoder may take, in bytes. A guess.
const MOST_MEMORY: u64 = 400 << 20;
/// Print of the usual size is recognised best where a sheet is this wide, in pixels: A4 at 300 dots per inch (Tesseract's
/// own advice). A smaller picture is enlarged to it, at most twice: of a page at 200 dots per inch, 82 in 100 words were
/// right as it was, and 91 enlarged.
const BEST_WIDTH: u32 = 2_480;

/// The pictures of one file in their order, none of them decoded before it is asked for.
pub type Pictures<'a> = Box<dyn Iterator<Item = Result<GrayImage, PictureError>> + 'a>;

/// Why a picture cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It is damaged.
    #[error("{0}")]
    Damaged(String),
    /// It has more pixels than are read.
    #[error("more than {} million pixels", MOST_PIXELS / 1_000_000)]
    TooLarge,
    /// It is of a kind that is not read.
    #[error("a kind of picture that is not read")]
    Unsupported,
}

/// The pictures in a file: all pages of a TIFF, one of the others.
pub fn pictures(bytes: &[u8]) -> Pictures<'_> {
    match bytes {
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => tiff_pages(bytes),
        _ => Box::new(std::iter::once_with(|| picture(bytes))),
    }
}

fn picture(bytes: &[u8]) -> Result<GrayImage, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|err| PictureError::Damaged(err.to_string()))?;
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let size = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()
        .and_then(|it| it.into_dimensions().ok());
    let (width, height) = size.ok_or(PictureError::Unsupported)?;
    check_size(width, height)?;
    let decoded = reader.decode().map_err(|err| PictureError::Damaged(err.to_string()))?;
    Ok(at_best_size(on_white(decoded)))
}

fn check_size(width: u32, height: u32) -> Result<(), PictureError> {
    match u64::from(width) * u64::from(height) {
        0 => Err(PictureError::Damaged("no pixels".to_owned())),
        1..=MOST_PIXELS => Ok(()),
        _ => Err(PictureError::TooLarge),
    }
}

/// As on paper: what lets light through lets the white through.
fn on_white(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let mut picture = picture.into_luma_alpha8();
    for pixel in picture.pixels_mut() {
        let [luma, alpha] = pixel.0.map(u32::from);
        pixel.0[0] = ((luma * alpha + 255 * (255 - alpha)) / 255) as u8;
    }
    DynamicImage::ImageLumaA8(picture).into_luma8()
}

/// Enlarged, if print on it is likely to be small.
fn at_best_size(picture: GrayImage) -> GrayImage {
    let (width, height) = picture.dimensions();
    let sheet = width.min(height);
    let factor = (f64::from(BEST_WIDTH) / f64::from(sheet.max(1))).min(2.0);
    if factor < 1.1 {
        return picture;
    }
    let scaled = |n: u32| (f64::from(n) * factor).round() as u32;
    match check_size(scaled(width), scaled(height)) {
        Ok(()) => imageops::resize(
            &picture,
            scaled(width),
            scaled(height),
            imageops::FilterType::CatmullRom,
        ),
        Err(_) => picture,
    }
}

/// The pages of a TIFF, one after the other.
fn tiff_pages(bytes: &[u8]) -> Pictures<'_> {
    let mut decoder = match Decoder::new(Cursor::new(bytes)) {
        Ok(decoder) => decoder,
        Err(err) => return Box::new(std::iter::once(Err(PictureError::Damaged(err.to_string())))),
    };
    let mut is_first = true;
    Box::new(std::iter::from_fn(move || {
        if !std::mem::take(&mut is_first) {
            if !decoder.more_images() {
                return None;
            }
            if let Err(err) = decoder.next_image() {
                // Where the list of pages is damaged there is no way to the next.
                is_first = false;
                return Some(Err(PictureError::Damaged(err.to_string())));
            }
        }
        Some(tiff_page(&mut decoder))
    }))
}

fn tiff_page(decoder: &mut Decoder<Cursor<&[u8]>>) -> Result<GrayImage, PictureError> {
    let damaged = |err: tiff::TiffError| PictureError::Damaged(err.to_string());
    let (width, height) = decoder.dimensions().map_err(damaged)?;
    check_size(width, height)?;
    let color = decoder.colortype().map_err(damaged)?;
    let DecodingResult::U8(samples) = decoder.read_image().map_err(damaged)? else {
        return Err(PictureError::Unsupported);
    };
    let whole = |pixels: Option<Vec<u8>>| {
        let picture = pixels.and_then(|it| GrayImage::from_raw(width, height, it));
        picture.map(at_best_size).ok_or(PictureError::Unsupported)
    };
    match color {
        ColorType::Gray(8) => whole(Some(samples)),
        ColorType::Gray(1) => whole(unpacked(&samples, width as usize, height as usize)),
        ColorType::RGB(8) => whole(Some(samples.as_chunks::<3>().0.iter().map(|it| luma(*it)).collect())),
        ColorType::RGBA(8) => {
            let pixels = samples.as_chunks::<4>().0.iter();
            whole(Some(pixels.map(|[r, g, b, _]| luma([*r, *g, *b])).collect()))
        }
        _ => Err(PictureError::Unsupported),
    }
}

/// One bit a pixel, the rows beginning with a byte each.
fn unpacked(samples: &[u8], width: usize, height: usize) -> Option<Vec<u8>> {
    let stride = width.div_ceil(8);
    let rows = samples.get(..stride * height)?.chunks(stride);
    let bit = |row: &[u8], x: usize| row[x / 8] >> (7 - x % 8) & 1;
    Some(
        rows.flat_map(|row| (0..width).map(move |x| bit(row, x) * 255))
            .collect(),
    )
}

/// The brightness of a colour (Rec. 601).
fn luma([r, g, b]: [u8; 3]) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1_000) as u8
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Luma, LumaA, Rgb};
    use tiff::encoder::{TiffEncoder, colortype};

    use super::*;

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A black square on white.
    fn square() -> DynamicImage {
        let is_black = |x: u32, y: u32| (20..60).contains(&x) && (20..60).contains(&y);
        let color = |x, y| Rgb([if is_black(x, y) { 0 } else { 255 }; 3]);
        image::RgbImage::from_fn(100, 80, color).into()
    }

    #[track_caller]
    fn check_square(picture: &GrayImage) {
        // Enlarged, as print on it would be small.
        assert_eq!(picture.dimensions(), (200, 160));
        assert_eq!(
            [(80, 80), (10, 10), (190, 150)].map(|(x, y)| picture.get_pixel(x, y).0[0] / 26),
            [0, 9, 9]
        );
    }

    #[test]
    fn pictures_of_all_kinds_are_grey_and_large_enough() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Bmp, ImageFormat::WebP] {
            let bytes = written(&square(), format);
            let read: Vec<_> = pictures(&bytes).collect();
            let [Ok(picture)] = &read[..] else {
                panic!("{format:?}: {read:?}")
            };
            check_square(picture);
            for n in [0, 3, 20, bytes.len() / 2] {
                // Some decoders make do with half.
                assert_eq!(pictures(&bytes[..n]).count(), 1);
            }
        }
        assert!(pictures(b"GIF89a\x01\0\x01\0").all(|it| matches!(it, Err(PictureError::Unsupported))));
    }

    #[test]
    fn all_pages_of_a_tiff_are_read() {
        let mut bytes = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
        let (grey, color) = (square().into_luma8(), square().into_rgb8());
        encoder.write_image::<colortype::Gray8>(100, 80, grey.as_raw()).unwrap();
        encoder.write_image::<colortype::RGB8>(100, 80, color.as_raw()).unwrap();
        let bytes = bytes.into_inner();
        let read: Vec<_> = pictures(&bytes).map(Result::unwrap).collect();
        assert_eq!(read.len(), 2);
        read.iter().for_each(check_square);
        assert!(pictures(&bytes[..40]).all(|it| it.is_err()));
    }

    #[test]
    fn what_lets_light_through_is_white_and_bits_are_pixels() {
        let clear = image::GrayAlphaImage::from_pixel(9, 9, LumaA([0, 0]));
        assert_eq!(on_white(clear.into()).get_pixel(4, 4), &Luma([255]));
        let pixels = unpacked(&[0b1010_0000, 0b1000_0000, 0, 0], 9, 2).unwrap();
        assert_eq!(pixels[..9], [255, 0, 255, 0, 0, 0, 0, 0, 255]);
        assert_eq!(pixels[9..], [0; 9]);
        assert_eq!(unpacked(&[0], 9, 1), None);
    }

    #[test]
    fn what_is_too_large_is_not_decoded() {
        assert!(matches!(check_size(8_000, 8_001), Err(PictureError::TooLarge)));
        assert!(matches!(check_size(0, 9), Err(PictureError::Damaged(_))));
    }
}
