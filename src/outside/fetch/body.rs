//! The bytes of an answer, within bounds and unpacked.
//!
//! Both are counted, what comes and what it unpacks to: a few bytes can unpack to all memory.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use ureq::http::HeaderMap;

use super::address::shown;
use super::field;

/// Why the bytes of an answer are not there.
#[derive(Debug)]
pub(super) enum NoBody {
    /// There are more than are taken.
    TooLarge,
    /// Packed in a way that was not asked for.
    Packed(String),
    /// What was packed is damaged or incomplete.
    Torn,
    /// They could not be read to their end.
    Unread(ureq::Error),
}

/// The first bytes of an answer, unpacked, and whether there are more than `most`.
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    pub(super) is_cut: bool,
}

/// Reads an answer whole.
pub(super) fn whole(fields: &HeaderMap, body: ureq::Body, most: u64) -> Result<Vec<u8>, NoBody> {
    if body.content_length().is_some_and(|length| length > most) {
        return Err(NoBody::TooLarge);
    }
    let body = beginning(fields, body, most)?;
    if body.is_cut {
        return Err(NoBody::TooLarge);
    }
    Ok(body.bytes)
}

/// Reads an answer up to `most` bytes.
pub(super) fn beginning(fields: &HeaderMap, body: ureq::Body, most: u64) -> Result<Body, NoBody> {
    let is_packed = is_packed(fields)?;
    let unread = |error: io::Error| NoBody::Unread(ureq::Error::from(error));
    let came = up_to(body.into_reader(), most).map_err(unread)?;
    if !is_packed || came.bytes.is_empty() {
        return Ok(came);
    }
    match up_to(MultiGzDecoder::new(came.bytes.as_slice()), most) {
        Ok(unpacked) => Ok(Body {
            is_cut: unpacked.is_cut || came.is_cut,
            ..unpacked
        }),
        Err(_) if came.is_cut => Err(NoBody::TooLarge),
        Err(_) => Err(NoBody::Torn),
    }
}

fn up_to(reader: impl Read, most: u64) -> io::Result<Body> {
    let mut bytes = Vec::new();
    reader
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    let is_cut = bytes.len() as u64 > most;
    if is_cut {
        bytes.pop();
    }
    Ok(Body { bytes, is_cut })
}

/// Whether it is packed as was asked for.
fn is_packed(fields: &HeaderMap) -> Result<bool, NoBody> {
    let mut is_packed = false;
    for value in fields.get_all("content-encoding") {
        let value = field::text(value.as_bytes()).to_ascii_lowercase();
        for name in value.split(',').map(str::trim) {
            match name {
                "" | "identity" => {}
                "gzip" | "x-gzip" if !is_packed => is_packed = true,
                _ => return Err(NoBody::Packed(shown(&value))),
            }
        }
    }
    Ok(is_packed)
}
