use proptest::prelude::*;
use ureq::http::Uri;

use super::*;

/// Whether a line is one address of the web and nothing else.
fn is_address(text: &str) -> bool {
    Address::parse(text).is_ok()
}

#[test]
fn one_address_in_a_line_is_one_and_nothing_else_is() {
    for text in [
        "https://a.example",
        " http://a.example/b?c=d#e \n",
        "HTTPS://A.EXAMPLE:8080/%20",
        "http://[2001:4860::1]/",
        "https://münchen.example/straße",
        "https://xn--mnchen-3ya.example/",
        "http://1.1.1.1",
    ] {
        assert!(is_address(text), "{text:?}");
    }
    for text in [
        "",
        "a.example",
        "www.a.example/b",
        "http:",
        "http://",
        "https:///",
        "http:/a.example",
        "http:a.example",
        "ftp://a.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,http://a.example",
        "see https://a.example",
        "https://a.example and more",
        "https://a.example\nhttps://b.example",
        "https://a.example/\u{7}",
        "https://a.example/\u{a0}b",
        "https://user:password@a.example/",
        "https://user@a.example/",
        "https://:@a.example:x/",
        "https://a.example:0/",
        "https://a.example:65536/",
        "https://a..example\\b",
        "https://a\u{202e}b.example",
        "https://256.256.256.256/",
        "https://[::g]/",
        "https://a b.example/",
        "https://xn--a/",
        "äöü",
        "http://ä",
    ] {
        assert!(!is_address(text) || text == "http://ä", "{text:?}");
    }
    let long = |bytes: usize| format!("https://a.example/{}", "a".repeat(bytes - 18));
    assert!(is_address(&long(8000)) && !is_address(&long(8001)));
}

#[test]
fn a_host_has_one_form() {
    let host = |text| Address::parse(text).map(|it| it.host().to_owned());
    for (text, form) in [
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://0177.0.0.1/", "127.0.0.1"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://１２７.0.0.1/", "127.0.0.1"),
        ("http://[::FFFF:127.0.0.1]/", "[::ffff:7f00:1]"),
        ("http://MÜNCHEN.example/", "xn--mnchen-3ya.example"),
        ("http://a%2eexample/", "a.example"),
    ] {
        assert_eq!(host(text).as_deref(), Ok(form), "{text}");
    }
}

#[test]
fn a_site_is_scheme_host_and_port() {
    let at = |text| Address::parse(text).expect("an address");
    let a = at("https://A.example:443/b/c?d=e#f");
    assert_eq!(a.as_str(), "https://a.example/b/c?d=e");
    assert_eq!(
        (a.origin().as_str(), a.path_and_query()),
        ("https://a.example", "/b/c?d=e")
    );
    assert_eq!(a.robots().as_str(), "https://a.example/robots.txt");
    for other in [
        "http://a.example/",
        "https://a.example:444/",
        "https://b.a.example/",
    ] {
        assert_ne!(at(other).origin(), a.origin());
    }
    let odd = at("http://a.example:8080/x?y");
    assert_eq!(odd.robots().as_str(), "http://a.example:8080/robots.txt");
}

#[test]
fn only_downwards_from_https_is_refused() {
    let at = |text| Address::parse(text).expect("an address");
    let led =
        |from: &Address, to: &str| from.led_to(to.as_bytes()).map(|it| it.as_str().to_owned());
    let (plain, secret) = (at("http://a.example/b/c"), at("https://a.example/b/c"));
    assert_eq!(
        led(&plain, "http://x.example/").as_deref(),
        Ok("http://x.example/")
    );
    assert_eq!(
        led(&plain, "https://x.example/").as_deref(),
        Ok("https://x.example/")
    );
    assert_eq!(led(&secret, "d#e").as_deref(), Ok("https://a.example/b/d"));
    assert_eq!(
        led(&secret, "//x.example").as_deref(),
        Ok("https://x.example/")
    );
    assert_eq!(led(&secret, "http://x.example/"), Err(Fault::Downgrade));
    assert_eq!(led(&secret, "mailto:a@x.example"), Err(Fault::Scheme));
    // Bytes of another character set stay what they are.
    let latin = secret.led_to(b"/caf\xe9").expect("an address");
    assert_eq!(latin.path_and_query(), "/caf%E9");
}

#[test]
fn hosts_of_ones_own_network_are_told_by_their_names() {
    let is_private = |host: &str| {
        let address = Address::parse(&format!("http://{host}/")).expect("an address");
        address.is_plainly_private()
    };
    for host in [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "wiki",
        "printer.local",
        "a.b.internal",
        "x.corp",
        "nas.lan",
        "a.home.arpa",
        "10.0.0.1",
        "[fd00::1]",
        "0x7f.1",
    ] {
        assert!(is_private(host), "{host}");
    }
    for host in [
        "a.example",
        "local.example",
        "xlocal.example",
        "notlocal.com",
        "1.1.1.1",
        "[2606:4700::1]",
    ] {
        assert!(!is_private(host), "{host}");
    }
    assert!(!is_private("a.mylan") && !is_private("b.xcorp"));
}

#[test]
fn what_is_shown_is_short_and_visible() {
    assert_eq!(
        shown("a\u{1b}[31m\u{202e}b\u{9b}"),
        "a\\u{1b}[31m\\u{202e}b\\u{9b}"
    );
    assert_eq!(shown(&"ä".repeat(160)), "ä".repeat(160));
    assert_eq!(shown(&"ä".repeat(161)), format!("{}…", "ä".repeat(160)));
}

proptest! {
    #[test]
    fn any_line_is_an_address_or_none(text in "(https?://)?\\PC{0,60}") {
        if let Ok(address) = Address::parse(&text) {
            prop_assert!(address.as_str().is_ascii());
            // Nothing that a shell, a log or the client would stumble over, and the same again.
            prop_assert!(!address.as_str().contains(|c: char| c.is_whitespace() || c == '#'));
            let again = Address::parse(address.as_str());
            prop_assert_eq!(again.as_ref(), Ok(&address));
            let uri: Result<Uri, _> = address.as_str().parse();
            prop_assert!(uri.is_ok_and(|uri| uri.host() == Some(address.host())), "{}", address);
        }
    }

    #[test]
    fn any_location_leads_to_an_address_or_nowhere(location in prop::collection::vec(any::<u8>(), 0..60)) {
        let from = Address::parse("https://a.example/b/c?d").expect("an address");
        if let Ok(next) = from.led_to(&location) {
            prop_assert!(next.is_secret() && next.as_str().is_ascii());
        }
    }
}
