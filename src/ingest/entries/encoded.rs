//! Bytes of a feed or a list as text: by mark, by declaration, by look.
//!
//! Entries become files of their own, so no offset in this file is ever counted: UTF-16 without a
//! mark, which the reader of articles refuses, is read here.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::super::decode::{self, Decoded};

/// Bytes at the start in which the declaration of an XML file stands, junk before it included.
const PRESCAN: usize = 1024;

/// The text of a file; `None` if it is none.
pub(super) fn text_of(bytes: &[u8]) -> Option<Decoded<'_>> {
    if decode::binary_format(bytes).is_some() {
        return None;
    }
    for (start, encoding) in [(b"<\0?\0", UTF_16LE), (b"\0<\0?", UTF_16BE)] {
        if bytes.starts_with(start) {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let notices = vec![format!("read as {}", encoding.name())];
            return Some(Decoded { text, notices });
        }
    }
    let decoded = decode::decode_page(without_half(bytes), declared(bytes));
    let mut decoded = decoded.ok()?;
    // A mark that was encoded twice.
    if let Some(rest) = decoded.text.strip_prefix('\u{feff}') {
        decoded.text = Cow::Owned(rest.to_owned());
    }
    Some(decoded)
}

/// Bytes without the first half of a letter at their end: a file that breaks off is no reason to
/// doubt the encoding of all of it.
fn without_half(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(PRESCAN)];
    let start = String::from_utf8_lossy(start);
    let (_, declaration) = start.split_once("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let name = value.trim_start_matches(['"', '\'']);
    let name = name.split(['"', '\'', ' ']).next()?;
    Encoding::for_label(name.as_bytes())
}
