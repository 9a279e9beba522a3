//! One page from the web, asked for by a person.
//!
//! An address goes in, the bytes that stand there come out, or one plain reason why not. Only http
//! and https are spoken. Nothing is run, no cookie is kept, nobody is logged in, and what a page
//! names is not fetched along with it. Every answer is bounded in bytes, redirects and time, and
//! a page that broke off is an error: an article cut short is not an article.
//!
//! Whoever can make a desk fetch an address could reach the machines beside it. So an address of
//! a private network is refused, on every redirect, where the connection is made: the check and
//! the connection use one and the same look-up. Behind a proxy the proxy does the looking up; then
//! only hosts that can be seen to be private are refused (see [`Terms::proxy`]).
//!
//! The rules of `robots.txt` are kept, for a single page too.

mod address;
mod asking;
mod body;
mod bounds;
mod error;
mod field;
mod file_name;
mod public;
mod resolver;
mod robots;
mod web;

pub use bounds::Bounds;
pub use error::NotFetched;
pub use web::Web;

/// As whom pages are asked for, and within what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The name of the program: what `robots.txt` knows it by. ASCII letters, `-` and `_`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Whether hosts in private networks may be asked, for a desk that reads from its own.
    pub private_allowed: bool,
    /// The proxy that everything goes through, as `http://host:port`; `None`: straight to the
    /// host, whatever the environment says. A proxy is asked by CONNECT, for http as well. It looks
    /// names up itself, so of private hosts only those are refused that can be told by their
    /// names: addresses in numbers, `localhost`, names without a dot, names ending like `.local`.
    pub proxy: Option<String>,
    /// How long and how much.
    pub bounds: Bounds,
}

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found, after all redirects; without the part behind `#`.
    pub address: String,
    /// The address as it was asked for.
    pub asked: String,
    /// The addresses that led on, in order, the first one asked among them; empty where none did.
    pub redirects: Vec<String>,
    /// What the server says it is, like `text/html`, in lower case.
    pub media: Option<String>,
    /// The character set the server names, in lower case; whether that is true is for the reader.
    pub charset: Option<String>,
    /// The name the server gives the file: a bare name that is safe in a folder.
    pub file_name: Option<String>,
    /// When the server says it was changed last, as it says it.
    pub last_modified: Option<String>,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests;
