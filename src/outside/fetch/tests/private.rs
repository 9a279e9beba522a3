//! Private networks stay out of reach, whatever leads to them.

use std::net::Ipv6Addr;
use std::sync::Mutex;

use super::server::{Server, answer, nothing, page, raw, to};
use super::*;

fn strict() -> Terms {
    Terms {
        private_allowed: false,
        ..terms()
    }
}

#[test]
fn a_private_host_is_refused_in_every_spelling_and_nobody_is_asked() {
    let server = Server::new(|_| page("text"));
    let port = server.at.port();
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0177.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "127.0.0.1.",
        "127.255.255.254",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "localhost",
        "LOCALHOST",
        "１２７.0.0.1",
    ] {
        let address = format!("http://{host}:{port}/");
        let error = Web::new(&strict()).fetch(&address);
        let error = error.expect_err(host);
        assert!(
            matches!(error, NotFetched::Private { .. }),
            "{host}: {error}"
        );
        assert!(
            error
                .to_string()
                .ends_with("the host is in a private network"),
            "{error}"
        );
    }
    for host in [
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "[fd00::1]",
        "[fe80::1]",
    ] {
        let address = format!("https://{host}/");
        let error = Web::new(&strict()).fetch(&address);
        assert!(
            matches!(error, Err(NotFetched::Private { .. })),
            "{host}: {error:?}"
        );
    }
    assert!(server.heads().is_empty());
}

#[test]
fn a_public_name_of_a_private_host_is_refused() {
    let server = Server::new(|_| page("text"));
    let terms = strict();
    let mut surroundings = with_names(&terms, |_| true);
    surroundings.guard = Surroundings::of_the_machine(&terms).guard;
    let mut web = Web::in_surroundings(&terms, surroundings);
    let told = told(web.fetch(&server.named("http", "news.example", "/a")));
    assert!(
        told.ends_with("/a: the host is in a private network"),
        "{told}"
    );
    assert!(server.heads().is_empty());
}

#[test]
fn a_redirect_to_a_private_host_is_refused() {
    let inside = Server::new(|_| page("secret"));
    for host in ["127.0.0.1", "inside.example"] {
        let target = inside.named("http", host, "/admin");
        let outside = Server::new(move |path| match path {
            "/" => to(&target),
            _ => nothing(),
        });
        let (terms, open) = (strict(), outside.at);
        let surroundings = with_names(&terms, move |address| address == open);
        let mut web = Web::in_surroundings(&terms, surroundings);
        let told = told(web.fetch(&outside.named("http", "outside.example", "/")));
        assert!(
            told.ends_with("/admin: the host is in a private network"),
            "{told}"
        );
        assert!(told.contains(host), "{told}");
        // Asked for its page and its rules, so the way to it was open.
        assert_eq!(outside.paths(), ["/robots.txt", "/"]);
    }
    assert!(inside.heads().is_empty());
}

#[test]
fn rules_that_lead_to_a_private_host_are_not_followed() {
    let inside = Server::new(|_| page("secret"));
    let target = inside.url("/admin");
    let outside = Server::new(move |path| match path {
        "/robots.txt" => to(&target),
        _ => page("text"),
    });
    let (terms, open) = (strict(), outside.at);
    let mut web = Web::in_surroundings(&terms, with_names(&terms, move |it| it == open));
    web.fetch(&outside.named("http", "outside.example", "/"))
        .expect("a page");
    assert!(inside.heads().is_empty());
}

#[test]
fn the_connection_goes_where_the_look_up_led() {
    // A name that is public the first time and private from then on.
    let server = Server::new(|path| match path {
        "/robots.txt" => nothing(),
        _ => page("text"),
    });
    let inside = Server::new(|_| page("secret"));
    let (terms, open, closed) = (strict(), server.at, inside.at);
    let mut surroundings = with_names(&terms, move |address| address == open);
    let looked_up = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&looked_up);
    surroundings.look_up = Arc::new(move |_, _| {
        let mut count = counted.lock().expect("fine");
        *count += 1;
        Ok(vec![if *count <= 2 { open } else { closed }])
    });
    let mut web = Web::in_surroundings(&terms, surroundings);
    let fetched = web.fetch("http://changing.example/a").expect("a page");
    assert_eq!(fetched.bytes, b"text");
    // Once for each question: there is no other look-up between the check and the connection.
    assert_eq!(*looked_up.lock().expect("fine"), 2);
    let told = told(web.fetch("http://changing.example/b"));
    assert!(told.contains("private network"), "{told}");
    assert!(inside.heads().is_empty());
}

