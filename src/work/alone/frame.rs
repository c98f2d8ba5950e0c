//! A message as bytes: its length in four bytes, the lowest first, and its JSON.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes a message, and has it sent.
pub fn write_frame(out: &mut dyn Write, message: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_vec(message)?;
    let length = u32::try_from(json.len()).map_err(|err| io::Error::new(io::ErrorKind::FileTooLarge, err))?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&json)?;
    out.flush()
}

/// Waits for a message; nothing if the other side has ended.
pub fn read_frame<T: DeserializeOwned>(input: &mut dyn Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(err) if err.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(err) => return Err(err),
    }
    let length = u32::from_le_bytes(length);
    let mut json = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut json)?;
    if json.len() != length as usize {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&json)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_one_after_the_other_and_half_of_one_is_the_end() {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, &"أول").unwrap();
        write_frame(&mut bytes, &7).unwrap();
        let mut input = &bytes[..];
        assert_eq!(read_frame::<String>(&mut input).unwrap().as_deref(), Some("أول"));
        assert_eq!(read_frame::<u32>(&mut input).unwrap(), Some(7));
        assert_eq!(read_frame::<u32>(&mut input).unwrap(), None);
        for n in 0..bytes.len() - 1 {
            let mut input = &bytes[..n];
            while let Some(_whole) = read_frame::<serde_json::Value>(&mut input).unwrap() {}
        }
        // What another program prints.
        assert!(read_frame::<u32>(&mut &b"\x04\0\0\0fihr"[..]).is_err());
    }
}
