//! The text layer of plain text: LF line ends, and nothing else touched.

use std::borrow::Cow;

/// The decoded text with CRLF and CR as LF; borrowed where there is none.
pub(super) fn text_layer(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut layer = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\r') {
        layer.push_str(&rest[..at]);
        layer.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    layer.push_str(rest);
    Cow::Owned(layer)
}
