//! Fields before a page: what kind it is, its character set, the name of its file.

use percent_encoding::percent_decode;
use ureq::http::HeaderMap;

use super::file_name;

/// The longest value of a field that is kept as it is, in bytes.
const LONGEST: usize = 200;

/// What is said of a page, as far as it can be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) media: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) file_name: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl Said {
    /// Reads the fields of an answer.
    pub(super) fn of(fields: &HeaderMap) -> Said {
        let value = |name: &str| fields.get(name).map(|value| text(value.as_bytes()));
        let mut said = Said {
            last_modified: value("last-modified").as_deref().and_then(plain),
            ..Said::default()
        };
        if let Some(kind) = value("content-type") {
            let (essence, parameters) = parts(&kind);
            let is_kind =
                |it: &str| matches!(it.split_once('/'), Some((a, b)) if is_token(a) && is_token(b));
            said.media = Some(essence).filter(|it| is_kind(it));
            said.charset = parameters
                .into_iter()
                .find(|(name, value)| name == "charset" && is_token(value))
                .map(|(_, value)| value.to_ascii_lowercase());
        }
        if let Some(kept_as) = value("content-disposition") {
            said.file_name = named(&parts(&kept_as).1);
        }
        said
    }
}

/// When a server may be asked again, in words that follow "it may be asked again".
pub(super) fn retry_after(fields: &HeaderMap) -> Option<String> {
    let value = plain(&text(fields.get("retry-after")?.as_bytes()))?;
    if value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(format!("in {value} s"));
    }
    Some(format!("after {value}"))
}

/// A value as text: UTF-8 where it is that, else Latin 1, which all bytes are.
pub(super) fn text(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

/// A short value of visible ASCII, as it is.
fn plain(value: &str) -> Option<String> {
    let value = value.trim();
    let is_plain = |b: u8| b == b' ' || b.is_ascii_graphic();
    let fits = !value.is_empty() && value.len() <= LONGEST && value.bytes().all(is_plain);
    fits.then(|| value.to_owned())
}

/// The name of the file: the one with a character set (RFC 8187) before the plain one.
fn named(parameters: &[(String, String)]) -> Option<String> {
    let value = |wanted: &str| {
        let found = parameters.iter().find(|(name, _)| name == wanted)?;
        Some(found.1.as_str())
    };
    let full = value("filename*").and_then(unpacked);
    let full = full.as_deref().and_then(file_name::safe);
    full.or_else(|| value("filename").and_then(file_name::safe))
}

/// `charset'language'per%20cent` of RFC 8187 as text.
fn unpacked(value: &str) -> Option<String> {
    let mut pieces = value.splitn(3, '\'');
    let (charset, _, packed) = (pieces.next()?, pieces.next()?, pieces.next()?);
    let bytes: Vec<u8> = percent_decode(packed.as_bytes()).collect();
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" => String::from_utf8(bytes).ok(),
        "iso-8859-1" => Some(bytes.iter().map(|b| char::from(*b)).collect()),
        _ => None,
    }
}

/// The value of a field in lower case up to its first `;`, and its parameters, names in lower
/// case, quotation marks taken off.
fn parts(value: &str) -> (String, Vec<(String, String)>) {
    let (first, mut rest) = value.split_once(';').unwrap_or((value, ""));
    let mut parameters = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(['=', ';']).unwrap_or(rest.len());
        let name = rest[..end].trim().to_ascii_lowercase();
        if !rest[end..].starts_with('=') {
            rest = rest.get(end + 1..).unwrap_or_default();
            continue;
        }
        let (value, after) = parameter_value(rest[end + 1..].trim_start());
        parameters.push((name, value));
        rest = after;
    }
    (first.trim().to_ascii_lowercase(), parameters)
}

/// One value of a parameter, and what stands behind the `;` after it.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, after) = text.split_once(';').unwrap_or((text, ""));
        return (value.trim().to_owned(), after);
    };
    let mut value = String::new();
    let mut signs = quoted.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => break,
            '\\' => value.extend(signs.next()),
            _ => value.push(sign),
        }
    }
    let after = signs.as_str().split_once(';');
    (value, after.map_or("", |(_, after)| after))
}

/// A word as fields have them (RFC 9110), of a length that words have.
fn is_token(word: &str) -> bool {
    let may_be = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    (1..=LONGEST).contains(&word.len()) && word.bytes().all(may_be)
}

#[cfg(test)]
mod tests;
