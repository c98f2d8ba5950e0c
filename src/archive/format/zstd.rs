//! What is compressed with zstd (RFC 8878): frames one after another, with others between them that are to be passed over.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

/// How a frame begins; one that is to be passed over begins with one of sixteen numbers and the other bytes.
const MARK: &[u8] = b"\x28\xB5\x2F\xFD";
const PASSED_OVER: &[u8] = b"\x2A\x4D\x18";

/// The kind of the frame in which crawlers keep the dictionary of all others (the IIPC's proposal «WARC file compression
/// with Zstandard» 1.0), and the longest that is read, in bytes. A guess: they have some hundred kilobytes.
const DICTIONARY: u32 = 0x184D_2A5D;
const MAX_DICTIONARY: u32 = 16 << 20;

/// Whether what begins with `head` is compressed so.
pub fn begins_like(head: &[u8]) -> bool {
    let (first, rest) = head.split_first().unwrap_or((&0, &[]));
    head.starts_with(MARK) || first >> 4 == 5 && rest.starts_with(PASSED_OVER)
}

/// Unpacks what it reads.
pub struct Zstd<R> {
    bytes: R,
    frames: FrameDecoder,
    /// Whether a frame has begun.
    is_within: bool,
    is_first: bool,
}

impl<R: BufRead> Zstd<R> {
    /// Unpacks `bytes`.
    pub fn new(bytes: R) -> Self {
        Self {
            bytes,
            frames: FrameDecoder::new(),
            is_within: false,
            is_first: true,
        }
    }

    /// Goes on to the next frame that has content; returns whether there is one.
    fn begin_frame(&mut self) -> io::Result<bool> {
        while !self.bytes.fill_buf()?.is_empty() {
            match self.frames.reset(&mut self.bytes) {
                Ok(()) => {
                    self.is_first = false;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    magic_number,
                    length,
                    ..
                })) => self.pass_over(magic_number, length)?,
                Err(err) => return Err(io::Error::other(err)),
            }
        }
        Ok(false)
    }

    fn pass_over(&mut self, kind: u32, length: u32) -> io::Result<()> {
        let mut content = (&mut self.bytes).take(u64::from(length));
        if self.is_first && kind == DICTIONARY && length <= MAX_DICTIONARY {
            let mut dictionary = Vec::new();
            content.read_to_end(&mut dictionary)?;
            if dictionary.starts_with(MARK) {
                let mut unpacked = Vec::new();
                let packed = Zstd::new(dictionary.as_slice());
                packed.take(u64::from(MAX_DICTIONARY)).read_to_end(&mut unpacked)?;
                dictionary = unpacked;
            }
            let dictionary = Dictionary::decode_dict(&dictionary).map_err(io::Error::other)?;
            self.frames.add_dict(dictionary).map_err(io::Error::other)?;
        } else {
            io::copy(&mut content, &mut io::sink())?;
        }
        self.is_first = false;
        Ok(())
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_within {
                self.is_within = self.begin_frame()?;
                if !self.is_within {
                    return Ok(0);
                }
            }
            let n = self.frames.read(buf)?;
            if n != 0 {
                return Ok(n);
            }
            if self.frames.is_finished() {
                let checksum = self.frames.get_checksum_from_data();
                if checksum.is_some() && checksum != self.frames.get_calculated_checksum() {
                    return Err(io::Error::other("zstd: the checksum is another"));
                }
                self.is_within = false;
                continue;
            }
            let blocks = BlockDecodingStrategy::UptoBlocks(1);
            self.frames
                .decode_blocks(&mut self.bytes, blocks)
                .map_err(io::Error::other)?;
        }
    }
}
