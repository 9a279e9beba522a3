//! Servers that speak https.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::server::{Server, nothing, page, to};
use super::*;

// Made for these tests alone; nobody else trusts the authority.
const AUTHORITY: &str = include_str!("authority.pem");
const SITE: &str = include_str!("site.pem");
const EXPIRED: &str = include_str!("expired.pem");

/// One that trusts the authority of the tests and nobody else.
fn trusting() -> Web {
    let terms = terms();
    let mut surroundings = with_names(&terms, |_| true);
    let authority = CertificateDer::from_pem_slice(AUTHORITY.as_bytes()).expect("a certificate");
    surroundings.authorities = Arc::new(move || vec![authority.to_vec()]);
    Web::in_surroundings(&terms, surroundings)
}

#[test]
fn a_page_is_fetched_over_https() {
    let server = Server::secure(SITE, |path| match path {
        "/a" => to("/b"),
        "/b" => page("text"),
        _ => nothing(),
    });
    let address = server.named("https", "site.example", "/a");
    let fetched = trusting().fetch(&address).expect("a page");
    assert_eq!(fetched.bytes, b"text");
    assert_eq!(fetched.redirects, [address]);
}

#[test]
fn https_is_not_left_again() {
    let plain = Server::new(|_| page("text"));
    let target = plain.named("http", "site.example", "/b");
    let server = Server::secure(SITE, move |path| match path {
        "/a" => to(&target),
        _ => nothing(),
    });
    let told = told(trusting().fetch(&server.named("https", "site.example", "/a")));
    assert!(told.contains("it goes from https to http"), "{told}");
    assert!(plain.heads().is_empty());
}

#[test]
fn a_certificate_that_does_not_hold_is_told_plainly() {
    let script = |_: &str| page("text");
    let server = Server::secure(SITE, script);
    for (host, said) in [
        ("other.example", "its certificate is for another name"),
        ("127.0.0.1", "its certificate is for another name"),
    ] {
        let told = told(trusting().fetch(&server.named("https", host, "/a")));
        assert!(
            told.starts_with(&server.named("https", host, "/a")),
            "{told}"
        );
        assert!(
            told.ends_with(&format!("no safe connection: {said}")),
            "{told}"
        );
    }
    let terms = terms();
    let mut surroundings = with_names(&terms, |_| true);
    surroundings.authorities = Arc::new(Vec::new);
    let mut stranger = Web::in_surroundings(&terms, surroundings);
    let said = told(stranger.fetch(&server.named("https", "site.example", "/a")));
    assert!(
        said.ends_with("signed by nobody this machine trusts"),
        "{said}"
    );
    let old = Server::secure(EXPIRED, script);
    let said = told(trusting().fetch(&old.named("https", "site.example", "/a")));
    assert!(said.ends_with("its certificate has expired"), "{said}");
    assert!(server.heads().is_empty() && old.heads().is_empty());
}

#[test]
fn what_is_no_https_is_told_plainly() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let at = listener.local_addr().expect("it has one");
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody comes");
        let refusal = b"HTTP/1.1 400 Bad Request\r\n\r\n";
        stream.write_all(refusal).expect("it is sent");
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let address = format!("https://site.example:{}/a", at.port());
    let told = told(trusting().fetch(&address));
    assert_eq!(
        told,
        format!("{address}: no safe connection: https is not spoken there")
    );
    server.join().expect("it ends");
}
