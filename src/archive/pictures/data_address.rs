//! Addresses that hold what they stand for (RFC 2397): «data:image/png;base64,iVBOR…».

use mail_parser::decoders::base64::base64_decode;

/// Whether an address is one.
pub fn is_data(address: &str) -> bool {
    address.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("data:"))
}

/// What kind of thing it is, as «image/png»; empty if it does not say.
pub fn kind(address: &str) -> &str {
    let rest = address.get(5..).unwrap_or_default();
    let head = rest.split(',').next().unwrap_or_default();
    head.split(';').next().unwrap_or_default().trim()
}

/// The bytes.
pub fn bytes(address: &str) -> Option<Vec<u8>> {
    let (head, content) = address.get(5..)?.split_once(',')?;
    let is_base64 = head.rsplit(';').next()?.trim().eq_ignore_ascii_case("base64");
    let content = match content.contains('%') {
        true => without_percents(content),
        false => content.as_bytes().to_vec(),
    };
    match is_base64 {
        true => base64_decode(&content),
        false => Some(content),
    }
}

/// An address that holds `content`, which is written as the parts of messages are: in base64, or as it is.
pub fn of_part(kind: &str, content: &[u8], is_base64: bool) -> String {
    let mut address = format!("data:{kind}");
    if is_base64 {
        address.push_str(";base64,");
        address.extend(
            content
                .iter()
                .filter(|it| it.is_ascii_graphic())
                .map(|it| char::from(*it)),
        );
        return address;
    }
    address.push(',');
    for byte in content {
        match byte.is_ascii_alphanumeric() {
            true => address.push(char::from(*byte)),
            false => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// The bytes of a text with %-signs.
pub fn without_percents(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| tail.get(..2)).flatten();
        let code = code.filter(|it| it.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_stand_in_an_address_are_taken_from_it() {
        assert_eq!(bytes("data:image/png;base64,AAEC").as_deref(), Some(&[0, 1, 2][..]));
        assert_eq!(bytes("DATA:;base64,AA%45C").as_deref(), Some(&[0, 1, 2][..]));
        assert_eq!(bytes("data:text/plain,a%00b").as_deref(), Some(&b"a\0b"[..]));
        assert_eq!(bytes("data:image/png"), None);
        assert_eq!(kind("data:image/svg+xml;utf8,<svg>"), "image/svg+xml");
        assert!(!is_data("a.png") && !is_data("صور"));
    }

    #[test]
    fn the_parts_of_a_message_come_back_from_their_addresses() {
        let content: Vec<u8> = (0..=255).collect();
        assert_eq!(bytes(&of_part("image/gif", &content, false)), Some(content));
        assert_eq!(bytes(&of_part("image/gif", b"AA\r\nEC\r\n", true)), Some(vec![0, 1, 2]));
    }
}
