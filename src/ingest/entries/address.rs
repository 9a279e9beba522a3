//! Addresses of entries: made whole against the feed's own, and compared.
//!
//! Only http and https lead to articles; nothing is asked of the net.

use iri_string::types::{IriAbsoluteStr, IriReferenceStr, IriStr};

/// Bytes of the longest address; what is longer is none that an article stands under.
const LONGEST: usize = 2_000;

/// Parameters that only tell where a reader came from.
const TRACKS: [&str; 2] = ["fbclid", "gclid"];

/// A key that two addresses of one article share: without fragment, tracking parameters and the
/// usual port; scheme and host in small letters. Everything else stays, the last slash too. What is
/// no address is its own key.
pub fn same_address_key(address: &str) -> String {
    let address = address.trim();
    if address.len() > LONGEST {
        return address.to_owned();
    }
    let sound = sound(address);
    let Ok(parts) = IriStr::new(&sound) else {
        return address.to_owned();
    };
    let scheme = parts.scheme_str().to_ascii_lowercase();
    let Some(authority) = parts.authority_components() else {
        return address.to_owned();
    };
    let usual = match scheme.as_str() {
        "http" => "80",
        "https" => "443",
        _ => "",
    };
    let host = authority.host().to_lowercase();
    let port = authority
        .port()
        .filter(|port| *port != usual && !port.is_empty());
    let port = port.map_or(String::new(), |port| format!(":{port}"));
    let path = match parts.path_str() {
        "" => "/",
        path => path,
    };
    let is_kept = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        !parameter.is_empty() && !name.starts_with("utm_") && !TRACKS.contains(&name.as_str())
    };
    let query = parts.query_str().unwrap_or_default().split('&');
    let query: Vec<&str> = query.filter(is_kept).collect();
    let query = match query.is_empty() {
        true => String::new(),
        false => format!("?{}", query.join("&")),
    };
    format!("{scheme}://{host}{port}{path}{query}")
}

/// An address made whole against `base`; `None` if it does not lead to the web.
pub(super) fn absolute(address: &str, base: Option<&str>) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.len() > LONGEST {
        return None;
    }
    let address = sound(address);
    let whole = match IriReferenceStr::new(&address).ok()?.to_iri() {
        Ok(whole) => whole.as_str().to_owned(),
        Err(part) => {
            let (base, _) = base?.split_once('#').unwrap_or((base?, ""));
            let base = IriAbsoluteStr::new(base).ok()?;
            part.resolve_against(base).to_string()
        }
    };
    is_of_web(&whole).then_some(whole)
}

/// The base that `inner`, as a file says it, makes of the one around it.
pub(super) fn base(inner: Option<&str>, around: Option<&str>) -> Option<String> {
    let inner = inner.and_then(|inner| absolute(inner, around));
    inner.or(around.map(str::to_owned))
}

/// Whether an address leads to the web: a scheme of it, and a host.
pub(super) fn is_of_web(address: &str) -> bool {
    host_of(address).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
}

/// What stands behind the scheme of an address of the web.
pub(super) fn host_of(address: &str) -> Option<&str> {
    ["http://", "https://"].iter().find_map(|scheme| {
        let start = address.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then_some(&address[scheme.len()..])
    })
}

/// An address with the signs escaped that people leave in and the rules forbid.
fn sound(address: &str) -> String {
    let mut all = String::with_capacity(address.len());
    let bytes = address.as_bytes();
    for (at, c) in address.char_indices() {
        let hex = bytes.get(at + 1..at + 3);
        let is_escape = hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        match c {
            '\n' | '\r' | '\t' => {}
            '%' if !is_escape => all.push_str("%25"),
            // Brackets belong to hosts alone.
            '[' | ']' if !is_in_host(address, at) => {
                all.push_str(if c == '[' { "%5B" } else { "%5D" });
            }
            ' ' | '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}' | '\\' => {
                all.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => all.push(c),
        }
    }
    all
}

/// Whether a place of an address is in its host.
fn is_in_host(address: &str, at: usize) -> bool {
    let Some(host) = host_of(address) else {
        return false;
    };
    let start = address.len() - host.len();
    at < start + host.find(['/', '?', '#']).unwrap_or(host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_whole() {
        let base = Some("https://n.example/news/feed.xml?x=1#top");
        let cases = [
            ("https://a.example/b", Some("https://a.example/b")),
            ("HTTP://a.example", Some("HTTP://a.example")),
            ("/a/../b", Some("https://n.example/b")),
            ("c?d=1", Some("https://n.example/news/c?d=1")),
            ("//cdn.example/x", Some("https://cdn.example/x")),
            ("?p=7", Some("https://n.example/news/feed.xml?p=7")),
            (
                "https://a.example/a b|c",
                Some("https://a.example/a%20b%7Cc"),
            ),
            ("https://a.example/100%", Some("https://a.example/100%25")),
            (
                "https://a.example/?a[]=1",
                Some("https://a.example/?a%5B%5D=1"),
            ),
            ("https://[::1]/a", Some("https://[::1]/a")),
            (
                "https://a.example/prázdný",
                Some("https://a.example/prázdný"),
            ),
            ("mailto:a@b.example", None),
            ("javascript:alert(1)", None),
            ("urn:uuid:1", None),
            ("http://", None),
            ("", None),
        ];
        for (address, expected) in cases {
            assert_eq!(absolute(address, base).as_deref(), expected, "{address}");
        }
        assert_eq!(absolute("/a", None), None);
        assert_eq!(absolute("/a", Some("no base")), None);
        assert_eq!(
            absolute(&format!("https://a.example/{}", "x".repeat(2_000)), None),
            None
        );
    }

    #[test]
    fn keys_of_one_article_are_one() {
        let same = [
            (
                "https://N.example:443/a?utm_source=x&b=1&fbclid=2#c",
                "https://n.example/a?b=1",
            ),
            ("http://n.example:80/a?gclid=1", "http://n.example/a"),
            ("HTTPS://n.example", "https://n.example/"),
            ("https://n.example/a?UTM_Medium=x", "https://n.example/a"),
        ];
        for (one, other) in same {
            assert_eq!(same_address_key(one), other);
            assert_eq!(same_address_key(other), other);
        }
        let other = [
            ("https://n.example/a", "https://n.example/a/"),
            ("https://n.example/a", "https://n.example/A"),
            ("https://n.example:8443/a", "https://n.example/a"),
            ("https://n.example/a?p=1", "https://n.example/a?p=2"),
            ("https://n.example/a?utmost=1", "https://n.example/a"),
        ];
        for (one, other) in other {
            assert_ne!(same_address_key(one), same_address_key(other));
        }
        assert_eq!(same_address_key(" no address "), "no address");
    }
}
