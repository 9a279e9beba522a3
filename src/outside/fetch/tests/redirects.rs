//! Addresses that lead to others.

use super::server::{Server, answer, nothing, page, to};
use super::*;

#[test]
fn redirects_are_followed_and_told() {
    let server = Server::new(|path| match path {
        "/a" => answer("301 Moved", "Location: b/c?d=e#f\r\n", b"<p>moved"),
        "/b/c?d=e" => answer("307 Moved", "Location: ?g\r\n", b""),
        "/b/c?g" => answer("308 Moved", "Location: //{}/\r\n", b""),
        "/robots.txt" => nothing(),
        _ => page("text"),
    });
    let fetched = get(&server.url("/a"));
    // The third leads to a host that cannot be.
    let said = told(fetched);
    assert!(said.contains("/b/c?g leads to //{}/: "), "{said}");

    let server = Server::new(|path| match path {
        "/a" => answer("301 Moved", "Location: b/c?d=e#f\r\n", b"<p>moved"),
        "/b/c?d=e" => answer("307 Moved", "Location: ?g\r\n", b""),
        "/b/c?g" => answer("303 See", "Location: /caf\u{e9}\r\n", b""),
        "/caf%C3%A9" => page("text"),
        _ => nothing(),
    });
    let fetched = get(&server.url("/a#part")).expect("a page");
    assert_eq!(fetched.bytes, b"text");
    assert_eq!(fetched.address, server.url("/caf%C3%A9"));
    let way = ["/a", "/b/c?d=e", "/b/c?g"].map(|path| server.url(path));
    assert_eq!(fetched.redirects, way);
    let paths = server.paths();
    assert_eq!(
        paths,
        ["/robots.txt", "/a", "/b/c?d=e", "/b/c?g", "/caf%C3%A9"]
    );
}

#[test]
fn circles_are_left() {
    let server = Server::new(|path| match path {
        "/self" => to("/self#again"),
        "/a" => to("/b"),
        "/b" => to("/a"),
        _ => nothing(),
    });
    let said = told(get(&server.url("/self")));
    assert_eq!(
        said,
        format!("{} leads back to itself", server.url("/self"))
    );
    let said = told(get(&server.url("/a")));
    assert_eq!(said, format!("{} leads back to itself", server.url("/a")));
    assert_eq!(server.paths().iter().filter(|it| *it == "/a").count(), 1);
}

#[test]
fn ten_redirects_are_followed_and_not_ten_thousand() {
    let server = Server::new(|path| match path[1..].parse::<u32>() {
        Ok(0) => page("text"),
        Ok(left) => to(&format!("/{}", left - 1)),
        Err(_) => nothing(),
    });
    assert_eq!(get(&server.url("/10")).expect("a page").redirects.len(), 10);
    let said = told(get(&server.url("/11")));
    assert_eq!(
        said,
        format!("{} led on 10 times and was given up", server.url("/11"))
    );
    let before = server.paths().len();
    told(get(&server.url("/10000")));
    assert_eq!(server.paths().len() - before, 12);
}

#[test]
fn only_the_web_is_followed() {
    for (location, said) in [
        ("file:///etc/passwd", "that is no address of the web"),
        ("data:text/html,text", "that is no address of the web"),
        ("javascript:alert(1)", "that is no address of the web"),
        ("ftp://a.example/", "that is no address of the web"),
        ("http://user:password@127.0.0.1/", "a login in it"),
        ("http://user@127.0.0.1/", "a login in it"),
        ("http://", "not written like one"),
        ("http://[::1/", "not written like one"),
        ("http://127.0.0.1:99999/", "not written like one"),
    ] {
        let server = Server::new(move |path| match path {
            "/" => to(location),
            _ => nothing(),
        });
        let told = told(get(&server.url("/")));
        assert!(
            told.starts_with(&format!("{} leads to {location}: ", server.url("/"))),
            "{told}"
        );
        assert!(told.contains(said), "{told}");
    }
    let long = Server::new(|path| match path {
        "/" => to(&format!("/{}", "a".repeat(9000))),
        _ => nothing(),
    });
    let told = told(get(&long.url("/")));
    assert!(
        told.ends_with("…: that address is too long") && told.len() < 300,
        "{told}"
    );
}

#[test]
fn what_cannot_be_seen_in_an_address_is_shown() {
    let server = Server::new(|path| match path {
        "/" => to("gopher://a.example/\u{202e}gpj"),
        _ => nothing(),
    });
    let told = told(get(&server.url("/")));
    assert!(told.contains("/\\u{202e}gpj"), "{told}");
}

#[test]
fn another_host_is_asked_for_its_own_rules() {
    let strict = Server::new(|path| match path {
        "/robots.txt" => answer("200 OK", "", b"User-agent: *\nDisallow: /in\n"),
        _ => page("text"),
    });
    let (out, inside) = (strict.url("/out"), strict.url("/in"));
    let server = Server::new(move |path| match path {
        "/1" => to(&out),
        "/2" => to(&inside),
        _ => nothing(),
    });
    assert_eq!(
        get(&server.url("/1")).expect("a page").address,
        strict.url("/out")
    );
    let told = told(get(&server.url("/2")));
    assert!(
        told.starts_with(&format!("{}: line 2 ", strict.url("/in"))),
        "{told}"
    );
    assert_eq!(strict.paths(), ["/robots.txt", "/out", "/robots.txt"]);
}
