//! Character references of HTML, which feeds use whether they are declared or not.
//!
//! No declaration of a file is ever followed: what is no name of HTML stays as it is written.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// Bytes that a reference may have between its two signs.
const LONGEST: usize = 40;

/// The characters of a reference, named without its `&` and `;`; `None` if it is none.
pub(super) fn character(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    let c = match number.ok()? {
        // As browsers do: these numbers are meant in Windows-1252.
        code @ 0x80..=0x9f => {
            let byte = [u8::try_from(code).ok()?];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            text.chars().next()?
        }
        code => char::from_u32(code).unwrap_or('\u{fffd}'),
    };
    Some(Cow::Owned(c.to_string()))
}

/// A text with its references as characters, once.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        all.push_str(before);
        let name = &reference[1..];
        let end = name.bytes().take(LONGEST).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((end, character(&name[..end])?)));
        match found {
            Some((end, characters)) => {
                all.push_str(&characters);
                rest = &name[end + 1..];
            }
            None => {
                all.push('&');
                rest = name;
            }
        }
    }
    all.push_str(rest);
    Cow::Owned(all)
}

/// A text as it stands in markup or between the quotes of an attribute.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// Whether a character is a control that no text has a use for.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}
