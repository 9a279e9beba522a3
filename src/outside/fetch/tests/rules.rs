//! The rules of a site.

use super::server::{Server, answer, nothing, page, raw, to};
use super::*;

/// A server with these rules, and all else there.
fn site(rules: &'static str) -> Server {
    Server::new(move |path| match path {
        "/robots.txt" => answer("200 OK", "Content-Type: text/plain\r\n", rules.as_bytes()),
        _ => page("text"),
    })
}

#[test]
fn rules_are_kept_and_the_line_is_named() {
    let server = site(
        "# all\nUser-agent: *\nDisallow: /\nAllow: /open/\n\nUser-agent: ProofMark/2\nDisallow: /priv*?id=\n",
    );
    assert!(get(&server.url("/open/a")).is_ok());
    assert!(get(&server.url("/elsewhere")).is_ok());
    let told = told(get(&server.url("/private?id=1")));
    let said = "line 7 of the site's robots.txt keeps programs out: Disallow: /priv*?id=";
    assert_eq!(told, format!("{}: {said}", server.url("/private?id=1")));
    assert_eq!(
        server.paths().last().map(String::as_str),
        Some("/robots.txt")
    );
}

#[test]
fn rules_of_a_site_are_read_once() {
    let server = site("User-agent: *\nDisallow: /shut");
    let mut web = Web::new(&terms());
    for path in ["/a", "/b", "/shut", "/c"] {
        assert_eq!(web.fetch(&server.url(path)).is_ok(), path != "/shut");
    }
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/b", "/c"]);
}

#[test]
fn a_site_without_rules_allows_everything_and_a_broken_one_nothing() {
    for (status, allows) in [
        ("404 Not Found", true),
        ("401 Unauthorized", true),
        ("403 Forbidden", true),
        ("410 Gone", true),
        ("204 No Content", true),
        ("500 Oh", false),
        ("503 Busy", false),
    ] {
        let server = Server::new(move |path| match path {
            "/robots.txt" => answer(status, "", b""),
            _ => page("text"),
        });
        let got = get(&server.url("/"));
        assert_eq!(got.is_ok(), allows, "{status}: {got:?}");
        if !allows {
            let told = told(got);
            assert!(
                told.contains("the site's robots.txt could not be read: "),
                "{told}"
            );
            assert!(told.contains(&status[..3]), "{told}");
        }
    }
    let torn = Server::new(|path| match path {
        "/robots.txt" => vec![raw(
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *\n",
        )],
        _ => page("text"),
    });
    assert!(told(get(&torn.url("/"))).ends_with("/robots.txt broke off before its end"));
}

#[test]
fn rules_may_be_elsewhere_but_not_behind_many_doors() {
    let server = |most: u32| {
        Server::new(move |path| match path.strip_prefix("/rules/") {
            Some("0") => answer("200 OK", "", b"User-agent: *\nDisallow: /"),
            Some(left) => to(&format!(
                "/rules/{}",
                left.parse::<u32>().expect("a number") - 1
            )),
            None if path == "/robots.txt" => to(&format!("/rules/{}", most - 1)),
            None => page("text"),
        })
    };
    assert!(told(get(&server(5).url("/"))).contains("line 2"));
    let more = server(6);
    assert!(get(&more.url("/")).is_ok());
    assert_eq!(more.paths().len(), 7);
    for target in ["/robots.txt", "file:///etc/passwd"] {
        let odd = Server::new(move |path| match path {
            "/robots.txt" => to(target),
            _ => page("text"),
        });
        assert!(get(&odd.url("/")).is_ok(), "{target}");
    }
}

#[test]
fn what_stands_behind_the_bound_of_rules_is_not_read() {
    let rules = "User-agent: *\nDisallow: /a\nDisallow: /b-and-more\n";
    let server = site(rules);
    let mut terms = terms();
    let whole = rules.len() as u64;
    for (most, a, b) in [
        (whole, false, true),
        (whole - 10, false, true),
        (20, true, true),
    ] {
        terms.bounds.robots_bytes = most;
        let is_open = |path: &str| Web::new(&terms).fetch(&server.url(path)).is_ok();
        assert_eq!(is_open("/a"), a, "{most}");
        // A line that was cut is no shorter rule.
        assert_eq!(is_open("/b"), b, "{most}");
    }
    terms.bounds.robots_bytes = whole;
    assert!(Web::new(&terms).fetch(&server.url("/b-and-more")).is_err());
    let endless = Server::new(|path| match path {
        "/robots.txt" => vec![
            raw(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /shut\n"),
            super::server::Part::Forever(b"# and so on and so on\n"),
        ],
        _ => page("text"),
    });
    assert!(get(&endless.url("/open")).is_ok());
    assert!(get(&endless.url("/shut")).is_err());
}

#[test]
fn a_site_that_cannot_be_reached_is_told_for_the_page() {
    let terms = terms();
    let mut web = Web::in_surroundings(&terms, with_names(&terms, |_| true));
    let said = told(web.fetch("http://unknown.example/page"));
    assert_eq!(
        said,
        "http://unknown.example/page: no host of that name was found"
    );
    let server = Server::new(|path| match path {
        "/robots.txt" => to("http://unknown.example/robots.txt"),
        _ => nothing(),
    });
    let said = told(web.fetch(&server.url("/page")));
    assert!(
        said.contains("could not be read: http://unknown.example/robots.txt: no host"),
        "{said}"
    );
}
