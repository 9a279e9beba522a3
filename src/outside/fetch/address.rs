//! Addresses of the web: read as browsers read them, and where a redirect leads from one.
//!
//! Whatever way a host is written (numbers in octal, letters with accents), here it gets the one
//! form in which it is looked up.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use super::public::is_public;

/// The longest address that is asked for, in bytes; servers take about as much.
const LONGEST: usize = 8000;

/// How much of an address is shown, in code points.
const SHOWN: usize = 160;

/// Endings of names that only a network of one's own answers to.
const OWN_ENDINGS: &[&str] = &[
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "home.arpa",
];

/// An address with http or https, a host, no login and no fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address(Url);

/// Why something is no address that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// Another scheme than http and https, or none.
    #[error("that is no address of the web: it has to begin with http:// or https://")]
    Scheme,
    /// Blanks, controls, or a host that cannot be.
    #[error("that is no address of the web: it is not written like one")]
    Spelling,
    /// A name and a password in front of the host.
    #[error("an address with a login in it is not asked for")]
    Login,
    /// Longer than any server takes.
    #[error("that address is too long")]
    Long,
    /// From https to http.
    #[error("it goes from https to http, where anybody may read along and change it")]
    Downgrade,
}

impl Address {
    /// Reads what a person gave.
    pub(super) fn parse(text: &str) -> Result<Address, Fault> {
        let text = text.trim();
        let lower = text.get(..8).or(text.get(..7)).map(str::to_ascii_lowercase);
        // The parser would take `http:host` as well, which is no address in a line of text.
        if !lower.is_some_and(|it| it.starts_with("http://") || it.starts_with("https://")) {
            return Err(Fault::Scheme);
        }
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(Fault::Spelling);
        }
        if text.len() > LONGEST {
            return Err(Fault::Long);
        }
        Address::checked(Url::parse(text))
    }

    /// Where the `Location` field of an answer leads.
    pub(super) fn led_to(&self, location: &[u8]) -> Result<Address, Fault> {
        if location.len() > LONGEST {
            return Err(Fault::Long);
        }
        let next = Address::checked(self.0.join(&in_ascii(location)))?;
        if self.is_secret() && !next.is_secret() {
            return Err(Fault::Downgrade);
        }
        Ok(next)
    }

    fn checked(url: Result<Url, url::ParseError>) -> Result<Address, Fault> {
        let mut url = url.map_err(|_| Fault::Spelling)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Fault::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Fault::Login);
        }
        let is_name = |name: &str| {
            // The parser lets signs through that no name server knows and no client sends.
            let may_be = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
            !name.is_empty() && name.bytes().all(may_be)
        };
        let can_be = match url.host() {
            Some(Host::Domain(name)) => is_name(name),
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
            None => false,
        };
        if !can_be || url.port() == Some(0) {
            return Err(Fault::Spelling);
        }
        url.set_fragment(None);
        // Letters of other scripts are three times as long in it as they were.
        if url.as_str().len() > 3 * LONGEST {
            return Err(Fault::Long);
        }
        Ok(Address(url))
    }

    /// As it is asked for: in ASCII, the host in its one form.
    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether nobody on the way can read along.
    pub(super) fn is_secret(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The host, in its one form; numbers of IPv6 in brackets.
    pub(super) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Scheme, host and port: what one `robots.txt` is for.
    pub(super) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// What comes behind the host, from its `/` on.
    pub(super) fn path_and_query(&self) -> &str {
        &self.0[url::Position::BeforePath..]
    }

    /// The rules for robots of its site.
    pub(super) fn robots(&self) -> Address {
        let mut url = self.0.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        Address(url)
    }

    /// Whether it can be seen without looking it up that the host is in a private network.
    pub(super) fn is_plainly_private(&self) -> bool {
        match self.0.host() {
            Some(Host::Ipv4(address)) => !is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => !is_public(IpAddr::V6(address)),
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                let has_ending = |ending: &&str| {
                    let before = name.strip_suffix(*ending);
                    before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
                };
                !name.contains('.') || OWN_ENDINGS.iter().any(has_ending)
            }
            None => true,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(self.as_str()))
    }
}

/// A text from outside for a message: in one line, shortened, and what cannot be seen made
/// visible.
pub(super) fn shown(text: &str) -> String {
    let mut line = String::new();
    for (at, c) in text.trim().chars().enumerate() {
        if at == SHOWN {
            line.push('…');
            break;
        }
        if c.is_control() || is_unseen(c) {
            line.extend(c.escape_unicode());
        } else {
            line.push(c);
        }
    }
    line
}

/// Signs of no width, and those that turn the direction of others.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Bytes of a field as ASCII: those beyond it in the form they have in an address anyway,
/// whatever character set they are of.
fn in_ascii(bytes: &[u8]) -> String {
    percent_encoding::percent_encode(bytes, percent_encoding::CONTROLS).to_string()
}

#[cfg(test)]
mod tests;
