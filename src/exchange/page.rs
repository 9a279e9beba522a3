//! The frame of every page we write: one file that loads nothing, in the reader's colours, printed
//! cleanly.
//!
//! What stands in an article, note or name is escaped by the library, and characters nobody sees
//! are made visible first. A policy in the head forbids everything but the style and the script
//! of this file, by their digests (CSP level 2), so that nothing else could run or be loaded
//! even if something were to get through.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::text::{Clusters, Signs};

/// The style of all pages.
const STYLE: &str = include_str!("page/page.css");

/// A whole page. `script` is our own, or empty.
pub(super) fn page(title: &str, script: &str, body: &Markup) -> Markup {
    let policy = policy(script);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (shown(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (body)
                @if !script.is_empty() {
                    script { (PreEscaped(script)) }
                }
            }
        }
    }
}

fn policy(script: &str) -> String {
    let style = digest(STYLE);
    let script = match script {
        "" => "'none'".to_owned(),
        script => digest(script),
    };
    format!(
        "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; \
         form-action 'none'"
    )
}

/// A text by its digest, as a policy names it.
fn digest(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .chain(&[0, 0])
            .take(3)
            .fold(0usize, |bits, byte| bits << 8 | usize::from(*byte));
        for place in 0..4 {
            match place <= three.len() {
                true => written.push(SIGNS[bits >> (18 - 6 * place) & 63].into()),
                false => written.push('='),
            }
        }
    }
    written
}

/// Text as it may stand in a page: with signs for what nobody could see; line breaks and tabs stay.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive(['\n', '\t']) {
        let words = part.trim_end_matches(['\n', '\t', '\r']);
        for cluster in Clusters::new(words, 0, Signs::Unicode) {
            shown.push_str(cluster.drawn());
        }
        shown.extend(part[words.len()..].chars().filter(|c| *c != '\r'));
    }
    shown
}

/// Text as it may stand on a line, or in a cell of it.
pub(super) fn one_line(text: &str) -> String {
    shown(text).replace(['\n', '\t'], " ")
}

/// An address: a link if it is one of the web, else its letters alone.
pub(super) fn address(url: &str) -> Markup {
    let letters = shown(url);
    html! {
        @if is_of_the_web(url) {
            a href=(iri(url)) rel="noreferrer nofollow" { (letters) }
        } @else {
            span { (letters) }
        }
    }
}

/// An address as a valid one: what no address may hold is percent-encoded, and so is every letter
/// that is none of ASCII's (RFC 3986, section 2), signs nobody sees among them.
pub(super) fn iri(url: &str) -> String {
    encoded(url, |c| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    })
}

/// Words as a part of an address.
pub(super) fn percent_encoded(words: &str) -> String {
    encoded(words, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')
    })
}

/// A part of an address as words; what is no encoding of letters stays as it is.
pub(super) fn percent_decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

fn encoded(words: &str, stays: impl Fn(char) -> bool) -> String {
    let mut encoded = String::with_capacity(words.len());
    let mut bytes = [0; 4];
    for c in words.chars() {
        if stays(c) {
            encoded.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut bytes).bytes() {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Whether an address is one that a page may lead to.
pub(super) fn is_of_the_web(url: &str) -> bool {
    let start = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let is_bad = |c: char| c.is_control() || c.is_whitespace();
    (start("https://") || start("http://")) && !url.contains(is_bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, written) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), written);
        }
        assert_eq!(base64(&[0xFB, 0xFF, 0xBF]), "+/+/");
    }

    #[test]
    fn nothing_of_a_text_becomes_a_tag_and_nothing_is_unseen() {
        let nasty = "<script>alert(1)</script> \u{202e}x\u{1b}[2J & \"quoted\"\u{200b}";
        let page = page(nasty, "", &html! { p { (shown(nasty)) } }).into_string();
        assert_eq!(page.matches("<script").count(), 0, "{page}");
        assert!(!page.contains(['\u{202e}', '\u{1b}', '\u{200b}']), "{page}");
        assert!(page.contains("script-src 'none'"), "{page}");
    }

    #[test]
    fn only_addresses_of_the_web_lead_anywhere() {
        for (url, leads) in [
            ("https://a.example/x?y=1", true),
            ("HTTP://a.example", true),
            ("javascript:alert(1)", false),
            ("https://a.example/\u{9}x", false),
            ("data:text/html,x", false),
            ("//a.example", false),
            ("a.example", false),
        ] {
            let written = address(url).into_string();
            assert_eq!(written.starts_with("<a "), leads, "{url}");
        }
    }
}