#[test]
fn of_several_addresses_the_private_ones_are_dropped() {
    let server = Server::new(|_| page("text"));
    let inside = Server::new(|_| page("secret"));
    let (terms, open, closed) = (strict(), server.at, inside.at);
    let mut surroundings = with_names(&terms, move |address| address == open);
    // More than are tried stand before the one that is let through.
    surroundings.look_up = Arc::new(move |_, _| {
        let mut all = vec![closed; 40];
        all.push(open);
        Ok(all)
    });
    let mut web = Web::in_surroundings(&terms, surroundings);
    assert_eq!(
        web.fetch("http://both.example/").expect("a page").bytes,
        b"text"
    );
    assert!(inside.heads().is_empty());
}

#[test]
fn a_name_nobody_knows_is_told() {
    let terms = terms();
    let mut surroundings = with_names(&terms, |_| true);
    let mut web = Web::in_surroundings(&terms, surroundings.clone());
    let said = told(web.fetch("https://unknown.example/a"));
    assert_eq!(
        said,
        "https://unknown.example/a: no host of that name was found"
    );
    surroundings.look_up = Arc::new(|_, _| Ok(Vec::new()));
    let mut web = Web::in_surroundings(&terms, surroundings);
    assert!(told(web.fetch("https://empty.example/a")).contains("no host of that name"));
}

#[test]
fn nobody_at_home_is_told() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = format!("http://{}/a", listener.local_addr().expect("it has one"));
    drop(listener);
    assert_eq!(
        told(get(&address)),
        format!("{address}: no connection: nobody answers there")
    );
}

#[test]
fn allowed_private_hosts_are_asked_in_ipv6_too() {
    let script = |path: &str| match path {
        "/" => page("text"),
        _ => nothing(),
    };
    let Some(server) = Server::at(Ipv6Addr::LOCALHOST.into(), None, script) else {
        return;
    };
    let fetched = get(&server.url("/")).expect("a page");
    assert_eq!(
        fetched.address,
        format!("http://[::1]:{}/", server.at.port())
    );
    assert!(
        server.heads()[1]
            .to_lowercase()
            .contains("\r\nhost: [::1]:")
    );
}

#[test]
fn a_proxy_is_asked_and_plainly_private_hosts_are_not_handed_to_it() {
    let proxy = Server::new(|target| match target {
        "shut.example:80" => answer("403 Forbidden", "", b""),
        "/robots.txt" => nothing(),
        "/page" => page("text"),
        _ => vec![raw(b"HTTP/1.1 200 OK\r\n\r\n"), super::server::Part::Reread],
    });
    let terms = Terms {
        proxy: Some(format!("http://{}", proxy.at)),
        ..strict()
    };
    let fetched = |address: &str| Web::new(&terms).fetch(address);
    assert_eq!(
        fetched("http://far.example/page").expect("a page").bytes,
        b"text"
    );
    let paths = proxy.paths();
    assert_eq!(
        paths,
        ["far.example:80", "/robots.txt", "far.example:80", "/page"]
    );
    for private in [
        "http://127.0.0.1/",
        "http://0x7f.1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "http://intranet/",
        "http://printer.local/",
        "http://a.home.arpa./",
    ] {
        assert!(
            matches!(fetched(private), Err(NotFetched::Private { .. })),
            "{private}"
        );
    }
    assert_eq!(proxy.paths().len(), 4);
    assert!(matches!(
        fetched("http://shut.example/"),
        Err(NotFetched::Proxy { .. })
    ));
    let odd = Terms {
        proxy: Some("ftp://a:b:c".into()),
        ..terms.clone()
    };
    let odd = Web::new(&odd).fetch("http://far.example/");
    assert!(matches!(odd, Err(NotFetched::Proxy { .. })));
}
